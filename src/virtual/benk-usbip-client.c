/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip-client-private.h"

/* Whoever speaks USB/IP over one connection. */
struct _BenkUsbipClient
{
  GObject parent_instance;

  BenkPipe *pipe;
  BenkUsbipReader *reader;
  gboolean imported;
};

G_DEFINE_FINAL_TYPE (BenkUsbipClient, benk_usbip_client, G_TYPE_OBJECT)

enum
{
  MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A device may be held without a word; a message that has begun must end, and whoever
 * has no device must say what it wants. */
static void
expect_more (BenkUsbipClient *self, gboolean went_on)
{
  benk_pipe_expect (self->pipe,
                    !self->imported || benk_usbip_reader_get_pending (self->reader) > 0,
                    went_on);
}

static void
on_received (BenkPipe *pipe, GBytes *octets, BenkUsbipClient *client)
{
  g_autoptr (BenkUsbipClient) self = g_object_ref (client);
  g_autoptr (GError) error = NULL;
  gboolean went_on = FALSE;
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);

  benk_usbip_reader_push (self->reader, data, length);
  while (!benk_pipe_is_closed (pipe))
    {
      BenkUsbipMessage *message = benk_usbip_reader_next (self->reader, &error);

      if (message == NULL)
        break;
      went_on = TRUE;
      g_signal_emit (self, signals[MESSAGE], 0, message);
    }
  if (error != NULL)
    benk_pipe_close (pipe, error);
  else
    expect_more (self, went_on);
}

static void
benk_usbip_client_dispose (GObject *object)
{
  BenkUsbipClient *self = BENK_USBIP_CLIENT (object);

  if (self->pipe != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pipe, self);
      benk_pipe_close (self->pipe, NULL);
    }

  G_OBJECT_CLASS (benk_usbip_client_parent_class)->dispose (object);
}

static void
benk_usbip_client_finalize (GObject *object)
{
  BenkUsbipClient *self = BENK_USBIP_CLIENT (object);

  g_clear_object (&self->pipe);
  benk_usbip_reader_free (self->reader);

  G_OBJECT_CLASS (benk_usbip_client_parent_class)->finalize (object);
}

static void
benk_usbip_client_class_init (BenkUsbipClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_usbip_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_usbip_client_finalize;

  /**
   * BenkUsbipClient::message:
   * @self: a client
   * @message: (transfer full): what it wants
   */
  signals[MESSAGE] =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
benk_usbip_client_init (BenkUsbipClient *self)
{
  self->reader = benk_usbip_reader_new ();
}

/**
 * benk_usbip_client_new:
 * @connection: an accepted connection
 * @clock: for its patience
 *
 * Returns: (transfer full): a client that has not been listened to
 */
BenkUsbipClient *
benk_usbip_client_new (GSocketConnection *connection, BenkClock *clock)
{
  BenkUsbipClient *self = g_object_new (BENK_TYPE_USBIP_CLIENT, NULL);

  self->pipe = benk_pipe_new (connection, clock);
  g_signal_connect (self->pipe, "received", G_CALLBACK (on_received), self);

  return self;
}

/** benk_usbip_client_get_pipe: Returns: (transfer none): its connection */
BenkPipe *
benk_usbip_client_get_pipe (BenkUsbipClient *self)
{
  return self->pipe;
}

/**
 * benk_usbip_client_start:
 * @self: a client
 *
 * Begins to listen to it.
 */
void
benk_usbip_client_start (BenkUsbipClient *self)
{
  expect_more (self, FALSE);
  benk_pipe_start (self->pipe);
}

/**
 * benk_usbip_client_set_imported:
 * @self: a client
 *
 * It has a device: transfers follow, and silence is no fault any more.
 */
void
benk_usbip_client_set_imported (BenkUsbipClient *self)
{
  self->imported = TRUE;
  benk_usbip_reader_set_imported (self->reader);
}
