/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-make-ready-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-step-row.h"
#include "benk-wording.h"

struct _BenkBenchCard
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkBenchDevice *device;
  BenkBenchJob *job;
  gulong job_handler;
  gboolean was_running;
  gboolean is_new_job;

  GtkWidget *simulated;
  GtkLabel *title;
  GtkLabel *facts;
  GtkLabel *state;
  GtkLabel *problem;
  GtkLabel *result;
  GtkProgressBar *progress;
  GtkExpander *steps_expander;
  GtkListBox *steps;
  GtkButton *provision_button;
  GtkWidget *register_button;
  GtkWidget *reset_button;
  GtkWidget *read_button;
  GtkWidget *device_button;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (BenkBenchCard, benk_bench_card, GTK_TYPE_WIDGET)

static void
set_sentence (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence && *sentence);
}

static char *
describe_facts (BenkBenchDevice *device)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  int battery = benk_bench_device_get_battery (device);
  gint64 drift_ms = benk_bench_device_get_clock_drift_ms (device);
  g_autofree char *drift = NULL;
  const char *firmware = benk_bench_device_get_firmware (device);

  if (battery >= 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("Battery %d %%"), battery));
  if (benk_bench_device_get_on_mains (device))
    g_ptr_array_add (parts, g_strdup (_ ("on mains")));
  if (drift_ms != BENK_CLOCK_DRIFT_UNKNOWN)
    {
      drift = benk_wording_duration (ABS (drift_ms));
      g_ptr_array_add (parts, ABS (drift_ms) < 60000
                                ? g_strdup (_ ("clock right"))
                                : g_strdup_printf (_ ("clock wrong by %s"), drift));
    }
  if (firmware)
    g_ptr_array_add (parts, g_strdup_printf (_ ("firmware %s"), firmware));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static gboolean
is_verified (BenkBenchJob *job)
{
  return job && benk_bench_job_get_outcome (job) == BENK_RUN_OUTCOME_VERIFIED;
}

/* Steps are open while they run and when they did not end well. */
static void
update_job (BenkBenchCard *self)
{
  gboolean running = self->job && benk_bench_job_is_running (self->job);
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean has_extension = benk_bench_device_has_extension (self->device);
  gboolean with_user = benk_make_ready_dialog_only_changes (self->device);
  gboolean known = !benk_id_is_nil (benk_bench_device_get_card_id (self->device));

  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (GTK_WIDGET (self->provision_button), !running && has_extension);
  gtk_button_set_label (self->provision_button,
                        with_user ? _ ("Change Settings…") : _ ("Make Ready…"));
  gtk_widget_set_visible (self->reset_button, !running && has_extension && !with_user);
  gtk_widget_set_visible (self->register_button,
                          !running && !known &&
                            benk_bench_device_get_serial (self->device));
  gtk_widget_set_sensitive (self->register_button, may_write);
  gtk_widget_set_visible (self->read_button, !running);
  gtk_widget_set_visible (self->device_button, !running && known);
  gtk_widget_set_sensitive (GTK_WIDGET (self->provision_button), may_write && known);
  gtk_widget_set_sensitive (self->reset_button, may_write && known);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_expander), self->job != NULL);
  if (running != self->was_running || self->is_new_job)
    gtk_expander_set_expanded (self->steps_expander, running || !is_verified (self->job));
  self->is_new_job = FALSE;
  self->was_running = running;
  if (self->job)
    gtk_progress_bar_set_fraction (self->progress,
                                   benk_bench_job_get_progress (self->job));
  set_sentence (self->result,
                self->job && !running ? benk_bench_job_get_sentence (self->job) : NULL);
}

static GtkWidget *
create_step (gpointer item, gpointer user_data)
{
  return benk_step_row_new (item);
}

static void
set_job (BenkBenchCard *self, BenkBenchJob *job)
{
  if (self->job == job)
    return;
  if (self->job)
    g_clear_signal_handler (&self->job_handler, self->job);
  g_set_object (&self->job, job);
  self->is_new_job = TRUE;
  gtk_list_box_bind_model (self->steps, job ? benk_bench_job_get_steps (job) : NULL,
                           create_step, NULL, NULL);
  if (job)
    self->job_handler =
      g_signal_connect_swapped (job, "notify", G_CALLBACK (update_job), self);
}

