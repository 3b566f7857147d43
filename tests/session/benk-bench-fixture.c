/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <glib/gstdio.h>

#include "benk-error.h"

/* The clock of the test runs while it waits, faster than the one on the wall. */
#define TICK_MS 4
#define FAKE_MS 8
#define PATIENCE_TICKS 10000

static gboolean
on_tick (gpointer user_data)
{
  benk_fake_clock_advance (user_data, FAKE_MS);
  return G_SOURCE_CONTINUE;
}

void
test_bench_wait_until (TestBenchFixture *self, TestWaitFunc func, gpointer data)
{
  guint tick = g_timeout_add (TICK_MS, on_tick, self->base.clock);

  for (guint i = 0; !func (data); i++)
    {
      g_assert_cmpuint (i, <, PATIENCE_TICKS);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

void
test_bench_await (TestBenchFixture *self, GAsyncResult **slot)
{
  test_bench_wait_until (self, has_result, slot);
}

void
test_bench_settle (TestBenchFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_settle_async (self->bench, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  g_assert_true (benk_bench_settle_finish (self->bench, result, &error));
  g_assert_no_error (error);
}

void
test_bench_plug (TestBenchFixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_bench_plug_virtual (self->bench, "medido", SERIAL, self->state_dir, fault, &error);
  g_assert_no_error (error);
}

BenkBenchDevice *
test_bench_get_device (TestBenchFixture *self)
{
  g_autoptr (BenkBenchDevice) device =
    g_list_model_get_item (benk_bench_get_devices (self->bench), 0);

  g_assert_nonnull (device);
  return device;
}

gboolean
test_bench_finish (TestBenchFixture *self, BenkBenchJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (job);
  benk_bench_wait_async (self->bench, job, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_bench_wait_finish (self->bench, result, error);
}

BenkBenchJob *
test_bench_make_ready (TestBenchFixture *self)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_provision (self->bench, test_bench_get_device (self),
                                            plan, "Ref-4711", &error);

  g_assert_no_error (error);
  test_bench_finish (self, job, &error);
  g_assert_no_error (error);
  return job;
}

BenkBenchJob *
test_bench_wipe (TestBenchFixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (self->bench, test_bench_get_device (self), "med 7001", &error);

  g_assert_no_error (error);
  test_bench_finish (self, job, &error);
  g_assert_no_error (error);
  return job;
}

gint64
test_bench_count (TestBenchFixture *self, const char *sql)
{
  return benk_session_fixture_count (&self->base, sql);
}

BenkDeviceState
test_bench_get_state (TestBenchFixture *self)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, SERIAL);

  return benk_device_get_state (device);
}

static void
begin (TestBenchFixture *self)
{
  self->bench = benk_session_get_bench (self->base.session);
  self->state_dir = g_build_filename (self->base.dir, "devices", NULL);
}

void
test_bench_set_up_demo (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_set_up_demo (&self->base, NULL);
  begin (self);
  self->card = benk_session_fixture_add (&self->base, SERIAL, BENK_DEVICE_STATE_STOCK);
  benk_session_fixture_attest (&self->base, self->card, BENK_FACT_ADAPTER_PRESENT, NULL,
                               NULL, &error);
  g_assert_no_error (error);
  test_bench_plug (self, data);
  test_bench_settle (self);
}

void
test_bench_set_up_ordinary (TestBenchFixture *self, gconstpointer data)
{
  benk_session_fixture_set_up (&self->base, NULL);
  begin (self);
  self->card = benk_session_fixture_add (&self->base, SERIAL, BENK_DEVICE_STATE_RECEIVED);
  test_bench_plug (self, data);
  test_bench_settle (self);
}

void
test_bench_tear_down (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->state_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->state_dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->state_dir);
  g_free (self->state_dir);
  g_clear_object (&self->card);
  benk_session_fixture_tear_down (&self->base, NULL);
}
