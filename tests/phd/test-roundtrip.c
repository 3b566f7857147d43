/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-apdu.h"
#include "benk-ext-table.h"
#include "benk-ext.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-pm.h"

#include <string.h>

/* What is written can be read, and is what was written; on random values. GLib prints the
 * seed, and --seed takes it. */

#define ROUNDS 400
#define SLOW_ROUNDS 50000

static guint
get_rounds (void)
{
  return g_test_slow () ? SLOW_ROUNDS : ROUNDS;
}

static guint
draw (guint below)
{
  return (guint) g_test_rand_int () % below;
}

static guint16
draw16 (void)
{
  return (guint16) g_test_rand_int ();
}

static guint32
draw32 (void)
{
  return (guint32) g_test_rand_int ();
}

static GBytes *
draw_octets (gsize most)
{
  gsize length = draw ((guint) most + 1);
  guint8 *octets = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    octets[i] = (guint8) g_test_rand_int ();
  return g_bytes_new_take (octets, length);
}

/* Strings are padded to an even length on the wire, so octets of one are even here. */
static GBytes *
draw_even (gsize most)
{
  g_autoptr (GBytes) drawn = draw_octets (most);

  return g_bytes_new_from_bytes (drawn, 0, g_bytes_get_size (drawn) & ~(gsize) 1);
}

static char *
draw_text (guint most)
{
  guint length = draw (most + 1);
  char *text = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = (char) ('!' + draw (94));
  return text;
}

static BenkMderTime
draw_time (void)
{
  BenkMderTime time = { (guint16) (1900 + draw (200)),
                        (guint8) (1 + draw (12)),
                        (guint8) (1 + draw (28)),
                        (guint8) draw (24),
                        (guint8) draw (60),
                        (guint8) draw (60),
                        (guint8) draw (100) };

  return time;
}

static GPtrArray *
draw_attrs (void)
{
  GPtrArray *attrs = benk_attrs_new ();

  for (guint i = draw (6); i > 0; i--)
    {
      g_autoptr (GBytes) value = draw_octets (40);

      benk_attrs_add (attrs, draw16 (), value);
    }
  return attrs;
}

/* --- MDER --- */

static void
test_mder (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      guint8 a = (guint8) draw (256);
      guint16 b = draw16 ();
      guint32 c = draw32 ();
      BenkMderTime time = draw_time ();
      g_autoptr (GBytes) octets = draw_even (64);
      g_autofree char *text = draw_text (40);
      g_autoptr (GBytes) written = NULL;
      g_autoptr (GBytes) read = NULL;
      g_autofree char *read_text = NULL;
      BenkMderWriter writer;
      BenkMderReader reader;
      BenkMderTime read_time;
      gsize mark;
      guint count;
      BenkMderReader list;

      benk_mder_writer_init (&writer);
      benk_mder_write_u8 (&writer, a);
      benk_mder_write_u16 (&writer, b);
      benk_mder_write_u32 (&writer, c);
      benk_mder_write_time (&writer, &time);
      benk_mder_write_octets (&writer, g_bytes_get_data (octets, NULL),
                              g_bytes_get_size (octets));
      benk_mder_write_string (&writer, text);
      mark = benk_mder_open_list (&writer, 2);
      benk_mder_write_u16 (&writer, b);
      benk_mder_write_u16 (&writer, (guint16) ~b);
      benk_mder_close (&writer, mark);
      written = benk_mder_writer_end (&writer);

      benk_mder_reader_init_bytes (&reader, written);
      g_assert_cmpuint (benk_mder_read_u8 (&reader), ==, a);
      g_assert_cmpuint (benk_mder_read_u16 (&reader), ==, b);
      g_assert_cmpuint (benk_mder_read_u32 (&reader), ==, c);
      read_time = benk_mder_read_time (&reader);
      g_assert_cmpmem (&read_time, sizeof read_time, &time, sizeof time);
      read = benk_mder_read_octets (&reader);
      g_assert_true (g_bytes_equal (read, octets));
      read_text = benk_mder_read_string (&reader);
      g_assert_cmpstr (read_text, ==, text);
      list = benk_mder_read_list (&reader, 2, &count);
      g_assert_cmpuint (count, ==, 2);
      g_assert_cmpuint (benk_mder_read_u16 (&list), ==, b);
      g_assert_cmpuint (benk_mder_read_u16 (&list), ==, (guint16) ~b);
      g_assert_true (benk_mder_reader_finish (&reader, "all", NULL));
    }
}

