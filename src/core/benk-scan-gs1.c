/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan-private.h"

#include "benk-serial.h"

#include <string.h>

/* GS1 General Specifications 3.2: the application identifiers that begin with @start have
 * @digits digits; the element has at most @length characters, or exactly so many. The
 * first that fits counts. */
typedef struct
{
  const char *start;
  guint digits;
  guint length;
  gboolean exact;
} Element;

static const Element elements[] = {
  { "00", 2, 18, TRUE },    { "01", 2, 14, TRUE },   { "02", 2, 14, TRUE },
  { "03", 2, 14, TRUE },    { "10", 2, 20, FALSE },  { "11", 2, 6, TRUE },
  { "12", 2, 6, TRUE },     { "13", 2, 6, TRUE },    { "15", 2, 6, TRUE },
  { "16", 2, 6, TRUE },     { "17", 2, 6, TRUE },    { "20", 2, 2, TRUE },
  { "21", 2, 20, FALSE },   { "22", 2, 20, FALSE },  { "235", 3, 28, FALSE },
  { "240", 3, 30, FALSE },  { "241", 3, 30, FALSE }, { "242", 3, 6, FALSE },
  { "243", 3, 20, FALSE },  { "250", 3, 30, FALSE }, { "251", 3, 30, FALSE },
  { "253", 3, 30, FALSE },  { "254", 3, 20, FALSE }, { "255", 3, 25, FALSE },
  { "30", 2, 8, FALSE },    { "31", 4, 6, TRUE },    { "32", 4, 6, TRUE },
  { "33", 4, 6, TRUE },     { "34", 4, 6, TRUE },    { "35", 4, 6, TRUE },
  { "36", 4, 6, TRUE },     { "37", 2, 8, FALSE },   { "39", 4, 15, FALSE },
  { "40", 3, 30, FALSE },   { "41", 3, 13, TRUE },   { "42", 3, 20, FALSE },
  { "43", 4, 70, FALSE },   { "70", 4, 30, FALSE },  { "71", 3, 20, FALSE },
  { "8002", 4, 20, FALSE }, { "80", 4, 70, FALSE },  { "82", 4, 70, FALSE },
  { "9", 2, 90, FALSE },
};

/* What scanners put for FNC1 when they do not send GS. */
static const char *const stand_ins[] = {
  "\xe2\x90\x9d", "<GS>", "{GS}", "[GS]", "|", "~", "^"
};

static const Element *
find_element (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_has_prefix (text, elements[i].start))
      return &elements[i];
  return NULL;
}

