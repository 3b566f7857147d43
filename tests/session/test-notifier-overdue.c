/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-wait.h"
#include "benk-notifier-fixture.h"

/* An alarm of one's own that nobody has is told once more when its deadline runs out. The
 * clock stands at 09:00 in the district, a Monday; a jam is to be taken within 15
 * minutes, what is forced open within 10. */

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static guint
count_shown (BenkNotifierFixture *f)
{
  return f->bubbles->shown->len;
}

static void
doze (BenkNotifierFixture *f, gint64 ms)
{
  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), ms);
  benk_notifier_fixture_look (f);
}

/* To the next look of the queue, which follows a jump. */
static void
jump (BenkNotifierFixture *f, gint64 ms)
{
  BenkClock *clock = f->base.base.clock;

  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (clock), benk_clock_get_wall_ms (clock) + ms);
  benk_notifier_fixture_pass (f, 30 * SECOND);
}

/* What time it is by the source is not known: the clock of this computer is believed. */
static void
hide_date (BenkNotifierFixture *f)
{
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "no-date@9999", NULL));
}

/* Each is of a device of its own, and told when it comes. */
static void
raise_some (BenkNotifierFixture *f, const char *code, guint n, gint64 raised_ms)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-00091%u", i);
      const BenkVirtualAlarm raised = { .serial = i == 0 ? SERIAL : serial,
                                        .code = code,
                                        .raised_ms = raised_ms };
      g_autoptr (BenkDevice) device = NULL;

      if (i > 0)
        device =
          benk_session_fixture_put (&f->base.base, serial, BENK_DEVICE_STATE_RECEIVED);
      g_free (benk_virtual_hub_raise (f->base.hub, &raised));
    }
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_look (f);
  g_assert_cmpuint (count_shown (f), ==, n);
}

static void
raise_jam (BenkNotifierFixture *f)
{
  raise_some (f, "1.8", 1, 0);
}

/* -- When it is told ----------------------------------------------------------------- */

typedef struct
{
  char kind; /* p: time passes, s: asleep, j: the clock jumps; 0: that was all */
  gint64 ms;
  guint n_told; /* since it came */
} Step;

typedef struct
{
  const char *name;
  const char *code;
  guint n;
  Step steps[5];
  const char *summary; /* of the last that was told */
  const char *body;
  gint64 before_ms; /* it comes */
} Course;

