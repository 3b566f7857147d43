/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-bench-fixture.h"
#include "benk-error.h"
#include "benk-exchange.h"
#include "benk-import-rig.h"
#include "benk-schema.h"

/* One device is one row, however it came to be known; two devices are two. */

#define MISTYPED "MED-7O01"

static void
set_up (TestBenchFixture *self, gconstpointer unused)
{
  benk_session_fixture_set_up (&self->base, NULL);
  self->bench = benk_session_get_bench (self->base.session);
  self->state_dir = g_build_filename (self->base.dir, "devices", NULL);
}

static gboolean
register_device (BenkSessionFixture *f, BenkNewDevice what, BenkId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  what.model_id = "medido";
  what.serial = what.serial != NULL ? what.serial : SERIAL;
  what.state = BENK_DEVICE_STATE_RECEIVED;
  benk_inventory_add_async (f->inventory, &what, NULL, benk_session_fixture_keep,
                            &result);

  return benk_inventory_add_finish (f->inventory, BENK_AWAIT (result), id, error);
}

static gboolean
edit (BenkSessionFixture *f, const BenkId *device, BenkDeviceEdit what, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  what.owner = -1;
  benk_inventory_edit_async (f->inventory, device, &what, NULL, benk_session_fixture_keep,
                             &result);

  return benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, error);
}

static void
assert_rows (BenkSessionFixture *f, gint64 n)
{
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM device"), ==, n);
}

static void
plug (TestBenchFixture *self)
{
  GListModel *devices = benk_bench_get_devices (self->bench);

  test_bench_plug (self, NULL);
  test_bench_settle (self);
  while (g_list_model_get_n_items (devices) == 0)
    g_main_context_iteration (NULL, TRUE);
  test_bench_settle (self);
}

