/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-error.h"
#include "benk-virtual-memory.h"

#include <string.h>

static GBytes *
get_attr (TestHost *host, guint16 handle, guint16 id)
{
  g_autoptr (BenkApdu) answer =
    test_host_ask (host, benk_apdu_new_get (5, handle, &id, 1));
  GBytes *value = benk_attrs_find (answer->attrs, id);

  return value != NULL ? g_bytes_ref (value) : NULL;
}

static BenkApdu *
act (TestHost *host, guint16 handle, guint16 type, const char *octets, gsize length)
{
  g_autoptr (GBytes) info = g_bytes_new (octets, length);

  return test_host_ask (host, benk_apdu_new_action (3, handle, type, info));
}

/* Product, honesty rule 2: it says that it is simulated, whatever make it resembles. */
static void
test_says_that_it_is_simulated (void)
{
  const char *const *models = benk_virtual_memory_get_models ();

  for (guint i = 0; models[i] != NULL; i++)
    {
      g_autoptr (TestHost) host = test_host_new (models[i], NULL);
      g_auto (BenkExtMessage) profile = { 0 };
      g_autoptr (GBytes) model = NULL;
      g_autoptr (GBytes) system_id = NULL;
      BenkMderReader reader;
      g_autofree char *maker = NULL;
      g_autofree char *name = NULL;

      test_host_associate (host);
      g_assert_true (
        test_host_get (host, BENK_EXT_ATTR_PROFILE, BENK_EXT_PROFILE, &profile));
      g_assert_true (benk_ext_profile_is_known (&profile));
      g_assert_cmphex (profile.caps & BENK_EXT_CAP_SIMULATED, ==, BENK_EXT_CAP_SIMULATED);
      g_assert_cmpuint (profile.max_rx, ==, 64);
      model = get_attr (host, 0, 0x0928);
      benk_mder_reader_init_bytes (&reader, model);
      maker = benk_mder_read_string (&reader);
      name = benk_mder_read_string (&reader);
      g_assert_cmpstr (maker, ==, "Dosebenk simulator");
      g_assert_true (g_str_has_prefix (name, "Simulated ("));
      system_id = get_attr (host, 0, 0x0984);
      g_assert_cmpmem (g_bytes_get_data (system_id, NULL), 5, "\x00\x08\x02\xd0\x5e", 5);
    }
}

