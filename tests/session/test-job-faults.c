/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fault-shelf.h"

#include <string.h>

#include "benk-plan-tables.h"

/* Every job with every fault at every transfer. What is claimed is compared with the file
 * that is the dispenser's memory, each job ends within its deadline, and what follows
 * goes on from there. Time is the fake clock's. */

/* A request is waited for 3 s, goodbye 3 s, the first word 21 s, somebody who plugs in
 * again 30 s, and a wipe 1 s and 30 s more to come back. */
#define QUIET_MS (21000 + 3000 + 3000 + 1000)
#define AWAY_MS (QUIET_MS + 30000)
/* The answer to each request takes 2.5 s. */
#define SLOW_MS (150 * 1000)
/* A reset waits for its wipe besides, and for coming back. */
#define WIPE_MS ((1 + 30) * 1000)

typedef enum
{
  JOB_READ,
  JOB_PROVISION,
  JOB_SETTINGS,
  JOB_RESET,
  JOB_BESIDE, /* a change of settings while another dispenser is made ready */
  N_JOBS,
} JobIndex;

static const char *const job_names[N_JOBS] = { "read", "provision", "settings", "reset",
                                               "settings-beside" };

/* @last: the number behind the @ goes from 1 to this; 0 = every transfer of the job */
typedef struct
{
  const char *name;
  guint last;
  guint replug_ms;
  gint64 deadline_ms;
  gboolean slow_test;
} FaultRow;

#define ONCE 1

static const FaultRow fault_rows[] = {
  { "none", ONCE, 0, QUIET_MS, FALSE },
  { "silent@", 0, 0, QUIET_MS, FALSE },
  { "stall@", 0, 0, QUIET_MS, FALSE },
  { "short@", 0, 0, QUIET_MS, FALSE },
  { "odd@", 0, 0, QUIET_MS, FALSE },
  { "garbage@", 0, 0, QUIET_MS, FALSE },
  { "disconnect@", 0, 0, QUIET_MS, FALSE },
  { "disconnect-after@", 0, 0, QUIET_MS, FALSE },
  { "disconnect@", 0, 2000, AWAY_MS, FALSE },
  { "disconnect-after@", 0, 2000, AWAY_MS, FALSE },
  { "wrong-serial@", 0, 2000, AWAY_MS, FALSE },
  { "wrong-config@", 0, 0, QUIET_MS, TRUE },
  { "low-battery@", 0, 0, QUIET_MS, TRUE },
  { "lid-open@", 0, 0, QUIET_MS, FALSE },
  { "dispensing@", 0, 0, QUIET_MS, FALSE },
  { "silent@", 0, 2000, AWAY_MS, TRUE },
  { "stall@", 0, 2000, AWAY_MS, TRUE },
  { "garbage@", 0, 2000, AWAY_MS, TRUE },
  { "silent", ONCE, 0, QUIET_MS, FALSE },
  { "short", ONCE, 0, QUIET_MS, FALSE },
  { "odd", ONCE, 0, QUIET_MS, FALSE },
  { "garbage", ONCE, 0, QUIET_MS, FALSE },
  { "slow", ONCE, 0, SLOW_MS, FALSE },
  { "wrong-serial", ONCE, 2000, AWAY_MS, FALSE },
  { "wrong-config", ONCE, 0, QUIET_MS, FALSE },
  { "low-battery", ONCE, 0, QUIET_MS, FALSE },
  { "lid-open", ONCE, 0, QUIET_MS, FALSE },
  { "dispensing", ONCE, 0, QUIET_MS, FALSE },
  { "full", ONCE, 0, QUIET_MS, FALSE },
  { "full@", 4, 0, QUIET_MS, FALSE },
  { "crc-lie", ONCE, 0, QUIET_MS, FALSE },
  { "crc-lie@", 4, 0, QUIET_MS, FALSE },
  { "wipe-leaves-region@", 8, 0, AWAY_MS, FALSE },
};

static TestShelf shelf;
static guint n_transfers[N_JOBS];
static guint n_cases;

/* One case: the dispenser under the fault, and the one beside it. */
typedef struct
{
  JobIndex job;
  const FaultRow *row;
  char *fault;
  TestBench bench;
  TestBench beside;
  TestImage now;
} Case;

static gboolean
is_used (JobIndex job)
{
  return job != JOB_PROVISION;
}

