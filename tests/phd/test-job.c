/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#define OLD_SET 0x11110001
#define NEW_SET 0x22220002

/* The device must be what the job claims; "unknown" allows either plan, but whole. */
static void
assert_claim_true (Rig *rig,
                   const BenkJobResult *result,
                   const BenkJobPlan *old,
                   const BenkJobPlan *plan)
{
  gboolean holds_old = rig_holds (rig, old, OLD_SET);
  gboolean holds_new = rig_holds (rig, plan, NEW_SET);

  g_assert_true (holds_old != holds_new);
  switch (result->outcome)
    {
    case BENK_JOB_VERIFIED:
      g_assert_true (holds_new);
      break;
    case BENK_JOB_UNTOUCHED:
      g_assert_true (holds_old);
      break;
    case BENK_JOB_UNKNOWN:
      break;
    case BENK_JOB_REDO:
    default:
      g_assert_not_reached ();
    }
}

static void
test_read (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup = rig_setup (BENK_JOB_READ, NULL, 0);
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  rig_preset (rig, &plan, OLD_SET);
  result = rig_run (rig, &setup);
  g_assert_cmpstr (result->reason, ==, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpstr (result->claim, ==, "read");
  g_assert_true (result->extension);
  g_assert_true (result->simulated);
  g_assert_cmpstr (result->mds.serial, ==, "SN-0007");
  g_assert_cmpint (result->mds.battery, ==, 90);
  g_assert_cmpint (result->clock_drift_s, ==, 0);
  g_assert_cmpuint (result->set_id, ==, OLD_SET);
  g_assert_cmpuint (result->n_tables, ==, 3);
  g_assert_cmpuint (result->dose_times, ==, 4);
  g_assert_cmpint (result->tables[0].equal, ==, -1);
  g_assert_cmpuint (strlen (result->tables[0].hash), ==, 64);
  g_assert_cmpint (result->log_entries, ==, 1);
}

static void
test_provision (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  result = rig_run (rig, &setup);
  g_assert_cmpstr (result->reason, ==, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpstr (result->claim, ==, "ready");
  g_assert_true (result->counts);
  g_assert_cmpint (result->link_kind, ==, BENK_LINK_KIND_SIMULATED);
  g_assert_true (rig_holds (rig, &plan, NEW_SET));
  g_assert_cmpuint (result->dose_times, ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (result->tables[i].equal, ==, 1);
      g_assert_cmpuint (result->tables[i].crc, ==, benk_crc32_bytes (plan.tables[i]));
    }
  g_assert_cmpuint (rig->memory->mode, ==, BENK_EXT_MODE_IDLE);
  g_assert_cmpuint (rig->memory->volume, ==, 40);
  g_assert_cmpstr (rig->memory->language, ==, "nb-NO");
  g_assert_cmpstr (result->sentence, ==,
                   "Ready. 4 dose times read back and equal, 10:30. "
                   "Next dose at 22 Nov 00:05.");
}

/* Every request fits what a medication monitor receives, and is never whole packets. */
static void
test_requests_fit (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;

  rig_plan (&plan, 5);
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  rig_run (rig, &setup);
  g_assert_cmpuint (rig->requests->len, >, 20);
  for (guint i = 0; i < rig->requests->len; i++)
    {
      gsize size = g_bytes_get_size (g_ptr_array_index (rig->requests, i));

      g_assert_cmpuint (size, <=, 64);
      g_assert_cmpuint (size % 64, !=, 0);
    }
}

static void
test_clock_is_set (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  rig->memory->clock_offset_ms -= 600000;
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpint (result->clock_drift_s, ==, -600);
  g_assert_true (result->clock_set);
}

static guint
count_requests (BenkJobKind kind)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) old = { 0 };
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;

  rig_plan (&old, 3);
  rig_plan (&plan, 5);
  rig_preset (rig, &old, OLD_SET);
  setup = rig_setup (kind, &plan, NEW_SET);
  rig_run (rig, &setup);
  return rig->sent;
}

static BenkJobOutcome
cut_once (guint at, gboolean after, guint back_ms, BenkJobSetup *wish)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) old = { 0 };
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;
  BenkJobOutcome outcome;

  rig_plan (&old, 3);
  rig_plan (&plan, 5);
  rig_preset (rig, &old, OLD_SET);
  rig->cut_at = at;
  rig->cut_after = after;
  rig->back_ms = back_ms;
  setup = rig_setup (BENK_JOB_SETTINGS, &plan, NEW_SET);
  setup.reattach_ms = wish->reattach_ms;
  result = rig_run (rig, &setup);
  assert_claim_true (rig, result, &old, &plan);
  outcome = result->outcome;
  if (outcome != BENK_JOB_VERIFIED && back_ms == 0)
    {
      rig->cut_at = 0;
      result = rig_run (rig, &setup);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
      g_assert_true (rig_holds (rig, &plan, NEW_SET));
    }
  return outcome;
}

