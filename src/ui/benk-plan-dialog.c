/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-dialog-private.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-plan-editor.h"
#include "benk-plan-words.h"
#include "benk-plan.h"
#include "benk-reserved-question.h"
#include "benk-wording.h"

struct _BenkPlanDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkBenchDevice *device; /* (nullable): for a user alone */
  BenkPlanDraft *draft;
  BenkPlanVersion *saved; /* (nullable): the user's newest */
  GCancellable *cancellable;
  GCancellable *looking; /* for the plans of the user that was typed last */
  gboolean only_changes;
  gboolean busy;

  AdwWindowTitle *title;
  GtkWidget *start_button;
  GtkMenuButton *templates_button;
  GtkWidget *user_entry;
  GtkLabel *user_label;
  GtkLabel *saved_label;
  GtkWidget *use_saved_button;
  GtkLabel *problem;
  BenkPlanEditor *editor;
};

G_DEFINE_FINAL_TYPE (BenkPlanDialog, benk_plan_dialog, ADW_TYPE_WINDOW)

static char *
get_reference (BenkPlanDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->user_entry))));
}

static void
update (BenkPlanDialog *self)
{
  g_autofree char *reference = get_reference (self);
  gboolean has_user = self->only_changes || *reference;

  gtk_widget_set_sensitive (self->start_button,
                            has_user && !self->busy &&
                              benk_session_get_staff (self->session) &&
                              benk_plan_draft_is_complete (self->draft));
}

void
benk_plan_dialog_tell (BenkPlanDialog *self, const GError *error)
{
  if (g_cancellable_is_cancelled (self->cancellable) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_text (self->problem, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

/* --- what is known of the user --- */

static char *
describe_device (BenkPlanVersion *version)
{
  const char *asset = benk_plan_version_get_asset (version);
  const char *serial = benk_plan_version_get_serial (version);

  return g_strdup_printf ("%s%s%s", asset ? asset : "", asset ? " " : "",
                          serial ? serial : "");
}

static char *
describe_saved (BenkPlanDialog *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *device = describe_device (self->saved);
  g_autofree char *made =
    benk_wording_instant (benk_plan_version_get_made_ms (self->saved), now_ms, zone);
  g_autofree char *verified =
    benk_wording_instant (benk_plan_version_get_verified_ms (self->saved), now_ms, zone);

  if (benk_plan_version_get_verified_ms (self->saved) == 0)
    return g_strdup_printf (_ ("Saved %s, not in any dispenser yet"), made);
  return g_strdup_printf (benk_plan_version_get_in_force (self->saved)
                            ? _ ("In force in %s, confirmed %s")
                            : _ ("Last in %s, confirmed %s"),
                          device, verified);
}

static void
use_saved (BenkPlanDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_version_get_plan (self->saved, &error);

  if (plan)
    benk_plan_draft_reset (self->draft, plan);
  benk_plan_dialog_tell (self, error);
}

/* What is compared with: what the device holds, else what the user has saved. */
static void
compare_with (BenkPlanDialog *self, BenkPlanVersion *version, const char *heading)
{
  g_autoptr (BenkPlan) plan = benk_plan_version_get_plan (version, NULL);

  if (!plan)
    return;
  benk_plan_editor_set_compared (self->editor, heading);
  benk_plan_draft_set_base (self->draft, plan);
}

static void
show_saved (BenkPlanDialog *self, BenkPlanVersion *version)
{
  gboolean untouched = !benk_plan_draft_can_undo (self->draft);
  g_autofree char *reference = get_reference (self);
  g_autofree char *words = NULL;

  g_set_object (&self->saved, version);
  gtk_widget_set_visible (self->use_saved_button, version && !untouched);
  if (!version)
    {
      gtk_label_set_text (self->saved_label,
                          *reference ? _ ("Nothing is saved for this user yet") : "");
      return;
    }
  words = describe_saved (self);
  gtk_label_set_text (self->saved_label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->saved_label), words);
  if (!benk_plan_draft_get_base (self->draft))
    compare_with (self, version, _ ("Changes to what was saved"));
  if (untouched)
    use_saved (self);
}

static void
on_saved_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlanVersion) version =
    benk_plans_find_finish (BENK_PLANS (source), result, &error);

  if (!error)
    show_saved (self, version);
  else
    benk_plan_dialog_tell (self, error);
}

