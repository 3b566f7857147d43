/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits to homes and swaps, in every state that a person meets. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>

#include "benk-home.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-swap-dialog.h"
#include "benk-visit-page.h"
#include "benk-visit.h"

static BenkSwap *
open_swap (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkSwap *swap;

  benk_swap_open_async (stage->session, benk_device_get_id (device), NULL, NULL,
                        benk_stage_keep, &result);
  swap = benk_swap_open_finish (benk_stage_await (&result), &error);
  if (!swap)
    g_error ("swap: %s", error->message);
  return swap;
}

static void
run_swap (BenkSwap *swap)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_swap_run_async (swap, NULL, benk_stage_keep, &result);
  if (!benk_swap_run_finish (swap, benk_stage_await (&result), &error))
    g_error ("swap: %s", error->message);
}

static void
draw_swap (BenkStage *stage, BenkSwap *swap, const char *name)
{
  GtkWidget *dialog =
    benk_swap_dialog_new (GTK_WINDOW (stage->window), stage->session, swap);

  benk_shots_draw_dialog (GTK_WINDOW (dialog), name);
}

static void
play_swap (void)
{
  BenkStage stage;
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkAlarm) dose = NULL;

  benk_home_set_up (&stage);
  benk_home_start_operation (&stage);
  alarm = benk_stage_alarm (&stage, BENK_HOME_OLD, "1.5", 0);
  dose = benk_stage_alarm (&stage, BENK_HOME_OLD, "1.1", 0);
  benk_shots_show_window (&stage, 0);
  swap = open_swap (&stage);
  draw_swap (&stage, swap, "swap-proposed");
  benk_swap_set_by_checklist (swap, TRUE);
  draw_swap (&stage, swap, "swap-by-checklist");
  benk_swap_set_by_checklist (swap, FALSE);
  run_swap (swap);
  draw_swap (&stage, swap, "swap-not-plugged-in");
  benk_home_plug (&stage, BENK_HOME_NEW, NULL);
  run_swap (swap);
  draw_swap (&stage, swap, "swap-no-name");
  benk_swap_set_medicine_by (swap, BENK_HOME_NURSE);
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage.clock), 1000);
  run_swap (swap);
  draw_swap (&stage, swap, "swap-done");
  benk_stage_tear_down (&stage);
}

static BenkVisit *
start_visit (BenkStage *stage, BenkVisitKind kind)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  BenkVisits *visits = benk_session_get_visits (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkVisit *visit;

  benk_visits_start_async (visits, benk_device_get_id (device), kind, NULL,
                           benk_stage_keep, &result);
  visit = benk_visits_start_finish (visits, benk_stage_await (&result), &error);
  if (!visit)
    g_error ("visit: %s", error->message);
  benk_visits_set_current (visits, visit);
  benk_window_show_alone (stage->window, benk_visit_page_new (stage->session, visit));
  return visit;
}

static void
tick (BenkStage *stage,
      BenkVisit *visit,
      const char *item,
      const char *text,
      const char *stated_by)
{
  BenkVisits *visits = benk_session_get_visits (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_visits_tick_async (visits, visit, item, text, stated_by, NULL, benk_stage_keep,
                          &result);
  if (!benk_visits_tick_finish (visits, benk_stage_await (&result), &error))
    g_error ("%s: %s", item, error->message);
}

static void
finish_visit (BenkStage *stage, BenkVisit *visit)
{
  BenkVisits *visits = benk_session_get_visits (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_visits_done_async (visits, visit, "later", NULL, benk_stage_keep, &result);
  if (!benk_visits_end_finish (visits, benk_stage_await (&result), &error))
    g_error ("visit: %s", error->message);
}

static void
play_installation (void)
{
  BenkStage stage;
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (BenkVisit) settings = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_home_set_up (&stage);
  benk_shots_show_window (&stage, 0);
  visit = start_visit (&stage, BENK_VISIT_INSTALL);
  benk_shots_draw (stage.window, "visit-install-begun");
  tick (&stage, visit, "right-device", BENK_HOME_OLD, NULL);
  tick (&stage, visit, "power", NULL, NULL);
  tick (&stage, visit, "coverage", _ ("Good"), NULL);
  tick (&stage, visit, "medicine", NULL, BENK_HOME_NURSE);
  tick (&stage, visit, "test-dose", NULL, NULL);
  tick (&stage, visit, "training-user", NULL, NULL);
  tick (&stage, visit, "sheet", NULL, NULL);
  alarm = benk_stage_alarm (&stage, BENK_HOME_NEW, "1.18", 0);
  benk_shots_draw (stage.window, "visit-install-full");
  finish_visit (&stage, visit);
  benk_shots_draw (stage.window, "visit-install-done");
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage.clock), 1000);
  settings = start_visit (&stage, BENK_VISIT_SETTINGS);
  benk_shots_draw (stage.window, "visit-settings");
  benk_stage_close_window (&stage);
  benk_stage_show_window (&stage, 1920, 1080);
  benk_window_show_alone (stage.window, benk_visit_page_new (stage.session, settings));
  benk_shots_draw (stage.window, "visit-settings-wide");
  benk_stage_tear_down (&stage);
}

static void
play_collection (void)
{
  BenkStage stage;
  g_autoptr (BenkVisit) visit = NULL;

  benk_home_set_up (&stage);
  benk_home_start_operation (&stage);
  benk_stage_attest (&stage, BENK_HOME_OLD, BENK_FACT_MEDICINE_TAKEN_OVER, NULL,
                     BENK_HOME_NURSE);
  benk_stage_set_state (&stage, BENK_HOME_OLD, BENK_DEVICE_STATE_TO_COLLECT, "later");
  benk_shots_show_window (&stage, 0);
  visit = start_visit (&stage, BENK_VISIT_COLLECT);
  benk_shots_draw (stage.window, "visit-collect");
  tick (&stage, visit, "medicine-removed", NULL, BENK_HOME_NURSE);
  tick (&stage, visit, "accessories", NULL, NULL);
  finish_visit (&stage, visit);
  benk_shots_draw (stage.window, "visit-collect-done");
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_visits:
 *
 * Draws the sheet of a swap and the page of each kind of visit.
 */
void
benk_shots_play_visits (void)
{
  play_swap ();
  play_installation ();
  play_collection ();
}
