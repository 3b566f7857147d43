/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-manager.h"
#include "benk-phd-config.h"

/* A device that heard no host offers to associate every ten seconds, three times. */
#define ASSOCIATE_MS 21000
/* One that restarts by itself gets longer (extension, F210: eta + 30 s). */
#define RETURN_MS 40000
/* What leaves the talk by itself more often is not worth the time. */
#define MAX_LOST 12
/* Nor is what leaves each time when it is asked whether it is wiped. */
#define MAX_RETURNS 3
/* What a medication monitor sends at most, one source (Bluetooth white paper). */
#define LONGEST_APDU 1024

static void next_step (BenkConform *self);

static void
action_free (gpointer data)
{
  BenkConformAction *action = data;

  g_clear_pointer (&action->octets, g_bytes_unref);
  g_free (action);
}

/** benk_conform_actions_new: Returns: (transfer full): an array for actions */
GPtrArray *
benk_conform_actions_new (void)
{
  return g_ptr_array_new_with_free_func (action_free);
}

static BenkConformAction *
add_action (BenkConform *self, BenkConformActionKind kind)
{
  BenkConformAction *action = g_new0 (BenkConformAction, 1);

  action->kind = kind;
  g_ptr_array_add (self->actions, action);
  return action;
}

static void
start_timer (BenkConform *self, guint delay_ms)
{
  add_action (self, BENK_CONFORM_TIMER)->delay_ms = delay_ms;
}

static void
send_apdu (BenkConform *self, BenkApdu *apdu)
{
  add_action (self, BENK_CONFORM_SEND)->octets = benk_apdu_compose (apdu);
  benk_apdu_free (apdu);
}

static const BenkConformStep *
get_step (BenkConform *self)
{
  return self->at < self->n_steps ? self->steps[self->at] : NULL;
}

/* --- one step after the other --- */

static void
finish (BenkConform *self)
{
  self->state = BENK_CONFORM_OVER;
  add_action (self, BENK_CONFORM_FINISHED);
}

static void
skip_rest (BenkConform *self, const char *why)
{
  for (; self->at < self->n_steps; self->at++)
    benk_conform_set_verdict (self, BENK_CONFORM_NOT_TRIED, g_strdup (why));
}

static void
give_up_losing (BenkConform *self)
{
  skip_rest (self, _ ("It had left too often."));
  finish (self);
}

static void
reopen (BenkConform *self, guint wait_ms)
{
  self->state = BENK_CONFORM_CONNECTING;
  self->leaves = FALSE;
  add_action (self, BENK_CONFORM_REOPEN);
  start_timer (self, wait_ms);
}

