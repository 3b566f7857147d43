/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-ext-table.h"

/* The part that gives a dispenser another plan and wipes it, for one that holds nothing
 * that anybody needs. */

#define POLL_MS 500
#define POLLS 120
#define CHUNK 36

static GBytes *
make_table (guint16 id)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (id);
  BenkDoseEntry dose = { .entry_id = 1,
                         .amount = 1,
                         .unit = 512,
                         .minute = 8 * 60,
                         .before_min = 15,
                         .after_min = 60,
                         .recurrence = BENK_DOSE_EVERY_N_DAYS,
                         .recurrence_arg = 1,
                         .anchor = 0x20260101,
                         .flags = BENK_DOSE_FLAG_ALARM };
  BenkRuleEntry rule = { .rule_id = 1,
                         .condition = BENK_RULE_MISSED,
                         .threshold = 30,
                         .action = BENK_RULE_SOUND,
                         .volume = 50 };
  BenkRecipientEntry recipient = { .recipient_id = 1, .channel = 4, .priority = 1 };

  table->valid_from = benk_mder_time_from_seconds (1767225600); /* 2026-01-01 */
  dose.code = g_strdup ("");
  dose.label = g_strdup ("");
  recipient.address = g_strdup ("test");
  recipient.name = g_strdup ("");
  g_free (table->order_ref);
  table->order_ref = g_strdup ("");
  if (id == BENK_TABLE_SCHEDULE)
    g_array_append_val (table->rows, dose);
  else if (id == BENK_TABLE_ALARM_RULES)
    g_array_append_val (table->rows, rule);
  else
    g_array_append_val (table->rows, recipient);
  if (id != BENK_TABLE_SCHEDULE)
    {
      g_free (dose.code);
      g_free (dose.label);
    }
  if (id != BENK_TABLE_RECIPIENTS)
    {
      g_free (recipient.address);
      g_free (recipient.name);
    }
  return benk_ext_table_compose (table);
}

void
benk_conform_make_tables (BenkConform *self)
{
  for (guint i = 0; i < BENK_CONFORM_TABLES; i++)
    if (self->tables[i] == NULL)
      self->tables[i] = make_table ((guint16) (i + 1));
}

BenkApdu *
benk_conform_ask_reset (BenkConform *self, BenkExtResetOp op)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_RESET_REQUEST);
  message.op = (guint16) op;
  message.scope = BENK_EXT_SCOPE_ALL;
  message.token = op == BENK_EXT_RESET_ARM ? 0 : self->token;
  message.nonce = self->random;
  return benk_conform_act (self, BENK_EXT_ACT_RESET, &message);
}

static BenkApdu *
ask_maintenance (BenkConform *self)
{
  static const guint8 maintenance[] = { 0, BENK_EXT_MODE_MAINTENANCE };
  g_autoptr (GBytes) value = g_bytes_new_static (maintenance, sizeof maintenance);

  return benk_apdu_new_set (0, BENK_HANDLE_MDS, BENK_EXT_ATTR_MODE, value);
}

/* If it did not, the next one tells. */
static void
check_maintenance (BenkConform *self, const BenkApdu *answer)
{
}

/* One request after the other: begin, octets, commit; then the next table. */
static BenkApdu *
ask_write_all (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };
  GBytes *table;
  gsize size;

  if (self->fresh)
    {
      self->table = 0;
      self->writing = FALSE;
    }
  table = self->tables[self->table];
  size = g_bytes_get_size (table);
  if (!self->writing)
    {
      benk_ext_message_init (&message, BENK_EXT_BEGIN_REQUEST);
      message.table_id = (guint16) (self->table + 1);
      message.direction = BENK_EXT_WRITE;
      message.rev = BENK_EXT_REV_ANY;
      message.total = (guint32) size;
      message.crc = benk_crc32_bytes (table);
      return benk_conform_act (self, BENK_EXT_ACT_BEGIN, &message);
    }
  if (self->offset < size)
    {
      benk_ext_message_init (&message, BENK_EXT_DATA_REQUEST);
      message.xfer_id = self->xfer_id;
      message.offset = self->offset;
      message.data =
        g_bytes_new_from_bytes (table, self->offset, MIN (CHUNK, size - self->offset));
      return benk_conform_act (self, BENK_EXT_ACT_DATA, &message);
    }
  benk_ext_message_init (&message, BENK_EXT_COMMIT_REQUEST);
  message.xfer_id = self->xfer_id;
  message.crc = benk_crc32_bytes (table);
  return benk_conform_act (self, BENK_EXT_ACT_COMMIT, &message);
}

static gboolean
took (BenkConform *self, const BenkExtMessage *message)
{
  if (message->result == BENK_EXT_OK)
    return TRUE;
  benk_conform_fail (self, _ ("Table %u: %s."), self->table + 1,
                     benk_ext_result_get_text (message->result));
  return FALSE;
}

