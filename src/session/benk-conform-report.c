/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-report-private.h"

static void
row_free (gpointer data)
{
  BenkConformRow *row = data;

  g_free (row->id);
  g_free (row->clause);
  g_free (row->text);
  g_free (row->label);
  g_free (row->seen);
  g_free (row);
}

static void
add_row (BenkConformReport *self, const BenkConformResult *result)
{
  BenkConformRow *row;

  if (result->id == NULL)
    return;
  row = g_new0 (BenkConformRow, 1);
  row->id = g_strdup (result->id);
  row->clause = g_strdup (result->clause);
  row->text = g_strdup (result->text);
  row->verdict = benk_conform_verdict_get_name (result->verdict);
  row->label = g_strdup (benk_conform_verdict_get_label (result->verdict));
  row->seen = g_strdup (result->seen);
  g_ptr_array_add (self->rows, row);
  self->n_passed += result->verdict == BENK_CONFORM_PASSED;
  self->n_failed += result->verdict == BENK_CONFORM_FAILED;
  self->n_not_offered += result->verdict == BENK_CONFORM_NOT_OFFERED;
  self->n_not_tried += result->verdict == BENK_CONFORM_NOT_TRIED;
}

/*
 * benk_conform_report_new:
 * @conform: a procedure that is over
 * @kind: of the link; a device that says it is simulated is so over any
 * @at_ms: when it began, UTC ms
 * @destructive: whether it was allowed to change what the device holds
 */
BenkConformReport *
benk_conform_report_new (BenkConform *conform,
                         BenkLinkKind kind,
                         gint64 at_ms,
                         gboolean destructive)
{
  BenkConformReport *report = g_new0 (BenkConformReport, 1);
  const BenkMds *mds = benk_conform_get_mds (conform);

  report->maker = g_strdup (mds->maker);
  report->model = g_strdup (mds->model);
  report->serial = g_strdup (mds->serial);
  report->firmware = g_strdup (mds->firmware);
  report->system_id = benk_mds_dup_system_id (mds);
  report->link_kind =
    benk_conform_is_simulated (conform) ? BENK_LINK_KIND_SIMULATED : kind;
  report->destructive = destructive;
  report->at_ms = at_ms;
  report->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < benk_conform_get_n_results (conform); i++)
    add_row (report, benk_conform_get_result (conform, i));
  return report;
}

/** benk_conform_report_free: @self: (transfer full): a report */
void
benk_conform_report_free (BenkConformReport *self)
{
  g_free (self->maker);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->firmware);
  g_free (self->system_id);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
