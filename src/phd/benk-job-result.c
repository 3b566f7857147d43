/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include "benk-wording.h"

#include <glib/gi18n.h>

/** benk_job_outcome_get_name: Returns: the stable name, such as "untouched" */
const char *
benk_job_outcome_get_name (BenkJobOutcome outcome)
{
  static const char *const names[] = { "verified", "untouched", "redo", "unknown" };

  return outcome <= BENK_JOB_UNKNOWN ? names[outcome] : NULL;
}

void
benk_job_plan_clear (BenkJobPlan *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    g_clear_pointer (&self->tables[i], g_bytes_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->zone, g_free);
}

static BenkJobOutcome
choose_outcome (const BenkJob *self)
{
  switch (self->phase)
    {
    case BENK_PHASE_PROVEN:
      return BENK_JOB_VERIFIED;
    case BENK_PHASE_SENT:
      return BENK_JOB_UNKNOWN;
    case BENK_PHASE_DIFFERS:
      return BENK_JOB_REDO;
    case BENK_PHASE_CLEAN:
    default:
      if (self->zone_touched)
        return BENK_JOB_REDO;
      return self->kind == BENK_JOB_READ && self->result.reason == NULL
               ? BENK_JOB_VERIFIED
               : BENK_JOB_UNTOUCHED;
    }
}

static const char *
choose_claim (const BenkJob *self)
{
  const BenkJobResult *result = &self->result;

  if (result->outcome != BENK_JOB_VERIFIED)
    {
      if (result->outcome == BENK_JOB_UNTOUCHED && result->extension_reason != NULL)
        return "read-only";
      return benk_job_outcome_get_name (result->outcome);
    }
  if (self->kind == BENK_JOB_READ)
    return "read";
  if (!result->counts)
    return result->simulated ? "simulated" : "not-counted";
  return self->kind == BENK_JOB_RESET ? "wiped" : "ready";
}

static BenkJobInForce
choose_in_force (const BenkJob *self)
{
  gboolean none = self->result.set_id_known && self->result.set_id == 0;

  if (self->kind == BENK_JOB_READ || self->kind == BENK_JOB_RESET)
    return self->phase != BENK_PHASE_CLEAN ? BENK_JOB_IN_FORCE_UNKNOWN
           : none                          ? BENK_JOB_IN_FORCE_NONE
                                           : BENK_JOB_IN_FORCE_OLD;
  switch (self->phase)
    {
    case BENK_PHASE_SENT:
      return BENK_JOB_IN_FORCE_UNKNOWN;
    case BENK_PHASE_DIFFERS:
      return self->other_plan ? BENK_JOB_IN_FORCE_OTHER : BENK_JOB_IN_FORCE_NEW;
    case BENK_PHASE_PROVEN:
      return BENK_JOB_IN_FORCE_NEW;
    case BENK_PHASE_CLEAN:
    default:
      return none ? BENK_JOB_IN_FORCE_NONE : BENK_JOB_IN_FORCE_OLD;
    }
}

static gint64
find_next (const BenkJob *self, const BenkExtTable *schedule)
{
  return schedule != NULL ? benk_schedule_next_dose (schedule, self->local_s)
                          : BENK_SCHEDULE_NONE;
}

static gint64
find_next_new (const BenkJob *self)
{
  g_autoptr (BenkExtTable) schedule = NULL;

  if (self->has_plan && self->plan.tables[0] != NULL)
    schedule = benk_ext_table_parse (BENK_TABLE_SCHEDULE, self->plan.tables[0], NULL);
  return find_next (self, schedule);
}

static gint64
choose_next_dose (const BenkJob *self)
{
  switch (self->result.in_force)
    {
    case BENK_JOB_IN_FORCE_NEW:
      return find_next_new (self);
    case BENK_JOB_IN_FORCE_OLD:
      return find_next (self, self->old_schedule != NULL ? self->old_schedule
                                                         : self->read_schedule);
    case BENK_JOB_IN_FORCE_OTHER:
      return find_next (self, self->read_schedule);
    case BENK_JOB_IN_FORCE_UNKNOWN:
    case BENK_JOB_IN_FORCE_NONE:
    default:
      return BENK_SCHEDULE_NONE;
    }
}

