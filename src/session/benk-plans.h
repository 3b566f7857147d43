/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-id.h"
#include "benk-plan-version.h"
#include "benk-plan.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The plans of the users: a plan belongs to a user before any device is there. */
#define BENK_TYPE_PLANS (benk_plans_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlans, benk_plans, BENK, PLANS, GObject)

/**
 * BenkPlanWanted:
 * @BENK_PLAN_WANTED_IN_DEVICE: what the device was last verified to hold; none after a
 *   reset, or after a run that may have changed it.
 * @BENK_PLAN_WANTED_VERIFIED: of the user's plans the one that some device was verified
 *   last to hold, whether or not that device holds it still.
 * @BENK_PLAN_WANTED_NEWEST: what was saved last for the user, verified or not.
 *
 * Which plan to find.
 */
typedef enum
{
  BENK_PLAN_WANTED_IN_DEVICE,
  BENK_PLAN_WANTED_VERIFIED,
  BENK_PLAN_WANTED_NEWEST,
} BenkPlanWanted;

/* Saves a plan for a user; ends in benk_plans_find_finish. What is the user's newest plan
 * already is not written again. */
void benk_plans_save_async (BenkPlans *self,
                            const char *reference,
                            BenkPlan *plan,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Every plan that was saved for a user, the newest first, as an array of BenkPlanVersion;
 * empty for a user who is not known. */
void benk_plans_list_async (BenkPlans *self,
                            const char *reference,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *benk_plans_list_finish (BenkPlans *self, GAsyncResult *result, GError **error);

/* One plan: of @device, or of the user with @reference, or of the user of @device. NULL
 * without an error if there is none. */
void benk_plans_find_async (BenkPlans *self,
                            BenkPlanWanted wanted,
                            const BenkId *device,
                            const char *reference,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
BenkPlanVersion *
benk_plans_find_finish (BenkPlans *self, GAsyncResult *result, GError **error);

/* A plan as a JSON file, off the main context; see data/plan.schema.json. A bad file is
 * refused with the place in it. */
void benk_plans_load_file_async (BenkPlans *self,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
BenkPlan *
benk_plans_load_file_finish (BenkPlans *self, GAsyncResult *result, GError **error);
void benk_plans_save_file_async (BenkPlans *self,
                                 BenkPlan *plan,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean
benk_plans_save_file_finish (BenkPlans *self, GAsyncResult *result, GError **error);

BenkPlan *benk_plan_version_get_plan (BenkPlanVersion *version, GError **error);

G_END_DECLS
