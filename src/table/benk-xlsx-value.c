/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xlsx-private.h"

#include <math.h>
#include <string.h>

/* Significant digits that a spreadsheet keeps of a number (Microsoft, "Excel
 * specifications and limits"). */
#define DIGITS 15
#define SECONDS_PER_DAY 86400

/* Number formats of ECMA-376 part 1, 18.8.30, that show a date; 18 to 21 and 45 to 47
 * show only a time of day. */
static gboolean
is_date_id (guint id)
{
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) ||
         (id >= 50 && id <= 58);
}

/*
 * benk_xlsx_format_from_id:
 * @id: the number of a format that the file does not define
 *
 * Returns: a #BenkXlsxFormat
 */
guint
benk_xlsx_format_from_id (guint id)
{
  return is_date_id (id) ? BENK_XLSX_FORMAT_DATE : BENK_XLSX_FORMAT_PLAIN;
}

/*
 * benk_xlsx_format_from_code:
 * @code: how numbers are shown, such as "dd.mm.yyyy" or "00000000"
 *
 * Text in quotes, after a backslash and in brackets is no part of a date. Only the first
 * section, that of positive numbers, counts.
 *
 * Returns: a #BenkXlsxFormat, with the number of zeros in the bits above 8
 */
guint
benk_xlsx_format_from_code (const char *code)
{
  gsize zeros = strspn (code, "0");
  gboolean quoted = FALSE, bracket = FALSE;

  if (zeros > 1 && code[zeros] == '\0' && zeros <= DIGITS)
    return BENK_XLSX_FORMAT_ZEROS | (guint) zeros << 8;
  for (const char *c = code; *c != '\0' && *c != ';'; c++)
    {
      if (*c == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (*c == '\\' || *c == '_' || *c == '*')
        c += c[1] != '\0' ? 1 : 0;
      else if (*c == '[' || *c == ']')
        bracket = *c == '[';
      else if (!bracket && strchr ("dDyY", *c) != NULL)
        return BENK_XLSX_FORMAT_DATE;
    }

  return BENK_XLSX_FORMAT_PLAIN;
}

/* A day of the file as YYYY-MM-DD, with the time if there is one. In the 1900 system day
 * 60 is a 29 February that never was (ECMA-376 part 1, 18.17.4.1). */
static char *
date_to_text (double value, gboolean epoch_1904)
{
  gint64 seconds = (gint64) llround (value * SECONDS_PER_DAY);
  gint64 day = seconds / SECONDS_PER_DAY;
  gint64 rest = seconds % SECONDS_PER_DAY;
  GDate date;

  if (!epoch_1904 && day == 60)
    return g_strdup ("1900-02-29");
  g_date_clear (&date, 1);
  if (epoch_1904)
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1904);
  else
    g_date_set_dmy (&date, day < 60 ? 31 : 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, (guint) day);
  if (rest == 0)
    return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date),
                            g_date_get_month (&date), g_date_get_day (&date));

  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_get_year (&date),
                          g_date_get_month (&date), g_date_get_day (&date),
                          (int) (rest / 3600), (int) (rest / 60 % 60), (int) (rest % 60));
}

/* How many digits of a number in powers of ten were written down. */
static int
count_digits (const char *value)
{
  int n = 0;

  for (; *value != '\0' && *value != 'e' && *value != 'E'; value++)
    n += g_ascii_isdigit (*value);

  return n;
}

/* A whole number with every digit, unless some of them were never written or are more
 * than a spreadsheet keeps: then as it shows them, so that a reader sees that they are
 * lost. */
static char *
whole_to_text (const char *value, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const char *power = strpbrk (value, "eE");
  int exponent = power != NULL ? (int) g_ascii_strtoll (power + 1, NULL, 10) : 0;

  if (fabs (number) >= 1e15 ||
      (power != NULL && exponent >= 9 && count_digits (value) < exponent + 1))
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.14E", number));

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", number));
}

/* "3.56938000000000E+14" → "3.56938E+14". */
static char *
trim_mantissa (char *text)
{
  char *power = strchr (text, 'E');
  char *end = power;

  if (power == NULL)
    return text;
  while (end > text && end[-1] == '0')
    end--;
  if (end > text && end[-1] == '.')
    end--;
  memmove (end, power, strlen (power) + 1);

  return text;
}

/*
 * benk_xlsx_number_to_text:
 * @value: a number as it stands in a cell
 * @format: what the cell's style makes of it
 * @epoch_1904: whether days are counted from 1904
 *
 * Returns: (transfer full): the number as a person knows it; @value if it is none
 */
char *
benk_xlsx_number_to_text (const char *value, guint format, gboolean epoch_1904)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;
  double number = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0' || !isfinite (number))
    return g_strdup (value);
  /* 2958465 is 31 December 9999. */
  if (format == BENK_XLSX_FORMAT_DATE && number >= 0 && number <= 2958465)
    return date_to_text (number, epoch_1904);
  if (fabs (number - nearbyint (number)) > 0 && fabs (number) < 1e15)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
  if ((format & 0xff) == BENK_XLSX_FORMAT_ZEROS && number >= 0 && number < 1e15)
    return g_strdup_printf ("%0*" G_GINT64_FORMAT, (int) (format >> 8), (gint64) number);

  return trim_mantissa (whole_to_text (value, number));
}

static int
read_escape (const char *at)
{
  int c = 0;

  if (at[0] != '_' || at[1] != 'x')
    return -1;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      c = c * 16 + g_ascii_xdigit_value (at[i]);
    }

  return at[6] == '_' ? c : -1;
}

/*
 * benk_xlsx_unescape:
 * @text: text of a cell
 *
 * Characters that XML does not allow stand as _xHHHH_ (ECMA-376 part 1, 22.9.2.19). Line
 * ends become one line feed; what is not text is left out.
 */
void
benk_xlsx_unescape (GString *text)
{
  g_autofree char *before = NULL;

  if (strstr (text->str, "_x") == NULL && strchr (text->str, '\r') == NULL)
    return;
  before = g_strndup (text->str, text->len);
  g_string_truncate (text, 0);
  for (const char *c = before; *c != '\0'; c++)
    {
      int escape = read_escape (c);

      if (escape < 0)
        {
          if (*c != '\r' || c[1] != '\n')
            g_string_append_c (text, *c == '\r' ? '\n' : *c);
          continue;
        }
      c += 6;
      if (escape == '\r' && read_escape (c + 1) != '\n' && c[1] != '\n')
        g_string_append_c (text, '\n');
      else if (escape == '\n' || escape == '\t' ||
               (escape >= 0x20 && escape != 0x7f && (escape < 0xd800 || escape > 0xdfff)))
        g_string_append_unichar (text, (gunichar) escape);
    }
}
