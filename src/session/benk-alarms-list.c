/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarm-groups.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-dispense.h"
#include "benk-error.h"
#include "benk-feeds-clock.h"
#include "benk-history-item.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-duty.h"

#define OFTEN_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

typedef struct
{
  GPtrArray *models;
  gboolean with_closed;
  BenkId alarm;
  char *initials;
  gint64 skew_ms;
} ListJob;

typedef struct
{
  GListStore *items;
  guint n_often;
} Loaded;

static void
list_job_free (ListJob *job)
{
  g_ptr_array_unref (job->models);
  g_free (job->initials);
  g_free (job);
}

static void
loaded_free (Loaded *loaded)
{
  g_clear_object (&loaded->items);
  g_free (loaded);
}

static gpointer
list_alarms (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ListJob *job = data;
  gint64 now_ms = benk_db_get_wall_ms (db);
  g_autoptr (GPtrArray) alarms = job->with_closed
                                   ? benk_table_alarm_list_since (db, 0, error)
                                   : benk_alarm_load_open (db, job->models, error);
  g_autoptr (BenkDutyRoster) roster = alarms ? benk_table_duty_load (db, error) : NULL;
  GListStore *list;

  if (roster == NULL ||
      (job->with_closed && !benk_alarm_dress_all (db, alarms, job->models, error)))
    return NULL;
  if (job->with_closed)
    benk_alarm_set_owners (alarms, roster, job->initials, now_ms + job->skew_ms);
  else
    benk_alarm_arrange (alarms, roster, job->initials, now_ms, job->skew_ms);
  list = g_list_store_new (BENK_TYPE_ALARM);
  g_list_store_splice (list, 0, 0, alarms->pdata, alarms->len);
  return list;
}

static ListJob *
list_job_new (BenkAlarms *self)
{
  ListJob *job = g_new0 (ListJob, 1);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  BenkStaff *staff = session ? benk_session_get_staff (session) : NULL;

  if (staff)
    job->initials = g_strdup (benk_staff_get_initials (staff));
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  if (session)
    job->skew_ms = benk_feeds_get_clock_skew_ms (benk_session_get_feeds (session));
  return job;
}

/**
 * benk_alarms_list_async:
 * @self: the alarms
 * @with_closed: whether those that are closed are wanted too
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists alarms as they are now: the open ones in the order of the queue, or all, newest
 * first.
 */
