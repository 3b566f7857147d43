/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-entry.h"
#include "benk-alarm-groups.h"
#include "benk-alarms-close.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"

/* The queue under a person's hand: by keyboard and pointer, as the display server sends
 * them. */

#define N_DEVICES 30
#define MINUTE (60 * 1000)

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_keys_set_up (stage, NULL, 0);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD00000%02u", i);
      BenkNewDevice device = {
        "medido", serial, NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
      };

      benk_stage_add (stage, &device);
    }
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

/* Device by device, older first: the order they stand in. Over so long that it is no
 * flood. */
static void
raise_some (BenkStage *stage, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i % BENK_FLOOD_ALARMS == BENK_FLOOD_ALARMS - 1)
        benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), BENK_FLOOD_MS + MINUTE);
      g_autofree char *serial = g_strdup_printf ("MD00000%02u", i);
      g_autoptr (BenkAlarm) alarm =
        benk_stage_alarm (stage, serial, "1.8", (N_DEVICES - i) * MINUTE);
    }
}

static GtkWidget *
get_page (BenkStage *stage)
{
  return benk_window_get_page (stage->window, "alarms");
}

static GtkSingleSelection *
get_selection (BenkStage *stage)
{
  GtkWidget *list = benk_stage_get_child (get_page (stage), "list");

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static BenkAlarm *
get_alarm (BenkStage *stage, guint position)
{
  g_autoptr (BenkAlarmEntry) entry =
    g_list_model_get_item (G_LIST_MODEL (get_selection (stage)), position);

  return entry ? benk_alarm_entry_get_alarm (entry) : NULL;
}

static const char *
get_serial (BenkStage *stage, guint position)
{
  BenkAlarm *alarm = get_alarm (stage, position);

  return alarm ? benk_alarm_get_serial (alarm) : NULL;
}

static const char *
get_selected (BenkStage *stage)
{
  BenkAlarmEntry *entry = gtk_single_selection_get_selected_item (get_selection (stage));

  return entry ? benk_alarm_get_serial (benk_alarm_entry_get_alarm (entry)) : NULL;
}

typedef struct
{
  BenkStage *stage;
  guint n;
} Rows;

static gboolean
has_rows (gpointer user_data)
{
  Rows *rows = user_data;

  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (rows->stage))) == rows->n;
}

static void
expect_rows (BenkStage *stage, guint n)
{
  Rows rows = { stage, n };

  g_assert_true (benk_shot_wait (has_rows, &rows, 10));
}

typedef struct
{
  BenkStage *stage;
  const char *text;
} Bar;

static const char *
get_bar (BenkStage *stage)
{
  GtkStack *stack = GTK_STACK (benk_stage_get_child (get_page (stage), "waiting_stack"));

  if (g_str_equal (gtk_stack_get_visible_child_name (stack), "none"))
    return "";
  return gtk_button_get_label (
    GTK_BUTTON (benk_stage_get_child (get_page (stage), "waiting_button")));
}

static gboolean
says (gpointer user_data)
{
  Bar *bar = user_data;

  return g_strcmp0 (get_bar (bar->stage), bar->text) == 0;
}

static void
expect_bar (BenkStage *stage, const char *text)
{
  Bar bar = { stage, text };

  if (!benk_shot_wait (says, &bar, 10))
    g_error ("the bar says “%s”, not “%s”", get_bar (stage), text);
}

static GtkWidget *
find_row (BenkStage *stage, const char *serial)
{
  GtkWidget *list = benk_stage_get_child (get_page (stage), "list");
  GtkWidget *label = benk_find_wait_text (list, serial);

  return gtk_widget_get_ancestor (label, g_type_from_name ("GtkListItemWidget"));
}

static int
get_y (BenkStage *stage, const char *serial)
{
  double x, y;

  gtk_widget_translate_coordinates (find_row (stage, serial),
                                    benk_stage_get_child (get_page (stage), "list_area"),
                                    0, 0, &x, &y);
  return (int) y;
}

