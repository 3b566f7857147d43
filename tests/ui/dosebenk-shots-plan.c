/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dosebenk-shots.h"

#include "benk-bench.h"
#include "benk-plan-dialog.h"
#include "benk-plan-proposal.h"
#include "benk-plans.h"
#include "benk-shot.h"

#define USER "4711"

static void
save (BenkStage *stage, BenkPlan *plan)
{
  BenkPlans *plans = benk_session_get_plans (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkPlanVersion) version = NULL;
  g_autoptr (GError) error = NULL;

  benk_plans_save_async (plans, USER, plan, NULL, benk_stage_keep, &result);
  benk_stage_await (&result);
  version = benk_plans_find_finish (plans, result, &error);
  if (!version)
    g_error ("plan: %s", error->message);
}

static BenkPlanDialog *
open_dialog (BenkStage *stage, const char *user)
{
  GtkWidget *dialog =
    benk_plan_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL, user);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  return BENK_PLAN_DIALOG (dialog);
}

static void
draw (BenkPlanDialog *dialog, const char *name)
{
  benk_shots_draw (dialog, name);
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
}

/* Many times, some near each other, some only on some days. */
static void
fill (BenkPlanDraft *draft)
{
  static const guint minutes[] = { 420, 480, 510, 720, 1080, 1260, 1410 };
  BenkDoseTime dose;

  for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
    benk_plan_draft_add_dose (draft, minutes[i]);
  dose = *benk_plan_get_dose (benk_plan_draft_get_plan (draft), 3);
  dose.weekdays = 0x1f;
  dose.before_min = 30;
  dose.alarm = FALSE;
  benk_plan_draft_set_dose (draft, 3, &dose, NULL);
}

static gboolean
has_card (gpointer bench)
{
  g_autoptr (BenkBenchDevice) device =
    g_list_model_get_item (benk_bench_get_devices (bench), 0);

  return device && benk_bench_device_get_card (device);
}

/* For a dispenser, in the window that makes it ready. */
static void
play_device (BenkStage *stage)
{
  BenkBench *bench = benk_session_get_bench (stage->session);
  g_autoptr (BenkBenchDevice) device = NULL;
  GtkWidget *dialog;

  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "pilly-sms",
                                           .serial = "PM900003",
                                           .state = BENK_DEVICE_STATE_STOCK });
  benk_bench_plug_virtual (bench, "pilly-sms", "PM900003", stage->dir, NULL, NULL);
  benk_window_show_page (stage->window, "bench");
  if (!benk_shot_wait (has_card, bench, 10))
    g_error ("PM900003 is not plugged in");
  device = g_list_model_get_item (benk_bench_get_devices (bench), 0);
  dialog =
    benk_plan_dialog_new (GTK_WINDOW (stage->window), stage->session, device, USER);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  draw (BENK_PLAN_DIALOG (dialog), "plan-make-ready");
}

void
benk_shots_play_plan (void)
{
  BenkStage stage;
  g_autoptr (BenkPlan) plan = benk_plan_propose ("8 14 20", NULL);
  BenkPlanDialog *dialog;
  BenkPlanDraft *draft;
  BenkDoseTime dose;

  benk_stage_set_up (&stage, TRUE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_shots_show_window (&stage, 0);
  draw (open_dialog (&stage, NULL), "plan-empty");
  save (&stage, plan);

  dialog = open_dialog (&stage, USER);
  benk_shots_draw (dialog, "plan-saved");
  draft = benk_plan_dialog_get_draft (dialog);
  dose = *benk_plan_get_dose (benk_plan_draft_get_plan (draft), 0);
  dose.minute = 510;
  dose.before_min = 30;
  benk_plan_draft_set_dose (draft, 0, &dose, NULL);
  benk_plan_draft_set_rule (draft, BENK_ALARM_CONDITION_MISSED, TRUE, 45);
  benk_plan_draft_set_periods (draft, "charge-nurse", BENK_DUTY_PERIOD_WEEKEND);
  benk_plan_draft_add_dose (draft, 150);
  draw (dialog, "plan-changed");

  dialog = open_dialog (&stage, "4712");
  fill (benk_plan_dialog_get_draft (dialog));
  draw (dialog, "plan-many");
  play_device (&stage);
  benk_stage_tear_down (&stage);
}
