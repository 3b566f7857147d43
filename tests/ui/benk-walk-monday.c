/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-walk-monday.h"

#include "benk-care-dialog.h"
#include "benk-feeds.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-session-private.h"
#include "benk-store.h"
#include "benk-table-feed.h"
#include "benk-table-local.h"
#include "benk-virtual-hub.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define TOKEN "token-of-the-stage"
#define SLOW 60

static void
add_feed (BenkStage *stage, BenkVirtualHub *hub)
{
  g_autofree char *token = g_build_filename (stage->dir, "token", NULL);
  BenkNewFeed feed = { .name = "Hub",
                       .url = benk_virtual_hub_get_url (hub),
                       .token_file = token };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) added = NULL;

  g_file_set_contents_full (token, TOKEN, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            &error);
  g_assert_no_error (error);
  benk_feeds_add_async (benk_session_get_feeds (stage->session), &feed, NULL,
                        benk_stage_keep, &result);
  added = benk_feeds_add_finish (benk_session_get_feeds (stage->session),
                                 benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

static void
sync_feeds (BenkStage *stage)
{
  BenkFeeds *feeds = benk_session_get_feeds (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_feeds_sync_async (feeds, NULL, benk_stage_keep, &result);
  benk_feeds_sync_finish (feeds, benk_stage_await (&result), NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
ring (BenkStage *stage, BenkVirtualHub *hub, guint n, const char *code, gint64 hours)
{
  g_autofree char *serial = g_strdup_printf ("MD00001%02u", n);
  const BenkNewDevice device = {
    "medido", serial, NULL, NULL, NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_add (stage, &device);
  return benk_virtual_hub_raise (hub,
                                 &(BenkVirtualAlarm){ .serial = serial,
                                                      .code = code,
                                                      .patient_number = "13116900216",
                                                      .patient_name = "Line Danser",
                                                      .raised_ms = BENK_STAGE_WALL_MS -
                                                                   hours * HOUR_MS });
}

static void
fill_hub (BenkStage *stage, BenkVirtualHub *hub)
{
  static const char *const open[] = { "1.1", "1.12", "1.8" };

  for (guint i = 0; i < 3; i++)
    g_free (ring (stage, hub, i + 1, open[i], 4 + i));
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = ring (stage, hub, 10 + i, i % 2 ? "1.1" : "1.17", 20 + i);

      benk_virtual_hub_close_elsewhere (hub, id, "Ansvarsvakt", NULL);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD00001%02u", 30 + i);

      g_free (ring (stage, hub, 30 + i, "1.1", 12 + i));
      g_free (benk_virtual_hub_hand_out (
        hub, NULL,
        &(BenkVirtualDispense){ .serial = serial,
                                .event = "1.1",
                                .at_ms = BENK_STAGE_WALL_MS - (11 + i) * HOUR_MS }));
    }
}

/* Watched until Friday 15:30 in Oslo, and again since a minute ago. */
static gpointer
write_watch (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 friday_ms = BENK_STAGE_WALL_MS - 66 * HOUR_MS - 11 * 60000;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, friday_ms);
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (db, error);
  const BenkId *feed = &((BenkFeedRow *) feeds->pdata[0])->id;

  if (benk_table_watch_log_add (db, friday_ms - HOUR_MS, "begins", feed, "0", error) &&
      benk_table_watch_log_add (db, friday_ms, "ends", feed, detail, error))
    benk_table_watch_log_add (db, BENK_STAGE_WALL_MS - 60000, "begins", feed, detail,
                              error);
  return NULL;
}

static void
log_watch (BenkStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_store_write_async (benk_session_get_store (stage->session), write_watch, NULL,
                          NULL, NULL, benk_stage_keep, &result);
  benk_store_write_finish (benk_session_get_store (stage->session),
                           benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

GObject *
benk_walk_monday_set_up (BenkStage *stage)
{
  BenkVirtualHub *hub = benk_virtual_hub_new (stage->clock, TOKEN);
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_virtual_hub_start (hub, &error));
  add_feed (stage, hub);
  fill_hub (stage, hub);
  log_watch (stage);
  sync_feeds (stage);
  benk_window_show_page (stage->window, "alarms");
  benk_find_wait_text (GTK_WIDGET (stage->window), "14");
  benk_shot_settle (GTK_WIDGET (stage->window));
  return G_OBJECT (hub);
}

GtkWidget *
benk_walk_monday_get_card (BenkStage *stage, const char *id)
{
  GtkWidget *card =
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "away_card");

  return id ? benk_stage_get_child (card, id) : card;
}

static gboolean
is_open (gpointer user_data)
{
  return benk_alarms_get_n_open (user_data) == 1;
}

static gboolean
is_gone (gpointer revealer)
{
  return !gtk_widget_get_visible (revealer);
}

static gboolean
is_taken (gpointer user_data)
{
  g_autoptr (BenkAlarm) alarm =
    g_list_model_get_item (benk_alarms_get_queue (user_data), 0);

  return alarm && benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN;
}

void
benk_walk_monday_handle (BenkStage *stage)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWindow *dialog;

  benk_keys_decide ();
  benk_keys_click (benk_walk_monday_get_card (stage, "care_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_CARE_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_keys_press ("space Down Return Tab");
  benk_keys_decide ();
  benk_keys_type ("Kari", SLOW, "Return");
  g_assert_true (benk_shot_wait (is_open, alarms, 10));
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_decide ();
  benk_keys_click (benk_find_button (page, "Take"));
  g_assert_true (benk_shot_wait (is_taken, alarms, 10));
  benk_keys_click (benk_walk_monday_get_card (stage, "done_button"));
  g_assert_true (
    benk_shot_wait (is_gone, benk_walk_monday_get_card (stage, "revealer"), 10));
}
