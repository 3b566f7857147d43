/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-usbip.h"

#include "benk-error.h"

#include <string.h>

/* Whatever comes from the socket: nothing of it may harm a server or another client. */

typedef struct
{
  const char *what;
  gboolean imported;
  const char *octets;
  gsize length;
} Row;

#define HEADER(command, direction, endpoint, length, packets)                            \
  "\0\0\0" command "\0\0\0\1\0\0\0\0\0\0\0" direction "\0\0\0" endpoint                  \
  "\0\0\0\0" length "\0\0\0\0" packets "\0\0\0\0\0\0\0\0\0\0\0\0"

/* Everything here ends the connection of whoever sent it. */
static const Row refused[] = {
  { "another version", FALSE, "\x01\x06\x80\x05\0\0\0\0", 8 },
  { "version of nothing", FALSE, "\0\0\0\0\0\0\0\0", 8 },
  { "an answer", FALSE, "\x01\x11\0\5\0\0\0\0", 8 },
  { "a request that is none", FALSE, "\x01\x11\x80\x07\0\0\0\0", 8 },
  { "a browser", FALSE, "GET / HTTP/1.1\r\n\r\n", 18 },
  { "command 0", TRUE, HEADER ("\0", "\0", "\0", "\0\0\0\0", "\0\0\0\0"), 48 },
  { "an answer", TRUE, HEADER ("\3", "\0", "\0", "\0\0\0\0", "\0\0\0\0"), 48 },
  { "direction 2", TRUE, HEADER ("\1", "\2", "\0", "\0\0\0\0", "\0\0\0\0"), 48 },
  { "endpoint 16", TRUE, HEADER ("\1", "\0", "\x10", "\0\0\0\0", "\0\0\0\0"), 48 },
  { "4 GiB out", TRUE, HEADER ("\1", "\0", "\2", "\xff\xff\xff\xff", "\0\0\0\0"), 48 },
  { "2 GiB out", TRUE, HEADER ("\1", "\0", "\2", "\x7f\xff\xff\xff", "\0\0\0\0"), 48 },
  { "4 GiB in", TRUE, HEADER ("\1", "\1", "\1", "\xff\xff\xff\xff", "\0\0\0\0"), 48 },
  { "1 MiB and one", TRUE, HEADER ("\1", "\0", "\2", "\0\x10\0\1", "\0\0\0\0"), 48 },
  { "too many packets", TRUE, HEADER ("\1", "\1", "\1", "\0\0\0\0", "\0\0\4\1"), 48 },
  { "packets without end", TRUE,
    HEADER ("\1", "\1", "\1", "\0\0\0\0", "\x7f\xff\xff\xff"), 48 },
};

static gboolean
ring (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Lets simulated time pass until a client is let go; it may have been heard late. */
static void
pass_until_refused (TestStand *stand)
{
  for (guint i = 0; stand->n_refused == 0; i++)
    {
      gboolean rung = FALSE;

      g_assert_cmpuint (i, <, 1000);
      g_timeout_add (2, ring, &rung);
      while (!rung)
        g_main_context_iteration (NULL, TRUE);
      test_stand_advance (stand, 1000);
    }
  g_assert_cmpuint (stand->n_refused, ==, 1);
}

static BenkUsbipReader *
make_reader (gboolean imported)
{
  BenkUsbipReader *reader = benk_usbip_reader_new ();

  if (imported)
    benk_usbip_reader_set_imported (reader);

  return reader;
}

/* Octet by octet: refused with the last octet of the header at the latest. */
static void
test_refused_by_the_reader (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (BenkUsbipReader) reader = make_reader (refused[i].imported);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i].what);
      for (gsize j = 0; j < refused[i].length && error == NULL; j++)
        {
          benk_usbip_reader_push (reader, (const guint8 *) refused[i].octets + j, 1);
          g_assert_null (benk_usbip_reader_next (reader, &error));
        }
      g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
    }
}

/* The same over a socket; another client goes on as if nothing had been. */
static void
test_refused_by_the_server (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) other = test_client_new (stand);

  test_stand_add (stand, "medido", NULL);
  test_stand_add (stand, "pilly-sms", NULL);
  test_client_enumerate (other, "1-2");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (TestClient) client = test_client_new (stand);
      g_auto (TestReply) reply = { 0 };

      g_test_message ("%s", refused[i].what);
      if (refused[i].imported)
        g_assert_cmpuint (test_client_import (client, "1-1"), ==, 0);
      test_client_send (client, refused[i].octets, refused[i].length);
      g_assert_true (test_client_is_let_go (client));
      test_stand_wait (&stand->n_refused, i + 1);
      test_client_control (other, "\x80\x06\x00\x01\x00\x00\x12\x00", 18);
      g_assert_true (test_client_next (other, &reply));
      g_assert_cmpuint (reply.actual, ==, 18);
    }
  g_test_message ("%u kinds of garbage", (guint) G_N_ELEMENTS (refused));
}

/* Isochronous transfers are answered in their own form: nothing was carried. */
static void
test_isochronous (void)
{
  static const char submit[] = HEADER ("\1", "\1", "\1", "\0\0\0\x80", "\0\0\0\2");
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autofree char *octets = g_malloc0 (48 + 32);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) packets = NULL;
  const guint8 *data;

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  memcpy (octets, submit, 48);
  octets[9] = (char) (client->devid >> 16);
  octets[11] = (char) client->devid;
  test_client_send (client, octets, 48 + 32);
  head = test_client_read (client, 48);
  packets = test_client_read (client, 32);
  g_assert_nonnull (packets);
  data = g_bytes_get_data (head, NULL);
  g_assert_cmpint ((gint8) data[23], ==, -22);
  g_assert_cmpuint (data[35], ==, 2);
  g_assert_cmpint ((gint8) ((const guint8 *) g_bytes_get_data (packets, NULL))[15], ==,
                   -22);
}

