/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to do at an alarm, and where the district writes it. */

#include "dosebenk-shots.h"

#include "benk-guidance-dialog.h"
#include "benk-guidance-import-dialog.h"
#include "benk-guidances.h"
#include "benk-shot.h"

#define MINUTE (60 * 1000)

static const char THEIRS[] =
  "{\"format\": \"dosebenk-guidance\", \"version\": 1, \"entries\": ["
  "{\"model\": \"medido\", \"code\": \"1.8\", \"part\": \"any\", \"steps\": "
  "[\"Ring bruker\", \"Besøk innen en time\"]},"
  "{\"model\": null, \"code\": \"1.20\", \"part\": \"weekend\", \"steps\": "
  "[\"Ring vakttelefonen hos leverandøren\"]},"
  "{\"model\": \"kite\", \"code\": \"1.8\", \"part\": \"any\", \"steps\": [\"x\"]}]}";

static void
save (BenkStage *stage, const char *text, const char *who)
{
  BenkGuidances *guidances = benk_session_get_guidances (stage->session);
  const BenkGuidanceVersion *own =
    benk_guidance_find (benk_guidances_get_current (guidances), "medido", "1.8", 0);
  g_autoptr (BenkGuidanceVersion) version =
    benk_guidance_version_new ("medido", "1.8", BENK_GUIDANCE_ANY);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  version->based_on = own ? own->id : BENK_ID_NIL;
  version->steps = benk_guidance_split (text);
  benk_guidances_save_async (guidances, version, who, NULL, benk_stage_keep, &result);
  if (!benk_guidances_change_finish (guidances, benk_stage_await (&result), NULL, &error))
    g_error ("what to do: %s", error->message);
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (stage->window));
}

static void
draw_dialog (BenkStage *stage, const char *place, const char *name)
{
  GtkWindow *dialog = GTK_WINDOW (
    benk_guidance_dialog_new (GTK_WINDOW (stage->window), stage->session, place));

  gtk_window_present (dialog);
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw_dialog (dialog, name);
}

/**
 * benk_shots_play_guidance:
 *
 * Draws what to do as it is proposed, as the district has written and decided it, where
 * it is written, and a file of another district.
 */
void
benk_shots_play_guidance (void)
{
  const BenkNewDevice device = { .model_id = "medido",
                                 .serial = "MD0000001",
                                 .asset = "D-011",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED };
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  BenkStage stage;
  GtkWindow *dialog;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_shots_show_window (&stage, 0);
  benk_stage_add (&stage, &device);
  alarm = benk_stage_alarm (&stage, "MD0000001", "1.8", 30 * MINUTE);
  benk_window_show_page (stage.window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "guidance-proposed");
  draw_dialog (&stage, "medido|1.8|day", "guidance-empty");
  save (&stage, "Ring bruker\nBesøk: løs rullen, legg den i igjen", "Kari Nesttun");
  save (&stage,
        "Ring bruker\nBesøk innen en time: løs rullen, legg den i igjen\n"
        "Ta med en reservedispenser\nFortsatt feil: ring leverandøren",
        "Kari Nesttun, avdelingsleder");
  benk_shots_draw (stage.window, "guidance-decided");
  draw_dialog (&stage, "medido|1.8|day", "guidance-versions");
  path = g_build_filename (stage.dir, "theirs.dosebenk-guidance", NULL);
  file = g_file_new_for_path (path);
  g_file_set_contents (path, THEIRS, -1, NULL);
  dialog = GTK_WINDOW (
    benk_guidance_import_dialog_new (GTK_WINDOW (stage.window), stage.session, file));
  gtk_window_present (dialog);
  benk_stage_wait_idle ();
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw_dialog (dialog, "guidance-import");
  benk_stage_tear_down (&stage);
}
