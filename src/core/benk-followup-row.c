/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-row.h"

#include "benk-alarm-code.h"
#include "benk-config.h"
#include "benk-deadline.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName place_names[] = {
  [BENK_FOLLOWUP_PLACE_HERE] = { "here", N_ ("here") },
  [BENK_FOLLOWUP_PLACE_ELSEWHERE] = { "other-system", N_ ("in another system") },
  [BENK_FOLLOWUP_PLACE_PHONE] = { "phone", N_ ("told by phone") },
};

BENK_DEFINE_NAMES (BenkFollowupPlace, benk_followup_place, place_names)

static const BenkName outcome_names[] = {
  [BENK_FOLLOWUP_NO_DEADLINE] = { "none", N_ ("no deadline") },
  [BENK_FOLLOWUP_MET] = { "met", N_ ("in time") },
  [BENK_FOLLOWUP_RUNNING] = { "running", N_ ("not run out") },
  [BENK_FOLLOWUP_MISSED] = { "missed", N_ ("late") },
  [BENK_FOLLOWUP_IN_GAP] = { "gap", N_ ("not watched by this program") },
};

BENK_DEFINE_NAMES (BenkFollowupOutcome, benk_followup_outcome, outcome_names)

static const BenkName verdict_names[] = {
  [BENK_FOLLOWUP_IN_TIME] = { "in-time", N_ ("In time") },
  [BENK_FOLLOWUP_LATE_WITH_REASON] = { "late-with-reason", N_ ("Late, with reason") },
  [BENK_FOLLOWUP_LATE_WITHOUT_REASON] = { "late-without-reason",
                                          N_ ("Late, without reason") },
  [BENK_FOLLOWUP_GAP] = { "gap", N_ ("Not watched by this program") },
  [BENK_FOLLOWUP_OPEN] = { "open", N_ ("Open, not late") },
  [BENK_FOLLOWUP_FREE] = { "no-deadline", N_ ("Without deadline") },
};

BENK_DEFINE_NAMES (BenkFollowupVerdict, benk_followup_verdict, verdict_names)

/** benk_followup_row_free: @self: (nullable) (transfer full): a row */
void
benk_followup_row_free (BenkFollowupRow *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->model_id);
  g_free (self->model_name);
  g_free (self->serial);
  g_free (self->asset);
  g_free (self->team);
  g_free (self->decided_by);
  g_free (self->told_by);
  g_free (self->reason);
  g_free (self);
}

/**
 * benk_followup_row_is_open:
 * @self: a row
 *
 * Returns: whether the alarm is neither closed nor settled
 */
gboolean
benk_followup_row_is_open (const BenkFollowupRow *self)
{
  return self->status == BENK_ALARM_STATUS_NEW || self->status == BENK_ALARM_STATUS_TAKEN;
}

/**
 * benk_followup_row_add_step:
 * @self: a row
 * @kind: what was done: "taken", "closed", "settled", "reopened", "late"; others change
 *   nothing
 * @place: where: "here", "other-system", "phone"
 * @at_ms: UTC milliseconds
 *
 * Follows the log of the alarm, oldest step first. The first taking counts; of the
 * closings the last, since one that was opened again had not held.
 */
void
benk_followup_row_add_step (BenkFollowupRow *self,
                            const char *kind,
                            const char *place,
                            gint64 at_ms)
{
  BenkFollowupTime time = { at_ms, BENK_FOLLOWUP_PLACE_ELSEWHERE };

  benk_followup_place_from_name (place, &time.place);
  if (g_str_equal (kind, "taken"))
    {
      if (self->taken.at_ms == 0 || at_ms < self->taken.at_ms)
        self->taken = time;
    }
  else if (g_str_equal (kind, "closed") || g_str_equal (kind, "settled"))
    {
      self->closed = time;
      if (self->first_closed_ms == 0 || at_ms < self->first_closed_ms)
        self->first_closed_ms = at_ms;
    }
  else if (g_str_equal (kind, "reopened"))
    {
      /* Said of each version that is open after a closing. */
      if (self->n_reopened == 0 || self->closed.at_ms >= self->reopened_ms)
        self->n_reopened++;
      self->reopened_ms = at_ms;
    }
  else if (g_str_equal (kind, "late"))
    self->has_reason = TRUE;
}

