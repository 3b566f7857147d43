/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include "benk-error.h"

#include <glib/gi18n.h>

struct _BenkBenchDevice
{
  GObject parent_instance;

  guint station;
  char *bus_path;
  char *serial;
  char *model_id;
  char *label;
  char *firmware;
  int battery;
  gboolean on_mains;
  gint64 clock_drift_ms;
  gboolean clock_unset;
  guint n_dose_times;
  gint64 log_entries;
  char *status;
  BenkLinkKind link_kind;
  gboolean identified;
  gboolean reading;
  gboolean extension;
  gboolean gone;

  BenkDevice *card;
  BenkBenchJob *job;

  /* What may be wrong, the gravest first. */
  char *broken;    /* the device cannot be used */
  gboolean barred; /* … because the system does not allow it */
  char *news;      /* what an earlier run came to */
  char *unknown;   /* it has no card */
  char *read_only; /* it has no service extension */
};

enum
{
  PROP_0,
  PROP_BUS_PATH,
  PROP_SERIAL,
  PROP_MODEL_ID,
  PROP_LABEL,
  PROP_FIRMWARE,
  PROP_BATTERY,
  PROP_ON_MAINS,
  PROP_CLOCK_DRIFT_MS,
  PROP_LOG_ENTRIES,
  PROP_STATUS,
  PROP_LINK_KIND,
  PROP_SIMULATED,
  PROP_STATE_LABEL,
  PROP_PROBLEM,
  PROP_JOB,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkBenchDevice, benk_bench_device, G_TYPE_OBJECT)

