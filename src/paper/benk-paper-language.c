/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include "benk-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* The last @key of @pdf, which is not text: what is drawn in it is packed. */
static const char *
find_last (const GByteArray *pdf, const char *key)
{
  const char *start = (const char *) pdf->data;
  gsize length = strlen (key);

  for (gsize at = pdf->len >= length ? pdf->len - length + 1 : 0; at > 0; at--)
    if (memcmp (start + at - 1, key, length) == 0)
      return start + at - 1;
  return NULL;
}

/* The number that follows the last @key, -1 when there is none. */
static gint64
find_number (const GByteArray *pdf, const char *key)
{
  const char *found = find_last (pdf, key);

  return found != NULL ? g_ascii_strtoll (found + strlen (key), NULL, 10) : -1;
}

/* The catalog as it stands between its "<<" and ">>". */
static char *
find_catalog (const GByteArray *pdf, gint64 root)
{
  g_autofree char *start = g_strdup_printf ("\n%d 0 obj\n<<", (int) root);
  const char *from = root > 0 ? find_last (pdf, start) : NULL;
  const char *close;

  if (from == NULL)
    return NULL;
  from += strlen (start);
  close = g_strstr_len (from, (const char *) pdf->data + pdf->len - from, ">>\nendobj");
  return close != NULL ? g_strndup (from, (gsize) (close - from)) : NULL;
}

/**
 * benk_paper_language_add:
 * @pdf: a PDF with a plain list of objects
 * @language: BCP-47
 * @error: %BENK_ERROR_FAILED when @pdf is not laid out as expected
 *
 * Says in which language the document is (ISO 32000-1, 14.9.2), so that it is read aloud
 * rightly. The drawing library cannot; a second, newer catalog is appended (7.5.6).
 *
 * Returns: (transfer full) (nullable): the PDF with a language
 */
GBytes *
benk_paper_language_add (GByteArray *pdf, const char *language, GError **error)
{
  gint64 root = find_number (pdf, "/Root ");
  gint64 info = find_number (pdf, "/Info ");
  gint64 size = find_number (pdf, "/Size ");
  gint64 before = find_number (pdf, "startxref\n");
  g_autofree char *catalog = find_catalog (pdf, root);
  GString *whole;
  gsize object, list;

  if (catalog == NULL || info <= 0 || size <= 0 || before <= 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                           _ ("The PDF is not laid out as expected."));
      return NULL;
    }
  whole = g_string_new_len ((const char *) pdf->data, pdf->len);
  object = whole->len;
  g_string_append_printf (whole, "%d 0 obj\n<<%s   /Lang (%s)\n>>\nendobj\n", (int) root,
                          catalog, language);
  list = whole->len;
  g_string_append_printf (whole,
                          "xref\n%d 1\n%010" G_GSIZE_FORMAT " 00000 n \n"
                          "trailer\n<< /Size %d\n   /Root %d 0 R\n   /Info %d 0 R\n"
                          "   /Prev %d\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          (int) root, object, (int) size, (int) root, (int) info,
                          (int) before, list);
  return g_string_free_to_bytes (whole);
}
