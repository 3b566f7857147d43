/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-dialog.h"
#include "benk-db.h"
#include "benk-devices-hand.h"
#include "benk-keys.h"
#include "benk-shot.h"

/* The page of devices with more of them than a screen holds. */

#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_keys_set_up (stage, NULL, 0);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

#define N_MANY 1500

static void
import_many (BenkStage *stage)
{
  g_autoptr (GString) list = g_string_new ("Model;Serial;Asset number;State\n");
  g_autofree char *path = g_build_filename (stage->dir, "many.csv", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (list, "Medido;ZZ%07u;Z-%u;Received\n", i, i);
  g_file_set_contents (path, list->str, -1, &error);
  g_assert_no_error (error);
  benk_stage_import (stage, path);
}

typedef struct
{
  GtkWidget *page;
  guint n;
} Count;

static gboolean
has_n (gpointer user_data)
{
  Count *count = user_data;

  return benk_devices_hand_get_selection (count->page) &&
         g_list_model_get_n_items (
           G_LIST_MODEL (benk_devices_hand_get_selection (count->page))) == count->n;
}

static void
expect_n (GtkWidget *page, guint n)
{
  Count count = { page, n };

  g_assert_true (benk_shot_wait (has_n, &count, 10));
  benk_shot_settle (page);
}

static GtkAdjustment *
get_adjustment (GtkWidget *page)
{
  return gtk_scrollable_get_vadjustment (
    GTK_SCROLLABLE (benk_stage_get_child (page, "view")));
}

static double
get_row_height (GtkWidget *page)
{
  return gtk_adjustment_get_upper (get_adjustment (page)) /
         g_list_model_get_n_items (G_LIST_MODEL (benk_devices_hand_get_selection (page)));
}

/* Which row is on top. */
static int
get_top (GtkWidget *page)
{
  return (int) (gtk_adjustment_get_value (get_adjustment (page)) / get_row_height (page) +
                0.5);
}

typedef struct
{
  GtkWidget *page;
  int row;
} Top;

static gboolean
has_top (gpointer user_data)
{
  Top *top = user_data;

  return get_top (top->page) == top->row;
}

static void
expect_top (GtkWidget *page, int row)
{
  Top top = { page, row };

  if (!benk_shot_wait (has_top, &top, 10))
    g_error ("row %d is on top, not %d", get_top (page), row);
}

static void
test_list_stays (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);

  import_many (stage);
  expect_n (page, N_MANY);
  gtk_adjustment_set_value (get_adjustment (page), 700 * get_row_height (page));
  benk_shot_settle (page);
  expect_top (page, 700);
  /* Another page and back. */
  benk_window_show_page (stage->window, "bench");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_devices_hand_show_page (stage);
  benk_shot_settle (page);
  expect_top (page, 700);
  /* The details of one, and back by its number. */
  gtk_selection_model_select_item (benk_devices_hand_get_selection (page), 703, TRUE);
  benk_devices_hand_expect_shown (page, "ZZ0000703");
  expect_top (page, 700);
  /* Something comes in above: the same device stays on top. */
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "AA1",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  expect_n (page, N_MANY + 1);
  expect_top (page, 701);
  /* So it does when nobody looks. */
  benk_window_show_page (stage->window, "bench");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "AA2",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  g_assert_true (benk_shot_wait (has_n, &(Count){ page, N_MANY + 2 }, 10));
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_devices_hand_show_page (stage);
  benk_shot_settle (page);
  expect_top (page, 702);
}

static BenkDb *
hold_store (BenkStage *stage)
{
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);

  g_assert_no_error (error);
  g_assert_true (benk_db_exec (db, "BEGIN IMMEDIATE", &error));
  g_assert_no_error (error);
  return db;
}

static gboolean
may_stop (gpointer dialog)
{
  return gtk_widget_get_mapped (benk_stage_get_child (dialog, "stop_button"));
}

static gboolean
is_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_BULK_DIALOG) == NULL;
}

static void
on_fraction (GtkProgressBar *bar, GParamSpec *pspec, gpointer user_data)
{
  double *most_of_some = user_data;
  double now = gtk_progress_bar_get_fraction (bar);

  if (now > 0 && now < 1)
    *most_of_some = MAX (*most_of_some, now);
}

static guint
count_in_van (BenkStage *stage)
{
  BenkInventory *inventory = benk_session_get_inventory (stage->session);
  const BenkDeviceQuery query = { .search = "Van" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_query_async (inventory, &query, NULL, benk_stage_keep, &result);
  list = benk_inventory_query_finish (inventory, benk_stage_await (&result), &error);
  g_assert_no_error (error);
  return g_list_model_get_n_items (list);
}

/* Somebody else writes just then, so that it takes as long as it takes to look. */
static void
test_long_change (BenkStage *stage, gconstpointer stopped)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWindow *dialog;
  double fraction = 0;
  BenkDb *db;

  import_many (stage);
  expect_n (page, N_MANY);
  benk_devices_hand_click_first (page);
  benk_keys_press ("ctrl+a");
  benk_keys_click (
    benk_devices_hand_wait_button (benk_stage_get_child (page, "selection_bar"),
                                   "Move…"));
  benk_shot_settle (GTK_WIDGET (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG)));
  benk_keys_type ("Van", SLOW, NULL);
  db = hold_store (stage);
  benk_keys_press ("Return");
  dialog = benk_stage_wait_window (BENK_TYPE_BULK_DIALOG);
  g_signal_connect (benk_stage_get_child (dialog, "progress"), "notify::fraction",
                    G_CALLBACK (on_fraction), &fraction);
  g_assert_true (benk_shot_wait (may_stop, dialog, 10));
  benk_shot_settle (GTK_WIDGET (dialog));
  if (GPOINTER_TO_INT (stopped))
    benk_keys_click (benk_stage_get_child (dialog, "stop_button"));
  benk_db_close (db);
  g_assert_true (benk_shot_wait (is_gone, NULL, 20));
  g_assert_cmpuint (count_in_van (stage), ==, GPOINTER_TO_INT (stopped) ? 0 : N_MANY);
  g_assert_true (GPOINTER_TO_INT (stopped) || fraction > 0);
  g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/ui/devices-many/" path, BenkStage, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("list-stays-where-it-was", NULL, test_list_stays);
  ADD ("long-change-shows-how-far", GINT_TO_POINTER (FALSE), test_long_change);
  ADD ("long-change-can-be-stopped", GINT_TO_POINTER (TRUE), test_long_change);

  return g_test_run ();
}
