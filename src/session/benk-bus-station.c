/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bus-station-private.h"

#include "benk-error.h"
#include "benk-serial.h"
#include "benk-recording.h"
#include "benk-usb-link.h"
#include "benk-virtual-link.h"

#include <glib/gi18n.h>

struct _BenkStation
{
  guint id;
  BenkClock *clock;
  BenkStationFunc func;
  gpointer func_data;

  BenkUsbDevice *usb; /* while plugged in; the path and serial stay */
  char *bus_path;
  char *usb_serial;
  gboolean simulated; /* what is or ever was here */
  BenkVirtualDispenser *dispenser;
  char *fault;

  GQueue requests; /* BenkBusRequest; the head is under way while there is a runner */
  BenkJobRunner *runner;
  BenkRecorder *recorder; /* of a job that somebody asked for */
  GSource *clean_up;
};

static void run_next (BenkStation *self);

static BenkLinkKind
get_link_kind (const BenkStation *self)
{
  return self->simulated ? BENK_LINK_KIND_SIMULATED : BENK_LINK_KIND_USB;
}

static BenkBusEvent *
new_event (BenkStation *self, BenkBusEventKind kind)
{
  BenkBusEvent *event = g_new0 (BenkBusEvent, 1);

  event->kind = kind;
  event->station = self->id;
  event->link_kind = get_link_kind (self);
  return event;
}

static void
tell (BenkStation *self, BenkBusEvent *event)
{
  self->func (self, event, self->func_data);
}

static BenkLink *
make_bare_link (BenkStation *self)
{
  if (self->dispenser != NULL)
    return benk_virtual_dispenser_get_attached (self->dispenser)
             ? benk_virtual_link_new (self->dispenser)
             : NULL;
  return self->usb != NULL ? benk_usb_link_new (self->usb) : NULL;
}

static BenkLink *
make_link (gpointer user_data)
{
  BenkStation *self = user_data;
  BenkLink *link = make_bare_link (self);

  if (link != NULL && self->recorder != NULL)
    benk_recorder_attach (self->recorder, link);
  return link;
}

static BenkRecordingConfirm
judge_confirm (const BenkBusRequest *request)
{
  g_autofree char *typed = NULL;
  g_autofree char *wanted = NULL;

  if (request->confirm == NULL || request->serial == NULL)
    return BENK_RECORDING_CONFIRM_NOTHING;
  typed = benk_serial_normalise (request->confirm);
  wanted = benk_serial_normalise (request->serial);
  return g_str_equal (typed, wanted) ? BENK_RECORDING_CONFIRM_RIGHT
                                     : BENK_RECORDING_CONFIRM_OTHER;
}

static void
start_recording (BenkStation *self, const BenkBusRequest *request)
{
  g_clear_object (&self->recorder);
  if (request->automatic)
    return;
  self->recorder = benk_recorder_new (self->clock, &request->setup, request->zone,
                                      judge_confirm (request));
  if (request->stream != NULL)
    benk_recorder_set_stream (self->recorder, request->stream);
}

static void
end_recording (BenkStation *self, BenkBusEvent *event)
{
  const GError *error;

  if (self->recorder == NULL)
    return;
  benk_recorder_end (self->recorder,
                     benk_job_get_result (benk_job_runner_get_job (self->runner)));
  error = benk_recorder_get_error (self->recorder);
  event->dialogue = g_strdup (benk_recorder_get_text (self->recorder));
  event->dialogue_problem = error != NULL ? g_strdup (error->message) : NULL;
  g_clear_object (&self->recorder);
}

static void
fill_step (BenkBusEvent *event, const BenkJob *job, guint index)
{
  const BenkJobStep *step = benk_job_get_step (job, index);

  event->step = index;
  event->n_steps = benk_job_get_n_steps (job);
  event->step_id = step->id;
  event->step_label = step->label;
  event->step_state = step->state;
  event->detail = g_strdup (step->detail);
}

static void
tell_step (BenkStation *self, guint index)
{
  const BenkBusRequest *request = g_queue_peek_head (&self->requests);
  BenkBusEvent *event = new_event (self, BENK_BUS_STEP);

  event->job = request->id;
  fill_step (event, benk_job_runner_get_job (self->runner), index);
  tell (self, event);
}

static void
on_step (BenkJobRunner *runner, guint index, BenkStation *self)
{
  tell_step (self, index);
}

/* What was typed before the start answers here; the job compares it with the serial that
 * the device tells. */
static void
on_confirm (BenkJobRunner *runner, const char *serial, BenkStation *self)
{
  const BenkBusRequest *request = g_queue_peek_head (&self->requests);

  if (request->confirm != NULL)
    benk_job_runner_confirm (runner, request->confirm);
  else
    benk_job_runner_cancel (runner);
}

