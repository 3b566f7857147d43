/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist.h"
#include "benk-checklist-runner.h"
#include "benk-db.h"
#include "benk-home.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-visit-page.h"
#include "benk-visit.h"

/* What is read behind a page may fail: the page says so, and reads again when asked. */

#define SERIAL "MD0001"

typedef struct
{
  const char *name;
  const char *table; /* that cannot be read for a while */
  GtkWidget *(*show) (BenkStage *stage);
} Page;

static void
rename_table (BenkStage *stage, const char *from, const char *to)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
  benk_db_close (db);
}

static void
add_device (BenkStage *stage, const char *serial)
{
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = serial,
                                           .state = BENK_DEVICE_STATE_RECEIVED });
}

static GtkWidget *
show_alarms (BenkStage *stage)
{
  return benk_window_get_page (stage->window, "alarms");
}

static GtkWidget *
show_returns (BenkStage *stage)
{
  benk_window_show_page (stage->window, "returns");
  return benk_window_get_page (stage->window, "returns");
}

static GtkWidget *
show_visit (BenkStage *stage)
{
  BenkVisits *visits = benk_session_get_visits (stage->session);
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  benk_visits_start_async (visits, benk_device_get_id (device), BENK_VISIT_INSTALL, NULL,
                           benk_stage_keep, &result);
  visit = benk_visits_start_finish (visits, benk_stage_await (&result), &error);
  g_assert_no_error (error);
  benk_visits_set_current (visits, visit);
  page = benk_visit_page_new (stage->session, visit);
  benk_window_show_alone (stage->window, page);
  return page;
}

static GtkWidget *
show_checklist (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, SERIAL);
  BenkId id = *benk_device_get_id (device);
  BenkChecklistStart what = {
    .model_id = "medido", .task = BENK_TASK_RECEIVE, .devices = &id, .n_devices = 1
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  benk_checklist_start_async (stage->session, &what, NULL, benk_stage_keep, &result);
  list = benk_checklist_start_finish (stage->session, benk_stage_await (&result), &error);
  g_assert_no_error (error);
  page = benk_checklist_runner_new (list);
  benk_window_show_alone (stage->window, page);
  return page;
}

static gboolean
is_seen (gpointer bar)
{
  return gtk_widget_get_visible (bar);
}

static gboolean
is_hidden (gpointer bar)
{
  return !gtk_widget_get_visible (bar);
}

static void
test_failure_stands_on_the_page (BenkStage *stage, gconstpointer data)
{
  const Page *row = data;
  GtkWidget *page;
  GtkWidget *bar;
  GtkWidget *again;
  const char *words;

  add_device (stage, SERIAL);
  page = row->show (stage);
  bar = benk_stage_get_child (page, "reading_bar");
  again = benk_stage_get_child (bar, "again_button");
  benk_shot_settle (GTK_WIDGET (stage->window));
  g_assert_false (gtk_widget_get_visible (bar));

  rename_table (stage, row->table, "away");
  add_device (stage, "MD0002");
  g_assert_true (benk_shot_wait (is_seen, bar, 10));
  words = gtk_label_get_text (GTK_LABEL (benk_stage_get_child (bar, "problem")));
  g_assert_true (
    g_str_has_prefix (words, "This could not be read again and may be old: "));
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_true (gtk_widget_get_focusable (again));

  rename_table (stage, "away", row->table);
  g_signal_emit_by_name (again, "clicked");
  g_assert_true (benk_shot_wait (is_hidden, bar, 10));
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

int
main (int argc, char **argv)
{
  static const Page pages[] = { { "alarms", "alarm", show_alarms },
                                { "returns", "return_case", show_returns },
                                { "visit", "visit", show_visit },
                                { "checklist", "checklist_work", show_checklist } };

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/reading/failure-stands-on-the-page/%s", pages[i].name);

      g_test_add (path, BenkStage, &pages[i], set_up, test_failure_stands_on_the_page,
                  tear_down);
    }
  return g_test_run ();
}
