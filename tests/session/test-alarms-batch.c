/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-groups.h"
#include "benk-alarms-batch.h"
#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-vendor-calls.h"

#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)

static gboolean
note (BenkAlarmsFixture *f,
      BenkAlarm *alarm,
      const char *packer,
      const char *batch,
      gint64 *seq,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_note_batch_async (f->alarms, benk_alarm_get_id (alarm), packer, batch, NULL,
                                benk_session_fixture_keep, &result);
  return benk_alarms_note_batch_finish (f->alarms, BENK_AWAIT (result), seq, error);
}

static gint64
must_note (BenkAlarmsFixture *f, BenkAlarm *alarm, const char *packer, const char *batch)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = -1;

  note (f, alarm, packer, batch, &seq, &error);
  g_assert_no_error (error);
  return seq;
}

static gboolean
undo (BenkAlarmsFixture *f, gint64 seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *said = NULL;

  benk_session_undo_async (f->base.session, seq, NULL, benk_session_fixture_keep,
                           &result);
  said = benk_session_undo_finish (f->base.session, BENK_AWAIT (result), NULL, error);

  return said != NULL;
}

static BenkAlarm *
add (BenkAlarmsFixture *f, const char *serial, const char *code, gint64 raised_ms)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm = benk_alarms_fixture_add (f, serial, code, raised_ms, &error);

  g_assert_no_error (error);
  return alarm;
}

static void
add_device (BenkAlarmsFixture *f, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, BENK_DEVICE_STATE_STOCK);
  benk_session_fixture_insert (&f->base, device);
}

/* (transfer full): as it is read from the store. */
static BenkAlarm *
find_in (BenkAlarmsFixture *f, BenkAlarm *alarm, gboolean with_closed)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (f, with_closed);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) one = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_alarm_get_id (one), benk_alarm_get_id (alarm)))
        return g_steal_pointer (&one);
    }
  g_assert_not_reached ();
}

static BenkAlarm *
find (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  return find_in (f, alarm, TRUE);
}

static void
assert_noted (BenkAlarmsFixture *f, BenkAlarm *alarm, const char *says)
{
  g_autoptr (BenkAlarm) kept = find (f, alarm);
  g_autofree char *noted = benk_roll_batch_describe (benk_alarm_get_roll_packer (kept),
                                                     benk_alarm_get_roll_batch (kept));

  g_assert_cmpstr (noted, ==, says);
}

/* One row of the change log each; the same again is none. */
static void
test_noted_and_undone (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.8", 0);
  g_autoptr (GError) error = NULL;
  gint64 first = must_note (f, alarm, "Pakkeriet", "4711");
  gint64 second;

  assert_noted (f, alarm, "4711 (Pakkeriet)");
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (must_note (f, alarm, "Pakkeriet", " 4711 "), ==, 0);
  second = must_note (f, alarm, NULL, "4712");
  assert_noted (f, alarm, "4712");
  g_assert_true (undo (f, second, &error));
  g_assert_no_error (error);
  assert_noted (f, alarm, "4711 (Pakkeriet)");
  g_assert_true (undo (f, first, &error));
  g_assert_no_error (error);
  assert_noted (f, alarm, NULL);
}

static void
test_cleared_and_undone (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.6", 0);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  must_note (f, alarm, "Pakkeriet", "4711");
  seq = must_note (f, alarm, NULL, NULL);
  assert_noted (f, alarm, NULL);
  g_assert_true (undo (f, seq, &error));
  g_assert_no_error (error);
  assert_noted (f, alarm, "4711 (Pakkeriet)");
}

/* What came after it stays, also where the alarm has been taken and closed since. */
static void
test_undone_after_more (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.8", 0);
  g_autoptr (BenkAlarm) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = must_note (f, alarm, NULL, "4711");

  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (undo (f, seq, &error));
  g_assert_no_error (error);
  assert_noted (f, alarm, NULL);
  kept = find (f, alarm);
  g_assert_cmpint (benk_alarm_get_status (kept), ==, BENK_ALARM_STATUS_CLOSED);
  /* The nurse may tell it the day after. */
  must_note (f, alarm, NULL, "4713");
  assert_noted (f, alarm, "4713");
}

