/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-usb-private.h"

#include "benk-apdu.h"
#include "benk-error.h"

/* From the end of an association to the next request: the dispenser cannot see when
 * another program has opened it. */
#define AGAIN_MS 2000
/* Longest transfer that is put together (PHDC: 63 KiB). */
#define MAX_TRANSFER 64512

/* A packet on its way in; @first begins a transfer. */
typedef struct
{
  GBytes *octets;
  gboolean first;
} Packet;

G_DEFINE_FINAL_TYPE (BenkVirtualUsb, benk_virtual_usb, G_TYPE_OBJECT)

enum
{
  ARRIVED,
  LEFT,
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  g_bytes_unref (packet->octets);
  g_free (packet);
}

static void
push_packet (BenkVirtualUsb *self, GBytes *apdu, gsize at, gsize length)
{
  Packet *packet = g_new (Packet, 1);

  packet->octets = g_bytes_new_from_bytes (apdu, at, length);
  packet->first = at == 0;
  g_queue_push_tail (&self->packets, packet);
}

/* Drops what the host has not begun to read; half a transfer stays, to end as one. */
static void
drop_unread (BenkVirtualUsb *self)
{
  gboolean begun = TRUE;
  guint count = g_queue_get_length (&self->packets);

  for (guint i = 0; i < count; i++)
    {
      Packet *packet = g_queue_pop_head (&self->packets);

      begun = begun && !packet->first;
      if (begun)
        g_queue_push_tail (&self->packets, packet);
      else
        packet_free (packet);
    }
}

static gboolean
is_aarq (GBytes *apdu)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (apdu, &length);

  return length >= 2 && (data[0] << 8 | data[1]) == BENK_APDU_AARQ;
}

/* Splits an APDU into packets; the last one is short, if need be of no octets. */
static void
on_apdu (BenkVirtualDispenser *dispenser, GBytes *apdu, BenkVirtualUsb *self)
{
  gsize length = g_bytes_get_size (apdu);
  gsize at = 0;

  /* A new association makes all that nobody has read worthless. */
  if (is_aarq (apdu))
    drop_unread (self);
  do
    {
      gsize size = MIN (length - at, BENK_VIRTUAL_USB_PACKET);

      push_packet (self, apdu, at, size);
      at += size;
    }
  while (at < length);
  if (self->zlp && length > 0 && length % BENK_VIRTUAL_USB_PACKET == 0)
    push_packet (self, apdu, length, 0);
  g_signal_emit (self, signals[READY], 0);
}

static void
forget_transfers (BenkVirtualUsb *self)
{
  g_queue_clear_full (&self->packets, packet_free);
  g_byte_array_set_size (self->arrived, 0);
}

static void
on_down (BenkVirtualDispenser *dispenser, const GError *error, BenkVirtualUsb *self)
{
  self->connected = FALSE;
  if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_PROTOCOL))
    return;

  forget_transfers (self);
  self->halted_in = TRUE;
  self->halted_out = TRUE;
  g_signal_emit (self, signals[READY], 0);
}

static void
on_attached (BenkVirtualDispenser *dispenser, BenkVirtualUsb *self)
{
  g_signal_emit (self, signals[ARRIVED], 0);
}

