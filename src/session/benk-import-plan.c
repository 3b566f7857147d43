/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rows-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-csv.h"
#include "benk-error.h"

/* Rows in which the heading is looked for; a title may stand above it. */
#define HEADING_ROWS 10

/* Words that are asked for; more means that the column holds something else. */
#define MAX_WORDS 40

/* The least choice is -2; a hash table's value must not be 0. */
#define WORD_OFFSET 3

/* How often, in rows, progress is told and cancelling is noticed. */
#define TICK_ROWS 128

/*
 * benk_import_meter_set:
 *
 * Says what is done now and how far it is.
 */
void
benk_import_meter_set (BenkImportMeter *self, int phase, guint done, guint total)
{
  g_atomic_int_set (&self->phase, phase);
  g_atomic_int_set (&self->done, (int) done);
  g_atomic_int_set (&self->total, (int) total);
}

/*
 * benk_import_meter_tick:
 *
 * Returns: %FALSE with %BENK_ERROR_CANCELLED when a person wants to stop
 */
gboolean
benk_import_meter_tick (BenkImportMeter *self,
                        guint done,
                        GCancellable *cancellable,
                        GError **error)
{
  if (done % TICK_ROWS != 0)
    return TRUE;
  g_atomic_int_set (&self->done, (int) done);
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED,
                       _ ("The import was cancelled; nothing was changed."));
  return FALSE;
}

static gboolean
is_identity (BenkImportField field)
{
  return field == BENK_IMPORT_FIELD_SERIAL || field == BENK_IMPORT_FIELD_IMEI ||
         field == BENK_IMPORT_FIELD_ASSET;
}

/*
 * benk_import_plan_has_device:
 *
 * Returns: whether a column can tell one device from another
 */
gboolean
benk_import_plan_has_device (BenkImportPlan *plan)
{
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    if (is_identity (i) && plan->columns[i] >= 0)
      return TRUE;

  return FALSE;
}

static gboolean
try_heading (BenkImportPlan *plan, guint row)
{
  guint n_cells = benk_sheet_get_n_cells (plan->sheet, row);
  guint n_known = 0;

  plan->heading = row;
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    plan->columns[i] = -1;
  for (guint i = 0; i < n_cells; i++)
    {
      BenkImportField field =
        plan->kind->guess_field (benk_sheet_get_cell (plan->sheet, row, i));

      if (field == BENK_IMPORT_FIELD_NONE || plan->columns[field] >= 0)
        continue;
      plan->columns[field] = (int) i;
      n_known++;
    }

  return n_known > 1 && plan->kind->has_needed (plan);
}

/*
 * benk_import_plan_guess:
 *
 * Finds the heading and tells the columns by it. The first of two columns with one
 * meaning counts. Where nothing is recognised, the first row that is not blank is taken
 * for the heading, so that a person can tell the columns.
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID if no column can tell one device from another
 */
gboolean
benk_import_plan_guess (BenkImportPlan *plan, GError **error)
{
  guint n_all = benk_sheet_get_n_rows (plan->sheet);
  guint n_rows = MIN (HEADING_ROWS, n_all);
  guint first = 0;

  for (guint row = 0; row < n_rows; row++)
    if (try_heading (plan, row))
      return TRUE;

  while (first < n_all && benk_sheet_is_blank (plan->sheet, first))
    first++;
  plan->heading = 0;
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    plan->columns[i] = -1;
  if (first < n_all)
    try_heading (plan, first);

  return benk_import_plan_check (plan, error);
}

/*
 * benk_import_plan_check:
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID if no column can tell one device from another
 */
gboolean
benk_import_plan_check (BenkImportPlan *plan, GError **error)
{
  if (plan->kind->has_needed (plan))
    return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, _ (plan->kind->missing));
  return FALSE;
}

/*
 * benk_import_plan_get_n_columns:
 *
 * Returns: how many columns have a heading or something before the last one that has
 */
guint
benk_import_plan_get_n_columns (BenkImportPlan *plan)
{
  guint n = 0;

  if (plan->heading < benk_sheet_get_n_rows (plan->sheet))
    n = benk_sheet_get_n_cells (plan->sheet, plan->heading);
  for (; n > 0; n--)
    {
      const char *heading = benk_sheet_get_cell (plan->sheet, plan->heading, n - 1);

      while (g_unichar_isspace (g_utf8_get_char (heading)))
        heading = g_utf8_next_char (heading);
      if (*heading != '\0')
        break;
    }

  return n;
}

