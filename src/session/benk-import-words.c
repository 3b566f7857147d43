/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-import-words.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *label;
} fields[BENK_N_IMPORT_FIELDS] = {
  [BENK_IMPORT_FIELD_NONE] = { "none", N_ ("Not imported") },
  [BENK_IMPORT_FIELD_MODEL] = { "model", N_ ("Model") },
  [BENK_IMPORT_FIELD_SERIAL] = { "serial", N_ ("Serial number") },
  [BENK_IMPORT_FIELD_IMEI] = { "imei", N_ ("IMEI") },
  [BENK_IMPORT_FIELD_ASSET] = { "asset", N_ ("Asset number") },
  [BENK_IMPORT_FIELD_STATE] = { "state", N_ ("State") },
  [BENK_IMPORT_FIELD_PLACE] = { "place", N_ ("Place") },
  [BENK_IMPORT_FIELD_VENDOR] = { "vendor", N_ ("Vendor") },
  [BENK_IMPORT_FIELD_RECEIVED] = { "received", N_ ("Received") },
  [BENK_IMPORT_FIELD_WARRANTY] = { "warranty", N_ ("Warranty until") },
  [BENK_IMPORT_FIELD_REFERENCE] = { "reference", N_ ("User reference") },
  [BENK_IMPORT_FIELD_COMMENT] = { "comment", N_ ("Comment") },
};

typedef struct
{
  const char *word;
  int value;
} Word;

/* Headings as offices write them, folded: letters and digits only. */
static const Word HEADINGS[] = {
  { "type", BENK_IMPORT_FIELD_MODEL },
  { "utstyrstype", BENK_IMPORT_FIELD_MODEL },
  { "enhetstype", BENK_IMPORT_FIELD_MODEL },
  { "modell", BENK_IMPORT_FIELD_MODEL },
  { "model", BENK_IMPORT_FIELD_MODEL },
  { "utstyr", BENK_IMPORT_FIELD_MODEL },
  { "dispenser", BENK_IMPORT_FIELD_MODEL },
  { "produkt", BENK_IMPORT_FIELD_MODEL },
  { "product", BENK_IMPORT_FIELD_MODEL },
  { "device", BENK_IMPORT_FIELD_MODEL },
  { "serienr", BENK_IMPORT_FIELD_SERIAL },
  { "serienummer", BENK_IMPORT_FIELD_SERIAL },
  { "serie", BENK_IMPORT_FIELD_SERIAL },
  { "snr", BENK_IMPORT_FIELD_SERIAL },
  { "sn", BENK_IMPORT_FIELD_SERIAL },
  { "serial", BENK_IMPORT_FIELD_SERIAL },
  { "serialno", BENK_IMPORT_FIELD_SERIAL },
  { "serialnumber", BENK_IMPORT_FIELD_SERIAL },
  { "imei", BENK_IMPORT_FIELD_IMEI },
  { "imeinr", BENK_IMPORT_FIELD_IMEI },
  { "imeinummer", BENK_IMPORT_FIELD_IMEI },
  { "imeinumber", BENK_IMPORT_FIELD_IMEI },
  { "inventarnr", BENK_IMPORT_FIELD_ASSET },
  { "inventarnummer", BENK_IMPORT_FIELD_ASSET },
  { "utstyrsnr", BENK_IMPORT_FIELD_ASSET },
  { "utstyrsnummer", BENK_IMPORT_FIELD_ASSET },
  { "løpenr", BENK_IMPORT_FIELD_ASSET },
  { "løpenummer", BENK_IMPORT_FIELD_ASSET },
  { "merke", BENK_IMPORT_FIELD_ASSET },
  { "asset", BENK_IMPORT_FIELD_ASSET },
  { "assetno", BENK_IMPORT_FIELD_ASSET },
  { "assetnumber", BENK_IMPORT_FIELD_ASSET },
  { "status", BENK_IMPORT_FIELD_STATE },
  { "tilstand", BENK_IMPORT_FIELD_STATE },
  { "state", BENK_IMPORT_FIELD_STATE },
  { "plassering", BENK_IMPORT_FIELD_PLACE },
  { "lokasjon", BENK_IMPORT_FIELD_PLACE },
  { "sted", BENK_IMPORT_FIELD_PLACE },
  { "hylle", BENK_IMPORT_FIELD_PLACE },
  { "place", BENK_IMPORT_FIELD_PLACE },
  { "location", BENK_IMPORT_FIELD_PLACE },
  { "leverandør", BENK_IMPORT_FIELD_VENDOR },
  { "leverandor", BENK_IMPORT_FIELD_VENDOR },
  { "vendor", BENK_IMPORT_FIELD_VENDOR },
  { "supplier", BENK_IMPORT_FIELD_VENDOR },
  { "mottatt", BENK_IMPORT_FIELD_RECEIVED },
  { "mottattdato", BENK_IMPORT_FIELD_RECEIVED },
  { "mottaksdato", BENK_IMPORT_FIELD_RECEIVED },
  { "datomottatt", BENK_IMPORT_FIELD_RECEIVED },
  { "leveringsdato", BENK_IMPORT_FIELD_RECEIVED },
  { "innkjøpt", BENK_IMPORT_FIELD_RECEIVED },
  { "received", BENK_IMPORT_FIELD_RECEIVED },
  { "receiveddate", BENK_IMPORT_FIELD_RECEIVED },
  { "datereceived", BENK_IMPORT_FIELD_RECEIVED },
  { "garantitil", BENK_IMPORT_FIELD_WARRANTY },
  { "garanti", BENK_IMPORT_FIELD_WARRANTY },
  { "garantiutløper", BENK_IMPORT_FIELD_WARRANTY },
  { "warranty", BENK_IMPORT_FIELD_WARRANTY },
  { "warrantyuntil", BENK_IMPORT_FIELD_WARRANTY },
  { "warrantydate", BENK_IMPORT_FIELD_WARRANTY },
  { "bruker", BENK_IMPORT_FIELD_REFERENCE },
  { "brukerref", BENK_IMPORT_FIELD_REFERENCE },
  { "brukerreferanse", BENK_IMPORT_FIELD_REFERENCE },
  { "referanse", BENK_IMPORT_FIELD_REFERENCE },
  { "user", BENK_IMPORT_FIELD_REFERENCE },
  { "userreference", BENK_IMPORT_FIELD_REFERENCE },
  { "reference", BENK_IMPORT_FIELD_REFERENCE },
  { "kommentar", BENK_IMPORT_FIELD_COMMENT },
  { "kommentarer", BENK_IMPORT_FIELD_COMMENT },
  { "merknad", BENK_IMPORT_FIELD_COMMENT },
  { "merknader", BENK_IMPORT_FIELD_COMMENT },
  { "notat", BENK_IMPORT_FIELD_COMMENT },
  { "comment", BENK_IMPORT_FIELD_COMMENT },
  { "comments", BENK_IMPORT_FIELD_COMMENT },
  { "note", BENK_IMPORT_FIELD_COMMENT },
  { "notes", BENK_IMPORT_FIELD_COMMENT },
};

