/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-value.h"

#include <string.h>

/* Up to @max_digits digits; the cursor moves past them. */
static gboolean
read_number (const char **at, int max_digits, int *n_digits, int *value)
{
  *value = 0;
  *n_digits = 0;
  while (g_ascii_isdigit (**at) && *n_digits < max_digits)
    {
      *value = *value * 10 + (**at - '0');
      (*n_digits)++;
      (*at)++;
    }

  return *n_digits > 0 && !g_ascii_isdigit (**at);
}

/* A midnight that a spreadsheet adds to a date is no part of it. */
static gboolean
is_end_or_midnight (const char *text)
{
  const char *const tails[] = { "", "00:00", "00:00:00", "T00:00:00", "kl. 00:00" };

  while (g_ascii_isspace (*text))
    text++;
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    if (strcmp (text, tails[i]) == 0)
      return TRUE;

  return FALSE;
}

/**
 * benk_import_read_date:
 * @text: a date as Norwegian lists hold it: 15.07.2025, 3.2.24, 15/7-25 or 2025-07-15
 *
 * A year of two digits is in this century.
 *
 * Returns: (transfer full) (nullable): the date as YYYY-MM-DD; %NULL if there is no such
 *   day
 */
char *
benk_import_read_date (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *at = stripped;
  int n[3];
  int value[3];
  gboolean year_first;
  int day, year;

  for (int i = 0; i < 3; i++)
    {
      if (!read_number (&at, 4, &n[i], &value[i]))
        return NULL;
      if (i < 2 && (*at == '\0' || strchr ("./-", *at) == NULL))
        return NULL;
      if (i < 2)
        at++;
      while (i < 2 && *at == ' ')
        at++;
    }

  year_first = n[0] == 4;
  day = value[year_first ? 2 : 0];
  year = value[year_first ? 0 : 2];
  if (!year_first && n[2] == 2)
    year += 2000;
  if (n[1] > 2 || n[year_first ? 2 : 0] > 2 || year < 1900 || year > 2199 ||
      !is_end_or_midnight (at))
    return NULL;
  if (!g_date_valid_dmy (day, value[1], year))
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02d", year, value[1], day);
}
