/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-apdu.h"
#include "benk-ext-table.h"
#include "benk-ext.h"

#include <string.h>

#define FIRST "service-extension-vectors.txt"
#define SECOND "service-extension-vectors-activation.txt"

/* Which message of the extension an action's info is, asked and answered. */
static const struct
{
  guint16 action;
  BenkExtKind request;
  BenkExtKind response;
} actions[] = {
  { BENK_EXT_ACT_BEGIN, BENK_EXT_BEGIN_REQUEST, BENK_EXT_BEGIN_RESPONSE },
  { BENK_EXT_ACT_DATA, BENK_EXT_DATA_REQUEST, BENK_EXT_DATA_RESPONSE },
  { BENK_EXT_ACT_READ, BENK_EXT_READ_REQUEST, BENK_EXT_READ_RESPONSE },
  { BENK_EXT_ACT_COMMIT, BENK_EXT_COMMIT_REQUEST, BENK_EXT_COMMIT_RESPONSE },
  { BENK_EXT_ACT_ABORT, BENK_EXT_ABORT, BENK_EXT_ABORT },
  { BENK_EXT_ACT_ACTIVATE, BENK_EXT_ACTIVATE_REQUEST, BENK_EXT_ACTIVATE_RESPONSE },
  { BENK_EXT_ACT_RESET, BENK_EXT_RESET_REQUEST, BENK_EXT_RESET_RESPONSE },
  { BENK_EXT_ACT_VERIFY, BENK_EXT_VERIFY_REQUEST, BENK_EXT_VERIFY_RESPONSE },
  { BENK_EXT_ACT_SELFTEST, BENK_EXT_SELFTEST_REQUEST, BENK_EXT_SELFTEST_RESPONSE },
};

static const struct
{
  guint16 attr;
  BenkExtKind kind;
} attrs[] = {
  { BENK_EXT_ATTR_PROFILE, BENK_EXT_PROFILE },
  { BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE },
  { BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE },
  { BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT },
  { BENK_EXT_ATTR_EVENTS, BENK_EXT_NUMBER },
};

static void
check_message (BenkExtKind kind, GBytes *octets, const char *name)
{
  g_auto (BenkExtMessage) message = { 0 };
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  benk_ext_message_parse (&message, kind, octets, &error);
  g_assert_no_error (error);
  again = benk_ext_message_compose (&message);
  data_assert_equal (again, octets, name);
}

static void
check_apdu (const DataRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (row->bytes, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  again = benk_apdu_compose (apdu);
  data_assert_equal (again, row->bytes, row->name);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (apdu->type == actions[i].action)
      check_message (apdu->choice == BENK_CHOICE_ACTION_CONFIRMED ? actions[i].request
                                                                  : actions[i].response,
                     apdu->info, row->name);
  for (guint i = 0; i < G_N_ELEMENTS (attrs); i++)
    {
      GBytes *value = benk_attrs_find (apdu->attrs, attrs[i].attr);

      if (value != NULL)
        check_message (attrs[i].kind, value, row->name);
    }
}

static void
check_file (const char *file, guint expected)
{
  g_autoptr (GPtrArray) rows = data_read_vectors (file);
  guint n_apdus = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DataRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (g_bytes_get_size (row->bytes), ==, row->octets);
      if (*(const guint8 *) g_bytes_get_data (row->bytes, NULL) != 0xe7)
        continue;
      check_apdu (row);
      n_apdus++;
      if (g_str_has_suffix (row->name, "req"))
        g_assert_cmpuint (row->octets, <=, 64);
    }
  g_assert_cmpuint (n_apdus, ==, expected);
}

static void
test_first (void)
{
  check_file (FIRST, 32);
}

static void
test_second (void)
{
  check_file (SECOND, 6);
}

static BenkDoseEntry
make_entry (void)
{
  return (BenkDoseEntry){ .entry_id = 1,
                          .compartment = 1,
                          .amount = benk_mder_sfloat_encode (1),
                          .unit = 0x0200,
                          .minute = 480,
                          .before_min = 15,
                          .after_min = 60,
                          .recurrence = BENK_DOSE_EVERY_N_DAYS,
                          .recurrence_arg = 1,
                          .anchor = 0x20261122,
                          .flags = BENK_DOSE_FLAG_ALARM,
                          .code_scheme = 1,
                          .code = g_strdup ("C09AA05"),
                          .label = g_strdup ("Ramipril 5mg") };
}

/* The table of the specification, made from its words. */
static void
test_schedule_from_values (void)
{
  g_autoptr (GPtrArray) rows = data_read_vectors (FIRST);
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_SCHEDULE);
  BenkDoseEntry entry = make_entry ();
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (BenkExtTable) parsed = NULL;
  g_autoptr (GError) error = NULL;

  table->valid_from = (BenkMderTime){ .year = 2026, .month = 11, .day = 22 };
  table->order_ref = g_strdup ("RX-00042");
  g_array_append_val (table->rows, entry);
  octets = benk_ext_table_compose (table);
  data_assert_equal (octets, data_find (rows, "table")->bytes, "table");
  g_assert_cmphex (benk_crc32_bytes (octets), ==, 0x996e9a93);

  parsed = benk_ext_table_parse (BENK_TABLE_SCHEDULE, octets, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed->order_ref, ==, "RX-00042");
  g_assert_cmpuint (parsed->rows->len, ==, 1);
  g_assert_cmpstr (g_array_index (parsed->rows, BenkDoseEntry, 0).label, ==,
                   "Ramipril 5mg");
}