static gboolean
is_out_of_reach (BenkConform *self, const BenkConformStep *step)
{
  if (step->destructive && !self->destructive)
    benk_conform_not_tried (self, _ ("It would change what the dispenser holds."));
  else if (step->extension && self->no_profile)
    benk_conform_not_offered (self, _ ("There is no service extension."));
  else if (step->extension && !self->has_extension)
    benk_conform_not_tried (self, _ ("The service extension was not recognised."));
  else if (step->extension && (self->profile.caps & step->needs) != step->needs)
    benk_conform_not_offered (self, _ ("The profile does not offer it."));
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_service (const BenkApdu *request)
{
  return request->tag == BENK_APDU_PRST;
}

static void
ask (BenkConform *self)
{
  const BenkConformStep *step = get_step (self);
  BenkApdu *request;

  self->fresh = self->asked != self->at + 1;
  self->asked = self->at + 1;
  request = step->ask != NULL ? step->ask (self) : NULL;
  self->again = FALSE;
  if (request == NULL)
    {
      step->check (self, NULL);
      self->at++;
      self->polls = 0;
      next_step (self);
      return;
    }
  self->state = BENK_CONFORM_ASKING;
  if (is_service (request))
    request->invoke_id = ++self->invoke_id;
  send_apdu (self, request);
  start_timer (self, BENK_TO_REQUEST_MS);
}

static void
release (BenkConform *self)
{
  self->state = BENK_CONFORM_RELEASING;
  send_apdu (self, benk_apdu_new_reason (BENK_APDU_RLRQ, 0));
  start_timer (self, BENK_TO_RELEASE_MS);
}

static void
next_step (BenkConform *self)
{
  const BenkConformStep *step;

  if (self->foreign)
    skip_rest (self, _ ("It is another device."));
  while ((step = get_step (self)) != NULL && is_out_of_reach (self, step))
    self->at++;
  if (step != NULL)
    ask (self);
  else
    release (self);
}

static void
take_answer (BenkConform *self, const BenkApdu *answer)
{
  const BenkConformStep *step = get_step (self);

  self->again = FALSE;
  step->check (self, answer);
  if (self->again)
    {
      self->state = BENK_CONFORM_PAUSING;
      start_timer (self, MAX (self->pause_ms, 1));
      return;
    }
  self->at++;
  self->polls = 0;
  if (self->leaves)
    reopen (self, RETURN_MS);
  else if (answer == NULL || answer->tag != BENK_APDU_ABRT)
    next_step (self);
  else if (++self->lost > MAX_LOST)
    give_up_losing (self);
  else
    reopen (self, ASSOCIATE_MS);
}

/* The device, or its link, left where it should not. */
static void
take_loss (BenkConform *self, const char *how)
{
  if (self->state == BENK_CONFORM_OVER)
    return;
  if (self->state == BENK_CONFORM_ASKING || self->state == BENK_CONFORM_PAUSING)
    {
      benk_conform_fail (self, "%s", how);
      self->at++;
      self->polls = 0;
    }
  if (self->state == BENK_CONFORM_RELEASING)
    finish (self);
  else if (++self->lost > MAX_LOST)
    give_up_losing (self);
  else
    reopen (self, ASSOCIATE_MS);
}

/* Nothing more is done to a device that is not the one that was named. */
static void
take_identity (BenkConform *self, const BenkApdu *answer)
{
  g_auto (BenkMds) now = { 0 };

  benk_mds_init (&now);
  if (answer != NULL && answer->choice == BENK_CHOICE_GET_RESPONSE)
    benk_mds_update (&now, answer->attrs);
  if (memcmp (now.system_id, self->mds.system_id, sizeof now.system_id) != 0 ||
      g_strcmp0 (now.serial, self->mds.serial) != 0)
    {
      benk_conform_fail (self, _ ("The device says its serial number is %s."),
                         now.serial != NULL ? now.serial : "–");
      self->at++;
      self->foreign = TRUE;
    }
  next_step (self);
}

static void
take_association (BenkConform *self)
{
  BenkApdu *request;

  if (!self->mds.has_system_id)
    {
      next_step (self);
      return;
    }
  self->state = BENK_CONFORM_IDENTIFYING;
  request = benk_apdu_new_get (++self->invoke_id, BENK_HANDLE_MDS, NULL, 0);
  send_apdu (self, request);
  start_timer (self, BENK_TO_REQUEST_MS);
}

/* What is lost when it should be, comes back. */
static void
lose (BenkConform *self, const char *how)
{
  if (self->leaves && ++self->returns <= MAX_RETURNS)
    reopen (self, RETURN_MS);
  else
    take_loss (self, how);
}

/* --- association --- */

static void
compose_info (BenkAssocInfo *info)
{
  *info = (BenkAssocInfo){ .protocol_version = 0x80000000u,
                           .encoding_rules = BENK_ENCODING_MDER,
                           .nomenclature_version = 0x80000000u,
                           .system_type = BENK_SYSTEM_MANAGER };
  info->system_id[0] = 0x02;
  info->system_id[7] = 0x01;
}

static void
take_aarq (BenkConform *self, BenkApdu *aarq)
{
  guint16 refused = benk_manager_judge (aarq);
  BenkAssocInfo info;
  gboolean known = self->config_known && aarq->assoc.config_id == self->config_id;

  g_clear_pointer (&self->aarq, benk_apdu_free);
  self->aarq = aarq;
  self->config_id = aarq->assoc.config_id;
  if (refused != BENK_ASSOC_ACCEPTED && refused != BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG)
    {
      send_apdu (self, benk_apdu_new_aare (refused, NULL));
      benk_conform_fail (self, _ ("The offer cannot be accepted (%u)."), refused);
      self->at++;
      skip_rest (self, _ ("There was no association."));
      finish (self);
      return;
    }
  compose_info (&info);
  send_apdu (self, benk_apdu_new_aare (known ? BENK_ASSOC_ACCEPTED
                                             : BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG,
                                       &info));
  if (known)
    {
      take_association (self);
      return;
    }
  self->state = BENK_CONFORM_CONFIGURING;
  start_timer (self, BENK_TO_CONFIG_MS);
}

static void
take_config (BenkConform *self, const BenkApdu *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkConfig) config = benk_config_parse (event->info, &error);
  g_autoptr (GBytes) reply = NULL;

  self->config_known = config != NULL;
  if (config != NULL)
    self->pm_handle = benk_config_find_class (config, BENK_CLASS_PM_STORE);
  reply =
    benk_config_reply (config != NULL ? config->id : self->config_id,
                       config != NULL ? BENK_CONFIG_ACCEPTED : BENK_CONFIG_UNSUPPORTED);
  send_apdu (self, benk_apdu_new_event_response (event, reply));
  if (config == NULL)
    start_timer (self, BENK_TO_CONFIG_MS);
  else
    take_association (self);
}

