/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-incidents.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-private.h"
#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-journal.h"
#include "benk-model.h"
#include "benk-paper-incident.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-followup.h"

typedef struct
{
  GArray *alarms; /* BenkId */
  GPtrArray *models;
} DraftJob;

static void
draft_job_free (gpointer data)
{
  DraftJob *job = data;

  g_array_unref (job->alarms);
  g_ptr_array_unref (job->models);
  g_free (job);
}

/* The time that has all of them in it. */
static gboolean
find_period (BenkDb *db, DraftJob *job, BenkReportPeriod *period, GError **error)
{
  for (guint i = 0; i < job->alarms->len; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        benk_table_alarm_get (db, &g_array_index (job->alarms, BenkId, i), error);
      gint64 raised_ms;

      if (alarm == NULL)
        return FALSE;
      raised_ms = benk_alarm_get_raised_ms (alarm);
      period->from_ms = i == 0 ? raised_ms : MIN (period->from_ms, raised_ms);
      period->to_ms = MAX (period->to_ms, raised_ms + 1);
    }
  return TRUE;
}

static gboolean
is_asked_for (DraftJob *job, const BenkFollowupRow *row)
{
  for (guint i = 0; i < job->alarms->len; i++)
    if (benk_id_equal (&g_array_index (job->alarms, BenkId, i), &row->id))
      return TRUE;
  return FALSE;
}

static gboolean
add_alarm (
  BenkDb *db, DraftJob *job, BenkIncident *incident, BenkFollowupRow *row, GError **error)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GPtrArray) kept = benk_table_alarm_step_list (db, &row->id, error);
  g_autoptr (GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_incident_step_free);
  BenkModel *model = row->model_id ? benk_model_find (job->models, row->model_id) : NULL;

  if (kept == NULL)
    return FALSE;
  if (row->model_name == NULL && model != NULL)
    row->model_name = g_strdup (benk_model_get_name (model));
  for (guint i = 0; i < kept->len; i++)
    {
      const BenkAlarmStep *step = g_ptr_array_index (kept, i);
      BenkIncidentStep *told;

      if (strcmp (step->kind, BENK_STEP_LATE) == 0)
        continue;
      told = g_new0 (BenkIncidentStep, 1);
      told->at_ms = step->at_ms;
      told->words = benk_alarm_describe_step (step);
      g_ptr_array_add (steps, told);
    }
  benk_incident_add_alarm (incident, row, steps, zone);
  return TRUE;
}

static gpointer
draft (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  DraftJob *job = data;
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  g_autoptr (BenkIncident) incident = benk_incident_new (benk_db_get_wall_ms (db));
  BenkJournalHead head;

  report->made_ms = incident->made_ms;
  if (!find_period (db, job, &report->period, error) ||
      !benk_table_followup_load (db, report, NULL, NULL, NULL, NULL, error) ||
      !benk_journal_get_head (db, &head, error))
    return NULL;
  for (guint i = 0; i < report->rows->len; i++)
    {
      BenkFollowupRow *row = g_ptr_array_index (report->rows, i);

      if (is_asked_for (job, row) && !add_alarm (db, job, incident, row, error))
        return NULL;
    }
  benk_incident_add_questions (incident);
  incident->demo = head.demo;
  incident->seq = head.seq;
  incident->hash = benk_journal_hash_to_string (head.hash);
  return g_steal_pointer (&incident);
}

/**
 * benk_alarms_draft_incident_async:
 * @self: the alarms
 * @alarms: (array length=n_alarms): what it is about
 * @n_alarms: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Makes the draft of an incident report: times, deadlines, and when this program did not
 * watch. Nothing is sent anywhere.
 */
void
benk_alarms_draft_incident_async (BenkAlarms *self,
                                  const BenkId *alarms,
                                  guint n_alarms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  DraftJob *job = g_new0 (DraftJob, 1);

  g_return_if_fail (session != NULL);
  job->alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->alarms, alarms, n_alarms);
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  benk_session_read_async (session, self, draft, job, draft_job_free,
                           (GDestroyNotify) benk_incident_free, cancellable, callback,
                           user_data);
}

/**
 * benk_alarms_draft_incident_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: %BENK_ERROR_NOT_FOUND if there is no such alarm, or another error
 *
 * Returns: (transfer full): the draft, or %NULL
 */
BenkIncident *
benk_alarms_draft_incident_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/**
 * benk_incident_dup_text:
 * @incident: a draft
 *
 * Returns: (transfer full): the draft as text, in times of the district
 */
char *
benk_incident_dup_text (const BenkIncident *incident)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  return benk_incident_to_text (incident, zone);
}

typedef struct
{
  BenkIncident *incident;
  GFile *file;
} SaveJob;

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  g_object_unref (job->file);
  g_free (job);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SaveJob *job = data;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  if (g_str_has_suffix (folded, ".pdf"))
    bytes = benk_paper_incident_compose (job->incident, zone, &error);
  else
    {
      char *text = benk_incident_to_text (job->incident, zone);

      bytes = g_bytes_new_take (text, strlen (text));
    }
  if (bytes == NULL || !benk_document_write_file (job->file, bytes, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * benk_alarms_save_incident_async:
 * @self: the alarms
 * @incident: a draft; must live until @callback
 * @file: where to; a PDF where its name ends in ".pdf", else text
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Writes a draft into a file, whole or not at all.
 */
void
benk_alarms_save_incident_async (BenkAlarms *self,
                                 BenkIncident *incident,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SaveJob *job = g_new0 (SaveJob, 1);

  job->incident = incident;
  job->file = g_object_ref (file);
  g_task_set_task_data (task, job, save_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * benk_alarms_save_incident_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it was not written
 *
 * Returns: whether the file is there
 */
gboolean
benk_alarms_save_incident_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
