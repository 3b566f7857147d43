/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benk-store-fixture.h"
#include "benk-verify.h"

/* What this program does when it is started as "--write PATH": changes for ever, each
 * told when it is committed. */
static int
write_for_ever (const char *path)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (FIXTURE_WALL_MS);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (path, BENK_DB_READ_WRITE, BENK_CLOCK (clock), &error);

  g_assert_no_error (error);
  while (TRUE)
    {
      gint64 seq =
        benk_store_fixture_change (db, BENK_VERB_PLACE_ADD,
                                   "INSERT INTO place VALUES (randomblob (16), 'a', "
                                   "'a'), (randomblob (16), 'b', 'b')");

      printf ("%d\n", (int) seq);
      fflush (stdout);
    }

  return 0;
}

/* Reads so many told changes, then kills. Returns the last one told. */
static gint64
kill_after (const char *path, int n_lines)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "--write", path, NULL };
  g_autoptr (GError) error = NULL;
  char line[32];
  gint64 told = 0;
  FILE *lines;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (out, "r");
  for (int i = 0; i < n_lines; i++)
    {
      g_assert_nonnull (fgets (line, sizeof line, lines));
      told = g_ascii_strtoll (line, NULL, 10);
    }

  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (fgets (line, sizeof line, lines) != NULL)
    if (strchr (line, '\n') != NULL)
      told = g_ascii_strtoll (line, NULL, 10);
  fclose (lines);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_spawn_close_pid (pid);

  return told;
}

static void
test_killed (BenkStoreFixture *self, gconstpointer unused)
{
  int n = g_test_slow () ? 200 : 12;

  for (int i = 0; i < n; i++)
    {
      gint64 told = kill_after (self->path, 1 + i % 4);
      g_autoptr (BenkVerifyResult) result = NULL;
      gint64 kept;

      benk_store_fixture_reopen (self);
      kept = benk_store_fixture_count (self->db, "SELECT max(seq) FROM journal");
      g_assert_cmpint (kept, >=, told);
      g_assert_cmpint (kept, <=, told + 1);
      g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM place"),
                       ==, 2 * kept);
      result = benk_verify (self->db, 0, NULL, NULL, NULL);
      g_assert_true (result->intact);
      g_clear_pointer (&self->db, benk_db_close);
    }

  g_test_message ("%d times killed, nothing lost that was told", n);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return write_for_ever (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/kill/nothing-told-is-lost", BenkStoreFixture, NULL,
              benk_store_fixture_set_up, test_killed, benk_store_fixture_tear_down);

  return g_test_run ();
}
