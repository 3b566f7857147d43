/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "benk-apply.h"
#include "benk-backup.h"
#include "benk-journal.h"
#include "benk-schema.h"
#include "benk-store-fixture.h"
#include "benk-verify.h"

static GPtrArray *
read_texts (BenkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, &error);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  while (benk_stmt_step (stmt, &error))
    g_ptr_array_add (texts, benk_stmt_dup_text (stmt, 0));
  g_assert_no_error (error);

  return texts;
}

static void
test_every_table_has_one_class (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) names = read_texts (
    self->db,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);

  g_assert_cmpuint (names->len, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      int times = 0;

      g_assert_true (
        g_ptr_array_find_with_equal_func (names, tables[i].name, g_str_equal, NULL));
      for (gsize k = 0; k < n; k++)
        times += g_str_equal (tables[i].name, tables[k].name);
      g_assert_cmpint (times, ==, 1);
      g_assert_true (!tables[i].fact || tables[i].table_class == BENK_TABLE_JOURNALLED);
    }
}

/* What is wrong with a journalled table, each as a query that must find nothing. */
static const char *const breaches[] = {
  "SELECT 'not WITHOUT ROWID' FROM pragma_table_list WHERE name = '%s' AND wr = 0",
  "SELECT 'not STRICT' FROM pragma_table_list WHERE name = '%s' AND strict = 0",
  "SELECT 'key is not id BLOB NOT NULL alone' FROM pragma_table_info ('%s') "
  "WHERE (cid = 0) <> (pk > 0) OR (cid = 0 AND (name <> 'id' OR type <> 'BLOB' OR "
  "\"notnull\" = 0))",
  "SELECT 'generated column' FROM pragma_table_xinfo ('%s') WHERE hidden <> 0",
  "SELECT 'UNIQUE beside the key' FROM pragma_index_list ('%s') "
  "WHERE \"unique\" = 1 AND origin <> 'pk'",
  "SELECT 'trigger' FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '%s'",
  "SELECT 'cascading key' FROM pragma_foreign_key_list ('%s') "
  "WHERE on_delete NOT IN ('NO ACTION', 'RESTRICT') OR on_update NOT IN ('NO ACTION', "
  "'RESTRICT')",
};

static char *
find_breach (BenkDb *db, const char *table)
{
  g_autoptr (GPtrArray) parents = NULL;
  g_autofree char *keys =
    g_strdup_printf ("SELECT \"table\" FROM pragma_foreign_key_list ('%s')", table);

  for (gsize i = 0; i < G_N_ELEMENTS (breaches); i++)
    {
      char **parts = g_strsplit (breaches[i], "%s", 2);
      g_autofree char *sql = g_strjoinv (table, parts);
      g_autoptr (GPtrArray) found = read_texts (db, sql);

      g_strfreev (parts);
      if (found->len > 0)
        return g_strdup (found->pdata[0]);
    }

  parents = read_texts (db, keys);
  for (guint i = 0; i < parents->len; i++)
    {
      const BenkTableInfo *info = benk_schema_find_table (parents->pdata[i]);

      if (info == NULL || info->table_class != BENK_TABLE_JOURNALLED)
        return g_strdup ("key into another class");
    }

  return NULL;
}

static void
test_journalled_tables_keep_the_rules (BenkStoreFixture *self, gconstpointer unused)
{
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);
  int n_journalled = 0;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *breach = NULL;

      if (tables[i].table_class != BENK_TABLE_JOURNALLED)
        continue;
      breach = find_breach (self->db, tables[i].name);
      if (breach != NULL)
        g_error ("%s: %s", tables[i].name, breach);
      n_journalled++;
    }

  g_assert_cmpint (n_journalled, >=, 14);
}

