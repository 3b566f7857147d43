/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-export.h"
#include "benk-import-rig.h"
#include "benk-xlsx.h"

static void
write_export (BenkSessionFixture *fixture, const char *path, guint expected)
{
  BenkDeviceQuery query = { .states = (1u << BENK_N_DEVICE_STATES) - 1 };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  benk_export_async (fixture->inventory, &query, file, NULL, benk_session_fixture_keep,
                     &result);
  benk_export_finish (fixture->inventory, BENK_AWAIT (result), &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, expected);
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
  static const char *const pieces[] = { "x", "Å",  "7", "=1", "+47", "@",      "'",
                                        "-", "\"", ";", ",",  " ",   "_x000D_" };
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

      benk_device_set_model_id (device, models[i % G_N_ELEMENTS (models)]);
      benk_device_set_serial (device, serial);
      benk_device_set_asset (device, i % 2 == 0 ? asset : NULL);
      benk_device_set_imei (device, i == 5 ? "356938085884014" : NULL);
      benk_device_set_note (device, *note != '\0' ? note : NULL);
      benk_device_set_place_name (device, *place != '\0' ? place : NULL);
      benk_device_set_received_date (device, i % 4 == 0 ? "2024-02-29" : NULL);
      benk_device_set_state (device, (BenkDeviceState)
                                       g_test_rand_int_range (0, BENK_N_DEVICE_STATES));
      benk_session_fixture_insert (fixture, device);
    }
  assert_same_again (fixture, n);
  g_test_message ("%u devices, twice", n);
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
  book = benk_xlsx_write_bytes (sheet, "Lager", columns, 3, &error);
  g_assert_no_error (error);

  return book;
}

static void
test_workbook (BenkSessionFixture *fixture, gconstpointer unused)
{
  const guint counts[] = { 1, 0, 0, 0, 0 };
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
  ADD ("a-workbook-is-imported", test_workbook);

  return g_test_run ();
}
