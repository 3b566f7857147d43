/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm-wait.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

/* The step is a fact of its own and points at the same notes. */
static gboolean
insert_step (BenkDb *db,
             const BenkId *alarm,
             const char *kind,
             const char *place,
             const BenkAlarmWait *wait,
             const BenkId *case_note,
             const BenkId *said_note,
             GError **error)
{
  const BenkChange *change = benk_scope_get_change (benk_scope_get_current (db));
  BenkId id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms, staff_id, note_id,"
    " waiting_for, waiting_until_ms, covered, covered_by_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iittniitnti", &id, alarm, kind, place, benk_db_get_wall_ms (db),
    &change->actor_staff, case_note, benk_wait_to_name (wait->what), wait->until_ms,
    benk_covered_to_name (wait->covered), said_note);
}

/**
 * benk_table_alarm_wait:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @step_kind: kind of the step that is added
 * @place: where that was done
 * @wait: how it waits
 * @error: return location for an error
 *
 * Lets an alarm wait, or wait in another way, and adds the step of that by the actor of
 * the scope. Its deadlines stay.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_wait (BenkDb *db,
                       const BenkId *id,
                       const char *step_kind,
                       const char *place,
                       const BenkAlarmWait *wait,
                       GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT person_id FROM alarm WHERE id = ?", "i", id);
  BenkId person, case_note, said_note;

  if (!benk_scope_require (db, error) || stmt == NULL ||
      !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, &person);

  return benk_table_note_add (db, BENK_NOTE_CASE, wait->case_number, &person, &case_note,
                              error) &&
         benk_table_note_add (db, BENK_NOTE_STATED_BY, wait->said_by, &person, &said_note,
                              error) &&
         benk_table_change (
           db, error,
           "UPDATE alarm SET waiting_for = ?2, waiting_until_ms = ?3, covered = ?4,"
           " waiting_case_id = ?5, covered_by_id = ?6 WHERE id = ?1",
           "itntii", id, benk_wait_to_name (wait->what), wait->until_ms,
           benk_covered_to_name (wait->covered), &case_note, &said_note) &&
         insert_step (db, id, step_kind, place, wait, &case_note, &said_note, error);
}

/**
 * benk_table_alarm_stop_waiting:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_stop_waiting (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE alarm SET waiting_for = NULL, waiting_until_ms = NULL, covered = NULL,"
           " waiting_case_id = NULL, covered_by_id = NULL WHERE id = ?1",
           "i", id) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_set_wait_told:
 * @db: a connection
 * @id: an alarm
 * @until_ms: the end of waiting, or of the time to take it, that was told here, UTC
 *   milliseconds; 0 = none
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_wait_told (BenkDb *db,
                                const BenkId *id,
                                gint64 until_ms,
                                GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO alarm_local (alarm_id, received_ms, wait_told_ms) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (alarm_id) DO UPDATE SET wait_told_ms = ?3",
    "inm", id, benk_db_get_wall_ms (db), until_ms);
}
