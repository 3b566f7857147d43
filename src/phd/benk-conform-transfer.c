/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>

#include "benk-ext-table.h"

/* How tables are taken and staged. It changes nothing that the dispenser follows: what is
 * staged is dropped at the end of the association. */

#define UNKNOWN_TABLE 0x7777
#define SCHEDULE BENK_EXT_CAP_SCHEDULE
#define WRITES (BENK_EXT_CAP_SCHEDULE | BENK_EXT_CAP_SET)

static BenkApdu *
ask_maintenance (BenkConform *self)
{
  g_auto (BenkExtMessage) mode = { 0 };
  g_autoptr (GBytes) value = NULL;

  benk_ext_message_init (&mode, BENK_EXT_NUMBER);
  mode.number = BENK_EXT_MODE_MAINTENANCE;
  value = benk_ext_message_compose (&mode);
  return benk_apdu_new_set (0, BENK_HANDLE_MDS, BENK_EXT_ATTR_MODE, value);
}

static void
check_maintenance (BenkConform *self, const BenkApdu *answer)
{
  GBytes *value;
  g_auto (BenkExtMessage) mode = { 0 };

  if (!benk_conform_expect (self, answer, BENK_CHOICE_SET_RESPONSE))
    return;
  value = benk_attrs_find (answer->attrs, BENK_EXT_ATTR_MODE);
  if (value == NULL || !benk_ext_message_parse (&mode, BENK_EXT_NUMBER, value, NULL) ||
      mode.number != BENK_EXT_MODE_MAINTENANCE)
    benk_conform_fail (self, "%s", _ ("It does not say that it is in maintenance."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_begin (BenkConform *self, guint16 table, BenkExtDirection direction)
{
  GBytes *octets = self->tables[0];
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_BEGIN_REQUEST);
  message.table_id = table;
  message.direction = direction;
  message.rev = BENK_EXT_REV_ANY;
  if (direction == BENK_EXT_WRITE)
    {
      message.total = (guint32) g_bytes_get_size (octets);
      message.crc = benk_crc32_bytes (octets);
    }
  return benk_conform_act (self, BENK_EXT_ACT_BEGIN, &message);
}

static BenkApdu *
ask_unknown_table (BenkConform *self)
{
  return ask_begin (self, UNKNOWN_TABLE, BENK_EXT_WRITE);
}

static void
check_unknown_table (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (benk_conform_take_result (self, answer, BENK_EXT_BEGIN_RESPONSE,
                                BENK_EXT_UNSUPPORTED_TABLE, &message))
    benk_conform_pass (self);
}

static BenkApdu *
ask_write (BenkConform *self)
{
  return ask_begin (self, BENK_TABLE_SCHEDULE, BENK_EXT_WRITE);
}

static void
check_write (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_BEGIN_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  self->xfer_id = message.xfer_id;
  self->chunk = MIN (message.chunk_max, BENK_EXT_CHUNK_DEFAULT);
  self->offset = 0;
  if (message.chunk_max < 2)
    benk_conform_fail (self, "%s", _ ("It takes no octets at a time."));
  else
    benk_conform_pass (self);
}

/* How many octets of the first table go into one request. */
static gsize
get_share (const BenkConform *self, guint32 offset)
{
  return MIN (g_bytes_get_size (self->tables[0]) - offset, MAX (self->chunk & ~1u, 2));
}

static BenkApdu *
ask_data (BenkConform *self, guint32 offset)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_DATA_REQUEST);
  message.xfer_id = self->xfer_id;
  message.offset = offset;
  message.data =
    g_bytes_new_from_bytes (self->tables[0], offset, get_share (self, offset));
  return benk_conform_act (self, BENK_EXT_ACT_DATA, &message);
}

static BenkApdu *
ask_bad_offset (BenkConform *self)
{
  return ask_data (self, 2);
}

static void
check_bad_offset (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_DATA_RESPONSE,
                                 BENK_EXT_BAD_OFFSET, &message))
    return;
  if (message.offset != 0)
    benk_conform_fail (self, _ ("It wants to go on at %u, not at 0."), message.offset);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_first (BenkConform *self)
{
  return ask_data (self, 0);
}

