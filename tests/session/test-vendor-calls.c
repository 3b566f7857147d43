/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-history-item.h"
#include "benk-inventory.h"
#include "benk-vendor-calls.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)

static BenkVendorCard *
load (BenkAlarmsFixture *f, const BenkId *alarm, const BenkId *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkVendorCard *card;

  benk_vendor_calls_load_async (f->base.session, alarm, device, NULL,
                                benk_session_fixture_keep, &result);
  card = benk_vendor_calls_load_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return card;
}

static gboolean
set_contact (BenkAlarmsFixture *f, const BenkVendorContact *contact, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_vendor_calls_set_contact_async (f->base.session, contact, NULL,
                                       benk_session_fixture_keep, &result);
  return benk_vendor_calls_change_finish (f->base.session, BENK_AWAIT (result), NULL,
                                          error);
}

static gboolean
note (BenkAlarmsFixture *f,
      const BenkVendorCard *card,
      const BenkVendorCall *call,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_vendor_calls_note_async (f->base.session, card, call, NULL,
                                benk_session_fixture_keep, &result);
  return benk_vendor_calls_change_finish (f->base.session, BENK_AWAIT (result), NULL,
                                          error);
}

static BenkAlarm *
add (BenkAlarmsFixture *f, const char *code, gint64 raised_ms)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm = benk_alarms_fixture_add (f, SERIAL, code, raised_ms, &error);

  g_assert_no_error (error);
  return alarm;
}

static char *
read_steps (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = NULL;
  GString *text = g_string_new (NULL);

  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  items = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (items, i);

      g_string_append_printf (text, "%s\n", benk_history_item_get_changes (item)[0]);
    }
  return g_string_free (text, FALSE);
}

static void
test_what_is_not_known_stays_empty (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, "1.8", FIXTURE_WALL_MS - HOUR);
  g_autoptr (BenkVendorCard) card = load (f, benk_alarm_get_id (alarm), NULL);
  g_autofree char *fault = benk_vendor_card_describe_fault (card);
  g_autofree char *terms = benk_vendor_card_describe_terms (card, FIXTURE_WALL_MS);

  g_assert_cmpstr (card->contact.vendor, ==, "Innospense");
  g_assert_false (card->vendor_known);
  g_assert_null (card->contact.phone);
  g_assert_null (card->contact.hours);
  g_assert_null (card->contact.customer_number);
  g_assert_null (card->firmware);
  g_assert_null (card->imei);
  g_assert_null (card->case_number);
  g_assert_null (terms);
  g_assert_cmpstr (card->model, ==, "Medido");
  g_assert_cmpstr (card->serial, ==, SERIAL);
  g_assert_cmpstr (fault, ==, "Roll jammed (code 1.8)");
  g_assert_cmpint (card->since_ms, ==, FIXTURE_WALL_MS - HOUR);
  g_assert_cmpuint (g_strv_length (card->steps), ==, 3);
}

static void
test_numbers_are_kept_for_the_vendor (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, "1.8", 0);
  const BenkVendorContact contact = { (char *) "Innospense", (char *) " K-1029 ",
                                      (char *) "800 00 100", (char *) "24 h" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVendorCard) card = NULL;
  g_autoptr (BenkVendorCard) undone = NULL;

  set_contact (f, &contact, &error);
  g_assert_no_error (error);
  card = load (f, benk_alarm_get_id (alarm), NULL);
  g_assert_cmpstr (card->contact.customer_number, ==, "K-1029");
  g_assert_cmpstr (card->contact.phone, ==, "800 00 100");
  g_assert_cmpstr (card->contact.hours, ==, "24 h");

  benk_session_fixture_undo (&f->base, &error);
  g_assert_no_error (error);
  undone = load (f, benk_alarm_get_id (alarm), NULL);
  g_assert_null (undone->contact.customer_number);
  g_assert_null (undone->contact.phone);
}

static void
test_numbers_that_are_none_are_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    BenkVendorContact contact;
    int code;
  } rows[] = {
    { { NULL, (char *) "K-1", NULL, NULL }, BENK_ERROR_INVALID },
    { { (char *) "Dignio", NULL, (char *) "ring Anne", NULL }, BENK_ERROR_INVALID },
    { { (char *) "Dignio", NULL, (char *) "+", NULL }, BENK_ERROR_INVALID },
    { { (char *) "Dignio", (char *) NUMBER, NULL, NULL }, BENK_ERROR_REFUSED },
    { { (char *) "Dignio", NULL, NULL, (char *) "a\nb" }, BENK_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (set_contact (f, &rows[i].contact, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM vendor_contact"),
                   ==, 0);
  g_test_message ("%u refusals", (guint) G_N_ELEMENTS (rows));
}

/* The number of the case is in the step, in the waiting and on the next card. */
static void
test_a_call_is_a_step_and_lets_wait (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, "1.8", 0);
  g_autoptr (BenkVendorCard) card = NULL;
  g_autoptr (BenkVendorCard) next = NULL;
  g_autoptr (BenkAlarm) waits = NULL;
  g_autofree char *steps = NULL;
  const guint tried[] = { 0, 2 };
  const BenkVendorCall call = { .case_number = "C-77",
                                .spoke_with = "support",
                                .tried = tried,
                                .n_tried = 2,
                                .until_ms = FIXTURE_WALL_MS + 5 * HOUR };
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_take (f, alarm, &error);
  g_assert_no_error (error);
  card = load (f, benk_alarm_get_id (alarm), NULL);
  note (f, card, &call, &error);
  g_assert_no_error (error);

  steps = read_steps (f, alarm);
  g_assert_nonnull (strstr (steps, "Phoned the vendor: Innospense · support · Case C-77 ·"
                                   " Tried: Visit: clear the jam"));
  g_assert_nonnull (strstr (steps, "Waiting for the vendor"));
  waits = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_cmpint (benk_alarm_get_waiting_until_ms (waits), ==, call.until_ms);
  g_assert_cmpstr (benk_alarm_get_case_number (waits), ==, "C-77");
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM vendor_call WHERE tried = '1,3'"
                               " AND alarm_id IS NOT NULL AND guidance_id IS NULL"),
                   ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base,
                     "SELECT count (*) FROM journal WHERE verb = 'vendor-call'"),
                   ==, 1);
  next = load (f, NULL, benk_alarm_get_device_id (waits));
  g_assert_cmpstr (next->case_number, ==, "C-77");
  g_assert_true (benk_id_equal (&next->alarm, benk_alarm_get_id (alarm)));
}

