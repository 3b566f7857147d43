/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-close.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-deadline.h"
#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-table-alarm.h"

/**
 * benk_alarms_is_late:
 * @alarm: an alarm that is open
 * @now_ms: UTC milliseconds by this computer
 *
 * Returns: whether it would be closed late: one of its deadlines has run out
 */
gboolean
benk_alarms_is_late (BenkAlarm *alarm, gint64 now_ms)
{
  gint64 skew_ms = benk_alarm_get_clock_skew_ms (alarm);
  gint64 taken_ms = benk_alarm_get_taken_ms (alarm);

  if (taken_ms > 0 && benk_alarm_get_taken_here (alarm))
    taken_ms += skew_ms;
  return benk_deadline_has_run_out (benk_alarm_get_resolve_deadline_ms (alarm), 0,
                                    now_ms + skew_ms) ||
         benk_deadline_has_run_out (benk_alarm_get_take_deadline_ms (alarm), taken_ms,
                                    now_ms + skew_ms);
}

/* Who confirmed it is told whole or not at all: role, name and time. */
static gboolean
join_confirmed (const BenkAlarmClosing *closing, char **confirmed, GError **error)
{
  gboolean role = closing->confirmed_role && *closing->confirmed_role;
  gboolean name = closing->confirmed_by && *closing->confirmed_by;

  *confirmed = NULL;
  if (!role && !name && closing->confirmed_ms == 0)
    return TRUE;
  if (!role || !name || closing->confirmed_ms == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("Say who confirmed it: role, name and time."));
      return FALSE;
    }
  *confirmed = g_strdup_printf ("%s, %s", closing->confirmed_role, closing->confirmed_by);
  return TRUE;
}

/**
 * benk_alarms_close_async:
 * @self: the alarms
 * @alarm: an alarm
 * @closing: how it ended, and what else ended in the same way
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Closes an alarm, and others of the same user or outage, in one change, all or none;
 * tells their sources, and sends a follow-up document for each. What cannot be sent now
 * waits in the outbox.
 */
void
benk_alarms_close_async (BenkAlarms *self,
                         const BenkId *alarm,
                         const BenkAlarmClosing *closing,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *confirmed = NULL;
  GError *error = NULL;
  BenkAlarmJob *job;

  if (!join_confirmed (closing, &confirmed, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job = benk_alarms_begin (task, BENK_VERB_CLOSE, alarm, 1);
  if (job == NULL)
    return;
  job->cause = g_strdup (closing->cause);
  job->action = g_strdup (closing->action);
  job->confirmed_by = g_steal_pointer (&confirmed);
  job->why_late = g_strdup (closing->why_late);
  job->note = g_strdup (closing->note);
  job->confirmed_ms = closing->confirmed_ms;
  job->call_start_ms = closing->call_start_ms;
  job->call_end_ms = closing->call_end_ms;
  if (closing->n_also > 0)
    g_array_append_vals (job->also, closing->also, closing->n_also);
  benk_alarms_change (task, job, benk_alarm_job_close);
}

/**
 * benk_alarms_close_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it was not closed
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT (closed before, here or at the source, and by
 *   whom; what was written is kept), %BENK_ERROR_REFUSED (it is care's or medicine's, and
 *   nobody confirmed it) or %BENK_ERROR_INVALID; of several, which one it is about
 */
gboolean
benk_alarms_close_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_alarms_close_is_kept:
 * @result: what the callback was given
 *
 * Returns: whether it is closed here, also where a source has refused to hear of it
 */
gboolean
benk_alarms_close_is_kept (GAsyncResult *result)
{
  return benk_alarms_change_is_kept (G_TASK (result));
}

/**
 * benk_alarms_reopen_async:
 * @self: the alarms
 * @alarm: an alarm that has ended
 * @reason: why it is opened again
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Opens an alarm again, and what only said it again and was closed with it, for who does
 * so has it from then on. A closing that was not sent
 * yet is not sent; one that was cannot be taken back, so the source is told that the
 * alarm is open again.
 */
void
benk_alarms_reopen_async (BenkAlarms *self,
                          const BenkId *alarm,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkAlarmJob *job = benk_alarms_begin (task, BENK_VERB_REOPEN, alarm, 1);

  if (job == NULL)
    return;
  job->note = g_strdup (reason);
  benk_alarms_change (task, job, benk_alarm_job_reopen);
}

/**
 * benk_alarms_reopen_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it was not opened
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED (it is open), %BENK_ERROR_INVALID (no reason)
 * or %BENK_ERROR_CONFLICT from the source
 */
gboolean
benk_alarms_reopen_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  BenkId alarm;
  GPtrArray *models;
} SameJob;

static void
same_job_free (gpointer data)
{
  SameJob *job = data;

  g_ptr_array_unref (job->models);
  g_free (job);
}

static gpointer
list_same_user (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  SameJob *job = data;
  g_autoptr (GPtrArray) open = benk_table_alarm_list_same_user (db, &job->alarm, error);
  g_autoptr (GPtrArray) alarms = NULL;
  GListStore *list;

  if (open == NULL)
    return NULL;
  alarms = benk_alarm_join_open (open);
  if (!benk_alarm_dress_all (db, alarms, job->models, error))
    return NULL;
  list = g_list_store_new (BENK_TYPE_ALARM);
  g_list_store_splice (list, 0, 0, alarms->pdata, alarms->len);
  return list;
}

/**
 * benk_alarms_list_same_user_async:
 * @self: the alarms
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists what may be closed together with an alarm.
 */
void
benk_alarms_list_same_user_async (BenkAlarms *self,
                                  const BenkId *alarm,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  SameJob *job = g_new0 (SameJob, 1);

  g_return_if_fail (session != NULL);
  job->alarm = *alarm;
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  benk_session_read_async (session, self, list_same_user, job, same_job_free,
                           g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_alarms_list_same_user_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why they could not be read
 *
 * Returns: (transfer full): the other open alarms of its user, or of its device where it
 *   has no user
 */
GListModel *
benk_alarms_list_same_user_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}
