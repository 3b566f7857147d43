/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-random-work.h"
#include "benk-table-print.h"

/* A thousand pieces of work at random: the change log tells the tables, octet for octet,
 * and no rule is broken on the way. BENK_SEED=N does the same again. */

#define N_WORK 1000
#define LOOK_EVERY 100

typedef struct
{
  guint32 seed;
} Round;

static void
tell (const BenkRandomWork *work, guint32 seed)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_done = 0, n_refused = 0;

  for (guint i = 0; i < BENK_N_WORKS; i++)
    {
      g_string_append_printf (text, "%s%s %u/%u", i > 0 ? ", " : "",
                              benk_random_work_get_name (i), work->done[i],
                              work->refused[i]);
      n_done += work->done[i];
      n_refused += work->refused[i];
    }
  g_print (
    "# BENK_SEED=%u: %u done, %u refused (%s); %u undo held by later changes; "
    "rows of lists: %u new, %u changed, %u same, %u wrong, %u blank; %u changes of "
    "state looked at again\n",
    seed, n_done, n_refused, text->str, work->n_held, work->verdicts[0],
    work->verdicts[1], work->verdicts[2], work->verdicts[3], work->verdicts[4],
    work->n_steps);
}

/* Of all rounds together. */
static guint n_done[BENK_N_WORKS], n_refused[BENK_N_WORKS];

/* Everything was really done, and refused where it can be. */
static void
test_all_kinds (void)
{
  for (guint i = 0; i < BENK_N_WORKS; i++)
    {
      if (n_done[i] == 0)
        g_error ("%s was never done", benk_random_work_get_name (i));
      if (n_refused[i] == 0 && i != BENK_WORK_BENCH && i != BENK_WORK_UNDO_NEWEST)
        g_error ("%s was never refused", benk_random_work_get_name (i));
    }
}

static void
test_random (BenkSessionFixture *f, gconstpointer data)
{
  const Round *round = data;
  BenkRandomWork work = { NULL };

  g_print ("# BENK_SEED=%u\n", round->seed);
  benk_random_work_init (&work, f, round->seed);
  work.tells = g_getenv ("BENK_SEED") != NULL;
  for (guint i = 1; i <= N_WORK; i++)
    {
      benk_random_work_step (&work);
      if (i % LOOK_EVERY == 0)
        benk_table_print_assert_replays (work.db);
    }
  benk_table_print_assert_sound (work.db);
  work.n_steps += benk_oracle_audit (work.db, 0, TRUE);
  tell (&work, round->seed);
  for (guint i = 0; i < BENK_N_WORKS; i++)
    {
      n_done[i] += work.done[i];
      n_refused[i] += work.refused[i];
    }
  benk_random_work_clear (&work);
}

/* The same ones every time, one of which once found a fault; the long run draws others.
 */
static const guint32 seeds[] = { 7, 101, 2701249874, 1070728995 };

int
main (int argc, char *argv[])
{
  const char *wanted = g_getenv ("BENK_SEED");
  Round rounds[40] = { { 0 } };
  guint n;

  g_test_init (&argc, &argv, NULL);
  n = wanted != NULL ? 1 : g_test_slow () ? G_N_ELEMENTS (rounds) : G_N_ELEMENTS (seeds);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/random/thousand/%u", i + 1);

      rounds[i].seed = wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10)
                       : i < G_N_ELEMENTS (seeds) ? seeds[i]
                                                  : (guint32) g_test_rand_int ();
      g_test_add (path, BenkSessionFixture, &rounds[i], benk_session_fixture_set_up,
                  test_random, benk_session_fixture_tear_down);
    }

  if (wanted == NULL)
    g_test_add_func ("/session/random/thousand/were-of-all-kinds", test_all_kinds);

  return g_test_run ();
}
