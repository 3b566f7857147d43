/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said to a vendor's support over the telephone. */

#include "dosebenk-shots.h"

#include "benk-find.h"
#include "benk-shot.h"
#include "benk-vendor-contact-dialog.h"
#include "benk-vendor-dialog.h"
#include "benk-walk-hotline.h"

#define MINUTE (60 * 1000)

static gboolean
is_ready (gpointer dialog)
{
  return gtk_widget_get_sensitive (benk_stage_get_child (dialog, "copy_button"));
}

static GtkWindow *
open_card (BenkStage *stage, const BenkId *alarm, const BenkId *device)
{
  GtkWindow *dialog = GTK_WINDOW (
    benk_vendor_dialog_new (GTK_WINDOW (stage->window), stage->session, alarm, device));

  gtk_window_present (dialog);
  if (!benk_shot_wait (is_ready, dialog, 20))
    g_error ("the card is not read");
  benk_shot_settle (GTK_WIDGET (dialog));
  return dialog;
}

static void
type (GtkWindow *dialog, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, row)), text);
}

/* The first of two: nothing is known of its vendor. */
static BenkAlarm *
raise_unknown (BenkStage *stage)
{
  const BenkNewDevice device = { .model_id = "medido",
                                 .serial = "MD0000001",
                                 .asset = "D-011",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED };

  benk_stage_add (stage, &device);
  return benk_stage_alarm (stage, "MD0000001", "1.8", 30 * MINUTE);
}

/**
 * benk_shots_play_vendor:
 *
 * Draws the card of an alarm where nothing is known of the vendor, of one where all is,
 * and the alarm after the call.
 */
void
benk_shots_play_vendor (void)
{
  g_autoptr (BenkAlarm) unknown = NULL;
  g_autoptr (BenkDevice) device = NULL;
  BenkStage stage;
  GtkWindow *dialog;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_shots_show_window (&stage, 0);
  unknown = raise_unknown (&stage);
  benk_shots_draw_dialog (open_card (&stage, benk_alarm_get_id (unknown), NULL),
                          "vendor-unknown");
  benk_walk_hotline_set_up (&stage);
  benk_shots_draw (stage.window, "vendor-alarm");
  device = benk_stage_find (&stage, BENK_WALK_HOTLINE_SERIAL);
  dialog = open_card (&stage, NULL, benk_device_get_id (device));
  benk_shots_draw (dialog, "vendor-card");
  benk_shots_draw_dialog (GTK_WINDOW (benk_vendor_contact_dialog_new (
                            dialog, stage.session,
                            &(BenkVendorContact){ (char *) "Dignio", (char *) "K-10294",
                                                  (char *) "800 00 100",
                                                  (char *) "08–16" })),
                          "vendor-contact");
  type (dialog, "case_row", "C-4711");
  type (dialog, "until_row", "14:00");
  adw_combo_row_set_selected (ADW_COMBO_ROW (
                                benk_stage_get_child (dialog, "covered_row")),
                              BENK_COVERED_YES);
  type (dialog, "said_row", "sykepleier Berit");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (benk_find_typed (GTK_WIDGET (dialog),
                                                                  GTK_TYPE_CHECK_BUTTON)),
                               TRUE);
  benk_shots_draw (dialog, "vendor-filled");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "note_button"), "clicked");
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "vendor-noted");
  benk_window_show_page (stage.window, "devices");
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "vendor-device");
  benk_stage_tear_down (&stage);
}
