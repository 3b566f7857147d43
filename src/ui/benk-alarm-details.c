/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-alarm-batch-bar.h"
#include "benk-alarm-end.h"
#include "benk-alarm-guidance.h"
#include "benk-alarm-hand-bar.h"
#include "benk-alarms-hand.h"
#include "benk-alarms-wait.h"
#include "benk-call-dialog.h"
#include "benk-close-alarm-dialog.h"
#include "benk-deadline.h"
#include "benk-error.h"
#include "benk-guidances.h"
#include "benk-hand-over-dialog.h"
#include "benk-history-item.h"
#include "benk-inventory.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-vendor-dialog.h"
#include "benk-wait-dialog.h"
#include "benk-wording.h"

struct _BenkAlarmDetails
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;
  BenkAlarm *alarm;
  gulong notify_handler;
  gulong waiting_handler;
  gulong handed_handler;
  gulong accepted_handler;
  GCancellable *cancellable;

  GtkStack *stack;
  GtkLabel *title;
  GtkWidget *call_button;
  GtkLabel *next_dose;
  GtkLabel *deadline;
  GtkLabel *proposed;
  GtkLabel *times;
  GtkLabel *responsible;
  BenkAlarmHandBar *hand_bar;
  GtkWidget *hand_button;
  GtkWidget *waiting_box;
  GtkLabel *waiting;
  GtkWidget *stop_button;
  GtkLabel *often;
  BenkAlarmBatchBar *batch_bar;
  GtkLabel *followup;
  BenkAlarmGuidance *guidance;
  AdwPreferencesGroup *steps;
  BenkAlarmEnd *end;
  BenkAlarmStatus status; /* as it was loaded */
  GtkButton *take_button;
  GtkWidget *vendor_button;
  GtkWidget *wait_button;
  GtkWidget *close_button;
  GtkWidget *device_button;
  GtkWidget *swap_button;
  GPtrArray *step_rows;
};

G_DEFINE_FINAL_TYPE (BenkAlarmDetails, benk_alarm_details, GTK_TYPE_WIDGET)

static char *
say_instant (BenkAlarmDetails *self, gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  if (ms <= 0)
    return g_strdup ("–");
  return benk_wording_instant (ms, benk_ticker_get_now_ms (self->ticker), zone);
}

static void
update_next_dose (BenkAlarmDetails *self)
{
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  gint64 dose_ms = benk_alarm_get_next_dose_ms (self->alarm);
  g_autofree char *at = NULL;
  g_autofree char *in = NULL;
  g_autofree char *text = NULL;

  if (dose_ms > now_ms)
    {
      at = say_instant (self, dose_ms);
      in = benk_wording_duration (dose_ms - now_ms);
      text = g_strdup_printf (_ ("Next dose at %s, in %s"), at, in);
    }
  gtk_label_set_text (self->next_dose,
                      text ? text
                           : _ ("Next dose not known: no settings are kept here."));
}

static void
update_times (BenkAlarmDetails *self)
{
  g_autofree char *raised = say_instant (self, benk_alarm_get_raised_ms (self->alarm));
  g_autofree char *received =
    say_instant (self, benk_alarm_get_received_ms (self->alarm));
  g_autofree char *opened = say_instant (self, benk_alarm_get_opened_ms (self->alarm));
  g_autofree char *taken = say_instant (self, benk_alarm_get_taken_ms (self->alarm));
  g_autofree char *times =
    g_strdup_printf (_ ("Alarm %s · received %s · opened %s · taken %s"), raised,
                     received, opened, taken);

  gtk_label_set_text (self->times, times);
}

static void
update_deadline (BenkAlarmDetails *self)
{
  BenkAlarmStatus status = benk_alarm_get_status (self->alarm);
  const char *proposed = benk_deadline_explain_proposed (self->alarm);
  gboolean overdue = FALSE;
  g_autofree char *closed = NULL;
  g_autofree char *deadline =
    benk_wording_deadline (self->alarm, benk_ticker_get_now_ms (self->ticker), &overdue);

  if (!benk_alarm_status_is_open (status))
    {
      closed = say_instant (self, benk_alarm_get_closed_ms (self->alarm));
      g_free (deadline);
      deadline =
        g_strdup_printf ("%s · %s", benk_alarm_status_get_label (status), closed);
      overdue = FALSE;
    }
  gtk_label_set_text (self->deadline, deadline ? deadline : "");
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), deadline != NULL);
  gtk_label_set_text (self->proposed, proposed ? proposed : "");
  gtk_widget_set_visible (GTK_WIDGET (self->proposed), deadline && !closed && proposed);
  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->deadline), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->deadline), "overdue");
}

