/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-bulk.h"
#include "benk-device-card.h"
#include "benk-error.h"
#include "benk-session-fixture.h"
#include "benk-stock.h"

/* Today is 2026-03-02 in Oslo. */
#define SOON "2026-03-12"
#define LATER "2026-04-02"

static void
preview (BenkBulk *bulk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &result);
  benk_bulk_preview_finish (bulk, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
apply (BenkBulk *bulk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_bulk_apply_async (bulk, NULL, NULL, benk_session_fixture_keep, &result);
  benk_bulk_apply_finish (bulk, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static BenkWish
wish (BenkDevice *device, const char *reference, const char *date)
{
  return (BenkWish){ *benk_device_get_id (device), reference, date };
}

static void
reserve (BenkSessionFixture *f, BenkDevice *device, const char *reference)
{
  BenkWish one = wish (device, reference, SOON);
  g_autoptr (BenkBulk) bulk = benk_bulk_new_reserve (f->inventory, &one, 1);

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 1);
  apply (bulk);
}

static gboolean
try_change (BenkSessionFixture *f,
            BenkDevice *device,
            const char *reference,
            const char *date,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_change_reservation_async (f->inventory, benk_device_get_id (device),
                                           reference, date, NULL,
                                           benk_session_fixture_keep, &result);
  return benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, error);
}

static BenkDeviceCard *
load (BenkSessionFixture *f, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (f->inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);
  card = benk_inventory_load_finish (f->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return card;
}

static void
assert_reserved (BenkSessionFixture *f,
                 BenkDevice *device,
                 const char *reference,
                 const char *date)
{
  g_autoptr (BenkDeviceCard) card = load (f, device);
  const BenkReservation *found = benk_device_card_get_reservation (card);

  if (reference == NULL)
    {
      g_assert_null (found);
      return;
    }
  g_assert_nonnull (found);
  g_assert_cmpstr (found->reference, ==, reference);
  g_assert_cmpstr (found->wanted_date, ==, date);
  g_assert_cmpstr (found->who, ==, "KA");
}

/* Each for its own user, as one change; what cannot stays behind and says why. */
static void
test_many (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a = benk_session_fixture_put (f, "R-A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_session_fixture_put (f, "R-B", BENK_DEVICE_STATE_ORDERED);
  g_autoptr (BenkDevice) gone =
    benk_session_fixture_put (f, "R-GONE", BENK_DEVICE_STATE_FAULTY);
  const BenkWish wishes[] = { wish (a, " 4711 ", SOON), wish (b, "4712", LATER),
                              wish (gone, "4713", LATER) };
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_reserve (f->inventory, wishes, G_N_ELEMENTS (wishes));
  g_autoptr (BenkBulk) back = NULL;
  g_autoptr (BenkBulkRefusal) refusal = NULL;
  const BenkId both[] = { *benk_device_get_id (a), *benk_device_get_id (gone) };
  gint64 rows = benk_session_fixture_count (f, "SELECT count (*) FROM journal");

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 2);
  g_assert_true (benk_bulk_can_undo (bulk));
  refusal = g_list_model_get_item (benk_bulk_get_refused (bulk), 0);
  g_assert_cmpstr (benk_bulk_refusal_get_label (refusal), ==, "R-GONE");
  g_assert_nonnull (
    strstr (benk_bulk_refusal_get_reason (refusal), "cannot be reserved"));
  apply (bulk);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM journal"), ==,
                   rows + 1);
  assert_reserved (f, a, "4711", SOON);
  assert_reserved (f, b, "4712", LATER);

  /* Given up where there is something to give up. */
  back = benk_bulk_new_give_up (f->inventory, both, G_N_ELEMENTS (both));
  preview (back);
  g_assert_cmpuint (benk_bulk_count_ready (back), ==, 1);
  g_assert_cmpuint (benk_bulk_count_same (back), ==, 1);
  apply (back);
  assert_reserved (f, a, NULL, NULL);
  g_assert_true (benk_session_fixture_undo (f, &error));
  assert_reserved (f, a, "4711", SOON);
  g_assert_true (benk_session_fixture_undo (f, &error));
  assert_reserved (f, a, NULL, NULL);
  assert_reserved (f, b, NULL, NULL);
}

static void
test_words (BenkSessionFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *reference;
    const char *date;
    int code;
  } rows[] = {
    { "", SOON, BENK_ERROR_INVALID },
    { NULL, SOON, BENK_ERROR_INVALID },
    { "15507600090", SOON, BENK_ERROR_REFUSED }, /* a national number */
    { "4711", "2026-03-01", BENK_ERROR_INVALID },
    { "4711", "1. april", BENK_ERROR_INVALID },
    { "4711", NULL, BENK_ERROR_INVALID },
  };
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (f, "R-1", BENK_DEVICE_STATE_STOCK);
  gint64 people = benk_session_fixture_count (f, "SELECT count (*) FROM person");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      BenkWish one = wish (device, rows[i].reference, rows[i].date);
      g_autoptr (BenkBulk) bulk = benk_bulk_new_reserve (f->inventory, &one, 1);

      benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &result);
      g_assert_false (benk_bulk_preview_finish (bulk, BENK_AWAIT (result), &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM person"), ==,
                   people);
}

