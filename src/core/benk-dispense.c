/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-dispense.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/* Where the plan is not known, what is handed out later than this after an alarm may be
 * another dose. Proposed by the program: no source says. */
#define SAME_DOSE_MS (3 * G_GINT64_CONSTANT (3600000))

static const char *const dose_codes[] = { "1.1", "1.3", "1.10", NULL };
static const char *const contact_codes[] = { "1.20", NULL };

/* The national dispense events, draft of version 0.9.0. A dose when needed or one for a
 * journey is not the dose that was missed. */
static const struct
{
  const char *event;
  gboolean is_dose;
  const char *label;
} events[] = {
  { "1", TRUE, N_ ("Handed out") },
  { "1.1", TRUE, N_ ("Handed out without help") },
  { "1.2", TRUE, N_ ("Handed out with help") },
  { "1.3", FALSE, N_ ("Handed out when needed") },
  { "2", FALSE, N_ ("Handed out for a journey") },
  { "2.1", FALSE, N_ ("Handed out for a journey without help") },
  { "2.2", FALSE, N_ ("Handed out for a journey with help") },
};

/**
 * benk_dispense_concerns:
 * @code: (nullable): code of an alarm
 *
 * Returns: whether what is handed out can settle such an alarm
 */
gboolean
benk_dispense_concerns (const char *code)
{
  return code != NULL &&
         (g_strv_contains (dose_codes, code) || g_strv_contains (contact_codes, code));
}

/**
 * benk_dispense_settles:
 * @event: (nullable): a code of the national dispense events
 * @code: code of an alarm
 *
 * A dose that was handed out settles an alarm that it was not, has no confirmation or
 * waits; whatever is handed out settles one that there is no contact.
 *
 * Returns: whether @event is the opposite of @code
 */
gboolean
benk_dispense_settles (const char *event, const char *code)
{
  for (gsize i = 0; event != NULL && i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].event, event))
      return g_strv_contains (contact_codes, code) ||
             (events[i].is_dose && g_strv_contains (dose_codes, code));
  return FALSE;
}

/**
 * benk_dispense_get_until_ms:
 * @code: code of an alarm
 * @raised_ms: when it was raised, UTC milliseconds
 * @plan: (nullable): what the device holds, where that is known
 *
 * What is handed out at the next dose time is another dose. Where the dose times are not
 * known, three hours are the limit.
 *
 * Returns: until when what is handed out settles the alarm, UTC milliseconds; that
 *   instant is too late
 */
gint64
benk_dispense_get_until_ms (const char *code, gint64 raised_ms, const BenkPlan *plan)
{
  gint64 next_ms;

  if (g_strv_contains (contact_codes, code))
    return G_MAXINT64;
  next_ms = plan != NULL ? benk_plan_next_window (plan, raised_ms) : -1;
  return next_ms >= 0 ? next_ms : raised_ms + SAME_DOSE_MS;
}

/**
 * benk_dispense_event_get_label:
 * @event: (nullable): a code of the national dispense events
 *
 * Returns: (transfer none): it in words
 */
const char *
benk_dispense_event_get_label (const char *event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_strcmp0 (events[i].event, event) == 0)
      return g_dgettext (GETTEXT_PACKAGE, events[i].label);
  return g_dgettext (GETTEXT_PACKAGE, events[0].label);
}
