/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-db.h"
#include "benk-error.h"
#include "benk-history-item.h"

#define MINUTE (60 * 1000)

static void
test_by_hand (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_fixture_add (f, "md 000-123", "jam", FIXTURE_WALL_MS - MINUTE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (benk_alarm_get_code (alarm), ==, "1.8");
  g_assert_cmpint (benk_alarm_get_via (alarm), ==, BENK_ALARM_VIA_PHONE);
  g_assert_cmpstr (benk_alarm_get_device_label (alarm), ==, "Medido " SERIAL);
  g_assert_cmpint (benk_alarm_get_raised_ms (alarm), ==, FIXTURE_WALL_MS - MINUTE);
  g_assert_cmpint (benk_alarm_get_followup (alarm), ==, BENK_FOLLOWUP_NONE);
  benk_alarms_fixture_wait_queue (f, 1);
}

static void
test_by_hand_refused (BenkAlarmsFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *device;
    const char *code;
    gint64 raised_ms;
    int code_of_error;
  } rows[] = {
    { "NOPE", "1.8", 0, BENK_ERROR_NOT_FOUND },
    { "", "1.8", 0, BENK_ERROR_NOT_FOUND },
    { SERIAL, "rul", 0, BENK_ERROR_INVALID },
    { SERIAL, "nothing like it", 0, BENK_ERROR_INVALID },
    { SERIAL, "", 0, BENK_ERROR_INVALID },
    { SERIAL, NULL, 0, BENK_ERROR_INVALID },
    { SERIAL, "1.8", FIXTURE_WALL_MS + 3600 * 1000, BENK_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_alarms_fixture_add (f, rows[i].device, rows[i].code,
                                              rows[i].raised_ms, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code_of_error);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 0);
}

static void
test_repeated (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) first =
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS - 20 * MINUTE, NULL);
  g_autoptr (BenkAlarm) joins =
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS - 6 * MINUTE, NULL);
  g_autoptr (BenkAlarm) another =
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS - 5 * MINUTE, NULL);
  g_autoptr (BenkAlarm) other_code =
    benk_alarms_fixture_add (f, SERIAL, "1.17", FIXTURE_WALL_MS - 20 * MINUTE, NULL);

  g_assert_true (benk_id_equal (benk_alarm_get_id (first), benk_alarm_get_id (joins)));
  g_assert_false (benk_id_equal (benk_alarm_get_id (first), benk_alarm_get_id (another)));
  g_assert_false (
    benk_id_equal (benk_alarm_get_id (first), benk_alarm_get_id (other_code)));
  benk_alarms_fixture_wait_queue (f, 3);
}

static void
rename_table (BenkAlarmsFixture *f, const char *from, const char *to)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);
  BenkDb *db = benk_db_open (f->base.path, BENK_DB_READ_WRITE, f->base.clock, NULL);

  g_assert_true (benk_db_exec (db, sql, NULL));
  benk_db_close (db);
}

/* No next dose is said where nobody could look for it. */
static void
test_failed_reading (BenkAlarmsFixture *f, gconstpointer data)
{
  BenkReading *reading = benk_alarms_get_reading (f->alarms);
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS, NULL);
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_wait_queue (f, 1);
  g_assert_null (benk_reading_get_problem (reading));
  rename_table (f, "run", "away");
  for (guint with_closed = 0; with_closed < 2; with_closed++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      benk_alarms_list_async (f->alarms, with_closed, NULL, benk_session_fixture_keep,
                              &result);
      g_assert_null (benk_alarms_list_finish (f->alarms, BENK_AWAIT (result), &error));
      g_assert_true (error->domain == BENK_ERROR);
      g_clear_error (&error);
    }
  g_assert_null (benk_alarms_fixture_add (f, SERIAL, "1.17", FIXTURE_WALL_MS, &error));
  g_assert_true (error->domain == BENK_ERROR);
  benk_reading_again (reading);
  while (benk_reading_get_problem (reading) == NULL)
    g_main_context_iteration (NULL, TRUE);
  rename_table (f, "away", "run");
  benk_reading_again (reading);
  while (benk_reading_get_problem (reading) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (benk_alarms_get_n_open (f->alarms), ==, 1);
}