static void
check_first (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };
  guint32 expected = (guint32) get_share (self, 0);

  if (!benk_conform_take_result (self, answer, BENK_EXT_DATA_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  if (message.offset != expected || message.xfer_id != self->xfer_id)
    benk_conform_fail (self, _ ("It wants to go on at %u, not at %u."), message.offset,
                       expected);
  else
    {
      self->offset = expected;
      benk_conform_pass (self);
    }
}

static BenkApdu *
ask_rest (BenkConform *self)
{
  return self->offset < g_bytes_get_size (self->tables[0]) ? ask_data (self, self->offset)
                                                           : NULL;
}

static void
check_rest (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (self->offset >= g_bytes_get_size (self->tables[0]) && answer == NULL)
    {
      benk_conform_pass (self);
      return;
    }
  if (!benk_conform_take_result (self, answer, BENK_EXT_DATA_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  if (message.offset <= self->offset ||
      message.offset - self->offset > get_share (self, self->offset))
    {
      benk_conform_fail (self, _ ("It wants to go on at %u."), message.offset);
      return;
    }
  self->offset = message.offset;
  if (self->offset < g_bytes_get_size (self->tables[0]))
    benk_conform_ask_again (self, 1);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_commit_crc (BenkConform *self, guint32 crc)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_COMMIT_REQUEST);
  message.xfer_id = self->xfer_id;
  message.crc = crc;
  return benk_conform_act (self, BENK_EXT_ACT_COMMIT, &message);
}

static BenkApdu *
ask_wrong_crc (BenkConform *self)
{
  return ask_commit_crc (self, benk_crc32_bytes (self->tables[0]) ^ 1);
}

static void
check_wrong_crc (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (benk_conform_take_result (self, answer, BENK_EXT_COMMIT_RESPONSE,
                                BENK_EXT_CRC_MISMATCH, &message))
    benk_conform_pass (self);
}

static BenkApdu *
ask_commit (BenkConform *self)
{
  return ask_commit_crc (self, benk_crc32_bytes (self->tables[0]));
}

static void
check_commit (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_COMMIT_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  if (message.crc != benk_crc32_bytes (self->tables[0]))
    benk_conform_fail (self, "%s", _ ("It tells another checksum."));
  else
    benk_conform_pass (self);
}

static gboolean
is_same_plan (const BenkExtMessage *one, const BenkExtMessage *other)
{
  if (one->set_id != other->set_id || one->n_tables != other->n_tables)
    return FALSE;
  for (guint i = 0; i < one->n_tables; i++)
    {
      const BenkExtTableState *left = &one->tables[i];
      const BenkExtTableState *right = benk_ext_find_table (other, left->id);

      if (right == NULL || left->crc != right->crc || left->length != right->length ||
          left->rev != right->rev)
        return FALSE;
    }
  return TRUE;
}

static void
check_unchanged (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) now = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_PROV_STATE,
                                BENK_EXT_PROV_STATE, &now))
    return;
  if (!self->has_before)
    benk_conform_not_tried (self, _ ("Which plan was in force before is not known."));
  else if (!is_same_plan (&self->before, &now))
    benk_conform_fail (self, "%s", _ ("Another plan is in force than before."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_staged (BenkConform *self)
{
  return ask_begin (self, BENK_TABLE_SCHEDULE, BENK_EXT_READ_STAGED);
}

static void
check_staged (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_BEGIN_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  self->xfer_id = message.xfer_id;
  if (message.total != g_bytes_get_size (self->tables[0]))
    benk_conform_fail (self, _ ("%u octets are staged."), message.total);
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_read (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_READ_REQUEST);
  message.xfer_id = self->xfer_id;
  message.chunk_max = (guint16) g_bytes_get_size (self->tables[0]);
  return benk_conform_act (self, BENK_EXT_ACT_READ, &message);
}

static void
check_read (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };
  g_autoptr (GBytes) expected = NULL;

  if (!benk_conform_take_result (self, answer, BENK_EXT_READ_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  expected = g_bytes_new_from_bytes (self->tables[0], 0,
                                     MIN (g_bytes_get_size (message.data),
                                          g_bytes_get_size (self->tables[0])));
  if (g_bytes_get_size (message.data) == 0 || !g_bytes_equal (message.data, expected))
    benk_conform_fail (self, "%s", _ ("What was read differs from what was written."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_drop (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_ABORT);
  message.xfer_id = self->xfer_id;
  return benk_conform_act (self, BENK_EXT_ACT_ABORT, &message);
}

static void
check_drop (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer, BENK_EXT_ABORT, &message))
    return;
  if (message.xfer_id != self->xfer_id)
    benk_conform_fail (self, "%s", _ ("It answered for another transfer."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_release (BenkConform *self)
{
  return benk_apdu_new_reason (BENK_APDU_RLRQ, 0);
}

static void
check_release (BenkConform *self, const BenkApdu *answer)
{
  self->leaves = TRUE;
}

static void
check_dropped (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer, BENK_EXT_BEGIN_RESPONSE, &message))
    return;
  if (message.result == BENK_EXT_OK && message.total != 0)
    benk_conform_fail (self, _ ("%u octets are still staged."), message.total);
  else
    benk_conform_pass (self);
}

const BenkConformStep benk_conform_transfer[] = {
  { "E-MAINTENANCE", "3", N_ ("Goes into maintenance and says so"), BENK_EXT_CAP_SET,
    TRUE, FALSE, ask_maintenance, check_maintenance },
  { "E-UNKNOWN-TABLE", "5", N_ ("Refuses an unknown table"), WRITES, TRUE, FALSE,
    ask_unknown_table, check_unknown_table },
  { "E-BEGIN", "5", N_ ("Begins to take a table"), WRITES, TRUE, FALSE, ask_write,
    check_write },
  { "E-OFFSET", "5", N_ ("Says where to go on when octets are missing"), WRITES, TRUE,
    FALSE, ask_bad_offset, check_bad_offset },
  { "E-DATA", "5", N_ ("Takes octets"), WRITES, TRUE, FALSE, ask_first, check_first },
  { "E-REPEAT", "5", N_ ("Takes the same octets again without effect"), WRITES, TRUE,
    FALSE, ask_first, check_first },
  { "E-WHOLE", "5", N_ ("Takes a whole table"), WRITES, TRUE, FALSE, ask_rest,
    check_rest },
  { "E-CHECKSUM", "5", N_ ("Refuses a wrong checksum"), WRITES, TRUE, FALSE,
    ask_wrong_crc, check_wrong_crc },
  { "E-COMMIT", "5", N_ ("Stages a table"), WRITES, TRUE, FALSE, ask_commit,
    check_commit },
  { "E-STAGED", "6", N_ ("Follows the old plan while the new one is staged"), WRITES,
    TRUE, FALSE, benk_conform_ask_state, check_unchanged },
  { "E-READ-STAGED", "5", N_ ("Lets what is staged be read"), WRITES, TRUE, FALSE,
    ask_staged, check_staged },
  { "E-READ", "5", N_ ("Gives back the octets that were written"), WRITES, TRUE, FALSE,
    ask_read, check_read },
  { "E-ABORT", "5", N_ ("Lets a transfer be dropped"), WRITES, TRUE, FALSE, ask_drop,
    check_drop },
  { NULL, NULL, NULL, WRITES, TRUE, FALSE, ask_release, check_release },
  { "E-DROPPED", "6", N_ ("Drops what is staged when the association ends"), WRITES, TRUE,
    FALSE, ask_staged, check_dropped },
  { "E-MODE-ENDS", "6", N_ ("Leaves maintenance when the association ends"), WRITES, TRUE,
    FALSE, benk_conform_ask_mode, benk_conform_check_mode },
  { "E-OLD-PLAN", "6", N_ ("Follows the same plan as before it was tried"), SCHEDULE,
    TRUE, FALSE, benk_conform_ask_state, check_unchanged },
};

const guint benk_conform_n_transfer = G_N_ELEMENTS (benk_conform_transfer);
