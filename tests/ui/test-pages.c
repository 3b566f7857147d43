/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-page.h"
#include "benk-bench-page.h"
#include "benk-bench.h"
#include "benk-device-details.h"
#include "benk-pages.h"
#include "benk-reading-page.h"
#include "benk-returns-page.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-stock-view.h"

typedef struct
{
  GtkWidget *widget;
  const char *id;
  const char *wanted;
} Shown;

static gboolean
is_shown (gpointer user_data)
{
  Shown *shown = user_data;
  GtkWidget *stack = benk_stage_get_child (shown->widget, shown->id);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)),
                    shown->wanted) == 0;
}

/* Waits until the stack @id of @widget shows its page @wanted. */
static void
expect_stack (GtkWidget *widget, const char *id, const char *wanted)
{
  Shown shown = { widget, id, wanted };

  if (!benk_shot_wait (is_shown, &shown, 10))
    g_error ("%s does not show %s", G_OBJECT_TYPE_NAME (widget), wanted);
}

typedef struct
{
  GtkWidget *widget;
  const char *id;
  const char *wanted;
} Said;

static gboolean
is_said (gpointer user_data)
{
  Said *said = user_data;
  GtkWidget *label = benk_stage_get_child (said->widget, said->id);

  return strstr (gtk_label_get_text (GTK_LABEL (label)), said->wanted) != NULL;
}

static void
expect_label (GtkWidget *widget, const char *id, const char *wanted)
{
  Said said = { widget, id, wanted };

  if (!benk_shot_wait (is_said, &said, 10))
    g_error ("%s says “%s”, not “%s”", id,
             gtk_label_get_text (GTK_LABEL (benk_stage_get_child (widget, id))), wanted);
}

static void
set_up (BenkStage *stage, gconstpointer demo)
{
  benk_stage_set_up (stage, GPOINTER_TO_INT (demo));
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer demo)
{
  benk_stage_tear_down (stage);
}

static void
add_device (BenkStage *stage, const char *serial)
{
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = serial,
                                           .place = "Shelf 1",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
}

static gboolean
has_badge (gpointer label)
{
  return gtk_widget_get_visible (label);
}

/* The count beside the title of the page at @position. */
static GtkWidget *
get_badge (BenkStage *stage, int position)
{
  GtkListBox *sidebar = GTK_LIST_BOX (benk_stage_get_child (stage->window, "sidebar"));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (sidebar, position);

  return gtk_widget_get_last_child (gtk_list_box_row_get_child (row));
}

static void
set_up_unread (BenkStage *stage, gconstpointer demo)
{
  benk_stage_set_up (stage, GPOINTER_TO_INT (demo));
}

/* That there are none is said when it is known. */
static void
test_none_is_said_when_read (BenkStage *stage, gconstpointer demo)
{
  static const struct
  {
    GtkWidget *(*build) (BenkSession *session);
    const char *stack;
    const char *none;
  } pages[] = {
    { benk_alarms_page_new, "stack", "empty" },
    { benk_returns_page_new, "stack", "empty" },
    { benk_stock_view_new, "stack", "none" },
    { benk_bench_page_new, "plugged_stack", "empty" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GtkWidget) page = g_object_ref_sink (pages[i].build (stage->session));
      GtkWidget *stack = benk_stage_get_child (page, pages[i].stack);

      g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==,
                       "reading");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GtkWidget) page = g_object_ref_sink (pages[i].build (stage->session));

      expect_stack (page, pages[i].stack, pages[i].none);
    }
}

static gboolean
is_described (gpointer row)
{
  return gtk_test_accessible_has_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* So with what is read aloud beside the pages, and what stands below them. */
static void
test_counts_are_said_when_read (BenkStage *stage, gconstpointer demo)
{
  static const struct
  {
    int position;
    const char *none;
  } rows[] = {
    { 0, "0 open alarms" },
    { 2, "0 devices are plugged in" },
    { 3, "0 returns under way" },
  };
  GtkListBox *sidebar;
  GtkWidget *line;

  stage->window = benk_window_new (GTK_APPLICATION (stage->application), stage->session);
  sidebar = GTK_LIST_BOX (benk_stage_get_child (stage->window, "sidebar"));
  line = benk_stage_get_child (stage->window, "status_line");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (
      is_described (gtk_list_box_get_row_at_index (sidebar, rows[i].position)));
  expect_label (line, "usb_label", "USB –");
  g_assert_cmpstr (gtk_label_get_text (
                     GTK_LABEL (benk_stage_get_child (line, "feed_label"))),
                   ==, "");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (sidebar, rows[i].position);

      g_assert_true (benk_shot_wait (is_described, row, 10));
      gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           rows[i].none);
    }
  expect_label (line, "usb_label", "USB 0");
  expect_label (line, "feed_label", "No alarm source");
}

static gboolean
has_child (gpointer widget)
{
  return gtk_widget_get_first_child (widget) != NULL;
}