static gboolean
are_digits (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* The last digit makes the sum, weighted 3 1 3 1 from the right, a multiple of 10
 * (GS1 General Specifications 7.9). */
static gboolean
fits_check_digit (const char *digits, gsize n)
{
  guint sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (guint) (digits[n - 1 - i] - '0') * (i % 2 == 1 ? 3 : 1);
  return sum % 10 == 0;
}

/* Whether @text has the form of a GTIN: 8, 12, 13 or 14 digits. */
gboolean
benk_scan_is_gtin (const char *text, gboolean *out_check)
{
  gsize n = strlen (text);

  if ((n != 8 && n != 12 && n != 13 && n != 14) || !are_digits (text, n))
    return FALSE;
  *out_check = fits_check_digit (text, n);
  return TRUE;
}

/* @text: with blanks and dashes or not; they are taken out of what is digits. */
void
benk_scan_take_imei (BenkScan *self, const char *text)
{
  g_autofree char *plain = benk_serial_normalise (text);

  if (*plain == '\0')
    return;
  g_free (self->imei);
  self->imei = g_steal_pointer (&plain);
  if (benk_imei_check (self->imei) != BENK_IMEI_OK)
    self->findings |= BENK_SCAN_IMEI_ODD;
}

/* YYMMDD; without a day the month counts (GS1 General Specifications 3.4). */
static char *
read_date (const char *value)
{
  guint year, month, day;

  if (strlen (value) != 6 || !are_digits (value, 6))
    return NULL;
  year = 2000 + (guint) (value[0] - '0') * 10 + (guint) (value[1] - '0');
  month = (guint) (value[2] - '0') * 10 + (guint) (value[3] - '0');
  day = (guint) (value[4] - '0') * 10 + (guint) (value[5] - '0');
  if (day == 0 && month >= 1 && month <= 12)
    return g_strdup_printf ("%04u-%02u", year, month);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

static void
put (char **slot, const char *value)
{
  if (*slot == NULL && *value != '\0')
    *slot = g_strdup (value);
}

static void
take_element (BenkScan *self, const char *identifier, const char *value)
{
  gboolean check = FALSE;

  if (g_str_equal (identifier, "01"))
    {
      put (&self->gtin, value);
      if (!benk_scan_is_gtin (value, &check) || !check)
        self->findings |= BENK_SCAN_GTIN_ODD;
    }
  else if (g_str_equal (identifier, "21"))
    put (&self->serial, value);
  else if (g_str_equal (identifier, "10"))
    put (&self->batch, value);
  else if (g_str_equal (identifier, "240") || g_str_equal (identifier, "241"))
    put (&self->article, value);
  else if (g_str_equal (identifier, "8002"))
    benk_scan_take_imei (self, value);
  else if (g_str_equal (identifier, "17") && self->expiry == NULL)
    self->expiry = read_date (value);
}

/* The identifier in brackets at the start of @text, or NULL. */
static char *
read_bracket (const char *text)
{
  const char *end = text[0] == '(' ? strchr (text, ')') : NULL;
  gsize n = end != NULL ? (gsize) (end - text - 1) : 0;
  const Element *element;

  if (n < 2 || n > 4 || !are_digits (text + 1, n))
    return NULL;
  element = find_element (text + 1);
  return element != NULL && element->digits == n ? g_strndup (text + 1, n) : NULL;
}

/* Reads “(01)…(21)…”, as it stands in clear on a label and in some QR codes. */
gboolean
benk_scan_read_brackets (BenkScan *self, const char *text)
{
  g_autofree char *identifier = read_bracket (text);

  if (identifier == NULL)
    return FALSE;
  while (identifier != NULL)
    {
      const char *value = text + strlen (identifier) + 2;
      const char *end = value;
      g_autofree char *element = NULL;
      g_autofree char *next = NULL;

      while (*end != '\0' && (next = read_bracket (end)) == NULL)
        end++;
      element = g_strstrip (g_strndup (value, (gsize) (end - value)));
      take_element (self, identifier, element);
      g_free (identifier);
      identifier = g_steal_pointer (&next);
      text = end;
    }
  return TRUE;
}

/* GS in place of whatever the scanner sends for it. */
static char *
unify_separators (BenkScan *self, const char *text)
{
  static const char gs[] = { BENK_SCAN_GS, '\0' };
  g_autoptr (GString) out = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    if (g_string_replace (out, stand_ins[i], gs, 0) > 0)
      self->findings |= BENK_SCAN_SEPARATOR;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_one (BenkScan *self, const char **text)
{
  const Element *element = find_element (*text);
  g_autofree char *identifier = NULL;
  g_autofree char *value = NULL;
  const char *start;
  gsize n;

  if (element == NULL || strlen (*text) < element->digits ||
      !are_digits (*text, element->digits))
    return FALSE;
  start = *text + element->digits;
  n = strcspn (start, "\x1d");
  if (n == 0 || (element->exact && n < element->length))
    return FALSE;
  if (element->exact)
    n = element->length;
  if (n > element->length)
    {
      /* No separator came where one must: where the element ends is not known. */
      self->findings |= BENK_SCAN_SEPARATOR | BENK_SCAN_DAMAGED;
      return FALSE;
    }
  identifier = g_strndup (*text, element->digits);
  value = g_strndup (start, n);
  take_element (self, identifier, value);
  *text = start + n;
  return TRUE;
}

/* Reads elements as a scanner sends them. @certain: the scanner said that it is GS1;
 * otherwise it must be a GTIN with a fitting check digit and read to its end. */
gboolean
benk_scan_read_elements (BenkScan *self, const char *text, gboolean certain)
{
  g_autofree char *unified = NULL;
  const char *p;

  certain = certain || *text == BENK_SCAN_GS;
  unified = certain ? unify_separators (self, text) : g_strdup (text);
  p = unified;
  if (!certain && (strlen (p) < 20 || !g_str_has_prefix (p, "01") ||
                   !are_digits (p, 16) || !fits_check_digit (p + 2, 14)))
    return FALSE;
  for (;;)
    {
      while (*p == BENK_SCAN_GS)
        p++;
      if (*p == '\0')
        return TRUE;
      if (!read_one (self, &p))
        break;
    }
  if (certain)
    self->findings |= BENK_SCAN_DAMAGED;
  return certain;
}
