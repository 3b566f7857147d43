/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist-form.h"
#include "benk-config.h"
#include "benk-error.h"
#include "benk-model-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The order of a list stands in [Checklists], under the name of its task; what a step
 * asks for and its own words in a group of that name, as "kind|words". */
static const char *const task_keys[BENK_N_TASKS] = {
  [BENK_TASK_RECEIVE] = "Receive",    [BENK_TASK_MAKE_READY] = "MakeReady",
  [BENK_TASK_SETTINGS] = "Settings",  [BENK_TASK_RESET] = "Reset",
  [BENK_TASK_COLLECT] = "Collect",    [BENK_TASK_SWAP] = "Swap",
  [BENK_TASK_NO_ANSWER] = "NoAnswer",
};

static void
step_free (BenkChecklistStep *step)
{
  const BenkChecklistStep *program = benk_checklist_step_find (step->id);

  if (program == NULL || program->text != step->text)
    g_free ((char *) step->text);
  g_free ((char *) step->id);
  g_free (step);
}

GPtrArray *
benk_model_new_steps (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
}

/* NULL when neither the program nor the file knows the step. */
static const BenkChecklistStep *
read_step (BenkModel *self, GKeyFile *file, BenkTask task, const char *id)
{
  const BenkChecklistStep *program = benk_checklist_step_find (id);
  g_autofree char *line = benk_model_dup_text (file, task_keys[task], id);
  char *words = line != NULL ? strchr (line, '|') : NULL;
  BenkChecklistStep *step;
  BenkStepKind kind;

  if (line == NULL)
    return program;
  if (words == NULL)
    return NULL;
  *words++ = '\0';
  if (!benk_step_kind_from_name (line, &kind) || (program == NULL && *words == '\0'))
    return NULL;

  step = g_new0 (BenkChecklistStep, 1);
  step->id = g_strdup (id);
  step->kind = kind;
  step->fact = program != NULL ? program->fact : BENK_FACT_NONE;
  step->text = *words != '\0' ? g_strdup (words) : program->text;
  g_ptr_array_add (self->own_steps, step);
  return step;
}

static gboolean
read_list (BenkModel *self, GKeyFile *file, BenkTask task, GError **error)
{
  g_auto (GStrv) ids =
    g_key_file_get_string_list (file, "Checklists", task_keys[task], NULL, NULL);
  g_autoptr (BenkChecklistForm) form = NULL;
  g_autoptr (GError) local = NULL;

  if (ids != NULL && g_strv_length (ids) > BENK_FORM_MAX_STEPS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("A list has 1 to %d steps."),
                   BENK_FORM_MAX_STEPS);
      return FALSE;
    }
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const BenkChecklistStep *step = read_step (self, file, task, g_strstrip (ids[i]));

      if (step == NULL)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("The model “%s” has an unknown step: %s"), self->id, ids[i]);
          return FALSE;
        }
      g_ptr_array_add (self->checklists[task], (gpointer) step);
    }
  if (self->checklists[task]->len == 0)
    return TRUE;

  form = benk_checklist_form_new_proposed (self->kind, task, self->checklists[task]);
  if (benk_checklist_form_check (form, &local))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, "%s, %s: %s", self->id,
               benk_task_get_label (task), local->message);
  return FALSE;
}

gboolean
benk_model_read_lists (BenkModel *self, GKeyFile *file, GError **error)
{
  for (guint i = 0; i < BENK_N_TASKS; i++)
    if (!read_list (self, file, (BenkTask) i, error))
      return FALSE;
  return TRUE;
}

/**
 * benk_model_get_task_key:
 * @task: a task
 *
 * Returns: (transfer none): what its list is called in a model's file
 */
const char *
benk_model_get_task_key (BenkTask task)
{
  g_return_val_if_fail ((guint) task < BENK_N_TASKS, NULL);

  return task_keys[task];
}

/**
 * benk_model_get_checklist:
 * @self: a model
 * @task: what it is for
 *
 * The steps proposed for a task; show benk_proposed_label() with them.
 *
 * Returns: (transfer none) (element-type BenkChecklistStep): the steps in order, may be
 * empty
 */
GPtrArray *
benk_model_get_checklist (BenkModel *self, BenkTask task)
{
  g_return_val_if_fail ((guint) task < BENK_N_TASKS, NULL);

  return self->checklists[task];
}

/**
 * benk_model_new_own:
 * @bytes: the content of a file
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Reads a model that is the district's own, or its own version of one that comes with the
 * program.
 *
 * Returns: (transfer full): the model, or %NULL
 */
BenkModel *
benk_model_new_own (GBytes *bytes, GError **error)
{
  BenkModel *self = benk_model_new_from_bytes (bytes, error);

  if (self == NULL)
    return NULL;
  self->own = TRUE;
  /* A maker has not vouched for what somebody typed: nothing is written by it over USB.
   */
  self->usb_extension = BENK_KNOWN_UNKNOWN;
  g_clear_pointer (&self->usb_ouis, g_strfreev);
  g_clear_pointer (&self->usb_system_models, g_strfreev);
  return self;
}

/**
 * benk_model_is_own:
 * @self: a model
 *
 * Returns: whether it is the district's own, or its own version of a shipped one
 */
gboolean
benk_model_is_own (BenkModel *self)
{
  return self->own;
}

/**
 * benk_model_get_body:
 * @self: a model
 *
 * Returns: (transfer none): the file it was read from
 */
GBytes *
benk_model_get_body (BenkModel *self)
{
  return self->body;
}

static int
compare_models (gconstpointer a, gconstpointer b)
{
  BenkModel *one = *(BenkModel *const *) a;
  BenkModel *other = *(BenkModel *const *) b;

  if (benk_model_kind_gives_doses (one->kind) !=
      benk_model_kind_gives_doses (other->kind))
    return benk_model_kind_gives_doses (one->kind) ? -1 : 1;
  return strcmp (one->id, other->id);
}

/**
 * benk_model_sort:
 * @models: (element-type BenkModel): models
 *
 * Puts dispensers first, then other equipment, each by id.
 */
void
benk_model_sort (GPtrArray *models)
{
  g_ptr_array_sort (models, compare_models);
}
