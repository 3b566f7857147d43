/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-listed-devices.h"

#include "benk-inventory.h"

/* A new answer is a new list: what was selected, and where the list stood, is found again
 * by ids. */
struct _BenkListedDevices
{
  GObject parent_instance;

  GtkColumnView *view; /* weak */
  GListModel *devices;
  GtkSliceListModel *shown; /* the first of them: all, but right after an answer */
  GtkMultiSelection *selection;
  BenkId current;
  guint grow_tick;
  int grow_frames;

  /* The device on top, and how much of it was out of sight. */
  BenkId top;
  double top_offset;
  gboolean restoring;
  guint restore_tick;
  int restore_frames;
};

/* A view makes some 200 rows, five cells each, before it paints the first of them. So it
 * is given what can be seen, and the rest over the frames that follow. */
#define FIRST_ROWS 40
#define LEAST_ROW_HEIGHT 20
#define MORE_ROWS 48
#define ROWS_MADE 240

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkListedDevices, benk_listed_devices, G_TYPE_OBJECT)

static GtkAdjustment *
get_adjustment (BenkListedDevices *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
}

static GtkBitset *
get_selected (BenkListedDevices *self)
{
  return gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
}

static void
on_selected (BenkListedDevices *self)
{
  g_autoptr (GtkBitset) selected = get_selected (self);
  guint n = (guint) gtk_bitset_get_size (selected);
  const BenkId *id = NULL;

  if (n == 1)
    id = benk_inventory_result_get_id (self->devices, gtk_bitset_get_nth (selected, 0));
  if (id)
    self->current = *id;
  g_signal_emit (self, signals[SELECTED], 0, n);
}

/* Of several that were selected, some are no longer listed. */
static void
tell_fewer (BenkListedDevices *self, guint n_before)
{
  g_autoptr (GtkBitset) selected = get_selected (self);

  if (n_before > 1 && gtk_bitset_get_size (selected) < n_before)
    on_selected (self);
}

/* The ids of what is selected, so that it is selected again where it still is. */
static GHashTable *
remember_selected (BenkListedDevices *self)
{
  g_autoptr (GtkBitset) selected = self->selection ? get_selected (self) : NULL;
  GHashTable *ids = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, NULL);
  GtkBitsetIter iter;
  guint position;

  if (!selected || !gtk_bitset_iter_init_first (&iter, selected, &position))
    return ids;
  do
    {
      const BenkId *id = benk_inventory_result_get_id (self->devices, position);

      if (id)
        g_hash_table_add (ids, g_memdup2 (id, sizeof *id));
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return ids;
}

static void
show_all (BenkListedDevices *self)
{
  if (self->grow_tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->grow_tick);
  self->grow_tick = 0;
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
}

static gboolean
grow (GtkWidget *view, GdkFrameClock *frame_clock, gpointer user_data)
{
  BenkListedDevices *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->shown) + MORE_ROWS;

  /* The first frame is that of the first rows. */
  if (++self->grow_frames < 2)
    return G_SOURCE_CONTINUE;
  if (size < ROWS_MADE && size < g_list_model_get_n_items (self->devices))
    {
      gtk_slice_list_model_set_size (self->shown, size);
      return G_SOURCE_CONTINUE;
    }
  self->grow_tick = 0;
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

/* Those that can be seen at once. */
static guint
count_first (BenkListedDevices *self)
{
  double height = gtk_adjustment_get_page_size (get_adjustment (self));

  return MAX (FIRST_ROWS, (guint) (height / LEAST_ROW_HEIGHT) + 4);
}

static void
select_again (BenkListedDevices *self, GHashTable *ids)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  guint n = g_list_model_get_n_items (self->devices);
  guint current = benk_inventory_result_find (self->devices, &self->current);

  if (g_hash_table_size (ids) > 1)
    for (guint i = 0; i < n; i++)
      if (g_hash_table_contains (ids, benk_inventory_result_get_id (self->devices, i)))
        gtk_bitset_add (selected, i);
  if (gtk_bitset_is_empty (selected) && current != G_MAXUINT)
    gtk_bitset_add (selected, current);
  if (gtk_bitset_is_empty (selected))
    return;
  show_all (self);
  mask = gtk_bitset_new_range (0, n);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected,
                                     mask);
}

static double
get_row_height (BenkListedDevices *self)
{
  guint n_items =
    self->selection ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  return n_items > 0 ? gtk_adjustment_get_upper (get_adjustment (self)) / n_items : 0;
}

static void
remember_top (BenkListedDevices *self)
{
  double value = gtk_adjustment_get_value (get_adjustment (self));
  double height = get_row_height (self);
  const BenkId *id;

  /* A restoring that has not happened yet knows better. */
  if (self->restoring)
    return;
  self->top = BENK_ID_NIL;
  if (height < 1 || value < 1)
    return;
  id = benk_inventory_result_get_id (self->devices, (guint) (value / height));
  if (!id)
    return;
  self->top = *id;
  self->top_offset = value - height * (guint) (value / height);
}

/* The new rows have a height when the list has been laid out once. */
static gboolean
restore_top (GtkWidget *view, GdkFrameClock *frame_clock, gpointer user_data)
{
  BenkListedDevices *self = user_data;
  guint position;

  if (++self->restore_frames < 2)
    return G_SOURCE_CONTINUE;
  self->restore_tick = 0;
  self->restoring = FALSE;
  position = benk_inventory_result_find (self->devices, &self->top);
  if (position != G_MAXUINT)
    gtk_adjustment_set_value (get_adjustment (self),
                              position * get_row_height (self) + self->top_offset);
  return G_SOURCE_REMOVE;
}

