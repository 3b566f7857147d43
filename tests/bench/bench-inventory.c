/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-windows.h"
#include "benk-bench.h"
#include "benk-import-rows-private.h"
#include "benk-model.h"
#include "benk-store.h"
#include "benk-table-device.h"
#include "benk-table-staff.h"
#include "benk-undo.h"

/* Devices of a big town with all its years: the list, its undo and a search in it. */
#define N_DEVICES 100000
#define WORDS BENK_BENCH_WORD

typedef struct
{
  BenkImportPlan plan;
  BenkId staff;
  gint64 us;
  guint n_found;
} Work;

static const char *const HEADING[] = { "Type",   "Leverandør", "Serienr",    "Inventarnr",
                                       "Status", "Plassering", "Garanti til" };

static void
add_row (BenkSheet *sheet, guint i)
{
  static const char *const models[] = { "Medido", "Evondos E300", "Pilly SMS" };
  g_autofree char *serial = g_strdup_printf ("BX%07u", i * 7919u % 10000000u);
  g_autofree char *asset = g_strdup_printf ("D-%05u", i);
  g_autofree char *shelf = g_strdup_printf ("Hylle %u", i % 120);
  const char *cells[] = {
    models[i % G_N_ELEMENTS (models)],  "Leverandør AS", serial,      asset,
    i % 4 == 0 ? "Defekt" : "På lager", shelf,           "15.07.2027"
  };

  benk_sheet_add_row (sheet, i + 2);
  for (guint c = 0; c < G_N_ELEMENTS (cells); c++)
    benk_sheet_add_cell (sheet, cells[c], -1);
}

static void
work_init (Work *work, BenkClock *clock)
{
  g_autoptr (GError) error = NULL;

  work->staff = benk_id_new (clock);
  work->plan.kind = &benk_import_of_devices;
  work->plan.sheet = benk_sheet_new ();
  work->plan.models = benk_model_load_builtin (&error);
  g_assert_no_error (error);
  benk_sheet_add_row (work->plan.sheet, 1);
  for (guint c = 0; c < G_N_ELEMENTS (HEADING); c++)
    benk_sheet_add_cell (work->plan.sheet, HEADING[c], -1);
  for (guint i = 0; i < N_DEVICES; i++)
    add_row (work->plan.sheet, i);
  if (!benk_import_plan_guess (&work->plan, &error))
    g_error ("%s", error->message);
}

static void
work_clear (Work *work)
{
  g_clear_object (&work->plan.sheet);
  g_clear_pointer (&work->plan.models, g_ptr_array_unref);
}

static BenkChange
make_change (Work *work, BenkVerb verb)
{
  return (BenkChange){ .verb = verb, .actor_staff = work->staff, .account = "bench" };
}

/* Who is working is said before anything is written. */
static gpointer
add_staff (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  BenkChange change = make_change (work, BENK_VERB_STAFF_ADD);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, error);
  g_autoptr (BenkStaff) staff = benk_staff_new ();

  benk_staff_set_id (staff, &work->staff);
  benk_staff_set_initials (staff, "BX");
  benk_staff_set_name (staff, "Bench");
  benk_staff_set_account (staff, "bench");
  return scope != NULL && benk_table_staff_insert (db, staff, error) &&
             benk_scope_commit (scope, NULL, error)
           ? work
           : NULL;
}

static gpointer
import_list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  gint64 start = benk_bench_get_us ();
  BenkChange change = make_change (work, BENK_VERB_IMPORT);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, error);
  g_autoptr (GPtrArray) rows =
    scope != NULL ? benk_import_rows_compare (&work->plan, db, NULL, error) : NULL;

  if (rows == NULL || !benk_import_rows_write (&work->plan, rows, db, NULL, error) ||
      !benk_scope_commit (scope, NULL, error))
    return NULL;
  work->us = benk_bench_get_us () - start;
  return work;
}

static gpointer
undo_list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  gint64 start = benk_bench_get_us ();
  BenkChange change = make_change (work, BENK_VERB_UNDO);

  if (benk_undo (db, 0, &change, NULL, NULL, NULL, error) <= 0)
    return NULL;
  work->us = benk_bench_get_us () - start;
  return work;
}

