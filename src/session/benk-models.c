/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-models-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-table-model.h"

struct _BenkModels
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  GPtrArray *all;
  GPtrArray *unread_files;
  char *digest; /* of what was read */
  BenkReading *behind;
  BenkReading *unread;
  gboolean reading;
  gboolean again;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkModels, benk_models, G_TYPE_OBJECT)

static void
benk_models_finalize (GObject *object)
{
  BenkModels *self = BENK_MODELS (object);

  g_clear_weak_pointer (&self->session);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->unread_files, g_ptr_array_unref);
  g_clear_object (&self->behind);
  g_clear_object (&self->unread);
  g_free (self->digest);
  G_OBJECT_CLASS (benk_models_parent_class)->finalize (object);
}

static void
benk_models_class_init (BenkModelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_models_finalize;

  /**
   * BenkModels::changed:
   * @self: the models
   *
   * There are others now, or one is different.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_MODELS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_models_init (BenkModels *self)
{
  self->behind = benk_reading_new ();
  self->unread = benk_reading_new_saying (_ ("Not every model could be read."));
}

void
benk_models_read_free (BenkModelsRead *self)
{
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->unread, g_ptr_array_unref);
  g_free (self->digest);
  g_free (self);
}

static void
append_unread (GString *text, const BenkUnreadModel *one)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text,
                          _ ("The district’s file of the model “%s” cannot be read by "
                             "this version of the program: %s"),
                          one->id, one->reason);
  if (benk_model_is_builtin (one->id))
    g_string_append_printf (
      text, " %s",
      _ ("The model is shown as it comes with the program, without your changes."));
}

/*
 * benk_models_check_unread:
 * @unread: (element-type BenkUnreadModel): what could not be read
 * @id: (nullable): a model; all of them where none is named
 *
 * Returns: %FALSE with %BENK_ERROR_UNSUPPORTED naming what could not be read
 */
gboolean
benk_models_check_unread (GPtrArray *unread, const char *id, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < unread->len; i++)
    {
      const BenkUnreadModel *one = g_ptr_array_index (unread, i);

      if (id == NULL || g_str_equal (one->id, id))
        append_unread (text, one);
    }
  if (text->len == 0)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED, text->str);
  return FALSE;
}

static gboolean
is_same (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      BenkModel *a = g_ptr_array_index (one, i);
      BenkModel *b = g_ptr_array_index (other, i);

      if (benk_model_is_own (a) != benk_model_is_own (b) ||
          !g_bytes_equal (benk_model_get_body (a), benk_model_get_body (b)))
        return FALSE;
    }
  return TRUE;
}

static void
set_unread (BenkModels *self, GPtrArray *unread)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->unread_files, g_ptr_array_unref);
  self->unread_files = unread;
  benk_models_check_unread (unread, NULL, &error);
  benk_reading_end (self->unread, error);
}

static void
take (BenkModels *self, BenkModelsRead *taken)
{
  g_autoptr (BenkModelsRead) read = taken;

  benk_reading_end (self->behind, NULL);
  if (read->models == NULL)
    return;
  g_free (self->digest);
  self->digest = g_steal_pointer (&read->digest);
  set_unread (self, g_steal_pointer (&read->unread));
  if (is_same (self->all, read->models))
    return;
  g_ptr_array_unref (self->all);
  self->all = g_steal_pointer (&read->models);
  g_signal_emit (self, signals[CHANGED], 0);
}

gpointer
benk_models_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (BenkModelsRead) read = g_new0 (BenkModelsRead, 1);
  const char *before = data;

  read->digest = benk_table_model_digest (db, error);
  if (read->digest == NULL)
    return NULL;
  /* Every change of the store is heard here, and few are of models. */
  if (g_strcmp0 (read->digest, before) == 0)
    return g_steal_pointer (&read);
  read->models = benk_table_model_load_all (db, &read->unread, error);
  return read->models != NULL ? g_steal_pointer (&read) : NULL;
}

static void on_store_changed (BenkModels *self);

/* When it fails the models stay as they were; the next change reads again. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkModels) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkModelsRead *read = benk_session_read_finish (self, result, &error);

  self->reading = FALSE;
  if (read != NULL)
    take (self, read);
  else
    benk_reading_end (self->behind, error);
  if (self->again)
    on_store_changed (self);
}

static void
on_store_changed (BenkModels *self)
{
  self->again = self->reading;
  if (self->reading || self->session == NULL)
    return;
  self->reading = TRUE;
  benk_session_read_async (self->session, self, benk_models_load, g_strdup (self->digest),
                           g_free, (GDestroyNotify) benk_models_read_free, NULL, on_read,
                           g_object_ref (self));
}

/*
 * benk_models_new:
 * @read: (transfer full): what the store had when it was opened
 */
