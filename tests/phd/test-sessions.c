/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-phd-config.h"
#include "benk-manager.h"
#include "benk-mds.h"
#include "benk-pm.h"

#define FILE_NAME "sessions.txt"
#define N_APDUS 98

static const DataRow *
row_at (GPtrArray *rows, guint index)
{
  return g_ptr_array_index (rows, index);
}

/* Every APDU of every session is understood and written back as it was. */
static void
test_byte_for_byte (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);

  g_assert_cmpuint (rows->len, ==, N_APDUS);
  for (guint i = 0; i < rows->len; i++)
    {
      const DataRow *row = row_at (rows, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkApdu) apdu = benk_apdu_parse (row->bytes, &error);
      g_autoptr (GBytes) again = NULL;

      g_assert_cmpuint (g_bytes_get_size (row->bytes), ==, row->octets);
      g_assert_no_error (error);
      again = benk_apdu_compose (apdu);
      data_assert_equal (again, row->bytes, row->name);
    }
}

/* Configurations, scan reports, segment data and lists behind the envelopes. */
static void
test_contents (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);
  guint seen[4] = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (BenkApdu) apdu = benk_apdu_parse (row_at (rows, i)->bytes, NULL);
      g_autoptr (GError) error = NULL;

      if (apdu->choice != BENK_CHOICE_EVENT_CONFIRMED)
        continue;
      if (apdu->type == BENK_EVT_CONFIG)
        {
          g_autoptr (BenkConfig) config = benk_config_parse (apdu->info, &error);
          g_autoptr (GBytes) again = NULL;

          g_assert_no_error (error);
          again = benk_config_compose (config);
          data_assert_equal (again, apdu->info, row_at (rows, i)->name);
          seen[0]++;
        }
      else if (apdu->type == BENK_EVT_SCAN_FIXED || apdu->type == BENK_EVT_SCAN_VAR)
        {
          g_autoptr (GPtrArray) scan = benk_scan_parse (apdu->type, apdu->info, &error);

          g_assert_no_error (error);
          g_assert_nonnull (scan);
          seen[1]++;
        }
      else if (apdu->type == BENK_EVT_SEGMENT_DATA)
        {
          g_auto (BenkPmData) data = { 0 };

          g_assert_true (benk_pm_data_parse (&data, apdu->info, &error));
          g_assert_cmpuint (data.count, ==, 2);
          g_assert_cmphex (data.status, ==, BENK_PM_FIRST | BENK_PM_LAST);
          seen[2]++;
        }
    }
  g_assert_cmpuint (seen[0], >=, 5);
  g_assert_cmpuint (seen[1], >=, 8);
  g_assert_cmpuint (seen[2], ==, 1);
}

static const DataRow *
find_after (GPtrArray *rows, const char *name, guint skip)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_has_suffix (row_at (rows, i)->name, name) && skip-- == 0)
      return row_at (rows, i);
  g_assert_not_reached ();
  return NULL;
}

static void
test_identity (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);
  g_autoptr (BenkApdu) apdu =
    benk_apdu_parse (find_after (rows, "GET rsp MDS", 0)->bytes, NULL);
  g_auto (BenkMds) mds = { 0 };
  g_autofree char *system_id = NULL;

  benk_mds_init (&mds);
  benk_mds_update (&mds, apdu->attrs);
  system_id = benk_mds_dup_system_id (&mds);
  g_assert_cmpstr (mds.faults, ==, NULL);
  g_assert_cmpstr (mds.maker, ==, "ACME");
  g_assert_cmpstr (mds.model, ==, "MD-100");
  g_assert_cmpstr (mds.serial, ==, "SN000123");
  g_assert_cmpstr (mds.hardware, ==, "HW1");
  g_assert_cmpstr (mds.firmware, ==, "1.4.2");
  g_assert_cmpstr (system_id, ==, "0200effffe000001");
  g_assert_true (mds.is_med_monitor);
  g_assert_true (mds.has_reg_cert);
  g_assert_cmpint (mds.battery, ==, 87);
  g_assert_cmphex (mds.power, ==, BENK_POWER_BATTERY);
  g_assert_cmphex (mds.time_state, ==, 0xc010);
  g_assert_cmpint (mds.time.hour, ==, 9);
  g_assert_cmphex (mds.config_id, ==, 0x4000);
}

/* Another agent sends every attribute empty; that is no fault and tells nothing. */
static void
test_empty_identity (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (row_at (rows, 3)->bytes, NULL);
  g_auto (BenkMds) mds = { 0 };

  benk_mds_init (&mds);
  benk_mds_update (&mds, apdu->attrs);
  g_assert_cmpstr (mds.maker, ==, NULL);
  g_assert_cmpstr (mds.serial, ==, NULL);
  g_assert_true (mds.has_system_id);
  g_assert_false (mds.has_type_specs);
  g_assert_false (mds.has_time);
}

