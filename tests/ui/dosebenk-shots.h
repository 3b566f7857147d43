/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* Draws into the folder that was named; the scenes are in one file each. */
void benk_shots_draw (gpointer widget, const char *name);
void benk_shots_draw_page (BenkStage *stage, const char *page, const char *name);
void benk_shots_draw_dialog (GtkWindow *dialog, const char *name);

void benk_shots_play_import (BenkStage *stage);
void benk_shots_fill (BenkStage *stage);
void benk_shots_plug_in (BenkStage *stage);
void benk_shots_play_dialogs (BenkStage *stage);
void benk_shots_play_bench (BenkStage *stage);
void benk_shots_play_bench_states (void);
void benk_shots_play_checklist (void);
void benk_shots_play_devices (void);
void benk_shots_play_plan (void);
void benk_shots_play_shelf (void);
void benk_shots_play_visits (void);
void benk_shots_play_scan (void);

G_END_DECLS
