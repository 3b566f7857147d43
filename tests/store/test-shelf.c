/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-history.h"
#include "benk-lifecycle.h"
#include "benk-natural.h"
#include "benk-table-alias.h"
#include "benk-table-fixture.h"
#include "benk-undo.h"

static void
edit (BenkStoreFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_EDIT);

  benk_table_device_update (fixture->db, device, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static gint64
join (BenkStoreFixture *fixture, BenkDevice *gone, BenkDevice *stays, GError **error)
{
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_JOIN_DEVICES);

  if (benk_table_alias_join (fixture->db, benk_device_get_id (gone),
                             benk_device_get_id (stays), error))
    return benk_table_fixture_commit (scope);
  benk_scope_free (scope);
  return 0;
}

static char *
list (BenkStoreFixture *fixture, const BenkDeviceFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = benk_table_device_query (fixture->db, filter, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BenkDevice) device =
        benk_table_device_get (fixture->db, &g_array_index (ids, BenkId, i), &error);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              benk_device_get_serial (device));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_natural (void)
{
  const char *const sorted[] = { "",
                                 "A",
                                 "a1",
                                 "A2",
                                 "a10",
                                 "b",
                                 "D-9",
                                 "d-10",
                                 "D-010x",
                                 "D-100",
                                 "D-99999999999999999999",
                                 "Hylle Æ",
                                 "hylle Ø",
                                 "Hylle Å" };

  for (gsize i = 1; i < G_N_ELEMENTS (sorted); i++)
    {
      g_autofree char *before = benk_natural_key (sorted[i - 1]);
      g_autofree char *after = benk_natural_key (sorted[i]);

      if (strcmp (before, after) >= 0)
        g_error ("“%s” should come before “%s”", sorted[i - 1], sorted[i]);
    }
}

static const struct
{
  const char *serial;
  BenkDeviceState state;
  const char *asset;
  const char *place;
  const char *user;
  const char *vendor;
  const char *warranty;
  const char *lease;
} shelf[] = {
  { "A10", BENK_DEVICE_STATE_STOCK, "D-9", "Hylle 2", NULL, "Dignio", "2027-01-01",
    NULL },
  { "A9", BENK_DEVICE_STATE_TRIAL, "D-10", "Hylle 10", "4711", "Evondos", NULL,
    "2026-05-01" },
  { "B1", BENK_DEVICE_STATE_RECEIVED, NULL, NULL, "980", NULL, "2026-01-01",
    "2026-02-01" },
};

static void
test_sort (BenkStoreFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    BenkDeviceSort sort;
    const char *up;
    const char *down;
  } rows[] = {
    { BENK_DEVICE_SORT_MODEL, "A9 A10 B1", "B1 A10 A9" },
    { BENK_DEVICE_SORT_SERIAL, "A9 A10 B1", "B1 A10 A9" },
    { BENK_DEVICE_SORT_ASSET, "A10 A9 B1", "A9 A10 B1" },
    { BENK_DEVICE_SORT_STATE, "B1 A10 A9", "A9 A10 B1" },
    { BENK_DEVICE_SORT_SINCE, "A10 A9 B1", "B1 A9 A10" },
    { BENK_DEVICE_SORT_PLACE, "A10 A9 B1", "A9 A10 B1" },
    { BENK_DEVICE_SORT_USER, "B1 A9 A10", "A9 B1 A10" },
    { BENK_DEVICE_SORT_VENDOR, "A10 A9 B1", "A9 A10 B1" },
    { BENK_DEVICE_SORT_WARRANTY, "B1 A10 A9", "A10 B1 A9" },
    { BENK_DEVICE_SORT_LEASE, "B1 A9 A10", "A9 B1 A10" },
    { BENK_DEVICE_SORT_RESERVED, "A9 A10 B1", "A9 A10 B1" }, /* none: by model */
  };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, BENK_N_DEVICE_SORTS);
  for (gsize i = 0; i < G_N_ELEMENTS (shelf); i++)
    {
      g_autoptr (BenkDevice) device =
        benk_table_fixture_add_device (fixture, shelf[i].serial, shelf[i].state);

      benk_device_set_asset (device, shelf[i].asset);
      benk_device_set_place_name (device, shelf[i].place);
      benk_device_set_person_ref (device, shelf[i].user);
      benk_device_set_vendor (device, shelf[i].vendor);
      benk_device_set_warranty_date (device, shelf[i].warranty);
      benk_device_set_lease_end_date (device, shelf[i].lease);
      edit (fixture, device);
      benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), 1000);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkDeviceFilter filter = { .sort = rows[i].sort };
      g_autofree char *up = list (fixture, &filter);
      g_autofree char *down = NULL;

      filter.descending = TRUE;
      down = list (fixture, &filter);
      g_assert_cmpstr (up, ==, rows[i].up);
      g_assert_cmpstr (down, ==, rows[i].down);
    }
}

