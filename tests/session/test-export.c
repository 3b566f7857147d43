/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "benk-csv.h"
#include "benk-error.h"
#include "benk-export.h"
#include "benk-import-rig.h"
#include "benk-xlsx.h"

static void
write_export (BenkSessionFixture *fixture, const char *path, guint expected)
{
  BenkDeviceQuery query = { .states = (1u << BENK_N_DEVICE_STATES) - 1 };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  benk_export_run_async (export, NULL, benk_session_fixture_keep, &result);
  benk_export_run_finish (export, BENK_AWAIT (result), &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, expected);
}

/* Nothing in it that a spreadsheet would run. */
static void
assert_no_formula (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSheet) sheet = benk_csv_read_file (file, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint row = 0; row < benk_sheet_get_n_rows (sheet); row++)
    for (guint i = 0; i < benk_sheet_get_n_cells (sheet, row); i++)
      {
        const char *cell = benk_sheet_get_cell (sheet, row, i);

        if (*cell != '\0' && cell[1] != '\0' && strchr ("=+-@\t\r\n", *cell) != NULL &&
            !(*cell == '-' && g_ascii_isdigit (cell[1]) &&
              strspn (cell + 1, "0123456789,") == strlen (cell + 1)))
          g_error ("row %u, cell %u: %s", row, i, cell);
      }
}

static void
assert_same_again (BenkSessionFixture *fixture, guint n)
{
  static const char *const names[] = { "export.csv", "Export.XLSX" };
  const guint counts[BENK_N_IMPORT_VERDICTS] = { [BENK_IMPORT_SAME] = n };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkImport) import = NULL;

      write_export (fixture, path, n);
      if (i == 0)
        assert_no_formula (path);
      import = benk_session_fixture_preview (fixture, path, &error);
      g_assert_no_error (error);
      benk_import_rig_assert (import, counts, NULL);
    }
}

static void
test_export_sample (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "session", "data", "lager-vestre-aker.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = benk_session_fixture_preview (fixture, path, &error);
  g_autofree char *file = g_build_filename (fixture->dir, "export.csv", NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
  assert_same_again (fixture, 141);
  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF"
                                         "Model;Serial number;IMEI;"));
}

static char *
draw_text (void)
{
  static const char *const pieces[] = { "x", "Å",  "7", "=1", "+47", "@",       "'",
                                        "-", "\"", ";", ",",  " ",   "_x000D_", "\t" };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 5); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  g_strstrip (text->str);

  return g_string_free (text, FALSE);
}

/* Random devices → export → import: the same. */
static void
test_export_random (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const models[] = { "medido", "evondos-e300", "pilly-sms" };
  guint n = g_test_slow () ? 2000 : 150;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkDevice) device = benk_device_new ();
      g_autofree char *serial = g_strdup_printf ("%s%u", i % 3 == 0 ? "=R-" : "0", i);
      g_autofree char *asset = g_strdup_printf ("D-%u", i);
      g_autofree char *note = draw_text ();
      g_autofree char *place = draw_text ();
      g_autofree char *team = draw_text ();

      benk_device_set_model_id (device, models[i % G_N_ELEMENTS (models)]);
      benk_device_set_serial (device, serial);
      benk_device_set_asset (device, i % 2 == 0 ? asset : NULL);
      benk_device_set_imei (device, i == 5 ? "356938085884014" : NULL);
      benk_device_set_note (device, *note != '\0' ? note : NULL);
      benk_device_set_place_name (device, *place != '\0' ? place : NULL);
      benk_device_set_team (device, *team != '\0' ? team : NULL);
      benk_device_set_owner (device,
                             (BenkOwner) g_test_rand_int_range (0, BENK_N_OWNERS));
      benk_device_set_lease_end_date (device, i % 5 == 0 ? "2027-12-31" : NULL);
      benk_device_set_received_date (device, i % 4 == 0 ? "2024-02-29" : NULL);
      benk_device_set_state (device, (BenkDeviceState)
                                       g_test_rand_int_range (0, BENK_N_DEVICE_STATES));
      benk_session_fixture_insert (fixture, device);
    }
  assert_same_again (fixture, n);
  g_test_message ("%u devices, twice", n);
}

