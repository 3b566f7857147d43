/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "benk-backup.h"
#include "benk-journal.h"
#include "benk-schema.h"
#include "benk-store-fixture.h"
#include "benk-verify.h"

/* A store that a release wrote. */
typedef struct
{
  const char *file;
  int version;
  int n_rows; /* of its change log */
} Dump;

static const Dump dumps[] = {
  { "001-dump.sql", 1, 15 }, { "002-dump.sql", 2, 12 }, { "003-dump.sql", 3, 14 },
  { "004-dump.sql", 4, 14 }, { "005-dump.sql", 5, 17 }, { "006-dump.sql", 6, 16 },
};

static char *
read_dump (const Dump *dump)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "store", "schema", dump->file, NULL);
  g_autoptr (GError) error = NULL;
  char *sql;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  return sql;
}

/* Puts the store of that release at the fixture's place. */
static void
set_up (BenkStoreFixture *self, gconstpointer data)
{
  const Dump *dump = data;
  g_autofree char *rows = read_dump (dump);
  g_autofree char *sql = g_strdup_printf (
    "%s; PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = WAL",
    rows, BENK_SCHEMA_APPLICATION_ID, dump->version);
  g_autoptr (GError) error = NULL;
  sqlite3 *raw;

  benk_store_fixture_set_up (self, NULL);
  g_clear_pointer (&self->db, benk_db_close);
  g_assert_cmpint (g_unlink (self->path), ==, 0);

  g_assert_cmpint (sqlite3_open (self->path, &raw), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (raw, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (raw), ==, SQLITE_OK);

  self->db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
}

/* The rows of a query as text, one a line. */
static char *
read_rows (BenkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (benk_stmt_step (stmt, &error))
    {
      for (int i = 0; i < benk_stmt_get_n_columns (stmt); i++)
        {
          gsize length;
          const guint8 *data = benk_stmt_get_blob (stmt, i, &length);

          for (gsize k = 0; k < length; k++)
            g_string_append_printf (text, "%02x", data[k]);
          g_string_append_c (text, '|');
        }
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);

  return g_string_free (text, FALSE);
}

static GPtrArray *
list_tables (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                     &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (benk_stmt_step (stmt, &error))
    g_ptr_array_add (names, benk_stmt_dup_text (stmt, 0));
  g_assert_no_error (error);
  return names;
}

/* The columns a table has now, so that the rows can be read the same way later. */
static char *
compose_select (BenkDb *db, const char *table)
{
  g_autofree char *info = g_strdup_printf (
    "SELECT group_concat ('\"' || name || '\"') FROM pragma_table_info ('%s')", table);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, info, &error);

  g_assert_true (benk_stmt_step (stmt, &error));
  return g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY 1, 2",
                          benk_stmt_get_text (stmt, 0), table);
}

#define SCHEMA_SQL "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"

static void
test_old_store_becomes_as_a_fresh_one (BenkStoreFixture *self, gconstpointer unused)
{
  BenkStoreFixture fresh = { 0 };
  g_autofree char *migrated = NULL;
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  benk_schema_migrate (self->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA user_version"), ==,
                   benk_schema_get_version ());

  benk_store_fixture_set_up (&fresh, NULL);
  migrated = read_rows (self->db, SCHEMA_SQL);
  made = read_rows (fresh.db, SCHEMA_SQL);
  g_assert_cmpstr (migrated, ==, made);
  benk_store_fixture_tear_down (&fresh, NULL);
}

static void
test_every_row_is_kept (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) tables = list_tables (self->db);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) selects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < tables->len; i++)
    {
      g_ptr_array_add (selects, compose_select (self->db, tables->pdata[i]));
      g_ptr_array_add (before, read_rows (self->db, selects->pdata[i]));
    }

  benk_schema_migrate (self->db, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *after = read_rows (self->db, selects->pdata[i]);

      g_assert_cmpstr (after, ==, before->pdata[i]);
    }
}

static void
test_chain_goes_on (BenkStoreFixture *self, gconstpointer data)
{
  const Dump *dump = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = NULL;

  benk_schema_migrate (self->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_change (
                     self->db, BENK_VERB_PLACE_ADD,
                     "INSERT INTO place VALUES (randomblob (16), 'shelf', 'new')"),
                   ==, dump->n_rows + 1);

  result = benk_verify (self->db, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (result->intact);
  g_assert_cmpint (result->seq, ==, dump->n_rows + 1);
}

static void
test_store_is_copied_first (BenkStoreFixture *self, gconstpointer data)
{
  const Dump *dump = data;
  g_autofree char *path =
    benk_backup_get_migration_path (self->path, benk_schema_get_version ());
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) copy = NULL;

  benk_schema_migrate (self->db, &error);
  g_assert_no_error (error);

  copy = benk_db_open (path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (copy, "PRAGMA user_version"), ==,
                   dump->version);
  g_assert_cmpint (benk_store_fixture_count (copy, "SELECT count(*) FROM journal"), ==,
                   dump->n_rows);
}

static void
test_without_a_copy_nothing_is_changed (BenkStoreFixture *self, gconstpointer data)
{
  const Dump *dump = data;
  g_autofree char *path =
    benk_backup_get_migration_path (self->path, benk_schema_get_version ());
  g_autofree char *before = read_rows (self->db, SCHEMA_SQL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_false (benk_schema_migrate (self->db, &error));
  g_assert_nonnull (error);

  after = read_rows (self->db, SCHEMA_SQL);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA user_version"), ==,
                   dump->version);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* Each schema has all its predecessor has: tables, and columns in their order. */
static void
test_tables_only_grow (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) tables = list_tables (self->db);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT name, type, pk FROM pragma_table_info ('%s') ORDER BY cid",
        (const char *) tables->pdata[i]);

      g_ptr_array_add (columns, read_rows (self->db, sql));
    }

  benk_schema_migrate (self->db, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT name, type, pk FROM pragma_table_info ('%s') ORDER BY cid",
        (const char *) tables->pdata[i]);
      g_autofree char *now = read_rows (self->db, sql);

      g_assert_true (g_str_has_prefix (now, columns->pdata[i]));
    }
}

static const struct
{
  const char *name;
  void (*func) (BenkStoreFixture *self, gconstpointer data);
} tests[] = {
  { "old-store-becomes-as-a-fresh-one", test_old_store_becomes_as_a_fresh_one },
  { "every-row-is-kept", test_every_row_is_kept },
  { "chain-goes-on", test_chain_goes_on },
  { "store-is-copied-first", test_store_is_copied_first },
  { "without-a-copy-nothing-is-changed", test_without_a_copy_nothing_is_changed },
  { "tables-only-grow", test_tables_only_grow },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (dumps); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path =
          g_strdup_printf ("/store/migration/%d/%s", dumps[i].version, tests[j].name);

        g_test_add (path, BenkStoreFixture, &dumps[i], set_up, tests[j].func,
                    benk_store_fixture_tear_down);
      }

  return g_test_run ();
}
