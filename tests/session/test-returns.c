/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-error.h"
#include "benk-history-item.h"
#include "benk-returns.h"
#include "benk-session-fixture.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static BenkReturnCase *
open_return (BenkSessionFixture *fixture, BenkDevice *device, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_open_async (returns, benk_device_get_id (device), "Evondos AS",
                           "skjermen er knust", NULL, benk_session_fixture_keep, &result);

  return benk_returns_open_finish (returns, BENK_AWAIT (result), error);
}

static gboolean
take_step (BenkSessionFixture *fixture,
           BenkReturnCase *row,
           BenkReturnState state,
           const BenkReturnDetails *details,
           GError **error)
{
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_session_fixture_advance (fixture, 1000);
  benk_returns_step_async (returns, benk_return_case_get_id (row), state, details, NULL,
                           benk_session_fixture_keep, &result);

  return benk_returns_step_finish (returns, BENK_AWAIT (result), NULL, error);
}

static void
must_step (BenkSessionFixture *fixture,
           BenkReturnCase *row,
           BenkReturnState state,
           const BenkReturnDetails *details)
{
  g_autoptr (GError) error = NULL;

  take_step (fixture, row, state, details, &error);
  g_assert_no_error (error);
}

static void
must_refuse (BenkSessionFixture *fixture,
             BenkReturnCase *row,
             BenkReturnState state,
             const BenkReturnDetails *details,
             const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (take_step (fixture, row, state, details, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  if (!g_pattern_match_simple (words, error->message))
    g_error ("“%s” is not “%s”", error->message, words);
}

static BenkDeviceState
get_state (BenkSessionFixture *fixture, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (fixture, serial);

  return benk_device_get_state (device);
}

static BenkReturnCase *
read_return (BenkSessionFixture *fixture, gboolean with_closed, guint position)
{
  g_autoptr (GError) error = NULL;
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_returns_list_async (returns, with_closed, NULL, benk_session_fixture_keep,
                           &result);
  list = benk_returns_list_finish (returns, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return g_list_model_get_item (list, position);
}

static guint
load_steps (BenkSessionFixture *fixture, BenkReturnCase *row, char **blocked)
{
  g_autoptr (GError) error = NULL;
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) steps = NULL;

  benk_returns_load_async (returns, benk_return_case_get_id (row), NULL,
                           benk_session_fixture_keep, &result);
  steps = benk_returns_load_finish (returns, BENK_AWAIT (result), blocked, &error);
  g_assert_no_error (error);

  return g_list_model_get_n_items (steps);
}

static BenkDevice *
put_reset_device (BenkSessionFixture *fixture, const char *serial)
{
  BenkDevice *device =
    benk_session_fixture_put (fixture, serial, BENK_DEVICE_STATE_RESET);

  benk_session_fixture_prove_reset (fixture, device, BENK_LINK_KIND_CHECKLIST);

  return device;
}

static const BenkReturnDetails ANSWER = { .rma_number = "RMA-77" };
static const BenkReturnDetails PACKING = { .scanned_serial = "r-1",
                                           .accessories_counted = TRUE,
                                           .no_names = TRUE };
static const BenkReturnDetails SENDING = { .tracking = "TRACK-1" };
static const BenkReturnDetails REPAIRED = { .outcome = "repaired" };

static void
test_whole_way (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);
  g_autoptr (BenkReturnCase) read = NULL;
  g_autofree char *blocked = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (benk_return_case_get_reason (row), ==, "skjermen er knust");
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RMA_REQUESTED);

  must_step (fixture, row, BENK_RETURN_STATE_ANSWERED, &ANSWER);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RMA_REQUESTED);
  must_step (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RMA_PACKED);
  must_step (fixture, row, BENK_RETURN_STATE_SENT, &SENDING);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_SENT);

  read = read_return (fixture, FALSE, 0);
  g_assert_cmpstr (benk_return_case_get_rma_number (read), ==, "RMA-77");
  g_assert_cmpstr (benk_return_case_get_tracking (read), ==, "TRACK-1");
  /* Ten working days from Monday 2 March 2026. */
  g_assert_cmpint (benk_return_case_get_deadline_ms (read), >=,
                   FIXTURE_WALL_MS + 13 * DAY_MS);
  g_assert_cmpint (benk_return_case_get_deadline_ms (read), <=,
                   FIXTURE_WALL_MS + 15 * DAY_MS);

  must_step (fixture, row, BENK_RETURN_STATE_RECEIVED, NULL);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_WITH_VENDOR);
  must_step (fixture, row, BENK_RETURN_STATE_OUTCOME, &REPAIRED);
  g_assert_cmpint (load_steps (fixture, row, &blocked), ==, 6);
  g_assert_null (blocked);
  must_step (fixture, row, BENK_RETURN_STATE_CLOSED, NULL);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RMA_CLOSED);

  g_assert_null (read_return (fixture, FALSE, 0));
  g_clear_object (&read);
  read = read_return (fixture, TRUE, 0);
  g_assert_cmpint (benk_return_case_get_state (read), ==, BENK_RETURN_STATE_CLOSED);
  g_assert_cmpstr (benk_return_case_get_outcome (read), ==, "repaired");
  g_assert_cmpint (benk_session_fixture_count (
                     fixture,
                     "SELECT count (*) FROM transition WHERE verb LIKE 'return%'"),
                   ==, 5);
}

