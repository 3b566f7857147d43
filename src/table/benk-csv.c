/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-csv.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"

/* Records that are looked at to find the separator. */
#define SNIFF_RECORDS 20

typedef struct
{
  const char *at;
  char separator;
  guint line;
  GString *field;
  guint n_characters;
} Reader;

typedef struct
{
  guint n_fields;
  guint first_line;
} Record;

/* Steps over one line end of any kind; FALSE if there is none here. */
static gboolean
skip_line_end (Reader *reader)
{
  if (*reader->at == '\r')
    reader->at += reader->at[1] == '\n' ? 2 : 1;
  else if (*reader->at == '\n')
    reader->at++;
  else
    return FALSE;

  reader->line++;
  return TRUE;
}

static gboolean
append_bounded (Reader *reader, guint first_line, GError **error)
{
  const char *next = g_utf8_next_char (reader->at);

  if (++reader->n_characters > BENK_CSV_MAX_FIELD)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The field that starts on line %u is longer than %d characters."),
                   first_line, BENK_CSV_MAX_FIELD);
      return FALSE;
    }

  g_string_append_len (reader->field, reader->at, next - reader->at);
  reader->at = next;

  return TRUE;
}

/* RFC 4180 section 2: a doubled quote stands for one; line ends belong to the field. */
static gboolean
read_quoted (Reader *reader, GError **error)
{
  guint first_line = reader->line;

  reader->at++;
  while (*reader->at != '\0')
    {
      if (reader->at[0] == '"' && reader->at[1] != '"')
        {
          reader->at++;
          return TRUE;
        }
      if (*reader->at == '"')
        reader->at++;
      if (skip_line_end (reader))
        g_string_append_c (reader->field, '\n');
      else if (!append_bounded (reader, first_line, error))
        return FALSE;
    }

  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("The quotation mark on line %u is never closed. Is the file cut off?"),
               first_line);
  return FALSE;
}

static gboolean
read_field (Reader *reader, GError **error)
{
  guint first_line = reader->line;

  g_string_truncate (reader->field, 0);
  reader->n_characters = 0;
  if (*reader->at == '"' && !read_quoted (reader, error))
    return FALSE;

  /* Text after the closing quote is kept as it stands. */
  while (*reader->at != '\0' && *reader->at != reader->separator && *reader->at != '\r' &&
         *reader->at != '\n')
    if (!append_bounded (reader, first_line, error))
      return FALSE;

  return TRUE;
}

/* Reads one record; @sheet may be NULL when only the shape matters. */
static gboolean
read_record (Reader *reader, BenkSheet *sheet, Record *record, GError **error)
{
  record->n_fields = 0;
  record->first_line = reader->line;
  if (sheet != NULL)
    benk_sheet_add_row (sheet, reader->line);

  while (TRUE)
    {
      if (!read_field (reader, error))
        return FALSE;
      if (++record->n_fields > BENK_CSV_MAX_COLUMNS)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("Line %u has more than %d columns."), record->first_line,
                       BENK_CSV_MAX_COLUMNS);
          return FALSE;
        }
      if (sheet != NULL)
        benk_sheet_add_cell (sheet, reader->field->str, reader->field->len);
      if (*reader->at != reader->separator || *reader->at == '\0')
        break;
      reader->at++;
    }
  skip_line_end (reader);

  return TRUE;
}

/* How well @separator explains the start of the text: a number of columns times the
 * records that have just as many, for the best number. A title may stand above. */
static guint
score_separator (const char *text, char separator)
{
  g_autoptr (GString) field = g_string_new (NULL);
  Reader reader = { text, separator, 1, field, 0 };
  guint columns[SNIFF_RECORDS];
  guint n = 0, best = 0;

  for (; n < SNIFF_RECORDS && *reader.at != '\0'; n++)
    {
      Record record;

      if (!read_record (&reader, NULL, &record, NULL))
        break;
      columns[n] = record.n_fields;
    }
  for (guint i = 0; i < n; i++)
    {
      guint equal = 0;

      for (guint k = 0; k < n; k++)
        equal += columns[k] == columns[i];
      if (columns[i] > 1)
        best = MAX (best, columns[i] * equal);
    }

  return best;
}

static char
guess_separator (const char *text)
{
  const char candidates[] = { ';', ',', '\t' };
  char best = ';';
  guint best_score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint score = score_separator (text, candidates[i]);

      if (score > best_score)
        {
          best = candidates[i];
          best_score = score;
        }
    }

  return best;
}

/* A spreadsheet may name its separator in a first line of its own: "sep=;". */
static gboolean
read_separator_line (Reader *reader)
{
  const char *at = reader->at;

  if (g_ascii_strncasecmp (at, "sep=", 4) != 0 || strchr (";,\t", at[4]) == NULL ||
      at[4] == '\0' || (at[5] != '\r' && at[5] != '\n'))
    return FALSE;

  reader->separator = at[4];
  reader->at += 5;

  return skip_line_end (reader);
}

