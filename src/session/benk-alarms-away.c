/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-away.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-alarm.h"
#include "benk-table-feed.h"
#include "benk-table-local.h"
#include "benk-wording.h"

struct _BenkAbsence
{
  GObject parent_instance;

  GArray *gaps;
  GListStore *alarms[BENK_N_AWAY_KINDS];
};

G_DEFINE_FINAL_TYPE (BenkAbsence, benk_absence, G_TYPE_OBJECT)

static void
benk_absence_finalize (GObject *object)
{
  BenkAbsence *self = BENK_ABSENCE (object);

  g_clear_pointer (&self->gaps, g_array_unref);
  for (guint i = 0; i < BENK_N_AWAY_KINDS; i++)
    g_clear_object (&self->alarms[i]);
  G_OBJECT_CLASS (benk_absence_parent_class)->finalize (object);
}

static void
benk_absence_class_init (BenkAbsenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_absence_finalize;
}

static void
benk_absence_init (BenkAbsence *self)
{
  for (guint i = 0; i < BENK_N_AWAY_KINDS; i++)
    self->alarms[i] = g_list_store_new (BENK_TYPE_ALARM);
}

/* --- Reading --- */

typedef struct
{
  GPtrArray *models;
} LoadJob;

static void
load_job_free (gpointer data)
{
  LoadJob *job = data;

  g_ptr_array_unref (job->models);
  g_free (job);
}

/* (transfer full) (nullable) (element-type BenkWatchGap): when no source was watched, by
 * the log */
GArray *
benk_alarms_find_unwatched (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (db, error);
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gint64 now_ms = benk_db_get_wall_ms (db);

  for (guint i = 0; feeds && i < feeds->len; i++)
    {
      const BenkFeedRow *feed = g_ptr_array_index (feeds, i);
      g_autoptr (GArray) events = benk_table_watch_log_list (db, &feed->id, error);

      if (events == NULL)
        return NULL;
      g_ptr_array_add (
        all, benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data,
                                   events->len, feed->answered_ms, now_ms));
    }
  return feeds ? benk_away_find_unwatched (all, now_ms) : NULL;
}

static GArray *
find_gaps (BenkDb *db, GError **error)
{
  g_autoptr (GArray) unwatched = benk_alarms_find_unwatched (db, error);
  gint64 put_away_ms;

  if (unwatched == NULL || !benk_table_watch_log_find_put_away (db, &put_away_ms, error))
    return NULL;
  return benk_away_find_gaps (unwatched, put_away_ms);
}

/* The next dose first; one that is not known last. */
static int
compare_doses (gconstpointer a, gconstpointer b)
{
  BenkAlarm *one = *(BenkAlarm *const *) a;
  BenkAlarm *two = *(BenkAlarm *const *) b;
  gint64 first_ms = benk_alarm_get_next_dose_ms (one);
  gint64 second_ms = benk_alarm_get_next_dose_ms (two);

  if (first_ms != second_ms)
    return first_ms < 0 ? 1 : second_ms < 0 || first_ms < second_ms ? -1 : 1;
  first_ms = benk_alarm_get_raised_ms (one);
  second_ms = benk_alarm_get_raised_ms (two);
  return first_ms < second_ms ? -1 : first_ms > second_ms;
}

/* What joined another is one with it, as in the queue. */
static gboolean
add_open (BenkDb *db, LoadJob *job, BenkAbsence *self, GError **error)
{
  g_autoptr (GPtrArray) faces = benk_alarm_load_open (db, job->models, error);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; faces && i < faces->len; i++)
    if (benk_away_judge (self->gaps, g_ptr_array_index (faces, i)) == BENK_AWAY_OPEN)
      g_ptr_array_add (open, g_ptr_array_index (faces, i));
  g_ptr_array_sort (open, compare_doses);
  g_list_store_splice (self->alarms[BENK_AWAY_OPEN], 0, 0, open->pdata, open->len);
  return faces != NULL;
}

static gboolean
add_ended (BenkDb *db, LoadJob *job, BenkAbsence *self, GError **error)
{
  gint64 from_ms = g_array_index (self->gaps, BenkWatchGap, 0).from_ms;
  g_autoptr (GPtrArray) all = benk_table_alarm_list_since (db, from_ms, error);

  for (guint i = 0; all && i < all->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (all, i);
      BenkAwayKind kind = benk_away_judge (self->gaps, alarm);

      if (kind == BENK_AWAY_NOT || kind == BENK_AWAY_OPEN)
        continue;
      if (!benk_alarm_dress (db, alarm, job->models, error))
        return FALSE;
      g_list_store_append (self->alarms[kind], alarm);
    }
  return all != NULL;
}

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (BenkAbsence) self = g_object_new (BENK_TYPE_ABSENCE, NULL);

  self->gaps = find_gaps (db, error);
  if (self->gaps == NULL || (self->gaps->len > 0 && (!add_open (db, data, self, error) ||
                                                     !add_ended (db, data, self, error))))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * benk_alarms_load_absence_async:
 * @self: the alarms
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what happened while no source was watched by this program: it did not run, the
 * computer slept, or no source answered. Whether a person was there is not known.
 */