static void
test_look_only (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSession) session = NULL;
  const BenkNewAlarm alarm = { .device = SERIAL, .code = "1.8" };

  benk_session_open_async (f->base.path, BENK_SESSION_NONE, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  benk_alarms_add_async (benk_session_get_alarms (session), &alarm, NULL,
                         benk_session_fixture_keep, &result);
  g_assert_null (benk_alarms_add_finish (benk_session_get_alarms (session),
                                         BENK_AWAIT (result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static BenkAlarm *
bring_in (BenkAlarmsFixture *f, const char *code, char **remote)
{
  *remote = benk_alarms_fixture_raise (f, code);
  benk_alarms_fixture_must_sync (f);

  return benk_alarms_fixture_get_only (f, FALSE);
}

static void
test_take (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autofree char *issue = NULL;
  g_autoptr (BenkAlarm) taken = NULL;

  g_assert_true (benk_alarms_fixture_take (f, alarm, &error));
  g_assert_no_error (error);
  issue = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (issue, "hendelse behandles"));
  g_assert_nonnull (strstr (issue, "Kari Anker"));
  benk_alarms_fixture_must_sync (f);
  taken = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_status (taken), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpstr (benk_alarm_get_taken_by (taken), ==, "KA");
  g_assert_false (benk_alarms_fixture_take (f, alarm, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "KA"));
}

/* Taken in another system since it was last asked: told so, and the queue shows who. */
static void
test_beaten (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) now = NULL;

  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  g_assert_false (benk_alarms_fixture_take (f, alarm, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
  /* A name is said now, and not kept with what was to be sent. */
  g_assert_cmpint (
    benk_session_fixture_count (&f->base, "SELECT count (*) FROM outbox WHERE last_error"
                                          " LIKE '%Ansvarsvakt%' OR last_error IS NULL"),
    ==, 0);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_taken_by (now), ==, "Ansvarsvakt");
  g_assert_cmpint (benk_alarm_get_status (now), ==, BENK_ALARM_STATUS_TAKEN);
}

static void
test_close (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autofree char *issue = NULL;
  g_autofree char *document = NULL;
  g_autoptr (BenkAlarm) closed = NULL;

  benk_alarms_fixture_take (f, alarm, &error);
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  issue = benk_virtual_hub_dup_issue (f->hub, remote);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  g_assert_nonnull (strstr (issue, "\"final\""));
  g_assert_nonnull (strstr (document, NUMBER));
  g_assert_nonnull (strstr (document, "rull eller pose"));
  g_assert_nonnull (strstr (document, "Kari Anker"));
  g_assert_nonnull (strstr (document, "\"Medido\""));
  g_assert_null (strstr (document, "Encounter"));
  closed = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_status (closed), ==, BENK_ALARM_STATUS_CLOSED);
  g_assert_cmpstr (benk_alarm_get_cause (closed), ==, "roll");
  g_assert_cmpint (benk_alarm_get_followup (closed), ==, BENK_FOLLOWUP_ACCEPTED);
  benk_alarms_fixture_wait_queue (f, 0);
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 0);
  g_assert_false (benk_alarms_fixture_close (f, alarm, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
}

/* Care's and medicine's: who confirmed it must be said. */
static void
test_confirmed (BenkAlarmsFixture *f, gconstpointer code)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, code, &remote);
  g_autoptr (GError) error = NULL;

  g_assert_false (benk_alarms_fixture_close (f, alarm, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  benk_alarms_fixture_close (f, alarm, "sykepleier Berit kl. 08:30", &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM note WHERE kind = 'confirmed-by'"),
                   ==, 1);
}

static void
test_bad_closing (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing rows[] = {
    { .cause = "weather", .action = "visited" },
    { .cause = "roll", .action = "sang" },
    { .cause = NULL, .action = NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      benk_alarms_close_async (f->alarms, benk_alarm_get_id (alarm), &rows[i], NULL,
                               benk_session_fixture_keep, &result);
      g_assert_false (benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  benk_alarms_fixture_wait_queue (f, 1);
}

/* The hub is out of order: closed here, and told as soon as it works again. */
static void
test_outage (BenkAlarmsFixture *f, gconstpointer fault)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autofree char *issue = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, fault, NULL));
  g_assert_true (benk_alarms_fixture_take (f, alarm, &error));
  g_assert_no_error (error);
  g_assert_true (benk_alarms_fixture_close (f, alarm, NULL, &error));
  g_assert_no_error (error);
  benk_alarms_fixture_wait_queue (f, 0);
  while (benk_alarms_get_n_unsent (f->alarms) != 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
  benk_virtual_hub_clear_faults (f->hub);
  benk_session_fixture_advance (&f->base, 6 * MINUTE);
  g_assert_cmpuint (benk_alarms_fixture_flush (f), ==, 3);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  issue = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (issue, "\"final\""));
}

/* It arrived, the answer did not: found by its identifier, not sent twice. */
static void
test_lost_document (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) sent = NULL;
  g_autoptr (BenkAlarm) accepted = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_LOST, 0, "POST", 1);
  g_assert_true (benk_alarms_fixture_close (f, alarm, NULL, &error));
  sent = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_followup (sent), ==, BENK_FOLLOWUP_SENT);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_cmpuint (benk_alarms_fixture_flush (f), ==, 1);
  accepted = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_followup (accepted), ==, BENK_FOLLOWUP_ACCEPTED);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "POST", "/Bundle"), ==, 1);
}

