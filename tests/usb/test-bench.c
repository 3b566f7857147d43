/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-fixture.h"

#include <string.h>
#include <unistd.h>

#include "benk-association-private.h"
#include "benk-bench.h"
#include "benk-error.h"
#include "benk-mock-dispenser.h"
#include "benk-usb-host.h"
#include "benk-usb-item.h"
#include "benk-usb-link.h"
#include "benk-usb-watch.h"

#define SERIAL "MED-7001"
#define OTHER "MED-7002"
#define NOBODY 65534
#define TICK_MS 4
#define FAKE_MS 16
#define PATIENCE_TICKS 20000

/* The whole program without a screen on a mocked bus: store, bus thread, jobs, the
 * unmodified libusb, and a simulated dispenser behind it. */
typedef struct
{
  BenkSessionFixture base;
  BenkMockBus *bus;
  BenkMockDispenser *mock;
  BenkMockDispenser *other; /* (nullable) */
  guint port;
  BenkBench *bench;
} Fixture;

typedef gboolean (*WaitFunc) (gpointer data);

static gboolean
on_tick (gpointer user_data)
{
  benk_fake_clock_advance (user_data, FAKE_MS);
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Fixture *self, WaitFunc func, gpointer data)
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

static void
settle (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_settle_async (self->bench, NULL, benk_session_fixture_keep, &result);
  wait_until (self, has_result, &result);
  g_assert_true (benk_bench_settle_finish (self->bench, result, &error));
  g_assert_no_error (error);
}

static void
begin (Fixture *self, BenkDeviceState state)
{
  g_autoptr (BenkDevice) card = benk_session_fixture_add (&self->base, SERIAL, state);
  g_autoptr (GError) error = NULL;

  benk_session_fixture_attest (&self->base, card, BENK_FACT_ADAPTER_PRESENT, NULL, NULL,
                               &error);
  g_assert_no_error (error);
  self->bench = benk_session_get_bench (self->base.session);
  self->mock = benk_mock_dispenser_new (self->bus, "medido", SERIAL, self->base.clock);
}

static void
set_up_demo (Fixture *self, gconstpointer data)
{
  self->bus = benk_mock_bus_new ();
  benk_session_fixture_set_up_demo (&self->base, NULL);
  begin (self, BENK_DEVICE_STATE_STOCK);
}

static void
set_up_ordinary (Fixture *self, gconstpointer data)
{
  self->bus = benk_mock_bus_new ();
  benk_session_fixture_set_up (&self->base, NULL);
  begin (self, BENK_DEVICE_STATE_RECEIVED);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  benk_session_fixture_tear_down (&self->base, NULL);
  benk_mock_bus_free (self->bus);
  self->mock->mock = NULL;
  benk_mock_dispenser_free (self->mock);
  g_clear_pointer (&self->other, benk_mock_dispenser_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static BenkBenchDevice *
get_device (Fixture *self)
{
  g_autoptr (BenkBenchDevice) device =
    g_list_model_get_item (benk_bench_get_devices (self->bench), 0);

  g_assert_nonnull (device);
  return device;
}

static BenkBenchJob *
finish (Fixture *self, BenkBenchJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (job);
  benk_bench_wait_async (self->bench, job, NULL, benk_session_fixture_keep, &result);
  wait_until (self, has_result, &result);
  benk_bench_wait_finish (self->bench, result, &error);
  g_assert_no_error (error);
  return job;
}

static BenkPlan *
make_plan (void)
{
  BenkPlan *plan = benk_plan_new ();
  BenkDoseTime dose = { 8 * 60, BENK_WEEKDAYS_ALL, 15, 60, TRUE };

  benk_plan_add_dose (plan, &dose);
  dose.minute = 20 * 60;
  benk_plan_add_dose (plan, &dose);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 45);
  benk_plan_add_recipient (plan, "charge-nurse", BENK_DUTY_PERIODS_ALL);
  return plan;
}

static BenkBenchJob *
provision (Fixture *self)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_provision (self->bench, get_device (self), plan, "4711", &error);

  g_assert_no_error (error);
  return finish (self, job);
}

