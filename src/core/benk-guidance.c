/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-guidance.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"

#define MAX_STEPS 4

typedef struct
{
  const char *code;
  const char *steps[MAX_STEPS + 1];
} Guidance;

/* Whether a late dose may still be given is for a nurse or doctor: no step advises it. */
#define BEFORE_NEXT_DOSE                                                                 \
  N_ ("Not solved before the next dose: the nurse arranges the dose by hand")
#define CALL_VENDOR N_ ("Still there: phone the vendor’s support with serial and fault")

static const Guidance all[] = {
  { "1.1",
    { N_ ("Phone the user"), N_ ("No answer: phone next of kin or neighbour as agreed"),
      N_ ("Still no answer: the care service visits"), NULL } },
  { "1.2",
    { N_ ("Tell the nurse at once: the dispenser was empty at a dose time"),
      N_ ("Find out why it was not filled, and report it"), NULL } },
  { "1.3",
    { N_ ("Look for “No contact” on the same dispenser: it may be the same cause"),
      N_ ("The care service phones the user"), NULL } },
  { "1.4", { N_ ("The care service asks at the next contact"), NULL } },
  { "1.5",
    { N_ ("See when the next dose is"), N_ ("Do the make’s first steps with the user"),
      CALL_VENDOR, BEFORE_NEXT_DOSE, NULL } },
  { "1.6",
    { N_ ("Visit: take the pouch out and look at its print"),
      N_ ("Several like this: tell pharmacy and packer"), BEFORE_NEXT_DOSE, NULL } },
  { "1.7",
    { N_ ("Never override: it may be the wrong person’s or the wrong date’s roll"),
      N_ ("The nurse checks name and date on the roll"), BEFORE_NEXT_DOSE, NULL } },
  { "1.8",
    { N_ ("Visit: clear the jam and put the roll in again as the maker describes"),
      N_ ("Note the packer’s batch"), BEFORE_NEXT_DOSE, NULL } },
  { "1.9",
    { N_ ("The nurse empties the drawer"),
      N_ ("Again and again: evaluate whether the make suits the user"), NULL } },
  { "1.10", { N_ ("Wait until the dose window ends"), NULL } },
  { "1.11", { N_ ("The nurse orders or puts in a roll before the trip"), NULL } },
  { "1.12", { N_ ("Plan the refill; check the day of the pharmacy’s delivery"), NULL } },
  { "1.13", { N_ ("Tell the nurse: fill now"), BEFORE_NEXT_DOSE, NULL } },
  { "1.14",
    { N_ ("Make the settings again and read them back"), CALL_VENDOR, BEFORE_NEXT_DOSE,
      NULL } },
  { "1.15", { N_ ("The nurse confirms the times before the first dose"), NULL } },
  { "1.16",
    { N_ ("Expected at a visit; otherwise find out who opened the dispenser"), NULL } },
  { "1.17",
    { N_ ("Check plug and socket with the user"),
      N_ ("Battery-driven make: change batteries at the next refill"), NULL } },
  { "1.18",
    { N_ ("The dispenser is off"), N_ ("Visit with charger or a spare dispenser"),
      BEFORE_NEXT_DOSE, NULL } },
  { "1.19",
    { N_ ("Phone the user: is the plug in the socket?"),
      N_ ("Several in one area: a power cut"), NULL } },
  { "1.20",
    { N_ ("The user may still get doses: phone at the next dose time"),
      N_ ("Many at once: an outage at the network or the vendor"), CALL_VENDOR, NULL } },
  { "1.21", { N_ ("Expected during a visit; otherwise phone or visit"), NULL } },
  { "1.22",
    { N_ ("Visit at once"), N_ ("The nurse counts the medicine"),
      N_ ("Report it as an incident"), NULL } },
  { "1.23", { N_ ("Phone the user: put it the right side up"), NULL } },
  { BENK_ALARM_CODE_OTHER,
    { N_ ("Read the source’s own text"), N_ ("See when the next dose is"), CALL_VENDOR,
      NULL } },
};

/**
 * benk_guidance_get:
 * @code: an alarm code; one that is not known here is answered as the unspecified one
 *
 * The first steps for an alarm: proposed by the program, not decided by the district.
 *
 * Returns: (transfer none): untranslated sentences, ended by %NULL
 */
const char *const *
benk_guidance_get (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].code, code) == 0)
      return all[i].steps;
  return all[G_N_ELEMENTS (all) - 1].steps;
}
