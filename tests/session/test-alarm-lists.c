/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-error.h"
#include "benk-import-rig.h"

/* The fixture's clock stands at 2 March 2026, 09:00 in Oslo. */
#define HEAD "Serienr;Alarmtype;Tekst;Utløst;Lukket;Status;Alvorlighet\n"
#define ROLL "MD-1;Rull sitter fast;;02.03.2026 08:05;;Åpen;Høy\n"
#define ROLL_CLOSED                                                                      \
  "MD-1;Rull sitter fast;;02.03.2026 08:05;02.03.2026 08:40;Lukket;Høy\n"

typedef struct
{
  const char *name;
  const char *list;
  /* new, changed, same, wrong, blank, joins, closed */
  guint counts[BENK_N_IMPORT_VERDICTS];
  const char *code;   /* of the only alarm; NULL where there are others */
  const char *remark; /* a pattern that some row's reason fits */
} List;

static const List LISTS[] = {
  { "norwegian", HEAD ROLL, { 1 }, "1.8", NULL },
  { "english",
    "Device,Alert,Raised at,Closed at,State,Priority\n"
    "MD-1,Roll stuck,2026-03-02T08:05:00+01:00,,open,high\n",
    { 1 },
    "1.8",
    NULL },
  { "a title above and a blank row",
    "Alarmer siste døgn\n\nSerienr;Varsel;Tidspunkt\n\nMD-1;1.20;02.03.2026 08:05\n",
    { 1, 0, 0, 0, 1 },
    "1.20",
    NULL },
  { "day and time apart",
    "Serienr;Varsel;Dato;Klokkeslett\nMD-1;Ingen kontakt;02.03.2026;08.05\n",
    { 1 },
    "1.20",
    NULL },
  { "an IMEI and no serial",
    "IMEI;Kode;Tidspunkt\n35 693803 564380 9;1.17;02.03.2026 08:05\n",
    { 1 },
    "1.17",
    "*not registered*" },
  { "a code that a spreadsheet has cut",
    "Serienr;Kode;Beskrivelse;Tidspunkt\nMD-1;1.2;Ingen kontakt;02.03.2026 08:05\n",
    { 1 },
    "1.20",
    "*1.2 is read as 1.20*" },
  { "a code that a spreadsheet took for a day",
    "Serienr;Kode;Tidspunkt\nMD-1;01.aug;02.03.2026 08:05\n",
    { 1 },
    "1.8",
    NULL },
  { "a word that nobody knows",
    "Serienr;Varsel;Tidspunkt\nMD-1;Feil 77 B;02.03.2026 08:05\n",
    { 1 },
    "1",
    "*Feil 77 B*kept as another alarm*" },
  { "closed, and no time for it",
    "Serienr;Varsel;Tidspunkt;Status\nMD-1;Rull sitter fast;02.03.2026 08:05;Lukket\n",
    { 0, 0, 0, 0, 0, 0, 1 },
    "1.8",
    "*does not say when it was closed*" },
  { "a status that nobody knows",
    "Serienr;Varsel;Tidspunkt;Status\nMD-1;Rull sitter fast;02.03.2026 08:05;Parkert\n",
    { 1 },
    "1.8",
    "*Parkert*taken as open*" },
  { "a national number in the text",
    "Serienr;Varsel;Beskrivelse;Tidspunkt\n"
    "MD-1;Rull sitter fast;131169 00216 ringte;02.03.2026 08:05\n",
    { 1 },
    "1.8",
    "*without the text*" },
  { "the same kind within a quarter of an hour",
    HEAD ROLL "MD-1;Rull sitter fast;;02.03.2026 08:15;;Åpen;\n",
    { 1, 0, 0, 0, 0, 1 },
    "1.8",
    "*joins the open alarm*" },
  { "one row twice", HEAD ROLL ROLL, { 1, 0, 1 }, "1.8", NULL },
  { "later rows first",
    HEAD ROLL_CLOSED ROLL,
    { 1, 1 },
    "1.8",
    "*what the portal has done*" },
  { "rows that are wrong",
    HEAD ";Rull sitter fast;;02.03.2026 08:05;;;\n"
         "MD-1;Rull sitter fast;;;;;\n"
         "MD-1;Rull sitter fast;;i går;;;\n"
         "MD-1;Rull sitter fast;;02.03.2026;;;\n"
         "MD-1;Rull sitter fast;;02.03.2026 19:05;;;\n"
         "MD-1;Rull sitter fast;;02.03.2026 08:05;02.03.2026 08:00;Lukket;\n"
         "13116900216;Rull sitter fast;;02.03.2026 08:05;;;\n" ROLL,
    { 1, 0, 0, 7 },
    "1.8",
    "*which device*" },
};

static gboolean
has_remark (BenkImport *import, const char *pattern)
{
  GListModel *rows = benk_import_get_rows (import);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (rows, i);
      const char *reason = benk_import_row_get_reason (row);

      if (reason != NULL && g_pattern_match_simple (pattern, reason))
        return TRUE;
    }
  return FALSE;
}

