/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xlsx.h"

#include <stdio.h>

#include "benk-xlsx-private.h"
#include "benk-zip.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define SPACE_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SPACE_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SPACE_PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MIME "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* Styles by their place in styles.xml: text (format 49), day (14), heading. */
#define STYLE_TEXT 1
#define STYLE_DATE 2
#define STYLE_HEADING 3

#define LONGEST_NAME 31

static const char CONTENT_TYPES[] = XML_HEAD
  "<Types xmlns=\"" SPACE_PACKAGE "content-types\">"
  "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
  "relationships+xml\"/>"
  "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
  "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" MIME "sheet.main+xml\"/>"
  "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" MIME
  "worksheet+xml\"/>"
  "<Override PartName=\"/xl/styles.xml\" ContentType=\"" MIME "styles+xml\"/>"
  "</Types>";

static const char ROOT_RELATIONS[] =
  XML_HEAD "<Relationships xmlns=\"" SPACE_PACKAGE "relationships\">"
           "<Relationship Id=\"rId1\" Type=\"" SPACE_OFFICE "/officeDocument\""
           " Target=\"xl/workbook.xml\"/></Relationships>";

static const char BOOK_RELATIONS[] = XML_HEAD
  "<Relationships xmlns=\"" SPACE_PACKAGE "relationships\">"
  "<Relationship Id=\"rId1\" Type=\"" SPACE_OFFICE "/worksheet\""
  " Target=\"worksheets/sheet1.xml\"/>"
  "<Relationship Id=\"rId2\" Type=\"" SPACE_OFFICE "/styles\" Target=\"styles.xml\"/>"
  "</Relationships>";

static const char STYLES[] =
  XML_HEAD "<styleSheet xmlns=\"" SPACE_MAIN "\">"
           "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
           "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
           "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
           "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
           "<borders count=\"1\"><border/></borders>"
           "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
           "<cellXfs count=\"4\"><xf xfId=\"0\"/>"
           "<xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\"/>"
           "<xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/>"
           "<xf numFmtId=\"49\" fontId=\"1\" xfId=\"0\" applyNumberFormat=\"1\""
           " applyFont=\"1\"/></cellXfs></styleSheet>";

static gboolean
is_escape (const char *at)
{
  if (at[0] != '_' || at[1] != 'x')
    return FALSE;
  for (int i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (at[i]))
      return FALSE;

  return at[6] == '_';
}

/* What XML does not allow stands as _xHHHH_, and so does what only looks like it. */
static void
append_text (GString *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      default:
        if (is_escape (c))
          g_string_append (out, "_x005F_");
        else if ((guchar) *c < 0x20 && *c != '\n' && *c != '\t')
          g_string_append_printf (out, "_x%04X_", (guint) (guchar) *c);
        else
          g_string_append_c (out, *c);
      }
}

static void
append_place (GString *out, guint column, guint row)
{
  char letters[8];
  guint at = sizeof letters;
  guint rest = column + 1;

  letters[--at] = '\0';
  for (; rest > 0; rest = (rest - 1) / 26)
    letters[--at] = (char) ('A' + (rest - 1) % 26);
  g_string_append_printf (out, "%s%u", letters + at, row);
}

