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

/* Every cell of the state table of 20601 and of what it leaves open, written down once
 * more: a line an event, and in it for disconnected, unassociated, waiting, checking,
 * operating and disassociating what is done and the next state; "=" stays. */
typedef struct
{
  BenkManagerEvent event;
  const char *cells;
} Line;

#define E(name) BENK_MANAGER_EV_##name

static const Line lines[] = {
  { E (TRANSPORT_UP), "uU .= .= .= .= .=" },
  { E (TRANSPORT_DOWN), ".= dD dD dD dD dD" },
  { E (AARQ_KNOWN), ".= aO !U !U !U !U" },
  { E (AARQ_UNKNOWN), ".= nW !U !U !U !U" },
  { E (AARQ_REFUSED), ".= rU !U !U !U !U" },
  { E (AARE), ".= !U !U !U !U !U" },
  { E (RLRQ), ".= !U AU AU AU C=" },
  { E (RLRE), ".= .= !U !U !U ZU" },
  { E (ABRT), ".= .= eU eU eU eU" },
  { E (CONFIG), ".= !U xC v= v= .=" },
  { E (CONFIRMED_EVENT), ".= !U o= v= v= .=" },
  { E (STRANGE_EVENT), ".= !U o= c= c= .=" },
  { E (UNCONFIRMED_EVENT), ".= !U o= w= w= .=" },
  { E (REQUEST), ".= !U .= c= j= .=" },
  { E (RORS_KNOWN), ".= !U !U !U D= .=" },
  { E (RORS_UNKNOWN), ".= !U !U !U !U !U" },
  { E (ERROR_KNOWN), ".= !U .= .= D= !U" },
  { E (ERROR_UNKNOWN), ".= !U .= .= !U !U" },
  { E (BAD_SERVICE), ".= !U !U !U s= !U" },
  { E (BAD_APDU), ".= !U !U !U !U !U" },
  { E (USABLE), ".= .= .= kO .= .=" },
  { E (UNUSABLE), ".= .= .= fW .= .=" },
  { E (TO_CONFIG), ".= .= 3U 3U .= .=" },
  { E (TO_RELEASE), ".= .= .= .= .= !U" },
  { E (TO_REQUEST), ".= .= .= .= 2U .=" },
  { E (RELEASE), ".= .= RX RX RX .=" },
  { E (SEND), "F= F= F= F= S= F=" },
};

static const char state_letters[] = "DUWCOX";
static const char action_letters[] = {
  [BENK_DO_NOTHING] = '.',
  [BENK_DO_UP] = 'u',
  [BENK_DO_DOWN] = 'd',
  [BENK_DO_ACCEPT] = 'a',
  [BENK_DO_ACCEPT_UNKNOWN] = 'n',
  [BENK_DO_REFUSE] = 'r',
  [BENK_DO_ABORT] = '!',
  [BENK_DO_ABORT_CONFIG] = '3',
  [BENK_DO_ABORT_RESPONSE] = '2',
  [BENK_DO_END] = 'e',
  [BENK_DO_EXAMINE] = 'x',
  [BENK_DO_CONFIG_OK] = 'k',
  [BENK_DO_CONFIG_REFUSED] = 'f',
  [BENK_DO_NO_SUCH_OBJECT] = 'o',
  [BENK_DO_NO_SUCH_ACTION] = 'c',
  [BENK_DO_ANSWER_EVENT] = 'v',
  [BENK_DO_CONSUME_EVENT] = 'w',
  [BENK_DO_REJECT_OPERATION] = 'j',
  [BENK_DO_REJECT_STRUCTURE] = 's',
  [BENK_DO_DELIVER] = 'D',
  [BENK_DO_SEND] = 'S',
  [BENK_DO_REFUSE_SEND] = 'F',
  [BENK_DO_RELEASE] = 'R',
  [BENK_DO_ANSWER_RELEASE] = 'A',
  [BENK_DO_ANSWER_CROSSING] = 'C',
  [BENK_DO_RELEASED] = 'Z',
};

static const Line *
find_line (BenkManagerEvent event)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].event == event)
      return &lines[i];
  return NULL;
}

