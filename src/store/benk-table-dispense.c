/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-dispense.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-dispense.h"
#include "benk-serial.h"
#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT feed_id, remote_id, version, updated_ms, serial_key, event, at_ms"             \
  " FROM dispense"

/* Those that something handed out can settle; see benk_dispense_concerns(). */
#define CODES_SQL "('1.1', '1.3', '1.10', '1.20')"

/**
 * benk_dispense_row_free:
 * @self: (nullable) (transfer full): a row
 */
void
benk_dispense_row_free (BenkDispenseRow *self)
{
  if (self == NULL)
    return;

  g_free (self->remote_id);
  g_free (self->version);
  g_free (self->serial_key);
  g_free (self->event);
  g_free (self);
}

/**
 * benk_dispense_target_free:
 * @self: (nullable) (transfer full): an alarm
 */
void
benk_dispense_target_free (BenkDispenseTarget *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->serial_key);
  g_free (self->imei);
  g_free (self->event);
  g_free (self);
}

static BenkDispenseRow *
read_row (BenkStmt *stmt)
{
  BenkDispenseRow *self = g_new0 (BenkDispenseRow, 1);

  benk_stmt_get_id (stmt, 0, &self->feed);
  self->remote_id = benk_stmt_dup_text (stmt, 1);
  self->version = benk_stmt_dup_text (stmt, 2);
  self->updated_ms = benk_stmt_get_int64 (stmt, 3);
  self->serial_key = benk_stmt_dup_text (stmt, 4);
  self->event = benk_stmt_dup_text (stmt, 5);
  self->at_ms = benk_stmt_get_int64 (stmt, 6);

  return self;
}

/**
 * benk_table_dispense_get:
 * @db: a connection
 * @feed: a source
 * @remote_id: logical id there
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what is known of it; %NULL without @error if
 *   nothing is
 */
BenkDispenseRow *
benk_table_dispense_get (BenkDb *db,
                         const BenkId *feed,
                         const char *remote_id,
                         GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE feed_id = ? AND remote_id = ?", "it",
                       feed, remote_id);

  return stmt != NULL && benk_stmt_step (stmt, error) ? read_row (stmt) : NULL;
}

/**
 * benk_table_dispense_put:
 * @db: a connection
 * @row: what a source tells; takes the place of what it told of the same before
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_dispense_put (BenkDb *db, const BenkDispenseRow *row, GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO dispense (feed_id, remote_id, version, updated_ms, serial_key, event,"
    " at_ms) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (feed_id, remote_id) DO UPDATE SET"
    " version = excluded.version, updated_ms = excluded.updated_ms,"
    " serial_key = excluded.serial_key, event = excluded.event, at_ms = excluded.at_ms",
    "ittnttn", &row->feed, row->remote_id, row->version, row->updated_ms, row->serial_key,
    row->event, row->at_ms);
}

/**
 * benk_table_dispense_forget:
 * @db: a connection
 * @before_ms: UTC milliseconds
 * @error: return location for an error
 *
 * Forgets what was handed out before then.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_dispense_forget (BenkDb *db, gint64 before_ms, GError **error)
{
  return benk_table_change_local (db, error, "DELETE FROM dispense WHERE at_ms < ?", "n",
                                  before_ms);
}

/**
 * benk_table_dispense_find_first:
 * @db: a connection
 * @serial_key: a serial number, normalised
 * @imei: (nullable): the IMEI of the same device
 * @code: code of an alarm
 * @from_ms: UTC milliseconds
 * @after_ms: UTC milliseconds; later than this, too
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the first that the device handed out from then on
 *   and that settles such an alarm, whoever told it first; %NULL without @error if there
 *   is none
 */
BenkDispenseRow *
benk_table_dispense_find_first (BenkDb *db,
                                const char *serial_key,
                                const char *imei,
                                const char *code,
                                gint64 from_ms,
                                gint64 after_ms,
                                GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE serial_key IN (?1, ?2) AND at_ms >= ?3"
                                  " AND at_ms > ?4 AND event IS NOT NULL"
                                  " ORDER BY at_ms, feed_id, event, remote_id",
                       "ttnn", serial_key, imei, from_ms, after_ms);

  while (stmt != NULL && benk_stmt_step (stmt, error))
    if (benk_dispense_settles (benk_stmt_get_text (stmt, 5), code))
      return read_row (stmt);
  return NULL;
}