/* States as offices write them. "Nullstilt" in a list is no proof, so the device is on
 * the shelf and its reset not proven. */
static const Word STATES[] = {
  { "bestilt", BENK_DEVICE_STATE_ORDERED },
  { "mottatt", BENK_DEVICE_STATE_RECEIVED },
  { "ny", BENK_DEVICE_STATE_RECEIVED },
  { "received", BENK_DEVICE_STATE_RECEIVED },
  { "pålager", BENK_DEVICE_STATE_STOCK },
  { "lager", BENK_DEVICE_STATE_STOCK },
  { "ledig", BENK_DEVICE_STATE_STOCK },
  { "instock", BENK_DEVICE_STATE_STOCK },
  { "nullstilt", BENK_DEVICE_STATE_STOCK },
  { "reset", BENK_DEVICE_STATE_STOCK },
  { "underklargjøring", BENK_DEVICE_STATE_PREPARING },
  { "klargjøres", BENK_DEVICE_STATE_PREPARING },
  { "beingmadeready", BENK_DEVICE_STATE_PREPARING },
  { "klargjort", BENK_DEVICE_STATE_READY },
  { "klar", BENK_DEVICE_STATE_READY },
  { "test", BENK_DEVICE_STATE_TRIAL },
  { "testperiode", BENK_DEVICE_STATE_TRIAL },
  { "itest", BENK_DEVICE_STATE_TRIAL },
  { "utprøving", BENK_DEVICE_STATE_TRIAL },
  { "idrift", BENK_DEVICE_STATE_OPERATION },
  { "drift", BENK_DEVICE_STATE_OPERATION },
  { "ibruk", BENK_DEVICE_STATE_OPERATION },
  { "hosbruker", BENK_DEVICE_STATE_OPERATION },
  { "utplassert", BENK_DEVICE_STATE_OPERATION },
  { "inuse", BENK_DEVICE_STATE_OPERATION },
  { "midlertidigstopp", BENK_DEVICE_STATE_PAUSED },
  { "pause", BENK_DEVICE_STATE_PAUSED },
  { "pauset", BENK_DEVICE_STATE_PAUSED },
  { "temporarystop", BENK_DEVICE_STATE_PAUSED },
  { "skalhentes", BENK_DEVICE_STATE_TO_COLLECT },
  { "hentes", BENK_DEVICE_STATE_TO_COLLECT },
  { "tobecollected", BENK_DEVICE_STATE_TO_COLLECT },
  { "karantene", BENK_DEVICE_STATE_QUARANTINE },
  { "tilrengjøring", BENK_DEVICE_STATE_QUARANTINE },
  { "defekt", BENK_DEVICE_STATE_FAULTY },
  { "feil", BENK_DEVICE_STATE_FAULTY },
  { "ødelagt", BENK_DEVICE_STATE_FAULTY },
  { "returmeldt", BENK_DEVICE_STATE_RMA_REQUESTED },
  { "pakketforretur", BENK_DEVICE_STATE_RMA_PACKED },
  { "sendtleverandør", BENK_DEVICE_STATE_SENT },
  { "sendttilleverandør", BENK_DEVICE_STATE_SENT },
  { "senttovendor", BENK_DEVICE_STATE_SENT },
  { "hosleverandør", BENK_DEVICE_STATE_WITH_VENDOR },
  { "withvendor", BENK_DEVICE_STATE_WITH_VENDOR },
  { "returlukket", BENK_DEVICE_STATE_RMA_CLOSED },
  { "kassert", BENK_DEVICE_STATE_SCRAPPED },
  { "kastet", BENK_DEVICE_STATE_SCRAPPED },
  { "meldttapt", BENK_DEVICE_STATE_LOST },
  { "tapt", BENK_DEVICE_STATE_LOST },
  { "mistet", BENK_DEVICE_STATE_LOST },
};

