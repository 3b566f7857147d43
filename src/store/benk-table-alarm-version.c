/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm-version.h"

#include "benk-table-private.h"

/**
 * benk_alarm_version_free:
 * @self: (nullable) (transfer full): a version
 */
void
benk_alarm_version_free (BenkAlarmVersion *self)
{
  if (self == NULL)
    return;

  g_free (self->version);
  g_free (self->status);
  g_free (self);
}

static gpointer
read_version (BenkStmt *stmt)
{
  BenkAlarmVersion *self = g_new0 (BenkAlarmVersion, 1);

  self->seq = benk_stmt_get_int64 (stmt, 0);
  benk_stmt_get_id (stmt, 1, &self->feed);
  self->version = benk_stmt_dup_text (stmt, 2);
  self->updated_ms = benk_stmt_get_int64 (stmt, 3);
  self->status = benk_stmt_dup_text (stmt, 4);
  self->taken_ms = benk_stmt_get_int64 (stmt, 5);

  return self;
}

/**
 * benk_table_alarm_version_add:
 * @db: a connection
 * @alarm: an alarm
 * @version: what a source told; its seq is given here
 * @known: (out): whether it had been told before
 * @error: return location for an error
 *
 * Keeps that a version was told. One that is known stays as it is.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_version_add (BenkDb *db,
                              const BenkId *alarm,
                              const BenkAlarmVersion *version,
                              gboolean *known,
                              GError **error)
{
  if (!benk_table_change_local (
        db, error,
        "INSERT INTO alarm_version (alarm_id, feed_id, version, updated_ms, status,"
        " taken_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (alarm_id, feed_id, version) DO NOTHING",
        "iitntm", alarm, &version->feed, version->version, version->updated_ms,
        version->status, version->taken_ms))
    return FALSE;
  *known = benk_db_get_changes (db) == 0;

  return TRUE;
}

/**
 * benk_table_alarm_version_list:
 * @db: a connection
 * @alarm: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarmVersion): what was told of it, in
 *   the order of arrival
 */
GPtrArray *
benk_table_alarm_version_list (BenkDb *db, const BenkId *alarm, GError **error)
{
  g_autoptr (GPtrArray) versions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_alarm_version_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT seq, feed_id, version, updated_ms, status, taken_ms FROM alarm_version"
    " WHERE alarm_id = ? ORDER BY seq",
    "i", alarm);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (versions, read_version (stmt));

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&versions) : NULL;
}

/**
 * benk_table_alarm_version_forget:
 * @db: a connection
 * @alarm: an alarm that is not there any more
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_version_forget (BenkDb *db, const BenkId *alarm, GError **error)
{
  return benk_table_change_local (db, error,
                                  "DELETE FROM alarm_version WHERE alarm_id = ?", "i",
                                  alarm);
}