static gint64
count (BenkSessionFixture *f, const char *sql)
{
  return benk_session_fixture_count (f, sql);
}

/* Reads a list and takes it in; returns the row of the change log, 0 for none. */
static gint64
take_in (BenkSessionFixture *f, const char *text)
{
  g_autoptr (BenkImport) import = benk_import_rig_preview_alarms (f, "portal.csv", text);
  g_autoptr (GError) error = NULL;
  gint64 seq = benk_import_rig_apply (import, NULL, &error);

  g_assert_no_error (error);
  return seq;
}

static void
test_list (BenkSessionFixture *f, gconstpointer data)
{
  const List *list = data;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (f, "MD-1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkImport) import =
    benk_import_rig_preview_alarms (f, "portal.csv", list->list);
  g_autoptr (BenkImport) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seqs = count (f, "SELECT count (*) FROM journal");

  benk_import_rig_assert (import, list->counts, NULL);
  if (list->remark != NULL)
    g_assert_true (has_remark (import, list->remark));
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm_version"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count (*) FROM journal"), ==, seqs);
  g_assert_cmpint (benk_import_rig_apply (import, NULL, &error), ==, seqs + 1);
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE via = 'portal'"), ==,
                   1 + list->counts[BENK_IMPORT_JOINS]);
  if (list->code != NULL)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT count (*) FROM alarm WHERE code != '%s'", list->code);

      g_assert_cmpint (count (f, sql), ==, 0);
    }
  g_assert_cmpint (count (f,
                          "SELECT count (*) FROM alarm_text WHERE text LIKE '%00216%'"),
                   ==, 0);
  /* The same list changes nothing. */
  again = benk_import_rig_preview_alarms (f, "portal.csv", list->list);
  g_assert_cmpuint (benk_import_count (again, BENK_IMPORT_NEW), ==, 0);
  g_assert_cmpuint (benk_import_count (again, BENK_IMPORT_CHANGED), ==, 0);
  g_assert_cmpuint (benk_import_count (again, BENK_IMPORT_CLOSED), ==, 0);
  g_assert_cmpint (benk_import_rig_apply (again, NULL, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_later_list_closes (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkImport) later = NULL;

  take_in (f, HEAD ROLL);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE status = 'new'"), ==, 1);
  later = benk_import_rig_preview_alarms (f, "portal.csv", HEAD ROLL_CLOSED);
  g_assert_cmpuint (benk_import_count (later, BENK_IMPORT_CHANGED), ==, 1);
  g_assert_cmpint (benk_import_rig_apply (later, NULL, NULL), >, 0);
  g_assert_cmpint (count (f, "SELECT closed_ms FROM alarm WHERE status = 'closed'"), ==,
                   FIXTURE_WALL_MS - 20 * 60 * 1000);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm_step WHERE kind = 'closed'"
                             " AND place = 'other-system'"),
                   ==, 1);
  /* The older list comes late. */
  g_assert_cmpint (take_in (f, HEAD ROLL), ==, 0);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE status = 'closed'"), ==,
                   1);
}

static void
test_unknown_word_is_asked_once (BenkSessionFixture *f, gconstpointer unused)
{
  static const char text[] =
    "Serienr;Varsel;Tidspunkt\nMD-1;Klikkelyd;02.03.2026 08:05\n";
  static const char next[] =
    "Serienr;Varsel;Tidspunkt\nMD-1;Klikkelyd;02.03.2026 08:45\n";
  g_autoptr (BenkImport) import = benk_import_rig_preview_alarms (f, "portal.csv", text);
  g_autoptr (BenkImport) second = NULL;
  g_autoptr (GPtrArray) words = benk_import_get_words (import);
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GError) error = NULL;
  int choice;

  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpint (((BenkImportWord *) words->pdata[0])->choice, ==,
                   BENK_IMPORT_WORD_UNKNOWN);
  g_assert_false (benk_import_find_choice (import, "leave-out", &choice));
  g_assert_true (benk_import_find_choice (import, "1.7", &choice));
  benk_import_set_word (import, "Klikkelyd", choice);
  g_assert_true (benk_import_set_portal (import, "Medido Care", &error));
  g_assert_true (benk_import_rig_compare (import, NULL, &error));
  g_assert_no_error (error);
  benk_import_rig_apply (import, NULL, &error);
  g_assert_no_error (error);
  second = benk_import_rig_preview_alarms (f, "portal.csv", next);
  g_assert_true (benk_import_is_remembered (second));
  g_assert_cmpstr (benk_import_get_portal (second), ==, "Medido Care");
  later = benk_import_get_words (second);
  g_assert_cmpint (((BenkImportWord *) later->pdata[0])->choice, ==, choice);
  benk_import_rig_apply (second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE code = '1.7'"), ==, 2);
}

