/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-hand.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-feeds-clock.h"
#include "benk-session-change.h"
#include "benk-table-alarm-hand.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-text-check.h"

typedef struct
{
  GArray *alarms; /* BenkId */
  BenkId me;
  int role;
  char *words;
  gboolean accepted;
  gint64 at_ms;
} HandJob;

static void
hand_job_free (HandJob *job)
{
  g_array_unref (job->alarms);
  g_free (job->words);
  g_free (job);
}

static HandJob *
job_new (BenkSession *session, const BenkId *alarms, guint n_alarms)
{
  HandJob *job = g_new0 (HandJob, 1);
  BenkStaff *staff = benk_session_get_staff (session);

  job->alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->alarms, alarms, n_alarms);
  if (staff)
    job->me = *benk_staff_get_id (staff);
  job->role = BENK_DUTY_ROLE_NONE;
  return job;
}

static gboolean
refused (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, sentence);
  return FALSE;
}

static gboolean
check_taken (BenkAlarm *alarm, GError **error)
{
  switch (benk_alarm_get_status (alarm))
    {
    case BENK_ALARM_STATUS_TAKEN:
      return TRUE;
    case BENK_ALARM_STATUS_NEW:
      return refused (_ ("Nobody has taken the alarm: there is nothing to hand over."),
                      error);
    case BENK_ALARM_STATUS_CLOSED:
    case BENK_ALARM_STATUS_SETTLED:
    default:
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("The alarm is already closed."));
      return FALSE;
    }
}

/* One's own, or one of somebody outside who has accepted it before. */
static gboolean
check_may_hand_over (BenkDb *db, BenkAlarm *alarm, const BenkId *me, GError **error)
{
  BenkId holder;

  if (!check_taken (alarm, error) ||
      !benk_table_alarm_get_holder (db, benk_alarm_get_id (alarm), &holder, error))
    return FALSE;
  if (benk_id_equal (&holder, me) ||
      (benk_id_is_nil (&holder) && benk_alarm_get_accepted_ms (alarm) > 0))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("%s has the alarm. Only who has it hands it over."),
               benk_alarm_get_taken_by (alarm) ? benk_alarm_get_taken_by (alarm)
                                               : _ ("Somebody else"));
  return FALSE;
}

/* What is done with a row, done with each alarm that the row stands for: those that only
 * said it again go where the first goes. @one says which of them it is about. */
typedef gboolean (*HandWork) (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error);
typedef gboolean (*HandCheck) (BenkDb *db,
                               HandJob *job,
                               BenkAlarm *alarm,
                               GError **error);

static gboolean
do_row (BenkDb *db,
        HandJob *job,
        const BenkId *id,
        HandCheck check,
        HandWork work,
        GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);
  g_autoptr (GPtrArray) joined = NULL;

  if (alarm == NULL || !check (db, job, alarm, error))
    return FALSE;
  joined = benk_alarm_list_joined (db, alarm, error);
  for (guint i = 0; joined != NULL && i < joined->len; i++)
    {
      BenkAlarm *one = g_ptr_array_index (joined, i);
      g_autoptr (GError) local = NULL;

      if (one != alarm && !check (db, job, one, &local))
        {
          if (g_error_matches (local, BENK_ERROR, BENK_ERROR_REFUSED))
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!work (db, job, one, error))
        return FALSE;
    }
  return joined != NULL;
}

static gboolean
check_hand_over_one (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  return check_may_hand_over (db, alarm, &job->me, error);
}

static gboolean
hand_over_alarm (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);

  return benk_table_alarm_hand_over (db, id, BENK_STEP_HANDED_OVER, BENK_PLACE_HERE,
                                     job->role < 0 ? NULL
                                                   : benk_duty_role_to_name (
                                                       (BenkDutyRole) job->role),
                                     job->words, error) &&
         (!job->accepted ||
          benk_table_alarm_accept (db, id, BENK_STEP_HAND_ACCEPTED, BENK_PLACE_PHONE,
                                   NULL, job->words, benk_db_get_wall_ms (db), error));
}

static gboolean
hand_over_row (BenkDb *db, gpointer data, const BenkId *alarm, GError **error)
{
  return do_row (db, data, alarm, check_hand_over_one, hand_over_alarm, error);
}

