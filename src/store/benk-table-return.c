/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-return.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT c.id, c.device_id, ifnull (d.asset || ' · ', '') || ifnull (d.serial, ''),"   \
  " c.vendor, c.state, c.rma_number, c.no_rma, n.text, c.opened_ms, c.deadline_ms,"      \
  " c.consignment_id, ifnull (c.tracking, k.tracking), c.outcome"                        \
  " FROM return_case c LEFT JOIN device d ON d.id = c.device_id"                         \
  " LEFT JOIN note n ON n.id = c.reason_id"                                              \
  " LEFT JOIN consignment k ON k.id = c.consignment_id"

#define OPEN_SQL "c.state NOT IN ('closed', 'cancelled')"

/**
 * benk_return_step_free:
 * @self: (nullable) (transfer full): a step
 */
void
benk_return_step_free (BenkReturnStep *self)
{
  if (self == NULL)
    return;

  g_free (self->who);
  g_free (self->note);
  g_free (self);
}

static gpointer
read_return (BenkStmt *stmt)
{
  BenkReturnCase *self = benk_return_case_new ();
  BenkReturnState state = BENK_RETURN_STATE_REGISTERED;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_return_case_set_id (self, &id);
  benk_stmt_get_id (stmt, 1, &id);
  benk_return_case_set_device_id (self, &id);
  benk_return_case_set_device_label (self, benk_stmt_get_text (stmt, 2));
  benk_return_case_set_vendor (self, benk_stmt_get_text (stmt, 3));
  benk_return_state_from_name (benk_stmt_get_text (stmt, 4), &state);
  benk_return_case_set_state (self, state);
  benk_return_case_set_rma_number (self, benk_stmt_get_text (stmt, 5));
  benk_return_case_set_no_rma (self, benk_stmt_get_int64 (stmt, 6) != 0);
  benk_return_case_set_reason (self, benk_stmt_get_text (stmt, 7));
  benk_return_case_set_opened_ms (self, benk_stmt_get_int64 (stmt, 8));
  benk_return_case_set_deadline_ms (self, benk_stmt_get_int64 (stmt, 9));
  benk_stmt_get_id (stmt, 10, &id);
  benk_return_case_set_consignment_id (self, &id);
  benk_return_case_set_tracking (self, benk_stmt_get_text (stmt, 11));
  benk_return_case_set_outcome (self, benk_stmt_get_text (stmt, 12));

  return self;
}

static BenkReturnCase *
get_optional (BenkStmt *stmt, GError **error)
{
  return stmt != NULL && benk_stmt_step (stmt, error) ? read_return (stmt) : NULL;
}

static gboolean
insert_step (BenkDb *db, BenkReturnCase *self, const char *note, GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change = benk_scope_get_change (benk_scope_get_current (db));
  BenkId person, note_id;

  return benk_table_get_person (db, benk_return_case_get_device_id (self), &person,
                                error) &&
         benk_table_note_add (db, BENK_NOTE_STEP, note, &person, &note_id, error) &&
         benk_table_change (
           db, error,
           "INSERT INTO return_step (id, return_id, state, at_ms, staff_id, note_id)"
           " VALUES (?, ?, ?, ?, ?, ?)",
           "iitnii", &id, benk_return_case_get_id (self),
           benk_return_state_to_name (benk_return_case_get_state (self)),
           benk_db_get_wall_ms (db), &change->actor_staff, &note_id);
}

