/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-list.h"

#include <string.h>

struct _BenkBenchItem
{
  GObject parent_instance;

  char *cells[BENK_BENCH_N_CELLS];
};

G_DEFINE_FINAL_TYPE (BenkBenchItem, benk_bench_item, G_TYPE_OBJECT)

struct _BenkBenchList
{
  GObject parent_instance;

  GPtrArray *items;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkBenchList,
                               benk_bench_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
benk_bench_item_finalize (GObject *object)
{
  BenkBenchItem *self = BENK_BENCH_ITEM (object);

  for (guint i = 0; i < BENK_BENCH_N_CELLS; i++)
    g_free (self->cells[i]);
  G_OBJECT_CLASS (benk_bench_item_parent_class)->finalize (object);
}

static void
benk_bench_item_class_init (BenkBenchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_bench_item_finalize;
}

static void
benk_bench_item_init (BenkBenchItem *self)
{
}

BenkBenchItem *
benk_bench_item_new (const char *const *cells)
{
  BenkBenchItem *self = g_object_new (BENK_TYPE_BENCH_ITEM, NULL);

  for (guint i = 0; i < BENK_BENCH_N_CELLS; i++)
    self->cells[i] = g_strdup (cells[i]);
  return self;
}

const char *
benk_bench_item_get_cell (BenkBenchItem *self, guint cell)
{
  return self->cells[cell];
}

static GType
benk_bench_list_get_item_type (GListModel *model)
{
  return BENK_TYPE_BENCH_ITEM;
}

static guint
benk_bench_list_get_n_items (GListModel *model)
{
  return BENK_BENCH_LIST (model)->items->len;
}

static gpointer
benk_bench_list_get_item (GListModel *model, guint position)
{
  GPtrArray *items = BENK_BENCH_LIST (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position))
                               : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = benk_bench_list_get_item_type;
  iface->get_n_items = benk_bench_list_get_n_items;
  iface->get_item = benk_bench_list_get_item;
}

static void
benk_bench_list_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_BENCH_LIST (object)->items);
  G_OBJECT_CLASS (benk_bench_list_parent_class)->finalize (object);
}

static void
benk_bench_list_class_init (BenkBenchListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_bench_list_finalize;
}

static void
benk_bench_list_init (BenkBenchList *self)
{
  self->items = g_ptr_array_new ();
}

/* Those of @items that @text is in; they must outlive the list. */
BenkBenchList *
benk_bench_list_new (GPtrArray *items, const char *text)
{
  BenkBenchList *self = g_object_new (BENK_TYPE_BENCH_LIST, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      BenkBenchItem *item = g_ptr_array_index (items, i);

      if (strstr (benk_bench_item_get_cell (item, BENK_BENCH_N_CELLS - 1), text) != NULL)
        g_ptr_array_add (self->items, item);
    }
  return self;
}
