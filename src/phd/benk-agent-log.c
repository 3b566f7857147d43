/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#define ACTION_CLEAR 0x0c0c
#define ACTION_INFO 0x0c0d
#define ACTION_TRANSFER 0x0c1c
#define EVENT_SEGMENT_DATA 0x0d21

#define SEGMENT 1
/* Entries in one event, well below 1024 octets; an entry is a time and a count. */
#define ENTRIES 40

#define STATUS_FIRST 0x8000
#define STATUS_LAST 0x4000
#define STATUS_CONFIRM 0x0080

#define TRANSFER_OK 0
#define TRANSFER_NO_SUCH_SEGMENT 1
#define TRANSFER_TRY_LATER 2
#define TRANSFER_EMPTY 3

static const BenkAgentDose *
get_dose (const BenkAgent *self, guint index)
{
  return &g_array_index (self->memory->doses, BenkAgentDose, index);
}

/* Whether a SegmSelection means the one segment there is. */
static gboolean
selects_segment (GBytes *info)
{
  BenkMderReader reader;
  BenkMderReader value;
  BenkMderReader list;
  guint16 choice;
  guint count = 0;
  gboolean found = FALSE;

  benk_mder_reader_init_bytes (&reader, info);
  choice = benk_mder_read_u16 (&reader);
  value = benk_mder_read_any (&reader);
  if (!benk_mder_reader_finish (&reader, "segment selection", NULL))
    return FALSE;
  if (choice == 1)
    return TRUE;
  if (choice != 2)
    return FALSE;

  list = benk_mder_read_list (&value, 2, &count);
  for (guint i = 0; i < count; i++)
    found |= benk_mder_read_u16 (&list) == SEGMENT;

  return found && benk_mder_reader_finish (&value, "segment list", NULL);
}

/* Every entry: absolute time, then the count of object 1. */
static void
write_entry_map (BenkMderWriter *writer)
{
  static const guint8 map[] = { 0x80, 0x00, 0x00, 0x01, 0x00, 0x10, 0x00, 0x06,
                                0x00, 0x82, 0x34, 0x00, 0x00, 0x01, 0x00, 0x01,
                                0x00, 0x04, 0x0a, 0x4c, 0x00, 0x02 };

  benk_mder_write_u16 (writer, 0x0a4e);
  benk_mder_write_u16 (writer, sizeof map);
  benk_mder_write_raw (writer, map, sizeof map);
}

static void
write_u16_attr (BenkMderWriter *writer, guint16 id, guint16 value)
{
  benk_mder_write_u16 (writer, id);
  benk_mder_write_u16 (writer, 2);
  benk_mder_write_u16 (writer, value);
}

static void
write_time_attr (BenkMderWriter *writer, guint16 id, const BenkMderTime *time)
{
  benk_mder_write_u16 (writer, id);
  benk_mder_write_u16 (writer, 8);
  benk_mder_write_time (writer, time);
}

static void
answer_info (BenkAgent *self, const BenkApdu *request)
{
  guint count = self->memory->doses->len;
  g_auto (BenkMderWriter) writer = { 0 };
  gsize segments;
  gsize attrs;

  benk_mder_writer_init (&writer);
  segments = benk_mder_open_list (&writer, 1);
  benk_mder_write_u16 (&writer, SEGMENT);
  attrs = benk_mder_open_list (&writer, count > 0 ? 6 : 4);
  write_u16_attr (&writer, 0x0922, SEGMENT);
  write_entry_map (&writer);
  write_u16_attr (&writer, 0x0953, 0);
  if (count > 0)
    {
      write_time_attr (&writer, 0x0992, &get_dose (self, 0)->when);
      write_time_attr (&writer, 0x098a, &get_dose (self, count - 1)->when);
    }
  benk_mder_write_u16 (&writer, 0x0a64);
  benk_mder_write_u16 (&writer, 4);
  benk_mder_write_u32 (&writer, 24000);
  benk_mder_close (&writer, attrs);
  benk_mder_close (&writer, segments);
  benk_agent_reply (self, request, &writer);
}

static guint16
check_transfer (const BenkAgent *self, guint16 segment)
{
  if (segment != SEGMENT)
    return TRANSFER_NO_SUCH_SEGMENT;
  if (self->sending_log || self->event_pending)
    return TRANSFER_TRY_LATER;

  return self->memory->doses->len == 0 ? TRANSFER_EMPTY : TRANSFER_OK;
}

