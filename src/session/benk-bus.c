/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bus-private.h"

#include "benk-bus-station-private.h"
#include "benk-error.h"
#include "benk-usb-watch.h"

#include <glib/gi18n.h>

/* Events told in one go: so many take well under a frame. */
#define MAX_BATCH 16

struct _BenkBus
{
  GObject parent_instance;

  BenkClock *clock;

  /* Main thread. */
  BenkBusFunc func;
  gpointer func_data;
  GMainContext *main_context;
  GThread *thread;

  /* Both. */
  GMainContext *context; /* of the bus thread */
  GAsyncQueue *events;   /* BenkBusEvent, on their way to the main thread */
  GSource *flush;        /* ready while there are events */

  /* Bus thread. */
  gboolean quit;
  BenkUsbWatch *watch;
  GPtrArray *stations;
  guint last_station;
};

G_DEFINE_FINAL_TYPE (BenkBus, benk_bus, G_TYPE_OBJECT)

/* --- crossing to the main thread, a batch at a time --- */

static gboolean
flush (gpointer user_data)
{
  g_autoptr (BenkBus) self = g_object_ref (BENK_BUS (user_data));
  BenkBusEvent *event;

  g_source_set_ready_time (self->flush, -1);
  for (guint i = 0; i < MAX_BATCH; i++)
    {
      event = g_async_queue_try_pop (self->events);
      if (event == NULL)
        return G_SOURCE_CONTINUE;
      if (self->func != NULL)
        self->func (event, self->func_data);
      benk_bus_event_free (event);
    }
  /* The window gets its turn before the rest. */
  g_source_set_ready_time (self->flush, 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_flush (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs flush_funcs = {
  .dispatch = dispatch_flush,
};

static void
tell (BenkBus *self, BenkBusEvent *event)
{
  g_async_queue_push (self->events, event);
  g_source_set_ready_time (self->flush, 0);
}

static void
on_station (BenkStation *station, BenkBusEvent *event, gpointer user_data)
{
  tell (user_data, event);
}

/* --- bus thread --- */

static BenkStation *
find_station (BenkBus *self, guint id)
{
  for (guint i = 0; i < self->stations->len; i++)
    {
      BenkStation *station = g_ptr_array_index (self->stations, i);

      if (benk_station_get_id (station) == id)
        return station;
    }
  return NULL;
}

static void
tell_item (BenkBus *self,
           BenkBusEventKind kind,
           BenkUsbDevice *device,
           gboolean healthcare)
{
  BenkBusEvent *event = g_new0 (BenkBusEvent, 1);

  event->kind = kind;
  event->link_kind = BENK_LINK_KIND_USB;
  event->bus_path = g_strdup (benk_usb_device_get_bus_path (device));
  event->vendor_id = benk_usb_device_get_vendor_id (device);
  event->product_id = benk_usb_device_get_product_id (device);
  event->usb_serial = g_strdup (benk_usb_device_get_serial (device));
  event->label = g_strdup (benk_usb_device_get_product (device));
  event->healthcare = healthcare;
  tell (self, event);
}

static void
on_other_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, BenkBus *self)
{
  tell_item (self, BENK_BUS_ITEM_ARRIVED, device, FALSE);
}

static void
on_other_left (BenkUsbWatch *watch, BenkUsbDevice *device, BenkBus *self)
{
  tell_item (self, BENK_BUS_ITEM_LEFT, device, FALSE);
}

static void
on_usb_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, BenkBus *self)
{
  BenkStation *station = NULL;

  tell_item (self, BENK_BUS_ITEM_ARRIVED, device, TRUE);
  for (guint i = 0; i < self->stations->len && station == NULL; i++)
    if (benk_station_may_be (g_ptr_array_index (self->stations, i), device))
      station = g_ptr_array_index (self->stations, i);
  if (station == NULL)
    {
      station = benk_station_new_usb (++self->last_station, self->clock, device,
                                      on_station, self);
      g_ptr_array_add (self->stations, station);
    }
  benk_station_arrive (station, device);
}

static void
on_usb_left (BenkUsbWatch *watch, BenkUsbDevice *device, BenkBus *self)
{
  tell_item (self, BENK_BUS_ITEM_LEFT, device, TRUE);
  for (guint i = 0; i < self->stations->len; i++)
    {
      BenkStation *station = g_ptr_array_index (self->stations, i);

      if (benk_station_has_usb (station, device))
        benk_station_leave (station);
    }
}

static void
tell_bare (BenkBus *self, BenkBusEventKind kind)
{
  BenkBusEvent *event = g_new0 (BenkBusEvent, 1);

  event->kind = kind;
  tell (self, event);
}

static void
on_usb_settled (BenkUsbWatch *watch, BenkBus *self)
{
  tell_bare (self, BENK_BUS_SETTLED);
}

static void
tell_failed (BenkBus *self, GError *error)
{
  BenkBusEvent *event = g_new0 (BenkBusEvent, 1);

  event->kind = BENK_BUS_FAILED;
  event->problem = error;
  tell (self, event);
  on_usb_settled (NULL, self);
}

static void
start_usb (BenkBus *self)
{
  GError *error = NULL;

  if (self->watch != NULL)
    return;
  self->watch = benk_usb_watch_new (self->clock, BENK_USB_WATCH_NONE, &error);
  if (self->watch == NULL)
    {
      tell_failed (self, error);
      return;
    }
  g_signal_connect (self->watch, "arrived", G_CALLBACK (on_usb_arrived), self);
  g_signal_connect (self->watch, "left", G_CALLBACK (on_usb_left), self);
  g_signal_connect (self->watch, "other-arrived", G_CALLBACK (on_other_arrived), self);
  g_signal_connect (self->watch, "other-left", G_CALLBACK (on_other_left), self);
  g_signal_connect (self->watch, "settled", G_CALLBACK (on_usb_settled), self);
  benk_usb_watch_start (self->watch);
  if (benk_usb_watch_is_polling (self->watch))
    tell_bare (self, BENK_BUS_LOOKING);
}

static gpointer
run_thread (gpointer data)
{
  BenkBus *self = data;

  g_main_context_push_thread_default (self->context);
  while (!self->quit)
    g_main_context_iteration (self->context, TRUE);

  g_ptr_array_set_size (self->stations, 0);
  if (self->watch != NULL)
    {
      benk_usb_watch_stop (self->watch);
      while (benk_usb_watch_is_busy (self->watch))
        g_main_context_iteration (self->context, TRUE);
    }
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->watch);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* --- calls of the main thread, run in the bus thread --- */

typedef struct
{
  BenkBus *bus;
  guint station;
  BenkBusRequest *request;
} Call;

static void
call_free (Call *call)
{
  g_clear_pointer (&call->request, benk_bus_request_free);
  g_free (call);
}

static void
invoke (BenkBus *self, GSourceFunc func, guint station, BenkBusRequest *request)
{
  Call *call = g_new0 (Call, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  call->bus = self;
  call->station = station;
  call->request = request;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, call, (GDestroyNotify) call_free);
  g_source_attach (source, self->context);
}

static gboolean
do_start_usb (gpointer data)
{
  start_usb (((Call *) data)->bus);
  return G_SOURCE_REMOVE;
}

static gboolean
do_run (gpointer data)
{
  Call *call = data;
  BenkStation *station = find_station (call->bus, call->station);

  if (station != NULL)
    benk_station_run (station, g_steal_pointer (&call->request));
  return G_SOURCE_REMOVE;
}

static gboolean
do_cancel (gpointer data)
{
  Call *call = data;
  BenkStation *station = find_station (call->bus, call->station);

  if (station != NULL)
    benk_station_cancel (station);
  return G_SOURCE_REMOVE;
}

static gboolean
do_quit (gpointer data)
{
  ((Call *) data)->bus->quit = TRUE;
  return G_SOURCE_REMOVE;
}

/* A simulated dispenser to plug in, owned. */
typedef struct
{
  BenkBus *bus;
  GTask *task;
  char *model_id;
  char *serial;
  char *state_dir;
  char *fault;
  gboolean done;
} PlugCall;

static BenkStation *
find_virtual (BenkBus *self, BenkVirtualDispenser *dispenser)
{
  for (guint i = 0; i < self->stations->len; i++)
    {
      BenkStation *station = g_ptr_array_index (self->stations, i);
      BenkVirtualDispenser *other = benk_station_get_dispenser (station);

      if (other != NULL &&
          g_str_equal (benk_virtual_dispenser_get_model_id (other),
                       benk_virtual_dispenser_get_model_id (dispenser)) &&
          g_str_equal (benk_virtual_dispenser_get_serial (other),
                       benk_virtual_dispenser_get_serial (dispenser)))
        return station;
    }
  return NULL;
}

/* The fault is tried on now, so that a wrong name is told at once. */
static gboolean
plug (PlugCall *call, GError **error)
{
  BenkBus *self = call->bus;
  BenkStation *station;
  g_autoptr (BenkVirtualDispenser) dispenser =
    benk_virtual_dispenser_new (call->model_id, call->serial, self->clock,
                                call->state_dir, error);

  if (dispenser == NULL ||
      !benk_virtual_dispenser_set_fault (dispenser, call->fault, error) ||
      !benk_virtual_dispenser_set_fault (dispenser, NULL, error))
    return FALSE;

  station = find_virtual (self, dispenser);
  if (station == NULL)
    {
      station = benk_station_new_virtual (++self->last_station, self->clock, dispenser,
                                          on_station, self);
      g_ptr_array_add (self->stations, station);
    }
  benk_station_set_fault (station, call->fault);
  benk_virtual_dispenser_plug (benk_station_get_dispenser (station));
  return TRUE;
}

static gboolean
do_plug (gpointer data)
{
  PlugCall *call = data;
  GError *error = NULL;

  call->done = TRUE;
  if (plug (call, &error))
    g_task_return_boolean (call->task, TRUE);
  else
    g_task_return_error (call->task, error);
  return G_SOURCE_REMOVE;
}

/* Also when the bus stops before its turn comes. */
static void
plug_call_free (gpointer data)
{
  PlugCall *self = data;

  if (!self->done)
    g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "the bus has stopped");
  g_object_unref (self->task);
  g_free (self->model_id);
  g_free (self->serial);
  g_free (self->state_dir);
  g_free (self->fault);
  g_free (self);
}

