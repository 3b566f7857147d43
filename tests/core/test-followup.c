/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-followup-report.h"
#include "benk-plan.h"

#include <locale.h>

#define OSLO "Europe/Oslo"
#define MIN_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MIN_MS)

/* Local time in Oslo, "YYYY-MM-DD HH:MM"; 0 for NULL. */
static gint64
local_ms (const char *text)
{
  g_autofree char *day = text != NULL ? g_strndup (text, 10) : NULL;
  GDate date;

  if (text == NULL)
    return 0;
  g_assert_true (benk_date_parse (day, &date));
  return benk_local_minute_to_ms (OSLO, &date,
                                  (guint) (g_ascii_strtoull (text + 11, NULL, 10) * 60 +
                                           g_ascii_strtoull (text + 14, NULL, 10)));
}

static void
test_days (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    gint64 hours; /* 0: refused */
  } rows[] = {
    { "2026-11-21", "2026-11-21", 24 },
    { "2026-03-29", "2026-03-29", 23 },
    { "2026-10-25", "2026-10-25", 25 },
    { "2026-10-01", "2026-10-31", 31 * 24 + 1 },
    { "2026-03-01", "2026-03-31", 31 * 24 - 1 },
    { "2024-02-01", "2024-02-29", 29 * 24 },
    { "2026-11-22", "2026-11-21", 0 },
    { "2026-02-29", "2026-03-01", 0 },
    { "21.11.2026", "2026-11-22", 0 },
    { "2026-11-21", "", 0 },
    { NULL, NULL, 0 },
    { "1990-01-01", "2026-01-01", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkReportPeriod period = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (benk_report_period_set (&period, rows[i].from, rows[i].to, &error),
                       ==, rows[i].hours > 0);
      if (rows[i].hours > 0)
        g_assert_cmpint (period.to_ms - period.from_ms, ==, rows[i].hours * HOUR_MS);
      else
        g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

static void
test_months (void)
{
  static const struct
  {
    const char *utc;
    guint back;
    const char *from;
    const char *to;
  } rows[] = {
    { "2026-11-22T12:00:00Z", 0, "2026-11-01", "2026-11-30" },
    { "2026-11-22T12:00:00Z", 1, "2026-10-01", "2026-10-31" },
    { "2026-11-30T23:30:00Z", 0, "2026-12-01", "2026-12-31" }, /* December there */
    { "2026-07-31T21:59:59Z", 0, "2026-07-01", "2026-07-31" },
    { "2026-07-31T22:00:00Z", 0, "2026-08-01", "2026-08-31" },
    { "2026-01-15T12:00:00Z", 1, "2025-12-01", "2025-12-31" },
    { "2024-03-31T12:00:00Z", 1, "2024-02-01", "2024-02-29" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (rows[i].utc, NULL);
      BenkReportPeriod period;

      benk_report_period_set_month (&period, g_date_time_to_unix (at) * 1000,
                                    rows[i].back);
      g_assert_cmpstr (period.from_date, ==, rows[i].from);
      g_assert_cmpstr (period.to_date, ==, rows[i].to);
    }
}

static void
test_hour_that_comes_twice (void)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  static const struct
  {
    const char *utc;
    const char *said;
  } rows[] = {
    { "2026-11-21T07:05:00Z", "2026-11-21 08:05" },
    { "2026-10-25T00:30:00Z", "2026-10-25 02:30 (UTC+02:00)" },
    { "2026-10-25T01:30:00Z", "2026-10-25 02:30 (UTC+01:00)" },
    { "2026-10-25T02:30:00Z", "2026-10-25 03:30" },
    { "2026-03-29T00:59:00Z", "2026-03-29 01:59" },
    { "2026-03-29T01:00:00Z", "2026-03-29 03:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (rows[i].utc, NULL);
      g_autofree char *said =
        benk_followup_write_instant (g_date_time_to_unix (at) * 1000, zone);

      g_assert_cmpstr (said, ==, rows[i].said);
    }
}

typedef struct
{
  BenkWatchEventKind kind;
  const char *at;
  const char *answered; /* of a clock that was set: NULL, see below */
  gint64 jump_ms;
} Event;

static GArray *
find_gaps (const Event *events, gsize n, const char *answered, const char *now)
{
  g_autofree BenkWatchEvent *log = g_new0 (BenkWatchEvent, n + 1);

  for (gsize i = 0; i < n; i++)
    log[i] = (BenkWatchEvent){
      .kind = events[i].kind,
      .at_ms = local_ms (events[i].at),
      .detail_ms = events[i].jump_ms ? events[i].jump_ms : local_ms (events[i].answered),
    };
  return benk_watch_find_gaps (log, n, local_ms (answered), local_ms (now));
}

/* A working week: shut on Friday at 15:30, opened on Monday at 08:00. */
static const Event weekend[] = {
  { BENK_WATCH_EVENT_BEGINS, "2026-11-16 08:00", NULL, 0 },
  { BENK_WATCH_EVENT_SILENT, "2026-11-18 10:05", "2026-11-18 10:00", 0 },
  { BENK_WATCH_EVENT_ANSWERS, "2026-11-18 10:40", "2026-11-18 10:00", 0 },
  { BENK_WATCH_EVENT_ENDS, "2026-11-20 15:30", "2026-11-20 15:30", 0 },
  { BENK_WATCH_EVENT_BEGINS, "2026-11-23 08:00", "2026-11-20 15:30", 0 },
  { BENK_WATCH_EVENT_LATE, "2026-11-24 12:00", "2026-11-24 04:00", 0 },
  { BENK_WATCH_EVENT_CLOCK_JUMP, "2026-11-25 12:00", NULL, HOUR_MS },
  { BENK_WATCH_EVENT_CLOCK_JUMP, "2026-11-25 14:00", NULL, -HOUR_MS },
};

static void
test_gaps (void)
{
  static const struct
  {
    const char *at;
    int cause; /* -1: watched */
  } rows[] = {
    { "2026-11-15 12:00", BENK_GAP_NOT_RUNNING }, /* before it was first watched */
    { "2026-11-16 08:01", -1 },
    { "2026-11-18 10:00", -1 }, /* answered */
    { "2026-11-18 10:01", BENK_GAP_SILENT },
    { "2026-11-18 10:40", BENK_GAP_SILENT },
    { "2026-11-18 10:41", -1 },
    { "2026-11-20 15:30", -1 },
    { "2026-11-20 15:31", BENK_GAP_NOT_RUNNING },
    { "2026-11-22 03:00", BENK_GAP_NOT_RUNNING },
    { "2026-11-23 08:00", BENK_GAP_NOT_RUNNING },
    { "2026-11-23 08:01", -1 },
    { "2026-11-24 04:00", -1 },
    { "2026-11-24 08:00", BENK_GAP_LATE },
    { "2026-11-24 12:01", -1 },
    { "2026-11-25 11:30", BENK_GAP_CLOCK },
    { "2026-11-25 13:30", -1 }, /* set back: that hour came twice, and was watched */
    { "2026-11-26 12:00", -1 },
  };
  g_autoptr (GArray) gaps =
    find_gaps (weekend, G_N_ELEMENTS (weekend), "2026-11-26 13:00", "2026-11-26 13:01");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const BenkWatchGap *gap = benk_watch_find_gap (gaps, local_ms (rows[i].at));

      g_test_message ("%s", rows[i].at);
      g_assert_cmpint (gap != NULL ? (int) gap->cause : -1, ==, rows[i].cause);
    }
}

static void
test_weekend_is_one_gap (void)
{
  g_autoptr (GArray) gaps =
    find_gaps (weekend, 5, "2026-11-23 09:00", "2026-11-23 09:00");
  const BenkWatchGap *gap = benk_watch_find_gap (gaps, local_ms ("2026-11-21 12:00"));

  g_assert_nonnull (gap);
  g_assert_cmpint (gap->to_ms - gap->from_ms, ==, 64 * HOUR_MS + 30 * MIN_MS);
}

/* Nothing is written when the power goes. */
static void
test_killed_program_is_a_gap (void)
{
  static const Event killed[] = {
    { BENK_WATCH_EVENT_BEGINS, "2026-11-16 08:00", NULL, 0 },
    { BENK_WATCH_EVENT_BEGINS, "2026-11-17 08:00", "2026-11-16 11:15", 0 },
  };
  g_autoptr (GArray) later =
    find_gaps (killed, 2, "2026-11-17 09:00", "2026-11-17 09:01");
  g_autoptr (GArray) now = find_gaps (killed, 1, "2026-11-16 11:15", "2026-11-16 15:00");
  g_autoptr (GArray) never = find_gaps (NULL, 0, "2026-11-16 11:15", "2026-11-16 15:00");

  g_assert_null (benk_watch_find_gap (later, local_ms ("2026-11-16 11:15")));
  g_assert_nonnull (benk_watch_find_gap (later, local_ms ("2026-11-16 11:16")));
  g_assert_null (benk_watch_find_gap (later, local_ms ("2026-11-17 08:30")));
  g_assert_null (benk_watch_find_gap (now, local_ms ("2026-11-16 11:00")));
  g_assert_nonnull (benk_watch_find_gap (now, local_ms ("2026-11-16 12:00")));
  g_assert_nonnull (benk_watch_find_gap (never, local_ms ("2026-11-16 11:00")));
}

typedef struct
{
  const char *kind;
  const char *place;
  const char *at;
} Step;

typedef struct
{
  const char *what;
  BenkAlarmStatus status;
  const char *received;
  const char *take_by;
  const char *resolve_by;
  Step steps[6];
  BenkFollowupOutcome take;
  BenkFollowupOutcome resolve;
  BenkFollowupVerdict verdict;
} Case;

#define NEW BENK_ALARM_STATUS_NEW
#define TAKEN BENK_ALARM_STATUS_TAKEN
#define CLOSED BENK_ALARM_STATUS_CLOSED
#define SETTLED BENK_ALARM_STATUS_SETTLED
#define MET BENK_FOLLOWUP_MET
#define MISSED BENK_FOLLOWUP_MISSED
#define RUNNING BENK_FOLLOWUP_RUNNING
#define IN_GAP BENK_FOLLOWUP_IN_GAP
#define NONE BENK_FOLLOWUP_NO_DEADLINE

/* It is 2026-11-24 03:59; the log is that of the working week. */
static const Case cases[] = {
  { "taken and closed in time",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "taken", "here", "2026-11-19 09:15" }, { "closed", "here", "2026-11-19 10:00" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "a minute late, no reason",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "taken", "here", "2026-11-19 09:16" }, { "closed", "here", "2026-11-19 10:00" } },
    MISSED,
    MET,
    BENK_FOLLOWUP_LATE_WITHOUT_REASON },
  { "closed late, with a reason",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "taken", "here", "2026-11-19 09:10" },
      { "closed", "here", "2026-11-19 10:01" },
      { "late", "here", "2026-11-19 10:01" } },
    MET,
    MISSED,
    BENK_FOLLOWUP_LATE_WITH_REASON },
  { "closed without being taken is taken then",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "closed", "here", "2026-11-19 09:12" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "taken elsewhere in time, in the weekend",
    CLOSED,
    "2026-11-23 08:01",
    "2026-11-21 09:15",
    "2026-11-21 10:00",
    { { "taken", "other-system", "2026-11-21 09:05" },
      { "closed", "other-system", "2026-11-21 09:50" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "taken elsewhere late, in the weekend",
    CLOSED,
    "2026-11-23 08:01",
    "2026-11-21 09:15",
    "2026-11-21 10:00",
    { { "taken", "other-system", "2026-11-21 11:00" },
      { "closed", "other-system", "2026-11-21 11:10" } },
    IN_GAP,
    IN_GAP,
    BENK_FOLLOWUP_GAP },
  { "told by phone on Monday",
    CLOSED,
    "2026-11-23 08:01",
    "2026-11-21 09:15",
    "2026-11-21 10:00",
    { { "taken", "phone", "2026-11-21 09:10" },
      { "closed", "phone", "2026-11-21 09:30" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "nobody took it in the weekend, and Monday was late",
    CLOSED,
    "2026-11-23 08:01",
    "2026-11-22 09:15",
    "2026-11-23 09:00",
    { { "taken", "here", "2026-11-23 08:02" }, { "closed", "here", "2026-11-23 09:30" } },
    IN_GAP,
    MISSED,
    BENK_FOLLOWUP_LATE_WITHOUT_REASON },
  { "run out while the source was silent",
    CLOSED,
    "2026-11-18 10:41",
    "2026-11-18 10:20",
    "2026-11-18 12:00",
    { { "taken", "here", "2026-11-18 10:45" }, { "closed", "here", "2026-11-18 11:00" } },
    IN_GAP,
    MET,
    BENK_FOLLOWUP_GAP },
  { "heard of after its deadline",
    CLOSED,
    "2026-11-19 11:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "closed", "here", "2026-11-19 11:05" } },
    IN_GAP,
    IN_GAP,
    BENK_FOLLOWUP_GAP },
  { "never received by this laptop",
    CLOSED,
    NULL,
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "closed", "other-system", "2026-11-19 11:05" } },
    IN_GAP,
    IN_GAP,
    BENK_FOLLOWUP_GAP },
  { "open, not late",
    TAKEN,
    "2026-11-24 03:40",
    "2026-11-24 03:55",
    "2026-11-24 04:40",
    { { "taken", "here", "2026-11-24 03:41" } },
    MET,
    RUNNING,
    BENK_FOLLOWUP_OPEN },
  { "open and overdue",
    NEW,
    "2026-11-23 09:00",
    "2026-11-23 09:15",
    "2026-11-24 04:40",
    { { NULL } },
    MISSED,
    RUNNING,
    BENK_FOLLOWUP_LATE_WITHOUT_REASON },
  { "opened again and open",
    NEW,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-24 04:00",
    { { "taken", "here", "2026-11-19 09:05" },
      { "closed", "here", "2026-11-19 09:30" },
      { "reopened", "other-system", "2026-11-19 09:40" } },
    MET,
    RUNNING,
    BENK_FOLLOWUP_OPEN },
  { "opened again, then closed late",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "closed", "here", "2026-11-19 09:10" },
      { "reopened", "other-system", "2026-11-19 09:20" },
      { "closed", "other-system", "2026-11-19 10:30" } },
    MET,
    MISSED,
    BENK_FOLLOWUP_LATE_WITHOUT_REASON },
  { "opened again, then closed in time",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "taken", "here", "2026-11-19 09:05" },
      { "closed", "here", "2026-11-19 09:10" },
      { "reopened", "other-system", "2026-11-19 09:20" },
      { "closed", "here", "2026-11-19 09:59" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "settled by the dispenser in time",
    SETTLED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "settled", "other-system", "2026-11-19 09:14" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
  { "no deadlines",
    CLOSED,
    "2026-11-19 09:00",
    NULL,
    NULL,
    { { "closed", "here", "2026-11-19 12:00" } },
    NONE,
    NONE,
    BENK_FOLLOWUP_FREE },
  { "other steps change nothing",
    CLOSED,
    "2026-11-19 09:00",
    "2026-11-19 09:15",
    "2026-11-19 10:00",
    { { "raised", "here", "2026-11-19 09:00" },
      { "taken", "here", "2026-11-19 09:10" },
      { "waiting", "here", "2026-11-19 09:20" },
      { "closed", "here", "2026-11-19 09:40" },
      { "followup", "here", "2026-11-19 12:00" } },
    MET,
    MET,
    BENK_FOLLOWUP_IN_TIME },
};

