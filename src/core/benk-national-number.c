/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-national-number.h"

/* Norwegian national number: eleven digits, the last two are check digits (weights
 * 3 7 6 1 8 9 4 5 2 and 5 4 3 2 7 6 5 4 3 2, modulo 11; Skatteetaten). */
static gboolean
has_check_digits (const int digits[11])
{
  static const int first[9] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
  static const int second[10] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
  int a = 0, b = 0;

  for (int i = 0; i < 9; i++)
    a += first[i] * digits[i];
  for (int i = 0; i < 10; i++)
    b += second[i] * digits[i];

  return (11 - a % 11) % 11 == digits[9] && (11 - b % 11) % 11 == digits[10];
}

/* The day and month of birth, or what marks a D-number, an H-number or a synthetic one
 * (40, 65 or 80 more); a common help number begins with 8 or 9 and has no date. */
static gboolean
begins_as_one (const int digits[11])
{
  int day = digits[0] * 10 + digits[1];
  int month = digits[2] * 10 + digits[3];

  if (digits[0] >= 8)
    return TRUE;
  if (day < 1 || day > 71 || (day > 31 && day < 41))
    return FALSE;
  return (month >= 1 && month <= 12) || (month >= 41 && month <= 52) ||
         (month >= 66 && month <= 77) || (month >= 81 && month <= 92);
}

static gboolean
is_gap (char c)
{
  return c == ' ' || c == '-' || c == '.';
}

/**
 * benk_text_holds_national_number:
 * @text: (nullable): any text
 *
 * Looks for a national number anywhere in @text, with or without a blank, dash or full
 * stop after the date. The program must not hold one.
 *
 * Returns: %TRUE if there is one with right check digits
 */
gboolean
benk_text_holds_national_number (const char *text)
{
  for (const char *start = text; start != NULL && *start != '\0'; start++)
    {
      int digits[11];
      int n = 0;
      const char *at = start;

      if (!g_ascii_isdigit (*start) || (start > text && g_ascii_isdigit (start[-1])))
        continue;
      while (n < 11 && (g_ascii_isdigit (*at) || (n == 6 && is_gap (*at))))
        {
          if (!is_gap (*at))
            digits[n++] = *at - '0';
          at++;
        }
      if (n == 11 && !g_ascii_isdigit (*at) && begins_as_one (digits) &&
          has_check_digits (digits))
        return TRUE;
    }

  return FALSE;
}
