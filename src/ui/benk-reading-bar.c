/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reading-bar.h"

struct _BenkReadingBar
{
  GtkWidget parent_instance;

  BenkReading *reading;

  GtkLabel *problem;
  GtkWidget *again_button;
};

G_DEFINE_FINAL_TYPE (BenkReadingBar, benk_reading_bar, GTK_TYPE_WIDGET)

static void
update (BenkReadingBar *self)
{
  const char *problem = self->reading ? benk_reading_get_problem (self->reading) : NULL;

  gtk_label_set_text (self->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);
}

static void
on_again_clicked (BenkReadingBar *self)
{
  if (self->reading)
    benk_reading_again (self->reading);
}

static void
benk_reading_bar_dispose (GObject *object)
{
  BenkReadingBar *self = BENK_READING_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_reading_bar_parent_class)->dispose (object);
}

static void
benk_reading_bar_class_init (BenkReadingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_reading_bar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-reading-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkReadingBar, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkReadingBar, again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
}

static void
benk_reading_bar_init (BenkReadingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_reading_bar_set_reading:
 * @self: a bar above a page
 * @reading: what goes on behind the page
 *
 * Shows when @reading has failed, with a button that tries again.
 */
void
benk_reading_bar_set_reading (BenkReadingBar *self, BenkReading *reading)
{
  g_return_if_fail (BENK_IS_READING_BAR (self));
  g_return_if_fail (self->reading == NULL);

  self->reading = g_object_ref (reading);
  g_signal_connect_object (reading, "notify::problem", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
