/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-deadline.h"

#include "benk-config.h"
#include "benk-duty.h"
#include "benk-error.h"
#include "benk-names.h"
#include "benk-plan.h"

#include <glib/gi18n.h>

#define MS_PER_MIN G_GINT64_CONSTANT (60000)

/* Where the dose is not known that a deadline counts to. Proposed by the program. */
#define UNKNOWN_DOSE_MIN 60

/* A week, and the working days of six: longer is a typing mistake. */
#define MAX_MINUTES (7 * 24 * 60)
#define MAX_WORKDAYS 30

static const BenkName deadline_kind_names[] = {
  [BENK_DEADLINE_NONE] = { "none", N_ ("No deadline") },
  [BENK_DEADLINE_MINUTES] = { "minutes", N_ ("Minutes") },
  [BENK_DEADLINE_NEXT_DOSE] = { "next-dose", N_ ("Before the next dose") },
  [BENK_DEADLINE_SHIFT_END] = { "shift-end", N_ ("The same shift") },
  [BENK_DEADLINE_WORKDAYS] = { "workdays", N_ ("Working days") },
};

BENK_DEFINE_NAMES (BenkDeadlineKind, benk_deadline_kind, deadline_kind_names)

/**
 * benk_deadline_kind_has_amount:
 * @value: a way to count
 *
 * Returns: whether a number belongs to it
 */
gboolean
benk_deadline_kind_has_amount (BenkDeadlineKind value)
{
  return value == BENK_DEADLINE_MINUTES || value == BENK_DEADLINE_WORKDAYS;
}

/**
 * benk_deadline_kind_counts_duties:
 * @value: a way to count
 *
 * Returns: whether it depends on when duties change
 */
gboolean
benk_deadline_kind_counts_duties (BenkDeadlineKind value)
{
  return value == BENK_DEADLINE_SHIFT_END || value == BENK_DEADLINE_WORKDAYS;
}

/**
 * benk_allowance_propose:
 * @code: a code
 * @model_id: (nullable): id of the model
 *
 * Returns: what the program proposes while the district has decided nothing
 */
BenkAllowance
benk_allowance_propose (const BenkAlarmCode *code, const char *model_id)
{
  BenkAllowance allowance = { code->take_min, code->resolve_kind, code->resolve_amount };

  if (code->resolve_kind == BENK_DEADLINE_WORKDAYS)
    allowance.resolve_amount = benk_alarm_code_get_workdays (code, model_id);
  return allowance;
}

/**
 * benk_allowance_equal:
 * @a: an allowance
 * @b: another
 *
 * Returns: whether they give the same deadlines
 */
gboolean
benk_allowance_equal (const BenkAllowance *a, const BenkAllowance *b)
{
  return a->take_min == b->take_min && a->resolve_kind == b->resolve_kind &&
         (!benk_deadline_kind_has_amount (a->resolve_kind) ||
          a->resolve_amount == b->resolve_amount);
}

static gboolean
invalid (const char *words, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, words);
  return FALSE;
}

/**
 * benk_allowance_check:
 * @self: an allowance as it was typed
 * @error: %BENK_ERROR_INVALID in words
 *
 * Returns: whether a district can mean this
 */
gboolean
benk_allowance_check (const BenkAllowance *self, GError **error)
{
  if (benk_deadline_kind_to_name (self->resolve_kind) == NULL)
    return invalid (_ ("This is not a way to count a deadline."), error);
  if (self->take_min > MAX_MINUTES ||
      (self->resolve_kind == BENK_DEADLINE_MINUTES && self->resolve_amount > MAX_MINUTES))
    return invalid (_ ("A deadline in minutes is a week at the most."), error);
  if (self->resolve_kind == BENK_DEADLINE_MINUTES && self->resolve_amount == 0)
    return invalid (_ ("Say in how many minutes it is to be resolved."), error);
  if (self->resolve_kind == BENK_DEADLINE_MINUTES &&
      self->resolve_amount < self->take_min)
    return invalid (_ ("An alarm cannot be resolved before it is taken."), error);
  if (self->resolve_kind == BENK_DEADLINE_WORKDAYS && self->resolve_amount > MAX_WORKDAYS)
    return invalid (_ ("A deadline in working days is thirty at the most."), error);
  return TRUE;
}