static void
test_wrong_device (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  client->devid++;
  test_client_control (client, "\x80\x06\x00\x01\x00\x00\x12\x00", 18);
  g_assert_true (test_client_is_let_go (client));
  test_stand_wait (&stand->n_events[BENK_USBIP_RELEASED], 1);
}

/* Random octets behind a good beginning: whatever they mean, no more is kept than one
 * message of the longest kind. */
static void
test_random (void)
{
  const guint n_rounds = g_test_slow () ? 200000 : 5000;
  guint n_messages = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (BenkUsbipReader) reader = make_reader (i % 4 != 0);
      g_autoptr (GError) error = NULL;
      guint8 octets[256];

      for (guint j = 0; j < sizeof octets; j++)
        octets[j] =
          g_test_rand_int_range (0, 3) == 0 ? (guint8) g_test_rand_int_range (0, 256) : 0;
      if (i % 4 == 0)
        memcpy (octets, "\x01\x11\x80", 3);
      else
        octets[3] = (guint8) g_test_rand_int_range (1, 3);
      if (i % 4 != 0 && i % 3 != 0)
        memset (octets, 0, 3);
      benk_usbip_reader_push (reader, octets, sizeof octets);
      while (error == NULL)
        {
          g_autoptr (BenkUsbipMessage) message = benk_usbip_reader_next (reader, &error);

          if (message == NULL)
            break;
          n_messages++;
          g_assert_cmpuint (message->length, <=, BENK_USBIP_MAX_DATA);
          g_assert_true (message->data == NULL ||
                         g_bytes_get_size (message->data) == message->length);
        }
      g_assert_cmpuint (benk_usbip_reader_get_pending (reader), <=, sizeof octets);
    }
  g_test_message ("%u rounds, %u messages", n_rounds, n_messages);
}

/* Whoever has no device and says nothing, or half of something, is let go; drip by drip
 * is no way to stay. */
static void
test_half_open (void)
{
  static const char request[] = "\x01\x11\x80\x05\0\0\0";

  for (guint n = 0; n < 7; n++)
    {
      g_autoptr (TestStand) stand = test_stand_new ();
      g_autoptr (TestClient) client = test_client_new (stand);

      test_client_send (client, request, n);
      test_stand_advance (stand, 29000);
      g_assert_cmpuint (stand->n_refused, ==, 0);
      test_client_send (client, request + n, 1);
      pass_until_refused (stand);
      g_assert_true (test_client_is_let_go (client));
    }
}

/* Whoever has a device may be silent for ever, but not in the middle of a transfer. */
static void
test_half_transfer (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  for (guint i = 0; i < 10; i++)
    test_stand_advance (stand, 3600000);
  g_assert_cmpuint (stand->n_refused, ==, 0);
  test_client_send (client, "\0\0\0\1\0", 5);
  pass_until_refused (stand);
  test_stand_wait (&stand->n_events[BENK_USBIP_RELEASED], 1);
  g_assert_true (test_client_is_let_go (client));
}

static void
on_flooded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  *(gboolean *) data = TRUE;
}

/* Whoever asks and never listens is not read any more, and then let go. */
static void
test_does_not_listen (void)
{
  enum
  {
    N = 300000
  };
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autofree char *octets = g_malloc0 (N * 48);
  gboolean flooded = FALSE;

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  for (guint i = 0; i < N; i++)
    {
      memcpy (octets + i * 48, HEADER ("\1", "\1", "\0", "\0\0\0\xff", "\0\0\0\0"), 40);
      memcpy (octets + i * 48 + 40, "\x80\x06\x00\x02\x00\x00\xff\x00", 8);
      octets[i * 48 + 9] = (char) (client->devid >> 16);
      octets[i * 48 + 11] = (char) client->devid;
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (
                                     G_IO_STREAM (client->connection)),
                                   octets, N * 48, G_PRIORITY_DEFAULT, NULL, on_flooded,
                                   &flooded);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (flooded);
  g_assert_cmpuint (stand->n_refused, ==, 0);
  pass_until_refused (stand);
  test_stand_wait (&stand->n_events[BENK_USBIP_RELEASED], 1);
  while (!flooded)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_many_clients (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  TestClient *clients[BENK_USBIP_MAX_CLIENTS];
  g_autoptr (TestClient) last = NULL;

  test_stand_add (stand, "medido", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = test_client_new (stand);
  test_stand_advance (stand, 0);
  last = test_client_new (stand);
  g_assert_true (test_client_is_let_go (last));
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_assert_cmpuint (test_client_list (clients[i]), ==, 1);
      test_client_free (clients[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/usbip-input/refused-by-the-reader",
                   test_refused_by_the_reader);
  g_test_add_func ("/virtual/usbip-input/refused-by-the-server",
                   test_refused_by_the_server);
  g_test_add_func ("/virtual/usbip-input/isochronous", test_isochronous);
  g_test_add_func ("/virtual/usbip-input/wrong-device", test_wrong_device);
  g_test_add_func ("/virtual/usbip-input/random-octets", test_random);
  g_test_add_func ("/virtual/usbip-input/half-open-client", test_half_open);
  g_test_add_func ("/virtual/usbip-input/half-a-transfer", test_half_transfer);
  g_test_add_func ("/virtual/usbip-input/client-that-does-not-listen",
                   test_does_not_listen);
  g_test_add_func ("/virtual/usbip-input/too-many-clients", test_many_clients);

  return g_test_run ();
}