static gboolean
has_any_text (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

/**
 * benk_csv_read_bytes:
 * @bytes: the content of a file
 * @info: (out) (optional): what was guessed
 * @error: return location for an error
 *
 * Reads comma, semicolon or tab separated text in any usual encoding (RFC 4180 with the
 * habits of spreadsheets). Each row of the sheet knows the line it starts on.
 *
 * Returns: (transfer full): the rows, heading included, or %NULL with
 *   %BENK_ERROR_INVALID in words that name the line
 */
BenkSheet *
benk_csv_read_bytes (GBytes *bytes, BenkCsvInfo *info, GError **error)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  g_autoptr (GString) field = g_string_new (NULL);
  g_autofree char *text = NULL;
  BenkCharset charset;
  Reader reader = { NULL, ';', 1, field, 0 };
  Record record;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > BENK_CSV_MAX_BYTES)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The file is larger than %d MB."),
                   BENK_CSV_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
  if (size > 0 && (text = benk_charset_decode (data, size, &charset, error)) == NULL)
    return NULL;
  if (text == NULL || !has_any_text (text))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The file is empty."));
      return NULL;
    }

  reader.at = text;
  if (!read_separator_line (&reader))
    reader.separator = guess_separator (text);
  while (*reader.at != '\0')
    if (!read_record (&reader, sheet, &record, error))
      return NULL;

  if (info != NULL)
    *info = (BenkCsvInfo){ charset, reader.separator };

  return g_steal_pointer (&sheet);
}

/**
 * benk_csv_load_file:
 * @file: a file of any size
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a file, but not more of it than one byte above %BENK_CSV_MAX_BYTES. Blocks: for a
 * worker thread.
 *
 * Returns: (transfer full): its content, or %NULL with an error that names the file
 */
GBytes *
benk_csv_load_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree char *name = g_file_get_parse_name (file);
  guint8 buffer[64 * 1024];
  gssize n = -1;
  int code = BENK_ERROR_IO;

  stream = g_file_read (file, cancellable, &local_error);
  while (stream != NULL && data->len <= BENK_CSV_MAX_BYTES &&
         (n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, sizeof buffer,
                                   cancellable, &local_error)) > 0)
    g_byte_array_append (data, buffer, n);
  if (local_error == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&data));

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    code = BENK_ERROR_NOT_FOUND;
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = BENK_ERROR_CANCELLED;
  g_set_error (error, BENK_ERROR, code, "%s: %s", name, local_error->message);
  return NULL;
}

/**
 * benk_csv_read_file:
 * @file: a file of any size
 * @info: (out) (optional): what was guessed
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Like benk_csv_read_bytes(), with the size looked at first. Blocks: for a worker thread.
 *
 * Returns: (transfer full): the rows, or %NULL with an error that names the file
 */
BenkSheet *
benk_csv_read_file (GFile *file,
                    BenkCsvInfo *info,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GBytes) bytes = benk_csv_load_file (file, cancellable, error);
  g_autofree char *name = g_file_get_parse_name (file);
  BenkSheet *sheet = bytes != NULL ? benk_csv_read_bytes (bytes, info, error) : NULL;

  if (sheet == NULL && bytes != NULL)
    g_prefix_error (error, "%s: ", name);

  return sheet;
}

/* What begins a formula to a spreadsheet (OWASP, "CSV Injection"), or hides that one
 * begins. */
#define BEGINS_FORMULA "=+-@\t\r\n"

/* A number below zero stays one; "+47 22 …" is none, and would lose its sign. */
static gboolean
is_formula (const char *cell)
{
  if (*cell == '\0' || strchr (BEGINS_FORMULA, *cell) == NULL || cell[1] == '\0')
    return FALSE;

  return *cell != '-' || !g_ascii_isdigit (cell[1]) ||
         strspn (cell + 1, "0123456789.,") < strlen (cell + 1);
}

/**
 * benk_csv_skip_guard:
 * @cell: a cell of a text file
 *
 * An apostrophe before a formula, a sign or a digit says that the cell is text. It is no
 * part of it.
 *
 * Returns: (transfer none): @cell, or what comes after the apostrophe
 */
const char *
benk_csv_skip_guard (const char *cell)
{
  const char *rest = cell;

  while (*rest == '\'')
    rest++;
  if (rest > cell && *rest != '\0' && strchr (BEGINS_FORMULA "0123456789", *rest) != NULL)
    return cell + 1;

  return cell;
}

/* Blanks at either end and quotes, separators and line ends need quotes; a formula, and
 * what would be read as one that is guarded already, needs an apostrophe. */
static void
append_cell (GString *out, const char *cell)
{
  gboolean guard = is_formula (cell) || benk_csv_skip_guard (cell) != cell;
  gsize length = strlen (cell);
  gboolean quote =
    length > 0 && (strpbrk (cell, "\"\r\n\t;,") != NULL || g_ascii_isspace (cell[0]) ||
                   g_ascii_isspace (cell[length - 1]));

  if (quote)
    g_string_append_c (out, '"');
  if (guard)
    g_string_append_c (out, '\'');
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  if (quote)
    g_string_append_c (out, '"');
}

/**
 * benk_csv_write_bytes:
 * @sheet: rows of text
 * @separator: ',', ';' or a tab
 *
 * Writes what spreadsheets read without questions: UTF-8 with byte order mark, lines that
 * end in CR LF.
 *
 * Returns: (transfer full): the content of the file
 */
GBytes *
benk_csv_write_bytes (BenkSheet *sheet, char separator)
{
  g_autoptr (GString) out = g_string_new ("\xEF\xBB\xBF");
  guint n_rows = benk_sheet_get_n_rows (sheet);

  for (guint row = 0; row < n_rows; row++)
    {
      guint n_cells = benk_sheet_get_n_cells (sheet, row);

      for (guint column = 0; column < n_cells; column++)
        {
          if (column > 0)
            g_string_append_c (out, separator);
          append_cell (out, benk_sheet_get_cell (sheet, row, column));
        }
      g_string_append (out, "\r\n");
    }

  return g_string_free_to_bytes (g_steal_pointer (&out));
}
