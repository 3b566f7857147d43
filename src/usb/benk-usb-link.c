/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-link.h"

#include <glib/gi18n.h>

#include "benk-apdu.h"
#include "benk-usb-device-private.h"
#include "benk-usb-error.h"
#include "benk-usb-transfer.h"

/* As long as a confirmed service may take (20601, TO of three seconds). */
#define WRITE_TIMEOUT_MS 3000
/* One read asks for no more, so that the kernel need not find much memory in one piece.
 */
#define MAX_READ 16384
/* Transfers that begin with no APDU are left-overs of an earlier talk, but only so many.
 */
#define MAX_STALE 8

typedef enum
{
  STATE_NEW,
  STATE_OPEN,
  STATE_CLOSING,   /* transfers are being given back */
  STATE_RELEASING, /* nothing is under way any more */
  STATE_CLOSED,
} State;

typedef struct
{
  BenkUsbLink *link; /* not owned */
  const BenkUsbPipe *pipe;
  BenkUsbTransfer *transfer;
  BenkApduStream *stream;
} Reader;

struct _BenkUsbLink
{
  BenkLink parent_instance;

  BenkUsbDevice *device;
  BenkUsbContext *context;
  libusb_device_handle *handle;
  Reader readers[BENK_USB_MAX_PIPES];
  guint n_readers;
  BenkUsbTransfer *writer;
  GQueue writes; /* GTask with the APDU as its data; the head is under way */
  gboolean synced;
  guint n_stale;
  State state;
  gboolean stalled;
};

G_DEFINE_FINAL_TYPE (BenkUsbLink, benk_usb_link, BENK_TYPE_LINK)

static void submit_write (BenkUsbLink *self);

static void
go_down (BenkUsbLink *self, const GError *error)
{
  g_autoptr (BenkUsbLink) alive = g_object_ref (self);

  benk_link_emit_down (BENK_LINK (alive), error);
}

static gboolean
anything_under_way (BenkUsbLink *self)
{
  for (guint i = 0; i < self->n_readers; i++)
    if (benk_usb_transfer_is_under_way (self->readers[i].transfer))
      return TRUE;
  return self->writer != NULL && benk_usb_transfer_is_under_way (self->writer);
}

static void
let_go (BenkUsbLink *self)
{
  /* NO_DEVICE after an unplug; there is nothing to do about any answer. */
  libusb_release_interface (self->handle,
                            benk_usb_device_get_interface (self->device)->number);
  benk_usb_context_close (self->context, g_steal_pointer (&self->handle));
  self->state = STATE_CLOSED;
  benk_usb_device_end_close (self->device);
  g_object_unref (self); /* held since it was opened */
}

/* Clearing a halt waits for the device inside the kernel, up to five seconds. */
static void
clear_halts (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BenkUsbLink *self = source;

  libusb_clear_halt (self->handle,
                     benk_usb_device_get_interface (self->device)->out.address);
  for (guint i = 0; i < self->n_readers; i++)
    libusb_clear_halt (self->handle, self->readers[i].pipe->address);
  g_task_return_boolean (task, TRUE);
}

static void
on_halts_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  let_go (BENK_USB_LINK (source));
}

