/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-store-fixture.h"
#include "benk-undo.h"
#include "benk-verify.h"

#define OLA "x'4f000000000000000000000000000002'"

static BenkChange
by (guint8 first, guint8 last)
{
  BenkChange change = { .account = "test" };

  change.actor_staff.b[0] = first;
  change.actor_staff.b[15] = last;
  return change;
}

static gint64
run_as (BenkDb *db, BenkVerb verb, const BenkChange *actor, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = *actor;
  g_autoptr (BenkScope) scope = NULL;
  gint64 seq;

  change.verb = verb;
  scope = benk_scope_begin (db, &change, &error);
  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
  benk_scope_commit (scope, &seq, &error);
  g_assert_no_error (error);

  return seq;
}

static gint64
add_device (BenkDb *db, BenkVerb verb, const BenkChange *actor, const char *serial)
{
  g_autofree char *id = benk_store_fixture_id (serial);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, "
    "origin) VALUES (%s, 'medido', '%s', '%s', 'stock', 1, "
    "'imported')",
    id, serial, serial);

  return run_as (db, verb, actor, sql);
}

static gint64
set_state (BenkDb *db, const BenkChange *actor, const char *serial, const char *state)
{
  g_autofree char *id = benk_store_fixture_id (serial);
  g_autofree char *sql =
    g_strdup_printf ("UPDATE device SET state = '%s', state_since_ms = 2 WHERE id = %s;"
                     "INSERT INTO transition (id, device_id, to_state, verb, at_ms) "
                     "VALUES (randomblob (16), %s, '%s', 'set-state', 2)",
                     state, id, id, state);

  return run_as (db, BENK_VERB_SET_STATE, actor, sql);
}

static gint64
attest (BenkDb *db, const BenkChange *actor, const char *serial)
{
  g_autofree char *id = benk_store_fixture_id (serial);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO fact (id, device_id, kind, at_ms) "
                                          "VALUES (randomblob (16), %s, 'ce-mark', 3)",
                                          id);

  return run_as (db, BENK_VERB_ATTEST, actor, sql);
}

static void
assert_intact (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = benk_verify (db, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  if (!result->intact)
    g_test_message ("%s", result->text);
  g_assert_true (result->intact);
}

static gint64
undo (BenkDb *db, gint64 seq, const BenkChange *actor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = NULL;
  gint64 row = benk_undo (db, seq, actor, NULL, NULL, &held, &error);

  g_assert_no_error (error);
  g_assert_cmpint (row, >, 0);
  g_assert_cmpuint (held->len, ==, 0);
  assert_intact (db);

  return row;
}

/* Refused means nothing changed. */
static GPtrArray *
assert_refused (
  BenkDb *db, gint64 seq, const BenkChange *actor, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *held = NULL;
  gint64 rows = benk_store_fixture_count (db, "SELECT count(*) FROM journal");

  g_assert_cmpint (benk_undo (db, seq, actor, NULL, NULL, &held, &error), ==, 0);
  g_assert_error (error, BENK_ERROR, code);
  if (word != NULL && strstr (error->message, word) == NULL)
    g_error ("%s", error->message);
  g_assert_cmpint (benk_store_fixture_count (db, "SELECT count(*) FROM journal"), ==,
                   rows);
  g_assert_false (benk_db_in_transaction (db));
  assert_intact (db);

  return held;
}

static int
n_devices (BenkDb *db)
{
  return (int) benk_store_fixture_count (db, "SELECT count(*) FROM device");
}

static void
test_newest_of_the_actor (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1), ola = by (0x4f, 2);

  add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");
  add_device (self->db, BENK_VERB_REGISTER, &kari, "K2");
  add_device (self->db, BENK_VERB_REGISTER, &ola, "O1");
  attest (self->db, &kari, "O1");

  undo (self->db, 0, &kari);
  g_assert_cmpint (n_devices (self->db), ==, 2);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db, "SELECT count(*) FROM device WHERE serial = 'K2'"),
                   ==, 0);
  undo (self->db, 0, &kari);
  g_assert_cmpint (n_devices (self->db), ==, 1);
  g_ptr_array_unref (assert_refused (self->db, 0, &kari, BENK_ERROR_NOT_FOUND, NULL));
}

