/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include <string.h>

#include "benk-model.h"
#include "benk-plan-file.h"
#include "benk-table-alarm.h"
#include "benk-table-deadline.h"
#include "benk-table-duty.h"
#include "benk-table-plan.h"

/* The one that the device was last read to hold; %NULL where none is known. A plan that
 * this version cannot read is not known, and hides no alarm. */
static gboolean
find_plan (BenkDb *db, const BenkId *device, BenkPlan **plan, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanRow) row = NULL;

  *plan = NULL;
  if (benk_id_is_nil (device))
    return TRUE;
  row = benk_table_plan_get_in_device (db, device, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row != NULL)
    *plan = benk_plan_file_parse (row->body, strlen (row->body), NULL);
  return TRUE;
}

gboolean
benk_alarms_find_next_dose (
  BenkDb *db, const BenkId *device, gint64 after_ms, gint64 *dose_ms, GError **error)
{
  g_autoptr (BenkPlan) plan = NULL;

  if (!find_plan (db, device, &plan, error))
    return FALSE;
  *dose_ms = plan ? benk_plan_next_dose (plan, after_ms) : -1;
  return TRUE;
}

static char *
make_label (BenkAlarm *alarm, GPtrArray *models)
{
  const char *model_id = benk_alarm_get_model_id (alarm);
  BenkModel *model = model_id ? benk_model_find (models, model_id) : NULL;
  const char *which = benk_alarm_get_asset (alarm);

  if (which == NULL || *which == '\0')
    which = benk_alarm_get_serial (alarm);
  if (which == NULL)
    which = "";
  if (model_id == NULL)
    return g_strdup (which);
  return g_strdup_printf ("%s %s", model ? benk_model_get_name (model) : model_id, which);
}

/* While it is open; what is kept stays as it was told, and each laptop sees the same. */
static void
grow_graver (BenkAlarm *alarm, const BenkPlan *plan, gint64 now_ms)
{
  const BenkAlarmCode *kind = benk_alarm_code_resolve (benk_alarm_get_code (alarm));
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);
  int severity;

  if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
    return;
  severity =
    benk_alarm_code_get_severity_now (kind, benk_alarm_get_model_id (alarm), raised_ms,
                                      plan ? benk_plan_next_dose (plan, raised_ms) : -1,
                                      now_ms);
  benk_alarm_set_severity (alarm, MAX (severity, benk_alarm_get_severity (alarm)));
}

/* What the tables do not hold: what to call the device, when its next dose is, and how
 * grave it has become. */
gboolean
benk_alarm_dress (BenkDb *db, BenkAlarm *alarm, GPtrArray *models, GError **error)
{
  g_autofree char *label = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  gint64 now_ms = benk_db_get_wall_ms (db);

  if (!find_plan (db, benk_alarm_get_device_id (alarm), &plan, error))
    return FALSE;
  if (!benk_id_is_nil (benk_alarm_get_device_id (alarm)))
    label = make_label (alarm, models);
  benk_alarm_set_device_label (alarm, label);
  benk_alarm_set_next_dose_ms (alarm, plan ? benk_plan_next_dose (plan, now_ms) : -1);
  grow_graver (alarm, plan, now_ms);
  return TRUE;
}

gboolean
benk_alarm_dress_all (BenkDb *db, GPtrArray *alarms, GPtrArray *models, GError **error)
{
  for (guint i = 0; i < alarms->len; i++)
    if (!benk_alarm_dress (db, g_ptr_array_index (alarms, i), models, error))
      return FALSE;
  return TRUE;
}

BenkAlarm *
benk_alarm_load (BenkDb *db, const BenkId *id, GPtrArray *models, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);

  if (alarm == NULL || !benk_alarm_dress (db, alarm, models, error))
    return NULL;
  return g_steal_pointer (&alarm);
}

