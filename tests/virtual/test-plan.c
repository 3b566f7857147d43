/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"
#include "benk-virtual-memory.h"

#include <glib/gstdio.h>

static void
test_every_table_reads_back (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_auto (BenkExtMessage) state = { 0 };

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 7, 7), ==, BENK_EXT_OK);
  for (guint16 id = 1; id <= 4; id++)
    {
      g_autoptr (GBytes) wanted = test_make_table (id, 7);
      g_autoptr (GBytes) found = test_host_read (host, id, BENK_EXT_READ_IN_FORCE);

      g_assert_nonnull (found);
      g_assert_true (g_bytes_equal (found, wanted));
    }
  g_assert_true (
    test_host_get (host, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state));
  g_assert_cmpuint (state.set_id, ==, 7);
  g_assert_cmpuint (state.n_tables, ==, 4);
  g_assert_cmphex (state.status, ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (state.tables[i].rev, ==, 1);
}

static void
test_staged_is_not_in_force (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) table = test_make_table (1, 8);
  g_autoptr (GBytes) staged = NULL;
  g_autoptr (GBytes) in_force = NULL;
  g_auto (BenkExtMessage) state = { 0 };

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 7, 7), ==, BENK_EXT_OK);
  g_assert_cmpuint (test_host_stage (host, 1, table), ==, BENK_EXT_OK);
  staged = test_host_read (host, 1, BENK_EXT_READ_STAGED);
  in_force = test_host_read (host, 1, BENK_EXT_READ_IN_FORCE);
  g_assert_true (g_bytes_equal (staged, table));
  g_assert_false (g_bytes_equal (in_force, table));
  g_assert_true (
    test_host_get (host, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state));
  g_assert_cmphex (state.status, ==, BENK_EXT_STATUS_DIRTY);
  g_assert_cmpuint (state.set_id, ==, 7);

  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_IDLE);
  g_clear_pointer (&staged, g_bytes_unref);
  staged = test_host_read (host, 1, BENK_EXT_READ_STAGED);
  g_assert_cmpuint (g_bytes_get_size (staged), ==, 0);
}

static void
test_activation_is_idempotent (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 9, 9), ==, BENK_EXT_OK);
  test_host_advance (host, 1000);
  g_assert_cmpuint (test_host_activate (host, 9, 9), ==, BENK_EXT_OK);
  g_assert_cmpuint (test_host_activate (host, 9, 8), ==, BENK_EXT_REV_CONFLICT);
  g_assert_cmpuint (test_host_activate (host, 10, 9), ==, BENK_EXT_BAD_STATE);
  g_assert_cmpuint (test_whole_plan (benk_virtual_dispenser_get_memory (host->dispenser)),
                    ==, 9);
}

static void
test_part_of_a_set_is_refused (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) table = test_make_table (1, 5);

  test_host_associate (host);
  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE);
  g_assert_cmpuint (test_host_stage (host, 1, table), ==, BENK_EXT_OK);
  g_assert_cmpuint (test_host_activate (host, 5, 5), ==, BENK_EXT_BAD_STATE);
  g_assert_cmpuint (test_whole_plan (benk_virtual_dispenser_get_memory (host->dispenser)),
                    ==, 0);
}

static void
test_needs_maintenance (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) table = test_make_table (1, 5);

  test_host_associate (host);
  g_assert_cmpuint (test_host_stage (host, 1, table), ==, BENK_EXT_INTERLOCK);
  benk_virtual_dispenser_set_condition (host->dispenser, TRUE, FALSE);
  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE);
  g_assert_cmpuint (test_host_stage (host, 1, table), ==, BENK_EXT_INTERLOCK);
  benk_virtual_dispenser_set_condition (host->dispenser, FALSE, TRUE);
  g_assert_false (
    test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE));
}

static void
test_bad_table_is_refused (void)
{
  const char *bad[] = { "", "\1", "\0\1\0\1", "not a table at all" };
  const gsize sizes[] = { 0, 2, 4, 18 };
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);

  test_host_associate (host);
  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint16 id = 1; id <= 4; id++)
      {
        g_autoptr (GBytes) table = g_bytes_new (bad[i], sizes[i]);

        g_assert_cmpuint (test_host_stage (host, id, table), ==, BENK_EXT_VALUE_INVALID);
      }
}

