/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-staff.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-private.h"

#define SELECT_SQL "SELECT id, initials, name, account FROM staff"

static gpointer
read_staff (BenkStmt *stmt)
{
  BenkStaff *staff = benk_staff_new ();
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_staff_set_id (staff, &id);
  benk_staff_set_initials (staff, benk_stmt_get_text (stmt, 1));
  benk_staff_set_name (staff, benk_stmt_get_text (stmt, 2));
  benk_staff_set_account (staff, benk_stmt_get_text (stmt, 3));

  return staff;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * benk_table_staff_insert:
 * @db: a connection with an open scope
 * @staff: a person at the keyboard; an id that is nil is set
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_staff_insert (BenkDb *db, BenkStaff *staff, GError **error)
{
  if (benk_id_is_nil (benk_staff_get_id (staff)))
    {
      BenkId id = benk_id_new (benk_db_get_clock (db));

      benk_staff_set_id (staff, &id);
    }

  return benk_table_change (
    db, error, "INSERT INTO staff (id, initials, name, account) VALUES (?, ?, ?, ?)",
    "ittt", benk_staff_get_id (staff), or_empty (benk_staff_get_initials (staff)),
    or_empty (benk_staff_get_name (staff)), or_empty (benk_staff_get_account (staff)));
}

/**
 * benk_table_staff_update:
 * @db: a connection with an open scope
 * @staff: a person at the keyboard with new values
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_staff_update (BenkDb *db, BenkStaff *staff, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE staff SET initials = ?2, name = ?3, account = ?4 WHERE id = ?1",
           "ittt", benk_staff_get_id (staff), or_empty (benk_staff_get_initials (staff)),
           or_empty (benk_staff_get_name (staff)),
           or_empty (benk_staff_get_account (staff))) &&
         benk_table_require_change (db, _ ("The person"), error);
}

/**
 * benk_table_staff_erase:
 * @db: a connection with an open scope
 * @id: a person at the keyboard
 * @error: return location for an error
 *
 * Deletes who it was; the journal keeps that it was the same one.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_staff_erase (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error, "DELETE FROM staff WHERE id = ?", "i", id) &&
         benk_table_require_change (db, _ ("The person"), error);
}

static BenkStaff *
get_one (BenkStmt *stmt, GError **error)
{
  return stmt != NULL && benk_stmt_step (stmt, error) ? read_staff (stmt) : NULL;
}

/**
 * benk_table_staff_find:
 * @db: a connection
 * @initials: the short sign; case does not matter in A to Z
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the person; %NULL without @error if there is none
 */
BenkStaff *
benk_table_staff_find (BenkDb *db, const char *initials, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE initials = ?1 COLLATE NOCASE ORDER BY initials <> ?1, id LIMIT 1",
    "t", initials);

  return get_one (stmt, error);
}

/**
 * benk_table_staff_get:
 * @db: a connection
 * @id: a person at the keyboard
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the person; %NULL without @error if erased
 */
BenkStaff *
benk_table_staff_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE id = ?", "i", id);

  return get_one (stmt, error);
}

/**
 * benk_table_staff_list:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkStaff): everybody, by initials
 */
GPtrArray *
benk_table_staff_list (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " ORDER BY initials, id", "");

  return benk_table_read_all (stmt, read_staff, error);
}
