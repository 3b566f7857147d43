/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-list.h"

#include "benk-import.h"

/* Rows that are made once, in whatever thread, and never changed: 100 000 of them put
 * into a list store would hold up the window. */
struct _BenkImportList
{
  GObject parent_instance;

  GPtrArray *rows; /* (element-type BenkImportRow) */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkImportList,
                               benk_import_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
benk_import_list_get_item_type (GListModel *model)
{
  return BENK_TYPE_IMPORT_ROW;
}

static guint
benk_import_list_get_n_items (GListModel *model)
{
  return BENK_IMPORT_LIST (model)->rows->len;
}

static gpointer
benk_import_list_get_item (GListModel *model, guint position)
{
  GPtrArray *rows = BENK_IMPORT_LIST (model)->rows;

  return position < rows->len ? g_object_ref (g_ptr_array_index (rows, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = benk_import_list_get_item_type;
  iface->get_n_items = benk_import_list_get_n_items;
  iface->get_item = benk_import_list_get_item;
}

static void
benk_import_list_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_IMPORT_LIST (object)->rows);
  G_OBJECT_CLASS (benk_import_list_parent_class)->finalize (object);
}

static void
benk_import_list_class_init (BenkImportListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_import_list_finalize;
}

static void
benk_import_list_init (BenkImportList *self)
{
}

/*
 * benk_import_list_new:
 * @rows: (element-type BenkImportRow): not to be changed any more
 *
 * Returns: (transfer full): a list of them
 */
BenkImportList *
benk_import_list_new (GPtrArray *rows)
{
  BenkImportList *self = g_object_new (BENK_TYPE_IMPORT_LIST, NULL);

  self->rows = g_ptr_array_ref (rows);
  return self;
}
