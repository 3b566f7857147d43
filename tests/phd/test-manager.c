/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include "benk-manager.h"

#include <string.h>

/* Exactly one row answers for every state and event, and no row is without a cell. */
static void
test_every_cell (void)
{
  guint n_rows;
  guint n_cells = 0;
  const BenkManagerRow *rows = benk_manager_get_rows (&n_rows);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint state = 0; state < BENK_MANAGER_N_STATES; state++)
    for (guint event = 0; event < BENK_MANAGER_N_EVENTS; event++)
      {
        guint found = 0;

        for (guint i = 0; i < n_rows; i++)
          found += rows[i].event == event && (rows[i].states & 1u << state) != 0;
        if (found != 1)
          g_test_message ("%s, event %u: %u rows",
                          benk_manager_state_get_name ((BenkManagerState) state), event,
                          found);
        g_assert_cmpuint (found, ==, 1);
        n_cells++;
      }
  for (guint i = 0; i < n_rows; i++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer) rows[i].name));
      g_assert_cmpuint (rows[i].states, !=, 0);
    }
  g_test_message ("%u cells in %u rows", n_cells, n_rows);
}

/* The rows of the standard's table, each by state, event, action and next state. */
typedef struct
{
  const char *states;
  BenkManagerEvent event;
  BenkManagerDo action;
  char next;
} Cell;

#define E(name) BENK_MANAGER_EV_##name
#define A(name) BENK_DO_##name

static const Cell cells[] = {
  { "D", E (TRANSPORT_UP), A (UP), 'U' },
  { "UWCOX", E (TRANSPORT_DOWN), A (DOWN), 'D' },
  { "U", E (AARQ_KNOWN), A (ACCEPT), 'O' },
  { "U", E (AARQ_UNKNOWN), A (ACCEPT_UNKNOWN), 'W' },
  { "U", E (AARQ_REFUSED), A (REFUSE), 'U' },
  { "U", E (AARE), A (ABORT), 'U' },
  { "U", E (RLRQ), A (ABORT), 'U' },
  { "U", E (CONFIRMED_EVENT), A (ABORT), 'U' },
  { "U", E (UNCONFIRMED_EVENT), A (ABORT), 'U' },
  { "U", E (REQUEST), A (ABORT), 'U' },
  { "U", E (RORS_UNKNOWN), A (ABORT), 'U' },
  { "U", E (RLRE), A (NOTHING), '=' },
  { "U", E (ABRT), A (NOTHING), '=' },
  { "W", E (CONFIG), A (EXAMINE), 'C' },
  { "W", E (CONFIRMED_EVENT), A (NO_SUCH_OBJECT), '=' },
  { "W", E (UNCONFIRMED_EVENT), A (NO_SUCH_OBJECT), '=' },
  { "W", E (REQUEST), A (NOTHING), '=' },
  { "W", E (RORS_UNKNOWN), A (ABORT), 'U' },
  { "W", E (ERROR_UNKNOWN), A (NOTHING), '=' },
  { "WC", E (TO_CONFIG), A (ABORT_CONFIG), 'U' },
  { "C", E (USABLE), A (CONFIG_OK), 'O' },
  { "C", E (UNUSABLE), A (CONFIG_REFUSED), 'W' },
  { "C", E (CONFIRMED_EVENT), A (ANSWER_EVENT), '=' },
  { "C", E (REQUEST), A (NO_SUCH_ACTION), '=' },
  { "O", E (CONFIRMED_EVENT), A (ANSWER_EVENT), '=' },
  { "O", E (UNCONFIRMED_EVENT), A (CONSUME_EVENT), '=' },
  { "O", E (REQUEST), A (REJECT_OPERATION), '=' },
  { "O", E (RORS_KNOWN), A (DELIVER), '=' },
  { "O", E (ERROR_KNOWN), A (DELIVER), '=' },
  { "O", E (RORS_UNKNOWN), A (ABORT), 'U' },
  { "O", E (TO_REQUEST), A (ABORT_RESPONSE), 'U' },
  { "WCO", E (AARQ_KNOWN), A (ABORT), 'U' },
  { "WCO", E (AARQ_UNKNOWN), A (ABORT), 'U' },
  { "WCO", E (AARE), A (ABORT), 'U' },
  { "WCO", E (RLRE), A (ABORT), 'U' },
  { "WCO", E (RLRQ), A (ANSWER_RELEASE), 'U' },
  { "WCO", E (ABRT), A (END), 'U' },
  { "WCO", E (RELEASE), A (RELEASE), 'X' },
  { "X", E (RLRE), A (RELEASED), 'U' },
  { "X", E (RLRQ), A (ANSWER_CROSSING), '=' },
  { "X", E (CONFIRMED_EVENT), A (NOTHING), '=' },
  { "X", E (REQUEST), A (NOTHING), '=' },
  { "X", E (RORS_KNOWN), A (NOTHING), '=' },
  { "X", E (RORS_UNKNOWN), A (ABORT), 'U' },
  { "X", E (ERROR_KNOWN), A (ABORT), 'U' },
  { "X", E (ERROR_UNKNOWN), A (ABORT), 'U' },
  { "X", E (AARQ_KNOWN), A (ABORT), 'U' },
  { "X", E (AARE), A (ABORT), 'U' },
  { "X", E (TO_RELEASE), A (ABORT), 'U' },
  { "O", E (BAD_SERVICE), A (REJECT_STRUCTURE), '=' },
  { "UWCOX", E (BAD_APDU), A (ABORT), 'U' },
};

