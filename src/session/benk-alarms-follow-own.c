/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-follow-private.h"

#include "benk-table-outbox.h"

static gboolean
stands_in (BenkTelling *self, const BenkOutboxRow *row)
{
  g_autofree char *step = benk_id_to_string (&row->id);

  return benk_fhir_issue_has_step (self->issue, step);
}

/* Whether a step of ours of this kind stands in the resource, and whether one is on its
 * way there. */
gboolean
benk_telling_find_own (BenkTelling *self,
                       const char *kind,
                       gboolean *stands,
                       gboolean *under_way,
                       GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (self->db, self->name, error);

  *stands = FALSE;
  *under_way = FALSE;
  for (guint i = 0; rows && i < rows->len; i++)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i);

      if (!g_str_equal (row->kind, kind))
        continue;
      if (stands_in (self, row))
        *stands = TRUE;
      else if (row->state == BENK_FOLLOWUP_QUEUED || row->state == BENK_FOLLOWUP_SENT)
        *under_way = TRUE;
    }
  return rows != NULL;
}

/* Whether it ended by our closing: not where we opened it again after that, and it was
 * closed since. */
gboolean
benk_telling_is_own_end (BenkTelling *self, gboolean *own, GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (self->db, self->name, error);

  *own = FALSE;
  for (guint i = 0; rows && i < rows->len; i++)
    {
      const BenkOutboxRow *row = g_ptr_array_index (rows, i);
      gboolean closes = g_str_equal (row->kind, BENK_OUTBOX_CLOSE);

      if ((closes || g_str_equal (row->kind, BENK_OUTBOX_REOPEN)) &&
          stands_in (self, row))
        *own = closes || self->issue->closed_ms <= row->made_ms;
    }
  return rows != NULL;
}

/* Whether it was we who opened it again after @ended: in the version that is told, or in
 * @later, which was told before and is not at hand any more. */
gboolean
benk_telling_is_own_reopening (BenkTelling *self,
                               const BenkAlarmVersion *ended,
                               const BenkAlarmVersion *later,
                               gboolean *own,
                               GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (self->db, self->name, error);

  *own = FALSE;
  for (guint i = 0; rows && i < rows->len && !*own; i++)
    {
      const BenkOutboxRow *row = g_ptr_array_index (rows, i);
      gint64 sent_ms = row->sent_ms + self->job->skew_ms;

      if (!g_str_equal (row->kind, BENK_OUTBOX_REOPEN) ||
          ended->updated_ms > sent_ms + BENK_TELLING_AHEAD_MS)
        continue;
      *own = later == NULL ? stands_in (self, row)
                           : row->state == BENK_FOLLOWUP_ACCEPTED &&
                               later->updated_ms >= sent_ms - BENK_TELLING_AHEAD_MS;
    }
  return rows != NULL;
}
