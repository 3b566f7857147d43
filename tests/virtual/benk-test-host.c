/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-ext-table.h"

static void
on_apdu (BenkVirtualDispenser *dispenser, GBytes *apdu, TestHost *self)
{
  g_queue_push_tail (&self->received, g_bytes_ref (apdu));
}

static void
on_down (BenkVirtualDispenser *dispenser, const GError *error, TestHost *self)
{
  g_clear_error (&self->down);
  self->down = g_error_copy (error);
}

static void
open_dispenser (TestHost *self, const char *model_id, const char *state_dir)
{
  g_autoptr (GError) error = NULL;

  self->dispenser = benk_virtual_dispenser_new (model_id, NULL, BENK_CLOCK (self->clock),
                                                state_dir, &error);
  g_assert_no_error (error);
  g_signal_connect (self->dispenser, "apdu", G_CALLBACK (on_apdu), self);
  g_signal_connect (self->dispenser, "down", G_CALLBACK (on_down), self);
  benk_virtual_dispenser_plug (self->dispenser);
}

/* A plugged-in dispenser and its host. */
TestHost *
test_host_new (const char *model_id, const char *state_dir)
{
  TestHost *self = g_new0 (TestHost, 1);

  g_queue_init (&self->received);
  self->clock = benk_fake_clock_new (TEST_NOW_MS);
  open_dispenser (self, model_id, state_dir);

  return self;
}

void
test_host_free (TestHost *self)
{
  g_signal_handlers_disconnect_by_data (self->dispenser, self);
  g_assert_finalize_object (self->dispenser);
  g_assert_finalize_object (self->clock);
  g_queue_clear_full (&self->received, (GDestroyNotify) g_bytes_unref);
  g_clear_error (&self->down);
  g_free (self);
}

/* Another process: the same dispenser from its state file. */
void
test_host_reopen (TestHost *self, const char *model_id, const char *state_dir)
{
  g_signal_handlers_disconnect_by_data (self->dispenser, self);
  g_assert_finalize_object (self->dispenser);
  g_queue_clear_full (&self->received, (GDestroyNotify) g_bytes_unref);
  g_clear_error (&self->down);
  open_dispenser (self, model_id, state_dir);
}

void
test_host_connect (TestHost *self)
{
  g_autoptr (GError) error = NULL;

  g_queue_clear_full (&self->received, (GDestroyNotify) g_bytes_unref);
  g_clear_error (&self->down);
  benk_virtual_dispenser_connect_host (self->dispenser, &error);
  g_assert_no_error (error);
}

void
test_host_send (TestHost *self, BenkApdu *apdu)
{
  g_autoptr (GBytes) octets = benk_apdu_compose (apdu);

  benk_apdu_free (apdu);
  benk_virtual_dispenser_deliver (self->dispenser, octets);
}

/* The next APDU that came, or NULL when there is none or it is none. */
BenkApdu *
test_host_take (TestHost *self)
{
  g_autoptr (GBytes) octets = g_queue_pop_head (&self->received);

  return octets != NULL ? benk_apdu_parse (octets, NULL) : NULL;
}

BenkApdu *
test_host_ask (TestHost *self, BenkApdu *apdu)
{
  test_host_send (self, apdu);

  return test_host_take (self);
}

