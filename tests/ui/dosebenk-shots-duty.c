/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who owns and who supports; what is handed over at the end of one's duty. */

#include "dosebenk-shots.h"

#include "benk-accept-dialog.h"
#include "benk-alarms-page.h"
#include "benk-alarms-hand.h"
#include "benk-duties.h"
#include "benk-duty-dialog.h"
#include "benk-find.h"
#include "benk-hand-over-dialog.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"

#define MINUTE (60 * 1000)
#define N_ALARMS 4
/* From 09:41 to 15:11, in the last half hour of the day duty. */
#define TO_THE_END_MS (330 * MINUTE)

static void
must (BenkDuties *duties, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (!benk_duties_change_finish (duties, result, &error))
    g_error ("duty: %s", error->message);
}

static BenkDutyRoster *
load (BenkDuties *duties)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_load_async (duties, NULL, benk_stage_keep, &result);
  return benk_duties_load_finish (duties, benk_stage_await (&result), NULL);
}

static void
set_phones (BenkDuties *duties)
{
  g_autoptr (BenkDutyRoster) roster = load (duties);

  for (guint i = 0; i < roster->teams->len; i++)
    {
      g_autoptr (BenkDutyTeam) team = benk_duty_team_copy (roster->teams->pdata[i]);
      g_autoptr (GAsyncResult) result = NULL;

      team->own = TRUE;
      team->trial = i == 2;
      team->phones[BENK_DUTY_ROLE_COORDINATOR] = g_strdup_printf ("22 00 01 %02u", i + 1);
      team->phones[BENK_DUTY_ROLE_CHARGE_NURSE] =
        g_strdup_printf ("22 00 02 %02u", i + 1);
      team->phones[BENK_DUTY_ROLE_VENDOR] = g_strdup ("800 00 100");
      if (i == 0)
        team->decided_by = g_strdup ("avdelingsleder");
      benk_duties_set_team_async (duties, team, NULL, benk_stage_keep, &result);
      must (duties, benk_stage_await (&result));
    }
}

static void
cover (BenkDuties *duties, gint64 now_ms)
{
  g_autoptr (BenkDutyRoster) roster = load (duties);
  g_autoptr (GAsyncResult) result = NULL;
  BenkDutyOverride there = { .owner = BENK_DUTY_ROLE_NONE,
                             .supporter = BENK_DUTY_ROLE_NONE,
                             .from_ms = now_ms - 60 * MINUTE,
                             .to_ms = now_ms + 3 * 24 * 60 * MINUTE };

  there.team = ((BenkDutyTeam *) roster->teams->pdata[1])->id;
  there.covering = ((BenkDutyTeam *) roster->teams->pdata[0])->id;
  benk_duties_add_override_async (duties, &there, NULL, benk_stage_keep, &result);
  must (duties, benk_stage_await (&result));
}

static void
add_teams (BenkStage *stage)
{
  static const char *const names[] = { "District 1", "District 2", "Reablement" };
  BenkDuties *duties = benk_session_get_duties (stage->session);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      benk_duties_add_team_async (duties, names[i], NULL, benk_stage_keep, &result);
      must (duties, benk_stage_await (&result));
    }
  set_phones (duties);
  cover (duties, benk_clock_get_wall_ms (stage->clock));
}

static BenkAlarm *
raise_one (BenkStage *stage, guint n, const char *code)
{
  g_autofree char *serial = g_strdup_printf ("MD%05u", n);
  g_autofree char *asset = g_strdup_printf ("D-%03u", n);
  g_autofree char *team = g_strdup_printf ("District %u", 1 + n % 2);
  BenkNewDevice device = {
    "medido", serial, NULL, asset, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_add (stage, &device);
  benk_stage_link_user (stage, serial, NULL, team);
  return benk_stage_alarm (stage, serial, code, (9 - n) * MINUTE);
}

static void
hand_over (BenkStage *stage, BenkAlarm *alarm)
{
  const BenkHandOver how = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", FALSE };
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_hand_over_async (alarms, benk_alarm_get_id (alarm), 1, &how, NULL,
                               benk_stage_keep, &result);
  if (!benk_alarms_hand_over_finish (alarms, benk_stage_await (&result), &error))
    g_error ("hand over: %s", error->message);
}

static void
draw_popover (BenkStage *stage)
{
  GtkWidget *line =
    benk_find_typed (GTK_WIDGET (stage->window), g_type_from_name ("BenkStatusLine"));
  GtkWidget *button = benk_stage_get_child (line, "duty_button");

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)),
                   "duty-popover");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
show_alarm (BenkStage *stage, BenkAlarm *alarm)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

  benk_alarms_page_show_alarm (BENK_ALARMS_PAGE (
                                 benk_window_get_page (stage->window, "alarms")),
                               id);
}

/**
 * benk_shots_play_duty:
 *
 * Draws duties of three teams, one that is covered, and alarms on their way to others.
 */
void
benk_shots_play_duty (void)
{
  static const char *const codes[N_ALARMS] = { "1.8", "1.19", "1.5", "1.18" };
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_stage_choose_staff (&stage, "KA", "Kari Aas");
  add_teams (&stage);
  for (guint i = 0; i < N_ALARMS; i++)
    g_ptr_array_add (alarms, raise_one (&stage, i + 1, codes[i]));
  for (guint i = 0; i < N_ALARMS - 1; i++)
    benk_stage_take (&stage, alarms->pdata[i]);
  hand_over (&stage, alarms->pdata[0]);
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "alarms");
  show_alarm (&stage, alarms->pdata[0]);
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "duty-alarms");
  show_alarm (&stage, alarms->pdata[1]);
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "duty-mine");
  draw_popover (&stage);
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_hand_over_dialog_new (GTK_WINDOW (stage.window),
                                                       stage.session, NULL)),
                          "hand-over");
  benk_shots_draw_dialog (GTK_WINDOW (benk_accept_dialog_new (GTK_WINDOW (stage.window),
                                                              stage.session,
                                                              alarms->pdata[0])),
                          "hand-over-accept");
  benk_shots_draw_dialog (GTK_WINDOW (benk_duty_dialog_new (GTK_WINDOW (stage.window),
                                                            stage.session)),
                          "duty-dialog");
  benk_stage_close_window (&stage);
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage.clock), TO_THE_END_MS);
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "duty-ends");
  benk_stage_close_window (&stage);
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage.clock), TO_THE_END_MS);
  g_ptr_array_add (alarms, raise_one (&stage, N_ALARMS + 1, "1.20"));
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage.window));
  benk_shots_draw (stage.window, "duty-over");
  benk_stage_tear_down (&stage);
}
