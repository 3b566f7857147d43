/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-report.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/** benk_followup_gap_free: @self: (nullable) (transfer full): a gap */
void
benk_followup_gap_free (BenkFollowupGap *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_free (self);
}

/**
 * benk_followup_report_new:
 *
 * Returns: (transfer full): a report on nothing
 */
BenkFollowupReport *
benk_followup_report_new (void)
{
  BenkFollowupReport *self = g_atomic_rc_box_new0 (BenkFollowupReport);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_followup_row_free);
  self->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_followup_gap_free);

  return self;
}

/** benk_followup_report_ref: @self: a report. Returns: (transfer full): the same */
BenkFollowupReport *
benk_followup_report_ref (BenkFollowupReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BenkFollowupReport *self = data;

  g_free (self->team);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->gaps);
  g_free (self->decided_by);
  g_free (self->hash);
}

/** benk_followup_report_unref: @self: (transfer full): a report */
void
benk_followup_report_unref (BenkFollowupReport *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * benk_followup_report_add_gaps:
 * @self: a report with its period and when it is made
 * @source: (nullable): name of a source
 * @gaps: (element-type BenkWatchGap): when it was not watched
 *
 * Adds what of @gaps lies in the period and before the report was made.
 */
void
benk_followup_report_add_gaps (BenkFollowupReport *self,
                               const char *source,
                               const GArray *gaps)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      BenkWatchGap gap = g_array_index (gaps, BenkWatchGap, i);
      BenkFollowupGap *kept;

      gap.from_ms = MAX (gap.from_ms, self->period.from_ms);
      gap.to_ms = MIN (gap.to_ms, MIN (self->period.to_ms, self->made_ms));
      if (gap.from_ms >= gap.to_ms)
        continue;
      kept = g_new0 (BenkFollowupGap, 1);
      kept->source = g_strdup (source);
      kept->gap = gap;
      g_ptr_array_add (self->gaps, kept);
    }
}

/**
 * benk_followup_report_sum_up:
 * @self: a report whose rows were judged
 *
 * Counts the rows. Deadlines that only the program proposed are counted apart: they are
 * no breach of the district's own.
 */
void
benk_followup_report_sum_up (BenkFollowupReport *self)
{
  BenkFollowupSums *sums = &self->sums;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const BenkFollowupRow *row = g_ptr_array_index (self->rows, i);

      sums->n_alarms++;
      sums->n_open += benk_followup_row_is_open (row) ? 1 : 0;
      sums->n_reopened += row->n_reopened > 0 ? 1 : 0;
      if (row->proposed)
        {
          sums->n_proposed++;
          sums->proposed[row->verdict]++;
        }
      else
        {
          sums->n_decided++;
          sums->decided[row->verdict]++;
        }
    }
}

/**
 * benk_followup_report_describe_decided:
 * @self: a report
 *
 * Returns: (transfer full): who decided the deadlines
 */
char *
benk_followup_report_describe_decided (const BenkFollowupReport *self)
{
  if (self->decided_by != NULL)
    return g_strdup (self->decided_by);
  return g_strdup (_ ("not decided"));
}

/**
 * benk_followup_report_describe_chosen:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): of how many users and devices it is, without
 *   naming them; %NULL if it is of all
 */
char *
benk_followup_report_describe_chosen (const BenkFollowupReport *self)
{
  g_autofree char *users =
    g_strdup_printf (ngettext ("%u user", "%u users", self->n_users), self->n_users);
  g_autofree char *devices =
    g_strdup_printf (ngettext ("%u device", "%u devices", self->n_devices),
                     self->n_devices);

  if (self->n_users > 0 && self->n_devices > 0)
    /* Translators: such as "Only alarms of 3 users and 1 device". */
    return g_strdup_printf (_ ("Only alarms of %s and %s"), users, devices);
  if (self->n_users > 0 || self->n_devices > 0)
    /* Translators: such as "Only alarms of 3 users". */
    return g_strdup_printf (_ ("Only alarms of %s"), self->n_users > 0 ? users : devices);
  return NULL;
}

/**
 * benk_followup_gap_describe:
 * @self: a gap
 * @zone: of the district
 *
 * Returns: (transfer full): from when to when, and why
 */
char *
benk_followup_gap_describe (const BenkFollowupGap *self, GTimeZone *zone)
{
  g_autofree char *from = benk_followup_write_instant (self->gap.from_ms, zone);
  g_autofree char *to = benk_followup_write_instant (self->gap.to_ms, zone);

  /* Translators: two times, then why nothing was watched between them. */
  return g_strdup_printf (_ ("%s to %s: %s"), from, to,
                          benk_gap_cause_get_label (self->gap.cause));
}
