/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-db-private.h"
#include "benk-journal.h"
#include "benk-store-fixture.h"
#include "benk-verify.h"

#define PLACE "INSERT INTO place (id, kind, name) VALUES (%s, 'shelf', '%s')"

static gint64
add_place (BenkDb *db, const char *name)
{
  g_autofree char *id = benk_store_fixture_id (name);
  g_autofree char *sql = g_strdup_printf (PLACE, id, name);

  return benk_store_fixture_change (db, BENK_VERB_PLACE_ADD, sql);
}

static gint64
rename_place (BenkDb *db, const char *name, const char *to)
{
  g_autofree char *id = benk_store_fixture_id (name);
  g_autofree char *sql =
    g_strdup_printf ("UPDATE place SET name = '%s' WHERE id = %s", to, id);

  return benk_store_fixture_change (db, BENK_VERB_EDIT, sql);
}

/* Five rows: three places, one renamed, one removed. */
static void
fill (BenkDb *db)
{
  g_autofree char *id = benk_store_fixture_id ("B");
  g_autofree char *sql = g_strdup_printf ("DELETE FROM place WHERE id = %s", id);

  add_place (db, "A");
  add_place (db, "B");
  add_place (db, "C");
  rename_place (db, "A", "Shelf 1");
  g_assert_cmpint (benk_store_fixture_change (db, BENK_VERB_EDIT, sql), ==, 5);
}

static BenkVerifyResult *
verify (BenkStoreFixture *self, gint64 row, const char *hash)
{
  g_autoptr (GError) error = NULL;
  BenkVerifyResult *result = benk_verify (self->db, row, hash, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result->text);

  return result;
}

static void
assert_intact (BenkStoreFixture *self)
{
  g_autoptr (BenkVerifyResult) result = verify (self, 0, NULL);

  if (!result->intact)
    g_test_message ("%s", result->text);
  g_assert_true (result->intact);
}

static void
assert_damaged_row (BenkStoreFixture *self, gint64 seq)
{
  g_autoptr (BenkVerifyResult) result = verify (self, 0, NULL);

  g_assert_false (result->intact);
  g_assert_cmpint (result->seq, ==, seq);
  g_assert_nonnull (strstr (result->text, "Row "));
}

static void
assert_damaged_table (BenkStoreFixture *self, const char *table, const char *row)
{
  g_autoptr (BenkVerifyResult) result = verify (self, 0, NULL);

  g_assert_false (result->intact);
  g_assert_cmpstr (result->table, ==, table);
  if (row != NULL)
    {
      BenkId id = benk_id_new_named ("test", row);

      g_assert_true (benk_id_equal (&result->row, &id));
    }
}

static void
test_empty_store_verifies (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (BenkVerifyResult) result = verify (self, 0, NULL);

  g_assert_true (result->intact);
  g_assert_cmpint (result->seq, ==, 0);
  g_assert_cmpuint (strlen (result->hash), ==, 64);
}

static void
test_rows_are_gapless_and_chained (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkJournalHead head;

  fill (self->db);
  assert_intact (self);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM journal"),
                   ==, 5);

  for (gint64 seq = 2; seq <= 5; seq++)
    {
      g_autoptr (BenkJournalRow) before =
        benk_journal_get_row (self->db, seq - 1, &error);
      g_autoptr (BenkJournalRow) row = benk_journal_get_row (self->db, seq, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (row->prev, BENK_HASH_LENGTH, before->hash, BENK_HASH_LENGTH);
      g_assert_cmpstr (row->account, ==, "test");
      g_assert_cmpint (row->wall_ms, ==, FIXTURE_WALL_MS);
    }

  g_assert_true (benk_journal_get_head (self->db, &head, &error));
  g_assert_cmpint (head.seq, ==, 5);
}

static void
test_rollback_leaves_nothing (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange change = { .verb = BENK_VERB_PLACE_ADD };
  BenkScope *scope = benk_scope_begin (self->db, &change, NULL);

  benk_store_fixture_exec (self->db, "INSERT INTO place VALUES (x'00', 'shelf', 'A')");
  g_assert_true (benk_scope_get_current (self->db) == scope);
  benk_scope_free (scope);

  g_assert_null (benk_scope_get_current (self->db));
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM place"), ==,
                   0);
  g_assert_cmpint (add_place (self->db, "A"), ==, 1);
  assert_intact (self);
}

