/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#define OLD_SET 0x11110001
#define NEW_SET 0x22220002

typedef enum
{
  FAULT_ERROR,
  FAULT_BUSY,
  FAULT_REJECT,
  FAULT_SHORT,
  FAULT_FLIP,
  FAULT_GARBAGE,
  FAULT_SILENT,
  FAULT_ABORT,
  N_FAULTS,
} Fault;

static const char *const fault_names[] = { "error", "busy",    "reject", "short",
                                           "flip",  "garbage", "silent", "abort" };

static Fault fault;
static guint fault_at;

static GBytes *
replace (BenkApdu *apdu)
{
  g_autoptr (BenkApdu) owned = apdu;

  return benk_apdu_compose (owned);
}

/* Takes the last octet off the answer's own octets, or changes it; lengths stay right. */
static GBytes *
damage (const BenkApdu *apdu, gboolean shorter)
{
  BenkApdu copy = *apdu;
  BenkAttr *attr =
    apdu->attrs != NULL && apdu->attrs->len > 0 ? apdu->attrs->pdata[0] : NULL;
  GBytes *octets = attr != NULL ? attr->value : apdu->info;
  gsize size = octets != NULL ? g_bytes_get_size (octets) : 0;
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) changed = NULL;

  if (size == 0)
    return benk_apdu_compose (apdu);
  data = g_memdup2 (g_bytes_get_data (octets, NULL), size);
  data[size - 1] ^= 0x40;
  changed = g_bytes_new (data, shorter ? size - 1 : size);
  if (attr != NULL)
    {
      g_autoptr (GPtrArray) attrs = benk_attrs_new ();

      benk_attrs_add (attrs, attr->id, changed);
      copy.attrs = attrs;
      return benk_apdu_compose (&copy);
    }
  copy.info = changed;
  return benk_apdu_compose (&copy);
}

static GBytes *
spoil (Rig *rig, GBytes *bytes)
{
  static const guint8 busy[] = { 0x03, 0xe8 };
  static const guint8 garbage[] = { 0xe7, 0, 0, 2, 0xff, 0xff };
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  g_autoptr (GBytes) code = g_bytes_new_static (busy, sizeof busy);

  if (apdu->tag != BENK_APDU_PRST || !benk_apdu_is_response (apdu) ||
      ++rig->spoiled != fault_at)
    return g_bytes_ref (bytes);
  switch (fault)
    {
    case FAULT_ERROR:
      return replace (benk_apdu_new_roer (apdu->invoke_id, 9, NULL));
    case FAULT_BUSY:
      return replace (benk_apdu_new_roer (apdu->invoke_id, 24, code));
    case FAULT_REJECT:
      return replace (benk_apdu_new_rorj (apdu->invoke_id, 103));
    case FAULT_SHORT:
      return damage (apdu, TRUE);
    case FAULT_FLIP:
      return damage (apdu, FALSE);
    case FAULT_GARBAGE:
      return g_bytes_new_static (garbage, sizeof garbage);
    case FAULT_ABORT:
      return replace (benk_apdu_new_reason (BENK_APDU_ABRT, 0));
    case FAULT_SILENT:
    default:
      return NULL;
    }
}