static void
look_for_saved (BenkPlanDialog *self)
{
  g_autofree char *reference = get_reference (self);
  const BenkId *card = self->device ? benk_bench_device_get_card_id (self->device) : NULL;

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (!self->only_changes && !*reference)
    {
      show_saved (self, NULL);
      return;
    }
  self->looking = g_cancellable_new ();
  benk_plans_find_async (benk_plan_dialog_get_plans (self), BENK_PLAN_WANTED_NEWEST, card,
                         self->only_changes ? NULL : reference, self->looking,
                         on_saved_found, g_object_ref (self));
}

static void
on_held_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlanVersion) version =
    benk_plans_find_finish (BENK_PLANS (source), result, &error);

  if (version)
    compare_with (self, version, _ ("Changes to what the dispenser holds"));
  benk_plan_dialog_tell (self, error);
  if (!g_cancellable_is_cancelled (self->cancellable))
    look_for_saved (self);
}

static void
on_user_changed (BenkPlanDialog *self)
{
  update (self);
  look_for_saved (self);
}

static void
on_use_saved (BenkPlanDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_version_get_plan (self->saved, &error);

  /* Over what was typed, so that it can be undone. */
  if (plan)
    benk_plan_draft_take (self->draft, g_steal_pointer (&plan), NULL);
  gtk_widget_set_visible (self->use_saved_button, FALSE);
  benk_plan_dialog_tell (self, error);
}

/* --- going on --- */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlanVersion) version =
    benk_plans_find_finish (BENK_PLANS (source), result, &error);

  self->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (version)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      benk_plan_dialog_tell (self, error);
      update (self);
    }
}

static void
start_job (gpointer target)
{
  BenkPlanDialog *self = target;
  BenkBench *bench = benk_session_get_bench (self->session);
  BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  g_autofree char *reference = get_reference (self);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  if (self->only_changes)
    job = benk_bench_change_settings (bench, self->device, plan, &error);
  else
    job = benk_bench_provision (bench, self->device, plan, reference, &error);
  if (job)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    benk_plan_dialog_tell (self, error);
}

static void
on_start_clicked (BenkPlanDialog *self)
{
  BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  g_autofree char *reference = get_reference (self);

  if (!self->device)
    {
      self->busy = TRUE;
      update (self);
      benk_plans_save_async (benk_plan_dialog_get_plans (self), reference, plan,
                             self->cancellable, on_kept, g_object_ref (self));
      return;
    }
  if (self->only_changes)
    start_job (self);
  else
    benk_reserved_question_ask (GTK_WINDOW (self),
                                benk_bench_device_get_card (self->device), reference,
                                start_job, self);
}

static void
benk_plan_dialog_dispose (GObject *object)
{
  BenkPlanDialog *self = BENK_PLAN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->looking)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->saved);
  g_clear_object (&self->draft);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_plan_dialog_parent_class)->dispose (object);
}

static void
benk_plan_dialog_finalize (GObject *object)
{
  g_object_unref (BENK_PLAN_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (benk_plan_dialog_parent_class)->finalize (object);
}

static void
benk_plan_dialog_class_init (BenkPlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_plan_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_plan_dialog_finalize;
  g_type_ensure (BENK_TYPE_PLAN_EDITOR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-plan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, templates_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, user_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, user_label);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, saved_label);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, use_saved_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanDialog, editor);
  gtk_widget_class_bind_template_callback (widget_class, on_user_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_saved);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_plan_dialog_init (BenkPlanDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->user_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("User: the reference used in the patient record"),
                                  -1);
}

