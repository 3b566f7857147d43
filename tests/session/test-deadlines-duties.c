/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines and quiet that go by duties go by those of the district. */

#include "benk-alarms-fixture.h"
#include "benk-attention.h"
#include "benk-duties.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define ON_TRIAL "MD-000777"
#define TEAM "District 1"

/* 00:00 of Friday 6 March where the district is. */
#define FRIDAY_MS (FIXTURE_WALL_MS + 4 * 24 * HOUR - 9 * HOUR)

static void
set_wall (BenkAlarmsFixture *f, guint hour, guint minute)
{
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock),
                            FRIDAY_MS + hour * HOUR + minute * MINUTE);
}

static BenkDutyRoster *
load (BenkAlarmsFixture *f)
{
  BenkDuties *duties = benk_session_get_duties (f->base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDutyRoster *roster;

  benk_duties_load_async (duties, NULL, benk_session_fixture_keep, &result);
  roster = benk_duties_load_finish (duties, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return roster;
}

static void
decide (BenkAlarmsFixture *f, const BenkDutyTeam *like, guint start, guint end)
{
  BenkDuties *duties = benk_session_get_duties (f->base.session);
  g_autoptr (BenkDutyTeam) team = benk_duty_team_copy (like);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  team->own = TRUE;
  team->trial = !benk_id_is_nil (&team->id);
  team->hours.day_start = start;
  team->hours.day_end = end;
  g_free (team->decided_by);
  team->decided_by = g_strdup ("leder");
  benk_duties_set_team_async (duties, team, NULL, benk_session_fixture_keep, &result);
  benk_duties_change_finish (duties, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

/* 07:00 to 16:30 for all. */
static void
decide_for_all (BenkAlarmsFixture *f)
{
  g_autoptr (BenkDutyRoster) roster = load (f);

  decide (f, roster->common, 420, 990);
}

/* The team that owns trials goes home at 14:00; a device is on trial. */
static void
decide_for_trials (BenkAlarmsFixture *f)
{
  BenkDuties *duties = benk_session_get_duties (f->base.session);
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (&f->base, ON_TRIAL, BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDutyRoster) roster = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_duties_add_team_async (duties, TEAM, NULL, benk_session_fixture_keep, &result);
  benk_duties_change_finish (duties, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  roster = load (f);
  g_assert_cmpuint (roster->teams->len, ==, 1);
  decide (f, g_ptr_array_index (roster->teams, 0), 360, 840);
  benk_session_fixture_force_state (&f->base, device, BENK_DEVICE_STATE_TRIAL);
}

typedef struct
{
  const char *serial;
  const char *code;
  guint raised_hour;
  guint raised_min;
  guint due_hour; /* from midnight of that Friday on */
  guint due_min;
} Row;

/* A message that was not read: the same shift. Battery low: the same working day. */
static const Row proposed_rows[] = {
  { SERIAL, "1.4", 11, 0, 15, 30 },
  { SERIAL, "1.17", 15, 45, 3 * 24 + 15, 30 },
};

static const Row decided_rows[] = {
  { SERIAL, "1.4", 11, 0, 16, 30 },
  { SERIAL, "1.17", 15, 45, 16, 30 },
  { ON_TRIAL, "1.4", 11, 0, 14, 0 },
  { ON_TRIAL, "1.17", 15, 45, 3 * 24 + 14, 0 },
};

static void
check (BenkAlarm *alarm, const Row *row)
{
  g_assert_cmpint (benk_alarm_get_resolve_deadline_ms (alarm), ==,
                   FRIDAY_MS + row->due_hour * HOUR + row->due_min * MINUTE);
}

static void
check_rows (BenkAlarmsFixture *f, const Row *rows, gsize n_rows)
{
  set_wall (f, 16, 0);
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkAlarm) alarm =
        benk_alarms_fixture_add (f, rows[i].serial, rows[i].code,
                                 FRIDAY_MS + rows[i].raised_hour * HOUR +
                                   rows[i].raised_min * MINUTE,
                                 &error);

      g_assert_no_error (error);
      check (alarm, &rows[i]);
    }
}

static void
test_proposed (BenkAlarmsFixture *f, gconstpointer unused)
{
  check_rows (f, proposed_rows, G_N_ELEMENTS (proposed_rows));
}

static void
test_decided (BenkAlarmsFixture *f, gconstpointer unused)
{
  decide_for_all (f);
  decide_for_trials (f);
  check_rows (f, decided_rows, G_N_ELEMENTS (decided_rows));
}

static void
test_of_a_source (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = NULL;

  decide_for_all (f);
  set_wall (f, 16, 0);
  g_free (benk_alarms_fixture_raise_at (f, "1.4", FRIDAY_MS + 11 * HOUR));
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  check (alarm, &decided_rows[0]);
}

/* Until somebody's day begins: 07:00 on Monday, and 06:00 where one team begins then. */
static void
test_quiet (BenkAlarmsFixture *f, gconstpointer unused)
{
  BenkAttention *attention = benk_session_get_attention (f->base.session);
  gint64 monday_ms = FRIDAY_MS + 3 * 24 * HOUR;

  set_wall (f, 17, 0);
  g_assert_cmpint (benk_attention_propose_quiet (attention, BENK_QUIET_NEXT_DUTY), ==,
                   monday_ms + 8 * HOUR);
  benk_attention_be_quiet_until (attention, monday_ms + 8 * HOUR);
  decide_for_all (f);
  while (benk_attention_get_quiet_until_ms (attention) != monday_ms + 7 * HOUR)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (benk_attention_propose_quiet (attention, BENK_QUIET_NEXT_DUTY), ==,
                   monday_ms + 7 * HOUR);
  decide_for_trials (f);
  while (benk_attention_get_quiet_until_ms (attention) != monday_ms + 6 * HOUR)
    g_main_context_iteration (NULL, TRUE);
  set_wall (f, 16, 0);
  g_assert_cmpint (benk_attention_propose_quiet (attention, BENK_QUIET_DUTY_END), ==,
                   FRIDAY_MS + 16 * HOUR + 30 * MINUTE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/deadlines-duties/proposed-hours", NULL, test_proposed);
  BENK_ALARMS_TEST ("/session/deadlines-duties/decided-hours-of-its-team", NULL,
                    test_decided);
  BENK_ALARMS_TEST ("/session/deadlines-duties/of-a-source-too", NULL, test_of_a_source);
  BENK_ALARMS_TEST ("/session/deadlines-duties/quiet-ends-when-a-day-begins", NULL,
                    test_quiet);
  return g_test_run ();
}
