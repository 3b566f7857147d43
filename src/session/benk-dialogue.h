/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"

G_BEGIN_DECLS

/**
 * BenkDialogueReport:
 * @job: the stable name of the job
 * @serial: (nullable): the device it was for
 * @link_kind: how the device was reached when it was recorded
 * @outcome: how the job ends now
 * @sentence: the same in words; nothing is claimed of any device
 * @reason: (nullable): what stops it
 * @steps: (element-type BenkStep): its steps
 * @ended: whether the recording has an end
 * @recorded_outcome: how the job ended then
 * @n_entries: entries of the dialogue
 * @n_played: how many went as they were recorded
 * @differs: whether the program went another way
 * @line: where in the file, 0 behind its end
 * @octet: first octet that differs, -1 when it is not about octets
 * @expected: (nullable): what the dialogue has there
 * @came: (nullable): what came instead
 *
 * What came of playing a dialogue back.
 */
typedef struct
{
  char *job;
  char *serial;
  BenkLinkKind link_kind;
  BenkRunOutcome outcome;
  char *sentence;
  char *reason;
  GPtrArray *steps;
  gboolean ended;
  BenkRunOutcome recorded_outcome;
  guint n_entries;
  guint n_played;
  gboolean differs;
  guint line;
  int octet;
  char *expected;
  char *came;
} BenkDialogueReport;

BenkDialogueReport *benk_dialogue_replay (GFile *file, GError **error);
void benk_dialogue_report_free (BenkDialogueReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDialogueReport, benk_dialogue_report_free)

void benk_dialogue_save_async (BenkBenchJob *job,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean
benk_dialogue_save_finish (BenkBenchJob *job, GAsyncResult *result, GError **error);

G_END_DECLS
