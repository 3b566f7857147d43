/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-plan.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-models.h"
#include "benk-plan-check.h"
#include "benk-plan-diff.h"
#include "benk-plan-file.h"
#include "benk-plan-words.h"
#include "benk-plans.h"

/* Reads and judges plans, and keeps them for users. */

/**
 * benk_ctl_read_plan:
 * @ctl: the command
 * @path: a file
 * @error: why it is no plan
 *
 * Returns: (transfer full): the plan in the file, or %NULL
 */
BenkPlan *
benk_ctl_read_plan (BenkCtl *ctl, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_plan_file_load_async (file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_plan_file_load_finish (result, error);
}

static BenkPlans *
open_plans (BenkCtl *ctl, GError **error)
{
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;
  return benk_session_get_plans (ctl->session);
}

static gboolean
need_user (const char *user, GError **error)
{
  if (user)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("--user is needed."));
  return FALSE;
}

static void
print_version (BenkCtl *ctl, BenkPlanVersion *version)
{
  gint64 verified_ms = benk_plan_version_get_verified_ms (version);
  gboolean in_force = benk_plan_version_get_in_force (version);
  const char *serial = benk_plan_version_get_serial (version);
  g_autofree char *made =
    benk_ctl_format_instant (benk_plan_version_get_made_ms (version));
  g_autoptr (BenkPlan) plan = benk_plan_version_get_plan (version, NULL);
  g_autofree char *times = plan ? benk_plan_describe_times (plan) : NULL;

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", benk_plan_version_get_id (version));
  benk_json_add_instant (ctl->out, "made_at", benk_plan_version_get_made_ms (version));
  benk_json_add_instant (ctl->out, "valid_from",
                         benk_plan_version_get_valid_from_ms (version));
  benk_json_add_instant (ctl->out, "verified_at", verified_ms);
  benk_json_add_string (ctl->out, "link",
                        verified_ms > 0 ? benk_link_kind_to_name (
                                            benk_plan_version_get_link_kind (version))
                                        : NULL);
  benk_json_add_bool (ctl->out, "in_force", in_force);
  benk_json_add_string (ctl->out, "model", benk_plan_version_get_model_id (version));
  benk_json_add_string (ctl->out, "serial", serial);
  benk_json_add_string (ctl->out, "asset", benk_plan_version_get_asset (version));
  benk_json_add_json (ctl->out, "plan", benk_plan_version_get_body (version));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s  %s  %s %s", made, times ? times : "–",
                in_force          ? _ ("in force in")
                : verified_ms > 0 ? _ ("last in")
                                  : _ ("in no dispenser yet"),
                serial ? serial : "");
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  BenkPlans *plans;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) || !need_user (user, error))
    return FALSE;
  plans = open_plans (ctl, error);
  if (!plans)
    return FALSE;
  benk_plans_list_async (plans, user, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  versions = benk_plans_list_finish (plans, result, error);
  if (!versions)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < versions->len; i++)
    print_version (ctl, g_ptr_array_index (versions, i));
  benk_json_end_array (ctl->out);
  if (versions->len == 0)
    benk_ctl_say (ctl, _ ("Nothing is saved for this user yet"));
  return TRUE;
}

/* The newest plan of a user, or what a device holds. */
static BenkPlanVersion *
find (BenkCtl *ctl, const char *user, const char *device, GError **error)
{
  BenkPlans *plans = open_plans (ctl, error);
  g_autoptr (BenkDevice) card =
    plans && device ? benk_ctl_find_device (ctl, device, error) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  BenkPlanVersion *version;

  if (!plans || (device && !card))
    return NULL;
  benk_plans_find_async (plans,
                         card ? BENK_PLAN_WANTED_IN_DEVICE : BENK_PLAN_WANTED_NEWEST,
                         card ? benk_device_get_id (card) : NULL, user, NULL,
                         benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  version = benk_plans_find_finish (plans, result, &local);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!version)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         card ? _ ("What the dispenser holds is not known.")
                              : _ ("Nothing is saved for this user yet"));
  return version;
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  g_autofree char *device = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkPlanVersion) version = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!user == !device)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("Either --user or --device is needed."));
      return FALSE;
    }
  version = find (ctl, user, device, error);
  if (!version)
    return FALSE;
  print_version (ctl, version);
  return TRUE;
}

static gboolean
run_save (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkPlan) plan = NULL;
  g_autoptr (BenkPlanVersion) version = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkPlans *plans;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) || !need_user (user, error))
    return FALSE;
  plan = benk_ctl_read_plan (ctl, argv[1], error);
  plans = plan ? open_plans (ctl, error) : NULL;
  if (!plans)
    return FALSE;
  benk_plans_save_async (plans, user, plan, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  version = benk_plans_find_finish (plans, result, error);
  if (!version)
    return FALSE;
  print_version (ctl, version);
  return TRUE;
}

