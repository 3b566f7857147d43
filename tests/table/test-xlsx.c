/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

#include "benk-book.h"
#include "benk-error.h"
#include "benk-list.h"
#include "benk-xlsx.h"
#include "benk-zip.h"

#define DATE_STYLES                                                                      \
  "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy;@\"/>"                      \
  "<numFmt numFmtId=\"165\" formatCode=\"00000000\"/>"                                   \
  "<numFmt numFmtId=\"166\" formatCode=\"0 &quot;dager&quot;\"/></numFmts>"              \
  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                   \
  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"             \
  "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"22\"/></cellXfs>"

typedef struct
{
  const char *name;
  BenkBook book;
  /* Rows as LINE:cell|cell, ended by a blank. */
  const char *rows;
} Reading;

#define INLINE(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

static const Reading READINGS[] = {
  { "inline-text",
    { .rows = { "<row r=\"1\">" INLINE ("a") INLINE ("b") "</row>" } },
    "1:a|b " },
  { "rich-inline-text",
    { .rows = { "<row><c "
                "t=\"inlineStr\"><is><r><rPr><b/></rPr><t>Med</t></r><r><t>ido</t>"
                "</r></is></c></row>" } },
    "1:Medido " },
  { "shared-text",
    { .strings = "<si><t>a</t></si><si><t xml:space=\"preserve\"> b&amp;c </t></si>",
      .rows = { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" "
                "t=\"s\"><v>0</v>"
                "</c></row>" } },
    "1: b&c |a " },
  { "rich-shared-text",
    { .strings = "<si><r><t>På</t></r><r><rPr><i/></rPr><t xml:space=\"preserve\"> lager"
                 "</t></r><rPh sb=\"0\" eb=\"1\"><t>paa</t></rPh></si>",
      .rows = { "<row r=\"1\"><c t=\"s\"><v>0</v></c></row>" } },
    "1:På lager " },
  { "gaps",
    { .rows = { "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c></row>"
                "<row r=\"5\"><c r=\"A5\"><v>3</v></c></row>" } },
    "2:|1||2 5:3 " },
  { "cells-with-colours-only",
    { .rows = { "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" s=\"4\"/>"
                "<c r=\"XFD1\" s=\"4\"/></row><row r=\"2\" s=\"1\"/>" } },
    "1:1 2: " },
  { "whole-numbers",
    { .rows = { "<row><c><v>356938085884014</v></c><c><v>3.56938085884014E14</v></c>"
                "<c><v>3.56938085884014E+14</v></c><c><v>42</v></c><c><v>1E3</v></c>"
                "<c><v>-7</v></c></row>" } },
    "1:356938085884014|356938085884014|356938085884014|42|1000|-7 " },
  { "digits-that-are-lost-are-seen",
    { .rows = { "<row><c><v>3.56938E+14</v></c><c><v>1234567890123456</v></c>"
                "<c><v>1.2345678901234599E+19</v></c></row>" } },
    "1:3.56938E+14|1.23456789012346E+15|1.23456789012346E+19 " },
  { "fractions",
    { .rows = { "<row><c><v>1.5</v></c><c><v>0.1</v></c></row>" } },
    "1:1.5|0.1 " },
  { "no-numbers",
    { .rows = { "<row><c><v>x</v></c><c><v>1e999</v></c></row>" } },
    "1:x|1e999 " },
  { "leading-zeros",
    { .styles = DATE_STYLES, .rows = { "<row><c s=\"3\"><v>1042</v></c></row>" } },
    "1:00001042 " },
  { "days-of-1900",
    { .styles = DATE_STYLES,
      .rows = { "<row><c s=\"1\"><v>45853</v></c><c s=\"2\"><v>45853</v></c>"
                "<c s=\"4\"><v>45853</v></c><c><v>45853</v></c><c s=\"1\"><v>1</v></c>"
                "<c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>"
                "<c s=\"5\"><v>45853.5</v></c><c s=\"99\"><v>45853</v></c></row>" } },
    "1:2025-07-15|2025-07-15|45853|45853|1900-01-01|1900-02-29|1900-03-01|2025-07-15 "
    "12:00:"
    "00|45853 " },
  { "days-of-1904",
    { .properties = "date1904=\"1\"",
      .styles = DATE_STYLES,
      .rows = { "<row><c s=\"1\"><v>44391</v></c><c s=\"1\"><v>0</v></c></row>" } },
    "1:2025-07-15|1904-01-01 " },
  { "what-a-formula-gave",
    { .rows = { "<row><c t=\"str\"><f>A2&amp;B2</f><v>PP001007</v></c><c><f>1+1</f>"
                "<v>2</v></c><c><f>1+1</f></c></row>" } },
    "1:PP001007|2 " },
  { "truth-and-faults",
    { .rows = { "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
                "<c t=\"e\"><v>#N/A</v></c><c t=\"d\"><v>2025-07-15</v></c></row>" } },
    "1:TRUE|FALSE|#N/A|2025-07-15 " },
  { "escapes",
    { .rows = { "<row>" INLINE (
        "a_x000D__x000A_b_x005F_x0041__x0000_&#x41;") "</row>" } },
    "1:a\\nb_x0041_A " },
  { "rows-without-numbers",
    { .rows = { "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>" } },
    "1:1 2:2 " },
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
  g_string_replace (out, "\n", "\\n", 0);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_read (gconstpointer data)
{
  const Reading *reading = data;
  g_autoptr (GBytes) file = benk_book_make (&reading->book);
  g_autoptr (GError) error = NULL;
  BenkListInfo info;
  g_autoptr (BenkSheet) sheet = benk_list_read_bytes (file, NULL, &info, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  g_assert_true (info.is_xlsx);
  g_assert_cmpuint (g_strv_length (info.sheets), ==, 1);
  benk_list_info_clear (&info);
  rows = describe (sheet);
  g_assert_cmpstr (rows, ==, reading->rows);
}

static void
test_sheets (void)
{
  const BenkBook book = { .sheets = { "Les meg", "Lager &amp; Bruk", "Tom" },
                          .rows = { "<row><c><v>1</v></c></row>",
                                    "<row><c><v>2</v></c></row>", "" } };
  static const char *const expected[] = { "1:1 ", "1:2 ", "" };
  static const char *const names[] = { "Les meg", "Lager & Bruk", "Tom" };
  g_autoptr (GBytes) file = benk_book_make (&book);
  g_autoptr (GError) error = NULL;
  BenkListInfo info;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BenkSheet) sheet =
        benk_list_read_bytes (file, names[i], &info, NULL, &error);
      g_autofree char *rows = NULL;

      g_assert_no_error (error);
      rows = describe (sheet);
      g_assert_cmpstr (rows, ==, expected[i]);
      g_assert_cmpuint (info.sheet, ==, i);
      g_assert_cmpuint (g_strv_length (info.sheets), ==, G_N_ELEMENTS (names));
      g_assert_cmpstr (info.sheets[i], ==, names[i]);
      benk_list_info_clear (&info);
    }
  g_assert_null (benk_list_read_bytes (file, "Kladd", &info, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Kladd"));
}

typedef struct
{
  const char *name;
  BenkBook book;
  const char *words;
} Refusal;

static const Refusal REFUSALS[] = {
  { "an-empty-sheet", { .rows = { "" } }, "*empty*" },
  { "blank-cells-alone", { .rows = { "<row>" INLINE (" ") "</row>" } }, "*empty*" },
  { "a-sheet-that-is-missing", { .rows = { NULL } }, "*Liste*missing*" },
  { "text-that-is-not-there",
    { .rows = { "<row r=\"3\"><c t=\"s\"><v>0</v></c></row>" } },
    "*Row 3*not in the file*" },
  { "a-sheet-cut-off", { .rows = { "<row><c><v>1</v>" } }, "*damaged or cut off*" },
  { "rows-in-no-order",
    { .rows = { "<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"/>" } },
    "*impossible number*" },
  { "a-row-far-away", { .rows = { "<row r=\"99999999\"/>" } }, "*impossible number*" },
  { "cells-in-no-order",
    { .rows = { "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>" } },
    "*impossible place*" },
  { "a-cell-far-away",
    { .rows = { "<row><c r=\"ZZZ1\"><v>1</v></c></row>" } },
    "*more columns*" },
  { "a-cell-nowhere",
    { .rows = { "<row><c r=\"1\"><v>1</v></c></row>" } },
    "*impossible place*" },
  { "an-entity",
    { .rows = { "<row>" INLINE ("&lol;") "</row>" } },
    "*damaged or cut off*" },
};

static void
test_refuse (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GBytes) file = benk_book_make (&refusal->book);
  g_autoptr (GError) error = NULL;
  BenkListInfo info;
  g_autoptr (BenkSheet) sheet = benk_list_read_bytes (file, NULL, &info, NULL, &error);

  g_assert_null (sheet);
  g_assert_null (info.sheets);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_true (g_pattern_match_simple (refusal->words, error->message));
}

/* An archive of one part in place of the workbook's relationships. */
static GBytes *
make_root (const char *text, gsize length)
{
  g_autoptr (GBytes) root = g_bytes_new (text, length);
  const BenkZipPart part = { "_rels/.rels", root };
  g_autoptr (GError) error = NULL;
  GBytes *file = benk_zip_write (&part, 1, NULL, &error);

  g_assert_no_error (error);
  return file;
}

static void
assert_refused (GBytes *file, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSheet) sheet = benk_list_read_bytes (file, NULL, NULL, NULL, &error);

  g_assert_null (sheet);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_true (g_pattern_match_simple (words, error->message));
}

static void
test_laughs (void)
{
  g_autoptr (GString) text = g_string_new ("<?xml version=\"1.0\"?><!DOCTYPE lolz [");
  g_autoptr (GBytes) file = NULL;

  g_string_append (text, "<!ENTITY lol0 \"lol\">");
  for (int i = 1; i < 10; i++)
    {
      g_string_append_printf (text, "<!ENTITY lol%d \"", i);
      for (int n = 0; n < 10; n++)
        g_string_append_printf (text, "&lol%d;", i - 1);
      g_string_append (text, "\">");
    }
  g_string_append (text, "]><Relationships><Relationship Id=\"&lol9;\" Type=\"/x\""
                         " Target=\"&lol9;\"/>&lol9;</Relationships>");
  file = make_root (text->str, text->len);
  assert_refused (file, "*document type*");
}

static void
test_outside (void)
{
  const char text[] = "<!DOCTYPE a SYSTEM \"file:///etc/hostname\"><a/>";
  g_autoptr (GBytes) file = make_root (text, sizeof text - 1);

  assert_refused (file, "*document type*");
}

/* 400 MB of blanks pack into 400 kB. */
static void
test_bomb (void)
{
  gsize length = 400 * 1000 * 1000;
  char *text = g_strnfill (length, ' ');
  g_autoptr (GBytes) file = NULL;

  memcpy (text, "<a>", 3);
  file = make_root (text, length);
  g_free (text);
  g_assert_cmpuint (g_bytes_get_size (file), <, 1000 * 1000);
  assert_refused (file, "*unpacks to far more*");
}

/* The sizes that the archive claims of its parts are not believed. */
static void
test_claimed_sizes (void)
{
  const BenkBook book = { .rows = { "<row><c><v>1</v></c></row>" } };
  g_autoptr (GBytes) file = benk_book_make (&book);
  gsize length;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&file), &length);
  g_autoptr (GBytes) patched = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  /* PKWARE APPNOTE 4.3.7 and 4.3.12: the unpacked size of headers, here and in the
   * directory. */
  for (gsize i = 0; i + 46 < length; i++)
    if (memcmp (data + i, "PK\1\2", 4) == 0 || memcmp (data + i, "PK\3\4", 4) == 0)
      {
        memset (data + i + (data[i + 2] == 1 ? 24 : 22), 0xfe, 4);
        n++;
      }
  g_assert_cmpuint (n, >=, 8);
  patched = g_bytes_new_take (data, length);
  {
    g_autoptr (BenkSheet) sheet =
      benk_list_read_bytes (patched, NULL, NULL, NULL, &error);

    g_assert_true ((sheet != NULL) != (error != NULL));
    if (error != NULL)
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  }
}

