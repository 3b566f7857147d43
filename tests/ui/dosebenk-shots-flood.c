/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Alarms that are one thing to do, and very many at a time. */

#include "dosebenk-shots.h"

#include "benk-alarm-groups.h"
#include "benk-close-alarm-dialog.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"

#define MINUTE (60 * 1000)

static void
raise_one (BenkStage *stage, guint n, const char *code, gint64 minutes)
{
  g_autofree char *serial = g_strdup_printf ("MD%05u", n);
  g_autofree char *asset = g_strdup_printf ("D-%03u", n);
  BenkNewDevice device = {
    "medido", serial, NULL, asset, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_stage_add (stage, &device);
  alarm = benk_stage_alarm (stage, serial, code, minutes * MINUTE);
}

static void
draw (BenkStage *stage, const char *name)
{
  benk_window_show_page (stage->window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (stage->window, name);
}

static GtkSingleSelection *
get_selection (BenkStage *stage, const char *list)
{
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *view = benk_stage_get_child (page, list);

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static void
toggle (BenkStage *stage, guint position)
{
  gtk_single_selection_set_selected (get_selection (stage, "list"), position);
  gtk_widget_grab_focus (
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "list"));
  benk_keys_press ("Right");
}

static gboolean
is_waiting_offered (gpointer details)
{
  return gtk_widget_get_visible (benk_stage_get_child (details, "wait_button"));
}

/* What one incident offers once it is one's own, and how all of it is closed. */
static void
play_as_one (BenkStage *stage)
{
  GtkWidget *details =
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"),
                          "group_details");
  GtkWindow *dialog;

  gtk_single_selection_set_selected (get_selection (stage, "list"), 2);
  g_signal_emit_by_name (benk_stage_get_child (details, "take_button"), "clicked");
  g_assert_true (benk_shot_wait (is_waiting_offered, details, 10));
  draw (stage, "alarms-group-mine");
  g_signal_emit_by_name (benk_stage_get_child (details, "close_button"), "clicked");
  dialog = benk_stage_wait_window (BENK_TYPE_CLOSE_ALARM_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_shots_draw (dialog, "alarms-group-close");
  gtk_window_close (dialog);
}

static void
play_groups (BenkStage *stage)
{
  for (guint i = 0; i < 14; i++)
    {
      if (i == 7)
        benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), BENK_FLOOD_MS + MINUTE);
      raise_one (stage, i + 1, "1.20", i < 7 ? 5 - i / 2 : 11 - i / 2);
    }
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), BENK_FLOOD_MS + MINUTE);
  raise_one (stage, 21, "1.8", 3);
  raise_one (stage, 22, "1.1", 2);
  raise_one (stage, 23, "1.18", 1);
  benk_shots_show_window (stage, 0);
  draw (stage, "alarms-group");
  toggle (stage, 2);
  draw (stage, "alarms-group-open");
  play_as_one (stage);
  benk_stage_close_window (stage);
}

static void
play_flood (BenkStage *stage)
{
  static const char *const codes[] = { "1.8", "1.19", "1.1", "1.7", "1.17", "1.20" };

  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), BENK_FLOOD_MS + MINUTE);
  for (guint i = 0; i < 40; i++)
    raise_one (stage, 100 + i, codes[i % G_N_ELEMENTS (codes)], i % 9);
  for (guint i = 0; i < 5; i++)
    raise_one (stage, 200 + i, i % 2 ? "1.22" : "1.18", i);
  benk_shots_show_window (stage, 0);
  draw (stage, "alarms-flood");
  toggle (stage, 0);
  draw (stage, "alarms-flood-open");
}

/**
 * benk_shots_play_flood:
 *
 * Draws groups, closed and open, and a flood.
 */
void
benk_shots_play_flood (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  play_groups (&stage);
  play_flood (&stage);
  benk_stage_tear_down (&stage);
}
