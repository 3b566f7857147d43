/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"
#include "benk-ext-table.h"

#include <string.h>

/* Octets of data in one answer of at most 1024. */
#define READ_CHUNK 976

/* Forgets the open transfer. */
void
benk_agent_xfer_clear (BenkAgent *self)
{
  g_clear_pointer (&self->xfer.received, g_byte_array_unref);
  g_clear_pointer (&self->xfer.data, g_bytes_unref);
  self->xfer = (BenkAgentXfer){ 0 };
}

/* Answers an action with a message of the extension. */
void
benk_agent_reply_ext (BenkAgent *self,
                      const BenkApdu *request,
                      const BenkExtMessage *message)
{
  g_autoptr (GBytes) octets = benk_ext_message_compose (message);

  benk_agent_send (self,
                   benk_apdu_new_action_response (request->invoke_id, request->handle,
                                                  request->type, octets));
}

/* Parses an action's info; one that is none of its kind is rejected. */
gboolean
benk_agent_take_ext (BenkAgent *self,
                     const BenkApdu *request,
                     BenkExtKind kind,
                     BenkExtMessage *message)
{
  if (benk_ext_message_parse (message, kind, request->info, NULL))
    return TRUE;

  benk_agent_send (self,
                   benk_apdu_new_rorj (request->invoke_id, BENK_RORJ_BADLY_STRUCTURED));

  return FALSE;
}

/* The audit log as a table; NULL when it is empty. */
GBytes *
benk_agent_audit_table (const BenkAgent *self)
{
  const GArray *rows = self->memory->audit;
  g_autoptr (BenkExtTable) table = NULL;

  if (rows->len == 0)
    return NULL;

  table = benk_ext_table_new (BENK_TABLE_AUDIT);
  for (guint i = 0; i < rows->len; i++)
    {
      const BenkAgentAudit *from = &g_array_index (rows, BenkAgentAudit, i);
      BenkAuditRow row = { from->seq, from->when, from->event, from->arg };

      g_array_append_val (table->rows, row);
    }

  return benk_ext_table_compose (table);
}

static gboolean
has_quirk (const BenkAgent *self, BenkAgentQuirk quirk, guint16 table)
{
  return (self->quirks & quirk) != 0 &&
         (self->quirk_place == 0 || self->quirk_place == table);
}

static guint16
check_write (const BenkAgent *self, const BenkExtMessage *wanted)
{
  const BenkAgentMemory *memory = self->memory;

  if (wanted->table_id < 1 || wanted->table_id > BENK_AGENT_TABLES)
    return BENK_EXT_UNSUPPORTED_TABLE;
  if (memory->mode != BENK_EXT_MODE_MAINTENANCE || memory->lid_open || memory->dispensing)
    return BENK_EXT_INTERLOCK;
  if (wanted->total == 0 || wanted->total % 2 != 0)
    return BENK_EXT_VALUE_INVALID;
  if (wanted->total > BENK_AGENT_TABLE_ROOM ||
      has_quirk (self, BENK_AGENT_QUIRK_FULL, wanted->table_id))
    return BENK_EXT_NO_SPACE;
  if (wanted->rev != BENK_EXT_REV_ANY &&
      wanted->rev != memory->in_force[wanted->table_id - 1].rev)
    return BENK_EXT_REV_CONFLICT;

  return BENK_EXT_OK;
}

static void
begin_write (BenkAgent *self, const BenkExtMessage *wanted, BenkExtMessage *answer)
{
  answer->result = check_write (self, wanted);
  answer->total = wanted->total;
  if (wanted->table_id >= 1 && wanted->table_id <= BENK_AGENT_TABLES)
    answer->rev = self->memory->in_force[wanted->table_id - 1].rev;
  if (answer->result != BENK_EXT_OK)
    return;

  benk_agent_xfer_clear (self);
  self->xfer.id = ++self->next_xfer;
  self->xfer.direction = BENK_EXT_WRITE;
  self->xfer.table = wanted->table_id;
  self->xfer.total = wanted->total;
  self->xfer.crc = wanted->crc;
  self->xfer.received = g_byte_array_new ();
  answer->xfer_id = self->xfer.id;
  /* What is around the data of F201 in one APDU: 26 octets. */
  answer->chunk_max = (guint16) MIN ((self->memory->max_receive - 28) & ~1, READ_CHUNK);
}

