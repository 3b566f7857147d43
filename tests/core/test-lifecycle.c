/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-lifecycle.h"

#include <string.h>

#define STATE(name) BENK_DEVICE_STATE_##name

/* A device whose story is told step by step, one second a step. */
typedef struct
{
  BenkLifecycleView *view;
  gint64 now_ms;
} Story;

static Story
begin (BenkDeviceState state, BenkOrigin origin)
{
  Story story = { benk_lifecycle_view_new (state, origin, FALSE, 1000000), 1000 };

  return story;
}

static void
end (Story *story)
{
  g_clear_pointer (&story->view, benk_lifecycle_view_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Story, end)

static void
go (Story *story, int from, BenkDeviceState to)
{
  story->now_ms += 1000;
  benk_lifecycle_view_add_transition (story->view, from, to, story->now_ms,
                                      story->now_ms);
}

static void
attest (Story *story, BenkFactKind kind)
{
  story->now_ms += 1000;
  benk_lifecycle_view_add_fact (story->view, kind, story->now_ms, TRUE, TRUE);
}

static void
prove (Story *story, BenkProofKind kind, BenkLinkKind link_kind)
{
  story->now_ms += 1000;
  benk_lifecycle_view_add_proof (story->view, kind, link_kind, story->now_ms, TRUE);
}

static void
run (Story *story, BenkRunKind kind, BenkRunOutcome outcome)
{
  story->now_ms += 1000;
  benk_lifecycle_view_add_run (story->view, kind, outcome, story->now_ms);
}

static void
try_reset (Story *story, guint n, BenkLinkKind link_kind)
{
  for (guint i = 0; i < n; i++)
    benk_lifecycle_view_add_attempt (story->view, link_kind, story->now_ms += 1000);
}

static gboolean
holds (Story *story, BenkDeviceState to, const char *guard_id)
{
  g_autoptr (GPtrArray) results = benk_lifecycle_check (story->view, to);

  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->guard->id, guard_id))
        return result->status == BENK_GUARD_MET;
    }

  g_assert_not_reached ();
}

static void
test_reset_is_stale_after_use (void)
{
  g_auto (Story) story = begin (STATE (QUARANTINE), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (STOCK));
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_USB);
  go (&story, STATE (READY), STATE (TRIAL));
  go (&story, STATE (TRIAL), STATE (QUARANTINE));
  g_assert_false (holds (&story, STATE (RESET), "reset-proven"));
  g_assert_false (benk_lifecycle_view_is_reset_proven (story.view));

  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_CHECKLIST);
  g_assert_true (holds (&story, STATE (RESET), "reset-proven"));
  g_assert_true (benk_lifecycle_view_is_reset_proven (story.view));
}

static void
test_reset_survives_the_way_to_stock (void)
{
  g_auto (Story) story = begin (STATE (STOCK), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (TO_COLLECT));
  go (&story, STATE (TO_COLLECT), STATE (QUARANTINE));
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_USB);
  go (&story, STATE (QUARANTINE), STATE (RESET));
  attest (&story, BENK_FACT_ACCESSORIES_COMPLETE);
  go (&story, STATE (RESET), STATE (STOCK));

  g_assert_true (holds (&story, STATE (PREPARING), "clean"));
  g_assert_true (holds (&story, STATE (PREPARING), "adapter-present"));
}

static void
test_writing_makes_the_reset_stale (void)
{
  g_auto (Story) story = begin (STATE (PREPARING), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (STOCK));
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_USB);
  go (&story, STATE (STOCK), STATE (PREPARING));
  g_assert_true (holds (&story, STATE (STOCK), "reset-proven"));

  run (&story, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_UNTOUCHED);
  run (&story, BENK_RUN_KIND_READ, BENK_RUN_OUTCOME_UNKNOWN);
  g_assert_true (holds (&story, STATE (STOCK), "reset-proven"));

  run (&story, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_UNKNOWN);
  g_assert_false (holds (&story, STATE (STOCK), "reset-proven"));

  benk_lifecycle_view_add_proof (story.view, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_USB,
                                 story.now_ms, TRUE);
  g_assert_false (holds (&story, STATE (STOCK), "reset-proven"));

  run (&story, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED);
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_USB);
  g_assert_true (holds (&story, STATE (STOCK), "reset-proven"));

  prove (&story, BENK_PROOF_KIND_READY, BENK_LINK_KIND_CHECKLIST);
  g_assert_false (holds (&story, STATE (STOCK), "reset-proven"));
}

