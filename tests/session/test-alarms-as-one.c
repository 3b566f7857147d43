/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarm-groups.h"
#include "benk-alarms-fixture.h"
#include "benk-alarms-hand.h"
#include "benk-alarms-wait.h"
#include "benk-error.h"

/* What is done with several alarms that are one thing to do: all or none. */

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)
#define N_MEMBERS 4

static void
raise_of (BenkAlarmsFixture *f, guint number, const char *code)
{
  g_autofree char *serial = g_strdup_printf ("N-%u", number);
  const BenkVirtualAlarm alarm = { .serial = serial,
                                   .device_name = "Medisindispenser",
                                   .code = code,
                                   .patient_number = NUMBER,
                                   .patient_name = NAME };

  g_free (benk_virtual_hub_raise (f->hub, &alarm));
}

/* (transfer full): the ids of an incident, the face first. */
static GArray *
raise_incident (BenkAlarmsFixture *f)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (BenkAlarm) face = NULL;
  g_autoptr (GPtrArray) members = NULL;

  for (guint i = 0; i < N_MEMBERS; i++)
    raise_of (f, i, i % 2 ? "1.19" : "1.20");
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, N_MEMBERS);
  face = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 0);
  members = benk_alarms_list_group (f->alarms, benk_alarm_get_group_face (face));
  g_assert_cmpuint (members->len, ==, N_MEMBERS);
  for (guint i = 0; i < members->len; i++)
    g_array_append_vals (ids, benk_alarm_get_id (members->pdata[i]), 1);
  return ids;
}

static void
must_take (BenkAlarmsFixture *f, GArray *ids, guint n)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_take_group_async (f->alarms, (const BenkId *) (gpointer) ids->data, n, NULL,
                                benk_session_fixture_keep, &result);
  benk_alarms_take_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

typedef gboolean (*Act) (BenkAlarmsFixture *f, GArray *ids, GError **error);

static gboolean
close_as (BenkAlarmsFixture *f, GArray *ids, const char *action, GError **error)
{
  const BenkId *all = (const BenkId *) (gpointer) ids->data;
  const BenkAlarmClosing closing = {
    .cause = "coverage", .action = action, .also = all + 1, .n_also = ids->len - 1
  };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_close_async (f->alarms, all, &closing, NULL, benk_session_fixture_keep,
                           &result);
  BENK_AWAIT (result);
  /* Each has a source: it is kept where none was refused here. */
  g_assert_cmpint (benk_alarms_close_is_kept (result), ==,
                   !g_task_had_error (G_TASK (result)));
  return benk_alarms_close_finish (f->alarms, result, error);
}

static gboolean
close_all (BenkAlarmsFixture *f, GArray *ids, GError **error)
{
  return close_as (f, ids, "phoned", error);
}

static gboolean
hand_over (BenkAlarmsFixture *f, GArray *ids, GError **error)
{
  const BenkHandOver how = { BENK_DUTY_ROLE_CHARGE_NURSE, "Anne", FALSE };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_hand_over_async (f->alarms, (const BenkId *) (gpointer) ids->data, ids->len,
                               &how, NULL, benk_session_fixture_keep, &result);
  return benk_alarms_hand_over_finish (f->alarms, BENK_AWAIT (result), error);
}

static gboolean
let_wait (BenkAlarmsFixture *f, GArray *ids, GError **error)
{
  const BenkAlarmWaiting waiting = { .what = BENK_WAIT_VENDOR,
                                     .until_ms = FIXTURE_WALL_MS + HOUR,
                                     .case_number = "C-77" };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_wait_async (f->alarms, (const BenkId *) (gpointer) ids->data, ids->len,
                          &waiting, NULL, benk_session_fixture_keep, &result);
  return benk_alarms_wait_finish (f->alarms, BENK_AWAIT (result), error);
}

static gboolean
stop_waiting (BenkAlarmsFixture *f, GArray *ids, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_stop_waiting_async (f->alarms, (const BenkId *) (gpointer) ids->data,
                                  ids->len, NULL, benk_session_fixture_keep, &result);
  return benk_alarms_stop_waiting_finish (f->alarms, BENK_AWAIT (result), error);
}