/* Goes on with closing once libusb has given back the last transfer. */
static gboolean
maybe_let_go (gpointer user_data)
{
  BenkUsbLink *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (self->state != STATE_CLOSING || anything_under_way (self))
    return G_SOURCE_REMOVE;

  self->state = STATE_RELEASING;
  if (self->stalled)
    {
      task = g_task_new (self, NULL, on_halts_cleared, NULL);
      g_task_run_in_thread (task, clear_halts);
    }
  else
    let_go (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_stale (BenkUsbLink *self, const guint8 *data, gsize length)
{
  if (self->synced || length == 0)
    return FALSE;
  /* The first octet of an APDU's tag, or of the metadata preamble. */
  self->synced = (data[0] >= 0xE2 && data[0] <= 0xE7) || data[0] == 'P';
  return !self->synced && ++self->n_stale <= MAX_STALE;
}

static gboolean
take_in (Reader *reader, const guint8 *data, gsize length, GError **error)
{
  BenkUsbLink *self = reader->link;
  GBytes *apdu;

  if (is_stale (self, data, length))
    return TRUE;
  benk_apdu_stream_push (reader->stream, data, length);
  while (self->state == STATE_OPEN &&
         (apdu = benk_apdu_stream_next (reader->stream, error)) != NULL)
    {
      benk_link_emit_received (BENK_LINK (self), apdu);
      g_bytes_unref (apdu);
    }
  return *error == NULL;
}

/* One packet, or the rest of an APDU that has begun: a longer read would keep an APDU of
 * whole packets back until the zero-length packet comes, which some devices never send.
 */
static gboolean
submit_read (Reader *reader, GError **error)
{
  gsize packet = reader->pipe->packet;
  gsize n_packets = (benk_apdu_stream_missing (reader->stream) + packet - 1) / packet;

  return benk_usb_transfer_submit_in (reader->transfer, reader->link->handle,
                                      reader->pipe->address,
                                      CLAMP (n_packets, 1, MAX_READ / packet) * packet,
                                      error);
}

static void
on_read (BenkUsbTransfer *transfer,
         enum libusb_transfer_status status,
         const guint8 *data,
         gsize length,
         gpointer user_data)
{
  Reader *reader = user_data;
  g_autoptr (BenkUsbLink) self = g_object_ref (reader->link);
  g_autoptr (GError) error = NULL;

  if (self->state != STATE_OPEN)
    {
      maybe_let_go (self);
      return;
    }

  self->stalled |= status == LIBUSB_TRANSFER_STALL;
  if (status != LIBUSB_TRANSFER_COMPLETED)
    error = benk_usb_error_new_for_transfer (status, _ ("Reading from the device"));
  else if (take_in (reader, data, length, &error) && self->state == STATE_OPEN)
    submit_read (reader, &error);

  if (error != NULL)
    go_down (self, error);
  maybe_let_go (self);
}

static void
end_write (BenkUsbLink *self, const GError *error)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->writes);

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_written (BenkUsbTransfer *transfer,
            enum libusb_transfer_status status,
            const guint8 *data,
            gsize length,
            gpointer user_data)
{
  g_autoptr (BenkUsbLink) self = g_object_ref (BENK_USB_LINK (user_data));
  g_autoptr (GError) error = NULL;

  if (self->state != STATE_OPEN)
    {
      maybe_let_go (self);
      return;
    }

  self->stalled |= status == LIBUSB_TRANSFER_STALL;
  if (status == LIBUSB_TRANSFER_COMPLETED)
    {
      end_write (self, NULL);
      submit_write (self);
    }
  else
    {
      /* Part of the APDU may be in the pipe: what follows would be taken for its rest. */
      error = benk_usb_error_new_for_transfer (status, _ ("Writing to the device"));
      end_write (self, error);
      go_down (self, error);
    }
  maybe_let_go (self);
}

static void
submit_write (BenkUsbLink *self)
{
  g_autoptr (GError) error = NULL;
  GTask *task = g_queue_peek_head (&self->writes);

  if (task == NULL || self->state != STATE_OPEN ||
      benk_usb_transfer_is_under_way (self->writer))
    return;
  if (benk_usb_transfer_submit_out (
        self->writer, self->handle,
        benk_usb_device_get_interface (self->device)->out.address,
        g_task_get_task_data (task), WRITE_TIMEOUT_MS, &error))
    return;
  end_write (self, error);
  go_down (self, error);
}

static void
fail_writes (BenkUsbLink *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_DISCONNECTED, _ ("The link was closed."));

  while (!g_queue_is_empty (&self->writes))
    end_write (self, error);
}

static void
benk_usb_link_close (BenkLink *link)
{
  BenkUsbLink *self = BENK_USB_LINK (link);

  if (self->state != STATE_OPEN)
    {
      self->state = STATE_CLOSED;
      return;
    }
  self->state = STATE_CLOSING;
  benk_usb_device_begin_close (self->device);
  for (guint i = 0; i < self->n_readers; i++)
    benk_usb_transfer_cancel (self->readers[i].transfer);
  benk_usb_transfer_cancel (self->writer);
  fail_writes (self);
  benk_usb_context_defer (self->context, maybe_let_go, g_object_ref (self),
                          g_object_unref);
}

