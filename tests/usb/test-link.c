/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-fixture.h"
#include "benk-usb-host.h"

#include <string.h>

#include "benk-apdu.h"
#include "benk-error.h"

/* A link to a plugged-in device, and what either side saw. */
typedef struct
{
  BenkUsbFixture base;
  BenkMockDevice *mock;
  BenkUsbDevice *device;
  BenkLink *link;
  GPtrArray *received; /* GBytes */
  GArray *tapped;      /* BenkLinkMoment */
  GError *down;
  guint n_down;
  guint n_ended;
  guint n_failed;
  GError *error;
  gboolean echo;
  gboolean close_on_receive;
} Fixture;

static void
on_received (BenkLink *link, GBytes *apdu, Fixture *self)
{
  g_ptr_array_add (self->received, g_bytes_ref (apdu));
  if (self->close_on_receive)
    benk_link_close (link);
}

static void
on_down (BenkLink *link, const GError *error, Fixture *self)
{
  self->n_down++;
  g_clear_error (&self->down);
  self->down = g_error_copy (error);
}

static void
on_tap (BenkLink *link,
        BenkLinkMoment moment,
        GBytes *apdu,
        const GError *error,
        gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true ((apdu != NULL) ==
                 (moment == BENK_LINK_SENDING || moment == BENK_LINK_RECEIVED));
  g_array_append_val (self->tapped, moment);
}

/* In umockdev's thread. */
static void
on_out (BenkMockDevice *mock,
        const guint8 *data,
        gsize length,
        gboolean zlp,
        gpointer user_data)
{
  Fixture *self = user_data;

  if (self->echo)
    benk_mock_device_send (mock, data, length, length % 64 == 0);
}

