/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock-course.h"
#include "benk-feeds-clock.h"
#include "benk-wording.h"

/* This computer's clock is wrong all the time: what is compared with a time of the
 * sources goes by theirs, what is written down has its own. True time is a Monday, 09:00
 * in the district; its duty ends at 15:30. */

#define SLOW(ms) (-(ms))
#define FAST(ms) (ms)

typedef struct
{
  const char *name;
  gint64 wrong_ms; /* the clock of this computer */
  gboolean corrected;
  const char *words; /* NULL: nothing is said */
} Wrong;

static const Wrong wrongs[] = {
  { "right", 0, FALSE, NULL },
  { "ten-seconds-fast", FAST (10 * SECOND), FALSE, NULL },
  { "under-a-minute-slow", SLOW (50 * SECOND), FALSE, NULL },
  { "two-minutes-fast", FAST (2 * MINUTE), TRUE, "This computer’s clock is 2 min fast" },
  { "an-hour-fast", FAST (HOUR), TRUE, "This computer’s clock is 1 h 0 min fast" },
  { "an-hour-slow", SLOW (HOUR), TRUE, "This computer’s clock is 1 h 0 min slow" },
  { "a-day-fast", FAST (DAY), TRUE, "This computer’s clock is 1 d 0 h fast" },
  { "a-day-slow", SLOW (DAY), TRUE, "This computer’s clock is 1 d 0 h slow" },
  { "years-slow", SLOW (3 * 365 * DAY), TRUE,
    "This computer’s clock is 1095 d 0 h slow" },
};

/* Asked at 08:00 of true time, UTC. */
static const BenkClockCourse monday = { .name = "monday", .from = { 3, 2, 8, 0 } };

static const Wrong *
find_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrongs); i++)
    if (g_str_has_suffix (g_test_get_path (), wrongs[i].name))
      return &wrongs[i];
  g_assert_not_reached ();
}

static gint64
get_wall_ms (BenkClockFixture *f)
{
  return benk_clock_get_wall_ms (f->base.base.clock);
}

static void
be_wrong_by (BenkClockFixture *f, gint64 ms)
{
  benk_fake_clock_set_wall (benk_clock_course_get_clock (f),
                            benk_clock_course_get_true_ms (f) + ms);
}

/* To the next look, and as it stands in the queue. */
static BenkAlarm *
look (BenkClockFixture *f)
{
  benk_clock_course_pass (f, 30 * SECOND);
  benk_clock_course_spin (f);
  return g_list_model_get_item (benk_alarms_get_queue (f->base.alarms), 0);
}

static gboolean
is_overdue (BenkClockFixture *f, BenkAlarm *alarm)
{
  gboolean overdue = FALSE;

  g_free (benk_wording_deadline (alarm, get_wall_ms (f), &overdue));
  return overdue;
}

static void
raise_jam (BenkClockFixture *f)
{
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
}

static gboolean
note_overdue (BenkAlarms *alarms, BenkAlarm *alarm, gboolean begins, BenkClockFixture *f)
{
  f->n_over += begins;
  return TRUE;
}

/* To be taken within 15 minutes: from when the source says it was raised. */
static void
test_deadline (BenkClockFixture *f, gconstpointer data)
{
  const Wrong *wrong = find_wrong ();
  g_autoptr (BenkAlarm) before = NULL;
  g_autoptr (BenkAlarm) after = NULL;

  be_wrong_by (f, wrong->wrong_ms);
  g_signal_connect (f->base.alarms, "overdue", G_CALLBACK (note_overdue), f);
  raise_jam (f);
  benk_clock_course_pass (f, 13 * MINUTE);
  before = look (f);
  g_assert_false (is_overdue (f, before));
  g_assert_null (benk_alarm_get_call (before));
  g_assert_cmpuint (benk_alarms_get_n_urgent (f->base.alarms), ==, 0);
  g_assert_cmpuint (f->n_over, ==, 0);
  benk_clock_course_pass (f, 3 * MINUTE);
  after = look (f);
  g_assert_true (is_overdue (f, after));
  g_assert_cmpuint (benk_alarms_get_n_urgent (f->base.alarms), ==, 1);
  g_assert_cmpuint (f->n_over, ==, 1);
  benk_clock_course_pass (f, 2 * HOUR);
  g_assert_cmpuint (f->n_over, ==, 1);
  g_signal_handlers_disconnect_by_data (f->base.alarms, f);
}

/* The end of the district's duty comes with the district's time. */
static void
test_owner (BenkClockFixture *f, gconstpointer data)
{
  const Wrong *wrong = find_wrong ();
  g_autoptr (BenkAlarm) before = NULL;
  g_autoptr (BenkAlarm) after = NULL;

  be_wrong_by (f, wrong->wrong_ms);
  raise_jam (f);
  benk_clock_course_pass (f, 6 * HOUR + 28 * MINUTE);
  before = look (f);
  g_assert_null (benk_alarm_get_call (before));
  benk_clock_course_pass (f, 3 * MINUTE);
  after = look (f);
  g_assert_nonnull (benk_alarm_get_call (after));
}

