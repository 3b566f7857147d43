/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-table-staff.h"

#define MAX_INITIALS 8

typedef struct
{
  char *initials;
  char *name;
  char *account;
} ChooseJob;

static void
choose_job_free (ChooseJob *job)
{
  g_free (job->initials);
  g_free (job->name);
  g_free (job->account);
  g_free (job);
}

static gpointer
list_staff (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) staff = benk_table_staff_list (db, error);
  GListStore *list;

  if (!staff)
    return NULL;
  list = g_list_store_new (BENK_TYPE_STAFF);
  for (guint i = 0; i < staff->len; i++)
    g_list_store_append (list, g_ptr_array_index (staff, i));
  return list;
}

static BenkStaff *
insert_staff (BenkDb *db, const ChooseJob *job, GError **error)
{
  g_autoptr (BenkStaff) staff = benk_staff_new ();
  g_autoptr (BenkScope) scope = NULL;
  BenkChange change = { .verb = BENK_VERB_STAFF_ADD, .account = job->account };
  BenkId id = benk_id_new (benk_db_get_clock (db));

  change.subject = id;
  change.actor_staff = id;
  benk_staff_set_id (staff, &id);
  benk_staff_set_initials (staff, job->initials);
  benk_staff_set_name (staff, job->name ? job->name : "");
  benk_staff_set_account (staff, job->account);
  scope = benk_scope_begin (db, &change, error);
  if (!scope || !benk_table_staff_insert (db, staff, error) ||
      !benk_scope_commit (scope, NULL, error))
    return NULL;
  return g_steal_pointer (&staff);
}

static gpointer
choose_staff (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ChooseJob *job = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStaff) staff = benk_table_staff_find (db, job->initials, &local);

  if (staff)
    return g_steal_pointer (&staff);
  if (local && !g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return insert_staff (db, job, error);
}

/**
 * benk_session_list_staff_async:
 * @self: a session
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists everybody who has worked on this store.
 */
void
benk_session_list_staff_async (BenkSession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_session_list_staff_async);
  benk_store_read_async (benk_session_get_store (self), list_staff, NULL, NULL,
                         cancellable, benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_session_list_staff_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (transfer full): a list of #BenkStaff, or %NULL
 */
GListModel *
benk_session_list_staff_finish (BenkSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BenkStaff) staff =
    benk_store_write_finish (BENK_STORE (source), result, &error);

  if (!staff)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_session_set_staff (self, staff);
  g_task_return_boolean (task, TRUE);
}

/**
 * benk_session_choose_staff_async:
 * @self: a session
 * @initials: who is at the keyboard, 1 to 8 characters
 * @name: (nullable): the name, kept where the initials are new
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Says who is working. Initials that are new here are kept, with the system account: that
 * account and the chosen name together sign what is done.
 */
void
benk_session_choose_staff_async (BenkSession *self,
                                 const char *initials,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *stripped = g_strstrip (g_strdup (initials));
  ChooseJob *job;

  g_task_set_source_tag (task, benk_session_choose_staff_async);
  if (!g_utf8_validate (stripped, -1, NULL) || !*stripped ||
      g_utf8_strlen (stripped, -1) > MAX_INITIALS)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_INVALID,
                               _ ("Initials are 1 to %d characters."), MAX_INITIALS);
      return;
    }
  job = g_new0 (ChooseJob, 1);
  job->initials = g_utf8_strup (stripped, -1);
  job->name = g_strdup (name);
  job->account = g_strdup (benk_session_get_account (self));
  benk_store_write_async (benk_session_get_store (self), choose_staff, job,
                          (GDestroyNotify) choose_job_free, cancellable, on_chosen,
                          g_steal_pointer (&task));
}

/**
 * benk_session_choose_staff_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: why nobody was chosen
 *
 * Returns: whether the session is signed now
 */
gboolean
benk_session_choose_staff_finish (BenkSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
