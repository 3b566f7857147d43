/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-item-private.h"

#include <glib/gi18n.h>

#include "benk-bench-job-private.h"
#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-usb-binding.h"

struct _BenkUsbItems
{
  BenkBench *bench;     /* not owned; the bench owns this */
  BenkSession *session; /* weak */
  GListStore *list;
};

/* Handed to the store's threads. */
typedef struct
{
  guint16 vendor_id;
  guint16 product_id;
  char *serial;
  BenkId device;
} Binding;

static Binding *
binding_new (BenkUsbItem *item)
{
  Binding *self = g_new0 (Binding, 1);

  self->vendor_id = (guint16) benk_usb_item_get_vendor_id (item);
  self->product_id = (guint16) benk_usb_item_get_product_id (item);
  self->serial = g_strdup (benk_usb_item_get_serial (item));
  return self;
}

static void
binding_free (Binding *self)
{
  g_free (self->serial);
  g_free (self);
}

static BenkUsbIdentity
get_identity (const Binding *self)
{
  return (BenkUsbIdentity){ self->vendor_id, self->product_id, self->serial };
}

/* A card, or NULL without an error when there is none. */
static gpointer
find_work (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkUsbIdentity identity = get_identity (data);
  BenkId device;

  if (!benk_table_usb_binding_find (db, &identity, &device, error))
    return NULL;
  return benk_table_device_get (db, &device, error);
}

typedef struct
{
  BenkUsbItem *item;
  gboolean arrived;
} Search;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (BenkUsbItem) item = search->item;
  gboolean arrived = search->arrived;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) card = benk_session_read_finish (source, result, &error);

  g_free (search);
  /* A card that cannot be read now is looked for again with the next change. */
  if (error == NULL)
    {
      benk_usb_item_set_card (item, card);
      if (arrived && card != NULL)
        g_signal_emit_by_name (source, "card-plugged", item);
    }
  benk_bench_end_busy (BENK_BENCH (source));
}

static void
search (BenkUsbItems *self, BenkUsbItem *item, gboolean arrived)
{
  Search *one;

  if (self->session == NULL || benk_usb_item_get_serial (item) == NULL)
    return;
  one = g_new (Search, 1);
  *one = (Search){ g_object_ref (item), arrived };
  benk_bench_begin_busy (self->bench);
  benk_session_read_async (self->session, self->bench, find_work, binding_new (item),
                           (GDestroyNotify) binding_free, g_object_unref, NULL, on_found,
                           one);
}

/** benk_usb_items_new: Returns: (transfer full): nothing plugged in yet */
BenkUsbItems *
benk_usb_items_new (BenkBench *bench, BenkSession *session)
{
  BenkUsbItems *self = g_new0 (BenkUsbItems, 1);

  self->bench = bench;
  g_set_weak_pointer (&self->session, session);
  self->list = g_list_store_new (BENK_TYPE_USB_ITEM);
  return self;
}

/** benk_usb_items_free: @self: (transfer full): of a bench that is put away */
void
benk_usb_items_free (BenkUsbItems *self)
{
  g_clear_weak_pointer (&self->session);
  g_object_unref (self->list);
  g_free (self);
}

GListModel *
benk_usb_items_get_list (BenkUsbItems *self)
{
  return G_LIST_MODEL (self->list);
}

/** benk_usb_items_take: what the bus tells of comings and goings */
void
benk_usb_items_take (BenkUsbItems *self, const BenkBusEvent *event)
{
  g_autoptr (BenkUsbItem) fresh = NULL;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (BenkUsbItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (g_strcmp0 (benk_usb_item_get_bus_path (item), event->bus_path) == 0)
        g_list_store_remove (self->list, i - 1);
    }
  if (event->kind != BENK_BUS_ITEM_ARRIVED)
    return;
  fresh = benk_usb_item_new (event);
  g_list_store_append (self->list, fresh);
  search (self, fresh, TRUE);
}

/** benk_usb_items_look_again: a card or a binding may have been changed by anybody */
void
benk_usb_items_look_again (BenkUsbItems *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (BenkUsbItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      search (self, item, FALSE);
    }
}

static gboolean
bind_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Binding *binding = data;
  BenkUsbIdentity identity = get_identity (binding);
  g_autoptr (BenkDevice) card = NULL;

  if (benk_id_is_nil (&binding->device))
    return benk_table_usb_binding_clear (db, &identity, error);
  card = benk_table_device_get (db, &binding->device, error);
  return card != NULL &&
         benk_table_usb_binding_set (db, &identity, &binding->device,
                                     benk_scope_get_wall_ms (scope),
                                     &benk_scope_get_change (scope)->actor_staff, error);
}

/**
 * benk_bench_bind_async:
 * @self: the bench
 * @item: something that is plugged in
 * @device: the device whose card it is to open, or nil to forget it
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Binds by vendor, product and serial number. Two alike without a serial could not be
 * told apart, so such a one is refused with %BENK_ERROR_UNSUPPORTED. Can be undone.
 */
void
benk_bench_bind_async (BenkBench *self,
                       BenkUsbItem *item,
                       const BenkId *device,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  BenkUsbItems *items = benk_bench_get_items (self);
  Binding *binding;
  const BenkId *subject = device;

  g_return_if_fail (BENK_IS_USB_ITEM (item));

  if (benk_usb_item_get_serial (item) == NULL)
    {
      g_task_report_new_error (self, callback, user_data, benk_session_change_async,
                               BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                               _ ("It tells no serial number, so that it could not be "
                                  "told from another of its kind."));
      return;
    }
  binding = binding_new (item);
  binding->device = *device;
  if (benk_id_is_nil (device) && benk_usb_item_get_card (item) != NULL)
    subject = benk_device_get_id (benk_usb_item_get_card (item));
  benk_session_change_async (items->session, self, BENK_VERB_EDIT, subject, bind_work,
                             binding, (GDestroyNotify) binding_free, cancellable,
                             callback, user_data);
}

/** benk_bench_bind_finish: @seq: (out) (optional): row of the change log. Returns: %FALSE
 * with @error set */
gboolean
benk_bench_bind_finish (BenkBench *self,
                        GAsyncResult *result,
                        gint64 *seq,
                        GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}

/** benk_bench_get_usb_items: Returns: (transfer none): everything on USB but hubs */
GListModel *
benk_bench_get_usb_items (BenkBench *self)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);

  benk_bench_start (self, NULL);
  return benk_usb_items_get_list (benk_bench_get_items (self));
}
