/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-view.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-checklist.h"
#include "benk-plan.h"
#include "benk-table-accessory.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"
#include "benk-table-model.h"
#include "benk-table-owed-task.h"
#include "benk-table-placement.h"
#include "benk-table-private.h"
#include "benk-table-proof.h"
#include "benk-table-reservation.h"
#include "benk-table-run.h"

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* Of a device whose model is not known the most is asked. */
static void
set_model (BenkLifecycleView *view, BenkModel *model)
{
  const char *const *kinds = model != NULL ? benk_model_get_accessories (model) : NULL;

  benk_lifecycle_view_set_kind (view, model != NULL ? benk_model_get_kind (model)
                                                    : BENK_MODEL_KIND_DISPENSER);
  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    benk_accessory_list_add_kind (benk_lifecycle_view_get_accessory_list (view),
                                  kinds[i]);
}

static BenkLifecycleView *
load_device (BenkDb *db, const BenkId *device, BenkId *person, GError **error)
{
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;
  BenkOrigin origin = BENK_ORIGIN_REGISTERED;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (BenkModel) model = NULL;
  g_autoptr (GError) local = NULL;
  BenkLifecycleView *view;
  gint64 now_ms = benk_db_get_wall_ms (db);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT state, origin, person_id, (SELECT demo FROM store), lease_end_date,"
    " model_id FROM device WHERE id = ?",
    "i", device);

  if (stmt == NULL || !benk_table_find (stmt, _ ("Device"), NULL, error))
    return NULL;
  if (!benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &state) ||
      !benk_origin_from_name (benk_stmt_get_text (stmt, 1), &origin))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                   "store: the state “%s” of a device is not known",
                   benk_stmt_get_text (stmt, 0));
      return NULL;
    }
  benk_stmt_get_id (stmt, 2, person);
  model = benk_table_model_find (db, benk_stmt_get_text (stmt, 5), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  view =
    benk_lifecycle_view_new (state, origin, benk_stmt_get_int64 (stmt, 3) != 0, now_ms);
  set_model (view, model);
  benk_lifecycle_view_set_lease_ended (view,
                                       benk_ending_of (benk_stmt_get_text (stmt, 4),
                                                       now_ms, zone) == BENK_ENDING_OVER);

  return view;
}

static gboolean
feed_transitions (BenkLifecycleView *view,
                  BenkDb *db,
                  const BenkId *device,
                  GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT x.from_state, x.to_state, x.at_ms, " BENK_TABLE_ROW_SEQ (
                         "transition",
                         "x") " AS seq FROM transition x"
                              " WHERE x.device_id = ? ORDER BY seq, x.at_ms, x.id",
                       "i", device);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState from, to;
      gboolean has_from =
        benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &from);

      if (benk_device_state_from_name (benk_stmt_get_text (stmt, 1), &to))
        benk_lifecycle_view_add_transition (view, has_from ? (int) from : -1, to,
                                            benk_stmt_get_int64 (stmt, 2),
                                            benk_stmt_get_int64 (stmt, 3));
    }

  return benk_table_ended (stmt, &local, error);
}

/* What was said and is erased was still said. */
static gboolean
feed_facts (BenkLifecycleView *view, BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT f.kind, " BENK_TABLE_ROW_SEQ (
                         "fact", "f") ", f.ref_id IS NOT NULL, f.stated_by_id IS NOT NULL"
                                      " FROM fact f WHERE f.device_id = ?",
                       "i", device);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkFactKind kind;

      if (benk_fact_kind_from_name (benk_stmt_get_text (stmt, 0), &kind))
        benk_lifecycle_view_add_fact (view, kind, benk_stmt_get_int64 (stmt, 1),
                                      benk_stmt_get_int64 (stmt, 2) != 0,
                                      benk_stmt_get_int64 (stmt, 3) != 0);
    }

  return benk_table_ended (stmt, &local, error);
}

