/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-dialog.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-import-columns.h"
#include "benk-import-said.h"
#include "benk-undo-dialog.h"

/* Work that is over sooner shows no progress. */
#define PATIENCE_US (500 * 1000)

struct _BenkImportDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  gboolean of_alarms;
  BenkImport *import;
  GCancellable *working;
  gint64 busy_since; /* time of the frame clock */
  gboolean applying;
  GtkFileChooserNative *chooser;
  gint64 seq;

  GtkStack *stack;
  AdwStatusPage *choose_page;
  GtkWidget *portal_row;
  GtkEntry *portal_entry;
  GtkWidget *choose_button;
  GtkLabel *problem;
  GtkLabel *name;
  GtkLabel *counts;
  GtkLabel *format;
  GtkProgressBar *progress;
  GtkLabel *columns_name;
  GtkLabel *columns_format;
  GtkLabel *columns_problem;
  BenkImportColumns *columns;
  GtkLabel *preview_problem;
  GtkLabel *none_to_see;
  GtkCheckButton *all_button;
  GtkListView *rows;
  GtkWidget *cancel_button;
  GtkWidget *back_button;
  GtkWidget *next_button;
  GtkWidget *import_button;
  AdwStatusPage *done_page;
  GtkWidget *undo_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (BenkImportDialog, benk_import_dialog, ADW_TYPE_WINDOW)

static void
show_problem (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

/* Each page has its own way on, and none while something is under way. */
static void
show_page (BenkImportDialog *self, const char *page)
{
  gboolean preview = g_str_equal (page, "preview");
  gboolean columns = g_str_equal (page, "columns");

  gtk_widget_set_visible (self->back_button, preview);
  gtk_widget_set_visible (self->next_button, columns);
  gtk_widget_set_visible (self->import_button, preview);
  gtk_widget_set_visible (self->cancel_button, !g_str_equal (page, "done"));
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 columns ? self->next_button : self->import_button);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BenkImportDialog *self = BENK_IMPORT_DIALOG (widget);
  static const char *const words[] = {
    [BENK_IMPORT_READING] = N_ ("Reading the list"),
    [BENK_IMPORT_COMPARING] = N_ ("Comparing the list"),
    [BENK_IMPORT_WRITING] = N_ ("Writing the devices"),
    [BENK_IMPORT_SAVING] = N_ ("Saving the change"),
  };
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double fraction;
  BenkImportPhase phase;

  if (!self->import || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "busy"))
    return G_SOURCE_REMOVE;
  if (self->busy_since == 0)
    self->busy_since = now;
  if (now - self->busy_since < PATIENCE_US)
    return G_SOURCE_CONTINUE;
  phase = benk_import_get_progress (self->import, &fraction);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_progress_bar_set_text (self->progress, _ (words[phase]));
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

/* What is begun now can be stopped until it is done. */
static GCancellable *
begin_work (BenkImportDialog *self)
{
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  self->working = g_cancellable_new ();
  show_problem (self->problem, NULL);
  show_problem (self->preview_problem, NULL);
  self->busy_since = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  show_page (self, "busy");
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
  return self->working;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
show_rows (BenkImportDialog *self)
{
  gboolean all = gtk_check_button_get_active (self->all_button);
  GListModel *rows = all ? benk_import_get_rows (self->import)
                         : benk_import_get_telling_rows (self->import);
  GtkNoSelection *selection = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->none_to_see),
                          g_list_model_get_n_items (rows) == 0);
  selection = gtk_no_selection_new (g_object_ref (rows));
  gtk_list_view_set_model (self->rows, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static void
on_all_toggled (BenkImportDialog *self)
{
  if (self->import)
    show_rows (self);
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
  const char *reason = benk_import_row_get_reason (row);
  g_autofree char *text = benk_import_said_row (row);

  gtk_label_set_text (GTK_LABEL (title), text);
  gtk_label_set_text (GTK_LABEL (why), reason ? reason : "");
  gtk_widget_set_visible (why, reason != NULL);
}

static void
show_preview (BenkImportDialog *self)
{
  g_autofree char *counts = benk_import_said_counts (self->import);
  guint n_blank = benk_import_count (self->import, BENK_IMPORT_BLANK);
  g_autofree char *blank =
    g_strdup_printf (ngettext ("%u blank row", "%u blank rows", n_blank), n_blank);
  g_autofree char *format =
    g_strdup_printf (_ ("Read as %s · %s"), benk_import_get_format (self->import), blank);

  gtk_label_set_text (self->name, benk_import_get_name (self->import));
  gtk_label_set_text (self->counts, counts);
  gtk_label_set_text (self->format, format);
  show_rows (self);
  gtk_widget_set_sensitive (self->import_button,
                            benk_import_said_n_written (self->import) > 0 &&
                              benk_session_get_staff (self->session));
  show_page (self, "preview");
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->import_button)
                           ? self->import_button
                           : self->cancel_button);
}

