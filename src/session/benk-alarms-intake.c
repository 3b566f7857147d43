/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarms-follow-private.h"
#include "benk-dispense.h"
#include "benk-feeds-private.h"
#include "benk-table-dispense.h"
#include "benk-table-feed.h"
#include "benk-table-local.h"
#include "benk-watch-gap.h"

/* While a page is taken in. */
typedef struct
{
  BenkIntakeJob *job;
  BenkDb *db;
  GHashTable *created;    /* BenkId, of an alarm that stands for itself */
  GPtrArray *order;       /* BenkId of those that are new or changed, as they came */
  GHashTable *noted;      /* BenkId of the same */
  GHashTable *flaws;      /* logical id → BenkFhirFlaw */
  BenkDutyRoster *roster; /* (nullable): once it was needed */
  gint64 proven_ms;       /* up to when the source had answered; 0: not without a break */
} Taking;

void
benk_intake_job_free (BenkIntakeJob *job)
{
  g_clear_pointer (&job->models, g_ptr_array_unref);
  g_clear_pointer (&job->page, benk_fhir_page_free);
  g_clear_pointer (&job->names, g_array_unref);
  g_free (job);
}

void
benk_intake_free (BenkIntake *intake)
{
  g_clear_pointer (&intake->alarms, g_ptr_array_unref);
  g_clear_pointer (&intake->unwatched, g_array_unref);
  g_free (intake);
}

static void
note (Taking *t, const BenkId *alarm)
{
  BenkId *copy;

  if (g_hash_table_contains (t->noted, alarm))
    return;
  copy = benk_id_copy (alarm);
  g_ptr_array_add (t->order, copy);
  g_hash_table_add (t->noted, copy);
}

static char *
describe_flaw (const BenkFhirFlaw *flaw)
{
  return benk_feed_fault_compose (flaw->path, flaw->length, flaw->sha256);
}

/* Of this version: another of the same page may be right. */
static const BenkFhirFlaw *
find_flaw (Taking *t, const BenkFhirIssue *issue)
{
  const BenkFhirFlaw *flaw = g_hash_table_lookup (t->flaws, issue->id);

  return flaw && (!flaw->version || g_str_equal (flaw->version, issue->version)) ? flaw
                                                                                 : NULL;
}

static gboolean
take_issue (Taking *t, const BenkFhirIssue *issue, const BenkId *name, GError **error)
{
  BenkTelling telling = {
    .db = t->db, .job = t->job, .issue = issue, .name = name, .roster = &t->roster
  };
  const BenkFhirFlaw *flaw = find_flaw (t, issue);
  g_autofree char *fault = flaw ? describe_flaw (flaw) : NULL;

  if (!benk_telling_take (&telling, error))
    return FALSE;
  if (telling.outcome != BENK_INTAKE_SAME)
    note (t, &telling.face);
  if (telling.outcome == BENK_INTAKE_NEW || telling.outcome == BENK_INTAKE_ENDED)
    g_hash_table_add (t->created, benk_id_copy (&telling.face));
  if (t->job->outcomes != NULL)
    g_array_append_val (t->job->outcomes, telling.outcome);
  return benk_table_feed_fault_set (t->db, &t->job->feed, issue->id, issue->version, name,
                                    fault, error);
}

/* A resource that is no alarm is kept too, by what names it best. */
static gboolean
take_flaw (Taking *t, const BenkFhirFlaw *flaw, GError **error)
{
  g_autofree char *fault = describe_flaw (flaw);
  g_autofree char *name =
    flaw->id ? g_strdup (flaw->id) : g_strdup_printf ("sha256:%s", flaw->sha256);

  for (guint i = 0; i < t->job->page->issues->len; i++)
    if (g_str_equal (((BenkFhirIssue *) g_ptr_array_index (t->job->page->issues, i))->id,
                     name))
      return TRUE;
  return benk_table_feed_fault_set (t->db, &t->job->feed, name,
                                    flaw->version ? flaw->version : "", NULL, fault,
                                    error);
}

