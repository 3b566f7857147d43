/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reports-hand.h"

#include "benk-feeds.h"
#include "benk-stage-clock.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static void
turn (BenkStage *stage, gint64 ms)
{
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), ms);
}

static void
close_alarm (BenkStage *stage, BenkAlarm *alarm, const char *why_late)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "visited",
                                     .confirmed_by = "Charge nurse Anne Lie, 12:05",
                                     .why_late = why_late };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_stage_keep, &result);
  if (!benk_alarms_close_finish (alarms, benk_stage_await (&result), &error))
    g_error ("close: %s", error->message);
}

/* Minutes from one to the next; a step that is -1 was not done. */
static const struct
{
  const char *serial;
  const char *code;
  gint64 wait; /* since the one before */
  gint64 ago;  /* heard of so much later */
  gint64 take;
  gint64 close;
  const char *why_late;
} alarms[] = {
  { "MD0000001", "1.8", 0, 0, 5, 20, NULL },
  { "MD0000002", "1.19", 30, 0, 180, 20, "Kari Nesttun was at the other end of town" },
  { "PP000003", "1.1", 60, 0, -1, 150, NULL },
  { "MD0000001", "1.20", 6 * 60, 0, 600, 30, NULL },
  { "MD0000004", "1.19", 12 * 60, 2 * 24 * 60, 5, 5, NULL },
  { "PP000003", "1.12", 4 * 24 * 60, 0, 10, 20, NULL },
  { "MD0000002", "1.8", 30, 0, 3, 10, NULL },
  { "MD0000004", "1.17", 60, 0, -1, -1, NULL },
};

static void
follow_up (BenkStage *stage, gsize i)
{
  g_autoptr (BenkAlarm) alarm = NULL;

  turn (stage, alarms[i].wait * MINUTE_MS);
  alarm =
    benk_stage_alarm (stage, alarms[i].serial, alarms[i].code, alarms[i].ago * MINUTE_MS);
  if (alarms[i].take >= 0)
    {
      turn (stage, alarms[i].take * MINUTE_MS);
      benk_stage_take (stage, alarm);
    }
  if (alarms[i].close >= 0)
    {
      turn (stage, alarms[i].close * MINUTE_MS);
      close_alarm (stage, alarm, alarms[i].why_late);
    }
}

static void
add_source (BenkStage *stage)
{
  const BenkNewFeed feed = { "Vendor hub", "http://127.0.0.1:9/fhir", NULL, NULL, NULL };
  BenkFeeds *feeds = benk_session_get_feeds (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) added = NULL;

  benk_feeds_add_async (feeds, &feed, NULL, benk_stage_keep, &result);
  added = benk_feeds_add_finish (feeds, benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

void
benk_reports_hand_fill (BenkStage *stage)
{
  static const char list[] = "Modell;Serienr;Utstyrsnr;Status\n"
                             "Medido;MD0000001;D-10;I drift\n"
                             "Medido;MD0000002;D-9;I drift\n"
                             "Evondos E300;PP000003;D-100;I drift\n"
                             "Medido;MD0000004;D-11;I drift\n";
  g_autofree char *path = g_build_filename (stage->dir, "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  turn (stage, -20 * DAY_MS);
  g_file_set_contents (path, list, -1, &error);
  g_assert_no_error (error);
  benk_stage_import (stage, path);
  benk_stage_link_user (stage, "MD0000001", "4711", "Distrikt 1");
  benk_stage_link_user (stage, "MD0000002", "4702", "Distrikt 2");
  benk_stage_link_user (stage, "PP000003", "4733", "Distrikt 1");
  for (gsize i = 0; i < G_N_ELEMENTS (alarms); i++)
    follow_up (stage, i);
  add_source (stage);
  turn (stage, BENK_STAGE_WALL_MS - benk_clock_get_wall_ms (stage->clock));
}
