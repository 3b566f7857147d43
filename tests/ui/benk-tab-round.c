/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-tab-round.h"

#include <adwaita.h>

#include "benk-keys.h"
#include "benk-shot.h"

#define MAX_STEPS 120

static gboolean
is_control (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) &&
         gtk_widget_get_focusable (widget) && gtk_widget_get_can_focus (widget);
}

static gboolean
was_reached (GtkWidget *widget, GHashTable *reached)
{
  GHashTableIter iter;
  gpointer one;

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &one, NULL))
    if (one == widget || gtk_widget_is_ancestor (one, widget))
      return TRUE;
  return FALSE;
}

/* Arrows go on from the one that Tab reaches. */
static gboolean
is_by_arrows (GtkWidget *widget)
{
  return (GTK_IS_CHECK_BUTTON (widget) &&
          !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget))) ||
         (GTK_IS_TOGGLE_BUTTON (widget) &&
          !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget))) ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_VIEW) != NULL ||
         (!GTK_IS_DROP_DOWN (widget) &&
          gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) != NULL) ||
         GTK_IS_LIST_BOX (widget);
}

static void
expect_reached (GtkWidget *widget, GHashTable *reached)
{
  if (is_control (widget) && !is_by_arrows (widget) && !was_reached (widget, reached))
    g_error ("Tab does not reach %s “%s” in %s", G_OBJECT_TYPE_NAME (widget),
             GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : "",
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    expect_reached (child, reached);
}

guint
benk_tab_round (GtkWindow *window)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  guint steps = 0;

  benk_shot_settle (GTK_WIDGET (window));
  do
    {
      GtkWidget *focus = gtk_window_get_focus (window);

      if (focus && !g_hash_table_add (reached, focus))
        break;
      benk_keys_press ("Tab");
    }
  while (++steps < MAX_STEPS);
  g_assert_cmpuint (steps, <, MAX_STEPS);
  expect_reached (gtk_window_get_child (window), reached);
  return g_hash_table_size (reached);
}
