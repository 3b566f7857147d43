/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-tcp.h"

#include "benk-apdu.h"
#include "benk-error.h"
#include "benk-pipe.h"

#include <glib/gi18n.h>

struct _BenkVirtualTcp
{
  GObject parent_instance;

  BenkVirtualDispenser *dispenser;
  BenkClock *clock;
  BenkPipe *pipe;
  BenkApduStream *stream;
  gulong apdu_handler;
  gulong down_handler;
};

G_DEFINE_FINAL_TYPE (BenkVirtualTcp, benk_virtual_tcp, G_TYPE_OBJECT)

enum
{
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Lets go of the line; what was sent still leaves. */
static void
drop (BenkVirtualTcp *self)
{
  g_autoptr (BenkPipe) pipe = g_steal_pointer (&self->pipe);

  if (pipe == NULL)
    return;

  g_signal_handlers_disconnect_by_data (pipe, self);
  g_clear_signal_handler (&self->apdu_handler, self->dispenser);
  g_clear_signal_handler (&self->down_handler, self->dispenser);
  benk_pipe_finish (pipe);
  benk_virtual_dispenser_disconnect_host (self->dispenser);
}

static void
end (BenkVirtualTcp *self, const GError *error)
{
  drop (self);
  g_signal_emit (self, signals[ENDED], 0, error);
}

static void
on_apdu (BenkVirtualDispenser *dispenser, GBytes *apdu, BenkVirtualTcp *self)
{
  benk_pipe_send (self->pipe, apdu);
}

static void
on_down (BenkVirtualDispenser *dispenser, const GError *error, BenkVirtualTcp *tcp)
{
  g_autoptr (BenkVirtualTcp) self = g_object_ref (tcp);

  end (self, NULL);
}

static void
on_received (BenkPipe *pipe, GBytes *octets, BenkVirtualTcp *tcp)
{
  g_autoptr (BenkVirtualTcp) self = g_object_ref (tcp);
  g_autoptr (GError) error = NULL;
  gboolean went_on = FALSE;
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);

  benk_apdu_stream_push (self->stream, data, length);
  while (self->pipe == pipe && error == NULL)
    {
      g_autoptr (GBytes) apdu = benk_apdu_stream_next (self->stream, &error);

      if (apdu == NULL)
        break;
      went_on = TRUE;
      benk_virtual_dispenser_deliver (self->dispenser, apdu);
    }
  if (error != NULL)
    end (self, error);
  else if (self->pipe == pipe)
    benk_pipe_expect (pipe, benk_apdu_stream_pending (self->stream) > 0, went_on);
}

static void
on_closed (BenkPipe *pipe, const GError *error, BenkVirtualTcp *tcp)
{
  g_autoptr (BenkVirtualTcp) self = g_object_ref (tcp);

  end (self, error);
}

static void
benk_virtual_tcp_dispose (GObject *object)
{
  BenkVirtualTcp *self = BENK_VIRTUAL_TCP (object);

  drop (self);
  g_clear_object (&self->dispenser);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_virtual_tcp_parent_class)->dispose (object);
}

static void
benk_virtual_tcp_finalize (GObject *object)
{
  benk_apdu_stream_free (BENK_VIRTUAL_TCP (object)->stream);

  G_OBJECT_CLASS (benk_virtual_tcp_parent_class)->finalize (object);
}

static void
benk_virtual_tcp_class_init (BenkVirtualTcpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_virtual_tcp_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_virtual_tcp_finalize;

  /**
   * BenkVirtualTcp::ended:
   * @self: an agent
   * @error: (nullable): what was wrong; %NULL when the manager went away, or the
   *   dispenser left
   *
   * The connection is over; it may be connected again.
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
benk_virtual_tcp_init (BenkVirtualTcp *self)
{
  self->stream = benk_apdu_stream_new ();
}

/**
 * benk_virtual_tcp_new:
 * @dispenser: a dispenser of the same thread that no link has
 * @clock: for its patience
 *
 * The agent side of 20601 over TCP: APDUs follow each other on the stream, as other
 * implementations send them. A dispenser that leaves the bus closes the connection.
 *
 * Returns: (transfer full): an agent that is not connected
 */
BenkVirtualTcp *
benk_virtual_tcp_new (BenkVirtualDispenser *dispenser, BenkClock *clock)
{
  BenkVirtualTcp *self = g_object_new (BENK_TYPE_VIRTUAL_TCP, NULL);

  self->dispenser = g_object_ref (dispenser);
  self->clock = g_object_ref (clock);

  return self;
}

/* The line stands: the dispenser asks for an association. */
static gboolean
take_connection (BenkVirtualTcp *self, GSocketConnection *connection, GError **error)
{
  self->pipe = benk_pipe_new (connection, self->clock);
  benk_apdu_stream_reset (self->stream);
  g_signal_connect (self->pipe, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->pipe, "closed", G_CALLBACK (on_closed), self);
  self->apdu_handler =
    g_signal_connect (self->dispenser, "apdu", G_CALLBACK (on_apdu), self);
  self->down_handler =
    g_signal_connect (self->dispenser, "down", G_CALLBACK (on_down), self);
  if (!benk_virtual_dispenser_connect_host (self->dispenser, error))
    {
      drop (self);
      return FALSE;
    }
  /* The first word may have been its last. */
  if (self->pipe != NULL)
    benk_pipe_start (self->pipe);

  return TRUE;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) cause = NULL;
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &cause);

  if (connection == NULL)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_DISCONNECTED, "%s",
                             cause->message);
  else if (take_connection (g_task_get_source_object (task), connection, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * benk_virtual_tcp_connect_async:
 * @self: an agent that is not connected
 * @host: "HOST:PORT"; without a port 6024
 *
 * Connects to a manager.
 */
void
benk_virtual_tcp_connect_async (BenkVirtualTcp *self,
                                const char *host,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_virtual_tcp_connect_async);
  if (self->pipe != NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_BUSY,
                               _ ("The simulated dispenser is connected already."));
      g_object_unref (task);
      return;
    }

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, host, BENK_VIRTUAL_TCP_PORT, cancellable,
                                         on_connected, task);
}

/** benk_virtual_tcp_connect_finish: Returns: whether it is connected */
gboolean
benk_virtual_tcp_connect_finish (BenkVirtualTcp *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_virtual_tcp_close:
 * @self: an agent
 *
 * Closes the connection without a word; nothing is told of it.
 */
void
benk_virtual_tcp_close (BenkVirtualTcp *self)
{
  g_return_if_fail (BENK_IS_VIRTUAL_TCP (self));

  drop (self);
}
