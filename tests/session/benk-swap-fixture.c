/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-fixture.h"

#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-scope.h"
#include "benk-table-device.h"

/* Two of the same user at one instant, in the whole of what is kept. */
#define OVERLAPS                                                                         \
  "SELECT count(*) FROM placement a JOIN placement b ON a.person_id = b.person_id"       \
  " AND a.device_id <> b.device_id AND a.from_ms < ifnull (b.to_ms, 9e18)"               \
  " AND b.from_ms < ifnull (a.to_ms, 9e18)"

void
test_swap_attest (TestBenchFixture *self,
                  BenkDevice *device,
                  BenkFactKind kind,
                  const char *ref,
                  const char *stated_by)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_attest (&self->base, device, kind, ref, stated_by, &error);
  g_assert_no_error (error);
}

void
test_swap_move (TestBenchFixture *self, BenkDevice *device, BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_advance (&self->base, 1000);
  benk_session_fixture_set_state (&self->base, device, to, "later", &error);
  g_assert_no_error (error);
}

/* Who gets it back when it is faulty. */
static void
name_vendor (TestBenchFixture *self)
{
  BenkChange change = { .verb = BENK_VERB_EDIT, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (self->base.path, BENK_DB_READ_WRITE, self->base.clock, &error);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  g_autoptr (BenkDevice) device = benk_table_device_find (db, OLD, &error);

  benk_device_set_vendor (device, "Innospense");
  g_assert_true (benk_table_device_update (db, device, &error));
  g_assert_true (benk_scope_commit (scope, NULL, &error));
  g_assert_no_error (error);
}

void
test_swap_start_trial (TestBenchFixture *self)
{
  name_vendor (self);
  test_bench_wipe (self);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_make_ready (self);
  test_swap_attest (self, self->card, BENK_FACT_MEDICINE_LOADED, NULL, NURSE);
  test_swap_move (self, self->card, BENK_DEVICE_STATE_TRIAL);
}

void
test_swap_start_operation (TestBenchFixture *self)
{
  test_swap_start_trial (self);
  test_swap_attest (self, self->card, BENK_FACT_TRIAL_SHORTENED, "agreed", NULL);
  test_swap_attest (self, self->card, BENK_FACT_EVALUATION, NULL, NULL);
  test_swap_attest (self, self->card, BENK_FACT_SETTINGS_DOCUMENTED, NULL, NULL);
  test_swap_attest (self, self->card, BENK_FACT_HANDED_OVER, NULL, NULL);
  test_swap_move (self, self->card, BENK_DEVICE_STATE_OPERATION);
}

static BenkBenchDevice *
find_new (TestBenchFixture *self)
{
  GListModel *devices = benk_bench_get_devices (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (benk_bench_device_get_serial (device), NEW) == 0)
        return device;
    }

  return NULL;
}

static gboolean
is_known (gpointer data)
{
  BenkBenchDevice *device = find_new (data);

  return device != NULL && !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

void
test_swap_plug_new (TestBenchFixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_bench_plug_virtual (self->bench, "medido", NEW, self->state_dir, fault, &error);
  g_assert_no_error (error);
  test_bench_settle (self);
  test_bench_wait_until (self, is_known, self);
}

/* A second dispenser on the shelf whose reset is proven. */
void
test_swap_add_new (TestBenchFixture *self, gboolean plugged)
{
  g_autoptr (BenkDevice) card =
    benk_session_fixture_add (&self->base, NEW, BENK_DEVICE_STATE_STOCK);
  g_autoptr (GError) error = NULL;

  test_swap_attest (self, card, BENK_FACT_ADAPTER_PRESENT, NULL, NULL);
  if (plugged)
    test_swap_plug_new (self, NULL);
  if (plugged)
    {
      BenkBenchJob *job = benk_bench_reset (self->bench, find_new (self), NEW, &error);

      g_assert_no_error (error);
      test_bench_finish (self, job, &error);
      g_assert_no_error (error);
    }
  else
    benk_session_fixture_prove_reset (&self->base, card, BENK_LINK_KIND_CHECKLIST);
  benk_session_fixture_advance (&self->base, 1000);
}

void
test_swap_add_alarm (TestBenchFixture *self, const char *code)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->base.session);
  BenkNewAlarm alarm = { .device = OLD, .code = code, .via = BENK_ALARM_VIA_PHONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) added = NULL;

  benk_alarms_add_async (alarms, &alarm, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  added = benk_alarms_add_finish (alarms, result, &error);
  g_assert_no_error (error);
}

BenkSwap *
test_swap_try_open (TestBenchFixture *self,
                    BenkSession *session,
                    const char *wanted,
                    GError **error)
{
  g_autoptr (BenkDevice) old = benk_session_fixture_find (&self->base, OLD);
  g_autoptr (BenkDevice) other =
    wanted != NULL ? benk_session_fixture_find (&self->base, wanted) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_swap_open_async (session, benk_device_get_id (old),
                        other != NULL ? benk_device_get_id (other) : NULL, NULL,
                        benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_swap_open_finish (result, error);
}

BenkSwap *
test_swap_open_swap (TestBenchFixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkSwap *swap = test_swap_try_open (self, self->base.session, NULL, &error);

  g_assert_no_error (error);
  return swap;
}

gboolean
test_swap_run (TestBenchFixture *self, BenkSwap *swap, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_session_fixture_advance (&self->base, 1000);
  benk_swap_run_async (swap, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_swap_run_finish (swap, result, error);
}

void
test_swap_run_well (TestBenchFixture *self, BenkSwap *swap)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_swap_run (self, swap, &error));
  g_assert_no_error (error);
}

void
test_swap_copy (TestBenchFixture *self, BenkSwap *swap)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_swap_mark_copied_async (swap, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  benk_swap_mark_copied_finish (swap, result, &error);
  g_assert_no_error (error);
}

BenkDeviceState
test_swap_get_state (TestBenchFixture *self, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, serial);

  return benk_device_get_state (device);
}

void
test_swap_assert_line (BenkSwap *swap, BenkSwapPart part, BenkSwapState wanted)
{
  BenkSwapLine *line = benk_swap_get_line (swap, part);

  if (benk_swap_line_get_state (line) != wanted)
    g_error ("%s is “%s” (%s)", benk_swap_line_get_name (line),
             benk_swap_line_get_state_name (line), benk_swap_line_get_detail (line));
}

/* Whatever happened: one of them serves the user, and what serves is proven. */
void
test_swap_assert_safe (TestBenchFixture *self)
{
  g_assert_cmpint (test_bench_count (self, OVERLAPS), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM device WHERE state IN"
                                           " ('trial', 'operation', 'paused')"),
                   <=, 1);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM device d WHERE d.state IN ('ready',"
                            " 'trial', 'operation') AND NOT EXISTS (SELECT 1 FROM proof p"
                            " WHERE p.device_id = d.id AND p.kind = 'ready')"),
    ==, 0);
}
