/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-error.h"
#include "benk-serial.h"
#include "benk-table-fixture.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-table-place.h"

static void
test_device_round_trip (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device ("MD 0001003", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) found = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);
  BenkId birth;

  benk_device_set_imei (device, "356938085884014");
  benk_device_set_asset (device, "D-037");
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_vendor (device, "Evondos AS");
  benk_device_set_received_date (device, "2025-07-15");
  benk_device_set_warranty_date (device, "2027-07-15");
  benk_device_set_place_name (device, "Hylle A2");
  benk_device_set_team (device, "Distrikt 1");
  benk_device_set_person_ref (device, REFERENCE);
  benk_device_set_note (device, NOTE);
  benk_table_device_insert (fixture->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  g_assert_true (benk_device_birth_id ("medido", "md-0001003", &birth));
  g_assert_true (benk_id_equal (benk_device_get_id (device), &birth));

  found = benk_table_fixture_read_device (fixture, "md0001003");
  g_assert_cmpstr (benk_device_get_serial (found), ==, "MD 0001003");
  g_assert_cmpstr (benk_device_get_imei (found), ==, "356938085884014");
  g_assert_cmpstr (benk_device_get_asset (found), ==, "D-037");
  g_assert_cmpint (benk_device_get_state (found), ==, BENK_DEVICE_STATE_STOCK);
  g_assert_cmpint (benk_device_get_state_since_ms (found), ==, FIXTURE_WALL_MS);
  g_assert_cmpint (benk_device_get_origin (found), ==, BENK_ORIGIN_IMPORTED);
  g_assert_cmpstr (benk_device_get_vendor (found), ==, "Evondos AS");
  g_assert_cmpstr (benk_device_get_received_date (found), ==, "2025-07-15");
  g_assert_cmpstr (benk_device_get_warranty_date (found), ==, "2027-07-15");
  g_assert_cmpstr (benk_device_get_place_name (found), ==, "Hylle A2");
  g_assert_cmpstr (benk_device_get_team (found), ==, "Distrikt 1");
  g_assert_cmpstr (benk_device_get_person_ref (found), ==, REFERENCE);
  g_assert_cmpstr (benk_device_get_note (found), ==, NOTE);
  g_assert_false (benk_device_get_reset_proven (found));
}