static char *
describe_minutes (guint minutes)
{
  if (minutes >= 60 && minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", minutes / 60), minutes / 60);
  return g_strdup_printf (_ ("%u min"), minutes);
}

/**
 * benk_allowance_describe_take:
 * @self: an allowance
 *
 * Returns: (transfer full): within what time an alarm is to be taken
 */
char *
benk_allowance_describe_take (const BenkAllowance *self)
{
  return self->take_min > 0 ? describe_minutes (self->take_min)
                            : g_strdup (_ ("No deadline"));
}

/**
 * benk_allowance_describe_resolve:
 * @self: an allowance
 *
 * Returns: (transfer full): within what time an alarm is to be resolved
 */
char *
benk_allowance_describe_resolve (const BenkAllowance *self)
{
  if (self->resolve_kind == BENK_DEADLINE_MINUTES)
    return describe_minutes (self->resolve_amount);
  if (self->resolve_kind == BENK_DEADLINE_WORKDAYS && self->resolve_amount == 0)
    return g_strdup (_ ("The same working day"));
  if (self->resolve_kind == BENK_DEADLINE_WORKDAYS)
    return g_strdup_printf (ngettext ("%u working day", "%u working days",
                                      self->resolve_amount),
                            self->resolve_amount);
  return g_strdup (benk_deadline_kind_get_label (self->resolve_kind));
}

static gint64
get_resolve_ms (const BenkAllowance *self,
                gint64 start_ms,
                gint64 next_dose_ms,
                const BenkDutyHours *hours,
                const char *zone)
{
  switch (self->resolve_kind)
    {
    case BENK_DEADLINE_MINUTES:
      return start_ms + self->resolve_amount * MS_PER_MIN;
    case BENK_DEADLINE_NEXT_DOSE:
      return benk_allowance_lacks_dose (self, start_ms, next_dose_ms)
               ? start_ms + UNKNOWN_DOSE_MIN * MS_PER_MIN
               : next_dose_ms;
    case BENK_DEADLINE_SHIFT_END:
      return MAX (benk_duty_next_change (hours, zone, start_ms), 0);
    case BENK_DEADLINE_WORKDAYS:
      return MAX (benk_duty_workdays_on (hours, zone, start_ms, self->resolve_amount), 0);
    case BENK_DEADLINE_NONE:
    default:
      return 0;
    }
}

/**
 * benk_allowance_get_deadlines:
 * @self: an allowance
 * @start_ms: UTC ms from which the deadlines count
 * @next_dose_ms: UTC ms of the first dose after that; -1 = unknown
 * @hours: when the duties change of the team that owns it
 * @zone: name of the time zone of the district (IANA)
 * @take_ms: (out): UTC ms to take it within; 0 = none
 * @resolve_ms: (out): UTC ms to resolve it within; 0 = none
 *
 * A deadline is an instant of the server and what the district allows.
 */
void
benk_allowance_get_deadlines (const BenkAllowance *self,
                              gint64 start_ms,
                              gint64 next_dose_ms,
                              const BenkDutyHours *hours,
                              const char *zone,
                              gint64 *take_ms,
                              gint64 *resolve_ms)
{
  *take_ms = self->take_min > 0 ? start_ms + self->take_min * MS_PER_MIN : 0;
  *resolve_ms = get_resolve_ms (self, start_ms, next_dose_ms, hours, zone);
}

/**
 * benk_allowance_lacks_dose:
 * @self: an allowance
 * @start_ms: UTC ms from which the deadlines count
 * @next_dose_ms: UTC ms of the first dose after that; -1 = unknown
 *
 * Without a dose that it can count to, the program puts a time of its own: that is a
 * proposal, whoever decided the rest.
 *
 * Returns: whether it counts to a dose that is not known
 */
gboolean
benk_allowance_lacks_dose (const BenkAllowance *self,
                           gint64 start_ms,
                           gint64 next_dose_ms)
{
  return self->resolve_kind == BENK_DEADLINE_NEXT_DOSE && next_dose_ms <= start_ms;
}

/**
 * benk_deadline_has_run_out:
 * @deadline_ms: UTC milliseconds; 0 = none
 * @done_ms: when it was done, UTC milliseconds; 0 = not yet
 * @now_ms: UTC milliseconds
 *
 * Returns: whether it was, or will be, done after its deadline. Just in time is in time
 */
gboolean
benk_deadline_has_run_out (gint64 deadline_ms, gint64 done_ms, gint64 now_ms)
{
  return deadline_ms > 0 && (done_ms > 0 ? done_ms : now_ms) > deadline_ms;
}

/**
 * benk_deadline_decision_clear:
 * @self: a decision
 *
 * Frees its texts.
 */
void
benk_deadline_decision_clear (BenkDeadlineDecision *self)
{
  g_clear_pointer (&self->decided_on, g_free);
  g_clear_pointer (&self->decided_by, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->recorded_by, g_free);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * benk_deadline_decision_check:
 * @self: a decision as it was typed
 * @now_ms: UTC milliseconds
 * @error: %BENK_ERROR_INVALID in words
 *
 * A deadline is the district's own only when somebody with a name decided it.
 *
 * Returns: whether it says who, in which role, and a day that has come
 */
gboolean
benk_deadline_decision_check (const BenkDeadlineDecision *self,
                              gint64 now_ms,
                              GError **error)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) now = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  GDate day, today;

  if (is_empty (self->decided_by) || is_empty (self->role))
    return invalid (_ ("Say who decided it, and in which role."), error);
  if (!benk_date_parse (self->decided_on, &day))
    return invalid (_ ("The day is not a date such as 2026-11-24."), error);
  if (now == NULL)
    return TRUE;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  if (g_date_compare (&day, &today) > 0)
    return invalid (_ ("It cannot have been decided on a day to come."), error);
  return TRUE;
}

