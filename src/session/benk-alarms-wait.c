/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-wait.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-plan-words.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm-wait.h"
#include "benk-table-alarm.h"
#include "benk-text-check.h"

typedef struct
{
  GArray *alarms; /* BenkId */
  BenkAlarmWait wait;
  char *case_number;
  char *said_by;
} WaitJob;

static void
wait_job_free (gpointer data)
{
  WaitJob *job = data;

  g_array_unref (job->alarms);
  g_free (job->case_number);
  g_free (job->said_by);
  g_free (job);
}

static gboolean
invalid (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
refused (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, sentence);
  return FALSE;
}

/**
 * benk_alarms_check_until:
 * @until_ms: UTC milliseconds
 * @now_ms: the present, UTC milliseconds
 * @error: %BENK_ERROR_INVALID
 *
 * Returns: whether an alarm may wait until then
 */
gboolean
benk_alarms_check_until (gint64 until_ms, gint64 now_ms, GError **error)
{
  if (until_ms <= now_ms)
    return invalid (_ ("The end of the waiting is in the past."), error);
  if (until_ms > now_ms + BENK_WAIT_MAX_MS)
    return invalid (_ ("An alarm can wait for 90 days at most. Set it again then."),
                    error);
  return TRUE;
}

static gboolean
check_words (const BenkAlarmWait *wait, GError **error)
{
  if (!benk_text_check_note (wait->case_number, error) ||
      !benk_text_check_note (wait->said_by, error))
    return FALSE;
  if (wait->what == BENK_WAIT_NONE || wait->what >= BENK_N_WAITS)
    return invalid (_ ("Say what the alarm waits for."), error);
  if (wait->covered == BENK_COVERED_YES && (!wait->said_by || !*wait->said_by))
    return refused (_ ("Say who said that the user is covered: role and name."), error);
  return TRUE;
}

static gboolean
check_taken (BenkAlarm *alarm, GError **error)
{
  switch (benk_alarm_get_status (alarm))
    {
    case BENK_ALARM_STATUS_TAKEN:
      return TRUE;
    case BENK_ALARM_STATUS_NEW:
      return refused (_ ("Nobody has taken the alarm. Take it before it waits."), error);
    case BENK_ALARM_STATUS_CLOSED:
    case BENK_ALARM_STATUS_SETTLED:
    default:
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("The alarm is already closed."));
      return FALSE;
    }
}

gboolean
benk_alarm_wait_in_scope (BenkDb *db,
                          const BenkId *id,
                          const BenkAlarmWait *wait,
                          GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);

  return alarm != NULL && check_words (wait, error) &&
         benk_alarms_check_until (wait->until_ms, benk_db_get_wall_ms (db), error) &&
         check_taken (alarm, error) &&
         benk_table_alarm_wait (db, id, BENK_STEP_WAITING, BENK_PLACE_HERE, wait, error);
}

static gboolean
set_one (BenkDb *db, gpointer data, const BenkId *alarm, GError **error)
{
  WaitJob *job = data;

  return benk_alarm_wait_in_scope (db, alarm, &job->wait, error);
}

static gboolean
do_wait (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  WaitJob *job = data;

  return benk_alarm_do_each (db, job->alarms, set_one, job, error);
}

static gboolean
stop_one (BenkDb *db, gpointer data, const BenkId *id, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, id, error);

  if (alarm == NULL || !check_taken (alarm, error))
    return FALSE;
  if (benk_alarm_get_waiting_for (alarm) == BENK_WAIT_NONE)
    return refused (_ ("The alarm does not wait for anything."), error);
  return benk_table_alarm_stop_waiting (db, id, error) &&
         benk_table_alarm_step_insert (db, id, BENK_STEP_WAIT_STOPPED, BENK_PLACE_HERE, 0,
                                       NULL, NULL, error);
}

static gboolean
do_stop (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  WaitJob *job = data;

  return benk_alarm_do_each (db, job->alarms, stop_one, job, error);
}

static WaitJob *
job_new (const BenkId *alarms, guint n_alarms)
{
  WaitJob *job = g_new0 (WaitJob, 1);

  job->alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->alarms, alarms, n_alarms);
  return job;
}

/**
 * benk_alarms_parse_until:
 * @date: (nullable): "YYYY-MM-DD"
 * @time: (nullable): a clock time of the district, "10:00" or "10.00"
 * @until_ms: (out): UTC milliseconds. A clock time that comes twice that night is the
 *   first, one that does not come is the moment the clock goes on
 * @error: %BENK_ERROR_INVALID
 *
 * Reads until when an alarm is to wait.
 *
 * Returns: whether it can be read
 */
gboolean
benk_alarms_parse_until (const char *date,
                         const char *time,
                         gint64 *until_ms,
                         GError **error)
{
  guint minute = 0;
  GDate day;

  if (!benk_date_parse (date, &day))
    return invalid (_ ("The day is not a date such as 2026-11-24."), error);
  if (!benk_plan_parse_minute (time, &minute))
    return invalid (_ ("The time is not a clock time such as 10:00."), error);
  *until_ms = benk_local_minute_to_ms (BENK_ALARM_ZONE, &day, minute);
  return TRUE;
}