static void
test_open_refused (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    BenkDeviceState state;
    const char *words;
  } rows[] = {
    { BENK_DEVICE_STATE_QUARANTINE, "*reset is not proven*" },
    { BENK_DEVICE_STATE_RESET, "*The reset is not proven.*" },
    { BENK_DEVICE_STATE_FAULTY, "*The reset is not proven.*" },
    { BENK_DEVICE_STATE_RECEIVED, "*The reset is not proven.*" },
    { BENK_DEVICE_STATE_OPERATION, "*cannot become*" },
    { BENK_DEVICE_STATE_STOCK, "*cannot become*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *serial = g_strdup_printf ("S%" G_GSIZE_FORMAT, i);
      g_autoptr (BenkDevice) device =
        benk_session_fixture_put (fixture, serial, rows[i].state);

      g_assert_null (open_return (fixture, device, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_assert_true (g_pattern_match_simple (rows[i].words, error->message));
      g_assert_cmpint (get_state (fixture, serial), ==, rows[i].state);
    }
  g_assert_cmpint (benk_session_fixture_count (fixture,
                                               "SELECT count (*) FROM return_case"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM note"), ==,
                   0);
}

static void
test_open_twice (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);

  g_assert_no_error (error);
  g_assert_null (open_return (fixture, device, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (row);
}

static void
test_open_needs_words (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkReturns *returns = benk_session_get_returns (fixture->session);
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_open_async (returns, benk_device_get_id (device), "Evondos AS", "  ", NULL,
                           benk_session_fixture_keep, &result);
  g_assert_null (benk_returns_open_finish (returns, BENK_AWAIT (result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

static void
test_steps_refused (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);
  BenkReturnDetails other = { .scanned_serial = "R2" };
  BenkReturnDetails bare = { .scanned_serial = "R1" };
  BenkReturnDetails nonsense = { .outcome = "lost" };
  BenkReturnDetails replaced = { .outcome = "replaced" };

  g_assert_no_error (error);
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING, "*cannot become*");
  must_refuse (fixture, row, BENK_RETURN_STATE_ANSWERED, NULL, "*return number*");
  must_step (fixture, row, BENK_RETURN_STATE_ANSWERED, &ANSWER);
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, NULL, "*has not been compared*");
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &other, "*R2*R1*");
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &bare, "*accessories*name*");
  must_step (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING);
  must_refuse (fixture, row, BENK_RETURN_STATE_SENT, NULL, "*tracking number*");
  must_step (fixture, row, BENK_RETURN_STATE_SENT, &SENDING);
  must_refuse (fixture, row, BENK_RETURN_STATE_CANCELLED, NULL, "*cannot become*");
  must_step (fixture, row, BENK_RETURN_STATE_RECEIVED, NULL);
  must_refuse (fixture, row, BENK_RETURN_STATE_OUTCOME, &nonsense, "*outcome*");
  must_refuse (fixture, row, BENK_RETURN_STATE_OUTCOME, &replaced, "*new device*");
  must_refuse (fixture, row, BENK_RETURN_STATE_CLOSED, NULL, "*cannot become*");
}

/* A device that does not answer: the way around the reset, up to the vendor's erasure. */
static void
test_dead_device (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkReturnCase) row = NULL;
  g_autofree char *blocked = NULL;

  benk_session_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED, NULL, "Ola",
                               &error);
  for (guint i = 0; i < 3; i++)
    benk_session_fixture_fail_reset (fixture, device, BENK_LINK_KIND_USB);
  benk_session_fixture_attest (fixture, device, BENK_FACT_RESET_IMPOSSIBLE, "3 forsøk",
                               "Kari", &error);
  g_assert_no_error (error);
  row = open_return (fixture, device, &error);
  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_ANSWERED, &ANSWER);
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING,
               "*may contain personal*");
  benk_session_fixture_attest (fixture, device, BENK_FACT_PERSONAL_DATA_MARKED, NULL,
                               NULL, &error);
  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING);
  must_step (fixture, row, BENK_RETURN_STATE_SENT, &SENDING);
  must_step (fixture, row, BENK_RETURN_STATE_RECEIVED, NULL);
  must_step (fixture, row, BENK_RETURN_STATE_OUTCOME, &REPAIRED);
  load_steps (fixture, row, &blocked);
  g_assert_nonnull (strstr (blocked, "erasure"));
  must_refuse (fixture, row, BENK_RETURN_STATE_CLOSED, NULL, "*erasure*");
  benk_session_fixture_attest (fixture, device, BENK_FACT_VENDOR_ERASURE, "brev 12", NULL,
                               &error);
  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_CLOSED, NULL);
}