/* A tab before what would be run is no part of the text, but hides it. */
static void
test_export_tab (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const notes[] = { "\t=1+1", "=cmd|' /C calc'!A0", "+47 22 33 44 55",
                                       "- ok", "@SUM(A1)" };

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (BenkDevice) device = benk_device_new ();
      g_autofree char *serial = g_strdup_printf ("A%zu", i);

      benk_device_set_model_id (device, "medido");
      benk_device_set_serial (device, serial);
      benk_device_set_note (device, notes[i]);
      benk_session_fixture_insert (fixture, device);
    }
  assert_same_again (fixture, G_N_ELEMENTS (notes));
}

/* Owner, lease and team: read in the office's words, and written so that they come back.
 */
static void
test_owner_lease_team (BenkSessionFixture *fixture, gconstpointer unused)
{
  const guint first[BENK_N_IMPORT_VERDICTS] = { 3, 0, 0, 0, 0 };
  const guint second[BENK_N_IMPORT_VERDICTS] = { 0, 1, 1, 2, 0 };
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import =
    benk_import_rig_preview (fixture, "list.csv",
                             "Type;Serienr;Plassering;Distrikt;Eier;Leie til\n"
                             "Medido;A1;Sentrum;Sentrum;leid;31.12.2027\n"
                             "Medido;A2;Hylle B;Sentrum;Oslo kommune;\nMedido;A3;;;;\n");

  benk_import_rig_assert (import, first, NULL);
  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
  device = benk_session_fixture_find (fixture, "A1");
  g_assert_cmpint (benk_device_get_owner (device), ==, BENK_OWNER_LEASE);
  g_assert_cmpstr (benk_device_get_lease_end_date (device), ==, "2027-12-31");
  g_assert_cmpstr (benk_device_get_team (device), ==, "Sentrum");
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM place WHERE name = 'Sentrum'"
                              " AND kind = 'team'"),
                   ==, 1);
  assert_same_again (fixture, 3);

  g_clear_object (&import);
  import = benk_import_rig_preview (fixture, "list.csv",
                                    "Type;Serienr;Team;Eier;Leie til\n"
                                    "Medido;A1;;;\n"
                                    "Medido;A2;Nord;leie;1.3.2028\n"
                                    "Medido;A3;Hylle B;;\nMedido;A4;;Evondos AS;\n");
  benk_import_rig_assert (import, second, "*Hylle B*not a team*Shelf*");
}

/* The order on the screen is that of the list. */
static void
test_export_order (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    BenkDeviceSort sort;
    gboolean descending;
    const char *serials;
  } rows[] = {
    { BENK_DEVICE_SORT_MODEL, FALSE, "A2 A3 A10 " },
    { BENK_DEVICE_SORT_SERIAL, FALSE, "A2 A3 A10 " },
    { BENK_DEVICE_SORT_SERIAL, TRUE, "A10 A3 A2 " },
    { BENK_DEVICE_SORT_PLACE, FALSE, "A3 A2 A10 " },
    { BENK_DEVICE_SORT_LEASE, TRUE, "A10 A2 A3 " },
  };
  g_autofree char *path = g_build_filename (fixture->dir, "sorted.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = benk_import_rig_preview (
    fixture, "list.csv",
    "Type;Serienr;Plassering;Leie til\nMedido;A10;Hylle 3;1.1.2028\n"
    "Medido;A2;Hylle 2;1.1.2027\nMedido;A3;Hylle 1;\n");

  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkDeviceQuery query = { .sort = rows[i].sort, .descending = rows[i].descending };
      g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
      g_autoptr (GString) serials = g_string_new (NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (BenkSheet) sheet = NULL;

      benk_export_run_async (export, NULL, benk_session_fixture_keep, &result);
      benk_export_run_finish (export, BENK_AWAIT (result), NULL, &error);
      g_assert_no_error (error);
      sheet = benk_csv_read_file (file, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint row = 1; row < benk_sheet_get_n_rows (sheet); row++)
        g_string_append_printf (serials, "%s ", benk_sheet_get_cell (sheet, row, 1));
      g_assert_cmpstr (serials->str, ==, rows[i].serials);
    }
}

