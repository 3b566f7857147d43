/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "benk-document-private.h"

#include "benk-paper-conform.h"
#include "benk-plan.h"
#include "benk-session-change.h"

/* The report of a conformance trial as a PDF. Only the end of the change log is read for
 * it: the trial itself is no part of the store. */

typedef struct
{
  BenkPaperConform *paper;
  GFile *file;
  gint64 made_ms;
} WriteJob;

static void
write_job_free (gpointer data)
{
  WriteJob *job = data;

  benk_paper_conform_free (job->paper);
  g_object_unref (job->file);
  g_free (job);
}

static BenkPaperMark
get_mark (const char *verdict)
{
  static const struct
  {
    const char *verdict;
    BenkPaperMark mark;
  } marks[] = { { "passed", BENK_PAPER_MARK_DONE },
                { "failed", BENK_PAPER_MARK_FAILED },
                { "not-offered", BENK_PAPER_MARK_SKIPPED } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (marks[i].verdict, verdict))
      return marks[i].mark;
  return BENK_PAPER_MARK_OPEN;
}

static void
take_rows (BenkPaperConform *paper, const BenkConformReport *report)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkConformRow *row = g_ptr_array_index (report->rows, i);
      const BenkPaperConformRow told = { row->id,    row->clause,
                                         row->text,  get_mark (row->verdict),
                                         row->label, row->seen };

      benk_paper_conform_add_row (paper, &told);
    }
  paper->n_passed = report->n_passed;
  paper->n_failed = report->n_failed;
  paper->n_not_offered = report->n_not_offered;
  paper->n_not_tried = report->n_not_tried;
}

static void
take_staff (BenkPaperConform *paper, BenkStaff *staff)
{
  const char *name = staff != NULL ? benk_staff_get_name (staff) : NULL;
  const char *initials = staff != NULL ? benk_staff_get_initials (staff) : NULL;

  if (name != NULL && *name != '\0')
    paper->name = g_strdup_printf ("%s (%s)", name, initials);
  else
    paper->name = g_strdup (initials);
  paper->account = g_strdup (g_get_user_name ());
}

static BenkPaperConform *
describe (BenkSession *session, const BenkConformReport *report)
{
  BenkPaperConform *paper = benk_paper_conform_new ();

  paper->maker = g_strdup (report->maker);
  paper->model = g_strdup (report->model);
  paper->serial = g_strdup (report->serial);
  paper->system_id = g_strdup (report->system_id);
  paper->firmware = g_strdup (report->firmware);
  paper->link_kind = report->link_kind;
  paper->destructive = report->destructive;
  paper->at_ms = report->at_ms;
  paper->version = g_strdup (BENK_VERSION);
  take_rows (paper, report);
  take_staff (paper, benk_session_get_staff (session));
  return paper;
}

static gpointer
read_head (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree BenkJournalHead *head = g_new0 (BenkJournalHead, 1);

  return benk_journal_get_head (db, head, error) ? g_steal_pointer (&head) : NULL;
}

static void
write_report (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WriteJob *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (BenkDocument) document = g_new0 (BenkDocument, 1);
  g_autoptr (GBytes) pdf = NULL;
  GError *error = NULL;

  document->path = g_file_get_path (job->file);
  document->n_devices = 1;
  document->proves = benk_paper_conform_proves (job->paper);
  document->seq = job->paper->head;
  document->hash = g_strdup (job->paper->head_hash);
  pdf = benk_paper_conform_compose (job->paper, job->made_ms, zone, &document->n_pages,
                                    &error);
  if (pdf == NULL || !benk_document_write_file (job->file, pdf, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&document),
                           (GDestroyNotify) benk_document_free);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree BenkJournalHead *head = benk_session_read_finish (source, result, &error);

  if (head == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->paper->demo = head->demo;
  job->paper->head = head->seq;
  job->paper->head_hash = benk_journal_hash_to_string (head->hash);
  g_task_run_in_thread (task, write_report);
}

/**
 * benk_document_write_conform_async:
 * @session: a session
 * @report: what came of a trial; copied
 * @file: where to write it; an older one is replaced
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for benk_document_write_finish()
 * @user_data: for @callback
 *
 * Writes the report of a conformance trial, to annex to a tender.
 */
void
benk_document_write_conform_async (BenkSession *session,
                                   const BenkConformReport *report,
                                   GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;
  WriteJob *job;

  g_return_if_fail (BENK_IS_SESSION (session));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (session, cancellable, callback, user_data);
  job = g_new0 (WriteJob, 1);
  job->paper = describe (session, report);
  job->file = g_object_ref (file);
  job->made_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  g_task_set_source_tag (task, benk_document_write_conform_async);
  g_task_set_task_data (task, job, write_job_free);
  benk_session_read_async (session, session, read_head, NULL, NULL, g_free, cancellable,
                           on_read, task);
}
