/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-accessory.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-changeset.h"
#include "benk-lifecycle.h"
#include "benk-table-private.h"

/* What the column "present" holds; another number is a word of a later program. */
enum
{
  PRESENT_NOT_LOOKED_AT = -1,
  PRESENT_MISSING = 0,
  PRESENT_THERE = 1,
};

/* Of each device and kind the newest row counts. */
#define IN_ORDER " ORDER BY " BENK_TABLE_ROW_SEQ ("accessory", "a") ", a.id"

static BenkAccessoryStatus
to_status (gint64 present)
{
  if (present == PRESENT_MISSING)
    return BENK_ACCESSORY_MISSING;

  return present == PRESENT_THERE ? BENK_ACCESSORY_THERE : BENK_ACCESSORY_NOT_LOOKED_AT;
}

static BenkAccessoryStatus
get_status (BenkStmt *stmt, int column)
{
  return to_status (benk_stmt_get_int64 (stmt, column));
}

/*< private >
 * benk_table_accessory_say:
 * @present: what a row holds
 *
 * Returns: (transfer none): it for a person, translated
 */
const char *
benk_table_accessory_say (gint64 present)
{
  return benk_accessory_status_get_label (to_status (present));
}

/**
 * benk_table_accessory_insert:
 * @db: a connection with an open scope
 * @device: a device
 * @kind: a kind, as in the file of its model
 * @status: what is known of it now
 * @error: return location for an error
 *
 * Says how an accessory stands; what was said before stays in the history.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_accessory_insert (BenkDb *db,
                             const BenkId *device,
                             const char *kind,
                             BenkAccessoryStatus status,
                             GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  gint64 present = status == BENK_ACCESSORY_THERE     ? PRESENT_THERE
                   : status == BENK_ACCESSORY_MISSING ? PRESENT_MISSING
                                                      : PRESENT_NOT_LOOKED_AT;

  if (!benk_scope_require (db, error))
    return FALSE;

  return benk_table_change (
    db, error,
    "INSERT INTO accessory (id, device_id, kind, present, at_ms, staff_id)"
    " VALUES (?, ?, ?, ?, ?, ?)",
    "iitnni", &id, device, kind, present, benk_db_get_wall_ms (db),
    &benk_scope_get_change (benk_scope_get_current (db))->actor_staff);
}

/**
 * benk_table_accessory_feed:
 * @db: a connection
 * @device: a device
 * @list: gets what was said of each kind
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_accessory_feed (BenkDb *db,
                           const BenkId *device,
                           BenkAccessoryList *list,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT a.kind, a.present, " BENK_TABLE_ROW_SEQ (
                         "accessory",
                         "a") " FROM accessory a WHERE a.device_id = ?" IN_ORDER,
                       "i", device);
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    benk_accessory_list_add_word (list, benk_stmt_get_text (stmt, 0),
                                  get_status (stmt, 1), benk_stmt_get_int64 (stmt, 2));

  return benk_table_ended (stmt, &local, error);
}

static gboolean
read_missing (BenkDb *db, const BenkId *device, GPtrArray *kinds, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GHashTable) missing =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error, "SELECT a.kind, a.present FROM accessory a WHERE a.device_id = ?" IN_ORDER,
    "i", device);
  GHashTableIter iter;
  gpointer kind;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    if (get_status (stmt, 1) == BENK_ACCESSORY_MISSING)
      g_hash_table_add (missing, benk_stmt_dup_text (stmt, 0));
    else
      g_hash_table_remove (missing, benk_stmt_get_text (stmt, 0));
  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    g_ptr_array_add (kinds, g_strdup (kind));

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_accessory_find_missing:
 * @db: a connection with an open scope
 * @device: a device
 * @power_only: only what gives power
 * @error: return location for an error
 *
 * Says of what was missing that it is there: somebody has attested it of all of them, and
 * a list that shows what is missing must not say otherwise.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_accessory_find_missing (BenkDb *db,
                                   const BenkId *device,
                                   gboolean power_only,
                                   GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);

  if (!read_missing (db, device, kinds, error))
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);

      if ((!power_only || benk_accessory_kind_gives_power (kind)) &&
          !benk_table_accessory_insert (db, device, kind, BENK_ACCESSORY_THERE, error))
        return FALSE;
    }

  return TRUE;
}

/*< private >
 * benk_table_accessory_say_before:
 * @row: the key of a row that says something, maybe gone by now
 * @device: whose accessory it is about
 * @kind: which
 *
 * Returns: (transfer full): what the row before it says of the same, translated, or %NULL
 *   with @error set
 */