static void
check_write_all (BenkConform *self, const BenkApdu *answer)
{
  gsize size = g_bytes_get_size (self->tables[self->table]);
  BenkExtKind kind = !self->writing        ? BENK_EXT_BEGIN_RESPONSE
                     : self->offset < size ? BENK_EXT_DATA_RESPONSE
                                           : BENK_EXT_COMMIT_RESPONSE;
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer, kind, &message) || !took (self, &message))
    return;
  if (kind == BENK_EXT_BEGIN_RESPONSE)
    {
      self->xfer_id = message.xfer_id;
      self->offset = 0;
      self->writing = TRUE;
    }
  else if (kind == BENK_EXT_DATA_RESPONSE &&
           (message.offset <= self->offset ||
            message.offset - self->offset > MIN (CHUNK, size - self->offset)))
    {
      benk_conform_fail (self, _ ("It wants to go on at %u."), message.offset);
      return;
    }
  else if (kind == BENK_EXT_DATA_RESPONSE)
    self->offset = message.offset;
  else
    {
      self->writing = FALSE;
      self->table++;
    }
  if (self->table == BENK_CONFORM_TABLES)
    benk_conform_pass (self);
  else
    benk_conform_ask_again (self, 1);
}

static BenkApdu *
activate (BenkConform *self, guint32 spoilt)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_ACTIVATE_REQUEST);
  message.set_id = self->random;
  message.n_tables = BENK_CONFORM_TABLES;
  for (guint i = 0; i < BENK_CONFORM_TABLES; i++)
    {
      message.tables[i].id = (guint16) (i + 1);
      message.tables[i].crc = benk_crc32_bytes (self->tables[i]) ^ spoilt;
    }
  return benk_conform_act (self, BENK_EXT_ACT_ACTIVATE, &message);
}

static BenkApdu *
ask_activate_wrong (BenkConform *self)
{
  return activate (self, 1);
}

static void
check_activate_wrong (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer, BENK_EXT_ACTIVATE_RESPONSE, &message))
    return;
  if (message.result == BENK_EXT_OK)
    benk_conform_fail (self, "%s",
                       _ ("It put a plan in force that is not the one that "
                          "was named."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_activate (BenkConform *self)
{
  return activate (self, 0);
}

static void
check_activate (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_result (self, answer, BENK_EXT_ACTIVATE_RESPONSE, BENK_EXT_OK,
                                 &message))
    return;
  if (message.set_id != self->random)
    benk_conform_fail (self, "%s", _ ("It answered for another plan."));
  else
    benk_conform_pass (self);
}

static void
check_in_force (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) now = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_PROV_STATE,
                                BENK_EXT_PROV_STATE, &now))
    return;
  for (guint i = 0; i < BENK_CONFORM_TABLES; i++)
    {
      const BenkExtTableState *told = benk_ext_find_table (&now, (guint16) (i + 1));

      if (now.set_id != self->random || told == NULL ||
          told->crc != benk_crc32_bytes (self->tables[i]))
        {
          benk_conform_fail (self, "%s", _ ("Another plan is in force."));
          return;
        }
    }
  benk_conform_pass (self);
}

static BenkApdu *
ask_read_all (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (self->fresh)
    {
      self->table = 0;
      self->reading = FALSE;
    }
  if (!self->reading)
    {
      benk_ext_message_init (&message, BENK_EXT_BEGIN_REQUEST);
      message.table_id = (guint16) (self->table + 1);
      message.direction = BENK_EXT_READ_IN_FORCE;
      message.rev = BENK_EXT_REV_ANY;
      return benk_conform_act (self, BENK_EXT_ACT_BEGIN, &message);
    }
  benk_ext_message_init (&message, BENK_EXT_READ_REQUEST);
  message.xfer_id = self->xfer_id;
  message.chunk_max = CHUNK;
  message.offset = self->got->len;
  return benk_conform_act (self, BENK_EXT_ACT_READ, &message);
}

static void
begin_reading (BenkConform *self, const BenkExtMessage *message)
{
  if (message->total != g_bytes_get_size (self->tables[self->table]))
    {
      benk_conform_fail (self, _ ("Table %u has %u octets."), self->table + 1,
                         message->total);
      return;
    }
  self->xfer_id = message->xfer_id;
  self->reading = TRUE;
  g_clear_pointer (&self->got, g_byte_array_unref);
  self->got = g_byte_array_new ();
  benk_conform_ask_again (self, 1);
}

