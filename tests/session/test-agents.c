/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-listener.h"
#include "benk-agent-player.h"
#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-pm.h"
#include "benk-tcp-address.h"
#include "benk-virtual-fault.h"
#include "benk-virtual-memory.h"
#include "benk-virtual-tcp.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* 2026-11-21 09:30:00 UTC. */
#define NOW_MS G_GINT64_CONSTANT (1795253400000)
#define WHOLE_MS 60000
#define QUIET_MS 1000
/* One agent is over after all this at the latest: goodbye, and waiting for an offer. */
#define BOUND_MS (WHOLE_MS + 40000)
/* So much passes at a time when nothing else happens, and so long is waited for that. */
#define STEP_MS 250
#define WAIT_MS 2

/* A listener on a free port of this machine, and what it told last. */
typedef struct
{
  BenkFakeClock *clock;
  BenkAgentListener *listener;
  guint n_learned;
  gboolean whole;
  JsonNode *json;
} Fixture;

static void
on_learned (BenkAgentListener *listener, gboolean whole, const char *json, Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->json, json_node_unref);
  self->json = json_from_string (json, &error);
  g_assert_no_error (error);
  self->whole = whole;
  self->n_learned++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  address = benk_tcp_address_parse ("127.0.0.1:0", 0, &error);
  g_assert_no_error (error);
  self->clock = benk_fake_clock_new (NOW_MS);
  self->listener = benk_agent_listener_new (BENK_CLOCK (self->clock), WHOLE_MS, QUIET_MS);
  g_signal_connect (self->listener, "learned", G_CALLBACK (on_learned), self);
  benk_agent_listener_listen (self->listener, address, &error);
  g_assert_no_error (error);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  settle ();
  g_assert_finalize_object (self->listener);
  settle ();
  g_assert_finalize_object (self->clock);
  g_clear_pointer (&self->json, json_node_unref);
}

static gboolean
ring (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Gives the other ends time of the real clock before any of the fake one passes. */
static void
pass (Fixture *self)
{
  gboolean rung = FALSE;

  g_timeout_add (WAIT_MS, ring, &rung);
  while (!rung)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  benk_fake_clock_advance (self->clock, STEP_MS);
  settle ();
}

static void
wait_until_learned (Fixture *self, guint n)
{
  for (guint ms = 0; self->n_learned < n; ms += STEP_MS)
    {
      g_assert_cmpuint (ms, <, BOUND_MS);
      pass (self);
    }
  g_assert_cmpuint (self->n_learned, ==, n);
  g_assert_cmpuint (benk_agent_listener_get_n_open (self->listener), ==, 0);
}

static JsonObject *
get_agent (Fixture *self)
{
  return json_node_get_object (self->json);
}

static const char *
get_string (Fixture *self, const char *member)
{
  return json_object_get_string_member (get_agent (self), member);
}

static guint
count (Fixture *self, const char *member)
{
  return json_array_get_length (json_object_get_array_member (get_agent (self), member));
}

/* --- simulated dispensers --- */

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  benk_virtual_tcp_connect_finish (BENK_VIRTUAL_TCP (source), result, &error);
  g_assert_no_error (error);
}

/* One dispenser connects and is read, or not; what it is not, is never said of it. */
static void
read_dispenser (Fixture *self, const char *model, const char *fault)
{
  g_autoptr (GError) error = NULL;
  BenkVirtualDispenser *dispenser =
    benk_virtual_dispenser_new (model, NULL, BENK_CLOCK (self->clock), NULL, &error);
  BenkVirtualTcp *tcp = benk_virtual_tcp_new (dispenser, BENK_CLOCK (self->clock));
  g_autofree char *host =
    g_strdup_printf ("127.0.0.1:%u", benk_agent_listener_get_port (self->listener));

  g_assert_no_error (error);
  g_assert_true (benk_virtual_dispenser_set_fault (dispenser, fault, &error));
  benk_virtual_dispenser_plug (dispenser);
  benk_virtual_tcp_connect_async (tcp, host, NULL, on_connected, NULL);
  wait_until_learned (self, self->n_learned + 1);
  benk_virtual_tcp_close (tcp);
  settle ();
  g_assert_finalize_object (tcp);
  g_assert_finalize_object (dispenser);
}

static void
expect_honest (Fixture *self, const char *model)
{
  const char *serial = get_string (self, "serial");

  g_assert_cmpstr (get_string (self, "link"), ==, "network");
  g_assert_true (self->whole == (get_string (self, "problem") == NULL));
  if (serial != NULL)
    {
      g_assert_cmpstr (serial, ==, benk_virtual_memory_get_default_serial (model));
      g_assert_true (json_object_get_boolean_member (get_agent (self), "simulated"));
    }
  if (self->whole)
    {
      g_assert_cmpstr (get_string (self, "outcome"), ==, "released");
      g_assert_nonnull (serial);
      g_assert_cmpuint (count (self, "objects"), >=, 1);
    }
}

