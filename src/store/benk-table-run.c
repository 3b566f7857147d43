/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-run.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT id, device_id, kind, link_kind, outcome, started_ms, ended_ms, plan_id,"       \
  " detail FROM run r"

static gpointer
read_run (BenkStmt *stmt)
{
  BenkRun *run = benk_run_new ();
  BenkRunKind kind = BENK_RUN_KIND_READ;
  BenkLinkKind link_kind = BENK_LINK_KIND_SIMULATED;
  BenkRunOutcome outcome = BENK_RUN_OUTCOME_UNKNOWN;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_run_set_id (run, &id);
  benk_stmt_get_id (stmt, 1, &id);
  benk_run_set_device_id (run, &id);
  benk_run_kind_from_name (benk_stmt_get_text (stmt, 2), &kind);
  benk_run_set_kind (run, kind);
  benk_link_kind_from_name (benk_stmt_get_text (stmt, 3), &link_kind);
  benk_run_set_link_kind (run, link_kind);
  benk_run_outcome_from_name (benk_stmt_get_text (stmt, 4), &outcome);
  benk_run_set_outcome (run, outcome);
  benk_run_set_started_ms (run, benk_stmt_get_int64 (stmt, 5));
  benk_run_set_ended_ms (run, benk_stmt_get_int64 (stmt, 6));
  benk_stmt_get_id (stmt, 7, &id);
  benk_run_set_plan_id (run, &id);
  benk_run_set_detail (run, benk_stmt_get_text (stmt, 8));

  return run;
}

/**
 * benk_table_run_insert:
 * @db: a connection with an open scope
 * @run: a run that has ended, or begins: its outcome is unknown then and its end is its
 *   start, so that a run whose end nobody saw already counts; an id that is nil is set
 * @reading: (nullable): what was read, as text: table id, revision, length, checksum,
 *   salted hash, equal or not; never octets of the device
 * @error: return location for an error
 *
 * Adds a run, done by the actor of the scope.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_run_insert (BenkDb *db, BenkRun *run, const char *reading, GError **error)
{
  const BenkChange *change;

  if (!benk_scope_require (db, error))
    return FALSE;
  if (benk_id_is_nil (benk_run_get_id (run)))
    {
      BenkId id = benk_id_new (benk_db_get_clock (db));

      benk_run_set_id (run, &id);
    }
  change = benk_scope_get_change (benk_scope_get_current (db));

  return benk_table_change (
    db, error,
    "INSERT INTO run (id, device_id, kind, link_kind, outcome, started_ms, ended_ms,"
    " plan_id, staff_id, detail, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iitttnniitt", benk_run_get_id (run), benk_run_get_device_id (run),
    benk_run_kind_to_name (benk_run_get_kind (run)),
    benk_link_kind_to_name (benk_run_get_link_kind (run)),
    benk_run_outcome_to_name (benk_run_get_outcome (run)), benk_run_get_started_ms (run),
    benk_run_get_ended_ms (run), benk_run_get_plan_id (run), &change->actor_staff,
    benk_run_get_detail (run), reading);
}

/**
 * benk_table_run_finish:
 * @db: a connection with an open scope
 * @run: a run that was inserted when it began
 * @reading: (nullable): what was read, as in benk_table_run_insert()
 * @error: return location for an error
 *
 * Sets how a run ended: link kind, outcome, end, sentence and reading.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_run_finish (BenkDb *db, BenkRun *run, const char *reading, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE run SET link_kind = ?2, outcome = ?3, ended_ms = ?4, detail = ?5,"
           " reading = ?6 WHERE id = ?1",
           "ittntt", benk_run_get_id (run),
           benk_link_kind_to_name (benk_run_get_link_kind (run)),
           benk_run_outcome_to_name (benk_run_get_outcome (run)),
           benk_run_get_ended_ms (run), benk_run_get_detail (run), reading) &&
         benk_table_require_change (db, _ ("The run"), error);
}

/**
 * benk_table_run_get:
 * @db: a connection
 * @id: a run
 * @error: return location for an error
 *
 * Returns: (transfer full): the run, or %NULL with %BENK_ERROR_NOT_FOUND or another error
 */
BenkRun *
benk_table_run_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE id = ?", "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The run"), NULL, error))
    return NULL;

  return read_run (stmt);
}

/**
 * benk_table_run_get_reading:
 * @db: a connection
 * @id: a run
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was read, as it was inserted
 */
char *
benk_table_run_get_reading (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT reading FROM run WHERE id = ?", "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The run"), NULL, error))
    return NULL;

  return benk_stmt_dup_text (stmt, 0);
}

/**
 * benk_table_run_list:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkRun): its runs, newest first
 */
GPtrArray *
benk_table_run_list (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE device_id = ? ORDER BY " BENK_TABLE_ROW_SEQ (
                         "run", "r") " DESC, started_ms DESC, id DESC",
                       "i", device);

  return benk_table_read_all (stmt, read_run, error);
}

/**
 * benk_table_run_get_order:
 * @db: a connection
 * @id: a run
 * @out_order: (out): the place of its end in the change log
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_run_get_order (BenkDb *db, const BenkId *id, gint64 *out_order, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT " BENK_TABLE_RUN_SEQ ("r") " FROM run r WHERE r.id = ?",
                       "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("Run"), NULL, error))
    return FALSE;
  *out_order = benk_stmt_get_int64 (stmt, 0);

  return TRUE;
}

/**
 * benk_table_run_secret_insert:
 * @db: a connection with an open scope
 * @run: a run
 * @salt: what its hashes were salted with; erasable, so that they say nothing afterwards
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_run_secret_insert (BenkDb *db, const BenkId *run, GBytes *salt, GError **error)
{
  return benk_table_change (db, error,
                            "INSERT INTO run_secret (run_id, salt) VALUES (?, ?)", "ib",
                            run, salt);
}

/**
 * benk_table_run_secret_get:
 * @db: a connection
 * @run: a run
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the salt; %NULL without @error if there is none
 */
GBytes *
benk_table_run_secret_get (BenkDb *db, const BenkId *run, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT salt FROM run_secret WHERE run_id = ?", "i",
                       run);

  return stmt != NULL && benk_stmt_step (stmt, error) ? benk_stmt_get_bytes (stmt, 0)
                                                      : NULL;
}
