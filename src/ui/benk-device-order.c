/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-order.h"

#include <glib/gi18n.h>

#include "benk-device-columns.h"
#include "benk-settings.h"

#define EVERY_MODEL ""

struct _BenkDeviceOrder
{
  GObject parent_instance;

  BenkInventory *inventory;
  GtkColumnView *view; /* owns this */
  GtkSorter *sorter;
  GSimpleActionGroup *actions;
  GSettings *settings;

  BenkDeviceSort sort;
  gboolean descending;
  char *model;

  /* What the head of a column that was clicked stands for, while it is asked. */
  int asked;
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkDeviceOrder, benk_device_order, G_TYPE_OBJECT)

typedef struct
{
  BenkDeviceOrder *order;
  BenkDeviceSort sort;
} Head;

/* Nothing is sorted here; the view only asks the sorter of the head that was chosen. */
static int
answer_for_head (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Head *head = user_data;

  head->order->asked = (int) head->sort;
  return -1;
}

static GAction *
get_action (BenkDeviceOrder *self, const char *name)
{
  return g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
}

static void
keep (BenkDeviceOrder *self)
{
  if (!self->settings)
    return;
  g_settings_set_string (self->settings, "devices-sort",
                         benk_device_sort_to_name (self->sort));
  g_settings_set_boolean (self->settings, "devices-descending", self->descending);
}

static void
show_in_heads (BenkDeviceOrder *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkColumnViewColumn *shown = NULL;

  self->setting = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (benk_device_columns_get_sort (i) == self->sort)
        shown = column;
    }
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (shown)
    gtk_column_view_sort_by_column (self->view, shown,
                                    self->descending ? GTK_SORT_DESCENDING
                                                     : GTK_SORT_ASCENDING);
  self->setting = FALSE;
}

