/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-dialog.h"

#include <glib/gi18n.h>

#include "benk-import.h"

struct _BenkImportDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkImport *import;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
  gint64 seq;

  GtkStack *stack;
  GtkWidget *choose_button;
  GtkLabel *problem;
  GtkLabel *name;
  GtkLabel *counts;
  GtkLabel *format;
  GtkLabel *columns;
  GtkLabel *none_to_see;
  GtkListView *rows;
  GtkWidget *cancel_button;
  GtkWidget *import_button;
  AdwStatusPage *done_page;
  GtkWidget *undo_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (BenkImportDialog, benk_import_dialog, ADW_TYPE_WINDOW)

static void
show_problem (BenkImportDialog *self, const char *sentence)
{
  gtk_label_set_text (self->problem, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static gboolean
needs_eyes (BenkImportRow *row)
{
  BenkImportVerdict verdict = benk_import_row_get_verdict (row);

  return verdict == BENK_IMPORT_WRONG || verdict == BENK_IMPORT_CHANGED;
}

/* Wrong rows first: they are what a person came for. */
static void
show_rows (BenkImportDialog *self)
{
  GListModel *all = benk_import_get_rows (self->import);
  GListStore *shown = g_list_store_new (BENK_TYPE_IMPORT_ROW);
  GtkNoSelection *selection = NULL;
  guint n_wrong = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (all, i);

      if (benk_import_row_get_verdict (row) == BENK_IMPORT_WRONG)
        g_list_store_insert (shown, n_wrong++, row);
      else if (needs_eyes (row))
        g_list_store_append (shown, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->none_to_see),
                          g_list_model_get_n_items (G_LIST_MODEL (shown)) == 0);
  selection = gtk_no_selection_new (G_LIST_MODEL (shown));
  gtk_list_view_set_model (self->rows, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static GtkWidget *
append_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (append_label (box), "heading");
  append_label (box);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  BenkImportRow *row = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *why = gtk_widget_get_next_sibling (title);
  gboolean wrong = benk_import_row_get_verdict (row) == BENK_IMPORT_WRONG;
  const char *label = benk_import_row_get_label (row);
  const char *reason = benk_import_row_get_reason (row);
  g_autofree char *text =
    g_strdup_printf (wrong ? _ ("Line %u · left out · %s") : _ ("Line %u · changes · %s"),
                     benk_import_row_get_line (row), label ? label : "");

  gtk_label_set_text (GTK_LABEL (title), text);
  gtk_label_set_text (GTK_LABEL (why), reason ? reason : "");
}

static void
show_preview (BenkImportDialog *self)
{
  guint n_new = benk_import_count (self->import, BENK_IMPORT_NEW);
  guint n_changed = benk_import_count (self->import, BENK_IMPORT_CHANGED);
  g_autofree char *counts =
    g_strdup_printf (_ ("%d new · %d changed · %d the same · %d need a look"),
                     (int) n_new, (int) n_changed,
                     (int) benk_import_count (self->import, BENK_IMPORT_SAME),
                     (int) benk_import_count (self->import, BENK_IMPORT_WRONG));
  guint n_blank = benk_import_count (self->import, BENK_IMPORT_BLANK);
  g_autofree char *blank =
    g_strdup_printf (ngettext ("%u blank row", "%u blank rows", n_blank), n_blank);
  g_autofree char *format =
    g_strdup_printf (_ ("Read as %s · %s"), benk_import_get_format (self->import), blank);
  g_auto (GStrv) columns = benk_import_get_columns (self->import);
  g_autofree char *lines = g_strjoinv (" · ", columns);

  gtk_label_set_text (self->name, benk_import_get_name (self->import));
  gtk_label_set_text (self->counts, counts);
  gtk_label_set_text (self->format, format);
  gtk_label_set_text (self->columns, lines);
  show_rows (self);
  gtk_widget_set_visible (self->import_button, TRUE);
  gtk_widget_set_sensitive (self->import_button,
                            n_new + n_changed > 0 &&
                              benk_session_get_staff (self->session));
  gtk_stack_set_visible_child_name (self->stack, "preview");
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->import_button)
                           ? self->import_button
                           : self->cancel_button);
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = benk_import_preview_finish (result, &error);

  if (!self->session)
    return;
  if (!import)
    {
      show_problem (self, error->message);
      gtk_stack_set_visible_child_name (self->stack, "choose");
      return;
    }
  g_set_object (&self->import, import);
  show_preview (self);
}

