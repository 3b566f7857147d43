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

/* What the number behind a name goes over. */
typedef enum
{
  OVER_NOTHING,
  OVER_TRANSFERS, /* every one of the job, and one more */
  OVER_PLACES,    /* every table or region, from the start */
} Over;

/* @pulled: besides, the cable is pulled at that transfer. */
typedef struct
{
  const char *name;
  Over over;
  guint places; /* in the long run the fault is tried for each, at every transfer */
  guint replug_ms;
  gint64 deadline_ms;
  gboolean pulled;
} FaultRow;

static const FaultRow fault_rows[] = {
  { "none", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "silent", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "stall", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "short", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "odd", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "garbage", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "disconnect", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "disconnect-after", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "wrong-serial", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "wrong-config", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "low-battery", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "lid-open", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "dispensing", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE },
  { "slow", OVER_TRANSFERS, 0, 0, SLOW_MS, FALSE },
  { "slow:4000", OVER_TRANSFERS, 0, 0, QUIET_MS, FALSE }, /* after nobody waits */
  { "full", OVER_TRANSFERS, 4, 0, QUIET_MS, FALSE },
  { "crc-lie", OVER_TRANSFERS, 4, 0, QUIET_MS, FALSE },
  { "wipe-leaves-region", OVER_TRANSFERS, 8, 0, AWAY_MS, FALSE },

  /* Somebody plugs it in again, and the job goes on. */
  { "silent", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "stall", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "garbage", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "disconnect", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "disconnect-after", OVER_TRANSFERS, 0, 2000, AWAY_MS, FALSE },
  { "none", OVER_TRANSFERS, 0, 2000, AWAY_MS, TRUE },
  { "wrong-config", OVER_TRANSFERS, 0, 2000, AWAY_MS, TRUE },
  { "low-battery", OVER_TRANSFERS, 0, 2000, AWAY_MS, TRUE },
  { "lid-open", OVER_TRANSFERS, 0, 2000, AWAY_MS, TRUE },
  { "dispensing", OVER_TRANSFERS, 0, 2000, AWAY_MS, TRUE },
  { "slow", OVER_TRANSFERS, 0, 2000, AWAY_MS + SLOW_MS, TRUE },
  { "full", OVER_TRANSFERS, 4, 2000, AWAY_MS, TRUE },
  { "crc-lie", OVER_TRANSFERS, 4, 2000, AWAY_MS, TRUE },
  { "wipe-leaves-region", OVER_TRANSFERS, 8, 2000, AWAY_MS, TRUE },

  /* So from the start, and every time. */
  { "silent", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "short", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "odd", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "garbage", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "slow", OVER_NOTHING, 0, 0, SLOW_MS, FALSE },
  { "wrong-serial", OVER_NOTHING, 0, 2000, AWAY_MS, FALSE },
  { "wrong-config", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "low-battery", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "lid-open", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "dispensing", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "full", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "full", OVER_PLACES, 4, 0, QUIET_MS, FALSE },
  { "crc-lie", OVER_NOTHING, 0, 0, QUIET_MS, FALSE },
  { "crc-lie", OVER_PLACES, 4, 0, QUIET_MS, FALSE },
  { "wipe-leaves-region", OVER_PLACES, 8, 0, AWAY_MS, FALSE },
};

static TestShelf shelf;
static guint n_transfers[N_JOBS];
static guint n_cases[N_JOBS];

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
  if (wiped && self->now.not_blank != 0)
    g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
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
  guint place; /* 0 = without */
} Params;

static guint
get_last (const Params *params)
{
  switch (params->row->over)
    {
    case OVER_TRANSFERS:
      return n_transfers[params->job] + 1;
    case OVER_PLACES:
      return params->row->places;
    case OVER_NOTHING:
    default:
      return 1;
    }
}

static char *
name_fault (const Params *params, guint k)
{
  const FaultRow *row = params->row;
  g_autofree char *place =
    params->place > 0 ? g_strdup_printf (":%u", params->place) : g_strdup ("");

  if (row->over == OVER_NOTHING || g_str_equal (row->name, "none"))
    return g_strdup (row->name);
  return g_strdup_printf ("%s%s%c%u", row->name, place,
                          row->over == OVER_PLACES ? ':' : '@', k);
}

