/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include "benk-model.h"

#include <glib/gi18n.h>
#include <string.h>

/* Steps that several procedures share: who it is, what it can do, may it be written. */

void
benk_step_identify (BenkJob *self)
{
  benk_job_get (self, BENK_HANDLE_MDS, NULL, 0);
}

static void
measure_drift (BenkJob *self)
{
  const BenkMds *mds = &self->result.mds;

  if (mds->has_time && self->result.clock_drift_s == G_MININT64)
    self->result.clock_drift_s = benk_mder_time_to_seconds (&mds->time) - self->local_s;
}

/* The device that comes back has to be the one that went away. */
static gboolean
is_same_device (BenkJob *self, const BenkMds *mds)
{
  if (!self->first_id_known)
    {
      self->first_id_known = TRUE;
      memcpy (self->first_id, mds->system_id, sizeof self->first_id);
      self->first_serial = g_strdup (mds->serial);
      return TRUE;
    }
  return memcmp (self->first_id, mds->system_id, sizeof self->first_id) == 0 &&
         g_strcmp0 (self->first_serial, mds->serial) == 0;
}

/* What another device says of itself is no part of this job's result. */
static void
take_mds (BenkJob *self, BenkMds *mds)
{
  benk_mds_clear (&self->result.mds);
  self->result.mds = *mds;
  benk_mds_init (mds);
  self->result.simulated |= benk_mds_is_simulated (&self->result.mds);
  measure_drift (self);
}

/* Whether it is the device that this job is about; the step has failed if not. */
gboolean
benk_job_identify (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkMds) told = { 0 };
  const BenkMds *mds = &self->result.mds;

  if (apdu->choice != BENK_CHOICE_GET_RESPONSE)
    {
      g_autofree char *why = benk_job_describe (apdu);

      benk_job_fail (self, "%s", why);
      return FALSE;
    }
  benk_mds_init (&told);
  benk_mds_update (&told, apdu->attrs);
  if (told.has_system_id && !is_same_device (self, &told))
    {
      benk_job_fail (self, "%s", _ ("Another dispenser was plugged in."));
      return FALSE;
    }
  take_mds (self, &told);
  if (!mds->has_system_id)
    benk_job_fail (self, "%s", _ ("The device does not say who it is."));
  else if (mds->has_type_specs && !mds->is_med_monitor)
    benk_job_fail (self, "%s", _ ("The device is no medicine dispenser."));
  else if (self->serial != NULL && !benk_job_same_serial (self->serial, mds->serial))
    benk_job_fail (self, _ ("The dispenser says its serial number is %s, not %s."),
                   mds->serial != NULL ? mds->serial : _ ("not known"), self->serial);
  else
    self->identified = TRUE;
  return self->identified;
}

void
benk_step_identify_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (benk_job_identify (self, apdu))
    benk_job_next (self);
}

static void
no_extension (BenkJob *self, const char *reason)
{
  self->result.extension = FALSE;
  g_free (self->result.extension_reason);
  self->result.extension_reason = g_strdup (reason);
  if (self->kind == BENK_JOB_READ)
    benk_job_skip (self, reason);
  else
    benk_job_fail (self, "%s", reason);
}

void
benk_step_gate (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_PROFILE };

  if (self->silent_gate)
    no_extension (self, _ ("Read only: the dispenser does not answer questions about the "
                           "service extension."));
  else
    benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static guint32
get_needed_caps (BenkJobKind kind)
{
  if (kind == BENK_JOB_READ)
    return 0;
  return kind == BENK_JOB_RESET
           ? BENK_EXT_CAP_RESET
           : BENK_EXT_CAP_SCHEDULE | BENK_EXT_CAP_ALARM_RULES | BENK_EXT_CAP_RECIPIENTS;
}

/* Only a maker can tell that its devices mean the extension by these numbers. No maker
 * has published that yet, so that no model names an identity, and only simulated
 * dispensers get past here; a device of a make that does will, by a line in its model's
 * file. */
static gboolean
is_vouched_for (BenkJob *self)
{
  const BenkMds *mds = &self->result.mds;

  if (self->result.simulated || self->models == NULL)
    return TRUE;
  for (guint i = 0; mds->has_system_id && i < self->models->len; i++)
    if (benk_model_has_usb_identity (g_ptr_array_index (self->models, i), mds->system_id,
                                     mds->model))
      return TRUE;
  return FALSE;
}

