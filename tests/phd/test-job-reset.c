/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#define OLD_SET 0x11110001

static void
prepare (Rig *rig)
{
  g_auto (BenkJobPlan) old = { 0 };

  rig_plan (&old, 3);
  rig_preset (rig, &old, OLD_SET);
}

static gboolean
holds_old (Rig *rig)
{
  g_auto (BenkJobPlan) old = { 0 };

  rig_plan (&old, 3);
  return rig_holds (rig, &old, OLD_SET) && rig->memory->doses->len == 1;
}

static void
test_reset (void)
{
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
  const BenkJobResult *result;

  prepare (rig);
  result = rig_run (rig, &setup);
  g_assert_cmpstr (result->reason, ==, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpstr (result->claim, ==, "wiped");
  g_assert_true (rig_is_empty (rig));
  g_assert_cmpuint (rig->memory->wipe_counter, ==, 1);
  g_assert_cmpuint (result->wipe_counter, ==, 1);
  g_assert_cmpint (result->log_entries, ==, 0);
  g_assert_true (g_str_has_prefix (result->sentence, "Reset confirmed 10:30"));
}

static void
assert_claim_true (Rig *rig, const BenkJobResult *result)
{
  if (result->outcome == BENK_JOB_VERIFIED)
    g_assert_true (rig_is_empty (rig));
  else if (result->outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (holds_old (rig));
  else
    g_assert_nonnull (result->reason);
}

/* Unplugged at every APDU; nothing that was not checked is ever called wiped. */
static void
cut_everywhere (guint back_ms, guint reattach_ms, guint seen[4])
{
  for (guint at = 1; at < 60; at++)
    for (guint after = 0; after < 2; after++)
      {
        g_autoptr (Rig) rig = rig_new ();
        BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
        const BenkJobResult *result;

        prepare (rig);
        rig->cut_at = at;
        rig->cut_after = after == 1;
        rig->back_ms = back_ms;
        setup.reattach_ms = reattach_ms;
        result = rig_run (rig, &setup);
        if (rig->sent < at)
          return;
        assert_claim_true (rig, result);
        seen[result->outcome]++;
        rig->cut_at = 0;
        result = rig_run (rig, &setup);
        g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
        g_assert_true (rig_is_empty (rig));
      }
}

static void
test_unplugged_everywhere (void)
{
  guint seen[4] = { 0 };

  cut_everywhere (0, 0, seen);
  g_test_message ("%u verified, %u untouched, %u redo, %u unknown", seen[0], seen[1],
                  seen[2], seen[3]);
  g_assert_cmpuint (seen[BENK_JOB_UNTOUCHED], >, 10);
  g_assert_cmpuint (seen[BENK_JOB_UNKNOWN], >, 5);
}

static void
test_plugged_in_again (void)
{
  guint seen[4] = { 0 };

  cut_everywhere (5000, 30000, seen);
  g_test_message ("%u verified, %u untouched, %u redo, %u unknown", seen[0], seen[1],
                  seen[2], seen[3]);
  g_assert_cmpuint (seen[BENK_JOB_VERIFIED], >, 10);
  g_assert_cmpuint (seen[BENK_JOB_UNKNOWN], ==, 0);
}

static void
test_every_region_that_stays (void)
{
  for (guint16 region = 0x8000; region >= 0x0100; region >>= 1)
    {
      g_autoptr (Rig) rig = rig_new ();
      BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
      const BenkJobResult *result;

      prepare (rig);
      benk_agent_set_quirks (rig->agent, BENK_AGENT_QUIRK_WIPE_LEAVES, region);
      result = rig_run (rig, &setup);
      g_test_message ("0x%04x: %s", region, result->sentence);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
      g_assert_cmpstr (result->failed_step, ==, "verify");
      g_assert_true (g_str_has_prefix (result->sentence, "Reset not confirmed: "));
      g_assert_cmpstr (result->claim, ==, "redo");
    }
}

static void
test_wrong_serial_typed (void)
{
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
  const BenkJobResult *result;

  prepare (rig);
  rig->typed = "SN-0008";
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  g_assert_cmpstr (result->failed_step, ==, "confirm");
  g_assert_true (holds_old (rig));
}

static void
test_nothing_typed (void)
{
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
  const BenkJobResult *result;

  prepare (rig);
  rig->never_type = TRUE;
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  g_assert_cmpstr (result->failed_step, ==, "confirm");
  g_assert_true (holds_old (rig));
}

static void
test_cancelled_everywhere (void)
{
  for (guint at = 1; at < 30; at++)
    {
      g_autoptr (Rig) rig = rig_new ();
      BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
      const BenkJobResult *result;

      prepare (rig);
      rig->cancel_at = at;
      result = rig_run (rig, &setup);
      assert_claim_true (rig, result);
      g_assert_cmpint (result->outcome, <=, BENK_JOB_UNTOUCHED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/job/reset/ends-wiped", test_reset);
  g_test_add_func ("/phd/job/reset/unplugged-at-every-step", test_unplugged_everywhere);
  g_test_add_func ("/phd/job/reset/plugged-in-again", test_plugged_in_again);
  g_test_add_func ("/phd/job/reset/every-region-that-stays-is-named",
                   test_every_region_that_stays);
  g_test_add_func ("/phd/job/reset/another-serial-typed", test_wrong_serial_typed);
  g_test_add_func ("/phd/job/reset/nothing-typed", test_nothing_typed);
  g_test_add_func ("/phd/job/reset/cancelled-at-every-step", test_cancelled_everywhere);
  return g_test_run ();
}