/*
 * benk_import_plan_get_field:
 *
 * Returns: what a column is taken for
 */
BenkImportField
benk_import_plan_get_field (BenkImportPlan *plan, guint column)
{
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    if (plan->columns[i] == (int) column)
      return i;

  return BENK_IMPORT_FIELD_NONE;
}

/*
 * benk_import_plan_set_field:
 *
 * Takes a column for @field; what was taken for it before is left alone.
 */
void
benk_import_plan_set_field (BenkImportPlan *plan, guint column, BenkImportField field)
{
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    if (plan->columns[i] == (int) column)
      plan->columns[i] = -1;
  if (field != BENK_IMPORT_FIELD_NONE)
    plan->columns[field] = (int) column;
}

/*
 * benk_import_plan_clean:
 *
 * Returns: (transfer full) (nullable): @text in one line, but for comments, without
 *   blanks at the ends; %NULL if nothing is there
 */
char *
benk_import_plan_clean (const char *text, BenkImportField field)
{
  g_autofree char *copy = g_strdup (text);

  if (field != BENK_IMPORT_FIELD_COMMENT)
    g_strdelimit (copy, "\n\t", ' ');
  g_strstrip (copy);

  return *copy != '\0' ? g_steal_pointer (&copy) : NULL;
}

/*
 * benk_import_plan_dup_text:
 *
 * Returns: (transfer full) (nullable): what a row says of @field, as above
 */
char *
benk_import_plan_dup_text (BenkImportPlan *plan, guint row, BenkImportField field)
{
  const char *cell;

  if (plan->columns[field] < 0)
    return NULL;
  cell = benk_sheet_get_cell (plan->sheet, row, (guint) plan->columns[field]);
  if (*cell == '\0')
    return NULL;
  /* What keeps a spreadsheet from running or changing a cell of a text file. */
  if (!benk_sheet_is_sparse (plan->sheet))
    cell = benk_csv_skip_guard (cell);

  return benk_import_plan_clean (cell, field);
}

/*
 * benk_import_plan_set_word:
 * @choice: a state, %BENK_IMPORT_WORD_LEAVE_OUT or %BENK_IMPORT_WORD_UNKNOWN
 *
 * Says what a word in the column of states stands for.
 */
void
benk_import_plan_set_word (BenkImportPlan *plan, const char *word, int choice)
{
  char *folded = benk_import_fold_word (word);

  if (plan->words == NULL)
    plan->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (choice == BENK_IMPORT_WORD_UNKNOWN)
    {
      g_hash_table_remove (plan->words, folded);
      g_free (folded);
    }
  else
    g_hash_table_insert (plan->words, folded, GINT_TO_POINTER (choice + WORD_OFFSET));
}

/*
 * benk_import_plan_get_word:
 *
 * Returns: what a word stands for: what a person said, else what the program knows
 */
int
benk_import_plan_get_word (BenkImportPlan *plan, const char *word)
{
  int guessed;

  if (plan->words != NULL && g_hash_table_size (plan->words) > 0)
    {
      g_autofree char *folded = benk_import_fold_word (word);
      int choice = GPOINTER_TO_INT (g_hash_table_lookup (plan->words, folded));

      if (choice != 0)
        return choice - WORD_OFFSET;
    }

  return plan->kind->guess_word (word, &guessed) ? guessed : BENK_IMPORT_WORD_UNKNOWN;
}

static void
word_free (BenkImportWord *self)
{
  g_free (self->word);
  g_free (self);
}

/*
 * benk_import_plan_list_words:
 *
 * Returns: (transfer container) (element-type BenkImportWord): the words in the column of
 *   states that the program does not know by itself, in the order of the list
 */
