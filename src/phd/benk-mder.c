/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mder.h"

#include "benk-error.h"

#include <math.h>
#include <string.h>

/* Specials of FLOAT and SFLOAT (20601, table of special values). */
#define FLOAT_NAN 0x007fffffu
#define FLOAT_NRES 0x00800000u
#define FLOAT_RESERVED 0x00800001u
#define FLOAT_INF 0x007ffffeu
#define FLOAT_NEG_INF 0x00800002u
#define SFLOAT_NAN 0x07ffu
#define SFLOAT_NRES 0x0800u
#define SFLOAT_RESERVED 0x0801u
#define SFLOAT_INF 0x07feu
#define SFLOAT_NEG_INF 0x0802u

/**
 * benk_mder_reader_init:
 * @data: (array length=length): octets that outlive the reader
 *
 * Starts reading at the first octet.
 */
void
benk_mder_reader_init (BenkMderReader *self, const guint8 *data, gsize length)
{
  *self = (BenkMderReader){ .data = data, .length = length };
}

/**
 * benk_mder_reader_init_bytes:
 * @bytes: (nullable): octets that outlive the reader; %NULL reads as empty
 */
void
benk_mder_reader_init_bytes (BenkMderReader *self, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  benk_mder_reader_init (self, data, length);
}

/**
 * benk_mder_reader_fail:
 * @fault: a static text saying what is wrong
 *
 * Marks the octets as wrong; the first fault is kept.
 */
void
benk_mder_reader_fail (BenkMderReader *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
}

/**
 * benk_mder_reader_left:
 *
 * Returns: octets not read yet; 0 after a fault
 */
gsize
benk_mder_reader_left (const BenkMderReader *self)
{
  return self->fault != NULL ? 0 : self->length - self->position;
}

/**
 * benk_mder_reader_check:
 * @what: what was being read, for the message
 *
 * Returns: %TRUE when nothing was wrong so far; spare octets are allowed
 */
gboolean
benk_mder_reader_check (const BenkMderReader *self, const char *what, GError **error)
{
  if (self->fault == NULL)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
               "%s: %s (octet %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ")", what,
               self->fault, self->position, self->length);
  return FALSE;
}

/**
 * benk_mder_reader_finish:
 * @what: what was being read, for the message
 *
 * Returns: %TRUE when nothing was wrong and no octet is left over
 */
gboolean
benk_mder_reader_finish (const BenkMderReader *self, const char *what, GError **error)
{
  if (!benk_mder_reader_check (self, what, error))
    return FALSE;
  if (self->position == self->length)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
               "%s: %" G_GSIZE_FORMAT " octets too many", what,
               self->length - self->position);
  return FALSE;
}

/**
 * benk_mder_read_raw:
 *
 * Returns: (nullable): @length octets inside the reader's own, or %NULL with a fault
 */
const guint8 *
benk_mder_read_raw (BenkMderReader *self, gsize length)
{
  const guint8 *at;

  if (self->fault != NULL)
    return NULL;
  if (length > self->length - self->position)
    {
      benk_mder_reader_fail (self, "too short");
      return NULL;
    }
  at = self->data + self->position;
  self->position += length;
  return at;
}

guint8
benk_mder_read_u8 (BenkMderReader *self)
{
  const guint8 *at = benk_mder_read_raw (self, 1);

  return at != NULL ? at[0] : 0;
}

guint16
benk_mder_read_u16 (BenkMderReader *self)
{
  const guint8 *at = benk_mder_read_raw (self, 2);

  return at != NULL ? (guint16) (at[0] << 8 | at[1]) : 0;
}

guint32
benk_mder_read_u32 (BenkMderReader *self)
{
  guint32 high = benk_mder_read_u16 (self);
  guint32 low = benk_mder_read_u16 (self);

  return high << 16 | low;
}

/**
 * benk_mder_read_bytes:
 *
 * Returns: (transfer full): a copy of @length octets; empty after a fault
 */
GBytes *
benk_mder_read_bytes (BenkMderReader *self, gsize length)
{
  const guint8 *at = benk_mder_read_raw (self, length);

  return g_bytes_new (at, at != NULL ? length : 0);
}

/**
 * benk_mder_read_any:
 *
 * Returns: a reader of the octets behind a u16 length; it carries the fault when there
 *   are fewer
 */
