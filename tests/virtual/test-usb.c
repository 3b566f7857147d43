/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-ext-table.h"
#include "benk-virtual-usb.h"

#include <string.h>

/* A dispenser of its own, seen as packets. */
typedef struct
{
  BenkFakeClock *clock;
  BenkVirtualDispenser *dispenser;
  BenkVirtualUsb *usb;
  guint n_left;
  guint n_arrived;
} Fixture;

static void
count (gpointer object, guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = benk_fake_clock_new (TEST_NOW_MS);
  self->dispenser =
    benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (self->clock), NULL, NULL);
  self->usb = benk_virtual_usb_new (self->dispenser);
  g_signal_connect (self->usb, "left", G_CALLBACK (count), &self->n_left);
  g_signal_connect (self->usb, "arrived", G_CALLBACK (count), &self->n_arrived);
  benk_virtual_dispenser_plug (self->dispenser);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->usb);
  g_assert_finalize_object (self->dispenser);
  g_assert_finalize_object (self->clock);
}

static BenkVirtualUsbStatus
control (Fixture *self, const char *setup, GBytes **answer)
{
  g_autoptr (GBytes) ignored = NULL;

  return benk_virtual_usb_control (self->usb, (const guint8 *) setup,
                                   answer != NULL ? answer : &ignored);
}

static BenkVirtualUsbStatus
configure (Fixture *self)
{
  return control (self, "\x00\x09\x01\x00\x00\x00\x00\x00", NULL);
}

/* One whole transfer from the device; NULL when there is none. */
static BenkApdu *
read_apdu (Fixture *self)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (benk_virtual_usb_read (self->usb, BENK_VIRTUAL_USB_IN, octets, 16384) !=
      BENK_VIRTUAL_USB_OK)
    return NULL;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&octets));

  return benk_apdu_parse (bytes, NULL);
}

static BenkVirtualUsbStatus
write_apdu (Fixture *self, BenkApdu *apdu)
{
  g_autoptr (GBytes) octets = benk_apdu_compose (apdu);

  benk_apdu_free (apdu);

  return benk_virtual_usb_write (self->usb, BENK_VIRTUAL_USB_OUT,
                                 g_bytes_get_data (octets, NULL),
                                 g_bytes_get_size (octets), TRUE);
}

static void
associate (Fixture *self)
{
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = read_apdu (self);

  g_assert_nonnull (aarq);
  g_assert_cmphex (aarq->tag, ==, BENK_APDU_AARQ);
  g_assert_cmpint (write_apdu (self, benk_apdu_new_aare (0, &info)), ==,
                   BENK_VIRTUAL_USB_OK);
}

static gboolean
answers (Fixture *self)
{
  g_autoptr (BenkApdu) answer = NULL;

  if (write_apdu (self, benk_apdu_new_get (1, 0, NULL, 0)) != BENK_VIRTUAL_USB_OK)
    return FALSE;
  answer = read_apdu (self);

  return answer != NULL && answer->choice == BENK_CHOICE_GET_RESPONSE;
}

static void
advance (Fixture *self, gint64 ms)
{
  benk_fake_clock_advance (self->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_descriptors (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) device = NULL;
  g_autoptr (GBytes) config = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GBytes) serial = NULL;
  const guint8 *octets;
  gsize length;
  gsize at;
  guint n_seen[256] = { 0 };

  g_assert_cmpint (control (self, "\x80\x06\x00\x01\x00\x00\x12\x00", &device), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (device), ==, 18);
  g_assert_cmpint (control (self, "\x80\x06\x00\x02\x00\x00\x09\x00", &part), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (part), ==, 9);
  g_assert_cmpint (control (self, "\x80\x06\x00\x02\x00\x00\xff\x00", &config), ==, 0);
  octets = g_bytes_get_data (config, &length);
  g_assert_cmpuint (octets[2] | octets[3] << 8, ==, length);
  for (at = 0; at < length; at += octets[at])
    {
      g_assert_cmpuint (octets[at], >=, 2);
      g_assert_cmpuint (at + octets[at], <=, length);
      n_seen[octets[at + 1]]++;
    }
  g_assert_cmpuint (at, ==, length);
  g_assert_cmpuint (n_seen[4], ==, 1);
  g_assert_cmpuint (n_seen[5], ==, 2);
  g_assert_cmpuint (n_seen[0x20], ==, 1);
  g_assert_cmpuint (n_seen[0x30], ==, 1);
  g_assert_cmpuint (n_seen[0x21], ==, 2);
  g_assert_cmpint (control (self, "\x80\x06\x03\x03\x09\x04\xff\x00", &serial), ==, 0);
  g_assert_cmpmem (g_bytes_get_data (serial, NULL), 6, "\x14\x03M\0D\0", 6);
}

