/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-words.h"

#include <string.h>

#include "benk-alarm-code.h"
#include "benk-alarm.h"

typedef struct
{
  const char *word;
  int value;
} Word;

/* Headings as portals write them, folded: letters and digits only. */
static const Word HEADINGS[] = {
  { "alarm", BENK_IMPORT_FIELD_EVENT },
  { "alarmtype", BENK_IMPORT_FIELD_EVENT },
  { "alarmkode", BENK_IMPORT_FIELD_EVENT },
  { "alarmcode", BENK_IMPORT_FIELD_EVENT },
  { "alarmnavn", BENK_IMPORT_FIELD_EVENT },
  { "alarmname", BENK_IMPORT_FIELD_EVENT },
  { "alert", BENK_IMPORT_FIELD_EVENT },
  { "alerttype", BENK_IMPORT_FIELD_EVENT },
  { "alertcode", BENK_IMPORT_FIELD_EVENT },
  { "varsel", BENK_IMPORT_FIELD_EVENT },
  { "varseltype", BENK_IMPORT_FIELD_EVENT },
  { "varslingstype", BENK_IMPORT_FIELD_EVENT },
  { "varselkode", BENK_IMPORT_FIELD_EVENT },
  { "hendelse", BENK_IMPORT_FIELD_EVENT },
  { "hendelsestype", BENK_IMPORT_FIELD_EVENT },
  { "hendelseskode", BENK_IMPORT_FIELD_EVENT },
  { "event", BENK_IMPORT_FIELD_EVENT },
  { "eventtype", BENK_IMPORT_FIELD_EVENT },
  { "eventcode", BENK_IMPORT_FIELD_EVENT },
  { "kode", BENK_IMPORT_FIELD_EVENT },
  { "code", BENK_IMPORT_FIELD_EVENT },
  { "type", BENK_IMPORT_FIELD_EVENT },
  { "feilkode", BENK_IMPORT_FIELD_EVENT },
  { "errorcode", BENK_IMPORT_FIELD_EVENT },
  { "tekst", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "text", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "alarmtekst", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "alarmtext", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "varseltekst", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "beskrivelse", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "description", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "melding", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "message", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "detaljer", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "details", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "kommentar", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "comment", BENK_IMPORT_FIELD_EVENT_TEXT },
  { "utløst", BENK_IMPORT_FIELD_RAISED },
  { "utløsttid", BENK_IMPORT_FIELD_RAISED },
  { "utløsttidspunkt", BENK_IMPORT_FIELD_RAISED },
  { "tidspunkt", BENK_IMPORT_FIELD_RAISED },
  { "dato", BENK_IMPORT_FIELD_RAISED },
  { "datotid", BENK_IMPORT_FIELD_RAISED },
  { "datoogtid", BENK_IMPORT_FIELD_RAISED },
  { "opprettet", BENK_IMPORT_FIELD_RAISED },
  { "startet", BENK_IMPORT_FIELD_RAISED },
  { "start", BENK_IMPORT_FIELD_RAISED },
  { "starttid", BENK_IMPORT_FIELD_RAISED },
  { "meldt", BENK_IMPORT_FIELD_RAISED },
  { "alarmtid", BENK_IMPORT_FIELD_RAISED },
  { "alarmtime", BENK_IMPORT_FIELD_RAISED },
  { "varseltidspunkt", BENK_IMPORT_FIELD_RAISED },
  { "raised", BENK_IMPORT_FIELD_RAISED },
  { "raisedat", BENK_IMPORT_FIELD_RAISED },
  { "created", BENK_IMPORT_FIELD_RAISED },
  { "createdat", BENK_IMPORT_FIELD_RAISED },
  { "opened", BENK_IMPORT_FIELD_RAISED },
  { "timestamp", BENK_IMPORT_FIELD_RAISED },
  { "datetime", BENK_IMPORT_FIELD_RAISED },
  { "date", BENK_IMPORT_FIELD_RAISED },
  { "started", BENK_IMPORT_FIELD_RAISED },
  { "klokkeslett", BENK_IMPORT_FIELD_RAISED_CLOCK },
  { "kl", BENK_IMPORT_FIELD_RAISED_CLOCK },
  { "klokka", BENK_IMPORT_FIELD_RAISED_CLOCK },
  { "tid", BENK_IMPORT_FIELD_RAISED_CLOCK },
  { "time", BENK_IMPORT_FIELD_RAISED_CLOCK },
  { "lukket", BENK_IMPORT_FIELD_CLOSED },
  { "lukkettid", BENK_IMPORT_FIELD_CLOSED },
  { "lukkettidspunkt", BENK_IMPORT_FIELD_CLOSED },
  { "lukketdato", BENK_IMPORT_FIELD_CLOSED },
  { "avsluttet", BENK_IMPORT_FIELD_CLOSED },
  { "løst", BENK_IMPORT_FIELD_CLOSED },
  { "slutt", BENK_IMPORT_FIELD_CLOSED },
  { "slutttid", BENK_IMPORT_FIELD_CLOSED },
  { "håndtert", BENK_IMPORT_FIELD_CLOSED },
  { "closed", BENK_IMPORT_FIELD_CLOSED },
  { "closedat", BENK_IMPORT_FIELD_CLOSED },
  { "resolved", BENK_IMPORT_FIELD_CLOSED },
  { "resolvedat", BENK_IMPORT_FIELD_CLOSED },
  { "ended", BENK_IMPORT_FIELD_CLOSED },
  { "end", BENK_IMPORT_FIELD_CLOSED },
  { "lukketklokkeslett", BENK_IMPORT_FIELD_CLOSED_CLOCK },
  { "lukketkl", BENK_IMPORT_FIELD_CLOSED_CLOCK },
  { "closedtime", BENK_IMPORT_FIELD_CLOSED_CLOCK },
  { "status", BENK_IMPORT_FIELD_STATUS },
  { "tilstand", BENK_IMPORT_FIELD_STATUS },
  { "state", BENK_IMPORT_FIELD_STATUS },
  { "alvorlighet", BENK_IMPORT_FIELD_SEVERITY },
  { "alvorlighetsgrad", BENK_IMPORT_FIELD_SEVERITY },
  { "alvor", BENK_IMPORT_FIELD_SEVERITY },
  { "prioritet", BENK_IMPORT_FIELD_SEVERITY },
  { "priority", BENK_IMPORT_FIELD_SEVERITY },
  { "hastegrad", BENK_IMPORT_FIELD_SEVERITY },
  { "severity", BENK_IMPORT_FIELD_SEVERITY },
  { "alarmid", BENK_IMPORT_FIELD_EVENT_ID },
  { "alarmnr", BENK_IMPORT_FIELD_EVENT_ID },
  { "varselid", BENK_IMPORT_FIELD_EVENT_ID },
  { "hendelsesid", BENK_IMPORT_FIELD_EVENT_ID },
  { "eventid", BENK_IMPORT_FIELD_EVENT_ID },
  { "alertid", BENK_IMPORT_FIELD_EVENT_ID },
  { "id", BENK_IMPORT_FIELD_EVENT_ID },
  { "saksnr", BENK_IMPORT_FIELD_EVENT_ID },
  { "enhet", BENK_IMPORT_FIELD_SERIAL },
  { "enhetsnr", BENK_IMPORT_FIELD_SERIAL },
  { "enhetsid", BENK_IMPORT_FIELD_SERIAL },
  { "deviceid", BENK_IMPORT_FIELD_SERIAL },
  { "device", BENK_IMPORT_FIELD_SERIAL },
  { "dispenser", BENK_IMPORT_FIELD_SERIAL },
  { "dispenserid", BENK_IMPORT_FIELD_SERIAL },
  { "robot", BENK_IMPORT_FIELD_SERIAL },
};

