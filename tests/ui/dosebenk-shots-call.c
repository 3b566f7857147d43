/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With the telephone at the ear: what is known of a device, and noting the call. */

#include "dosebenk-shots.h"

#include "benk-call-dialog.h"
#include "benk-find.h"
#include "benk-home.h"
#include "benk-inventory-call.h"
#include "benk-shot.h"

static void
show_device (BenkStage *stage, const char *serial)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  benk_find_wait_text (page, serial);
  benk_shot_settle (GTK_WIDGET (stage->window));
}

static void
note (BenkStage *stage, BenkCaller caller, const char *text)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_note_call_async (benk_session_get_inventory (stage->session),
                                  benk_device_get_id (device), caller, text, NULL,
                                  benk_stage_keep, &result);
  if (!benk_inventory_change_finish (benk_session_get_inventory (stage->session),
                                     benk_stage_await (&result), NULL, &error))
    g_error ("%s", error->message);
}

static void
draw_dialog (BenkStage *stage)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.note-call", NULL);
  dialog = benk_stage_wait_window (BENK_TYPE_CALL_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw (dialog, "call-dialog-empty");
  gtk_editable_set_text (
    GTK_EDITABLE (benk_find_typed (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
    "Blinks red since the morning, asked whether the 14:00 dose will come");
  benk_shots_draw_dialog (dialog, "call-dialog");
}

void
benk_shots_play_call (void)
{
  BenkStage stage;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_home_set_up (&stage);
  benk_home_start_operation (&stage);
  benk_shots_show_window (&stage, 0);
  show_device (&stage, BENK_HOME_OLD);
  benk_shots_draw (stage.window, "call-quiet");
  alarm = benk_stage_alarm (&stage, BENK_HOME_OLD, "1.8", 20 * 60 * 1000);
  note (&stage, BENK_CALLER_NEXT_OF_KIN, "Wanted to know who comes on Friday");
  note (&stage, BENK_CALLER_HOME_CARE,
        "Blinks red since the morning, asked whether the 14:00 dose will come");
  show_device (&stage, BENK_HOME_OLD);
  benk_shots_draw (stage.window, "call");
  draw_dialog (&stage);
  benk_stage_close_window (&stage);
  benk_stage_show_window (&stage, 1920, BENK_SHOTS_TALL);
  show_device (&stage, BENK_HOME_OLD);
  benk_shots_draw (stage.window, "call-tall");
  show_device (&stage, BENK_HOME_NEW);
  benk_shots_draw (stage.window, "call-none");
  benk_stage_tear_down (&stage);
}
