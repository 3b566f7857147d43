/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "benk-error.h"
#include "benk-photo.h"
#include "benk-picture-upright.h"

#define WIDTH 48
#define HEIGHT 32

/* What is seen: a corner each in another colour. */
static const guint8 corners[2][2][3] = { { { 230, 20, 20 }, { 20, 230, 20 } },
                                         { { 20, 20, 230 }, { 230, 230, 20 } } };

static void
get_seen (guint x, guint y, guint8 *rgb)
{
  memcpy (rgb, corners[y < HEIGHT / 2 ? 0 : 1][x < WIDTH / 2 ? 0 : 1], 3);
}

/* Which point of what is seen the camera keeps at a row and column: where row 0 and
 * column 0 lie, as in the table of the EXIF standard. */
static void
get_kept (guint orientation, guint row, guint column, guint8 *rgb)
{
  const guint right = WIDTH - 1;
  const guint bottom = HEIGHT - 1;

  switch (orientation)
    {
    case 2: /* top, right */
      get_seen (right - column, row, rgb);
      break;
    case 3: /* bottom, right */
      get_seen (right - column, bottom - row, rgb);
      break;
    case 4: /* bottom, left */
      get_seen (column, bottom - row, rgb);
      break;
    case 5: /* left, top */
      get_seen (row, column, rgb);
      break;
    case 6: /* right, top */
      get_seen (right - row, column, rgb);
      break;
    case 7: /* right, bottom */
      get_seen (right - row, bottom - column, rgb);
      break;
    case 8: /* left, bottom */
      get_seen (row, bottom - column, rgb);
      break;
    default: /* top, left */
      get_seen (column, row, rgb);
      break;
    }
}

static GByteArray *
take_picture (guint orientation, const char *type)
{
  gboolean lies = orientation >= 5;
  int width = lies ? HEIGHT : WIDTH;
  int height = lies ? WIDTH : HEIGHT;
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  guint8 *data;
  gsize length;

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      get_kept (orientation, (guint) row, (guint) column,
                gdk_pixbuf_get_pixels (pixbuf) + row * gdk_pixbuf_get_rowstride (pixbuf) +
                  column * 3);
  gdk_pixbuf_save_to_buffer (pixbuf, (char **) &data, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_byte_array_new_take (data, length);
}

/* A TIFF of one entry before, and the orientation. */
static void
append_tiff (GByteArray *out, guint orientation, gboolean little)
{
  static const guint8 big[] = "MM\0*\0\0\0\x08\0\x02"
                              "\x01\x0f\0\x02\0\0\0\x04"
                              "Cam\0"
                              "\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
  static const guint8 small[] = "II*\0\x08\0\0\0\x02\0"
                                "\x0f\x01\x02\0\x04\0\0\0"
                                "Cam\0"
                                "\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
  guint at = out->len + 30;

  g_byte_array_append (out, little ? small : big, 38);
  out->data[little ? at : at + 1] = (guint8) orientation;
}

static GBytes *
build_jpeg (guint orientation, gboolean little)
{
  g_autoptr (GByteArray) picture = take_picture (orientation, "jpeg");
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, picture->data, 2);
  g_byte_array_append (out,
                       (const guint8 *) "\xff\xe1\0\x2e"
                                        "Exif\0",
                       10);
  append_tiff (out, orientation, little);
  g_byte_array_append (out, picture->data + 2, picture->len - 2);
  return g_byte_array_free_to_bytes (out);
}

static guint32
sum_chunk (const guint8 *data, gsize length)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  return GUINT32_TO_BE (~crc);
}

/* After the first chunk, which says how large it is: 8 + 25 octets. */
static GBytes *
build_png (guint orientation, gboolean little)
{
  g_autoptr (GByteArray) picture = take_picture (orientation, "png");
  GByteArray *out = g_byte_array_new ();
  guint32 sum;
  guint from;

  g_byte_array_append (out, picture->data, 33);
  g_byte_array_append (out, (const guint8 *) "\0\0\0\x26", 4);
  from = out->len;
  g_byte_array_append (out, (const guint8 *) "eXIf", 4);
  append_tiff (out, orientation, little);
  sum = sum_chunk (out->data + from, out->len - from);
  g_byte_array_append (out, (const guint8 *) &sum, 4);
  g_byte_array_append (out, picture->data + 33, picture->len - 33);
  return g_byte_array_free_to_bytes (out);
}

