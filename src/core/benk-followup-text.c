/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-slice.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/**
 * benk_followup_get_limits:
 *
 * Returns: (transfer none): what no report on follow-up can say
 */
const char *
benk_followup_get_limits (void)
{
  return _ (
    "This program is not the alarm receiver: alarms that it never heard of are not "
    "here. An alarm whose deadline ran out while this program did not watch, or "
    "before it heard of it, is counted apart and is no breach. “Opened” means opened "
    "in this program. Who closes an alarm that nobody had taken has taken it then.");
}

/**
 * benk_followup_report_describe_duties:
 * @self: a report
 *
 * Returns: (transfer full): by what hours its duties are told
 */
char *
benk_followup_report_describe_duties (const BenkFollowupReport *self)
{
  gboolean proposed = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    proposed |=
      ((const BenkFollowupRow *) g_ptr_array_index (self->rows, i))->hours_proposed;
  return g_strdup (
    proposed
      ? _ ("What is late counts in the duty in which its time ran out. The hours of "
           "duties are proposed by the program, not decided by the district.")
      : _ ("What is late counts in the duty in which its time ran out, by the hours "
           "that are decided today."));
}

/**
 * benk_followup_verdict_get_short_label:
 * @value: a verdict
 *
 * Returns: (transfer none): it in words for the head of a column
 */
const char *
benk_followup_verdict_get_short_label (BenkFollowupVerdict value)
{
  switch (value)
    {
    case BENK_FOLLOWUP_GAP:
      /* Translators: the head of a column: not watched by this program. */
      return _ ("Not watched");
    case BENK_FOLLOWUP_FREE:
      /* Translators: the head of a column: alarms without a deadline. */
      return _ ("No deadline");
    case BENK_FOLLOWUP_IN_TIME:
    case BENK_FOLLOWUP_LATE_WITH_REASON:
    case BENK_FOLLOWUP_LATE_WITHOUT_REASON:
    case BENK_FOLLOWUP_OPEN:
    default:
      return benk_followup_verdict_get_label (value);
    }
}

static void
add_cut (const BenkFollowupReport *report,
         const BenkFollowupSlice *cut,
         BenkFollowupSlice *cuts,
         guint *n_cuts)
{
  if (benk_followup_slice_count (cut, report) > 0)
    cuts[(*n_cuts)++] = *cut;
}

/**
 * benk_followup_report_cut:
 * @self: a report
 * @proposed: against the deadlines that the program proposed, or those decided
 * @cuts: (out caller-allocates) (array fixed-size=16): the lines of a table
 *
 * All alarms, then those of each responsibility, each followed by its duties; what has
 * no alarm is left out.
 *
 * Returns: how many lines
 */
guint
benk_followup_report_cut (const BenkFollowupReport *self,
                          gboolean proposed,
                          BenkFollowupSlice *cuts)
{
  guint n_cuts = 0;
  BenkFollowupSlice cut = BENK_FOLLOWUP_SLICE_ALL;

  cut.proposed = proposed ? 1 : 0;
  add_cut (self, &cut, cuts, &n_cuts);
  for (int who = BENK_RESPONSIBILITY_TECHNICAL; who <= BENK_RESPONSIBILITY_MEDICINE;
       who++)
    {
      cut.responsibility = who;
      cut.duty = BENK_FOLLOWUP_ANY;
      add_cut (self, &cut, cuts, &n_cuts);
      for (cut.duty = BENK_DUTY_DAY; cut.duty <= (int) BENK_DUTY_WEEKEND; cut.duty++)
        add_cut (self, &cut, cuts, &n_cuts);
    }
  return n_cuts;
}

/* Whose duty it was, where it was one role's. */
static const char *
find_role (const BenkFollowupSlice *self, const BenkFollowupReport *report)
{
  const BenkFollowupRow *first = NULL;

  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkFollowupRow *row = g_ptr_array_index (report->rows, i);

      if (!benk_followup_slice_has (self, row))
        continue;
      if (first != NULL && first->owner != row->owner)
        return NULL;
      first = row;
    }
  return first != NULL ? benk_duty_role_get_label (first->owner) : NULL;
}

/**
 * benk_followup_slice_describe_line:
 * @self: a line of a table
 * @report: its report
 *
 * Returns: (transfer full): what stands at its beginning
 */
char *
benk_followup_slice_describe_line (const BenkFollowupSlice *self,
                                   const BenkFollowupReport *report)
{
  if (self->duty != BENK_FOLLOWUP_ANY)
    {
      const char *duty = benk_duty_get_label ((BenkDuty) self->duty);
      const char *role = find_role (self, report);

      return role != NULL ? g_strdup_printf ("%s · %s", duty, role) : g_strdup (duty);
    }
  if (self->responsibility != BENK_FOLLOWUP_ANY)
    return g_strdup_printf (_ ("Responsible: %s"),
                            benk_responsibility_get_label (
                              (BenkResponsibility) self->responsibility));
  return g_strdup (_ ("All"));
}

/**
 * benk_followup_row_describe_step:
 * @row: a row
 * @step: one of its steps
 * @deadline_ms: until when it had to be done; 0 = no matter
 * @zone: of the district
 *
 * Returns: (transfer full): when and where it was done
 */
