/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip-link.h"

#include "benk-apdu.h"
#include "benk-error.h"
#include "benk-mder.h"
#include "benk-pipe.h"
#include "benk-usbip.h"

#include <string.h>

#define ROOM 16384
#define IMPORT_REPLY 320

/* A link as a kernel and libusb make one: over a socket, by transfers. */
struct _TestUsbipLink
{
  BenkLink parent_instance;

  guint16 port;
  char *busid;
  BenkClock *clock;
  BenkPipe *pipe;
  GByteArray *pending;
  BenkApduStream *stream;
  GTask *opening;
  GTask *sending;
  gboolean imported;
  guint32 devid;
  guint32 seqnum;
  guint32 configure_seqnum;
  guint32 in_seqnum;
  guint32 out_seqnum;
};

G_DEFINE_FINAL_TYPE (TestUsbipLink, test_usbip_link, BENK_TYPE_LINK)

static void
send_writer (TestUsbipLink *self, BenkMderWriter *writer)
{
  g_autoptr (GBytes) octets = benk_mder_writer_end (writer);

  benk_pipe_send (self->pipe, octets);
}

static guint32
submit (TestUsbipLink *self, guint endpoint, gboolean in, GBytes *data, const char *setup)
{
  g_auto (BenkMderWriter) writer;
  gsize length = data != NULL ? g_bytes_get_size (data) : 0;

  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, 1);
  benk_mder_write_u32 (&writer, ++self->seqnum);
  benk_mder_write_u32 (&writer, self->devid);
  benk_mder_write_u32 (&writer, in);
  benk_mder_write_u32 (&writer, endpoint);
  benk_mder_write_u32 (&writer, in ? 0 : BENK_USBIP_ZERO_PACKET);
  benk_mder_write_u32 (&writer, in ? ROOM : (guint32) length);
  for (guint i = 0; i < 3; i++)
    benk_mder_write_u32 (&writer, 0);
  benk_mder_write_raw (&writer, setup, 8);
  if (data != NULL)
    benk_mder_write_bytes (&writer, data);
  send_writer (self, &writer);

  return self->seqnum;
}

static void
post_read (TestUsbipLink *self)
{
  self->in_seqnum = submit (self, 1, TRUE, NULL, "\0\0\0\0\0\0\0\0");
}

static void
fail (TestUsbipLink *self, int code)
{
  g_autoptr (GError) error = g_error_new_literal (BENK_ERROR, code, "the device is gone");
  g_autoptr (GTask) opening = g_steal_pointer (&self->opening);
  g_autoptr (GTask) sending = g_steal_pointer (&self->sending);

  if (opening != NULL)
    g_task_return_error (opening, g_error_copy (error));
  if (sending != NULL)
    g_task_return_error (sending, g_error_copy (error));
  benk_link_emit_down (BENK_LINK (self), error);
}

static void
take_apdus (TestUsbipLink *self, const guint8 *data, gsize length)
{
  benk_apdu_stream_push (self->stream, data, length);
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) apdu = benk_apdu_stream_next (self->stream, &error);

      if (error != NULL)
        fail (self, BENK_ERROR_PROTOCOL);
      if (apdu == NULL)
        return;
      benk_link_emit_received (BENK_LINK (self), apdu);
    }
}

static void
take_reply (TestUsbipLink *self, guint32 seqnum, int status, GBytes *data)
{
  gsize length;
  const guint8 *octets = g_bytes_get_data (data, &length);

  if (status != 0)
    fail (self, BENK_ERROR_PROTOCOL);
  else if (seqnum == self->configure_seqnum)
    {
      g_autoptr (GTask) opening = g_steal_pointer (&self->opening);

      post_read (self);
      g_task_return_boolean (opening, TRUE);
    }
  else if (seqnum == self->in_seqnum)
    {
      post_read (self);
      take_apdus (self, octets, length);
    }
  else if (seqnum == self->out_seqnum && self->sending != NULL)
    {
      g_autoptr (GTask) sending = g_steal_pointer (&self->sending);

      g_task_return_boolean (sending, TRUE);
    }
}

static void connect_pipe (TestUsbipLink *self);

/* The server has not yet seen that the one before has gone. */
static void
try_again (TestUsbipLink *self)
{
  g_signal_handlers_disconnect_by_data (self->pipe, self);
  benk_pipe_close (self->pipe, NULL);
  g_clear_object (&self->pipe);
  g_byte_array_set_size (self->pending, 0);
  connect_pipe (self);
}

/* Whether a whole answer to the import was there. */
static gboolean
take_import (TestUsbipLink *self)
{
  BenkMderReader reader;

  if (self->pending->len < 8)
    return FALSE;
  benk_mder_reader_init (&reader, self->pending->data, self->pending->len);
  benk_mder_read_u32 (&reader);
  if (benk_mder_read_u32 (&reader) != 0)
    {
      try_again (self);
      return FALSE;
    }
  if (self->pending->len < IMPORT_REPLY)
    return FALSE;
  benk_mder_read_raw (&reader, 256 + 32);
  self->devid = benk_mder_read_u32 (&reader) << 16;
  self->devid |= benk_mder_read_u32 (&reader);
  g_byte_array_remove_range (self->pending, 0, IMPORT_REPLY);
  self->imported = TRUE;
  self->configure_seqnum =
    submit (self, 0, FALSE, NULL, "\x00\x09\x01\x00\x00\x00\x00\x00");

  return TRUE;
}

