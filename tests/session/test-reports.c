/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-away.h"
#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-csv.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-reports.h"

/* A report on the day of the fixture's clock. */
static BenkFollowupReport *
load_only (BenkAlarmsFixture *f, const char *const *only, GError **error)
{
  BenkFollowupQuery query = { .only = only };
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (
    benk_report_period_set (&query.period, "2026-03-02", "2026-03-02", NULL));
  benk_reports_load_followup_async (f->base.session, &query, NULL, NULL, NULL,
                                    benk_session_fixture_keep, &result);
  return benk_reports_load_followup_finish (f->base.session, BENK_AWAIT (result), error);
}

static BenkFollowupReport *
load (BenkAlarmsFixture *f,
      const char *team,
      gboolean with_reasons,
      GFileProgressCallback progress,
      gpointer data,
      GError **error)
{
  BenkFollowupQuery query = { .team = team, .with_reasons = with_reasons };
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (
    benk_report_period_set (&query.period, "2026-03-02", "2026-03-02", NULL));
  benk_reports_load_followup_async (f->base.session, &query, progress, data, NULL,
                                    benk_session_fixture_keep, &result);
  return benk_reports_load_followup_finish (f->base.session, BENK_AWAIT (result), error);
}

static BenkFollowupReport *
must_load (BenkAlarmsFixture *f, gboolean with_reasons)
{
  g_autoptr (GError) error = NULL;
  BenkFollowupReport *report = load (f, NULL, with_reasons, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static char *
write_to (BenkAlarmsFixture *f,
          BenkFollowupReport *report,
          const char *name,
          BenkReportFormat format,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = g_build_filename (f->base.dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_reports_write_followup_async (f->base.session, report, file, format, cancellable,
                                     benk_session_fixture_keep, &result);
  if (!benk_reports_write_followup_finish (f->base.session, BENK_AWAIT (result), error))
    return NULL;
  return g_steal_pointer (&path);
}

/* Half an hour late, since the deadlines of a jammed roll are shorter. */
static void
follow_up (BenkAlarmsFixture *f, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "visited",
                                     .why_late = why };
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, 30 * 60000);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  benk_alarms_close_async (f->alarms, benk_alarm_get_id (alarm), &closing, NULL,
                           benk_session_fixture_keep, &result);
  benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
test_late_with_and_without_reason (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = NULL;
  const BenkFollowupRow *row;

  follow_up (f, NULL);
  follow_up (f, "=WEBSERVICE(\"Kari Nesttun\")");
  report = must_load (f, FALSE);
  g_assert_cmpuint (report->sums.n_alarms, ==, 2);
  g_assert_cmpuint (report->sums.n_proposed, ==, 2);
  g_assert_cmpuint (report->sums.proposed[BENK_FOLLOWUP_LATE_WITHOUT_REASON], ==, 1);
  g_assert_cmpuint (report->sums.proposed[BENK_FOLLOWUP_LATE_WITH_REASON], ==, 1);
  g_assert_null (report->decided_by);
  g_assert_cmpint (report->seq, >, 0);
  g_assert_cmpuint (strlen (report->hash), ==, 64);
  row = g_ptr_array_index (report->rows, 0);
  g_assert_cmpstr (row->model_name, ==, "Medido");
  g_assert_cmpint (row->taken.place, ==, BENK_FOLLOWUP_PLACE_HERE);
  g_assert_cmpint (row->closed.at_ms, >=, row->taken.at_ms);
}

/* Nothing about a person, and nothing that a spreadsheet would run. */
static void
test_csv (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = NULL;
  g_autoptr (BenkFollowupReport) with = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (BenkSheet) sheet = NULL;

  follow_up (f, "=WEBSERVICE(\"Kari Nesttun\")");
  report = must_load (f, FALSE);
  path = write_to (f, report, "report.csv", BENK_REPORT_CSV, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "Kari"));
  g_assert_nonnull (strstr (text, "not decided by the district"));
  file = g_file_new_for_path (path);
  sheet = benk_csv_read_file (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_sheet_get_n_rows (sheet), ==, 2);
  g_assert_cmpuint (benk_sheet_get_n_cells (sheet, 0), ==,
                    benk_sheet_get_n_cells (sheet, 1));
  g_clear_pointer (&path, g_free);
  g_clear_pointer (&text, g_free);
  with = must_load (f, TRUE);
  path = write_to (f, with, "reasons.csv", BENK_REPORT_CSV, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "'=WEBSERVICE"));
}

/* (transfer full) (nullable): what stands in a column of the only alarm */
static char *
read_cell (BenkAlarmsFixture *f, gboolean with_reasons, const char *heading)
{
  g_autoptr (BenkFollowupReport) report = must_load (f, with_reasons);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_to (f, report, "told.csv", BENK_REPORT_CSV, NULL, &error);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenkSheet) sheet = benk_csv_read_file (file, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < benk_sheet_get_n_cells (sheet, 0); i++)
    if (g_str_equal (benk_sheet_get_cell (sheet, 0, i), heading))
      return g_strdup (benk_sheet_get_cell (sheet, 1, i));
  return NULL;
}

