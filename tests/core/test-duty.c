/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duty.h"

#define OSLO "Europe/Oslo"

static const BenkDutyHours hours = { 480, 930, 1350, 720, TRUE };

static GDate
date_of (const char *text)
{
  GDate date;

  g_assert_true (benk_date_parse (text, &date));

  return date;
}

/* Local time in Oslo, "YYYY-MM-DD HH:MM". */
static gint64
local_ms (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);
  GDate date = date_of (day);
  guint minute = (guint) (g_ascii_strtoull (text + 11, NULL, 10) * 60 +
                          g_ascii_strtoull (text + 14, NULL, 10));

  return benk_local_minute_to_ms (OSLO, &date, minute);
}

static void
test_easter (void)
{
  static const char *const sundays[] = { "1913-03-23", "2008-03-23", "2012-04-08",
                                         "2024-03-31", "2025-04-20", "2026-04-05",
                                         "2027-03-28", "2028-04-16", "2029-04-01",
                                         "2030-04-21", "2031-04-13", "2190-04-25" };
  GDate easter;

  for (gsize i = 0; i < G_N_ELEMENTS (sundays); i++)
    {
      GDate expected = date_of (sundays[i]);

      g_assert_true (benk_easter_sunday (g_date_get_year (&expected), &easter));
      g_assert_cmpint (g_date_compare (&easter, &expected), ==, 0);
    }
  for (guint year = 1900; year <= 2199; year++)
    {
      g_assert_true (benk_easter_sunday (year, &easter));
      g_assert_cmpint (g_date_get_weekday (&easter), ==, G_DATE_SUNDAY);
    }
  g_assert_false (benk_easter_sunday (1899, &easter));
  g_assert_false (benk_easter_sunday (2200, &easter));
}

