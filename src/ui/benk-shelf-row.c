/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shelf-row.h"

#include <glib/gi18n.h>

struct _BenkShelfRow
{
  GtkListBoxRow parent_instance;

  BenkShelfReset *shelf;
  BenkShelfItem *item;

  GtkCheckButton *check;
  GtkLabel *title;
  GtkLabel *where;
  GtkProgressBar *progress;
  GtkLabel *sentence;
  GtkWidget *leave_button;
  GtkWidget *checklist_button;
};

G_DEFINE_FINAL_TYPE (BenkShelfRow, benk_shelf_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
describe_place (BenkShelfItem *item)
{
  switch (benk_shelf_item_get_state (item))
    {
    case BENK_SHELF_RUNNING:
      return _ ("under way");
    case BENK_SHELF_ENDED:
      return benk_shelf_item_is_proven (item) ? _ ("reset confirmed")
                                              : _ ("not confirmed");
    case BENK_SHELF_LEFT_OUT:
      return _ ("not reset");
    case BENK_SHELF_WAITING:
      return _ ("plug it in");
    case BENK_SHELF_LISTED:
    default:
      return benk_shelf_item_is_plugged (item) ? _ ("plugged in") : _ ("not plugged in");
    }
}

static char *
describe_title (BenkShelfItem *item)
{
  BenkDevice *card = benk_shelf_item_get_card (item);
  const char *asset = benk_device_get_asset (card);

  return g_strdup_printf ("%s%s%s", benk_device_get_serial (card), asset ? " · " : "",
                          asset ? asset : "");
}

static void
update (BenkShelfRow *self)
{
  BenkShelfState state = benk_shelf_item_get_state (self->item);
  const char *sentence = benk_shelf_item_get_sentence (self->item);
  gboolean over = state == BENK_SHELF_ENDED || state == BENK_SHELF_LEFT_OUT;

  gtk_check_button_set_active (self->check, benk_shelf_item_is_ticked (self->item));
  gtk_widget_set_sensitive (GTK_WIDGET (self->check),
                            !benk_shelf_reset_is_started (self->shelf));
  gtk_label_set_text (self->where, describe_place (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == BENK_SHELF_RUNNING);
  gtk_progress_bar_set_fraction (self->progress,
                                 benk_shelf_item_get_progress (self->item));
  gtk_label_set_text (self->sentence, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence && *sentence);
  gtk_widget_set_visible (self->leave_button, state == BENK_SHELF_WAITING);
  gtk_widget_set_visible (self->checklist_button,
                          over && !benk_shelf_item_is_proven (self->item));
  if (benk_shelf_reset_is_started (self->shelf))
    gtk_widget_set_visible (GTK_WIDGET (self), benk_shelf_item_is_ticked (self->item));
}

static void
on_toggled (BenkShelfRow *self)
{
  benk_shelf_reset_tick (self->shelf, self->item,
                         gtk_check_button_get_active (self->check));
}

static void
on_leave_clicked (BenkShelfRow *self)
{
  benk_shelf_reset_leave_out (self->shelf, self->item);
}

/* It belongs to the window behind, which shows the checklist of this device. */
static void
on_checklist_clicked (BenkShelfRow *self)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWindow *parent = gtk_window_get_transient_for (dialog);

  if (!parent)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.bench-device", "s",
                              benk_shelf_item_get_serial (self->item));
  gtk_window_close (dialog);
}

static void
benk_shelf_row_dispose (GObject *object)
{
  BenkShelfRow *self = BENK_SHELF_ROW (object);

  g_clear_object (&self->item);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (benk_shelf_row_parent_class)->dispose (object);
}

static void
benk_shelf_row_class_init (BenkShelfRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_shelf_row_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-shelf-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, check);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, title);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, where);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, leave_button);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfRow, checklist_button);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_checklist_clicked);
}

static void
benk_shelf_row_init (BenkShelfRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_shelf_row_new:
 * @shelf: the shelf
 * @item: a device of its list
 *
 * Returns: (transfer floating): the device with its tick, its progress and its end
 */
GtkWidget *
benk_shelf_row_new (BenkShelfReset *shelf, BenkShelfItem *item)
{
  BenkShelfRow *self = g_object_new (BENK_TYPE_SHELF_ROW, NULL);
  g_autofree char *title = describe_title (item);

  self->shelf = g_object_ref (shelf);
  self->item = g_object_ref (item);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shelf, "notify::started", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