static BenkFollowupRow *
make_row (const Case *c)
{
  BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);

  row->status = c->status;
  row->received.at_ms = local_ms (c->received);
  row->take_deadline_ms = local_ms (c->take_by);
  row->resolve_deadline_ms = local_ms (c->resolve_by);
  for (gsize i = 0; i < G_N_ELEMENTS (c->steps) && c->steps[i].kind != NULL; i++)
    benk_followup_row_add_step (row, c->steps[i].kind, c->steps[i].place,
                                local_ms (c->steps[i].at));
  return row;
}

static void
test_rows (void)
{
  g_autoptr (GArray) gaps =
    find_gaps (weekend, 5, "2026-11-24 03:59", "2026-11-24 03:59");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BenkFollowupRow) row = make_row (&cases[i]);

      g_test_message ("%s", cases[i].what);
      benk_followup_row_judge (row, gaps, local_ms ("2026-11-24 03:59"));
      g_assert_cmpint (row->take, ==, cases[i].take);
      g_assert_cmpint (row->resolve, ==, cases[i].resolve);
      g_assert_cmpint (row->verdict, ==, cases[i].verdict);
    }
}

/* 02:30 comes twice that night: the instants decide, not what the wall shows. */
static void
test_night_clocks_go_back (void)
{
  const gint64 first_ms = local_ms ("2026-10-25 02:30");
  static const struct
  {
    gint64 after_ms;
    BenkFollowupVerdict verdict;
  } rows[] = {
    { 14 * MIN_MS, BENK_FOLLOWUP_IN_TIME },
    { 15 * MIN_MS, BENK_FOLLOWUP_IN_TIME },
    { 60 * MIN_MS, BENK_FOLLOWUP_LATE_WITHOUT_REASON }, /* 02:30 again */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkFollowupRow) row = g_new0 (BenkFollowupRow, 1);

      row->status = CLOSED;
      row->received.at_ms = first_ms;
      row->take_deadline_ms = first_ms + 15 * MIN_MS;
      benk_followup_row_add_step (row, "taken", "here", first_ms + rows[i].after_ms);
      benk_followup_row_add_step (row, "closed", "here", first_ms + 2 * HOUR_MS);
      benk_followup_row_judge (row, NULL, first_ms + 3 * HOUR_MS);
      g_assert_cmpint (row->verdict, ==, rows[i].verdict);
    }
}

