/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-private.h"

#include "benk-text-check.h"

/* Rows of a column that are shown to tell what it holds. */
#define N_SAMPLES 3

/**
 * benk_import_get_n_columns:
 * @self: a list that was read
 *
 * Returns: the number of its columns
 */
guint
benk_import_get_n_columns (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), 0);
  return self->plan.sheet != NULL ? benk_import_plan_get_n_columns (&self->plan) : 0;
}

/**
 * benk_import_get_heading:
 * @self: a list that was read
 * @column: a column
 *
 * Returns: (transfer none): what stands above it
 */
const char *
benk_import_get_heading (BenkImport *self, guint column)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), "");
  return benk_sheet_get_cell (self->plan.sheet, self->plan.heading, column);
}

/**
 * benk_import_get_samples:
 * @self: a list that was read
 * @column: a column
 *
 * Returns: (transfer full): what it holds in the first rows that are not blank
 */
GStrv
benk_import_get_samples (BenkImport *self, guint column)
{
  g_autoptr (GStrvBuilder) samples = g_strv_builder_new ();
  BenkSheet *sheet;
  guint n = 0;

  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);

  sheet = self->plan.sheet;
  for (guint row = self->plan.heading + 1;
       row < benk_sheet_get_n_rows (sheet) && n < N_SAMPLES; row++)
    if (!benk_sheet_is_blank (sheet, row))
      {
        g_strv_builder_add (samples, benk_sheet_get_cell (sheet, row, column));
        n++;
      }

  return g_strv_builder_end (samples);
}

/**
 * benk_import_get_field:
 * @self: a list that was read
 * @column: a column
 *
 * Returns: what it is taken for
 */
BenkImportField
benk_import_get_field (BenkImport *self, guint column)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), BENK_IMPORT_FIELD_NONE);
  return benk_import_plan_get_field (&self->plan, column);
}

/**
 * benk_import_set_field:
 * @self: a list that was read
 * @column: a column
 * @field: what it holds
 *
 * Takes a column for something else. Another column that was taken for the same is left
 * alone from now on.
 */
void
benk_import_set_field (BenkImport *self, guint column, BenkImportField field)
{
  g_return_if_fail (BENK_IS_IMPORT (self));
  benk_import_plan_set_field (&self->plan, column, field);
}

/**
 * benk_import_check_columns:
 * @self: a list that was read
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID if no column can tell one device from another
 */
gboolean
benk_import_check_columns (BenkImport *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), FALSE);
  return benk_import_plan_check (&self->plan, error);
}

/**
 * benk_import_get_columns:
 * @self: a list that was read
 *
 * Returns: (transfer full): "heading → field" for each column
 */
GStrv
benk_import_get_columns (BenkImport *self)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  guint n = benk_import_get_n_columns (self);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("%s → %s", benk_import_get_heading (self, i),
                         benk_import_field_get_label (benk_import_get_field (self, i)));

      g_strv_builder_add (columns, line);
    }

  return g_strv_builder_end (columns);
}

/**
 * benk_import_get_words:
 * @self: a list that was read
 *
 * Returns: (transfer container) (element-type BenkImportWord): the words in the column of
 *   states that the program does not know by itself
 */
GPtrArray *
benk_import_get_words (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return benk_import_plan_list_words (&self->plan);
}

/**
 * benk_import_set_word:
 * @self: a list that was read
 * @word: a word for a state
 * @choice: a #BenkDeviceState, %BENK_IMPORT_WORD_LEAVE_OUT or %BENK_IMPORT_WORD_UNKNOWN
 *
 * Says what a word stands for, in this list and, once it is imported, in the next one
 * with these headings.
 */
void
benk_import_set_word (BenkImport *self, const char *word, int choice)
{
  g_return_if_fail (BENK_IS_IMPORT (self));
  benk_import_plan_set_word (&self->plan, word, choice);
}

/**
 * benk_import_get_name:
 * @self: a list
 *
 * Returns: (transfer none): the name of its file
 */
const char *
benk_import_get_name (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return self->name;
}

/**
 * benk_import_get_format:
 * @self: a list that was read
 *
 * Returns: (transfer none): what the file was read as, such as "Windows-1252, semicolon"
 */
const char *
benk_import_get_format (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return self->format;
}

/**
 * benk_import_get_sheets:
 * @self: a list that was read
 *
 * Returns: (transfer none) (nullable): the names of the sheets of a workbook
 */
