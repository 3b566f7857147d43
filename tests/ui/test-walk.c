/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms.h"
#include "benk-call-dialog.h"
#include "benk-find.h"
#include "benk-home.h"
#include "benk-keys.h"
#include "benk-reports-hand.h"
#include "benk-shot.h"
#include "benk-walk-hotline.h"
#include "benk-walk.h"

/* The situations that decide whether the program is good, each from the window as it
 * stands to the end, by keys and pointer. Over its target a situation fails. `./dev walk`
 * prints the table. */

/* Milliseconds between keys as hands press them. */
#define SLOW 130

static void
set_up_supervisor (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_reports_hand_fill (stage);
  benk_stage_show_window (stage, 1366, 768);
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_use (GTK_WINDOW (stage->window));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
test_supervisor (BenkStage *stage, gconstpointer unused)
{
  static const BenkWalkTarget target = { "Supervisor asks for a month and three users", 6,
                                         1, BENK_WALK_ANY };
  g_autofree char *path = g_build_filename (stage->dir, "month.pdf", NULL);
  g_autofree char *text = NULL;

  benk_walk_begin (&target);
  benk_reports_hand_save_of_users (stage, "save_pdf_button", path);
  benk_walk_end ();
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
}

/* In use with a user, with an alarm that nobody has taken. */
static void
set_up_phone (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_home_set_up (stage);
  benk_home_start_operation (stage);
  alarm = benk_stage_alarm (stage, BENK_HOME_OLD, "1.8", 20 * 60 * 1000);
  benk_stage_show_window (stage, 1366, 768);
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_use (GTK_WINDOW (stage->window));
}

/* Without scrolling. */
static void
expect_in_sight (GtkWidget *page, const char *text)
{
  GtkWidget *label = benk_find_wait_text (page, text);
  GtkWidget *scrolled = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);
  double y;

  g_assert_nonnull (scrolled);
  gtk_widget_translate_coordinates (label, scrolled, 0, 0, NULL, &y);
  if (y < 0 || y + gtk_widget_get_height (label) > gtk_widget_get_height (scrolled))
    g_error ("“%s” is out of sight", text);
}

static void
test_phone (BenkStage *stage, gconstpointer unused)
{
  static const BenkWalkTarget facts = { "Phone at the ear: facts about a device", 3, 0,
                                        1 };
  static const BenkWalkTarget noted = { "Phone at the ear: the call is noted", 2, 0, 1 };
  static const char *const asked[] = { "Next dose", "Settings",    "Last contact",
                                       "Battery",   "Open alarms", "Roll jammed",
                                       "Place",     BENK_HOME_USER };
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkWidget *dialog;

  benk_walk_begin (&facts);
  benk_keys_press ("ctrl+k");
  benk_keys_type ("D-037", SLOW, "Return");
  benk_find_wait_text (page, "In use since");
  benk_shot_settle (GTK_WIDGET (stage->window));
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    expect_in_sight (page, asked[i]);
  benk_walk_end ();

  benk_walk_begin (&noted);
  benk_keys_press ("F7");
  dialog = GTK_WIDGET (benk_stage_wait_window (BENK_TYPE_CALL_DIALOG));
  benk_shot_settle (dialog);
  benk_keys_type ("asked when the next dose comes", SLOW, NULL);
  benk_keys_press ("alt+h");
  benk_find_wait_text (page, "Home care · asked when the next dose comes");
  benk_walk_end ();
}

static void
set_up_hotline (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  benk_stage_show_window (stage, 1366, 768);
  benk_keys_use (GTK_WINDOW (stage->window));
  benk_walk_hotline_set_up (stage);
}

/* Until when it waits is proposed, so that one value is enough. */
static void
test_hotline (BenkStage *stage, gconstpointer unused)
{
  static const BenkWalkTarget target = { "Vendor hotline: the case is kept", 2, 0, 2 };

  benk_walk_begin (&target);
  benk_walk_hotline_call (stage, "C-4711", NULL);
  benk_walk_hotline_expect (stage, "C-4711");
  benk_walk_end ();
}

/* What they said instead follows the number, on the same line. */
static void
test_hotline_until (BenkStage *stage, gconstpointer unused)
{
  static const BenkWalkTarget target = { "Vendor hotline: and until another time", 2, 0,
                                         2 };

  benk_walk_begin (&target);
  benk_walk_hotline_call (stage, "C-4711", "14:00");
  benk_walk_hotline_expect (stage, "C-4711");
  benk_walk_end ();
  benk_find_wait_text (
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "details"),
    "14:00");
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/walk/supervisor-asks-for-a-month-and-three-users", BenkStage, NULL,
              set_up_supervisor, test_supervisor, tear_down);
  g_test_add ("/ui/walk/phone-at-the-ear", BenkStage, NULL, set_up_phone, test_phone,
              tear_down);
  g_test_add ("/ui/walk/vendor-hotline", BenkStage, NULL, set_up_hotline, test_hotline,
              tear_down);
  g_test_add ("/ui/walk/vendor-hotline-until-another-time", BenkStage, NULL,
              set_up_hotline, test_hotline_until, tear_down);
  code = g_test_run ();
  benk_walk_print ();
  return code;
}
