/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "benk-store.h"

struct _BenkBenchRows
{
  char *insert;
  int n_columns;
  GPtrArray *values; /* sqlite3_value, row by row */
};

/* The only place of the project that looks at the time of day past BenkClock. */
gint64
benk_bench_get_us (void)
{
  return g_get_monotonic_time ();
}

static int
compare_us (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

double
benk_bench_get_median_ms (const BenkBenchTimes *times)
{
  BenkBenchTimes sorted = *times;

  qsort (sorted.us, BENK_BENCH_ROUNDS, sizeof sorted.us[0], compare_us);
  return (double) sorted.us[BENK_BENCH_ROUNDS / 2] / 1000.0;
}

static void
print_title (const char *title, const char *bare)
{
  setlocale (LC_ALL, "");
  g_print ("\n### %s\n\nMedian of %d rounds, side by side; SQLite %s, GLib %u.%u.%u, "
           "%u cores. %s\n\n",
           title, BENK_BENCH_ROUNDS, sqlite3_libversion (), glib_major_version,
           glib_minor_version, glib_micro_version, g_get_num_processors (), bare);
}

void
benk_bench_print_head (const char *title, const char *bare)
{
  print_title (title, bare);
  g_print ("| what | Dosebenk, ms | bare, ms | ratio | goal |\n");
  g_print ("|---|---:|---:|---:|---:|\n");
}

/* For a table whose rows say themselves what they are counted in. */
void
benk_bench_print_mixed_head (const char *title, const char *bare)
{
  print_title (title, bare);
  g_print ("| what | Dosebenk | bare | ratio or difference | goal |\n");
  g_print ("|---|---:|---:|---:|---:|\n");
}

/* For what has nothing bare beside it, and is said once. */
void
benk_bench_print_plain_head (const char *title, const char *about)
{
  setlocale (LC_ALL, "");
  g_print ("\n### %s\n\n%u cores. %s\n\n| what | Dosebenk | goal |\n|---|---:|---:|\n",
           title, g_get_num_processors (), about);
}

/* @goal: 0 where there is none. */
void
benk_bench_print_value (const char *what, double value, double goal)
{
  g_autofree char *aim = goal > 0 ? g_strdup_printf ("≤ %g", goal) : g_strdup ("–");

  g_print ("| %s | %.2f | %s |\n", what, value, aim);
}

/* @goal: 0 where there is none. */
void
benk_bench_print_row (const char *what,
                      const BenkBenchTimes *app,
                      const BenkBenchTimes *bare,
                      double goal)
{
  double app_ms = benk_bench_get_median_ms (app);
  double bare_ms = benk_bench_get_median_ms (bare);
  g_autofree char *aim = goal > 0 ? g_strdup_printf ("≤ %g", goal) : g_strdup ("–");

  g_print ("| %s | %.2f | %.2f | %.2f | %s |\n", what, app_ms, bare_ms,
           bare_ms > 0 ? app_ms / bare_ms : 0.0, aim);
}

/* What counts is how much more it is. */
void
benk_bench_print_difference (const char *what,
                             const BenkBenchTimes *app,
                             const BenkBenchTimes *bare,
                             double goal)
{
  double app_value = benk_bench_get_median_ms (app);
  double bare_value = benk_bench_get_median_ms (bare);

  g_print ("| %s | %.2f | %.2f | %+.2f | ≤ +%g |\n", what, app_value, bare_value,
           app_value - bare_value, goal);
}

void
benk_bench_print_alone (const char *what, const BenkBenchTimes *app, double goal)
{
  g_print ("| %s | %.2f | – | – | ≤ %g |\n", what, benk_bench_get_median_ms (app), goal);
}

void
benk_bench_print_foot (void)
{
  g_print ("\n");
}

/* A measurement of something that failed is none. */
static void
check (sqlite3 *db, int code)
{
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
    g_error ("SQLite: %s", sqlite3_errmsg (db));
}

BenkBenchRows *
benk_bench_rows_read (sqlite3 *db, const char *table, const char *sql)
{
  BenkBenchRows *self = g_new0 (BenkBenchRows, 1);
  g_autoptr (GString) insert = g_string_new (NULL);
  sqlite3_stmt *stmt;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL));
  self->n_columns = sqlite3_column_count (stmt);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < self->n_columns; i++)
      g_ptr_array_add (self->values, sqlite3_value_dup (sqlite3_column_value (stmt, i)));
  check (db, sqlite3_finalize (stmt));

  g_string_append_printf (insert, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < self->n_columns; i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  self->insert = g_string_free (g_steal_pointer (&insert), FALSE);

  return self;
}

