/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-pm.h"

#include "benk-error.h"

#include <string.h>

/* Relative time counts 1/8 ms; 3 s when the agent names no time. */
#define TIMEOUT_DEFAULT_MS 3000
#define TIMEOUT_MAX_MS 600000
#define ENTRY_ABS_TIME 0x8000

static guint
timeout_from_rel (guint32 eighths)
{
  return eighths == 0 ? TIMEOUT_DEFAULT_MS : MIN (eighths / 8, TIMEOUT_MAX_MS);
}

static guint32
read_number (GBytes *value)
{
  BenkMderReader reader;

  benk_mder_reader_init_bytes (&reader, value);
  return reader.length == 2 ? benk_mder_read_u16 (&reader) : benk_mder_read_u32 (&reader);
}

/**
 * benk_pm_store_parse:
 * @attrs: (element-type BenkAttr): of a GET response for the store's handle
 */
void
benk_pm_store_parse (BenkPmStore *self, GPtrArray *attrs)
{
  GBytes *usage = benk_attrs_find (attrs, BENK_ATTR_STORE_USAGE);

  self->capab = (guint16) read_number (benk_attrs_find (attrs, BENK_ATTR_STORE_CAPAB));
  self->operational_state =
    (guint16) read_number (benk_attrs_find (attrs, BENK_ATTR_OPERATIONAL_STATE));
  self->segments = (guint16) read_number (benk_attrs_find (attrs, BENK_ATTR_SEGMENTS));
  self->usage = -1;
  if (usage != NULL && g_bytes_get_size (usage) == 4)
    self->usage = read_number (usage);
  self->clear_timeout_ms =
    timeout_from_rel (read_number (benk_attrs_find (attrs, BENK_ATTR_CLEAR_TIMEOUT)));
}

static void
add_number (GPtrArray *attrs, guint16 id, guint32 value, gboolean wide)
{
  g_autoptr (GBytes) bytes = NULL;
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  if (wide)
    benk_mder_write_u32 (&writer, value);
  else
    benk_mder_write_u16 (&writer, (guint16) value);
  bytes = benk_mder_writer_end (&writer);
  benk_attrs_add (attrs, id, bytes);
}

/** benk_pm_store_to_attrs: Returns: (transfer full): for the agent's GET response */
GPtrArray *
benk_pm_store_to_attrs (const BenkPmStore *self)
{
  GPtrArray *attrs = benk_attrs_new ();

  add_number (attrs, BENK_ATTR_STORE_CAPAB, self->capab, FALSE);
  add_number (attrs, BENK_ATTR_OPERATIONAL_STATE, self->operational_state, FALSE);
  add_number (attrs, BENK_ATTR_SEGMENTS, self->segments, FALSE);
  add_number (attrs, BENK_ATTR_CLEAR_TIMEOUT, self->clear_timeout_ms * 8, TRUE);
  add_number (attrs, BENK_ATTR_STORE_ALGORITHM, 0, FALSE);
  if (self->usage >= 0)
    add_number (attrs, BENK_ATTR_STORE_USAGE, (guint32) self->usage, TRUE);
  return attrs;
}

/** benk_pm_select_all: Returns: (transfer full): SegmSelection "all segments" */
GBytes *
benk_pm_select_all (void)
{
  static const guint8 all[] = { 0, 1, 0, 2, 0, 0 };

  return g_bytes_new_static (all, sizeof all);
}

gboolean
benk_pm_select_is_all (GBytes *info)
{
  g_autoptr (GBytes) all = benk_pm_select_all ();

  return info != NULL && g_bytes_equal (info, all);
}

/* An entry is its header's time stamp and the values of every object in the map. */
static void
read_entry_map (BenkPmSegment *segment, GBytes *value)
{
  BenkMderReader reader;
  BenkMderReader list;
  guint count;
  guint16 header;

  benk_mder_reader_init_bytes (&reader, value);
  header = benk_mder_read_u16 (&reader);
  list = benk_mder_read_list (&reader, 12, &count);
  segment->has_abs_time = (header & ENTRY_ABS_TIME) != 0;
  segment->entry_size = (segment->has_abs_time ? 8 : 0) + (header & 0x4000 ? 4 : 0) +
                        (header & 0x2000 ? 8 : 0);
  for (guint i = 0; i < count; i++)
    {
      guint n_values;
      BenkMderReader values;

      benk_mder_read_raw (&list, 8); /* class, TYPE, handle */
      values = benk_mder_read_list (&list, 4, &n_values);
      for (guint j = 0; j < n_values; j++)
        {
          benk_mder_read_u16 (&values);
          segment->entry_size += benk_mder_read_u16 (&values);
        }
    }
  if (reader.fault != NULL || list.fault != NULL)
    segment->entry_size = 0;
}

static void
read_segment (BenkMderReader *list, BenkPmSegment *segment)
{
  guint count;
  BenkMderReader attrs;

  segment->instance = benk_mder_read_u16 (list);
  segment->usage = -1;
  segment->transfer_timeout_ms = TIMEOUT_DEFAULT_MS;
  attrs = benk_mder_read_list (list, 4, &count);
  for (guint i = 0; i < count; i++)
    {
      guint16 id = benk_mder_read_u16 (&attrs);
      g_autoptr (GBytes) value = benk_mder_read_octets (&attrs);

      if (id == BENK_ATTR_SEGMENT_USAGE)
        segment->usage = read_number (value);
      else if (id == BENK_ATTR_TRANSFER_TIMEOUT)
        segment->transfer_timeout_ms = timeout_from_rel (read_number (value));
      else if (id == BENK_ATTR_ENTRY_MAP)
        read_entry_map (segment, value);
    }
  if (attrs.fault != NULL || benk_mder_reader_left (&attrs) > 0)
    benk_mder_reader_fail (list, "attributes of a segment do not fit their length");
}