/* Unplugged at every APDU, before and after the device took it. */
static void
test_unplugged_everywhere (void)
{
  guint total = count_requests (BENK_JOB_SETTINGS);
  guint seen[4] = { 0 };
  BenkJobSetup wish = { 0 };

  for (guint at = 1; at <= total; at++)
    for (guint after = 0; after < 2; after++)
      seen[cut_once (at, after == 1, 0, &wish)]++;
  g_test_message ("%u APDUs, %u cuts: %u verified, %u untouched, %u unknown", total,
                  2 * total, seen[0], seen[1], seen[3]);
  g_assert_cmpuint (seen[BENK_JOB_UNTOUCHED], >, 20);
  g_assert_cmpuint (seen[BENK_JOB_UNKNOWN], >, 10);
  g_assert_cmpuint (seen[BENK_JOB_VERIFIED], >, 0);
  g_assert_cmpuint (seen[BENK_JOB_REDO], ==, 0);
}

/* Plugged in again while the job waits: F101 settles it and the job ends verified. */
static void
test_plugged_in_again (void)
{
  guint total = count_requests (BENK_JOB_SETTINGS);
  BenkJobSetup wish = { .reattach_ms = 30000 };

  for (guint at = 2; at <= total; at++)
    for (guint after = 0; after < 2; after++)
      g_assert_cmpint (cut_once (at, after == 1, 5000, &wish), ==, BENK_JOB_VERIFIED);
}

/* Waiting ends by itself when the device stays away. */
static void
test_stays_away (void)
{
  guint total = count_requests (BENK_JOB_SETTINGS);
  BenkJobSetup wish = { .reattach_ms = 30000 };

  for (guint at = 2; at < total; at += 3)
    cut_once (at, TRUE, 0, &wish);
}

static GBytes *
swap_device (Rig *rig, GBytes *apdu)
{
  if (rig->sent >= rig->cut_at)
    rig->memory->system_id[7] = 9;
  return g_bytes_ref (apdu);
}

/* Another device that is plugged in instead settles nothing and is not written to. */
static void
test_another_device (void)
{
  guint total = count_requests (BENK_JOB_SETTINGS);
  guint unknown = 0;

  for (guint at = 5; at < total - 3; at++)
    {
      g_autoptr (Rig) rig = rig_new ();
      g_auto (BenkJobPlan) old = { 0 };
      g_auto (BenkJobPlan) plan = { 0 };
      BenkJobSetup setup;
      const BenkJobResult *result;

      rig_plan (&old, 3);
      rig_plan (&plan, 5);
      rig_preset (rig, &old, OLD_SET);
      rig->cut_at = at;
      rig->cut_after = TRUE;
      rig->back_ms = 5000;
      rig->spoil = swap_device;
      setup = rig_setup (BENK_JOB_SETTINGS, &plan, NEW_SET);
      setup.reattach_ms = 30000;
      result = rig_run (rig, &setup);
      assert_claim_true (rig, result, &old, &plan);
      g_assert_cmpint (result->outcome, !=, BENK_JOB_VERIFIED);
      g_assert_cmpstr (result->reason, ==, "Another dispenser was plugged in.");
      unknown += result->outcome == BENK_JOB_UNKNOWN;
    }
  g_assert_cmpuint (unknown, >, 5);
}

static void
test_cancel_everywhere (void)
{
  guint total = count_requests (BENK_JOB_SETTINGS);

  for (guint at = 1; at < total; at++)
    {
      g_autoptr (Rig) rig = rig_new ();
      g_auto (BenkJobPlan) old = { 0 };
      g_auto (BenkJobPlan) plan = { 0 };
      BenkJobSetup setup;
      const BenkJobResult *result;

      rig_plan (&old, 3);
      rig_plan (&plan, 5);
      rig_preset (rig, &old, OLD_SET);
      rig->cancel_at = at;
      setup = rig_setup (BENK_JOB_SETTINGS, &plan, NEW_SET);
      result = rig_run (rig, &setup);
      assert_claim_true (rig, result, &old, &plan);
      g_assert_cmpint (result->outcome, !=, BENK_JOB_UNKNOWN);
      g_assert_cmpuint (rig->memory->mode, ==, BENK_EXT_MODE_IDLE);
    }
}

static void
test_crc_lie (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  benk_agent_set_quirks (rig->agent, BENK_AGENT_QUIRK_CRC_LIE, 0);
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
  g_assert_cmpstr (result->failed_step, ==, "read-back");
  g_assert_cmpint (result->tables[0].equal, ==, 0);
}

static void
test_full (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  rig->memory->clock_offset_ms -= 600000;
  benk_agent_set_quirks (rig->agent, BENK_AGENT_QUIRK_FULL, 0);
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  g_assert_cmpstr (result->failed_step, ==, "write");
  g_assert_nonnull (strstr (result->reason, "no space"));
  /* The plan is as it was; what was done before is said. */
  g_assert_true (result->touched);
  g_assert_cmpstr (
    result->sentence, ==,
    "Not finished. The dispenser has no plan. Done: the clock was set, the "
    "time zone was changed and put back, the dispenser was paused and told "
    "to go on.");
  g_assert_true (result->clock_set);
  g_assert_cmpint (result->status & BENK_EXT_STATUS_CLOCK_UNSET, ==, 0);
}