static const char letters[] = "DUWCOX=";

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    for (const char *at = cells[i].states; *at != '\0'; at++)
      {
        BenkManagerState state = (BenkManagerState) (strchr (letters, *at) - letters);
        const BenkManagerRow *row = benk_manager_find_row (state, cells[i].event);

        g_test_message ("%s", row->name);
        g_assert_cmpint (row->action, ==, cells[i].action);
        g_assert_cmpint (letters[row->next], ==, cells[i].next);
      }
}

static const char aarq[] =
  "e2 00 00 32 80 00 00 00 00 01 00 2a 50 79 00 26 80 00 00 00 80 00 80 00 00 00 00 00 "
  "00 00 00 80 00 00 00 08 02 00 ef ff fe 00 00 01 40 00 00 01 01 00 00 00 00 00";
static const char config[] =
  "e7 00 00 1a 00 18 00 01 01 01 00 12 00 00 ff ff ff ff 0d 1c 00 08 40 00 00 00 00 00 "
  "00 00";
static const char good_config[] =
  "e7 00 00 18 00 16 00 01 01 01 00 10 00 00 ff ff ff ff 0d 1c 00 06 40 00 00 00 00 00";
static const char standard_config[] =
  "e7 00 00 18 00 16 00 01 01 01 00 10 00 00 ff ff ff ff 0d 1c 00 06 1c 20 00 01 00 00";

