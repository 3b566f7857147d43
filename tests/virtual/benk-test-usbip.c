/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-usbip.h"

#include "benk-mder.h"

#include <string.h>

/* Real time after which a test has failed. */
#define PATIENCE_S 20

static void
on_event (BenkUsbipServer *server, int event, BenkUsbipDevice *device, TestStand *self)
{
  self->n_events[event]++;
}

static void
on_refused (BenkUsbipServer *server,
            const char *peer,
            const GError *error,
            TestStand *self)
{
  g_test_message ("%s", error->message);
  self->n_refused++;
}

TestStand *
test_stand_new (void)
{
  TestStand *self = g_new0 (TestStand, 1);
  g_autoptr (GInetAddress) host = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (host, 0);
  g_autoptr (GError) error = NULL;

  self->clock = benk_fake_clock_new (TEST_NOW_MS);
  self->dispensers = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = benk_usbip_server_new (BENK_CLOCK (self->clock));
  g_signal_connect (self->server, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->server, "refused", G_CALLBACK (on_refused), self);
  benk_usbip_server_listen (self->server, address, &error);
  g_assert_no_error (error);

  return self;
}

void
test_stand_free (TestStand *self)
{
  g_signal_handlers_disconnect_by_data (self->server, self);
  benk_usbip_server_stop (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->server);
  g_ptr_array_unref (self->dispensers);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->clock);
  g_free (self);
}

/* Plugs a dispenser in, and exports it. */
BenkVirtualDispenser *
test_stand_add (TestStand *self, const char *model_id, const char *serial)
{
  g_autoptr (GError) error = NULL;
  BenkVirtualDispenser *dispenser =
    benk_virtual_dispenser_new (model_id, serial, BENK_CLOCK (self->clock), NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_add (self->dispensers, dispenser);
  benk_virtual_dispenser_plug (dispenser);
  g_assert_nonnull (benk_usbip_server_add (self->server, dispenser));

  return dispenser;
}

void
test_stand_advance (TestStand *self, gint64 ms)
{
  benk_fake_clock_advance (self->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
give_up (gpointer data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

/* Runs until a counter has a value. */
void
test_stand_wait (const guint *counter, guint value)
{
  guint timeout = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);

  while (*counter < value)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_cmpuint (*counter, ==, value);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **answer)
{
  guint timeout = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);

  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);

  return *answer;
}

TestClient *
test_client_new (TestStand *stand)
{
  TestClient *self = g_new0 (TestClient, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GInetAddress) host = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address =
    g_inet_socket_address_new (host, benk_usbip_server_get_port (stand->server));
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), NULL, on_answer,
                                 &answer);
  self->connection = g_socket_client_connect_finish (client, await (&answer), &error);
  g_assert_no_error (error);
  self->ins = g_hash_table_new (NULL, NULL);

  return self;
}

void
test_client_free (TestClient *self)
{
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->connection);
  g_hash_table_unref (self->ins);
  g_free (self);
}

/* What the other end refuses to take is no fault of the test. */
void
test_client_send (TestClient *self, const void *data, gsize length)
{
  g_autoptr (GAsyncResult) answer = NULL;
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));

  g_output_stream_write_all_async (stream, data, length, G_PRIORITY_DEFAULT, NULL,
                                   on_answer, &answer);
  g_output_stream_write_all_finish (stream, await (&answer), NULL, NULL);
}

/* Exactly so many octets; NULL when the other end has closed before. */
GBytes *
test_client_read (TestClient *self, gsize length)
{
  g_autoptr (GAsyncResult) answer = NULL;
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  g_autofree guint8 *octets = g_malloc (MAX (length, 1));
  gsize got = 0;

  if (length > 0)
    {
      g_input_stream_read_all_async (stream, octets, length, G_PRIORITY_DEFAULT, NULL,
                                     on_answer, &answer);
      g_input_stream_read_all_finish (stream, await (&answer), &got, NULL);
    }

  return got == length ? g_bytes_new_take (g_steal_pointer (&octets), length) : NULL;
}

/* Whether nothing more comes, and the other end has closed. */
gboolean
test_client_is_let_go (TestClient *self)
{
  g_autoptr (GBytes) more = test_client_read (self, 1);

  return more == NULL;
}

static void
write_zeros (BenkMderWriter *writer, guint count)
{
  for (guint i = 0; i < count; i++)
    benk_mder_write_u32 (writer, 0);
}

static void
send_writer (TestClient *self, BenkMderWriter *writer)
{
  g_autoptr (GBytes) octets = benk_mder_writer_end (writer);

  test_client_send (self, g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));
}

/* How many devices there are; asserts that the rest of the answer is whole. */
guint
test_client_list (TestClient *self)
{
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) rest = NULL;
  BenkMderReader reader;
  guint count;

  test_client_send (self, "\x01\x11\x80\x05\0\0\0\0", 8);
  head = test_client_read (self, 12);
  g_assert_nonnull (head);
  benk_mder_reader_init_bytes (&reader, head);
  g_assert_cmphex (benk_mder_read_u32 (&reader), ==, 0x01110005);
  g_assert_cmpuint (benk_mder_read_u32 (&reader), ==, 0);
  count = benk_mder_read_u32 (&reader);
  rest = test_client_read (self, 316 * count);
  g_assert_nonnull (rest);
  g_assert_true (test_client_is_let_go (self));

  return count;
}

