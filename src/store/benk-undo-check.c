/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-undo-check.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-changeset.h"
#include "benk-model-kind.h"
#include "benk-table-model.h"
#include "benk-table-placement.h"

/* What was free or nobody's when a change was made may not be so any more when it is
 * taken back: the rules that hold for a change hold for what comes back as well. */

#define ACTIVE "('trial', 'operation', 'paused')"
#define MAY_HAVE_USER                                                                    \
  "('preparing', 'ready', 'trial', 'operation', 'paused', 'to-collect', 'quarantine',"   \
  " 'faulty')"
#define HIDDEN "(SELECT a.id FROM alias a WHERE a.kind = 'device' AND a.ended_ms IS NULL)"
#define BACK " FROM temp.back b JOIN device d ON d.id = b.id "
#define OTHER(column)                                                                    \
  "SELECT d.serial" BACK "WHERE d.id NOT IN " HIDDEN " AND EXISTS (SELECT 1 FROM device" \
  " o WHERE o." column " = d." column " AND o.id <> d.id AND o.id NOT IN " HIDDEN ")"

static const struct
{
  const char *sql; /* names a device, or nothing */
  const char *words;
} rules[] = {
  { "SELECT d.serial" BACK "WHERE d.id NOT IN " HIDDEN
    " AND d.twin = 0 AND EXISTS (SELECT 1 FROM device o"
    " WHERE o.serial_key = d.serial_key AND o.model_id = d.model_id AND o.id <> d.id"
    " AND o.twin = 0 AND o.id NOT IN " HIDDEN ")",
    N_ ("%s: another device is registered with this serial number meanwhile.") },
  { OTHER ("imei"), N_ ("%s: another device has its IMEI meanwhile.") },
  { OTHER ("asset"), N_ ("%s: another device has its asset number meanwhile.") },
  { "SELECT d.serial" BACK "WHERE d.person_id NOT NULL AND d.state NOT IN " MAY_HAVE_USER,
    N_ ("%s: in its state it cannot be with a user any more.") },
  { "SELECT d.serial" BACK "WHERE d.person_id NOT NULL AND d.state IN " ACTIVE
    " AND NOT EXISTS (SELECT 1 FROM placement p WHERE p.device_id = d.id"
    " AND p.person_id = d.person_id AND p.to_ms IS NULL)",
    N_ ("%s: it has come to another user meanwhile.") },
  { "SELECT d.serial" BACK "JOIN alias y ON y.id = d.id AND y.kind = 'device'"
    " AND y.ended_ms IS NULL WHERE d.person_id NOT NULL"
    " OR y.target_id IN " HIDDEN
    " OR EXISTS (SELECT 1 FROM alias z WHERE z.target_id = d.id AND z.kind = 'device'"
    " AND z.ended_ms IS NULL)"
    " OR EXISTS (SELECT 1 FROM alarm l WHERE l.device_id = d.id"
    " AND l.status IN ('new', 'taken'))"
    " OR EXISTS (SELECT 1 FROM return_case r WHERE r.device_id = d.id"
    " AND r.state NOT IN ('closed', 'cancelled'))"
    " OR EXISTS (SELECT 1 FROM reservation v WHERE v.device_id = d.id"
    " AND v.ended IS NULL)",
    N_ ("%s: the row that would go out of sight is in use meanwhile.") },
  { "SELECT d.serial" BACK "WHERE (SELECT count (*) FROM reservation v"
    " WHERE v.device_id = d.id AND v.ended IS NULL) > 1",
    N_ ("%s: it is reserved for somebody else meanwhile.") },
  { "SELECT min ('') FROM stocktake WHERE ended_ms IS NULL HAVING count (*) > 1",
    N_ ("%sAnother count goes on meanwhile.") },
  { "SELECT '' FROM stock_limit GROUP BY model_id, place_id HAVING count (*) > 1",
    N_ ("%sAnother limit is set meanwhile.") },
  { "SELECT min ('') FROM duty_team GROUP BY place_id HAVING count (*) > 1"
    " UNION ALL SELECT min ('') FROM duty_team WHERE trial <> 0 HAVING count (*) > 1",
    N_ ("%sThe duties have been set in another way meanwhile.") },
};

