/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-watch.h"

#include "benk-error.h"
#include "benk-usb-device-private.h"
#include "benk-usb-host.h"

/* How long a device may stay unnoticed where no events come. */
#define POLL_MS 1000
/* A device that may not be opened is tried again after this, then less and less often:
 * libusb does not pass on that udev has changed a node's permissions. */
#define RETRY_MS 1000
#define RETRY_MAX_MS 8000

struct _BenkUsbWatch
{
  GObject parent_instance;

  BenkClock *clock;
  BenkUsbContext *context;
  GPtrArray *looks; /* contexts of former looks whose devices are still here */
  gboolean polling;
  gboolean registered;
  libusb_hotplug_callback_handle callback;
  GSource *timer; /* until the next look */
  GSource *retry;
  guint retry_ms;
  GHashTable *seen; /* bus and address → Entry */
  guint n_pending;  /* events queued and devices being asked */
};

enum
{
  ARRIVED,
  LEFT,
  OTHER_ARRIVED,
  OTHER_LEFT,
  SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkUsbWatch, benk_usb_watch, G_TYPE_OBJECT)

typedef struct
{
  libusb_device *libusb;
  BenkUsbDevice *device; /* NULL for a hub */
  gboolean healthcare;
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
  libusb_unref_device (entry->libusb);
  g_free (entry);
}

/* The place on the bus, which is a device's as long as it stays plugged in. */
static gpointer
place_of (libusb_device *libusb)
{
  return GUINT_TO_POINTER ((guint) libusb_get_bus_number (libusb) << 8 |
                           libusb_get_device_address (libusb));
}

static Entry *
find_entry (BenkUsbWatch *self, libusb_device *libusb)
{
  Entry *entry = g_hash_table_lookup (self->seen, place_of (libusb));

  return entry != NULL && entry->libusb == libusb ? entry : NULL;
}

static gboolean
is_refused (BenkUsbDevice *device)
{
  return g_error_matches (benk_usb_device_get_error (device), BENK_ERROR,
                          BENK_ERROR_PERMISSION);
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

static void arm_retry (BenkUsbWatch *self);

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = user_data;
  BenkUsbDevice *device = BENK_USB_DEVICE (source);
  Entry *entry;

  benk_usb_device_probe_finish (device, result);

  /* It may have left, and the watch may have been stopped, while it was asked. */
  entry = find_entry (self, benk_usb_device_get_libusb (device));
  if (entry != NULL && entry->device == device)
    {
      if (is_refused (device))
        arm_retry (self);
      entry->told = TRUE;
      g_signal_emit (self, signals[ARRIVED], 0, device);
    }
  settle_one (self);
}

static void
probe (BenkUsbWatch *self, BenkUsbDevice *device, GAsyncReadyCallback callback)
{
  self->n_pending++;
  benk_usb_device_probe_async (device, callback, g_object_ref (self));
}

/* A device that may be opened now comes as if it had been plugged in now. */
static void
on_retried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = user_data;
  BenkUsbDevice *device = BENK_USB_DEVICE (source);
  Entry *entry;

  benk_usb_device_probe_finish (device, result);
  entry = find_entry (self, benk_usb_device_get_libusb (device));
  if (entry != NULL && entry->device == device)
    {
      if (is_refused (device))
        arm_retry (self);
      else
        {
          g_signal_emit (self, signals[LEFT], 0, device);
          g_signal_emit (self, signals[ARRIVED], 0, device);
        }
    }
  settle_one (self);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
on_retry (gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = g_object_ref (BENK_USB_WATCH (user_data));
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  clear_source (&self->retry);
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->healthcare && entry->told && is_refused (entry->device))
        g_ptr_array_add (refused, g_object_ref (entry->device));
    }
  self->retry_ms = MIN (self->retry_ms * 2, RETRY_MAX_MS);
  for (guint i = 0; i < refused->len; i++)
    probe (self, g_ptr_array_index (refused, i), on_retried);
  return G_SOURCE_REMOVE;
}

static void
arm_retry (BenkUsbWatch *self)
{
  if (self->retry != NULL)
    return;
  self->retry = benk_clock_create_timer (self->clock, self->retry_ms);
  g_source_set_callback (self->retry, on_retry, self, NULL);
  g_source_attach (self->retry, benk_usb_context_get_main_context (self->context));
}

static void
arrive (BenkUsbWatch *self, BenkUsbContext *context, libusb_device *libusb)
{
  Entry *entry;

  /* libusb may tell of an arrival twice when it came while the bus was enumerated. */
  if (g_hash_table_contains (self->seen, place_of (libusb)))
    return;

  entry = g_new0 (Entry, 1);
  entry->libusb = libusb_ref_device (libusb);
  g_hash_table_insert (self->seen, place_of (libusb), entry);
  if (benk_usb_device_is_hub (libusb))
    return;
  entry->device = benk_usb_device_new (context, libusb);
  entry->healthcare = benk_usb_device_is_candidate (libusb);
  if (entry->healthcare)
    {
      self->retry_ms = RETRY_MS;
      probe (self, entry->device, on_probed);
    }
  else
    {
      entry->told = TRUE;
      g_signal_emit (self, signals[OTHER_ARRIVED], 0, entry->device);
    }
}

