/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkCharset:
 * @BENK_CHARSET_UTF8: UTF-8, with or without byte order mark
 * @BENK_CHARSET_UTF16_LE: UTF-16, low byte first
 * @BENK_CHARSET_UTF16_BE: UTF-16, high byte first
 * @BENK_CHARSET_WINDOWS_1252: the usual answer of a Norwegian spreadsheet
 *
 * How the bytes of a text file were read.
 */
typedef enum
{
  BENK_CHARSET_UTF8,
  BENK_CHARSET_UTF16_LE,
  BENK_CHARSET_UTF16_BE,
  BENK_CHARSET_WINDOWS_1252,
} BenkCharset;

const char *benk_charset_get_name (BenkCharset charset);
char *benk_charset_decode (const guint8 *data,
                           gsize length,
                           BenkCharset *charset,
                           GError **error);

G_END_DECLS
