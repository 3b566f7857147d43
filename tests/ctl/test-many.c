/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* Several devices with one command, and corrections of one. */

#define STATES                                                                           \
  "SELECT group_concat (state) FROM (SELECT state FROM device ORDER BY serial)"

static void
add (BenkCtlRig *rig)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (BenkCtlAnswer) answer =
        benk_ctl_rig_do (rig, "device add MD0009%03u --model medido --asset D-%u", i, i);
    }
}

static void
assert_states (BenkCtlRig *rig, const char *wanted)
{
  g_autofree char *states = benk_ctl_rig_text (rig, STATES);

  g_assert_cmpstr (g_strchomp (states), ==, wanted);
}

static void
test_named_and_asked_for (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) named = NULL;
  g_autoptr (BenkCtlAnswer) wrong = NULL;
  g_autoptr (BenkCtlAnswer) asked = NULL;
  g_autoptr (BenkCtlAnswer) undone = NULL;

  add (rig);
  named = benk_ctl_rig_do (rig, "device move MD0009001 D-2 'Shelf 9'");
  g_assert_cmpint (benk_ctl_answer_get_int (named, "changed"), ==, 2);
  wrong = benk_ctl_rig_run (rig, "device set-state --search md0009 --count 2 faulty");
  g_assert_cmpint (wrong->status, ==, 1);
  assert_states (rig, "received,received,received");
  asked = benk_ctl_rig_do (rig, "device set-state --search md0009 --count 3 faulty");
  g_assert_cmpint (benk_ctl_answer_get_int (asked, "changed"), ==, 3);
  assert_states (rig, "faulty,faulty,faulty");
  undone = benk_ctl_rig_do (rig, "undo");
  assert_states (rig, "received,received,received");
}

/* One of three is faulty already, so it cannot go to stock, nor can the others yet. */
static void
test_all_or_those_that_can (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const facts[] = { "label-read", "ce-mark", "power-on-test",
                                       "accessories-complete" };
  g_autoptr (BenkCtlAnswer) none = NULL;
  g_autoptr (BenkCtlAnswer) able = NULL;

  add (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (BenkCtlAnswer) signed_two =
        benk_ctl_rig_do (rig, "device attest MD0009001 MD0009002 %s", facts[i]);
    }
  none = benk_ctl_rig_run (rig, "device set-state D-1 D-2 D-3 stock");
  g_assert_cmpint (none->status, ==, 1);
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (none), "MD0009003"));
  assert_states (rig, "received,received,received");
  able = benk_ctl_rig_do (rig, "device set-state D-1 D-2 D-3 stock --able");
  g_assert_cmpint (benk_ctl_answer_get_int (able, "changed"), ==, 2);
  assert_states (rig, "stock,stock,received");
}

static void
test_edit_join_part (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) edited = NULL;
  g_autoptr (BenkCtlAnswer) former = NULL;
  g_autoptr (BenkCtlAnswer) joined = NULL;
  g_autoptr (BenkCtlAnswer) found = NULL;
  g_autoptr (BenkCtlAnswer) listed = NULL;
  g_autoptr (BenkCtlAnswer) parted = NULL;

  add (rig);
  edited = benk_ctl_rig_do (rig, "device edit D-1 --serial MD0009009 --owner lease "
                                 "--lease-end 2099-01-31");
  g_assert_cmpstr (benk_ctl_answer_get_string (edited, "owner"), ==, "lease");
  g_assert_cmpstr (benk_ctl_answer_get_string (edited, "lease_end"), ==, "2099-01-31");
  former = benk_ctl_rig_do (rig, "device list --search MD0009001");
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (former)), ==, 1);

  joined = benk_ctl_rig_do (rig, "device join D-2 D-1");
  g_assert_cmpstr (benk_ctl_answer_get_string (joined, "serial"), ==, "MD0009009");
  found = benk_ctl_rig_do (rig, "device list --search MD0009002");
  listed = benk_ctl_rig_do (rig, "device list");
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (found)), ==, 1);
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (listed)), ==, 2);
  parted = benk_ctl_rig_do (rig, "device part MD0009002");
  g_assert_cmpstr (benk_ctl_answer_get_string (parted, "asset"), ==, "D-2");
}

