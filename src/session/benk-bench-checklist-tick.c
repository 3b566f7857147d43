/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-table-checklist-work.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-text-check.h"

/* Steps that leave no trace of a user in a device; after any other it is being made
 * ready. */
static const char *const before_the_user[] = {
  "old-device-noted", "reset-before",        "adapter-present",
  "power-source",     "fit-collection-tray", NULL,
};

static gboolean
check_open (const BenkChecklistWork *work, GError **error)
{
  if (benk_checklist_work_is_open (work))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("This checklist has ended already, maybe in another window. "
                          "Nothing was changed."));
  return FALSE;
}

static const BenkFormStep *
find_step (const BenkChecklistWork *work, const char *id, GError **error)
{
  const BenkFormStep *step = benk_checklist_form_find (work->form, id);

  if (step == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("“%s” is not a step of this checklist."), id);
  return step;
}

static gboolean
check_member (const BenkChecklistWork *work, const BenkId *member, GError **error)
{
  if (benk_id_is_nil (member) || benk_checklist_work_find_member (work, member) != NULL)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                       _ ("The device is not in this checklist."));
  return FALSE;
}

/* Whom what is typed is about: known when the list is for one device. */
static BenkId
get_about (const BenkChecklistWork *work, const BenkId *member)
{
  const BenkChecklistMember *one = work->members->len == 1
                                     ? g_ptr_array_index (work->members, 0)
                                     : benk_checklist_work_find_member (work, member);

  return one != NULL ? one->device : BENK_ID_NIL;
}

static gboolean
check_kind (const BenkChecklistWork *work,
            const BenkFormStep *step,
            const BenkChecklistTick *tick,
            GError **error)
{
  gboolean photo = benk_checklist_work_find_photo (work, step->id, &tick->member) != NULL;
  const char *problem = NULL;

  if (!tick->done)
    return TRUE;
  switch (step->kind)
    {
    case BENK_STEP_KIND_VALUE:
      problem = tick->value == NULL ? _ ("Type what the step asks for.") : NULL;
      break;
    case BENK_STEP_KIND_NAME:
      problem = tick->stated_by == NULL ? _ ("Type the name of who states it.") : NULL;
      break;
    case BENK_STEP_KIND_PHOTO:
      problem = !photo ? _ ("Add the picture first.") : NULL;
      break;
    case BENK_STEP_KIND_EVIDENCE:
      problem = !photo && tick->value == NULL
                  ? _ ("Add a picture, or type where the log lies.")
                  : NULL;
      break;
    case BENK_STEP_KIND_TICK:
    default:
      break;
    }
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, problem);
  return FALSE;
}

static gboolean
keep_adapter (BenkDb *db, const BenkChecklistWork *work, GError **error)
{
  const BenkChecklistMember *member = g_ptr_array_index (work->members, 0);

  for (guint i = 0; i < work->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (work->form->steps, i);
      g_autoptr (BenkFactRecord) fact = NULL;

      if (benk_form_step_get_fact (step) != BENK_FACT_ADAPTER_PRESENT ||
          !benk_checklist_work_is_step_done (work, step, &member->id))
        continue;
      fact = benk_fact_record_new ();
      benk_fact_record_set_device_id (fact, &member->device);
      benk_fact_record_set_kind (fact, BENK_FACT_ADAPTER_PRESENT);
      return benk_table_fact_insert (db, fact, error);
    }
  return TRUE;
}

static gboolean
link_user (BenkDb *db, const BenkChecklistWork *work, BenkDevice *device, GError **error)
{
  const BenkId *before = benk_device_get_person_id (device);

  if (benk_id_is_nil (before))
    return benk_table_device_set_person (db, benk_device_get_id (device), &work->person,
                                         error);
  if (benk_id_equal (before, &work->person))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("The device is being made ready for another user. Reset it "
                          "first."));
  return FALSE;
}

/**
 * benk_checklist_touch:
 * @step: (nullable): what is ticked, or %NULL
 *
 * From the first step that may leave something of a user in it, a device of the shelf is
 * being made ready, also when the list is never finished.
 */