typedef struct
{
  BenkManager *manager;
  GPtrArray *actions;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const guint8 id[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

  fixture->manager = benk_manager_new (id);
  fixture->actions = benk_manager_actions_new ();
  benk_manager_transport_up (fixture->manager, fixture->actions);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  benk_manager_free (fixture->manager);
  g_ptr_array_unref (fixture->actions);
}

static void
hear (Fixture *fixture, const char *hex)
{
  g_autoptr (GBytes) bytes = data_from_hex (hex);

  g_ptr_array_set_size (fixture->actions, 0);
  benk_manager_receive (fixture->manager, bytes, fixture->actions);
}

static const BenkManagerAction *
find (Fixture *fixture, BenkManagerActionKind kind)
{
  for (guint i = 0; i < fixture->actions->len; i++)
    {
      const BenkManagerAction *action = g_ptr_array_index (fixture->actions, i);

      if (action->kind == kind)
        return action;
    }
  return NULL;
}

static void
assert_sent (Fixture *fixture, const char *hex)
{
  const BenkManagerAction *action = find (fixture, BENK_ACTION_SEND);
  g_autofree char *got = NULL;

  g_assert_nonnull (action);
  got = data_to_hex (action->bytes);
  g_assert_true (g_str_has_prefix (got, hex));
}

static void
operate (Fixture *fixture)
{
  hear (fixture, aarq);
  assert_sent (fixture, "e3 00 00 2c 00 03");
  hear (fixture, good_config);
  g_assert_nonnull (find (fixture, BENK_ACTION_ASSOCIATED));
  g_assert_cmpint (benk_manager_get_state (fixture->manager), ==, BENK_MANAGER_OPERATING);
}

static void
ask (Fixture *fixture)
{
  g_autoptr (BenkApdu) get = benk_apdu_new_get (0, 0, NULL, 0);

  g_ptr_array_set_size (fixture->actions, 0);
  benk_manager_request (fixture->manager, get, 0, fixture->actions);
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  ask (fixture);
  assert_sent (fixture, "e7 00 00 0e 00 0c 00 01 01 03");
  g_assert_cmpuint (find (fixture, BENK_ACTION_START_TIMER)->delay_ms, ==, 3000);
  ask (fixture);
  g_assert_nonnull (find (fixture, BENK_ACTION_REFUSED));
  hear (fixture, "e7 00 00 0e 00 0c 00 01 02 03 00 06 00 00 00 00 00 00");
  g_assert_nonnull (find (fixture, BENK_ACTION_RESPONSE));
  g_assert_false (benk_manager_is_busy (fixture->manager));
  hear (fixture, "e7 00 00 0e 00 0c 00 01 02 03 00 06 00 00 00 00 00 00");
  assert_sent (fixture, "e6 00 00 02 00 00");
  g_assert_cmpint (find (fixture, BENK_ACTION_ENDED)->end, ==, BENK_END_ABORTED);
}

/* An answer with the right number to another question is no answer. */
static void
test_wrong_answer (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  ask (fixture);
  hear (fixture, "e7 00 00 0e 00 0c 00 01 02 07 00 06 00 00 0c 17 00 00");
  assert_sent (fixture, "e6 00 00 02 00 00");
}

static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  ask (fixture);
  g_ptr_array_set_size (fixture->actions, 0);
  benk_manager_timeout (fixture->manager, BENK_TIMER_REQUEST, fixture->actions);
  assert_sent (fixture, "e6 00 00 02 00 02");
  g_assert_cmpint (find (fixture, BENK_ACTION_ENDED)->end, ==, BENK_END_TIMEOUT);
  ask (fixture);
  g_assert_nonnull (find (fixture, BENK_ACTION_REFUSED));
}

static void
test_config_timeout (Fixture *fixture, gconstpointer data)
{
  hear (fixture, aarq);
  g_assert_cmpuint (find (fixture, BENK_ACTION_START_TIMER)->delay_ms, ==, 10000);
  g_ptr_array_set_size (fixture->actions, 0);
  benk_manager_timeout (fixture->manager, BENK_TIMER_CONFIG, fixture->actions);
  assert_sent (fixture, "e6 00 00 02 00 03");
}

static void
test_config_refused (Fixture *fixture, gconstpointer data)
{
  hear (fixture, aarq);
  hear (fixture, config);
  assert_sent (fixture, "e7 00 00 16 00 14 00 01 02 01 00 0e 00 00 ff ff ff ff 0d 1c 00 "
                        "04 40 00 00 01");
  g_assert_cmpint (benk_manager_get_state (fixture->manager), ==, BENK_MANAGER_WAITING);
  hear (fixture, good_config);
  g_assert_cmpint (benk_manager_get_state (fixture->manager), ==, BENK_MANAGER_OPERATING);
}

/* A standard configuration that cannot be read is answered as unknown standard. */
static void
test_standard_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hex = g_strdup (aarq);

  memcpy (strstr (hex, "40 00 00 01"), "1c 20", 5);
  hear (fixture, hex);
  hear (fixture, standard_config);
  assert_sent (fixture, "e7 00 00 16 00 14 00 01 02 01 00 0e 00 00 ff ff ff ff 0d 1c 00 "
                        "04 1c 20 00 02");
}