static void
on_chosen (BenkImportDialog *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file)
    benk_import_dialog_read (self, file);
}

static void
on_choose_clicked (BenkImportDialog *self)
{
  GtkFileFilter *lists = gtk_file_filter_new ();
  GtkFileFilter *all = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (_ ("Import List"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_file_filter_set_name (lists, _ ("Lists (CSV, text)"));
  gtk_file_filter_add_pattern (lists, "*.csv");
  gtk_file_filter_add_pattern (lists, "*.CSV");
  gtk_file_filter_add_pattern (lists, "*.txt");
  gtk_file_filter_add_pattern (lists, "*.tsv");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), lists);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_object_unref (lists);
  g_object_unref (all);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
on_dropped (BenkImportDialog *self, const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (!file)
    return FALSE;
  benk_import_dialog_read (self, file);
  return TRUE;
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_written = benk_import_count (BENK_IMPORT (source), BENK_IMPORT_NEW) +
                    benk_import_count (BENK_IMPORT (source), BENK_IMPORT_CHANGED);
  g_autofree char *title = NULL;

  if (!benk_import_apply_finish (BENK_IMPORT (source), result, &self->seq, &error))
    {
      if (!self->session)
        return;
      show_problem (self, error->message);
      gtk_stack_set_visible_child_name (self->stack, "choose");
      return;
    }
  title = g_strdup_printf (ngettext ("%u device is imported", "%u devices are imported",
                                     n_written),
                           n_written);
  adw_status_page_set_title (self->done_page, title);
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->undo_button, self->seq > 0);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (self->done_button);
}

static void
on_import_clicked (BenkImportDialog *self)
{
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  benk_import_apply_async (self->import, NULL, on_applied, g_object_ref (self));
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    benk_session_undo_finish (BENK_SESSION (source), result, NULL, &error);

  gtk_widget_set_visible (self->undo_button, sentence == NULL);
  adw_status_page_set_title (self->done_page,
                             sentence ? _ ("The import is taken back") : _ ("Not Done"));
  adw_status_page_set_description (self->done_page, sentence ? sentence : error->message);
}

static void
on_undo_clicked (BenkImportDialog *self)
{
  benk_session_undo_async (self->session, self->seq, NULL, on_undone,
                           g_object_ref (self));
}

static void
benk_import_dialog_dispose (GObject *object)
{
  BenkImportDialog *self = BENK_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->import);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_import_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, name);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, none_to_see);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, choose_button);
}

static void
benk_import_dialog_class_init (BenkImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_import_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_import_dialog_init (BenkImportDialog *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * benk_import_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window that reads a list of devices, shows what it would
 * change, and imports it when a person says so
 */
GtkWidget *
benk_import_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkImportDialog *self =
    g_object_new (BENK_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  gtk_widget_grab_focus (self->choose_button);
  return GTK_WIDGET (self);
}

/**
 * benk_import_dialog_read:
 * @self: a dialog
 * @file: a list
 *
 * Reads @file and shows the preview, or why it cannot be read.
 */
void
benk_import_dialog_read (BenkImportDialog *self, GFile *file)
{
  g_return_if_fail (BENK_IS_IMPORT_DIALOG (self));
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  show_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  benk_import_preview_async (benk_session_get_inventory (self->session), file,
                             self->reading, on_preview, g_object_ref (self));
}
