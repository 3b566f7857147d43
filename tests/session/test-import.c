/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "benk-error.h"
#include "benk-session-fixture.h"

/* A real list with the damage of years: 147 records after the heading. */
static char *
get_sample (void)
{
  return g_test_build_filename (G_TEST_DIST, "session", "data", "lager-vestre-aker.csv",
                                NULL);
}

static BenkImport *
preview_sample (BenkSessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_sample ();
  BenkImport *import = benk_session_fixture_preview (fixture, path, &error);

  g_assert_no_error (error);

  return import;
}

static gint64
apply (BenkImport *import, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = -1;

  benk_import_apply_async (import, NULL, benk_session_fixture_keep, &result);

  return benk_import_apply_finish (import, BENK_AWAIT (result), &seq, error) ? seq : -1;
}

static gint64
apply_sample (BenkSessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = preview_sample (fixture);
  gint64 seq = apply (import, &error);

  g_assert_no_error (error);

  return seq;
}

static char *
list_lines (BenkImport *import, BenkImportVerdict verdict)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GListModel *rows = benk_import_get_rows (import);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (rows, i);

      if (benk_import_row_get_verdict (row) == verdict)
        g_string_append_printf (lines, "%u ", benk_import_row_get_line (row));
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_sample_lines (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkImport) import = preview_sample (fixture);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *new = list_lines (import, BENK_IMPORT_NEW);
  g_autofree char *wrong = list_lines (import, BENK_IMPORT_WRONG);
  g_autofree char *blank = list_lines (import, BENK_IMPORT_BLANK);

  for (guint line = 2; line <= 141; line++)
    g_string_append_printf (expected, "%u ", line);
  /* A safety alarm among the dispensers: other equipment. */
  g_string_append (expected, "145 ");
  g_assert_cmpstr (new, ==, expected->str);
  g_assert_cmpstr (wrong, ==, "142 143 144 146 ");
  g_assert_cmpstr (blank, ==, "148 149 ");

  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_NEW), ==, 141);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_CHANGED), ==, 0);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_SAME), ==, 0);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_WRONG), ==, 4);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_BLANK), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (benk_import_get_rows (import)), ==, 147);
}

static void
test_sample_reasons (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const reasons[] = { "*serial number*line 2*", "*3,56938E+14*",
                                         "*serial number is missing*",
                                         "*31.02.2025*not a date*" };
  g_autoptr (BenkImport) import = preview_sample (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (BenkImportRow) row =
        g_list_model_get_item (benk_import_get_rows (import), i < 3 ? 140 + i : 144);

      g_assert_true (
        g_pattern_match_simple (reasons[i], benk_import_row_get_reason (row)));
    }
}

static void
test_sample_format (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkImport) import = preview_sample (fixture);
  g_auto (GStrv) columns = benk_import_get_columns (import);

  g_assert_cmpstr (benk_import_get_name (import), ==, "lager-vestre-aker.csv");
  g_assert_cmpstr (benk_import_get_format (import), ==, "Windows-1252, semicolon");
  g_assert_cmpuint (g_strv_length (columns), ==, 9);
  g_assert_cmpstr (columns[1], ==, "Leverandør → Vendor");
  g_assert_cmpstr (columns[7], ==, "Garanti til → Warranty until");
}

static void
test_preview_writes_nothing (BenkSessionFixture *fixture, gconstpointer unused)
{
  gint64 head = benk_session_fixture_count (fixture, "SELECT max (seq) FROM journal");
  g_autoptr (BenkImport) import = preview_sample (fixture);

  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM note"), ==,
                   0);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT max (seq) FROM journal"),
                   ==, head);
  g_assert_nonnull (import);
}

