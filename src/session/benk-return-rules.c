/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-return-rules-private.h"

#include <glib/gi18n.h>

#include "benk-duty.h"
#include "benk-error.h"
#include "benk-fact.h"
#include "benk-table-duty.h"
#include "benk-table-fact.h"
#include "benk-table-transition.h"

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* Where deadlines in working days are counted. */
#define ZONE "Europe/Oslo"

/* A return goes from step to step; it can be cancelled until it is sent. */
static const struct
{
  BenkReturnState from;
  BenkReturnState to;
} steps[] = {
  { BENK_RETURN_STATE_REGISTERED, BENK_RETURN_STATE_ANSWERED },
  { BENK_RETURN_STATE_ANSWERED, BENK_RETURN_STATE_PACKED },
  { BENK_RETURN_STATE_PACKED, BENK_RETURN_STATE_SENT },
  { BENK_RETURN_STATE_SENT, BENK_RETURN_STATE_RECEIVED },
  { BENK_RETURN_STATE_RECEIVED, BENK_RETURN_STATE_OUTCOME },
  { BENK_RETURN_STATE_OUTCOME, BENK_RETURN_STATE_CLOSED },
  { BENK_RETURN_STATE_REGISTERED, BENK_RETURN_STATE_CANCELLED },
  { BENK_RETURN_STATE_ANSWERED, BENK_RETURN_STATE_CANCELLED },
  { BENK_RETURN_STATE_PACKED, BENK_RETURN_STATE_CANCELLED },
};

/* The state of the device that goes with a step. */
static const struct
{
  BenkReturnState step;
  BenkDeviceState state;
} states[] = {
  { BENK_RETURN_STATE_REGISTERED, BENK_DEVICE_STATE_RMA_REQUESTED },
  { BENK_RETURN_STATE_PACKED, BENK_DEVICE_STATE_RMA_PACKED },
  { BENK_RETURN_STATE_SENT, BENK_DEVICE_STATE_SENT },
  { BENK_RETURN_STATE_RECEIVED, BENK_DEVICE_STATE_WITH_VENDOR },
  { BENK_RETURN_STATE_CLOSED, BENK_DEVICE_STATE_RMA_CLOSED },
};

gboolean
benk_return_rules_check_step (BenkReturnState from, BenkReturnState to, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].from == from && steps[i].to == to)
      return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("A return that is “%s” cannot become “%s”."),
               benk_return_state_get_label (from), benk_return_state_get_label (to));
  return FALSE;
}

/* Returns: the step that is next, or @from when there is none */
BenkReturnState
benk_return_rules_get_next (BenkReturnState from)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].from == from && steps[i].to != BENK_RETURN_STATE_CANCELLED)
      return steps[i].to;

  return from;
}

/* Returns: %FALSE for a step that leaves the state of the device as it is */
gboolean
benk_return_rules_get_device_state (BenkReturnState step,
                                    gboolean reset_proven,
                                    BenkDeviceState *out_state)
{
  if (step == BENK_RETURN_STATE_CANCELLED)
    {
      *out_state = reset_proven ? BENK_DEVICE_STATE_RESET : BENK_DEVICE_STATE_QUARANTINE;
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].step == step)
      {
        *out_state = states[i].state;
        return TRUE;
      }

  return FALSE;
}

/* A device that came from a list may be under way already: its return starts there. */
gboolean
benk_return_rules_get_start (BenkDeviceState state, BenkReturnState *out_step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].state == state && states[i].step != BENK_RETURN_STATE_CLOSED)
      {
        *out_step = states[i].step;
        return TRUE;
      }

  return FALSE;
}

gboolean
benk_return_rules_is_outcome (const char *outcome)
{
  static const char *const outcomes[] = { "repaired",    "replaced", "credited",
                                          "lease-ended", "refused",  NULL };

  return outcome != NULL && g_strv_contains (outcomes, outcome);
}

