/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Octets of an Xfer-Data APDU besides its data. */
#define DATA_OVERHEAD 26
#define PACKET 64
#define READ_DEFAULT 976
#define TABLE_MAX 65536
#define RETRIES 3

static guint
n_tables (const BenkJob *self)
{
  return G_N_ELEMENTS (self->plan.tables);
}

static guint16
get_table_id (const BenkJob *self)
{
  return (guint16) (self->table + 1);
}

/* Even, within what the device receives, and no APDU of whole packets, for those devices
   that never see the end of such a transfer. */
static guint
choose_chunk (const BenkJob *self, guint16 offered)
{
  guint limit = MAX (self->profile.max_rx, PACKET) - DATA_OVERHEAD;
  guint chunk = offered > 0 ? MIN (offered, limit) : BENK_EXT_CHUNK_DEFAULT;

  chunk = MIN (chunk, 1024) & ~1u;
  if ((chunk + DATA_OVERHEAD) % PACKET == 0)
    chunk -= 2;
  return MAX (chunk, 2);
}

static void
send_begin (BenkJob *self, BenkExtDirection direction, GBytes *table)
{
  const BenkExtTableState *known =
    benk_ext_find_table (&self->state, get_table_id (self));
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_BEGIN_REQUEST);
  message.table_id = get_table_id (self);
  message.direction = direction;
  message.rev = BENK_EXT_REV_ANY;
  if (direction == BENK_EXT_WRITE)
    {
      message.total = (guint32) g_bytes_get_size (table);
      message.crc = benk_crc32_bytes (table);
      message.rev = known != NULL ? known->rev : BENK_EXT_REV_ANY;
    }
  self->xfer_state = BENK_XFER_BEGIN;
  self->xfer_offset = 0;
  self->xfer_retries = 0;
  benk_job_act (self, BENK_EXT_ACT_BEGIN, &message);
}

static void
fail_result (BenkJob *self, guint16 result)
{
  benk_job_fail (self, _ ("%s: the dispenser refused (%s)."),
                 benk_ext_table_get_label (get_table_id (self)),
                 benk_ext_result_get_text (result));
}

static void
send_commit (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_COMMIT_REQUEST);
  message.xfer_id = self->xfer_id;
  message.crc = benk_crc32_bytes (self->plan.tables[self->table]);
  self->xfer_state = BENK_XFER_COMMIT;
  benk_job_act (self, BENK_EXT_ACT_COMMIT, &message);
}

static void
send_chunk (BenkJob *self)
{
  GBytes *table = self->plan.tables[self->table];
  gsize left = g_bytes_get_size (table) - self->xfer_offset;
  g_auto (BenkExtMessage) message = { 0 };

  if (left == 0)
    {
      send_commit (self);
      return;
    }
  benk_ext_message_init (&message, BENK_EXT_DATA_REQUEST);
  message.xfer_id = self->xfer_id;
  message.offset = self->xfer_offset;
  message.data =
    g_bytes_new_from_bytes (table, self->xfer_offset, MIN (left, self->xfer_chunk));
  self->xfer_state = BENK_XFER_MOVE;
  benk_job_act (self, BENK_EXT_ACT_DATA, &message);
}

static void
take_write_begin (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take (self, apdu, BENK_EXT_BEGIN_RESPONSE, &answer, &why))
    benk_job_fail (self, "%s", why);
  else if (answer.result != BENK_EXT_OK)
    fail_result (self, answer.result);
  else
    {
      self->xfer_open = TRUE;
      self->xfer_id = answer.xfer_id;
      self->xfer_chunk = choose_chunk (self, answer.chunk_max);
      send_chunk (self);
    }
}

