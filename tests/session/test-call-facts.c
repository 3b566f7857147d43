/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device told when the program was last connected to it. */

#include "benk-bench-fixture.h"
#include "benk-device-card.h"

static BenkDeviceCard *
load (TestBenchFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (self->base.inventory, benk_device_get_id (self->card), NULL,
                             benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  card = benk_inventory_load_finish (self->base.inventory, result, &error);
  g_assert_no_error (error);
  return card;
}

static void
test_nothing (TestBenchFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDeviceCard) card = load (self);
  const BenkCallFacts *facts = benk_device_card_get_call_facts (card);

  g_assert_cmpint (facts->contact_ms, ==, 0);
  g_assert_cmpint (facts->battery, ==, -1);
  g_assert_cmpint (facts->next_dose_ms, ==, -1);
}

static void
test_made_ready (TestBenchFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDeviceCard) card = NULL;
  gint64 now_ms = benk_clock_get_wall_ms (self->base.clock);
  const BenkCallFacts *facts;

  test_bench_plug (self, NULL);
  test_bench_wipe (self);
  test_bench_make_ready (self);
  card = load (self);
  facts = benk_device_card_get_call_facts (card);
  g_assert_cmpint (facts->battery, >=, 0);
  g_assert_cmpint (facts->battery, <=, 100);
  g_assert_cmpint (facts->battery_link, ==, BENK_LINK_KIND_SIMULATED);
  g_assert_cmpint (facts->contact_ms, >=, now_ms);
  g_assert_cmpint (facts->contact_ms, ==, facts->battery_ms);
  g_assert_false (facts->contact_by_alarm);
  g_assert_cmpint (facts->next_dose_ms, >, now_ms);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/session/call-facts/nothing-is-known-of-one-never-connected",
              TestBenchFixture, NULL, test_bench_set_up_demo, test_nothing,
              test_bench_tear_down);
  g_test_add ("/session/call-facts/one-that-was-made-ready-told", TestBenchFixture, NULL,
              test_bench_set_up_demo, test_made_ready, test_bench_tear_down);
  return g_test_run ();
}
