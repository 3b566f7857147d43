/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "benk-backup.h"
#include "benk-erase.h"
#include "benk-store-fixture.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-undo.h"
#include "benk-verify.h"

#define REFERENCE "PAS-77-Quetzalcoatl"
#define NOTE "Hytteboeren ved Songsvann"
#define FOLDED "quetzalcoatl"

/* Where a word is found, in any case: a file of the folder, or NULL. */
static char *
find_word (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *wanted = g_ascii_strdown (word, -1);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      for (gsize i = 0; i < length; i++)
        content[i] = g_ascii_tolower (content[i]);
      if (memmem (content, length, wanted, strlen (wanted)) != NULL)
        return g_strdup (name);
    }

  return NULL;
}

static void
assert_nowhere (BenkStoreFixture *self, const char *word)
{
  g_autofree char *name = find_word (self->dir, word);

  if (name != NULL)
    g_error ("“%s” is in %s", word, name);
}

static void
assert_somewhere (BenkStoreFixture *self, const char *word)
{
  g_autofree char *name = find_word (self->dir, word);

  g_assert_nonnull (name);
}

/* A person with a device, a note about it, and forty others around them. */
static void
fill (BenkDb *db, BenkId *person, BenkId *note)
{
  BenkChange change = { .verb = BENK_VERB_IMPORT, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  g_autoptr (BenkStmt) stmt = NULL;
  /* Longer than a page, so that it lies in overflow pages too. */
  g_autofree char *spaces = g_strnfill (9000, ' ');
  g_autofree char *long_note = g_strconcat (NOTE, spaces, NOTE, NULL);

  g_assert_no_error (error);
  stmt = benk_db_prepare (
    db,
    "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, "
    "origin, "
    "person_id, note_id) VALUES (randomblob (16), 'medido', ?1, ?1, 'operation', 1, "
    "'imported', ?2, ?3)",
    &error);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S%d", i);
      g_autofree char *other = g_strdup_printf ("OTHER-%d", i);
      BenkId owner, about;

      g_assert_true (
        benk_table_person_ensure (db, i == 20 ? REFERENCE : other, &owner, &error));
      g_assert_true (benk_table_note_add (db, "device", i == 20 ? long_note : other,
                                          &owner, &about, &error));
      if (i == 20)
        *person = owner, *note = about;
      benk_stmt_bind_text (stmt, 1, serial);
      benk_stmt_bind_id (stmt, 2, &owner);
      benk_stmt_bind_id (stmt, 3, &about);
      g_assert_true (benk_stmt_run (stmt, &error));
    }
  g_assert_true (benk_scope_commit (scope, NULL, &error));
}

static void
assert_intact (BenkDb *db)
{
  g_autoptr (BenkVerifyResult) result = benk_verify (db, 0, NULL, NULL, NULL);

  g_assert_true (result->intact);
}

static void
test_no_byte_is_left (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actor = { .account = "test" };
  g_autofree char *copy = benk_backup_get_migration_path (self->path, 2);
  g_autofree char *backup = g_build_filename (self->dir, "backup", NULL);
  g_autoptr (GError) error = NULL;
  BenkId person, note;

  fill (self->db, &person, &note);
  g_assert_true (benk_backup_write (self->db, copy, &error));
  assert_somewhere (self, REFERENCE);
  assert_somewhere (self, NOTE);
  assert_somewhere (self, FOLDED);

  benk_erase_person (self->db, &actor, &person, &error);
  g_assert_no_error (error);
  assert_nowhere (self, REFERENCE);
  assert_nowhere (self, NOTE);
  assert_nowhere (self, FOLDED);

  g_assert_true (benk_backup_write (self->db, backup, &error));
  assert_nowhere (self, REFERENCE);
  assert_nowhere (self, NOTE);
  assert_somewhere (self, "OTHER-19");
  assert_intact (self->db);
}

static void
test_one_note (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actor = { .account = "test" };
  g_autoptr (GError) error = NULL;
  BenkId person, note;

  fill (self->db, &person, &note);
  benk_erase_note (self->db, &actor, &note, &error);
  g_assert_no_error (error);
  assert_nowhere (self, NOTE);
  assert_somewhere (self, REFERENCE);
  assert_intact (self->db);
}

static void
test_journal_holds_no_word (BenkStoreFixture *self, gconstpointer unused)
{
  BenkId person, note;

  fill (self->db, &person, &note);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db, "SELECT count(*) FROM journal WHERE "
                               "instr (changeset, CAST ('" REFERENCE "' AS BLOB)) "
                               "OR instr (changeset, CAST ('" NOTE "' AS BLOB))"),
                   ==, 0);
}

static void
test_unknown_person (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actor = { .account = "test" };
  BenkId nobody = benk_id_new_named ("test", "nobody");
  g_autoptr (GError) error = NULL;

  g_assert_false (benk_erase_person (self->db, &actor, &nobody, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM journal"),
                   ==, 0);
}

/* Somebody reads an older state: told, and swept later. */
static void
test_a_reader_delays_the_sweep (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actor = { .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) reader = NULL;
  BenkTx *reading;
  BenkId person, note;

  fill (self->db, &person, &note);
  reader = benk_db_open (self->path, BENK_DB_READ_ONLY, self->clock, &error);
  reading = benk_tx_begin_read (reader, &error);
  benk_store_fixture_count (reader, "SELECT count(*) FROM device");

  benk_store_fixture_exec (self->db, "PRAGMA busy_timeout = 1");
  g_assert_false (benk_erase_person (self->db, &actor, &person, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);
  g_clear_error (&error);

  benk_tx_free (reading);
  g_assert_true (benk_erase_sweep (self->db, &error));
  assert_nowhere (self, REFERENCE);
}

static void
add_person (BenkDb *db, const char *reference)
{
  BenkChange change = { .verb = BENK_VERB_PERSON_ADD, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  BenkId person;

  g_assert_true (benk_table_person_ensure (db, reference, &person, &error));
  benk_scope_set_subject (scope, &person);
  g_assert_true (benk_scope_commit (scope, NULL, &error));
}

/* An import that is taken back leaves nobody behind whom no list shows. */
static void
test_undone_import_leaves_nobody (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actor = { .account = "test" };
  g_autoptr (GError) error = NULL;
  BenkId person, note;

  add_person (self->db, "OTHER-3");
  fill (self->db, &person, &note);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM person"), ==,
                   40);
  g_assert_cmpint (benk_undo (self->db, 0, &actor, NULL, NULL, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM note"), ==,
                   0);
  g_assert_cmpint (benk_store_fixture_count (self->db,
                                             "SELECT count(*) FROM device_search"),
                   ==, 0);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM person"), ==,
                   1);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/erase/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up,   \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("no-byte-is-left", test_no_byte_is_left);
  ADD ("one-note", test_one_note);
  ADD ("journal-holds-no-word", test_journal_holds_no_word);
  ADD ("unknown-person", test_unknown_person);
  ADD ("a-reader-delays-the-sweep", test_a_reader_delays_the_sweep);
  ADD ("undone-import-leaves-nobody", test_undone_import_leaves_nobody);

  return g_test_run ();
}
