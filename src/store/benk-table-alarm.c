/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

/**
 * benk_table_alarm_insert:
 * @db: a connection with an open scope
 * @alarm: an alarm; an id that is nil is set. Its text becomes personal, since a source
 *   may write anything into it
 * @error: return location for an error
 *
 * Adds an alarm, also one that ended or was taken elsewhere before it was heard of, and
 * in the same transaction when this laptop received it.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_insert (BenkDb *db, BenkAlarm *alarm, GError **error)
{
  const BenkId *device = benk_alarm_get_device_id (alarm);
  BenkId person;

  if (benk_id_is_nil (benk_alarm_get_id (alarm)))
    {
      BenkId id = benk_id_new (benk_db_get_clock (db));

      benk_alarm_set_id (alarm, &id);
    }
  if (benk_alarm_get_received_ms (alarm) == 0)
    benk_alarm_set_received_ms (alarm, benk_db_get_wall_ms (db));

  return benk_scope_require (db, error) &&
         benk_table_get_person (db, device, &person, error) &&
         benk_table_change (
           db, error,
           "INSERT INTO alarm (id, device_id, person_id, model_id, serial, code,"
           " severity, via, feed_id, remote_id, status, responsibility, raised_ms,"
           " take_deadline_ms, resolve_deadline_ms, deadlines_proposed,"
           " deadline_decision_id, taken_ms, closed_ms)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "iiitttntittt"
           "nmmnimm",
           benk_alarm_get_id (alarm), device, &person, benk_alarm_get_model_id (alarm),
           benk_alarm_get_serial (alarm), benk_alarm_get_code (alarm),
           (gint64) benk_alarm_get_severity (alarm),
           benk_alarm_via_to_name (benk_alarm_get_via (alarm)),
           benk_alarm_get_feed_id (alarm), benk_alarm_get_remote_id (alarm),
           benk_alarm_status_to_name (benk_alarm_get_status (alarm)),
           benk_responsibility_to_name (benk_alarm_get_responsibility (alarm)),
           benk_alarm_get_raised_ms (alarm), benk_alarm_get_take_deadline_ms (alarm),
           benk_alarm_get_resolve_deadline_ms (alarm),
           (gint64) benk_alarm_get_deadlines_proposed (alarm),
           benk_alarm_get_deadline_decision_id (alarm), benk_alarm_get_taken_ms (alarm),
           benk_alarm_get_closed_ms (alarm)) &&
         benk_table_alarm_set_text (db, benk_alarm_get_id (alarm),
                                    benk_alarm_get_code_text (alarm), error) &&
         benk_table_alarm_set_received (db, benk_alarm_get_id (alarm),
                                        benk_alarm_get_received_ms (alarm), error);
}

/**
 * benk_table_alarm_update:
 * @db: a connection with an open scope
 * @alarm: an alarm with new values
 * @error: return location for an error
 *
 * Writes what a source may correct later: device, code, severity, responsibility, when it
 * was raised, deadlines. Where it is has its own functions.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_update (BenkDb *db, BenkAlarm *alarm, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE alarm SET device_id = ?2, model_id = ?3, serial = ?4, code = ?5,"
           " severity = ?6, responsibility = ?7, raised_ms = ?8, take_deadline_ms = ?9,"
           " resolve_deadline_ms = ?10, deadlines_proposed = ?11,"
           " deadline_decision_id = ?12, person_id = ifnull (person_id,"
           " (SELECT person_id FROM device WHERE id = ?2)) WHERE id = ?1",
           "iitttntnmmni", benk_alarm_get_id (alarm), benk_alarm_get_device_id (alarm),
           benk_alarm_get_model_id (alarm), benk_alarm_get_serial (alarm),
           benk_alarm_get_code (alarm), (gint64) benk_alarm_get_severity (alarm),
           benk_responsibility_to_name (benk_alarm_get_responsibility (alarm)),
           benk_alarm_get_raised_ms (alarm), benk_alarm_get_take_deadline_ms (alarm),
           benk_alarm_get_resolve_deadline_ms (alarm),
           (gint64) benk_alarm_get_deadlines_proposed (alarm),
           benk_alarm_get_deadline_decision_id (alarm)) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_take:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @staff: (nullable): who has it; nil = somebody in another system
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_take (BenkDb *db, const BenkId *id, const BenkId *staff, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE alarm SET status = 'taken', taken_ms = ?2, taken_by = ?3"
           " WHERE id = ?1",
           "ini", id, benk_db_get_wall_ms (db), staff) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_follow:
 * @db: a connection with an open scope
 * @alarm: an alarm with its status, and when it was taken and closed, as its source says
 * @keeps_hand: whether who has, or had, it here goes on to stand in it
 * @error: return location for an error
 *
 * Writes where an alarm is, as its source says. Who has it now elsewhere has not said
 * that it may wait, and one that is open again has no cause.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_follow (BenkDb *db,
                         BenkAlarm *alarm,
                         gboolean keeps_hand,
                         GError **error)
{
  const BenkId *id = benk_alarm_get_id (alarm);
  BenkAlarmStatus status = benk_alarm_get_status (alarm);

  if (!keeps_hand &&
      !benk_table_change (db, error,
                          "UPDATE alarm SET taken_by = NULL, waiting_for = NULL,"
                          " waiting_until_ms = NULL, covered = NULL,"
                          " waiting_case_id = NULL, covered_by_id = NULL,"
                          " handed_ms = NULL, handed_role = NULL, handed_to_id = NULL,"
                          " accepted_ms = NULL, accepted_by_id = NULL WHERE id = ?1",
                          "i", id))
    return FALSE;
  if (benk_alarm_status_is_open (status) &&
      !benk_table_change (db, error,
                          "UPDATE alarm SET cause = NULL, action = NULL,"
                          " confirmed_by_id = NULL, confirmed_ms = NULL WHERE id = ?1",
                          "i", id))
    return FALSE;

  return benk_table_change (db, error,
                            "UPDATE alarm SET status = ?2, taken_ms = ?3, closed_ms = ?4"
                            " WHERE id = ?1",
                            "itmm", id, benk_alarm_status_to_name (status),
                            benk_alarm_get_taken_ms (alarm),
                            benk_alarm_get_closed_ms (alarm)) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_close:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @status: closed or settled
 * @cause: (nullable): cause code
 * @action: (nullable): action code
 * @confirmed_by: (nullable): who confirmed it, when it was care's or medicine's
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_close (BenkDb *db,
                        const BenkId *id,
                        BenkAlarmStatus status,
                        const char *cause,
                        const char *action,
                        const char *confirmed_by,
                        GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT person_id FROM alarm WHERE id = ?", "i", id);
  BenkId person, note;

  if (!benk_scope_require (db, error) || stmt == NULL ||
      !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, &person);

  return benk_table_note_add (db, BENK_NOTE_CONFIRMED_BY, confirmed_by, &person, &note,
                              error) &&
         benk_table_change (
           db, error,
           "UPDATE alarm SET status = ?2, closed_ms = ?3, cause = ?4, action = ?5,"
           " confirmed_by_id = ?6 WHERE id = ?1",
           "itntti", id, benk_alarm_status_to_name (status), benk_db_get_wall_ms (db),
           cause, action, &note);
}

/**
 * benk_table_alarm_set_roll_batch:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @packer: (nullable): who packed the roll it stopped at
 * @batch: (nullable): its batch; %NULL = not known
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_roll_batch (
  BenkDb *db, const BenkId *id, const char *packer, const char *batch, GError **error)
{
  return benk_table_change (
           db, error, "UPDATE alarm SET roll_packer = ?2, roll_batch = ?3 WHERE id = ?1",
           "itt", id, packer, batch) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_set_gone:
 * @db: a connection
 * @id: an alarm
 * @gone_ms: UTC milliseconds since when its source does not know it; 0 = it does
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_gone (BenkDb *db, const BenkId *id, gint64 gone_ms, GError **error)
{
  return benk_table_change_local (
    db, error, "UPDATE alarm_local SET gone_ms = ?2 WHERE alarm_id = ?1", "im", id,
    gone_ms);
}

/**
 * benk_table_alarm_set_received:
 * @db: a connection
 * @id: an alarm
 * @received_ms: UTC milliseconds this laptop got it; the first time stays
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_received (BenkDb *db,
                               const BenkId *id,
                               gint64 received_ms,
                               GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO alarm_local (alarm_id, received_ms) VALUES (?, ?)"
    " ON CONFLICT (alarm_id) DO NOTHING",
    "in", id, received_ms);
}

/**
 * benk_table_alarm_set_opened:
 * @db: a connection
 * @id: an alarm
 * @opened_ms: UTC milliseconds somebody opened it here; the first time stays
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_opened (BenkDb *db,
                             const BenkId *id,
                             gint64 opened_ms,
                             GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO alarm_local (alarm_id, received_ms, opened_ms) VALUES (?1, ?2, ?2)"
    " ON CONFLICT (alarm_id) DO UPDATE SET opened_ms = ifnull (opened_ms, ?2)",
    "in", id, opened_ms);
}