static void
test_holidays (void)
{
  static const struct
  {
    const char *day;
    guint holidays;
  } rows[] = {
    { "2024-03-28", BENK_HOLIDAY_MAUNDY_THURSDAY },
    { "2024-03-29", BENK_HOLIDAY_GOOD_FRIDAY },
    { "2024-03-31", BENK_HOLIDAY_EASTER_SUNDAY },
    { "2024-04-01", BENK_HOLIDAY_EASTER_MONDAY },
    { "2024-05-01", BENK_HOLIDAY_LABOUR_DAY },
    { "2024-05-09", BENK_HOLIDAY_ASCENSION_DAY },
    { "2024-05-17", BENK_HOLIDAY_CONSTITUTION_DAY },
    { "2024-05-19", BENK_HOLIDAY_WHIT_SUNDAY },
    { "2024-05-20", BENK_HOLIDAY_WHIT_MONDAY },
    { "2025-05-29", BENK_HOLIDAY_ASCENSION_DAY },
    { "2025-06-08", BENK_HOLIDAY_WHIT_SUNDAY },
    { "2026-05-14", BENK_HOLIDAY_ASCENSION_DAY },
    { "2026-05-24", BENK_HOLIDAY_WHIT_SUNDAY },
    { "2028-05-25", BENK_HOLIDAY_ASCENSION_DAY },
    { "2031-06-01", BENK_HOLIDAY_WHIT_SUNDAY },
    { "2026-01-01", BENK_HOLIDAY_NEW_YEAR },
    { "2026-12-25", BENK_HOLIDAY_CHRISTMAS_DAY },
    { "2026-12-26", BENK_HOLIDAY_BOXING_DAY },
    { "2027-05-17", BENK_HOLIDAY_WHIT_MONDAY | BENK_HOLIDAY_CONSTITUTION_DAY },
    { "2008-05-01", BENK_HOLIDAY_ASCENSION_DAY | BENK_HOLIDAY_LABOUR_DAY },
    { "2012-05-17", BENK_HOLIDAY_ASCENSION_DAY | BENK_HOLIDAY_CONSTITUTION_DAY },
    { "2027-05-01", BENK_HOLIDAY_LABOUR_DAY },
    { "2026-12-24", 0 },
    { "2026-12-31", 0 },
    { "2026-04-01", 0 },
    { "2026-04-30", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate date = date_of (rows[i].day);

      g_assert_cmphex (benk_holidays_on (&date), ==, rows[i].holidays);
      if (rows[i].holidays != 0)
        g_assert_false (benk_date_is_workday (&date));
    }
  for (guint i = 0; i < BENK_N_HOLIDAYS; i++)
    g_assert_nonnull (benk_holiday_get_label (1 << i));
  g_assert_null (benk_holiday_get_label (0));
}

static void
test_eves (void)
{
  static const char *const eves[] = { "2026-04-04", "2026-05-23", "2026-12-24" };
  static const char *const others[] = { "2026-12-31", "2026-04-01", "2026-05-13",
                                        "2026-04-30" };

  for (gsize i = 0; i < G_N_ELEMENTS (eves); i++)
    {
      GDate date = date_of (eves[i]);

      g_assert_true (benk_date_is_eve (&date));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      GDate date = date_of (others[i]);

      g_assert_false (benk_date_is_eve (&date));
      g_assert_true (benk_date_is_workday (&date));
    }
}

static void
test_duties (void)
{
  static const struct
  {
    const char *now;
    BenkDuty duty;
    const char *change;
  } rows[] = {
    { "2026-11-20 07:59", BENK_DUTY_NIGHT, "2026-11-20 08:00" },
    { "2026-11-20 08:00", BENK_DUTY_DAY, "2026-11-20 15:30" },
    { "2026-11-20 15:30", BENK_DUTY_EVENING, "2026-11-20 22:30" },
    { "2026-11-20 22:30", BENK_DUTY_NIGHT, "2026-11-21 00:00" },
    { "2026-11-21 12:00", BENK_DUTY_WEEKEND, "2026-11-23 00:00" },
    { "2026-11-23 00:00", BENK_DUTY_NIGHT, "2026-11-23 08:00" },
    { "2027-05-17 10:00", BENK_DUTY_WEEKEND, "2027-05-18 00:00" },
    { "2026-12-24 11:59", BENK_DUTY_DAY, "2026-12-24 12:00" },
    { "2026-12-24 12:00", BENK_DUTY_EVENING, "2026-12-24 22:30" },
    { "2026-12-24 23:00", BENK_DUTY_NIGHT, "2026-12-25 00:00" },
    { "2026-12-25 00:00", BENK_DUTY_WEEKEND, "2026-12-28 00:00" },
    { "2027-03-24 23:00", BENK_DUTY_NIGHT, "2027-03-25 00:00" },
    { "2027-03-25 00:00", BENK_DUTY_WEEKEND, "2027-03-30 00:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 now_ms = local_ms (rows[i].now);

      g_assert_cmpint (benk_duty_at (&hours, OSLO, now_ms), ==, rows[i].duty);
      g_assert_cmpint (benk_duty_next_change (&hours, OSLO, now_ms), ==,
                       local_ms (rows[i].change));
    }
  g_assert_cmpint (benk_duty_next_change (&hours, "Nowhere", 0), ==, -1);
}

static void
test_workdays (void)
{
  static const struct
  {
    const char *now;
    guint n_days;
    const char *end;
  } rows[] = {
    { "2026-11-20 10:00", 0, "2026-11-20 15:30" },
    { "2026-11-20 15:30", 0, "2026-11-23 15:30" },
    { "2026-11-20 10:00", 1, "2026-11-23 15:30" },
    { "2026-11-21 10:00", 1, "2026-11-23 15:30" },
    { "2026-12-23 10:00", 1, "2026-12-24 12:00" },
    { "2026-12-23 10:00", 2, "2026-12-28 15:30" },
    { "2027-03-24 16:00", 1, "2027-03-30 15:30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (benk_duty_workdays_on (&hours, OSLO, local_ms (rows[i].now),
                                            rows[i].n_days),
                     ==, local_ms (rows[i].end));
  g_assert_cmpint (benk_duty_workdays_on (&hours, "Nowhere", 0, 1), ==, -1);
}

static void
test_roles (void)
{
  g_assert_cmpint (benk_duty_get_owner (BENK_DUTY_DAY), ==, BENK_DUTY_ROLE_COORDINATOR);
  g_assert_cmpint (benk_duty_get_owner (BENK_DUTY_WEEKEND), ==,
                   BENK_DUTY_ROLE_CHARGE_NURSE);
  g_assert_cmpint (benk_duty_get_supporter (BENK_DUTY_DAY), ==,
                   BENK_DUTY_ROLE_TECHNICIAN);
  g_assert_cmpint (benk_duty_get_supporter (BENK_DUTY_EVENING), ==,
                   BENK_DUTY_ROLE_VENDOR);
  g_assert_cmpint (benk_duty_get_period (BENK_DUTY_NIGHT), ==, BENK_DUTY_PERIOD_EVENING);
  g_assert_cmpstr (benk_duty_role_to_name (BENK_DUTY_ROLE_CHARGE_NURSE), ==,
                   "charge-nurse");
  g_assert_cmpstr (benk_duty_to_name (BENK_DUTY_WEEKEND), ==, "weekend");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/duty/easter", test_easter);
  g_test_add_func ("/core/duty/holidays-also-two-on-one-day", test_holidays);
  g_test_add_func ("/core/duty/eves-are-not-holidays", test_eves);
  g_test_add_func ("/core/duty/duty-and-next-change", test_duties);
  g_test_add_func ("/core/duty/working-days-on", test_workdays);
  g_test_add_func ("/core/duty/who-owns-and-who-supports", test_roles);

  return g_test_run ();
}