BenkMderReader
benk_mder_read_any (BenkMderReader *self)
{
  guint16 length = benk_mder_read_u16 (self);
  const guint8 *at = benk_mder_read_raw (self, length);
  BenkMderReader inner;

  benk_mder_reader_init (&inner, at, at != NULL ? length : 0);
  inner.fault = self->fault;
  return inner;
}

/**
 * benk_mder_read_octets:
 *
 * OCTET STRING. Odd lengths break 20601 but occur in the field: they are read as they
 * are.
 *
 * Returns: (transfer full): the octets, padding included; empty after a fault
 */
GBytes *
benk_mder_read_octets (BenkMderReader *self)
{
  return benk_mder_read_bytes (self, benk_mder_read_u16 (self));
}

/**
 * benk_mder_read_string:
 *
 * OCTET STRING as text: ends at the first NUL, blanks at the end are dropped, what is not
 * UTF-8 is replaced.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
benk_mder_read_string (BenkMderReader *self)
{
  BenkMderReader inner = benk_mder_read_any (self);
  gsize length = benk_mder_reader_left (&inner);
  const char *text = (const char *) benk_mder_read_raw (&inner, length);
  gsize used = text != NULL ? strnlen (text, length) : 0;

  return g_strchomp (g_utf8_make_valid (text != NULL ? text : "", (gssize) used));
}

/**
 * benk_mder_read_list:
 * @min_item: the least octets one element can have, at least 1
 * @count: (out): number of elements announced
 *
 * SEQUENCE OF: count, length, elements. A count that cannot fit its length is a fault, so
 * a loop over @count is bounded by the octets that are there.
 *
 * Returns: a reader of the elements
 */
BenkMderReader
benk_mder_read_list (BenkMderReader *self, gsize min_item, guint *count)
{
  guint16 number = benk_mder_read_u16 (self);
  BenkMderReader inner = benk_mder_read_any (self);

  if (self->fault == NULL && (gsize) number * MAX (min_item, 1) > inner.length)
    benk_mder_reader_fail (self, "list count does not fit its length");
  if (self->fault == NULL && number == 0 && inner.length > 0)
    benk_mder_reader_fail (self, "octets in an empty list");
  inner.fault = self->fault;
  *count = inner.fault == NULL ? number : 0;
  return inner;
}

static guint8
read_bcd (BenkMderReader *self)
{
  guint8 octet = benk_mder_read_u8 (self);

  if ((octet >> 4) > 9 || (octet & 0x0f) > 9)
    benk_mder_reader_fail (self, "time is not BCD");
  return (guint8) ((octet >> 4) * 10 + (octet & 0x0f));
}

/**
 * benk_mder_read_time:
 *
 * Returns: the AbsoluteTime; only BCD is checked, see [func@mder_time_is_valid]
 */
BenkMderTime
benk_mder_read_time (BenkMderReader *self)
{
  BenkMderTime time = { 0 };
  guint8 century = read_bcd (self);

  time.year = (guint16) (century * 100 + read_bcd (self));
  time.month = read_bcd (self);
  time.day = read_bcd (self);
  time.hour = read_bcd (self);
  time.minute = read_bcd (self);
  time.second = read_bcd (self);
  time.hundredth = read_bcd (self);
  return self->fault == NULL ? time : (BenkMderTime){ 0 };
}

double
benk_mder_read_float (BenkMderReader *self)
{
  return benk_mder_float_decode (benk_mder_read_u32 (self));
}

double
benk_mder_read_sfloat (BenkMderReader *self)
{
  return benk_mder_sfloat_decode (benk_mder_read_u16 (self));
}

/* Dividing by a power of ten rounds once; multiplying by 0.1 would round twice. */
static double
scale (double mantissa, int exponent)
{
  return exponent < 0 ? mantissa / pow (10, -exponent) : mantissa * pow (10, exponent);
}

/* Finds the shortest exact decimal that fits; otherwise the nearest mantissa. */
static gboolean
encode (double value, int limit, int lowest, int highest, int *mantissa, int *exponent)
{
  for (int e = lowest < -20 ? -20 : lowest; e <= highest; e++)
    {
      double scaled = scale (value, -e);

      if (fabs (scaled) > limit)
        continue;
      *mantissa = (int) lrint (scaled);
      *exponent = e;
      while (*mantissa != 0 && *mantissa % 10 == 0 && *exponent < 0)
        {
          *mantissa /= 10;
          (*exponent)++;
        }
      if (*mantissa == 0)
        *exponent = 0;
      return TRUE;
    }
  return FALSE;
}

