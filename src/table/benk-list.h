/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-csv.h"

G_BEGIN_DECLS

/**
 * BenkListInfo:
 * @is_xlsx: whether it is a workbook
 * @csv: how the text was read, for what is none
 * @sheets: (nullable): the names of the sheets of a workbook
 * @sheet: which of them was read
 *
 * What a list was read as.
 */
typedef struct
{
  gboolean is_xlsx;
  BenkCsvInfo csv;
  GStrv sheets;
  guint sheet;
} BenkListInfo;

void benk_list_info_clear (BenkListInfo *self);

BenkSheet *benk_list_read_bytes (GBytes *bytes,
                                 const char *sheet,
                                 BenkListInfo *info,
                                 GCancellable *cancellable,
                                 GError **error);
BenkSheet *benk_list_read_file (GFile *file,
                                const char *sheet,
                                BenkListInfo *info,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
