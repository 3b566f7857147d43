/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-error.h"
#include "benk-virtual-fault.h"

/* Associates and asks for the volume; whether the right answer came at once. */
static gboolean
works (TestHost *host)
{
  g_auto (BenkExtMessage) message = { 0 };

  test_host_associate (host);

  return host->down == NULL &&
         test_host_get (host, BENK_EXT_ATTR_VOLUME, BENK_EXT_NUMBER, &message);
}

static TestHost *
host_with (const char *fault)
{
  TestHost *host = test_host_new ("medido", NULL);
  g_autoptr (GError) error = NULL;

  benk_virtual_dispenser_set_fault (host->dispenser, fault, &error);
  g_assert_no_error (error);

  return host;
}

static void
test_names (void)
{
  const char *bad[] = { "nonsense",      "silent@", "silent@0",
                        "silent@x",      "full:5",  "wipe-leaves-region:9",
                        "disconnect@-1", "@3",      "slow:99999999",
                        "none@1",        "full@0",  "crc-lie:5",
                        "silent:1",      ":1",      "slow@99999999",
                        "full:@3",       "full:2@", "full@3:2",
                        "none:1",        "full:0@1" };

  for (guint i = 0; i < BENK_VIRTUAL_N_FAULTS; i++)
    {
      BenkVirtualFault fault;
      const char *name = benk_virtual_fault_get_name ((BenkVirtualFaultKind) i);

      g_assert_true (benk_virtual_fault_parse (name, &fault, NULL));
      g_assert_cmpuint (fault.kind, ==, i);
      g_assert_nonnull (benk_virtual_fault_get_description (fault.kind));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      BenkVirtualFault fault;
      g_autoptr (GError) error = NULL;

      g_assert_false (benk_virtual_fault_parse (bad[i], &fault, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_USAGE);
    }
}

static void
test_silent (void)
{
  g_autoptr (TestHost) first = host_with ("silent");
  g_autoptr (TestHost) later = host_with ("silent@5");

  test_host_connect (first);
  g_assert_true (g_queue_is_empty (&first->received));
  g_assert_false (works (later));
  g_assert_null (later->down);
}

static void
test_damaged (void)
{
  const struct
  {
    const char *fault;
    gsize length;
  } rows[] = { { "short@1", 27 }, { "odd@1", 53 }, { "garbage@1", 54 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestHost) host = host_with (rows[i].fault);
      GBytes *aarq;

      test_host_connect (host);
      aarq = g_queue_peek_head (&host->received);
      g_assert_cmpuint (g_bytes_get_size (aarq), ==, rows[i].length);
      g_assert_null (benk_apdu_parse (aarq, NULL));
      benk_virtual_dispenser_disconnect_host (host->dispenser);
      g_assert_true (works (host));
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) name = g_strsplit (rows[i].fault, "@", 2);
      g_autoptr (TestHost) host = host_with (name[0]);

      g_assert_false (works (host));
    }
}

static void
test_damaged_request (void)
{
  g_autoptr (TestHost) host = host_with ("odd@5");
  g_autoptr (BenkApdu) answer = NULL;

  test_host_associate (host);
  answer = test_host_ask (host, benk_apdu_new_get (7, 0, NULL, 0));
  g_assert_nonnull (answer);
  g_assert_cmphex (answer->choice, !=, BENK_CHOICE_GET_RESPONSE);
}

static void
test_stall (void)
{
  g_autoptr (TestHost) host = host_with ("stall");

  g_assert_false (works (host));
  g_assert_error (host->down, BENK_ERROR, BENK_ERROR_PROTOCOL);
  g_assert_true (benk_virtual_dispenser_get_attached (host->dispenser));
  g_assert_true (works (host));
}

