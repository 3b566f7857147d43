/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benk-bulk.h"
#include "benk-import-rig.h"
#include "benk-table-print.h"

/* Changes of a program that is killed: each stands wholly or not at all. */

#define N_ROWS 120
#define N_ID 16

/* The changes in their order, round after round; number i is of kind i % N_KINDS. */
enum
{
  IMPORT_NEW,
  IMPORT_CHANGED,
  MOVE,
  REGISTER,
  EDIT,
  UNDO,
  IMPORT_UNDONE,
  UNDO_IMPORT,
  N_KINDS,
};

/* Whoever is or was called R and the number. */
#define REGISTERED "'R@1' IN (d.serial, ifnull (d.former_serials, ''))"

static const struct
{
  const char *name;
  int full;        /* how many rows it makes */
  const char *sql; /* that counts them; @1 its number, @2 the one before, @3 the move */
} kinds[N_KINDS] = {
  [IMPORT_NEW] = { "import, new rows", N_ROWS,
                   "SELECT count (*) FROM device WHERE serial LIKE 'L@1-%'" },
  [IMPORT_CHANGED] = { "import, changed rows", N_ROWS,
                       "SELECT count (*) FROM device WHERE vendor = 'V@1'" },
  [MOVE] = { "move of many", N_ROWS,
             "SELECT count (*) FROM device d JOIN place p ON p.id = d.place_id"
             " WHERE p.name = 'P@1'" },
  [REGISTER] = { "register", 2,
                 "SELECT (SELECT count (*) FROM device d WHERE " REGISTERED
                 ") + (SELECT count (*) FROM transition t JOIN device d"
                 " ON d.id = t.device_id WHERE " REGISTERED ")" },
  [EDIT] = { "edit", 2,
             "SELECT count (*) + count (n.id) FROM device d LEFT JOIN note n"
             " ON n.id = d.note_id WHERE d.serial = 'E@1'" },
  [UNDO] = { "undo of a move", N_ROWS,
             "SELECT " G_STRINGIFY (
               N_ROWS) " - count (*) FROM device d JOIN place p"
                       " ON p.id = d.place_id WHERE p.name = 'P@3'" },
  [IMPORT_UNDONE] = { "import to be undone", N_ROWS,
                      "SELECT count (*) FROM device WHERE serial LIKE 'L@1-%'" },
  [UNDO_IMPORT] = { "undo of an import", N_ROWS,
                    "SELECT " G_STRINGIFY (N_ROWS) " - count (*) FROM device"
                                                   " WHERE serial LIKE 'L@2-%'" },
};

/* --- the program that is killed --- */

static char *
compose_list (int number, const char *vendor)
{
  GString *text = g_string_new ("Type;Serienr;Status;Plassering;Leverandør\n");

  for (int i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "Medido;L%d-%03d;På lager;Hylle %d;%s\n", number, i,
                            number, vendor);

  return g_string_free (text, FALSE);
}

static gint64
import (BenkSessionFixture *f, int number, const char *vendor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("list-%d.csv", (int) getpid ());
  g_autofree char *text = compose_list (number, vendor);
  g_autoptr (BenkImport) list = benk_import_rig_preview (f, name, text);
  gint64 seq = benk_import_rig_apply (list, NULL, &error);

  g_assert_no_error (error);

  return seq;
}

static gint64
move (BenkSessionFixture *f, int number, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) previewed = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, N_ID);
  g_autoptr (BenkBulk) bulk = NULL;
  gint64 seq = 0;

  for (int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *serial = g_strdup_printf ("L%d-%03d", number, i);
      g_autoptr (BenkDevice) device = benk_session_fixture_find (f, serial);

      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  bulk = benk_bulk_new_move (f->inventory, (const BenkId *) (gpointer) ids->data,
                             ids->len, place);
  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &previewed);
  benk_bulk_preview_finish (bulk, BENK_AWAIT (previewed), &error);
  g_assert_no_error (error);
  benk_bulk_apply_async (bulk, NULL, NULL, benk_session_fixture_keep, &applied);
  benk_bulk_apply_finish (bulk, BENK_AWAIT (applied), &seq, &error);
  g_assert_no_error (error);

  return seq;
}

static void
edit (BenkSessionFixture *f, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) device = benk_session_fixture_find (f, from);
  BenkDeviceEdit what = { .serial = to, .note = to, .owner = -1 };

  benk_inventory_edit_async (f->inventory, benk_device_get_id (device), &what, NULL,
                             benk_session_fixture_keep, &result);
  benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static void