static const Course courses[] = {
  { "just-in-time-is-in-time", "1.8", 1, { { 'p', 15 * MINUTE, 0 } }, NULL, NULL },
  { "told-at-the-next-look",
    "1.8",
    1,
    { { 'p', 15 * MINUTE, 0 }, { 'p', 30 * SECOND, 1 } },
    "Roll jammed: overdue",
    "Medido " SERIAL },
  { "once",
    "1.8",
    1,
    { { 'p', 16 * MINUTE, 1 }, { 'p', 3 * HOUR, 1 }, { 's', 18 * HOUR, 1 } },
    "Roll jammed: overdue",
    "Medido " SERIAL },
  { "critical-by-itself",
    "1.22",
    1,
    { { 'p', 11 * MINUTE, 1 } },
    "Forced open: overdue",
    "Medido " SERIAL },
  { "several-are-one",
    "1.8",
    3,
    { { 'p', 16 * MINUTE, 1 }, { 'p', HOUR, 1 } },
    "3 alarms are overdue",
    "Medido " SERIAL ", Medido MD-000911, Medido MD-000912" },
  { "devices-that-a-bubble-has-no-room-for",
    "1.8",
    5,
    { { 'p', 16 * MINUTE, 1 } },
    "5 alarms are overdue",
    "Medido " SERIAL ", Medido MD-000911, Medido MD-000912 and 2 more" },
  { "of-an-incident-once",
    "1.20",
    4,
    { { 'p', 61 * MINUTE, 1 }, { 'p', HOUR, 1 } },
    "No contact: 4 alarms",
    "Overdue. Perhaps one cause, such as an outage." },
  { "care", "1.1", 1, { { 'p', 3 * HOUR, 0 } }, NULL, NULL },
  { "medicine", "1.13", 1, { { 'p', 3 * HOUR, 0 } }, NULL, NULL },
  { "no-deadline-to-take-it-but-to-resolve",
    "1.17",
    1,
    { { 'p', 6 * HOUR, 0 }, { 'p', 17 * HOUR + MINUTE, 1 } },
    "Battery low: overdue",
    "Medido " SERIAL },
  { "clock-back-1-h",
    "1.8",
    1,
    { { 'p', 10 * MINUTE, 0 },
      { 'j', -HOUR, 0 },
      { 'p', 4 * MINUTE, 0 },
      { 'p', HOUR, 1 } } },
  { "clock-back-1-h-after-it-was-told",
    "1.8",
    1,
    { { 'p', 16 * MINUTE, 1 }, { 'j', -HOUR, 1 }, { 'p', 30 * MINUTE, 1 } } },
  { "clock-forward-1-day",
    "1.8",
    1,
    { { 'p', 5 * MINUTE, 0 },
      { 'j', DAY, 0 },
      { 'p', 9 * MINUTE, 0 },
      { 'p', HOUR, 1 } } },
  { "clock-forward-and-set-right",
    "1.8",
    1,
    { { 'p', 5 * MINUTE, 0 },
      { 'j', DAY, 0 },
      { 'j', -DAY, 0 },
      { 'p', 8 * MINUTE, 0 },
      { 'p', HOUR, 1 } } },
  { "no-date-and-clock-back-1-h",
    "1.8",
    1,
    { { 'p', 10 * MINUTE, 0 },
      { 'j', -HOUR, 0 },
      { 'p', HOUR, 0 },
      { 'p', 5 * MINUTE, 1 },
      { 'p', HOUR, 1 } } },
  { "no-date-and-clock-forward-and-set-right",
    "1.8",
    1,
    { { 'p', 5 * MINUTE, 0 },
      { 'j', DAY, 1 },
      { 'j', -DAY, 1 },
      { 'p', 10 * MINUTE, 2 },
      { 'p', HOUR, 2 } } },
  { "asleep-3-h",
    "1.8",
    1,
    { { 'p', 5 * MINUTE, 0 }, { 's', 3 * HOUR, 1 }, { 'p', HOUR, 1 } },
    "Roll jammed: overdue",
    "Medido " SERIAL },
  { "asleep-8-h-to-another-s-duty",
    "1.8",
    1,
    { { 's', 8 * HOUR, 0 }, { 'p', 14 * HOUR + 59 * MINUTE, 0 }, { 'p', 2 * MINUTE, 1 } },
    "Roll jammed: overdue",
    "Medido " SERIAL },
  { "told-and-asleep-8-h",
    "1.8",
    3,
    { { 'p', 16 * MINUTE, 1 }, { 's', 8 * HOUR, 1 }, { 's', 16 * HOUR, 1 } },
    "3 alarms are overdue",
    NULL },
  { "weekend-is-one-bubble",
    "1.8",
    3,
    { { 's', 64 * HOUR + 30 * MINUTE, 0 }, { 'p', MINUTE, 1 }, { 'p', HOUR, 1 } },
    "3 alarms are overdue",
    NULL,
    4 * DAY + 6 * HOUR + 29 * MINUTE },
  { "weekend-of-spring",
    "1.8",
    3,
    { { 's', 63 * HOUR + 30 * MINUTE, 0 }, { 'p', MINUTE, 1 }, { 'p', HOUR, 1 } },
    "3 alarms are overdue",
    NULL,
    25 * DAY + 6 * HOUR + 29 * MINUTE },
  { "weekend-of-autumn",
    "1.8",
    3,
    { { 's', 65 * HOUR + 30 * MINUTE, 0 }, { 'p', MINUTE, 1 }, { 'p', HOUR, 1 } },
    "3 alarms are overdue",
    NULL,
    235 * DAY + 5 * HOUR + 29 * MINUTE },
};