/* Neither in the store nor in what SQLite keeps beside it. */
static void
assert_nowhere (BenkAlarmsFixture *f, const char *words)
{
  g_autoptr (GDir) dir = g_dir_open (f->base.dir, 0, NULL);
  const char *name;
  guint n_files = 0;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (f->base.dir, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      g_assert_null (memmem (bytes, length, words, strlen (words)));
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 0);
}

/* Of a label that names its user, packer and batch alone come to stand in the store. */
static void
test_label (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.8", 0);

  must_note (f, alarm, NULL,
             NAME "\n" NUMBER "\nParti: L-4711\nPakkeri: Øst Pakkeri\n08:00");
  assert_noted (f, alarm, "L-4711 (Øst Pakkeri)");
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE roll_batch = 'L-4711'"
                               " AND roll_packer = 'Øst Pakkeri'"),
                   ==, 1);
  assert_nowhere (f, "Danser");
  assert_nowhere (f, NUMBER);
}

static void
test_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *packer;
    const char *batch;
    BenkError code;
  } cases[] = {
    { NULL, "", BENK_ERROR_INVALID },
    { "Pakkeriet", NULL, BENK_ERROR_INVALID },
    { NULL, "Kari", BENK_ERROR_INVALID },
    { NULL, NUMBER, BENK_ERROR_REFUSED },
    { NUMBER, "4711", BENK_ERROR_REFUSED },
    { "131169 00216", "4711", BENK_ERROR_REFUSED },
    { NULL, "BATCH:" NUMBER, BENK_ERROR_REFUSED },
  };
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.8", 0);
  g_autoptr (BenkAlarm) other = add (f, SERIAL, "1.20", 0);
  g_autoptr (GError) error = NULL;
  gint64 rows = benk_session_fixture_count (&f->base, "SELECT count (*) FROM journal");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) local = NULL;

      g_assert_false (note (f, alarm, cases[i].packer, cases[i].batch, NULL, &local));
      g_assert_error (local, BENK_ERROR, (int) cases[i].code);
    }
  g_assert_false (note (f, other, NULL, "4711", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM journal"),
                   ==, rows);
}

/* The queue says the same as the list; what is taken back is no group any more. */
static void
test_group (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) one = add (f, SERIAL, "1.8", 0);
  g_autoptr (BenkAlarm) two = NULL;
  g_autoptr (BenkAlarm) kept = NULL;
  g_autoptr (BenkAlarm) after = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  add_device (f, "MD-000777");
  two = add (f, "MD-000777", "1.6", 0);
  must_note (f, one, "Pakkeriet", "L-4711");
  seq = must_note (f, two, "pakkeriet", "l-4711");
  kept = find_in (f, one, FALSE);
  g_assert_cmpint (benk_alarm_get_group_kind (kept), ==, BENK_ALARM_GROUP_BATCH);
  g_assert_cmpint (benk_alarm_get_n_group (kept), ==, 2);
  benk_alarms_fixture_wait_queue (f, 2);
  do
    {
      g_clear_pointer (&members, g_ptr_array_unref);
      g_main_context_iteration (NULL, FALSE);
      members = benk_alarms_list_group (f->alarms, benk_alarm_get_group_face (kept));
    }
  while (members->len < 2);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_true (undo (f, seq, &error));
  g_assert_no_error (error);
  after = find_in (f, one, FALSE);
  g_assert_cmpint (benk_alarm_get_group_kind (after), ==, BENK_ALARM_GROUP_NONE);
}

/* An alarm that says an open one again is about the same roll; also where the one that
 * stands for both is learned of later. */
