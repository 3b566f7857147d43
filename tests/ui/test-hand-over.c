/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accept-dialog.h"
#include "benk-alarms-hand.h"
#include "benk-duties.h"
#include "benk-duty-dialog.h"
#include "benk-find.h"
#include "benk-hand-over-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"

#define MINUTE (60 * 1000)
#define SERIAL "MD-000123"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  BenkNewDevice device = {
    "medido", SERIAL, NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  benk_stage_add (stage, &device);
  benk_stage_link_user (stage, SERIAL, NULL, "District 1");
  benk_stage_show_window (stage, 1366, 768);
  benk_window_show_page (stage->window, "alarms");
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
get_page (BenkStage *stage)
{
  return benk_window_get_page (stage->window, "alarms");
}

static GtkWidget *
get_details (BenkStage *stage)
{
  return benk_stage_get_child (get_page (stage), "details");
}

static BenkAlarm *
add_taken (BenkStage *stage)
{
  BenkAlarm *alarm = benk_stage_alarm (stage, SERIAL, "1.8", MINUTE);

  benk_stage_take (stage, alarm);
  benk_find_wait_text (get_details (stage), "With KA since");
  return alarm;
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* From the button to the name, and on to who told that they have it. */
static void
test_an_alarm_goes_over_by_name (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add_taken (stage);
  GtkWindow *dialog;

  click (benk_stage_get_child (get_details (stage), "hand_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_HAND_OVER_DIALOG);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "name_row")),
                         "Anne");
  click (benk_stage_get_child (dialog, "hand_button"));
  benk_find_wait_text (get_details (stage), "Handed over to charge nurse Anne at");
  benk_find_wait_text (benk_stage_get_child (get_page (stage), "list"),
                       "Handed over to charge nurse Anne, not accepted yet");
  g_assert_null (benk_find_button (get_details (stage), "I Accept"));

  click (benk_find_button (get_details (stage), "Accepted by Phone…"));
  dialog = benk_stage_wait_window (BENK_TYPE_ACCEPT_DIALOG);
  benk_stage_respond (dialog, "accepted");
  benk_find_wait_text (get_details (stage), "With charge nurse Anne since");
  benk_find_wait_text (get_details (stage),
                       "Accepted by charge nurse Anne, told by phone");
  g_assert_null (benk_find_button (get_details (stage), "Accepted by Phone…"));
}

static void
test_it_can_be_kept (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add_taken (stage);
  GtkWindow *dialog;

  click (benk_stage_get_child (get_details (stage), "hand_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_HAND_OVER_DIALOG);
  gtk_switch_set_active (GTK_SWITCH (benk_stage_get_child (dialog, "accepted_switch")),
                         TRUE);
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "hand_button")));
  gtk_switch_set_active (GTK_SWITCH (benk_stage_get_child (dialog, "accepted_switch")),
                         FALSE);
  click (benk_stage_get_child (dialog, "hand_button"));
  benk_find_wait_text (get_details (stage), "Handed over to charge nurse at");
  click (benk_find_button (get_details (stage), "Keep It"));
  benk_find_wait_text (get_details (stage), "Kept after all");
}

static void
test_one_team_can_be_shown (BenkStage *stage, gconstpointer unused)
{
  BenkNewDevice other = {
    "medido", "MD-000999", NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };
  g_autoptr (BenkAlarm) one = benk_stage_alarm (stage, SERIAL, "1.8", MINUTE);
  g_autoptr (BenkAlarm) two = NULL;
  GtkWidget *list = benk_stage_get_child (get_page (stage), "list");
  GtkWidget *teams = benk_stage_get_child (get_page (stage), "team_list");

  benk_stage_add (stage, &other);
  benk_stage_link_user (stage, "MD-000999", NULL, "District 2");
  two = benk_stage_alarm (stage, "MD-000999", "1.8", MINUTE);
  benk_find_wait_text (list, "MD-000123 · District 1");
  benk_find_wait_text (list, "MD-000999 · District 2");
  benk_stage_wait_idle ();
  gtk_drop_down_set_selected (GTK_DROP_DOWN (teams), 2);
  benk_stage_wait_idle ();
  g_assert_null (benk_find_text (list, "MD-000123 · District 1"));
  g_assert_nonnull (benk_find_text (list, "MD-000999 · District 2"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (teams), 0);
  benk_find_wait_text (list, "MD-000123 · District 1");
}

static void
test_the_status_line_tells_who_owns (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *line =
    benk_find_typed (GTK_WIDGET (stage->window), g_type_from_name ("BenkStatusLine"));
  GtkWidget *button = benk_stage_get_child (line, "duty_button");

  benk_find_wait_text (line, "Alarms: coordinator, District 1");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  benk_find_wait_text (GTK_WIDGET (
                         gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))),
                       "From 15:30: charge nurse; support: vendor");
}

