/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip-client-private.h"

#include "benk-error.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#define READ_AT_ONCE 16384
#define WRITE_AT_ONCE 65536
/* With more than this to be written nothing more is read: whoever asks has to listen. */
#define MAX_UNWRITTEN (1024 * 1024)

/* The other end of one TCP connection. */
struct _BenkUsbipClient
{
  GObject parent_instance;

  GSocketConnection *connection;
  GCancellable *cancellable;
  BenkClock *clock;
  char *peer;
  BenkUsbipReader *reader;
  guint8 *buffer;
  GByteArray *unwritten;
  GBytes *writing;
  GSource *read_timer;
  GSource *write_timer;
  gboolean imported;
  gboolean reading;
  gboolean finishing;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (BenkUsbipClient, benk_usbip_client, G_TYPE_OBJECT)

enum
{
  MESSAGE,
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
  BenkUsbipClient *self = data;
  g_autoptr (GError) error = g_error_new (BENK_ERROR, BENK_ERROR_TIMEOUT,
                                          _ ("The client did not go on for %d seconds"),
                                          BENK_USBIP_PATIENCE_MS / 1000);

  benk_usbip_client_close (self, error);

  return G_SOURCE_REMOVE;
}

static void
start_timer (BenkUsbipClient *self, GSource **timer)
{
  g_autoptr (GMainContext) context = NULL;

  if (*timer != NULL)
    return;

  context = g_main_context_ref_thread_default ();
  *timer = benk_clock_create_timer (self->clock, BENK_USBIP_PATIENCE_MS);
  g_source_set_callback (*timer, on_impatient, self, NULL);
  g_source_attach (*timer, context);
}

/* A device may be held without a word; a message that has begun must end, and whoever
 * has no device must say what it wants. Octets that drip in do not count as going on. */
static void
watch_reading (BenkUsbipClient *self, gboolean went_on)
{
  gboolean owes = !self->imported || benk_usbip_reader_get_pending (self->reader) > 0;

  if (went_on || !owes)
    stop_timer (&self->read_timer);
  if (owes && !self->closed)
    start_timer (self, &self->read_timer);
}

static void read_more (BenkUsbipClient *self);
static void write_more (BenkUsbipClient *self);

static void
take_messages (BenkUsbipClient *self)
{
  g_autoptr (GError) error = NULL;
  gboolean went_on = FALSE;

  while (!self->closed && !self->finishing)
    {
      BenkUsbipMessage *message = benk_usbip_reader_next (self->reader, &error);

      if (message == NULL)
        break;
      went_on = TRUE;
      g_signal_emit (self, signals[MESSAGE], 0, message);
    }
  if (error != NULL)
    benk_usbip_client_close (self, error);
  else
    watch_reading (self, went_on);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkUsbipClient) self = data;
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (self->closed)
    return;
  if (length <= 0)
    {
      benk_usbip_client_close (self, NULL);
      return;
    }

  benk_usbip_reader_push (self->reader, self->buffer, (gsize) length);
  take_messages (self);
  read_more (self);
}

static void
read_more (BenkUsbipClient *self)
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
  g_autoptr (BenkUsbipClient) self = data;
  gboolean written =
    g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  g_clear_pointer (&self->writing, g_bytes_unref);
  stop_timer (&self->write_timer);
  if (self->closed)
    return;
  if (!written)
    {
      benk_usbip_client_close (self, NULL);
      return;
    }

  write_more (self);
  read_more (self);
}

static void
write_more (BenkUsbipClient *self)
{
  gsize length = MIN (self->unwritten->len, WRITE_AT_ONCE);
  GOutputStream *stream;

  if (self->closed || self->writing != NULL)
    return;
  if (length == 0)
    {
      if (self->finishing)
        benk_usbip_client_close (self, NULL);
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
benk_usbip_client_dispose (GObject *object)
{
  benk_usbip_client_close (BENK_USBIP_CLIENT (object), NULL);

  G_OBJECT_CLASS (benk_usbip_client_parent_class)->dispose (object);
}

static void
benk_usbip_client_finalize (GObject *object)
{
  BenkUsbipClient *self = BENK_USBIP_CLIENT (object);

  g_clear_pointer (&self->writing, g_bytes_unref);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_byte_array_unref (self->unwritten);
  benk_usbip_reader_free (self->reader);
  g_free (self->buffer);
  g_free (self->peer);

  G_OBJECT_CLASS (benk_usbip_client_parent_class)->finalize (object);
}

static void
benk_usbip_client_class_init (BenkUsbipClientClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_usbip_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_usbip_client_finalize;

  /**
   * BenkUsbipClient::message:
   * @self: a client
   * @message: (transfer full): what it wants
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * BenkUsbipClient::closed:
   * @self: a client
   * @error: (nullable): what it did wrong; %NULL when it went away
   */
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
benk_usbip_client_init (BenkUsbipClient *self)
{
  self->cancellable = g_cancellable_new ();
  self->reader = benk_usbip_reader_new ();
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

/** benk_usbip_client_get_peer: Returns: its address and port */
const char *
benk_usbip_client_get_peer (BenkUsbipClient *self)
{
  return self->peer;
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
  watch_reading (self, FALSE);
  read_more (self);
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

/**
 * benk_usbip_client_send:
 * @self: a client
 * @octets: an answer
 */
void
benk_usbip_client_send (BenkUsbipClient *self, GBytes *octets)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);

  if (self->closed || self->finishing)
    return;

  g_byte_array_append (self->unwritten, data, (guint) length);
  write_more (self);
}

/**
 * benk_usbip_client_finish:
 * @self: a client
 *
 * Lets it go when everything has been written.
 */
void
benk_usbip_client_finish (BenkUsbipClient *self)
{
  self->finishing = TRUE;
  stop_timer (&self->read_timer);
  write_more (self);
}

/**
 * benk_usbip_client_close:
 * @self: a client
 * @error: (nullable): what it did wrong
 *
 * Lets it go at once. Closing twice does nothing.
 */
void
benk_usbip_client_close (BenkUsbipClient *self, const GError *error)
{
  g_autoptr (BenkUsbipClient) keep = NULL;

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