static gboolean
on_clean_up (gpointer user_data)
{
  BenkStation *self = user_data;

  g_clear_pointer (&self->clean_up, g_source_unref);
  g_clear_object (&self->runner);
  run_next (self);
  return G_SOURCE_REMOVE;
}

/* A device that never said a word was not unplugged: the link knows better why. */
static BenkJobResult *
copy_result (BenkStation *self)
{
  BenkJobResult *result =
    benk_bus_result_copy (benk_job_get_result (benk_job_runner_get_job (self->runner)));
  const GError *loss = benk_job_runner_get_loss (self->runner);

  if (loss != NULL && (result->reason == NULL || !result->mds.has_system_id))
    {
      g_free (result->reason);
      result->reason = g_strdup (loss->message);
    }
  return result;
}

static void
on_finished (BenkJobRunner *runner, BenkStation *self)
{
  BenkBusRequest *request = g_queue_pop_head (&self->requests);
  BenkBusEvent *event = new_event (self, BENK_BUS_FINISHED);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  event->job = request->id;
  event->result = copy_result (self);
  end_recording (self, event);
  benk_bus_request_free (request);
  g_signal_handlers_disconnect_by_data (runner, self);

  /* Not from within the runner. */
  self->clean_up = g_idle_source_new ();
  g_source_set_callback (self->clean_up, on_clean_up, self, NULL);
  g_source_attach (self->clean_up, context);
  tell (self, event);
}

static void
run_next (BenkStation *self)
{
  BenkBusRequest *request = g_queue_peek_head (&self->requests);

  if (request == NULL || self->runner != NULL)
    return;

  request->setup.serial = request->serial;
  request->setup.plan = request->has_plan ? &request->plan : NULL;
  request->setup.salt = request->salt;
  request->setup.models = request->models;
  request->setup.link_kind = get_link_kind (self);
  /* Nobody plugs a simulated dispenser in again by hand. */
  request->setup.reattach_ms = self->dispenser != NULL ? 0 : BENK_JOB_REATTACH_MS;
  if (!request->automatic && self->fault != NULL)
    {
      benk_virtual_dispenser_set_fault (self->dispenser, self->fault, NULL);
      g_clear_pointer (&self->fault, g_free);
    }

  start_recording (self, request);
  self->runner =
    benk_job_runner_new (self->clock, &request->setup, request->zone, make_link, self);
  g_signal_connect (self->runner, "step", G_CALLBACK (on_step), self);
  g_signal_connect (self->runner, "confirm", G_CALLBACK (on_confirm), self);
  g_signal_connect (self->runner, "finished", G_CALLBACK (on_finished), self);
  for (guint i = 0; i < benk_job_get_n_steps (benk_job_runner_get_job (self->runner));
       i++)
    tell_step (self, i);
  benk_job_runner_start (self->runner);
}

static void
tell_arrival (BenkStation *self)
{
  BenkBusEvent *event = new_event (self, BENK_BUS_ARRIVED);

  event->bus_path = g_strdup (self->bus_path);
  event->usb_serial = g_strdup (self->usb_serial);
  if (self->dispenser != NULL)
    {
      event->label = g_strdup (benk_virtual_dispenser_get_name (self->dispenser));
      event->model_id = g_strdup (benk_virtual_dispenser_get_model_id (self->dispenser));
    }
  else
    {
      const GError *problem = benk_usb_device_get_error (self->usb);

      event->label = g_strdup (benk_usb_device_get_product (self->usb));
      event->problem = problem != NULL ? g_error_copy (problem) : NULL;
    }
  tell (self, event);
}

static void
on_attached (BenkVirtualDispenser *dispenser, BenkStation *self)
{
  benk_station_arrive (self, NULL);
}

static void
on_detached (BenkVirtualDispenser *dispenser, BenkStation *self)
{
  benk_station_leave (self);
}

static BenkStation *
new_station (guint id, BenkClock *clock, BenkStationFunc func, gpointer user_data)
{
  BenkStation *self = g_new0 (BenkStation, 1);

  self->id = id;
  self->clock = g_object_ref (clock);
  self->func = func;
  self->func_data = user_data;
  g_queue_init (&self->requests);
  return self;
}

/** benk_station_new_usb: Returns: (transfer full): a station that has not arrived */
BenkStation *
benk_station_new_usb (guint id,
                      BenkClock *clock,
                      BenkUsbDevice *device,
                      BenkStationFunc func,
                      gpointer user_data)
{
  BenkStation *self = new_station (id, clock, func, user_data);

  self->bus_path = g_strdup (benk_usb_device_get_bus_path (device));
  self->usb_serial = g_strdup (benk_usb_device_get_serial (device));
  return self;
}