void
benk_alarms_list_async (BenkAlarms *self,
                        gboolean with_closed,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  ListJob *job = list_job_new (self);

  g_return_if_fail (session != NULL);
  job->with_closed = with_closed;
  benk_store_read_async (benk_session_get_store (session), list_alarms, job,
                         (GDestroyNotify) list_job_free, cancellable,
                         benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_alarms_list_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why they could not be read
 *
 * Returns: (transfer full): a list of #BenkAlarm, or %NULL
 */
GListModel *
benk_alarms_list_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a step is called, and the verb it was done with; in the order that those of one
 * moment are told. */
static const struct
{
  const char *kind;
  BenkVerb verb;
  const char *label;
} step_labels[] = {
  { BENK_STEP_RAISED, BENK_VERB_INTAKE, N_ ("Raised") },
  { BENK_STEP_REPEATED, BENK_VERB_INTAKE, N_ ("Raised again") },
  { BENK_STEP_TAKEN, BENK_VERB_TAKE, N_ ("Taken") },
  { BENK_STEP_VENDOR, BENK_VERB_VENDOR_CALL, N_ ("Phoned the vendor") },
  { BENK_STEP_WAITING, BENK_VERB_WAIT, N_ ("Waiting") },
  { BENK_STEP_WAIT_STOPPED, BENK_VERB_STOP_WAITING, N_ ("Waiting stopped") },
  { BENK_STEP_HANDED_OVER, BENK_VERB_HAND_OVER, N_ ("Handed over") },
  { BENK_STEP_HAND_ACCEPTED, BENK_VERB_ACCEPT, N_ ("Accepted here") },
  { BENK_STEP_HAND_KEPT, BENK_VERB_HAND_OVER, N_ ("Kept after all") },
  { BENK_STEP_CALLED, BENK_VERB_CLOSE, N_ ("Spoke with the user by telephone") },
  { BENK_STEP_CALL_ENDED, BENK_VERB_CLOSE, N_ ("Telephone call ended") },
  { BENK_STEP_CLOSED, BENK_VERB_CLOSE, N_ ("Closed") },
  { BENK_STEP_SETTLED, BENK_VERB_CLOSE, N_ ("Withdrawn") },
  { BENK_STEP_REOPENED, BENK_VERB_INTAKE, N_ ("Opened again") },
  { BENK_STEP_GONE, BENK_VERB_INTAKE, N_ ("Not found any more") },
  { BENK_STEP_LATE, BENK_VERB_CLOSE, N_ ("Reason for the delay") },
  { BENK_STEP_FOLLOWUP, BENK_VERB_FOLLOWUP, N_ ("Follow-up document queued") },
  { BENK_STEP_ACCEPTED, BENK_VERB_FOLLOWUP, N_ ("Follow-up document accepted") },
};

/* What for and until when, as it was said then; from the day it was said. */
static char *
describe_waiting (const BenkAlarmStep *step)
{
  return benk_wait_describe (step->waiting_for, step->waiting_until_ms, FALSE,
                             step->at_ms, BENK_ALARM_ZONE);
}

static char *
describe_waiting_note (const BenkAlarmStep *step)
{
  g_autofree char *covered = benk_wait_describe_covered (step->covered, step->covered_by);

  if (step->note == NULL)
    return g_steal_pointer (&covered);
  /* Translators: the number of a case with a vendor, then whether the user is covered. */
  return g_strdup_printf (_ ("Case %s · %s"), *step->note ? step->note : _ ("erased"),
                          covered);
}

/* To whom, or by whom; (nullable) for other steps. */
static char *
describe_handing (const BenkAlarmStep *step)
{
  const char *who = step->note && *step->note ? step->note : _ ("erased");

  if (g_strcmp0 (step->kind, BENK_STEP_CLOSED) == 0 &&
      g_strcmp0 (step->place, BENK_PLACE_PHONE) == 0)
    return g_strdup_printf (_ ("Handled by care, told by %s"), who);
  if (g_strcmp0 (step->kind, BENK_STEP_HANDED_OVER) == 0)
    return g_strdup_printf (_ ("Handed over to %s"), who);
  if (g_strcmp0 (step->kind, BENK_STEP_HAND_ACCEPTED) == 0 &&
      g_strcmp0 (step->place, BENK_PLACE_PHONE) == 0)
    return g_strdup_printf (_ ("Accepted by %s, told by phone"), who);
  /* Translators: with whom, the number of the case, what was tried. */
  if (g_strcmp0 (step->kind, BENK_STEP_VENDOR) == 0 && step->note)
    return g_strdup_printf (_ ("Phoned the vendor: %s"), who);
  return NULL;
}

static void
describe (BenkHistoryItem *item, const BenkAlarmStep *step)
{
  gboolean waiting = g_strcmp0 (step->kind, BENK_STEP_WAITING) == 0;
  gboolean elsewhere = g_strcmp0 (step->place, BENK_PLACE_ELSEWHERE) == 0;
  const char *label = step->kind;
  g_autofree char *words = NULL;
  const char *changes[2] = { NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (step_labels); i++)
    if (g_strcmp0 (step_labels[i].kind, step->kind) == 0)
      {
        label = g_dgettext (GETTEXT_PACKAGE, step_labels[i].label);
        benk_history_item_set_verb (item, step_labels[i].verb);
      }
  /* Translators: what was done, then where: not in this program. */
  words = elsewhere ? g_strdup_printf (_ ("%s, in another system"), label)
          : waiting ? describe_waiting (step)
                    : describe_handing (step);
  if (words == NULL)
    words = g_strdup (label);
  changes[0] = words;
  benk_history_item_set_changes (item, changes);
}

char *
benk_alarm_describe_step (const BenkAlarmStep *step)
{
  g_autoptr (BenkHistoryItem) item = benk_history_item_new ();
  const char *const *changes;

  describe (item, step);
  changes = benk_history_item_get_changes (item);
  return g_strdup (changes && changes[0] ? changes[0] : step->kind);
}

static int
get_rank (const BenkAlarmStep *step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (step_labels); i++)
    if (g_strcmp0 (step_labels[i].kind, step->kind) == 0)
      return (int) i;
  return G_N_ELEMENTS (step_labels);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const BenkAlarmStep *one = *(BenkAlarmStep *const *) a;
  const BenkAlarmStep *two = *(BenkAlarmStep *const *) b;

  if (one->at_ms != two->at_ms)
    return one->at_ms < two->at_ms ? -1 : 1;
  return get_rank (one) - get_rank (two);
}

static gboolean
ends (const BenkAlarmStep *step)
{
  return g_str_equal (step->kind, BENK_STEP_CLOSED) ||
         g_str_equal (step->kind, BENK_STEP_SETTLED);
}

static GListStore *
make_items (GPtrArray *steps)
{
  GListStore *items = g_list_store_new (BENK_TYPE_HISTORY_ITEM);
  gboolean reopened = FALSE;

  g_ptr_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkAlarmStep *step = g_ptr_array_index (steps, i);
      g_autoptr (BenkHistoryItem) item = NULL;
      gboolean elsewhere = g_strcmp0 (step->place, BENK_PLACE_ELSEWHERE) == 0;
      g_autofree char *note = NULL;

      /* Said of each version that is open after a closing. */
      if (g_str_equal (step->kind, BENK_STEP_REOPENED) && reopened)
        continue;
      reopened =
        g_str_equal (step->kind, BENK_STEP_REOPENED) || (reopened && !ends (step));
      item = benk_history_item_new ();
      describe (item, step);
      benk_history_item_set_at_ms (item, step->at_ms);
      benk_history_item_set_who (item, elsewhere ? step->note : step->who);
      if (step->waiting_for != BENK_WAIT_NONE)
        note = describe_waiting_note (step);
      benk_history_item_set_reason (item, elsewhere ? NULL : note ? note : step->note);
      g_list_store_append (items, item);
    }
  return items;
}

