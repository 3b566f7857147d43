/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-lifecycle.h"

#include <string.h>

#define ENTERED_MS 10000
#define DONE_MS 20000
#define NOW_MS (ENTERED_MS + 30 * G_GINT64_CONSTANT (86400000))

/* Every change of state that is allowed and what it asks for; "?" marks what is owed.
 * Written from the description of the service, not from the table in code. */
/* clang-format off */
static const char *const expected[][2] = {
  { "ordered→received", "" },
  { "received→stock", "label-read ce-mark power-on-test accessories-complete no-open-return" },
  { "received→faulty", "" },
  { "received→rma-requested", "return-case return-reason reset-or-exception" },
  { "stock→preparing", "clean adapter-present lease-active" },
  { "stock→faulty", "" },
  { "preparing→ready", "read-back plan-valid clock-checked signal-ok adapter-not-missing test-alarm-seen? second-person? not-reserved-for-other?" },
  { "preparing→stock", "reset-proven" },
  { "preparing→faulty", "" },
  { "ready→trial", "still-ready medicine-loaded one-active-device decision-reference? needs-assessment? baseline? training-user? recommendation? not-reserved-for-other?" },
  { "ready→operation", "still-ready medicine-loaded one-active-device replaced-device not-reserved-for-other?" },
  { "ready→stock", "reset-proven" },
  { "ready→faulty", "" },
  { "trial→operation", "trial-length evaluation? settings-documented handed-over" },
  { "trial→paused", "pause-planned alarms-rerouted medicine-secured home-care-informed alarms-cleared" },
  { "trial→to-collect", "evaluation?" },
  { "trial→quarantine", "medicine-removed user-covered" },
  { "trial→faulty", "user-covered" },
  { "operation→paused", "pause-planned alarms-rerouted medicine-secured home-care-informed alarms-cleared" },
  { "operation→to-collect", "decision-ended? medicine-taken-over" },
  { "operation→quarantine", "medicine-removed user-covered" },
  { "operation→faulty", "user-covered" },
  { "paused→trial", "medicine-checked times-confirmed one-active-device test-alarm-seen?" },
  { "paused→operation", "medicine-checked times-confirmed one-active-device not-stopped-in-trial test-alarm-seen?" },
  { "paused→to-collect", "" },
  { "paused→quarantine", "medicine-removed" },
  { "paused→faulty", "" },
  { "to-collect→quarantine", "medicine-removed" },
  { "quarantine→reset", "no-open-alarms cleaned reset-proven portal-unpaired label-removed" },
  { "quarantine→faulty", "" },
  { "reset→stock", "accessories-complete lease-active no-open-return" },
  { "reset→rma-requested", "return-case return-reason reset-proven" },
  { "reset→faulty", "" },
  { "reset→scrapped", "wiped-or-destroyed ee-waste-receipt" },
  { "faulty→operation", "was-in-operation test-dispense one-active-device test-alarm-seen?" },
  { "faulty→quarantine", "medicine-removed" },
  { "faulty→reset", "medicine-removed no-open-alarms cleaned reset-proven portal-unpaired label-removed" },
  { "faulty→rma-requested", "return-case return-reason medicine-removed reset-or-exception" },
  { "faulty→scrapped", "medicine-removed wiped-or-destroyed ee-waste-receipt" },
  { "rma-requested→rma-packed", "return-case return-answered return-serial return-accessories return-no-names reset-or-exception personal-data-marked" },
  { "rma-requested→reset", "return-ended reset-proven" },
  { "rma-requested→quarantine", "return-ended" },
  { "rma-packed→sent", "return-case return-handed-over" },
  { "rma-packed→reset", "return-ended reset-proven" },
  { "rma-packed→quarantine", "return-ended" },
  { "sent→with-vendor", "return-case return-confirmed" },
  { "with-vendor→rma-closed", "return-case return-outcome return-lease erasure" },
  { "rma-closed→received", "" },
  { "lost→quarantine", "medicine-removed" },
  { "ordered→lost", "search-done sim-blocked breach-assessed" },
  { "received→lost", "search-done sim-blocked breach-assessed" },
  { "stock→lost", "search-done sim-blocked breach-assessed" },
  { "preparing→lost", "search-done sim-blocked breach-assessed" },
  { "ready→lost", "search-done sim-blocked breach-assessed" },
  { "trial→lost", "search-done sim-blocked breach-assessed" },
  { "operation→lost", "search-done sim-blocked breach-assessed" },
  { "paused→lost", "search-done sim-blocked breach-assessed" },
  { "to-collect→lost", "search-done sim-blocked breach-assessed" },
  { "quarantine→lost", "search-done sim-blocked breach-assessed" },
  { "reset→lost", "search-done sim-blocked breach-assessed" },
  { "faulty→lost", "search-done sim-blocked breach-assessed" },
  { "rma-requested→lost", "search-done sim-blocked breach-assessed" },
  { "rma-packed→lost", "search-done sim-blocked breach-assessed" },
  { "sent→lost", "search-done sim-blocked breach-assessed" },
  { "with-vendor→lost", "search-done sim-blocked breach-assessed" },
  { "rma-closed→lost", "search-done sim-blocked breach-assessed" },
};
/* clang-format on */