void
benk_step_gate_answer (BenkJob *self, const BenkApdu *apdu)
{
  guint32 needed = get_needed_caps (self->kind);
  g_autofree char *why = NULL;

  benk_ext_message_clear (&self->profile);
  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_PROFILE, BENK_EXT_PROFILE, &self->profile,
                           &why))
    {
      no_extension (self, _ ("Read only: the dispenser has no service extension."));
      return;
    }
  if (!benk_ext_profile_is_known (&self->profile))
    {
      no_extension (self, _ ("Read only: the dispenser's service extension is not one "
                             "that is known here."));
      return;
    }
  self->result.simulated |= (self->profile.caps & BENK_EXT_CAP_SIMULATED) != 0;
  if (!is_vouched_for (self))
    {
      no_extension (self, _ ("Read only: no maker has said that dispensers of this kind "
                             "have the service extension."));
      return;
    }
  self->result.extension = TRUE;
  self->by_param = (self->profile.caps & BENK_EXT_CAP_SET) == 0;
  if ((self->profile.caps & needed) != needed)
    no_extension (self, _ ("The dispenser's service extension cannot do this."));
  else
    benk_job_next (self);
}

void
benk_step_state (BenkJob *self)
{
  guint16 ids[4] = { BENK_EXT_ATTR_PROV_STATE, BENK_EXT_ATTR_MODE };
  guint n_ids = 2;

  if (!self->result.extension)
    {
      benk_job_skip (self, NULL);
      return;
    }
  if (self->has_plan && self->plan.zone != NULL)
    ids[n_ids++] = BENK_EXT_ATTR_ZONE;
  if (self->kind == BENK_JOB_READ && (self->profile.caps & BENK_EXT_CAP_SELFTEST) != 0)
    ids[n_ids++] = BENK_EXT_ATTR_SELFTEST;
  benk_job_get (self, BENK_HANDLE_MDS, ids, n_ids);
}

/* F101 tells which plan is in force, and so how an interrupted activation went. */
static void
settle (BenkJob *self)
{
  self->in_force = self->kind != BENK_JOB_READ && self->kind != BENK_JOB_RESET &&
                   self->state.set_id == self->wanted_set;
  if (self->kind != BENK_JOB_RESET && self->phase != BENK_PHASE_DIFFERS)
    self->phase = self->in_force ? BENK_PHASE_SENT : BENK_PHASE_CLEAN;
}

/* What the zone was before this job is what may be put back. */
static void
take_old_zone (BenkJob *self, const BenkApdu *apdu)
{
  g_autofree char *ignored = NULL;

  if (self->zone_touched)
    return;
  benk_ext_message_clear (&self->old_zone);
  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_ZONE, BENK_EXT_ZONE, &self->old_zone,
                           &ignored))
    benk_ext_message_clear (&self->old_zone);
}

void
benk_step_state_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) mode = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *ignored = NULL;

  benk_ext_message_clear (&self->state);
  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE,
                           &self->state, &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  self->mode_known =
    benk_job_take_attr (apdu, BENK_EXT_ATTR_MODE, BENK_EXT_NUMBER, &mode, &ignored);
  self->mode = mode.number;
  take_old_zone (self, apdu);
  benk_job_take_self_test (self, apdu);
  self->result.set_id = self->state.set_id;
  self->result.set_id_known = TRUE;
  self->result.status = self->state.status;
  self->result.mode = self->mode_known ? self->mode : -1;
  settle (self);
  benk_job_next (self);
}

/* Nothing is written to a dispenser that may fail half way or is about to give a dose. */
void
benk_step_interlock (BenkJob *self)
{
  if (!benk_mds_may_be_written (&self->result.mds, BENK_JOB_BATTERY_FLOOR))
    benk_job_fail (self,
                   _ ("The battery is at %d %%. Connect the charger; at least %d %% is "
                      "needed."),
                   self->result.mds.battery, BENK_JOB_BATTERY_FLOOR);
  else if (self->mode_known && self->mode == BENK_EXT_MODE_DISPENSING)
    benk_job_fail (self, "%s",
                   _ ("The dispenser is giving a dose now. Wait until it is "
                      "finished."));
  else if ((self->state.status & BENK_EXT_STATUS_LID_OPEN) != 0)
    benk_job_fail (self, "%s", _ ("The lid is open. Close it."));
  else
    benk_job_next (self);
}

void
benk_step_release (BenkJob *self)
{
  if (!self->failing && self->phase == BENK_PHASE_SENT)
    self->phase = BENK_PHASE_PROVEN;
  benk_job_add_release (self);
}