static void
note_end (Fixture *self, gboolean done, GError *error)
{
  self->n_ended++;
  if (done)
    return;
  self->n_failed++;
  g_clear_error (&self->error);
  self->error = error;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean done = benk_link_open_finish (BENK_LINK (source), result, &error);

  note_end (user_data, done, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean done = benk_link_send_finish (BENK_LINK (source), result, &error);

  note_end (user_data, done, error);
}

static BenkLink *
make_link (Fixture *self)
{
  BenkLink *link = benk_usb_link_new (self->device);

  g_signal_connect (link, "received", G_CALLBACK (on_received), self);
  g_signal_connect (link, "down", G_CALLBACK (on_down), self);
  benk_link_set_tap (link, on_tap, self, NULL);
  return link;
}

static void
open_link (Fixture *self, BenkLink *link)
{
  guint before = self->n_ended;

  benk_link_open_async (link, NULL, on_opened, self);
  benk_wait_for_count (&self->n_ended, before + 1);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const BenkMockSpec spec = {
    .interface_class = 0x0F, .serial = "SIM-0001", .out = on_out, .user_data = self
  };

  self->received = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->tapped = g_array_new (FALSE, FALSE, sizeof (BenkLinkMoment));
  self->echo = TRUE;
  benk_usb_fixture_set_up (&self->base, NULL);
  benk_usb_fixture_start (&self->base, BENK_USB_WATCH_NONE);
  self->device = g_object_ref (benk_usb_fixture_plug (&self->base, &spec, &self->mock));
  self->link = make_link (self);
  open_link (self, self->link);
  g_assert_no_error (self->error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  BenkMockCounts counts;

  benk_link_close (self->link);
  benk_usb_watch_stop (self->base.watch);
  while (benk_usb_watch_is_busy (self->base.watch))
    g_main_context_iteration (NULL, TRUE);
  counts = benk_mock_device_count (self->mock);
  g_assert_cmpuint (counts.n_resets, ==, 0);
  g_assert_cmpuint (counts.n_pending, ==, 0);

  benk_wait_idle ();
  g_assert_finalize_object (self->link);
  g_ptr_array_set_size (self->base.arrived, 0);
  g_ptr_array_set_size (self->base.left, 0);
  g_assert_finalize_object (self->device);
  benk_usb_fixture_tear_down (&self->base, NULL);
  g_ptr_array_unref (self->received);
  g_array_unref (self->tapped);
  g_clear_error (&self->down);
  g_clear_error (&self->error);
}

/* An APDU of @length octets in all. */
static GBytes *
make_apdu (gsize length)
{
  guint8 *data = g_malloc (length);

  g_assert_cmpuint (length, >=, 4);
  memset (data, 0x5A, length);
  data[0] = 0xE7;
  data[1] = 0x00;
  data[2] = (guint8) ((length - 4) >> 8);
  data[3] = (guint8) (length - 4);
  return g_bytes_new_take (data, length);
}

static void
device_sends (Fixture *self, GBytes *bytes, gboolean zlp)
{
  benk_mock_device_send (self->mock, g_bytes_get_data (bytes, NULL),
                         g_bytes_get_size (bytes), zlp);
}

static void
assert_received (Fixture *self, guint at, GBytes *wanted)
{
  benk_wait_for_count (&self->received->len, at + 1);
  g_assert_true (g_bytes_equal (g_ptr_array_index (self->received, at), wanted));
}

static void
send_and_wait (Fixture *self, GBytes *apdu)
{
  guint before = self->n_ended;

  benk_link_send_async (self->link, apdu, NULL, on_sent, self);
  benk_wait_for_count (&self->n_ended, before + 1);
}

static void
assert_down (Fixture *self, BenkError code)
{
  benk_wait_for_count (&self->n_down, 1);
  g_assert_error (self->down, BENK_ERROR, (int) code);
  while (benk_usb_watch_is_busy (self->base.watch))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_down, ==, 1);
}

static void
test_describes_itself (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (benk_link_get_kind (self->link), ==, BENK_LINK_KIND_SIMULATED);
  g_assert_cmpstr (benk_link_get_usb_serial (self->link), ==, "SIM-0001");
  g_assert_true (g_str_has_prefix (benk_link_get_description (self->link), "USB 1-"));
}

/* Lengths around whole packets; the multiples of 64 need a ZLP out. */
static const gsize lengths[] = { 4,    5,     62,    63,    64,    65,           128,
                                 1024, 16383, 16384, 16385, 32768, BENK_APDU_MAX };

static void
test_echo_of_every_length (Fixture *self, gconstpointer data)
{
  guint n_multiples = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) apdu = make_apdu (lengths[i]);

      send_and_wait (self, apdu);
      g_assert_no_error (self->error);
      assert_received (self, i, apdu);
      n_multiples += lengths[i] % 64 == 0;
      g_assert_cmpuint (benk_mock_device_count (self->mock).n_zlp_out, ==, n_multiples);
    }
  g_assert_cmpuint (self->received->len, ==, G_N_ELEMENTS (lengths));
  g_assert_cmpuint (self->n_down, ==, 0);
}

/* Some devices end a transfer of whole packets with a zero-length packet, some do not. */
static void
test_in_with_and_without_zlp (Fixture *self, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (int zlp = 0; zlp <= 1; zlp++)
      {
        g_autoptr (GBytes) apdu = make_apdu (lengths[i]);
        g_autoptr (GBytes) next = make_apdu (10);

        device_sends (self, apdu, zlp);
        assert_received (self, n++, apdu);
        device_sends (self, next, FALSE);
        assert_received (self, n++, next);
      }
  g_assert_cmpuint (self->n_down, ==, 0);
}

static void
test_zlp_alone_is_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (20);

  for (guint i = 0; i < 5; i++)
    benk_mock_device_send (self->mock, NULL, 0, TRUE);
  device_sends (self, apdu, FALSE);
  assert_received (self, 0, apdu);
  g_assert_cmpuint (self->received->len, ==, 1);
}

static void
test_cut_by_length_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (30);
  const guint8 *octets = g_bytes_get_data (apdu, NULL);
  guint8 two[60];

  memcpy (two, octets, 30);
  memcpy (two + 30, octets, 30);
  benk_mock_device_send (self->mock, two, sizeof two, FALSE);
  assert_received (self, 0, apdu);
  assert_received (self, 1, apdu);

  for (guint i = 0; i < 30; i++)
    benk_mock_device_send (self->mock, octets + i, 1, FALSE);
  assert_received (self, 2, apdu);
}

