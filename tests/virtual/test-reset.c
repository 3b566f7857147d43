/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-error.h"
#include "benk-virtual-memory.h"

#include <glib/gstdio.h>

#define NONCE 0x5eed1234

static guint16
reset (TestHost *host, guint16 op, guint16 scope, guint32 nonce, guint32 *token)
{
  BenkExtMessage request;
  BenkExtMessage answer;

  benk_ext_message_init (&request, BENK_EXT_RESET_REQUEST);
  request.op = op;
  request.scope = scope;
  request.nonce = nonce;
  request.token = *token;
  if (!test_host_act (host, BENK_EXT_ACT_RESET, &request, BENK_EXT_RESET_RESPONSE,
                      &answer))
    return 0xffff;
  if (op == BENK_EXT_RESET_ARM)
    *token = answer.token;

  return answer.result;
}

static void
arm_and_confirm (TestHost *host)
{
  guint32 token = 0;

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, BENK_EXT_SCOPE_ALL, NONCE, &token),
                    ==, BENK_EXT_OK);
  g_assert_cmpuint (token, !=, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, BENK_EXT_SCOPE_ALL, NONCE,
                           &token),
                    ==, BENK_EXT_OK);
}

static guint16
not_blank (TestHost *host)
{
  BenkExtMessage request;
  BenkExtMessage answer;

  benk_ext_message_init (&request, BENK_EXT_VERIFY_REQUEST);
  request.challenge = 0x0badf00d;
  request.regions = BENK_EXT_SCOPE_ALL;
  g_assert_true (test_host_act (host, BENK_EXT_ACT_VERIFY, &request,
                                BENK_EXT_VERIFY_RESPONSE, &answer));
  g_assert_cmphex (answer.challenge, ==, 0x0badf00d);

  return answer.regions;
}

static void
assert_wiped (TestHost *host, guint32 counter)
{
  g_auto (BenkExtMessage) state = { 0 };
  g_auto (BenkExtMessage) plan = { 0 };

  g_assert_true (
    test_host_get (host, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state));
  g_assert_cmpuint (state.state, ==, BENK_EXT_WIPE_WIPED);
  g_assert_cmphex (state.regions, ==, 0);
  g_assert_cmpuint (state.counter, ==, counter);
  g_assert_cmphex (state.nonce, ==, NONCE);
  g_assert_true (benk_mder_time_is_valid (&state.time));
  g_assert_true (
    test_host_get (host, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &plan));
  g_assert_cmpuint (plan.set_id, ==, 0);
  g_assert_cmphex (plan.status, ==,
                   BENK_EXT_STATUS_CLOCK_UNSET | BENK_EXT_STATUS_UNPROVISIONED);
  for (guint i = 0; i < plan.n_tables; i++)
    {
      g_assert_cmpuint (plan.tables[i].length, ==, 0);
      g_assert_cmpuint (plan.tables[i].rev, ==, 0);
    }
}

/* Waits for the wipe and for the dispenser to come back. */
static void
wait_and_return (TestHost *host)
{
  test_host_advance (host, 1000);
  g_assert_error (host->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_false (benk_virtual_dispenser_get_attached (host->dispenser));
  test_host_advance (host, 500);
  g_assert_true (benk_virtual_dispenser_get_attached (host->dispenser));
  test_host_associate (host);
}

static void
test_wipe (void)
{
  g_autoptr (TestHost) host = test_host_new ("evondos-e300", NULL);
  guint8 system_id[8];

  memcpy (system_id, benk_virtual_dispenser_get_memory (host->dispenser)->system_id, 8);
  g_assert_true (benk_virtual_dispenser_make_used (host->dispenser, NULL));
  test_host_associate (host);
  g_assert_cmphex (not_blank (host), ==, 0xef00);
  arm_and_confirm (host);
  g_assert_null (host->down);
  wait_and_return (host);
  assert_wiped (host, 1);
  g_assert_cmphex (not_blank (host), ==, 0);
  g_assert_cmpmem (benk_virtual_dispenser_get_memory (host->dispenser)->system_id, 8,
                   system_id, 8);

  arm_and_confirm (host);
  wait_and_return (host);
  assert_wiped (host, 2);
}

static void
test_confirm_must_fit (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  guint32 token = 0;
  guint32 wrong;

  test_host_associate (host);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BAD_STATE);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0, NONCE, &token), ==,
                    BENK_EXT_VALUE_INVALID);

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  wrong = token ^ 1;
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &wrong), ==,
                    BENK_EXT_VALUE_INVALID);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BAD_STATE);

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE + 1, &token), ==,
                    BENK_EXT_VALUE_INVALID);

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0x0800, NONCE, &token), ==,
                    BENK_EXT_VALUE_INVALID);

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CANCEL, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BAD_STATE);

  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  test_host_advance (host, 60000);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BAD_STATE);
  g_assert_cmpuint (benk_virtual_dispenser_get_memory (host->dispenser)->wipe_counter, ==,
                    0);
}

static void
test_armed_ends_with_the_association (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  guint32 token = 0;

  test_host_associate (host);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  benk_virtual_dispenser_disconnect_host (host->dispenser);
  test_host_associate (host);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BAD_STATE);
}

static void
test_confirm_again_and_busy (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  guint32 token = 0;

  test_host_associate (host);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_CONFIRM, 0xff00, NONCE, &token), ==, 0);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_BUSY);
  g_assert_false (test_host_set_number (host, BENK_EXT_ATTR_MODE, 2));
}