/* A return was opened for a device that is new from the factory, but it was used since.
 */
static void
test_packing_needs_reset (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_RMA_REQUESTED);
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);
  g_autofree char *blocked = NULL;

  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_ANSWERED, &ANSWER);
  load_steps (fixture, row, &blocked);
  g_assert_cmpstr (blocked, ==, "Cannot be packed: the reset is not proven.");
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING,
               "Cannot be packed: the reset is not proven.");

  /* A simulated one is none. */
  benk_session_fixture_prove_reset (fixture, device, BENK_LINK_KIND_SIMULATED);
  must_refuse (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING,
               "Cannot be packed: the reset is not proven.");
  benk_session_fixture_prove_reset (fixture, device, BENK_LINK_KIND_USB);
  must_step (fixture, row, BENK_RETURN_STATE_PACKED, &PACKING);
}

static void
test_cancelled (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);
  g_autoptr (BenkDevice) unproven =
    benk_session_fixture_put (fixture, "R2", BENK_DEVICE_STATE_RMA_PACKED);
  g_autoptr (BenkReturnCase) other = open_return (fixture, unproven, &error);

  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_CANCELLED, NULL);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RESET);
  must_step (fixture, other, BENK_RETURN_STATE_CANCELLED, NULL);
  g_assert_cmpint (get_state (fixture, "R2"), ==, BENK_DEVICE_STATE_QUARANTINE);
}

/* What is on its way to the vendor is not taken back to the shelf meanwhile. */
static void
test_open_case_keeps_off_the_shelf (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = put_reset_device (fixture, "R1");
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);

  g_assert_no_error (error);
  benk_session_fixture_force_state (fixture, device, BENK_DEVICE_STATE_RESET);
  benk_session_fixture_attest (fixture, device, BENK_FACT_ACCESSORIES_COMPLETE, NULL,
                               NULL, &error);
  g_assert_no_error (error);
  g_assert_false (benk_session_fixture_set_state (fixture, device,
                                                  BENK_DEVICE_STATE_STOCK, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_true (g_pattern_match_simple ("*return case is not closed*", error->message));
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_RESET);
}

