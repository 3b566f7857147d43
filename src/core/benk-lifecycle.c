/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-lifecycle.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-lifecycle-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Key of a reason that goes for everything that is owed. */
#define ANY_GUARD "*"

static BenkGuardResult *
benk_guard_result_new (const BenkGuard *guard, BenkGuardStatus status, const char *reason)
{
  BenkGuardResult *self = g_new0 (BenkGuardResult, 1);

  self->guard = guard;
  self->status = status;
  self->reason = g_strdup (reason);

  return self;
}

/**
 * benk_guard_result_free:
 * @self: (transfer full): a result
 */
void
benk_guard_result_free (BenkGuardResult *self)
{
  g_free (self->reason);
  g_free (self->lack);
  g_free (self);
}

static BenkGuardStatus
get_status (const BenkLifecycleView *view, const BenkGuard *guard)
{
  if (benk_lifecycle_view_meets (view, guard))
    return BENK_GUARD_MET;

  return guard->klass == BENK_GUARD_OWED ? BENK_GUARD_OWING : BENK_GUARD_MISSING;
}

/* What exactly a guard is not met for want of; NULL when its message says it all. */
static char *
describe_lack (const BenkLifecycleView *view, const BenkGuard *guard)
{
  return benk_guard_is_about_accessories (guard)
           ? benk_accessory_list_describe_lack (
               benk_lifecycle_view_get_accessory_list (view),
               guard->condition != BENK_CONDITION_ACCESSORIES)
           : NULL;
}

/**
 * benk_lifecycle_check:
 * @view: what is known of the device
 * @to: the state it is to have
 *
 * Looks at every guard of the change. Decides nothing.
 *
 * Returns: (transfer full) (nullable) (element-type BenkGuardResult): each guard with its
 *   status, in the order of the table; %NULL if the change is in no row
 */
GPtrArray *
benk_lifecycle_check (const BenkLifecycleView *view, BenkDeviceState to)
{
  BenkModelKind kind = benk_lifecycle_view_get_kind (view);
  const BenkLifecycleRow *row =
    benk_lifecycle_find (kind, benk_lifecycle_view_get_state (view), to);
  GPtrArray *results;

  if (row == NULL)
    return NULL;

  results = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_guard_result_free);
  for (guint i = 0; row->guards[i] != NULL; i++)
    {
      const BenkGuard *guard = benk_guard_find (row->guards[i]);
      BenkGuardResult *result;

      if (!benk_guard_applies (guard, kind))
        continue;
      result = benk_guard_result_new (guard, get_status (view, guard), NULL);
      if (result->status != BENK_GUARD_MET)
        {
          result->lack = describe_lack (view, guard);
          result->way = benk_lifecycle_view_find_way (view, guard);
        }
      g_ptr_array_add (results, result);
    }

  return results;
}

static const char *
get_label (BenkDeviceState state)
{
  const char *label = benk_device_state_get_label (state, TRUE);

  return label != NULL ? label : "?";
}

static void
set_no_row_error (const BenkLifecycleView *view, BenkDeviceState to, GError **error)
{
  BenkModelKind kind = benk_lifecycle_view_get_kind (view);
  BenkDeviceState from = benk_lifecycle_view_get_state (view);
  g_autoptr (GString) sources = g_string_new (NULL);

  if (from == to)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("The device is already “%s”."), get_label (to));
      return;
    }

  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    if (i != BENK_DEVICE_STATE_LOST && benk_lifecycle_find (kind, i, to) != NULL)
      g_string_append_printf (sources, _ ("%s“%s”"), sources->len > 0 ? ", " : "",
                              get_label ((BenkDeviceState) i));

  if (from == BENK_DEVICE_STATE_QUARANTINE && to == BENK_DEVICE_STATE_RMA_REQUESTED &&
      !benk_lifecycle_view_is_reset_proven (view))
    g_set_error_literal (
      error, BENK_ERROR, BENK_ERROR_REFUSED,
      _ ("The device is in quarantine and its reset is not proven. Reset it "
         "before it is returned."));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("A device that is “%s” cannot become “%s”. That comes after: %s."),
                 get_label (from), get_label (to), sources->len > 0 ? sources->str : "–");
}

static void
append_sentence (GString *text, const BenkGuardResult *result)
{
  g_string_append_printf (text, " %s", benk_guard_get_message (result->guard));
  if (result->lack != NULL)
    g_string_append_printf (text, " %s", result->lack);
}

static const char *
find_reason (GHashTable *reasons, const BenkGuard *guard)
{
  const char *reason = NULL;

  if (reasons != NULL)
    reason = g_hash_table_lookup (reasons, guard->id);
  if (reasons != NULL && reason == NULL)
    reason = g_hash_table_lookup (reasons, ANY_GUARD);

  return reason != NULL && reason[strspn (reason, " \t\r\n")] != '\0' ? reason : NULL;
}

static gboolean
sort_out (GPtrArray *results, GHashTable *reasons, GPtrArray *owed, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) unreasoned = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);
      const char *reason = find_reason (reasons, result->guard);

      if (result->status == BENK_GUARD_MISSING)
        append_sentence (missing, result);
      else if (result->status == BENK_GUARD_OWING && reason == NULL)
        append_sentence (unreasoned, result);
      else if (result->status == BENK_GUARD_OWING)
        g_ptr_array_add (owed,
                         benk_guard_result_new (result->guard, BENK_GUARD_OWING, reason));
    }

  if (missing->len > 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s%s",
                   _ ("Missing before the next step:"), missing->str);
      return FALSE;
    }

  if (unreasoned->len > 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s%s",
                   _ ("Do it, or give a reason to do it later:"), unreasoned->str);
      return FALSE;
    }

  return TRUE;
}

