/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-find.h"
#include "benk-keys.h"
#include "benk-roll-batch-dialog.h"
#include "benk-shot.h"
#include "benk-tab-round.h"

/* Of what batch a roll is: noted at its alarm, and two devices at one batch as one. */

#define MINUTE (60 * 1000)
#define FAST 1
#define SLOW 120

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { "medido", "MD-1", NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "medido", "MD-2", NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, devices, G_N_ELEMENTS (devices));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
get_child (BenkStage *stage, const char *id)
{
  return benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), id);
}

static void
show_alarm (BenkStage *stage, BenkAlarm *alarm)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

  benk_window_show_page (stage->window, "alarms");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
}

/* (transfer full): an alarm of MD-1 whose details are shown. */
static BenkAlarm *
raise_shown (BenkStage *stage, const char *code, const char *words)
{
  BenkAlarm *alarm = benk_stage_alarm (stage, "MD-1", code, MINUTE);

  show_alarm (stage, alarm);
  benk_find_wait_text (get_child (stage, "details"), words);
  return alarm;
}

/* (transfer full): once it is on the screen. */
static GtkWidget *
ask (BenkStage *stage, const char *button)
{
  GtkWidget *dialog;

  benk_keys_click (benk_find_button (get_child (stage, "details"), button));
  dialog = GTK_WIDGET (benk_stage_wait_window (BENK_TYPE_ROLL_BATCH_DIALOG));
  benk_find_wait_text (dialog, "As printed on the roll");
  return g_object_ref (dialog);
}

static gboolean
is_gone (gpointer dialog)
{
  return !gtk_widget_get_visible (dialog);
}

static gboolean
asks_anew (gpointer details)
{
  return benk_find_button (details, "Note Roll Batch…") != NULL;
}

static void
expect_text (GtkWidget *dialog, const char *row, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, row))),
                   ==, text);
}

/* Batch, Tab, packer, Enter; and the toast takes it back. */
static void
test_typed (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.8", "Roll jammed");
  g_autoptr (GtkWidget) dialog = ask (stage, "Note Roll Batch…");
  GtkWidget *details = get_child (stage, "details");

  benk_find_wait_text (dialog, "Roll jammed · Medido MD-1");
  benk_keys_type ("4711", SLOW, NULL);
  benk_keys_press ("Tab");
  benk_keys_type ("vest", SLOW, "Return");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  benk_find_wait_text (details, "Roll batch 4711 (vest)");
  benk_find_wait_text (GTK_WIDGET (stage->window), "Roll batch 4711 is noted.");
  benk_keys_click (benk_find_button (GTK_WIDGET (stage->window), "Undo"));
  g_assert_true (benk_shot_wait (asks_anew, details, 10));
  g_assert_null (benk_find_text (details, "Roll batch 4711"));
}

/* What is wrong is said where it is typed; Escape leaves all as it was. */
static void
test_refused (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.6", "Pouch not read");
  g_autoptr (GtkWidget) dialog = ask (stage, "Note Roll Batch…");

  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "note_button")));
  benk_keys_type ("kari", SLOW, "Return");
  benk_find_wait_text (dialog, "A batch is one word of letters and digits");
  g_assert_true (gtk_widget_get_visible (dialog));
  benk_keys_press ("BackSpace");
  g_assert_null (benk_find_text (dialog, "A batch is one word"));
  benk_keys_press ("Escape");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  g_assert_nonnull (benk_find_button (get_child (stage, "details"), "Note Roll Batch…"));
}

/* What was read is seen before it is kept, and the rest of the label is gone. */
static void
test_label (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.7", "Roll fault");
  g_autoptr (GtkWidget) dialog = ask (stage, "Note Roll Batch…");

  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "batch_row")),
                         "Line Danser Parti: L-4711 Pakkeri: Øst Pakkeri");
  benk_keys_press ("Return");
  benk_find_wait_text (dialog, "Taken from the label");
  expect_text (dialog, "batch_row", "L-4711");
  expect_text (dialog, "packer_row", "Øst Pakkeri");
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  benk_find_wait_text (get_child (stage, "details"), "Roll batch L-4711 (Øst Pakkeri)");
}

