/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-history.h"
#include "benk-lifecycle.h"
#include "benk-table-alias.h"
#include "benk-table-fixture.h"
#include "benk-table-person.h"
#include "benk-table-reservation.h"
#include "benk-table-stock.h"
#include "benk-undo.h"
#include "benk-verify.h"

#define TODAY "2026-03-02"
#define LATER "2026-03-20"
#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define OTHER "Ref-Okapi-4712"

static BenkId
ensure (BenkStoreFixture *f, const char *reference)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_PERSON_ADD);
  BenkId person;

  benk_table_person_ensure (f->db, reference, &person, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  return person;
}

static gboolean
try_reserve (BenkStoreFixture *f,
             BenkDevice *device,
             const char *reference,
             const char *date,
             gint64 *seq,
             GError **error)
{
  BenkId person = ensure (f, reference);
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_RESERVE);

  if (!benk_table_reservation_make (f->db, benk_device_get_id (device), &person, date,
                                    error))
    {
      benk_scope_free (scope);
      return FALSE;
    }
  *seq = benk_table_fixture_commit (scope);

  return TRUE;
}

static gint64
reserve (BenkStoreFixture *f, BenkDevice *device, const char *reference, const char *date)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  try_reserve (f, device, reference, date, &seq, &error);
  g_assert_no_error (error);

  return seq;
}

static gint64
change (BenkStoreFixture *f, BenkDevice *device, const char *reference, const char *date)
{
  g_autoptr (GError) error = NULL;
  BenkId person = reference != NULL ? ensure (f, reference) : BENK_ID_NIL;
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_RESERVE);

  benk_table_reservation_change (f->db, benk_device_get_id (device), &person, date,
                                 &error);
  g_assert_no_error (error);

  return benk_table_fixture_commit (scope);
}

static gint64
give_up (BenkStoreFixture *f, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_GIVE_UP);

  benk_table_reservation_give_up (f->db, benk_device_get_id (device), &error);
  g_assert_no_error (error);

  return benk_table_fixture_commit (scope);
}

