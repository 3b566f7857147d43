/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-error.h"
#include "benk-exchange.h"
#include "benk-import-rig.h"
#include "benk-random-work.h"
#include "benk-schema.h"
#include "benk-table-print.h"

/* Two laptops work apart; a server numbers their changes. Whoever has the same rows has
 * the same tables, in whatever order and how often they came. */

typedef struct
{
  BenkSessionFixture a, b;
  GPtrArray *rows; /* in the server's order */
  gint64 sent_a, sent_b;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_session_fixture_set_up (&self->a, NULL);
  benk_session_fixture_set_up (&self->b, NULL);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_journal_row_free);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_ptr_array_unref (self->rows);
  benk_session_fixture_tear_down (&self->b, NULL);
  benk_session_fixture_tear_down (&self->a, NULL);
}

/* A laptop sends what it has not sent yet; the server numbers it on. */
static void
send (Fixture *self, BenkSessionFixture *from)
{
  gint64 *sent = from == &self->a ? &self->sent_a : &self->sent_b;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (from);
  g_autoptr (GPtrArray) rows = benk_exchange_list_own (db, *sent, &error);

  g_assert_no_error (error);
  *sent += rows->len;
  g_ptr_array_extend_and_steal (self->rows, g_steal_pointer (&rows));
}

typedef struct
{
  BenkDb *db;
  BenkExchange *exchange;
} Copy;

static void
copy_init (Copy *self, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  self->db = benk_db_open_memory (fixture->a.clock, &error);
  g_assert_no_error (error);
  benk_schema_create_empty (self->db, &error);
  g_assert_no_error (error);
  self->exchange = benk_exchange_new (self->db, FALSE);
}

static void
copy_clear (Copy *self)
{
  benk_exchange_free (self->exchange);
  benk_db_close (self->db);
}

static void
copy_take (Copy *self, Fixture *fixture, guint i)
{
  g_autoptr (GError) error = NULL;

  benk_exchange_receive (self->exchange, (gint64) i + 1, fixture->rows->pdata[i], &error);
  g_assert_no_error (error);
}

static char *
describe (Copy *self)
{
  GPtrArray *cards = benk_exchange_get_cards (self->exchange);
  g_autofree char *tables = benk_table_print_take (self->db, BENK_TABLE_PRINT_JOURNALLED);
  GString *text = g_string_new (tables);

  for (guint i = 0; i < cards->len; i++)
    {
      const BenkCard *card = g_ptr_array_index (cards, i);
      g_autofree char *row = benk_id_to_string (&card->row);

      g_string_append_printf (text, "%d %s %s %d\n", (int) card->number, card->table, row,
                              card->reason);
    }

  return g_string_free (text, FALSE);
}

/* As they are numbered, one after the other. */
static void
take_all (Copy *self, Fixture *fixture)
{
  copy_init (self, fixture);
  for (guint i = 0; i < fixture->rows->len; i++)
    copy_take (self, fixture, i);
  g_assert_cmpint (benk_exchange_get_applied (self->exchange), ==, fixture->rows->len);
}

/* In batches, each in any order, some rows twice or again much later. */
static void
take_shuffled (Copy *self, Fixture *fixture, GRand *rand)
{
  guint n = fixture->rows->len;
  guint batch = (guint) g_rand_int_range (rand, 1, 60);
  g_autofree guint *order = g_new (guint, n);

  copy_init (self, fixture);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = 0; i < n; i++)
    {
      guint end = MIN (n, (i / batch + 1) * batch);
      guint other = (guint) g_rand_int_range (rand, (gint32) i, (gint32) end);
      guint swapped = order[i];

      order[i] = order[other];
      order[other] = swapped;
    }
  for (guint i = 0; i < n; i++)
    {
      copy_take (self, fixture, order[i]);
      if (g_rand_int_range (rand, 0, 4) == 0)
        copy_take (self, fixture, order[g_rand_int_range (rand, 0, (gint32) i + 1)]);
    }
  g_assert_cmpint (benk_exchange_get_applied (self->exchange), ==, n);
}

/* Nothing hangs on a device that is not there. */
static void
assert_nothing_dangles (Copy *self)
{
  static const char *const tables[] = {
    "transition",  "placement", "fact",           "proof", "run",
    "return_case", "owed_task", "stocktake_item", "alarm"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM %s WHERE device_id NOT NULL AND device_id NOT IN"
        " (SELECT id FROM device)",
        tables[i]);
      g_autoptr (GError) error = NULL;
      gint64 n = -1;

      benk_db_get_int64 (self->db, sql, &n, &error);
      g_assert_no_error (error);
      if (n != 0)
        g_error ("%d rows of %s hang on no device", (int) n, tables[i]);
    }
}

