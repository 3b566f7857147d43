/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-big-fact.h"

#include <glib/gi18n.h>

static void
on_copy_clicked (GtkWidget *button, GtkLabel *label)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), gtk_label_get_text (label));
  gtk_button_set_icon_name (GTK_BUTTON (button), "object-select-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Copied"));
}

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_copy (const char *title, GtkWidget *value)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: the name of a value, such as “IMEI”. */
  g_autofree char *name = g_strdup_printf (_ ("Copy: %s"), title);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_clicked), value);
  return button;
}

static GtkWidget *
create_line (const char *title, GtkWidget *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = create_label (title, "caption");

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (words), caption);
  gtk_box_append (GTK_BOX (words), value);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  return line;
}

/**
 * benk_big_fact_new:
 * @title: what is said
 * @value: (nullable): what it is; not known without
 *
 * Returns: (transfer floating): a line of a card
 */
GtkWidget *
benk_big_fact_new (const char *title, const char *value)
{
  GtkWidget *label =
    create_label (value ? value : _ ("Not known"), value ? "big-fact" : "dim-label");
  GtkWidget *line = create_line (title, label);

  if (!value)
    return line;
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  value, -1);
  gtk_box_append (GTK_BOX (line), create_copy (title, label));
  return line;
}

/**
 * benk_big_fact_new_asked:
 * @title: what is said
 * @action: what the button in the place of the value says
 * @clicked: called with @self
 * @self: for @clicked
 *
 * Returns: (transfer floating): a line of a card on which a person can enter what is not
 *   known
 */
GtkWidget *
benk_big_fact_new_asked (const char *title,
                         const char *action,
                         GCallback clicked,
                         gpointer self)
{
  GtkWidget *button = gtk_button_new_with_label (action);

  /* Two alike stand on a card. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return create_line (title, button);
}
