/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-model.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "benk-models-resource.h"
#include "benk-names.h"

#define RESOURCE_FOLDER "/no/dosebenk/Dosebenk/models"

/* A thread may still be reading models when the program ends, and then the resource that
 * was linked in is taken away: this reference keeps it. */
static GResource *
get_resource (void)
{
  static gsize kept;

  if (g_once_init_enter (&kept))
    g_once_init_leave (&kept, (gsize) g_resource_ref (benk_models_get_resource ()));

  return (GResource *) kept;
}

/**
 * benk_model_is_builtin:
 * @id: the id of a model
 *
 * Returns: whether a model with that id comes with the program
 */
gboolean
benk_model_is_builtin (const char *id)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER "/", id, ".ini", NULL);

  return strchr (id, '/') == NULL &&
         g_resource_get_info (get_resource (), path, 0, NULL, NULL, NULL);
}

static BenkModel *
load_file (const char *name, GError **error)
{
  GResource *resource = get_resource ();
  g_autofree char *path = g_build_filename (RESOURCE_FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, error);
  BenkModel *model = bytes != NULL ? benk_model_new_from_bytes (bytes, error) : NULL;

  if (model == NULL)
    g_prefix_error (error, "%s: ", name);

  return model;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * benk_model_load_builtin:
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Reads the models that come with the program.
 *
 * Returns: (transfer full) (element-type BenkModel): the models, in the order of
 * benk_model_sort()
 */
GPtrArray *
benk_model_load_builtin (GError **error)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  GResource *resource = get_resource ();
  g_auto (GStrv) names =
    g_resource_enumerate_children (resource, RESOURCE_FOLDER, 0, error);

  if (names == NULL)
    return NULL;

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      BenkModel *model = load_file (names[i], error);

      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
    }

  benk_model_sort (models);
  return g_steal_pointer (&models);
}

/**
 * benk_model_load_builtin_one:
 * @id: the id of a model
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Reads one model that comes with the program, where a single one is asked for.
 *
 * Returns: (transfer full) (nullable): the model; %NULL without @error when no such model
 *   comes with the program
 */
BenkModel *
benk_model_load_builtin_one (const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".ini", NULL);

  if (!benk_model_is_builtin (id))
    return NULL;

  return load_file (name, error);
}

/**
 * benk_model_get_origin:
 * @self: a model
 *
 * Returns: whose it is
 */
BenkModelOrigin
benk_model_get_origin (BenkModel *self)
{
  if (!benk_model_is_own (self))
    return BENK_MODEL_FROM_PROGRAM;

  return benk_model_is_builtin (benk_model_get_id (self)) ? BENK_MODEL_CHANGED
                                                          : BENK_MODEL_FROM_DISTRICT;
}

static const BenkName origin_names[] = {
  [BENK_MODEL_FROM_PROGRAM] = { "program", N_ ("comes with the program") },
  [BENK_MODEL_CHANGED] = { "changed", N_ ("changed by the district") },
  [BENK_MODEL_FROM_DISTRICT] = { "district", N_ ("the district’s own") },
};

BENK_DEFINE_NAMES (BenkModelOrigin, benk_model_origin, origin_names)
