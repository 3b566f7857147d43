/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-fixture.h"

#include <unistd.h>

#include "benk-error.h"
#include "benk-usb-host.h"

#define NOBODY 65534

static const BenkMockSpec dispenser = { .interface_class = 0x0F, .serial = "SIM-0001" };
static const BenkMockSpec keyboard = { .interface_class = 0x03, .serial = "KBD" };

static void
test_plugged_before_start (BenkUsbFixture *self, gconstpointer data)
{
  BenkUsbDevice *device;

  benk_mock_bus_plug (self->bus, &keyboard);
  benk_mock_bus_plug (self->bus, &dispenser);
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  g_assert_false (benk_usb_watch_is_polling (self->watch));
  benk_wait_for_count (&self->arrived->len, 1);
  benk_wait_idle ();

  g_assert_cmpuint (self->arrived->len, ==, 1);
  device = g_ptr_array_index (self->arrived, 0);
  g_assert_no_error (benk_usb_device_get_error (device));
  g_assert_cmpuint (benk_usb_device_get_vendor_id (device), ==, 0x1FC9);
  g_assert_cmpuint (benk_usb_device_get_product_id (device), ==, 0x0096);
  g_assert_cmpstr (benk_usb_device_get_serial (device), ==, "SIM-0001");
  g_assert_cmpstr (benk_usb_device_get_manufacturer (device), ==, BENK_MOCK_MANUFACTURER);
  g_assert_cmpstr (benk_usb_device_get_product (device), ==, BENK_MOCK_PRODUCT);
  g_assert_true (g_str_has_prefix (benk_usb_device_get_bus_path (device), "1-"));
  g_assert_true (benk_phdc_function_lists (benk_usb_device_get_function (device),
                                           BENK_PHDC_SPEC_MEDICATION_MONITOR));
}

static void
test_settles (BenkUsbFixture *self, gconstpointer data)
{
  benk_mock_bus_plug (self->bus, &keyboard);
  benk_mock_bus_plug (self->bus, &dispenser);
  benk_mock_bus_plug (self->bus, &dispenser);
  benk_usb_fixture_start (self, GPOINTER_TO_UINT (data));
  benk_wait_for_count (&self->n_settled, 1);
  g_assert_cmpuint (self->arrived->len, ==, 2);
  benk_wait_idle ();
  g_assert_cmpuint (self->n_settled, ==, 1);
}

static void
test_settles_without_devices (BenkUsbFixture *self, gconstpointer data)
{
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  benk_wait_for_count (&self->n_settled, 1);
  g_assert_cmpuint (self->arrived->len, ==, 0);
}

static void
test_arrives_and_leaves (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockDevice *mock;
  BenkUsbDevice *device;

  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  device = benk_usb_fixture_plug (self, &dispenser, &mock);
  g_assert_cmpuint (self->left->len, ==, 0);

  benk_mock_device_unplug (mock);
  benk_wait_for_count (&self->left->len, 1);
  g_assert_true (g_ptr_array_index (self->left, 0) == device);

  benk_usb_fixture_plug (self, &dispenser, &mock);
  g_assert_cmpuint (self->arrived->len, ==, 2);
  g_assert_true (g_ptr_array_index (self->arrived, 1) != device);
}

static void
test_others_are_not_told (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockDevice *mock, *other;

  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  other = benk_mock_bus_plug (self->bus, &keyboard);
  benk_usb_fixture_plug (self, &dispenser, &mock);
  benk_mock_device_unplug (other);
  benk_mock_device_unplug (mock);
  benk_wait_for_count (&self->left->len, 1);

  g_assert_cmpuint (self->arrived->len, ==, 1);
  g_assert_cmpuint (self->left->len, ==, 1);
}

static void
test_several_at_once (BenkUsbFixture *self, gconstpointer data)
{
  enum
  {
    MANY = 8
  };
  BenkMockDevice *mocks[MANY];

  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  for (guint i = 0; i < MANY; i++)
    mocks[i] = benk_mock_bus_plug (self->bus, &dispenser);
  benk_wait_for_count (&self->arrived->len, MANY);
  for (guint i = 0; i < MANY; i++)
    benk_mock_device_unplug (mocks[i]);
  benk_wait_for_count (&self->left->len, MANY);

  g_assert_cmpuint (self->arrived->len, ==, MANY);
}