undo (BenkSessionFixture *f, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *sentence = NULL;

  benk_session_undo_async (f->session, seq, NULL, benk_session_fixture_keep, &result);
  sentence = benk_session_undo_finish (f->session, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static void
change (BenkSessionFixture *f, int number, gint64 *seqs)
{
  g_autofree char *place = g_strdup_printf ("P%d", number);
  g_autofree char *vendor = g_strdup_printf ("V%d", number);
  g_autofree char *registered =
    g_strdup_printf ("R%d", number - (number % N_KINDS == EDIT));
  g_autofree char *edited = g_strdup_printf ("E%d", number);

  switch (number % N_KINDS)
    {
    case IMPORT_NEW:
    case IMPORT_UNDONE:
      seqs[number % N_KINDS] = import (f, number, "V");
      break;
    case IMPORT_CHANGED:
      import (f, number - 1, vendor);
      break;
    case MOVE:
      seqs[MOVE] = move (f, number - 2, place);
      break;
    case REGISTER:
      g_object_unref (
        benk_session_fixture_add (f, registered, BENK_DEVICE_STATE_RECEIVED));
      break;
    case EDIT:
      edit (f, registered, edited);
      break;
    case UNDO:
      undo (f, seqs[MOVE]);
      break;
    case UNDO_IMPORT:
    default:
      undo (f, seqs[IMPORT_UNDONE]);
    }
}

/* What this program does when it is started as "--work PATH FIRST": changes for ever,
 * each told before it begins and when it is kept. */
static int
work_for_ever (const char *path, int first)
{
  BenkSessionFixture f = { .path = (char *) path };
  gint64 seqs[N_KINDS] = { 0 };

  f.dir = g_path_get_dirname (path);
  f.clock = BENK_CLOCK (benk_fake_clock_new (FIXTURE_WALL_MS));
  benk_session_fixture_open (&f);
  for (int i = first;; i++)
    {
      printf ("b %d\n", i);
      fflush (stdout);
      change (&f, i, seqs);
      printf ("d %d\n", i);
      fflush (stdout);
    }

  return 0;
}

/* --- who kills it --- */

typedef struct
{
  GPid pid;
  int out;
  GString *heard;
  int begun, done;
} Child;

static void
child_start (Child *self, const char *path, int first)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%d", first);
  const char *argv[] = { program, "--work", path, number, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &self->pid, NULL, &self->out, NULL, &error);
  g_assert_no_error (error);
  self->heard = g_string_new (NULL);
  self->begun = self->done = first - 1;
}

/* Returns: whether a line was heard before @us microseconds were over; -1 = for ever */
static gboolean
child_hear (Child *self, gint64 us)
{
  struct pollfd fd = { self->out, POLLIN, 0 };
  struct timespec span = { us / 1000000, us % 1000000 * 1000 };
  char *end;

  while ((end = strchr (self->heard->str, '\n')) == NULL)
    {
      char bytes[64];
      gssize n;

      if (ppoll (&fd, 1, us < 0 ? NULL : &span, NULL) <= 0)
        return FALSE;
      n = read (self->out, bytes, sizeof bytes);
      if (n <= 0)
        return FALSE;
      g_string_append_len (self->heard, bytes, n);
    }
  *(self->heard->str[0] == 'b' ? &self->begun : &self->done) =
    (int) g_ascii_strtoll (self->heard->str + 2, NULL, 10);
  g_string_erase (self->heard, 0, end + 1 - self->heard->str);

  return TRUE;
}

static void
child_kill (Child *self)
{
  g_assert_cmpint (kill (self->pid, SIGKILL), ==, 0);
  while (child_hear (self, -1))
    ;
  close (self->out);
  g_string_free (self->heard, TRUE);
  g_assert_cmpint (waitpid (self->pid, NULL, 0), ==, self->pid);
  g_spawn_close_pid (self->pid);
}

static gint64
count (BenkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  benk_db_get_int64 (db, sql, &n, &error);
  g_assert_no_error (error);

  return n;
}

/* Returns: whether the change stands; never a part of it */
static gboolean
stands (BenkDb *db, int number)
{
  int kind = number % N_KINDS;
  const int numbers[] = { number, number - 1, number - UNDO + MOVE };
  g_autoptr (GString) sql = g_string_new (kinds[kind].sql);
  gint64 n;

  for (int i = 0; i < 3; i++)
    {
      const char mark[] = { '@', (char) ('1' + i), '\0' };
      g_autofree char *text = g_strdup_printf ("%d", numbers[i]);

      g_string_replace (sql, mark, text, 0);
    }
  n = count (db, sql->str);

  if (n != 0 && n != kinds[kind].full)
    g_error ("%s %d: %d of %d rows stand", kinds[kind].name, number, (int) n,
             kinds[kind].full);

  return n != 0;
}

typedef struct
{
  int n_kills, n_between, n_kept, n_gone;
  int n_mid[N_KINDS];
} Tally;

/* What was told stands; what had begun stands wholly or not at all, and the change log
 * has exactly those rows. */
static void
look (BenkSessionFixture *f, const Child *child, int first, gint64 rows, Tally *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->path, BENK_DB_READ_WRITE, f->clock, &error);
  gint64 kept;

  g_assert_no_error (error);
  kept = count (db, "SELECT count (*) FROM journal") - rows;
  g_assert_cmpint (kept, >=, child->done + 1 - first);
  g_assert_cmpint (kept, <=, child->begun + 1 - first);
  /* Of an import that is undone nothing is left to see. */
  for (int i = MAX (first, child->begun - (child->begun % N_KINDS != UNDO_IMPORT));
       i <= child->begun; i++)
    g_assert_cmpint (stands (db, i), ==, i < first + kept);
  g_assert_cmpint (count (db, "SELECT count (*) FROM device"), ==,
                   count (db, "SELECT count (*) FROM device_search"));
  benk_table_print_assert_sound (db);
  if (child->begun == child->done)
    tally->n_between++;
  else
    {
      tally->n_mid[child->begun % N_KINDS]++;
      *(kept == child->begun + 1 - first ? &tally->n_kept : &tally->n_gone) += 1;
    }
}