/* Both are the dispenser's local clock, so they are said as they are. */
static char *
say_time (const BenkJob *self, gint64 local_s)
{
  g_autoptr (GTimeZone) as_it_is = g_time_zone_new_utc ();

  return benk_wording_instant (local_s * 1000, self->local_s * 1000, as_it_is);
}

static char *
say_settings (const BenkJob *self)
{
  const char *at = self->result.next_dose;

  switch (self->result.in_force)
    {
    case BENK_JOB_IN_FORCE_OLD:
      return at != NULL
               ? g_strdup_printf (_ ("The dispenser still follows the old settings, next "
                                     "dose at %s."),
                                  at)
               : g_strdup (_ ("The dispenser still follows the old settings."));
    case BENK_JOB_IN_FORCE_NEW:
      return at != NULL ? g_strdup_printf (_ ("The dispenser follows the new settings, "
                                              "next dose at %s."),
                                           at)
                        : g_strdup (_ ("The dispenser follows the new settings."));
    case BENK_JOB_IN_FORCE_OTHER:
      return at != NULL ? g_strdup_printf (_ ("The dispenser follows other settings than "
                                              "were written, next dose at %s."),
                                           at)
                        : g_strdup (_ ("The dispenser follows other settings than were "
                                       "written."));
    case BENK_JOB_IN_FORCE_NONE:
      return g_strdup (_ ("The dispenser has no plan."));
    case BENK_JOB_IN_FORCE_UNKNOWN:
    default:
      return NULL;
    }
}

/* One of two whole plans is in force; where both are known, so are both next doses. */
static char *
say_either (const BenkJob *self)
{
  gint64 by_old = find_next (self, self->old_schedule);
  gint64 by_new = find_next_new (self);
  g_autofree char *old_at = NULL;
  g_autofree char *new_at = NULL;

  if (by_old < 0 || by_new < 0)
    return NULL;
  old_at = say_time (self, by_old);
  new_at = say_time (self, by_new);
  if (by_old == by_new)
    return g_strdup_printf (_ ("The next dose is at %s in either case."), old_at);
  return g_strdup_printf (_ ("The next dose is at %s by the old settings, at %s by the "
                             "new ones."),
                          old_at, new_at);
}

static char *
join (const char *one, const char *other)
{
  return other != NULL ? g_strdup_printf ("%s %s", one, other) : g_strdup (one);
}

static char *
say_next (const BenkJob *self)
{
  return self->result.next_dose != NULL
           ? g_strdup_printf (_ ("Next dose at %s."), self->result.next_dose)
           : NULL;
}

static char *
say_read_back (const BenkJob *self, const char *clock)
{
  guint n = self->result.dose_times;

  if (self->kind == BENK_JOB_SETTINGS)
    return g_strdup_printf (
      ngettext ("Settings changed. %d dose time read back and equal, %s.",
                "Settings changed. %d dose times read back and equal, %s.", n),
      (int) n, clock);
  return g_strdup_printf (ngettext ("Ready. %d dose time read back and equal, %s.",
                                    "Ready. %d dose times read back and equal, %s.", n),
                          (int) n, clock);
}

static char *
verified_sentence (const BenkJob *self, const char *clock)
{
  const BenkJobResult *result = &self->result;
  g_autofree char *next = say_next (self);
  g_autofree char *text = NULL;

  if (self->kind == BENK_JOB_READ)
    {
      text = g_strdup_printf (_ ("Read %s."), clock);
      return join (text, next);
    }
  if (result->simulated && !result->counts)
    return g_strdup (_ ("Simulated device – not valid as proof"));
  if (!result->counts)
    return g_strdup (_ ("Not read from a device – not valid as proof"));
  if (self->kind == BENK_JOB_RESET)
    return g_strdup_printf (_ ("Reset confirmed %s."), clock);
  text = say_read_back (self, clock);
  return join (text, next);
}

