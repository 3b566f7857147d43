/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-groups.h"
#include "benk-alarms-fixture.h"
#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-fake-clock.h"

#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)

static char *
raise_one (BenkAlarmsFixture *f, guint number, const char *code, gint64 raised_ms)
{
  g_autofree char *serial = g_strdup_printf ("N-%u", number);
  const BenkVirtualAlarm alarm = { .serial = serial,
                                   .device_name = "Medisindispenser",
                                   .code = code,
                                   .raised_ms = raised_ms };

  return benk_virtual_hub_raise (f->hub, &alarm);
}

static void
raise_many (BenkAlarmsFixture *f, const char *code, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_free (raise_one (f, i, code, 0));
  benk_alarms_fixture_must_sync (f);
}

static guint
count_kind (GListModel *list, BenkAlarmGroup kind)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      n += benk_alarm_get_group_kind (alarm) == kind;
    }
  return n;
}

/* (transfer full): the only incident, from its face. */
static GPtrArray *
list_incident (BenkAlarmsFixture *f)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (benk_alarm_get_group_kind (alarm) == BENK_ALARM_GROUP_INCIDENT)
        return benk_alarms_list_group (f->alarms, benk_alarm_get_group_face (alarm));
    }
  g_assert_not_reached ();
}

static gboolean
take_group (BenkAlarmsFixture *f, GPtrArray *alarms, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < alarms->len; i++)
    g_array_append_vals (ids, benk_alarm_get_id (alarms->pdata[i]), 1);
  benk_alarms_take_group_async (f->alarms, (const BenkId *) ids->data, ids->len, NULL,
                                benk_session_fixture_keep, &result);
  return benk_alarms_take_finish (f->alarms, BENK_AWAIT (result), error);
}

/* What a page shows and what is printed say the same. */
static void
test_burst (BenkAlarmsFixture *f, gconstpointer unused)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GPtrArray) incident = NULL;
  guint at = 0;

  raise_many (f, "1.20", 0, 14);
  raise_many (f, "1.22", 20, 21);
  raise_many (f, "1.8", 30, 31);
  benk_alarms_fixture_wait_queue (f, 16);
  g_assert_cmpuint (count_kind (queue, BENK_ALARM_GROUP_INCIDENT), ==, 14);
  incident = list_incident (f);
  g_assert_cmpuint (incident->len, ==, 14);
  for (guint i = 0; i < g_list_model_get_n_items (queue) && at < incident->len; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (alarm != g_ptr_array_index (incident, at))
        continue;
      g_assert_cmpint (benk_alarm_get_n_group (alarm), ==, 14);
      g_assert_cmpint (benk_id_equal (benk_alarm_get_group_face (alarm),
                                      benk_alarm_get_id (alarm)),
                       ==, at == 0);
      at++;
    }
  g_assert_cmpuint (at, ==, 14);
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (count_kind (list, BENK_ALARM_GROUP_INCIDENT), ==, 14);
}

/* Two of three are left: what was one incident is two alarms, in the rows that are
 * shown. */
static void
test_group_ends (BenkAlarmsFixture *f, gconstpointer unused)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);
  g_autofree char *one = raise_one (f, 1, "1.20", 0);

  raise_many (f, "1.20", 2, 4);
  benk_alarms_fixture_wait_queue (f, 3);
  g_assert_cmpuint (count_kind (queue, BENK_ALARM_GROUP_INCIDENT), ==, 3);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_virtual_hub_close_elsewhere (f->hub, one, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 2);
  g_assert_cmpuint (count_kind (queue, BENK_ALARM_GROUP_NONE), ==, 2);
}

static void
test_user (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;
  static const char *const codes[] = { "1.8", "1.17", "1.1", "1.18" };

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, "MD-000777");
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, BENK_DEVICE_STATE_OPERATION);
  benk_device_set_person_ref (device, "4711");
  benk_session_fixture_insert (&f->base, device);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (BenkAlarm) alarm =
        benk_alarms_fixture_add (f, "MD-000777", codes[i], 0, &error);
      g_autoptr (BenkAlarm) other =
        benk_alarms_fixture_add (f, SERIAL, codes[i], 0, &error);

      g_assert_no_error (error);
    }
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 8);
  g_assert_cmpuint (count_kind (list, BENK_ALARM_GROUP_USER), ==, 2);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (benk_alarm_get_group_kind (alarm) == BENK_ALARM_GROUP_NONE)
        continue;
      g_assert_cmpstr (benk_alarm_get_serial (alarm), ==, "MD-000777");
      g_assert_cmpint (benk_alarm_get_responsibility (alarm), ==,
                       BENK_RESPONSIBILITY_TECHNICAL);
    }
}

