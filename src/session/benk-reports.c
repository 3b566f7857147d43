/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reports.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-journal.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-followup.h"
#include "benk-table-person.h"
#include "benk-table-place.h"

typedef struct
{
  BenkFollowupReport *report;
  char *team;
  GStrv only;
  BenkFollowupChosen chosen;
  GCancellable *cancellable;
  GMainContext *context;
  GFileProgressCallback progress;
  gpointer progress_data;
} LoadJob;

static void
load_job_free (LoadJob *job)
{
  g_clear_pointer (&job->report, benk_followup_report_unref);
  g_free (job->team);
  g_strfreev (job->only);
  g_hash_table_unref (job->chosen.persons);
  g_hash_table_unref (job->chosen.devices);
  g_clear_object (&job->cancellable);
  g_main_context_unref (job->context);
  g_free (job);
}

/* --- teams --- */

static GPtrArray *
find_teams (BenkDb *db, GError **error)
{
  GPtrArray *places = benk_table_place_list (db, error);

  for (guint i = places != NULL ? places->len : 0; i > 0; i--)
    if (benk_place_get_kind (g_ptr_array_index (places, i - 1)) != BENK_PLACE_KIND_TEAM)
      g_ptr_array_remove_index (places, i - 1);
  return places;
}

static gpointer
list_teams (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) teams = find_teams (db, error);
  GPtrArray *names = teams != NULL ? g_ptr_array_new_with_free_func (g_free) : NULL;

  for (guint i = 0; names != NULL && i < teams->len; i++)
    g_ptr_array_add (names,
                     g_strdup (benk_place_get_name (g_ptr_array_index (teams, i))));
  return names;
}

/**
 * benk_reports_list_teams_async:
 * @session: a session
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads which teams there are.
 */
void
benk_reports_list_teams_async (BenkSession *session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  benk_session_read_async (session, session, list_teams, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_reports_list_teams_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: why they could not be read
 *
 * Returns: (transfer container) (element-type utf8): names of teams, by name
 */
GPtrArray *
benk_reports_list_teams_finish (BenkSession *session,
                                GAsyncResult *result,
                                GError **error)
{
  return benk_session_read_finish (session, result, error);
}

/* --- the report --- */

static gboolean
find_team (BenkDb *db, LoadJob *job, BenkId *team, GError **error)
{
  g_autoptr (GPtrArray) teams = NULL;
  g_autofree char *wanted = NULL;

  *team = BENK_ID_NIL;
  if (job->team == NULL || *job->team == '\0')
    return TRUE;
  teams = find_teams (db, error);
  if (teams == NULL)
    return FALSE;
  wanted = g_utf8_casefold (job->team, -1);
  for (guint i = 0; i < teams->len; i++)
    {
      BenkPlace *place = g_ptr_array_index (teams, i);
      g_autofree char *name = g_utf8_casefold (benk_place_get_name (place), -1);

      if (!g_str_equal (name, wanted))
        continue;
      *team = *benk_place_get_id (place);
      job->report->team = g_strdup (benk_place_get_name (place));
      return TRUE;
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("“%s” is not a team."),
               job->team);
  return FALSE;
}

static void
add_id (GHashTable *ids, const BenkId *id)
{
  g_hash_table_add (ids, g_memdup2 (id, sizeof *id));
}

static gboolean
find_one (BenkDb *db, LoadJob *job, const char *word, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  BenkId person;

  if (benk_table_person_find (db, word, &person, &local))
    {
      add_id (job->chosen.persons, &person);
      return TRUE;
    }
  if (local == NULL)
    devices = benk_table_device_find_all (db, word, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < devices->len; i++)
    add_id (job->chosen.devices, benk_device_get_id (g_ptr_array_index (devices, i)));
  if (devices->len > 0)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("“%s” is neither a user nor a device here."), word);
  return FALSE;
}

static gboolean
find_chosen (BenkDb *db, LoadJob *job, GError **error)
{
  for (guint i = 0; job->only != NULL && job->only[i] != NULL; i++)
    {
      g_autofree char *word = g_strstrip (g_strdup (job->only[i]));

      if (*word != '\0' && !find_one (db, job, word, error))
        return FALSE;
    }
  job->report->n_users = g_hash_table_size (job->chosen.persons);
  job->report->n_devices = g_hash_table_size (job->chosen.devices);
  return TRUE;
}

typedef struct
{
  GFileProgressCallback progress;
  gpointer data;
  guint n_done;
  guint n_all;
  GCancellable *cancellable;
} Told;

static void
told_free (Told *told)
{
  g_clear_object (&told->cancellable);
  g_free (told);
}

static gboolean
tell (gpointer user_data)
{
  Told *told = user_data;

  if (!g_cancellable_is_cancelled (told->cancellable))
    told->progress (told->n_done, told->n_all, told->data);
  return G_SOURCE_REMOVE;
}

/* On the store's thread; what is told goes to who asked. */
static gboolean
count (guint n_done, guint n_all, gpointer user_data)
{
  LoadJob *job = user_data;
  Told *told;

  if (g_cancellable_is_cancelled (job->cancellable))
    return FALSE;
  if (job->progress == NULL)
    return TRUE;
  told = g_new0 (Told, 1);
  *told = (Told){ job->progress, job->progress_data, n_done, n_all, NULL };
  told->cancellable = job->cancellable ? g_object_ref (job->cancellable) : NULL;
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT, tell, told,
                              (GDestroyNotify) told_free);
  return TRUE;
}

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LoadJob *job = data;
  BenkFollowupReport *report = job->report;
  BenkJournalHead head;
  BenkId team;

  if (!find_team (db, job, &team, error) || !find_chosen (db, job, error) ||
      !benk_table_followup_load (db, report, benk_id_is_nil (&team) ? NULL : &team,
                                 report->n_users + report->n_devices > 0 ? &job->chosen
                                                                         : NULL,
                                 count, job, error) ||
      !benk_journal_get_head (db, &head, error))
    return NULL;
  report->demo = head.demo;
  report->seq = head.seq;
  report->hash = benk_journal_hash_to_string (head.hash);
  return benk_followup_report_ref (report);
}