/* What came before the dispenser left can still be read. */
static void
on_detached (BenkVirtualDispenser *dispenser, BenkVirtualUsb *self)
{
  self->configured = FALSE;
  self->connected = FALSE;
  self->halted_in = FALSE;
  self->halted_out = FALSE;
  g_byte_array_set_size (self->arrived, 0);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
connect_transport (BenkVirtualUsb *self)
{
  if (self->connected || !self->configured || self->halted_in || self->halted_out)
    return;

  self->connected = TRUE;
  if (!benk_virtual_dispenser_connect_host (self->dispenser, NULL))
    self->connected = FALSE;
}

static void
disconnect_transport (BenkVirtualUsb *self)
{
  forget_transfers (self);
  if (!self->connected)
    return;

  self->connected = FALSE;
  benk_virtual_dispenser_disconnect_host (self->dispenser);
}

static void
benk_virtual_usb_dispose (GObject *object)
{
  BenkVirtualUsb *self = BENK_VIRTUAL_USB (object);

  if (self->dispenser != NULL)
    {
      disconnect_transport (self);
      g_signal_handlers_disconnect_by_data (self->dispenser, self);
    }
  g_clear_object (&self->dispenser);

  G_OBJECT_CLASS (benk_virtual_usb_parent_class)->dispose (object);
}

static void
benk_virtual_usb_finalize (GObject *object)
{
  BenkVirtualUsb *self = BENK_VIRTUAL_USB (object);

  g_queue_clear_full (&self->packets, packet_free);
  g_byte_array_unref (self->arrived);

  G_OBJECT_CLASS (benk_virtual_usb_parent_class)->finalize (object);
}

static void
benk_virtual_usb_class_init (BenkVirtualUsbClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_virtual_usb_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_virtual_usb_finalize;

  /**
   * BenkVirtualUsb::arrived:
   *
   * It is on the bus, not configured.
   */
  signals[ARRIVED] = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * BenkVirtualUsb::left:
   *
   * It has left the bus.
   */
  signals[LEFT] =
    g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * BenkVirtualUsb::ready:
   *
   * What was answered by NAK is worth another try: there is something to read, a halt, or
   * room again.
   */
  signals[READY] =
    g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_virtual_usb_init (BenkVirtualUsb *self)
{
  g_queue_init (&self->packets);
  self->arrived = g_byte_array_new ();
  self->zlp = TRUE;
}

/* A host program has begun anew: all transfers and the association are forgotten. */
void
benk_virtual_usb_restart (BenkVirtualUsb *self)
{
  disconnect_transport (self);
  connect_transport (self);
}

/* Ends a halt; both ends then begin anew, as PHDC asks for. */
void
benk_virtual_usb_clear_halt (BenkVirtualUsb *self, guint8 endpoint)
{
  if (endpoint == BENK_VIRTUAL_USB_IN)
    self->halted_in = FALSE;
  else
    self->halted_out = FALSE;
  connect_transport (self);
}

/* Halts an endpoint. */
void
benk_virtual_usb_halt (BenkVirtualUsb *self, guint8 endpoint)
{
  disconnect_transport (self);
  if (endpoint == BENK_VIRTUAL_USB_IN)
    self->halted_in = TRUE;
  else
    self->halted_out = TRUE;
}

/**
 * benk_virtual_usb_new:
 * @dispenser: a dispenser of the same thread that no link has
 *
 * Shows a dispenser as a USB device does: descriptors, endpoint 0, packets. What carries
 * the packets (umockdev, USB/IP) is not its business. All calls from the dispenser's
 * thread, or one at a time while its main context does not run.
 *
 * Returns: (transfer full): the dispenser on USB, not configured
 */
BenkVirtualUsb *
benk_virtual_usb_new (BenkVirtualDispenser *dispenser)
{
  BenkVirtualUsb *self;

  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (dispenser), NULL);

  self = g_object_new (BENK_TYPE_VIRTUAL_USB, NULL);
  self->dispenser = g_object_ref (dispenser);
  benk_virtual_dispenser_set_again (dispenser, AGAIN_MS);
  g_signal_connect (dispenser, "apdu", G_CALLBACK (on_apdu), self);
  g_signal_connect (dispenser, "down", G_CALLBACK (on_down), self);
  g_signal_connect (dispenser, "attached", G_CALLBACK (on_attached), self);
  g_signal_connect (dispenser, "detached", G_CALLBACK (on_detached), self);

  return self;
}

/**
 * benk_virtual_usb_get_dispenser:
 * @self: a dispenser on USB
 *
 * Returns: (transfer none): the dispenser
 */
BenkVirtualDispenser *
benk_virtual_usb_get_dispenser (BenkVirtualUsb *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_USB (self), NULL);

  return self->dispenser;
}