GPtrArray *
benk_alarm_load_open (BenkDb *db, GPtrArray *models, GError **error)
{
  g_autoptr (GPtrArray) open = benk_table_alarm_list_open (db, error);
  g_autoptr (GPtrArray) alarms = open ? benk_alarm_join_open (open) : NULL;

  if (alarms == NULL || !benk_alarm_dress_all (db, alarms, models, error))
    return NULL;
  return g_steal_pointer (&alarms);
}

/* Responsibility and severity of a code; a source may make it graver, not milder. */
void
benk_alarm_set_kind (BenkAlarm *alarm, const BenkAlarmCode *kind, int severity)
{
  int proposed = benk_alarm_code_get_severity (kind, benk_alarm_get_model_id (alarm));

  benk_alarm_set_responsibility (alarm, kind->responsibility);
  benk_alarm_set_severity (alarm, MAX (proposed, severity));
}

void
benk_alarm_set_device (BenkAlarm *alarm, BenkDevice *device)
{
  benk_alarm_set_device_id (alarm, benk_device_get_id (device));
  benk_alarm_set_model_id (alarm, benk_device_get_model_id (device));
  benk_alarm_set_serial (alarm, benk_device_get_serial (device));
}

/* Few count by duties: they are read for the first that does, and kept for those after
 * it. */
static gboolean
find_hours (BenkDb *db,
            BenkAlarm *alarm,
            BenkDeadlineKind kind,
            BenkDutyRoster **roster,
            BenkDutyHours *hours,
            GError **error)
{
  BenkId team = BENK_ID_NIL;
  const BenkId *device = benk_alarm_get_device_id (alarm);

  *hours = BENK_DUTY_HOURS_PROPOSED;
  if (!benk_deadline_kind_counts_duties (kind))
    return TRUE;
  if (*roster == NULL)
    *roster = benk_table_duty_load (db, error);
  if (*roster == NULL || (!benk_id_is_nil (device) &&
                          !benk_table_alarm_find_team (db, device, &team, error)))
    return FALSE;
  *hours = benk_duty_roster_find (*roster, &team)->hours;
  return TRUE;
}

/* They count from when it was raised, at its source, whenever it is heard of; proposed
 * until the district decides. What is decided later changes no alarm that is there, nor
 * one that was raised before that day. */
gboolean
benk_alarm_set_deadlines (BenkDb *db,
                          BenkAlarm *alarm,
                          const BenkAlarmCode *kind,
                          BenkDutyRoster **roster,
                          GError **error)
{
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);
  g_autofree char *day = benk_deadline_format_day (raised_ms);
  BenkDutyHours hours;
  gint64 take_ms = 0;
  gint64 resolve_ms = 0;
  gint64 dose_ms;
  gboolean proposed;
  g_autoptr (BenkDeadline) deadline =
    benk_table_deadline_get_current (db, kind->code, benk_alarm_get_model_id (alarm), day,
                                     error);

  if (deadline == NULL ||
      !benk_alarms_find_next_dose (db, benk_alarm_get_device_id (alarm), raised_ms,
                                   &dose_ms, error) ||
      !find_hours (db, alarm, deadline->allowance.resolve_kind, roster, &hours, error))
    return FALSE;
  proposed = benk_deadline_is_proposed (deadline) ||
             benk_allowance_lacks_dose (&deadline->allowance, raised_ms, dose_ms);
  benk_allowance_get_deadlines (&deadline->allowance, raised_ms, dose_ms, &hours,
                                BENK_ALARM_ZONE, &take_ms, &resolve_ms);
  benk_alarm_set_take_deadline_ms (alarm, take_ms);
  benk_alarm_set_resolve_deadline_ms (alarm, resolve_ms);
  benk_alarm_set_deadlines_proposed (alarm, proposed);
  benk_alarm_set_deadline_decision_id (alarm,
                                       proposed ? &BENK_ID_NIL : &deadline->decision.id);
  return TRUE;
}
