/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-apdu.h"
#include "benk-error.h"
#include "benk-ext-table.h"
#include "benk-ext.h"
#include "benk-manager.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-pm.h"

#include <string.h>

#define ROUNDS 3000

static const struct
{
  const char *name;
  const char *hex;
} absurd[] = {
  { "nothing", "" },
  { "one octet", "e7" },
  { "no length", "e7 00 00" },
  { "longer than it is", "e7 00 ff ff 00 00" },
  { "shorter than it is", "e4 00 00 02 00 00 00" },
  { "no known kind", "e1 00 00 00" },
  { "kind with a low octet", "e7 01 00 00" },
  { "empty presentation", "e7 00 00 00" },
  { "octet string runs out", "e7 00 00 02 ff ff" },
  { "octet string too short", "e7 00 00 04 00 01 00 00" },
  { "service runs out", "e7 00 00 08 00 06 00 01 01 03 ff ff" },
  { "octets after the service", "e7 00 00 0a 00 08 00 01 04 00 00 00 00 00" },
  { "list count 65535", "e7 00 00 0e 00 0c 00 01 01 03 00 06 00 00 ff ff 00 00" },
  { "list length 65535", "e7 00 00 0e 00 0c 00 01 01 03 00 06 00 00 00 01 ff ff" },
  { "octets in an empty list",
    "e7 00 00 10 00 0e 00 01 01 03 00 08 00 00 00 00 00 02 09 84" },
  { "attribute runs out",
    "e7 00 00 12 00 10 00 01 02 03 00 0a 00 00 00 01 00 04 09 84 ff ff" },
  { "attributes count too few",
    "e7 00 00 16 00 14 00 01 02 03 00 0e 00 00 00 01 00 08 09 84 00 00 09 85 00 00" },
  { "event info runs out",
    "e7 00 00 12 00 10 00 01 01 01 00 0a 00 00 00 00 00 00 0d 1d ff ff" },
  { "error parameter runs out", "e7 00 00 0c 00 0a 00 01 03 00 00 04 00 18 ff ff" },
  { "association without protocols", "e2 00 00 08 80 00 00 00 00 01 00 00" },
  { "association, protocol runs out", "e2 00 00 0c 80 00 00 00 00 01 00 04 50 79 ff ff" },
  { "association information too short",
    "e2 00 00 0e 80 00 00 00 00 01 00 06 50 79 00 02 80 00" },
  { "release without reason", "e4 00 00 00" },
  { "abort with half a reason", "e6 00 00 01 00" },
};

static void
test_named (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (absurd); i++)
    {
      g_autoptr (GBytes) octets = data_from_hex (absurd[i].hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, &error);

      if (apdu != NULL)
        g_test_message ("accepted: %s", absurd[i].name);
      g_assert_null (apdu);
      g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
      g_assert_cmpuint (strlen (error->message), >, 6);
    }
}

/* Everything that reads octets, fed with the same ones; nothing may crash or leak. */
static void
feed (GBytes *octets)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, NULL);
  g_autoptr (BenkConfig) config = benk_config_parse (octets, NULL);
  g_autoptr (GPtrArray) fixed = benk_scan_parse (BENK_EVT_SCAN_FIXED, octets, NULL);
  g_autoptr (GPtrArray) var = benk_scan_parse (BENK_EVT_SCAN_MP_VAR, octets, NULL);
  g_autoptr (GArray) segments = benk_pm_segments_parse (octets, NULL);
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  g_auto (BenkPmData) data = { 0 };
  g_auto (BenkMds) mds = { 0 };
  guint16 number[2];

  benk_pm_data_parse (&data, octets, NULL);
  benk_pm_trig_response_parse (octets, &number[0], &number[1], NULL);
  for (guint kind = 0; kind < BENK_EXT_N_KINDS; kind++)
    {
      g_auto (BenkExtMessage) message = { 0 };

      benk_ext_message_parse (&message, (BenkExtKind) kind, octets, NULL);
    }
  for (guint16 id = 0; id < 7; id++)
    {
      g_autoptr (BenkExtTable) table = benk_ext_table_parse (id, octets, NULL);
    }
  for (guint i = 0; i < 9; i++)
    {
      static const guint16 ids[] = { 0x0928, 0x092d, 0x0955, 0x0984, 0x0987,
                                     0x099c, 0x0a44, 0x0a45, 0x0a5a };

      benk_attrs_add (attrs, ids[i], octets);
    }
  benk_mds_init (&mds);
  benk_mds_update (&mds, attrs);
}

static void
feed_mutations (GBytes *original)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (original, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) shorter = g_bytes_new (data, i);
      g_autoptr (GBytes) tail = g_bytes_new (data + i, size - i);
      g_autoptr (GBytes) changed = NULL;

      copy[i] = (guint8) g_test_rand_int ();
      changed = g_bytes_new (copy, size);
      feed (shorter);
      feed (tail);
      feed (changed);
    }
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) vectors = data_read_vectors ("service-extension-vectors.txt");
  g_autoptr (GPtrArray) sessions = data_read_sessions ("sessions.txt");

  for (guint i = 0; i < vectors->len; i++)
    feed_mutations (((DataRow *) g_ptr_array_index (vectors, i))->bytes);
  for (guint i = 0; i < sessions->len; i += 3)
    feed_mutations (((DataRow *) g_ptr_array_index (sessions, i))->bytes);
}

static GBytes *
random_octets (guint most)
{
  GByteArray *array = g_byte_array_new ();
  guint n = (guint) g_test_rand_int_range (0, (gint32) most);

  for (guint i = 0; i < n; i++)
    {
      guint8 octet = g_test_rand_bit () ? 0 : (guint8) g_test_rand_int ();

      g_byte_array_append (array, &octet, 1);
    }
  return g_byte_array_free_to_bytes (array);
}

