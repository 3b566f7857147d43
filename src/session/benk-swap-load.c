/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

#include "benk-alarm.h"
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-lifecycle.h"
#include "benk-model.h"
#include "benk-plan-version.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-table-return.h"
#include "benk-table-transition.h"

/* How many are looked at, and how many of them are offered. */
#define MAX_LOOKED_AT 60
#define MAX_OFFERED 12

/** benk_swap_question_new: Returns: (transfer full): what to read */
BenkSwapQuestion *
benk_swap_question_new (BenkSession *session, const BenkId *old, const BenkId *wanted)
{
  BenkSwapQuestion *self = g_new0 (BenkSwapQuestion, 1);

  self->old = *old;
  if (wanted != NULL)
    self->wanted = *wanted;
  self->demo = benk_session_is_demo (session);
  self->models =
    g_ptr_array_ref (benk_inventory_get_models (benk_session_get_inventory (session)));

  return self;
}

void
benk_swap_question_free (BenkSwapQuestion *self)
{
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_free (self);
}

void
benk_swap_view_free (BenkSwapView *self)
{
  benk_visit_row_free (self->row);
  g_clear_object (&self->old);
  g_free (self->reference);
  g_free (self->plan_body);
  g_free (self->times);
  g_clear_pointer (&self->alarms, g_array_unref);
  g_free (self->vendor);
  g_clear_object (&self->choices);
  g_free (self);
}

static gboolean
is_met (GPtrArray *results, const char *guard)
{
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->guard->id, guard))
        return result->status == BENK_GUARD_MET;
    }

  return FALSE;
}

/* --- the old device --- */

/* A fault or a quarantine does not change how the user was served before it. */
static gboolean
read_service (BenkDb *db, BenkSwapView *view, GError **error)
{
  view->goes_on = BENK_DEVICE_STATE_OPERATION;

  return benk_table_transition_get_newest (
    db, benk_device_get_id (view->old),
    BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
      BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
      BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED),
    &view->goes_on, error);
}

static gboolean
check_old (BenkSwapView *view, GError **error)
{
  BenkDeviceState state = benk_device_get_state (view->old);
  gboolean with_user =
    state == BENK_DEVICE_STATE_TRIAL || state == BENK_DEVICE_STATE_OPERATION ||
    state == BENK_DEVICE_STATE_PAUSED || state == BENK_DEVICE_STATE_FAULTY;

  if (view->row != NULL)
    return TRUE;
  if (with_user && !benk_id_is_nil (benk_device_get_person_id (view->old)))
    return TRUE;
  if (with_user)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("It is not said who has this device. Link it to its user "
                            "first."));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("A device that is “%s” is not with a user, so there is nothing to "
                    "swap."),
                 benk_device_describe_state (view->old));
  return FALSE;
}

static gboolean
read_person (BenkDb *db, BenkSwapView *view, GError **error)
{
  g_autoptr (GError) local = NULL;

  view->person =
    view->row != NULL ? view->row->person : *benk_device_get_person_id (view->old);
  view->reference = benk_table_person_get_reference (db, &view->person, NULL, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_plan (BenkDb *db, BenkSwapView *view, GError **error)
{
  g_autoptr (GPtrArray) versions =
    benk_table_plan_list_versions (db, &view->person, TRUE, error);

  if (versions == NULL)
    return FALSE;
  if (versions->len == 0)
    return TRUE;
  view->plan_body =
    g_strdup (benk_plan_version_get_body (g_ptr_array_index (versions, 0)));
  view->times = benk_visit_say_times (view->plan_body, &view->n_times, error);

  return view->times != NULL;
}

static gboolean
read_alarms (BenkDb *db, BenkSwapView *view, GError **error)
{
  g_autoptr (GPtrArray) alarms =
    benk_table_alarm_list_device (db, benk_device_get_id (view->old), error);

  if (alarms == NULL)
    return FALSE;
  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);
      BenkAlarmStatus status = benk_alarm_get_status (alarm);

      if (status != BENK_ALARM_STATUS_NEW && status != BENK_ALARM_STATUS_TAKEN)
        continue;
      if (benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL)
        g_array_append_val (view->alarms, *benk_alarm_get_id (alarm));
      else
        view->n_others++;
    }

  return TRUE;
}

