/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan-private.h"

#include <string.h>

/* What a key gives under a Norwegian layout, and what it gives under a US one. A scanner
 * presses keys; the computer says which sign that is. Letters without accents, figures
 * and ! # % , . are the same under both. */
static const struct
{
  gunichar norwegian;
  char us;
} keys[] = {
  { '|', '`' },  { 0xa7, '~' },  { '"', '@' },   { 0xa4, '$' }, { '&', '^' },
  { '/', '&' },  { '(', '*' },   { ')', '(' },   { '=', ')' },  { '+', '-' },
  { '?', '_' },  { '\\', '=' },  { '`', '+' },   { 0xe5, '[' }, { 0xc5, '{' },
  { 0xa8, ']' }, { '^', '}' },   { '\'', '\\' }, { '*', '|' },  { 0xf8, ';' },
  { 0xd8, ':' }, { 0xe6, '\'' }, { 0xc6, '"' },  { ';', '<' },  { ':', '>' },
  { '-', '/' },  { '_', '?' },
};

/* How little one expects a sign on a label, from 1. */
static const struct
{
  const char *signs;
  int oddness;
} expected[] = {
  { "-", 1 },
  { " /_:;,()#", 2 },
  { "=&?%@*[]", 3 },
  { "+\"'\\|{}<>~^`$!", 6 },
};

#define FOREIGN_ODDNESS 10
#define PATTERN_BONUS 40

/* Capitals and small letters change places, also those with accents. */
char *
benk_scan_swap_case (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_isupper (c) ? g_unichar_tolower (c)
                                                          : g_unichar_toupper (c));
    }
  return g_string_free (out, FALSE);
}

/* What the same keys give under a US layout. */
char *
benk_scan_map_layout (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
        if (keys[i].norwegian == c)
          {
            c = (guchar) keys[i].us;
            break;
          }
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static int
get_sign_oddness (gunichar c)
{
  if (c == BENK_SCAN_GS || c == '\n' || c == '\t' || c == '.' ||
      (c < 0x80 && g_ascii_isalnum ((char) c)))
    return 0;
  for (gsize i = 0; c < 0x80 && i < G_N_ELEMENTS (expected); i++)
    if (c != 0 && strchr (expected[i].signs, (int) c) != NULL)
      return expected[i].oddness;
  return FOREIGN_ODDNESS;
}

/* An AIM identifier, an element in brackets, an address, or a number with its name. */
static gboolean
has_pattern (const char *text)
{
  static const char pattern[] = "^\\][A-Z][0-9A-Z]|^\\([0-9]{2,4}\\)|://|"
                                "(?<![A-Z0-9])(SN|S/N|IMEI|SERIAL)\"?[:=]";

  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

/* How little @text looks like what stands on labels; the lower the likelier. */
int
benk_scan_get_oddness (const char *text)
{
  int oddness = has_pattern (text) ? -PATTERN_BONUS : 0;
  int open = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      oddness += get_sign_oddness (c);
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (open < 0)
        oddness += FOREIGN_ODDNESS;
    }
  return oddness + (open != 0 ? FOREIGN_ODDNESS : 0);
}