static void
test_device_found_by (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "MD1", BENK_DEVICE_STATE_RECEIVED);
  const char *const former[] = { "MD 0", NULL };
  const char *names[] = { "MD1", "md-1", "356938085884014", "D-037", "MD 0" };
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_EDIT);

  benk_device_set_imei (device, "356938085884014");
  benk_device_set_asset (device, "D-037");
  benk_device_set_former_serials (device, former);
  benk_table_device_update (fixture->db, device, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BenkDevice) found = benk_table_fixture_read_device (fixture, names[i]);

      g_assert_cmpstr (benk_device_get_serial (found), ==, "MD1");
      g_assert_cmpstr (benk_device_get_former_serials (found)[0], ==, "MD 0");
    }

  g_assert_null (benk_table_device_find (fixture->db, "MD2", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

static void
test_device_same_number (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "X1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_new_device ("x-1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) c =
    benk_table_fixture_new_device ("X1", BENK_DEVICE_STATE_RECEIVED);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);

  g_assert_false (benk_table_device_check_unique (fixture->db, b, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (benk_table_device_check_unique (fixture->db, a, &error));

  /* The same serial of another make is another device, and the number alone is not
   * enough. */
  benk_device_set_model_id (c, "pilly-sms");
  g_assert_true (benk_table_device_check_unique (fixture->db, c, &error));
  g_assert_no_error (error);
  benk_table_device_insert (fixture->db, c, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  g_assert_null (benk_table_device_find (fixture->db, "X1", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
}

static void
test_state_and_transition (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) found = NULL;
  BenkScope *scope;
  BenkId person;

  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), 1000);
  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  benk_table_person_ensure (fixture->db, REFERENCE, &person, &error);
  benk_table_device_set_person (fixture->db, benk_device_get_id (device), &person,
                                &error);
  benk_table_device_set_state (fixture->db, benk_device_get_id (device),
                               BENK_DEVICE_STATE_TRIAL, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  g_assert_cmpint (benk_store_fixture_count (fixture->db,
                                             "SELECT count (*) FROM transition"),
                   ==, 2);
  g_assert_cmpint (benk_store_fixture_count (
                     fixture->db, "SELECT count (*) FROM placement WHERE to_ms IS NULL"),
                   ==, 1);

  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  benk_table_device_set_state (fixture->db, benk_device_get_id (device),
                               BENK_DEVICE_STATE_RESET, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  found = benk_table_fixture_read_device (fixture, "S1");
  g_assert_cmpint (benk_device_get_state_since_ms (found), ==, FIXTURE_WALL_MS + 1000);
  g_assert_true (benk_id_is_nil (benk_device_get_person_id (found)));
  g_assert_cmpint (benk_store_fixture_count (
                     fixture->db, "SELECT count (*) FROM placement WHERE to_ms IS NULL"),
                   ==, 0);
}

static void
test_written_in_a_scope_only (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device ("S1", BENK_DEVICE_STATE_STOCK);
  BenkId id;

  g_assert_false (benk_table_device_insert (fixture->db, device, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (
    benk_table_note_add (fixture->db, BENK_NOTE_REASON, REASON, NULL, &id, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FAILED);
}

static void
test_search (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device ("MD-0001003", BENK_DEVICE_STATE_STOCK);
  const char *found[] = { "0001003",     "md0001",     "MD-00",           "hylle å2",
                          "HYLLE",       "zebra-4711", "knekt",           "olga UKJENT",
                          "knekt hylle", "evondos",    "  knekt   lokk ", "" };
  const char *not_found[] = { "hylle b1", "knekt bakke",
                              "\n"
                              "x" };
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);

  benk_device_set_place_name (device, "Hylle Å2");
  benk_device_set_vendor (device, "Evondos AS");
  benk_device_set_person_ref (device, REFERENCE);
  benk_device_set_note (device, NOTE);
  benk_table_device_insert (fixture->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    g_assert_cmpuint (benk_table_fixture_count_found (fixture, found[i]), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (not_found); i++)
    g_assert_cmpuint (benk_table_fixture_count_found (fixture, not_found[i]), ==, 0);
}

static void
test_search_follows (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_MOVE);
  gint64 seq;
  BenkId place;

  benk_table_place_ensure (fixture->db, "Skap 3", BENK_PLACE_KIND_SHELF, &place, &error);
  benk_table_device_set_place (fixture->db, benk_device_get_id (device), &place, &error);
  g_assert_no_error (error);
  seq = benk_table_fixture_commit (scope);
  g_assert_cmpuint (benk_table_fixture_count_found (fixture, "skap"), ==, 1);

  /* Renamed by SQL, as a change from elsewhere would come. */
  benk_store_fixture_change (fixture->db, BENK_VERB_EDIT,
                             "UPDATE place SET name = 'Loft 9'");
  g_assert_cmpuint (benk_table_fixture_count_found (fixture, "skap"), ==, 0);
  g_assert_cmpuint (benk_table_fixture_count_found (fixture, "loft"), ==, 1);
  g_assert_cmpint (seq, >, 0);
}

static void
test_filter (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDevice) c =
    benk_table_fixture_add_device (fixture, "C", BENK_DEVICE_STATE_SCRAPPED);
  BenkDeviceFilter rows[] = {
    { 0 },
    { .states = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) },
    { .states = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_SCRAPPED) },
    { .model_id = "medido", .limit = 1 },
    { .model_id = "pilly-sms" },
  };
  guint expected[] = { 2, 1, 1, 1, 0 };
  guint counts[BENK_N_DEVICE_STATES];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) ids = benk_table_device_query (fixture->db, &rows[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ids->len, ==, expected[i]);
    }

  benk_table_device_count_states (fixture->db, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_STOCK], ==, 1);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_SCRAPPED], ==, 1);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_LOST], ==, 0);
}

#define ADD(path, function)                                                              \
  g_test_add ("/store/tables/" path, BenkStoreFixture, NULL, benk_store_fixture_set_up,  \
              function, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-device-comes-back-as-it-was", test_device_round_trip);
  ADD ("a-device-is-found-by-each-of-its-numbers", test_device_found_by);
  ADD ("two-devices-with-one-number-are-told", test_device_same_number);
  ADD ("a-state-change-is-a-transition", test_state_and_transition);
  ADD ("written-in-a-scope-only", test_written_in_a_scope_only);
  ADD ("search-finds-every-part", test_search);
  ADD ("search-follows-every-change", test_search_follows);
  ADD ("filters-devices", test_filter);

  return g_test_run ();
}
