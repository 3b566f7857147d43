/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-entry.h"
#include "benk-alarm-groups.h"
#include "benk-alarm-wait.h"
#include "benk-close-alarm-dialog.h"
#include "benk-find.h"
#include "benk-hand-over-dialog.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-wait-dialog.h"

/* Alarms that are one thing to do, and a flood, under a person's hand. */

#define N_DEVICES 12
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

static void
raise_some (BenkStage *stage, const char *code, guint from, guint n)
{
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD00000%02u", i);
      g_autoptr (BenkAlarm) alarm =
        benk_stage_alarm (stage, serial, code, (N_DEVICES - i) * MINUTE / 4);
    }
}

static GtkWidget *
get_page (BenkStage *stage)
{
  return benk_window_get_page (stage->window, "alarms");
}

static GListModel *
get_rows (BenkStage *stage, const char *list)
{
  GtkWidget *view = benk_stage_get_child (get_page (stage), list);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

typedef struct
{
  GListModel *rows;
  guint n;
} Rows;

static gboolean
has_rows (gpointer user_data)
{
  Rows *rows = user_data;

  return g_list_model_get_n_items (rows->rows) == rows->n;
}

static void
expect_rows (BenkStage *stage, const char *list, guint n)
{
  Rows rows = { get_rows (stage, list), n };

  if (!benk_shot_wait (has_rows, &rows, 10))
    g_error ("%u rows, not %u", g_list_model_get_n_items (rows.rows), n);
}

static GtkWidget *
find_row (BenkStage *stage, const char *text)
{
  GtkWidget *list = benk_stage_get_child (get_page (stage), "list");
  GtkWidget *label = benk_find_wait_text (list, text);

  return gtk_widget_get_ancestor (label, g_type_from_name ("GtkListItemWidget"));
}

static void
show_page (BenkStage *stage)
{
  benk_window_show_page (stage->window, "alarms");
  benk_shot_settle (get_page (stage));
}

/* An incident of four, then another alarm; at the row of the incident. */
static void
take_hold (BenkStage *stage)
{
  raise_some (stage, "1.20", 0, 4);
  raise_some (stage, "1.17", 4, 1);
  show_page (stage);
  expect_rows (stage, "list", 2);
  benk_keys_click (find_row (stage, "No contact ×4"));
}

static guint
get_chosen (BenkStage *stage)
{
  return gtk_single_selection_get_selected (
    GTK_SINGLE_SELECTION (get_rows (stage, "list")));
}

static void
expect_expanded (BenkStage *stage, gboolean expanded)
{
  gtk_test_accessible_assert_state (find_row (stage, "No contact ×4"),
                                    GTK_ACCESSIBLE_STATE_EXPANDED, expanded);
}

static void
test_keys (BenkStage *stage, gconstpointer unused)
{
  guint at;

  take_hold (stage);
  at = get_chosen (stage);
  expect_expanded (stage, FALSE);
  benk_keys_press ("Right");
  expect_rows (stage, "list", 6);
  expect_expanded (stage, TRUE);
  benk_keys_press ("Down Down");
  g_assert_cmpuint (get_chosen (stage), ==, at + 2);
  benk_find_wait_text (benk_stage_get_child (get_page (stage), "details"),
                       "No contact · ");
  /* From one of it back to its row, and on from there. */
  benk_keys_press ("Left");
  expect_rows (stage, "list", 2);
  expect_expanded (stage, FALSE);
  g_assert_cmpuint (get_chosen (stage), ==, at);
  benk_keys_press ("Right Left");
  expect_rows (stage, "list", 2);
  g_assert_cmpuint (get_chosen (stage), ==, at);
}

static void
test_pointer (BenkStage *stage, gconstpointer unused)
{
  take_hold (stage);
  benk_keys_click (benk_find_typed (find_row (stage, "No contact ×4"), GTK_TYPE_BUTTON));
  expect_rows (stage, "list", 6);
  benk_keys_click (benk_find_typed (find_row (stage, "No contact ×4"), GTK_TYPE_BUTTON));
  expect_rows (stage, "list", 2);
}

static guint
count_taken (BenkStage *stage)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n += benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN;
    }
  return n;
}

static gboolean
four_are_taken (gpointer stage)
{
  return count_taken (stage) == 4;
}

/* The button says on how many it acts, and acts on those. */
static void
test_take (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *details;

  take_hold (stage);
  details = benk_stage_get_child (get_page (stage), "group_details");
  benk_find_wait_text (details, "rather one outage");
  benk_find_wait_text (details, "Medido MD0000000 · No contact");
  benk_keys_click (benk_find_button (details, "Take 4 Alarms"));
  g_assert_true (benk_shot_wait (four_are_taken, stage, 10));
  benk_find_wait_text (find_row (stage, "No contact ×4"), "With MH since");
  g_assert_null (benk_find_button (details, "Take 4 Alarms"));
}

static gboolean
four_wait (gpointer data)
{
  BenkStage *stage = data;
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n += benk_alarm_get_waiting_for (alarm) != BENK_WAIT_NONE;
    }
  return n == 4;
}

static gboolean
one_is_open (gpointer data)
{
  BenkStage *stage = data;

  return benk_alarms_get_n_open (benk_session_get_alarms (stage->session)) == 1;
}

static gboolean
is_gone (gpointer dialog)
{
  return !gtk_widget_get_visible (dialog);
}

/* (transfer full): the window that a button of the group asks with. */
static GtkWidget *
ask (GtkWidget *details, const char *button, GType type)
{
  benk_keys_click (benk_stage_get_child (details, button));
  return GTK_WIDGET (g_object_ref (benk_stage_wait_window (type)));
}