static void
test_whole_import (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  GString *sql = g_string_new (NULL);
  gint64 seq;

  for (int i = 0; i < 140; i++)
    {
      g_autofree char *name = g_strdup_printf ("S%d", i);
      g_autofree char *id = benk_store_fixture_id (name);

      g_string_append_printf (
        sql,
        "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, "
        "origin) VALUES (%s, 'medido', '%s', '%s', 'stock', 1, "
        "'imported');",
        id, name, name);
    }
  seq = run_as (self->db, BENK_VERB_IMPORT, &kari, sql->str);
  g_string_free (sql, TRUE);

  g_assert_cmpint (n_devices (self->db), ==, 140);
  g_assert_cmpint (benk_store_fixture_count (self->db,
                                             "SELECT count(*) FROM device_search"),
                   ==, 140);
  undo (self->db, seq, &kari);
  g_assert_cmpint (n_devices (self->db), ==, 0);
  g_assert_cmpint (benk_store_fixture_count (self->db,
                                             "SELECT count(*) FROM device_search"),
                   ==, 0);
}

static void
test_state_goes_back (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);

  add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");
  set_state (self->db, &kari, "K1", "faulty");
  undo (self->db, 0, &kari);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db, "SELECT count(*) FROM device WHERE state = 'stock'"),
                   ==, 1);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM transition"),
                   ==, 0);
}

static void
test_never_verbs (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  int n_cases = 0;

  add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");
  for (int verb = 0; verb < BENK_N_VERBS; verb++)
    {
      g_autofree char *name = g_strdup_printf ("V%d", verb);
      gint64 seq;

      if (benk_verb_get_undoable (verb) != BENK_UNDOABLE_NEVER)
        continue;
      seq = add_device (self->db, verb, &kari, name);
      g_ptr_array_unref (assert_refused (self->db, seq, &kari, BENK_ERROR_REFUSED,
                                         benk_verb_get_label (verb)));
      n_cases++;
    }

  g_test_message ("%d verbs that are never undone", n_cases);
}

static void
test_not_twice (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  gint64 seq = add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");
  gint64 undone = undo (self->db, seq, &kari);

  g_ptr_array_unref (
    assert_refused (self->db, seq, &kari, BENK_ERROR_REFUSED, "already"));
  g_ptr_array_unref (
    assert_refused (self->db, undone, &kari, BENK_ERROR_REFUSED, "Undone"));
  g_ptr_array_unref (assert_refused (self->db, 99, &kari, BENK_ERROR_NOT_FOUND, NULL));
}

static void
test_conflict_names_the_later_change (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1), ola = by (0x4f, 2);
  g_autoptr (GPtrArray) held = NULL;
  g_autofree char *text = NULL;
  const BenkHeld *one;
  gint64 seq;

  benk_store_fixture_change (self->db, BENK_VERB_STAFF_ADD,
                             "INSERT INTO staff VALUES (" OLA ", 'OLA', 'Ola', 'ola')");
  seq = add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");
  benk_fake_clock_advance (BENK_FAKE_CLOCK (self->clock), 60000);
  set_state (self->db, &ola, "K1", "faulty");

  held = assert_refused (self->db, seq, &kari, BENK_ERROR_REFUSED, "1 row ");
  g_assert_cmpuint (held->len, ==, 1);
  one = g_ptr_array_index (held, 0);
  g_assert_cmpstr (one->table, ==, "device");
  g_assert_cmpstr (one->label, ==, "K1");
  g_assert_cmpint (one->seq, ==, seq + 1);
  g_assert_cmpint (one->wall_ms, ==, FIXTURE_WALL_MS + 60000);
  g_assert_cmpint (one->verb, ==, BENK_VERB_SET_STATE);
  g_assert_cmpstr (one->who, ==, "OLA");
  text = benk_held_to_string (one);
  g_assert_cmpstr (text, ==, "K1: State changed, change 3, OLA, 2026-03-02 09:01");
  g_assert_cmpint (n_devices (self->db), ==, 1);
}

