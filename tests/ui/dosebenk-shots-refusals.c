/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is refused, on the screen where somebody meets it. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include "benk-home.h"

#define SERIAL "MD0900001"

static void
play_resets (const char *name, gboolean demo, const BenkShotsPlugged *rows, gsize n_rows)
{
  BenkStage stage;

  benk_shots_open_bench (&stage, demo, rows, n_rows, n_rows > 1 ? BENK_SHOTS_TALL : 0);
  benk_shots_settle (&stage);
  for (gsize i = 0; i < n_rows; i++)
    benk_shots_await_job (&stage, benk_shots_start_reset (&stage, rows[i].serial));
  benk_shots_draw (stage.window, name);
  benk_stage_tear_down (&stage);
}

static void
play_by_the_dispenser (void)
{
  static const BenkShotsPlugged interlocks[] = {
    { "medido", SERIAL, "low-battery@1" },
    { "evondos-e300", "PP900002", "lid-open@1" },
    { "mini-evondos", "PM900003", "dispensing@1" },
  };
  static const BenkShotsPlugged ordinary[] = { { "medido", SERIAL, NULL } };

  play_resets ("refusal-interlocks", TRUE, interlocks, G_N_ELEMENTS (interlocks));
  play_resets ("refusal-simulated", FALSE, ordinary, G_N_ELEMENTS (ordinary));
}

/* Another dispenser answers where the wiped one should come back. */
static void
play_swapped (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", SERIAL, "wrong-serial" } };
  BenkStage stage;
  BenkBenchJob *job;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_settle (&stage);
  job = benk_shots_start_reset (&stage, SERIAL);
  benk_shots_draw (stage.window, "refusal-swapped-waiting");
  benk_shots_await_job (&stage, job);
  benk_shots_draw (stage.window, "refusal-swapped");
  benk_stage_tear_down (&stage);
}

static void
play_wrong_serial (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", SERIAL } };
  BenkStage stage;
  GtkWindow *dialog;
  GtkWidget *entry;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_settle (&stage);
  g_signal_emit_by_name (benk_stage_get_child (benk_shots_get_card (&stage, 0),
                                               "reset_button"),
                         "clicked");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  entry = gtk_widget_get_first_child (
    adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)));
  gtk_editable_set_text (GTK_EDITABLE (entry), "MD0900002");
  benk_shots_draw_dialog (dialog, "refusal-wrong-serial");
  benk_stage_tear_down (&stage);
}

/* What the state of a device does not let happen, and what somebody unnamed may not. */
static void
play_states (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", SERIAL },
                                           { "evondos-e300", "PP900002" } };
  g_autoptr (GError) error = NULL;
  BenkStage stage;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_reset (&stage, "PP900002"));
  benk_shots_shelve (&stage, "PP900002");
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, "PP900002", "4712"));
  benk_shots_draw (stage.window, "refusal-states");
  benk_stage_reopen (&stage);
  benk_window_show_page (stage.window, "bench");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    benk_shots_plug (&stage, &rows[i]);
  benk_shots_settle (&stage);
  benk_shots_draw (stage.window, "refusal-nobody-chosen");
  benk_stage_tear_down (&stage);
}

/* A device that is being made ready for one user is not given to another unwiped. */
static void
play_other_user (void)
{
  static const BenkShotsPlugged row = { "medido", SERIAL };
  static const BenkShotsPlugged flat = { "medido", SERIAL, "low-battery@1" };
  BenkStage stage;

  benk_shots_open_bench (&stage, TRUE, &row, 1, 0);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_reset (&stage, SERIAL));
  benk_shots_shelve (&stage, SERIAL);
  benk_shots_plug (&stage, &flat);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, SERIAL, "4711"));
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, SERIAL, "4712"));
  benk_shots_draw (stage.window, "refusal-other-user");
  benk_stage_tear_down (&stage);
}

/* In stock on the office's list, but nobody has shown that it was wiped. */
static void
play_not_proven (void)
{
  static const BenkShotsPlugged row = { "evondos-e300", "PP001396", NULL, TRUE };
  BenkStage stage;

  benk_stage_set_up (&stage, TRUE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_stage_import (&stage, BENK_SAMPLE_LIST);
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "bench");
  benk_shots_plug (&stage, &row);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, row.serial, "4711"));
  benk_shots_draw (stage.window, "refusal-reset-not-proven");
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_refusals:
 *
 * Draws each refusal of the bench; those of what no simulated dispenser can be are among
 * the states of the bench.
 */
void
benk_shots_play_refusals (void)
{
  play_swapped ();
  play_by_the_dispenser ();
  play_wrong_serial ();
  play_states ();
  play_other_user ();
  play_not_proven ();
}