static void
take_octets (BenkConform *self, const BenkExtMessage *message)
{
  GBytes *table = self->tables[self->table];
  gsize size;
  const guint8 *data = g_bytes_get_data (message->data, &size);

  if (size == 0 || self->got->len + size > g_bytes_get_size (table) ||
      memcmp ((const guint8 *) g_bytes_get_data (table, NULL) + self->got->len, data,
              size) != 0)
    {
      benk_conform_fail (self,
                         _ ("Table %u: what was read differs from what was "
                            "written."),
                         self->table + 1);
      return;
    }
  g_byte_array_append (self->got, data, (guint) size);
  if (self->got->len == g_bytes_get_size (table))
    {
      self->reading = FALSE;
      self->table++;
    }
  if (self->table < BENK_CONFORM_TABLES)
    benk_conform_ask_again (self, 1);
  else
    benk_conform_pass (self);
}

static void
check_read_all (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer,
                               self->reading ? BENK_EXT_READ_RESPONSE
                                             : BENK_EXT_BEGIN_RESPONSE,
                               &message) ||
      !took (self, &message))
    return;
  if (self->reading)
    take_octets (self, &message);
  else
    begin_reading (self, &message);
}

static BenkApdu *
ask_arm (BenkConform *self)
{
  return benk_conform_ask_reset (self, BENK_EXT_RESET_ARM);
}

static void
check_arm (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  self->token = 0;
  if (benk_conform_take_info (self, answer, BENK_EXT_RESET_RESPONSE, &message))
    self->token = message.token;
}

static BenkApdu *
ask_guess (BenkConform *self)
{
  if (self->token == 0)
    return NULL;
  self->token ^= 0x10101010;
  return benk_conform_ask_reset (self, BENK_EXT_RESET_CONFIRM);
}

static void
check_guess (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (self->token == 0)
    {
      benk_conform_not_tried (self, _ ("It had given no token."));
      return;
    }
  if (!benk_conform_take_info (self, answer, BENK_EXT_RESET_RESPONSE, &message))
    return;
  if (message.result == BENK_EXT_OK)
    benk_conform_fail (self, "%s", _ ("It took a token that it had not given."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_confirm (BenkConform *self)
{
  return benk_conform_ask_reset (self, BENK_EXT_RESET_CONFIRM);
}

static BenkApdu *
ask_wiped (BenkConform *self)
{
  /* It leaves the bus when it is done, or stays and is asked. */
  self->leaves = TRUE;
  return benk_conform_get (self, BENK_HANDLE_MDS, BENK_EXT_ATTR_WIPE_STATE);
}

static void
check_wiped (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) now = { 0 };
  gboolean told = benk_conform_take_value (self, answer, BENK_EXT_ATTR_WIPE_STATE,
                                           BENK_EXT_WIPE_STATE, &now);

  if (told && now.state == BENK_EXT_WIPE_RUNNING && ++self->polls < POLLS)
    {
      benk_conform_ask_again (self, POLL_MS);
      return;
    }
  /* It is there: a cable would not tell it that the link is closed. */
  self->leaves = FALSE;
  if (!told)
    return;
  if (now.state != BENK_EXT_WIPE_WIPED || now.regions != 0)
    benk_conform_fail (self, _ ("The state is %u, left are %04x."), now.state,
                       now.regions);
  else if (self->has_counter && now.counter != self->wiped_before.counter + 1)
    benk_conform_fail (self, _ ("The counter is %u."), now.counter);
  else if (now.nonce != self->random)
    benk_conform_fail (self, "%s", _ ("It does not repeat the number it was given."));
  else if (!self->has_counter)
    benk_conform_not_tried (self, _ ("How often it had been wiped is not known."));
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_same (BenkConform *self)
{
  /* Some say that they are wiped before they leave. */
  self->leaves = TRUE;
  return benk_apdu_new_get (0, BENK_HANDLE_MDS, NULL, 0);
}

static void
check_same (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkMds) now = { 0 };

  self->leaves = FALSE;
  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return;
  benk_mds_init (&now);
  benk_mds_update (&now, answer->attrs);
  if (memcmp (now.system_id, self->mds.system_id, sizeof now.system_id) != 0 ||
      g_strcmp0 (now.serial, self->mds.serial) != 0)
    benk_conform_fail (self, _ ("The device says its serial number is %s."),
                       now.serial != NULL ? now.serial : "–");
  else
    benk_conform_pass (self);
}

static BenkApdu *
ask_blank (BenkConform *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_VERIFY_REQUEST);
  message.challenge = ~self->random;
  message.regions = BENK_EXT_SCOPE_ALL;
  return benk_conform_act (self, BENK_EXT_ACT_VERIFY, &message);
}

static void
check_blank (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_conform_take_info (self, answer, BENK_EXT_VERIFY_RESPONSE, &message))
    return;
  if (message.challenge != ~self->random)
    benk_conform_fail (self, "%s", _ ("It does not repeat the number it was given."));
  else if (message.regions != 0)
    benk_conform_fail (self, _ ("Regions are not blank (0x%04x)."), message.regions);
  else
    benk_conform_pass (self);
}

