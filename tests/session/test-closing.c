/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-alarms-outbox.h"
#include "benk-alarms-wait.h"
#include "benk-db.h"
#include "benk-error.h"

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

static BenkAlarm *
bring_in (BenkAlarmsFixture *f, const char *code, char **remote)
{
  *remote = benk_alarms_fixture_raise (f, code);
  benk_alarms_fixture_must_sync (f);
  return benk_alarms_fixture_get_only (f, FALSE);
}

static GPtrArray *
load_outbox (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *items;

  benk_alarms_load_outbox_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                                 benk_session_fixture_keep, &result);
  items = benk_alarms_load_outbox_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return items;
}

static const BenkOutboxItem *
find_item (GPtrArray *items, const char *kind)
{
  const BenkOutboxItem *found = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const BenkOutboxItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->kind, kind))
        found = item;
    }
  g_assert_nonnull (found);
  return found;
}

static void
must_retry (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_retry_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                           benk_session_fixture_keep, &result);
  benk_alarms_retry_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static gboolean
reopen (BenkAlarmsFixture *f, BenkAlarm *alarm, const char *why, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_reopen_async (f->alarms, benk_alarm_get_id (alarm), why, NULL,
                            benk_session_fixture_keep, &result);
  return benk_alarms_reopen_finish (f->alarms, BENK_AWAIT (result), error);
}

/* What was done with a dose is told by health personnel, whoever has the alarm. */
static void
test_dose_needs_who_told_it (BenkAlarmsFixture *f, gconstpointer action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  BenkAlarmClosing closing = { .cause = "roll", .action = action };
  g_autoptr (BenkAlarm) now = NULL;

  g_assert_cmpint (benk_alarm_get_responsibility (alarm), ==,
                   BENK_RESPONSIBILITY_TECHNICAL);
  g_assert_false (close_ (f, alarm, &closing, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  closing.confirmed_role = "nurse";
  closing.confirmed_by = "Berit";
  closing.confirmed_ms = FIXTURE_WALL_MS - MINUTE;
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  now = benk_alarms_fixture_get_only (f, TRUE);
  g_assert_cmpint (benk_alarm_get_confirmed_ms (now), ==, FIXTURE_WALL_MS - MINUTE);
}

static void
test_times_to_come_are_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL);
  const gint64 now = FIXTURE_WALL_MS;
  const struct
  {
    gint64 confirmed_ms;
    gint64 call_start_ms;
    gint64 call_end_ms;
  } rows[] = {
    { now + 1, 0, 0 },       { -1, 0, 0 },  { 0, now - 1, 0 }, { 0, now, now - 1 },
    { 0, now - 1, now + 1 }, { 0, 0, now },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      const BenkAlarmClosing closing = { .cause = "roll",
                                         .action = "phoned",
                                         .confirmed_role = "nurse",
                                         .confirmed_by = "Berit",
                                         .confirmed_ms = rows[i].confirmed_ms,
                                         .call_start_ms = rows[i].call_start_ms,
                                         .call_end_ms = rows[i].call_end_ms };

      g_assert_false (close_ (f, alarm, &closing, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  g_test_message ("%zu cases refused", G_N_ELEMENTS (rows));
}

/* Three at once: one change, a document each; what is not the same user's refuses all. */
static void
test_several_in_one_change (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const codes[] = { "1.8", "1.17", "1.19" };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) same = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) first = NULL;
  BenkAlarmClosing closing = { .cause = "roll", .action = "visited", .note = "Alt" };
  BenkId also[2];
  gint64 rows;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_free (benk_alarms_fixture_raise (f, codes[i]));
  benk_alarms_fixture_must_sync (f);
  list = benk_alarms_fixture_list (f, FALSE);
  first = g_list_model_get_item (list, 0);
  benk_alarms_list_same_user_async (f->alarms, benk_alarm_get_id (first), NULL,
                                    benk_session_fixture_keep, &result);
  same = benk_alarms_list_same_user_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (same), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BenkAlarm) other = g_list_model_get_item (same, i);

      also[i] = *benk_alarm_get_id (other);
    }
  closing.also = also;
  closing.n_also = 2;
  rows =
    benk_session_fixture_count (&f->base,
                                "SELECT count (*) FROM journal WHERE verb = 'close'");
  close_ (f, first, &closing, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE verb = 'close'"),
                   ==, rows + 1);
  g_assert_cmpint (
    benk_session_fixture_count (
      &f->base, "SELECT count (*) FROM alarm WHERE status = 'closed' AND cause = 'roll'"),
    ==, 3);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 3);
}

