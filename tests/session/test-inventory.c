/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-device-card-private.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-history-item.h"
#include "benk-lifecycle.h"
#include "benk-return-case.h"
#include "benk-session-fixture.h"

static GListModel *
query (BenkSessionFixture *fixture, const BenkDeviceQuery *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GListModel *list;

  benk_inventory_query_async (fixture->inventory, question, NULL,
                              benk_session_fixture_keep, &result);
  list = benk_inventory_query_finish (fixture->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return list;
}

static BenkDeviceCard *
load (BenkSessionFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkDeviceCard *card;

  benk_inventory_load_async (fixture->inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);
  card = benk_inventory_load_finish (fixture->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return card;
}

static gboolean
move (BenkSessionFixture *fixture, BenkDevice *device, const char *place, gint64 *seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  benk_inventory_move_async (fixture->inventory, benk_device_get_id (device), 1, place,
                             NULL, benk_session_fixture_keep, &result);
  done =
    benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), seq, &error);
  g_assert_no_error (error);

  return done;
}

static gboolean
link_user (BenkSessionFixture *fixture,
           BenkDevice *device,
           const char *reference,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_link_user_async (fixture->inventory, benk_device_get_id (device),
                                  reference, "Distrikt 1", NULL,
                                  benk_session_fixture_keep, &result);

  return benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), NULL,
                                       error);
}

static void
test_add (BenkSessionFixture *fixture, gconstpointer unused)
{
  BenkNewDevice rows[] = {
    { "Medido", " md-0001 ", "356938085884014", "D-037", NULL, "Hylle A", 0 },
    { "medido", "MD0001", NULL, NULL, NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "medido", "X2", "356938085884014", NULL, NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "medido", "X2", NULL, "D-037", NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "toaster", "X2", NULL, NULL, NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "medido", "  ", NULL, NULL, NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "medido", "X2", "3,56938E+14", NULL, NULL, NULL, BENK_DEVICE_STATE_RECEIVED },
    { "medido", "X2", NULL, NULL, NULL, NULL, BENK_DEVICE_STATE_STOCK },
  };
  int codes[] = { -1,
                  BENK_ERROR_CONFLICT,
                  BENK_ERROR_CONFLICT,
                  BENK_ERROR_CONFLICT,
                  BENK_ERROR_INVALID,
                  BENK_ERROR_INVALID,
                  BENK_ERROR_INVALID,
                  BENK_ERROR_REFUSED };
  g_autoptr (BenkDevice) device = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      benk_inventory_add_async (fixture->inventory, &rows[i], NULL,
                                benk_session_fixture_keep, &result);
      benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), NULL,
                                    &error);
      if (codes[i] < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, BENK_ERROR, codes[i]);
    }

  device = benk_session_fixture_find (fixture, "D-037");
  g_assert_cmpstr (benk_device_get_serial (device), ==, "md-0001");
  g_assert_cmpstr (benk_device_get_model_id (device), ==, "medido");
  g_assert_cmpstr (benk_device_get_place_name (device), ==, "Hylle A");
  g_assert_cmpint (benk_device_get_origin (device), ==, BENK_ORIGIN_REGISTERED);
}