static void
answer (GtkWidget *dialog, const char *button)
{
  g_signal_emit_by_name (benk_stage_get_child (dialog, button), "clicked");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
}

/* Each of them is one answer for all four, and what is no part of it stays as it was. */
static void
test_as_one (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GtkWidget) wait = NULL;
  g_autoptr (GtkWidget) hand = NULL;
  g_autoptr (GtkWidget) close = NULL;
  GtkWidget *details;

  take_hold (stage);
  details = benk_stage_get_child (get_page (stage), "group_details");
  benk_keys_click (benk_find_button (details, "Take 4 Alarms"));
  g_assert_true (benk_shot_wait (four_are_taken, stage, 10));

  hand = ask (details, "hand_button", BENK_TYPE_HAND_OVER_DIALOG);
  answer (hand, "hand_button");
  benk_find_wait_text (find_row (stage, "No contact ×4"), "not accepted yet");

  wait = ask (details, "wait_button", BENK_TYPE_WAIT_DIALOG);
  benk_find_wait_text (wait, "and 3 more");
  answer (wait, "wait_button");
  g_assert_true (benk_shot_wait (four_wait, stage, 10));
  benk_find_wait_text (details, "Stop Waiting");

  close = ask (details, "close_button", BENK_TYPE_CLOSE_ALARM_DIALOG);
  benk_find_wait_text (close, "Also close 3 more of them");
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (close, "cause_row")),
                              7);
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (close, "action_row")),
                              1);
  answer (close, "close_button");
  g_assert_true (benk_shot_wait (one_is_open, stage, 10));
}

static guint
count_opened (BenkStage *stage)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n += benk_alarm_get_opened_ms (alarm) != 0;
    }
  return n;
}

static gboolean
four_are_opened (gpointer stage)
{
  return count_opened (stage) == 4;
}

/* Who chooses an incident has its members before them: a report does not say that nobody
 * looked. */
static void
test_opened (BenkStage *stage, gconstpointer unused)
{
  raise_some (stage, "1.17", 4, 1);
  raise_some (stage, "1.20", 0, 4);
  show_page (stage);
  expect_rows (stage, "list", 2);
  g_assert_cmpuint (count_opened (stage), ==, 0);
  benk_keys_click (find_row (stage, "No contact ×4"));
  g_assert_true (benk_shot_wait (four_are_opened, stage, 10));
}

/* Who asks for one of a closed group sees that one. */
static void
test_asked_for (BenkStage *stage, gconstpointer unused)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GObject) entry = NULL;

  take_hold (stage);
  alarm = g_list_model_get_item (queue, 2);
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
  expect_rows (stage, "list", 6);
  entry = g_list_model_get_item (get_rows (stage, "list"), get_chosen (stage));
  g_assert_cmpint (benk_alarm_entry_get_kind (BENK_ALARM_ENTRY (entry)), ==,
                   BENK_ALARM_ENTRY_MEMBER);
  g_assert_true (benk_alarm_entry_get_alarm (BENK_ALARM_ENTRY (entry)) == alarm);
}

/* What is read stays chosen where others gather around it. */
static void
test_becomes_a_group (BenkStage *stage, gconstpointer unused)
{
  raise_some (stage, "1.20", 0, 2);
  raise_some (stage, "1.17", 4, 1);
  show_page (stage);
  expect_rows (stage, "list", 3);
  benk_keys_click (find_row (stage, "MD0000001"));
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
  benk_keys_point (benk_stage_get_child (stage->window, "search_entry"));
  raise_some (stage, "1.20", 2, 2);
  expect_rows (stage, "list", 2);
  benk_find_wait_text (benk_stage_get_child (get_page (stage), "group_details"),
                       "No contact ×4");
}

/* Critical ones in sight always, with what it means; and it ends with time. */
static void
test_flood (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *bar;

  raise_some (stage, "1.8", 0, N_DEVICES - 2);
  raise_some (stage, "1.18", N_DEVICES - 2, 2);
  show_page (stage);
  expect_rows (stage, "strip", 2);
  expect_rows (stage, "list", 1);
  bar = benk_stage_get_child (get_page (stage), "flood_bar");
  benk_find_wait_text (bar, "12 alarms in 10 minutes · 2 critical");
  benk_keys_click (find_row (stage, "Roll jammed ×10"));
  g_assert_cmpuint (get_chosen (stage), ==, 0);
  /* It ends while somebody is there: nothing moves until they ask. */
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), BENK_FLOOD_MS + MINUTE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_find_wait_text (benk_stage_get_child (get_page (stage), "waiting_stack"),
                       "New order");
  expect_rows (stage, "strip", 2);
  g_assert_true (gtk_widget_get_visible (bar));
  benk_keys_press ("Escape");
  expect_rows (stage, "strip", 0);
  expect_rows (stage, "list", N_DEVICES);
  g_assert_false (gtk_widget_get_visible (bar));
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/alarms-groups/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("opened-and-closed-by-keys", test_keys);
  ADD ("opened-and-closed-by-pointer", test_pointer);
  ADD ("taken-as-one", test_take);
  ADD ("waits-handed-over-and-closed-as-one", test_as_one);
  ADD ("chosen-its-members-are-opened", test_opened);
  ADD ("asked-for-is-found-in-it", test_asked_for);
  ADD ("what-is-read-stays-chosen", test_becomes_a_group);
  ADD ("flood", test_flood);
  return g_test_run ();
}