/* The device says where to go on; it may correct that a few times, not for ever. */
static void
take_write_data (BenkJob *self, const BenkApdu *apdu)
{
  gsize size = g_bytes_get_size (self->plan.tables[self->table]);
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;
  gsize expected = MIN (size, (gsize) self->xfer_offset + self->xfer_chunk);

  if (!benk_job_take (self, apdu, BENK_EXT_DATA_RESPONSE, &answer, &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  if (answer.result != BENK_EXT_OK && answer.result != BENK_EXT_BAD_OFFSET)
    fail_result (self, answer.result);
  else if (answer.xfer_id != self->xfer_id || answer.offset > size ||
           answer.offset % 2 != 0)
    benk_job_fail (self, "%s", _ ("The dispenser gave an answer that does not fit."));
  else if (answer.offset != expected && ++self->xfer_retries > RETRIES)
    fail_result (self, BENK_EXT_BAD_OFFSET);
  else
    {
      self->xfer_offset = answer.offset;
      send_chunk (self);
    }
}

static void
take_commit (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take (self, apdu, BENK_EXT_COMMIT_RESPONSE, &answer, &why))
    benk_job_fail (self, "%s", why);
  else if (answer.result != BENK_EXT_OK)
    fail_result (self, answer.result);
  else if (answer.crc != benk_crc32_bytes (self->plan.tables[self->table]))
    fail_result (self, BENK_EXT_CRC_MISMATCH);
  else
    {
      self->xfer_open = FALSE;
      self->table++;
      if (self->table < n_tables (self))
        send_begin (self, BENK_EXT_WRITE, self->plan.tables[self->table]);
      else
        benk_job_next (self);
    }
}

void
benk_step_write_tables (BenkJob *self)
{
  if (self->in_force)
    {
      benk_job_skip (self, _ ("Already in force."));
      return;
    }
  self->table = 0;
  send_begin (self, BENK_EXT_WRITE, self->plan.tables[0]);
}

void
benk_step_write_tables_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (self->xfer_state == BENK_XFER_BEGIN)
    take_write_begin (self, apdu);
  else if (self->xfer_state == BENK_XFER_MOVE)
    take_write_data (self, apdu);
  else
    take_commit (self, apdu);
}

/* Best effort: staged tables are dropped with the association in any case. */
void
benk_step_abort_upload (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!self->xfer_open)
    {
      benk_job_skip (self, NULL);
      return;
    }
  self->xfer_open = FALSE;
  benk_ext_message_init (&message, BENK_EXT_ABORT);
  message.xfer_id = self->xfer_id;
  benk_job_act (self, BENK_EXT_ACT_ABORT, &message);
}

static void
send_read (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_READ_REQUEST);
  message.xfer_id = self->xfer_id;
  message.chunk_max = (guint16) self->xfer_chunk;
  message.offset = self->got->len;
  self->xfer_state = BENK_XFER_MOVE;
  benk_job_act (self, BENK_EXT_ACT_READ, &message);
}

static void
hash_table (BenkJob *self, GBytes *octets, BenkJobTable *table)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size;
  const guint8 *data = g_bytes_get_data (self->salt, &size);

  if (size > 0)
    g_checksum_update (checksum, data, (gssize) size);
  data = g_bytes_get_data (octets, &size);
  if (size > 0)
    g_checksum_update (checksum, data, (gssize) size);
  g_strlcpy (table->hash, g_checksum_get_string (checksum), sizeof table->hash);
}

/* Octets are compared here and forgotten; what stays is a salted hash, and of the
   schedule, as long as the job runs, when the next dose is. */
static void
keep_table (BenkJob *self, GBytes *octets)
{
  BenkJobTable *table = &self->result.tables[self->table];
  g_autoptr (BenkExtTable) parsed =
    benk_ext_table_parse (get_table_id (self), octets, NULL);

  memset (table, 0, sizeof *table);
  table->id = get_table_id (self);
  table->rev = self->xfer_rev;
  table->length = (guint32) g_bytes_get_size (octets);
  table->crc = benk_crc32_bytes (octets);
  table->rows = parsed != NULL ? parsed->rows->len : 0;
  table->equal =
    self->has_plan ? g_bytes_equal (octets, self->plan.tables[self->table]) : -1;
  hash_table (self, octets, table);
  self->result.n_tables = MAX (self->result.n_tables, self->table + 1);
  if (table->id == BENK_TABLE_SCHEDULE)
    self->result.dose_times = table->rows;
  if (table->equal == 0 && self->kind != BENK_JOB_READ)
    {
      self->phase = BENK_PHASE_DIFFERS;
      self->other_plan = TRUE;
    }
  if (table->id == BENK_TABLE_SCHEDULE)
    {
      g_clear_pointer (&self->read_schedule, benk_ext_table_free);
      self->read_schedule = g_steal_pointer (&parsed);
    }
}