static void
test_known_config (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  hear (fixture, "e4 00 00 02 00 00");
  assert_sent (fixture, "e5 00 00 02 00 00");
  hear (fixture, aarq);
  assert_sent (fixture, "e3 00 00 2c 00 00");
  g_assert_nonnull (find (fixture, BENK_ACTION_ASSOCIATED));
  hear (fixture, "e4 00 00 02 00 00");
  benk_manager_forget_configs (fixture->manager);
  hear (fixture, aarq);
  assert_sent (fixture, "e3 00 00 2c 00 03");
}

static void
test_release (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  g_ptr_array_set_size (fixture->actions, 0);
  benk_manager_release (fixture->manager, fixture->actions);
  assert_sent (fixture, "e4 00 00 02 00 00");
  hear (fixture, "e4 00 00 02 00 00");
  assert_sent (fixture, "e5 00 00 02 00 00");
  hear (fixture, "e5 00 00 02 00 00");
  g_assert_cmpint (find (fixture, BENK_ACTION_ENDED)->end, ==, BENK_END_RELEASED);
}

/* Each way an association request is not acceptable, by the octet that differs. */
static const struct
{
  const char *name;
  guint offset;
  guint8 octet;
  guint16 result;
} refusals[] = {
  { "version", 4, 0x00, BENK_ASSOC_UNSUPPORTED_VERSION },
  { "protocol", 12, 0x51, BENK_ASSOC_NO_COMMON_PROTOCOL },
  { "protocol version", 16, 0x40, BENK_ASSOC_NO_COMMON_PARAMETER },
  { "encoding", 20, 0x40, BENK_ASSOC_NO_COMMON_PARAMETER },
  { "nomenclature", 22, 0x00, BENK_ASSOC_NO_COMMON_PARAMETER },
  { "a manager", 31, 0x00, BENK_ASSOC_REJECTED_PERMANENT },
};

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GBytes) good = data_from_hex (aarq);
      gsize size;
      guint8 *octets = g_bytes_unref_to_data (g_steal_pointer (&good), &size);
      g_autoptr (GBytes) bad = NULL;
      g_autofree char *hex =
        g_strdup_printf ("e3 00 00 06 00 %02x 00 00 00 00", refusals[i].result);

      octets[refusals[i].offset] = refusals[i].octet;
      bad = g_bytes_new_take (octets, size);
      g_ptr_array_set_size (fixture->actions, 0);
      g_test_message ("%s", refusals[i].name);
      benk_manager_receive (fixture->manager, bad, fixture->actions);
      assert_sent (fixture, hex);
      g_assert_cmpint (benk_manager_get_state (fixture->manager), ==,
                       BENK_MANAGER_UNASSOCIATED);
    }
}

static void
test_bad_structure (Fixture *fixture, gconstpointer data)
{
  operate (fixture);
  hear (fixture, "e7 00 00 0e 00 0c 00 07 01 01 00 06 00 00 ff ff ff ff");
  assert_sent (fixture, "e7 00 00 0a 00 08 00 07 04 00 00 02 00 02");
  g_assert_cmpint (benk_manager_get_state (fixture->manager), ==, BENK_MANAGER_OPERATING);
  hear (fixture, "e7 00 00 02 00 00 00");
  assert_sent (fixture, "e6 00 00 02 00 00");
}

#define ADD(name, func)                                                                  \
  g_test_add ("/phd/manager/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/manager/every-cell-has-one-row", test_every_cell);
  g_test_add_func ("/phd/manager/table-of-the-standard", test_table);
  ADD ("one-request-at-a-time", test_request);
  ADD ("answer-to-another-question-aborts", test_wrong_answer);
  ADD ("request-not-answered-aborts", test_timeout);
  ADD ("configuration-not-in-time-aborts", test_config_timeout);
  ADD ("unusable-configuration-may-be-replaced", test_config_refused);
  ADD ("unusable-standard-configuration", test_standard_refused);
  ADD ("configuration-is-remembered", test_known_config);
  ADD ("releases-cross", test_release);
  ADD ("every-refusal-of-an-association", test_refusals);
  ADD ("bad-structure-is-rejected", test_bad_structure);
  return g_test_run ();
}