static void
note_settled (gpointer data, const BenkId *alarm)
{
  note (data, alarm);
}

static gboolean
take_dispenses (Taking *t, GError **error)
{
  GPtrArray *dispenses = t->job->page->dispenses;

  for (guint i = 0; dispenses && i < dispenses->len; i++)
    {
      const BenkFhirDispense *told = g_ptr_array_index (dispenses, i);
      g_autofree char *name = g_strconcat (BENK_FHIR_DISPENSE_MARK, told->id, NULL);

      if (!benk_dispense_take (t->db, &t->job->feed, told, note_settled, t, error) ||
          !benk_table_feed_fault_set (t->db, &t->job->feed, name, told->version, NULL,
                                      NULL, error))
        return FALSE;
    }
  return dispenses == NULL || dispenses->len == 0 ||
         benk_table_dispense_forget (t->db,
                                     benk_db_get_wall_ms (t->db) - BENK_DISPENSE_KEPT_MS,
                                     error);
}

static gboolean
take_page (Taking *t, GError **error)
{
  BenkFhirPage *page = t->job->page;

  for (guint i = 0; i < page->flaws->len; i++)
    {
      BenkFhirFlaw *flaw = g_ptr_array_index (page->flaws, i);

      if (flaw->id)
        g_hash_table_insert (t->flaws, flaw->id, flaw);
      if (!take_flaw (t, flaw, error))
        return FALSE;
    }
  for (guint i = 0; i < page->issues->len; i++)
    if (!take_issue (t, g_ptr_array_index (page->issues, i),
                     &g_array_index (t->job->names, BenkId, i), error))
      return FALSE;
  return take_dispenses (t, error);
}

static const BenkTroubleNote not_all = { BENK_TROUBLE_NOT_ALL, 0 };

/* An answer proves nothing of the time before it: where the log does not say so yet, it
 * says so with the answer, or the answer is not kept. */
static gboolean
note_break (Taking *t, const BenkFeedRow *feed, gboolean silent, GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (t->db);
  gboolean first = t->job->unnoted || silent || feed->answered_ms == 0;
  gboolean running;
  gint64 last_ms;
  gint64 proven_ms;

  if (!first && now_ms - feed->answered_ms <= BENK_WATCH_SILENCE_MS)
    {
      t->proven_ms = feed->answered_ms;
      return TRUE;
    }
  if (!benk_table_watch_log_find_state (t->db, &feed->id, &running, &last_ms, error))
    return FALSE;
  if (first)
    /* One that was added since the watch began is watched from its first answer on. */
    return benk_feed_log (t->db,
                          running || !t->job->watched ? BENK_WATCH_ANSWERS
                                                      : BENK_WATCH_BEGINS,
                          &feed->id, feed->answered_ms, error);
  proven_ms = last_ms > now_ms ? feed->answered_ms : MAX (feed->answered_ms, last_ms);
  return !running || now_ms - proven_ms <= BENK_WATCH_SILENCE_MS ||
         benk_feed_log (t->db, BENK_WATCH_LATE, &feed->id, proven_ms, error);
}

/* How far it was read is kept with what was read, or not at all. */
static gboolean
note_answer (Taking *t, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkFeedRow) feed = benk_table_feed_get (t->db, &t->job->feed, &local);
  gboolean silent;

  if (feed == NULL)
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  silent = benk_feed_row_is_silent (feed);
  if (t->job->unnoted && !silent &&
      !benk_feed_log (t->db, BENK_WATCH_SILENT, &feed->id, feed->answered_ms, error))
    return FALSE;
  if (!note_break (t, feed, silent, error))
    return FALSE;
  feed->polled_ms = benk_db_get_wall_ms (t->db);
  feed->answered_ms = feed->polled_ms;
  feed->clock_skew_ms = t->job->skew_ms;
  if (silent || (t->job->cursor_ms >= 0 && !t->job->dispenses))
    g_clear_pointer (&feed->last_error, g_free);
  if (t->job->cursor_ms >= 0 && !t->job->dispenses && t->job->page->cut)
    feed->last_error = benk_trouble_note_to_text (&not_all);
  if (t->job->dispenses)
    {
      g_free (feed->dispenses);
      feed->dispenses = g_strdup (BENK_DISPENSES_TOLD);
      feed->dispenses_asked_ms = feed->polled_ms;
    }
  if (t->job->cursor_ms >= 0)
    {
      char **cursor = t->job->dispenses ? &feed->dispense_cursor : &feed->cursor;

      g_free (*cursor);
      *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, t->job->cursor_ms);
    }
  return benk_table_feed_update (t->db, feed, error);
}

