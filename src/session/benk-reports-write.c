/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reports.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-csv.h"
#include "benk-document-private.h"
#include "benk-paper-followup.h"
#include "benk-plan.h"

typedef struct
{
  BenkFollowupReport *report;
  GFile *file;
  BenkReportFormat format;
} WriteJob;

static void
write_job_free (WriteJob *job)
{
  benk_followup_report_unref (job->report);
  g_object_unref (job->file);
  g_free (job);
}

static void
add_cell (BenkSheet *sheet, const char *text)
{
  benk_sheet_add_cell (sheet, text != NULL ? text : "", -1);
}

static void
add_instant (BenkSheet *sheet, gint64 ms, GTimeZone *zone)
{
  g_autofree char *text = ms != 0 ? benk_followup_write_instant (ms, zone) : NULL;

  add_cell (sheet, text);
}

static void
add_headings (BenkSheet *sheet, const BenkFollowupReport *report)
{
  static const char *const headings[] = {
    N_ ("Raised"),           N_ ("Alarm"),        N_ ("Model"),
    N_ ("Serial number"),    N_ ("Asset number"), N_ ("Team"),
    N_ ("Responsibility"),   N_ ("Received"),     N_ ("Received where"),
    N_ ("Opened"),           N_ ("Opened where"), N_ ("Taken"),
    N_ ("Taken where"),      N_ ("Take within"),  N_ ("Taken in time"),
    N_ ("Closed"),           N_ ("Closed where"), N_ ("Resolve within"),
    N_ ("Resolved in time"), N_ ("Result"),       N_ ("Deadlines decided by"),
    N_ ("Reason given"),     N_ ("Duty"),
  };

  benk_sheet_add_row (sheet, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    add_cell (sheet, _ (headings[i]));
  if (report->with_reasons)
    {
      add_cell (sheet, _ ("Reason for the delay"));
      add_cell (sheet, _ ("Told by phone by"));
    }
}

static void
add_step (BenkSheet *sheet,
          const BenkFollowupRow *row,
          BenkFollowupStep step,
          GTimeZone *zone)
{
  add_instant (sheet, benk_followup_row_get_time (row, step)->at_ms, zone);
  add_cell (sheet, benk_followup_row_describe_place (row, step));
}

static void
add_row (BenkSheet *sheet,
         const BenkFollowupReport *report,
         const BenkFollowupRow *row,
         GTimeZone *zone)
{
  g_autofree char *alarm = benk_followup_row_describe_alarm (row);
  g_autofree char *verdict = benk_followup_row_describe_verdict (row);

  add_instant (sheet, row->raised_ms, zone);
  add_cell (sheet, alarm);
  add_cell (sheet, row->model_name != NULL ? row->model_name : row->model_id);
  add_cell (sheet, row->serial);
  add_cell (sheet, row->asset);
  add_cell (sheet, row->team);
  add_cell (sheet, benk_responsibility_get_label (row->responsibility));
  add_step (sheet, row, BENK_FOLLOWUP_RECEIVED, zone);
  add_step (sheet, row, BENK_FOLLOWUP_OPENED, zone);
  add_step (sheet, row, BENK_FOLLOWUP_TAKEN, zone);
  add_instant (sheet, row->take_deadline_ms, zone);
  add_cell (sheet, benk_followup_outcome_get_label (row->take));
  add_step (sheet, row, BENK_FOLLOWUP_CLOSED, zone);
  add_instant (sheet, row->resolve_deadline_ms, zone);
  add_cell (sheet, benk_followup_outcome_get_label (row->resolve));
  add_cell (sheet, verdict);
  add_cell (sheet, row->proposed
                     ? _ ("Proposed by the program, not decided by the district")
                     : row->decided_by);
  add_cell (sheet, row->has_reason ? _ ("yes") : _ ("no"));
  add_cell (sheet, benk_duty_get_label (row->duty));
  if (report->with_reasons)
    {
      add_cell (sheet, g_strcmp0 (row->reason, "") == 0 ? _ ("erased") : row->reason);
      add_cell (sheet, g_strcmp0 (row->told_by, "") == 0 ? _ ("erased") : row->told_by);
    }
}

static GBytes *
compose_csv (const BenkFollowupReport *report, GTimeZone *zone)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();

  add_headings (sheet, report);
  for (guint i = 0; i < report->rows->len; i++)
    {
      benk_sheet_add_row (sheet, i + 2);
      add_row (sheet, report, g_ptr_array_index (report->rows, i), zone);
    }
  return benk_csv_write_bytes (sheet, ';');
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WriteJob *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
    job->format == BENK_REPORT_CSV
      ? compose_csv (job->report, zone)
      : benk_paper_followup_compose (job->report, zone, NULL, &error);

  if (bytes == NULL || !benk_document_write_file (job->file, bytes, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * benk_reports_write_followup_async:
 * @session: a session
 * @report: a report, which is not changed any more
 * @file: where to write it; an older one is replaced
 * @format: as what
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written or could not be
 * @user_data: for @callback
 *
 * Writes a report. CSV has a byte order mark and semicolons, and its formulas are
 * guarded; the PDF names the newest row of the change log and its hash.
 */
void
benk_reports_write_followup_async (BenkSession *session,
                                   BenkFollowupReport *report,
                                   GFile *file,
                                   BenkReportFormat format,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  WriteJob *job = g_new0 (WriteJob, 1);

  g_task_set_source_tag (task, benk_reports_write_followup_async);
  g_task_set_check_cancellable (task, FALSE);
  job->report = benk_followup_report_ref (report);
  job->file = g_object_ref (file);
  job->format = format;
  g_task_set_task_data (task, job, (GDestroyNotify) write_job_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * benk_reports_write_followup_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: %BENK_ERROR_FULL, %BENK_ERROR_IO or %BENK_ERROR_CANCELLED
 *
 * Returns: %TRUE if it is written; else a file that was there is as it was
 */
gboolean
benk_reports_write_followup_finish (BenkSession *session,
                                    GAsyncResult *result,
                                    GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
