/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include <string.h>

#include "benk-csv.h"
#include "benk-xlsx-private.h"

/* Whatever was read is text, and can be looked at from end to end. */
static void
look_at (BenkSheet *sheet)
{
  guint n_rows = benk_sheet_get_n_rows (sheet);

  for (guint row = 0; row < n_rows; row++)
    {
      guint n_cells = benk_sheet_get_n_cells (sheet, row);

      benk_sheet_is_blank (sheet, row);
      for (guint i = 0; i < n_cells; i++)
        g_assert_true (g_utf8_validate (benk_sheet_get_cell (sheet, row, i), -1, NULL));
      if (row > 0)
        g_assert_cmpuint (benk_sheet_get_line (sheet, row), >,
                          benk_sheet_get_line (sheet, row - 1));
    }
}

void
benk_fuzz_csv (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSheet) sheet = benk_csv_read_bytes (bytes, NULL, &error);

  g_assert_true ((sheet != NULL) != (error != NULL));
  if (sheet != NULL)
    look_at (sheet);
}

/* A sheet over a few strings and styles, in the epoch that its length says. */
void
benk_fuzz_xlsx_cells (const guint8 *data, gsize length)
{
  static const guint formats[] = { BENK_XLSX_FORMAT_PLAIN, BENK_XLSX_FORMAT_DATE,
                                   BENK_XLSX_FORMAT_ZEROS | 8 << 8 };
  g_autoptr (BenkXlsxBook) book = benk_xlsx_book_new ();
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  gpointer reader = benk_xlsx_cells_reader_new (book, sheet);

  g_ptr_array_add (book->strings, (gpointer) "Serienr");
  g_ptr_array_add (book->strings, (gpointer) "");
  g_array_append_vals (book->formats, formats, G_N_ELEMENTS (formats));
  book->epoch_1904 = length % 2 == 1;
  g_assert_true (benk_xml_read_bytes (bytes, &benk_xlsx_cells_handler, reader, &error) ==
                 (error == NULL));
  benk_xlsx_cells_reader_free (reader);
  look_at (sheet);
}

void
benk_fuzz_xlsx_strings (const guint8 *data, gsize length)
{
  g_autoptr (BenkXlsxBook) book = benk_xlsx_book_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  gpointer reader = benk_xlsx_strings_reader_new (book);

  g_assert_true (benk_xml_read_bytes (bytes, &benk_xlsx_strings_handler, reader,
                                      &error) == (error == NULL));
  benk_xlsx_strings_reader_free (reader);
  for (guint i = 0; i < book->strings->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (book->strings, i), -1, NULL));
}
