/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xlsx-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-csv.h"
#include "benk-error.h"

/* Cells of a sheet, the empty ones between others included. */
#define MAX_CELLS (16 * 1024 * 1024)

/* How the value of a cell is meant (ECMA-376 part 1, 18.18.11). */
typedef enum
{
  CELL_NUMBER,
  CELL_SHARED,
  CELL_TEXT,
  CELL_BOOLEAN,
  CELL_DATE,
} CellKind;

typedef struct
{
  BenkXlsxBook *book;
  BenkSheet *sheet;
  GString *text;
  guint row; /* counted from 1; 0 before the first */
  guint n_cells;
  guint column; /* of the cell that is open */
  guint next_column;
  guint style;
  CellKind kind;
  gboolean in_row;
  gboolean in_text;
  guint in_phonetic;
  guint total_cells;
  guint64 total_text;
} CellsReader;

static gboolean
fail (CellsReader *reader, const char *words, GError **error)
{
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("Row %u: %s"), reader->row,
               words);
  return FALSE;
}

static gboolean
start_row (CellsReader *reader, BenkXml *xml, GError **error)
{
  char number[16];
  guint64 row = (guint64) reader->row + 1;

  if (benk_xml_copy_attribute (xml, "r", number, sizeof number))
    row = g_ascii_strtoull (number, NULL, 10);
  if (row <= reader->row || row > BENK_XLSX_MAX_ROWS)
    return fail (reader, _ ("The row after it has an impossible number."), error);
  reader->row = (guint) row;
  reader->n_cells = 0;
  reader->next_column = 0;
  reader->in_row = TRUE;
  benk_sheet_add_row (reader->sheet, reader->row);

  return TRUE;
}

/* "AB12" → 27; G_MAXUINT for what is no place of a cell. */
static guint
read_column (const char *place)
{
  guint column = 0;
  guint i;

  for (i = 0; g_ascii_isalpha (place[i]) && i < 4; i++)
    column = column * 26 + (guint) (g_ascii_toupper (place[i]) - 'A') + 1;

  return i > 0 && i < 4 ? column - 1 : G_MAXUINT;
}

static CellKind
read_kind (const char *type)
{
  if (strcmp (type, "s") == 0)
    return CELL_SHARED;
  if (strcmp (type, "b") == 0)
    return CELL_BOOLEAN;
  if (strcmp (type, "d") == 0)
    return CELL_DATE;
  if (*type == '\0' || strcmp (type, "n") == 0)
    return CELL_NUMBER;

  return CELL_TEXT; /* str, inlineStr and e: "#N/A" is what a person sees */
}

static gboolean
start_cell (CellsReader *reader, BenkXml *xml, GError **error)
{
  char place[16], style[16], type[16];

  reader->column = reader->next_column;
  if (benk_xml_copy_attribute (xml, "r", place, sizeof place))
    reader->column = read_column (place);
  if (reader->column == G_MAXUINT || reader->column < reader->next_column)
    return fail (reader, _ ("A cell has an impossible place."), error);
  reader->next_column = reader->column + 1;
  benk_xml_copy_attribute (xml, "t", type, sizeof type);
  reader->kind = read_kind (type);
  reader->style = benk_xml_copy_attribute (xml, "s", style, sizeof style)
                    ? (guint) MIN (g_ascii_strtoull (style, NULL, 10), G_MAXUINT)
                    : 0;
  g_string_truncate (reader->text, 0);

  return TRUE;
}

static gboolean
on_cells (BenkXml *xml, const char *name, gpointer user_data, GError **error)
{
  CellsReader *reader = user_data;

  if (strcmp (name, "row") == 0)
    return start_row (reader, xml, error);
  if (!reader->in_row)
    return TRUE;
  if (strcmp (name, "c") == 0)
    return start_cell (reader, xml, error);
  if (strcmp (name, "rPh") == 0)
    reader->in_phonetic++;
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    reader->in_text = reader->in_phonetic == 0;

  return TRUE;
}

