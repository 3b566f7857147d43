/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-error.h"

#define MAX_NAME 60

static gpointer
insert_feed (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkFeedRow *row = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkFeedRow) same = benk_table_feed_find (db, row->name, &local);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (same)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("There is already a source called “%s”."), row->name);
      return NULL;
    }
  if (!benk_table_feed_insert (db, row, error))
    return NULL;
  return benk_table_feed_list_with_faults (db, error);
}

static void
on_inserted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = g_task_get_source_object (task);
  const BenkFeedRow *row = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows =
    benk_store_write_finish (BENK_STORE (source), result, &error);
  GListModel *list = benk_feeds_get_list (self);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_feeds_set_rows (self, rows);
  benk_feeds_hurry (self);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_feed_get_id (feed), &row->id))
        {
          g_task_return_pointer (task, g_steal_pointer (&feed), g_object_unref);
          return;
        }
    }
  g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_FAILED,
                           _ ("The source was not kept."));
}

/* (transfer full) @task */
static void
insert (GTask *task)
{
  BenkFeeds *self = g_task_get_source_object (task);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);

  benk_store_write_async (benk_session_get_store (session), insert_feed,
                          g_task_get_task_data (task), NULL,
                          g_task_get_cancellable (task), on_inserted, task);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_auth_keep_finish (result, &error))
    insert (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static gboolean
check (BenkFeeds *self, const BenkNewFeed *feed, const BenkFeedRow *row, GError **error)
{
  if (feed->token && feed->token_file)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("The token is given or lies in a file, not both."));
      return FALSE;
    }
  if (row->name[0] == '\0' || !g_utf8_validate (row->name, -1, NULL) ||
      g_utf8_strlen (row->name, -1) > MAX_NAME)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The name of a source is 1 to %d characters."), MAX_NAME);
      return FALSE;
    }
  return benk_feeds_get_link (self, row, error) != NULL;
}

/* A source is no row of the change log, so this is not asked for there. */
static gboolean
check_staff (BenkSession *session, GError **error)
{
  BenkChange change;

  return benk_session_fill_change (session, BENK_VERB_FEED_ADD, NULL, &change, error);
}

/**
 * benk_feeds_add_async:
 * @self: the sources
 * @feed: the source
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds a source; it is not asked yet. Its token goes into the keyring before anything is
 * kept, or is looked for in a file where that was asked for; with neither the source is
 * asked without a token.
 */
void
benk_feeds_add_async (BenkFeeds *self,
                      const BenkNewFeed *feed,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);
  BenkFeedRow *row = g_new0 (BenkFeedRow, 1);
  g_autofree char *id = NULL;
  GError *error = NULL;

  g_return_if_fail (session != NULL);
  g_task_set_task_data (task, row, (GDestroyNotify) benk_feed_row_free);
  row->id = benk_id_new (benk_session_get_clock (session));
  row->name = g_strstrip (g_strdup (feed->name ? feed->name : ""));
  row->url = g_strdup (feed->url ? feed->url : "");
  row->followup_url = g_strdup (feed->followup_url);
  if (feed->token == NULL)
    row->token_file = g_strdup (feed->token_file ? feed->token_file : "");
  if (!check_staff (session, &error) || !check (self, feed, row, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  id = benk_id_to_string (&row->id);
  if (feed->token)
    {
      g_autofree char *label = g_strdup_printf ("Dosebenk: %s", row->name);

      benk_auth_keep_async (id, label, feed->token, cancellable, on_kept,
                            g_steal_pointer (&task));
    }
  else
    insert (g_steal_pointer (&task));
}

/**
 * benk_feeds_add_finish:
 * @self: the sources
 * @result: what the callback was given
 * @error: why it was not added
 *
 * Returns: (transfer full): the source, or %NULL with %BENK_ERROR_CONFLICT (the name is
 *   taken), %BENK_ERROR_INVALID, %BENK_ERROR_TLS or %BENK_ERROR_AUTH
 */
BenkFeed *
benk_feeds_add_finish (BenkFeeds *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