static void
test_dose_log (void)
{
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);
  g_autoptr (BenkApdu) get =
    benk_apdu_parse (find_after (rows, "GET rsp PM-store", 0)->bytes, NULL);
  g_autoptr (BenkApdu) info =
    benk_apdu_parse (find_after (rows, "SegInfo rsp", 0)->bytes, NULL);
  g_autoptr (GArray) segments = benk_pm_segments_parse (info->info, NULL);
  BenkPmStore store = { 0 };
  const BenkPmSegment *segment;

  benk_pm_store_parse (&store, get->attrs);
  g_assert_cmpint (store.usage, ==, 2);
  g_assert_cmpuint (store.segments, ==, 1);
  g_assert_cmpuint (store.clear_timeout_ms, ==, 3000);
  g_assert_cmpuint (segments->len, ==, 1);
  segment = &g_array_index (segments, BenkPmSegment, 0);
  g_assert_cmpuint (segment->instance, ==, 1);
  g_assert_cmpint (segment->usage, ==, 2);
  g_assert_cmpuint (segment->entry_size, ==, 10);
  g_assert_true (segment->has_abs_time);
}

static const BenkManagerAction *
find_action (GPtrArray *actions, BenkManagerActionKind kind)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkManagerAction *action = g_ptr_array_index (actions, i);

      if (action->kind == kind)
        return action;
    }
  return NULL;
}

/* The manager answers the captured agent with the captured manager's own octets. */
static void
test_same_answers (void)
{
  static const guint8 id[8] = { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 };
  g_autoptr (GPtrArray) rows = data_read_sessions (FILE_NAME);
  g_autoptr (BenkManager) manager = benk_manager_new (id);
  static const struct
  {
    const char *in;
    const char *out;
  } talk[] = {
    { "e2 00 00 32 80 00 00 00 00 01 00 2a 50 79 00 26 80 00 00 00 80 00 80 00 00 00 00 "
      "00 00 00 00 80 00 00 00 08 02 00 ef ff fe 00 00 01 40 00 00 01 01 00 00 00 00 00",
      "e3 00 00 2c 00 03 50 79 00 26 80 00 00 00 80 00 80 00 00 00 00 00 00 00 80 00 00 "
      "00 00 08 11 22 33 44 55 66 77 88 00 00 00 00 00 00 00 00 00 00" },
    { NULL, "e7 00 00 16 00 14 00 01 02 01 00 0e 00 00 ff ff ff ff 0d 1c 00 04 40 00 00 "
            "00" },
    { "e7 00 00 36 00 34 00 02 01 01 00 2e 00 00 ff ff ff ff 0d 1d 00 24 f0 00 00 00 00 "
      "02 00 1c 00 01 00 0a 00 01 20 26 11 21 09 30 15 00 00 02 00 0a 20 00 20 26 11 21 "
      "09 30 15 00",
      "e7 00 00 12 00 10 00 02 02 01 00 0a 00 00 ff ff ff ff 0d 1d 00 00" },
    { "e7 00 00 14 00 12 00 04 01 01 00 0c 00 00 ff ff ff ff f0 a0 00 02 00 01",
      "e7 00 00 0c 00 0a 00 04 03 00 00 04 00 09 00 00" },
    { "e4 00 00 02 00 00", "e5 00 00 02 00 00" },
  };
  g_autoptr (GPtrArray) up = benk_manager_actions_new ();

  benk_manager_transport_up (manager, up);
  for (guint i = 0; i < G_N_ELEMENTS (talk); i++)
    {
      g_autoptr (GPtrArray) actions = benk_manager_actions_new ();
      g_autoptr (GBytes) in =
        talk[i].in != NULL
          ? data_from_hex (talk[i].in)
          : g_bytes_ref (find_after (rows, "NOTI_CONFIG 0x4000", 0)->bytes);
      g_autoptr (GBytes) out = data_from_hex (talk[i].out);
      const BenkManagerAction *sent;

      benk_manager_receive (manager, in, actions);
      sent = find_action (actions, BENK_ACTION_SEND);
      g_assert_nonnull (sent);
      data_assert_equal (sent->bytes, out, talk[i].out);
    }
  g_assert_cmpuint (benk_manager_get_pm_handle (manager), ==, 16);
  g_assert_cmpint (benk_manager_get_state (manager), ==, BENK_MANAGER_UNASSOCIATED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/sessions/byte-for-byte", test_byte_for_byte);
  g_test_add_func ("/phd/sessions/contents", test_contents);
  g_test_add_func ("/phd/sessions/identity", test_identity);
  g_test_add_func ("/phd/sessions/empty-identity", test_empty_identity);
  g_test_add_func ("/phd/sessions/dose-log", test_dose_log);
  g_test_add_func ("/phd/sessions/manager-gives-the-same-answers", test_same_answers);
  return g_test_run ();
}