static gboolean
take_message (TestUsbipLink *self)
{
  BenkMderReader reader;
  g_autoptr (GBytes) data = NULL;
  guint32 seqnum;
  guint32 status;
  guint32 actual;

  if (!self->imported)
    return take_import (self);
  if (self->pending->len < BENK_USBIP_HEADER)
    return FALSE;
  benk_mder_reader_init (&reader, self->pending->data, self->pending->len);
  benk_mder_read_u32 (&reader);
  seqnum = benk_mder_read_u32 (&reader);
  benk_mder_read_raw (&reader, 12);
  status = benk_mder_read_u32 (&reader);
  actual = seqnum == self->in_seqnum ? benk_mder_read_u32 (&reader) : 0;
  if (self->pending->len < BENK_USBIP_HEADER + actual)
    return FALSE;
  data = g_bytes_new (self->pending->data + BENK_USBIP_HEADER, actual);
  g_byte_array_remove_range (self->pending, 0, BENK_USBIP_HEADER + actual);
  take_reply (self, seqnum, (int) status, data);

  return TRUE;
}

static void
on_received (BenkPipe *pipe, GBytes *octets, TestUsbipLink *link)
{
  g_autoptr (TestUsbipLink) self = g_object_ref (link);

  g_byte_array_append (self->pending, g_bytes_get_data (octets, NULL),
                       (guint) g_bytes_get_size (octets));
  while (!benk_pipe_is_closed (pipe) && take_message (self))
    ;
}

static void
on_closed (BenkPipe *pipe, const GError *error, TestUsbipLink *link)
{
  g_autoptr (TestUsbipLink) self = g_object_ref (link);

  fail (self, BENK_ERROR_DISCONNECTED);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TestUsbipLink) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  g_auto (BenkMderWriter) writer;
  char field[BENK_USBIP_BUSID] = { 0 };

  g_assert_no_error (error);
  if (self->opening == NULL)
    return;
  self->pipe = benk_pipe_new (connection, self->clock);
  g_signal_connect (self->pipe, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->pipe, "closed", G_CALLBACK (on_closed), self);
  benk_pipe_start (self->pipe);
  memcpy (field, self->busid, strlen (self->busid));
  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, 0x01118003);
  benk_mder_write_u32 (&writer, 0);
  benk_mder_write_raw (&writer, field, sizeof field);
  send_writer (self, &writer);
}

static void
connect_pipe (TestUsbipLink *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_connect_to_host_async (client, "127.0.0.1", self->port, NULL,
                                         on_connected, g_object_ref (self));
}

static void
test_usbip_link_open_async (BenkLink *link,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  TestUsbipLink *self = TEST_USBIP_LINK (link);

  self->opening = g_task_new (self, cancellable, callback, user_data);
  connect_pipe (self);
}

static gboolean
finish_task (BenkLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_usbip_link_send_async (BenkLink *link,
                            GBytes *apdu,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  TestUsbipLink *self = TEST_USBIP_LINK (link);

  g_assert_null (self->sending);
  self->sending = g_task_new (self, cancellable, callback, user_data);
  self->out_seqnum = submit (self, 2, FALSE, apdu, "\0\0\0\0\0\0\0\0");
}

static void
test_usbip_link_close (BenkLink *link)
{
  TestUsbipLink *self = TEST_USBIP_LINK (link);

  if (self->pipe != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pipe, self);
      benk_pipe_close (self->pipe, NULL);
    }
  fail (self, BENK_ERROR_CANCELLED);
}

static void
test_usbip_link_dispose (GObject *object)
{
  TestUsbipLink *self = TEST_USBIP_LINK (object);

  benk_link_close (BENK_LINK (self));
  g_clear_object (&self->pipe);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (test_usbip_link_parent_class)->dispose (object);
}

static void
test_usbip_link_finalize (GObject *object)
{
  TestUsbipLink *self = TEST_USBIP_LINK (object);

  g_byte_array_unref (self->pending);
  benk_apdu_stream_free (self->stream);
  g_free (self->busid);

  G_OBJECT_CLASS (test_usbip_link_parent_class)->finalize (object);
}

static void
test_usbip_link_class_init (TestUsbipLinkClass *klass)
{
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = test_usbip_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = test_usbip_link_finalize;
  link_class->open_async = test_usbip_link_open_async;
  link_class->open_finish = finish_task;
  link_class->send_async = test_usbip_link_send_async;
  link_class->send_finish = finish_task;
  link_class->close = test_usbip_link_close;
}

static void
test_usbip_link_init (TestUsbipLink *self)
{
  self->pending = g_byte_array_new ();
  self->stream = benk_apdu_stream_new ();
}

/* A link to one device of a server on this machine; it says of itself that it is USB, as
 * the kernel would. */
BenkLink *
test_usbip_link_new (guint16 port, const char *busid, BenkClock *clock)
{
  TestUsbipLink *self =
    g_object_new (TEST_TYPE_USBIP_LINK, "kind", (int) BENK_LINK_KIND_USB, "description",
                  "USB", "bus-path", busid, NULL);

  self->port = port;
  self->busid = g_strdup (busid);
  self->clock = g_object_ref (clock);

  return BENK_LINK (self);
}