/* The rows of one laptop alone are its own tables, and nothing is passed over. */
static void
assert_alone (Fixture *self, BenkSessionFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (f);
  g_autoptr (GPtrArray) rows = benk_exchange_list_own (db, 0, &error);
  g_autofree char *stands = benk_table_print_take (db, BENK_TABLE_PRINT_JOURNALLED);
  g_autofree char *told = NULL;
  Copy copy;

  g_assert_no_error (error);
  copy_init (&copy, self);
  for (guint i = 0; i < rows->len; i++)
    benk_exchange_receive (copy.exchange, (gint64) i + 1, rows->pdata[i], &error);
  g_assert_no_error (error);
  told = benk_table_print_take (copy.db, BENK_TABLE_PRINT_JOURNALLED);
  benk_table_print_assert_equal (stands, told);
  g_assert_cmpuint (benk_exchange_get_cards (copy.exchange)->len, ==, 0);
  copy_clear (&copy);
}

static guint
assert_same_for_all (Fixture *self, GRand *rand)
{
  Copy fresh, a, b;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  guint n_cards;

  take_all (&fresh, self);
  take_shuffled (&a, self, rand);
  take_shuffled (&b, self, rand);
  one = describe (&fresh);
  two = describe (&a);
  three = describe (&b);
  benk_table_print_assert_equal (one, two);
  benk_table_print_assert_equal (one, three);
  assert_nothing_dangles (&fresh);
  n_cards = benk_exchange_get_cards (fresh.exchange)->len;
  copy_clear (&fresh);
  copy_clear (&a);
  copy_clear (&b);

  return n_cards;
}

static void
test_random (Fixture *self, gconstpointer unused)
{
  const char *wanted = g_getenv ("BENK_SEED");
  guint32 seed = wanted != NULL   ? (guint32) g_ascii_strtoull (wanted, NULL, 10)
                 : g_test_slow () ? (guint32) g_test_rand_int ()
                                  : 2781517381;
  guint n = g_test_slow () ? 2000 : 300;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  BenkRandomWork work[2] = { { NULL }, { NULL } };
  guint n_cards;

  g_print ("# BENK_SEED=%u\n", seed);
  benk_random_work_init (&work[0], &self->a, seed);
  benk_random_work_init (&work[1], &self->b, seed + 1);
  for (guint i = 0; i < 2 * n; i++)
    {
      benk_random_work_step (&work[g_rand_int_range (rand, 0, 2)]);
      if (g_rand_int_range (rand, 0, 15) == 0)
        send (self, g_rand_boolean (rand) ? &self->a : &self->b);
    }
  send (self, &self->a);
  send (self, &self->b);
  assert_alone (self, &self->a);
  assert_alone (self, &self->b);
  n_cards = assert_same_for_all (self, rand);
  g_print ("# BENK_SEED=%u: %u pieces of work, %u rows exchanged, %u passed over\n", seed,
           2 * n, self->rows->len, n_cards);
  g_assert_cmpuint (n_cards, >, 0);
  benk_random_work_clear (&work[0]);
  benk_random_work_clear (&work[1]);
}

/* --- what meets --- */

static void
edit (BenkSessionFixture *f, const char *serial, BenkDeviceEdit what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) device = benk_session_fixture_find (f, serial);

  what.owner = -1;
  benk_inventory_edit_async (f->inventory, benk_device_get_id (device), &what, NULL,
                             benk_session_fixture_keep, &result);
  benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static void
