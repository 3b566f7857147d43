/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-incidents.h"
#include "benk-record-texts.h"

#define MINUTE G_GINT64_CONSTANT (60000)

/* Heard of late, taken, closed after both deadlines; with a name in every free text. */
static BenkAlarm *
follow_up (BenkAlarmsFixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkAlarm *alarm =
    benk_alarms_fixture_add (f, SERIAL, code, FIXTURE_WALL_MS - 5 * MINUTE, &error);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "phoned",
                                     .confirmed_role = "nurse",
                                     .confirmed_by = "Berit",
                                     .why_late = "Line Danser svarte ikke",
                                     .note = "Line Danser",
                                     .confirmed_ms = FIXTURE_WALL_MS + 80 * MINUTE,
                                     .call_start_ms = FIXTURE_WALL_MS + 70 * MINUTE,
                                     .call_end_ms = FIXTURE_WALL_MS + 75 * MINUTE };

  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, 30 * MINUTE);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, 60 * MINUTE);
  benk_alarms_close_async (f->alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_session_fixture_keep, &result);
  benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return alarm;
}

static BenkIncident *
draft (BenkAlarmsFixture *f, const BenkId *alarms, guint n, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_draft_incident_async (f->alarms, alarms, n, NULL, benk_session_fixture_keep,
                                    &result);
  return benk_alarms_draft_incident_finish (f->alarms, BENK_AWAIT (result), error);
}

static void
test_tells_times_and_deadlines (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const wanted[] = {
    "Draft of an incident report",
    "sends nothing to the incident system",
    "1.1 Not dispensed",
    SERIAL,
    "Responsibility: care",
    "Raised: 2026-03-02 08:55",
    "Received by this program: 2026-03-02 09:00",
    "Opened by a person: no",
    "Taken: 2026-03-02 09:30",
    "Closed: 2026-03-02 10:30",
    "Take within: 2026-03-02 09:10: late",
    "Resolve within: 2026-03-02 09:55: late",
    "Proposed by the program, not decided by the district",
    "Reason for the delay: written down with the alarm",
    "2026-03-02 10:10: Spoke with the user by telephone",
    "2026-03-02 10:30: Closed",
    "What happened: …",
  };
  g_autoptr (BenkAlarm) alarm = follow_up (f, "1.1");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkIncident) incident = draft (f, benk_alarm_get_id (alarm), 1, &error);
  g_autofree char *text = NULL;
  const char *at;

  g_assert_no_error (error);
  text = benk_incident_dup_text (incident);
  at = text;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const char *found = strstr (at, wanted[i]);

      if (found == NULL)
        g_error ("“%s” is not where it belongs in:\n%s", wanted[i], text);
      at = found;
    }
}

/* What was typed freely may name anybody. */
static void
test_names_nobody (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const names[] = { "Line", "Danser", "Berit", "KA", NUMBER };
  g_autoptr (BenkAlarm) alarm = follow_up (f, "1.1");
  g_autoptr (BenkIncident) incident = draft (f, benk_alarm_get_id (alarm), 1, NULL);
  g_autofree char *text = benk_incident_dup_text (incident);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (strstr (text, names[i]));
}

static void
test_several_alarms_a_part_each (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) one = follow_up (f, "1.1");
  g_autoptr (BenkAlarm) two = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL);
  g_autoptr (BenkAlarm) not_asked_for =
    benk_alarms_fixture_add (f, SERIAL, "1.17", 0, NULL);
  const BenkId ids[] = { *benk_alarm_get_id (one), *benk_alarm_get_id (two) };
  g_autoptr (BenkIncident) incident = draft (f, ids, 2, NULL);
  g_autofree char *text = benk_incident_dup_text (incident);

  g_assert_cmpuint (incident->parts->len, ==, 3);
  g_assert_nonnull (strstr (text, "1.1 Not dispensed"));
  g_assert_nonnull (strstr (text, "1.8 Roll jammed"));
  g_assert_null (strstr (text, "1.17"));
}