/**
 * benk_virtual_usb_configure:
 * @self: a dispenser on USB
 * @configured: whether configuration 1 is set
 *
 * What SET_CONFIGURATION does, for a transport on which the request never comes. A
 * configured dispenser asks for an association.
 */
void
benk_virtual_usb_configure (BenkVirtualUsb *self, gboolean configured)
{
  g_return_if_fail (BENK_IS_VIRTUAL_USB (self));

  disconnect_transport (self);
  self->configured = configured;
  self->halted_in = FALSE;
  self->halted_out = FALSE;
  connect_transport (self);
}

/**
 * benk_virtual_usb_set_zlp:
 * @self: a dispenser on USB
 * @zlp: whether a transfer of whole packets ends in one without octets; some devices
 *   leave it out
 */
void
benk_virtual_usb_set_zlp (BenkVirtualUsb *self, gboolean zlp)
{
  g_return_if_fail (BENK_IS_VIRTUAL_USB (self));

  self->zlp = zlp;
}

/**
 * benk_virtual_usb_hold_out:
 * @self: a dispenser on USB
 * @hold: whether bulk OUT answers NAK
 */
void
benk_virtual_usb_hold_out (BenkVirtualUsb *self, gboolean hold)
{
  g_return_if_fail (BENK_IS_VIRTUAL_USB (self));

  self->hold_out = hold;
  if (!hold)
    g_signal_emit (self, signals[READY], 0);
}

/* An APDU says its own length, so a missing packet of no octets does no harm. */
static gboolean
is_whole (const GByteArray *arrived, gsize last)
{
  gsize wanted =
    arrived->len >= 4 ? 4u + (arrived->data[2] << 8 | arrived->data[3]) : G_MAXSIZE;

  return last < BENK_VIRTUAL_USB_PACKET || arrived->len >= wanted;
}

/**
 * benk_virtual_usb_out:
 * @self: a dispenser on USB
 * @endpoint: bEndpointAddress
 * @packet: (array length=length): octets
 * @length: at most 64
 *
 * One packet to the device. What it answers at once can be read when this returns.
 *
 * Returns: OK, NAK, STALL, GONE; BABBLE for a packet that is too long
 */
BenkVirtualUsbStatus
benk_virtual_usb_out (BenkVirtualUsb *self,
                      guint8 endpoint,
                      const guint8 *packet,
                      gsize length)
{
  g_autoptr (GBytes) whole = NULL;

  g_return_val_if_fail (BENK_IS_VIRTUAL_USB (self), BENK_VIRTUAL_USB_GONE);

  if (!benk_virtual_dispenser_get_attached (self->dispenser))
    return BENK_VIRTUAL_USB_GONE;
  if (endpoint != BENK_VIRTUAL_USB_OUT || !self->configured || self->halted_out)
    return BENK_VIRTUAL_USB_STALL;
  if (self->hold_out)
    return BENK_VIRTUAL_USB_NAK;
  if (length > BENK_VIRTUAL_USB_PACKET || self->arrived->len + length > MAX_TRANSFER)
    {
      benk_virtual_usb_halt (self, endpoint);
      return BENK_VIRTUAL_USB_BABBLE;
    }
  if (length == 0 && self->arrived->len == 0)
    return BENK_VIRTUAL_USB_OK;

  g_byte_array_append (self->arrived, packet, (guint) length);
  if (!is_whole (self->arrived, length))
    return BENK_VIRTUAL_USB_OK;

  whole = g_byte_array_free_to_bytes (g_steal_pointer (&self->arrived));
  self->arrived = g_byte_array_new ();
  benk_virtual_dispenser_deliver (self->dispenser, whole);

  return BENK_VIRTUAL_USB_OK;
}

