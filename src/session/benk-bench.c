/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include "benk-bench-job-private.h"
#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-usb-item-private.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BenkBench
{
  GObject parent_instance;

  BenkSession *session; /* weak: the session owns the bench */
  gulong changed_handler;
  BenkStore *store;
  BenkBus *bus;
  BenkUsbItems *items;
  GListStore *devices;
  GHashTable *works; /* number of the job → BenkBenchWork */
  guint last_job;
  GOutputStream *record; /* of the next job that is asked for */

  gboolean usb_started;
  gboolean usb_settled;
  gboolean usb_looking;
  char *usb_problem;
  guint n_busy; /* unasked readings and searches */
  GPtrArray *settling;
};

enum
{
  USB_CHANGED,
  CARD_PLUGGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkBench, benk_bench, G_TYPE_OBJECT)

/* --- what is plugged in --- */

static BenkBenchDevice *
find_device (BenkBench *self, guint station, guint *at)
{
  GListModel *list = G_LIST_MODEL (self->devices);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (list, i);

      if (benk_bench_device_get_station (device) != station)
        continue;
      if (at != NULL)
        *at = i;
      return device;
    }
  return NULL;
}

static void
maybe_settle (BenkBench *self)
{
  g_autoptr (GPtrArray) settling = NULL;

  if (!self->usb_settled || self->n_busy > 0 || self->settling->len == 0)
    return;
  settling = g_steal_pointer (&self->settling);
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < settling->len; i++)
    g_task_return_boolean (g_ptr_array_index (settling, i), TRUE);
}

void
benk_bench_begin_busy (BenkBench *self)
{
  self->n_busy++;
}

void
benk_bench_end_busy (BenkBench *self)
{
  self->n_busy--;
  maybe_settle (self);
}

/* One that left with a result stays on the page until somebody has read it. */
static void
maybe_remove (BenkBench *self, BenkBenchDevice *device, gboolean dismissed)
{
  BenkBenchJob *job = benk_bench_device_get_job (device);
  guint at;

  if (!benk_bench_device_is_gone (device) ||
      (job != NULL && (benk_bench_job_is_running (job) || !dismissed)))
    return;
  if (find_device (self, benk_bench_device_get_station (device), &at) == device)
    g_list_store_remove (self->devices, at);
}

static void
read_unasked (BenkBench *self, BenkBenchDevice *device)
{
  BenkBenchJob *job = benk_bench_device_get_job (device);
  BenkBenchWork *work;

  if (benk_bench_device_is_reading (device) ||
      (job != NULL && benk_bench_job_is_running (job)))
    return;
  benk_bench_device_set_reading (device, TRUE);
  benk_bench_begin_busy (self);
  work = benk_bench_work_new (self, device, BENK_RUN_KIND_READ);
  work->automatic = TRUE;
  benk_bench_work_run (work);
}

static void
take_arrival (BenkBench *self, const BenkBusEvent *event)
{
  g_autoptr (BenkBenchDevice) fresh = NULL;
  BenkBenchDevice *device = find_device (self, event->station, NULL);

  if (device == NULL)
    {
      device = fresh = benk_bench_device_new (event->station);
      benk_bench_device_arrive (device, event);
      g_list_store_append (self->devices, device);
    }
  else
    benk_bench_device_arrive (device, event);
  if (event->problem == NULL)
    read_unasked (self, device);
}

static void
take_leaving (BenkBench *self, const BenkBusEvent *event)
{
  BenkBenchDevice *device = find_device (self, event->station, NULL);

  if (device == NULL)
    return;
  benk_bench_device_leave (device);
  maybe_remove (self, device, FALSE);
}

static void
take_step (BenkBench *self, const BenkBusEvent *event)
{
  BenkBenchWork *work = g_hash_table_lookup (self->works, GUINT_TO_POINTER (event->job));

  if (work != NULL && !work->automatic)
    benk_bench_job_take_step (work->job, event);
}

static void
take_finish (BenkBench *self, const BenkBusEvent *event)
{
  gpointer key, value;

  if (!g_hash_table_steal_extended (self->works, GUINT_TO_POINTER (event->job), &key,
                                    &value))
    return;
  if (((BenkBenchWork *) value)->job != NULL)
    benk_bench_job_set_dialogue (((BenkBenchWork *) value)->job, event);
  benk_bench_work_finish (value, event->result);
}

