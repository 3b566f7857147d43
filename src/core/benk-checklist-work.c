/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist-work.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>

/** benk_checklist_work_new: Returns: (transfer full): a list without anything */
BenkChecklistWork *
benk_checklist_work_new (BenkTask task)
{
  BenkChecklistWork *self = g_new0 (BenkChecklistWork, 1);

  self->form = benk_checklist_form_new (task);
  self->members =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_member_free);
  self->ticks =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_tick_free);
  self->photos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_photo_free);
  return self;
}

/** benk_checklist_work_free: @self: (nullable) (transfer full): a list */
void
benk_checklist_work_free (BenkChecklistWork *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_free (self->model_id);
  g_free (self->state);
  g_free (self->initials);
  g_free (self->reference);
  g_free (self->plan_body);
  benk_checklist_form_free (self->form);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->ticks);
  g_ptr_array_unref (self->photos);
  g_free (self);
}

/** benk_checklist_member_free: @self: (transfer full): a device of a list */
void
benk_checklist_member_free (BenkChecklistMember *self)
{
  g_free (self->serial);
  g_free (self->asset);
  g_free (self->reason);
  g_free (self);
}

/** benk_checklist_tick_free: @self: (transfer full): a tick */
void
benk_checklist_tick_free (BenkChecklistTick *self)
{
  g_free (self->step);
  g_free (self->initials);
  g_free (self->value);
  g_free (self->stated_by);
  g_free (self->note);
  g_free (self);
}

/** benk_checklist_photo_free: @self: (transfer full): a picture */
void
benk_checklist_photo_free (BenkChecklistPhoto *self)
{
  g_free (self->step);
  g_free (self->file);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_free (self->initials);
  g_free (self);
}

/** benk_checklist_work_is_open: Returns: whether it is being worked through */
gboolean
benk_checklist_work_is_open (const BenkChecklistWork *self)
{
  return g_strcmp0 (self->state, BENK_WORK_OPEN) == 0;
}

/** benk_checklist_work_get_n_active: Returns: how many devices are not left out */
guint
benk_checklist_work_get_n_active (const BenkChecklistWork *self)
{
  guint n = 0;

  for (guint i = 0; i < self->members->len; i++)
    n += !((BenkChecklistMember *) g_ptr_array_index (self->members, i))->left_out;
  return n;
}

/**
 * benk_checklist_work_find_member:
 * @member: a device of the list, by its member id or its device id
 *
 * Returns: (transfer none) (nullable): the member, or %NULL
 */
BenkChecklistMember *
benk_checklist_work_find_member (const BenkChecklistWork *self, const BenkId *member)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      BenkChecklistMember *one = g_ptr_array_index (self->members, i);

      if (benk_id_equal (&one->id, member) || benk_id_equal (&one->device, member))
        return one;
    }
  return NULL;
}

static gboolean
speaks_for (const BenkId *of, const BenkId *member)
{
  return benk_id_is_nil (of) || benk_id_equal (of, member);
}

/**
 * benk_checklist_work_find_tick:
 * @step: the id of a step
 * @member: the id of a member; nil = what was ticked for all
 *
 * Returns: (transfer none) (nullable): the newest tick that speaks for @member, %NULL if
 *   there is none or it was taken back
 */
const BenkChecklistTick *
benk_checklist_work_find_tick (const BenkChecklistWork *self,
                               const char *step,
                               const BenkId *member)
{
  for (guint i = self->ticks->len; i > 0; i--)
    {
      const BenkChecklistTick *tick = g_ptr_array_index (self->ticks, i - 1);

      if (g_strcmp0 (tick->step, step) == 0 && speaks_for (&tick->member, member))
        return tick->done ? tick : NULL;
    }
  return NULL;
}

/**
 * benk_checklist_work_find_photo:
 * @step: the id of a step
 * @member: the id of a member; nil = of all
 *
 * Returns: (transfer none) (nullable): the newest picture that speaks for @member and was
 *   not erased
 */
const BenkChecklistPhoto *
benk_checklist_work_find_photo (const BenkChecklistWork *self,
                                const char *step,
                                const BenkId *member)
{
  for (guint i = self->photos->len; i > 0; i--)
    {
      const BenkChecklistPhoto *photo = g_ptr_array_index (self->photos, i - 1);

      if (g_strcmp0 (photo->step, step) == 0 && photo->erased_ms == 0 &&
          speaks_for (&photo->member, member))
        return photo;
    }
  return NULL;
}

/**
 * benk_checklist_work_is_step_done:
 * @member: the id of a member; nil = for all
 *
 * Whether a step counts: ticked by somebody named, with what it asks for.
 */
gboolean
benk_checklist_work_is_step_done (const BenkChecklistWork *self,
                                  const BenkFormStep *step,
                                  const BenkId *member)
{
  const BenkChecklistTick *tick = benk_checklist_work_find_tick (self, step->id, member);
  gboolean photo;

  if (tick == NULL || benk_id_is_nil (&tick->staff))
    return FALSE;
  photo = benk_checklist_work_find_photo (self, step->id, member) != NULL;
  switch (step->kind)
    {
    case BENK_STEP_KIND_VALUE:
      return tick->value != NULL;
    case BENK_STEP_KIND_NAME:
      return tick->stated_by != NULL;
    case BENK_STEP_KIND_PHOTO:
      return photo;
    case BENK_STEP_KIND_EVIDENCE:
      return photo || tick->value != NULL;
    case BENK_STEP_KIND_TICK:
    default:
      return TRUE;
    }
}

static gboolean
check_member (const BenkChecklistWork *self,
              const BenkChecklistMember *member,
              GError **error)
{
  for (guint i = 0; i < self->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (self->form->steps, i);

      if (benk_checklist_work_is_step_done (self, step, &member->id))
        continue;
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("Not every step is done for %s. Step %u of %u is missing: %s "
                      "What is ticked is kept."),
                   member->serial, i + 1, self->form->steps->len,
                   benk_form_step_get_text (step));
      return FALSE;
    }
  return TRUE;
}

/* The settings that were read aloud are those of the newest plan. */
static gboolean
check_plan (const BenkChecklistWork *self, GError **error)
{
  if (benk_checklist_form_find (self->form, "read-out-settings") == NULL ||
      benk_id_is_nil (&self->newest_plan) ||
      benk_id_equal (&self->plan, &self->newest_plan))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("The plan of the user was changed after the settings were "
                          "compared with it. Take that tick back, compare again and "
                          "tick again. What is ticked is kept."));
  return FALSE;
}

/**
 * benk_checklist_work_check:
 * @error: what is missing, for a person
 *
 * Whether the list is complete: open, of a list that may be used, with at least one
 * device, and every step done by named staff for every device that is not left out.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED, %BENK_ERROR_CONFLICT (it has ended already)
 *   or %BENK_ERROR_INVALID
 */
gboolean
benk_checklist_work_check (const BenkChecklistWork *self, GError **error)
{
  if (!benk_checklist_work_is_open (self))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("This checklist has ended already, maybe in another "
                              "window. Nothing was changed."));
      return FALSE;
    }
  if (benk_id_is_nil (&self->version) || !benk_checklist_form_check (self->form, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                             _ ("The version of this checklist is not known."));
      return FALSE;
    }
  if (benk_checklist_work_get_n_active (self) == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("Every device is left out. Drop the list instead."));
      return FALSE;
    }
  for (guint i = 0; i < self->members->len; i++)
    {
      const BenkChecklistMember *member = g_ptr_array_index (self->members, i);

      if (!member->left_out && !check_member (self, member, error))
        return FALSE;
    }
  return check_plan (self, error);
}
