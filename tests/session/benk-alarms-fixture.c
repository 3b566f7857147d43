/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"

#include "benk-alarms-close.h"
#include "benk-session-private.h"
#include "benk-store.h"
#include "benk-table-feed.h"
#include "benk-table-local.h"

#define TOKEN "very-secret-token"

static void
write_token (BenkAlarmsFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->token_path = g_build_filename (self->base.dir, "token", NULL);
  g_file_set_contents_full (self->token_path, TOKEN, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                            0600, &error);
  g_assert_no_error (error);
}

static void
set_up_hub (BenkAlarmsFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (BenkDevice) device = NULL;

  device = benk_session_fixture_add (&self->base, SERIAL, BENK_DEVICE_STATE_RECEIVED);
  write_token (self);
  self->hub = benk_virtual_hub_new (self->base.clock, TOKEN);
  g_assert_true (benk_virtual_hub_start (self->hub, &error));
  self->alarms = benk_session_get_alarms (self->base.session);
  self->feeds = benk_session_get_feeds (self->base.session);
  feed = benk_alarms_fixture_add_feed (self,
                                       &(BenkNewFeed){
                                         .name = "Hub",
                                         .url = benk_virtual_hub_get_url (self->hub),
                                         .token_file = self->token_path },
                                       &error);
  g_assert_no_error (error);
}

void
benk_alarms_fixture_set_up (BenkAlarmsFixture *self, gconstpointer unused)
{
  benk_session_fixture_set_up (&self->base, NULL);
  set_up_hub (self);
}

void
benk_alarms_fixture_set_up_in (BenkAlarmsFixture *self, const char *dir)
{
  benk_session_fixture_set_up_in (&self->base, dir);
  set_up_hub (self);
}

void
benk_alarms_fixture_tear_down (BenkAlarmsFixture *self, gconstpointer unused)
{
  benk_feeds_stop (self->feeds);
  benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_pointer (&self->token_path, g_free);
  benk_session_fixture_tear_down (&self->base, NULL);
}

char *
benk_alarms_fixture_raise_at (BenkAlarmsFixture *self, const char *code, gint64 raised_ms)
{
  const BenkVirtualAlarm alarm = {
    .serial = SERIAL,
    .device_name = "Medisindispenser",
    .code = code,
    .text = "Melding om " NAME " " NUMBER,
    .patient_number = NUMBER,
    .patient_name = NAME,
    .raised_ms = raised_ms,
  };

  return benk_virtual_hub_raise (self->hub, &alarm);
}

char *
benk_alarms_fixture_raise (BenkAlarmsFixture *self, const char *code)
{
  return benk_alarms_fixture_raise_at (self, code, 0);
}

gboolean
benk_alarms_fixture_sync (BenkAlarmsFixture *self,
                          guint *n_new,
                          guint *n_changed,
                          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_feeds_sync_async (self->feeds, NULL, benk_session_fixture_keep, &result);

  return benk_feeds_sync_finish (self->feeds, BENK_AWAIT (result), n_new, n_changed,
                                 error);
}

void
benk_alarms_fixture_must_sync (BenkAlarmsFixture *self)
{
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_sync (self, NULL, NULL, &error);
  g_assert_no_error (error);
}

GListModel *
benk_alarms_fixture_list (BenkAlarmsFixture *self, gboolean with_closed)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *list;

  benk_alarms_list_async (self->alarms, with_closed, NULL, benk_session_fixture_keep,
                          &result);
  list = benk_alarms_list_finish (self->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return list;
}

BenkAlarm *
benk_alarms_fixture_get_only (BenkAlarmsFixture *self, gboolean with_closed)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (self, with_closed);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);

  return g_list_model_get_item (list, 0);
}

void
benk_alarms_fixture_wait_queue (BenkAlarmsFixture *self, guint n_open)
{
  while (benk_alarms_get_n_open (self->alarms) != n_open)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
benk_alarms_fixture_take (BenkAlarmsFixture *self, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_take_async (self->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);

  return benk_alarms_take_finish (self->alarms, BENK_AWAIT (result), error);
}

gboolean
benk_alarms_fixture_close (BenkAlarmsFixture *self,
                           BenkAlarm *alarm,
                           const char *confirmed_by,
                           GError **error)
{
  const BenkAlarmClosing closing = {
    .cause = "roll",
    .action = "visited",
    .confirmed_role = confirmed_by ? "nurse" : NULL,
    .confirmed_by = confirmed_by,
    .confirmed_ms =
      confirmed_by ? benk_clock_get_wall_ms (BENK_CLOCK (self->base.clock)) : 0,
    .note = "Snakket med fru Hansen",
  };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_close_async (self->alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_session_fixture_keep, &result);

  return benk_alarms_close_finish (self->alarms, BENK_AWAIT (result), error);
}

BenkAlarm *
benk_alarms_fixture_add (BenkAlarmsFixture *self,
                         const char *device,
                         const char *code,
                         gint64 raised_ms,
                         GError **error)
{
  const BenkNewAlarm alarm = {
    .device = device,
    .code = code,
    .via = BENK_ALARM_VIA_PHONE,
    .raised_ms = raised_ms,
  };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_add_async (self->alarms, &alarm, NULL, benk_session_fixture_keep, &result);

  return benk_alarms_add_finish (self->alarms, BENK_AWAIT (result), error);
}

guint
benk_alarms_fixture_flush (BenkAlarmsFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_accepted = 0;

  benk_alarms_flush_async (self->alarms, NULL, benk_session_fixture_keep, &result);
  benk_alarms_flush_finish (self->alarms, BENK_AWAIT (result), &n_accepted, &error);
  g_assert_no_error (error);

  return n_accepted;
}

BenkFeed *
benk_alarms_fixture_add_feed (BenkAlarmsFixture *self,
                              const BenkNewFeed *feed,
                              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_feeds_add_async (self->feeds, feed, NULL, benk_session_fixture_keep, &result);

  return benk_feeds_add_finish (self->feeds, BENK_AWAIT (result), error);
}

static gpointer
write_notes (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (db, error);

  for (const BenkWatchNote *note = data; feeds && note->kind; note++)
    for (guint i = 0; i < feeds->len; i++)
      {
        const BenkFeedRow *feed = g_ptr_array_index (feeds, i);
        g_autofree char *detail =
          g_strdup_printf ("%" G_GINT64_FORMAT, note->answered_ms);

        if (!benk_table_watch_log_add (db, note->at_ms, note->kind, &feed->id, detail,
                                       error))
          return NULL;
      }
  return NULL;
}

void
benk_alarms_fixture_log_watch (BenkAlarmsFixture *self, const BenkWatchNote *notes)
{
  BenkStore *store = benk_session_get_store (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_store_write_async (store, write_notes, (gpointer) notes, NULL, NULL,
                          benk_session_fixture_keep, &result);
  benk_store_write_finish (store, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}
