/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-error.h"

#include <string.h>

static gint64
journal_rows (BenkAlarmsFixture *f)
{
  return benk_session_fixture_count (&f->base, "SELECT max (seq) FROM journal");
}

static void
test_intake (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  guint n_new = 0;
  guint n_changed = 0;

  benk_alarms_fixture_sync (f, &n_new, &n_changed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_new, ==, 1);
  g_assert_cmpuint (n_changed, ==, 0);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_code (alarm), ==, "1.8");
  g_assert_cmpstr (benk_alarm_get_remote_id (alarm), ==, remote);
  g_assert_cmpstr (benk_alarm_get_feed_name (alarm), ==, "Hub");
  g_assert_cmpstr (benk_alarm_get_device_label (alarm), ==, "Medido " SERIAL);
  g_assert_cmpint (benk_alarm_get_severity (alarm), ==, 30);
  g_assert_cmpint (benk_alarm_get_responsibility (alarm), ==,
                   BENK_RESPONSIBILITY_TECHNICAL);
  g_assert_cmpint (benk_alarm_get_raised_ms (alarm), ==, FIXTURE_WALL_MS);
  g_assert_cmpint (benk_alarm_get_take_deadline_ms (alarm), ==,
                   FIXTURE_WALL_MS + 15 * 60 * 1000);
  g_assert_true (benk_alarm_get_deadlines_proposed (alarm));
  benk_alarms_fixture_wait_queue (f, 1);
}

static void
test_again (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  guint n_new = 0;
  guint n_changed = 0;
  gint64 rows;

  benk_alarms_fixture_must_sync (f);
  rows = journal_rows (f);
  for (int i = 0; i < 3; i++)
    {
      benk_session_fixture_advance (&f->base, 5000);
      benk_alarms_fixture_sync (f, &n_new, &n_changed, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_new + n_changed, ==, 0);
    }
  g_assert_cmpint (journal_rows (f), ==, rows);
}

static void
note_kept (BenkFeeds *feeds, BenkAlarm *alarm, BenkFeedNews news, gpointer data)
{
  BenkAlarmsFixture *f = data;
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));
  g_autoptr (GString) sql =
    g_string_new ("SELECT count (*) FROM alarm WHERE lower (hex (id)) = '");

  g_string_append (sql, id);
  g_string_replace (sql, "-", "", 0);
  g_string_append (sql, "'");
  g_assert_cmpint (news, !=, BENK_FEED_NEWS_CHANGED);
  g_assert_cmpint (benk_session_fixture_count (&f->base, sql->str), ==, 1);
  g_object_set_data (G_OBJECT (feeds), "told", GINT_TO_POINTER (1));
}

/* Another connection sees it by the time that it is told. */
static void
test_kept_first (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");

  g_signal_connect (f->feeds, "alarm", G_CALLBACK (note_kept), f);
  benk_alarms_fixture_must_sync (f);
  g_assert_nonnull (g_object_get_data (G_OBJECT (f->feeds), "told"));
}

static void
test_thousand (BenkAlarmsFixture *f, gconstpointer data)
{
  gint64 rows = journal_rows (f);
  gint64 start;
  guint n_new = 0;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *serial = g_strdup_printf ("X-%04d", i);
      const BenkVirtualAlarm alarm = { .serial = serial,
                                       .code = "1.20",
                                       .patient_number = NUMBER };

      g_free (benk_virtual_hub_raise (f->hub, &alarm));
    }
  start = g_get_monotonic_time ();
  benk_alarms_fixture_sync (f, &n_new, NULL, NULL);
  g_test_message ("1000 alarms in %d ms",
                  (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpuint (n_new, ==, 1000);
  g_assert_cmpint (journal_rows (f) - rows, ==, 10);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 1000);
}

typedef struct
{
  const char *name;
  const char *system;
  const char *code;
  const char *kept;
  BenkResponsibility responsibility;
} CodeRow;

