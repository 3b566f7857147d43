/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-virtual-memory.h"
#include "benk-virtual-usb.h"
#include "benk-virtual-used.h"

#include <string.h>

#define ROUNDS 4000

/* One of every request that a dispenser knows, as octets. */
static GPtrArray *
make_requests (void)
{
  static const guint8 raw[][40] = {
    { 26, 0, 0xf2, 0x00, 0, 1, 0, 1, 0, 0, 0, 84, 1, 2, 3, 4, 255, 255, 255, 255 },
    { 26, 0, 0xf2, 0x00, 0, 1, 0, 2 },
    { 22, 0, 0xf2, 0x01, 0, 0xa1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4 },
    { 18, 0, 0xf2, 0x02, 0, 0xa1, 3, 0xd0, 0, 0, 0, 0 },
    { 18, 0, 0xf2, 0x03, 0, 0xa1, 0, 0, 1, 2, 3, 4 },
    { 14, 0, 0xf2, 0x04, 0, 0xa1, 0, 0 },
    { 26, 0, 0xf2, 0x05, 0, 0, 0, 9, 0, 1, 0, 8, 0, 1, 0, 0, 1, 2, 3, 4 },
    { 22, 0, 0xf2, 0x10, 0, 1, 0xff, 0, 0, 0, 0, 0, 1, 2, 3, 4 },
    { 18, 0, 0xf2, 0x11, 1, 2, 3, 4, 0xff, 0, 0, 0 },
    { 14, 0, 0xf2, 0x20, 0xf8, 0, 0, 0 },
    { 16, 0, 0xf2, 0x30, 0xf1, 0x07, 0, 2, 0, 30 },
    { 22, 0, 0x0c, 0x17, 0x20, 0x26, 0x11, 0x21, 9, 0x30, 0, 0, 0, 0, 0, 0 },
    { 16, 16, 0x0c, 0x0d, 0, 1, 0, 2, 0, 0 },
    { 12, 16, 0x0c, 0x1c, 0, 1 },
    { 16, 16, 0x0c, 0x0c, 0, 1, 0, 2, 0, 0 },
  };
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const guint16 ids[] = { 0x0984, 0xf101 };

  for (guint i = 0; i < G_N_ELEMENTS (raw); i++)
    {
      g_autoptr (GBytes) info = g_bytes_new (raw[i] + 4, raw[i][0] - 10u);
      g_autoptr (BenkApdu) apdu =
        benk_apdu_new_action ((guint16) i, raw[i][1],
                              (guint16) (raw[i][2] << 8 | raw[i][3]), info);

      g_ptr_array_add (requests, benk_apdu_compose (apdu));
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) two = g_bytes_new_static ("\0\2", 2);
      g_autoptr (BenkApdu) apdu = i == 0
                                    ? benk_apdu_new_get (1, 0, ids, G_N_ELEMENTS (ids))
                                    : benk_apdu_new_set (2, 0, BENK_EXT_ATTR_MODE, two);

      g_ptr_array_add (requests, benk_apdu_compose (apdu));
    }

  return requests;
}

/* Some changed octets, sometimes cut or made longer. */
static GBytes *
mutate (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize size = length;
  guint8 octets[128] = { 0 };
  gint changes = g_test_rand_int_range (0, 4);

  memcpy (octets, data, length);
  for (gint i = 0; i < changes; i++)
    octets[g_test_rand_int_range (0, (gint) length)] =
      (guint8) g_test_rand_int_range (0, 256);
  if (g_test_rand_int_range (0, 8) == 0)
    size = (gsize) g_test_rand_int_range (0, 80);

  return g_bytes_new (octets, size);
}

