/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* What is said to a dispenser is recorded by the shipped program, and played back by it,
 * without a store and without a claim. */

#define SERIAL "MED-7001"

typedef struct
{
  BenkCtlRig rig;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) added = NULL;

  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  self->path = benk_ctl_rig_path (&self->rig, "dialogue.txt");
  added = benk_ctl_rig_do (&self->rig, "device add " SERIAL " --model medido");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_free (self->path);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

static BenkCtlAnswer *
run_virtual (Fixture *self, const char *line)
{
  return benk_ctl_rig_run (&self->rig,
                           "%s --virtual medido=" SERIAL " --virtual-state %s", line,
                           self->rig.dir);
}

static BenkCtlAnswer *
replay (Fixture *self, const char *path)
{
  return benk_ctl_rig_look (&self->rig, "phd replay %s", path);
}

static JsonObject *
get_object (BenkCtlAnswer *answer)
{
  JsonObject *object = json_node_get_object (answer->json);

  return json_object_has_member (object, "answer")
           ? json_object_get_object_member (object, "answer")
           : object;
}

static void
test_reset (Fixture *self, gconstpointer unused)
{
  g_autofree char *line =
    g_strdup_printf ("usb reset --device " SERIAL " --confirm " SERIAL " --record %s",
                     self->path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BenkCtlAnswer) done = run_virtual (self, line);
  g_autoptr (BenkCtlAnswer) played = NULL;

  g_assert_cmpint (done->status, ==, 0);
  before = benk_ctl_rig_digest (&self->rig);
  played = replay (self, self->path);
  after = benk_ctl_rig_digest (&self->rig);
  g_assert_cmpint (played->status, ==, 0);
  g_assert_cmpstr (benk_ctl_answer_get_string (played, "recorded_link"), ==, "simulated");
  g_assert_cmpstr (benk_ctl_answer_get_string (played, "recorded_end"), ==, "verified");
  g_assert_cmpint (benk_ctl_answer_get_int (played, "played"), ==,
                   benk_ctl_answer_get_int (played, "entries"));
  g_assert_cmpstr (before, ==, after);
}

static void
test_record (Fixture *self, gconstpointer unused)
{
  g_autofree char *line =
    g_strdup_printf ("usb record --device " SERIAL " %s", self->path);
  g_autoptr (BenkCtlAnswer) done = run_virtual (self, line);
  g_autoptr (BenkCtlAnswer) again = run_virtual (self, line);
  g_autoptr (BenkCtlAnswer) played = NULL;

  g_assert_cmpint (done->status, ==, 0);
  g_assert_cmpint (again->status, ==, 1);
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (again), "Nothing was done"));
  played = replay (self, self->path);
  g_assert_cmpint (played->status, ==, 0);
  g_assert_cmpstr (benk_ctl_answer_get_string (played, "job"), ==, "read");
}

/* In an ordinary store a reading of a simulated device is a reading, and no more. */
static void
test_record_ordinary (Fixture *self, gconstpointer unused)
{
  g_autofree char *line =
    g_strdup_printf ("usb record --device " SERIAL " %s", self->path);
  g_autoptr (BenkCtlAnswer) done = run_virtual (self, line);

  g_assert_cmpint (done->status, ==, 0);
  g_assert_false (
    json_object_get_boolean_member (json_node_get_object (done->json), "proven"));
  g_assert_cmpint (benk_ctl_rig_count (&self->rig, "SELECT count (*) FROM proof"), ==, 0);
}

static void
set_up_ordinary (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) added = NULL;

  benk_ctl_rig_set_up (&self->rig, NULL);
  self->path = benk_ctl_rig_path (&self->rig, "dialogue.txt");
  added = benk_ctl_rig_do (&self->rig, "device add " SERIAL " --model medido");
}

/* A job that was refused said nothing: it leaves no file behind. */
static void
test_refused (Fixture *self, gconstpointer unused)
{
  g_autofree char *plan = benk_ctl_rig_write (&self->rig, "plan.json", BENK_CTL_PLAN);
  g_autofree char *provision =
    g_strdup_printf ("--record %s usb provision --device " SERIAL
                     " --plan %s --user 4711",
                     self->path, plan);
  g_autofree char *reset =
    g_strdup_printf ("usb reset --device " SERIAL " --confirm OTHER --record %s",
                     self->path);
  g_autoptr (BenkCtlAnswer) first = run_virtual (self, provision);
  g_autoptr (BenkCtlAnswer) second = run_virtual (self, reset);

  g_assert_cmpint (first->status, ==, 1);
  g_assert_cmpint (second->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (second), ==, "refused");
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_usage (Fixture *self, gconstpointer unused)
{
  static const char *const lines[] = { "device list --record x", "usb read --record x",
                                       "usb record x", "phd replay" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (&self->rig, "%s", lines[i]);

      g_assert_cmpint (answer->status, ==, 2);
      g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "usage");
    }
}

/* One octet of what the program says is another one in the file. */
static void
test_difference (Fixture *self, gconstpointer unused)
{
  g_autofree char *line =
    g_strdup_printf ("usb record --device " SERIAL " %s", self->path);
  g_autoptr (BenkCtlAnswer) done = run_virtual (self, line);
  g_autoptr (BenkCtlAnswer) played = NULL;
  JsonObject *difference;
  char *release;
  g_autofree char *text = NULL;

  g_assert_cmpint (done->status, ==, 0);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  release = strstr (text, " > e4");
  memcpy (release, " > e5", 5);
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  played = replay (self, self->path);
  g_assert_cmpint (played->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (played), ==, "conflict");
  difference = json_object_get_object_member (get_object (played), "difference");
  g_assert_cmpint (json_object_get_int_member (difference, "octet"), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (difference, "came"), ==,
                   "release request, reason 0");
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/record/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-reset-plays-back-and-touches-no-store", test_reset);
  ADD ("a-reading-is-recorded-once", test_record);
  g_test_add ("/ctl/record/in-an-ordinary-store-it-proves-nothing", Fixture, NULL,
              set_up_ordinary, test_record_ordinary, tear_down);
  ADD ("a-refused-job-leaves-no-file", test_refused);
  ADD ("wrong-words-are-told", test_usage);
  ADD ("a-difference-is-named", test_difference);

  return g_test_run ();
}