static void
test_owner_and_lease (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "L1", BENK_DEVICE_STATE_RESET);
  g_autoptr (BenkDevice) found = NULL;
  g_autoptr (GPtrArray) history = NULL;

  g_assert_cmpint (benk_device_get_owner (device), ==, BENK_OWNER_UNKNOWN);
  benk_device_set_owner (device, BENK_OWNER_LEASE);
  benk_device_set_lease_end_date (device, "2027-01-31");
  benk_device_set_labelled_ms (device, 1234);
  edit (fixture, device);

  found = benk_table_fixture_read_device (fixture, "L1");
  g_assert_cmpint (benk_device_get_owner (found), ==, BENK_OWNER_LEASE);
  g_assert_cmpstr (benk_device_get_lease_end_date (found), ==, "2027-01-31");
  g_assert_cmpint (benk_device_get_labelled_ms (found), ==, 1234);

  history =
    benk_history_read_device (fixture->db, benk_device_get_id (device), 10, &error);
  g_assert_no_error (error);
  {
    g_autofree char *lines = g_strjoinv ("; ", (char **) benk_history_item_get_changes (
                                                 g_ptr_array_index (history, 0)));

    g_assert_cmpstr (lines, ==, "Owner: – → Leased; Lease until: – → 31 Jan 2027");
  }
}

static gboolean
is_lease_met (BenkStoreFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (fixture->db, benk_device_get_id (device), &error);
  g_autoptr (GPtrArray) results = NULL;

  g_assert_no_error (error);
  results = benk_lifecycle_check (view, BENK_DEVICE_STATE_STOCK);
  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->guard->id, "lease-active"))
        return result->status == BENK_GUARD_MET;
    }
  g_assert_not_reached ();
}

/* The fixture's day is the wall of its clock, in the zone of the tests. */
static void
test_lease_guard (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "L2", BENK_DEVICE_STATE_RESET);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (FIXTURE_WALL_MS / 1000);
  const struct
  {
    int days;
    gboolean met;
  } rows[] = { { -1, FALSE }, { 0, TRUE }, { 1, TRUE }, { -400, FALSE }, { 400, TRUE } };

  g_assert_true (is_lease_met (fixture, device));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, rows[i].days);
      g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

      benk_device_set_lease_end_date (device, date);
      edit (fixture, device);
      g_assert_cmpint (is_lease_met (fixture, device), ==, rows[i].met);
    }
}

static void
test_joined_is_found_as_the_other (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) wrong =
    benk_table_fixture_add_device (fixture, "MD O1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) right =
    benk_table_fixture_add_device (fixture, "MD 01", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) found = NULL;
  g_autoptr (BenkDevice) by_serial = NULL;
  g_autoptr (GArray) joined = NULL;
  g_autoptr (GPtrArray) history = NULL;
  BenkDeviceFilter filter = { .search = "mdo1" };
  g_autofree char *hit = NULL;
  g_autofree char *all = NULL;
  guint counts[BENK_N_DEVICE_STATES];
  gint64 seq = join (fixture, wrong, right, &error);

  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);
  found = benk_table_fixture_read_device (fixture, "mdo1");
  g_assert_cmpstr (benk_device_get_serial (found), ==, "MD 01");
  by_serial = benk_table_device_find_serial (fixture->db, "medido", "MDO1", &error);
  g_assert_true (
    benk_id_equal (benk_device_get_id (by_serial), benk_device_get_id (right)));
  joined = benk_table_alias_list (fixture->db, benk_device_get_id (right), &error);
  g_assert_cmpuint (joined->len, ==, 1);
  hit = list (fixture, &filter);
  g_assert_cmpstr (hit, ==, "MD 01");
  filter.search = NULL;
  all = list (fixture, &filter);
  g_assert_cmpstr (all, ==, "MD 01");
  benk_table_device_count_states (fixture->db, counts, &error);
  g_assert_cmpuint (counts[BENK_DEVICE_STATE_RECEIVED], ==, 1);
  history = benk_history_read_device (fixture->db, benk_device_get_id (right), 9, &error);
  g_assert_cmpuint (history->len, ==, 3);
  g_assert_cmpstr (benk_history_item_get_changes (g_ptr_array_index (history, 0))[0], ==,
                   "Other row: MD O1");
}

