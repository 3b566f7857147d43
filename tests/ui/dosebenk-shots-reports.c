/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of reports: of a month, of some users, of one number, and what is not there.
 */

#include "dosebenk-shots.h"

#include "benk-followup-slice.h"
#include "benk-reports-hand.h"
#include "benk-shot.h"

static void
draw (BenkStage *stage, const char *name)
{
  benk_window_show_page (stage->window, "reports");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (stage->window, name);
}

static void
ask_for (GtkWidget *page, const char *text)
{
  GtkWidget *entry = benk_stage_get_child (page, "only_entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

void
benk_shots_play_reports (void)
{
  BenkStage stage;
  GtkWidget *page;
  GtkWidget *sums;
  BenkFollowupSlice slice = BENK_FOLLOWUP_SLICE_ALL;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_reports_hand_fill (&stage);
  benk_shots_show_window (&stage, 0);
  draw (&stage, "reports-month");
  page = benk_window_get_page (stage.window, "reports");
  sums = benk_stage_get_child (page, "sums");
  slice.verdict = BENK_FOLLOWUP_LATE_WITHOUT_REASON;
  g_signal_emit_by_name (sums, "slice-chosen", &slice);
  draw (&stage, "reports-late");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (
                                 benk_stage_get_child (page, "reasons_check")),
                               TRUE);
  ask_for (page, "4711 4702 4733");
  draw (&stage, "reports-users");
  ask_for (page, "4711 9999");
  draw (&stage, "reports-failed");
  ask_for (page, "");
  benk_stage_close_window (&stage);
  benk_stage_show_window (&stage, 1920, 1080);
  draw (&stage, "reports-month-wide");
  benk_stage_tear_down (&stage);
}
