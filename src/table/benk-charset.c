/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-charset.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"

/* Enough to see whether every other byte of a text is zero. */
#define SNIFF_BYTES 512

/* 0x80 to 0x9F of Windows-1252 (Unicode Consortium, CP1252.TXT); 0 is not assigned. */
static const guint16 WINDOWS_1252_HIGH[32] = {
  0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static gboolean
is_text_character (gunichar c)
{
  return c >= 0x20 ? c != 0x7F : c == '\t' || c == '\n' || c == '\r';
}

static void
set_not_text (GError **error, gsize offset)
{
  g_autofree char *position = g_strdup_printf ("%" G_GSIZE_FORMAT, offset);

  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               /* Translators: %s is a position, counted in bytes. */
               _ ("This is not a text file: byte %s is not part of any text."), position);
}

static char *
decode_windows_1252 (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (length + length / 16);

  for (gsize i = 0; i < length; i++)
    {
      gunichar c = data[i];

      if (c >= 0x80 && c < 0xA0)
        c = WINDOWS_1252_HIGH[c - 0x80];
      if (!is_text_character (c))
        {
          set_not_text (error, i);
          return NULL;
        }
      g_string_append_unichar (text, c);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
decode_utf16 (const guint8 *data, gsize length, gboolean big, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (length);
  gunichar high = 0;

  if (length % 2 != 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The file is cut off in the middle of a character."));
      return NULL;
    }

  for (gsize i = 0; i < length; i += 2)
    {
      gunichar c = big ? data[i] << 8 | data[i + 1] : data[i + 1] << 8 | data[i];
      gboolean low = c >= 0xDC00 && c <= 0xDFFF;

      if (low != (high != 0))
        {
          set_not_text (error, i);
          return NULL;
        }
      if (low)
        {
          c = 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00);
          high = 0;
        }
      else if (c >= 0xD800 && c <= 0xDBFF)
        {
          high = c;
          continue;
        }
      if (!is_text_character (c))
        {
          set_not_text (error, i);
          return NULL;
        }
      g_string_append_unichar (text, c);
    }

  if (high != 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The file is cut off in the middle of a character."));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_utf8_controls (const guint8 *data, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    if (!is_text_character (data[i]))
      {
        set_not_text (error, i);
        return FALSE;
      }

  return TRUE;
}

/* Without a byte order mark, text in western letters still has every other byte zero. */
static gboolean
looks_like_utf16 (const guint8 *data, gsize length, gboolean *big)
{
  gsize n = MIN (length, SNIFF_BYTES) & ~(gsize) 1;
  gsize even = 0, odd = 0;

  for (gsize i = 0; i < n; i += 2)
    {
      even += data[i] == 0;
      odd += data[i + 1] == 0;
    }
  *big = even > odd;

  return n >= 4 && MIN (even, odd) == 0 && MAX (even, odd) * 2 * 10 >= n * 8;
}

/**
 * benk_charset_get_name:
 * @charset: an encoding
 *
 * Returns: its usual name, as shown with the file
 */
const char *
benk_charset_get_name (BenkCharset charset)
{
  switch (charset)
    {
    case BENK_CHARSET_UTF8:
      return "UTF-8";
    case BENK_CHARSET_UTF16_LE:
      return "UTF-16 LE";
    case BENK_CHARSET_UTF16_BE:
      return "UTF-16 BE";
    case BENK_CHARSET_WINDOWS_1252:
      return "Windows-1252";
    default:
      return "";
    }
}

/**
 * benk_charset_decode:
 * @data: (array length=length): the bytes of a text file
 * @length: their number
 * @charset: (out) (optional): how they were read
 * @error: return location for an error
 *
 * Reads a text whose encoding nobody wrote down: a byte order mark decides, then zero
 * bytes in every other place (UTF-16), then valid UTF-8, else Windows-1252. Control
 * characters other than tab and line ends mean that this is no text.
 *
 * Returns: (transfer full): UTF-8 without byte order mark, or %NULL with
 *   %BENK_ERROR_INVALID
 */
char *
benk_charset_decode (const guint8 *data,
                     gsize length,
                     BenkCharset *charset,
                     GError **error)
{
  BenkCharset found = BENK_CHARSET_UTF8;
  gboolean big = FALSE;
  g_autofree char *text = NULL;

  if (length >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  else if (length >= 2 && memcmp (data, "\xFF\xFE", 2) == 0)
    found = BENK_CHARSET_UTF16_LE;
  else if (length >= 2 && memcmp (data, "\xFE\xFF", 2) == 0)
    found = BENK_CHARSET_UTF16_BE;

  if (found != BENK_CHARSET_UTF8)
    {
      data += 2;
      length -= 2;
    }
  else if (looks_like_utf16 (data, length, &big))
    found = big ? BENK_CHARSET_UTF16_BE : BENK_CHARSET_UTF16_LE;
  else if (length > 0 && memchr (data, 0, length) == NULL &&
           !g_utf8_validate_len ((const char *) data, length, NULL))
    found = BENK_CHARSET_WINDOWS_1252;

  switch (found)
    {
    case BENK_CHARSET_UTF16_LE:
    case BENK_CHARSET_UTF16_BE:
      text = decode_utf16 (data, length, found == BENK_CHARSET_UTF16_BE, error);
      break;
    case BENK_CHARSET_WINDOWS_1252:
      text = decode_windows_1252 (data, length, error);
      break;
    case BENK_CHARSET_UTF8:
    default:
      if (check_utf8_controls (data, length, error))
        text = g_strndup ((const char *) data, length);
      break;
    }
  if (charset != NULL)
    *charset = found;

  return g_steal_pointer (&text);
}