static gboolean
is_ended (BenkAlarm *alarm)
{
  return !benk_alarm_status_is_open (benk_alarm_get_status (alarm));
}

/* Others of its code from its device that were raised while it was open: it again. */
static void
add_repeats (BenkAlarm *alarm, GPtrArray *alike, GPtrArray *steps)
{
  gint64 from_ms = benk_alarm_get_raised_ms (alarm);
  gint64 to_ms = from_ms + BENK_ALARM_REPEAT_MS;

  if (is_ended (alarm))
    to_ms = MIN (to_ms, benk_alarm_get_closed_ms (alarm));
  for (guint i = 0; i < alike->len; i++)
    {
      BenkAlarm *other = g_ptr_array_index (alike, i);
      gint64 at_ms = benk_alarm_get_raised_ms (other);
      BenkAlarmStep *step;

      if (at_ms < from_ms || at_ms >= to_ms ||
          benk_id_equal (benk_alarm_get_id (other), benk_alarm_get_id (alarm)))
        continue;
      step = g_new0 (BenkAlarmStep, 1);
      step->kind = g_strdup (BENK_STEP_REPEATED);
      step->place = g_strdup (BENK_PLACE_ELSEWHERE);
      step->at_ms = at_ms;
      g_ptr_array_add (steps, step);
    }
}

/* How often an alarm was raised since, without what only said it again. @alike in the
 * order they were raised. */
static guint
count_often (GPtrArray *alike, gint64 since_ms)
{
  g_autofree BenkAlarmSpan *spans = g_new0 (BenkAlarmSpan, alike->len);
  g_autofree guint *firsts = g_new0 (guint, alike->len);
  guint n_often = 0;

  for (guint i = 0; i < alike->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alike, i);

      spans[i].raised_ms = benk_alarm_get_raised_ms (alarm);
      spans[i].ended_ms = is_ended (alarm) ? benk_alarm_get_closed_ms (alarm) : 0;
    }
  benk_alarm_join (spans, alike->len, firsts);
  for (guint i = 0; i < alike->len; i++)
    if (firsts[i] == i && spans[i].raised_ms >= since_ms)
      n_often++;
  return n_often;
}

/* (transfer full): all of its code from its device, in the order they were raised; of a
 * device that is not known only those that are open. */
static GPtrArray *
list_alike (BenkDb *db, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GPtrArray) alike = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) all = NULL;

  if (benk_id_is_nil (benk_alarm_get_device_id (alarm)))
    return benk_table_alarm_list_alike (db, alarm, error);
  all = benk_table_alarm_list_device (db, benk_alarm_get_device_id (alarm), error);
  for (guint i = all ? all->len : 0; i > 0; i--)
    {
      BenkAlarm *other = g_ptr_array_index (all, i - 1);

      if (g_strcmp0 (benk_alarm_get_code (other), benk_alarm_get_code (alarm)) == 0)
        g_ptr_array_add (alike, g_object_ref (other));
    }
  return all ? g_steal_pointer (&alike) : NULL;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer unused)
{
  gint64 one = benk_history_item_get_at_ms ((BenkHistoryItem *) a);
  gint64 two = benk_history_item_get_at_ms ((BenkHistoryItem *) b);

  return one < two ? -1 : one > two;
}