/* A plan is stored only when it is valid, so the plan of a run is. */
static gboolean
feed_runs (BenkLifecycleView *view, BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT r.kind, r.outcome, r.plan_id IS NOT NULL, " BENK_TABLE_RUN_SEQ (
      "r") ", r.link_kind FROM run r WHERE r.device_id = ?",
    "i", device);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkRunKind kind;
      BenkRunOutcome outcome = BENK_RUN_OUTCOME_UNKNOWN;
      BenkLinkKind link_kind;

      if (!benk_run_kind_from_name (benk_stmt_get_text (stmt, 0), &kind))
        continue;
      benk_run_outcome_from_name (benk_stmt_get_text (stmt, 1), &outcome);
      benk_lifecycle_view_add_run (view, kind, outcome, benk_stmt_get_int64 (stmt, 3));
      if (kind == BENK_RUN_KIND_PROVISION && outcome == BENK_RUN_OUTCOME_VERIFIED &&
          benk_stmt_get_int64 (stmt, 2) != 0)
        benk_lifecycle_view_set_plan_valid (view, TRUE);
      if (kind == BENK_RUN_KIND_RESET && outcome != BENK_RUN_OUTCOME_VERIFIED &&
          benk_link_kind_from_name (benk_stmt_get_text (stmt, 4), &link_kind))
        benk_lifecycle_view_add_attempt (view, link_kind, benk_stmt_get_int64 (stmt, 3));
    }

  return benk_table_ended (stmt, &local, error);
}

/* The attempts that people ticked: of each step the newest row counts, and nothing of a
 * list that was dropped. */
static gboolean
feed_ticks (BenkLifecycleView *view, BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GHashTable) steps =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT hex (m.id) || t.step, t.done, " BENK_TABLE_ROW_SEQ (
      "checklist_tick",
      "t") " AS seq FROM checklist_member m JOIN checklist_tick t"
           " ON t.work_id = m.work_id AND (t.member_id IS NULL OR t.member_id = m.id)"
           " JOIN checklist_work w ON w.id = m.work_id"
           " WHERE m.device_id = ? AND m.left_out = 0 AND w.state <> 'dropped'"
           " AND t.step GLOB '" BENK_STEP_ATTEMPT "*' ORDER BY seq, t.id",
    "i", device);
  GHashTableIter iter;
  gpointer seq;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    if (benk_stmt_get_int64 (stmt, 1) != 0)
      g_hash_table_replace (steps, benk_stmt_dup_text (stmt, 0),
                            g_memdup2 (&(gint64){ benk_stmt_get_int64 (stmt, 2) },
                                       sizeof (gint64)));
    else
      g_hash_table_remove (steps, benk_stmt_get_text (stmt, 0));
  g_hash_table_iter_init (&iter, steps);
  while (g_hash_table_iter_next (&iter, NULL, &seq))
    benk_lifecycle_view_add_attempt (view, BENK_LINK_KIND_CHECKLIST, *(gint64 *) seq);

  return benk_table_ended (stmt, &local, error);
}

static gboolean
feed_proofs (BenkLifecycleView *view, BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GPtrArray) proofs = benk_table_proof_list (db, device, error);

  if (proofs == NULL)
    return FALSE;

  for (guint i = 0; i < proofs->len; i++)
    {
      BenkProof *proof = g_ptr_array_index (proofs, i);

      benk_lifecycle_view_add_proof (view, benk_proof_get_kind (proof),
                                     benk_proof_get_link_kind (proof),
                                     benk_proof_get_order (proof),
                                     benk_proof_get_valid (proof));
    }

  return TRUE;
}

static gboolean
feed_trial (BenkLifecycleView *view, BenkDb *db, const BenkId *device, GError **error)
{
  gint64 before_ms = 0;

  if (benk_lifecycle_view_get_state (view) == BENK_DEVICE_STATE_TRIAL &&
      !benk_table_placement_get_trial_before (db, device, &before_ms, error))
    return FALSE;
  benk_lifecycle_view_set_trial_before (view, before_ms);
  return TRUE;
}

