/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-history.h"
#include "benk-journal.h"
#include "benk-lifecycle.h"
#include "benk-models-private.h"
#include "benk-table-accessory.h"
#include "benk-undo.h"
#include "benk-verify.h"

/* How many rows that hold a change are named. */
#define MAX_HELD 50

typedef struct
{
  BenkChange change;
  gint64 seq;
  char *account;
  char *hash;
} LogJob;

typedef struct
{
  gint64 seq;
  char *sentence;
} UndoAnswer;

static void
log_job_free (LogJob *job)
{
  g_free (job->account);
  g_free (job->hash);
  g_free (job);
}

static void
undo_answer_free (UndoAnswer *answer)
{
  g_free (answer->sentence);
  g_free (answer);
}

static LogJob *
log_job_new (const BenkChange *change)
{
  LogJob *job = g_new0 (LogJob, 1);

  job->change = *change;
  job->account = g_strdup (change->account);
  job->change.account = job->account;
  return job;
}

/* Hands what a thread of the store answered on to a task of the session. */
void
benk_session_on_pointer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, NULL);
}

static char *
describe_undo (BenkDb *db, const BenkJournalRow *row, GError **error)
{
  BenkVerb verb;
  guint n_devices = 0;

  if (!benk_verb_from_name (row->verb, &verb) ||
      !benk_history_count_touched (db, row->seq, "device", &n_devices, error))
    return NULL;
  if (verb == BENK_VERB_MOVE)
    return g_strdup_printf (ngettext ("Undo: moved %u device", "Undo: moved %u devices",
                                      n_devices),
                            n_devices);
  if (verb == BENK_VERB_SET_STATE && n_devices > 1)
    return g_strdup_printf (ngettext ("Undo: state of %u device",
                                      "Undo: state of %u devices", n_devices),
                            n_devices);
  if (verb == BENK_VERB_IMPORT)
    return g_strdup_printf (ngettext ("Undo: imported %u device",
                                      "Undo: imported %u devices", n_devices),
                            n_devices);
  /* Translators: the button that takes back the newest change, such as "Undo: Moved". */
  return g_strdup_printf (_ ("Undo: %s"), benk_verb_get_label (verb));
}

static gpointer
find_undo_label (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LogJob *job = data;
  g_autoptr (GPtrArray) rows = benk_undo_list (db, &job->change, 1, error);

  if (!rows || rows->len == 0)
    return NULL;
  return describe_undo (db, g_ptr_array_index (rows, 0), error);
}

void
benk_session_find_undo_label_async (BenkSession *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  BenkChange change;

  if (!benk_session_fill_change (self, BENK_VERB_UNDO, NULL, &change, NULL))
    return;
  benk_store_read_async (benk_session_get_store (self), find_undo_label,
                         log_job_new (&change), (GDestroyNotify) log_job_free, NULL,
                         callback, user_data);
}

char *
benk_session_find_undo_label_finish (BenkSession *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  char *label = benk_store_read_finish (benk_session_get_store (self), result, &error);

  if (error && !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    g_warning ("What undo would take back could not be read: %s", error->message);
  return label;
}

/*
 * benk_session_name_held:
 * @text: gets a line for each of @held
 * @held: (element-type BenkHeld): rows in the way
 *
 * Names rows with their later change, so that a person can judge.
 */
void
benk_session_name_held (GString *text, GPtrArray *held)
{
  for (guint i = 0; i < held->len && i < MAX_HELD; i++)
    {
      g_autofree char *one = benk_held_to_string (g_ptr_array_index (held, i));

      g_string_append_printf (text, "\n%s", one);
    }
  if (held->len > MAX_HELD)
    g_string_append_printf (text, "\n… +%u", held->len - MAX_HELD);
}

static void
add_held (GError **error, GPtrArray *held)
{
  GString *text;

  if (!error || !*error || !held || held->len == 0)
    return;
  text = g_string_new ((*error)->message);
  benk_session_name_held (text, held);
  g_free ((*error)->message);
  (*error)->message = g_string_free (text, FALSE);
}

/* A change of state is taken back only where it is one of our own list, and what was said
 * of accessories only where nothing rests on it. */
static gboolean
check_undo (BenkDb *db, const BenkJournalRow *undone, gpointer data, GError **error)
{
  g_autoptr (GArray) changes = NULL;

  if (g_strcmp0 (undone->verb, benk_verb_to_name (BENK_VERB_ACCESSORIES)) == 0)
    return benk_table_accessory_check_undo (db, undone, error);
  if (g_strcmp0 (undone->verb, benk_verb_to_name (BENK_VERB_MODEL)) == 0)
    return benk_models_check_undo (db, error);
  if (g_strcmp0 (undone->verb, benk_verb_to_name (BENK_VERB_SET_STATE)) != 0)
    return TRUE;
  changes = benk_history_list_state_changes (db, undone->changeset, error);
  if (!changes)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const BenkStateChange *change = &g_array_index (changes, BenkStateChange, i);

      if (benk_lifecycle_can_undo (change->from, change->to))
        continue;
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("“%s” rests on work that was done on the device or by others; it "
                      "is corrected by a new change."),
                   benk_device_state_get_label (change->to, TRUE));
      return FALSE;
    }
  return TRUE;
}

