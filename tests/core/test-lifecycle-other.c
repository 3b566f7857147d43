/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist.h"
#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-model.h"

#include <string.h>

#define STATE(name) BENK_DEVICE_STATE_##name

/* The way of a smoke detector through the district, and all that is asked on it. */
static const struct
{
  BenkDeviceState from;
  BenkDeviceState to;
  const char *asked;
} way[] = {
  { STATE (ORDERED), STATE (RECEIVED), "" },
  { STATE (RECEIVED), STATE (STOCK),
    "label-read ce-mark power-on-test accessories-complete no-open-return" },
  { STATE (STOCK), STATE (OPERATION),
    "clean lease-active decision-reference training-user test-alarm-seen" },
  { STATE (OPERATION), STATE (FAULTY), "" },
  { STATE (FAULTY), STATE (OPERATION), "was-in-operation test-alarm-seen" },
  { STATE (OPERATION), STATE (PAUSED),
    "pause-planned alarms-rerouted home-care-informed alarms-cleared" },
  { STATE (PAUSED), STATE (OPERATION), "not-stopped-in-trial test-alarm-seen" },
  { STATE (OPERATION), STATE (TO_COLLECT), "decision-ended" },
  { STATE (TO_COLLECT), STATE (QUARANTINE), "" },
  { STATE (QUARANTINE), STATE (RESET),
    "no-open-alarms cleaned reset-proven portal-unpaired label-removed" },
  { STATE (RESET), STATE (STOCK), "accessories-complete lease-active no-open-return" },
  { STATE (RESET), STATE (RMA_REQUESTED), "return-case return-reason reset-proven" },
  { STATE (FAULTY), STATE (RMA_REQUESTED),
    "return-case return-reason reset-or-exception" },
  { STATE (RMA_REQUESTED), STATE (RMA_PACKED),
    "return-case return-answered return-serial return-accessories return-no-names"
    " reset-or-exception personal-data-marked" },
  { STATE (FAULTY), STATE (SCRAPPED), "wiped-or-destroyed ee-waste-receipt" },
};

static char *
list_guards (BenkModelKind kind, BenkDeviceState from, BenkDeviceState to)
{
  g_autoptr (BenkLifecycleView) view =
    benk_lifecycle_view_new (from, BENK_ORIGIN_REGISTERED, FALSE, 1000);
  g_autoptr (GPtrArray) results = NULL;
  GString *out;

  benk_lifecycle_view_set_kind (view, kind);
  results = benk_lifecycle_check (view, to);
  if (results == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < results->len; i++)
    g_string_append_printf (
      out, "%s%s", i > 0 ? " " : "",
      ((const BenkGuardResult *) g_ptr_array_index (results, i))->guard->id);
  return g_string_free (out, FALSE);
}

