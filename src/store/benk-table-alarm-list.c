/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-table-private.h"

/* While a device is in trial its alarms are those of the team that owns the trial, where
 * there is one; the change to regular use hands them over. */
#define TEAM_SQL                                                                         \
  "iif (d.state = 'trial', ifnull ((SELECT r.place_id FROM duty_team r"                  \
  " WHERE r.trial <> 0 ORDER BY r.id LIMIT 1), d.team_id), d.team_id)"

/* Who has it in another system stands in the note of that step. The state of the
 * follow-up is that of the newest document in the outbox. */
#define SELECT_SQL                                                                       \
  "SELECT a.id, a.device_id, ifnull (d.model_id, a.model_id),"                           \
  " ifnull (d.serial, a.serial), d.asset, a.code, x.text, a.severity, a.via, a.feed_id," \
  " f.name, a.remote_id, a.status, a.responsibility, a.raised_ms, l.received_ms,"        \
  " l.opened_ms, a.taken_ms,"                                                            \
  " iif (a.taken_by IS NULL AND a.accepted_ms NOT NULL, ifnull (h.text, ''),"            \
  " iif (a.taken_by IS NULL, (SELECT n.text FROM alarm_step e"                           \
  " JOIN note n ON n.id = e.note_id WHERE a.taken_ms IS NOT NULL"                        \
  " AND e.alarm_id = a.id AND e.kind = 'taken' ORDER BY e.at_ms DESC, e.id DESC"         \
  " LIMIT 1), ifnull (s.initials, ''))),"                                                \
  " a.closed_ms, a.cause, a.action, a.confirmed_by_id, a.take_deadline_ms,"              \
  " a.resolve_deadline_ms, a.deadlines_proposed,"                                        \
  " (SELECT o.state FROM outbox o WHERE o.alarm_id = a.id AND o.kind = 'followup'"       \
  " ORDER BY o.made_ms DESC, o.id DESC LIMIT 1),"                                        \
  " a.waiting_for, a.waiting_until_ms, a.covered,"                                       \
  " iif (a.waiting_case_id IS NULL, NULL, ifnull (w.text, '')),"                         \
  " iif (a.covered_by_id IS NULL, NULL, ifnull (c.text, '')), l.wait_told_ms,"           \
  " a.deadline_decision_id, t.id, t.name, a.handed_ms,"                                  \
  " iif (a.handed_to_id IS NULL, NULL, ifnull (g.text, '')), a.accepted_ms,"             \
  " a.taken_by IS NOT NULL OR a.accepted_ms NOT NULL, l.gone_ms, a.confirmed_ms,"        \
  " a.person_id,"                                                                        \
  " a.dispensed_ms, a.dispensed_event, y.name, a.roll_packer, a.roll_batch"              \
  " FROM alarm a"                                                                        \
  " LEFT JOIN device d ON d.id = a.device_id"                                            \
  " LEFT JOIN alarm_text x ON x.alarm_id = a.id"                                         \
  " LEFT JOIN alarm_local l ON l.alarm_id = a.id"                                        \
  " LEFT JOIN feed f ON f.id = a.feed_id"                                                \
  " LEFT JOIN feed y ON y.id = a.dispensed_feed_id"                                      \
  " LEFT JOIN staff s ON s.id = a.taken_by"                                              \
  " LEFT JOIN note w ON w.id = a.waiting_case_id"                                        \
  " LEFT JOIN note c ON c.id = a.covered_by_id"                                          \
  " LEFT JOIN note g ON g.id = a.handed_to_id"                                           \
  " LEFT JOIN note h ON h.id = a.accepted_by_id"                                         \
  " LEFT JOIN place t ON t.id = " TEAM_SQL

