/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xlsx.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-xlsx-private.h"

static gboolean
find_sheet (BenkXlsxBook *book, const char *name, guint *out_index, GError **error)
{
  *out_index = 0;
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < book->sheets->len; i++)
    if (g_strcmp0 (g_ptr_array_index (book->sheets, i), name) == 0)
      {
        *out_index = i;
        return TRUE;
      }

  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("The file has no sheet “%s”."),
               name);
  return FALSE;
}

static GStrv
dup_names (BenkXlsxBook *book)
{
  GStrv names = g_new0 (char *, book->sheets->len + 1);

  for (guint i = 0; i < book->sheets->len; i++)
    names[i] = g_strdup (g_ptr_array_index (book->sheets, i));

  return names;
}

/* A sheet may be empty and the next one not; an empty one is an answer as well. */
static BenkSheet *
read_sheet (BenkXlsxBook *book,
            GBytes *bytes,
            guint index,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  gpointer reader = benk_xlsx_cells_reader_new (book, sheet);
  g_autoptr (GError) local = NULL;
  gboolean done =
    benk_xml_read_part (bytes, g_ptr_array_index (book->parts, index),
                        &benk_xlsx_cells_handler, reader, cancellable, &local);

  benk_xlsx_cells_reader_free (reader);
  benk_sheet_set_sparse (sheet, TRUE);
  if (done)
    return g_steal_pointer (&sheet);

  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("The sheet “%s” is missing in the file."),
                 (char *) g_ptr_array_index (book->sheets, index));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * benk_xlsx_read_bytes:
 * @bytes: the content of a file
 * @name: (nullable): the sheet to read; %NULL for the first
 * @out_names: (out) (optional) (transfer full): the names of all sheets
 * @out_chosen: (out) (optional): which of them was read
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a sheet of a workbook (ECMA-376, transitional and strict) as text: what a formula
 * last gave, days as YYYY-MM-DD, whole numbers with every digit. A number whose digits
 * are lost stays in powers of ten, so that it can be told.
 *
 * Returns: (transfer full): the rows, heading included, or %NULL with
 *   %BENK_ERROR_INVALID in words, %BENK_ERROR_NOT_FOUND (no such sheet) or
 *   %BENK_ERROR_CANCELLED
 */
BenkSheet *
benk_xlsx_read_bytes (GBytes *bytes,
                      const char *name,
                      GStrv *out_names,
                      guint *out_chosen,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (BenkXlsxBook) book = benk_xlsx_book_read (bytes, cancellable, error);
  g_autoptr (BenkSheet) sheet = NULL;
  guint index;

  if (book == NULL || !find_sheet (book, name, &index, error))
    return NULL;
  sheet = read_sheet (book, bytes, index, cancellable, error);
  if (sheet == NULL)
    return NULL;
  if (out_names != NULL)
    *out_names = dup_names (book);
  if (out_chosen != NULL)
    *out_chosen = index;

  return g_steal_pointer (&sheet);
}
