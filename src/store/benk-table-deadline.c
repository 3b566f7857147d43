/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-deadline.h"

#include "benk-config.h"
#include "benk-table-note.h"
#include "benk-table-private.h"

#include <glib/gi18n.h>

#define DECISION_COLUMNS                                                                 \
  "n.id, n.number, n.decided_on, ifnull (b.text, ''), ifnull (r.text, ''), n.at_ms,"     \
  " s.initials"

#define DECISION_JOINS                                                                   \
  " LEFT JOIN note b ON b.id = n.decided_by_id LEFT JOIN note r ON r.id = n.role_id"     \
  " LEFT JOIN staff s ON s.id = n.staff_id"

#define SELECT_SQL                                                                       \
  "SELECT " DECISION_COLUMNS ", d.code, d.model_id, d.take_min, d.resolve_kind,"         \
  " d.resolve_amount FROM deadline d JOIN deadline_decision n ON n.id = "                \
  "d.decision_id" DECISION_JOINS

static void
read_decision (BenkDeadlineDecision *decision, BenkStmt *stmt)
{
  benk_stmt_get_id (stmt, 0, &decision->id);
  decision->number = benk_stmt_get_int64 (stmt, 1);
  decision->decided_on = benk_stmt_dup_text (stmt, 2);
  decision->decided_by = benk_stmt_dup_text (stmt, 3);
  decision->role = benk_stmt_dup_text (stmt, 4);
  decision->recorded_ms = benk_stmt_get_int64 (stmt, 5);
  decision->recorded_by = benk_stmt_dup_text (stmt, 6);
}

static BenkDeadline *
read_deadline (BenkStmt *stmt)
{
  BenkDeadline *self =
    benk_deadline_new (benk_stmt_get_text (stmt, 7), benk_stmt_get_text (stmt, 8));

  read_decision (&self->decision, stmt);
  self->allowance.take_min = (guint) benk_stmt_get_int64 (stmt, 9);
  benk_deadline_kind_from_name (benk_stmt_get_text (stmt, 10),
                                &self->allowance.resolve_kind);
  self->allowance.resolve_amount = (guint) benk_stmt_get_int64 (stmt, 11);
  return self;
}

static gboolean
get_number (BenkDb *db, gint64 *number, GError **error)
{
  return benk_db_get_int64 (db,
                            "SELECT ifnull (max (number), 0) + 1 FROM deadline_decision",
                            number, error);
}

static gboolean
insert_deadline (BenkDb *db,
                 const BenkId *decision,
                 const BenkDeadline *deadline,
                 GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkAllowance *allowance = &deadline->allowance;

  return benk_table_change (
    db, error,
    "INSERT INTO deadline (id, decision_id, code, model_id, take_min, resolve_kind,"
    " resolve_amount) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "iittntn", &id, decision, deadline->code, deadline->model_id,
    (gint64) allowance->take_min, benk_deadline_kind_to_name (allowance->resolve_kind),
    (gint64) (benk_deadline_kind_has_amount (allowance->resolve_kind)
                ? allowance->resolve_amount
                : 0));
}

/**
 * benk_table_deadline_decide:
 * @db: a connection with an open scope
 * @decision: who decided, in which role and on which day; checked
 * @deadlines: (element-type BenkDeadline): what they decided; checked
 * @out_id: (out): the decision
 * @error: return location for an error
 *
 * Writes down a decision. What was decided before stays as an older version.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_deadline_decide (BenkDb *db,
                            const BenkDeadlineDecision *decision,
                            const GPtrArray *deadlines,
                            BenkId *out_id,
                            GError **error)
{
  const BenkChange *change;
  BenkId by, role;
  gint64 number;

  *out_id = benk_id_new (benk_db_get_clock (db));
  if (!benk_scope_require (db, error) || !get_number (db, &number, error) ||
      !benk_table_note_add (db, BENK_NOTE_STATED_BY, decision->decided_by, NULL, &by,
                            error) ||
      !benk_table_note_add (db, BENK_NOTE_ROLE, decision->role, NULL, &role, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  if (!benk_table_change (
        db, error,
        "INSERT INTO deadline_decision (id, number, decided_on, at_ms, staff_id,"
        " decided_by_id, role_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        "intniii", out_id, number, decision->decided_on, benk_db_get_wall_ms (db),
        &change->actor_staff, &by, &role))
    return FALSE;
  for (guint i = 0; i < deadlines->len; i++)
    if (!insert_deadline (db, out_id, g_ptr_array_index (deadlines, i), error))
      return FALSE;
  return TRUE;
}

/**
 * benk_table_deadline_get_current:
 * @db: a connection
 * @code: code of an alarm
 * @model_id: (nullable): make of its device
 * @day: (nullable): leaves out what was decided on a later day, "YYYY-MM-DD"
 * @error: return location for an error
 *
 * Looks up what counts: what the district decided for the make, else what it decided for
 * all, else what the program proposes.
 *
 * Returns: (transfer full): the deadlines, or %NULL with @error set
 */
BenkDeadline *
benk_table_deadline_get_current (
  BenkDb *db, const char *code, const char *model_id, const char *day, GError **error)
{
  const char *known = benk_alarm_code_resolve (code)->code;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDeadline) found = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE d.code = ?1 AND (d.model_id IS NULL OR d.model_id = ?2)"
               " AND (?3 IS NULL OR n.decided_on <= ?3)"
               " ORDER BY d.model_id IS NULL, n.number DESC, n.at_ms DESC, n.id DESC"
               " LIMIT 1",
    "ttt", known, model_id, day);

  if (stmt != NULL && benk_stmt_step (stmt, &local))
    found = read_deadline (stmt);
  if (!benk_table_ended (stmt, &local, error))
    return NULL;
  return found != NULL ? g_steal_pointer (&found) : benk_deadline_new (known, model_id);
}

/**
 * benk_table_deadline_list_versions:
 * @db: a connection
 * @code: (nullable): only of this code
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDeadline): all that was ever decided,
 *   newest first
 */
GPtrArray *
benk_table_deadline_list_versions (BenkDb *db, const char *code, GError **error)
{
  g_autoptr (GPtrArray) versions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE ?1 IS NULL OR d.code = ?1"
                       " ORDER BY n.number DESC, n.at_ms DESC, n.id DESC, d.id",
                       "t", code);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (versions, read_deadline (stmt));
  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&versions) : NULL;
}

/**
 * benk_table_deadline_get_decision:
 * @db: a connection
 * @id: a decision
 * @decision: (out): who decided, to be cleared with benk_deadline_decision_clear()
 * @error: %BENK_ERROR_NOT_FOUND if there is none
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_deadline_get_decision (BenkDb *db,
                                  const BenkId *id,
                                  BenkDeadlineDecision *decision,
                                  GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT " DECISION_COLUMNS
                       " FROM deadline_decision n" DECISION_JOINS " WHERE n.id = ?",
                       "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The decision"), NULL, error))
    return FALSE;
  read_decision (decision, stmt);
  return TRUE;
}
