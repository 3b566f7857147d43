/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"
#include "benk-reports-hand.h"
#include "benk-shot.h"
#include "benk-walk.h"

/* The situations that decide whether the program is good, each from the window as it
 * stands to the end, by keys and pointer. Over its target a situation fails. `./dev walk`
 * prints the table. */

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

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/walk/supervisor-asks-for-a-month-and-three-users", BenkStage, NULL,
              set_up_supervisor, test_supervisor, tear_down);
  code = g_test_run ();
  benk_walk_print ();
  return code;
}
