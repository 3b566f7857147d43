/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock.h"

#include "benk-fake-clock.h"

typedef struct
{
  BenkFakeClock *clock;
  GArray *fired_ms; /* (element-type gint64) boot time of each call */
  guint n_again;
} Calls;

static gboolean
on_timer (gpointer data)
{
  Calls *calls = data;
  gint64 now_ms = benk_clock_get_boot_ms (BENK_CLOCK (calls->clock));

  g_array_append_val (calls->fired_ms, now_ms);
  if (calls->n_again > 0)
    {
      g_autoptr (GSource) again =
        benk_clock_create_timer (BENK_CLOCK (calls->clock), 100);

      calls->n_again--;
      g_source_set_callback (again, on_timer, calls, NULL);
      g_source_attach (again, NULL);
    }

  return G_SOURCE_CONTINUE;
}

static GSource *
start_timer (BenkClock *clock, Calls *calls, gint64 delay_ms)
{
  GSource *source = benk_clock_create_timer (clock, delay_ms);

  g_source_set_callback (source, on_timer, calls, NULL);
  g_source_attach (source, NULL);

  return source;
}

static void
test_fake_stands_still (void)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (5000);
  gint64 boot_ms = benk_clock_get_boot_ms (BENK_CLOCK (clock));

  g_assert_cmpint (benk_clock_get_wall_ms (BENK_CLOCK (clock)), ==, 5000);
  benk_fake_clock_advance (clock, 250);
  g_assert_cmpint (benk_clock_get_wall_ms (BENK_CLOCK (clock)), ==, 5250);
  g_assert_cmpint (benk_clock_get_boot_ms (BENK_CLOCK (clock)), ==, boot_ms + 250);

  benk_fake_clock_set_wall (clock, 10);
  g_assert_cmpint (benk_clock_get_wall_ms (BENK_CLOCK (clock)), ==, 10);
  g_assert_cmpint (benk_clock_get_boot_ms (BENK_CLOCK (clock)), ==, boot_ms + 250);
}

static void
test_fake_fires_in_order (void)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (0);
  g_autoptr (GArray) fired_ms = g_array_new (FALSE, FALSE, sizeof (gint64));
  Calls calls = { clock, fired_ms, 0 };
  gint64 start_ms = benk_clock_get_boot_ms (BENK_CLOCK (clock));
  g_autoptr (GSource) late = start_timer (BENK_CLOCK (clock), &calls, 300);
  g_autoptr (GSource) early = start_timer (BENK_CLOCK (clock), &calls, 100);
  g_autoptr (GSource) never = start_timer (BENK_CLOCK (clock), &calls, 200);

  g_source_destroy (never);
  benk_fake_clock_advance (clock, 99);
  g_assert_cmpuint (fired_ms->len, ==, 0);
  benk_fake_clock_advance (clock, 1000);
  g_assert_cmpuint (fired_ms->len, ==, 2);
  g_assert_cmpint (g_array_index (fired_ms, gint64, 0), ==, start_ms + 100);
  g_assert_cmpint (g_array_index (fired_ms, gint64, 1), ==, start_ms + 300);
  g_assert_true (g_source_is_destroyed (early));
  g_assert_cmpuint (benk_fake_clock_get_n_timers (clock), ==, 0);
}

static void
test_fake_fires_what_a_callback_made (void)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (0);
  g_autoptr (GArray) fired_ms = g_array_new (FALSE, FALSE, sizeof (gint64));
  Calls calls = { clock, fired_ms, 3 };
  g_autoptr (GSource) first = start_timer (BENK_CLOCK (clock), &calls, 100);

  benk_fake_clock_advance (clock, 350);
  g_assert_cmpuint (fired_ms->len, ==, 3);
  benk_fake_clock_advance (clock, 50);
  g_assert_cmpuint (fired_ms->len, ==, 4);
}

static void
test_system_is_now (void)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  gint64 wall_ms = benk_clock_get_wall_ms (clock);
  gint64 boot_ms = benk_clock_get_boot_ms (clock);

  g_assert_cmpint (ABS (wall_ms - g_get_real_time () / 1000), <, 5000);
  g_assert_cmpint (boot_ms, >, 0);
  g_assert_cmpint (benk_clock_get_boot_ms (clock), >=, boot_ms);
}

static gboolean
on_system_timer (gpointer data)
{
  guint *n_fired = data;

  (*n_fired)++;

  return G_SOURCE_CONTINUE;
}

static void
test_system_timer_fires_once (void)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  const gint64 delays[] = { 5, 0, -10 };

  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autoptr (GSource) source = benk_clock_create_timer (clock, delays[i]);
      gint64 start_ms = benk_clock_get_boot_ms (clock);
      guint n_fired = 0;

      g_source_set_callback (source, on_system_timer, &n_fired, NULL);
      g_source_attach (source, NULL);
      while (n_fired == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (benk_clock_get_boot_ms (clock) - start_ms, >=,
                       MAX (delays[i], 0) - 1);
      g_assert_true (g_source_is_destroyed (source));
      g_assert_false (g_main_context_iteration (NULL, FALSE));
      g_assert_cmpuint (n_fired, ==, 1);
    }
}

static void
test_system_timer_is_cancelled (void)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autoptr (GSource) source = benk_clock_create_timer (clock, 0);
  guint n_fired = 0;

  g_source_set_callback (source, on_system_timer, &n_fired, NULL);
  g_source_attach (source, NULL);
  g_source_destroy (source);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_fired, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/clock/fake-stands-still", test_fake_stands_still);
  g_test_add_func ("/core/clock/fake-fires-in-order", test_fake_fires_in_order);
  g_test_add_func ("/core/clock/fake-fires-what-a-callback-made",
                   test_fake_fires_what_a_callback_made);
  g_test_add_func ("/core/clock/system-is-now", test_system_is_now);
  g_test_add_func ("/core/clock/system-timer-fires-once", test_system_timer_fires_once);
  g_test_add_func ("/core/clock/system-timer-is-cancelled",
                   test_system_timer_is_cancelled);

  return g_test_run ();
}
