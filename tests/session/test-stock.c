/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-scope.h"
#include "benk-session-fixture.h"
#include "benk-stock.h"
#include "benk-table-device.h"
#include "benk-visit.h"

#define SHELF "Hylle A1"
#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  BenkSessionFixture base;
  guint n_told; /* times the signal came */
  guint n_limits;
} Fixture;

static void
on_low (BenkStock *stock, GPtrArray *limits, Fixture *f)
{
  f->n_told++;
  f->n_limits += limits->len;
}

static BenkStock *
get (Fixture *f)
{
  return benk_session_get_stock (f->base.session);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  benk_session_fixture_set_up (&f->base, NULL);
  g_signal_connect (get (f), "low", G_CALLBACK (on_low), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  benk_session_fixture_tear_down (&f->base, NULL);
}

static void
put (Fixture *f, const char *serial, BenkDeviceState state, const char *place)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, state);
  benk_device_set_place_name (device, place);
  benk_device_set_warranty_date (device, "2026-04-01");
  benk_session_fixture_insert (&f->base, device);
}

static gboolean
try_limit (Fixture *f, const char *model, const char *place, guint least, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_stock_set_limit_async (get (f), model, place, least, NULL,
                              benk_session_fixture_keep, &result);

  return benk_stock_set_limit_finish (get (f), BENK_AWAIT (result), NULL, error);
}

static void
set_limit (Fixture *f, const char *place, guint least)
{
  g_autoptr (GError) error = NULL;

  try_limit (f, "medido", place, least, &error);
  g_assert_no_error (error);
}

static BenkStockSummary *
load (Fixture *f, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkStockSummary *summary;

  benk_stock_load_async (get (f), days, NULL, benk_session_fixture_keep, &result);
  summary = benk_stock_load_finish (get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return summary;
}

static void
exec (Fixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_EDIT, .account = "test" };
  g_autoptr (BenkDb) db =
    benk_db_open (f->base.path, BENK_DB_READ_WRITE, f->base.clock, &error);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

/* Lets the time pass in steps, and everything that then is to do be done. */
static void
pass (Fixture *f, gint64 ms)
{
  const gint64 step = HOUR / 12;

  for (gint64 gone = 0; gone < ms; gone += step)
    {
      benk_session_fixture_advance (&f->base, MIN (step, ms - gone));
      /* What the reader was asked comes before this answer, and so does the writer's. */
      for (guint i = 0; i < 3; i++)
        {
          g_autoptr (BenkStockSummary) summary = load (f, 60);
          g_autoptr (GError) error = NULL;

          try_limit (f, "evondos-e300", NULL, 0, &error);
          g_assert_no_error (error);
        }
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
set_wall (Fixture *f, const char *local)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (local, zone);

  g_assert_nonnull (at);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock),
                            g_date_time_to_unix (at) * 1000);
}

/* --- at a glance --- */

