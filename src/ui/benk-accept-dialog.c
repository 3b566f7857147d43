/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accept-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-hand.h"
#include "benk-alarms-wait.h"
#include "benk-entry-rows.h"
#include "benk-plan.h"

struct _BenkAcceptDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;
  char *day; /* of the district */
  GtkWidget *by_row;
  GtkWidget *time_row;
};

G_DEFINE_FINAL_TYPE (BenkAcceptDialog, benk_accept_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* The minute that was typed may be this one, which is not over yet. */
static gboolean
get_at (BenkAcceptDialog *self, gint64 *at_ms)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *time = benk_entry_rows_get_text (self->time_row);

  return benk_alarms_parse_until (self->day, time, at_ms, NULL) && *at_ms <= now_ms;
}

static void
on_changed (BenkAcceptDialog *self)
{
  g_autofree char *by = benk_entry_rows_get_text (self->by_row);
  gint64 at_ms;

  if (self->time_row)
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "accepted",
                                             *by && get_at (self, &at_ms));
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_hand_over_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_accept_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkAcceptDialog *self = BENK_ACCEPT_DIALOG (dialog);
  g_autofree char *by = benk_entry_rows_get_text (self->by_row);
  gint64 at_ms = 0;

  if (g_strcmp0 (response, "accepted") != 0 || !get_at (self, &at_ms))
    return;
  benk_alarms_accept_async (benk_session_get_alarms (self->session),
                            benk_alarm_get_id (self->alarm), by, at_ms, NULL, on_accepted,
                            g_object_ref (
                              gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_accept_dialog_dispose (GObject *object)
{
  BenkAcceptDialog *self = BENK_ACCEPT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->alarm);
  g_clear_pointer (&self->day, g_free);
  G_OBJECT_CLASS (benk_accept_dialog_parent_class)->dispose (object);
}

static void
benk_accept_dialog_class_init (BenkAcceptDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_accept_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_accept_dialog_response;
}

static void
benk_accept_dialog_init (BenkAcceptDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = benk_entry_rows_new ();

  self->by_row = benk_entry_rows_add (list, _ ("Accepted by: role and name"),
                                      G_CALLBACK (on_changed), self);
  self->time_row = benk_entry_rows_add (list, _ ("At"), G_CALLBACK (on_changed), self);
  adw_message_dialog_set_heading (dialog, _ ("Accepted by Phone"));
  adw_message_dialog_set_body (dialog,
                               _ ("Who told you that they have the alarm from now on?"));
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accepted",
                                    _ ("_Accepted"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "accepted", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accepted");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

/**
 * benk_accept_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: an alarm that was handed over
 *
 * Returns: (transfer none): a window that asks who has accepted it, and when
 */
GtkWidget *
benk_accept_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm)
{
  BenkAcceptDialog *self =
    g_object_new (BENK_TYPE_ACCEPT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  const char *to = benk_alarm_get_handed_to (alarm);

  self->session = g_object_ref (session);
  self->alarm = g_object_ref (alarm);
  self->day = g_date_time_format (local, "%Y-%m-%d");
  gtk_editable_set_text (GTK_EDITABLE (self->by_row), to ? to : "");
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  on_changed (self);
  return GTK_WIDGET (self);
}
