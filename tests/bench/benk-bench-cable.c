/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-cable.h"

#include <errno.h>
#include <libusb.h>
#include <sched.h>
#include <stdio.h>

#include "benk-apdu.h"
#include "benk-bench-plan.h"
#include "benk-bench-spy.h"
#include "benk-fake-clock.h"
#include "benk-job-runner-private.h"
#include "benk-mock-dispenser.h"
#include "benk-plan-tables.h"
#include "benk-usb-link.h"
#include "benk-usb-watch.h"

#define N_RUNS 5
#define PACKET 64
#define BUFFER 16384
#define BARE_TIMEOUT_MS 5000
/* Of fake time, while the job waits for its clock. */
#define STEP_MS 20
/* How long, really, the device may be silent until its clock is put on, too. */
#define SILENCE_MS 10

/* A simulated dispenser behind a mocked usbfs and the unmodified libusb. */
typedef struct
{
  BenkMockBus *bus;
  BenkFakeClock *clock;
  BenkUsbWatch *watch;
  BenkMockDispenser *mock;
  BenkUsbDevice *device;
  GArray *sent;
  gboolean ours; /* the next word is ours, not the device's */
  gboolean finished;
  guint n_plugged;
} Cable;

static void
on_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, Cable *self)
{
  g_set_object (&self->device, device);
}

static void
cable_open (Cable *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Cable){ .bus = benk_mock_bus_new (),
                   .clock = benk_fake_clock_new (BENK_BENCH_NOW_MS) };
  self->watch =
    benk_usb_watch_new (BENK_CLOCK (self->clock), BENK_USB_WATCH_NONE, &error);
  if (self->watch == NULL)
    g_error ("%s", error->message);
  g_signal_connect (self->watch, "arrived", G_CALLBACK (on_arrived), self);
  benk_usb_watch_start (self->watch);
}

/* A fresh dispenser, blank. */
static void
cable_plug (Cable *self)
{
  g_autofree char *serial = g_strdup_printf ("MD%07u", ++self->n_plugged);

  self->mock =
    benk_mock_dispenser_new (self->bus, "medido", serial, BENK_CLOCK (self->clock));
  while (self->device == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
cable_unplug (Cable *self)
{
  benk_virtual_dispenser_unplug (self->mock->dispenser);
  g_clear_object (&self->device);
  while (benk_usb_watch_is_busy (self->watch))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&self->mock, benk_mock_dispenser_free);
}

static void
cable_close (Cable *self)
{
  benk_usb_watch_stop (self->watch);
  while (benk_usb_watch_is_busy (self->watch))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->watch);
  benk_mock_bus_free (self->bus);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->clock);
}

static void
on_received (Cable *self)
{
  self->ours = TRUE;
}

static BenkLink *
make_link (gpointer user_data)
{
  Cable *self = user_data;
  BenkLink *link = benk_usb_link_new (self->device);

  g_signal_connect_swapped (link, "received", G_CALLBACK (on_received), self);
  return benk_bench_spy_new (link, self->sent);
}

static void
on_finished (BenkJobRunner *runner, Cable *self)
{
  self->finished = TRUE;
}

static gboolean
on_silence (gpointer user_data)
{
  benk_fake_clock_advance (((Cable *) user_data)->clock, STEP_MS);
  return G_SOURCE_CONTINUE;
}

/* While the device has the word its answer is waited for; while the job waits for its
 * clock that is put on, so that no wait counts. */
static void
run_until_finished (Cable *self)
{
  guint n_sent = self->sent->len;
  guint silence = g_timeout_add (SILENCE_MS, on_silence, self);

  while (!self->finished)
    {
      gboolean moved = g_main_context_iteration (NULL, FALSE);

      if (self->sent->len != n_sent)
        self->ours = FALSE;
      n_sent = self->sent->len;
      if (!moved && !self->ours)
        g_main_context_iteration (NULL, TRUE);
      else if (!moved)
        benk_fake_clock_advance (self->clock, STEP_MS);
    }
  g_source_remove (silence);
}

static gint64
provision (Cable *self, GArray *sent)
{
  g_auto (BenkJobPlan) wire = { 0 };
  g_autoptr (BenkPlan) plan = benk_bench_plan_new ();
  g_autoptr (GBytes) salt = g_bytes_new_static ("pinch", 5);
  g_autoptr (BenkJobRunner) runner = NULL;
  g_autoptr (GError) error = NULL;
  BenkJobSetup setup = { .kind = BENK_JOB_PROVISION,
                         .link_kind = BENK_LINK_KIND_USB,
                         .demo_store = TRUE,
                         .plan = &wire,
                         .set_id = BENK_BENCH_SET_ID,
                         .salt = salt };
  gint64 start;

  cable_plug (self);
  self->finished = FALSE;
  self->ours = FALSE;
  self->sent = sent;
  setup.serial = benk_usb_device_get_serial (self->device);
  start = benk_bench_get_us ();
  if (!benk_job_plan_from_plan (&wire, plan, &error))
    g_error ("%s", error->message);
  runner = benk_job_runner_new (BENK_CLOCK (self->clock), &setup, "Europe/Oslo",
                                make_link, self);
  g_signal_connect (runner, "finished", G_CALLBACK (on_finished), self);
  benk_job_runner_start (runner);
  run_until_finished (self);
  start = benk_bench_get_us () - start;
  if (benk_job_get_result (benk_job_runner_get_job (runner))->outcome !=
      BENK_JOB_VERIFIED)
    g_error ("The dispenser was not made ready");
  benk_job_runner_stop (runner);
  cable_unplug (self);
  return start;
}