/* An arrival that libusb tells of twice is told on once. */
static void
test_duplicate_is_dropped (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockDevice *mock, *second;

  mock = benk_mock_bus_plug (self->bus, &dispenser);
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  benk_mock_bus_announce_again (self->bus, mock);
  benk_wait_for_count (&self->arrived->len, 1);
  benk_mock_bus_announce_again (self->bus, mock);
  benk_usb_fixture_plug (self, &dispenser, &second);

  g_assert_cmpuint (self->arrived->len, ==, 2);
}

static void
test_polling (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockDevice *mock, *second;

  mock = benk_mock_bus_plug (self->bus, &dispenser);
  benk_usb_fixture_start (self, BENK_USB_WATCH_POLL);
  g_assert_true (benk_usb_watch_is_polling (self->watch));
  benk_wait_for_count (&self->arrived->len, 1);

  second = benk_mock_bus_plug (self->bus, &dispenser);
  benk_fake_clock_advance (self->clock, 1000);
  benk_wait_for_count (&self->arrived->len, 2);

  benk_mock_device_unplug (mock);
  benk_mock_device_unplug (second);
  benk_fake_clock_advance (self->clock, 1000);
  benk_wait_for_count (&self->left->len, 2);
  benk_fake_clock_advance (self->clock, 1000);
  benk_wait_idle ();
  g_assert_cmpuint (self->arrived->len, ==, 2);
  g_assert_cmpuint (self->left->len, ==, 2);
}

static void
test_strings_unreadable (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockSpec mute = dispenser;
  BenkMockDevice *mock;
  BenkUsbDevice *device;

  mute.no_strings = TRUE;
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  device = benk_usb_fixture_plug (self, &mute, &mock);
  g_assert_no_error (benk_usb_device_get_error (device));
  g_assert_null (benk_usb_device_get_serial (device));
  g_assert_null (benk_usb_device_get_manufacturer (device));
}

typedef struct
{
  const char *extra;
  BenkError code;
} BrokenRow;

static const BrokenRow broken_rows[] = {
  { "04200100", BENK_ERROR_UNSUPPORTED },
  { "032002", BENK_ERROR_PROTOCOL },
  { "04200200 063000ff4810", BENK_ERROR_PROTOCOL },
  { "022a", BENK_ERROR_PROTOCOL },
};

static void
test_broken_descriptors (BenkUsbFixture *self, gconstpointer data)
{
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (broken_rows); i++)
    {
      BenkMockSpec spec = dispenser;
      BenkMockDevice *mock;
      BenkUsbDevice *device;

      spec.extra = broken_rows[i].extra;
      device = benk_usb_fixture_plug (self, &spec, &mock);
      g_assert_error (benk_usb_device_get_error (device), BENK_ERROR,
                      (int) broken_rows[i].code);
    }
}

/* Without the udev rule the node belongs to root: the device is told of, with the
 * sentence for IT. */
static void
test_permission_denied (BenkUsbFixture *self, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;
  BenkUsbDevice *device;

  benk_mock_device_forbid (benk_mock_bus_plug (self->bus, &dispenser));
  benk_mock_bus_let_others_in (self->bus);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  benk_wait_for_count (&self->arrived->len, 1);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);

  device = g_ptr_array_index (self->arrived, 0);
  g_assert_error (benk_usb_device_get_error (device), BENK_ERROR, BENK_ERROR_PERMISSION);
  g_assert_nonnull (strstr (benk_usb_device_get_error (device)->message,
                            benk_usb_host_has_rule ()
                              ? "usermod"
                              : "sudo tee /etc/udev/rules.d/70-dosebenk.rules"));
}

static void
count_signal (guint *count)
{
  (*count)++;
}

