/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan-private.h"

#include "benk-serial.h"

#include <string.h>

/* The code of our labels: DOSEBENK.1.<32 hexadecimal digits>[.<asset number>]. A full
 * stop is the one sign besides figures and letters that no layout and no Caps Lock
 * changes; the dash of an asset number is a full stop too. */
#define OWN_START "DOSEBENK."
#define OWN_FORM "1."
#define OWN_ID_DIGITS 32

#define IMEI_DIGITS 15

static gboolean
are_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static void
clear_values (BenkScan *self)
{
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->imei, g_free);
  g_clear_pointer (&self->gtin, g_free);
  g_clear_pointer (&self->batch, g_free);
  g_clear_pointer (&self->packer, g_free);
  g_clear_pointer (&self->article, g_free);
  g_clear_pointer (&self->expiry, g_free);
  self->findings &=
    ~(BENK_SCAN_IMEI_ODD | BENK_SCAN_GTIN_ODD | BENK_SCAN_SEPARATOR | BENK_SCAN_DAMAGED);
}

/* --- what the keyboard did to it --- */

static void
count_letters (const char *text, guint *capitals, guint *small)
{
  /* The letters of an AIM identifier are of both cases and tell nothing. */
  const char *p = text;

  if (*p == ']' || g_str_has_prefix (p, "\xc2\xa8"))
    {
      p = g_utf8_next_char (p);
      p += *p != '\0' ? 1 : 0;
    }
  *capitals = *small = 0;
  for (; *p != '\0'; p++)
    {
      *capitals += g_ascii_isupper (*p) ? 1 : 0;
      *small += g_ascii_islower (*p) ? 1 : 0;
    }
}

static gboolean
is_swapped (const char *text, BenkScanCaps caps)
{
  guint capitals, small;

  count_letters (text, &capitals, &small);
  if (caps == BENK_SCAN_CAPS_ON)
    return small > capitals;
  return caps == BENK_SCAN_CAPS_UNKNOWN && small > 0 && capitals == 0;
}

/* Decides how the keys were meant, and keeps the other reading where there is one. */
static char *
put_right (BenkScan *self, const char *typed, BenkScanCaps caps)
{
  g_autofree char *cased = NULL;
  g_autofree char *mapped = NULL;
  gboolean swapped = is_swapped (typed, caps);

  cased = swapped ? benk_scan_swap_case (typed) : g_strdup (typed);
  mapped = benk_scan_map_layout (cased);
  if (swapped)
    self->findings |= BENK_SCAN_CAPS_LOCK;
  if (g_str_equal (cased, mapped))
    return g_steal_pointer (&cased);
  if (benk_scan_get_oddness (mapped) >= benk_scan_get_oddness (cased))
    {
      self->other = g_steal_pointer (&mapped);
      return g_steal_pointer (&cased);
    }
  self->findings |= BENK_SCAN_LAYOUT;
  self->other = g_steal_pointer (&cased);
  return g_steal_pointer (&mapped);
}

/* --- AIM identifiers (ISO/IEC 15424): ], a letter, a figure --- */

static const char *
take_symbology (BenkScan *self, const char *text)
{
  static const char known[] = "ABCEFGHIJKLMNOPQRSTUXYZdehjz";
  char letter;

  if (text[0] != ']' || !g_ascii_isalpha (text[1]) || !g_ascii_isalnum (text[2]))
    return text;
  letter = text[1];
  if (strchr (known, letter) == NULL)
    letter =
      g_ascii_isupper (letter) ? g_ascii_tolower (letter) : g_ascii_toupper (letter);
  self->symbology[0] = letter;
  self->symbology[1] = text[2];
  self->findings |= BENK_SCAN_PREFIX;
  return text + 3;
}

static gboolean
is_gs1_symbology (const BenkScan *self)
{
  static const char *const gs1[] = { "C1", "e0", "e1", "e2", "d2", "Q3", "J1" };

  for (gsize i = 0; i < G_N_ELEMENTS (gs1); i++)
    if (g_str_equal (self->symbology, gs1[i]))
      return TRUE;
  return FALSE;
}