static void
test_taken_apart (BenkStoreFixture *fixture, gconstpointer by_undo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) found = NULL;
  BenkDeviceFilter filter = { 0 };
  BenkDeviceFilter search = { .search = "a" };
  BenkChange actor = { .account = "test" };

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *both = NULL;
      g_autofree char *one = NULL;
      gint64 seq = join (fixture, a, b, &error);

      g_assert_no_error (error);
      if (GPOINTER_TO_INT (by_undo))
        g_assert_cmpint (benk_undo (fixture->db, seq, &actor, NULL, NULL, NULL, &error),
                         >, 0);
      else
        {
          BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_PART_DEVICES);

          g_assert_true (
            benk_table_alias_part (fixture->db, benk_device_get_id (a), &error));
          benk_table_fixture_commit (scope);
        }
      g_assert_no_error (error);
      both = list (fixture, &filter);
      g_assert_cmpstr (both, ==, "A B");
      one = list (fixture, &search);
      g_assert_cmpstr (one, ==, "A");
    }
  found = benk_table_fixture_read_device (fixture, "A");
  g_assert_cmpstr (benk_device_get_serial (found), ==, "A");
}

static void
test_join_refused (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) with_user =
    benk_table_fixture_add_device (fixture, "C", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) alarming =
    benk_table_fixture_add_device (fixture, "D", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) other_make =
    benk_table_fixture_add_device (fixture, "E", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, alarming);
  g_autoptr (BenkDevice) third =
    benk_table_fixture_add_device (fixture, "F", BENK_DEVICE_STATE_STOCK);
  const struct
  {
    BenkDevice *gone;
    BenkDevice *stays;
  } rows[] = { { a, a },          { with_user, b }, { alarming, b },
               { other_make, b }, { b, third },     { third, a } };

  benk_device_set_person_ref (with_user, REFERENCE);
  edit (fixture, with_user);
  benk_device_set_model_id (other_make, "pilly-sms");
  edit (fixture, other_make);
  g_assert_cmpint (join (fixture, a, b, NULL), >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (join (fixture, rows[i].gone, rows[i].stays, &error), ==, 0);
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
}

static void
test_state_changes (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkJournalRow) row = NULL;
  g_autoptr (GArray) changes = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);

  benk_table_device_set_state (fixture->db, benk_device_get_id (a),
                               BENK_DEVICE_STATE_FAULTY, NULL, &error);
  benk_table_device_set_state (fixture->db, benk_device_get_id (b),
                               BENK_DEVICE_STATE_FAULTY, NULL, &error);
  g_assert_no_error (error);
  row = benk_journal_get_row (fixture->db, benk_table_fixture_commit (scope), &error);
  changes = benk_history_list_state_changes (fixture->db, row->changeset, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2);
  for (guint i = 0; i < changes->len; i++)
    {
      const BenkStateChange *change = &g_array_index (changes, BenkStateChange, i);
      gboolean is_a = benk_id_equal (&change->device, benk_device_get_id (a));

      g_assert_cmpint (change->from, ==,
                       is_a ? BENK_DEVICE_STATE_STOCK : BENK_DEVICE_STATE_RECEIVED);
      g_assert_cmpint (change->to, ==, BENK_DEVICE_STATE_FAULTY);
    }
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/store/shelf/" path, BenkStoreFixture, data, benk_store_fixture_set_up,   \
              test, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/shelf/numbers-in-names-sort-as-numbers", test_natural);
  ADD ("sorts-by-any-column-with-blanks-last", NULL, test_sort);
  ADD ("owner-and-lease-are-kept-and-told", NULL, test_owner_and_lease);
  ADD ("a-lease-holds-through-its-last-day", NULL, test_lease_guard);
  ADD ("what-was-joined-is-found-as-the-other", NULL, test_joined_is_found_as_the_other);
  ADD ("taken-apart-both-are-as-before", GINT_TO_POINTER (FALSE), test_taken_apart);
  ADD ("undone-both-are-as-before", GINT_TO_POINTER (TRUE), test_taken_apart);
  ADD ("no-row-with-something-open-is-joined", NULL, test_join_refused);
  ADD ("every-changed-state-of-a-change-is-known", NULL, test_state_changes);

  return g_test_run ();
}