static void
test_repeated_chunk_changes_nothing (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) table = test_make_table (4, 3);
  BenkExtMessage request;
  BenkExtMessage answer;
  guint16 xfer;
  const guint32 offsets[] = { 0, 0, 4, 2, 8 };

  test_host_associate (host);
  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE);
  benk_ext_message_init (&request, BENK_EXT_BEGIN_REQUEST);
  request.table_id = 4;
  request.direction = BENK_EXT_WRITE;
  request.total = (guint32) g_bytes_get_size (table);
  request.crc = benk_crc32_bytes (table);
  request.rev = BENK_EXT_REV_ANY;
  g_assert_true (
    test_host_act (host, BENK_EXT_ACT_BEGIN, &request, BENK_EXT_BEGIN_RESPONSE, &answer));
  g_assert_cmpuint (answer.chunk_max, ==, 36);
  xfer = answer.xfer_id;
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      benk_ext_message_init (&request, BENK_EXT_DATA_REQUEST);
      request.xfer_id = xfer;
      request.offset = offsets[i];
      request.data = g_bytes_new_from_bytes (table, offsets[i], 4);
      g_assert_true (test_host_act (host, BENK_EXT_ACT_DATA, &request,
                                    BENK_EXT_DATA_RESPONSE, &answer));
      benk_ext_message_clear (&request);
    }
  g_assert_cmpuint (answer.offset, ==, 12);

  benk_ext_message_init (&request, BENK_EXT_DATA_REQUEST);
  request.xfer_id = xfer;
  request.offset = 20;
  request.data = g_bytes_new ("abcd", 4);
  g_assert_true (
    test_host_act (host, BENK_EXT_ACT_DATA, &request, BENK_EXT_DATA_RESPONSE, &answer));
  benk_ext_message_clear (&request);
  g_assert_cmpuint (answer.result, ==, BENK_EXT_BAD_OFFSET);
  g_assert_cmpuint (answer.offset, ==, 12);
}

static void
test_maintenance_runs_out (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) table = test_make_table (1, 5);
  g_auto (BenkExtMessage) mode = { 0 };

  test_host_associate (host);
  test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE);
  g_assert_cmpuint (test_host_stage (host, 1, table), ==, BENK_EXT_OK);
  test_host_advance (host, 59000);
  test_host_get (host, BENK_EXT_ATTR_MODE, BENK_EXT_NUMBER, &mode);
  g_assert_cmpuint (mode.number, ==, BENK_EXT_MODE_MAINTENANCE);
  test_host_advance (host, 59999);
  g_assert_cmpuint (benk_virtual_dispenser_get_memory (host->dispenser)->mode, ==,
                    BENK_EXT_MODE_MAINTENANCE);
  test_host_advance (host, 1);
  g_assert_cmpuint (benk_virtual_dispenser_get_memory (host->dispenser)->mode, ==,
                    BENK_EXT_MODE_IDLE);
  g_assert_null (benk_virtual_dispenser_get_memory (host->dispenser)->staged[0].data);
}

static void
test_maintenance_ends_with_the_association (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (host->dispenser);

  for (guint how = 0; how < 3; how++)
    {
      test_host_associate (host);
      g_assert_true (
        test_host_set_number (host, BENK_EXT_ATTR_MODE, BENK_EXT_MODE_MAINTENANCE));
      if (how == 0)
        test_host_send (host, benk_apdu_new_reason (BENK_APDU_RLRQ, 0));
      else if (how == 1)
        test_host_send (host, benk_apdu_new_reason (BENK_APDU_ABRT, 0));
      benk_virtual_dispenser_disconnect_host (host->dispenser);
      g_assert_cmpuint (memory->mode, ==, BENK_EXT_MODE_IDLE);
    }
}

/* Loses power at every transfer of a change of plan; the file holds one whole plan, and
 * which one is what was answered. */
static void
test_power_cut_leaves_one_plan (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autoptr (TestHost) host = test_host_new ("medido", dir);
  g_autofree char *path =
    g_strdup (benk_virtual_dispenser_get_state_path (host->dispenser));
  guint32 old = 1;
  guint transfers;

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, old, old), ==, BENK_EXT_OK);
  transfers = benk_virtual_dispenser_get_transfers (host->dispenser);
  g_assert_cmpuint (transfers, >, 20);

  for (guint k = 1; k <= 2 * transfers; k++)
    {
      guint32 new = old + 1;
      g_autofree char *fault =
        g_strdup_printf (k % 2 == 0 ? "disconnect@%u" : "disconnect-after@%u",
                         (k + 1) / 2);
      g_autoptr (BenkAgentMemory) kept = NULL;
      guint16 result;
      guint32 found;

      test_host_reopen (host, "medido", dir);
      g_assert_true (benk_virtual_dispenser_set_fault (host->dispenser, fault, NULL));
      test_host_associate (host);
      result = host->down == NULL ? test_host_provision (host, new, new) : 0xffff;
      kept = benk_virtual_memory_load (path, NULL);
      g_assert_nonnull (kept);
      benk_virtual_dispenser_cut_power (host->dispenser);
      found = test_whole_plan (kept);
      g_assert_true (found == old || found == new);
      if (result == BENK_EXT_OK)
        g_assert_cmpuint (found, ==, new);
      old = found;
    }
  g_assert_cmpuint (old, >, 1);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_full_and_lie (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) wanted = test_make_table (1, 4);
  g_autoptr (GBytes) found = NULL;
  g_auto (BenkExtMessage) state = { 0 };

  benk_virtual_dispenser_set_fault (host->dispenser, "full", NULL);
  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_NO_SPACE);
  benk_virtual_dispenser_set_fault (host->dispenser, "crc-lie", NULL);
  g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_OK);
  found = test_host_read (host, 1, BENK_EXT_READ_IN_FORCE);
  g_assert_false (g_bytes_equal (found, wanted));
  test_host_get (host, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state);
  g_assert_cmphex (state.tables[0].crc, ==, benk_crc32_bytes (wanted));
}

