/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-mder.h"

#include <math.h>
#include <string.h>

#define ROUNDS 2000

static const struct
{
  double value;
  guint32 wide;
  guint16 narrow;
} floats[] = {
  { 73.2, 0xff0002dc, 0xf2dc },      { 1, 0x00000001, 0x0001 },
  { 0.5, 0xff000005, 0xf005 },       { 0, 0x00000000, 0x0000 },
  { -1, 0x00ffffff, 0x0fff },        { -0.25, 0xfeffffe7, 0xefe7 },
  { NAN, 0x007fffff, 0x07ff },       { INFINITY, 0x007ffffe, 0x07fe },
  { -INFINITY, 0x00800002, 0x0802 },
};

static void
assert_same (double got, double expected)
{
  g_assert_false (got < expected || got > expected || isnan (got));
}

static void
test_floats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (floats); i++)
    {
      g_assert_cmphex (benk_mder_float_encode (floats[i].value), ==, floats[i].wide);
      g_assert_cmphex (benk_mder_sfloat_encode (floats[i].value), ==, floats[i].narrow);
      if (isnan (floats[i].value))
        {
          g_assert_true (isnan (benk_mder_float_decode (floats[i].wide)));
          g_assert_true (isnan (benk_mder_sfloat_decode (floats[i].narrow)));
        }
      else
        {
          assert_same (benk_mder_float_decode (floats[i].wide), floats[i].value);
          assert_same (benk_mder_sfloat_decode (floats[i].narrow), floats[i].value);
        }
    }
  g_assert_true (isnan (benk_mder_float_decode (0x00800000)));
  g_assert_true (isnan (benk_mder_sfloat_decode (0x0800)));
}

/* Every SFLOAT there is survives decoding and encoding as a value. */
static void
test_every_sfloat (void)
{
  for (guint raw = 0; raw <= 0xffff; raw++)
    {
      double value = benk_mder_sfloat_decode ((guint16) raw);
      double again = benk_mder_sfloat_decode (benk_mder_sfloat_encode (value));

      if (isnan (value))
        g_assert_true (isnan (again));
      else if (isfinite (value) && isfinite (again))
        g_assert_cmpfloat_with_epsilon (again, value, fabs (value) * 2e-3 + 1e-9);
    }
}

static void
test_time (void)
{
  static const guint8 octets[] = { 0x20, 0x26, 0x11, 0x21, 0x09, 0x30, 0x15, 0x00 };
  BenkMderReader reader;
  BenkMderTime time;
  BenkMderWriter writer;
  g_autoptr (GBytes) again = NULL;

  benk_mder_reader_init (&reader, octets, sizeof octets);
  time = benk_mder_read_time (&reader);
  g_assert_true (benk_mder_reader_finish (&reader, "time", NULL));
  g_assert_cmpuint (time.year, ==, 2026);
  g_assert_cmpuint (time.second, ==, 15);
  g_assert_cmpint (benk_mder_time_to_seconds (&time), ==, 1795253415);
  benk_mder_writer_init (&writer);
  benk_mder_write_time (&writer, &time);
  again = benk_mder_writer_end (&writer);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), octets,
                   sizeof octets);
}

static void
test_time_round_trip (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 seconds = (gint64) g_test_rand_int_range (0, G_MAXINT32) * 2;
      BenkMderTime time = benk_mder_time_from_seconds (seconds);

      g_assert_true (benk_mder_time_is_valid (&time));
      g_assert_cmpint (benk_mder_time_to_seconds (&time), ==, seconds);
    }
}

static const struct
{
  const char *name;
  const char *hex;
} bad_times[] = {
  { "not BCD", "2a 26 11 21 09 30 15 00" },
  { "low nibble not BCD", "20 26 1f 21 09 30 15 00" },
  { "all ones", "ff ff ff ff ff ff ff ff" },
  { "too short", "20 26 11 21 09 30 15" },
};