/**
 * benk_table_return_insert:
 * @db: a connection with an open scope
 * @return_case: a return; an id that is nil and an instant that is 0 are set, the reason
 *   becomes a note
 * @out_reason: (out) (optional): that note
 * @error: return location for an error
 *
 * Adds a return and its first step.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_return_insert (BenkDb *db,
                          BenkReturnCase *return_case,
                          BenkId *out_reason,
                          GError **error)
{
  BenkReturnCase *self = return_case;
  gint64 now = benk_db_get_wall_ms (db);
  BenkId reason = BENK_ID_NIL;

  if (benk_id_is_nil (benk_return_case_get_id (self)))
    {
      BenkId id = benk_id_new (benk_db_get_clock (db));

      benk_return_case_set_id (self, &id);
    }
  if (benk_return_case_get_opened_ms (self) == 0)
    benk_return_case_set_opened_ms (self, now);

  if (!benk_table_note_add_of_device (db, BENK_NOTE_REASON,
                                      benk_return_case_get_reason (self),
                                      benk_return_case_get_device_id (self), &reason,
                                      error))
    return FALSE;
  if (out_reason != NULL)
    *out_reason = reason;

  return benk_scope_require (db, error) &&
         benk_table_change (
           db, error,
           "INSERT INTO return_case (id, device_id, vendor, state, reason_id, opened_ms,"
           " state_since_ms, deadline_ms, rma_number, no_rma)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "iittinnmtn", benk_return_case_get_id (self),
           benk_return_case_get_device_id (self), benk_return_case_get_vendor (self),
           benk_return_state_to_name (benk_return_case_get_state (self)), &reason,
           benk_return_case_get_opened_ms (self), now,
           benk_return_case_get_deadline_ms (self),
           benk_return_case_get_rma_number (self),
           (gint64) benk_return_case_get_no_rma (self)) &&
         insert_step (db, self, NULL, error);
}

/**
 * benk_table_return_update:
 * @db: a connection with an open scope
 * @return_case: a return after a step, with new values
 * @note: (nullable): what was written with the step
 * @error: return location for an error
 *
 * Writes where a return is, and the step that brought it there.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_return_update (BenkDb *db,
                          BenkReturnCase *return_case,
                          const char *note,
                          GError **error)
{
  BenkReturnState state = benk_return_case_get_state (return_case);
  gboolean ended =
    state == BENK_RETURN_STATE_CLOSED || state == BENK_RETURN_STATE_CANCELLED;
  gint64 now = benk_db_get_wall_ms (db);

  return benk_table_change (
           db, error,
           "UPDATE return_case SET state = ?2, state_since_ms = ?3, deadline_ms = ?4,"
           " rma_number = ?5, no_rma = ?6, consignment_id = ?7, tracking = ?8,"
           " outcome = ?9, closed_ms = ?10 WHERE id = ?1",
           "itnmtnittm", benk_return_case_get_id (return_case),
           benk_return_state_to_name (state), now,
           benk_return_case_get_deadline_ms (return_case),
           benk_return_case_get_rma_number (return_case),
           (gint64) benk_return_case_get_no_rma (return_case),
           benk_return_case_get_consignment_id (return_case),
           benk_return_case_get_tracking (return_case),
           benk_return_case_get_outcome (return_case), ended ? now : 0) &&
         benk_table_require_change (db, _ ("The return"), error) &&
         insert_step (db, return_case, note, error);
}

/**
 * benk_table_return_set_replacement:
 * @db: a connection with an open scope
 * @id: a return
 * @device: the device that came instead
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_return_set_replacement (BenkDb *db,
                                   const BenkId *id,
                                   const BenkId *device,
                                   GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE return_case SET replacement_id = ?2 WHERE id = ?1",
                            "ii", id, device) &&
         benk_table_require_change (db, _ ("The return"), error);
}

/**
 * benk_table_return_get:
 * @db: a connection
 * @id: a return
 * @error: return location for an error
 *
 * Returns: (transfer full): the return, or %NULL with %BENK_ERROR_NOT_FOUND or another
 *   error
 */
BenkReturnCase *
benk_table_return_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE c.id = ?", "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The return"), NULL, error))
    return NULL;

  return read_return (stmt);
}

/**
 * benk_table_return_get_open:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its open return; %NULL without @error if there is
 *   none
 */
BenkReturnCase *
benk_table_return_get_open (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE c.device_id = ? AND " OPEN_SQL
                                  " ORDER BY c.opened_ms LIMIT 1",
                       "i", device);

  return get_optional (stmt, error);
}

/**
 * benk_table_return_list:
 * @db: a connection
 * @with_closed: also those that are closed or cancelled, after the open ones
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkReturnCase): returns by urgency: the
 *   nearest deadline first, those without one last
 */
GPtrArray *
benk_table_return_list (BenkDb *db, gboolean with_closed, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE ?1 OR " OPEN_SQL " ORDER BY NOT (" OPEN_SQL "),"
                                  " iif (" OPEN_SQL
                                  ", ifnull (c.deadline_ms, 9e18), -c.closed_ms),"
                                  " c.opened_ms, c.id",
                       "n", (gint64) with_closed);

  return benk_table_read_all (stmt, read_return, error);
}

/**
 * benk_table_return_list_device:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkReturnCase): its returns, newest first
 */
GPtrArray *
benk_table_return_list_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE c.device_id = ? ORDER BY c.opened_ms DESC, c.id DESC",
                       "i", device);

  return benk_table_read_all (stmt, read_return, error);
}

/**
 * benk_table_return_list_steps:
 * @db: a connection
 * @id: a return
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkReturnStep): its steps, oldest first
 */
GPtrArray *
benk_table_return_list_steps (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_return_step_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT e.at_ms, e.state, iif (e.staff_id IS NULL, NULL, ifnull (s.initials, '')),"
    " iif (e.note_id IS NULL, NULL, ifnull (n.text, ''))"
    " FROM return_step e LEFT JOIN staff s ON s.id = e.staff_id"
    " LEFT JOIN note n ON n.id = e.note_id WHERE e.return_id = ?"
    " ORDER BY e.at_ms, " BENK_TABLE_ROW_SEQ ("return_step", "e") ", e.id",
    "i", id);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkReturnStep *step = g_new0 (BenkReturnStep, 1);

      step->at_ms = benk_stmt_get_int64 (stmt, 0);
      benk_return_state_from_name (benk_stmt_get_text (stmt, 1), &step->state);
      step->who = benk_stmt_dup_text (stmt, 2);
      step->note = benk_stmt_dup_text (stmt, 3);
      g_ptr_array_add (steps, step);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&steps) : NULL;
}