/* The rules find what they are there for. */
static void
test_rules_find_planted_breaches (BenkStoreFixture *self, gconstpointer unused)
{
  const struct
  {
    const char *sql;
    const char *breach;
  } plants[] = {
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY) STRICT", "not WITHOUT ROWID" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID", "not STRICT" },
    { "CREATE TABLE x (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
      "key is not id BLOB NOT NULL alone" },
    { "CREATE TABLE x (id BLOB NOT NULL, b BLOB, PRIMARY KEY (id, b)) STRICT, WITHOUT "
      "ROWID",
      "key is not id BLOB NOT NULL alone" },
    { "CREATE TABLE x (a TEXT, id BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
      "key is not id BLOB NOT NULL alone" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY, a TEXT UNIQUE) STRICT, WITHOUT "
      "ROWID",
      "UNIQUE beside the key" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY, a TEXT AS (1)) STRICT, WITHOUT "
      "ROWID",
      "generated column" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY, d BLOB REFERENCES device ON DELETE "
      "CASCADE)"
      " STRICT, WITHOUT ROWID",
      "cascading key" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY, p BLOB REFERENCES person)"
      " STRICT, WITHOUT ROWID",
      "key into another class" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;"
      "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END",
      "trigger" },
    { "CREATE TABLE x (id BLOB NOT NULL PRIMARY KEY, d BLOB REFERENCES device)"
      " STRICT, WITHOUT ROWID",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plants); i++)
    {
      g_autofree char *breach = NULL;

      benk_store_fixture_exec (self->db, plants[i].sql);
      breach = find_breach (self->db, "x");
      g_assert_cmpstr (breach, ==, plants[i].breach);
      benk_store_fixture_exec (self->db, "DROP TABLE x");
    }
}

static gboolean
add_a_place (BenkDb *db, GError **error)
{
  return benk_db_exec (db,
                       "INSERT INTO place (id, kind, name, floor) "
                       "VALUES (randomblob (16), 'shelf', 'new', 3)",
                       error);
}

/* The step a newer program would bring. */
static BenkSchemaStep
next_step (void)
{
  return (BenkSchemaStep){
    benk_schema_get_version () + 1,
    "ALTER TABLE place ADD COLUMN floor INTEGER NOT NULL DEFAULT 1",
    add_a_place,
  };
}

static void
test_step_is_a_change_of_migration (BenkStoreFixture *self, gconstpointer unused)
{
  const BenkSchemaStep good_step = next_step ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkJournalRow) row = NULL;

  benk_store_fixture_change (
    self->db, BENK_VERB_PLACE_ADD,
    "INSERT INTO place VALUES (randomblob (16), 'shelf', 'old')");
  benk_schema_run_steps (self->db, &good_step, 1, &error);
  g_assert_no_error (error);

  row = benk_journal_get_row (self->db, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->verb, ==, "migration");
  g_assert_cmpstr (row->account, ==, "migration");
  g_assert_cmpint (row->schema, ==, good_step.version);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA user_version"), ==,
                   good_step.version);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (
    benk_store_fixture_count (self->db, "SELECT floor FROM place WHERE name = 'old'"), ==,
    1);

  /* Once is enough. */
  g_assert_true (benk_schema_run_steps (self->db, &good_step, 1, &error));
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM place"), ==,
                   2);
}

