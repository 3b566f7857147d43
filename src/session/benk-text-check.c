/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-text-check.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "benk-error.h"
#include "benk-national-number.h"

static gboolean
check (const char *text, glong most, gboolean one_line, GError **error)
{
  g_autofree char *start = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("A text is not valid UTF-8."));
      return FALSE;
    }
  if (g_utf8_strlen (text, -1) > most)
    {
      start = g_utf8_substring (text, 0, 20);
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("“%s…” is longer than %d characters."), start, (int) most);
      return FALSE;
    }
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) &&
        (one_line || (*p != '\n' && *p != '\t')))
      {
        g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                             _ ("A text holds a character that cannot be shown."));
        return FALSE;
      }
  return TRUE;
}

/**
 * benk_text_check_name:
 * @text: (nullable): what stands on one line: a serial, a place, a vendor
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: whether @text can be kept; %NULL can
 */
gboolean
benk_text_check_name (const char *text, GError **error)
{
  return text == NULL || check (text, BENK_TEXT_MAX_NAME, TRUE, error);
}

/**
 * benk_text_check_note:
 * @text: (nullable): what a person wrote: a reason, a reference, who stated it
 * @error: return location for a %BENK_ERROR_INVALID, or a %BENK_ERROR_REFUSED for a
 *   national identity number, which is never kept
 *
 * Returns: whether @text can be kept; %NULL can
 */
gboolean
benk_text_check_note (const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!check (text, BENK_TEXT_MAX_NOTE, FALSE, error))
    return FALSE;
  if (!benk_text_holds_national_number (text))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("This looks like a national identity number. Use the reference "
                          "of the patient record."));
  return FALSE;
}

/**
 * benk_text_check_phone:
 * @text: (nullable): the telephone number of a desk
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: whether @text is a number, or nothing
 */
gboolean
benk_text_check_phone (const char *text, GError **error)
{
  gboolean has_digit = FALSE;

  if (text == NULL || *text == '\0')
    return TRUE;
  for (const char *at = text; *at != '\0'; at++)
    {
      has_digit |= g_ascii_isdigit (*at);
      if (!g_ascii_isdigit (*at) && strchr (" +-()/", *at) == NULL)
        {
          g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                               _ ("A telephone number has digits only. Names do not "
                                  "belong here: it is the number of a desk."));
          return FALSE;
        }
    }
  if (has_digit && strlen (text) <= BENK_TEXT_MAX_PHONE)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("That is not a telephone number."));
  return FALSE;
}

/**
 * benk_text_check_date:
 * @text: (nullable): what is to be kept as a day
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: whether @text is a day as "YYYY-MM-DD", or nothing
 */
gboolean
benk_text_check_date (const char *text, GError **error)
{
  int year, month, day, n = 0;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) == 3 && n == 10 &&
      text[n] == '\0' && year >= 1900 && month >= 1 &&
      g_date_valid_dmy ((GDateDay) CLAMP (day, 0, 255), (GDateMonth) CLAMP (month, 0, 13),
                        (GDateYear) year))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("“%s” is not a day. Write it as 2026-03-31."), text);
  return FALSE;
}

/**
 * benk_text_take_reference:
 * @typed: (nullable): what a person typed as the reference of a user
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the reference without blanks around it; %NULL if
 *   it is empty, not a name, or looks like a national identity number
 */
char *
benk_text_take_reference (const char *typed, GError **error)
{
  g_autofree char *reference = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  if (*reference == '\0')
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("The reference of the user is missing."));
  else if (benk_text_holds_national_number (reference))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("This looks like a national identity number. "
                            "Use the reference of the patient record."));
  else if (benk_text_check_note (reference, error) &&
           benk_text_check_name (reference, error))
    return g_steal_pointer (&reference);
  return NULL;
}
