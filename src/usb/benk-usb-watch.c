/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-watch.h"

#include "benk-usb-device-private.h"

/* How long a device may stay unnoticed where there is no hotplug. */
#define POLL_MS 1000

struct _BenkUsbWatch
{
  GObject parent_instance;

  BenkClock *clock;
  BenkUsbContext *context;
  gboolean polling;
  gboolean registered;
  libusb_hotplug_callback_handle callback;
  GSource *timer;
  GHashTable *seen; /* libusb_device (referenced) → Entry */
  guint n_pending;  /* events queued and devices being asked */
};

enum
{
  ARRIVED,
  LEFT,
  SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkUsbWatch, benk_usb_watch, G_TYPE_OBJECT)

typedef struct
{
  BenkUsbDevice *device; /* NULL for what is no healthcare device */
  gboolean told;
} Entry;

typedef struct
{
  GWeakRef watch;
  libusb_device *libusb;
  gboolean arrived;
} Event;

static void
entry_free (Entry *entry)
{
  if (entry->device != NULL)
    benk_usb_device_cancel_probe (entry->device);
  g_clear_object (&entry->device);
  g_free (entry);
}

static void
event_free (Event *event)
{
  g_weak_ref_clear (&event->watch);
  libusb_unref_device (event->libusb);
  g_free (event);
}

static void
settle_one (BenkUsbWatch *self)
{
  self->n_pending--;
  if (self->n_pending == 0 && self->registered)
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = user_data;
  BenkUsbDevice *device = BENK_USB_DEVICE (source);
  Entry *entry;

  benk_usb_device_probe_finish (device, result);

  /* It may have left, and the watch may have been stopped, while it was asked. */
  entry = g_hash_table_lookup (self->seen, benk_usb_device_get_libusb (device));
  if (entry != NULL && entry->device == device)
    {
      entry->told = TRUE;
      g_signal_emit (self, signals[ARRIVED], 0, device);
    }
  settle_one (self);
}

static void
arrive (BenkUsbWatch *self, libusb_device *libusb)
{
  Entry *entry;

  /* libusb may tell of an arrival twice when it came while the bus was enumerated. */
  if (g_hash_table_contains (self->seen, libusb))
    return;

  entry = g_new0 (Entry, 1);
  g_hash_table_insert (self->seen, libusb_ref_device (libusb), entry);
  if (!benk_usb_device_is_candidate (libusb))
    return;
  entry->device = benk_usb_device_new (self->context, libusb);
  self->n_pending++;
  benk_usb_device_probe_async (entry->device, on_probed, g_object_ref (self));
}

static void
leave (BenkUsbWatch *self, libusb_device *libusb)
{
  Entry *entry = g_hash_table_lookup (self->seen, libusb);
  g_autoptr (BenkUsbDevice) device = NULL;

  if (entry == NULL)
    return;
  if (entry->told)
    device = g_object_ref (entry->device);
  g_hash_table_remove (self->seen, libusb);
  if (device != NULL)
    g_signal_emit (self, signals[LEFT], 0, device);
}

static gboolean
on_event (gpointer data)
{
  Event *event = data;
  g_autoptr (BenkUsbWatch) self = g_weak_ref_get (&event->watch);

  if (self != NULL && event->arrived)
    arrive (self, event->libusb);
  else if (self != NULL)
    leave (self, event->libusb);
  if (self != NULL)
    settle_one (self);
  return G_SOURCE_REMOVE;
}

/* Called by libusb with its locks held: only queues. */
static int LIBUSB_CALL
on_hotplug (libusb_context *unused,
            libusb_device *libusb,
            libusb_hotplug_event what,
            void *user_data)
{
  BenkUsbWatch *self = user_data;
  Event *event = g_new0 (Event, 1);

  g_weak_ref_init (&event->watch, self);
  event->libusb = libusb_ref_device (libusb);
  event->arrived = what == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED;
  self->n_pending++;
  benk_usb_context_defer (self->context, on_event, event, (GDestroyNotify) event_free);
  return 0;
}

static void
look (BenkUsbWatch *self)
{
  libusb_device **list = NULL;
  ssize_t n = libusb_get_device_list (benk_usb_context_get_libusb (self->context), &list);
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GHashTable) present = NULL;
  GHashTableIter iter;
  gpointer key;

  if (n < 0)
    return;

  present = g_hash_table_new (NULL, NULL);
  for (ssize_t i = 0; i < n; i++)
    g_hash_table_add (present, list[i]);

  gone = g_ptr_array_new_with_free_func ((GDestroyNotify) libusb_unref_device);
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (present, key))
      g_ptr_array_add (gone, libusb_ref_device (key));
  for (guint i = 0; i < gone->len; i++)
    leave (self, g_ptr_array_index (gone, i));

  for (ssize_t i = 0; i < n; i++)
    arrive (self, list[i]);
  libusb_free_device_list (list, 1);
}

static gboolean on_poll (gpointer user_data);