/* "Acknowledged" says that somebody has seen it, not that it is over. */
static const Word STATUSES[] = {
  { "åpen", BENK_IMPORT_STATUS_OPEN },
  { "åpent", BENK_IMPORT_STATUS_OPEN },
  { "apen", BENK_IMPORT_STATUS_OPEN },
  { "ny", BENK_IMPORT_STATUS_OPEN },
  { "nytt", BENK_IMPORT_STATUS_OPEN },
  { "aktiv", BENK_IMPORT_STATUS_OPEN },
  { "aktivt", BENK_IMPORT_STATUS_OPEN },
  { "ubehandlet", BENK_IMPORT_STATUS_OPEN },
  { "ikkekvittert", BENK_IMPORT_STATUS_OPEN },
  { "gjenåpnet", BENK_IMPORT_STATUS_OPEN },
  { "open", BENK_IMPORT_STATUS_OPEN },
  { "new", BENK_IMPORT_STATUS_OPEN },
  { "active", BENK_IMPORT_STATUS_OPEN },
  { "raised", BENK_IMPORT_STATUS_OPEN },
  { "unacknowledged", BENK_IMPORT_STATUS_OPEN },
  { "tatt", BENK_IMPORT_STATUS_TAKEN },
  { "kvittert", BENK_IMPORT_STATUS_TAKEN },
  { "behandles", BENK_IMPORT_STATUS_TAKEN },
  { "underbehandling", BENK_IMPORT_STATUS_TAKEN },
  { "påbegynt", BENK_IMPORT_STATUS_TAKEN },
  { "pågår", BENK_IMPORT_STATUS_TAKEN },
  { "taken", BENK_IMPORT_STATUS_TAKEN },
  { "acknowledged", BENK_IMPORT_STATUS_TAKEN },
  { "inprogress", BENK_IMPORT_STATUS_TAKEN },
  { "assigned", BENK_IMPORT_STATUS_TAKEN },
  { "lukket", BENK_IMPORT_STATUS_CLOSED },
  { "avsluttet", BENK_IMPORT_STATUS_CLOSED },
  { "løst", BENK_IMPORT_STATUS_CLOSED },
  { "ferdig", BENK_IMPORT_STATUS_CLOSED },
  { "ferdigbehandlet", BENK_IMPORT_STATUS_CLOSED },
  { "behandlet", BENK_IMPORT_STATUS_CLOSED },
  { "håndtert", BENK_IMPORT_STATUS_CLOSED },
  { "closed", BENK_IMPORT_STATUS_CLOSED },
  { "resolved", BENK_IMPORT_STATUS_CLOSED },
  { "done", BENK_IMPORT_STATUS_CLOSED },
  { "handled", BENK_IMPORT_STATUS_CLOSED },
  { "completed", BENK_IMPORT_STATUS_CLOSED },
  { "normalisert", BENK_IMPORT_STATUS_SETTLED },
  { "avklartavenheten", BENK_IMPORT_STATUS_SETTLED },
  { "avklartavdispenseren", BENK_IMPORT_STATUS_SETTLED },
  { "cleared", BENK_IMPORT_STATUS_SETTLED },
  { "autocleared", BENK_IMPORT_STATUS_SETTLED },
};