static void
test_under_way (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_SENT);
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);

  g_assert_no_error (error);
  g_assert_cmpint (benk_return_case_get_state (row), ==, BENK_RETURN_STATE_SENT);
  g_assert_cmpint (benk_return_case_get_deadline_ms (row), >, FIXTURE_WALL_MS);
  must_step (fixture, row, BENK_RETURN_STATE_RECEIVED, NULL);
  g_assert_cmpint (get_state (fixture, "R1"), ==, BENK_DEVICE_STATE_WITH_VENDOR);
}

static void
test_replaced (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "R1", BENK_DEVICE_STATE_WITH_VENDOR);
  g_autoptr (BenkReturnCase) row = open_return (fixture, device, &error);
  BenkReturnDetails details = { .outcome = "replaced", .replacement_serial = "R1-NEW" };

  g_assert_no_error (error);
  must_step (fixture, row, BENK_RETURN_STATE_OUTCOME, &details);
  g_assert_cmpint (get_state (fixture, "R1-NEW"), ==, BENK_DEVICE_STATE_RECEIVED);
  g_assert_cmpint (benk_session_fixture_count (
                     fixture, "SELECT count (*) FROM return_case c JOIN device d"
                              " ON d.id = c.replacement_id WHERE d.serial = 'R1-NEW'"),
                   ==, 1);
}

static void
wait_for_items (GListModel *list, guint n)
{
  while (g_list_model_get_n_items (list) != n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_live_list (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = benk_returns_get_list (benk_session_get_returns (fixture->session));
  g_autoptr (BenkDevice) a = put_reset_device (fixture, "R1");
  g_autoptr (BenkDevice) b =
    benk_session_fixture_put (fixture, "R2", BENK_DEVICE_STATE_WITH_VENDOR);
  g_autoptr (BenkReturnCase) row = open_return (fixture, a, &error);
  g_autoptr (BenkReturnCase) first = NULL;
  g_autoptr (BenkReturnCase) other = NULL;
  g_autoptr (BenkReturnCase) urgent = NULL;

  wait_for_items (list, 1);
  first = g_list_model_get_item (list, 0);
  other = open_return (fixture, b, &error);
  g_assert_no_error (error);
  wait_for_items (list, 2);

  /* The one with a deadline comes first; a row that stays is the same object. */
  urgent = g_list_model_get_item (list, 0);
  g_assert_true (
    benk_id_equal (benk_return_case_get_id (urgent), benk_return_case_get_id (other)));
  must_step (fixture, row, BENK_RETURN_STATE_ANSWERED, &ANSWER);
  while (benk_return_case_get_state (first) != BENK_RETURN_STATE_ANSWERED)
    g_main_context_iteration (NULL, TRUE);
  must_step (fixture, row, BENK_RETURN_STATE_CANCELLED, NULL);
  wait_for_items (list, 1);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/returns/" path, BenkSessionFixture, NULL,                        \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("goes-all-the-way", test_whole_way);
  ADD ("is-not-opened-without-a-proven-reset", test_open_refused);
  ADD ("is-open-once-for-a-device", test_open_twice);
  ADD ("needs-vendor-and-reason", test_open_needs_words);
  ADD ("says-what-a-step-is-missing", test_steps_refused);
  ADD ("a-dead-device-goes-around-the-reset", test_dead_device);
  ADD ("packing-needs-the-reset", test_packing_needs_reset);
  ADD ("cancelled-goes-back-to-where-it-belongs", test_cancelled);
  ADD ("an-open-case-keeps-off-the-shelf", test_open_case_keeps_off_the_shelf);
  ADD ("starts-where-an-imported-device-is", test_under_way);
  ADD ("a-replacement-is-linked", test_replaced);
  ADD ("the-list-is-live", test_live_list);

  return g_test_run ();
}