static void
undo (BenkStoreFixture *f, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  BenkChange actor = { .account = "test" };

  benk_undo (f->db, seq, &actor, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static BenkReservation *
find (BenkStoreFixture *f, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkReservation *found =
    benk_table_reservation_find (f->db, benk_device_get_id (device), TODAY, &error);

  g_assert_no_error (error);

  return found;
}

/* "4711 2026-03-20", or "" for what is not reserved. */
static void
assert_reserved (BenkStoreFixture *f, BenkDevice *device, const char *wanted)
{
  g_autoptr (BenkReservation) found = find (f, device);
  g_autoptr (BenkDevice) read =
    benk_table_fixture_read_device (f, benk_device_get_serial (device));
  g_autofree char *said =
    found != NULL
      ? g_strdup_printf ("%s %s", found->reference != NULL ? found->reference : "–",
                         found->wanted_date)
      : g_strdup ("");

  g_assert_cmpstr (said, ==, wanted);
  g_assert_cmpstr (benk_device_get_reserved_date (read), ==,
                   found != NULL ? found->wanted_date : NULL);
  g_assert_cmpstr (benk_device_get_reserved_ref (read), ==,
                   found != NULL ? found->reference : NULL);
}

static void
assert_intact (BenkStoreFixture *f)
{
  g_autoptr (BenkVerifyResult) result = benk_verify (f->db, 0, NULL, NULL, NULL);

  g_assert_true (result->intact);
}

/* Puts a device with a user, whatever its guards say. */
static gint64
put_with (BenkStoreFixture *f,
          BenkDevice *device,
          const char *reference,
          BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;
  BenkId person = ensure (f, reference);
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_SET_STATE);

  g_assert_true (
    benk_table_device_set_person (f->db, benk_device_get_id (device), &person, &error));
  g_assert_true (
    benk_table_device_set_state (f->db, benk_device_get_id (device), to, NULL, &error));
  g_assert_true (
    benk_table_reservation_follow (f->db, benk_device_get_id (device), to, &error));

  return benk_table_fixture_commit (scope);
}

/* --- one device --- */

static void
test_refused (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) kept =
    benk_table_fixture_add_device (f, "KEPT", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) used =
    benk_table_fixture_add_device (f, "USED", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkDevice) twin =
    benk_table_fixture_add_device (f, "TWIN", BENK_DEVICE_STATE_STOCK);
  g_autoptr (GError) error = NULL;
  gint64 rows, seq;
  BenkScope *scope;

  reserve (f, kept, REFERENCE, LATER);
  rows = benk_store_fixture_count (f->db, "SELECT count (*) FROM reservation");
  g_assert_false (try_reserve (f, kept, OTHER, LATER, &seq, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (try_reserve (f, used, OTHER, LATER, &seq, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  scope = benk_table_fixture_begin (f, BENK_VERB_JOIN_DEVICES);
  g_assert_true (benk_table_alias_join (f->db, benk_device_get_id (twin),
                                        benk_device_get_id (kept), &error));
  benk_table_fixture_commit (scope);
  g_assert_false (try_reserve (f, twin, OTHER, LATER, &seq, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM reservation"),
                   ==, rows);

  scope = benk_table_fixture_begin (f, BENK_VERB_GIVE_UP);
  g_assert_false (
    benk_table_reservation_give_up (f->db, benk_device_get_id (used), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  benk_scope_free (scope);
}

static void
test_undone (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_STOCK);
  gint64 made = reserve (f, device, REFERENCE, LATER);
  gint64 changed, given_up;

  assert_reserved (f, device, REFERENCE " " LATER);
  changed = change (f, device, OTHER, "2026-04-01");
  assert_reserved (f, device, OTHER " 2026-04-01");
  given_up = give_up (f, device);
  assert_reserved (f, device, "");
  undo (f, given_up);
  assert_reserved (f, device, OTHER " 2026-04-01");
  undo (f, changed);
  assert_reserved (f, device, REFERENCE " " LATER);
  undo (f, made);
  assert_reserved (f, device, "");
  assert_intact (f);
}

static void
test_used (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) own =
    benk_table_fixture_add_device (f, "OWN", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDevice) away =
    benk_table_fixture_add_device (f, "AWAY", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkReservation) left = NULL;
  gint64 seq;

  reserve (f, own, REFERENCE, LATER);
  reserve (f, away, REFERENCE, LATER);
  seq = put_with (f, own, REFERENCE, BENK_DEVICE_STATE_TRIAL);
  put_with (f, away, OTHER, BENK_DEVICE_STATE_OPERATION);

  assert_reserved (f, own, "");
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM reservation"
                                                    " WHERE ended = 'used' AND ended_ms"
                                                    " IS NOT NULL"),
                   ==, 1);
  left = find (f, away);
  g_assert_true (left->needs_device);

  undo (f, seq);
  assert_reserved (f, own, REFERENCE " " LATER);
  assert_intact (f);
}

static void
test_guard (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_PREPARING);
  const char *const users[] = { OTHER, REFERENCE };

  reserve (f, device, REFERENCE, LATER);
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkLifecycleView) view = NULL;
      g_autoptr (GPtrArray) results = NULL;
      gboolean found = FALSE;

      put_with (f, device, users[i], BENK_DEVICE_STATE_READY);
      view = benk_device_view_load (f->db, benk_device_get_id (device), &error);
      g_assert_no_error (error);
      results = benk_lifecycle_check (view, BENK_DEVICE_STATE_TRIAL);
      for (guint k = 0; k < results->len; k++)
        {
          const BenkGuardResult *result = g_ptr_array_index (results, k);

          if (!g_str_equal (result->guard->id, "not-reserved-for-other"))
            continue;
          found = TRUE;
          g_assert_cmpint (result->status, ==,
                           i == 0 ? BENK_GUARD_OWING : BENK_GUARD_MET);
        }
      g_assert_true (found);
    }
}

static void
test_history (BenkStoreFixture *f, gconstpointer unused)
{
  static const char *const wanted[] = {
    "Reservation: – → given up",
    "User: " REFERENCE " → " OTHER "|Wanted: 20 Mar 2026 → 1 Apr 2026",
    "Reserved: " REFERENCE ", 20 Mar 2026",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (GPtrArray) history = NULL;

  reserve (f, device, REFERENCE, LATER);
  change (f, device, OTHER, "2026-04-01");
  give_up (f, device);
  history = benk_history_read_device (f->db, benk_device_get_id (device), 9, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, G_N_ELEMENTS (wanted) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      BenkHistoryItem *item = g_ptr_array_index (history, i);
      g_autofree char *lines =
        g_strjoinv ("|", (char **) benk_history_item_get_changes (item));

      g_assert_cmpstr (lines, ==, wanted[i]);
      g_assert_true (benk_history_item_get_undoable (item));
    }
}

/* --- found, and erased --- */

static void
test_search (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_STOCK);
  gint64 made = reserve (f, device, REFERENCE, LATER);
  gint64 seq;

  g_assert_cmpuint (benk_table_fixture_count_found (f, "ref-zebra"), ==, 1);
  seq = change (f, device, OTHER, NULL);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "ref-zebra"), ==, 0);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "okapi"), ==, 1);
  undo (f, seq);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "okapi"), ==, 0);
  seq = give_up (f, device);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "ref-zebra"), ==, 0);
  undo (f, seq);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "ref-zebra"), ==, 1);
  undo (f, made);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "ref-zebra"), ==, 0);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "r-1"), ==, 1);
}