static void
test_joined (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *late =
    benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - 2 * MINUTE);
  g_autofree char *early = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkAlarm) face = NULL;

  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  must_note (f, alarm, NULL, "4711");
  early = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - 5 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  face = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_n_joined (face), ==, 1);
  g_assert_false (benk_id_equal (benk_alarm_get_id (face), benk_alarm_get_id (alarm)));
  g_assert_cmpstr (benk_alarm_get_roll_batch (face), ==, "4711");
  must_note (f, face, NULL, "4712");
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE roll_batch = '4712'"),
                   ==, 2);
  must_note (f, face, NULL, NULL);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE roll_batch NOT NULL"),
                   ==, 0);
}

static gboolean
close_both (BenkAlarmsFixture *f, BenkAlarm *one, BenkAlarm *two, GError **error)
{
  const BenkAlarmClosing closing = {
    .cause = "roll", .action = "visited", .also = benk_alarm_get_id (two), .n_also = 1
  };
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_close_async (f->alarms, benk_alarm_get_id (one), &closing, NULL,
                           benk_session_fixture_keep, &result);
  return benk_alarms_close_finish (f->alarms, BENK_AWAIT (result), error);
}

/* What the support asks for, and nothing of the user. */
static void
test_vendor_card (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, SERIAL, "1.8", 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVendorCard) card = NULL;
  g_autofree char *text = NULL;

  must_note (f, alarm, "Pakkeriet", "4711");
  benk_vendor_calls_load_async (f->base.session, benk_alarm_get_id (alarm), NULL, NULL,
                                benk_session_fixture_keep, &result);
  card = benk_vendor_calls_load_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (card->roll_batch, ==, "4711 (Pakkeriet)");
  text = benk_vendor_card_compose (card, NULL, FIXTURE_WALL_MS);
  g_assert_nonnull (strstr (text, "Roll batch: 4711 (Pakkeriet)\n"));
}

/* As the others of a group; without the batch they are two things. */
static void
test_closed_together (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) one = add (f, SERIAL, "1.8", 0);
  g_autoptr (BenkAlarm) two = NULL;
  g_autoptr (BenkAlarm) kept = NULL;
  g_autoptr (GError) error = NULL;

  add_device (f, "MD-000777");
  two = add (f, "MD-000777", "1.6", 0);
  must_note (f, one, NULL, "4711");
  g_assert_false (close_both (f, one, two, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  must_note (f, two, NULL, "4711");
  g_assert_true (close_both (f, one, two, &error));
  g_assert_no_error (error);
  kept = find (f, two);
  g_assert_cmpint (benk_alarm_get_status (kept), ==, BENK_ALARM_STATUS_CLOSED);
  g_assert_cmpstr (benk_alarm_get_roll_batch (kept), ==, "4711");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarms-batch/noted-and-taken-back", NULL,
                    test_noted_and_undone);
  BENK_ALARMS_TEST ("/session/alarms-batch/cleared-and-taken-back", NULL,
                    test_cleared_and_undone);
  BENK_ALARMS_TEST ("/session/alarms-batch/taken-back-when-closed-since", NULL,
                    test_undone_after_more);
  BENK_ALARMS_TEST ("/session/alarms-batch/of-a-label-nothing-else-is-kept", NULL,
                    test_label);
  BENK_ALARMS_TEST ("/session/alarms-batch/what-is-no-batch-is-refused", NULL,
                    test_refused);
  BENK_ALARMS_TEST ("/session/alarms-batch/two-devices-are-a-group", NULL, test_group);
  BENK_ALARMS_TEST ("/session/alarms-batch/closed-together", NULL, test_closed_together);
  BENK_ALARMS_TEST ("/session/alarms-batch/on-the-card-for-the-vendor", NULL,
                    test_vendor_card);
  BENK_ALARMS_TEST ("/session/alarms-batch/repeats-are-about-the-same-roll", NULL,
                    test_joined);

  return g_test_run ();
}