static void
benk_bench_device_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  BenkBenchDevice *self = BENK_BENCH_DEVICE (object);

  switch (id)
    {
    case PROP_BUS_PATH:
      g_value_set_string (value, self->bus_path);
      break;
    case PROP_SERIAL:
      g_value_set_string (value, self->serial);
      break;
    case PROP_MODEL_ID:
      g_value_set_string (value, self->model_id);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_FIRMWARE:
      g_value_set_string (value, self->firmware);
      break;
    case PROP_BATTERY:
      g_value_set_int (value, self->battery);
      break;
    case PROP_ON_MAINS:
      g_value_set_boolean (value, self->on_mains);
      break;
    case PROP_CLOCK_DRIFT_MS:
      g_value_set_int64 (value, self->clock_drift_ms);
      break;
    case PROP_LOG_ENTRIES:
      g_value_set_int64 (value, self->log_entries);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_LINK_KIND:
      g_value_set_uint (value, self->link_kind);
      break;
    case PROP_SIMULATED:
      g_value_set_boolean (value, benk_bench_device_is_simulated (self));
      break;
    case PROP_STATE_LABEL:
      g_value_set_string (value, benk_bench_device_get_state_label (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, benk_bench_device_get_problem (self));
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_bench_device_finalize (GObject *object)
{
  BenkBenchDevice *self = BENK_BENCH_DEVICE (object);

  g_free (self->bus_path);
  g_free (self->serial);
  g_free (self->model_id);
  g_free (self->label);
  g_free (self->firmware);
  g_free (self->status);
  g_free (self->broken);
  g_free (self->news);
  g_free (self->unknown);
  g_free (self->read_only);
  g_clear_object (&self->card);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (benk_bench_device_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[] = {
    [PROP_BUS_PATH] = "bus-path", [PROP_SERIAL] = "serial",
    [PROP_MODEL_ID] = "model-id", [PROP_LABEL] = "label",
    [PROP_FIRMWARE] = "firmware", [PROP_STATE_LABEL] = "state-label",
    [PROP_PROBLEM] = "problem",   [PROP_STATUS] = "status"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);

  /** BenkBenchDevice:battery: percent, -1 when it does not tell */
  properties[PROP_BATTERY] = g_param_spec_int ("battery", NULL, NULL, -1, 100, -1, flags);
  properties[PROP_ON_MAINS] = g_param_spec_boolean ("on-mains", NULL, NULL, FALSE, flags);
  /** BenkBenchDevice:clock-drift-ms: or %BENK_CLOCK_DRIFT_UNKNOWN */
  properties[PROP_CLOCK_DRIFT_MS] =
    g_param_spec_int64 ("clock-drift-ms", NULL, NULL, G_MININT64, G_MAXINT64,
                        BENK_CLOCK_DRIFT_UNKNOWN, flags);
  /** BenkBenchDevice:log-entries: of its dose log, -1 when it does not tell */
  properties[PROP_LOG_ENTRIES] =
    g_param_spec_int64 ("log-entries", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /** BenkBenchDevice:link-kind: a #BenkLinkKind */
  properties[PROP_LINK_KIND] =
    g_param_spec_uint ("link-kind", NULL, NULL, 0, BENK_N_LINK_KINDS, 0, flags);
  /** BenkBenchDevice:simulated: it says so itself, or is one of ours */
  properties[PROP_SIMULATED] =
    g_param_spec_boolean ("simulated", NULL, NULL, FALSE, flags);
  /** BenkBenchDevice:job: the newest job that somebody asked for, or %NULL */
  properties[PROP_JOB] =
    g_param_spec_object ("job", NULL, NULL, BENK_TYPE_BENCH_JOB, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_bench_device_class_init (BenkBenchDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_bench_device_get_property;
  object_class->finalize = benk_bench_device_finalize;
  install_properties (object_class);
}

static void
benk_bench_device_init (BenkBenchDevice *self)
{
  self->battery = -1;
  self->log_entries = -1;
  self->clock_drift_ms = BENK_CLOCK_DRIFT_UNKNOWN;
}

static void
notify (BenkBenchDevice *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_text (BenkBenchDevice *self, char **text, const char *value, guint id)
{
  if (g_strcmp0 (*text, value) == 0)
    return;
  g_free (*text);
  *text = g_strdup (value);
  notify (self, id);
}

/** benk_bench_device_new: Returns: (transfer full): a device that has not arrived */
BenkBenchDevice *
benk_bench_device_new (guint station)
{
  BenkBenchDevice *self = g_object_new (BENK_TYPE_BENCH_DEVICE, NULL);

  self->station = station;
  return self;
}

guint
benk_bench_device_get_station (BenkBenchDevice *self)
{
  return self->station;
}

/** benk_bench_device_arrive: what is known before the device has said a word */
void
benk_bench_device_arrive (BenkBenchDevice *self, const BenkBusEvent *event)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->gone = FALSE;
  set_text (self, &self->bus_path, event->bus_path, PROP_BUS_PATH);
  if (!self->identified)
    {
      self->link_kind = event->link_kind;
      notify (self, PROP_LINK_KIND);
      notify (self, PROP_SIMULATED);
      set_text (self, &self->serial, event->usb_serial, PROP_SERIAL);
      set_text (self, &self->model_id, event->model_id, PROP_MODEL_ID);
      set_text (self, &self->label, event->label != NULL ? event->label : event->bus_path,
                PROP_LABEL);
    }
  self->barred = g_error_matches (event->problem, BENK_ERROR, BENK_ERROR_PERMISSION);
  set_text (self, &self->broken, event->problem != NULL ? event->problem->message : NULL,
            PROP_PROBLEM);
  g_object_thaw_notify (G_OBJECT (self));
}

void
benk_bench_device_leave (BenkBenchDevice *self)
{
  self->gone = TRUE;
  self->barred = FALSE;
  set_text (self, &self->broken, _ ("Unplugged."), PROP_PROBLEM);
}

gboolean
benk_bench_device_is_gone (BenkBenchDevice *self)
{
  return self->gone;
}

static void
take_identity (BenkBenchDevice *self, const BenkJobResult *result)
{
  const BenkMds *mds = &result->mds;

  self->identified = TRUE;
  if (mds->serial != NULL)
    set_text (self, &self->serial, mds->serial, PROP_SERIAL);
  if (mds->model != NULL && *mds->model != '\0')
    set_text (self, &self->label, mds->model, PROP_LABEL);
  set_text (self, &self->firmware, mds->firmware, PROP_FIRMWARE);
  self->battery = mds->battery <= 100 ? mds->battery : -1;
  notify (self, PROP_BATTERY);
  self->on_mains = mds->has_power && (mds->power & BENK_POWER_MAINS) != 0;
  notify (self, PROP_ON_MAINS);
  if (result->clock_drift_s != G_MININT64 || result->clock_set)
    self->clock_drift_ms = result->clock_set ? 0 : result->clock_drift_s * 1000;
  notify (self, PROP_CLOCK_DRIFT_MS);
  self->link_kind = result->link_kind;
  if (result->simulated && self->link_kind == BENK_LINK_KIND_USB)
    self->link_kind = BENK_LINK_KIND_SIMULATED;
  notify (self, PROP_LINK_KIND);
  notify (self, PROP_SIMULATED);
  self->extension = result->extension;
  if (result->log_entries >= 0)
    self->log_entries = result->log_entries;
  notify (self, PROP_LOG_ENTRIES);
  if (result->set_id_known)
    {
      g_autofree char *status = benk_bench_describe_status (result);

      self->clock_unset = (result->status & BENK_EXT_STATUS_CLOCK_UNSET) != 0;
      set_text (self, &self->status, status, PROP_STATUS);
    }
}

/** benk_bench_device_take_result: what a job has read, whatever it came to */
void
benk_bench_device_take_result (BenkBenchDevice *self, const BenkJobResult *result)
{
  g_autofree char *broken = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (result->mds.has_system_id)
    {
      take_identity (self, result);
      if (result->outcome == BENK_JOB_VERIFIED)
        self->n_dose_times = result->dose_times;
      set_text (self, &self->read_only, result->extension_reason, PROP_PROBLEM);
    }
  else if (!self->identified)
    broken = g_strdup_printf (_ ("Could not be read: %s"),
                              result->reason != NULL ? result->reason : "");
  if (!self->gone)
    set_text (self, &self->broken, broken, PROP_PROBLEM);
  g_object_thaw_notify (G_OBJECT (self));
}

/** benk_bench_device_set_card: @trouble: (nullable): why there is none, in words */
void
benk_bench_device_set_card (BenkBenchDevice *self, BenkDevice *card, const char *trouble)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_set_object (&self->card, card);
  if (card != NULL)
    set_text (self, &self->model_id, benk_device_get_model_id (card), PROP_MODEL_ID);
  set_text (self, &self->unknown, trouble, PROP_PROBLEM);
  notify (self, PROP_STATE_LABEL);
  g_object_thaw_notify (G_OBJECT (self));
}

/** benk_bench_device_set_news: what an earlier run came to, known only now */
void
benk_bench_device_set_news (BenkBenchDevice *self, const char *news)
{
  set_text (self, &self->news, news, PROP_PROBLEM);
}

void
benk_bench_device_set_job (BenkBenchDevice *self, BenkBenchJob *job)
{
  if (g_set_object (&self->job, job))
    notify (self, PROP_JOB);
}

gboolean
benk_bench_device_is_simulated (BenkBenchDevice *self)
{
  return self->link_kind == BENK_LINK_KIND_SIMULATED;
}

gboolean
benk_bench_device_is_identified (BenkBenchDevice *self)
{
  return self->identified;
}

/** benk_bench_device_set_reading: while it is asked who it is, unasked */
void
benk_bench_device_set_reading (BenkBenchDevice *self, gboolean reading)
{
  self->reading = reading;
}

gboolean
benk_bench_device_is_reading (BenkBenchDevice *self)
{
  return self->reading;
}

/** benk_bench_device_get_card: Returns: (transfer none) (nullable): its card, as it was
 * found last */
BenkDevice *
benk_bench_device_get_card (BenkBenchDevice *self)
{
  return self->card;
}

/** benk_bench_device_get_bus_path: Returns: where it is plugged in */
const char *
benk_bench_device_get_bus_path (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->bus_path;
}

/** benk_bench_device_get_serial: Returns: (nullable): the serial it tells */
const char *
benk_bench_device_get_serial (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->serial;
}

/** benk_bench_device_get_model_id: Returns: (nullable): its make, from its card */
const char *
benk_bench_device_get_model_id (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->model_id;
}

/** benk_bench_device_get_label: Returns: what it calls itself */
const char *
benk_bench_device_get_label (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->label;
}

/** benk_bench_device_get_firmware: Returns: (nullable): its firmware */
const char *
benk_bench_device_get_firmware (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->firmware;
}

/** benk_bench_device_get_battery: Returns: percent, -1 when it does not tell */
int
benk_bench_device_get_battery (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), -1);

  return self->battery;
}

/** benk_bench_device_get_on_mains: Returns: whether it says it is on mains */
gboolean
benk_bench_device_get_on_mains (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), FALSE);

  return self->on_mains;
}

/** benk_bench_device_get_clock_drift_ms: Returns: its clock minus ours, or unknown */
gint64
benk_bench_device_get_clock_drift_ms (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), BENK_CLOCK_DRIFT_UNKNOWN);

  return self->clock_drift_ms;
}