static void
send_entries (BenkAgent *self)
{
  guint total = self->memory->doses->len;
  guint count = MIN (ENTRIES, total - self->log_index);
  guint16 status = (guint16) ((self->log_index == 0 ? STATUS_FIRST : 0) |
                              (self->log_index + count == total ? STATUS_LAST : 0));
  g_auto (BenkMderWriter) writer = { 0 };
  g_autoptr (GBytes) info = NULL;
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, SEGMENT);
  benk_mder_write_u32 (&writer, self->log_index);
  benk_mder_write_u32 (&writer, count);
  benk_mder_write_u16 (&writer, status);
  mark = benk_mder_open (&writer);
  for (guint i = 0; i < count; i++)
    {
      const BenkAgentDose *dose = get_dose (self, self->log_index + i);

      benk_mder_write_time (&writer, &dose->when);
      benk_mder_write_u16 (&writer, dose->count);
    }
  benk_mder_close (&writer, mark);
  info = benk_mder_writer_end (&writer);
  benk_agent_send_event (self, BENK_AGENT_HANDLE_LOG, EVENT_SEGMENT_DATA, info);
}

static void
answer_transfer (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkMderWriter) writer = { 0 };
  BenkMderReader reader;
  guint16 segment;
  guint16 result;

  benk_mder_reader_init_bytes (&reader, request->info);
  segment = benk_mder_read_u16 (&reader);
  if (!benk_mder_reader_finish (&reader, "segment transfer", NULL))
    {
      benk_agent_send (self, benk_apdu_new_rorj (request->invoke_id,
                                                 BENK_RORJ_BADLY_STRUCTURED));
      return;
    }

  result = check_transfer (self, segment);
  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, segment);
  benk_mder_write_u16 (&writer, result);
  benk_agent_reply (self, request, &writer);
  if (result == TRANSFER_OK)
    {
      self->sending_log = TRUE;
      self->log_index = 0;
      send_entries (self);
    }
}

static void
answer_clear (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkMderWriter) writer = { 0 };

  g_array_set_size (self->memory->doses, 0);
  self->sending_log = FALSE;
  self->dirty = TRUE;
  benk_mder_writer_init (&writer);
  benk_agent_reply (self, request, &writer);
}

/* Actions on the dose log's PM-store. */
void
benk_agent_log_action (BenkAgent *self, const BenkApdu *request)
{
  gboolean by_selection = request->type == ACTION_CLEAR || request->type == ACTION_INFO;

  if (benk_agent_is_busy (self))
    benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, BENK_EXT_CODE_BUSY);
  else if (by_selection && !selects_segment (request->info))
    benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, 0);
  else if (request->type == ACTION_CLEAR)
    answer_clear (self, request);
  else if (request->type == ACTION_INFO)
    answer_info (self, request);
  else if (request->type == ACTION_TRANSFER)
    answer_transfer (self, request);
  else
    benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_ACTION, 0);
}

/* The manager has taken an event of the segment: goes on with the next, or ends. */
void
benk_agent_log_confirmed (BenkAgent *self, const BenkApdu *response)
{
  BenkMderReader reader;
  guint32 index;
  guint32 count;
  guint16 status;

  if (!self->sending_log)
    return;

  benk_mder_reader_init_bytes (&reader, response->info);
  benk_mder_read_u16 (&reader);
  index = benk_mder_read_u32 (&reader);
  count = benk_mder_read_u32 (&reader);
  status = benk_mder_read_u16 (&reader);
  if (!benk_mder_reader_finish (&reader, "segment confirmation", NULL) ||
      (status & STATUS_CONFIRM) == 0 || index != self->log_index ||
      count > self->memory->doses->len - self->log_index)
    {
      self->sending_log = FALSE;
      return;
    }

  self->log_index += count;
  if (count == 0 || self->log_index >= self->memory->doses->len)
    self->sending_log = FALSE;
  else
    send_entries (self);
}

/* A scan report of one dose: its count and time as the configuration maps them. */
GBytes *
benk_agent_dose_report (BenkAgent *self, const BenkAgentDose *dose)
{
  g_auto (BenkMderWriter) writer = { 0 };
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, 0xf000);
  benk_mder_write_u16 (&writer, self->report_no++);
  mark = benk_mder_open_list (&writer, 1);
  benk_mder_write_u16 (&writer, BENK_AGENT_HANDLE_DOSE);
  benk_mder_write_u16 (&writer, 10);
  benk_mder_write_u16 (&writer, dose->count);
  benk_mder_write_time (&writer, &dose->when);
  benk_mder_close (&writer, mark);

  return benk_mder_writer_end (&writer);
}
