/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-card-private.h"

#include <glib/gi18n.h>

#include "benk-lifecycle.h"

struct _BenkNextGuard
{
  GObject parent_instance;

  const BenkGuard *guard;
  gboolean met;
  BenkFactKind fact;
  gint64 due_ms;
  char *reason;
  char *lack;
};

struct _BenkNextState
{
  GObject parent_instance;

  BenkDeviceState state;
  gboolean open;
  gboolean needs_reason;
  GListStore *guards;
};

G_DEFINE_FINAL_TYPE (BenkNextGuard, benk_next_guard, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (BenkNextState, benk_next_state, G_TYPE_OBJECT)

/* What may be said of a guard that holds in more than one way: nothing that only one of
 * them would make true. */
static const struct
{
  const char *id;
  const char *text;
} HOLDS[] = {
  { "no-open-return", N_ ("No return is open") },
  { "clean", N_ ("Reset proven, new from the factory, or accepted for first use") },
  { "reset-proven", N_ ("The reset is proven") },
  { "reset-or-exception", N_ ("The reset is proven, or the device cannot be reset") },
  { "personal-data-marked", N_ ("The reset is proven, or the packing list warns") },
  { "erasure", N_ ("Nothing personal is left, or the vendor has erased it") },
  { "wiped-or-destroyed", N_ ("The memory is wiped or destroyed") },
  { "accessories-complete", N_ ("The accessories are there") },
  { "adapter-present", N_ ("The power adapter, or what else gives it power, is there") },
  { "adapter-not-missing", N_ ("What gives it power is not missing") },
  { "lease-active", N_ ("The lease has not ended") },
  { "read-back", N_ ("The settings were read back, or set by checklist") },
  { "still-ready", N_ ("The settings read back still hold") },
  { "plan-valid", N_ ("The plan is complete") },
  { "clock-checked", N_ ("The clock was checked") },
  { "signal-ok", N_ ("The signal was checked") },
  { "second-person", N_ ("Checked by a second person, or not asked for") },
  { "not-reserved-for-other", N_ ("It is reserved for nobody else") },
  { "one-active-device", N_ ("The user has no other active device") },
  { "trial-length", N_ ("The trial was long enough, or ended early with a reason") },
  { "alarms-cleared", N_ ("No open alarms, or they were handed over") },
  { "no-open-alarms", N_ ("No open alarms") },
  { "not-stopped-in-trial", N_ ("It was not stopped in its trial") },
  { "was-in-operation", N_ ("It was in regular use before") },
};

static const char *
get_holds (const BenkGuard *guard)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HOLDS); i++)
    if (g_str_equal (HOLDS[i].id, guard->id))
      return _ (HOLDS[i].text);

  return guard->facts[0] != BENK_FACT_NONE ? benk_fact_kind_get_label (guard->facts[0])
                                           : guard->id;
}

static void
benk_next_guard_finalize (GObject *object)
{
  g_free (BENK_NEXT_GUARD (object)->reason);
  g_free (BENK_NEXT_GUARD (object)->lack);
  G_OBJECT_CLASS (benk_next_guard_parent_class)->finalize (object);
}

static void
benk_next_guard_class_init (BenkNextGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_next_guard_finalize;
}

static void
benk_next_guard_init (BenkNextGuard *self)
{
}

static void
benk_next_state_finalize (GObject *object)
{
  g_clear_object (&BENK_NEXT_STATE (object)->guards);
  G_OBJECT_CLASS (benk_next_state_parent_class)->finalize (object);
}

static void
benk_next_state_class_init (BenkNextStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_next_state_finalize;
}

static void
benk_next_state_init (BenkNextState *self)
{
  self->guards = g_list_store_new (BENK_TYPE_NEXT_GUARD);
}

/* A guard of an allowed change, or one that was put off: then @due_ms and @reason. */
BenkNextGuard *
benk_next_guard_new (const BenkGuard *guard,
                     gboolean met,
                     gint64 due_ms,
                     const char *reason)
{
  BenkNextGuard *self = g_object_new (BENK_TYPE_NEXT_GUARD, NULL);

  self->guard = guard;
  self->met = met;
  self->fact = guard->facts[0];
  self->due_ms = due_ms;
  self->reason = g_strdup (reason);

  return self;
}

BenkNextGuard *
benk_next_guard_new_result (const BenkGuardResult *result)
{
  gboolean met = result->status == BENK_GUARD_MET;
  BenkNextGuard *self = benk_next_guard_new (result->guard, met, 0, NULL);

  if (!met)
    self->fact = result->way;
  if (result->lack != NULL)
    self->lack =
      g_strdup_printf ("%s %s", benk_guard_get_message (result->guard), result->lack);

  return self;
}

