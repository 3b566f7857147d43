/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-away.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-plan.h"
#include "benk-table-alarm-end.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-text-check.h"

static gboolean
invalid (const char *words, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
check (BenkDb *db, const BenkAlarmJob *job, GError **error)
{
  if (job->confirmed_ms > benk_db_get_wall_ms (db))
    return invalid (_ ("It cannot have been told at a time to come."), error);
  if (benk_alarm_choice_get_record_text (job->cause, FALSE) == NULL)
    return invalid (_ ("That is not a cause."), error);
  if (benk_alarm_choice_get_record_text (job->action, TRUE) == NULL)
    return invalid (_ ("That is not an action."), error);
  return benk_text_check_note (job->confirmed_by, error);
}

/* Documents are Norwegian; it says no more than was said. */
static char *
compose_note (const BenkAlarmJob *job)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (job->confirmed_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *when = g_date_time_format (local, "%d.%m. kl. %H:%M");

  return g_strdup_printf ("Håndtert av tjenesten, oppgitt på telefon av %s %s.",
                          job->confirmed_by, when);
}

static gboolean
write_document (BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GError **error)
{
  g_autofree char *note = compose_note (job);
  gboolean has_feed;
  BenkId document;

  if (!benk_alarm_read_has_feed (db, alarm, &has_feed, error))
    return FALSE;
  return !has_feed ||
         (benk_table_alarm_step_insert (db, benk_alarm_get_id (alarm), BENK_STEP_FOLLOWUP,
                                        BENK_PLACE_HERE, 0, note, &document, error) &&
          benk_alarm_tell_source (db, alarm, &document, BENK_OUTBOX_FOLLOWUP, NULL,
                                  error));
}

static gboolean
write_one (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);
  BenkId closing;

  if (job->confirmed_ms < benk_alarm_get_raised_ms (alarm))
    return invalid (_ ("One of the alarms was raised after that was told."), error);
  return benk_table_alarm_close (db, id, BENK_ALARM_STATUS_CLOSED, job->cause,
                                 job->action, job->confirmed_by, error) &&
         benk_table_alarm_set_told (db, id, job->confirmed_ms, error) &&
         benk_table_alarm_step_insert (db, id, BENK_STEP_CLOSED, BENK_PLACE_PHONE,
                                       job->confirmed_ms, job->confirmed_by, &closing,
                                       error) &&
         benk_alarm_tell_source (db, alarm, &closing, BENK_OUTBOX_CLOSE, told, error);
}

/* With what joined it; one that has ended meanwhile keeps the end it has. */
static gboolean
write_group (
  BenkDb *db, const BenkAlarmJob *job, const BenkId *id, GArray *told, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);
  g_autoptr (GPtrArray) joined = NULL;

  if (alarm == NULL)
    return FALSE;
  if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
    return TRUE;
  joined = benk_alarm_list_joined (db, alarm, error);
  for (guint i = 0; joined && i < joined->len; i++)
    if (!write_one (db, job, g_ptr_array_index (joined, i), told, error))
      return FALSE;
  return joined != NULL && write_document (db, job, alarm, error);
}

/* (transfer full): the BenkId of the alarms whose source is to be told. */
static gpointer
run (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkAlarmJob *job = data;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (BenkScope) scope = NULL;

  g_array_prepend_val (job->also, job->alarm);
  scope = benk_scope_begin (db, &job->change, error);
  if (scope == NULL || !check (db, job, error))
    return NULL;
  for (guint i = 0; i < job->also->len; i++)
    if (!write_group (db, job, &g_array_index (job->also, BenkId, i), told, error))
      return NULL;
  return benk_scope_commit (scope, NULL, error) ? g_steal_pointer (&told) : NULL;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * benk_alarms_handled_by_care_async:
 * @self: the alarms
 * @telling: who told it, when, and of which alarms
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Closes alarms in one change because somebody told that care has handled them. It ended
 * when it was told, by phone, not here; nothing more is claimed than was told. Sources
 * are told as of any closing. It is taken back as a closing is: by opening again.
 */
void
benk_alarms_handled_by_care_async (BenkAlarms *self,
                                   const BenkCareTelling *telling,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkAlarmJob *job;

  if (is_empty (telling->role) || is_empty (telling->name) || telling->told_ms <= 0 ||
      telling->n_alarms == 0)
    {
      g_task_return_new_error (
        task, BENK_ERROR, BENK_ERROR_INVALID, "%s",
        _ ("Say which alarms, and who told it: role, name and time."));
      return;
    }
  job = benk_alarms_begin (task, BENK_VERB_CLOSE, telling->alarms, telling->n_alarms);
  if (job == NULL)
    return;
  job->confirmed_by = g_strdup_printf ("%s %s", telling->role, telling->name);
  job->confirmed_ms = telling->told_ms;
  job->cause = g_strdup (is_empty (telling->cause) ? "not-told" : telling->cause);
  job->action = g_strdup (is_empty (telling->action) ? "by-care" : telling->action);
  benk_alarms_change (task, job, run);
}

/**
 * benk_alarms_handled_by_care_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why nothing was written
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID (who told it, or when, is missing or cannot
 *   be), %BENK_ERROR_CONFLICT from a source, or another error
 */
gboolean
benk_alarms_handled_by_care_finish (BenkAlarms *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