static gpointer
search (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  gint64 start = benk_bench_get_us ();
  BenkDeviceFilter filter = { .search = WORDS };
  g_autoptr (GArray) ids = benk_table_device_query (db, &filter, error);

  if (ids == NULL)
    return NULL;
  work->us = benk_bench_get_us () - start;
  work->n_found = ids->len;
  return work;
}

static gint64
measure (BenkStore *store, Work *work, BenkStoreWork what, gboolean reads)
{
  g_autoptr (GError) error = NULL;
  gpointer done = reads ? benk_store_read (store, what, work, NULL, &error)
                        : benk_store_write (store, what, work, NULL, &error);

  if (done == NULL)
    g_error ("%s", error != NULL ? error->message : "nothing was done");
  return work->us;
}

/* What an import left behind, in the order of the list. */
typedef struct
{
  BenkBenchRows *rows[5];
} Kept;

static void
kept_read (Kept *kept, const char *path)
{
  static const char *const tables[][2] = {
    { "place", "SELECT * FROM place" },
    { "device", "SELECT * FROM device ORDER BY asset" },
    { "transition", "SELECT t.* FROM transition t JOIN device d ON d.id = t.device_id "
                    "ORDER BY d.asset" },
    { "device_search", "SELECT s.* FROM device_search s JOIN device d "
                       "ON d.id = s.device_id ORDER BY d.asset" },
    { "touch", "SELECT * FROM touch ORDER BY random ()" },
  };
  sqlite3 *db = benk_bench_open_bare (path);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    kept->rows[i] = benk_bench_rows_read (db, tables[i][0], tables[i][1]);
  sqlite3_close (db);
}

static void
kept_clear (Kept *kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept->rows); i++)
    g_clear_pointer (&kept->rows[i], benk_bench_rows_free);
}

static gint64
import_bare (Kept *kept, const char *path)
{
  static const char *const journalled[] = { "place", "device", "transition", NULL };
  sqlite3 *db = benk_bench_open_bare (path);
  gint64 start = benk_bench_get_us ();
  sqlite3_session *session = benk_bench_begin_bare (db, journalled);

  for (guint i = 0; i < G_N_ELEMENTS (kept->rows); i++)
    benk_bench_rows_write (kept->rows[i], db, 0,
                           benk_bench_rows_get_length (kept->rows[i]));
  benk_bench_commit_bare (db, session);
  start = benk_bench_get_us () - start;
  sqlite3_close (db);

  return start;
}

static gint64
search_bare (sqlite3 *db, guint expected)
{
  gint64 start = benk_bench_get_us ();
  sqlite3_stmt *stmt;
  guint found = 0;

  sqlite3_prepare_v2 (db, "SELECT device_id FROM device_search WHERE instr (text, ?)", -1,
                      &stmt, NULL);
  sqlite3_bind_text (stmt, 1, WORDS, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    found++;
  sqlite3_finalize (stmt);
  start = benk_bench_get_us () - start;
  if (found != expected)
    g_error ("%u found, not %u", found, expected);

  return start;
}

typedef struct
{
  BenkBenchTimes import;
  BenkBenchTimes bare_import;
  BenkBenchTimes undo;
  BenkBenchTimes query;
  BenkBenchTimes bare_query;
  BenkBenchWindows app;
  BenkBenchWindows bare;
} Times;

static void
search_both (BenkStore *store, const char *bare_path, Work *work, guint n, Times *times)
{
  sqlite3 *bare = benk_bench_open_bare (bare_path);

  measure (store, work, search, TRUE);
  times->query.us[n] = measure (store, work, search, TRUE);
  search_bare (bare, work->n_found);
  times->bare_query.us[n] = search_bare (bare, work->n_found);
  sqlite3_close (bare);
}

/* The same devices on other shelves. */
static char *
write_list (const char *dir, BenkSheet *sheet)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, "list.csv", NULL);

  for (guint row = 0; row < benk_sheet_get_n_rows (sheet); row++)
    for (guint c = 0; c < G_N_ELEMENTS (HEADING); c++)
      g_string_append_printf (text, "%s%s%s", benk_sheet_get_cell (sheet, row, c),
                              row > 0 && c == 5 ? " B" : "",
                              c + 1 < G_N_ELEMENTS (HEADING) ? ";" : "\n");
  if (!g_file_set_contents (path, text->str, (gssize) text->len, &error))
    g_error ("%s", error->message);
  return path;
}

