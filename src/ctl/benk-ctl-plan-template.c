/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-plan.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-plan-templates.h"
#include "benk-plan-words.h"

static void
print_template (BenkCtl *ctl, BenkPlanTemplate *template)
{
  gboolean builtin = benk_plan_template_is_builtin (template);
  const char *name = benk_plan_template_get_name (template);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "name", name);
  benk_json_add_bool (ctl->out, "builtin", builtin);
  benk_json_add_instant (ctl->out, "made_at", benk_plan_template_get_made_ms (template));
  benk_json_add_json (ctl->out, "plan", benk_plan_template_get_body (template));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s%s%s", name, builtin ? "  " : "",
                builtin ? _ ("Proposed by the program, not decided by the district")
                        : "");
}

static gboolean
print_all (BenkCtl *ctl, BenkPlans *plans, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) templates = NULL;

  benk_plans_list_templates_async (plans, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  templates = benk_plans_list_templates_finish (plans, result, error);
  if (!templates)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < templates->len; i++)
    print_template (ctl, g_ptr_array_index (templates, i));
  benk_json_end_array (ctl->out);
  return TRUE;
}

static gboolean
change (BenkCtl *ctl, BenkPlans *plans, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  const char *action = argv[1];

  if (argc == 4 && g_str_equal (action, "save"))
    {
      plan = benk_ctl_read_plan (ctl, argv[3], error);
      if (!plan)
        return FALSE;
      benk_plans_save_template_async (plans, argv[2], plan, NULL, benk_ctl_on_ready, ctl);
    }
  else if (argc == 4 && g_str_equal (action, "rename"))
    benk_plans_rename_template_async (plans, argv[2], argv[3], NULL, benk_ctl_on_ready,
                                      ctl);
  else if (argc == 3 && g_str_equal (action, "delete"))
    benk_plans_delete_template_async (plans, argv[2], NULL, benk_ctl_on_ready, ctl);
  else
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("save NAME FILE, rename NAME NAME or delete NAME is "
                              "needed."));
      return FALSE;
    }
  result = benk_ctl_await (ctl);
  return benk_plans_change_template_finish (plans, result, error);
}

gboolean
benk_ctl_run_plan_template (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkPlans *plans;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 3, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  plans = benk_session_get_plans (ctl->session);
  if (argc > 1 && !change (ctl, plans, argc, argv, error))
    return FALSE;
  return print_all (ctl, plans, error);
}
