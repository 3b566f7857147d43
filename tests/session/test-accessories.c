/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-bulk.h"
#include "benk-device-card.h"
#include "benk-error.h"
#include "benk-returns.h"
#include "benk-session-fixture.h"

static GPtrArray *
say (BenkAccessoryStatus adapter, BenkAccessoryStatus tray)
{
  GPtrArray *words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  g_ptr_array_add (words, benk_accessory_new ("power-adapter", adapter, TRUE));
  g_ptr_array_add (words, benk_accessory_new ("collection-tray", tray, TRUE));

  return words;
}

static gint64
set (BenkSessionFixture *fixture, BenkDevice *device, GPtrArray *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  benk_inventory_set_accessories_async (fixture->inventory, benk_device_get_id (device),
                                        words, NULL, benk_session_fixture_keep, &result);
  benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), &seq, &error);
  g_assert_no_error (error);

  return seq;
}

static BenkDeviceCard *
load (BenkSessionFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (fixture->inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);
  card = benk_inventory_load_finish (fixture->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return card;
}

static void
assert_card (BenkSessionFixture *fixture,
             BenkDevice *device,
             BenkAccessoryStatus adapter,
             BenkAccessoryStatus tray)
{
  g_autoptr (BenkDeviceCard) card = load (fixture, device);
  GPtrArray *known = benk_device_card_get_accessories (card);

  g_assert_cmpuint (known->len, ==, 2);
  g_assert_cmpint (benk_accessory_find (known, "power-adapter")->status, ==, adapter);
  g_assert_cmpint (benk_accessory_find (known, "collection-tray")->status, ==, tray);
}

static void
test_registered (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) words =
    say (BENK_ACCESSORY_MISSING, BENK_ACCESSORY_NOT_LOOKED_AT);
  g_autoptr (BenkDevice) device = NULL;
  BenkNewDevice asked = { .model_id = "medido",
                          .serial = "M1",
                          .state = BENK_DEVICE_STATE_RECEIVED,
                          .accessories = words };

  benk_inventory_add_async (fixture->inventory, &asked, NULL, benk_session_fixture_keep,
                            &result);
  benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  device = benk_session_fixture_find (fixture, "M1");
  assert_card (fixture, device, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_NOT_LOOKED_AT);

  /* Both came in one change, and go in one. */
  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM device"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (fixture,
                                               "SELECT count (*) FROM accessory"),
                   ==, 0);
}

static BenkNextGuard *
find_guard (BenkDeviceCard *card, BenkDeviceState to, const char *id)
{
  GListModel *next = benk_device_card_get_next (card);

  for (guint i = 0; i < g_list_model_get_n_items (next); i++)
    {
      g_autoptr (BenkNextState) state = g_list_model_get_item (next, i);
      GListModel *guards = benk_next_state_get_guards (state);

      for (guint k = 0; k < g_list_model_get_n_items (guards); k++)
        {
          g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, k);

          if (benk_next_state_get_state (state) == to &&
              g_str_equal (benk_next_guard_get_id (guard), id))
            return g_steal_pointer (&guard);
        }
    }
  g_assert_not_reached ();
}