static void
take_event (BenkConform *self, const BenkApdu *event)
{
  if (event->type == BENK_EVT_CONFIG && self->state == BENK_CONFORM_CONFIGURING)
    take_config (self, event);
  else if (event->choice == BENK_CHOICE_EVENT_CONFIRMED)
    send_apdu (self, benk_apdu_new_event_response (event, NULL));
}

static gboolean
waits_for (BenkConform *self, const BenkApdu *apdu)
{
  if (self->state != BENK_CONFORM_ASKING && self->state != BENK_CONFORM_IDENTIFYING)
    return FALSE;
  return apdu->tag != BENK_APDU_PRST ||
         (benk_apdu_is_response (apdu) && apdu->invoke_id == self->invoke_id);
}

/* The one that came too late has been judged. */
static gboolean
is_late (const BenkConform *self, const BenkApdu *apdu)
{
  return self->awaits_late && apdu->tag == BENK_APDU_PRST &&
         benk_apdu_is_response (apdu) && apdu->invoke_id == self->late_id;
}

static void
take_apdu (BenkConform *self, BenkApdu *apdu)
{
  if (apdu->tag == BENK_APDU_AARQ && self->state == BENK_CONFORM_CONNECTING)
    {
      take_aarq (self, apdu);
      return;
    }
  if (apdu->tag == BENK_APDU_PRST && !benk_apdu_is_response (apdu))
    take_event (self, apdu);
  else if (self->state == BENK_CONFORM_RELEASING && apdu->tag == BENK_APDU_RLRE)
    finish (self);
  else if (apdu->tag == BENK_APDU_RLRQ)
    {
      send_apdu (self, benk_apdu_new_reason (BENK_APDU_RLRE, 0));
      lose (self, _ ("The device ended the association."));
    }
  else if (waits_for (self, apdu) && self->state == BENK_CONFORM_ASKING)
    take_answer (self, apdu);
  else if (waits_for (self, apdu) && apdu->tag == BENK_APDU_PRST)
    take_identity (self, apdu);
  else if (apdu->tag == BENK_APDU_ABRT)
    lose (self, _ ("The device aborted the association."));
  else if (self->state == BENK_CONFORM_ASKING && !is_late (self, apdu))
    benk_conform_fail (self, _ ("It answered another request than the one that was "
                                "made."));
  benk_apdu_free (apdu);
}

static void
add_steps (GPtrArray *all, const BenkConformStep *steps, guint n_steps)
{
  for (guint i = 0; i < n_steps; i++)
    g_ptr_array_add (all, (gpointer) &steps[i]);
}

/**
 * benk_conform_new:
 * @setup: copied
 *
 * Returns: (transfer full): a procedure that has not started
 */
BenkConform *
benk_conform_new (const BenkConformSetup *setup)
{
  BenkConform *self = g_new0 (BenkConform, 1);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  add_steps (all, benk_conform_standard, benk_conform_n_standard);
  add_steps (all, benk_conform_extension, benk_conform_n_extension);
  add_steps (all, benk_conform_transfer, benk_conform_n_transfer);
  add_steps (all, benk_conform_wipe, benk_conform_n_wipe);
  self->n_steps = all->len;
  self->steps = g_memdup2 (all->pdata, sizeof (gpointer) * all->len);
  self->results = g_new0 (BenkConformResult, all->len);
  for (guint i = 0; i < all->len; i++)
    {
      self->results[i].id = self->steps[i]->id;
      self->results[i].clause = self->steps[i]->clause;
      self->results[i].text =
        self->steps[i]->text != NULL ? _ (self->steps[i]->text) : NULL;
    }
  self->serial = g_strdup (setup->serial);
  self->destructive = setup->destructive;
  self->random = setup->random;
  self->invoke_id = 0x0fff;
  benk_mds_init (&self->mds);
  benk_conform_make_tables (self);
  return self;
}