static void
test_course (BenkNotifierFixture *f, gconstpointer data)
{
  const Course *course = NULL;
  guint n_came;

  for (guint i = 0; course == NULL; i++)
    if (g_str_has_suffix (g_test_get_path (), courses[i].name))
      course = &courses[i];
  if (g_str_has_prefix (course->name, "no-date"))
    hide_date (f);
  doze (f, course->before_ms);
  raise_some (f, course->code, course->n, 0);
  n_came = count_shown (f);
  for (gsize i = 0; i < G_N_ELEMENTS (course->steps) && course->steps[i].kind; i++)
    {
      const Step *step = &course->steps[i];

      if (step->kind == 'p')
        benk_notifier_fixture_pass (f, step->ms);
      else if (step->kind == 's')
        doze (f, step->ms);
      else
        jump (f, step->ms);
      g_test_message ("%c %" G_GINT64_FORMAT, step->kind, step->ms);
      g_assert_cmpuint (count_shown (f) - n_came, ==, step->n_told);
    }
  if (course->summary)
    g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==, course->summary);
  if (course->body)
    g_assert_cmpstr (benk_notifier_fixture_get_last (f)->body, ==, course->body);
}

/* The clock was wrong: what it made overdue does not go on standing there. */
static void
test_wrong_clock (BenkNotifierFixture *f, gconstpointer data)
{
  hide_date (f);
  raise_jam (f);
  jump (f, DAY);
  g_assert_cmpuint (count_shown (f), ==, 2);
  g_assert_cmpuint (f->bubbles->closed->len, ==, 1);
  jump (f, -DAY);
  g_assert_cmpuint (f->bubbles->closed->len, ==, 2);
}

/* -- What is not told ---------------------------------------------------------------- */

static void
take (BenkNotifierFixture *f, const char *remote)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_get_only (&f->base, FALSE);

  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, NULL));
}

static void
let_wait (BenkNotifierFixture *f, const char *remote)
{
  const BenkAlarmWaiting waiting = { .what = BENK_WAIT_VENDOR,
                                     .until_ms = FIXTURE_WALL_MS + 2 * DAY };
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  take (f, remote);
  benk_alarms_wait_async (f->base.alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_session_fixture_keep, &result);
  benk_alarms_wait_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
close_here (BenkNotifierFixture *f, const char *remote)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  g_autoptr (GError) error = NULL;

  take (f, remote);
  benk_alarms_fixture_close (&f->base, alarm, NULL, &error);
  g_assert_no_error (error);
}

static void
take_elsewhere (BenkNotifierFixture *f, const char *remote)
{
  g_assert_true (
    benk_virtual_hub_take_elsewhere (f->base.hub, remote, "Koordinator", NULL));
}

static void
close_elsewhere (BenkNotifierFixture *f, const char *remote)
{
  g_assert_true (
    benk_virtual_hub_close_elsewhere (f->base.hub, remote, "Koordinator", NULL));
}

static void
hand_out (BenkNotifierFixture *f, const char *remote)
{
  const BenkVirtualDispense dispense = { .serial = SERIAL, .event = "1.1" };

  g_free (benk_virtual_hub_hand_out (f->base.hub, NULL, &dispense));
}

typedef struct
{
  const char *name;
  void (*act) (BenkNotifierFixture *f, const char *remote);
} Act;

static const Act acts[] = {
  { "taken", take },
  { "waiting", let_wait },
  { "closed", close_here },
  { "taken-elsewhere", take_elsewhere },
  { "closed-elsewhere", close_elsewhere },
  { "settled-by-the-dispenser", hand_out },
};

static void
test_seen_to (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.20");
  guint n_shown;

  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_pass (f, MINUTE);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (strrchr (g_test_get_path (), '/') + 1, acts[i].name))
      acts[i].act (f, remote);
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_look (f);
  n_shown = count_shown (f);
  g_assert_cmpuint (f->bubbles->closed->len, ==, 1);
  benk_notifier_fixture_pass (f, 3 * HOUR);
  g_assert_cmpuint (count_shown (f), ==, n_shown);
}

/* It is told as it came, once. */
static void
test_came_overdue (BenkNotifierFixture *f, gconstpointer data)
{
  raise_some (f, "1.8", 1, FIXTURE_WALL_MS - HOUR);
  benk_notifier_fixture_pass (f, HOUR);
  g_assert_cmpuint (count_shown (f), ==, 1);
  g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==, "Roll jammed");
}