static const Word SEVERITIES[] = {
  { "kritisk", 40 }, { "critical", 40 }, { "alvorlig", 30 }, { "høy", 30 },
  { "high", 30 },    { "rød", 30 },      { "red", 30 },      { "serious", 30 },
  { "moderat", 20 }, { "middels", 20 },  { "medium", 20 },   { "moderate", 20 },
  { "gul", 20 },     { "yellow", 20 },   { "oransje", 20 },  { "orange", 20 },
  { "lav", 10 },     { "low", 10 },      { "normal", 10 },   { "grønn", 10 },
  { "green", 10 },   { "info", 10 },
};

/* What portals call the national kinds; any other name is asked for. */
static const struct
{
  const char *word;
  const char *code;
} KINDS[] = {
  { "glemtdose", "1.1" },
  { "medisinikkeutlevert", "1.1" },
  { "medisinikketatt", "1.1" },
  { "doseikkeutlevert", "1.1" },
  { "doseikketatt", "1.1" },
  { "misseddose", "1.1" },
  { "dosemissed", "1.1" },
  { "dosenotdispensed", "1.1" },
  { "medisintekniskfeil", "1.5" },
  { "tekniskfeilpåenheten", "1.5" },
  { "technicalerror", "1.5" },
  { "devicefault", "1.5" },
  { "posefeil", "1.6" },
  { "pouchunreadable", "1.6" },
  { "rullenharsattsegfast", "1.8" },
  { "rullstopp", "1.8" },
  { "rollstuck", "1.8" },
  { "rolljam", "1.8" },
  { "jam", "1.8" },
  { "fullskuffforutelatte", "1.9" },
  { "tomdispenser", "1.13" },
  { "dispensertom", "1.13" },
  { "lavtbatterinivå", "1.17" },
  { "lowbattery", "1.17" },
  { "batterylow", "1.17" },
  { "flattbatteri", "1.18" },
  { "strømbrudd", "1.19" },
  { "strømutkoblet", "1.19" },
  { "ikkestrøm", "1.19" },
  { "powerfailure", "1.19" },
  { "poweroutage", "1.19" },
  { "nopower", "1.19" },
  { "mistetkontakt", "1.20" },
  { "ingenforbindelse", "1.20" },
  { "ingendekning", "1.20" },
  { "frakoblet", "1.20" },
  { "offline", "1.20" },
  { "connectionlost", "1.20" },
  { "noconnection", "1.20" },
  { "dispenseråpen", "1.21" },
  { "lokkåpent", "1.21" },
  { "tampering", "1.22" },
};