static BenkJobOutcome
try_case (const Params *params, guint k, gint64 *longest_ms)
{
  const FaultRow *row = params->row;
  const BenkJobResult *result;
  BenkJobOutcome outcome;
  Case self;

  case_open (&self, params->job, row);
  self.fault = name_fault (params, k);
  self.bench.pull_at = row->pulled ? k : 0;
  g_test_message ("%s, %s%s", job_names[params->job], self.fault,
                  row->pulled ? ", pulled" : "");
  result = run (&self, params->job, TEST_NEW_SET, self.fault);
  check (&self, result);
  outcome = result->outcome;
  *longest_ms = MAX (*longest_ms, self.bench.took_ms);
  self.bench.pull_at = 0;
  check_next (&self, outcome);
  case_close (&self);
  return outcome;
}

static char *
name_row (const Params *params)
{
  const FaultRow *row = params->row;
  g_autofree char *place =
    params->place > 0 ? g_strdup_printf (":%u", params->place) : g_strdup ("");
  static const char *const ends[] = { "", "@", ":" };

  return g_strdup_printf ("%s%s%s%s%s", row->name, place, ends[row->over],
                          row->pulled ? "-pulled" : "",
                          row->replug_ms > 0 ? "-and-back" : "");
}

static void
test_fault (gconstpointer data)
{
  const Params *params = data;
  g_autofree char *name = name_row (params);
  guint last = get_last (params);
  guint n_outcomes[BENK_JOB_UNKNOWN + 1] = { 0 };
  gint64 longest_ms = 0;

  for (guint k = 1; k <= last; k++)
    n_outcomes[try_case (params, k, &longest_ms)]++;
  n_cases[params->job] += last;
  g_test_message ("CASES %-15s %-32s %4u: %3u verified, %3u untouched, %3u redo, %3u "
                  "unknown; longest %6.1f s",
                  job_names[params->job], name, last, n_outcomes[BENK_JOB_VERIFIED],
                  n_outcomes[BENK_JOB_UNTOUCHED], n_outcomes[BENK_JOB_REDO],
                  n_outcomes[BENK_JOB_UNKNOWN], longest_ms / 1000.0);
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

/* Gives the number of cases of the job. */
static guint
add_row (JobIndex job, const FaultRow *row, guint place)
{
  Params *params = g_new (Params, 1);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  *params = (Params){ job, row, place };
  name = name_row (params);
  path = g_strdup_printf ("/session/job/faults/%s/%s", job_names[job], name);
  g_test_add_data_func_full (path, params, test_fault, g_free);
  return get_last (params);
}

static guint
add_job (JobIndex job)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fault_rows); i++)
    {
      const FaultRow *row = &fault_rows[i];

      n += add_row (job, row, 0);
      if (row->over == OVER_TRANSFERS && g_test_slow ())
        for (guint place = 1; place <= row->places; place++)
          n += add_row (job, row, place);
    }
  return n;
}

int
main (int argc, char *argv[])
{
  guint all[N_JOBS];
  guint n_all = 0;
  int status;

  g_test_init (&argc, &argv, NULL);

  test_shelf_init (&shelf);
  count_transfers ();
  for (guint job = 0; job < N_JOBS; job++)
    n_all += all[job] = add_job ((JobIndex) job);
  g_test_add_func ("/session/job/alone/another-serial-is-left-alone",
                   test_another_serial);
  g_test_add_func ("/session/job/alone/nothing-plugged-in-is-untouched",
                   test_not_plugged_in);
  status = g_test_run ();
  for (guint job = 0; job < N_JOBS; job++)
    if (n_cases[job] > 0)
      g_print ("# CASES in all: %u of %u with %s, of %u with every job\n", n_cases[job],
               all[job], job_names[job], n_all);
  test_shelf_clear (&shelf);
  return status;
}
