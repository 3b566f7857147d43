/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-run.h"
#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-mock-dispenser.h"

#include <string.h>
#include <unistd.h>

/* The conformance run over the unmodified libusb on a mocked bus, with a simulated
 * dispenser behind it. */

#define SERIAL "MED-7001"
#define NOBODY 65534
#define NOW_MS G_GINT64_CONSTANT (1795253400000)
#define TICK_MS 4
#define FAKE_MS 16

typedef struct
{
  BenkMockBus *bus;
  BenkFakeClock *clock;
  BenkMockDispenser *mock;
  BenkMockDispenser *other; /* (nullable) */
  guint tick;
} Fixture;

/* Time goes on while the run waits. */
static gboolean
on_tick (gpointer user_data)
{
  benk_fake_clock_advance (user_data, FAKE_MS);
  return G_SOURCE_CONTINUE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bus = benk_mock_bus_new ();
  self->clock = benk_fake_clock_new (NOW_MS);
  self->mock =
    benk_mock_dispenser_new (self->bus, "medido", SERIAL, BENK_CLOCK (self->clock));
  self->tick = g_timeout_add (TICK_MS, on_tick, self->clock);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_source_remove (self->tick);
  benk_mock_bus_free (self->bus);
  self->mock->mock = NULL;
  benk_mock_dispenser_free (self->mock);
  if (self->other != NULL)
    self->other->mock = NULL;
  g_clear_pointer (&self->other, benk_mock_dispenser_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->clock);
}

static BenkConformReport *
try_it (Fixture *self, const char *serial, gboolean destructive, GError **error)
{
  return benk_conform_try_usb (BENK_CLOCK (self->clock), serial, destructive, error);
}

static void
print_others (const BenkConformReport *report)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkConformRow *row = g_ptr_array_index (report->rows, i);

      if (!g_str_equal (row->verdict, "passed"))
        g_test_message ("%s %s: %s", row->id, row->verdict,
                        row->seen != NULL ? row->seen : "");
    }
  g_test_message ("%u passed, %u failed, %u not offered, %u not tried", report->n_passed,
                  report->n_failed, report->n_not_offered, report->n_not_tried);
}

/* Wiped, it leaves the bus and comes back on it. */
static void
test_everything (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkConformReport) report = try_it (self, SERIAL, TRUE, &error);

  g_assert_no_error (error);
  print_others (report);
  g_assert_cmpuint (report->n_passed, ==, report->rows->len);
  g_assert_cmpuint (report->n_passed, >, 55);
  g_assert_cmpstr (report->serial, ==, SERIAL);
  g_assert_cmpuint (strlen (report->system_id), ==, 16);
  /* It hangs on a cable, and says itself that it is simulated. */
  g_assert_cmpint (report->link_kind, ==, BENK_LINK_KIND_SIMULATED);
  g_assert_cmpuint (
    benk_virtual_dispenser_get_memory (self->mock->dispenser)->wipe_counter, ==, 1);
}

static void
test_harmless (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkConformReport) report = try_it (self, SERIAL, FALSE, &error);

  g_assert_no_error (error);
  print_others (report);
  g_assert_cmpuint (report->n_failed, ==, 0);
  g_assert_cmpuint (report->n_passed, >, 40);
  g_assert_cmpuint (
    benk_virtual_dispenser_get_memory (self->mock->dispenser)->wipe_counter, ==, 0);
}

static void
test_another (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_it (self, "MED-7002", TRUE, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

/* Nobody knows which of the two is meant: neither is wiped. */
static void
test_two_of_one_serial (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->other =
    benk_mock_dispenser_new (self->bus, "pilly-sms", SERIAL, BENK_CLOCK (self->clock));
  g_assert_null (try_it (self, SERIAL, TRUE, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "2 devices"));
  g_assert_cmpuint (
    benk_virtual_dispenser_get_memory (self->mock->dispenser)->wipe_counter, ==, 0);
  g_assert_cmpuint (
    benk_virtual_dispenser_get_memory (self->other->dispenser)->wipe_counter, ==, 0);
}

/* What may not be opened has failed no requirement. */
static void
test_permission (Fixture *self, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;
  g_autoptr (GError) error = NULL;

  benk_mock_device_forbid (self->mock->mock);
  benk_mock_bus_let_others_in (self->bus);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  g_assert_null (try_it (self, SERIAL, FALSE, &error));
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_PERMISSION);
}

typedef struct
{
  const char *fault;
  const char *failed;
} FaultRow;

static const FaultRow faults[] = {
  { "stall@9", "S-UNKNOWN-ATTRIBUTE" },
  { "disconnect@9", "S-UNKNOWN-ATTRIBUTE" },
  { "full", "E-BEGIN" },
};

static gboolean
plug_again (gpointer data)
{
  benk_virtual_dispenser_plug (data);
  return G_SOURCE_REMOVE;
}

/* Somebody puts the cable back. */
static void
on_detached (BenkVirtualDispenser *dispenser, gpointer unused)
{
  g_timeout_add (20, plug_again, dispenser);
}

static const char *
get_verdict (const BenkConformReport *report, const char *id)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkConformRow *row = g_ptr_array_index (report->rows, i);

      if (g_str_equal (row->id, id))
        return row->verdict;
    }
  g_assert_not_reached ();
}

static void
test_faults (Fixture *self, gconstpointer data)
{
  BenkVirtualDispenser *dispenser = self->mock->dispenser;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gulong handler =
        g_signal_connect (dispenser, "detached", G_CALLBACK (on_detached), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkConformReport) report = NULL;

      g_test_message ("%s", faults[i].fault);
      benk_virtual_dispenser_set_fault (dispenser, faults[i].fault, NULL);
      report = try_it (self, SERIAL, FALSE, &error);
      g_assert_no_error (error);
      print_others (report);
      g_assert_cmpstr (get_verdict (report, faults[i].failed), ==, "failed");
      g_signal_handler_disconnect (dispenser, handler);
      benk_virtual_dispenser_set_fault (dispenser, NULL, NULL);
      benk_virtual_dispenser_unplug (dispenser);
      benk_virtual_dispenser_plug (dispenser);
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/usb/conform/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("everything-over-a-cable", test_everything);
  ADD ("nothing-is-changed-without-leave", test_harmless);
  ADD ("only-the-one-that-was-named", test_another);
  ADD ("two-of-one-serial-are-left-alone", test_two_of_one_serial);
  ADD ("without-permission-nothing-has-failed", test_permission);
  ADD ("a-fault-on-the-cable-is-told", test_faults);

  return g_test_run ();
}