/* What nobody sees is not laid out: it waits until somebody does. */
static void
restore_soon (BenkListedDevices *self)
{
  if (!self->restoring || self->restore_tick > 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return;
  self->restore_tick =
    gtk_widget_add_tick_callback (GTK_WIDGET (self->view), restore_top, self, NULL);
}

static void
stop_restoring (BenkListedDevices *self)
{
  if (self->view && self->restore_tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->restore_tick);
  self->restore_tick = 0;
  self->restore_frames = 0;
}

static void
benk_listed_devices_dispose (GObject *object)
{
  BenkListedDevices *self = BENK_LISTED_DEVICES (object);

  stop_restoring (self);
  if (self->view && self->grow_tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->grow_tick);
  self->grow_tick = 0;
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->devices);
  G_OBJECT_CLASS (benk_listed_devices_parent_class)->dispose (object);
}

static void
benk_listed_devices_class_init (BenkListedDevicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_listed_devices_dispose;

  /**
   * BenkListedDevices::selected:
   * @self: the list
   * @n: how many are selected now
   *
   * Others are selected; with one, it is the current one.
   */
  signals[SELECTED] =
    g_signal_new ("selected", BENK_TYPE_LISTED_DEVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
benk_listed_devices_init (BenkListedDevices *self)
{
}

/**
 * benk_listed_devices_new:
 * @view: the view of devices, with its columns
 *
 * Returns: (transfer full): what @view lists; nothing yet
 */
BenkListedDevices *
benk_listed_devices_new (GtkColumnView *view)
{
  BenkListedDevices *self = g_object_new (BENK_TYPE_LISTED_DEVICES, NULL);

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (view, "map", G_CALLBACK (restore_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (stop_restoring), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_listed_devices_show:
 * @self: the list
 * @devices: a result of #BenkInventory
 *
 * Lists @devices; who was selected stays selected where it still is.
 */
void
benk_listed_devices_show (BenkListedDevices *self, GListModel *devices)
{
  g_autoptr (GHashTable) selected = remember_selected (self);

  remember_top (self);
  g_set_object (&self->devices, devices);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  self->shown = gtk_slice_list_model_new (g_object_ref (devices), 0, count_first (self));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  self->grow_frames = self->restore_frames = 0;
  if (self->grow_tick == 0)
    self->grow_tick =
      gtk_widget_add_tick_callback (GTK_WIDGET (self->view), grow, self, NULL);
  if (!benk_id_is_nil (&self->top))
    show_all (self);
  select_again (self, selected);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  self->restore_frames = 0;
  self->restoring = !benk_id_is_nil (&self->top);
  restore_soon (self);
  tell_fewer (self, g_hash_table_size (selected));
}

/**
 * benk_listed_devices_get_result:
 * @selection: the model of a view whose devices are listed here
 *
 * Returns: (transfer none): the result of #BenkInventory that it shows, maybe not all of
 *   it yet; positions are the same
 */
GListModel *
benk_listed_devices_get_result (GtkSelectionModel *selection)
{
  GListModel *shown = gtk_multi_selection_get_model (GTK_MULTI_SELECTION (selection));

  return gtk_slice_list_model_get_model (GTK_SLICE_LIST_MODEL (shown));
}

/**
 * benk_listed_devices_get_current:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): who was selected alone last, listed now or not
 */
const BenkId *
benk_listed_devices_get_current (BenkListedDevices *self)
{
  return benk_id_is_nil (&self->current) ? NULL : &self->current;
}

/** benk_listed_devices_holds_current: Returns: whether the current one is listed now */
gboolean
benk_listed_devices_holds_current (BenkListedDevices *self)
{
  return self->devices &&
         benk_inventory_result_find (self->devices, &self->current) != G_MAXUINT;
}

/**
 * benk_listed_devices_set_current:
 * @self: the list
 * @id: a device
 *
 * Selects only @id, now or as soon as it is listed.
 */
void
benk_listed_devices_set_current (BenkListedDevices *self, const BenkId *id)
{
  guint position;

  self->current = *id;
  if (!self->selection)
    return;
  position = benk_inventory_result_find (self->devices, id);
  show_all (self);
  if (position == G_MAXUINT)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position,
                                     TRUE);
}

/* A list that was just shown has no rows yet. The view itself would go to the heads of
 * its columns. */
static gboolean
focus_first (GtkWidget *view, GdkFrameClock *frame_clock, gpointer unused)
{
  GtkWidget *rows = gtk_widget_get_last_child (view);

  if (!gtk_widget_get_first_child (rows))
    return G_SOURCE_CONTINUE;
  gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/**
 * benk_listed_devices_focus:
 * @self: the list
 *
 * Goes to the first one with the keyboard, so that the arrows go on from there.
 *
 * Returns: %FALSE if nothing is listed
 */
gboolean
benk_listed_devices_focus (BenkListedDevices *self)
{
  if (!self->selection || g_list_model_get_n_items (self->devices) == 0)
    return FALSE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->view), focus_first, NULL, NULL);
  return TRUE;
}
