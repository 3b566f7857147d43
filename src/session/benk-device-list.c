/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-list.h"

#include "benk-device.h"
#include "benk-session-change.h"
#include "benk-table-device.h"

/* Pages that stay although nobody shows their rows: some screens in each direction. */
#define MAX_PAGES 32

typedef struct
{
  guint number;
  GPtrArray *rows; /* (element-type BenkDevice) */
} Page;

struct _BenkDeviceList
{
  GObject parent_instance;

  BenkSession *session; /* weak */
  GArray *ids;
  GQueue *pages; /* the newest used first */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkDeviceList,
                               benk_device_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->rows);
  g_free (page);
}

static gpointer
read_page (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;

  return benk_table_device_get_many (db, (const BenkId *) (gpointer) ids->data, ids->len,
                                     error);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) rows = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = benk_session_read_finish (source, result, &error);

  if (devices == NULL)
    {
      g_warning ("A part of the list of devices could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < rows->len && i < devices->len; i++)
    if (g_ptr_array_index (devices, i) != NULL)
      benk_session_copy_record (g_ptr_array_index (devices, i),
                                g_ptr_array_index (rows, i));
}

static Page *
add_page (BenkDeviceList *self, guint number)
{
  Page *page = g_new0 (Page, 1);
  guint first = number * BENK_DEVICE_LIST_PAGE;
  guint n = MIN (BENK_DEVICE_LIST_PAGE, self->ids->len - first);

  page->number = number;
  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      BenkDevice *row = benk_device_new ();

      benk_device_set_id (row, &g_array_index (self->ids, BenkId, first + i));
      g_ptr_array_add (page->rows, row);
    }
  g_queue_push_head (self->pages, page);
  if (g_queue_get_length (self->pages) > MAX_PAGES)
    page_free (g_queue_pop_tail (self->pages));

  return page;
}

static void
request_page (BenkDeviceList *self, Page *page)
{
  GArray *ids;

  if (self->session == NULL)
    return;

  ids = g_array_sized_new (FALSE, FALSE, sizeof (BenkId), page->rows->len);
  g_array_append_vals (ids,
                       &g_array_index (self->ids, BenkId,
                                       page->number * BENK_DEVICE_LIST_PAGE),
                       page->rows->len);
  benk_session_read_async (self->session, self, read_page, ids,
                           (GDestroyNotify) g_array_unref,
                           (GDestroyNotify) g_ptr_array_unref, NULL, on_page,
                           g_ptr_array_ref (page->rows));
}

static Page *
find_page (BenkDeviceList *self, guint number)
{
  for (GList *link = self->pages->head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (page->number != number)
        continue;
      g_queue_unlink (self->pages, link);
      g_queue_push_head_link (self->pages, link);
      return page;
    }

  return NULL;
}

static GType
benk_device_list_get_item_type (GListModel *model)
{
  return BENK_TYPE_DEVICE;
}

static guint
benk_device_list_get_n_items (GListModel *model)
{
  return BENK_DEVICE_LIST (model)->ids->len;
}

static gpointer
benk_device_list_get_item (GListModel *model, guint position)
{
  BenkDeviceList *self = BENK_DEVICE_LIST (model);
  Page *page;

  if (position >= self->ids->len)
    return NULL;

  page = find_page (self, position / BENK_DEVICE_LIST_PAGE);
  if (page == NULL)
    {
      page = add_page (self, position / BENK_DEVICE_LIST_PAGE);
      request_page (self, page);
    }

  return g_object_ref (g_ptr_array_index (page->rows, position % BENK_DEVICE_LIST_PAGE));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = benk_device_list_get_item_type;
  iface->get_n_items = benk_device_list_get_n_items;
  iface->get_item = benk_device_list_get_item;
}

static void
benk_device_list_finalize (GObject *object)
{
  BenkDeviceList *self = BENK_DEVICE_LIST (object);

  g_clear_weak_pointer (&self->session);
  g_queue_free_full (self->pages, (GDestroyNotify) page_free);
  g_array_unref (self->ids);
  G_OBJECT_CLASS (benk_device_list_parent_class)->finalize (object);
}

static void
benk_device_list_class_init (BenkDeviceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_device_list_finalize;
}

static void
benk_device_list_init (BenkDeviceList *self)
{
  self->pages = g_queue_new ();
}

static void
fill (BenkDeviceList *self, GPtrArray *devices)
{
  for (guint i = 0; i < devices->len && i < self->ids->len; i++)
    {
      guint number = i / BENK_DEVICE_LIST_PAGE;
      Page *page = find_page (self, number);

      if (page == NULL)
        page = add_page (self, number);
      if (g_ptr_array_index (devices, i) != NULL)
        benk_session_copy_record (g_ptr_array_index (devices, i),
                                  g_ptr_array_index (page->rows,
                                                     i % BENK_DEVICE_LIST_PAGE));
    }
}

/*
 * benk_device_list_new:
 * @ids: (element-type BenkId): the answer of a query
 * @first: (element-type BenkDevice): its first rows, read already; whole pages, or all
 *
 * A list whose get_item never waits: a row object comes at once, its properties when its
 * page of rows is read.
 */
BenkDeviceList *
benk_device_list_new (BenkSession *session, GArray *ids, GPtrArray *first)
{
  BenkDeviceList *self = g_object_new (BENK_TYPE_DEVICE_LIST, NULL);

  self->ids = g_array_ref (ids);
  g_set_weak_pointer (&self->session, session);
  fill (self, first);

  return self;
}

/* benk_device_list_find: the position of @device, or %G_MAXUINT. */
guint
benk_device_list_find (BenkDeviceList *self, const BenkId *device)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (benk_id_equal (&g_array_index (self->ids, BenkId, i), device))
      return i;

  return G_MAXUINT;
}

/* benk_device_list_get_id: who stands at @position, or %NULL. */
const BenkId *
benk_device_list_get_id (BenkDeviceList *self, guint position)
{
  return position < self->ids->len ? &g_array_index (self->ids, BenkId, position) : NULL;
}