/* --- for the menus --- */

BenkPlans *
benk_plan_dialog_get_plans (BenkPlanDialog *self)
{
  return benk_session_get_plans (self->session);
}

GCancellable *
benk_plan_dialog_get_cancellable (BenkPlanDialog *self)
{
  return self->cancellable;
}

GtkMenuButton *
benk_plan_dialog_get_templates_button (BenkPlanDialog *self)
{
  return self->templates_button;
}

static void
set_words (BenkPlanDialog *self)
{
  const char *title = !self->device        ? _ ("Settings for a User")
                      : self->only_changes ? _ ("Change Settings")
                                           : _ ("Make Ready");

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  gtk_button_set_label (GTK_BUTTON (self->start_button),
                        self->device ? _ ("_Write and Read Back") : _ ("_Save"));
  if (self->device)
    {
      g_autofree char *subtitle =
        g_strdup_printf ("%s · %s", benk_bench_device_get_label (self->device),
                         benk_bench_device_get_serial (self->device));

      adw_window_title_set_subtitle (self->title, subtitle);
    }
}

static void
take_device (BenkPlanDialog *self, BenkBenchDevice *device, const char *reference)
{
  BenkDevice *card = benk_bench_device_get_card (device);
  BenkInventory *inventory = benk_session_get_inventory (self->session);
  const char *known = card ? benk_device_get_person_ref (card) : NULL;

  self->device = g_object_ref (device);
  self->only_changes = benk_plan_dialog_only_changes (device);
  benk_plan_draft_set_model (self->draft,
                             benk_model_find (benk_inventory_get_models (inventory),
                                              benk_bench_device_get_model_id (device)));
  if (reference || known)
    gtk_editable_set_text (GTK_EDITABLE (self->user_entry),
                           reference ? reference : known);
  gtk_editable_set_editable (GTK_EDITABLE (self->user_entry), !self->only_changes);
}

/**
 * benk_plan_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: (nullable): a plugged-in device with the service extension; %NULL to keep the
 *   settings only
 * @reference: (nullable): the user, where that is known
 *
 * Returns: (transfer none): a window with the settings of a user
 */
GtkWidget *
benk_plan_dialog_new (GtkWindow *parent,
                      BenkSession *session,
                      BenkBenchDevice *device,
                      const char *reference)
{
  BenkPlanDialog *self =
    g_object_new (BENK_TYPE_PLAN_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->draft = benk_plan_draft_new (benk_session_get_clock (session));
  benk_plan_editor_set_draft (self->editor, self->draft);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  benk_plan_dialog_add_menus (self);
  if (device)
    take_device (self, device, reference);
  else if (reference)
    gtk_editable_set_text (GTK_EDITABLE (self->user_entry), reference);
  set_words (self);
  if (device)
    benk_plans_find_async (benk_plan_dialog_get_plans (self), BENK_PLAN_WANTED_IN_DEVICE,
                           benk_bench_device_get_card_id (device), NULL,
                           self->cancellable, on_held_found, g_object_ref (self));
  gtk_widget_grab_focus (self->only_changes || reference ? GTK_WIDGET (self->editor)
                                                         : self->user_entry);
  return GTK_WIDGET (self);
}

/** benk_plan_dialog_get_draft: Returns: (transfer none): what is being edited */
BenkPlanDraft *
benk_plan_dialog_get_draft (BenkPlanDialog *self)
{
  return self->draft;
}

/**
 * benk_plan_dialog_only_changes:
 * @device: a plugged-in device
 *
 * Returns: whether @device is in trial, use or pause, where new settings leave the state
 * as it is
 */
gboolean
benk_plan_dialog_only_changes (BenkBenchDevice *device)
{
  const guint32 with_user = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
                            BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
                            BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
  BenkDevice *card = benk_bench_device_get_card (device);

  return card && (with_user & BENK_DEVICE_STATE_MASK (benk_device_get_state (card))) != 0;
}