static void
test_random (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GBytes) octets = random_octets (200);

      feed (octets);
    }
}

/* A manager that hears changed sessions stays within its states and never gets stuck. */
static void
test_manager (void)
{
  static const guint8 id[8] = { 1 };
  g_autoptr (GPtrArray) rows = data_read_sessions ("sessions.txt");
  g_autoptr (BenkManager) manager = benk_manager_new (id);

  for (guint i = 0; i < ROUNDS; i++)
    {
      const DataRow *row =
        g_ptr_array_index (rows, (guint) g_test_rand_int_range (0, (gint32) rows->len));
      gsize size;
      const guint8 *data = g_bytes_get_data (row->bytes, &size);
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GPtrArray) actions = benk_manager_actions_new ();
      g_autoptr (GBytes) octets = NULL;

      if (g_test_rand_bit ())
        copy[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int ();
      octets = g_bytes_new (copy, size);
      benk_manager_transport_up (manager, actions);
      benk_manager_receive (manager, octets, actions);
      g_assert_cmpint (benk_manager_get_state (manager), <, BENK_MANAGER_N_STATES);
    }
}

/* Every message with random numbers in it reads back as it was written. */
static void
test_extension_round_trip (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      BenkExtKind kind = (BenkExtKind) g_test_rand_int_range (0, BENK_EXT_N_KINDS);
      g_auto (BenkExtMessage) message = { 0 };
      g_auto (BenkExtMessage) parsed = { 0 };
      g_autoptr (GBytes) octets = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;
      guint8 *raw = (guint8 *) &message;

      for (gsize at = 0; at < sizeof message; at++)
        raw[at] = (guint8) g_test_rand_int ();
      message.kind = kind;
      message.n_tables = (guint) g_test_rand_int_range (0, BENK_EXT_MAX_TABLES + 1);
      message.n_rows = (guint) g_test_rand_int_range (0, BENK_EXT_MAX_TESTS + 1);
      message.time = benk_mder_time_from_seconds (g_test_rand_int_range (0, G_MAXINT32));
      message.data = random_octets (300);
      octets = benk_ext_message_compose (&message);
      benk_ext_message_parse (&parsed, kind, octets, &error);
      g_assert_no_error (error);
      again = benk_ext_message_compose (&parsed);
      data_assert_equal (again, octets, benk_ext_kind_get_name (kind));
    }
}

static void
push (BenkApduStream *stream, const char *hex)
{
  g_autoptr (GBytes) octets = data_from_hex (hex);
  gsize size;
  const guint8 *data = g_bytes_get_data (octets, &size);

  benk_apdu_stream_push (stream, data, size);
}

/* Any cutting of a pipe's octets gives the same APDUs. */
static void
test_stream_cuts (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions ("sessions.txt");
  g_autoptr (BenkApduStream) stream = benk_apdu_stream_new ();
  guint next = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gsize size;
      const guint8 *data =
        g_bytes_get_data (((DataRow *) g_ptr_array_index (rows, i))->bytes, &size);

      for (gsize at = 0; at < size;)
        {
          gsize most = (gsize) g_test_rand_int_range (0, 70);
          gsize n = MIN (size - at, most);
          GBytes *apdu;

          benk_apdu_stream_push (stream, data + at, n);
          at += n;
          while ((apdu = benk_apdu_stream_next (stream, NULL)) != NULL)
            {
              data_assert_equal (apdu,
                                 ((DataRow *) g_ptr_array_index (rows, next++))->bytes,
                                 "cut");
              g_bytes_unref (apdu);
            }
        }
    }
  g_assert_cmpuint (next, ==, rows->len);
  g_assert_cmpuint (benk_apdu_stream_pending (stream), ==, 0);
}

static void
test_stream_faults (void)
{
  static const char *const bad[] = { "00", "e1 00 00 00", "e7 01", "e8 00 00 00",
                                     "e7 00 ff ff" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (BenkApduStream) stream = benk_apdu_stream_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) apdu = NULL;

      push (stream, bad[i]);
      g_assert_null (benk_apdu_stream_next (stream, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
      g_assert_cmpuint (benk_apdu_stream_pending (stream), ==, 0);
      push (stream, "e4 00 00 02 00 00");
      apdu = benk_apdu_stream_next (stream, NULL);
      g_assert_nonnull (apdu);
    }
}

/* A preamble that was never asked for is dropped, whatever it carries. */
static void
test_stream_preamble (void)
{
  g_autoptr (BenkApduStream) stream = benk_apdu_stream_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) apdu = NULL;

  benk_apdu_stream_push (stream, (const guint8 *) "PhdcQoSSig", 10);
  g_assert_null (benk_apdu_stream_next (stream, &error));
  g_assert_no_error (error);
  benk_apdu_stream_push (stream, (const guint8 *) "nature\1\1\10\2ab", 12);
  push (stream, "e4 00 00 02 00 00");
  apdu = benk_apdu_stream_next (stream, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (apdu), ==, 6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/absurd/named-apdus-give-clear-errors", test_named);
  g_test_add_func ("/phd/absurd/every-octet-changed-or-missing", test_mutations);
  g_test_add_func ("/phd/absurd/random-octets", test_random);
  g_test_add_func ("/phd/absurd/manager-hears-nonsense", test_manager);
  g_test_add_func ("/phd/absurd/extension-round-trip", test_extension_round_trip);
  g_test_add_func ("/phd/stream/any-cut", test_stream_cuts);
  g_test_add_func ("/phd/stream/faults-empty-it", test_stream_faults);
  g_test_add_func ("/phd/stream/preamble-is-dropped", test_stream_preamble);
  return g_test_run ();
}