static void
test_preamble_is_skipped (Fixture *self, gconstpointer data)
{
  static const char preamble[] = "PhdcQoSSignature\x01\x01\x08\x02zz";
  g_autoptr (GBytes) apdu = make_apdu (30);

  benk_mock_device_send (self->mock, preamble, sizeof preamble - 1, FALSE);
  device_sends (self, apdu, FALSE);
  assert_received (self, 0, apdu);
  g_assert_cmpuint (self->received->len, ==, 1);
}

static void
test_leftovers_are_dropped (Fixture *self, gconstpointer data)
{
  static const guint8 rest[] = { 0x00, 0x12, 0x34, 0x56 };
  g_autoptr (GBytes) apdu = make_apdu (30);

  benk_mock_device_send (self->mock, rest, sizeof rest, FALSE);
  device_sends (self, apdu, FALSE);
  assert_received (self, 0, apdu);

  benk_mock_device_send (self->mock, rest, sizeof rest, FALSE);
  assert_down (self, BENK_ERROR_PROTOCOL);
}

static void
test_babble_of_leftovers_ends (Fixture *self, gconstpointer data)
{
  static const guint8 rest[] = { 0xFF };

  for (guint i = 0; i < 40 && self->n_down == 0; i++)
    benk_mock_device_send (self->mock, rest, sizeof rest, FALSE);
  assert_down (self, BENK_ERROR_PROTOCOL);
}

static void
test_absurd_length (Fixture *self, gconstpointer data)
{
  static const guint8 absurd[] = { 0xE7, 0x00, 0xFF, 0xFF, 0x00 };

  benk_mock_device_send (self->mock, absurd, sizeof absurd, FALSE);
  assert_down (self, BENK_ERROR_PROTOCOL);
}

static void
test_stall_in (Fixture *self, gconstpointer data)
{
  benk_mock_device_stall_in (self->mock);
  assert_down (self, BENK_ERROR_PROTOCOL);
  g_assert_cmpuint (benk_mock_device_count (self->mock).n_clear_halts, ==, 2);
  g_assert_cmpuint (benk_mock_device_count (self->mock).n_releases, ==, 1);
}

static void
test_stall_out (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (30);

  benk_mock_device_stall_out (self->mock);
  send_and_wait (self, apdu);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_PROTOCOL);
  assert_down (self, BENK_ERROR_PROTOCOL);
  g_assert_cmpuint (benk_mock_device_count (self->mock).n_clear_halts, ==, 2);
}

static void
test_overflow (Fixture *self, gconstpointer data)
{
  benk_mock_device_babble (self->mock);
  assert_down (self, BENK_ERROR_PROTOCOL);
}

static void
test_unplug_while_waiting (Fixture *self, gconstpointer data)
{
  benk_mock_device_unplug (self->mock);
  assert_down (self, BENK_ERROR_DISCONNECTED);
  benk_wait_for_count (&self->base.left->len, 1);
}

/* Half of the answer came, and what is sent stays in the pipe. */
static void
test_unplug_in_a_transfer (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (200);
  g_autoptr (GBytes) second = make_apdu (20);

  benk_mock_device_hold_out (self->mock, TRUE);
  benk_mock_device_send (self->mock, g_bytes_get_data (apdu, NULL), 64, FALSE);
  benk_link_send_async (self->link, apdu, NULL, on_sent, self);
  benk_link_send_async (self->link, second, NULL, on_sent, self);
  benk_wait_idle ();
  benk_mock_device_unplug (self->mock);

  assert_down (self, BENK_ERROR_DISCONNECTED);
  benk_wait_for_count (&self->n_ended, 3);
  g_assert_cmpuint (self->n_failed, ==, 2);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_cmpuint (self->received->len, ==, 0);
}

static void
test_second_claim_is_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkLink) second = make_link (self);

  open_link (self, second);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_BUSY);
  g_assert_cmpuint (benk_mock_device_count (self->mock).n_claims, ==, 1);
}

static void
test_reopen_waits_for_the_release (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (30);

  benk_link_close (self->link);
  g_object_unref (self->link);
  self->link = make_link (self);
  open_link (self, self->link);
  g_assert_no_error (self->error);
  send_and_wait (self, apdu);
  assert_received (self, 0, apdu);
  g_assert_cmpuint (self->n_down, ==, 0);
}