static void
update (BenkBenchCard *self)
{
  BenkBenchDevice *device = self->device;
  const char *serial = benk_bench_device_get_serial (device);
  g_autofree char *title =
    g_strdup_printf ("%s%s%s", benk_bench_device_get_label (device), serial ? " · " : "",
                     serial ? serial : "");
  g_autofree char *facts = describe_facts (device);
  const char *state = benk_bench_device_get_state_label (device);

  gtk_widget_set_visible (self->simulated, benk_bench_device_get_link_kind (device) ==
                                             BENK_LINK_KIND_SIMULATED);
  gtk_label_set_text (self->title, title);
  set_sentence (self->facts, facts);
  set_sentence (self->state, state);
  set_sentence (self->problem, benk_bench_device_get_problem (device));
  set_job (self, benk_bench_device_get_job (device));
  update_job (self);
}

static void
tell (BenkBenchCard *self, const GError *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
on_provision_clicked (BenkBenchCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_make_ready_dialog_new (GTK_WINDOW (root), self->session, self->device)));
}

static void
on_register_clicked (BenkBenchCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_new_device_dialog_new (GTK_WINDOW (root), self->session,
                                benk_bench_device_get_serial (self->device))));
}

static void
on_reset_response (AdwMessageDialog *dialog, const char *response, BenkBenchCard *self)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "benk-entry");
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (response, "reset") != 0)
    return;
  if (!benk_bench_reset (benk_session_get_bench (self->session), self->device,
                         gtk_editable_get_text (entry), &error))
    tell (self, error);
}

static void
on_confirm_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  const char *serial = g_object_get_data (G_OBJECT (dialog), "benk-serial");

  adw_message_dialog_set_response_enabled (dialog, "reset",
                                           g_strcmp0 (gtk_editable_get_text (entry),
                                                      serial) == 0);
}

/* Typing the serial is what keeps a reset from hitting the device beside it. */
static void
on_reset_clicked (BenkBenchCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *serial = benk_bench_device_get_serial (self->device);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Reset %s?"),
                                     serial);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("Everything in the dispenser is wiped: settings, "
                                  "recipients and log. This cannot be "
                                  "undone. Type its serial to go on."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "reset", _ ("_Reset"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reset",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "reset", FALSE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Serial"), -1);
  g_object_set_data (G_OBJECT (dialog), "benk-entry", entry);
  g_object_set_data_full (G_OBJECT (dialog), "benk-serial", g_strdup (serial), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (on_confirm_changed), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reset_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_read_clicked (BenkBenchCard *self)
{
  g_autoptr (GError) error = NULL;

  if (!benk_bench_read (benk_session_get_bench (self->session), self->device, &error))
    tell (self, error);
}

static void
on_device_clicked (BenkBenchCard *self)
{
  g_autofree char *id = benk_id_to_string (benk_bench_device_get_card_id (self->device));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-device", "s", id);
}

static void
on_cancel_clicked (BenkBenchCard *self)
{
  if (self->job)
    benk_bench_job_cancel (self->job);
}

static void
benk_bench_card_dispose (GObject *object)
{
  BenkBenchCard *self = BENK_BENCH_CARD (object);
  GtkWidget *child;

  if (self->job)
    g_clear_signal_handler (&self->job_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_bench_card_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, simulated);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, title);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, facts);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, state);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, result);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, steps_expander);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, provision_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, register_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, reset_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, read_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, device_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, cancel_button);
}

static void
benk_bench_card_class_init (BenkBenchCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bench_card_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-bench-card.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_provision_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_register_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_read_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_device_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
benk_bench_card_init (BenkBenchCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_bench_card_new:
 * @session: the open session
 * @device: a plugged-in device
 *
 * Returns: (transfer floating): what is known of @device, what may be done with it, and
 * the steps of the job that runs
 */
GtkWidget *
benk_bench_card_new (BenkSession *session, BenkBenchDevice *device)
{
  BenkBenchCard *self = g_object_new (BENK_TYPE_BENCH_CARD, NULL);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  g_signal_connect_object (device, "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update_job), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