static gboolean
find (const Word *words, gsize n_words, const char *text, int *value)
{
  g_autofree char *folded = benk_import_fold_word (text);

  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (words[i].word, folded))
      {
        *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

/**
 * benk_import_list_alarm_fields:
 * @n_fields: (out): how many
 *
 * Returns: (array length=n_fields) (transfer none): what a column of a list of alarms can
 *   hold
 */
const BenkImportField *
benk_import_list_alarm_fields (guint *n_fields)
{
  static const BenkImportField fields[] = {
    BENK_IMPORT_FIELD_NONE,     BENK_IMPORT_FIELD_SERIAL,
    BENK_IMPORT_FIELD_IMEI,     BENK_IMPORT_FIELD_ASSET,
    BENK_IMPORT_FIELD_EVENT,    BENK_IMPORT_FIELD_EVENT_TEXT,
    BENK_IMPORT_FIELD_RAISED,   BENK_IMPORT_FIELD_RAISED_CLOCK,
    BENK_IMPORT_FIELD_CLOSED,   BENK_IMPORT_FIELD_CLOSED_CLOCK,
    BENK_IMPORT_FIELD_STATUS,   BENK_IMPORT_FIELD_SEVERITY,
    BENK_IMPORT_FIELD_EVENT_ID,
  };

  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

/**
 * benk_import_guess_alarm_field:
 * @heading: a heading of a portal's list
 *
 * Returns: what the column holds
 */
BenkImportField
benk_import_guess_alarm_field (const char *heading)
{
  guint n_fields;
  const BenkImportField *fields = benk_import_list_alarm_fields (&n_fields);
  g_autofree char *folded = benk_import_fold_word (heading);
  BenkImportField of_device;
  int value;

  if (find (HEADINGS, G_N_ELEMENTS (HEADINGS), heading, &value))
    return (BenkImportField) value;
  for (guint i = 1; i < n_fields; i++)
    {
      g_autofree char *name =
        benk_import_fold_word (benk_import_field_to_name (fields[i]));
      g_autofree char *label =
        benk_import_fold_word (benk_import_field_get_label (fields[i]));

      if (g_str_equal (folded, name) || g_str_equal (folded, label))
        return fields[i];
    }
  of_device = benk_import_guess_field (heading);
  return of_device == BENK_IMPORT_FIELD_SERIAL || of_device == BENK_IMPORT_FIELD_IMEI ||
             of_device == BENK_IMPORT_FIELD_ASSET
           ? of_device
           : BENK_IMPORT_FIELD_NONE;
}

/* "1,8", and "01.aug" of a spreadsheet that took 1.8 for a day. */
static char *
mend_code (const char *text)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "mai", "jun",
                                        "jul", "aug", "sep", "okt", "nov", "des" };
  const char *at = text;

  if (*at == '0')
    at++;
  if (at[0] == '1' && (at[1] == '.' || at[1] == '-') && at[2] != '\0')
    {
      const char *month = at + 2;

      while (*month == ' ')
        month++;
      for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
        if (g_ascii_strncasecmp (month, months[i], 3) == 0 && strlen (month) <= 4)
          return g_strdup_printf ("1.%u", (guint) i + 1);
    }
  return g_strdelimit (g_strdup (text), ",", '.');
}

static gboolean
is_called (const BenkAlarmCode *code, const char *folded)
{
  g_autofree char *national = benk_import_fold_word (code->national);
  g_autofree char *english = benk_import_fold_word (code->label);
  g_autofree char *label = benk_import_fold_word (benk_alarm_code_get_label (code));

  return g_str_equal (national, folded) || g_str_equal (english, folded) ||
         g_str_equal (label, folded);
}

/**
 * benk_import_guess_alarm_code:
 * @text: a code, or a portal's name for what happened
 * @out_index: (out): which of benk_alarm_code_get_all() it is
 *
 * Returns: whether the program knows what it means
 */
gboolean
benk_import_guess_alarm_code (const char *text, int *out_index)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);
  g_autofree char *mended = mend_code (text);
  g_autofree char *folded = benk_import_fold_word (text);
  const BenkAlarmCode *old = benk_alarm_code_from_v06 (text);
  const char *wanted = old != NULL ? old->code : mended;

  if (*folded == '\0')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].word, folded))
      wanted = KINDS[i].code;
  for (gsize i = 0; i < n_codes; i++)
    if (g_str_equal (codes[i].code, wanted) || is_called (&codes[i], folded))
      {
        *out_index = (int) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * benk_import_guess_alarm_status:
 * @text: (nullable): a portal's word for where an alarm is
 *
 * Returns: what it means
 */
BenkImportStatus
benk_import_guess_alarm_status (const char *text)
{
  int value = BENK_IMPORT_STATUS_UNKNOWN;

  if (text != NULL)
    find (STATUSES, G_N_ELEMENTS (STATUSES), text, &value);
  return (BenkImportStatus) value;
}

/**
 * benk_import_guess_severity:
 * @text: (nullable): a portal's word or number for how grave an alarm is
 *
 * Returns: 10 to 40 (vkp-severity-level); -1 where it is not known
 */
int
benk_import_guess_severity (const char *text)
{
  int value = -1;

  if (text == NULL)
    return -1;
  if (find (SEVERITIES, G_N_ELEMENTS (SEVERITIES), text, &value))
    return value;
  value = (int) g_ascii_strtoll (text, NULL, 10);
  return value == 10 || value == 20 || value == 30 || value == 40 ? value : -1;
}
