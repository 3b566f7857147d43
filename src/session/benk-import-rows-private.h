/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-import-words.h"
#include "benk-import.h"
#include "benk-scope.h"
#include "benk-sheet.h"

G_BEGIN_DECLS

/*
 * BenkImportPlan:
 * @sheet: the list as it was read
 * @heading: the row that names the columns
 * @columns: which column holds a field, or -1
 * @models: what the program knows
 *
 * How a list is read; the same for the preview and for writing.
 */
typedef struct
{
  BenkSheet *sheet;
  guint heading;
  int columns[BENK_N_IMPORT_FIELDS];
  GPtrArray *models;
} BenkImportPlan;

/*
 * BenkImportResult:
 * @row: row of the sheet
 * @line: its first line in the file
 * @verdict: what it is to the inventory
 * @device: (nullable): the device as it would be
 * @reason: (nullable): why it is wrong, or what changes
 */
typedef struct
{
  guint row;
  guint line;
  BenkImportVerdict verdict;
  BenkDevice *device;
  char *label;
  char *reason;
} BenkImportResult;

gboolean benk_import_plan_guess (BenkImportPlan *plan, GError **error);
GPtrArray *benk_import_rows_compare (BenkImportPlan *plan, BenkDb *db, GError **error);
gboolean benk_import_rows_write (GPtrArray *results, BenkDb *db, GError **error);
void benk_import_result_free (BenkImportResult *self);

G_END_DECLS