/* Why the program could not tell, where it could not: %FALSE where it could. */
static gboolean
find_gap (BenkFollowupRow *self, const GArray *gaps, gint64 deadline_ms)
{
  const BenkWatchGap *gap = gaps != NULL ? benk_watch_find_gap (gaps, deadline_ms) : NULL;

  if (gap != NULL)
    self->gap = gap->cause;
  else if (self->received.at_ms == 0 || self->received.at_ms > deadline_ms)
    self->gap = BENK_GAP_NOT_RECEIVED;
  else
    return FALSE;
  return TRUE;
}

static BenkFollowupOutcome
judge (BenkFollowupRow *self,
       const GArray *gaps,
       gint64 deadline_ms,
       gint64 done_ms,
       gint64 now_ms)
{
  if (deadline_ms == 0)
    return BENK_FOLLOWUP_NO_DEADLINE;
  if (!benk_deadline_has_run_out (deadline_ms, done_ms, now_ms))
    return done_ms != 0 ? BENK_FOLLOWUP_MET : BENK_FOLLOWUP_RUNNING;
  return find_gap (self, gaps, deadline_ms) ? BENK_FOLLOWUP_IN_GAP : BENK_FOLLOWUP_MISSED;
}

static BenkFollowupVerdict
sum_up (const BenkFollowupRow *self)
{
  if (self->take == BENK_FOLLOWUP_MISSED || self->resolve == BENK_FOLLOWUP_MISSED)
    return self->has_reason ? BENK_FOLLOWUP_LATE_WITH_REASON
                            : BENK_FOLLOWUP_LATE_WITHOUT_REASON;
  if (self->take == BENK_FOLLOWUP_IN_GAP || self->resolve == BENK_FOLLOWUP_IN_GAP)
    return BENK_FOLLOWUP_GAP;
  if (benk_followup_row_is_open (self))
    return BENK_FOLLOWUP_OPEN;
  if (self->take == BENK_FOLLOWUP_NO_DEADLINE &&
      self->resolve == BENK_FOLLOWUP_NO_DEADLINE)
    return BENK_FOLLOWUP_FREE;
  return BENK_FOLLOWUP_IN_TIME;
}

/**
 * benk_followup_row_judge:
 * @self: a row with its times and all of its steps
 * @gaps: (nullable) (element-type BenkWatchGap): when its source was not watched; %NULL
 *   where the alarm came by no source
 * @now_ms: UTC milliseconds
 *
 * Compares what was done with the deadlines. What is known to have been done in time was,
 * also in a gap; a deadline that ran out in one is no breach. Who closes an alarm that
 * nobody had taken has taken it then.
 */
void
benk_followup_row_judge (BenkFollowupRow *self, const GArray *gaps, gint64 now_ms)
{
  gint64 taken_ms = self->taken.at_ms;

  if (self->dispensed_ms != 0)
    self->closed =
      (BenkFollowupTime){ self->dispensed_ms, BENK_FOLLOWUP_PLACE_ELSEWHERE };
  if (self->first_closed_ms == 0)
    self->first_closed_ms = self->closed.at_ms;
  if (self->first_closed_ms != 0 && (taken_ms == 0 || self->first_closed_ms < taken_ms))
    taken_ms = self->first_closed_ms;
  if (benk_followup_row_is_open (self))
    self->closed = (BenkFollowupTime){ 0 };
  self->take = judge (self, gaps, self->take_deadline_ms, taken_ms, now_ms);
  self->resolve =
    judge (self, gaps, self->resolve_deadline_ms, self->closed.at_ms, now_ms);
  self->verdict = sum_up (self);
}

/**
 * benk_followup_row_set_duty:
 * @self: a row that was judged
 * @roster: the duties of all teams
 *
 * Finds whose hours it was in: what is late is late in those in which its time ran out.
 * What is technical is the technician's as long as the technician supports, else the
 * owner's of all alarms. It goes by the duties as they are written today.
 */
void
benk_followup_row_set_duty (BenkFollowupRow *self, const BenkDutyRoster *roster)
{
  gint64 at_ms = self->raised_ms;
  BenkDutyNow now;

  if (self->take == BENK_FOLLOWUP_MISSED || self->take == BENK_FOLLOWUP_IN_GAP)
    at_ms = self->take_deadline_ms;
  else if (self->resolve == BENK_FOLLOWUP_MISSED || self->resolve == BENK_FOLLOWUP_IN_GAP)
    at_ms = self->resolve_deadline_ms;
  benk_duty_roster_look (roster, &self->team_id, at_ms, &now);
  self->duty = now.duty;
  self->hours_proposed = now.team->hours.proposed;
  self->owner = self->responsibility == BENK_RESPONSIBILITY_TECHNICAL &&
                    now.supporter == BENK_DUTY_ROLE_TECHNICIAN
                  ? BENK_DUTY_ROLE_TECHNICIAN
                  : now.owner;
}

