/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plans.h"

#include <string.h>

#include "benk-plan-file.h"
#include "benk-plans-private.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-text-check.h"

struct _BenkPlans
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
};

G_DEFINE_FINAL_TYPE (BenkPlans, benk_plans, G_TYPE_OBJECT)

/* What a change or a question is about, owned. */
typedef struct
{
  BenkPlanWanted wanted;
  BenkId device;
  BenkId plan;
  char *reference;
  char *body;
  gint64 valid_from_ms; /* 0 = at once */
  BenkPlanVersion *saved;
} PlanData;

static void
plan_data_free (PlanData *data)
{
  g_free (data->reference);
  g_free (data->body);
  g_clear_object (&data->saved);
  g_free (data);
}

static void
benk_plans_finalize (GObject *object)
{
  BenkPlans *self = BENK_PLANS (object);

  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (benk_plans_parent_class)->finalize (object);
}

static void
benk_plans_class_init (BenkPlansClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_plans_finalize;
}

static void
benk_plans_init (BenkPlans *self)
{
}

/** benk_plans_new: Returns: (transfer full): the room of @session that keeps plans */
BenkPlans *
benk_plans_new (BenkSession *session)
{
  BenkPlans *self = g_object_new (BENK_TYPE_PLANS, NULL);

  g_set_weak_pointer (&self->session, session);
  return self;
}

BenkSession *
benk_plans_get_session (BenkPlans *self)
{
  return self->session;
}

static gint64
get_valid_from (const BenkPlan *plan)
{
  GDate date;

  if (!benk_date_parse (benk_plan_get_valid_from (plan), &date))
    return 0;
  return benk_local_minute_to_ms (benk_plan_get_zone (plan), &date, 0);
}

static gboolean
do_save (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  PlanData *data = user_data;
  gint64 from = data->valid_from_ms > 0 ? data->valid_from_ms : benk_db_get_wall_ms (db);
  BenkId person;

  if (!benk_table_person_ensure (db, data->reference, &person, error) ||
      !benk_table_plan_ensure (db, &person, data->body, from, &data->plan, error))
    return FALSE;
  benk_scope_set_subject (scope, &data->plan);
  data->saved = benk_table_plan_get_version (db, &data->plan, error);
  return data->saved != NULL;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PlanData *data = benk_session_change_finish (source, result, NULL, &error);

  if (data != NULL)
    g_task_return_pointer (task, g_steal_pointer (&data->saved), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * benk_plans_save_async:
 * @self: the plans
 * @reference: the reference of the user in the patient record
 * @plan: what a dispenser is to do for the user; one that could not be written to a
 *   device is refused
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Keeps a plan for a user, with or without a device.
 */
void
benk_plans_save_async (BenkPlans *self,
                       const char *reference,
                       BenkPlan *plan,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autofree char *taken = benk_text_take_reference (reference, &error);
  PlanData *data;

  g_task_set_source_tag (task, benk_plans_find_async);
  if (taken == NULL || !benk_plan_validate (plan, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_new0 (PlanData, 1);
  data->reference = g_steal_pointer (&taken);
  data->body = benk_plan_file_compose (plan);
  data->valid_from_ms = get_valid_from (plan);
  benk_session_change_async (self->session, self, BENK_VERB_PLAN, NULL, do_save, data,
                             (GDestroyNotify) plan_data_free, cancellable, on_saved,
                             g_steal_pointer (&task));
}

static gpointer
run_list (BenkDb *db, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkId person;

  if (benk_table_person_find (db, user_data, &person, &local))
    return benk_table_plan_list_versions (db, &person, FALSE, error);
  if (local == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * benk_plans_list_async:
 * @self: the plans
 * @reference: the reference of a user
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads every plan of a user.
 */
void
benk_plans_list_async (BenkPlans *self,
                       const char *reference,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  benk_session_read_async (self->session, self, run_list,
                           g_strstrip (g_strdup (reference)), g_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_plans_list_finish:
 *
 * Returns: (transfer full) (element-type BenkPlanVersion): the plans, the newest first
 */
GPtrArray *
benk_plans_list_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

static BenkPlanVersion *
find_in_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkPlanRow) row = benk_table_plan_get_in_device (db, device, error);

  return row != NULL ? benk_table_plan_get_version (db, &row->id, error) : NULL;
}

static gboolean
find_person (BenkDb *db, const PlanData *data, BenkId *person, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  if (data->reference != NULL)
    return benk_table_person_find (db, data->reference, person, error);
  device = benk_table_device_get (db, &data->device, error);
  if (device == NULL)
    return FALSE;
  *person = *benk_device_get_person_id (device);
  return !benk_id_is_nil (person);
}

static gpointer
run_find (BenkDb *db, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const PlanData *data = user_data;
  g_autoptr (GPtrArray) versions = NULL;
  BenkId person = BENK_ID_NIL;

  if (data->wanted == BENK_PLAN_WANTED_IN_DEVICE)
    return find_in_device (db, &data->device, error);
  if (!find_person (db, data, &person, error))
    return NULL;
  versions =
    benk_table_plan_list_versions (db, &person, data->wanted == BENK_PLAN_WANTED_VERIFIED,
                                   error);
  if (versions == NULL || versions->len == 0)
    return NULL;
  return g_object_ref (g_ptr_array_index (versions, 0));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BenkPlanVersion *version = benk_session_read_finish (source, result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, version, g_object_unref);
}

/**
 * benk_plans_find_async:
 * @self: the plans
 * @wanted: which plan
 * @device: (nullable): a device; needed for what a device holds
 * @reference: (nullable): the reference of a user; %NULL for the user of @device
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Finds one plan.
 */
void
benk_plans_find_async (BenkPlans *self,
                       BenkPlanWanted wanted,
                       const BenkId *device,
                       const char *reference,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlanData *data = g_new0 (PlanData, 1);

  g_task_set_source_tag (task, benk_plans_find_async);
  data->wanted = wanted;
  data->device = device != NULL ? *device : BENK_ID_NIL;
  data->reference = reference != NULL ? g_strstrip (g_strdup (reference)) : NULL;
  benk_session_read_async (self->session, self, run_find, data,
                           (GDestroyNotify) plan_data_free, g_object_unref, cancellable,
                           on_found, g_steal_pointer (&task));
}

/**
 * benk_plans_find_finish:
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan that was saved or found; %NULL without
 *   @error if there is none
 */
BenkPlanVersion *
benk_plans_find_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_plan_version_get_plan:
 * @version: a plan as it was saved
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): what it says
 */
BenkPlan *
benk_plan_version_get_plan (BenkPlanVersion *version, GError **error)
{
  const char *body = benk_plan_version_get_body (version);

  return benk_plan_file_parse (body, strlen (body), error);
}