static void
end_reading (BenkJob *self)
{
  for (guint i = 0; i < self->result.n_tables; i++)
    if (self->result.tables[i].equal == 0 && self->kind != BENK_JOB_READ)
      {
        benk_job_fail (self, _ ("%s: what was read back differs from what was written."),
                       benk_ext_table_get_label (self->result.tables[i].id));
        return;
      }
  benk_job_next (self);
}

static void
finish_table (BenkJob *self)
{
  g_autoptr (GBytes) octets = g_byte_array_free_to_bytes (g_steal_pointer (&self->got));

  if (self->reading_old)
    {
      self->old_schedule = benk_ext_table_parse (BENK_TABLE_SCHEDULE, octets, NULL);
      benk_job_next (self);
      return;
    }
  keep_table (self, octets);
  self->table++;
  if (self->table < n_tables (self))
    send_begin (self, BENK_EXT_READ_IN_FORCE, NULL);
  else
    end_reading (self);
}

static void
take_read_begin (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take (self, apdu, BENK_EXT_BEGIN_RESPONSE, &answer, &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  if (answer.result != BENK_EXT_OK)
    {
      fail_result (self, answer.result);
      return;
    }
  if (answer.total > TABLE_MAX)
    {
      benk_job_fail (self, _ ("%s: the dispenser announces %u octets."),
                     benk_ext_table_get_label (get_table_id (self)), answer.total);
      return;
    }
  self->xfer_id = answer.xfer_id;
  self->xfer_total = answer.total;
  self->xfer_rev = answer.rev;
  self->xfer_chunk =
    MAX ((answer.chunk_max > 0 ? answer.chunk_max : READ_DEFAULT) & ~1u, 2u);
  g_clear_pointer (&self->got, g_byte_array_unref);
  self->got = g_byte_array_new ();
  if (answer.total == 0)
    finish_table (self);
  else
    send_read (self);
}

static void
take_read_data (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;
  gsize size;
  const guint8 *data;

  if (!benk_job_take (self, apdu, BENK_EXT_READ_RESPONSE, &answer, &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  if (answer.result != BENK_EXT_OK)
    {
      fail_result (self, answer.result);
      return;
    }
  data = g_bytes_get_data (answer.data, &size);
  if (answer.xfer_id != self->xfer_id || answer.offset != self->got->len || size == 0 ||
      size > self->xfer_total - self->got->len)
    {
      benk_job_fail (self, "%s", _ ("The dispenser gave an answer that does not fit."));
      return;
    }
  g_byte_array_append (self->got, data, (guint) size);
  if (self->got->len < self->xfer_total)
    send_read (self);
  else
    finish_table (self);
}

/* What the dispenser follows until the new plan is in force, for saying its next dose. */
void
benk_step_old_schedule (BenkJob *self)
{
  const BenkExtTableState *known =
    benk_ext_find_table (&self->state, BENK_TABLE_SCHEDULE);

  if (self->in_force || self->state.set_id == 0 || known == NULL || known->length == 0)
    {
      benk_job_skip (self, NULL);
      return;
    }
  g_clear_pointer (&self->old_schedule, benk_ext_table_free);
  self->reading_old = TRUE;
  self->table = 0;
  send_begin (self, BENK_EXT_READ_IN_FORCE, NULL);
}

void
benk_step_read_tables (BenkJob *self)
{
  if (!self->result.extension)
    {
      benk_job_skip (self, NULL);
      return;
    }
  self->reading_old = FALSE;
  self->table = 0;
  self->result.n_tables = 0;
  send_begin (self, BENK_EXT_READ_IN_FORCE, NULL);
}

void
benk_step_read_tables_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (self->xfer_state == BENK_XFER_BEGIN)
    take_read_begin (self, apdu);
  else
    take_read_data (self, apdu);
}