static void
test_closed_before (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) now = NULL;

  g_assert_true (benk_virtual_hub_close_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  g_assert_false (benk_alarms_fixture_close (f, alarm, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
  now = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_followup (now), ==, BENK_FOLLOWUP_REFUSED);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
}

#define RESOURCE                                                                         \
  "{\"resourceType\":\"DetectedIssue\",\"id\":\"x\",\"status\":\"%s\",\"meta\":"         \
  "{\"versionId\":\"%d\",\"lastUpdated\":\"2026-03-02T07:0%d:00Z\"},\"code\":{"          \
  "\"coding\":[{\"code\":\"1.8\"}]},\"author\":{\"identifier\":{\"value\":\"" SERIAL     \
  "\"}}}"

/* Versions in any order of arrival: the newest counts, each is taken in once. */
static void
test_order_of_arrival (BenkAlarmsFixture *f, gconstpointer data)
{
  const char *order = data;
  g_autoptr (BenkAlarm) alarm = NULL;

  for (const char *v = order; *v; v++)
    {
      int n = *v - '0';
      g_autofree char *text =
        g_strdup_printf (RESOURCE, n == 3 ? "final" : "preliminary", n, n);

      g_free (benk_virtual_hub_put_text (f->hub, text));
      benk_alarms_fixture_must_sync (f);
    }
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_status (alarm), ==, BENK_ALARM_STATUS_CLOSED);
}

/* Opened again at its source after our closing was there: whoever did it has it. */
static void
test_reopened (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (BenkAlarm) again = NULL;

  benk_alarms_fixture_close (f, alarm, NULL, NULL);
  benk_alarms_fixture_wait_queue (f, 0);
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  benk_alarms_fixture_must_sync (f);
  again = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpstr (benk_alarm_get_taken_by (again), ==, "Ansvarsvakt");
  g_assert_null (benk_alarm_get_cause (again));
  g_assert_cmpint (benk_alarm_get_status (again), ==, BENK_ALARM_STATUS_TAKEN);
}

static void
test_queue_order (BenkAlarmsFixture *f, gconstpointer data)
{
  static const char *const order[] = { "1.22", "1.8", "1.17", "1.20" };
  g_autoptr (GListModel) list = NULL;

  g_object_unref (
    benk_alarms_fixture_add (f, SERIAL, "1.20", FIXTURE_WALL_MS - MINUTE, NULL));
  g_object_unref (
    benk_alarms_fixture_add (f, SERIAL, "1.17", FIXTURE_WALL_MS - MINUTE, NULL));
  g_object_unref (
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS - 16 * MINUTE, NULL));
  g_object_unref (
    benk_alarms_fixture_add (f, SERIAL, "1.22", FIXTURE_WALL_MS - MINUTE, NULL));
  benk_alarms_fixture_wait_queue (f, 4);
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (benk_alarms_get_n_urgent (f->alarms), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BenkAlarm) queued =
        g_list_model_get_item (benk_alarms_get_queue (f->alarms), i);
      g_autoptr (BenkAlarm) listed = g_list_model_get_item (list, i);

      g_assert_cmpstr (benk_alarm_get_code (queued), ==, order[i]);
      g_assert_cmpstr (benk_alarm_get_code (listed), ==, order[i]);
    }
}