/* Pointer and focus come to one row. */
static void
take_hold (BenkStage *stage, guint n, const char *serial)
{
  raise_some (stage, n);
  benk_window_show_page (stage->window, "alarms");
  expect_rows (stage, n);
  benk_shot_settle (get_page (stage));
  benk_keys_click (find_row (stage, serial));
  g_assert_cmpstr (get_selected (stage), ==, serial);
}

static void
raise_critical (BenkStage *stage)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, "MD0000009", "1.18", 0);

  expect_bar (stage, "1 new · 1 critical");
  g_assert_true (
    gtk_widget_has_css_class (benk_stage_get_child (get_page (stage), "waiting_button"),
                              "destructive-action"));
  g_assert_false (
    gtk_widget_has_css_class (benk_stage_get_child (get_page (stage), "waiting_button"),
                              "suggested-action"));
  g_assert_cmpstr (get_serial (stage, 0), ==, "MD0000000");
}

static void
leave_by_pointer (BenkStage *stage)
{
  benk_keys_point (benk_stage_get_child (stage->window, "search_entry"));
}

static void
leave_by_focus (BenkStage *stage)
{
  benk_keys_press ("ctrl+f");
}

static void
press_escape (BenkStage *stage)
{
  benk_keys_press ("Escape");
}

static void
press_bar (BenkStage *stage)
{
  benk_keys_click (benk_stage_get_child (get_page (stage), "waiting_button"));
}

typedef struct
{
  void (*first) (BenkStage *stage); /* is not enough */
  void (*then) (BenkStage *stage);
} Leaving;

static void
test_waits (BenkStage *stage, gconstpointer data)
{
  const Leaving *leaving = data;
  int y;

  take_hold (stage, 3, "MD0000001");
  raise_critical (stage);
  y = get_y (stage, "MD0000001");
  if (leaving->first)
    {
      leaving->first (stage);
      benk_stage_wait_idle ();
      g_assert_cmpstr (get_bar (stage), ==, "1 new · 1 critical");
      g_assert_cmpstr (get_serial (stage, 0), ==, "MD0000000");
      g_assert_cmpint (get_y (stage, "MD0000001"), ==, y);
    }
  leaving->then (stage);
  expect_bar (stage, "");
  expect_rows (stage, 4);
  g_assert_cmpstr (get_serial (stage, 0), ==, "MD0000009");
  g_assert_cmpstr (get_selected (stage), ==, "MD0000001");
}

/* The pointer alone, with the keys elsewhere. */
static void
test_pointer_and_escape (BenkStage *stage, gconstpointer unused)
{
  raise_some (stage, 3);
  benk_window_show_page (stage->window, "alarms");
  expect_rows (stage, 3);
  benk_shot_settle (get_page (stage));
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
  benk_keys_point (find_row (stage, "MD0000002"));
  raise_critical (stage);
  benk_keys_press ("Escape");
  expect_bar (stage, "");
  expect_rows (stage, 4);
  /* Still there: the next waits again. */
  benk_stage_alarm (stage, "MD0000008", "1.8", 0);
  expect_bar (stage, "1 new");
}

static void
close_alarm (BenkStage *stage, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmClosing closing = { .cause = benk_alarms_get_causes ()[0].name,
                                     .action = benk_alarms_get_actions ()[0].name };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_stage_keep, &result);
  benk_alarms_close_finish (alarms, benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

/* What ends under the hand stays, greyed, with what happened; then the details stay. */
static void
test_ended (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *details = benk_stage_get_child (get_page (stage), "details");
  GtkWidget *row;

  take_hold (stage, 3, "MD0000001");
  close_alarm (stage, get_alarm (stage, 1));
  expect_bar (stage, "1 no longer open");
  row = find_row (stage, "MD0000001");
  benk_find_wait_text (row, "Closed · ");
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_first_child (row), "gone"));
  expect_rows (stage, 3);
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (details, "close_button")));
  leave_by_focus (stage);
  leave_by_pointer (stage);
  expect_rows (stage, 2);
  g_assert_null (get_selected (stage));
  benk_find_wait_text (details, "MD0000001");
  benk_find_wait_text (details, "Closed · ");
  benk_keys_click (find_row (stage, "MD0000002"));
  benk_find_wait_text (details, "MD0000002");
}

