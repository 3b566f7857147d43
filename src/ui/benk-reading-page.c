/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reading-page.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 500

struct _BenkReadingPage
{
  GtkWidget parent_instance;

  guint timeout;
};

G_DEFINE_FINAL_TYPE (BenkReadingPage, benk_reading_page, GTK_TYPE_WIDGET)

static gboolean
say_so (gpointer user_data)
{
  BenkReadingPage *self = user_data;
  GtkWidget *label = gtk_label_new (_ ("Reading…"));

  self->timeout = 0;
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
stop (BenkReadingPage *self)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (label)
    gtk_widget_unparent (label);
}

static void
benk_reading_page_map (GtkWidget *widget)
{
  BenkReadingPage *self = BENK_READING_PAGE (widget);

  GTK_WIDGET_CLASS (benk_reading_page_parent_class)->map (widget);
  self->timeout = g_timeout_add (PATIENCE_MS, say_so, self);
}

static void
benk_reading_page_unmap (GtkWidget *widget)
{
  stop (BENK_READING_PAGE (widget));
  GTK_WIDGET_CLASS (benk_reading_page_parent_class)->unmap (widget);
}

static void
benk_reading_page_dispose (GObject *object)
{
  stop (BENK_READING_PAGE (object));
  G_OBJECT_CLASS (benk_reading_page_parent_class)->dispose (object);
}

static void
benk_reading_page_class_init (BenkReadingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_reading_page_dispose;
  widget_class->map = benk_reading_page_map;
  widget_class->unmap = benk_reading_page_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
benk_reading_page_init (BenkReadingPage *self)
{
}
