/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-history.h"
#include "benk-store-fixture.h"
#include "benk-undo.h"

#define DEVICE "x'0000000000000000000000000000d001'"
#define OTHER "x'0000000000000000000000000000d002'"
#define SHELF "x'00000000000000000000000000005001'"
#define STAFF "x'0000000000000000000000000000a001'"
#define PERSON "x'0000000000000000000000000000e001'"

static gint64
run (BenkDb *db, BenkVerb verb, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = verb, .account = "kari" };
  g_autoptr (BenkScope) scope = NULL;
  gint64 seq;

  change.actor_staff.b[14] = 0xa0;
  change.actor_staff.b[15] = 0x01;
  scope = benk_scope_begin (db, &change, &error);
  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
  benk_scope_commit (scope, &seq, &error);
  g_assert_no_error (error);

  return seq;
}

static BenkId
device_id (void)
{
  BenkId id = { { 0 } };

  id.b[14] = 0xd0;
  id.b[15] = 0x01;
  return id;
}

static void
fill (BenkDb *db)
{
  run (db, BENK_VERB_STAFF_ADD,
       "INSERT INTO staff VALUES (" STAFF ", 'KA', 'Kari', 'kari');"
       "INSERT INTO person VALUES (" PERSON ", 'P-17');"
       "INSERT INTO place VALUES (" SHELF ", 'shelf', 'Shelf 3')");
  run (db, BENK_VERB_IMPORT,
       "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, "
       "origin) "
       "VALUES (" DEVICE ", 'medido', 'M-1', 'M1', 'stock', 1, 'imported'), "
       "(" OTHER ", 'medido', 'M-2', 'M2', 'stock', 1, 'imported')");
  run (db, BENK_VERB_MOVE, "UPDATE device SET place_id = " SHELF " WHERE id = " DEVICE);
  run (db, BENK_VERB_ATTEST,
       "INSERT INTO fact (id, device_id, kind, at_ms) VALUES (randomblob (16), " DEVICE
       ", 'ce-mark', 3)");
  run (db, BENK_VERB_EDIT, "UPDATE device SET vendor = 'V' WHERE id = " OTHER);
  run (db, BENK_VERB_EDIT,
       "UPDATE device SET asset = 'D-1', person_id = " PERSON " WHERE id = " DEVICE);
}

static GPtrArray *
read_history (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  BenkId id = device_id ();
  GPtrArray *items = benk_history_read_device (db, &id, 100, &error);

  g_assert_no_error (error);
  return items;
}

static void
assert_item (GPtrArray *items, guint i, gint64 seq, BenkVerb verb, const char *changes)
{
  BenkHistoryItem *item = g_ptr_array_index (items, i);
  g_autofree char *joined =
    g_strjoinv ("; ", (char **) benk_history_item_get_changes (item));

  g_assert_cmpint (benk_history_item_get_seq (item), ==, seq);
  g_assert_cmpint (benk_history_item_get_verb (item), ==, verb);
  g_assert_cmpstr (benk_history_item_get_who (item), ==, "KA");
  g_assert_cmpint (benk_history_item_get_at_ms (item), ==, FIXTURE_WALL_MS);
  g_assert_cmpstr (joined, ==, changes);
}

static void
test_device_tells_its_own (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = NULL;

  fill (self->db);
  items = read_history (self->db);
  g_assert_cmpuint (items->len, ==, 4);
  assert_item (items, 0, 6, BENK_VERB_EDIT, "Asset number: – → D-1; User: – → P-17");
  assert_item (items, 1, 4, BENK_VERB_ATTEST, "Attested: The CE mark was seen");
  assert_item (items, 2, 3, BENK_VERB_MOVE, "Place: – → Shelf 3");
  assert_item (items, 3, 2, BENK_VERB_IMPORT, "");
}

static void
test_erased_is_said (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = NULL;

  fill (self->db);
  run (self->db, BENK_VERB_ERASE, "DELETE FROM person");
  items = read_history (self->db);
  assert_item (items, 0, 6, BENK_VERB_EDIT, "Asset number: – → D-1; User: – → erased");
}

static void
test_undone_is_not_undoable (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  BenkChange actor = { .account = "kari" };

  fill (self->db);
  g_assert_cmpint (benk_undo (self->db, 6, &actor, NULL, NULL, NULL, &error), ==, 7);
  items = read_history (self->db);
  g_assert_false (benk_history_item_get_undoable (items->pdata[0]));
  g_assert_false (benk_history_item_get_undoable (items->pdata[1]));
  g_assert_false (benk_history_item_get_undoable (items->pdata[2]));
  g_assert_true (benk_history_item_get_undoable (items->pdata[3]));
}

static void
test_touched_since (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) some = NULL;
  g_autoptr (GArray) none = NULL;

  fill (self->db);
  some = benk_history_read_touched (self->db, 2, &error);
  none = benk_history_read_touched (self->db, 6, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, ==, 3);
  g_assert_cmpuint (none->len, ==, 0);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/history/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up, \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("device-tells-its-own", test_device_tells_its_own);
  ADD ("erased-is-said", test_erased_is_said);
  ADD ("undone-is-not-undoable", test_undone_is_not_undoable);
  ADD ("touched-since", test_touched_since);

  return g_test_run ();
}