static void
test_broken (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *words;
  } files[] = {
    { "PK\3\4", 4, "*damaged*" },
    { "PK\3\4nothing of an archive at all, only its first bytes", 50, "*" },
    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", 12, "*old spreadsheet*password*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new (files[i].bytes, files[i].length);

      assert_refused (file, files[i].words);
    }
}

/* Whatever is left of a good file, or changed in it, reading ends in rows or in words. */
static void
test_every_prefix (void)
{
  const BenkBook book = { .styles = DATE_STYLES,
                          .strings = "<si><t>Type</t></si>",
                          .rows = { "<row><c t=\"s\"><v>0</v></c></row>" } };
  g_autoptr (GBytes) file = benk_book_make (&book);
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  guint n_read = 0, n = 0;

  for (gsize i = 0; i < length; i += 7)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) part = g_bytes_new (data, i);
      g_autoptr (GBytes) changed = NULL;

      copy[i] ^= 0x55;
      changed = g_bytes_new_take (g_steal_pointer (&copy), length);
      for (guint which = 0; which < 2; which++, n++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (BenkSheet) sheet =
            benk_list_read_bytes (which == 0 ? part : changed, NULL, NULL, NULL, &error);

          g_assert_true ((sheet != NULL) != (error != NULL));
          n_read += sheet != NULL;
        }
    }
  g_test_message ("%u of %u damaged files still read", n_read, n);
}

