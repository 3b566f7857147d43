/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-private.h"

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