/* A missing adapter keeps the device out of stock until it is found. */
static void
test_accessories (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const facts[] = { "label-read", "ce-mark", "power-on-test" };
  g_autoptr (BenkCtlAnswer) said = NULL;
  g_autoptr (BenkCtlAnswer) refused = NULL;
  g_autoptr (BenkCtlAnswer) found = NULL;
  g_autoptr (BenkCtlAnswer) undone = NULL;
  g_autoptr (BenkCtlAnswer) again = NULL;
  g_autoptr (BenkCtlAnswer) stocked = NULL;

  add (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (BenkCtlAnswer) one =
        benk_ctl_rig_do (rig, "device attest D-1 %s", facts[i]);
    }
  said = benk_ctl_rig_do (rig, "device accessories D-1 --present 'collection tray' "
                               "--missing power-adapter");
  g_assert_nonnull (strstr (said->out, "missing"));
  refused = benk_ctl_rig_run (rig, "device set-state D-1 stock");
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_nonnull (
    strstr (benk_ctl_answer_get_message (refused), "Missing: Power adapter."));
  found = benk_ctl_rig_do (rig, "device accessories D-1 --present power-adapter");
  g_assert_null (strstr (found->out, "missing"));
  undone = benk_ctl_rig_do (rig, "undo");
  again = benk_ctl_rig_do (rig, "device accessories D-1");
  g_assert_nonnull (strstr (again->out, "missing"));
  stocked = benk_ctl_rig_do (rig, "device attest D-1 accessories-complete");
  benk_ctl_answer_free (benk_ctl_rig_do (rig, "device set-state D-1 stock"));
  assert_states (rig, "stock,received,received");
}

static void
assert_missing (BenkCtlRig *rig, int wanted)
{
  int n_missing = 0;

  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (BenkCtlAnswer) one = benk_ctl_rig_do (rig, "device accessories D-%u", i);

      n_missing += strstr (one->out, "missing") != NULL;
    }
  g_assert_cmpint (n_missing, ==, wanted);
}

/* The same is said of several, as one change; one that cannot holds up all of them. */
static void
test_accessories_of_many (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) named = NULL;
  g_autoptr (BenkCtlAnswer) asked = NULL;
  g_autoptr (BenkCtlAnswer) undone = NULL;
  g_autoptr (BenkCtlAnswer) other = NULL;
  g_autoptr (BenkCtlAnswer) refused = NULL;
  g_autoptr (BenkCtlAnswer) able = NULL;

  add (rig);
  named = benk_ctl_rig_do (rig, "device accessories D-1 D-2 --missing 'collection tray'");
  g_assert_cmpint (benk_ctl_answer_get_int (named, "changed"), ==, 2);
  assert_missing (rig, 2);
  asked = benk_ctl_rig_do (rig, "device accessories --search MD0009 --count 3"
                                " --missing collection-tray");
  g_assert_cmpint (benk_ctl_answer_get_int (asked, "changed"), ==, 1);
  g_assert_cmpint (benk_ctl_answer_get_int (asked, "same"), ==, 2);
  assert_missing (rig, 3);
  benk_ctl_answer_free (benk_ctl_rig_do (rig, "undo"));
  assert_missing (rig, 2);
  undone = benk_ctl_rig_do (rig, "undo");
  assert_missing (rig, 0);

  other = benk_ctl_rig_do (rig, "device add PP000533 --model evondos-e300");
  refused = benk_ctl_rig_run (rig, "device accessories D-1 PP000533 D-2"
                                   " --missing 'collection tray'");
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_nonnull (
    strstr (benk_ctl_answer_get_message (refused), "nothing was changed. PP000533"));
  assert_missing (rig, 0);
  able = benk_ctl_rig_do (rig, "device accessories D-1 PP000533 D-2 --able"
                               " --missing 'collection tray'");
  g_assert_cmpint (benk_ctl_answer_get_int (able, "changed"), ==, 2);
  assert_missing (rig, 2);
}

/* Two real devices with one number: the second is said to be another. */
static void
test_another (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) refused = NULL;
  g_autoptr (BenkCtlAnswer) added = NULL;
  g_autoptr (BenkCtlAnswer) named = NULL;

  add (rig);
  refused = benk_ctl_rig_run (rig, "device add md0009001 --model medido");
  g_assert_cmpint (refused->status, ==, 1);
  added = benk_ctl_rig_do (rig, "device add md0009001 --model medido --another");
  g_assert_cmpint (benk_ctl_rig_count (rig,
                                       "SELECT count (*) FROM device WHERE twin = 1"),
                   ==, 1);
  named = benk_ctl_rig_run (rig, "device show MD0009001");
  g_assert_cmpint (named->status, ==, 1);
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count (*) FROM device"), ==, 4);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ctl/many/" path, BenkCtlRig, NULL, benk_ctl_rig_set_up, test,            \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("named-or-asked-for-with-their-number", test_named_and_asked_for);
  ADD ("all-or-those-that-can", test_all_or_those_that_can);
  ADD ("corrected-joined-and-taken-apart", test_edit_join_part);

  ADD ("another-device-with-one-number", test_another);
  ADD ("missing-accessory-keeps-out-of-stock", test_accessories);
  ADD ("accessories-of-several-are-one-change", test_accessories_of_many);

  return g_test_run ();
}
