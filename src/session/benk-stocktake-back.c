/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stocktake-private.h"

#include <glib/gi18n.h>

#include "benk-batch.h"
#include "benk-error.h"
#include "benk-table-stocktake.h"
#include "benk-undo.h"

/* Taking a whole count back. */

typedef struct
{
  BenkId id;
  BenkChange change;
  char *account;
  guint n_undone;
} TakeBack;

static void
take_back_free (TakeBack *job)
{
  g_free (job->account);
  g_free (job);
}

static gboolean
drop_taken_back (BenkDb *db, TakeBack *job, GError **error)
{
  BenkChange change = job->change;
  g_autoptr (BenkScope) scope = NULL;

  change.verb = BENK_VERB_STOCKTAKE;
  change.subject = job->id;
  scope = benk_scope_begin (db, &change, error);

  return scope != NULL && benk_table_stocktake_end (db, &job->id, TRUE, error) &&
         benk_scope_commit (scope, NULL, error);
}

/* Adds what stands in the way of one fix. What was done for the count itself is no later
 * change: it stays only because something else stays. */
static void
note_held (GPtrArray *all, GPtrArray *held, GArray *fixes)
{
  for (guint i = 0; i < held->len; i++)
    {
      BenkHeld *one = g_ptr_array_index (held, i);
      gboolean known = FALSE;

      for (guint k = 0; k < fixes->len; k++)
        known = known || g_array_index (fixes, gint64, k) == one->seq;
      for (guint k = 0; k < all->len; k++)
        {
          const BenkHeld *other = g_ptr_array_index (all, k);

          known =
            known || (other->seq == one->seq && benk_id_equal (&other->row, &one->row));
        }
      if (known)
        continue;
      g_ptr_array_add (all, one);
      held->pdata[i] = NULL;
    }
}

static void
refuse (GPtrArray *held, const GError *first, GError **error)
{
  g_autoptr (GString) text =
    g_string_new (_ ("The count was not taken back; nothing was changed."));

  if (held->len > 0)
    benk_session_name_held (text, held);
  else
    g_string_append_printf (text, "\n%s", first->message);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, text->str);
}

/* The newest first: a fix may rest on an earlier one. Where one cannot be undone the
 * others are tried all the same, to name everything that stands in the way. */
static gpointer
take_back (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  TakeBack *job = data;
  g_autoptr (BenkBatch) batch = benk_batch_begin (db, error);
  g_autoptr (GArray) fixes =
    batch != NULL ? benk_table_stocktake_list_fixes (db, &job->id, error) : NULL;
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_held_free);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; fixes != NULL && i < fixes->len; i++)
    {
      g_autoptr (GPtrArray) held = NULL;
      g_autoptr (GError) local = NULL;

      if (benk_session_undo_held (db, &job->change, g_array_index (fixes, gint64, i),
                                  &held, &local) > 0)
        continue;
      if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      note_held (all, held, fixes);
      if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (first != NULL)
    refuse (all, first, error);
  if (fixes == NULL || first != NULL || !drop_taken_back (db, job, error) ||
      !benk_batch_commit (batch, error))
    return NULL;
  job->n_undone = fixes->len;

  return job;
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_store_write_finish (BENK_STORE (source), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * benk_stocktake_take_back_async:
 * @self: the counts
 * @id: a count
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Undoes everything that was fixed for a count and drops it, all or nothing: where a fix
 * was followed by other changes, each of them is named, and the count is as it was.
 */
void
benk_stocktake_take_back_async (BenkStocktake *self,
                                const BenkId *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BenkSession *session;
  TakeBack *job;
  GError *error = NULL;

  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  session = benk_stocktake_get_session (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_stocktake_take_back_async);
  job = g_new0 (TakeBack, 1);
  job->id = *id;
  g_task_set_task_data (task, job, (GDestroyNotify) take_back_free);
  if (!benk_session_fill_change (session, BENK_VERB_UNDO, NULL, &job->change, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job->account = g_strdup (job->change.account);
  job->change.account = job->account;
  benk_store_write_async (benk_session_get_store (session), take_back, job, NULL,
                          cancellable, on_taken_back, g_object_ref (task));
}

/**
 * benk_stocktake_take_back_finish:
 * @self: the counts
 * @result: what the callback was given
 * @n_undone: (out) (optional): fixes that were undone; 0 when it failed
 * @error: return location for an error
 *
 * Returns: %TRUE if all of it is taken back; %FALSE with %BENK_ERROR_REFUSED, whose first
 *   line is a sentence and each of the others a later change, or another error
 */
gboolean
benk_stocktake_take_back_finish (BenkStocktake *self,
                                 GAsyncResult *result,
                                 guint *n_undone,
                                 GError **error)
{
  TakeBack *job = g_task_get_task_data (G_TASK (result));

  if (n_undone != NULL)
    *n_undone = job->n_undone;

  return g_task_propagate_boolean (G_TASK (result), error);
}
