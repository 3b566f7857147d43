/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-charset.h"
#include "benk-sheet.h"

G_BEGIN_DECLS

/**
 * BENK_CSV_MAX_BYTES:
 *
 * The largest file that is read; a list of 100 000 devices is a tenth of it.
 */
#define BENK_CSV_MAX_BYTES (128 * 1024 * 1024)

/**
 * BENK_CSV_MAX_FIELD:
 *
 * The longest field in characters: what one cell of a spreadsheet can hold (Microsoft,
 * "Excel specifications and limits": 32 767).
 */
#define BENK_CSV_MAX_FIELD 32767

/**
 * BENK_CSV_MAX_COLUMNS:
 *
 * The most fields in one record; more means that the file is something else.
 */
#define BENK_CSV_MAX_COLUMNS 1024

/**
 * BenkCsvInfo:
 * @charset: how the bytes were read
 * @separator: ',', ';' or a tab
 *
 * What had to be guessed to read a file.
 */
typedef struct
{
  BenkCharset charset;
  char separator;
} BenkCsvInfo;

BenkSheet *benk_csv_read_bytes (GBytes *bytes, BenkCsvInfo *info, GError **error);
GBytes *benk_csv_load_file (GFile *file, GCancellable *cancellable, GError **error);
BenkSheet *benk_csv_read_file (GFile *file,
                               BenkCsvInfo *info,
                               GCancellable *cancellable,
                               GError **error);

const char *benk_csv_skip_guard (const char *cell);
GBytes *benk_csv_write_bytes (BenkSheet *sheet, char separator);

G_END_DECLS
