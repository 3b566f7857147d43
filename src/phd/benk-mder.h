/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkMderReader:
 *
 * Bounded reader of MDER octets (IEEE 11073-20601, big-endian, unpadded). The first
 * fault sticks: every later read gives zeros, and [func@mder_reader_finish] reports it.
 * Lies on the stack; does not own its octets.
 */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize position;
  const char *fault;
} BenkMderReader;

/**
 * BenkMderTime:
 *
 * AbsoluteTime: local wall time in steps of 1/100 s, without zone. All zero = not set.
 */
typedef struct
{
  guint16 year;
  guint8 month;
  guint8 day;
  guint8 hour;
  guint8 minute;
  guint8 second;
  guint8 hundredth;
} BenkMderTime;

void benk_mder_reader_init (BenkMderReader *self, const guint8 *data, gsize length);
void benk_mder_reader_init_bytes (BenkMderReader *self, GBytes *bytes);
void benk_mder_reader_fail (BenkMderReader *self, const char *fault);
gsize benk_mder_reader_left (const BenkMderReader *self);
gboolean
benk_mder_reader_finish (const BenkMderReader *self, const char *what, GError **error);
gboolean
benk_mder_reader_check (const BenkMderReader *self, const char *what, GError **error);

guint8 benk_mder_read_u8 (BenkMderReader *self);
guint16 benk_mder_read_u16 (BenkMderReader *self);
guint32 benk_mder_read_u32 (BenkMderReader *self);
const guint8 *benk_mder_read_raw (BenkMderReader *self, gsize length);
GBytes *benk_mder_read_bytes (BenkMderReader *self, gsize length);
BenkMderReader benk_mder_read_any (BenkMderReader *self);
GBytes *benk_mder_read_octets (BenkMderReader *self);
char *benk_mder_read_string (BenkMderReader *self);
BenkMderReader benk_mder_read_list (BenkMderReader *self, gsize min_item, guint *count);
BenkMderTime benk_mder_read_time (BenkMderReader *self);
double benk_mder_read_float (BenkMderReader *self);
double benk_mder_read_sfloat (BenkMderReader *self);

double benk_mder_float_decode (guint32 raw);
guint32 benk_mder_float_encode (double value);
double benk_mder_sfloat_decode (guint16 raw);
guint16 benk_mder_sfloat_encode (double value);

gboolean benk_mder_time_is_unset (const BenkMderTime *time);
gboolean benk_mder_time_is_valid (const BenkMderTime *time);
gint64 benk_mder_time_to_seconds (const BenkMderTime *time);
BenkMderTime benk_mder_time_from_seconds (gint64 seconds);

/**
 * BenkMderWriter:
 *
 * Writer of MDER octets. Lies on the stack; [func@mder_writer_end] gives the octets.
 */
typedef struct
{
  GByteArray *array;
  gboolean overflow;
} BenkMderWriter;

void benk_mder_writer_init (BenkMderWriter *self);
void benk_mder_writer_clear (BenkMderWriter *self);
GBytes *benk_mder_writer_end (BenkMderWriter *self);

void benk_mder_write_u8 (BenkMderWriter *self, guint8 value);
void benk_mder_write_u16 (BenkMderWriter *self, guint16 value);
void benk_mder_write_u32 (BenkMderWriter *self, guint32 value);
void benk_mder_write_raw (BenkMderWriter *self, const void *data, gsize length);
void benk_mder_write_bytes (BenkMderWriter *self, GBytes *bytes);
void benk_mder_write_octets (BenkMderWriter *self, const void *data, gsize length);
void benk_mder_write_string (BenkMderWriter *self, const char *text);
void benk_mder_write_time (BenkMderWriter *self, const BenkMderTime *time);
gsize benk_mder_open (BenkMderWriter *self);
gsize benk_mder_open_list (BenkMderWriter *self, guint count);
void benk_mder_close (BenkMderWriter *self, gsize mark);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkMderWriter, benk_mder_writer_clear)

guint32 benk_crc32 (const guint8 *data, gsize length);
guint32 benk_crc32_bytes (GBytes *bytes);

G_END_DECLS
