/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm-code.h"
#include "benk-duty.h"

G_BEGIN_DECLS

const char *benk_deadline_kind_to_name (BenkDeadlineKind value);
gboolean benk_deadline_kind_from_name (const char *name, BenkDeadlineKind *out_value);
const char *benk_deadline_kind_get_label (BenkDeadlineKind value);
gboolean benk_deadline_kind_has_amount (BenkDeadlineKind value);
gboolean benk_deadline_kind_counts_duties (BenkDeadlineKind value);

/**
 * BenkAllowance:
 * @take_min: minutes to take an alarm within; 0 = no deadline
 * @resolve_kind: how the time to resolve it within is counted
 * @resolve_amount: minutes or working days of it
 *
 * How long there is for an alarm. A plain struct.
 */
typedef struct
{
  guint take_min;
  BenkDeadlineKind resolve_kind;
  guint resolve_amount;
} BenkAllowance;

BenkAllowance benk_allowance_propose (const BenkAlarmCode *code, const char *model_id);
gboolean benk_allowance_equal (const BenkAllowance *a, const BenkAllowance *b);
gboolean benk_allowance_check (const BenkAllowance *self, GError **error);
char *benk_allowance_describe_take (const BenkAllowance *self);
char *benk_allowance_describe_resolve (const BenkAllowance *self);
void benk_allowance_get_deadlines (const BenkAllowance *self,
                                   gint64 start_ms,
                                   gint64 next_dose_ms,
                                   const BenkDutyHours *hours,
                                   const char *zone,
                                   gint64 *take_ms,
                                   gint64 *resolve_ms);
gboolean benk_allowance_lacks_dose (const BenkAllowance *self,
                                    gint64 start_ms,
                                    gint64 next_dose_ms);
gboolean benk_deadline_has_run_out (gint64 deadline_ms, gint64 done_ms, gint64 now_ms);

/**
 * BenkDeadlineDecision:
 * @id: the decision; nil = not kept yet
 * @number: counts from 1
 * @decided_on: the day it was decided, "YYYY-MM-DD"
 * @decided_by: (nullable): the named person; "" when erased
 * @role: (nullable): in which role; "" when erased
 * @recorded_ms: UTC ms it was written down here
 * @recorded_by: (nullable): initials of who did that
 *
 * Who of the district decided deadlines, and when.
 */
typedef struct
{
  BenkId id;
  gint64 number;
  char *decided_on;
  char *decided_by;
  char *role;
  gint64 recorded_ms;
  char *recorded_by;
} BenkDeadlineDecision;

void benk_deadline_decision_clear (BenkDeadlineDecision *self);
gboolean benk_deadline_decision_check (const BenkDeadlineDecision *self,
                                       gint64 now_ms,
                                       GError **error);
char *benk_deadline_format_day (gint64 ms);
char *benk_deadline_decision_describe (const BenkDeadlineDecision *self);

/**
 * BenkDeadline:
 * @code: code of the alarm
 * @model_id: (nullable): make it is for; %NULL = every make without one of its own
 * @allowance: how long there is
 * @decision: who decided it; its id is nil for what the program proposes
 *
 * The deadlines of one code.
 */
typedef struct
{
  char *code;
  char *model_id;
  BenkAllowance allowance;
  BenkDeadlineDecision decision;
} BenkDeadline;

BenkDeadline *benk_deadline_new (const char *code, const char *model_id);
void benk_deadline_free (BenkDeadline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDeadline, benk_deadline_free)

gboolean benk_deadline_is_proposed (const BenkDeadline *self);
const char *benk_deadline_explain_proposed (BenkAlarm *alarm);

G_END_DECLS