static void
test_summary (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkStockSummary) summary = NULL;
  const BenkStockModel *model;
  const BenkStockPlace *place;
  const BenkStockEnding *ending;

  put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  put (f, "M-2", BENK_DEVICE_STATE_STOCK, "Distrikt 1");
  put (f, "M-3", BENK_DEVICE_STATE_OPERATION, NULL);
  put (f, "M-4", BENK_DEVICE_STATE_SCRAPPED, SHELF);
  put (f, "M-5", BENK_DEVICE_STATE_STOCK, SHELF);
  put (f, "M-6", BENK_DEVICE_STATE_STOCK, SHELF);
  /* One is kept for somebody, one's lease has ended, one's ends today. */
  exec (f, "INSERT INTO reservation (id, device_id, person_id, wanted_date, made_ms)"
           " SELECT randomblob (16), id, randomblob (16), '2026-03-05', 1 FROM device"
           " WHERE serial = 'M-5'");
  exec (f, "UPDATE device SET lease_end_date = '2026-03-01' WHERE serial = 'M-6'");
  exec (f, "UPDATE device SET lease_end_date = '2026-03-02' WHERE serial = 'M-1'");
  exec (f, "UPDATE device SET warranty_date = '2026-05-02' WHERE serial = 'M-2'");

  summary = load (f, 60);
  g_assert_cmpuint (summary->models->len, ==, 1);
  model = g_ptr_array_index (summary->models, 0);
  g_assert_cmpuint (model->counts[BENK_DEVICE_STATE_STOCK], ==, 4);
  g_assert_cmpuint (model->counts[BENK_DEVICE_STATE_OPERATION], ==, 1);
  g_assert_cmpuint (model->counts[BENK_DEVICE_STATE_SCRAPPED], ==, 1);
  g_assert_cmpuint (model->n_free, ==, 2);

  g_assert_cmpuint (summary->places->len, ==, 2);
  place = g_ptr_array_index (summary->places, 0);
  g_assert_cmpstr (place->name, ==, SHELF);
  g_assert_cmpuint (place->n, ==, 3);

  /* M-1's lease today, the warranties of four, and not the one in 61 days. */
  g_assert_cmpuint (summary->endings->len, ==, 5);
  ending = g_ptr_array_index (summary->endings, 0);
  g_assert_true (ending->is_lease);
  g_assert_cmpstr (ending->serial, ==, "M-1");
  g_assert_cmpint (ending->days, ==, 0);
  ending = g_ptr_array_index (summary->endings, 1);
  g_assert_cmpint (ending->days, ==, 30);
}

