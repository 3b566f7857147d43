/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-batch.h"
#include "benk-error.h"
#include "benk-table-fixture.h"
#include "benk-table-stock.h"
#include "benk-table-stocktake.h"
#include "benk-undo.h"
#include "benk-verify.h"

/* Several changes that are kept together or not at all, and what they are for: a count of
 * the shelf. */

static void
assert_intact (BenkStoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = benk_verify (f->db, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (result->intact ? NULL : result->text, ==, NULL);
}

static gint64
get_head (BenkStoreFixture *f)
{
  return benk_store_fixture_count (f->db, "SELECT ifnull (max (seq), 0) FROM journal");
}

static void
begin_batch (BenkStoreFixture *f, BenkBatch **batch)
{
  g_autoptr (GError) error = NULL;

  *batch = benk_batch_begin (f->db, &error);
  g_assert_no_error (error);
}

/* Each change has its row of the change log, and nobody sees one before all are there. */
static void
test_kept (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) other = benk_db_open (f->path, BENK_DB_READ_ONLY, f->clock, &error);
  g_autoptr (BenkDevice) one = NULL;
  g_autoptr (BenkDevice) two = NULL;
  g_autoptr (BenkBatch) batch = NULL;
  gint64 head = get_head (f);

  g_assert_no_error (error);
  begin_batch (f, &batch);
  one = benk_table_fixture_add_device (f, "A1", BENK_DEVICE_STATE_STOCK);
  two = benk_table_fixture_add_device (f, "A2", BENK_DEVICE_STATE_STOCK);
  g_assert_cmpint (get_head (f), ==, head + 2);
  g_assert_cmpint (benk_store_fixture_count (other, "SELECT count (*) FROM device"), ==,
                   0);
  benk_batch_commit (batch, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (other, "SELECT count (*) FROM device"), ==,
                   2);
  assert_intact (f);
}

static void
test_dropped (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) one = NULL;
  g_autoptr (BenkDevice) later = NULL;
  BenkBatch *batch;
  gint64 head = get_head (f);

  begin_batch (f, &batch);
  one = benk_table_fixture_add_device (f, "A1", BENK_DEVICE_STATE_STOCK);
  benk_batch_free (batch);
  g_assert_cmpint (get_head (f), ==, head);
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM device"), ==,
                   0);
  later = benk_table_fixture_add_device (f, "A2", BENK_DEVICE_STATE_STOCK);
  g_assert_cmpint (get_head (f), ==, head + 1);
  assert_intact (f);
}

/* A change that is given up takes nothing of the others with it. */
static void
test_one_is_given_up (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) one = NULL;
  g_autoptr (BenkDevice) three = NULL;
  g_autoptr (BenkBatch) batch = NULL;
  BenkScope *scope;
  gint64 head = get_head (f);

  begin_batch (f, &batch);
  one = benk_table_fixture_add_device (f, "A1", BENK_DEVICE_STATE_STOCK);
  scope = benk_table_fixture_begin (f, BENK_VERB_EDIT);
  benk_store_fixture_exec (f->db, "DELETE FROM device");
  benk_scope_free (scope);
  three = benk_table_fixture_add_device (f, "A3", BENK_DEVICE_STATE_STOCK);
  benk_batch_commit (batch, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_head (f), ==, head + 2);
  g_assert_cmpint (benk_store_fixture_count (f->db, "SELECT count (*) FROM device"), ==,
                   2);
  assert_intact (f);
}

static void
test_no_batch_in_a_change (BenkStoreFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkScope) scope = benk_table_fixture_begin (f, BENK_VERB_EDIT);

  g_assert_null (benk_batch_begin (f->db, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FAILED);
}

/* --- counts and limits in the change log --- */

/* All of the tables as text, to compare. */
static char *
dump (BenkStoreFixture *f)
{
  static const char *const queries[] = {
    "SELECT group_concat (hex (id) || hex (ifnull (place_id, '')) || ended_ms || dropped)"
    " FROM stocktake ORDER BY id",
    "SELECT group_concat (hex (id) || hex (device_id) || expected ||"
    " hex (ifnull (found_place_id, '')) || ifnull (found_ms, '-') ||"
    " ifnull (settled, '-') || state) FROM stocktake_item ORDER BY id",
    "SELECT group_concat (hex (id) || model_id || least) FROM stock_limit ORDER BY id",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkStmt) stmt = benk_db_prepare (f->db, queries[i], &error);

      g_assert_no_error (error);
      benk_stmt_step (stmt, &error);
      g_assert_no_error (error);
      g_string_append_printf (text, "%s\n",
                              benk_stmt_get_text (stmt, 0) ? benk_stmt_get_text (stmt, 0)
                                                           : "");
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  BenkId count;
  BenkId item;
} Counted;

