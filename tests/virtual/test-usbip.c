/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-usbip.h"

#include "benk-apdu.h"

#include <string.h>

#define IN 1
#define OUT 2
#define ROOM 16384

static GBytes *
take_apdu (TestClient *client, guint32 seqnum)
{
  g_auto (TestReply) reply = { 0 };

  g_assert_true (test_client_next (client, &reply));
  g_assert_cmpuint (reply.seqnum, ==, seqnum);
  g_assert_cmpint (reply.status, ==, 0);

  return g_steal_pointer (&reply.data);
}

static void
expect (TestClient *client, guint32 command, guint32 seqnum, gint32 status)
{
  g_auto (TestReply) reply = { 0 };

  g_assert_true (test_client_next (client, &reply));
  g_assert_cmpuint (reply.command, ==, command);
  g_assert_cmpuint (reply.seqnum, ==, seqnum);
  g_assert_cmpint (reply.status, ==, status);
}

static void
test_new_destroy (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();

  g_assert_cmpuint (benk_usbip_server_get_port (stand->server), >, 0);
}

static void
test_list (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  BenkVirtualDispenser *second;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TestClient) client = test_client_new (stand);

      g_assert_cmpuint (test_client_list (client), ==, i);
      second = test_stand_add (stand, i == 0 ? "medido" : "pilly-sms", NULL);
    }
  benk_virtual_dispenser_unplug (second);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TestClient) client = test_client_new (stand);

      g_assert_cmpuint (test_client_list (client), ==, 2 + i);
      benk_virtual_dispenser_plug (second);
    }
}

static void
test_enumerate (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autoptr (GBytes) aarq = NULL;

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  aarq = take_apdu (client, test_client_submit (client, IN, TRUE, ROOM, NULL));
  g_assert_cmpuint (g_bytes_get_size (aarq), ==, 54);
  g_assert_cmpuint (stand->n_events[BENK_USBIP_IMPORTED], ==, 1);
}

static void
test_one_importer (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) first = test_client_new (stand);

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (first, "1-1");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TestClient) second = test_client_new (stand);

      g_assert_cmpuint (test_client_import (second, i == 0 ? "1-1" : "1-7"), ==,
                        i == 0 ? BENK_USBIP_BUSY : BENK_USBIP_NO_DEVICE);
      g_assert_true (test_client_is_let_go (second));
    }
  g_clear_pointer (&first, test_client_free);
  test_stand_wait (&stand->n_events[BENK_USBIP_RELEASED], 1);
  first = test_client_new (stand);
  test_client_enumerate (first, "1-1");
  g_assert_cmpuint (stand->n_events[BENK_USBIP_IMPORTED], ==, 2);
}

static void
test_unlink (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autoptr (GBytes) aarq = NULL;
  guint32 done;
  guint32 waiting;
  guint32 other;

  test_stand_add (stand, "medido", NULL);
  test_client_enumerate (client, "1-1");
  done = test_client_submit (client, IN, TRUE, ROOM, NULL);
  waiting = test_client_submit (client, IN, TRUE, ROOM, NULL);
  other = test_client_submit (client, IN, TRUE, ROOM, NULL);
  aarq = take_apdu (client, done);
  expect (client, 4, test_client_unlink (client, waiting), -104);
  expect (client, 4, test_client_unlink (client, done), 0);
  expect (client, 4, test_client_unlink (client, 4711), 0);
  /* The one behind it goes on waiting, and gets the next. */
  test_stand_advance (stand, 10000);
  g_clear_pointer (&aarq, g_bytes_unref);
  aarq = take_apdu (client, other);
}

static void
test_unplugged (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  BenkVirtualDispenser *dispenser = test_stand_add (stand, "medido", NULL);
  guint32 devid;

  test_client_enumerate (client, "1-1");
  devid = client->devid;
  test_client_submit (client, IN, TRUE, ROOM, NULL);
  test_client_submit (client, IN, TRUE, ROOM, NULL);
  test_stand_advance (stand, 0);
  benk_virtual_dispenser_unplug (dispenser);
  g_assert_cmpuint (stand->n_events[BENK_USBIP_GONE], ==, 1);
  g_clear_pointer (&client, test_client_free);
  client = test_client_new (stand);
  g_assert_cmpuint (test_client_import (client, "1-1"), ==, BENK_USBIP_NO_DEVICE);
  g_clear_pointer (&client, test_client_free);

  benk_virtual_dispenser_plug (dispenser);
  g_assert_cmpuint (stand->n_events[BENK_USBIP_RETURNED], ==, 1);
  client = test_client_new (stand);
  test_client_enumerate (client, "1-1");
  g_assert_cmphex (client->devid, !=, devid);
  g_assert_cmpuint (stand->n_events[BENK_USBIP_RELEASED], ==, 0);
}

