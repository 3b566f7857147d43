/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-draft.h"

#include "benk-plan-check.h"
#include "benk-plan-diff.h"
#include "benk-plan-proposal.h"

#define MAX_UNDO 200

struct _BenkPlanDraft
{
  GObject parent_instance;

  BenkClock *clock;
  BenkPlan *plan;
  BenkModel *model;
  BenkPlan *base;
  GPtrArray *done;   /* (element-type BenkPlan): the newest last */
  GPtrArray *undone; /* (element-type BenkPlan) */
  char *what;        /* the run of changes that undo takes back as one */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkPlanDraft, benk_plan_draft, G_TYPE_OBJECT)

static void
emit_changed (BenkPlanDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
benk_plan_draft_finalize (GObject *object)
{
  BenkPlanDraft *self = BENK_PLAN_DRAFT (object);

  g_clear_object (&self->clock);
  g_clear_object (&self->model);
  g_clear_pointer (&self->plan, benk_plan_unref);
  g_clear_pointer (&self->base, benk_plan_unref);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->undone, g_ptr_array_unref);
  g_clear_pointer (&self->what, g_free);
  G_OBJECT_CLASS (benk_plan_draft_parent_class)->finalize (object);
}

static void
benk_plan_draft_class_init (BenkPlanDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_plan_draft_finalize;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", BENK_TYPE_PLAN_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
benk_plan_draft_init (BenkPlanDraft *self)
{
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_plan_unref);
  self->undone = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_plan_unref);
}

/**
 * benk_plan_draft_new:
 * @clock: the clock
 *
 * Returns: (transfer full): a draft of what the program proposes, without dose times
 */
BenkPlanDraft *
benk_plan_draft_new (BenkClock *clock)
{
  BenkPlanDraft *self = g_object_new (BENK_TYPE_PLAN_DRAFT, NULL);

  self->clock = g_object_ref (clock);
  self->plan = benk_plan_propose (NULL, NULL);
  return self;
}

/**
 * benk_plan_draft_get_plan:
 * @self: a draft
 *
 * Returns: (transfer none): the plan as it is now; not to be written to
 */
BenkPlan *
benk_plan_draft_get_plan (BenkPlanDraft *self)
{
  g_return_val_if_fail (BENK_IS_PLAN_DRAFT (self), NULL);

  return self->plan;
}

/* Only a model that is known says where the times come from. */
static void
follow_model (BenkPlanDraft *self, BenkPlan *plan)
{
  if (self->model != NULL)
    benk_plan_set_times_from_roll (plan, benk_model_get_times_from_roll (self->model) ==
                                           BENK_KNOWN_YES);
}

/**
 * benk_plan_draft_take:
 * @self: a draft
 * @plan: (transfer full): the plan as it is to be, nobody else’s
 * @what: (nullable): changes that follow each other with the same @what are undone as
 *   one, such as the steps of a drag
 */
