/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-walk-monday.h"
#include "benk-walk.h"

/* Monday 08:02 with 14 alarms, 11 of them handled by others. */

typedef struct
{
  BenkStage stage;
  GObject *source;
} Monday;

static void
set_up (Monday *f, gconstpointer unused)
{
  benk_stage_set_up (&f->stage, FALSE);
  benk_stage_choose_staff (&f->stage, "KA", "Kari Aas");
  benk_stage_show_window (&f->stage, 1366, 768);
  f->source = benk_walk_monday_set_up (&f->stage);
  benk_keys_use (GTK_WINDOW (f->stage.window));
}

static void
tear_down (Monday *f, gconstpointer unused)
{
  benk_stage_tear_down (&f->stage);
  g_clear_object (&f->source);
}

static void
assert_shown (Monday *f, const char *id, const char *text)
{
  g_assert_nonnull (benk_find_text (benk_walk_monday_get_card (&f->stage, id), text));
}

static void
test_card_counts (Monday *f, gconstpointer unused)
{
  assert_shown (f, NULL, "While you were away: 14 alarms, 3 still open");
  assert_shown (f, NULL, "Not watched by this program");
  assert_shown (f, "open_button", "3 still open");
  assert_shown (f, "elsewhere_button", "8 closed in another system");
  assert_shown (f, "settled_button", "3 settled by the dispenser");
}

/* Each count leads to its rows, and a row that is open to the queue. */
static void
test_counts_lead_to_rows (Monday *f, gconstpointer unused)
{
  GtkWidget *button = benk_walk_monday_get_card (&f->stage, "open_button");
  GtkWidget *page = benk_window_get_page (f->stage.window, "alarms");
  GtkWidget *popover =
    GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  GtkWidget *row;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  benk_find_wait_text (popover, "next dose not known");
  row = gtk_widget_get_ancestor (benk_find_wait_text (popover, "Almost empty"),
                                 ADW_TYPE_ACTION_ROW);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  benk_find_wait_text (benk_stage_get_child (page, "details"), "Almost empty");
  button = benk_walk_monday_get_card (&f->stage, "settled_button");
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  benk_find_wait_text (popover, "handed out");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  benk_shot_settle (GTK_WIDGET (f->stage.window));
}

static void
test_monday (Monday *f, gconstpointer unused)
{
  static const BenkWalkTarget target = { "Monday 08:02, 14 alarms, 11 handled by others",
                                         8, 3, BENK_WALK_ANY };

  benk_walk_begin (&target);
  benk_walk_monday_handle (&f->stage);
  benk_walk_end ();
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/away/the-card-counts", Monday, NULL, set_up, test_card_counts,
              tear_down);
  g_test_add ("/ui/away/counts-lead-to-rows", Monday, NULL, set_up,
              test_counts_lead_to_rows, tear_down);
  g_test_add ("/ui/away/monday-with-14-alarms-by-keys", Monday, NULL, set_up, test_monday,
              tear_down);
  code = g_test_run ();
  benk_walk_print ();
  return code;
}
