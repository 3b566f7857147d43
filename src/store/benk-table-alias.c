/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alias.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-state.h"
#include "benk-table-private.h"
#include "benk-undo-check.h"

#define FAIL(error, words)                                                               \
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, words)

static gboolean
has_row (
  BenkDb *db, const char *sql, const BenkId *device, gboolean *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (db, &local, sql, "i", device);

  *found = stmt != NULL && benk_stmt_step (stmt, &local);

  return benk_table_ended (stmt, &local, error);
}

/* A row that goes out of sight must not take with it what somebody waits for. */
static gboolean
check_leaves_nothing (BenkDb *db, const BenkId *device, GError **error)
{
  const struct
  {
    const char *sql;
    const char *words;
  } rules[] = {
    { "SELECT 1 FROM device WHERE id = ? AND person_id IS NOT NULL",
      N_ ("The row that would go is with a user. Keep that one, or unlink the user.") },
    { "SELECT 1 FROM alarm WHERE device_id = ? AND status IN ('new', 'taken')",
      N_ ("The row that would go has open alarms. Keep that one, or close them.") },
    { "SELECT 1 FROM return_case WHERE device_id = ?"
      " AND state NOT IN ('closed', 'cancelled')",
      N_ ("The row that would go has an open return. Keep that one, or end it.") },
    { "SELECT 1 FROM reservation WHERE device_id = ? AND ended IS NULL",
      N_ ("The row that would go is reserved. Keep that one, or end that.") },
    { "SELECT 1 FROM alias WHERE target_id = ? AND kind = 'device' AND ended_ms IS NULL",
      N_ ("Another row was joined to the one that would go. Take those apart first.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gboolean found;

      if (!has_row (db, rules[i].sql, device, &found, error))
        return FALSE;
      if (found)
        {
          FAIL (error, _ (rules[i].words));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_same_model (BenkDb *db, const BenkId *device, const BenkId *target, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, &local,
    "SELECT a.model_id IS b.model_id FROM device a, device b WHERE a.id = ? AND b.id = ?",
    "ii", device, target);
  gboolean same = FALSE;

  if (stmt != NULL && benk_table_find (stmt, _ ("Device"), NULL, &local))
    {
      same = benk_stmt_get_int64 (stmt, 0) != 0;
      if (!same)
        FAIL (&local, _ ("These are two models. One device is of one model."));
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return same;
}

/**
 * benk_table_alias_join:
 * @db: a connection with an open scope
 * @device: the row that goes out of sight
 * @target: the row that stays and stands for both
 * @error: return location for an error
 *
 * Says that two rows are one device. Nothing is moved: what was done with @device stays
 * its own and comes back with benk_table_alias_part(). A proof of @device does not speak
 * for @target.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED in words, or another error
 */
gboolean
benk_table_alias_join (BenkDb *db,
                       const BenkId *device,
                       const BenkId *target,
                       GError **error)
{
  BenkId stands_for;

  if (benk_id_equal (device, target))
    {
      FAIL (error, _ ("This is one row already."));
      return FALSE;
    }
  if (!check_same_model (db, device, target, error) ||
      !check_leaves_nothing (db, device, error) ||
      !benk_table_alias_resolve (db, target, &stands_for, error))
    return FALSE;
  if (!benk_id_equal (&stands_for, target))
    {
      FAIL (error, _ ("The row that would stay was joined to another. Choose that one."));
      return FALSE;
    }

  return benk_table_change (db, error,
                            "INSERT INTO alias (id, kind, target_id, made_ms)"
                            " VALUES (?1, 'device', ?2, ?3) ON CONFLICT (id) DO UPDATE"
                            " SET kind = excluded.kind, target_id = excluded.target_id,"
                            " made_ms = excluded.made_ms, ended_ms = NULL",
                            "iin", device, target, benk_db_get_wall_ms (db));
}

/**
 * benk_table_alias_part:
 * @db: a connection with an open scope
 * @device: a row that was joined to another
 * @error: return location for an error
 *
 * Takes two rows apart again.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if it is joined to none, with
 *   %BENK_ERROR_REFUSED if its numbers are another device's meanwhile, or another error
 */
gboolean
benk_table_alias_part (BenkDb *db, const BenkId *device, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE alias SET ended_ms = ?2 WHERE id = ?1"
                            " AND kind = 'device' AND ended_ms IS NULL",
                            "in", device, benk_db_get_wall_ms (db)) &&
         benk_table_require_change (db, _ ("Alias"), error) &&
         benk_undo_check_device (db, device, error);
}

/**
 * benk_table_alias_resolve:
 * @db: a connection
 * @device: a device
 * @out_target: (out): the row that it was joined to; @device itself if to none
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alias_resolve (BenkDb *db,
                          const BenkId *device,
                          BenkId *out_target,
                          GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, &local,
                       "SELECT target_id FROM alias WHERE id = ? AND kind = 'device'"
                       " AND ended_ms IS NULL",
                       "i", device);

  *out_target = *device;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, out_target);

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_alias_check_visible:
 * @db: a connection with an open scope
 * @device: a device
 * @error: return location for an error
 *
 * What somebody waits for must not hang on a row that is shown nowhere.
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT if it was joined to another row, or another
 *   error
 */
gboolean
benk_table_alias_check_visible (BenkDb *db, const BenkId *device, GError **error)
{
  BenkId target;

  if (!benk_table_alias_resolve (db, device, &target, error))
    return FALSE;
  if (benk_id_equal (device, &target))
    return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("This row was joined to another one, which stands for both."));
  return FALSE;
}

/**
 * benk_table_alias_list:
 * @db: a connection
 * @target: a device
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkId): the rows that were joined to it, or
 *   %NULL with @error set
 */
GArray *
benk_table_alias_list (BenkDb *db, const BenkId *target, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, &local,
                       "SELECT id FROM alias WHERE target_id = ? AND kind = 'device'"
                       " AND ended_ms IS NULL ORDER BY made_ms, id",
                       "i", target);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkId id;

      benk_stmt_get_id (stmt, 0, &id);
      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return g_steal_pointer (&ids);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