static void
test_typed (BenkNotifierFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) old =
    benk_alarms_fixture_add (&f->base, SERIAL, "1.6", FIXTURE_WALL_MS - HOUR, &error);
  g_autoptr (BenkAlarm) fresh = NULL;

  g_assert_no_error (error);
  benk_notifier_fixture_pass (f, MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 0);
  fresh = benk_alarms_fixture_add (&f->base, SERIAL, "1.8", 0, &error);
  g_assert_no_error (error);
  benk_notifier_fixture_pass (f, 16 * MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 1);
  g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==,
                   "Roll jammed: overdue");
}

/* -- What a person does with it ------------------------------------------------------ */

/* It takes the place of what told that it came, and can be taken there. */
static void
test_answered (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  raise_jam (f);
  benk_notifier_fixture_pass (f, 16 * MINUTE);
  bubble = benk_notifier_fixture_get_last (f);
  g_assert_cmpuint (bubble->urgency, ==, 1);
  g_assert_true (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_cmpuint (f->bubbles->closed->len, ==, 1);
  benk_notifier_fixture_answer (f, bubble->id, "take", &f->taken);
  take (f, NULL);
  benk_notifier_fixture_look (f);
  g_assert_cmpuint (f->bubbles->closed->len, ==, 2);
}

static void
test_several_only_shown (BenkNotifierFixture *f, gconstpointer data)
{
  raise_some (f, "1.8", 3, 0);
  benk_notifier_fixture_pass (f, 16 * MINUTE);
  g_assert_false (
    g_strv_contains ((const char *const *) benk_notifier_fixture_get_last (f)->actions,
                     "take"));
  g_assert_true (
    g_strv_contains ((const char *const *) benk_notifier_fixture_get_last (f)->actions,
                     "show"));
}

/* A bubble that was closed when it came opens once more. */
static void
test_closed_before (BenkNotifierFixture *f, gconstpointer data)
{
  raise_jam (f);
  benk_bubbles_dismiss (f->bubbles, benk_notifier_fixture_get_last (f)->id);
  benk_notifier_fixture_pass (f, 16 * MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 2);
  benk_bubbles_dismiss (f->bubbles, benk_notifier_fixture_get_last (f)->id);
  benk_notifier_fixture_pass (f, 3 * HOUR);
  g_assert_cmpuint (count_shown (f), ==, 2);
}

/* -- While it is quiet --------------------------------------------------------------- */

typedef struct
{
  const char *name;
  gboolean by_person;
  guint n_before; /* that came before it was quiet */
  guint n_after;  /* told at the end */
  const char *summary;
} Quiet;

static const Quiet quiets[] = {
  { "at-the-end-once", FALSE, 1, 1, "Roll jammed: overdue" },
  { "at-the-end-several", FALSE, 3, 1, "3 alarms are overdue" },
  { "ended-by-a-person", TRUE, 1, 0, NULL },
  { "came-while-it-was-quiet", FALSE, 0, 1, "1 alarm came while it was quiet" },
};

static void
test_quiet (BenkNotifierFixture *f, gconstpointer data)
{
  const Quiet *quiet = NULL;
  guint n_shown;

  for (guint i = 0; quiet == NULL; i++)
    if (g_str_has_suffix (g_test_get_path (), quiets[i].name))
      quiet = &quiets[i];
  raise_some (f, "1.8", quiet->n_before, 0);
  benk_attention_be_quiet_until (f->attention, FIXTURE_WALL_MS + HOUR);
  if (quiet->n_before == 0)
    g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  n_shown = count_shown (f);
  benk_notifier_fixture_pass (f, 50 * MINUTE);
  g_assert_cmpuint (count_shown (f), ==, n_shown);
  if (quiet->by_person)
    benk_attention_end_quiet (f->attention);
  benk_notifier_fixture_pass (f, 11 * MINUTE);
  g_assert_cmpuint (count_shown (f) - n_shown, ==, quiet->n_after);
  if (quiet->summary)
    g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==, quiet->summary);
  benk_notifier_fixture_pass (f, 3 * HOUR);
  g_assert_cmpuint (count_shown (f) - n_shown, ==, quiet->n_after);
}