static void
update_responsible (BenkAlarmDetails *self)
{
  const char *role =
    benk_responsibility_get_label (benk_alarm_get_responsibility (self->alarm));
  /* Who has accepted it has had it since then. */
  g_autofree char *since =
    say_instant (self, MAX (benk_alarm_get_taken_ms (self->alarm),
                            benk_alarm_get_accepted_ms (self->alarm)));
  g_autofree char *text = g_strdup_printf (_ ("Responsible: %s"), role);
  g_autofree char *with = NULL;

  if (benk_alarm_get_status (self->alarm) == BENK_ALARM_STATUS_TAKEN)
    with = g_strdup_printf (_ ("With %s since %s"),
                            benk_alarm_get_taken_by (self->alarm)
                              ? benk_alarm_get_taken_by (self->alarm)
                              : _ ("somebody else"),
                            since);
  if (with)
    {
      g_autofree char *both = g_strdup_printf ("%s · %s", text, with);
      gtk_label_set_text (self->responsible, both);
    }
  else
    gtk_label_set_text (self->responsible, text);
}

/* The case number is for the telephone: it can be selected. */
static void
update_waiting (BenkAlarmDetails *self)
{
  const char *number = benk_alarm_get_case_number (self->alarm);
  g_autofree char *waiting =
    benk_alarm_describe_waiting (self->alarm, benk_ticker_get_now_ms (self->ticker));
  g_autofree char *covered =
    benk_wait_describe_covered (benk_alarm_get_covered (self->alarm),
                                benk_alarm_get_covered_by (self->alarm));
  g_autofree char *named =
    number ? g_strdup_printf (_ ("Case %s"), *number ? number : _ ("erased")) : NULL;
  g_autofree char *text =
    waiting
      ? g_strconcat (waiting, "\n", covered, named ? " · " : "", named ? named : "", NULL)
      : NULL;

  gtk_label_set_text (self->waiting, text ? text : "");
  gtk_widget_set_visible (self->waiting_box, text != NULL);
  gtk_widget_set_sensitive (self->stop_button,
                            benk_session_get_staff (self->session) != NULL);
}

static void
update_buttons (BenkAlarmDetails *self)
{
  BenkAlarmStatus status = benk_alarm_get_status (self->alarm);
  gboolean mine =
    benk_alarm_get_responsibility (self->alarm) == BENK_RESPONSIBILITY_TECHNICAL;
  gboolean open = status == BENK_ALARM_STATUS_NEW || status == BENK_ALARM_STATUS_TAKEN;
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean known = !benk_id_is_nil (benk_alarm_get_device_id (self->alarm));
  BenkFollowup followup = benk_alarm_get_followup (self->alarm);

  gtk_button_set_label (self->take_button, mine ? _ ("Take") : _ ("Help with This"));
  gtk_widget_set_visible (GTK_WIDGET (self->take_button),
                          status == BENK_ALARM_STATUS_NEW);
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_button), may_write);
  gtk_widget_set_visible (self->wait_button, status == BENK_ALARM_STATUS_TAKEN);
  gtk_widget_set_sensitive (self->wait_button, may_write);
  gtk_widget_set_visible (self->hand_button,
                          benk_alarm_hand_bar_may_hand_over (self->session, self->alarm));
  gtk_widget_set_sensitive (self->close_button, open && may_write);
  gtk_widget_set_visible (self->device_button, known);
  gtk_widget_set_visible (self->swap_button, known && may_write);
  gtk_widget_set_visible (self->call_button, known);
  gtk_widget_set_sensitive (self->call_button, may_write);
  gtk_label_set_text (self->followup, followup == BENK_FOLLOWUP_NONE
                                        ? ""
                                        : benk_followup_get_label (followup));
}

