/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stocktake-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-stock-summary.h"
#include "benk-table-place.h"
#include "benk-table-stocktake.h"

/* Past counts that are offered. */
#define MAX_LISTED 100

#define DIFFERENCES                                                                      \
  (1u << BENK_COUNT_WRONG_PLACE | 1u << BENK_COUNT_WRONG_STATE |                         \
   1u << BENK_COUNT_UNKNOWN | 1u << BENK_COUNT_ADDED)

struct _BenkStocktake
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkStocktake, benk_stocktake, G_TYPE_OBJECT)

static void
on_store_changed (BenkStocktake *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
benk_stocktake_finalize (GObject *object)
{
  BenkStocktake *self = BENK_STOCKTAKE (object);

  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (benk_stocktake_parent_class)->finalize (object);
}

static void
benk_stocktake_class_init (BenkStocktakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_stocktake_finalize;

  /**
   * BenkStocktake::changed:
   * @self: the counts
   *
   * What was loaded may be another now, by this program or another one.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_STOCKTAKE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_stocktake_init (BenkStocktake *self)
{
}

/** benk_stocktake_new: Returns: (transfer full): the room of @session for counts */
BenkStocktake *
benk_stocktake_new (BenkSession *session)
{
  BenkStocktake *self = g_object_new (BENK_TYPE_STOCKTAKE, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);

  return self;
}

BenkSession *
benk_stocktake_get_session (BenkStocktake *self)
{
  return self->session;
}

/** benk_stocktake_view_free: @self: (nullable) (transfer full): a count as it stands */
void
benk_stocktake_view_free (BenkStocktakeView *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->count, benk_count_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_free (self);
}

/* --- reading --- */

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const BenkId *id = data;
  g_autoptr (BenkStocktakeView) view = g_new0 (BenkStocktakeView, 1);
  g_autoptr (GError) local = NULL;

  view->count = id != NULL ? benk_table_stocktake_get (db, id, &local)
                           : benk_table_stocktake_get_open (db, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (view->count == NULL)
    return g_steal_pointer (&view);
  view->missing =
    benk_table_stocktake_list_items (db, &view->count->id, 1u << BENK_COUNT_MISSING,
                                     BENK_STOCKTAKE_MAX_ITEMS, error);
  if (view->missing == NULL)
    return NULL;
  view->differences = benk_table_stocktake_list_items (db, &view->count->id, DIFFERENCES,
                                                       BENK_STOCKTAKE_MAX_ITEMS, error);

  return view->differences != NULL ? g_steal_pointer (&view) : NULL;
}

/**
 * benk_stocktake_load_async:
 * @self: the counts
 * @id: (nullable): a count; %NULL for the one that goes on
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads a count as it stands.
 */
void
benk_stocktake_load_async (BenkStocktake *self,
                           const BenkId *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_read_async (self->session, self, load,
                           id != NULL ? g_memdup2 (id, sizeof *id) : NULL, g_free,
                           (GDestroyNotify) benk_stocktake_view_free, cancellable,
                           callback, user_data);
}

/**
 * benk_stocktake_load_finish:
 * @self: the counts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the count as it stands, or %NULL with @error set
 */
BenkStocktakeView *
benk_stocktake_load_finish (BenkStocktake *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

static gpointer
list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_stocktake_list (db, MAX_LISTED, error);
}

/**
 * benk_stocktake_list_async:
 * @self: the counts
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the newest counts.
 */
void
benk_stocktake_list_async (BenkStocktake *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_read_async (self->session, self, list, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_stocktake_list_finish:
 * @self: the counts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkCount): counts, the newest first, or %NULL
 *   with @error set
 */
GPtrArray *
benk_stocktake_list_finish (BenkStocktake *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

static gpointer
list_places (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) places = benk_table_place_list (db, error);

  for (guint i = places != NULL ? places->len : 0; i > 0; i--)
    if (!benk_stock_is_own_place (
          benk_place_get_kind (g_ptr_array_index (places, i - 1))))
      g_ptr_array_remove_index (places, i - 1);

  return g_steal_pointer (&places);
}

/**
 * benk_stocktake_list_places_async:
 * @self: the counts
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the places that can be counted.
 */
void
benk_stocktake_list_places_async (BenkStocktake *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_read_async (self->session, self, list_places, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_stocktake_list_places_finish:
 * @self: the counts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkPlace): the places of our own by name, or
 *   %NULL with @error set
 */
GPtrArray *
benk_stocktake_list_places_finish (BenkStocktake *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* --- beginning and ending --- */

/* Returns: (transfer full): the count that goes on, or NULL with @error set */
BenkCount *
benk_stocktake_require_open (BenkDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkCount *count = benk_table_stocktake_get_open (db, &local);

  if (count == NULL && local == NULL)
    g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("No count is going on."));
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return count;
}

static gboolean
check_none_open (BenkDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkCount) open = benk_table_stocktake_get_open (db, &local);

  if (open != NULL)
    g_set_error (&local, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A count is going on already: %s. Go on with it, or end it first."),
                 benk_count_get_title (open));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
do_start (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  const char *name = data;
  g_autoptr (GError) local = NULL;
  BenkId place = BENK_ID_NIL;
  BenkId id;

  if (!check_none_open (db, error))
    return FALSE;
  if (name != NULL && !benk_table_place_find (db, name, &place, &local))
    {
      if (local == NULL)
        g_set_error (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                     _ ("There is no place called “%s”."), name);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!benk_table_stocktake_insert (db, &place, &id, error))
    return FALSE;
  benk_scope_set_subject (scope, &id);

  return TRUE;
}

/**
 * benk_stocktake_start_async:
 * @self: the counts
 * @place: (nullable): the place to count, by name; %NULL for every place of our own
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is begun or refused
 * @user_data: for @callback
 *
 * Begins a count. What it expects is what the list has there now.
 */
void
benk_stocktake_start_async (BenkStocktake *self,
                            const char *place,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_change_async (self->session, self, BENK_VERB_STOCKTAKE, NULL, do_start,
                             g_strdup (place), g_free, cancellable, callback, user_data);
}

static gboolean
end (BenkDb *db, BenkScope *scope, gboolean dropped, GError **error)
{
  g_autoptr (BenkCount) count = benk_stocktake_require_open (db, error);

  if (count == NULL)
    return FALSE;
  benk_scope_set_subject (scope, &count->id);

  return benk_table_stocktake_end (db, &count->id, dropped, error);
}

static gboolean
do_end (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  return end (db, scope, FALSE, error);
}

static gboolean
do_drop (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  return end (db, scope, TRUE, error);
}

/**
 * benk_stocktake_end_async:
 * @self: the counts
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Ends the count that goes on; its result is kept.
 */
void
benk_stocktake_end_async (BenkStocktake *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_change_async (self->session, self, BENK_VERB_STOCKTAKE, NULL, do_end, NULL,
                             NULL, cancellable, callback, user_data);
}

/**
 * benk_stocktake_drop_async:
 * @self: the counts
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Ends the count that goes on without a result. What was fixed stays fixed.
 */
void
benk_stocktake_drop_async (BenkStocktake *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  benk_session_change_async (self->session, self, BENK_VERB_STOCKTAKE, NULL, do_drop,
                             NULL, NULL, cancellable, callback, user_data);
}

/**
 * benk_stocktake_change_finish:
 * @self: the counts
 * @result: what the callback of a change was given
 * @seq: (out) (optional): the row of the change log
 * @error: return location for an error
 *
 * Returns: %TRUE if it is kept
 */
gboolean
benk_stocktake_change_finish (BenkStocktake *self,
                              GAsyncResult *result,
                              gint64 *seq,
                              GError **error)
{
  g_autoptr (GError) local = NULL;

  benk_session_change_finish (self, result, seq, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