static void
begin_read (BenkAgent *self, const BenkExtMessage *wanted, BenkExtMessage *answer)
{
  gboolean staged = wanted->direction == BENK_EXT_READ_STAGED;
  g_autoptr (GBytes) data = NULL;

  if (wanted->table_id == BENK_TABLE_AUDIT && !staged)
    {
      data = benk_agent_audit_table (self);
      answer->rev = self->memory->audit_seq;
    }
  else if (wanted->table_id >= 1 && wanted->table_id <= BENK_AGENT_TABLES)
    {
      const BenkAgentTable *table = staged
                                      ? &self->memory->staged[wanted->table_id - 1]
                                      : &self->memory->in_force[wanted->table_id - 1];

      data = table->data != NULL ? g_bytes_ref (table->data) : NULL;
      answer->rev = table->rev;
    }
  else
    {
      answer->result = BENK_EXT_UNSUPPORTED_TABLE;
      return;
    }

  benk_agent_xfer_clear (self);
  self->xfer.id = ++self->next_xfer;
  self->xfer.direction = wanted->direction;
  self->xfer.table = wanted->table_id;
  self->xfer.data = data != NULL ? g_steal_pointer (&data) : g_bytes_new (NULL, 0);
  answer->xfer_id = self->xfer.id;
  answer->chunk_max = MIN (READ_CHUNK, self->memory->max_send - 48);
  answer->total = (guint32) g_bytes_get_size (self->xfer.data);
}

static void
xfer_begin (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_BEGIN_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_BEGIN_RESPONSE);
  if (wanted.direction == BENK_EXT_WRITE)
    begin_write (self, &wanted, &answer);
  else if (wanted.direction == BENK_EXT_READ_IN_FORCE ||
           wanted.direction == BENK_EXT_READ_STAGED)
    begin_read (self, &wanted, &answer);
  else
    answer.result = BENK_EXT_VALUE_INVALID;
  benk_agent_reply_ext (self, request, &answer);
}

/* A chunk goes where the last one ended; the same one again changes nothing. */
static guint16
take_chunk (BenkAgent *self, const BenkExtMessage *wanted)
{
  GByteArray *have = self->xfer.received;
  gsize length;
  const guint8 *data = g_bytes_get_data (wanted->data, &length);

  if (self->xfer.direction != BENK_EXT_WRITE || wanted->xfer_id != self->xfer.id)
    return BENK_EXT_BAD_STATE;
  if (wanted->offset < have->len && length <= have->len - wanted->offset &&
      (length == 0 || memcmp (have->data + wanted->offset, data, length) == 0))
    return BENK_EXT_OK;
  if (wanted->offset != have->len)
    return BENK_EXT_BAD_OFFSET;
  if (self->xfer.committed || length > self->xfer.total - have->len)
    return BENK_EXT_VALUE_INVALID;
  if (has_quirk (self, BENK_AGENT_QUIRK_FULL, self->xfer.table))
    return BENK_EXT_NO_SPACE;

  g_byte_array_append (have, data, (guint) length);

  return BENK_EXT_OK;
}

static void
xfer_data (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_DATA_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_DATA_RESPONSE);
  answer.xfer_id = wanted.xfer_id;
  answer.result = take_chunk (self, &wanted);
  answer.offset = self->xfer.received != NULL ? self->xfer.received->len : 0;
  benk_agent_reply_ext (self, request, &answer);
}

