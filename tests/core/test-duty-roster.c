/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duty-roster.h"

#include <string.h>

#include "benk-plan.h"

#define HOUR_MS (60.0 * 60 * 1000)

/* Local time in Oslo, "YYYY-MM-DD HH:MM". */
static gint64
local_ms (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);
  guint minute = (guint) (g_ascii_strtoull (text + 11, NULL, 10) * 60 +
                          g_ascii_strtoull (text + 14, NULL, 10));
  GDate date;

  g_assert_true (benk_date_parse (day, &date));
  return benk_local_minute_to_ms (BENK_DISTRICT_ZONE, &date, minute);
}

static void
assert_instant (gint64 ms, const char *expected)
{
  if (ms != local_ms (expected))
    {
      g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M");

      g_assert_cmpstr (text, ==, expected);
    }
}

static BenkDutyTeam *
add_team (BenkDutyRoster *roster, guint8 n, const char *name)
{
  BenkDutyTeam *team = benk_duty_team_copy (roster->common);

  memset (&team->id, n, sizeof team->id);
  team->name = g_strdup (name);
  g_ptr_array_add (roster->teams, team);
  return team;
}

static BenkDutyOverride *
add_override (BenkDutyRoster *roster, guint8 team, const char *from, const char *to)
{
  BenkDutyOverride *there = g_new0 (BenkDutyOverride, 1);

  memset (&there->team, team, sizeof there->team);
  there->owner = BENK_DUTY_ROLE_NONE;
  there->supporter = BENK_DUTY_ROLE_NONE;
  there->from_ms = local_ms (from);
  there->to_ms = local_ms (to);
  g_ptr_array_add (roster->overrides, there);
  return there;
}

static BenkId
team_id (guint8 n)
{
  BenkId id;

  memset (&id, n, sizeof id);
  return id;
}

/* Who owns, who supports, and when that is another next. */
static void
test_every_moment_has_owner_supporter_and_next_change (void)
{
  static const struct
  {
    const char *now;
    BenkDuty duty;
    BenkDutyRole owner;
    BenkDutyRole supporter;
    const char *next;
  } rows[] = {
#define MINE BENK_DUTY_ROLE_COORDINATOR, BENK_DUTY_ROLE_TECHNICIAN
#define THEIRS BENK_DUTY_ROLE_CHARGE_NURSE, BENK_DUTY_ROLE_VENDOR
    /* An ordinary day; evening and night have the same two. */
    { "2026-11-24 08:00", BENK_DUTY_DAY, MINE, "2026-11-24 15:30" },
    { "2026-11-24 15:29", BENK_DUTY_DAY, MINE, "2026-11-24 15:30" },
    { "2026-11-24 15:30", BENK_DUTY_EVENING, THEIRS, "2026-11-25 08:00" },
    { "2026-11-24 22:30", BENK_DUTY_NIGHT, THEIRS, "2026-11-25 08:00" },
    { "2026-11-24 07:59", BENK_DUTY_NIGHT, THEIRS, "2026-11-24 08:00" },
    /* A weekend. */
    { "2026-11-27 15:30", BENK_DUTY_EVENING, THEIRS, "2026-11-30 08:00" },
    { "2026-11-29 12:00", BENK_DUTY_WEEKEND, THEIRS, "2026-11-30 08:00" },
    /* The nights in which the clock goes on and back. */
    { "2026-03-27 16:00", BENK_DUTY_EVENING, THEIRS, "2026-03-30 08:00" },
    { "2026-03-29 01:59", BENK_DUTY_WEEKEND, THEIRS, "2026-03-30 08:00" },
    { "2026-10-25 02:30", BENK_DUTY_WEEKEND, THEIRS, "2026-10-26 08:00" },
    /* Easter 2026: from Wednesday to Tuesday, and its eve is a Saturday. */
    { "2026-04-01 15:30", BENK_DUTY_EVENING, THEIRS, "2026-04-07 08:00" },
    { "2026-04-02 10:00", BENK_DUTY_WEEKEND, THEIRS, "2026-04-07 08:00" },
    { "2026-04-04 10:00", BENK_DUTY_WEEKEND, THEIRS, "2026-04-07 08:00" },
    { "2026-04-06 10:00", BENK_DUTY_WEEKEND, THEIRS, "2026-04-07 08:00" },
    /* 1 May on a Saturday, two holidays on one Monday. */
    { "2027-04-30 15:00", BENK_DUTY_DAY, MINE, "2027-04-30 15:30" },
    { "2027-05-01 10:00", BENK_DUTY_WEEKEND, THEIRS, "2027-05-03 08:00" },
    { "2027-05-17 10:00", BENK_DUTY_WEEKEND, THEIRS, "2027-05-18 08:00" },
    /* Half a day before Christmas, and then until Monday. */
    { "2026-12-24 11:59", BENK_DUTY_DAY, MINE, "2026-12-24 12:00" },
    { "2026-12-24 12:00", BENK_DUTY_EVENING, THEIRS, "2026-12-28 08:00" },
    { "2026-12-31 13:00", BENK_DUTY_DAY, MINE, "2026-12-31 15:30" },
  };
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 now_ms = local_ms (rows[i].now);
      BenkDutyNow now;
      gint64 end_ms;

      g_test_message ("%s", rows[i].now);
      benk_duty_roster_look (roster, NULL, now_ms, &now);
      g_assert_cmpint (now.duty, ==, rows[i].duty);
      g_assert_cmpint (now.owner, ==, rows[i].owner);
      g_assert_cmpint (now.supporter, ==, rows[i].supporter);
      assert_instant (benk_duty_roster_next_change (roster, NULL, now_ms), rows[i].next);
      g_assert_cmpint (benk_duty_roster_is_mine (roster, now_ms, &end_ms), ==,
                       rows[i].supporter == BENK_DUTY_ROLE_TECHNICIAN);
      assert_instant (end_ms, rows[i].next);
    }
}