static void
test_words (BenkClockFixture *f, gconstpointer data)
{
  const Wrong *wrong = find_wrong ();
  g_autofree char *unknown = benk_feeds_describe_clock (f->base.feeds);
  g_autofree char *words = NULL;
  g_autofree char *why = NULL;
  gint64 skew_ms;

  be_wrong_by (f, wrong->wrong_ms);
  g_assert_null (unknown);
  benk_alarms_fixture_must_sync (&f->base);
  words = benk_feeds_describe_clock (f->base.feeds);
  why = benk_feeds_explain_clock (f->base.feeds);
  skew_ms = benk_feeds_get_clock_skew_ms (f->base.feeds);
  g_assert_cmpstr (words, ==, wrong->words);
  g_assert_cmpint (why != NULL, ==, words != NULL);
  g_assert_cmpint (ABS (skew_ms + (wrong->corrected ? wrong->wrong_ms : 0)), <=, SECOND);
}

/* What is written down keeps the time of this computer. */
static void
test_written_down (BenkClockFixture *f, gconstpointer data)
{
  const Wrong *wrong = find_wrong ();
  g_autoptr (BenkAlarm) alarm = NULL;
  gint64 wall_ms;

  be_wrong_by (f, wrong->wrong_ms);
  wall_ms = get_wall_ms (f);
  raise_jam (f);
  alarm = look (f);
  g_assert_cmpint (benk_alarm_get_received_ms (alarm), ==, wall_ms);
  g_assert_cmpint (benk_alarm_get_raised_ms (alarm), ==,
                   benk_clock_course_get_true_ms (f) - 30 * SECOND);
  g_assert_cmpint (
    benk_session_fixture_count (&f->base.base,
                                "SELECT wall_ms FROM journal ORDER BY seq DESC LIMIT 1"),
    ==, wall_ms);
}

/* What was typed here is of this computer's time, and is counted by it. */
static void
test_typed (BenkClockFixture *f, gconstpointer data)
{
  const Wrong *wrong = find_wrong ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) added = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  be_wrong_by (f, wrong->wrong_ms);
  benk_alarms_fixture_must_sync (&f->base);
  added = benk_alarms_fixture_add (&f->base, SERIAL, "1.8", 0, &error);
  g_assert_no_error (error);
  benk_clock_course_pass (f, 13 * MINUTE);
  alarm = look (f);
  g_assert_false (is_overdue (f, alarm));
  benk_clock_course_pass (f, 3 * MINUTE);
  g_assert_true (is_overdue (f, alarm));
}

/* Set right, and wrong again: seen without another answer. */
static void
test_set (BenkClockFixture *f, gconstpointer data)
{
  static const gint64 steps[] = { HOUR, 0, -DAY, 2 * HOUR, 0 };

  benk_alarms_fixture_must_sync (&f->base);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 skew_ms;

      be_wrong_by (f, steps[i]);
      skew_ms = benk_feeds_get_clock_skew_ms (f->base.feeds);
      g_assert_cmpint (ABS (skew_ms + steps[i]), <=, SECOND);
      g_assert_cmpint (ABS (benk_feeds_get_now_ms (f->base.feeds) -
                            benk_clock_course_get_true_ms (f)),
                       <=, SECOND);
    }
}

/* A server that does not say what time it is changes nothing. */
static void
test_no_date (BenkClockFixture *f, gconstpointer data)
{
  g_autofree char *words = NULL;

  be_wrong_by (f, HOUR);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "no-date@9999", NULL));
  benk_alarms_fixture_must_sync (&f->base);
  words = benk_feeds_describe_clock (f->base.feeds);
  g_assert_null (words);
  g_assert_cmpint (benk_feeds_get_clock_skew_ms (f->base.feeds), ==, 0);
}

/* Which of them is wrong cannot be known. */
static void
test_disagree (BenkClockFixture *f, gconstpointer data)
{
  g_autoptr (BenkClock) clock =
    BENK_CLOCK (benk_fake_clock_new (benk_clock_course_get_true_ms (f) + 20 * MINUTE));
  g_autoptr (BenkVirtualHub) other = benk_virtual_hub_new (clock, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  g_autofree char *words = NULL;
  g_autofree char *why = NULL;
  BenkNewFeed new_feed = { .name = "Other", .token_file = "" };

  g_assert_true (benk_virtual_hub_start (other, &error));
  new_feed.url = benk_virtual_hub_get_url (other);
  feed = benk_alarms_fixture_add_feed (&f->base, &new_feed, &error);
  g_assert_no_error (error);
  be_wrong_by (f, HOUR);
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpint (benk_feeds_get_clock_skew_ms (f->base.feeds), ==, 0);
  words = benk_feeds_describe_clock (f->base.feeds);
  why = benk_feeds_explain_clock (f->base.feeds);
  g_assert_cmpstr (words, ==, "The sources’ clocks do not agree");
  g_assert_true (g_str_has_prefix (why, "They differ by 20 min."));
  benk_virtual_hub_stop (other);
}

static void
add (const char *path, void (*func) (BenkClockFixture *f, gconstpointer data))
{
  g_test_add (path, BenkClockFixture, &monday, benk_clock_course_set_up, func,
              benk_clock_course_tear_down);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (BenkClockFixture *f, gconstpointer data);
  } tests[] = {
    { "deadline", test_deadline },   { "owner", test_owner },
    { "words", test_words },         { "written-down", test_written_down },
    { "typed-by-hand", test_typed },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (wrongs); j++)
      {
        g_autofree char *path =
          g_strdup_printf ("/session/feeds-clock/%s/%s", tests[i].name, wrongs[j].name);

        add (path, tests[i].run);
      }
  add ("/session/feeds-clock/the-clock-is-set", test_set);
  add ("/session/feeds-clock/no-date", test_no_date);
  add ("/session/feeds-clock/sources-that-do-not-agree", test_disagree);
  return g_test_run ();
}