/* How long each kind takes, so that a moment within can be drawn. */
static void
measure (BenkSessionFixture *f, gint64 *spans)
{
  Child child;

  child_start (&child, f->path, 0);
  for (int i = 0; i < N_KINDS; i++)
    {
      gint64 begun;

      g_assert_true (child_hear (&child, -1));
      begun = g_get_monotonic_time ();
      g_assert_true (child_hear (&child, -1));
      spans[i] = MAX (200, g_get_monotonic_time () - begun);
    }
  child_kill (&child);
}

static void
kill_once (BenkSessionFixture *f, int round, const gint64 *spans, Tally *tally)
{
  int first = (round + 1) * N_KINDS;
  int target = first + round % N_KINDS;
  gint64 rows = benk_session_fixture_count (f, "SELECT count (*) FROM journal");
  int moment = g_test_rand_int_range (0, (int) (2 * spans[target % N_KINDS]));
  Child child;

  child_start (&child, f->path, first);
  while (child.begun < target)
    g_assert_true (child_hear (&child, -1));
  child_hear (&child, moment);
  child_kill (&child);
  tally->n_kills++;
  look (f, &child, first, rows, tally);
}

static void
test_killed (BenkSessionFixture *f, gconstpointer unused)
{
  gint64 spans[N_KINDS];
  Tally tally = { 0 };
  g_autoptr (GString) mid = g_string_new (NULL);
  int n_mid = 0;

  benk_session_fixture_close (f);
  measure (f, spans);
  for (int i = 0; i < 30; i++)
    kill_once (f, i, spans, &tally);

  for (int i = 0; i < N_KINDS; i++)
    {
      g_string_append_printf (mid, "%s%s %d", i > 0 ? ", " : "", kinds[i].name,
                              tally.n_mid[i]);
      n_mid += tally.n_mid[i];
    }
  g_test_message ("%d times killed: %d in the middle of a change (%s), of which %d stand "
                  "wholly and %d not at all; %d between changes",
                  tally.n_kills, n_mid, mid->str, tally.n_kept, tally.n_gone,
                  tally.n_between);
  g_assert_cmpint (n_mid, >, tally.n_kills / 4);
  g_assert_cmpint (tally.n_gone, >, 0);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--work"))
    return work_for_ever (argv[2], (int) g_ascii_strtoll (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);
  /* A store a batch, so that looking at it stays short. */
  for (int i = 0; i < (g_test_slow () ? 10 : 1); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/killed/whole-or-not-at-all/%d", i + 1);

      g_test_add (path, BenkSessionFixture, NULL, benk_session_fixture_set_up,
                  test_killed, benk_session_fixture_tear_down);
    }

  return g_test_run ();
}