static void
note_splice (GListModel *list, guint position, guint removed, guint added, gpointer count)
{
  (*(guint *) count)++;
  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, ==, 1);
}

/* Who still holds one that has left the queue sees how it ended. */
static void
test_queue_tells_the_end (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) added =
    benk_alarms_fixture_add (f, SERIAL, "1.8", FIXTURE_WALL_MS, NULL);
  g_autoptr (BenkAlarm) shown = NULL;

  benk_alarms_fixture_wait_queue (f, 1);
  shown = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 0);
  g_assert_true (benk_alarms_fixture_close (f, added, NULL, NULL));
  benk_alarms_fixture_wait_queue (f, 0);
  g_assert_cmpint (benk_alarm_get_status (shown), ==, BENK_ALARM_STATUS_CLOSED);
  g_assert_cmpint (benk_alarm_get_closed_ms (shown), ==, FIXTURE_WALL_MS);
  g_assert_nonnull (benk_alarm_get_device_label (shown));
}

/* A new alarm is one splice; what is shown keeps its objects. */
static void
test_queue_stays (BenkAlarmsFixture *f, gconstpointer data)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);
  g_autoptr (BenkAlarm) first = NULL;
  g_autoptr (BenkAlarm) still = NULL;
  guint n_splices = 0;

  g_object_unref (benk_alarms_fixture_add (f, SERIAL, "1.22", 0, NULL));
  benk_alarms_fixture_wait_queue (f, 1);
  first = g_list_model_get_item (queue, 0);
  g_signal_connect (queue, "items-changed", G_CALLBACK (note_splice), &n_splices);
  g_object_unref (benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL));
  benk_alarms_fixture_wait_queue (f, 2);
  g_assert_cmpuint (n_splices, ==, 1);
  still = g_list_model_get_item (queue, 0);
  g_assert_true (first == still);
  benk_alarms_fixture_take (f, first, NULL);
  while (benk_alarm_get_status (first) != BENK_ALARM_STATUS_TAKEN)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_func (queue, note_splice, &n_splices);
}

static void
test_steps (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) items = NULL;
  g_autoptr (BenkHistoryItem) closed = NULL;
  guint n_often = 0;

  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_fixture_take (f, alarm, NULL);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_fixture_close (f, alarm, NULL, NULL);
  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  items = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), &n_often, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 5);
  g_assert_cmpuint (n_often, ==, 1);
  closed = g_list_model_get_item (items, 2);
  g_assert_cmpstr (benk_history_item_get_changes (closed)[0], ==, "Closed");
  g_assert_cmpstr (benk_history_item_get_who (closed), ==, "KA");
  g_assert_cmpstr (benk_history_item_get_reason (closed), ==, "Snakket med fru Hansen");
}

static void
test_opened (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autoptr (BenkAlarm) shown = NULL;

  benk_alarms_fixture_wait_queue (f, 1);
  shown = g_list_model_get_item (benk_alarms_get_queue (f->alarms), 0);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_mark_opened (f->alarms, benk_alarm_get_id (alarm));
  while (benk_alarm_get_opened_ms (shown) != FIXTURE_WALL_MS + MINUTE)
    g_main_context_iteration (NULL, TRUE);
}

/* Every byte of every file of the store: no number, no name; free text not in the log. */
static void
assert_absent (BenkAlarmsFixture *f, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (f->base.dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->base.dir, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      if (memmem (bytes, length, word, strlen (word)) != NULL)
        g_error ("“%s” stands in %s", word, name);
    }
}