/* The devices that stand again as they were before: by their own rows, by those of what
 * hangs on them, by an alias, which has the id of the device that it hides. */
static gboolean
note_back (const BenkChangesetOp *op, gpointer data, GError **error)
{
  BenkStmt *stmt = data;

  if (g_strcmp0 (op->table, "reservation") != 0 && g_strcmp0 (op->table, "alias") != 0 &&
      (op->op == SQLITE_INSERT || g_strcmp0 (op->table, "device") != 0))
    return TRUE;

  benk_stmt_bind_id (stmt, 1, &op->row);
  return benk_stmt_run (stmt, error);
}

static void
refuse (const char *words, const char *serial, GError **error)
{
  g_autoptr (GString) text = g_string_new (words);

  g_string_replace (text, "%s", serial, 1);
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s %s",
               _ ("This cannot be undone."), text->str);
}

static gboolean
check_rule (BenkDb *db, gsize rule, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, rules[rule].sql, error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    refuse (g_dgettext (GETTEXT_PACKAGE, rules[rule].words), benk_stmt_get_text (stmt, 0),
            &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Equipment that gives no doses may stand beside any other. */
static gboolean
check_one_active (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT d.id, d.person_id, d.model_id, d.serial" BACK
                     "WHERE d.state IN " ACTIVE
                     " AND EXISTS (SELECT 1 FROM device o WHERE o.person_id = d.person_id"
                     " AND o.id <> d.id AND o.state IN " ACTIVE ")",
                     error);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && local == NULL && benk_stmt_step (stmt, &local))
    {
      BenkModelKind kind;
      BenkId device, person;

      benk_stmt_get_id (stmt, 0, &device);
      benk_stmt_get_id (stmt, 1, &person);
      if (benk_table_model_get_kind (db, benk_stmt_get_text (stmt, 2), &kind, &local) &&
          benk_model_kind_gives_doses (kind) &&
          benk_table_placement_is_active (db, &person, &device, NULL, &local))
        refuse (_ ("%s: its user has another active device meanwhile."),
                benk_stmt_get_text (stmt, 3), &local);
    }
  if (local == NULL)
    return stmt != NULL;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static BenkStmt *
begin (BenkDb *db, GError **error)
{
  if (!benk_db_exec (db,
                     "CREATE TEMP TABLE IF NOT EXISTS back (id BLOB PRIMARY KEY);"
                     "DELETE FROM temp.back",
                     error))
    return NULL;

  return benk_db_prepare (
    db,
    "INSERT OR IGNORE INTO temp.back (id)"
    " SELECT ifnull ((SELECT v.device_id FROM reservation v WHERE v.id = ?1), ?1)",
    error);
}

static gboolean
check_rules (BenkDb *db, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!check_rule (db, i, error))
      return FALSE;

  return check_one_active (db, error);
}

/*< private >
 * benk_undo_check:
 * @db: a connection with an open scope, in which a change was taken back
 * @undone: the changeset of that change
 *
 * Asks whether what stands again may stand beside what was done since.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED in words, or another error
 */
gboolean
benk_undo_check (BenkDb *db, GBytes *undone, GError **error)
{
  g_autoptr (BenkStmt) stmt = begin (db, error);

  return stmt != NULL && benk_changeset_walk (undone, note_back, stmt, error) &&
         check_rules (db, error);
}

/*< private >
 * benk_undo_check_device:
 * @db: a connection with an open scope
 * @device: a device that came back into sight in it
 *
 * As benk_undo_check(), for one device.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED in words, or another error
 */
gboolean
benk_undo_check_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt = begin (db, error);

  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_id (stmt, 1, device);

  return benk_stmt_run (stmt, error) && check_rules (db, error);
}