static void
test_one_conflict_holds_all (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autofree char *a = benk_store_fixture_id ("A");
  g_autofree char *b = benk_store_fixture_id ("B");
  g_autofree char *sql = g_strdup_printf ("UPDATE device SET asset = 'D-1' WHERE id = %s;"
                                          "UPDATE device SET asset = 'D-2' WHERE id = %s",
                                          a, b);
  g_autofree char *later =
    g_strdup_printf ("UPDATE device SET asset = 'D-3' WHERE id = %s", b);
  gint64 seq;

  add_device (self->db, BENK_VERB_REGISTER, &kari, "A");
  add_device (self->db, BENK_VERB_REGISTER, &kari, "B");
  seq = run_as (self->db, BENK_VERB_LABEL, &kari, sql);
  run_as (self->db, BENK_VERB_LABEL, &kari, later);

  g_ptr_array_unref (assert_refused (self->db, seq, &kari, BENK_ERROR_REFUSED, "1 row "));
  g_assert_cmpint (benk_store_fixture_count (
                     self->db, "SELECT count(*) FROM device WHERE asset = 'D-1'"),
                   ==, 1);
}

/* A later change of another column of the same row does not stand in the way. */
static void
test_other_column_stays (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autofree char *a = benk_store_fixture_id ("A");
  g_autofree char *label =
    g_strdup_printf ("UPDATE device SET asset = 'D-1' WHERE id = %s", a);
  g_autofree char *edit =
    g_strdup_printf ("UPDATE device SET vendor = 'V' WHERE id = %s", a);
  gint64 seq;

  add_device (self->db, BENK_VERB_REGISTER, &kari, "A");
  seq = run_as (self->db, BENK_VERB_LABEL, &kari, label);
  run_as (self->db, BENK_VERB_EDIT, &kari, edit);
  undo (self->db, seq, &kari);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db,
                     "SELECT count(*) FROM device WHERE asset IS NULL AND vendor = 'V'"),
                   ==, 1);
}

static void
test_dependent_rows_hold (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autoptr (GPtrArray) held = NULL;
  const BenkHeld *one;
  gint64 seq = add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");

  attest (self->db, &kari, "K1");
  held = assert_refused (self->db, seq, &kari, BENK_ERROR_REFUSED, "1 row ");
  g_assert_cmpuint (held->len, ==, 1);
  one = g_ptr_array_index (held, 0);
  g_assert_cmpstr (one->table, ==, "fact");
  g_assert_cmpint (one->seq, ==, seq + 1);
}

static void
test_facts_stay (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autofree char *a = benk_store_fixture_id ("A");
  g_autofree char *sql = g_strdup_printf ("UPDATE device SET asset = 'D-1' WHERE id = %s;"
                                          "INSERT INTO fact (id, device_id, kind, at_ms) "
                                          "VALUES (randomblob (16), %s, 'ce-mark', 3)",
                                          a, a);
  gint64 seq;

  add_device (self->db, BENK_VERB_REGISTER, &kari, "A");
  seq = run_as (self->db, BENK_VERB_EDIT, &kari, sql);
  undo (self->db, seq, &kari);
  g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM fact"), ==,
                   1);
  g_assert_cmpint (benk_store_fixture_count (
                     self->db, "SELECT count(*) FROM device WHERE asset IS NULL"),
                   ==, 1);
}

static gboolean
refuse (BenkDb *db, const BenkJournalRow *undone, gpointer data, GError **error)
{
  g_assert_cmpint (n_devices (db), ==, 0);
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "the guard says no");
  return FALSE;
}

static void
test_guard_is_asked (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autoptr (GError) error = NULL;
  gint64 seq = add_device (self->db, BENK_VERB_REGISTER, &kari, "K1");

  g_assert_cmpint (benk_undo (self->db, seq, &kari, refuse, NULL, NULL, &error), ==, 0);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (n_devices (self->db), ==, 1);
  assert_intact (self->db);
}

