/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After a weekend: the card, and what was told by telephone. */

#include "dosebenk-shots.h"

#include "benk-care-dialog.h"
#include "benk-shot.h"
#include "benk-walk-monday.h"

static void
play (BenkStage *stage)
{
  GtkWindow *dialog;

  benk_shots_draw (stage->window, "away");
  gtk_widget_activate (benk_walk_monday_get_card (stage, "care_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_CARE_DIALOG);
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "role_row")),
                              1);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "name_row")),
                         "Kari");
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw_dialog (dialog, "away-handled-by-care");
}

/**
 * benk_shots_play_away:
 *
 * Draws the page of alarms after a weekend, and the window for what care told.
 */
void
benk_shots_play_away (void)
{
  g_autoptr (GObject) source = NULL;
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  benk_shots_show_window (&stage, 0);
  source = benk_walk_monday_set_up (&stage);
  play (&stage);
  benk_stage_tear_down (&stage);
}
