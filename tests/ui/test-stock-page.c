/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-count-item.h"
#include "benk-count-verdict-panel.h"
#include "benk-shelf-page.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-stock.h"

typedef struct
{
  GtkWidget *widget;
  const char *id;
  const char *wanted;
} Wanted;

static gboolean
is_said (gpointer user_data)
{
  Wanted *wanted = user_data;
  GtkWidget *label = benk_stage_get_child (wanted->widget, wanted->id);

  return strstr (gtk_label_get_text (GTK_LABEL (label)), wanted->wanted) != NULL;
}

static void
expect_label (GtkWidget *widget, const char *id, const char *text)
{
  Wanted wanted = { widget, id, text };

  if (!benk_shot_wait (is_said, &wanted, 10))
    g_error ("%s says “%s”, not “%s”", id,
             gtk_label_get_text (GTK_LABEL (benk_stage_get_child (widget, id))), text);
}

static gboolean
is_on_top (gpointer user_data)
{
  Wanted *wanted = user_data;
  GtkWidget *stack = benk_stage_get_child (wanted->widget, wanted->id);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)),
                    wanted->wanted) == 0;
}

static void
expect_stack (GtkWidget *widget, const char *id, const char *name)
{
  Wanted wanted = { widget, id, name };

  if (!benk_shot_wait (is_on_top, &wanted, 10))
    g_error ("%s does not show %s", G_OBJECT_TYPE_NAME (widget), name);
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
add (BenkStage *stage, const char *serial, const char *place)
{
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = serial,
                                           .place = place,
                                           .state = BENK_DEVICE_STATE_RECEIVED });
}

static GtkWidget *
show (BenkStage *stage, const char *view)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");

  benk_window_show_page (stage->window, "devices");

  return benk_shelf_page_show_view (BENK_SHELF_PAGE (page), view);
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static void
click (GtkWidget *widget, const char *id)
{
  GtkWidget *button = benk_stage_get_child (widget, id);

  g_assert_true (benk_shot_wait (is_visible, button, 10));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* As a scanner does it: the code, then Enter. */
static void
scan (GtkWidget *view, const char *code)
{
  GtkWidget *entry = benk_stage_get_child (view, "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
}

static void
test_counts (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view;
  GtkWidget *verdict;

  add (stage, "M-1", "Shelf 1");
  add (stage, "M-2", "Shelf 1");
  add (stage, "M-3", "Shelf 2");
  view = show (stage, "count");
  verdict = benk_stage_get_child (view, "verdict");
  expect_stack (view, "stack", "start");
  click (benk_stage_get_child (view, "start"), "start");
  expect_stack (view, "stack", "count");
  expect_label (view, "numbers", "0 of 3 found");
  scan (view, "m 1");
  expect_label (verdict, "title", "Found");
  expect_label (verdict, "name", "M-1");
  scan (view, "M-1");
  expect_label (verdict, "title", "Already scanned");
  scan (view, "X-9");
  expect_label (verdict, "title", "Unknown");
  /* What the lists below count stands above them as one sum. */
  expect_label (view, "numbers", "1 of 3 found, 3 not settled (missing and differences)");
  expect_label (view, "missing_title", "Missing: 2");
  expect_label (view, "differences_title", "Differences: 1");
  g_assert_false (gtk_widget_get_sensitive (benk_stage_get_child (verdict, "add")));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (benk_stage_get_child (verdict, "model")), 1);
  g_assert_true (gtk_widget_get_sensitive (benk_stage_get_child (verdict, "add")));
  click (verdict, "add");
  expect_label (verdict, "detail", "Registered");
  expect_label (view, "missing_title", "2");
  benk_stage_wait_idle ();
  click (view, "end");
  benk_stage_respond (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), "end");
  expect_label (view, "numbers", "1 of 3 found");
  click (view, "back");
  expect_stack (view, "stack", "start");
}

static gboolean
is_settled (gpointer change)
{
  return !gtk_widget_get_visible (change);
}