/* Wherever the room ends, the set that was in force is whole. */
static void
test_full_in_the_middle (void)
{
  guint16 result = BENK_EXT_NO_SPACE;
  guint refused = 0;

  for (guint k = 1; result != BENK_EXT_OK; k++)
    {
      g_autoptr (TestHost) host = test_host_new ("medido", NULL);
      g_autofree char *full = g_strdup_printf ("full@%u", k);

      test_host_associate (host);
      g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_OK);
      benk_virtual_dispenser_set_fault (host->dispenser, full, NULL);
      result = test_host_provision (host, 5, 5);
      refused += result == BENK_EXT_NO_SPACE;
      g_assert_true (result == BENK_EXT_OK || result == BENK_EXT_NO_SPACE);
      g_assert_cmpuint (test_whole_plan (
                          benk_virtual_dispenser_get_memory (host->dispenser)),
                        ==, result == BENK_EXT_OK ? 5 : 4);
    }
  g_assert_cmpuint (refused, >, 20);
}

/* A fault of one table leaves the others alone. */
static void
test_one_table (void)
{
  for (guint16 id = 1; id <= 3; id++)
    {
      g_autofree char *lie = g_strdup_printf ("crc-lie:%u", id);
      g_autofree char *full = g_strdup_printf ("full:%u", id == 1 ? 4u : id);
      g_autoptr (TestHost) host = test_host_new ("medido", NULL);

      benk_virtual_dispenser_set_fault (host->dispenser, full, NULL);
      test_host_associate (host);
      g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_NO_SPACE);
      benk_virtual_dispenser_set_fault (host->dispenser, lie, NULL);
      g_assert_cmpuint (test_host_provision (host, 4, 4), ==, BENK_EXT_OK);
      for (guint16 other = 1; other <= 3; other++)
        {
          g_autoptr (GBytes) wanted = test_make_table (other, 4);
          g_autoptr (GBytes) found = test_host_read (host, other, BENK_EXT_READ_IN_FORCE);

          g_assert_true (g_bytes_equal (found, wanted) == (other != id));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/plan/every-table-reads-back", test_every_table_reads_back);
  g_test_add_func ("/virtual/plan/staged-is-not-in-force", test_staged_is_not_in_force);
  g_test_add_func ("/virtual/plan/activation-is-idempotent",
                   test_activation_is_idempotent);
  g_test_add_func ("/virtual/plan/part-of-a-set-is-refused",
                   test_part_of_a_set_is_refused);
  g_test_add_func ("/virtual/plan/writing-needs-maintenance", test_needs_maintenance);
  g_test_add_func ("/virtual/plan/a-bad-table-is-refused", test_bad_table_is_refused);
  g_test_add_func ("/virtual/plan/a-repeated-chunk-changes-nothing",
                   test_repeated_chunk_changes_nothing);
  g_test_add_func ("/virtual/plan/maintenance-runs-out-after-60-s",
                   test_maintenance_runs_out);
  g_test_add_func ("/virtual/plan/maintenance-ends-with-the-association",
                   test_maintenance_ends_with_the_association);
  g_test_add_func ("/virtual/plan/a-cut-at-every-transfer-leaves-one-plan",
                   test_power_cut_leaves_one_plan);
  g_test_add_func ("/virtual/plan/full-and-lying-flash", test_full_and_lie);
  g_test_add_func ("/virtual/plan/full-in-the-middle-leaves-the-set-whole",
                   test_full_in_the_middle);
  g_test_add_func ("/virtual/plan/a-fault-of-one-table", test_one_table);

  return g_test_run ();
}