BenkModels *
benk_models_new (BenkSession *session, BenkModelsRead *read)
{
  BenkModels *self = g_object_new (BENK_TYPE_MODELS, NULL);

  g_set_weak_pointer (&self->session, session);
  self->all = g_ptr_array_ref (read->models);
  take (self, read);
  g_signal_connect_object (self->behind, "again", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unread, "again", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_models_get_session:
 * @self: the models
 *
 * Returns: (transfer none) (nullable): whose they are
 */
BenkSession *
benk_models_get_session (BenkModels *self)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return self->session;
}

/**
 * benk_models_get_reading:
 * @self: the models
 *
 * Returns: (transfer none): whether they could be read again after the last change
 */
BenkReading *
benk_models_get_reading (BenkModels *self)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return self->behind;
}

/**
 * benk_models_get_unread:
 * @self: the models
 *
 * Returns: (transfer none): whether this version of the program can read every file of
 *   the district's; its problem names those that it cannot
 */
BenkReading *
benk_models_get_unread (BenkModels *self)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return self->unread;
}

/**
 * benk_models_check_read:
 * @self: the models
 * @id: (nullable): the id of a model; %NULL for all of them
 * @error: return location for a %BENK_ERROR_UNSUPPORTED that names what cannot be read
 *
 * Returns: whether it is known as the district has written it
 */
gboolean
benk_models_check_read (BenkModels *self, const char *id, GError **error)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), FALSE);
  return benk_models_check_unread (self->unread_files, id, error);
}

/**
 * benk_models_get_all:
 * @self: the models
 *
 * Returns: (transfer none) (element-type BenkModel): the models in the order of
 *   benk_model_sort(); keep a reference where it is used after `changed`
 */
GPtrArray *
benk_models_get_all (BenkModels *self)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return self->all;
}

/**
 * benk_models_find:
 * @self: the models
 * @id: (nullable): the id of a model
 *
 * Returns: (transfer none) (nullable): the model
 */
BenkModel *
benk_models_find (BenkModels *self, const char *id)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return benk_model_find (self->all, id);
}

/**
 * benk_models_find_pattern:
 * @self: the models
 * @kind: what a new model is
 *
 * A new model begins with the checklists of one of its kind. Those are proposed by the
 * program for any such make.
 *
 * Returns: (transfer none) (nullable): a model whose lists fit
 */
BenkModel *
benk_models_find_pattern (BenkModels *self, BenkModelKind kind)
{
  g_return_val_if_fail (BENK_IS_MODELS (self), NULL);
  return benk_model_find (self->all, benk_model_kind_gives_doses (kind) ? "mini-evondos"
                                     : kind == BENK_MODEL_KIND_OTHER
                                       ? "safety-alarm"
                                       : benk_model_kind_to_name (kind));
}

static gpointer
run_count (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree guint *n = g_new0 (guint, 1);

  return benk_table_model_count_devices (db, data, n, error) ? g_steal_pointer (&n)
                                                             : NULL;
}

/**
 * benk_models_count_async:
 * @self: the models
 * @id: the id of a model
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Counts the devices of a model.
 */
void
benk_models_count_async (BenkModels *self,
                         const char *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  benk_session_read_async (self->session, self, run_count, g_strdup (id), g_free, g_free,
                           cancellable, callback, user_data);
}

/**
 * benk_models_count_finish:
 * @self: the models
 * @result: what the callback was given
 * @n_devices: (out): how many
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_models_count_finish (BenkModels *self,
                          GAsyncResult *result,
                          guint *n_devices,
                          GError **error)
{
  g_autofree guint *n = benk_session_read_finish (self, result, error);

  if (n == NULL)
    return FALSE;
  *n_devices = *n;
  return TRUE;
}

/* --- changes --- */

static void
on_read_after (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkModels *self = g_task_get_source_object (task);
  gint64 *seq = g_task_get_task_data (task);
  GError *error = NULL;
  BenkModelsRead *read = benk_session_read_finish (self, result, &error);

  if (read == NULL)
    {
      benk_reading_end (self->behind, error);
      g_prefix_error (&error, "%s ", _ ("The change is kept, but cannot be shown yet:"));
      g_task_return_error (task, error);
      return;
    }
  take (self, read);
  g_task_return_pointer (task, g_memdup2 (seq, sizeof *seq), g_free);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkModels *self = g_task_get_source_object (task);
  g_autofree gint64 *seq = g_new0 (gint64, 1);
  GError *error = NULL;

  if (benk_session_change_finish (source, result, seq, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&seq), g_free);
  benk_session_read_async (self->session, self, benk_models_load, NULL, NULL,
                           (GDestroyNotify) benk_models_read_free, NULL, on_read_after,
                           g_object_ref (task));
}

void
benk_models_change_async (BenkModels *self,
                          BenkChangeWork work,
                          gpointer data,
                          GDestroyNotify destroy,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_models_change_async);
  benk_session_change_async (self->session, self, BENK_VERB_MODEL, NULL, work, data,
                             destroy, cancellable, on_changed, g_object_ref (task));
}

/**
 * benk_models_change_finish:
 * @self: the models
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set; then nothing was changed
 */
gboolean
benk_models_change_finish (BenkModels *self,
                           GAsyncResult *result,
                           gint64 *seq,
                           GError **error)
{
  g_autofree gint64 *row = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  row = g_task_propagate_pointer (G_TASK (result), error);
  if (row != NULL && seq != NULL)
    *seq = *row;
  return row != NULL;
}