static void
test_a_weekend_is_as_long_as_the_clock_makes_it (void)
{
  static const struct
  {
    const char *from;
    double hours;
  } rows[] = {
    { "2026-11-27 15:30", 64.5 }, /* any */
    { "2026-03-27 15:30", 63.5 }, /* the clock goes on */
    { "2026-10-23 15:30", 65.5 }, /* the clock goes back */
  };
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 from_ms = local_ms (rows[i].from);
      gint64 to_ms = benk_duty_roster_next_change (roster, NULL, from_ms);

      g_assert_cmpfloat_with_epsilon ((double) (to_ms - from_ms) / HOUR_MS, rows[i].hours,
                                      1e-9);
    }
}

static void
test_eves_follow_what_the_team_has (void)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  BenkDutyTeam *team = add_team (roster, 1, "District 1");
  BenkId id = team_id (1);

  team->hours.eve_end = 840;
  team->hours.late_end = 780;
  assert_instant (benk_duty_roster_next_change (roster, &id,
                                                local_ms ("2026-12-24 09:00")),
                  "2026-12-24 14:00");
  assert_instant (benk_duty_roster_next_change (roster, &id,
                                                local_ms ("2026-12-31 09:00")),
                  "2026-12-31 13:00");
  assert_instant (benk_duty_roster_next_change (roster, &id,
                                                local_ms ("2026-04-01 09:00")),
                  "2026-04-01 13:00");
  assert_instant (benk_duty_roster_next_change (roster, NULL,
                                                local_ms ("2026-12-31 09:00")),
                  "2026-12-31 15:30");
}

