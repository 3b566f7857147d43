/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plan-template.h"
#include "benk-plans.h"

G_BEGIN_DECLS

/* Plans to start from, as an array of BenkPlanTemplate: those the program proposes first,
 * then the district's own by name. */
void benk_plans_list_templates_async (BenkPlans *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
benk_plans_list_templates_finish (BenkPlans *self, GAsyncResult *result, GError **error);

/* A name that another template has is refused. Each ends in
 * benk_plans_change_template_finish. */
void benk_plans_save_template_async (BenkPlans *self,
                                     const char *name,
                                     BenkPlan *plan,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void benk_plans_rename_template_async (BenkPlans *self,
                                       const char *name,
                                       const char *new_name,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void benk_plans_delete_template_async (BenkPlans *self,
                                       const char *name,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
benk_plans_change_template_finish (BenkPlans *self, GAsyncResult *result, GError **error);

BenkPlan *benk_plan_template_get_plan (BenkPlanTemplate *template, GError **error);

G_END_DECLS
