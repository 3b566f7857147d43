/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-serial.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-national-number.h"

#define IMEI_DIGITS 15
#define MAX_OCTETS 64
/* As in "EV 000123". */
#define LETTERS_BEFORE 3

static gboolean
is_noise (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return c == 0x2212; /* minus sign */
    }
}

/* The form of what is printable ASCII, which most serials are; NULL for anything else. */
static char *
normalise_ascii (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  char *end = out;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c < 0x20 || *c > 0x7e)
        {
          g_free (out);
          return NULL;
        }
      if (*c != ' ' && *c != '-')
        *end++ = g_ascii_toupper (*c);
    }
  *end = '\0';

  return out;
}

/**
 * benk_serial_normalise:
 * @serial: (nullable): a serial number as typed, scanned or received
 *
 * The form in which serial numbers are compared: NFKC, upper case, without blanks and
 * dashes. What a person sees is the serial as it was given.
 *
 * Returns: (transfer full): the form; empty if nothing is left
 */
char *
benk_serial_normalise (const char *serial)
{
  char *ascii = normalise_ascii (serial != NULL ? serial : "");
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  GString *out;

  if (ascii != NULL)
    return ascii;
  valid = g_utf8_make_valid (serial, -1);
  folded = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_noise (c))
        g_string_append_unichar (out, g_unichar_toupper (c));
    }

  return g_string_free (out, FALSE);
}

/* A word of a serial number has a digit in it, or is as short as the letters before one.
 */
static gboolean
is_serial_word (const char *word)
{
  static const char *const marks = "-_./:+#*";
  gsize n_letters = 0;
  gboolean has_digit = FALSE;

  for (; *word != '\0'; word++)
    {
      has_digit |= g_ascii_isdigit (*word);
      n_letters += g_ascii_isalpha (*word) != 0;
      if (!g_ascii_isalnum (*word) && strchr (marks, *word) == NULL)
        return FALSE;
    }
  return has_digit || n_letters <= LETTERS_BEFORE;
}

/**
 * benk_serial_is_plausible:
 * @text: (nullable): what a source says is a serial number or an IMEI
 *
 * Serial numbers stand in the change log, from which nothing can be erased: what may be a
 * person's name, address or number is none.
 *
 * Returns: whether @text can be the number of a device
 */
gboolean
benk_serial_is_plausible (const char *text)
{
  g_auto (GStrv) words = text ? g_strsplit (text, " ", -1) : NULL;

  if (text == NULL || strpbrk (text, "0123456789") == NULL ||
      strlen (text) > MAX_OCTETS || benk_text_holds_national_number (text))
    return FALSE;
  for (gsize i = 0; words[i]; i++)
    if (!is_serial_word (words[i]))
      return FALSE;
  return TRUE;
}

/**
 * benk_device_birth_id:
 * @model_id: the id of a model
 * @serial: (nullable): a serial number
 * @out_id: (out): the id, untouched on failure
 *
 * The id a device is born with if no other device has it: a UUIDv8 of model and
 * normalised serial, so that two laptops that register the same box make the same row.
 *
 * Returns: %FALSE if nothing is left of @serial; the device then gets benk_id_new()
 */
gboolean
benk_device_birth_id (const char *model_id, const char *serial, BenkId *out_id)
{
  g_autofree char *normal = benk_serial_normalise (serial);
  g_autofree char *name = NULL;

  if (*normal == '\0')
    return FALSE;

  name = g_strconcat (model_id, "\n", normal, NULL);
  *out_id = benk_id_new_named ("device", name);

  return TRUE;
}

/**
 * benk_text_is_spreadsheet_number:
 * @text: (nullable): a cell of a list
 *
 * Recognises a long number that a spreadsheet has rounded, as in `3,56938E+14`: its
 * digits are lost and must not be taken for an identifier.
 *
 * Returns: %TRUE if @text looks like that
 */
gboolean
benk_text_is_spreadsheet_number (const char *text)
{
  static const char pattern[] = "^\\s*[0-9]([.,][0-9]+)?[eE]\\+?[0-9]{1,2}\\s*$";

  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;

  return g_ascii_isdigit (*text) && strpbrk (text, "eE") != NULL &&
         g_regex_match_simple (pattern, text, 0, 0);
}

/**
 * benk_imei_check:
 * @imei: (nullable): an IMEI as typed, scanned or received; blanks and dashes are allowed
 *
 * Checks length and Luhn check digit (3GPP TS 23.003, 6.2.1). Warn, do not block.
 *
 * Returns: what is odd about it
 */
BenkImeiCheck
benk_imei_check (const char *imei)
{
  g_autofree char *normal = benk_serial_normalise (imei);
  guint sum = 0;

  if (*normal == '\0')
    return BENK_IMEI_MISSING;
  if (benk_text_is_spreadsheet_number (imei))
    return BENK_IMEI_SPREADSHEET;
  if (strlen (normal) != IMEI_DIGITS || strspn (normal, "0123456789") != IMEI_DIGITS)
    return BENK_IMEI_NOT_15_DIGITS;

  for (int i = 0; i < IMEI_DIGITS; i++)
    {
      guint digit = (guint) g_ascii_digit_value (normal[i]) * (i % 2 == 1 ? 2 : 1);

      sum += digit / 10 + digit % 10;
    }

  return sum % 10 == 0 ? BENK_IMEI_OK : BENK_IMEI_CHECK_DIGIT;
}

/**
 * benk_imei_check_get_label:
 * @check: the outcome of benk_imei_check()
 *
 * Returns: (transfer none) (nullable): a translated warning, or %NULL if there is none to
 * give
 */
const char *
benk_imei_check_get_label (BenkImeiCheck check)
{
  switch (check)
    {
    case BENK_IMEI_NOT_15_DIGITS:
      return g_dgettext (GETTEXT_PACKAGE, N_ ("The IMEI does not have 15 digits."));
    case BENK_IMEI_CHECK_DIGIT:
      return g_dgettext (GETTEXT_PACKAGE,
                         N_ ("The check digit of the IMEI does not fit."));
    case BENK_IMEI_SPREADSHEET:
      return g_dgettext (GETTEXT_PACKAGE,
                         N_ ("A spreadsheet has rounded the IMEI; its digits are lost."));
    case BENK_IMEI_OK:
    case BENK_IMEI_MISSING:
    default:
      return NULL;
    }
}
