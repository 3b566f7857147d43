/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "benk-charset.h"
#include "benk-error.h"

#define BYTES(s) s, sizeof (s) - 1

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *text;
  BenkCharset charset;
} Row;

static const Row ROWS[] = {
  { "utf-8", BYTES ("På lager"), "På lager", BENK_CHARSET_UTF8 },
  { "utf-8-with-byte-order-mark",
    BYTES ("\xEF\xBB\xBF"
           "På"),
    "På", BENK_CHARSET_UTF8 },
  { "windows-1252", BYTES ("P\xE5 lager \x96 \x80"), "På lager – €",
    BENK_CHARSET_WINDOWS_1252 },
  { "utf-16-le", BYTES ("\xFF\xFEP\0\xE5\0"), "På", BENK_CHARSET_UTF16_LE },
  { "utf-16-be", BYTES ("\xFE\xFF\0P\0\xE5"), "På", BENK_CHARSET_UTF16_BE },
  { "utf-16-le-without-mark", BYTES ("T\0y\0p\0e\0"), "Type", BENK_CHARSET_UTF16_LE },
  { "utf-16-be-without-mark", BYTES ("\0T\0y\0p\0e"), "Type", BENK_CHARSET_UTF16_BE },
  { "utf-16-pair", BYTES ("\xFF\xFE\x3D\xD8\x8A\xDC"), "💊", BENK_CHARSET_UTF16_LE },
  { "nothing", BYTES (""), "", BENK_CHARSET_UTF8 },
  /* Refused. */
  { "nul-byte", BYTES ("Type\0Serial;x"), NULL, 0 },
  { "control-character", BYTES ("Type\x01;x"), NULL, 0 },
  { "control-character-in-windows-1252", BYTES ("P\xE5\x1B"), NULL, 0 },
  { "byte-without-meaning-in-windows-1252", BYTES ("P\xE5\x81"), NULL, 0 },
  { "zip-archive", BYTES ("PK\3\4\x14\0\6\0\xFF\xEF"), NULL, 0 },
  { "utf-16-cut-in-a-character", BYTES ("\xFF\xFEP\0\xE5"), NULL, 0 },
  { "utf-16-cut-in-a-pair", BYTES ("\xFF\xFE\x3D\xD8"), NULL, 0 },
  { "utf-16-half-a-pair", BYTES ("\xFF\xFE\x8A\xDCP\0"), NULL, 0 },
  { "utf-16-two-first-halves", BYTES ("\xFF\xFE\x3D\xD8\x3D\xD8"), NULL, 0 },
};

static void
test_decode (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  BenkCharset charset = 0;
  g_autofree char *text =
    benk_charset_decode ((const guint8 *) row->bytes, row->length, &charset, &error);

  if (row->text == NULL)
    {
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
      g_assert_null (text);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, row->text);
  g_assert_cmpint (charset, ==, row->charset);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/charset/%s", ROWS[i].name);

      g_test_add_data_func (path, &ROWS[i], test_decode);
    }

  return g_test_run ();
}
