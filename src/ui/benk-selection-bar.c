/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-selection-bar.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-listed-devices.h"

struct _BenkSelectionBar
{
  GtkWidget parent_instance;

  BenkSession *session;
  GtkColumnView *view; /* weak */
  GSimpleActionGroup *actions;

  GtkRevealer *revealer;
  GtkLabel *count;
  GtkWidget *all_button;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (BenkSelectionBar, benk_selection_bar, GTK_TYPE_WIDGET)

/* By their ids, without a row object for those that nobody has seen. */
static GArray *
get_selected (BenkSelectionBar *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  GtkSelectionModel *selection =
    self->view ? gtk_column_view_get_model (self->view) : NULL;
  g_autoptr (GtkBitset) selected =
    selection ? gtk_selection_model_get_selection (selection) : NULL;
  GtkBitsetIter iter;
  guint position;

  if (!selected || !gtk_bitset_iter_init_first (&iter, selected, &position))
    return ids;
  do
    {
      const BenkId *id =
        benk_inventory_result_get_id (benk_listed_devices_get_result (selection),
                                      position);

      if (id)
        g_array_append_vals (ids, id, 1);
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return ids;
}

static void
on_entry (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkSelectionBar *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr (GArray) ids = get_selected (self);

  for (const BenkSelectionEntry *entry = benk_selection_entries; entry->name; entry++)
    if (ids->len > 0 && g_str_equal (entry->name, name))
      entry->start (GTK_WIDGET (self), self->session, ids);
}

static void
on_all (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkSelectionBar *self = user_data;

  gtk_selection_model_select_all (gtk_column_view_get_model (self->view));
}

static void
on_none (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkSelectionBar *self = user_data;

  gtk_selection_model_unselect_all (gtk_column_view_get_model (self->view));
}

static void
add_action (BenkSelectionBar *self, const char *name, GCallback activated)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect (action, "activate", activated, self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
add_entry (BenkSelectionBar *self, const BenkSelectionEntry *entry)
{
  g_autofree char *action = g_strdup_printf ("selection.%s", entry->name);
  GtkWidget *button = gtk_button_new_with_label (_ (entry->label));

  add_action (self, entry->name, G_CALLBACK (on_entry));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

static void
benk_selection_bar_dispose (GObject *object)
{
  BenkSelectionBar *self = BENK_SELECTION_BAR (object);
  GtkWidget *child;

  gtk_widget_insert_action_group (GTK_WIDGET (self), "selection", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->view);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_selection_bar_parent_class)->dispose (object);
}

static void
benk_selection_bar_class_init (BenkSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_selection_bar_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkSelectionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, BenkSelectionBar, count);
  gtk_widget_class_bind_template_child (widget_class, BenkSelectionBar, all_button);
  gtk_widget_class_bind_template_child (widget_class, BenkSelectionBar, buttons);
}

static void
benk_selection_bar_init (BenkSelectionBar *self)
{
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (const BenkSelectionEntry *entry = benk_selection_entries; entry->name; entry++)
    add_entry (self, entry);
  add_action (self, "all", G_CALLBACK (on_all));
  add_action (self, "none", G_CALLBACK (on_none));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "selection",
                                  G_ACTION_GROUP (self->actions));
}

/**
 * benk_selection_bar_set_session:
 * @self: the bar
 * @session: the open session
 *
 * Gives the bar what it works with; once.
 */
void
benk_selection_bar_set_session (BenkSelectionBar *self, BenkSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * benk_selection_bar_set_view:
 * @self: the bar
 * @view: a view of devices whose model is a #GtkMultiSelection
 *
 * Says whose selection the bar is about; once.
 */
void
benk_selection_bar_set_view (BenkSelectionBar *self, GtkColumnView *view)
{
  g_set_weak_pointer (&self->view, view);
}

/**
 * benk_selection_bar_update:
 * @self: the bar
 *
 * Says how many are selected, and of how many.
 */
void
benk_selection_bar_update (BenkSelectionBar *self)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (self->view);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  guint n = (guint) gtk_bitset_get_size (selected);
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (selection));
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  g_autofree char *all = g_strdup_printf (_ ("Select All %u"), n_all);
  gboolean may_write = benk_session_get_staff (self->session) != NULL;

  gtk_revealer_set_reveal_child (self->revealer, n > 1);
  gtk_label_set_text (self->count, count);
  gtk_button_set_label (GTK_BUTTON (self->all_button), all);
  gtk_widget_set_visible (self->all_button, n < n_all);
  for (const BenkSelectionEntry *entry = benk_selection_entries; entry->name; entry++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (
                                   G_ACTION_MAP (self->actions), entry->name)),
                                 n > 1 && may_write);
}