static void
test_unknown_alarm_is_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  const BenkId id = benk_id_new (f->base.clock);

  g_assert_null (draft (f, &id, 1, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

static void
test_saved_as_text_and_pdf (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *name;
    const char *starts;
  } rows[] = { { "draft.txt", "Draft of an incident report\n" },
               { "draft.PDF", "%PDF-" } };
  g_autoptr (BenkAlarm) alarm = follow_up (f, "1.1");
  g_autoptr (BenkIncident) incident = draft (f, benk_alarm_get_id (alarm), 1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (f->base.dir, rows[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *octets = NULL;

      benk_alarms_save_incident_async (f->alarms, incident, file, NULL,
                                       benk_session_fixture_keep, &result);
      benk_alarms_save_incident_finish (f->alarms, BENK_AWAIT (result), &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &octets, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (octets, rows[i].starts));
    }
}

static char *
load_text (BenkAlarmsFixture *f, const BenkId *alarm, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_record_texts_load_alarm_async (f->base.session, alarm, NULL,
                                      benk_session_fixture_keep, &result);
  return benk_record_texts_load_finish (f->base.session, BENK_AWAIT (result), error);
}

static void
test_record_text_of_a_closed_alarm (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) open = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL);
  g_autoptr (BenkAlarm) alarm = follow_up (f, "1.1");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = load_text (f, benk_alarm_get_id (alarm), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (
    text, ==,
    "2 March 2026 at 10:30: Alarm “Not dispensed” from the electronic medication "
    "dispenser (Medido " SERIAL "), raised 08:55. Cause: Roll or pouch. What was done: "
    "Phoned. Spoke with the user by telephone. Confirmed by nurse, Berit, 10:20.");
  g_assert_null (load_text (f, benk_alarm_get_id (open), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static void
test_record_text_of_a_device (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    BenkRecordAsked asked;
    const char *wanted; /* NULL: refused */
  } rows[] = {
    { { .verb = BENK_RECORD_PAUSE, .device = SERIAL, .until = "2026-03-24" },
      "2 March 2026 at 09:00: Electronic medication dispenser stopped for a time "
      "(Medido " SERIAL "). Planned until 24 March 2026." },
    { { .verb = BENK_RECORD_EVALUATION, .device = SERIAL, .result = "make" },
      "2 March 2026 at 09:00: Use of the electronic medication dispenser evaluated "
      "(Medido " SERIAL "). Result: Another make is tried." },
    { { .verb = BENK_RECORD_PAUSE, .device = SERIAL, .until = "24 March" }, NULL },
    { { .verb = BENK_RECORD_EVALUATION, .device = SERIAL, .result = "maybe" }, NULL },
    { { .verb = BENK_RECORD_END, .device = "NOPE" }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      benk_record_texts_load_async (f->base.session, &rows[i].asked, NULL,
                                    benk_session_fixture_keep, &result);
      text = benk_record_texts_load_finish (f->base.session, BENK_AWAIT (result), &error);
      g_assert_cmpstr (text, ==, rows[i].wanted);
      g_assert_true ((error != NULL) == (rows[i].wanted == NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/incident/tells-times-and-deadlines", NULL,
                    test_tells_times_and_deadlines);
  BENK_ALARMS_TEST ("/session/incident/names-nobody", NULL, test_names_nobody);
  BENK_ALARMS_TEST ("/session/incident/several-alarms-a-part-each", NULL,
                    test_several_alarms_a_part_each);
  BENK_ALARMS_TEST ("/session/incident/unknown-alarm-is-refused", NULL,
                    test_unknown_alarm_is_refused);
  BENK_ALARMS_TEST ("/session/incident/saved-as-text-and-pdf", NULL,
                    test_saved_as_text_and_pdf);
  BENK_ALARMS_TEST ("/session/record-text/of-a-closed-alarm", NULL,
                    test_record_text_of_a_closed_alarm);
  BENK_ALARMS_TEST ("/session/record-text/of-a-device", NULL,
                    test_record_text_of_a_device);
  return g_test_run ();
}