static void
xfer_read (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };
  gsize size;

  if (!benk_agent_take_ext (self, request, BENK_EXT_READ_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_READ_RESPONSE);
  answer.xfer_id = wanted.xfer_id;
  answer.offset = wanted.offset;
  size = self->xfer.data != NULL ? g_bytes_get_size (self->xfer.data) : 0;
  if (self->xfer.data == NULL || wanted.xfer_id != self->xfer.id)
    answer.result = BENK_EXT_BAD_STATE;
  else if (wanted.offset > size || wanted.offset % 2 != 0)
    answer.result = BENK_EXT_BAD_OFFSET;
  else
    answer.data = g_bytes_new_from_bytes (self->xfer.data, wanted.offset,
                                          MIN (MIN (wanted.chunk_max & ~1u, READ_CHUNK),
                                               size - wanted.offset));
  benk_agent_reply_ext (self, request, &answer);
}

/* Flash that returns another octet than was written. */
static GBytes *
spoil (const GByteArray *received)
{
  guint8 *data = g_memdup2 (received->data, received->len);

  data[received->len - 1] ^= 0x01;

  return g_bytes_new_take (data, received->len);
}

static guint16
stage (BenkAgent *self, const BenkExtMessage *wanted)
{
  BenkAgentXfer *xfer = &self->xfer;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (BenkExtTable) table = NULL;

  if (xfer->direction != BENK_EXT_WRITE || wanted->xfer_id != xfer->id)
    return BENK_EXT_BAD_STATE;
  if (xfer->received->len != xfer->total)
    return BENK_EXT_BAD_OFFSET;
  if (wanted->crc != xfer->crc ||
      benk_crc32 (xfer->received->data, xfer->received->len) != wanted->crc)
    return BENK_EXT_CRC_MISMATCH;
  if (xfer->committed)
    return BENK_EXT_OK;
  if (has_quirk (self, BENK_AGENT_QUIRK_FULL, xfer->table))
    return BENK_EXT_NO_SPACE;

  data = g_bytes_new (xfer->received->data, xfer->received->len);
  table = benk_ext_table_parse (xfer->table, data, NULL);
  if (table == NULL)
    return BENK_EXT_VALUE_INVALID;
  if (has_quirk (self, BENK_AGENT_QUIRK_CRC_LIE, xfer->table))
    {
      g_bytes_unref (data);
      data = spoil (xfer->received);
    }
  benk_agent_table_set (&self->memory->staged[xfer->table - 1],
                        self->memory->in_force[xfer->table - 1].rev + 1, wanted->crc,
                        data);
  xfer->committed = TRUE;
  self->dirty = TRUE;

  return BENK_EXT_OK;
}

static void
xfer_commit (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_COMMIT_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_COMMIT_RESPONSE);
  answer.xfer_id = wanted.xfer_id;
  answer.result = stage (self, &wanted);
  answer.crc = wanted.crc;
  if (answer.result == BENK_EXT_OK)
    answer.rev = self->memory->staged[self->xfer.table - 1].rev;
  else if (answer.result == BENK_EXT_CRC_MISMATCH)
    answer.crc = benk_crc32 (self->xfer.received->data, self->xfer.received->len);
  benk_agent_reply_ext (self, request, &answer);
}

static void
xfer_abort (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_ABORT, &message))
    return;

  if (message.xfer_id == self->xfer.id)
    benk_agent_xfer_clear (self);
  benk_agent_reply_ext (self, request, &message);
}

static guint32
listed_crc (const BenkExtMessage *wanted, guint16 id, gboolean *listed)
{
  const BenkExtTableState *row = benk_ext_find_table (wanted, id);

  *listed = row != NULL;

  return row != NULL ? row->crc : 0;
}

