/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines of the district, and how alarms are closed. */

#include "dosebenk-shots.h"

#include "benk-alarms-close.h"
#include "benk-alarms-deadlines.h"
#include "benk-close-alarm-dialog.h"
#include "benk-closed-dialog.h"
#include "benk-deadlines-dialog.h"
#include "benk-find.h"
#include "benk-incident-dialog.h"
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

static void
play_closing (BenkStage *stage)
{
  GtkWindow *parent = GTK_WINDOW (stage->window);
  const BenkNewDevice device = {
    "medido", "MD0000001", NULL, "D-037", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };
  static const char *const codes[] = { "1.1", "1.8", "1.17" };
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "phoned",
                                     .confirmed_role = "Sykepleier",
                                     .confirmed_by = "Berit",
                                     .confirmed_ms = BENK_STAGE_WALL_MS };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *dialog;
  GtkWidget *group;

  benk_stage_add (stage, &device);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_ptr_array_add (alarms, benk_stage_alarm (stage, "MD0000001", codes[i],
                                               (90 - 5 * (gint64) i) * 60 * 1000));
  dialog = GTK_WINDOW (
    benk_close_alarm_dialog_new (parent, stage->session, g_ptr_array_index (alarms, 0)));
  gtk_window_present (dialog);
  benk_shot_settle (GTK_WIDGET (dialog));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (
                                           benk_stage_get_child (dialog, "also_row")),
                                         TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (
                                   benk_stage_get_child (dialog, "also_row")),
                                 TRUE);
  benk_shots_draw_dialog (dialog, "close-several");
  dialog = GTK_WINDOW (
    benk_incident_dialog_new (parent, stage->session,
                              benk_alarm_get_id (g_ptr_array_index (alarms, 0)), 1));
  gtk_window_present (dialog);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw_dialog (dialog, "incident-draft");
  benk_alarms_close_async (benk_session_get_alarms (stage->session),
                           benk_alarm_get_id (g_ptr_array_index (alarms, 0)), &closing,
                           NULL, benk_stage_keep, &result);
  if (!benk_alarms_close_finish (benk_session_get_alarms (stage->session),
                                 benk_stage_await (&result), &error))
    g_error ("close: %s", error->message);
  dialog = GTK_WINDOW (benk_closed_dialog_new (parent, stage->session));
  gtk_window_present (dialog);
  benk_shot_settle (GTK_WIDGET (dialog));
  group = benk_find_typed (GTK_WIDGET (dialog), ADW_TYPE_EXPANDER_ROW);
  if (group)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (group), TRUE);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw_dialog (dialog, "closed-alarms");
  benk_window_show_page (stage->window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (stage->window, "alarms-with-end");
}

/**
 * benk_shots_play_closing:
 *
 * Draws the deadlines, proposed and decided; how an alarm is closed, and what comes
 * after.
 */
void
benk_shots_play_closing (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_shots_show_window (&stage, 0);
  play_deadlines (&stage);
  play_closing (&stage);
  benk_stage_tear_down (&stage);
}
