/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "benk-bench-result.h"
#include "benk-new-device-dialog.h"
#include "benk-plan-dialog.h"
#include "benk-reset-dialog.h"
#include "benk-sentence.h"
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
  gboolean is_cancelling;
  GtkFileChooserNative *chooser;

  GtkWidget *simulated;
  GtkLabel *title;
  GtkLabel *link;
  GtkLabel *facts;
  GtkLabel *status;
  GtkLabel *state;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *command;
  GtkWidget *command_button;
  GtkWidget *checklist_button;
  GtkWidget *register_button;
  GtkWidget *dismiss_button;
  BenkBenchResult *result;
  GtkLabel *step;
  GtkProgressBar *progress;
  GtkExpander *steps_expander;
  GtkListBox *steps;
  GtkWidget *buttons;
  GtkWidget *refusal_box;
  GtkLabel *refusal;
  GtkButton *provision_button;
  GtkWidget *reset_button;
  GtkWidget *read_button;
  GtkButton *cancel_button;
};

G_DEFINE_FINAL_TYPE (BenkBenchCard, benk_bench_card, GTK_TYPE_WIDGET)

/* It stands on a line of its own. */
static char *
begin_sentence (const char *words)
{
  char first[6];

  if (!words || !*words)
    return NULL;
  return g_strdup_printf ("%.*s%s",
                          g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (words)),
                                             first),
                          first, g_utf8_next_char (words));
}

static char *
describe_clock (gint64 drift_ms)
{
  const gint64 day_ms = G_GINT64_CONSTANT (86400000);
  g_autofree char *drift = NULL;

  if (ABS (drift_ms) >= day_ms)
    return g_strdup (_ ("clock wrong by more than a day"));
  if (ABS (drift_ms) < 60000)
    return g_strdup (_ ("clock right"));
  drift = benk_wording_duration (ABS (drift_ms));
  return g_strdup_printf (_ ("clock wrong by %s"), drift);
}

static char *
describe_facts (BenkBenchDevice *device)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  int battery = benk_bench_device_get_battery (device);
  gint64 drift_ms = benk_bench_device_get_clock_drift_ms (device);
  gint64 n_log = benk_bench_device_get_log_entries (device);
  guint n_times = benk_bench_device_get_n_dose_times (device);
  const char *firmware = benk_bench_device_get_firmware (device);

  if (battery >= 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("Battery %d %%"), battery));
  if (benk_bench_device_get_on_mains (device))
    g_ptr_array_add (parts, g_strdup (_ ("on mains")));
  /* Of a clock that says itself that it is not set, its deviation says nothing. */
  if (drift_ms != BENK_CLOCK_DRIFT_UNKNOWN && !benk_bench_device_is_clock_unset (device))
    g_ptr_array_add (parts, describe_clock (drift_ms));
  if (firmware)
    g_ptr_array_add (parts, g_strdup_printf (_ ("firmware %s"), firmware));
  if (n_times > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u dose time", "%u dose times", n_times),
                                      n_times));
  else if (benk_bench_device_has_extension (device))
    g_ptr_array_add (parts, g_strdup (_ ("no settings")));
  if (n_log >= 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("dose log %u"), (guint) n_log));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static gboolean
is_verified (BenkBenchJob *job)
{
  return job && benk_bench_job_get_outcome (job) == BENK_RUN_OUTCOME_VERIFIED;
}

static gboolean
is_running (BenkBenchCard *self)
{
  return self->job && benk_bench_job_is_running (self->job);
}

/* Which step it is at, so that nobody has to count the list. */
static char *
describe_step (BenkBenchJob *job)
{
  GListModel *steps = benk_bench_job_get_steps (job);
  guint n = g_list_model_get_n_items (steps);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkStep) step = g_list_model_get_item (steps, i);

      if (benk_step_get_state (step) == BENK_BENCH_STEP_RUNNING)
        return g_strdup_printf (_ ("Step %u of %u: %s"), i + 1, n,
                                benk_step_get_label (step));
    }
  return NULL;
}