static void
on_bus (const BenkBusEvent *event, gpointer user_data)
{
  BenkBench *self = BENK_BENCH (user_data);

  switch (event->kind)
    {
    case BENK_BUS_ARRIVED:
      take_arrival (self, event);
      break;
    case BENK_BUS_LEFT:
      take_leaving (self, event);
      break;
    case BENK_BUS_STEP:
      take_step (self, event);
      break;
    case BENK_BUS_FINISHED:
      take_finish (self, event);
      break;
    case BENK_BUS_FAILED:
      g_free (self->usb_problem);
      self->usb_problem = g_strdup (event->problem->message);
      g_signal_emit (self, signals[USB_CHANGED], 0);
      break;
    case BENK_BUS_ITEM_ARRIVED:
    case BENK_BUS_ITEM_LEFT:
      benk_usb_items_take (self->items, event);
      break;
    case BENK_BUS_LOOKING:
      self->usb_looking = TRUE;
      g_signal_emit (self, signals[USB_CHANGED], 0);
      break;
    case BENK_BUS_SETTLED:
      self->usb_settled = TRUE;
      g_signal_emit (self, signals[USB_CHANGED], 0);
      maybe_settle (self);
      break;
    default:
      break;
    }
}

BenkBus *
benk_bench_need_bus (BenkBench *self)
{
  if (self->bus == NULL)
    self->bus = benk_bus_new (benk_session_get_clock (self->session), on_bus, self);

  return self->bus;
}

/* --- for the work of a job --- */

BenkSession *
benk_bench_get_session (BenkBench *self)
{
  return self->session;
}

BenkUsbItems *
benk_bench_get_items (BenkBench *self)
{
  return self->items;
}

BenkBus *
benk_bench_get_bus (BenkBench *self)
{
  return self->bus;
}

/* Returns: (transfer full) (nullable) */
/* @stream: (transfer full) */
void
benk_bench_keep_record (BenkBench *self, GOutputStream *stream)
{
  g_clear_object (&self->record);
  self->record = stream;
}

GOutputStream *
benk_bench_take_record (BenkBench *self)
{
  return g_steal_pointer (&self->record);
}

guint
benk_bench_next_job (BenkBench *self)
{
  return ++self->last_job;
}

void
benk_bench_keep_work (BenkBench *self, BenkBenchWork *work)
{
  g_hash_table_insert (self->works, GUINT_TO_POINTER (work->id), work);
}

void
benk_bench_work_over (BenkBench *self, BenkBenchWork *work)
{
  if (work->automatic)
    {
      benk_bench_device_set_reading (work->device, FALSE);
      benk_bench_end_busy (self);
    }
  maybe_remove (self, work->device, FALSE);
}

/* A card may have been changed by anybody, or have been registered just now. */
static void
on_changed (BenkBench *self)
{
  GListModel *list = G_LIST_MODEL (self->devices);

  benk_usb_items_look_again (self->items);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (list, i);

      if (benk_bench_device_is_identified (device))
        benk_bench_find_card (self, device);
    }
}

static void
benk_bench_dispose (GObject *object)
{
  BenkBench *self = BENK_BENCH (object);

  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_handler, self->store);
  g_clear_object (&self->store);
  if (self->bus != NULL)
    benk_bus_stop (self->bus);
  g_clear_object (&self->bus);
  g_hash_table_remove_all (self->works);
  g_list_store_remove_all (self->devices);
  g_ptr_array_set_size (self->settling, 0);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (benk_bench_parent_class)->dispose (object);
}

static void
benk_bench_finalize (GObject *object)
{
  BenkBench *self = BENK_BENCH (object);

  g_hash_table_unref (self->works);
  g_clear_pointer (&self->items, benk_usb_items_free);
  g_clear_object (&self->devices);
  g_clear_object (&self->record);
  g_ptr_array_unref (self->settling);
  g_free (self->usb_problem);

  G_OBJECT_CLASS (benk_bench_parent_class)->finalize (object);
}

static void
benk_bench_class_init (BenkBenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_bench_dispose;
  object_class->finalize = benk_bench_finalize;

  /** BenkBench::usb-changed: whether and how USB can be used has become known */
  signals[USB_CHANGED] = g_signal_new ("usb-changed", BENK_TYPE_BENCH, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * BenkBench::card-plugged:
   * @self: the bench
   * @item: a #BenkUsbItem
   *
   * Something that is bound to a card was plugged in, so that the card can be opened.
   */
  signals[CARD_PLUGGED] =
    g_signal_new ("card-plugged", BENK_TYPE_BENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BENK_TYPE_USB_ITEM);
}

static void
benk_bench_init (BenkBench *self)
{
  self->devices = g_list_store_new (BENK_TYPE_BENCH_DEVICE);
  self->works =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) benk_bench_work_free);
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
}