static void
test_imported_asks_for_proof_or_acceptance (void)
{
  g_auto (Story) story = begin (STATE (STOCK), BENK_ORIGIN_IMPORTED);

  go (&story, -1, STATE (STOCK));
  g_assert_false (holds (&story, STATE (PREPARING), "clean"));
  attest (&story, BENK_FACT_FACTORY_NEW);
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_IMPORTED);
  g_assert_false (holds (&story, STATE (PREPARING), "clean"));

  attest (&story, BENK_FACT_RESET_ACCEPTED);
  g_assert_true (holds (&story, STATE (PREPARING), "clean"));
  g_assert_false (benk_lifecycle_view_is_reset_proven (story.view));

  /* Accepted once only: after use it counts no longer, not even attested again. */
  run (&story, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_REDO);
  attest (&story, BENK_FACT_RESET_ACCEPTED);
  g_assert_false (holds (&story, STATE (PREPARING), "clean"));
}

static void
test_new_device_is_clean_until_used (void)
{
  g_auto (Story) story = begin (STATE (STOCK), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (RECEIVED));
  attest (&story, BENK_FACT_FACTORY_NEW);
  go (&story, STATE (RECEIVED), STATE (STOCK));
  g_assert_true (holds (&story, STATE (PREPARING), "clean"));
  attest (&story, BENK_FACT_RESET_ACCEPTED);

  go (&story, STATE (TRIAL), STATE (QUARANTINE));
  attest (&story, BENK_FACT_FACTORY_NEW);
  attest (&story, BENK_FACT_RESET_ACCEPTED);
  g_assert_false (holds (&story, STATE (PREPARING), "clean"));
}

static void
test_facts_end_with_their_scope (void)
{
  g_auto (Story) story = begin (STATE (READY), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (STOCK));
  attest (&story, BENK_FACT_NEEDS_ASSESSMENT);
  go (&story, STATE (STOCK), STATE (PREPARING));
  attest (&story, BENK_FACT_MEDICINE_LOADED);
  go (&story, STATE (PREPARING), STATE (READY));
  g_assert_true (holds (&story, STATE (TRIAL), "needs-assessment"));
  g_assert_false (holds (&story, STATE (TRIAL), "medicine-loaded"));
  attest (&story, BENK_FACT_MEDICINE_LOADED);
  g_assert_true (holds (&story, STATE (TRIAL), "medicine-loaded"));

  /* The next user starts from nothing. */
  go (&story, STATE (READY), STATE (STOCK));
  go (&story, STATE (PREPARING), STATE (READY));
  g_assert_false (holds (&story, STATE (TRIAL), "needs-assessment"));
  g_assert_false (holds (&story, STATE (TRIAL), "medicine-loaded"));
}

static void
test_incomplete_fact_does_not_count (void)
{
  g_auto (Story) story = begin (STATE (READY), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (READY));
  benk_lifecycle_view_add_fact (story.view, BENK_FACT_MEDICINE_LOADED, 9000, TRUE, FALSE);
  benk_lifecycle_view_add_fact (story.view, BENK_FACT_DECISION_REFERENCE, 9000, FALSE,
                                TRUE);
  g_assert_false (holds (&story, STATE (TRIAL), "medicine-loaded"));
  g_assert_false (holds (&story, STATE (TRIAL), "decision-reference"));

  benk_lifecycle_view_add_fact (story.view, BENK_FACT_MEDICINE_LOADED, 9000, FALSE, TRUE);
  benk_lifecycle_view_add_fact (story.view, BENK_FACT_DECISION_REFERENCE, 9000, TRUE,
                                FALSE);
  g_assert_true (holds (&story, STATE (TRIAL), "medicine-loaded"));
  g_assert_true (holds (&story, STATE (TRIAL), "decision-reference"));
}

