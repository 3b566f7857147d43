/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scanning, registering and labels. */

#include "dosebenk-shots.h"

#include "benk-label-dialog.h"
#include "benk-label-format.h"
#include "benk-new-device-dialog.h"
#include "benk-preferences.h"
#include "benk-scan-answer.h"
#include "benk-scan-test-dialog.h"
#include "benk-shot.h"

static void
show (GtkWidget *dialog)
{
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);
}

static void
hand_over (GtkWidget *dialog, const char *raw, guint ms)
{
  const BenkScanTyping typing = { (guint) g_utf8_strlen (raw, -1), ms, GDK_KEY_Return,
                                  FALSE };
  g_autoptr (BenkScan) scan = benk_scan_read (raw, BENK_SCAN_CAPS_OFF);

  benk_scan_hand_over (dialog, scan, &typing);
}

static void
draw_scanner_test (BenkStage *stage)
{
  GtkWidget *dialog =
    benk_scan_test_dialog_new (GTK_WINDOW (stage->window), stage->clock);

  show (dialog);
  benk_shots_draw (dialog, "scanner-test-empty");
  hand_over (dialog,
             "¨d2010703801000001021AB+12\x1d"
             "8002356938035643808",
             212);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "scanner-test");
}

static void
draw_preferences (BenkStage *stage)
{
  GtkWidget *window = benk_preferences_new (GTK_WINDOW (stage->window), stage->session);

  show (window);
  benk_shots_draw_dialog (GTK_WINDOW (window), "preferences");
}

static void
draw_registering (BenkStage *stage)
{
  g_autoptr (BenkScan) scan =
    benk_scan_read ("S/N:QQ1 IMEI:356938035643808", BENK_SCAN_CAPS_OFF);
  g_autoptr (BenkScan) known = benk_scan_read ("PP001007", BENK_SCAN_CAPS_OFF);
  GtkWidget *dialog =
    benk_new_device_dialog_new_scanned (GTK_WINDOW (stage->window), stage->session, scan);

  show (dialog);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "register");
  dialog = benk_new_device_dialog_new_scanned (GTK_WINDOW (stage->window), stage->session,
                                               known);
  show (dialog);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "register-known");
}

static void
draw_answers (BenkStage *stage)
{
  static const char *const scans[] = { "S/N:PP009999 IMEI:356938035643808", "7787" };

  for (gsize i = 0; i < G_N_ELEMENTS (scans); i++)
    {
      g_autoptr (BenkScan) scan = benk_scan_read (scans[i], BENK_SCAN_CAPS_OFF);

      benk_scan_answer (stage->window, scan);
      benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                              i == 0 ? "scan-unknown" : "scan-several");
    }
}

static void
draw_labels (BenkStage *stage, guint format, const char *name)
{
  static const char *const serials[] = { "E300A1B2C3D4E5F6A7B8C9D0", "PP001007",
                                         "BLÅ-ØRE-7", "AB-12" };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  GtkWidget *dialog;

  for (gsize i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      g_autoptr (BenkDevice) device = benk_stage_find (stage, serials[i]);

      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  dialog = benk_label_dialog_new (benk_window_get_page (stage->window, "devices"),
                                  stage->session, (const BenkId *) (gpointer) ids->data,
                                  ids->len);
  show (dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "format_row")),
                              format);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (benk_stage_get_child (dialog, "start")), 5);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), name);
}

void
benk_shots_play_scan (void)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "evondos-e300",
      .serial = "E300A1B2C3D4E5F6A7B8C9D0",
      .asset = "D-1037",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "evondos-e300",
      .serial = "PP001007",
      .asset = "D-037",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido",
      .serial = "BLÅ-ØRE-7",
      .asset = "D-052",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido", .serial = "AB-12", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido",
      .serial = "7787",
      .asset = "D-061",
      .place = "Hylle Åse",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "pilly-sms", .serial = "7787", .state = BENK_DEVICE_STATE_RECEIVED },
  };
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    benk_stage_add (&stage, &devices[i]);
  benk_stage_show_window (&stage, 1366, 768);
  draw_answers (&stage);
  draw_registering (&stage);
  draw_scanner_test (&stage);
  draw_preferences (&stage);
  for (guint i = 0; i < BENK_N_LABEL_FORMATS; i++)
    draw_labels (&stage, i,
                 i == 0   ? "labels-a4-24"
                 : i == 1 ? "labels-a4-21"
                          : "labels-roll");
  benk_stage_tear_down (&stage);
}
