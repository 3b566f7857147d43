/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "benk-erase.h"
#include "benk-store-fixture.h"
#include "benk-test-vfs.h"
#include "benk-verify.h"

#define N_IMPORTED 800
/* After each change, so that checkpoints are cut too. */
#define CHECKPOINT_SOON "PRAGMA wal_autocheckpoint = 1"
/* Sixteen octets, told apart by one. */
#define ID(octet) "x'000000000000000000000000000000" octet "'"
#define PERSON "x'50000000000000000000000000000001'"

typedef struct
{
  BenkStoreFixture base;
  char *original; /* the store before the work, as bytes */
  gsize length;
  const char *imported; /* the statements of the import */
} Fixture;

static char *
compose_import (void)
{
  GString *sql = g_string_new (NULL);

  for (int i = 0; i < N_IMPORTED; i++)
    {
      g_autofree char *name = g_strdup_printf ("S%06d", i);
      g_autofree char *id = benk_store_fixture_id (name);

      g_string_append_printf (
        sql,
        "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, "
        "origin, "
        "person_id) VALUES (%s, 'medido', '%s', '%s', 'stock', 1, 'imported', " PERSON
        ");",
        id, name, name);
    }

  return g_string_free (sql, FALSE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  benk_store_fixture_set_up (&self->base, NULL);
  self->imported = data;
  benk_store_fixture_change (self->base.db, BENK_VERB_PLACE_ADD,
                             "INSERT INTO place VALUES (randomblob (16), 'shelf', 'A')");
  benk_store_fixture_change (self->base.db, BENK_VERB_PERSON_ADD,
                             "INSERT INTO person VALUES (" PERSON ", 'ref-7781')");
  g_clear_pointer (&self->base.db, benk_db_close);
  g_assert_true (
    g_file_get_contents (self->base.path, &self->original, &self->length, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  benk_test_vfs_end ();
  benk_store_fixture_tear_down (&self->base, NULL);
  g_free (self->original);
}

/* As [func@benk_store_fixture_change], for a disk that may fail. */
static gboolean
change (BenkDb *db, BenkVerb verb, const char *sql, GError **error)
{
  BenkChange what = { .verb = verb, .account = "test" };
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &what, error);

  return scope != NULL && benk_db_exec (db, sql, error) &&
         benk_scope_commit (scope, NULL, error);
}

static gboolean
erase (BenkDb *db, GError **error)
{
  BenkChange actor = { .account = "test" };
  BenkId person = { { 0x50 } };

  person.b[15] = 1;
  return benk_erase_person (db, &actor, &person, error);
}

/* An import, a small change, an intake, a close and a proof. Returns how many were told
 * as done. */
static int
work (Fixture *self, BenkDb *db, GError **error)
{
  const struct
  {
    BenkVerb verb;
    const char *sql;
  } steps[] = {
    { BENK_VERB_IMPORT, self->imported },
    { BENK_VERB_EDIT, "UPDATE place SET name = 'B'" },
    { BENK_VERB_INTAKE,
      "INSERT INTO alarm (id, code, severity, via, status, responsibility, raised_ms, "
      "deadlines_proposed) VALUES (" ID (
        "a1") ", '1.7', 20, 'feed', 'new', 'technical', 1, 1);"
              "INSERT INTO alarm_text VALUES (" ID ("a1") ", 'text')" },
    { BENK_VERB_CLOSE, "UPDATE alarm SET status = 'closed', closed_ms = 2;"
                       "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms) "
                       "VALUES (" ID ("a2") ", " ID ("a1") ", 'close', 'here', 2)" },
    { BENK_VERB_PROOF,
      "INSERT INTO run (id, device_id, kind, link_kind, outcome, started_ms, ended_ms) "
      "VALUES (" ID ("b1") ", " ID (
        "d1") ", 'reset', 'usb', 'verified', 1, 2);"
              "INSERT INTO proof (id, device_id, kind, link_kind, run_id, at_ms) "
              "VALUES (" ID ("b2") ", " ID ("d1") ", 'reset', 'usb', " ID ("b1") ", 2)" },
  };
  int done = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!change (db, steps[i].verb, steps[i].sql, error))
        return done;
      done++;
    }

  return erase (db, error) ? done + 1 : done;
}

/* What each number of finished changes leaves in the tables. */
static void
assert_complete (BenkDb *db, gint64 n)
{
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM device"), ==,
                   n >= 1 ? N_IMPORTED : 0);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM device_search"),
                   ==, n >= 1 ? N_IMPORTED : 0);
  g_assert_cmpint (
    benk_store_fixture_count (db, "SELECT count(*) FROM place WHERE name = 'B'"), ==,
    n >= 2);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM alarm"), ==,
                   n >= 3);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM alarm_text"), ==,
                   n >= 3);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM alarm_step"), ==,
                   n >= 4);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM proof"), ==,
                   n >= 5);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM run"), ==, n >= 5);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM person"), ==,
                   n < 6);
}