static void
test_invalid_proof_does_not_count (void)
{
  g_auto (Story) story = begin (STATE (PREPARING), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (PREPARING));
  benk_lifecycle_view_add_proof (story.view, BENK_PROOF_KIND_READY, BENK_LINK_KIND_USB,
                                 9000, FALSE);
  g_assert_false (holds (&story, STATE (READY), "read-back"));
  benk_lifecycle_view_add_proof (story.view, BENK_PROOF_KIND_READY, BENK_LINK_KIND_USB,
                                 10, TRUE);
  g_assert_false (holds (&story, STATE (READY), "read-back"));
  benk_lifecycle_view_add_proof (story.view, BENK_PROOF_KIND_READY, BENK_LINK_KIND_USB,
                                 9000, TRUE);
  g_assert_true (holds (&story, STATE (READY), "read-back"));
  g_assert_false (holds (&story, STATE (READY), "plan-valid"));
}

static void
test_ready_must_still_hold (void)
{
  g_auto (Story) imported = begin (STATE (READY), BENK_ORIGIN_IMPORTED);
  g_auto (Story) story = begin (STATE (READY), BENK_ORIGIN_REGISTERED);

  /* A list that says so proves nothing. */
  go (&imported, -1, STATE (READY));
  g_assert_false (holds (&imported, STATE (TRIAL), "still-ready"));
  g_assert_false (holds (&imported, STATE (OPERATION), "still-ready"));

  go (&story, -1, STATE (STOCK));
  go (&story, STATE (STOCK), STATE (PREPARING));
  prove (&story, BENK_PROOF_KIND_READY, BENK_LINK_KIND_USB);
  go (&story, STATE (PREPARING), STATE (READY));
  g_assert_true (holds (&story, STATE (TRIAL), "still-ready"));

  /* The next stay in stock begins anew. */
  go (&story, STATE (READY), STATE (STOCK));
  go (&story, STATE (STOCK), STATE (PREPARING));
  go (&story, STATE (PREPARING), STATE (READY));
  g_assert_false (holds (&story, STATE (TRIAL), "still-ready"));

  /* Wiped since: the proof no longer stands. */
  benk_lifecycle_view_add_proof (story.view, BENK_PROOF_KIND_READY, BENK_LINK_KIND_USB,
                                 story.now_ms, FALSE);
  g_assert_false (holds (&story, STATE (TRIAL), "still-ready"));
}

static void
test_dead_device_goes_by_the_exception (void)
{
  g_auto (Story) story = begin (STATE (FAULTY), BENK_ORIGIN_REGISTERED);
  g_auto (Story) packed = begin (STATE (RMA_REQUESTED), BENK_ORIGIN_REGISTERED);
  g_auto (Story) closed = begin (STATE (WITH_VENDOR), BENK_ORIGIN_REGISTERED);

  go (&story, STATE (OPERATION), STATE (FAULTY));
  g_assert_false (holds (&story, STATE (RMA_REQUESTED), "reset-or-exception"));
  try_reset (&story, 3, BENK_LINK_KIND_CHECKLIST);
  attest (&story, BENK_FACT_RESET_IMPOSSIBLE);
  g_assert_true (holds (&story, STATE (RMA_REQUESTED), "reset-or-exception"));
  g_assert_false (holds (&story, STATE (SCRAPPED), "wiped-or-destroyed"));

  go (&packed, STATE (OPERATION), STATE (FAULTY));
  try_reset (&packed, 3, BENK_LINK_KIND_USB);
  attest (&packed, BENK_FACT_RESET_IMPOSSIBLE);
  go (&packed, STATE (FAULTY), STATE (RMA_REQUESTED));
  g_assert_true (holds (&packed, STATE (RMA_PACKED), "reset-or-exception"));
  g_assert_false (holds (&packed, STATE (RMA_PACKED), "personal-data-marked"));
  attest (&packed, BENK_FACT_PERSONAL_DATA_MARKED);
  g_assert_true (holds (&packed, STATE (RMA_PACKED), "personal-data-marked"));

  go (&closed, STATE (OPERATION), STATE (FAULTY));
  attest (&closed, BENK_FACT_RESET_IMPOSSIBLE);
  go (&closed, STATE (SENT), STATE (WITH_VENDOR));
  g_assert_false (holds (&closed, STATE (RMA_CLOSED), "erasure"));
  attest (&closed, BENK_FACT_VENDOR_ERASURE);
  g_assert_true (holds (&closed, STATE (RMA_CLOSED), "erasure"));
}

