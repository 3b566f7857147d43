/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* The shipped program tries one named device, and never one that a user depends on. */

#define SERIAL "SIM-4711"
#define VIRTUAL " --virtual pilly-sms=" SERIAL " --virtual-state %s"

static BenkCtlAnswer *
conform (BenkCtlRig *rig, const char *options)
{
  return benk_ctl_rig_run (rig, "phd conform %s" VIRTUAL, options, rig->dir);
}

static guint
count_rows (BenkCtlAnswer *answer, const char *verdict)
{
  JsonObject *object = json_node_get_object (answer->json);
  JsonArray *rows;
  guint n = 0;

  if (json_object_has_member (object, "answer"))
    object = json_object_get_object_member (object, "answer");
  rows = json_object_get_array_member (object, "requirements");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    n +=
      g_str_equal (json_object_get_string_member (json_array_get_object_element (rows, i),
                                                  "verdict"),
                   verdict);
  return n;
}

static void
test_harmless (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) answer = conform (rig, "--device " SERIAL);

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpstr (benk_ctl_answer_get_string (answer, "link"), ==, "simulated");
  g_assert_cmpuint (count_rows (answer, "failed"), ==, 0);
  g_assert_cmpuint (count_rows (answer, "passed"), >, 40);
  g_assert_cmpuint (count_rows (answer, "not-tried"), >, 10);
}

static void
test_destructive (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) answer =
    conform (rig, "--device " SERIAL " --destructive --confirm " SERIAL);
  g_autoptr (BenkCtlAnswer) faulty =
    conform (rig, "--device " SERIAL " --destructive --confirm " SERIAL
                  " --fault wipe-leaves-region");

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpuint (count_rows (answer, "passed"), >, 55);
  g_assert_cmpuint (count_rows (answer, "not-tried"), ==, 0);
  g_assert_cmpint (faulty->status, ==, 1);
  g_assert_cmpuint (count_rows (faulty, "failed"), ==, 1);
  /* It tells of a device; it is no proof of anything. */
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count (*) FROM proof"), ==, 0);
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count (*) FROM run"), ==, 0);
}

/* What is on paper is what was answered; simulated, it says so on every page. */
static void
test_pdf (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "report.pdf");
  g_autofree char *options = g_strdup_printf ("--device " SERIAL " --pdf %s", path);
  g_autoptr (BenkCtlAnswer) answer = conform (rig, options);
  JsonObject *pdf =
    json_object_get_object_member (json_node_get_object (answer->json), "pdf");
  g_autofree char *words = benk_ctl_rig_read_pdf (path);
  g_auto (GStrv) pages = g_strsplit (words, "\f", -1);
  gint64 n_pages = json_object_get_int_member (pdf, "pages");

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (pdf, "file"), ==, path);
  g_assert_false (json_object_get_boolean_member (pdf, "proves"));
  g_assert_cmpint (n_pages, >=, 2);
  for (gint64 i = 0; i < n_pages; i++)
    {
      g_assert_nonnull (strstr (pages[i], "SIMULATED"));
      g_assert_nonnull (strstr (pages[i], json_object_get_string_member (pdf, "hash")));
    }
  g_assert_nonnull (strstr (words, SERIAL));
  g_assert_nonnull (strstr (words, "E-WIPED (8)"));
  g_assert_nonnull (strstr (words, "Not tried"));
}

static void
test_pdf_cannot_be_written (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) answer =
    conform (rig, "--device " SERIAL " --pdf /proc/report.pdf");

  g_assert_cmpint (answer->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "io");
  /* What was found out is not lost with it. */
  g_assert_cmpuint (count_rows (answer, "passed"), >, 40);
}

typedef struct
{
  const char *options;
  int status;
  const char *code;
} Refusal;

static const Refusal refusals[] = {
  { "", 2, "usage" },
  { "--device " SERIAL " --destructive", 2, "usage" },
  { "--device " SERIAL " --destructive --confirm SIM-4712", 1, "refused" },
  { "--device SIM-4712", 1, "not-found" },
};

static void
test_refusals (BenkCtlRig *rig, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = conform (rig, refusals[i].options);

      g_assert_cmpint (answer->status, ==, refusals[i].status);
      g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, refusals[i].code);
    }
}

/* One that is made ready for somebody is left alone. */
static void
test_ready (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const lines[] = {
    "device add " SERIAL " --model pilly-sms",
    "device attest " SERIAL " factory-new",
    "device attest " SERIAL " label-read",
    "device attest " SERIAL " ce-mark",
    "device attest " SERIAL " power-on-test",
    "device attest " SERIAL " accessories-complete",
    "device set-state " SERIAL " stock",
  };
  g_autofree char *plan = benk_ctl_rig_write (rig, "plan.json", BENK_CTL_PLAN);
  g_autoptr (BenkCtlAnswer) ready = NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) done = benk_ctl_rig_do (rig, "%s", lines[i]);

      g_assert_nonnull (done);
    }
  ready =
    benk_ctl_rig_do (rig,
                     "usb provision --device " SERIAL " --plan %s --user 4711" VIRTUAL,
                     plan, rig->dir);
  answer = conform (rig, "--device " SERIAL " --destructive --confirm " SERIAL);
  g_assert_cmpint (answer->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "refused");
  g_assert_nonnull (
    strstr (benk_ctl_answer_get_message (answer), "a user depends on it"));
}

#define ADD(path, set_up, function)                                                      \
  g_test_add ("/ctl/conform/" path, BenkCtlRig, NULL, set_up, function,                  \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-changes-something-needs-leave", benk_ctl_rig_set_up, test_harmless);
  ADD ("everything-with-leave", benk_ctl_rig_set_up, test_destructive);
  ADD ("on-paper", benk_ctl_rig_set_up, test_pdf);
  ADD ("a-page-that-cannot-be-written", benk_ctl_rig_set_up, test_pdf_cannot_be_written);
  ADD ("one-device-is-named", benk_ctl_rig_set_up, test_refusals);
  ADD ("not-one-that-is-ready", benk_ctl_rig_set_up_demo, test_ready);

  return g_test_run ();
}