static gboolean
do_hand_over (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  HandJob *job = data;

  return benk_text_check_note (job->words, error) &&
         benk_alarm_do_each (db, job->alarms, hand_over_row, job, error);
}

static void
change (BenkAlarms *self,
        BenkSession *session,
        BenkVerb verb,
        BenkChangeWork work,
        HandJob *job,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  benk_session_change_async (session, self, verb, &g_array_index (job->alarms, BenkId, 0),
                             work, job, (GDestroyNotify) hand_job_free, cancellable,
                             callback, user_data);
}

/* "charge nurse Anne": as it is said. */
static char *
compose_words (const BenkHandOver *hand_over)
{
  g_autofree char *name = g_strstrip (g_strdup (hand_over->name ? hand_over->name : ""));

  if (hand_over->role < 0)
    return g_steal_pointer (&name);
  return g_strchomp (
    g_strdup_printf ("%s %s", benk_duty_role_get_label ((BenkDutyRole) hand_over->role),
                     name));
}

static gboolean
check_hand_over (const BenkHandOver *hand_over, guint n_alarms, GError **error)
{
  gboolean named = hand_over->name && *hand_over->name;

  if (n_alarms == 0)
    return refused (_ ("Say which alarms are handed over."), error);
  if (!named && hand_over->role < 0)
    return refused (_ ("Say to whom it is handed over."), error);
  if (!named && hand_over->accepted)
    return refused (_ ("Say who has accepted: a name."), error);
  return TRUE;
}

/**
 * benk_alarms_hand_over_async:
 * @self: the alarms
 * @alarms: (array length=n_alarms): alarms that one has
 * @n_alarms: how many
 * @hand_over: to whom
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Hands alarms over in one change, all or none. Who hands over has them until they are
 * accepted.
 */
void
benk_alarms_hand_over_async (BenkAlarms *self,
                             const BenkId *alarms,
                             guint n_alarms,
                             const BenkHandOver *hand_over,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  GError *error = NULL;
  HandJob *job;

  g_return_if_fail (session != NULL);
  if (!check_hand_over (hand_over, n_alarms, &error))
    {
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  job = job_new (session, alarms, n_alarms);
  job->role = hand_over->role;
  job->words = compose_words (hand_over);
  job->accepted = hand_over->accepted;
  change (self, session, BENK_VERB_HAND_OVER, do_hand_over, job, cancellable, callback,
          user_data);
}

static gboolean
check_handed_over (BenkAlarm *alarm, GError **error)
{
  return check_taken (alarm, error) &&
         (benk_alarm_is_handed_over (alarm) ||
          refused (_ ("The alarm waits for nobody to accept it."), error));
}

static gboolean
check_accepting (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (db);
  BenkId holder;

  if (!check_handed_over (alarm, error) ||
      !benk_table_alarm_get_holder (db, benk_alarm_get_id (alarm), &holder, error))
    return FALSE;
  if (job->at_ms == 0)
    job->at_ms = now_ms;
  if (job->words == NULL && benk_id_equal (&holder, &job->me))
    return refused (_ ("You have handed it over yourself. Say who has accepted it."),
                    error);
  /* A minute is what a person says. */
  if (job->at_ms > now_ms || job->at_ms < benk_alarm_get_handed_ms (alarm) - 60000)
    return refused (_ (
                      "It was accepted after it was handed over, and not in the future."),
                    error);
  return TRUE;
}

static gboolean
accept_one (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  return benk_table_alarm_accept (db, benk_alarm_get_id (alarm), BENK_STEP_HAND_ACCEPTED,
                                  job->words ? BENK_PLACE_PHONE : BENK_PLACE_HERE,
                                  job->words ? NULL : &job->me, job->words, job->at_ms,
                                  error);
}

static gboolean
do_accept (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  HandJob *job = data;

  return benk_text_check_note (job->words, error) &&
         do_row (db, job, &g_array_index (job->alarms, BenkId, 0), check_accepting,
                 accept_one, error);
}

/**
 * benk_alarms_accept_async:
 * @self: the alarms
 * @alarm: an alarm that was handed over
 * @by: (nullable): who has accepted it, as told by telephone; %NULL = who is at the
 *   keyboard, and not the one who handed it over
 * @at_ms: when, UTC milliseconds; 0 = now
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Says that somebody has an alarm from now on.
 */
void
benk_alarms_accept_async (BenkAlarms *self,
                          const BenkId *alarm,
                          const char *by,
                          gint64 at_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  HandJob *job;

  g_return_if_fail (session != NULL);
  job = job_new (session, alarm, 1);
  job->words = by && *by ? g_strdup (by) : NULL;
  job->at_ms = at_ms;
  change (self, session, BENK_VERB_ACCEPT, do_accept, job, cancellable, callback,
          user_data);
}

static gboolean
check_keeping (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  return check_handed_over (alarm, error) &&
         check_may_hand_over (db, alarm, &job->me, error);
}

static gboolean
keep_one (BenkDb *db, HandJob *job, BenkAlarm *alarm, GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);

  return benk_table_alarm_keep (db, id, error) &&
         benk_table_alarm_step_insert (db, id, BENK_STEP_HAND_KEPT, BENK_PLACE_HERE, 0,
                                       NULL, NULL, error);
}