/* When the next answer is due, counted from the step; 0 = no time is proposed. */
gboolean
benk_return_rules_set_deadline (BenkDb *db,
                                BenkReturnCase *return_case,
                                BenkReturnState step,
                                GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (db);
  gint64 deadline_ms = 0;

  if (step == BENK_RETURN_STATE_SENT)
    {
      g_autoptr (BenkDutyRoster) roster = benk_table_duty_load (db, error);

      if (roster == NULL)
        return FALSE;
      deadline_ms = benk_duty_workdays_on (&roster->common->hours, ZONE, now_ms,
                                           BENK_RETURN_ARRIVAL_WORKDAYS);
    }
  else if (step == BENK_RETURN_STATE_RECEIVED)
    deadline_ms = now_ms + BENK_RETURN_OUTCOME_DAYS * MS_PER_DAY;
  benk_return_case_set_deadline_ms (return_case, deadline_ms);
  return TRUE;
}

/* What the case and what was attested say already, before the step adds to it. */
gboolean
benk_return_rules_load_conditions (BenkDb *db,
                                   BenkReturnCase *return_case,
                                   guint *conditions,
                                   GError **error)
{
  const BenkId *device = benk_return_case_get_device_id (return_case);
  const char *rma = benk_return_case_get_rma_number (return_case);
  gboolean counted = FALSE, no_labels = FALSE;
  gint64 order = 0;

  if (!benk_table_transition_get_end_of_use (db, device, &order, error) ||
      !benk_table_fact_is_attested (db, device, BENK_FACT_ACCESSORIES_COMPLETE, order,
                                    &counted, error) ||
      !benk_table_fact_is_attested (db, device, BENK_FACT_LABEL_REMOVED, order,
                                    &no_labels, error))
    return FALSE;

  /* A reason that is erased was still given: no case is opened without one. */
  *conditions = BENK_RETURN_BY_CASE | BENK_RETURN_REASON;
  if (rma != NULL || benk_return_case_get_no_rma (return_case))
    *conditions |= BENK_RETURN_ANSWERED;
  if (counted)
    *conditions |= BENK_RETURN_ACCESSORIES_COUNTED;
  if (no_labels)
    *conditions |= BENK_RETURN_NO_NAMES;
  if (benk_return_case_get_tracking (return_case) != NULL)
    *conditions |= BENK_RETURN_HANDED_OVER;
  if (benk_return_case_get_outcome (return_case) != NULL)
    *conditions |= BENK_RETURN_OUTCOME | BENK_RETURN_LEASE_RECORDED;

  return TRUE;
}

gboolean
benk_return_rules_is_reset_missing (const BenkLifecycleView *view, BenkDeviceState to)
{
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, to);

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (result->status == BENK_GUARD_MISSING &&
          (g_str_equal (result->guard->id, "reset-or-exception") ||
           g_str_equal (result->guard->id, "reset-proven")))
        return TRUE;
    }

  return FALSE;
}

/* What is missing and does not come with the step itself. */
static char *
describe_missing (const BenkLifecycleView *view, BenkDeviceState to)
{
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, to);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (result->status == BENK_GUARD_MISSING &&
          result->guard->condition != BENK_CONDITION_RETURN)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                benk_guard_get_message (result->guard));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/*
 * benk_return_rules_describe_block:
 *
 * Returns: (transfer full) (nullable): what blocks the next step, in words; %NULL without
 *   @error when nothing does
 */
char *
benk_return_rules_describe_block (BenkDb *db, BenkReturnCase *return_case, GError **error)
{
  BenkReturnState next =
    benk_return_rules_get_next (benk_return_case_get_state (return_case));
  g_autoptr (BenkLifecycleView) view = NULL;
  BenkDeviceState to;
  guint conditions;

  if (next == benk_return_case_get_state (return_case) ||
      !benk_return_rules_get_device_state (next, FALSE, &to))
    return NULL;

  view = benk_device_view_load (db, benk_return_case_get_device_id (return_case), error);
  if (view == NULL ||
      !benk_return_rules_load_conditions (db, return_case, &conditions, error))
    return NULL;
  benk_lifecycle_view_set_return (view, conditions);
  if (to == BENK_DEVICE_STATE_RMA_PACKED && benk_return_rules_is_reset_missing (view, to))
    return g_strdup (_ ("Cannot be packed: the reset is not proven."));

  return describe_missing (view, to);
}