/* Stopped at any turn of the main loop, what was there before is there still. */
static void
test_export_stopped (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "kept.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const BenkDeviceQuery query = { 0 };
  guint n_stopped = 0, n_written = 0;

  for (guint turns = 0; turns < 12; turns++)
    {
      g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_file_set_contents (path, "before", -1, &error);
      g_assert_no_error (error);
      benk_export_run_async (export, cancellable, benk_session_fixture_keep, &result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      if (benk_export_run_finish (export, BENK_AWAIT (result), NULL, &error))
        {
          n_written++;
          continue;
        }
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
      n_stopped++;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "before");
    }
  g_assert_cmpuint (n_stopped, >, 0);
  g_assert_cmpuint (n_written, >, 0);
  g_test_message ("%u stopped, %u written", n_stopped, n_written);
}

/* --- Stopped and failed in the middle --- */

#define N_LONG 6000

/* What stands in the folder besides the store. */
static char *
list_files (BenkSessionFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  g_autoptr (GString) files = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, "list") != NULL || g_str_has_prefix (name, "."))
      g_string_append_printf (files, "%s ", name);

  return g_string_free (g_steal_pointer (&files), FALSE);
}

static void
import_long (BenkSessionFixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Type;Serienr;Kommentar\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) import = NULL;

  for (guint i = 0; i < N_LONG; i++)
    g_string_append_printf (text, "Medido;L%06u;%08x%08x\n", i, g_test_rand_int (),
                            g_test_rand_int ());
  import = benk_import_rig_preview (fixture, "office.csv", text->str);
  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  BenkExport *export;
  BenkExportPhase phase;
  GAsyncResult *result;
} Run;

