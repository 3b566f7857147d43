/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-alarms-wait.h"
#include "benk-attention.h"
#include "benk-error.h"
#include "benk-session-private.h"
#include "benk-store.h"
#include "benk-table-local.h"
#include "benk-watch-gap.h"

/* What of the alarms' own business cannot be written down is said, tried again by itself,
 * and never claimed. */

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)

static void
exec (BenkAlarmsFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (f->base.path, BENK_DB_READ_WRITE, f->base.clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

#define BREAK(when)                                                                      \
  "CREATE TRIGGER broken BEFORE " when " BEGIN SELECT RAISE (ABORT, 'no room'); END"
#define MEND "DROP TRIGGER broken"

static const char *
get_problem (BenkSession *session)
{
  return benk_attention_get_save_problem (benk_session_get_attention (session));
}

static void
assert_problem (BenkSession *session, const char *words)
{
  const char *problem = get_problem (session);

  g_assert_nonnull (problem);
  g_assert_true (g_str_has_prefix (problem, words));
  g_assert_nonnull (strstr (problem, " It is tried again by itself. ("));
  g_assert_true (g_str_has_suffix (problem, "(store: constraint failed (SQLite 1811))"));
  g_assert_null (strchr (problem, '\n'));
}

/* An alarm whose closing waits to be sent. */
static void
close_one (BenkAlarmsFixture *f)
{
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  g_free (benk_alarms_fixture_raise (f, "1.8"));
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "drop@99", NULL));
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  benk_virtual_hub_clear_faults (f->hub);
  benk_session_fixture_advance (&f->base, 10 * MINUTE);
}

typedef struct
{
  const char *name;
  const char *broken;
} OutboxRow;

static const OutboxRow outbox_rows[] = {
  { "to-be-sent", BREAK ("UPDATE ON outbox") },
  { "accepted", BREAK ("UPDATE ON outbox WHEN NEW.state = 'accepted'") },
  { "document-accepted",
    BREAK ("INSERT ON alarm_step WHEN NEW.kind = 'followup-accepted'") },
};

static void
test_outbox (BenkAlarmsFixture *f, gconstpointer data)
{
  const OutboxRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = NULL;

  close_one (f);
  exec (f, row->broken);
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "What waits to be sent: "));
  assert_problem (f->base.session,
                  "What is sent to the sources, and what became of it, cannot be saved "
                  "now.");
  feed = g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
  g_assert_null (benk_feed_get_problem (feed));

  exec (f, MEND);
  /* What was sent is held until it is known to be lost, then searched for. */
  for (guint i = 0; i < 4; i++)
    {
      benk_session_fixture_advance (&f->base, 4 * MINUTE);
      benk_alarms_fixture_must_sync (f);
    }
  g_assert_null (get_problem (f->base.session));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM outbox WHERE state <> 'accepted'"),
                   ==, 0);
}

/* --- what was handed out --- */

static const char *
get_dispenses (BenkAlarmsFixture *f)
{
  g_autoptr (BenkFeed) feed = g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);

  return benk_feed_get_dispenses (feed);
}

