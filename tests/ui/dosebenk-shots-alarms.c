/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queue of alarms: a few, held under the pointer, and very many. */

#include "dosebenk-shots.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms-hand.h"
#include "benk-alarms-wait.h"
#include "benk-attention-private.h"
#include "benk-keys.h"
#include "benk-preferences.h"
#include "benk-quiet-dialog.h"
#include "benk-scope.h"
#include "benk-shot.h"
#include "benk-table-alarm.h"

#define MINUTE (60 * 1000)
#define N_MANY 200

static BenkAlarm *
raise_one (BenkStage *stage, guint n, const char *code, gint64 minutes)
{
  g_autofree char *serial = g_strdup_printf ("%s%05u", n % 3 ? "MD" : "PP", n);
  g_autofree char *asset = g_strdup_printf ("D-%03u", n);
  BenkNewDevice device = {
    n % 3 ? "medido" : "pilly-sms", serial, NULL, asset, NULL, "Shelf 1",
    BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_add (stage, &device);
  return benk_stage_alarm (stage, serial, code, minutes * MINUTE);
}

static void
open_stage (BenkStage *stage)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
}

static void
draw (BenkStage *stage, const char *name)
{
  benk_window_show_page (stage->window, "alarms");
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_shots_draw (stage->window, name);
}

static void
close_alarm (BenkStage *stage, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmClosing closing = { .cause = benk_alarms_get_causes ()[0].name,
                                     .action = benk_alarms_get_actions ()[0].name };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_stage_keep, &result);
  if (!benk_alarms_close_finish (alarms, benk_stage_await (&result), &error))
    g_error ("close: %s", error->message);
}

static void
wait_for (BenkStage *stage, BenkAlarm *alarm, BenkWait what, gint64 hours)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmWaiting waiting = { .what = what,
                                     .until_ms =
                                       BENK_STAGE_WALL_MS + hours * 60 * MINUTE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_stage_take (stage, alarm);
  benk_alarms_wait_async (alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_stage_keep, &result);
  if (!benk_alarms_wait_finish (alarms, benk_stage_await (&result), &error))
    g_error ("wait: %s", error->message);
}

static void
hand_over (BenkStage *stage, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkHandOver hand_over = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_stage_take (stage, alarm);
  benk_alarms_hand_over_async (alarms, benk_alarm_get_id (alarm), 1, &hand_over, NULL,
                               benk_stage_keep, &result);
  if (!benk_alarms_hand_over_finish (alarms, benk_stage_await (&result), &error))
    g_error ("hand over: %s", error->message);
}

/* As a source does that tells of a repeat as of an alarm of its own. */
static void
raise_again (BenkStage *stage, BenkAlarm *alarm, gint64 minutes)
{
  const BenkChange change = { .verb = BENK_VERB_INTAKE };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (stage->path, 0, stage->clock, &error);
  g_autoptr (BenkScope) scope = db ? benk_scope_begin (db, &change, &error) : NULL;
  g_autoptr (BenkAlarm) again = benk_alarm_new ();

  benk_alarm_set_device_id (again, benk_alarm_get_device_id (alarm));
  benk_alarm_set_serial (again, benk_alarm_get_serial (alarm));
  benk_alarm_set_code (again, benk_alarm_get_code (alarm));
  benk_alarm_set_via (again, BENK_ALARM_VIA_FEED);
  benk_alarm_set_raised_ms (again, BENK_STAGE_WALL_MS - minutes * MINUTE);
  if (scope == NULL || !benk_table_alarm_insert (db, again, &error) ||
      !benk_scope_commit (scope, NULL, &error))
    g_error ("again: %s", error->message);
}

/* As when its source has answered that there is none. */
static void
forget (BenkStage *stage, BenkAlarm *alarm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (stage->path, 0, stage->clock, &error);

  if (db == NULL || !benk_table_alarm_set_gone (db, benk_alarm_get_id (alarm),
                                                BENK_STAGE_WALL_MS, &error))
    g_error ("gone: %s", error->message);
}

