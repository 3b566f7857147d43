/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-record-texts.h"

/* Closed, opened again and closed again: what each document tells. */

#define MINUTE G_GINT64_CONSTANT (60000)

static BenkAlarm *
bring_in (BenkAlarmsFixture *f, const char *code)
{
  g_free (benk_alarms_fixture_raise (f, code));
  benk_alarms_fixture_must_sync (f);
  return benk_alarms_fixture_get_only (f, FALSE);
}

static void
must_close (BenkAlarmsFixture *f, BenkAlarm *alarm, const BenkAlarmClosing *closing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_close_async (f->alarms, benk_alarm_get_id (alarm), closing, NULL,
                           benk_session_fixture_keep, &result);
  benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
must_reopen (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_reopen_async (f->alarms, benk_alarm_get_id (alarm), "Ringte igjen", NULL,
                            benk_session_fixture_keep, &result);
  benk_alarms_reopen_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static guint
count_in (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at; at = strstr (at + 1, part))
    n++;
  return n;
}

static char *
load_text (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  benk_record_texts_load_alarm_async (f->base.session, benk_alarm_get_id (alarm), NULL,
                                      benk_session_fixture_keep, &result);
  text = benk_record_texts_load_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return text;
}

/* Each closing tells of the call that was told of with it: of no other, whenever that
 * was. */
typedef struct
{
  const char *name;
  gint64 first_ms; /* from FIXTURE_WALL_MS; 0 = no call */
  gint64 second_ms;
} CallRow;

static const CallRow call_rows[] = {
  { "only-the-first-time", 1 * MINUTE, 0 },
  { "only-the-second-time", 0, 6 * MINUTE },
  { "told-of-later-than-it-was", 0, 1 * MINUTE },
  { "both-times", 1 * MINUTE, 6 * MINUTE },
  { "never", 0, 0 },
};

static void
test_call (BenkAlarmsFixture *f, gconstpointer data)
{
  const CallRow *row = data;
  const gint64 calls[] = { row->first_ms, row->second_ms };
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8");

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      BenkAlarmClosing closing = { .cause = "roll", .action = "phoned" };
      g_autofree char *document = NULL;
      g_autofree char *text = NULL;

      if (calls[i] > 0)
        {
          closing.call_start_ms = FIXTURE_WALL_MS + calls[i];
          closing.call_end_ms = closing.call_start_ms + MINUTE;
        }
      if (i > 0)
        must_reopen (f, alarm);
      benk_session_fixture_advance (&f->base, 5 * MINUTE);
      must_close (f, alarm, &closing);
      benk_session_fixture_advance (&f->base, 1000);
      g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, i + 1);
      document = benk_virtual_hub_dup_document (f->hub, i);
      g_assert_cmpuint (count_in (document, "\"resourceType\":\"Encounter\""), ==,
                        calls[i] > 0 ? 1 : 0);
      g_assert_cmpuint (count_in (document, "\"samtale\""), ==, calls[i] > 0 ? 1 : 0);
      text = load_text (f, alarm);
      g_assert_cmpuint (count_in (text, "by telephone"), ==, calls[i] > 0 ? 1 : 0);
    }
}

static gint64
count_steps (BenkAlarmsFixture *f, const char *kind, const char *place)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM alarm_step WHERE kind = '%s' AND place = '%s'", kind, place);

  return benk_session_fixture_count (&f->base, sql);
}

static const BenkAlarmClosing visited = { .cause = "roll", .action = "visited" };

/* Our own step stands in the resource: it is heard of again and stays ours. */
static void
test_own (BenkAlarmsFixture *f, gconstpointer heard_between)
{
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8");
  g_autofree char *document = NULL;

  must_close (f, alarm, &visited);
  benk_session_fixture_advance (&f->base, MINUTE);
  if (heard_between)
    benk_alarms_fixture_must_sync (f);
  must_reopen (f, alarm);
  for (guint i = 0; i < 2; i++)
    {
      benk_session_fixture_advance (&f->base, MINUTE);
      benk_alarms_fixture_must_sync (f);
    }
  g_assert_cmpint (count_steps (f, "reopened", "here"), ==, 1);
  g_assert_cmpint (count_steps (f, "reopened", "other-system"), ==, 0);
  must_close (f, alarm, &visited);
  document = benk_virtual_hub_dup_document (f->hub, 1);
  g_assert_cmpuint (count_in (document, "åpnet igjen"), ==, 1);
}

/* What others do after that is told as theirs. */
static void
test_others (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  must_close (f, alarm, &visited);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_fixture_must_sync (f);
  must_reopen (f, alarm);
  benk_session_fixture_advance (&f->base, 5 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  benk_virtual_hub_close_elsewhere (f->hub, remote, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (count_steps (f, "closed", "other-system"), ==, 1);
  g_assert_cmpint (count_steps (f, "reopened", "other-system"), ==, 0);
  benk_session_fixture_advance (&f->base, 5 * MINUTE);
  benk_virtual_hub_take_elsewhere (f->hub, remote, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (count_steps (f, "reopened", "other-system"), ==, 1);
  g_assert_cmpint (count_steps (f, "reopened", "here"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/reopening/own-is-not-anothers", NULL, test_own);
  BENK_ALARMS_TEST ("/session/reopening/own-after-its-closing-was-heard", "heard",
                    test_own);
  BENK_ALARMS_TEST ("/session/reopening/anothers-after-ours", NULL, test_others);
  for (gsize i = 0; i < G_N_ELEMENTS (call_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/reopening/call/%s", call_rows[i].name);

      BENK_ALARMS_TEST (path, &call_rows[i], test_call);
    }
  return g_test_run ();
}
