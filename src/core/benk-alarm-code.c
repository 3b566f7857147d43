/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-code.h"

#include "benk-config.h"
#include "benk-deadline.h"

#include <glib/gi18n.h>
#include <string.h>

#define CARE BENK_RESPONSIBILITY_CARE
#define MEDICINE BENK_RESPONSIBILITY_MEDICINE
#define TECHNICAL BENK_RESPONSIBILITY_TECHNICAL
#define NONE BENK_DEADLINE_NONE, 0
#define MINUTES(n) BENK_DEADLINE_MINUTES, n
#define NEXT_DOSE BENK_DEADLINE_NEXT_DOSE, 0
#define SHIFT_END BENK_DEADLINE_SHIFT_END, 0
#define WORKDAYS(n) BENK_DEADLINE_WORKDAYS, n

#define MS_PER_MIN G_GINT64_CONSTANT (60000)
#define NO_POWER_MIN 60
#define GRAVE 30

/* Codes and national texts: vkp-alert-code-v090, branch 1. The rest is proposed by the
 * program. */
/* clang-format off */
static const BenkAlarmCode codes[] = {
  { "1.1", "Ikke utlevert", N_ ("Not dispensed"), CARE, 20, 15, MINUTES (60) },
  { "1.2", "Utlevering forhindret av medisinmangel", N_ ("Empty at dose time"), MEDICINE, 30, 15, MINUTES (60) },
  { "1.3", "Mangler utleveringsbekreftelse", N_ ("Not confirmed"), CARE, 20, 15, MINUTES (60) },
  { "1.4", "Melding ikke lest", N_ ("Message not read"), CARE, 10, 240, SHIFT_END },
  { "1.5", "Teknisk feil", N_ ("Technical fault"), TECHNICAL, 30, 15, NEXT_DOSE },
  { "1.6", "Pose ikke lest", N_ ("Pouch not read"), TECHNICAL, 30, 15, NEXT_DOSE },
  { "1.7", "Feil ved rull", N_ ("Roll fault"), MEDICINE, 30, 15, NEXT_DOSE },
  { "1.8", "Rull sitter fast", N_ ("Roll jammed"), TECHNICAL, 30, 15, NEXT_DOSE },
  { "1.9", "Full skuff", N_ ("Drawer full"), MEDICINE, 20, 30, NEXT_DOSE },
  { "1.10", "Medisin venter", N_ ("Dose waiting"), CARE, 10, 0, NONE },
  { "1.11", "Mangler tilstrekkelig mengde medisin", N_ ("Too little for trip"), MEDICINE, 10, 0, NONE },
  { "1.12", "Snart tomt for medisin", N_ ("Almost empty"), MEDICINE, 10, 0, WORKDAYS (1) },
  { "1.13", "Tomt for medisin", N_ ("Empty"), MEDICINE, 30, 30, NEXT_DOSE },
  { "1.14", "Mangler tidsplan", N_ ("No schedule"), TECHNICAL, 30, 15, NEXT_DOSE },
  { "1.15", "Endringskontroll av medisinplan", N_ ("Check plan"), MEDICINE, 10, 0, NEXT_DOSE },
  { "1.16", "Rull behandlet", N_ ("Roll handled"), MEDICINE, 0, 0, NONE },
  { "1.17", "Batteri lavt", N_ ("Battery low"), TECHNICAL, 20, 0, WORKDAYS (0) },
  { "1.18", "Batteri tomt", N_ ("Battery empty"), TECHNICAL, 40, 10, NEXT_DOSE },
  { "1.19", "Ikke tilkoblet strøm", N_ ("No mains power"), TECHNICAL, 20, 30, NONE },
  { "1.20", "Ingen kontakt", N_ ("No contact"), TECHNICAL, 20, 60, NONE },
  { "1.21", "Dispenser åpen", N_ ("Lid open"), TECHNICAL, 20, 15, NONE },
  { "1.22", "Innbrudd", N_ ("Forced open"), TECHNICAL, 40, 10, NONE },
  { "1.23", "Dosett feilplassert", N_ ("Tilted"), TECHNICAL, 20, 30, NONE },
  { "1", "Elektronisk medisineringsstøtte", N_ ("Other alarm"), TECHNICAL, 20, 30, NONE },
};
/* clang-format on */

/* The older event codes that dispensers' messages were written with. */
static const struct
{
  const char *v06;
  const char *name;
  const char *code;
} old_codes[] = {
  { "2", "medisin_ikke_utlevert", "1.1" },
  { "4", "medisin_teknisk_feil", "1.5" },
  { "19", "melding_til_bruker", "1.4" },
};

/* Battery units are refilled by hand, so a low battery can wait for the next refill. */
static gboolean
is_battery_unit (const char *model_id)
{
  return g_strcmp0 (model_id, "pilly-sms") == 0;
}

/**
 * benk_alarm_code_get_all:
 * @n_codes: (out): how many
 *
 * Returns: (array length=n_codes) (transfer none): every code, in the order of the
 * national list, the unspecified one last
 */
const BenkAlarmCode *
benk_alarm_code_get_all (gsize *n_codes)
{
  *n_codes = G_N_ELEMENTS (codes);

  return codes;
}

/**
 * benk_alarm_code_find:
 * @code: (nullable): a code, compared as text
 *
 * Returns: (transfer none) (nullable): the code, or %NULL if it is not known
 */
const BenkAlarmCode *
benk_alarm_code_find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (code, codes[i].code) == 0)
      return &codes[i];

  return NULL;
}

/**
 * benk_alarm_code_resolve:
 * @code: (nullable): a code of a source
 *
 * An unknown code is kept and shown with its own text, and treated as an unspecified
 * alarm.
 *
 * Returns: (transfer none): the code, or %BENK_ALARM_CODE_OTHER
 */
