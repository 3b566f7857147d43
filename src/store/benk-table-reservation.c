/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-reservation.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT v.id, v.device_id, v.person_id, p.reference, v.wanted_date,"                   \
  " CAST (julianday (v.wanted_date) - julianday (?1) AS INTEGER), v.made_ms,"            \
  " s.initials, d.model_id, d.serial, d.asset, d.state, w.name, d.person_id"             \
  " FROM reservation v JOIN device d ON d.id = v.device_id"                              \
  " LEFT JOIN person p ON p.id = v.person_id"                                            \
  " LEFT JOIN staff s ON s.id = v.staff_id"                                              \
  " LEFT JOIN place w ON w.id = d.place_id WHERE v.ended IS NULL"

static BenkReservation *
read_one (BenkStmt *stmt)
{
  BenkReservation *self = g_new0 (BenkReservation, 1);
  BenkId with;

  benk_stmt_get_id (stmt, 0, &self->id);
  benk_stmt_get_id (stmt, 1, &self->device);
  benk_stmt_get_id (stmt, 2, &self->person);
  self->reference = benk_stmt_dup_text (stmt, 3);
  self->wanted_date = benk_stmt_dup_text (stmt, 4);
  self->days = (int) benk_stmt_get_int64 (stmt, 5);
  self->made_ms = benk_stmt_get_int64 (stmt, 6);
  self->who = benk_stmt_dup_text (stmt, 7);
  self->model_id = benk_stmt_dup_text (stmt, 8);
  self->serial = benk_stmt_dup_text (stmt, 9);
  self->asset = benk_stmt_dup_text (stmt, 10);
  benk_device_state_from_name (benk_stmt_get_text (stmt, 11), &self->state);
  self->place_name = benk_stmt_dup_text (stmt, 12);
  benk_stmt_get_id (stmt, 13, &with);
  self->needs_device = benk_reservation_judge_need (self->state, &with, &self->person);

  return self;
}

static gboolean
check_device (BenkStmt *stmt, GError **error)
{
  BenkDeviceState state = BENK_DEVICE_STATE_SCRAPPED;

  benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &state);
  if (benk_stmt_get_int64 (stmt, 1) != 0)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("It is reserved already. Change that, or give it up."));
  else if (!benk_reservation_state_holds (state))
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("A device that is “%s” cannot be reserved."),
                 benk_device_state_get_label (state, TRUE));
  else if (benk_stmt_get_int64 (stmt, 2) != 0)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("It was joined to another row. Reserve that one."));
  else
    return TRUE;

  return FALSE;
}

/**
 * benk_table_reservation_check:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: whether it can be reserved; %FALSE with %BENK_ERROR_REFUSED in words, or
 *   another error
 */
gboolean
benk_table_reservation_check (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT d.state, " BENK_TABLE_RESERVATION_IS_OPEN
                       ", EXISTS (SELECT 1 FROM alias z"
                       " WHERE z.id = d.id AND z.kind = 'device' AND z.ended_ms IS NULL)"
                       " FROM device d WHERE d.id = ?",
                       "i", device);

  return stmt != NULL && benk_table_find (stmt, _ ("Device"), NULL, error) &&
         check_device (stmt, error);
}

/**
 * benk_table_reservation_make:
 * @db: a connection with an open scope
 * @device: a device
 * @person: for whom
 * @wanted_date: the day it is wanted, "YYYY-MM-DD"
 * @error: return location for an error
 *
 * Keeps a device for a user. It has one reservation at a time.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED in words, or another error
 */
gboolean
benk_table_reservation_make (BenkDb *db,
                             const BenkId *device,
                             const BenkId *person,
                             const char *wanted_date,
                             GError **error)
{
  const BenkId *staff;
  BenkId id;

  if (!benk_scope_require (db, error) ||
      !benk_table_reservation_check (db, device, error))
    return FALSE;
  staff = &benk_scope_get_change (benk_scope_get_current (db))->actor_staff;
  id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (db, error,
                            "INSERT INTO reservation (id, device_id, person_id,"
                            " wanted_date, made_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?)",
                            "iiitni", &id, device, person, wanted_date,
                            benk_db_get_wall_ms (db), staff);
}

static gboolean
require_open (BenkDb *db, GError **error)
{
  if (benk_db_get_changes (db) > 0)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                       _ ("The device is not reserved."));
  return FALSE;
}