static void
test_slow_reading_is_told (BenkStage *stage, gconstpointer demo)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (BENK_TYPE_READING_PAGE, NULL);

  gtk_window_set_child (window, page);
  gtk_window_present (window);
  g_assert_false (has_child (page));
  g_assert_true (benk_shot_wait (has_child, page, 10));
  gtk_widget_set_visible (page, FALSE);
  g_assert_false (has_child (page));
  gtk_window_destroy (window);
}

static void
test_alarms_empty_then_full (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *details = benk_stage_get_child (page, "details");
  g_autoptr (BenkAlarm) alarm = NULL;

  expect_stack (page, "stack", "empty");
  g_assert_false (gtk_widget_get_visible (get_badge (stage, 0)));
  add_device (stage, "MD0000001");
  alarm = benk_stage_alarm (stage, "MD0000001", "1.18", 0);
  expect_stack (page, "stack", "queue");
  expect_stack (details, "stack", "alarm");
  expect_label (details, "title", "Battery empty");
  g_assert_true (benk_shot_wait (has_badge, get_badge (stage, 0), 10));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_badge (stage, 0))), ==, "1");
  g_assert_true (gtk_widget_has_css_class (get_badge (stage, 0), "urgent"));
}

static gboolean
is_hidden (gpointer widget)
{
  return !gtk_widget_get_visible (widget);
}

static void
test_taking_an_alarm (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *details = benk_stage_get_child (page, "details");
  g_autoptr (BenkAlarm) alarm = NULL;

  add_device (stage, "MD0000001");
  alarm = benk_stage_alarm (stage, "MD0000001", "1.8", 0);
  expect_stack (details, "stack", "alarm");
  g_signal_emit_by_name (benk_stage_get_child (details, "take_button"), "clicked");
  g_assert_true (
    benk_shot_wait (is_hidden, benk_stage_get_child (details, "take_button"), 10));
  expect_label (details, "responsible", "MH");
}

static void
test_devices_empty_then_full (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkStack *stack = GTK_STACK (benk_stage_get_child (page, "stack"));

  /* That there are none is not said before it is known. */
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "list");
  expect_stack (page, "stack", "none");
  add_device (stage, "MD0000001");
  add_device (stage, "MD0000002");
  expect_stack (page, "stack", "list");
  expect_label (page, "count", "2 devices");
}

static void
test_devices_are_found_while_typing (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkWidget *search = benk_stage_get_child (stage->window, "search_entry");
  GtkWidget *details = benk_stage_get_child (page, "details");

  add_device (stage, "MD0000001");
  add_device (stage, "MD0000002");
  gtk_editable_set_text (GTK_EDITABLE (search), "0002");
  expect_label (page, "count", "1 device");
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like it");
  expect_stack (page, "result_stack", "no-match");
  gtk_editable_set_text (GTK_EDITABLE (search), "MD0000001");
  g_signal_emit_by_name (search, "activate");
  expect_stack (details, "stack", "device");
  expect_label (details, "title", "MD0000001");
}

static GtkSelectionModel *
get_selection (GtkWidget *page)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (benk_stage_get_child (page, "view"));

  return gtk_column_view_get_model (view);
}

static void
test_selection_is_kept_by_id (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  g_autoptr (BenkDevice) selected = NULL;

  add_device (stage, "MD0000005");
  expect_label (page, "count", "1 device");
  gtk_selection_model_select_item (get_selection (page), 0, TRUE);
  add_device (stage, "MD0000001");
  expect_label (page, "count", "2 devices");
  g_assert_true (gtk_selection_model_is_selected (get_selection (page), 1));
  selected = g_list_model_get_item (G_LIST_MODEL (get_selection (page)), 1);
  g_assert_cmpstr (benk_device_get_serial (selected), ==, "MD0000005");
}

static void
test_bench_empty_then_full (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "bench");
  BenkBench *bench = benk_session_get_bench (stage->session);
  GtkListBox *cards = GTK_LIST_BOX (benk_stage_get_child (page, "cards"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *card;

  expect_stack (page, "plugged_stack", "empty");
  g_assert_true (
    benk_bench_plug_virtual (bench, "medido", "MD0900001", stage->dir, NULL, &error));
  g_assert_no_error (error);
  benk_bench_settle_async (bench, NULL, benk_stage_keep, &result);
  g_assert_true (benk_bench_settle_finish (bench, benk_stage_await (&result), &error));
  expect_stack (page, "plugged_stack", "devices");
  card = gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (cards, 0));
  expect_label (card, "title", "MD0900001");
  g_assert_true (gtk_widget_get_visible (benk_stage_get_child (card, "simulated")));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_badge (stage, 2))), ==, "1");
}