const BenkAlarmCode *
benk_alarm_code_resolve (const char *code)
{
  const BenkAlarmCode *found = benk_alarm_code_find (code);

  return found != NULL ? found : benk_alarm_code_find (BENK_ALARM_CODE_OTHER);
}

/**
 * benk_alarm_code_from_v06:
 * @code: (nullable): a code or name of the older event list, version 0.6
 *
 * Ask this only for codes that say they are of that list: there "2" and "4" mean
 * something else than in the present one.
 *
 * Returns: (transfer none) (nullable): the present code, or %NULL if it has none
 */
const BenkAlarmCode *
benk_alarm_code_from_v06 (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (old_codes); i++)
    if (g_strcmp0 (code, old_codes[i].v06) == 0 ||
        g_strcmp0 (code, old_codes[i].name) == 0)
      return benk_alarm_code_find (old_codes[i].code);

  return NULL;
}

/**
 * benk_alarm_code_get_label:
 * @self: a code
 *
 * Returns: (transfer none): short translated text for rows
 */
const char *
benk_alarm_code_get_label (const BenkAlarmCode *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->label);
}

/* 3 = starts with it, 2 = a word does, 1 = is somewhere in it, 0 = is not. */
static int
rank_text (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  const char *at = strstr (folded, needle);

  if (at == NULL)
    return 0;
  if (at == folded)
    return 3;

  for (; at != NULL; at = strstr (at + 1, needle))
    if (at[-1] == ' ')
      return 2;

  return 1;
}

static int
rank_code (const BenkAlarmCode *code, const char *needle)
{
  int rank =
    MAX (rank_text (benk_alarm_code_get_label (code), needle),
         MAX (rank_text (code->national, needle), rank_text (code->label, needle)));

  if (g_str_equal (code->code, needle))
    return 5;

  return g_str_has_prefix (code->code, needle) ? MAX (rank, 4) : rank;
}

/**
 * benk_alarm_code_match:
 * @text: (nullable): what was typed: a part of a code or of a name in either language
 *
 * Returns: (transfer container) (element-type BenkAlarmCode): the codes that fit, best
 * first; all of them for an empty @text
 */
GPtrArray *
benk_alarm_code_match (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *needle = g_utf8_casefold (g_strstrip (valid), -1);
  GPtrArray *found = g_ptr_array_new ();

  for (int rank = 5; rank >= 1; rank--)
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
      {
        int is = *needle == '\0' ? 1 : rank_code (&codes[i], needle);

        if (is == rank)
          g_ptr_array_add (found, (gpointer) &codes[i]);
      }

  return found;
}

/**
 * benk_alarm_code_get_severity:
 * @self: a code
 * @model_id: (nullable): id of the model
 *
 * Returns: 0 to 40 (vkp-severity-level), proposed by the program
 */
int
benk_alarm_code_get_severity (const BenkAlarmCode *self, const char *model_id)
{
  if (g_str_equal (self->code, "1.17") && is_battery_unit (model_id))
    return 10;

  return self->severity;
}

/**
 * benk_alarm_code_get_severity_now:
 * @self: a code
 * @model_id: (nullable): id of the model
 * @raised_ms: UTC ms the alarm was raised
 * @next_dose_ms: UTC ms of the first dose after that; -1 = unknown
 * @now_ms: UTC ms
 *
 * Two alarms grow graver while they are open: no mains power after an hour, and no
 * contact once a dose time has come.
 *
 * Returns: 0 to 40 (vkp-severity-level), proposed by the program
 */
int
benk_alarm_code_get_severity_now (const BenkAlarmCode *self,
                                  const char *model_id,
                                  gint64 raised_ms,
                                  gint64 next_dose_ms,
                                  gint64 now_ms)
{
  int severity = benk_alarm_code_get_severity (self, model_id);

  if (g_str_equal (self->code, "1.19") && now_ms - raised_ms >= NO_POWER_MIN * MS_PER_MIN)
    return MAX (severity, GRAVE);
  if (g_str_equal (self->code, "1.20") && next_dose_ms > 0 && now_ms >= next_dose_ms)
    return MAX (severity, GRAVE);

  return severity;
}

/**
 * benk_alarm_code_get_workdays:
 * @self: a code that counts working days
 * @model_id: (nullable): id of the model
 *
 * Returns: working days to resolve it within, proposed by the program
 */
guint
benk_alarm_code_get_workdays (const BenkAlarmCode *self, const char *model_id)
{
  if (g_str_equal (self->code, "1.17") && is_battery_unit (model_id))
    return 3;

  return self->resolve_amount;
}

/**
 * benk_alarm_code_get_deadlines:
 * @self: a code
 * @model_id: (nullable): id of the model
 * @start_ms: UTC ms from which the deadlines count
 * @next_dose_ms: UTC ms of the next dose; -1 = unknown
 * @zone: name of the time zone of the district (IANA)
 * @take_ms: (out): UTC ms to take it within; 0 = none
 * @resolve_ms: (out): UTC ms to resolve it within; 0 = none
 *
 * The deadlines the program proposes while the district has decided none, nor when its
 * duties change.
 */
void
benk_alarm_code_get_deadlines (const BenkAlarmCode *self,
                               const char *model_id,
                               gint64 start_ms,
                               gint64 next_dose_ms,
                               const char *zone,
                               gint64 *take_ms,
                               gint64 *resolve_ms)
{
  const BenkAllowance allowance = benk_allowance_propose (self, model_id);
  const BenkDutyHours hours = BENK_DUTY_HOURS_PROPOSED;

  benk_allowance_get_deadlines (&allowance, start_ms, next_dose_ms, &hours, zone, take_ms,
                                resolve_ms);
}