static void
test_sums_count_every_alarm_once (void)
{
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  g_autoptr (GArray) gaps =
    find_gaps (weekend, 5, "2026-11-24 03:59", "2026-11-24 03:59");
  const BenkFollowupSums *sums = &report->sums;
  guint n = 0;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      BenkFollowupRow *row = make_row (&cases[i / 2]);

      row->proposed = i % 2 == 1;
      benk_followup_row_judge (row, gaps, local_ms ("2026-11-24 03:59"));
      g_ptr_array_add (report->rows, row);
    }
  benk_followup_report_sum_up (report);
  for (guint i = 0; i < BENK_N_FOLLOWUP_VERDICTS; i++)
    {
      g_assert_cmpuint (sums->decided[i], ==, sums->proposed[i]);
      g_assert_cmpuint (sums->decided[i], >, 0);
      n += sums->decided[i] + sums->proposed[i];
    }
  g_assert_cmpuint (n, ==, sums->n_alarms);
  g_assert_cmpuint (sums->n_alarms, ==, 2 * G_N_ELEMENTS (cases));
  g_assert_cmpuint (sums->n_decided, ==, G_N_ELEMENTS (cases));
  g_assert_cmpuint (sums->n_open, ==, 6);
  g_assert_cmpuint (sums->n_reopened, ==, 6);
}