/* Folded word → value plus one. */
static GHashTable *
index_words (const Word *words, gsize n_words)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_words; i++)
    g_hash_table_insert (index, benk_import_fold_word (words[i].word),
                         GINT_TO_POINTER (words[i].value + 1));

  return index;
}

/* Adds what the program itself calls a thing, unless an office means something else by
 * it. */
static void
add_word (GHashTable *index, const char *word, int value)
{
  char *folded = benk_import_fold_word (word);

  if (g_hash_table_contains (index, folded))
    g_free (folded);
  else
    g_hash_table_insert (index, folded, GINT_TO_POINTER (value + 1));
}

/* What an export writes is understood again. */
static GHashTable *
index_headings (void)
{
  GHashTable *index = index_words (HEADINGS, G_N_ELEMENTS (HEADINGS));

  for (int i = BENK_IMPORT_FIELD_NONE + 1; i < BENK_N_IMPORT_FIELDS; i++)
    {
      add_word (index, benk_import_field_to_name (i), i);
      add_word (index, benk_import_field_get_label (i), i);
    }

  return index;
}

/* Our own names and labels are understood as well. */
static GHashTable *
index_states (void)
{
  GHashTable *index = index_words (STATES, G_N_ELEMENTS (STATES));

  for (int i = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      add_word (index, benk_device_state_to_name (i), i);
      add_word (index, benk_device_state_get_label (i, TRUE), i);
      add_word (index, benk_device_state_get_label (i, FALSE), i);
    }

  return index;
}

static gboolean
find_word (GHashTable *index, const char *text, int *out_value)
{
  g_autofree char *folded = benk_import_fold_word (text);
  gpointer value = g_hash_table_lookup (index, folded);

  if (value != NULL)
    *out_value = GPOINTER_TO_INT (value) - 1;

  return value != NULL;
}

/**
 * benk_import_field_to_name:
 * @field: a field
 *
 * Returns: (transfer none): the stable name
 */
