/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-count-fixture.h"
#include "benk-error.h"
#include "benk-import-rig.h"
#include "benk-table-print.h"

/* What is taken back must be allowed beside what was done since. */

static void
finish (BenkSessionFixture *f, GAsyncResult **result, gint64 *seq)
{
  g_autoptr (GError) error = NULL;

  benk_inventory_change_finish (f->inventory, benk_session_fixture_wait (result), seq,
                                &error);
  g_assert_no_error (error);
}

static gint64
edit (BenkSessionFixture *f, BenkDevice *device, BenkDeviceEdit what)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  what.owner = -1;
  benk_inventory_edit_async (f->inventory, benk_device_get_id (device), &what, NULL,
                             benk_session_fixture_keep, &result);
  finish (f, &result, &seq);

  return seq;
}

static gint64
link_user (BenkSessionFixture *f, BenkDevice *device, const char *reference)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  benk_inventory_link_user_async (f->inventory, benk_device_get_id (device), reference,
                                  NULL, NULL, benk_session_fixture_keep, &result);
  finish (f, &result, &seq);

  return seq;
}

static gint64
join (BenkSessionFixture *f, BenkDevice *device, BenkDevice *target)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  benk_inventory_join_async (f->inventory, benk_device_get_id (device),
                             benk_device_get_id (target), NULL, benk_session_fixture_keep,
                             &result);
  finish (f, &result, &seq);

  return seq;
}

static gboolean
part (BenkSessionFixture *f, BenkDevice *device, gint64 *seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_part_async (f->inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);

  return benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), seq, error);
}

static gint64
get_head (BenkSessionFixture *f)
{
  return benk_session_fixture_count (f, "SELECT max (seq) FROM journal");
}

/* Refused in words, and nothing is changed by that. */
static void
assert_held (BenkSessionFixture *f, gint64 seq, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (f);
  g_autofree char *before = benk_table_print_take (db, BENK_TABLE_PRINT_ALL);
  g_autofree char *after = NULL;
  g_autofree char *sentence = NULL;

  benk_session_undo_async (f->session, seq, NULL, benk_session_fixture_keep, &result);
  sentence = benk_session_undo_finish (f->session, BENK_AWAIT (result), NULL, &error);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, words));
  after = benk_table_print_take (db, BENK_TABLE_PRINT_ALL);
  benk_table_print_assert_equal (before, after);
}

static void
test_numbers (BenkSessionFixture *f, gconstpointer unused)
{
  static const struct
  {
    BenkDeviceEdit had, has;
    const char *words;
  } rows[] = {
    { { .serial = "OLD-1" },
      { .serial = "NEW-1" },
      "OLD-1: another device is registered" },
    { { .imei = "356938085884006" },
      { .imei = "" },
      "NEW-1: another device has its IMEI" },
    { { .asset = "D-007" }, { .asset = "" }, "NEW-1: another device has its asset" },
  };
  g_autoptr (BenkDevice) one =
    benk_session_fixture_add (f, "FIRST", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) other =
    benk_session_fixture_add (f, "OTHER", BENK_DEVICE_STATE_RECEIVED);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 seq;

      edit (f, one, rows[i].had);
      seq = edit (f, one, rows[i].has);
      edit (f, other, rows[i].had);
      assert_held (f, seq, rows[i].words);
    }
}

/* Unlinking, and a step out of use, let somebody else's device be the active one. */
static void
test_one_active (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "ONE", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) two =
    benk_session_fixture_put (f, "TWO", BENK_DEVICE_STATE_OPERATION);
  gint64 seq;

  link_user (f, one, "REF-1");
  seq = link_user (f, one, NULL);
  link_user (f, two, "REF-1");
  assert_held (f, seq, "ONE: its user has another active device");
}

/* Returns: the row of the change log in which it became faulty. */
static gint64
take_out_of_use (BenkSessionFixture *f, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_attest (f, device, BENK_FACT_USER_COVERED, NULL, NULL, &error);
  g_assert_no_error (error);
  benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_FAULTY, NULL, &error);
  g_assert_no_error (error);
  return get_head (f);
}

static void
test_step_back (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "ONE", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) two =
    benk_session_fixture_put (f, "TWO", BENK_DEVICE_STATE_OPERATION);
  gint64 seq;

  link_user (f, one, "REF-1");
  seq = take_out_of_use (f, one);
  link_user (f, two, "REF-1");
  assert_held (f, seq, "ONE: its user has another active device");
}