static void
test_unknown_model_or_serial (void)
{
  const char *serials[] = { "", "a/b", "123456789012345678901234567890123", "Å1",
                            "a\nb" };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (TEST_NOW_MS);
  g_autoptr (GError) error = NULL;

  g_assert_null (
    benk_virtual_dispenser_new ("karie", NULL, BENK_CLOCK (clock), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      g_clear_error (&error);
      g_assert_null (benk_virtual_dispenser_new ("medido", serials[i], BENK_CLOCK (clock),
                                                 NULL, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

static void
test_get_all_fits (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) request = NULL;
  g_autoptr (BenkApdu) get = benk_apdu_new_get (1, 0, NULL, 0);
  g_autoptr (BenkApdu) answer = NULL;
  const guint16 ids[] = { 0x0a5a, 0x0928, 0x0984, 0x0a44, 0x092d, 0x0a45,
                          0x0987, 0x0955, 0x099c, 0x0a4b, 0xf100 };

  test_host_associate (host);
  request = benk_apdu_compose (get);
  benk_virtual_dispenser_deliver (host->dispenser, request);
  g_assert_cmpuint (g_bytes_get_size (g_queue_peek_head (&host->received)), <=, 1024);
  answer = test_host_take (host);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (benk_attrs_find (answer->attrs, ids[i]));
}

static void
test_answers_while_configuring (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) report = NULL;
  g_autoptr (BenkApdu) answer = NULL;
  g_autoptr (BenkApdu) refused = NULL;

  test_host_connect (host);
  aarq = test_host_take (host);
  g_assert_cmphex (aarq->assoc.system_type, ==, BENK_SYSTEM_AGENT);
  g_assert_cmphex (aarq->assoc.config_id, ==, 0x4000);
  report = test_host_ask (host, benk_apdu_new_aare (3, &info));
  g_assert_cmphex (report->type, ==, 0x0d1c);
  answer = test_host_ask (host, benk_apdu_new_get (1, 0, NULL, 0));
  g_assert_cmphex (answer->choice, ==, BENK_CHOICE_GET_RESPONSE);
  refused = act (host, 0, 0x0c17, "", 0);
  g_assert_cmphex (refused->choice, ==, BENK_CHOICE_ERROR);
}

static void
test_known_configuration (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) rlre = NULL;

  test_host_connect (host);
  aarq = test_host_take (host);
  g_assert_null (test_host_ask (host, benk_apdu_new_aare (0, &info)));
  rlre = test_host_ask (host, benk_apdu_new_reason (BENK_APDU_RLRQ, 0));
  g_assert_cmphex (rlre->tag, ==, BENK_APDU_RLRE);
}

static void
test_refused_configuration (void)
{
  static const guint8 refused[] = { 0x40, 0x00, 0x00, 0x01 };
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (GBytes) info = g_bytes_new_static (refused, sizeof refused);
  BenkAssocInfo assoc = { .system_type = BENK_SYSTEM_MANAGER };
  g_autoptr (BenkApdu) aarq = NULL;
  g_autoptr (BenkApdu) report = NULL;
  g_autoptr (BenkApdu) rlrq = NULL;

  test_host_connect (host);
  aarq = test_host_take (host);
  report = test_host_ask (host, benk_apdu_new_aare (3, &assoc));
  rlrq = test_host_ask (host, benk_apdu_new_event_response (report, info));
  g_assert_cmphex (rlrq->tag, ==, BENK_APDU_RLRQ);
  g_assert_cmpuint (rlrq->reason, ==, 1);
}

static void
test_association_is_tried_thrice (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);

  test_host_connect (host);
  for (guint i = 0; i < 10; i++)
    test_host_advance (host, 10000);
  g_assert_cmpuint (g_queue_get_length (&host->received), ==, 3);
}

static void
test_unanswered_events_abort (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (BenkApdu) report = NULL;
  g_autoptr (BenkApdu) aborted = NULL;

  test_host_associate (host);
  benk_virtual_dispenser_dispense (host->dispenser, 1);
  report = test_host_take (host);
  g_assert_cmphex (report->type, ==, 0x0d1d);
  test_host_advance (host, 3000);
  aborted = test_host_take (host);
  g_assert_cmphex (aborted->tag, ==, BENK_APDU_ABRT);
  g_assert_cmpuint (aborted->reason, ==, BENK_ABORT_RESPONSE_TIMEOUT);
}

static void
test_clock (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (BenkApdu) ok = NULL;
  g_autoptr (BenkApdu) bad = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  test_host_associate (host);
  before = get_attr (host, 0, 0x0987);
  g_assert_cmpmem (g_bytes_get_data (before, NULL), 8, "\x20\x26\x11\x21\x10\x31\x35\x00",
                   8);
  ok = act (host, 0, 0x0c17, "\x20\x26\x11\x21\x10\x30\x00\x00\0\0\0\0", 12);
  g_assert_cmphex (ok->choice, ==, BENK_CHOICE_ACTION_RESPONSE);
  test_host_advance (host, 1500);
  after = get_attr (host, 0, 0x0987);
  g_assert_cmpmem (g_bytes_get_data (after, NULL), 8, "\x20\x26\x11\x21\x10\x30\x01\x50",
                   8);
  bad = act (host, 0, 0x0c17, "\x20\x26\x13\x21\x10\x30\x00\x00\0\0\0\0", 12);
  g_assert_cmphex (bad->choice, ==, BENK_CHOICE_ERROR);
}

static void
test_settings (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (host->dispenser);
  BenkExtMessage request;
  BenkExtMessage answer;

  test_host_associate (host);
  g_assert_true (test_host_set_number (host, BENK_EXT_ATTR_VOLUME, 80));
  g_assert_false (test_host_set_number (host, BENK_EXT_ATTR_VOLUME, 101));
  g_assert_false (test_host_set_number (host, BENK_EXT_ATTR_MODE, 1));
  g_assert_false (test_host_set_number (host, BENK_EXT_ATTR_PROFILE, 1));
  g_assert_cmpuint (memory->volume, ==, 80);
  benk_ext_message_init (&request, BENK_EXT_PARAM);
  request.number = BENK_EXT_ATTR_LANGUAGE;
  request.data = g_bytes_new ("\0\2nn", 4);
  g_assert_true (
    test_host_act (host, BENK_EXT_ACT_PARAM, &request, BENK_EXT_PARAM, &answer));
  g_assert_true (g_bytes_equal (answer.data, request.data));
  g_assert_cmpstr (memory->language, ==, "nn");
  benk_ext_message_clear (&request);
  benk_ext_message_clear (&answer);
}

/* Reads the whole log by segment events; gives the number of entries. */
static guint
read_log (TestHost *host)
{
  g_autoptr (BenkApdu) answer = act (host, 16, 0x0c1c, "\0\1", 2);
  guint16 result = ((const guint8 *) g_bytes_get_data (answer->info, NULL))[3];
  guint total = 0;

  if (result != 0)
    return 0;
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (BenkApdu) event = test_host_take (host);
      g_autoptr (GBytes) reply = NULL;
      guint8 confirm[12];
      const guint8 *data;

      if (event == NULL)
        return total;
      g_assert_cmphex (event->type, ==, 0x0d21);
      data = g_bytes_get_data (event->info, NULL);
      total += data[9];
      g_assert_cmpuint (g_bytes_get_size (event->info), ==, 14 + 10u * data[9]);
      memcpy (confirm, data, 10);
      confirm[10] = 0x00;
      confirm[11] = 0x80;
      reply = g_bytes_new (confirm, sizeof confirm);
      test_host_send (host, benk_apdu_new_event_response (event, reply));
    }
  g_assert_not_reached ();
}

