/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-alarms-wait.h"
#include "benk-error.h"
#include "benk-history-item.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
wait_queue_code (BenkAlarmsFixture *f, guint position, const char *code)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);

  for (;;)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, position);

      if (alarm && g_strcmp0 (benk_alarm_get_code (alarm), code) == 0)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
let_wait (BenkAlarmsFixture *f,
          BenkAlarm *alarm,
          const BenkAlarmWaiting *waiting,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_wait_async (f->alarms, benk_alarm_get_id (alarm), 1, waiting, NULL,
                          benk_session_fixture_keep, &result);
  return benk_alarms_wait_finish (f->alarms, BENK_AWAIT (result), error);
}

static gboolean
stop (BenkAlarmsFixture *f, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_stop_waiting_async (f->alarms, benk_alarm_get_id (alarm), 1, NULL,
                                  benk_session_fixture_keep, &result);
  return benk_alarms_stop_waiting_finish (f->alarms, BENK_AWAIT (result), error);
}

static BenkAlarm *
add (BenkAlarmsFixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm =
    benk_alarms_fixture_add (f, SERIAL, code, FIXTURE_WALL_MS - MINUTE, &error);

  g_assert_no_error (error);
  return alarm;
}

static BenkAlarm *
add_taken (BenkAlarmsFixture *f, const char *code)
{
  BenkAlarm *alarm = add (f, code);
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  return alarm;
}

static void
must_wait (BenkAlarmsFixture *f, BenkAlarm *alarm, gint64 until_ms)
{
  const BenkAlarmWaiting waiting = { BENK_WAIT_VENDOR, until_ms, "C-77", BENK_COVERED_YES,
                                     "sykepleier Berit" };
  g_autoptr (GError) error = NULL;

  let_wait (f, alarm, &waiting, &error);
  g_assert_no_error (error);
}

static void
test_refused (BenkAlarmsFixture *f, gconstpointer data)
{
  static const struct
  {
    BenkAlarmWaiting waiting;
    int code;
  } rows[] = {
    { { BENK_WAIT_NONE, FIXTURE_WALL_MS + HOUR, NULL, BENK_COVERED_UNKNOWN, NULL },
      BENK_ERROR_INVALID },
    { { BENK_WAIT_VISIT, FIXTURE_WALL_MS, NULL, BENK_COVERED_UNKNOWN, NULL },
      BENK_ERROR_INVALID },
    { { BENK_WAIT_VISIT, FIXTURE_WALL_MS - HOUR, NULL, BENK_COVERED_UNKNOWN, NULL },
      BENK_ERROR_INVALID },
    { { BENK_WAIT_VISIT, FIXTURE_WALL_MS + 91 * DAY, NULL, BENK_COVERED_UNKNOWN, NULL },
      BENK_ERROR_INVALID },
    { { BENK_WAIT_CARE, FIXTURE_WALL_MS + HOUR, NULL, BENK_COVERED_YES, NULL },
      BENK_ERROR_REFUSED },
    { { BENK_WAIT_CARE, FIXTURE_WALL_MS + HOUR, NULL, BENK_COVERED_YES, "" },
      BENK_ERROR_REFUSED },
    { { BENK_WAIT_CARE, FIXTURE_WALL_MS + HOUR, NUMBER, BENK_COVERED_NO, NULL },
      BENK_ERROR_REFUSED },
    { { BENK_WAIT_CARE, FIXTURE_WALL_MS + HOUR, NULL, BENK_COVERED_YES, NUMBER },
      BENK_ERROR_REFUSED },
  };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (let_wait (f, alarm, &rows[i].waiting, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base,
                     "SELECT count (*) FROM alarm WHERE waiting_until_ms IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm_step WHERE kind = 'waiting'"),
                   ==, 0);
  g_test_message ("%u refusals", (guint) G_N_ELEMENTS (rows));
}

