/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "benk-schema.h"
#include "benk-store-fixture.h"
#include "benk-store.h"

typedef struct
{
  char *dir;
  char *path;
  BenkFakeClock *clock;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->dir = g_dir_make_tmp ("benk-store-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "a store.dosebenk", NULL);
  self->clock = benk_fake_clock_new (FIXTURE_WALL_MS);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->clock);
  benk_store_fixture_remove_dir (self->dir);
  g_free (self->path);
  g_free (self->dir);
}

static BenkStore *
create (Fixture *self, gboolean demo)
{
  g_autoptr (GError) error = NULL;
  BenkStore *store =
    benk_store_create (self->path, demo, BENK_CLOCK (self->clock), &error);

  g_assert_no_error (error);
  return store;
}

static BenkStore *
reopen (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkStore *store = benk_store_open (self->path, BENK_CLOCK (self->clock), &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
add_place (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkChange change = { .verb = BENK_VERB_PLACE_ADD, .account = "test" };
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, error);
  g_autoptr (BenkStmt) stmt = NULL;
  BenkId id = benk_id_new (benk_db_get_clock (db));
  gint64 seq;

  if (scope == NULL)
    return NULL;
  stmt = benk_db_prepare (db, "INSERT INTO place (id, kind, name) VALUES (?, 'shelf', ?)",
                          error);
  if (stmt == NULL)
    return NULL;

  benk_stmt_bind_id (stmt, 1, &id);
  benk_stmt_bind_text (stmt, 2, data);
  if (!benk_stmt_run (stmt, error) || !benk_scope_commit (scope, &seq, error))
    return NULL;

  return GINT_TO_POINTER ((int) seq);
}

static gpointer
count_places (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 value;

  return benk_db_get_int64 (db, "SELECT count(*) FROM place", &value, error)
           ? GINT_TO_POINTER ((int) value)
           : NULL;
}

static int
n_places (BenkStore *store)
{
  g_autoptr (GError) error = NULL;
  gpointer n = benk_store_read (store, count_places, NULL, NULL, &error);

  g_assert_no_error (error);
  return GPOINTER_TO_INT (n);
}

static void
test_new_destroy (Fixture *self, gconstpointer unused)
{
  BenkStore *store = create (self, FALSE);
  GStatBuf info;

  g_assert_false (benk_store_is_demo (store));
  g_assert_cmpint (benk_store_get_last_seq (store), ==, 0);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (store);
}

static void
test_demo_is_kept (Fixture *self, gconstpointer unused)
{
  BenkStore *store = create (self, TRUE);
  BenkId site = *benk_store_get_site (store);

  g_assert_true (benk_store_is_demo (store));
  g_assert_finalize_object (store);

  store = reopen (self);
  g_assert_true (benk_store_is_demo (store));
  g_assert_true (benk_id_equal (&site, benk_store_get_site (store)));
  g_assert_finalize_object (store);
}

static void
set_demo (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (self->path, BENK_DB_READ_WRITE, BENK_CLOCK (self->clock), &error);

  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
}

/* Otherwise a simulated dispenser would prove something in a real store. */
static void
test_demo_is_not_changed (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStore) store = create (self, FALSE);

  benk_store_write (store, add_place, (gpointer) "Shelf 1", NULL, &error);
  g_assert_no_error (error);
  benk_store_close (store);

  set_demo (self, "UPDATE store SET demo = 1");
  g_assert_null (benk_store_open (self->path, BENK_CLOCK (self->clock), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
  set_demo (self, "UPDATE store SET demo = 0");
  g_clear_object (&store);
  store = reopen (self);
  benk_store_close (store);
}

static void
test_create_never_replaces (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, "a letter", -1, NULL);
  g_assert_null (benk_store_create (self->path, FALSE, BENK_CLOCK (self->clock), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
}

static void
assert_refused (Fixture *self, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before = 0, n_after = 0;

  g_file_get_contents (self->path, &before, &n_before, NULL);
  g_assert_null (benk_store_open (self->path, BENK_CLOCK (self->clock), &error));
  g_assert_error (error, BENK_ERROR, code);
  g_file_get_contents (self->path, &after, &n_after, NULL);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
write_database (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (self->path, BENK_DB_CREATE, BENK_CLOCK (self->clock), &error);

  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
  benk_store_fixture_exec (db, "PRAGMA journal_mode = DELETE");
}

static void
test_refuses_what_is_no_store (Fixture *self, gconstpointer unused)
{
  g_autofree char *zeros = g_malloc0 (8192);

  assert_refused (self, BENK_ERROR_NOT_FOUND);

  g_file_set_contents (self->path, "", 0, NULL);
  assert_refused (self, BENK_ERROR_INVALID);

  g_file_set_contents (self->path, zeros, 8192, NULL);
  assert_refused (self, BENK_ERROR_CORRUPT);

  g_file_set_contents (self->path, "SQLite format 3, or so it says", -1, NULL);
  assert_refused (self, BENK_ERROR_CORRUPT);

  g_unlink (self->path);
  write_database (self, "CREATE TABLE recipes (name TEXT)");
  assert_refused (self, BENK_ERROR_INVALID);
}

static void
test_refuses_a_newer_store (Fixture *self, gconstpointer unused)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA user_version = %d", benk_schema_get_version () + 1);

  g_object_unref (create (self, FALSE));
  write_database (self, sql);
  assert_refused (self, BENK_ERROR_NEWER);
}

static gpointer
try_to_write (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_db_exec (db, "DELETE FROM place", error) ? GINT_TO_POINTER (1) : NULL;
}

static void
test_reader_cannot_write (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) store = create (self, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_store_read (store, try_to_write, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_PERMISSION);
}

static void
take_result (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
count_destroy (gpointer data)
{
  ++*(int *) data;
}

static gpointer
fail_with_full (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error (error, BENK_ERROR, BENK_ERROR_FULL, "no room");
  return NULL;
}

static void
test_work_ends_in_the_callers_context (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) store = create (self, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int destroyed = 0;

  benk_store_write_async (store, fail_with_full, &destroyed, count_destroy, NULL,
                          take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (destroyed, ==, 1);
  g_assert_null (benk_store_write_finish (store, result, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FULL);
}

static void
test_cancelled_work_is_not_begun (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) store = create (self, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    benk_store_write (store, add_place, (gpointer) "A", cancellable, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_assert_cmpint (n_places (store), ==, 0);
}

static void
note_changed (BenkStore *store, gint64 seq, gint64 *out)
{
  *out = *out * 100 + seq;
}

static void
test_changed_once_for_many (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) store = create (self, FALSE);
  gint64 seen = 0;

  g_signal_connect (store, "changed", G_CALLBACK (note_changed), &seen);
  for (int i = 0; i < 3; i++)
    benk_store_write (store, add_place, (gpointer) "A", NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpint (seen, ==, 3);
  g_assert_cmpint (benk_store_get_last_seq (store), ==, 3);
}

/* What this program does when it is started as "--write PATH". */
static int
be_the_other_process (const char *path)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (FIXTURE_WALL_MS + 5000);
  g_autoptr (BenkDb) db =
    benk_db_open (path, BENK_DB_READ_WRITE, BENK_CLOCK (clock), NULL);

  return db != NULL && add_place (db, (gpointer) "other", NULL, NULL) != NULL ? 0 : 1;
}

static void
write_in_another_process (const char *path)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "--write", path, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
test_changed_by_another_process (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) store = create (self, FALSE);
  gint64 seen = 0;

  g_signal_connect (store, "changed", G_CALLBACK (note_changed), &seen);
  write_in_another_process (self->path);
  benk_fake_clock_advance (self->clock, 1000);
  n_places (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpint (seen, ==, 1);
  g_assert_cmpint (n_places (store), ==, 1);
  g_assert_cmpint (GPOINTER_TO_INT (
                     benk_store_write (store, add_place, (gpointer) "B", NULL, NULL)),
                   ==, 2);
}

static void
test_one_engine (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkStore) one = create (self, FALSE);
  g_autoptr (BenkStore) two = reopen (self);
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_store_try_engine (one, NULL));
  g_assert_true (benk_store_try_engine (one, NULL));
  g_assert_false (benk_store_try_engine (two, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);

  benk_store_release_engine (one);
  g_assert_true (benk_store_try_engine (two, NULL));
  g_assert_true (benk_store_is_engine (two));
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    return be_the_other_process (argv[2]);

  g_test_init (&argc, &argv, NULL);

  ADD ("new-destroy", test_new_destroy);
  ADD ("demo-is-kept", test_demo_is_kept);
  ADD ("demo-is-not-changed", test_demo_is_not_changed);
  ADD ("create-never-replaces", test_create_never_replaces);
  ADD ("refuses-what-is-no-store", test_refuses_what_is_no_store);
  ADD ("refuses-a-newer-store", test_refuses_a_newer_store);
  ADD ("reader-cannot-write", test_reader_cannot_write);
  ADD ("work-ends-in-the-callers-context", test_work_ends_in_the_callers_context);
  ADD ("cancelled-work-is-not-begun", test_cancelled_work_is_not_begun);
  ADD ("changed-once-for-many", test_changed_once_for_many);
  ADD ("changed-by-another-process", test_changed_by_another_process);
  ADD ("one-engine", test_one_engine);

  return g_test_run ();
}
