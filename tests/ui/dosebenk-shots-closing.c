/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines of the district, and how alarms are closed. */

#include "dosebenk-shots.h"

#include "benk-alarms-deadlines.h"
#include "benk-deadlines-dialog.h"
#include "benk-shot.h"

static void
decide (BenkStage *stage, const char *code, guint take_min, guint resolve_min)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkDeadlineDecision decision = { .decided_by = (char *) "Kari Nesttun",
                                          .role = (char *) "avdelingsleder",
                                          .decided_on = (char *) "2026-02-27" };
  g_autoptr (GPtrArray) deadlines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDeadline *deadline = benk_deadline_new (code, NULL);

  deadline->allowance = (BenkAllowance){ take_min, BENK_DEADLINE_MINUTES, resolve_min };
  g_ptr_array_add (deadlines, deadline);
  benk_alarms_decide_deadlines_async (alarms, &decision, deadlines, NULL, benk_stage_keep,
                                      &result);
  if (!benk_alarms_decide_deadlines_finish (alarms, benk_stage_await (&result), NULL,
                                            &error))
    g_error ("decide: %s", error->message);
}

static GtkWindow *
open_deadlines (BenkStage *stage)
{
  GtkWindow *dialog =
    GTK_WINDOW (benk_deadlines_dialog_new (GTK_WINDOW (stage->window), stage->session));

  gtk_window_present (dialog);
  benk_shot_settle (GTK_WIDGET (dialog));
  return dialog;
}

static void
play_deadlines (BenkStage *stage)
{
  GtkWindow *dialog;

  benk_shots_draw_dialog (open_deadlines (stage), "deadlines-proposed");
  decide (stage, "1.1", 10, 45);
  decide (stage, "1.1", 15, 60);
  dialog = open_deadlines (stage);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "who_row")),
                         "Kari Nesttun");
  benk_shots_draw_dialog (dialog, "deadlines-decided");
}

/**
 * benk_shots_play_closing:
 *
 * Draws the deadlines, proposed and decided.
 */
void
benk_shots_play_closing (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_shots_show_window (&stage, 0);
  play_deadlines (&stage);
  benk_stage_tear_down (&stage);
}
