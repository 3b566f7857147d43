/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-pipe.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#define READ_AT_ONCE 16384
#define WRITE_AT_ONCE 65536
/* With more than this to be written nothing more is read: whoever asks has to listen. */
#define MAX_UNWRITTEN (1024 * 1024)

struct _BenkPipe
{
  GObject parent_instance;

  GSocketConnection *connection;
  GCancellable *cancellable;
  BenkClock *clock;
  char *peer;
  guint8 *buffer;
  GByteArray *unwritten;
  GBytes *writing;
  GSource *read_timer;
  GSource *write_timer;
  gboolean reading;
  gboolean finishing;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (BenkPipe, benk_pipe, G_TYPE_OBJECT)

enum
{
  RECEIVED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop_timer (GSource **timer)
{
  if (*timer == NULL)
    return;

  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static gboolean
on_impatient (gpointer data)
{
  BenkPipe *self = data;
  g_autoptr (GError) error =
    g_error_new (BENK_ERROR, BENK_ERROR_TIMEOUT,
                 _ ("The other end did not go on for %d seconds"),
                 BENK_PIPE_PATIENCE_MS / 1000);

  benk_pipe_close (self, error);

  return G_SOURCE_REMOVE;
}

static void
start_timer (BenkPipe *self, GSource **timer)
{
  g_autoptr (GMainContext) context = NULL;

  if (*timer != NULL)
    return;

  context = g_main_context_ref_thread_default ();
  *timer = benk_clock_create_timer (self->clock, BENK_PIPE_PATIENCE_MS);
  g_source_set_callback (*timer, on_impatient, self, NULL);
  g_source_attach (*timer, context);
}

static void read_more (BenkPipe *self);
static void write_more (BenkPipe *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkPipe) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) octets = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (self->closed)
    return;
  if (length <= 0)
    {
      benk_pipe_close (self, NULL);
      return;
    }

  octets = g_bytes_new (self->buffer, (gsize) length);
  g_signal_emit (self, signals[RECEIVED], 0, octets);
  read_more (self);
}

static void
read_more (BenkPipe *self)
{
  if (self->closed || self->finishing || self->reading ||
      self->unwritten->len > MAX_UNWRITTEN)
    return;

  self->reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (
                               G_IO_STREAM (self->connection)),
                             self->buffer, READ_AT_ONCE, G_PRIORITY_DEFAULT,
                             self->cancellable, on_read, g_object_ref (self));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkPipe) self = data;
  gboolean written =
    g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  g_clear_pointer (&self->writing, g_bytes_unref);
  stop_timer (&self->write_timer);
  if (self->closed)
    return;
  if (!written)
    {
      benk_pipe_close (self, NULL);
      return;
    }

  write_more (self);
  read_more (self);
}

static void
write_more (BenkPipe *self)
{
  gsize length = MIN (self->unwritten->len, WRITE_AT_ONCE);
  GOutputStream *stream;

  if (self->closed || self->writing != NULL)
    return;
  if (length == 0)
    {
      if (self->finishing)
        benk_pipe_close (self, NULL);
      return;
    }

  self->writing = g_bytes_new (self->unwritten->data, length);
  g_byte_array_remove_range (self->unwritten, 0, (guint) length);
  start_timer (self, &self->write_timer);
  stream = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_output_stream_write_all_async (stream, g_bytes_get_data (self->writing, NULL), length,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_written,
                                   g_object_ref (self));
}

static void
benk_pipe_dispose (GObject *object)
{
  benk_pipe_close (BENK_PIPE (object), NULL);

  G_OBJECT_CLASS (benk_pipe_parent_class)->dispose (object);
}

static void
benk_pipe_finalize (GObject *object)
{
  BenkPipe *self = BENK_PIPE (object);

  g_clear_pointer (&self->writing, g_bytes_unref);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_byte_array_unref (self->unwritten);
  g_free (self->buffer);
  g_free (self->peer);

  G_OBJECT_CLASS (benk_pipe_parent_class)->finalize (object);
}