static void
test_time (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      gint64 seconds = (gint64) draw32 () * 2 / 3;
      BenkMderTime time = benk_mder_time_from_seconds (seconds);

      g_assert_true (benk_mder_time_is_valid (&time));
      g_assert_cmpint (benk_mder_time_to_seconds (&time), ==, seconds);
    }
}

/* --- APDUs --- */

static BenkApdu *
draw_service (guint which)
{
  g_autoptr (GBytes) info = draw_octets (60);
  g_autoptr (GPtrArray) attrs = draw_attrs ();
  guint16 ids[5] = { draw16 (), draw16 (), draw16 (), draw16 (), draw16 () };
  guint16 id = draw16 ();
  guint16 handle = draw16 ();
  guint16 type = draw16 ();

  switch (which)
    {
    case 0:
      return benk_apdu_new_get (id, handle, ids, draw (6));
    case 1:
      return benk_apdu_new_get_response (id, handle, attrs);
    case 2:
      return benk_apdu_new_set (id, handle, type, info);
    case 3:
      return benk_apdu_new_set_response (id, handle, attrs);
    case 4:
      return benk_apdu_new_action (id, handle, type, info);
    case 5:
      return benk_apdu_new_action_response (id, handle, type, info);
    case 6:
      return benk_apdu_new_event (id, handle, draw32 (), type, info);
    case 7:
      return benk_apdu_new_roer (id, type, info);
    default:
      return benk_apdu_new_rorj (id, type);
    }
}

static BenkApdu *
draw_apdu (guint which)
{
  BenkAssocInfo info = { .protocol_version = draw32 (),
                         .encoding_rules = draw16 (),
                         .nomenclature_version = draw32 (),
                         .functional_units = draw32 (),
                         .system_type = draw32 (),
                         .config_id = draw16 (),
                         .data_req_flags = draw16 (),
                         .init_agent_count = (guint8) draw (256),
                         .init_manager_count = (guint8) draw (256) };

  for (guint i = 0; i < sizeof info.system_id; i++)
    info.system_id[i] = (guint8) draw (256);
  if (which == 0)
    return benk_apdu_new_aarq (&info);
  if (which == 1)
    return benk_apdu_new_aare ((BenkAssocResult) draw (9), &info);
  if (which < 5)
    return benk_apdu_new_reason ((BenkApduTag) (BENK_APDU_RLRQ + (which - 2) * 0x100),
                                 draw16 ());
  return draw_service (which - 5);
}

static gboolean
same_octets (GBytes *one, GBytes *other)
{
  gsize left = one != NULL ? g_bytes_get_size (one) : 0;
  gsize right = other != NULL ? g_bytes_get_size (other) : 0;

  return left == right && (left == 0 || g_bytes_equal (one, other));
}

static void
test_apdu (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    for (guint which = 0; which < 14; which++)
      {
        g_autoptr (BenkApdu) apdu = draw_apdu (which);
        g_autoptr (GBytes) octets = benk_apdu_compose (apdu);
        g_autoptr (GError) error = NULL;
        g_autoptr (BenkApdu) read = benk_apdu_parse (octets, &error);
        g_autoptr (GBytes) again = NULL;

        g_assert_no_error (error);
        g_assert_cmphex (read->tag, ==, apdu->tag);
        g_assert_cmphex (read->choice, ==, apdu->choice);
        g_assert_cmphex (read->invoke_id, ==, apdu->invoke_id);
        g_assert_cmphex (read->handle, ==, apdu->handle);
        g_assert_cmphex (read->type, ==, apdu->type);
        g_assert_cmphex (read->time, ==, apdu->time);
        g_assert_cmphex (read->reason, ==, apdu->reason);
        g_assert_true (same_octets (read->info, apdu->info));
        again = benk_apdu_compose (read);
        g_assert_true (g_bytes_equal (octets, again));
      }
}

