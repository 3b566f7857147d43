/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-context.h"

#include <glib/gi18n.h>

#include "benk-usb-error.h"

typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Deferred;

typedef struct
{
  GSource source;
  BenkUsbContext *context; /* not owned; the context destroys the source */
} UsbSource;

struct _BenkUsbContext
{
  GObject parent_instance;

  libusb_context *libusb;
  GMainContext *main_context;
  GSource *source;
  GHashTable *tags; /* fd → tag of the source */
  GQueue deferred;
  guint n_open;
};

G_DEFINE_FINAL_TYPE (BenkUsbContext, benk_usb_context, G_TYPE_OBJECT)

static void
deferred_free (Deferred *item)
{
  if (item->destroy != NULL)
    item->destroy (item->data);
  g_free (item);
}

static void
add_fd (int fd, short events, void *user_data)
{
  BenkUsbContext *self = user_data;
  gpointer tag = g_source_add_unix_fd (self->source, fd, (GIOCondition) events);

  g_hash_table_insert (self->tags, GINT_TO_POINTER (fd), tag);
}

static void
remove_fd (int fd, void *user_data)
{
  BenkUsbContext *self = user_data;
  gpointer tag = NULL;

  if (g_hash_table_steal_extended (self->tags, GINT_TO_POINTER (fd), NULL, &tag))
    g_source_remove_unix_fd (self->source, tag);
}

static int
next_timeout_ms (BenkUsbContext *self)
{
  struct timeval next;

  if (libusb_get_next_timeout (self->libusb, &next) != 1)
    return -1;
  return (int) MIN ((gint64) next.tv_sec * 1000 + (next.tv_usec + 999) / 1000, G_MAXINT);
}

static gboolean
usb_source_prepare (GSource *source, int *timeout)
{
  BenkUsbContext *self = ((UsbSource *) source)->context;

  *timeout = g_queue_is_empty (&self->deferred) ? next_timeout_ms (self) : 0;
  return *timeout == 0;
}

