/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-attention-private.h"
#include "benk-error.h"
#include "benk-feeds-clock-private.h"
#include "benk-outbox.h"
#include "benk-watch-gap.h"

/* Pages of one entry, or of one stamp, look sorted whatever they are. */
#define PROOF_OF_ORDER 8

/* One round over all sources; and, for the one being asked, how far its walk has come. */
typedef struct
{
  BenkSession *session;
  GPtrArray *rows;
  guint index;
  gboolean patient;
  guint n_new;
  guint n_changed;
  GString *failed;
  int code;

  BenkFhirPage *page;
  gint64 start_ms;
  gint64 newest_ms;
  gint64 walked_ms;
  gboolean ascending;
  guint n_rises;
  gboolean moved;
} Round;

static void ask_next_source (GTask *task);

static void
round_free (Round *round)
{
  g_clear_object (&round->session);
  g_clear_pointer (&round->rows, g_ptr_array_unref);
  g_clear_pointer (&round->page, benk_fhir_page_free);
  if (round->failed)
    g_string_free (round->failed, TRUE);
  g_free (round);
}

static BenkFeedRow *
current_row (Round *round)
{
  return g_ptr_array_index (round->rows, round->index);
}

static GCancellable *
get_cancellable (GTask *task)
{
  return g_task_get_cancellable (task);
}

/* -- Taking in ----------------------------------------------------------------------- */

typedef struct
{
  guint n_new;
  guint n_changed;
} TakenIn;

static BenkFeedNews
judge (const BenkIntake *intake, guint i)
{
  gint64 raised_ms = benk_alarm_get_raised_ms (g_ptr_array_index (intake->alarms, i));

  if (i >= intake->n_new)
    return BENK_FEED_NEWS_CHANGED;
  return intake->unwatched && benk_watch_find_gap (intake->unwatched, raised_ms)
           ? BENK_FEED_NEWS_UNWATCHED
           : BENK_FEED_NEWS_NEW;
}

static void
on_taken_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BenkIntake) intake =
    benk_store_write_finish (BENK_STORE (source), result, &error);
  TakenIn *counts;
  BenkFeedLink *link;

  if (intake == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  link = benk_feeds_find_link (self, &intake->feed);
  if (link)
    g_clear_pointer (&link->unnoted, g_free);
  counts = g_new0 (TakenIn, 1);
  counts->n_new = intake->n_new;
  counts->n_changed = intake->alarms->len - intake->n_new;
  for (guint i = 0; i < intake->alarms->len; i++)
    benk_feeds_emit_alarm (self, g_ptr_array_index (intake->alarms, i),
                           judge (intake, i));
  g_task_return_pointer (task, counts, g_free);
}

/* (transfer full) @page */
void
benk_feeds_take_in_async (BenkFeeds *self,
                          const BenkId *feed,
                          BenkFhirClient *client,
                          BenkFhirPage *page,
                          gint64 cursor_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);
  const BenkFeedLink *link = benk_feeds_find_link (self, feed);
  BenkIntakeJob *job = g_new0 (BenkIntakeJob, 1);

  job->change = (BenkChange){ .verb = BENK_VERB_INTAKE,
                              .subject = *feed,
                              .account = benk_session_get_account (session) };
  job->models =
    g_ptr_array_ref (benk_alarms_get_models (benk_session_get_alarms (session)));
  job->feed = *feed;
  job->via = BENK_ALARM_VIA_FEED;
  job->page = page;
  job->cursor_ms = cursor_ms;
  job->unnoted = link && link->unnoted;
  job->watched = benk_feeds_is_watching (self);
  job->dispenses = benk_fhir_page_is_of_dispenses (page);
  job->skew_ms = benk_fhir_client_get_skew_ms (client);
  job->names = g_array_new (FALSE, FALSE, sizeof (BenkId));
  for (guint i = 0; i < page->issues->len; i++)
    {
      BenkId name =
        benk_fhir_client_name_alarm (client, g_ptr_array_index (page->issues, i));

      g_array_append_val (job->names, name);
    }
  benk_store_write_async (benk_session_get_store (session), benk_intake_job_run, job,
                          (GDestroyNotify) benk_intake_job_free, cancellable, on_taken_in,
                          task);
}

gboolean
benk_feeds_take_in_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error)
{
  g_autofree TakenIn *counts = g_task_propagate_pointer (G_TASK (result), error);

  if (counts == NULL)
    return FALSE;
  *n_new += counts->n_new;
  *n_changed += counts->n_changed;
  return TRUE;
}

/* -- A source that did not answer ---------------------------------------------------- */

static void
on_failure_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);

  benk_feeds_note_failure_finish (BENK_FEEDS (source), result);
  round->index++;
  ask_next_source (g_steal_pointer (&task));
}