static void
set_order (BenkDeviceOrder *self, BenkDeviceSort sort, gboolean descending)
{
  if (self->sort == sort && self->descending == descending)
    return;
  self->sort = sort;
  self->descending = descending;
  g_simple_action_set_state (G_SIMPLE_ACTION (get_action (self, "sort")),
                             g_variant_new_string (benk_device_sort_to_name (sort)));
  g_simple_action_set_state (G_SIMPLE_ACTION (get_action (self, "descending")),
                             g_variant_new_boolean (descending));
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Which head was clicked, and which way it points, shows in what the view's sorter
 * answers: nothing else tells it before GTK 4.10. */
static void
on_heads_changed (BenkDeviceOrder *self)
{
  g_autoptr (BenkDevice) one = NULL;
  g_autoptr (BenkDevice) other = NULL;
  GtkOrdering ordering;

  if (self->setting)
    return;
  one = benk_device_new ();
  other = benk_device_new ();
  self->asked = -1;
  ordering = gtk_sorter_compare (self->sorter, one, other);
  if (self->asked >= 0)
    set_order (self, (BenkDeviceSort) self->asked, ordering == GTK_ORDERING_LARGER);
  else
    set_order (self, BENK_DEVICE_SORT_MODEL, FALSE);
}

static void
on_sort (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  BenkDeviceOrder *self = user_data;
  BenkDeviceSort sort;

  if (!benk_device_sort_from_name (g_variant_get_string (value, NULL), &sort))
    return;
  set_order (self, sort, self->descending);
  show_in_heads (self);
}

static void
on_descending (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  BenkDeviceOrder *self = user_data;

  set_order (self, self->sort, g_variant_get_boolean (value));
  show_in_heads (self);
}

static void
set_model (BenkDeviceOrder *self, const char *model)
{
  if (g_str_equal (self->model, model))
    return;
  g_free (self->model);
  self->model = g_strdup (model);
  g_simple_action_set_state (G_SIMPLE_ACTION (get_action (self, "model")),
                             g_variant_new_string (model));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_model (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  BenkDeviceOrder *self = user_data;

  set_model (self, g_variant_get_string (value, NULL));
  if (self->settings)
    g_settings_set_string (self->settings, "devices-model", self->model);
}

static void
benk_device_order_finalize (GObject *object)
{
  BenkDeviceOrder *self = BENK_DEVICE_ORDER (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->sorter);
  g_clear_object (&self->actions);
  g_clear_object (&self->settings);
  g_clear_object (&self->inventory);
  g_free (self->model);
  G_OBJECT_CLASS (benk_device_order_parent_class)->finalize (object);
}

static void
benk_device_order_class_init (BenkDeviceOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_device_order_finalize;

  /**
   * BenkDeviceOrder::changed:
   * @self: the order
   *
   * The list is to be in another order, or of another model.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_DEVICE_ORDER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_device_order_init (BenkDeviceOrder *self)
{
  const GActionEntry entries[] = {
    { "sort", NULL, "s", "'model'", on_sort, { 0 } },
    { "descending", NULL, NULL, "false", on_descending, { 0 } },
    { "model", NULL, "s", "''", on_model, { 0 } },
  };

  self->model = g_strdup (EVERY_MODEL);
  self->settings = benk_settings_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

static void
load (BenkDeviceOrder *self)
{
  g_autofree char *name =
    self->settings ? g_settings_get_string (self->settings, "devices-sort") : NULL;
  g_autofree char *model =
    self->settings ? g_settings_get_string (self->settings, "devices-model") : NULL;
  BenkDeviceSort sort = BENK_DEVICE_SORT_MODEL;

  benk_device_sort_from_name (name, &sort);
  set_order (self, sort,
             self->settings &&
               g_settings_get_boolean (self->settings, "devices-descending"));
  /* One that is known no more would hide everything. */
  if (model && benk_inventory_get_model_name (self->inventory, model))
    set_model (self, model);
  show_in_heads (self);
}

/**
 * benk_device_order_new:
 * @view: the view of devices, with its columns
 * @inventory: where models come from
 *
 * Returns: (transfer full): the order that was chosen last time
 */
BenkDeviceOrder *
benk_device_order_new (GtkColumnView *view, BenkInventory *inventory)
{
  BenkDeviceOrder *self = g_object_new (BENK_TYPE_DEVICE_ORDER, NULL);
  GListModel *columns = gtk_column_view_get_columns (view);

  g_set_weak_pointer (&self->view, view);
  self->inventory = g_object_ref (inventory);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autoptr (GtkSorter) sorter = NULL;
      Head *head = g_new0 (Head, 1);

      head->order = self;
      head->sort = benk_device_columns_get_sort (i);
      sorter = GTK_SORTER (gtk_custom_sorter_new (answer_for_head, head, g_free));
      gtk_column_view_column_set_sorter (column, sorter);
    }
  self->sorter = g_object_ref (gtk_column_view_get_sorter (view));
  load (self);
  g_signal_connect_object (self->sorter, "changed", G_CALLBACK (on_heads_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_device_order_get_sort:
 * @self: the order
 *
 * Returns: what the list is sorted by
 */
BenkDeviceSort
benk_device_order_get_sort (BenkDeviceOrder *self)
{
  return self->sort;
}

/**
 * benk_device_order_is_descending:
 * @self: the order
 *
 * Returns: whether the last ones come first
 */
gboolean
benk_device_order_is_descending (BenkDeviceOrder *self)
{
  return self->descending;
}

/**
 * benk_device_order_get_model:
 * @self: the order
 *
 * Returns: (transfer none) (nullable): the only model that is listed, or %NULL
 */
const char *
benk_device_order_get_model (BenkDeviceOrder *self)
{
  return *self->model ? self->model : NULL;
}

/**
 * benk_device_order_clear_model:
 * @self: the order
 *
 * Lists every model again.
 */
void
benk_device_order_clear_model (BenkDeviceOrder *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "model",
                                      g_variant_new_string (EVERY_MODEL));
}

/**
 * benk_device_order_show_model:
 * @self: the order
 * @model: the only model to list; "" for every one
 *
 * Lists it for now; what a person has chosen for the next start stays.
 */
void
benk_device_order_show_model (BenkDeviceOrder *self, const char *model)
{
  set_model (self, model);
}

/**
 * benk_device_order_get_actions:
 * @self: the order
 *
 * Returns: (transfer none): the actions of its menus
 */
GActionGroup *
benk_device_order_get_actions (BenkDeviceOrder *self)
{
  return G_ACTION_GROUP (self->actions);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/**
 * benk_device_order_make_sort_menu:
 * @self: the order
 *
 * Returns: (transfer full): a menu of everything to sort by, for actions called "order"
 */
GMenuModel *
benk_device_order_make_sort_menu (BenkDeviceOrder *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) by = g_menu_new ();
  g_autoptr (GMenu) way = g_menu_new ();

  for (guint i = 0; i < BENK_N_DEVICE_SORTS; i++)
    append (by, benk_device_sort_get_label ((BenkDeviceSort) i), "order.sort",
            benk_device_sort_to_name ((BenkDeviceSort) i));
  g_menu_append (way, _ ("Last Ones First"), "order.descending");
  g_menu_append_section (menu, _ ("Sort By"), G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (way));
  return G_MENU_MODEL (menu);
}

/**
 * benk_device_order_make_model_menu:
 * @self: the order
 *
 * Returns: (transfer full): a menu of the models, for actions called "order"
 */
GMenuModel *
benk_device_order_make_model_menu (BenkDeviceOrder *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) every = g_menu_new ();
  g_autoptr (GMenu) each = g_menu_new ();
  GPtrArray *models = benk_inventory_get_models (self->inventory);

  append (every, _ ("All Models"), "order.model", EVERY_MODEL);
  for (guint i = 0; i < models->len; i++)
    append (each, benk_model_get_name (g_ptr_array_index (models, i)), "order.model",
            benk_model_get_id (g_ptr_array_index (models, i)));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (every));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (each));
  return G_MENU_MODEL (menu);
}