/* Neither what was told nor that it could not be read: it stands at its source. */
static void
test_dispenses (BenkAlarmsFixture *f, gconstpointer data)
{
  static const char *const unsaved = "What it tells of what dispensers hand out could "
                                     "not be saved. It is tried again by itself.";

  benk_alarms_fixture_must_sync (f);
  g_assert_cmpstr (get_dispenses (f), ==, "Tells what dispensers hand out.");
  exec (f, BREAK ("UPDATE ON feed WHEN NEW.dispenses_asked_ms > OLD.dispenses_asked_ms"));
  benk_session_fixture_advance (&f->base, 2 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  assert_problem (f->base.session,
                  "What a source tells of what dispensers hand out cannot be saved now.");
  g_assert_cmpstr (get_dispenses (f), ==, unsaved);

  exec (f, MEND);
  benk_session_fixture_advance (&f->base, 2 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  g_assert_null (get_problem (f->base.session));
  g_assert_cmpstr (get_dispenses (f), ==, "Tells what dispensers hand out.");
}

/* --- the log of the watch --- */

static void
on_round (BenkFeeds *feeds, guint *n_rounds)
{
  (*n_rounds)++;
}

static void
pass (BenkAlarmsFixture *f, guint *n_rounds, gint64 ms)
{
  for (gint64 passed = 0; passed < ms; passed += 20 * 1000)
    {
      guint seen = *n_rounds;

      benk_session_fixture_advance (&f->base, 20 * 1000);
      while (*n_rounds == seen)
        g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static BenkSession *
start_watch (BenkAlarmsFixture *f, guint *n_rounds)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  BenkSession *session;

  benk_session_open_async (f->base.path, BENK_SESSION_ENGINE, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  g_signal_connect (benk_session_get_feeds (session), "round", G_CALLBACK (on_round),
                    n_rounds);
  g_assert_true (benk_feeds_start (benk_session_get_feeds (session), &error));
  while (*n_rounds == 0)
    g_main_context_iteration (NULL, TRUE);
  return session;
}

static gint64
count_notes (BenkAlarmsFixture *f, const char *kind)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM watch_log WHERE kind = '%s'", kind);

  return benk_session_fixture_count (&f->base, sql);
}

static void
stop_watch (BenkAlarmsFixture *f, BenkSession *session)
{
  gint64 n_ends = count_notes (f, "ends");

  g_signal_handlers_disconnect_matched (benk_session_get_feeds (session),
                                        G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_round, NULL);
  benk_feeds_stop (benk_session_get_feeds (session));
  g_object_unref (session);
  while (count_notes (f, "ends") == n_ends)
    g_main_context_iteration (NULL, FALSE);
}

static GArray *
find_gaps (BenkAlarmsFixture *f, BenkSession *session)
{
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (&f->base);
  g_autoptr (BenkFeed) feed =
    g_list_model_get_item (benk_feeds_get_list (benk_session_get_feeds (session)), 0);
  g_autoptr (GArray) events =
    benk_table_watch_log_list (db, benk_feed_get_id (feed), NULL);

  return benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data,
                               events->len, benk_feed_get_answered_ms (feed),
                               benk_clock_get_wall_ms (f->base.clock));
}

/* The program was not there for an hour; that it is again cannot be written at first. */
static void
test_begins (BenkAlarmsFixture *f, gconstpointer data)
{
  guint n_rounds = 0;
  BenkSession *session = start_watch (f, &n_rounds);
  gint64 ended_ms;
  gint64 begun_ms;
  g_autoptr (GArray) meanwhile = NULL;
  g_autoptr (GArray) gaps = NULL;

  pass (f, &n_rounds, 2 * MINUTE);
  ended_ms = benk_clock_get_wall_ms (f->base.clock);
  stop_watch (f, session);
  benk_session_fixture_advance (&f->base, HOUR);
  begun_ms = benk_clock_get_wall_ms (f->base.clock);
  exec (f, BREAK ("INSERT ON watch_log WHEN NEW.kind <> 'answers'"));
  n_rounds = 0;
  session = start_watch (f, &n_rounds);
  pass (f, &n_rounds, 10 * MINUTE);
  assert_problem (session, "That the sources are watched cannot be written down now.");
  meanwhile = find_gaps (f, session);
  g_assert_nonnull (benk_watch_find_gap (meanwhile, ended_ms + 30 * MINUTE));
  g_assert_nonnull (benk_watch_find_gap (meanwhile, begun_ms + 5 * MINUTE));

  exec (f, MEND);
  pass (f, &n_rounds, MINUTE);
  g_assert_null (get_problem (session));
  gaps = find_gaps (f, session);
  g_assert_nonnull (benk_watch_find_gap (gaps, ended_ms + 30 * MINUTE));
  g_assert_nonnull (benk_watch_find_gap (gaps, begun_ms));
  g_assert_null (benk_watch_find_gap (gaps, begun_ms + 5 * MINUTE));
  g_assert_cmpint (count_notes (f, "begins"), ==, 2);
  stop_watch (f, session);
}

/* A sleep is a gap of its length, also when that is written down late; so is what could
 * not be kept meanwhile. */
static void
test_late (BenkAlarmsFixture *f, gconstpointer data)
{
  guint n_rounds = 0;
  BenkSession *session = start_watch (f, &n_rounds);
  gint64 slept_ms;
  guint seen;
  g_autoptr (GArray) gaps = NULL;

  pass (f, &n_rounds, MINUTE);
  slept_ms = benk_clock_get_wall_ms (f->base.clock);
  exec (f, BREAK ("INSERT ON watch_log"));
  seen = n_rounds;
  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.clock), 8 * HOUR);
  while (n_rounds == seen)
    g_main_context_iteration (NULL, TRUE);
  pass (f, &n_rounds, MINUTE);
  g_assert_cmpint (count_notes (f, "late"), ==, 0);
  assert_problem (session, "That the sources are watched cannot be written down now.");
  exec (f, MEND);
  pass (f, &n_rounds, MINUTE);
  g_assert_null (get_problem (session));
  g_assert_cmpint (count_notes (f, "late"), ==, 1);
  gaps = find_gaps (f, session);
  g_assert_nonnull (benk_watch_find_gap (gaps, slept_ms + 1));
  g_assert_nonnull (benk_watch_find_gap (gaps, slept_ms + 8 * HOUR));
  g_assert_null (benk_watch_find_gap (gaps, slept_ms + 8 * HOUR + 2 * MINUTE));
  stop_watch (f, session);
}