static void
benk_pipe_class_init (BenkPipeClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_pipe_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_pipe_finalize;

  /**
   * BenkPipe::received:
   * @self: a pipe
   * @octets: what came; where they are cut means nothing
   */
  signals[RECEIVED] = g_signal_new ("received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  /**
   * BenkPipe::closed:
   * @self: a pipe
   * @error: (nullable): why this end closed it; %NULL when the other end went away, or
   *   all was written
   */
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
benk_pipe_init (BenkPipe *self)
{
  self->cancellable = g_cancellable_new ();
  self->buffer = g_malloc (READ_AT_ONCE);
  self->unwritten = g_byte_array_new ();
}

static char *
describe_peer (GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) address =
    g_socket_connection_get_remote_address (connection, NULL);

  return address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address))
                         : g_strdup ("?");
}

/**
 * benk_pipe_new:
 * @connection: an open connection
 * @clock: for its patience
 *
 * One TCP connection: octets both ways, bounded, on the main context that is the thread's
 * default. Whoever does not take what it is sent is let go.
 *
 * Returns: (transfer full): a pipe that does not listen yet
 */
BenkPipe *
benk_pipe_new (GSocketConnection *connection, BenkClock *clock)
{
  BenkPipe *self = g_object_new (BENK_TYPE_PIPE, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);

  self->connection = g_object_ref (connection);
  self->clock = g_object_ref (clock);
  self->peer = describe_peer (connection);
  /* Every answer is waited for; that a machine has vanished is noticed in the end.
   * Neither is needed for the rest to work. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_keepalive (socket, TRUE);

  return self;
}

/** benk_pipe_get_peer: Returns: address and port of the other end */
const char *
benk_pipe_get_peer (BenkPipe *self)
{
  return self->peer;
}

/** benk_pipe_is_closed: Returns: whether it is */
gboolean
benk_pipe_is_closed (BenkPipe *self)
{
  g_return_val_if_fail (BENK_IS_PIPE (self), TRUE);

  return self->closed;
}

/**
 * benk_pipe_start:
 * @self: a pipe
 *
 * Begins to listen to the other end.
 */
void
benk_pipe_start (BenkPipe *self)
{
  g_return_if_fail (BENK_IS_PIPE (self));

  read_more (self);
}

/**
 * benk_pipe_expect:
 * @self: a pipe
 * @owes: whether the other end owes octets, such as the rest of what it has begun
 * @went_on: whether it has just given something whole; octets that drip in are not that
 *
 * Says whether silence is a fault now: it then ends after %BENK_PIPE_PATIENCE_MS.
 */
void
benk_pipe_expect (BenkPipe *self, gboolean owes, gboolean went_on)
{
  g_return_if_fail (BENK_IS_PIPE (self));

  if (went_on || !owes)
    stop_timer (&self->read_timer);
  if (owes && !self->closed && !self->finishing)
    start_timer (self, &self->read_timer);
}

/**
 * benk_pipe_send:
 * @self: a pipe
 * @octets: for the other end
 */
void
benk_pipe_send (BenkPipe *self, GBytes *octets)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);

  if (self->closed || self->finishing)
    return;

  g_byte_array_append (self->unwritten, data, (guint) length);
  write_more (self);
}

/**
 * benk_pipe_finish:
 * @self: a pipe
 *
 * Closes it when everything has been written; nothing more is heard.
 */
void
benk_pipe_finish (BenkPipe *self)
{
  self->finishing = TRUE;
  stop_timer (&self->read_timer);
  write_more (self);
}

/**
 * benk_pipe_close:
 * @self: a pipe
 * @error: (nullable): why
 *
 * Closes it at once. Closing twice does nothing.
 */
void
benk_pipe_close (BenkPipe *self, const GError *error)
{
  g_autoptr (BenkPipe) keep = NULL;

  if (self->closed)
    return;

  keep = g_object_ref (self);
  self->closed = TRUE;
  stop_timer (&self->read_timer);
  stop_timer (&self->write_timer);
  g_cancellable_cancel (self->cancellable);
  if (self->connection != NULL)
    g_io_stream_close_async (G_IO_STREAM (self->connection), G_PRIORITY_DEFAULT, NULL,
                             NULL, NULL);
  g_signal_emit (self, signals[CLOSED], 0, error);
}