/* YYYY-MM-DD → the day of the 1900 system; 0 for what has none there. */
static guint
read_day (const char *text)
{
  guint year, month, day;
  char rest;
  GDate date, epoch;

  if (sscanf (text, "%4u-%2u-%2u%c", &year, &month, &day, &rest) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_clear (&date, 1);
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_date_set_dmy (&epoch, 30, G_DATE_DECEMBER, 1899);

  return g_date_days_between (&epoch, &date) > 60
           ? (guint) g_date_days_between (&epoch, &date)
           : 0;
}

static void
append_cell (GString *out, guint column, guint row, const char *text, gboolean is_date)
{
  guint day = is_date ? read_day (text) : 0;

  if (*text == '\0')
    return;
  g_string_append (out, "<c r=\"");
  append_place (out, column, row);
  if (day > 0)
    {
      g_string_append_printf (out, "\" s=\"%d\"><v>%u</v></c>", STYLE_DATE, day);
      return;
    }
  g_string_append_printf (out,
                          "\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
                          row == 1 ? STYLE_HEADING : STYLE_TEXT);
  append_text (out, text);
  g_string_append (out, "</t></is></c>");
}

/* The heading stays in sight; columns are wide enough for an IMEI. */
static GBytes *
compose_sheet (BenkSheet *sheet, const BenkXlsxColumn *columns, guint n_columns)
{
  GString *out = g_string_new (XML_HEAD "<worksheet xmlns=\"" SPACE_MAIN "\">"
                                        "<sheetViews><sheetView workbookViewId=\"0\">"
                                        "<pane ySplit=\"1\" topLeftCell=\"A2\""
                                        " activePane=\"bottomLeft\" state=\"frozen\"/>"
                                        "</sheetView></sheetViews>");
  guint n_rows = benk_sheet_get_n_rows (sheet);

  if (n_columns > 0)
    g_string_append_printf (out,
                            "<cols><col min=\"1\" max=\"%u\" width=\"19\""
                            " customWidth=\"1\"/></cols>",
                            n_columns);
  g_string_append (out, "<sheetData>");
  for (guint row = 0; row < n_rows; row++)
    {
      guint n_cells = benk_sheet_get_n_cells (sheet, row);

      g_string_append_printf (out, "<row r=\"%u\">", row + 1);
      for (guint i = 0; i < n_cells; i++)
        append_cell (out, i, row + 1, benk_sheet_get_cell (sheet, row, i),
                     row > 0 && i < n_columns && columns[i] == BENK_XLSX_COLUMN_DATE);
      g_string_append (out, "</row>");
    }
  g_string_append (out, "</sheetData></worksheet>");

  return g_string_free_to_bytes (out);
}

/* A sheet's name has 31 characters at most and none of : \ / ? * [ ]. */
static GBytes *
compose_book (const char *name)
{
  GString *out =
    g_string_new (XML_HEAD "<workbook xmlns=\"" SPACE_MAIN "\" xmlns:r=\"" SPACE_OFFICE
                           "\"><sheets><sheet name=\"");
  g_autofree char *shown =
    g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), LONGEST_NAME));

  g_strdelimit (shown, ":\\/?*[]", ' ');
  append_text (out, shown);
  g_string_append (out, "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");

  return g_string_free_to_bytes (out);
}

/**
 * benk_xlsx_write_bytes:
 * @sheet: rows of text, the heading first
 * @name: the name of the sheet
 * @columns: (array length=n_columns): what each column holds; text beyond them
 * @n_columns: their number
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Writes a workbook of one sheet. Text cells stay text, whatever they look like: a
 * spreadsheet neither rounds an IMEI nor runs a formula.
 *
 * Returns: (transfer full): the content of the file, or %NULL with %BENK_ERROR_FAILED or
 *   %G_IO_ERROR_CANCELLED
 */
GBytes *
benk_xlsx_write_bytes (BenkSheet *sheet,
                       const char *name,
                       const BenkXlsxColumn *columns,
                       guint n_columns,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GBytes) types = g_bytes_new_static (CONTENT_TYPES, sizeof CONTENT_TYPES - 1);
  g_autoptr (GBytes) root =
    g_bytes_new_static (ROOT_RELATIONS, sizeof ROOT_RELATIONS - 1);
  g_autoptr (GBytes) relations =
    g_bytes_new_static (BOOK_RELATIONS, sizeof BOOK_RELATIONS - 1);
  g_autoptr (GBytes) styles = g_bytes_new_static (STYLES, sizeof STYLES - 1);
  g_autoptr (GBytes) book = compose_book (name);
  g_autoptr (GBytes) cells = compose_sheet (sheet, columns, n_columns);
  const BenkZipPart parts[] = {
    { "[Content_Types].xml", types }, { "_rels/.rels", root },
    { "xl/workbook.xml", book },      { "xl/_rels/workbook.xml.rels", relations },
    { "xl/styles.xml", styles },      { "xl/worksheets/sheet1.xml", cells },
  };

  return benk_zip_write (parts, G_N_ELEMENTS (parts), cancellable, error);
}