static char *
list_touched (const BenkJob *self, guint which)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if ((which & BENK_TOUCH_CLOCK) != 0)
    g_ptr_array_add (words, (gpointer) _ ("the clock was set"));
  /* Not put back it would have to be redone. */
  if ((which & BENK_TOUCH_ZONE) != 0)
    g_ptr_array_add (words, (gpointer) _ ("the time zone was changed and put back"));
  if ((which & BENK_TOUCH_PAUSE) != 0)
    g_ptr_array_add (words,
                     (self->done & BENK_TOUCH_GO_ON) != 0
                       ? (gpointer) _ ("the dispenser was paused and told to go on")
                       : (gpointer) _ ("the dispenser was paused"));
  g_ptr_array_add (words, NULL);
  return words->len > 1 ? g_strjoinv (", ", (char **) words->pdata) : NULL;
}

/* The plan is as it was; what else was done, or may have been, is not kept back. */
static char *
say_touched (const BenkJob *self)
{
  g_autofree char *done = list_touched (self, self->done);
  g_autofree char *maybe = list_touched (self, self->tried & ~self->done);
  g_autofree char *said = done != NULL ? g_strdup_printf (_ ("Done: %s."), done) : NULL;
  g_autofree char *rest =
    maybe != NULL ? g_strdup_printf (_ ("May have been done: %s."), maybe) : NULL;

  return said != NULL ? join (said, rest) : g_steal_pointer (&rest);
}

/* Where the line was lost, plugging in again is what helps; else the reason says. */
static char *
untouched_sentence (const BenkJob *self)
{
  g_autofree char *settings = say_settings (self);
  g_autofree char *touched = say_touched (self);
  g_autofree char *short_text = join (_ ("Not finished."), settings);
  g_autofree char *text = join (short_text, touched);

  if (self->result.extension_reason != NULL)
    return g_strdup (self->result.extension_reason);
  return self->associated || self->failing ? g_steal_pointer (&text)
                                           : join (text, _ ("Plug it in again."));
}

static char *
choose_sentence (const BenkJob *self)
{
  const char *reason = self->result.reason != NULL ? self->result.reason : "";
  BenkMderTime now = benk_mder_time_from_seconds (self->local_s);
  g_autofree char *clock = g_strdup_printf ("%02u:%02u", now.hour, now.minute);
  g_autofree char *settings = NULL;
  g_autofree char *text = NULL;

  if (self->result.outcome == BENK_JOB_VERIFIED)
    return verified_sentence (self, clock);
  if (self->kind == BENK_JOB_READ)
    return g_strdup_printf (_ ("Could not be read: %s"), reason);
  if (self->kind == BENK_JOB_RESET)
    return g_strdup_printf (_ ("Reset not confirmed: %s"), reason);
  if (self->result.outcome == BENK_JOB_UNKNOWN)
    {
      settings = say_either (self);
      return join (_ ("Not known yet. Plug the dispenser in again so that it can be "
                      "read."),
                   settings);
    }
  if (self->result.outcome != BENK_JOB_REDO)
    return untouched_sentence (self);
  settings = say_settings (self);
  text = g_strdup_printf (_ ("Must be redone: %s"), reason);
  return join (text, settings);
}

/* Turns what is proven into the claim. A device that says it is simulated is simulated
   over any link; a recording stays a recording. */
void
benk_job_conclude (BenkJob *self)
{
  BenkJobResult *result = &self->result;

  if (result->simulated && result->link_kind == BENK_LINK_KIND_USB)
    result->link_kind = BENK_LINK_KIND_SIMULATED;
  result->outcome = choose_outcome (self);
  result->counts = result->outcome == BENK_JOB_VERIFIED &&
                   benk_link_kind_counts (result->link_kind, self->demo_store);
  result->claim = choose_claim (self);
  result->zone_changed = self->zone_touched;
  result->touched = self->tried != 0 || self->done != 0;
  result->in_force = choose_in_force (self);
  result->next_dose_s = choose_next_dose (self);
  g_free (result->next_dose);
  result->next_dose =
    result->next_dose_s >= 0 ? say_time (self, result->next_dose_s) : NULL;
  g_free (result->sentence);
  result->sentence = choose_sentence (self);
}
