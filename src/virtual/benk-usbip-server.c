/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip-server.h"

#include "benk-usbip-client-private.h"

#include "benk-tcp-address.h"

/* A client, and the device it has. */
typedef struct
{
  BenkUsbipServer *server;
  BenkUsbipClient *client;
  BenkPipe *pipe;
  BenkUsbipDevice *device;
  gboolean finished;
} Seat;

struct _BenkUsbipServer
{
  GObject parent_instance;

  BenkClock *clock;
  GSocketService *service;
  GPtrArray *devices;
  GPtrArray *seats;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (BenkUsbipServer, benk_usbip_server, G_TYPE_OBJECT)

enum
{
  EVENT,
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  g_signal_handlers_disconnect_by_data (seat->client, seat);
  if (seat->device != NULL)
    {
      g_signal_handlers_disconnect_by_data (seat->device, seat);
      benk_usbip_device_release (seat->device);
    }
  g_signal_handlers_disconnect_by_data (seat->pipe, seat);
  benk_pipe_close (seat->pipe, NULL);
  g_object_unref (seat->client);
  g_clear_object (&seat->device);
  g_free (seat);
}

static void
tell (BenkUsbipServer *self, BenkUsbipEvent event, BenkUsbipDevice *device)
{
  g_signal_emit (self, signals[EVENT], 0, (int) event, device);
}

static void
send (Seat *seat, GBytes *octets)
{
  benk_pipe_send (seat->pipe, octets);
  g_bytes_unref (octets);
}

/* What it still says is not heard. */
static void
finish (Seat *seat)
{
  seat->finished = TRUE;
  benk_pipe_finish (seat->pipe);
}

static void
on_reply (BenkUsbipDevice *device, GBytes *octets, Seat *seat)
{
  benk_pipe_send (seat->pipe, octets);
}

/* The client sees its device leave by the end of the connection. */
static void
on_device_left (BenkUsbipDevice *device, Seat *seat)
{
  g_signal_handlers_disconnect_by_data (device, seat);
  g_clear_object (&seat->device);
  finish (seat);
}

static void
send_list (Seat *seat)
{
  g_autoptr (GPtrArray) descriptions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GPtrArray *devices = seat->server->devices;

  for (guint i = 0; i < devices->len; i++)
    {
      BenkUsbipDevice *device = g_ptr_array_index (devices, i);

      if (benk_usbip_device_is_present (device))
        g_ptr_array_add (descriptions, benk_usbip_device_describe (device));
    }
  send (seat, benk_usbip_compose_list (descriptions));
  finish (seat);
}

static BenkUsbipDevice *
find_device (BenkUsbipServer *self, const char *busid)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      BenkUsbipDevice *device = g_ptr_array_index (self->devices, i);

      if (g_str_equal (benk_usbip_device_get_busid (device), busid))
        return device;
    }

  return NULL;
}

static void
import_device (Seat *seat, const char *busid)
{
  BenkUsbipDevice *device = find_device (seat->server, busid);
  BenkUsbipStatus status =
    device != NULL ? benk_usbip_device_import (device) : BENK_USBIP_NO_DEVICE;
  g_autoptr (GBytes) description = NULL;

  if (status != BENK_USBIP_OK)
    {
      send (seat, benk_usbip_compose_import (status, NULL));
      finish (seat);
      return;
    }

  seat->device = g_object_ref (device);
  g_signal_connect (device, "reply", G_CALLBACK (on_reply), seat);
  g_signal_connect (device, "left", G_CALLBACK (on_device_left), seat);
  description = benk_usbip_device_describe (device);
  benk_usbip_client_set_imported (seat->client);
  send (seat, benk_usbip_compose_import (status, description));
  tell (seat->server, BENK_USBIP_IMPORTED, device);
}

static void
on_message (BenkUsbipClient *client, BenkUsbipMessage *message, Seat *seat)
{
  g_autoptr (BenkUsbipMessage) owned = message;
  g_autoptr (GError) error = NULL;

  if (seat->finished)
    return;
  if (message->kind == BENK_USBIP_LIST)
    send_list (seat);
  else if (message->kind == BENK_USBIP_IMPORT)
    import_device (seat, message->busid);
  else if (seat->device != NULL &&
           !benk_usbip_device_handle (seat->device, g_steal_pointer (&owned), &error))
    benk_pipe_close (seat->pipe, error);
}