char *
benk_followup_row_describe_step (const BenkFollowupRow *row,
                                 BenkFollowupStep step,
                                 gint64 deadline_ms,
                                 GTimeZone *zone)
{
  GString *text = g_string_new (NULL);
  const BenkFollowupTime *time = benk_followup_row_get_time (row, step);
  const char *place = benk_followup_row_describe_place (row, step);
  const char *label = step == BENK_FOLLOWUP_CLOSED && row->dispensed_ms != 0
                        ? _ ("Settled")
                        : benk_followup_step_get_label (step);
  g_autofree char *when = benk_followup_write_instant (time->at_ms, zone);
  g_autofree char *until = benk_followup_write_instant (deadline_ms, zone);

  /* Translators: what was done and when, such as "Taken: 2026-11-21 08:12". */
  g_string_append_printf (text, _ ("%s: %s"), label, when);
  if (place != NULL)
    g_string_append_printf (text, ", %s", place);
  if (step == BENK_FOLLOWUP_CLOSED && row->told_by != NULL)
    /* Translators: after "told by phone": role and name. */
    g_string_append_printf (text, _ (", by %s"),
                            *row->told_by ? row->told_by : _ ("erased"));
  if (deadline_ms != 0)
    {
      g_string_append (text, " ");
      /* Translators: until when it had to be done. */
      g_string_append_printf (text, _ ("(deadline %s)"), until);
    }
  return g_string_free (text, FALSE);
}

static void
write_table (GString *text, const BenkFollowupReport *report, gboolean proposed)
{
  BenkFollowupSlice cuts[BENK_N_FOLLOWUP_CUTS];
  guint n_cuts = benk_followup_report_cut (report, proposed, cuts);

  if (n_cuts == 0)
    return;
  g_string_append_printf (text, "\n%s\n",
                          proposed ? _ ("Against deadlines that the program proposes")
                                   : _ ("Against the deadlines of the district"));
  if (proposed)
    g_string_append_printf (text, "%s\n",
                            _ ("Proposed by the program, not decided by the district"));
  g_string_append_printf (text, "\t%s", _ ("Alarms"));
  for (int i = 0; i < BENK_N_FOLLOWUP_VERDICTS; i++)
    g_string_append_printf (text, "\t%s", benk_followup_verdict_get_label (i));
  for (guint i = 0; i < n_cuts; i++)
    {
      g_autofree char *name = benk_followup_slice_describe_line (&cuts[i], report);

      g_string_append_printf (text, "\n%s\t%u", name,
                              benk_followup_slice_count (&cuts[i], report));
      for (int verdict = 0; verdict < BENK_N_FOLLOWUP_VERDICTS; verdict++)
        {
          BenkFollowupSlice cell = cuts[i];

          cell.verdict = verdict;
          g_string_append_printf (text, "\t%u",
                                  benk_followup_slice_count (&cell, report));
        }
    }
  g_string_append_c (text, '\n');
}

static void
write_gaps (GString *text, const BenkFollowupReport *report, GTimeZone *zone)
{
  if (report->gaps->len > 0)
    g_string_append_printf (text, "\n%s\n", _ ("Not watched by this program"));
  for (guint i = 0; i < report->gaps->len; i++)
    {
      const BenkFollowupGap *gap = g_ptr_array_index (report->gaps, i);
      g_autofree char *words = benk_followup_gap_describe (gap, zone);

      g_string_append_printf (text, "%s\t%s\n", gap->source ? gap->source : "", words);
    }
}

/**
 * benk_followup_report_write_text:
 * @self: a report
 * @zone: of the district
 *
 * Returns: (transfer full): what stands at the top, to be put into a letter or a
 *   spreadsheet; it names nobody
 */
char *
benk_followup_report_write_text (const BenkFollowupReport *self, GTimeZone *zone)
{
  GString *text = g_string_new (_ ("Follow-Up of Alarms"));
  g_autofree char *period = benk_report_period_describe (&self->period);
  g_autofree char *made = benk_followup_write_instant (self->made_ms, zone);
  g_autofree char *decided = benk_followup_report_describe_decided (self);
  g_autofree char *chosen = benk_followup_report_describe_chosen (self);
  g_autofree char *duties = benk_followup_report_describe_duties (self);

  if (self->demo)
    g_string_append_printf (text, "\n%s", _ ("DEMO – this page proves nothing"));
  g_string_append_printf (text, "\n%s\t%s", _ ("Period"), period);
  g_string_append_printf (text, "\n%s\t%s", _ ("Team"),
                          self->team != NULL ? self->team : _ ("All teams"));
  if (chosen != NULL)
    g_string_append_printf (text, "\n%s\t%s", _ ("Chosen"), chosen);
  g_string_append_printf (text, "\n%s\t%s", _ ("As of"), made);
  g_string_append_printf (text, "\n%s\t%s\n", _ ("Deadlines decided by"), decided);
  g_string_append_printf (text, "\n%s\t%u\n%s\t%u\n%s\t%u\n", _ ("Alarms"),
                          self->sums.n_alarms, _ ("Still open"), self->sums.n_open,
                          _ ("Opened again"), self->sums.n_reopened);
  write_table (text, self, FALSE);
  write_table (text, self, TRUE);
  write_gaps (text, self, zone);
  g_string_append_printf (text, "\n%s\n%s\n", duties, benk_followup_get_limits ());
  return g_string_free (text, FALSE);
}
