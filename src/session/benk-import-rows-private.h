/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-import-words.h"
#include "benk-import.h"
#include "benk-scope.h"
#include "benk-sheet.h"

G_BEGIN_DECLS

/*
 * BenkImportMeter:
 * @phase: a #BenkImportPhase
 * @done: rows that are done
 * @total: rows there are; 0 = not known
 *
 * How far the work is, written by one thread and read by another.
 */
typedef struct
{
  int phase;
  int done;
  int total;
} BenkImportMeter;

typedef struct _BenkImportKind BenkImportKind;

/*
 * BenkImportPlan:
 * @kind: what the list is of
 * @portal: (nullable): what a person calls where a list of alarms comes from
 * @sheet: the list as it was read
 * @heading: the row that names the columns
 * @columns: which column holds a field, or -1
 * @models: what the program knows
 * @words: (nullable): folded word → what it stands for, see benk_import_plan_set_word()
 * @meter: how far the comparison is
 *
 * How a list is read; the same for the preview and for writing.
 */
typedef struct
{
  const BenkImportKind *kind;
  char *portal;
  BenkSheet *sheet;
  guint heading;
  int columns[BENK_N_IMPORT_ALL_FIELDS];
  GPtrArray *models;
  GHashTable *words;
  BenkImportMeter meter;
} BenkImportPlan;

/*
 * BenkImportKind:
 * @verb: how the change is called in the log
 * @profile: what tells remembered headings of this kind from others'
 * @missing: said when @has_needed is not so
 * @changed: said when the rows are not what was shown any more
 * @word_field: the column whose unknown words are asked for
 * @takes_in: comparing is what writes; a preview is that, and dropped
 *
 * What lists of devices and lists of alarms have apart.
 */
struct _BenkImportKind
{
  BenkVerb verb;
  const char *profile;
  const char *missing;
  const char *changed;
  BenkImportField word_field;
  gboolean takes_in;
  BenkImportField (*guess_field) (const char *heading);
  gboolean (*has_needed) (BenkImportPlan *plan);
  gboolean (*guess_word) (const char *word, int *choice);
  const char *(*word_to_name) (int choice);
  gboolean (*word_from_name) (const char *name, int *choice);
  GPtrArray *(*compare) (BenkImportPlan *plan,
                         BenkDb *db,
                         GCancellable *cancellable,
                         GError **error);
};

extern const BenkImportKind benk_import_of_devices;
extern const BenkImportKind benk_import_of_alarms;

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

void benk_import_meter_set (BenkImportMeter *self, int phase, guint done, guint total);
gboolean benk_import_meter_tick (BenkImportMeter *self,
                                 guint done,
                                 GCancellable *cancellable,
                                 GError **error);

gboolean benk_import_plan_has_device (BenkImportPlan *plan);
gboolean benk_import_plan_guess (BenkImportPlan *plan, GError **error);
gboolean benk_import_plan_check (BenkImportPlan *plan, GError **error);
guint benk_import_plan_get_n_columns (BenkImportPlan *plan);
BenkImportField benk_import_plan_get_field (BenkImportPlan *plan, guint column);
void
benk_import_plan_set_field (BenkImportPlan *plan, guint column, BenkImportField field);
char *benk_import_plan_dup_text (BenkImportPlan *plan, guint row, BenkImportField field);
char *benk_import_plan_clean (const char *text, BenkImportField field);
void benk_import_plan_set_word (BenkImportPlan *plan, const char *word, int choice);
int benk_import_plan_get_word (BenkImportPlan *plan, const char *word);
GPtrArray *benk_import_plan_list_words (BenkImportPlan *plan);
char *benk_import_plan_digest_headings (BenkImportPlan *plan);
char *benk_import_plan_dup_columns (BenkImportPlan *plan);
char *benk_import_plan_dup_words (BenkImportPlan *plan);
void
benk_import_plan_remember (BenkImportPlan *plan, const char *columns, const char *words);
void benk_import_plan_clear (BenkImportPlan *plan);

GPtrArray *benk_import_rows_compare (BenkImportPlan *plan,
                                     BenkDb *db,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean benk_import_rows_write (BenkImportPlan *plan,
                                 GPtrArray *results,
                                 BenkDb *db,
                                 GCancellable *cancellable,
                                 GError **error);
void benk_import_result_free (BenkImportResult *self);
BenkImportRow *benk_import_row_new (BenkImportResult *result);

G_END_DECLS