static gboolean
do_keep (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  HandJob *job = data;

  return do_row (db, job, &g_array_index (job->alarms, BenkId, 0), check_keeping,
                 keep_one, error);
}

/**
 * benk_alarms_keep_async:
 * @self: the alarms
 * @alarm: an alarm that was handed over and not accepted
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Who has handed it over keeps it.
 */
void
benk_alarms_keep_async (BenkAlarms *self,
                        const BenkId *alarm,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);

  g_return_if_fail (session != NULL);
  change (self, session, BENK_VERB_HAND_OVER, do_keep, job_new (session, alarm, 1),
          cancellable, callback, user_data);
}

/**
 * benk_alarms_hand_over_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why nothing is changed
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED (in words; of several, which) or
 *   %BENK_ERROR_CONFLICT (closed before)
 */
gboolean
benk_alarms_hand_over_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (self, result, NULL, error) != NULL;
}

/**
 * benk_alarm_is_with:
 * @alarm: an alarm
 * @initials: (nullable): of somebody at this laptop
 *
 * Returns: whether they have it
 */
gboolean
benk_alarm_is_with (BenkAlarm *alarm, const char *initials)
{
  return initials != NULL && *initials != '\0' &&
         benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN &&
         g_strcmp0 (benk_alarm_get_taken_by (alarm), initials) == 0;
}

/**
 * benk_alarm_is_handed_over:
 * @alarm: an alarm
 *
 * Returns: whether it waits for somebody to accept it
 */
gboolean
benk_alarm_is_handed_over (BenkAlarm *alarm)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN &&
         benk_alarm_get_handed_ms (alarm) > benk_alarm_get_accepted_ms (alarm);
}

/**
 * benk_alarms_count_mine:
 * @self: the alarms
 *
 * Returns: how many alarms who is at the keyboard has, those included that they have
 *   handed over to somebody who has not accepted
 */
guint
benk_alarms_count_mine (BenkAlarms *self)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  BenkStaff *staff = session ? benk_session_get_staff (session) : NULL;
  GListModel *queue = benk_alarms_get_queue (self);
  guint n = 0;

  for (guint i = 0; staff && i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n += benk_alarm_is_with (alarm, benk_staff_get_initials (staff));
    }
  return n;
}

/**
 * benk_alarms_must_hand_over:
 * @self: the alarms
 * @end_ms: (out): when one's own duty ends, UTC milliseconds; 0 = it has ended
 * @n_alarms: (out): how many alarms one has
 *
 * Returns: whether one's own duty ends soon, or has ended, and one has alarms
 */
gboolean
benk_alarms_must_hand_over (BenkAlarms *self, gint64 *end_ms, guint *n_alarms)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  gint64 now_ms, change_ms;

  *end_ms = 0;
  *n_alarms = benk_alarms_count_mine (self);
  if (session == NULL || *n_alarms == 0)
    return FALSE;
  now_ms = benk_feeds_get_now_ms (benk_session_get_feeds (session));
  if (!benk_duty_roster_is_mine (
        benk_duties_get_roster (benk_session_get_duties (session)), now_ms, &change_ms))
    return TRUE;
  *end_ms = change_ms;
  return change_ms > 0 && change_ms - now_ms <= BENK_HAND_OVER_REMIND_MS;
}
