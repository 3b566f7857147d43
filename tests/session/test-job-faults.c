/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-bench.h"

#include <glib/gstdio.h>

#include "benk-virtual-memory.h"

/* Every transfer of making ready and of reset is the last one before the cable is pulled,
 * in both variants, with and without somebody who plugs it in again. What is claimed is
 * compared with the file that is the dispenser's memory. */

#define OLD_SET 0x01d00001
#define NEW_SET 0x0e300002
/* Nobody has waited this long in any case; fake time. */
#define LONGEST_MS (3 * 60 * 1000)

typedef struct
{
  guint32 set_id;
  GBytes *tables[3];
} Image;

typedef struct
{
  char *dir;
  char *kept; /* state file with the old plan in force */
  char *path;
  Image old_image;
  Image new_image;
  guint n_cases;
  guint n_outcomes[BENK_JOB_UNKNOWN + 1];
  gint64 longest_ms;
} Fixture;

static void
image_clear (Image *image)
{
  for (guint i = 0; i < G_N_ELEMENTS (image->tables); i++)
    g_clear_pointer (&image->tables[i], g_bytes_unref);
}

/* What the file holds, not what the process remembers. */
static void
image_read (Image *image, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAgentMemory) memory = benk_virtual_memory_load (path, &error);

  g_assert_no_error (error);
  image->set_id = memory->set_id;
  for (guint i = 0; i < G_N_ELEMENTS (image->tables); i++)
    image->tables[i] = memory->in_force[i].data != NULL
                         ? g_bytes_ref (memory->in_force[i].data)
                         : g_bytes_new (NULL, 0);
}

static gboolean
image_equal (const Image *one, const Image *other)
{
  if (one->set_id != other->set_id)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (one->tables); i++)
    if (!g_bytes_equal (one->tables[i], other->tables[i]))
      return FALSE;
  return TRUE;
}

static gboolean
image_is_blank (const Image *image)
{
  for (guint i = 0; i < G_N_ELEMENTS (image->tables); i++)
    if (g_bytes_get_size (image->tables[i]) > 0)
      return FALSE;
  return image->set_id == 0;
}

static void
put_back (Fixture *self)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->kept, &text, &length, NULL));
  g_assert_true (g_file_set_contents (self->path, text, (gssize) length, NULL));
}