/* Those that are new first, or those that changed. */
static gboolean
load_into (Taking *t, gboolean created, GPtrArray *alarms, GError **error)
{
  for (guint i = 0; i < t->order->len; i++)
    {
      const BenkId *id = g_ptr_array_index (t->order, i);
      BenkAlarm *alarm;

      if (g_hash_table_contains (t->created, id) != created)
        continue;
      alarm = benk_alarm_load (t->db, id, t->job->models, error);
      if (alarm == NULL)
        return FALSE;
      g_ptr_array_add (alarms, alarm);
    }
  return TRUE;
}

/* Only of those that may have been raised before the source had answered is the log
 * asked: it is long. */
static gboolean
find_unwatched (Taking *t, BenkIntake *intake, GError **error)
{
  for (guint i = 0; i < intake->n_new; i++)
    if (t->proven_ms == 0 ||
        benk_alarm_get_raised_ms (g_ptr_array_index (intake->alarms, i)) <= t->proven_ms)
      {
        intake->unwatched = benk_alarms_find_unwatched (t->db, error);
        return intake->unwatched != NULL;
      }
  return TRUE;
}

static gpointer
finish (Taking *t, GError **error)
{
  g_autoptr (BenkIntake) intake = g_new0 (BenkIntake, 1);

  intake->feed = t->job->feed;
  intake->alarms = g_ptr_array_new_with_free_func (g_object_unref);
  if (!load_into (t, TRUE, intake->alarms, error))
    return NULL;
  intake->n_new = intake->alarms->len;
  if (!load_into (t, FALSE, intake->alarms, error) || !find_unwatched (t, intake, error))
    return NULL;
  return g_steal_pointer (&intake);
}

static void
taking_init (Taking *t, BenkDb *db, BenkIntakeJob *job)
{
  *t = (Taking){ .job = job, .db = db };
  t->created = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                      (GDestroyNotify) benk_id_free, NULL);
  t->order = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_id_free);
  t->noted = g_hash_table_new (benk_id_hash, benk_id_equal);
  t->flaws = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
taking_clear (Taking *t)
{
  g_clear_pointer (&t->created, g_hash_table_unref);
  g_clear_pointer (&t->noted, g_hash_table_unref);
  g_clear_pointer (&t->order, g_ptr_array_unref);
  g_clear_pointer (&t->flaws, g_hash_table_unref);
  g_clear_pointer (&t->roster, benk_duty_roster_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, taking_clear)

/*
 * Takes a page in, inside a scope that is open already: of a list, which is no feed. A
 * preview is the same with the scope dropped.
 */
gboolean
benk_intake_job_take (BenkDb *db, BenkIntakeJob *job, GError **error)
{
  g_auto (Taking) t = { NULL };

  taking_init (&t, db, job);
  return take_page (&t, error);
}

/*
 * Takes a page in: one scope, committed and synced before anything of it is shown. A page
 * with nothing new writes no row of the change log.
 */
gpointer
benk_intake_job_run (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkIntakeJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_auto (Taking) t = { NULL };

  if (scope == NULL)
    return NULL;
  taking_init (&t, db, job);
  if (!take_page (&t, error) || !note_answer (&t, error) ||
      !benk_scope_commit (scope, NULL, error))
    return NULL;
  return finish (&t, error);
}
