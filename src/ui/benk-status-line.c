/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-status-line.h"

#include <glib/gi18n.h>

struct _BenkStatusLine
{
  GtkWidget parent_instance;

  BenkSession *session;

  GtkLabel *duty_label;
  GtkLabel *feed_label;
  GtkLabel *unsent_label;
  GtkLabel *usb_label;
  GtkLabel *staff_label;
};

G_DEFINE_FINAL_TYPE (BenkStatusLine, benk_status_line, GTK_TYPE_WIDGET)

static void
update_staff (BenkStatusLine *self)
{
  BenkStaff *staff = benk_session_get_staff (self->session);
  g_autofree char *text = NULL;

  if (staff)
    text = g_strdup_printf (_ ("Done by: %s"), benk_staff_get_initials (staff));
  gtk_label_set_text (self->staff_label, text ? text : _ ("Looking only"));
}

static void
benk_status_line_dispose (GObject *object)
{
  BenkStatusLine *self = BENK_STATUS_LINE (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_status_line_parent_class)->dispose (object);
}

static void
benk_status_line_class_init (BenkStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = benk_status_line_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, duty_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, feed_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, unsent_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, usb_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, staff_label);
  gtk_widget_class_set_css_name (widget_class, "statusline");
}

static void
benk_status_line_init (BenkStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_status_line_set_session:
 * @self: the line
 * @session: the open session
 *
 * Shows who owns alarms and supports now, each feed's age, and what is plugged in.
 */
void
benk_status_line_set_session (BenkStatusLine *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_STATUS_LINE (self));
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update_staff), self,
                           G_CONNECT_SWAPPED);
  update_staff (self);
}
