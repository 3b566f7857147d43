/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/* The dose log is counted, not taken over: how many entries, not what was given. */
static void
step_log (BenkJob *self)
{
  if (self->pm_handle == 0)
    benk_job_skip (self, _ ("The dispenser has no dose log."));
  else
    benk_job_get (self, self->pm_handle, NULL, 0);
}

static void
step_log_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (apdu->choice == BENK_CHOICE_GET_RESPONSE)
    {
      benk_pm_store_parse (&self->store, apdu->attrs);
      self->result.log_entries = self->store.usage;
    }
  else
    {
      g_autofree char *why = benk_job_describe (apdu);

      benk_job_note (self, why);
    }
  benk_job_next (self);
}

const BenkJobStepDef benk_job_read_steps[] = {
  { "identity", N_ ("Read identity, clock and battery"), FALSE, benk_step_identify,
    benk_step_identify_answer, NULL },
  { "extension", N_ ("Ask for the service extension"), FALSE, benk_step_gate,
    benk_step_gate_answer, NULL },
  { "state", N_ ("Read which plan is in force"), FALSE, benk_step_state,
    benk_step_state_answer, NULL },
  { "tables", N_ ("Read the plan"), FALSE, benk_step_read_tables,
    benk_step_read_tables_answer, NULL },
  { "log", N_ ("Ask for the dose log"), FALSE, step_log, step_log_answer, NULL },
  { "release", N_ ("Say goodbye"), TRUE, benk_step_release, NULL, NULL },
};

const guint benk_job_n_read_steps = G_N_ELEMENTS (benk_job_read_steps);