static void
update (BenkAlarmDetails *self)
{
  g_autofree char *code = NULL;
  g_autofree char *title = NULL;

  if (!self->alarm)
    return;
  code = benk_wording_alarm (self->alarm);
  title = g_strdup_printf ("%s · %s", code,
                           benk_alarm_get_device_label (self->alarm)
                             ? benk_alarm_get_device_label (self->alarm)
                             : _ ("Unknown device, not registered"));
  gtk_label_set_text (self->title, title);
  update_next_dose (self);
  update_deadline (self);
  update_times (self);
  update_responsible (self);
  update_waiting (self);
  benk_alarm_hand_bar_show (self->hand_bar, self->session, self->alarm);
  benk_alarm_batch_bar_show (self->batch_bar, self->session, self->alarm);
  benk_alarm_guidance_show (self->guidance, self->session, self->alarm);
  update_buttons (self);
}

/* When it was raised is not when, nor by whom, it was registered. */
static void
add_step (BenkAlarmDetails *self, BenkHistoryItem *item)
{
  g_autofree char *when = say_instant (self, benk_history_item_get_at_ms (item));
  const char *const *changes = benk_history_item_get_changes (item);
  const char *who = benk_history_item_get_who (item);
  gboolean raised = benk_history_item_get_verb (item) == BENK_VERB_INTAKE;
  g_autofree char *registered = NULL;
  g_autofree char *title =
    g_strdup_printf ("%s · %s%s%s", when, changes && changes[0] ? changes[0] : "",
                     who && !raised ? " · " : "", who && !raised ? who : "");

  if (who && raised)
    registered = g_strdup_printf (_ ("Registered by %s"), who);
  benk_rows_add (self->steps, self->step_rows, title, registered);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_often = 0;
  g_autoptr (GListModel) items =
    benk_alarms_load_finish (BENK_ALARMS (source), result, &n_often, &error);
  g_autofree char *often = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  benk_rows_clear (self->steps, self->step_rows);
  if (!items)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s",
                                  error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (items, i);

      add_step (self, item);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->steps), self->step_rows->len > 0);
  if (n_often > 1)
    often = g_strdup_printf (ngettext ("Last 30 days: %u alarm like this",
                                       "Last 30 days: %u alarms like this", n_often),
                             n_often);
  gtk_label_set_text (self->often, often ? often : "");
  gtk_widget_set_visible (GTK_WIDGET (self->often), often != NULL);
}

static void
load (BenkAlarmDetails *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  benk_alarm_end_show (self->end, self->alarm);
  if (!self->alarm)
    return;
  self->cancellable = g_cancellable_new ();
  benk_alarms_load_async (benk_session_get_alarms (self->session),
                          benk_alarm_get_id (self->alarm), self->cancellable, on_loaded,
                          g_object_ref (self));
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_take_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  load (self);
}

static void
on_take_clicked (BenkAlarmDetails *self)
{
  benk_alarms_take_async (benk_session_get_alarms (self->session),
                          benk_alarm_get_id (self->alarm), NULL, on_taken,
                          g_object_ref (self));
}

static void
on_wait_clicked (BenkAlarmDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_wait_dialog_new (GTK_WINDOW (root), self->session, self->alarm)));
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_stop_waiting_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                                _ ("The alarm waits no longer."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  load (self);
}

static void
on_stop_clicked (BenkAlarmDetails *self)
{
  benk_alarms_stop_waiting_async (benk_session_get_alarms (self->session),
                                  benk_alarm_get_id (self->alarm), 1, NULL, on_stopped,
                                  g_object_ref (self));
}

static void
on_vendor_clicked (BenkAlarmDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_vendor_dialog_new (GTK_WINDOW (root), self->session,
                                        benk_alarm_get_id (self->alarm), NULL)));
}

static void
on_hand_clicked (BenkAlarmDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_hand_over_dialog_new (GTK_WINDOW (root), self->session, self->alarm)));
}

static void
on_close_clicked (BenkAlarmDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_close_alarm_dialog_new (GTK_WINDOW (root), self->session, self->alarm)));
}

static void
on_device_clicked (BenkAlarmDetails *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_device_id (self->alarm));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-device", "s", id);
}

static void
on_swap_clicked (BenkAlarmDetails *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_device_id (self->alarm));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.swap", "s", id);
}

static void
on_alarm_notify (BenkAlarmDetails *self)
{
  BenkAlarmStatus status =
    self->alarm ? benk_alarm_get_status (self->alarm) : self->status;

  update (self);
  if (status == self->status)
    return;
  self->status = status;
  load (self);
}

/* Each time it is set, there is a step more. */
static void
on_waiting_notify (BenkAlarmDetails *self)
{
  load (self);
}

