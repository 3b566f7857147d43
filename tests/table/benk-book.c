/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-book.h"

#include <string.h>

#include "benk-zip.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define SPACE "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"r\">%s</Relationships>"
#define RELATION "<Relationship Id=\"%s\" Type=\"" OFFICE "/%s\" Target=\"%s\"/>"

#define MAX_PARTS 8

typedef struct
{
  BenkZipPart parts[MAX_PARTS];
  char *names[MAX_PARTS];
  gsize n;
} Parts;

static void G_GNUC_PRINTF (3, 4)
  add (Parts *parts, const char *name, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  parts->names[parts->n] = g_strdup (name);
  parts->parts[parts->n] =
    (BenkZipPart){ parts->names[parts->n], g_bytes_new_take (text, strlen (text)) };
  parts->n++;
}

/**
 * benk_book_make:
 * @book: what is to stand in it
 *
 * Returns: (transfer full): an XLSX file
 */
GBytes *
benk_book_make (const BenkBook *book)
{
  g_autoptr (GString) sheets = g_string_new (NULL);
  g_autoptr (GString) relations = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Parts parts = { 0 };
  GBytes *file;

  add (&parts, "_rels/.rels", HEAD RELATIONS,
       "<Relationship Id=\"a\" Type=\"" OFFICE
       "/officeDocument\" Target=\"/xl/workbook.xml\"/>");
  for (guint i = 0; i < 3 && (i == 0 || book->sheets[i] != NULL); i++)
    {
      g_autofree char *id = g_strdup_printf ("rId%u", i + 1);
      g_autofree char *target = g_strdup_printf ("worksheets/sheet%u.xml", i + 1);
      g_autofree char *part = g_strconcat ("xl/", target, NULL);

      g_string_append_printf (sheets, "<sheet name=\"%s\" sheetId=\"%u\" r:id=\"%s\"/>",
                              book->sheets[i] != NULL ? book->sheets[i] : "Liste", i + 1,
                              id);
      g_string_append_printf (relations, RELATION, id, "worksheet", target);
      if (book->rows[i] != NULL)
        add (&parts, part,
             HEAD "<worksheet " SPACE "><sheetData>%s</sheetData></worksheet>",
             book->rows[i]);
    }
  if (book->styles != NULL)
    {
      g_string_append_printf (relations, RELATION, "s", "styles", "styles.xml");
      add (&parts, "xl/styles.xml", HEAD "<styleSheet " SPACE ">%s</styleSheet>",
           book->styles);
    }
  if (book->strings != NULL)
    {
      g_string_append_printf (relations, RELATION, "t", "sharedStrings",
                              "sharedStrings.xml");
      add (&parts, "xl/sharedStrings.xml", HEAD "<sst " SPACE ">%s</sst>", book->strings);
    }
  add (&parts, "xl/_rels/workbook.xml.rels", HEAD RELATIONS, relations->str);
  add (&parts, "xl/workbook.xml",
       HEAD "<workbook " SPACE " xmlns:r=\"" OFFICE
            "\"><workbookPr %s/><sheets>%s</sheets>"
            "</workbook>",
       book->properties != NULL ? book->properties : "", sheets->str);

  file = benk_zip_write (parts.parts, parts.n, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < parts.n; i++)
    {
      g_bytes_unref (parts.parts[i].bytes);
      g_free (parts.names[i]);
    }

  return file;
}
