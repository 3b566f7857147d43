/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-history-item.h"

#include <string.h>

/* How many steps of the alarm fit @pattern. */
static void
assert_told (BenkAlarmsFixture *f, BenkAlarm *alarm, const char *pattern, guint expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) steps = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;

  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  steps = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (steps, i);

      n_told += g_pattern_match_simple (pattern, benk_history_item_get_changes (item)[0]);
    }
  g_assert_cmpuint (n_told, ==, expected);
}

static void
test_repeated (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *first = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *taken = NULL;

  benk_session_fixture_advance (&f->base, 899 * 1000);
  second = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_n_joined (alarm), ==, 1);
  g_assert_cmpstr (benk_alarm_get_remote_id (alarm), ==, first);
  assert_told (f, alarm, "*Raised again*", 1);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  taken = benk_virtual_hub_dup_issue (f->hub, second);
  g_assert_nonnull (strstr (taken, "mitigation"));
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  closed = benk_virtual_hub_dup_issue (f->hub, second);
  g_assert_nonnull (strstr (closed, "\"final\""));

  benk_session_fixture_advance (&f->base, 60 * 1000);
  third = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 1);
}

/* Where one that was raised earlier is heard of later, who has the other still has it. */
static void
test_earlier_one_comes_later (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *second = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *first = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkAlarm) face = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  first = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - 60 * 1000);
  benk_alarms_fixture_must_sync (f);
  face = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_remote_id (face), ==, second);
  g_assert_cmpint (benk_alarm_get_status (face), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpint (benk_alarm_get_n_joined (face), ==, 1);
}

/* Whichever of two that joined is closed elsewhere first: the other is not lost sight of.
 */
static void
test_joined_ends_with_the_last (BenkAlarmsFixture *f, gconstpointer data)
{
  gboolean second_first = GPOINTER_TO_INT (data);
  g_autofree char *first = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *second = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_session_fixture_advance (&f->base, 60 * 1000);
  second = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  benk_session_fixture_advance (&f->base, 60 * 1000);
  benk_virtual_hub_close_elsewhere (f->hub, second_first ? second : first, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);

  benk_session_fixture_advance (&f->base, 60 * 1000);
  benk_virtual_hub_close_elsewhere (f->hub, second_first ? first : second, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 0);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'closed'"),
                   ==, 2);
}

/* What is left of an alarm is closed at its source, too. */
static void
test_closing_what_is_left (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *first = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *second = NULL;
  g_autofree char *closed = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_fixture_advance (&f->base, 60 * 1000);
  second = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  benk_session_fixture_advance (&f->base, 60 * 1000);
  benk_virtual_hub_close_elsewhere (f->hub, first, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  closed = benk_virtual_hub_dup_issue (f->hub, second);
  g_assert_nonnull (strstr (closed, "\"final\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/repeated-joins-the-first", NULL, test_repeated);
  BENK_ALARMS_TEST ("/session/feeds/an-earlier-one-that-comes-later-joins-the-taken",
                    NULL, test_earlier_one_comes_later);
  BENK_ALARMS_TEST ("/session/feeds/joined-ends-with-the-last/first-one-first",
                    GINT_TO_POINTER (FALSE), test_joined_ends_with_the_last);
  BENK_ALARMS_TEST ("/session/feeds/joined-ends-with-the-last/second-one-first",
                    GINT_TO_POINTER (TRUE), test_joined_ends_with_the_last);
  BENK_ALARMS_TEST ("/session/feeds/what-is-left-is-closed", NULL,
                    test_closing_what_is_left);

  return g_test_run ();
}