guint
benk_bench_rows_get_length (BenkBenchRows *self)
{
  return self->values->len / (guint) self->n_columns;
}

void
benk_bench_rows_write (BenkBenchRows *self, sqlite3 *db, guint from, guint to)
{
  guint value = from * (guint) self->n_columns;
  sqlite3_stmt *stmt;

  check (db, sqlite3_prepare_v2 (db, self->insert, -1, &stmt, NULL));
  for (guint row = from; row < to; row++)
    {
      for (int i = 1; i <= self->n_columns; i++)
        check (db, sqlite3_bind_value (stmt, i, self->values->pdata[value++]));
      check (db, sqlite3_step (stmt));
      check (db, sqlite3_reset (stmt));
    }
  check (db, sqlite3_finalize (stmt));
}

void
benk_bench_rows_free (BenkBenchRows *self)
{
  g_ptr_array_unref (self->values);
  g_free (self->insert);
  g_free (self);
}

static void
run (sqlite3 *db, const char *sql)
{
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL));
}

/* As safe as the program's own connection. */
sqlite3 *
benk_bench_open_bare (const char *path)
{
  sqlite3 *db;

  check (NULL, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  run (db, "PRAGMA journal_mode = WAL");
  run (db, "PRAGMA synchronous = FULL");
  run (db, "PRAGMA secure_delete = ON");
  run (db, "PRAGMA foreign_keys = ON");
  run (db, "PRAGMA temp_store = MEMORY");

  return db;
}

/* Begins a transaction whose changes to some tables are recorded. */
sqlite3_session *
benk_bench_begin_bare (sqlite3 *db, const char *const *journalled)
{
  sqlite3_session *session;

  run (db, "BEGIN IMMEDIATE");
  check (db, sqlite3session_create (db, "main", &session));
  for (guint i = 0; journalled[i] != NULL; i++)
    check (db, sqlite3session_attach (session, journalled[i]));

  return session;
}

static void
write_journal_row (sqlite3 *db, const void *changeset, int length)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[32];
  gsize n_hash = sizeof hash;
  sqlite3_stmt *stmt;

  g_checksum_update (sum, changeset, length);
  g_checksum_get_digest (sum, hash, &n_hash);
  check (db, sqlite3_prepare_v2 (
               db,
               "INSERT INTO journal SELECT site, (SELECT 1 + count (*) FROM journal), "
               "?1, 0, site, '', 'import', site, site, 0, 1, ?2, ?1 FROM store",
               -1, &stmt, NULL));
  check (db, sqlite3_bind_blob (stmt, 1, hash, sizeof hash, SQLITE_STATIC));
  check (db, sqlite3_bind_blob (stmt, 2, changeset, length, SQLITE_STATIC));
  check (db, sqlite3_step (stmt));
  check (db, sqlite3_finalize (stmt));
}

/* Keeps what was recorded in a row of the journal, and commits. */
void
benk_bench_commit_bare (sqlite3 *db, sqlite3_session *session)
{
  void *changeset;
  int length;

  check (db, sqlite3session_changeset (session, &length, &changeset));
  sqlite3session_delete (session);
  write_journal_row (db, changeset, length);
  sqlite3_free (changeset);
  run (db, "COMMIT");
}

char *
benk_bench_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("benk-bench-XXXXXX", &error);

  if (dir == NULL)
    g_error ("%s", error->message);
  return dir;
}

void
benk_bench_remove_folder (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (dir);
}

/* Returns: (transfer full): the path of an empty store */
char *
benk_bench_make_store (const char *dir, const char *name, BenkClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (BenkStore) store = benk_store_create (path, FALSE, clock, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  benk_store_close (store);

  return g_steal_pointer (&path);
}
