/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>

#include "benk-attest-dialog.h"
#include "benk-bench.h"
#include "benk-close-alarm-dialog.h"
#include "benk-wait-dialog.h"
#include "benk-feeds-dialog.h"
#include "benk-plan-dialog.h"
#include "benk-new-alarm-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-return-dialog.h"
#include "benk-return-step-dialog.h"
#include "benk-shot.h"
#include "benk-user-dialog.h"

static void
show_device (BenkStage *stage, const char *serial, const char *name)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  benk_shots_draw (stage->window, name);
}

static void
play_devices (BenkStage *stage)
{
  GtkWidget *entry = benk_stage_get_child (stage->window, "search_entry");

  show_device (stage, "MD0001019", "device-quarantine");
  show_device (stage, "PP001007", "device-in-use");
  show_device (stage, "MD0900001", "device-received");
  gtk_editable_set_text (GTK_EDITABLE (entry), "md0001");
  benk_shots_draw (stage->window, "devices-search");
  gtk_editable_set_text (GTK_EDITABLE (entry), "no such thing");
  benk_shots_draw (stage->window, "devices-no-match");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static void
play_new_device (BenkStage *stage)
{
  GtkWidget *dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, "x 12");

  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "imei_row")),
                         "356938035643808");
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "new-device");
}

static void
play_alarms (BenkStage *stage)
{
  GtkWindow *parent = GTK_WINDOW (stage->window);
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));
  GtkWidget *dialog = benk_new_alarm_dialog_new (parent, stage->session, NULL);

  benk_shots_draw_page (stage, "alarms", "alarms-again");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "device_row")),
                         "MD0001071");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "code_row")), "rul");
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "new-alarm");
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);
      g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));
      g_autofree char *name = g_strdup_printf ("alarm-%s", benk_alarm_get_code (alarm));
      g_autofree char *close =
        g_strdup_printf ("close-alarm-%s", benk_alarm_get_code (alarm));

      gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
      benk_shots_draw (stage->window, name);
      if (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN)
        benk_shots_draw_dialog (GTK_WINDOW (
                                  benk_wait_dialog_new (parent, stage->session, alarm)),
                                "wait-alarm");
      if (i == 0 || benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_CARE)
        benk_shots_draw_dialog (
          GTK_WINDOW (benk_close_alarm_dialog_new (parent, stage->session, alarm)),
          close);
    }
}

static void
play_returns (BenkStage *stage)
{
  GtkWindow *parent = GTK_WINDOW (stage->window);
  GListModel *list = benk_returns_get_list (benk_session_get_returns (stage->session));
  g_autoptr (BenkReturnCase) first = g_list_model_get_item (list, 0);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkReturnCase) row = g_list_model_get_item (list, i);
      g_autofree char *id = benk_id_to_string (benk_return_case_get_id (row));
      g_autofree char *name =
        g_strdup_printf ("return-%s",
                         benk_return_state_to_name (benk_return_case_get_state (row)));

      gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-return", "s", id);
      benk_shots_draw (stage->window, name);
    }
  for (int state = BENK_RETURN_STATE_ANSWERED; state < BENK_N_RETURN_STATES; state++)
    {
      g_autofree char *name =
        g_strdup_printf ("return-step-%s",
                         benk_return_state_to_name ((BenkReturnState) state));

      benk_shots_draw_dialog (GTK_WINDOW (benk_return_step_dialog_new (
                                parent, stage->session, first, (BenkReturnState) state)),
                              name);
    }
}

static void
ignore (const char *text, gpointer user_data)
{
}

static void
play_small_dialogs (BenkStage *stage)
{
  GtkWindow *parent = GTK_WINDOW (stage->window);
  g_autoptr (BenkDevice) in_use = benk_stage_find (stage, "PP001007");
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0001019");

  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_attest_dialog_new (parent, stage->session, device,
                                                    BENK_FACT_RESET_IMPOSSIBLE)),
                          "attest");
  benk_shots_draw_dialog (GTK_WINDOW (benk_attest_dialog_new (parent, stage->session,
                                                              device, BENK_FACT_CLEANED)),
                          "attest-plain");
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_user_dialog_new (parent, stage->session, in_use)),
                          "user");
  benk_shots_draw_dialog (GTK_WINDOW (benk_feeds_dialog_new (parent, stage->session)),
                          "feeds");
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_return_dialog_new (parent, stage->session, device)),
                          "return-open");
  benk_reason_dialog_ask (parent, _ ("Where is it now?"),
                          _ ("A shelf, store, team or vendor. A new name is added."),
                          _ ("_Move"), ignore, G_OBJECT (stage->window));
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), "reason");
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell-error", "s",
                              _ ("Cannot be packed: the reset is not proven."));
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), "refused");
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.verify", NULL);
  benk_shots_draw (parent, "verified");
}

/**
 * benk_shots_play_dialogs:
 * @stage: a filled store with its window
 *
 * Goes through what a person opens from the pages.
 */
void
benk_shots_play_dialogs (BenkStage *stage)
{
  play_alarms (stage);
  play_devices (stage);
  play_new_device (stage);
  play_returns (stage);
  play_small_dialogs (stage);
}

/* A cable that is pulled in the middle: what is said then matters most. */
static void
play_broken (BenkStage *stage)
{
  BenkBench *bench = benk_session_get_bench (stage->session);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_reset (bench, benk_shots_get_plugged (stage, "PM900003"),
                                        "PM900003", &error);
  GtkWidget *page = benk_window_get_page (stage->window, "bench");
  GtkWidget *cards = benk_stage_get_child (page, "cards");
  GtkWidget *scrolled = gtk_widget_get_ancestor (cards, GTK_TYPE_SCROLLED_WINDOW);

  if (!job)
    g_error ("reset: %s", error->message);
  benk_shots_await_job (stage, job);
  benk_shot_settle (page);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                              GTK_SCROLLED_WINDOW (scrolled)),
                            300);
  benk_shots_draw (stage->window, "bench-broken");
}

/**
 * benk_shots_play_bench:
 * @stage: a filled store with its window and plugged-in dispensers
 *
 * Chooses a checklist, resets a dispenser, pulls another out, and asks for the settings
 * of a third.
 */
void
benk_shots_play_bench (BenkStage *stage)
{
  BenkBench *bench = benk_session_get_bench (stage->session);
  BenkBenchDevice *device = benk_shots_get_plugged (stage, "MD0900001");
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = NULL;
  GtkWidget *checklist = NULL;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.bench-device", "s",
                              "MD0001019");
  checklist =
    benk_stage_get_child (benk_window_get_page (stage->window, "bench"), "checklist");
  adw_combo_row_set_selected (ADW_COMBO_ROW (
                                benk_stage_get_child (checklist, "task_row")),
                              3);
  benk_stage_wait_idle ();
  benk_shots_draw (stage->window, "bench-chosen");
  job = benk_bench_reset (bench, device, "MD0900001", &error);
  if (!job)
    g_error ("reset: %s", error->message);
  benk_shots_await_job (stage, job);
  benk_shots_draw (stage->window, "bench-done");
  play_broken (stage);
  benk_shots_draw_dialog (
    GTK_WINDOW (benk_plan_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                      benk_shots_get_plugged (stage, "PP900002"), NULL)),
    "make-ready");
}