static void
test_closed_says_nothing_more (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (30);

  self->close_on_receive = TRUE;
  device_sends (self, apdu, FALSE);
  device_sends (self, apdu, FALSE);
  assert_received (self, 0, apdu);
  send_and_wait (self, apdu);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  benk_wait_idle ();
  g_assert_cmpuint (self->received->len, ==, 1);
  g_assert_cmpuint (self->n_down, ==, 0);
}

static void
test_close_while_sending (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) apdu = make_apdu (30);

  benk_mock_device_hold_out (self->mock, TRUE);
  benk_link_send_async (self->link, apdu, NULL, on_sent, self);
  benk_link_send_async (self->link, apdu, NULL, on_sent, self);
  benk_link_close (self->link);
  benk_wait_for_count (&self->n_ended, 3);
  g_assert_cmpuint (self->n_failed, ==, 2);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
}

static void
test_writes_keep_their_order (Fixture *self, gconstpointer data)
{
  enum
  {
    MANY = 40
  };

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GBytes) apdu = make_apdu (10 + i);

      benk_link_send_async (self->link, apdu, NULL, on_sent, self);
    }
  benk_wait_for_count (&self->received->len, MANY);
  for (guint i = 0; i < MANY; i++)
    g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (self->received, i)), ==,
                      10 + i);
}

static void
test_tap_sees_both_ways (Fixture *self, gconstpointer data)
{
  static const BenkLinkMoment expected[] = { BENK_LINK_OPENING, BENK_LINK_OPENED,
                                             BENK_LINK_SENDING, BENK_LINK_RECEIVED,
                                             BENK_LINK_CLOSED };
  g_autoptr (GBytes) apdu = make_apdu (30);

  send_and_wait (self, apdu);
  assert_received (self, 0, apdu);
  benk_link_close (self->link);
  g_assert_cmpuint (self->tapped->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < self->tapped->len; i++)
    g_assert_cmpint (g_array_index (self->tapped, BenkLinkMoment, i), ==, expected[i]);
}

static void
test_a_network_is_no_cable (Fixture *self, gconstpointer data)
{
  g_assert_false (benk_usb_host_is_made_up (1));
  benk_mock_bus_make_up (self->base.bus);
  g_assert_true (benk_usb_host_is_made_up (1));
  g_assert_false (benk_usb_host_is_made_up (2));
  g_assert_true (benk_usb_device_is_simulated (self->device));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/usb/link/describes-itself", test_describes_itself);
  add ("/usb/link/echo-of-every-length", test_echo_of_every_length);
  add ("/usb/link/reads-with-and-without-zlp", test_in_with_and_without_zlp);
  add ("/usb/link/zlp-alone-is-nothing", test_zlp_alone_is_nothing);
  add ("/usb/link/cuts-by-length-alone", test_cut_by_length_alone);
  add ("/usb/link/skips-the-preamble", test_preamble_is_skipped);
  add ("/usb/link/drops-leftovers-once", test_leftovers_are_dropped);
  add ("/usb/link/endless-leftovers-take-it-down", test_babble_of_leftovers_ends);
  add ("/usb/link/absurd-length-takes-it-down", test_absurd_length);
  add ("/usb/link/stall-in-clears-halts", test_stall_in);
  add ("/usb/link/stall-out-clears-halts", test_stall_out);
  add ("/usb/link/overflow-takes-it-down", test_overflow);
  add ("/usb/link/unplug-while-waiting", test_unplug_while_waiting);
  add ("/usb/link/unplug-in-a-transfer", test_unplug_in_a_transfer);
  add ("/usb/link/second-claim-is-busy", test_second_claim_is_busy);
  add ("/usb/link/reopen-waits-for-the-release", test_reopen_waits_for_the_release);
  add ("/usb/link/closed-says-nothing-more", test_closed_says_nothing_more);
  add ("/usb/link/close-while-sending", test_close_while_sending);
  add ("/usb/link/writes-keep-their-order", test_writes_keep_their_order);
  add ("/usb/link/a-network-is-no-cable", test_a_network_is_no_cable);
  add ("/usb/link/tap-sees-both-ways", test_tap_sees_both_ways);

  return g_test_run ();
}
