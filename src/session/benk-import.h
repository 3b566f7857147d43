/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-import-words.h"
#include "benk-inventory.h"

G_BEGIN_DECLS

/**
 * BenkImportVerdict:
 * @BENK_IMPORT_NEW: a device that is not known yet
 * @BENK_IMPORT_CHANGED: a known device with something to correct
 * @BENK_IMPORT_SAME: a known device as it is
 * @BENK_IMPORT_WRONG: needs a person's eyes; is left out
 * @BENK_IMPORT_BLANK: nothing stands there
 * @BENK_IMPORT_JOINS: an alarm that says an open one again
 * @BENK_IMPORT_CLOSED: an alarm that is not known and is over already
 *
 * What a row of a list is to the inventory, or to the alarms.
 */
typedef enum
{
  BENK_IMPORT_NEW,
  BENK_IMPORT_CHANGED,
  BENK_IMPORT_SAME,
  BENK_IMPORT_WRONG,
  BENK_IMPORT_BLANK,
  BENK_IMPORT_JOINS,
  BENK_IMPORT_CLOSED,
} BenkImportVerdict;

#define BENK_N_IMPORT_VERDICTS 7

const char *benk_import_verdict_to_name (BenkImportVerdict verdict);

#define BENK_TYPE_IMPORT_ROW (benk_import_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkImportRow, benk_import_row, BENK, IMPORT_ROW, GObject)
guint benk_import_row_get_line (BenkImportRow *self);
BenkImportVerdict benk_import_row_get_verdict (BenkImportRow *self);
/* Model and serial as they stand in the list; why it is wrong, or what changes. */
const char *benk_import_row_get_label (BenkImportRow *self);
const char *benk_import_row_get_reason (BenkImportRow *self);

/**
 * BENK_IMPORT_WORD_UNKNOWN:
 *
 * Nobody has said what a word stands for; rows with it are wrong.
 */
#define BENK_IMPORT_WORD_UNKNOWN (-1)

/**
 * BENK_IMPORT_WORD_LEAVE_OUT:
 *
 * A person has said that rows with a word are left out.
 */
#define BENK_IMPORT_WORD_LEAVE_OUT (-2)

/**
 * BenkImportWord:
 * @word: as it stands in the list
 * @n_rows: in how many rows
 * @choice: a #BenkDeviceState, or one of the two above
 *
 * A word for a state that the program does not know.
 */
typedef struct
{
  char *word;
  guint n_rows;
  int choice;
} BenkImportWord;

/**
 * BenkImportPhase:
 * @BENK_IMPORT_READING: the file
 * @BENK_IMPORT_COMPARING: its rows with the inventory
 * @BENK_IMPORT_WRITING: rows
 * @BENK_IMPORT_SAVING: the change log and the disk
 *
 * What an import does now.
 */
typedef enum
{
  BENK_IMPORT_READING,
  BENK_IMPORT_COMPARING,
  BENK_IMPORT_WRITING,
  BENK_IMPORT_SAVING,
} BenkImportPhase;

/* A list: read, then its columns and words may be told otherwise, then compared, then
 * applied. Nothing is written before that. While a step is under way, the others wait. */
#define BENK_TYPE_IMPORT (benk_import_get_type ())
G_DECLARE_FINAL_TYPE (BenkImport, benk_import, BENK, IMPORT, GObject)

BenkImport *benk_import_new (BenkInventory *inventory, GFile *file);
BenkImport *benk_import_new_alarms (BenkInventory *inventory, GFile *file);
gboolean benk_import_is_of_alarms (BenkImport *self);
const char *benk_import_get_name (BenkImport *self);
BenkImportPhase benk_import_get_progress (BenkImport *self, double *fraction);

/* @sheet: (nullable): of a workbook; the first without. */
void benk_import_read_async (BenkImport *self,
                             const char *sheet,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean benk_import_read_finish (BenkImport *self, GAsyncResult *result, GError **error);
/* "Windows-1252, semicolon": what the file was read as. */
const char *benk_import_get_format (BenkImport *self);
const char *const *benk_import_get_sheets (BenkImport *self);
guint benk_import_get_sheet (BenkImport *self);
gboolean benk_import_is_remembered (BenkImport *self);
/* Of alarms: what a person calls where the list comes from. */
const char *benk_import_get_portal (BenkImport *self);
gboolean benk_import_set_portal (BenkImport *self, const char *portal, GError **error);

guint benk_import_get_n_columns (BenkImport *self);
const char *benk_import_get_heading (BenkImport *self, guint column);
GStrv benk_import_get_samples (BenkImport *self, guint column);
BenkImportField benk_import_get_field (BenkImport *self, guint column);
void benk_import_set_field (BenkImport *self, guint column, BenkImportField field);
gboolean benk_import_check_columns (BenkImport *self, GError **error);
/* "Serienr → serial": what each column was taken for; the rest of the headings. */
GStrv benk_import_get_columns (BenkImport *self);
/* An array of BenkImportWord. */
GPtrArray *benk_import_get_words (BenkImport *self);
void benk_import_set_word (BenkImport *self, const char *word, int choice);
/* "stock", "1.8", "leave-out": what a choice is called for a program. */
const char *benk_import_name_choice (BenkImport *self, int choice);
gboolean benk_import_find_choice (BenkImport *self, const char *name, int *choice);

void benk_import_compare_async (BenkImport *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean
benk_import_compare_finish (BenkImport *self, GAsyncResult *result, GError **error);
GListModel *benk_import_get_rows (BenkImport *self);
GListModel *benk_import_get_telling_rows (BenkImport *self);
guint benk_import_count (BenkImport *self, BenkImportVerdict verdict);

void benk_import_apply_async (BenkImport *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_import_apply_finish (BenkImport *self,
                                   GAsyncResult *result,
                                   gint64 *seq,
                                   GError **error);

/* A list as it is guessed: read and compared in one go. */
void benk_import_preview_async (BenkInventory *inventory,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkImport *benk_import_preview_finish (GAsyncResult *result, GError **error);

G_END_DECLS