static gboolean
read_guards (BenkDb *db, BenkSwapView *view, GError **error)
{
  g_autoptr (BenkLifecycleView) guards =
    benk_device_view_load (db, benk_device_get_id (view->old), error);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkReturnCase) open = NULL;

  if (guards == NULL)
    return FALSE;
  results = benk_lifecycle_check (guards, BENK_DEVICE_STATE_QUARANTINE);
  view->medicine_out = is_met (results, "medicine-removed");
  open = benk_table_return_get_open (db, benk_device_get_id (view->old), &local);
  view->returned = open != NULL;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static char *
find_vendor (const BenkSwapQuestion *asked, BenkDevice *device)
{
  const char *vendor = benk_device_get_vendor (device);
  BenkModel *model = benk_model_find (asked->models, benk_device_get_model_id (device));

  if (vendor == NULL || *vendor == '\0')
    vendor = model != NULL ? benk_model_get_vendor (model) : NULL;

  return g_strdup (vendor);
}

static gboolean
read_old (BenkDb *db, const BenkSwapQuestion *asked, BenkSwapView *view, GError **error)
{
  g_autoptr (GError) local = NULL;

  view->old = benk_table_device_get (db, &asked->old, error);
  if (view->old == NULL)
    return FALSE;
  view->row = benk_table_visit_get_open (db, &asked->old, BENK_VISIT_SWAP, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  view->vendor = find_vendor (asked, view->old);

  return check_old (view, error) && read_person (db, view, error) &&
         read_service (db, view, error) && read_plan (db, view, error) &&
         read_alarms (db, view, error) && read_guards (db, view, error);
}

/* --- who could take over --- */

static const char *
get_model_name (const BenkSwapQuestion *asked, BenkDevice *device)
{
  BenkModel *model = benk_model_find (asked->models, benk_device_get_model_id (device));

  return model != NULL ? benk_model_get_name (model) : benk_device_get_model_id (device);
}

static char *
say_difference (const BenkSwapQuestion *asked, BenkSwapView *view, BenkDevice *device)
{
  BenkModel *before =
    benk_model_find (asked->models, benk_device_get_model_id (view->old));
  BenkModel *after = benk_model_find (asked->models, benk_device_get_model_id (device));
  BenkPackaging one, other;

  if (before == after || before == NULL || after == NULL)
    return NULL;
  one = benk_model_get_packaging (before);
  other = benk_model_get_packaging (after);
  if (one == other)
    return g_strdup_printf (_ ("Another make than %s."), benk_model_get_name (before));
  return g_strdup_printf (_ ("Another make than %s: %s instead of %s. The medicine must "
                             "be packed anew."),
                          benk_model_get_name (before), benk_packaging_get_label (other),
                          benk_packaging_get_label (one));
}

static char *
say_missing (GPtrArray *results)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (result->status == BENK_GUARD_MISSING)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                benk_guard_get_message (result->guard));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Why it cannot take over, or NULL. What is made ready for nobody who is named here would
 * hold who knows whose times. */
static char *
say_refusal (BenkSwapView *view, BenkDevice *device, const BenkLifecycleView *guards)
{
  const BenkId *person = benk_device_get_person_id (device);
  gboolean begun =
    view->row != NULL && benk_id_equal (&view->row->other, benk_device_get_id (device));
  g_autoptr (GPtrArray) results = NULL;

  switch ((int) benk_device_get_state (device))
    {
    case BENK_DEVICE_STATE_STOCK:
      results = benk_lifecycle_check (guards, BENK_DEVICE_STATE_PREPARING);
      return say_missing (results);
    case BENK_DEVICE_STATE_PREPARING:
    case BENK_DEVICE_STATE_READY:
      if (begun || benk_id_equal (person, &view->person))
        return NULL;
      if (benk_id_is_nil (person) &&
          benk_device_get_state (device) == BENK_DEVICE_STATE_PREPARING)
        return NULL;
      if (benk_id_is_nil (person))
        return g_strdup (_ ("It is ready, but it is not said for whom."));
      return g_strdup (_ ("It is made ready for another user."));
    default:
      if (begun)
        return NULL;
      return g_strdup_printf (_ ("A device that is “%s” cannot take over."),
                              benk_device_describe_state (device));
    }
}