/**
 * benk_reports_load_followup_async:
 * @session: a session
 * @query: what is asked for; copied
 * @progress: (nullable) (scope notified): told now and then, in this context, how many
 *   alarms were read of how many; not after @cancellable was cancelled
 * @progress_data: for @progress; must live until @callback
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads how alarms were followed up, and compares it with the deadlines.
 */
void
benk_reports_load_followup_async (BenkSession *session,
                                  const BenkFollowupQuery *query,
                                  GFileProgressCallback progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LoadJob *job;

  g_return_if_fail (BENK_IS_SESSION (session));

  job = g_new0 (LoadJob, 1);
  job->report = benk_followup_report_new ();
  job->report->period = query->period;
  job->report->with_reasons = query->with_reasons;
  job->report->made_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  job->team = g_strdup (query->team);
  job->only = g_strdupv ((GStrv) query->only);
  job->chosen.persons = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, NULL);
  job->chosen.devices = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, NULL);
  job->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  job->context = g_main_context_ref_thread_default ();
  job->progress = progress;
  job->progress_data = progress_data;
  benk_session_read_async (session, session, load, job, (GDestroyNotify) load_job_free,
                           (GDestroyNotify) benk_followup_report_unref, cancellable,
                           callback, user_data);
}

/**
 * benk_reports_load_followup_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: %BENK_ERROR_NOT_FOUND (no such team, user or device), %BENK_ERROR_CANCELLED or
 * another error
 *
 * Returns: (transfer full) (nullable): the report
 */
BenkFollowupReport *
benk_reports_load_followup_finish (BenkSession *session,
                                   GAsyncResult *result,
                                   GError **error)
{
  BenkFollowupReport *report = benk_session_read_finish (session, result, error);
  BenkInventory *inventory = benk_session_get_inventory (session);

  for (guint i = 0; report != NULL && i < report->rows->len; i++)
    {
      BenkFollowupRow *row = g_ptr_array_index (report->rows, i);

      if (row->model_id != NULL && row->model_name == NULL)
        row->model_name =
          g_strdup (benk_inventory_get_model_name (inventory, row->model_id));
    }
  return report;
}
