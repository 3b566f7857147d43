/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-rows.h"

#include "benk-plan.h"
#include "benk-verb.h"
#include "benk-wording.h"

/**
 * benk_rows_clear:
 * @group: a group
 * @rows: its rows
 *
 * Removes every row of @group.
 */
void
benk_rows_clear (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/**
 * benk_rows_add:
 * @group: a group
 * @rows: its rows
 * @title: what the row says
 * @subtitle: (nullable): more of it
 *
 * Adds a row whose text is plain, whatever it holds.
 *
 * Returns: (transfer none): an #AdwActionRow
 */
GtkWidget *
benk_rows_add (AdwPreferencesGroup *group,
               GPtrArray *rows,
               const char *title,
               const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  return row;
}

/**
 * benk_rows_add_fact:
 * @group: a group
 * @rows: its rows
 * @title: what is said
 * @value: what it is
 *
 * Adds a row of one line, with the value to be read out or copied.
 *
 * Returns: (transfer none): an #AdwActionRow
 */
GtkWidget *
benk_rows_add_fact (AdwPreferencesGroup *group,
                    GPtrArray *rows,
                    const char *title,
                    const char *value)
{
  GtkWidget *row = benk_rows_add (group, rows, title, NULL);
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "fact-value");
  gtk_widget_add_css_class (row, "fact");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  value, -1);
  return row;
}

/**
 * benk_rows_add_numbered:
 * @group: a group
 * @rows: its rows
 * @number: what stands in front
 * @title: what the row says
 *
 * Adds a step of a list.
 *
 * Returns: (transfer none): an #AdwActionRow
 */
GtkWidget *
benk_rows_add_numbered (AdwPreferencesGroup *group,
                        GPtrArray *rows,
                        const char *number,
                        const char *title)
{
  GtkWidget *row = benk_rows_add (group, rows, title, NULL);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  return row;
}

/**
 * benk_rows_add_history:
 * @group: a group
 * @rows: its rows
 * @item: a change
 * @now_ms: the present, milliseconds since 1970 in UTC
 *
 * Adds what was done, with old and new values, by whom and when.
 *
 * Returns: (transfer none): an #AdwActionRow
 */
GtkWidget *
benk_rows_add_history (AdwPreferencesGroup *group,
                       GPtrArray *rows,
                       BenkHistoryItem *item,
                       gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when =
    benk_wording_instant (benk_history_item_get_at_ms (item), now_ms, zone);
  const char *const *changes = benk_history_item_get_changes (item);
  const char *who = benk_history_item_get_who (item);
  g_autofree char *lines = changes ? g_strjoinv ("\n", (char **) changes) : g_strdup ("");
  g_autofree char *title =
    g_strdup_printf ("%s · %s%s%s", when,
                     benk_verb_get_label (benk_history_item_get_verb (item)),
                     who ? " · " : "", who ? who : "");

  return benk_rows_add (group, rows, title, *lines ? lines : NULL);
}
