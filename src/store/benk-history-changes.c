/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-history-changes.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-changeset.h"
#include "benk-history.h"
#include "benk-accessory.h"
#include "benk-history-words.h"
#include "benk-table-accessory.h"

#define NOTHING "–"

typedef struct
{
  BenkDb *db;
  GArray *devices; /* the device, and rows that were joined to it */
  GArray *states;
  GStrvBuilder *out;
  char *table;
  GPtrArray *columns; /* names, of @table */
} Describe;

static gboolean
load_columns (Describe *self, const char *table, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;
  g_autoptr (GError) local = NULL;

  if (g_strcmp0 (self->table, table) == 0)
    return TRUE;

  stmt = benk_db_prepare (self->db, "SELECT name FROM pragma_table_info(?)", error);
  if (stmt == NULL)
    return FALSE;

  g_free (self->table);
  self->table = g_strdup (table);
  g_ptr_array_set_size (self->columns, 0);
  benk_stmt_bind_text (stmt, 1, table);
  while (benk_stmt_step (stmt, &local))
    g_ptr_array_add (self->columns, benk_stmt_dup_text (stmt, 0));

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What an id leads to: a place's name, a person's reference, a note's text. */
static char *
resolve (BenkDb *db, const char *column, const BenkId *id)
{
  const struct
  {
    const char *column;
    const char *sql;
    gboolean personal;
  } ways[] = {
    { "place_id", "SELECT name FROM place WHERE id = ?", FALSE },
    { "team_id", "SELECT name FROM place WHERE id = ?", FALSE },
    { "person_id", "SELECT reference FROM person WHERE id = ?", TRUE },
    { "note_id", "SELECT text FROM note WHERE id = ?", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (BenkStmt) stmt = NULL;

      if (strcmp (column, ways[i].column) != 0)
        continue;
      stmt = benk_db_prepare (db, ways[i].sql, NULL);
      if (stmt == NULL)
        return NULL;
      benk_stmt_bind_id (stmt, 1, id);
      if (benk_stmt_step (stmt, NULL))
        return benk_stmt_dup_text (stmt, 0);
      return g_strdup (ways[i].personal ? _ ("erased") : NOTHING);
    }

  return NULL;
}

/* NULL for what a person cannot read. */
static char *
show (BenkDb *db, const char *table, const char *column, sqlite3_value *value)
{
  BenkId id;

  if (value == NULL || sqlite3_value_type (value) == SQLITE_NULL)
    return g_strdup (NOTHING);

  if (sqlite3_value_type (value) != SQLITE_BLOB)
    return benk_history_say_value (table, column,
                                   (const char *) sqlite3_value_text (value));

  if (sqlite3_value_bytes (value) != sizeof id.b)
    return NULL;

  memcpy (id.b, sqlite3_value_blob (value), sizeof id.b);
  return resolve (db, column, &id);
}

/* Kept for the program, or said by the verb and the instant of the row. */
static gboolean
is_told (const char *column)
{
  return !g_str_has_suffix (column, "_ms") && !g_str_has_suffix (column, "_key");
}

static void
describe_column (Describe *self, const BenkChangesetOp *op, int column)
{
  const char *name = g_ptr_array_index (self->columns, column);
  sqlite3_value *before = NULL, *after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  g_autofree char *line = NULL;

  if (!is_told (name) || sqlite3changeset_old (op->iter, column, &before) != SQLITE_OK ||
      sqlite3changeset_new (op->iter, column, &after) != SQLITE_OK || after == NULL)
    return;

  old = show (self->db, op->table, name, before);
  new = show (self->db, op->table, name, after);
  if (old == NULL || new == NULL)
    return;

  line = g_strdup_printf ("%s: %s → %s", benk_history_get_column_label (name), old, new);
  g_strv_builder_add (self->out, line);
}

/* "fact: power-on-test", "alarm: 1.7": the first word the new row has about itself. */
static void
describe_insert (Describe *self, const BenkChangesetOp *op)
{
  const char *const words[] = { "kind", "code", "guard", "to_state", "state" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint column = 1; column < self->columns->len && (int) column < op->n_columns;
         column++)
      {
        sqlite3_value *value = NULL;
        g_autofree char *said = NULL;
        g_autofree char *line = NULL;

        if (strcmp (self->columns->pdata[column], words[i]) != 0 ||
            sqlite3changeset_new (op->iter, (int) column, &value) != SQLITE_OK ||
            value == NULL || sqlite3_value_type (value) != SQLITE_TEXT)
          continue;

        said = benk_history_say_value (op->table, words[i],
                                       (const char *) sqlite3_value_text (value));
        line = g_strdup_printf ("%s: %s", benk_history_get_table_label (op->table), said);
        g_strv_builder_add (self->out, line);
        return;
      }
}

static gboolean
is_one_of (GArray *devices, gconstpointer id)
{
  for (guint i = 0; i < devices->len; i++)
    if (memcmp (&g_array_index (devices, BenkId, i), id, sizeof (BenkId)) == 0)
      return TRUE;

  return FALSE;
}

/* Whether a new row is about the device, by its own device_id. */
static gboolean
get_device (Describe *self, const BenkChangesetOp *op, BenkId *out_device)
{
  for (guint column = 1; column < self->columns->len && (int) column < op->n_columns;
       column++)
    {
      sqlite3_value *value = NULL;

      if (strcmp (self->columns->pdata[column], "device_id") != 0)
        continue;
      if (sqlite3changeset_new (op->iter, (int) column, &value) != SQLITE_OK ||
          value == NULL || sqlite3_value_bytes (value) != sizeof (BenkId))
        return FALSE;
      memcpy (out_device->b, sqlite3_value_blob (value), sizeof (BenkId));
      return is_one_of (self->devices, out_device->b);
    }

  return FALSE;
}

/* Which other row; of a row that is gone nothing is left to say. */
static gboolean
describe_alias (Describe *self, const BenkChangesetOp *op, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (self->db, "SELECT serial FROM device WHERE id = ?", error);
  g_autofree char *line = NULL;

  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_id (stmt, 1, &op->row);
  if (!benk_stmt_step (stmt, NULL))
    return TRUE;
  line = g_strdup_printf ("%s: %s", benk_history_get_table_label ("alias"),
                          benk_stmt_get_text (stmt, 0));
  g_strv_builder_add (self->out, line);

  return TRUE;
}

/* "Power adapter: There → Missing" */
static gboolean
describe_accessory (Describe *self, const BenkChangesetOp *op, GError **error)
{
  sqlite3_value *kind = NULL, *present = NULL;
  g_autofree char *before = NULL;
  g_autofree char *line = NULL;
  BenkId device;

  if (op->op != SQLITE_INSERT || op->n_columns < 4 || !get_device (self, op, &device) ||
      sqlite3changeset_new (op->iter, 2, &kind) != SQLITE_OK ||
      sqlite3changeset_new (op->iter, 3, &present) != SQLITE_OK || kind == NULL ||
      present == NULL || sqlite3_value_type (kind) != SQLITE_TEXT)
    return TRUE;
  before =
    benk_table_accessory_say_before (self->db, &op->row, &device,
                                     (const char *) sqlite3_value_text (kind), error);
  if (before == NULL)
    return FALSE;

  line =
    g_strdup_printf ("%s: %s → %s",
                     benk_accessory_kind_get_label (
                       (const char *) sqlite3_value_text (kind)),
                     before, benk_table_accessory_say (sqlite3_value_int64 (present)));
  g_strv_builder_add (self->out, line);

  return TRUE;
}

/* Whose row it is; a reservation that was taken back is not there any more. */
static gboolean
is_reservation_about (Describe *self,
                      const BenkChangesetOp *op,
                      gboolean *about,
                      GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (self->db, "SELECT device_id FROM reservation WHERE id = ?", error);
  BenkId device;

  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_id (stmt, 1, &op->row);
  *about = benk_stmt_step (stmt, NULL) && benk_stmt_get_id (stmt, 0, &device) &&
           is_one_of (self->devices, device.b);

  return TRUE;
}

/* "Reserved: 4711, 3 Dec 2026"; of a change what is another now. */
static gboolean
describe_reservation (Describe *self, const BenkChangesetOp *op, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = NULL;
  g_autofree char *line = NULL;
  gboolean about = FALSE;

  if (!load_columns (self, op->table, error) ||
      !is_reservation_about (self, op, &about, error))
    return FALSE;
  for (int i = 1; about && i < MIN (op->n_columns, (int) self->columns->len); i++)
    {
      const char *name = g_ptr_array_index (self->columns, (guint) i);
      sqlite3_value *value = NULL;
      char *text;

      if (op->op == SQLITE_UPDATE)
        describe_column (self, op, i);
      else if ((g_str_equal (name, "person_id") || g_str_equal (name, "wanted_date")) &&
               sqlite3changeset_new (op->iter, i, &value) == SQLITE_OK &&
               (text = show (self->db, op->table, name, value)) != NULL)
        g_ptr_array_add (parts, text);
    }
  if (parts->len == 0)
    return TRUE;
  g_ptr_array_add (parts, NULL);
  said = g_strjoinv (", ", (char **) parts->pdata);
  line = g_strdup_printf ("%s: %s", benk_history_get_table_label (op->table), said);
  g_strv_builder_add (self->out, line);

  return TRUE;
}

static gboolean
describe_op (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Describe *self = data;
  BenkId device;

  /* A change of state is told by the device's own row. */
  if (strcmp (op->table, "transition") == 0)
    return TRUE;
  if (strcmp (op->table, "alias") == 0)
    return describe_alias (self, op, error);
  if (strcmp (op->table, "reservation") == 0 && op->op != SQLITE_DELETE)
    return describe_reservation (self, op, error);
  if (!load_columns (self, op->table, error))
    return FALSE;
  if (strcmp (op->table, "accessory") == 0)
    return describe_accessory (self, op, error);

  if (op->op == SQLITE_UPDATE && strcmp (op->table, "device") == 0 &&
      is_one_of (self->devices, op->row.b))
    for (int i = 1; i < MIN (op->n_columns, (int) self->columns->len); i++)
      describe_column (self, op, i);
  else if (op->op == SQLITE_INSERT && get_device (self, op, &device))
    describe_insert (self, op);

  return TRUE;
}

/*< private >
 * benk_history_describe:
 * @devices: (element-type BenkId): the device whose history is told, and the rows that
 *   were joined to it
 *
 * Tells what a changeset did to a device: "Field: old → new", and a line for each new row
 * about it.
 *
 * Returns: (transfer full): the lines, maybe none, or %NULL with @error set
 */
GStrv
benk_history_describe (BenkDb *db, GBytes *changeset, GArray *devices, GError **error)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  Describe self = { .db = db, .devices = devices, .out = out, .columns = columns };
  gboolean done = benk_changeset_walk (changeset, describe_op, &self, error);

  g_free (self.table);

  return done ? g_strv_builder_end (out) : NULL;
}

static gboolean
note_state (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Describe *self = data;
  BenkStateChange change = { .device = op->row };
  guint column;

  if (op->op != SQLITE_UPDATE || strcmp (op->table, "device") != 0)
    return TRUE;
  if (!load_columns (self, "device", error))
    return FALSE;
  for (column = 0; column < self->columns->len; column++)
    if (strcmp (self->columns->pdata[column], "state") == 0)
      break;
  if ((int) column < op->n_columns)
    {
      sqlite3_value *before = NULL, *after = NULL;

      if (sqlite3changeset_old (op->iter, (int) column, &before) == SQLITE_OK &&
          sqlite3changeset_new (op->iter, (int) column, &after) == SQLITE_OK &&
          before != NULL && after != NULL &&
          benk_device_state_from_name ((const char *) sqlite3_value_text (before),
                                       &change.from) &&
          benk_device_state_from_name ((const char *) sqlite3_value_text (after),
                                       &change.to))
        g_array_append_val (self->states, change);
    }

  return TRUE;
}

/**
 * benk_history_list_state_changes:
 * @db: a connection
 * @changeset: what a change did
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkStateChange): the devices whose state it
 *   changed, or %NULL with @error set
 */
GArray *
benk_history_list_state_changes (BenkDb *db, GBytes *changeset, GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (BenkStateChange));
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  Describe self = { .db = db, .states = changes, .columns = columns };
  gboolean done = benk_changeset_walk (changeset, note_state, &self, error);

  g_free (self.table);

  return done ? g_steal_pointer (&changes) : NULL;
}