/** benk_station_new_virtual: Returns: (transfer full): a station; it follows @dispenser
 */
BenkStation *
benk_station_new_virtual (guint id,
                          BenkClock *clock,
                          BenkVirtualDispenser *dispenser,
                          BenkStationFunc func,
                          gpointer user_data)
{
  BenkStation *self = new_station (id, clock, func, user_data);

  self->dispenser = g_object_ref (dispenser);
  self->simulated = TRUE;
  self->bus_path =
    g_strdup_printf ("virtual:%s:%s", benk_virtual_dispenser_get_model_id (dispenser),
                     benk_virtual_dispenser_get_serial (dispenser));
  self->usb_serial = g_strdup (benk_virtual_dispenser_get_serial (dispenser));
  g_signal_connect (dispenser, "attached", G_CALLBACK (on_attached), self);
  g_signal_connect (dispenser, "detached", G_CALLBACK (on_detached), self);
  return self;
}

/** benk_station_free: drops a job that is under way without a word */
void
benk_station_free (BenkStation *self)
{
  if (self->runner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runner, self);
      benk_job_runner_stop (self->runner);
      g_clear_object (&self->runner);
    }
  if (self->clean_up != NULL)
    {
      g_source_destroy (self->clean_up);
      g_clear_pointer (&self->clean_up, g_source_unref);
    }
  g_queue_clear_full (&self->requests, (GDestroyNotify) benk_bus_request_free);
  if (self->dispenser != NULL)
    g_signal_handlers_disconnect_by_data (self->dispenser, self);
  g_clear_object (&self->dispenser);
  g_clear_object (&self->recorder);
  g_clear_object (&self->usb);
  g_clear_object (&self->clock);
  g_free (self->bus_path);
  g_free (self->usb_serial);
  g_free (self->fault);
  g_free (self);
}

guint
benk_station_get_id (const BenkStation *self)
{
  return self->id;
}

/** benk_station_is_idle: Returns: whether no job runs or waits */
gboolean
benk_station_is_idle (const BenkStation *self)
{
  return self->runner == NULL && g_queue_is_empty ((GQueue *) &self->requests);
}

/** benk_station_has_usb: Returns: whether @device is plugged in here */
gboolean
benk_station_has_usb (const BenkStation *self, BenkUsbDevice *device)
{
  return self->usb == device;
}

/**
 * benk_station_may_be:
 *
 * Returns: whether @device may be the one that left from here: in the same socket, or
 * with the same serial. A job asks the device itself who it is.
 */
gboolean
benk_station_may_be (const BenkStation *self, BenkUsbDevice *device)
{
  const char *serial = benk_usb_device_get_serial (device);

  if (self->dispenser != NULL || self->usb != NULL)
    return FALSE;
  if (self->usb_serial != NULL && serial != NULL)
    return g_str_equal (self->usb_serial, serial);
  return g_strcmp0 (self->bus_path, benk_usb_device_get_bus_path (device)) == 0;
}

BenkVirtualDispenser *
benk_station_get_dispenser (const BenkStation *self)
{
  return self->dispenser;
}

/** benk_station_arrive: @device: (nullable): what is plugged in, %NULL for a simulated
 * one */
void
benk_station_arrive (BenkStation *self, BenkUsbDevice *device)
{
  if (device != NULL)
    {
      g_set_object (&self->usb, device);
      self->simulated |= benk_usb_device_is_simulated (device);
      g_free (self->bus_path);
      self->bus_path = g_strdup (benk_usb_device_get_bus_path (device));
    }
  tell_arrival (self);
  if (self->runner != NULL)
    benk_job_runner_attached (self->runner);
}

void
benk_station_leave (BenkStation *self)
{
  g_clear_object (&self->usb);
  tell (self, new_event (self, BENK_BUS_LEFT));
}

/** benk_station_set_fault: of a simulated one; counts from the next job somebody asks for
 */
void
benk_station_set_fault (BenkStation *self, const char *fault)
{
  g_free (self->fault);
  self->fault = g_strdup (fault);
}

/** benk_station_run: @request: (transfer full): runs when those before it have ended */
void
benk_station_run (BenkStation *self, BenkBusRequest *request)
{
  g_queue_push_tail (&self->requests, request);
  run_next (self);
}

void
benk_station_cancel (BenkStation *self)
{
  if (self->runner == NULL)
    return;
  if (self->recorder != NULL)
    benk_recorder_note_cancel (self->recorder);
  benk_job_runner_cancel (self->runner);
}