/* Only what somebody has taken waits; what does not wait cannot stop. */
static void
test_only_taken (BenkAlarmsFixture *f, gconstpointer data)
{
  const BenkAlarmWaiting waiting = { BENK_WAIT_VISIT, FIXTURE_WALL_MS + HOUR, NULL,
                                     BENK_COVERED_NO, NULL };
  g_autoptr (BenkAlarm) alarm = add (f, "1.8");
  g_autoptr (GError) error = NULL;

  g_assert_false (let_wait (f, alarm, &waiting, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  benk_alarms_fixture_take (f, alarm, NULL);
  g_assert_false (stop (f, alarm, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (let_wait (f, alarm, &waiting, &error));
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (let_wait (f, alarm, &waiting, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (stop (f, alarm, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
}

/* Waiting comes last, but never a critical one; its deadline goes on and counts. */
static void
test_order_and_deadline (BenkAlarmsFixture *f, gconstpointer data)
{
  static const char *const order[] = { "1.22", "1.17", "1.8" };
  g_autoptr (BenkAlarm) critical = add_taken (f, "1.22");
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) battery = add (f, "1.17");
  gint64 deadline_ms = benk_alarm_get_resolve_deadline_ms (jam);
  g_autoptr (GListModel) list = NULL;

  g_assert_cmpint (deadline_ms, >, FIXTURE_WALL_MS);
  must_wait (f, critical, FIXTURE_WALL_MS + DAY);
  must_wait (f, jam, FIXTURE_WALL_MS + DAY);
  wait_queue_code (f, 2, "1.8");
  list = benk_alarms_fixture_list (f, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (BenkAlarm) queued =
        g_list_model_get_item (benk_alarms_get_queue (f->alarms), i);
      g_autoptr (BenkAlarm) listed = g_list_model_get_item (list, i);

      g_assert_cmpstr (benk_alarm_get_code (queued), ==, order[i]);
      g_assert_cmpstr (benk_alarm_get_code (listed), ==, order[i]);
    }
  while (benk_alarms_get_n_urgent (f->alarms) != 1)
    g_main_context_iteration (NULL, TRUE);
  benk_session_fixture_advance (&f->base, deadline_ms - FIXTURE_WALL_MS + MINUTE);
  while (benk_alarms_get_n_urgent (f->alarms) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&jam);
  jam = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 2);
  g_assert_cmpint (benk_alarm_get_resolve_deadline_ms (jam), ==, deadline_ms);
}

static gboolean
note_over (BenkAlarms *alarms, BenkAlarm *alarm, gpointer n)
{
  (*(guint *) n)++;
  return TRUE;
}

static void
spin (BenkAlarmsFixture *f)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (f, FALSE);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* How the clock gets to the end. */
typedef struct
{
  const char *name;
  gint64 before_ms; /* forth, while the program runs */
  gint64 wall_ms;   /* the wall alone, back or forward */
  gint64 after_ms;
  guint n_told;
} Course;

static const Course courses[] = {
  { "by-itself", 2 * HOUR, 0, 0, 1 },
  { "suspend-8-h", 8 * HOUR, 0, 0, 1 },
  { "back-1-h-before", HOUR, -HOUR, 2 * HOUR, 1 },
  { "back-1-h-after", 2 * HOUR, -HOUR, HOUR, 2 },
  { "forward-1-d", 0, DAY, 0, 1 },
  { "weekend-64.5-h", 64 * HOUR + 30 * MINUTE, 0, 0, 1 },
};

static void
go (BenkAlarmsFixture *f, gint64 by_ms)
{
  if (by_ms > 0)
    benk_session_fixture_advance (&f->base, by_ms);
  spin (f);
}

/* Two hours of waiting: it comes back by itself, and is told. */
static void
test_end (BenkAlarmsFixture *f, gconstpointer data)
{
  const Course *course = data;
  BenkFakeClock *clock = BENK_FAKE_CLOCK (f->base.clock);
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) battery = add (f, "1.17");
  g_autoptr (BenkAlarm) first = NULL;
  guint n_told = 0;

  g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  must_wait (f, jam, FIXTURE_WALL_MS + 2 * HOUR);
  wait_queue_code (f, 1, "1.8");
  go (f, course->before_ms);
  if (course->wall_ms != 0)
    {
      benk_fake_clock_set_wall (clock,
                                benk_clock_get_wall_ms (f->base.clock) + course->wall_ms);
      /* A jump is seen at the next look. */
      go (f, 30 * 1000);
    }
  go (f, course->after_ms);
  wait_queue_code (f, 0, "1.8");
  while (n_told < course->n_told)
    g_main_context_iteration (NULL, TRUE);
  go (f, HOUR);
  g_assert_cmpuint (n_told, ==, course->n_told);
  first = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 0);
  g_assert_true (benk_alarm_has_waited (first, benk_clock_get_wall_ms (f->base.clock)));
  g_signal_handlers_disconnect_by_func (f->alarms, note_over, &n_told);
}

static void
restart (BenkAlarmsFixture *f)
{
  benk_feeds_stop (f->feeds);
  benk_session_fixture_close (&f->base);
  benk_session_fixture_open (&f->base);
  f->alarms = benk_session_get_alarms (f->base.session);
  f->feeds = benk_session_get_feeds (f->base.session);
}

static void
test_restart (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) battery = add (f, "1.17");
  guint n_told = 0;

  must_wait (f, jam, FIXTURE_WALL_MS + 2 * HOUR);
  restart (f);
  g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  wait_queue_code (f, 1, "1.8");
  g_assert_cmpuint (n_told, ==, 0);
  benk_session_fixture_close (&f->base);
  benk_fake_clock_advance (BENK_FAKE_CLOCK (f->base.clock), 3 * HOUR);
  benk_session_fixture_open (&f->base);
  f->alarms = benk_session_get_alarms (f->base.session);
  f->feeds = benk_session_get_feeds (f->base.session);
  g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  wait_queue_code (f, 0, "1.8");
  go (f, MINUTE);
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  spin (f);
  restart (f);
  g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  wait_queue_code (f, 0, "1.8");
  go (f, MINUTE);
  g_assert_cmpuint (n_told, ==, 1);
}

/* Nobody could tell it: it is tried again. */
static gboolean
note_untold (BenkAlarms *alarms, BenkAlarm *alarm, gpointer n)
{
  (*(guint *) n)++;
  return FALSE;
}

static void
test_told_until_told (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  guint n_tried = 0;
  guint n_told = 0;
  gulong handler =
    g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_untold), &n_tried);

  must_wait (f, jam, FIXTURE_WALL_MS + HOUR);
  go (f, HOUR);
  while (n_tried == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (f->alarms, handler);
  handler = g_signal_connect (f->alarms, "wait-over", G_CALLBACK (note_over), &n_told);
  go (f, MINUTE);
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (f->alarms, handler);
}

static GListModel *
load_steps (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  return benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, NULL);
}

static void
assert_step (GListModel *steps, guint position, const char *words, const char *note)
{
  g_autoptr (BenkHistoryItem) item = g_list_model_get_item (steps, position);

  g_assert_cmpstr (benk_history_item_get_changes (item)[0], ==, words);
  g_assert_cmpstr (benk_history_item_get_reason (item), ==, note);
  g_assert_cmpstr (benk_history_item_get_who (item), ==, "KA");
}

/* Set, set again, stopped: each is a step with what was said then. */
static void
test_steps (BenkAlarmsFixture *f, gconstpointer data)
{
  const BenkAlarmWaiting again = { BENK_WAIT_DELIVERY, FIXTURE_WALL_MS + 9 * DAY, NULL,
                                   BENK_COVERED_UNKNOWN, NULL };
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) now = NULL;
  g_autoptr (GListModel) steps = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_fixture_advance (&f->base, MINUTE);
  must_wait (f, jam, FIXTURE_WALL_MS + DAY + HOUR);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_waiting_for (now), ==, BENK_WAIT_VENDOR);
  g_assert_cmpstr (benk_alarm_get_case_number (now), ==, "C-77");
  g_assert_cmpint (benk_alarm_get_covered (now), ==, BENK_COVERED_YES);
  g_assert_cmpstr (benk_alarm_get_covered_by (now), ==, "sykepleier Berit");
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_true (let_wait (f, jam, &again, &error));
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_true (stop (f, jam, &error));
  g_clear_object (&now);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_waiting_for (now), ==, BENK_WAIT_NONE);
  g_assert_null (benk_alarm_get_case_number (now));
  steps = load_steps (f, jam);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 5);
  assert_step (steps, 2, "Waiting for the vendor until Tue 10:00",
               "Case C-77 · The user is covered (stated by sykepleier Berit)");
  assert_step (steps, 3, "Waiting for a delivery until Wed 11 Mar 09:00",
               "Not known whether the user is covered");
  assert_step (steps, 4, "Waiting stopped", NULL);
}