static gboolean
on_cells_text (const char *text, gsize length, gpointer user_data, GError **error)
{
  CellsReader *reader = user_data;

  if (!reader->in_text)
    return TRUE;
  if (reader->text->len + length > BENK_CSV_MAX_FIELD * 4)
    return fail (reader, _ ("A cell is longer than a spreadsheet allows."), error);
  g_string_append_len (reader->text, text, (gssize) length);

  return TRUE;
}

/* Puts what the open cell holds into its text; FALSE for a pointer to nowhere. */
static gboolean
read_value (CellsReader *reader, GError **error)
{
  GString *text = reader->text;
  guint format = BENK_XLSX_FORMAT_PLAIN;
  g_autofree char *shown = NULL;
  guint64 index;

  switch (reader->kind)
    {
    case CELL_SHARED:
      index = g_ascii_strtoull (text->str, NULL, 10);
      if (index >= reader->book->strings->len)
        return fail (reader, _ ("A cell points at a text that is not in the file."),
                     error);
      g_string_assign (text, g_ptr_array_index (reader->book->strings, index));
      return TRUE;
    case CELL_BOOLEAN:
      g_string_assign (text, strcmp (text->str, "1") == 0 ? "TRUE" : "FALSE");
      return TRUE;
    case CELL_NUMBER:
      if (reader->style < reader->book->formats->len)
        format = g_array_index (reader->book->formats, guint, reader->style);
      shown = benk_xlsx_number_to_text (text->str, format, reader->book->epoch_1904);
      g_string_assign (text, shown);
      return TRUE;
    case CELL_TEXT:
    case CELL_DATE:
    default:
      benk_xlsx_unescape (text);
      return TRUE;
    }
}

/* Cells without a value, which only have colours, are nothing. */
static gboolean
end_cell (CellsReader *reader, GError **error)
{
  if (reader->text->len == 0)
    return TRUE;
  if (!read_value (reader, error))
    return FALSE;
  if (reader->text->len == 0)
    return TRUE;
  if (reader->column >= BENK_CSV_MAX_COLUMNS)
    return fail (reader, _ ("It has far more columns than a list."), error);
  reader->total_text += reader->text->len;
  reader->total_cells += reader->column + 1 - reader->n_cells;
  if (reader->total_text > BENK_XLSX_MAX_TEXT || reader->total_cells > MAX_CELLS)
    return fail (reader, _ ("The file holds far more text than a list can."), error);
  for (; reader->n_cells < reader->column; reader->n_cells++)
    benk_sheet_add_cell (reader->sheet, "", 0);
  benk_sheet_add_cell (reader->sheet, reader->text->str, (gssize) reader->text->len);
  reader->n_cells++;

  return TRUE;
}

static gboolean
on_cells_end (const char *name, gpointer user_data, GError **error)
{
  CellsReader *reader = user_data;

  if (!reader->in_row)
    return TRUE;
  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    reader->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && reader->in_phonetic > 0)
    reader->in_phonetic--;
  else if (strcmp (name, "c") == 0)
    return end_cell (reader, error);
  else if (strcmp (name, "row") == 0)
    reader->in_row = FALSE;

  return TRUE;
}

const BenkXmlHandler benk_xlsx_cells_handler = { on_cells, on_cells_end, on_cells_text };

/*
 * benk_xlsx_cells_reader_new:
 * @book: the workbook
 * @sheet: where rows are added
 *
 * Returns: (transfer full): what benk_xlsx_cells_handler wants handed in
 */
gpointer
benk_xlsx_cells_reader_new (BenkXlsxBook *book, BenkSheet *sheet)
{
  CellsReader *reader = g_new0 (CellsReader, 1);

  reader->book = book;
  reader->sheet = sheet;
  reader->text = g_string_new (NULL);

  return reader;
}

void
benk_xlsx_cells_reader_free (gpointer data)
{
  CellsReader *reader = data;

  g_string_free (reader->text, TRUE);
  g_free (reader);
}
