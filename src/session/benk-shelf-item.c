/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shelf-reset-private.h"

struct _BenkShelfItem
{
  GObject parent_instance;

  BenkDevice *card;
  BenkBenchDevice *device; /* while it is at the bench */
  gboolean ticked;
  BenkShelfState state;
  BenkBenchJob *job;
  char *sentence;
};

enum
{
  PROP_0,
  PROP_TICKED,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_SENTENCE,
  PROP_PLUGGED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkShelfItem, benk_shelf_item, G_TYPE_OBJECT)

static void
benk_shelf_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkShelfItem *self = BENK_SHELF_ITEM (object);

  switch (id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, self->ticked);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, benk_shelf_item_get_progress (self));
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_PLUGGED:
      g_value_set_boolean (value, benk_shelf_item_is_plugged (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_shelf_item_dispose (GObject *object)
{
  BenkShelfItem *self = BENK_SHELF_ITEM (object);

  benk_shelf_item_take_job (self, NULL);
  g_clear_object (&self->device);
  g_clear_object (&self->card);
  g_clear_pointer (&self->sentence, g_free);
  G_OBJECT_CLASS (benk_shelf_item_parent_class)->dispose (object);
}

static void
benk_shelf_item_class_init (BenkShelfItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_shelf_item_get_property;
  object_class->dispose = benk_shelf_item_dispose;

  /** BenkShelfItem:ticked: whether a person confirmed this serial */
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE, flags);
  /** BenkShelfItem:state: a #BenkShelfState */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, BENK_SHELF_LEFT_OUT, 0, flags);
  /** BenkShelfItem:progress: 0.0 to 1.0 */
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  /** BenkShelfItem:sentence: how it ended, or %NULL */
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  /** BenkShelfItem:plugged: whether it is at the bench now */
  properties[PROP_PLUGGED] = g_param_spec_boolean ("plugged", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_shelf_item_init (BenkShelfItem *self)
{
}

static void
notify (BenkShelfItem *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/** benk_shelf_item_new: Returns: (transfer full): a device that nobody has confirmed */
BenkShelfItem *
benk_shelf_item_new (BenkDevice *card)
{
  BenkShelfItem *self = g_object_new (BENK_TYPE_SHELF_ITEM, NULL);

  self->card = g_object_ref (card);
  return self;
}

void
benk_shelf_item_tick (BenkShelfItem *self, gboolean ticked)
{
  if (self->ticked == ticked)
    return;
  self->ticked = ticked;
  notify (self, PROP_TICKED);
}

/** benk_shelf_item_set_device: @device: (nullable): where it is plugged in */
void
benk_shelf_item_set_device (BenkShelfItem *self, BenkBenchDevice *device)
{
  if (g_set_object (&self->device, device))
    notify (self, PROP_PLUGGED);
}

BenkBenchDevice *
benk_shelf_item_get_device (BenkShelfItem *self)
{
  return self->device;
}

void
benk_shelf_item_set_state (BenkShelfItem *self, BenkShelfState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
on_job (BenkShelfItem *self, GParamSpec *pspec, BenkBenchJob *job)
{
  notify (self, PROP_PROGRESS);
  if (self->state == BENK_SHELF_RUNNING && !benk_bench_job_is_running (job))
    benk_shelf_item_end (self, BENK_SHELF_ENDED, benk_bench_job_get_sentence (job));
}

/** benk_shelf_item_take_job: @job: (nullable): runs until it says that it has ended */
void
benk_shelf_item_take_job (BenkShelfItem *self, BenkBenchJob *job)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (job == NULL)
    return;
  g_signal_connect_swapped (job, "notify", G_CALLBACK (on_job), self);
  benk_shelf_item_set_state (self, BENK_SHELF_RUNNING);
}

/** benk_shelf_item_end: @sentence: (nullable): how it ended */
void
benk_shelf_item_end (BenkShelfItem *self, BenkShelfState state, const char *sentence)
{
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  notify (self, PROP_SENTENCE);
  benk_shelf_item_set_state (self, state);
}

/** benk_shelf_item_get_card: Returns: (transfer none): its card */
BenkDevice *
benk_shelf_item_get_card (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), NULL);

  return self->card;
}

/** benk_shelf_item_get_serial: Returns: the serial that is confirmed */
const char *
benk_shelf_item_get_serial (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), NULL);

  return benk_device_get_serial (self->card);
}

/** benk_shelf_item_is_ticked: Returns: whether a person confirmed its serial */
gboolean
benk_shelf_item_is_ticked (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), FALSE);

  return self->ticked;
}

/** benk_shelf_item_is_plugged: Returns: whether it is at the bench now */
gboolean
benk_shelf_item_is_plugged (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), FALSE);

  return self->device != NULL;
}

/** benk_shelf_item_get_state: Returns: how far it is */
BenkShelfState
benk_shelf_item_get_state (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), BENK_SHELF_LISTED);

  return self->state;
}

/** benk_shelf_item_get_progress: Returns: 0.0 to 1.0 */
double
benk_shelf_item_get_progress (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), 0.0);

  return self->job != NULL ? benk_bench_job_get_progress (self->job) : 0.0;
}

/** benk_shelf_item_get_job: Returns: (transfer none) (nullable): its job */
BenkBenchJob *
benk_shelf_item_get_job (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), NULL);

  return self->job;
}

/** benk_shelf_item_is_proven: Returns: whether its reset is proven in this store */
gboolean
benk_shelf_item_is_proven (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), FALSE);

  return self->state == BENK_SHELF_ENDED && self->job != NULL &&
         benk_bench_job_is_proven (self->job);
}

/** benk_shelf_item_get_sentence: Returns: (nullable): how it ended, for a person */
const char *
benk_shelf_item_get_sentence (BenkShelfItem *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_ITEM (self), NULL);

  return self->sentence;
}