/** benk_conform_free: @self: (transfer full): a procedure */
void
benk_conform_free (BenkConform *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    g_free (self->results[i].seen);
  for (guint i = 0; i < BENK_CONFORM_TABLES; i++)
    g_clear_pointer (&self->tables[i], g_bytes_unref);
  g_free (self->results);
  g_free (self->steps);
  g_clear_pointer (&self->aarq, benk_apdu_free);
  g_clear_pointer (&self->got, g_byte_array_unref);
  benk_ext_message_clear (&self->profile);
  benk_ext_message_clear (&self->before);
  benk_ext_message_clear (&self->wiped_before);
  benk_mds_clear (&self->mds);
  g_free (self->serial);
  g_free (self);
}

/** benk_conform_start: opens a link */
void
benk_conform_start (BenkConform *self, GPtrArray *actions)
{
  self->actions = actions;
  reopen (self, ASSOCIATE_MS);
}

/** benk_conform_up: a link is open; the device offers to associate */
void
benk_conform_up (BenkConform *self, GPtrArray *actions)
{
  self->actions = actions;
}

/** benk_conform_received: @local_s: wall clock, seconds since 1970 without a zone */
void
benk_conform_received (BenkConform *self,
                       GBytes *octets,
                       gint64 local_s,
                       GPtrArray *actions)
{
  BenkApdu *apdu = benk_apdu_parse (octets, NULL);
  gsize size = g_bytes_get_size (octets);

  self->actions = actions;
  self->local_s = local_s;
  if (self->state == BENK_CONFORM_OVER)
    {
      g_clear_pointer (&apdu, benk_apdu_free);
      return;
    }
  self->longest = MAX (self->longest, size);
  self->n_bad += apdu == NULL || size > LONGEST_APDU;
  if (apdu != NULL)
    take_apdu (self, apdu);
  else if (self->state == BENK_CONFORM_ASKING)
    benk_conform_fail (self, "%s", _ ("It answered with octets that are no APDU."));
}

/** benk_conform_down: the link is lost */
void
benk_conform_down (BenkConform *self, GPtrArray *actions)
{
  self->actions = actions;
  lose (self, _ ("The device left the bus."));
}

static void
give_up (BenkConform *self)
{
  benk_conform_fail (self, "%s", _ ("It does not offer to associate."));
  self->at++;
  skip_rest (self, _ ("The device did not associate again."));
  finish (self);
}

/** benk_conform_timeout: the timer ran out */
void
benk_conform_timeout (BenkConform *self, gint64 local_s, GPtrArray *actions)
{
  self->actions = actions;
  self->local_s = local_s;
  switch (self->state)
    {
    case BENK_CONFORM_ASKING:
      self->late_id = self->invoke_id;
      self->awaits_late = TRUE;
      take_answer (self, NULL);
      break;
    case BENK_CONFORM_IDENTIFYING:
      take_identity (self, NULL);
      break;
    case BENK_CONFORM_PAUSING:
      ask (self);
      break;
    case BENK_CONFORM_CONNECTING:
    case BENK_CONFORM_CONFIGURING:
      give_up (self);
      break;
    case BENK_CONFORM_RELEASING:
      finish (self);
      break;
    case BENK_CONFORM_OVER:
    default:
      break;
    }
}

/** benk_conform_get_n_results: Returns: how many, those without an id included */
guint
benk_conform_get_n_results (const BenkConform *self)
{
  return self->n_steps;
}

/** benk_conform_get_result: Returns: (transfer none): its id is %NULL for a step that
 * only prepares */
const BenkConformResult *
benk_conform_get_result (const BenkConform *self, guint index)
{
  return index < self->n_steps ? &self->results[index] : NULL;
}

/** benk_conform_get_mds: Returns: (transfer none): what the device says of itself */
const BenkMds *
benk_conform_get_mds (const BenkConform *self)
{
  return &self->mds;
}

/** benk_conform_is_simulated: Returns: whether it says of itself that it is */
gboolean
benk_conform_is_simulated (const BenkConform *self)
{
  return benk_mds_is_simulated (&self->mds) ||
         (self->has_extension && (self->profile.caps & BENK_EXT_CAP_SIMULATED) != 0);
}
