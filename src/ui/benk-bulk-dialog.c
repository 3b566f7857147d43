/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-error.h"
#include "benk-patience.h"
#include "benk-rows.h"
#include "benk-toasts.h"

/* More than this nobody reads; the number says how many there are. */
#define MAX_SHOWN 100

struct _BenkBulkDialog
{
  AdwWindow parent_instance;

  GtkWidget *widget;
  BenkSession *session;
  BenkBulk *bulk;
  char *done;
  GCancellable *cancellable;
  BenkPatience patience;
  GPtrArray *rows;

  GtkStack *stack;
  GtkProgressBar *progress;
  GtkWidget *stop_button;
  GtkLabel *can;
  AdwPreferencesGroup *refused;
  GtkWidget *reason_list;
  GtkWidget *reason_row;
  GtkWidget *go_on_button;
};

G_DEFINE_FINAL_TYPE (BenkBulkDialog, benk_bulk_dialog, ADW_TYPE_WINDOW)

/* What runs from here on shows itself when it takes long. */
static void
start_waiting (BenkBulkDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "running");
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  benk_patience_begin (&self->patience, benk_session_get_clock (self->session),
                       GTK_WINDOW (self), self->stop_button);
}

static void
on_progress (BenkBulkDialog *self)
{
  gtk_progress_bar_set_fraction (self->progress, benk_bulk_get_progress (self->bulk));
}

static void
tell (BenkBulkDialog *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    gtk_widget_activate_action (self->widget, "win.tell-error", "s", error->message);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBulkDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n = benk_bulk_count_ready (self->bulk);
  gint64 seq = 0;

  benk_patience_end (&self->patience);
  if (benk_bulk_apply_finish (self->bulk, result, &seq, &error))
    {
      /* Translators: what was done, then with how many devices. */
      sentence =
        g_strdup_printf (ngettext ("%s: %u device", "%s: %u devices", n), self->done, n);
      if (benk_bulk_can_undo (self->bulk))
        benk_toasts_tell_change (self->widget, sentence, seq);
      else
        gtk_widget_activate_action (self->widget, "win.tell", "s", sentence);
    }
  else
    tell (self, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
apply (BenkBulkDialog *self, const char *reason)
{
  start_waiting (self);
  benk_bulk_apply_async (self->bulk, reason, self->cancellable, on_applied,
                         g_object_ref (self));
}

static void
on_go_on_clicked (BenkBulkDialog *self)
{
  g_autofree char *reason = benk_entry_rows_get_optional (self->reason_row);

  apply (self, benk_bulk_count_owing (self->bulk) > 0 ? reason : NULL);
}

static void
update (BenkBulkDialog *self)
{
  g_autofree char *reason = benk_entry_rows_get_optional (self->reason_row);

  gtk_widget_set_sensitive (self->go_on_button,
                            benk_bulk_count_ready (self->bulk) > 0 &&
                              (benk_bulk_count_owing (self->bulk) == 0 || reason));
}

static void
show_refused (BenkBulkDialog *self)
{
  GListModel *refused = benk_bulk_get_refused (self->bulk);
  guint n = g_list_model_get_n_items (refused);
  g_autofree char *title = g_strdup_printf (ngettext ("%u cannot", "%u cannot", n), n);

  adw_preferences_group_set_title (self->refused, title);
  gtk_widget_set_visible (GTK_WIDGET (self->refused), n > 0);
  for (guint i = 0; i < MIN (n, MAX_SHOWN); i++)
    {
      g_autoptr (BenkBulkRefusal) one = g_list_model_get_item (refused, i);

      benk_rows_add (self->refused, self->rows, benk_bulk_refusal_get_label (one),
                     benk_bulk_refusal_get_reason (one));
    }
  if (n > MAX_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_ ("And %u more"), n - MAX_SHOWN);

      benk_rows_add (self->refused, self->rows, more, NULL);
    }
}

static void
show_preview (BenkBulkDialog *self)
{
  guint n = benk_bulk_count_ready (self->bulk);
  guint n_same = benk_bulk_count_same (self->bulk);
  guint n_owing = benk_bulk_count_owing (self->bulk);
  g_autoptr (GString) can = g_string_new (NULL);
  g_autofree char *go_on =
    g_strdup_printf (ngettext ("Go On With %u", "Go On With %u", n), n);

  g_string_append_printf (can, ngettext ("%u device can.", "%u devices can.", n), n);
  if (n_same > 0)
    g_string_append_printf (
      can, ngettext (" %u is so already.", " %u are so already.", n_same), n_same);
  if (n_owing > 0)
    g_string_append_printf (
      can,
      ngettext (" For %u of them something is put off: it becomes a task with a date.",
                " For %u of them something is put off: it becomes a task with a date.",
                n_owing),
      n_owing);
  gtk_label_set_text (self->can, can->str);
  gtk_button_set_label (GTK_BUTTON (self->go_on_button), go_on);
  gtk_widget_set_visible (self->go_on_button, n > 0);
  gtk_widget_set_visible (self->reason_list, n_owing > 0);
  show_refused (self);
  update (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBulkDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  benk_patience_end (&self->patience);
  if (!benk_bulk_preview_finish (self->bulk, result, &error))
    {
      tell (self, error);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (benk_bulk_count_ready (self->bulk) > 0 && benk_bulk_count_owing (self->bulk) == 0 &&
      g_list_model_get_n_items (benk_bulk_get_refused (self->bulk)) == 0)
    apply (self, NULL);
  else
    show_preview (self);
}

static void
on_stop_clicked (BenkBulkDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
benk_bulk_dialog_close_request (GtkWindow *window)
{
  on_stop_clicked (BENK_BULK_DIALOG (window));
  return GTK_WINDOW_CLASS (benk_bulk_dialog_parent_class)->close_request (window);
}

static void
benk_bulk_dialog_dispose (GObject *object)
{
  BenkBulkDialog *self = BENK_BULK_DIALOG (object);

  benk_patience_end (&self->patience);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->bulk);
  g_clear_object (&self->session);
  g_clear_object (&self->widget);
  g_clear_pointer (&self->done, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_bulk_dialog_parent_class)->dispose (object);
}

static void
benk_bulk_dialog_class_init (BenkBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bulk_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = benk_bulk_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, can);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, refused);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, reason_list);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, BenkBulkDialog, go_on_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_bulk_dialog_init (BenkBulkDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_bulk_dialog_run:
 * @widget: a widget of the main window
 * @session: the open session
 * @bulk: what to do with many devices
 * @done: what is done then, in words: "Moved to Shelf 1"
 *
 * Looks at all of them. Where all can, it is done; else a window says which cannot and
 * why, and offers to go on with the others. What was done is told with a way back.
 */
void
benk_bulk_dialog_run (GtkWidget *widget,
                      BenkSession *session,
                      BenkBulk *bulk,
                      const char *done)
{
  BenkBulkDialog *self =
    g_object_new (BENK_TYPE_BULK_DIALOG, "transient-for", gtk_widget_get_root (widget),
                  "modal", TRUE, "title", done, NULL);

  self->widget = g_object_ref (widget);
  self->session = g_object_ref (session);
  self->bulk = g_object_ref (bulk);
  self->done = g_strdup (done);
  g_signal_connect_object (bulk, "notify::progress", G_CALLBACK (on_progress), self,
                           G_CONNECT_SWAPPED);
  start_waiting (self);
  benk_bulk_preview_async (bulk, self->cancellable, on_previewed, g_object_ref (self));
}