static void
test_returns_empty_then_full (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "returns");
  GtkWidget *view = benk_stage_get_child (page, "view");
  const BenkReturnDetails none = { .no_rma = TRUE };
  g_autoptr (BenkReturnCase) opened = NULL;
  GtkWidget *button = benk_stage_get_child (view, "next_button");

  expect_stack (page, "stack", "empty");
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "MD0000001",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  benk_stage_attest (stage, "MD0000001", BENK_FACT_FACTORY_NEW, "delivery note 7", NULL);
  opened = benk_stage_return (stage, "MD0000001", "dead on arrival");
  expect_stack (page, "stack", "list");
  expect_stack (view, "stack", "return");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==,
                   "Vendor Has Answered…");
  benk_stage_return_step (stage, opened, BENK_RETURN_STATE_ANSWERED, &none);
  benk_stage_wait_idle ();
  benk_window_show_page (stage->window, "returns");
  benk_shot_settle (page);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Pack…");
}

static void
test_at_work_may_move (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkWidget *details = benk_stage_get_child (page, "details");
  GtkWidget *fresh;

  add_device (stage, "MD0000001");
  expect_label (page, "count", "1 device");
  gtk_selection_model_select_item (get_selection (page), 0, TRUE);
  expect_stack (details, "stack", "device");
  fresh = benk_stage_get_child (details, "move_button");
  g_assert_true (gtk_widget_get_sensitive (fresh));
}

static void
test_look_only_greys_buttons (BenkStage *stage, gconstpointer demo)
{
  static const char *const writing[] = { "move_button", "return_button", "user_button" };
  g_autoptr (BenkAlarm) alarm = NULL;
  GtkWidget *page;
  GtkWidget *details;

  add_device (stage, "MD0000001");
  alarm = benk_stage_alarm (stage, "MD0000001", "1.8", 0);
  benk_stage_reopen (stage);
  g_assert_null (benk_session_get_staff (stage->session));

  page = benk_window_get_page (stage->window, "devices");
  details = benk_stage_get_child (page, "details");
  expect_label (page, "count", "1 device");
  gtk_selection_model_select_item (get_selection (page), 0, TRUE);
  expect_stack (details, "stack", "device");
  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    g_assert_false (
      gtk_widget_get_sensitive (benk_stage_get_child (details, writing[i])));

  page = benk_window_get_page (stage->window, "alarms");
  details = benk_stage_get_child (page, "details");
  expect_stack (details, "stack", "alarm");
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (details, "take_button")));
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (details, "close_button")));
}

static void
test_every_page_fits (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *devices = benk_window_get_page (stage->window, "devices");
  g_autoptr (BenkAlarm) alarm = NULL;

  add_device (stage, "MD0000001");
  alarm = benk_stage_alarm (stage, "MD0000001", "1.8", 0);
  expect_label (devices, "count", "1 device");
  gtk_selection_model_select_item (get_selection (devices), 0, TRUE);
  expect_stack (benk_stage_get_child (devices, "details"), "stack", "device");
  for (const BenkPage *page = benk_pages; page->name; page++)
    {
      GtkWidget *widget = benk_window_get_page (stage->window, page->name);
      int height = 0;
      int width = 0;

      benk_window_show_page (stage->window, page->name);
      benk_shot_settle (widget);
      gtk_widget_measure (gtk_widget_get_parent (widget), GTK_ORIENTATION_VERTICAL, -1,
                          &height, NULL, NULL, NULL);
      gtk_widget_measure (gtk_widget_get_parent (widget), GTK_ORIENTATION_HORIZONTAL, -1,
                          &width, NULL, NULL, NULL);
      g_assert_nonnull (gtk_widget_get_first_child (widget));
      g_assert_cmpint (height, <=, 600);
      /* What the sidebar leaves of a small screen. */
      g_assert_cmpint (width, <=, 1366 - 180);
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/ui/pages/" path, BenkStage, GINT_TO_POINTER (TRUE), set_up, function,    \
              tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/pages/all/none-is-said-when-read", BenkStage, GINT_TO_POINTER (TRUE),
              set_up_unread, test_none_is_said_when_read, tear_down);
  g_test_add ("/ui/pages/all/counts-are-said-when-read", BenkStage,
              GINT_TO_POINTER (TRUE), set_up_unread, test_counts_are_said_when_read,
              tear_down);
  ADD ("all/slow-reading-is-told", test_slow_reading_is_told);
  ADD ("alarms/empty-then-full", test_alarms_empty_then_full);
  ADD ("alarms/taken-is-said", test_taking_an_alarm);
  ADD ("devices/empty-then-full", test_devices_empty_then_full);
  ADD ("devices/found-while-typing", test_devices_are_found_while_typing);
  ADD ("devices/selection-is-kept-by-id", test_selection_is_kept_by_id);
  ADD ("devices/somebody-at-work-may-move", test_at_work_may_move);
  ADD ("all/looking-only-greys-buttons", test_look_only_greys_buttons);
  ADD ("bench/empty-then-full", test_bench_empty_then_full);
  ADD ("returns/empty-then-full", test_returns_empty_then_full);
  ADD ("all/fit-a-small-screen", test_every_page_fits);
  return g_test_run ();
}