static void
test_apply (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *sql;
    gint64 count;
  } rows[] = {
    { "SELECT count (*) FROM device", 141 },
    { "SELECT count (*) FROM device WHERE origin = 'imported'", 141 },
    { "SELECT count (*) FROM transition WHERE verb = 'import'", 141 },
    { "SELECT count (*) FROM proof", 0 },
    { "SELECT count (*) FROM run", 0 },
    { "SELECT count (*) FROM fact", 0 },
    { "SELECT count (*) FROM device_search", 141 },
    { "SELECT count (*) FROM device WHERE state = 'operation'", 74 },
    { "SELECT count (*) FROM place", 10 },
  };
  gint64 head = benk_session_fixture_count (fixture, "SELECT max (seq) FROM journal");
  g_autoptr (BenkDevice) device = NULL;

  g_assert_cmpint (apply_sample (fixture), ==, head + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (benk_session_fixture_count (fixture, rows[i].sql), ==,
                     rows[i].count);

  device = benk_session_fixture_find (fixture, "MD0001003");
  g_assert_cmpstr (benk_device_get_model_id (device), ==, "medido");
  g_assert_cmpstr (benk_device_get_vendor (device), ==, "Evondos AS (Medido)");
  g_assert_cmpstr (benk_device_get_imei (device), ==, "356938085884014");
  g_assert_cmpint (benk_device_get_state (device), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpstr (benk_device_get_place_name (device), ==, "Distrikt 1");
  g_assert_cmpstr (benk_device_get_received_date (device), ==, "2025-07-15");
  g_assert_cmpstr (benk_device_get_warranty_date (device), ==, "2027-07-15");
  g_assert_cmpstr (benk_device_get_note (device), ==, "knekt lokk");
  g_assert_false (benk_device_get_reset_proven (device));
}

static void
test_again (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = NULL;

  apply_sample (fixture);
  import = preview_sample (fixture);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_NEW), ==, 0);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_CHANGED), ==, 0);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_SAME), ==, 141);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_WRONG), ==, 4);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_BLANK), ==, 2);

  /* Nothing to write, so nothing in the change log. */
  g_assert_cmpint (apply (import, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_undo (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const tables[] = { "device", "place", "transition",
                                        "device_search" };
  g_autoptr (GError) error = NULL;

  apply_sample (fixture);
  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", tables[i]);

      g_assert_cmpint (benk_session_fixture_count (fixture, sql), ==, 0);
    }
}

static void
test_undo_label (BenkSessionFixture *fixture, gconstpointer unused)
{
  apply_sample (fixture);
  while (!benk_session_get_undo_label (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (benk_session_get_undo_label (fixture->session), ==,
                   "Undo: imported 141 devices");
}

static BenkImport *
preview_text (BenkSessionFixture *fixture,
              const char *text,
              gssize length,
              GError **error)
{
  g_autofree char *path = g_build_filename (fixture->dir, "list.csv", NULL);

  g_file_set_contents (path, text, length, error);
  g_assert_no_error (*error);

  return benk_session_fixture_preview (fixture, path, error);
}

static void
apply_text (BenkSessionFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = preview_text (fixture, text, -1, &error);

  g_assert_no_error (error);
  apply (import, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;
  /* The second list, compared after the first was imported. */
  const char *list;
  BenkImportVerdict verdict;
  const char *reason;
} Known;

#define HEADING "Type;Serienr;IMEI;Status;Plassering;Kommentar;Bruker\n"

static const Known KNOWN[] = {
  { "same", HEADING "Medido;K-1;1;Defekt;Hylle D;lokk;\n", BENK_IMPORT_SAME, NULL },
  { "serial-written-another-way", HEADING "medido;k1;;;;;\n", BENK_IMPORT_SAME, NULL },
  { "empty-cells-say-nothing", "Type;Serienr\nMedido;K1\n", BENK_IMPORT_SAME, NULL },
  { "moved", HEADING "Medido;K1;1;Defekt;Hylle E;;\n", BENK_IMPORT_CHANGED,
    "Place: Hylle D → Hylle E" },
  { "comment", HEADING "Medido;K1;;;;nytt lokk;\n", BENK_IMPORT_CHANGED,
    "Comment: lokk → nytt lokk" },
  { "state-that-cannot-be-reached", HEADING "Medido;K1;;I drift;;;\n", BENK_IMPORT_WRONG,
    "*Missing*" },
  { "state-without-a-way", HEADING "Medido;K1;;Klargjort;;;\n", BENK_IMPORT_WRONG,
    "*cannot become*" },
  { "lost-imei", HEADING "Medido;K1;3,56938E+14;;;;\n", BENK_IMPORT_WRONG, "*IMEI*" },
  { "imei-of-another", HEADING "Medido;K9;1;;;;\n", BENK_IMPORT_WRONG,
    "*IMEI*already registered*" },
  { "unknown-state", HEADING "Medido;K9;;Utlånt;;;\n", BENK_IMPORT_WRONG, "*Utlånt*" },
  { "cut-off", HEADING "Medido;K9;;;\n", BENK_IMPORT_WRONG, "*5 of 7 columns*" },
  { "national-number", HEADING "Medido;K9;;I drift;;;15507600090\n", BENK_IMPORT_WRONG,
    "*national identity number*" },
  { "user-of-a-scrapped-one", HEADING "Medido;K9;;Kassert;;;4711\n", BENK_IMPORT_WRONG,
    "*cannot be with a user*" },
  { "text-beyond-the-columns", HEADING "Medido;K9;;;;x;;y\n", BENK_IMPORT_WRONG,
    "*beyond the last column*" },
  { "empty-cells-beyond-the-columns", HEADING "Medido;K1;;;;;;;\n", BENK_IMPORT_SAME,
    NULL },
  { "user-with-another-active-device", HEADING "Medido;K9;;I drift;;;4712\n",
    BENK_IMPORT_WRONG, "*another active device*" },
  { "user-with-a-faulty-device", HEADING "Medido;K9;;I drift;;;4711\n", BENK_IMPORT_NEW,
    NULL },
  { "blank", HEADING ";; ;;;;\n", BENK_IMPORT_BLANK, NULL },
};

static void
test_known (BenkSessionFixture *fixture, gconstpointer data)
{
  const Known *known = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (BenkImportRow) row = NULL;
  const char *reason;

  apply_text (fixture, HEADING "Medido;K-1;1;Defekt;Hylle D;lokk;4711\n"
                               "Medido;K2;2;I drift;;;4712\n");
  import = preview_text (fixture, known->list, -1, &error);
  g_assert_no_error (error);
  row = g_list_model_get_item (benk_import_get_rows (import), 0);
  reason = benk_import_row_get_reason (row);
  g_assert_cmpint (benk_import_row_get_verdict (row), ==, known->verdict);
  g_assert_true ((reason != NULL) == (known->reason != NULL));
  if (reason != NULL)
    g_assert_true (g_pattern_match_simple (known->reason, reason));
}

/* What somebody has to look at, and each comparison has a list of its own. */
static void
test_telling_rows_come_first (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  static const guint lines[] = { 4, 2, 5 };

  apply_text (fixture, HEADING "Medido;K1;1;Test;Hylle D;lokk;\n"
                               "Medido;K2;2;Test;Hylle D;lokk;\n");
  import = preview_text (fixture,
                         HEADING "Medido;K1;1;Test;Hylle E;;\nMedido;K3;3;Test;;;\n"
                                 "Medido;;9;Test;;;\nMedido;K2;2;Test;Hylle E;;\n",
                         -1, &error);
  g_assert_no_error (error);
  before = g_object_ref (benk_import_get_telling_rows (import));
  g_assert_cmpuint (g_list_model_get_n_items (before), ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (before, i);

      g_assert_cmpuint (benk_import_row_get_line (row), ==, lines[i]);
    }
  g_assert_null (g_list_model_get_item (before, G_N_ELEMENTS (lines)));
  benk_import_compare_async (import, NULL, benk_session_fixture_keep, &result);
  benk_import_compare_finish (import, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_true (benk_import_get_telling_rows (import) != before);
  g_assert_cmpuint (g_list_model_get_n_items (before), ==, G_N_ELEMENTS (lines));
}

static void
test_changed_is_written (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (GError) error = NULL;

  apply_text (fixture, HEADING "Medido;K1;1;Test;Hylle D;lokk;4711\n");
  apply_text (fixture, "Title\n" HEADING "Medido;K1;1;Test;Hylle E;;\n");
  device = benk_session_fixture_find (fixture, "K1");
  g_assert_cmpstr (benk_device_get_place_name (device), ==, "Hylle E");
  g_assert_cmpstr (benk_device_get_note (device), ==, "lokk");
  g_assert_cmpstr (benk_device_get_person_ref (device), ==, "4711");
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM note"), ==,
                   1);
  g_clear_object (&device);

  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  device = benk_session_fixture_find (fixture, "K1");
  g_assert_cmpstr (benk_device_get_place_name (device), ==, "Hylle D");
}

static void
test_changed_meanwhile (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = preview_sample (fixture);
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "MD0001019", BENK_DEVICE_STATE_RECEIVED);

  g_assert_cmpint (apply (import, &error), ==, -1);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 1);
}

/* As many rows as before are new, changed and the same, but the change is another. */
static void
test_changed_to_another (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (BenkDevice) device = NULL;

  apply_text (fixture, HEADING "Medido;K1;1;Test;Hylle D;;\n");
  import = preview_text (fixture, HEADING "Medido;K1;1;Test;Hylle E;;\n", -1, &error);
  g_assert_no_error (error);
  apply_text (fixture, HEADING "Medido;K1;1;Test;Hylle F;;\n");

  g_assert_cmpint (apply (import, &error), ==, -1);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  device = benk_session_fixture_find (fixture, "K1");
  g_assert_cmpstr (benk_device_get_place_name (device), ==, "Hylle F");
}

static void
test_bad_files (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *huge = g_strnfill (200 * 1000, 'x');
  g_autofree char *field = g_strdup_printf (HEADING "Medido;%s\n", huge);
  const struct
  {
    const char *text;
    gssize length;
    const char *words;
  } rows[] = {
    { "", 0, "*empty*" },
    { "Serienr;Type\0x", 14, "*not a text file*" },
    { HEADING "Medido;\"K1", -1, "*line 2*" },
    { "Navn;Alder\nx;1\n", -1, "*names the columns*" },
    { field, -1, "*line 2*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (preview_text (fixture, rows[i].text, rows[i].length, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (rows[i].words, error->message));
    }
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 0);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/import/" path, BenkSessionFixture, NULL,                         \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("tells-every-line-of-the-sample", test_sample_lines);
  ADD ("says-what-is-wrong-with-a-line", test_sample_reasons);
  ADD ("says-how-the-file-was-read", test_sample_format);
  ADD ("a-preview-writes-nothing", test_preview_writes_nothing);
  ADD ("writes-all-in-one-change-and-no-proof", test_apply);
  ADD ("the-same-list-again-changes-nothing", test_again);
  ADD ("undo-takes-it-all-back", test_undo);
  ADD ("undo-says-how-much-it-would-take-back", test_undo_label);
  ADD ("telling-rows-come-first", test_telling_rows_come_first);
  ADD ("what-changed-is-written", test_changed_is_written);
  ADD ("a-preview-that-is-old-is-refused", test_changed_meanwhile);
  ADD ("what-was-not-shown-is-not-written", test_changed_to_another);
  ADD ("bad-files-are-refused-in-words", test_bad_files);
  for (gsize i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/import/known-device/%s", KNOWN[i].name);

      g_test_add (path, BenkSessionFixture, &KNOWN[i], benk_session_fixture_set_up,
                  test_known, benk_session_fixture_tear_down);
    }

  return g_test_run ();
}
