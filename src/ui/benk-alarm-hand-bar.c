/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-hand-bar.h"

#include <glib/gi18n.h>

#include "benk-accept-dialog.h"
#include "benk-alarms-hand.h"
#include "benk-plan.h"
#include "benk-wording.h"

struct _BenkAlarmHandBar
{
  GtkBox parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;

  GtkWidget *label;
  GtkWidget *mine_button;
  GtkWidget *accepted_button;
  GtkWidget *keep_button;
};

G_DEFINE_FINAL_TYPE (BenkAlarmHandBar, benk_alarm_hand_bar, GTK_TYPE_BOX)

static const char *
get_initials (BenkSession *session)
{
  BenkStaff *staff = benk_session_get_staff (session);

  return staff ? benk_staff_get_initials (staff) : NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmHandBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_hand_over_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
on_mine_clicked (BenkAlarmHandBar *self)
{
  benk_alarms_accept_async (benk_session_get_alarms (self->session),
                            benk_alarm_get_id (self->alarm), NULL, 0, NULL, on_done,
                            g_object_ref (self));
}

static void
on_accepted_clicked (BenkAlarmHandBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_accept_dialog_new (GTK_WINDOW (root), self->session, self->alarm)));
}

static void
on_keep_clicked (BenkAlarmHandBar *self)
{
  benk_alarms_keep_async (benk_session_get_alarms (self->session),
                          benk_alarm_get_id (self->alarm), NULL, on_done,
                          g_object_ref (self));
}

static void
benk_alarm_hand_bar_dispose (GObject *object)
{
  BenkAlarmHandBar *self = BENK_ALARM_HAND_BAR (object);

  g_clear_object (&self->session);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (benk_alarm_hand_bar_parent_class)->dispose (object);
}

static void
benk_alarm_hand_bar_class_init (BenkAlarmHandBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_alarm_hand_bar_dispose;
}

static GtkWidget *
add_button (BenkAlarmHandBar *self, GtkBox *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (box, button);
  return button;
}

static void
benk_alarm_hand_bar_init (BenkAlarmHandBar *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "heading");
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_box_append (GTK_BOX (self), buttons);
  self->mine_button =
    add_button (self, GTK_BOX (buttons), _ ("I Accept"), G_CALLBACK (on_mine_clicked));
  self->accepted_button = add_button (self, GTK_BOX (buttons), _ ("Accepted by Phone…"),
                                      G_CALLBACK (on_accepted_clicked));
  self->keep_button =
    add_button (self, GTK_BOX (buttons), _ ("Keep It"), G_CALLBACK (on_keep_clicked));
}

/**
 * benk_alarm_hand_bar_may_hand_over:
 * @session: the open session
 * @alarm: an alarm
 *
 * Returns: whether who is at the keyboard may hand it over: one's own, or one that
 *   somebody outside has accepted
 */
gboolean
benk_alarm_hand_bar_may_hand_over (BenkSession *session, BenkAlarm *alarm)
{
  const char *initials = get_initials (session);

  return initials && benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN &&
         (benk_alarm_is_with (alarm, initials) || benk_alarm_get_accepted_ms (alarm) > 0);
}

/**
 * benk_alarm_hand_bar_show:
 * @self: the bar
 * @session: the open session
 * @alarm: an alarm
 *
 * Says to whom @alarm was handed over while nobody has accepted it; else it is hidden.
 */
void
benk_alarm_hand_bar_show (BenkAlarmHandBar *self, BenkSession *session, BenkAlarm *alarm)
{
  const char *initials = get_initials (session);
  gboolean mine = benk_alarm_is_with (alarm, initials);
  gboolean waits = benk_alarm_is_handed_over (alarm);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  g_set_object (&self->session, session);
  g_set_object (&self->alarm, alarm);
  gtk_widget_set_visible (GTK_WIDGET (self), waits);
  if (!waits)
    return;
  when = benk_wording_instant (benk_alarm_get_handed_ms (alarm),
                               benk_clock_get_wall_ms (benk_session_get_clock (session)),
                               zone);
  /* Translators: to whom, then when. */
  text = g_strdup_printf (_ ("Handed over to %s at %s, not accepted yet"),
                          benk_alarm_get_handed_to (alarm), when);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (self->mine_button, initials && !mine);
  gtk_widget_set_sensitive (self->accepted_button, initials != NULL);
  gtk_widget_set_visible (self->keep_button, mine);
}