static void
on_columns_changed (BenkImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  gboolean good = benk_import_check_columns (self->import, &error);

  show_problem (self->columns_problem, good ? NULL : error->message);
  gtk_widget_set_sensitive (self->next_button, good);
}

static void
show_columns (BenkImportDialog *self)
{
  g_autofree char *format =
    g_strdup_printf (_ ("Read as %s"), benk_import_get_format (self->import));

  gtk_label_set_text (self->columns_name, benk_import_get_name (self->import));
  gtk_label_set_text (self->columns_format, format);
  benk_import_columns_show (self->columns, self->import);
  gtk_editable_set_text (GTK_EDITABLE (self->portal_entry),
                         benk_import_get_portal (self->import)
                           ? benk_import_get_portal (self->import)
                           : "");
  on_columns_changed (self);
  show_page (self, "columns");
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->next_button)
                           ? self->next_button
                           : self->cancel_button);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = benk_import_compare_finish (BENK_IMPORT (source), result, &error);

  if (!self->session || BENK_IMPORT (source) != self->import)
    return;
  if (done)
    {
      show_preview (self);
      return;
    }
  show_columns (self);
  if (!is_cancelled (error))
    show_problem (self->columns_problem, error->message);
}

static void
compare (BenkImportDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (self->of_alarms &&
      !benk_import_set_portal (self->import,
                               gtk_editable_get_text (GTK_EDITABLE (self->portal_entry)),
                               &error))
    {
      show_problem (self->columns_problem, error->message);
      return;
    }
  benk_import_compare_async (self->import, begin_work (self), on_compared,
                             g_object_ref (self));
}

/* A list that was read like this before needs nobody to say so again. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = benk_import_read_finish (BENK_IMPORT (source), result, &error);

  if (!self->session || BENK_IMPORT (source) != self->import)
    return;
  if (!done)
    {
      g_clear_object (&self->import);
      show_problem (self->problem, is_cancelled (error) ? NULL : error->message);
      show_page (self, "choose");
      return;
    }
  if (benk_import_is_remembered (self->import) &&
      benk_import_check_columns (self->import, NULL))
    benk_import_compare_async (self->import, begin_work (self), on_compared,
                               g_object_ref (self));
  else
    show_columns (self);
}

static void
on_sheet_chosen (BenkImportDialog *self, const char *sheet)
{
  g_autofree char *name = g_strdup (sheet);

  benk_import_read_async (self->import, name, begin_work (self), on_read,
                          g_object_ref (self));
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
  gtk_file_filter_set_name (lists, _ ("Lists (CSV, Excel)"));
  gtk_file_filter_add_pattern (lists, "*.csv");
  gtk_file_filter_add_pattern (lists, "*.CSV");
  gtk_file_filter_add_pattern (lists, "*.xlsx");
  gtk_file_filter_add_pattern (lists, "*.XLSX");
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
  guint n_written = benk_import_said_n_written (BENK_IMPORT (source));
  g_autofree char *title = NULL;

  gboolean done =
    benk_import_apply_finish (BENK_IMPORT (source), result, &self->seq, &error);

  self->applying = FALSE;
  if (!self->session)
    return;
  if (!done)
    {
      show_preview (self);
      show_problem (self->preview_problem, error->message);
      return;
    }
  title =
    g_strdup_printf (self->of_alarms ? ngettext ("%u row is taken in",
                                                 "%u rows are taken in", n_written)
                                     : ngettext ("%u device is imported",
                                                 "%u devices are imported", n_written),
                     n_written);
  adw_status_page_set_title (self->done_page, title);
  /* What was raised was raised: an alarm is closed, not taken back. */
  gtk_widget_set_visible (self->undo_button, self->seq > 0 && !self->of_alarms);
  show_page (self, "done");
  gtk_widget_grab_focus (self->done_button);
}

