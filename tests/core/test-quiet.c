/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-quiet.h"

#define ZONE "Europe/Oslo"

static const BenkDutyHours hours = BENK_DUTY_HOURS_PROPOSED;

static gint64
at (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

typedef struct
{
  const char *now;
  BenkQuiet quiet;
  const char *end; /* NULL: cannot be chosen */
} Case;

/* 2 March 2026 is a Monday; Easter is 5 April 2026, the clock goes forward on 29 March.
 */
static const Case cases[] = {
  { "2026-03-02T09:00:00", BENK_QUIET_HALF_HOUR, "2026-03-02T09:30:00" },
  { "2026-03-02T09:00:00", BENK_QUIET_HOUR, "2026-03-02T10:00:00" },
  { "2026-03-02T09:00:00", BENK_QUIET_DUTY_END, "2026-03-02T15:30:00" },
  { "2026-03-02T09:00:00", BENK_QUIET_NEXT_DUTY, "2026-03-03T08:00:00" },
  { "2026-03-02T16:00:00", BENK_QUIET_DUTY_END, NULL },
  { "2026-03-02T07:45:00", BENK_QUIET_HALF_HOUR, "2026-03-02T08:00:00" },
  { "2026-03-02T07:45:00", BENK_QUIET_HOUR, "2026-03-02T08:00:00" },
  { "2026-03-06T14:00:00", BENK_QUIET_NEXT_DUTY, "2026-03-09T08:00:00" },
  { "2026-03-07T12:00:00", BENK_QUIET_NEXT_DUTY, "2026-03-09T08:00:00" },
  /* Over Easter, and over the night that is an hour short. */
  { "2026-04-01T20:00:00", BENK_QUIET_NEXT_DUTY, "2026-04-07T08:00:00" },
  { "2026-03-28T23:30:00", BENK_QUIET_HOUR, "2026-03-29T00:30:00" },
  { "2026-03-28T23:30:00", BENK_QUIET_NEXT_DUTY, "2026-03-30T08:00:00" },
};

static void
test_ends (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      gint64 end_ms = benk_quiet_get_end (one->quiet, &hours, ZONE, at (one->now));

      g_test_message ("%s, %s", one->now, benk_quiet_to_name (one->quiet));
      g_assert_cmpint (end_ms, ==, one->end ? at (one->end) : 0);
    }
}

/* At no time of two years does any choice lead past the next duty, or into the past. */
static void
test_never_longer (void)
{
  g_autoptr (GTimeZone) held = g_time_zone_new_identifier (ZONE);
  gint64 now_ms = at ("2026-01-01T00:10:00");

  for (guint i = 0; i < 2500; i++, now_ms += 7 * 60 * 60 * 1000)
    {
      gint64 latest_ms = benk_quiet_get_latest (&hours, ZONE, now_ms);

      g_assert_cmpint (latest_ms, >, now_ms);
      g_assert_cmpint (benk_duty_at (&hours, ZONE, latest_ms), ==, BENK_DUTY_DAY);
      for (int quiet = 0; quiet < BENK_N_QUIETS; quiet++)
        {
          gint64 end_ms = benk_quiet_get_end ((BenkQuiet) quiet, &hours, ZONE, now_ms);

          g_assert_true (end_ms == 0 || (end_ms > now_ms && end_ms <= latest_ms));
        }
    }
}

typedef struct
{
  const char *now;
  const char *text;
  const char *end;
  int code; /* of the error where @end is NULL */
} ParseCase;

static const ParseCase parse_cases[] = {
  { "2026-03-02T09:00:00", "13:30", "2026-03-02T13:30:00", 0 },
  { "2026-03-02T09:00:00", " 9.15 ", "2026-03-02T09:15:00", 0 },
  { "2026-03-02T09:00:00", "07:00", "2026-03-03T07:00:00", 0 },
  { "2026-03-02T09:00:00", "08:00", "2026-03-03T08:00:00", 0 },
  { "2026-03-02T09:00:00", "08:01", NULL, BENK_ERROR_REFUSED },
  { "2026-03-02T07:00:00", "09:00", NULL, BENK_ERROR_REFUSED },
  { "2026-03-02T09:00:00", "", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "24:00", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "12:60", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "12:5", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "12:301", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "noon", NULL, BENK_ERROR_INVALID },
  { "2026-03-02T09:00:00", "99999999999999999999:00", NULL, BENK_ERROR_INVALID },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      const ParseCase *one = &parse_cases[i];
      g_autoptr (GError) error = NULL;
      gint64 end_ms =
        benk_quiet_parse_end (one->text, &hours, ZONE, at (one->now), &error);

      g_test_message ("%s, “%s”: %s", one->now, one->text,
                      error ? error->message : "good");
      g_assert_cmpint (end_ms, ==, one->end ? at (one->end) : 0);
      if (!one->end)
        g_assert_error (error, BENK_ERROR, one->code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/quiet/ends", test_ends);
  g_test_add_func ("/core/quiet/never-longer-than-the-next-duty", test_never_longer);
  g_test_add_func ("/core/quiet/a-time-of-the-clock", test_parse);
  return g_test_run ();
}