typedef struct
{
  const GArray *sent;
  guint bus;
  guint address;
  gint64 us;
  int done;
} Bare;

static void
need (int code)
{
  if (code < 0)
    g_error ("%s", libusb_error_name (code));
}

/* One APDU, by as few reads as a whole transfer at a time allows. */
static void
bare_read (libusb_device_handle *handle)
{
  static guint8 buffer[BUFFER];
  int total = 0;

  do
    {
      int got = 0;

      need (libusb_bulk_transfer (handle, BENK_MOCK_ENDPOINT_IN, buffer + total,
                                  BUFFER - total, &got, BARE_TIMEOUT_MS));
      total += got;
    }
  while (total < 4 || total < 4 + (buffer[2] << 8 | buffer[3]));
}

static void
bare_write (libusb_device_handle *handle, GBytes *apdu)
{
  gsize length;
  const guint8 *octets = g_bytes_get_data (apdu, &length);
  int got;

  need (libusb_bulk_transfer (handle, BENK_MOCK_ENDPOINT_OUT, (guint8 *) octets,
                              (int) length, &got, BARE_TIMEOUT_MS));
  if (length % PACKET == 0)
    need (libusb_bulk_transfer (handle, BENK_MOCK_ENDPOINT_OUT, (guint8 *) octets, 0,
                                &got, BARE_TIMEOUT_MS));
}

static libusb_device_handle *
bare_open (libusb_context *context, const Bare *self)
{
  libusb_device_handle *handle = NULL;
  libusb_device **list;
  gssize n = libusb_get_device_list (context, &list);

  for (gssize i = 0; i < n && handle == NULL; i++)
    if (libusb_get_bus_number (list[i]) == self->bus &&
        libusb_get_device_address (list[i]) == self->address)
      need (libusb_open (list[i], &handle));
  libusb_free_device_list (list, 1);
  g_assert (handle != NULL);
  return handle;
}

static gpointer
bare_run (gpointer data)
{
  Bare *self = data;
  libusb_context *context;
  libusb_device_handle *handle;
  guint n_received = 0;
  gint64 start;

  need (libusb_init (&context));
  start = benk_bench_get_us ();
  handle = bare_open (context, self);
  need (libusb_claim_interface (handle, 0));
  for (guint i = 0; i < self->sent->len; i++)
    {
      const BenkBenchSent *one = &g_array_index (self->sent, BenkBenchSent, i);

      for (; n_received < one->n_received; n_received++)
        bare_read (handle);
      bare_write (handle, one->apdu);
    }
  bare_read (handle);
  need (libusb_release_interface (handle, 0));
  libusb_close (handle);
  self->us = benk_bench_get_us () - start;
  libusb_exit (context);
  g_atomic_int_set (&self->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gint64
replay (Cable *self, const GArray *sent)
{
  Bare bare = { .sent = sent };
  GThread *thread;

  cable_plug (self);
  /* On the mocked bus a socket has the number of the device in it. */
  sscanf (benk_usb_device_get_bus_path (self->device), "%u-%u", &bare.bus, &bare.address);
  thread = g_thread_new ("bare", bare_run, &bare);
  while (!g_atomic_int_get (&bare.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  if (benk_virtual_dispenser_get_memory (self->mock->dispenser)->set_id !=
      BENK_BENCH_SET_ID)
    g_error ("The dispenser does not follow the plan that was sent");
  cable_unplug (self);
  return bare.us;
}

/* From here on all threads that are started run one at a time, on one core. On two, where
 * a wake-up lands decides more than what is measured: the same side takes 38 ms or 68. */
static void
stay_on_one_core (cpu_set_t *before)
{
  cpu_set_t one;
  int here = sched_getcpu ();

  CPU_ZERO (&one);
  CPU_SET (here < 0 ? 0 : (gsize) here, &one);
  if (sched_getaffinity (0, sizeof *before, before) != 0 ||
      sched_setaffinity (0, sizeof one, &one) != 0)
    g_error ("Cannot stay on one core: %s", g_strerror (errno));
}

void
benk_bench_cable (void)
{
  cpu_set_t before;
  g_autoptr (GArray) sent = benk_bench_spy_new_record ();
  g_autoptr (GArray) unused = benk_bench_spy_new_record ();
  g_autofree char *bare = NULL;
  BenkBenchTimes app = { { 0 } };
  BenkBenchTimes replayed = { { 0 } };
  Cable cable;

  stay_on_one_core (&before);
  cable_open (&cable);
  provision (&cable, sent);
  cable_close (&cable);
  benk_bench_plan_print_services (sent);
  /* A bus of its own for each round: umockdev keeps few files at a time. */
  for (guint round = 0; round < BENK_BENCH_ROUNDS; round++)
    {
      cable_open (&cable);
      app.us[round] = replayed.us[round] = G_MAXINT64;
      for (guint run = 0; run < N_RUNS; run++)
        {
          app.us[round] = MIN (app.us[round], provision (&cable, unused));
          replayed.us[round] = MIN (replayed.us[round], replay (&cable, sent));
        }
      cable_close (&cable);
    }
  sched_setaffinity (0, sizeof before, &before);

  bare = g_strdup_printf ("The fastest of %u a round, %u APDUs sent to each, through the "
                          "unmodified libusb to a mocked usbfs; one core, so that work "
                          "is compared and not where a wake-up lands. Bare opens, "
                          "claims and sends the same octets by libusb_bulk_transfer().",
                          N_RUNS, sent->len);
  benk_bench_print_head ("Bench: making ready over a cable", bare);
  benk_bench_print_row ("provision ÷ the same octets by bare libusb", &app, &replayed,
                        1.1);
  benk_bench_print_foot ();
}