/* --- what it is --- */

static gboolean
read_own_id (const char *digits, BenkId *out_id)
{
  g_autofree char *uuid = NULL;

  if (strspn (digits, "0123456789abcdefABCDEF") < OWN_ID_DIGITS)
    return FALSE;
  uuid = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12,
                          digits + 16, digits + 20);
  return benk_id_parse (uuid, out_id);
}

static gboolean
read_own (BenkScan *self, const char *text)
{
  const char *rest;

  if (g_ascii_strncasecmp (text, OWN_START, strlen (OWN_START)) != 0)
    return FALSE;
  rest = text + strlen (OWN_START);
  if (!g_str_has_prefix (rest, OWN_FORM))
    {
      self->findings |= g_ascii_isdigit (*rest) ? BENK_SCAN_NEWER : BENK_SCAN_DAMAGED;
      return TRUE;
    }
  rest += strlen (OWN_FORM);
  if (strlen (rest) >= OWN_ID_DIGITS &&
      (rest[OWN_ID_DIGITS] == '\0' || rest[OWN_ID_DIGITS] == '.') &&
      read_own_id (rest, &self->id))
    rest += OWN_ID_DIGITS;
  else
    self->findings |= BENK_SCAN_DAMAGED;
  if (!(self->findings & BENK_SCAN_DAMAGED) && rest[0] == '.' && rest[1] != '\0')
    {
      self->asset = g_ascii_strup (rest + 1, -1);
      g_strdelimit (self->asset, ".", '-');
    }
  return TRUE;
}

/* A name of several words: it ends where the next thing is named. */
static void
take_packer (BenkScan *self, const char *text)
{
  static const char pattern[] =
    "(?<![A-Za-z0-9])(?:PACKER|PACKED BY|PAKKERI|PAKKET AV)\"?\\s*[:=#]\\s*\"?"
    "([^;|\\t\\n\"{}]{1,80}?)(?=\\s+(?:(?:LOT|BATCH|PARTI)\\s+)?[^\\s:=#;,|\"]{1,40}\\s*["
    ":=#]|\\s*[,;|\\t\\n\"{}]|\\s*$)";
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (regex != NULL && g_regex_match (regex, text, 0, &match))
    self->packer = g_match_info_fetch (match, 1);
}

static gboolean
read_named (BenkScan *self, const char *text)
{
  static const char pattern[] =
    "(?<![A-Za-z0-9])(S/?N|SERIAL(?: ?N(?:O|R|UMBER))?\\.?|SERIENR\\.?|SERIENUMMER"
    "|IMEI ?1?|GTIN|(?:LOT|BATCH|PARTI)(?: ?(?:NO|NR|NUMMER)\\.?)?|REF|P/?N)\"?\\s*[:=#]"
    "\\s*\"?([^\\s;,|&\"{}]+)";
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  take_packer (self, text);
  if (regex == NULL || !g_regex_match (regex, text, 0, &match))
    return self->packer != NULL;
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *value = g_match_info_fetch (match, 2);
      char **slot = NULL;

      switch (g_ascii_toupper (*name))
        {
        case 'I':
          benk_scan_take_imei (self, value);
          break;
        case 'S':
          slot = &self->serial;
          break;
        case 'G':
          slot = &self->gtin;
          break;
        case 'L':
        case 'B':
          slot = &self->batch;
          break;
        case 'P':
          slot = g_ascii_toupper (name[1]) == 'A' ? &self->batch : &self->article;
          break;
        default:
          slot = &self->article;
        }
      if (slot != NULL && *slot == NULL)
        *slot = g_steal_pointer (&value);
    }
  return TRUE;
}

/* A GTIN without its check digit fitting is only one where the scanner says so. */
static gboolean
read_product (BenkScan *self, const char *text)
{
  gboolean said = self->symbology[0] == 'E';
  gboolean check = FALSE;

  if (!benk_scan_is_gtin (text, &check) || (!check && !said) ||
      (!said && strlen (text) == 8))
    return FALSE;
  self->gtin = g_strconcat (&"00000000000000"[strlen (text)], text, NULL);
  if (!check)
    self->findings |= BENK_SCAN_GTIN_ODD;
  return TRUE;
}

