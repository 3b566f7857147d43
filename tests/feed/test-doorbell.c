/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-backoff.h"
#include "benk-doorbell.h"
#include "feed-fixture.h"

#define SEED 20251103

typedef struct
{
  Fixture base;
  GRand *random;
  BenkDoorbell *door;
  guint n_rings;
  guint n_gaps;
} Door;

static void
on_ring (BenkDoorbell *door, gboolean gap, gpointer data)
{
  Door *d = data;

  d->n_rings++;
  d->n_gaps += gap;
}

static void
set_up (Door *d, gconstpointer data)
{
  fixture_set_up (&d->base, NULL);
  d->random = g_rand_new_with_seed (SEED);
  d->door = benk_doorbell_new (d->base.client, d->random);
  g_signal_connect (d->door, "ring", G_CALLBACK (on_ring), d);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Door *d, gconstpointer data)
{
  benk_doorbell_stop (d->door);
  settle ();
  g_object_add_weak_pointer (G_OBJECT (d->door), (gpointer *) &d->door);
  g_object_unref (d->door);
  while (d->door != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_rand_free (d->random);
  fixture_tear_down (&d->base, NULL);
}

static void
wait_state (Door *d, BenkDoorbellState state)
{
  while (benk_doorbell_get_state (d->door) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_rings (Door *d, guint n)
{
  while (d->n_rings < n)
    g_main_context_iteration (NULL, TRUE);
}

/* The clock goes on for at most so long; then only the wire may still need a moment. */
static void
wait_next_knock (Door *d, gint64 most_ms)
{
  guint before = benk_virtual_hub_count_log (d->base.hub, "GET", "/metadata");

  for (gint64 ms = 0;
       benk_virtual_hub_count_log (d->base.hub, "GET", "/metadata") == before; ms += 500)
    {
      if (ms < most_ms)
        benk_fake_clock_advance (d->base.clock, 500);
      for (int i = 0; ms < most_ms && i < 100; i++)
        g_main_context_iteration (NULL, FALSE);
      if (ms >= most_ms)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_rings (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, GPOINTER_TO_INT (data));
  benk_doorbell_start (d->door);
  wait_state (d, BENK_DOORBELL_BOUND);
  wait_rings (d, 1);
  g_assert_cmpuint (d->n_gaps, ==, 0);
  g_free (fixture_raise (&d->base, "1.8"));
  wait_rings (d, 2);
  g_assert_cmpuint (benk_virtual_hub_count_log (d->base.hub, "POST", "/Subscription"), ==,
                    1);
  g_assert_null (benk_doorbell_get_problem (d->door));
}

static void
test_none (Door *d, gconstpointer data)
{
  benk_doorbell_start (d->door);
  wait_state (d, BENK_DOORBELL_NONE);
  g_assert_null (benk_doorbell_get_problem (d->door));
  g_assert_cmpuint (benk_virtual_hub_get_n_knocks (d->base.hub), ==, 0);
  g_assert_cmpuint (d->n_rings, ==, 0);
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  benk_fake_clock_advance (d->base.clock, 60 * 60 * 1000);
  wait_state (d, BENK_DOORBELL_BOUND);
}

static void
test_found (Door *d, gconstpointer data)
{
  g_autoptr (BenkDoorbell) second = benk_doorbell_new (d->base.client, d->random);

  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  benk_doorbell_start (d->door);
  wait_state (d, BENK_DOORBELL_BOUND);
  benk_doorbell_start (second);
  while (benk_doorbell_get_state (second) != BENK_DOORBELL_BOUND)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (benk_virtual_hub_count_log (d->base.hub, "POST", "/Subscription"), ==,
                    1);
  benk_doorbell_stop (second);
  settle ();
}

typedef struct
{
  const char *name;
  const char *fault;
  BenkHubDoor door;
  gint64 advance_ms; /* until the line is given up */
  gboolean told;     /* stays bound all the same */
} FaultRow;

static const FaultRow fault_rows[] = {
  { "upgrade-refused", "door-refused", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "closed-with-1002", "door-closed", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "error-in-words", "door-error", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "never-bound", "door-mute", BENK_HUB_DOOR_BIND, 10000, FALSE },
  { "never-a-handshake", "door-mute", BENK_HUB_DOOR_TOKEN, 10000, FALSE },
  { "token-expired", "token-expired", BENK_HUB_DOOR_TOKEN, 0, FALSE },
  { "upgrade-refused-with-token", "door-refused", BENK_HUB_DOOR_TOKEN, 0, FALSE },
  { "statement-is-a-web-page", "portal:GET", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "statement-is-cut", "malformed:GET", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "statement-401", "401:GET", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "statement-503", "503:GET", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "subscription-500", "500:POST", BENK_HUB_DOOR_BIND, 0, FALSE },
  { "rings-for-nothing", "door-stray", BENK_HUB_DOOR_BIND, 0, TRUE },
  { "rings-for-nothing-with-token", "door-stray", BENK_HUB_DOOR_TOKEN, 0, TRUE },
};

static void
test_fault (Door *d, gconstpointer data)
{
  const FaultRow *row = data;

  benk_virtual_hub_set_door (d->base.hub, row->door);
  g_assert_true (benk_virtual_hub_add_fault_named (d->base.hub, row->fault, NULL));
  benk_doorbell_start (d->door);
  if (row->told)
    {
      wait_rings (d, 4);
      g_assert_cmpint (benk_doorbell_get_state (d->door), ==, BENK_DOORBELL_BOUND);
      return;
    }
  if (row->advance_ms > 0)
    {
      while (benk_virtual_hub_get_n_knocks (d->base.hub) == 0)
        g_main_context_iteration (NULL, TRUE);
      for (int i = 0; i < 2000; i++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (benk_doorbell_get_state (d->door), ==, BENK_DOORBELL_CALLING);
      benk_fake_clock_advance (d->base.clock, row->advance_ms);
    }
  wait_state (d, BENK_DOORBELL_WAITING);
  g_assert_nonnull (benk_doorbell_get_problem (d->door));
  wait_next_knock (d, 3000);
  wait_state (d, BENK_DOORBELL_BOUND);
  wait_rings (d, 1);
  g_assert_cmpuint (d->n_gaps, ==, 1);
}

/* A server that knows the Subscription no more gets a new one, once. */
static void
test_forgotten (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  g_assert_true (benk_virtual_hub_add_fault_named (d->base.hub, "door-closed@9", NULL));
  benk_doorbell_start (d->door);
  for (int i = 0; i < 9; i++)
    {
      wait_state (d, BENK_DOORBELL_WAITING);
      while (benk_virtual_hub_get_n_knocks (d->base.hub) < (guint) i + 1)
        g_main_context_iteration (NULL, TRUE);
      for (int n = 0; n < 2000; n++)
        g_main_context_iteration (NULL, FALSE);
      wait_next_knock (d, 6 * 60 * 1000);
    }
  wait_state (d, BENK_DOORBELL_BOUND);
  g_assert_cmpuint (benk_virtual_hub_count_log (d->base.hub, "POST", "/Subscription"), ==,
                    2);
}

static void
test_lost (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  benk_doorbell_start (d->door);
  wait_rings (d, 1);
  benk_virtual_hub_drop_callers (d->base.hub);
  wait_state (d, BENK_DOORBELL_WAITING);
  wait_next_knock (d, 3000);
  wait_rings (d, 2);
  g_assert_cmpuint (d->n_gaps, ==, 1);
}

/* Nothing is heard for a minute, and no ping was answered. */
static void
test_dead (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  benk_doorbell_start (d->door);
  wait_rings (d, 1);
  benk_fake_clock_advance (d->base.clock, 59999);
  settle ();
  g_assert_cmpint (benk_doorbell_get_state (d->door), ==, BENK_DOORBELL_BOUND);
  benk_fake_clock_advance (d->base.clock, 1);
  wait_state (d, BENK_DOORBELL_WAITING);
  g_assert_nonnull (benk_doorbell_get_problem (d->door));
}

/* The library's ping goes by real time: one second here. */
static void
test_alive (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_BIND);
  benk_doorbell_set_keepalive (d->door, 1);
  benk_doorbell_start (d->door);
  wait_rings (d, 1);
  benk_fake_clock_advance (d->base.clock, 59999);
  while (benk_doorbell_get_n_pongs (d->door) == 0)
    g_main_context_iteration (NULL, TRUE);
  benk_fake_clock_advance (d->base.clock, 59999);
  settle ();
  g_assert_cmpint (benk_doorbell_get_state (d->door), ==, BENK_DOORBELL_BOUND);
}

/* The hub's tokens live for five minutes; the line outlives them. */
static void
test_renewal (Door *d, gconstpointer data)
{
  benk_virtual_hub_set_door (d->base.hub, BENK_HUB_DOOR_TOKEN);
  benk_doorbell_set_keepalive (d->door, 1);
  benk_doorbell_start (d->door);
  wait_rings (d, 1);
  for (int i = 0; i < 7; i++)
    {
      guint pongs = benk_doorbell_get_n_pongs (d->door);

      benk_fake_clock_advance (d->base.clock, (i < 5 ? 50 : 25) * 1000);
      while (benk_doorbell_get_n_pongs (d->door) == pongs)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (benk_virtual_hub_count_log (d->base.hub, "GET",
                                                "get-ws-binding-token"),
                    ==, 2);
  g_assert_cmpuint (benk_virtual_hub_get_n_knocks (d->base.hub), ==, 1);
  g_free (fixture_raise (&d->base, "1.8"));
  wait_rings (d, 2);
  g_assert_cmpuint (d->n_gaps, ==, 0);
}

static void
test_backoff (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GRand) again = g_rand_new_with_seed (SEED);
  g_autoptr (GHashTable) waits = g_hash_table_new (NULL, NULL);

  for (guint n = 0; n < 64; n++)
    {
      const BenkBackoff backoff = { .first_ms = 2000, .most_ms = 300000, .n_failed = n };
      gint64 base = n > 7 ? 300000 : MIN (2000 << n, 300000);
      gint64 wait_ms = benk_backoff_get_ms (&backoff, random);

      g_assert_cmpint (wait_ms, >=, base - base / 5);
      g_assert_cmpint (wait_ms, <=, base + base / 5);
      g_assert_cmpint (wait_ms, ==, benk_backoff_get_ms (&backoff, again));
      g_hash_table_add (waits, GINT_TO_POINTER ((int) wait_ms));
    }
  g_assert_cmpuint (g_hash_table_size (waits), >, 50);
}

#define ADD(path, data, func) g_test_add (path, Door, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/feed/doorbell/rings/bind", GINT_TO_POINTER (BENK_HUB_DOOR_BIND), test_rings);
  ADD ("/feed/doorbell/rings/bind-with-token", GINT_TO_POINTER (BENK_HUB_DOOR_TOKEN),
       test_rings);
  ADD ("/feed/doorbell/a-server-without-one-is-told", NULL, test_none);
  ADD ("/feed/doorbell/a-subscription-is-found-again", NULL, test_found);
  for (gsize i = 0; i < G_N_ELEMENTS (fault_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/feed/doorbell/fault/%s", fault_rows[i].name);

      ADD (path, &fault_rows[i], test_fault);
    }
  g_test_message ("%u faults of the line", (guint) G_N_ELEMENTS (fault_rows));
  ADD ("/feed/doorbell/a-forgotten-subscription-is-made-once-more", NULL, test_forgotten);
  ADD ("/feed/doorbell/comes-back-and-tells-of-the-gap", NULL, test_lost);
  ADD ("/feed/doorbell/a-dead-line-is-noticed", NULL, test_dead);
  ADD ("/feed/doorbell/an-answered-ping-keeps-it-alive", NULL, test_alive);
  ADD ("/feed/doorbell/a-token-is-renewed-on-the-line", NULL, test_renewal);
  g_test_add_func ("/feed/doorbell/backs-off-by-the-chance-it-is-given", test_backoff);
  return g_test_run ();
}