void
test_host_advance (TestHost *self, gint64 ms)
{
  benk_fake_clock_advance (self->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Connects and answers AARQ and configuration; the line may break on the way. */
void
test_host_associate (TestHost *self)
{
  static const guint8 accepted[] = { 0x40, 0x00, 0x00, 0x00 };
  BenkAssocInfo info = {
    .protocol_version = 0x80000000u,
    .encoding_rules = BENK_ENCODING_MDER,
    .nomenclature_version = 0x80000000u,
    .system_type = BENK_SYSTEM_MANAGER,
    .system_id = { 1, 2, 3, 4, 5, 6, 7, 8 },
  };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) report = NULL;
  g_autoptr (GBytes) reply = g_bytes_new_static (accepted, sizeof accepted);

  test_host_connect (self);
  aarq = test_host_take (self);
  if (aarq == NULL)
    return;
  g_assert_cmphex (aarq->tag, ==, BENK_APDU_AARQ);
  report =
    test_host_ask (self, benk_apdu_new_aare (BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG, &info));
  if (report == NULL)
    return;
  g_assert_cmphex (report->type, ==, 0x0d1c);
  test_host_send (self, benk_apdu_new_event_response (report, reply));
}

/* GETs one attribute of the extension; FALSE when it did not come whole. */
gboolean
test_host_get (TestHost *self, guint16 id, BenkExtKind kind, BenkExtMessage *message)
{
  g_autoptr (BenkApdu) answer =
    test_host_ask (self, benk_apdu_new_get (self->invoke_id++, 0, &id, 1));
  GBytes *value;

  benk_ext_message_init (message, kind);
  if (answer == NULL || answer->choice != BENK_CHOICE_GET_RESPONSE)
    return FALSE;
  value = benk_attrs_find (answer->attrs, id);

  return value != NULL && benk_ext_message_parse (message, kind, value, NULL);
}

gboolean
test_host_set_number (TestHost *self, guint16 id, guint16 number)
{
  guint8 octets[2] = { (guint8) (number >> 8), (guint8) number };
  g_autoptr (GBytes) value = g_bytes_new (octets, sizeof octets);
  g_autoptr (BenkApdu) answer =
    test_host_ask (self, benk_apdu_new_set (self->invoke_id++, 0, id, value));
  GBytes *now;

  if (answer == NULL || answer->choice != BENK_CHOICE_SET_RESPONSE)
    return FALSE;
  now = benk_attrs_find (answer->attrs, id);

  return now != NULL && g_bytes_equal (now, value);
}

gboolean
test_host_act (TestHost *self,
               guint16 type,
               const BenkExtMessage *request,
               BenkExtKind kind,
               BenkExtMessage *answer)
{
  g_autoptr (GBytes) info = benk_ext_message_compose (request);
  g_autoptr (BenkApdu) response =
    test_host_ask (self, benk_apdu_new_action (self->invoke_id++, 0, type, info));

  benk_ext_message_init (answer, kind);

  return response != NULL && response->choice == BENK_CHOICE_ACTION_RESPONSE &&
         response->type == type &&
         benk_ext_message_parse (answer, kind, response->info, NULL);
}

static void
add_dose (BenkExtTable *table, guint i, guint seed)
{
  BenkDoseEntry row = {
    .entry_id = (guint16) (i + 1),
    .amount = benk_mder_sfloat_encode (1),
    .unit = 512,
    .minute = (guint16) (i * 240 + seed % 240),
    .after_min = 60,
    .recurrence = BENK_DOSE_EVERY_N_DAYS,
    .recurrence_arg = 1,
    .anchor = 0x20261122,
    .flags = BENK_DOSE_FLAG_ALARM,
  };

  g_array_append_val (table->rows, row);
}

static void
add_row (BenkExtTable *table, guint i, guint seed)
{
  BenkRuleEntry rule = { .rule_id = (guint16) (i + 1),
                         .condition = BENK_RULE_MISSED,
                         .delay_min = (guint16) seed,
                         .n_recipients = 1,
                         .recipients = { 1 } };
  BenkRecipientEntry recipient = { .recipient_id = (guint16) (i + 1),
                                   .channel = 4,
                                   .priority = (guint16) seed };
  BenkLabel label = { .compartment = (guint16) (seed + i) };

  if (table->id == BENK_TABLE_SCHEDULE)
    add_dose (table, i, seed);
  else if (table->id == BENK_TABLE_ALARM_RULES)
    g_array_append_val (table->rows, rule);
  else if (table->id == BENK_TABLE_RECIPIENTS)
    g_array_append_val (table->rows, recipient);
  else
    g_array_append_val (table->rows, label);
}

/* The octets of a valid table; every seed gives other ones. */
GBytes *
test_make_table (guint16 id, guint seed)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (id);

  for (guint i = 0; i < 4; i++)
    add_row (table, i, seed);

  return benk_ext_table_compose (table);
}

