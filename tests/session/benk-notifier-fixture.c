/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-notifier-fixture.h"

#include <libnotify/notify.h>

#include "benk-notifier-private.h"

const char *const benk_bubbles_plain[] = { "actions", "body", NULL };
const char *const benk_bubbles_with_markup[] = { "actions", "body", "body-markup", NULL };
const char *const benk_bubbles_without_actions[] = { "body", NULL };

/* Accepts every sound and plays none. */
gboolean
benk_notifier_fixture_play (const char *path, GError **error)
{
  return g_str_has_suffix (path, ".wav");
}

static void
note_taken (BenkNotifierFixture *f, const char *alarm_id)
{
  g_free (f->taken);
  f->taken = g_strdup (alarm_id);
  f->n_taken++;
}

static void
note_shown (BenkNotifierFixture *f, const char *alarm_id)
{
  g_free (f->shown);
  f->shown = g_strdup (alarm_id);
}

static void
note_alarms (BenkNotifierFixture *f)
{
  f->n_alarms++;
}

void
benk_notifier_fixture_start_service (BenkNotifierFixture *f,
                                     const char *const *capabilities)
{
  f->bubbles = benk_bubbles_new (g_test_dbus_get_bus_address (f->bus), capabilities);
}

static void
add_notifier (BenkNotifierFixture *f, BenkSession *session)
{
  f->attention = benk_session_get_attention (session);
  f->notifier = benk_notifier_new (session);
  benk_sounder_set_player (benk_notifier_get_sounder (f->notifier),
                           benk_notifier_fixture_play);
  g_signal_connect_swapped (f->notifier, "take", G_CALLBACK (note_taken), f);
  g_signal_connect_swapped (f->notifier, "show", G_CALLBACK (note_shown), f);
  g_signal_connect_swapped (f->notifier, "show-alarms", G_CALLBACK (note_alarms), f);
}

static void
on_pong (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  *(gboolean *) done = TRUE;
}

/* Until what was begun is done: everything that was said to the service before this has
 * come to it. Three times there and back, for one errand may lead to the next. */
void
benk_notifier_fixture_settle (BenkNotifierFixture *f)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  for (guint i = 0; i < 3; i++)
    {
      gboolean done = FALSE;

      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_dbus_connection_call (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                              "GetId", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                              on_pong, &done);
      while (!done || benk_notice_desk_is_busy (benk_notifier_get_desk (f->notifier)))
        {
          g_main_context_iteration (NULL, FALSE);
          g_thread_yield ();
        }
    }
}

void
benk_notifier_fixture_set_up (BenkNotifierFixture *f, gconstpointer capabilities)
{
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  if (capabilities)
    benk_notifier_fixture_start_service (f, capabilities);
  benk_alarms_fixture_set_up (&f->base, NULL);
  add_notifier (f, f->base.base.session);
  /* The bus is asked for the service; it may not end before it has answered. */
  benk_notifier_fixture_settle (f);
}

/* Threads may hold them until what they say was answered. */
static void
drop_notifier (BenkNotifierFixture *f)
{
  gpointer desk = benk_notifier_get_desk (f->notifier);
  gpointer sounder = benk_notifier_get_sounder (f->notifier);
  BenkNotifier *notifier = f->notifier;

  g_object_add_weak_pointer (desk, &desk);
  g_object_add_weak_pointer (sounder, &sounder);
  g_object_add_weak_pointer (G_OBJECT (notifier), (gpointer *) &f->notifier);
  g_object_unref (notifier);
  while (f->notifier || desk || sounder)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

/* The program ends, and begins again; what it showed stays with the service. */
void
benk_notifier_fixture_close (BenkNotifierFixture *f)
{
  drop_notifier (f);
  benk_feeds_stop (f->base.feeds);
  benk_session_fixture_close (&f->base.base);
}

void
benk_notifier_fixture_open (BenkNotifierFixture *f)
{
  benk_session_fixture_open (&f->base.base);
  f->base.alarms = benk_session_get_alarms (f->base.base.session);
  f->base.feeds = benk_session_get_feeds (f->base.base.session);
  add_notifier (f, f->base.base.session);
  benk_notifier_fixture_settle (f);
}

static void
on_round (BenkNotifierFixture *f)
{
  if (f->deaf)
    g_signal_stop_emission_by_name (f->base.feeds, "round");
}

/* The same store by a session that asks the sources by itself, and its notifier. */
void
benk_notifier_fixture_watch (BenkNotifierFixture *f)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  drop_notifier (f);
  benk_session_open_async (f->base.base.path, BENK_SESSION_ENGINE, f->base.base.clock,
                           NULL, benk_session_fixture_keep, &opened);
  f->engine = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  f->base.feeds = benk_session_get_feeds (f->engine);
  f->network = benk_network_new ();
  benk_feeds_set_network (f->base.feeds, G_NETWORK_MONITOR (f->network));
  g_signal_connect_swapped (f->base.feeds, "round", G_CALLBACK (on_round), f);
  add_notifier (f, f->engine);
  g_assert_true (benk_feeds_start (f->base.feeds, &error));
  benk_notifier_fixture_settle (f);
  benk_alarms_fixture_must_sync (&f->base);
}