static void
on_import_clicked (BenkImportDialog *self)
{
  self->applying = TRUE;
  benk_import_apply_async (self->import, begin_work (self), on_applied,
                           g_object_ref (self));
}

/* While a list is written, this stops the writing; else it closes the window. */
static void
on_cancel_clicked (BenkImportDialog *self)
{
  if (self->applying)
    g_cancellable_cancel (self->working);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    benk_session_undo_finish (BENK_SESSION (source), result, NULL, &error);

  if (!self->session)
    return;
  gtk_widget_set_sensitive (self->undo_button, TRUE);
  if (!sentence)
    {
      benk_undo_dialog_refused (GTK_WINDOW (self), error);
      return;
    }
  gtk_widget_set_visible (self->undo_button, FALSE);
  adw_status_page_set_title (self->done_page, _ ("The import is taken back"));
  adw_status_page_set_description (self->done_page, sentence);
}

static void
on_undo_clicked (BenkImportDialog *self)
{
  gtk_widget_set_sensitive (self->undo_button, FALSE);
  benk_session_undo_async (self->session, self->seq, NULL, on_undone,
                           g_object_ref (self));
}

static void
benk_import_dialog_dispose (GObject *object)
{
  BenkImportDialog *self = BENK_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
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
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, choose_page);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, portal_row);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, portal_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, name);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, columns_name);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, columns_format);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, columns_problem);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, preview_problem);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, all_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, BenkImportDialog, next_button);
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
  g_type_ensure (BENK_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_all_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_columns_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_chosen);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_bind_template_callback (widget_class, show_columns);
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
 * benk_import_dialog_new_alarms:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): the same for a list of alarms that a portal exported
 */
GtkWidget *
benk_import_dialog_new_alarms (GtkWindow *parent, BenkSession *session)
{
  BenkImportDialog *self = BENK_IMPORT_DIALOG (benk_import_dialog_new (parent, session));

  self->of_alarms = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _ ("Import Alarms"));
  adw_status_page_set_title (self->choose_page, _ ("Choose the list of a portal"));
  adw_status_page_set_description (
    self->choose_page,
    _ (
      "What a vendor's portal exported: CSV or Excel (.xlsx), one alarm a row, with a "
      "heading. You see what each row would do before it is done. Nothing is saved until "
      "you choose Import."));
  adw_status_page_set_description (
    self->done_page,
    _ ("The same list may be imported again: what is known stays one alarm. Alarms that "
       "came in cannot be taken back; close what was a mistake. Rows that need a look "
       "were left out."));
  gtk_widget_set_visible (self->portal_row, TRUE);
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
  g_autoptr (BenkImport) import = NULL;

  g_return_if_fail (BENK_IS_IMPORT_DIALOG (self));

  import = self->of_alarms
             ? benk_import_new_alarms (benk_session_get_inventory (self->session), file)
             : benk_import_new (benk_session_get_inventory (self->session), file);
  g_set_object (&self->import, import);
  benk_import_read_async (import, NULL, begin_work (self), on_read, g_object_ref (self));
}
