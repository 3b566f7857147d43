/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-lifecycle-view.h"

#include "benk-lifecycle-private.h"

/* While a device is with a user it takes up what happens there. */
#define STATES_IN_USE                                                                    \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED) |                                   \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TO_COLLECT))

/**
 * benk_lifecycle_view_new:
 * @state: the state the device is in
 * @origin: how it came into the store
 * @demo_store: whether the store was made as a demo store
 * @now_ms: UTC ms
 *
 * A view of a device of which nothing else is known yet: no fact, no proof, no alarm.
 *
 * Returns: (transfer full): a new view
 */
BenkLifecycleView *
benk_lifecycle_view_new (BenkDeviceState state,
                         BenkOrigin origin,
                         gboolean demo_store,
                         gint64 now_ms)
{
  BenkLifecycleView *self = g_new0 (BenkLifecycleView, 1);

  self->state = state;
  self->origin = origin;
  self->demo_store = demo_store;
  self->now_ms = now_ms;
  self->previous_state = -1;
  self->facts = g_array_new (FALSE, FALSE, sizeof (ViewFact));
  self->proofs = g_array_new (FALSE, FALSE, sizeof (ViewProof));
  self->attempts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->accessories = benk_accessory_list_new ();

  return self;
}

/**
 * benk_lifecycle_view_free:
 * @self: (transfer full): a view
 */
void
benk_lifecycle_view_free (BenkLifecycleView *self)
{
  g_array_unref (self->facts);
  g_array_unref (self->proofs);
  g_array_unref (self->attempts);
  benk_accessory_list_free (self->accessories);
  g_free (self);
}

/**
 * benk_lifecycle_view_set_kind:
 * @self: a view
 * @kind: what the device is; a dispenser where nothing is said
 */
void
benk_lifecycle_view_set_kind (BenkLifecycleView *self, BenkModelKind kind)
{
  self->kind = kind;
}

/**
 * benk_lifecycle_view_get_kind:
 * @self: a view
 *
 * Returns: what the device is
 */
BenkModelKind
benk_lifecycle_view_get_kind (const BenkLifecycleView *self)
{
  return self->kind;
}

/**
 * benk_lifecycle_view_add_transition:
 * @self: a view
 * @from: the state before, or -1 for registration and import
 * @to: the state after
 * @at_ms: UTC ms
 * @order: place in the change log, 1 or more
 *
 * Feeds a change of state, in the order of the change log, registration or import
 * included. From them follows how far back facts and proofs speak.
 */
void
benk_lifecycle_view_add_transition (
  BenkLifecycleView *self, int from, BenkDeviceState to, gint64 at_ms, gint64 order)
{
  self->previous_state = from;
  self->state_since_ms = at_ms;
  self->state_since = order;

  if (!self->has_transition || to == BENK_DEVICE_STATE_RECEIVED ||
      to == BENK_DEVICE_STATE_RESET)
    {
      self->arrival_since = order;
      benk_accessory_list_set_since (self->accessories, order);
    }
  if (!self->has_transition || to == BENK_DEVICE_STATE_RECEIVED ||
      to == BENK_DEVICE_STATE_STOCK)
    self->cycle_since = order;
  if (from >= 0 && (STATES_IN_USE & BENK_DEVICE_STATE_MASK (from)) != 0)
    self->used = MAX (self->used, order);

  self->has_transition = TRUE;
}

/**
 * benk_lifecycle_view_add_fact:
 * @self: a view
 * @kind: what was attested
 * @order: place in the change log
 * @has_ref: a reference was given
 * @has_stated_by: the name of who states it was given
 *
 * Feeds an attested fact. One that lacks what its kind needs does not count.
 */
void
benk_lifecycle_view_add_fact (BenkLifecycleView *self,
                              BenkFactKind kind,
                              gint64 order,
                              gboolean has_ref,
                              gboolean has_stated_by)
{
  ViewFact fact = { kind, order };

  if (benk_fact_kind_needs_ref (kind) && !has_ref)
    return;
  if (benk_fact_kind_needs_stated_by (kind) && !has_stated_by)
    return;

  g_array_append_val (self->facts, fact);
  if (kind == BENK_FACT_ACCESSORIES_COMPLETE || kind == BENK_FACT_ADAPTER_PRESENT)
    benk_accessory_list_add_attested (self->accessories,
                                      kind == BENK_FACT_ACCESSORIES_COMPLETE, order);
}

/**
 * benk_lifecycle_view_get_accessory_list:
 * @self: a view
 *
 * Returns: (transfer none): what was said of its accessories, to be fed with more
 */
BenkAccessoryList *
benk_lifecycle_view_get_accessory_list (const BenkLifecycleView *self)
{
  return self->accessories;
}

/**
 * benk_lifecycle_view_add_proof:
 * @self: a view
 * @kind: what is proven
 * @link_kind: how it is known
 * @order: place in the change log
 * @valid: not made invalid by a later row
 *
 * Feeds a proof. One that does not count in this store is left out; a proof that settings
 * were written still tells that the device has taken them up.
 */
void
benk_lifecycle_view_add_proof (BenkLifecycleView *self,
                               BenkProofKind kind,
                               BenkLinkKind link_kind,
                               gint64 order,
                               gboolean valid)
{
  ViewProof proof = { kind, link_kind, order };

  if (kind == BENK_PROOF_KIND_READY)
    self->used = MAX (self->used, order);

  if (valid && benk_link_kind_counts (link_kind, self->demo_store))
    g_array_append_val (self->proofs, proof);
}