/* Code 39 is framed by asterisks, which some scanners send along. */
static char *
strip_frame (const char *text)
{
  gsize n = strlen (text);

  if (n > 2 && text[0] == '*' && text[n - 1] == '*')
    return g_strndup (text + 1, n - 2);
  return g_strdup (text);
}

static BenkScanKind
read_plain (BenkScan *self, const char *text)
{
  g_autofree char *plain = benk_serial_normalise (text);

  if (strlen (plain) == IMEI_DIGITS && are_digits (plain))
    {
      benk_scan_take_imei (self, plain);
      return BENK_SCAN_IMEI;
    }
  if (read_product (self, text))
    return BENK_SCAN_PRODUCT;
  if (g_regex_match_simple ("^[A-Z]{1,2}-[0-9]{3,5}$", text, G_REGEX_CASELESS, 0))
    {
      self->asset = g_ascii_strup (text, -1);
      return BENK_SCAN_ASSET;
    }
  if (*text != '\0')
    self->serial = g_strdup (text);
  return BENK_SCAN_TEXT;
}

static BenkScanKind
read_meaning (BenkScan *self, const char *text)
{
  if (read_own (self, text))
    return BENK_SCAN_OWN;
  if (benk_scan_read_brackets (self, text) ||
      benk_scan_read_elements (self, text, is_gs1_symbology (self)))
    return BENK_SCAN_GS1;
  clear_values (self);
  if (read_named (self, text))
    return BENK_SCAN_NAMED;
  return read_plain (self, text);
}

