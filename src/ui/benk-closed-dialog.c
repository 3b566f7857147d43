/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-closed-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-end.h"
#include "benk-alarms.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-sentence.h"
#include "benk-wording.h"

/* What is older is for the report; more rows nobody reads. */
#define MAX_ROWS 50

struct _BenkClosedDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *rows;

  AdwPreferencesGroup *alarms;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (BenkClosedDialog, benk_closed_dialog, ADW_TYPE_WINDOW)

/* What was sent is read when somebody looks. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, BenkAlarmEnd *end)
{
  BenkAlarm *alarm = g_object_get_data (G_OBJECT (row), "benk-alarm");

  if (adw_expander_row_get_expanded (row))
    benk_alarm_end_show (end, alarm);
}

static char *
describe (BenkClosedDialog *self, BenkAlarm *alarm)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  gint64 closed_ms = benk_alarm_get_closed_ms (alarm);
  BenkFollowup followup = benk_alarm_get_followup (alarm);
  g_autofree char *when = benk_wording_instant (closed_ms, now_ms, zone);
  const char *status = benk_alarm_status_get_label (benk_alarm_get_status (alarm));

  if (followup == BENK_FOLLOWUP_NONE)
    return g_strdup_printf ("%s · %s", status, when);
  return g_strdup_printf ("%s · %s · %s: %s", status, when, _ ("Follow-up document"),
                          benk_followup_get_label (followup));
}

static void
add_row (BenkClosedDialog *self, BenkAlarm *alarm)
{
  g_autofree char *code = benk_wording_alarm (alarm);
  g_autofree char *subtitle = describe (self, alarm);
  g_autofree char *title = g_strdup_printf ("%s · %s", code,
                                            benk_alarm_get_device_label (alarm)
                                              ? benk_alarm_get_device_label (alarm)
                                              : _ ("Unknown device"));
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *end = g_object_new (BENK_TYPE_ALARM_END, "margin-start", 12, "margin-end",
                                 12, "margin-top", 12, "margin-bottom", 12, NULL);
  GtkWidget *holder = gtk_list_box_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  benk_alarm_end_set_session (BENK_ALARM_END (end), self->session);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (holder), end);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (holder), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), holder);
  g_object_set_data_full (G_OBJECT (row), "benk-alarm", g_object_ref (alarm),
                          g_object_unref);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), end);
  adw_preferences_group_add (self->alarms, row);
  g_ptr_array_add (self->rows, row);
}

static int
compare_closed (gconstpointer a, gconstpointer b)
{
  gint64 one = benk_alarm_get_closed_ms (*(BenkAlarm *const *) a);
  gint64 two = benk_alarm_get_closed_ms (*(BenkAlarm *const *) b);

  return one < two ? 1 : one > two ? -1 : 0;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkClosedDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list =
    benk_alarms_list_finish (BENK_ALARMS (source), result, &error);
  g_autoptr (GPtrArray) closed = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->session)
    return;
  if (!list)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
        g_ptr_array_add (closed, g_steal_pointer (&alarm));
    }
  g_ptr_array_sort (closed, compare_closed);
  benk_rows_clear (self->alarms, self->rows);
  for (guint i = 0; i < MIN (closed->len, MAX_ROWS); i++)
    add_row (self, g_ptr_array_index (closed, i));
  if (closed->len == 0)
    benk_rows_add (self->alarms, self->rows, _ ("No alarm is closed yet"), NULL);
}

static void
load (BenkClosedDialog *self)
{
  if (self->session)
    benk_alarms_list_async (benk_session_get_alarms (self->session), TRUE, NULL,
                            on_listed, g_object_ref (self));
}

/* What is told is told in the main window. */
static void
pass_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkClosedDialog *self = BENK_CLOSED_DIALOG (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), name, parameter);
}

static void
benk_closed_dialog_dispose (GObject *object)
{
  BenkClosedDialog *self = BENK_CLOSED_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_closed_dialog_parent_class)->dispose (object);
}

static void
benk_closed_dialog_class_init (BenkClosedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_closed_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-closed-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkClosedDialog, alarms);
  gtk_widget_class_bind_template_child (widget_class, BenkClosedDialog, problem);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", pass_on);
  gtk_widget_class_install_action (widget_class, "win.tell-error", "s", pass_on);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_closed_dialog_init (BenkClosedDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_closed_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window with the alarms that were closed last, what was sent
 *   about each, and what can be done afterwards
 */
GtkWidget *
benk_closed_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkClosedDialog *self =
    g_object_new (BENK_TYPE_CLOSED_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  load (self);
  return GTK_WIDGET (self);
}