/**
 * benk_mder_float_decode:
 *
 * Returns: the value; NaN for NaN, "not at this resolution" and the reserved one
 */
double
benk_mder_float_decode (guint32 raw)
{
  gint32 mantissa = (gint32) (raw & 0x00ffffffu);

  switch (raw)
    {
    case FLOAT_INF:
      return INFINITY;
    case FLOAT_NEG_INF:
      return -INFINITY;
    case FLOAT_NAN:
    case FLOAT_NRES:
    case FLOAT_RESERVED:
      return NAN;
    default:
      break;
    }
  if (mantissa & 0x00800000)
    mantissa -= 0x01000000;
  return scale (mantissa, (gint8) (raw >> 24));
}

guint32
benk_mder_float_encode (double value)
{
  int mantissa = 0;
  int exponent = 0;

  if (isnan (value))
    return FLOAT_NAN;
  if (isinf (value) || !encode (value, 0x7ffffd, -128, 127, &mantissa, &exponent))
    return value > 0 ? FLOAT_INF : FLOAT_NEG_INF;
  return (guint32) (guint8) exponent << 24 | ((guint32) mantissa & 0x00ffffffu);
}

double
benk_mder_sfloat_decode (guint16 raw)
{
  int mantissa = raw & 0x0fff;
  int exponent = raw >> 12;

  switch (raw)
    {
    case SFLOAT_INF:
      return INFINITY;
    case SFLOAT_NEG_INF:
      return -INFINITY;
    case SFLOAT_NAN:
    case SFLOAT_NRES:
    case SFLOAT_RESERVED:
      return NAN;
    default:
      break;
    }
  if (mantissa & 0x0800)
    mantissa -= 0x1000;
  return scale (mantissa, exponent & 0x8 ? exponent - 16 : exponent);
}

guint16
benk_mder_sfloat_encode (double value)
{
  int mantissa = 0;
  int exponent = 0;

  if (isnan (value))
    return SFLOAT_NAN;
  if (isinf (value) || !encode (value, 0x7fd, -8, 7, &mantissa, &exponent))
    return value > 0 ? SFLOAT_INF : SFLOAT_NEG_INF;
  return (guint16) ((exponent & 0x0f) << 12 | (mantissa & 0x0fff));
}

gboolean
benk_mder_time_is_unset (const BenkMderTime *time)
{
  static const BenkMderTime unset = { 0 };

  return memcmp (time, &unset, sizeof unset) == 0;
}

/**
 * benk_mder_time_is_valid:
 *
 * Returns: %TRUE when it is a day and time that exist, 1900 or later
 */
gboolean
benk_mder_time_is_valid (const BenkMderTime *time)
{
  return time->year >= 1900 && time->year <= 9999 &&
         g_date_valid_dmy (time->day, (GDateMonth) time->month, time->year) &&
         time->hour < 24 && time->minute < 60 && time->second < 60 &&
         time->hundredth < 100;
}

/**
 * benk_mder_time_to_seconds:
 *
 * Returns: seconds from 1970-01-01 00:00 of the same local clock, or -1 when not valid
 */
gint64
benk_mder_time_to_seconds (const BenkMderTime *time)
{
  GDate date;
  gint64 days;

  if (!benk_mder_time_is_valid (time))
    return -1;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, time->day, (GDateMonth) time->month, time->year);
  /* Julian day 719163 is 1970-01-01. */
  days = (gint64) g_date_get_julian (&date) - 719163;
  return days * 86400 + time->hour * 3600 + time->minute * 60 + time->second;
}

/**
 * benk_mder_time_from_seconds:
 * @seconds: seconds from 1970-01-01 00:00 of the local clock; must not be negative
 */
BenkMderTime
benk_mder_time_from_seconds (gint64 seconds)
{
  GDate date;
  gint64 days = MAX (seconds, 0) / 86400;
  gint64 rest = MAX (seconds, 0) % 86400;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) MIN (days + 719163, 3000000));
  return (BenkMderTime){
    .year = g_date_get_year (&date),
    .month = (guint8) g_date_get_month (&date),
    .day = g_date_get_day (&date),
    .hour = (guint8) (rest / 3600),
    .minute = (guint8) (rest / 60 % 60),
    .second = (guint8) (rest % 60),
  };
}