/* In memory where there is such a folder: a dispenser syncs each time it saves. */
static char *
make_dir (void)
{
  g_autofree char *fast = g_strdup ("/dev/shm/benk-faults-XXXXXX");

  if (g_mkdtemp (fast) != NULL)
    return g_steal_pointer (&fast);
  return g_dir_make_tmp ("benk-faults-XXXXXX", NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) old_plan = test_plan_new (2);
  g_autoptr (BenkPlan) new_plan = test_plan_new (5);
  g_autofree char *text = NULL;
  gsize length;
  TestBench bench;

  self->dir = make_dir ();
  test_bench_init (&bench, "medido", self->dir);
  self->path = g_strdup (benk_virtual_dispenser_get_state_path (bench.dispenser));
  self->kept = g_strconcat (self->path, ".kept", NULL);

  g_assert_cmpint (test_bench_provision (&bench, new_plan, NEW_SET, NULL)->outcome, ==,
                   BENK_JOB_VERIFIED);
  image_read (&self->new_image, self->path);
  g_assert_cmpint (test_bench_provision (&bench, old_plan, OLD_SET, NULL)->outcome, ==,
                   BENK_JOB_VERIFIED);
  benk_virtual_dispenser_dispense (bench.dispenser, 3);
  test_bench_clear (&bench);
  image_read (&self->old_image, self->path);
  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (self->kept, text, (gssize) length, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_test_message ("%u cases: %u verified, %u untouched, %u to redo, %u unknown; longest "
                  "%" G_GINT64_FORMAT " ms",
                  self->n_cases, self->n_outcomes[BENK_JOB_VERIFIED],
                  self->n_outcomes[BENK_JOB_UNTOUCHED], self->n_outcomes[BENK_JOB_REDO],
                  self->n_outcomes[BENK_JOB_UNKNOWN], self->longest_ms);
  image_clear (&self->old_image);
  image_clear (&self->new_image);
  g_unlink (self->path);
  g_unlink (self->kept);
  g_rmdir (self->dir);
  g_free (self->path);
  g_free (self->kept);
  g_free (self->dir);
}

static void
count_case (Fixture *self, const TestBench *bench, const BenkJobResult *result)
{
  g_assert_nonnull (result->sentence);
  g_assert_cmpint (result->outcome, <=, BENK_JOB_UNKNOWN);
  g_assert_cmpint (bench->took_ms, <=, LONGEST_MS);
  self->n_cases++;
  self->n_outcomes[result->outcome]++;
  self->longest_ms = MAX (self->longest_ms, bench->took_ms);
}

static void
assert_claim_of_provision (Fixture *self, BenkJobOutcome outcome)
{
  Image now = { 0 };
  gboolean is_old, is_new;

  image_read (&now, self->path);
  is_old = image_equal (&now, &self->old_image);
  is_new = image_equal (&now, &self->new_image);
  g_assert_true (is_old != is_new);
  if (outcome == BENK_JOB_VERIFIED)
    g_assert_true (is_new);
  if (outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (is_old);
  image_clear (&now);
}

static void
assert_claim_of_reset (Fixture *self, BenkJobOutcome outcome)
{
  Image now = { 0 };
  gboolean is_old, is_blank;

  image_read (&now, self->path);
  is_old = image_equal (&now, &self->old_image);
  is_blank = image_is_blank (&now);
  g_assert_true (is_old != is_blank);
  if (outcome == BENK_JOB_VERIFIED)
    g_assert_true (is_blank);
  if (outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (is_old);
  image_clear (&now);
}

typedef const BenkJobResult *(*RunFunc) (TestBench *bench, const char *fault);
typedef void (*ClaimFunc) (Fixture *self, BenkJobOutcome outcome);

static const BenkJobResult *
run_provision (TestBench *bench, const char *fault)
{
  g_autoptr (BenkPlan) plan = test_plan_new (5);

  return test_bench_provision (bench, plan, NEW_SET, fault);
}

static const BenkJobResult *
run_reset (TestBench *bench, const char *fault)
{
  return test_bench_reset (bench, 0, fault);
}

static guint
count_transfers (Fixture *self, RunFunc run)
{
  TestBench bench;
  guint n;

  put_back (self);
  test_bench_init (&bench, "medido", self->dir);
  g_assert_cmpint (run (&bench, NULL)->outcome, ==, BENK_JOB_VERIFIED);
  n = benk_virtual_dispenser_get_transfers (bench.dispenser);
  test_bench_clear (&bench);
  return n;
}

static void
try_case (
  Fixture *self, RunFunc run, ClaimFunc assert_claim, guint replug_ms, const char *fault)
{
  const BenkJobResult *result;
  BenkJobOutcome outcome;
  TestBench bench;

  put_back (self);
  test_bench_init (&bench, "medido", self->dir);
  bench.replug_ms = replug_ms;
  result = run (&bench, fault);
  count_case (self, &bench, result);
  outcome = result->outcome;
  assert_claim (self, outcome);

  /* The dispenser goes on from its memory, and nothing is in the way of the next run. */
  bench.replug_ms = 0;
  test_bench_power_cycle (&bench);
  g_assert_cmpint (run (&bench, NULL)->outcome, ==, BENK_JOB_VERIFIED);
  assert_claim (self, BENK_JOB_VERIFIED);
  test_bench_clear (&bench);
}

static void
try_every_transfer (Fixture *self, RunFunc run, ClaimFunc assert_claim)
{
  static const char *const names[] = { "disconnect", "disconnect-after", "stall",
                                       "silent" };
  static const guint replugs[] = { 0, 2000 };
  guint n = count_transfers (self, run);

  g_assert_cmpuint (n, >, 20);
  for (guint f = 0; f < G_N_ELEMENTS (names); f++)
    for (guint r = 0; r < G_N_ELEMENTS (replugs); r++)
      for (guint k = 1; k <= n + 1; k++)
        {
          g_autofree char *fault = g_strdup_printf ("%s@%u", names[f], k);

          try_case (self, run, assert_claim, replugs[r], fault);
        }
}

static void
test_provision_every_transfer (Fixture *self, gconstpointer data)
{
  try_every_transfer (self, run_provision, assert_claim_of_provision);
}

static void
test_reset_every_transfer (Fixture *self, gconstpointer data)
{
  try_every_transfer (self, run_reset, assert_claim_of_reset);
}

static const char *const conditions[] = { "full",     "crc-lie",    "low-battery",
                                          "lid-open", "dispensing", "wrong-config",
                                          "garbage",  "garbage@9",  "short",
                                          "odd",      "slow",       "wrong-serial" };

static void
test_provision_conditions (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      const BenkJobResult *result;
      TestBench bench;

      put_back (self);
      test_bench_init (&bench, "medido", self->dir);
      result = run_provision (&bench, conditions[i]);
      count_case (self, &bench, result);
      g_test_message ("%s: %s, %s", conditions[i],
                      benk_job_outcome_get_name (result->outcome), result->sentence);
      if (g_str_equal (conditions[i], "crc-lie"))
        g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
      else
        assert_claim_of_provision (self, result->outcome);
      test_bench_clear (&bench);
    }
}

static void
test_reset_leaves_a_region (Fixture *self, gconstpointer data)
{
  for (guint region = 1; region <= 8; region++)
    {
      g_autofree char *fault = g_strdup_printf ("wipe-leaves-region@%u", region);
      const BenkJobResult *result;
      TestBench bench;

      put_back (self);
      test_bench_init (&bench, "medido", self->dir);
      result = run_reset (&bench, fault);
      count_case (self, &bench, result);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
      g_assert_true (g_str_has_prefix (result->sentence, "Reset not confirmed"));
      test_bench_clear (&bench);
    }
}

static void
test_another_serial (Fixture *self, gconstpointer data)
{
  BenkJobSetup setup = { .kind = BENK_JOB_RESET,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE };
  TestBench bench;
  const BenkJobResult *result;

  put_back (self);
  test_bench_init (&bench, "medido", self->dir);
  setup.serial = "SOMEBODY-ELSE";
  result = test_bench_run (&bench, &setup, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  assert_claim_of_reset (self, BENK_JOB_UNTOUCHED);
  test_bench_clear (&bench);
}

static void
test_not_plugged_in (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;
  TestBench bench;

  put_back (self);
  test_bench_init (&bench, "medido", self->dir);
  benk_virtual_dispenser_unplug (bench.dispenser);
  result = run_provision (&bench, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  assert_claim_of_provision (self, BENK_JOB_UNTOUCHED);
  test_bench_clear (&bench);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/session/job/provision-survives-every-transfer", test_provision_every_transfer);
  add ("/session/job/reset-survives-every-transfer", test_reset_every_transfer);
  add ("/session/job/provision-under-conditions", test_provision_conditions);
  add ("/session/job/reset-tells-of-a-region-left", test_reset_leaves_a_region);
  add ("/session/job/another-serial-is-left-alone", test_another_serial);
  add ("/session/job/nothing-plugged-in-is-untouched", test_not_plugged_in);

  return g_test_run ();
}