static void
read_source (BenkAlarm *alarm, BenkStmt *stmt)
{
  BenkAlarmVia via = BENK_ALARM_VIA_FEED;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_alarm_set_id (alarm, &id);
  benk_stmt_get_id (stmt, 1, &id);
  benk_alarm_set_device_id (alarm, &id);
  benk_alarm_set_model_id (alarm, benk_stmt_get_text (stmt, 2));
  benk_alarm_set_serial (alarm, benk_stmt_get_text (stmt, 3));
  benk_alarm_set_device_label (alarm, benk_stmt_get_text (stmt, 3));
  benk_alarm_set_asset (alarm, benk_stmt_get_text (stmt, 4));
  benk_alarm_set_code (alarm, benk_stmt_get_text (stmt, 5));
  benk_alarm_set_code_text (alarm, benk_stmt_get_text (stmt, 6));
  benk_alarm_set_severity (alarm, (int) benk_stmt_get_int64 (stmt, 7));
  benk_alarm_via_from_name (benk_stmt_get_text (stmt, 8), &via);
  benk_alarm_set_via (alarm, via);
  benk_stmt_get_id (stmt, 9, &id);
  benk_alarm_set_feed_id (alarm, &id);
  benk_alarm_set_feed_name (alarm, benk_stmt_get_text (stmt, 10));
  benk_alarm_set_remote_id (alarm, benk_stmt_get_text (stmt, 11));
}

static void
read_waiting (BenkAlarm *alarm, BenkStmt *stmt)
{
  BenkWait waiting_for = BENK_WAIT_NONE;
  BenkCovered covered = BENK_COVERED_UNKNOWN;

  benk_wait_from_name (benk_stmt_get_text (stmt, 27), &waiting_for);
  benk_alarm_set_waiting_for (alarm, waiting_for);
  benk_alarm_set_waiting_until_ms (alarm, benk_stmt_get_int64 (stmt, 28));
  benk_covered_from_name (benk_stmt_get_text (stmt, 29), &covered);
  benk_alarm_set_covered (alarm, covered);
  benk_alarm_set_case_number (alarm, benk_stmt_get_text (stmt, 30));
  benk_alarm_set_covered_by (alarm, benk_stmt_get_text (stmt, 31));
  benk_alarm_set_wait_told_ms (alarm, benk_stmt_get_int64 (stmt, 32));
}

static void
read_team (BenkAlarm *alarm, BenkStmt *stmt)
{
  BenkId id;

  benk_stmt_get_id (stmt, 34, &id);
  benk_alarm_set_team_id (alarm, &id);
  benk_alarm_set_team_name (alarm, benk_stmt_get_text (stmt, 35));
  benk_alarm_set_handed_ms (alarm, benk_stmt_get_int64 (stmt, 36));
  benk_alarm_set_handed_to (alarm, benk_stmt_get_text (stmt, 37));
  benk_alarm_set_accepted_ms (alarm, benk_stmt_get_int64 (stmt, 38));
}

static gpointer
read_alarm (BenkStmt *stmt)
{
  BenkAlarm *alarm = benk_alarm_new ();
  BenkAlarmStatus status = BENK_ALARM_STATUS_NEW;
  BenkResponsibility responsibility = BENK_RESPONSIBILITY_TECHNICAL;
  BenkFollowup followup = BENK_FOLLOWUP_NONE;
  BenkId id;

  read_source (alarm, stmt);
  benk_alarm_status_from_name (benk_stmt_get_text (stmt, 12), &status);
  benk_alarm_set_status (alarm, status);
  benk_responsibility_from_name (benk_stmt_get_text (stmt, 13), &responsibility);
  benk_alarm_set_responsibility (alarm, responsibility);
  benk_alarm_set_raised_ms (alarm, benk_stmt_get_int64 (stmt, 14));
  benk_alarm_set_received_ms (alarm, benk_stmt_get_int64 (stmt, 15));
  benk_alarm_set_opened_ms (alarm, benk_stmt_get_int64 (stmt, 16));
  benk_alarm_set_taken_ms (alarm, benk_stmt_get_int64 (stmt, 17));
  benk_alarm_set_taken_by (alarm, benk_stmt_get_text (stmt, 18));
  benk_alarm_set_taken_here (alarm, benk_stmt_get_int64 (stmt, 39) != 0);
  benk_alarm_set_gone_ms (alarm, benk_stmt_get_int64 (stmt, 40));
  benk_alarm_set_closed_ms (alarm, benk_stmt_get_int64 (stmt, 19));
  benk_alarm_set_cause (alarm, benk_stmt_get_text (stmt, 20));
  benk_alarm_set_action (alarm, benk_stmt_get_text (stmt, 21));
  benk_stmt_get_id (stmt, 22, &id);
  benk_alarm_set_confirmed_by (alarm, &id);
  benk_alarm_set_take_deadline_ms (alarm, benk_stmt_get_int64 (stmt, 23));
  benk_alarm_set_resolve_deadline_ms (alarm, benk_stmt_get_int64 (stmt, 24));
  benk_alarm_set_deadlines_proposed (alarm, benk_stmt_get_int64 (stmt, 25) != 0);
  benk_followup_from_name (benk_stmt_get_text (stmt, 26), &followup);
  benk_alarm_set_followup (alarm, followup);
  benk_stmt_get_id (stmt, 33, &id);
  benk_alarm_set_deadline_decision_id (alarm, &id);
  benk_alarm_set_confirmed_ms (alarm, benk_stmt_get_int64 (stmt, 41));
  benk_stmt_get_id (stmt, 42, &id);
  benk_alarm_set_person_id (alarm, &id);
  benk_alarm_set_dispensed_ms (alarm, benk_stmt_get_int64 (stmt, 43));
  benk_alarm_set_dispensed_event (alarm, benk_stmt_get_text (stmt, 44));
  benk_alarm_set_dispensed_by (alarm, benk_stmt_get_text (stmt, 45));
  benk_alarm_set_roll_packer (alarm, benk_stmt_get_text (stmt, 46));
  benk_alarm_set_roll_batch (alarm, benk_stmt_get_text (stmt, 47));
  benk_alarm_set_next_dose_ms (alarm, -1);
  read_waiting (alarm, stmt);
  read_team (alarm, stmt);

  return alarm;
}