static gboolean
has_decided (gpointer data)
{
  BenkStage *stage = data;
  BenkDutyRoster *roster =
    benk_duties_get_roster (benk_session_get_duties (stage->session));

  return g_strcmp0 (roster->common->decided_by, "head Kari") == 0 &&
         g_strcmp0 (roster->common->phones[BENK_DUTY_ROLE_CHARGE_NURSE], "22 00 00 01") ==
           0;
}

static GtkWidget *
find_entry (gpointer dialog, const char *title)
{
  GtkWidget *label = benk_find_wait_text (GTK_WIDGET (dialog), title);

  return gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW);
}

/* What cannot be is said at once; a name decides. */
static void
test_the_duties_are_typed_and_decided (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_duty_dialog_new (stage->window ? GTK_WINDOW (stage->window) : NULL,
                          stage->session);
  GtkWidget *save = benk_stage_get_child (dialog, "save_button");
  GtkWidget *begins;

  gtk_window_present (GTK_WINDOW (dialog));
  begins = find_entry (dialog, "The day begins");
  gtk_editable_set_text (GTK_EDITABLE (begins), "soon");
  g_assert_false (gtk_widget_get_sensitive (save));
  benk_find_wait_text (dialog, "The day begins: the time is not a clock time");
  gtk_editable_set_text (GTK_EDITABLE (begins), "07:45");
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "charge nurse")), "ring Anne");
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "charge nurse")),
                         "22 00 00 01");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "decided_row")),
                         "head Kari");
  click (save);
  g_assert_true (benk_shot_wait (has_decided, stage, 10));
}

static gboolean
is_covered (gpointer data)
{
  BenkStage *stage = data;

  return benk_duties_get_roster (benk_session_get_duties (stage->session))
           ->overrides->len == 1;
}

/* Two days typed, a team chosen: the last day is meant whole. */
static void
test_another_team_covers_for_some_days (BenkStage *stage, gconstpointer unused)
{
  BenkNewDevice other = {
    "medido", "MD-000999", NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };
  BenkDuties *duties = benk_session_get_duties (stage->session);
  const BenkDutyOverride *there;
  GtkWidget *dialog, *times;

  benk_stage_add (stage, &other);
  benk_stage_link_user (stage, "MD-000999", NULL, "District 2");
  dialog = benk_duty_dialog_new (GTK_WINDOW (stage->window), stage->session);
  gtk_window_present (GTK_WINDOW (dialog));
  times = benk_stage_get_child (dialog, "times");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (
                                   benk_find_typed (times, ADW_TYPE_EXPANDER_ROW)),
                                 TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (times, "From: day, or day and time")),
                         "2026-03-24");
  gtk_editable_set_text (GTK_EDITABLE (
                           find_entry (times, "To: last day, or day and time")),
                         "2026-03-26");
  g_assert_false (gtk_widget_get_sensitive (benk_find_button (times, "_Add")));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_ancestor (benk_find_wait_text (times, "Covered by"),
                                            ADW_TYPE_COMBO_ROW)),
    1);
  click (benk_find_button (times, "_Add"));
  g_assert_true (benk_shot_wait (is_covered, stage, 10));
  there = benk_duties_get_roster (duties)->overrides->pdata[0];
  g_assert_cmpstr (there->covering_name, ==, "District 1");
  g_assert_cmpint (there->to_ms - there->from_ms, ==,
                   3 * G_GINT64_CONSTANT (24) * 60 * MINUTE);
  benk_find_wait_text (times, "covered by District 1");
  gtk_window_close (GTK_WINDOW (dialog));
}

#define TEST(name, func)                                                                 \
  g_test_add ("/ui/hand-over/" name, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("an-alarm-goes-over-by-name", test_an_alarm_goes_over_by_name);
  TEST ("it-can-be-kept", test_it_can_be_kept);
  TEST ("one-team-can-be-shown", test_one_team_can_be_shown);
  TEST ("the-status-line-tells-who-owns", test_the_status_line_tells_who_owns);
  TEST ("the-duties-are-typed-and-decided", test_the_duties_are_typed_and_decided);
  TEST ("another-team-covers-for-some-days", test_another_team_covers_for_some_days);

  return g_test_run ();
}