/* However a stream is cut, the same APDUs come out of it. */
static void
test_stream (void)
{
  for (guint round = 0; round < get_rounds () / 4; round++)
    {
      g_autoptr (BenkApduStream) stream = benk_apdu_stream_new ();
      g_autoptr (GByteArray) all = g_byte_array_new ();
      g_autoptr (GByteArray) out = g_byte_array_new ();

      for (guint i = 0; i < 5; i++)
        {
          g_autoptr (BenkApdu) apdu = draw_apdu (draw (14));
          g_autoptr (GBytes) octets = benk_apdu_compose (apdu);

          g_byte_array_append (all, g_bytes_get_data (octets, NULL),
                               (guint) g_bytes_get_size (octets));
        }
      for (guint at = 0; at < all->len;)
        {
          guint wish = 1 + draw (70);
          guint size = MIN (wish, all->len - at);
          GBytes *apdu;

          benk_apdu_stream_push (stream, all->data + at, size);
          at += size;
          while ((apdu = benk_apdu_stream_next (stream, NULL)) != NULL)
            {
              g_byte_array_append (out, g_bytes_get_data (apdu, NULL),
                                   (guint) g_bytes_get_size (apdu));
              g_bytes_unref (apdu);
            }
        }
      g_assert_cmpmem (out->data, out->len, all->data, all->len);
    }
}

/* --- configuration, MDS, PM-store --- */

static void
test_config (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      g_autoptr (BenkConfig) config = benk_config_new (draw16 ());
      g_autoptr (BenkConfig) read = NULL;
      g_autoptr (GBytes) octets = NULL;
      g_autoptr (GBytes) again = NULL;

      for (guint i = 1 + draw (4); i > 0; i--)
        {
          BenkConfigObject *object = benk_config_add (config, draw16 (), draw16 ());
          g_autoptr (GPtrArray) attrs = draw_attrs ();

          for (guint j = 0; j < attrs->len; j++)
            {
              const BenkAttr *attr = attrs->pdata[j];

              /* A value map is understood, and so has to be one. */
              if (attr->id != 0x0a55)
                benk_attrs_add (object->attrs, attr->id, attr->value);
            }
        }
      octets = benk_config_compose (config);
      read = benk_config_parse (octets, NULL);
      g_assert_nonnull (read);
      g_assert_cmphex (read->id, ==, config->id);
      g_assert_cmpuint (read->objects->len, ==, config->objects->len);
      again = benk_config_compose (read);
      g_assert_true (g_bytes_equal (octets, again));
    }
}

static void
test_mds (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      g_auto (BenkMds) mds = { 0 };
      g_auto (BenkMds) read = { 0 };
      g_autoptr (GPtrArray) attrs = benk_attrs_new ();

      benk_mds_init (&mds);
      mds.maker = draw_text (20);
      mds.model = draw_text (20);
      mds.serial = draw_text (20);
      mds.firmware = draw_text (20);
      for (guint i = 0; i < sizeof mds.system_id; i++)
        mds.system_id[i] = (guint8) draw (256);
      mds.config_id = draw16 ();
      mds.is_med_monitor = draw (2) == 0;
      mds.battery = (int) draw (102) - 1;
      mds.power = draw16 ();
      mds.time_state = draw16 ();
      mds.time = draw_time ();
      benk_mds_append_attrs (&mds, attrs);
      benk_mds_init (&read);
      benk_mds_update (&read, attrs);

      g_assert_cmpstr (read.faults, ==, NULL);
      g_assert_cmpstr (read.maker, ==, *mds.maker != '\0' ? mds.maker : NULL);
      g_assert_cmpstr (read.serial, ==, *mds.serial != '\0' ? mds.serial : NULL);
      g_assert_cmpstr (read.firmware, ==, *mds.firmware != '\0' ? mds.firmware : NULL);
      g_assert_cmpmem (read.system_id, 8, mds.system_id, 8);
      g_assert_cmphex (read.config_id, ==, mds.config_id);
      g_assert_true (read.is_med_monitor == mds.is_med_monitor);
      g_assert_cmpint (read.battery, ==, mds.battery);
      g_assert_cmphex (read.power, ==, mds.power);
      g_assert_cmphex (read.time_state, ==, mds.time_state);
      g_assert_cmpmem (&read.time, sizeof read.time, &mds.time, sizeof mds.time);
    }
}

