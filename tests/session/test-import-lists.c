/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-error.h"
#include "benk-scope.h"
#include "benk-import-rig.h"
#include "benk-table-alias.h"
#include "benk-table-device.h"

/* Hard lists: each encoding × separator × damage. | stands for the separator, ~ for the
 * end of a line. */

typedef struct
{
  const char *name;
  const char *charset;
  const char *mark;
} Encoding;

static const Encoding ENCODINGS[] = {
  { "utf-8", "UTF-8", "" },
  { "utf-8-mark", "UTF-8", "\xEF\xBB\xBF" },
  { "utf-16-le", "UTF-16LE", "\xFF\xFE" },
  { "utf-16-be", "UTF-16BE", "\xFE\xFF" },
  { "utf-16-le-no-mark", "UTF-16LE", "" },
  { "utf-16-be-no-mark", "UTF-16BE", "" },
  { "windows-1252", "WINDOWS-1252", "" },
};

#define HEADING "Type|Serienr|IMEI|Status|Plassering|Kommentar~"
#define GOOD "Medido|A1|356938085884014|På lager|Hylle Å|lokk~"

typedef struct
{
  const char *name;
  const char *text;
  /* new, changed, same, wrong, blank; as many rows as their sum stand below the heading
   */
  guint counts[BENK_N_IMPORT_VERDICTS];
  const char *reason; /* of the first wrong one */
} Damage;

static const Damage DAMAGES[] = {
  { "none", HEADING GOOD "Pilly SMS|B1||Defekt|ø|~", { 2, 0, 0, 0, 0 }, NULL },
  { "no-line-end-at-the-end", HEADING "Medido|A1||På lager||", { 1, 0, 0, 0, 0 }, NULL },
  { "empty-rows-at-the-end", HEADING GOOD "|||||~|||||~~", { 1, 0, 0, 0, 3 }, NULL },
  { "empty-rows-between",
    HEADING "~" GOOD "|||||~Medido|A2||||ø~",
    { 2, 0, 0, 0, 2 },
    NULL },
  { "empty-columns-at-the-end",
    "Type|Serienr|Status|||~Medido|A1|På lager|||~Medido|A2|På lager~",
    { 2, 0, 0, 0, 0 },
    NULL },
  { "title-above", "Lager på Røa~~" HEADING GOOD, { 1, 0, 0, 0, 0 }, NULL },
  { "quotes",
    HEADING "\"Medido\"|\"A1\"||||\"to linjer~i ett felt; og, \"\"på\"\"\"~"
            "Medido|A2||||~",
    { 2, 0, 0, 0, 0 },
    NULL },
  { "imei-rounded",
    HEADING "Medido|A1|\"3,56938E+14\"||å|~Medido|A2||||~",
    { 1, 0, 0, 1, 0 },
    "*IMEI*3,56938E+14*" },
  { "imei-with-zeros",
    HEADING "Medido|A1|356938000000000||å|~",
    { 0, 0, 0, 1, 0 },
    "*IMEI*356938000000000*" },
  { "serial-made-a-date",
    HEADING "Medido|10.12.2025|||å|~",
    { 0, 0, 0, 1, 0 },
    "*serial number*date*" },
  { "formula-without-value",
    HEADING "Medido|A1|#I/T||å|~",
    { 0, 0, 0, 1, 0 },
    "*formula*#I/T*" },
  { "the-same-twice",
    HEADING GOOD "Medido|a-1||||~",
    { 1, 0, 0, 1, 0 },
    "*serial number*line*" },
  { "cut-off", HEADING GOOD "Medido|A2|35693", { 1, 0, 0, 1, 0 }, "*3 of 6 columns*" },
  { "separator-in-a-text",
    HEADING "Medido|A1|||å|del 1| del 2~",
    { 0, 0, 0, 1, 0 },
    "*beyond the last column*" },
  { "guarded-by-an-apostrophe",
    HEADING "Medido|'0012|'356938085884014||å|'=1+1~",
    { 1, 0, 0, 0, 0 },
    NULL },
  { "words-nobody-knows",
    HEADING "Medido|A1||Utlånt||~Medido|A3||Utlånt||~",
    { 0, 0, 0, 2, 0 },
    "*Utlånt*" },
};

