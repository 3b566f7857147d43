/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-label-dialog.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-labels.h"
#include "benk-sentence.h"

#define POINTS_A_MM (72 / 25.4)
#define PREVIEW_MARGIN 12.0

struct _BenkLabelDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GtkWidget *widget; /* of the main window */
  GArray *devices;
  BenkLabels *labels;
  GFile *file; /* where to write, once chosen */
  GtkPrintOperationAction action;
  char *export_path;
  GtkFileChooserNative *chooser;

  AdwComboRow *format_row;
  GtkSpinButton *start;
  AdwActionRow *start_row;
  AdwActionRow *number_row;
  GtkSwitch *number;
  GtkDrawingArea *preview;
  GtkLabel *count;
  GtkLabel *problem;
  GtkWidget *save_button;
  GtkWidget *print_button;
};

G_DEFINE_FINAL_TYPE (BenkLabelDialog, benk_label_dialog, ADW_TYPE_WINDOW)

static BenkLabelFormat
get_format (BenkLabelDialog *self)
{
  return (BenkLabelFormat) MIN (adw_combo_row_get_selected (self->format_row),
                                BENK_N_LABEL_FORMATS - 1);
}

static guint
get_start (BenkLabelDialog *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->start);
}

static void
set_busy (BenkLabelDialog *self, gboolean busy)
{
  gboolean may =
    !busy && self->labels && self->session && benk_session_get_staff (self->session);

  gtk_widget_set_sensitive (self->save_button, may);
  gtk_widget_set_sensitive (self->print_button, may);
}

/* --- what is shown --- */

static void
draw_preview (
  GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  BenkLabelDialog *self = BENK_LABEL_DIALOG (user_data);
  const BenkLabelSheet *sheet = benk_label_format_get_sheet (get_format (self));
  double page_width = sheet->width * POINTS_A_MM;
  double page_height = sheet->height * POINTS_A_MM;
  double scale = MIN ((width - 2 * PREVIEW_MARGIN) / page_width,
                      (height - 2 * PREVIEW_MARGIN) / page_height);

  cairo_translate (cr, (width - page_width * scale) / 2,
                   (height - page_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  /* Paper is white in the dark, too. */
  cairo_rectangle (cr, 0, 0, page_width, page_height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 0.7);
  cairo_stroke (cr);
  for (guint cell = 0; cell < benk_label_format_get_n_cells (get_format (self)); cell++)
    cairo_rectangle (cr,
                     (sheet->left + cell % sheet->columns * sheet->across) * POINTS_A_MM,
                     (sheet->top + cell / sheet->columns * sheet->label_height) *
                       POINTS_A_MM,
                     sheet->label_width * POINTS_A_MM, sheet->label_height * POINTS_A_MM);
  cairo_set_source_rgb (cr, 0.85, 0.85, 0.85);
  cairo_stroke (cr);
  if (self->labels)
    benk_labels_draw (self->labels, cr, get_format (self), get_start (self), 0);
}

static void
update (BenkLabelDialog *self)
{
  guint n_cells = benk_label_format_get_n_cells (get_format (self));
  guint n_labels = self->labels ? benk_labels_get_n_labels (self->labels) : 0;
  guint n_pages =
    benk_label_format_count_pages (get_format (self), n_labels, get_start (self));
  g_autofree char *labels =
    g_strdup_printf (ngettext ("%u label", "%u labels", n_labels), n_labels);
  g_autofree char *pages =
    g_strdup_printf (ngettext ("%u page", "%u pages", n_pages), n_pages);
  g_autofree char *text = g_strdup_printf ("%s · %s", labels, pages);

  gtk_spin_button_set_range (self->start, 1, n_cells);
  gtk_widget_set_visible (GTK_WIDGET (self->start_row), n_cells > 1);
  gtk_label_set_text (self->count, text);
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

static void
show_labels (BenkLabelDialog *self)
{
  guint n = benk_labels_get_n_without_asset (self->labels);
  g_autofree char *title =
    g_strdup_printf (ngettext ("Give the one without an asset number the next free one",
                               "Give the %u without an asset number the next free ones",
                               n),
                     n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->number_row), title);
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), n > 0);
  update (self);
}

/* --- what is done: numbers first, then paper --- */

