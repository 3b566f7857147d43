/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-error.h"

/* Every fault of the hub ends in a state that a person understands, and in none when the
 * hub is right again. */

typedef struct
{
  const char *spec;
  BenkTrouble trouble;
  gint64 number;
  const char *happened;
} TroubleRow;

#define BROKE "The connection broke before the whole answer was there. "
#define REFUSED "The source does not accept what it is asked (HTTP "
#define FAULT "The source has a fault of its own (HTTP "
#define GARBLED "What the source answered is not a list of alarms. "
#define LARGE "The answer was larger than is read at once. "
#define CIRCLE "The pages of the answer lead in a circle or to another address. "
#define ELSEWHERE "There are no alarms at the source's address (HTTP "

/* Of these the clock has to go on. */
static const char stalls[] = "The source did not answer in time. ";

static const TroubleRow rows[] = {
  { "half-open", BENK_TROUBLE_NO_ANSWER, 0, stalls },
  { "half-head", BENK_TROUBLE_NO_ANSWER, 0, stalls },
  { "drip", BENK_TROUBLE_NO_ANSWER, 0, stalls },
  { "slow", BENK_TROUBLE_NO_ANSWER, 0, stalls },
  { "portal", BENK_TROUBLE_LOGIN_PAGE, 0,
    "A web page answered instead of the source: the network probably asks you to log in."
    " " },
  { "redirect", BENK_TROUBLE_REDIRECT, 0,
    "The answer leads to another address, which was not asked. " },
  { "401", BENK_TROUBLE_TOKEN, 401, "The source does not accept the token (HTTP 401). " },
  { "403", BENK_TROUBLE_NO_ACCESS, 403,
    "The token does not give access to alarms (HTTP 403). " },
  { "407", BENK_TROUBLE_TOKEN, 407, "The source does not accept the token (HTTP 407). " },
  { "404", BENK_TROUBLE_NOT_THERE, 404, ELSEWHERE "404). " },
  { "410", BENK_TROUBLE_NOT_THERE, 410, ELSEWHERE "410). " },
  { "400", BENK_TROUBLE_REFUSED, 400, REFUSED "400). " },
  { "409", BENK_TROUBLE_REFUSED, 409, REFUSED "409). " },
  { "412", BENK_TROUBLE_REFUSED, 412, REFUSED "412). " },
  { "422", BENK_TROUBLE_REFUSED, 422, REFUSED "422). " },
  { "428", BENK_TROUBLE_REFUSED, 428, REFUSED "428). " },
  { "408", BENK_TROUBLE_NO_ANSWER, 408,
    "The source did not answer in time (HTTP 408). " },
  { "wait=300", BENK_TROUBLE_ASKED_TO_WAIT, FIXTURE_WALL_MS + 300 * 1000,
    "The source asks us to wait until 09:05. " },
  { "wait-until=300", BENK_TROUBLE_ASKED_TO_WAIT, FIXTURE_WALL_MS + 300 * 1000,
    "The source asks us to wait until 09:05. " },
  { "500", BENK_TROUBLE_SERVER, 500, FAULT "500). " },
  { "502", BENK_TROUBLE_SERVER, 502, FAULT "502). " },
  { "503", BENK_TROUBLE_SERVER, 503, FAULT "503). " },
  { "504", BENK_TROUBLE_SERVER, 504, FAULT "504). " },
  { "304", BENK_TROUBLE_GARBLED, 304,
    "What the source answered is not a list of alarms (HTTP 304). " },
  { "malformed", BENK_TROUBLE_GARBLED, 0, GARBLED },
  { "deep", BENK_TROUBLE_GARBLED, 0, GARBLED },
  { "empty", BENK_TROUBLE_GARBLED, 0, GARBLED },
  { "lie", BENK_TROUBLE_GARBLED, 0, GARBLED },
  { "huge", BENK_TROUBLE_TOO_LARGE, 0, LARGE },
  { "bomb", BENK_TROUBLE_TOO_LARGE, 0, LARGE },
  { "foreign-next", BENK_TROUBLE_PAGES, 0, CIRCLE },
  { "endless-next", BENK_TROUBLE_PAGES, 0, CIRCLE },
  { "truncated", BENK_TROUBLE_CUT, 0, BROKE },
  { "lost", BENK_TROUBLE_CUT, 0, BROKE },
  { "drop", BENK_TROUBLE_CUT, 0, BROKE },
};