GPtrArray *
benk_import_plan_list_words (BenkImportPlan *plan)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) word_free);
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = benk_sheet_get_n_rows (plan->sheet);

  if (plan->columns[plan->kind->word_field] < 0)
    return words;
  for (guint row = plan->heading + 1; row < n_rows; row++)
    {
      g_autofree char *text =
        benk_import_plan_dup_text (plan, row, plan->kind->word_field);
      BenkImportWord *word = NULL;
      int guessed;
      gpointer known;

      if (text == NULL)
        continue;
      if (g_hash_table_lookup_extended (seen, text, NULL, &known))
        word = known;
      else
        {
          if (!plan->kind->guess_word (text, &guessed) && words->len < MAX_WORDS)
            {
              word = g_new0 (BenkImportWord, 1);
              word->word = g_strdup (text);
              word->choice = benk_import_plan_get_word (plan, text);
              g_ptr_array_add (words, word);
            }
          g_hash_table_insert (seen, g_steal_pointer (&text), word);
        }
      if (word != NULL)
        word->n_rows++;
    }

  return words;
}

/*
 * benk_import_plan_digest_headings:
 *
 * Returns: (transfer full): what a list with the same headings in the same order has in
 *   common with this one
 */
char *
benk_import_plan_digest_headings (BenkImportPlan *plan)
{
  g_autoptr (GString) text = g_string_new (plan->kind->profile);
  guint n = benk_import_plan_get_n_columns (plan);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded =
        benk_import_fold_word (benk_sheet_get_cell (plan->sheet, plan->heading, i));

      g_string_append_printf (text, "%s\n", folded);
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

/*
 * benk_import_plan_dup_columns:
 *
 * Returns: (transfer full): the names of the fields, one a line, in the order of columns
 */
char *
benk_import_plan_dup_columns (BenkImportPlan *plan)
{
  GString *text = g_string_new (NULL);
  guint n = benk_import_plan_get_n_columns (plan);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\n",
                            benk_import_field_to_name (
                              benk_import_plan_get_field (plan, i)));

  return g_string_free (text, FALSE);
}

/*
 * benk_import_plan_dup_words:
 *
 * Returns: (transfer full): folded word, tab and the name of what it stands for, or "-"
 * for rows that are left out, one a line
 */
char *
benk_import_plan_dup_words (BenkImportPlan *plan)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GList) words =
    plan->words != NULL ? g_hash_table_get_keys (plan->words) : NULL;

  words = g_list_sort (words, (GCompareFunc) strcmp);
  for (GList *l = words; l != NULL; l = l->next)
    {
      int choice =
        GPOINTER_TO_INT (g_hash_table_lookup (plan->words, l->data)) - WORD_OFFSET;

      g_string_append_printf (text, "%s\t%s\n", (char *) l->data,
                              choice >= 0 ? plan->kind->word_to_name (choice) : "-");
    }
  /* No folded word is empty: this line is where the list comes from. */
  if (plan->portal != NULL)
    g_string_append_printf (text, "\t%s\n", plan->portal);

  return g_string_free (text, FALSE);
}

/*
 * benk_import_plan_remember:
 * @columns: as benk_import_plan_dup_columns() gave it
 * @words: as benk_import_plan_dup_words() gave it
 *
 * Reads the list as one with these headings was read last time.
 */
void
benk_import_plan_remember (BenkImportPlan *plan, const char *columns, const char *words)
{
  g_auto (GStrv) names = g_strsplit (columns, "\n", -1);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  guint n = benk_import_plan_get_n_columns (plan);
  BenkImportField field;

  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
    plan->columns[i] = -1;
  for (guint i = 0; i < n && names[i] != NULL; i++)
    if (benk_import_field_from_name (names[i], &field))
      benk_import_plan_set_field (plan, i, field);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *tab = strchr (lines[i], '\t');
      int choice;

      if (tab == NULL)
        continue;
      *tab = '\0';
      if (tab == lines[i])
        {
          if (plan->portal == NULL)
            plan->portal = g_strdup (tab + 1);
        }
      else if (plan->kind->word_from_name (tab + 1, &choice))
        benk_import_plan_set_word (plan, lines[i], choice);
      else if (strcmp (tab + 1, "-") == 0)
        benk_import_plan_set_word (plan, lines[i], BENK_IMPORT_WORD_LEAVE_OUT);
    }
}

void
benk_import_plan_clear (BenkImportPlan *plan)
{
  g_clear_object (&plan->sheet);
  g_clear_pointer (&plan->models, g_ptr_array_unref);
  g_clear_pointer (&plan->words, g_hash_table_unref);
  g_clear_pointer (&plan->portal, g_free);
}