static gboolean
feed_conditions (BenkLifecycleView *view,
                 BenkDb *db,
                 const BenkId *device,
                 const BenkId *person,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  gboolean for_other;
  guint n_open;

  if (!benk_table_alarm_count_open (db, device, &n_open, error) ||
      !benk_table_reservation_is_for_other (db, device, person, &for_other, error))
    return FALSE;
  benk_lifecycle_view_set_reserved_for_other (view, for_other);
  benk_lifecycle_view_set_open_alarms (view, n_open);
  benk_lifecycle_view_set_other_active_device (
    view, benk_table_placement_is_active (db, person, device, NULL, &local));
  if (local == NULL)
    stmt = benk_table_select (db, &local,
                              "SELECT 1 FROM return_case WHERE device_id = ?"
                              " AND state NOT IN ('closed', 'cancelled')",
                              "i", device);
  if (stmt != NULL)
    benk_lifecycle_view_set_open_return (view, benk_stmt_step (stmt, &local));

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_device_view_load:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Reads everything the guards of the life cycle ask for. Inside a scope it is what the
 * decision rests on.
 *
 * Returns: (transfer full): the view, or %NULL with @error set
 */
BenkLifecycleView *
benk_device_view_load (BenkDb *db, const BenkId *device, GError **error)
{
  BenkId person = BENK_ID_NIL;
  g_autoptr (BenkLifecycleView) view = load_device (db, device, &person, error);

  if (view == NULL || !feed_transitions (view, db, device, error) ||
      !feed_facts (view, db, device, error) ||
      !benk_table_accessory_feed (db, device,
                                  benk_lifecycle_view_get_accessory_list (view), error) ||
      !feed_runs (view, db, device, error) || !feed_ticks (view, db, device, error) ||
      !feed_trial (view, db, device, error) || !feed_proofs (view, db, device, error) ||
      !feed_conditions (view, db, device, &person, error))
    return NULL;

  return g_steal_pointer (&view);
}

/**
 * benk_device_change_state:
 * @db: a connection with an open scope
 * @device: a device
 * @to: the state it is to have
 * @owed_reasons: (nullable) (element-type utf8 utf8): why owed guards are put off, by
 *   guard id, "*" for all
 * @return_conditions: what holds for the return case that takes the step, see
 *   #BenkReturnCondition; 0 when none does
 * @reason_note: (nullable): the note that says why
 * @error: return location for an error
 *
 * Asks the guards on what the scope sees, then changes the state: one transition, and one
 * task for each guard that is put off.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED that names what is missing, or another error
 */
gboolean
benk_device_change_state (BenkDb *db,
                          const BenkId *device,
                          BenkDeviceState to,
                          GHashTable *owed_reasons,
                          guint return_conditions,
                          const BenkId *reason_note,
                          GError **error)
{
  g_autoptr (BenkLifecycleView) view = NULL;
  g_autoptr (GPtrArray) owed = NULL;
  gint64 due = benk_db_get_wall_ms (db) + BENK_OWED_DAYS * MS_PER_DAY;

  if (!benk_scope_require (db, error))
    return FALSE;
  view = benk_device_view_load (db, device, error);
  if (view == NULL)
    return FALSE;
  benk_lifecycle_view_set_return (view, return_conditions);
  if (!benk_lifecycle_allow (view, to, owed_reasons, &owed, error))
    return FALSE;

  for (guint i = 0; i < owed->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (owed, i);

      if (!benk_table_owed_task_insert (db, device, result->guard->id, to, due,
                                        result->reason, error))
        return FALSE;
    }

  return benk_table_device_set_state (db, device, to, reason_note, error) &&
         benk_table_reservation_follow (db, device, to, error);
}

/**
 * benk_device_set_accessories:
 * @db: a connection with an open scope
 * @device: a device
 * @words: (element-type BenkAccessory): what is said of its accessories now
 * @error: return location for an error
 *
 * Keeps what is said where it is not what was known. A kind must be one that the model
 * lists, one with a translated name, or one of which something was said before.
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID for another kind, or another error
 */
gboolean
benk_device_set_accessories (BenkDb *db,
                             const BenkId *device,
                             GPtrArray *words,
                             GError **error)
{
  g_autoptr (BenkLifecycleView) view =
    words->len > 0 ? benk_device_view_load (db, device, error) : NULL;
  g_autoptr (GPtrArray) known =
    view != NULL ? benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view))
                 : NULL;

  for (guint i = 0; known != NULL && i < words->len; i++)
    {
      const BenkAccessory *word = g_ptr_array_index (words, i);
      const BenkAccessory *before = benk_accessory_find (known, word->kind);

      if (before == NULL &&
          !g_strv_contains (benk_accessory_get_standard_kinds (), word->kind))
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("“%s” is not an accessory of this model."), word->kind);
          return FALSE;
        }
      if ((before != NULL ? before->status : BENK_ACCESSORY_NOT_LOOKED_AT) !=
            word->status &&
          !benk_table_accessory_insert (db, device, word->kind, word->status, error))
        return FALSE;
    }

  return words->len == 0 || known != NULL;
}