static void
assert_intact (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = benk_verify (db, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  if (!result->intact)
    g_test_message ("%s", result->text);
  g_assert_true (result->intact);
}

static void
restore (Fixture *self)
{
  const char *const beside[] = { "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (self->base.path, beside[i], NULL);

      g_unlink (path);
    }
  g_assert_true (
    g_file_set_contents (self->base.path, self->original, (gssize) self->length, NULL));
  benk_test_vfs_begin ();
}

/* Returns whether the power was cut before the work was at its end. */
static gboolean
cut_once (Fixture *self, int at, BenkTestVfsKeep keep)
{
  g_autoptr (GError) error = NULL;
  BenkDb *db;
  gboolean cut;
  int told = 0;
  gint64 kept;

  restore (self);
  benk_test_vfs_cut_at_sync (at);
  db = benk_db_open_vfs (self->base.path, BENK_DB_READ_WRITE, self->base.clock,
                         BENK_TEST_VFS, &error);
  if (db != NULL && benk_db_exec (db, CHECKPOINT_SOON, &error))
    told = work (self, db, &error);
  g_clear_pointer (&db, benk_db_close);
  cut = benk_test_vfs_is_cut ();
  if (!cut)
    g_assert_no_error (error);
  benk_test_vfs_leave_what_was_synced (keep);

  benk_store_fixture_reopen (&self->base);
  kept = benk_store_fixture_count (self->base.db, "SELECT count(*) FROM journal") - 2;
  g_assert_cmpint (kept, >=, told);
  g_assert_cmpint (kept, <=, told + 1);
  assert_complete (self->base.db, kept);
  assert_intact (self->base.db);
  g_clear_pointer (&self->base.db, benk_db_close);

  return cut;
}

static void
test_power_cut (Fixture *self, gconstpointer data)
{
  int n_cases = 0;

  for (int at = 1; cut_once (self, at, BENK_TEST_VFS_KEEP_NONE); at++)
    n_cases++;

  g_assert_cmpint (n_cases, >=, 8);
  g_test_message ("%d power cuts, nothing lost that was told", n_cases);
}

static void
test_power_cut_on_a_reordering_disk (Fixture *self, gconstpointer data)
{
  int n_cases = 0;

  for (int round = 0; round < (g_test_slow () ? 20 : 2); round++)
    for (int at = 1; cut_once (self, at, BENK_TEST_VFS_KEEP_SOME); at++)
      n_cases++;

  g_assert_cmpint (n_cases, >=, 8);
  g_test_message ("%d power cuts with some unsynced writes kept", n_cases);
}

/* Full at a write of one of the changes: told, nothing of it stays, and it can be done
 * later. */
static gboolean
fill_once (Fixture *self, int at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = NULL;
  gint64 before, done;
  gboolean full;

  restore (self);
  db = benk_db_open_vfs (self->base.path, BENK_DB_READ_WRITE, self->base.clock,
                         BENK_TEST_VFS, &error);
  g_assert_no_error (error);
  before = benk_store_fixture_count (db, "SELECT count(*) FROM journal");
  benk_test_vfs_fill_at_write (at);
  done = work (self, db, &error);
  full = benk_test_vfs_is_full ();
  benk_test_vfs_make_room ();

  if (done < 5)
    g_assert_error (error, BENK_ERROR, BENK_ERROR_FULL);
  g_assert_false (benk_db_in_transaction (db));
  done = benk_store_fixture_count (db, "SELECT count(*) FROM journal") - before;
  assert_complete (db, done);
  assert_intact (db);
  benk_store_fixture_change (db, BENK_VERB_EDIT, "UPDATE place SET kind = 'team'");
  assert_intact (db);

  return full;
}

static void
test_full_disk (Fixture *self, gconstpointer data)
{
  int n_cases = 0;
  int step = 1;

  /* Every write of the first hundred, then with growing steps: the import writes
   * thousands. */
  for (int at = 1; fill_once (self, at); at += step)
    {
      n_cases++;
      if (n_cases > 20)
        step = MAX (1, at / 16);
    }

  g_assert_cmpint (n_cases, >=, 30);
  g_test_message ("%d times full", n_cases);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/power/" name, Fixture, imported, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *imported = compose_import ();

  g_test_init (&argc, &argv, NULL);
  benk_test_vfs_register ();

  ADD ("power-cut", test_power_cut);
  ADD ("power-cut-on-a-reordering-disk", test_power_cut_on_a_reordering_disk);
  ADD ("full-disk", test_full_disk);

  return g_test_run ();
}
