/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-roll-batch-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-batch.h"
#include "benk-entry-rows.h"
#include "benk-scan-desk.h"
#include "benk-sentence.h"
#include "benk-toasts.h"
#include "benk-wording.h"

struct _BenkRollBatchDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;
  gboolean removes;

  GtkLabel *about;
  AdwEntryRow *batch_row;
  AdwEntryRow *packer_row;
  GtkLabel *taken;
  GtkLabel *problem;
  GtkWidget *clear_button;
  GtkWidget *note_button;
};

G_DEFINE_FINAL_TYPE (BenkRollBatchDialog, benk_roll_batch_dialog, ADW_TYPE_WINDOW)

static void
on_changed (BenkRollBatchDialog *self)
{
  g_autofree char *batch = benk_entry_rows_get_text (self->batch_row);

  benk_sentence_show (self->taken, NULL);
  benk_sentence_show (self->problem, NULL);
  gtk_widget_set_sensitive (self->note_button, *batch != '\0');
}

static void
fill (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkRollBatchDialog) self = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *batch = benk_entry_rows_get_text (self->batch_row);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (!benk_alarms_note_batch_finish (BENK_ALARMS (source), result, &seq, &error))
    {
      on_changed (self);
      benk_sentence_show (self->problem, error->message);
      return;
    }
  sentence = self->removes ? g_strdup (_ ("No roll batch is noted any more."))
                           : g_strdup_printf (_ ("Roll batch %s is noted."), batch);
  if (parent)
    benk_toasts_tell_change (GTK_WIDGET (parent), sentence, seq);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
note (BenkRollBatchDialog *self, const char *packer, const char *batch)
{
  self->removes = batch == NULL;
  gtk_widget_set_sensitive (self->note_button, FALSE);
  benk_alarms_note_batch_async (benk_session_get_alarms (self->session),
                                benk_alarm_get_id (self->alarm), packer, batch, NULL,
                                on_noted, g_object_ref (self));
}

/* What was read of a label is seen before it is kept. */
static void
show_taken (BenkRollBatchDialog *self, const BenkRollBatch *roll)
{
  fill (self->batch_row, roll->batch);
  fill (self->packer_row, roll->packer);
  benk_sentence_show (self->problem, NULL);
  benk_sentence_show (self->taken, _ ("Taken from the label: look at it, then note it. "
                                      "Nothing else of the label is kept."));
  gtk_widget_grab_focus (self->note_button);
}

static void
on_scanned (GtkWidget *widget, const BenkScan *scan, const BenkScanTyping *typing)
{
  BenkRollBatchDialog *self = BENK_ROLL_BATCH_DIALOG (widget);
  g_autofree char *packer = benk_entry_rows_get_text (self->packer_row);
  g_auto (BenkRollBatch) roll = { 0 };
  g_autoptr (GError) error = NULL;

  benk_sentence_show (self->taken, NULL);
  if (benk_roll_batch_take_scan (&roll, packer, scan, &error))
    show_taken (self, &roll);
  else
    benk_sentence_show (self->problem, error->message);
}

static void
on_note_clicked (BenkRollBatchDialog *self)
{
  g_autofree char *batch = benk_entry_rows_get_text (self->batch_row);
  g_autofree char *packer = benk_entry_rows_get_text (self->packer_row);
  g_auto (BenkRollBatch) roll = { 0 };
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_read_batch (&roll, packer, batch, &error))
    {
      benk_sentence_show (self->problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->batch_row));
      return;
    }
  if (g_str_equal (roll.batch, batch))
    note (self, packer, batch);
  else
    show_taken (self, &roll);
}

static void
on_clear_clicked (BenkRollBatchDialog *self)
{
  note (self, NULL, NULL);
}

static void
benk_roll_batch_dialog_dispose (GObject *object)
{
  BenkRollBatchDialog *self = BENK_ROLL_BATCH_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (benk_roll_batch_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkRollBatchDialog, child)

static void
benk_roll_batch_dialog_class_init (BenkRollBatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_roll_batch_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-roll-batch-dialog.ui");
  BIND (about);
  BIND (batch_row);
  BIND (packer_row);
  BIND (taken);
  BIND (problem);
  BIND (clear_button);
  BIND (note_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_note_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_roll_batch_dialog_init (BenkRollBatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_roll_batch_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: an alarm about a roll
 *
 * Returns: (transfer none): a window that asks of what batch its roll is
 */
GtkWidget *
benk_roll_batch_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm)
{
  BenkRollBatchDialog *self =
    g_object_new (BENK_TYPE_ROLL_BATCH_DIALOG, "transient-for", parent, NULL);
  const char *device = benk_alarm_get_device_label (alarm);
  g_autofree char *code = benk_wording_alarm (alarm);
  g_autofree char *about =
    g_strdup_printf ("%s · %s", code, device ? device : _ ("Unknown device"));

  self->session = g_object_ref (session);
  self->alarm = g_object_ref (alarm);
  gtk_label_set_text (self->about, about);
  fill (self->batch_row, benk_alarm_get_roll_batch (alarm));
  fill (self->packer_row, benk_alarm_get_roll_packer (alarm));
  gtk_widget_set_visible (self->clear_button, benk_alarm_get_roll_batch (alarm) != NULL);
  on_changed (self);
  benk_scan_take (GTK_WIDGET (self), on_scanned);
  gtk_widget_grab_focus (GTK_WIDGET (self->batch_row));
  return GTK_WIDGET (self);
}