static void
assert_claim_true (Rig *rig,
                   const BenkJobResult *result,
                   const BenkJobPlan *old,
                   const BenkJobPlan *plan)
{
  gboolean holds_old = rig_holds (rig, old, OLD_SET);
  gboolean holds_new = rig_holds (rig, plan, NEW_SET);

  g_assert_true (holds_old != holds_new);
  if (result->outcome == BENK_JOB_VERIFIED)
    g_assert_true (holds_new);
  else if (result->outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (holds_old);
  if (result->outcome != BENK_JOB_VERIFIED)
    g_assert_nonnull (result->reason);
  g_assert_nonnull (result->sentence);
}

/* Every answer of a job spoilt in every way; whatever is claimed is true. */
static void
test_provision (void)
{
  guint cases = 0;
  guint seen[4] = { 0 };

  for (fault = 0; fault < N_FAULTS; fault++)
    for (fault_at = 1; fault_at < 60; fault_at++)
      {
        g_autoptr (Rig) rig = rig_new ();
        g_auto (BenkJobPlan) old = { 0 };
        g_auto (BenkJobPlan) plan = { 0 };
        BenkJobSetup setup;
        const BenkJobResult *result;

        rig_plan (&old, 3);
        rig_plan (&plan, 5);
        rig_preset (rig, &old, OLD_SET);
        rig->spoil = spoil;
        setup = rig_setup (BENK_JOB_SETTINGS, &plan, NEW_SET);
        result = rig_run (rig, &setup);
        if (rig->spoiled < fault_at)
          break;
        assert_claim_true (rig, result, &old, &plan);
        seen[result->outcome]++;
        cases++;
      }
  g_test_message ("%u cases: %u verified, %u untouched, %u redo, %u unknown", cases,
                  seen[0], seen[1], seen[2], seen[3]);
  g_assert_cmpuint (cases, >, 200);
}

/* A reset is confirmed only when the device is empty. */
static void
test_reset (void)
{
  guint cases = 0;

  for (fault = 0; fault < N_FAULTS; fault++)
    for (fault_at = 1; fault_at < 60; fault_at++)
      {
        g_autoptr (Rig) rig = rig_new ();
        g_auto (BenkJobPlan) old = { 0 };
        BenkJobSetup setup = rig_setup (BENK_JOB_RESET, NULL, 0);
        const BenkJobResult *result;

        rig_plan (&old, 3);
        rig_preset (rig, &old, OLD_SET);
        rig->spoil = spoil;
        result = rig_run (rig, &setup);
        if (rig->spoiled < fault_at)
          break;
        cases++;
        if (result->outcome == BENK_JOB_VERIFIED)
          g_assert_true (rig_is_empty (rig));
        else if (result->outcome == BENK_JOB_UNTOUCHED)
          g_assert_true (rig_holds (rig, &old, OLD_SET) && rig->memory->doses->len == 1);
        else
          g_test_message ("%s @%u: %s (%s)", fault_names[fault], fault_at,
                          result->sentence, result->failed_step);
      }
  g_assert_cmpuint (cases, >, 80);
}

/* Which answer shows that there is no extension; each leaves the device readable. */
static void
test_read_only (void)
{
  static const Fault ways[] = { FAULT_ERROR, FAULT_REJECT, FAULT_SHORT, FAULT_FLIP };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (guint kind = BENK_JOB_READ; kind <= BENK_JOB_RESET; kind++)
      {
        g_autoptr (Rig) rig = rig_new ();
        g_auto (BenkJobPlan) plan = { 0 };
        BenkJobSetup setup;
        const BenkJobResult *result;

        fault = ways[i];
        fault_at = 2;
        rig_plan (&plan, 5);
        rig->spoil = spoil;
        setup = rig_setup ((BenkJobKind) kind, &plan, NEW_SET);
        result = rig_run (rig, &setup);
        if (fault == FAULT_FLIP)
          continue;
        g_assert_false (result->extension);
        g_assert_nonnull (result->extension_reason);
        g_assert_cmpint (result->outcome, ==,
                         kind == BENK_JOB_READ ? BENK_JOB_VERIFIED : BENK_JOB_UNTOUCHED);
        g_assert_cmpstr (result->claim, ==, kind == BENK_JOB_READ ? "read" : "read-only");
        g_assert_cmpuint (rig->memory->set_id, ==, 0);
      }
}

/* An agent that says nothing at all to an unknown attribute is read without it. */
static void
test_silent_gate (void)
{
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup = rig_setup (BENK_JOB_READ, NULL, 0);
  const BenkJobResult *result;

  fault = FAULT_SILENT;
  fault_at = 2;
  rig->spoil = spoil;
  setup.reattach_ms = 30000;
  result = rig_run (rig, &setup);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_false (result->extension);
  g_assert_cmpstr (result->mds.serial, ==, "SN-0007");
}

/* What is kept of a run holds no octet of a table. */
static void
test_no_octets_kept (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup;
  const BenkJobResult *result;

  rig_plan (&plan, 5);
  setup = rig_setup (BENK_JOB_PROVISION, &plan, NEW_SET);
  result = rig_run (rig, &setup);
  for (guint i = 0; i < result->n_tables; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (plan.tables[i], &size);

      g_assert_null (memmem (result->tables, sizeof result->tables, data, 16));
      g_assert_cmpuint (strlen (result->tables[i].hash), ==, 64);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/job/faults/every-answer-spoilt", test_provision);
  g_test_add_func ("/phd/job/faults/every-answer-of-a-reset-spoilt", test_reset);
  g_test_add_func ("/phd/job/faults/without-extension-it-is-read-only", test_read_only);
  g_test_add_func ("/phd/job/faults/silence-about-the-extension", test_silent_gate);
  g_test_add_func ("/phd/job/faults/no-octets-are-kept", test_no_octets_kept);
  return g_test_run ();
}
