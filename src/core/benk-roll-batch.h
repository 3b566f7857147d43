/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-scan.h"

G_BEGIN_DECLS

/**
 * BENK_ROLL_BATCH_MAX:
 *
 * The longest name of a packer or a batch that is kept, in characters. GS1 allows 20 for
 * a batch.
 */
#define BENK_ROLL_BATCH_MAX 40

/**
 * BENK_ROLL_BATCH_DEVICES:
 *
 * Alarms of so many devices at rolls of one batch are rather a fault of the batch.
 * Proposed by the program.
 */
#define BENK_ROLL_BATCH_DEVICES 2

/**
 * BENK_ROLL_BATCH_MS:
 *
 * Milliseconds within which they come: a fortnight, by domain.md 4.3, as long as a roll
 * lasts.
 */
#define BENK_ROLL_BATCH_MS (G_GINT64_CONSTANT (14) * 24 * 60 * 60 * 1000)

/**
 * BenkRollBatch:
 * @packer: (nullable): who packed the roll; a firm, not a person
 * @batch: the packer's batch, as printed
 *
 * Of what batch a roll is.
 */
typedef struct
{
  char *packer;
  char *batch;
} BenkRollBatch;

gboolean benk_roll_batch_concerns (const char *code);
gboolean benk_roll_batch_read (BenkRollBatch *self,
                               const char *packer,
                               const char *batch,
                               GError **error);
gboolean benk_roll_batch_take_scan (BenkRollBatch *self,
                                    const char *packer,
                                    const BenkScan *scan,
                                    GError **error);
void benk_roll_batch_clear (BenkRollBatch *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkRollBatch, benk_roll_batch_clear)

char *benk_roll_batch_describe (const char *packer, const char *batch);
char *benk_roll_batch_dup_key (BenkAlarm *alarm);
char *benk_roll_batch_compose_report (BenkAlarm *const *alarms, guint n_alarms);
guint benk_roll_batch_count_devices (BenkAlarm *const *alarms, guint n_alarms);

G_END_DECLS