static char *
get_day (gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d");
}

/**
 * benk_alarms_parse_until_text:
 * @text: "14:00", when it is that next, or "2026-11-24 10:00"
 * @now_ms: the present, UTC milliseconds
 * @until_ms: (out): UTC milliseconds
 * @error: %BENK_ERROR_INVALID
 *
 * Reads until when an alarm is to wait, from one line.
 *
 * Returns: whether it can be read, and may be waited until
 */
gboolean
benk_alarms_parse_until_text (const char *text,
                              gint64 now_ms,
                              gint64 *until_ms,
                              GError **error)
{
  const char *blank = strchr (text, ' ');
  g_autofree char *day = blank ? g_strndup (text, blank - text) : get_day (now_ms);
  g_autofree char *time = g_strstrip (g_strdup (blank ? blank : text));

  if (!benk_alarms_parse_until (day, time, until_ms, error))
    return FALSE;
  if (!blank && *until_ms <= now_ms)
    {
      g_autofree char *tomorrow = get_day (now_ms + G_TIME_SPAN_DAY / 1000);

      return benk_alarms_parse_until (tomorrow, time, until_ms, error);
    }
  return benk_alarms_check_until (*until_ms, now_ms, error);
}

static gboolean
is_clock (const char *word)
{
  guint minute;

  return strchr (word, ':') != NULL && benk_plan_parse_minute (word, &minute);
}

/* (transfer full): takes the last word off @text. */
static char *
cut_word (char *text)
{
  char *blank = strrchr (text, ' ');
  char *word = g_strdup (blank ? blank + 1 : text);

  *(blank ? blank : text) = '\0';
  g_strchomp (text);
  return word;
}

/**
 * benk_alarms_split_until:
 * @text: a number of a case, and after it perhaps a clock time, or a day and a clock time
 * @until: (out) (nullable): those, as benk_alarms_parse_until_text() reads them
 *
 * Takes apart what is typed on one line.
 *
 * Returns: (transfer full): the number, or nothing
 */
char *
benk_alarms_split_until (const char *text, char **until)
{
  g_autofree char *rest = g_strdup (text);
  g_autofree char *clock = cut_word (rest);
  g_autofree char *before = g_strdup (rest);
  g_autofree char *day = cut_word (before);
  GDate date;

  *until = NULL;
  if (!is_clock (clock))
    return g_strdup (text);
  if (!benk_date_parse (day, &date))
    {
      *until = g_steal_pointer (&clock);
      return g_steal_pointer (&rest);
    }
  *until = g_strjoin (" ", day, clock, NULL);
  return g_steal_pointer (&before);
}

/**
 * benk_alarms_wait_async:
 * @self: the alarms
 * @alarms: (array length=n_alarms): taken alarms; one that waits already waits as said
 *   now
 * @n_alarms: how many; not 0
 * @waiting: how
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lets alarms wait in one change, all or none. They come last in the queue meanwhile,
 * unless critical; their deadlines run on.
 */
void
benk_alarms_wait_async (BenkAlarms *self,
                        const BenkId *alarms,
                        guint n_alarms,
                        const BenkAlarmWaiting *waiting,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  WaitJob *job;

  g_return_if_fail (session != NULL && n_alarms > 0);
  job = job_new (alarms, n_alarms);
  job->case_number = g_strdup (waiting->case_number);
  job->said_by = g_strdup (waiting->said_by);
  job->wait = (BenkAlarmWait){ .what = waiting->what,
                               .until_ms = waiting->until_ms,
                               .covered = waiting->covered,
                               .case_number = job->case_number,
                               .said_by = job->said_by };
  benk_session_change_async (session, self, BENK_VERB_WAIT, alarms, do_wait, job,
                             wait_job_free, cancellable, callback, user_data);
}

/**
 * benk_alarms_wait_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why none of them waits
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED (nobody has taken it, or nobody said that the
 *   user is covered; of several, which), %BENK_ERROR_CONFLICT (closed before) or
 *   %BENK_ERROR_INVALID
 */
gboolean
benk_alarms_wait_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (self, result, NULL, error) != NULL;
}

/**
 * benk_alarms_stop_waiting_async:
 * @self: the alarms
 * @alarms: (array length=n_alarms): alarms that wait, or have waited
 * @n_alarms: how many; not 0
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Ends the waiting of alarms before its time, or says that its end has been seen; in one
 * change, all or none.
 */
void
benk_alarms_stop_waiting_async (BenkAlarms *self,
                                const BenkId *alarms,
                                guint n_alarms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);

  g_return_if_fail (session != NULL && n_alarms > 0);
  benk_session_change_async (session, self, BENK_VERB_STOP_WAITING, alarms, do_stop,
                             job_new (alarms, n_alarms), wait_job_free, cancellable,
                             callback, user_data);
}

/**
 * benk_alarms_stop_waiting_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why the waiting goes on
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED (it does not wait; of several, which) or
 *   %BENK_ERROR_CONFLICT (closed before)
 */
gboolean
benk_alarms_stop_waiting_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (self, result, NULL, error) != NULL;
}
