/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-lifecycle-view.h"

#include "benk-lifecycle-private.h"

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static gint64
get_scope_start (const BenkLifecycleView *self, BenkFactScope scope)
{
  switch (scope)
    {
    case BENK_FACT_SCOPE_ARRIVAL:
      return self->arrival_since;
    case BENK_FACT_SCOPE_CYCLE:
      return self->cycle_since;
    case BENK_FACT_SCOPE_USE:
      return self->used;
    case BENK_FACT_SCOPE_DEVICE:
      return G_MININT64;
    case BENK_FACT_SCOPE_STAY:
    default:
      return self->state_since;
    }
}

/* Whether a word of this kind can speak for the device at all. */
static gboolean
may_count (const BenkLifecycleView *self, BenkFactKind kind)
{
  switch (kind)
    {
    /* Once it was in use, a device is neither new nor before its first use. */
    case BENK_FACT_FACTORY_NEW:
      return self->used == 0 && self->origin == BENK_ORIGIN_REGISTERED;
    case BENK_FACT_RESET_ACCEPTED:
      return self->used == 0 && self->origin == BENK_ORIGIN_IMPORTED;
    /* Three words are no attempts. */
    case BENK_FACT_RESET_IMPOSSIBLE:
      return benk_lifecycle_view_count_attempts (self) >= BENK_RESET_ATTEMPTS;
    default:
      return TRUE;
    }
}

static gboolean
has_fact (const BenkLifecycleView *self, BenkFactKind kind)
{
  gint64 start = get_scope_start (self, benk_fact_kind_get_scope (kind));

  if (!may_count (self, kind))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      const ViewFact *fact = &g_array_index (self->facts, ViewFact, i);

      if (fact->kind == kind && fact->order >= start)
        return TRUE;
    }

  return FALSE;
}

static const ViewProof *
find_proof (const BenkLifecycleView *self, BenkProofKind kind, gint64 start)
{
  for (guint i = 0; i < self->proofs->len; i++)
    {
      const ViewProof *proof = &g_array_index (self->proofs, ViewProof, i);

      /* A reset in the very change of a write may have come before it. */
      if (kind == BENK_PROOF_KIND_RESET && proof->order <= self->written)
        continue;
      if (proof->kind == kind && proof->order >= start)
        return proof;
    }

  return NULL;
}

static const ViewProof *
find_reset (const BenkLifecycleView *self)
{
  return find_proof (self, BENK_PROOF_KIND_RESET, self->used);
}

static gboolean
is_plan_valid (const BenkLifecycleView *self)
{
  const ViewProof *ready = find_proof (self, BENK_PROOF_KIND_READY, self->state_since);

  /* What was set by checklist stands in the vendor's portal, not here. */
  return self->plan_valid ||
         (ready != NULL && ready->link_kind == BENK_LINK_KIND_CHECKLIST);
}

static gboolean
meets_condition (const BenkLifecycleView *self, const BenkGuard *guard)
{
  switch (guard->condition)
    {
    case BENK_CONDITION_NO_OPEN_ALARMS:
      return self->n_open_alarms == 0;
    case BENK_CONDITION_NO_OPEN_RETURN:
      return !self->open_return;
    case BENK_CONDITION_ONE_ACTIVE_DEVICE:
      return !self->other_active_device;
    case BENK_CONDITION_LEASE_ACTIVE:
      return !self->lease_ended;
    case BENK_CONDITION_PLAN_VALID:
      return is_plan_valid (self);
    case BENK_CONDITION_NOT_RESERVED_FOR_OTHER:
      return !self->reserved_for_other;
    case BENK_CONDITION_SECOND_PERSON_NOT_ASKED:
      return !self->second_person_asked;
    case BENK_CONDITION_TRIAL_LONG_ENOUGH:
      return benk_lifecycle_view_get_trial_ms (self) >= BENK_TRIAL_MIN_DAYS * MS_PER_DAY;
    case BENK_CONDITION_WAS_IN_OPERATION:
      return self->previous_state == BENK_DEVICE_STATE_OPERATION;
    case BENK_CONDITION_NOT_STOPPED_IN_TRIAL:
      return self->previous_state != BENK_DEVICE_STATE_TRIAL;
    case BENK_CONDITION_ACCESSORIES:
      return benk_accessory_list_is_complete (self->accessories);
    case BENK_CONDITION_POWER:
      return benk_accessory_list_has_power (self->accessories);
    case BENK_CONDITION_POWER_NOT_MISSING:
      return !benk_accessory_list_misses_power (self->accessories);
    case BENK_CONDITION_RETURN:
      return (self->return_conditions & guard->return_condition) != 0;
    case BENK_CONDITION_NONE:
    default:
      return FALSE;
    }
}

static gboolean
has_guard_proof (const BenkLifecycleView *self, BenkGuardProof proof)
{
  switch (proof)
    {
    case BENK_GUARD_PROOF_RESET:
      return find_reset (self) != NULL;
    case BENK_GUARD_PROOF_READY:
      return find_proof (self, BENK_PROOF_KIND_READY, self->state_since) != NULL;
    case BENK_GUARD_PROOF_STILL_READY:
      return find_proof (self, BENK_PROOF_KIND_READY, self->cycle_since) != NULL;
    case BENK_GUARD_PROOF_NONE:
    default:
      return FALSE;
    }
}

/* Whether a guard holds: by a proof, by what the program sees, or by a fact. */
gboolean
benk_lifecycle_view_meets (const BenkLifecycleView *self, const BenkGuard *guard)
{
  if (has_guard_proof (self, guard->proof))
    return TRUE;
  if (meets_condition (self, guard))
    return TRUE;
  /* What was attested of them is a word among others: a later one may say otherwise. */
  if (benk_guard_is_about_accessories (guard))
    return FALSE;

  for (guint i = 0; guard->facts[i] != BENK_FACT_NONE; i++)
    if (has_fact (self, guard->facts[i]))
      return TRUE;

  return FALSE;
}

/* Which fact is signed to satisfy a guard that does not hold; none where it is done in
 * another way. What stands in the place of a reset is an exception: it comes up when the
 * reset was tried in vain. */
BenkFactKind
benk_lifecycle_view_find_way (const BenkLifecycleView *self, const BenkGuard *guard)
{
  gboolean reset_first = guard->proof == BENK_GUARD_PROOF_RESET &&
                         guard->where == BENK_GUARD_WHERE_BENCH &&
                         benk_lifecycle_view_count_attempts (self) < BENK_RESET_ATTEMPTS;

  for (guint i = 0; guard->facts[i] != BENK_FACT_NONE; i++)
    if (may_count (self, guard->facts[i]) &&
        (!reset_first || guard->facts[i] == BENK_FACT_FACTORY_NEW))
      return guard->facts[i];

  return BENK_FACT_NONE;
}

/**
 * benk_lifecycle_view_is_reset_proven:
 * @self: a view
 *
 * Whether a proof of reset counts that is younger than the last use. An accepted first
 * use is not a proof.
 *
 * Returns: %TRUE if the reset is proven
 */
gboolean
benk_lifecycle_view_is_reset_proven (const BenkLifecycleView *self)
{
  return find_reset (self) != NULL;
}