static void
test_list (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange kari = by (0x4b, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const BenkJournalRow *row;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *serial = g_strdup_printf ("%d", i);

      add_device (self->db, i == 3 ? BENK_VERB_RUN : BENK_VERB_REGISTER, &kari, serial);
    }
  undo (self->db, 0, &kari);
  rows = benk_undo_list (self->db, &kari, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->seq, ==, 3);
}

static void
change_something (BenkDb *db, const BenkChange *actor)
{
  g_autofree char *serial = g_strdup_printf ("R%d", g_test_rand_int_range (0, 12));
  g_autofree char *id = benk_store_fixture_id (serial);
  g_autofree char *sql = NULL;
  gint64 there;

  sql = g_strdup_printf ("SELECT count(*) FROM device WHERE id = %s", id);
  there = benk_store_fixture_count (db, sql);
  if (there == 0)
    {
      add_device (db, BENK_VERB_REGISTER, actor, serial);
      return;
    }

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      attest (db, actor, serial);
      break;
    case 1:
      set_state (db, actor, serial, g_test_rand_bit () ? "faulty" : "stock");
      break;
    default:
      g_free (sql);
      sql = g_strdup_printf ("UPDATE device SET asset = 'D-%d' WHERE id = %s",
                             g_test_rand_int_range (0, 5), id);
      run_as (db, BENK_VERB_LABEL, actor, sql);
      break;
    }
}

/* Whatever is done and undone in whatever order: refused whole or done whole, facts stay,
 * and nothing points at a device that is gone. */
static void
test_any_order (BenkStoreFixture *self, gconstpointer unused)
{
  BenkChange actors[] = { by (0x4b, 1), by (0x4f, 2) };
  int n_done = 0, n_refused = 0;

  for (int i = 0; i < 300; i++)
    {
      const BenkChange *actor = &actors[g_test_rand_int_range (0, 2)];
      gint64 head = benk_store_fixture_count (self->db, "SELECT max(seq) FROM journal");
      gint64 n_facts = benk_store_fixture_count (self->db, "SELECT count(*) FROM fact");
      gint64 seq;

      if (i < 10 || g_test_rand_int_range (0, 3) > 0)
        {
          change_something (self->db, actor);
          continue;
        }

      seq = g_test_rand_bit () ? 0 : g_test_rand_int_range (1, (int) head + 1);
      if (benk_undo (self->db, seq, actor, NULL, NULL, NULL, NULL) > 0)
        n_done++;
      else
        {
          n_refused++;
          g_assert_cmpint (benk_store_fixture_count (self->db,
                                                     "SELECT max(seq) FROM journal"),
                           ==, head);
        }
      g_assert_cmpint (benk_store_fixture_count (self->db, "SELECT count(*) FROM fact"),
                       ==, n_facts);
      g_assert_cmpint (benk_store_fixture_count (
                         self->db, "SELECT count(*) FROM fact WHERE device_id NOT IN "
                                   "(SELECT id FROM device)"),
                       ==, 0);
    }

  assert_intact (self->db);
  g_test_message ("%d undone, %d refused", n_done, n_refused);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/store/undo/" name, BenkStoreFixture, NULL, benk_store_fixture_set_up,    \
              func, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("newest-of-the-actor", test_newest_of_the_actor);
  ADD ("whole-import", test_whole_import);
  ADD ("state-goes-back", test_state_goes_back);
  ADD ("never-verbs", test_never_verbs);
  ADD ("not-twice", test_not_twice);
  ADD ("conflict-names-the-later-change", test_conflict_names_the_later_change);
  ADD ("one-conflict-holds-all", test_one_conflict_holds_all);
  ADD ("other-column-stays", test_other_column_stays);
  ADD ("dependent-rows-hold", test_dependent_rows_hold);
  ADD ("facts-stay", test_facts_stay);
  ADD ("guard-is-asked", test_guard_is_asked);
  ADD ("list", test_list);
  ADD ("any-order", test_any_order);

  return g_test_run ();
}