static gboolean
start_reading (BenkUsbLink *self, GError **error)
{
  const BenkUsbInterface *interface = benk_usb_device_get_interface (self->device);

  self->writer = benk_usb_transfer_new (self->context, on_written, self);
  for (guint i = 0; i < interface->n_in; i++)
    {
      Reader *reader = &self->readers[i];

      reader->link = self;
      reader->pipe = &interface->in[i];
      reader->transfer = benk_usb_transfer_new (self->context, on_read, reader);
      reader->stream = benk_apdu_stream_new ();
      self->n_readers++;
      if (!submit_read (reader, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
claim (BenkUsbLink *self, GError **error)
{
  guint8 number = benk_usb_device_get_interface (self->device)->number;
  int code;

  code = benk_usb_context_open (self->context, benk_usb_device_get_libusb (self->device),
                                &self->handle);
  if (code != LIBUSB_SUCCESS)
    {
      g_propagate_error (error, benk_usb_error_new (code, _ ("Cannot open the device")));
      return FALSE;
    }

  libusb_set_auto_detach_kernel_driver (self->handle, 1);
  code = libusb_claim_interface (self->handle, number);
  if (code != LIBUSB_SUCCESS)
    {
      g_propagate_error (error, benk_usb_error_new (code, _ ("Cannot use the device")));
      benk_usb_context_close (self->context, g_steal_pointer (&self->handle));
      return FALSE;
    }
  return TRUE;
}

static gboolean
do_open (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkUsbLink *self = g_task_get_source_object (task);
  const GError *unusable = benk_usb_device_get_error (self->device);
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (unusable != NULL)
    g_task_return_error (task, g_error_copy (unusable));
  else if (self->state != STATE_NEW)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                             _ ("The link was closed."));
  else if (!claim (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      self->state = STATE_OPEN;
      g_object_ref (self);
      if (start_reading (self, &error))
        g_task_return_boolean (task, TRUE);
      else
        {
          benk_link_close (BENK_LINK (self));
          g_task_return_error (task, g_steal_pointer (&error));
        }
    }
  return G_SOURCE_REMOVE;
}

static void
benk_usb_link_open_async (BenkLink *link,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  BenkUsbLink *self = BENK_USB_LINK (link);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_usb_link_open_async);
  benk_usb_device_wait_closed (self->device, do_open, task);
}

static gboolean
benk_usb_link_open_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
benk_usb_link_send_async (BenkLink *link,
                          GBytes *apdu,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  BenkUsbLink *self = BENK_USB_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_usb_link_send_async);
  if (self->state != STATE_OPEN)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                             _ ("The link was closed."));
  else if (g_bytes_get_size (apdu) == 0 || g_bytes_get_size (apdu) > BENK_APDU_MAX)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_INVALID,
                             _ ("Not a message that can be sent."));
  else
    {
      /* Once it is in the pipe it has to go out whole. */
      g_task_set_check_cancellable (task, FALSE);
      g_task_set_task_data (task, g_bytes_ref (apdu), (GDestroyNotify) g_bytes_unref);
      g_queue_push_tail (&self->writes, g_steal_pointer (&task));
      submit_write (self);
    }
}

static gboolean
benk_usb_link_send_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
benk_usb_link_finalize (GObject *object)
{
  BenkUsbLink *self = BENK_USB_LINK (object);

  for (guint i = 0; i < self->n_readers; i++)
    {
      benk_usb_transfer_free (self->readers[i].transfer);
      benk_apdu_stream_free (self->readers[i].stream);
    }
  g_clear_pointer (&self->writer, benk_usb_transfer_free);
  g_clear_object (&self->device);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (benk_usb_link_parent_class)->finalize (object);
}

static void
benk_usb_link_class_init (BenkUsbLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  object_class->finalize = benk_usb_link_finalize;
  link_class->open_async = benk_usb_link_open_async;
  link_class->open_finish = benk_usb_link_open_finish;
  link_class->send_async = benk_usb_link_send_async;
  link_class->send_finish = benk_usb_link_send_finish;
  link_class->close = benk_usb_link_close;
}

static void
benk_usb_link_init (BenkUsbLink *self)
{
  g_queue_init (&self->writes);
}

/**
 * benk_usb_link_new:
 * @device: a device that has arrived
 *
 * A link over USB PHDC: one APDU is one bulk transfer out, and coming in an APDU is cut
 * by its own length, because devices differ in how they end their transfers. The device
 * is not reset. A stall, a transfer that fails, and octets that are no APDU take the link
 * down; what was sent before may or may not have arrived.
 *
 * An open link lives until it is down or benk_link_close() was called.
 *
 * Returns: (transfer full): a link that is not open; its kind is that of a device on USB
 */
BenkLink *
benk_usb_link_new (BenkUsbDevice *device)
{
  BenkUsbLink *self;
  g_autofree char *description = NULL;

  g_return_val_if_fail (BENK_IS_USB_DEVICE (device), NULL);

  description = g_strdup_printf ("USB %s", benk_usb_device_get_bus_path (device));
  self = g_object_new (BENK_TYPE_USB_LINK, "kind",
                       benk_usb_device_is_simulated (device) ? BENK_LINK_KIND_SIMULATED
                                                             : BENK_LINK_KIND_USB,
                       "description", description, "bus-path",
                       benk_usb_device_get_bus_path (device), "usb-serial",
                       benk_usb_device_get_serial (device), NULL);
  self->device = g_object_ref (device);
  self->context = g_object_ref (benk_usb_device_get_context (device));
  return BENK_LINK (self);
}
