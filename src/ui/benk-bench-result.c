/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-result.h"

#include <glib/gi18n.h>

#include "benk-dialogue.h"
#include "benk-save-reset.h"

struct _BenkBenchResult
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkBenchDevice *device;
  BenkBenchJob *job;

  GtkImage *icon;
  GtkLabel *outcome;
  GtkLabel *sentence;
  GtkLabel *stop;
  GtkLabel *advice;
  GtkWidget *save_button;
  GtkWidget *checklist_button;
  GtkWidget *device_button;
  GtkWidget *dialogue_button;
};

G_DEFINE_FINAL_TYPE (BenkBenchResult, benk_bench_result, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *css_class;
} looks[] = {
  [BENK_RUN_OUTCOME_VERIFIED] = { "emblem-ok-symbolic", "good" },
  [BENK_RUN_OUTCOME_UNTOUCHED] = { "dialog-information-symbolic", "plain" },
  [BENK_RUN_OUTCOME_REDO] = { "dialog-warning-symbolic", "bad" },
  [BENK_RUN_OUTCOME_UNKNOWN] = { "dialog-question-symbolic", "bad" },
};

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
on_copy_clicked (BenkBenchResult *self)
{
  const char *serial = benk_bench_device_get_serial (self->device);
  g_autofree char *who =
    g_strdup_printf ("%s · %s", benk_bench_device_get_label (self->device),
                     serial != NULL ? serial : "–");
  g_autofree char *text =
    benk_bench_job_describe (self->job, who,
                             benk_bench_device_get_link_kind (self->device));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", _ ("Result copied"));
}

static void
on_save_clicked (BenkBenchResult *self)
{
  benk_save_reset_ask (GTK_WIDGET (self), self->session,
                       benk_bench_device_get_card_id (self->device), 1,
                       benk_bench_device_get_serial (self->device));
}

static void
on_dialogue_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_dialogue_save_finish (BENK_BENCH_JOB (source), result, &error))
    gtk_widget_activate_action (self, "win.tell", "s", _ ("Dialogue saved"));
  else
    gtk_widget_activate_action (self, "win.tell-error", "s", error->message);
}

static void
on_dialogue_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GtkNativeDialog) owned = dialog;
  BenkBenchJob *job = g_object_get_data (G_OBJECT (dialog), "benk-job");
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    benk_dialogue_save_async (job, file, NULL, on_dialogue_saved,
                              g_steal_pointer (&self));
}

/* For whoever looks for the fault; nothing personal is in it. */
static void
on_dialogue_clicked (BenkBenchResult *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *serial = benk_bench_device_get_serial (self->device);
  g_autofree char *name =
    g_strdup_printf ("%s %s.txt", _ ("Dialogue"), serial != NULL ? serial : "");
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Save Dialogue"),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);

  g_strdelimit (name, "/\\:", '-');
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "benk-job", g_object_ref (self->job),
                          g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (on_dialogue_chosen),
                    g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_checklist_clicked (BenkBenchResult *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.bench-device", "s",
                              benk_bench_device_get_serial (self->device));
}

static void
benk_bench_result_dispose (GObject *object)
{
  BenkBenchResult *self = BENK_BENCH_RESULT (object);
  GtkWidget *child;

  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_bench_result_parent_class)->dispose (object);
}

static void
benk_bench_result_class_init (BenkBenchResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bench_result_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-bench-result.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, icon);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, outcome);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, sentence);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, stop);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, advice);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, save_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, checklist_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, device_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchResult, dialogue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_dialogue_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_checklist_clicked);
}

static void
benk_bench_result_init (BenkBenchResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_bench_result_show:
 * @self: the view
 * @session: the open session
 * @device: a device
 * @job: (nullable): its job; %NULL, or one that runs, hides the view
 *
 * Shows how @job ended: the outcome, the sentence, and what to do next.
 */
void
benk_bench_result_show (BenkBenchResult *self,
                        BenkSession *session,
                        BenkBenchDevice *device,
                        BenkBenchJob *job)
{
  gboolean over = job != NULL && !benk_bench_job_is_running (job);
  gboolean is_reset = over && benk_bench_job_get_kind (job) == BENK_RUN_KIND_RESET;
  gboolean proven = over && benk_bench_job_is_proven (job);
  BenkRunOutcome outcome;
  gboolean claims;
  g_autofree char *stop = NULL;

  g_return_if_fail (BENK_IS_BENCH_RESULT (self));

  g_set_object (&self->session, session);
  g_set_object (&self->device, device);
  g_set_object (&self->job, job);
  gtk_widget_set_visible (GTK_WIDGET (self), over);
  if (!over)
    return;
  outcome = benk_bench_job_get_outcome (job);
  stop = benk_bench_job_dup_stop (job);
  /* What a link that does not count has verified is no outcome here. */
  claims = outcome != BENK_RUN_OUTCOME_VERIFIED || proven;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self),
                            claims ? looks[outcome].css_class : "plain");
  gtk_image_set_from_icon_name (self->icon, claims ? looks[outcome].icon
                                                   : "dialog-information-symbolic");
  set_text (self->outcome, claims ? benk_bench_job_get_outcome_label (job)
                                  : _ ("Simulated, counts for nothing here"));
  set_text (self->sentence, benk_bench_job_get_sentence (job));
  set_text (self->stop, stop);
  set_text (self->advice, benk_bench_job_get_advice (job));
  /* Refused before its first step: what is missing is done on the card of the device. */
  gtk_widget_set_visible (self->device_button, outcome == BENK_RUN_OUTCOME_UNTOUCHED &&
                                                 g_list_model_get_n_items (
                                                   benk_bench_job_get_steps (job)) == 0);
  gtk_widget_set_visible (self->save_button, is_reset && proven);
  gtk_widget_set_visible (self->dialogue_button,
                          outcome != BENK_RUN_OUTCOME_VERIFIED &&
                            benk_bench_job_get_dialogue (job) != NULL);
  gtk_widget_set_visible (self->checklist_button,
                          is_reset && outcome != BENK_RUN_OUTCOME_VERIFIED);
}