static BenkSwapChoice *
make_choice (BenkDb *db,
             const BenkSwapQuestion *asked,
             BenkSwapView *view,
             const BenkId *id,
             GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, error);
  g_autoptr (BenkLifecycleView) guards =
    device != NULL ? benk_device_view_load (db, id, error) : NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *difference = NULL;
  g_autoptr (BenkSwapChoice) choice = NULL;

  if (guards == NULL)
    return NULL;
  refusal = say_refusal (view, device, guards);
  difference = refusal == NULL ? say_difference (asked, view, device) : NULL;
  choice = benk_swap_choice_new (device, get_model_name (asked, device),
                                 refusal != NULL ? refusal : difference, refusal == NULL);
  results = benk_lifecycle_check (guards, BENK_DEVICE_STATE_OPERATION);
  benk_swap_choice_set_medicine_in (choice, is_met (results, "medicine-loaded"));
  if (!benk_visit_settings_load (db, asked->demo, id,
                                 benk_swap_choice_get_settings (choice), error))
    return NULL;

  return g_steal_pointer (&choice);
}

static int
rank (BenkSwapView *view, BenkSwapChoice *choice)
{
  BenkDevice *device = benk_swap_choice_get_device (choice);
  gboolean same = g_strcmp0 (benk_device_get_model_id (device),
                             benk_device_get_model_id (view->old)) == 0;
  gboolean for_user = benk_id_equal (benk_device_get_person_id (device), &view->person);

  if (benk_id_equal (benk_device_get_id (device), &view->named))
    return -1;
  if (!benk_swap_choice_is_possible (choice))
    return same ? 8 : 9;
  if (benk_device_get_state (device) == BENK_DEVICE_STATE_READY && for_user)
    return same ? 0 : 4;
  if (for_user)
    return same ? 1 : 5;

  return same ? 2 : 6;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return rank (data, (gpointer) a) - rank (data, (gpointer) b);
}

/* What was chosen, or is asked for by name, is always there. */
static void
put_first (GArray *ids, const BenkId *id)
{
  if (benk_id_is_nil (id))
    return;
  for (guint i = 0; i < ids->len; i++)
    if (benk_id_equal (&g_array_index (ids, BenkId, i), id))
      g_array_remove_index (ids, i--);
  g_array_prepend_val (ids, *id);
}

static gboolean
read_choices (BenkDb *db,
              const BenkSwapQuestion *asked,
              BenkSwapView *view,
              GError **error)
{
  g_autoptr (GArray) ids =
    benk_table_device_list_replacements (db, benk_device_get_id (view->old),
                                         &view->person, MAX_LOOKED_AT, error);

  if (ids == NULL)
    return FALSE;
  view->named = asked->wanted;
  if (benk_id_is_nil (&view->named) && view->row != NULL)
    view->named = view->row->other;
  put_first (ids, &view->named);
  for (guint i = 0; i < ids->len; i++)
    {
      const BenkId *id = &g_array_index (ids, BenkId, i);
      g_autoptr (BenkSwapChoice) choice = make_choice (db, asked, view, id, error);

      if (choice == NULL)
        return FALSE;
      g_list_store_insert_sorted (view->choices, choice, compare, view);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (view->choices)) > MAX_OFFERED)
    g_list_store_remove (view->choices, MAX_OFFERED);

  return TRUE;
}

/** benk_swap_load: Returns: (transfer full): a #BenkSwapView */
gpointer
benk_swap_load (BenkDb *db, gpointer question, GCancellable *cancellable, GError **error)
{
  const BenkSwapQuestion *asked = question;
  g_autoptr (BenkSwapView) view = g_new0 (BenkSwapView, 1);

  view->alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  view->choices = g_list_store_new (BENK_TYPE_SWAP_CHOICE);
  if (!benk_id_is_nil (&asked->wanted) && benk_id_equal (&asked->wanted, &asked->old))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("A device cannot replace itself."));
      return NULL;
    }
  if (!read_old (db, asked, view, error) || !read_choices (db, asked, view, error))
    return NULL;

  return g_steal_pointer (&view);
}
