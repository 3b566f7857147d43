/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* Point 3: what was tampered with in a copy of the store is found, and named. */

#define COPY "tampered.db"

typedef struct
{
  BenkCtlRig rig;
  gint64 head;
  char *head_hash;
  gint64 middle;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  static const char *const changes[] = {
    "device add T-1 --model medido --asset D-001 --place 'Hylle A1'",
    "device add T-2 --model evondos-e300 --vendor 'Evondos AS'",
    "device move T-1 'Hylle B2'",
    "device attest T-2 label-read",
    "alarm add --device T-1 --code 1.8 --via phone",
    "device move T-2 'Hylle C3'",
  };
  g_autoptr (BenkCtlAnswer) verified = NULL;

  benk_ctl_rig_set_up (&self->rig, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (BenkCtlAnswer) done = benk_ctl_rig_do (&self->rig, "%s", changes[i]);

      g_assert_nonnull (done);
    }
  verified = benk_ctl_rig_do (&self->rig, "verify");
  self->head = benk_ctl_answer_get_int (verified, "row");
  self->head_hash = g_strdup (benk_ctl_answer_get_string (verified, "hash"));
  self->middle = self->head - 2;
  g_assert_cmpint (self->head, ==,
                   benk_ctl_rig_count (&self->rig, "SELECT count (*) FROM journal"));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_free (self->head_hash);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

/* Verifies the copy; whatever is found is found with a message that holds @named. */
static void
assert_found (Fixture *self, const char *what, const char *named, const char *options)
{
  g_autofree char *path = benk_ctl_rig_path (&self->rig, COPY);
  g_autofree char *line = g_strdup_printf ("verify %s", options);
  g_autoptr (BenkCtlAnswer) answer =
    benk_ctl_call_finish (benk_ctl_rig_start (&self->rig, path, line));

  g_test_message ("%s: %s", what, answer->err);
  if (answer->status != 1)
    g_error ("%s was not found", what);
  g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "corrupt");
  if (strstr (benk_ctl_answer_get_message (answer), named) == NULL)
    g_error ("%s: “%s” does not name %s", what, benk_ctl_answer_get_message (answer),
             named);
}

/* Changes one octet, one sign or the number in a column. */
static void
change_value (sqlite3 *db, const char *column, gint64 seq)
{
  g_autofree char *select =
    g_strdup_printf ("SELECT %s FROM journal WHERE seq = %d", column, (int) seq);
  g_autofree char *update =
    g_strdup_printf ("UPDATE journal SET %s = ?1 WHERE seq = %d", column, (int) seq);
  g_autofree char *octets = NULL;
  sqlite3_stmt *old = NULL;
  sqlite3_stmt *new = NULL;
  int length;

  g_assert_cmpint (sqlite3_prepare_v2 (db, select, -1, &old, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, update, -1, &new, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (old), ==, SQLITE_ROW);
  length = sqlite3_column_bytes (old, 0);
  if (sqlite3_column_type (old, 0) == SQLITE_INTEGER)
    sqlite3_bind_int64 (new, 1, sqlite3_column_int64 (old, 0) ^ 0x100);
  else
    {
      g_assert_cmpint (length, >, 0);
      octets = g_memdup2 (sqlite3_column_blob (old, 0), (gsize) length);
      octets[length / 2] ^= 1;
      if (sqlite3_column_type (old, 0) == SQLITE_TEXT)
        sqlite3_bind_text (new, 1, octets, length, SQLITE_STATIC);
      else
        sqlite3_bind_blob (new, 1, octets, length, SQLITE_STATIC);
    }
  sqlite3_finalize (old);
  g_assert_cmpint (sqlite3_step (new), ==, SQLITE_DONE);
  sqlite3_finalize (new);
}

static void
test_journal_columns (Fixture *self, gconstpointer unused)
{
  g_autofree char *listed =
    benk_ctl_rig_text (&self->rig, "SELECT name FROM pragma_table_info ('journal')");
  g_auto (GStrv) columns = g_strsplit (g_strchomp (listed), "\n", -1);
  const gint64 rows[] = { 2, self->middle, self->head };
  guint n = 0;

  g_assert_cmpuint (g_strv_length (columns), >=, 13);
  g_assert_cmpstr (columns[0], ==, "site");
  g_assert_cmpstr (columns[1], ==, "seq");
  for (guint c = 0; columns[c]; c++)
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
      {
        g_autofree char *what =
          g_strdup_printf ("%s of row %d", columns[c], (int) rows[r]);
        g_autofree char *named = g_strdup_printf ("%d", (int) rows[r]);
        sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);

        change_value (db, columns[c], rows[r]);
        sqlite3_close (db);
        /* Without its place in the chain a row is missing there. */
        assert_found (self, what, c < 2 ? "Row" : named, "");
        n++;
      }
  g_test_message ("%u changes in %u columns found", n, g_strv_length (columns));
}

typedef struct
{
  const char *sql;
  const char *table;
} StateChange;