/**
 * benk_table_alarm_get:
 * @db: a connection
 * @id: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer full): the alarm, or %NULL with %BENK_ERROR_NOT_FOUND or another
 *   error. The next dose is for the caller to know.
 */
BenkAlarm *
benk_table_alarm_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE a.id = ?", "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return NULL;

  return read_alarm (stmt);
}

/**
 * benk_table_alarm_list_alike:
 * @db: a connection
 * @alarm: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): the open alarms with its code
 *   from its device, or from its serial number where the device is not known; it too if
 * it is open; in the order they were raised. None for an alarm of no device.
 */
GPtrArray *
benk_table_alarm_list_alike (BenkDb *db, BenkAlarm *alarm, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE a.status IN ('new', 'taken') AND a.device_id IS ?1"
                       " AND (?1 IS NOT NULL OR a.serial = ?2) AND a.code = ?3"
                       " ORDER BY a.raised_ms, a.id",
                       "itt", benk_alarm_get_device_id (alarm),
                       benk_alarm_get_serial (alarm), benk_alarm_get_code (alarm));

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_is_repeat:
 * @db: a connection
 * @alarm: an alarm
 * @within_ms: milliseconds
 * @repeat: (out): whether another open alarm with its code from its device, or from its
 *   serial number where the device is not known, was raised so near to it in time
 * @error: return location for an error
 *
 * Asks the index alone.
 *
 * Returns: %TRUE unless the store could not be read
 */
gboolean
benk_table_alarm_is_repeat (
  BenkDb *db, BenkAlarm *alarm, gint64 within_ms, gboolean *repeat, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT 1 FROM alarm a WHERE a.status IN ('new', 'taken')"
                       " AND a.device_id IS ?1 AND (?1 IS NOT NULL OR a.serial = ?2)"
                       " AND a.code = ?3 AND a.raised_ms BETWEEN ?4 AND ?5"
                       " AND a.id <> ?6 LIMIT 1",
                       "ittnni", benk_alarm_get_device_id (alarm),
                       benk_alarm_get_serial (alarm), benk_alarm_get_code (alarm),
                       raised_ms - within_ms, raised_ms + within_ms,
                       benk_alarm_get_id (alarm));

  *repeat = stmt != NULL && benk_stmt_step (stmt, &local);
  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_alarm_list_open:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): new and taken alarms, oldest
 *   first
 */
GPtrArray *
benk_table_alarm_list_open (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE a.status IN ('new', 'taken') ORDER BY a.raised_ms, a.id",
                       "");

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_list_open_of:
 * @db: a connection
 * @feed: a source
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): its new and taken alarms,
 * oldest first
 */