/**
 * benk_virtual_usb_in:
 * @self: a dispenser on USB
 * @endpoint: bEndpointAddress
 * @packet: (out) (transfer full) (nullable): at most 64 octets, with OK
 *
 * One packet from the device.
 *
 * Returns: OK, NAK while it has nothing to send, STALL or GONE
 */
BenkVirtualUsbStatus
benk_virtual_usb_in (BenkVirtualUsb *self, guint8 endpoint, GBytes **packet)
{
  Packet *head;

  g_return_val_if_fail (BENK_IS_VIRTUAL_USB (self), BENK_VIRTUAL_USB_GONE);

  *packet = NULL;
  head = endpoint == BENK_VIRTUAL_USB_IN ? g_queue_pop_head (&self->packets) : NULL;
  if (head != NULL)
    {
      *packet = g_bytes_ref (head->octets);
      packet_free (head);
      return BENK_VIRTUAL_USB_OK;
    }
  if (!benk_virtual_dispenser_get_attached (self->dispenser))
    return BENK_VIRTUAL_USB_GONE;
  if (endpoint != BENK_VIRTUAL_USB_IN || !self->configured || self->halted_in)
    return BENK_VIRTUAL_USB_STALL;

  return BENK_VIRTUAL_USB_NAK;
}

/**
 * benk_virtual_usb_write:
 * @self: a dispenser on USB
 * @endpoint: bEndpointAddress
 * @data: (array length=length): one transfer
 * @length: octets
 * @zlp: whether whole packets are followed by one without octets
 *
 * A whole transfer to the device, packet by packet. NAK comes before the first only, so
 * it can be tried again as a whole.
 *
 * Returns: as [method@VirtualUsb.out]
 */
BenkVirtualUsbStatus
benk_virtual_usb_write (
  BenkVirtualUsb *self, guint8 endpoint, const guint8 *data, gsize length, gboolean zlp)
{
  BenkVirtualUsbStatus status = BENK_VIRTUAL_USB_OK;
  gsize at = 0;

  do
    {
      gsize size = MIN (length - at, BENK_VIRTUAL_USB_PACKET);

      status = benk_virtual_usb_out (self, endpoint, data + at, size);
      at += size;
    }
  while (status == BENK_VIRTUAL_USB_OK && at < length);
  if (status == BENK_VIRTUAL_USB_OK && zlp && length > 0 &&
      length % BENK_VIRTUAL_USB_PACKET == 0 &&
      benk_virtual_dispenser_get_attached (self->dispenser) && !self->halted_out)
    status = benk_virtual_usb_out (self, endpoint, NULL, 0);

  return status;
}

/**
 * benk_virtual_usb_read:
 * @self: a dispenser on USB
 * @endpoint: bEndpointAddress
 * @into: gets the octets; keeps them between calls for one transfer
 * @room: octets that @into may hold in all
 *
 * A transfer from the device, as a host controller puts it together: it ends at a short
 * packet or when @room is full.
 *
 * Returns: OK when it has ended, NAK while it goes on, BABBLE when a packet did not fit,
 *   STALL or GONE
 */
BenkVirtualUsbStatus
benk_virtual_usb_read (BenkVirtualUsb *self,
                       guint8 endpoint,
                       GByteArray *into,
                       gsize room)
{
  while (TRUE)
    {
      g_autoptr (GBytes) packet = NULL;
      BenkVirtualUsbStatus status = benk_virtual_usb_in (self, endpoint, &packet);
      gsize size;

      if (status != BENK_VIRTUAL_USB_OK)
        return status;
      size = g_bytes_get_size (packet);
      if (into->len + size > room)
        return BENK_VIRTUAL_USB_BABBLE;
      if (size > 0)
        g_byte_array_append (into, g_bytes_get_data (packet, NULL), (guint) size);
      if (size < BENK_VIRTUAL_USB_PACKET || into->len == room)
        return BENK_VIRTUAL_USB_OK;
    }
}