/** benk_bench_device_get_n_dose_times: Returns: dose times of the plan in force */
guint
benk_bench_device_get_n_dose_times (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), 0);

  return self->n_dose_times;
}

/** benk_bench_device_get_link_kind: Returns: how what it says is known */
BenkLinkKind
benk_bench_device_get_link_kind (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), BENK_LINK_KIND_SIMULATED);

  return self->link_kind;
}

/** benk_bench_device_has_extension: Returns: whether it can be written */
gboolean
benk_bench_device_has_extension (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), FALSE);

  return self->extension;
}

/** benk_bench_device_get_card_id: Returns: (transfer none): its card, or nil */
const BenkId *
benk_bench_device_get_card_id (BenkBenchDevice *self)
{
  static const BenkId nil = { { 0 } };

  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->card != NULL ? benk_device_get_id (self->card) : &nil;
}

/** benk_bench_device_get_state_label: Returns: (nullable): state of its card, in words */
const char *
benk_bench_device_get_state_label (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->card != NULL ? benk_device_describe_state (self->card) : NULL;
}

/** benk_bench_device_get_problem: Returns: (nullable): the gravest thing, in words */
const char *
benk_bench_device_get_problem (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  if (self->broken != NULL)
    return self->broken;
  if (self->news != NULL)
    return self->news;
  return self->unknown != NULL ? self->unknown : self->read_only;
}

