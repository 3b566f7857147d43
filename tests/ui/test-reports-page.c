/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "benk-find.h"
#include "benk-followup-slice.h"
#include "benk-keys.h"
#include "benk-reports-hand.h"
#include "benk-shot.h"

/* The page of reports by keyboard and pointer, as the display server sends them. */

#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
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
test_begins_with_last_month (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);

  benk_find_wait_text (page, "February 2026");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, BENK_REPORTS_HAND_ALL);
  benk_find_wait_text (page, "Proposed by the program, not decided by the district");
  benk_find_wait_text (page, "This program is not the alarm receiver");
  benk_find_wait_text (page, "the program did not run");
}

static void
test_arrows_lead_to_other_months (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);

  benk_keys_press ("alt+Left");
  benk_reports_hand_wait_shown (stage, "report");
  benk_find_wait_text (page, "January 2026");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, 0);
  benk_find_wait_text (page, "No alarm is known from this period");
  benk_keys_press ("alt+Right alt+Right");
  benk_find_wait_text (page, "March 2026");
  g_assert_false (gtk_widget_get_sensitive (benk_stage_get_child (page, "newer_button")));
  benk_keys_press ("alt+Right");
  benk_find_wait_text (page, "March 2026");
  benk_keys_click (benk_stage_get_child (page, "older_button"));
  benk_find_wait_text (page, "February 2026");
  benk_reports_hand_wait_shown (stage, "report");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, BENK_REPORTS_HAND_ALL);
}

static void
collect_numbers (GtkWidget *widget, GPtrArray *found)
{
  if (g_object_get_data (G_OBJECT (widget), "benk-slice"))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    collect_numbers (child, found);
}

/* Every number, and none that shows nothing. */
static void
test_numbers_show_what_they_count (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_object_unref);

  collect_numbers (benk_stage_get_child (page, "sums"), numbers);
  g_assert_cmpuint (numbers->len, >, 20);
  for (guint i = 0; i < numbers->len; i++)
    {
      const char *label = gtk_button_get_label (g_ptr_array_index (numbers, i));
      const char *number = strrchr (label, ' ');
      guint n = (guint) atoi (number ? number + 1 : label);

      g_signal_emit_by_name (g_ptr_array_index (numbers, i), "clicked");
      g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, n);
      g_assert_cmpuint (n, >, 0);
    }
  g_test_message ("%u numbers", numbers->len);
}

static void
test_click_on_a_number (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);
  GtkWidget *button = benk_find_button (page, "Still open: 1");

  benk_keys_click (button);
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, 1);
  benk_find_wait_text (page, "Still open: 1");
  benk_keys_click (benk_stage_get_child (page, "all_button"));
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, BENK_REPORTS_HAND_ALL);
  benk_keys_click (benk_stage_get_child (page, "rows"));
  benk_keys_press ("Home Return");
  benk_shot_settle (GTK_WIDGET (stage->window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (
                     GTK_STACK (benk_stage_get_child (stage->window, "stack"))),
                   ==, "devices");
}

/* Of a team, the alarms of none are one click away. */
static void
test_no_known_team (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);
  GtkDropDown *teams = GTK_DROP_DOWN (benk_stage_get_child (page, "team_choice"));

  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (teams)), ==, 3);
  gtk_drop_down_set_selected (teams, 1);
  benk_reports_hand_wait_shown (stage, "report");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, 4);
  benk_keys_click (benk_find_button (page, "Of no known team, not here: 2"));
  benk_reports_hand_wait_shown (stage, "report");
  g_assert_cmpuint (gtk_drop_down_get_selected (teams), ==, 0);
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, 2);
}

/* As PDF it is one of the situations of test-walk.c. */
static void
test_saves_csv (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (stage->dir, "month.csv", NULL);
  g_autofree char *text = NULL;

  benk_reports_hand_save_of_users (stage, "save_csv_button", path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "PP000003"));
  g_assert_null (strstr (text, "Kari"));
}

static void
test_unknown_user (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);

  benk_keys_click (benk_stage_get_child (page, "only_entry"));
  benk_keys_type ("4711,9999", SLOW, "Return");
  benk_reports_hand_wait_shown (stage, "failed");
  benk_find_wait_text (page, "“9999” is neither a user nor a device here.");
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (page, "save_pdf_button")));
  g_assert_false (gtk_widget_get_sensitive (benk_stage_get_child (page, "copy_button")));
  benk_keys_press ("ctrl+a BackSpace Return");
  benk_reports_hand_wait_shown (stage, "report");
  g_assert_cmpuint (benk_reports_hand_count_rows (page), ==, BENK_REPORTS_HAND_ALL);
}

/* What may name persons comes only where it was asked for. */
static void
test_reasons (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);
  GtkWidget *reasons = benk_stage_get_child (page, "reasons_check");

  g_assert_null (benk_find_text (page, "Kari Nesttun"));
  benk_keys_click (reasons);
  g_assert_nonnull (benk_find_wait_text (page, "Kari Nesttun"));
}

static void
test_copy (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_reports_hand_open (stage);
  GdkContentProvider *content;
  g_auto (GValue) value = G_VALUE_INIT;

  benk_keys_click (benk_stage_get_child (page, "copy_button"));
  benk_find_wait_text (GTK_WIDGET (stage->window), "are copied");
  content = gdk_clipboard_get_content (gtk_widget_get_clipboard (page));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_nonnull (strstr (g_value_get_string (&value), "Alarms\t8\n"));
  g_assert_nonnull (strstr (g_value_get_string (&value), "Proposed by the program"));
  g_assert_null (strstr (g_value_get_string (&value), "Kari"));
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/ui/reports-page/" path, BenkStage, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("begins-with-last-month", NULL, test_begins_with_last_month);
  ADD ("arrows-lead-to-other-months", NULL, test_arrows_lead_to_other_months);
  ADD ("numbers-show-what-they-count", NULL, test_numbers_show_what_they_count);
  ADD ("click-on-a-number-shows-its-alarms", NULL, test_click_on_a_number);
  ADD ("those-of-no-team-are-one-click-away", NULL, test_no_known_team);
  ADD ("month-of-three-users-is-saved-as-csv", NULL, test_saves_csv);
  ADD ("unknown-user-is-told", NULL, test_unknown_user);
  ADD ("reasons-come-where-asked-for", NULL, test_reasons);
  ADD ("numbers-are-copied", NULL, test_copy);
  return g_test_run ();
}