void
benk_notifier_fixture_tear_down (BenkNotifierFixture *f, gconstpointer unused)
{
  if (f->bubbles)
    benk_bubbles_hurry (f->bubbles);
  drop_notifier (f);
  if (f->engine)
    {
      benk_feeds_stop (f->base.feeds);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      f->base.feeds = benk_session_get_feeds (f->base.base.session);
      g_clear_object (&f->engine);
      g_clear_object (&f->network);
    }
  benk_alarms_fixture_tear_down (&f->base, NULL);
  g_clear_pointer (&f->bubbles, benk_bubbles_free);
  notify_uninit ();
  g_test_dbus_down (f->bus);
  g_clear_object (&f->bus);
  g_free (f->taken);
  g_free (f->shown);
}

void
benk_notifier_fixture_raise (BenkNotifierFixture *f, const char *serial, const char *code)
{
  const BenkVirtualAlarm raised = { .serial = serial, .code = code };

  g_free (benk_virtual_hub_raise (f->base.hub, &raised));
}

const BenkBubble *
benk_notifier_fixture_wait (BenkNotifierFixture *f, guint number)
{
  while (f->bubbles->shown->len <= number)
    g_main_context_iteration (NULL, TRUE);

  return g_ptr_array_index (f->bubbles->shown, number);
}

void
benk_notifier_fixture_wait_closed (BenkNotifierFixture *f, guint n_closed)
{
  while (f->bubbles->closed->len < n_closed)
    g_main_context_iteration (NULL, TRUE);
}

/* The thread may not know the number yet when the service does: a person is slower. */
void
benk_notifier_fixture_answer (BenkNotifierFixture *f,
                              guint number,
                              const char *action,
                              char **slot)
{
  while (*slot == NULL)
    {
      benk_bubbles_answer (f->bubbles, number, action);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* (transfer full): in a home; nothing is shown there while it is the current one */
BenkVisit *
benk_notifier_fixture_start_visit (BenkNotifierFixture *f)
{
  BenkVisits *visits = benk_session_get_visits (f->base.base.session);
  g_autoptr (BenkDevice) home =
    benk_session_fixture_put (&f->base.base, "H-1", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (GAsyncResult) linked = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;
  BenkVisit *visit;

  benk_inventory_link_user_async (f->base.base.inventory, benk_device_get_id (home),
                                  "R-1", NULL, NULL, benk_session_fixture_keep, &linked);
  BENK_AWAIT (linked);
  benk_visits_start_async (visits, benk_device_get_id (home), BENK_VISIT_SETTINGS, NULL,
                           benk_session_fixture_keep, &started);
  visit = benk_visits_start_finish (visits, BENK_AWAIT (started), &error);
  g_assert_no_error (error);

  return visit;
}

const BenkBubble *
benk_notifier_fixture_get_last (BenkNotifierFixture *f)
{
  return g_ptr_array_index (f->bubbles->shown, f->bubbles->shown->len - 1);
}

/* Until the queue was looked at, and what that says was said. */
void
benk_notifier_fixture_look (BenkNotifierFixture *f)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GListModel) list = benk_alarms_fixture_list (&f->base, FALSE);

      benk_notifier_fixture_settle (f);
    }
}

void
benk_notifier_fixture_pass (BenkNotifierFixture *f, gint64 ms)
{
  benk_session_fixture_advance (&f->base.base, ms);
  benk_notifier_fixture_look (f);
}