static void
test_anothers_alarm_refuses_all (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (&f->base, "MD-000999", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) mine = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  g_autoptr (BenkAlarm) others =
    benk_alarms_fixture_add (f, "MD-000999", "1.8", 0, &error);
  const BenkAlarmClosing closing = {
    .cause = "roll", .action = "visited", .also = benk_alarm_get_id (others), .n_also = 1
  };

  g_assert_no_error (error);
  g_assert_false (close_ (f, mine, &closing, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'closed'"),
                   ==, 0);
}

/* Every step there is, in order of time; an Encounter because the telephone was answered.
 */
static void
test_document_tells_the_steps (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const steps[] = { "hendelse meldt",
                                       "hendelse behandles",
                                       "hendelse til utrykning",
                                       "\"samtale\"",
                                       "venter p\u00e5 leverand\u00f8r",
                                       "bekreftet av nurse, Berit",
                                       "\u00e5rsak",
                                       "tiltak",
                                       "hendelse kvittert" };
  static const BenkWait waits[] = { BENK_WAIT_VISIT, BENK_WAIT_VENDOR };
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.1", &remote);
  g_autoptr (GError) error = NULL;
  g_autofree char *document = NULL;
  BenkAlarmClosing closing = { .cause = "roll",
                               .action = "phoned",
                               .confirmed_role = "nurse",
                               .confirmed_by = "Berit",
                               .call_start_ms = FIXTURE_WALL_MS + 2 * MINUTE,
                               .call_end_ms = FIXTURE_WALL_MS + 3 * MINUTE,
                               .confirmed_ms = FIXTURE_WALL_MS + 6 * MINUTE };
  const char *at;

  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      const BenkAlarmWaiting waiting = { .what = waits[i],
                                         .until_ms = FIXTURE_WALL_MS + 90 * MINUTE };
      g_autoptr (GAsyncResult) result = NULL;

      benk_session_fixture_advance (&f->base, (i == 0 ? 1 : 4) * MINUTE);
      benk_alarms_wait_async (f->alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                              benk_session_fixture_keep, &result);
      benk_alarms_wait_finish (f->alarms, BENK_AWAIT (result), &error);
      g_assert_no_error (error);
    }
  benk_session_fixture_advance (&f->base, 5 * MINUTE);
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  at = document;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *found = strstr (at, steps[i]);

      if (found == NULL)
        g_error ("“%s” is not where it belongs in %s", steps[i], document);
      at = found + 1;
    }
  g_assert_nonnull (strstr (document, "\"Encounter\""));
  g_assert_nonnull (strstr (document, "toveis tale"));
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm_step WHERE kind = 'called'"),
                   ==, 1);
}

/* Somebody was quicker: told who and when; what was written is kept, and can be sent. */
static void
test_who_was_first_and_nothing_is_lost (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing closing = { .cause = "roll",
                                     .action = "visited",
                                     .note = "Rullen satt fast" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) accepted = NULL;
  g_autofree char *document = NULL;

  g_assert_true (benk_virtual_hub_close_elsewhere (f->hub, remote, "Ansvarsvakt", NULL));
  g_assert_false (close_ (f, alarm, &closing, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
  g_assert_nonnull (strstr (error->message, "09:00"));
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base,
                     "SELECT count (*) FROM note WHERE text = 'Rullen satt fast'"),
                   >=, 1);
  refused = load_outbox (f, alarm);
  g_assert_cmpint (find_item (refused, "close")->state, ==, BENK_FOLLOWUP_REFUSED);
  g_assert_cmpint (find_item (refused, "followup")->state, ==, BENK_FOLLOWUP_REFUSED);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);

  must_retry (f, alarm);
  accepted = load_outbox (f, alarm);
  g_assert_cmpint (find_item (accepted, "close")->state, ==, BENK_FOLLOWUP_REFUSED);
  g_assert_cmpint (find_item (accepted, "followup")->state, ==, BENK_FOLLOWUP_ACCEPTED);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  g_assert_nonnull (strstr (document, "Rullen satt fast"));
}