/* Of all kinds: mine, others', waiting, with somebody else; then held. */
static void
play_few (void)
{
  static const char *const codes[] = { "1.8",  "1.19", "1.1",  "1.7",
                                       "1.20", "1.17", "1.13", "1.5" };
  BenkStage stage;
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *page;

  open_stage (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_ptr_array_add (alarms, raise_one (&stage, i + 1, codes[i], 9 - i));
  forget (&stage, g_ptr_array_index (alarms, 1));
  hand_over (&stage, g_ptr_array_index (alarms, 6));
  benk_stage_take (&stage, g_ptr_array_index (alarms, 7));
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  for (guint i = 1; i < 3; i++)
    raise_again (&stage, g_ptr_array_index (alarms, 0), 5 - i);
  wait_for (&stage, g_ptr_array_index (alarms, 4), BENK_WAIT_VENDOR, 25);
  wait_for (&stage, g_ptr_array_index (alarms, 5), BENK_WAIT_DELIVERY, 3);
  benk_shots_show_window (&stage, 0);
  draw (&stage, "alarms-few");
  page = benk_window_get_page (stage.window, "alarms");
  benk_keys_point (benk_stage_get_child (page, "list_area"));
  g_ptr_array_add (alarms, raise_one (&stage, 9, "1.18", 0));
  close_alarm (&stage, g_ptr_array_index (alarms, 0));
  draw (&stage, "alarms-held");
  benk_stage_tear_down (&stage);
}

static void
play_many (void)
{
  static const char *const codes[] = { "1.8", "1.19", "1.1", "1.7", "1.5", "1.17" };
  BenkStage stage;

  open_stage (&stage);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        raise_one (&stage, i + 1, codes[i % G_N_ELEMENTS (codes)], N_MANY - i);
    }
  benk_shots_show_window (&stage, 0);
  draw (&stage, "alarms-many");
  benk_stage_tear_down (&stage);
}

/* While it is quiet, and while nothing can be shown; and where both are chosen. */
static void
play_attention (void)
{
  static const char *const codes[] = { "1.8", "1.19", "1.1" };
  BenkStage stage;
  BenkAttention *attention;
  GtkWindow *preferences;
  g_autofree char *problem = NULL;

  open_stage (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (BenkAlarm) alarm = raise_one (&stage, i + 1, codes[i], 9 - i);
    }
  attention = benk_session_get_attention (stage.session);
  benk_shots_show_window (&stage, 0);
  benk_attention_be_quiet_until (attention,
                                 benk_attention_propose_quiet (attention,
                                                               BENK_QUIET_HOUR));
  draw (&stage, "alarms-quiet");
  benk_shots_draw_dialog (GTK_WINDOW (benk_quiet_dialog_new (GTK_WINDOW (stage.window),
                                                             stage.session)),
                          "alarms-quiet-until");
  problem = g_strdup_printf (_ ("Alarms cannot sound here (%s)."), "Invalid state");
  benk_attention_set_problem (attention,
                              _ ("The desktop shows no notifications. Alarms are seen "
                                 "only in this window."));
  benk_attention_set_sound_problem (attention, problem);
  draw (&stage, "alarms-unseen");
  benk_attention_end_quiet (attention);
  preferences =
    GTK_WINDOW (benk_preferences_new (GTK_WINDOW (stage.window), stage.session));
  gtk_window_present (preferences);
  benk_shot_settle (GTK_WIDGET (preferences));
  /* Its last row is out of sight until somebody goes there. */
  gtk_widget_child_focus (GTK_WIDGET (preferences), GTK_DIR_TAB_BACKWARD);
  benk_shots_draw_dialog (preferences, "preferences-attention");
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_alarms:
 *
 * Draws the queue as it stands, held, and full.
 */
void
benk_shots_play_alarms (void)
{
  play_few ();
  play_many ();
  play_attention ();
}