/* Who told it by phone is a person: only where the reasons were asked for, too. */
static void
test_told (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const heading = "Told by phone by";
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;

  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, 60000);
  benk_alarms_handled_by_care_async (f->alarms,
                                     &(BenkCareTelling){
                                       .role = "Koordinator",
                                       .name = "Berit Vik",
                                       .told_ms = benk_clock_get_wall_ms (f->base.clock),
                                       .alarms = benk_alarm_get_id (alarm),
                                       .n_alarms = 1 },
                                     NULL, benk_session_fixture_keep, &result);
  benk_alarms_handled_by_care_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  without = read_cell (f, FALSE, heading);
  with = read_cell (f, TRUE, heading);
  g_assert_null (without);
  g_assert_nonnull (strstr (with, "Koordinator"));
  g_assert_nonnull (strstr (with, "Berit Vik"));
}

static void
test_pdf (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = must_load (f, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    write_to (f, report, "report.pdf", BENK_REPORT_PDF, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
}

static void
test_stopped_leaves_what_was_there (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = must_load (f, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = g_build_filename (f->base.dir, "report.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (
    write_to (f, report, "report.csv", BENK_REPORT_CSV, cancellable, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

static void
on_progress (goffset n_done, goffset n_all, gpointer data)
{
  goffset *told = data;

  g_assert_cmpint (n_done, <, n_all);
  g_assert_true (g_main_context_is_owner (NULL));
  *told = n_all;
}

static void
test_progress_is_told (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  goffset told = 0;

  follow_up (f, NULL);
  report = load (f, NULL, FALSE, on_progress, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpint (told, ==, 1);
}

static void
test_team (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFollowupReport) report = NULL;
  g_autoptr (BenkFollowupReport) none = NULL;
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autoptr (GPtrArray) teams = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, "MD-000777");
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, BENK_DEVICE_STATE_STOCK);
  benk_device_set_team (device, "Distrikt 1");
  benk_session_fixture_insert (&f->base, device);
  follow_up (f, NULL);
  benk_reports_list_teams_async (f->base.session, NULL, benk_session_fixture_keep,
                                 &result);
  teams = benk_reports_list_teams_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (teams->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (teams, 0), ==, "Distrikt 1");
  report = load (f, "distrikt 1", FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->team, ==, "Distrikt 1");
  g_assert_cmpuint (report->rows->len, ==, 0);
  g_assert_cmpuint (report->sums.n_without_team, ==, 1);
  none = load (f, "Nowhere", FALSE, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

static void
add_device (BenkAlarmsFixture *f, const char *serial, const char *user)
{
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, BENK_DEVICE_STATE_OPERATION);
  benk_session_fixture_insert (&f->base, device);
  if (user)
    {
      benk_inventory_link_user_async (benk_session_get_inventory (f->base.session),
                                      benk_device_get_id (device), user, NULL, NULL,
                                      benk_session_fixture_keep, &result);
      benk_inventory_change_finish (benk_session_get_inventory (f->base.session),
                                    BENK_AWAIT (result), NULL, &error);
    }
  g_assert_no_error (error);
}

static void
raise_on (BenkAlarmsFixture *f, const char *serial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, serial, "1.8", 0, &error);

  g_assert_no_error (error);
}

/* Who asks for some users gets their alarms; the report says how many were asked for, and
 * no file of it who. */
static void
test_only (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *only[4];
    guint n_users;
    guint n_devices;
    guint n_rows;
  } cases[] = {
    { { NULL }, 0, 0, 4 },
    { { "", " ", NULL }, 0, 0, 4 },
    { { "REF-4711", NULL }, 1, 0, 1 },
    { { "REF-4711", "REF-4712", NULL }, 2, 0, 2 },
    { { " REF-4711 ", "md-000300", NULL }, 1, 1, 2 },
    { { SERIAL, NULL }, 0, 1, 1 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFollowupReport) none = NULL;

  add_device (f, "MD-000100", "REF-4711");
  add_device (f, "MD-000200", "REF-4712");
  add_device (f, "MD-000300", NULL);
  raise_on (f, "MD-000100");
  raise_on (f, "MD-000200");
  raise_on (f, "MD-000300");
  raise_on (f, SERIAL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BenkFollowupReport) report = load_only (f, cases[i].only, &error);
      g_autofree char *path = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (report->n_users, ==, cases[i].n_users);
      g_assert_cmpuint (report->n_devices, ==, cases[i].n_devices);
      g_assert_cmpuint (report->rows->len, ==, cases[i].n_rows);
      path = write_to (f, report, "only.csv", BENK_REPORT_CSV, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_null (strstr (text, "REF-"));
    }
  none = load_only (f, (const char *const[]){ "REF-4711", "REF-9", NULL }, &error);
  g_assert_null (none);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "REF-9"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  BENK_ALARMS_TEST ("/session/reports/only-of-some-users-and-devices", NULL, test_only);

  BENK_ALARMS_TEST ("/session/reports/late-with-and-without-reason", NULL,
                    test_late_with_and_without_reason);
  BENK_ALARMS_TEST ("/session/reports/csv-names-nobody-and-runs-nothing", NULL, test_csv);
  BENK_ALARMS_TEST ("/session/reports/csv-says-who-told-it-with-the-reasons", NULL,
                    test_told);
  BENK_ALARMS_TEST ("/session/reports/pdf-is-written", NULL, test_pdf);
  BENK_ALARMS_TEST ("/session/reports/stopped-leaves-what-was-there", NULL,
                    test_stopped_leaves_what_was_there);
  BENK_ALARMS_TEST ("/session/reports/progress-is-told", NULL, test_progress_is_told);
  BENK_ALARMS_TEST ("/session/reports/only-of-one-team", NULL, test_team);

  return g_test_run ();
}
