/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-fact.h"
#include "benk-id.h"
#include "benk-link-kind.h"
#include "benk-serial.h"
#include "benk-state.h"
#include "benk-verb.h"

#include "benk-fake-clock.h"

#include <string.h>

#define WALL_MS G_GINT64_CONSTANT (1795276800123)

static void
test_error_names (void)
{
  g_assert_cmpstr (benk_error_get_name (BENK_ERROR_REFUSED), ==, "refused");
  g_assert_cmpstr (benk_error_get_name (BENK_ERROR_NOT_FOUND), ==, "not-found");
  g_assert_cmpstr (benk_error_get_name (-1), ==, "failed");
  g_assert_cmpstr (benk_error_get_name (999), ==, "failed");
  for (int i = 0; i < BENK_N_ERRORS; i++)
    for (int j = 0; j < i; j++)
      g_assert_cmpstr (benk_error_get_name (i), !=, benk_error_get_name (j));
  g_assert_cmpstr (g_quark_to_string (BENK_ERROR), ==, "BenkError");
}

static void
test_state_names (void)
{
  static const char *const names[] = {
    "ordered",     "received",   "stock",         "preparing",  "ready",
    "trial",       "operation",  "paused",        "to-collect", "quarantine",
    "reset",       "faulty",     "rma-requested", "rma-packed", "sent",
    "with-vendor", "rma-closed", "scrapped",      "lost",
  };

  g_assert_cmpuint (G_N_ELEMENTS (names), ==, BENK_N_DEVICE_STATES);
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      BenkDeviceState state = BENK_N_DEVICE_STATES;

      g_assert_cmpstr (benk_device_state_to_name (i), ==, names[i]);
      g_assert_true (benk_device_state_from_name (names[i], &state));
      g_assert_cmpuint (state, ==, i);
      g_assert_nonnull (benk_device_state_get_label (i, TRUE));
    }
  g_assert_null (benk_device_state_to_name (BENK_N_DEVICE_STATES));
  g_assert_null (benk_device_state_get_label (BENK_N_DEVICE_STATES, TRUE));
}

static void
test_unproven_stock_says_so (void)
{
  g_assert_cmpstr (benk_device_state_get_label (BENK_DEVICE_STATE_STOCK, FALSE), ==,
                   "In stock, reset not proven");
  g_assert_cmpstr (benk_device_state_get_label (BENK_DEVICE_STATE_STOCK, TRUE), ==,
                   "In stock");
  g_assert_cmpstr (benk_device_state_get_label (BENK_DEVICE_STATE_READY, FALSE), ==,
                   "Ready");
}

static void
test_person_states (void)
{
  g_assert_true (benk_device_state_may_have_person (BENK_DEVICE_STATE_TRIAL));
  g_assert_true (benk_device_state_may_have_person (BENK_DEVICE_STATE_QUARANTINE));
  g_assert_false (benk_device_state_may_have_person (BENK_DEVICE_STATE_STOCK));
  g_assert_false (benk_device_state_may_have_person (BENK_DEVICE_STATE_RMA_PACKED));
  g_assert_false (benk_device_state_may_have_person (BENK_N_DEVICE_STATES));
}

