/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/* The dispenser's clock and zone, which its plan is read by, and its other settings. */

/* A clock just set may be read a few seconds later. */
#define CLOCK_SLACK_S 5

enum
{
  CLOCK_SET,
  CLOCK_SET_OTHERWISE,
  CLOCK_READ,
};

/* Newer devices count UTC and an offset; some show both forms and take only one. */
static void
send_clock (BenkJob *self, gboolean base_offset)
{
  BenkMderTime now = benk_mder_time_from_seconds (self->local_s);
  g_autoptr (GBytes) info =
    base_offset ? benk_set_bo_time_compose (self->local_s, self->utc_offset_min)
                : benk_set_time_compose (&now);

  benk_job_try (self, BENK_TOUCH_CLOCK);
  benk_job_request (self,
                    benk_apdu_new_action (0, BENK_HANDLE_MDS,
                                          base_offset ? BENK_ACT_SET_BO_TIME
                                                      : BENK_ACT_SET_TIME,
                                          info),
                    0);
}

void
benk_step_clock (BenkJob *self)
{
  const BenkMds *mds = &self->result.mds;
  gint64 shown = mds->has_time ? benk_mder_time_to_seconds (&mds->time) : -1;
  gboolean settable = (mds->time_state & BENK_TIME_SETTABLE) != 0;
  gboolean wrong = shown < 0 || ABS (shown - self->local_s) > BENK_JOB_CLOCK_LIMIT_S ||
                   (mds->time_state & BENK_TIME_MUST_BE_SET) != 0 ||
                   (self->state.status & BENK_EXT_STATUS_CLOCK_UNSET) != 0;

  if (!wrong)
    benk_job_skip (self, _ ("The clock is right."));
  else if (!settable)
    benk_job_fail (self, "%s", _ ("The clock is wrong and cannot be set from here."));
  else
    send_clock (self, mds->has_bo_time);
}

static void
take_set (BenkJob *self, const BenkApdu *apdu)
{
  static const guint16 ids[] = { BENK_ATTR_TIME_INFO, BENK_ATTR_DATE_TIME,
                                 BENK_ATTR_BO_TIME };
  gboolean base_offset = self->result.mds.has_bo_time;

  if (apdu->choice == BENK_CHOICE_ACTION_RESPONSE)
    {
      self->sub = CLOCK_READ;
      benk_job_get (self, BENK_HANDLE_MDS, ids, base_offset ? 3 : 2);
    }
  else if (apdu->choice == BENK_CHOICE_ERROR && apdu->type == BENK_ROER_NO_SUCH_ACTION &&
           self->sub == CLOCK_SET)
    {
      self->sub = CLOCK_SET_OTHERWISE;
      send_clock (self, !base_offset);
    }
  else
    {
      g_autofree char *why = benk_job_describe (apdu);

      benk_job_refused (self, BENK_TOUCH_CLOCK, apdu);
      benk_job_fail (self, "%s", why);
    }
}

void
benk_step_clock_answer (BenkJob *self, const BenkApdu *apdu)
{
  BenkMds *mds = &self->result.mds;
  gint64 shown;

  if (self->sub != CLOCK_READ)
    {
      take_set (self, apdu);
      return;
    }
  mds->has_time = FALSE;
  benk_mds_update (mds, apdu->attrs);
  shown = mds->has_time ? benk_mder_time_to_seconds (&mds->time) : -1;
  if (shown < 0 || ABS (shown - self->local_s) > CLOCK_SLACK_S)
    {
      benk_job_fail (self, "%s", _ ("The clock was set but does not show it."));
      return;
    }
  self->result.clock_set = TRUE;
  /* Read before it was set; what is read later says itself how it is. */
  self->result.status &= (guint16) ~BENK_EXT_STATUS_CLOCK_UNSET;
  self->done |= BENK_TOUCH_CLOCK;
  benk_job_next (self);
}

/* Takes the value now in force out of a SET or Param-Write answer. */
gboolean
benk_job_take_setting (BenkJob *self,
                       const BenkApdu *apdu,
                       guint16 attr,
                       BenkExtKind kind,
                       BenkExtMessage *value,
                       char **why)
{
  g_auto (BenkExtMessage) param = { 0 };

  if (!self->by_param)
    return benk_job_take_attr (apdu, attr, kind, value, why);
  benk_ext_message_init (value, kind);
  if (!benk_job_take (self, apdu, BENK_EXT_PARAM, &param, why))
    return FALSE;
  if (param.number == attr && benk_ext_message_parse (value, kind, param.data, NULL))
    return TRUE;
  *why = g_strdup (_ ("The dispenser gave an answer that does not fit."));
  return FALSE;
}

/* ROER 2 and 24 are what a device answers that cannot be SET. */
gboolean
benk_job_wants_param (const BenkJob *self, const BenkApdu *apdu)
{
  return !self->by_param && apdu->choice == BENK_CHOICE_ERROR &&
         (apdu->type == BENK_ROER_ACCESS_DENIED ||
          (apdu->type == BENK_ROER_NOT_ALLOWED && benk_apdu_return_code (apdu) == 0));
}

static gboolean
same_setting (const BenkExtMessage *one, const BenkExtMessage *other)
{
  g_autoptr (GBytes) left = benk_ext_message_compose (one);
  g_autoptr (GBytes) right = benk_ext_message_compose (other);

  return g_bytes_equal (left, right);
}