static const CodeRow code_rows[] = {
  { "national", NULL, "1.1", "1.1", BENK_RESPONSIBILITY_CARE },
  { "ten-is-not-one", NULL, "1.10", "1.10", BENK_RESPONSIBILITY_CARE },
  { "unknown", NULL, "1.99", "1.99", BENK_RESPONSIBILITY_TECHNICAL },
  { "older-event", "http://ehelse.no/fhir/CodeSystem/vkp-event-v06", "4", "1.5",
    BENK_RESPONSIBILITY_TECHNICAL },
  { "a-vendors-own", "urn:vendor", "1.1", "urn:vendor|1.1",
    BENK_RESPONSIBILITY_TECHNICAL },
};

static void
test_code (BenkAlarmsFixture *f, gconstpointer data)
{
  const CodeRow *row = data;
  const BenkVirtualAlarm raised = {
    .serial = SERIAL, .code = row->code, .code_system = row->system, .text = "Kilden sier"
  };
  g_autofree char *remote = benk_virtual_hub_raise (f->hub, &raised);
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_code (alarm), ==, row->kept);
  g_assert_cmpstr (benk_alarm_get_code_text (alarm), ==, "Kilden sier");
  g_assert_cmpint (benk_alarm_get_responsibility (alarm), ==, row->responsibility);
}

static void
test_malformed (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *before = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *bad = benk_virtual_hub_put_text (
    f->hub, "{\"resourceType\":\"DetectedIssue\",\"id\":7,\"status\":\"preliminary\"}");
  g_autofree char *odd = benk_virtual_hub_put_text (
    f->hub,
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"odd\",\"status\":\"preliminary\","
    "\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"2026-03-02T08:00:00Z\"}}");
  g_autofree char *after = benk_alarms_fixture_raise (f, "1.17");
  guint n_new = 0;

  benk_alarms_fixture_sync (f, &n_new, NULL, NULL);
  g_assert_cmpuint (n_new, ==, 3);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM feed_seen WHERE fault LIKE"
                               " '$.entry[1].resource.id length=% sha256=%'"),
                   ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM feed_seen WHERE remote_id = 'odd'"
                               " AND alarm_id IS NOT NULL AND fault LIKE '$.entry[2]%'"),
                   ==, 1);
}

static void
test_unknown_device (BenkAlarmsFixture *f, gconstpointer data)
{
  const BenkVirtualAlarm raised = { .serial = "STRANGE-1", .code = "1.8" };
  g_autofree char *remote = benk_virtual_hub_raise (f->hub, &raised);
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_id_is_nil (benk_alarm_get_device_id (alarm)));
  g_assert_cmpstr (benk_alarm_get_serial (alarm), ==, "STRANGE-1");
  g_assert_null (benk_alarm_get_device_label (alarm));
}

/* The change log cannot be erased: whatever a source writes where a device's number
 * belongs, a person's name and number do not get there. */
static void
test_no_person_as_device (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const serials[] = { "Kari Nordmanns dispenser, Storgata 5", NUMBER,
                                         "MD-000777" };
  GListModel *queue = benk_alarms_get_queue (f->alarms);

  for (gsize i = 0; i < G_N_ELEMENTS (serials); i++)
    g_free (benk_virtual_hub_raise (f->hub, &(BenkVirtualAlarm){ .serial = serials[i],
                                                                 .code = "1.8" }));
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, G_N_ELEMENTS (serials));
  g_assert_cmpuint (g_list_model_get_n_items (queue), ==, G_N_ELEMENTS (serials));
  for (gsize i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT count (*) FROM journal WHERE instr (changeset, '%s')",
                         serials[i]);

      g_assert_cmpint (benk_session_fixture_count (&f->base, sql), ==, i == 2);
    }
}

