/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-list.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-xlsx.h"
#include "benk-zip.h"

/* The first bytes of a compound file, in which old spreadsheets and encrypted new ones
 * are kept ([MS-CFB] 2.2). */
static const guint8 COMPOUND[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

/**
 * benk_list_info_clear:
 * @self: what a list was read as
 *
 * Frees what it holds.
 */
void
benk_list_info_clear (BenkListInfo *self)
{
  g_clear_pointer (&self->sheets, g_strfreev);
}

static gboolean
has_text (BenkSheet *sheet)
{
  for (guint i = 0; i < benk_sheet_get_n_rows (sheet); i++)
    if (!benk_sheet_is_blank (sheet, i))
      return TRUE;

  return FALSE;
}

static BenkSheet *
read_workbook (GBytes *bytes,
               const char *name,
               BenkListInfo *info,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (BenkSheet) sheet =
    benk_xlsx_read_bytes (bytes, name, info != NULL ? &info->sheets : NULL,
                          info != NULL ? &info->sheet : NULL, cancellable, error);

  if (sheet == NULL)
    return NULL;
  if (info != NULL)
    info->is_xlsx = TRUE;
  /* One of several may be chosen yet. */
  if (has_text (sheet) || (info != NULL && g_strv_length (info->sheets) > 1))
    return g_steal_pointer (&sheet);

  if (info != NULL)
    benk_list_info_clear (info);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("The file is empty."));
  return NULL;
}

/**
 * benk_list_read_bytes:
 * @bytes: the content of a file
 * @sheet: (nullable): the sheet to read, for a workbook
 * @info: (out) (optional): what it was read as; to be cleared
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a list, a workbook or text; which of them it is, its first bytes say.
 *
 * Returns: (transfer full): the rows, heading included, or %NULL with
 *   %BENK_ERROR_INVALID in words, %BENK_ERROR_NOT_FOUND (no such sheet) or
 *   %BENK_ERROR_CANCELLED
 */
BenkSheet *
benk_list_read_bytes (GBytes *bytes,
                      const char *sheet,
                      BenkListInfo *info,
                      GCancellable *cancellable,
                      GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (info != NULL)
    *info = (BenkListInfo){ 0 };
  if (length >= sizeof COMPOUND && memcmp (data, COMPOUND, sizeof COMPOUND) == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("This is an old spreadsheet (.xls) or one with a password. "
                              "Save it as .xlsx without a password, or as CSV."));
      return NULL;
    }
  if (benk_zip_is_zip (bytes) && length <= BENK_CSV_MAX_BYTES)
    return read_workbook (bytes, sheet, info, cancellable, error);
  if (sheet != NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("The file has no sheet “%s”."), sheet);
      return NULL;
    }

  return benk_csv_read_bytes (bytes, info != NULL ? &info->csv : NULL, error);
}

/**
 * benk_list_read_file:
 * @file: a file of any size
 * @sheet: (nullable): the sheet to read, for a workbook
 * @info: (out) (optional): what it was read as; to be cleared
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Like benk_list_read_bytes(), with the size looked at first. Blocks: for a worker
 * thread.
 *
 * Returns: (transfer full): the rows, or %NULL with an error that names the file
 */
BenkSheet *
benk_list_read_file (GFile *file,
                     const char *sheet,
                     BenkListInfo *info,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GBytes) bytes = benk_csv_load_file (file, cancellable, error);
  BenkSheet *rows =
    bytes != NULL ? benk_list_read_bytes (bytes, sheet, info, cancellable, error) : NULL;

  if (rows == NULL && bytes != NULL)
    g_prefix_error (error, "%s: ", name);

  return rows;
}
