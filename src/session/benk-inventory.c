/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-private.h"

#include "benk-device-list.h"
#include "benk-models.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-reservation.h"

/* Rows that come with the answer, so that the first screen is whole at once. */
#define FIRST_ROWS (2 * BENK_DEVICE_LIST_PAGE)

struct _BenkInventory
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

G_DEFINE_FINAL_TYPE (BenkInventory, benk_inventory, G_TYPE_OBJECT)

/* A query that another thread may read. */
typedef struct
{
  BenkDeviceFilter filter;
  char *model_id;
  char *search;
  guint n_rows;
} QueryJob;

typedef struct
{
  GArray *ids;
  GPtrArray *first;
} QueryAnswer;

static void
query_job_free (QueryJob *job)
{
  g_free (job->model_id);
  g_free (job->search);
  g_free (job);
}

static void
query_answer_free (QueryAnswer *answer)
{
  g_clear_pointer (&answer->ids, g_array_unref);
  g_clear_pointer (&answer->first, g_ptr_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QueryAnswer, query_answer_free)

/*
 * benk_inventory_make_filter:
 *
 * Returns: the same question in the store's words; its texts are those of @query
 */
BenkDeviceFilter
benk_inventory_make_filter (const BenkDeviceQuery *query)
{
  return (BenkDeviceFilter){
    .states = query->states,
    .reserved = query->reserved,
    .model_id = query->model_id,
    .search = query->search,
    .limit = query->limit,
    .sort = query->sort,
    .descending = query->descending,
  };
}

static QueryJob *
query_job_new (const BenkDeviceQuery *query, guint n_rows)
{
  QueryJob *job = g_new0 (QueryJob, 1);

  job->model_id = g_strdup (query->model_id);
  job->search = g_strdup (query->search);
  job->filter = benk_inventory_make_filter (query);
  job->filter.model_id = job->model_id;
  job->filter.search = job->search;
  job->n_rows = n_rows;

  return job;
}

static gpointer
run_query (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  QueryJob *job = data;
  g_autoptr (QueryAnswer) answer = g_new0 (QueryAnswer, 1);

  answer->ids = benk_table_device_query (db, &job->filter, error);
  if (answer->ids == NULL)
    return NULL;
  answer->first =
    benk_table_device_get_many (db, (const BenkId *) (gpointer) answer->ids->data,
                                MIN (job->n_rows, answer->ids->len), error);
  if (answer->first == NULL)
    return NULL;

  return g_steal_pointer (&answer);
}

static gpointer
run_glance (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QueryAnswer) answer = g_new0 (QueryAnswer, 1);

  answer->ids = benk_table_device_glance (db, BENK_DEVICE_LIST_PAGE, error);
  if (answer->ids == NULL)
    return NULL;
  answer->first =
    benk_table_device_get_many (db, (const BenkId *) (gpointer) answer->ids->data,
                                answer->ids->len, error);

  return answer->first != NULL ? g_steal_pointer (&answer) : NULL;
}

static gpointer
run_count (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree guint *counts = g_new0 (guint, BENK_INVENTORY_N_COUNTS);

  return benk_table_device_count_states (db, counts, error) &&
             benk_table_reservation_count (db, &counts[BENK_INVENTORY_COUNT_RESERVED],
                                           error)
           ? g_steal_pointer (&counts)
           : NULL;
}

static gpointer
run_find (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_inventory_find_text (db, data, error);
}