static void
test_critical_in_quiet (BenkNotifierFixture *f, gconstpointer data)
{
  raise_some (f, "1.22", 1, 0);
  benk_attention_be_quiet_until (f->attention, FIXTURE_WALL_MS + HOUR);
  benk_notifier_fixture_pass (f, 11 * MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 2);
  g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==,
                   "Forced open: overdue");
  benk_notifier_fixture_pass (f, 2 * HOUR);
  g_assert_cmpuint (count_shown (f), ==, 2);
}

/* -- In a home ----------------------------------------------------------------------- */

static void
test_in_a_home (BenkNotifierFixture *f, gconstpointer data)
{
  BenkVisits *visits = benk_session_get_visits (f->base.base.session);
  g_autoptr (BenkVisit) visit = benk_notifier_fixture_start_visit (f);

  raise_jam (f);
  benk_visits_set_current (visits, visit);
  benk_notifier_fixture_pass (f, HOUR);
  g_assert_cmpuint (count_shown (f), ==, 1);
  benk_visits_set_current (visits, NULL);
  benk_notifier_fixture_pass (f, MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 2);
  g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==,
                   "Roll jammed: overdue");
}

/* -- Another start of the program ---------------------------------------------------- */

static void
test_restart (BenkNotifierFixture *f, gconstpointer data)
{
  raise_some (f, "1.8", 3, 0);
  benk_notifier_fixture_pass (f, 16 * MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 4);
  benk_notifier_fixture_close (f);
  benk_notifier_fixture_open (f);
  benk_notifier_fixture_pass (f, HOUR);
  g_assert_cmpuint (count_shown (f), ==, 4);
}

/* Their deadline ran out while the program did not run. */
static void
test_while_it_did_not_run (BenkNotifierFixture *f, gconstpointer data)
{
  raise_some (f, "1.8", 3, 0);
  benk_notifier_fixture_close (f);
  benk_session_fixture_advance (&f->base.base, HOUR);
  benk_notifier_fixture_open (f);
  benk_notifier_fixture_pass (f, MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 4);
  g_assert_cmpstr (benk_notifier_fixture_get_last (f)->summary, ==,
                   "3 alarms are overdue");
  benk_notifier_fixture_close (f);
  benk_notifier_fixture_open (f);
  benk_notifier_fixture_pass (f, MINUTE);
  g_assert_cmpuint (count_shown (f), ==, 4);
}

/* No program tells it where nobody could be told. */
static void
test_not_told_by_a_terminal (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL);
  g_autoptr (GListModel) list = NULL;

  benk_session_fixture_advance (&f->base, HOUR);
  list = benk_alarms_fixture_list (f, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base,
                     "SELECT count (*) FROM alarm_local WHERE wait_told_ms > 0"),
                   ==, 0);
}

static void
add_table (const char *folder,
           const char *name,
           void (*func) (BenkNotifierFixture *f, gconstpointer data))
{
  g_autofree char *path =
    g_strdup_printf ("/session/notifier-overdue/%s/%s", folder, name);

  BENK_NOTIFIER_TEST (path, benk_bubbles_plain, func);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                  \
  BENK_NOTIFIER_TEST ("/session/notifier-overdue/" name, benk_bubbles_plain, func)
  for (gsize i = 0; i < G_N_ELEMENTS (courses); i++)
    add_table ("course", courses[i].name, test_course);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    add_table ("seen-to", acts[i].name, test_seen_to);
  for (gsize i = 0; i < G_N_ELEMENTS (quiets); i++)
    add_table ("quiet", quiets[i].name, test_quiet);
  ADD ("goes-with-the-wrong-clock", test_wrong_clock);
  ADD ("came-overdue", test_came_overdue);
  ADD ("typed-by-hand", test_typed);
  ADD ("can-be-taken", test_answered);
  ADD ("several-can-only-be-shown", test_several_only_shown);
  ADD ("opens-again-once", test_closed_before);
  ADD ("critical-while-it-is-quiet", test_critical_in_quiet);
  ADD ("after-a-visit", test_in_a_home);
  ADD ("restart", test_restart);
  ADD ("while-it-did-not-run", test_while_it_did_not_run);
  BENK_ALARMS_TEST ("/session/notifier-overdue/not-by-a-terminal", NULL,
                    test_not_told_by_a_terminal);
  return g_test_run ();
}
