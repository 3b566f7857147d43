/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"
#include "benk-table-feed.h"
#include "benk-table-outbox.h"
#include "benk-text-check.h"

/* A clock that is wrong by more than this raises alarms of the future. */
#define FUTURE_MS (10 * 60 * 1000)

void
benk_alarm_job_free (BenkAlarmJob *job)
{
  g_clear_pointer (&job->models, g_ptr_array_unref);
  g_clear_pointer (&job->also, g_array_unref);
  g_free (job->device);
  g_free (job->code);
  g_free (job->cause);
  g_free (job->action);
  g_free (job->confirmed_by);
  g_free (job->why_late);
  g_free (job->note);
  g_free (job);
}

/* A code, or the only one that typed text fits. */
static const BenkAlarmCode *
find_code (const char *typed, GError **error)
{
  const BenkAlarmCode *exact = benk_alarm_code_find (typed);
  g_autoptr (GPtrArray) fits = NULL;
  g_autoptr (GString) names = NULL;

  if (exact != NULL)
    return exact;
  fits = benk_alarm_code_match (typed);
  if (fits->len == 1 && typed != NULL && *typed != '\0')
    return g_ptr_array_index (fits, 0);
  if (fits->len == 0 || typed == NULL || *typed == '\0')
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("“%s” is not an alarm code or a part of its name."),
                   typed ? typed : "");
      return NULL;
    }
  names = g_string_new (NULL);
  for (guint i = 0; i < fits->len; i++)
    {
      const BenkAlarmCode *code = g_ptr_array_index (fits, i);

      g_string_append_printf (names, "%s%s %s", i ? ", " : "", code->code,
                              benk_alarm_code_get_label (code));
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("“%s” fits several: %s."), typed,
               names->str);
  return NULL;
}

static BenkAlarm *
compose (BenkDb *db, const BenkAlarmJob *job, GError **error)
{
  const BenkAlarmCode *kind = find_code (job->code, error);
  g_autoptr (BenkAlarm) alarm = benk_alarm_new ();
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkDutyRoster) roster = NULL;
  gint64 now_ms = benk_db_get_wall_ms (db);

  if (kind == NULL)
    return NULL;
  if (job->raised_ms > now_ms + FUTURE_MS || job->raised_ms < 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("An alarm cannot have been raised in the future."));
      return NULL;
    }
  device = benk_inventory_find_text (db, job->device, error);
  if (device == NULL)
    return NULL;
  benk_alarm_set_device (alarm, device);
  benk_alarm_set_code (alarm, kind->code);
  benk_alarm_set_kind (alarm, kind, 0);
  benk_alarm_set_via (alarm, job->via);
  benk_alarm_set_status (alarm, BENK_ALARM_STATUS_NEW);
  benk_alarm_set_raised_ms (alarm, job->raised_ms ? job->raised_ms : now_ms);
  if (!benk_alarm_set_deadlines (db, alarm, kind, &roster, error))
    return NULL;
  return g_steal_pointer (&alarm);
}

/* (transfer none) (nullable): the open alarm that is told once more. */
static BenkAlarm *
find_told (GPtrArray *alike, gint64 raised_ms)
{
  for (guint i = 0; i < alike->len; i++)
    if (ABS (raised_ms - benk_alarm_get_raised_ms (g_ptr_array_index (alike, i))) <
        BENK_ALARM_REPEAT_MS)
      return g_ptr_array_index (alike, i);
  return NULL;
}

static gboolean
add_or_join (BenkDb *db, BenkAlarm *alarm, BenkId *kept, GError **error)
{
  g_autoptr (GPtrArray) alike = benk_table_alarm_list_alike (db, alarm, error);
  BenkAlarm *first = alike ? find_told (alike, benk_alarm_get_raised_ms (alarm)) : NULL;
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);

  if (alike == NULL)
    return FALSE;
  if (first == NULL && !benk_table_alarm_insert (db, alarm, error))
    return FALSE;
  *kept = *benk_alarm_get_id (first ? first : alarm);
  benk_scope_set_subject (benk_scope_get_current (db), kept);
  return benk_table_alarm_step_insert (db, kept,
                                       first ? BENK_STEP_REPEATED : BENK_STEP_RAISED,
                                       BENK_PLACE_HERE, raised_ms, NULL, NULL, error);
}

gpointer
benk_alarm_job_add (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkAlarmJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_autoptr (BenkAlarm) alarm = NULL;
  BenkId kept;

  if (scope == NULL || !benk_text_check_name (job->device, error))
    return NULL;
  alarm = compose (db, job, error);
  if (alarm == NULL || !add_or_join (db, alarm, &kept, error) ||
      !benk_scope_commit (scope, NULL, error))
    return NULL;
  return benk_alarm_load (db, &kept, job->models, error);
}