void
benk_plan_draft_take (BenkPlanDraft *self, BenkPlan *plan, const char *what)
{
  gboolean same_run = what != NULL && g_strcmp0 (what, self->what) == 0;

  g_return_if_fail (BENK_IS_PLAN_DRAFT (self));

  follow_model (self, plan);
  if (benk_plan_equal (plan, self->plan))
    {
      benk_plan_unref (plan);
      return;
    }
  if (!same_run)
    g_ptr_array_add (self->done, benk_plan_ref (self->plan));
  if (self->done->len > MAX_UNDO)
    g_ptr_array_remove_index (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  g_free (self->what);
  self->what = g_strdup (what);
  benk_plan_unref (self->plan);
  self->plan = plan;
  emit_changed (self);
}

/**
 * benk_plan_draft_end_run:
 * @self: a draft
 *
 * What follows is undone by itself, as after the button was let go.
 */
void
benk_plan_draft_end_run (BenkPlanDraft *self)
{
  g_clear_pointer (&self->what, g_free);
}

/**
 * benk_plan_draft_reset:
 * @self: a draft
 * @plan: a plan, copied
 *
 * Begins anew with @plan; nothing can be undone.
 */
void
benk_plan_draft_reset (BenkPlanDraft *self, BenkPlan *plan)
{
  BenkPlan *copy = benk_plan_copy (plan);

  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  g_clear_pointer (&self->what, g_free);
  benk_plan_unref (self->plan);
  follow_model (self, copy);
  self->plan = copy;
  emit_changed (self);
}

/* What somebody has changed is no longer a proposal; what is left of one still is. */
static void
decide_changed (BenkPlan *plan)
{
  benk_plan_set_proposed (plan, (BenkPlanParts) (benk_plan_get_proposed (plan) &
                                                 benk_plan_find_proposed (plan)));
}

/**
 * benk_plan_draft_decide:
 * @self: a draft
 *
 * Makes what the program proposed the district's own.
 */
void
benk_plan_draft_decide (BenkPlanDraft *self)
{
  BenkPlan *plan = benk_plan_copy (self->plan);

  benk_plan_set_proposed (plan, 0);
  benk_plan_draft_take (self, plan, NULL);
}

/**
 * benk_plan_draft_set_dose:
 * @self: a draft
 * @i: a dose time
 * @dose: what it is to be
 * @what: (nullable): as of benk_plan_draft_take()
 *
 * Returns: its number now
 */
guint
benk_plan_draft_set_dose (BenkPlanDraft *self,
                          guint i,
                          const BenkDoseTime *dose,
                          const char *what)
{
  const BenkDoseTime *old = benk_plan_get_dose (self->plan, i);
  g_autoptr (BenkPlan) plan = benk_plan_copy (self->plan);
  guint at = benk_plan_replace_dose (plan, i, dose);

  if (old->before_min != dose->before_min || old->after_min != dose->after_min)
    decide_changed (plan);
  benk_plan_draft_take (self, g_steal_pointer (&plan), what);
  return at;
}

/**
 * benk_plan_draft_add_dose:
 * @self: a draft
 * @minute: minute of the day
 *
 * Returns: the number of the new dose time
 */
guint
benk_plan_draft_add_dose (BenkPlanDraft *self, guint minute)
{
  BenkDoseTime dose = benk_plan_propose_dose (minute);
  BenkPlan *plan = benk_plan_copy (self->plan);
  guint at = benk_plan_add_dose (plan, &dose);

  benk_plan_set_proposed (plan, (BenkPlanParts) (benk_plan_get_proposed (plan) |
                                                 BENK_PLAN_PART_WINDOWS));
  benk_plan_draft_take (self, plan, NULL);
  return at;
}

/**
 * benk_plan_draft_remove_dose:
 * @self: a draft
 * @i: a dose time
 */
void
benk_plan_draft_remove_dose (BenkPlanDraft *self, guint i)
{
  BenkPlan *plan = benk_plan_copy (self->plan);

  benk_plan_remove_dose (plan, i);
  benk_plan_draft_take (self, plan, NULL);
}

/**
 * benk_plan_draft_set_rule:
 * @self: a draft
 * @condition: what raises the alarm
 * @on: whether it is on
 * @delay_min: after how many minutes
 */
void
benk_plan_draft_set_rule (BenkPlanDraft *self,
                          BenkAlarmCondition condition,
                          gboolean on,
                          guint delay_min)
{
  const BenkAlarmRule *old = benk_plan_find_rule (self->plan, condition);
  g_autofree char *what = g_strdup_printf ("delay %d", (int) condition);
  BenkPlan *plan;

  if (on == (old != NULL) && (!on || old->delay_min == delay_min))
    return;
  plan = benk_plan_copy (self->plan);
  benk_plan_set_rule (plan, condition, on, delay_min);
  decide_changed (plan);
  benk_plan_draft_take (self, plan, on && old != NULL ? what : NULL);
}

/**
 * benk_plan_draft_set_periods:
 * @self: a draft
 * @role: id of a role
 * @periods: when it receives alarms
 */
void
benk_plan_draft_set_periods (BenkPlanDraft *self,
                             const char *role,
                             BenkDutyPeriods periods)
{
  BenkPlan *plan;

  if (benk_plan_get_periods (self->plan, role) == periods)
    return;
  plan = benk_plan_copy (self->plan);
  benk_plan_set_periods (plan, role, periods);
  decide_changed (plan);
  benk_plan_draft_take (self, plan, NULL);
}

/**
 * benk_plan_draft_can_undo:
 * @self: a draft
 *
 * Returns: whether something was changed that can be taken back
 */
gboolean
benk_plan_draft_can_undo (BenkPlanDraft *self)
{
  return self->done->len > 0;
}

/**
 * benk_plan_draft_can_redo:
 * @self: a draft
 *
 * Returns: whether something was taken back
 */
gboolean
benk_plan_draft_can_redo (BenkPlanDraft *self)
{
  return self->undone->len > 0;
}

static void
step (BenkPlanDraft *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return;
  g_ptr_array_add (to, g_steal_pointer (&self->plan));
  self->plan = g_ptr_array_steal_index (from, from->len - 1);
  g_clear_pointer (&self->what, g_free);
  emit_changed (self);
}

/**
 * benk_plan_draft_undo:
 * @self: a draft
 *
 * Takes the newest change back.
 */
void
benk_plan_draft_undo (BenkPlanDraft *self)
{
  step (self, self->done, self->undone);
}

/**
 * benk_plan_draft_redo:
 * @self: a draft
 *
 * Makes the change again that was taken back last.
 */
void
benk_plan_draft_redo (BenkPlanDraft *self)
{
  step (self, self->undone, self->done);
}

/**
 * benk_plan_draft_get_model:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the model it is for
 */
BenkModel *
benk_plan_draft_get_model (BenkPlanDraft *self)
{
  return self->model;
}

/**
 * benk_plan_draft_set_model:
 * @self: a draft
 * @model: (nullable): the model it is for
 *
 * A model that is known to take its dose times from the roll locks them.
 */
void
benk_plan_draft_set_model (BenkPlanDraft *self, BenkModel *model)
{
  BenkPlan *plan = benk_plan_copy (self->plan);

  g_set_object (&self->model, model);
  follow_model (self, plan);
  benk_plan_unref (self->plan);
  self->plan = plan;
  emit_changed (self);
}

/**
 * benk_plan_draft_get_base:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what it is compared with
 */
BenkPlan *
benk_plan_draft_get_base (BenkPlanDraft *self)
{
  return self->base;
}

/**
 * benk_plan_draft_set_base:
 * @self: a draft
 * @base: (nullable): what the device holds or what is in force
 */
void
benk_plan_draft_set_base (BenkPlanDraft *self, BenkPlan *base)
{
  g_clear_pointer (&self->base, benk_plan_unref);
  self->base = base != NULL ? benk_plan_copy (base) : NULL;
  emit_changed (self);
}

/**
 * benk_plan_draft_list_problems:
 * @self: a draft
 *
 * Returns: (transfer full) (element-type BenkPlanProblem): what is missing or should be
 *   looked at
 */
GPtrArray *
benk_plan_draft_list_problems (BenkPlanDraft *self)
{
  return benk_plan_list_problems (self->plan, self->model,
                                  benk_clock_get_wall_ms (self->clock));
}

/**
 * benk_plan_draft_is_complete:
 * @self: a draft
 *
 * Returns: whether nothing keeps the plan from being written
 */
gboolean
benk_plan_draft_is_complete (BenkPlanDraft *self)
{
  g_autoptr (GPtrArray) problems = benk_plan_draft_list_problems (self);

  for (guint i = 0; i < problems->len; i++)
    if (((const BenkPlanProblem *) g_ptr_array_index (problems, i))->blocks)
      return FALSE;
  return TRUE;
}

/**
 * benk_plan_draft_diff:
 * @self: a draft
 *
 * Returns: (transfer full) (array zero-terminated=1): what changes against what it is
 *   compared with; empty if there is nothing to compare with
 */
char **
benk_plan_draft_diff (BenkPlanDraft *self)
{
  return self->base != NULL ? benk_plan_diff (self->base, self->plan)
                            : g_new0 (char *, 1);
}
