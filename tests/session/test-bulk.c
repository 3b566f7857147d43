/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-bulk.h"
#include "benk-device-card.h"
#include "benk-error.h"
#include "benk-session-fixture.h"

#define N_DEVICES 200

/* Every fourth one is nowhere near; every fifth of the rest lacks its power-on test. */
static BenkDeviceState
state_of (guint i)
{
  return i % 4 == 3 ? BENK_DEVICE_STATE_ORDERED : BENK_DEVICE_STATE_RECEIVED;
}

static const BenkFactKind arrival[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                        BENK_FACT_ACCESSORIES_COMPLETE };

static GArray *
put_shelf (BenkSessionFixture *fixture, guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("BULK-%03u", i);
      g_autoptr (BenkDevice) device =
        benk_session_fixture_put (fixture, serial, state_of (i));

      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }

  return ids;
}

static void
preview (BenkBulk *bulk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &result);
  benk_bulk_preview_finish (bulk, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static gboolean
apply (BenkBulk *bulk, const char *reason, gint64 *seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_bulk_apply_async (bulk, reason, NULL, benk_session_fixture_keep, &result);
  return benk_bulk_apply_finish (bulk, BENK_AWAIT (result), seq, error);
}

static const BenkId *
data_of (GArray *ids)
{
  return (const BenkId *) (gpointer) ids->data;
}

static void
attest_all (BenkSessionFixture *fixture, const BenkId *ids, guint n, BenkFactKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_attest (fixture->inventory, ids, n, kind, NULL, NULL);
  gint64 seq = 0;

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, n);
  g_assert_true (apply (bulk, NULL, &seq, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);
}

static void
test_move (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = put_shelf (fixture, N_DEVICES);
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_move (fixture->inventory, data_of (ids), ids->len, " Hylle B ");
  gint64 rows = benk_session_fixture_count (fixture, "SELECT count (*) FROM journal");

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, N_DEVICES);
  g_assert_cmpuint (benk_bulk_count_same (bulk), ==, 0);
  g_assert_true (apply (bulk, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM journal"),
                   ==, rows + 1);
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM device d JOIN place p"
                              " ON p.id = d.place_id WHERE p.name = 'Hylle B'"),
                   ==, N_DEVICES);
  g_assert_cmpfloat_with_epsilon (benk_bulk_get_progress (bulk), 1.0, 0.0001);

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 0);
  g_assert_cmpuint (benk_bulk_count_same (bulk), ==, N_DEVICES);
  g_assert_false (apply (bulk, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM device WHERE place_id IS NULL"),
                   ==, N_DEVICES);
}

/* A quarter cannot because of its state, some of the rest because of what is missing. */
static void
test_set_state (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = put_shelf (fixture, N_DEVICES);
  g_autoptr (GArray) tested = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (BenkBulk) bulk = benk_bulk_new_set_state (fixture->inventory, data_of (ids),
                                                       ids->len, BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkBulkRefusal) first = NULL;
  guint n_received = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      n_received += state_of (i) == BENK_DEVICE_STATE_RECEIVED ? 1 : 0;
      if (i % 5 != 0)
        g_array_append_vals (tested, &g_array_index (ids, BenkId, i), 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (arrival); i++)
    attest_all (fixture, data_of (ids), ids->len, arrival[i]);
  attest_all (fixture, data_of (tested), tested->len, BENK_FACT_POWER_ON_TEST);

  preview (bulk);
  g_assert_cmpuint (n_received, ==, 150);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 120);
  g_assert_cmpuint (benk_bulk_count_owing (bulk), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (benk_bulk_get_refused (bulk)), ==, 80);
  first = g_list_model_get_item (benk_bulk_get_refused (bulk), 0);
  g_assert_cmpstr (benk_bulk_refusal_get_label (first), ==, "BULK-000");
  g_assert_nonnull (strstr (benk_bulk_refusal_get_reason (first), "Missing before"));

  g_assert_true (apply (bulk, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM device WHERE state = 'stock'"),
                   ==, 120);
  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM device WHERE state = 'received'"),
                   ==, 150);
}

/* What could at the preview and cannot now stops all of it. */
static void
test_nothing_half (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = put_shelf (fixture, 3);
  g_autoptr (BenkDevice) last = benk_session_fixture_find (fixture, "BULK-002");
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_set_state (fixture->inventory, data_of (ids), ids->len,
                             BENK_DEVICE_STATE_FAULTY);

  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 3);
  g_assert_true (benk_session_fixture_set_state (fixture, last, BENK_DEVICE_STATE_FAULTY,
                                                 NULL, &error));
  g_assert_false (apply (bulk, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "BULK-002"));
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM device WHERE state = 'faulty'"),
                   ==, 1);
}

