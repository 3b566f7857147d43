/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-import-words.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *label;
} fields[BENK_N_IMPORT_ALL_FIELDS] = {
  [BENK_IMPORT_FIELD_NONE] = { "none", N_ ("Not imported") },
  [BENK_IMPORT_FIELD_MODEL] = { "model", N_ ("Model") },
  [BENK_IMPORT_FIELD_SERIAL] = { "serial", N_ ("Serial number") },
  [BENK_IMPORT_FIELD_IMEI] = { "imei", N_ ("IMEI") },
  [BENK_IMPORT_FIELD_ASSET] = { "asset", N_ ("Asset number") },
  [BENK_IMPORT_FIELD_STATE] = { "state", N_ ("State") },
  [BENK_IMPORT_FIELD_PLACE] = { "place", N_ ("Place") },
  [BENK_IMPORT_FIELD_TEAM] = { "team", N_ ("Team") },
  [BENK_IMPORT_FIELD_VENDOR] = { "vendor", N_ ("Vendor") },
  [BENK_IMPORT_FIELD_RECEIVED] = { "received", N_ ("Received") },
  [BENK_IMPORT_FIELD_WARRANTY] = { "warranty", N_ ("Warranty until") },
  [BENK_IMPORT_FIELD_OWNER] = { "owner", N_ ("Owner") },
  [BENK_IMPORT_FIELD_LEASE_END] = { "lease-end", N_ ("Lease until") },
  [BENK_IMPORT_FIELD_REFERENCE] = { "reference", N_ ("User reference") },
  [BENK_IMPORT_FIELD_COMMENT] = { "comment", N_ ("Comment") },
  [BENK_IMPORT_FIELD_EVENT] = { "alarm", N_ ("Alarm: code or name") },
  [BENK_IMPORT_FIELD_EVENT_TEXT] = { "text", N_ ("Text of the alarm") },
  [BENK_IMPORT_FIELD_RAISED] = { "raised", N_ ("Raised") },
  [BENK_IMPORT_FIELD_RAISED_CLOCK] = { "raised-clock", N_ ("Raised, time of day") },
  [BENK_IMPORT_FIELD_CLOSED] = { "closed", N_ ("Closed") },
  [BENK_IMPORT_FIELD_CLOSED_CLOCK] = { "closed-clock", N_ ("Closed, time of day") },
  [BENK_IMPORT_FIELD_STATUS] = { "status", N_ ("Status of the alarm") },
  [BENK_IMPORT_FIELD_SEVERITY] = { "severity", N_ ("Severity") },
  [BENK_IMPORT_FIELD_EVENT_ID] = { "alarm-id", N_ ("The portal’s alarm number") },
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
  { "team", BENK_IMPORT_FIELD_TEAM },
  { "lag", BENK_IMPORT_FIELD_TEAM },
  { "bydel", BENK_IMPORT_FIELD_TEAM },
  { "distrikt", BENK_IMPORT_FIELD_TEAM },
  { "district", BENK_IMPORT_FIELD_TEAM },
  { "sone", BENK_IMPORT_FIELD_TEAM },
  { "zone", BENK_IMPORT_FIELD_TEAM },
  { "ansvarligteam", BENK_IMPORT_FIELD_TEAM },
  { "ansvarliggruppe", BENK_IMPORT_FIELD_TEAM },
  { "tjenestested", BENK_IMPORT_FIELD_TEAM },
  { "avdeling", BENK_IMPORT_FIELD_TEAM },
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
  { "eier", BENK_IMPORT_FIELD_OWNER },
  { "eies", BENK_IMPORT_FIELD_OWNER },
  { "eiesav", BENK_IMPORT_FIELD_OWNER },
  { "eidav", BENK_IMPORT_FIELD_OWNER },
  { "eierskap", BENK_IMPORT_FIELD_OWNER },
  { "eierforhold", BENK_IMPORT_FIELD_OWNER },
  { "eieleie", BENK_IMPORT_FIELD_OWNER },
  { "eieellerleie", BENK_IMPORT_FIELD_OWNER },
  { "owner", BENK_IMPORT_FIELD_OWNER },
  { "ownedby", BENK_IMPORT_FIELD_OWNER },
  { "ownership", BENK_IMPORT_FIELD_OWNER },
  { "leietil", BENK_IMPORT_FIELD_LEASE_END },
  { "leieslutt", BENK_IMPORT_FIELD_LEASE_END },
  { "leieutløper", BENK_IMPORT_FIELD_LEASE_END },
  { "leieavtaletil", BENK_IMPORT_FIELD_LEASE_END },
  { "leieavtaleslutt", BENK_IMPORT_FIELD_LEASE_END },
  { "leieavtaleutløper", BENK_IMPORT_FIELD_LEASE_END },
  { "leasingtil", BENK_IMPORT_FIELD_LEASE_END },
  { "leaseuntil", BENK_IMPORT_FIELD_LEASE_END },
  { "leaseend", BENK_IMPORT_FIELD_LEASE_END },
  { "leaseends", BENK_IMPORT_FIELD_LEASE_END },
  { "leaseenddate", BENK_IMPORT_FIELD_LEASE_END },
  { "rentaluntil", BENK_IMPORT_FIELD_LEASE_END },
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

/* Whose a device is, as offices write it. */
static const Word OWNERS[] = {
  { "egen", BENK_OWNER_OWN },
  { "eget", BENK_OWNER_OWN },
  { "egne", BENK_OWNER_OWN },
  { "eid", BENK_OWNER_OWN },
  { "eide", BENK_OWNER_OWN },
  { "eie", BENK_OWNER_OWN },
  { "eies", BENK_OWNER_OWN },
  { "kjøpt", BENK_OWNER_OWN },
  { "innkjøpt", BENK_OWNER_OWN },
  { "kjøp", BENK_OWNER_OWN },
  { "kommunen", BENK_OWNER_OWN },
  { "kommunal", BENK_OWNER_OWN },
  { "kommunalt", BENK_OWNER_OWN },
  { "bydelen", BENK_OWNER_OWN },
  { "own", BENK_OWNER_OWN },
  { "owned", BENK_OWNER_OWN },
  { "bought", BENK_OWNER_OWN },
  { "purchased", BENK_OWNER_OWN },
  { "municipality", BENK_OWNER_OWN },
  { "district", BENK_OWNER_OWN },
  { "leid", BENK_OWNER_LEASE },
  { "leide", BENK_OWNER_LEASE },
  { "leie", BENK_OWNER_LEASE },
  { "leies", BENK_OWNER_LEASE },
  { "leiet", BENK_OWNER_LEASE },
  { "leier", BENK_OWNER_LEASE },
  { "leieavtale", BENK_OWNER_LEASE },
  { "leaset", BENK_OWNER_LEASE },
  { "leases", BENK_OWNER_LEASE },
  { "leasing", BENK_OWNER_LEASE },
  { "lease", BENK_OWNER_LEASE },
  { "leased", BENK_OWNER_LEASE },
  { "rent", BENK_OWNER_LEASE },
  { "rented", BENK_OWNER_LEASE },
  { "rental", BENK_OWNER_LEASE },
  { "hjelpemiddellageret", BENK_OWNER_AIDS_STORE },
  { "hjelpemiddellager", BENK_OWNER_AIDS_STORE },
  { "hjelpemiddelsentralen", BENK_OWNER_AIDS_STORE },
  { "hjelpemiddelsentral", BENK_OWNER_AIDS_STORE },
  { "nav", BENK_OWNER_AIDS_STORE },
  { "navhjelpemiddelsentral", BENK_OWNER_AIDS_STORE },
  { "hms", BENK_OWNER_AIDS_STORE },
  { "aidsstore", BENK_OWNER_AIDS_STORE },
  { "storeofaids", BENK_OWNER_AIDS_STORE },
  { "ukjent", BENK_OWNER_UNKNOWN },
  { "vetikke", BENK_OWNER_UNKNOWN },
  { "unknown", BENK_OWNER_UNKNOWN },
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

/* Our own names and labels are understood as well. */
static GHashTable *
index_owners (void)
{
  GHashTable *index = index_words (OWNERS, G_N_ELEMENTS (OWNERS));

  for (int i = 0; i < BENK_N_OWNERS; i++)
    {
      add_word (index, benk_owner_to_name (i), i);
      add_word (index, benk_owner_get_label (i), i);
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
  g_return_val_if_fail ((guint) field < BENK_N_IMPORT_ALL_FIELDS, "none");

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
  for (guint i = 0; i < BENK_N_IMPORT_ALL_FIELDS; i++)
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
  g_return_val_if_fail ((guint) field < BENK_N_IMPORT_ALL_FIELDS, "");

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
    { "leieavtaleutl", BENK_IMPORT_FIELD_LEASE_END },
    { "leieavtalentil", BENK_IMPORT_FIELD_LEASE_END },
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

/**
 * benk_import_guess_owner:
 * @text: whose a device is, in the office's words, our label or our stable name
 * @out_owner: (out): the owner, untouched if nobody can tell
 *
 * Names of a municipality, a district or a store of aids are known by the word in them.
 *
 * Returns: %TRUE if the word is known
 */
gboolean
benk_import_guess_owner (const char *text, BenkOwner *out_owner)
{
  static GHashTable *index;
  g_autofree char *folded = benk_import_fold_word (text);
  int owner;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, index_owners ());
  if (find_word (index, text, &owner))
    *out_owner = (BenkOwner) owner;
  else if (strstr (folded, "hjelpemiddel") != NULL)
    *out_owner = BENK_OWNER_AIDS_STORE;
  else if (g_str_has_suffix (folded, "kommune") || g_str_has_prefix (folded, "bydel"))
    *out_owner = BENK_OWNER_OWN;
  else
    return FALSE;

  return TRUE;
}