static void
test_endpoint_zero (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *setup;
    BenkVirtualUsbStatus status;
    gsize length;
  } rows[] = {
    { "\x80\x06\x00\x06\x00\x00\x0a\x00", BENK_VIRTUAL_USB_STALL, 0 }, /* qualifier */
    { "\x80\x06\x01\x02\x00\x00\x0a\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\x80\x06\x09\x03\x09\x04\x0a\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\x80\x08\x00\x00\x00\x00\x01\x00", BENK_VIRTUAL_USB_OK, 1 },
    { "\xa1\x00\x00\x00\x00\x00\x02\x00", BENK_VIRTUAL_USB_STALL,
      0 }, /* not configured */
    { "\x00\x09\x02\x00\x00\x00\x00\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\x00\x09\x01\x00\x00\x00\x00\x00", BENK_VIRTUAL_USB_OK, 0 },
    { "\xa1\x00\x00\x00\x00\x00\x02\x00", BENK_VIRTUAL_USB_OK, 2 },
    { "\xa1\x00\x00\x00\x07\x00\x02\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\x21\x03\x01\x01\x00\x00\x00\x00", BENK_VIRTUAL_USB_STALL, 0 }, /* metadata */
    { "\x82\x00\x00\x00\x81\x00\x02\x00", BENK_VIRTUAL_USB_OK, 2 },
    { "\x82\x00\x00\x00\x83\x00\x02\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\x01\x0b\x00\x00\x00\x00\x00\x00", BENK_VIRTUAL_USB_OK, 0 },
    { "\x01\x0b\x01\x00\x00\x00\x00\x00", BENK_VIRTUAL_USB_STALL, 0 },
    { "\xff\xff\xff\xff\xff\xff\xff\xff", BENK_VIRTUAL_USB_STALL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) answer = NULL;

      g_test_message ("row %u", i);
      g_assert_cmpint (control (self, rows[i].setup, &answer), ==, rows[i].status);
      g_assert_true ((answer != NULL) == (rows[i].status == BENK_VIRTUAL_USB_OK));
      if (answer != NULL)
        g_assert_cmpuint (g_bytes_get_size (answer), ==, rows[i].length);
    }
}

static void
test_whole_talk (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) packet = NULL;

  g_assert_cmpint (benk_virtual_usb_in (self->usb, BENK_VIRTUAL_USB_IN, &packet), ==,
                   BENK_VIRTUAL_USB_STALL);
  configure (self);
  associate (self);
  g_assert_true (answers (self));
  g_assert_cmpint (benk_virtual_usb_in (self->usb, BENK_VIRTUAL_USB_IN, &packet), ==,
                   BENK_VIRTUAL_USB_NAK);
}

/* GET responses of many lengths: a full last packet is followed by
 * one without octets. */
