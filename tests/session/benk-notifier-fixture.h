/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms-fixture.h"
#include "benk-attention.h"
#include "benk-bubbles.h"
#include "benk-network.h"
#include "benk-notifier.h"
#include "benk-visit.h"

G_BEGIN_DECLS

extern const char *const benk_bubbles_plain[];
extern const char *const benk_bubbles_with_markup[];
extern const char *const benk_bubbles_without_actions[];

/**
 * BenkNotifierFixture:
 * @base: a session with a hub
 * @bus: a bus of its own
 * @bubbles: the service on it; %NULL for none
 * @notifier: of the session, or of @engine
 * @engine: a session that asks the sources by itself, where one was asked for
 * @network: that of @engine, there
 * @deaf: nobody hears that a round of @engine has ended
 * @attention: the session's
 * @taken: the alarm that was last answered to be taken
 * @shown: the one that was last asked to be shown
 * @n_taken: how many were answered to be taken
 * @n_alarms: how often the alarms were asked to be shown
 */
typedef struct
{
  BenkAlarmsFixture base;
  GTestDBus *bus;
  BenkBubbles *bubbles;
  BenkNotifier *notifier;
  BenkSession *engine;
  BenkNetwork *network;
  gboolean deaf;
  BenkAttention *attention;
  char *taken;
  char *shown;
  guint n_taken;
  guint n_alarms;
} BenkNotifierFixture;

void benk_notifier_fixture_set_up (BenkNotifierFixture *f, gconstpointer capabilities);
void benk_notifier_fixture_tear_down (BenkNotifierFixture *f, gconstpointer unused);
void benk_notifier_fixture_start_service (BenkNotifierFixture *f,
                                          const char *const *capabilities);
void benk_notifier_fixture_close (BenkNotifierFixture *f);
void benk_notifier_fixture_open (BenkNotifierFixture *f);
void benk_notifier_fixture_watch (BenkNotifierFixture *f);
void benk_notifier_fixture_raise (BenkNotifierFixture *f,
                                  const char *serial,
                                  const char *code);
const BenkBubble *benk_notifier_fixture_wait (BenkNotifierFixture *f, guint number);
void benk_notifier_fixture_wait_closed (BenkNotifierFixture *f, guint n_closed);
void benk_notifier_fixture_answer (BenkNotifierFixture *f,
                                   guint number,
                                   const char *action,
                                   char **slot);
gboolean benk_notifier_fixture_play (const char *path, GError **error);
void benk_notifier_fixture_settle (BenkNotifierFixture *f);
void benk_notifier_fixture_look (BenkNotifierFixture *f);
void benk_notifier_fixture_pass (BenkNotifierFixture *f, gint64 ms);
const BenkBubble *benk_notifier_fixture_get_last (BenkNotifierFixture *f);
BenkVisit *benk_notifier_fixture_start_visit (BenkNotifierFixture *f);

#define BENK_NOTIFIER_TEST(path, data, func)                                             \
  g_test_add (path, BenkNotifierFixture, data, benk_notifier_fixture_set_up, func,       \
              benk_notifier_fixture_tear_down)

G_END_DECLS