char *
benk_table_accessory_say_before (
  BenkDb *db, const BenkId *row, const BenkId *device, const char *kind, GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkAccessoryStatus status = BENK_ACCESSORY_NOT_LOOKED_AT;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT a.present FROM accessory a WHERE a.device_id = ?1 AND a.kind = ?2"
    " AND " BENK_TABLE_ROW_SEQ (
      "accessory",
      "a") " < (SELECT min (t.seq) FROM touch t"
           " WHERE t.tbl = 'accessory' AND t.row_id = ?3) ORDER BY " BENK_TABLE_ROW_SEQ (
             "accessory", "a") " DESC, a.id DESC LIMIT 1",
    "iti", device, kind, row);

  if (stmt != NULL && benk_stmt_step (stmt, &local))
    status = get_status (stmt, 0);

  return benk_table_ended (stmt, &local, error)
           ? g_strdup (benk_accessory_status_get_label (status))
           : NULL;
}

static gboolean
note_device (const BenkChangesetOp *op, gpointer data, GError **error)
{
  sqlite3_value *value = NULL;
  BenkId device;

  if (op->op != SQLITE_INSERT || strcmp (op->table, "accessory") != 0 ||
      op->n_columns < 2 || sqlite3changeset_new (op->iter, 1, &value) != SQLITE_OK ||
      value == NULL || sqlite3_value_bytes (value) != sizeof device.b)
    return TRUE;
  memcpy (device.b, sqlite3_value_blob (value), sizeof device.b);
  g_array_append_val (data, device);

  return TRUE;
}

static gboolean
rests_on_accessories (BenkDeviceState from, BenkDeviceState to)
{
  for (guint kind = 0; kind < BENK_N_MODEL_KINDS; kind++)
    {
      const BenkLifecycleRow *row = benk_lifecycle_find ((BenkModelKind) kind, from, to);

      for (guint i = 0; row != NULL && row->guards[i] != NULL; i++)
        if (benk_guard_is_about_accessories (benk_guard_find (row->guards[i])))
          return TRUE;
    }

  return FALSE;
}

static gboolean
check_device (BenkDb *db, const BenkId *device, gint64 seq, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT x.from_state, x.to_state, d.serial FROM transition x"
                       " JOIN device d ON d.id = x.device_id WHERE x.device_id = ?"
                       " AND " BENK_TABLE_ROW_SEQ ("transition", "x") " > ?",
                       "in", device, seq);

  while (stmt != NULL && local == NULL && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState from, to;

      if (benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &from) &&
          benk_device_state_from_name (benk_stmt_get_text (stmt, 1), &to) &&
          rests_on_accessories (from, to))
        g_set_error (&local, BENK_ERROR, BENK_ERROR_REFUSED,
                     _ ("%s became “%s” later, which rests on its accessories. Say anew "
                        "which of them are there."),
                     benk_stmt_get_text (stmt, 2),
                     benk_device_state_get_label (to, TRUE));
    }

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_accessory_check_undo:
 * @db: a connection
 * @undone: a change that is to be taken back
 * @error: return location for a %BENK_ERROR_REFUSED
 *
 * What was said of accessories stays where a device went on because of it.
 *
 * Returns: %TRUE if nothing rests on it
 */
gboolean
benk_table_accessory_check_undo (BenkDb *db, const BenkJournalRow *undone, GError **error)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (!benk_changeset_walk (undone->changeset, note_device, devices, error))
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    if (!check_device (db, &g_array_index (devices, BenkId, i), undone->seq, error))
      return FALSE;

  return TRUE;
}
