/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist.h"
#include "benk-checklist-runner.h"
#include "benk-db.h"
#include "benk-home.h"
#include "benk-join-dialog.h"
#include "benk-reading-bar.h"
#include "benk-shelf-page.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-stock.h"
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
show_stock (BenkStage *stage)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");

  benk_window_show_page (stage->window, "devices");
  return benk_shelf_page_show_view (BENK_SHELF_PAGE (page), "stock");
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

/* Low stock is looked for wherever one is; nobody asked for it. */
static void
test_low_stock_stands_on_the_page (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkWidget *bar = NULL;
  const char *words;

  add_device (stage, SERIAL);
  benk_window_show_page (stage->window, "devices");
  benk_shot_settle (GTK_WIDGET (stage->window));
  for (GtkWidget *child = gtk_widget_get_first_child (page); child && !bar;
       child = gtk_widget_get_next_sibling (child))
    bar = BENK_IS_READING_BAR (child) ? child : NULL;
  g_assert_nonnull (bar);
  g_assert_false (gtk_widget_get_visible (bar));

  rename_table (stage, "stock_limit", "away");
  benk_stock_watch (benk_session_get_stock (stage->session));
  g_assert_true (benk_shot_wait (is_seen, bar, 10));
  words = gtk_label_get_text (GTK_LABEL (benk_stage_get_child (bar, "problem")));
  g_assert_true (g_str_has_prefix (words, "Low stock could not be looked for: "));

  rename_table (stage, "away", "stock_limit");
  g_signal_emit_by_name (benk_stage_get_child (bar, "again_button"), "clicked");
  g_assert_true (benk_shot_wait (is_hidden, bar, 10));
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
may_join (gpointer dialog)
{
  return adw_message_dialog_get_response_enabled (dialog, "join");
}

typedef struct
{
  const char *name;
  const char *table; /* that cannot be read */
  gboolean before;   /* it is so when the dialog opens; else when a number is typed */
  gboolean by_row;   /* the other row is given; else its number is typed */
} Join;

/* Each of the three readings behind the dialog. */
static void
test_join_says_what_failed (BenkStage *stage, gconstpointer data)
{
  const Join *join = data;
  g_autoptr (BenkDevice) one = NULL;
  g_autoptr (BenkDevice) other = NULL;
  GtkWidget *dialog;
  GtkWidget *bar;
  GtkWidget *preview;

  add_device (stage, SERIAL);
  add_device (stage, "MD0002");
  one = benk_stage_find (stage, SERIAL);
  other = benk_stage_find (stage, "MD0002");
  if (join->before)
    rename_table (stage, join->table, "away");
  dialog = benk_join_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                 benk_device_get_id (one), join->by_row ? other : NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);
  bar = find_type (dialog, BENK_TYPE_READING_BAR);
  preview = gtk_widget_get_prev_sibling (bar);
  if (!join->before)
    {
      g_assert_false (gtk_widget_get_visible (bar));
      rename_table (stage, join->table, "away");
    }
  if (!join->by_row)
    gtk_editable_set_text (GTK_EDITABLE (find_type (dialog, ADW_TYPE_ENTRY_ROW)),
                           "MD0002");
  g_assert_true (benk_shot_wait (is_seen, bar, 10));
  g_assert_false (gtk_widget_get_visible (preview));
  g_assert_false (may_join (dialog));

  rename_table (stage, "away", join->table);
  g_signal_emit_by_name (benk_stage_get_child (bar, "again_button"), "clicked");
  g_assert_true (benk_shot_wait (may_join, dialog, 10));
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_true (gtk_widget_get_visible (preview));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A number that is not there yet is still being typed. */
static void
test_join_is_quiet_while_typing (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkDevice) one = NULL;
  GtkWidget *dialog;

  add_device (stage, SERIAL);
  one = benk_stage_find (stage, SERIAL);
  dialog = benk_join_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                 benk_device_get_id (one), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (GTK_EDITABLE (find_type (dialog, ADW_TYPE_ENTRY_ROW)), "MD9");
  benk_shot_settle (dialog);
  g_assert_false (gtk_widget_get_visible (find_type (dialog, BENK_TYPE_READING_BAR)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
  benk_stage_show_window (stage, 1366, 768);
}

/* Nobody lives here yet. */
static void
set_up_shelf (BenkStage *stage, gconstpointer unused)
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

int
main (int argc, char **argv)
{
  static const Page pages[] = { { "alarms", "alarm", show_alarms },
                                { "returns", "return_case", show_returns },
                                { "stock", "stock_limit", show_stock },
                                { "visit", "visit", show_visit },
                                { "checklist", "checklist_work", show_checklist } };

  static const Join joins[] = {
    { "the-one-that-is-shown", "proof", TRUE, FALSE },
    { "the-other-row", "proof", TRUE, TRUE },
    { "the-number", "device", FALSE, FALSE },
    { "the-row-of-the-number", "proof", FALSE, FALSE },
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/reading/failure-stands-on-the-page/%s", pages[i].name);

      g_test_add (path, BenkStage, &pages[i], set_up, test_failure_stands_on_the_page,
                  tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/reading/join-says-what-failed/%s", joins[i].name);

      g_test_add (path, BenkStage, &joins[i], set_up_shelf, test_join_says_what_failed,
                  tear_down);
    }
  g_test_add ("/ui/reading/join-is-quiet-while-typing", BenkStage, NULL, set_up_shelf,
              test_join_is_quiet_while_typing, tear_down);
  g_test_add ("/ui/reading/low-stock-stands-on-the-page", BenkStage, NULL, set_up_shelf,
              test_low_stock_stands_on_the_page, tear_down);
  return g_test_run ();
}
