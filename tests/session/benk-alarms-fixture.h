/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"
#include "benk-feeds.h"
#include "benk-session-fixture.h"
#include "benk-virtual-hub.h"

G_BEGIN_DECLS

#define NUMBER "13116900216"
#define NAME "Line Danser"
#define SERIAL "MD-000123"

/**
 * BenkAlarmsFixture:
 * @base: the session, with the Medido SERIAL in stock
 * @hub: an alarm hub on the same context and clock
 * @alarms: the session's
 * @feeds: the session's, with the hub added as "Hub"
 */
typedef struct
{
  BenkSessionFixture base;
  BenkVirtualHub *hub;
  BenkAlarms *alarms;
  BenkFeeds *feeds;
  char *token_path;
} BenkAlarmsFixture;

void benk_alarms_fixture_set_up (BenkAlarmsFixture *self, gconstpointer unused);
void benk_alarms_fixture_set_up_in (BenkAlarmsFixture *self, const char *dir);
void benk_alarms_fixture_tear_down (BenkAlarmsFixture *self, gconstpointer unused);

char *benk_alarms_fixture_raise_at (BenkAlarmsFixture *self,
                                    const char *code,
                                    gint64 raised_ms);
char *benk_alarms_fixture_raise (BenkAlarmsFixture *self, const char *code);
gboolean benk_alarms_fixture_sync (BenkAlarmsFixture *self,
                                   guint *n_new,
                                   guint *n_changed,
                                   GError **error);
void benk_alarms_fixture_must_sync (BenkAlarmsFixture *self);
GListModel *benk_alarms_fixture_list (BenkAlarmsFixture *self, gboolean with_closed);
BenkAlarm *benk_alarms_fixture_get_only (BenkAlarmsFixture *self, gboolean with_closed);
void benk_alarms_fixture_wait_queue (BenkAlarmsFixture *self, guint n_open);
gboolean
benk_alarms_fixture_take (BenkAlarmsFixture *self, BenkAlarm *alarm, GError **error);
gboolean benk_alarms_fixture_close (BenkAlarmsFixture *self,
                                    BenkAlarm *alarm,
                                    const char *confirmed_by,
                                    GError **error);
BenkAlarm *benk_alarms_fixture_add (BenkAlarmsFixture *self,
                                    const char *device,
                                    const char *code,
                                    gint64 raised_ms,
                                    GError **error);
/* What the log of the watch says of every source; the last has no kind. */
typedef struct
{
  const char *kind;
  gint64 at_ms;
  gint64 answered_ms;
} BenkWatchNote;

void benk_alarms_fixture_log_watch (BenkAlarmsFixture *self, const BenkWatchNote *notes);
guint benk_alarms_fixture_flush (BenkAlarmsFixture *self);
BenkFeed *benk_alarms_fixture_add_feed (BenkAlarmsFixture *self,
                                        const BenkNewFeed *feed,
                                        GError **error);

#define BENK_ALARMS_TEST(path, data, func)                                               \
  g_test_add (path, BenkAlarmsFixture, data, benk_alarms_fixture_set_up, func,           \
              benk_alarms_fixture_tear_down)

G_END_DECLS
