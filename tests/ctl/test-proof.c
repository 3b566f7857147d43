/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* The confirmation of reset, asked for in the terminal. */

static void
reset (BenkCtlRig *rig, const char *serial)
{
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (rig, "device add %s --model medido", serial);
  g_autoptr (BenkCtlAnswer) done =
    benk_ctl_rig_do (rig,
                     "usb reset --device %s --confirm %s --virtual medido=%s "
                     "--virtual-state %s",
                     serial, serial, serial, rig->dir);

  g_assert_true (
    json_object_get_boolean_member (json_node_get_object (done->json), "proven"));
}

static void
test_demo (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "reset.pdf");
  g_autofree char *words = NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;
  g_autoptr (BenkCtlAnswer) intact = NULL;

  reset (rig, "R-1");
  reset (rig, "R-2");
  answer = benk_ctl_rig_do (rig, "device proof R-1 R-2 --pdf %s", path);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "devices"), ==, 2);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "pages"), ==, 2);
  g_assert_false (
    json_object_get_boolean_member (json_node_get_object (answer->json), "proves"));
  words = benk_ctl_rig_read_pdf (path);
  g_assert_nonnull (strstr (words, "R-1"));
  g_assert_nonnull (strstr (words, "R-2"));
  g_assert_nonnull (strstr (words, "DEMO – this page proves nothing"));
  g_assert_nonnull (strstr (words, benk_ctl_answer_get_string (answer, "hash")));

  /* What is printed is what the change log answers to. */
  intact = benk_ctl_rig_do (rig, "verify --against %d %s",
                            (int) benk_ctl_answer_get_int (answer, "row"),
                            benk_ctl_answer_get_string (answer, "hash"));
  g_assert_cmpint (intact->status, ==, 0);
}

static void
test_refused (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "reset.pdf");
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (rig, "device add R-1 --model medido");
  g_autoptr (BenkCtlAnswer) answer =
    benk_ctl_rig_run (rig, "device proof R-1 --pdf %s", path);

  g_assert_cmpint (answer->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "refused");
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (answer), "not proven"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Five of a shelf with one confirmation; one of them is dead. */
static void
test_shelf (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const wanted =
    "usb reset --serial S-1 --serial S-2 --serial S-3 --serial S-4 --serial S-5 "
    "--virtual medido=S-1,medido=S-2,medido=S-3,medido=S-4 --virtual-state %s "
    "--count %d --pdf %s";
  g_autofree char *path = benk_ctl_rig_path (rig, "shelf.pdf");
  g_autoptr (BenkCtlAnswer) wrong = NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;
  g_autofree char *words = NULL;
  JsonObject *shelf;
  JsonArray *devices;

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (BenkCtlAnswer) added =
        benk_ctl_rig_do (rig, "device add S-%u --model medido", i);
    }
  wrong = benk_ctl_rig_run (rig, wanted, rig->dir, 4, path);
  g_assert_cmpint (wrong->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (wrong), ==, "refused");
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM run"), ==, 0);

  answer = benk_ctl_rig_run (rig, wanted, rig->dir, 5, path);
  g_assert_cmpint (answer->status, ==, 1);
  shelf = json_object_get_object_member (json_node_get_object (answer->json), "answer");
  devices = json_object_get_array_member (shelf, "devices");
  g_assert_cmpuint (json_array_get_length (devices), ==, 5);
  g_assert_cmpint (json_object_get_int_member (shelf, "proven"), ==, 4);
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM proof"), ==, 4);
  words = benk_ctl_rig_read_pdf (path);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%u", i);

      g_assert_cmpint (strstr (words, serial) != NULL, ==, i != 5);
    }
}

#define ADD(path, set_up, function)                                                      \
  g_test_add ("/ctl/proof/" path, BenkCtlRig, NULL, set_up, function,                    \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("several-devices-on-one-pdf", benk_ctl_rig_set_up_demo, test_demo);
  ADD ("a-shelf-with-one-confirmation", benk_ctl_rig_set_up_demo, test_shelf);
  ADD ("refused-without-a-reset", benk_ctl_rig_set_up, test_refused);

  return g_test_run ();
}