static void
test_no_change_no_row (BenkStoreFixture *self, gconstpointer unused)
{
  add_place (self->db, "A");
  g_assert_cmpint (rename_place (self->db, "A", "A"), ==, 0);
  g_assert_cmpint (
    benk_store_fixture_change (self->db, BENK_VERB_FEED_EDIT,
                               "INSERT INTO import_map VALUES ('Serienr', 'serial')"),
    ==, 0);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM import_map"),
                   ==, 1);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM journal"),
                   ==, 1);
}

static void
test_personal_change_has_a_row (BenkStoreFixture *self, gconstpointer unused)
{
  g_assert_cmpint (benk_store_fixture_change (
                     self->db, BENK_VERB_STAFF_ADD,
                     "INSERT INTO staff VALUES (randomblob (16), 'KA', 'Kari', 'kari')"),
                   ==, 1);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db,
                     "SELECT count(*) FROM journal WHERE length (changeset) = 0"),
                   ==, 1);
  assert_intact (self);
}

static void
test_touch_names_each_row (BenkStoreFixture *self, gconstpointer unused)
{
  fill (self->db);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM touch"), ==,
                   5);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db,
                     "SELECT count(*) FROM touch t JOIN place p ON p.id = t.row_id "
                     "WHERE t.tbl = 'place' AND p.name = 'Shelf 1'"),
                   ==, 2);
}

static void
test_writing_outside_a_scope_is_refused (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (benk_scope_require (self->db, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FAILED);
}

/* Changes one octet of a column, and back: text and blob by position, numbers by bit. */
static void
change_octet (BenkDb *db, const char *column, const char *type, gint64 seq, int position)
{
  g_autofree char *sql = NULL;

  if (strcmp (type, "INTEGER") == 0)
    sql =
      g_strdup_printf ("UPDATE journal SET \"%s\" = \"%s\" | (1 << %d) WHERE seq = %d",
                       column, column, 62 - position, (int) seq);
  else
    sql = g_strdup_printf (
      "UPDATE journal SET \"%s\" = CAST (substr (\"%s\", 1, %d) || "
      "CASE hex (substr (\"%s\", %d, 1)) WHEN '41' THEN x'42' ELSE x'41' END "
      "|| substr (\"%s\", %d) AS %s) WHERE seq = %d",
      column, column, position, column, position + 1, column, position + 2, type,
      (int) seq);

  benk_store_fixture_exec (db, sql);
  g_assert_cmpint (benk_db_get_changes (db), ==, 1);
}

static int
length_of (BenkDb *db, const char *column, const char *type, gint64 seq)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT length (CAST (\"%s\" AS BLOB)) FROM journal WHERE seq = %d",
                     column, (int) seq);

  return strcmp (type, "INTEGER") == 0 ? 1 : (int) benk_store_fixture_count (db, sql);
}

/* Every column of two rows: the first octet, one in the middle, the last. */
static int
change_column (BenkStoreFixture *self, const char *column, const char *type)
{
  const int seqs[] = { 1, 4 };
  int n_cases = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (seqs); i++)
    {
      int length = length_of (self->db, column, type, seqs[i]);
      const int positions[] = { 0, length / 2, length - 1 };

      for (gsize k = 0; k < G_N_ELEMENTS (positions); k++)
        {
          g_autoptr (BenkVerifyResult) result = NULL;

          if (k > 0 && positions[k] <= positions[k - 1])
            continue;

          benk_store_fixture_exec (self->db,
                                   "CREATE TEMP TABLE kept AS SELECT * FROM journal");
          change_octet (self->db, column, type, seqs[i], positions[k]);
          result = verify (self, 0, NULL);
          if (result->intact)
            g_test_message ("%s of row %d, octet %d", column, seqs[i], positions[k]);
          g_assert_false (result->intact);
          g_assert_cmpint (result->seq, >, 0);
          benk_store_fixture_exec (self->db,
                                   "DELETE FROM journal;"
                                   "INSERT INTO journal SELECT * FROM temp.kept;"
                                   "DROP TABLE temp.kept");
          n_cases++;
        }
    }

  return n_cases;
}

static void
test_verify_finds_a_changed_byte (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  BenkStmt *stmt;
  int n_cases = 0;

  fill (self->db);
  stmt = benk_db_prepare (self->db,
                          "SELECT name, type FROM pragma_table_info ('journal')", NULL);
  while (benk_stmt_step (stmt, NULL))
    {
      g_ptr_array_add (columns, benk_stmt_dup_text (stmt, 0));
      g_ptr_array_add (columns, benk_stmt_dup_text (stmt, 1));
    }
  benk_stmt_free (stmt);
  g_assert_cmpuint (columns->len, ==, 2 * 13);

  for (guint i = 0; i < columns->len; i += 2)
    n_cases += change_column (self, columns->pdata[i], columns->pdata[i + 1]);

  assert_intact (self);
  g_test_message ("%d changed bytes in %u columns, all found", n_cases, columns->len / 2);
}

