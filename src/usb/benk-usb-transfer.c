/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-transfer.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-usb-error.h"

struct _BenkUsbTransfer
{
  BenkUsbContext *context;
  struct libusb_transfer *libusb;
  guint8 *buffer;
  gsize size;
  BenkUsbTransferFunc func;
  gpointer user_data;
  gboolean under_way;
  gboolean orphan; /* freed while under way: goes with its end */
};

static void
really_free (BenkUsbTransfer *self)
{
  g_clear_pointer (&self->libusb, libusb_free_transfer);
  g_free (self->buffer);
  g_clear_object (&self->context);
  g_free (self);
}

static gboolean
tell_end (gpointer data)
{
  BenkUsbTransfer *self = data;
  const guint8 *payload = self->buffer;
  gsize length = (gsize) MAX (self->libusb->actual_length, 0);

  if (self->orphan)
    {
      really_free (self);
      return G_SOURCE_REMOVE;
    }

  self->under_way = FALSE;
  if (self->libusb->type == LIBUSB_TRANSFER_TYPE_CONTROL)
    payload += LIBUSB_CONTROL_SETUP_SIZE;
  self->func (self, self->libusb->status, payload, length, self->user_data);
  return G_SOURCE_REMOVE;
}

/* Called by libusb with its locks held. */
static void LIBUSB_CALL
on_end (struct libusb_transfer *libusb)
{
  BenkUsbTransfer *self = libusb->user_data;

  benk_usb_context_defer (self->context, tell_end, self, NULL);
}

/**
 * benk_usb_transfer_new:
 * @context: a context
 * @func: told of each end, never before the submitting call has returned
 * @user_data: given to @func
 *
 * Returns: (transfer full): a transfer to be used again and again, one at a time
 */
BenkUsbTransfer *
benk_usb_transfer_new (BenkUsbContext *context,
                       BenkUsbTransferFunc func,
                       gpointer user_data)
{
  BenkUsbTransfer *self;

  g_return_val_if_fail (BENK_IS_USB_CONTEXT (context), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (BenkUsbTransfer, 1);
  self->context = g_object_ref (context);
  self->libusb = libusb_alloc_transfer (0);
  self->func = func;
  self->user_data = user_data;
  g_assert (self->libusb != NULL);
  return self;
}

/**
 * benk_usb_transfer_free:
 * @self: (transfer full): a transfer
 *
 * Frees @self, or lets it free itself when what is under way has ended; nobody is told of
 * that end. The handle must stay open until then.
 */
void
benk_usb_transfer_free (BenkUsbTransfer *self)
{
  g_return_if_fail (self != NULL);

  if (self->under_way)
    self->orphan = TRUE;
  else
    really_free (self);
}

/**
 * benk_usb_transfer_is_under_way:
 * @self: a transfer
 *
 * Returns: whether @self was submitted and its end has not been told
 */
gboolean
benk_usb_transfer_is_under_way (BenkUsbTransfer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->under_way;
}

static guint8 *
need_buffer (BenkUsbTransfer *self, gsize size)
{
  if (self->size < size)
    {
      self->buffer = g_realloc (self->buffer, size);
      self->size = size;
    }
  return self->buffer;
}

static gboolean
submit (BenkUsbTransfer *self, const char *doing, GError **error)
{
  int code = libusb_submit_transfer (self->libusb);

  if (code != LIBUSB_SUCCESS)
    {
      g_propagate_error (error, benk_usb_error_new (code, doing));
      return FALSE;
    }
  self->under_way = TRUE;
  return TRUE;
}

/**
 * benk_usb_transfer_submit_in:
 * @self: a transfer that is not under way
 * @handle: an open device
 * @endpoint: a bulk IN endpoint
 * @length: octets to read at most, a multiple of the endpoint's packet size
 * @error: return location for an error
 *
 * Posts a read without a time-out.
 *
 * Returns: whether the read is under way
 */
gboolean
benk_usb_transfer_submit_in (BenkUsbTransfer *self,
                             libusb_device_handle *handle,
                             guint8 endpoint,
                             gsize length,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && !self->under_way, FALSE);
  g_return_val_if_fail (length > 0 && length <= G_MAXINT, FALSE);

  libusb_fill_bulk_transfer (self->libusb, handle, endpoint, need_buffer (self, length),
                             (int) length, on_end, self, 0);
  return submit (self, _ ("Cannot read from the device"), error);
}

/**
 * benk_usb_transfer_submit_out:
 * @self: a transfer that is not under way
 * @handle: an open device
 * @endpoint: a bulk OUT endpoint
 * @bytes: what to send as one transfer
 * @timeout_ms: milliseconds until the transfer is given up
 * @error: return location for an error
 *
 * Sends @bytes; a zero-length packet follows when they fill their last packet.
 *
 * Returns: whether the transfer is under way
 */
gboolean
benk_usb_transfer_submit_out (BenkUsbTransfer *self,
                              libusb_device_handle *handle,
                              guint8 endpoint,
                              GBytes *bytes,
                              guint timeout_ms,
                              GError **error)
{
  gconstpointer data;
  gsize length;
  guint8 *buffer;

  g_return_val_if_fail (self != NULL && !self->under_way, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &length);
  g_return_val_if_fail (length > 0 && length <= G_MAXINT, FALSE);

  buffer = need_buffer (self, length);
  memcpy (buffer, data, length);
  libusb_fill_bulk_transfer (self->libusb, handle, endpoint, buffer, (int) length, on_end,
                             self, timeout_ms);
  self->libusb->flags = LIBUSB_TRANSFER_ADD_ZERO_PACKET;
  return submit (self, _ ("Cannot write to the device"), error);
}

/**
 * benk_usb_transfer_submit_control_in:
 * @self: a transfer that is not under way
 * @handle: an open device
 * @request_type: bmRequestType, device to host
 * @request: bRequest
 * @value: wValue
 * @index: wIndex
 * @length: wLength
 * @timeout_ms: milliseconds until the transfer is given up
 * @error: return location for an error
 *
 * Asks endpoint 0.
 *
 * Returns: whether the transfer is under way
 */
gboolean
benk_usb_transfer_submit_control_in (BenkUsbTransfer *self,
                                     libusb_device_handle *handle,
                                     guint8 request_type,
                                     guint8 request,
                                     guint16 value,
                                     guint16 index,
                                     guint16 length,
                                     guint timeout_ms,
                                     GError **error)
{
  guint8 *buffer;

  g_return_val_if_fail (self != NULL && !self->under_way, FALSE);
  g_return_val_if_fail (request_type & LIBUSB_ENDPOINT_IN, FALSE);

  buffer = need_buffer (self, LIBUSB_CONTROL_SETUP_SIZE + (gsize) length);
  libusb_fill_control_setup (buffer, request_type, request, value, index, length);
  libusb_fill_control_transfer (self->libusb, handle, buffer, on_end, self, timeout_ms);
  return submit (self, _ ("Cannot ask the device"), error);
}

/**
 * benk_usb_transfer_cancel:
 * @self: a transfer
 *
 * Asks for an early end; the end is told as any other.
 */
void
benk_usb_transfer_cancel (BenkUsbTransfer *self)
{
  g_return_if_fail (self != NULL);

  if (self->under_way)
    libusb_cancel_transfer (self->libusb);
}