static void
test_card (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (GPtrArray) words = say (BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  g_autoptr (BenkDeviceCard) before = load (fixture, device);
  g_autoptr (BenkDeviceCard) after = NULL;
  g_autoptr (BenkNextGuard) unseen =
    find_guard (before, BENK_DEVICE_STATE_STOCK, "accessories-complete");
  g_autoptr (BenkNextGuard) missing = NULL;

  g_assert_false (benk_next_guard_is_met (unseen));
  g_assert_true (benk_next_guard_is_about_accessories (unseen));
  g_assert_nonnull (strstr (benk_next_guard_get_text (unseen),
                            "Not looked at: Power adapter, Collection tray."));

  g_assert_cmpint (set (fixture, device, words), >, 0);
  assert_card (fixture, device, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  after = load (fixture, device);
  missing = find_guard (after, BENK_DEVICE_STATE_STOCK, "accessories-complete");
  g_assert_nonnull (
    strstr (benk_next_guard_get_text (missing), " Missing: Power adapter."));
  g_assert_cmpint (set (fixture, device, words), ==, 0);

  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  assert_card (fixture, device, BENK_ACCESSORY_NOT_LOOKED_AT,
               BENK_ACCESSORY_NOT_LOOKED_AT);
}

static gboolean
pack (BenkSessionFixture *fixture,
      BenkReturnCase *row,
      GPtrArray *accessories,
      GError **error)
{
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  BenkReturnDetails details = { .scanned_serial = "R1",
                                .accessories = accessories,
                                .no_names = TRUE };
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_step_async (returns, benk_return_case_get_id (row),
                           BENK_RETURN_STATE_PACKED, &details, NULL,
                           benk_session_fixture_keep, &result);
  return benk_returns_step_finish (returns, BENK_AWAIT (result), NULL, error);
}

static BenkReturnCase *
open_and_answer (BenkSessionFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  BenkReturnDetails answer = { .no_rma = TRUE };
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) answered = NULL;
  BenkReturnCase *row;

  benk_returns_open_async (returns, benk_device_get_id (device), "Dignio", "virker ikke",
                           NULL, benk_session_fixture_keep, &opened);
  row = benk_returns_open_finish (returns, BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  benk_returns_step_async (returns, benk_return_case_get_id (row),
                           BENK_RETURN_STATE_ANSWERED, &answer, NULL,
                           benk_session_fixture_keep, &answered);
  benk_returns_step_finish (returns, BENK_AWAIT (answered), NULL, &error);
  g_assert_no_error (error);

  return row;
}

/* The vendor may be sent less than came; what is not looked at is not counted. */
static void
test_packed (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_RMA_REQUESTED);
  g_autoptr (GPtrArray) half = say (BENK_ACCESSORY_MISSING, BENK_ACCESSORY_NOT_LOOKED_AT);
  g_autoptr (GPtrArray) whole = say (BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  g_autoptr (BenkReturnCase) row = NULL;

  benk_session_fixture_prove_reset (fixture, device, BENK_LINK_KIND_USB);
  row = open_and_answer (fixture, device);
  g_assert_false (pack (fixture, row, half, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "accessories have not been counted"));
  g_assert_cmpint (benk_session_fixture_count (fixture,
                                               "SELECT count (*) FROM accessory"),
                   ==, 0);
  g_clear_error (&error);
  g_assert_true (pack (fixture, row, whole, &error));
  g_assert_no_error (error);
  assert_card (fixture, device, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
}

/* Many in one change; a model without that kind is named, and undo takes all back. */
static void
test_many (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) looked = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (BenkDevice) a =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) b =
    benk_session_fixture_add (fixture, "M2", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) same =
    benk_session_fixture_add (fixture, "M3", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) other = benk_device_new ();
  g_autoptr (GPtrArray) words = say (BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  g_autoptr (BenkBulk) bulk = NULL;
  g_autoptr (BenkBulkRefusal) refusal = NULL;
  gint64 seq = 0;

  benk_device_set_model_id (other, "evondos-e300");
  benk_device_set_serial (other, "PP000533");
  benk_session_fixture_insert (fixture, other);
  set (fixture, same, words);
  bulk = benk_bulk_new_accessories (fixture->inventory,
                                    (BenkId[]){ *benk_device_get_id (a),
                                                *benk_device_get_id (b),
                                                *benk_device_get_id (same),
                                                *benk_device_get_id (other) },
                                    4, words);
  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &looked);
  benk_bulk_preview_finish (bulk, BENK_AWAIT (looked), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 2);
  g_assert_cmpuint (benk_bulk_count_same (bulk), ==, 1);
  refusal = g_list_model_get_item (benk_bulk_get_refused (bulk), 0);
  g_assert_nonnull (strstr (benk_bulk_refusal_get_reason (refusal), "Collection tray"));
  g_assert_true (benk_bulk_can_undo (bulk));

  benk_bulk_apply_async (bulk, NULL, NULL, benk_session_fixture_keep, &applied);
  benk_bulk_apply_finish (bulk, BENK_AWAIT (applied), &seq, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);
  assert_card (fixture, a, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  assert_card (fixture, b, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  assert_card (fixture, b, BENK_ACCESSORY_NOT_LOOKED_AT, BENK_ACCESSORY_NOT_LOOKED_AT);
  assert_card (fixture, same, BENK_ACCESSORY_MISSING, BENK_ACCESSORY_THERE);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/session/accessories/" path, BenkSessionFixture, NULL,                    \
              benk_session_fixture_set_up, test, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("registered-in-one-change-with-the-device", test_registered);
  ADD ("card-names-what-is-missing", test_card);
  ADD ("counted-when-a-return-is-packed", test_packed);

  ADD ("many-in-one-change", test_many);

  return g_test_run ();
}
