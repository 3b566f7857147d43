/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of what batch a roll is, and several devices at one batch. */

#include "dosebenk-shots.h"

#include "benk-alarms-batch.h"
#include "benk-roll-batch-dialog.h"
#include "benk-scan-desk.h"
#include "benk-shot.h"

#define MINUTE (60 * 1000)

static BenkAlarm *
raise_one (BenkStage *stage, guint n, const char *code)
{
  g_autofree char *serial = g_strdup_printf ("MD%05u", n);
  g_autofree char *asset = g_strdup_printf ("D-%03u", n);
  const BenkNewDevice device = {
    "medido", serial, NULL, asset, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_add (stage, &device);
  return benk_stage_alarm (stage, serial, code, (n % 7) * MINUTE);
}

static void
note (BenkStage *stage, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_note_batch_async (alarms, benk_alarm_get_id (alarm), "Østlandet Pakkeri",
                                "L-4711", NULL, benk_stage_keep, &result);
  benk_alarms_note_batch_finish (alarms, benk_stage_await (&result), NULL, &error);
  g_assert_no_error (error);
}

static void
show (BenkStage *stage, BenkAlarm *alarm, const char *name)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

  benk_window_show_page (stage->window, "alarms");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (stage->window, name);
}

static void
scan (GtkWidget *dialog, const char *text)
{
  g_autoptr (BenkScan) label = benk_scan_read (text, BENK_SCAN_CAPS_OFF);
  const BenkScanTyping typing = { 0 };

  benk_scan_hand_over (dialog, label, &typing);
  benk_shot_settle (dialog);
}

static void
draw_dialog (BenkStage *stage, BenkAlarm *alarm)
{
  GtkWidget *dialog =
    benk_roll_batch_dialog_new (GTK_WINDOW (stage->window), stage->session, alarm);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  benk_shots_draw (dialog, "batch-empty");
  scan (dialog, "BATCH:L-4711;PACKER:Østlandet Pakkeri");
  benk_shots_draw (dialog, "batch-taken");
  scan (dialog, "7038010000003");
  benk_shots_draw (dialog, "batch-refused");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
choose_first (BenkStage *stage)
{
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *view = benk_stage_get_child (page, "list");

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (
                                       gtk_list_view_get_model (GTK_LIST_VIEW (view))),
                                     0);
}

/**
 * benk_shots_play_batch:
 *
 * Draws an alarm that asks for the batch, the dialog, the alarm with it, and the group.
 */
void
benk_shots_play_batch (void)
{
  g_autoptr (BenkAlarm) one = NULL;
  g_autoptr (BenkAlarm) two = NULL;
  g_autoptr (BenkAlarm) three = NULL;
  g_autoptr (BenkAlarm) other = NULL;
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  one = raise_one (&stage, 6, "1.8");
  other = raise_one (&stage, 2, "1.17");
  benk_shots_show_window (&stage, 0);
  show (&stage, one, "batch-asked");
  draw_dialog (&stage, one);
  note (&stage, one);
  show (&stage, one, "batch-noted");
  benk_stage_close_window (&stage);
  two = raise_one (&stage, 3, "1.6");
  three = raise_one (&stage, 4, "1.8");
  note (&stage, two);
  note (&stage, three);
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage.window));
  choose_first (&stage);
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "batch-group");
  benk_stage_tear_down (&stage);
}