static void
test_cancel (void)
{
  const BenkBook book = { .rows = { "<row><c><v>1</v></c></row>" } };
  g_autoptr (GBytes) file = benk_book_make (&book);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (benk_list_read_bytes (file, NULL, NULL, cancellable, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
}

static void
add_row (BenkSheet *sheet, guint line, ...)
{
  va_list args;
  const char *cell;

  benk_sheet_add_row (sheet, line);
  va_start (args, line);
  while ((cell = va_arg (args, const char *)) != NULL)
    benk_sheet_add_cell (sheet, cell, -1);
  va_end (args);
}

static void
test_write (void)
{
  static const BenkXlsxColumn columns[] = { BENK_XLSX_COLUMN_TEXT, BENK_XLSX_COLUMN_TEXT,
                                            BENK_XLSX_COLUMN_DATE };
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();
  g_autoptr (BenkSheet) again = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_row (sheet, 1, "Type", "IMEI", "Mottatt", NULL);
  add_row (sheet, 2, "=1+1", "356938085884014", "2025-07-15", NULL);
  add_row (sheet, 3, "<&\"'>", "0001", "i fjor", NULL);
  add_row (sheet, 4, "to\nlinjer", "_x0041_", "1900-01-05", NULL);
  add_row (sheet, 5, " å ", "", "2199-12-31", "x", NULL);
  file = benk_xlsx_write_bytes (sheet, "Lager: A/B", columns, 3, NULL, &error);
  g_assert_no_error (error);

  again = benk_xlsx_read_bytes (file, NULL, &names, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (names[0], ==, "Lager  A B");
  before = describe (sheet);
  after = describe (again);
  g_assert_cmpstr (before, ==, after);
}

/* A table of random text comes back as it was, from a workbook and from text. */
static void
test_random (void)
{
  static const char *const pieces[] = { "a",       "Å",     "1",  ";",  ",",
                                        "\"",      "\n",    " x", "=1", "_x0A",
                                        "_x000D_", "&amp;", "<",  "𝄞" };
  guint rounds = g_test_slow () ? 2000 : 60;

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (BenkSheet) sheet = benk_sheet_new ();
      g_autoptr (BenkSheet) again = NULL;
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      guint n_rows = (guint) g_test_rand_int_range (1, 12);

      for (guint row = 0; row < n_rows; row++)
        {
          guint n_cells = (guint) g_test_rand_int_range (1, 8);

          benk_sheet_add_row (sheet, row + 1);
          for (guint cell = 0; cell < n_cells; cell++)
            {
              g_autoptr (GString) text = g_string_new ("t");

              for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
                g_string_append (
                  text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
              benk_sheet_add_cell (sheet, text->str, -1);
            }
        }
      file = benk_xlsx_write_bytes (sheet, "x", NULL, 0, NULL, &error);
      g_assert_no_error (error);
      again = benk_list_read_bytes (file, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      before = describe (sheet);
      after = describe (again);
      g_assert_cmpstr (before, ==, after);
    }
  g_test_message ("%u tables", rounds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (READINGS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/xlsx/reads-%s", READINGS[i].name);

      g_test_add_data_func (path, &READINGS[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/table/xlsx/refuses-%s", REFUSALS[i].name);

      g_test_add_data_func (path, &REFUSALS[i], test_refuse);
    }
  g_test_add_func ("/table/xlsx/reads-the-sheet-that-is-asked-for", test_sheets);
  g_test_add_func ("/table/xlsx/refuses-entities-that-grow", test_laughs);
  g_test_add_func ("/table/xlsx/fetches-nothing", test_outside);
  g_test_add_func ("/table/xlsx/refuses-an-archive-that-grows", test_bomb);
  g_test_add_func ("/table/xlsx/believes-no-claimed-size", test_claimed_sizes);
  g_test_add_func ("/table/xlsx/refuses-what-is-no-workbook", test_broken);
  g_test_add_func ("/table/xlsx/survives-every-damage", test_every_prefix);
  g_test_add_func ("/table/xlsx/can-be-cancelled", test_cancel);
  g_test_add_func ("/table/xlsx/writes-what-it-reads", test_write);
  g_test_add_func ("/table/xlsx/random-tables-come-back", test_random);

  return g_test_run ();
}
