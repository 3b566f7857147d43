/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-entry-rows.h"

/**
 * benk_entry_rows_new:
 *
 * Returns: (transfer floating): a boxed list without rows
 */
GtkWidget *
benk_entry_rows_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/**
 * benk_entry_rows_add:
 * @list: a boxed list
 * @title: (nullable): what is to be typed
 * @changed: called with @self after each key
 * @self: for @changed
 *
 * Adds a line in which Enter gives the answer of the dialog.
 *
 * Returns: (transfer none): an #AdwEntryRow
 */
GtkWidget *
benk_entry_rows_add (GtkWidget *list, const char *title, GCallback changed, gpointer self)
{
  GtkWidget *row = adw_entry_row_new ();

  if (title)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "changed", changed, self);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

/**
 * benk_entry_rows_get_text:
 * @row: (nullable) (type GtkEditable): what was typed into
 *
 * Returns: (transfer full): what was typed, without blanks around it; "" without @row
 */
char *
benk_entry_rows_get_text (gpointer row)
{
  return row ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))))
             : g_strdup ("");
}

/**
 * benk_entry_rows_get_optional:
 * @row: (nullable) (type GtkEditable): what was typed into
 *
 * Returns: (transfer full) (nullable): what was typed, without blanks around it, or %NULL
 */
char *
benk_entry_rows_get_optional (gpointer row)
{
  g_autofree char *text = benk_entry_rows_get_text (row);

  return *text ? g_steal_pointer (&text) : NULL;
}