static void
test_look_only (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkNewDevice device = { .model_id = "medido", .serial = "X" };
  g_autoptr (BenkSession) session = NULL;
  BenkInventory *inventory;

  benk_session_open_async (fixture->path, BENK_SESSION_NONE, fixture->clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  inventory = benk_session_get_inventory (session);
  benk_inventory_add_async (inventory, &device, NULL, benk_session_fixture_keep, &result);
  g_assert_false (
    benk_inventory_change_finish (inventory, BENK_AWAIT (result), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static void
wait_for_row (BenkDevice *row)
{
  while (benk_device_get_serial (row) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
put_many (BenkSessionFixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("Type;Serienr;Status\n");
  g_autofree char *path = g_build_filename (fixture->dir, "many.csv", NULL);
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Medido;M%06u;%s\n", i, i % 2 ? "På lager" : "I drift");
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  import = benk_session_fixture_preview (fixture, path, &error);
  g_assert_no_error (error);
  benk_import_apply_async (import, NULL, benk_session_fixture_keep, &result);
  benk_import_apply_finish (import, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

/* A row comes at once; what it says comes when its page is read. */
static void
test_list (BenkSessionFixture *fixture, gconstpointer unused)
{
  BenkDeviceQuery all = { 0 };
  BenkDeviceQuery stock = { .states = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_STOCK) };
  BenkDeviceQuery search = { .search = "m0001", .limit = 7 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) half = NULL;
  g_autoptr (GListModel) few = NULL;
  g_autoptr (BenkDevice) first = NULL;
  g_autoptr (BenkDevice) late = NULL;
  g_autoptr (BenkDevice) again = NULL;

  put_many (fixture, 600);
  list = query (fixture, &all);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 600);
  g_assert_true (g_list_model_get_item_type (list) == BENK_TYPE_DEVICE);
  first = g_list_model_get_item (list, 0);
  g_assert_cmpstr (benk_device_get_serial (first), ==, "M000000");

  late = g_list_model_get_item (list, 599);
  g_assert_null (benk_device_get_serial (late));
  g_assert_false (benk_id_is_nil (benk_device_get_id (late)));
  again = g_list_model_get_item (list, 599);
  g_assert_true (again == late);
  wait_for_row (late);
  g_assert_cmpstr (benk_device_get_serial (late), ==, "M000599");
  g_assert_null (g_list_model_get_item (list, 600));

  half = query (fixture, &stock);
  g_assert_cmpuint (g_list_model_get_n_items (half), ==, 300);
  few = query (fixture, &search);
  g_assert_cmpuint (g_list_model_get_n_items (few), ==, 7);
}

static void
test_read_and_count (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkDeviceQuery all = { 0 };
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autofree guint *counts = NULL;

  put_many (fixture, 200);
  benk_inventory_read_async (fixture->inventory, &all, NULL, benk_session_fixture_keep,
                             &read);
  devices = benk_inventory_read_finish (fixture->inventory, BENK_AWAIT (read), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 200);
  g_assert_cmpstr (benk_device_get_serial (g_ptr_array_index (devices, 199)), ==,
                   "M000199");

  benk_inventory_count_async (fixture->inventory, NULL, benk_session_fixture_keep,
                              &counted);
  counts = benk_inventory_count_finish (fixture->inventory, BENK_AWAIT (counted), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_STOCK], ==, 100);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_OPERATION], ==, 100);
}

static void
on_changed (BenkInventory *inventory, guint *n_changes)
{
  (*n_changes)++;
}

static void
test_move (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) moved = NULL;
  guint n_changes = 0;
  gint64 seq = 0;

  g_signal_connect (fixture->inventory, "changed", G_CALLBACK (on_changed), &n_changes);
  g_assert_true (move (fixture, device, " Skap 3 ", &seq));
  g_assert_cmpint (seq, >, 0);
  while (n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  moved = benk_session_fixture_find (fixture, "M1");
  g_assert_cmpstr (benk_device_get_place_name (moved), ==, "Skap 3");

  /* Where it is already: nothing is different. */
  g_assert_true (move (fixture, device, "Skap 3", &seq));
  g_assert_cmpint (seq, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->inventory, &n_changes);
}

static void
test_attest_refused (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);

  g_assert_false (benk_session_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED,
                                               NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (benk_session_fixture_attest (fixture, device,
                                               BENK_FACT_DECISION_REFERENCE, " ", NULL,
                                               &error));
  g_assert_nonnull (error);
  g_assert_cmpint (benk_session_fixture_count (fixture, "SELECT count (*) FROM fact"), ==,
                   0);
}

static void
test_set_state (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const BenkFactKind facts[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                        BENK_FACT_POWER_ON_TEST,
                                        BENK_FACT_ACCESSORIES_COMPLETE };
  static const char *const missing[] = { "label has not been read", "CE mark",
                                         "switched on and tried", "accessories" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) changed = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_assert_false (benk_session_fixture_set_state (fixture, device,
                                                      BENK_DEVICE_STATE_STOCK, NULL,
                                                      &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, missing[i]));
      g_clear_error (&error);
      benk_session_fixture_attest (fixture, device, facts[i], NULL, NULL, &error);
      g_assert_no_error (error);
    }
  benk_session_fixture_set_state (fixture, device, BENK_DEVICE_STATE_STOCK, NULL, &error);
  g_assert_no_error (error);
  changed = benk_session_fixture_find (fixture, "M1");
  g_assert_cmpint (benk_device_get_state (changed), ==, BENK_DEVICE_STATE_STOCK);
}

static guint
count_owed (BenkSessionFixture *fixture, BenkDevice *device)
{
  g_autoptr (BenkDeviceCard) card = load (fixture, device);

  return g_list_model_get_n_items (benk_device_card_get_owed (card));
}

static void
test_owed (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "M1", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkNextGuard) owed = NULL;

  benk_session_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED, NULL, "Ola",
                               &error);
  g_assert_no_error (error);

  /* A list that says "ready" proves nothing, and neither does a simulated dispenser. */
  benk_session_fixture_prove_ready (fixture, device, BENK_LINK_KIND_SIMULATED);
  g_assert_false (benk_session_fixture_set_state (fixture, device,
                                                  BENK_DEVICE_STATE_TRIAL, "haster",
                                                  &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  benk_session_fixture_prove_ready (fixture, device, BENK_LINK_KIND_CHECKLIST);
  g_assert_false (benk_session_fixture_set_state (fixture, device,
                                                  BENK_DEVICE_STATE_TRIAL, "", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  benk_session_fixture_set_state (fixture, device, BENK_DEVICE_STATE_TRIAL,
                                  "saksbehandler er syk", &error);
  g_assert_no_error (error);

  card = load (fixture, device);
  g_assert_cmpuint (g_list_model_get_n_items (benk_device_card_get_owed (card)), ==, 5);
  owed = g_list_model_get_item (benk_device_card_get_owed (card), 0);
  g_assert_cmpstr (benk_next_guard_get_reason (owed), ==, "saksbehandler er syk");
  g_assert_cmpint (benk_next_guard_get_due_ms (owed), >, FIXTURE_WALL_MS);
  g_assert_true (benk_next_guard_is_owed (owed));

  benk_session_fixture_attest (fixture, device, BENK_FACT_BASELINE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_owed (fixture, device), ==, 4);
}

static void
test_one_active_device (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_session_fixture_put (fixture, "A", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) b =
    benk_session_fixture_put (fixture, "B", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDevice) c =
    benk_session_fixture_put (fixture, "C", BENK_DEVICE_STATE_TRIAL);
  g_autoptr (BenkDevice) d =
    benk_session_fixture_put (fixture, "D", BENK_DEVICE_STATE_STOCK);

  link_user (fixture, a, "4711", &error);
  g_assert_no_error (error);
  link_user (fixture, b, "4711", &error);
  g_assert_no_error (error);
  g_assert_false (link_user (fixture, c, "4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (link_user (fixture, d, "4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (link_user (fixture, c, "15507600090", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  benk_session_fixture_prove_ready (fixture, b, BENK_LINK_KIND_CHECKLIST);
  benk_session_fixture_attest (fixture, b, BENK_FACT_MEDICINE_LOADED, NULL, "Ola",
                               &error);
  g_assert_no_error (error);
  g_assert_false (benk_session_fixture_set_state (fixture, b, BENK_DEVICE_STATE_TRIAL,
                                                  "haster", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "another active device"));
}

static BenkNextState *
find_next (BenkDeviceCard *card, BenkDeviceState state)
{
  GListModel *next = benk_device_card_get_next (card);

  for (guint i = 0; i < g_list_model_get_n_items (next); i++)
    {
      g_autoptr (BenkNextState) one = g_list_model_get_item (next, i);

      if (benk_next_state_get_state (one) == state)
        return g_steal_pointer (&one);
    }

  return NULL;
}

static void
test_card (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "M1", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (BenkDeviceCard) card = load (fixture, device);
  g_autoptr (BenkNextState) reset = find_next (card, BENK_DEVICE_STATE_RESET);
  g_autoptr (BenkNextState) faulty = find_next (card, BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkNextGuard) guard = NULL;

  g_assert_true (
    g_str_has_prefix (benk_device_card_get_sentence (card), "Quarantine since "));
  g_assert_true (g_str_has_suffix (benk_device_card_get_sentence (card), ": not reset"));
  g_assert_false (benk_next_state_is_open (reset));
  g_assert_true (benk_next_state_is_open (faulty));
  g_assert_null (find_next (card, BENK_DEVICE_STATE_STOCK));

  guard = g_list_model_get_item (benk_next_state_get_guards (reset), 2);
  g_assert_cmpstr (benk_next_guard_get_id (guard), ==, "reset-proven");
  g_assert_false (benk_next_guard_is_met (guard));
  g_assert_cmpint (benk_next_guard_get_fact (guard), ==, -1);
  g_assert_cmpstr (benk_next_guard_get_page (guard), ==, "bench");
  g_assert_cmpstr (benk_next_guard_get_text (guard), ==, "The reset is not proven.");
}

/* A device from a list is not new, and its reset comes before any exception. */
static void
test_card_resets_first (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "M1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDeviceCard) card = load (fixture, device);
  g_autoptr (BenkNextState) preparing = find_next (card, BENK_DEVICE_STATE_PREPARING);
  g_autoptr (BenkNextGuard) clean =
    g_list_model_get_item (benk_next_state_get_guards (preparing), 0);

  g_assert_cmpstr (benk_next_guard_get_id (clean), ==, "clean");
  g_assert_cmpint (benk_next_guard_get_fact (clean), ==, -1);
  g_assert_cmpstr (benk_next_guard_get_page (clean), ==, "bench");
}

/* What holds for want of a hindrance is not told as something that was done. */
static void
test_card_claims_nothing (BenkSessionFixture *fixture, gconstpointer unused)
{
  gsize n_rows;
  const BenkLifecycleRow *rows = benk_lifecycle_get_rows (&n_rows);
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "M1", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDeviceCard) card = load (fixture, device);
  g_autoptr (BenkNextState) paused = find_next (card, BENK_DEVICE_STATE_PAUSED);
  g_autoptr (BenkNextGuard) alarms =
    g_list_model_get_item (benk_next_state_get_guards (paused), 4);

  g_assert_cmpstr (benk_next_guard_get_id (alarms), ==, "alarms-cleared");
  g_assert_true (benk_next_guard_is_met (alarms));
  g_assert_cmpstr (benk_next_guard_get_text (alarms), ==,
                   "No open alarms, or they were handed over");

  /* Every guard that holds in other ways than by one fact has words of its own. */
  for (gsize i = 0; i < n_rows; i++)
    for (guint g = 0; rows[i].guards[g] != NULL; g++)
      {
        const BenkGuard *guard = benk_guard_find (rows[i].guards[g]);
        g_autoptr (BenkNextGuard) met = benk_next_guard_new (guard, TRUE, 0, NULL);

        if (guard->condition == BENK_CONDITION_RETURN ||
            (guard->proof == BENK_GUARD_PROOF_NONE &&
             guard->condition == BENK_CONDITION_NONE))
          continue;
        g_assert_cmpstr (benk_next_guard_get_text (met), !=, guard->id);
        if (guard->facts[0] != BENK_FACT_NONE)
          g_assert_cmpstr (benk_next_guard_get_text (met), !=,
                           benk_fact_kind_get_label (guard->facts[0]));
      }
}

/* Every change of a device, in words, newest first. */
static void
test_history (BenkSessionFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (fixture, "M1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkHistoryItem) newest = NULL;
  g_autofree char *changes = NULL;
  GListModel *history;

  move (fixture, device, "Hylle A", NULL);
  move (fixture, device, "Hylle B", NULL);
  card = load (fixture, device);
  history = benk_device_card_get_history (card);
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 3);
  newest = g_list_model_get_item (history, 0);
  g_assert_cmpint (benk_history_item_get_verb (newest), ==, BENK_VERB_MOVE);
  g_assert_true (benk_history_item_get_undoable (newest));
  g_assert_nonnull (strstr (benk_history_item_get_who (newest), "K"));
  changes = g_strjoinv ("|", (char **) benk_history_item_get_changes (newest));
  g_assert_nonnull (strstr (changes, "Hylle A → Hylle B"));

  g_assert_true (benk_session_fixture_undo (fixture, &error));
  g_assert_no_error (error);
}

static gboolean
is_in_folder (BenkSessionFixture *fixture, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_get_contents (path, &data, &length, NULL) &&
          memmem (data, length, word, strlen (word)) != NULL)
        found = TRUE;
    }

  return found;
}

static void
test_erase (BenkSessionFixture *fixture, gconstpointer unused)
{
  static const char *const words[] = { "ref-zebra-4711", "vedtak-qxyz", "sykepleier-wxyz",
                                       "grunn-vwxy" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (fixture, "M1", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDevice) after = NULL;

  link_user (fixture, device, words[0], &error);
  benk_session_fixture_attest (fixture, device, BENK_FACT_DECISION_REFERENCE, words[1],
                               NULL, &error);
  benk_session_fixture_prove_ready (fixture, device, BENK_LINK_KIND_CHECKLIST);
  benk_session_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED, NULL, words[2],
                               &error);
  benk_session_fixture_set_state (fixture, device, BENK_DEVICE_STATE_TRIAL, words[3],
                                  &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (is_in_folder (fixture, words[i]));

  benk_inventory_erase_user_async (fixture->inventory, words[0], NULL,
                                   benk_session_fixture_keep, &result);
  benk_inventory_change_finish (fixture->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (is_in_folder (fixture, words[i]));
  after = benk_session_fixture_find (fixture, "M1");
  g_assert_cmpint (benk_device_get_state (after), ==, BENK_DEVICE_STATE_TRIAL);
  g_assert_null (benk_device_get_person_ref (after));
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/inventory/" path, BenkSessionFixture, NULL,                      \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("registers-a-device-once", test_add);
  ADD ("nobody-chosen-is-for-looking-only", test_look_only);
  ADD ("a-list-gives-rows-at-once", test_list);
  ADD ("reads-and-counts", test_read_and_count);
  ADD ("moves-to-a-place-by-name", test_move);
  ADD ("a-fact-needs-its-words", test_attest_refused);
  ADD ("a-state-names-what-it-is-missing", test_set_state);
  ADD ("what-is-put-off-is-owed-until-it-is-done", test_owed);
  ADD ("a-user-has-one-active-device", test_one_active_device);
  ADD ("a-card-says-what-is-next", test_card);
  ADD ("a-card-leads-to-a-reset-before-an-exception", test_card_resets_first);
  ADD ("a-card-claims-nothing-that-was-not-done", test_card_claims_nothing);
  ADD ("history-says-old-and-new", test_history);
  ADD ("an-erased-user-is-in-no-byte", test_erase);

  return g_test_run ();
}