static void
close_done (BenkLabelDialog *self, const char *sentence)
{
  gtk_widget_activate_action (self->widget, "win.tell", "s", sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (!benk_labels_write_finish (BENK_LABELS (source), result, NULL, &error))
    {
      benk_sentence_show (self->problem, error->message);
      set_busy (self, FALSE);
      return;
    }
  if (!self->session)
    return;
  n = benk_labels_get_n_labels (self->labels);
  name = g_file_get_basename (self->file);
  text = g_strdup_printf (ngettext ("%u label is written to “%s”.",
                                    "%u labels are written to “%s”.", n),
                          n, name);
  close_done (self, text);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (!benk_labels_change_finish (BENK_LABELS (source), result, NULL, &error))
    {
      benk_sentence_show (self->problem, error->message);
      set_busy (self, FALSE);
      return;
    }
  if (!self->session)
    return;
  n = benk_labels_get_n_labels (self->labels);
  text =
    g_strdup_printf (ngettext ("%u label is printed.", "%u labels are printed.", n), n);
  close_done (self, text);
}

static void
on_draw_page (GtkPrintOperation *print,
              GtkPrintContext *context,
              int page,
              BenkLabelDialog *self)
{
  benk_labels_draw (self->labels, gtk_print_context_get_cairo_context (context),
                    get_format (self), get_start (self), (guint) page);
}

static void
on_print_done (GtkPrintOperation *print,
               GtkPrintOperationResult result,
               BenkLabelDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      benk_labels_mark_async (self->labels, NULL, on_marked, g_object_ref (self));
      return;
    }
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (print, &error);
  benk_sentence_show (self->problem, error ? error->message : NULL);
  set_busy (self, FALSE);
}

static GtkPageSetup *
make_page_setup (BenkLabelDialog *self)
{
  const BenkLabelSheet *sheet = benk_label_format_get_sheet (get_format (self));
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size =
    sheet->columns > 1
      ? gtk_paper_size_new (GTK_PAPER_NAME_A4)
      : gtk_paper_size_new_custom ("dosebenk-roll",
                                   benk_label_format_get_label (get_format (self)),
                                   sheet->width, sheet->height, GTK_UNIT_MM);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_MM);
  gtk_paper_size_free (size);
  return setup;
}

static void
print_now (BenkLabelDialog *self)
{
  g_autoptr (GtkPrintOperation) print = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup (self);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_default_page_setup (print, setup);
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (print, _ ("Labels"));
  gtk_print_operation_set_n_pages (
    print, (int) benk_label_format_count_pages (get_format (self),
                                                benk_labels_get_n_labels (self->labels),
                                                get_start (self)));
  gtk_print_operation_set_allow_async (print, TRUE);
  if (self->export_path)
    gtk_print_operation_set_export_filename (print, self->export_path);
  g_signal_connect_object (print, "draw-page", G_CALLBACK (on_draw_page), self, 0);
  g_signal_connect_object (print, "done", G_CALLBACK (on_print_done), self, 0);
  if (gtk_print_operation_run (print, self->action, GTK_WINDOW (self), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      benk_sentence_show (self->problem, error->message);
      set_busy (self, FALSE);
    }
}

static void
go_on (BenkLabelDialog *self)
{
  if (self->file)
    benk_labels_write_async (self->labels, self->file, get_format (self),
                             get_start (self), NULL, on_written, g_object_ref (self));
  else
    print_now (self);
}

static void
load (BenkLabelDialog *self, GAsyncReadyCallback callback)
{
  benk_labels_load_async (benk_session_get_inventory (self->session),
                          (const BenkId *) (gpointer) self->devices->data,
                          self->devices->len, NULL, callback, g_object_ref (self));
}

static gboolean
take_labels (BenkLabelDialog *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  BenkLabels *labels = benk_labels_load_finish (result, &error);

  if (!labels)
    benk_sentence_show (self->problem, error->message);
  else
    {
      g_clear_object (&self->labels);
      self->labels = labels;
      show_labels (self);
    }
  set_busy (self, FALSE);
  return labels != NULL;
}

static void
on_numbers_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkLabelDialog) self = user_data;

  if (self->session && take_labels (self, result))
    {
      set_busy (self, TRUE);
      go_on (self);
    }
}