gboolean
benk_checklist_touch (BenkDb *db,
                      const BenkChecklistWork *work,
                      const char *step,
                      const BenkId *member,
                      GError **error)
{
  const BenkChecklistMember *one = g_ptr_array_index (work->members, 0);
  g_autoptr (BenkDevice) device = NULL;

  if ((work->form->task != BENK_TASK_MAKE_READY && work->form->task != BENK_TASK_SWAP) ||
      (step != NULL && g_strv_contains (before_the_user, step)))
    return TRUE;
  device = benk_table_device_get (db, &one->device, error);
  if (device == NULL)
    return FALSE;
  if (benk_device_get_state (device) == BENK_DEVICE_STATE_STOCK)
    {
      if (!keep_adapter (db, work, error) ||
          !benk_device_change_state (db, &one->device, BENK_DEVICE_STATE_PREPARING, NULL,
                                     0, NULL, error))
        return FALSE;
    }
  else if (!benk_checklist_allow (work->form->task, benk_device_get_state (device),
                                  error))
    return FALSE;
  return link_user (db, work, device, error);
}

static gboolean
tick (BenkDb *db,
      BenkScope *scope,
      BenkListChange *change,
      BenkChecklistWork *work,
      GError **error)
{
  BenkChecklistTick *one = change->tick;
  BenkId about = get_about (work, &one->member);
  const BenkFormStep *step;

  if (!check_open (work, error) || !check_member (work, &one->member, error) ||
      !benk_text_check_note (one->value, error) ||
      !benk_text_check_note (one->stated_by, error) ||
      !benk_text_check_note (one->note, error))
    return FALSE;
  step = find_step (work, one->step, error);
  if (step == NULL || !check_kind (work, step, one, error) ||
      (one->done && !benk_checklist_touch (db, work, one->step, &one->member, error)))
    return FALSE;
  if (one->done && g_str_equal (one->step, "read-out-settings") &&
      !benk_id_is_nil (&work->newest_plan) &&
      !benk_table_checklist_work_set_plan (db, &work->id, &work->newest_plan, error))
    return FALSE;
  return benk_table_checklist_work_tick (db, &work->id, &about, one, error);
}

static char *
dup_words (const char *text)
{
  g_autofree char *words = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return words != NULL && *words != '\0' ? g_steal_pointer (&words) : NULL;
}

/**
 * benk_checklist_tick_async:
 * @self: a list
 * @member: (nullable): a device of a batch; %NULL for all
 * @tick: step, done, and what is typed with it
 *
 * Ticks a step off as the chosen staff, or takes the tick back. It is kept at once.
 */
void
benk_checklist_tick_async (BenkChecklist *self,
                           const BenkId *member,
                           const BenkChecklistTick *one,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BenkListChange *change = benk_list_change_new (self, tick);

  change->tick = g_new0 (BenkChecklistTick, 1);
  change->tick->step = g_strdup (one->step);
  change->tick->member = member != NULL ? *member : BENK_ID_NIL;
  change->tick->done = one->done;
  change->tick->value = dup_words (one->value);
  change->tick->stated_by = dup_words (one->stated_by);
  change->tick->note = dup_words (one->note);
  benk_list_change_run (self, BENK_VERB_CHECKLIST, change, benk_checklist_tick_async,
                        cancellable, callback, user_data);
}

static gboolean
leave_out (BenkDb *db,
           BenkScope *scope,
           BenkListChange *change,
           BenkChecklistWork *work,
           GError **error)
{
  return check_open (work, error) && check_member (work, &change->member, error) &&
         benk_table_checklist_work_leave_out (db, &change->member, change->left_out,
                                              change->reason, error);
}

/** benk_checklist_leave_out_async: one device of a batch is not done, or is after all */
void
benk_checklist_leave_out_async (BenkChecklist *self,
                                const BenkId *member,
                                gboolean left_out,
                                const char *reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  BenkListChange *change = benk_list_change_new (self, leave_out);

  change->member = *member;
  change->left_out = left_out;
  change->reason = dup_words (reason);
  benk_list_change_run (self, BENK_VERB_CHECKLIST, change, benk_checklist_leave_out_async,
                        cancellable, callback, user_data);
}

static gboolean
drop (BenkDb *db,
      BenkScope *scope,
      BenkListChange *change,
      BenkChecklistWork *work,
      GError **error)
{
  return check_open (work, error) &&
         benk_table_checklist_work_end (db, &work->id, BENK_WORK_DROPPED, change->reason,
                                        error);
}

/**
 * benk_checklist_drop_async:
 * @reason: (nullable): why
 *
 * Ends a list without a result. What was ticked stays on record; no run and no proof
 * comes of it.
 */
void
benk_checklist_drop_async (BenkChecklist *self,
                           const char *reason,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BenkListChange *change = benk_list_change_new (self, drop);

  change->reason = dup_words (reason);
  benk_list_change_run (self, BENK_VERB_CHECKLIST, change, benk_checklist_drop_async,
                        cancellable, callback, user_data);
}