static void
test_base_offset_time (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      gint64 local_s = 86400 * 2 + (gint64) (draw32 () / 3);
      gint16 offset = (gint16) ((int) draw (1681) - 840);
      g_autoptr (GBytes) octets = benk_set_bo_time_compose (local_s, offset);
      gint64 read_s;
      gint16 read_offset;

      g_assert_true (benk_set_bo_time_parse (octets, &read_s, &read_offset));
      g_assert_cmpint (read_s, ==, local_s);
      g_assert_cmpint (read_offset, ==, offset);
    }
}

static void
test_pm (void)
{
  for (guint round = 0; round < get_rounds (); round++)
    {
      BenkPmSegment segments[3] = { 0 };
      g_autoptr (GBytes) octets = NULL;
      g_autoptr (GArray) read = NULL;
      g_auto (BenkPmData)
        data = { draw16 (), draw32 (), draw32 (), draw16 (), draw_even (200) };
      g_auto (BenkPmData) read_data = { 0 };
      g_autoptr (GBytes) event = benk_pm_data_compose (&data);
      guint n = draw (4);

      for (guint i = 0; i < n; i++)
        segments[i] = (BenkPmSegment){ .instance = draw16 (),
                                       .usage = draw32 (),
                                       .transfer_timeout_ms = 1 + draw (600000) };
      octets = benk_pm_segments_compose (segments, n);
      read = benk_pm_segments_parse (octets, NULL);
      g_assert_cmpuint (read->len, ==, n);
      for (guint i = 0; i < n; i++)
        {
          const BenkPmSegment *segment = &g_array_index (read, BenkPmSegment, i);

          g_assert_cmphex (segment->instance, ==, segments[i].instance);
          g_assert_cmpint (segment->usage, ==, segments[i].usage);
          g_assert_cmpuint (segment->transfer_timeout_ms, ==,
                            segments[i].transfer_timeout_ms);
        }
      g_assert_true (benk_pm_data_parse (&read_data, event, NULL));
      g_assert_cmphex (read_data.index, ==, data.index);
      g_assert_cmphex (read_data.count, ==, data.count);
      g_assert_cmphex (read_data.status, ==, data.status);
      g_assert_true (g_bytes_equal (read_data.entries, data.entries));
    }
}

/* --- the extension --- */

/* Every member at random; a kind takes those that it has. */
static void
fill_message (BenkExtMessage *message, BenkExtKind kind)
{
  guint8 *octets = (guint8 *) message;
  g_autofree char *text = draw_text (20);

  for (gsize i = 0; i < sizeof *message; i++)
    octets[i] = (guint8) g_test_rand_int ();
  message->data = NULL;
  message->kind = kind;
  message->n_tables = draw (BENK_EXT_MAX_TABLES + 1);
  message->n_rows = draw (BENK_EXT_MAX_TESTS + 1);
  message->time = draw_time ();
  if (kind == BENK_EXT_ZONE || kind == BENK_EXT_TEXT)
    benk_ext_message_set_text (message, text);
  else
    message->data = draw_even (64);
}

static void
test_extension (void)
{
  for (guint round = 0; round < get_rounds () / 2; round++)
    for (guint kind = 0; kind < BENK_EXT_N_KINDS; kind++)
      {
        g_auto (BenkExtMessage) message;
        g_auto (BenkExtMessage) read = { 0 };
        g_autoptr (GBytes) octets = NULL;
        g_autoptr (GBytes) again = NULL;
        g_autoptr (GError) error = NULL;

        fill_message (&message, (BenkExtKind) kind);
        octets = benk_ext_message_compose (&message);
        benk_ext_message_parse (&read, (BenkExtKind) kind, octets, &error);
        if (error != NULL)
          g_error ("%s: %s", benk_ext_kind_get_name ((BenkExtKind) kind), error->message);
        again = benk_ext_message_compose (&read);
        g_assert_true (g_bytes_equal (octets, again));
      }
}

