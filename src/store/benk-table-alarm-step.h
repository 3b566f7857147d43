/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkAlarmStep:
 * @seq: the place of its change in the change log
 * @at_ms: UTC milliseconds
 * @kind: what was done: "raised", "taken", "closed", "followup-accepted" …
 * @place: where: "here", "other-system", "phone"
 * @who: (nullable): initials; "" if erased
 * @note: (nullable): what was written with it; "" if erased
 * @waiting_for: of a step "waiting": what for
 * @waiting_until_ms: of a step "waiting": until when, UTC milliseconds
 * @covered: of a step "waiting": whether the user is covered meanwhile
 * @covered_by: (nullable): who said so; "" if erased
 *
 * One row of the log of an alarm.
 */
typedef struct
{
  gint64 seq;
  gint64 at_ms;
  char *kind;
  char *place;
  char *who;
  char *note;
  BenkWait waiting_for;
  gint64 waiting_until_ms;
  BenkCovered covered;
  char *covered_by;
} BenkAlarmStep;

void benk_alarm_step_free (BenkAlarmStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAlarmStep, benk_alarm_step_free)

gboolean benk_table_alarm_step_insert (BenkDb *db,
                                       const BenkId *alarm,
                                       const char *kind,
                                       const char *place,
                                       gint64 at_ms,
                                       const char *note,
                                       BenkId *out_id,
                                       GError **error);
gboolean benk_table_alarm_step_tell (BenkDb *db,
                                     const BenkId *alarm,
                                     const char *kind,
                                     gint64 at_ms,
                                     const char *who,
                                     gboolean newest,
                                     GError **error);
gboolean benk_table_alarm_step_get_author (
  BenkDb *db, const BenkId *step, BenkId *staff, char **note, GError **error);
gboolean benk_table_alarm_step_get_seq (BenkDb *db,
                                        const BenkId *step,
                                        gint64 *seq,
                                        GError **error);
GPtrArray *benk_table_alarm_step_list (BenkDb *db, const BenkId *alarm, GError **error);

G_END_DECLS
