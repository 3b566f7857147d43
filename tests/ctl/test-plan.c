/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* Plans in the terminal: judged, compared, kept for a user, and written out again. Every
 * answer is held against the description of the program's JSON by the rig. */

#define REST                                                                             \
  "\"alarms\":[{\"condition\":\"missed\",\"delay_min\":45}],"                            \
  "\"recipients\":[{\"role\":\"charge-nurse\"}]}"
#define TWO "{\"format\":1,\"doses\":[{\"time\":\"08:00\"},{\"time\":\"20:00\"}]," REST
#define THREE                                                                            \
  "{\"format\":1,\"doses\":[{\"time\":\"08:30\"},{\"time\":\"14:00\"},"                  \
  "{\"time\":\"20:00\"}]," REST

static JsonArray *
get_list (BenkCtlAnswer *answer, const char *name)
{
  return json_object_get_array_member (json_node_get_object (answer->json), name);
}

static void
test_check (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *good = benk_ctl_rig_write (rig, "good.json", TWO);
  g_autofree char *night =
    benk_ctl_rig_write (rig, "night.json",
                        "{\"format\":1,\"doses\":[{\"time\":\"02:30\"}]," REST);
  g_autofree char *bad =
    benk_ctl_rig_write (rig, "bad.json",
                        "{\"format\":1,\"doses\":[{\"time\":\"8\"}]," REST);
  g_autoptr (BenkCtlAnswer) clean = benk_ctl_rig_do (rig, "plan check %s", good);
  g_autoptr (BenkCtlAnswer) warned =
    benk_ctl_rig_do (rig, "plan check %s --model medido", night);
  g_autoptr (BenkCtlAnswer) refused = benk_ctl_rig_run (rig, "plan check %s", bad);
  g_autoptr (BenkCtlAnswer) unknown =
    benk_ctl_rig_run (rig, "plan check %s --model nobody", good);

  g_assert_cmpuint (json_array_get_length (get_list (clean, "problems")), ==, 0);
  g_assert_cmpstr (benk_ctl_answer_get_string (clean, "times"), ==, "08:00 · 20:00");
  g_assert_cmpuint (json_array_get_length (get_list (warned, "problems")), ==, 2);
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (refused), "$.doses[0].time: "));
  g_assert_cmpint (unknown->status, ==, 1);
}

static void
test_kept_for_a_user (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *two = benk_ctl_rig_write (rig, "two.json", TWO);
  g_autofree char *three = benk_ctl_rig_write (rig, "three.json", THREE);
  g_autofree char *out = benk_ctl_rig_path (rig, "out.json");
  g_autoptr (BenkCtlAnswer) none = benk_ctl_rig_run (rig, "plan show --user 4711");
  g_autoptr (BenkCtlAnswer) saved =
    benk_ctl_rig_do (rig, "plan save %s --user 4711", two);
  g_autoptr (BenkCtlAnswer) diff =
    benk_ctl_rig_do (rig, "plan diff --user 4711 %s", three);
  g_autoptr (BenkCtlAnswer) again =
    benk_ctl_rig_do (rig, "plan save %s --user 4711", three);
  g_autoptr (BenkCtlAnswer) all = benk_ctl_rig_do (rig, "plan list --user 4711");
  g_autoptr (BenkCtlAnswer) newest = benk_ctl_rig_do (rig, "plan show --user 4711");
  g_autoptr (BenkCtlAnswer) written =
    benk_ctl_rig_do (rig, "plan export --user 4711 %s", out);
  g_autoptr (BenkCtlAnswer) same = benk_ctl_rig_do (rig, "plan diff %s %s", three, out);

  g_assert_cmpstr (benk_ctl_answer_get_code (none), ==, "not-found");
  g_assert_cmpuint (json_array_get_length (get_list (diff, "changes")), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (get_list (diff, "changes"), 0), ==,
                   "08:00 → 08:30");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (all->json)), ==, 2);
  g_assert_cmpstr (benk_ctl_answer_get_string (newest, "id"), ==,
                   benk_ctl_answer_get_string (again, "id"));
  g_assert_cmpstr (benk_ctl_answer_get_string (newest, "id"), !=,
                   benk_ctl_answer_get_string (saved, "id"));
  g_assert_cmpuint (json_array_get_length (get_list (same, "changes")), ==, 0);
}

static void
test_templates (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *two = benk_ctl_rig_write (rig, "two.json", TWO);
  g_autoptr (BenkCtlAnswer) before = benk_ctl_rig_do (rig, "plan template");
  g_autoptr (BenkCtlAnswer) saved =
    benk_ctl_rig_do (rig, "plan template save Usual %s", two);
  g_autoptr (BenkCtlAnswer) renamed =
    benk_ctl_rig_do (rig, "plan template rename Usual Ours");
  g_autoptr (BenkCtlAnswer) twice =
    benk_ctl_rig_run (rig, "plan template save Ours %s", two);
  g_autoptr (BenkCtlAnswer) gone = benk_ctl_rig_do (rig, "plan template delete Ours");
  g_autoptr (BenkCtlAnswer) wrong = benk_ctl_rig_run (rig, "plan template forget Ours");
  guint n = json_array_get_length (json_node_get_array (before->json));
  JsonArray *list = json_node_get_array (renamed->json);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (saved->json)), ==, n + 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, n),
                                                  "name"),
                   ==, "Ours");
  g_assert_cmpstr (benk_ctl_answer_get_code (twice), ==, "conflict");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (gone->json)), ==, n);
  g_assert_cmpint (wrong->status, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/ctl/plan/check", BenkCtlRig, NULL, benk_ctl_rig_set_up, test_check,
              benk_ctl_rig_tear_down);
  g_test_add ("/ctl/plan/kept-for-a-user", BenkCtlRig, NULL, benk_ctl_rig_set_up,
              test_kept_for_a_user, benk_ctl_rig_tear_down);
  g_test_add ("/ctl/plan/templates", BenkCtlRig, NULL, benk_ctl_rig_set_up,
              test_templates, benk_ctl_rig_tear_down);
  return g_test_run ();
}
