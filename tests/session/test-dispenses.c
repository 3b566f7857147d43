/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a dispenser hands out settles its alarm, whichever is heard of first. */

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-history-item.h"

#define MIN_MS G_GINT64_CONSTANT (60000)

/* Minutes before now; what is not settled stays as it was. */
typedef struct
{
  const char *name;
  const char *code;
  int raised;
  const char *event;
  int handed_out;
  gboolean settled;
} Row;

static const Row rows[] = {
  { "not-dispensed", "1.1", 90, "1.1", 60, TRUE },
  { "without-help-or-with", "1.1", 90, "1.2", 60, TRUE },
  { "of-no-kind", "1.1", 90, "1", 60, TRUE },
  { "not-confirmed", "1.3", 90, "1.1", 60, TRUE },
  { "dose-waiting", "1.10", 90, "1.2", 60, TRUE },
  { "at-that-instant", "1.1", 90, "1.1", 90, TRUE },
  { "no-contact", "1.20", 90, "1.1", 60, TRUE },
  { "no-contact-much-later", "1.20", 3000, "1.1", 60, TRUE },
  { "no-contact-when-needed", "1.20", 90, "1.3", 60, TRUE },
  { "no-contact-journey", "1.20", 90, "2.1", 60, TRUE },
  { "before-it-was-raised", "1.1", 90, "1.1", 91, FALSE },
  { "no-contact-before", "1.20", 90, "1.1", 91, FALSE },
  { "perhaps-another-dose", "1.1", 300, "1.1", 60, FALSE },
  { "just-that-dose", "1.1", 239, "1.1", 60, TRUE },
  { "when-needed", "1.1", 90, "1.3", 60, FALSE },
  { "for-a-journey", "1.1", 90, "2.1", 60, FALSE },
  { "message-read", "1.1", 90, "3", 60, FALSE },
  { "no-contact-message-read", "1.20", 90, "3", 60, FALSE },
  { "roll-jammed", "1.8", 90, "1.1", 60, FALSE },
  { "empty-at-dose-time", "1.2", 90, "1.1", 60, FALSE },
};

static gint64
ago (int minutes)
{
  return FIXTURE_WALL_MS - minutes * MIN_MS;
}

static char *
hand_out_of (BenkAlarmsFixture *f, const char *serial, const char *event, int minutes)
{
  return benk_virtual_hub_hand_out (f->hub, NULL,
                                    &(BenkVirtualDispense){ .serial = serial,
                                                            .event = event,
                                                            .patient_number =
                                                              "13116900216",
                                                            .patient_name = "Line Danser",
                                                            .at_ms = ago (minutes) });
}

static void
hand_out (BenkAlarmsFixture *f, const char *event, int minutes)
{
  g_free (hand_out_of (f, SERIAL, event, minutes));
}

static void
ring (BenkAlarmsFixture *f, const char *code, int minutes)
{
  g_free (benk_alarms_fixture_raise_at (f, code, ago (minutes)));
}

static void
assert_state (BenkAlarmsFixture *f, BenkAlarmStatus status, gint64 closed_ms)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_get_only (f, TRUE);

  g_assert_cmpint (benk_alarm_get_status (alarm), ==, status);
  g_assert_cmpint (benk_alarm_get_closed_ms (alarm), ==, closed_ms);
}

/* A device for each row, so that all of them are asked for at once. */
static char *
name_device (gsize n)
{
  return g_strdup_printf ("XX-%" G_GSIZE_FORMAT, n);
}

static void
ring_all (BenkAlarmsFixture *f)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *serial = name_device (i);

      g_free (benk_virtual_hub_raise (f->hub, &(BenkVirtualAlarm){
                                                .serial = serial,
                                                .code = rows[i].code,
                                                .raised_ms = ago (rows[i].raised) }));
    }
}

static void
hand_out_all (BenkAlarmsFixture *f)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *serial = name_device (i);

      g_free (hand_out_of (f, serial, rows[i].event, rows[i].handed_out));
    }
}