static void
test_way (void)
{
  for (BenkModelKind kind = BENK_MODEL_KIND_SAFETY_ALARM; kind < BENK_N_MODEL_KINDS;
       kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
      {
        g_autofree char *asked = list_guards (kind, way[i].from, way[i].to);

        g_assert_cmpstr (asked, ==, way[i].asked);
      }
}

/* Every pair of states, for every kind: nothing is asked of a smoke detector that is not
 * asked of a dispenser on the same way, and nothing about medicine, doses or settings. */
static void
test_nothing_about_doses (void)
{
  guint n = 0;

  for (BenkDeviceState from = 0; from < BENK_N_DEVICE_STATES; from++)
    for (BenkDeviceState to = 0; to < BENK_N_DEVICE_STATES; to++)
      {
        g_autofree char *other = list_guards (BENK_MODEL_KIND_GPS, from, to);
        g_autofree char *dispenser = list_guards (BENK_MODEL_KIND_DISPENSER, from, to);
        g_auto (GStrv) guards = g_strsplit (other != NULL ? other : "", " ", -1);
        g_auto (GStrv) all = g_strsplit (dispenser != NULL ? dispenser : "", " ", -1);

        if (other == NULL)
          continue;
        n++;
        for (guint i = 0; guards[i] != NULL; i++)
          {
            g_assert_null (strstr (guards[i], "medicine"));
            g_assert_null (strstr (guards[i], "plan-valid"));
            g_assert_null (strstr (guards[i], "dispense"));
            g_assert_null (strstr (guards[i], "times"));
            g_assert_true (from == STATE (STOCK) ||
                           g_strv_contains ((const char *const *) all, guards[i]));
          }
        g_assert_true (to != STATE (PREPARING) && to != STATE (READY) &&
                       to != STATE (TRIAL));
        g_assert_true (dispenser != NULL ||
                       (from == STATE (STOCK) && to == STATE (OPERATION)));
      }
  g_test_message ("%u ways of other equipment", n);
  g_assert_cmpuint (n, >, 40);
}

static void
test_dispensers_keep_their_way (void)
{
  g_autofree char *straight =
    list_guards (BENK_MODEL_KIND_DISPENSER, STATE (STOCK), STATE (OPERATION));

  g_assert_null (straight);
  g_assert_nonnull (
    benk_lifecycle_find (BENK_MODEL_KIND_DISPENSER, STATE (STOCK), STATE (PREPARING)));
  g_assert_null (
    benk_lifecycle_find (BENK_MODEL_KIND_OTHER, STATE (STOCK), STATE (PREPARING)));
}

/* What came into the store in a state that such equipment has not gets out of it. */
static void
test_way_out (void)
{
  for (BenkDeviceState from = 0; from < BENK_N_DEVICE_STATES; from++)
    {
      g_autoptr (GPtrArray) next = benk_lifecycle_next (BENK_MODEL_KIND_OTHER, from);

      if (from != STATE (SCRAPPED))
        g_assert_cmpuint (next->len, >, 0);
    }
}

static gboolean
asks_for_reset (BenkModelKind kind, BenkDeviceState from)
{
  g_autoptr (GPtrArray) next = benk_lifecycle_next (kind, from);

  for (guint i = 0; i < next->len; i++)
    {
      const BenkLifecycleRow *row = g_ptr_array_index (next, i);

      for (guint g = 0; row->guards[g] != NULL; g++)
        {
          const BenkGuard *guard = benk_guard_find (row->guards[g]);

          if (guard->proof == BENK_GUARD_PROOF_RESET && benk_guard_applies (guard, kind))
            return TRUE;
        }
    }

  return FALSE;
}

/* In stock, quarantine and with a fault it is said that a reset is not proven: that is
 * asked there of every kind, and every model that comes with the program has one. */
static void
test_reset_is_asked (void)
{
  static const BenkDeviceState said[] = { STATE (STOCK), STATE (QUARANTINE),
                                          STATE (FAULTY) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = benk_model_load_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < models->len; i++)
    g_assert_cmpuint (
      benk_model_get_checklist (g_ptr_array_index (models, i), BENK_TASK_RESET)->len, >,
      0);
  for (BenkModelKind kind = 0; kind < BENK_N_MODEL_KINDS; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
      g_assert_true (asks_for_reset (kind, said[i]));
}

static void
test_no_jobs (void)
{
  for (BenkRunKind run = 0; run <= BENK_RUN_KIND_CHECKLIST; run++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (benk_lifecycle_allow_job (BENK_MODEL_KIND_DISPENSER, run, NULL));
      g_assert_false (
        benk_lifecycle_allow_job (BENK_MODEL_KIND_SMOKE_DETECTOR, run, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
}

static void
test_lists_keep_less (void)
{
  const char *const *kept = benk_task_get_required (BENK_TASK_RESET, BENK_MODEL_KIND_GPS);

  g_assert_true (g_strv_contains (kept, "portal-unpaired"));
  g_assert_true (g_strv_contains (kept, "no-person-shown"));
  g_assert_false (g_strv_contains (kept, "medicine-out"));
  g_assert_true (
    g_strv_contains (benk_task_get_required (BENK_TASK_RESET, BENK_MODEL_KIND_DISPENSER),
                     "medicine-out"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/lifecycle-other/the-way-of-other-equipment", test_way);
  g_test_add_func ("/core/lifecycle-other/nothing-about-doses-is-asked",
                   test_nothing_about_doses);
  g_test_add_func ("/core/lifecycle-other/dispensers-keep-their-way",
                   test_dispensers_keep_their_way);
  g_test_add_func ("/core/lifecycle-other/no-state-is-a-trap", test_way_out);
  g_test_add_func ("/core/lifecycle-other/a-reset-is-asked-where-it-is-said",
                   test_reset_is_asked);
  g_test_add_func ("/core/lifecycle-other/no-jobs-over-usb", test_no_jobs);
  g_test_add_func ("/core/lifecycle-other/its-lists-need-no-step-about-medicine",
                   test_lists_keep_less);

  return g_test_run ();
}
