/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mder.h"

#include <string.h>

void
benk_mder_writer_init (BenkMderWriter *self)
{
  *self = (BenkMderWriter){ .array = g_byte_array_new () };
}

void
benk_mder_writer_clear (BenkMderWriter *self)
{
  g_clear_pointer (&self->array, g_byte_array_unref);
}

/**
 * benk_mder_writer_end:
 *
 * Returns: (transfer full) (nullable): the octets, or %NULL when a part did not fit its
 *   u16 length; the writer is empty afterwards
 */
GBytes *
benk_mder_writer_end (BenkMderWriter *self)
{
  GByteArray *array = g_steal_pointer (&self->array);

  if (!self->overflow)
    return g_byte_array_free_to_bytes (array);
  g_byte_array_unref (array);
  return NULL;
}

void
benk_mder_write_raw (BenkMderWriter *self, const void *data, gsize length)
{
  if (length > G_MAXUINT16)
    self->overflow = TRUE;
  else if (length > 0)
    g_byte_array_append (self->array, data, (guint) length);
}

void
benk_mder_write_u8 (BenkMderWriter *self, guint8 value)
{
  benk_mder_write_raw (self, &value, 1);
}

void
benk_mder_write_u16 (BenkMderWriter *self, guint16 value)
{
  guint8 octets[2] = { (guint8) (value >> 8), (guint8) value };

  benk_mder_write_raw (self, octets, sizeof octets);
}

void
benk_mder_write_u32 (BenkMderWriter *self, guint32 value)
{
  benk_mder_write_u16 (self, (guint16) (value >> 16));
  benk_mder_write_u16 (self, (guint16) value);
}

/**
 * benk_mder_write_bytes:
 * @bytes: (nullable): octets without a length before them
 */
void
benk_mder_write_bytes (BenkMderWriter *self, GBytes *bytes)
{
  gsize length = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  benk_mder_write_raw (self, data, length);
}

/**
 * benk_mder_write_octets:
 *
 * OCTET STRING; an odd one gets one NUL, which its length counts (20601).
 */
void
benk_mder_write_octets (BenkMderWriter *self, const void *data, gsize length)
{
  gsize mark = benk_mder_open (self);

  benk_mder_write_raw (self, data, length);
  if (length % 2 != 0)
    benk_mder_write_u8 (self, 0);
  benk_mder_close (self, mark);
}

/**
 * benk_mder_write_string:
 * @text: (nullable): %NULL writes an empty string
 */
void
benk_mder_write_string (BenkMderWriter *self, const char *text)
{
  benk_mder_write_octets (self, text, text != NULL ? strlen (text) : 0);
}

static void
write_bcd (BenkMderWriter *self, guint value)
{
  benk_mder_write_u8 (self, (guint8) (value / 10 % 10 << 4 | value % 10));
}

void
benk_mder_write_time (BenkMderWriter *self, const BenkMderTime *time)
{
  write_bcd (self, time->year / 100);
  write_bcd (self, time->year % 100);
  write_bcd (self, time->month);
  write_bcd (self, time->day);
  write_bcd (self, time->hour);
  write_bcd (self, time->minute);
  write_bcd (self, time->second);
  write_bcd (self, time->hundredth);
}

/**
 * benk_mder_open:
 *
 * Leaves room for a u16 length (ANY, OCTET STRING, an APDU's body).
 *
 * Returns: the mark for [func@mder_close]
 */
gsize
benk_mder_open (BenkMderWriter *self)
{
  benk_mder_write_u16 (self, 0);
  return self->array->len;
}

/**
 * benk_mder_open_list:
 *
 * SEQUENCE OF: writes the count and leaves room for the length.
 *
 * Returns: the mark for [func@mder_close]
 */
gsize
benk_mder_open_list (BenkMderWriter *self, guint count)
{
  if (count > G_MAXUINT16)
    self->overflow = TRUE;
  benk_mder_write_u16 (self, (guint16) count);
  return benk_mder_open (self);
}

/**
 * benk_mder_close:
 *
 * Fills in the length left open at @mark.
 */
void
benk_mder_close (BenkMderWriter *self, gsize mark)
{
  gsize length = self->array->len - mark;

  if (length > G_MAXUINT16)
    {
      self->overflow = TRUE;
      return;
    }
  self->array->data[mark - 2] = (guint8) (length >> 8);
  self->array->data[mark - 1] = (guint8) length;
}

/**
 * benk_crc32:
 *
 * CRC-32 of IEEE 802.3 as zlib computes it (reflected 0xEDB88320).
 */
guint32
benk_crc32 (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
  return ~crc;
}

guint32
benk_crc32_bytes (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return benk_crc32 (data, length);
}