/**
 * benk_followup_row_describe_alarm:
 * @self: a row
 *
 * Returns: (transfer full): its code and what it is called
 */
char *
benk_followup_row_describe_alarm (const BenkFollowupRow *self)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (self->code);
  gboolean known = code != NULL && g_str_equal (code->code, self->code);

  /* What a source calls a code of its own may name anybody. */
  return known ? g_strdup_printf ("%s %s", code->code, benk_alarm_code_get_label (code))
               : g_strdup (benk_alarm_code_get_label (
                   benk_alarm_code_find (BENK_ALARM_CODE_OTHER)));
}

/**
 * benk_followup_row_describe_device:
 * @self: a row
 *
 * Returns: (transfer full): model, serial and asset number
 */
char *
benk_followup_row_describe_device (const BenkFollowupRow *self)
{
  GString *text = g_string_new (NULL);
  const char *model = self->model_name != NULL ? self->model_name : self->model_id;
  const char *parts[] = { model, self->serial, self->asset };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
  if (text->len == 0)
    g_string_append (text, _ ("Unknown device"));
  return g_string_free (text, FALSE);
}

static char *
write_local (gint64 ms, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, format);
}

/**
 * benk_followup_write_instant:
 * @ms: UTC milliseconds; 0 = none
 * @zone: of the district
 *
 * Returns: (transfer full): the local day and time, with the offset in the hour that
 *   comes twice a year; "–" for none
 */
char *
benk_followup_write_instant (gint64 ms, GTimeZone *zone)
{
  /* Translators: a day and a time in a report, for strftime. */
  const char *format = _ ("%Y-%m-%d %H:%M");
  const gint64 hour_ms = 3600000;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (ms == 0)
    return g_strdup ("–");
  text = write_local (ms, zone, format);
  before = write_local (ms - hour_ms, zone, format);
  after = write_local (ms + hour_ms, zone, format);
  if (g_str_equal (text, before) || g_str_equal (text, after))
    {
      g_autofree char *offset = write_local (ms, zone, "%:z");

      return g_strdup_printf ("%s (UTC%s)", text, offset);
    }
  return g_steal_pointer (&text);
}

/**
 * benk_followup_row_get_time:
 * @self: a row
 * @step: which of its times
 *
 * Returns: (transfer none): when and where
 */
const BenkFollowupTime *
benk_followup_row_get_time (const BenkFollowupRow *self, BenkFollowupStep step)
{
  switch (step)
    {
    case BENK_FOLLOWUP_RECEIVED:
      return &self->received;
    case BENK_FOLLOWUP_OPENED:
      return &self->opened;
    case BENK_FOLLOWUP_TAKEN:
      return &self->taken;
    case BENK_FOLLOWUP_CLOSED:
    default:
      return &self->closed;
    }
}

/**
 * benk_followup_row_describe_place:
 * @self: a row
 * @step: which of its times
 *
 * Returns: (transfer none) (nullable): where it was done, in words; %NULL if it was not
 */
const char *
benk_followup_row_describe_place (const BenkFollowupRow *self, BenkFollowupStep step)
{
  const BenkFollowupTime *time = benk_followup_row_get_time (self, step);

  if (time->at_ms == 0)
    return NULL;
  if (step == BENK_FOLLOWUP_CLOSED && self->dispensed_ms != 0)
    return _ ("by the dispenser");
  return benk_followup_place_get_label (time->place);
}

/**
 * benk_followup_row_describe_verdict:
 * @self: a row that was judged
 *
 * Returns: (transfer full): what is said of it, with why it was not watched and whether
 *   it is still open
 */
char *
benk_followup_row_describe_verdict (const BenkFollowupRow *self)
{
  const char *label = benk_followup_verdict_get_label (self->verdict);
  GString *text = g_string_new (label);

  if (self->verdict == BENK_FOLLOWUP_GAP)
    g_string_append_printf (text, ": %s", benk_gap_cause_get_label (self->gap));
  if (benk_followup_row_is_open (self) && self->verdict != BENK_FOLLOWUP_OPEN)
    g_string_append_printf (text, "; %s", _ ("still open"));
  if (self->n_reopened > 0)
    g_string_append_printf (text, "; %s", _ ("opened again"));
  return g_string_free (text, FALSE);
}
