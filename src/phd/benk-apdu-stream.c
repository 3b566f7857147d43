/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-apdu.h"

#include "benk-error.h"

#include <string.h>

/* The preamble a device sends only after a SET_FEATURE that is never sent (PHDC 1.0). */
#define PREAMBLE "PhdcQoSSignature"
#define PREAMBLE_TEXT 16
#define PREAMBLE_FIXED 20

struct _BenkApduStream
{
  GByteArray *pending;
};

/**
 * benk_apdu_stream_new:
 *
 * An APDU delimits itself by its length; ends of transfers and zero-length packets carry
 * no meaning, as devices differ in them.
 *
 * Returns: (transfer full): an empty stream
 */
BenkApduStream *
benk_apdu_stream_new (void)
{
  BenkApduStream *self = g_new0 (BenkApduStream, 1);

  self->pending = g_byte_array_new ();
  return self;
}

void
benk_apdu_stream_free (BenkApduStream *self)
{
  g_byte_array_unref (self->pending);
  g_free (self);
}

/** benk_apdu_stream_reset: drops everything, for a pipe that starts anew */
void
benk_apdu_stream_reset (BenkApduStream *self)
{
  g_byte_array_set_size (self->pending, 0);
}

/** benk_apdu_stream_pending: Returns: octets waiting for the rest of their APDU */
gsize
benk_apdu_stream_pending (const BenkApduStream *self)
{
  return self->pending->len;
}

/**
 * benk_apdu_stream_missing:
 *
 * So that a pipe can be read for exactly the rest of an APDU, and no read has to wait for
 * the end of a transfer that some devices never mark.
 *
 * Returns: octets missing of the APDU that has begun; 0 when its length is not known yet
 */
gsize
benk_apdu_stream_missing (const BenkApduStream *self)
{
  const guint8 *data = self->pending->data;
  gsize total;

  if (self->pending->len < BENK_APDU_HEADER || data[0] < 0xe2 || data[0] > 0xe7)
    return 0;
  total = BENK_APDU_HEADER + (gsize) (data[2] << 8 | data[3]);
  return total > self->pending->len ? total - self->pending->len : 0;
}

/**
 * benk_apdu_stream_push:
 * @length: may be 0
 */
void
benk_apdu_stream_push (BenkApduStream *self, const guint8 *data, gsize length)
{
  if (length > 0)
    g_byte_array_append (self->pending, data, (guint) length);
}

/* Returns TRUE when more octets are needed before anything can be told. */
static gboolean
drop_preamble (BenkApduStream *self)
{
  for (;;)
    {
      guint known = MIN (self->pending->len, PREAMBLE_TEXT);
      guint length;

      if (known == 0 || memcmp (self->pending->data, PREAMBLE, known) != 0)
        return FALSE;
      if (self->pending->len < PREAMBLE_FIXED)
        return TRUE;
      length = PREAMBLE_FIXED + self->pending->data[PREAMBLE_FIXED - 1];
      if (self->pending->len < length)
        return TRUE;
      g_byte_array_remove_range (self->pending, 0, length);
    }
}

/**
 * benk_apdu_stream_next:
 *
 * Cuts the next whole APDU off. Octets that start no APDU, or announce one above
 * %BENK_APDU_MAX, empty the stream: the association must then be aborted and the link
 * reopened.
 *
 * Returns: (transfer full) (nullable): one APDU; %NULL without error when more octets are
 *   needed; %NULL with %BENK_ERROR_PROTOCOL when the octets are no APDU
 */
GBytes *
benk_apdu_stream_next (BenkApduStream *self, GError **error)
{
  const guint8 *data;
  gsize total;
  GBytes *apdu;

  if (drop_preamble (self) || self->pending->len < 1)
    return NULL;
  data = self->pending->data;
  if (data[0] < 0xe2 || data[0] > 0xe7 || (self->pending->len > 1 && data[1] != 0))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   "The device sent octets that begin no APDU (0x%02x)", data[0]);
      benk_apdu_stream_reset (self);
      return NULL;
    }
  if (self->pending->len < BENK_APDU_HEADER)
    return NULL;
  total = BENK_APDU_HEADER + (gsize) (data[2] << 8 | data[3]);
  if (total > BENK_APDU_MAX)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   "The device announced an APDU of %" G_GSIZE_FORMAT " octets", total);
      benk_apdu_stream_reset (self);
      return NULL;
    }
  if (self->pending->len < total)
    return NULL;
  apdu = g_bytes_new (data, total);
  g_byte_array_remove_range (self->pending, 0, (guint) total);
  return apdu;
}