/* What came out of a fault with the reset proven is not taken back by undo of many. */
static void
test_undo_of_many_asks_each (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkBulk) bulk = NULL;
  BenkId ids[] = { *benk_device_get_id (device) };
  const BenkFactKind facts[] = { BENK_FACT_CLEANED, BENK_FACT_PORTAL_UNPAIRED,
                                 BENK_FACT_LABEL_REMOVED, BENK_FACT_MEDICINE_REMOVED };

  benk_session_fixture_prove_reset (fixture, device, BENK_LINK_KIND_USB);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    benk_session_fixture_attest (fixture, device, facts[i], "x", "Sykepleier A", NULL);
  bulk = benk_bulk_new_set_state (fixture->inventory, ids, 1, BENK_DEVICE_STATE_RESET);
  preview (bulk);
  g_assert_cmpuint (benk_bulk_count_ready (bulk), ==, 1);
  g_assert_true (apply (bulk, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (benk_session_fixture_undo (fixture, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static gint64
count_placed (BenkSessionFixture *fixture)
{
  return benk_session_fixture_count (
    fixture, "SELECT count (*) FROM device WHERE place_id NOT NULL");
}

/* A cancel that comes when the change has been made already comes too late for all. */
static void
test_cancelled (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) ids = put_shelf (fixture, 20);

  for (int late = 0; late <= 1; late++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (BenkBulk) bulk =
        benk_bulk_new_move (fixture->inventory, data_of (ids), ids->len, "Hylle B");
      gboolean done;

      preview (bulk);
      if (!late)
        g_cancellable_cancel (cancellable);
      benk_bulk_apply_async (bulk, NULL, cancellable, benk_session_fixture_keep, &result);
      g_cancellable_cancel (cancellable);
      done = benk_bulk_apply_finish (bulk, BENK_AWAIT (result), NULL, &error);
      g_assert_true (late || !done);
      g_assert_true (done == (error == NULL));
      g_assert_cmpint (count_placed (fixture), ==, done ? 20 : 0);
    }
}

static gboolean
finish_edit (BenkSessionFixture *fixture, GAsyncResult **result, GError **error)
{
  return benk_inventory_change_finish (fixture->inventory,
                                       benk_session_fixture_wait (result), NULL, error);
}

static void
test_edit (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "MD O1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) other =
    benk_session_fixture_put (fixture, "MD 77", BENK_DEVICE_STATE_STOCK);
  const struct
  {
    BenkDeviceEdit edit;
    int code;
  } rows[] = {
    { { .serial = "MD 01", .owner = BENK_OWNER_LEASE, .lease_end_date = "2027-01-31" },
      -1 },
    { { .serial = " ", .owner = -1 }, BENK_ERROR_INVALID },
    { { .serial = "md77", .owner = -1 }, BENK_ERROR_CONFLICT },
    { { .warranty_date = "31.01.2027", .owner = -1 }, BENK_ERROR_INVALID },
    { { .warranty_date = "2027-02-30", .owner = -1 }, BENK_ERROR_INVALID },
    { { .imei = "3,56938E+14", .owner = -1 }, BENK_ERROR_INVALID },
    { { .note = "01017000027", .owner = -1 }, BENK_ERROR_REFUSED },
  };
  g_autoptr (BenkDevice) found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) local = NULL;

      benk_inventory_edit_async (fixture->inventory, benk_device_get_id (device),
                                 &rows[i].edit, NULL, benk_session_fixture_keep, &result);
      finish_edit (fixture, &result, &local);
      if (rows[i].code < 0)
        g_assert_no_error (local);
      else
        g_assert_error (local, BENK_ERROR, rows[i].code);
    }
  found = benk_session_fixture_find (fixture, "MD O1");
  g_assert_cmpstr (benk_device_get_serial (found), ==, "MD 01");
  g_assert_cmpstr (benk_device_get_former_serials (found)[0], ==, "MD O1");
  g_assert_cmpint (benk_device_get_owner (found), ==, BENK_OWNER_LEASE);
  g_assert_cmpstr (benk_device_get_lease_end_date (found), ==, "2027-01-31");
  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
}

static BenkDeviceCard *
load (BenkSessionFixture *fixture, const BenkId *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (fixture->inventory, device, NULL, benk_session_fixture_keep,
                             &result);
  card = benk_inventory_load_finish (fixture->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return card;
}

static void
test_join (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) gone =
    benk_session_fixture_put (fixture, "MD O1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) stays =
    benk_session_fixture_put (fixture, "MD 01", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkDeviceCard) apart = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) parted = NULL;

  benk_inventory_join_async (fixture->inventory, benk_device_get_id (gone),
                             benk_device_get_id (stays), NULL, benk_session_fixture_keep,
                             &result);
  g_assert_true (finish_edit (fixture, &result, &error));
  card = load (fixture, benk_device_get_id (gone));
  g_assert_cmpstr (benk_device_get_serial (benk_device_card_get_device (card)), ==,
                   "MD 01");
  g_assert_cmpuint (g_list_model_get_n_items (benk_device_card_get_joined (card)), ==, 1);

  benk_inventory_part_async (fixture->inventory, benk_device_get_id (gone), NULL,
                             benk_session_fixture_keep, &parted);
  g_assert_true (finish_edit (fixture, &parted, &error));
  apart = load (fixture, benk_device_get_id (gone));
  g_assert_cmpstr (benk_device_get_serial (benk_device_card_get_device (apart)), ==,
                   "MD O1");
}

#define ADD(path, test)                                                                  \
  g_test_add ("/session/bulk/" path, BenkSessionFixture, NULL,                           \
              benk_session_fixture_set_up, test, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("200-moved-are-one-change-and-one-undo", test_move);
  ADD ("of-200-those-that-can-change-state-and-come-back", test_set_state);
  ADD ("one-that-cannot-any-more-stops-all", test_nothing_half);
  ADD ("undo-of-many-asks-for-each", test_undo_of_many_asks_each);
  ADD ("cancelled-nothing-is-changed", test_cancelled);
  ADD ("an-edit-keeps-the-former-serial-and-checks", test_edit);
  ADD ("joined-rows-show-as-one-and-come-apart", test_join);

  return g_test_run ();
}