static void
check_empty (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkExtMessage) now = { 0 };

  if (!benk_conform_take_value (self, answer, BENK_EXT_ATTR_PROV_STATE,
                                BENK_EXT_PROV_STATE, &now))
    return;
  for (guint i = 0; i < now.n_tables; i++)
    if (now.tables[i].length != 0)
      {
        benk_conform_fail (self, _ ("Table %u has %u octets."), now.tables[i].id,
                           now.tables[i].length);
        return;
      }
  if (now.set_id != 0)
    benk_conform_fail (self, "%s", _ ("A plan is in force."));
  else
    benk_conform_pass (self);
}

static void
check_log (BenkConform *self, const BenkApdu *answer)
{
  BenkPmStore store = { 0 };

  if (!benk_conform_take_store (self, answer, &store))
    return;
  if (store.usage != 0)
    benk_conform_fail (self, _ ("The log holds %d entries."), (int) store.usage);
  else
    benk_conform_pass (self);
}

/* Judged at the end, over everything that came. */
static void
check_lengths (BenkConform *self, const BenkApdu *answer)
{
  if (self->n_bad > 0)
    benk_conform_fail (self,
                       _ ("%u messages were no APDU or too long; the longest had "
                          "%u octets."),
                       self->n_bad, (guint) self->longest);
  else
    benk_conform_pass (self);
}

#define WRITES                                                                           \
  (BENK_EXT_CAP_SCHEDULE | BENK_EXT_CAP_ALARM_RULES | BENK_EXT_CAP_RECIPIENTS |          \
   BENK_EXT_CAP_SET)

const BenkConformStep benk_conform_wipe[] = {
  { NULL, NULL, NULL, WRITES, TRUE, TRUE, ask_maintenance, check_maintenance },
  { "E-STAGE-ALL", "5", N_ ("Stages schedule, alarm rules and recipients"), WRITES, TRUE,
    TRUE, ask_write_all, check_write_all },
  { "E-ACTIVATE-NAMED", "6", N_ ("Refuses to put in force what was not staged"), WRITES,
    TRUE, TRUE, ask_activate_wrong, check_activate_wrong },
  { "E-ACTIVATE", "6", N_ ("Puts the whole plan in force at once"), WRITES, TRUE, TRUE,
    ask_activate, check_activate },
  { "E-ACTIVATE-AGAIN", "6", N_ ("Gives the same answer when it is asked again"), WRITES,
    TRUE, TRUE, ask_activate, check_activate },
  { "E-IN-FORCE", "6", N_ ("Tells that the new plan is in force"), WRITES, TRUE, TRUE,
    benk_conform_ask_state, check_in_force },
  { "E-READ-BACK", "6", N_ ("Gives back the plan octet for octet"), WRITES, TRUE, TRUE,
    ask_read_all, check_read_all },
  { NULL, NULL, NULL, BENK_EXT_CAP_RESET, TRUE, TRUE, ask_arm, check_arm },
  { "E-TOKEN", "8", N_ ("Takes only the token that it gave"), BENK_EXT_CAP_RESET, TRUE,
    TRUE, ask_guess, check_guess },
  { NULL, NULL, NULL, BENK_EXT_CAP_RESET, TRUE, TRUE, ask_arm, check_arm },
  { "E-CONFIRM", "8", N_ ("Takes the confirmation of a reset"), BENK_EXT_CAP_RESET, TRUE,
    TRUE, ask_confirm, benk_conform_check_reset },
  { "E-WIPED", "8", N_ ("Says that it is wiped, and counts it"), BENK_EXT_CAP_RESET, TRUE,
    TRUE, ask_wiped, check_wiped },
  { "E-SAME", "8", N_ ("Is the same device after a reset"), BENK_EXT_CAP_RESET, TRUE,
    TRUE, ask_same, check_same },
  { "E-BLANK", "8", N_ ("Finds every region blank"), BENK_EXT_CAP_RESET, TRUE, TRUE,
    ask_blank, check_blank },
  { "E-EMPTY", "8", N_ ("Holds no table after a reset"), BENK_EXT_CAP_RESET, TRUE, TRUE,
    benk_conform_ask_state, check_empty },
  { "E-LOG-EMPTY", "8", N_ ("Holds no dose log after a reset"), BENK_EXT_CAP_RESET, TRUE,
    TRUE, benk_conform_ask_store, check_log },
  { "S-LENGTHS", "20601", N_ ("Sends whole messages of at most 1024 octets"), 0, FALSE,
    FALSE, NULL, check_lengths },
};

const guint benk_conform_n_wipe = G_N_ELEMENTS (benk_conform_wipe);