/* IT has installed the rule while the device was plugged in: nobody plugs it in again. */
static void
test_permission_granted (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockDevice *mock = benk_mock_bus_plug (self->bus, &dispenser);
  gboolean is_root = geteuid () == 0;
  BenkUsbDevice *device;

  benk_mock_device_forbid (mock);
  benk_mock_bus_let_others_in (self->bus);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  benk_wait_for_count (&self->arrived->len, 1);
  for (guint i = 0; i < 3; i++)
    {
      benk_fake_clock_advance (self->clock, 8000);
      benk_wait_idle ();
    }
  g_assert_cmpuint (self->arrived->len, ==, 1);

  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  benk_mock_device_permit (mock);
  benk_fake_clock_advance (self->clock, 8000);
  benk_wait_for_count (&self->arrived->len, 2);
  device = g_ptr_array_index (self->arrived, 1);
  g_assert_no_error (benk_usb_device_get_error (device));
  g_assert_cmpuint (self->left->len, ==, 1);
  g_assert_cmpuint (benk_fake_clock_get_n_timers (self->clock), ==, 0);
}

static void
keep_device (BenkUsbWatch *watch, BenkUsbDevice *device, BenkUsbDevice **kept)
{
  g_set_object (kept, device);
}

/* What is no dispenser is named as the kernel knows it, and is never opened. */
static void
test_others_are_named (BenkUsbFixture *self, gconstpointer data)
{
  BenkMockSpec scanner = keyboard;
  g_autoptr (BenkUsbDevice) other = NULL;
  g_autoptr (GError) error = NULL;
  BenkMockDevice *mock;
  guint n_left = 0;

  scanner.serial = "SC-17";
  self->watch =
    benk_usb_watch_new (BENK_CLOCK (self->clock), BENK_USB_WATCH_NONE, &error);
  g_assert_no_error (error);
  g_signal_connect (self->watch, "other-arrived", G_CALLBACK (keep_device), &other);
  g_signal_connect_swapped (self->watch, "other-left", G_CALLBACK (count_signal),
                            &n_left);
  benk_usb_watch_start (self->watch);
  mock = benk_mock_bus_plug (self->bus, &scanner);
  benk_mock_device_forbid (mock);
  while (other == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (benk_usb_device_get_serial (other), ==, "SC-17");
  g_assert_cmpuint (benk_mock_device_count (mock).n_claims, ==, 0);

  benk_mock_device_unplug (mock);
  benk_wait_for_count (&n_left, 1);
}

static void
test_stop_while_asking (BenkUsbFixture *self, gconstpointer data)
{
  benk_mock_bus_plug (self->bus, &dispenser);
  benk_usb_fixture_start (self, BENK_USB_WATCH_NONE);
  g_main_context_iteration (NULL, FALSE);
  benk_usb_watch_stop (self->watch);
  benk_wait_idle ();
  g_assert_cmpuint (self->arrived->len, ==, 0);
}

static void
add (const char *path, void (*test) (BenkUsbFixture *, gconstpointer))
{
  g_test_add (path, BenkUsbFixture, NULL, benk_usb_fixture_set_up, test,
              benk_usb_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/usb/watch/tells-of-what-was-plugged-in-before", test_plugged_before_start);
  add ("/usb/watch/settles", test_settles);
  g_test_add ("/usb/watch/settles-polling", BenkUsbFixture,
              GUINT_TO_POINTER (BENK_USB_WATCH_POLL), benk_usb_fixture_set_up,
              test_settles, benk_usb_fixture_tear_down);
  add ("/usb/watch/settles-without-devices", test_settles_without_devices);
  add ("/usb/watch/tells-of-arrival-and-leaving", test_arrives_and_leaves);
  add ("/usb/watch/says-nothing-of-other-classes", test_others_are_not_told);
  add ("/usb/watch/several-at-once", test_several_at_once);
  add ("/usb/watch/drops-a-duplicate-arrival", test_duplicate_is_dropped);
  add ("/usb/watch/polls-without-hotplug", test_polling);
  add ("/usb/watch/unreadable-strings-stay-unknown", test_strings_unreadable);
  add ("/usb/watch/broken-descriptors-are-said", test_broken_descriptors);
  add ("/usb/watch/permission-denied-is-said", test_permission_denied);
  add ("/usb/watch/permission-granted-later-is-noticed", test_permission_granted);
  add ("/usb/watch/others-are-named-and-never-opened", test_others_are_named);
  add ("/usb/watch/stops-while-a-device-is-asked", test_stop_while_asking);

  return g_test_run ();
}
