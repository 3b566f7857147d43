/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-report.h"

#include "benk-alarm-join.h"

/* What the first and what said it again came to: taken when either was, over when both
 * were. */
static void
merge (BenkFollowupRow *first, const BenkFollowupRow *again)
{
  first->n_joined++;
  first->n_reopened += again->n_reopened;
  if (again->taken.at_ms != 0 &&
      (first->taken.at_ms == 0 || again->taken.at_ms < first->taken.at_ms))
    first->taken = again->taken;
  if (again->opened.at_ms != 0 &&
      (first->opened.at_ms == 0 || again->opened.at_ms < first->opened.at_ms))
    first->opened = again->opened;
  if (!first->has_reason && again->has_reason)
    {
      first->has_reason = TRUE;
      first->reason = g_strdup (again->reason);
    }
  if (benk_followup_row_is_open (first))
    return;
  if (benk_followup_row_is_open (again) || again->closed.at_ms > first->closed.at_ms)
    {
      first->status = again->status;
      first->closed = again->closed;
      first->dispensed_ms = again->dispensed_ms;
    }
}

static void
join_alike (GPtrArray *alike, GHashTable *joined)
{
  g_autofree BenkAlarmSpan *spans = g_new0 (BenkAlarmSpan, alike->len);
  g_autofree guint *firsts = g_new0 (guint, alike->len);

  for (guint i = 0; i < alike->len; i++)
    {
      const BenkFollowupRow *row = g_ptr_array_index (alike, i);

      spans[i].raised_ms = row->raised_ms;
      spans[i].ended_ms = benk_followup_row_is_open (row) ? 0 : row->closed.at_ms;
    }
  benk_alarm_join (spans, alike->len, firsts);
  for (guint i = 0; i < alike->len; i++)
    if (firsts[i] != i)
      {
        merge (g_ptr_array_index (alike, firsts[i]), g_ptr_array_index (alike, i));
        g_hash_table_add (joined, g_ptr_array_index (alike, i));
      }
}

/**
 * benk_followup_report_join:
 * @self: a report whose rows are in the order they were raised, with their steps
 *
 * Leaves one row of alarms that only said again what was open already, as the queue shows
 * them; what was done about either was done about both, and it is over when both are.
 */
void
benk_followup_report_join (BenkFollowupReport *self)
{
  g_auto (GStrv) keys = g_new0 (char *, self->rows->len + 1);
  g_autoptr (GHashTable) joined = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) groups = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const BenkFollowupRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *about = benk_alarm_about (&row->device, row->serial, &row->id);

      keys[i] = g_strconcat (about, "|", row->code, NULL);
    }
  groups =
    benk_alarm_gather (self->rows->pdata, (const char *const *) keys, self->rows->len);
  for (guint i = 0; i < groups->len; i++)
    join_alike (g_ptr_array_index (groups, i), joined);
  for (guint i = self->rows->len; i > 0; i--)
    if (g_hash_table_contains (joined, g_ptr_array_index (self->rows, i - 1)))
      g_ptr_array_remove_index (self->rows, i - 1);
}
