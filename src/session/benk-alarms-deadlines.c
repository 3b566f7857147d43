/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-deadlines.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-table-deadline.h"
#include "benk-text-check.h"

typedef struct
{
  BenkDeadlineDecision decision;
  GPtrArray *deadlines;
} DecideJob;

typedef struct
{
  GPtrArray *current;
  GPtrArray *versions;
} Loaded;

static void
decide_job_free (gpointer data)
{
  DecideJob *job = data;

  benk_deadline_decision_clear (&job->decision);
  g_ptr_array_unref (job->deadlines);
  g_free (job);
}

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->current, g_ptr_array_unref);
  g_clear_pointer (&loaded->versions, g_ptr_array_unref);
  g_free (loaded);
}

static gpointer
load (BenkDb *db, gpointer model_id, GCancellable *cancellable, GError **error)
{
  Loaded *loaded = g_new0 (Loaded, 1);
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  loaded->current = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  for (gsize i = 0; i < n_codes; i++)
    {
      BenkDeadline *deadline =
        benk_table_deadline_get_current (db, codes[i].code, model_id, NULL, error);

      if (deadline == NULL)
        {
          loaded_free (loaded);
          return NULL;
        }
      g_ptr_array_add (loaded->current, deadline);
    }
  loaded->versions = benk_table_deadline_list_versions (db, NULL, error);
  if (loaded->versions != NULL)
    return loaded;
  loaded_free (loaded);
  return NULL;
}

/**
 * benk_alarms_load_deadlines_async:
 * @self: the alarms
 * @model_id: (nullable): a make, or %NULL for what counts where a make has none of its
 * own
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the deadlines as they count now, and what was ever decided.
 */
void
benk_alarms_load_deadlines_async (BenkAlarms *self,
                                  const char *model_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);

  g_return_if_fail (session != NULL);
  benk_session_read_async (session, self, load, g_strdup (model_id), g_free, loaded_free,
                           cancellable, callback, user_data);
}

/**
 * benk_alarms_load_deadlines_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @versions: (out) (optional) (transfer container) (element-type BenkDeadline): all that
 *   was ever decided, newest first
 * @error: why they could not be read
 *
 * Returns: (transfer container) (element-type BenkDeadline): one for each code, or %NULL
 */
GPtrArray *
benk_alarms_load_deadlines_finish (BenkAlarms *self,
                                   GAsyncResult *result,
                                   GPtrArray **versions,
                                   GError **error)
{
  Loaded *loaded = benk_session_read_finish (self, result, error);
  GPtrArray *current;

  if (loaded == NULL)
    return NULL;
  current = g_steal_pointer (&loaded->current);
  if (versions)
    *versions = g_steal_pointer (&loaded->versions);
  loaded_free (loaded);
  return current;
}

static gboolean
check (BenkDb *db, DecideJob *job, GError **error)
{
  if (!benk_deadline_decision_check (&job->decision, benk_db_get_wall_ms (db), error) ||
      !benk_text_check_name (job->decision.decided_by, error) ||
      !benk_text_check_name (job->decision.role, error))
    return FALSE;
  if (job->deadlines->len == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("Choose what was decided."));
      return FALSE;
    }
  for (guint i = 0; i < job->deadlines->len; i++)
    {
      const BenkDeadline *deadline = g_ptr_array_index (job->deadlines, i);

      if (!benk_allowance_check (&deadline->allowance, error))
        {
          g_prefix_error (error, "%s: ",
                          benk_alarm_code_get_label (
                            benk_alarm_code_resolve (deadline->code)));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
decide (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  DecideJob *job = data;
  BenkId id;

  if (!check (db, job, error) ||
      !benk_table_deadline_decide (db, &job->decision, job->deadlines, &id, error))
    return FALSE;
  benk_scope_set_subject (scope, &id);
  return TRUE;
}

static BenkDeadline *
copy (const BenkDeadline *given)
{
  BenkDeadline *deadline = benk_deadline_new (given->code, given->model_id);

  deadline->allowance = given->allowance;
  return deadline;
}

/**
 * benk_alarms_decide_deadlines_async:
 * @self: the alarms
 * @decision: who decided, in which role, on which day
 * @deadlines: (element-type BenkDeadline): what they decided
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Writes down what a named person of the district decided. New alarms get it; those that
 * are there keep what they have. One change, which can be undone until an alarm has got
 * its deadlines.
 */
void
benk_alarms_decide_deadlines_async (BenkAlarms *self,
                                    const BenkDeadlineDecision *decision,
                                    const GPtrArray *deadlines,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  DecideJob *job = g_new0 (DecideJob, 1);

  g_return_if_fail (session != NULL);
  job->decision.decided_on = g_strdup (decision->decided_on);
  job->decision.decided_by = g_strdup (decision->decided_by);
  job->decision.role = g_strdup (decision->role);
  job->deadlines = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  for (guint i = 0; i < deadlines->len; i++)
    g_ptr_array_add (job->deadlines, copy (g_ptr_array_index (deadlines, i)));
  benk_session_change_async (session, self, BENK_VERB_DEADLINES, &BENK_ID_NIL, decide,
                             job, decide_job_free, cancellable, callback, user_data);
}

/**
 * benk_alarms_decide_deadlines_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @seq: (out) (optional): row of the change log
 * @error: why it was not written down
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID and what is missing, or another error
 */
gboolean
benk_alarms_decide_deadlines_finish (BenkAlarms *self,
                                     GAsyncResult *result,
                                     gint64 *seq,
                                     GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
