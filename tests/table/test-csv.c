/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "benk-csv.h"
#include "benk-error.h"

typedef struct
{
  const char *name;
  const char *text;
  char separator;
  /* Rows as LINE:cell|cell, ended by a blank. */
  const char *rows;
} Reading;

static const Reading READINGS[] = {
  { "semicolons", "a;b\n1;2\n", ';', "1:a|b 2:1|2 " },
  { "commas", "a,b\n1,2\n", ',', "1:a|b 2:1|2 " },
  { "tabs", "a\tb\n1\t2\n", '\t', "1:a|b 2:1|2 " },
  { "decimal-commas-do-not-win", "a;b;c\n1,5;2;3\n", ';', "1:a|b|c 2:1,5|2|3 " },
  { "semicolons-in-a-comma-file", "a,b\n1;9,2\n", ',', "1:a|b 2:1;9|2 " },
  { "a-title-above", "Lager\na,b\n1,2\n", ',', "1:Lager 2:a|b 3:1|2 " },
  { "separator-line", "sep=,\r\na;b,c\r\n", ',', "2:a;b|c " },
  { "one-column", "serial\nX1\n", ';', "1:serial 2:X1 " },
  { "carriage-returns", "a;b\r1;2\r", ';', "1:a|b 2:1|2 " },
  { "crlf", "a;b\r\n1;2\r\n", ';', "1:a|b 2:1|2 " },
  { "no-line-end-at-the-end", "a;b\n1;2", ';', "1:a|b 2:1|2 " },
  { "quotes", "a;b\n\"x;y\";2\n", ';', "1:a|b 2:x;y|2 " },
  { "doubled-quotes", "a;b\n\"x\"\"y\";\"\"\n", ';', "1:a|b 2:x\"y| " },
  { "quote-inside-a-plain-field", "a;b\nx\"y;2\n", ';', "1:a|b 2:x\"y|2 " },
  { "text-after-a-closing-quote", "a;b\n\"x\"y;2\n", ';', "1:a|b 2:xy|2 " },
  { "line-break-in-a-field", "a;b\n\"x\r\ny\";2\n3;4\n", ';', "1:a|b 2:x\ny|2 4:3|4 " },
  { "blank-lines-are-rows", "a;b\n\n;\n1;2\n", ';', "1:a|b 2: 3:| 4:1|2 " },
  { "short-and-long-rows", "a;b\n1\n1;2;3\n", ';', "1:a|b 2:1 3:1|2|3 " },
  { "blanks-are-kept", "a;b\n x ;2\n", ';', "1:a|b 2: x |2 " },
};