static void
test_dose_log (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (BenkApdu) cleared = NULL;
  g_autoptr (BenkApdu) unknown = NULL;
  g_autoptr (GBytes) usage = NULL;

  for (guint i = 0; i < 95; i++)
    benk_virtual_dispenser_dispense (host->dispenser, 1);
  test_host_associate (host);
  g_assert_cmpuint (read_log (host), ==, 95);
  g_assert_cmpuint (read_log (host), ==, 95);
  cleared = act (host, 16, 0x0c0c, "\0\1\0\2\0\0", 6);
  g_assert_cmphex (cleared->choice, ==, BENK_CHOICE_ACTION_RESPONSE);
  usage = get_attr (host, 16, 0x0944);
  g_assert_cmpmem (g_bytes_get_data (usage, NULL), 4, "\0\0\0\0", 4);
  g_assert_cmpuint (read_log (host), ==, 0);
  unknown = act (host, 16, 0x0c99, "", 0);
  g_assert_cmpuint (unknown->type, ==, BENK_ROER_NO_SUCH_ACTION);
}

static void
test_segment_info (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (BenkApdu) info = NULL;
  g_autoptr (BenkApdu) bad = NULL;

  benk_virtual_dispenser_make_used (host->dispenser, NULL);
  test_host_associate (host);
  info = act (host, 16, 0x0c0d, "\0\1\0\2\0\0", 6);
  g_assert_cmphex (info->choice, ==, BENK_CHOICE_ACTION_RESPONSE);
  g_assert_cmpmem (g_bytes_get_data (info->info, NULL), 8,
                   "\x00\x01\x00\x4c\x00\x01\x00\x06", 8);
  bad = act (host, 16, 0x0c0d, "\0\1\0\2", 4);
  g_assert_cmphex (bad->choice, ==, BENK_CHOICE_ERROR);
}