/* Without what cannot be typed; GS stays. */
static char *
clean (const char *raw)
{
  g_autofree char *valid = g_utf8_make_valid (raw, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == BENK_SCAN_GS || c == '\t' || c == '\n' || !g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

/**
 * benk_scan_read:
 * @raw: what was typed, without the key that ended it
 * @caps: whether Caps Lock was on
 *
 * Finds out what a scanner that acts as a keyboard meant. Whatever is typed has an
 * answer; what is not known is a text.
 *
 * Returns: (transfer full): the meaning
 */
BenkScan *
benk_scan_read (const char *raw, BenkScanCaps caps)
{
  BenkScan *self = g_new0 (BenkScan, 1);
  g_autofree char *typed = NULL;
  g_autofree char *right = NULL;

  if (strlen (raw) > BENK_SCAN_MAX)
    {
      self->raw = g_strdup ("");
      self->text = g_strdup ("");
      self->findings = BENK_SCAN_TOO_LONG;
      return self;
    }
  self->raw = g_utf8_make_valid (raw, -1);
  typed = clean (raw);
  right = put_right (self, typed, caps);
  self->text = strip_frame (take_symbology (self, right));
  self->kind = read_meaning (self, self->text);
  return self;
}

/**
 * benk_scan_copy:
 * @self: a scan
 *
 * Returns: (transfer full): the same
 */
BenkScan *
benk_scan_copy (const BenkScan *self)
{
  BenkScan *copy = g_memdup2 (self, sizeof *self);

  copy->raw = g_strdup (self->raw);
  copy->text = g_strdup (self->text);
  copy->other = g_strdup (self->other);
  copy->serial = g_strdup (self->serial);
  copy->imei = g_strdup (self->imei);
  copy->asset = g_strdup (self->asset);
  copy->gtin = g_strdup (self->gtin);
  copy->batch = g_strdup (self->batch);
  copy->packer = g_strdup (self->packer);
  copy->article = g_strdup (self->article);
  copy->expiry = g_strdup (self->expiry);
  return copy;
}

/** benk_scan_free: @self: (transfer full): a scan */
void
benk_scan_free (BenkScan *self)
{
  clear_values (self);
  g_free (self->raw);
  g_free (self->text);
  g_free (self->other);
  g_free (self->asset);
  g_free (self);
}

static gboolean
join_value (char **into, const char *value)
{
  if (value == NULL || (*into != NULL && g_str_equal (*into, value)))
    return TRUE;
  if (*into != NULL)
    return FALSE;
  *into = g_strdup (value);
  return TRUE;
}

/**
 * benk_scan_join:
 * @first: a scan
 * @second: the next one, within %BENK_SCAN_JOIN_MS
 *
 * Puts two barcodes of one label together, such as serial and IMEI, or product and
 * serial. Whoever has both values wins nothing by a third.
 *
 * Returns: (transfer full) (nullable): both in one; %NULL when they say different things,
 *   or the second nothing new: then it is of another label
 */
BenkScan *
benk_scan_join (const BenkScan *first, const BenkScan *second)
{
  g_autoptr (BenkScan) both = benk_scan_copy (first);
  gboolean news = (first->serial == NULL && second->serial != NULL) ||
                  (first->imei == NULL && second->imei != NULL) ||
                  (first->gtin == NULL && second->gtin != NULL);

  if (first->kind == BENK_SCAN_OWN || second->kind == BENK_SCAN_OWN || !news ||
      !join_value (&both->serial, second->serial) ||
      !join_value (&both->imei, second->imei) ||
      !join_value (&both->gtin, second->gtin) ||
      !join_value (&both->batch, second->batch) ||
      !join_value (&both->packer, second->packer) ||
      !join_value (&both->article, second->article) ||
      !join_value (&both->expiry, second->expiry) ||
      !join_value (&both->asset, second->asset))
    return NULL;
  both->findings |= second->findings;
  if (both->kind == BENK_SCAN_PRODUCT)
    both->kind = second->kind;
  return g_steal_pointer (&both);
}

/**
 * benk_scan_names_device:
 * @self: a scan
 *
 * Returns: whether it can name one device; a number of a product cannot
 */
gboolean
benk_scan_names_device (const BenkScan *self)
{
  return !benk_id_is_nil (&self->id) || self->serial != NULL || self->imei != NULL ||
         self->asset != NULL;
}

/**
 * benk_scan_get_names:
 * @self: a scan
 *
 * Returns: (transfer full) (array zero-terminated=1): the numbers to look for, the
 *   likeliest first; may be empty
 */
char **
benk_scan_get_names (const BenkScan *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (self->serial != NULL)
    g_strv_builder_add (names, self->serial);
  if (self->imei != NULL)
    g_strv_builder_add (names, self->imei);
  if (self->asset != NULL)
    g_strv_builder_add (names, self->asset);
  if (self->kind == BENK_SCAN_TEXT && self->serial != NULL && self->other != NULL)
    g_strv_builder_add (names, self->other);
  return g_strv_builder_end (names);
}

/**
 * benk_scan_get_name:
 * @self: a scan
 *
 * Returns: (transfer none): the one number to fill in for the device; the whole text
 * where there is none
 */
const char *
benk_scan_get_name (const BenkScan *self)
{
  if (self->serial != NULL)
    return self->serial;
  if (self->imei != NULL)
    return self->imei;
  return self->asset != NULL ? self->asset : self->text;
}

/**
 * benk_scan_compose_own:
 * @id: a device
 * @asset: (nullable): its short asset number
 *
 * The code of our labels. It holds no name and no user, and survives a wrong layout and
 * Caps Lock.
 *
 * Returns: (transfer full): what goes into the QR code
 */
char *
benk_scan_compose_own (const BenkId *id, const char *asset)
{
  g_autoptr (GString) out = g_string_new (OWN_START OWN_FORM);

  for (gsize i = 0; i < sizeof id->b; i++)
    g_string_append_printf (out, "%02X", id->b[i]);
  if (asset != NULL && g_regex_match_simple ("^[A-Z0-9]+(-[A-Z0-9]+)*$", asset, 0, 0))
    {
      g_autofree char *dotted = g_strdelimit (g_strdup (asset), "-", '.');

      g_string_append_printf (out, ".%s", dotted);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