void
benk_alarms_load_absence_async (BenkAlarms *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  LoadJob *job;

  g_return_if_fail (session != NULL);
  job = g_new0 (LoadJob, 1);
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  benk_session_read_async (session, self, load, job, load_job_free, g_object_unref,
                           cancellable, callback, user_data);
}

/**
 * benk_alarms_load_absence_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (transfer full): the absence, which may be none
 */
BenkAbsence *
benk_alarms_load_absence_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* --- Putting away --- */

static gpointer
put_away (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, *(gint64 *) data);

  benk_table_watch_log_add (db, benk_db_get_wall_ms (db), BENK_WATCH_PUT_AWAY, NULL,
                            detail, error);
  return NULL;
}

static void
on_put_away (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * benk_alarms_put_absence_away_async:
 * @self: the alarms
 * @absence: what was told
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Remembers that it was told; it is not told again on this computer.
 */
void
benk_alarms_put_absence_away_async (BenkAlarms *self,
                                    BenkAbsence *absence,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  gint64 to_ms = benk_absence_get_to_ms (absence);

  g_return_if_fail (session != NULL);
  benk_store_write_async (benk_session_get_store (session), put_away,
                          g_memdup2 (&to_ms, sizeof to_ms), g_free, cancellable,
                          on_put_away, task);
}

/**
 * benk_alarms_put_absence_away_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it could not be kept
 *
 * Returns: whether it is remembered
 */
gboolean
benk_alarms_put_absence_away_finish (BenkAlarms *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Telling --- */

/**
 * benk_absence_is_told:
 * @self: an absence
 *
 * Returns: whether there was one that was not put away
 */
gboolean
benk_absence_is_told (BenkAbsence *self)
{
  return self->gaps->len > 0;
}

/**
 * benk_absence_get_to_ms:
 * @self: an absence
 *
 * Returns: when it ended, UTC milliseconds; 0 = there was none
 */
gint64
benk_absence_get_to_ms (BenkAbsence *self)
{
  return self->gaps->len > 0
           ? g_array_index (self->gaps, BenkWatchGap, self->gaps->len - 1).to_ms
           : 0;
}

/**
 * benk_absence_get_gaps:
 * @self: an absence
 *
 * Returns: (transfer none) (element-type BenkWatchGap): the times it is made of
 */
const GArray *
benk_absence_get_gaps (BenkAbsence *self)
{
  return self->gaps;
}

/**
 * benk_absence_get_alarms:
 * @self: an absence
 * @kind: what became of them
 *
 * Returns: (transfer none): a list of #BenkAlarm; those still open by their next dose
 */
GListModel *
benk_absence_get_alarms (BenkAbsence *self, BenkAwayKind kind)
{
  return G_LIST_MODEL (self->alarms[kind]);
}

/**
 * benk_absence_count:
 * @self: an absence
 * @kind: what became of them
 *
 * Returns: how many
 */
guint
benk_absence_count (BenkAbsence *self, BenkAwayKind kind)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->alarms[kind]));
}

/**
 * benk_absence_count_all:
 * @self: an absence
 *
 * Returns: how many alarms belong to it
 */
guint
benk_absence_count_all (BenkAbsence *self)
{
  guint n = 0;

  for (int kind = BENK_AWAY_ELSEWHERE; kind < BENK_N_AWAY_KINDS; kind++)
    n += benk_absence_count (self, kind);
  return n;
}

/**
 * benk_absence_describe:
 * @self: an absence
 *
 * Returns: (transfer full): how many alarms there were, and how many are open
 */
char *
benk_absence_describe (BenkAbsence *self)
{
  guint n = benk_absence_count_all (self);

  return g_strdup_printf (ngettext ("While you were away: %u alarm, %u still open",
                                    "While you were away: %u alarms, %u still open", n),
                          n, benk_absence_count (self, BENK_AWAY_OPEN));
}

/**
 * benk_absence_describe_gaps:
 * @self: an absence
 * @now_ms: UTC milliseconds
 *
 * Returns: (transfer full): what is meant by away: when this program watched no source
 */
char *
benk_absence_describe_gaps (BenkAbsence *self, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GString) times = g_string_new (NULL);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      const BenkWatchGap *gap = &g_array_index (self->gaps, BenkWatchGap, i);
      g_autofree char *from = benk_wording_instant (gap->from_ms, now_ms, zone);
      g_autofree char *to = benk_wording_instant (gap->to_ms, now_ms, zone);

      if (i > 0)
        g_string_append (times, "; ");
      /* Translators: a stretch of time. */
      g_string_append_printf (times, _ ("from %s to %s"), from, to);
    }
  /* Translators: followed by one or more stretches of time. */
  return g_strdup_printf (_ ("Not watched by this program %s"), times->str);
}
