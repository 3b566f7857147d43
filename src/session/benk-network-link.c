/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-network-link-private.h"

#include "benk-apdu.h"
#include "benk-error.h"
#include "benk-pipe.h"

#include <glib/gi18n.h>

struct _BenkNetworkLink
{
  BenkLink parent_instance;

  BenkPipe *pipe;
  BenkApduStream *stream;
};

G_DEFINE_FINAL_TYPE (BenkNetworkLink, benk_network_link, BENK_TYPE_LINK)

/* Octets that begin no APDU are handed on as they are: the manager breaks off. */
static void
give_up (BenkNetworkLink *self, GBytes *octets, const GError *error)
{
  benk_link_emit_received (BENK_LINK (self), octets);
  benk_link_emit_down (BENK_LINK (self), error);
}

static void
on_received (BenkPipe *pipe, GBytes *octets, BenkNetworkLink *link)
{
  g_autoptr (BenkNetworkLink) self = g_object_ref (link);
  g_autoptr (GError) error = NULL;
  gboolean went_on = FALSE;
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);

  benk_apdu_stream_push (self->stream, data, length);
  while (error == NULL)
    {
      g_autoptr (GBytes) apdu = benk_apdu_stream_next (self->stream, &error);

      if (apdu == NULL)
        break;
      went_on = TRUE;
      benk_link_emit_received (BENK_LINK (self), apdu);
    }
  if (error != NULL)
    give_up (self, octets, error);
  else
    benk_pipe_expect (pipe, benk_apdu_stream_pending (self->stream) > 0, went_on);
}

static void
on_closed (BenkPipe *pipe, const GError *reason, BenkNetworkLink *self)
{
  g_autoptr (GError) error =
    reason != NULL ? g_error_copy (reason)
                   : g_error_new_literal (BENK_ERROR, BENK_ERROR_DISCONNECTED,
                                          _ ("The other end has closed the connection."));

  benk_link_emit_down (BENK_LINK (self), error);
}

static void
benk_network_link_open_async (BenkLink *link,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_network_link_open_async);
  g_task_return_boolean (task, TRUE);
}

/* Nothing is heard before: an agent may have spoken already. */
static gboolean
benk_network_link_open_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  benk_pipe_start (BENK_NETWORK_LINK (link)->pipe);

  return TRUE;
}

static gboolean
benk_network_link_send_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
benk_network_link_send_async (BenkLink *link,
                              GBytes *apdu,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  BenkNetworkLink *self = BENK_NETWORK_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_network_link_send_async);
  if (benk_pipe_is_closed (self->pipe))
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                               _ ("The other end has closed the connection."));
      return;
    }

  benk_pipe_send (self->pipe, apdu);
  g_task_return_boolean (task, TRUE);
}

/* A last word, such as a goodbye, still leaves. */
static void
benk_network_link_close (BenkLink *link)
{
  BenkNetworkLink *self = BENK_NETWORK_LINK (link);

  g_signal_handlers_disconnect_by_data (self->pipe, self);
  benk_pipe_finish (self->pipe);
}

static void
benk_network_link_dispose (GObject *object)
{
  BenkNetworkLink *self = BENK_NETWORK_LINK (object);

  if (self->pipe != NULL)
    benk_link_close (BENK_LINK (self));
  g_clear_object (&self->pipe);

  G_OBJECT_CLASS (benk_network_link_parent_class)->dispose (object);
}

static void
benk_network_link_finalize (GObject *object)
{
  benk_apdu_stream_free (BENK_NETWORK_LINK (object)->stream);

  G_OBJECT_CLASS (benk_network_link_parent_class)->finalize (object);
}

static void
benk_network_link_class_init (BenkNetworkLinkClass *klass)
{
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_network_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_network_link_finalize;
  link_class->open_async = benk_network_link_open_async;
  link_class->open_finish = benk_network_link_open_finish;
  link_class->send_async = benk_network_link_send_async;
  link_class->send_finish = benk_network_link_send_finish;
  link_class->close = benk_network_link_close;
}

static void
benk_network_link_init (BenkNetworkLink *self)
{
  self->stream = benk_apdu_stream_new ();
}

/**
 * benk_network_link_new:
 * @connection: an accepted connection
 * @clock: for its patience
 *
 * A link over TCP, of kind %BENK_LINK_KIND_NETWORK: APDUs follow each other on the
 * stream, as other implementations of 20601 send them. Nobody knows who is at the other
 * end, so it never proves anything.
 *
 * Returns: (transfer full): the link
 */
BenkLink *
benk_network_link_new (GSocketConnection *connection, BenkClock *clock)
{
  g_autoptr (BenkPipe) pipe = benk_pipe_new (connection, clock);
  g_autofree char *bus_path = g_strconcat ("tcp:", benk_pipe_get_peer (pipe), NULL);
  BenkNetworkLink *self =
    g_object_new (BENK_TYPE_NETWORK_LINK, "kind", (int) BENK_LINK_KIND_NETWORK,
                  "description", benk_pipe_get_peer (pipe), "bus-path", bus_path, NULL);

  self->pipe = g_steal_pointer (&pipe);
  g_signal_connect (self->pipe, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->pipe, "closed", G_CALLBACK (on_closed), self);

  return BENK_LINK (self);
}