join (BenkSessionFixture *f, const char *serial, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) one = benk_session_fixture_find (f, serial);
  g_autoptr (BenkDevice) other = benk_session_fixture_find (f, target);

  benk_inventory_join_async (f->inventory, benk_device_get_id (one),
                             benk_device_get_id (other), NULL, benk_session_fixture_keep,
                             &result);
  benk_inventory_change_finish (f->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static gint64
count (Copy *copy, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  benk_db_get_int64 (copy->db, sql, &n, &error);
  g_assert_no_error (error);

  return n;
}

/* Both register the same devices, edit one field, and join two rows the other way round:
 * the first that came counts, on every laptop, and the rest is told. */
static void
test_conflicts (Fixture *self, gconstpointer first)
{
  BenkSessionFixture *one = first != NULL ? &self->b : &self->a;
  BenkSessionFixture *other = first != NULL ? &self->a : &self->b;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Copy copy;

  for (int i = 0; i < 2; i++)
    {
      BenkSessionFixture *f = i == 0 ? one : other;

      benk_session_fixture_advance (f, 1000 * i);
      g_object_unref (benk_session_fixture_add (f, "SAME-1", BENK_DEVICE_STATE_RECEIVED));
      g_object_unref (benk_session_fixture_add (f, "SAME-2", BENK_DEVICE_STATE_RECEIVED));
      edit (f, "SAME-1", (BenkDeviceEdit){ .vendor = i == 0 ? "Én" : "To" });
      edit (f, "SAME-2",
            i == 0 ? (BenkDeviceEdit){ .imei = "356938085884006" }
                   : (BenkDeviceEdit){ .warranty_date = "2028-01-01" });
      join (f, i == 0 ? "SAME-1" : "SAME-2", i == 0 ? "SAME-2" : "SAME-1");
    }
  send (self, one);
  send (self, other);
  g_assert_cmpuint (assert_same_for_all (self, rand), >, 0);

  take_all (&copy, self);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM device"), ==, 2);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM transition"), ==, 2);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM device WHERE serial = 'SAME-1'"
                                 " AND vendor = 'Én'"),
                   ==, 1);
  /* Two fields of one device do not stand in each other's way. */
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM device WHERE serial = 'SAME-2'"
                                 " AND imei NOT NULL AND warranty_date = '2028-01-01'"),
                   ==, 1);
  copy_clear (&copy);
}

/* A list on one laptop and a device on the other: one row each, and the rest of the list
 * stays. */
static void
test_list_and_device (Fixture *self, gconstpointer first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (BenkImport) list = benk_import_rig_preview (
    &self->a, "list.csv",
    "Type;Serienr;Status\nMedido;MD-1;På lager\nMedido;md 2;På lager\n");
  Copy copy;

  g_assert_cmpint (benk_import_rig_apply (list, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_object_unref (
    benk_session_fixture_add (&self->b, "MD 2", BENK_DEVICE_STATE_RECEIVED));
  send (self, first != NULL ? &self->b : &self->a);
  send (self, first != NULL ? &self->a : &self->b);
  g_assert_cmpuint (assert_same_for_all (self, rand), ==, 1);
  take_all (&copy, self);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM device"), ==, 2);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM transition"), ==, 2);
  copy_clear (&copy);
}

/* --- what is not right --- */

static void
refuse (Copy *copy, gint64 number, const BenkJournalRow *row)
{
  g_autofree char *before = benk_table_print_take (copy->db, BENK_TABLE_PRINT_JOURNALLED);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (benk_exchange_receive (copy->exchange, number, row, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
  after = benk_table_print_take (copy->db, BENK_TABLE_PRINT_JOURNALLED);
  benk_table_print_assert_equal (before, after);
}

static void
test_damage (Fixture *self, gconstpointer unused)
{
  BenkJournalRow changed;
  guint n;
  Copy copy;

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%d", i);

      g_object_unref (
        benk_session_fixture_add (&self->a, serial, BENK_DEVICE_STATE_RECEIVED));
    }
  send (self, &self->a);
  n = self->rows->len;
  copy_init (&copy, self);
  for (guint i = 0; i + 2 < n; i++)
    copy_take (&copy, self, i);

  changed = *(BenkJournalRow *) self->rows->pdata[n - 2];
  changed.wall_ms++;
  refuse (&copy, n - 1, &changed);
  /* Another row under a number that is taken; one that skips one. */
  refuse (&copy, 1, self->rows->pdata[n - 1]);
  refuse (&copy, n - 1, self->rows->pdata[n - 1]);
  refuse (&copy, 0, self->rows->pdata[n - 2]);
  copy_take (&copy, self, n - 2);
  copy_take (&copy, self, n - 1);
  g_assert_cmpint (count (&copy, "SELECT count (*) FROM device"), ==, 4);
  copy_clear (&copy);
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/session/exchange/" path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("random-work-of-two-is-one", NULL, test_random);
  ADD ("the-first-counts/a", NULL, test_conflicts);
  ADD ("the-first-counts/b", "b", test_conflicts);
  ADD ("a-list-and-a-device-are-one-row/list-first", NULL, test_list_and_device);
  ADD ("a-list-and-a-device-are-one-row/device-first", "b", test_list_and_device);
  ADD ("what-was-changed-or-skipped-is-refused", NULL, test_damage);

  return g_test_run ();
}
