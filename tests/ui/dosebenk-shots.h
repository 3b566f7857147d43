/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench-private.h"
#include "benk-stage.h"

G_BEGIN_DECLS

/* High enough for three cards with all their steps. */
#define BENK_SHOTS_TALL 1500

/* Draws into the folder that was named; the scenes are in one file each. */
void benk_shots_show_window (BenkStage *stage, int height);
void benk_shots_draw (gpointer widget, const char *name);
void benk_shots_draw_page (BenkStage *stage, const char *page, const char *name);
void benk_shots_draw_dialog (GtkWindow *dialog, const char *name);

/* A simulated dispenser of a scene. */
typedef struct
{
  const char *model_id;
  const char *serial;
  const char *fault; /* from the job that is asked for */
  gboolean unregistered;
} BenkShotsPlugged;

void benk_shots_open_bench (BenkStage *stage,
                            gboolean demo,
                            const BenkShotsPlugged *rows,
                            gsize n_rows,
                            int height);
void benk_shots_plug (BenkStage *stage, const BenkShotsPlugged *row);
void benk_shots_settle (BenkStage *stage);
void benk_shots_shelve (BenkStage *stage, const char *serial);
BenkBenchDevice *benk_shots_get_plugged (BenkStage *stage, const char *serial);
GtkWidget *benk_shots_get_card (BenkStage *stage, int index);
BenkBenchJob *benk_shots_start_reset (BenkStage *stage, const char *serial);
BenkBenchJob *
benk_shots_start_provision (BenkStage *stage, const char *serial, const char *user);
BenkBenchJob *benk_shots_start_settings (BenkStage *stage, const char *serial);
void benk_shots_await_job (BenkStage *stage, BenkBenchJob *job);

void benk_shots_play_import (BenkStage *stage);
void benk_shots_fill (BenkStage *stage);
void benk_shots_plug_in (BenkStage *stage);
void benk_shots_play_dialogs (BenkStage *stage);
void benk_shots_play_bench (BenkStage *stage);
void benk_shots_play_bench_states (void);
void benk_shots_play_outcomes (void);
void benk_shots_play_refusals (void);
void benk_shots_play_checklist (void);
void benk_shots_play_devices (void);
void benk_shots_play_export (void);
void benk_shots_play_models (void);
void benk_shots_play_plan (void);
void benk_shots_play_shelf (void);
void benk_shots_play_reserve (void);
void benk_shots_play_visits (void);
void benk_shots_play_scan (void);
void benk_shots_play_alarms (void);
void benk_shots_play_feeds (void);
void benk_shots_play_flood (void);
void benk_shots_play_away (void);
void benk_shots_play_batch (void);
void benk_shots_play_closing (void);
void benk_shots_play_reports (void);
void benk_shots_play_duty (void);
void benk_shots_play_vendor (void);
void benk_shots_play_call (void);
void benk_shots_play_guidance (void);

G_END_DECLS