static void
test_disconnect (void)
{
  for (guint k = 1; k <= 6; k++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect@%u", k);
      g_autoptr (TestHost) host = host_with (fault);

      g_assert_false (works (host));
      g_assert_error (host->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
      g_assert_false (benk_virtual_dispenser_get_attached (host->dispenser));
      g_assert_cmpuint (benk_virtual_dispenser_get_transfers (host->dispenser), ==, k);
      benk_virtual_dispenser_plug (host->dispenser);
      g_assert_true (works (host));
    }
}

/* Processed, and its answer lost: the fifth transfer is the SET. */
static void
test_disconnect_after (void)
{
  const char *faults[] = { "disconnect@5", "disconnect-after@5" };
  const guint16 volumes[] = { 50, 33 };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TestHost) host = test_host_new ("medido", NULL);

      test_host_associate (host);
      test_host_set_number (host, BENK_EXT_ATTR_VOLUME, 50);
      benk_virtual_dispenser_disconnect_host (host->dispenser);
      benk_virtual_dispenser_set_fault (host->dispenser, faults[i], NULL);
      test_host_associate (host);
      g_assert_false (test_host_set_number (host, BENK_EXT_ATTR_VOLUME, 33));
      g_assert_error (host->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
      g_assert_cmpuint (benk_virtual_dispenser_get_memory (host->dispenser)->volume, ==,
                        volumes[i]);
    }
}

static void
test_numbers (void)
{
  const struct
  {
    const char *text;
    guint place;
    guint at;
    const char *usage;
  } rows[] = {
    { "none", 0, 0, "none" },
    { "silent", 0, 1, "silent[@K]" },
    { "slow", 2500, 0, "slow[:N][@K]" },
    { "slow@7", 2500, 7, "slow[:N][@K]" },
    { "slow:4000@7", 4000, 7, "slow[:N][@K]" },
    { "full@9", 0, 9, "full[:N][@K]" },
    { "full:2@9", 2, 9, "full[:N][@K]" },
    { "crc-lie:1", 1, 0, "crc-lie[:N][@K]" },
    { "wipe-leaves-region@30", 7, 30, "wipe-leaves-region[:N][@K]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkVirtualFault fault;
      g_autofree char *usage = NULL;

      g_assert_true (benk_virtual_fault_parse (rows[i].text, &fault, NULL));
      g_assert_cmpuint (fault.place, ==, rows[i].place);
      g_assert_cmpuint (fault.at, ==, rows[i].at);
      usage = benk_virtual_fault_get_usage (fault.kind);
      g_assert_cmpstr (usage, ==, rows[i].usage);
    }
}

/* The offer is transfer 1 and comes at once, the answer to the response is late. */
static void
test_slow_from_a_transfer_on (void)
{
  g_autoptr (TestHost) host = host_with ("slow:700@3");
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) report = NULL;

  test_host_connect (host);
  aarq = test_host_take (host);
  g_assert_cmphex (aarq->tag, ==, BENK_APDU_AARQ);
  test_host_send (host, benk_apdu_new_aare (3, &info));
  test_host_advance (host, 699);
  g_assert_true (g_queue_is_empty (&host->received));
  test_host_advance (host, 1);
  report = test_host_take (host);
  g_assert_cmphex (report->tag, ==, BENK_APDU_PRST);
  benk_virtual_dispenser_disconnect_host (host->dispenser);
}

static void
test_slow (void)
{
  g_autoptr (TestHost) host = host_with ("slow:700");
  g_autoptr (BenkApdu) aarq = NULL;

  test_host_connect (host);
  test_host_advance (host, 699);
  g_assert_true (g_queue_is_empty (&host->received));
  test_host_advance (host, 1);
  aarq = test_host_take (host);
  g_assert_cmphex (aarq->tag, ==, BENK_APDU_AARQ);
  benk_virtual_dispenser_disconnect_host (host->dispenser);
}

static void
test_wrong_config (void)
{
  g_autoptr (TestHost) host = host_with ("wrong-config");
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) report = NULL;
  g_autoptr (BenkApdu) answer = NULL;
  const guint16 specs = 0x0a5a;

  test_host_connect (host);
  aarq = test_host_take (host);
  report = test_host_ask (host, benk_apdu_new_aare (3, &info));
  g_assert_cmpmem (g_bytes_get_data (report->info, NULL), 4, "\x40\x00\x00\x01", 4);
  answer = test_host_ask (host, benk_apdu_new_get (1, 0, &specs, 1));
  g_assert_cmpmem (g_bytes_get_data (benk_attrs_find (answer->attrs, specs), NULL), 8,
                   "\x00\x01\x00\x04\x10\x08\x00\x01", 8);
}

