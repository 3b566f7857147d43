/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand open alarms with the page open, and what the thread of the window does
 * about them. */

#include <time.h>

#include "benk-alarm-groups.h"
#include "benk-db.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-stage.h"

#define N_ALARMS 10000
/* In processor time of the thread alone. A person does not feel 50 ms, and it is less;
 * how much less depends on the machine. */
#define LONGEST_US (2 * 50 * 1000)

/* By its own hand: taking as many in is another test's. */
static const char many[] =
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
  " INSERT INTO alarm (id, model_id, serial, code, severity, via, status,"
  " responsibility, raised_ms, take_deadline_ms, resolve_deadline_ms,"
  " deadlines_proposed) SELECT randomblob (16), 'medido', 'N-' || i,"
  " CASE i % 97 WHEN 0 THEN '1.18' ELSE iif (i % 3, '1.5', '1.8') END,"
  " iif (i % 97, 20, 40), 'feed', 'new', iif (i % 5, 'technical', 'care'),"
  " 1772438400000 - i * 360, 1772438400000 + i, 1772438400000 + 2 * i, 1 FROM n;"
  "INSERT INTO alarm_local (alarm_id, received_ms) SELECT id, 1772440800000 FROM alarm;";

static gint64 busy_since_us;
static gint64 longest_us;

static gint64
get_busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
look (GPollFD *files, guint n_files, int timeout)
{
  int n;

  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  n = g_poll (files, n_files, timeout);
  busy_since_us = get_busy_us ();
  return n;
}

static void
begin (void)
{
  longest_us = 0;
  busy_since_us = get_busy_us ();
}

static void
end (BenkStage *stage, const char *what)
{
  benk_shot_settle (GTK_WIDGET (stage->window));
  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  g_test_message ("%s: longest piece of work %.1f ms", what, (double) longest_us / 1000);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (longest_us, <, LONGEST_US);
#endif
}

typedef struct
{
  BenkStage *stage;
  const char *list;
  guint n;
} Rows;

static gboolean
has_rows (gpointer user_data)
{
  Rows *rows = user_data;
  GtkWidget *page = benk_window_get_page (rows->stage->window, "alarms");
  GtkWidget *view = benk_stage_get_child (page, rows->list);

  return g_list_model_get_n_items (
           G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)))) == rows->n;
}

static void
expect_rows (BenkStage *stage, const char *list, guint n)
{
  Rows rows = { stage, list, n };

  g_assert_true (benk_shot_wait (has_rows, &rows, 60));
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  const BenkNewDevice device = {
    "medido", "MD0000001", NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_add (stage, &device);
  benk_stage_show_window (stage, 1366, 768);
  benk_window_show_page (stage->window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage->window));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  g_main_context_set_poll_func (NULL, NULL);
  benk_stage_tear_down (stage);
}

static void
test_many (BenkStage *stage, gconstpointer unused)
{
  const guint n_critical = (N_ALARMS + 96) / 97;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_db_exec (db, many, &error);
  g_assert_no_error (error);
  g_main_context_set_poll_func (NULL, look);
  begin ();
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  expect_rows (stage, "strip", n_critical);
  expect_rows (stage, "list", 4);
  end (stage, "all at once");

  begin ();
  alarm = benk_stage_alarm (stage, "MD0000001", "1.22", 0);
  expect_rows (stage, "strip", n_critical + 1);
  end (stage, "one more");

  begin ();
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), 2 * BENK_FLOOD_MS);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  expect_rows (stage, "list", N_ALARMS + 1);
  end (stage, "the flood over");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/alarms-many/no-long-piece-of-work", BenkStage, NULL, set_up, test_many,
              tear_down);
  return g_test_run ();
}