static BenkBenchJob *
reset (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_reset (self->bench, get_device (self), SERIAL, &error);

  g_assert_no_error (error);
  return finish (self, job);
}

static gint64
count (Fixture *self, const char *sql)
{
  return benk_session_fixture_count (&self->base, sql);
}

static void
test_main_job (Fixture *self, gconstpointer data)
{
  BenkBenchDevice *device;
  BenkBenchJob *job;

  settle (self);
  g_assert_null (benk_bench_get_usb_problem (self->bench));
  device = get_device (self);
  g_assert_cmpstr (benk_bench_device_get_serial (device), ==, SERIAL);
  g_assert_true (g_str_has_prefix (benk_bench_device_get_bus_path (device), "1-"));
  /* It hangs on a cable, and says itself that it is simulated. */
  g_assert_cmpint (benk_bench_device_get_link_kind (device), ==,
                   BENK_LINK_KIND_SIMULATED);

  job = reset (self);
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job), "Reset confirmed"));
  g_assert_true (benk_bench_job_is_proven (job));
  benk_session_fixture_advance (&self->base, 1000);
  job = provision (self);
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job),
                                   "Ready. 2 dose times read back and equal"));
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof WHERE link_kind ="
                                " 'simulated'"),
                   ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM device WHERE state = 'ready'"), ==,
                   1);
}

static gboolean
plug_again (gpointer data)
{
  Fixture *self = data;

  benk_virtual_dispenser_plug (self->mock->dispenser);
  return G_SOURCE_REMOVE;
}

/* The cable is pulled while the plan is written, and put back: the same job goes on. */
static void
test_pulled_and_put_back (Fixture *self, gconstpointer data)
{
  g_autoptr (GSource) again = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  settle (self);
  g_assert_true (benk_bench_job_is_proven (reset (self)));
  benk_session_fixture_advance (&self->base, 1000);

  benk_virtual_dispenser_set_fault (self->mock->dispenser, "disconnect@14", &error);
  g_assert_no_error (error);
  again = benk_clock_create_timer (self->base.clock, 3000);
  g_source_set_callback (again, plug_again, self, NULL);
  g_source_attach (again, NULL);
  job = provision (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_cmpuint (g_list_model_get_n_items (benk_bench_get_devices (self->bench)), ==,
                    1);
}

/* A cable does not make a simulated dispenser real. */
static void
test_simulated_proves_nothing (Fixture *self, gconstpointer data)
{
  BenkBenchJob *job;

  settle (self);
  job = reset (self);
  g_assert_false (benk_bench_job_is_proven (job));
  g_assert_true (
    g_str_has_prefix (benk_bench_job_get_sentence (job), "Simulated, not reset."));
  job = provision (self);
  g_assert_false (benk_bench_job_is_proven (job));
  g_assert_true (
    g_str_has_prefix (benk_bench_job_get_sentence (job), "Simulated, not ready."));
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM device WHERE state = 'received'"),
                   ==, 1);
}

/* Renamed, it still says what it is by its bit. */
static void
test_renamed_proves_nothing (Fixture *self, gconstpointer data)
{
  BenkAgentMemory *memory =
    (BenkAgentMemory *) benk_virtual_dispenser_get_memory (self->mock->dispenser);

  benk_virtual_dispenser_unplug (self->mock->dispenser);
  g_free (memory->manufacturer);
  memory->manufacturer = g_strdup ("Icomedi AB");
  benk_virtual_dispenser_plug (self->mock->dispenser);
  test_simulated_proves_nothing (self, data);
}

