/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-error.h"

#include <string.h>

/* The fixture's store, opened as the program that watches. */
typedef struct
{
  BenkAlarmsFixture base;
  BenkSession *engine;
  BenkFeeds *feeds;
  guint n_rounds;
} Watch;

static void
count_round (BenkFeeds *feeds, gpointer data)
{
  ((Watch *) data)->n_rounds++;
}

static void
set_up (Watch *w, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_set_up (&w->base, NULL);
  benk_virtual_hub_set_door (w->base.hub, GPOINTER_TO_INT (data));
  benk_session_open_async (w->base.base.path, BENK_SESSION_ENGINE, w->base.base.clock,
                           NULL, benk_session_fixture_keep, &opened);
  w->engine = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  w->feeds = benk_session_get_feeds (w->engine);
  g_signal_connect (w->feeds, "round", G_CALLBACK (count_round), w);
}

static void
tear_down (Watch *w, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (w->feeds, w);
  benk_feeds_stop (w->feeds);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&w->engine);
  benk_alarms_fixture_tear_down (&w->base, NULL);
}

static void
wait_rounds (Watch *w, guint wanted)
{
  while (w->n_rounds < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_way (Watch *w, const char *part)
{
  g_autoptr (BenkFeed) feed = g_list_model_get_item (benk_feeds_get_list (w->feeds), 0);

  while (benk_feed_get_way (feed) == NULL || !strstr (benk_feed_get_way (feed), part))
    g_main_context_iteration (NULL, TRUE);
}

static void
begin (Watch *w)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_feeds_start (w->feeds, &error));
  g_assert_no_error (error);
  wait_rounds (w, 1);
}

static gint64
count_alarms (Watch *w)
{
  return benk_session_fixture_count (&w->base.base, "SELECT count (*) FROM alarm");
}

/* The bell makes it ask; what comes is what the asking brought. */
static void
test_rings (Watch *w, gconstpointer data)
{
  guint before;

  begin (w);
  wait_way (w, "at once");
  while (w->n_rounds < 2)
    {
      benk_session_fixture_advance (&w->base.base, 1000);
      for (int i = 0; i < 1000; i++)
        g_main_context_iteration (NULL, FALSE);
    }
  benk_session_fixture_advance (&w->base.base, 1000);
  before = w->n_rounds;
  g_free (benk_alarms_fixture_raise (&w->base, "1.8"));
  wait_rounds (w, before + 1);
  g_assert_cmpint (count_alarms (w), ==, 1);
}

/* A server that rings for nothing is asked no more often than once a second. */
static void
test_rings_without_end (Watch *w, gconstpointer data)
{
  guint before;
  guint asked;

  begin (w);
  wait_way (w, "at once");
  benk_session_fixture_advance (&w->base.base, 1000);
  wait_rounds (w, 2);
  benk_session_fixture_advance (&w->base.base, 1000);
  before = w->n_rounds;
  for (int i = 0; i < 500; i++)
    {
      g_free (benk_alarms_fixture_raise (&w->base, "1.8"));
      g_main_context_iteration (NULL, FALSE);
    }
  wait_rounds (w, before + 1);
  asked = w->n_rounds;
  for (int i = 0; i < 5000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (w->n_rounds, ==, asked);
  benk_session_fixture_advance (&w->base.base, 1000);
  wait_rounds (w, asked + 1);
}

static void
test_polls_without (Watch *w, gconstpointer data)
{
  begin (w);
  wait_way (w, "every 15");
  g_free (benk_alarms_fixture_raise (&w->base, "1.8"));
  benk_session_fixture_advance (&w->base.base, 19 * 1000);
  wait_rounds (w, 2);
  g_assert_cmpint (count_alarms (w), ==, 1);
}

/* The line is lost: told, and asked as before. */
static void
test_polls_when_lost (Watch *w, gconstpointer data)
{
  begin (w);
  wait_way (w, "at once");
  benk_session_fixture_advance (&w->base.base, 1000);
  wait_rounds (w, 2);
  g_assert_true (benk_virtual_hub_add_fault_named (w->base.hub, "door-refused@99", NULL));
  benk_virtual_hub_drop_callers (w->base.hub);
  wait_way (w, "meanwhile");
  g_free (benk_alarms_fixture_raise (&w->base, "1.8"));
  benk_session_fixture_advance (&w->base.base, 19 * 1000);
  wait_rounds (w, 3);
  g_assert_cmpint (count_alarms (w), ==, 1);
}

#define ADD(path, door, func)                                                            \
  g_test_add (path, Watch, GINT_TO_POINTER (door), set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/door/rings/bind", BENK_HUB_DOOR_BIND, test_rings);
  ADD ("/session/door/rings/bind-with-token", BENK_HUB_DOOR_TOKEN, test_rings);
  ADD ("/session/door/one-that-rings-without-end", BENK_HUB_DOOR_BIND,
       test_rings_without_end);
  ADD ("/session/door/without-one-it-is-asked", BENK_HUB_DOOR_NONE, test_polls_without);
  ADD ("/session/door/a-lost-line-is-told-and-it-is-asked", BENK_HUB_DOOR_BIND,
       test_polls_when_lost);
  return g_test_run ();
}