BenkNextState *
benk_next_state_new (const BenkLifecycleView *view, BenkDeviceState to)
{
  BenkNextState *self = g_object_new (BENK_TYPE_NEXT_STATE, NULL);
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, to);

  self->state = to;
  self->open = TRUE;
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);
      g_autoptr (BenkNextGuard) guard = benk_next_guard_new_result (result);

      g_list_store_append (self->guards, guard);
      self->open = self->open && result->status != BENK_GUARD_MISSING;
      self->needs_reason = self->needs_reason || result->status == BENK_GUARD_OWING;
    }

  return self;
}

/**
 * benk_next_guard_get_id:
 * @self: a guard
 *
 * Returns: (transfer none): its stable name
 */
const char *
benk_next_guard_get_id (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), NULL);
  return self->guard->id;
}

/**
 * benk_next_guard_get_text:
 * @self: a guard
 *
 * Returns: (transfer none): what is there when it holds, what is missing when it does
 *   not, for people
 */
const char *
benk_next_guard_get_text (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), NULL);

  if (self->met)
    return get_holds (self->guard);

  return self->lack != NULL ? self->lack : benk_guard_get_message (self->guard);
}

/**
 * benk_next_guard_is_met:
 * @self: a guard
 *
 * Returns: whether it holds
 */
gboolean
benk_next_guard_is_met (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), FALSE);
  return self->met;
}

/**
 * benk_next_guard_is_owed:
 * @self: a guard
 *
 * Returns: whether one may go on without it, with a reason
 */
gboolean
benk_next_guard_is_owed (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), FALSE);
  return self->guard->klass == BENK_GUARD_OWED;
}

/**
 * benk_next_guard_get_fact:
 * @self: a guard
 *
 * Returns: the fact that says so when it holds, and that is signed first when it does
 * not; -1 if that is none
 */
int
benk_next_guard_get_fact (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), -1);
  return self->fact != BENK_FACT_NONE ? (int) self->fact : -1;
}

/**
 * benk_next_guard_get_page:
 * @self: a guard
 *
 * Returns: (transfer none) (nullable): the page where it is done: "bench", "alarms" or
 *   "returns"; %NULL = on the device itself
 */
const char *
benk_next_guard_get_page (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), NULL);

  switch (self->guard->where)
    {
    case BENK_GUARD_WHERE_BENCH:
      return "bench";
    case BENK_GUARD_WHERE_ALARMS:
      return "alarms";
    case BENK_GUARD_WHERE_RETURN:
      return "returns";
    case BENK_GUARD_WHERE_DEVICE:
    default:
      return NULL;
    }
}

/**
 * benk_next_guard_is_about_accessories:
 * @self: a guard
 *
 * Returns: whether it is met by saying which accessories are there
 */
gboolean
benk_next_guard_is_about_accessories (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), FALSE);
  return benk_guard_is_about_accessories (self->guard);
}

/**
 * benk_next_guard_get_due_ms:
 * @self: a guard that was put off
 *
 * Returns: when it is due, UTC milliseconds; 0 if it was not put off
 */
gint64
benk_next_guard_get_due_ms (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), 0);
  return self->due_ms;
}

/**
 * benk_next_guard_get_reason:
 * @self: a guard that was put off
 *
 * Returns: (transfer none) (nullable): why it was put off; "" if that is erased
 */
const char *
benk_next_guard_get_reason (BenkNextGuard *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_GUARD (self), NULL);
  return self->reason;
}

/**
 * benk_next_state_get_state:
 * @self: a state the device may go to
 *
 * Returns: the state
 */
BenkDeviceState
benk_next_state_get_state (BenkNextState *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_STATE (self), BENK_DEVICE_STATE_ORDERED);
  return self->state;
}

/**
 * benk_next_state_is_open:
 * @self: a state the device may go to
 *
 * Returns: whether nothing hard is missing
 */
gboolean
benk_next_state_is_open (BenkNextState *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_STATE (self), FALSE);
  return self->open;
}

/**
 * benk_next_state_needs_reason:
 * @self: a state the device may go to
 *
 * Returns: whether something owed is missing, so that a reason is needed to go on
 */
gboolean
benk_next_state_needs_reason (BenkNextState *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_STATE (self), FALSE);
  return self->needs_reason;
}

/**
 * benk_next_state_get_guards:
 * @self: a state the device may go to
 *
 * Returns: (transfer none): its guards, as #BenkNextGuard
 */
GListModel *
benk_next_state_get_guards (BenkNextState *self)
{
  g_return_val_if_fail (BENK_IS_NEXT_STATE (self), NULL);
  return G_LIST_MODEL (self->guards);
}