static void
benk_bus_dispose (GObject *object)
{
  benk_bus_stop (BENK_BUS (object));
  G_OBJECT_CLASS (benk_bus_parent_class)->dispose (object);
}

static void
benk_bus_finalize (GObject *object)
{
  BenkBus *self = BENK_BUS (object);

  g_source_unref (self->flush);
  g_async_queue_unref (self->events);
  g_ptr_array_unref (self->stations);
  g_main_context_unref (self->context);
  g_main_context_unref (self->main_context);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_bus_parent_class)->finalize (object);
}

static void
benk_bus_class_init (BenkBusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_bus_dispose;
  object_class->finalize = benk_bus_finalize;
}

static void
benk_bus_init (BenkBus *self)
{
  self->context = g_main_context_new ();
  self->main_context = g_main_context_ref_thread_default ();
  self->flush = g_source_new (&flush_funcs, sizeof (GSource));
  g_source_set_callback (self->flush, flush, self, NULL);
  g_source_attach (self->flush, self->main_context);
  self->events = g_async_queue_new_full ((GDestroyNotify) benk_bus_event_free);
  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_station_free);
}

/**
 * benk_bus_new:
 * @clock: a clock that may be used from any thread
 * @func: told of everything in the main context of the caller
 * @user_data: given to @func
 *
 * Starts the bus thread: open, transfers, associations and jobs live there.
 *
 * Returns: (transfer full): the bus, without USB yet
 */