static BenkStore *
open_store (const char *path, BenkClock *clock)
{
  g_autoptr (GError) error = NULL;
  BenkStore *store = benk_store_open (path, clock, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

static void
run_round (
  Work *work, BenkClock *clock, BenkBenchPrograms *programs, guint n, Times *times)
{
  g_autofree char *dir = benk_bench_make_folder ();
  g_autofree char *path = benk_bench_make_store (dir, "app.dosebenk", clock);
  g_autofree char *bare_path = benk_bench_make_store (dir, "bare.dosebenk", clock);
  g_autofree char *list = write_list (dir, work->plan.sheet);
  g_autoptr (BenkStore) store = open_store (path, clock);
  Kept kept;

  measure (store, work, add_staff, FALSE);
  times->import.us[n] = measure (store, work, import_list, FALSE);
  kept_read (&kept, path);
  times->bare_import.us[n] = import_bare (&kept, bare_path);
  kept_clear (&kept);
  search_both (store, bare_path, work, n, times);
  if (programs->window != NULL)
    {
      /* As it is when the program starts: nobody else has it open. */
      benk_store_close (store);
      g_clear_object (&store);
      programs->store = path;
      programs->list = list;
      benk_bench_windows_round (programs, n, &times->app, &times->bare);
      store = open_store (path, clock);
    }
  times->undo.us[n] = measure (store, work, undo_list, FALSE);
  benk_store_close (store);
  benk_bench_remove_folder (dir);
}

static void
print_windows (const Times *times)
{
  benk_bench_print_row ("key → frame ÷ a bare column view, ms", &times->app.keys,
                        &times->bare.keys, 1.3);
  benk_bench_print_difference ("frames later than 25 ms while scrolling, %",
                               &times->app.late, &times->bare.late, 1);
  benk_bench_print_row ("window shown ÷ an empty Adwaita window, ms", &times->app.shown,
                        &times->bare.shown, 1.25);
  benk_bench_print_row ("first rows painted ÷ that window, ms", &times->app.rows,
                        &times->bare.shown, 2);
  benk_bench_print_difference ("memory (RSS) above that window, MiB", &times->app.memory,
                               &times->bare.memory, 30);
  benk_bench_print_alone ("longest hold-up while a list of 100 000 is previewed, ms of "
                          "processor time",
                          &times->app.held_up, 50);
}

static void
print_keys (const Times *times)
{
  g_print (
    "\nKey by key, each with what it finds, in ms and held against the bare view:");
  for (guint i = 0; i < BENK_BENCH_N_KEYS; i++)
    g_print ("%s %s (%u) %.0f, %.0f", i > 0 ? ";" : "",
             i + 1 < BENK_BENCH_N_KEYS ? (char[]){ BENK_BENCH_WORD[i], '\0' } : "Escape",
             times->app.n_found[i], benk_bench_get_median_ms (&times->app.key[i]),
             benk_bench_get_median_ms (&times->bare.key[i]));
  g_print (".\n");
}

/* [WINDOW BARE]: the programs whose windows are measured */
int
main (int argc, char **argv)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  BenkBenchPrograms programs = { .window = argc > 2 ? argv[1] : NULL,
                                 .bare = argc > 2 ? argv[2] : NULL };
  g_autofree Times *times = g_new0 (Times, 1);
  Work work = { 0 };

  work_init (&work, clock);
  for (guint i = 0; i < BENK_BENCH_ROUNDS; i++)
    run_round (&work, clock, &programs, i, times);
  work_clear (&work);

  benk_bench_print_mixed_head (
    "Inventory: 100 000 devices",
    "Bare is a C loop over SQLite that writes the same rows, indexes, session and "
    "journal row; of the window, an empty Adwaita window, and a column view with the "
    "same columns, rows and size that has every result in memory.");
  benk_bench_print_row ("import ÷ bare inserts, ms", &times->import, &times->bare_import,
                        2);
  benk_bench_print_row ("its undo ÷ import, ms", &times->undo, &times->import, 2);
  benk_bench_print_row ("search ÷ bare `instr`, ms", &times->query, &times->bare_query,
                        1.5);
  if (programs.window != NULL)
    {
      print_windows (times);
      print_keys (times);
    }
  benk_bench_print_foot ();

  return 0;
}
