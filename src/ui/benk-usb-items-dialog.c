/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-items-dialog.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-usb-item.h"

struct _BenkUsbItemsDialog
{
  AdwWindow parent_instance;

  BenkSession *session;

  /* NULL once the window is closed. */
  GtkListBox *list;
  GtkLabel *answer;
};

G_DEFINE_FINAL_TYPE (BenkUsbItemsDialog, benk_usb_items_dialog, ADW_TYPE_WINDOW)

/* An item on its way to a card. */
typedef struct
{
  BenkUsbItemsDialog *dialog;
  BenkUsbItem *item;
  gboolean forgets;
} Binding;

static void
binding_free (Binding *self)
{
  g_object_unref (self->dialog);
  g_object_unref (self->item);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Binding, binding_free)

static void
tell (BenkUsbItemsDialog *self, const char *text, gboolean failed)
{
  /* Closed meanwhile. */
  if (!self->answer)
    return;
  gtk_label_set_text (self->answer, text);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), *text != '\0');
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
}

static void
on_bound (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Binding) binding = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_bench_bind_finish (BENK_BENCH (source), result, NULL, &error))
    tell (binding->dialog,
          binding->forgets
            ? _ ("Opens no card any more.")
            : _ ("Kept. It opens its card when it is plugged in; that proves nothing."),
          FALSE);
  else
    tell (binding->dialog, error->message, TRUE);
}

static void
bind_item (Binding *binding, const BenkId *card)
{
  binding->forgets = benk_id_is_nil (card);
  benk_bench_bind_async (benk_session_get_bench (binding->dialog->session), binding->item,
                         card, NULL, on_bound, binding);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Binding) binding = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  /* Closed meanwhile: then nothing is bound. */
  if (!binding->dialog->session)
    return;
  if (device)
    bind_item (g_steal_pointer (&binding), benk_device_get_id (device));
  else
    tell (binding->dialog, error->message, TRUE);
}

static Binding *
binding_new (GtkWidget *row)
{
  Binding *self = g_new0 (Binding, 1);

  self->dialog = g_object_ref (BENK_USB_ITEMS_DIALOG (gtk_widget_get_root (row)));
  self->item = g_object_ref (g_object_get_data (G_OBJECT (row), "item"));
  return self;
}

static void
on_activate (GtkWidget *row, GtkEntry *entry)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autoptr (Binding) binding = binding_new (row);

  if (*text)
    {
      BenkSession *session = binding->dialog->session;

      benk_inventory_find_async (benk_session_get_inventory (session), text, NULL,
                                 on_found, g_steal_pointer (&binding));
    }
}

static void
on_icon_press (GtkWidget *row, GtkEntryIconPosition position, GtkEntry *entry)
{
  on_activate (row, entry);
}

static void
on_forget (GtkWidget *row)
{
  static const BenkId nil = BENK_ID_NIL;

  bind_item (binding_new (row), &nil);
}

/* A name, the numbers of its maker, and its serial: what the binding rests on. */
static char *
describe (BenkUsbItem *item)
{
  const char *label = benk_usb_item_get_label (item);
  const char *serial = benk_usb_item_get_serial (item);
  g_autofree char *numbers =
    g_strdup_printf ("%04x:%04x", benk_usb_item_get_vendor_id (item),
                     benk_usb_item_get_product_id (item));

  return g_strjoin (" · ", label && *label ? label : _ ("USB device"), numbers,
                    serial && *serial ? serial : NULL, NULL);
}

static GtkWidget *
create_bound_row (BenkDevice *card, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Forget"));
  g_autofree char *subtitle =
    g_strdup_printf (_ ("Opens the card of %s"), benk_device_get_serial (card));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_forget), row,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static GtkWidget *
create_free_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *entry = gtk_entry_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Opens no card"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Card: serial or scan"));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY,
                                     "object-select-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY,
                                   _ ("Bind to this card"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Serial, asset number or IMEI of the card"), -1);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate), row,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "icon-press", G_CALLBACK (on_icon_press), row,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), entry);
  return row;
}

static void bind_list (BenkUsbItemsDialog *self);

/* A row that was taken out of the list may live on for a while. */
static void
on_card (GtkWidget *row)
{
  GtkRoot *root = gtk_widget_get_root (row);

  if (root)
    bind_list (BENK_USB_ITEMS_DIALOG (root));
}

static GtkWidget *
create_row (gpointer data, gpointer user_data)
{
  BenkUsbItemsDialog *self = user_data;
  BenkUsbItem *item = data;
  BenkDevice *card = benk_usb_item_get_card (item);
  const char *serial = benk_usb_item_get_serial (item);
  g_autofree char *title = describe (item);
  GtkWidget *row;

  if (card)
    {
      row = create_bound_row (card, title);
    }
  else if (!serial || !*serial)
    {
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (
        ADW_ACTION_ROW (row),
        _ ("It has no serial number of its own, so it cannot be told from another."));
    }
  else
    {
      row = create_free_row (title);
    }
  gtk_widget_set_sensitive (row, benk_session_get_staff (self->session) != NULL);
  g_signal_connect_object (item, "notify::card", G_CALLBACK (on_card), row,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  return row;
}

static void
bind_list (BenkUsbItemsDialog *self)
{
  gtk_list_box_bind_model (self->list,
                           benk_bench_get_usb_items (
                             benk_session_get_bench (self->session)),
                           create_row, self, NULL);
}

static void
benk_usb_items_dialog_dispose (GObject *object)
{
  BenkUsbItemsDialog *self = BENK_USB_ITEMS_DIALOG (object);

  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  self->answer = NULL;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_usb_items_dialog_parent_class)->dispose (object);
}

static void
benk_usb_items_dialog_class_init (BenkUsbItemsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_usb_items_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-usb-items-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkUsbItemsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, BenkUsbItemsDialog, answer);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_usb_items_dialog_init (BenkUsbItemsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_usb_items_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a dialog with whatever is plugged in, where each can be given
 *   the card that it opens
 */
GtkWidget *
benk_usb_items_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkUsbItemsDialog *self = g_object_new (BENK_TYPE_USB_ITEMS_DIALOG, "transient-for",
                                           parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (bind_list), self,
                           G_CONNECT_SWAPPED);
  bind_list (self);
  return GTK_WIDGET (self);
}
