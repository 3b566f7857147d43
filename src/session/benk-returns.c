/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-returns-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-history-item.h"
#include "benk-return-rules-private.h"
#include "benk-session-change.h"
#include "benk-table-return.h"

struct _BenkReturns
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  GListStore *list;     /* (nullable): made on first use */
  gboolean reading;
  gboolean read_again;
  BenkReading *behind; /* how it goes with keeping the list new */
};

G_DEFINE_FINAL_TYPE (BenkReturns, benk_returns, G_TYPE_OBJECT)

static void refresh (BenkReturns *self);

static gpointer
run_list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_return_list (db, GPOINTER_TO_INT (data), error);
}

/* A row that is shown stays the same object. */
static gpointer
keep_shown (BenkReturns *self, BenkReturnCase *fresh)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkReturnCase) there =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (!benk_id_equal (benk_return_case_get_id (there),
                          benk_return_case_get_id (fresh)))
        continue;
      benk_session_copy_record (G_OBJECT (fresh), G_OBJECT (there));
      return g_steal_pointer (&there);
    }

  return g_object_ref (fresh);
}

static gboolean
is_at (BenkReturns *self, guint position, gpointer row)
{
  g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return there == row;
}

/* One splice: what is before and after the change does not move. */
static void
show (BenkReturns *self, GPtrArray *fresh)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint head = 0, tail = 0;

  for (guint i = 0; i < fresh->len; i++)
    g_ptr_array_add (rows, keep_shown (self, g_ptr_array_index (fresh, i)));
  while (head < n_before && head < rows->len &&
         is_at (self, head, g_ptr_array_index (rows, head)))
    head++;
  while (
    tail < n_before - head && tail < rows->len - head &&
    is_at (self, n_before - 1 - tail, g_ptr_array_index (rows, rows->len - 1 - tail)))
    tail++;
  if (head + tail < n_before || head + tail < rows->len)
    g_list_store_splice (self->list, head, n_before - head - tail, rows->pdata + head,
                         rows->len - head - tail);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkReturns *self = BENK_RETURNS (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fresh = benk_session_read_finish (self, result, &error);

  self->reading = FALSE;
  if (fresh != NULL)
    show (self, fresh);
  benk_reading_end (self->behind, error);
  if (self->read_again)
    refresh (self);
}

static void
refresh (BenkReturns *self)
{
  self->read_again = self->reading;
  if (self->reading || self->list == NULL || self->session == NULL)
    return;

  self->reading = TRUE;
  benk_session_read_async (self->session, self, run_list, GINT_TO_POINTER (FALSE), NULL,
                           (GDestroyNotify) g_ptr_array_unref, NULL, on_refreshed, NULL);
}

static void
benk_returns_finalize (GObject *object)
{
  BenkReturns *self = BENK_RETURNS (object);

  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->behind);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (benk_returns_parent_class)->finalize (object);
}

static void
benk_returns_class_init (BenkReturnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_returns_finalize;
}

static void
benk_returns_init (BenkReturns *self)
{
  self->behind = benk_reading_new ();
}

BenkReturns *
benk_returns_new (BenkSession *session)
{
  BenkReturns *self = g_object_new (BENK_TYPE_RETURNS, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->behind, "again", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);

  return self;
}

BenkSession *
benk_returns_get_session (BenkReturns *self)
{
  return self->session;
}

/**
 * benk_returns_get_list:
 * @self: the returns
 *
 * Returns: (transfer none): a live list of #BenkReturnCase that are open, by urgency; it
 *   fills after the first call
 */
GListModel *
benk_returns_get_list (BenkReturns *self)
{
  g_return_val_if_fail (BENK_IS_RETURNS (self), NULL);

  if (self->list == NULL)
    {
      self->list = g_list_store_new (BENK_TYPE_RETURN_CASE);
      refresh (self);
    }

  return G_LIST_MODEL (self->list);
}

/**
 * benk_returns_get_reading:
 * @self: the returns
 *
 * Returns: (transfer none): how it goes with keeping the list new
 */
BenkReading *
benk_returns_get_reading (BenkReturns *self)
{
  g_return_val_if_fail (BENK_IS_RETURNS (self), NULL);

  return self->behind;
}