static const TestImage *
get_before (JobIndex job)
{
  return is_used (job) ? &shelf.used[0] : &shelf.blank[0];
}

static void
fill_plan (BenkJobPlan *wire)
{
  g_autoptr (BenkPlan) plan = test_shelf_plan_new (5);

  g_assert_true (benk_job_plan_from_plan (wire, plan, NULL));
}

static void
start (TestBench *bench, JobIndex job, guint32 set_id, const char *fault)
{
  static const BenkJobKind kinds[N_JOBS] = { BENK_JOB_READ, BENK_JOB_PROVISION,
                                             BENK_JOB_SETTINGS, BENK_JOB_RESET,
                                             BENK_JOB_SETTINGS };
  g_auto (BenkJobPlan) wire = { 0 };
  g_autoptr (GBytes) salt = g_bytes_new_static ("pinch", 5);
  BenkJobSetup setup = { .kind = kinds[job],
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = benk_virtual_dispenser_get_serial (bench->dispenser),
                         .set_id = set_id,
                         .nonce = 0x5eed1234,
                         .challenge = 0xca11ab1e,
                         .salt = salt,
                         .reattach_ms = bench->replug_ms > 0 ? BENK_JOB_REATTACH_MS : 0 };

  fill_plan (&wire);
  if (job != JOB_READ && job != JOB_RESET)
    setup.plan = &wire;
  test_bench_run_begin (bench, &setup, fault);
}