static void
test_closed_elsewhere (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;
  guint n_changed = 0;

  benk_alarms_fixture_must_sync (f);
  benk_session_fixture_advance (&f->base, 60000);
  g_assert_true (benk_virtual_hub_close_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  benk_alarms_fixture_sync (f, NULL, &n_changed, NULL);
  g_assert_cmpuint (n_changed, ==, 1);
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_status (alarm), ==, BENK_ALARM_STATUS_CLOSED);
  g_assert_cmpint (benk_alarm_get_closed_ms (alarm), ==, FIXTURE_WALL_MS + 60000);
  benk_alarms_fixture_wait_queue (f, 0);
}

static void
test_taken_elsewhere (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_status (alarm), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpstr (benk_alarm_get_taken_by (alarm), ==, "Ansvarsvakt");
}

/* Said again within 900 s: one row, and closing it closes both at the source. */
/* One resource with a stamp of the future hides nothing that comes after it, and is
 * itself followed when the clock is right again. */
static void
test_stamp_of_the_future (BenkAlarmsFixture *f, gconstpointer data)
{
  static const char *const text =
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"ahead\",\"status\":\"%s\","
    "\"code\":{\"coding\":[{\"code\":\"1.8\"}]},"
    "\"meta\":{\"versionId\":\"%d\",\"lastUpdated\":\"%s\"}}";
  g_autofree char *ahead =
    g_strdup_printf (text, "preliminary", 1, "2099-01-01T00:00:00Z");
  g_autofree char *right = g_strdup_printf (text, "final", 2, "2026-03-02T08:00:10Z");
  g_autofree char *id = benk_virtual_hub_put_text (f->hub, ahead);
  g_autofree char *later = NULL;
  guint n_new = 0;

  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 1);

  benk_session_fixture_advance (&f->base, 20 * 1000);
  later = benk_alarms_fixture_raise (f, "1.17");
  g_free (benk_virtual_hub_put_text (f->hub, right));
  benk_alarms_fixture_sync (f, &n_new, NULL, NULL);
  g_assert_cmpuint (n_new, ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE remote_id = 'ahead'"
                               " AND status = 'closed'"),
                   ==, 1);
}

/* What the document tells of must have been accepted before. */
static void
test_document_waits_for_the_closing (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:PUT@1", NULL));
  benk_alarms_fixture_close (f, alarm, NULL, NULL);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);

  benk_session_fixture_advance (&f->base, 60 * 1000);
  g_assert_cmpuint (benk_alarms_fixture_flush (f), ==, 2);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
}

/* A laptop whose clock was a year ahead sends as soon as it is right again. */
static void
test_clock_that_was_ahead (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock),
                            FIXTURE_WALL_MS + G_GINT64_CONSTANT (31536000000));
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "drop@9", NULL));
  benk_alarms_fixture_close (f, alarm, NULL, NULL);
  benk_virtual_hub_clear_faults (f->hub);

  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock), FIXTURE_WALL_MS + 60000);
  g_assert_cmpuint (benk_alarms_fixture_flush (f), ==, 2);
}

static void
test_two_feeds (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkVirtualHub) other = benk_virtual_hub_new (f->base.clock, NULL);
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (GError) error = NULL;
  const BenkVirtualAlarm raised = { .identifier =
                                      "urn:uuid:0f6b1a52-6c0e-4b0e-9d53-2b2c5a1c7e10",
                                    .serial = SERIAL,
                                    .code = "1.8" };
  guint n_new = 0;

  g_assert_true (benk_virtual_hub_start (other, NULL));
  feed = benk_alarms_fixture_add_feed (
    f, &(BenkNewFeed){ .name = "Another", .url = benk_virtual_hub_get_url (other) },
    &error);
  g_assert_no_error (error);
  g_free (benk_virtual_hub_raise (f->hub, &raised));
  g_free (benk_virtual_hub_raise (other, &raised));
  benk_alarms_fixture_sync (f, &n_new, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_new, ==, 1);
  g_object_unref (benk_alarms_fixture_get_only (f, FALSE));
  benk_virtual_hub_stop (other);
}

