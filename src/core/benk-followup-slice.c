/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-slice.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/**
 * benk_followup_where_get_label:
 * @value: where
 *
 * Returns: (transfer none): in words
 */
const char *
benk_followup_where_get_label (BenkFollowupWhere value)
{
  switch (value)
    {
    case BENK_FOLLOWUP_WHERE_DISPENSER:
      return _ ("by the dispenser");
    case BENK_FOLLOWUP_WHERE_NOWHERE:
      return _ ("not known to be done");
    case BENK_FOLLOWUP_WHERE_HERE:
    case BENK_FOLLOWUP_WHERE_ELSEWHERE:
    case BENK_FOLLOWUP_WHERE_PHONE:
    default:
      return benk_followup_place_get_label ((BenkFollowupPlace) value);
    }
}

/**
 * benk_followup_step_get_label:
 * @value: a step
 *
 * Returns: (transfer none): what was done
 */
const char *
benk_followup_step_get_label (BenkFollowupStep value)
{
  static const char *const labels[BENK_N_FOLLOWUP_STEPS] = {
    [BENK_FOLLOWUP_RECEIVED] = N_ ("Received"),
    [BENK_FOLLOWUP_OPENED] = N_ ("Opened"),
    [BENK_FOLLOWUP_TAKEN] = N_ ("Taken"),
    [BENK_FOLLOWUP_CLOSED] = N_ ("Closed"),
  };

  return _ (labels[value]);
}

static int
find_where (const BenkFollowupRow *row, BenkFollowupStep step)
{
  const BenkFollowupTime *time = benk_followup_row_get_time (row, step);

  if (time->at_ms == 0)
    return BENK_FOLLOWUP_WHERE_NOWHERE;
  if (step == BENK_FOLLOWUP_CLOSED && row->dispensed_ms != 0)
    return BENK_FOLLOWUP_WHERE_DISPENSER;
  return (int) time->place;
}

static gboolean
fits (int wanted, int is)
{
  return wanted == BENK_FOLLOWUP_ANY || wanted == is;
}

/**
 * benk_followup_slice_has:
 * @self: a slice
 * @row: a row that was judged
 *
 * Returns: whether it counts @row
 */
gboolean
benk_followup_slice_has (const BenkFollowupSlice *self, const BenkFollowupRow *row)
{
  return fits (self->proposed, row->proposed ? 1 : 0) &&
         fits (self->responsibility, (int) row->responsibility) &&
         fits (self->duty, (int) row->duty) && fits (self->verdict, (int) row->verdict) &&
         (self->step == BENK_FOLLOWUP_ANY ||
          find_where (row, (BenkFollowupStep) self->step) == self->where) &&
         (!self->open || benk_followup_row_is_open (row)) &&
         (!self->reopened || row->n_reopened > 0) &&
         (!self->without_team || row->team == NULL);
}

/**
 * benk_followup_slice_count:
 * @self: a slice
 * @report: a report
 *
 * Returns: how many alarms of @report it has
 */
guint
benk_followup_slice_count (const BenkFollowupSlice *self,
                           const BenkFollowupReport *report)
{
  guint n = 0;

  for (guint i = 0; i < report->rows->len; i++)
    n += benk_followup_slice_has (self, g_ptr_array_index (report->rows, i)) ? 1 : 0;
  return n;
}

static void
append (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/**
 * benk_followup_slice_describe:
 * @self: a slice
 *
 * Returns: (transfer full): which alarms these are, in words
 */
char *
benk_followup_slice_describe (const BenkFollowupSlice *self)
{
  GString *text = g_string_new (NULL);

  if (self->verdict != BENK_FOLLOWUP_ANY)
    append (text, benk_followup_verdict_get_label ((BenkFollowupVerdict) self->verdict));
  if (self->step != BENK_FOLLOWUP_ANY)
    {
      append (text, benk_followup_step_get_label ((BenkFollowupStep) self->step));
      append (text, benk_followup_where_get_label ((BenkFollowupWhere) self->where));
    }
  if (self->open)
    append (text, _ ("Still open"));
  if (self->reopened)
    append (text, _ ("Opened again"));
  if (self->without_team)
    append (text, _ ("Of no known team"));
  if (self->responsibility != BENK_FOLLOWUP_ANY)
    append (text,
            benk_responsibility_get_label ((BenkResponsibility) self->responsibility));
  if (self->duty != BENK_FOLLOWUP_ANY)
    append (text, benk_duty_get_label ((BenkDuty) self->duty));
  if (self->proposed != BENK_FOLLOWUP_ANY)
    append (text, self->proposed ? _ ("proposed deadlines") : _ ("decided deadlines"));
  if (text->len == 0)
    append (text, _ ("All alarms of the report"));
  return g_string_free (text, FALSE);
}