static void
test_refused_document_is_told_and_tried_again (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) accepted = NULL;
  g_autofree char *words = NULL;
  const BenkOutboxItem *item;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "422:POST@1", NULL));
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  refused = load_outbox (f, alarm);
  item = find_item (refused, "followup");
  g_assert_cmpint (item->state, ==, BENK_FOLLOWUP_REFUSED);
  g_assert_cmpstr (item->feed, ==, "Hub");
  words = benk_outbox_item_describe (item, FIXTURE_WALL_MS);
  g_assert_true (g_str_has_prefix (words, "Refused, not with Hub\n"));
  g_assert_cmpint (strlen (item->words), >, 10);
  benk_virtual_hub_clear_faults (f->hub);
  must_retry (f, alarm);
  accepted = load_outbox (f, alarm);
  g_assert_cmpint (find_item (accepted, "followup")->state, ==, BENK_FOLLOWUP_ACCEPTED);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
}

static void
test_nothing_to_send_again (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_retry_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                           benk_session_fixture_keep, &result);
  g_assert_false (benk_alarms_retry_finish (f->alarms, BENK_AWAIT (result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

/* What did not leave the laptop yet does not leave it. */
static void
test_reopened_before_it_was_sent (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) now = NULL;
  g_autofree char *issue = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:PUT@1", NULL));
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  benk_virtual_hub_clear_faults (f->hub);
  g_assert_false (reopen (f, alarm, "", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  reopen (f, alarm, "Ringte igjen", &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, 10 * MINUTE);
  benk_alarms_fixture_flush (f);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_status (now), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpstr (benk_alarm_get_taken_by (now), ==, "KA");
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
  issue = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_null (strstr (issue, "\"final\""));
  g_assert_false (reopen (f, alarm, "Igjen", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

/* What was sent stays where it is: the source is told, and a new document follows. */
static void
test_reopened_after_it_was_sent (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) now = NULL;
  g_autofree char *open = NULL;
  g_autofree char *closed = NULL;

  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  benk_session_fixture_advance (&f->base, MINUTE);
  reopen (f, alarm, "Ringte igjen", &error);
  g_assert_no_error (error);
  open = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (open, "\"preliminary\""));
  benk_alarms_fixture_must_sync (f);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_status (now), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpstr (benk_alarm_get_taken_by (now), ==, "KA");
  benk_session_fixture_advance (&f->base, MINUTE);
  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  closed = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (closed, "\"final\""));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 2);
}

/* The source shows our closing while it has not been told yet that we opened it again. */
static void
test_reopened_while_the_source_is_away (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *remote = NULL;
  g_autoptr (BenkAlarm) alarm = bring_in (f, "1.8", &remote);
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) now = NULL;
  g_autofree char *open = NULL;
  g_autofree char *closed = NULL;

  close_ (f, alarm, &closing, &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, MINUTE);
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:PUT@9", NULL));
  reopen (f, alarm, "Ringte igjen", &error);
  g_assert_no_error (error);
  benk_virtual_hub_clear_faults (f->hub);
  closed = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (closed, "\"final\""));
  /* It waits for its turn still when the source is asked. */
  benk_alarms_fixture_must_sync (f);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_status (now), ==, BENK_ALARM_STATUS_TAKEN);
  g_assert_cmpstr (benk_alarm_get_taken_by (now), ==, "KA");
  benk_session_fixture_advance (&f->base, 10 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  open = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (open, "\"preliminary\""));
}

/* (transfer full): a row that stands for two, and what each is called at its source. */
static BenkAlarm *
bring_in_twice (BenkAlarmsFixture *f, char **first, char **again)
{
  BenkAlarm *face;

  *first = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS - MINUTE);
  *again = benk_alarms_fixture_raise_at (f, "1.8", FIXTURE_WALL_MS);
  benk_alarms_fixture_must_sync (f);
  face = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_n_joined (face), ==, 1);
  return face;
}

/* What was closed as one row is one row again, each open at its source; what was closed
 * with it for its user, in a row of its own, is not. */