/* What a fault shows is never written to the state file. */
static void
test_faults_are_not_kept (void)
{
  const char *faults[] = { "low-battery", "lid-open", "dispensing", "wrong-serial" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TestHost) host = host_with (faults[i]);
      const BenkAgentMemory *memory;

      benk_virtual_dispenser_unplug (host->dispenser);
      benk_virtual_dispenser_plug (host->dispenser);
      memory = benk_virtual_dispenser_get_memory (host->dispenser);
      g_assert_true (memory->battery == 9 || memory->lid_open || memory->dispensing ||
                     g_str_has_suffix (memory->serial, "X"));
      benk_virtual_dispenser_dispense (host->dispenser, 1);
      benk_virtual_dispenser_set_fault (host->dispenser, NULL, NULL);
      benk_virtual_dispenser_cut_power (host->dispenser);
      g_assert_true (benk_virtual_dispenser_power_on (host->dispenser, NULL));
      memory = benk_virtual_dispenser_get_memory (host->dispenser);
      g_assert_cmpuint (memory->battery, ==, 87);
      g_assert_false (memory->lid_open || memory->dispensing);
      g_assert_cmpstr (memory->serial, ==, "MD9000001");
      g_assert_cmpuint (memory->doses->len, ==, 1);
    }
}

/* What is so from a transfer on is not so before it. */
static void
test_from_a_transfer_on (void)
{
  const char *faults[] = { "low-battery@6", "lid-open@6", "dispensing@6" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TestHost) host = host_with (faults[i]);
      const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (host->dispenser);

      test_host_associate (host);
      g_assert_cmpuint (benk_virtual_dispenser_get_transfers (host->dispenser), <, 6);
      g_assert_false (memory->battery == 9 || memory->lid_open || memory->dispensing);
      while (benk_virtual_dispenser_get_transfers (host->dispenser) < 6)
        {
          g_autoptr (BenkApdu) answer =
            test_host_ask (host, benk_apdu_new_get (7, 0, NULL, 0));

          g_assert_nonnull (answer);
        }
      g_assert_true (memory->battery == 9 || memory->lid_open || memory->dispensing);
    }
}

/* It leaves at the transfer, and what comes back is another dispenser. */
static void
test_returns_as_another (void)
{
  g_autoptr (TestHost) host = host_with ("wrong-serial@5");
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (host->dispenser);
  const guint8 id = memory->system_id[7];

  g_assert_false (works (host));
  g_assert_error (host->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_cmpstr (memory->serial, ==, "MD9000001");
  benk_virtual_dispenser_plug (host->dispenser);
  g_assert_cmpstr (memory->serial, ==, "MD9000001X");
  g_assert_cmphex (memory->system_id[7], !=, id);
  g_assert_true (works (host));
}

static void
test_one_host (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GError) error = NULL;

  test_host_connect (host);
  g_assert_false (benk_virtual_dispenser_connect_host (host->dispenser, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);
  g_clear_error (&error);
  benk_virtual_dispenser_unplug (host->dispenser);
  g_assert_false (benk_virtual_dispenser_connect_host (host->dispenser, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/fault/names", test_names);
  g_test_add_func ("/virtual/fault/numbers", test_numbers);
  g_test_add_func ("/virtual/fault/silent", test_silent);
  g_test_add_func ("/virtual/fault/short-odd-garbage", test_damaged);
  g_test_add_func ("/virtual/fault/damaged-request-is-not-answered",
                   test_damaged_request);
  g_test_add_func ("/virtual/fault/stall-happens-once", test_stall);
  g_test_add_func ("/virtual/fault/disconnect-at-every-transfer", test_disconnect);
  g_test_add_func ("/virtual/fault/disconnect-after-has-processed",
                   test_disconnect_after);
  g_test_add_func ("/virtual/fault/slow", test_slow);
  g_test_add_func ("/virtual/fault/slow-from-a-transfer-on",
                   test_slow_from_a_transfer_on);
  g_test_add_func ("/virtual/fault/wrong-config-is-a-thermometer", test_wrong_config);
  g_test_add_func ("/virtual/fault/what-it-shows-is-not-kept", test_faults_are_not_kept);
  g_test_add_func ("/virtual/fault/holds-from-a-transfer-on", test_from_a_transfer_on);
  g_test_add_func ("/virtual/fault/comes-back-as-another", test_returns_as_another);
  g_test_add_func ("/virtual/fault/one-host-at-a-time", test_one_host);

  return g_test_run ();
}