/* What is in the way, and the way round it. */
static void
update_problem (BenkBenchCard *self)
{
  BenkBenchDevice *device = self->device;
  const char *problem = benk_bench_device_get_problem (device);
  const char *hint = benk_bench_device_get_hint (device);
  g_autofree char *whole =
    problem ? g_strdup_printf ("%s%s%s", problem, hint ? " " : "", hint ? hint : "")
            : NULL;
  BenkBenchTrouble trouble = benk_bench_device_get_trouble (device);
  g_autofree char *command = benk_bench_device_dup_command (device);
  gboolean known = !benk_id_is_nil (benk_bench_device_get_card_id (device));

  if (command)
    whole[strlen (whole) - strlen (command)] = '\0';
  benk_sentence_show (self->problem, whole);
  gtk_widget_set_visible (self->problem_box, whole != NULL);
  benk_sentence_show (self->command, command);
  gtk_widget_set_visible (self->command_button, command != NULL);
  gtk_widget_set_visible (self->checklist_button,
                          known && (trouble == BENK_BENCH_TROUBLE_READ_ONLY ||
                                    trouble == BENK_BENCH_TROUBLE_BROKEN));
  gtk_widget_set_visible (self->register_button, trouble == BENK_BENCH_TROUBLE_NO_CARD &&
                                                   benk_bench_device_get_serial (device));
  gtk_widget_set_sensitive (self->register_button,
                            benk_session_get_staff (self->session) != NULL);
  gtk_widget_set_visible (self->dismiss_button,
                          trouble == BENK_BENCH_TROUBLE_GONE && !is_running (self));
}

/* What the state of the card does not let happen is not offered, and it is said why. */
static void
update_refusal (BenkBenchCard *self, gboolean offered, gboolean may_write)
{
  BenkBench *bench = benk_session_get_bench (self->session);
  gboolean with_user = benk_plan_dialog_only_changes (self->device);
  BenkRunKind kind = with_user ? BENK_RUN_KIND_SETTINGS : BENK_RUN_KIND_PROVISION;
  g_autofree char *writing = benk_bench_dup_refusal (bench, self->device, kind);
  g_autofree char *wiping =
    with_user ? NULL : benk_bench_dup_refusal (bench, self->device, BENK_RUN_KIND_RESET);
  g_autofree char *both =
    g_strdup_printf ("%s%s%s", writing ? writing : "", writing && wiping ? "\n" : "",
                     wiping ? wiping : "");

  gtk_widget_set_sensitive (GTK_WIDGET (self->provision_button), may_write && !writing);
  gtk_widget_set_sensitive (self->reset_button, may_write && !wiping);
  gtk_label_set_text (self->refusal, both);
  gtk_widget_set_visible (self->refusal_box, offered && *both);
}

static void
update_buttons (BenkBenchCard *self)
{
  BenkBenchDevice *device = self->device;
  gboolean running = is_running (self);
  gboolean gone = benk_bench_device_get_trouble (device) == BENK_BENCH_TROUBLE_GONE;
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean has_extension = benk_bench_device_has_extension (device);
  gboolean with_user = benk_plan_dialog_only_changes (device);
  gboolean known = !benk_id_is_nil (benk_bench_device_get_card_id (device));

  gtk_widget_set_visible (self->buttons, running || !gone);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), !self->is_cancelling);
  gtk_button_set_label (self->cancel_button,
                        self->is_cancelling ? _ ("Cancelling…") : _ ("Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->provision_button), !running && has_extension);
  gtk_button_set_label (self->provision_button,
                        with_user ? _ ("Change Settings…") : _ ("Make Ready…"));
  gtk_widget_set_visible (self->reset_button, !running && has_extension && !with_user);
  gtk_widget_set_visible (self->read_button, !running);
  update_refusal (self, !running && !gone && has_extension, may_write && known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.show-device", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.checklist", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.record", !running && !gone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.visit", known && may_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.swap", with_user && may_write);
}

/* Steps are open while they run and when they did not end well. */
static void
update_job (BenkBenchCard *self)
{
  gboolean running = is_running (self);
  g_autofree char *step = running ? describe_step (self->job) : NULL;

  if (!running)
    self->is_cancelling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  benk_sentence_show (self->step, step);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_expander),
                          self->job && g_list_model_get_n_items (
                                         benk_bench_job_get_steps (self->job)) > 0);
  if (running != self->was_running || self->is_new_job)
    gtk_expander_set_expanded (self->steps_expander, running || !is_verified (self->job));
  self->is_new_job = FALSE;
  self->was_running = running;
  if (self->job)
    gtk_progress_bar_set_fraction (self->progress,
                                   benk_bench_job_get_progress (self->job));
  benk_bench_result_show (self->result, self->session, self->device, self->job);
  update_buttons (self);
  update_problem (self);
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

static char *
describe_title (BenkBenchDevice *device)
{
  const char *serial = benk_bench_device_get_serial (device);

  return g_strdup_printf ("%s%s%s", benk_bench_device_get_label (device),
                          serial ? " · " : "", serial ? serial : "");
}

static void
update (BenkBenchCard *self)
{
  BenkBenchDevice *device = self->device;
  BenkLinkKind link = benk_bench_device_get_link_kind (device);
  g_autofree char *title = describe_title (device);
  g_autofree char *facts = describe_facts (device);
  g_autofree char *status = begin_sentence (benk_bench_device_get_status (device));

  gtk_widget_set_visible (self->simulated, link == BENK_LINK_KIND_SIMULATED ||
                                             link == BENK_LINK_KIND_REPLAY);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->link, benk_link_kind_get_label (link));
  benk_sentence_show (self->facts, facts);
  benk_sentence_show (self->status, status);
  benk_sentence_show (self->state, benk_bench_device_get_state_label (device));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
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
    benk_plan_dialog_new (GTK_WINDOW (root), self->session, self->device, NULL)));
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
on_reset_confirmed (const char *serial, gpointer user_data)
{
  BenkBenchCard *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_bench_reset (benk_session_get_bench (self->session), self->device, serial,
                         &error))
    tell (self, error);
}

