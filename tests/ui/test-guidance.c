/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-find.h"
#include "benk-guidance-dialog.h"
#include "benk-guidance-import-dialog.h"
#include "benk-guidances.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-tab-round.h"

#define MINUTE (60 * 1000)

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  const BenkNewDevice device = { .model_id = "medido",
                                 .serial = "MD-1",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED };
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  benk_stage_add (stage, &device);
  benk_stage_show_window (stage, 1366, 768);
  benk_keys_use (GTK_WINDOW (stage->window));
  alarm = benk_stage_alarm (stage, "MD-1", "1.8", MINUTE);
  benk_window_show_page (stage->window, "alarms");
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
get_details (BenkStage *stage)
{
  return benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "details");
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWindow *
open_from_alarm (BenkStage *stage)
{
  benk_find_wait_text (get_details (stage),
                       "What to do · Medido · Weekday, office hours");
  click (benk_find_button (get_details (stage), "Edit…"));
  return benk_stage_wait_window (BENK_TYPE_GUIDANCE_DIALOG);
}

static void
set_text (GtkWindow *dialog, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (
                              GTK_TEXT_VIEW (benk_stage_get_child (dialog, "text"))),
                            text, -1);
}

static void
expect_text (GtkWindow *dialog, const char *start)
{
  GtkTextBuffer *buffer =
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (benk_stage_get_child (dialog, "text")));
  g_autofree char *text = NULL;
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  text = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  if (!g_str_has_prefix (text, start))
    g_error ("“%s” does not begin with “%s”", text, start);
}

/* From the alarm to the district's own words, which the alarm shows at once. */
static void
test_the_district_writes_its_own (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_find_wait_text (get_details (stage),
                       "Proposed by the program, not decided by the district");
  dialog = open_from_alarm (stage);
  benk_find_wait_text (GTK_WIDGET (dialog), "Nothing is written for just this");
  expect_text (dialog, "Visit: clear the jam");
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "save_button")));
  set_text (dialog, "Visit within the hour\n\n  Take a spare along  \n");
  click (benk_stage_get_child (dialog, "save_button"));
  benk_find_wait_text (get_details (stage), "Visit within the hour");
  benk_find_wait_text (get_details (stage), "Take a spare along");
  benk_find_wait_text (get_details (stage),
                       "Changed here, not decided by the district yet");
  benk_find_wait_text (GTK_WIDGET (dialog), "Version 1 · ");
}

/* Who has decided it, afterwards; then back to the one before. */
static void
test_a_name_decides_and_an_older_one_returns (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog = open_from_alarm (stage);
  GtkWidget *save = benk_stage_get_child (dialog, "save_button");

  set_text (dialog, "one");
  click (save);
  benk_find_wait_text (GTK_WIDGET (dialog), "Version 1 · ");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (save)), ==, "_Save");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "who_row")),
                         "Kari Nesttun");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (save)), ==, "_Decide");
  click (save);
  benk_find_wait_text (get_details (stage), "Decided by Kari Nesttun");
  benk_find_wait_text (GTK_WIDGET (dialog), "Decided by Kari Nesttun");
  set_text (dialog, "two");
  click (save);
  benk_find_wait_text (GTK_WIDGET (dialog), "Version 2 · ");
  benk_find_wait_text (get_details (stage), "two");

  click (benk_stage_get_child (dialog, "remove_button"));
  benk_find_wait_text (get_details (stage), "Visit: clear the jam");
  benk_find_wait_text (GTK_WIDGET (dialog), "Version 3 · ");
  click (benk_find_button (benk_stage_get_child (dialog, "versions"), "Use Again"));
  expect_text (dialog, "two");
  click (save);
  benk_find_wait_text (get_details (stage), "two");
}

static void
close_alarm (BenkStage *stage)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (BenkAlarm) alarm = g_list_model_get_item (benk_alarms_get_queue (alarms), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_stage_keep, &result);
  benk_alarms_close_finish (alarms, benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

/* What is written afterwards was on nobody's screen then. */
static void
test_an_ended_alarm_keeps_what_was_shown (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog = open_from_alarm (stage);
  GtkWidget *edit = benk_find_button (get_details (stage), "Edit…");

  set_text (dialog, "As it was");
  click (benk_stage_get_child (dialog, "save_button"));
  benk_find_wait_text (get_details (stage), "As it was");
  gtk_window_destroy (dialog);
  benk_keys_click (benk_find_wait_text (
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "list"),
    "MD-1"));
  close_alarm (stage);
  benk_find_wait_text (get_details (stage),
                       "What to do, as it stood when the alarm ended");
  benk_find_wait_text (get_details (stage), "As it was");
  g_assert_false (gtk_widget_is_visible (edit));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.guidance", "s",
                              "medido|1.8|day");
  dialog = benk_stage_wait_window (BENK_TYPE_GUIDANCE_DIALOG);
  expect_text (dialog, "As it was");
  set_text (dialog, "As it is now");
  click (benk_stage_get_child (dialog, "save_button"));
  benk_find_wait_text (GTK_WIDGET (dialog), "Version 2 · ");
  benk_stage_wait_idle ();
  benk_find_wait_text (get_details (stage), "As it was");
  g_assert_null (benk_find_text (get_details (stage), "As it is now"));
  gtk_window_destroy (dialog);
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What another district wrote is looked at before it is taken. */
static void
test_an_import_is_looked_at_first (BenkStage *stage, gconstpointer unused)
{
  static const char text[] =
    "{\"format\": \"dosebenk-guidance\", \"version\": 1, \"entries\": ["
    "{\"model\": \"medido\", \"code\": \"1.8\", \"part\": \"any\", \"steps\": "
    "[\"As they do it\"]},"
    "{\"model\": \"kite\", \"code\": \"1.8\", \"part\": \"any\", \"steps\": [\"x\"]}]}";
  g_autofree char *path = g_build_filename (stage->dir, "theirs", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *dialog;

  g_file_set_contents (path, text, -1, NULL);
  g_assert_true (benk_shot_wait (is_there, path, 5));
  dialog = GTK_WINDOW (
    benk_guidance_import_dialog_new (GTK_WINDOW (stage->window), stage->session, file));
  gtk_window_present (dialog);
  benk_find_wait_text (GTK_WIDGET (dialog), "1 new · 0 changed · 0 the same · 1 refused");
  benk_find_wait_text (GTK_WIDGET (dialog), "There is no model “kite”.");
  benk_find_wait_text (get_details (stage), "Visit: clear the jam");
  click (benk_stage_get_child (dialog, "import_button"));
  benk_find_wait_text (get_details (stage), "As they do it");
  benk_find_wait_text (get_details (stage),
                       "Taken from another district, not decided here yet");
}

static void
test_every_control_is_reached_by_tab (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog = open_from_alarm (stage);

  g_assert_cmpuint (benk_tab_round (dialog), >, 7);
  gtk_window_destroy (dialog);
}

#define TEST(name, func)                                                                 \
  g_test_add ("/ui/guidance/" name, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("the-district-writes-its-own", test_the_district_writes_its_own);
  TEST ("a-name-decides-and-an-older-one-returns",
        test_a_name_decides_and_an_older_one_returns);
  TEST ("an-ended-alarm-keeps-what-was-shown", test_an_ended_alarm_keeps_what_was_shown);
  TEST ("an-import-is-looked-at-first", test_an_import_is_looked_at_first);
  TEST ("every-control-is-reached-by-tab", test_every_control_is_reached_by_tab);

  return g_test_run ();
}