static void
test_change (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (f, "R-1", BENK_DEVICE_STATE_STOCK);

  g_assert_false (try_change (f, device, "4711", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  reserve (f, device, "4711");
  g_assert_true (try_change (f, device, "4712", NULL, &error));
  assert_reserved (f, device, "4712", SOON);
  g_assert_true (try_change (f, device, NULL, LATER, &error));
  assert_reserved (f, device, "4712", LATER);
  g_assert_false (try_change (f, device, NULL, "2026-03-01", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (try_change (f, device, "15507600090", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  assert_reserved (f, device, "4712", LATER);
  g_assert_true (benk_session_fixture_undo (f, &error));
  assert_reserved (f, device, "4712", SOON);
}

/* What happens to the device is told where the shelf is looked at. */
static void
test_without_device (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkStockSummary) summary = NULL;
  g_autoptr (BenkDevice) fine =
    benk_session_fixture_put (f, "R-FINE", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) broken =
    benk_session_fixture_put (f, "R-BROKEN", BENK_DEVICE_STATE_STOCK);
  const BenkReservation *first;

  reserve (f, fine, "4711");
  reserve (f, broken, "4712");
  g_assert_true (
    benk_session_fixture_set_state (f, broken, BENK_DEVICE_STATE_FAULTY, NULL, &error));
  benk_stock_load_async (benk_session_get_stock (f->session), 60, NULL,
                         benk_session_fixture_keep, &result);
  summary = benk_stock_load_finish (benk_session_get_stock (f->session),
                                    BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary->reservations->len, ==, 2);
  first = g_ptr_array_index (summary->reservations, 0);
  g_assert_cmpstr (first->serial, ==, "R-BROKEN");
  g_assert_true (first->needs_device);
  g_assert_cmpint (first->days, ==, 10);
}

static gboolean
link_user (BenkSessionFixture *f, BenkDevice *device, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  benk_inventory_link_user_async (f->inventory, benk_device_get_id (device), reference,
                                  NULL, NULL, benk_session_fixture_keep, &result);
  done = benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);

  return done;
}

/* Another user gets it only with a reason, and then somebody owes a device. */
static void
test_other_user (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (f, "R-1", BENK_DEVICE_STATE_READY);
  g_autoptr (GError) error = NULL;

  reserve (f, device, "4711");
  benk_session_fixture_prove_ready (f, device, BENK_LINK_KIND_USB);
  g_assert_true (benk_session_fixture_attest (f, device, BENK_FACT_MEDICINE_LOADED, NULL,
                                              "Sykepleier A", NULL));
  g_assert_true (benk_session_fixture_attest (f, device, BENK_FACT_REPLACED_DEVICE, "R-0",
                                              NULL, NULL));
  g_assert_true (link_user (f, device, "4712"));
  g_assert_false (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_OPERATION,
                                                  NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reserved for another user"));
  g_clear_error (&error);
  g_assert_true (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_OPERATION,
                                                 "haster mer", &error));
  g_assert_no_error (error);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM owed_task WHERE guard ="
                                   " 'not-reserved-for-other' AND done_ms IS NULL"),
    ==, 1);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM reservation WHERE ended IS"
                                   " NULL"),
    ==, 1);
}

/* The one for whom it is kept gets it without a question, and it is kept no more. */
static void
test_own_user (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (f, "R-1", BENK_DEVICE_STATE_READY);
  g_autoptr (GError) error = NULL;

  reserve (f, device, "4711");
  benk_session_fixture_prove_ready (f, device, BENK_LINK_KIND_USB);
  g_assert_true (benk_session_fixture_attest (f, device, BENK_FACT_MEDICINE_LOADED, NULL,
                                              "Sykepleier A", NULL));
  g_assert_true (benk_session_fixture_attest (f, device, BENK_FACT_REPLACED_DEVICE, "R-0",
                                              NULL, NULL));
  g_assert_true (link_user (f, device, "4711"));
  g_assert_true (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_OPERATION,
                                                 NULL, &error));
  g_assert_no_error (error);
  assert_reserved (f, device, NULL, NULL);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM reservation WHERE ended ="
                                   " 'used'"),
    ==, 1);
}

static void
test_counted (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (f, "R-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) other =
    benk_session_fixture_put (f, "R-2", BENK_DEVICE_STATE_STOCK);
  g_autofree guint *counts = NULL;
  g_autoptr (GListModel) list = NULL;
  BenkDeviceQuery query = { .reserved = TRUE };

  reserve (f, other, "4711");
  benk_inventory_count_async (f->inventory, NULL, benk_session_fixture_keep, &counted);
  counts = benk_inventory_count_finish (f->inventory, BENK_AWAIT (counted), &error);
  g_assert_cmpuint (counts[BENK_INVENTORY_COUNT_RESERVED], ==, 1);
  benk_inventory_query_async (f->inventory, &query, NULL, benk_session_fixture_keep,
                              &asked);
  list = benk_inventory_query_finish (f->inventory, BENK_AWAIT (asked), &error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_true (
    benk_id_equal (benk_inventory_result_get_id (list, 0), benk_device_get_id (other)));
}

#define ADD(name, test)                                                                  \
  g_test_add ("/session/reserve/" name, BenkSessionFixture, NULL,                        \
              benk_session_fixture_set_up, test, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("many-as-one-change", test_many);
  ADD ("takes-references-and-days-ahead", test_words);
  ADD ("is-changed-and-taken-back", test_change);
  ADD ("says-who-needs-another-device", test_without_device);
  ADD ("asks-before-another-user-gets-it", test_other_user);
  ADD ("ends-when-its-user-gets-it", test_own_user);
  ADD ("is-counted-and-listed", test_counted);

  return g_test_run ();
}