static void
test_other_names (void)
{
  for (guint i = 0; i < BENK_N_VERBS; i++)
    {
      BenkVerb verb = BENK_N_VERBS;

      g_assert_true (benk_verb_from_name (benk_verb_to_name (i), &verb));
      g_assert_cmpuint (verb, ==, i);
      g_assert_nonnull (benk_verb_get_label (i));
    }
  for (guint i = 0; i < BENK_N_LINK_KINDS; i++)
    {
      BenkLinkKind kind = BENK_N_LINK_KINDS;

      g_assert_true (benk_link_kind_from_name (benk_link_kind_to_name (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_nonnull (benk_link_kind_get_label (i));
    }
  for (guint i = 1; i < BENK_N_FACT_KINDS; i++)
    {
      BenkFactKind kind = BENK_FACT_NONE;

      g_assert_true (benk_fact_kind_from_name (benk_fact_kind_to_name (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_nonnull (benk_fact_kind_get_label (i));
    }
  g_assert_null (benk_fact_kind_to_name (BENK_FACT_NONE));
  g_assert_null (benk_verb_to_name (BENK_N_VERBS));
  g_assert_false (benk_verb_from_name (NULL, &(BenkVerb){ 0 }));
  g_assert_false (benk_fact_kind_from_name (NULL, &(BenkFactKind){ 0 }));
  g_assert_false (benk_link_kind_from_name ("", &(BenkLinkKind){ 0 }));
}

static void
test_what_left_is_never_undone (void)
{
  static const BenkVerb never[] = {
    BENK_VERB_INTAKE, BENK_VERB_TAKE,   BENK_VERB_CLOSE,       BENK_VERB_RUN,
    BENK_VERB_PROOF,  BENK_VERB_ATTEST, BENK_VERB_UNDO,        BENK_VERB_RETURN_STEP,
    BENK_VERB_ERASE,  BENK_VERB_WAIT,   BENK_VERB_STOP_WAITING
  };
  static const BenkVerb always[] = { BENK_VERB_REGISTER,  BENK_VERB_IMPORT,
                                     BENK_VERB_EDIT,      BENK_VERB_MOVE,
                                     BENK_VERB_LABEL,     BENK_VERB_RESERVE,
                                     BENK_VERB_STOCKTAKE, BENK_VERB_GIVE_UP };

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_cmpint (benk_verb_get_undoable (never[i]), ==, BENK_UNDOABLE_NEVER);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_cmpint (benk_verb_get_undoable (always[i]), ==, BENK_UNDOABLE_ALWAYS);
  g_assert_cmpint (benk_verb_get_undoable (BENK_VERB_SET_STATE), ==, BENK_UNDOABLE_STATE);
}

static void
test_fact_asks_for_what_it_needs (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_fact_kind_check (BENK_FACT_CLEANED, NULL, NULL, NULL));
  g_assert_true (
    benk_fact_kind_check (BENK_FACT_MEDICINE_LOADED, NULL, "A. Nurse", NULL));
  g_assert_true (
    benk_fact_kind_check (BENK_FACT_DECISION_REFERENCE, "2026/4711", NULL, NULL));
  g_assert_false (benk_fact_kind_check (BENK_FACT_MEDICINE_LOADED, "x", " \t", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (
    benk_fact_kind_check (BENK_FACT_DECISION_REFERENCE, "", "A. Nurse", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (benk_fact_kind_check (BENK_FACT_NONE, "x", "y", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

static void
test_id_by_time (void)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (WALL_MS);
  BenkId first = benk_id_new (BENK_CLOCK (clock));
  BenkId second = benk_id_new (BENK_CLOCK (clock));
  g_autofree char *text = benk_id_to_string (&first);
  BenkId later, parsed;

  benk_fake_clock_advance (clock, 1);
  later = benk_id_new (BENK_CLOCK (clock));

  g_assert_false (benk_id_equal (&first, &second));
  g_assert_cmpint (benk_id_compare (&first, &later), <, 0);
  g_assert_cmpint (benk_id_compare (&second, &later), <, 0);
  g_assert_cmpuint (strlen (text), ==, 36);
  g_assert_cmpint (text[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", text[19]));
  g_assert_true (benk_id_parse (text, &parsed));
  g_assert_true (benk_id_equal (&first, &parsed));
  g_assert_cmpuint (benk_id_hash (&first), ==, benk_id_hash (&parsed));
}

static void
test_id_by_name (void)
{
  BenkId a = benk_id_new_named ("device", "medido\nMD1");
  BenkId b = benk_id_new_named ("device", "medido\nMD1");
  BenkId c = benk_id_new_named ("devicemedido", "\nMD1");
  g_autofree char *text = benk_id_to_string (&a);

  g_assert_true (benk_id_equal (&a, &b));
  g_assert_false (benk_id_equal (&a, &c));
  g_assert_cmpint (text[14], ==, '8');
  g_assert_nonnull (strchr ("89ab", text[19]));
  /* Stored in databases: must never change. */
  g_assert_cmpstr (text, ==, "91fca048-aaf0-8d9f-8ddf-07b290479f9d");
}

static void
test_id_bad_text (void)
{
  static const char *const bad[] = {
    NULL,
    "",
    "nil",
    "0f6b1a52-6c0e-4b0e-9d53-2b2c5a1c7e1",
    "0f6b1a52-6c0e-4b0e-9d53-2b2c5a1c7e100",
    "0f6b1a52x6c0e-4b0e-9d53-2b2c5a1c7e10",
    "0f6b1a52-6c0e-4b0e-9d53-2b2c5a1c7e1g",
    "urn:uuid:0f6b1a52-6c0e-4b0e-9d53-2b2",
    "0f6b1a526-c0e-4b0e-9d53-2b2c5a1c7e10",
  };
  BenkId id = BENK_ID_NIL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (benk_id_parse (bad[i], &id));
      g_assert_true (benk_id_is_nil (&id));
    }
  g_assert_true (benk_id_parse ("0F6B1A52-6c0e-4b0e-9d53-2b2c5a1c7e10", &id));
  g_assert_false (benk_id_is_nil (&id));
  g_assert_true (benk_id_is_nil (NULL));
}

static void
test_serial_forms (void)
{
  static const char *const forms[][2] = {
    { "PS-01021", "PS01021" },
    { " ps 01021 ", "PS01021" },
    { "PS\xe2\x80\x91"
      "01021",
      "PS01021" },
    { "\xef\xbc\xb0\xef\xbc\xb3"
      "01021",
      "PS01021" },
    { "PS\xc2\xa0"
      "01021",
      "PS01021" },
    { "PS\xe2\x88\x92"
      "01021",
      "PS01021" },
    { "--- ", "" },
    { "", "" },
    { "\xef\xbb\xbfPS01021\r", "PS01021" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *normal = benk_serial_normalise (forms[i][0]);

      g_assert_cmpstr (normal, ==, forms[i][1]);
    }
}

/* A name, an address or a person's number is no serial number, whatever says it is. */
static void
test_serial_plausible (void)
{
  static const char *const yes[] = { "MD-000123", "PP000533", "EV 000123",
                                     "S-1",       "4711",     "356938085884014" };
  static const char *const no[] = {
    "",           "Medido",      "Kari Nordmann", "Kari Nordmanns dispenser, Storgata 5",
    "Storgata 5", "13116900216", "131169 00216",  "nr 13116900216",
    "S1\n",       "Blåveien7"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (benk_serial_is_plausible (yes[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (benk_serial_is_plausible (no[i]));
  g_assert_false (benk_serial_is_plausible (NULL));
}

static void
test_serial_garbage (void)
{
  g_autofree char *none = benk_serial_normalise (NULL);
  g_autofree char *invalid = benk_serial_normalise ("\xff\xfe"
                                                    "AB\xc3");

  g_assert_cmpstr (none, ==, "");
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
}

static void
test_birth_id (void)
{
  BenkId a = BENK_ID_NIL, b = BENK_ID_NIL, c = BENK_ID_NIL;

  g_assert_true (benk_device_birth_id ("pilly-sms", "PS-01021", &a));
  g_assert_true (benk_device_birth_id ("pilly-sms", "ps 01021", &b));
  g_assert_true (benk_device_birth_id ("medido", "PS-01021", &c));
  g_assert_true (benk_id_equal (&a, &b));
  g_assert_false (benk_id_equal (&a, &c));
  g_assert_false (benk_device_birth_id ("medido", " - ", &c));
}

static void
test_imei (void)
{
  static const struct
  {
    const char *imei;
    BenkImeiCheck check;
  } rows[] = {
    { "356938085884015", BENK_IMEI_CHECK_DIGIT },
    { "490154203237518", BENK_IMEI_OK },
    { "49-015420-323751-8", BENK_IMEI_OK },
    { "123456789101112", BENK_IMEI_CHECK_DIGIT },
    { "3,56938E+14", BENK_IMEI_SPREADSHEET },
    { "3.56938e+14", BENK_IMEI_SPREADSHEET },
    { "", BENK_IMEI_MISSING },
    { NULL, BENK_IMEI_MISSING },
    { "35693808588401", BENK_IMEI_NOT_15_DIGITS },
    { "35693808588401A", BENK_IMEI_NOT_15_DIGITS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean warns =
        rows[i].check != BENK_IMEI_OK && rows[i].check != BENK_IMEI_MISSING;

      g_assert_cmpint (benk_imei_check (rows[i].imei), ==, rows[i].check);
      g_assert_true ((benk_imei_check_get_label (rows[i].check) != NULL) == warns);
    }
}

static void
test_link_kinds_that_count (void)
{
  g_assert_true (benk_link_kind_counts (BENK_LINK_KIND_USB, FALSE));
  g_assert_true (benk_link_kind_counts (BENK_LINK_KIND_CHECKLIST, FALSE));
  g_assert_false (benk_link_kind_counts (BENK_LINK_KIND_SIMULATED, FALSE));
  g_assert_false (benk_link_kind_counts (BENK_LINK_KIND_REPLAY, FALSE));
  g_assert_true (benk_link_kind_counts (BENK_LINK_KIND_SIMULATED, TRUE));
  g_assert_false (benk_link_kind_counts (BENK_LINK_KIND_IMPORTED, TRUE));
  g_assert_false (benk_link_kind_counts (BENK_LINK_KIND_NETWORK, FALSE));
  g_assert_false (benk_link_kind_counts (BENK_LINK_KIND_NETWORK, TRUE));
  g_assert_false (benk_link_kind_counts (BENK_N_LINK_KINDS, TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/error/names-are-stable-and-unique", test_error_names);
  g_test_add_func ("/core/state/names-are-stable", test_state_names);
  g_test_add_func ("/core/state/unproven-stock-says-so", test_unproven_stock_says_so);
  g_test_add_func ("/core/state/person-only-where-allowed", test_person_states);
  g_test_add_func ("/core/names/go-there-and-back", test_other_names);
  g_test_add_func ("/core/verb/what-left-is-never-undone",
                   test_what_left_is_never_undone);
  g_test_add_func ("/core/fact/asks-for-what-it-needs", test_fact_asks_for_what_it_needs);
  g_test_add_func ("/core/id/sorts-by-time", test_id_by_time);
  g_test_add_func ("/core/id/same-name-same-id", test_id_by_name);
  g_test_add_func ("/core/id/bad-text-is-refused", test_id_bad_text);
  g_test_add_func ("/core/serial/forms-are-one", test_serial_forms);
  g_test_add_func ("/core/serial/names-no-person", test_serial_plausible);
  g_test_add_func ("/core/serial/garbage-is-survived", test_serial_garbage);
  g_test_add_func ("/core/serial/birth-id-by-model-and-serial", test_birth_id);
  g_test_add_func ("/core/serial/imei-warns", test_imei);
  g_test_add_func ("/core/link-kind/only-real-ones-count", test_link_kinds_that_count);

  return g_test_run ();
}
