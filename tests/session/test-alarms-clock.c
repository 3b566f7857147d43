/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-wait.h"
#include "benk-attention-private.h"
#include "benk-clock-course.h"
#include "benk-duties.h"
#include "benk-wording.h"

/* Whatever the clock of this computer does, deadlines stand where the source put them,
 * owners follow the district's time, and what is told is told once. */

static guint n_cases;

static BenkAlarm *
find (BenkClockFixture *f, const char *code)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (&f->base, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (g_str_equal (benk_alarm_get_code (alarm), code))
        return g_steal_pointer (&alarm);
    }
  g_assert_not_reached ();
}

/* --- deadlines --- */

typedef struct
{
  const char *code;
  gint64 take_ms; /* after it was raised; 0: none */
  gint64 (*get_resolve_ms) (const BenkClockCourse *course); /* NULL: an hour */
} DeadlineRow;

static gint64
get_shift_end (const BenkClockCourse *course)
{
  return benk_clock_course_utc (&course->shift_end);
}

static gint64
get_workday (const BenkClockCourse *course)
{
  return benk_clock_course_utc (&course->workday);
}

static const DeadlineRow deadline_rows[] = {
  { "1.1", 15 * MINUTE, NULL },
  { "1.4", 240 * MINUTE, get_shift_end },
  { "1.12", 0, get_workday },
};

/* By the instant of the source: where it was put before, and after. */
static void
check_deadlines (BenkClockFixture *f, const BenkClockCourse *course)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deadline_rows); i++)
    {
      const DeadlineRow *row = &deadline_rows[i];
      gint64 from_ms = benk_clock_course_utc (&course->from);
      g_autoptr (BenkAlarm) alarm = find (f, row->code);

      g_assert_cmpint (benk_alarm_get_raised_ms (alarm), ==, from_ms);
      g_assert_cmpint (benk_alarm_get_take_deadline_ms (alarm), ==,
                       row->take_ms > 0 ? from_ms + row->take_ms : 0);
      g_assert_cmpint (benk_alarm_get_resolve_deadline_ms (alarm), ==,
                       row->get_resolve_ms ? row->get_resolve_ms (course)
                                           : from_ms + HOUR);
      n_cases += 2;
    }
}

/* Told as overdue from its instant on, and not before. */
static void
check_overdue (BenkClockFixture *f)
{
  gint64 now_ms = benk_clock_get_wall_ms (f->base.base.clock);

  for (gsize i = 0; i < G_N_ELEMENTS (deadline_rows); i++)
    {
      g_autoptr (BenkAlarm) alarm = find (f, deadline_rows[i].code);
      gint64 take_ms = benk_alarm_get_take_deadline_ms (alarm);
      gint64 resolve_ms = benk_alarm_get_resolve_deadline_ms (alarm);
      gint64 deadline_ms = take_ms > 0 ? MIN (take_ms, resolve_ms) : resolve_ms;
      gboolean overdue = FALSE;

      g_free (benk_wording_deadline (alarm, now_ms, &overdue));
      g_assert_cmpint (overdue, ==, benk_clock_course_get_true_ms (f) > deadline_ms);
      n_cases++;
    }
}

/* What is overdue comes first in the queue; what nobody has to see to now, last. */
static void
check_order (BenkClockFixture *f)
{
  GListModel *queue = benk_alarms_get_queue (f->base.alarms);
  gboolean before = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);
      gboolean overdue = FALSE;

      g_free (benk_wording_deadline (alarm, benk_clock_course_get_true_ms (f), &overdue));
      g_assert_true (before || !overdue);
      before = overdue;
    }
  n_cases++;
}

static void
check_call (BenkClockFixture *f, const char *expected)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deadline_rows); i++)
    {
      g_autoptr (BenkAlarm) alarm = find (f, deadline_rows[i].code);

      g_assert_cmpstr (benk_alarm_get_call (alarm), ==, expected);
      n_cases++;
    }
}

static void
raise_all (BenkClockFixture *f)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deadline_rows); i++)
    g_free (benk_alarms_fixture_raise (&f->base, deadline_rows[i].code));
}

/* --- quiet --- */

static void
note_quiet_over (BenkAttention *attention, gboolean by_person, BenkClockFixture *f)
{
  g_assert_false (by_person);
  f->n_quiet_over++;
}

static void
begin_quiet (BenkClockFixture *f)
{
  BenkAttention *attention = benk_session_get_attention (f->base.base.session);

  g_signal_connect (attention, "quiet-over", G_CALLBACK (note_quiet_over), f);
  benk_attention_be_quiet_until (attention,
                                 benk_clock_get_wall_ms (f->base.base.clock) + HOUR);
  g_assert_true (benk_attention_is_quiet (attention));
}