/* Octets of every kind at every state: an answer or an end, never a crash. */
static void
test_garbage (void)
{
  const char *inputs[] = { "",
                           "\xe7",
                           "\xe7\0\0\0",
                           "\xe7\0\xff\xff",
                           "\xe7\0\0\x08\0\x06\0\1\1\7\0\0",
                           "\xe3\0\0\2\0\0",
                           "\xe2\0\0\0",
                           "\xe6\0\0\2\0\0",
                           "\xe5\0\0\2\0\0",
                           "\0\0\0\0",
                           "\xff\xff\xff\xff" };
  const gsize sizes[] = { 0, 1, 4, 4, 12, 6, 4, 6, 6, 4, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (guint state = 0; state < 2; state++)
      {
        g_autoptr (TestHost) host = test_host_new ("medido", NULL);
        g_autoptr (GBytes) octets = g_bytes_new (inputs[i], sizes[i]);

        if (state == 0)
          test_host_connect (host);
        else
          test_host_associate (host);
        benk_virtual_dispenser_deliver (host->dispenser, octets);
        benk_virtual_dispenser_disconnect_host (host->dispenser);
        test_host_associate (host);
        g_assert_true (test_host_set_number (host, BENK_EXT_ATTR_VOLUME, 5));
      }
}

static void
test_every_length_of_a_request (void)
{
  static const guint8 whole[] = { 0xe7, 0,    0,    0x1e, 0, 0x1c, 0, 0x11, 1,
                                  7,    0,    0x16, 0,    0, 0xf2, 0, 0,    0x10,
                                  0,    1,    0,    1,    0, 0,    0, 0x54, 0x99,
                                  0x6e, 0x9a, 0x93, 0,    0, 0,    7 };
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);

  for (gsize length = 0; length < sizeof whole; length++)
    for (gsize changed = 2; changed < 14; changed++)
      {
        guint8 octets[sizeof whole];
        g_autoptr (GBytes) apdu = NULL;

        memcpy (octets, whole, sizeof whole);
        octets[changed] ^= 0xff;
        apdu = g_bytes_new (octets, length);
        test_host_associate (host);
        benk_virtual_dispenser_deliver (host->dispenser, apdu);
        benk_virtual_dispenser_disconnect_host (host->dispenser);
      }
}

static void
test_too_long_a_request (void)
{
  g_autoptr (TestHost) host = test_host_new ("medido", NULL);
  g_autoptr (BenkApdu) answer = NULL;
  guint8 octets[80] = { 0 };

  test_host_associate (host);
  answer = act (host, 0, 0xf201, (const char *) octets, sizeof octets);
  g_assert_cmphex (answer->tag, ==, BENK_APDU_ABRT);
  g_assert_cmpuint (answer->reason, ==, BENK_ABORT_BUFFER_OVERFLOW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/agent/says-that-it-is-simulated",
                   test_says_that_it_is_simulated);
  g_test_add_func ("/virtual/agent/unknown-model-or-serial-is-refused",
                   test_unknown_model_or_serial);
  g_test_add_func ("/virtual/agent/get-all-fits-1024-octets", test_get_all_fits);
  g_test_add_func ("/virtual/agent/answers-get-while-configuring",
                   test_answers_while_configuring);
  g_test_add_func ("/virtual/agent/known-configuration-is-not-sent",
                   test_known_configuration);
  g_test_add_func ("/virtual/agent/refused-configuration-releases",
                   test_refused_configuration);
  g_test_add_func ("/virtual/agent/association-is-tried-thrice",
                   test_association_is_tried_thrice);
  g_test_add_func ("/virtual/agent/unanswered-event-aborts",
                   test_unanswered_events_abort);
  g_test_add_func ("/virtual/agent/clock-is-set-and-runs", test_clock);
  g_test_add_func ("/virtual/agent/settings-have-bounds", test_settings);
  g_test_add_func ("/virtual/agent/dose-log-is-sent-and-cleared", test_dose_log);
  g_test_add_func ("/virtual/agent/segment-info-of-the-log", test_segment_info);
  g_test_add_func ("/virtual/agent/garbage-ends-in-order", test_garbage);
  g_test_add_func ("/virtual/agent/requests-of-every-length",
                   test_every_length_of_a_request);
  g_test_add_func ("/virtual/agent/a-request-over-64-octets-aborts",
                   test_too_long_a_request);

  return g_test_run ();
}
