/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-error.h"

/* A source that did not answer as it should: that is kept, and if it cannot be, it is
 * shown all the same. */
typedef struct
{
  BenkId feed;
  char *words; /* as it is stored */
} Failure;

static void
failure_free (Failure *failure)
{
  g_free (failure->words);
  g_free (failure);
}

gboolean
benk_feed_row_is_silent (const BenkFeedRow *row)
{
  BenkTroubleNote note;

  return row->last_error != NULL && !(benk_trouble_note_parse (row->last_error, &note) &&
                                      note.trouble == BENK_TROUBLE_NOT_ALL);
}

static gpointer
note_failure (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Failure *failure = data;
  g_autoptr (BenkFeedRow) row = benk_table_feed_get (db, &failure->feed, error);

  if (row == NULL ||
      (!benk_feed_row_is_silent (row) &&
       !benk_feed_log (db, BENK_WATCH_SILENT, &row->id, row->answered_ms, error)))
    return NULL;
  row->polled_ms = benk_db_get_wall_ms (db);
  g_free (row->last_error);
  row->last_error = g_strdup (failure->words);
  benk_table_feed_update (db, row, error);
  return NULL;
}

/* Longer after each failure in a row, and at least as long as the server asks for; by the
 * clock that never jumps. */
static void
note_wish (BenkFeeds *self, BenkClock *clock, BenkFeedLink *link)
{
  GRand *random = benk_feeds_get_random (self);
  gint64 wait_ms = benk_backoff_get_ms (&link->backoff, random);

  wait_ms = MAX (wait_ms, benk_fhir_client_get_retry_ms (link->source));
  link->backoff.n_failed++;
  link->not_before_ms = benk_clock_get_boot_ms (clock) + wait_ms;
}

/* (transfer full): what is stored of it: what kind of trouble it is, or else our words.
 */
static char *
compose_failure (BenkFeeds *self,
                 BenkClock *clock,
                 BenkFeedLink *link,
                 const GError *error)
{
  BenkTroubleNote note = benk_error_get_trouble (error);

  if (note.trouble == BENK_TROUBLE_NONE)
    return benk_fhir_words_to_keep (error);
  if (note.trouble == BENK_TROUBLE_ASKED_TO_WAIT)
    note.number = benk_clock_get_wall_ms (clock) + link->not_before_ms -
                  benk_clock_get_boot_ms (clock);
  benk_feeds_judge (self, &note);
  return benk_trouble_note_to_text (&note);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = g_task_get_source_object (task);
  const Failure *failure = g_task_get_task_data (task);
  BenkFeedLink *link = benk_feeds_find_link (self, &failure->feed);
  g_autoptr (GError) error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (link && !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    {
      g_free (link->unnoted);
      link->unnoted = error ? g_strdup (failure->words) : NULL;
    }
  g_task_return_boolean (task, TRUE);
}

void
benk_feeds_note_failure_async (BenkFeeds *self,
                               const BenkFeedRow *row,
                               const GError *failure,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);
  BenkClock *clock = benk_session_get_clock (session);
  BenkFeedLink *link = benk_feeds_get_link (self, row, NULL);
  Failure *data = g_new0 (Failure, 1);

  if (link)
    note_wish (self, clock, link);
  data->feed = row->id;
  data->words = compose_failure (self, clock, link, failure);
  g_task_set_task_data (task, data, (GDestroyNotify) failure_free);
  benk_store_write_async (benk_session_get_store (session), note_failure, data, NULL,
                          NULL, on_noted, task);
}

void
benk_feeds_note_failure_finish (BenkFeeds *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