static void
count_failure (Round *round, const char *name, const GError *error)
{
  if (round->failed == NULL)
    round->failed = g_string_new (NULL);
  else
    g_string_append_c (round->failed, '\n');
  g_string_append_printf (round->failed, "%s: %s", name, error->message);
  round->code = error->domain == BENK_ERROR ? error->code : BENK_ERROR_FAILED;
}

/* (transfer full) @task, @error */
static void
give_up_source (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;
  BenkFeeds *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  BenkFeedRow *row = current_row (round);

  count_failure (round, row->name, owned);
  /* That it was given up is no fault of the source. */
  if (g_cancellable_is_cancelled (get_cancellable (task)))
    {
      ask_next_source (task);
      return;
    }
  benk_feeds_note_failure_async (self, row, owned, on_failure_noted, task);
}

/* -- The walk ------------------------------------------------------------------------ */

static void on_page (GObject *source, GAsyncResult *result, gpointer user_data);

static void
on_dispenses (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);

  benk_feeds_ask_dispenses_finish (BENK_FEEDS (source), result, &round->n_changed);
  round->index++;
  ask_next_source (g_steal_pointer (&task));
}

/* (transfer full) @task: its alarms are read. */
static void
end_source (GTask *task, BenkFeedLink *link)
{
  Round *round = g_task_get_task_data (task);

  if (link == NULL)
    {
      round->index++;
      ask_next_source (task);
      return;
    }
  benk_feeds_ask_dispenses_async (g_task_get_source_object (task), current_row (round),
                                  link, round->patient, get_cancellable (task),
                                  on_dispenses, task);
}

static void
on_reconciled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = BENK_FEEDS (source);
  Round *round = g_task_get_task_data (task);
  BenkFeedLink *link = benk_feeds_get_link (self, current_row (round), NULL);
  GError *error = NULL;

  if (!benk_feeds_reconcile_finish (self, result, &round->n_new, &round->n_changed,
                                    &error))
    {
      give_up_source (g_steal_pointer (&task), error);
      return;
    }
  if (link)
    link->reconcile = FALSE;
  end_source (g_steal_pointer (&task), link);
}

static void
on_page_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = BENK_FEEDS (source);
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;
  BenkFeedLink *link;

  if (!benk_feeds_take_in_finish (self, result, &round->n_new, &round->n_changed, &error))
    {
      if (error->domain == BENK_ERROR)
        benk_error_set_trouble (error, BENK_TROUBLE_NOT_SAVED, 0);
      give_up_source (g_steal_pointer (&task), error);
      return;
    }
  link = benk_feeds_get_link (self, current_row (round), NULL);
  if (link && round->page)
    {
      benk_fhir_client_note_kept (link->source, round->page);
      link->answered_ms =
        benk_clock_get_boot_ms (benk_session_get_clock (round->session));
    }
  if (link && link->reconcile && (round->page == NULL || round->page->next == NULL))
    {
      benk_feeds_reconcile_async (self, &current_row (round)->id, link->source,
                                  get_cancellable (task), on_reconciled,
                                  g_object_ref (task));
      return;
    }
  if (link == NULL || round->page == NULL || round->page->next == NULL)
    {
      end_source (g_steal_pointer (&task), link);
      return;
    }
  benk_fhir_client_search_next_async (link->source, round->page, get_cancellable (task),
                                      on_page, g_object_ref (task));
}

/* A stamp of the future would leave out everything until then. */
static gint64
get_newest_ms (Round *round, BenkFhirClient *client, const BenkFhirPage *page)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (round->session));
  gint64 server_ms = page->server_ms >= 0
                       ? page->server_ms
                       : now_ms + benk_fhir_client_get_skew_ms (client);

  return MIN (page->newest_ms, server_ms);
}

/* How far the source may be taken as read: page by page if it has shown that it sorts,
 * else at the end; and back to where it was if it turns out that it does not. */
static gint64
find_cursor (Round *round, BenkFhirClient *client, const BenkFhirPage *page)
{
  if (!page->ascending || (page->oldest_ms >= 0 && page->oldest_ms < round->walked_ms))
    round->ascending = FALSE;
  round->n_rises += page->n_rises;
  round->walked_ms = MAX (round->walked_ms, page->newest_ms);
  round->newest_ms = MAX (round->newest_ms, get_newest_ms (round, client, page));
  if (page->next == NULL)
    return round->newest_ms;
  if (round->ascending && round->n_rises >= PROOF_OF_ORDER)
    {
      round->moved = TRUE;
      return round->newest_ms;
    }
  return round->moved ? MAX (round->start_ms, 0) : -1;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFhirClient *client = BENK_FHIR_CLIENT (source);
  BenkFeeds *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;
  BenkFhirPage *page = benk_fhir_client_search_finish (client, result, &error);
  BenkClockSample sample;
  BenkId feed;

  if (page == NULL)
    {
      give_up_source (g_steal_pointer (&task), error);
      return;
    }
  feed = current_row (round)->id;
  if (benk_fhir_client_get_sample (client, &sample))
    benk_feeds_note_date (self, &feed, &sample);
  benk_feeds_get_link (self, current_row (round), NULL)->backoff.n_failed = 0;
  g_clear_pointer (&round->page, benk_fhir_page_free);
  round->page = benk_fhir_page_copy_trail (page);
  benk_feeds_take_in_async (self, &feed, client, page, find_cursor (round, client, page),
                            get_cancellable (task), on_page_kept, g_object_ref (task));
}

