/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-db.h"
#include "benk-error.h"
#include "benk-record-texts.h"

/* Who confirmed a closing: role, name and time, never another time than theirs. */

#define MINUTE G_GINT64_CONSTANT (60000)

static gboolean
close_ (BenkAlarmsFixture *f,
        BenkAlarm *alarm,
        const BenkAlarmClosing *closing,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_close_async (f->alarms, benk_alarm_get_id (alarm), closing, NULL,
                           benk_session_fixture_keep, &result);
  return benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), error);
}

/* Who confirmed it is whole or refused, also where it need not be told. */
static void
test_part_of_who_confirmed_is_refused (BenkAlarmsFixture *f, gconstpointer code)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, code, 0, NULL);
  const gint64 now = FIXTURE_WALL_MS;
  const struct
  {
    const char *role;
    const char *name;
    gint64 at_ms;
  } rows[] = {
    { NULL, "x", 0 }, { "nurse", NULL, 0 }, { NULL, NULL, now },  { "nurse", "x", 0 },
    { "", "x", now }, { NULL, "x", now },   { "nurse", "", now },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      const BenkAlarmClosing closing = { .cause = "asleep",
                                         .action = "dose-given",
                                         .confirmed_role = rows[i].role,
                                         .confirmed_by = rows[i].name,
                                         .confirmed_ms = rows[i].at_ms };

      g_assert_false (close_ (f, alarm, &closing, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  g_test_message ("%zu cases refused", G_N_ELEMENTS (rows));
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

static void
forget_time (BenkAlarmsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (f->base.path, BENK_DB_READ_WRITE, f->base.clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, "UPDATE alarm SET confirmed_ms = NULL", &error);
  g_assert_no_error (error);
}

/* What an older version of the program wrote has no time of the confirmation: then the
 * document has none, rather than that of something else. */
static void
test_no_time (BenkAlarmsFixture *f, gconstpointer unused)
{
  const BenkAlarmClosing closing = { .cause = "asleep",
                                     .action = "dose-given",
                                     .confirmed_role = "nurse",
                                     .confirmed_by = "Berit",
                                     .confirmed_ms = FIXTURE_WALL_MS };
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.1");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *document = NULL;
  g_autofree char *text = NULL;
  const char *at;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:PUT@1", NULL));
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  benk_virtual_hub_clear_faults (f->hub);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
  forget_time (f);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_fixture_flush (f);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  at = strstr (document, "bekreftet av nurse, Berit, tidspunkt ikke oppgitt\"");
  g_assert_nonnull (at);
  at += strcspn (at, "}");
  g_assert_true (g_str_has_prefix (at, "}]}"));
  text = load_text (f, alarm);
  g_assert_nonnull (strstr (text, "Confirmed by nurse, Berit, time not told."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/confirmed/part-is-refused", "1.8",
                    test_part_of_who_confirmed_is_refused);
  BENK_ALARMS_TEST ("/session/confirmed/part-is-refused-for-care", "1.1",
                    test_part_of_who_confirmed_is_refused);
  BENK_ALARMS_TEST ("/session/confirmed/no-time-is-no-time", NULL, test_no_time);
  return g_test_run ();
}