static void
arm_poll (BenkUsbWatch *self)
{
  self->timer = benk_clock_create_timer (self->clock, POLL_MS);
  g_source_set_callback (self->timer, on_poll, self, NULL);
  g_source_attach (self->timer, benk_usb_context_get_main_context (self->context));
}

static void
clear_poll (BenkUsbWatch *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
on_poll (gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = g_object_ref (BENK_USB_WATCH (user_data));

  clear_poll (self);
  look (self);
  if (self->registered)
    arm_poll (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_started (gpointer data)
{
  settle_one (BENK_USB_WATCH (data));
  return G_SOURCE_REMOVE;
}

static void
benk_usb_watch_dispose (GObject *object)
{
  BenkUsbWatch *self = BENK_USB_WATCH (object);

  if (self->context != NULL)
    benk_usb_watch_stop (self);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_usb_watch_parent_class)->dispose (object);
}

static void
benk_usb_watch_class_init (BenkUsbWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_usb_watch_dispose;

  /**
   * BenkUsbWatch::arrived:
   * @self: the watch
   * @device: a #BenkUsbDevice
   *
   * A healthcare device was plugged in and its strings have been read. It may carry an
   * error, such as a missing permission.
   */
  signals[ARRIVED] =
    g_signal_new ("arrived", BENK_TYPE_USB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BENK_TYPE_USB_DEVICE);

  /**
   * BenkUsbWatch::left:
   * @self: the watch
   * @device: a #BenkUsbDevice that has arrived before
   *
   * The device was unplugged.
   */
  signals[LEFT] = g_signal_new ("left", BENK_TYPE_USB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, BENK_TYPE_USB_DEVICE);

  /**
   * BenkUsbWatch::settled:
   * @self: the watch
   *
   * Everything that is plugged in has been told of. Comes after the start, and after
   * every change.
   */
  signals[SETTLED] = g_signal_new ("settled", BENK_TYPE_USB_WATCH, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_usb_watch_init (BenkUsbWatch *self)
{
  self->seen = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) libusb_unref_device,
                                      (GDestroyNotify) entry_free);
}

/**
 * benk_usb_watch_new:
 * @clock: a clock
 * @flags: how devices are noticed
 * @error: return location for an error
 *
 * Starts libusb in the thread-default main context of the caller; signals come there. The
 * watch, its devices and their links belong to that thread.
 *
 * Returns: (transfer full) (nullable): a watch that has not looked yet
 */
BenkUsbWatch *
benk_usb_watch_new (BenkClock *clock, BenkUsbWatchFlags flags, GError **error)
{
  g_autoptr (BenkUsbWatch) self = NULL;

  g_return_val_if_fail (BENK_IS_CLOCK (clock), NULL);

  self = g_object_new (BENK_TYPE_USB_WATCH, NULL);
  self->clock = g_object_ref (clock);
  self->polling =
    (flags & BENK_USB_WATCH_POLL) != 0 || !libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG);
  self->context = benk_usb_context_new (error);
  if (self->context == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * benk_usb_watch_is_polling:
 * @self: a watch
 *
 * Returns: whether devices are noticed by looking every second
 */
gboolean
benk_usb_watch_is_polling (BenkUsbWatch *self)
{
  g_return_val_if_fail (BENK_IS_USB_WATCH (self), FALSE);

  return self->polling;
}

/**
 * benk_usb_watch_start:
 * @self: a watch
 *
 * Tells of what is plugged in now and from now on. Where hotplug cannot be had, falls
 * back to looking every second.
 */
void
benk_usb_watch_start (BenkUsbWatch *self)
{
  g_return_if_fail (BENK_IS_USB_WATCH (self));

  if (self->registered)
    return;
  self->registered = TRUE;

  if (!self->polling &&
      libusb_hotplug_register_callback (
        benk_usb_context_get_libusb (self->context),
        LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
        LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
        LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, self, &self->callback) != LIBUSB_SUCCESS)
    self->polling = TRUE;

  if (self->polling)
    {
      look (self);
      if (self->registered)
        arm_poll (self);
    }
  self->n_pending++;
  benk_usb_context_defer (self->context, on_started, g_object_ref (self), g_object_unref);
}

/**
 * benk_usb_watch_stop:
 * @self: a watch
 *
 * Forgets everything and emits nothing more; links that are open stay open.
 */
void
benk_usb_watch_stop (BenkUsbWatch *self)
{
  g_return_if_fail (BENK_IS_USB_WATCH (self));

  if (self->registered && !self->polling)
    libusb_hotplug_deregister_callback (benk_usb_context_get_libusb (self->context),
                                        self->callback);
  self->registered = FALSE;
  clear_poll (self);
  g_hash_table_remove_all (self->seen);
}

/**
 * benk_usb_watch_is_busy:
 * @self: a watch
 *
 * Closing goes through the main context. Before that is left for good it has to be run
 * until nothing is open.
 *
 * Returns: whether a device is open, by a link or to read its strings
 */
gboolean
benk_usb_watch_is_busy (BenkUsbWatch *self)
{
  g_return_val_if_fail (BENK_IS_USB_WATCH (self), FALSE);

  return benk_usb_context_get_n_open (self->context) > 0;
}