/* Whoever has it since then did not have it in use. */
static void
test_step_back_with_a_user (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "ONE", BENK_DEVICE_STATE_OPERATION);
  gint64 seq;

  seq = take_out_of_use (f, one);
  link_user (f, one, "REF-1");
  assert_held (f, seq, "ONE: it has come to another user");
}

/* A row that was taken apart and is in use does not go out of sight again. */
static void
test_joined (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "MD-1", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) two =
    benk_session_fixture_put (f, "MD-2", BENK_DEVICE_STATE_OPERATION);
  gint64 seq = 0;

  join (f, one, two);
  g_assert_true (part (f, one, &seq, &error));
  link_user (f, one, "REF-1");
  assert_held (f, seq, "MD-1: the row that would go out of sight is in use");
}

static void
test_joined_number (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "MD-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) two =
    benk_session_fixture_put (f, "MD-2", BENK_DEVICE_STATE_STOCK);

  join (f, one, two);
  edit (f, two, (BenkDeviceEdit){ .serial = "MD-1" });
  g_assert_false (part (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "MD-1: another device is registered"));
}

/* A registration that another row stands for is not pulled away under it. */
static void
test_registered_and_joined (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) two =
    benk_session_fixture_put (f, "MD-2", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) one =
    benk_session_fixture_add (f, "MD-1", BENK_DEVICE_STATE_RECEIVED);
  gint64 seq = get_head (f);

  join (f, one, two);
  assert_held (f, seq, "MD-2: Two rows made one");
}

static void
test_two_counts (BenkSessionFixture *f, gconstpointer unused)
{
  gint64 seq;

  count_fixture_put (f, "S-1", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, NULL);
  count_fixture_end (f);
  seq = get_head (f);
  count_fixture_start (f, NULL);
  assert_held (f, seq, "Another count goes on");
}

/* Whoever had the device before no longer has it. */
static void
test_next_user (BenkSessionFixture *f, gconstpointer unused)
{
  static const char *const lists[] = { "Type;Serienr;Bruker\nMedido;ONE;REF-3\n" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "ONE", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkImport) list = NULL;
  static const char open[] = "SELECT count (*) FROM placement p JOIN person u"
                             " ON u.id = p.person_id WHERE p.to_ms IS NULL";

  link_user (f, one, "REF-1");
  link_user (f, one, "REF-2");
  g_assert_cmpint (benk_session_fixture_count (f, open), ==, 1);
  list = benk_import_rig_preview (f, "list.csv", lists[0]);
  g_assert_cmpint (benk_import_rig_apply (list, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (f, open), ==, 1);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM placement p JOIN person u"
                                   " ON u.id = p.person_id WHERE p.to_ms IS NULL"
                                   " AND u.reference = 'REF-3'"),
    ==, 1);
}

/* A list that has somebody use what lies on the shelf is for a person to look at. */
static void
test_user_on_the_shelf (BenkSessionFixture *f, gconstpointer unused)
{
  static const guint counts[BENK_N_IMPORT_VERDICTS] = { 1, 0, 0, 2, 0 };
  g_autoptr (BenkDevice) one =
    benk_session_fixture_put (f, "ONE", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkImport) list =
    benk_import_rig_preview (f, "list.csv",
                             "Type;Serienr;Status;Bruker\nMedido;N-1;På lager;REF-1\n"
                             "Medido;N-2;I drift;REF-2\nMedido;ONE;;REF-3\n");

  benk_import_rig_assert (list, counts, "*cannot be with a user*");
}

#define ADD(path, test)                                                                  \
  g_test_add ("/session/undo-rules/" path, BenkSessionFixture, NULL,                     \
              benk_session_fixture_set_up, test, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-number-that-another-device-has-now", test_numbers);
  ADD ("a-user-with-another-active-device", test_one_active);
  ADD ("a-step-back-into-use-beside-another", test_step_back);
  ADD ("a-step-back-into-use-with-a-later-user", test_step_back_with_a_user);
  ADD ("a-row-in-use-does-not-go-out-of-sight", test_joined);
  ADD ("taken-apart-with-one-number", test_joined_number);
  ADD ("a-registration-that-was-joined", test_registered_and_joined);
  ADD ("an-ended-count-beside-another", test_two_counts);
  ADD ("the-next-user-takes-the-place-of-the-last", test_next_user);
  ADD ("a-list-with-a-user-on-the-shelf", test_user_on_the_shelf);

  return g_test_run ();
}