static void
on_numbered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_labels_change_finish (BENK_LABELS (source), result, NULL, &error))
    {
      benk_sentence_show (self->problem, error->message);
      set_busy (self, FALSE);
    }
  else if (self->session)
    load (self, on_numbers_loaded);
}

static void
begin (BenkLabelDialog *self)
{
  benk_sentence_show (self->problem, NULL);
  set_busy (self, TRUE);
  if (benk_labels_get_n_without_asset (self->labels) > 0 &&
      gtk_switch_get_active (self->number))
    benk_labels_number_async (self->labels, NULL, on_numbered, g_object_ref (self));
  else
    go_on (self);
}

static void
on_chosen (BenkLabelDialog *self, int response)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  g_clear_object (&self->chooser);
  if (file && self->session)
    benk_label_dialog_save_to (self, file);
}

static void
on_save_clicked (BenkLabelDialog *self)
{
  guint n = benk_labels_get_n_labels (self->labels);
  g_autofree char *name = n == 1
                            ? g_strdup_printf ("%s %s.pdf", _ ("Label"),
                                               benk_labels_get_first_name (self->labels))
                            : g_strdup_printf ("%s.pdf", _ ("Labels"));

  g_strdelimit (name, "/\\:", '-');
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save Labels"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_print_clicked (BenkLabelDialog *self)
{
  benk_label_dialog_print (self, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
}

static void
benk_label_dialog_dispose (GObject *object)
{
  BenkLabelDialog *self = BENK_LABEL_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->labels);
  g_clear_object (&self->session);
  g_clear_object (&self->widget);
  g_clear_object (&self->file);
  g_clear_pointer (&self->devices, g_array_unref);
  g_clear_pointer (&self->export_path, g_free);
  G_OBJECT_CLASS (benk_label_dialog_parent_class)->dispose (object);
}

static void
benk_label_dialog_class_init (BenkLabelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_label_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-label-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, start);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, start_row);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, number_row);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, number);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, count);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BenkLabelDialog, print_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_label_dialog_init (BenkLabelDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    gtk_string_list_append (names,
                            benk_label_format_get_label ((BenkLabelFormat) format));
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (names));
  gtk_drawing_area_set_draw_func (self->preview, draw_preview, self, NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkLabelDialog) self = user_data;

  if (self->session)
    take_labels (self, result);
}

/**
 * benk_label_dialog_new:
 * @widget: a widget of the main window
 * @session: the open session
 * @devices: (array length=n_devices): whose labels
 * @n_devices: how many, at least one
 *
 * Returns: (transfer none): a dialog that shows their labels, and prints or saves them
 */
GtkWidget *
benk_label_dialog_new (GtkWidget *widget,
                       BenkSession *session,
                       const BenkId *devices,
                       guint n_devices)
{
  BenkLabelDialog *self = g_object_new (BENK_TYPE_LABEL_DIALOG, "transient-for",
                                        gtk_widget_get_root (widget), NULL);

  self->session = g_object_ref (session);
  self->widget = g_object_ref (widget);
  self->devices = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (self->devices, devices, n_devices);
  set_busy (self, TRUE);
  update (self);
  load (self, on_loaded);
  return GTK_WIDGET (self);
}

/**
 * benk_label_dialog_save_to:
 * @self: a dialog that shows labels
 * @file: where the PDF goes
 *
 * Saves them as the dialog says, gives numbers first where that is asked for, and closes.
 */
void
benk_label_dialog_save_to (BenkLabelDialog *self, GFile *file)
{
  g_return_if_fail (BENK_IS_LABEL_DIALOG (self) && self->labels);
  g_set_object (&self->file, file);
  begin (self);
}

/**
 * benk_label_dialog_print:
 * @self: a dialog that shows labels
 * @action: %GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, or to a file
 * @export_path: (nullable): that file
 *
 * Prints them. The devices count as labelled when the printing went well.
 */
void
benk_label_dialog_print (BenkLabelDialog *self,
                         GtkPrintOperationAction action,
                         const char *export_path)
{
  g_return_if_fail (BENK_IS_LABEL_DIALOG (self) && self->labels);
  g_clear_object (&self->file);
  self->action = action;
  g_free (self->export_path);
  self->export_path = g_strdup (export_path);
  begin (self);
}