/* Three attempts that count, since the last use; the word alone opens nothing. */
static void
test_exception_needs_attempts (void)
{
  g_auto (Story) story = begin (STATE (FAULTY), BENK_ORIGIN_REGISTERED);

  go (&story, -1, STATE (STOCK));
  try_reset (&story, 3, BENK_LINK_KIND_USB);
  go (&story, STATE (READY), STATE (TRIAL));
  go (&story, STATE (TRIAL), STATE (FAULTY));
  attest (&story, BENK_FACT_RESET_IMPOSSIBLE);
  g_assert_cmpuint (benk_lifecycle_view_count_attempts (story.view), ==, 0);
  g_assert_false (holds (&story, STATE (RMA_REQUESTED), "reset-or-exception"));

  try_reset (&story, 3, BENK_LINK_KIND_SIMULATED);
  try_reset (&story, 3, BENK_LINK_KIND_REPLAY);
  g_assert_cmpuint (benk_lifecycle_view_count_attempts (story.view), ==, 0);
  try_reset (&story, 1, BENK_LINK_KIND_USB);
  try_reset (&story, 1, BENK_LINK_KIND_CHECKLIST);
  g_assert_cmpuint (benk_lifecycle_view_count_attempts (story.view), ==, 2);
  g_assert_false (holds (&story, STATE (RMA_REQUESTED), "reset-or-exception"));
  try_reset (&story, 1, BENK_LINK_KIND_CHECKLIST);
  g_assert_true (holds (&story, STATE (RMA_REQUESTED), "reset-or-exception"));
}

static void
test_import_starts_anywhere (void)
{
  for (guint state = 0; state < BENK_N_DEVICE_STATES; state++)
    {
      gboolean first = state == STATE (ORDERED) || state == STATE (RECEIVED);
      g_auto (Story) story = begin (state, BENK_ORIGIN_IMPORTED);

      g_assert_true (benk_lifecycle_allow_start (BENK_ORIGIN_IMPORTED, state, NULL));
      g_assert_true (benk_lifecycle_allow_start (BENK_ORIGIN_REGISTERED, state, NULL) ==
                     first);
      go (&story, -1, state);
      g_assert_false (benk_lifecycle_view_is_reset_proven (story.view));
      g_test_message ("row import→%s: no proof comes with it",
                      benk_device_state_to_name (state));
    }

  g_assert_false (
    benk_lifecycle_allow_start (BENK_ORIGIN_IMPORTED, BENK_N_DEVICE_STATES, NULL));
}

