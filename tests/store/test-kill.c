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

typedef struct
{
  GPid pid;
  FILE *lines;
  gint64 told;
} Writer;

static void
writer_start (Writer *self, const char *path)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "--write", path, NULL };
  g_autoptr (GError) error = NULL;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &self->pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  self->lines = fdopen (out, "r");
  self->told = 0;
}

static gboolean
writer_read (Writer *self)
{
  char line[32];

  if (fgets (line, sizeof line, self->lines) == NULL || strchr (line, '\n') == NULL)
    return FALSE;

  self->told = g_ascii_strtoll (line, NULL, 10);
  return TRUE;
}

static void
writer_kill (Writer *self)
{
  g_assert_cmpint (kill (self->pid, SIGKILL), ==, 0);
  while (writer_read (self))
    ;
  fclose (self->lines);
  g_assert_cmpint (waitpid (self->pid, NULL, 0), ==, self->pid);
  g_spawn_close_pid (self->pid);
}

/* Nothing that was told is lost; at most one change a writer was made and not told. */
static void
assert_kept (BenkStoreFixture *self, gint64 told, int n_writers)
{
  g_autoptr (BenkVerifyResult) result = NULL;
  gint64 kept;

  benk_store_fixture_reopen (self);
  kept = benk_store_fixture_count (self->db, "SELECT max(seq) FROM journal");
  g_assert_cmpint (kept, >=, told);
  g_assert_cmpint (kept, <=, told + n_writers);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM journal"),
                   ==, kept);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM place"), ==,
                   2 * kept);
  result = benk_verify (self->db, 0, NULL, NULL, NULL);
  g_assert_true (result->intact);
  g_clear_pointer (&self->db, benk_db_close);
}

static void
test_killed (BenkStoreFixture *self, gconstpointer unused)
{
  int n = g_test_slow () ? 200 : 12;

  for (int i = 0; i < n; i++)
    {
      Writer writer;

      writer_start (&writer, self->path);
      for (int k = 0; k <= i % 4; k++)
        g_assert_true (writer_read (&writer));
      writer_kill (&writer);
      assert_kept (self, writer.told, 1);
    }

  g_test_message ("%d times killed, nothing lost that was told", n);
}

static void
test_two_processes (BenkStoreFixture *self, gconstpointer unused)
{
  Writer one, two;

  g_clear_pointer (&self->db, benk_db_close);
  writer_start (&one, self->path);
  writer_start (&two, self->path);
  for (int i = 0; i < 20; i++)
    g_assert_true (writer_read (&one) && writer_read (&two));
  writer_kill (&one);
  writer_kill (&two);
  assert_kept (self, MAX (one.told, two.told), 2);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return write_for_ever (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/kill/nothing-told-is-lost", BenkStoreFixture, NULL,
              benk_store_fixture_set_up, test_killed, benk_store_fixture_tear_down);

  g_test_add ("/store/kill/two-processes-one-chain", BenkStoreFixture, NULL,
              benk_store_fixture_set_up, test_two_processes,
              benk_store_fixture_tear_down);

  return g_test_run ();
}