static GBytes *
encode (const char *text, const Encoding *encoding, char separator, const char *line_end)
{
  const char separators[] = { separator, '\0' };
  g_autoptr (GString) whole = g_string_new (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  GByteArray *out = g_byte_array_new ();

  g_string_replace (whole, "|", separators, 0);
  g_string_replace (whole, "~", line_end, 0);
  bytes = g_convert (whole->str, (gssize) whole->len, encoding->charset, "UTF-8", NULL,
                     &length, &error);
  g_assert_no_error (error);
  g_byte_array_append (out, (const guint8 *) encoding->mark,
                       (guint) strlen (encoding->mark));
  g_byte_array_append (out, (const guint8 *) bytes, (guint) length);

  return g_byte_array_free_to_bytes (out);
}

static gint64
import_text (BenkSessionFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = benk_import_rig_preview (fixture, "first.csv", text);
  gint64 seq = benk_import_rig_apply (import, NULL, &error);

  g_assert_no_error (error);

  return seq;
}

static void
test_table (BenkSessionFixture *fixture, gconstpointer data)
{
  const Damage *damage = data;
  static const char *const line_ends[] = { "\r\n", "\n", "\r" };
  const char separators[] = { ';', ',', '\t' };
  guint n = 0;

  for (gsize e = 0; e < G_N_ELEMENTS (ENCODINGS); e++)
    for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = encode (damage->text, &ENCODINGS[e], separators[s],
                                           line_ends[n++ % G_N_ELEMENTS (line_ends)]);
        g_autofree char *path = benk_import_rig_write (fixture, "list.csv", bytes);
        g_autoptr (BenkImport) import =
          benk_session_fixture_preview (fixture, path, &error);

        g_test_message ("%s, separator %d", ENCODINGS[e].name, separators[s]);
        g_assert_no_error (error);
        benk_import_rig_assert (import, damage->counts, damage->reason);
      }
}

/* What is in the store before a list is compared: PP001007 was PP001008 until it was
 * corrected, Q1 was joined to PP001007, and two real devices have the serial T-1. */
static void
prepare_known (BenkSessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_EDIT, .account = "test" };
  g_autoptr (BenkDb) db = NULL;
  g_autoptr (BenkScope) scope = NULL;
  g_autoptr (BenkDevice) corrected = NULL;
  g_autoptr (BenkDevice) joined = NULL;
  g_autoptr (BenkDevice) second = benk_device_new ();
  const char *former[] = { "PP001008", NULL };

  import_text (fixture, "Type;Serienr;IMEI;Inventarnr;Status;Plassering\n"
                        "Evondos E300;PP001008;;D-001;På lager;Hylle A\n"
                        "Evondos E300;Q1;;;På lager;Hylle A\n"
                        "Medido;M1;356938085884014;D-002;På lager;Hylle A\n"
                        "Medido;T-1;;D-003;På lager;Hylle A\n");
  corrected = benk_session_fixture_find (fixture, "PP001008");
  joined = benk_session_fixture_find (fixture, "Q1");
  db = benk_db_open (fixture->path, BENK_DB_READ_WRITE, fixture->clock, &error);
  g_assert_no_error (error);
  scope = benk_scope_begin (db, &change, &error);
  g_assert_no_error (error);
  benk_device_set_serial (corrected, "PP001007");
  benk_device_set_former_serials (corrected, former);
  benk_table_device_update (db, corrected, &error);
  g_assert_no_error (error);
  benk_table_alias_join (db, benk_device_get_id (joined), benk_device_get_id (corrected),
                         &error);
  g_assert_no_error (error);
  benk_device_set_model_id (second, "medido");
  benk_device_set_serial (second, "T1");
  benk_device_set_asset (second, "D-004");
  benk_device_set_state (second, BENK_DEVICE_STATE_STOCK);
  benk_table_device_insert (db, second, NULL, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&scope, benk_scope_free);
}