static void
test_makes_and_faults (Fixture *self, gconstpointer data)
{
  const char *const *models = benk_virtual_memory_get_models ();
  guint n_cases = 0;
  guint n_whole = 0;

  for (guint i = 0; models[i] != NULL; i++)
    for (guint kind = 0; kind < BENK_VIRTUAL_N_FAULTS; kind++)
      {
        const char *fault = benk_virtual_fault_get_name (kind);

        g_test_message ("%s %s", models[i], fault);
        read_dispenser (self, models[i], fault);
        expect_honest (self, models[i]);
        g_assert_true (kind != BENK_VIRTUAL_FAULT_NONE || self->whole);
        n_whole += self->whole;
        n_cases++;
      }
  g_test_message ("%u cases, %u read whole", n_cases, n_whole);
}

static void
test_every_transfer (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = { "silent",  "stall",      "short",           "odd",
                                        "garbage", "disconnect", "disconnect-after" };
  guint n_cases = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint k = 1;; k++)
      {
        g_autofree char *fault = g_strdup_printf ("%s@%u", faults[i], k);

        g_test_message ("%s", fault);
        read_dispenser (self, "medido", fault);
        expect_honest (self, "medido");
        n_cases++;
        /* The fault lies behind the last transfer. */
        if (self->whole && k > 15)
          break;
        g_assert_cmpuint (k, <, 40);
      }
  g_test_message ("%u cases", n_cases);
}

/* --- agents that were not written here --- */

#define GET_MDS(row)                                                                     \
  {                                                                                      \
    BENK_CHOICE_GET, 0, 0, row, 0                                                        \
  }

static const PlayerScript scripts[] = {
  { "weighing scale", 0, 84, { GET_MDS (3) }, { 4, 6, 8, 10 } },
  { "probe", 12, 14, { GET_MDS (16) }, { 0 } },
  { "medication", 26, 28, { GET_MDS (30) }, { 32, 34, 36, 39, 41 } },
  { "medication, again", 43, 28, { GET_MDS (46) }, { 47, 49, 51, 54, 56 } },
  { "medication with a store",
    58,
    60,
    { GET_MDS (30),
      { BENK_CHOICE_GET, 16, 0, 65, 0 },
      { BENK_CHOICE_ACTION_CONFIRMED, 16, BENK_ACT_SEG_GET_INFO, 67, 0 },
      { BENK_CHOICE_ACTION_CONFIRMED, 16, BENK_ACT_SEG_TRIG_XFER, 69, 70 } },
    { 0 } },
  { "annex H", 78, 83, { GET_MDS (87) }, { 91 } },
  { "annex H, oximeter", 79, 83, { GET_MDS (88) }, { 92 } },
  { "annex H, blood pressure", 80, 83, { GET_MDS (89) }, { 93 } },
  { "annex H, scale", 81, 84, { GET_MDS (90) }, { 94 } },
};

static guint
count_reports (const PlayerScript *script)
{
  guint n = 0;

  while (script->reports[n] != 0)
    n++;

  return n;
}

/* The last row of some scripts is the agent's own goodbye, which is no report. */
static void
test_recorded_agents (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (Player) player =
        player_new (&scripts[i], benk_agent_listener_get_port (self->listener),
                    BENK_CLOCK (self->clock));
      guint n_reports = count_reports (&scripts[i]);

      g_test_message ("%s", scripts[i].name);
      wait_until_learned (self, i + 1);
      g_assert_cmpstr (get_string (self, "problem"), ==, NULL);
      g_assert_true (self->whole);
      g_assert_cmpuint (count (self, "mds"), >=, 4);
      g_assert_cmpuint (count (self, "objects"), >=, 1);
      g_assert_cmpuint (player_get_n_answered (player), >=,
                        1 + n_reports - (n_reports > 3));
      g_assert_false (json_object_get_boolean_member (get_agent (self), "simulated"));
    }
}

static JsonObject *
dig (JsonObject *object, const char *member, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (object, member),
                                        index);
}

static void
test_values (Fixture *self, gconstpointer data)
{
  g_autoptr (Player) player =
    player_new (&scripts[0], benk_agent_listener_get_port (self->listener),
                BENK_CLOCK (self->clock));
  JsonObject *event;
  JsonObject *value;

  wait_until_learned (self, 1);
  g_assert_cmpstr (get_string (self, "system_id"), ==, "1133557799bbddff");
  g_assert_cmpstr (get_string (self, "config_id"), ==, "05dc");
  g_assert_cmpuint (count (self, "events"), ==, 3);
  event = dig (get_agent (self), "events", 0);
  g_assert_cmpstr (json_object_get_string_member (event, "type_name"), ==,
                   "scan-report-fixed");
  value = dig (dig (event, "observations", 0), "values", 0);
  g_assert_cmpstr (json_object_get_string_member (value, "name"), ==, "NU_VAL_OBS_SIMP");
  g_assert_cmpfloat (json_object_get_double_member (value, "value"), >, 70);
  g_assert_cmpfloat (json_object_get_double_member (value, "value"), <, 80);
}