/**
 * benk_table_reservation_change:
 * @db: a connection with an open scope
 * @device: a device that is reserved
 * @person: for whom instead; nil leaves it
 * @wanted_date: (nullable): the day it is wanted instead; %NULL leaves it
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if it is not reserved, or another error
 */
gboolean
benk_table_reservation_change (BenkDb *db,
                               const BenkId *device,
                               const BenkId *person,
                               const char *wanted_date,
                               GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE reservation SET person_id = ifnull (?2, person_id),"
                            " wanted_date = ifnull (?3, wanted_date)"
                            " WHERE device_id = ?1 AND ended IS NULL",
                            "iit", device, person, wanted_date) &&
         require_open (db, error);
}

/**
 * benk_table_reservation_give_up:
 * @db: a connection with an open scope
 * @device: a device that is reserved
 * @error: return location for an error
 *
 * Ends a reservation that came to nothing.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if it is not reserved, or another error
 */
gboolean
benk_table_reservation_give_up (BenkDb *db, const BenkId *device, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE reservation SET ended = 'given-up', ended_ms = ?2"
                            " WHERE device_id = ?1 AND ended IS NULL",
                            "in", device, benk_db_get_wall_ms (db)) &&
         require_open (db, error);
}

/**
 * benk_table_reservation_follow:
 * @db: a connection with an open scope
 * @device: a device
 * @to: the state that it was given
 * @error: return location for an error
 *
 * Ends the reservation of a device that is with the user now for whom it was kept. One
 * that went to somebody else leaves its reservation open: they need another.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_reservation_follow (BenkDb *db,
                               const BenkId *device,
                               BenkDeviceState to,
                               GError **error)
{
  if (!benk_reservation_is_used (to))
    return TRUE;

  return benk_table_change (db, error,
                            "UPDATE reservation SET ended = 'used', ended_ms = ?2"
                            " WHERE device_id = ?1 AND ended IS NULL AND person_id ="
                            " (SELECT person_id FROM device WHERE id = ?1)",
                            "in", device, benk_db_get_wall_ms (db));
}

/**
 * benk_table_reservation_find:
 * @db: a connection
 * @device: a device
 * @today: the local date, "YYYY-MM-DD"
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its reservation; %NULL without @error if it has
 *   none
 */
BenkReservation *
benk_table_reservation_find (BenkDb *db,
                             const BenkId *device,
                             const char *today,
                             GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " AND v.device_id = ?2 ORDER BY v.id LIMIT 1", "ti",
                       today, device);

  return stmt != NULL && benk_stmt_step (stmt, error) ? read_one (stmt) : NULL;
}

/**
 * benk_table_reservation_is_for_other:
 * @db: a connection
 * @device: a device
 * @person: whom it is to go to; nil = nobody yet
 * @out_other: (out): whether it is kept for somebody else
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_reservation_is_for_other (BenkDb *db,
                                     const BenkId *device,
                                     const BenkId *person,
                                     gboolean *out_other,
                                     GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, &local,
                       "SELECT 1 FROM reservation WHERE device_id = ?1 AND ended IS NULL"
                       " AND ?2 IS NOT NULL AND person_id IS NOT ?2",
                       "ii", device, person);

  *out_other = stmt != NULL && benk_stmt_step (stmt, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_table_reservation_count:
 * @db: a connection
 * @out_n: (out): how many devices are kept for somebody
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_reservation_count (BenkDb *db, guint *out_n, GError **error)
{
  gint64 n;

  if (!benk_db_get_int64 (db,
                          "SELECT count (DISTINCT device_id) FROM reservation"
                          " WHERE ended IS NULL",
                          &n, error))
    return FALSE;
  *out_n = (guint) n;

  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return benk_reservation_compare (*(gpointer const *) a, *(gpointer const *) b);
}

/**
 * benk_table_reservation_list:
 * @db: a connection
 * @today: the local date, "YYYY-MM-DD"
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkReservation): every open reservation, what
 *   has to be done first in front, or %NULL with @error set
 */
GPtrArray *
benk_table_reservation_list (BenkDb *db, const char *today, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_reservation_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (db, &local, SELECT_SQL, "t", today);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (list, read_one (stmt));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  g_ptr_array_sort (list, compare);

  return g_steal_pointer (&list);
}
