/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip-device.h"

#include "benk-error.h"

#include <glib/gi18n.h>

#define BUS 1
/* Transfers that may wait at a time; Linux has a handful. */
#define MAX_WAITING 256

/* A transfer that has not ended. */
typedef struct
{
  BenkUsbipMessage *message;
  GByteArray *arrived;
} Urb;

struct _BenkUsbipDevice
{
  GObject parent_instance;

  BenkVirtualUsb *usb;
  char *busid;
  guint port;
  guint number;
  gboolean present;
  gboolean imported;
  gboolean busy;
  gboolean leaving;
  GQueue in;
  GQueue out;
};

G_DEFINE_FINAL_TYPE (BenkUsbipDevice, benk_usbip_device, G_TYPE_OBJECT)

enum
{
  REPLY,
  LEFT,
  ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static Urb *
urb_new (BenkUsbipMessage *message)
{
  Urb *urb = g_new (Urb, 1);

  urb->message = message;
  urb->arrived = g_byte_array_new ();

  return urb;
}

static void
urb_free (gpointer data)
{
  Urb *urb = data;

  benk_usbip_message_free (urb->message);
  g_byte_array_unref (urb->arrived);
  g_free (urb);
}

static void
reply (BenkUsbipDevice *self, GBytes *octets)
{
  g_signal_emit (self, signals[REPLY], 0, octets);
  g_bytes_unref (octets);
}

static void
answer (BenkUsbipDevice *self,
        const BenkUsbipMessage *submit,
        BenkUsbipResult result,
        const guint8 *data,
        gsize length)
{
  reply (self, benk_usbip_compose_done (submit, result, data, length));
}

static BenkUsbipResult
get_result (BenkVirtualUsbStatus status)
{
  switch (status)
    {
    case BENK_VIRTUAL_USB_OK:
      return BENK_USBIP_DONE;
    case BENK_VIRTUAL_USB_BABBLE:
      return BENK_USBIP_OVERFLOW;
    case BENK_VIRTUAL_USB_STALL:
    case BENK_VIRTUAL_USB_NAK:
    case BENK_VIRTUAL_USB_GONE:
    default:
      return BENK_USBIP_STALLED;
    }
}

/* Ends what the device has an end for. FALSE when nothing more can be carried. */
static gboolean
pump_in (BenkUsbipDevice *self)
{
  Urb *urb;

  while ((urb = g_queue_peek_head (&self->in)) != NULL)
    {
      BenkUsbipMessage *submit = urb->message;
      BenkVirtualUsbStatus status = benk_virtual_usb_read (self->usb, BENK_VIRTUAL_USB_IN,
                                                           urb->arrived, submit->length);
      BenkUsbipResult result = get_result (status);

      if (status == BENK_VIRTUAL_USB_NAK || status == BENK_VIRTUAL_USB_GONE)
        return FALSE;
      if (result == BENK_USBIP_DONE && urb->arrived->len < submit->length &&
          (submit->flags & BENK_USBIP_SHORT_NOT_OK) != 0)
        result = BENK_USBIP_SHORT;
      g_queue_pop_head (&self->in);
      answer (self, submit, result, urb->arrived->data, urb->arrived->len);
      urb_free (urb);
    }

  return TRUE;
}

static void
pump_out (BenkUsbipDevice *self)
{
  Urb *urb;

  while ((urb = g_queue_peek_head (&self->out)) != NULL)
    {
      BenkUsbipMessage *submit = urb->message;
      gsize length = 0;
      const guint8 *data =
        submit->data != NULL ? g_bytes_get_data (submit->data, &length) : NULL;
      BenkVirtualUsbStatus status =
        benk_virtual_usb_write (self->usb, BENK_VIRTUAL_USB_OUT, data, length,
                                (submit->flags & BENK_USBIP_ZERO_PACKET) != 0);

      if (status == BENK_VIRTUAL_USB_NAK || status == BENK_VIRTUAL_USB_GONE)
        return;
      g_queue_pop_head (&self->out);
      answer (self, submit, get_result (status), NULL,
              status == BENK_VIRTUAL_USB_OK ? length : 0);
      urb_free (urb);
    }
}

static void
forget_transfers (BenkUsbipDevice *self)
{
  g_queue_clear_full (&self->in, urb_free);
  g_queue_clear_full (&self->out, urb_free);
}

static void
leave (BenkUsbipDevice *self)
{
  self->leaving = FALSE;
  self->present = FALSE;
  self->imported = FALSE;
  forget_transfers (self);
  g_signal_emit (self, signals[LEFT], 0);
}

/* Carries what can be carried, in this order: what was sent has ended before its answer
 * comes, as on a bus. */
static void
pump (BenkUsbipDevice *self)
{
  g_autoptr (BenkUsbipDevice) keep = NULL;

  if (self->busy)
    return;

  keep = g_object_ref (self);
  self->busy = TRUE;
  if (self->imported)
    {
      pump_out (self);
      pump_in (self);
    }
  self->busy = FALSE;
  if (self->leaving)
    leave (self);
}

static void
on_ready (BenkVirtualUsb *usb, BenkUsbipDevice *self)
{
  pump (self);
}

static void
on_left (BenkVirtualUsb *usb, BenkUsbipDevice *self)
{
  self->leaving = TRUE;
  pump (self);
}

static void
on_arrived (BenkVirtualUsb *usb, BenkUsbipDevice *self)
{
  self->present = TRUE;
  self->number = self->number % 120 + 1;
  g_signal_emit (self, signals[ARRIVED], 0);
}

static void
benk_usbip_device_dispose (GObject *object)
{
  BenkUsbipDevice *self = BENK_USBIP_DEVICE (object);

  if (self->usb != NULL)
    g_signal_handlers_disconnect_by_data (self->usb, self);
  g_clear_object (&self->usb);
  forget_transfers (self);

  G_OBJECT_CLASS (benk_usbip_device_parent_class)->dispose (object);
}

static void
benk_usbip_device_finalize (GObject *object)
{
  g_free (BENK_USBIP_DEVICE (object)->busid);

  G_OBJECT_CLASS (benk_usbip_device_parent_class)->finalize (object);
}

static void
benk_usbip_device_class_init (BenkUsbipDeviceClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_usbip_device_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_usbip_device_finalize;

  /**
   * BenkUsbipDevice::reply:
   * @self: a device
   * @octets: for the client that has it
   */
  signals[REPLY] = g_signal_new ("reply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BYTES);
  /**
   * BenkUsbipDevice::left:
   *
   * It has left the bus, and no client has it any more.
   */
  signals[LEFT] =
    g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * BenkUsbipDevice::arrived:
   *
   * It is on the bus (again) and may be imported.
   */
  signals[ARRIVED] = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
benk_usbip_device_init (BenkUsbipDevice *self)
{
  g_queue_init (&self->in);
  g_queue_init (&self->out);
}

/**
 * benk_usbip_device_new:
 * @dispenser: a dispenser of the same thread that no link has
 * @port: where it is plugged in, from 1
 *
 * A dispenser as USB/IP shows it. It begins without a client; one at a time can have it.
 *
 * Returns: (transfer full): the device
 */
BenkUsbipDevice *
benk_usbip_device_new (BenkVirtualDispenser *dispenser, guint port)
{
  BenkUsbipDevice *self = g_object_new (BENK_TYPE_USBIP_DEVICE, NULL);

  self->usb = benk_virtual_usb_new (dispenser);
  self->busid = g_strdup_printf ("%d-%u", BUS, port);
  self->port = port;
  self->number = 1;
  self->present = benk_virtual_dispenser_get_attached (dispenser);
  g_signal_connect (self->usb, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect (self->usb, "left", G_CALLBACK (on_left), self);
  g_signal_connect (self->usb, "arrived", G_CALLBACK (on_arrived), self);

  return self;
}

/** benk_usbip_device_get_dispenser: Returns: (transfer none): what it shows */
BenkVirtualDispenser *
benk_usbip_device_get_dispenser (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), NULL);

  return benk_virtual_usb_get_dispenser (self->usb);
}

/** benk_usbip_device_get_usb: Returns: (transfer none): its packets */
BenkVirtualUsb *
benk_usbip_device_get_usb (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), NULL);