static const StateChange STATE_CHANGES[] = {
  { "UPDATE device SET asset = 'D-002' WHERE serial = 'T-1'", "device" },
  { "UPDATE device SET state = 'stock' WHERE serial = 'T-2'", "device" },
  { "UPDATE device SET vendor = NULL WHERE serial = 'T-2'", "device" },
  { "UPDATE device SET received_date = '2026-01-01'", "device" },
  { "DELETE FROM device WHERE serial = 'T-2'", "device" },
  { "UPDATE place SET name = 'Hylle B3' WHERE name = 'Hylle B2'", "place" },
  { "UPDATE fact SET kind = 'ce-mark'", "fact" },
  { "UPDATE fact SET at_ms = at_ms - 1", "fact" },
  { "DELETE FROM fact", "fact" },
  { "UPDATE alarm SET status = 'closed'", "alarm" },
  { "UPDATE alarm SET take_deadline_ms = take_deadline_ms + 60000", "alarm" },
  { "UPDATE transition SET at_ms = at_ms - 1", "transition" },
  { "INSERT INTO proof (id, device_id, kind, link_kind, at_ms)"
    " SELECT randomblob (16), id, 'reset', 'usb', 1 FROM device",
    "proof" },
  { "INSERT INTO transition (id, device_id, to_state, verb, at_ms)"
    " SELECT randomblob (16), id, 'stock', 'set-state', 1 FROM device",
    "transition" },
};

static void
test_state_rows (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (STATE_CHANGES); i++)
    {
      sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);

      benk_ctl_exec (db, STATE_CHANGES[i].sql);
      g_assert_cmpint (sqlite3_changes (db), >, 0);
      sqlite3_close (db);
      assert_found (self, STATE_CHANGES[i].sql, STATE_CHANGES[i].table, "");
    }
}

static void
test_swapped (Fixture *self, gconstpointer unused)
{
  static const char *const others = "wall_ms, staff, account, verb, subject, reason,"
                                    " undoes, schema, changeset, hash, prev";
  g_autofree char *content = g_strdup_printf (
    "CREATE TEMP TABLE a AS SELECT * FROM journal WHERE seq = 3;"
    "UPDATE journal SET (%s) = (SELECT %s FROM journal WHERE seq = 4) WHERE seq = 3;"
    "UPDATE journal SET (%s) = (SELECT %s FROM a) WHERE seq = 4;",
    others, others, others, others);
  const char *const ways[] = {
    "UPDATE journal SET seq = -3 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4;"
    "UPDATE journal SET seq = 4 WHERE seq = -3",
    content,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);

      benk_ctl_exec (db, ways[i]);
      sqlite3_close (db);
      assert_found (self, "two rows swapped", "3", "");
    }
}

static void
test_last_removed (Fixture *self, gconstpointer unused)
{
  g_autofree char *against =
    g_strdup_printf ("--against %d %s", (int) self->head, self->head_hash);
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);
  g_autofree char *sql =
    g_strdup_printf ("DELETE FROM journal WHERE seq = %d", (int) self->head);

  benk_ctl_exec (db, sql);
  sqlite3_close (db);
  assert_found (self, "the last row removed", "", "");
  assert_found (self, "the last row removed, against the head", "", against);
}

/* A store put back to what it was is intact in itself; only a head that was handed over
 * shows what is gone. */
static void
test_put_back (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = benk_ctl_rig_path (&self->rig, COPY);
  g_autofree char *named = NULL;
  g_autofree char *against = NULL;
  g_autoptr (BenkCtlAnswer) moved = NULL;
  g_autoptr (BenkCtlAnswer) head = NULL;
  g_autoptr (BenkCtlAnswer) held = NULL;
  g_autoptr (BenkCtlAnswer) alone = NULL;

  sqlite3_close (benk_ctl_rig_open_copy (&self->rig, COPY));
  moved = benk_ctl_rig_do (&self->rig, "device move T-1 'Hylle Z9'");
  head = benk_ctl_rig_do (&self->rig, "verify");
  held = benk_ctl_rig_do (&self->rig, "verify --against %d %s", (int) self->head,
                          self->head_hash);
  g_assert_cmpint (benk_ctl_answer_get_int (held, "row"), ==, self->head + 1);

  alone = benk_ctl_call_finish (benk_ctl_rig_start (&self->rig, path, "verify"));
  g_assert_cmpint (alone->status, ==, 0);
  named = g_strdup_printf ("%d", (int) self->head + 1);
  against = g_strdup_printf ("--against %d %s", (int) self->head + 1,
                             benk_ctl_answer_get_string (head, "hash"));
  assert_found (self, "put back to an earlier head", named, against);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/verify/point-3/finds-" path, Fixture, NULL, set_up, function,        \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-byte-changed-in-any-journal-column", test_journal_columns);
  ADD ("a-state-row-changed-by-sql", test_state_rows);
  ADD ("two-rows-swapped", test_swapped);
  ADD ("the-last-row-removed", test_last_removed);
  ADD ("what-is-gone-since-an-earlier-head", test_put_back);

  return g_test_run ();
}