/* A wipe that lost its host, its power or both is whole in the end. */
static void
test_cut_wipe_is_finished (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autoptr (TestHost) host = test_host_new ("medido", dir);
  g_autofree char *path =
    g_strdup (benk_virtual_dispenser_get_state_path (host->dispenser));
  g_autoptr (BenkAgentMemory) kept = NULL;

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 3, 3), ==, BENK_EXT_OK);
  arm_and_confirm (host);
  benk_virtual_dispenser_cut_power (host->dispenser);
  kept = benk_virtual_memory_load (path, NULL);
  g_assert_cmpuint (test_whole_plan (kept), ==, 3);
  g_assert_cmpuint (kept->wipe_state, ==, BENK_EXT_WIPE_RUNNING);

  test_host_reopen (host, "medido", dir);
  test_host_associate (host);
  assert_wiped (host, 1);
  g_assert_cmphex (not_blank (host), ==, 0);

  arm_and_confirm (host);
  benk_virtual_dispenser_unplug (host->dispenser);
  test_host_advance (host, 5000);
  benk_virtual_dispenser_plug (host->dispenser);
  test_host_associate (host);
  assert_wiped (host, 2);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_wipe_leaves_region (void)
{
  for (guint k = 1; k <= 8; k++)
    {
      g_autoptr (TestHost) host = test_host_new ("pilly-sms", NULL);
      g_autofree char *fault = g_strdup_printf ("wipe-leaves-region:%u", k);
      g_auto (BenkExtMessage) state = { 0 };

      g_assert_true (benk_virtual_dispenser_make_used (host->dispenser, NULL));
      g_assert_true (benk_virtual_dispenser_set_fault (host->dispenser, fault, NULL));
      test_host_associate (host);
      arm_and_confirm (host);
      wait_and_return (host);
      test_host_get (host, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state);
      g_assert_cmpuint (state.state, ==, BENK_EXT_WIPE_WIPED);
      g_assert_cmphex (state.regions, ==, 0);
      g_assert_cmphex (not_blank (host), ==, 0x8000 >> (k - 1));
    }
}

static void
test_wrong_serial_comes_back (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  const BenkAgentMemory *memory;

  benk_virtual_dispenser_set_fault (host->dispenser, "wrong-serial", NULL);
  g_assert_cmpstr (benk_virtual_dispenser_get_memory (host->dispenser)->serial, ==,
                   "MD9000001");
  test_host_associate (host);
  arm_and_confirm (host);
  wait_and_return (host);
  memory = benk_virtual_dispenser_get_memory (host->dispenser);
  g_assert_cmpstr (memory->serial, ==, "MD9000001X");
  g_assert_cmpstr (benk_virtual_dispenser_get_serial (host->dispenser), ==, "MD9000001");
}

static void
test_wipe_needs_peace (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  guint32 token = 0;

  test_host_associate (host);
  benk_virtual_dispenser_set_condition (host->dispenser, TRUE, FALSE);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_INTERLOCK);
  benk_virtual_dispenser_set_condition (host->dispenser, FALSE, TRUE);
  g_assert_cmpuint (reset (host, BENK_EXT_RESET_ARM, 0xff00, NONCE, &token), ==,
                    BENK_EXT_INTERLOCK);
}

static void
test_self_test (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_auto (BenkExtMessage) result = { 0 };
  BenkExtMessage request;
  BenkExtMessage answer;

  test_host_associate (host);
  benk_ext_message_init (&request, BENK_EXT_SELFTEST_REQUEST);
  request.tests = 0xf800;
  for (guint run = 1; run <= 2; run++)
    {
      g_assert_true (test_host_act (host, BENK_EXT_ACT_SELFTEST, &request,
                                    BENK_EXT_SELFTEST_RESPONSE, &answer));
      g_assert_cmpuint (answer.result, ==, BENK_EXT_OK);
      g_assert_cmpuint (answer.run_id, ==, run);
      test_host_get (host, BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT, &result);
      g_assert_cmpuint (result.state, ==, 1);
      test_host_advance (host, answer.eta_secs * 1000);
      test_host_get (host, BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT, &result);
      g_assert_cmpuint (result.state, ==, 2);
      g_assert_cmphex (result.tests, ==, 0xf800);
      g_assert_cmphex (result.failed, ==, run == 1 ? 0 : 0x8000);
      g_assert_cmpuint (result.n_rows, ==, run - 1);
      benk_virtual_dispenser_set_fault (host->dispenser, "low-battery", NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/reset/wipes-and-comes-back", test_wipe);
  g_test_add_func ("/virtual/reset/confirm-must-fit", test_confirm_must_fit);
  g_test_add_func ("/virtual/reset/armed-ends-with-the-association",
                   test_armed_ends_with_the_association);
  g_test_add_func ("/virtual/reset/confirm-again-says-the-same",
                   test_confirm_again_and_busy);
  g_test_add_func ("/virtual/reset/a-cut-wipe-is-finished", test_cut_wipe_is_finished);
  g_test_add_func ("/virtual/reset/fault-leaves-each-region", test_wipe_leaves_region);
  g_test_add_func ("/virtual/reset/fault-wrong-serial-comes-back",
                   test_wrong_serial_comes_back);
  g_test_add_func ("/virtual/reset/needs-a-shut-lid-and-no-dose", test_wipe_needs_peace);
  g_test_add_func ("/virtual/reset/self-test-tells-its-result", test_self_test);

  return g_test_run ();
}