  return self->usb;
}

/** benk_usbip_device_get_busid: Returns: its name on the bus, such as "1-1" */
const char *
benk_usbip_device_get_busid (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), NULL);

  return self->busid;
}

/** benk_usbip_device_is_present: Returns: whether it is on the bus */
gboolean
benk_usbip_device_is_present (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), FALSE);

  return self->present;
}

/** benk_usbip_device_is_imported: Returns: whether a client has it */
gboolean
benk_usbip_device_is_imported (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), FALSE);

  return self->imported;
}

/* Bus and number, of which `usbip attach` hands eight bits each to its kernel, so that
 * each socket has to be a bus; a device that comes back has another number, as on one. */
static guint32
get_devid (BenkUsbipDevice *self)
{
  return self->port << 16 | self->number;
}

/**
 * benk_usbip_device_describe:
 * @self: a device
 *
 * Returns: (transfer full): what the list says of it
 */
GBytes *
benk_usbip_device_describe (BenkUsbipDevice *self)
{
  g_autoptr (GBytes) descriptor = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), NULL);

  descriptor = benk_virtual_usb_get_device_descriptor (self->usb);
  path = g_strdup_printf ("/dosebenk-virtual/%s", self->busid);

  return benk_usbip_compose_description (path, self->busid, get_devid (self),
                                         g_bytes_get_data (descriptor, NULL));
}