/**
 * benk_table_dispense_list_alarms:
 * @db: a connection
 * @device: a device; nil = one that is not registered
 * @serial_key: its serial number, normalised
 * @at_ms: when something was handed out, UTC milliseconds
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkId): its alarms that this may settle, may
 *   have settled earlier than is known, or has settled
 */
GArray *
benk_table_dispense_list_alarms (
  BenkDb *db, const BenkId *device, const char *serial_key, gint64 at_ms, GError **error)
{
  g_autoptr (GArray) alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT id, serial FROM alarm WHERE device_id IS ?1 AND raised_ms BETWEEN ?2 AND ?3"
    " AND code IN " CODES_SQL " AND (?1 IS NOT NULL OR serial IS NOT NULL)"
    " AND (status IN ('new', 'taken') OR closed_ms > ?3 OR dispensed_ms = ?3)"
    " AND (dispensed_ms IS NULL OR dispensed_ms >= ?3)"
    " ORDER BY raised_ms, id",
    "inn", device, at_ms - BENK_DISPENSE_KEPT_MS, at_ms);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      g_autofree char *key = NULL;
      BenkId id;

      benk_stmt_get_id (stmt, 0, &id);
      if (benk_id_is_nil (device))
        key = benk_serial_normalise (benk_stmt_get_text (stmt, 1));
      if (!benk_id_is_nil (device) || g_strcmp0 (key, serial_key) == 0)
        g_array_append_val (alarms, id);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&alarms) : NULL;
}

/**
 * benk_table_dispense_get_target:
 * @db: a connection
 * @alarm: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): it, or %NULL with @error set
 */
BenkDispenseTarget *
benk_table_dispense_get_target (BenkDb *db, const BenkId *alarm, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT a.code, a.raised_ms, l.received_ms, a.feed_id IS NOT NULL, a.status,"
    " a.taken_ms, a.closed_ms, a.device_id, ifnull (d.serial_key, a.serial), d.imei,"
    " a.dispensed_ms, a.dispensed_event, a.dispensed_feed_id,"
    " EXISTS (SELECT 1 FROM alarm_step e WHERE e.alarm_id = a.id"
    " AND e.kind = 'reopened' AND e.place = 'here')"
    " FROM alarm a LEFT JOIN device d ON d.id = a.device_id"
    " LEFT JOIN alarm_local l ON l.alarm_id = a.id WHERE a.id = ?",
    "i", alarm);
  BenkDispenseTarget *self;

  if (stmt == NULL || !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return NULL;
  self = g_new0 (BenkDispenseTarget, 1);
  self->code = benk_stmt_dup_text (stmt, 0);
  self->raised_ms = benk_stmt_get_int64 (stmt, 1);
  self->received_ms = benk_stmt_get_int64 (stmt, 2);
  self->has_feed = benk_stmt_get_int64 (stmt, 3) != 0;
  benk_alarm_status_from_name (benk_stmt_get_text (stmt, 4), &self->status);
  self->taken_ms = benk_stmt_get_int64 (stmt, 5);
  self->closed_ms = benk_stmt_get_int64 (stmt, 6);
  benk_stmt_get_id (stmt, 7, &self->device);
  if (!benk_stmt_is_null (stmt, 8))
    self->serial_key = benk_serial_normalise (benk_stmt_get_text (stmt, 8));
  self->imei = benk_stmt_dup_text (stmt, 9);
  self->dispensed_ms = benk_stmt_get_int64 (stmt, 10);
  self->event = benk_stmt_dup_text (stmt, 11);
  benk_stmt_get_id (stmt, 12, &self->feed);
  self->reopened_here = benk_stmt_get_int64 (stmt, 13) != 0;

  return self;
}

/**
 * benk_table_dispense_set_target:
 * @db: a connection with an open scope
 * @alarm: an alarm
 * @target: where it is, when it ended, and what was handed out
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_dispense_set_target (BenkDb *db,
                                const BenkId *alarm,
                                const BenkDispenseTarget *target,
                                GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE alarm SET status = ?2, closed_ms = ?3, dispensed_ms = ?4,"
           " dispensed_event = ?5, dispensed_feed_id = ?6 WHERE id = ?1",
           "itmmti", alarm, benk_alarm_status_to_name (target->status), target->closed_ms,
           target->dispensed_ms, target->event, &target->feed) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}
