/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-make-ready-dialog.h"

#include <glib/gi18n.h>

struct _BenkMakeReadyDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkBenchDevice *device;
  BenkPlan *file_plan;
  gboolean only_changes;

  GtkLabel *title;
  AdwEntryRow *user_row;
  AdwEntryRow *times_row;
  AdwActionRow *file_row;
  GtkLabel *summary;
  GtkLabel *missing;
  GtkWidget *start_button;
};

G_DEFINE_FINAL_TYPE (BenkMakeReadyDialog, benk_make_ready_dialog, ADW_TYPE_WINDOW)

/* What stands around typed dose times until the editor of settings is there: proposals
 * that are shown before anything is written. */
#define PROPOSED_WINDOW_MIN 60
#define PROPOSED_DELAY_MIN 15
#define PROPOSED_ROLE_DAY "coordinator"
#define PROPOSED_ROLE_EVENING "charge-nurse"

static char *
get_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static gboolean
add_time (BenkPlan *plan, const char *word)
{
  g_auto (GStrv) parts = g_strsplit_set (word, ":.", 2);
  BenkDoseTime dose = { .weekdays = BENK_WEEKDAYS_ALL,
                        .after_min = PROPOSED_WINDOW_MIN,
                        .alarm = TRUE };
  guint64 hour;
  guint64 minute = 0;

  if (!parts[0] || !g_ascii_string_to_unsigned (parts[0], 10, 0, 23, &hour, NULL) ||
      (parts[1] && !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL)))
    return FALSE;
  dose.minute = (guint) (hour * 60 + minute);
  benk_plan_add_dose (plan, &dose);
  return TRUE;
}

/* NULL and a problem in words when what is typed is no list of times. */
static BenkPlan *
make_plan (BenkMakeReadyDialog *self, char **problem)
{
  g_autofree char *text = get_text (self->times_row);
  g_auto (GStrv) words = g_strsplit_set (text, " ,;", -1);
  g_autoptr (BenkPlan) plan = NULL;

  if (self->file_plan)
    return benk_plan_ref (self->file_plan);
  plan = benk_plan_new ();
  for (guint i = 0; words[i]; i++)
    if (*words[i] && !add_time (plan, words[i]))
      {
        *problem = g_strdup_printf (_ ("“%s” is not a time such as 08:00."), words[i]);
        return NULL;
      }
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, PROPOSED_DELAY_MIN);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_BATTERY_LOW, 0);
  benk_plan_add_recipient (plan, PROPOSED_ROLE_DAY, BENK_DUTY_PERIOD_DAY);
  benk_plan_add_recipient (plan, PROPOSED_ROLE_EVENING,
                           BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND);
  return g_steal_pointer (&plan);
}

static char *
describe_plan (BenkMakeReadyDialog *self, BenkPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      g_string_append_printf (text, "%s%02u:%02u", i ? " · " : "", dose->minute / 60,
                              dose->minute % 60);
    }
  if (!self->file_plan)
    g_string_append_printf (
      text, "\n%s\n%s",
      _ ("Missed dose: alarm after 15 minutes. Low battery: alarm at once. Day: "
         "coordinator. Evening and weekend: charge nurse."),
      _ ("Proposed by the program, not decided by the district"));
  return g_string_free (text, FALSE);
}

static void
on_changed (BenkMakeReadyDialog *self)
{
  g_autofree char *user = get_text (self->user_row);
  g_autofree char *problem = NULL;
  g_autoptr (BenkPlan) plan = make_plan (self, &problem);
  g_auto (GStrv) missing = plan ? benk_plan_check (plan) : NULL;
  g_autofree char *summary = plan ? describe_plan (self, plan) : NULL;
  g_autofree char *lines = missing ? g_strjoinv ("\n", missing) : g_strdup (problem);
  gboolean complete = plan && (!missing || !missing[0]) && (self->only_changes || *user);

  gtk_label_set_text (self->summary, summary ? summary : "");
  gtk_label_set_text (self->missing, lines ? lines : "");
  gtk_widget_set_sensitive (self->start_button, complete);
}

static void
use_file (BenkMakeReadyDialog *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_bench_load_plan (file, &error);
  g_autofree char *name = g_file_get_basename (file);

  if (!plan)
    {
      gtk_label_set_text (self->missing, error->message);
      return;
    }
  g_clear_pointer (&self->file_plan, benk_plan_unref);
  self->file_plan = g_steal_pointer (&plan);
  adw_action_row_set_subtitle (self->file_row, name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->times_row), FALSE);
  on_changed (self);
}

static void
on_file_response (GtkNativeDialog *dialog, int response, BenkMakeReadyDialog *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file)
    use_file (self, file);
  g_object_unref (dialog);
}

static void
on_file_clicked (BenkMakeReadyDialog *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Settings from a File"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_start_clicked (BenkMakeReadyDialog *self)
{
  BenkBench *bench = benk_session_get_bench (self->session);
  g_autofree char *user = get_text (self->user_row);
  g_autofree char *problem = NULL;
  g_autoptr (BenkPlan) plan = make_plan (self, &problem);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  if (!plan)
    return;
  if (self->only_changes)
    job = benk_bench_change_settings (bench, self->device, plan, &error);
  else
    job = benk_bench_provision (bench, self->device, plan, user, &error);
  if (job)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    gtk_label_set_text (self->missing, error->message);
}

static void
benk_make_ready_dialog_dispose (GObject *object)
{
  BenkMakeReadyDialog *self = BENK_MAKE_READY_DIALOG (object);

  g_clear_pointer (&self->file_plan, benk_plan_unref);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_make_ready_dialog_parent_class)->dispose (object);
}

static void
benk_make_ready_dialog_class_init (BenkMakeReadyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_make_ready_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-make-ready-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, times_row);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, missing);
  gtk_widget_class_bind_template_child (widget_class, BenkMakeReadyDialog, start_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_file_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_make_ready_dialog_init (BenkMakeReadyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_make_ready_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: a plugged-in device with the service extension
 *
 * Returns: (transfer none): a window that asks for whom and with which settings
 */
GtkWidget *
benk_make_ready_dialog_new (GtkWindow *parent,
                            BenkSession *session,
                            BenkBenchDevice *device)
{
  BenkMakeReadyDialog *self =
    g_object_new (BENK_TYPE_MAKE_READY_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title = NULL;

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  title = g_strdup_printf ("%s · %s", benk_bench_device_get_label (device),
                           benk_bench_device_get_serial (device));
  gtk_label_set_text (self->title, title);
  self->only_changes = benk_make_ready_dialog_only_changes (device);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), !self->only_changes);
  if (self->only_changes)
    gtk_window_set_title (GTK_WINDOW (self), _ ("Change Settings"));
  gtk_widget_grab_focus (
    GTK_WIDGET (self->only_changes ? self->times_row : self->user_row));
  return GTK_WIDGET (self);
}

/**
 * benk_make_ready_dialog_only_changes:
 * @device: a plugged-in device
 *
 * Returns: whether @device is in trial, use or pause, where new settings leave the state
 * as it is
 */
gboolean
benk_make_ready_dialog_only_changes (BenkBenchDevice *device)
{
  const guint32 with_user = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
                            BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
                            BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
  BenkDevice *card = benk_bench_device_get_card (device);

  return card && (with_user & BENK_DEVICE_STATE_MASK (benk_device_get_state (card))) != 0;
}