/* Its own step in any phase is over in a moment: this only looks. */
static void
run_until (Run *run)
{
  const gint64 limit = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  double fraction = 0;

  while (run->result == NULL &&
         !(benk_export_get_progress (run->export, &fraction) == run->phase &&
           (fraction > 0 || run->phase == BENK_EXPORT_SAVING)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* Nothing of it stands under the name that was chosen, nor under another. */
static void
try_to_stop (BenkSessionFixture *fixture,
             const char *name,
             BenkExportPhase phase,
             const char *before,
             guint *n_stopped)
{
  const BenkDeviceQuery query = { 0 };
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *expected = g_strdup_printf ("%s ", name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { export, phase, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *files = NULL;
  g_autofree char *text = NULL;

  g_remove (path);
  if (before != NULL)
    g_assert_true (g_file_set_contents (path, before, -1, NULL));
  benk_export_run_async (export, cancellable, benk_session_fixture_keep, &run.result);
  run_until (&run);
  g_cancellable_cancel (cancellable);
  if (!benk_export_run_finish (export, BENK_AWAIT (run.result), NULL, &error))
    {
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==,
                       "The export was stopped; no file was written.");
      g_file_get_contents (path, &text, NULL, NULL);
      g_assert_cmpstr (text, ==, before);
      *n_stopped += 1;
    }
  files = list_files (fixture);
  g_assert_cmpstr (files, ==, error == NULL || before != NULL ? expected : "");
  g_remove (path);
  g_object_unref (run.result);
}

static void
test_export_stopped_anywhere (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "list.csv", "list.xlsx" };
  static const BenkExportPhase phases[] = { BENK_EXPORT_READING, BENK_EXPORT_COMPOSING,
                                            BENK_EXPORT_SAVING };
  guint n_cases = 0;

  import_long (fixture);
  for (gsize phase = 0; phase < G_N_ELEMENTS (phases); phase++)
    {
      guint n_stopped = 0;

      for (guint i = 0; i < 40 && n_stopped < 8; i++, n_cases++)
        try_to_stop (fixture, names[i % 2], phases[phase], i % 4 < 2 ? NULL : "before",
                     &n_stopped);
      g_assert_cmpuint (n_stopped, >, 0);
      g_test_message ("phase %u: %u stopped", (guint) phase, n_stopped);
    }
  g_test_message ("%u cases", n_cases);
}

/* No more room in the middle of the file: here files may only grow so far. */
static void
test_export_fails_half_way (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "list.csv", "list.xlsx" };
  const BenkDeviceQuery query = { 0 };
  struct rlimit limit, small;
  guint n_cases = 0;

  import_long (fixture);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  small = limit;
  small.rlim_cur = 40000;
  for (guint i = 0; i < 4; i++)
    {
      const char *before = i < 2 ? NULL : "before";
      g_autofree char *path = g_build_filename (fixture->dir, names[i % 2], NULL);
      g_autofree char *expected = g_strdup_printf ("%s ", names[i % 2]);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *files = NULL;
      g_autofree char *text = NULL;

      if (before != NULL)
        g_assert_true (g_file_set_contents (path, before, -1, NULL));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      benk_export_run_async (export, NULL, benk_session_fixture_keep, &result);
      g_assert_false (benk_export_run_finish (export, BENK_AWAIT (result), NULL, &error));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
      g_file_get_contents (path, &text, NULL, NULL);
      g_assert_cmpstr (text, ==, before);
      files = list_files (fixture);
      g_assert_cmpstr (files, ==, before != NULL ? expected : "");
      g_remove (path);
      n_cases++;
    }
  g_test_message ("%u cases", n_cases);
}

static void
test_export_no_folder (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "gone", "list.csv", NULL);
  g_autofree char *wanted =
    g_strdup_printf ("“%s” cannot be written: the folder is not there.", path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const BenkDeviceQuery query = { 0 };
  g_autoptr (BenkExport) export = benk_export_new (fixture->inventory, &query, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_export_run_async (export, NULL, benk_session_fixture_keep, &result);
  g_assert_false (benk_export_run_finish (export, BENK_AWAIT (result), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
  g_assert_cmpstr (error->message, ==, wanted);
}

static GBytes *
make_book (void)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  static const char *const cells[] = { "Type",   "Serienr", "Mottatt",
                                       "Medido", "A1",      "2025-07-15" };
  static const BenkXlsxColumn columns[] = { BENK_XLSX_COLUMN_TEXT, BENK_XLSX_COLUMN_TEXT,
                                            BENK_XLSX_COLUMN_DATE };
  g_autoptr (GError) error = NULL;
  GBytes *book;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      if (i % 3 == 0)
        benk_sheet_add_row (sheet, i / 3 + 1);
      benk_sheet_add_cell (sheet, cells[i], -1);
    }
  book = benk_xlsx_write_bytes (sheet, "Lager", columns, 3, NULL, &error);
  g_assert_no_error (error);

  return book;
}

static void
test_workbook (BenkSessionFixture *fixture, gconstpointer unused)
{
  const guint counts[BENK_N_IMPORT_VERDICTS] = { 1, 0, 0, 0, 0 };
  g_autoptr (GBytes) book = make_book ();
  g_autofree char *path = benk_import_rig_write (fixture, "list.xlsx", book);
  g_autoptr (BenkImport) import = benk_import_rig_read (fixture, path, "Lager");
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (benk_import_get_format (import), ==, "XLSX, sheet “Lager”");
  g_assert_cmpuint (g_strv_length ((GStrv) benk_import_get_sheets (import)), ==, 1);
  benk_import_rig_compare (import, NULL, &error);
  g_assert_no_error (error);
  benk_import_rig_assert (import, counts, NULL);
  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
  device = benk_session_fixture_find (fixture, "A1");
  g_assert_cmpstr (benk_device_get_received_date (device), ==, "2025-07-15");
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/export/" path, BenkSessionFixture, NULL,                         \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("comes-back-the-same", test_export_sample);
  ADD ("random-devices-come-back-the-same", test_export_random);
  ADD ("nothing-in-it-is-run", test_export_tab);
  ADD ("owner-lease-and-team-come-back", test_owner_lease_team);
  ADD ("is-in-the-order-that-is-shown", test_export_order);
  ADD ("stopped-leaves-what-was-there", test_export_stopped);
  ADD ("stopped-anywhere-leaves-no-half-file", test_export_stopped_anywhere);
  ADD ("failed-half-way-leaves-no-half-file", test_export_fails_half_way);
  ADD ("says-that-the-folder-is-not-there", test_export_no_folder);
  ADD ("a-workbook-is-imported", test_workbook);

  return g_test_run ();
}
