/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/* 'i' const BenkId *, 't' const char *, 'n' gint64, 'm' gint64 that is NULL when 0,
 * 'b' GBytes *. */
static void
bind_all (BenkStmt *stmt, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      gint64 number;

      switch (types[i])
        {
        case 'i':
          benk_stmt_bind_id (stmt, i + 1, va_arg (args, const BenkId *));
          break;
        case 't':
          benk_stmt_bind_text (stmt, i + 1, va_arg (args, const char *));
          break;
        case 'n':
          benk_stmt_bind_int64 (stmt, i + 1, va_arg (args, gint64));
          break;
        case 'm':
          number = va_arg (args, gint64);
          if (number != 0)
            benk_stmt_bind_int64 (stmt, i + 1, number);
          else
            benk_stmt_bind_null (stmt, i + 1);
          break;
        case 'b':
          benk_stmt_bind_bytes (stmt, i + 1, va_arg (args, GBytes *));
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static gboolean
run (BenkDb *db, const char *sql, const char *types, va_list args, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_all (stmt, types, args);

  return benk_stmt_run (stmt, error);
}

/*< private >
 * benk_table_change:
 * @types: one letter a parameter: i id, t text, n number, m instant (0 is NULL), b bytes
 *
 * Changes a journalled or personal table, in an open scope only.
 */
gboolean
benk_table_change (BenkDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  gboolean done;

  if (!benk_scope_require (db, error))
    return FALSE;

  va_start (args, types);
  done = run (db, sql, types, args, error);
  va_end (args);

  return done;
}

/*< private >
 * benk_table_change_local:
 *
 * Changes a local table; needs no scope.
 */
gboolean
benk_table_change_local (
  BenkDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  gboolean done;

  va_start (args, types);
  done = run (db, sql, types, args, error);
  va_end (args);

  return done;
}

/*< private >
 * benk_table_select:
 *
 * Returns: (transfer full): the statement with its parameters bound, not stepped yet
 */
BenkStmt *
benk_table_select (BenkDb *db, GError **error, const char *sql, const char *types, ...)
{
  BenkStmt *stmt = benk_db_prepare (db, sql, error);
  va_list args;

  if (stmt == NULL)
    return NULL;

  va_start (args, types);
  bind_all (stmt, types, args);
  va_end (args);

  return stmt;
}

/*< private >
 * benk_table_find:
 * @what: "Device", "Alarm" …, already translated
 * @which: (nullable): what was looked for, in words
 *
 * Steps to the one row; %BENK_ERROR_NOT_FOUND in words if there is none.
 */
gboolean
benk_table_find (BenkStmt *stmt, const char *what, const char *which, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (benk_stmt_step (stmt, &local))
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (which != NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 /* Translators: the kind of thing, then what was looked for. */
                 _ ("%s “%s” is not registered."), what, which);
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("%s is not registered."),
                 what);
  return FALSE;
}

/*< private >
 * benk_table_ended:
 * @stmt: (nullable): what was stepped; %NULL with an error set already
 * @local: (inout): how the steps ended; taken over
 *
 * Half of the rows are no answer: whoever reads asks this at the end.
 *
 * Returns: whether there was no other row; else @error is set
 */
gboolean
benk_table_ended (BenkStmt *stmt, GError **local, GError **error)
{
  if (*local == NULL)
    return stmt != NULL;

  g_propagate_error (error, g_steal_pointer (local));
  return FALSE;
}

/*< private >
 * benk_table_read_all:
 * @stmt: (nullable): a statement with its parameters bound; %NULL with @error set already
 * @read: makes an object of a row
 *
 * Returns: (transfer container): an object a row, or %NULL with @error set
 */
GPtrArray *
benk_table_read_all (BenkStmt *stmt, gpointer (*read) (BenkStmt *), GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (rows, read (stmt));

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&rows) : NULL;
}

/*< private >
 * benk_table_get_person:
 * @device: (nullable): a device, or nil
 * @out_person: (out): its user, or else its last one; nil if there was none
 *
 * Whom a note about a device may be about. What is written after a device came back may
 * still be about who had it.
 */
gboolean
benk_table_get_person (BenkDb *db,
                       const BenkId *device,
                       BenkId *out_person,
                       GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT person_id FROM device WHERE id = ?", "i",
                       device);

  *out_person = BENK_ID_NIL;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, out_person);

  return benk_table_ended (stmt, &local, error);
}

/*< private >
 * benk_table_require_change:
 *
 * After an UPDATE by id: the row must have been there.
 */
gboolean
benk_table_require_change (BenkDb *db, const char *what, GError **error)
{
  if (benk_db_get_changes (db) > 0)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("%s is not registered."),
               what);
  return FALSE;
}
