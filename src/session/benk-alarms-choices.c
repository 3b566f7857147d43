/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/* terms.md 4; the third column goes into documents, which are Norwegian. */
typedef struct
{
  const char *name;
  const char *label;
  const char *record;
} Choice;

static const Choice causes[] = {
  { "forgot", N_ ("The user forgot"), "brukeren glemte det" },
  { "asleep", N_ ("The user was asleep"), "sov" },
  { "not-home", N_ ("Not at home"), "ikke hjemme" },
  { "hospital", N_ ("In hospital"), "innlagt" },
  { "declined", N_ ("The user did not want to"), "ville ikke" },
  { "technical", N_ ("Technical fault"), "teknisk feil" },
  { "power", N_ ("Power"), "strøm" },
  { "coverage", N_ ("Coverage"), "dekning" },
  { "roll", N_ ("Roll or pouch"), "rull eller pose" },
  { "not-refilled", N_ ("Not refilled"), "ikke fylt på" },
  { "settings", N_ ("Wrong setting"), "feil innstilling" },
  { "test", N_ ("Test"), "test" },
  { "false-alarm", N_ ("False alarm"), "falskt varsel" },
  { "unknown", N_ ("Unknown"), "ukjent" },
};

static const Choice actions[] = {
  { "phoned", N_ ("Phoned"), "ringte" },
  { "visited", N_ ("Visited"), "besøk" },
  { "dose-given", N_ ("Dose given by health personnel"), "dose gitt av helsepersonell" },
  { "dose-skipped", N_ ("Dose left out as agreed with nurse or doctor"),
    "dose utelatt etter avtale med sykepleier eller lege" },
  { "swapped", N_ ("Dispenser swapped"), "dispenser byttet" },
  { "settings-changed", N_ ("Settings changed"), "innstillinger endret" },
  { "vendor-called", N_ ("Vendor contacted"), "leverandør kontaktet" },
  { "incident-reported", N_ ("Incident reported"), "avvik meldt" },
  { "none", N_ ("Nothing"), "ingen" },
};

/* Of what was told by phone and no more; not to be chosen. */
static const Choice told_cause = { "not-told", N_ ("Not told"), "ikke oppgitt" };
static const Choice told_action = { "by-care", N_ ("Handled by care"),
                                    "håndtert av tjenesten" };

static const Choice *
find (const char *name, gboolean action)
{
  const Choice *choices = action ? actions : causes;
  const Choice *told = action ? &told_action : &told_cause;
  gsize n_choices = action ? G_N_ELEMENTS (actions) : G_N_ELEMENTS (causes);

  for (gsize i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i].name, name) == 0)
      return &choices[i];
  return g_strcmp0 (told->name, name) == 0 ? told : NULL;
}

static void
translate (const Choice *choices, gsize n_choices, BenkAlarmChoice *out)
{
  for (gsize i = 0; i < n_choices; i++)
    out[i] = (BenkAlarmChoice){ choices[i].name,
                                g_dgettext (GETTEXT_PACKAGE, choices[i].label) };
}

/**
 * benk_alarms_get_causes:
 *
 * Returns: (transfer none): why an alarm was raised, ended by a %NULL name
 */
const BenkAlarmChoice *
benk_alarms_get_causes (void)
{
  static BenkAlarmChoice translated[G_N_ELEMENTS (causes) + 1];

  translate (causes, G_N_ELEMENTS (causes), translated);
  return translated;
}

/**
 * benk_alarms_get_actions:
 *
 * Returns: (transfer none): what was done about an alarm, ended by a %NULL name
 */
const BenkAlarmChoice *
benk_alarms_get_actions (void)
{
  static BenkAlarmChoice translated[G_N_ELEMENTS (actions) + 1];

  translate (actions, G_N_ELEMENTS (actions), translated);
  return translated;
}

/* (nullable): the words for a document; NULL if there is no such choice. */
const char *
benk_alarm_choice_get_record_text (const char *name, gboolean action)
{
  const Choice *choice = find (name, action);

  return choice ? choice->record : NULL;
}

/* (nullable): as it stands in the list, translated. */
const char *
benk_alarm_choice_get_label (const char *name, gboolean action)
{
  const Choice *choice = find (name, action);

  return choice ? g_dgettext (GETTEXT_PACKAGE, choice->label) : NULL;
}