/**
 * benk_lifecycle_allow:
 * @view: what is known of the device
 * @to: the state it is to have
 * @owed_reasons: (nullable) (element-type utf8 utf8): why an owed guard is put off, by
 * guard id; the key "*" goes for all
 * @owed_out: (out) (optional) (transfer full) (element-type BenkGuardResult): what is put
 *   off, each with its reason: one task each, due in %BENK_OWED_DAYS; empty if nothing is
 * @error: return location for a %BENK_ERROR_REFUSED that names everything that is missing
 *
 * Decides whether the change may be made.
 *
 * Returns: %TRUE if it may
 */
gboolean
benk_lifecycle_allow (const BenkLifecycleView *view,
                      BenkDeviceState to,
                      GHashTable *owed_reasons,
                      GPtrArray **owed_out,
                      GError **error)
{
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, to);
  g_autoptr (GPtrArray) owed = NULL;

  if (results == NULL)
    {
      set_no_row_error (view, to, error);
      return FALSE;
    }

  owed = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_guard_result_free);
  if (!sort_out (results, owed_reasons, owed, error))
    return FALSE;

  if (owed_out != NULL)
    *owed_out = g_steal_pointer (&owed);

  return TRUE;
}

/**
 * benk_lifecycle_allow_start:
 * @origin: how a new device comes into the store
 * @state: the state it is to have first
 * @error: return location for a %BENK_ERROR_REFUSED
 *
 * A registered device starts as ordered or received. An imported one starts in any state,
 * with no proof.
 *
 * Returns: %TRUE if it may start there
 */
gboolean
benk_lifecycle_allow_start (BenkOrigin origin, BenkDeviceState state, GError **error)
{
  if ((guint) state >= BENK_N_DEVICE_STATES)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("There is no such state."));
      return FALSE;
    }

  if (origin == BENK_ORIGIN_IMPORTED || state == BENK_DEVICE_STATE_ORDERED ||
      state == BENK_DEVICE_STATE_RECEIVED)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("A new device starts as “%s” or “%s”."),
               get_label (BENK_DEVICE_STATE_ORDERED),
               get_label (BENK_DEVICE_STATE_RECEIVED));

  return FALSE;
}

static guint
get_run_states (BenkRunKind kind)
{
  switch (kind)
    {
    case BENK_RUN_KIND_PROVISION:
      return BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING);
    case BENK_RUN_KIND_SETTINGS:
      return BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
    case BENK_RUN_KIND_RESET:
      return BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_STOCK) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_QUARANTINE) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_FAULTY) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RESET) |
             BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_REQUESTED);
    case BENK_RUN_KIND_READ:
    case BENK_RUN_KIND_CHECKLIST:
    default:
      return G_MAXUINT;
    }
}

/**
 * benk_lifecycle_allow_run:
 * @state: the state of a device
 * @kind: what a job would do with it
 * @error: return location for a %BENK_ERROR_REFUSED
 *
 * Whether a job may run on a device in a state. None of them changes the state by itself:
 * a device is made ready while it is being made ready, its settings are changed while it
 * is with a user, and it is never reset while it is.
 *
 * Returns: %TRUE if it may
 */
gboolean
benk_lifecycle_allow_run (BenkDeviceState state, BenkRunKind kind, GError **error)
{
  if ((guint) state < BENK_N_DEVICE_STATES &&
      (get_run_states (kind) & BENK_DEVICE_STATE_MASK (state)) != 0)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("“%s” is not possible for a device that is “%s”."),
               benk_run_kind_get_label (kind), get_label (state));

  return FALSE;
}

/**
 * benk_lifecycle_allow_job:
 * @model_kind: what the device is
 * @kind: what a job over a link would do with it
 * @error: return location for a %BENK_ERROR_REFUSED
 *
 * Returns: %TRUE if such a device can have jobs: other equipment has none
 */
gboolean
benk_lifecycle_allow_job (BenkModelKind model_kind, BenkRunKind kind, GError **error)
{
  if (benk_model_kind_gives_doses (model_kind))
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("“%s” is for dispensers. This device is other equipment (%s)."),
               benk_run_kind_get_label (kind), benk_model_kind_get_label (model_kind));
  return FALSE;
}

/**
 * benk_lifecycle_can_undo:
 * @from: the state before
 * @to: the state after
 *
 * Whether a change of state is one of our own list only. What rests on work on a device,
 * or on somebody outside, is corrected by a new change.
 *
 * Returns: %TRUE if it can be undone
 */
gboolean
benk_lifecycle_can_undo (BenkDeviceState from, BenkDeviceState to)
{
  guint outside = BENK_DEVICE_STATES_BY_RETURN_CASE |
                  BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |
                  BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RESET) |
                  BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_SCRAPPED);

  if ((guint) from >= BENK_N_DEVICE_STATES || (guint) to >= BENK_N_DEVICE_STATES)
    return FALSE;

  if ((BENK_DEVICE_STATES_BY_RETURN_CASE & BENK_DEVICE_STATE_MASK (from)) != 0)
    return FALSE;

  /* It was wiped on the way, so it would not be ready. */
  if (from == BENK_DEVICE_STATE_READY && to == BENK_DEVICE_STATE_STOCK)
    return FALSE;

  return (outside & BENK_DEVICE_STATE_MASK (to)) == 0;
}