static gboolean
list_is_empty (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static gboolean
list_is_filled (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
test_comes_and_goes (Fixture *self, gconstpointer data)
{
  GListModel *devices = benk_bench_get_devices (self->bench);

  for (guint i = 0; i < 3; i++)
    {
      settle (self);
      wait_until (self, list_is_filled, devices);
      benk_virtual_dispenser_unplug (self->mock->dispenser);
      wait_until (self, list_is_empty, devices);
      benk_virtual_dispenser_plug (self->mock->dispenser);
    }
}

static void
test_permission (Fixture *self, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;

  benk_mock_device_forbid (self->mock->mock);
  benk_mock_bus_let_others_in (self->bus);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  settle (self);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_nonnull (strstr (benk_bench_device_get_problem (get_device (self)),
                            benk_usb_host_has_rule ()
                              ? "usermod"
                              : "sudo tee /etc/udev/rules.d/70-dosebenk.rules"));
}

static void
on_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, BenkLink **link)
{
  *link = benk_usb_link_new (device);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_used_by_another (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkUsbWatch) watch =
    benk_usb_watch_new (self->base.clock, BENK_USB_WATCH_NONE, &error);
  BenkLink *link = NULL;

  g_assert_no_error (error);
  g_signal_connect (watch, "arrived", G_CALLBACK (on_arrived), &link);
  benk_usb_watch_start (watch);
  wait_until (self, is_set, &link);
  benk_link_open_async (link, NULL, benk_session_fixture_keep, &opened);
  wait_until (self, has_result, &opened);
  g_assert_true (benk_link_open_finish (link, opened, &error));

  settle (self);
  g_assert_nonnull (strstr (benk_bench_device_get_problem (get_device (self)),
                            "Another program is using the device."));
  benk_link_close (link);
  benk_usb_watch_stop (watch);
  while (benk_usb_watch_is_busy (watch))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (link);
}

static gboolean
is_associated (gpointer data)
{
  Fixture *self = data;

  return benk_virtual_dispenser_is_associated (self->mock->dispenser);
}

static void
on_association (BenkAssociation *association,
                const BenkAssociationEvent *event,
                gpointer user_data)
{
}

/* Another program was killed while it talked: the dispenser holds on to an association of
 * which nobody is left. It is ended, and the dispenser answers without being unplugged.
 */
static void
test_left_associated (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkUsbWatch) watch =
    benk_usb_watch_new (self->base.clock, BENK_USB_WATCH_NONE, &error);
  g_autoptr (BenkAssociation) killed =
    benk_association_new (self->base.clock, on_association, NULL);
  BenkLink *link = NULL;

  g_assert_no_error (error);
  g_signal_connect (watch, "arrived", G_CALLBACK (on_arrived), &link);
  benk_usb_watch_start (watch);
  wait_until (self, is_set, &link);
  benk_association_open (killed, link, 0);
  wait_until (self, is_associated, self);
  benk_association_stop (killed);
  benk_usb_watch_stop (watch);
  while (benk_usb_watch_is_busy (watch))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_associated (self));

  settle (self);
  g_assert_cmpstr (benk_bench_device_get_problem (get_device (self)), ==, NULL);
  g_assert_cmpstr (benk_bench_device_get_serial (get_device (self)), ==, SERIAL);
  g_assert_true (benk_bench_job_is_proven (reset (self)));
}

static const BenkMockSpec scanner = { .interface_class = 0x03, .serial = "SC-17" };

static void
count_plugged (guint *count)
{
  (*count)++;
}

static gboolean
is_counted (gpointer data)
{
  return *(guint *) data > 0;
}

static BenkUsbItem *
find_other (Fixture *self)
{
  GListModel *items = benk_bench_get_usb_items (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkUsbItem) item = g_list_model_get_item (items, i);

      if (!benk_usb_item_is_healthcare (item))
        return item;
    }
  return NULL;
}

static gboolean
has_other (gpointer data)
{
  return find_other (data) != NULL;
}

static gboolean
has_no_other (gpointer data)
{
  return find_other (data) == NULL;
}

static gint64
bind_other (Fixture *self, const BenkId *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  benk_bench_bind_async (self->bench, find_other (self), device, NULL,
                         benk_session_fixture_keep, &result);
  wait_until (self, has_result, &result);
  benk_bench_bind_finish (self->bench, result, &seq, &error);
  g_assert_no_error (error);
  return seq;
}

/* What is no dispenser opens the card it was bound to when it is plugged in again; it
 * proves nothing, and the binding can be undone. */