static void
test_zero_length_packets (Fixture *self, gconstpointer data)
{
  guint n_zlp = 0;

  configure (self);
  associate (self);
  for (guint n = 1; n <= 20; n++)
    {
      guint16 ids[20];
      gsize length = 0;
      gsize last = 0;

      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        ids[i] = i < n ? 0x099c : 0x0987;
      write_apdu (self, benk_apdu_new_get ((guint16) n, 0, ids, G_N_ELEMENTS (ids)));
      while (TRUE)
        {
          g_autoptr (GBytes) packet = NULL;

          if (benk_virtual_usb_in (self->usb, BENK_VIRTUAL_USB_IN, &packet) !=
              BENK_VIRTUAL_USB_OK)
            break;
          last = g_bytes_get_size (packet);
          g_assert_cmpuint (last, <=, 64);
          length += last;
        }
      g_assert_cmpuint (last, ==, length % 64);
      n_zlp += last == 0;
    }
  g_assert_cmpuint (n_zlp, >, 0);
}

static void
test_filled_buffer (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  configure (self);
  g_assert_cmpint (benk_virtual_usb_read (self->usb, BENK_VIRTUAL_USB_IN, octets, 20), ==,
                   BENK_VIRTUAL_USB_BABBLE);
  advance (self, 10000);
  g_assert_cmpint (benk_virtual_usb_read (self->usb, BENK_VIRTUAL_USB_IN, octets, 54), ==,
                   BENK_VIRTUAL_USB_OK);
  g_assert_cmpuint (octets->len, ==, 54);
}

static void
test_packet_by_packet (Fixture *self, gconstpointer data)
{
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aare = benk_apdu_new_aare (0, &info);
  g_autoptr (GBytes) octets = benk_apdu_compose (aare);
  g_autoptr (BenkApdu) aarq = NULL;
  guint8 get[128] = { 0xe7, 0, 0, 124 };

  configure (self);
  aarq = read_apdu (self);
  benk_virtual_usb_hold_out (self->usb, TRUE);
  g_assert_cmpint (benk_virtual_usb_out (self->usb, BENK_VIRTUAL_USB_OUT, get, 64), ==,
                   BENK_VIRTUAL_USB_NAK);
  benk_virtual_usb_hold_out (self->usb, FALSE);
  benk_virtual_usb_write (self->usb, BENK_VIRTUAL_USB_OUT,
                          g_bytes_get_data (octets, NULL), g_bytes_get_size (octets),
                          FALSE);
  /* 128 octets in two packets: more than it receives, so it aborts; the packet without
   * octets that follows is nothing. */
  for (guint i = 0; i < 2; i++)
    benk_virtual_usb_out (self->usb, BENK_VIRTUAL_USB_OUT, get + 64 * i, 64);
  g_clear_pointer (&aarq, benk_apdu_free);
  aarq = read_apdu (self);
  g_assert_cmphex (aarq->tag, ==, BENK_APDU_ABRT);
  g_assert_cmpint (benk_virtual_usb_out (self->usb, BENK_VIRTUAL_USB_OUT, NULL, 0), ==,
                   BENK_VIRTUAL_USB_OK);
  g_assert_cmpint (benk_virtual_usb_out (self->usb, BENK_VIRTUAL_USB_OUT, get, 65), ==,
                   BENK_VIRTUAL_USB_BABBLE);
  g_assert_cmpint (benk_virtual_usb_out (self->usb, BENK_VIRTUAL_USB_OUT, get, 64), ==,
                   BENK_VIRTUAL_USB_STALL);
}

static void
test_association_is_offered_again (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkApdu) rlre = NULL;

  configure (self);
  advance (self, 10000);
  advance (self, 10000);
  associate (self);
  g_assert_null (read_apdu (self));
  g_assert_true (answers (self));
  write_apdu (self, benk_apdu_new_reason (BENK_APDU_RLRQ, 0));
  rlre = read_apdu (self);
  g_assert_cmphex (rlre->tag, ==, BENK_APDU_RLRE);
  advance (self, 2000);
  associate (self);
  g_assert_true (answers (self));
}

static void
test_stall_is_cleared (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) status = NULL;

  benk_virtual_dispenser_set_fault (self->dispenser, "stall@3", NULL);
  configure (self);
  associate (self);
  g_assert_false (answers (self));
  control (self, "\x82\x00\x00\x00\x81\x00\x02\x00", &status);
  g_assert_cmpmem (g_bytes_get_data (status, NULL), 2, "\1\0", 2);
  control (self, "\x02\x01\x00\x00\x81\x00\x00\x00", NULL);
  control (self, "\x02\x01\x00\x00\x02\x00\x00\x00", NULL);
  associate (self);
  g_assert_true (answers (self));
}

