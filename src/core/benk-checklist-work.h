/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-form.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkChecklistMember:
 * @id: the member
 * @device: the device
 * @serial: its serial
 * @asset: (nullable): its asset number
 * @state: its state now
 * @left_out: whether the list is not done with it
 * @reason: (nullable): why it was left out
 * @run: what the list gave for it; nil = nothing yet
 *
 * A device of a list.
 */
typedef struct
{
  BenkId id;
  BenkId device;
  char *serial;
  char *asset;
  BenkDeviceState state;
  gboolean left_out;
  char *reason;
  BenkId run;
} BenkChecklistMember;

/**
 * BenkChecklistTick:
 * @step: the id of the step
 * @member: of which device; nil = of all of the list
 * @done: ticked, or the tick taken back
 * @at_ms: UTC ms
 * @staff: who; nil = nobody named
 * @initials: (nullable): of @staff; %NULL when erased
 * @value: (nullable): what was typed; "" when erased
 * @stated_by: (nullable): who states it; "" when erased
 * @note: (nullable): what was noted
 *
 * A step ticked, or a tick taken back.
 */
typedef struct
{
  char *step;
  BenkId member;
  gboolean done;
  gint64 at_ms;
  BenkId staff;
  char *initials;
  char *value;
  char *stated_by;
  char *note;
} BenkChecklistTick;

/**
 * BenkChecklistPhoto:
 * @id: the picture
 * @step: the step it was taken at
 * @member: of which device; nil = of all of the list
 * @file: the name of its file in the folder of pictures
 * @size: octets
 * @digest: its SHA-256
 * @at_ms: UTC ms
 * @initials: (nullable): who took it
 * @erased_ms: UTC ms it was erased; 0 = not
 *
 * A picture of a list.
 */
typedef struct
{
  BenkId id;
  char *step;
  BenkId member;
  char *file;
  gint64 size;
  GBytes *digest;
  gint64 at_ms;
  char *initials;
  gint64 erased_ms;
} BenkChecklistPhoto;

/**
 * BENK_WORK_OPEN:
 *
 * The state of a list that is being worked through; the others are "done" and "dropped".
 */
#define BENK_WORK_OPEN "open"
#define BENK_WORK_DONE "done"
#define BENK_WORK_DROPPED "dropped"

/**
 * BenkChecklistWork:
 * @id: the list
 * @version: its version; @number and @origin are of it
 * @proposed: whether the version was decided by nobody of the district
 * @newer: whether another version counts by now
 * @model_id: the make
 * @state: one of the BENK_WORK_ states
 * @started_ms: UTC ms
 * @ended_ms: UTC ms; 0 = not
 * @initials: (nullable): who started it
 * @person: the user it is made ready for; nil = none
 * @reference: (nullable): of @person
 * @plan: the plan it is compared with; nil = none
 * @plan_body: (nullable): its text
 * @newest_plan: the newest plan of the user, nil = none
 * @form: the steps
 * @members: (element-type BenkChecklistMember): its devices
 * @ticks: (element-type BenkChecklistTick): in the order they were made
 * @photos: (element-type BenkChecklistPhoto): in the order they were taken
 *
 * A list that is being worked through, or was, as of one instant.
 */
typedef struct
{
  BenkId id;
  BenkId version;
  gint64 number;
  char *origin;
  gboolean proposed;
  gboolean newer;
  char *model_id;
  char *state;
  gint64 started_ms;
  gint64 ended_ms;
  char *initials;
  BenkId person;
  char *reference;
  BenkId plan;
  char *plan_body;
  BenkId newest_plan;
  BenkChecklistForm *form;
  GPtrArray *members;
  GPtrArray *ticks;
  GPtrArray *photos;
} BenkChecklistWork;

BenkChecklistWork *benk_checklist_work_new (BenkTask task);
void benk_checklist_work_free (BenkChecklistWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkChecklistWork, benk_checklist_work_free)

void benk_checklist_member_free (BenkChecklistMember *self);
void benk_checklist_tick_free (BenkChecklistTick *self);
void benk_checklist_photo_free (BenkChecklistPhoto *self);

gboolean benk_checklist_work_is_open (const BenkChecklistWork *self);
guint benk_checklist_work_get_n_active (const BenkChecklistWork *self);
BenkChecklistMember *benk_checklist_work_find_member (const BenkChecklistWork *self,
                                                      const BenkId *member);
const BenkChecklistTick *benk_checklist_work_find_tick (const BenkChecklistWork *self,
                                                        const char *step,
                                                        const BenkId *member);
const BenkChecklistPhoto *benk_checklist_work_find_photo (const BenkChecklistWork *self,
                                                          const char *step,
                                                          const BenkId *member);
gboolean benk_checklist_work_is_step_done (const BenkChecklistWork *self,
                                           const BenkFormStep *step,
                                           const BenkId *member);
gboolean benk_checklist_work_check (const BenkChecklistWork *self, GError **error);

G_END_DECLS