/* Never longer than what was asked for, and over once. */
static void
check_quiet_over (BenkClockFixture *f, const BenkClockCourse *course)
{
  BenkAttention *attention = benk_session_get_attention (f->base.base.session);

  benk_clock_course_pass (f, MAX (benk_clock_course_utc (&course->from) + HOUR -
                                    benk_clock_course_get_true_ms (f),
                                  0));
  benk_attention_settle (attention);
  g_assert_false (benk_attention_is_quiet (attention));
  g_assert_cmpuint (f->n_quiet_over, ==, 1);
  g_signal_handlers_disconnect_by_func (attention, note_quiet_over, f);
  n_cases += 2;
}

static void
test_deadlines (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;

  raise_all (f);
  benk_alarms_fixture_must_sync (&f->base);
  check_deadlines (f, course);
  check_overdue (f);
  check_call (f, course->call_before);
  begin_quiet (f);
  benk_clock_course_run (f, course);
  check_deadlines (f, course);
  check_overdue (f);
  check_order (f);
  check_call (f, course->call_after);
  check_quiet_over (f, course);
}

/* Raised while the clock was wrong or nobody was there, heard of afterwards. */
static void
test_heard_afterwards (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;

  raise_all (f);
  benk_clock_course_run (f, course);
  benk_alarms_fixture_must_sync (&f->base);
  benk_clock_course_pass (f, 31 * SECOND);
  check_deadlines (f, course);
  check_overdue (f);
  check_order (f);
  check_call (f, course->call_after);
}

/* --- waiting --- */

static gboolean
note_over (BenkAlarms *alarms, BenkAlarm *alarm, BenkClockFixture *f)
{
  f->n_over++;
  return TRUE;
}

static void
let_wait (BenkClockFixture *f, gint64 until_ms)
{
  const BenkAlarmWaiting waiting = { BENK_WAIT_VENDOR, until_ms, "C-77", BENK_COVERED_YES,
                                     "sykepleier Berit" };
  g_autoptr (BenkAlarm) alarm = find (f, "1.8");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_take (&f->base, alarm, &error);
  g_assert_no_error (error);
  benk_alarms_wait_async (f->base.alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_session_fixture_keep, &result);
  benk_alarms_wait_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
wait_over (BenkClockFixture *f)
{
  for (guint i = 0; i < 10000 && f->n_over == 0; i++)
    {
      benk_clock_course_spin (f);
      g_thread_yield ();
    }
  benk_clock_course_spin (f);
}

/* Until two hours after the course has ended: not told before, and once. */
static void
test_waiting (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;
  gint64 until_ms = benk_clock_course_utc (&course->to) + 2 * HOUR;

  g_signal_connect (f->base.alarms, "wait-over", G_CALLBACK (note_over), f);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  let_wait (f, until_ms);
  benk_clock_course_run (f, course);
  g_assert_cmpuint (f->n_over, ==, 0);
  benk_clock_course_pass (f, until_ms - benk_clock_course_get_true_ms (f) - SECOND);
  g_assert_cmpuint (f->n_over, ==, 0);
  benk_clock_course_pass (f, 32 * SECOND);
  wait_over (f);
  g_assert_cmpuint (f->n_over, ==, 1);
  benk_clock_course_pass (f, HOUR);
  g_assert_cmpuint (f->n_over, ==, 1);
  g_signal_handlers_disconnect_by_func (f->base.alarms, note_over, f);
  n_cases += 3;
}

/* What ended meanwhile is told once, when it is seen. */
static void
test_waited (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;
  gint64 until_ms =
    (benk_clock_course_utc (&course->from) + benk_clock_course_utc (&course->to)) / 2;

  if (course->wrong_ms > 0)
    until_ms = benk_clock_course_utc (&course->from) + course->wrong_ms + MINUTE;
  g_signal_connect (f->base.alarms, "wait-over", G_CALLBACK (note_over), f);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  let_wait (f, until_ms);
  benk_clock_course_run (f, course);
  benk_clock_course_pass (f, MAX (until_ms - benk_clock_course_get_true_ms (f), 0) +
                               31 * SECOND);
  wait_over (f);
  g_assert_cmpuint (f->n_over, ==, 1);
  benk_clock_course_pass (f, HOUR);
  g_assert_cmpuint (f->n_over, ==, 1);
  g_signal_handlers_disconnect_by_func (f->base.alarms, note_over, f);
  n_cases += 2;
}

/* --- the watch --- */

static void
note_round (BenkFeeds *feeds, BenkClockFixture *f)
{
  f->n_rounds++;
}

static void
note_silence (BenkFeeds *feeds, BenkFeed *feed, gboolean begins, BenkClockFixture *f)
{
  f->n_silent += begins;
}

static void
start_watch (BenkClockFixture *f)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  BenkFeeds *feeds;

  benk_session_open_async (f->base.base.path, BENK_SESSION_ENGINE, f->base.base.clock,
                           NULL, benk_session_fixture_keep, &opened);
  f->engine = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  feeds = benk_session_get_feeds (f->engine);
  g_signal_connect (feeds, "round", G_CALLBACK (note_round), f);
  g_signal_connect (feeds, "silence", G_CALLBACK (note_silence), f);
  g_assert_true (benk_feeds_start (feeds, &error));
  while (f->n_rounds == 0)
    g_main_context_iteration (NULL, TRUE);
}