/* Nothing can be written of the watch any more, and then the power goes. */
static void
lose_watch (BenkAlarmsFixture *f, BenkSession *session)
{
  gpointer store = benk_session_get_store (session);

  g_signal_handlers_disconnect_matched (benk_session_get_feeds (session),
                                        G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_round, NULL);
  g_object_add_weak_pointer (store, &store);
  benk_feeds_stop (benk_session_get_feeds (session));
  g_object_unref (session);
  while (store)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (count_notes (f, "ends"), ==, 0);
}

typedef struct
{
  const char *name;
  const char *broken;
  gboolean sleeps; /* else the power goes first, and another process asks once later */
} UnprovenRow;

static const UnprovenRow unproven_rows[] = {
  { "sleep", BREAK ("INSERT ON watch_log WHEN NEW.kind IN ('late', 'ends')"), TRUE },
  { "sleep-nothing-written", BREAK ("INSERT ON watch_log"), TRUE },
  { "asked-once-by-another", BREAK ("INSERT ON watch_log WHEN NEW.kind = 'ends'"),
    FALSE },
};

/* What the log does not prove is a gap, whenever the program dies and begins again. */
static void
test_unproven (BenkAlarmsFixture *f, gconstpointer data)
{
  const UnprovenRow *row = data;
  guint n_rounds = 0;
  BenkSession *session = start_watch (f, &n_rounds);
  gint64 slept_ms;
  g_autoptr (GArray) gaps = NULL;

  pass (f, &n_rounds, 10 * MINUTE);
  slept_ms = benk_clock_get_wall_ms (f->base.clock);
  exec (f, row->broken);
  if (row->sleeps)
    {
      guint seen = n_rounds;

      benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.clock), 8 * HOUR);
      while (n_rounds == seen)
        g_main_context_iteration (NULL, TRUE);
      pass (f, &n_rounds, 10 * MINUTE);
      lose_watch (f, session);
    }
  else
    {
      lose_watch (f, session);
      benk_session_fixture_advance (&f->base, 8 * HOUR);
      benk_alarms_fixture_must_sync (f);
      benk_session_fixture_advance (&f->base, MINUTE);
    }
  exec (f, MEND);
  n_rounds = 0;
  session = start_watch (f, &n_rounds);
  pass (f, &n_rounds, 2 * MINUTE);
  gaps = find_gaps (f, session);
  g_assert_null (benk_watch_find_gap (gaps, slept_ms - MINUTE));
  for (gint64 at_ms = slept_ms + MINUTE; at_ms <= slept_ms + 8 * HOUR; at_ms += MINUTE)
    g_assert_nonnull (benk_watch_find_gap (gaps, at_ms));
  g_assert_null (benk_watch_find_gap (gaps, benk_clock_get_wall_ms (f->base.clock)));
  stop_watch (f, session);
}

