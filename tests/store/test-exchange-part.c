/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-exchange-rig.h"

/* What of another laptop's change no longer fits, and what goes with it. */

#define D1 "x'44000000000000000000000000000001'"
#define D2 "x'44000000000000000000000000000002'"
#define D3 "x'44000000000000000000000000000003'"
#define COUNT "x'43000000000000000000000000000001'"
#define LINE(n) "x'4c00000000000000000000000000000" #n "'"
#define WORK "x'57000000000000000000000000000001'"

#define DEVICES                                                                          \
  "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms, origin)" \
  " VALUES (" D1 ", 'medido', 'S1', 'S1', 'stock', 1, 'imported'),"                      \
  " (" D2 ", 'medido', 'S2', 'S2', 'stock', 1, 'imported'),"                             \
  " (" D3 ", 'medido', 'S3', 'S3', 'stock', 1, 'imported')"

static gint64
count (BenkExchangeRig *self, const char *sql)
{
  return benk_store_fixture_count (self->db, sql);
}

static void
assert_cards (BenkExchangeRig *self, guint n, BenkCardReason reason)
{
  GPtrArray *cards = benk_exchange_get_cards (self->exchange);

  g_assert_cmpuint (cards->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((BenkCard *) cards->pdata[i])->reason, ==, reason);
}

/* Each laptop's statements are a change, received at once. */
static void
work (BenkExchangeRig *self, BenkStoreFixture *laptop, const char *sql)
{
  g_autoptr (GPtrArray) rows = benk_exchange_rig_change (laptop, sql);

  benk_exchange_rig_receive (self, rows);
}

static void
begin (BenkExchangeRig *self)
{
  work (self, &self->a, DEVICES);
  work (self, &self->b, DEVICES);
  assert_cards (self, 0, BENK_CARD_GONE);
}

/* Work that grows with its square would not end here. */
static void
test_many_conflicts (BenkExchangeRig *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = NULL;

  benk_exchange_rig_register (self, 5000);
  rows = benk_exchange_rig_work (self);
  benk_exchange_rig_receive (self, rows);
  assert_cards (self, 2500, BENK_CARD_CHANGED);
  g_assert_cmpint (count (self, "SELECT count (*) FROM device WHERE state = 'assigned'"),
                   ==, 2500);
  g_assert_cmpint (count (self, "SELECT count (*) FROM transition"), ==, 2500);
  g_assert_cmpint (count (self, "SELECT count (*) FROM alarm"), ==, 2500);
  g_assert_cmpint (count (self, "SELECT count (*) FROM alarm_step JOIN alarm ON"
                                " alarm.id = alarm_id JOIN device ON"
                                " device.id = device_id WHERE state = 'assigned'"),
                   ==, 2500);
}

/* One device and all that hangs on it is one thing, however much it is. */
static void
test_many_of_one (BenkExchangeRig *self, gconstpointer unused)
{
  begin (self);
  work (self, &self->b, "DELETE FROM device WHERE id = " D2);
  work (self, &self->a,
        "INSERT INTO fact (id, device_id, kind, at_ms) WITH RECURSIVE n (i) AS (SELECT 1 "
        "UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT CAST (printf ('f%015d', i)"
        " AS BLOB), " D2 ", 'ce-mark', 3 FROM n;"
        "INSERT INTO fact (id, device_id, kind, at_ms) VALUES (" D3 ", " D3
        ", 'ce-mark', 3)");
  assert_cards (self, 20000, BENK_CARD_GONE);
  g_assert_cmpint (count (self, "SELECT count (*) FROM fact"), ==, 1);
}

/* A list of 20 000 is taken back; others have worked on some of it. */
static void
test_many_leave (BenkExchangeRig *self, gconstpointer unused)
{
  benk_exchange_rig_register (self, 20000);
  work (self, &self->b,
        "INSERT INTO fact (id, device_id, kind, at_ms) SELECT CAST (printf ('f%015d', i)"
        " AS BLOB), CAST (printf ('d%015d', i) AS BLOB), 'ce-mark', 3 FROM temp.n WHERE "
        "i % 10 = 1");
  work (self, &self->a, "DELETE FROM device WHERE id NOT NULL");
  assert_cards (self, 2000, BENK_CARD_IN_USE);
  g_assert_cmpint (count (self, "SELECT count (*) FROM device"), ==, 2000);
}

/* One device that is gone does not take the whole count along. */
static void
test_count (BenkExchangeRig *self, gconstpointer unused)
{
  begin (self);
  work (self, &self->b, "DELETE FROM device WHERE id = " D2);
  work (self, &self->a,
        "INSERT INTO stocktake (id, started_ms) VALUES (" COUNT ", 5);"
        "INSERT INTO stocktake_item (id, stocktake_id, device_id, expected) VALUES"
        " (" LINE (1) ", " COUNT ", " D1
                      ", 1), (" LINE (2) ", " COUNT ", " D2
                                         ", 1), (" LINE (3) ", " COUNT ", " D3 ", 1)");
  assert_cards (self, 1, BENK_CARD_GONE);
  g_assert_cmpint (count (self, "SELECT count (*) FROM stocktake"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count (*) FROM stocktake_item"), ==, 2);
}

/* A difference is settled together with its device, or not at all. */
static void
test_settled (BenkExchangeRig *self, gconstpointer unused)
{
  begin (self);
  work (self, &self->a,
        "INSERT INTO stocktake (id, started_ms) VALUES (" COUNT ", 5);"
        "INSERT INTO stocktake_item (id, stocktake_id, device_id, expected) VALUES"
        " (" LINE (1) ", " COUNT ", " D1 ", 1), (" LINE (2) ", " COUNT ", " D2 ", 1)");
  work (self, &self->b, "UPDATE device SET state = 'scrapped' WHERE id = " D2);
  work (self, &self->a,
        "UPDATE device SET state = 'lost' WHERE id IN (" D1 ", " D2 ");"
        "UPDATE stocktake_item SET settled = 'lost', settled_ms = 9");
  assert_cards (self, 1, BENK_CARD_CHANGED);
  g_assert_cmpint (count (self, "SELECT count (*) FROM stocktake_item WHERE settled NOT"
                                " NULL AND device_id = " D1),
                   ==, 1);
  g_assert_cmpint (count (self, "SELECT count (*) FROM stocktake_item WHERE settled IS"
                                " NULL AND device_id = " D2),
                   ==, 1);
}

/* The devices of a work are devices, and the work is theirs. */
static void
test_checklist (BenkExchangeRig *self, gconstpointer unused)
{
  begin (self);
  work (self, &self->a,
        "INSERT INTO checklist_work (id, version_id, state, started_ms) VALUES (" WORK
        ", " WORK ", 'open', 5);"
        "INSERT INTO checklist_member (id, work_id, device_id) VALUES (" LINE (
          1) ", " WORK ", " D1 "), (" LINE (2) ", " WORK ", " D2 ")");
  assert_cards (self, 0, BENK_CARD_GONE);
  g_assert_cmpint (count (self, "SELECT count (*) FROM checklist_member"), ==, 2);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/store/exchange-part/" path, BenkExchangeRig, NULL,                       \
              benk_exchange_rig_set_up, test, benk_exchange_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("many-conflicts", test_many_conflicts);
  ADD ("many-rows-of-one-device", test_many_of_one);
  ADD ("many-devices-leave", test_many_leave);
  ADD ("a-count-stays", test_count);
  ADD ("settled-with-its-device", test_settled);
  ADD ("a-work-has-devices", test_checklist);

  return g_test_run ();
}