static char
get_next (const Line *line, guint state)
{
  char next = line->cells[state * 3 + 1];

  return next == '=' ? state_letters[state] : next;
}

static void
test_table (void)
{
  guint n_cells = 0;

  for (guint event = 0; event < BENK_MANAGER_N_EVENTS; event++)
    for (guint state = 0; state < BENK_MANAGER_N_STATES; state++)
      {
        const Line *line = find_line ((BenkManagerEvent) event);
        const BenkManagerRow *row =
          benk_manager_find_row ((BenkManagerState) state, (BenkManagerEvent) event);
        char next = row->next == BENK_MANAGER_N_STATES ? state_letters[state]
                                                       : state_letters[row->next];

        g_test_message ("%s", row->name);
        g_assert_nonnull (line);
        g_assert_cmpint (action_letters[row->action], ==, line->cells[state * 3]);
        g_assert_cmpint (next, ==, get_next (line, state));
        n_cells++;
      }
  g_test_message ("%u cells", n_cells);
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

/* What an event is as octets, and what each action says first. */
typedef struct
{
  BenkManagerEvent event;
  const char *hex;
} Octets;

static const Octets heard[] = {
  { E (AARQ_UNKNOWN), aarq },
  { E (AARQ_REFUSED), "e2 00 00 08 00 00 00 00 00 00 00 00" },
  { E (AARE), "e3 00 00 06 00 08 00 00 00 00" },
  { E (RLRQ), "e4 00 00 02 00 00" },
  { E (RLRE), "e5 00 00 02 00 00" },
  { E (ABRT), "e6 00 00 02 00 00" },
  { E (CONFIG), good_config },
  { E (CONFIRMED_EVENT), "e7 00 00 12 00 10 00 07 01 01 00 0a 00 00 ff ff ff ff 0d 1e "
                         "00 00" },
  { E (STRANGE_EVENT), "e7 00 00 12 00 10 00 07 01 01 00 0a 00 00 ff ff ff ff f3 00 "
                       "00 00" },
  { E (UNCONFIRMED_EVENT), "e7 00 00 12 00 10 00 07 01 00 00 0a 00 00 ff ff ff ff 0d 1e "
                           "00 00" },
  { E (REQUEST), "e7 00 00 0e 00 0c 00 07 01 03 00 06 00 00 00 00 00 00" },
  { E (RORS_KNOWN), "e7 00 00 0e 00 0c 00 01 02 03 00 06 00 00 00 00 00 00" },
  { E (RORS_UNKNOWN), "e7 00 00 0e 00 0c 00 77 02 03 00 06 00 00 00 00 00 00" },
  { E (ERROR_KNOWN), "e7 00 00 0c 00 0a 00 01 03 00 00 04 00 09 00 00" },
  { E (ERROR_UNKNOWN), "e7 00 00 0c 00 0a 00 77 03 00 00 04 00 09 00 00" },
  { E (BAD_SERVICE), "e7 00 00 0e 00 0c 00 07 01 01 00 06 00 00 ff ff ff ff" },
  { E (BAD_APDU), "5a 5a" },
};

static const struct
{
  char action;
  const char *hex; /* NULL: nothing is sent */
} said[] = {
  { '.', NULL },
  { 'a', "e3 00 00 2c 00 00" },
  { 'n', "e3 00 00 2c 00 03" },
  { 'r', "e3 00 00 06 00 08 00 00 00 00" },
  { '!', "e6 00 00 02 00 00" },
  { '3', "e6 00 00 02 00 03" },
  { '2', "e6 00 00 02 00 02" },
  { 'e', NULL },
  { 'o', "e7 00 00 0c 00 0a 00 07 03 00 00 04 00 01 00 00" },
  { 'c', "e7 00 00 0c 00 0a 00 07 03 00 00 04 00 09 00 00" },
  { 'j', "e7 00 00 0a 00 08 00 07 04 00 00 02 00 65" },
  { 's', "e7 00 00 0a 00 08 00 07 04 00 00 02 00 02" },
  { 'w', NULL },
  { 'D', NULL },
  { 'A', "e5 00 00 02 00 00" },
  { 'C', "e5 00 00 02 00 00" },
  { 'Z', NULL },
  { 'R', "e4 00 00 02 00 00" },
};

/* Into the state, with a request of ours on its way where there may be one. */
static void
go_to (Fixture *fixture, BenkManagerState state)
{
  if (state == BENK_MANAGER_DISCONNECTED)
    benk_manager_transport_down (fixture->manager, fixture->actions);
  if (state == BENK_MANAGER_WAITING)
    hear (fixture, aarq);
  if (state < BENK_MANAGER_OPERATING)
    return;
  operate (fixture);
  ask (fixture);
  if (state == BENK_MANAGER_DISASSOCIATING)
    benk_manager_release (fixture->manager, fixture->actions);
}

static void
assert_cell (Fixture *fixture, const Line *line, guint state)
{
  char action = line->cells[state * 3];

  g_assert_cmpint (state_letters[benk_manager_get_state (fixture->manager)], ==,
                   get_next (line, state));
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      if (said[i].action != action)
        continue;
      if (said[i].hex != NULL)
        assert_sent (fixture, said[i].hex);
      else
        g_assert_null (find (fixture, BENK_ACTION_SEND));
    }
}