/** benk_bench_new: Returns: (transfer full): the bench of @session, with nothing on it */
BenkBench *
benk_bench_new (BenkSession *session)
{
  BenkBench *self = g_object_new (BENK_TYPE_BENCH, NULL);

  g_set_weak_pointer (&self->session, session);
  self->store = g_object_ref (benk_session_get_store (session));
  self->items = benk_usb_items_new (self, session);
  self->changed_handler =
    g_signal_connect_swapped (self->store, "changed", G_CALLBACK (on_changed), self);
  return self;
}

/**
 * benk_bench_start:
 * @self: the bench
 * @error: return location for an error
 *
 * Begins to watch what is plugged in. Where USB cannot be used, simulated dispensers and
 * checklists still can; benk_bench_get_usb_problem() says why.
 *
 * Returns: %FALSE with %BENK_ERROR_DISCONNECTED once the session is closed
 */
gboolean
benk_bench_start (BenkBench *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), FALSE);

  if (self->session == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                           _ ("The store is closed."));
      return FALSE;
    }
  if (self->usb_started)
    return TRUE;
  self->usb_started = TRUE;
  benk_bus_start_usb (benk_bench_need_bus (self));
  return TRUE;
}

/** benk_bench_get_usb_problem: Returns: (nullable): why USB cannot be used, in words */
const char *
benk_bench_get_usb_problem (BenkBench *self)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);

  return self->usb_problem;
}

/**
 * benk_bench_knows_plugged:
 * @self: the bench
 *
 * Returns: whether what is plugged in was looked at, and USB can be used. Before that an
 * empty list says nothing.
 */
gboolean
benk_bench_knows_plugged (BenkBench *self)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), FALSE);

  return self->usb_settled && self->usb_problem == NULL;
}

/** benk_bench_get_usb_notice: Returns: (nullable): what a person should know of how
 * devices are noticed here */
const char *
benk_bench_get_usb_notice (BenkBench *self)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);

  return self->usb_looking
           ? _ ("This system does not tell the program what is plugged in, so it looks "
                "once a second.")
           : NULL;
}

/**
 * benk_bench_get_devices:
 * @self: the bench
 *
 * Returns: (transfer none): a live list of #BenkBenchDevice; the watch starts on the
 * first call
 */
GListModel *
benk_bench_get_devices (BenkBench *self)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);

  benk_bench_start (self, NULL);
  return G_LIST_MODEL (self->devices);
}

/**
 * benk_bench_dismiss:
 * @self: the bench
 * @device: a device
 *
 * Takes a device that is unplugged off the list, with its result. One that is plugged in,
 * or whose job is under way, stays.
 */
void
benk_bench_dismiss (BenkBench *self, BenkBenchDevice *device)
{
  g_return_if_fail (BENK_IS_BENCH (self));
  g_return_if_fail (BENK_IS_BENCH_DEVICE (device));

  maybe_remove (self, device, TRUE);
}

/**
 * benk_bench_settle_async:
 * @self: the bench
 * @cancellable: (nullable): not looked at: everything here is bounded
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Waits until what is plugged in now has been read once, or has said why not.
 */
void
benk_bench_settle_async (BenkBench *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (BENK_IS_BENCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_bench_settle_async);
  g_ptr_array_add (self->settling, task);
  benk_bench_start (self, NULL);
  maybe_settle (self);
}

/** benk_bench_settle_finish: Returns: %FALSE with @error set */
gboolean
benk_bench_settle_finish (BenkBench *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_bench_wait_async:
 * @self: the bench
 * @job: a job
 * @cancellable: (nullable): stops the waiting, not the job
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Waits until @job has ended and its run is kept.
 */
void
benk_bench_wait_async (BenkBench *self,
                       BenkBenchJob *job,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;

  g_return_if_fail (BENK_IS_BENCH (self));
  g_return_if_fail (BENK_IS_BENCH_JOB (job));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_bench_wait_async);
  benk_bench_job_wait (job, task);
}

/**
 * benk_bench_wait_finish:
 *
 * Returns: %TRUE when the job has ended, however; %FALSE with @error set when it was
 * refused before it began, or its end could not be kept
 */
gboolean
benk_bench_wait_finish (BenkBench *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