static const BenkJobResult *
run (Case *self, JobIndex job, guint32 set_id, const char *fault)
{
  const BenkJobResult *other;
  const BenkJobResult *result;

  start (&self->bench, job, set_id, fault);
  if (job == JOB_BESIDE)
    start (&self->beside, JOB_PROVISION, TEST_NEW_SET, NULL);
  result = test_bench_run_end (&self->bench);
  if (job != JOB_BESIDE)
    return result;

  other = test_bench_run_end (&self->beside);
  g_assert_cmpint (other->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpint (self->beside.took_ms, <=, QUIET_MS);
  return result;
}

static void
case_open (Case *self, JobIndex job, const FaultRow *row)
{
  *self = (Case){ .job = job, .row = row };
  test_shelf_put_back (&shelf, 0, is_used (job));
  test_shelf_put_back (&shelf, 1, FALSE);
  test_bench_init (&self->bench, test_shelf_models[0], shelf.dir);
  self->bench.replug_ms = row->replug_ms;
  if (job == JOB_BESIDE)
    test_bench_init_beside (&self->beside, test_shelf_models[1], &self->bench);
}

static void
case_close (Case *self)
{
  if (self->job == JOB_BESIDE)
    test_bench_clear (&self->beside);
  test_bench_clear (&self->bench);
  test_image_clear (&self->now);
  g_free (self->fault);
}

static gboolean
has_fault (const Case *self, const char *name)
{
  return g_str_has_prefix (self->row->name, name);
}

/* --- what may be claimed --- */

/* Which settings are said to be in force is what the file says. */
static void
check_in_force (Case *self, const BenkJobResult *result)
{
  gboolean is_old = test_image_same_plan (&self->now, get_before (self->job));
  gboolean is_new = test_image_same_plan (&self->now, &shelf.wanted[0]);
  gboolean lies = has_fault (self, "crc-lie");

  g_assert_true (lies || is_old != is_new);
  switch (result->in_force)
    {
    case BENK_JOB_IN_FORCE_OLD:
    case BENK_JOB_IN_FORCE_NONE:
      g_assert_true (is_old);
      break;
    case BENK_JOB_IN_FORCE_NEW:
      g_assert_true (is_new);
      break;
    case BENK_JOB_IN_FORCE_OTHER:
      g_assert_true (lies && !is_old && !is_new);
      break;
    case BENK_JOB_IN_FORCE_UNKNOWN:
    default:
      g_assert_cmpint (result->outcome, ==, BENK_JOB_UNKNOWN);
      break;
    }
}

static void
check_writing (Case *self, const BenkJobResult *result)
{
  check_in_force (self, result);
  if (result->outcome == BENK_JOB_VERIFIED)
    {
      g_assert_true (test_image_same_plan (&self->now, &shelf.wanted[0]));
      g_assert_cmpstr (self->now.settings, ==, shelf.wanted[0].settings);
    }
  if (result->outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (test_image_equal (&self->now, get_before (self->job)));
  g_assert_cmpuint (self->now.n_doses, ==, get_before (self->job)->n_doses);
}

static void
check_reset (Case *self, const BenkJobResult *result)
{
  gboolean wiped = self->now.wipe_counter == shelf.used[0].wipe_counter + 1;

  if (!has_fault (self, "wipe-leaves"))
    g_assert_true (wiped ? self->now.not_blank == 0
                         : test_image_same_plan (&self->now, &shelf.used[0]));
  if (result->outcome == BENK_JOB_VERIFIED)
    {
      g_assert_true (wiped);
      g_assert_cmphex (self->now.not_blank, ==, 0);
    }
  if (result->outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (test_image_equal (&self->now, &shelf.used[0]));
}

static void
check_reading (Case *self, const BenkJobResult *result)
{
  g_assert_true (test_image_equal (&self->now, &shelf.used[0]));
  if (result->set_id_known)
    g_assert_cmpuint (result->set_id, ==, self->now.set_id);
  for (guint i = 0; i < result->n_tables; i++)
    g_assert_cmpuint (result->tables[i].crc, ==, benk_crc32_bytes (self->now.tables[i]));
  if (result->log_entries >= 0)
    g_assert_cmpint (result->log_entries, ==, self->now.n_doses);
  g_assert_cmpuint (result->log_read, <=, self->now.n_doses);
  if (result->log_whole)
    g_assert_cmpuint (result->log_read, ==, self->now.n_doses);
  if (result->outcome == BENK_JOB_VERIFIED && result->extension)
    {
      g_assert_cmpuint (result->n_tables, ==, 3);
      g_assert_cmpuint (result->dose_times, ==, 2);
      g_assert_cmpint (result->next_dose_s, >, 0);
    }
}

static void
check_claim (Case *self, const BenkJobResult *result)
{
  test_image_read (&self->now, shelf.paths[0]);
  if (self->job == JOB_READ)
    check_reading (self, result);
  else if (self->job == JOB_RESET)
    check_reset (self, result);
  else
    check_writing (self, result);
}

/* Another dispenser that comes back is refused as soon as it has said who it is; what it
 * says is taken for its own only where nobody had been asked before. */
static void
check_swap (Case *self, const BenkJobResult *result)
{
  const char *serial = result->mds.serial;

  if (!has_fault (self, "wrong-serial") || result->outcome == BENK_JOB_VERIFIED)
    return;
  if (serial != NULL && g_str_has_suffix (serial, "X"))
    g_assert_true (g_str_has_prefix (result->reason, "The dispenser says its serial "));
  if (self->job != JOB_RESET)
    g_assert_cmpint (self->bench.took_ms, <=, self->row->replug_ms + 2000);
}

static void
check (Case *self, const BenkJobResult *result)
{
  g_assert_nonnull (result->sentence);
  g_assert_cmpint (result->outcome, <=, BENK_JOB_UNKNOWN);
  g_assert_cmpint (self->bench.took_ms, <=,
                   self->row->deadline_ms + (self->job == JOB_RESET ? WIPE_MS : 0));
  if (result->outcome != BENK_JOB_VERIFIED)
    g_assert_nonnull (result->reason);
  check_claim (self, result);
  check_swap (self, result);
}

/* --- what comes after --- */

/* Plugged in again, a reading tells which plan is in force; the same job then succeeds.
 */
static void
check_next (Case *self, BenkJobOutcome outcome)
{
  const BenkJobResult *result;

  self->bench.replug_ms = 0;
  test_bench_power_cycle (&self->bench);
  /* A wipe that was cut off has been finished by now. */
  test_image_clear (&self->now);
  test_image_read (&self->now, shelf.paths[0]);
  if (outcome == BENK_JOB_UNKNOWN)
    {
      result = run (self, JOB_READ, 0, NULL);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
      g_assert_true (result->set_id_known);
      g_assert_cmpuint (result->set_id, ==, self->now.set_id);
    }
  /* What was written wrongly is written again as another set; a set that was cut off is
   * taken up again. */
  result = run (self, self->job == JOB_BESIDE ? JOB_SETTINGS : self->job,
                TEST_NEW_SET + (outcome == BENK_JOB_REDO), NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
}

/* --- every case --- */

typedef struct
{
  JobIndex job;
  const FaultRow *row;
} Params;

static BenkJobOutcome
try_case (const Params *params, guint k, gint64 *longest_ms)
{
  const FaultRow *row = params->row;
  const BenkJobResult *result;
  BenkJobOutcome outcome;
  Case self;

  case_open (&self, params->job, row);
  self.fault = g_str_has_suffix (row->name, "@") ? g_strdup_printf ("%s%u", row->name, k)
                                                 : g_strdup (row->name);
  g_test_message ("%s, %s", job_names[params->job], self.fault);
  result = run (&self, params->job, TEST_NEW_SET, self.fault);
  check (&self, result);
  outcome = result->outcome;
  *longest_ms = MAX (*longest_ms, self.bench.took_ms);
  if (params->job == JOB_RESET && has_fault (&self, "wipe-leaves"))
    g_assert_cmpint (outcome, ==, BENK_JOB_REDO);
  check_next (&self, outcome);
  case_close (&self);
  return outcome;
}

static void
test_fault (gconstpointer data)
{
  const Params *params = data;
  guint last = params->row->last > 0 ? params->row->last : n_transfers[params->job] + 1;
  guint n_outcomes[BENK_JOB_UNKNOWN + 1] = { 0 };
  gint64 longest_ms = 0;

  for (guint k = 1; k <= last; k++)
    n_outcomes[try_case (params, k, &longest_ms)]++;
  n_cases += last;
  g_test_message ("CASES %-15s %-20s %4u: %3u verified, %3u untouched, %3u redo, %3u "
                  "unknown; longest %6.1f s",
                  job_names[params->job], params->row->name, last,
                  n_outcomes[BENK_JOB_VERIFIED], n_outcomes[BENK_JOB_UNTOUCHED],
                  n_outcomes[BENK_JOB_REDO], n_outcomes[BENK_JOB_UNKNOWN],
                  longest_ms / 1000.0);
}

/* How many transfers each job has when nothing is wrong. */
static void
count_transfers (void)
{
  for (guint job = 0; job < N_JOBS; job++)
    {
      Case self;

      case_open (&self, (JobIndex) job, &fault_rows[0]);
      g_assert_cmpint (run (&self, (JobIndex) job, TEST_NEW_SET, NULL)->outcome, ==,
                       BENK_JOB_VERIFIED);
      n_transfers[job] = benk_virtual_dispenser_get_transfers (self.bench.dispenser);
      g_assert_cmpuint (n_transfers[job], >, 20);
      case_close (&self);
    }
}

static void
test_another_serial (void)
{
  BenkJobSetup setup = { .kind = BENK_JOB_RESET,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = "SOMEBODY-ELSE" };
  Case self;
  const BenkJobResult *result;

  case_open (&self, JOB_RESET, &fault_rows[0]);
  result = test_bench_run (&self.bench, &setup, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  check_claim (&self, result);
  case_close (&self);
}

static void
test_not_plugged_in (void)
{
  Case self;
  const BenkJobResult *result;

  case_open (&self, JOB_SETTINGS, &fault_rows[0]);
  benk_virtual_dispenser_unplug (self.bench.dispenser);
  result = run (&self, JOB_SETTINGS, TEST_NEW_SET, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  check_claim (&self, result);
  case_close (&self);
}

static void
add_rows (Params params[N_JOBS][G_N_ELEMENTS (fault_rows)])
{
  for (guint job = 0; job < N_JOBS; job++)
    for (guint i = 0; i < G_N_ELEMENTS (fault_rows); i++)
      {
        const FaultRow *row = &fault_rows[i];
        g_autofree char *path =
          g_strdup_printf ("/session/job/faults/%s/%s%s", job_names[job], row->name,
                           row->replug_ms > 0 ? "-and-back" : "");

        params[job][i] = (Params){ (JobIndex) job, row };
        if (!row->slow_test || g_test_slow ())
          g_test_add_data_func (path, &params[job][i], test_fault);
      }
}

int
main (int argc, char *argv[])
{
  static Params params[N_JOBS][G_N_ELEMENTS (fault_rows)];
  int status;

  g_test_init (&argc, &argv, NULL);

  test_shelf_init (&shelf);
  count_transfers ();
  add_rows (params);
  g_test_add_func ("/session/job/alone/another-serial-is-left-alone",
                   test_another_serial);
  g_test_add_func ("/session/job/alone/nothing-plugged-in-is-untouched",
                   test_not_plugged_in);
  status = g_test_run ();
  g_print ("# CASES in all: %u\n", n_cases);
  test_shelf_clear (&shelf);
  return status;
}