static char *
describe_guards (const BenkLifecycleRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; row->guards[i] != NULL; i++)
    {
      const BenkGuard *guard = benk_guard_find (row->guards[i]);

      g_assert_nonnull (guard);
      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", guard->id,
                              guard->klass == BENK_GUARD_OWED ? "?" : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
find_expected (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (g_str_equal (expected[i][0], name))
      return expected[i][1];

  return NULL;
}

static gboolean
uses_fact (const BenkGuard *guard, BenkFactKind kind)
{
  for (guint i = 0; guard->facts[i] != BENK_FACT_NONE; i++)
    if (guard->facts[i] == kind)
      return TRUE;

  return FALSE;
}

static void
feed_transitions (BenkLifecycleView *view,
                  const BenkLifecycleRow *row,
                  const BenkGuard *without)
{
  BenkDeviceState before = BENK_DEVICE_STATE_OPERATION;

  if (without != NULL && without->condition == BENK_CONDITION_NOT_STOPPED_IN_TRIAL)
    before = BENK_DEVICE_STATE_TRIAL;
  else if (without != NULL && without->condition == BENK_CONDITION_WAS_IN_OPERATION)
    before = BENK_DEVICE_STATE_STOCK;

  benk_lifecycle_view_add_transition (view, -1, before, 1, 1);
  benk_lifecycle_view_add_transition (view, before, row->from, ENTERED_MS, ENTERED_MS);
}

static void
feed_facts (BenkLifecycleView *view,
            const BenkLifecycleRow *row,
            const BenkGuard *without)
{
  for (guint i = 0; row->guards[i] != NULL; i++)
    {
      const BenkGuard *guard = benk_guard_find (row->guards[i]);

      for (guint j = 0; guard->facts[j] != BENK_FACT_NONE; j++)
        if (without == NULL || !uses_fact (without, guard->facts[j]))
          benk_lifecycle_view_add_fact (view, guard->facts[j], DONE_MS, TRUE, TRUE);
    }
  for (guint i = 0; i < BENK_RESET_ATTEMPTS; i++)
    benk_lifecycle_view_add_attempt (view, BENK_LINK_KIND_CHECKLIST, DONE_MS);
}

static void
feed_proofs (BenkLifecycleView *view,
             const BenkLifecycleRow *row,
             BenkLinkKind link_kind,
             const BenkGuard *without)
{
  BenkGuardProof omitted = without != NULL ? without->proof : BENK_GUARD_PROOF_NONE;

  if (omitted != BENK_GUARD_PROOF_READY && omitted != BENK_GUARD_PROOF_STILL_READY &&
      (row->from == BENK_DEVICE_STATE_PREPARING || row->from == BENK_DEVICE_STATE_READY))
    benk_lifecycle_view_add_proof (view, BENK_PROOF_KIND_READY, link_kind, DONE_MS, TRUE);
  if (omitted != BENK_GUARD_PROOF_RESET)
    benk_lifecycle_view_add_proof (view, BENK_PROOF_KIND_RESET, link_kind, DONE_MS, TRUE);
}

static void
feed_conditions (BenkLifecycleView *view, const BenkGuard *without)
{
  BenkGuardCondition omitted = without != NULL ? without->condition : BENK_CONDITION_NONE;
  guint bits = (BENK_RETURN_ENDED << 1) - 1;

  benk_lifecycle_view_set_open_alarms (view,
                                       omitted == BENK_CONDITION_NO_OPEN_ALARMS ? 1 : 0);
  benk_lifecycle_view_set_open_return (view, omitted == BENK_CONDITION_NO_OPEN_RETURN);
  benk_lifecycle_view_set_other_active_device (view, omitted ==
                                                       BENK_CONDITION_ONE_ACTIVE_DEVICE);
  benk_lifecycle_view_set_reserved_for_other (view,
                                              omitted ==
                                                BENK_CONDITION_NOT_RESERVED_FOR_OTHER);
  benk_lifecycle_view_set_lease_ended (view, omitted == BENK_CONDITION_LEASE_ACTIVE);
  benk_lifecycle_view_set_plan_valid (view, omitted != BENK_CONDITION_PLAN_VALID);
  benk_lifecycle_view_set_second_person_asked (view,
                                               omitted ==
                                                 BENK_CONDITION_SECOND_PERSON_NOT_ASKED);
  if (omitted == BENK_CONDITION_POWER_NOT_MISSING)
    benk_accessory_list_add_word (benk_lifecycle_view_get_accessory_list (view),
                                  "charger", BENK_ACCESSORY_MISSING, 1);
  if (omitted == BENK_CONDITION_RETURN)
    bits &= ~without->return_condition;
  benk_lifecycle_view_set_return (view, bits);
}

/* A device for which everything a row asks for holds, except what one guard wants. */
static BenkLifecycleView *
make_view (const BenkLifecycleRow *row,
           BenkLinkKind link_kind,
           gboolean demo_store,
           const BenkGuard *without)
{
  gboolean early =
    without != NULL && without->condition == BENK_CONDITION_TRIAL_LONG_ENOUGH;
  BenkLifecycleView *view =
    benk_lifecycle_view_new (row->from, BENK_ORIGIN_REGISTERED, demo_store,
                             early ? ENTERED_MS + 1 : NOW_MS);

  feed_transitions (view, row, without);
  feed_facts (view, row, without);
  feed_proofs (view, row, link_kind, without);
  feed_conditions (view, without);

  return view;
}

static void
test_table (void)
{
  gsize n_rows;
  const BenkLifecycleRow *rows = benk_lifecycle_get_rows (&n_rows);

  g_assert_cmpuint (n_rows, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *guards = describe_guards (&rows[i]);
      g_autofree char *name =
        g_strdup_printf ("%s→%s", benk_device_state_to_name (rows[i].from),
                         benk_device_state_to_name (rows[i].to));

      g_assert_cmpstr (rows[i].name, ==, name);
      g_assert_cmpstr (guards, ==, find_expected (rows[i].name));
      g_assert_true (benk_lifecycle_find (BENK_MODEL_KIND_DISPENSER, rows[i].from,
                                          rows[i].to) == &rows[i]);
    }
}

static void
test_complete (void)
{
  gsize n_rows;
  const BenkLifecycleRow *rows = benk_lifecycle_get_rows (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (BenkLifecycleView) view =
        make_view (&rows[i], BENK_LINK_KIND_USB, FALSE, NULL);
      g_autoptr (GPtrArray) owed = NULL;
      g_autoptr (GError) error = NULL;

      benk_lifecycle_allow (view, rows[i].to, NULL, &owed, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (owed->len, ==, 0);
      g_test_message ("row %s: allowed when all holds", rows[i].name);
    }
}

static BenkGuardStatus
find_status (GPtrArray *results, const BenkGuard *guard)
{
  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (result->guard == guard)
        return result->status;
    }

  g_assert_not_reached ();
}

static void
prove_hard (const BenkLifecycleRow *row, const BenkGuard *guard)
{
  g_autoptr (BenkLifecycleView) view = make_view (row, BENK_LINK_KIND_USB, FALSE, guard);
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, row->to);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (find_status (results, guard), ==, BENK_GUARD_MISSING);

  /* No reason opens a hard guard. */
  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) "in a hurry");
  g_assert_false (benk_lifecycle_allow (view, row->to, reasons, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, benk_guard_get_message (guard)));
  g_test_message ("row %s: refused without %s", row->name, guard->id);
}