static void
test_no_number (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  g_autofree char *flawed = benk_virtual_hub_put_text (
    f->hub, "{\"resourceType\":\"DetectedIssue\",\"id\":\"" NUMBER "\",\"patient\":"
            "{\"identifier\":{\"value\":\"" NUMBER "\"},\"display\":\"" NAME "\"}}");

  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_take (f, alarm, NULL);
  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_LOST, 0, "POST", 1);
  benk_alarms_fixture_close (f, alarm, NULL, NULL);
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_cmpuint (benk_alarms_fixture_flush (f), ==, 1);
  g_assert_nonnull (strstr (benk_alarm_get_code_text (alarm), "Melding om"));
  assert_absent (f, NUMBER);
  assert_absent (f, NAME);
  assert_absent (f, "Danser");
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE"
                               " instr (changeset, CAST ('fru Hansen' AS BLOB)) > 0"
                               " OR instr (changeset, CAST ('Melding om' AS BLOB)) > 0"),
                   ==, 0);
}

static void
add_source_tests (void)
{
  BENK_ALARMS_TEST ("/session/alarms/take-is-told", NULL, test_take);
  BENK_ALARMS_TEST ("/session/alarms/second-to-take-is-told-who-was-first", NULL,
                    test_beaten);
  BENK_ALARMS_TEST ("/session/alarms/close-sends-the-document", NULL, test_close);
  BENK_ALARMS_TEST ("/session/alarms/outage-waits", "503@99", test_outage);
  BENK_ALARMS_TEST ("/session/alarms/no-network-waits", "drop@99", test_outage);
  BENK_ALARMS_TEST ("/session/alarms/refused-token-waits", "401@99", test_outage);
  BENK_ALARMS_TEST ("/session/alarms/web-page-waits", "portal@99", test_outage);
  BENK_ALARMS_TEST ("/session/alarms/lost-answer-makes-no-second-document", NULL,
                    test_lost_document);
  BENK_ALARMS_TEST ("/session/alarms/second-to-close-is-told-who-was-first", NULL,
                    test_closed_before);
  BENK_ALARMS_TEST ("/session/alarms/versions-in-order", "123", test_order_of_arrival);
  BENK_ALARMS_TEST ("/session/alarms/versions-backwards", "321", test_order_of_arrival);
  BENK_ALARMS_TEST ("/session/alarms/versions-mixed", "2313", test_order_of_arrival);
  BENK_ALARMS_TEST ("/session/alarms/opened-again-at-its-source", NULL, test_reopened);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarms/by-hand", NULL, test_by_hand);
  BENK_ALARMS_TEST ("/session/alarms/by-hand-refused", NULL, test_by_hand_refused);
  BENK_ALARMS_TEST ("/session/alarms/repeated-joins-within-900-s", NULL, test_repeated);
  BENK_ALARMS_TEST ("/session/alarms/a-plan-that-cannot-be-read-is-told", NULL,
                    test_failed_reading);
  BENK_ALARMS_TEST ("/session/alarms/without-staff-look-only", NULL, test_look_only);
  BENK_ALARMS_TEST ("/session/alarms/care-must-confirm", "1.1", test_confirmed);
  BENK_ALARMS_TEST ("/session/alarms/medicine-must-confirm", "1.7", test_confirmed);
  BENK_ALARMS_TEST ("/session/alarms/closing-is-checked", NULL, test_bad_closing);
  BENK_ALARMS_TEST ("/session/alarms/order-of-the-queue", NULL, test_queue_order);
  BENK_ALARMS_TEST ("/session/alarms/queue-keeps-its-objects", NULL, test_queue_stays);
  BENK_ALARMS_TEST ("/session/alarms/queue-tells-the-end", NULL,
                    test_queue_tells_the_end);
  BENK_ALARMS_TEST ("/session/alarms/steps-are-told", NULL, test_steps);
  BENK_ALARMS_TEST ("/session/alarms/opened-is-kept", NULL, test_opened);
  BENK_ALARMS_TEST ("/session/alarms/no-number-and-no-name-is-kept", NULL,
                    test_no_number);
  add_source_tests ();
  return g_test_run ();
}