static BenkAlarm *
find (GListModel *list, gsize row)
{
  g_autofree char *serial = name_device (row);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (g_strcmp0 (benk_alarm_get_serial (alarm), serial) == 0)
        return alarm;
    }
  g_error ("no alarm of %s", serial);
}

/* With @handed_out what the row says, without it nothing is settled yet. */
static void
assert_rows (BenkAlarmsFixture *f, gboolean handed_out)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (f, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkAlarm *alarm = find (list, i);
      gboolean settled = handed_out && rows[i].settled;

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (benk_alarm_get_status (alarm), ==,
                       settled ? BENK_ALARM_STATUS_SETTLED : BENK_ALARM_STATUS_NEW);
      g_assert_cmpint (benk_alarm_get_closed_ms (alarm), ==,
                       settled ? ago (rows[i].handed_out) : 0);
    }
}

static void
test_alarms_first (BenkAlarmsFixture *f, gconstpointer unused)
{
  ring_all (f);
  benk_alarms_fixture_must_sync (f);
  assert_rows (f, FALSE);
  hand_out_all (f);
  benk_alarms_fixture_must_sync (f);
  assert_rows (f, TRUE);
  benk_alarms_fixture_must_sync (f);
  assert_rows (f, TRUE);
}

static void
test_dispenses_first (BenkAlarmsFixture *f, gconstpointer unused)
{
  hand_out_all (f);
  benk_alarms_fixture_must_sync (f);
  ring_all (f);
  benk_alarms_fixture_must_sync (f);
  assert_rows (f, TRUE);
}

static void
test_other_device (BenkAlarmsFixture *f, gconstpointer unused)
{
  ring (f, "1.1", 90);
  g_free (hand_out_of (f, "MD-9", "1.1", 60));
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_NEW, 0);
}

static void
test_unknown_device (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_free (benk_virtual_hub_raise (f->hub, &(BenkVirtualAlarm){ .serial = "XX-77",
                                                               .code = "1.1",
                                                               .raised_ms = ago (90) }));
  benk_alarms_fixture_must_sync (f);
  g_free (hand_out_of (f, "xx 77", "1.1", 60));
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
}

/* The first that fits counts, however many there are. */
static void
test_several (BenkAlarmsFixture *f, gconstpointer unused)
{
  ring (f, "1.1", 90);
  hand_out (f, "1.1", 30);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (30));
  hand_out (f, "1.2", 60);
  hand_out (f, "1.3", 70);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
}

static void
test_taken_back (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *id = NULL;

  ring (f, "1.1", 90);
  id = hand_out_of (f, SERIAL, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
  g_free (benk_virtual_hub_hand_out (f->hub, id,
                                     &(BenkVirtualDispense){ .serial = SERIAL,
                                                             .event = "1.1",
                                                             .status = "entered-in-error",
                                                             .at_ms = ago (60) }));
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_NEW, 0);
}

/* Who has it keeps it, as long as it is open; a new version of it changes nothing. */
static void
test_taken_elsewhere (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *id = benk_alarms_fixture_raise_at (f, "1.1", ago (90));
  g_autoptr (GError) error = NULL;

  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  benk_virtual_hub_take_elsewhere (f->hub, id, "Ansvarsvakt", &error);
  g_assert_no_error (error);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
  benk_virtual_hub_close_elsewhere (f->hub, id, "Ansvarsvakt", &error);
  g_assert_no_error (error);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_CLOSED, FIXTURE_WALL_MS);
}

static void
test_taken_here (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkAlarm) after = NULL;

  ring (f, "1.1", 90);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  after = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_status (after), ==, BENK_ALARM_STATUS_SETTLED);
  g_assert_true (benk_alarm_get_taken_here (after));
  g_assert_null (benk_alarm_get_cause (after));
  g_assert_null (benk_alarm_get_action (after));
}

static void
test_closed_here (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  ring (f, "1.1", 90);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  benk_alarms_fixture_close (f, alarm, "Koordinator Kari", &error);
  g_assert_no_error (error);
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_CLOSED, FIXTURE_WALL_MS);
}

