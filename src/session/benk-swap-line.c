/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

struct _BenkSwapLine
{
  GObject parent_instance;

  BenkSwapPart part;
  char *label;
  BenkSwapState state;
  char *detail;
  gboolean ticked;
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_STATE,
  PROP_DETAIL,
  PROP_TICKED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkSwapLine, benk_swap_line, G_TYPE_OBJECT)

struct _BenkSwapChoice
{
  GObject parent_instance;

  BenkDevice *device;
  char *label;
  char *difference;
  gboolean possible;
  gboolean medicine_in;
  BenkVisitSettings settings;
};

G_DEFINE_FINAL_TYPE (BenkSwapChoice, benk_swap_choice, G_TYPE_OBJECT)

static const char *const names[BENK_N_SWAP_PARTS] = {
  [BENK_SWAP_SETTINGS] = "settings",   [BENK_SWAP_MEDICINE] = "medicine",
  [BENK_SWAP_TAKE_OVER] = "take-over", [BENK_SWAP_QUARANTINE] = "quarantine",
  [BENK_SWAP_ALARMS] = "alarms",       [BENK_SWAP_RETURN] = "return",
  [BENK_SWAP_RECORD] = "record",
};

static const char *const state_names[] = {
  [BENK_SWAP_WILL] = "will", [BENK_SWAP_UNDER_WAY] = "under-way",
  [BENK_SWAP_DONE] = "done", [BENK_SWAP_NOT_DONE] = "not-done",
  [BENK_SWAP_OWED] = "owed", [BENK_SWAP_NOTHING] = "nothing",
};

static void
benk_swap_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkSwapLine *self = BENK_SWAP_LINE (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_TICKED:
      g_value_set_boolean (value, self->ticked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_swap_line_finalize (GObject *object)
{
  BenkSwapLine *self = BENK_SWAP_LINE (object);

  g_free (self->label);
  g_free (self->detail);
  G_OBJECT_CLASS (benk_swap_line_parent_class)->finalize (object);
}

static void
benk_swap_line_class_init (BenkSwapLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_swap_line_get_property;
  object_class->finalize = benk_swap_line_finalize;

  /** BenkSwapLine:label: what will be done */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  /** BenkSwapLine:state: a #BenkSwapState */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, BENK_SWAP_NOTHING, 0, flags);
  /** BenkSwapLine:detail: what happened, or %NULL */
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  /** BenkSwapLine:ticked: whether it is to be done */
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_swap_line_init (BenkSwapLine *self)
{
  self->ticked = TRUE;
}

BenkSwapLine *
benk_swap_line_new (BenkSwapPart part)
{
  BenkSwapLine *self = g_object_new (BENK_TYPE_SWAP_LINE, NULL);

  self->part = part;

  return self;
}

void
benk_swap_line_say (BenkSwapLine *self, const char *label)
{
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

void
benk_swap_line_set (BenkSwapLine *self, BenkSwapState state, const char *detail)
{
  g_autofree char *kept = g_strdup (detail);

  if (g_strcmp0 (self->detail, detail) != 0)
    {
      g_free (self->detail);
      self->detail = g_steal_pointer (&kept);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
    }
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/** benk_swap_line_get_part: Returns: which part it is */
BenkSwapPart
benk_swap_line_get_part (BenkSwapLine *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_LINE (self), BENK_SWAP_SETTINGS);

  return self->part;
}

/** benk_swap_line_get_name: Returns: its stable name */
const char *
benk_swap_line_get_name (BenkSwapLine *self)
{
  return names[benk_swap_line_get_part (self)];
}

/** benk_swap_line_get_label: Returns: what will be done, a sentence */
const char *
benk_swap_line_get_label (BenkSwapLine *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_LINE (self), NULL);

  return self->label;
}

/** benk_swap_line_get_state: Returns: how far it is */
BenkSwapState
benk_swap_line_get_state (BenkSwapLine *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_LINE (self), BENK_SWAP_WILL);

  return self->state;
}

/** benk_swap_line_get_state_name: Returns: the stable name of its state */
const char *
benk_swap_line_get_state_name (BenkSwapLine *self)
{
  return state_names[benk_swap_line_get_state (self)];
}

/** benk_swap_line_get_detail: Returns: (nullable): what happened, or why not */
const char *
benk_swap_line_get_detail (BenkSwapLine *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_LINE (self), NULL);

  return self->detail;
}

/** benk_swap_line_is_ticked: Returns: whether it is to be done */
gboolean
benk_swap_line_is_ticked (BenkSwapLine *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_LINE (self), FALSE);

  return self->ticked;
}

/**
 * benk_swap_line_set_ticked:
 * @self: a line
 * @ticked: whether it is to be done
 *
 * Takes a line out of the swap, or in again. What a guard asks for is asked all the same.
 */
void
benk_swap_line_set_ticked (BenkSwapLine *self, gboolean ticked)
{
  g_return_if_fail (BENK_IS_SWAP_LINE (self));

  if (self->ticked == ticked)
    return;
  self->ticked = ticked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}

static void
benk_swap_choice_finalize (GObject *object)
{
  BenkSwapChoice *self = BENK_SWAP_CHOICE (object);

  g_clear_object (&self->device);
  g_free (self->label);
  g_free (self->difference);
  benk_visit_settings_clear (&self->settings);
  G_OBJECT_CLASS (benk_swap_choice_parent_class)->finalize (object);
}

static void
benk_swap_choice_class_init (BenkSwapChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_swap_choice_finalize;
}

static void
benk_swap_choice_init (BenkSwapChoice *self)
{
}

BenkSwapChoice *
benk_swap_choice_new (BenkDevice *device,
                      const char *model_name,
                      const char *difference,
                      gboolean possible)
{
  BenkSwapChoice *self = g_object_new (BENK_TYPE_SWAP_CHOICE, NULL);

  self->device = g_object_ref (device);
  self->label =
    g_strdup_printf ("%s %s · %s", model_name, benk_visit_name_device (device),
                     benk_device_state_get_label (benk_device_get_state (device), TRUE));
  self->difference = g_strdup (difference);
  self->possible = possible;

  return self;
}

/** benk_swap_choice_get_device: Returns: (transfer none): the device */
BenkDevice *
benk_swap_choice_get_device (BenkSwapChoice *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_CHOICE (self), NULL);

  return self->device;
}

/** benk_swap_choice_get_label: Returns: make, number and state */
const char *
benk_swap_choice_get_label (BenkSwapChoice *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_CHOICE (self), NULL);

  return self->label;
}

/** benk_swap_choice_get_difference: Returns: (nullable): what differs, or why not */
const char *
benk_swap_choice_get_difference (BenkSwapChoice *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_CHOICE (self), NULL);

  return self->difference;
}

/** benk_swap_choice_is_possible: Returns: whether it can take over */
gboolean
benk_swap_choice_is_possible (BenkSwapChoice *self)
{
  g_return_val_if_fail (BENK_IS_SWAP_CHOICE (self), FALSE);

  return self->possible;
}

BenkVisitSettings *
benk_swap_choice_get_settings (BenkSwapChoice *self)
{
  return &self->settings;
}

void
benk_swap_choice_set_medicine_in (BenkSwapChoice *self, gboolean medicine_in)
{
  self->medicine_in = medicine_in;
}

gboolean
benk_swap_choice_get_medicine_in (BenkSwapChoice *self)
{
  return self->medicine_in;
}