/* Wherever the focus is; the scanner's own Enter notes nothing. */
static void
test_scanned (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.8", "Roll jammed");
  g_autoptr (GtkWidget) dialog = ask (stage, "Note Roll Batch…");

  benk_keys_press ("Tab Tab");
  benk_keys_type ("BATCH:4711;PACKER:West", FAST, "Return");
  benk_find_wait_text (dialog, "Taken from the label");
  expect_text (dialog, "batch_row", "4711");
  expect_text (dialog, "packer_row", "West");
  benk_keys_type ("7038010000003", FAST, "Return");
  benk_find_wait_text (dialog, "That is the number of a product");
  g_assert_null (benk_find_text (dialog, "Taken from the label"));
  expect_text (dialog, "batch_row", "4711");
  benk_keys_type ("BATCH:4711", FAST, "Return");
  benk_find_wait_text (dialog, "Taken from the label");
  g_assert_null (benk_find_text (dialog, "That is the number of a product"));
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  benk_find_wait_text (get_child (stage, "details"), "Roll batch 4711 (West)");
}

static void
test_removed (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.8", "Roll jammed");
  g_autoptr (GtkWidget) first = ask (stage, "Note Roll Batch…");
  g_autoptr (GtkWidget) second = NULL;

  g_assert_null (benk_find_button (first, "Remove the Batch"));
  benk_keys_type ("4711", SLOW, "Return");
  g_assert_true (benk_shot_wait (is_gone, first, 10));
  benk_find_wait_text (get_child (stage, "details"), "Roll batch 4711");
  second = ask (stage, "Change…");
  expect_text (second, "batch_row", "4711");
  g_assert_cmpuint (benk_tab_round (GTK_WINDOW (second)), >=, 5);
  gtk_widget_grab_focus (benk_find_button (second, "Remove the Batch"));
  benk_keys_press ("space");
  g_assert_true (benk_shot_wait (is_gone, second, 10));
  g_assert_true (benk_shot_wait (asks_anew, get_child (stage, "details"), 10));
}

static void
test_other_alarms (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = raise_shown (stage, "1.20", "No contact");

  g_assert_null (benk_find_button (get_child (stage, "details"), "Note Roll Batch…"));
}

static void
note (BenkStage *stage, const char *batch)
{
  g_autoptr (GtkWidget) dialog = ask (stage, "Note Roll Batch…");

  benk_keys_type (batch, SLOW, "Return");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
}

static gboolean
both_are_taken (gpointer stage)
{
  GListModel *queue =
    benk_alarms_get_queue (benk_session_get_alarms (((BenkStage *) stage)->session));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n += benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN;
    }
  return n == 2;
}

/* (transfer full) */
static char *
get_clipboard (GtkWidget *widget)
{
  GdkContentProvider *content =
    gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

/* One row that says how many devices; its details say what to report, and to whom. */
static void
test_group (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) one = raise_shown (stage, "1.8", "Roll jammed");
  g_autoptr (BenkAlarm) two = NULL;
  g_autofree char *copied = NULL;
  GtkWidget *list = get_child (stage, "list");
  GtkWidget *details = get_child (stage, "group_details");

  note (stage, "4711");
  benk_find_wait_text (get_child (stage, "details"), "Roll batch 4711");
  two = benk_stage_alarm (stage, "MD-2", "1.6", MINUTE);
  show_alarm (stage, two);
  benk_find_wait_text (get_child (stage, "details"), "Pouch not read");
  note (stage, "4711");
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
  benk_keys_point (benk_stage_get_child (stage->window, "search_entry"));
  benk_find_wait_text (list, "Roll batch 4711");
  benk_find_wait_text (list, "2 devices");
  benk_keys_click (benk_find_wait_text (list, "Roll batch 4711"));
  benk_find_wait_text (details, "2 devices stopped at rolls of this batch");
  benk_keys_click (benk_find_button (details, "Copy Text for Packer"));
  copied = get_clipboard (details);
  g_assert_nonnull (
    strstr (copied, "Roll batch: 4711\nDispensers with open alarms: 2\n"));
  g_assert_null (strstr (copied, "MD-1"));
  benk_keys_click (benk_find_button (details, "Take 2 Alarms"));
  g_assert_true (benk_shot_wait (both_are_taken, stage, 10));
}

#define TEST(name, func)                                                                 \
  g_test_add ("/ui/roll-batch/" name, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("typed-and-taken-back", test_typed);
  TEST ("what-is-wrong-is-said-beside-it", test_refused);
  TEST ("of-a-label-packer-and-batch", test_label);
  TEST ("scanned-wherever-the-focus-is", test_scanned);
  TEST ("changed-and-removed", test_removed);
  TEST ("not-asked-of-other-alarms", test_other_alarms);
  TEST ("two-devices-are-one-row", test_group);

  return g_test_run ();
}