/* A person's word stands, whatever the dispenser says again. */
static void
test_opened_again (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;

  id = benk_alarms_fixture_raise_at (f, "1.1", ago (90));
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  benk_alarms_reopen_async (f->alarms, benk_alarm_get_id (alarm), "Posen lå der", NULL,
                            benk_session_fixture_keep, &result);
  benk_alarms_reopen_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  assert_state (f, BENK_ALARM_STATUS_TAKEN, 0);
  hand_out (f, "1.2", 30);
  benk_virtual_hub_take_elsewhere (f->hub, id, "Ansvarsvakt", NULL);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_TAKEN, 0);
}

/* What somebody wrote down is settled only by what came after. */
static void
test_by_hand (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_fixture_add (f, SERIAL, "1.1", ago (90), &error);

  g_assert_no_error (error);
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_NEW, 0);
  hand_out (f, "1.1", -10);
  benk_session_fixture_advance (&f->base, 11 * MIN_MS);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (-10));
}

static void
test_history (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GListModel) items = NULL;
  g_autoptr (BenkHistoryItem) item = NULL;

  ring (f, "1.1", 90);
  hand_out (f, "1.2", 60);
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, TRUE);
  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  items = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  item = g_list_model_get_item (items, 1);
  g_assert_cmpint (benk_history_item_get_at_ms (item), ==, ago (60));
  g_assert_cmpstr (benk_history_item_get_changes (item)[0], ==,
                   "Settled by the dispenser");
  g_assert_cmpstr (benk_history_item_get_who (item), ==, "Hub");
  g_assert_cmpstr (benk_history_item_get_reason (item), ==, "Handed out with help");
  g_assert_cmpint (
    benk_session_fixture_count (
      &f->base, "SELECT count (*) FROM alarm_step WHERE kind IN ('closed', 'settled')"),
    ==, 0);
}

static BenkFeed *
get_feed (BenkAlarmsFixture *f)
{
  return g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
}

static void
test_not_told (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFeed) feed = NULL;

  benk_virtual_hub_set_manners (f->hub, BENK_HUB_MANNER_NO_DISPENSES);
  ring (f, "1.1", 90);
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "GET", "MedicationDispense"), ==,
                    1);
  feed = get_feed (f);
  g_assert_null (benk_feed_get_problem (feed));
  g_assert_cmpstr (benk_feed_get_dispenses (feed), ==,
                   "Does not tell what dispensers hand out.");
  benk_virtual_hub_set_manners (f->hub, BENK_HUB_MANNERS_OURS);
  hand_out (f, "1.1", 60);
  benk_session_fixture_advance (&f->base, 25 * 60 * MIN_MS);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
  g_assert_cmpstr (benk_feed_get_dispenses (feed), ==, "Tells what dispensers hand out.");
}

#define BEGIN                                                                            \
  "{\"resourceType\":\"MedicationDispense\",\"meta\":{\"versionId\":\"1\","              \
  "\"lastUpdated\":\"2026-03-02T07:59:00Z\"},\"id\":"
#define CATEGORY                                                                         \
  ",\"category\":{\"coding\":[{\"system\":\"http://ehelse.no/fhir/CodeSystem/"           \
  "vkp-medicationdispense-events-v090\",\"code\":\"1.1\"}]}"
#define WHO ",\"performer\":[{\"actor\":{\"identifier\":{\"value\":\"" SERIAL "\"}}}]"
#define AT ",\"whenHandedOver\":\"2026-03-02T07:00:00Z\""

static const char *const malformed[] = {
  BEGIN "\"m1\",\"status\":\"completed\"" CATEGORY WHO "}",
  BEGIN "\"m2\",\"status\":\"completed\"" WHO AT "}",
  BEGIN "\"m3\",\"status\":\"completed\"" CATEGORY AT "}",
  BEGIN "\"m4\"" CATEGORY WHO AT "}",
  BEGIN "5,\"status\":\"completed\"" CATEGORY WHO AT "}",
  BEGIN "\"m6\",\"status\":\"completed\"" CATEGORY WHO
        ",\"whenHandedOver\":\"2031-03-02T07:00:00Z\"}",
  BEGIN "\"m7\",\"status\":\"completed\",\"category\":{\"coding\":[{\"system\":"
        "\"http://ehelse.no/fhir/CodeSystem/vkp-medicationdispense-events-v06\","
        "\"code\":\"1.1\"}]}" WHO AT "}",
};

