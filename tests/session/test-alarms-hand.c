/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-alarms-hand.h"
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-history-item.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)

/* 09:00 in Oslo on a Monday; the day duty ends at 15:30. */
#define DUTY_END_MS (FIXTURE_WALL_MS + 6 * HOUR + 30 * MINUTE)

static BenkAlarm *
add_taken (BenkAlarmsFixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm =
    benk_alarms_fixture_add (f, SERIAL, code, FIXTURE_WALL_MS - MINUTE, &error);

  g_assert_no_error (error);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  return alarm;
}

static gboolean
hand_over (BenkAlarmsFixture *f,
           BenkAlarm *alarm,
           BenkAlarm *other,
           const BenkHandOver *how,
           GError **error)
{
  BenkId ids[2] = { *benk_alarm_get_id (alarm), BENK_ID_NIL };
  g_autoptr (GAsyncResult) result = NULL;

  if (other)
    ids[1] = *benk_alarm_get_id (other);
  benk_alarms_hand_over_async (f->alarms, ids, other ? 2 : 1, how, NULL,
                               benk_session_fixture_keep, &result);
  return benk_alarms_hand_over_finish (f->alarms, BENK_AWAIT (result), error);
}

static gboolean
accept_it (
  BenkAlarmsFixture *f, BenkAlarm *alarm, const char *by, gint64 at_ms, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_accept_async (f->alarms, benk_alarm_get_id (alarm), by, at_ms, NULL,
                            benk_session_fixture_keep, &result);
  return benk_alarms_hand_over_finish (f->alarms, BENK_AWAIT (result), error);
}

static gboolean
keep_it (BenkAlarmsFixture *f, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_keep_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  return benk_alarms_hand_over_finish (f->alarms, BENK_AWAIT (result), error);
}

static void
choose_staff (BenkAlarmsFixture *f, const char *initials)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_choose_staff_async (f->base.session, initials, "", NULL,
                                   benk_session_fixture_keep, &result);
  benk_session_choose_staff_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

/* (transfer full): as it is in the store now. */
static BenkAlarm *
read_again (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_alarms_list_async (f->alarms, TRUE, NULL, benk_session_fixture_keep, &result);
  list = benk_alarms_list_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      BenkAlarm *there = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_alarm_get_id (there), benk_alarm_get_id (alarm)))
        return there;
      g_object_unref (there);
    }
  g_assert_not_reached ();
}

static char *
read_steps (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = NULL;
  GString *text = g_string_new (NULL);

  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  items = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (items, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                              benk_history_item_get_changes (item)[0]);
    }
  return g_string_free (text, FALSE);
}

static const BenkHandOver to_anne = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", FALSE };

/* It is theirs only when they have said so. */
static void
test_it_stays_with_the_giver_until_accepted (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) handed = NULL;
  g_autoptr (BenkAlarm) accepted = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *steps = NULL;

  g_assert_true (hand_over (f, alarm, NULL, &to_anne, &error));
  g_assert_no_error (error);
  handed = read_again (f, alarm);
  g_assert_true (benk_alarm_is_handed_over (handed));
  g_assert_cmpstr (benk_alarm_get_handed_to (handed), ==, "charge nurse Anne");
  g_assert_true (benk_alarm_is_with (handed, "KA"));

  benk_session_fixture_advance (&f->base, 10 * MINUTE);
  g_assert_true (
    accept_it (f, alarm, "charge nurse Anne", FIXTURE_WALL_MS + 5 * MINUTE, &error));
  g_assert_no_error (error);
  accepted = read_again (f, alarm);
  g_assert_false (benk_alarm_is_handed_over (accepted));
  g_assert_cmpstr (benk_alarm_get_taken_by (accepted), ==, "charge nurse Anne");
  g_assert_cmpint (benk_alarm_get_accepted_ms (accepted), ==,
                   FIXTURE_WALL_MS + 5 * MINUTE);
  g_assert_false (benk_alarm_is_with (accepted, "KA"));
  g_assert_cmpint (benk_alarm_get_status (accepted), ==, BENK_ALARM_STATUS_TAKEN);
  steps = read_steps (f, alarm);
  g_assert_cmpstr (steps, ==,
                   "Raised|Taken|Handed over to charge nurse Anne|"
                   "Accepted by charge nurse Anne, told by phone");
}

