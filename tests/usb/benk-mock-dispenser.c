/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mock-dispenser.h"

#include "benk-phdc.h"

/* A dispenser offers to associate again this long after a conversation. */
#define AGAIN_MS 200

typedef struct
{
  BenkMockDispenser *self;
  BenkMockDevice *mock;
  GBytes *octets;
  gboolean zlp;
} Out;

static void
pump (BenkVirtualUsb *usb, BenkMockDispenser *self)
{
  while (self->mock != NULL)
    {
      g_autoptr (GBytes) packet = NULL;
      BenkVirtualUsbStatus status =
        benk_virtual_usb_in (usb, BENK_VIRTUAL_USB_IN, &packet);
      gsize length;

      if (status == BENK_VIRTUAL_USB_STALL)
        benk_mock_device_stall_in (self->mock);
      if (status != BENK_VIRTUAL_USB_OK)
        return;
      length = g_bytes_get_size (packet);
      benk_mock_device_send (self->mock, g_bytes_get_data (packet, NULL), length,
                             length == 0);
    }
}

static gboolean
take_out (gpointer data)
{
  Out *out = data;

  if (out->mock == out->self->mock)
    benk_virtual_usb_write (out->self->usb, BENK_VIRTUAL_USB_OUT,
                            g_bytes_get_data (out->octets, NULL),
                            g_bytes_get_size (out->octets), out->zlp);
  return G_SOURCE_REMOVE;
}

static void
out_free (Out *out)
{
  g_bytes_unref (out->octets);
  g_free (out);
}

/* In umockdev's thread. */
static void
on_out (BenkMockDevice *mock,
        const guint8 *data,
        gsize length,
        gboolean zlp,
        gpointer user_data)
{
  Out *out = g_new (Out, 1);

  *out = (Out){ user_data, mock, g_bytes_new (data, length), zlp };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, take_out, out,
                              (GDestroyNotify) out_free);
}

static void
on_left (BenkVirtualUsb *usb, BenkMockDispenser *self)
{
  BenkMockDevice *mock = g_steal_pointer (&self->mock);

  if (mock != NULL)
    benk_mock_device_unplug (mock);
}

static void
on_arrived (BenkVirtualUsb *usb, BenkMockDispenser *self)
{
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (self->dispenser);
  const BenkMockSpec spec = { .interface_class = BENK_PHDC_CLASS,
                              .serial = memory->serial,
                              .port = self->port,
                              .out = on_out,
                              .user_data = self };

  self->mock = benk_mock_bus_plug (self->bus, &spec);
  benk_virtual_usb_configure (usb, TRUE);
}

BenkMockDispenser *
benk_mock_dispenser_new (BenkMockBus *bus,
                         const char *model_id,
                         const char *serial,
                         BenkClock *clock)
{
  return benk_mock_dispenser_new_at (bus, model_id, serial, clock, 0);
}

BenkMockDispenser *
benk_mock_dispenser_new_at (BenkMockBus *bus,
                            const char *model_id,
                            const char *serial,
                            BenkClock *clock,
                            guint port)
{
  BenkMockDispenser *self = g_new0 (BenkMockDispenser, 1);
  g_autoptr (GError) error = NULL;

  self->bus = bus;
  self->port = port;
  self->dispenser = benk_virtual_dispenser_new (model_id, serial, clock, NULL, &error);
  g_assert_no_error (error);
  benk_virtual_dispenser_set_again (self->dispenser, AGAIN_MS);
  self->usb = benk_virtual_usb_new (self->dispenser);
  g_signal_connect (self->usb, "ready", G_CALLBACK (pump), self);
  g_signal_connect (self->usb, "left", G_CALLBACK (on_left), self);
  g_signal_connect (self->usb, "arrived", G_CALLBACK (on_arrived), self);
  benk_virtual_dispenser_plug (self->dispenser);
  return self;
}

void
benk_mock_dispenser_free (BenkMockDispenser *self)
{
  g_signal_handlers_disconnect_by_data (self->usb, self);
  g_object_unref (self->usb);
  g_object_unref (self->dispenser);
  g_free (self);
}
