/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-call-dialog.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-return-dialog.h"
#include "benk-shot.h"
#include "benk-tab-round.h"
#include "benk-vendor-calls.h"
#include "benk-vendor-contact-dialog.h"
#include "benk-vendor-dialog.h"
#include "benk-walk-hotline.h"

#define MINUTE (60 * 1000)

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  benk_stage_show_window (stage, 1366, 768);
  benk_keys_use (GTK_WINDOW (stage->window));
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

static gboolean
is_ready (gpointer dialog)
{
  return gtk_widget_get_sensitive (benk_stage_get_child (dialog, "copy_button"));
}

static GtkWindow *
open_card (BenkStage *stage)
{
  GtkWindow *dialog;

  click (benk_stage_get_child (get_details (stage), "vendor_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_VENDOR_DIALOG);
  g_assert_true (benk_shot_wait (is_ready, dialog, 10));
  return dialog;
}

static void
type (GtkWindow *dialog, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, row)), text);
}

/* With what is proposed it is one of the situations of test-walk.c. */
static void
test_until_is_typed_beside (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_walk_hotline_set_up (stage);
  dialog = open_card (stage);
  type (dialog, "case_row", "C-1");
  type (dialog, "until_row", "14:00");
  click (benk_stage_get_child (dialog, "note_button"));
  benk_find_wait_text (get_details (stage), "Waiting for the vendor until 14:00");
  benk_find_wait_text (get_details (stage), "Case C-1");
}

/* What nobody knows is not filled with a guess; the number is entered there. */
static void
test_an_unknown_number_is_entered (BenkStage *stage, gconstpointer unused)
{
  const BenkNewDevice device = { .model_id = "medido",
                                 .serial = "MD-1",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED };
  g_autoptr (BenkAlarm) alarm = NULL;
  GtkWindow *dialog, *contact;
  GtkWidget *row;

  benk_stage_add (stage, &device);
  alarm = benk_stage_alarm (stage, "MD-1", "1.8", MINUTE);
  benk_window_show_page (stage->window, "alarms");
  benk_find_wait_text (get_details (stage), "Roll jammed");
  dialog = open_card (stage);
  benk_find_wait_text (GTK_WIDGET (dialog), "Vendor not known (Innospense)");
  click (benk_find_button (GTK_WIDGET (dialog), "Enter the Number…"));
  contact = benk_stage_wait_window (BENK_TYPE_VENDOR_CONTACT_DIALOG);
  row = gtk_widget_get_ancestor (benk_find_wait_text (GTK_WIDGET (contact), "Telephone"),
                                 ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "ring Anne");
  benk_stage_respond (contact, "save");
  benk_find_wait_text (GTK_WIDGET (dialog), "A telephone number has digits only");

  click (benk_stage_get_child (dialog, "contact_button"));
  contact = benk_stage_wait_window (BENK_TYPE_VENDOR_CONTACT_DIALOG);
  row = gtk_widget_get_ancestor (benk_find_wait_text (GTK_WIDGET (contact), "Telephone"),
                                 ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "800 00 100");
  benk_stage_respond (contact, "save");
  benk_find_wait_text (GTK_WIDGET (dialog), "800 00 100");
}

/* An alarm that nobody has does not wait; the card takes it where it is to. */
static void
test_a_new_alarm_is_taken_with_the_call (BenkStage *stage, gconstpointer unused)
{
  const BenkNewDevice device = { .model_id = "medido",
                                 .serial = "MD-1",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED };
  g_autoptr (BenkAlarm) alarm = NULL;
  GtkWindow *dialog;
  GtkWidget *button;

  benk_stage_add (stage, &device);
  alarm = benk_stage_alarm (stage, "MD-1", "1.8", MINUTE);
  benk_window_show_page (stage->window, "alarms");
  benk_find_wait_text (get_details (stage), "Roll jammed");
  dialog = open_card (stage);
  button = benk_stage_get_child (dialog, "note_button");
  g_assert_false (gtk_widget_get_sensitive (button));
  type (dialog, "case_row", "C-9");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Note Call");
  type (dialog, "until_row", "soon");
  g_assert_false (gtk_widget_get_sensitive (button));
  type (dialog, "until_row", "15:00");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Take and Note Call");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (benk_find_typed (GTK_WIDGET (dialog),
                                                                  GTK_TYPE_CHECK_BUTTON)),
                               TRUE);
  click (button);
  benk_find_wait_text (get_details (stage), "With KA since");
  benk_find_wait_text (get_details (stage), "Case C-9 · Tried: Visit: clear the jam");
  benk_find_wait_text (get_details (stage), "Waiting for the vendor until 15:00");
}

static gboolean
shows_page (gpointer stage)
{
  return gtk_widget_get_mapped (
    benk_window_get_page (((BenkStage *) stage)->window, "devices"));
}

/* What is typed is noted before the work goes on elsewhere. */
static void
test_it_goes_on_to_the_device (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_walk_hotline_set_up (stage);
  dialog = open_card (stage);
  type (dialog, "case_row", "C-5");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "vendor.go", "s", "win.show-device");
  g_assert_true (benk_shot_wait (shows_page, stage, 10));
  benk_window_show_page (stage->window, "alarms");
  benk_walk_hotline_expect (stage, "C-5");
  dialog = open_card (stage);
  benk_find_wait_text (GTK_WIDGET (dialog), "C-5");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "vendor.go", "s", "win.return-device");
  benk_stage_respond (benk_stage_wait_window (BENK_TYPE_RETURN_DIALOG), "cancel");
}

static void
test_every_control_is_reached_by_tab (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_walk_hotline_set_up (stage);
  dialog = open_card (stage);
  g_assert_cmpuint (benk_tab_round (dialog), >, 15);
  gtk_window_destroy (dialog);
}

#define TEST(name, func)                                                                 \
  g_test_add ("/ui/vendor/" name, BenkStage, NULL, set_up, func, tear_down)

static gboolean
is_call_dialog_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_CALL_DIALOG) == NULL;
}

/* From the alarm itself: nobody has to find its device first. */
static void
test_a_call_is_noted_from_the_alarm (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_walk_hotline_set_up (stage);
  click (benk_stage_get_child (get_details (stage), "call_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_CALL_DIALOG);
  benk_find_wait_text (GTK_WIDGET (dialog), "Note a Call About D-077");
  gtk_window_close (dialog);
  g_assert_true (benk_shot_wait (is_call_dialog_gone, NULL, 10));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.note-call", NULL);
  gtk_window_close (benk_stage_wait_window (BENK_TYPE_CALL_DIALOG));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("until-is-typed-beside", test_until_is_typed_beside);
  TEST ("an-unknown-number-is-entered", test_an_unknown_number_is_entered);
  TEST ("a-new-alarm-is-taken-with-the-call", test_a_new_alarm_is_taken_with_the_call);
  TEST ("it-goes-on-to-the-device", test_it_goes_on_to_the_device);
  TEST ("a-call-is-noted-from-the-alarm", test_a_call_is_noted_from_the_alarm);
  TEST ("every-control-is-reached-by-tab", test_every_control_is_reached_by_tab);

  return g_test_run ();
}