static void
test_somebody_else_accepts_at_the_same_laptop (BenkAlarmsFixture *f, gconstpointer data)
{
  static const BenkHandOver to_berit = { BENK_DUTY_ROLE_NONE, "Berit", FALSE };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) accepted = NULL;
  g_autoptr (GError) self_error = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hand_over (f, alarm, NULL, &to_berit, &error));
  g_assert_false (accept_it (f, alarm, NULL, 0, &self_error));
  g_assert_error (self_error, BENK_ERROR, BENK_ERROR_REFUSED);
  choose_staff (f, "BB");
  g_assert_true (accept_it (f, alarm, NULL, 0, &error));
  g_assert_no_error (error);
  accepted = read_again (f, alarm);
  g_assert_true (benk_alarm_is_with (accepted, "BB"));
}

static void
test_several_go_together_or_none (BenkAlarmsFixture *f, gconstpointer data)
{
  static const BenkHandOver at_once = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", TRUE };
  g_autoptr (BenkAlarm) one = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) two = add_taken (f, "1.18");
  g_autoptr (BenkAlarm) mine = NULL;
  g_autoptr (BenkAlarm) gone = NULL;
  g_autoptr (BenkAlarm) untaken = NULL;
  g_autoptr (GError) error = NULL;

  untaken = benk_alarms_fixture_add (f, SERIAL, "1.20", FIXTURE_WALL_MS, &error);
  g_assert_no_error (error);
  g_assert_false (hand_over (f, one, untaken, &to_anne, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  mine = read_again (f, one);
  g_assert_cmpint (benk_alarm_get_handed_ms (mine), ==, 0);
  g_assert_true (hand_over (f, one, two, &at_once, &error));
  g_assert_no_error (error);
  gone = read_again (f, two);
  g_assert_cmpstr (benk_alarm_get_taken_by (gone), ==, "charge nurse Anne");
  g_assert_cmpint (
    benk_session_fixture_count (&f->base, "SELECT count (*) FROM journal WHERE verb ="
                                          " 'hand-over'"),
    ==, 1);
}

static void
test_what_cannot_be_is_refused (BenkAlarmsFixture *f, gconstpointer data)
{
  static const BenkHandOver to_nobody = { BENK_DUTY_ROLE_NONE, NULL, FALSE };
  static const BenkHandOver no_name = { BENK_DUTY_ROLE_CHARGE_NURSE, NULL, TRUE };
  static const BenkHandOver number = { BENK_DUTY_ROLE_NONE, NUMBER, FALSE };
  const BenkHandOver *const wrong[] = { &to_nobody, &no_name, &number };
  static const gint64 times[] = { FIXTURE_WALL_MS - HOUR, FIXTURE_WALL_MS + HOUR };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GError) early_error = NULL;
  g_autoptr (GError) keep_error = NULL;
  g_autoptr (GError) done_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (hand_over (f, alarm, NULL, wrong[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
  g_assert_false (accept_it (f, alarm, "Anne", 0, &early_error));
  g_assert_error (early_error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_false (keep_it (f, alarm, &keep_error));
  g_assert_error (keep_error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_true (hand_over (f, alarm, NULL, &to_anne, &done_error));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (accept_it (f, alarm, "Anne", times[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
  choose_staff (f, "BB");
  g_assert_false (hand_over (f, alarm, NULL, &to_anne, &other_error));
  g_assert_error (other_error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static void
test_it_can_be_kept_and_comes_back (BenkAlarmsFixture *f, gconstpointer data)
{
  static const BenkHandOver back = { BENK_DUTY_ROLE_TECHNICIAN, "Kari", FALSE };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *steps = NULL;

  g_assert_true (hand_over (f, alarm, NULL, &to_anne, &error));
  g_assert_true (keep_it (f, alarm, &error));
  g_assert_no_error (error);
  kept = read_again (f, alarm);
  g_assert_false (benk_alarm_is_handed_over (kept));
  g_assert_null (benk_alarm_get_handed_to (kept));

  /* Away by telephone, and in the morning back again. */
  g_assert_true (hand_over (f, alarm, NULL, &to_anne, &error));
  g_assert_true (accept_it (f, alarm, "charge nurse Anne", 0, &error));
  g_assert_true (hand_over (f, alarm, NULL, &back, &error));
  g_assert_no_error (error);
  g_clear_object (&kept);
  kept = read_again (f, alarm);
  g_assert_true (benk_alarm_is_handed_over (kept));
  g_assert_cmpstr (benk_alarm_get_taken_by (kept), ==, "charge nurse Anne");
  g_assert_true (keep_it (f, alarm, &error));
  g_assert_no_error (error);
  g_clear_object (&kept);
  kept = read_again (f, alarm);
  g_assert_false (benk_alarm_is_handed_over (kept));
  g_assert_cmpstr (benk_alarm_get_taken_by (kept), ==, "charge nurse Anne");
  g_assert_true (hand_over (f, alarm, NULL, &back, &error));
  g_assert_true (accept_it (f, alarm, NULL, 0, &error));
  g_assert_no_error (error);
  g_clear_object (&kept);
  kept = read_again (f, alarm);
  g_assert_true (benk_alarm_is_with (kept, "KA"));
}

/* Half an hour before the end of my duty, and after it, until I have none. */
static void
test_the_end_of_my_duty_reminds (BenkAlarmsFixture *f, gconstpointer data)
{
  static const BenkHandOver at_once = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", TRUE };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (GError) error = NULL;
  gint64 end_ms;
  guint n;

  while (benk_alarms_count_mine (f->alarms) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (benk_alarms_must_hand_over (f->alarms, &end_ms, &n));
  g_assert_cmpint (n, ==, 1);
  benk_session_fixture_advance (&f->base, DUTY_END_MS - FIXTURE_WALL_MS - 30 * MINUTE);
  g_assert_true (benk_alarms_must_hand_over (f->alarms, &end_ms, &n));
  g_assert_cmpint (end_ms, ==, DUTY_END_MS);
  benk_session_fixture_advance (&f->base, HOUR);
  g_assert_true (benk_alarms_must_hand_over (f->alarms, &end_ms, &n));
  g_assert_cmpint (end_ms, ==, 0);
  g_assert_true (hand_over (f, alarm, NULL, &at_once, &error));
  while (benk_alarms_count_mine (f->alarms) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (benk_alarms_must_hand_over (f->alarms, &end_ms, &n));
}

/* Overdue in the evening is the charge nurse's, but what I have taken is mine. */
static void
test_overdue_outside_my_duty_is_another_s (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) mine = add_taken (f, "1.8");
  g_autoptr (BenkAlarm) open = NULL;
  g_autoptr (BenkAlarm) evening = NULL;
  g_autoptr (BenkAlarm) held = NULL;
  g_autoptr (GError) error = NULL;

  open = benk_alarms_fixture_add (f, SERIAL, "1.20", FIXTURE_WALL_MS, &error);
  g_assert_no_error (error);
  g_assert_null (benk_alarm_get_call (open));
  benk_session_fixture_advance (&f->base, 8 * HOUR);
  evening = read_again (f, open);
  g_assert_cmpstr (benk_alarm_get_call (evening), ==, "charge nurse");
  held = read_again (f, mine);
  g_assert_null (benk_alarm_get_call (held));
  while (benk_alarms_get_n_urgent (f->alarms) != 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
own_the_trial (BenkAlarmsFixture *f, const char *name)
{
  BenkDuties *duties = benk_session_get_duties (f->base.session);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) set = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDutyRoster) roster = NULL;
  g_autoptr (BenkDutyTeam) team = NULL;

  benk_duties_add_team_async (duties, name, NULL, benk_session_fixture_keep, &added);
  benk_duties_change_finish (duties, BENK_AWAIT (added), &error);
  g_assert_no_error (error);
  benk_duties_load_async (duties, NULL, benk_session_fixture_keep, &read);
  roster = benk_duties_load_finish (duties, BENK_AWAIT (read), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < roster->teams->len && team == NULL; i++)
    if (g_str_equal (((BenkDutyTeam *) roster->teams->pdata[i])->name, name))
      team = benk_duty_team_copy (roster->teams->pdata[i]);
  team->own = TRUE;
  team->trial = TRUE;
  benk_duties_set_team_async (duties, team, NULL, benk_session_fixture_keep, &set);
  benk_duties_change_finish (duties, BENK_AWAIT (set), &error);
  g_assert_no_error (error);
}

/* In trial an alarm is the trial team's, afterwards the district's. */
static void
test_the_end_of_the_trial_hands_over (BenkAlarmsFixture *f, gconstpointer data)
{
  static const struct
  {
    BenkDeviceState state;
    const char *team;
  } rows[] = {
    { BENK_DEVICE_STATE_TRIAL, "Reablement" },
    { BENK_DEVICE_STATE_OPERATION, "District 1" },
    { BENK_DEVICE_STATE_PAUSED, "District 1" },
    { BENK_DEVICE_STATE_TRIAL, "Reablement" },
  };
  g_autoptr (BenkAlarm) alarm = add_taken (f, "1.8");
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (GAsyncResult) linked = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_link_user_async (f->base.inventory, benk_device_get_id (device), NULL,
                                  "District 1", NULL, benk_session_fixture_keep, &linked);
  benk_inventory_change_finish (f->base.inventory, BENK_AWAIT (linked), NULL, &error);
  g_assert_no_error (error);
  benk_session_fixture_force_state (&f->base, device, BENK_DEVICE_STATE_TRIAL);
  {
    g_autoptr (BenkAlarm) before = read_again (f, alarm);

    g_assert_cmpstr (benk_alarm_get_team_name (before), ==, "District 1");
  }
  own_the_trial (f, "Reablement");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkAlarm) there = NULL;

      benk_session_fixture_force_state (&f->base, device, rows[i].state);
      there = read_again (f, alarm);
      g_assert_cmpstr (benk_alarm_get_team_name (there), ==, rows[i].team);
    }
}

#define TEST(name, func)                                                                 \
  g_test_add ("/session/alarms-hand/" name, BenkAlarmsFixture, NULL,                     \
              benk_alarms_fixture_set_up, func, benk_alarms_fixture_tear_down)

/* Another of the same, raised within 15 minutes: it stands in the same row. */
static BenkAlarm *
add_repeat (BenkAlarmsFixture *f)
{
  g_autofree char *again = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS);
  g_autofree char *first =
    benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - MINUTE);
  BenkAlarm *face;

  benk_alarms_fixture_must_sync (f);
  face = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_n_joined (face), ==, 1);
  return face;
}

/* A row that stands for two is handed over, accepted and kept as one. */
static void
test_what_joined_goes_along (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) face = add_repeat (f);
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_take (f, face, &error);
  g_assert_no_error (error);
  g_assert_true (hand_over (f, face, NULL, &to_anne, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE handed_ms NOT NULL"),
                   ==, 2);
  g_assert_true (keep_it (f, face, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE handed_ms NOT NULL"),
                   ==, 0);
  g_assert_true (hand_over (f, face, NULL, &to_anne, &error));
  g_assert_true (accept_it (f, face, "charge nurse Anne", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE accepted_ms NOT NULL"
                               " AND taken_by IS NULL"),
                   ==, 2);
}

/* One that was heard of after the first was taken is nobody's to hand over; it holds
 * nothing up. */
static void
test_one_nobody_has_stays (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *first =
    benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - MINUTE);
  g_autofree char *again = NULL;
  g_autoptr (BenkAlarm) face = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_must_sync (f);
  face = benk_alarms_fixture_get_only (f, FALSE);
  benk_alarms_fixture_take (f, face, &error);
  g_assert_no_error (error);
  again = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS);
  benk_alarms_fixture_must_sync (f);
  g_assert_true (hand_over (f, face, NULL, &to_anne, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE handed_ms NOT NULL"),
                   ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'new'"),
                   ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("it-stays-with-the-giver-until-accepted",
        test_it_stays_with_the_giver_until_accepted);
  TEST ("somebody-else-accepts-at-the-same-laptop",
        test_somebody_else_accepts_at_the_same_laptop);
  TEST ("several-go-together-or-none", test_several_go_together_or_none);
  TEST ("what-cannot-be-is-refused", test_what_cannot_be_is_refused);
  TEST ("it-can-be-kept-and-comes-back", test_it_can_be_kept_and_comes_back);
  TEST ("the-end-of-my-duty-reminds", test_the_end_of_my_duty_reminds);
  TEST ("overdue-outside-my-duty-is-another-s",
        test_overdue_outside_my_duty_is_another_s);
  TEST ("the-end-of-the-trial-hands-over", test_the_end_of_the_trial_hands_over);
  BENK_ALARMS_TEST ("/session/alarms-hand/what-joined-goes-along", NULL,
                    test_what_joined_goes_along);
  BENK_ALARMS_TEST ("/session/alarms-hand/one-nobody-has-stays", NULL,
                    test_one_nobody_has_stays);

  return g_test_run ();
}