const char *
benk_import_field_to_name (BenkImportField field)
{
  g_return_val_if_fail ((guint) field < BENK_N_IMPORT_FIELDS, "none");

  return fields[field].name;
}

/**
 * benk_import_field_from_name:
 * @name: (nullable): a stable name
 * @out_field: (out): the field, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a field
 */
gboolean
benk_import_field_from_name (const char *name, BenkImportField *out_field)
{
  for (guint i = 0; i < BENK_N_IMPORT_FIELDS; i++)
    if (g_strcmp0 (name, fields[i].name) == 0)
      {
        *out_field = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_import_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): the translated word for people
 */
const char *
benk_import_field_get_label (BenkImportField field)
{
  g_return_val_if_fail ((guint) field < BENK_N_IMPORT_FIELDS, "");

  return _ (fields[field].label);
}

/* The same for what is ASCII; NULL for anything else. */
static char *
fold_ascii (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  char *end = out;

  for (const char *c = text; *c != '\0'; c++)
    {
      if ((guchar) *c >= 0x80)
        {
          g_free (out);
          return NULL;
        }
      if (g_ascii_isalnum (*c))
        *end++ = g_ascii_tolower (*c);
    }
  *end = '\0';

  return out;
}

/**
 * benk_import_fold_word:
 * @text: (nullable): a heading or a word of a list
 *
 * Returns: (transfer full): its letters and digits in lower case, nothing else
 */
char *
benk_import_fold_word (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *lower = NULL;
  g_autoptr (GString) out = NULL;
  char *ascii = text != NULL ? fold_ascii (text) : NULL;

  if (ascii != NULL)
    return ascii;
  out = g_string_new (NULL);
  normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  if (normal == NULL)
    return g_strdup ("");

  lower = g_utf8_strdown (normal, -1);
  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      g_string_append_unichar (out, g_utf8_get_char (c));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Headings with more after a word that can mean one thing only: "Serienr. (etikett)". */
static int
guess_beginning (const char *heading)
{
  static const Word beginnings[] = {
    { "serienr", BENK_IMPORT_FIELD_SERIAL },
    { "serienummer", BENK_IMPORT_FIELD_SERIAL },
    { "serialno", BENK_IMPORT_FIELD_SERIAL },
    { "serialnumber", BENK_IMPORT_FIELD_SERIAL },
    { "imei", BENK_IMPORT_FIELD_IMEI },
    { "inventarn", BENK_IMPORT_FIELD_ASSET },
    { "utstyrsnummer", BENK_IMPORT_FIELD_ASSET },
    { "garantiutl", BENK_IMPORT_FIELD_WARRANTY },
  };
  g_autofree char *folded = benk_import_fold_word (heading);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (folded, beginnings[i].word))
      return beginnings[i].value;

  return BENK_IMPORT_FIELD_NONE;
}

/**
 * benk_import_guess_field:
 * @heading: the heading of a column, Norwegian or English
 *
 * Returns: what the column holds; %BENK_IMPORT_FIELD_NONE if nobody can tell
 */
BenkImportField
benk_import_guess_field (const char *heading)
{
  static GHashTable *index;
  int field = BENK_IMPORT_FIELD_NONE;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, index_headings ());
  if (!find_word (index, heading, &field))
    field = guess_beginning (heading);

  return field;
}

/**
 * benk_import_guess_state:
 * @text: a state in the office's words, our label or our stable name
 * @out_state: (out): the state, untouched if nobody can tell
 *
 * Returns: %TRUE if the word is known
 */
gboolean
benk_import_guess_state (const char *text, BenkDeviceState *out_state)
{
  static GHashTable *index;
  int state;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, index_states ());
  if (!find_word (index, text, &state))
    return FALSE;
  *out_state = state;

  return TRUE;
}

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

static gboolean
is_gap (char c)
{
  return c == ' ' || c == '-' || c == '.';
}

/**
 * benk_import_is_national_number:
 * @text: (nullable): any text
 *
 * Looks for a national number anywhere in @text, with or without a blank, dash or full
 * stop after the date. The program must not hold one.
 *
 * Returns: %TRUE if there is one with right check digits
 */
gboolean
benk_import_is_national_number (const char *text)
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
      if (n == 11 && !g_ascii_isdigit (*at) && has_check_digits (digits))
        return TRUE;
    }

  return FALSE;
}