static void
test_hours_that_cannot_be_are_known (void)
{
  static const struct
  {
    BenkDutyHours hours;
    gboolean valid;
  } rows[] = {
    { { 480, 930, 1350, 720, TRUE, 0 }, TRUE },
    { { 480, 930, 1440, 930, TRUE, 930 }, TRUE },
    { { 930, 480, 1350, 720, TRUE, 0 }, FALSE },
    { { 480, 480, 1350, 480, TRUE, 0 }, FALSE },
    { { 480, 930, 930, 720, TRUE, 0 }, FALSE },
    { { 480, 930, 1441, 720, TRUE, 0 }, FALSE },
    { { 480, 930, 1350, 480, TRUE, 0 }, FALSE },
    { { 480, 930, 1350, 940, TRUE, 0 }, FALSE },
    { { 480, 930, 1350, 720, TRUE, 400 }, FALSE },
    { { 480, 930, 1350, 720, TRUE, 1000 }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%u", (guint) i);
      g_assert_cmpint (benk_duty_hours_are_valid (&rows[i].hours), ==, rows[i].valid);
    }
}

/* Team 1 covers team 2 on 24 to 26 December; team 1 begins at 07:00. */
static void
test_another_team_covers_from_the_first_to_before_the_last_moment (void)
{
  static const struct
  {
    const char *now;
    guint8 team;
    BenkDutyRole owner;
    const char *next;
  } rows[] = {
    { "2026-12-23 23:59", 2, BENK_DUTY_ROLE_CHARGE_NURSE, "2026-12-24 00:00" },
    { "2026-12-24 00:00", 1, BENK_DUTY_ROLE_CHARGE_NURSE, "2026-12-24 07:00" },
    { "2026-12-24 07:00", 1, BENK_DUTY_ROLE_COORDINATOR, "2026-12-24 12:00" },
    { "2026-12-26 23:59", 1, BENK_DUTY_ROLE_CHARGE_NURSE, "2026-12-27 00:00" },
    { "2026-12-27 00:00", 2, BENK_DUTY_ROLE_CHARGE_NURSE, "2026-12-28 08:00" },
  };
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  BenkDutyTeam *first = add_team (roster, 1, "District 1");
  BenkDutyOverride *there;
  BenkId second = team_id (2);

  first->hours.day_start = 420;
  add_team (roster, 2, "District 2");
  there = add_override (roster, 2, "2026-12-24 00:00", "2026-12-27 00:00");
  there->covering = team_id (1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkId answering = team_id (rows[i].team);
      gint64 now_ms = local_ms (rows[i].now);
      BenkDutyNow now;

      g_test_message ("%s", rows[i].now);
      benk_duty_roster_look (roster, &second, now_ms, &now);
      g_assert_true (benk_id_equal (&now.team->id, &answering));
      g_assert_true ((now.changed == there) == (rows[i].team == 1));
      g_assert_cmpint (now.owner, ==, rows[i].owner);
      assert_instant (benk_duty_roster_next_change (roster, &second, now_ms),
                      rows[i].next);
    }
  there->ended = TRUE;
  {
    BenkDutyNow now;

    benk_duty_roster_look (roster, &second, local_ms ("2026-12-25 12:00"), &now);
    g_assert_true (benk_id_equal (&now.team->id, &second));
  }
}

static void
test_the_last_written_holds_and_cover_is_followed (void)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  const BenkId one = team_id (1), two = team_id (2), three = team_id (3);
  gint64 now_ms = local_ms ("2026-11-24 10:00");
  BenkDutyOverride *there;
  BenkDutyNow now;

  add_team (roster, 1, "District 1");
  add_team (roster, 2, "District 2");
  add_team (roster, 3, "District 3");
  there = add_override (roster, 1, "2026-11-24 00:00", "2026-11-25 00:00");
  there->covering = two;
  there = add_override (roster, 2, "2026-11-24 00:00", "2026-11-25 00:00");
  there->covering = three;
  benk_duty_roster_look (roster, &one, now_ms, &now);
  g_assert_true (benk_id_equal (&now.team->id, &three));

  /* In a ring it ends. */
  there = add_override (roster, 3, "2026-11-24 00:00", "2026-11-25 00:00");
  there->covering = one;
  benk_duty_roster_look (roster, &one, now_ms, &now);
  g_assert_nonnull (now.team);

  there = add_override (roster, 1, "2026-11-24 09:00", "2026-11-24 11:00");
  there->supporter = BENK_DUTY_ROLE_VENDOR;
  benk_duty_roster_look (roster, &one, now_ms, &now);
  g_assert_true (benk_id_equal (&now.team->id, &one));
  g_assert_cmpint (now.supporter, ==, BENK_DUTY_ROLE_VENDOR);
  g_assert_cmpint (now.owner, ==, BENK_DUTY_ROLE_COORDINATOR);
  assert_instant (benk_duty_roster_next_change (roster, &one, now_ms),
                  "2026-11-24 11:00");
}

/* A change for all teams, and two of which one has longer days. */
static void
test_my_duty_ends_when_nobody_is_supported_by_me (void)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  BenkDutyTeam *second;
  BenkDutyOverride *there;
  gint64 end_ms;

  add_team (roster, 1, "District 1");
  second = add_team (roster, 2, "District 2");
  second->hours.day_end = 1000;
  g_assert_true (
    benk_duty_roster_is_mine (roster, local_ms ("2026-11-24 10:00"), &end_ms));
  assert_instant (end_ms, "2026-11-24 16:40");

  there = add_override (roster, 0, "2026-11-24 12:00", "2026-11-26 00:00");
  there->supporter = BENK_DUTY_ROLE_VENDOR;
  g_assert_true (
    benk_duty_roster_is_mine (roster, local_ms ("2026-11-24 10:00"), &end_ms));
  assert_instant (end_ms, "2026-11-24 12:00");
  g_assert_false (
    benk_duty_roster_is_mine (roster, local_ms ("2026-11-24 13:00"), &end_ms));
  assert_instant (end_ms, "2026-11-26 08:00");
}

