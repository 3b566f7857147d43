/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shelf-page.h"

#include <glib/gi18n.h>

#include "benk-count-view.h"
#include "benk-reading-bar.h"
#include "benk-stock-view.h"
#include "benk-stock.h"

struct _BenkShelfPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  GtkWidget *reading_bar;
  GtkWidget *switches;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (BenkShelfPage, benk_shelf_page, GTK_TYPE_WIDGET)

static const struct
{
  const char *name;
  const char *title;
  GtkWidget *(*build) (BenkSession *session);
} views[] = {
  { "list", N_ ("List"), benk_devices_page_new },
  { "stock", N_ ("Stock"), benk_stock_view_new },
  { "count", N_ ("Count"), benk_count_view_new },
};

/* A view is built when it is first shown. */
static void
on_switched (GtkToggleButton *button, BenkShelfPage *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "benk-view");

  if (!gtk_toggle_button_get_active (button) || !self->session)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i].name, name) &&
        !gtk_stack_get_child_by_name (self->stack, name))
      gtk_stack_add_named (self->stack, views[i].build (self->session), name);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_list_action (GtkWidget *widget, const char *action, GVariant *target)
{
  BenkShelfPage *self = BENK_SHELF_PAGE (widget);
  guint32 states;
  const char *model;
  const char *text;

  g_variant_get (target, "(u&s&s)", &states, &model, &text);
  benk_devices_page_show_only (benk_shelf_page_get_list (self), states, model, text);
  benk_shelf_page_show_view (self, "list");
}

static void
benk_shelf_page_dispose (GObject *object)
{
  BenkShelfPage *self = BENK_SHELF_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_shelf_page_parent_class)->dispose (object);
}

static void
benk_shelf_page_class_init (BenkShelfPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_shelf_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "shelf.list", "(uss)", show_list_action);
}

static void
add_switches (BenkShelfPage *self)
{
  GtkToggleButton *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (views[i].title));

      g_object_set_data (G_OBJECT (button), "benk-view", (gpointer) views[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first != NULL ? first : GTK_TOGGLE_BUTTON (button);
      g_signal_connect (button, "toggled", G_CALLBACK (on_switched), self);
      gtk_box_append (GTK_BOX (self->switches), button);
    }
}

static void
benk_shelf_page_init (BenkShelfPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->reading_bar = g_object_new (BENK_TYPE_READING_BAR, NULL);
  gtk_widget_set_parent (self->reading_bar, GTK_WIDGET (self));
  self->switches = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->switches, "linked");
  gtk_widget_set_halign (self->switches, GTK_ALIGN_START);
  gtk_widget_set_margin_start (self->switches, 12);
  gtk_widget_set_margin_top (self->switches, 8);
  gtk_widget_set_parent (self->switches, GTK_WIDGET (self));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  add_switches (self);
}

/**
 * benk_shelf_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page, its list shown
 */
GtkWidget *
benk_shelf_page_new (BenkSession *session)
{
  BenkShelfPage *self = g_object_new (BENK_TYPE_SHELF_PAGE, NULL);

  self->session = g_object_ref (session);
  benk_reading_bar_set_reading (BENK_READING_BAR (self->reading_bar),
                                benk_stock_get_reading (
                                  benk_session_get_stock (session)));
  benk_shelf_page_show_view (self, "list");

  return GTK_WIDGET (self);
}

/**
 * benk_shelf_page_show_view:
 * @self: the page
 * @name: "list", "stock" or "count"
 *
 * Shows one of its views; an unknown name changes nothing.
 *
 * Returns: (transfer none): what is shown
 */
GtkWidget *
benk_shelf_page_show_view (BenkShelfPage *self, const char *name)
{
  g_return_val_if_fail (BENK_IS_SHELF_PAGE (self), NULL);

  for (GtkWidget *button = gtk_widget_get_first_child (self->switches); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_str_equal (g_object_get_data (G_OBJECT (button), "benk-view"), name))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);

  return gtk_stack_get_visible_child (self->stack);
}

/**
 * benk_shelf_page_get_list:
 * @self: the page
 *
 * Returns: (transfer none): the list, shown or not
 */
BenkDevicesPage *
benk_shelf_page_get_list (BenkShelfPage *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_PAGE (self), NULL);

  return BENK_DEVICES_PAGE (gtk_stack_get_child_by_name (self->stack, "list"));
}