static void
test_return_from_quarantine_says_reset (void)
{
  g_auto (Story) story = begin (STATE (QUARANTINE), BENK_ORIGIN_REGISTERED);
  g_autoptr (GError) error = NULL;

  g_assert_false (
    benk_lifecycle_allow (story.view, STATE (RMA_REQUESTED), NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reset is not proven"));
}

static void
test_refusal_names_everything (void)
{
  g_auto (Story) story = begin (STATE (RECEIVED), BENK_ORIGIN_REGISTERED);
  g_autoptr (GError) error = NULL;

  go (&story, -1, STATE (RECEIVED));
  g_assert_false (benk_lifecycle_allow (story.view, STATE (STOCK), NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "The label has not been read."));
  g_assert_nonnull (strstr (error->message, "The CE mark has not been seen."));
  g_assert_nonnull (
    strstr (error->message, "The device has not been switched on and tried."));
  g_assert_nonnull (
    strstr (error->message, "The accessories have not been found complete."));
}

static void
test_runs_by_state (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
    benk_lifecycle_allow_run (STATE (PREPARING), BENK_RUN_KIND_PROVISION, NULL));
  g_assert_false (
    benk_lifecycle_allow_run (STATE (STOCK), BENK_RUN_KIND_PROVISION, NULL));
  g_assert_true (benk_lifecycle_allow_run (STATE (STOCK), BENK_RUN_KIND_RESET, NULL));
  g_assert_true (benk_lifecycle_allow_run (STATE (PAUSED), BENK_RUN_KIND_SETTINGS, NULL));
  g_assert_false (benk_lifecycle_allow_run (STATE (READY), BENK_RUN_KIND_SETTINGS, NULL));
  g_assert_false (
    benk_lifecycle_allow_run (BENK_N_DEVICE_STATES, BENK_RUN_KIND_READ, NULL));
  for (guint state = 0; state < BENK_N_DEVICE_STATES; state++)
    g_assert_true (benk_lifecycle_allow_run (state, BENK_RUN_KIND_READ, NULL));

  for (guint state = STATE (TRIAL); state <= STATE (TO_COLLECT); state++)
    {
      g_clear_error (&error);
      g_assert_false (benk_lifecycle_allow_run (state, BENK_RUN_KIND_RESET, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
}

static void
test_undo_stops_at_the_outside (void)
{
  g_assert_true (benk_lifecycle_can_undo (STATE (RECEIVED), STATE (STOCK)));
  g_assert_true (benk_lifecycle_can_undo (STATE (OPERATION), STATE (TO_COLLECT)));
  g_assert_false (benk_lifecycle_can_undo (STATE (PREPARING), STATE (READY)));
  g_assert_false (benk_lifecycle_can_undo (STATE (QUARANTINE), STATE (RESET)));
  g_assert_false (benk_lifecycle_can_undo (STATE (READY), STATE (STOCK)));
  g_assert_false (benk_lifecycle_can_undo (STATE (RMA_REQUESTED), STATE (RMA_PACKED)));
  g_assert_false (benk_lifecycle_can_undo (STATE (SENT), STATE (LOST)));
  g_assert_false (benk_lifecycle_can_undo (STATE (RESET), STATE (SCRAPPED)));
}

/* It may be proven while the device is still to be cleaned. */
static void
test_proven_in_quarantine (void)
{
  g_auto (Story) story = begin (STATE (QUARANTINE), BENK_ORIGIN_REGISTERED);
  g_autoptr (GError) error = NULL;

  go (&story, -1, STATE (QUARANTINE));
  prove (&story, BENK_PROOF_KIND_RESET, BENK_LINK_KIND_CHECKLIST);
  g_assert_false (
    benk_lifecycle_allow (story.view, STATE (RMA_REQUESTED), NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_null (strstr (error->message, "not proven"));
  g_assert_nonnull (strstr (error->message, "“Quarantine” cannot become"));
}

static BenkFactKind
find_way (Story *story, BenkDeviceState to, const char *guard_id)
{
  g_autoptr (GPtrArray) results = benk_lifecycle_check (story->view, to);

  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->guard->id, guard_id))
        return result->way;
    }

  g_assert_not_reached ();
}

/* What is signed first, or nothing where it is done in another way. */
static void
test_ways (void)
{
  static const struct
  {
    const char *guard;
    BenkDeviceState from;
    BenkDeviceState to;
    BenkOrigin origin;
    gboolean used;
    guint n_attempts;
    BenkFactKind way;
  } rows[] = {
    { "clean", STATE (STOCK), STATE (PREPARING), BENK_ORIGIN_REGISTERED, FALSE, 0,
      BENK_FACT_FACTORY_NEW },
    { "clean", STATE (STOCK), STATE (PREPARING), BENK_ORIGIN_REGISTERED, TRUE, 0,
      BENK_FACT_NONE },
    { "clean", STATE (STOCK), STATE (PREPARING), BENK_ORIGIN_IMPORTED, FALSE, 0,
      BENK_FACT_NONE },
    { "clean", STATE (STOCK), STATE (PREPARING), BENK_ORIGIN_IMPORTED, FALSE, 3,
      BENK_FACT_RESET_ACCEPTED },
    { "clean", STATE (STOCK), STATE (PREPARING), BENK_ORIGIN_IMPORTED, TRUE, 3,
      BENK_FACT_VENDOR_ERASURE },
    { "reset-or-exception", STATE (RECEIVED), STATE (RMA_REQUESTED),
      BENK_ORIGIN_REGISTERED, FALSE, 0, BENK_FACT_FACTORY_NEW },
    { "reset-or-exception", STATE (FAULTY), STATE (RMA_REQUESTED), BENK_ORIGIN_REGISTERED,
      TRUE, 2, BENK_FACT_NONE },
    { "reset-or-exception", STATE (FAULTY), STATE (RMA_REQUESTED), BENK_ORIGIN_REGISTERED,
      TRUE, 3, BENK_FACT_RESET_IMPOSSIBLE },
    { "wiped-or-destroyed", STATE (FAULTY), STATE (SCRAPPED), BENK_ORIGIN_REGISTERED,
      TRUE, 0, BENK_FACT_NONE },
    { "wiped-or-destroyed", STATE (FAULTY), STATE (SCRAPPED), BENK_ORIGIN_REGISTERED,
      TRUE, 3, BENK_FACT_MEMORY_DESTROYED },
    { "personal-data-marked", STATE (RMA_REQUESTED), STATE (RMA_PACKED),
      BENK_ORIGIN_REGISTERED, TRUE, 3, BENK_FACT_PERSONAL_DATA_MARKED },
    { "erasure", STATE (WITH_VENDOR), STATE (RMA_CLOSED), BENK_ORIGIN_IMPORTED, TRUE, 0,
      BENK_FACT_VENDOR_ERASURE },
    { "ce-mark", STATE (RECEIVED), STATE (STOCK), BENK_ORIGIN_REGISTERED, FALSE, 0,
      BENK_FACT_CE_MARK },
    { "reset-proven", STATE (QUARANTINE), STATE (RESET), BENK_ORIGIN_REGISTERED, TRUE, 9,
      BENK_FACT_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Story) story = begin (rows[i].from, rows[i].origin);

      go (&story, -1, rows[i].used ? STATE (OPERATION) : rows[i].from);
      if (rows[i].used)
        go (&story, STATE (OPERATION), rows[i].from);
      try_reset (&story, rows[i].n_attempts, BENK_LINK_KIND_CHECKLIST);
      g_test_message ("%s, row %u", rows[i].guard, (guint) i);
      g_assert_cmpint (find_way (&story, rows[i].to, rows[i].guard), ==, rows[i].way);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func ("/core/lifecycle/" name, func)
  ADD ("reset-is-stale-after-use", test_reset_is_stale_after_use);
  ADD ("reset-survives-the-way-to-stock", test_reset_survives_the_way_to_stock);
  ADD ("writing-makes-the-reset-stale", test_writing_makes_the_reset_stale);
  ADD ("imported-asks-for-proof-or-acceptance",
       test_imported_asks_for_proof_or_acceptance);
  ADD ("new-device-is-clean-until-used", test_new_device_is_clean_until_used);
  ADD ("facts-end-with-their-scope", test_facts_end_with_their_scope);
  ADD ("incomplete-fact-does-not-count", test_incomplete_fact_does_not_count);
  ADD ("invalid-proof-does-not-count", test_invalid_proof_does_not_count);
  ADD ("ready-must-still-hold", test_ready_must_still_hold);
  ADD ("dead-device-goes-by-the-exception", test_dead_device_goes_by_the_exception);
  ADD ("exception-needs-attempts", test_exception_needs_attempts);
  ADD ("import-starts-anywhere-without-proof", test_import_starts_anywhere);
  ADD ("return-from-quarantine-says-reset", test_return_from_quarantine_says_reset);
  ADD ("refusal-names-everything", test_refusal_names_everything);
  ADD ("runs-are-allowed-by-state", test_runs_by_state);
  ADD ("undo-stops-at-the-outside", test_undo_stops_at_the_outside);
  ADD ("a-reset-that-is-proven-is-not-called-unproven", test_proven_in_quarantine);
  ADD ("a-reset-is-offered-before-an-exception", test_ways);

  return g_test_run ();
}
