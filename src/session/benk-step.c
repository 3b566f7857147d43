/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

struct _BenkStep
{
  GObject parent_instance;

  char *id;
  char *label;
  char *by;
  char *detail;
  BenkBenchStepState state;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_LABEL,
  PROP_STATE,
  PROP_BY,
  PROP_DETAIL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkStep, benk_step, G_TYPE_OBJECT)

static void
benk_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkStep *self = BENK_STEP (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_BY:
      g_value_set_string (value, self->by);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_step_finalize (GObject *object)
{
  BenkStep *self = BENK_STEP (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->by);
  g_free (self->detail);

  G_OBJECT_CLASS (benk_step_parent_class)->finalize (object);
}

static void
benk_step_class_init (BenkStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_step_get_property;
  object_class->finalize = benk_step_finalize;

  /** BenkStep:id: stable, such as "activate" */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /** BenkStep:label: what is done, translated */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  /** BenkStep:state: a #BenkBenchStepState */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, BENK_BENCH_STEP_SKIPPED, 0, flags);
  /** BenkStep:by: initials of who ticked it off, or %NULL */
  properties[PROP_BY] = g_param_spec_string ("by", NULL, NULL, NULL, flags);
  /** BenkStep:detail: what was found, or why it failed, or %NULL */
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_step_init (BenkStep *self)
{
}

/** benk_step_new: Returns: (transfer full): a step that waits */
BenkStep *
benk_step_new (const char *id, const char *label)
{
  BenkStep *self = g_object_new (BENK_TYPE_STEP, NULL);

  self->id = g_strdup (id);
  self->label = g_strdup (label);
  return self;
}

/** benk_step_set: notifies of what has changed */
void
benk_step_set (BenkStep *self,
               BenkBenchStepState state,
               const char *by,
               const char *detail)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (g_strcmp0 (self->by, by) != 0)
    {
      g_free (self->by);
      self->by = g_strdup (by);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY]);
    }
  if (g_strcmp0 (self->detail, detail) != 0)
    {
      g_free (self->detail);
      self->detail = g_strdup (detail);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/** benk_step_get_id: Returns: its stable id */
const char *
benk_step_get_id (BenkStep *self)
{
  g_return_val_if_fail (BENK_IS_STEP (self), NULL);

  return self->id;
}

/** benk_step_get_label: Returns: what is done, translated */
const char *
benk_step_get_label (BenkStep *self)
{
  g_return_val_if_fail (BENK_IS_STEP (self), NULL);

  return self->label;
}

/** benk_step_get_state: Returns: how far it is */
BenkBenchStepState
benk_step_get_state (BenkStep *self)
{
  g_return_val_if_fail (BENK_IS_STEP (self), BENK_BENCH_STEP_WAITING);

  return self->state;
}

/** benk_step_get_by: Returns: (nullable): initials of who ticked it off */
const char *
benk_step_get_by (BenkStep *self)
{
  g_return_val_if_fail (BENK_IS_STEP (self), NULL);

  return self->by;
}

/** benk_step_get_detail: Returns: (nullable): what was found, or why it failed */
const char *
benk_step_get_detail (BenkStep *self)
{
  g_return_val_if_fail (BENK_IS_STEP (self), NULL);

  return self->detail;
}