static void
test_erased (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *line = NULL;
  BenkId person = ensure (f, REFERENCE);
  BenkScope *scope;

  reserve (f, device, REFERENCE, LATER);
  scope = benk_table_fixture_begin (f, BENK_VERB_ERASE);
  g_assert_true (benk_table_person_erase (f->db, &person, &error));
  benk_table_fixture_commit (scope);

  assert_reserved (f, device, "");
  g_assert_cmpuint (benk_table_fixture_count_found (f, "zebra"), ==, 0);
  g_assert_cmpuint (benk_table_fixture_count_found (f, "r-1"), ==, 1);
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM reservation"
                                                    " WHERE ended = 'given-up'"),
                   ==, 1);
  history = benk_history_read_device (f->db, benk_device_get_id (device), 9, &error);
  g_assert_cmpstr (benk_history_item_get_changes (
                     g_ptr_array_index (history, history->len - 2))[0],
                   ==, "Reserved: erased, 20 Mar 2026");
  assert_intact (f);
}

/* Neither the change log nor the state holds the reference itself. */
static void
test_personal (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (f, "R-1", BENK_DEVICE_STATE_STOCK);

  reserve (f, device, REFERENCE, LATER);
  change (f, device, OTHER, NULL);
  g_assert_cmpint (
    benk_store_fixture_count (f->db, "SELECT count (*) FROM journal WHERE"
                                     " instr (changeset, CAST ('Zebra' AS BLOB)) > 0 OR"
                                     " instr (changeset, CAST ('Okapi' AS BLOB)) > 0"),
    ==, 0);
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM journal WHERE"
                                                    " length (changeset) > 0"),
                   >, 0);
}

/* --- all of them --- */

static void
test_list (BenkStoreFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *serial;
    BenkDeviceState state;
    const char *date;
  } rows[] = {
    { "SOON", BENK_DEVICE_STATE_STOCK, "2026-03-03" },
    { "LATE", BENK_DEVICE_STATE_STOCK, "2026-02-20" },
    { "FAR", BENK_DEVICE_STATE_READY, "2026-09-01" },
    { "GONE", BENK_DEVICE_STATE_STOCK, "2026-10-01" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  BenkDeviceFilter filter = { .reserved = TRUE, .sort = BENK_DEVICE_SORT_RESERVED };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkDevice) plain =
    benk_table_fixture_add_device (f, "PLAIN", BENK_DEVICE_STATE_STOCK);
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkDevice) device =
        benk_table_fixture_add_device (f, rows[i].serial, rows[i].state);

      reserve (f, device, REFERENCE, rows[i].date);
      if (g_str_equal (rows[i].serial, "GONE"))
        put_with (f, device, OTHER, BENK_DEVICE_STATE_SCRAPPED);
    }
  list = benk_table_reservation_list (f->db, TODAY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (order, "%s ",
                            ((const BenkReservation *) list->pdata[i])->serial);
  g_assert_cmpstr (order->str, ==, "LATE GONE SOON FAR ");
  g_assert_cmpint (((const BenkReservation *) list->pdata[0])->days, ==, -10);

  /* Those that went another way are among them. */
  ids = benk_table_device_query (f->db, &filter, &error);
  g_assert_cmpuint (ids->len, ==, 4);
  g_assert_true (benk_table_reservation_count (f->db, &n, &error));
  g_assert_cmpuint (n, ==, 4);
}

/* --- the forecast --- */

static void
advance (BenkStoreFixture *f, int days)
{
  benk_fake_clock_advance (BENK_FAKE_CLOCK (f->clock), days * DAY_MS);
}

static BenkForecast
forecast (BenkStoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *today = benk_forecast_get_today (benk_clock_get_wall_ms (f->clock));
  g_autoptr (BenkStockSummary) summary = benk_table_stock_load (f->db, today, 60, &error);
  const BenkStockModel *model;

  g_assert_no_error (error);
  model = benk_stock_summary_find (summary, "medido");
  g_assert_cmpuint (model->forecast.n_free, ==, model->n_free);

  return model->forecast;
}

