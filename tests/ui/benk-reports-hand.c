/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reports-hand.h"

#include "benk-feeds.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"

/* Milliseconds between keys as hands press them. */
#define SLOW 130
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static void
turn (BenkStage *stage, gint64 ms)
{
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), ms);
}

static void
close_alarm (BenkStage *stage, BenkAlarm *alarm, const char *why_late)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "visited",
                                     .confirmed_role = "Charge nurse",
                                     .confirmed_by = "Anne Lie",
                                     .confirmed_ms =
                                       benk_clock_get_wall_ms (stage->clock),
                                     .why_late = why_late };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_stage_keep, &result);
  if (!benk_alarms_close_finish (alarms, benk_stage_await (&result), &error))
    g_error ("close: %s", error->message);
}

/* Minutes from one to the next; a step that is -1 was not done. */
static const struct
{
  const char *serial;
  const char *code;
  gint64 wait; /* since the one before */
  gint64 ago;  /* heard of so much later */
  gint64 take;
  gint64 close;
  const char *why_late;
} alarms[] = {
  { "MD0000001", "1.8", 0, 0, 5, 20, NULL },
  { "MD0000002", "1.19", 30, 0, 180, 20, "Kari Nesttun was at the other end of town" },
  { "PP000003", "1.1", 60, 0, -1, 150, NULL },
  { "MD0000001", "1.20", 6 * 60, 0, 600, 30, NULL },
  { "MD0000004", "1.19", 12 * 60, 2 * 24 * 60, 5, 5, NULL },
  { "PP000003", "1.12", 4 * 24 * 60, 0, 10, 20, NULL },
  { "MD0000002", "1.8", 30, 0, 3, 10, NULL },
  { "MD0000004", "1.17", 60, 0, -1, -1, NULL },
};

static void
follow_up (BenkStage *stage, gsize i)
{
  g_autoptr (BenkAlarm) alarm = NULL;

  turn (stage, alarms[i].wait * MINUTE_MS);
  alarm =
    benk_stage_alarm (stage, alarms[i].serial, alarms[i].code, alarms[i].ago * MINUTE_MS);
  if (alarms[i].take >= 0)
    {
      turn (stage, alarms[i].take * MINUTE_MS);
      benk_stage_take (stage, alarm);
    }
  if (alarms[i].close >= 0)
    {
      turn (stage, alarms[i].close * MINUTE_MS);
      close_alarm (stage, alarm, alarms[i].why_late);
    }
}

static void
add_source (BenkStage *stage)
{
  const BenkNewFeed feed = { "Vendor hub", "http://127.0.0.1:9/fhir", NULL, NULL, NULL };
  BenkFeeds *feeds = benk_session_get_feeds (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) added = NULL;

  benk_feeds_add_async (feeds, &feed, NULL, benk_stage_keep, &result);
  added = benk_feeds_add_finish (feeds, benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

void
benk_reports_hand_fill (BenkStage *stage)
{
  static const char list[] = "Modell;Serienr;Utstyrsnr;Status\n"
                             "Medido;MD0000001;D-10;I drift\n"
                             "Medido;MD0000002;D-9;I drift\n"
                             "Evondos E300;PP000003;D-100;I drift\n"
                             "Medido;MD0000004;D-11;I drift\n";
  g_autofree char *path = g_build_filename (stage->dir, "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  turn (stage, -20 * DAY_MS);
  g_file_set_contents (path, list, -1, &error);
  g_assert_no_error (error);
  benk_stage_import (stage, path);
  benk_stage_link_user (stage, "MD0000001", "4711", "Distrikt 1");
  benk_stage_link_user (stage, "MD0000002", "4702", "Distrikt 2");
  benk_stage_link_user (stage, "PP000003", "4733", "Distrikt 1");
  for (gsize i = 0; i < G_N_ELEMENTS (alarms); i++)
    follow_up (stage, i);
  add_source (stage);
  turn (stage, BENK_STAGE_WALL_MS - benk_clock_get_wall_ms (stage->clock));
}

typedef struct
{
  GtkWidget *page;
  const char *shown;
} Wanted;

static gboolean
shows (gpointer user_data)
{
  Wanted *wanted = user_data;
  GtkStack *stack = GTK_STACK (benk_stage_get_child (wanted->page, "stack"));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), wanted->shown) == 0;
}

GtkWidget *
benk_reports_hand_wait_shown (BenkStage *stage, const char *shown)
{
  Wanted wanted = { benk_window_get_page (stage->window, "reports"), shown };

  g_assert_true (benk_shot_wait (shows, &wanted, 20));
  benk_shot_settle (GTK_WIDGET (stage->window));
  return wanted.page;
}

GtkWidget *
benk_reports_hand_open (BenkStage *stage)
{
  benk_keys_press ("alt+5");
  return benk_reports_hand_wait_shown (stage, "report");
}

guint
benk_reports_hand_count_rows (GtkWidget *page)
{
  GtkListView *rows = GTK_LIST_VIEW (benk_stage_get_child (page, "rows"));

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (rows)));
}

static gboolean
is_saved (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The month is the one that the page begins with. What to decide is how to save it. */
void
benk_reports_hand_save_of_users (BenkStage *stage, const char *button, const char *path)
{
  GtkWidget *page = benk_reports_hand_open (stage);

  benk_keys_click (benk_stage_get_child (page, "only_entry"));
  benk_keys_type ("4711 4702 4733", SLOW, "Return");
  benk_reports_hand_wait_shown (stage, "report");
  benk_find_wait_text (page, "Only alarms of 3 users");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, BENK_REPORTS_HAND_OF_USERS);
  benk_keys_decide ();
  benk_keys_click (benk_stage_get_child (page, button));
  benk_shot_settle (GTK_WIDGET (benk_stage_wait_window (GTK_TYPE_FILE_CHOOSER_DIALOG)));
  benk_keys_press ("ctrl+a");
  benk_keys_type (path, SLOW, "Return");
  g_assert_true (benk_shot_wait (is_saved, (gpointer) path, 20));
  benk_find_wait_text (GTK_WIDGET (stage->window), "The report is saved as");
}