static void
benk_alarm_details_dispose (GObject *object)
{
  BenkAlarmDetails *self = BENK_ALARM_DETAILS (object);
  GtkWidget *child;

  benk_alarm_details_set_alarm (self, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->ticker);
  g_clear_pointer (&self->step_rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_alarm_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, title);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, call_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, next_dose);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, deadline);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, proposed);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, times);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, responsible);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, hand_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, hand_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, waiting);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, often);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, batch_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, followup);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, guidance);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, end);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, take_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, vendor_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, wait_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, close_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, device_button);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmDetails, swap_button);
}

static void
benk_alarm_details_class_init (BenkAlarmDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_alarm_details_dispose;
  g_type_ensure (BENK_TYPE_ALARM_BATCH_BAR);
  g_type_ensure (BENK_TYPE_ALARM_END);
  g_type_ensure (BENK_TYPE_ALARM_GUIDANCE);
  g_type_ensure (BENK_TYPE_ALARM_HAND_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-alarm-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_vendor_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_device_clicked);
  gtk_widget_class_bind_template_callback (widget_class, benk_alarm_details_note_call);
  gtk_widget_class_bind_template_callback (widget_class, on_swap_clicked);
}

static void
benk_alarm_details_init (BenkAlarmDetails *self)
{
  self->step_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_alarm_details_set_session:
 * @self: the details
 * @session: the open session
 * @ticker: says when relative times are to be said anew
 *
 * Gives the details what they work with; once.
 */
void
benk_alarm_details_set_session (BenkAlarmDetails *self,
                                BenkSession *session,
                                BenkTicker *ticker)
{
  g_return_if_fail (BENK_IS_ALARM_DETAILS (self));
  g_set_object (&self->session, session);
  g_set_object (&self->ticker, ticker);
  benk_alarm_end_set_session (self->end, session);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_guidances (session), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (on_alarm_notify), self,
                           G_CONNECT_SWAPPED);
}

/**
 * benk_alarm_details_set_alarm:
 * @self: the details
 * @alarm: (nullable): what to show
 *
 * Shows @alarm, and keeps that a person has seen it.
 */
void
benk_alarm_details_set_alarm (BenkAlarmDetails *self, BenkAlarm *alarm)
{
  g_return_if_fail (BENK_IS_ALARM_DETAILS (self));
  if (self->alarm)
    {
      g_clear_signal_handler (&self->notify_handler, self->alarm);
      g_clear_signal_handler (&self->waiting_handler, self->alarm);
      g_clear_signal_handler (&self->handed_handler, self->alarm);
      g_clear_signal_handler (&self->accepted_handler, self->alarm);
    }
  g_set_object (&self->alarm, alarm);
  gtk_stack_set_visible_child_name (self->stack, alarm ? "alarm" : "none");
  if (alarm)
    {
      self->status = benk_alarm_get_status (alarm);
      self->notify_handler =
        g_signal_connect_swapped (alarm, "notify", G_CALLBACK (on_alarm_notify), self);
      self->waiting_handler =
        g_signal_connect_swapped (alarm, "notify::waiting-until-ms",
                                  G_CALLBACK (on_waiting_notify), self);
      self->handed_handler =
        g_signal_connect_swapped (alarm, "notify::handed-ms",
                                  G_CALLBACK (on_waiting_notify), self);
      self->accepted_handler =
        g_signal_connect_swapped (alarm, "notify::accepted-ms",
                                  G_CALLBACK (on_waiting_notify), self);
      update (self);
    }
  load (self);
}

/**
 * benk_alarm_details_note_call:
 * @self: the details
 *
 * Opens where a call about the device of the alarm that is shown is kept.
 *
 * Returns: whether one is shown whose device is known, and somebody is chosen who can
 *   note it
 */
gboolean
benk_alarm_details_note_call (BenkAlarmDetails *self)
{
  const char *asset;

  g_return_val_if_fail (BENK_IS_ALARM_DETAILS (self), FALSE);
  if (!self->alarm || !benk_session_get_staff (self->session) ||
      benk_id_is_nil (benk_alarm_get_device_id (self->alarm)))
    return FALSE;
  asset = benk_alarm_get_asset (self->alarm);
  gtk_window_present (GTK_WINDOW (
    benk_call_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          self->session, benk_alarm_get_device_id (self->alarm),
                          asset ? asset : benk_alarm_get_serial (self->alarm))));
  return TRUE;
}
