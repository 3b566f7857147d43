/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-home.h"
#include "benk-keys.h"
#include "benk-new-alarm-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-shot.h"
#include "benk-visit-page.h"
#include "benk-visit.h"

/* A scan while a text has the focus goes where a person expects it. */

#define FAST 3
#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
  benk_stage_show_window (stage, 1366, 768);
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_use (GTK_WINDOW (stage->window));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static const char *
get_text (gpointer dialog, const char *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (benk_stage_get_child (dialog, row)));
}

/* Of all that *New Alarm…* asks for only the device has a barcode. */
static void
test_new_alarm (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *row;
    const char *typed;
    const char *then;
  } fields[] = {
    { "device_row", "", "Return" }, { "device_row", "D-", "Tab" },
    { "code_row", "", "Return" },   { "code_row", "rul", "Return" },
    { "time_row", "", "Tab" },      { "time_row", "08:05", "Return" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWindow *dialog;
      gboolean is_device = g_str_equal (fields[i].row, "device_row");

      g_test_message ("%s “%s”", fields[i].row, fields[i].typed);
      gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.new-alarm", NULL);
      dialog = benk_stage_wait_window (BENK_TYPE_NEW_ALARM_DIALOG);
      benk_shot_settle (GTK_WIDGET (dialog));
      gtk_widget_grab_focus (benk_stage_get_child (dialog, fields[i].row));
      if (*fields[i].typed)
        benk_keys_type (fields[i].typed, SLOW, NULL);
      benk_keys_type ("]C0" BENK_HOME_OLD, FAST, fields[i].then);
      g_assert_cmpstr (get_text (dialog, "device_row"), ==, BENK_HOME_OLD);
      if (!is_device)
        g_assert_cmpstr (get_text (dialog, fields[i].row), ==, fields[i].typed);
      g_assert_true (benk_stage_find_window (BENK_TYPE_NEW_ALARM_DIALOG) == dialog);
      /* One goes on from the device to the code, and stays elsewhere. */
      g_assert_true (gtk_widget_is_ancestor (
        gtk_window_get_focus (dialog),
        benk_stage_get_child (dialog, is_device ? "code_row" : fields[i].row)));
      gtk_window_destroy (dialog);
    }
}

static GtkWidget *
start_visit (BenkStage *stage, BenkVisit **visit)
{
  BenkVisits *visits = benk_session_get_visits (stage->session);
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  benk_visits_start_async (visits, benk_device_get_id (device), BENK_VISIT_INSTALL, NULL,
                           benk_stage_keep, &result);
  *visit = benk_visits_start_finish (visits, benk_stage_await (&result), &error);
  g_assert_no_error (error);
  benk_visits_set_current (visits, *visit);
  page = benk_visit_page_new (stage->session, *visit);
  benk_window_show_alone (stage->window, page);
  benk_shot_settle (GTK_WIDGET (stage->window));
  return page;
}

static GtkWidget *
find_entry (GtkWidget *widget, const char *placeholder)
{
  if (GTK_IS_ENTRY (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), placeholder) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child, placeholder);

      if (found)
        return found;
    }
  return NULL;
}

static BenkVisitItemState
get_state (BenkVisit *visit, BenkFactKind fact)
{
  GListModel *items = benk_visit_get_items (visit);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkVisitItem) item = g_list_model_get_item (items, i);

      if (benk_visit_item_get_fact (item) == fact)
        return benk_visit_item_get_state (item);
    }
  g_assert_not_reached ();
}

static gboolean
is_right_device (gpointer visit)
{
  return get_state (visit, BENK_FACT_RIGHT_DEVICE) == BENK_VISIT_ITEM_DONE;
}

/* A serial is never signed as the name of who loaded the medicine. */
static void
test_visit (BenkStage *stage, gconstpointer then)
{
  g_autoptr (BenkVisit) visit = NULL;
  GtkWidget *page = start_visit (stage, &visit);
  GtkWidget *entry = find_entry (page, "Role and name");

  g_assert_nonnull (entry);
  gtk_widget_grab_focus (entry);
  benk_keys_type (BENK_HOME_OLD, FAST, then);
  g_assert_true (benk_shot_wait (is_right_device, visit, 10));
  g_assert_cmpint (get_state (visit, BENK_FACT_MEDICINE_LOADED), !=,
                   BENK_VISIT_ITEM_DONE);
  entry = find_entry (page, "Role and name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  /* Once more, when nobody asks for it. */
  gtk_widget_grab_focus (entry);
  benk_keys_type (BENK_HOME_OLD, FAST, then);
  benk_shot_settle (page);
  g_assert_cmpint (get_state (visit, BENK_FACT_MEDICINE_LOADED), !=,
                   BENK_VISIT_ITEM_DONE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
}

static void
on_reason (const char *reason, gpointer unused)
{
  g_error ("“%s” was sent off", reason);
}

/* The whole serial, and nothing is sent off with it. */
static void
test_reason (BenkStage *stage, gconstpointer then)
{
  GtkWindow *dialog;
  GtkWidget *entry;

  entry = benk_reason_dialog_ask (GTK_WINDOW (stage->window), "Why?", NULL, "_Go On",
                                  on_reason, G_OBJECT (stage->session));
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  gtk_widget_grab_focus (entry);
  benk_keys_type (BENK_HOME_OLD, FAST, then);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, BENK_HOME_OLD);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dialog)));
  benk_keys_press ("Escape");
}

static gboolean
is_visited (gpointer window)
{
  return gtk_stack_get_child_by_name (GTK_STACK (benk_stage_get_child (window, "stack")),
                                      "alone") != NULL;
}

/* Where a device is asked for, its scan is the whole answer. */
static void
test_home_visit (BenkStage *stage, gconstpointer unused)
{
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
  benk_keys_press ("ctrl+h");
  benk_shot_settle (GTK_WIDGET (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG)));
  benk_keys_type ("]C0" BENK_HOME_OLD, FAST, "Return");
  g_assert_true (benk_shot_wait (is_visited, stage->window, 20));
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/ui/scan-entries/" path, BenkStage, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("new-alarm", NULL, test_new_alarm);
  ADD ("visit-by-enter", "Return", test_visit);
  ADD ("visit-by-tab", "Tab", test_visit);
  ADD ("words-are-not-sent-off-by-enter", "Return", test_reason);
  ADD ("words-are-not-sent-off-by-tab", "Tab", test_reason);
  ADD ("home-visit", NULL, test_home_visit);

  return g_test_run ();
}