/* It is for a person, who knows a device by its serial number. */
static void
name_failed (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, NULL);
  const BenkAlarmCode *kind =
    alarm ? benk_alarm_code_find (benk_alarm_get_code (alarm)) : NULL;
  const char *serial = alarm ? benk_alarm_get_serial (alarm) : NULL;

  if (alarm != NULL)
    g_prefix_error (error, "%s · %s: ", serial ? serial : _ ("Unknown device"),
                    kind ? benk_alarm_code_get_label (kind)
                         : benk_alarm_get_code (alarm));
}

gboolean
benk_alarm_do_each (
  BenkDb *db, GArray *alarms, BenkAlarmWork work, gpointer data, GError **error)
{
  for (guint i = 0; i < alarms->len; i++)
    {
      const BenkId *id = &g_array_index (alarms, BenkId, i);

      if (work (db, data, id, error))
        continue;
      if (alarms->len > 1)
        name_failed (db, id, error);
      return FALSE;
    }
  return TRUE;
}

/* Who was first, in words. */
gboolean
benk_alarm_refuse_ended (BenkAlarm *alarm, GError **error)
{
  const char *who = benk_alarm_get_taken_by (alarm);

  if (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN)
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("%s has taken the alarm before you."),
                 who && *who ? who : _ ("Somebody else"));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("The alarm is already closed."));
  return FALSE;
}

gboolean
benk_alarm_read_has_feed (BenkDb *db, BenkAlarm *alarm, gboolean *has, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkFeedRow) feed = NULL;

  *has = FALSE;
  if (benk_alarm_get_remote_id (alarm) == NULL)
    return TRUE;
  feed = benk_table_feed_get (db, benk_alarm_get_feed_id (alarm), &local);
  *has = feed != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The source is told too, under the id of the step, by the outbox. */
gboolean
benk_alarm_tell_source (BenkDb *db,
                        BenkAlarm *alarm,
                        const BenkId *step,
                        const char *kind,
                        GArray *told,
                        GError **error)
{
  gboolean has_feed;

  if (!benk_alarm_read_has_feed (db, alarm, &has_feed, error))
    return FALSE;
  if (has_feed && told)
    g_array_append_vals (told, benk_alarm_get_id (alarm), 1);
  return !has_feed ||
         benk_table_outbox_insert (db, step, benk_alarm_get_id (alarm),
                                   benk_alarm_get_feed_id (alarm), kind, error);
}

/* What joined it is taken with it, each at its source. */
static gboolean
take_joined (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  g_autoptr (GPtrArray) joined = benk_alarm_list_joined (db, alarm, error);

  for (guint i = 0; joined && i < joined->len; i++)
    {
      BenkAlarm *one = g_ptr_array_index (joined, i);
      const BenkId *id = benk_alarm_get_id (one);
      BenkId step;

      if (benk_alarm_get_status (one) != BENK_ALARM_STATUS_NEW)
        continue;
      if (!benk_table_alarm_take (db, id, &job->change.actor_staff, error) ||
          !benk_table_alarm_step_insert (db, id, BENK_STEP_TAKEN, BENK_PLACE_HERE, 0,
                                         NULL, &step, error) ||
          !benk_alarm_tell_source (db, one, &step, BENK_OUTBOX_TAKE, told, error))
        return FALSE;
    }
  return joined != NULL;
}

/* One of a group that somebody has, or that has ended, is left as it is. */
static gboolean
take_also (BenkDb *db, const BenkAlarmJob *job, GArray *told, guint *n, GError **error)
{
  for (guint i = 0; job->also != NULL && i < job->also->len; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        benk_table_alarm_get (db, &g_array_index (job->also, BenkId, i), error);

      if (alarm == NULL)
        return FALSE;
      if (benk_alarm_get_status (alarm) != BENK_ALARM_STATUS_NEW)
        continue;
      if (!take_joined (db, job, alarm, told, error))
        return FALSE;
      *n += 1;
    }
  return TRUE;
}

/* (transfer full): the BenkId of the alarms whose source is to be told, the one that was
 * asked for first. */
gpointer
benk_alarm_job_take (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkAlarmJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_autoptr (BenkAlarm) alarm =
    scope ? benk_table_alarm_get (db, &job->alarm, error) : NULL;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (BenkId));
  gboolean is_new;
  guint n = 0;

  if (alarm == NULL)
    return NULL;
  is_new = benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW;
  if ((is_new && !take_joined (db, job, alarm, told, error)) ||
      !take_also (db, job, told, &n, error))
    return NULL;
  if (!is_new && n == 0)
    {
      benk_alarm_refuse_ended (alarm, error);
      return NULL;
    }
  return benk_scope_commit (scope, NULL, error) ? g_steal_pointer (&told) : NULL;
}
