/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that is written: while it takes long, stopped, done, and where it cannot be. */

#include "dosebenk-shots.h"

#include "benk-export-dialog.h"
#include "benk-shot.h"
#include "benk-stage-reader.h"

static GFile *
get_file (BenkStage *stage, const char *folder)
{
  g_autofree char *path =
    g_build_filename (stage->dir, folder, "Lager Vestre Aker.xlsx", NULL);

  return g_file_new_for_path (path);
}

static void
run (BenkStage *stage, GFile *file)
{
  const BenkDeviceQuery query = { 0 };

  benk_export_dialog_run (benk_window_get_page (stage->window, "devices"), stage->session,
                          &query, file);
}

static gboolean
may_stop (gpointer dialog)
{
  return gtk_widget_get_mapped (benk_stage_get_child (dialog, "stop_button"));
}

static gboolean
is_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_EXPORT_DIALOG) == NULL;
}

static void
draw_told (BenkStage *stage, const char *name)
{
  g_assert_true (benk_shot_wait (is_gone, NULL, 10));
  benk_shots_draw (stage->window, name);
}

static void
play_long (BenkStage *stage)
{
  g_autoptr (GFile) file = get_file (stage, "");
  BenkStageReader reader = { 0 };
  GtkWindow *dialog;

  benk_stage_reader_begin (&reader, stage);
  run (stage, file);
  dialog = benk_stage_wait_window (BENK_TYPE_EXPORT_DIALOG);
  benk_shots_draw (dialog, "export-shows-how-far");
  g_assert_true (benk_shot_wait (may_stop, dialog, 10));
  benk_shots_draw (dialog, "export-can-be-stopped");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "stop_button"), "clicked");
  benk_shots_draw (dialog, "export-is-stopping");
  benk_stage_reader_end (&reader, stage);
  draw_told (stage, "export-stopped");
}

static void
play_short (BenkStage *stage, const char *done)
{
  g_autoptr (GFile) good = get_file (stage, "");
  g_autoptr (GFile) bad = get_file (stage, "gone");

  run (stage, good);
  draw_told (stage, done);
  run (stage, bad);
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "export-no-folder");
}

/* A window each: what is said stays for a while. */
static void
play_in (gboolean demo, gboolean takes_long)
{
  BenkStage stage;

  benk_stage_set_up (&stage, demo);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  if (demo)
    benk_shots_fill (&stage);
  benk_stage_show_window (&stage, takes_long ? 1366 : 1920, takes_long ? 768 : 1080);
  benk_window_show_page (stage.window, "devices");
  benk_shots_settle (&stage);
  if (takes_long)
    play_long (&stage);
  else
    play_short (&stage, demo ? "export-done" : "export-done-empty");
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_export:
 *
 * Draws an export that takes long, and those of a whole shelf and of nothing.
 */
void
benk_shots_play_export (void)
{
  play_in (TRUE, TRUE);
  play_in (TRUE, FALSE);
  play_in (FALSE, FALSE);
}