static void
prove_owed (const BenkLifecycleRow *row, const BenkGuard *guard)
{
  g_autoptr (BenkLifecycleView) view = make_view (row, BENK_LINK_KIND_USB, FALSE, guard);
  g_autoptr (GPtrArray) results = benk_lifecycle_check (view, row->to);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) owed = NULL;
  g_autoptr (GError) error = NULL;
  const BenkGuardResult *first;

  g_assert_cmpint (find_status (results, guard), ==, BENK_GUARD_OWING);
  g_assert_false (benk_lifecycle_allow (view, row->to, NULL, &owed, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, benk_guard_get_message (guard)));
  g_assert_null (owed);

  g_hash_table_insert (reasons, (gpointer) guard->id, (gpointer) "  ");
  g_assert_false (benk_lifecycle_allow (view, row->to, reasons, &owed, NULL));

  g_hash_table_insert (reasons, (gpointer) guard->id, (gpointer) "case officer is away");
  g_assert_true (benk_lifecycle_allow (view, row->to, reasons, &owed, NULL));
  g_assert_cmpuint (owed->len, ==, 1);
  first = g_ptr_array_index (owed, 0);
  g_assert_true (first->guard == guard);
  g_assert_cmpstr (first->reason, ==, "case officer is away");
  g_test_message ("row %s: without %s only with a reason", row->name, guard->id);
}