static void
test_store (Fixture *self, gconstpointer data)
{
  g_autoptr (Player) player =
    player_new (&scripts[4], benk_agent_listener_get_port (self->listener),
                BENK_CLOCK (self->clock));
  JsonObject *store;
  JsonObject *segment;

  wait_until_learned (self, 1);
  g_assert_cmpuint (count (self, "pm_stores"), ==, 1);
  store = dig (get_agent (self), "pm_stores", 0);
  g_assert_cmpint (json_object_get_int_member (store, "usage"), ==, 2);
  segment = dig (store, "segments", 0);
  g_assert_true (json_object_get_boolean_member (segment, "whole"));
  g_assert_cmpint (json_object_get_int_member (segment, "transferred"), ==, 2);
  g_assert_nonnull (json_object_get_string_member (dig (segment, "entries", 1), "time"));
}

/* --- whoever else may connect --- */

static BenkPipe *
connect_pipe (Fixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1",
                                     benk_agent_listener_get_port (self->listener), NULL,
                                     &error);

  g_assert_no_error (error);

  return benk_pipe_new (connection, BENK_CLOCK (self->clock));
}

static void
test_no_agents (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *octets;
    gsize length;
    const char *outcome;
  } rows[] = {
    { "", 0, "timeout" },
    { "GET / HTTP/1.1\r\n\r\n", 18, "lost" },
    { "\xe2", 1, "timeout" },
    { "\xe2\0\0\x32\x80", 5, "timeout" },
    { "\xe2\0\xff\xff\x80\0\0\0", 8, "lost" },
    { "\xe2\0\0\x02\0\0", 6, "timeout" },
    { "\xe3\0\0\x02\0\0", 6, "timeout" },
    { "\xe7\0\0\x02\0\0", 6, "timeout" },
    { "\xe6\0\0\x02\0\0", 6, "aborted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkPipe) pipe = connect_pipe (self);
      g_autoptr (GBytes) octets = g_bytes_new_static (rows[i].octets, rows[i].length);

      g_test_message ("row %u", i);
      benk_pipe_start (pipe);
      benk_pipe_send (pipe, octets);
      wait_until_learned (self, i + 1);
      g_assert_false (self->whole);
      g_assert_nonnull (get_string (self, "problem"));
      g_test_message ("%s: %s", get_string (self, "outcome"),
                      get_string (self, "problem"));
      if (g_strcmp0 (rows[i].outcome, "aborted") != 0)
        g_assert_cmpstr (get_string (self, "outcome"), ==, rows[i].outcome);
    }
}

/* Roles and versions that are not spoken here are refused in order, at once. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  const BenkAssocInfo infos[] = {
    { 0x80000000u, BENK_ENCODING_MDER, 0x80000000u, 0, BENK_SYSTEM_MANAGER },
    { 0x08000000u, BENK_ENCODING_MDER, 0x80000000u, 0, BENK_SYSTEM_AGENT },
    { 0x80000000u, 0x4000, 0x80000000u, 0, BENK_SYSTEM_AGENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    {
      g_autoptr (BenkPipe) pipe = connect_pipe (self);
      g_autoptr (BenkApdu) aarq = benk_apdu_new_aarq (&infos[i]);
      g_autoptr (GBytes) octets = benk_apdu_compose (aarq);

      benk_pipe_start (pipe);
      benk_pipe_send (pipe, octets);
      wait_until_learned (self, i + 1);
      g_assert_false (self->whole);
      g_assert_cmpstr (get_string (self, "outcome"), ==, "refused");
      g_assert_cmpuint (count (self, "faults"), ==, 1);
    }
}

static void
test_many_at_once (Fixture *self, gconstpointer data)
{
  Player *players[BENK_AGENT_MAX + 4];

  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    players[i] = player_new (&scripts[i % G_N_ELEMENTS (scripts)],
                             benk_agent_listener_get_port (self->listener),
                             BENK_CLOCK (self->clock));
  for (guint i = 0; self->n_learned < G_N_ELEMENTS (players); i++)
    {
      g_assert_cmpuint (benk_agent_listener_get_n_open (self->listener), <=,
                        BENK_AGENT_MAX);
      g_assert_cmpuint (i * STEP_MS, <, BOUND_MS);
      pass (self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    player_free (players[i]);
}

static void
test_release (Fixture *self, gconstpointer data)
{
  g_autoptr (Player) player =
    player_new (&scripts[1], benk_agent_listener_get_port (self->listener),
                BENK_CLOCK (self->clock));
  g_autoptr (BenkPipe) silent = connect_pipe (self);

  pass (self);
  g_assert_cmpuint (benk_agent_listener_get_n_open (self->listener), ==, 2);
  benk_agent_listener_release (self->listener);
  wait_until_learned (self, 2);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/session/agents/every-make-with-every-fault", test_makes_and_faults);
  add ("/session/agents/a-fault-at-every-transfer", test_every_transfer);
  add ("/session/agents/recorded-agents-are-read", test_recorded_agents);
  add ("/session/agents/values-are-understood", test_values);
  add ("/session/agents/what-is-stored-is-fetched", test_store);
  add ("/session/agents/whoever-else-connects", test_no_agents);
  add ("/session/agents/who-has-nothing-in-common-is-refused", test_refused);
  add ("/session/agents/many-at-once", test_many_at_once);
  add ("/session/agents/release-ends-all", test_release);

  return g_test_run ();
}