static gint64
count (BenkAlarmsFixture *f, const char *sql)
{
  return benk_session_fixture_count (&f->base, sql);
}

/* In the order that they can be done in; each leaves its step with every member. */
static const struct
{
  Act act;
  const char *step;
} acts[] = {
  { hand_over, "handed-over" },
  { let_wait, "waiting" },
  { stop_waiting, "wait-stopped" },
  { close_all, "closed" },
};

static gint64
count_steps (BenkAlarmsFixture *f, const char *step)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM alarm_step WHERE kind = '%s'", step);

  return count (f, sql);
}

static void
test_one_change (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GArray) ids = raise_incident (f);
  g_autoptr (GError) error = NULL;

  must_take (f, ids, N_MEMBERS);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      gint64 rows = count (f, "SELECT count (*) FROM journal WHERE verb <> 'followup'");

      benk_session_fixture_advance (&f->base, MINUTE);
      g_assert_true (acts[i].act (f, ids, &error));
      g_assert_no_error (error);
      g_assert_cmpint (count_steps (f, acts[i].step), ==, N_MEMBERS);
      if (acts[i].act != close_all)
        g_assert_cmpint (count (f,
                                "SELECT count (*) FROM journal WHERE verb <> 'followup'"),
                         ==, rows + 1);
    }
  g_assert_cmpint (count (f, "SELECT count (*) FROM journal WHERE verb = 'close'"), ==,
                   1);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE status = 'closed'"
                             " AND cause = 'coverage' AND action = 'phoned'"),
                   ==, N_MEMBERS);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, N_MEMBERS);
  benk_alarms_fixture_wait_queue (f, 0);
}

/* One that nobody has can be closed, but neither waits nor is handed over. */
static void
test_all_or_none (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GArray) ids = raise_incident (f);
  g_autoptr (BenkAlarm) last =
    g_list_model_get_item (benk_alarms_get_queue (f->alarms), N_MEMBERS - 1);
  guint n = 0;

  must_take (f, ids, N_MEMBERS - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (acts[i].act == close_all)
        {
          benk_alarms_fixture_close (f, last, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_false (acts[i].act (f, ids, &error));
      g_assert_true (g_error_matches (error, BENK_ERROR, BENK_ERROR_REFUSED) ||
                     g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT));
      g_assert_nonnull (
        strstr (error->message, acts[i].act == stop_waiting
                                  ? "N-" /* none of them waits: the first is named */
                                  : benk_alarm_get_serial (last)));
      g_assert_cmpint (count_steps (f, acts[i].step), ==, acts[i].act == close_all);
      n++;
    }
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE status = 'taken'"), ==,
                   N_MEMBERS - 1);
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE handed_ms NOT NULL"
                             " OR waiting_until_ms NOT NULL"),
                   ==, 0);
  g_test_message ("%u refusals", n);
}

/* What was done with a dose is told by somebody, for many as for one; and what is no
 * outage is not closed as if it were. */
static void
test_rules_hold (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GArray) ids = raise_incident (f);
  g_autoptr (GArray) mixed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;

  g_assert_false (close_as (f, ids, "dose-given", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);

  raise_of (f, N_MEMBERS, "1.8");
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, N_MEMBERS + 1);
  mixed = g_array_copy (ids);
  for (guint i = 0; i <= N_MEMBERS; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        g_list_model_get_item (benk_alarms_get_queue (f->alarms), i);

      if (g_str_equal (benk_alarm_get_code (alarm), "1.8"))
        g_array_append_vals (mixed, benk_alarm_get_id (alarm), 1);
    }
  g_assert_cmpuint (mixed->len, ==, N_MEMBERS + 1);
  g_assert_false (close_all (f, mixed, &other_error));
  g_assert_error (other_error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (other_error->message, "N-4"));
  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm WHERE status = 'new'"), ==,
                   N_MEMBERS + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarms-as-one/one-change-for-all", NULL, test_one_change);
  BENK_ALARMS_TEST ("/session/alarms-as-one/all-or-none-and-says-which", NULL,
                    test_all_or_none);
  BENK_ALARMS_TEST ("/session/alarms-as-one/the-rules-of-one-hold", NULL,
                    test_rules_hold);
  return g_test_run ();
}