/* F200, F201 …, F203; 0xffff when an answer did not come. */
guint16
test_host_stage (TestHost *self, guint16 id, GBytes *table)
{
  BenkExtMessage request;
  BenkExtMessage answer;
  guint16 xfer;
  guint chunk;
  gsize size = g_bytes_get_size (table);

  benk_ext_message_init (&request, BENK_EXT_BEGIN_REQUEST);
  request.table_id = id;
  request.direction = BENK_EXT_WRITE;
  request.total = (guint32) size;
  request.crc = benk_crc32_bytes (table);
  request.rev = BENK_EXT_REV_ANY;
  if (!test_host_act (self, BENK_EXT_ACT_BEGIN, &request, BENK_EXT_BEGIN_RESPONSE,
                      &answer))
    return 0xffff;
  if (answer.result != BENK_EXT_OK)
    return answer.result;
  xfer = answer.xfer_id;
  chunk = answer.chunk_max;

  for (gsize at = 0; at < size; at += chunk)
    {
      gboolean ok;

      benk_ext_message_init (&request, BENK_EXT_DATA_REQUEST);
      request.xfer_id = xfer;
      request.offset = (guint32) at;
      request.data = g_bytes_new_from_bytes (table, at, MIN (chunk, size - at));
      ok = test_host_act (self, BENK_EXT_ACT_DATA, &request, BENK_EXT_DATA_RESPONSE,
                          &answer);
      benk_ext_message_clear (&request);
      if (!ok)
        return 0xffff;
      if (answer.result != BENK_EXT_OK)
        return answer.result;
    }

  benk_ext_message_init (&request, BENK_EXT_COMMIT_REQUEST);
  request.xfer_id = xfer;
  request.crc = benk_crc32_bytes (table);
  if (!test_host_act (self, BENK_EXT_ACT_COMMIT, &request, BENK_EXT_COMMIT_RESPONSE,
                      &answer))
    return 0xffff;

  return answer.result;
}

/* F205 for the four tables of a seed. */
guint16
test_host_activate (TestHost *self, guint32 set_id, guint seed)
{
  BenkExtMessage request;
  BenkExtMessage answer;

  benk_ext_message_init (&request, BENK_EXT_ACTIVATE_REQUEST);
  request.set_id = set_id;
  request.n_tables = 4;
  for (guint16 id = 1; id <= 4; id++)
    {
      g_autoptr (GBytes) table = test_make_table (id, seed);

      request.tables[id - 1].id = id;
      request.tables[id - 1].crc = benk_crc32_bytes (table);
    }
  if (!test_host_act (self, BENK_EXT_ACT_ACTIVATE, &request, BENK_EXT_ACTIVATE_RESPONSE,
                      &answer))
    return 0xffff;

  return answer.result;
}

/* F200, F202 …; NULL when an answer did not come. */
GBytes *
test_host_read (TestHost *self, guint16 id, guint16 direction)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  BenkExtMessage request;
  BenkExtMessage answer;
  guint32 total;
  guint16 xfer;

  benk_ext_message_init (&request, BENK_EXT_BEGIN_REQUEST);
  request.table_id = id;
  request.direction = direction;
  if (!test_host_act (self, BENK_EXT_ACT_BEGIN, &request, BENK_EXT_BEGIN_RESPONSE,
                      &answer) ||
      answer.result != BENK_EXT_OK)
    return NULL;
  total = answer.total;
  xfer = answer.xfer_id;
  while (all->len < total)
    {
      benk_ext_message_init (&request, BENK_EXT_READ_REQUEST);
      request.xfer_id = xfer;
      request.chunk_max = 976;
      request.offset = all->len;
      if (!test_host_act (self, BENK_EXT_ACT_READ, &request, BENK_EXT_READ_RESPONSE,
                          &answer) ||
          answer.result != BENK_EXT_OK || g_bytes_get_size (answer.data) == 0)
        {
          benk_ext_message_clear (&answer);
          return NULL;
        }
      g_byte_array_append (all, g_bytes_get_data (answer.data, NULL),
                           (guint) g_bytes_get_size (answer.data));
      benk_ext_message_clear (&answer);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* Maintenance, four tables, activation; 0xffff when an answer did not come. */
guint16
test_host_provision (TestHost *self, guint32 set_id, guint seed)
{
  if (!test_host_set_number (self, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE))
    return 0xffff;
  for (guint16 id = 1; id <= 4; id++)
    {
      g_autoptr (GBytes) table = test_make_table (id, seed);
      guint16 result = test_host_stage (self, id, table);

      if (result != BENK_EXT_OK)
        return result;
    }

  return test_host_activate (self, set_id, seed);
}

/* Asserts that what is in force is one whole plan of test_host_provision(), whose set-id
 * is its seed, or none; gives that set-id. */
guint32
test_whole_plan (const BenkAgentMemory *memory)
{
  for (guint16 id = 1; id <= 4; id++)
    {
      g_autoptr (GBytes) wanted = test_make_table (id, memory->set_id);
      const BenkAgentTable *table = &memory->in_force[id - 1];

      if (memory->set_id == 0)
        g_assert_null (table->data);
      else
        g_assert_true (g_bytes_equal (table->data, wanted));
      g_assert_cmphex (table->crc, ==,
                       memory->set_id == 0 ? 0 : benk_crc32_bytes (wanted));
    }

  return memory->set_id;
}