static gboolean
compose_zone (const BenkJobPlan *plan, BenkExtMessage *message)
{
  benk_ext_message_init (message, BENK_EXT_ZONE);
  if (plan->zone == NULL)
    return FALSE;
  benk_ext_message_set_text (message, plan->zone);
  message->offset_min = plan->zone_offset_min;
  message->number = plan->zone_dst_rule;
  return TRUE;
}

/* The zone comes before the plan whose times are meant in it. From here until it is
   answered, or put back, the device is not quite as it was. */
void
benk_step_zone (BenkJob *self)
{
  g_auto (BenkExtMessage) wanted = { 0 };

  if (!compose_zone (&self->plan, &wanted))
    benk_job_skip (self, NULL);
  else if (self->old_zone.kind == BENK_EXT_ZONE &&
           same_setting (&wanted, &self->old_zone))
    {
      self->zone_touched = FALSE;
      benk_job_skip (self, _ ("The zone is right."));
    }
  else
    {
      self->zone_touched = TRUE;
      benk_job_try (self, BENK_TOUCH_ZONE);
      benk_job_set (self, BENK_EXT_ATTR_ZONE, &wanted);
    }
}

void
benk_step_zone_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;

  if (benk_job_wants_param (self, apdu))
    {
      self->by_param = TRUE;
      benk_step_zone (self);
      return;
    }
  compose_zone (&self->plan, &wanted);
  benk_job_refused (self, BENK_TOUCH_ZONE, apdu);
  if (apdu->choice == BENK_CHOICE_ERROR || apdu->choice == BENK_CHOICE_REJECT)
    self->zone_touched = self->attempt > 1;
  if (!benk_job_take_setting (self, apdu, BENK_EXT_ATTR_ZONE, BENK_EXT_ZONE, &value,
                              &why))
    benk_job_fail (self, "%s", why);
  else if (!same_setting (&wanted, &value))
    benk_job_fail (self, "%s", _ ("The zone was not taken over."));
  else
    {
      self->done |= BENK_TOUCH_ZONE;
      benk_job_next (self);
    }
}

/* After a failure the old plan goes on in the zone it was made for. */
void
benk_step_zone_back (BenkJob *self)
{
  if (self->zone_touched && self->identified && self->phase == BENK_PHASE_CLEAN &&
      self->old_zone.kind == BENK_EXT_ZONE)
    benk_job_set (self, BENK_EXT_ATTR_ZONE, &self->old_zone);
  else
    benk_job_skip (self, NULL);
}

void
benk_step_zone_back_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_setting (self, apdu, BENK_EXT_ATTR_ZONE, BENK_EXT_ZONE, &value,
                              &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  self->zone_touched = !same_setting (&value, &self->old_zone);
  benk_job_next (self);
}

/* Language and volume follow the plan, so that before it the device is as it was. */
static gboolean
compose_setting (const BenkJobPlan *plan,
                 guint index,
                 guint16 *attr,
                 BenkExtMessage *message)
{
  *attr = index == 0 ? BENK_EXT_ATTR_LANGUAGE : BENK_EXT_ATTR_VOLUME;
  benk_ext_message_init (message, index == 0 ? BENK_EXT_TEXT : BENK_EXT_NUMBER);
  if (index == 1)
    {
      message->number = (guint16) MAX (plan->volume, 0);
      return plan->volume >= 0;
    }
  if (plan->language == NULL)
    return FALSE;
  benk_ext_message_set_text (message, plan->language);
  return TRUE;
}

void
benk_step_settings (BenkJob *self)
{
  for (; self->sub < 2; self->sub++)
    {
      g_auto (BenkExtMessage) message = { 0 };
      guint16 attr;

      if (!compose_setting (&self->plan, self->sub, &attr, &message))
        continue;
      benk_job_set (self, attr, &message);
      return;
    }
  benk_job_next (self);
}

void
benk_step_settings_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;
  guint16 attr;

  if (benk_job_wants_param (self, apdu))
    {
      self->by_param = TRUE;
      benk_step_settings (self);
      return;
    }
  compose_setting (&self->plan, self->sub, &attr, &wanted);
  if (!benk_job_take_setting (self, apdu, attr, wanted.kind, &value, &why) ||
      !same_setting (&wanted, &value))
    {
      benk_job_miss (self, why != NULL ? why : _ ("A setting was not taken over."));
      return;
    }
  self->sub++;
  benk_step_settings (self);
}

static gboolean
is_shown (const BenkApdu *apdu, guint16 attr, const BenkExtMessage *wanted)
{
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;

  return benk_job_take_attr (apdu, attr, wanted->kind, &value, &why) &&
         same_setting (wanted, &value);
}

/* Whether the answer to a GET shows zone, language and volume as they were wanted. */
gboolean
benk_job_settings_match (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) zone = { 0 };

  if (compose_zone (&self->plan, &zone) && !is_shown (apdu, BENK_EXT_ATTR_ZONE, &zone))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      g_auto (BenkExtMessage) wanted = { 0 };
      guint16 attr;

      if (compose_setting (&self->plan, i, &attr, &wanted) &&
          !is_shown (apdu, attr, &wanted))
        return FALSE;
    }
  return TRUE;
}