/*
 * benk_session_undo_held:
 * @held: (out) (element-type BenkHeld) (transfer full): what is in the way
 *
 * Like benk_session_undo_row(), for those who name it themselves.
 */
gint64
benk_session_undo_held (
  BenkDb *db, const BenkChange *change, gint64 seq, GPtrArray **held, GError **error)
{
  return benk_undo (db, seq, change, check_undo, NULL, held, error);
}

/*
 * benk_session_undo_row:
 * @db: the store's writing connection
 * @change: who undoes
 * @seq: the row of the change log to take back, or 0 for one's own newest
 *
 * Returns: the new row of the change log, or 0 with @error set, which names what is in
 *   the way
 */
gint64
benk_session_undo_row (BenkDb *db, const BenkChange *change, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GError) local = NULL;
  gint64 row = benk_session_undo_held (db, change, seq, &held, &local);

  if (row == 0)
    {
      add_held (&local, held);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return row;
}

static gpointer
undo (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LogJob *job = data;
  gint64 seq = benk_session_undo_row (db, &job->change, job->seq, error);
  g_autoptr (BenkJournalRow) row = NULL;
  g_autoptr (BenkJournalRow) undone = NULL;
  UndoAnswer *answer;
  BenkVerb verb;

  if (seq == 0)
    return NULL;
  row = benk_journal_get_row (db, seq, error);
  undone = row ? benk_journal_get_row (db, row->undoes, error) : NULL;
  if (!undone)
    return NULL;
  answer = g_new0 (UndoAnswer, 1);
  answer->seq = seq;
  if (benk_verb_from_name (undone->verb, &verb))
    answer->sentence = g_strdup_printf (_ ("Taken back: %s (change %d)."),
                                        benk_verb_get_label (verb), (int) undone->seq);
  return answer;
}

/**
 * benk_session_undo_async:
 * @self: a session
 * @seq: the row of the change log to take back, or 0 for one's own newest
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Takes a change back where that is allowed.
 */
void
benk_session_undo_async (BenkSession *self,
                         gint64 seq,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkChange change;
  GError *error = NULL;
  LogJob *job;

  g_task_set_source_tag (task, benk_session_undo_async);
  if (!benk_session_fill_change (self, BENK_VERB_UNDO, NULL, &change, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job = log_job_new (&change);
  job->seq = seq;
  benk_store_write_async (benk_session_get_store (self), undo, job,
                          (GDestroyNotify) log_job_free, cancellable,
                          benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_session_undo_finish:
 * @self: a session
 * @result: what the callback was given
 * @seq: (out) (optional): the new row of the change log
 * @error: why nothing was changed
 *
 * Returns: (transfer full): what was taken back, as a sentence, or %NULL
 */
char *
benk_session_undo_finish (BenkSession *self,
                          GAsyncResult *result,
                          gint64 *seq,
                          GError **error)
{
  UndoAnswer *answer = g_task_propagate_pointer (G_TASK (result), error);
  char *sentence;

  if (!answer)
    return NULL;
  if (seq)
    *seq = answer->seq;
  sentence = g_steal_pointer (&answer->sentence);
  undo_answer_free (answer);
  return sentence;
}

static gpointer
verify (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LogJob *job = data;
  g_autoptr (BenkVerifyResult) found =
    benk_verify (db, job->seq, job->hash, cancellable, error);

  if (!found)
    return NULL;
  if (!found->intact)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT, found->text);
      return NULL;
    }
  return g_steal_pointer (&found);
}

/**
 * benk_session_verify_async:
 * @self: a session
 * @row: a row that was handed over on paper or a backup, or 0
 * @hash: (nullable): its hash
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Checks that the change log is whole, that it tells the state as it is, and that @row is
 * in it.
 */
void
benk_session_verify_async (BenkSession *self,
                           gint64 row,
                           const char *hash,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  LogJob *job = g_new0 (LogJob, 1);

  g_task_set_source_tag (task, benk_session_verify_async);
  job->seq = row;
  job->hash = g_strdup (hash);
  benk_store_read_async (benk_session_get_store (self), verify, job,
                         (GDestroyNotify) log_job_free, cancellable,
                         benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_session_verify_finish:
 * @self: a session
 * @result: what the callback was given
 * @head_seq: (out) (optional): the newest row
 * @head_hash: (out) (optional) (transfer full): its hash, 64 hexadecimal digits
 * @error: what is damaged and where (%BENK_ERROR_CORRUPT), or why it could not be read
 *
 * Returns: whether everything holds
 */
gboolean
benk_session_verify_finish (BenkSession *self,
                            GAsyncResult *result,
                            gint64 *head_seq,
                            char **head_hash,
                            GError **error)
{
  g_autoptr (BenkVerifyResult) found = g_task_propagate_pointer (G_TASK (result), error);

  if (!found)
    return FALSE;
  if (head_seq)
    *head_seq = found->seq;
  if (head_hash)
    *head_hash = g_strdup (found->hash);
  return TRUE;
}