static void
test_bad_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_times); i++)
    {
      g_autoptr (GBytes) octets = data_from_hex (bad_times[i].hex);
      BenkMderReader reader;
      BenkMderTime time;

      benk_mder_reader_init_bytes (&reader, octets);
      time = benk_mder_read_time (&reader);
      g_assert_true (benk_mder_time_is_unset (&time));
      g_assert_false (benk_mder_reader_finish (&reader, "time", NULL));
    }
}

/* Random fields written and read back; the kinds are drawn from the seed. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint8 blob[40];
      guint n = (guint) g_test_rand_int_range (0, 20);
      guint32 numbers[20];
      BenkMderWriter writer;
      BenkMderReader reader;
      BenkMderReader list;
      g_autoptr (GBytes) octets = NULL;
      g_autoptr (GBytes) string = NULL;
      gsize length = (gsize) g_test_rand_int_range (0, sizeof blob);
      gsize mark;
      guint count;

      for (guint i = 0; i < sizeof blob; i++)
        blob[i] = (guint8) g_test_rand_int ();
      benk_mder_writer_init (&writer);
      mark = benk_mder_open_list (&writer, n);
      for (guint i = 0; i < n; i++)
        {
          numbers[i] = (guint32) g_test_rand_int ();
          benk_mder_write_u32 (&writer, numbers[i]);
        }
      benk_mder_close (&writer, mark);
      benk_mder_write_octets (&writer, blob, length);
      octets = benk_mder_writer_end (&writer);

      benk_mder_reader_init_bytes (&reader, octets);
      list = benk_mder_read_list (&reader, 4, &count);
      g_assert_cmpuint (count, ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (benk_mder_read_u32 (&list), ==, numbers[i]);
      string = benk_mder_read_octets (&reader);
      g_assert_cmpuint (g_bytes_get_size (string), ==, (length + 1) & ~(gsize) 1);
      if (length > 0)
        g_assert_cmpint (memcmp (g_bytes_get_data (string, NULL), blob, length), ==, 0);
      g_assert_true (benk_mder_reader_finish (&reader, "round trip", NULL));
    }
}

static void
test_fault_sticks (void)
{
  static const guint8 octets[] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  BenkMderReader reader;

  benk_mder_reader_init (&reader, octets, sizeof octets);
  g_assert_cmpuint (benk_mder_read_u16 (&reader), ==, 0x0102);
  g_assert_cmpuint (benk_mder_read_u32 (&reader), ==, 0);
  g_assert_cmpuint (benk_mder_read_u8 (&reader), ==, 0);
  g_assert_cmpuint (benk_mder_reader_left (&reader), ==, 0);
  g_assert_false (benk_mder_reader_finish (&reader, "three octets", &error));
  g_assert_nonnull (strstr (error->message, "three octets: too short"));
}

static void
test_too_long (void)
{
  g_autofree guint8 *much = g_malloc0 (70000);
  BenkMderWriter writer;
  gsize mark;

  benk_mder_writer_init (&writer);
  mark = benk_mder_open (&writer);
  benk_mder_write_raw (&writer, much, 40000);
  benk_mder_write_raw (&writer, much, 40000);
  benk_mder_close (&writer, mark);
  g_assert_null (benk_mder_writer_end (&writer));
  benk_mder_writer_init (&writer);
  benk_mder_write_octets (&writer, much, 70000);
  g_assert_null (benk_mder_writer_end (&writer));
}

static void
test_crc (void)
{
  g_assert_cmphex (benk_crc32 ((const guint8 *) "123456789", 9), ==, 0xcbf43926);
  g_assert_cmphex (benk_crc32 (NULL, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/mder/floats", test_floats);
  g_test_add_func ("/phd/mder/every-sfloat", test_every_sfloat);
  g_test_add_func ("/phd/mder/time", test_time);
  g_test_add_func ("/phd/mder/time-round-trip", test_time_round_trip);
  g_test_add_func ("/phd/mder/bad-times-are-faults", test_bad_times);
  g_test_add_func ("/phd/mder/round-trip", test_round_trip);
  g_test_add_func ("/phd/mder/first-fault-sticks", test_fault_sticks);
  g_test_add_func ("/phd/mder/too-long-is-no-octets", test_too_long);
  g_test_add_func ("/phd/mder/crc32", test_crc);
  return g_test_run ();
}
