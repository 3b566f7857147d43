/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkBook:
 * @sheets: the sheets' names, at most three; %NULL for one called "Liste"
 * @properties: attributes of workbookPr
 * @styles: formats and cellXfs of styles.xml; %NULL for no such part
 * @strings: what stands in sharedStrings.xml; %NULL for no such part
 * @rows: what stands in sheetData of each sheet; %NULL for no such part
 *
 * A workbook put together by hand.
 */
typedef struct
{
  const char *sheets[3];
  const char *properties;
  const char *styles;
  const char *strings;
  const char *rows[3];
} BenkBook;

GBytes *benk_book_make (const BenkBook *book);

G_END_DECLS