/* The same cells by what is heard and said. A configuration is judged at once, so that
 * nobody meets the manager while it checks one. */
static void
test_cells_on_the_wire (void)
{
  static const BenkManagerState states[] = {
    BENK_MANAGER_DISCONNECTED, BENK_MANAGER_UNASSOCIATED,   BENK_MANAGER_WAITING,
    BENK_MANAGER_OPERATING,    BENK_MANAGER_DISASSOCIATING,
  };
  guint n_cells = 0;

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    for (guint i = 0; i < G_N_ELEMENTS (heard); i++)
      {
        const Line *line = find_line (heard[i].event);
        Fixture fixture;

        if (line->cells[states[s] * 3] == 'x')
          continue;
        set_up (&fixture, NULL);
        go_to (&fixture, states[s]);
        g_test_message ("%s: %s", benk_manager_state_get_name (states[s]), heard[i].hex);
        hear (&fixture, heard[i].hex);
        /* Nothing is awaited outside operation and release. */
        if (heard[i].event == E (RORS_KNOWN) && states[s] < BENK_MANAGER_OPERATING)
          line = find_line (E (RORS_UNKNOWN));
        if (heard[i].event == E (ERROR_KNOWN) && states[s] < BENK_MANAGER_OPERATING)
          line = find_line (E (ERROR_UNKNOWN));
        assert_cell (&fixture, line, states[s]);
        tear_down (&fixture, NULL);
        n_cells++;
      }
  g_test_message ("%u cells on the wire", n_cells);
}

/* Each timer in each state: TO_config, TO_release, and one for GET, SET and ACTION. */
static void
test_timers (void)
{
  static const BenkManagerEvent events[] = {
    [BENK_TIMER_CONFIG] = E (TO_CONFIG),
    [BENK_TIMER_RELEASE] = E (TO_RELEASE),
    [BENK_TIMER_REQUEST] = E (TO_REQUEST),
  };

  for (guint state = 0; state < BENK_MANAGER_N_STATES; state++)
    for (guint timer = 0; timer < BENK_N_TIMERS; timer++)
      {
        Fixture fixture;

        if (state == BENK_MANAGER_CHECKING)
          continue;
        set_up (&fixture, NULL);
        go_to (&fixture, (BenkManagerState) state);
        g_ptr_array_set_size (fixture.actions, 0);
        benk_manager_timeout (fixture.manager, (BenkManagerTimer) timer, fixture.actions);
        assert_cell (&fixture, find_line (events[timer]), state);
        tear_down (&fixture, NULL);
      }
}

#define ADD(name, func)                                                                  \
  g_test_add ("/phd/manager/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/manager/every-cell-has-one-row", test_every_cell);
  g_test_add_func ("/phd/manager/table-of-the-standard", test_table);
  g_test_add_func ("/phd/manager/every-cell-on-the-wire", test_cells_on_the_wire);
  g_test_add_func ("/phd/manager/every-timer-in-every-state", test_timers);
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