/* A row from before a column was added replays; one from a newer schema stops. */
static void
test_apply_over_schemas (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkJournalRow) row = NULL;

  benk_store_fixture_change (
    self->db, BENK_VERB_PLACE_ADD,
    "INSERT INTO place VALUES (randomblob (16), 'shelf', 'old')");
  row = benk_journal_get_row (self->db, 1, &error);
  benk_store_fixture_exec (self->db,
                           "DELETE FROM place;"
                           "ALTER TABLE place ADD COLUMN floor INTEGER DEFAULT 1");

  g_assert_false (benk_apply (self->db, row->changeset, benk_schema_get_version (),
                              BENK_APPLY_ALL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (benk_apply (self->db, row->changeset, benk_schema_get_version () + 1,
                              BENK_APPLY_ALL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_true (benk_apply (self->db, row->changeset, 0, BENK_APPLY_ALL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT sum(floor) FROM place"),
                   ==, 1);
}

/* Every cut and every changed octet of a changeset: an error or the whole change, never
 * part. */
static void
test_apply_takes_damage (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkJournalRow) row = NULL;
  const guint8 *data;
  gsize length;
  int n_refused = 0;

  benk_store_fixture_change (self->db, BENK_VERB_PLACE_ADD,
                             "INSERT INTO place VALUES (randomblob (16), 'shelf', 'A');"
                             "INSERT INTO place VALUES (randomblob (16), 'shelf', 'B')");
  row = benk_journal_get_row (self->db, 1, &error);
  data = g_bytes_get_data (row->changeset, &length);
  benk_store_fixture_exec (self->db, "DELETE FROM place");

  for (gsize i = 0; i < 2 * length; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = NULL;
      gint64 n;

      copy[i % length] ^= i < length ? 0 : 0x55;
      bytes = g_bytes_new (copy, i < length ? i : length);
      if (!benk_apply (self->db, bytes, 1, BENK_APPLY_ALL, NULL, NULL))
        {
          n_refused++;
          g_assert_cmpint (benk_store_fixture_count (self->db,
                                                     "SELECT count(*) FROM place"),
                           ==, 0);
        }
      n = benk_store_fixture_count (self->db, "SELECT count(*) FROM place");
      g_assert_cmpint (n, <=, 2);
      benk_store_fixture_exec (self->db, "DELETE FROM place");
    }

  g_test_message ("%d of %d damaged changesets refused", n_refused, (int) (2 * length));
}

static void
test_failed_step_changes_nothing (BenkStoreFixture *self, gconstpointer unused)
{
  const int version = benk_schema_get_version ();
  const BenkSchemaStep steps[] = {
    { version + 1, "CREATE TABLE nonsense (a); CREATE TABLE nonsense (a)", NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = NULL;

  g_assert_false (benk_schema_run_steps (self->db, steps, 1, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA user_version"), ==,
                   version);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA foreign_keys"), ==, 1);

  result = benk_verify (self->db, 0, NULL, NULL, NULL);
  g_assert_true (result->intact);
}

static void
test_migrated_store_is_newer_to_old_programs (BenkStoreFixture *self,
                                              gconstpointer unused)
{
  const BenkSchemaStep good_step = next_step ();
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_EDIT };
  int version;

  benk_schema_run_steps (self->db, &good_step, 1, NULL);
  g_assert_false (benk_schema_check (self->db, &version, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_null (benk_scope_begin (self->db, &change, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NEWER);
}

static void
test_backup_is_a_whole_store (BenkStoreFixture *self, gconstpointer unused)
{
  g_autofree char *path = benk_backup_get_migration_path (self->path, 2);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) copy = NULL;
  g_autoptr (BenkVerifyResult) result = NULL;
  GStatBuf info;

  benk_store_fixture_change (self->db, BENK_VERB_PLACE_ADD,
                             "INSERT INTO place VALUES (randomblob (16), 'shelf', 'A')");
  g_assert_true (benk_backup_write (self->db, path, &error));
  g_assert_true (benk_backup_write (self->db, path, &error));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  copies = benk_backup_list (self->path);
  g_assert_cmpuint (copies->len, ==, 1);
  g_assert_cmpstr (copies->pdata[0], ==, path);

  copy = benk_db_open (path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
  result = benk_verify (copy, 0, NULL, NULL, &error);
  g_assert_true (result->intact);
  g_assert_cmpint (result->seq, ==, 1);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/schema/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up,  \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-table-has-one-class", test_every_table_has_one_class);
  ADD ("journalled-tables-keep-the-rules", test_journalled_tables_keep_the_rules);
  ADD ("rules-find-planted-breaches", test_rules_find_planted_breaches);
  ADD ("step-is-a-change-of-migration", test_step_is_a_change_of_migration);
  ADD ("apply-over-schemas", test_apply_over_schemas);
  ADD ("apply-takes-damage", test_apply_takes_damage);
  ADD ("failed-step-changes-nothing", test_failed_step_changes_nothing);
  ADD ("migrated-store-is-newer-to-old-programs",
       test_migrated_store_is_newer_to_old_programs);
  ADD ("backup-is-a-whole-store", test_backup_is_a_whole_store);

  return g_test_run ();
}