BenkBus *
benk_bus_new (BenkClock *clock, BenkBusFunc func, gpointer user_data)
{
  BenkBus *self = g_object_new (BENK_TYPE_BUS, NULL);

  self->clock = g_object_ref (clock);
  self->func = func;
  self->func_data = user_data;
  self->thread = g_thread_new ("bus", run_thread, self);
  return self;
}

/**
 * benk_bus_start_usb:
 * @self: a bus
 *
 * Begins to watch USB. When that cannot be, the bus says so and goes on without.
 */
void
benk_bus_start_usb (BenkBus *self)
{
  g_return_if_fail (BENK_IS_BUS (self));

  invoke (self, do_start_usb, 0, NULL);
}

/**
 * benk_bus_plug_virtual:
 * @self: a bus
 * @model_id: a make that can be simulated
 * @serial: (nullable): its serial, %NULL = the model's own
 * @state_dir: (nullable) (type filename): where its memory is kept
 * @fault: (nullable): what goes wrong, from the first job that somebody asks for
 * @task: (transfer full): returns whether it is plugged in
 *
 * Plugs a simulated dispenser in; one that was here before comes back.
 */
void
benk_bus_plug_virtual (BenkBus *self,
                       const char *model_id,
                       const char *serial,
                       const char *state_dir,
                       const char *fault,
                       GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  PlugCall *call;

  g_return_if_fail (BENK_IS_BUS (self));

  call = g_new0 (PlugCall, 1);
  call->bus = self;
  call->task = task;
  call->model_id = g_strdup (model_id);
  call->serial = g_strdup (serial);
  call->state_dir = g_strdup (state_dir);
  call->fault = g_strdup (fault);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, do_plug, call, plug_call_free);
  g_source_attach (source, self->context);
}

/**
 * benk_bus_run:
 * @self: a bus
 * @station: a device that has arrived
 * @request: (transfer full): what to do
 *
 * Runs a job when those before it on the same device have ended.
 */
void
benk_bus_run (BenkBus *self, guint station, BenkBusRequest *request)
{
  g_return_if_fail (BENK_IS_BUS (self));

  invoke (self, do_run, station, request);
}

/**
 * benk_bus_cancel:
 * @self: a bus
 * @station: a device with a job under way
 */
void
benk_bus_cancel (BenkBus *self, guint station)
{
  g_return_if_fail (BENK_IS_BUS (self));

  invoke (self, do_cancel, station, NULL);
}

/**
 * benk_bus_stop:
 * @self: a bus
 *
 * Closes everything and ends the bus thread; tells nothing more.
 */
void
benk_bus_stop (BenkBus *self)
{
  g_return_if_fail (BENK_IS_BUS (self));

  self->func = NULL;
  g_source_destroy (self->flush);
  if (self->thread == NULL)
    return;
  invoke (self, do_quit, 0, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
}