/* Typed wrong, corrected, plugged in, and found on the office's old list. */
static void
test_corrected (TestBenchFixture *self, gconstpointer unused)
{
  static const guint counts[BENK_N_IMPORT_VERDICTS] = { 0, 1, 0, 1, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkImport) list = NULL;
  BenkSessionFixture *f = &self->base;
  BenkId id;

  register_device (f, (BenkNewDevice){ .serial = MISTYPED }, &id, &error);
  g_assert_no_error (error);
  edit (f, &id, (BenkDeviceEdit){ .serial = "med 7001" }, &error);
  g_assert_no_error (error);
  plug (self);
  g_assert_true (
    benk_id_equal (benk_bench_device_get_card_id (test_bench_get_device (self)), &id));
  assert_rows (f, 1);

  list = benk_import_rig_preview (f, "list.csv",
                                  "Type;Serienr;Plassering\nMedido;MED 7O01;Hylle A\n"
                                  "Medido;MED7001;Hylle B\n");
  benk_import_rig_assert (list, counts, NULL);
  g_assert_cmpint (benk_import_rig_apply (list, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_rows (f, 1);
}

static void
put_two (BenkSessionFixture *f, BenkId *one, BenkId *two)
{
  g_autoptr (GError) error = NULL;

  register_device (f, (BenkNewDevice){ .imei = "356938085884006" }, one, &error);
  g_assert_no_error (error);
  g_assert_false (register_device (f, (BenkNewDevice){ .note = "x" }, two, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  register_device (f, (BenkNewDevice){ .serial = "med 7001", .another = TRUE }, two,
                   &error);
  g_assert_no_error (error);
  g_assert_false (benk_id_equal (one, two));
  assert_rows (f, 2);
}

/* Two real devices with one number: said once, and they stay two whatever is done. */
static void
test_two (TestBenchFixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *row;
    guint counts[BENK_N_IMPORT_VERDICTS];
    const char *reason;
  } rows[] = {
    { "Medido;MED-7001;;Hylle A\n", { 0, 0, 0, 1, 0 }, "2 devices have the serial*" },
    { "Medido;MED-7001;356938085884006;Hylle A\n", { 0, 1, 0, 0, 0 }, NULL },
  };
  g_autoptr (GError) error = NULL;
  BenkSessionFixture *f = &self->base;
  BenkId one, two, third;

  put_two (f, &one, &two);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strconcat ("Type;Serienr;IMEI;Plassering\n", rows[i].row, NULL);
      g_autoptr (BenkImport) list = benk_import_rig_preview (f, "list.csv", text);

      benk_import_rig_assert (list, rows[i].counts, rows[i].reason);
    }
  edit (f, &one, (BenkDeviceEdit){ .note = "den første" }, &error);
  g_assert_no_error (error);
  edit (f, &two, (BenkDeviceEdit){ .serial = SERIAL, .vendor = "V" }, &error);
  g_assert_no_error (error);
  /* Other numbers are one device's still. */
  g_assert_false (edit (f, &two, (BenkDeviceEdit){ .imei = "356938085884006" }, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (
    register_device (f, (BenkNewDevice){ .imei = "356938085884006", .another = TRUE },
                     &third, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (register_device (f, (BenkNewDevice){ .vendor = "V" }, &third, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  assert_rows (f, 2);
}

/* A label read wrong at first: the right number is another device's as well. */
static void
test_corrected_to_taken (TestBenchFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkSessionFixture *f = &self->base;
  BenkId one, two;

  register_device (f, (BenkNewDevice){ .serial = SERIAL }, &one, &error);
  g_assert_no_error (error);
  register_device (f, (BenkNewDevice){ .serial = MISTYPED }, &two, &error);
  g_assert_no_error (error);
  g_assert_false (edit (f, &two, (BenkDeviceEdit){ .serial = SERIAL }, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  edit (f, &two, (BenkDeviceEdit){ .serial = "med 7001", .another = TRUE }, &error);
  g_assert_no_error (error);
  assert_rows (f, 2);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE twin = 1"), ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     f, "SELECT count (*) FROM device WHERE serial_key = 'MED7001'"),
                   ==, 2);
}

/* Which of the two is plugged in only a person can tell. */
static void
test_two_plugged_in (TestBenchFixture *self, gconstpointer unused)
{
  BenkId one, two;

  put_two (&self->base, &one, &two);
  plug (self);
  g_assert_true (
    benk_id_is_nil (benk_bench_device_get_card_id (test_bench_get_device (self))));
  g_assert_nonnull (
    strstr (benk_bench_device_get_problem (test_bench_get_device (self)), "2 devices"));
  assert_rows (&self->base, 2);
}

/* Said by mistake, it is taken back; where there is no other, nothing is special. */
static void
test_taken_back (TestBenchFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkSessionFixture *f = &self->base;
  BenkId one, two;

  put_two (f, &one, &two);
  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_no_error (error);
  assert_rows (f, 1);
  register_device (f, (BenkNewDevice){ .serial = "N-1", .another = TRUE }, &two, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE twin = 1"), ==, 0);
}

static void
receive (BenkExchange *exchange, BenkSessionFixture *from, gint64 *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (from);
  g_autoptr (GPtrArray) rows = benk_exchange_list_own (db, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      benk_exchange_receive (exchange, ++*number, rows->pdata[i], &error);
      g_assert_no_error (error);
    }
}

/* One laptop knows two devices of the number, the other one of them: that makes two. */
static void
test_two_exchanged (TestBenchFixture *self, gconstpointer unused)
{
  for (int first = 0; first < 2; first++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkDb) db = benk_db_open_memory (self->base.clock, &error);
      g_autoptr (BenkExchange) exchange = NULL;
      BenkSessionFixture other = { NULL };
      BenkId one, two, again;
      gint64 number = 0, n = 0;

      benk_session_fixture_set_up (&other, NULL);
      if (first == 0)
        put_two (&self->base, &one, &two);
      register_device (&other, (BenkNewDevice){ .note = "samme boks" }, &again, &error);
      g_assert_no_error (error);
      g_assert_true (benk_schema_create_empty (db, &error));
      exchange = benk_exchange_new (db, FALSE);
      receive (exchange, first == 0 ? &self->base : &other, &number);
      receive (exchange, first == 0 ? &other : &self->base, &number);
      benk_db_get_int64 (db, "SELECT count (*) FROM device", &n, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 2);
      benk_session_fixture_tear_down (&other, NULL);
    }
}

/* Everything that was done at the bench is there, and is of the one row. */
static void
assert_all_hang_on_one (BenkDb *db, TestBenchFixture *bench)
{
#define OF_IT " WHERE device_id = (SELECT id FROM device WHERE serial_key = 'MED7001')"
  static const struct
  {
    const char *sql;
    gint64 least;
  } counts[] = {
    { "SELECT count (*) FROM device WHERE serial_key = 'MED7001'", 1 },
    { "SELECT count (*) FROM run" OF_IT, 2 },
    { "SELECT count (*) FROM proof" OF_IT, 2 },
    { "SELECT count (*) FROM fact" OF_IT, 1 },
    { "SELECT count (*) FROM transition" OF_IT, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 n = 0;

      benk_db_get_int64 (db, counts[i].sql, &n, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, >=, counts[i].least);
      g_assert_cmpint (n, ==, test_bench_count (bench, counts[i].sql));
    }
#undef OF_IT
}

/* On the office's list of one laptop; at the other plugged in, made ready and wiped. */
static void
test_listed_and_plugged_in (TestBenchFixture *self, gconstpointer list_first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = NULL;
  g_autoptr (BenkExchange) exchange = NULL;
  g_autoptr (BenkImport) list = NULL;
  BenkSessionFixture other = { NULL };
  GPtrArray *cards;
  gint64 number = 0;

  benk_session_fixture_set_up_demo (&other, NULL);
  list = benk_import_rig_preview (&other, "list.csv",
                                  "Type;Serienr;Status\nMedido;med 7001;På lager\n"
                                  "Medido;MED 7002;På lager\n");
  g_assert_cmpint (benk_import_rig_apply (list, NULL, &error), >, 0);
  g_assert_no_error (error);
  test_bench_set_up_demo (self, NULL);
  test_bench_wipe (self);
  test_bench_make_ready (self);

  db = benk_db_open_memory (self->base.clock, &error);
  g_assert_no_error (error);
  g_assert_true (benk_schema_create_empty (db, &error));
  exchange = benk_exchange_new (db, TRUE);
  receive (exchange, list_first != NULL ? &other : &self->base, &number);
  receive (exchange, list_first != NULL ? &self->base : &other, &number);
  /* Told once: that it was registered twice. */
  cards = benk_exchange_get_cards (exchange);
  g_assert_cmpuint (cards->len, ==, 1);
  g_assert_cmpstr (((BenkCard *) cards->pdata[0])->table, ==, "device");
  g_assert_cmpint (((BenkCard *) cards->pdata[0])->reason, ==, BENK_CARD_THERE);
  assert_all_hang_on_one (db, self);
  benk_session_fixture_tear_down (&other, NULL);
}

#define ADD_LISTED(path, data)                                                           \
  g_test_add ("/session/identity/listed-and-plugged-in-is-one/" path, TestBenchFixture,  \
              data, NULL, test_listed_and_plugged_in, test_bench_tear_down)

#define ADD(path, test)                                                                  \
  g_test_add ("/session/identity/" path, TestBenchFixture, NULL, set_up, test,           \
              test_bench_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("typed-wrong-corrected-plugged-in-is-one", test_corrected);
  ADD ("two-with-one-number-stay-two", test_two);
  ADD ("corrected-to-a-number-that-is-taken", test_corrected_to_taken);
  ADD ("two-with-one-number-are-not-guessed", test_two_plugged_in);
  ADD ("said-by-mistake-is-taken-back", test_taken_back);
  ADD ("two-with-one-number-through-exchange", test_two_exchanged);
  ADD_LISTED ("list-first", "list");
  ADD_LISTED ("bench-first", NULL);

  return g_test_run ();
}