static void
test_reopened_as_it_was_closed (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autoptr (BenkAlarm) face = bring_in_twice (f, &first, &again);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) other = benk_alarms_fixture_add (f, SERIAL, "1.17", 0, &error);
  g_autoptr (BenkAlarm) now = NULL;
  g_autofree char *issue = NULL;
  g_autofree char *repeated = NULL;
  const BenkAlarmClosing closing = {
    .cause = "roll", .action = "visited", .also = benk_alarm_get_id (other), .n_also = 1
  };

  close_ (f, face, &closing, &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, MINUTE);
  reopen (f, face, "Ringte igjen", &error);
  g_assert_no_error (error);
  now = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_n_joined (now), ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'taken'"),
                   ==, 2);
  issue = benk_virtual_hub_dup_issue (f->hub, first);
  g_assert_nonnull (strstr (issue, "\"preliminary\""));
  repeated = benk_virtual_hub_dup_issue (f->hub, again);
  g_assert_nonnull (strstr (repeated, "\"preliminary\""));
}

/* One that came and was closed at another time has its own end. */
static void
test_reopened_without_others (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *third = NULL;
  g_autoptr (BenkAlarm) face = bring_in_twice (f, &first, &again);
  g_autoptr (BenkAlarm) later = NULL;
  g_autoptr (GError) error = NULL;
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };

  close_ (f, face, &closing, &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, MINUTE);
  third = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  later = benk_alarms_fixture_get_only (f, FALSE);
  close_ (f, later, &closing, &error);
  g_assert_no_error (error);
  reopen (f, later, "Ringte igjen", &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'taken'"),
                   ==, 1);
}

/* One that its source opened again and closed since did not end with the other. */
static void
test_reopened_after_another_end (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autoptr (BenkAlarm) face = bring_in_twice (f, &first, &again);
  g_autoptr (GError) error = NULL;
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };

  close_ (f, face, &closing, &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_alarms_fixture_must_sync (f);
  benk_virtual_hub_take_elsewhere (f->hub, again, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  benk_session_fixture_advance (&f->base, MINUTE);
  benk_virtual_hub_close_elsewhere (f->hub, again, "KL", NULL);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'closed'"),
                   ==, 2);
  reopen (f, face, "Ringte igjen", &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE status = 'taken'"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/closing/dose-given-needs-who-told-it", "dose-given",
                    test_dose_needs_who_told_it);
  BENK_ALARMS_TEST ("/session/closing/dose-left-out-needs-who-told-it", "dose-skipped",
                    test_dose_needs_who_told_it);
  BENK_ALARMS_TEST ("/session/closing/times-to-come-are-refused", NULL,
                    test_times_to_come_are_refused);
  BENK_ALARMS_TEST ("/session/closing/several-in-one-change", NULL,
                    test_several_in_one_change);
  BENK_ALARMS_TEST ("/session/closing/anothers-alarm-refuses-all", NULL,
                    test_anothers_alarm_refuses_all);
  BENK_ALARMS_TEST ("/session/closing/document-tells-the-steps", NULL,
                    test_document_tells_the_steps);
  BENK_ALARMS_TEST ("/session/closing/who-was-first-and-nothing-is-lost", NULL,
                    test_who_was_first_and_nothing_is_lost);
  BENK_ALARMS_TEST ("/session/closing/refused-document-is-told-and-tried-again", NULL,
                    test_refused_document_is_told_and_tried_again);
  BENK_ALARMS_TEST ("/session/closing/nothing-to-send-again", NULL,
                    test_nothing_to_send_again);
  BENK_ALARMS_TEST ("/session/closing/reopened-before-it-was-sent", NULL,
                    test_reopened_before_it_was_sent);
  BENK_ALARMS_TEST ("/session/closing/reopened-while-the-source-is-away", NULL,
                    test_reopened_while_the_source_is_away);
  BENK_ALARMS_TEST ("/session/closing/reopened-after-it-was-sent", NULL,
                    test_reopened_after_it_was_sent);
  BENK_ALARMS_TEST ("/session/closing/reopened-as-it-was-closed", NULL,
                    test_reopened_as_it_was_closed);
  BENK_ALARMS_TEST ("/session/closing/reopened-without-others", NULL,
                    test_reopened_without_others);
  BENK_ALARMS_TEST ("/session/closing/reopened-after-another-end", NULL,
                    test_reopened_after_another_end);
  return g_test_run ();
}