static gboolean
run_export (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkPlanVersion) version = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  g_autoptr (GFile) file = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) || !need_user (user, error))
    return FALSE;
  version = find (ctl, user, NULL, error);
  plan = version ? benk_plan_version_get_plan (version, error) : NULL;
  if (!plan)
    return FALSE;
  file = g_file_new_for_commandline_arg (argv[1]);
  if (!benk_plan_file_save (plan, file, NULL, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "path", argv[1]);
  benk_json_end_object (ctl->out);
  return TRUE;
}

static void
print_problem (BenkCtl *ctl, const BenkPlanProblem *problem)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "field", benk_plan_field_to_name (problem->field));
  if (problem->item >= 0)
    benk_json_add_int (ctl->out, "item", problem->item);
  else
    benk_json_add_string (ctl->out, "item", NULL);
  benk_json_add_bool (ctl->out, "blocks", problem->blocks);
  benk_json_add_string (ctl->out, "sentence", problem->sentence);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, problem->blocks ? _ ("Missing: %s") : _ ("Warning: %s"),
                problem->sentence);
}

static gboolean
print_check (BenkCtl *ctl, BenkPlan *plan, BenkModel *model)
{
  gint64 now_ms = benk_clock_get_wall_ms (ctl->clock);
  g_autoptr (GPtrArray) problems = benk_plan_list_problems (plan, model, now_ms);
  g_autofree char *times = benk_plan_describe_times (plan);
  gint64 next_ms = benk_plan_next_dose (plan, now_ms);
  guint n_blocking = 0;

  benk_ctl_say (ctl, "%s", times);
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "times", times);
  benk_json_add_instant (ctl->out, "next_dose", MAX (next_ms, 0));
  benk_json_add_bool (ctl->out, "proposed", benk_plan_get_proposed (plan) != 0);
  benk_json_begin_array (ctl->out, "problems");
  for (guint i = 0; i < problems->len; i++)
    {
      const BenkPlanProblem *problem = g_ptr_array_index (problems, i);

      n_blocking += problem->blocks ? 1 : 0;
      print_problem (ctl, problem);
    }
  benk_json_end_array (ctl->out);
  benk_json_add_bool (ctl->out, "complete", n_blocking == 0);
  benk_json_end_object (ctl->out);
  return n_blocking == 0;
}

/* What comes with the program needs no store; the district's own stand in it. */
static gboolean
find_model (BenkCtl *ctl, const char *name, BenkModel **model, GError **error)
{
  g_autoptr (GPtrArray) models = benk_model_load_builtin (error);
  GPtrArray *all;
  BenkModel *found;

  if (!models)
    return FALSE;
  found = benk_model_match (models, name);
  if (!found && ctl->store && g_file_test (ctl->store, G_FILE_TEST_EXISTS) &&
      benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    {
      all = benk_models_get_all (benk_session_get_models (ctl->session));
      found = benk_model_match (all, name);
    }
  if (found)
    *model = g_object_ref (found);
  else if (error == NULL || *error == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("“%s” is not a model that this program knows."), name);
  return found != NULL;
}

static gboolean
run_check (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkPlan) plan = NULL;
  g_autoptr (BenkModel) model = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  plan = benk_ctl_read_plan (ctl, argv[1], error);
  if (!plan || (name && !find_model (ctl, name, &model, error)))
    return FALSE;
  if (print_check (ctl, plan, model))
    return TRUE;
  else
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("The plan cannot be written to this model."));
  return FALSE;
}

static gboolean
run_diff (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkPlan) before = NULL;
  g_autoptr (BenkPlan) after = NULL;
  g_autoptr (BenkPlanVersion) version = NULL;
  g_auto (GStrv) changes = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 2, error))
    return FALSE;
  if ((argc == 3) == (user != NULL))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("Either two files, or --user and a file are needed."));
      return FALSE;
    }
  after = benk_ctl_read_plan (ctl, argv[argc - 1], error);
  if (after && user)
    version = find (ctl, user, NULL, error);
  if (after)
    before = user        ? version ? benk_plan_version_get_plan (version, error) : NULL
             : argc == 3 ? benk_ctl_read_plan (ctl, argv[1], error)
                         : NULL;
  if (!before)
    return FALSE;
  changes = benk_plan_diff (before, after);
  benk_json_begin_object (ctl->out, NULL);
  benk_json_begin_array (ctl->out, "changes");
  for (guint i = 0; changes[i]; i++)
    {
      benk_json_add_string (ctl->out, NULL, changes[i]);
      benk_ctl_say (ctl, "%s", changes[i]);
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  if (!changes[0])
    benk_ctl_say (ctl, _ ("No change"));
  return TRUE;
}

const BenkCtlCommand benk_ctl_plan_commands[] = {
  { "plan", "list", "--user REF", run_list },
  { "plan", "show", "--user REF | --device NAME", run_show },
  { "plan", "save", "--user REF FILE", run_save },
  { "plan", "export", "--user REF FILE", run_export },
  { "plan", "check", "[--model MODEL] FILE", run_check },
  { "plan", "diff", "FILE FILE | --user REF FILE", run_diff },
  { "plan", "template", "[save NAME FILE | rename NAME NAME | delete NAME]",
    benk_ctl_run_plan_template },
  { NULL, NULL, NULL, NULL },
};