/* One change, each told at its source; one that somebody else has is left to them. */
static void
test_take_group (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *first = raise_one (f, 1, "1.20", 0);
  g_autofree char *second = raise_one (f, 2, "1.20", 0);
  g_autofree char *told = NULL;
  g_autoptr (GPtrArray) incident = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rows;

  raise_many (f, "1.20", 3, 6);
  benk_alarms_fixture_wait_queue (f, 5);
  incident = list_incident (f);
  g_assert_cmpuint (incident->len, ==, 5);
  benk_alarms_fixture_take (f, g_ptr_array_index (incident, 0), &error);
  g_assert_no_error (error);
  rows = benk_session_fixture_count (&f->base,
                                     "SELECT count (*) FROM journal WHERE verb = 'take'");
  take_group (f, incident, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE verb = 'take'"),
                   ==, rows + 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'taken'"),
                   ==, 5);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm_step WHERE kind = 'taken'"),
                   ==, 5);
  told = benk_virtual_hub_dup_issue (f->hub, second);
  g_assert_nonnull (strstr (told, "mitigation"));
  g_assert_false (take_group (f, incident, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
}

/* Whatever was learned first: the same groups, and the same one stands for each. */
static void
test_any_order (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260305);
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  g_autoptr (GHashTable) faces =
    g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) benk_id_free);
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) list = NULL;

  for (guint i = 0; i < 40; i++)
    g_free (
      raise_one (f, i, i % 4 ? "1.20" : "1.8", FIXTURE_WALL_MS - (i * 37 % 97) * MINUTE));
  benk_alarms_fixture_must_sync (f);
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 40);
  g_assert_cmpuint (count_kind (list, BENK_ALARM_GROUP_INCIDENT), >, 3);
  for (guint i = 0; i < 40; i++)
    {
      BenkAlarm *alarm = g_list_model_get_item (list, i);

      g_ptr_array_add (alarms, alarm);
      g_hash_table_insert (faces, g_object_ref (alarm),
                           benk_id_copy (benk_alarm_get_group_face (alarm)));
    }
  for (guint round = 0; round < 20; round++)
    {
      for (guint k = alarms->len; k > 1; k--)
        {
          guint other = (guint) g_rand_int_range (rand, 0, (gint32) k);
          gpointer there = alarms->pdata[other];

          alarms->pdata[other] = alarms->pdata[k - 1];
          alarms->pdata[k - 1] = there;
        }
      benk_alarm_arrange (alarms, roster, "KA", FIXTURE_WALL_MS, 0);
      for (guint i = 0; i < alarms->len; i++)
        g_assert_true (benk_id_equal (benk_alarm_get_group_face (alarms->pdata[i]),
                                      g_hash_table_lookup (faces, alarms->pdata[i])));
    }
}

/* -- Flood --------------------------------------------------------------------------- */

static void
on_notify (guint *n_notified)
{
  (*n_notified)++;
}

/* More than ten, as they came here; it ends when the first of eleven came ten minutes
 * ago, and nothing else happens. */
static void
test_flood (BenkAlarmsFixture *f, gconstpointer unused)
{
  guint n_notified = 0;

  g_signal_connect_swapped (f->alarms, "notify::flood", G_CALLBACK (on_notify),
                            &n_notified);
  raise_many (f, "1.8", 0, 1);
  benk_alarms_fixture_wait_queue (f, 1);
  benk_session_fixture_advance (&f->base, 4 * MINUTE);
  raise_many (f, "1.8", 1, 10);
  benk_alarms_fixture_wait_queue (f, 10);
  g_assert_false (benk_alarms_is_flood (f->alarms));
  raise_many (f, "1.8", 10, 11);
  benk_alarms_fixture_wait_queue (f, 11);
  g_assert_true (benk_alarms_is_flood (f->alarms));
  g_assert_cmpuint (n_notified, ==, 1);

  benk_session_fixture_advance (&f->base, 6 * MINUTE - 1);
  g_assert_true (benk_alarms_is_flood (f->alarms));
  benk_session_fixture_advance (&f->base, 1);
  g_assert_false (benk_alarms_is_flood (f->alarms));
  g_assert_cmpuint (n_notified, ==, 2);
}

/* What says an open one again is nothing new to read. */
static void
test_repeats_are_no_flood (BenkAlarmsFixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++)
    {
      raise_many (f, "1.8", 0, 5);
      benk_session_fixture_advance (&f->base, MINUTE);
    }
  benk_alarms_fixture_wait_queue (f, 5);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 15);
  g_assert_false (benk_alarms_is_flood (f->alarms));
}

/* Closing them fast makes it no smaller: the view does not change under one's hands. */
static void
test_closed_ones_came_too (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  raise_many (f, "1.8", 0, 11);
  benk_alarms_fixture_wait_queue (f, 11);
  alarm = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 0);
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  benk_alarms_fixture_wait_queue (f, 10);
  g_assert_true (benk_alarms_is_flood (f->alarms));
}

/* A clock that is set back ends it: what is to come has not come. */
static void
test_clock_back (BenkAlarmsFixture *f, gconstpointer unused)
{
  raise_many (f, "1.8", 0, 11);
  benk_alarms_fixture_wait_queue (f, 11);
  g_assert_true (benk_alarms_is_flood (f->alarms));
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock),
                            FIXTURE_WALL_MS - 60 * MINUTE);
  benk_alarms_refresh (f->alarms);
  while (benk_alarms_is_flood (f->alarms))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarm-groups/a-burst-is-one-incident", NULL, test_burst);
  BENK_ALARMS_TEST ("/session/alarm-groups/too-few-are-left", NULL, test_group_ends);
  BENK_ALARMS_TEST ("/session/alarm-groups/of-one-user", NULL, test_user);
  BENK_ALARMS_TEST ("/session/alarm-groups/taken-in-one-change", NULL, test_take_group);
  BENK_ALARMS_TEST ("/session/alarm-groups/order-makes-no-difference", NULL,
                    test_any_order);
  BENK_ALARMS_TEST ("/session/alarm-groups/a-flood-ends-by-the-clock", NULL, test_flood);
  BENK_ALARMS_TEST ("/session/alarm-groups/repeats-are-no-flood", NULL,
                    test_repeats_are_no_flood);
  BENK_ALARMS_TEST ("/session/alarm-groups/closed-ones-came-too", NULL,
                    test_closed_ones_came_too);
  BENK_ALARMS_TEST ("/session/alarm-groups/a-clock-set-back-ends-a-flood", NULL,
                    test_clock_back);

  return g_test_run ();
}
