/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-national-number.h"

/* Norwegian national number: eleven digits, the last two are check digits (weights
 * 3 7 6 1 8 9 4 5 2 and 5 4 3 2 7 6 5 4 3 2, modulo 11; Skatteetaten). */
static gboolean
has_check_digits (const int digits[BENK_NATIONAL_NUMBER_DIGITS])
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
begins_as_one (const int digits[BENK_NATIONAL_NUMBER_DIGITS])
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

/* Blanks stand anywhere in a number; a dash or full stop after the date of birth only. */
static gboolean
is_gap (char c, int n_digits)
{
  return (c == ' ' && n_digits > 0) || ((c == '-' || c == '.') && n_digits == 6);
}

/**
 * benk_national_number_measure:
 * @text: any text
 * @digits: (out caller-allocates) (array fixed-size=11): the digits
 *
 * Reads eleven digits at the beginning of @text, with single gaps as such a number is
 * written with. Whether they are one is not looked at.
 *
 * Returns: how many octets they take; 0 if there are not just eleven
 */
gsize
benk_national_number_measure (const char *text, int digits[BENK_NATIONAL_NUMBER_DIGITS])
{
  const char *at = text;
  int n = 0;

  while (n < BENK_NATIONAL_NUMBER_DIGITS &&
         (g_ascii_isdigit (*at) || (is_gap (*at, n) && g_ascii_isdigit (at[1]))))
    {
      if (g_ascii_isdigit (*at))
        digits[n++] = *at - '0';
      at++;
    }
  return n == BENK_NATIONAL_NUMBER_DIGITS && !g_ascii_isdigit (*at) ? (gsize) (at - text)
                                                                    : 0;
}

/**
 * benk_text_holds_national_number:
 * @text: (nullable): any text
 *
 * Looks for a national number anywhere in @text, with or without gaps. The program must
 * not hold one.
 *
 * Returns: %TRUE if there is one with right check digits
 */
gboolean
benk_text_holds_national_number (const char *text)
{
  for (const char *start = text; start != NULL && *start != '\0'; start++)
    {
      int digits[BENK_NATIONAL_NUMBER_DIGITS];

      if (g_ascii_isdigit (*start) && (start == text || !g_ascii_isdigit (start[-1])) &&
          benk_national_number_measure (start, digits) > 0 && begins_as_one (digits) &&
          has_check_digits (digits))
        return TRUE;
    }

  return FALSE;
}