/* No undo, and no word of a person in the change log. */
static void
test_never_undone (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) jam = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) now = NULL;
  g_autoptr (GError) error = NULL;

  must_wait (f, jam, FIXTURE_WALL_MS + DAY);
  benk_session_fixture_undo (&f->base, &error);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_waiting_for (now), ==, BENK_WAIT_VENDOR);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE verb = 'wait'"),
                   ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE"
                               " instr (changeset, CAST ('Berit' AS BLOB)) > 0"
                               " OR instr (changeset, CAST ('C-77' AS BLOB)) > 0"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM note WHERE text IN ('C-77',"
                               " 'sykepleier Berit')"),
                   ==, 2);
}

/* Who takes it in another system has not said that it may wait. */
static void
test_taken_elsewhere (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkAlarm) now = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, remote, "Koordinator", NULL));
  benk_alarms_fixture_must_sync (f);
  must_wait (f, alarm, FIXTURE_WALL_MS + DAY);
  benk_alarms_fixture_must_sync (f);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_waiting_for (now), ==, BENK_WAIT_VENDOR);
  g_clear_object (&now);
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  benk_alarms_fixture_must_sync (f);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_taken_by (now), ==, "Ansvarsvakt");
  g_assert_cmpint (benk_alarm_get_waiting_for (now), ==, BENK_WAIT_NONE);
}