static void
test_gaps_are_cut_to_the_period (void)
{
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  g_autoptr (GArray) gaps =
    find_gaps (weekend, 5, "2026-11-23 09:00", "2026-11-23 09:00");
  const BenkFollowupGap *gap;

  g_assert_true (
    benk_report_period_set (&report->period, "2026-11-21", "2026-11-30", NULL));
  report->made_ms = local_ms ("2026-11-23 07:00");
  benk_followup_report_add_gaps (report, "Hub", gaps);
  g_assert_cmpuint (report->gaps->len, ==, 1);
  gap = g_ptr_array_index (report->gaps, 0);
  g_assert_cmpint (gap->gap.from_ms, ==, local_ms ("2026-11-21 00:00"));
  g_assert_cmpint (gap->gap.to_ms, ==, local_ms ("2026-11-23 07:00"));
}

static void
test_source_cannot_name_anybody (void)
{
  BenkFollowupRow row = { .code = (char *) "urn:x|Kari Nordmann" };
  g_autofree char *words = benk_followup_row_describe_alarm (&row);

  g_assert_cmpstr (words, ==, "Other alarm");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/followup/a-period-is-whole-days-of-the-district", test_days);
  g_test_add_func ("/core/followup/months-are-those-of-the-district", test_months);
  g_test_add_func ("/core/followup/hour-that-comes-twice-says-which",
                   test_hour_that_comes_twice);
  g_test_add_func ("/core/followup/gaps-are-when-nobody-watched", test_gaps);
  g_test_add_func ("/core/followup/a-weekend-is-one-gap-of-64-and-a-half-hours",
                   test_weekend_is_one_gap);
  g_test_add_func ("/core/followup/a-killed-program-leaves-a-gap",
                   test_killed_program_is_a_gap);
  g_test_add_func ("/core/followup/an-alarm-gets-its-verdict", test_rows);
  g_test_add_func ("/core/followup/instants-decide-when-clocks-go-back",
                   test_night_clocks_go_back);
  g_test_add_func ("/core/followup/sums-count-every-alarm-once",
                   test_sums_count_every_alarm_once);
  g_test_add_func ("/core/followup/gaps-are-cut-to-the-period",
                   test_gaps_are_cut_to_the_period);
  g_test_add_func ("/core/followup/a-code-of-a-source-is-not-repeated",
                   test_source_cannot_name_anybody);

  return g_test_run ();
}