/**
 * benk_usbip_device_import:
 * @self: a device
 *
 * Gives it to a client, not configured.
 *
 * Returns: %BENK_USBIP_OK; %BENK_USBIP_BUSY when another client has it,
 *   %BENK_USBIP_NO_DEVICE while it is not on the bus
 */
BenkUsbipStatus
benk_usbip_device_import (BenkUsbipDevice *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), BENK_USBIP_ERROR);

  if (!self->present)
    return BENK_USBIP_NO_DEVICE;
  if (self->imported)
    return BENK_USBIP_BUSY;

  self->imported = TRUE;

  return BENK_USBIP_OK;
}

/**
 * benk_usbip_device_release:
 * @self: a device
 *
 * Takes it from its client; what was waiting is forgotten.
 */
void
benk_usbip_device_release (BenkUsbipDevice *self)
{
  g_return_if_fail (BENK_IS_USBIP_DEVICE (self));

  if (!self->imported)
    return;

  self->imported = FALSE;
  forget_transfers (self);
  benk_virtual_usb_configure (self->usb, FALSE);
}

/* Endpoint 0. The answer leaves before what it has set off. */
static void
control (BenkUsbipDevice *self, const BenkUsbipMessage *submit)
{
  g_autoptr (GBytes) data = NULL;
  gboolean data_in = (submit->setup[0] & 0x80) != 0;
  gsize asked = submit->setup[6] | (gsize) submit->setup[7] << 8;
  BenkVirtualUsbStatus status = BENK_VIRTUAL_USB_STALL;
  gsize length = 0;
  const guint8 *octets;

  if (asked == 0 || (data_in && submit->in))
    status = benk_virtual_usb_control (self->usb, submit->setup, &data);
  if (status == BENK_VIRTUAL_USB_GONE)
    return;
  octets = data != NULL ? g_bytes_get_data (data, &length) : NULL;
  answer (self, submit, get_result (status), octets, MIN (length, submit->length));
}

static void
submit (BenkUsbipDevice *self, BenkUsbipMessage *message)
{
  g_autoptr (BenkUsbipMessage) owned = message;
  guint8 endpoint = (guint8) (message->endpoint | (message->in ? 0x80 : 0));
  GQueue *waiting = message->in ? &self->in : &self->out;

  if (message->packets != NULL)
    answer (self, message, BENK_USBIP_INVALID, NULL, 0);
  else if (message->endpoint == 0)
    {
      self->busy = TRUE;
      control (self, message);
      self->busy = FALSE;
    }
  else if (endpoint != BENK_VIRTUAL_USB_IN && endpoint != BENK_VIRTUAL_USB_OUT)
    answer (self, message, BENK_USBIP_STALLED, NULL, 0);
  else if (g_queue_get_length (waiting) >= MAX_WAITING)
    answer (self, message, BENK_USBIP_NO_ROOM, NULL, 0);
  else
    g_queue_push_tail (waiting, urb_new (g_steal_pointer (&owned)));
  pump (self);
}

static gboolean
take_back (GQueue *waiting, guint32 seqnum)
{
  for (GList *l = waiting->head; l != NULL; l = l->next)
    {
      Urb *urb = l->data;

      if (urb->message->seqnum != seqnum)
        continue;
      g_queue_delete_link (waiting, l);
      urb_free (urb);
      return TRUE;
    }

  return FALSE;
}

/* What has ended was answered before, so the answer to it stands in front of this one. */
static void
unlink_urb (BenkUsbipDevice *self, const BenkUsbipMessage *message)
{
  gboolean waited =
    take_back (&self->in, message->unlink) || take_back (&self->out, message->unlink);

  reply (self, benk_usbip_compose_unlinked (message, waited ? BENK_USBIP_UNLINKED
                                                            : BENK_USBIP_DONE));
}

/**
 * benk_usbip_device_handle:
 * @self: a device that a client has
 * @message: (transfer full): a transfer, or one to be taken back
 * @error: %BENK_ERROR_PROTOCOL when it is for another device
 *
 * Does what the client that has it wants. Answers come by
 * [signal@UsbipDevice::reply], before this returns or later.
 *
 * Returns: whether the client may go on
 */
gboolean
benk_usbip_device_handle (BenkUsbipDevice *self,
                          BenkUsbipMessage *message,
                          GError **error)
{
  g_autoptr (BenkUsbipMessage) owned = message;

  g_return_val_if_fail (BENK_IS_USBIP_DEVICE (self), FALSE);
  g_return_val_if_fail (message->kind >= BENK_USBIP_SUBMIT, FALSE);

  if (!self->imported)
    return TRUE;
  if (message->devid != get_devid (self))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client writes to device %08x, which it has not imported"),
                   message->devid);
      return FALSE;
    }
  if (message->kind == BENK_USBIP_UNLINK)
    unlink_urb (self, message);
  else
    submit (self, g_steal_pointer (&owned));

  return TRUE;
}