/* -- Times of the district ----------------------------------------------------------- */

static gint64
utc (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (at) * 1000;
}

static void
test_until (void)
{
  const struct
  {
    const char *date;
    const char *time;
    gint64 expected_ms; /* 0: not a time */
  } rows[] = {
    /* Tuesday after each of the nights on which the clock changes. */
    { "2026-03-31", "10:00", utc (2026, 3, 31, 8, 0) },
    { "2026-10-27", "10:00", utc (2026, 10, 27, 9, 0) },
    { "2026-03-24", "10.00", utc (2026, 3, 24, 9, 0) },
    { "2026-10-20", "10:00", utc (2026, 10, 20, 8, 0) },
    /* In those nights: one does not come, the other comes twice. */
    { "2026-03-29", "02:30", utc (2026, 3, 29, 1, 0) },
    { "2026-10-25", "02:30", utc (2026, 10, 25, 0, 30) },
    { "2026-02-30", "10:00", 0 },
    { "24.11.2026", "10:00", 0 },
    { "2026-03-31", "25:00", 0 },
    { "2026-03-31", "", 0 },
    { NULL, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 until_ms = 0;

      if (benk_alarms_parse_until (rows[i].date, rows[i].time, &until_ms, &error))
        g_assert_cmpint (until_ms, ==, rows[i].expected_ms);
      else
        g_assert_cmpint (0, ==, rows[i].expected_ms);
      g_assert_cmpint (error != NULL, ==, rows[i].expected_ms == 0);
    }
}

static void
test_proposal (void)
{
  const struct
  {
    gint64 now_ms;
    gint64 expected_ms;
  } rows[] = {
    { utc (2026, 3, 2, 8, 0), utc (2026, 3, 3, 9, 0) },      /* Monday */
    { utc (2026, 3, 6, 8, 0), utc (2026, 3, 9, 9, 0) },      /* Friday */
    { utc (2026, 3, 27, 12, 0), utc (2026, 3, 30, 8, 0) },   /* before summer time */
    { utc (2026, 10, 23, 12, 0), utc (2026, 10, 26, 9, 0) }, /* before winter time */
    { utc (2026, 4, 1, 8, 0), utc (2026, 4, 7, 8, 0) },      /* before Easter */
    { utc (2026, 12, 24, 9, 0), utc (2026, 12, 28, 9, 0) },  /* Christmas Eve */
    { utc (2026, 3, 1, 23, 30), utc (2026, 3, 3, 9, 0) },    /* Monday 00:30 in Oslo */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (benk_wait_propose_until ("Europe/Oslo", rows[i].now_ms), ==,
                     rows[i].expected_ms);
}

/* Until Tuesday 10:00 over both nights: not an hour early, not an hour late. */
static void
test_over_the_nights (BenkAlarmsFixture *f, gconstpointer data)
{
  gboolean autumn = data != NULL;
  gint64 friday_ms = autumn ? utc (2026, 10, 23, 12, 0) : utc (2026, 3, 27, 12, 0);
  gint64 until_ms = 0;
  g_autoptr (BenkAlarm) jam = NULL;
  g_autoptr (BenkAlarm) battery = NULL;

  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock), friday_ms);
  jam = benk_alarms_fixture_add (f, SERIAL, "1.8", friday_ms, NULL);
  battery = benk_alarms_fixture_add (f, SERIAL, "1.17", friday_ms, NULL);
  benk_alarms_fixture_take (f, jam, NULL);
  g_assert_true (benk_alarms_parse_until (autumn ? "2026-10-27" : "2026-03-31", "10:00",
                                          &until_ms, NULL));
  g_assert_cmpint (until_ms - friday_ms, ==, (autumn ? 93 : 92) * HOUR);
  must_wait (f, jam, until_ms);
  go (f, until_ms - friday_ms - 1);
  wait_queue_code (f, 1, "1.8");
  go (f, 1);
  wait_queue_code (f, 0, "1.8");
}

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    const char *number;
    const char *until;
  } rows[] = {
    { "", "", NULL },
    { "C-4711", "C-4711", NULL },
    { "C-4711 14:00", "C-4711", "14:00" },
    { "sak 12  9:30", "sak 12", "9:30" },
    { "C-4711 2026-03-03 10:00", "C-4711", "2026-03-03 10:00" },
    { "2026-03-03 10:00", "", "2026-03-03 10:00" },
    { "14:00", "", "14:00" },
    { "C-4711 25:00", "C-4711 25:00", NULL },
    { "C-4711 12.30", "C-4711 12.30", NULL },
    { "14:00 C-4711", "14:00 C-4711", NULL },
    { "C:4711", "C:4711", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *until = NULL;
      g_autofree char *number = benk_alarms_split_until (rows[i].text, &until);

      g_assert_cmpstr (number, ==, rows[i].number);
      g_assert_cmpstr (until, ==, rows[i].until);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/alarms-wait/until-is-a-time-of-the-district", test_until);
  g_test_add_func ("/session/alarms-wait/proposes-the-next-working-day", test_proposal);
  BENK_ALARMS_TEST ("/session/alarms-wait/refused", NULL, test_refused);
  BENK_ALARMS_TEST ("/session/alarms-wait/only-what-is-taken", NULL, test_only_taken);
  BENK_ALARMS_TEST ("/session/alarms-wait/order-and-deadline", NULL,
                    test_order_and_deadline);
  BENK_ALARMS_TEST ("/session/alarms-wait/restart", NULL, test_restart);
  BENK_ALARMS_TEST ("/session/alarms-wait/tried-until-told", NULL, test_told_until_told);
  BENK_ALARMS_TEST ("/session/alarms-wait/steps", NULL, test_steps);
  BENK_ALARMS_TEST ("/session/alarms-wait/never-undone", NULL, test_never_undone);
  BENK_ALARMS_TEST ("/session/alarms-wait/taken-elsewhere", NULL, test_taken_elsewhere);
  BENK_ALARMS_TEST ("/session/alarms-wait/night-of-spring", NULL, test_over_the_nights);
  BENK_ALARMS_TEST ("/session/alarms-wait/night-of-autumn", "autumn",
                    test_over_the_nights);
  for (gsize i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/alarms-wait/end/%s", courses[i].name);

      BENK_ALARMS_TEST (path, &courses[i], test_end);
    }
  g_test_add_func ("/session/alarms-wait/a-case-and-until-when-on-one-line", test_split);
  return g_test_run ();
}
