/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-view.h"

#include "benk-table-fact.h"
#include "benk-table-placement.h"
#include "benk-table-private.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"

static gboolean
count (BenkDb *db, const char *sql, const BenkId *device, gint64 *value, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, sql, "i", device);
  g_autoptr (GError) local = NULL;

  *value = 0;
  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    *value = benk_stmt_get_int64 (stmt, 0);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return *value >= 0 && local == NULL;
}

static gboolean
add_transitions (BenkDb *db,
                 const BenkId *device,
                 BenkLifecycleView *view,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT from_state, to_state, at_ms FROM transition"
                       " WHERE device_id = ? ORDER BY at_ms, id",
                       "i", device);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      const char *before = benk_stmt_get_text (stmt, 0);
      BenkDeviceState from, to;
      gboolean has_from = before != NULL && benk_device_state_from_name (before, &from);

      if (benk_device_state_from_name (benk_stmt_get_text (stmt, 1), &to))
        benk_lifecycle_view_add_transition (view, has_from ? (int) from : -1, to,
                                            benk_stmt_get_int64 (stmt, 2));
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return stmt != NULL && local == NULL;
}

static gboolean
add_facts (BenkDb *db, const BenkId *device, BenkLifecycleView *view, GError **error)
{
  g_autoptr (GPtrArray) facts = benk_table_fact_list (db, device, error);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      BenkFactRecord *fact = g_ptr_array_index (facts, i);

      benk_lifecycle_view_add_fact (view, benk_fact_record_get_kind (fact),
                                    benk_fact_record_get_at_ms (fact),
                                    benk_fact_record_get_ref (fact) != NULL,
                                    benk_fact_record_get_stated_by (fact) != NULL);
    }

  return facts != NULL;
}

static gboolean
add_runs (BenkDb *db, const BenkId *device, BenkLifecycleView *view, GError **error)
{
  g_autoptr (GPtrArray) runs = benk_table_run_list (db, device, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      BenkRun *run = g_ptr_array_index (runs, i);

      benk_lifecycle_view_add_run (view, benk_run_get_kind (run),
                                   benk_run_get_outcome (run),
                                   MAX (benk_run_get_started_ms (run),
                                        benk_run_get_ended_ms (run)));
    }

  return runs != NULL;
}

/* The plan of a run was valid when it was written; the newest proof tells which run. */
static gboolean
add_proofs (BenkDb *db, const BenkId *device, BenkLifecycleView *view, GError **error)
{
  g_autoptr (GPtrArray) proofs = benk_table_proof_list (db, device, error);
  gboolean seen_ready = FALSE;

  for (guint i = 0; proofs != NULL && i < proofs->len; i++)
    {
      BenkProof *proof = g_ptr_array_index (proofs, i);
      g_autoptr (BenkRun) run = NULL;

      benk_lifecycle_view_add_proof (view, benk_proof_get_kind (proof),
                                     benk_proof_get_link_kind (proof),
                                     benk_proof_get_at_ms (proof),
                                     benk_proof_get_valid (proof));
      if (seen_ready || benk_proof_get_kind (proof) != BENK_PROOF_KIND_READY ||
          benk_id_is_nil (benk_proof_get_run_id (proof)))
        continue;
      seen_ready = TRUE;
      run = benk_table_run_get (db, benk_proof_get_run_id (proof), error);
      if (run == NULL)
        return FALSE;
      benk_lifecycle_view_set_plan_valid (view,
                                          !benk_id_is_nil (benk_run_get_plan_id (run)));
    }

  return proofs != NULL;
}

static gboolean
add_conditions (BenkDb *db, BenkDevice *device, BenkLifecycleView *view, GError **error)
{
  const BenkId *id = benk_device_get_id (device);
  g_autoptr (GError) local = NULL;
  gint64 n_alarms, n_returns;
  gboolean other;

  if (!count (db,
              "SELECT count(*) FROM alarm WHERE device_id = ?"
              " AND status IN ('new', 'taken')",
              id, &n_alarms, error) ||
      !count (db,
              "SELECT count(*) FROM return_case WHERE device_id = ?"
              " AND state NOT IN ('closed', 'cancelled')",
              id, &n_returns, error))
    return FALSE;

  other = benk_table_placement_is_active (db, benk_device_get_person_id (device), id,
                                          NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  benk_lifecycle_view_set_open_alarms (view, (guint) n_alarms);
  benk_lifecycle_view_set_open_return (view, n_returns > 0);
  benk_lifecycle_view_set_other_active_device (view, other);

  return TRUE;
}

/**
 * benk_table_view_load:
 * @db: a connection; inside the scope that is to change the state
 * @device: a device as it was just read
 * @error: return location for an error
 *
 * Gathers what the guards look at: transitions, facts, proofs, runs, open alarms and
 * returns, and whether the user has another active device.
 *
 * Returns: (transfer full) (nullable): the view, or %NULL with @error set
 */
BenkLifecycleView *
benk_table_view_load (BenkDb *db, BenkDevice *device, GError **error)
{
  const BenkId *id = benk_device_get_id (device);
  g_autoptr (BenkLifecycleView) view = NULL;
  gint64 demo;

  if (!benk_db_get_int64 (db, "SELECT demo FROM store", &demo, error))
    return NULL;
  view = benk_lifecycle_view_new (benk_device_get_state (device),
                                  benk_device_get_origin (device), demo != 0,
                                  benk_db_get_wall_ms (db));
  if (!add_transitions (db, id, view, error) || !add_facts (db, id, view, error) ||
      !add_runs (db, id, view, error) || !add_proofs (db, id, view, error) ||
      !add_conditions (db, device, view, error))
    return NULL;

  return g_steal_pointer (&view);
}