static void
leave (BenkUsbWatch *self, libusb_device *libusb)
{
  Entry *entry = find_entry (self, libusb);
  g_autoptr (BenkUsbDevice) device = NULL;
  guint signal;

  if (entry == NULL)
    return;
  signal = entry->healthcare ? LEFT : OTHER_LEFT;
  if (entry->told)
    device = g_object_ref (entry->device);
  g_hash_table_remove (self->seen, place_of (libusb));
  if (device != NULL)
    g_signal_emit (self, signals[signal], 0, device);
}

static gboolean
on_event (gpointer data)
{
  Event *event = data;
  g_autoptr (BenkUsbWatch) self = g_weak_ref_get (&event->watch);

  if (self != NULL && event->arrived)
    arrive (self, self->context, event->libusb);
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

/* Contexts of former looks, without those whose devices have all left and are closed. */
static void
forget_looks (BenkUsbWatch *self)
{
  for (guint i = self->looks->len; i > 0; i--)
    {
      BenkUsbContext *context = g_ptr_array_index (self->looks, i - 1);
      gboolean used = benk_usb_context_get_n_open (context) > 0;
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self->seen);
      while (!used && g_hash_table_iter_next (&iter, NULL, &value))
        {
          BenkUsbDevice *device = ((Entry *) value)->device;

          used = device != NULL && benk_usb_device_get_context (device) == context;
        }
      if (!used)
        g_ptr_array_remove_index (self->looks, i - 1);
    }
}

static void
leave_absent (BenkUsbWatch *self, libusb_device **list, gssize n)
{
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) gone =
    g_ptr_array_new_with_free_func ((GDestroyNotify) libusb_unref_device);
  GHashTableIter iter;
  gpointer key, value;

  for (gssize i = 0; i < n; i++)
    g_hash_table_add (present, place_of (list[i]));
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (present, key))
      g_ptr_array_add (gone, libusb_ref_device (((Entry *) value)->libusb));
  for (guint i = 0; i < gone->len; i++)
    leave (self, g_ptr_array_index (gone, i));
}

/* libusb fills the list of a context when it is made, and from then on by events: to look
 * again takes a new one. Devices found before stay with theirs. */
static void
look (BenkUsbWatch *self)
{
  g_autoptr (BenkUsbContext) fresh = benk_usb_context_new (NULL);
  libusb_device **list = NULL;
  gssize n;

  if (fresh == NULL)
    return;
  n = libusb_get_device_list (benk_usb_context_get_libusb (fresh), &list);
  if (n < 0)
    return;

  leave_absent (self, list, n);
  g_ptr_array_add (self->looks, g_object_ref (fresh));
  for (gssize i = 0; i < n; i++)
    arrive (self, fresh, list[i]);
  libusb_free_device_list (list, 1);
  forget_looks (self);
}

static gboolean on_poll (gpointer user_data);

static void
arm_poll (BenkUsbWatch *self)
{
  self->timer = benk_clock_create_timer (self->clock, POLL_MS);
  g_source_set_callback (self->timer, on_poll, self, NULL);
  g_source_attach (self->timer, benk_usb_context_get_main_context (self->context));
}

static gboolean
on_poll (gpointer user_data)
{
  g_autoptr (BenkUsbWatch) self = g_object_ref (BENK_USB_WATCH (user_data));

  clear_source (&self->timer);
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
  g_clear_pointer (&self->looks, g_ptr_array_unref);
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
   * BenkUsbWatch::other-arrived:
   * @self: the watch
   * @device: a #BenkUsbDevice
   *
   * Something that is neither a healthcare device nor a hub was plugged in. It was not
   * opened: its strings are those the kernel has read.
   */
  signals[OTHER_ARRIVED] =
    g_signal_new ("other-arrived", BENK_TYPE_USB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, BENK_TYPE_USB_DEVICE);

  /**
   * BenkUsbWatch::other-left:
   * @self: the watch
   * @device: a #BenkUsbDevice that was told of by #BenkUsbWatch::other-arrived
   *
   * It was unplugged.
   */
  signals[OTHER_LEFT] =
    g_signal_new ("other-left", BENK_TYPE_USB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, BENK_TYPE_USB_DEVICE);

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
  self->seen = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) entry_free);
  self->looks = g_ptr_array_new_with_free_func (g_object_unref);
  self->retry_ms = RETRY_MS;
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
  self->polling = (flags & BENK_USB_WATCH_POLL) != 0 || !benk_usb_host_sends_events ();
  self->context = benk_usb_context_new (error);
  if (self->context == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * benk_usb_watch_is_polling:
 * @self: a watch
 *
 * Returns: whether devices are noticed by looking every second, because no events come
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
  clear_source (&self->timer);
  clear_source (&self->retry);
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

  for (guint i = 0; i < self->looks->len; i++)
    if (benk_usb_context_get_n_open (g_ptr_array_index (self->looks, i)) > 0)
      return TRUE;
  return benk_usb_context_get_n_open (self->context) > 0;
}