/* What one read gives; the first four octets tell what arrived. */
static BenkVirtualUsbStatus
read_octets (Fixture *self, gsize *length, guint8 *first)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  BenkVirtualUsbStatus status =
    benk_virtual_usb_read (self->usb, BENK_VIRTUAL_USB_IN, octets, 16384);

  *length = octets->len;
  *first = octets->len > 0 ? octets->data[0] : 0;
  return status;
}

/* Each fault of the line, as a host controller sees it: the association request is
 * transfer 1, the response 2, the question 3 and its answer 4. */
static void
test_line_faults (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *fault;
    BenkVirtualUsbStatus offer;
    gsize length;
    guint8 first;
    BenkVirtualUsbStatus answer;
    gboolean leaves;
  } rows[] = {
    { "silent@1", BENK_VIRTUAL_USB_NAK, 0, 0, BENK_VIRTUAL_USB_NAK, FALSE },
    { "silent@4", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_NAK, FALSE },
    { "short@1", BENK_VIRTUAL_USB_OK, 27, 0xe2, BENK_VIRTUAL_USB_OK, FALSE },
    { "odd@1", BENK_VIRTUAL_USB_OK, 53, 0xe2, BENK_VIRTUAL_USB_OK, FALSE },
    { "garbage@1", BENK_VIRTUAL_USB_OK, 54, 0x5a, BENK_VIRTUAL_USB_OK, FALSE },
    { "stall@1", BENK_VIRTUAL_USB_STALL, 0, 0, BENK_VIRTUAL_USB_STALL, FALSE },
    { "stall@4", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_STALL, FALSE },
    { "disconnect@1", BENK_VIRTUAL_USB_GONE, 0, 0, BENK_VIRTUAL_USB_GONE, TRUE },
    { "disconnect@3", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_GONE, TRUE },
    { "disconnect-after@3", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_GONE, TRUE },
    { "disconnect-after@4", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_OK, TRUE },
    { "wrong-serial@3", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_GONE, TRUE },
    { "slow:9", BENK_VIRTUAL_USB_NAK, 0, 0, BENK_VIRTUAL_USB_NAK, FALSE },
    { "slow@2", BENK_VIRTUAL_USB_OK, 54, 0xe2, BENK_VIRTUAL_USB_NAK, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
      gsize length;
      guint8 first;

      g_test_message ("%s", rows[i].fault);
      benk_virtual_dispenser_set_fault (self->dispenser, rows[i].fault, NULL);
      configure (self);
      g_assert_cmpint (read_octets (self, &length, &first), ==, rows[i].offer);
      g_assert_cmpuint (length, ==, rows[i].length);
      g_assert_cmphex (first, ==, rows[i].first);
      write_apdu (self, benk_apdu_new_aare (0, &info));
      write_apdu (self, benk_apdu_new_get (1, 0, NULL, 0));
      g_assert_cmpint (read_octets (self, &length, &first), ==, rows[i].answer);
      g_assert_true (benk_virtual_dispenser_get_attached (self->dispenser) !=
                     rows[i].leaves);
      benk_virtual_dispenser_unplug (self->dispenser);
      benk_virtual_dispenser_plug (self->dispenser);
    }
}

static gboolean
get_number (Fixture *self, guint16 attr, const char *value, gsize length)
{
  g_autoptr (BenkApdu) answer = NULL;
  GBytes *octets;

  write_apdu (self, benk_apdu_new_get (1, 0, &attr, 1));
  answer = read_apdu (self);
  octets = answer != NULL ? benk_attrs_find (answer->attrs, attr) : NULL;
  return octets != NULL && g_bytes_get_size (octets) == length &&
         memcmp (g_bytes_get_data (octets, NULL), value, length) == 0;
}