/* What a device is not, its count does not say before somebody does. */
static void
test_state_is_chosen (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view;
  GtkWidget *verdict;
  GtkWidget *change;
  GtkDropDown *state;
  GtkStringList *names;

  add (stage, "M-1", "Shelf 1");
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "M-2",
                                           .place = "Shelf 1",
                                           .state = BENK_DEVICE_STATE_ORDERED });
  view = show (stage, "count");
  verdict = benk_stage_get_child (view, "verdict");
  change = benk_stage_get_child (verdict, "change");
  state = GTK_DROP_DOWN (benk_stage_get_child (verdict, "state"));
  expect_stack (view, "stack", "start");
  click (benk_stage_get_child (view, "start"), "start");
  expect_stack (view, "stack", "count");
  scan (view, "M-2");
  g_assert_true (benk_shot_wait (is_visible, change, 10));
  names = GTK_STRING_LIST (gtk_drop_down_get_model (state));
  g_assert_cmpuint (gtk_drop_down_get_selected (state), ==, 0);
  g_assert_cmpstr (gtk_string_list_get_string (names, 0), ==, "Choose…");
  g_assert_false (gtk_widget_get_sensitive (change));
  gtk_drop_down_set_selected (state, 1);
  g_assert_true (gtk_widget_get_sensitive (change));
  g_assert_cmpstr (gtk_string_list_get_string (names, 1), ==,
                   benk_device_state_get_label (BENK_DEVICE_STATE_RECEIVED, TRUE));
  click (verdict, "change");
  g_assert_true (benk_shot_wait (is_settled, change, 10));
}

/* Another place: the device is moved where it was found, and the window's undo takes
 * that back. */
static void
test_moves (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view;
  GtkWidget *verdict;
  GtkWidget *place;

  add (stage, "M-1", "Shelf 1");
  add (stage, "M-2", "Shelf 2");
  view = show (stage, "count");
  verdict = benk_stage_get_child (view, "verdict");
  benk_stage_wait_idle ();
  place = benk_stage_get_child (benk_stage_get_child (view, "start"), "place");
  while (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (place))) < 3)
    g_main_context_iteration (NULL, TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (place), 1);
  click (benk_stage_get_child (view, "start"), "start");
  expect_label (view, "numbers", "0 of 1 found");
  scan (view, "M-2");
  expect_label (verdict, "title", "Wrong place");
  expect_label (verdict, "detail", "Should be at: Shelf 2");
  click (verdict, "move");
  expect_label (verdict, "detail", "Moved to where it was found");
  {
    g_autoptr (BenkDevice) device = benk_stage_find (stage, "M-2");

    g_assert_cmpstr (benk_device_get_place_name (device), ==, "Shelf 1");
  }
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.undo", NULL);
  expect_label (verdict, "detail", "Should be at: Shelf 2");
  g_assert_true (benk_shot_wait (is_visible, benk_stage_get_child (verdict, "move"), 10));
}

static void
test_stock (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) set = NULL;
  GtkWidget *view = show (stage, "stock");
  GtkWidget *list = GTK_WIDGET (benk_shelf_page_get_list (
    BENK_SHELF_PAGE (benk_window_get_page (stage->window, "devices"))));
  BenkStock *stock = benk_session_get_stock (stage->session);

  expect_stack (view, "stack", "none");
  add (stage, "M-1", "Shelf 1");
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "pilly-sms",
                                           .serial = "P-1",
                                           .place = "Shelf 2",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  expect_stack (view, "stack", "stock");
  g_assert_false (gtk_widget_get_visible (benk_stage_get_child (view, "warning")));
  benk_stock_set_limit_async (stock, "medido", NULL, 2, NULL, benk_stage_keep, &set);
  benk_stock_set_limit_finish (stock, benk_stage_await (&set), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (benk_shot_wait (is_visible, benk_stage_get_child (view, "warning"), 10));
  expect_label (view, "warning_text", "Medido: 0 free, at least 2 wanted");

  /* A number, and a place, lead to the list of just those. */
  gtk_widget_activate_action (view, "shelf.list", "(uss)",
                              BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED),
                              "medido", "");
  expect_label (list, "count", "1 device");
  gtk_widget_activate_action (view, "shelf.list", "(uss)", 0, "", "Shelf 2");
  expect_label (list, "count", "1 device");
  gtk_widget_activate_action (view, "shelf.list", "(uss)", 0, "", "");
  expect_label (list, "count", "2 devices");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/stock-page/sets-a-state-that-was-chosen", BenkStage, NULL, set_up,
              test_state_is_chosen, tear_down);
  g_test_add ("/ui/stock-page/counts-by-scanner-and-keys", BenkStage, NULL, set_up,
              test_counts, tear_down);
  g_test_add ("/ui/stock-page/moves-what-is-in-the-wrong-place-and-back", BenkStage, NULL,
              set_up, test_moves, tear_down);
  g_test_add ("/ui/stock-page/shows-stock-and-leads-to-the-list", BenkStage, NULL, set_up,
              test_stock, tear_down);

  return g_test_run ();
}
