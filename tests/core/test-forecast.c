/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-forecast.h"
#include "benk-plan.h"

#define OSLO "Europe/Oslo"
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/* Local time in Oslo, "YYYY-MM-DD HH:MM". */
static gint64
local_ms (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);
  guint minute = (guint) (g_ascii_strtoull (text + 11, NULL, 10) * 60 +
                          g_ascii_strtoull (text + 14, NULL, 10));
  GDate date;

  g_assert_true (benk_date_parse (day, &date));

  return benk_local_minute_to_ms (OSLO, &date, minute);
}

/* --- what is looked back --- */

static void
test_today (void)
{
  static const struct
  {
    const char *utc;
    const char *today;
  } rows[] = {
    { "2026-03-28T22:59:59Z", "2026-03-28" }, /* the clock goes forward next night */
    { "2026-03-28T23:00:00Z", "2026-03-29" }, { "2026-03-29T21:59:59Z", "2026-03-29" },
    { "2026-03-29T22:00:00Z", "2026-03-30" }, { "2026-10-24T22:00:00Z", "2026-10-25" },
    { "2026-10-25T22:59:59Z", "2026-10-25" }, /* a day of 25 hours */
    { "2026-10-25T23:00:00Z", "2026-10-26" }, { "2026-12-31T23:00:00Z", "2027-01-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (rows[i].utc, NULL);
      g_autofree char *today = benk_forecast_get_today (g_date_time_to_unix (at) * 1000);

      g_assert_cmpstr (today, ==, rows[i].today);
    }
}

static void
test_weeks (void)
{
  static const struct
  {
    const char *first;
    const char *now;
    guint weeks;
  } rows[] = {
    { "2026-03-02 08:00", "2026-03-02 09:00", 0 },
    { "2026-03-02 23:59", "2026-03-08 00:01", 1 }, /* seven days, both counted */
    { "2026-03-02 08:00", "2026-03-28 23:59", 3 },
    { "2026-03-02 08:00", "2026-03-29 00:00", 4 }, /* a day of 23 hours */
    { "2026-10-05 08:00", "2026-11-01 00:00", 4 }, /* past a day of 25 hours */
    { "2020-01-01 08:00", "2026-03-02 09:00", 8 },
    { "2026-03-09 08:00", "2026-03-02 09:00", 0 }, /* the clock was set back */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (benk_forecast_get_weeks (local_ms (rows[i].first),
                                               local_ms (rows[i].now)),
                      ==, rows[i].weeks);
  g_assert_cmpuint (benk_forecast_get_weeks (0, local_ms ("2026-03-02 09:00")), ==, 0);
}

static void
test_since_is_a_midnight (void)
{
  /* Four weeks with the clock put forward within, and with it put back. */
  g_assert_cmpint (benk_forecast_get_since_ms (4, local_ms ("2026-04-10 13:00")), ==,
                   local_ms ("2026-03-14 00:00"));
  g_assert_cmpint (benk_forecast_get_since_ms (4, local_ms ("2026-11-05 00:30")), ==,
                   local_ms ("2026-10-09 00:00"));
  g_assert_cmpint (benk_forecast_get_since_ms (1, local_ms ("2026-03-29 12:00")), ==,
                   local_ms ("2026-03-23 00:00"));
  g_assert_cmpint (benk_forecast_get_since_ms (0, 1234), ==, 1234);
}

/* --- what is said --- */

static const struct
{
  const char *name;
  guint n_free, n_reserved, weeks, n_out, n_back;
  int needs[3];
  gsize n_needs;
  const char *now;
  BenkForecastKind kind;
  const char *date;
  const char *words;
} rows[] = {
  { "two weeks",
    3,
    2,
    8,
    16,
    4,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_DAY,
    "2026-12-12",
    "3 free, 2 reserved, 1.5 a week over the last 8 weeks → about 12 Dec 2026" },
  { "over the clock going forward",
    2,
    0,
    4,
    8,
    0,
    { 0 },
    0,
    "2026-03-27 23:30",
    BENK_FORECAST_DAY,
    "2026-04-03",
    "2 free, 2.0 a week over the last 4 weeks → about 3 Apr 2026" },
  { "over the clock going back",
    2,
    0,
    4,
    8,
    0,
    { 0 },
    0,
    "2026-10-24 00:10",
    BENK_FORECAST_DAY,
    "2026-10-31",
    "2 free, 2.0 a week over the last 4 weeks → about 31 Oct 2026" },
  { "none",
    0,
    1,
    8,
    16,
    0,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_NONE_FREE,
    "",
    "0 free, 1 reserved, 2.0 a week over the last 8 weeks → None free now" },
  { "nothing at all",
    0,
    0,
    0,
    0,
    0,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_NONE_FREE,
    "",
    "0 free, less than a week is on record → None free now" },
  { "too few weeks",
    5,
    0,
    3,
    9,
    0,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_UNKNOWN,
    "",
    "5 free, only 3 weeks are on record → Not known" },
  { "too few devices",
    5,
    0,
    8,
    2,
    0,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_UNKNOWN,
    "",
    "5 free, only 2 went out over the last 8 weeks → Not known" },
  { "more came back",
    5,
    0,
    8,
    3,
    6,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_STEADY,
    "",
    "5 free, 3 out and 6 back over the last 8 weeks → Does not run out" },
  { "years",
    90,
    0,
    8,
    3,
    2,
    { 0 },
    0,
    "2026-11-28 09:00",
    BENK_FORECAST_FAR,
    "",
    "90 free, 0.1 a week over the last 8 weeks → Not within a year" },
  { "taken by reservations",
    2,
    1,
    0,
    0,
    0,
    { 9, -3, 40 },
    3,
    "2026-11-28 09:00",
    BENK_FORECAST_DAY,
    "2026-12-07",
    "2 free, 1 reserved, 3 reservations need another device, less than a week is on "
    "record"
    " → about 7 Dec 2026" },
  { "taken today",
    1,
    0,
    8,
    0,
    0,
    { 0 },
    1,
    "2026-11-28 09:00",
    BENK_FORECAST_DAY,
    "2026-11-28",
    "1 free, 1 reservation needs another device, none went out over the last 8 weeks"
    " → today" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkForecastInput input = {
        .n_free = rows[i].n_free,
        .n_reserved = rows[i].n_reserved,
        .weeks = rows[i].weeks,
        .n_out = rows[i].n_out,
        .n_back = rows[i].n_back,
        .needs = rows[i].needs,
        .n_needs = rows[i].n_needs,
      };
      BenkForecast forecast = benk_forecast_make (&input, local_ms (rows[i].now));
      g_autofree char *words = benk_forecast_describe (&forecast);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (forecast.kind, ==, rows[i].kind);
      g_assert_cmpstr (forecast.date, ==, rows[i].date);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* --- whatever is asked --- */

#define MAX_NEEDS 6

typedef struct
{
  int needs[MAX_NEEDS];
  gint64 now_ms;
  BenkForecastInput input;
} Case;

static void
draw (Case *one)
{
  const gint64 from_ms = local_ms ("2026-01-01 00:00");

  for (gsize i = 0; i < MAX_NEEDS; i++)
    one->needs[i] = g_test_rand_int_range (-20, 400);
  one->now_ms = from_ms + g_test_rand_int_range (0, 2 * 366 * 24) * HOUR_MS;
  one->input = (BenkForecastInput){
    .n_free = (guint) g_test_rand_int_range (0, 40),
    .n_reserved = (guint) g_test_rand_int_range (0, 10),
    .weeks = (guint) g_test_rand_int_range (0, BENK_FORECAST_WEEKS_PROPOSED + 1),
    .n_out = (guint) g_test_rand_int_range (0, 60),
    .n_back = (guint) g_test_rand_int_range (0, 60),
    .needs = one->needs,
    .n_needs = (gsize) g_test_rand_int_range (0, MAX_NEEDS + 1),
  };
}

/* How long they last; what has no day lasts longest. */
static int
get_rank (const BenkForecast *forecast)
{
  switch (forecast->kind)
    {
    case BENK_FORECAST_NONE_FREE:
      return -1;
    case BENK_FORECAST_DAY:
      return forecast->days;
    default:
      return G_MAXINT;
    }
}

static void
assert_sound (const BenkForecast *forecast, gint64 now_ms)
{
  g_autofree char *today = benk_forecast_get_today (now_ms);
  g_autofree char *words = benk_forecast_describe (forecast);
  GDate first, last;

  g_assert_cmpuint (strlen (words), >, 0);
  if (forecast->kind != BENK_FORECAST_DAY)
    {
      g_assert_cmpstr (forecast->date, ==, "");
      return;
    }
  g_assert_true (benk_date_parse (today, &first));
  g_assert_true (benk_date_parse (forecast->date, &last));
  g_assert_cmpint (g_date_days_between (&first, &last), ==, forecast->days);
  g_assert_cmpint (forecast->days, >=, 0);
  g_assert_cmpint (forecast->days, <=, BENK_FORECAST_MAX_DAYS);
}

static void
test_properties (void)
{
  const guint n = g_test_slow () ? 20000 : 2000;
  guint n_days = 0;

  for (guint i = 0; i < n; i++)
    {
      Case one;
      BenkForecast few, more, slower, fewer_needs;

      draw (&one);
      few = benk_forecast_make (&one.input, one.now_ms);
      assert_sound (&few, one.now_ms);
      n_days += few.kind == BENK_FORECAST_DAY;

      /* One more that is free never makes it sooner, nor does one more that came back or
       * one reservation less. */
      one.input.n_free++;
      more = benk_forecast_make (&one.input, one.now_ms);
      g_assert_cmpint (get_rank (&more), >=, get_rank (&few));
      one.input.n_free--;
      one.input.n_back++;
      slower = benk_forecast_make (&one.input, one.now_ms);
      g_assert_cmpint (get_rank (&slower), >=, get_rank (&few));
      one.input.n_back--;
      if (one.input.n_needs > 0)
        {
          one.input.n_needs--;
          fewer_needs = benk_forecast_make (&one.input, one.now_ms);
          g_assert_cmpint (get_rank (&fewer_needs), >=, get_rank (&few));
        }
      /* What was not seen is not said. */
      if (few.weeks < BENK_FORECAST_MIN_WEEKS || few.n_out < BENK_FORECAST_MIN_OUT)
        g_assert_false (benk_forecast_knows_pace (&few));
      if (few.kind == BENK_FORECAST_FAR || few.kind == BENK_FORECAST_STEADY)
        g_assert_true (benk_forecast_knows_pace (&few));
    }
  g_test_message ("%u cases, %u with a day", n, n_days);
  g_assert_cmpuint (n_days, >, n / 10);
}

/* At every hour of the two days on which the clock is moved. */
static void
test_clock_changes (void)
{
  static const char *const days[] = { "2026-03-28 00:00", "2026-10-24 00:00" };
  const BenkForecastInput input = { .n_free = 4, .weeks = 8, .n_out = 8, .n_back = 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    for (int hour = 0; hour < 72; hour++)
      {
        gint64 now_ms = local_ms (days[i]) + hour * HOUR_MS;
        BenkForecast forecast = benk_forecast_make (&input, now_ms);

        assert_sound (&forecast, now_ms);
        g_assert_cmpint (forecast.days, ==, 28);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/today-is-that-of-the-district", test_today);
  g_test_add_func ("/forecast/looks-back-whole-weeks", test_weeks);
  g_test_add_func ("/forecast/looks-back-to-a-local-midnight", test_since_is_a_midnight);
  g_test_add_func ("/forecast/says-what-it-rests-on", test_rows);
  g_test_add_func ("/forecast/holds-whatever-is-asked", test_properties);
  g_test_add_func ("/forecast/counts-days-over-clock-changes", test_clock_changes);

  return g_test_run ();
}