static void
on_reset_clicked (BenkBenchCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_reset_dialog_new (GTK_WINDOW (root), benk_bench_device_get_serial (self->device),
                           on_reset_confirmed, G_OBJECT (self))));
}

static void
on_read_clicked (BenkBenchCard *self)
{
  g_autoptr (GError) error = NULL;

  if (!benk_bench_read (benk_session_get_bench (self->session), self->device, &error))
    tell (self, error);
}

static void
on_cancel_clicked (BenkBenchCard *self)
{
  if (!self->job)
    return;
  self->is_cancelling = TRUE;
  benk_bench_job_cancel (self->job);
  update_buttons (self);
}

static void
on_dismiss_clicked (BenkBenchCard *self)
{
  benk_bench_dismiss (benk_session_get_bench (self->session), self->device);
}

static void
on_command_clicked (BenkBenchCard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->command));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                              _ ("Command copied. Give it to IT."));
}

static void
show_device (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BenkBenchCard *self = BENK_BENCH_CARD (widget);
  g_autofree char *id = benk_id_to_string (benk_bench_device_get_card_id (self->device));

  gtk_widget_activate_action (widget, "win.show-device", "s", id);
}

static void
start_visit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkBenchCard *self = BENK_BENCH_CARD (widget);

  gtk_widget_activate_action (widget, "win.visit", "s",
                              benk_bench_device_get_serial (self->device));
}

static void
start_swap (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkBenchCard *self = BENK_BENCH_CARD (widget);
  g_autofree char *id = benk_id_to_string (benk_bench_device_get_card_id (self->device));

  gtk_widget_activate_action (widget, "win.swap", "s", id);
}

static void
use_checklist (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BenkBenchCard *self = BENK_BENCH_CARD (widget);

  gtk_widget_activate_action (widget, "win.bench-device", "s",
                              benk_bench_device_get_serial (self->device));
}

static void
on_record_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBenchCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!self->device)
    return;
  if (!benk_bench_record_finish (BENK_BENCH (source), result, &error) ||
      !benk_bench_read (BENK_BENCH (source), self->device, &error))
    tell (self, error);
}

/* What passes over the link, without what is private: a report of a fault for others. */
static void
on_record_chosen (BenkBenchCard *self, int response)
{
  BenkBench *bench = benk_session_get_bench (self->session);
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file)
    benk_bench_record_async (bench, file, NULL, on_record_made, g_object_ref (self));
}

static void
record (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BenkBenchCard *self = BENK_BENCH_CARD (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const char *serial = benk_bench_device_get_serial (self->device);
  g_autofree char *name = g_strdup_printf ("%s.txt", serial ? serial : "dialogue");

  g_strdelimit (name, "/\\:", '-');
  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (_ ("Read Again and Record"),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_record_chosen),
                            self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
benk_bench_card_dispose (GObject *object)
{
  BenkBenchCard *self = BENK_BENCH_CARD (object);
  GtkWidget *child;

  if (self->chooser)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);

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
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, link);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, facts);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, status);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, state);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, problem_box);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, command);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, command_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, checklist_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, register_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, result);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, step);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, steps_expander);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, refusal);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, provision_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, reset_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, read_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchCard, cancel_button);
}

static void
benk_bench_card_class_init (BenkBenchCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bench_card_dispose;
  g_type_ensure (BENK_TYPE_BENCH_RESULT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-bench-card.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "card.show-device", NULL, show_device);
  gtk_widget_class_install_action (widget_class, "card.checklist", NULL, use_checklist);
  gtk_widget_class_install_action (widget_class, "card.record", NULL, record);
  gtk_widget_class_install_action (widget_class, "card.visit", NULL, start_visit);
  gtk_widget_class_install_action (widget_class, "card.swap", NULL, start_swap);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_callback (widget_class, on_provision_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_register_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_read_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_command_clicked);
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
