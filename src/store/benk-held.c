/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-held.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-changeset.h"
#include "benk-orphan.h"
#include "benk-plan.h"
#include "benk-schema.h"

void
benk_held_free (BenkHeld *self)
{
  if (self == NULL)
    return;

  g_free (self->table);
  g_free (self->label);
  g_free (self->who);
  g_free (self);
}

/**
 * benk_held_to_string:
 *
 * Returns: (transfer full): the row and the later change: "M-1042: Moved, change 12, KA,
 *   2026-03-02 08:00"
 */
char *
benk_held_to_string (const BenkHeld *self)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (self->wall_ms / 1000);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) local = at != NULL ? g_date_time_to_timezone (at, zone) : NULL;
  g_autofree char *when = NULL;

  if (self->seq == 0)
    return g_strdup_printf (_ ("%s: changed, but not by the change log"), self->label);

  when = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("?");

  /* Translators: a device, what was done to it later, number, who, when. */
  return g_strdup_printf (_ ("%s: %s, change %d, %s, %s"), self->label,
                          benk_verb_get_label (self->verb), (int) self->seq, self->who,
                          when);
}

static gboolean
is_listed (GPtrArray *held, const char *table, const BenkId *row)
{
  for (guint i = 0; i < held->len; i++)
    {
      const BenkHeld *one = g_ptr_array_index (held, i);

      if (benk_id_equal (&one->row, row) && g_strcmp0 (one->table, table) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_label (BenkDb *db, BenkHeld *held, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT serial FROM device WHERE id = ?1 UNION ALL"
                     " SELECT d.serial FROM alias a JOIN device d ON d.id = a.target_id"
                     " WHERE a.id = ?1",
                     error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_id (stmt, 1, &held->row);
  if (benk_stmt_step (stmt, &local))
    held->label = benk_stmt_dup_text (stmt, 0);
  else
    held->label = g_strdup (held->table);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_later (BenkDb *db, BenkHeld *held, gint64 after, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (
    db,
    "SELECT j.seq, j.wall_ms, j.verb, j.staff, coalesce (s.initials, j.account) FROM "
    "touch t "
    "JOIN journal j ON j.site = (SELECT site FROM store) AND j.seq = t.seq "
    "LEFT JOIN staff s ON s.id = j.staff "
    "WHERE t.tbl = ? AND t.row_id = ? AND t.seq > ? ORDER BY t.seq DESC LIMIT 1",
    error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_text (stmt, 1, held->table);
  benk_stmt_bind_id (stmt, 2, &held->row);
  benk_stmt_bind_int64 (stmt, 3, after);
  if (benk_stmt_step (stmt, &local))
    {
      held->seq = benk_stmt_get_int64 (stmt, 0);
      held->wall_ms = benk_stmt_get_int64 (stmt, 1);
      benk_verb_from_name (benk_stmt_get_text (stmt, 2), &held->verb);
      benk_stmt_get_id (stmt, 3, &held->staff);
      held->who = benk_stmt_dup_text (stmt, 4);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*< private >
 * benk_held_add:
 * @after: the row that is to be undone
 * @held: (element-type BenkHeld): gets the row with its newest change after @after
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_held_add (BenkDb *db,
               const char *table,
               const BenkId *row,
               gint64 after,
               GPtrArray *held,
               GError **error)
{
  BenkHeld *one;

  if (is_listed (held, table, row))
    return TRUE;

  one = g_new0 (BenkHeld, 1);
  one->table = g_strdup (table != NULL ? table : "");
  one->row = *row;
  g_ptr_array_add (held, one);

  return read_label (db, one, error) && read_later (db, one, after, error);
}

typedef struct
{
  BenkStmt *stmt;
  guint n;
} Removed;

static gboolean
note_removed (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Removed *removed = data;
  const BenkTableInfo *info = benk_schema_find_table (op->table);

  /* The row of an alias has the id of the device that it is about, which stays. */
  if (op->op != SQLITE_DELETE || (info != NULL && info->fact) ||
      g_strcmp0 (op->table, "alias") == 0)
    return TRUE;

  removed->n++;
  benk_stmt_bind_id (removed->stmt, 1, &op->row);
  return benk_stmt_run (removed->stmt, error);
}

typedef struct
{
  gint64 after;
  GPtrArray *held;
} Search;

static gboolean
find_in_column (
  BenkDb *db, const char *table, const char *column, gpointer data, GError **error)
{
  Search *search = data;
  g_autofree char *sql = g_strdup_printf (
    "SELECT id FROM \"%s\" WHERE \"%s\" IN (SELECT id FROM temp.removed)", table, column);
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (benk_stmt_step (stmt, &local))
    {
      BenkId row;

      benk_stmt_get_id (stmt, 0, &row);
      if (!benk_held_add (db, table, &row, search->after, search->held, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*< private >
 * benk_held_find_dependents:
 * @inverse: the changeset that was just applied
 *
 * Finds the rows that still point at a row that is gone.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_held_find_dependents (
  BenkDb *db, GBytes *inverse, gint64 after, GPtrArray *held, GError **error)
{
  Removed removed = { 0 };
  Search search = { after, held };
  g_autoptr (BenkStmt) stmt = NULL;

  if (!benk_db_exec (db, "CREATE TEMP TABLE IF NOT EXISTS removed (id BLOB PRIMARY KEY)",
                     error) ||
      !benk_db_exec (db, "DELETE FROM temp.removed", error))
    return FALSE;

  stmt =
    benk_db_prepare (db, "INSERT OR IGNORE INTO temp.removed (id) VALUES (?)", error);
  if (stmt == NULL)
    return FALSE;

  removed.stmt = stmt;
  if (!benk_changeset_walk (inverse, note_removed, &removed, error))
    return FALSE;

  /* What hides a row of device has the id of that row. */
  return removed.n == 0 ||
         (benk_orphan_each_pointer (db, find_in_column, &search, error) &&
          find_in_column (db, "alias", "id", &search, error));
}