static void
swap_rows (BenkDb *db, int a, int b)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE journal SET seq = -1 WHERE seq = %d;"
                                          "UPDATE journal SET seq = %d WHERE seq = %d;"
                                          "UPDATE journal SET seq = %d WHERE seq = -1;",
                                          a, a, b, b);

  benk_store_fixture_exec (db, sql);
}

static void
test_verify_finds_swapped_rows (BenkStoreFixture *self, gconstpointer unused)
{
  fill (self->db);
  swap_rows (self->db, 2, 3);
  assert_damaged_row (self, 2);
  swap_rows (self->db, 2, 3);
  assert_intact (self);
}

static void
test_verify_finds_a_missing_row (BenkStoreFixture *self, gconstpointer unused)
{
  fill (self->db);
  benk_store_fixture_exec (self->db, "DELETE FROM journal WHERE seq = 3");
  assert_damaged_row (self, 3);
}

static void
test_verify_finds_changed_state (BenkStoreFixture *self, gconstpointer unused)
{
  g_autofree char *id = benk_store_fixture_id ("C");
  g_autofree char *update =
    g_strdup_printf ("UPDATE place SET name = 'c' WHERE id = %s", id);
  g_autofree char *back =
    g_strdup_printf ("UPDATE place SET name = 'C' WHERE id = %s", id);
  g_autofree char *delete = g_strdup_printf ("DELETE FROM place WHERE id = %s", id);
  g_autofree char *d = benk_store_fixture_id ("D");
  g_autofree char *insert = g_strdup_printf (PLACE, d, "D");

  fill (self->db);
  benk_store_fixture_exec (self->db, update);
  assert_damaged_table (self, "place", "C");
  benk_store_fixture_exec (self->db, back);
  assert_intact (self);

  benk_store_fixture_exec (self->db, insert);
  assert_damaged_table (self, "place", "D");
  benk_store_fixture_exec (self->db, "DELETE FROM place WHERE name = 'D'");
  benk_store_fixture_exec (self->db, delete);
  assert_damaged_table (self, "place", "C");
}

static void
test_verify_finds_a_changed_schema (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (BenkVerifyResult) result = NULL;

  fill (self->db);
  benk_store_fixture_exec (self->db,
                           "CREATE TRIGGER t AFTER INSERT ON place BEGIN SELECT 1; END");
  result = verify (self, 0, NULL);
  g_assert_false (result->intact);
}

static void
test_verify_finds_a_store_made_demo (BenkStoreFixture *self, gconstpointer unused)
{
  fill (self->db);
  benk_store_fixture_exec (self->db, "UPDATE store SET demo = 1");
  assert_damaged_row (self, 1);
}

static void
assert_against (BenkStoreFixture *self, gint64 row, const char *hash, gboolean intact)
{
  g_autoptr (BenkVerifyResult) result = verify (self, row, hash);

  g_assert_true (result->intact == intact);
  if (!intact)
    g_assert_cmpint (result->seq, ==, row);
}