/* Whether the set is the one in force, so that a lost answer can be asked for again. */
static gboolean
is_in_force (const BenkAgent *self, const BenkExtMessage *wanted)
{
  if (wanted->set_id != self->memory->set_id)
    return FALSE;

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      const BenkAgentTable *table = &self->memory->in_force[i];
      gboolean listed;
      guint32 crc = listed_crc (wanted, (guint16) (i + 1), &listed);

      if (listed != (table->data != NULL) || (listed && crc != table->crc))
        return FALSE;
    }

  return TRUE;
}

/* The set must be exactly what is staged, and hold a schedule: a plan is one whole. */
static guint16
check_set (const BenkAgent *self, const BenkExtMessage *wanted)
{
  const BenkAgentMemory *memory = self->memory;
  gboolean listed;

  if (wanted->set_id == 0)
    return BENK_EXT_VALUE_INVALID;
  if (wanted->set_id == memory->set_id)
    return BENK_EXT_REV_CONFLICT;
  if (memory->mode != BENK_EXT_MODE_MAINTENANCE || memory->lid_open || memory->dispensing)
    return BENK_EXT_INTERLOCK;

  for (guint i = 0; i < wanted->n_tables; i++)
    if (wanted->tables[i].id < 1 || wanted->tables[i].id > BENK_AGENT_TABLES)
      return BENK_EXT_UNSUPPORTED_TABLE;
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      guint32 crc = listed_crc (wanted, (guint16) (i + 1), &listed);

      if (listed != (memory->staged[i].data != NULL))
        return BENK_EXT_BAD_STATE;
      if (listed && crc != memory->staged[i].crc)
        return BENK_EXT_CRC_MISMATCH;
      if (listed && has_quirk (self, BENK_AGENT_QUIRK_FULL, (guint16) (i + 1)))
        return BENK_EXT_NO_SPACE;
    }
  listed_crc (wanted, BENK_TABLE_SCHEDULE, &listed);

  return listed ? BENK_EXT_OK : BENK_EXT_BAD_STATE;
}

static void
put_in_force (BenkAgent *self, guint32 set_id)
{
  BenkAgentMemory *memory = self->memory;

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      BenkAgentTable *staged = &memory->staged[i];

      benk_agent_table_set (&memory->in_force[i], staged->rev, staged->crc, staged->data);
      benk_agent_table_clear (staged);
    }
  memory->set_id = set_id;
  memory->activated_at = benk_agent_memory_get_time (memory, self->now_ms);
  memory->changed_at = memory->activated_at;
  benk_agent_memory_add_audit (memory, BENK_AGENT_AUDIT_ACTIVATED, set_id, self->now_ms);
  benk_agent_xfer_clear (self);
  self->dirty = TRUE;
}

static void
activate (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_ACTIVATE_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_ACTIVATE_RESPONSE);
  answer.set_id = wanted.set_id;
  if (wanted.set_id == 0 || !is_in_force (self, &wanted))
    {
      answer.result = check_set (self, &wanted);
      if (answer.result == BENK_EXT_OK)
        put_in_force (self, wanted.set_id);
    }
  if (answer.result == BENK_EXT_OK)
    answer.time = self->memory->activated_at;
  benk_agent_reply_ext (self, request, &answer);
}

/* Actions on tables; FALSE when the type is none of them. */
gboolean
benk_agent_plan_action (BenkAgent *self, const BenkApdu *request)
{
  switch (request->type)
    {
    case BENK_EXT_ACT_BEGIN:
      xfer_begin (self, request);
      return TRUE;
    case BENK_EXT_ACT_DATA:
      xfer_data (self, request);
      return TRUE;
    case BENK_EXT_ACT_READ:
      xfer_read (self, request);
      return TRUE;
    case BENK_EXT_ACT_COMMIT:
      xfer_commit (self, request);
      return TRUE;
    case BENK_EXT_ACT_ABORT:
      xfer_abort (self, request);
      return TRUE;
    case BENK_EXT_ACT_ACTIVATE:
      activate (self, request);
      return TRUE;
    default:
      return FALSE;
    }
}