static void
test_recognises (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *row; /* type, serial, IMEI, asset number, place */
    BenkImportVerdict verdict;
    const char *reason;
  } rows[] = {
    { "Evondos E300;PP001007;;;", BENK_IMPORT_SAME, NULL },
    { "evondos e300;pp-001 007;;;", BENK_IMPORT_SAME, NULL },
    { "Evondos E300;PP001008;;;", BENK_IMPORT_SAME, NULL },
    { "Evondos E300;PP001008;;;Hylle B", BENK_IMPORT_CHANGED, "*Hylle A*Hylle B*" },
    { "Evondos E300;Q1;;;", BENK_IMPORT_SAME, NULL },
    { ";PP001007;;;", BENK_IMPORT_SAME, NULL },
    { ";M1;;;", BENK_IMPORT_SAME, NULL },
    { "Medido;;356938085884014;;", BENK_IMPORT_SAME, NULL },
    { "Medido;;35 693808 588401 4;;", BENK_IMPORT_SAME, NULL },
    { "Medido;M1;356938085884014,0;;", BENK_IMPORT_SAME, NULL },
    { "Medido;;;D-002;Hylle B", BENK_IMPORT_CHANGED, "*Hylle A*Hylle B*" },
    { ";;;D-002;", BENK_IMPORT_SAME, NULL },
    { "Pilly SMS;;;D-002;", BENK_IMPORT_WRONG, "*serial number is missing*" },
    { "Medido;;;D-099;", BENK_IMPORT_WRONG, "*serial number is missing*" },
    { ";X9;;;", BENK_IMPORT_WRONG, "*model is missing*" },
    { "Medido;T-1;;D-003;", BENK_IMPORT_SAME, NULL },
    { "Medido;T-1;;D-004;", BENK_IMPORT_SAME, NULL },
    { "Medido;T1;;;", BENK_IMPORT_WRONG, "*2 devices have the serial number*" },
    { "Medido;X9;356938085884014;;", BENK_IMPORT_WRONG, "*IMEI*registered*M1*" },
    { "Medido;X9;;D-002;", BENK_IMPORT_WRONG, "*asset number*registered*M1*" },
    { "Evondos E300;PP001007;;D-002;", BENK_IMPORT_WRONG, "*asset number*M1*" },
    { "Medido;PP001007;;;", BENK_IMPORT_NEW, NULL },
  };

  prepare_known (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("Type;Serienr;IMEI;Inventarnr;Plassering\n%s\n", rows[i].row);
      guint counts[BENK_N_IMPORT_VERDICTS] = { 0 };
      g_autoptr (BenkImport) import = benk_import_rig_preview (fixture, "list.csv", text);

      counts[rows[i].verdict] = 1;
      g_test_message ("%s", rows[i].row);
      benk_import_rig_assert (import, counts,
                              rows[i].verdict == BENK_IMPORT_WRONG ? rows[i].reason
                                                                   : NULL);
    }
}

/* Both of two real devices with one serial, and one device twice by two names. */
static void
test_two_of_one (BenkSessionFixture *fixture, gconstpointer unused)
{
  const guint counts[BENK_N_IMPORT_VERDICTS] = { 0, 0, 3, 1, 0 };
  g_autoptr (BenkImport) import = NULL;

  prepare_known (fixture);
  import = benk_import_rig_preview (fixture, "list.csv",
                                    "Type;Serienr;Inventarnr\nMedido;T-1;D-003\n"
                                    "Medido;T-1;D-004\nEvondos E300;PP001007;\n"
                                    "Evondos E300;Q1;\n");
  benk_import_rig_assert (import, counts, "*same device*line 4*");
}

/* What a person says of columns and words counts, and is remembered for the next list
 * with these headings, not for another. */
