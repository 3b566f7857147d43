/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-sheet.h"
#include "benk-xml.h"

G_BEGIN_DECLS

/* The most text that is held of one file: shared strings may be used a million times. */
#define BENK_XLSX_MAX_TEXT (256 * 1024 * 1024)

/* The widest and longest sheet there is (ECMA-376; Microsoft, "Excel specifications and
 * limits"); no wider one is read than as CSV. */
#define BENK_XLSX_MAX_ROWS 1048576

/*
 * BenkXlsxFormat:
 * @BENK_XLSX_FORMAT_PLAIN: a number or text
 * @BENK_XLSX_FORMAT_DATE: days since the epoch of the file
 * @BENK_XLSX_FORMAT_ZEROS: a number shown with leading zeros; the digits are in the bits
 *   above
 *
 * What a style makes of a number.
 */
typedef enum
{
  BENK_XLSX_FORMAT_PLAIN,
  BENK_XLSX_FORMAT_DATE,
  BENK_XLSX_FORMAT_ZEROS,
} BenkXlsxFormat;

/*
 * BenkXlsxBook:
 * @sheets: (element-type utf8): names, in the order of the file
 * @parts: (element-type utf8): where each of them is
 * @strings: (element-type utf8): what many cells point at
 * @formats: (element-type guint): for each style a format, digits in the bits above 8
 * @epoch_1904: whether days are counted from 1904
 *
 * What stands in a workbook beside its sheets.
 */
typedef struct
{
  GPtrArray *sheets;
  GPtrArray *parts;
  GPtrArray *strings;
  GStringChunk *text;
  GArray *formats;
  gboolean epoch_1904;
} BenkXlsxBook;

BenkXlsxBook *
benk_xlsx_book_read (GBytes *file, GCancellable *cancellable, GError **error);
void benk_xlsx_book_free (BenkXlsxBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkXlsxBook, benk_xlsx_book_free)

extern const BenkXmlHandler benk_xlsx_strings_handler;
gpointer benk_xlsx_strings_reader_new (BenkXlsxBook *book);
void benk_xlsx_strings_reader_free (gpointer reader);

extern const BenkXmlHandler benk_xlsx_cells_handler;
gpointer benk_xlsx_cells_reader_new (BenkXlsxBook *book, BenkSheet *sheet);
void benk_xlsx_cells_reader_free (gpointer reader);
BenkXlsxBook *benk_xlsx_book_new (void);

guint benk_xlsx_format_from_code (const char *code);
guint benk_xlsx_format_from_id (guint id);
char *benk_xlsx_number_to_text (const char *value, guint format, gboolean epoch_1904);
void benk_xlsx_unescape (GString *text);

G_END_DECLS
