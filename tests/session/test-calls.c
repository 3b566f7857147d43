/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls about a device: kept, shown, erased; and the last that came from the device. */

#include "benk-alarms-fixture.h"
#include "benk-device-card.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-history-item.h"
#include "benk-inventory-call.h"

#define TEXT "asked when the next dose comes"

static gboolean
note (BenkSessionFixture *self, const char *serial, const char *text, GError **error)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_note_call_async (self->inventory, benk_device_get_id (device),
                                  BENK_CALLER_HOME_CARE, text, NULL,
                                  benk_session_fixture_keep, &result);
  return benk_inventory_change_finish (self->inventory, BENK_AWAIT (result), NULL, error);
}

static BenkDeviceCard *
load (BenkSessionFixture *self, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (self->inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);
  card = benk_inventory_load_finish (self->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return card;
}

static BenkFactRecord *
get_call (BenkDeviceCard *card)
{
  g_autoptr (BenkFactRecord) fact =
    g_list_model_get_item (benk_device_card_get_facts (card), 0);

  g_assert_nonnull (fact);
  g_assert_cmpint (benk_fact_record_get_kind (fact), ==, BENK_FACT_CALL);
  return g_steal_pointer (&fact);
}

static void
expect_history (BenkDeviceCard *card)
{
  g_autoptr (BenkHistoryItem) item =
    g_list_model_get_item (benk_device_card_get_history (card), 0);

  g_assert_cmpint (benk_history_item_get_verb (item), ==, BENK_VERB_CALL);
  g_assert_cmpstr (benk_history_item_get_who (item), ==, "KA");
  g_assert_false (benk_history_item_get_undoable (item));
}

/* Nothing that was said is in what is chained, or in a journalled table. */
static void
expect_not_in_log (BenkSessionFixture *self)
{
  g_assert_cmpint (benk_session_fixture_count (
                     self, "SELECT count(*) FROM journal WHERE"
                           " instr (changeset, CAST ('asked when' AS BLOB))"
                           " OR instr (changeset, CAST ('home-care' AS BLOB))"),
                   ==, 0);
  g_assert_cmpint (
    benk_session_fixture_count (self, "SELECT count(*) FROM note WHERE text = '" TEXT
                                      "' OR text = 'home-care'"),
    ==, 2);
}

static void
test_noted (BenkAlarmsFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkFactRecord) call = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (note (&self->base, SERIAL, "  " TEXT " ", &error));
  g_assert_no_error (error);
  card = load (&self->base, SERIAL);
  call = get_call (card);
  g_assert_cmpstr (benk_fact_record_get_ref (call), ==, TEXT);
  g_assert_cmpstr (benk_fact_record_get_stated_by (call), ==, "home-care");
  g_assert_cmpstr (benk_fact_record_get_by (call), ==, "KA");
  g_assert_cmpint (benk_fact_record_get_at_ms (call), ==, FIXTURE_WALL_MS);
  expect_history (card);
  expect_not_in_log (&self->base);
}

static const struct
{
  const char *text;
  int code;
} refused[] = {
  { "", BENK_ERROR_REFUSED },
  { "   ", BENK_ERROR_REFUSED },
  { "two\nlines", BENK_ERROR_INVALID },
  { "a \x01 in it", BENK_ERROR_INVALID },
  { "not \xff UTF-8", BENK_ERROR_INVALID },
  { "13116900216", BENK_ERROR_REFUSED },
};

static void
test_refused (BenkAlarmsFixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (note (&self->base, SERIAL, refused[i].text, &error));
      g_assert_error (error, BENK_ERROR, refused[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (
                     &self->base, "SELECT count(*) FROM journal WHERE verb = 'call'"),
                   ==, 0);
}

/* It was said about the user too: it goes with the user. */
static void
test_erased (BenkAlarmsFixture *self, gconstpointer unused)
{
  BenkSessionFixture *base = &self->base;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (base, "MD-2", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (GAsyncResult) linked = NULL;
  g_autoptr (GAsyncResult) erased = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkFactRecord) call = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_link_user_async (base->inventory, benk_device_get_id (device), "4711",
                                  NULL, NULL, benk_session_fixture_keep, &linked);
  g_assert_true (
    benk_inventory_change_finish (base->inventory, BENK_AWAIT (linked), NULL, &error));
  g_assert_true (note (base, "MD-2", TEXT, &error));
  benk_inventory_erase_user_async (base->inventory, "4711", NULL,
                                   benk_session_fixture_keep, &erased);
  benk_inventory_change_finish (base->inventory, BENK_AWAIT (erased), NULL, &error);
  g_assert_no_error (error);
  card = load (base, "MD-2");
  call = get_call (card);
  g_assert_cmpstr (benk_fact_record_get_ref (call), ==, "");
  g_assert_cmpstr (benk_fact_record_get_stated_by (call), ==, "");
}

/* An alarm of its source came from the device; "no contact" and a telephone call did not.
 */
static void
test_contact (BenkAlarmsFixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *code;
    gboolean by_phone;
    gint64 raised_ms;
    gint64 contact_ms;
  } steps[] = {
    { "1.8", TRUE, FIXTURE_WALL_MS - 5000000, 0 },
    { "1.20", FALSE, FIXTURE_WALL_MS - 4000000, 0 },
    { "1.17", FALSE, FIXTURE_WALL_MS - 3000000, FIXTURE_WALL_MS - 3000000 },
    { "1.20", FALSE, FIXTURE_WALL_MS - 1000000, FIXTURE_WALL_MS - 3000000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BenkDeviceCard) card = NULL;
      const BenkCallFacts *facts;

      if (steps[i].by_phone)
        {
          g_autoptr (BenkAlarm) alarm =
            benk_alarms_fixture_add (self, SERIAL, steps[i].code, steps[i].raised_ms,
                                     NULL);

          g_assert_nonnull (alarm);
        }
      else
        {
          g_free (benk_alarms_fixture_raise_at (self, steps[i].code, steps[i].raised_ms));
          benk_alarms_fixture_must_sync (self);
        }
      card = load (&self->base, SERIAL);
      facts = benk_device_card_get_call_facts (card);
      g_assert_cmpint (facts->contact_ms, ==, steps[i].contact_ms);
      g_assert_true (facts->contact_by_alarm || facts->contact_ms == 0);
      g_assert_cmpint (facts->battery, ==, -1);
      g_assert_cmpint (facts->next_dose_ms, ==, -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  BENK_ALARMS_TEST ("/session/calls/noted-with-who-called-and-what-about", NULL,
                    test_noted);
  BENK_ALARMS_TEST ("/session/calls/refused-is-not-kept", NULL, test_refused);
  BENK_ALARMS_TEST ("/session/calls/erased-with-the-user", NULL, test_erased);
  BENK_ALARMS_TEST ("/session/calls/last-contact-is-what-the-device-sent", NULL,
                    test_contact);
  return g_test_run ();
}