static void
test_remembers (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char text[] = "Boks;Kode;Hvor;Stand\nMedido;A1;Hylle A;utlånt\n"
                             "Medido;A2;Hylle A;Utlånt\nMedido;A3;Hylle A;vrak\n";
  static const BenkImportField fields[] = { BENK_IMPORT_FIELD_MODEL,
                                            BENK_IMPORT_FIELD_SERIAL,
                                            BENK_IMPORT_FIELD_PLACE,
                                            BENK_IMPORT_FIELD_STATE };
  const guint counts[BENK_N_IMPORT_VERDICTS] = { 2, 0, 0, 1, 0 };
  const guint again[BENK_N_IMPORT_VERDICTS] = { 0, 0, 2, 1, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autofree char *path = benk_import_rig_write (fixture, "list.csv", bytes);
  g_autoptr (BenkImport) import = benk_import_rig_read (fixture, path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = NULL;
  g_auto (GStrv) samples = NULL;

  g_assert_false (benk_import_is_remembered (import));
  g_assert_false (benk_import_check_columns (import, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (benk_import_get_n_columns (import), ==, 4);
  samples = benk_import_get_samples (import, 1);
  g_assert_cmpuint (g_strv_length (samples), ==, 3);
  g_assert_cmpstr (samples[2], ==, "A3");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    benk_import_set_field (import, i, fields[i]);
  words = benk_import_get_words (import);
  g_assert_cmpuint (words->len, ==, 3);
  g_assert_cmpstr (((BenkImportWord *) words->pdata[2])->word, ==, "vrak");
  benk_import_set_word (import, "UTLÅNT", BENK_DEVICE_STATE_OPERATION);
  benk_import_set_word (import, "vrak", BENK_IMPORT_WORD_LEAVE_OUT);
  benk_import_rig_compare (import, NULL, &error);
  g_assert_no_error (error);
  benk_import_rig_assert (import, counts, "*vrak*left out*");
  g_assert_cmpint (benk_import_rig_apply (import, NULL, &error), >, 0);
  g_assert_no_error (error);

  g_clear_object (&import);
  import = benk_session_fixture_preview (fixture, path, &error);
  g_assert_no_error (error);
  g_assert_true (benk_import_is_remembered (import));
  benk_import_rig_assert (import, again, "*vrak*left out*");

  g_clear_object (&import);
  import = benk_import_rig_preview (fixture, "other.csv",
                                    "Type;Serienr;Status\nMedido;A9;utlånt\n");
  g_assert_false (benk_import_is_remembered (import));
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_WRONG), ==, 1);
}

/* A column that is taken for what another was taken for. */
static void
test_takes_over (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("Type;Serienr;Nr\nMedido;A;B\n", 27);
  g_autofree char *path = benk_import_rig_write (fixture, "list.csv", bytes);
  g_autoptr (BenkImport) import = benk_import_rig_read (fixture, path, NULL);

  benk_import_set_field (import, 2, BENK_IMPORT_FIELD_SERIAL);
  g_assert_cmpint (benk_import_get_field (import, 1), ==, BENK_IMPORT_FIELD_NONE);
  g_assert_cmpint (benk_import_get_field (import, 2), ==, BENK_IMPORT_FIELD_SERIAL);
  benk_import_set_field (import, 2, BENK_IMPORT_FIELD_NONE);
  g_assert_cmpint (benk_import_get_field (import, 2), ==, BENK_IMPORT_FIELD_NONE);
  g_assert_false (benk_import_check_columns (import, NULL));
}

static void
test_cancel (BenkSessionFixture *fixture, gconstpointer unused)
{
  gint64 head = benk_session_fixture_count (fixture, "SELECT max (seq) FROM journal");
  g_autoptr (BenkImport) import =
    benk_import_rig_preview (fixture, "list.csv", "Type;Serienr\nMedido;A1\nMedido;A2\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (benk_import_rig_compare (import, cancellable, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (benk_import_rig_apply (import, cancellable, &error), ==, -1);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT max (seq) FROM journal"),
                   ==, head);
}

/* One row of the import was moved since: the undo names it, and what was done, by whom.
 */
static void
test_undo_is_held (BenkSessionFixture *fixture, gconstpointer unused)
{
  gint64 seq = import_text (fixture, "Type;Serienr\nMedido;A1\nMedido;A2\n");
  g_autoptr (BenkDevice) device = benk_session_fixture_find (fixture, "A2");
  g_autoptr (GAsyncResult) moved = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_move_async (fixture->inventory, benk_device_get_id (device), 1,
                             "Hylle B", NULL, benk_session_fixture_keep, &moved);
  benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (moved), NULL, &error);
  g_assert_no_error (error);
  benk_session_undo_async (fixture->session, seq, NULL, benk_session_fixture_keep,
                           &undone);
  g_assert_null (
    benk_session_undo_finish (fixture->session, BENK_AWAIT (undone), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "\nA2: "));
  g_assert_null (strstr (error->message, "\nA1: "));
  g_assert_nonnull (strstr (error->message, "2026-03-02"));
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 2);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/import-lists/" path, BenkSessionFixture, NULL,                   \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGES); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/import-lists/hard/%s", DAMAGES[i].name);

      g_test_add (path, BenkSessionFixture, &DAMAGES[i], benk_session_fixture_set_up,
                  test_table, benk_session_fixture_tear_down);
    }
  ADD ("recognises-a-device-by-all-its-names", test_recognises);
  ADD ("two-with-one-serial-stay-two", test_two_of_one);
  ADD ("remembers-columns-and-words", test_remembers);
  ADD ("a-column-is-taken-over", test_takes_over);
  ADD ("cancelled-changes-nothing", test_cancel);
  ADD ("undo-names-what-holds-it", test_undo_is_held);

  return g_test_run ();
}
