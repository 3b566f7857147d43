/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-sheet.h"

#include "benk-config.h"

typedef struct
{
  guint line;
  guint first_cell;
  guint n_cells;
} Row;

struct _BenkSheet
{
  GObject parent_instance;

  GArray *rows;
  GPtrArray *cells;
  GStringChunk *text;
  gboolean sparse;
};

G_DEFINE_FINAL_TYPE (BenkSheet, benk_sheet, G_TYPE_OBJECT)

static const Row *
get_row (BenkSheet *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, Row, row);
}

static void
benk_sheet_finalize (GObject *object)
{
  BenkSheet *self = BENK_SHEET (object);

  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_string_chunk_free);

  G_OBJECT_CLASS (benk_sheet_parent_class)->finalize (object);
}

static void
benk_sheet_class_init (BenkSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_sheet_finalize;
}

static void
benk_sheet_init (BenkSheet *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_ptr_array_new ();
  self->text = g_string_chunk_new (16 * 1024);
}

/**
 * benk_sheet_new:
 *
 * Returns: (transfer full): a table of text without rows
 */
BenkSheet *
benk_sheet_new (void)
{
  return g_object_new (BENK_TYPE_SHEET, NULL);
}

/**
 * benk_sheet_add_row:
 * @self: a sheet
 * @line: the first line of the row in its file, counted from 1
 *
 * Starts a row; the cells that follow belong to it.
 */
void
benk_sheet_add_row (BenkSheet *self, guint line)
{
  Row row = { line, 0, 0 };

  g_return_if_fail (BENK_IS_SHEET (self));

  row.first_cell = self->cells->len;
  g_array_append_val (self->rows, row);
}

/**
 * benk_sheet_add_cell:
 * @self: a sheet with at least one row
 * @text: UTF-8
 * @length: bytes of @text, or -1 for all of it
 *
 * Adds a cell to the newest row.
 */
void
benk_sheet_add_cell (BenkSheet *self, const char *text, gssize length)
{
  g_return_if_fail (BENK_IS_SHEET (self));
  g_return_if_fail (self->rows->len > 0);

  g_ptr_array_add (self->cells, g_string_chunk_insert_len (self->text, text, length));
  g_array_index (self->rows, Row, self->rows->len - 1).n_cells++;
}

/**
 * benk_sheet_get_n_rows:
 * @self: a sheet
 *
 * Returns: the number of rows, the heading included
 */
guint
benk_sheet_get_n_rows (BenkSheet *self)
{
  g_return_val_if_fail (BENK_IS_SHEET (self), 0);

  return self->rows->len;
}

/**
 * benk_sheet_get_n_cells:
 * @self: a sheet
 * @row: a row that exists
 *
 * Returns: how many cells the file holds for @row
 */
guint
benk_sheet_get_n_cells (BenkSheet *self, guint row)
{
  g_return_val_if_fail (BENK_IS_SHEET (self), 0);

  return get_row (self, row)->n_cells;
}

/**
 * benk_sheet_get_line:
 * @self: a sheet
 * @row: a row that exists
 *
 * Returns: the first line of @row in its file, counted from 1
 */
guint
benk_sheet_get_line (BenkSheet *self, guint row)
{
  g_return_val_if_fail (BENK_IS_SHEET (self), 0);

  return get_row (self, row)->line;
}

/**
 * benk_sheet_get_cell:
 * @self: a sheet
 * @row: a row that exists
 * @column: any column
 *
 * Returns: (transfer none): the text as it stands in the file; "" where the row is short
 */
const char *
benk_sheet_get_cell (BenkSheet *self, guint row, guint column)
{
  const Row *found;

  g_return_val_if_fail (BENK_IS_SHEET (self), "");

  found = get_row (self, row);
  if (column >= found->n_cells)
    return "";

  return g_ptr_array_index (self->cells, found->first_cell + column);
}

/**
 * benk_sheet_is_blank:
 * @self: a sheet
 * @row: a row that exists
 *
 * Returns: %TRUE if no cell of @row holds anything but blanks
 */
gboolean
benk_sheet_is_blank (BenkSheet *self, guint row)
{
  guint n = benk_sheet_get_n_cells (self, row);

  for (guint i = 0; i < n; i++)
    for (const char *c = benk_sheet_get_cell (self, row, i); *c != '\0';
         c = g_utf8_next_char (c))
      if (!g_unichar_isspace (g_utf8_get_char (c)))
        return FALSE;

  return TRUE;
}

/**
 * benk_sheet_set_sparse:
 * @self: a sheet
 * @sparse: whether empty cells at the end of a row may be left out
 *
 * In a text file a row that is too short was cut off; in a workbook its end is empty.
 */
void
benk_sheet_set_sparse (BenkSheet *self, gboolean sparse)
{
  g_return_if_fail (BENK_IS_SHEET (self));

  self->sparse = sparse;
}

/**
 * benk_sheet_is_sparse:
 * @self: a sheet
 *
 * Returns: whether empty cells at the end of a row may be left out
 */
gboolean
benk_sheet_is_sparse (BenkSheet *self)
{
  g_return_val_if_fail (BENK_IS_SHEET (self), FALSE);

  return self->sparse;
}