static void
test_numbers_and_words_are_told (void)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  const BenkId one = team_id (1);
  BenkDutyTeam *first;
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;

  roster->common->phones[BENK_DUTY_ROLE_CHARGE_NURSE] = g_strdup ("22 00 00 01");
  first = add_team (roster, 1, "District 1");
  g_clear_pointer (&first->phones[BENK_DUTY_ROLE_CHARGE_NURSE], g_free);
  add_team (roster, 2, "District 2");
  g_assert_cmpstr (benk_duty_roster_get_phone (roster, first,
                                               BENK_DUTY_ROLE_CHARGE_NURSE),
                   ==, "22 00 00 01");
  g_assert_null (benk_duty_roster_get_phone (roster, first, BENK_DUTY_ROLE_VENDOR));

  first->hours.day_end = 900;
  line = benk_duty_roster_describe (roster, local_ms ("2026-11-24 15:10"));
  g_assert_cmpstr (line, ==,
                   "Support: you until 15:30, then the vendor · Alarms: coordinator, "
                   "District 2 · charge nurse, District 1");
  words = benk_duty_roster_describe_team (roster, &one, local_ms ("2026-11-24 15:10"));
  g_assert_cmpstr (words, ==,
                   "Alarms: charge nurse 22 00 00 01\nSupport: vendor\n"
                   "From 25 Nov 08:00: coordinator; support: technical resource person");
}

/* A time without its day would be read as of the other end's. */
static void
test_a_span_of_two_days_says_both (void)
{
  static const struct
  {
    const char *from, *to, *now, *words;
  } rows[] = {
    { "2026-11-24 08:41", "2026-11-24 15:30", "2026-11-24 09:00", "08:41 – 15:30" },
    { "2026-11-24 08:41", "2026-11-27 09:41", "2026-11-24 09:00",
      "24 Nov 08:41 – 27 Nov 09:41" },
    { "2026-11-24 08:41", "2026-11-27 09:41", "2026-11-27 09:00",
      "24 Nov 08:41 – 27 Nov 09:41" },
    { "2026-11-25 08:00", "2026-11-25 10:00", "2026-11-24 09:00",
      "25 Nov 08:00 – 10:00" },
    { "2026-12-31 08:00", "2027-01-02 10:00", "2026-12-31 09:00",
      "31 Dec 2026 08:00 – 2 Jan 2027 10:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const BenkDutyOverride there = { .from_ms = local_ms (rows[i].from),
                                       .to_ms = local_ms (rows[i].to),
                                       .owner = BENK_DUTY_ROLE_NONE,
                                       .supporter = BENK_DUTY_ROLE_VENDOR };
      g_autofree char *words =
        benk_duty_override_describe (&there, local_ms (rows[i].now));
      g_autofree char *expected =
        g_strconcat ("All teams · support: vendor · ", rows[i].words, NULL);

      g_assert_cmpstr (words, ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/duty-roster/every-moment-has-owner-supporter-and-next-change",
                   test_every_moment_has_owner_supporter_and_next_change);
  g_test_add_func ("/core/duty-roster/a-weekend-is-as-long-as-the-clock-makes-it",
                   test_a_weekend_is_as_long_as_the_clock_makes_it);
  g_test_add_func ("/core/duty-roster/eves-follow-what-the-team-has",
                   test_eves_follow_what_the_team_has);
  g_test_add_func ("/core/duty-roster/hours-that-cannot-be-are-known",
                   test_hours_that_cannot_be_are_known);
  g_test_add_func (
    "/core/duty-roster/another-team-covers-from-the-first-to-before-the-last-moment",
    test_another_team_covers_from_the_first_to_before_the_last_moment);
  g_test_add_func ("/core/duty-roster/the-last-written-holds-and-cover-is-followed",
                   test_the_last_written_holds_and_cover_is_followed);
  g_test_add_func ("/core/duty-roster/my-duty-ends-when-nobody-is-supported-by-me",
                   test_my_duty_ends_when_nobody_is_supported_by_me);
  g_test_add_func ("/core/duty-roster/numbers-and-words-are-told",
                   test_numbers_and_words_are_told);
  g_test_add_func ("/core/duty-roster/a-span-of-two-days-says-both",
                   test_a_span_of_two_days_says_both);

  return g_test_run ();
}