static void
test_every_guard (void)
{
  gsize n_rows;
  const BenkLifecycleRow *rows = benk_lifecycle_get_rows (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    for (guint j = 0; rows[i].guards[j] != NULL; j++)
      {
        const BenkGuard *guard = benk_guard_find (rows[i].guards[j]);

        if (guard->klass == BENK_GUARD_HARD)
          prove_hard (&rows[i], guard);
        else
          prove_owed (&rows[i], guard);
      }
}

/* As make_view (), but a guard that a proof satisfies has only the proof to go by. */
static BenkLifecycleView *
make_proof_view (const BenkLifecycleRow *row,
                 BenkLinkKind link_kind,
                 gboolean demo_store,
                 const BenkGuard *guard)
{
  BenkLifecycleView *view = make_view (row, link_kind, demo_store, guard);

  if (guard->proof != BENK_GUARD_PROOF_RESET)
    benk_lifecycle_view_add_proof (view, BENK_PROOF_KIND_READY, link_kind, DONE_MS, TRUE);
  else
    benk_lifecycle_view_add_proof (view, BENK_PROOF_KIND_RESET, link_kind, DONE_MS, TRUE);

  return view;
}

static void
prove_links (const BenkLifecycleRow *row, const BenkGuard *guard)
{
  for (guint kind = 0; kind < BENK_N_LINK_KINDS; kind++)
    for (gboolean demo = FALSE; demo <= TRUE; demo++)
      {
        g_autoptr (BenkLifecycleView) view = make_proof_view (row, kind, demo, guard);
        g_autoptr (GPtrArray) results = benk_lifecycle_check (view, row->to);
        gboolean real = kind == BENK_LINK_KIND_USB || kind == BENK_LINK_KIND_CHECKLIST;
        gboolean counts = real || (demo && kind < BENK_LINK_KIND_IMPORTED);

        g_assert_cmpint (find_status (results, guard), ==,
                         counts ? BENK_GUARD_MET : BENK_GUARD_MISSING);
      }
  g_test_message ("row %s: %s takes no simulated, replayed or imported proof", row->name,
                  guard->id);
}

static void
test_links (void)
{
  gsize n_rows;
  const BenkLifecycleRow *rows = benk_lifecycle_get_rows (&n_rows);
  guint n_proven = 0;

  for (gsize i = 0; i < n_rows; i++)
    for (guint j = 0; rows[i].guards[j] != NULL; j++)
      {
        const BenkGuard *guard = benk_guard_find (rows[i].guards[j]);

        if (guard->proof == BENK_GUARD_PROOF_NONE)
          continue;
        prove_links (&rows[i], guard);
        n_proven++;
      }

  g_assert_cmpuint (n_proven, >, 10);
}

static void
test_outside (void)
{
  guint n_allowed = 0;

  for (guint from = 0; from < BENK_N_DEVICE_STATES; from++)
    for (guint to = 0; to < BENK_N_DEVICE_STATES; to++)
      {
        g_autofree char *name =
          g_strdup_printf ("%s→%s", benk_device_state_to_name (from),
                           benk_device_state_to_name (to));
        g_autoptr (BenkLifecycleView) view =
          benk_lifecycle_view_new (from, BENK_ORIGIN_REGISTERED, TRUE, NOW_MS);
        g_autoptr (GError) error = NULL;

        if (find_expected (name) != NULL)
          {
            n_allowed++;
            continue;
          }
        g_assert_null (benk_lifecycle_check (view, to));
        g_assert_false (benk_lifecycle_allow (view, to, NULL, NULL, &error));
        g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      }

  g_assert_cmpuint (n_allowed, ==, G_N_ELEMENTS (expected));
}

static void
test_next (void)
{
  for (guint from = 0; from < BENK_N_DEVICE_STATES; from++)
    {
      g_autoptr (GPtrArray) next = benk_lifecycle_next (BENK_MODEL_KIND_DISPENSER, from);
      guint n_expected = 0;

      for (guint to = 0; to < BENK_N_DEVICE_STATES; to++)
        n_expected +=
          benk_lifecycle_find (BENK_MODEL_KIND_DISPENSER, from, to) != NULL ? 1 : 0;
      g_assert_cmpuint (next->len, ==, n_expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/lifecycle/table-is-as-described", test_table);
  g_test_add_func ("/core/lifecycle/every-row-is-allowed-when-all-holds", test_complete);
  g_test_add_func ("/core/lifecycle/every-guard-stops-its-row", test_every_guard);
  g_test_add_func ("/core/lifecycle/only-proofs-that-count-satisfy", test_links);
  g_test_add_func ("/core/lifecycle/nothing-outside-the-table-is-allowed", test_outside);
  g_test_add_func ("/core/lifecycle/next-lists-the-rows-that-leave-a-state", test_next);

  return g_test_run ();
}