static guint16
begin_table (Fixture *self)
{
  g_auto (BenkExtMessage) begin = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };
  g_autoptr (GBytes) info = NULL;
  g_autoptr (BenkApdu) apdu = NULL;
  g_autoptr (GBytes) mode = g_bytes_new_static ("\0\2", 2);

  write_apdu (self, benk_apdu_new_set (1, 0, BENK_EXT_ATTR_MODE, mode));
  benk_apdu_free (read_apdu (self));
  benk_ext_message_init (&begin, BENK_EXT_BEGIN_REQUEST);
  begin.table_id = BENK_TABLE_SCHEDULE;
  begin.direction = BENK_EXT_WRITE;
  begin.total = 6;
  begin.rev = BENK_EXT_REV_ANY;
  info = benk_ext_message_compose (&begin);
  write_apdu (self, benk_apdu_new_action (1, 0, BENK_EXT_ACT_BEGIN, info));
  apdu = read_apdu (self);
  g_assert_nonnull (apdu);
  benk_ext_message_parse (&answer, BENK_EXT_BEGIN_RESPONSE, apdu->info, NULL);
  return answer.result;
}

/* Those that lie in the dispenser look the same through packets. */
static void
test_dispenser_faults (Fixture *self, gconstpointer data)
{
  const char *faults[] = { "low-battery", "wrong-config", "full", "lid-open",
                           "wrong-serial" };
  g_autoptr (GBytes) serial = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      benk_virtual_dispenser_set_fault (self->dispenser, faults[i], NULL);
      benk_virtual_dispenser_unplug (self->dispenser);
      benk_virtual_dispenser_plug (self->dispenser);
      configure (self);
      associate (self);
      g_assert_true (get_number (self, 0x099c, i == 0 ? "\0\11" : "\0\127", 2));
      g_assert_true (get_number (self, 0x0a5a,
                                 i == 1 ? "\0\1\0\4\20\10\0\1" : "\0\1\0\4\20\110\0\1",
                                 8));
      g_assert_cmpuint (begin_table (self), ==,
                        i == 2   ? BENK_EXT_NO_SPACE
                        : i == 3 ? BENK_EXT_INTERLOCK
                                 : BENK_EXT_OK);
    }
  serial = benk_virtual_usb_get_string (self->usb, 3);
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (serial, NULL) + 20, 2, "X\0", 2);
}

static void
test_leaves_and_arrives (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) packet = NULL;

  configure (self);
  associate (self);
  benk_virtual_dispenser_unplug (self->dispenser);
  g_assert_cmpuint (self->n_left, ==, 1);
  g_assert_cmpint (configure (self), ==, BENK_VIRTUAL_USB_GONE);
  g_assert_cmpint (benk_virtual_usb_in (self->usb, BENK_VIRTUAL_USB_IN, &packet), ==,
                   BENK_VIRTUAL_USB_GONE);
  g_assert_false (answers (self));
  benk_virtual_dispenser_plug (self->dispenser);
  g_assert_cmpuint (self->n_arrived, ==, 2);
  g_assert_false (answers (self));
  configure (self);
  associate (self);
  g_assert_true (answers (self));
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/virtual/usb/descriptors-are-a-whole-chain", test_descriptors);
  add ("/virtual/usb/endpoint-zero", test_endpoint_zero);
  add ("/virtual/usb/a-whole-talk", test_whole_talk);
  add ("/virtual/usb/zero-length-packets", test_zero_length_packets);
  add ("/virtual/usb/filled-and-small-buffers", test_filled_buffer);
  add ("/virtual/usb/out-packet-by-packet", test_packet_by_packet);
  add ("/virtual/usb/association-is-offered-again", test_association_is_offered_again);
  add ("/virtual/usb/stall-until-cleared", test_stall_is_cleared);
  add ("/virtual/usb/faults-of-the-line", test_line_faults);
  add ("/virtual/usb/faults-of-the-dispenser", test_dispenser_faults);
  add ("/virtual/usb/leaves-and-arrives", test_leaves_and_arrives);

  return g_test_run ();
}