/**
 * benk_lifecycle_view_add_run:
 * @self: a view
 * @kind: what the job did
 * @outcome: how it ended
 * @order: place in the change log where it ended
 *
 * Feeds a job. One that may have written settings makes every older reset worth nothing.
 */
void
benk_lifecycle_view_add_run (BenkLifecycleView *self,
                             BenkRunKind kind,
                             BenkRunOutcome outcome,
                             gint64 order)
{
  if (kind != BENK_RUN_KIND_PROVISION && kind != BENK_RUN_KIND_SETTINGS)
    return;

  if (outcome == BENK_RUN_OUTCOME_UNTOUCHED)
    return;

  self->used = MAX (self->used, order);
  self->written = MAX (self->written, order);
}

/**
 * benk_lifecycle_view_add_attempt:
 * @self: a view
 * @link_kind: how it was tried
 * @order: place in the change log
 *
 * Feeds an attempt at a reset that did not succeed: a job, or a step of the checklist for
 * a device that does not answer. One that does not count in this store is left out.
 */
void
benk_lifecycle_view_add_attempt (BenkLifecycleView *self,
                                 BenkLinkKind link_kind,
                                 gint64 order)
{
  if (benk_link_kind_counts (link_kind, self->demo_store))
    g_array_append_val (self->attempts, order);
}

/**
 * benk_lifecycle_view_set_open_alarms:
 * @self: a view
 * @n_open_alarms: how many alarms of the device are neither closed nor settled
 */
void
benk_lifecycle_view_set_open_alarms (BenkLifecycleView *self, guint n_open_alarms)
{
  self->n_open_alarms = n_open_alarms;
}

/**
 * benk_lifecycle_view_set_other_active_device:
 * @self: a view
 * @other: the user of this device has another one in trial, use or temporary stop
 */
void
benk_lifecycle_view_set_other_active_device (BenkLifecycleView *self, gboolean other)
{
  self->other_active_device = other;
}

/**
 * benk_lifecycle_view_set_lease_ended:
 * @self: a view
 * @ended: the lease of the device was terminated
 */
void
benk_lifecycle_view_set_lease_ended (BenkLifecycleView *self, gboolean ended)
{
  self->lease_ended = ended;
}

/**
 * benk_lifecycle_view_set_plan_valid:
 * @self: a view
 * @valid: the plan that was read back passes benk_plan_validate()
 */
void
benk_lifecycle_view_set_plan_valid (BenkLifecycleView *self, gboolean valid)
{
  self->plan_valid = valid;
}

/**
 * benk_lifecycle_view_set_reserved_for_other:
 * @self: a view
 * @reserved: the device has a user, and is kept for somebody else
 */
void
benk_lifecycle_view_set_reserved_for_other (BenkLifecycleView *self, gboolean reserved)
{
  self->reserved_for_other = reserved;
}

/**
 * benk_lifecycle_view_set_second_person_asked:
 * @self: a view
 * @asked: the district asks for a second person's check
 */
void
benk_lifecycle_view_set_second_person_asked (BenkLifecycleView *self, gboolean asked)
{
  self->second_person_asked = asked;
}

/**
 * benk_lifecycle_view_set_open_return:
 * @self: a view
 * @open: a return case of the device is neither closed nor cancelled
 */
void
benk_lifecycle_view_set_open_return (BenkLifecycleView *self, gboolean open)
{
  self->open_return = open;
}

/**
 * benk_lifecycle_view_set_return:
 * @self: a view
 * @conditions: what holds for the return case that takes the step
 */
void
benk_lifecycle_view_set_return (BenkLifecycleView *self, BenkReturnCondition conditions)
{
  self->return_conditions = conditions;
}

/**
 * benk_lifecycle_view_set_trial_before:
 * @self: a view of a device in trial
 * @before_ms: how long the trial of its user went before the device came, in milliseconds
 */
void
benk_lifecycle_view_set_trial_before (BenkLifecycleView *self, gint64 before_ms)
{
  self->trial_before_ms = before_ms;
}

/**
 * benk_lifecycle_view_get_trial_ms:
 * @self: a view of a device in trial
 *
 * Returns: how long the trial of its user has gone on, in milliseconds
 */
gint64
benk_lifecycle_view_get_trial_ms (const BenkLifecycleView *self)
{
  return self->trial_before_ms + self->now_ms - self->state_since_ms;
}

/**
 * benk_lifecycle_view_get_state:
 * @self: a view
 *
 * Returns: the state the device is in
 */
BenkDeviceState
benk_lifecycle_view_get_state (const BenkLifecycleView *self)
{
  return self->state;
}

/**
 * benk_lifecycle_view_get_state_since_ms:
 * @self: a view
 *
 * Returns: UTC ms of the last change of state; 0 if none was fed
 */
gint64
benk_lifecycle_view_get_state_since_ms (const BenkLifecycleView *self)
{
  return self->state_since_ms;
}

/**
 * benk_lifecycle_view_count_attempts:
 * @self: a view
 *
 * Returns: how many attempts at a reset are on record since the last use
 */
guint
benk_lifecycle_view_count_attempts (const BenkLifecycleView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->attempts->len; i++)
    n += g_array_index (self->attempts, gint64, i) >= self->used;

  return n;
}
