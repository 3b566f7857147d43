/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-templates.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-plan-file.h"
#include "benk-plan-proposal.h"
#include "benk-plans-private.h"
#include "benk-session-change.h"
#include "benk-table-plan-template.h"
#include "benk-text-check.h"

/* Times that are usual for rolls and trays; no district has decided them. */
static const struct
{
  const char *name;
  const char *times;
} builtin[] = {
  { N_ ("Once a day: 08:00"), "08:00" },
  { N_ ("Morning and evening: 08:00, 20:00"), "08:00 20:00" },
  { N_ ("Three times a day: 08:00, 14:00, 20:00"), "08:00 14:00 20:00" },
  { N_ ("Four times a day: 08:00, 12:00, 17:00, 21:00"), "08:00 12:00 17:00 21:00" },
};

typedef enum
{
  TEMPLATE_SAVE,
  TEMPLATE_RENAME,
  TEMPLATE_DELETE,
} TemplateChange;

typedef struct
{
  TemplateChange change;
  char *name;
  char *new_name;
  char *body;
} TemplateData;

static void
template_data_free (TemplateData *data)
{
  g_free (data->name);
  g_free (data->new_name);
  g_free (data->body);
  g_free (data);
}

static BenkPlanTemplate *
make_builtin (guint i)
{
  g_autoptr (BenkPlan) plan = benk_plan_propose (builtin[i].times, NULL);
  g_autofree char *body = benk_plan_file_compose (plan);
  BenkPlanTemplate *template = benk_plan_template_new ();

  benk_plan_template_set_name (template, _ (builtin[i].name));
  benk_plan_template_set_body (template, body);
  return template;
}

static gpointer
run_list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *templates = benk_table_plan_template_list (db, error);

  for (guint i = G_N_ELEMENTS (builtin); templates != NULL && i > 0; i--)
    g_ptr_array_insert (templates, 0, make_builtin (i - 1));
  return templates;
}

/**
 * benk_plans_list_templates_async:
 * @self: the plans
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads the templates.
 */
void
benk_plans_list_templates_async (BenkPlans *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  benk_session_read_async (benk_plans_get_session (self), self, run_list, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_plans_list_templates_finish:
 *
 * Returns: (transfer full) (element-type BenkPlanTemplate): the templates
 */
GPtrArray *
benk_plans_list_templates_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* The template of that name; a built-in one too. */
static BenkPlanTemplate *
find (BenkDb *db, const char *name, GError **error)
{
  g_autoptr (GPtrArray) templates = run_list (db, NULL, NULL, error);
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; templates != NULL && i < templates->len; i++)
    {
      BenkPlanTemplate *template = g_ptr_array_index (templates, i);
      g_autofree char *folded =
        g_utf8_casefold (benk_plan_template_get_name (template), -1);

      if (g_str_equal (folded, wanted))
        return g_object_ref (template);
    }
  return NULL;
}

static gboolean
check_free (BenkDb *db, const char *name, const BenkId *own, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanTemplate) other = find (db, name, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (other == NULL ||
           (own != NULL && benk_id_equal (own, benk_plan_template_get_id (other))))
    return TRUE;
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("There is a template called “%s” already."), name);
  return FALSE;
}

static BenkPlanTemplate *
find_own (BenkDb *db, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanTemplate) template = find (db, name, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (template == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("There is no template called “%s”."), name);
  else if (benk_plan_template_is_builtin (template))
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("“%s” is proposed by the program and stays. Save your own under "
                    "another name."),
                 name);
  else
    return g_steal_pointer (&template);
  return NULL;
}

static gboolean
do_change (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  TemplateData *data = user_data;
  g_autoptr (BenkPlanTemplate) template = NULL;
  BenkId id;

  if (data->change == TEMPLATE_SAVE)
    {
      if (!check_free (db, data->name, NULL, error) ||
          !benk_table_plan_template_insert (db, data->name, data->body, &id, error))
        return FALSE;
      benk_scope_set_subject (scope, &id);
      return TRUE;
    }
  template = find_own (db, data->name, error);
  if (template == NULL)
    return FALSE;
  id = *benk_plan_template_get_id (template);
  benk_scope_set_subject (scope, &id);
  if (data->change == TEMPLATE_DELETE)
    return benk_table_plan_template_delete (db, &id, error);
  return check_free (db, data->new_name, &id, error) &&
         benk_table_plan_template_rename (db, &id, data->new_name, error);
}

/* @name and @new_name as they were typed; an error instead of the change if the one that
 * is to be kept cannot be. */
static void
change (BenkPlans *self,
        TemplateData *data,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  const char *kept = data->change == TEMPLATE_RENAME ? data->new_name : data->name;
  GError *error = NULL;

  if (*kept == '\0')
    g_set_error_literal (&error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("The template needs a name."));
  else if (benk_text_check_note (kept, &error))
    benk_text_check_name (kept, &error);
  if (error == NULL)
    {
      benk_session_change_async (benk_plans_get_session (self), self, BENK_VERB_PLAN,
                                 NULL, do_change, data,
                                 (GDestroyNotify) template_data_free, cancellable,
                                 callback, user_data);
      return;
    }
  template_data_free (data);
  g_task_report_error (self, callback, user_data, benk_session_change_async, error);
}

static TemplateData *
new_data (TemplateChange what, const char *name, const char *new_name)
{
  TemplateData *data = g_new0 (TemplateData, 1);

  data->change = what;
  data->name = g_strstrip (g_strdup (name));
  data->new_name = g_strstrip (g_strdup (new_name != NULL ? new_name : ""));
  return data;
}

/**
 * benk_plans_save_template_async:
 * @self: the plans
 * @name: what it is to be called; no name of a person
 * @plan: the plan
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Keeps a plan to start from. The first day belongs to one user and is left out.
 */
void
benk_plans_save_template_async (BenkPlans *self,
                                const char *name,
                                BenkPlan *plan,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (BenkPlan) pattern = benk_plan_copy (plan);
  TemplateData *data;
  GError *error = NULL;

  benk_plan_set_valid_from (pattern, NULL);
  if (!benk_plan_validate (pattern, &error))
    {
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  data = new_data (TEMPLATE_SAVE, name, NULL);
  data->body = benk_plan_file_compose (pattern);
  change (self, data, cancellable, callback, user_data);
}

/**
 * benk_plans_rename_template_async:
 * @self: the plans
 * @name: what it is called
 * @new_name: what it is to be called
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is renamed or refused
 * @user_data: for @callback
 *
 * Gives a template another name.
 */
void
benk_plans_rename_template_async (BenkPlans *self,
                                  const char *name,
                                  const char *new_name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  change (self, new_data (TEMPLATE_RENAME, name, new_name), cancellable, callback,
          user_data);
}

/**
 * benk_plans_delete_template_async:
 * @self: the plans
 * @name: what it is called
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone or refused
 * @user_data: for @callback
 *
 * Deletes a template; plans that were made from it stay as they are.
 */
void
benk_plans_delete_template_async (BenkPlans *self,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  change (self, new_data (TEMPLATE_DELETE, name, NULL), cancellable, callback, user_data);
}

/**
 * benk_plans_change_template_finish:
 *
 * Returns: %FALSE with @error set; then nothing is changed
 */
gboolean
benk_plans_change_template_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (self, result, NULL, error) != NULL;
}

/**
 * benk_plan_template_get_plan:
 * @template: a template
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): what it says
 */
BenkPlan *
benk_plan_template_get_plan (BenkPlanTemplate *template, GError **error)
{
  const char *body = benk_plan_template_get_body (template);

  return benk_plan_file_parse (body, strlen (body), error);
}
