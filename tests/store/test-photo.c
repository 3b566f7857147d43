/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "benk-photo.h"
#include "benk-store-fixture.h"
#include "benk-store.h"
#include "benk-table-checklist-work.h"

/* How far the program comes with a picture before it is killed. */
static const char *const ways[] = { "file", "row", "commit" };

static void
stand_still (const char *told)
{
  printf ("%s\n", told);
  fflush (stdout);
  while (TRUE)
    pause ();
}

/* What this program does when it is started as "--keep PATH WAY". */
static int
keep_and_wait (const char *path, const char *way)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (FIXTURE_WALL_MS);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (path, BENK_DB_READ_WRITE, BENK_CLOCK (clock), &error);
  g_autoptr (GBytes) picture = g_bytes_new_static ("picture", 7);
  const BenkChange change = { .verb = BENK_VERB_CHECKLIST, .account = "test" };
  BenkChecklistPhoto photo = { .step = (char *) "fault-evidence" };
  const BenkId work = { "0123456789abcde" };
  BenkScope *scope;

  g_assert_no_error (error);
  scope = benk_scope_begin (db, &change, &error);
  g_assert_no_error (error);
  g_assert_true (benk_photo_keep (db, picture, &photo, &error));
  if (g_str_equal (way, "file"))
    stand_still (photo.file);
  g_assert_true (benk_table_checklist_work_add_photo (db, &work, &photo, &error));
  if (g_str_equal (way, "row"))
    stand_still (photo.file);
  g_assert_true (benk_scope_commit (scope, NULL, &error));
  stand_still (photo.file);
  return 0;
}

/* Returns: (transfer full): the file that was being kept */
static char *
keep_and_kill (BenkStoreFixture *self, const char *way)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "--keep", self->path, way, NULL };
  g_autoptr (GError) error = NULL;
  char line[128];
  FILE *lines;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (out, "r");
  g_assert_nonnull (fgets (line, sizeof line, lines));
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  fclose (lines);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_spawn_close_pid (pid);
  return g_strdup (g_strchomp (line));
}

static void
open_store (BenkStoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStore) store = benk_store_open (self->path, self->clock, &error);

  g_assert_no_error (error);
}

static char *
put_file (BenkStoreFixture *self, const char *name)
{
  char *path = benk_photo_get_path (self->path, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir (folder, 0700);
  g_file_set_contents (path, "somebody's", -1, &error);
  g_assert_no_error (error);
  return path;
}

static guint
count_files (BenkStoreFixture *self)
{
  g_autofree char *folder = benk_photo_get_path (self->path, "");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
remove_files (BenkStoreFixture *self)
{
  g_autofree char *folder = benk_photo_get_path (self->path, "");

  benk_store_fixture_remove_dir (folder);
}

/* Killed between file and row, between row and commit, and after: what no row names is
 * swept at the next opening, what one names is never. */
static void
test_killed (BenkStoreFixture *self, gconstpointer unused)
{
  g_clear_pointer (&self->db, benk_db_close);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *file = keep_and_kill (self, ways[i]);
      g_autofree char *path = benk_photo_get_path (self->path, file);
      gboolean named = g_str_equal (ways[i], "commit");

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_cmpuint (count_files (self), ==, 2);
      open_store (self);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == named);
      g_assert_cmpuint (count_files (self), ==, named ? 1 : 0);
    }
  benk_store_fixture_reopen (self);
  g_assert_cmpint (benk_store_fixture_count (self->db,
                                             "SELECT count (*) FROM checklist_photo"),
                   ==, 1);
  g_test_message ("killed in %u ways", (guint) G_N_ELEMENTS (ways));
  remove_files (self);
}

/* Killed inside the writing of the file: its beginning goes; what has no mark stays. */
static void
test_only_what_is_marked (BenkStoreFixture *self, gconstpointer unused)
{
  g_autofree char *mark = put_file (self, "1.jpg.new");
  g_autofree char *begun = put_file (self, "1.jpg.AB12CD");
  g_autofree char *other = put_file (self, "11.jpg");
  g_autofree char *longer = put_file (self, "1.jpg.2026-03-02");
  g_autofree char *unknown = put_file (self, "holiday.png");

  open_store (self);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (begun, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (longer, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (unknown, G_FILE_TEST_EXISTS));
  remove_files (self);
}

/* Another process has the store just now and may be keeping it: it is let be. */
static void
test_not_while_it_is_kept (BenkStoreFixture *self, gconstpointer unused)
{
  g_autofree char *mark = put_file (self, "1.jpg.new");
  g_autofree char *file = put_file (self, "1.jpg");
  const BenkChange change = { .verb = BENK_VERB_CHECKLIST, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) other =
    benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  BenkScope *scope;

  g_assert_no_error (error);
  benk_store_fixture_exec (other, "PRAGMA busy_timeout = 1");
  scope = benk_scope_begin (self->db, &change, &error);
  g_assert_no_error (error);
  g_assert_true (benk_photo_sweep_unfinished (other, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  benk_scope_free (scope);

  g_assert_true (benk_photo_sweep_unfinished (other, &error));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  remove_files (self);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/photo/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up,   \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--keep"))
    return keep_and_wait (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  ADD ("an-interrupted-picture-is-swept", test_killed);
  ADD ("only-what-is-marked-is-swept", test_only_what_is_marked);
  ADD ("not-while-it-is-kept", test_not_while_it_is_kept);
  return g_test_run ();
}