const char *const *
benk_import_get_sheets (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return (const char *const *) self->info.sheets;
}

/**
 * benk_import_get_sheet:
 * @self: a list that was read
 *
 * Returns: which of the sheets was read
 */
guint
benk_import_get_sheet (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), 0);
  return self->info.sheet;
}

/**
 * benk_import_is_remembered:
 * @self: a list that was read
 *
 * Returns: whether a list with these headings was imported before
 */
gboolean
benk_import_is_remembered (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), FALSE);
  return self->remembered;
}

/**
 * benk_import_get_rows:
 * @self: a list
 *
 * Returns: (transfer none): a #BenkImportRow for every row but the heading; a list that
 * is never changed, and another one each time that rows are compared
 */
GListModel *
benk_import_get_rows (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return G_LIST_MODEL (self->rows);
}

/**
 * benk_import_get_telling_rows:
 * @self: a list
 *
 * Returns: (transfer none): as above, those that are wrong and then those that change
 *   something
 */
GListModel *
benk_import_get_telling_rows (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return G_LIST_MODEL (self->telling);
}

/**
 * benk_import_count:
 * @self: a list
 * @verdict: what rows are to the inventory
 *
 * Returns: how many rows are that
 */
guint
benk_import_count (BenkImport *self, BenkImportVerdict verdict)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), 0);
  g_return_val_if_fail ((guint) verdict < BENK_N_IMPORT_VERDICTS, 0);
  return self->counts[verdict];
}

/**
 * benk_import_is_of_alarms:
 * @self: a list
 *
 * Returns: whether it is of alarms, not of devices
 */
gboolean
benk_import_is_of_alarms (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), FALSE);
  return self->plan.kind == &benk_import_of_alarms;
}

/**
 * benk_import_get_portal:
 * @self: a list of alarms that was read
 *
 * Returns: (transfer none) (nullable): what a person called the portal, now or when a
 * list with these headings was imported before
 */
const char *
benk_import_get_portal (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return self->plan.portal;
}

/**
 * benk_import_set_portal:
 * @self: a list of alarms
 * @portal: (nullable): what to call where it comes from
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID if it is no name
 */
gboolean
benk_import_set_portal (BenkImport *self, const char *portal, GError **error)
{
  g_autofree char *name =
    g_strstrip (g_strdelimit (g_strdup (portal ? portal : ""), "\n\t", ' '));

  g_return_val_if_fail (BENK_IS_IMPORT (self), FALSE);

  if (!benk_text_check_name (name, error))
    return FALSE;
  g_free (self->plan.portal);
  self->plan.portal = *name != '\0' ? g_steal_pointer (&name) : NULL;
  return TRUE;
}

/**
 * benk_import_verdict_to_name:
 * @verdict: what a row is
 *
 * Returns: (transfer none): its stable name
 */
const char *
benk_import_verdict_to_name (BenkImportVerdict verdict)
{
  static const char *const names[BENK_N_IMPORT_VERDICTS] = { "new",   "changed", "same",
                                                             "wrong", "blank",   "joins",
                                                             "closed" };

  g_return_val_if_fail ((guint) verdict < BENK_N_IMPORT_VERDICTS, "wrong");
  return names[verdict];
}

/**
 * benk_import_name_choice:
 * @self: a list
 * @choice: what a word stands for
 *
 * Returns: (transfer none) (nullable): its stable name; %NULL for
 *   %BENK_IMPORT_WORD_UNKNOWN
 */
const char *
benk_import_name_choice (BenkImport *self, int choice)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  if (choice == BENK_IMPORT_WORD_LEAVE_OUT)
    return "leave-out";
  return choice >= 0 ? self->plan.kind->word_to_name (choice) : NULL;
}

/**
 * benk_import_find_choice:
 * @self: a list
 * @name: a stable name
 * @choice: (out): what it names
 *
 * Returns: whether a word of this list may stand for that; no alarm is left out by its
 *   name
 */
gboolean
benk_import_find_choice (BenkImport *self, const char *name, int *choice)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), FALSE);
  if (!self->plan.kind->takes_in && g_strcmp0 (name, "leave-out") == 0)
    {
      *choice = BENK_IMPORT_WORD_LEAVE_OUT;
      return TRUE;
    }
  return self->plan.kind->word_from_name (name, choice);
}