static char *
describe (BenkSheet *sheet)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint row = 0; row < benk_sheet_get_n_rows (sheet); row++)
    {
      g_string_append_printf (out, "%u:", benk_sheet_get_line (sheet, row));
      for (guint column = 0; column < benk_sheet_get_n_cells (sheet, row); column++)
        g_string_append_printf (out, "%s%s", column > 0 ? "|" : "",
                                benk_sheet_get_cell (sheet, row, column));
      g_string_append_c (out, ' ');
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static BenkSheet *
read_text (const char *text, gssize length, BenkCsvInfo *info, GError **error)
{
  g_autoptr (GBytes) bytes =
    g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return benk_csv_read_bytes (bytes, info, error);
}

static void
test_read (gconstpointer data)
{
  const Reading *reading = data;
  g_autoptr (GError) error = NULL;
  BenkCsvInfo info = { 0 };
  g_autoptr (BenkSheet) sheet = read_text (reading->text, -1, &info, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = describe (sheet);
  g_assert_cmpstr (rows, ==, reading->rows);
  g_assert_cmpint (info.separator, ==, reading->separator);
}

typedef struct
{
  const char *name;
  const char *text;
  gssize length;
  const char *words;
} Refusal;

static const Refusal REFUSALS[] = {
  { "nothing", "", -1, "*empty*" },
  { "byte-order-mark-alone", "\xEF\xBB\xBF", -1, "*empty*" },
  { "blanks-alone", " \r\n\t\r\n", -1, "*empty*" },
  { "quote-never-closed", "a;b\n1;2\n3;\"x\ny\nz", -1, "*line 3*" },
  { "quote-never-closed-after-a-doubled-one", "a;\"x\"\"", -1, "*line 1*" },
  { "nul", "a;b\n1\0;2\n", 8, "*not a text file*5*" },
  { "executable", "\177ELF\2\1\1\0\0\0\0\0", 12, "*not a text file*" },
};

static void
test_refuse (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSheet) sheet = read_text (refusal->text, refusal->length, NULL, &error);

  g_assert_null (sheet);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_true (g_pattern_match_simple (refusal->words, error->message));
}

static void
test_long_field (void)
{
  g_autofree char *longest = g_strnfill (BENK_CSV_MAX_FIELD, 'x');
  g_autofree char *fits = g_strdup_printf ("a;b\n1;%s\n", longest);
  g_autofree char *too_long = g_strdup_printf ("a;b\n1;2\n3;%sx\n", longest);
  g_autofree char *huge = g_strnfill (200 * 1000, 'x');
  g_autofree char *quoted = g_strdup_printf ("a;b\n1;\"%s\"\n", huge);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSheet) sheet = read_text (fits, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (benk_sheet_get_cell (sheet, 1, 1)), ==, BENK_CSV_MAX_FIELD);

  g_assert_null (read_text (too_long, -1, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 3 "));
  g_clear_error (&error);

  g_assert_null (read_text (quoted, -1, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 2 "));
}

static void
test_many_columns (void)
{
  g_autofree char *separators = g_strnfill (BENK_CSV_MAX_COLUMNS, ';');
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (separators, -1, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "more than 1024 columns"));
}

/* Whatever prefix of a good file arrives, reading ends in rows or in words. */
static void
test_every_prefix (void)
{
  const char text[] = "\xEF\xBB\xBFType;Serienr\r\n\"Medido\nny\";\"x\"\"\";På\r\n;;\r\n";

  for (gsize n = 0; n < sizeof text; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkSheet) sheet = read_text (text, n, NULL, &error);

      g_assert_true ((sheet != NULL) != (error != NULL));
      if (error != NULL)
        g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

static void
test_write (void)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  g_autoptr (BenkSheet) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char expected[] = "\xEF\xBB\xBF"
                          "Type;\"a;b\"\r\n\"x\"\"y\";\" p å \"\r\n\"two\nlines\";-5\r\n";

  benk_sheet_add_row (sheet, 1);
  benk_sheet_add_cell (sheet, "Type", -1);
  benk_sheet_add_cell (sheet, "a;b", -1);
  benk_sheet_add_row (sheet, 2);
  benk_sheet_add_cell (sheet, "x\"y", -1);
  benk_sheet_add_cell (sheet, " p å ", -1);
  benk_sheet_add_row (sheet, 3);
  benk_sheet_add_cell (sheet, "two\nlines", -1);
  benk_sheet_add_cell (sheet, "-5", -1);

  bytes = benk_csv_write_bytes (sheet, ';');
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   sizeof expected - 1);

  again = benk_csv_read_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  before = describe (sheet);
  after = describe (again);
  g_assert_cmpstr (before, ==, after);
}

static void
test_write_formula (void)
{
  const char *cells[][2] = {
    { "=1+1", "'=1+1" },     { "@SUM(A1)", "'@SUM(A1)" },
    { "+x", "'+x" },         { "-", "-" },
    { "+47 22", "'+47 22" }, { "-2+3|x", "'-2+3|x" },
    { "-7", "-7" },          { "–7", "–7" },
    { "- 7", "'- 7" },       { "'=1", "''=1" },
    { "'007", "''007" },     { "'x", "'x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (BenkSheet) sheet = benk_sheet_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *line = g_strdup_printf ("\xEF\xBB\xBF%s\r\n", cells[i][1]);

      benk_sheet_add_row (sheet, 1);
      benk_sheet_add_cell (sheet, cells[i][0], -1);
      bytes = benk_csv_write_bytes (sheet, ';');
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), line,
                       strlen (line));
      g_assert_cmpstr (benk_csv_skip_guard (cells[i][1]), ==, cells[i][0]);
    }
}

/* What hides a formula is quoted as well. */
static void
test_write_hidden_formula (void)
{
  static const char *const cells[] = { "\t=1+1", "\n=1+1", "\t@x" };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (BenkSheet) sheet = benk_sheet_new ();
      g_autoptr (BenkSheet) again = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      const char *cell;

      benk_sheet_add_row (sheet, 1);
      benk_sheet_add_cell (sheet, cells[i], -1);
      bytes = benk_csv_write_bytes (sheet, ';');
      again = benk_csv_read_bytes (bytes, NULL, &error);
      g_assert_no_error (error);
      cell = benk_sheet_get_cell (again, 0, 0);
      g_assert_cmpint (*cell, ==, '\'');
      g_assert_cmpstr (benk_csv_skip_guard (cell), ==, cells[i]);
    }
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("benk-csv-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "list.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (directory);
  g_autoptr (BenkSheet) sheet = NULL;

  g_assert_no_error (error);
  g_assert_null (benk_csv_read_file (file, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  g_assert_null (benk_csv_read_file (folder, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "a;b\n1;2\n", -1, &error));
  sheet = benk_csv_read_file (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_sheet_get_n_rows (sheet), ==, 2);
  g_assert_finalize_object (g_steal_pointer (&sheet));

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (READINGS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/csv/reads-%s", READINGS[i].name);

      g_test_add_data_func (path, &READINGS[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/csv/refuses-%s", REFUSALS[i].name);

      g_test_add_data_func (path, &REFUSALS[i], test_refuse);
    }
  g_test_add_func ("/table/csv/refuses-a-field-too-long", test_long_field);
  g_test_add_func ("/table/csv/refuses-too-many-columns", test_many_columns);
  g_test_add_func ("/table/csv/survives-every-prefix", test_every_prefix);
  g_test_add_func ("/table/csv/writes-what-it-reads", test_write);
  g_test_add_func ("/table/csv/never-writes-a-formula", test_write_formula);
  g_test_add_func ("/table/csv/guards-a-formula-behind-a-tab", test_write_hidden_formula);
  g_test_add_func ("/table/csv/reads-a-file", test_file);

  return g_test_run ();
}