/* What comes back may be another one; it says so before anything is sent to it. */
static void
test_another_comes_back (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  BenkVirtualDispenser *dispenser = test_stand_add (stand, "medido", NULL);
  static const char *const last[] = { "1", "X" };

  benk_virtual_dispenser_set_fault (dispenser, "wrong-serial@1", NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TestClient) client = test_client_new (stand);
      g_auto (TestReply) reply = { 0 };
      const guint8 *text;
      gsize length;

      g_assert_cmpuint (test_client_import (client, "1-1"), ==, 0);
      test_client_control (client, "\x80\x06\x03\x03\x09\x04\xff\x00", 255);
      g_assert_true (test_client_next (client, &reply));
      text = g_bytes_get_data (reply.data, &length);
      g_assert_cmpuint (text[length - 2], ==, (guint8) last[i][0]);
      test_client_control (client, "\x00\x09\x01\x00\x00\x00\x00\x00", 0);
      if (i == 0)
        test_stand_wait (&stand->n_events[BENK_USBIP_GONE], 1);
      benk_virtual_dispenser_plug (dispenser);
    }
}

/* The last words of a device that leaves still come. */
static void
test_unplugged_after_a_word (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autoptr (GBytes) aarq = NULL;
  BenkVirtualDispenser *dispenser = test_stand_add (stand, "medido", NULL);
  guint32 seqnum;

  benk_virtual_dispenser_set_fault (dispenser, "disconnect-after@2", NULL);
  test_client_enumerate (client, "1-1");
  g_clear_pointer (&aarq, g_bytes_unref);
  seqnum = test_client_submit (client, IN, TRUE, ROOM, NULL);
  aarq = take_apdu (client, seqnum);
  seqnum = test_client_submit (client, IN, TRUE, ROOM, NULL);
  test_stand_advance (stand, 0);
  test_stand_advance (stand, 10000);
  g_clear_pointer (&aarq, g_bytes_unref);
  aarq = take_apdu (client, seqnum);
  g_assert_true (test_client_is_let_go (client));
}

static void
test_two_devices (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) first = test_client_new (stand);
  g_autoptr (TestClient) second = test_client_new (stand);
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;

  test_stand_add (stand, "medido", NULL);
  test_stand_add (stand, "medido", "MD-2");
  test_client_enumerate (first, "1-1");
  test_client_enumerate (second, "1-2");
  g_assert_cmphex (first->devid, !=, second->devid);
  one = take_apdu (first, test_client_submit (first, IN, TRUE, ROOM, NULL));
  two = take_apdu (second, test_client_submit (second, IN, TRUE, ROOM, NULL));
  g_assert_false (g_bytes_equal (one, two));
}

static void
test_endpoints (void)
{
  g_autoptr (TestStand) stand = test_stand_new ();
  g_autoptr (TestClient) client = test_client_new (stand);
  g_autoptr (GBytes) octets = g_bytes_new_static ("\xe6\0\0\2\0\0", 6);

  test_stand_add (stand, "medido", NULL);
  g_assert_cmpuint (test_client_import (client, "1-1"), ==, 0);
  /* Not configured: nothing but endpoint 0 answers. */
  expect (client, 3, test_client_submit (client, IN, TRUE, ROOM, NULL), -32);
  expect (client, 3, test_client_submit (client, OUT, FALSE, 6, octets), -32);
  expect (client, 3, test_client_control (client, "\x00\x09\x01\x00\x00\x00\x00\x00", 0),
          0);
  /* Too little room for the association request. */
  expect (client, 3, test_client_submit (client, IN, TRUE, 20, NULL), -75);
  expect (client, 3, test_client_submit (client, IN, FALSE, 6, octets), -32);
  expect (client, 3, test_client_submit (client, OUT, TRUE, 64, NULL), -32);
  expect (client, 3, test_client_submit (client, 7, TRUE, 64, NULL), -32);
  expect (client, 3, test_client_submit (client, OUT, FALSE, 6, octets), 0);
  expect (client, 3, test_client_control (client, "\x21\x03\x01\x01\x00\x00\x00\x00", 0),
          -32);
}

static void
add (const char *path, void (*func) (void))
{
  g_test_add_func (path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/virtual/usbip/new-destroy", test_new_destroy);
  add ("/virtual/usbip/list-tells-what-is-on-the-bus", test_list);
  add ("/virtual/usbip/enumerate-as-linux-does", test_enumerate);
  add ("/virtual/usbip/one-importer-at-a-time", test_one_importer);
  add ("/virtual/usbip/unlink-waiting-and-done", test_unlink);
  add ("/virtual/usbip/unplugged-and-back", test_unplugged);
  add ("/virtual/usbip/another-comes-back", test_another_comes_back);
  add ("/virtual/usbip/last-words-come", test_unplugged_after_a_word);
  add ("/virtual/usbip/two-devices", test_two_devices);
  add ("/virtual/usbip/endpoints", test_endpoints);

  return g_test_run ();
}