/* One source is silent: it is named, the other is asked all the same, and goes on. */
static void
test_one_fails (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkFeed) dead = NULL;
  g_autoptr (BenkFeed) hub = g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  guint n_new = 0;

  dead = benk_alarms_fixture_add_feed (
    f, &(BenkNewFeed){ .name = "Dead", .url = "http://127.0.0.1:9/fhir" }, &error);
  g_assert_no_error (error);
  g_assert_false (benk_alarms_fixture_sync (f, &n_new, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_nonnull (strstr (error->message, "Dead: "));
  g_assert_cmpuint (n_new, ==, 1);
  g_assert_nonnull (benk_feed_get_problem (dead));
  g_assert_null (benk_feed_get_problem (hub));
  g_assert_cmpint (benk_feed_get_answered_ms (hub), ==, FIXTURE_WALL_MS);
  g_assert_false (benk_feed_is_silent (hub));
  g_assert_true (benk_feed_is_silent (dead));
  benk_session_fixture_advance (&f->base, 121 * 1000);
  g_assert_true (benk_feed_is_silent (hub));
}

static void
test_add_checks (BenkAlarmsFixture *f, gconstpointer data)
{
  static const struct
  {
    BenkNewFeed feed;
    int code;
  } rows[] = {
    { { .name = "Hub", .url = "https://hub.invalid/fhir" }, BENK_ERROR_CONFLICT },
    { { .name = " ", .url = "https://hub.invalid/fhir" }, BENK_ERROR_INVALID },
    { { .name = "x", .url = "http://hub.invalid/fhir" }, BENK_ERROR_TLS },
    { { .name = "x", .url = "nonsense" }, BENK_ERROR_INVALID },
    { { .name = "x", .url = "https://hub.invalid", .followup_url = "http://a.invalid" },
      BENK_ERROR_TLS },
    { { .name = "x", .url = "https://hub.invalid", .token = "a", .token_file = "b" },
      BENK_ERROR_USAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_alarms_fixture_add_feed (f, &rows[i].feed, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM feed"),
                   ==, 1);
}

static void
test_watch_needs_engine (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (benk_feeds_start (f->feeds, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);
}

static void
count_round (BenkFeeds *feeds, gpointer count)
{
  (*(guint *) count)++;
}

static void
wait_rounds (BenkAlarmsFixture *f, guint *count, guint wanted)
{
  while (*count < wanted)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gint64
count_notes (BenkAlarmsFixture *f, const char *kind)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM watch_log WHERE kind = '%s'", kind);

  return benk_session_fixture_count (&f->base, sql);
}

/* As the engine: asks at once, then by the clock; 429 is left alone. */
static void
test_watch (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSession) session = NULL;
  BenkFeeds *feeds;
  guint rounds = 0;
  guint asked;

  benk_session_open_async (f->base.path, BENK_SESSION_ENGINE, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  feeds = benk_session_get_feeds (session);
  g_signal_connect (feeds, "round", G_CALLBACK (count_round), &rounds);
  g_assert_true (benk_feeds_start (feeds, &error));
  wait_rounds (f, &rounds, 1);
  g_free (benk_alarms_fixture_raise (f, "1.8"));
  benk_session_fixture_advance (&f->base, 19 * 1000);
  wait_rounds (f, &rounds, 2);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 1);

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "429:GET", NULL));
  benk_session_fixture_advance (&f->base, 19 * 1000);
  wait_rounds (f, &rounds, 3);
  asked = benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue");
  benk_session_fixture_advance (&f->base, 19 * 1000);
  wait_rounds (f, &rounds, 3);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue"), ==,
                    asked);
  benk_session_fixture_advance (&f->base, 60 * 1000);
  wait_rounds (f, &rounds, 4);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock), FIXTURE_WALL_MS);
  for (guint seen = rounds; count_notes (f, "clock-jump") == 0; seen = rounds)
    {
      benk_session_fixture_advance (&f->base, 60 * 1000);
      wait_rounds (f, &rounds, seen + 1);
    }
  g_signal_handlers_disconnect_by_data (feeds, &rounds);
  benk_feeds_stop (feeds);
  g_clear_object (&session);
  /* What was under way keeps the session until it is given up. */
  while (count_notes (f, "ends") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (count_notes (f, "begins"), ==, 1);
}