static BenkFeed *
get_feed (BenkAlarmsFixture *f)
{
  return g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
}

/* Where nothing comes, the clock goes on. */
static gboolean
sync_in_time (BenkAlarmsFixture *f, gboolean stalled, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_feeds_sync_async (f->feeds, NULL, benk_session_fixture_keep, &result);
  while (result == NULL)
    if (!g_main_context_iteration (NULL, FALSE))
      {
        if (stalled)
          benk_session_fixture_advance (&f->base, 500);
        g_thread_yield ();
      }
  return benk_feeds_sync_finish (f->feeds, result, NULL, NULL, error);
}

static void
check_trouble (BenkAlarmsFixture *f, const TroubleRow *row)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  const char *problem = benk_feed_get_problem (feed);

  g_assert_cmpstr (benk_trouble_to_name (benk_feed_get_trouble (feed)), ==,
                   benk_trouble_to_name (row->trouble));
  g_assert_cmpint (benk_feed_get_trouble_number (feed), ==, row->number);
  g_assert_true (g_str_has_prefix (problem, row->happened));
  problem += strlen (row->happened);
  g_assert_true (g_str_has_prefix (problem, "What came until 09:00 is kept. "));
  g_assert_cmpuint (strlen (problem), >, strlen ("What came until 09:00 is kept. ") + 10);
}

static void
test_trouble (BenkAlarmsFixture *f, gconstpointer data)
{
  const TroubleRow *row = data;
  g_autofree char *first = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *spec = g_strdup_printf ("%s:GET@3", row->spec);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = NULL;

  benk_alarms_fixture_must_sync (f);
  second = benk_alarms_fixture_raise (f, "1.17");
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, spec, NULL));
  g_assert_false (sync_in_time (f, row->happened == stalls, &error));
  check_trouble (f, row);

  benk_virtual_hub_clear_faults (f->hub);
  benk_alarms_fixture_must_sync (f);
  feed = get_feed (f);
  g_assert_null (benk_feed_get_problem (feed));
  g_assert_cmpint (benk_feed_get_trouble (feed), ==, BENK_TROUBLE_NONE);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 2);
}

static void
check_words (BenkTrouble trouble)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const BenkTroubleNote note = { trouble, 0 };
  BenkTroubleNote back;
  g_autofree char *text = benk_trouble_note_to_text (&note);
  g_autofree char *words =
    benk_trouble_note_describe (&note, FIXTURE_WALL_MS, FIXTURE_WALL_MS, zone);
  g_autofree char *never = benk_trouble_note_describe (&note, 0, FIXTURE_WALL_MS, zone);

  g_assert_true (benk_trouble_note_parse (text, &back));
  g_assert_cmpint (back.trouble, ==, trouble);
  g_assert_nonnull (strstr (words, ". What came until 08:00 is kept. "));
  g_assert_nonnull (strstr (never, ". Nothing has come from it yet. "));
  g_assert_true (g_str_has_suffix (words, "."));
  g_assert_cmpuint (strlen (benk_trouble_get_label (trouble)), <=, 32);
}

static void
test_every_trouble_has_words (void)
{
  BenkTroubleNote note;

  for (guint i = 1; i < BENK_N_TROUBLES; i++)
    check_words ((BenkTrouble) i);
  g_assert_false (benk_trouble_note_parse (NULL, &note));
  g_assert_false (benk_trouble_note_parse ("The source cannot be reached.", &note));
  g_assert_false (benk_trouble_note_parse ("server x", &note));
  g_assert_cmpint (note.number, ==, 0);
}