typedef gboolean (*Step) (BenkDb *db, Counted *counted, GError **error);

static gboolean
begin_count (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stocktake_insert (db, &BENK_ID_NIL, &counted->count, error);
}

static gboolean
find_one (BenkDb *db, Counted *counted, GError **error)
{
  g_autoptr (GPtrArray) items =
    benk_table_stocktake_list_items (db, &counted->count, G_MAXUINT, 10, error);

  g_assert_cmpuint (items->len, ==, 1);
  counted->item = *benk_count_item_get_id (g_ptr_array_index (items, 0));
  return benk_table_stocktake_set_found (db, &counted->item, NULL, error);
}

static gboolean
settle (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stocktake_settle (db, &counted->item, "left", NULL, NULL, error);
}

static gboolean
set_limit (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stock_set_limit (db, "medido", &BENK_ID_NIL, 4, error);
}

static gboolean
change_limit (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stock_set_limit (db, "medido", &BENK_ID_NIL, 5, error);
}

static gboolean
end_limit (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stock_set_limit (db, "medido", &BENK_ID_NIL, 0, error);
}

static gboolean
drop_count (BenkDb *db, Counted *counted, GError **error)
{
  return benk_table_stocktake_end (db, &counted->count, TRUE, error);
}

/* Each step is one row of the change log; replayed they give the same tables, and undone
 * one by one, the newest first, each table as it was before. */
static void
test_counts_and_limits (BenkStoreFixture *f, gconstpointer unused)
{
  static const Step steps[] = { set_limit,  begin_count,  find_one, settle,
                                drop_count, change_limit, end_limit };
  const BenkChange actor = { .account = "test" };
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device ("A1", BENK_DEVICE_STATE_STOCK);
  char *before[G_N_ELEMENTS (steps)];
  gint64 seqs[G_N_ELEMENTS (steps)];
  g_autoptr (GError) error = NULL;
  Counted counted = { 0 };
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_REGISTER);

  benk_device_set_place_name (device, "Hylle A");
  benk_table_device_insert (f->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      before[i] = dump (f);
      scope = benk_table_fixture_begin (f, BENK_VERB_STOCKTAKE);
      g_assert_true (steps[i](f->db, &counted, &error));
      g_assert_no_error (error);
      seqs[i] = benk_table_fixture_commit (scope);
      g_assert_cmpint (seqs[i], >, 0);
      assert_intact (f);
    }
  for (gsize i = G_N_ELEMENTS (steps); i > 0; i--)
    {
      g_autofree char *after = NULL;

      benk_undo (f->db, seqs[i - 1], &actor, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      after = dump (f);
      g_assert_cmpstr (after, ==, before[i - 1]);
      assert_intact (f);
      g_free (before[i - 1]);
    }
}

/* A count on which something rests is not undone. */
static void
test_begun_count_is_held (BenkStoreFixture *f, gconstpointer unused)
{
  const BenkChange actor = { .account = "test" };
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GError) error = NULL;
  Counted counted = { 0 };
  BenkScope *scope = benk_table_fixture_begin (f, BENK_VERB_STOCKTAKE);
  gint64 begun;
  BenkId item;

  g_assert_true (begin_count (f->db, &counted, &error));
  begun = benk_table_fixture_commit (scope);
  scope = benk_table_fixture_begin (f, BENK_VERB_STOCKTAKE);
  benk_table_stocktake_add_item (f->db, &counted.count, NULL, "X-1", NULL, &item, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  g_assert_cmpint (benk_undo (f->db, begun, &actor, NULL, NULL, &held, &error), ==, 0);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_cmpstr (((BenkHeld *) held->pdata[0])->table, ==, "stocktake_item");
}

#define ADD(path, function)                                                              \
  g_test_add ("/store/batch/" path, BenkStoreFixture, NULL, benk_store_fixture_set_up,   \
              function, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("all-are-kept-together", test_kept);
  ADD ("or-none", test_dropped);
  ADD ("one-is-given-up-alone", test_one_is_given_up);
  ADD ("not-inside-a-change", test_no_batch_in_a_change);
  ADD ("counts-and-limits-are-replayed-and-undone", test_counts_and_limits);
  ADD ("a-count-that-goes-on-is-held", test_begun_count_is_held);

  return g_test_run ();
}
