/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms-private.h"
#include "benk-table-alarm-version.h"

G_BEGIN_DECLS

/**
 * BenkTelling:
 * @db: the writer, in a scope
 * @job: what is taken in
 * @issue: what the source says of the alarm
 * @name: the alarm
 * @roster: (inout): the duties, %NULL until they were needed
 * @outcome: (out): what it came to
 * @face: (out): what stands for it in the queue; the alarm itself or one it joins
 *
 * One version of one alarm while it is taken in.
 */
typedef struct
{
  BenkDb *db;
  BenkIntakeJob *job;
  const BenkFhirIssue *issue;
  const BenkId *name;
  BenkDutyRoster **roster;
  BenkIntakeOutcome outcome;
  BenkId face;
} BenkTelling;

/* So far two clocks may be apart. */
#define BENK_TELLING_AHEAD_MS (60 * 1000)

/* What of the resource was done here. */
gboolean benk_telling_find_own (BenkTelling *self,
                                const char *kind,
                                gboolean *stands,
                                gboolean *under_way,
                                GError **error);
gboolean benk_telling_is_own_end (BenkTelling *self, gboolean *own, GError **error);
gboolean benk_telling_is_own_reopening (BenkTelling *self,
                                        const BenkAlarmVersion *ended,
                                        const BenkAlarmVersion *later,
                                        gboolean *own,
                                        GError **error);

gboolean benk_telling_take (BenkTelling *self, GError **error);
char *benk_telling_read_code (BenkTelling *self);
gboolean benk_telling_fill (BenkTelling *self, BenkAlarm *alarm, GError **error);

/* When it was last opened again in another system; 0 = it was not. */
gboolean benk_alarm_find_reopened (BenkDb *db,
                                   const BenkId *alarm,
                                   gint64 *reopened_ms,
                                   GError **error);

/* What was handed out, and what that settles. */
void benk_alarm_unsettle (BenkAlarm *alarm);
gboolean benk_alarm_settle (
  BenkDb *db, const BenkId *alarm, gint64 reopened_ms, gboolean *changed, GError **error);
gboolean benk_dispense_take (BenkDb *db,
                             const BenkId *feed,
                             const BenkFhirDispense *told,
                             void (*note) (gpointer data, const BenkId *alarm),
                             gpointer data,
                             GError **error);

G_END_DECLS