static void
assert_upright (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, WIDTH);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, HEIGHT);
  for (guint y = 4; y < HEIGHT; y += HEIGHT - 9)
    for (guint x = 4; x < WIDTH; x += WIDTH - 9)
      {
        const guint8 *rgb = gdk_pixbuf_get_pixels (pixbuf) +
                            y * (guint) gdk_pixbuf_get_rowstride (pixbuf) + x * 3;
        guint8 wanted[3];

        get_seen (x, y, wanted);
        for (guint i = 0; i < 3; i++)
          g_assert_cmpint (ABS (rgb[i] - wanted[i]), <, 30);
      }
}

/* All eight ways to hold a camera, both orders of octets, both kinds of file: it is seen
 * upright when what the camera wrote is gone. */
static void
test_every_orientation (void)
{
  guint n = 0;

  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint way = 0; way < 4; way++)
      {
        g_autoptr (GBytes) taken = way < 2 ? build_jpeg (orientation, way == 0)
                                           : build_png (orientation, way == 2);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) upright = NULL;
        g_autoptr (GBytes) kept = NULL;
        gsize length;
        const char *data;

        g_assert_cmpuint (benk_picture_get_orientation (taken), ==, orientation);
        upright = benk_picture_turn_upright (taken, &error);
        g_assert_no_error (error);
        kept = benk_photo_strip (upright, &error);
        g_assert_no_error (error);
        data = g_bytes_get_data (kept, &length);
        g_assert_null (memmem (data, length, "Cam", 4));
        g_assert_null (memmem (data, length, "Exif", 4));
        g_assert_null (memmem (data, length, "eXIf", 4));
        g_assert_cmpuint (benk_picture_get_orientation (kept), ==, 1);
        assert_upright (kept);
        n++;
      }
  g_test_message ("%u pictures upright", n);
}

/* No octet of one that is upright is changed. */
static void
test_upright_is_untouched (void)
{
  g_autoptr (GBytes) taken = build_jpeg (1, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) upright = benk_picture_turn_upright (taken, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (taken, upright));
}

/* What is said of a picture is input: any octet changed, any end. */
static void
test_anything_is_read (void)
{
  guint n = g_test_slow () ? 200000 : 2000;
  g_autoptr (GBytes) jpeg = build_jpeg (6, TRUE);
  g_autoptr (GBytes) png = build_png (6, FALSE);

  for (guint i = 0; i < n; i++)
    {
      gsize length;
      const guint8 *from = g_bytes_get_data (i % 2 ? jpeg : png, &length);
      gsize cut = (gsize) g_test_rand_int_range (1, (int) length + 1);
      g_autofree guint8 *data = g_memdup2 (from, length);
      g_autoptr (GBytes) bytes = NULL;
      guint orientation;

      for (guint k = 0; k < 3; k++)
        data[g_test_rand_int_range (0, MIN ((int) length, 120))] =
          (guint8) g_test_rand_int ();
      bytes = g_bytes_new (data, i % 3 ? length : cut);
      orientation = benk_picture_get_orientation (bytes);
      g_assert_true (orientation >= 1 && orientation <= 8);
    }
  g_test_message ("%u damaged pictures", n);
}

/* A page of a few octets that would fill the memory. */
static void
test_too_many_pixels (void)
{
  g_autoptr (GBytes) png = build_png (6, FALSE);
  g_autofree guint8 *data =
    g_memdup2 (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint32 sum;

  memcpy (data + 16, "\0\0\x7f\xff\0\0\x7f\xff", 8);
  sum = sum_chunk (data + 12, 17);
  memcpy (data + 29, &sum, 4);
  bytes = g_bytes_new (data, g_bytes_get_size (png));
  g_assert_null (benk_picture_turn_upright (bytes, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "million pixels"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/picture/every-orientation", test_every_orientation);
  g_test_add_func ("/session/picture/upright-is-untouched", test_upright_is_untouched);
  g_test_add_func ("/session/picture/anything-is-read", test_anything_is_read);
  g_test_add_func ("/session/picture/too-many-pixels", test_too_many_pixels);
  return g_test_run ();
}