/**
 * benk_returns_list_async:
 * @self: the returns
 * @with_closed: also those that are closed or cancelled
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads returns once.
 */
void
benk_returns_list_async (BenkReturns *self,
                         gboolean with_closed,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BENK_IS_RETURNS (self));

  benk_session_read_async (self->session, self, run_list, GINT_TO_POINTER (with_closed),
                           NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                           callback, user_data);
}

/**
 * benk_returns_list_finish:
 * @self: the returns
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): a list of #BenkReturnCase, open ones first by urgency, or
 *   %NULL with @error set
 */
GListModel *
benk_returns_list_finish (BenkReturns *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) rows = benk_session_read_finish (self, result, error);
  GListStore *list;

  if (rows == NULL)
    return NULL;
  list = g_list_store_new (BENK_TYPE_RETURN_CASE);
  g_list_store_splice (list, 0, 0, rows->pdata, rows->len);

  return G_LIST_MODEL (list);
}

typedef struct
{
  GListStore *steps;
  char *blocked;
} Loaded;

static void
loaded_free (Loaded *loaded)
{
  g_clear_object (&loaded->steps);
  g_free (loaded->blocked);
  g_free (loaded);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loaded, loaded_free)

static BenkHistoryItem *
make_item (const BenkReturnStep *step)
{
  BenkHistoryItem *item = benk_history_item_new ();
  const char *const changes[] = { benk_return_state_get_label (step->state), NULL };

  benk_history_item_set_at_ms (item, step->at_ms);
  benk_history_item_set_verb (item, step->state == BENK_RETURN_STATE_REGISTERED
                                      ? BENK_VERB_RETURN_OPEN
                                      : BENK_VERB_RETURN_STEP);
  benk_history_item_set_who (item, step->who != NULL && *step->who == '\0' ? _ ("erased")
                                                                           : step->who);
  benk_history_item_set_reason (item, step->note != NULL && *step->note == '\0'
                                        ? _ ("erased")
                                        : step->note);
  benk_history_item_set_changes (item, changes);

  return item;
}

static gpointer
run_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Loaded) loaded = g_new0 (Loaded, 1);
  g_autoptr (BenkReturnCase) row = benk_table_return_get (db, data, error);
  g_autoptr (GPtrArray) steps =
    row != NULL ? benk_table_return_list_steps (db, data, error) : NULL;
  g_autoptr (GError) local = NULL;

  if (steps == NULL)
    return NULL;

  loaded->steps = g_list_store_new (BENK_TYPE_HISTORY_ITEM);
  for (guint i = 0; i < steps->len; i++)
    {
      g_autoptr (BenkHistoryItem) item = make_item (g_ptr_array_index (steps, i));

      g_list_store_append (loaded->steps, item);
    }
  loaded->blocked = benk_return_rules_describe_block (db, row, &local);
  if (local == NULL)
    return g_steal_pointer (&loaded);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * benk_returns_load_async:
 * @self: the returns
 * @return_case: a return
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads the steps of a return and what blocks the next one.
 */
void
benk_returns_load_async (BenkReturns *self,
                         const BenkId *return_case,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BENK_IS_RETURNS (self));

  benk_session_read_async (self->session, self, run_load, benk_id_copy (return_case),
                           (GDestroyNotify) benk_id_free, (GDestroyNotify) loaded_free,
                           cancellable, callback, user_data);
}

/**
 * benk_returns_load_finish:
 * @self: the returns
 * @result: what the callback was given
 * @blocked: (out) (optional) (transfer full) (nullable): what blocks the next step, in
 *   words
 * @error: return location for an error
 *
 * Returns: (transfer full): its steps as #BenkHistoryItem, oldest first, or %NULL with
 *   @error set
 */
GListModel *
benk_returns_load_finish (BenkReturns *self,
                          GAsyncResult *result,
                          char **blocked,
                          GError **error)
{
  g_autoptr (Loaded) loaded = benk_session_read_finish (self, result, error);

  if (loaded == NULL)
    return NULL;
  if (blocked != NULL)
    *blocked = g_steal_pointer (&loaded->blocked);

  return G_LIST_MODEL (g_steal_pointer (&loaded->steps));
}
