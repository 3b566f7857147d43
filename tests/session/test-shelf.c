/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <string.h>

#include "benk-error.h"
#include "benk-shelf-reset.h"

/* A shelf of three: one is plugged in, one comes later, one is dead. */

#define LATE "MED-7002"
#define DEAD "MED-7003"

static BenkShelfReset *
create_shelf (TestBenchFixture *self)
{
  BenkShelfReset *shelf = benk_shelf_reset_new (self->base.session);
  g_autoptr (BenkDevice) late =
    benk_session_fixture_add (&self->base, LATE, BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) dead =
    benk_session_fixture_add (&self->base, DEAD, BENK_DEVICE_STATE_STOCK);
  g_autoptr (GError) error = NULL;

  benk_shelf_reset_add_plugged (shelf);
  g_assert_nonnull (benk_shelf_reset_add (shelf, late, &error));
  g_assert_nonnull (benk_shelf_reset_add (shelf, dead, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (benk_shelf_reset_get_items (shelf)), ==, 3);
  return shelf;
}

static void
tick (BenkShelfReset *shelf, const char *serial)
{
  benk_shelf_reset_tick (shelf, benk_shelf_reset_find (shelf, serial), TRUE);
}

static gboolean
is_over (gpointer shelf)
{
  return !benk_shelf_reset_is_running (shelf);
}

static gboolean
is_first_over (gpointer shelf)
{
  return benk_shelf_item_get_state (benk_shelf_reset_find (shelf, SERIAL)) ==
         BENK_SHELF_ENDED;
}

static void
test_another_count_resets_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = create_shelf (self);
  static const guint counts[] = { 0, 1, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GError) error = NULL;

      tick (shelf, "med 7001");
      tick (shelf, LATE);
      g_assert_false (benk_shelf_reset_start (shelf, counts[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_assert_false (benk_shelf_reset_is_running (shelf));
    }
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_only_what_is_ticked (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = create_shelf (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *call = NULL;

  tick (shelf, LATE);
  g_assert_true (benk_shelf_reset_start (shelf, 1, &error));
  call = benk_shelf_reset_dup_call (shelf);
  g_assert_cmpstr (call, ==, "Plug in: " LATE);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
  benk_shelf_reset_cancel (shelf);
  g_assert_false (benk_shelf_reset_is_running (shelf));
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_the_next_one_is_reset_when_plugged_in (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = create_shelf (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proven = NULL;
  g_autofree char *summary = NULL;

  tick (shelf, SERIAL);
  tick (shelf, LATE);
  tick (shelf, DEAD);
  g_assert_true (benk_shelf_reset_start (shelf, 3, &error));
  test_bench_wait_until (self, is_first_over, shelf);
  g_assert_true (benk_shelf_reset_is_running (shelf));

  benk_bench_plug_virtual (self->bench, "medido", LATE, self->state_dir, NULL, &error);
  g_assert_no_error (error);
  benk_shelf_reset_leave_out (shelf, benk_shelf_reset_find (shelf, DEAD));
  test_bench_wait_until (self, is_over, shelf);
  proven = benk_shelf_reset_list_proven (shelf);
  g_assert_cmpuint (proven->len, ==, 2);
  summary = benk_shelf_reset_dup_summary (shelf);
  g_assert_cmpstr (summary, ==, "3 devices: 2 × reset confirmed, 1 × not reset.");
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, 2);
}

/* A device says another serial than the one that was ticked. */
static void
test_another_device_is_refused (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = create_shelf (self);
  g_autoptr (GError) error = NULL;
  BenkShelfItem *item;

  tick (shelf, SERIAL);
  g_assert_true (benk_shelf_reset_start (shelf, 1, &error));
  test_bench_wait_until (self, is_over, shelf);
  item = benk_shelf_reset_find (shelf, SERIAL);
  g_assert_false (benk_shelf_item_is_proven (item));
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, 0);
}

static void
test_simulated_ones_prove_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = benk_shelf_reset_new (self->base.session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proven = NULL;
  g_autofree char *summary = NULL;

  benk_shelf_reset_add_plugged (shelf);
  tick (shelf, SERIAL);
  g_assert_true (benk_shelf_reset_start (shelf, 1, &error));
  test_bench_wait_until (self, is_over, shelf);
  proven = benk_shelf_reset_list_proven (shelf);
  g_assert_cmpuint (proven->len, ==, 0);
  summary = benk_shelf_reset_dup_summary (shelf);
  g_assert_cmpstr (summary, ==, "1 device: 1 × simulated, not reset.");
}

/* One that is with a user is not on a shelf. */
static void
test_refused_in_use (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkShelfReset) shelf = benk_shelf_reset_new (self->base.session);
  g_autoptr (BenkDevice) used =
    benk_session_fixture_put (&self->base, "MED-7009", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_shelf_reset_add (shelf, used, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

#define DEMO(path, fault, function)                                                      \
  g_test_add ("/session/shelf/" path, TestBenchFixture, fault, test_bench_set_up_demo,   \
              function, test_bench_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  DEMO ("another-count-resets-nothing", NULL, test_another_count_resets_nothing);
  DEMO ("only-what-is-ticked", NULL, test_only_what_is_ticked);
  DEMO ("the-next-one-is-reset-when-plugged-in", NULL,
        test_the_next_one_is_reset_when_plugged_in);
  DEMO ("another-device-is-refused", "wrong-serial@1", test_another_device_is_refused);
  DEMO ("refused-in-use", NULL, test_refused_in_use);
  g_test_add ("/session/shelf/simulated-ones-prove-nothing", TestBenchFixture, NULL,
              test_bench_set_up_ordinary, test_simulated_ones_prove_nothing,
              test_bench_tear_down);
  return g_test_run ();
}
