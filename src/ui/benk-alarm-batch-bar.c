/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-batch-bar.h"

#include <glib/gi18n.h>

#include "benk-roll-batch-dialog.h"
#include "benk-roll-batch.h"

struct _BenkAlarmBatchBar
{
  GtkBox parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;

  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (BenkAlarmBatchBar, benk_alarm_batch_bar, GTK_TYPE_BOX)

static void
on_clicked (BenkAlarmBatchBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_roll_batch_dialog_new (GTK_WINDOW (root), self->session, self->alarm)));
}

static void
benk_alarm_batch_bar_dispose (GObject *object)
{
  BenkAlarmBatchBar *self = BENK_ALARM_BATCH_BAR (object);

  g_clear_object (&self->session);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (benk_alarm_batch_bar_parent_class)->dispose (object);
}

static void
benk_alarm_batch_bar_class_init (BenkAlarmBatchBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_alarm_batch_bar_dispose;
}

static void
benk_alarm_batch_bar_init (BenkAlarmBatchBar *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->label), TRUE);
  gtk_box_append (GTK_BOX (self), self->label);
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self), self->button);
}

/**
 * benk_alarm_batch_bar_show:
 * @self: the bar
 * @session: the open session
 * @alarm: an alarm
 *
 * Says of what batch the roll of @alarm is, or asks for it; hidden where an alarm is not
 * about a roll.
 */
void
benk_alarm_batch_bar_show (BenkAlarmBatchBar *self,
                           BenkSession *session,
                           BenkAlarm *alarm)
{
  gboolean concerns = benk_roll_batch_concerns (benk_alarm_get_code (alarm));
  g_autofree char *batch = benk_roll_batch_describe (benk_alarm_get_roll_packer (alarm),
                                                     benk_alarm_get_roll_batch (alarm));
  g_autofree char *text = NULL;

  g_set_object (&self->session, session);
  g_set_object (&self->alarm, alarm);
  gtk_widget_set_visible (GTK_WIDGET (self), concerns);
  if (!concerns)
    return;
  text = batch ? g_strdup_printf (_ ("Roll batch %s"), batch) : g_strdup ("");
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (self->label, batch != NULL);
  gtk_button_set_label (GTK_BUTTON (self->button),
                        batch ? _ ("Change…") : _ ("Note Roll Batch…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  batch ? _ ("Change Roll Batch…")
                                        : _ ("Note Roll Batch…"),
                                  -1);
  gtk_widget_set_sensitive (self->button, benk_session_get_staff (session) != NULL);
}