static gint64
count_notes (BenkClockFixture *f, const char *kind)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM watch_log WHERE kind = '%s'", kind);

  return benk_session_fixture_count (&f->base.base, sql);
}

static void
stop_watch (BenkClockFixture *f)
{
  g_signal_handlers_disconnect_by_data (benk_session_get_feeds (f->engine), f);
  benk_feeds_stop (benk_session_get_feeds (f->engine));
  g_clear_object (&f->engine);
  while (count_notes (f, "ends") == 0)
    g_main_context_iteration (NULL, FALSE);
}

/* One round after the other. */
static void
pass_rounds (BenkClockFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint seen = f->n_rounds;

      benk_fake_clock_advance (BENK_FAKE_CLOCK (f->server), 20 * SECOND);
      benk_session_fixture_advance (&f->base.base, 20 * SECOND);
      while (f->n_rounds == seen)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* As benk_clock_course_run (), with the sources asked all the time where somebody is
 * awake. */
static void
run_watched (BenkClockFixture *f, const BenkClockCourse *course)
{
  if (course->sleeps)
    {
      benk_clock_course_sleep (f, benk_clock_course_utc (&course->to) -
                                    benk_clock_course_get_true_ms (f));
      return;
    }
  if (course->wrong_ms != 0)
    benk_fake_clock_set_wall (benk_clock_course_get_clock (f),
                              benk_clock_course_get_true_ms (f));
  pass_rounds (f, 12);
}

/* Where nothing is set or slept over, the hour itself is what matters. */
static void
begin_at_the_hour (BenkClockFixture *f, const BenkClockCourse *course)
{
  if (!course->sleeps && course->wrong_ms == 0)
    benk_clock_course_sleep (f, (benk_clock_course_utc (&course->to) - HOUR) -
                                  2 * MINUTE - benk_clock_course_get_true_ms (f));
}

/* A source that is silent is told once, one that answers is not; the log of the watch
 * knows what the clock did. */
static void
test_watch (BenkClockFixture *f, gconstpointer data)
{
  static const char *const notes[] = { "clock-jump", "late" };
  const BenkClockCourse *course = data;

  begin_at_the_hour (f, course);
  start_watch (f);
  pass_rounds (f, 3);
  run_watched (f, course);
  pass_rounds (f, 3);
  g_assert_cmpuint (f->n_silent, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_cmpint (count_notes (f, notes[i]), ==,
                     g_strcmp0 (course->note, notes[i]) == 0);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "drop:GET@9999", NULL));
  pass_rounds (f, 12);
  g_assert_cmpuint (f->n_silent, ==, 1);
  pass_rounds (f, 8);
  g_assert_cmpuint (f->n_silent, ==, 1);
  stop_watch (f);
  n_cases += 5;
}

/* It falls silent before: told once all the same. */
static void
test_silent_over (BenkClockFixture *f, gconstpointer data)
{
  const BenkClockCourse *course = data;

  begin_at_the_hour (f, course);
  start_watch (f);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "drop:GET@9999", NULL));
  pass_rounds (f, 1);
  if (course->sleeps)
    benk_clock_course_sleep (f, benk_clock_course_utc (&course->to) -
                                  benk_clock_course_get_true_ms (f));
  else if (course->wrong_ms != 0)
    benk_fake_clock_set_wall (benk_clock_course_get_clock (f),
                              benk_clock_course_get_true_ms (f));
  pass_rounds (f, 12);
  g_assert_cmpuint (f->n_silent, ==, 1);
  pass_rounds (f, 8);
  g_assert_cmpuint (f->n_silent, ==, 1);
  stop_watch (f);
  n_cases += 2;
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (BenkClockFixture *f, gconstpointer data);
  } tests[] = {
    { "deadlines-owners-and-quiet", test_deadlines },
    { "heard-afterwards", test_heard_afterwards },
    { "waiting", test_waiting },
    { "waited", test_waited },
    { "watch", test_watch },
    { "silent-over-it", test_silent_over },
  };
  int code;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < BENK_N_CLOCK_COURSES; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path =
          g_strdup_printf ("/session/alarms-clock/%s/%s", benk_clock_courses[i].name,
                           tests[j].name);

        g_test_add (path, BenkClockFixture, &benk_clock_courses[i],
                    benk_clock_course_set_up, tests[j].run, benk_clock_course_tear_down);
      }
  code = g_test_run ();
  g_test_message ("%u courses of the clock, %u cases", (guint) BENK_N_CLOCK_COURSES,
                  n_cases);

  return code;
}