/**
 * benk_pm_segments_parse:
 * @info: of a SEG_GET_INFO response
 *
 * Returns: (transfer full) (nullable) (element-type BenkPmSegment): the segments
 */
GArray *
benk_pm_segments_parse (GBytes *info, GError **error)
{
  g_autoptr (GArray) segments = g_array_new (FALSE, TRUE, sizeof (BenkPmSegment));
  BenkMderReader reader;
  BenkMderReader list;
  guint count;

  benk_mder_reader_init_bytes (&reader, info);
  list = benk_mder_read_list (&reader, 6, &count);
  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      BenkPmSegment segment = { 0 };

      read_segment (&list, &segment);
      g_array_append_val (segments, segment);
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (&reader, list.fault);
  if (!benk_mder_reader_finish (&reader, "segment list", error))
    return NULL;
  return g_steal_pointer (&segments);
}

/** benk_pm_segments_compose: Returns: (transfer full): for the agent's answer */
GBytes *
benk_pm_segments_compose (const BenkPmSegment *segments, guint n_segments)
{
  BenkMderWriter writer;
  gsize mark;

  benk_mder_writer_init (&writer);
  mark = benk_mder_open_list (&writer, n_segments);
  for (guint i = 0; i < n_segments; i++)
    {
      gsize attrs;

      benk_mder_write_u16 (&writer, segments[i].instance);
      attrs = benk_mder_open_list (&writer, 3);
      benk_mder_write_u16 (&writer, BENK_ATTR_SEGMENT_INSTANCE);
      benk_mder_write_u16 (&writer, 2);
      benk_mder_write_u16 (&writer, segments[i].instance);
      benk_mder_write_u16 (&writer, BENK_ATTR_SEGMENT_USAGE);
      benk_mder_write_u16 (&writer, 4);
      benk_mder_write_u32 (&writer, (guint32) MAX (segments[i].usage, 0));
      benk_mder_write_u16 (&writer, BENK_ATTR_TRANSFER_TIMEOUT);
      benk_mder_write_u16 (&writer, 4);
      benk_mder_write_u32 (&writer, segments[i].transfer_timeout_ms * 8);
      benk_mder_close (&writer, attrs);
    }
  benk_mder_close (&writer, mark);
  return benk_mder_writer_end (&writer);
}

/** benk_pm_trig_compose: Returns: (transfer full): info of SEG_TRIG_XFER */
GBytes *
benk_pm_trig_compose (guint16 instance)
{
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, instance);
  return benk_mder_writer_end (&writer);
}

gboolean
benk_pm_trig_response_parse (GBytes *info,
                             guint16 *instance,
                             guint16 *result,
                             GError **error)
{
  BenkMderReader reader;

  benk_mder_reader_init_bytes (&reader, info);
  *instance = benk_mder_read_u16 (&reader);
  *result = benk_mder_read_u16 (&reader);
  return benk_mder_reader_finish (&reader, "SEG_TRIG_XFER", error);
}

/**
 * benk_pm_data_parse:
 * @self: (out): filled; to be cleared in any case
 */
gboolean
benk_pm_data_parse (BenkPmData *self, GBytes *info, GError **error)
{
  BenkMderReader reader;

  memset (self, 0, sizeof *self);
  benk_mder_reader_init_bytes (&reader, info);
  self->instance = benk_mder_read_u16 (&reader);
  self->index = benk_mder_read_u32 (&reader);
  self->count = benk_mder_read_u32 (&reader);
  self->status = benk_mder_read_u16 (&reader);
  self->entries = benk_mder_read_octets (&reader);
  return benk_mder_reader_finish (&reader, "SEGMENT_DATA", error);
}

static GBytes *
compose (const BenkPmData *self, guint16 status, gboolean with_entries)
{
  gsize size = 0;
  const void *data =
    self->entries != NULL ? g_bytes_get_data (self->entries, &size) : NULL;
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, self->instance);
  benk_mder_write_u32 (&writer, self->index);
  benk_mder_write_u32 (&writer, self->count);
  benk_mder_write_u16 (&writer, status);
  if (with_entries)
    benk_mder_write_octets (&writer, data, size);
  return benk_mder_writer_end (&writer);
}

/** benk_pm_data_compose: Returns: (transfer full): info of the agent's event */
GBytes *
benk_pm_data_compose (const BenkPmData *self)
{
  return compose (self, self->status, TRUE);
}

/**
 * benk_pm_data_reply:
 * @ok: %FALSE aborts the transfer
 *
 * Returns: (transfer full): event-reply-info: the range repeated, confirmed or aborted
 */
GBytes *
benk_pm_data_reply (const BenkPmData *self, gboolean ok)
{
  return compose (self, ok ? BENK_PM_CONFIRM : BENK_PM_ABORT, FALSE);
}

void
benk_pm_data_clear (BenkPmData *self)
{
  g_clear_pointer (&self->entries, g_bytes_unref);
}
