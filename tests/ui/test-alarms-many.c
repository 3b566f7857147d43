/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand open alarms with the page open: rows come a few at a time, with the loop
 * between, so that nobody waits for all of them. How long that takes is a bench's. */

#include "benk-alarm-groups.h"
#include "benk-db.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-stage.h"

#define N_ALARMS 10000
/* So many rows the lists make widgets for, and so many come in one piece of work at the
 * most: a few of the strip and a few of the list. */
#define REALISED 200
#define MOST 80

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

/* What the piece of work that runs now has added, the most that one has, and in how many
 * pieces. */
static guint n_added;
static guint n_most;
static guint n_pieces;

static int
look (GPollFD *files, guint n_files, int timeout)
{
  n_most = MAX (n_most, n_added);
  n_pieces += n_added > 0;
  n_added = 0;
  return g_poll (files, n_files, timeout);
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added)
{
  if (position < REALISED)
    n_added += MIN (added, REALISED - position);
}

static void
begin (void)
{
  n_added = n_most = n_pieces = 0;
}

static void
end (BenkStage *stage, const char *what, guint least)
{
  benk_shot_settle (GTK_WIDGET (stage->window));
  g_test_message ("%s: in %u pieces, %u rows in one at the most", what, n_pieces, n_most);
  g_assert_cmpuint (n_most, <=, MOST);
  g_assert_cmpuint (n_pieces, >=, least);
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
watch (BenkStage *stage, const char *list)
{
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *view = benk_stage_get_child (page, list);

  g_signal_connect (gtk_list_view_get_model (GTK_LIST_VIEW (view)), "items-changed",
                    G_CALLBACK (on_items_changed), NULL);
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
  watch (stage, "strip");
  watch (stage, "list");
  begin ();
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  expect_rows (stage, "strip", n_critical);
  expect_rows (stage, "list", 4);
  end (stage, "all at once", n_critical / MOST + 1);

  begin ();
  alarm = benk_stage_alarm (stage, "MD0000001", "1.22", 0);
  expect_rows (stage, "strip", n_critical + 1);
  end (stage, "one more", 1);

  begin ();
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), 2 * BENK_FLOOD_MS);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  expect_rows (stage, "list", N_ALARMS + 1);
  end (stage, "the flood over", REALISED / MOST + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/alarms-many/rows-come-a-few-at-a-time", BenkStage, NULL, set_up,
              test_many, tear_down);
  return g_test_run ();
}
