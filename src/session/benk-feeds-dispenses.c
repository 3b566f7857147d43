/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-attention-private.h"
#include "benk-error.h"

/* So far back is looked the first time: what alarms of the last days may need. */
#define FIRST_MS (7 * 24 * G_GINT64_CONSTANT (3600000))

typedef struct
{
  BenkSession *session;
  BenkId feed;
  BenkFhirClient *client;
  BenkFhirPage *page; /* what leads on from the last one */
  gboolean asked;
  gint64 newest_ms;
  guint n_new;
  guint n_changed;
} Asking;

static void on_page (GObject *source, GAsyncResult *result, gpointer user_data);

static void
asking_free (Asking *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->client);
  g_clear_pointer (&self->page, benk_fhir_page_free);
  g_free (self);
}

/* -- What did not go well ------------------------------------------------------------ */

typedef struct
{
  BenkId feed;
  const char *dispenses;
} Verdict;

static gpointer
write_verdict (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Verdict *verdict = data;
  g_autoptr (BenkFeedRow) row = benk_table_feed_get (db, &verdict->feed, error);

  if (row == NULL)
    return NULL;
  g_free (row->dispenses);
  row->dispenses = g_strdup (verdict->dispenses);
  row->dispenses_asked_ms = benk_db_get_wall_ms (db);
  benk_table_feed_update (db, row, error);
  return NULL;
}

static void
on_verdict (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* A server that does not know what it is asked says so in one of these. */
static gboolean
is_not_told (const GError *error)
{
  return g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND) ||
         g_error_matches (error, BENK_ERROR, BENK_ERROR_INVALID) ||
         g_error_matches (error, BENK_ERROR, BENK_ERROR_AUTH);
}

/* (transfer full) @task, @error */
static void
give_up (GTask *task, GError *error)
{
  Asking *self = g_task_get_task_data (task);
  Verdict *verdict;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  verdict = g_new0 (Verdict, 1);
  verdict->feed = self->feed;
  verdict->dispenses =
    is_not_told (error) ? BENK_DISPENSES_NOT_TOLD : BENK_DISPENSES_FAILED;
  g_error_free (error);
  benk_store_write_async (benk_session_get_store (self->session), write_verdict, verdict,
                          g_free, NULL, on_verdict, task);
}

/* -- The walk ------------------------------------------------------------------------ */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!benk_feeds_take_in_finish (BENK_FEEDS (source), result, &self->n_new,
                                  &self->n_changed, &error))
    {
      give_up (g_steal_pointer (&task), error);
      return;
    }
  benk_fhir_client_note_kept (self->client, self->page);
  if (self->page->next == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  benk_fhir_client_search_next_async (self->client, self->page,
                                      g_task_get_cancellable (task), on_page,
                                      g_object_ref (task));
}

/* A stamp of the future would leave out everything until then. */
static gint64
get_newest_ms (Asking *self, const BenkFhirPage *page)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  gint64 server_ms = page->server_ms >= 0
                       ? page->server_ms
                       : now_ms + benk_fhir_client_get_skew_ms (self->client);

  return MIN (page->newest_ms, server_ms);
}

/* How far it was read is kept when all of it was: a walk that is cut begins again. */
static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *self = g_task_get_task_data (task);
  GError *error = NULL;
  BenkFhirPage *page =
    benk_fhir_client_search_finish (BENK_FHIR_CLIENT (source), result, &error);

  if (page == NULL)
    {
      give_up (g_steal_pointer (&task), error);
      return;
    }
  self->newest_ms = MAX (self->newest_ms, get_newest_ms (self, page));
  g_clear_pointer (&self->page, benk_fhir_page_free);
  self->page = benk_fhir_page_copy_trail (page);
  benk_feeds_take_in_async (g_task_get_source_object (task), &self->feed, self->client,
                            page, page->next ? -1 : self->newest_ms,
                            g_task_get_cancellable (task), on_kept, g_object_ref (task));
}

static gboolean
is_time (const BenkFeedRow *row, BenkFeedLink *link, gboolean patient, BenkClock *clock)
{
  gint64 since_ms = benk_clock_get_wall_ms (clock) - row->dispenses_asked_ms;

  if (g_strcmp0 (row->dispenses, BENK_DISPENSES_NOT_TOLD) == 0 && since_ms >= 0 &&
      since_ms < BENK_FEED_DISPENSES_AGAIN_MS)
    return FALSE;
  return !patient || benk_clock_get_boot_ms (clock) >= link->dispenses_ms;
}

void
benk_feeds_ask_dispenses_async (BenkFeeds *self,
                                const BenkFeedRow *row,
                                BenkFeedLink *link,
                                gboolean patient,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);
  BenkClock *clock;

  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  asking->session = benk_feeds_dup_session (self);
  if (asking->session == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  clock = benk_session_get_clock (asking->session);
  asking->feed = row->id;
  asking->client = g_object_ref (link->source);
  if (!is_time (row, link, patient, clock))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  asking->asked = TRUE;
  link->dispenses_ms = benk_clock_get_boot_ms (clock) + BENK_FEED_DISPENSES_MS;
  asking->newest_ms = row->dispense_cursor
                        ? g_ascii_strtoll (row->dispense_cursor, NULL, 10)
                        : benk_clock_get_wall_ms (clock) +
                            benk_fhir_client_get_skew_ms (link->source) - FIRST_MS;
  benk_fhir_client_search_dispenses_async (link->source, asking->newest_ms, cancellable,
                                           on_page, g_steal_pointer (&task));
}

static gboolean
has_unsaved (BenkFeeds *self)
{
  GListModel *feeds = benk_feeds_get_list (self);
  gboolean found = FALSE;

  for (guint i = 0; !found && i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);
      BenkFeedLink *link = benk_feeds_find_link (self, benk_feed_get_id (feed));

      found = link != NULL && link->dispenses_unsaved;
    }
  return found;
}

/* It stands at its source, and with all else that cannot be saved. */
static void
tell_saved (BenkFeeds *self, Asking *asking, const GError *error)
{
  BenkFeedLink *link = benk_feeds_find_link (self, &asking->feed);

  if (link != NULL)
    link->dispenses_unsaved = error != NULL;
  if (error != NULL || !has_unsaved (self))
    benk_attention_set_unsaved (benk_session_get_attention (asking->session),
                                BENK_UNSAVED_DISPENSES, error);
}

void
benk_feeds_ask_dispenses_finish (BenkFeeds *self, GAsyncResult *result, guint *n_changed)
{
  Asking *asking = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  *n_changed += asking->n_changed;
  if (!g_task_propagate_boolean (G_TASK (result), &error) &&
      (g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED) ||
       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;
  if (asking->asked)
    tell_saved (self, asking, error);
}
