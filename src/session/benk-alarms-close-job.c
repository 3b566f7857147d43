/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-close.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarm-group.h"
#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-roll-batch.h"
#include "benk-table-alarm-end.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-outbox.h"
#include "benk-text-check.h"

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
invalid (const char *words, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, words);
  return FALSE;
}

/**
 * benk_alarms_needs_confirmation:
 * @alarm: an alarm
 * @action: (nullable): name of what was done
 *
 * That a dose was given or left out is never the technician's own statement.
 *
 * Returns: whether somebody of care or medicine must have confirmed it
 */
gboolean
benk_alarms_needs_confirmation (BenkAlarm *alarm, const char *action)
{
  return benk_alarm_get_responsibility (alarm) != BENK_RESPONSIBILITY_TECHNICAL ||
         g_strcmp0 (action, "dose-given") == 0 || g_strcmp0 (action, "dose-skipped") == 0;
}

static gboolean
check_choices (const BenkAlarmJob *job, GError **error)
{
  if (benk_alarm_choice_get_record_text (job->cause, FALSE) == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("“%s” is not a cause."),
                   job->cause ? job->cause : "");
      return FALSE;
    }
  if (benk_alarm_choice_get_record_text (job->action, TRUE) == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("“%s” is not an action."),
                   job->action ? job->action : "");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_times (BenkDb *db, const BenkAlarmJob *job, GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (db);

  if (job->confirmed_ms < 0 || job->confirmed_ms > now_ms)
    return invalid (_ ("It cannot have been confirmed at a time to come."), error);
  if (job->call_start_ms == 0 && job->call_end_ms == 0)
    return TRUE;
  if (job->call_start_ms <= 0 || job->call_end_ms < job->call_start_ms ||
      job->call_end_ms > now_ms)
    return invalid (_ ("Say when the call began and when it ended."), error);
  return TRUE;
}

static gboolean
check_confirmed (const BenkAlarmJob *job, BenkAlarm *alarm, GError **error)
{
  BenkResponsibility responsibility = benk_alarm_get_responsibility (alarm);

  if (!benk_alarms_needs_confirmation (alarm, job->action) ||
      !is_empty (job->confirmed_by))
    return TRUE;
  if (responsibility != BENK_RESPONSIBILITY_TECHNICAL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("The responsibility for this alarm is with %s. Say who confirmed "
                    "that it is handled: role, name and time."),
                 benk_responsibility_get_label (responsibility));
  else
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("What was done with a dose is told by health personnel. Say "
                            "who told it: role, name and time."));
  return FALSE;
}

static gboolean
add_step (BenkDb *db,
          BenkAlarm *alarm,
          const char *kind,
          gint64 at_ms,
          const char *note,
          BenkId *step,
          GError **error)
{
  return benk_table_alarm_step_insert (db, benk_alarm_get_id (alarm), kind,
                                       BENK_PLACE_HERE, at_ms, note, step, error);
}

static gboolean
write_call (BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GError **error)
{
  return job->call_start_ms == 0 ||
         (add_step (db, alarm, BENK_STEP_CALLED, job->call_start_ms, NULL, NULL, error) &&
          add_step (db, alarm, BENK_STEP_CALL_ENDED, job->call_end_ms, NULL, NULL,
                    error));
}

/* The closing is one step, the document about it another: each has its own answer. */
static gboolean
write_document (BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GError **error)
{
  gboolean has_feed;
  BenkId document;

  if (!benk_alarm_read_has_feed (db, alarm, &has_feed, error))
    return FALSE;
  return !has_feed ||
         (add_step (db, alarm, BENK_STEP_FOLLOWUP, 0, job->note, &document, error) &&
          benk_alarm_tell_source (db, alarm, &document, BENK_OUTBOX_FOLLOWUP, NULL,
                                  error));
}

/* What joined it is closed with it, each at its source. */
static gboolean
close_joined (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  g_autoptr (GPtrArray) joined = benk_alarm_list_joined (db, alarm, error);

  for (guint i = 0; joined && i < joined->len; i++)
    {
      BenkAlarm *one = g_ptr_array_index (joined, i);
      const BenkId *id = benk_alarm_get_id (one);
      BenkId closing;

      if (!benk_table_alarm_close (db, id, BENK_ALARM_STATUS_CLOSED, job->cause,
                                   job->action, job->confirmed_by, error) ||
          (job->confirmed_ms != 0 &&
           !benk_table_alarm_set_confirmed (db, id, job->confirmed_ms, error)) ||
          !add_step (db, one, BENK_STEP_CLOSED, 0, job->note, &closing, error) ||
          !benk_alarm_tell_source (db, one, &closing, BENK_OUTBOX_CLOSE, told, error))
        return FALSE;
    }
  return joined != NULL;
}

static gboolean
write_closing (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);
  gboolean late;

  benk_alarm_set_clock (alarm, job->skew_ms);
  late = benk_alarms_is_late (alarm, benk_db_get_wall_ms (db));
  return write_call (db, job, alarm, error) &&
         close_joined (db, job, alarm, told, error) &&
         (is_empty (job->why_late) || !(late || benk_id_equal (id, &job->alarm)) ||
          add_step (db, alarm, BENK_STEP_LATE, 0, job->why_late, NULL, error)) &&
         write_document (db, job, alarm, error);
}

static gboolean
check_texts (const BenkAlarmJob *job, GError **error)
{
  return benk_text_check_note (job->confirmed_by, error) &&
         benk_text_check_note (job->why_late, error) &&
         benk_text_check_note (job->note, error);
}

typedef struct
{
  const BenkAlarmJob *job;
  BenkAlarm *first;
  GPtrArray *same; /* BenkAlarm, open, of its user */
  GArray *told;
} Closing;