static void
draw_row (BenkExtTable *table)
{
  BenkDoseEntry dose = { .entry_id = draw16 (),
                         .compartment = draw16 (),
                         .amount = draw16 (),
                         .unit = draw16 (),
                         .minute = (guint16) draw (1440),
                         .before_min = draw16 (),
                         .after_min = draw16 (),
                         .recurrence = (guint16) (1 + draw (4)),
                         .recurrence_arg = draw32 (),
                         .anchor = 0x20261122,
                         .flags = draw16 (),
                         .code = draw_text (8),
                         .label = draw_text (16) };
  BenkRuleEntry rule = { .rule_id = draw16 (),
                         .condition = draw16 (),
                         .threshold = draw32 (),
                         .delay_min = draw16 (),
                         .repeat_min = draw16 (),
                         .repeat_count = draw16 (),
                         .action = draw16 (),
                         .volume = draw16 (),
                         .n_recipients = draw (BENK_TABLE_MAX_RECIPIENTS + 1) };
  BenkRecipientEntry recipient = { .recipient_id = draw16 (),
                                   .channel = draw16 (),
                                   .priority = draw16 (),
                                   .address = draw_text (30),
                                   .name = draw_text (12) };
  BenkLabel label = { .compartment = draw16 (), .label = draw_text (20) };
  BenkAuditRow row = { draw32 (), draw_time (), draw16 (), draw32 () };

  for (guint i = 0; i < rule.n_recipients; i++)
    rule.recipients[i] = draw16 ();
  if (table->id == BENK_TABLE_SCHEDULE)
    g_array_append_val (table->rows, dose);
  if (table->id == BENK_TABLE_ALARM_RULES)
    g_array_append_val (table->rows, rule);
  if (table->id == BENK_TABLE_RECIPIENTS)
    g_array_append_val (table->rows, recipient);
  if (table->id == BENK_TABLE_LABELS)
    g_array_append_val (table->rows, label);
  if (table->id == BENK_TABLE_AUDIT)
    g_array_append_val (table->rows, row);
  if (table->id != BENK_TABLE_SCHEDULE)
    {
      g_free (dose.code);
      g_free (dose.label);
    }
  if (table->id != BENK_TABLE_RECIPIENTS)
    {
      g_free (recipient.address);
      g_free (recipient.name);
    }
  if (table->id != BENK_TABLE_LABELS)
    g_free (label.label);
}

static void
test_tables (void)
{
  for (guint round = 0; round < get_rounds () / 2; round++)
    for (guint id = BENK_TABLE_SCHEDULE; id <= BENK_TABLE_AUDIT; id++)
      {
        g_autoptr (BenkExtTable) table = benk_ext_table_new ((guint16) id);
        g_autoptr (BenkExtTable) read = NULL;
        g_autoptr (GBytes) octets = NULL;
        g_autoptr (GBytes) again = NULL;
        g_autoptr (GError) error = NULL;

        table->valid_from = draw_time ();
        for (guint i = draw (8); i > 0; i--)
          draw_row (table);
        octets = benk_ext_table_compose (table);
        read = benk_ext_table_parse ((guint16) id, octets, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (read->rows->len, ==, table->rows->len);
        again = benk_ext_table_compose (read);
        g_assert_true (g_bytes_equal (octets, again));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/roundtrip/mder", test_mder);
  g_test_add_func ("/phd/roundtrip/time", test_time);
  g_test_add_func ("/phd/roundtrip/apdu", test_apdu);
  g_test_add_func ("/phd/roundtrip/stream", test_stream);
  g_test_add_func ("/phd/roundtrip/configuration", test_config);
  g_test_add_func ("/phd/roundtrip/mds", test_mds);
  g_test_add_func ("/phd/roundtrip/base-offset-time", test_base_offset_time);
  g_test_add_func ("/phd/roundtrip/pm-store", test_pm);
  g_test_add_func ("/phd/roundtrip/extension", test_extension);
  g_test_add_func ("/phd/roundtrip/tables", test_tables);
  return g_test_run ();
}