/* What is wrong is counted, and settles nothing; what is right beside it does. */
static void
test_malformed (BenkAlarmsFixture *f, gconstpointer unused)
{
  ring (f, "1.1", 90);
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    benk_virtual_hub_put_dispense_text (f->hub, malformed[i]);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_NEW, 0);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM feed_seen"),
                   ==, G_N_ELEMENTS (malformed));
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
}

/* A server that fails at this alone is no silent source. */
static void
test_failing (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFeed) feed = NULL;

  ring (f, "1.1", 90);
  hand_out (f, "1.1", 60);
  benk_virtual_hub_add_fault_named (f->hub, "503:GET+1", NULL);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_NEW, 0);
  feed = get_feed (f);
  g_assert_null (benk_feed_get_problem (feed));
  g_assert_cmpstr (benk_feed_get_dispenses (feed), ==,
                   "What dispensers hand out could not be read.");
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
}

/* Many more than fit on a page. */
static void
test_pages (BenkAlarmsFixture *f, gconstpointer unused)
{
  ring (f, "1.1", 90);
  for (int i = 0; i < 450; i++)
    g_free (hand_out_of (f, "MD-9", "1.1", 1000 + i));
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  assert_state (f, BENK_ALARM_STATUS_SETTLED, ago (60));
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM dispense"),
                   ==, 451);
}

/* Neither the user nor the medicine is kept, wherever they stood. */
static void
test_nobody_is_kept (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const words[] = { "13116900216", "Line Danser", "Ukjent medisin" };
  g_autoptr (GError) error = NULL;
  g_autofree char *octets = NULL;
  g_autofree char *wal = g_strconcat (f->base.path, "-wal", NULL);
  gsize length;

  ring (f, "1.1", 90);
  hand_out (f, "1.1", 60);
  benk_alarms_fixture_must_sync (f);
  for (int i = 0; i < 2; i++)
    {
      g_clear_pointer (&octets, g_free);
      if (!g_file_get_contents (i ? wal : f->base.path, &octets, &length, NULL))
        continue;
      for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
        g_assert_null (g_strstr_len (octets, (gssize) length, words[w]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/dispenses/alarms-first", NULL, test_alarms_first);
  BENK_ALARMS_TEST ("/session/dispenses/dispenses-first", NULL, test_dispenses_first);
  BENK_ALARMS_TEST ("/session/dispenses/other-device", NULL, test_other_device);
  BENK_ALARMS_TEST ("/session/dispenses/unknown-device", NULL, test_unknown_device);
  BENK_ALARMS_TEST ("/session/dispenses/several", NULL, test_several);
  BENK_ALARMS_TEST ("/session/dispenses/taken-back", NULL, test_taken_back);
  BENK_ALARMS_TEST ("/session/dispenses/taken-elsewhere", NULL, test_taken_elsewhere);
  BENK_ALARMS_TEST ("/session/dispenses/taken-here", NULL, test_taken_here);
  BENK_ALARMS_TEST ("/session/dispenses/closed-here", NULL, test_closed_here);
  BENK_ALARMS_TEST ("/session/dispenses/opened-again-here", NULL, test_opened_again);
  BENK_ALARMS_TEST ("/session/dispenses/written-down-by-hand", NULL, test_by_hand);
  BENK_ALARMS_TEST ("/session/dispenses/told-in-the-history", NULL, test_history);
  BENK_ALARMS_TEST ("/session/dispenses/not-told-is-calm", NULL, test_not_told);
  BENK_ALARMS_TEST ("/session/dispenses/malformed-is-counted", NULL, test_malformed);
  BENK_ALARMS_TEST ("/session/dispenses/failing-is-no-silence", NULL, test_failing);
  BENK_ALARMS_TEST ("/session/dispenses/many-pages", NULL, test_pages);
  BENK_ALARMS_TEST ("/session/dispenses/nobody-is-kept", NULL, test_nobody_is_kept);

  return g_test_run ();
}