/* One that joined another is closed already with that one. */
static gboolean
close_one (BenkDb *db, gpointer data, const BenkId *id, GError **error)
{
  Closing *closing = data;
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);

  if (alarm == NULL)
    return FALSE;
  if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
    return !benk_id_equal (id, &closing->job->alarm) ||
           benk_alarm_refuse_ended (alarm, error);
  return check_confirmed (closing->job, alarm, error) &&
         write_closing (db, closing->job, alarm, closing->told, error);
}

static gboolean
is_among (GPtrArray *alarms, const BenkId *id)
{
  for (guint i = 0; i < alarms->len; i++)
    if (benk_id_equal (benk_alarm_get_id (g_ptr_array_index (alarms, i)), id))
      return TRUE;
  return FALSE;
}

static gboolean
are_of_one_batch (BenkAlarm *one, BenkAlarm *two)
{
  g_autofree char *batch = benk_roll_batch_dup_key (one);
  g_autofree char *other = benk_roll_batch_dup_key (two);

  return batch != NULL && g_strcmp0 (batch, other) == 0;
}

/* Asked before the first is closed: one of another user, unless both may be of an outage
 * or are of one batch, is a mistake. */
static gboolean
check_also (BenkDb *db, gpointer data, const BenkId *id, GError **error)
{
  Closing *closing = data;
  g_autoptr (BenkAlarm) alarm = NULL;

  if (benk_id_equal (id, &closing->job->alarm) || is_among (closing->same, id))
    return TRUE;
  alarm = benk_table_alarm_get (db, id, error);
  if (alarm == NULL)
    return FALSE;
  if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
    return benk_alarm_refuse_ended (alarm, error);
  if (are_of_one_batch (closing->first, alarm) ||
      (benk_alarm_is_outage_sign (closing->first) && benk_alarm_is_outage_sign (alarm)))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("It is not of the same user, outage or roll batch. Close it by "
                          "itself."));
  return FALSE;
}

static gboolean
close_all (BenkDb *db, const BenkAlarmJob *job, GArray *told, GError **error)
{
  g_autoptr (GArray) ids = g_array_copy (job->also);
  g_autoptr (BenkAlarm) first = benk_table_alarm_get (db, &job->alarm, error);
  g_autoptr (GPtrArray) same =
    first ? benk_table_alarm_list_same_user (db, &job->alarm, error) : NULL;
  Closing closing = { job, first, same, told };

  g_array_prepend_val (ids, job->alarm);
  return same != NULL && benk_alarm_do_each (db, ids, check_also, &closing, error) &&
         benk_alarm_do_each (db, ids, close_one, &closing, error);
}

/* (transfer full): the BenkId of the alarms whose source is to be told. */
gpointer
benk_alarm_job_close (BenkDb *db,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  BenkAlarmJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (scope == NULL || !check_texts (job, error) || !check_choices (job, error) ||
      !check_times (db, job, error) || !close_all (db, job, told, error) ||
      !benk_scope_commit (scope, NULL, error))
    return NULL;
  return g_steal_pointer (&told);
}

/* --- Opening again --- */

/* What has not been tried yet is not sent any more. */
static gboolean
hold_back (BenkDb *db, const BenkId *alarm, gboolean *left, GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (db, alarm, error);

  *left = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i);
      gboolean closes = strcmp (row->kind, BENK_OUTBOX_CLOSE) == 0;

      if (!closes && strcmp (row->kind, BENK_OUTBOX_FOLLOWUP) != 0)
        continue;
      if (row->state != BENK_FOLLOWUP_QUEUED)
        {
          *left = *left || (closes && row->state != BENK_FOLLOWUP_REFUSED);
          continue;
        }
      row->state = BENK_FOLLOWUP_REFUSED;
      g_free (row->last_error);
      row->last_error = g_strdup (_ ("Not sent: the alarm was opened again."));
      if (!benk_table_outbox_update (db, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
reopen_one (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);
  gboolean left;
  BenkId step;

  return hold_back (db, id, &left, error) && benk_table_alarm_reopen (db, id, error) &&
         benk_table_alarm_take (db, id, &job->change.actor_staff, error) &&
         add_step (db, alarm, BENK_STEP_REOPENED, 0, job->note, &step, error) &&
         (!left ||
          benk_alarm_tell_source (db, alarm, &step, BENK_OUTBOX_REOPEN, told, error));
}

/* What was closed as one row is one row again. */
static gboolean
reopen (
  BenkDb *db, const BenkAlarmJob *job, BenkAlarm *alarm, GArray *told, GError **error)
{
  g_autoptr (GPtrArray) joined =
    benk_table_alarm_list_closed_with (db, benk_alarm_get_id (alarm), error);

  if (joined == NULL || !reopen_one (db, job, alarm, told, error))
    return FALSE;
  for (guint i = 0; i < joined->len; i++)
    if (!reopen_one (db, job, g_ptr_array_index (joined, i), told, error))
      return FALSE;
  return TRUE;
}

gpointer
benk_alarm_job_reopen (BenkDb *db,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  BenkAlarmJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_autoptr (BenkAlarm) alarm =
    scope ? benk_table_alarm_get (db, &job->alarm, error) : NULL;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (alarm == NULL || !benk_text_check_note (job->note, error))
    return NULL;
  if (is_empty (job->note))
    {
      invalid (_ ("Say why the alarm is opened again."), error);
      return NULL;
    }
  if (benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("The alarm is open."));
      return NULL;
    }
  if (!reopen (db, job, alarm, told, error) || !benk_scope_commit (scope, NULL, error))
    return NULL;
  return g_steal_pointer (&told);
}
