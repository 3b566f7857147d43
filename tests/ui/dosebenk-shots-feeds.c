/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sources of alarms, in every kind of trouble. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>

#include "benk-feeds-clock-private.h"
#include "benk-feeds-dialog.h"
#include "benk-feeds.h"
#include "benk-status-line.h"
#include "benk-table-feed.h"

static void
add (BenkDb *db, const char *name, const BenkTroubleNote *note, gint64 answered_ms)
{
  g_autoptr (GError) error = NULL;
  BenkFeedRow row = { .name = (char *) name,
                      .url = (char *) "https://varsler.example.no/fhir",
                      .token_file = (char *) "" };
  g_autofree char *text = benk_trouble_note_to_text (note);

  row.answered_ms = answered_ms;
  row.last_error = note->trouble == BENK_TROUBLE_NONE ? NULL : text;
  if (!benk_table_feed_insert (db, &row, &error) ||
      !benk_table_feed_update (db, &row, &error))
    g_error ("feeds: %s", error->message);
}

static void
forget (BenkDb *db)
{
  g_autoptr (GPtrArray) rows = benk_table_feed_list (db, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      BenkFeedRow *row = g_ptr_array_index (rows, i);

      benk_table_feed_delete (db, &row->id, NULL);
    }
}

static void
load (BenkStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkFeeds *feeds = benk_session_get_feeds (stage->session);

  benk_feeds_load_async (feeds, NULL, benk_stage_keep, &result);
  if (!benk_feeds_load_finish (feeds, benk_stage_await (&result), &error))
    g_error ("feeds: %s", error->message);
}

static void
draw (BenkStage *stage, const char *name)
{
  g_autofree char *page = g_strconcat (name, "-line", NULL);

  load (stage);
  benk_shots_show_window (stage, 0);
  benk_shots_draw_page (stage, "alarms", page);
  benk_shots_draw_dialog (GTK_WINDOW (benk_feeds_dialog_new (GTK_WINDOW (stage->window),
                                                             stage->session)),
                          name);
  benk_stage_close_window (stage);
}

/* All is well but for the clock of this computer. */
static void
draw_wrong_clock (BenkStage *stage)
{
  const BenkTroubleNote none = { BENK_TROUBLE_NONE, 0 };
  gint64 now_ms = benk_clock_get_boot_ms (stage->clock);
  const BenkClockSample sample = { now_ms, now_ms, BENK_STAGE_WALL_MS + 3600 * 1000 };
  const BenkId source = benk_id_new (stage->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (stage->path, 0, stage->clock, &error);

  forget (db);
  add (db, "Portal A", &none, BENK_STAGE_WALL_MS - 12 * 1000);
  benk_feeds_note_date (benk_session_get_feeds (stage->session), &source, &sample);
  draw (stage, "feeds-clock");
}

void
benk_shots_play_feeds (void)
{
  static const struct
  {
    const char *name;
    BenkTrouble from;
    BenkTrouble to;
  } sheets[] = {
    { "feeds-offline", BENK_TROUBLE_OFFLINE, BENK_TROUBLE_OFFLINE },
    { "feeds-login", BENK_TROUBLE_LOGIN_PAGE, BENK_TROUBLE_LOGIN_PAGE },
    { "feeds-reach", BENK_TROUBLE_UNREACHABLE, BENK_TROUBLE_REDIRECT },
    { "feeds-tls", BENK_TROUBLE_TLS_ISSUER, BENK_TROUBLE_TLS_OTHER },
    { "feeds-token", BENK_TROUBLE_NO_TOKEN, BENK_TROUBLE_ASKED_TO_WAIT },
    { "feeds-source", BENK_TROUBLE_SERVER, BENK_TROUBLE_NOT_SAVED },
  };
  g_autoptr (GError) error = NULL;
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (BenkDb) db = benk_db_open (stage.path, 0, stage.clock, &error);
      gint64 answered_ms = BENK_STAGE_WALL_MS - (i == 1 ? 45 : 320) * 1000;

      forget (db);
      for (guint t = sheets[i].from; t <= sheets[i].to; t++)
        {
          BenkTroubleNote note = { (BenkTrouble) t, 0 };
          g_autofree char *name =
            g_strdup_printf ("Portal %c", 'A' + (int) (t - sheets[i].from));

          if (t == BENK_TROUBLE_OFFLINE || t == BENK_TROUBLE_ASKED_TO_WAIT)
            note.number =
              BENK_STAGE_WALL_MS + (t == BENK_TROUBLE_OFFLINE ? -1 : 1) * 300000;
          else if (t == BENK_TROUBLE_SERVER)
            note.number = 503;
          add (db, name, &note, answered_ms);
        }
      draw (&stage, sheets[i].name);
    }
  draw_wrong_clock (&stage);
  benk_stage_tear_down (&stage);
}