/* No person's doing, and no more than the dispenser said. */
static void
add_dispensed (BenkAlarm *alarm, GListStore *items)
{
  gint64 at_ms = benk_alarm_get_dispensed_ms (alarm);
  g_autoptr (BenkHistoryItem) item = NULL;
  const char *event =
    benk_dispense_event_get_label (benk_alarm_get_dispensed_event (alarm));
  const char *changes[2] = { NULL, NULL };
  gboolean settled = benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_SETTLED &&
                     benk_alarm_get_closed_ms (alarm) == at_ms;

  if (at_ms == 0)
    return;
  item = benk_history_item_new ();
  changes[0] = settled ? _ ("Settled by the dispenser") : event;
  benk_history_item_set_verb (item, BENK_VERB_INTAKE);
  benk_history_item_set_changes (item, changes);
  benk_history_item_set_at_ms (item, at_ms);
  benk_history_item_set_who (item, benk_alarm_get_dispensed_by (alarm));
  benk_history_item_set_reason (item, settled ? event : NULL);
  g_list_store_insert_sorted (items, item, compare_items, NULL);
}

static gpointer
load_alarm (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ListJob *job = data;
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, &job->alarm, error);
  g_autoptr (GPtrArray) steps =
    alarm ? benk_table_alarm_step_list (db, &job->alarm, error) : NULL;
  g_autoptr (GPtrArray) alike = steps ? list_alike (db, alarm, error) : NULL;
  Loaded *loaded;

  if (alike == NULL)
    return NULL;
  add_repeats (alarm, alike, steps);
  loaded = g_new0 (Loaded, 1);
  loaded->items = make_items (steps);
  add_dispensed (alarm, loaded->items);
  loaded->n_often = count_often (alike, benk_db_get_wall_ms (db) - OFTEN_MS);
  if (benk_id_is_nil (benk_alarm_get_device_id (alarm)))
    loaded->n_often = MAX (loaded->n_often, 1);
  return loaded;
}

/**
 * benk_alarms_load_async:
 * @self: the alarms
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what was done about one alarm.
 */
void
benk_alarms_load_async (BenkAlarms *self,
                        const BenkId *alarm,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  ListJob *job = list_job_new (self);

  g_return_if_fail (session != NULL);
  job->alarm = *alarm;
  benk_store_read_async (benk_session_get_store (session), load_alarm, job,
                         (GDestroyNotify) list_job_free, cancellable,
                         benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_alarms_load_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @n_in_30_days: (out) (optional): how often this code came from this device in 30 days
 * @error: why it could not be read
 *
 * Returns: (transfer full): its steps as #BenkHistoryItem, oldest first, or %NULL
 */
GListModel *
benk_alarms_load_finish (BenkAlarms *self,
                         GAsyncResult *result,
                         guint *n_in_30_days,
                         GError **error)
{
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), error);
  GListModel *items;

  if (loaded == NULL)
    return NULL;
  if (n_in_30_days)
    *n_in_30_days = loaded->n_often;
  items = G_LIST_MODEL (g_steal_pointer (&loaded->items));
  loaded_free (loaded);
  return items;
}

static gpointer
mark_opened (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *alarms = data;
  gint64 now_ms = benk_db_get_wall_ms (db);

  for (guint i = 0; i < alarms->len; i++)
    if (!benk_table_alarm_set_opened (db, &g_array_index (alarms, BenkId, i), now_ms,
                                      error))
      return NULL;
  return NULL;
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarms) self = user_data;
  g_autoptr (GError) error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error == NULL)
    benk_alarms_refresh (self);
  else if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    g_warning ("That an alarm was opened could not be kept: %s", error->message);
}

/**
 * benk_alarms_mark_all_opened:
 * @self: the alarms
 * @alarms: (array length=n_alarms): alarms
 * @n_alarms: how many
 *
 * Says that a person looks at them. The first time stays; this laptop only keeps it.
 */
void
benk_alarms_mark_all_opened (BenkAlarms *self, const BenkId *alarms, guint n_alarms)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  GArray *ids;

  g_return_if_fail (session != NULL);
  ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (ids, alarms, n_alarms);
  benk_store_write_async (benk_session_get_store (session), mark_opened, ids,
                          (GDestroyNotify) g_array_unref, NULL, on_marked,
                          g_object_ref (self));
}

/**
 * benk_alarms_mark_opened:
 * @self: the alarms
 * @alarm: an alarm
 *
 * Says that a person looks at it, as benk_alarms_mark_all_opened() does.
 */
void
benk_alarms_mark_opened (BenkAlarms *self, const BenkId *alarm)
{
  benk_alarms_mark_all_opened (self, alarm, 1);
}