static void
on_reloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = BENK_FEEDS (source);
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;

  if (!benk_feeds_load_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (round->failed)
    g_task_return_new_error (task, BENK_ERROR, round->code, "%s", round->failed->str);
  else
    g_task_return_boolean (task, TRUE);
  benk_feeds_note_round (self);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  benk_outbox_flush_finish (result, NULL, &error);
  if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    benk_attention_set_unsaved (benk_session_get_attention (round->session),
                                BENK_UNSAVED_OUTBOX, error);
  if (error)
    count_failure (round, _ ("What waits to be sent"), error);
  benk_feeds_load_async (g_task_get_source_object (task), NULL, on_reloaded,
                         g_object_ref (task));
}

static void
begin_walk (Round *round, const BenkFeedRow *row, BenkFeedLink *link)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (round->session));

  if (row->answered_ms > 0 && ABS (now_ms - row->answered_ms) > BENK_FEED_GAP_MS)
    link->reconcile = TRUE;
  g_clear_pointer (&round->page, benk_fhir_page_free);
  round->start_ms = row->cursor ? g_ascii_strtoll (row->cursor, NULL, 10) : -1;
  round->newest_ms = round->start_ms;
  round->walked_ms = -1;
  round->ascending = TRUE;
  round->n_rises = 0;
  round->moved = FALSE;
}

/* (transfer full) @task */
static void
ask_next_source (GTask *task)
{
  BenkFeeds *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  gint64 boot_ms = benk_clock_get_boot_ms (benk_session_get_clock (round->session));

  for (; round->index < round->rows->len &&
         !g_cancellable_is_cancelled (get_cancellable (task));
       round->index++)
    {
      BenkFeedRow *row = current_row (round);
      GError *error = NULL;
      BenkFeedLink *link = benk_feeds_get_link (self, row, &error);

      if (link == NULL)
        {
          give_up_source (task, error);
          return;
        }
      if (round->patient && link->not_before_ms > boot_ms)
        continue;
      begin_walk (round, row, link);
      benk_fhir_client_search_async (link->source, round->newest_ms,
                                     get_cancellable (task), on_page, task);
      return;
    }
  benk_outbox_flush_async (round->session, NULL, get_cancellable (task), on_flushed,
                           task);
}

static gpointer
list_feeds (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_feed_list (db, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;

  round->rows = benk_store_read_finish (BENK_STORE (source), result, &error);
  if (round->rows == NULL)
    g_task_return_error (task, error);
  else
    ask_next_source (g_steal_pointer (&task));
}

void
benk_feeds_ask_async (BenkFeeds *self,
                      gboolean patient,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Round *round = g_new0 (Round, 1);

  g_task_set_task_data (task, round, (GDestroyNotify) round_free);
  round->patient = patient;
  round->session = benk_feeds_dup_session (self);
  g_return_if_fail (round->session != NULL);
  benk_store_read_async (benk_session_get_store (round->session), list_feeds, NULL, NULL,
                         cancellable, on_listed, g_steal_pointer (&task));
}

/**
 * benk_feeds_sync_async:
 * @self: the sources
 * @cancellable: (nullable): a cancellable
 * @callback: called when every source was asked
 * @user_data: for @callback
 *
 * Asks every source once for what is new, and sends what waits to be sent.
 */
void
benk_feeds_sync_async (BenkFeeds *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  benk_feeds_ask_async (self, FALSE, cancellable, callback, user_data);
}

/**
 * benk_feeds_sync_finish:
 * @self: the sources
 * @result: what the callback was given
 * @n_new: (out) (optional): alarms that were not known before
 * @n_changed: (out) (optional): alarms that changed
 * @error: names the sources that did not answer, and why; what the others said is kept
 *
 * Returns: whether every source answered
 */
gboolean
benk_feeds_sync_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error)
{
  Round *round = g_task_get_task_data (G_TASK (result));

  if (n_new)
    *n_new = round->n_new;
  if (n_changed)
    *n_changed = round->n_changed;
  return g_task_propagate_boolean (G_TASK (result), error);
}