static void
test_against_an_earlier_head (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *shouted = NULL;
  BenkJournalHead head;

  fill (self->db);
  benk_store_fixture_change (
    self->db, BENK_VERB_STAFF_ADD,
    "INSERT INTO staff VALUES (randomblob (16), 'KA', 'Kari', 'kari')");
  benk_journal_get_head (self->db, &head, &error);
  hash = benk_journal_hash_to_string (head.hash);
  shouted = g_ascii_strup (hash, -1);

  assert_against (self, 6, hash, TRUE);
  assert_against (self, 6, shouted, TRUE);
  assert_against (self, 5, hash, FALSE);
  assert_against (self, 7, hash, FALSE);

  /* The last row changed no state, so only the copy knows of it. */
  benk_store_fixture_exec (self->db, "DELETE FROM journal WHERE seq = 6");
  assert_intact (self);
  assert_against (self, 6, hash, FALSE);

  g_assert_null (benk_verify (self->db, 6, "abc", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

static void
test_last_row_removed_with_its_state (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  BenkJournalHead head;

  fill (self->db);
  add_place (self->db, "E");
  benk_journal_get_head (self->db, &head, &error);
  hash = benk_journal_hash_to_string (head.hash);

  benk_store_fixture_exec (self->db, "DELETE FROM journal WHERE seq = 6");
  assert_damaged_table (self, "place", "E");
  benk_store_fixture_exec (self->db, "DELETE FROM place WHERE name = 'E'");
  assert_intact (self);
  assert_against (self, 6, hash, FALSE);
}

/* Any few hundred changes: replaying the journal gives the tables. */
static void
test_replay_equals_tables (BenkStoreFixture *self, gconstpointer unused)
{
  int n_ops = 0;

  for (int i = 0; i < 150; i++)
    {
      GString *sql = g_string_new (NULL);

      for (int n = g_test_rand_int_range (1, 5); n > 0; n--, n_ops++)
        {
          g_autofree char *name = g_strdup_printf ("%d", g_test_rand_int_range (0, 40));
          g_autofree char *id = benk_store_fixture_id (name);
          int value = g_test_rand_int_range (0, 3);

          switch (g_test_rand_int_range (0, 4))
            {
            case 0:
              g_string_append_printf (sql, "DELETE FROM place WHERE id = %s;", id);
              break;
            case 1:
              g_string_append_printf (sql, "UPDATE place SET name = '%d' WHERE id = %s;",
                                      value, id);
              break;
            case 2:
              g_string_append_printf (
                sql,
                "INSERT INTO alias (id, kind, target_id) VALUES (%s, '%d', %s)"
                " ON CONFLICT DO NOTHING;",
                id, value, id);
              break;
            default:
              g_string_append_printf (sql,
                                      "INSERT INTO place VALUES (%s, 'a', '%d') ON "
                                      "CONFLICT DO UPDATE SET kind = 'b%d';",
                                      id, value, value);
              break;
            }
        }
      benk_store_fixture_change (self->db, BENK_VERB_EDIT, sql->str);
      g_string_free (sql, TRUE);
    }

  g_test_message ("%d operations", n_ops);
  assert_intact (self);
}

static void
test_two_connections_one_chain (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) other =
    benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  BenkChange change = { .verb = BENK_VERB_EDIT };
  g_autoptr (BenkScope) scope = NULL;

  g_assert_no_error (error);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d", i);

      add_place (i % 2 == 0 ? self->db : other, name);
    }
  assert_intact (self);

  scope = benk_scope_begin (self->db, &change, &error);
  g_assert_no_error (error);
  benk_store_fixture_exec (other, "PRAGMA busy_timeout = 1");
  g_assert_null (benk_scope_begin (other, &change, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);
}

/* Memory that a change needed is given back when it is over. */
static void
test_memory_is_given_back (BenkStoreFixture *self, gconstpointer unused)
{
  const BenkChange change = { .verb = BENK_VERB_EDIT, .account = "test" };
  gint64 before = benk_store_fixture_count (self->db, "PRAGMA cache_size");
  BenkScope *scope = benk_scope_begin (self->db, &change, NULL);

  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA cache_size"), <,
                   before * 4);
  benk_scope_free (scope);
  g_assert_cmpint (benk_store_fixture_count (self->db, "PRAGMA cache_size"), ==, before);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/journal/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up, \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("empty-store-verifies", test_empty_store_verifies);
  ADD ("rows-are-gapless-and-chained", test_rows_are_gapless_and_chained);
  ADD ("rollback-leaves-nothing", test_rollback_leaves_nothing);
  ADD ("no-change-no-row", test_no_change_no_row);
  ADD ("personal-change-has-a-row", test_personal_change_has_a_row);
  ADD ("touch-names-each-row", test_touch_names_each_row);
  ADD ("writing-outside-a-scope-is-refused", test_writing_outside_a_scope_is_refused);
  ADD ("verify-finds-a-changed-byte", test_verify_finds_a_changed_byte);
  ADD ("verify-finds-swapped-rows", test_verify_finds_swapped_rows);
  ADD ("verify-finds-a-missing-row", test_verify_finds_a_missing_row);
  ADD ("verify-finds-changed-state", test_verify_finds_changed_state);
  ADD ("verify-finds-a-changed-schema", test_verify_finds_a_changed_schema);
  ADD ("verify-finds-a-store-made-demo", test_verify_finds_a_store_made_demo);
  ADD ("against-an-earlier-head", test_against_an_earlier_head);
  ADD ("last-row-removed-with-its-state", test_last_row_removed_with_its_state);
  ADD ("replay-equals-tables", test_replay_equals_tables);
  ADD ("two-connections-one-chain", test_two_connections_one_chain);
  ADD ("memory-is-given-back", test_memory_is_given_back);

  return g_test_run ();
}