/* The status of the answer; with 0 the client has the device. */
guint32
test_client_import (TestClient *self, const char *busid)
{
  g_auto (BenkMderWriter) writer;
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) device = NULL;
  BenkMderReader reader;
  char field[32] = { 0 };
  guint32 status;

  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, 0x01118003);
  benk_mder_write_u32 (&writer, 0);
  memcpy (field, busid, MIN (strlen (busid), sizeof field));
  benk_mder_write_raw (&writer, field, sizeof field);
  send_writer (self, &writer);
  head = test_client_read (self, 8);
  g_assert_nonnull (head);
  benk_mder_reader_init_bytes (&reader, head);
  g_assert_cmphex (benk_mder_read_u32 (&reader), ==, 0x01110003);
  status = benk_mder_read_u32 (&reader);
  if (status != 0)
    return status;

  device = test_client_read (self, 312);
  g_assert_nonnull (device);
  benk_mder_reader_init_bytes (&reader, device);
  benk_mder_read_raw (&reader, 256);
  g_assert_cmpstr ((const char *) benk_mder_read_raw (&reader, 32), ==, busid);
  self->devid = benk_mder_read_u32 (&reader) << 16;
  self->devid |= benk_mder_read_u32 (&reader);
  g_assert_cmpuint (benk_mder_read_u32 (&reader), ==, 2);
  g_assert_cmphex (benk_mder_read_u32 (&reader), ==, 0x12090001);

  return 0;
}

static guint32
submit (TestClient *self,
        guint endpoint,
        gboolean in,
        guint32 length,
        GBytes *data,
        const char *setup)
{
  g_auto (BenkMderWriter) writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, 1);
  benk_mder_write_u32 (&writer, ++self->seqnum);
  benk_mder_write_u32 (&writer, self->devid);
  benk_mder_write_u32 (&writer, in);
  benk_mder_write_u32 (&writer, endpoint);
  benk_mder_write_u32 (&writer, in ? 0 : BENK_USBIP_ZERO_PACKET);
  benk_mder_write_u32 (&writer, length);
  write_zeros (&writer, 1);
  benk_mder_write_u32 (&writer, 0xffffffff);
  write_zeros (&writer, 1);
  benk_mder_write_raw (&writer, setup, 8);
  if (data != NULL)
    benk_mder_write_bytes (&writer, data);
  if (in)
    g_hash_table_add (self->ins, GUINT_TO_POINTER (self->seqnum));
  send_writer (self, &writer);

  return self->seqnum;
}

/* A bulk transfer; its number. */
guint32
test_client_submit (
  TestClient *self, guint endpoint, gboolean in, guint32 length, GBytes *data)
{
  return submit (self, endpoint, in, length, data, "\0\0\0\0\0\0\0\0");
}

guint32
test_client_control (TestClient *self, const char *setup, guint32 length)
{
  return submit (self, 0, (setup[0] & 0x80) != 0, length, NULL, setup);
}

guint32
test_client_unlink (TestClient *self, guint32 seqnum)
{
  g_auto (BenkMderWriter) writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, 2);
  benk_mder_write_u32 (&writer, ++self->seqnum);
  benk_mder_write_u32 (&writer, self->devid);
  write_zeros (&writer, 2);
  benk_mder_write_u32 (&writer, seqnum);
  write_zeros (&writer, 6);
  send_writer (self, &writer);

  return self->seqnum;
}

/* The next answer; FALSE when the other end has closed. */
gboolean
test_client_next (TestClient *self, TestReply *reply)
{
  g_autoptr (GBytes) head = test_client_read (self, 48);
  BenkMderReader reader;

  *reply = (TestReply){ 0 };
  if (head == NULL)
    return FALSE;

  benk_mder_reader_init_bytes (&reader, head);
  reply->command = benk_mder_read_u32 (&reader);
  reply->seqnum = benk_mder_read_u32 (&reader);
  benk_mder_read_raw (&reader, 12);
  reply->status = (gint32) benk_mder_read_u32 (&reader);
  reply->actual = benk_mder_read_u32 (&reader);
  benk_mder_read_u32 (&reader);
  reply->n_packets = benk_mder_read_u32 (&reader);
  if (reply->command == 3 &&
      g_hash_table_remove (self->ins, GUINT_TO_POINTER (reply->seqnum)))
    reply->data = test_client_read (self, reply->actual);

  return TRUE;
}

void
test_reply_clear (TestReply *reply)
{
  g_clear_pointer (&reply->data, g_bytes_unref);
}

/* Imports a device and does what Linux does with a new one. */
void
test_client_enumerate (TestClient *self, const char *busid)
{
  static const struct
  {
    const char *setup;
    guint32 length;
    gint32 status;
    guint32 actual;
  } rows[] = {
    { "\x80\x06\x00\x01\x00\x00\x40\x00", 64, 0, 18 },
    { "\x80\x06\x00\x01\x00\x00\x12\x00", 18, 0, 18 },
    { "\x80\x06\x00\x06\x00\x00\x0a\x00", 10, -32, 0 },
    { "\x80\x06\x00\x02\x00\x00\x09\x00", 9, 0, 9 },
    { "\x80\x06\x00\x02\x00\x00\x32\x00", 50, 0, 50 },
    { "\x80\x06\x00\x03\x00\x00\xff\x00", 255, 0, 4 },
    { "\x00\x09\x01\x00\x00\x00\x00\x00", 0, 0, 0 },
  };

  g_assert_cmpuint (test_client_import (self, busid), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (TestReply) reply = { 0 };
      guint32 seqnum = test_client_control (self, rows[i].setup, rows[i].length);

      g_assert_true (test_client_next (self, &reply));
      g_assert_cmpuint (reply.command, ==, 3);
      g_assert_cmpuint (reply.seqnum, ==, seqnum);
      g_assert_cmpint (reply.status, ==, rows[i].status);
      g_assert_cmpuint (reply.actual, ==, rows[i].actual);
      g_assert_cmphex (reply.n_packets, ==, 0xffffffff);
    }
}
