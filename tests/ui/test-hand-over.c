/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accept-dialog.h"
#include "benk-alarms-hand.h"
#include "benk-duties.h"
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

  return g_test_run ();
}