/**
 * benk_bench_device_get_trouble:
 * @self: a device
 *
 * Returns: what kind of thing benk_bench_device_get_problem() tells of
 */
BenkBenchTrouble
benk_bench_device_get_trouble (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), BENK_BENCH_TROUBLE_NONE);

  if (self->gone)
    return BENK_BENCH_TROUBLE_GONE;
  if (self->broken != NULL)
    return self->barred ? BENK_BENCH_TROUBLE_PERMISSION : BENK_BENCH_TROUBLE_BROKEN;
  if (self->news != NULL)
    return BENK_BENCH_TROUBLE_NEWS;
  if (self->unknown != NULL)
    return BENK_BENCH_TROUBLE_NO_CARD;
  return self->read_only != NULL ? BENK_BENCH_TROUBLE_READ_ONLY : BENK_BENCH_TROUBLE_NONE;
}

/** benk_bench_device_get_log_entries: Returns: of its dose log, -1 when unknown */
gint64
benk_bench_device_get_log_entries (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), -1);

  return self->log_entries;
}

/** benk_bench_device_is_clock_unset: Returns: whether it says its clock is not set */
gboolean
benk_bench_device_is_clock_unset (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), FALSE);

  return self->clock_unset;
}

/** benk_bench_device_get_status: Returns: (nullable): what is unusual with it, in words
 */
const char *
benk_bench_device_get_status (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->status;
}

/** benk_bench_device_get_job: Returns: (transfer none) (nullable): the newest job */
BenkBenchJob *
benk_bench_device_get_job (BenkBenchDevice *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  return self->job;
}
