/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-db-private.h"
#include "benk-table-alias.h"
#include "benk-table-fixture.h"

#define N_DEVICES 40
#define N_CHANGES 60

/* A connection that only reads answers from memory; one that writes asks SQL. */
static BenkDb *
open_reader (BenkStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BenkDb *reader =
    benk_db_open (fixture->path, BENK_DB_READ_ONLY, fixture->clock, &error);

  g_assert_no_error (error);
  return reader;
}

static GArray *
query (BenkDb *db, const BenkDeviceFilter *filter)
{
  g_autoptr (GError) error = NULL;
  GArray *ids = benk_table_device_query (db, filter, &error);

  g_assert_no_error (error);
  return ids;
}

static void
assert_same (BenkStoreFixture *fixture, BenkDb *reader, const BenkDeviceFilter *filter)
{
  g_autoptr (GArray) asked = query (fixture->db, filter);
  g_autoptr (GArray) answered = query (reader, filter);

  if (asked->len != answered->len ||
      (asked->len > 0 &&
       memcmp (asked->data, answered->data, asked->len * sizeof (BenkId)) != 0))
    g_error ("states %x, model %s, “%s”, limit %u, order %d %d: %u, not %u",
             filter->states, filter->model_id, filter->search, filter->limit,
             filter->sort, filter->descending, answered->len, asked->len);
}

static void
assert_same_counts (BenkStoreFixture *fixture, BenkDb *reader)
{
  g_autoptr (GError) error = NULL;
  guint asked[BENK_N_DEVICE_STATES];
  guint answered[BENK_N_DEVICE_STATES];

  benk_table_device_count_states (fixture->db, asked, &error);
  benk_table_device_count_states (reader, answered, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (asked, sizeof asked, answered, sizeof answered);
}

static BenkDevice *
random_device (BenkStoreFixture *fixture, guint n)
{
  static const char *const models[] = { "medido", "evondos-e300", "pilly-sms" };
  static const char *const shelves[] = { NULL, "Hylle 9", "Hylle 10", "Århus" };
  g_autofree char *serial = g_strdup_printf ("BX-%u", n * 7919 % 1000);
  g_autofree char *asset = n % 3 == 0 ? NULL : g_strdup_printf ("D-%u", n);
  BenkDevice *device = benk_table_fixture_new_device (
    serial, (BenkDeviceState) g_test_rand_int_range (0, BENK_N_DEVICE_STATES));

  benk_device_set_model_id (device, models[n % G_N_ELEMENTS (models)]);
  benk_device_set_asset (device, asset);
  benk_device_set_place_name (device, shelves[n % G_N_ELEMENTS (shelves)]);
  return device;
}

static GPtrArray *
add_devices (BenkStoreFixture *fixture)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func (g_object_unref);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_IMPORT);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_ptr_array_add (devices, random_device (fixture, i));
      benk_table_device_insert (fixture->db, g_ptr_array_index (devices, i), NULL,
                                &error);
      g_assert_no_error (error);
    }
  benk_table_fixture_commit (scope);
  return devices;
}

static BenkDeviceFilter
random_filter (void)
{
  static const char *const searches[] = {
    NULL, "", "bx", "hylle 1", "årh", "d-1 bx", "ø"
  };
  static const char *const models[] = { NULL, NULL, "medido", "pilly-sms", "nobody" };

  return (BenkDeviceFilter){
    .states = g_test_rand_bit () ? 0 : (guint32) g_test_rand_int () & 0x7ffff,
    .model_id = models[g_test_rand_int_range (0, G_N_ELEMENTS (models))],
    .search = searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))],
    .limit = g_test_rand_bit () ? 0 : (guint) g_test_rand_int_range (1, 20),
    .sort = (BenkDeviceSort) g_test_rand_int_range (0, BENK_N_DEVICE_SORTS),
    .descending = g_test_rand_bit (),
  };
}

static void
change_one (BenkStoreFixture *fixture, GPtrArray *devices)
{
  g_autoptr (GError) error = NULL;
  guint n = (guint) g_test_rand_int_range (0, (int) devices->len);
  BenkDevice *device = g_ptr_array_index (devices, n);
  BenkDevice *other = g_ptr_array_index (devices, (n + 1) % devices->len);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_EDIT);

  if (g_test_rand_int_range (0, 4) == 0)
    benk_table_alias_join (fixture->db, benk_device_get_id (device),
                           benk_device_get_id (other), NULL);
  else
    {
      g_autofree char *serial =
        g_strdup_printf ("CY-%u", (guint) g_test_rand_int_range (0, 1000));

      benk_device_set_serial (device, serial);
      benk_device_set_place_name (device, g_test_rand_bit () ? "Hylle 11" : "Loft");
      benk_table_device_update (fixture->db, device, &error);
      g_assert_no_error (error);
    }
  benk_table_fixture_commit (scope);
}

static void
test_same_answers (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) devices = add_devices (fixture);
  g_autoptr (BenkDb) reader = open_reader (fixture);
  guint n_cases = 0;

  for (guint i = 0; i < N_CHANGES; i++)
    {
      for (guint q = 0; q < 10; q++, n_cases++)
        {
          BenkDeviceFilter filter = random_filter ();

          assert_same (fixture, reader, &filter);
        }
      assert_same_counts (fixture, reader);
      change_one (fixture, devices);
    }
  g_test_message ("%u questions", n_cases);
}

