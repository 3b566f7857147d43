/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/** benk_job_outcome_get_name: Returns: the stable name, such as "untouched" */
const char *
benk_job_outcome_get_name (BenkJobOutcome outcome)
{
  static const char *const names[] = { "verified", "untouched", "redo", "unknown" };

  return outcome <= BENK_JOB_UNKNOWN ? names[outcome] : NULL;
}

void
benk_job_plan_clear (BenkJobPlan *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    g_clear_pointer (&self->tables[i], g_bytes_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->zone, g_free);
}

static BenkJobOutcome
choose_outcome (const BenkJob *self)
{
  switch (self->phase)
    {
    case BENK_PHASE_PROVEN:
      return BENK_JOB_VERIFIED;
    case BENK_PHASE_SENT:
      return BENK_JOB_UNKNOWN;
    case BENK_PHASE_DIFFERS:
      return BENK_JOB_REDO;
    case BENK_PHASE_CLEAN:
    default:
      return self->kind == BENK_JOB_READ && self->result.reason == NULL
               ? BENK_JOB_VERIFIED
               : BENK_JOB_UNTOUCHED;
    }
}

static const char *
choose_claim (const BenkJob *self)
{
  const BenkJobResult *result = &self->result;

  if (result->outcome != BENK_JOB_VERIFIED)
    {
      if (result->outcome == BENK_JOB_UNTOUCHED && result->extension_reason != NULL)
        return "read-only";
      return benk_job_outcome_get_name (result->outcome);
    }
  if (self->kind == BENK_JOB_READ)
    return "read";
  if (!result->counts)
    return result->simulated ? "simulated" : "not-counted";
  return self->kind == BENK_JOB_RESET ? "wiped" : "ready";
}

static char *
verified_sentence (const BenkJob *self, const char *clock)
{
  const BenkJobResult *result = &self->result;

  if (self->kind == BENK_JOB_READ)
    return g_strdup_printf (_ ("Read %s."), clock);
  if (result->simulated && !result->counts)
    return g_strdup (_ ("Simulated device – not valid as proof"));
  if (!result->counts)
    return g_strdup (_ ("Not read from a device – not valid as proof"));
  if (self->kind == BENK_JOB_RESET)
    return g_strdup_printf (_ ("Reset confirmed %s."), clock);
  return g_strdup_printf (ngettext ("Ready. %d dose time read back and equal, %s.",
                                    "Ready. %d dose times read back and equal, %s.",
                                    result->dose_times),
                          (int) result->dose_times, clock);
}

static char *
choose_sentence (const BenkJob *self)
{
  const char *reason = self->result.reason != NULL ? self->result.reason : "";
  BenkMderTime now = benk_mder_time_from_seconds (self->local_s);
  g_autofree char *clock = g_strdup_printf ("%02u:%02u", now.hour, now.minute);

  if (self->result.outcome == BENK_JOB_VERIFIED)
    return verified_sentence (self, clock);
  if (self->kind == BENK_JOB_READ)
    return g_strdup_printf (_ ("Could not be read: %s"), reason);
  if (self->kind == BENK_JOB_RESET)
    return g_strdup_printf (_ ("Reset not confirmed: %s"), reason);
  if (self->result.outcome == BENK_JOB_UNKNOWN)
    return g_strdup (_ ("Not known yet. Plug the dispenser in again so that it can be "
                        "read."));
  if (self->result.outcome == BENK_JOB_REDO)
    return g_strdup_printf (_ ("Must be redone: %s"), reason);
  if (self->result.extension_reason != NULL)
    return g_strdup (self->result.extension_reason);
  return g_strdup (_ ("Not finished. The dispenser still follows the old settings. Plug "
                      "it in again."));
}

/* Turns what is proven into the claim. A device that says it is simulated is simulated
   over any link; a recording stays a recording. */
void
benk_job_conclude (BenkJob *self)
{
  BenkJobResult *result = &self->result;

  if (result->simulated && result->link_kind == BENK_LINK_KIND_USB)
    result->link_kind = BENK_LINK_KIND_SIMULATED;
  result->outcome = choose_outcome (self);
  result->counts = result->outcome == BENK_JOB_VERIFIED &&
                   benk_link_kind_counts (result->link_kind, self->demo_store);
  result->claim = choose_claim (self);
  g_free (result->sentence);
  result->sentence = choose_sentence (self);
}
