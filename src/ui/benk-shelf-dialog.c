/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shelf-dialog.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-save-reset.h"
#include "benk-shelf-row.h"

struct _BenkShelfDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkShelfReset *shelf;

  GtkWidget *adding;
  GtkEditable *entry;
  GtkLabel *answer;
  GtkListBox *rows;
  GtkWidget *empty;
  GtkLabel *call;
  GtkLabel *summary;
  GtkWidget *confirming;
  GtkLabel *question;
  GtkEditable *count_entry;
  GtkButton *start_button;
  GtkWidget *save_button;
  GtkWidget *cancel_button;
  GtkWidget *close_button;
};

G_DEFINE_FINAL_TYPE (BenkShelfDialog, benk_shelf_dialog, ADW_TYPE_WINDOW)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

static guint
get_count (BenkShelfDialog *self)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (self->count_entry)));
  guint64 count = 0;

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &count, NULL) ? (guint) count
                                                                           : 0;
}

static void
update_start (BenkShelfDialog *self)
{
  guint n = benk_shelf_reset_get_n_ticked (self->shelf);
  g_autofree char *question = g_strdup_printf (
    ngettext ("Everything in this %u dispenser is wiped: settings, recipients and log. "
              "This cannot be undone. Type %u to go on.",
              "Everything in these %u dispensers is wiped: settings, recipients and log. "
              "This cannot be undone. Type %u to go on.",
              n),
    n, n);
  g_autofree char *label =
    g_strdup_printf (ngettext ("Reset %u Dispenser", "Reset %u Dispensers", n), n);

  set_text (self->question,
            n > 0 ? question : _ ("Tick or scan each dispenser that is to be wiped."));
  gtk_widget_set_visible (GTK_WIDGET (self->count_entry), n > 0);
  gtk_button_set_label (self->start_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start_button),
                            n > 0 && get_count (self) == n);
}

static void
update (BenkShelfDialog *self)
{
  gboolean started = benk_shelf_reset_is_started (self->shelf);
  gboolean running = benk_shelf_reset_is_running (self->shelf);
  g_autofree char *call = benk_shelf_reset_dup_call (self->shelf);
  g_autofree char *summary = benk_shelf_reset_dup_summary (self->shelf);
  g_autoptr (GArray) proven = benk_shelf_reset_list_proven (self->shelf);
  GListModel *items = benk_shelf_reset_get_items (self->shelf);

  gtk_widget_set_visible (self->adding, !started);
  gtk_widget_set_visible (self->confirming, !started);
  gtk_widget_set_visible (self->empty, g_list_model_get_n_items (items) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), g_list_model_get_n_items (items) > 0);
  set_text (self->call, call);
  set_text (self->summary, summary);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->close_button, !running);
  gtk_widget_set_visible (self->save_button, started && !running && proven->len > 0);
  update_start (self);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  BenkShelfDialog *self = user_data;

  return benk_shelf_row_new (self->shelf, item);
}

/* A scan of one that is on the list ticks it; of another adds and ticks it. */
static void
take (BenkShelfDialog *self, BenkDevice *card)
{
  g_autoptr (GError) error = NULL;
  BenkShelfItem *item = benk_shelf_reset_add (self->shelf, card, &error);

  set_text (self->answer, item ? NULL : error->message);
  if (!item)
    return;
  benk_shelf_reset_tick (self->shelf, item, TRUE);
  gtk_editable_set_text (self->entry, "");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkShelfDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) card =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (!self->shelf)
    return;
  if (card)
    take (self, card);
  else
    set_text (self->answer, error->message);
}

static void
on_entry_activated (BenkShelfDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (*text)
    benk_inventory_find_async (benk_session_get_inventory (self->session), text, NULL,
                               on_found, g_object_ref (self));
}

static void
on_start_clicked (BenkShelfDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!benk_shelf_reset_start (self->shelf, get_count (self), &error))
    set_text (self->answer, error->message);
}

static void
on_save_clicked (BenkShelfDialog *self)
{
  g_autoptr (GArray) proven = benk_shelf_reset_list_proven (self->shelf);

  benk_save_reset_ask (GTK_WIDGET (self), self->session,
                       (const BenkId *) (void *) proven->data, proven->len, NULL);
}

static void
on_cancel_clicked (BenkShelfDialog *self)
{
  benk_shelf_reset_cancel (self->shelf);
}

/* Jobs end at the bench, whose cards show them; nothing is waited for any longer. */
static gboolean
benk_shelf_dialog_close_request (GtkWindow *window)
{
  BenkShelfDialog *self = BENK_SHELF_DIALOG (window);

  if (benk_shelf_reset_is_running (self->shelf))
    return TRUE;
  return GTK_WINDOW_CLASS (benk_shelf_dialog_parent_class)->close_request (window);
}

static void
benk_shelf_dialog_dispose (GObject *object)
{
  BenkShelfDialog *self = BENK_SHELF_DIALOG (object);

  if (self->rows)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->shelf);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_shelf_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, adding);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, call);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, confirming);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, question);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, count_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BenkShelfDialog, close_button);
}

static void
benk_shelf_dialog_class_init (BenkShelfDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_shelf_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = benk_shelf_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-shelf-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_start);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_shelf_dialog_init (BenkShelfDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_shelf_dialog_new:
 * @parent: the window that asks
 * @session: the open session
 *
 * Returns: (transfer full): a dialog that resets several dispensers with one confirmation
 */
GtkWidget *
benk_shelf_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkShelfDialog *self =
    g_object_new (BENK_TYPE_SHELF_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  self->shelf = benk_shelf_reset_new (session);
  benk_shelf_reset_add_plugged (self->shelf);
  gtk_list_box_bind_model (self->rows, benk_shelf_reset_get_items (self->shelf),
                           create_row, self, NULL);
  g_signal_connect_object (self->shelf, "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}

/** benk_shelf_dialog_get_shelf: Returns: (transfer none): what it works on */
BenkShelfReset *
benk_shelf_dialog_get_shelf (BenkShelfDialog *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_DIALOG (self), NULL);

  return self->shelf;
}