/* Whatever comes, the dispenser goes on, and what it holds is one whole plan. */
static void
test_agent (void)
{
  g_autoptr (GPtrArray) requests = make_requests ();
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_OK);
  for (guint i = 0; i < ROUNDS; i++)
    {
      guint which = (guint) g_test_rand_int_range (0, (gint) requests->len);
      g_autoptr (GBytes) octets = mutate (g_ptr_array_index (requests, which));
      guint32 set_id;

      if (!benk_virtual_dispenser_get_attached (host->dispenser))
        test_host_advance (host, 500);
      g_queue_clear_full (&host->received, (GDestroyNotify) g_bytes_unref);
      benk_virtual_dispenser_deliver (host->dispenser, octets);
      if (i % 8 == 0)
        {
          benk_virtual_dispenser_disconnect_host (host->dispenser);
          test_host_advance (host, 1500);
          test_host_associate (host);
        }
      set_id = benk_virtual_dispenser_get_memory (host->dispenser)->set_id;
      g_assert_true (set_id == 4 || set_id == 0);
      g_assert_cmpuint (test_whole_plan (
                          benk_virtual_dispenser_get_memory (host->dispenser)),
                        ==, set_id);
    }
}

/* State files with any octets under a right checksum. */
static void
test_state_file (void)
{
  g_autoptr (BenkAgentMemory) memory =
    benk_virtual_memory_new ("medido", NULL, TEST_NOW_MS, NULL);
  g_autofree char *text = NULL;
  gsize length;
  guint n_read = 0;

  benk_virtual_memory_fill_used (memory, TEST_NOW_MS);
  text = benk_virtual_memory_to_text (memory);
  length = (gsize) (g_strrstr (text, "\n[end]\n") - text);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *changed = g_strndup (text, length);
      g_autofree char *sealed = NULL;
      g_autoptr (BenkAgentMemory) found = NULL;

      for (gint n = g_test_rand_int_range (1, 4); n > 0; n--)
        changed[g_test_rand_int_range (0, (gint) length)] =
          (char) g_test_rand_int_range (9, 127);
      sealed = g_strdup_printf ("%s\n[end]\ncrc32=%08x\n", changed,
                                benk_crc32 ((const guint8 *) changed, length));
      found = benk_virtual_memory_from_text (sealed, strlen (sealed), NULL);
      if (found != NULL)
        {
          g_autofree char *again = benk_virtual_memory_to_text (found);

          n_read++;
          g_assert_nonnull (again);
        }
    }
  g_test_message ("%u of %u still read", n_read, ROUNDS);
}

/* Setup packets and endpoints of every kind. */
static void
test_usb (void)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (TEST_NOW_MS);
  g_autoptr (BenkVirtualDispenser) dispenser =
    benk_virtual_dispenser_new ("pilly-sms", NULL, BENK_CLOCK (clock), NULL, NULL);
  g_autoptr (BenkVirtualUsb) usb = benk_virtual_usb_new (dispenser);

  benk_virtual_dispenser_plug (dispenser);
  for (guint i = 0; i < ROUNDS; i++)
    {
      static const guint8 types[] = { 0x00, 0x01, 0x02, 0x21, 0x80, 0x81, 0x82, 0xa1 };
      guint8 octets[80];
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GBytes) packet = NULL;

      for (guint n = 0; n < sizeof octets; n++)
        octets[n] = (guint8) g_test_rand_int_range (0, n < 8 ? 12 : 256);
      octets[0] = types[g_test_rand_int_range (0, G_N_ELEMENTS (types))];
      octets[4] = g_test_rand_int_range (0, 2) ? octets[4] : BENK_VIRTUAL_USB_IN;
      benk_virtual_usb_control (usb, octets, &answer);
      benk_virtual_usb_out (usb, i % 3 ? BENK_VIRTUAL_USB_OUT : octets[9], octets + 8,
                            (gsize) g_test_rand_int_range (0, 66));
      benk_virtual_usb_in (usb, i % 3 ? BENK_VIRTUAL_USB_IN : octets[9], &packet);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/fuzz/changed-requests-leave-one-plan", test_agent);
  g_test_add_func ("/virtual/fuzz/changed-state-files", test_state_file);
  g_test_add_func ("/virtual/fuzz/changed-packets", test_usb);

  return g_test_run ();
}
