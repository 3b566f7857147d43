/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-models-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-table-device.h"
#include "benk-table-model.h"
#include "benk-text-check.h"

typedef struct
{
  char *id; /* (nullable): of the model that is changed */
  BenkModel *model;
} PutData;

static void
put_data_free (PutData *data)
{
  g_free (data->id);
  g_clear_object (&data->model);
  g_free (data);
}

static gboolean
refuse_name (BenkModel *other, const char *name, GError **error)
{
  g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
               _ ("“%s” is already a name of the model “%s”."), name,
               benk_model_get_name (other));
  return FALSE;
}

/* A name means one model, for lists and people name it by that. */
static gboolean
check_names (GPtrArray *models, BenkModel *model, GError **error)
{
  const char *const *aliases = benk_model_get_aliases (model);

  for (guint i = 0; i < models->len; i++)
    {
      g_autoptr (GPtrArray) other = g_ptr_array_new ();
      const char *name = benk_model_get_name (model);

      if (g_str_equal (benk_model_get_id (g_ptr_array_index (models, i)),
                       benk_model_get_id (model)))
        continue;
      g_ptr_array_add (other, g_ptr_array_index (models, i));
      if (benk_model_match (other, name) != NULL)
        return refuse_name (g_ptr_array_index (other, 0), name, error);
      for (guint k = 0; aliases[k] != NULL; k++)
        if (benk_model_match (other, aliases[k]) != NULL)
          return refuse_name (g_ptr_array_index (other, 0), aliases[k], error);
    }
  return TRUE;
}

/* A dispenser does not become a smoke detector while it is with somebody, and what comes
 * with the program stays what it is. */
static gboolean
check_kind (BenkDb *db, BenkModel *before, BenkModel *model, GError **error)
{
  g_autoptr (BenkModel) shipped =
    benk_model_load_builtin_one (benk_model_get_id (model), NULL);
  guint n = 0;

  if (shipped != NULL && benk_model_get_kind (shipped) != benk_model_get_kind (model))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("“%s” comes with the program as: %s. That cannot be changed."),
                   benk_model_get_name (shipped),
                   benk_model_kind_get_label (benk_model_get_kind (shipped)));
      return FALSE;
    }
  if (before == NULL || benk_model_get_kind (before) == benk_model_get_kind (model))
    return TRUE;
  if (!benk_table_model_count_devices (db, benk_model_get_id (model), &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               ngettext ("“%s” cannot become another kind: %u device is of it.",
                         "“%s” cannot become another kind: %u devices are of it.", n),
               benk_model_get_name (before), n);
  return FALSE;
}

/*
 * benk_models_check:
 * @models: the models that are known
 *
 * Whether a model may stand among the others.
 */
gboolean
benk_models_check (BenkDb *db, GPtrArray *models, BenkModel *model, GError **error)
{
  return check_kind (db, benk_model_find (models, benk_model_get_id (model)), model,
                     error) &&
         check_names (models, model, error);
}

/*
 * benk_models_put:
 * @is_new: there must be none of that id
 *
 * Keeps a model inside a scope, after every check.
 */
gboolean
benk_models_put (BenkDb *db, BenkModel *model, gboolean is_new, GError **error)
{
  const char *id = benk_model_get_id (model);
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) models = benk_table_model_load_all (db, &unread, error);
  BenkModel *before = models != NULL ? benk_model_find (models, id) : NULL;

  /* What cannot be read is not written over. */
  if (models == NULL || !benk_models_check_unread (unread, id, error))
    return FALSE;
  if (is_new && before != NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("There is a model with the id “%s” already: %s."), id,
                   benk_model_get_name (before));
      return FALSE;
    }
  if (before != NULL && benk_model_is_own (before) &&
      g_bytes_equal (benk_model_get_body (before), benk_model_get_body (model)))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("Nothing about “%s” is different."), benk_model_get_name (before));
      return FALSE;
    }
  return benk_models_check (db, models, model, error) &&
         benk_table_model_put (db, id, benk_model_get_body (model), error);
}

static gboolean
do_put (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  PutData *data = user_data;

  if (data->id != NULL && g_strcmp0 (data->id, benk_model_get_id (data->model)) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("The id of a model never changes: “%s”."), data->id);
      return FALSE;
    }
  return benk_models_put (db, data->model, data->id == NULL, error);
}

static void
put (BenkModels *self,
     const char *id,
     GBytes *body,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (BenkModel) model = benk_model_new_own (body, &error);
  PutData *data;

  if (model == NULL)
    {
      g_task_report_error (self, callback, user_data, benk_models_change_async, error);
      return;
    }
  data = g_new0 (PutData, 1);
  data->id = g_strdup (id);
  data->model = g_steal_pointer (&model);
  benk_models_change_async (self, do_put, data, (GDestroyNotify) put_data_free,
                            cancellable, callback, user_data);
}

/**
 * benk_models_add_async:
 * @self: the models
 * @body: the file of a model, see benk_model_draft_compose()
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Adds a model. An id or a name that another model has is refused.
 */
void
benk_models_add_async (BenkModels *self,
                       GBytes *body,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  put (self, NULL, body, cancellable, callback, user_data);
}

/**
 * benk_models_edit_async:
 * @self: the models
 * @id: a model, which may be one that comes with the program
 * @body: its file from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Changes a model. One that comes with the program is kept beside, to be set back to.
 */
void
benk_models_edit_async (BenkModels *self,
                        const char *id,
                        GBytes *body,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  put (self, id, body, cancellable, callback, user_data);
}

static gboolean
do_remove (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  const char *id = user_data;
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) models = benk_table_model_load_all (db, &unread, error);
  BenkModel *model = models != NULL ? benk_model_find (models, id) : NULL;
  guint n = 0;

  if (models == NULL || !benk_models_check_unread (unread, id, error))
    return FALSE;
  if (model == NULL || !benk_model_is_own (model))
    {
      g_set_error (error, BENK_ERROR,
                   model == NULL ? BENK_ERROR_NOT_FOUND : BENK_ERROR_REFUSED,
                   model == NULL
                     ? _ ("There is no model “%s”.")
                     : _ ("“%s” comes with the program and was not changed here."),
                   model == NULL ? id : benk_model_get_name (model));
      return FALSE;
    }
  if (!benk_model_is_builtin (id) && !benk_table_model_count_devices (db, id, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   ngettext ("“%s” cannot be taken away: %u device is of it.",
                             "“%s” cannot be taken away: %u devices are of it.", n),
                   benk_model_get_name (model), n);
      return FALSE;
    }
  return benk_table_model_put (db, id, NULL, error);
}

/**
 * benk_models_remove_async:
 * @self: the models
 * @id: the district's own model, or its own version of one that comes with the program
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Takes the district's own away; what comes with the program is then as it came. A model
 * that a device is of stays.
 */
void
benk_models_remove_async (BenkModels *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  benk_models_change_async (self, do_remove, g_strdup (id), g_free, cancellable, callback,
                            user_data);
}

/*
 * benk_models_check_undo:
 *
 * Whether, inside the scope that takes a change of models back, every device still has
 * its model.
 */
gboolean
benk_models_check_undo (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) models = benk_table_model_load_all (db, NULL, error);
  g_autofree char *left = NULL;

  if (models == NULL || !benk_table_model_find_left (db, models, &left, error))
    return FALSE;
  if (left == NULL)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("There are devices of the model “%s”, so it cannot be taken away."),
               left);
  return FALSE;
}
