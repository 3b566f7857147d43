/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-picture-upright.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"

/* How a camera was held stands in its EXIF data (EXIF 2.3, 4.6.4 A, tag 0112), which is
 * not kept: so the pixels are turned before it goes. */

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define N_ORIENTATIONS 8
#define JPEG_QUALITY "95"

static const guint8 png_start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

typedef struct
{
  const guint8 *data;
  gsize length;
  gboolean little;
} Tiff;

/* Up to four octets; 0 beyond the end. */
static guint32
read_at (const Tiff *self, gsize at, guint n)
{
  guint32 value = 0;

  if (at > self->length || n > self->length - at)
    return 0;
  for (guint i = 0; i < n; i++)
    value = value << 8 | self->data[at + (self->little ? n - 1 - i : i)];
  return value;
}

static guint
find_in_tiff (const guint8 *data, gsize length)
{
  Tiff tiff = { data, length, length > 0 && data[0] == 'I' };
  gsize at;
  guint n;

  if (length < 8 || read_at (&tiff, 2, 2) != 42)
    return 1;
  at = read_at (&tiff, 4, 4);
  n = read_at (&tiff, at, 2);
  for (guint i = 0; i < n; i++)
    {
      gsize entry = at + 2 + 12 * (gsize) i;
      guint value = read_at (&tiff, entry + 8, 2);

      if (read_at (&tiff, entry, 2) == TAG_ORIENTATION)
        return read_at (&tiff, entry + 2, 2) == TYPE_SHORT && value <= N_ORIENTATIONS
                 ? MAX (value, 1)
                 : 1;
    }
  return 1;
}

static guint
find_in_jpeg (const guint8 *data, gsize length)
{
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff && data[at + 1] != 0xda)
    {
      gsize size = 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);

      if (data[at + 1] == 0xff)
        {
          at++;
          continue;
        }
      if (size > length - at)
        return 1;
      if (data[at + 1] == 0xe1 && size >= 10 &&
          memcmp (data + at + 4, "Exif\0\0", 6) == 0)
        return find_in_tiff (data + at + 10, size - 10);
      at += size;
    }
  return 1;
}

static guint
find_in_png (const guint8 *data, gsize length)
{
  gsize at = sizeof png_start;

  while (at + 12 <= length)
    {
      const Tiff chunk = { data + at, length - at, FALSE };
      gsize size = read_at (&chunk, 0, 4);

      if (size > length - at - 12)
        return 1;
      if (memcmp (data + at + 4, "eXIf", 4) == 0)
        return find_in_tiff (data + at + 8, size);
      at += 12 + size;
    }
  return 1;
}

static gboolean
is_png (const guint8 *data, gsize length)
{
  return length > sizeof png_start && memcmp (data, png_start, sizeof png_start) == 0;
}

/**
 * benk_picture_get_orientation:
 * @picture: the octets of a JPEG or PNG file, from anywhere
 *
 * Returns: how it was taken, 1 to 8 as in EXIF; 1 (upright) where nothing says otherwise
 */
guint
benk_picture_get_orientation (GBytes *picture)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);

  if (is_png (data, length))
    return find_in_png (data, length);
  return length > 4 && data[0] == 0xff && data[1] == 0xd8 ? find_in_jpeg (data, length)
                                                          : 1;
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  *too_large = (gint64) width * height > BENK_PICTURE_MAX_PIXELS;
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode (GBytes *picture, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) local = NULL;
  gboolean too_large = FALSE;
  gboolean written;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &too_large);
  written = gdk_pixbuf_loader_write_bytes (loader, picture, &local);
  if (gdk_pixbuf_loader_close (loader, written ? &local : NULL) && written && !too_large)
    return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
  if (too_large)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("The picture has more than %d million pixels. Nothing was kept."),
                 BENK_PICTURE_MAX_PIXELS / 1000000);
  else
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ (
                           "This is not a whole JPEG or PNG picture. Nothing was kept."));
  return NULL;
}

static GdkPixbuf *
turn (GdkPixbuf *pixbuf, guint orientation)
{
  static const GdkPixbufRotation rotations[N_ORIENTATIONS + 1] = {
    [3] = GDK_PIXBUF_ROTATE_UPSIDEDOWN,       [5] = GDK_PIXBUF_ROTATE_CLOCKWISE,
    [6] = GDK_PIXBUF_ROTATE_CLOCKWISE,        [7] = GDK_PIXBUF_ROTATE_CLOCKWISE,
    [8] = GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE,
  };
  g_autoptr (GdkPixbuf) turned =
    gdk_pixbuf_rotate_simple (pixbuf, rotations[orientation]);

  if (turned == NULL)
    return NULL;
  if (orientation == 2 || orientation == 5)
    return gdk_pixbuf_flip (turned, TRUE);
  if (orientation == 4 || orientation == 7)
    return gdk_pixbuf_flip (turned, FALSE);
  return g_steal_pointer (&turned);
}

static GBytes *
encode (GdkPixbuf *pixbuf, gboolean png, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *data = NULL;
  gsize length;
  gboolean done =
    png ? gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", &local, NULL)
        : gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", &local, "quality",
                                     JPEG_QUALITY, NULL);

  if (done)
    return g_bytes_new_take (data, length);
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("The picture could not be turned upright: %s"), local->message);
  return NULL;
}

/**
 * benk_picture_turn_upright:
 * @picture: the octets of a JPEG or PNG file, from anywhere
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Turns the pixels as the camera says that it was held. A picture that is upright is not
 * touched, so that it keeps every octet.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GBytes *
benk_picture_turn_upright (GBytes *picture, GError **error)
{
  guint orientation = benk_picture_get_orientation (picture);
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;

  if (orientation == 1)
    return g_bytes_ref (picture);
  pixbuf = decode (picture, error);
  if (pixbuf == NULL)
    return NULL;
  turned = turn (pixbuf, orientation);
  if (turned != NULL)
    return encode (turned, is_png (data, length), error);
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("The picture could not be turned upright: %s"),
               _ ("not enough memory"));
  return NULL;
}
