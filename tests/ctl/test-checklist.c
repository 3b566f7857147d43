/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* Checklists in the terminal, each command a process of its own. */

static void
test_from_start_to_proof (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (rig, "device add MD1 --model medido --place Shelf");
  g_autoptr (BenkCtlAnswer) started =
    benk_ctl_rig_do (rig, "checklist start receive MD1");
  g_autoptr (BenkCtlAnswer) early = NULL;
  g_autoptr (BenkCtlAnswer) done = NULL;
  g_autoptr (BenkCtlAnswer) open = NULL;
  g_autofree char *id = g_strdup (benk_ctl_answer_get_string (started, "id"));
  static const char *const steps[] = { "label-read", "ce-mark", "power-on-test",
                                       "accessories-complete" };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BenkCtlAnswer) ticked = NULL;

      if (i == 3)
        early = benk_ctl_rig_run (rig, "checklist complete %s", id);
      ticked = benk_ctl_rig_do (rig, "checklist tick %s %s", id, steps[i]);
    }
  g_assert_cmpint (early->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (early), ==, "refused");
  done = benk_ctl_rig_do (rig, "checklist complete %s", id);
  g_assert_cmpstr (benk_ctl_answer_get_string (done, "state"), ==, "done");
  g_assert_true (g_str_has_prefix (benk_ctl_answer_get_string (done, "sentence"),
                                   "Done by checklist, not read from the dispenser"));
  g_assert_cmpint (
    benk_ctl_rig_count (rig, "SELECT count(*) FROM run WHERE link_kind = 'checklist'"),
    ==, 1);
  open = benk_ctl_rig_do (rig, "checklist list");
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (open)), ==, 0);
}

static void
test_versions_go_as_files (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "reset.json");
  g_autoptr (BenkCtlAnswer) versions =
    benk_ctl_rig_do (rig, "checklist versions medido reset");
  g_autoptr (BenkCtlAnswer) out =
    benk_ctl_rig_do (rig, "checklist export medido reset %s", path);
  g_autoptr (BenkCtlAnswer) same = benk_ctl_rig_run (rig, "checklist import %s", path);
  g_autoptr (BenkCtlAnswer) nobody =
    benk_ctl_rig_run (rig, "checklist adopt medido reset 1");
  g_autoptr (BenkCtlAnswer) adopted =
    benk_ctl_rig_do (rig, "checklist adopt medido reset 1 --decided-by Leader");
  g_autoptr (BenkCtlAnswer) back =
    benk_ctl_rig_do (rig, "checklist adopt medido reset 0");
  g_autoptr (BenkCtlAnswer) wrong =
    benk_ctl_rig_run (rig, "checklist versions medido polish");
  g_autofree char *changed = benk_ctl_rig_write (
    rig, "receive.json",
    "{\"format\": \"dosebenk-checklist\", \"version\": 1, \"model\": \"medido\","
    " \"task\": \"receive\", \"steps\": [{\"id\": \"ce-mark\", \"kind\": \"tick\"}]}");
  g_autoptr (BenkCtlAnswer) edited =
    benk_ctl_rig_do (rig, "checklist edit %s --decided-by Leader", changed);

  g_assert_cmpstr (benk_ctl_answer_get_code (same), ==, "conflict");
  g_assert_cmpstr (benk_ctl_answer_get_code (nobody), ==, "refused");
  g_assert_cmpint (wrong->status, ==, 2);
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM checklist_decision"),
                   ==, 3);
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (edited)), ==, 2);
}

static char *
write_picture (BenkCtlRig *rig)
{
  static const char jpeg[] = "\xff\xd8\xff\xdb\0\x04"
                             "ab\xff\xda\0\x02scan\xff\xd9";
  char *path = benk_ctl_rig_write (rig, "shot.jpg", "");

  g_assert_true (g_file_set_contents (path, jpeg, sizeof jpeg - 1, NULL));
  return path;
}

static void
test_a_batch_and_an_exception (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) one =
    benk_ctl_rig_do (rig, "device add MD1 --model medido --place Shelf");
  g_autoptr (BenkCtlAnswer) two =
    benk_ctl_rig_do (rig, "device add MD2 --model medido --place Shelf");
  g_autoptr (BenkCtlAnswer) started =
    benk_ctl_rig_do (rig, "checklist start receive MD1 MD2");
  g_autofree char *id = g_strdup (benk_ctl_answer_get_string (started, "id"));
  g_autoptr (BenkCtlAnswer) again = benk_ctl_rig_run (rig, "checklist start receive MD2");
  g_autoptr (BenkCtlAnswer) out =
    benk_ctl_rig_do (rig, "checklist leave-out %s MD2 --reason 'no label'", id);
  g_autoptr (BenkCtlAnswer) unknown =
    benk_ctl_rig_run (rig, "checklist tick %s ce-mark --device MD9", id);
  g_autofree char *picture = write_picture (rig);
  g_autoptr (BenkCtlAnswer) taken =
    benk_ctl_rig_do (rig, "checklist photo %s ce-mark %s --device MD1", id, picture);
  g_autoptr (BenkCtlAnswer) nowhere =
    benk_ctl_rig_run (rig, "checklist photo %s ce-mark %s --device MD9", id, picture);
  g_autoptr (BenkCtlAnswer) show = benk_ctl_rig_do (rig, "checklist show %s", id);
  g_autoptr (BenkCtlAnswer) drop =
    benk_ctl_rig_do (rig, "checklist drop %s --reason wrong", id);

  g_assert_cmpstr (benk_ctl_answer_get_code (again), ==, "conflict");
  g_assert_cmpstr (benk_ctl_answer_get_code (unknown), ==, "not-found");
  g_assert_cmpstr (benk_ctl_answer_get_code (nowhere), ==, "not-found");
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM checklist_photo p JOIN"
                                            " checklist_member m ON m.id = p.member_id"
                                            " JOIN device d ON d.id = m.device_id"
                                            " WHERE d.serial = 'MD1'"),
                   ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_string (show, "state"), ==, "open");
  g_assert_cmpstr (benk_ctl_answer_get_string (drop, "state"), ==, "dropped");
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_a_picture_is_verified (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) one =
    benk_ctl_rig_do (rig, "device add MD1 --model medido --place Shelf");
  g_autoptr (BenkCtlAnswer) started =
    benk_ctl_rig_do (rig, "checklist start receive MD1");
  const char *id = benk_ctl_answer_get_string (started, "id");
  g_autofree char *bad = benk_ctl_rig_write (rig, "no.jpg", "this is no picture");
  g_autoptr (BenkCtlAnswer) refused =
    benk_ctl_rig_run (rig, "checklist photo %s ce-mark %s", id, bad);
  g_autoptr (BenkCtlAnswer) none =
    benk_ctl_rig_run (rig, "checklist erase-photo %s other.jpg", id);

  g_assert_cmpstr (benk_ctl_answer_get_code (none), ==, "not-found");
  g_assert_cmpstr (benk_ctl_answer_get_code (refused), ==, "invalid");
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count(*) FROM checklist_photo"), ==,
                   0);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/ctl/checklist/" name, BenkCtlRig, NULL, benk_ctl_rig_set_up, func,       \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("from-start-to-proof", test_from_start_to_proof);
  ADD ("versions-go-as-files", test_versions_go_as_files);
  ADD ("a-batch-and-an-exception", test_a_batch_and_an_exception);
  ADD ("a-picture-is-verified", test_a_picture_is_verified);

  return g_test_run ();
}