static gboolean
usb_source_check (GSource *source)
{
  BenkUsbContext *self = ((UsbSource *) source)->context;
  GHashTableIter iter;
  gpointer tag;

  if (!g_queue_is_empty (&self->deferred) || next_timeout_ms (self) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    if (g_source_query_unix_fd (source, tag) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
usb_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (BenkUsbContext) self = g_object_ref (((UsbSource *) source)->context);
  struct timeval zero = { 0, 0 };
  guint left;

  libusb_handle_events_timeout_completed (self->libusb, &zero, NULL);

  /* Only what was there at the start: what these defer in turn waits for the next round,
   * so that other sources of the thread get theirs. */
  for (left = g_queue_get_length (&self->deferred); left > 0; left--)
    {
      Deferred *item = g_queue_pop_head (&self->deferred);

      if (item == NULL)
        break;
      item->func (item->data);
      deferred_free (item);
    }
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs usb_source_funcs = {
  .prepare = usb_source_prepare,
  .check = usb_source_check,
  .dispatch = usb_source_dispatch,
};

static void
attach (BenkUsbContext *self)
{
  const struct libusb_pollfd **fds;

  self->source = g_source_new (&usb_source_funcs, sizeof (UsbSource));
  ((UsbSource *) self->source)->context = self;
  g_source_set_static_name (self->source, "libusb");

  libusb_set_pollfd_notifiers (self->libusb, add_fd, remove_fd, self);
  fds = libusb_get_pollfds (self->libusb);
  for (gsize i = 0; fds != NULL && fds[i] != NULL; i++)
    add_fd (fds[i]->fd, fds[i]->events, self);
  libusb_free_pollfds (fds);

  g_source_attach (self->source, self->main_context);
}

static void
benk_usb_context_finalize (GObject *object)
{
  BenkUsbContext *self = BENK_USB_CONTEXT (object);

  if (self->source != NULL)
    {
      libusb_set_pollfd_notifiers (self->libusb, NULL, NULL, NULL);
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_queue_clear_full (&self->deferred, (GDestroyNotify) deferred_free);
  if (self->libusb != NULL)
    libusb_exit (self->libusb);
  g_hash_table_unref (self->tags);
  g_clear_pointer (&self->main_context, g_main_context_unref);

  G_OBJECT_CLASS (benk_usb_context_parent_class)->finalize (object);
}

static void
benk_usb_context_class_init (BenkUsbContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = benk_usb_context_finalize;
}

static void
benk_usb_context_init (BenkUsbContext *self)
{
  self->tags = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->deferred);
}

/**
 * benk_usb_context_new:
 * @error: return location for an error
 *
 * Starts libusb in the thread-default main context of the caller. The context, and all
 * that is made with it, belongs to that thread and must be dropped there.
 *
 * Returns: (transfer full) (nullable): the context
 */
BenkUsbContext *
benk_usb_context_new (GError **error)
{
  g_autoptr (BenkUsbContext) self = g_object_new (BENK_TYPE_USB_CONTEXT, NULL);
  int code = libusb_init (&self->libusb);

  if (code != LIBUSB_SUCCESS)
    {
      self->libusb = NULL;
      g_propagate_error (error, benk_usb_error_new (code, _ ("Cannot use USB")));
      return NULL;
    }
  self->main_context = g_main_context_ref_thread_default ();
  attach (self);
  return g_steal_pointer (&self);
}

/**
 * benk_usb_context_get_libusb:
 * @self: a context
 *
 * Returns: (transfer none): libusb's own context
 */
libusb_context *
benk_usb_context_get_libusb (BenkUsbContext *self)
{
  g_return_val_if_fail (BENK_IS_USB_CONTEXT (self), NULL);

  return self->libusb;
}

/**
 * benk_usb_context_get_main_context:
 * @self: a context
 *
 * Returns: (transfer none): the main context everything here runs in
 */
GMainContext *
benk_usb_context_get_main_context (BenkUsbContext *self)
{
  g_return_val_if_fail (BENK_IS_USB_CONTEXT (self), NULL);

  return self->main_context;
}

/**
 * benk_usb_context_open:
 * @self: a context
 * @device: a device on the bus
 * @handle: (out): the open device, to be closed with benk_usb_context_close()
 *
 * Opens the device node; nothing is claimed and the device notices nothing.
 *
 * Returns: a code of libusb
 */
int
benk_usb_context_open (BenkUsbContext *self,
                       libusb_device *device,
                       libusb_device_handle **handle)
{
  int code;

  g_return_val_if_fail (BENK_IS_USB_CONTEXT (self), LIBUSB_ERROR_INVALID_PARAM);

  code = libusb_open (device, handle);
  if (code == LIBUSB_SUCCESS)
    self->n_open++;
  else
    *handle = NULL;
  return code;
}

/**
 * benk_usb_context_close:
 * @self: a context
 * @handle: an open device without transfers under way
 *
 * Closes what benk_usb_context_open() opened.
 */
void
benk_usb_context_close (BenkUsbContext *self, libusb_device_handle *handle)
{
  g_return_if_fail (BENK_IS_USB_CONTEXT (self));
  g_return_if_fail (self->n_open > 0);

  self->n_open--;
  libusb_close (handle);
}

/**
 * benk_usb_context_get_n_open:
 * @self: a context
 *
 * Returns: how many devices are open, closing ones included
 */
guint
benk_usb_context_get_n_open (BenkUsbContext *self)
{
  g_return_val_if_fail (BENK_IS_USB_CONTEXT (self), 0);

  return self->n_open;
}

/**
 * benk_usb_context_defer:
 * @self: a context
 * @func: what to run; its return value is not looked at
 * @data: given to @func
 * @destroy: (nullable): frees @data
 *
 * Queues @func to run in order when libusb holds no lock. To be called on the context's
 * own thread.
 */
void
benk_usb_context_defer (BenkUsbContext *self,
                        GSourceFunc func,
                        gpointer data,
                        GDestroyNotify destroy)
{
  Deferred *item;

  g_return_if_fail (BENK_IS_USB_CONTEXT (self));
  g_return_if_fail (func != NULL);

  item = g_new (Deferred, 1);
  item->func = func;
  item->data = data;
  item->destroy = destroy;
  /* The thread is awake, and asks the queue before it sleeps. */
  g_queue_push_tail (&self->deferred, item);
}