/* The pieces have no format word; with one they are the lists of tables 2 and 3. */
static void
check_piece (const char *name, guint16 id)
{
  g_autoptr (GPtrArray) rows = data_read_vectors (FIRST);
  const DataRow *row = data_find (rows, name);
  GByteArray *whole = g_byte_array_new ();
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (BenkExtTable) table = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (whole, (const guint8 *) "\0\1", 2);
  g_byte_array_append (whole, g_bytes_get_data (row->bytes, NULL), row->octets);
  octets = g_byte_array_free_to_bytes (whole);
  table = benk_ext_table_parse (id, octets, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->rows->len, ==, 1);
  again = benk_ext_table_compose (table);
  data_assert_equal (again, octets, name);
}

static void
test_pieces (void)
{
  check_piece ("alarm rule table piece", BENK_TABLE_ALARM_RULES);
  check_piece ("recipient", BENK_TABLE_RECIPIENTS);
}

static void
test_profile (void)
{
  static const struct
  {
    const char *file;
    gboolean known;
    gboolean simulated;
  } rows[] = { { FIRST, FALSE, FALSE }, { SECOND, TRUE, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) vectors = data_read_vectors (rows[i].file);
      const DataRow *row = data_find (vectors, "GET ext-profile rsp");
      g_autoptr (BenkApdu) apdu = benk_apdu_parse (row->bytes, NULL);
      g_auto (BenkExtMessage) profile = { 0 };

      g_assert_true (
        benk_ext_message_parse (&profile, BENK_EXT_PROFILE,
                                benk_attrs_find (apdu->attrs, BENK_EXT_ATTR_PROFILE),
                                NULL));
      g_assert_cmpuint (profile.max_rx, ==, 64);
      g_assert_cmpuint (profile.max_tx, ==, 1024);
      g_assert_cmpint (benk_ext_profile_is_known (&profile), ==, rows[i].known);
      g_assert_cmpint ((profile.caps & BENK_EXT_CAP_SIMULATED) != 0, ==,
                       rows[i].simulated);
    }
}

/* F205 made from its values, as it is sent. */
static void
test_activate_from_values (void)
{
  g_autoptr (GPtrArray) vectors = data_read_vectors (SECOND);
  g_auto (BenkExtMessage) message = { 0 };
  g_autoptr (GBytes) info = NULL;
  g_autoptr (BenkApdu) apdu = NULL;
  g_autoptr (GBytes) octets = NULL;

  benk_ext_message_init (&message, BENK_EXT_ACTIVATE_REQUEST);
  message.set_id = 0x22220002;
  message.n_tables = 3;
  message.tables[0] = (BenkExtTableState){ .id = 1, .crc = 0x996e9a93 };
  message.tables[1] = (BenkExtTableState){ .id = 2, .crc = 0x11223344 };
  message.tables[2] = (BenkExtTableState){ .id = 3, .crc = 0x55667788 };
  info = benk_ext_message_compose (&message);
  apdu = benk_apdu_new_action (0x1a, BENK_HANDLE_MDS, BENK_EXT_ACT_ACTIVATE, info);
  octets = benk_apdu_compose (apdu);
  data_assert_equal (octets, data_find (vectors, "Activate req")->bytes, "Activate req");
}

static void
test_return_code (void)
{
  g_autoptr (GPtrArray) vectors = data_read_vectors (FIRST);
  g_autoptr (BenkApdu) apdu =
    benk_apdu_parse (data_find (vectors, "ROER rev conflict")->bytes, NULL);

  g_assert_cmpuint (apdu->choice, ==, BENK_CHOICE_ERROR);
  g_assert_cmpuint (apdu->type, ==, BENK_ROER_NOT_ALLOWED);
  g_assert_cmphex (benk_apdu_return_code (apdu), ==, BENK_EXT_CODE_REV_CONFLICT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/vectors/version-1-byte-for-byte", test_first);
  g_test_add_func ("/phd/vectors/activation-byte-for-byte", test_second);
  g_test_add_func ("/phd/vectors/schedule-from-values", test_schedule_from_values);
  g_test_add_func ("/phd/vectors/pieces-of-tables", test_pieces);
  g_test_add_func ("/phd/vectors/only-the-own-extension-is-known", test_profile);
  g_test_add_func ("/phd/vectors/activate-from-values", test_activate_from_values);
  g_test_add_func ("/phd/vectors/return-code-of-a-refusal", test_return_code);
  return g_test_run ();
}