GPtrArray *
benk_table_alarm_list_open_of (BenkDb *db, const BenkId *feed, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE a.status IN ('new', 'taken') AND a.feed_id = ?"
                       " AND a.remote_id IS NOT NULL ORDER BY a.raised_ms, a.id",
                       "i", feed);

  return benk_table_read_all (stmt, read_alarm, error);
}

/* Which rows were written in one change is known by what they have touched. */
#define CLOSED_HERE                                                                      \
  "SELECT t.seq FROM alarm_step s JOIN touch t ON t.tbl = 'alarm_step'"                  \
  " AND t.row_id = s.id WHERE s.kind = 'closed' AND s.place = 'here' AND s.alarm_id = "
#define OPENED_SINCE                                                                     \
  "SELECT 1 FROM alarm_step s JOIN touch t ON t.tbl = 'alarm_step'"                      \
  " AND t.row_id = s.id WHERE s.kind = 'reopened' AND s.alarm_id IN (a.id, m.id)"        \
  " AND t.seq > (SELECT seq FROM closing)"

/**
 * benk_table_alarm_list_closed_with:
 * @db: a connection
 * @id: an alarm that has ended
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): the other alarms of its code
 *   from its device, or from its serial number where the device is not known, that were
 *   closed here in the same change and have not been open since, nor it; in the order
 *   they were raised
 */
GPtrArray *
benk_table_alarm_list_closed_with (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "WITH closing AS (" CLOSED_HERE "?1 ORDER BY t.seq DESC LIMIT 1) " SELECT_SQL
    " JOIN alarm m ON m.id = ?1 WHERE a.id <> ?1 AND a.status NOT IN ('new', 'taken')"
    " AND a.device_id IS m.device_id AND (a.device_id NOT NULL OR a.serial = m.serial)"
    " AND a.code = m.code"
    " AND (SELECT seq FROM closing) IN (" CLOSED_HERE "a.id)"
    " AND NOT EXISTS (" OPENED_SINCE ") ORDER BY a.raised_ms, a.id",
    "i", id);

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_list_since:
 * @db: a connection
 * @since_ms: UTC milliseconds
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): alarms of any status that were
 *   raised or closed since, and those still open; newest first
 */
GPtrArray *
benk_table_alarm_list_since (BenkDb *db, gint64 since_ms, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE a.raised_ms >= ?1 OR a.closed_ms >= ?1"
               " OR a.status IN ('new', 'taken') ORDER BY a.raised_ms DESC, a.id DESC",
    "n", since_ms);

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_list_device:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): its alarms, newest first
 */
GPtrArray *
benk_table_alarm_list_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE a.device_id = ? ORDER BY a.raised_ms DESC, a.id DESC",
                       "i", device);

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_list_same_user:
 * @db: a connection
 * @id: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarm): the other open alarms of its
 *   user, or of its device where it has no user; oldest first
 */
GPtrArray *
benk_table_alarm_list_same_user (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " JOIN alarm m ON m.id = ?1 WHERE a.status IN ('new', 'taken')"
                       " AND a.id <> ?1 AND (a.person_id = m.person_id"
                       " OR (m.person_id IS NULL AND a.device_id = m.device_id))"
                       " ORDER BY a.raised_ms, a.id",
                       "i", id);

  return benk_table_read_all (stmt, read_alarm, error);
}

/**
 * benk_table_alarm_count_open:
 * @db: a connection
 * @device: (nullable): a device, or %NULL for all
 * @count: (out): alarms that are neither closed nor settled
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_count_open (BenkDb *db,
                             const BenkId *device,
                             guint *count,
                             GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT count (*) FROM alarm WHERE status IN ('new', 'taken')"
                       " AND (?1 IS NULL OR device_id = ?1)",
                       "i", device);

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  *count = (guint) benk_stmt_get_int64 (stmt, 0);

  return TRUE;
}

/**
 * benk_table_alarm_find_team:
 * @db: a connection
 * @device: a device
 * @team: (out): the team that owns its alarms; nil = none is known
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_find_team (BenkDb *db,
                            const BenkId *device,
                            BenkId *team,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT " TEAM_SQL " FROM device d WHERE d.id = ?", "i",
                       device);

  *team = BENK_ID_NIL;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, team);
  return benk_table_ended (stmt, &local, error);
}