/* Down goes to the row below, whatever waits above it. */
static void
test_keys_meanwhile (BenkStage *stage, gconstpointer unused)
{
  take_hold (stage, 3, "MD0000000");
  raise_critical (stage);
  benk_keys_press ("Down");
  g_assert_cmpstr (get_selected (stage), ==, "MD0000001");
  benk_keys_press ("Escape");
  expect_rows (stage, 4);
  g_assert_cmpstr (get_selected (stage), ==, "MD0000001");
  benk_keys_press ("Down");
  g_assert_cmpstr (get_selected (stage), ==, "MD0000002");
}

/* What is looked at far down stays where it is on the screen. */
static void
test_scroll_is_kept (BenkStage *stage, gconstpointer unused)
{
  int y;

  take_hold (stage, 28, "MD0000000");
  for (guint i = 0; i < 20; i++)
    benk_keys_press ("Down");
  benk_shot_settle (get_page (stage));
  g_assert_cmpstr (get_selected (stage), ==, "MD0000020");
  y = get_y (stage, "MD0000020");
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, "MD0000029", "1.18", 0);
  expect_bar (stage, "1 new · 1 critical");
  benk_keys_press ("Escape");
  expect_rows (stage, 29);
  benk_shot_settle (get_page (stage));
  g_assert_cmpstr (get_serial (stage, 0), ==, "MD0000029");
  g_assert_cmpstr (get_selected (stage), ==, "MD0000020");
  g_assert_cmpint (get_y (stage, "MD0000020"), ==, y);
}

static gboolean
is_opened (gpointer alarm)
{
  return benk_alarm_get_opened_ms (alarm) > 0;
}

/* What the list shows by itself has been opened by nobody, until a hand is there. */
static void
test_opened_by_a_hand (BenkStage *stage, gconstpointer unused)
{
  raise_some (stage, 3);
  expect_rows (stage, 3);
  benk_shot_settle (get_page (stage));
  g_assert_cmpstr (get_selected (stage), ==, "MD0000000");
  benk_stage_wait_idle ();
  for (guint i = 0; i < 3; i++)
    g_assert_false (is_opened (get_alarm (stage, i)));

  benk_keys_click (find_row (stage, "MD0000001"));
  g_assert_true (benk_shot_wait (is_opened, get_alarm (stage, 1), 10));
  g_assert_false (is_opened (get_alarm (stage, 0)));
  g_assert_false (is_opened (get_alarm (stage, 2)));
}

/* Who asks for one by name sees it at once. */
static void
test_asked_for (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;

  take_hold (stage, 3, "MD0000001");
  alarm = benk_stage_alarm (stage, "MD0000009", "1.18", 0);
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
  expect_rows (stage, 4);
  g_assert_cmpstr (get_selected (stage), ==, "MD0000009");
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/ui/alarms-queue/" path, BenkStage, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  static const Leaving pointer_last = { leave_by_focus, leave_by_pointer };
  static const Leaving focus_last = { leave_by_pointer, leave_by_focus };
  static const Leaving escape = { NULL, press_escape };
  static const Leaving bar = { NULL, press_bar };

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("new-wait-until-the-pointer-leaves", &pointer_last, test_waits);
  ADD ("new-wait-until-the-focus-leaves", &focus_last, test_waits);
  ADD ("new-wait-until-escape", &escape, test_waits);
  ADD ("new-wait-until-asked-for-at-the-bar", &bar, test_waits);
  ADD ("pointer-alone-and-escape", NULL, test_pointer_and_escape);
  ADD ("what-ends-stays-greyed", NULL, test_ended);
  ADD ("keys-go-on-meanwhile", NULL, test_keys_meanwhile);
  ADD ("scroll-is-kept", NULL, test_scroll_is_kept);
  ADD ("opened-only-by-a-hand", NULL, test_opened_by_a_hand);
  ADD ("asked-for-is-shown-at-once", NULL, test_asked_for);
  return g_test_run ();
}