static void
on_closed (BenkPipe *pipe, const GError *error, Seat *seat)
{
  g_autoptr (BenkUsbipServer) self = g_object_ref (seat->server);
  g_autoptr (BenkUsbipDevice) device =
    seat->device != NULL ? g_object_ref (seat->device) : NULL;

  if (error != NULL)
    g_signal_emit (self, signals[REFUSED], 0, benk_pipe_get_peer (pipe), error);
  g_ptr_array_remove_fast (self->seats, seat);
  if (device != NULL)
    tell (self, BENK_USBIP_RELEASED, device);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             BenkUsbipServer *self)
{
  Seat *seat;

  if (self->seats->len >= BENK_USBIP_MAX_CLIENTS)
    return TRUE;

  seat = g_new0 (Seat, 1);
  seat->server = self;
  seat->client = benk_usbip_client_new (connection, self->clock);
  seat->pipe = benk_usbip_client_get_pipe (seat->client);
  g_ptr_array_add (self->seats, seat);
  g_signal_connect (seat->client, "message", G_CALLBACK (on_message), seat);
  g_signal_connect (seat->pipe, "closed", G_CALLBACK (on_closed), seat);
  benk_usbip_client_start (seat->client);

  return TRUE;
}

static void
on_left (BenkUsbipDevice *device, BenkUsbipServer *self)
{
  tell (self, BENK_USBIP_GONE, device);
}

static void
on_arrived (BenkUsbipDevice *device, BenkUsbipServer *self)
{
  tell (self, BENK_USBIP_RETURNED, device);
}

static void
benk_usbip_server_dispose (GObject *object)
{
  BenkUsbipServer *self = BENK_USBIP_SERVER (object);

  benk_usbip_server_stop (self);
  for (guint i = 0; i < self->devices->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->devices, i), self);
  g_ptr_array_set_size (self->devices, 0);

  G_OBJECT_CLASS (benk_usbip_server_parent_class)->dispose (object);
}

static void
benk_usbip_server_finalize (GObject *object)
{
  BenkUsbipServer *self = BENK_USBIP_SERVER (object);

  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->seats);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_usbip_server_parent_class)->finalize (object);
}

static void
benk_usbip_server_class_init (BenkUsbipServerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_usbip_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_usbip_server_finalize;

  /**
   * BenkUsbipServer::event:
   * @self: a server
   * @event: a #BenkUsbipEvent
   * @device: what it happened to
   */
  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT, BENK_TYPE_USBIP_DEVICE);
  /**
   * BenkUsbipServer::refused:
   * @self: a server
   * @peer: address and port of a client
   * @error: why it was let go
   */
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
benk_usbip_server_init (BenkUsbipServer *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
}

/**
 * benk_usbip_server_new:
 * @clock: for its patience with clients
 *
 * Serves simulated dispensers by USB/IP 1.1.1, as the tools of Linux speak it. It needs
 * no rights. The protocol knows no authentication: whoever can connect can take a device.
 * Everything happens on the main context that is the thread's default.
 *
 * Returns: (transfer full): a server without devices, deaf
 */
BenkUsbipServer *
benk_usbip_server_new (BenkClock *clock)
{
  BenkUsbipServer *self = g_object_new (BENK_TYPE_USBIP_SERVER, NULL);

  self->clock = g_object_ref (clock);

  return self;
}

/**
 * benk_usbip_server_add:
 * @self: a server
 * @dispenser: a dispenser of the same thread that no link has
 *
 * Exports a dispenser while it is on the bus.
 *
 * Returns: (transfer none) (nullable): what is exported; %NULL when there are
 *   %BENK_USBIP_MAX_DEVICES
 */
BenkUsbipDevice *
benk_usbip_server_add (BenkUsbipServer *self, BenkVirtualDispenser *dispenser)
{
  BenkUsbipDevice *device;

  g_return_val_if_fail (BENK_IS_USBIP_SERVER (self), NULL);

  if (self->devices->len >= BENK_USBIP_MAX_DEVICES)
    return NULL;

  device = benk_usbip_device_new (dispenser, self->devices->len + 1);
  g_ptr_array_add (self->devices, device);
  g_signal_connect (device, "left", G_CALLBACK (on_left), self);
  g_signal_connect (device, "arrived", G_CALLBACK (on_arrived), self);

  return device;
}

/**
 * benk_usbip_server_listen:
 * @self: a server that does not listen
 * @address: where; port 0 takes a free one
 * @error: %BENK_ERROR_BUSY when somebody has the port, %BENK_ERROR_PERMISSION,
 *   %BENK_ERROR_IO
 *
 * Returns: whether it listens
 */
gboolean
benk_usbip_server_listen (BenkUsbipServer *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (BENK_IS_USBIP_SERVER (self), FALSE);
  g_return_val_if_fail (self->service == NULL, FALSE);

  self->service =
    benk_tcp_serve (address, G_CALLBACK (on_incoming), self, &self->port, error);

  return self->service != NULL;
}

/** benk_usbip_server_get_port: Returns: where it listens */
guint16
benk_usbip_server_get_port (BenkUsbipServer *self)
{
  g_return_val_if_fail (BENK_IS_USBIP_SERVER (self), 0);

  return self->port;
}

/**
 * benk_usbip_server_stop:
 * @self: a server
 *
 * Lets every client go and listens no more.
 */
void
benk_usbip_server_stop (BenkUsbipServer *self)
{
  g_return_if_fail (BENK_IS_USBIP_SERVER (self));

  benk_tcp_stop (&self->service, self);
  g_ptr_array_set_size (self->seats, 0);
}