static void
test_forecast (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_object_unref);
  BenkForecast now;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *serial = g_strdup_printf ("M-%02u", i);

      g_ptr_array_add (out,
                       benk_table_fixture_add_device (f, serial,
                                                      i < 6 ? BENK_DEVICE_STATE_READY
                                                            : BENK_DEVICE_STATE_STOCK));
    }
  g_assert_cmpint (forecast (f).kind, ==, BENK_FORECAST_UNKNOWN);
  /* Six go out in six weeks, one comes back, and one that was repaired. */
  for (guint i = 0; i < 6; i++)
    {
      advance (f, 7);
      put_with (f, out->pdata[i], REFERENCE, BENK_DEVICE_STATE_TRIAL);
    }
  put_with (f, out->pdata[0], REFERENCE, BENK_DEVICE_STATE_RESET);
  put_with (f, out->pdata[0], REFERENCE, BENK_DEVICE_STATE_STOCK);
  put_with (f, out->pdata[1], REFERENCE, BENK_DEVICE_STATE_RECEIVED);
  put_with (f, out->pdata[1], REFERENCE, BENK_DEVICE_STATE_STOCK);
  /* What is bought, or was never out, is no coming back. */
  put_with (f, out->pdata[6], REFERENCE, BENK_DEVICE_STATE_RECEIVED);
  put_with (f, out->pdata[6], REFERENCE, BENK_DEVICE_STATE_STOCK);

  now = forecast (f);
  g_assert_cmpuint (now.weeks, ==, 6);
  g_assert_cmpuint (now.n_out, ==, 6);
  g_assert_cmpuint (now.n_back, ==, 2);
  g_assert_cmpuint (now.n_free, ==, 8);
  g_assert_cmpint (now.kind, ==, BENK_FORECAST_DAY);
  g_assert_cmpint (now.days, ==, 84); /* 8 free, 4 in 6 weeks */

  /* One is kept, and the one that another was kept on is lost. */
  reserve (f, out->pdata[7], REFERENCE, "2026-09-01");
  reserve (f, out->pdata[8], OTHER, "2026-05-01");
  put_with (f, out->pdata[8], REFERENCE, BENK_DEVICE_STATE_LOST);
  now = forecast (f);
  g_assert_cmpuint (now.n_free, ==, 6);
  g_assert_cmpuint (now.n_reserved, ==, 1);
  g_assert_cmpuint (now.n_needs, ==, 1);
  g_assert_cmpint (now.days, ==, 53); /* five of them, at the same pace */

  /* Weeks later nothing has gone out in the weeks that are looked at. */
  advance (f, 200);
  now = forecast (f);
  g_assert_cmpuint (now.weeks, ==, 8);
  g_assert_cmpuint (now.n_out, ==, 0);
  g_assert_cmpint (now.kind, ==, BENK_FORECAST_UNKNOWN);
}

/* Two rows of one device are one on the shelf. */
static void
test_joined (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (f, "A", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (f, "B", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkStockSummary) summary = NULL;
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_JOIN_DEVICES);

  g_assert_true (benk_table_alias_join (f->db, benk_device_get_id (a),
                                        benk_device_get_id (b), &error));
  benk_table_fixture_commit (scope);
  summary = benk_table_stock_load (f->db, TODAY, 60, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_stock_summary_find (summary, "medido")->n_free, ==, 1);
  g_assert_cmpuint (
    benk_stock_summary_find (summary, "medido")->counts[BENK_DEVICE_STATE_STOCK], ==, 1);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/store/reservation/" name, BenkStoreFixture, NULL,                        \
              benk_store_fixture_set_up, test, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("refuses-what-cannot-be-kept", test_refused);
  ADD ("takes-every-step-back", test_undone);
  ADD ("ends-when-its-user-has-the-device", test_used);
  ADD ("asks-before-another-user-gets-it", test_guard);
  ADD ("stands-in-the-history", test_history);
  ADD ("is-found-by-the-reference", test_search);
  ADD ("goes-with-the-user-who-is-erased", test_erased);
  ADD ("keeps-the-reference-out-of-the-change-log", test_personal);
  ADD ("lists-what-has-to-be-done-first", test_list);
  ADD ("forecasts-from-what-went-out-and-came-back", test_forecast);
  ADD ("counts-two-rows-of-one-device-once", test_joined);

  return g_test_run ();
}