/* What an older version wrote is still shown, in its own words. */
static void
test_old_words (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->base.path, 0, f->base.clock, &error);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (BenkFeed) feed = get_feed (f);

  benk_db_exec (db, "UPDATE feed SET last_error = 'Kilden kan ikke nås.'", &error);
  g_assert_no_error (error);
  benk_feeds_load_async (f->feeds, NULL, benk_session_fixture_keep, &loaded);
  benk_feeds_load_finish (f->feeds, BENK_AWAIT (loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (benk_feed_get_problem (feed), ==, "Kilden kan ikke nås.");
  g_assert_cmpint (benk_feed_get_trouble (feed), ==, BENK_TROUBLE_NONE);
}

static void
test_not_saved (BenkAlarmsFixture *f, gconstpointer data)
{
  static const TroubleRow row = { "", BENK_TROUBLE_NOT_SAVED, 0,
                                  "What came could not be saved on this computer. " };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->base.path, 0, f->base.clock, &error);
  g_autoptr (BenkFeed) feed = get_feed (f);

  benk_alarms_fixture_must_sync (f);
  g_free (benk_alarms_fixture_raise (f, "1.8"));
  benk_db_exec (db,
                "CREATE TRIGGER broken BEFORE UPDATE ON feed WHEN NEW.last_error IS NULL"
                " BEGIN SELECT RAISE (ABORT, 'no room'); END",
                &error);
  g_assert_no_error (error);
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, NULL));
  check_trouble (f, &row);
  benk_db_exec (db, "DROP TRIGGER broken", &error);
  benk_alarms_fixture_must_sync (f);
  g_assert_null (benk_feed_get_problem (feed));
}

typedef struct
{
  const char *name;
  const char *url;
  const char *token_file;
  BenkTrouble trouble;
  const char *happened;
} OddSource;

static const OddSource odd_sources[] = {
  { "nobody-there", "http://127.0.0.1:9/fhir", NULL, BENK_TROUBLE_UNREACHABLE,
    "The source cannot be reached. Nothing has come from it yet. " },
  { "no-token", "http://127.0.0.1:9/fhir", "/nonexistent/token", BENK_TROUBLE_NO_TOKEN,
    "The token for the source cannot be read on this computer. Nothing has come from it "
    "yet. " },
};

static void
test_odd_source (BenkAlarmsFixture *f, gconstpointer data)
{
  const OddSource *row = data;
  const BenkNewFeed new_feed = { .name = "Odd",
                                 .url = row->url,
                                 .token_file = row->token_file };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = benk_alarms_fixture_add_feed (f, &new_feed, &error);

  g_assert_no_error (error);
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  g_assert_cmpstr (benk_trouble_to_name (benk_feed_get_trouble (feed)), ==,
                   benk_trouble_to_name (row->trouble));
  g_assert_true (g_str_has_prefix (benk_feed_get_problem (feed), row->happened));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/feeds/trouble/%s", rows[i].spec);

      BENK_ALARMS_TEST (path, &rows[i], test_trouble);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (odd_sources); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/feeds/trouble/%s", odd_sources[i].name);

      BENK_ALARMS_TEST (path, &odd_sources[i], test_odd_source);
    }
  BENK_ALARMS_TEST ("/session/feeds/trouble/not-saved", NULL, test_not_saved);
  BENK_ALARMS_TEST ("/session/feeds/trouble/words-of-an-older-version", NULL,
                    test_old_words);
  g_test_add_func ("/session/feeds/trouble/every-one-has-words",
                   test_every_trouble_has_words);
  g_test_message ("%u faults of the hub", (guint) G_N_ELEMENTS (rows));
  return g_test_run ();
}