static void
test_bound (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkDevice) card = benk_session_fixture_find (&self->base, SERIAL);
  BenkMockDevice *mock = benk_mock_bus_plug (self->bus, &scanner);
  g_autoptr (GError) error = NULL;
  guint n_plugged = 0;

  settle (self);
  g_signal_connect_swapped (self->bench, "card-plugged", G_CALLBACK (count_plugged),
                            &n_plugged);
  wait_until (self, has_other, self);
  g_assert_null (benk_usb_item_get_card (find_other (self)));
  g_assert_cmpint (bind_other (self, benk_device_get_id (card)), >, 0);
  g_assert_cmpuint (n_plugged, ==, 0);

  benk_mock_device_unplug (mock);
  wait_until (self, has_no_other, self);
  mock = benk_mock_bus_plug (self->bus, &scanner);
  wait_until (self, is_counted, &n_plugged);
  g_assert_cmpstr (benk_device_get_serial (benk_usb_item_get_card (find_other (self))),
                   ==, SERIAL);
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM usb_binding"), ==, 1);

  g_assert_true (benk_session_fixture_undo (&self->base, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "SELECT count(*) FROM usb_binding"), ==, 0);
}

/* Two alike could not be told apart. */
static void
test_not_bound_without_serial (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkDevice) card = benk_session_fixture_find (&self->base, SERIAL);
  BenkMockSpec plain = scanner;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plain.serial = NULL;
  benk_mock_bus_plug (self->bus, &plain);
  settle (self);
  wait_until (self, has_other, self);
  benk_bench_bind_async (self->bench, find_other (self), benk_device_get_id (card), NULL,
                         benk_session_fixture_keep, &result);
  wait_until (self, has_result, &result);
  g_assert_false (benk_bench_bind_finish (self->bench, result, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
}

static gboolean
plug_other_here (gpointer data)
{
  Fixture *self = data;

  /* The socket stays; what is in it is another one. */
  self->other =
    benk_mock_dispenser_new_at (self->bus, "medido", OTHER, self->base.clock, self->port);
  return G_SOURCE_REMOVE;
}

/* Another dispenser is put into the socket in the middle of a job: it is not touched. */
static void
test_swapped_in_mid_job (Fixture *self, gconstpointer data)
{
  g_autoptr (GSource) swap = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  settle (self);
  g_assert_true (benk_bench_job_is_proven (reset (self)));
  benk_session_fixture_advance (&self->base, 1000);
  self->port = benk_mock_device_get_port (self->mock->mock);

  benk_virtual_dispenser_set_fault (self->mock->dispenser, "disconnect@20", &error);
  g_assert_no_error (error);
  swap = benk_clock_create_timer (self->base.clock, 3000);
  g_source_set_callback (swap, plug_other_here, self, NULL);
  g_source_attach (swap, NULL);
  job = provision (self);
  g_assert_false (benk_bench_job_is_proven (job));
  g_assert_cmpint (benk_bench_job_get_outcome (job), !=, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_cmpuint (benk_virtual_dispenser_get_memory (self->other->dispenser)->set_id,
                    ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM device WHERE state = 'ready'"), ==,
                   0);
  self->other->mock = NULL;
}

static void
add (const char *path,
     void (*set_up) (Fixture *, gconstpointer),
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/usb/bench/main-job", set_up_demo, test_main_job);
  add ("/usb/bench/left-associated-is-asked-again", set_up_demo, test_left_associated);
  add ("/usb/bench/pulled-and-put-back", set_up_demo, test_pulled_and_put_back);
  add ("/usb/bench/simulated-proves-nothing", set_up_ordinary,
       test_simulated_proves_nothing);
  add ("/usb/bench/renamed-proves-nothing", set_up_ordinary, test_renamed_proves_nothing);
  add ("/usb/bench/comes-and-goes", set_up_demo, test_comes_and_goes);
  add ("/usb/bench/opens-the-card-it-is-bound-to", set_up_demo, test_bound);
  add ("/usb/bench/is-not-bound-without-a-serial", set_up_demo,
       test_not_bound_without_serial);
  add ("/usb/bench/swapped-in-mid-job-is-refused", set_up_demo, test_swapped_in_mid_job);
  add ("/usb/bench/permission", set_up_demo, test_permission);
  add ("/usb/bench/used-by-another", set_up_demo, test_used_by_another);

  return g_test_run ();
}