/* What somebody else has committed is seen, and what is not committed is not. */
static void
test_sees_commits (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDb) reader = open_reader (fixture);
  g_autoptr (BenkDevice) one =
    benk_table_fixture_add_device (fixture, "A1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) two =
    benk_table_fixture_new_device ("A2", BENK_DEVICE_STATE_STOCK);
  BenkDeviceFilter filter = { .search = "a" };
  g_autoptr (GArray) before = query (reader, &filter);
  g_autoptr (GArray) within = NULL;
  g_autoptr (GArray) after = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);

  g_assert_true (benk_table_device_insert (fixture->db, two, NULL, NULL));
  within = query (reader, &filter);
  benk_table_fixture_commit (scope);
  after = query (reader, &filter);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (within->len, ==, 1);
  g_assert_cmpuint (after->len, ==, 2);
}

static void
add_serials (BenkStoreFixture *fixture, const char *const *serials)
{
  for (guint i = 0; serials[i] != NULL; i++)
    {
      g_autoptr (BenkDevice) device =
        benk_table_fixture_add_device (fixture, serials[i], BENK_DEVICE_STATE_RECEIVED);

      g_assert_nonnull (device);
    }
}

static int
count_sorts (BenkDb *db)
{
  int n_sorts = 0;

  for (sqlite3_stmt *stmt = sqlite3_next_stmt (db->handle, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (db->handle, stmt))
    if (strstr (sqlite3_sql (stmt), "d.serial_key") != NULL)
      n_sorts += sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_SORT, 0);

  return n_sorts;
}

/* Sorting 100 000 rows takes ten times as long as reading them in their order. */
static void
test_usual_order_is_not_sorted (BenkStoreFixture *fixture, gconstpointer unused)
{
  static const char *const serials[] = { "EV0010", "EV0009", "EW0001", "EV0100", NULL };
  g_autoptr (BenkDb) reader = open_reader (fixture);
  BenkDeviceFilter filter = { .states = 0 };
  g_autoptr (GArray) ids = NULL;

  add_serials (fixture, serials);
  ids = query (reader, &filter);
  g_assert_cmpuint (ids->len, ==, 4);
  g_assert_cmpint (count_sorts (reader), ==, 0);
}

/* Sorted once for each change of the store, not for each question. */
static void
test_serials_as_people_count (BenkStoreFixture *fixture, gconstpointer unused)
{
  static const char *const serials[] = { "EV-10", "EV-9",  "EV-100", "EV-1B", "EV-1A",
                                         "EVA",   "EV_10", "EVZ",    NULL };
  static const char *const expected[] = { "EV-1A",  "EV-1B", "EV-9", "EV-10",
                                          "EV-100", "EV_10", "EVA",  "EVZ" };
  g_autoptr (BenkDb) reader = open_reader (fixture);
  BenkDb *connections[] = { fixture->db, reader };

  add_serials (fixture, serials);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    for (guint backwards = 0; backwards < 2; backwards++)
      {
        BenkDeviceFilter filter = { .descending = backwards };
        g_autoptr (GArray) ids = query (connections[i], &filter);

        g_assert_cmpuint (ids->len, ==, G_N_ELEMENTS (expected));
        for (guint n = 0; n < ids->len; n++)
          {
            g_autoptr (GError) error = NULL;
            g_autoptr (BenkDevice) device =
              benk_table_device_get (fixture->db,
                                     &g_array_index (ids, BenkId,
                                                     backwards ? ids->len - 1 - n : n),
                                     &error);

            g_assert_no_error (error);
            g_assert_cmpstr (benk_device_get_serial (device), ==, expected[n]);
          }
      }
  g_assert_cmpint (count_sorts (reader), ==, 1);
}

static GArray *
glance (BenkDb *db, guint limit)
{
  g_autoptr (GError) error = NULL;
  GArray *ids = benk_table_device_glance (db, limit, &error);

  g_assert_no_error (error);
  return ids;
}

static void
test_glance_is_first_of_the_list (BenkStoreFixture *fixture, gconstpointer unused)
{
  static const char *const serials[] = { "EV0010", "EV0009", "EW0001", "EV0100", NULL };
  g_autoptr (BenkDb) reader = open_reader (fixture);
  BenkDeviceFilter filter = { .states = 0 };
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) ids = NULL;

  add_serials (fixture, serials);
  first = glance (reader, 3);
  g_assert_null (reader->catalog);
  g_assert_cmpint (count_sorts (reader), ==, 0);
  ids = query (reader, &filter);
  g_assert_cmpmem (first->data, first->len * sizeof (BenkId), ids->data,
                   3 * sizeof (BenkId));
  after = glance (reader, 3);
  g_assert_cmpuint (after->len, ==, 0);
}

/* Nobody who is not in the list, whatever the states and who was joined. */
static void
test_glance_shows_who_is_listed (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) devices = add_devices (fixture);
  BenkDeviceFilter filter = { .states = 0 };
  g_autoptr (BenkDb) reader = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) ids = NULL;

  for (guint i = 0; i < N_CHANGES; i++)
    change_one (fixture, devices);
  reader = open_reader (fixture);
  first = glance (reader, N_DEVICES);
  ids = query (reader, &filter);
  g_assert_cmpuint (first->len, ==, ids->len);
  for (guint i = 0; i < first->len; i++)
    {
      guint n = 0;

      for (guint j = 0; j < ids->len; j++)
        n += benk_id_equal (&g_array_index (first, BenkId, i),
                            &g_array_index (ids, BenkId, j));
      g_assert_cmpuint (n, ==, 1);
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/store/catalog/" path, BenkStoreFixture, NULL, benk_store_fixture_set_up, \
              function, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("answers-what-sql-answers", test_same_answers);
  ADD ("sees-what-was-committed", test_sees_commits);
  ADD ("usual-order-is-not-sorted", test_usual_order_is_not_sorted);
  ADD ("serials-as-people-count", test_serials_as_people_count);

  ADD ("glance-is-first-of-the-list", test_glance_is_first_of_the_list);
  ADD ("glance-shows-who-is-listed", test_glance_shows_who_is_listed);

  return g_test_run ();
}