/* Intake is never taken back; what was written in the list is nowhere in the log. */
static void
test_is_never_undone (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  take_in (f, "Serienr;Varsel;Beskrivelse;Tidspunkt\n"
              "MD-1;Rull sitter fast;Naboen Klara ringte;02.03.2026 08:05\n");
  g_assert_false (benk_session_fixture_undo (f, &error));
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm"), ==, 1);
  g_assert_cmpint (count (f,
                          "SELECT count (*) FROM alarm_text WHERE text LIKE '%Klara%'"),
                   ==, 1);
  g_assert_cmpint (count (f, "SELECT count (*) FROM journal WHERE"
                             " instr (changeset, CAST ('Klara' AS BLOB)) > 0"),
                   ==, 0);
  g_assert_cmpint (count (f, "SELECT count (*) FROM import_profile"
                             " WHERE words LIKE '%Klara%'"),
                   ==, 0);
}

static void
test_counts_from_when_it_was_raised (BenkSessionFixture *f, gconstpointer unused)
{
  take_in (f, HEAD ROLL);
  g_assert_cmpint (count (f, "SELECT take_deadline_ms - raised_ms FROM alarm"), ==,
                   15 * 60 * 1000);
}

/* What a portal knows at one time: each alarm open, or closed by then. */
#define N_EVENTS 12
#define N_LISTS 5

static char *
export_at (const guint8 *closes_at, guint list, GRand *rand)
{
  GString *text = g_string_new (HEAD);
  guint order[N_EVENTS];

  for (guint i = 0; i < N_EVENTS; i++)
    order[i] = i;
  for (guint i = N_EVENTS - 1; i > 0; i--)
    {
      guint other = (guint) g_rand_int_range (rand, 0, (int) i + 1);
      guint kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
  for (guint i = 0; i < N_EVENTS; i++)
    {
      guint n = order[i];
      gboolean closed = closes_at[n] <= list;

      g_string_append_printf (text, "MD-%u;%s;;02.03.2026 0%u:05;", n % 4 + 1,
                              n % 2 ? "Rull sitter fast" : "Ingen kontakt", n / 4 + 2);
      if (closed)
        g_string_append_printf (text, "02.03.2026 08:%02u;Lukket;\n", closes_at[n]);
      else
        g_string_append (text, ";Åpen;\n");
    }
  return g_string_free (text, FALSE);
}

static char *
describe (BenkSessionFixture *f)
{
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT hex (id) || serial || code || status || raised_ms ||"
                     " ifnull (closed_ms, 0) || take_deadline_ms FROM alarm ORDER BY id",
                     &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (benk_stmt_step (stmt, &error))
    g_string_append_printf (text, "%s\n", benk_stmt_get_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* Lists in any order, some of them twice, end in what the newest alone says. */
static void
test_any_order (void)
{
  guint n_rounds = g_test_slow () ? 200 : 6;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260302);
  guint n_lists = 0;

  for (guint round = 0; round < n_rounds; round++)
    {
      BenkSessionFixture one = { NULL };
      BenkSessionFixture other = { NULL };
      guint8 closes_at[N_EVENTS];
      g_autofree char *newest = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *got = NULL;

      for (guint i = 0; i < N_EVENTS; i++)
        closes_at[i] = (guint8) g_rand_int_range (rand, 1, N_LISTS + 3);
      benk_session_fixture_set_up (&one, NULL);
      benk_session_fixture_set_up (&other, NULL);
      newest = export_at (closes_at, N_LISTS, rand);
      take_in (&one, newest);
      for (guint i = 0, times = N_LISTS * 2; i < times; i++)
        {
          g_autofree char *list =
            export_at (closes_at, (guint) g_rand_int_range (rand, 0, N_LISTS + 1), rand);

          take_in (&other, list);
          n_lists++;
        }
      take_in (&other, newest);
      g_assert_cmpint (take_in (&other, newest), ==, 0);
      expected = describe (&one);
      got = describe (&other);
      g_assert_cmpstr (got, ==, expected);
      benk_session_fixture_tear_down (&one, NULL);
      benk_session_fixture_tear_down (&other, NULL);
    }
  g_test_message ("%u rounds, %u lists in any order", n_rounds, n_lists);
}

#define TEST(path, data, func)                                                           \
  g_test_add ("/session/alarm-lists/" path, BenkSessionFixture, data,                    \
              benk_session_fixture_set_up, func, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/alarm-lists/reads/%s", LISTS[i].name);

      g_test_add (path, BenkSessionFixture, &LISTS[i], benk_session_fixture_set_up,
                  test_list, benk_session_fixture_tear_down);
    }
  TEST ("a-later-list-closes-elsewhere", NULL, test_later_list_closes);
  TEST ("an-unknown-word-is-asked-once", NULL, test_unknown_word_is_asked_once);
  TEST ("is-never-undone-and-keeps-words-personal", NULL, test_is_never_undone);
  TEST ("counts-from-when-it-was-raised", NULL, test_counts_from_when_it_was_raised);
  g_test_add_func ("/session/alarm-lists/end-alike-in-any-order", test_any_order);
  return g_test_run ();
}