/* A source that was added while the others are watched is so from its first answer on. */
static void
test_added (BenkAlarmsFixture *f, gconstpointer data)
{
  guint n_rounds = 0;
  BenkSession *session = start_watch (f, &n_rounds);
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (BenkDb) db = NULL;
  g_autoptr (GArray) events = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GError) error = NULL;
  gint64 added_ms;

  pass (f, &n_rounds, MINUTE);
  feed = benk_alarms_fixture_add_feed (f,
                                       &(BenkNewFeed){
                                         .name = "Later",
                                         .url = benk_virtual_hub_get_url (f->hub),
                                         .token_file = f->token_path },
                                       &error);
  g_assert_no_error (error);
  added_ms = benk_clock_get_wall_ms (f->base.clock);
  pass (f, &n_rounds, 10 * MINUTE);
  db = benk_session_fixture_open_db (&f->base);
  events = benk_table_watch_log_list (db, benk_feed_get_id (feed), &error);
  g_assert_no_error (error);
  gaps = benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data,
                               events->len, benk_clock_get_wall_ms (f->base.clock),
                               benk_clock_get_wall_ms (f->base.clock));
  g_assert_nonnull (benk_watch_find_gap (gaps, added_ms));
  g_assert_null (benk_watch_find_gap (gaps, added_ms + 5 * MINUTE));
  stop_watch (f, session);
}

/* --- the end of a waiting --- */

static gboolean
note_over (BenkAlarms *alarms, BenkAlarm *alarm, guint *n_told)
{
  (*n_told)++;
  return TRUE;
}

static void
test_wait_told (BenkAlarmsFixture *f, gconstpointer data)
{
  const BenkAlarmWaiting waiting = { BENK_WAIT_VENDOR, FIXTURE_WALL_MS + HOUR, "C-77",
                                     BENK_COVERED_YES, "sykepleier Berit" };
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;

  g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS - MINUTE, &error);
  benk_alarms_fixture_take (f, alarm, &error);
  benk_alarms_wait_async (f->alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_session_fixture_keep, &result);
  benk_alarms_wait_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  exec (f, BREAK ("UPDATE ON alarm_local WHEN NEW.wait_told_ms IS NOT NULL"));
  benk_session_fixture_advance (&f->base, HOUR + MINUTE);
  while (get_problem (f->base.session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_problem (f->base.session,
                  "That the end of a waiting or of a deadline was told cannot be written "
                  "down now. It may be told again.");
  exec (f, MEND);
  for (guint i = 0; i < 10000 && get_problem (f->base.session) != NULL; i++)
    {
      benk_session_fixture_advance (&f->base, MINUTE / 10);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_thread_yield ();
    }
  g_assert_null (get_problem (f->base.session));
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base,
                     "SELECT count (*) FROM alarm_local WHERE wait_told_ms > 0"),
                   ==, 1);
  g_signal_handlers_disconnect_by_func (f->alarms, note_over, &n_told);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (outbox_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/feeds/unsaved/outbox/%s", outbox_rows[i].name);

      BENK_ALARMS_TEST (path, &outbox_rows[i], test_outbox);
    }
  BENK_ALARMS_TEST ("/session/feeds/unsaved/dispenses", NULL, test_dispenses);
  BENK_ALARMS_TEST ("/session/feeds/unsaved/watch/begins", NULL, test_begins);
  BENK_ALARMS_TEST ("/session/feeds/unsaved/watch/late", NULL, test_late);
  for (gsize i = 0; i < G_N_ELEMENTS (unproven_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/feeds/unsaved/watch/not-proven/%s",
                         unproven_rows[i].name);

      BENK_ALARMS_TEST (path, &unproven_rows[i], test_unproven);
    }
  BENK_ALARMS_TEST ("/session/feeds/unsaved/watch/added", NULL, test_added);
  BENK_ALARMS_TEST ("/session/feeds/unsaved/end-of-waiting", NULL, test_wait_told);
  return g_test_run ();
}