typedef struct
{
  const char *name;
  const char *step;
  int battery;
  gboolean mains;
  gboolean lid;
  gboolean dispensing;
  const char *serial;
} Interlock;

static const Interlock interlocks[] = {
  { "low battery", "interlock", 19, FALSE, FALSE, FALSE, "SN-0007" },
  { "low battery on mains", NULL, 19, TRUE, FALSE, FALSE, "SN-0007" },
  { "twenty percent", NULL, 20, FALSE, FALSE, FALSE, "SN-0007" },
  { "lid open", "interlock", 90, FALSE, TRUE, FALSE, "SN-0007" },
  { "giving a dose", "interlock", 90, FALSE, FALSE, TRUE, "SN-0007" },
  { "serial written otherwise", NULL, 90, FALSE, FALSE, FALSE, "sn 0007" },
  { "another serial", "identity", 90, FALSE, FALSE, FALSE, "SN-0008" },
};

static void
test_interlocks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (interlocks); i++)
    for (guint kind = BENK_JOB_PROVISION; kind <= BENK_JOB_RESET; kind++)
      {
        const Interlock *row = &interlocks[i];
        g_autoptr (Rig) rig = rig_new ();
        g_auto (BenkJobPlan) old = { 0 };
        g_auto (BenkJobPlan) plan = { 0 };
        BenkJobSetup setup;
        const BenkJobResult *result;

        g_test_message ("%s", row->name);
        rig_plan (&old, 3);
        rig_plan (&plan, 5);
        rig_preset (rig, &old, OLD_SET);
        rig->memory->battery = (guint16) row->battery;
        rig->memory->mains = row->mains;
        rig->memory->lid_open = row->lid;
        rig->memory->dispensing = row->dispensing;
        if (row->dispensing)
          rig->memory->mode = BENK_EXT_MODE_DISPENSING;
        setup = rig_setup ((BenkJobKind) kind, &plan, NEW_SET);
        setup.serial = row->serial;
        result = rig_run (rig, &setup);
        g_test_message ("%s", result->reason);
        g_assert_cmpstr (result->failed_step, ==, row->step);
        g_assert_cmpint (result->outcome, ==,
                         row->step != NULL ? BENK_JOB_UNTOUCHED : BENK_JOB_VERIFIED);
        if (row->step != NULL)
          g_assert_true (rig_holds (rig, &old, OLD_SET));
      }
}

/* Whatever the link calls itself, a device that says it is simulated never counts. */
static void
test_simulated_never_counts (void)
{
  static const BenkLinkKind links[] = { BENK_LINK_KIND_USB, BENK_LINK_KIND_SIMULATED,
                                        BENK_LINK_KIND_REPLAY };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    for (guint kind = BENK_JOB_PROVISION; kind <= BENK_JOB_RESET; kind++)
      for (guint maker = 0; maker < 2; maker++)
        {
          g_autoptr (Rig) rig = rig_new ();
          g_auto (BenkJobPlan) plan = { 0 };
          BenkJobSetup setup;
          const BenkJobResult *result;

          rig_plan (&plan, 5);
          if (maker == 1)
            {
              g_free (rig->memory->manufacturer);
              rig->memory->manufacturer = g_strdup ("ACME");
            }
          setup = rig_setup ((BenkJobKind) kind, &plan, NEW_SET);
          setup.link_kind = links[i];
          setup.demo_store = FALSE;
          result = rig_run (rig, &setup);
          g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
          g_assert_true (result->simulated);
          g_assert_false (result->counts);
          g_assert_cmpstr (result->claim, ==, "simulated");
          g_assert_cmpint (result->link_kind, !=, BENK_LINK_KIND_USB);
        }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/job/read-tells-what-the-device-holds", test_read);
  g_test_add_func ("/phd/job/provision-ends-verified", test_provision);
  g_test_add_func ("/phd/job/every-request-fits-64-octets", test_requests_fit);
  g_test_add_func ("/phd/job/sets-a-wrong-clock", test_clock_is_set);
  g_test_add_func ("/phd/job/unplugged-at-every-step", test_unplugged_everywhere);
  g_test_add_func ("/phd/job/plugged-in-again-is-settled", test_plugged_in_again);
  g_test_add_func ("/phd/job/waiting-ends", test_stays_away);
  g_test_add_func ("/phd/job/another-device-settles-nothing", test_another_device);
  g_test_add_func ("/phd/job/cancelled-at-every-step", test_cancel_everywhere);
  g_test_add_func ("/phd/job/a-lying-checksum-must-be-redone", test_crc_lie);
  g_test_add_func ("/phd/job/no-room-leaves-it-untouched", test_full);
  g_test_add_func ("/phd/job/interlocks", test_interlocks);
  g_test_add_func ("/phd/job/simulated-never-counts", test_simulated_never_counts);
  return g_test_run ();
}
