/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock-course.h"

#define NURSE "charge nurse"

const BenkClockCourse benk_clock_courses[BENK_N_CLOCK_COURSES] = {
  { "stands-right",
    { 3, 2, 8, 0 },
    { 3, 2, 9, 0 },
    FALSE,
    0,
    { 3, 2, 14, 30 },
    { 3, 3, 14, 30 },
    NULL,
    NULL,
    NULL },
  { "back-1-h",
    { 3, 2, 8, 0 },
    { 3, 2, 9, 0 },
    FALSE,
    HOUR,
    { 3, 2, 14, 30 },
    { 3, 3, 14, 30 },
    NULL,
    NULL,
    "clock-jump" },
  { "back-1-h-over-the-end-of-duty",
    { 3, 2, 14, 0 },
    { 3, 2, 14, 40 },
    FALSE,
    HOUR,
    { 3, 2, 14, 30 },
    { 3, 3, 14, 30 },
    NULL,
    NURSE,
    "clock-jump" },
  { "forward-1-day",
    { 3, 2, 8, 0 },
    { 3, 2, 9, 0 },
    FALSE,
    -DAY,
    { 3, 2, 14, 30 },
    { 3, 3, 14, 30 },
    NULL,
    NULL,
    "clock-jump" },
  { "night-of-spring",
    { 3, 28, 23, 0 },
    { 3, 29, 2, 0 },
    FALSE,
    0,
    { 3, 29, 22, 0 },
    { 3, 30, 13, 30 },
    NURSE,
    NURSE,
    NULL },
  { "night-of-autumn",
    { 10, 24, 23, 0 },
    { 10, 25, 2, 0 },
    FALSE,
    0,
    { 10, 25, 23, 0 },
    { 10, 26, 14, 30 },
    NURSE,
    NURSE,
    NULL },
  { "to-before-the-morning-after-spring",
    { 3, 28, 21, 0 },
    { 3, 30, 5, 55 },
    TRUE,
    0,
    { 3, 29, 22, 0 },
    { 3, 30, 13, 30 },
    NURSE,
    NURSE,
    "late" },
  { "to-the-morning-after-spring",
    { 3, 28, 21, 0 },
    { 3, 30, 6, 0 },
    TRUE,
    0,
    { 3, 29, 22, 0 },
    { 3, 30, 13, 30 },
    NURSE,
    NULL,
    "late" },
  { "to-before-the-morning-after-autumn",
    { 10, 24, 20, 0 },
    { 10, 26, 6, 55 },
    TRUE,
    0,
    { 10, 25, 23, 0 },
    { 10, 26, 14, 30 },
    NURSE,
    NURSE,
    "late" },
  { "to-the-morning-after-autumn",
    { 10, 24, 20, 0 },
    { 10, 26, 7, 0 },
    TRUE,
    0,
    { 10, 25, 23, 0 },
    { 10, 26, 14, 30 },
    NURSE,
    NULL,
    "late" },
  { "asleep-8-h",
    { 3, 2, 20, 0 },
    { 3, 3, 4, 0 },
    TRUE,
    0,
    { 3, 2, 21, 30 },
    { 3, 3, 14, 30 },
    NURSE,
    NURSE,
    "late" },
  { "weekend-64.5-h",
    { 3, 6, 14, 30 },
    { 3, 9, 7, 0 },
    TRUE,
    0,
    { 3, 6, 21, 30 },
    { 3, 9, 14, 30 },
    NURSE,
    NULL,
    "late" },
};

gint64
benk_clock_course_utc (const BenkClockMoment *at)
{
  g_autoptr (GDateTime) time =
    g_date_time_new_utc (2026, at->month, at->day, at->hour, at->minute, 0);

  return g_date_time_to_unix (time) * 1000;
}

/* --- time --- */

BenkFakeClock *
benk_clock_course_get_clock (BenkClockFixture *f)
{
  return BENK_FAKE_CLOCK (f->base.base.clock);
}

gint64
benk_clock_course_get_true_ms (BenkClockFixture *f)
{
  return benk_clock_get_wall_ms (f->server);
}

void
benk_clock_course_spin (BenkClockFixture *f)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (&f->base, FALSE);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
benk_clock_course_pass (BenkClockFixture *f, gint64 ms)
{
  benk_fake_clock_advance (BENK_FAKE_CLOCK (f->server), ms);
  benk_session_fixture_advance (&f->base.base, ms);
  benk_clock_course_spin (f);
}

void
benk_clock_course_sleep (BenkClockFixture *f, gint64 ms)
{
  benk_fake_clock_advance (BENK_FAKE_CLOCK (f->server), ms);
  benk_fake_clock_suspend (benk_clock_course_get_clock (f), ms);
  benk_clock_course_spin (f);
}

/* To the end of the course, as it goes there. */
void
benk_clock_course_run (BenkClockFixture *f, const BenkClockCourse *course)
{
  gint64 ms = benk_clock_course_utc (&course->to) - benk_clock_course_get_true_ms (f);

  if (course->wrong_ms != 0)
    benk_fake_clock_set_wall (benk_clock_course_get_clock (f),
                              benk_clock_course_get_true_ms (f));
  if (course->sleeps)
    benk_clock_course_sleep (f, ms);
  else
    benk_clock_course_pass (f, ms);
  g_assert_cmpint (benk_clock_get_wall_ms (f->base.base.clock), ==,
                   benk_clock_course_utc (&course->to));
  /* What the queue does not hear of, it sees at its next look. */
  benk_clock_course_pass (f, 31 * SECOND);
}

/* --- the fixture --- */

void
benk_clock_course_set_up (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  BenkNewFeed new_feed = { .name = "Hub", .token_file = "" };

  benk_session_fixture_set_up (&f->base.base, NULL);
  device = benk_session_fixture_add (&f->base.base, SERIAL, BENK_DEVICE_STATE_RECEIVED);
  f->base.alarms = benk_session_get_alarms (f->base.base.session);
  f->base.feeds = benk_session_get_feeds (f->base.base.session);
  f->server = BENK_CLOCK (benk_fake_clock_new (benk_clock_course_utc (&course->from)));
  benk_fake_clock_set_wall (benk_clock_course_get_clock (f),
                            benk_clock_course_utc (&course->from) + course->wrong_ms);
  f->base.hub = benk_virtual_hub_new (f->server, NULL);
  g_assert_true (benk_virtual_hub_start (f->base.hub, &error));
  new_feed.url = benk_virtual_hub_get_url (f->base.hub);
  feed = benk_alarms_fixture_add_feed (&f->base, &new_feed, &error);
  g_assert_no_error (error);
}

void
benk_clock_course_tear_down (BenkClockFixture *f, gconstpointer data)
{
  benk_alarms_fixture_tear_down (&f->base, NULL);
  g_clear_object (&f->server);
}