/**
 * benk_deadline_format_day:
 * @ms: UTC milliseconds
 *
 * Returns: (transfer full) (nullable): the day it is where the district is, as the day of
 *   a decision is written
 */
char *
benk_deadline_format_day (gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  return local ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

static char *
describe_day (const char *date)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00Z", date ? date : "");
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, utc);

  return day != NULL ? g_date_time_format (day, _ ("%-d %b %Y")) : g_strdup (date);
}

/**
 * benk_deadline_decision_describe:
 * @self: a decision that is kept
 *
 * Returns: (transfer full): who decided it, in which role and on which day
 */
char *
benk_deadline_decision_describe (const BenkDeadlineDecision *self)
{
  g_autofree char *day = describe_day (self->decided_on);
  const char *name = is_empty (self->decided_by) ? _ ("erased") : self->decided_by;

  if (is_empty (self->role))
    /* Translators: a name, then a day. */
    return g_strdup_printf (_ ("%s on %s"), name, day);
  /* Translators: a name, their role, then a day. */
  return g_strdup_printf (_ ("%s, %s, on %s"), name, self->role, day);
}

/**
 * benk_deadline_new:
 * @code: code of the alarm
 * @model_id: (nullable): a make, or %NULL for all
 *
 * Returns: (transfer full): what the program proposes for it
 */
BenkDeadline *
benk_deadline_new (const char *code, const char *model_id)
{
  BenkDeadline *self = g_new0 (BenkDeadline, 1);

  self->code = g_strdup (code);
  self->model_id = g_strdup (model_id);
  self->allowance = benk_allowance_propose (benk_alarm_code_resolve (code), model_id);
  return self;
}

/** benk_deadline_free: @self: (nullable) (transfer full): deadlines of a code */
void
benk_deadline_free (BenkDeadline *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->model_id);
  benk_deadline_decision_clear (&self->decision);
  g_free (self);
}

/**
 * benk_deadline_is_proposed:
 * @self: deadlines of a code
 *
 * Returns: whether nobody of the district has decided them
 */
gboolean
benk_deadline_is_proposed (const BenkDeadline *self)
{
  return benk_id_is_nil (&self->decision.id);
}

/**
 * benk_deadline_explain_proposed:
 * @alarm: an alarm, with the next dose that is known
 *
 * Says why a deadline that the program proposed is what it is.
 *
 * Returns: (transfer none) (nullable): the words, or %NULL where the district decided it
 */
const char *
benk_deadline_explain_proposed (BenkAlarm *alarm)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (benk_alarm_get_code (alarm));

  if (!benk_alarm_get_deadlines_proposed (alarm))
    return NULL;
  if (code->resolve_kind == BENK_DEADLINE_NEXT_DOSE &&
      benk_alarm_get_next_dose_ms (alarm) <= 0)
    return _ ("To be resolved before the next dose, which is not known: the time is "
              "proposed by the program, not decided by the district");
  return _ ("Proposed by the program, not decided by the district");
}
