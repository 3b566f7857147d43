/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* What is scanned is found, and what is labelled can be scanned. */

static char *
read_words (const char *path)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFTOTEXT"), "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static void
add_some (BenkCtlRig *rig)
{
  static const char *const lines[] = {
    "device add PP001007 --model evondos-e300 --asset D-037 --place 'Hylle Åse'",
    "device add AB-12 --model medido --imei 356938035643809",
    "device add AB-13 --model medido",
    "device add 77 --model medido",
    "device add 77 --model pilly-sms",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (rig, "%s", lines[i]);

      /* The answer of the last one is that there are two of that number now. */
      g_assert_true (answer->status == 0 || i == 4);
    }
}

static void
test_find (BenkCtlRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *scan;
    guint n_found;
    const char *serial;
  } cases[] = {
    { "pp001007", 1, "PP001007" },
    { "']C0PP001007'", 1, "PP001007" },
    { "'(01)07038010000010(21)PP001007'", 1, "PP001007" },
    { "')01=07038010000010)21=pp001007'", 1, "PP001007" },
    { "D+037", 1, "PP001007" },
    { "356938035643809", 1, "AB-12" },
    { "'SN:AB-12;IMEI:356938035643809'", 1, "AB-12" },
    { "77", 2, "77" },
    { "7038010000010", 0, NULL },
    { "AB-99", 0, NULL },
  };

  add_some (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BenkCtlAnswer) answer =
        benk_ctl_rig_run (rig, "device find %s", cases[i].scan);
      JsonArray *found;

      g_test_message ("%s", cases[i].scan);
      g_assert_cmpint (answer->status, ==, cases[i].n_found > 0 ? 0 : 1);
      if (cases[i].n_found == 0)
        {
          g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "not-found");
          continue;
        }
      found =
        json_object_get_array_member (json_node_get_object (answer->json), "devices");
      g_assert_cmpuint (json_array_get_length (found), ==, cases[i].n_found);
      g_assert_cmpstr (json_object_get_string_member (
                         json_array_get_object_element (found, 0), "serial"),
                       ==, cases[i].serial);
    }
}

static gint64
count_labelled (BenkCtlRig *rig)
{
  return benk_ctl_rig_count (
    rig, "SELECT count (*) FROM device WHERE labelled_ms IS NOT NULL");
}

static void
test_label (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "labels.pdf");
  g_autofree char *words = NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;
  g_autoptr (BenkCtlAnswer) undone = NULL;
  g_autoptr (BenkCtlAnswer) renumbered = NULL;

  add_some (rig);
  answer = benk_ctl_rig_do (rig, "label PP001007 AB-12 --pdf %s --start 24", path);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "labels"), ==, 2);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "pages"), ==, 2);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "without_asset"), ==, 1);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "numbered"), ==, 0);
  words = read_words (path);
  g_assert_nonnull (strstr (words, "D-037"));
  g_assert_nonnull (strstr (words, "PP001007"));
  g_assert_nonnull (strstr (words, "Evondos E300"));
  g_assert_null (strstr (words, "Hylle"));
  g_assert_null (strstr (words, "SIMULATED"));
  g_assert_cmpint (count_labelled (rig), ==, 2);
  g_assert_cmpint (
    benk_ctl_rig_count (rig, "SELECT count (*) FROM journal WHERE verb = 'label'"), ==,
    1);

  undone = benk_ctl_rig_do (rig, "undo");
  g_assert_cmpint (count_labelled (rig), ==, 0);
  renumbered = benk_ctl_rig_do (rig, "verify");
}

/* The next free numbers, in one change that can be undone. */
static void
test_number (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "labels.pdf");
  g_autofree char *words = NULL;
  g_autofree char *first = NULL;
  g_autoptr (BenkCtlAnswer) answer = NULL;
  g_autoptr (BenkCtlAnswer) marked = NULL;
  g_autoptr (BenkCtlAnswer) numbered = NULL;

  add_some (rig);
  answer =
    benk_ctl_rig_do (rig, "label --model medido --pdf %s --format roll-62 --number",
                     path);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "labels"), ==, 3);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "pages"), ==, 3);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "numbered"), ==, 3);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "without_asset"), ==, 0);
  words = read_words (path);
  g_assert_nonnull (strstr (words, "D-038"));
  g_assert_nonnull (strstr (words, "D-039"));
  g_assert_nonnull (strstr (words, "D-040"));
  marked = benk_ctl_rig_do (rig, "undo");
  numbered = benk_ctl_rig_do (rig, "undo");
  g_assert_cmpint (
    benk_ctl_rig_count (rig, "SELECT count (*) FROM device WHERE asset IS NOT NULL"), ==,
    1);
}

static void
test_refuses (BenkCtlRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *line;
    int status;
  } cases[] = {
    { "label --pdf %s", 2 },
    { "label PP001007", 2 },
    { "label PP001007 --pdf %s --format a5", 2 },
    { "label PP001007 --pdf %s --start 25", 2 },
    { "label PP001007 --pdf %s --start 0", 2 },
    { "label PP001007 --model medido --pdf %s", 2 },
    { "label --state nowhere --pdf %s", 2 },
    { "label NO-SUCH --pdf %s", 1 },
    { "label --search NO-SUCH --pdf %s", 1 },
    { "label PP001007 --pdf /no/such/folder/x.pdf", 1 },
  };
  g_autofree char *path = benk_ctl_rig_path (rig, "labels.pdf");

  add_some (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (cases[i].line);
      g_autoptr (BenkCtlAnswer) answer = NULL;

      g_string_replace (line, "%s", path, 0);
      answer = benk_ctl_rig_run (rig, "%s", line->str);
      g_test_message ("%s", line->str);
      g_assert_cmpint (answer->status, ==, cases[i].status);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_cmpint (count_labelled (rig), ==, 0);
    }
}

static void
test_demo_is_marked (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "labels.pdf");
  g_autofree char *words = NULL;
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (rig, "device add PP001007 --model evondos-e300");
  g_autoptr (BenkCtlAnswer) answer =
    benk_ctl_rig_do (rig, "label PP001007 --pdf %s", path);

  words = read_words (path);
  g_assert_nonnull (strstr (words, "SIMULATED"));
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/label/" path, BenkCtlRig, NULL, benk_ctl_rig_set_up, function,       \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("finds-what-is-scanned", test_find);
  ADD ("labels-devices", test_label);
  ADD ("gives-free-numbers", test_number);
  ADD ("refuses", test_refuses);
  g_test_add ("/ctl/label/a-demo-is-marked", BenkCtlRig, NULL, benk_ctl_rig_set_up_demo,
              test_demo_is_marked, benk_ctl_rig_tear_down);
  return g_test_run ();
}