/* One change: where the alarm cannot wait, the call is not half kept. */
static void
test_what_cannot_wait_keeps_nothing (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = add (f, "1.8", 0);
  g_autoptr (BenkVendorCard) card = load (f, benk_alarm_get_id (alarm), NULL);
  const struct
  {
    BenkVendorCall call;
    int code;
  } rows[] = {
    { { .case_number = "C-77", .until_ms = FIXTURE_WALL_MS + HOUR }, BENK_ERROR_REFUSED },
    { { .case_number = "C-77", .until_ms = FIXTURE_WALL_MS - HOUR }, BENK_ERROR_INVALID },
    { { .case_number = "  " }, BENK_ERROR_INVALID },
    { { .case_number = NUMBER }, BENK_ERROR_REFUSED },
    { { .spoke_with = NUMBER }, BENK_ERROR_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (note (f, card, &rows[i].call, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM vendor_call"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM note"),
                   ==, 0);
  g_test_message ("%u refusals", (guint) G_N_ELEMENTS (rows));
}

static void
test_a_device_without_alarm_is_called_about_too (BenkAlarmsFixture *f,
                                                 gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (BenkVendorCard) card = load (f, NULL, benk_device_get_id (device));
  g_autoptr (BenkVendorCard) next = NULL;
  BenkVendorCall call = { .case_number = "C-1" };
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_id_is_nil (&card->alarm));
  g_assert_null (card->code);
  g_assert_null (card->steps);
  note (f, card, &call, &error);
  g_assert_no_error (error);
  call.until_ms = FIXTURE_WALL_MS + HOUR;
  g_assert_false (note (f, card, &call, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  next = load (f, NULL, benk_device_get_id (device));
  g_assert_cmpstr (next->case_number, ==, "C-1");
  g_assert_cmpint (next->called_ms, ==, FIXTURE_WALL_MS);
}

/* Other makes fail too: what is copied is for them, and holds nothing of the user. */
static void
test_the_text_holds_nobody (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const hidden[] = { "4711", "KA", "Kari", "District", NAME, NUMBER };
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVendorCard) card = NULL;
  g_autofree char *text = NULL;

  benk_session_fixture_force_state (&f->base, device, BENK_DEVICE_STATE_OPERATION);
  benk_inventory_link_user_async (f->base.inventory, benk_device_get_id (device), "4711",
                                  "District 1", NULL, benk_session_fixture_keep, &result);
  benk_inventory_change_finish (f->base.inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  alarm = add (f, "1.8", 0);
  card = load (f, benk_alarm_get_id (alarm), NULL);
  text =
    benk_vendor_card_compose (card, (const char *const *) card->steps, FIXTURE_WALL_MS);
  g_assert_nonnull (strstr (text, "Serial: " SERIAL "\n"));
  g_assert_nonnull (strstr (text, "Model: Medido\n"));
  g_assert_nonnull (strstr (text, "Fault: Roll jammed (code 1.8)\n"));
  g_assert_nonnull (strstr (text, "Tried: Note the packer’s batch\n"));
  g_assert_null (strstr (text, "Not known"));
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_assert_null (strstr (text, hidden[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  BENK_ALARMS_TEST ("/session/vendor-calls/what-is-not-known-stays-empty", NULL,
                    test_what_is_not_known_stays_empty);
  BENK_ALARMS_TEST ("/session/vendor-calls/numbers-are-kept-for-the-vendor", NULL,
                    test_numbers_are_kept_for_the_vendor);
  BENK_ALARMS_TEST ("/session/vendor-calls/numbers-that-are-none-are-refused", NULL,
                    test_numbers_that_are_none_are_refused);
  BENK_ALARMS_TEST ("/session/vendor-calls/a-call-is-a-step-and-lets-wait", NULL,
                    test_a_call_is_a_step_and_lets_wait);
  BENK_ALARMS_TEST ("/session/vendor-calls/what-cannot-wait-keeps-nothing", NULL,
                    test_what_cannot_wait_keeps_nothing);
  BENK_ALARMS_TEST ("/session/vendor-calls/a-device-without-alarm-is-called-about-too",
                    NULL, test_a_device_without_alarm_is_called_about_too);
  BENK_ALARMS_TEST ("/session/vendor-calls/the-text-holds-nobody", NULL,
                    test_the_text_holds_nobody);

  return g_test_run ();
}
