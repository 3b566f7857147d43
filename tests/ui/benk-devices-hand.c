/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-devices-hand.h"

#include "benk-keys.h"
#include "benk-shot.h"

GtkWidget *
benk_devices_hand_show_page (BenkStage *stage)
{
  benk_window_show_page (stage->window, "devices");
  return benk_window_get_page (stage->window, "devices");
}

GtkSelectionModel *
benk_devices_hand_get_selection (GtkWidget *page)
{
  return gtk_column_view_get_model (
    GTK_COLUMN_VIEW (benk_stage_get_child (page, "view")));
}

typedef struct
{
  GtkWidget *page;
  const char *wanted;
} Listed;

static char *
list_assets (GtkWidget *page)
{
  GListModel *list = G_LIST_MODEL (benk_devices_hand_get_selection (page));
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; list && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkDevice) device = g_list_model_get_item (list, i);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              benk_device_get_asset (device));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_listed (gpointer user_data)
{
  Listed *listed = user_data;
  g_autofree char *assets = list_assets (listed->page);

  return g_str_equal (assets, listed->wanted);
}

void
benk_devices_hand_expect_list (GtkWidget *page, const char *wanted)
{
  Listed listed = { page, wanted };

  if (!benk_shot_wait (is_listed, &listed, 10))
    {
      g_autofree char *assets = list_assets (page);

      g_error ("the list holds “%s”, not “%s”", assets, wanted);
    }
}

typedef struct
{
  GtkWidget *details;
  const char *serial;
} Shown;

static gboolean
is_shown (gpointer user_data)
{
  Shown *shown = user_data;
  const char *page = gtk_stack_get_visible_child_name (
    GTK_STACK (benk_stage_get_child (shown->details, "stack")));
  GtkLabel *title = GTK_LABEL (benk_stage_get_child (shown->details, "title"));

  return g_strcmp0 (page, "device") == 0 &&
         strstr (gtk_label_get_text (title), shown->serial) != NULL;
}

void
benk_devices_hand_expect_shown (GtkWidget *page, const char *serial)
{
  Shown shown = { benk_stage_get_child (page, "details"), serial };

  if (!benk_shot_wait (is_shown, &shown, 10))
    g_error ("%s is not shown", serial);
}

/* The first row of the list, where a pointer would go. */
static GtkWidget *
get_first_row (GtkWidget *page)
{
  return gtk_widget_get_first_child (
    gtk_widget_get_last_child (benk_stage_get_child (page, "view")));
}

void
benk_devices_hand_click_first (GtkWidget *page)
{
  benk_shot_settle (page);
  benk_keys_click (get_first_row (page));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  const char *label;
} Button;

static gboolean
has_button (gpointer user_data)
{
  Button *button = user_data;

  return find_button (button->widget, button->label) != NULL;
}

GtkWidget *
benk_devices_hand_wait_button (GtkWidget *widget, const char *label)
{
  Button button = { widget, label };

  if (!benk_shot_wait (has_button, &button, 10))
    g_error ("no button “%s”", label);
  benk_shot_settle (widget);
  return find_button (widget, label);
}