static void
test_new_source_at_once (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) chosen = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSession) session = NULL;
  g_autoptr (BenkFeed) feed = NULL; /* asked while the clock stands still */
  BenkNewFeed new_feed = { .name = "Second", .url = benk_virtual_hub_get_url (f->hub) };
  BenkFeeds *feeds;
  guint rounds = 0;

  benk_session_open_async (f->base.path, BENK_SESSION_ENGINE, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  benk_session_choose_staff_async (session, "KT", NULL, NULL, benk_session_fixture_keep,
                                   &chosen);
  g_assert_true (benk_session_choose_staff_finish (session, BENK_AWAIT (chosen), &error));
  feeds = benk_session_get_feeds (session);
  g_signal_connect (feeds, "round", G_CALLBACK (count_round), &rounds);
  g_assert_true (benk_feeds_start (feeds, &error));
  wait_rounds (f, &rounds, 1);
  benk_feeds_add_async (feeds, &new_feed, NULL, benk_session_fixture_keep, &added);
  feed = benk_feeds_add_finish (feeds, BENK_AWAIT (added), &error);
  wait_rounds (f, &rounds, 2);
  g_signal_handlers_disconnect_by_data (feeds, &rounds);
  benk_feeds_stop (feeds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/an-alarm-comes-in", NULL, test_intake);
  BENK_ALARMS_TEST ("/session/feeds/asking-again-changes-nothing", NULL, test_again);
  BENK_ALARMS_TEST ("/session/feeds/kept-before-it-is-told", NULL, test_kept_first);
  BENK_ALARMS_TEST ("/session/feeds/a-page-is-one-change", NULL, test_thousand);
  for (gsize i = 0; i < G_N_ELEMENTS (code_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/feeds/code/%s", code_rows[i].name);

      BENK_ALARMS_TEST (path, &code_rows[i], test_code);
    }
  BENK_ALARMS_TEST ("/session/feeds/malformed-is-kept-and-told", NULL, test_malformed);
  BENK_ALARMS_TEST ("/session/feeds/unknown-device-is-shown", NULL, test_unknown_device);
  BENK_ALARMS_TEST ("/session/feeds/no-person-is-kept-as-a-device", NULL,
                    test_no_person_as_device);
  BENK_ALARMS_TEST ("/session/feeds/closed-elsewhere", NULL, test_closed_elsewhere);
  BENK_ALARMS_TEST ("/session/feeds/taken-elsewhere", NULL, test_taken_elsewhere);
  BENK_ALARMS_TEST ("/session/feeds/a-stamp-of-the-future-hides-nothing", NULL,
                    test_stamp_of_the_future);
  BENK_ALARMS_TEST ("/session/feeds/a-document-waits-for-the-closing", NULL,
                    test_document_waits_for_the_closing);
  BENK_ALARMS_TEST ("/session/feeds/a-clock-that-was-ahead-delays-nothing", NULL,
                    test_clock_that_was_ahead);
  BENK_ALARMS_TEST ("/session/feeds/one-alarm-from-two-sources", NULL, test_two_feeds);
  BENK_ALARMS_TEST ("/session/feeds/one-silent-source", NULL, test_one_fails);
  BENK_ALARMS_TEST ("/session/feeds/what-is-no-source-is-refused", NULL, test_add_checks);
  BENK_ALARMS_TEST ("/session/feeds/only-the-engine-watches", NULL,
                    test_watch_needs_engine);
  BENK_ALARMS_TEST ("/session/feeds/watch-asks-by-the-clock", NULL, test_watch);
  BENK_ALARMS_TEST ("/session/feeds/a-new-source-is-asked-at-once", NULL,
                    test_new_source_at_once);
  return g_test_run ();
}