static void
test_limits (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStockSummary) summary = NULL;
  const BenkStockLimit *limit;

  put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  put (f, "M-2", BENK_DEVICE_STATE_STOCK, "Hylle B1");
  set_limit (f, NULL, 2);
  set_limit (f, SHELF, 2);
  set_limit (f, SHELF, 3);
  g_assert_false (try_limit (f, "no-such", NULL, 1, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (try_limit (f, "medido", "Nowhere", 1, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (try_limit (f, "medido", NULL, BENK_STOCK_MAX_LEAST + 1, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);

  summary = load (f, 60);
  g_assert_cmpuint (summary->limits->len, ==, 2);
  limit = g_ptr_array_index (summary->limits, 0);
  g_assert_null (limit->place_name);
  g_assert_false (benk_stock_limit_is_low (limit));
  g_assert_cmpstr (limit->who, ==, "KA");
  limit = g_ptr_array_index (summary->limits, 1);
  g_assert_cmpuint (limit->least, ==, 3);
  g_assert_cmpuint (limit->n_free, ==, 1);
  g_assert_true (benk_stock_limit_is_low (limit));

  /* 3 → 2, and then the limit goes. */
  g_assert_true (benk_session_fixture_undo (&f->base, &error));
  g_clear_pointer (&summary, benk_stock_summary_free);
  summary = load (f, 60);
  g_assert_cmpuint (
    ((const BenkStockLimit *) g_ptr_array_index (summary->limits, 1))->least, ==, 2);
  set_limit (f, SHELF, 0);
  g_clear_pointer (&summary, benk_stock_summary_free);
  summary = load (f, 60);
  g_assert_cmpuint (summary->limits->len, ==, 1);
}

/* --- the warning --- */

static void
assert_told (Fixture *f, guint n)
{
  g_assert_cmpuint (f->n_told, ==, n);
}

/* Nobody who shows it has asked: nothing is taken away from who will. */
static void
test_unwatched (Fixture *f, gconstpointer unused)
{
  set_limit (f, NULL, 1);
  pass (f, HOUR);
  assert_told (f, 0);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM stock_warning"),
                   ==, 0);
}

static void
test_once_a_day (Fixture *f, gconstpointer unused)
{
  /* A Monday, 09:00 in Oslo. */
  set_limit (f, NULL, 2);
  benk_stock_watch (get (f));
  pass (f, HOUR);
  assert_told (f, 1);
  g_assert_cmpuint (f->n_limits, ==, 1);

  /* Neither another change nor a better and then worse stock tells it again. */
  put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  put (f, "M-2", BENK_DEVICE_STATE_STOCK, SHELF);
  pass (f, HOUR);
  exec (f, "UPDATE device SET state = 'ready' WHERE serial = 'M-1'");
  pass (f, 2 * HOUR);
  assert_told (f, 1);

  /* Another limit is told the same day, alone. */
  set_limit (f, SHELF, 5);
  pass (f, HOUR);
  assert_told (f, 2);
  g_assert_cmpuint (f->n_limits, ==, 2);

  /* Over midnight nothing, in the morning both. */
  pass (f, 17 * HOUR + HOUR / 2);
  assert_told (f, 2);
  pass (f, 2 * HOUR);
  assert_told (f, 3);
  g_assert_cmpuint (f->n_limits, ==, 4);
  pass (f, 4 * HOUR);
  assert_told (f, 3);
}

/* Two programs on one store: one of them tells. */
static void
test_two_programs (Fixture *f, gconstpointer unused)
{
  Fixture second = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;

  benk_session_open_async (f->base.path, BENK_SESSION_NONE, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  second.base.session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  g_signal_connect (get (&second), "low", G_CALLBACK (on_low), &second);
  set_limit (f, NULL, 1);
  benk_stock_watch (get (f));
  benk_stock_watch (get (&second));
  pass (f, HOUR);
  g_assert_cmpuint (f->n_told + second.n_told, ==, 1);
  g_clear_object (&second.base.session);
}

/* In a home nothing is shown; afterwards it is. */
static void
test_not_in_a_home (Fixture *f, gconstpointer unused)
{
  BenkVisits *visits = benk_session_get_visits (f->base.session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (BenkDevice) home = NULL;
  g_autoptr (BenkVisit) visit = NULL;

  put (f, "M-1", BENK_DEVICE_STATE_OPERATION, NULL);
  exec (f, "UPDATE device SET person_id = randomblob (16)");
  home = benk_session_fixture_find (&f->base, "M-1");
  benk_visits_start_async (visits, benk_device_get_id (home), BENK_VISIT_SETTINGS, NULL,
                           benk_session_fixture_keep, &started);
  visit = benk_visits_start_finish (visits, BENK_AWAIT (started), &error);
  g_assert_no_error (error);
  benk_visits_set_current (visits, visit);
  set_limit (f, NULL, 1);
  benk_stock_watch (get (f));
  pass (f, HOUR);
  assert_told (f, 0);
  benk_visits_set_current (visits, NULL);
  pass (f, HOUR);
  assert_told (f, 1);
}

/* Local days and when in them the warnings come, over a weekend and both changes of the
 * clock: from 29 March 2026 02:00 and 25 October 2026 03:00. */
static void
test_days (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *from; /* local, 00:30 */
    guint days;
    guint told;
  } rows[] = {
    { "2026-03-26T00:30:00", 1, 1 }, /* Thursday */
    { "2026-03-27T00:30:00", 4, 2 }, /* Friday to Monday, the short night between */
    { "2026-10-23T00:30:00", 4, 2 }, /* the long night */
    { "2026-12-24T00:30:00", 3, 1 }, /* Christmas Eve by day; holidays */
    { "2026-05-01T00:30:00", 3, 0 }, /* a holiday, then a weekend */
  };

  set_limit (f, NULL, 1);
  benk_stock_watch (get (f));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      f->n_told = 0;
      set_wall (f, rows[i].from);
      pass (f, rows[i].days * 24 * HOUR - HOUR);
      g_test_message ("%s, %u days: told %u times", rows[i].from, rows[i].days,
                      f->n_told);
      g_assert_cmpuint (f->n_told, ==, rows[i].told);
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "is-summed-up-by-model-state-place-and-day", test_summary },
    { "has-a-limit-a-model-and-a-place", test_limits },
    { "warns-only-who-watches", test_unwatched },
    { "warns-once-a-local-day-a-limit", test_once_a_day },
    { "of-two-programs-one-warns", test_two_programs },
    { "does-not-warn-in-a-home", test_not_in_a_home },
    { "warns-by-day-on-working-days-in-any-season", test_days },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/session/stock/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }

  return g_test_run ();
}
