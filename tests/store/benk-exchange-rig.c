/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-exchange-rig.h"

#include "benk-schema.h"

void
benk_exchange_rig_set_up (BenkExchangeRig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  benk_store_fixture_set_up (&self->a, NULL);
  benk_store_fixture_set_up (&self->b, NULL);
  self->db = benk_db_open_memory (self->a.clock, &error);
  g_assert_no_error (error);
  benk_schema_create_empty (self->db, &error);
  g_assert_no_error (error);
  self->exchange = benk_exchange_new (self->db, FALSE);
  self->number = 0;
}

void
benk_exchange_rig_tear_down (BenkExchangeRig *self, gconstpointer unused)
{
  benk_exchange_free (self->exchange);
  benk_db_close (self->db);
  benk_store_fixture_tear_down (&self->b, NULL);
  benk_store_fixture_tear_down (&self->a, NULL);
}

/* Statements as one change of a laptop. Returns: the rows of its log that came by it */
GPtrArray *
benk_exchange_rig_change (BenkStoreFixture *laptop, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = benk_store_fixture_change (laptop->db, BENK_VERB_IMPORT, sql);
  gint64 first = benk_store_fixture_count (laptop->db, "SELECT count (*) FROM journal");
  GPtrArray *rows = benk_exchange_list_own (laptop->db, first == 1 ? 0 : seq - 1, &error);

  g_assert_no_error (error);

  return rows;
}

/* The server numbers them on. */
void
benk_exchange_rig_receive (BenkExchangeRig *self, GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      benk_exchange_receive (self->exchange, ++self->number, rows->pdata[i], &error);
      g_assert_no_error (error);
    }
}

/* Both have the same @n devices; temp.n numbers them. */
void
benk_exchange_rig_register (BenkExchangeRig *self, guint n)
{
  g_autofree char *count =
    g_strdup_printf ("CREATE TEMP TABLE n (i INTEGER);"
                     "INSERT INTO temp.n WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                     "SELECT i + 1 FROM n WHERE i < %u) SELECT i FROM n",
                     n);
  BenkStoreFixture *const laptops[] = { &self->a, &self->b };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      benk_store_fixture_exec (laptops[i]->db, count);
      rows = benk_exchange_rig_change (
        laptops[i],
        "INSERT INTO device (id, model_id, serial, serial_key, state, state_since_ms,"
        " origin) SELECT CAST (printf ('d%015d', i) AS BLOB), 'medido', 'S' || i,"
        " 'S' || i, 'stock', 1, 'imported' FROM temp.n");
      benk_exchange_rig_receive (self, rows);
    }
}

/* B has moved every other device. Returns: A's change of four rows for each, not yet
 * received: its state, a transition, an alarm and its step */
GPtrArray *
benk_exchange_rig_work (BenkExchangeRig *self)
{
  g_autoptr (GPtrArray) moved = benk_exchange_rig_change (
    &self->b, "UPDATE device SET state = 'lost' WHERE id IN (SELECT CAST (printf "
              "('d%015d', i) AS BLOB) FROM temp.n WHERE i % 2 = 0)");
  benk_exchange_rig_receive (self, moved);

  return benk_exchange_rig_change (
    &self->a,
    "UPDATE device SET state = 'assigned', state_since_ms = 2;"
    "INSERT INTO transition (id, device_id, to_state, verb, at_ms) SELECT"
    " CAST (printf ('t%015d', i) AS BLOB), CAST (printf ('d%015d', i) AS BLOB),"
    " 'assigned', 'set-state', 2 FROM temp.n;"
    "INSERT INTO alarm (id, device_id, code, severity, via, status, responsibility,"
    " raised_ms, deadlines_proposed) SELECT CAST (printf ('a%015d', i) AS BLOB),"
    " CAST (printf ('d%015d', i) AS BLOB), 'jam', 1, 'cable', 'open', 'us', 2, 0 FROM"
    " temp.n;"
    "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms) SELECT"
    " CAST (printf ('s%015d', i) AS BLOB), CAST (printf ('a%015d', i) AS BLOB),"
    " 'raised', 'here', 2 FROM temp.n");
}