static void
on_store_changed (BenkInventory *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
benk_inventory_finalize (GObject *object)
{
  BenkInventory *self = BENK_INVENTORY (object);

  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (benk_inventory_parent_class)->finalize (object);
}

static void
benk_inventory_class_init (BenkInventoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_inventory_finalize;

  /**
   * BenkInventory::changed:
   * @self: the inventory
   *
   * A query's answer may be another now; many changes may be one signal.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_INVENTORY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_inventory_init (BenkInventory *self)
{
}

BenkInventory *
benk_inventory_new (BenkSession *session)
{
  BenkInventory *self = g_object_new (BENK_TYPE_INVENTORY, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  /* Rows name their models. */
  g_signal_connect_object (benk_session_get_models (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);

  return self;
}

BenkSession *
benk_inventory_get_session (BenkInventory *self)
{
  return self->session;
}

/**
 * benk_inventory_get_models:
 * @self: the inventory
 *
 * Returns: (transfer none) (element-type BenkModel): the models that are known
 */
GPtrArray *
benk_inventory_get_models (BenkInventory *self)
{
  g_return_val_if_fail (BENK_IS_INVENTORY (self), NULL);
  return benk_models_get_all (benk_session_get_models (self->session));
}

/**
 * benk_inventory_get_model_name:
 * @self: the inventory
 * @model_id: (nullable): a model's id, maybe one that is not known here
 *
 * Returns: (transfer none) (nullable): the model's name; @model_id itself where it has
 *   none
 */
const char *
benk_inventory_get_model_name (BenkInventory *self, const char *model_id)
{
  BenkModel *model;

  g_return_val_if_fail (BENK_IS_INVENTORY (self), NULL);
  model = model_id != NULL ? benk_model_find (benk_inventory_get_models (self), model_id)
                           : NULL;

  return model != NULL ? benk_model_get_name (model) : model_id;
}

/**
 * benk_inventory_get_model_kind:
 * @self: the inventory
 * @model_id: (nullable): a model's id, maybe one that is not known here
 *
 * Returns: what it is; a dispenser where it is not known
 */
BenkModelKind
benk_inventory_get_model_kind (BenkInventory *self, const char *model_id)
{
  BenkModel *model;

  g_return_val_if_fail (BENK_IS_INVENTORY (self), BENK_MODEL_KIND_DISPENSER);
  model = model_id != NULL ? benk_model_find (benk_inventory_get_models (self), model_id)
                           : NULL;

  return model != NULL ? benk_model_get_kind (model) : BENK_MODEL_KIND_DISPENSER;
}

/**
 * benk_inventory_query_async:
 * @self: the inventory
 * @query: which devices; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a list of devices. One that is cancelled before its turn costs nothing.
 */
void
benk_inventory_query_async (BenkInventory *self,
                            const BenkDeviceQuery *query,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (self->session, self, run_query,
                           query_job_new (query, FIRST_ROWS),
                           (GDestroyNotify) query_job_free,
                           (GDestroyNotify) query_answer_free, cancellable, callback,
                           user_data);
}

/**
 * benk_inventory_glance_async:
 * @self: the inventory
 * @callback: called with the answer, for benk_inventory_query_finish()
 * @user_data: for @callback
 *
 * Asks for the first devices in the order of the store, which is mostly the usual one:
 * what can be seen while the whole list is still being read. None when it is read
 * already.
 */
void
benk_inventory_glance_async (BenkInventory *self,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (self->session, self, run_glance, NULL, NULL,
                           (GDestroyNotify) query_answer_free, NULL, callback, user_data);
}

/**
 * benk_inventory_query_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): a list of #BenkDevice that is never changed; its rows fill
 *   when they are first asked for. %NULL with @error set on failure
 */
GListModel *
benk_inventory_query_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  g_autoptr (QueryAnswer) answer = benk_session_read_finish (self, result, error);

  if (answer == NULL)
    return NULL;

  return G_LIST_MODEL (benk_device_list_new (self->session, answer->ids, answer->first));
}

/**
 * benk_inventory_result_find:
 * @result: the answer of a query
 * @device: the device's id
 *
 * Looks for a device without making its row.
 *
 * Returns: its position from 0, or %G_MAXUINT when @result does not hold it
 */
guint
benk_inventory_result_find (GListModel *result, const BenkId *device)
{
  g_return_val_if_fail (BENK_IS_DEVICE_LIST (result), G_MAXUINT);
  return benk_device_list_find (BENK_DEVICE_LIST (result), device);
}

/**
 * benk_inventory_result_get_id:
 * @result: the answer of a query
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the id of the device there
 */
const BenkId *
benk_inventory_result_get_id (GListModel *result, guint position)
{
  g_return_val_if_fail (BENK_IS_DEVICE_LIST (result), NULL);
  return benk_device_list_get_id (BENK_DEVICE_LIST (result), position);
}

/**
 * benk_inventory_read_async:
 * @self: the inventory
 * @query: which devices; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads whole devices, for those who write all of them down.
 */
void
benk_inventory_read_async (BenkInventory *self,
                           const BenkDeviceQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (self->session, self, run_query,
                           query_job_new (query, G_MAXUINT),
                           (GDestroyNotify) query_job_free,
                           (GDestroyNotify) query_answer_free, cancellable, callback,
                           user_data);
}

/**
 * benk_inventory_read_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDevice): the devices in the
 *   order that was asked for, or %NULL with @error set
 */
GPtrArray *
benk_inventory_read_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  g_autoptr (QueryAnswer) answer = benk_session_read_finish (self, result, error);

  return answer != NULL ? g_steal_pointer (&answer->first) : NULL;
}

/**
 * benk_inventory_count_async:
 * @self: the inventory
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts devices by state.
 */
void
benk_inventory_count_async (BenkInventory *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (self->session, self, run_count, NULL, NULL, g_free,
                           cancellable, callback, user_data);
}

/**
 * benk_inventory_count_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (array fixed-size=20): devices in each state of
 *   #BenkDeviceState, then how many are reserved, freed with g_free(); %NULL with @error
 *   set on failure
 */
guint *
benk_inventory_count_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/**
 * benk_inventory_find_async:
 * @self: the inventory
 * @text: a serial, former serial, asset number or IMEI, or what a scanner typed
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks for one device. Blanks, dashes and case of a serial do not matter.
 */
void
benk_inventory_find_async (BenkInventory *self,
                           const char *text,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (self->session, self, run_find, g_strdup (text), g_free,
                           g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_inventory_find_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the device, or %NULL with %BENK_ERROR_NOT_FOUND,
 *   %BENK_ERROR_CONFLICT (there are several) or another error
 */
BenkDevice *
benk_inventory_find_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}
