/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benk-count-fixture.h"
#include "benk-scope.h"
#include "benk-table-device.h"

/* --- many, by chance --- */

#define N_DEVICES 1000

static void
put_many (BenkSessionFixture *f, GRand *rand, gboolean *expected, guint n)
{
  static const BenkDeviceState states[] = {
    BENK_DEVICE_STATE_STOCK,      BENK_DEVICE_STATE_READY, BENK_DEVICE_STATE_OPERATION,
    BENK_DEVICE_STATE_QUARANTINE, BENK_DEVICE_STATE_LOST,  BENK_DEVICE_STATE_SENT,
    BENK_DEVICE_STATE_RECEIVED,
  };
  static const char *const places[] = { SHELF, OTHER, "Distrikt 1", NULL };
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_IMPORT, .account = "test" };
  g_autoptr (BenkDb) db = benk_db_open (f->path, BENK_DB_READ_WRITE, f->clock, &error);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%04u", i);
      g_autoptr (BenkDevice) device = benk_device_new ();
      guint state = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (states));
      guint place = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (places));

      benk_device_set_model_id (device, i % 3 ? "medido" : "pilly-sms");
      benk_device_set_serial (device, serial);
      benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
      benk_device_set_state (device, states[state]);
      benk_device_set_place_name (device, places[place]);
      benk_table_device_insert (db, device, NULL, &error);
      g_assert_no_error (error);
      expected[i] = place < 2 && state != 2 && state != 4 && state != 5;
    }
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_sums (const BenkCount *count, guint n_expected, guint n_found)
{
  guint n_items = 0;

  g_assert_cmpuint (count->n_expected, ==, n_expected);
  g_assert_cmpuint (count->n_found, ==, n_found);
  g_assert_cmpuint (count->n_expected, ==,
                    count->n_found + count->counts[BENK_COUNT_MISSING]);
  for (guint i = 0; i < BENK_N_COUNT_VERDICTS; i++)
    n_items += count->counts[i];
  g_assert_cmpuint (n_items, >=, n_expected);
}

static void
test_random (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260302);
  g_autofree gboolean *expected = g_new0 (gboolean, N_DEVICES);
  g_autofree gboolean *scanned = g_new0 (gboolean, N_DEVICES);
  guint n_scans = g_test_slow () ? 3000 : 600;
  guint n_expected = 0, n_found = 0, n_unknown = 0, n_already = 0;

  put_many (f, rand, expected, N_DEVICES);
  for (guint i = 0; i < N_DEVICES; i++)
    n_expected += expected[i];
  count_fixture_start (f, NULL);
  for (guint k = 0; k < n_scans; k++)
    {
      guint i = (guint) g_rand_int_range (rand, 0, N_DEVICES);
      gboolean unknown = g_rand_int_range (rand, 0, 20) == 0;
      g_autofree char *code =
        unknown ? g_strdup_printf ("U-%u", k) : g_strdup_printf ("s %04u", i);
      g_autoptr (BenkCountItem) item =
        count_fixture_scan (f, code, NULL, !unknown && scanned[i]);

      g_assert_nonnull (item);
      n_unknown += unknown;
      n_already += !unknown && scanned[i];
      n_found += !unknown && !scanned[i] && expected[i];
      if (!unknown)
        scanned[i] = TRUE;
      if (k % 100 == 99)
        {
          g_autoptr (BenkStocktakeView) view = count_fixture_load (f, NULL);

          assert_sums (view->count, n_expected, n_found);
          g_assert_cmpuint (view->count->counts[BENK_COUNT_UNKNOWN], ==, n_unknown);
        }
    }
  count_fixture_end (f);
  g_test_message ("%u scans of %u devices: %u expected, %u found, %u again, %u unknown",
                  n_scans, N_DEVICES, n_expected, n_found, n_already, n_unknown);
}

/* --- a second program, and one that dies --- */

/* What this program does when it is started as "--scan PATH FIRST": counts on from a
 * serial, each told when it is kept. */
static int
scan_for_ever (const char *path, guint first)
{
  BenkSessionFixture f = { .path = (char *) path };

  f.clock = BENK_CLOCK (benk_fake_clock_new (FIXTURE_WALL_MS));
  benk_session_fixture_open (&f);
  for (guint i = first; i < N_DEVICES; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%04u", i);
      g_autoptr (BenkCountItem) item = count_fixture_scan (&f, serial, NULL, FALSE);

      printf ("%u\n", i);
      fflush (stdout);
    }

  return 0;
}

/* Returns: the number after the last scan that was told */
static guint
scan_and_die (BenkSessionFixture *f, guint first, guint n_told)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%u", first);
  const char *argv[] = { program, "--scan", f->path, number, NULL };
  g_autoptr (GError) error = NULL;
  char line[32];
  guint next = first;
  FILE *lines;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (out, "r");
  for (guint i = 0; i < n_told; i++)
    {
      g_assert_nonnull (fgets (line, sizeof line, lines));
      next = (guint) g_ascii_strtoull (line, NULL, 10) + 1;
    }
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (fgets (line, sizeof line, lines) != NULL && strchr (line, '\n') != NULL)
    next = (guint) g_ascii_strtoull (line, NULL, 10) + 1;
  fclose (lines);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_spawn_close_pid (pid);

  return next;
}

/* What was told is kept; at most one more was made and not told; and the count goes on,
 * here and in the other program. */
static void
test_killed (BenkSessionFixture *f, gconstpointer unused)
{
  int n = g_test_slow () ? 300 : 30;
  guint first = 0;

  for (guint i = 0; i < N_DEVICES; i += 10)
    {
      g_autofree char *serial = g_strdup_printf ("S-%04u", i);

      count_fixture_put (f, serial, BENK_DEVICE_STATE_STOCK, SHELF);
    }
  count_fixture_start (f, SHELF);
  for (int i = 0; i < n; i++)
    {
      guint next = scan_and_die (f, first, 1 + (guint) (i % 3));
      gint64 kept = benk_session_fixture_count (
        f, "SELECT count (*) FROM stocktake_item WHERE found_ms IS NOT NULL");

      g_assert_cmpint (kept, >=, next);
      g_assert_cmpint (kept, <=, next + 1);
      first = (guint) kept;
    }
  {
    g_autofree char *serial = g_strdup_printf ("S-%04u", first);
    g_autoptr (BenkCountItem) item = count_fixture_scan (f, serial, NULL, FALSE);
    g_autoptr (BenkStocktakeView) view = count_fixture_load (f, NULL);

    g_assert_cmpuint (view->count->n_expected, ==,
                      view->count->n_found + view->count->counts[BENK_COUNT_MISSING]);
  }
  g_test_message ("%d times killed between scans, %u scans kept, none lost", n, first);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (BenkSessionFixture *f, gconstpointer data);
  } tests[] = {
    { "expected-is-found-and-missing", test_random },
    { "nothing-told-is-lost-when-killed", test_killed },
  };

  if (argc == 4 && g_str_equal (argv[1], "--scan"))
    return scan_for_ever (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path =
        g_strconcat ("/session/stocktake-many/", tests[i].name, NULL);

      g_test_add (path, BenkSessionFixture, NULL, benk_session_fixture_set_up,
                  tests[i].test, benk_session_fixture_tear_down);
    }

  return g_test_run ();
}
