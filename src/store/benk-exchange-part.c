/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-exchange-part.h"

#include "benk-config.h"

#include <string.h>

#include "benk-apply.h"
#include "benk-changeset.h"
#include "benk-orphan.h"

/* One change of a row, and with what it belongs together. */
typedef struct
{
  char *table;
  guint at; /* among the parts */
  int op;
  BenkId row;
  BenkId device; /* that it names, or nil */
  BenkId group;
} Part;

typedef struct
{
  BenkDb *db;
  GPtrArray *parts;
  GHashTable *rows;    /* the same, by table and row */
  GHashTable *groups;  /* group → GPtrArray of its parts, as long as it is kept */
  GHashTable *columns; /* table → GPtrArray of names */
  gboolean *keep;
  GPtrArray *cards; /* of this try */
} Change;

void
benk_card_free (BenkCard *self)
{
  g_free (self->table);
  g_free (self);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->table);
  g_free (part);
}

static guint
part_hash (gconstpointer part)
{
  return benk_id_hash (&((const Part *) part)->row);
}

static gboolean
part_equal (gconstpointer a, gconstpointer b)
{
  const Part *one = a, *other = b;

  return benk_id_equal (&one->row, &other->row) && g_str_equal (one->table, other->table);
}

static Part *
find_part (Change *self, const char *table, const BenkId *row)
{
  const Part wanted = { .table = (char *) table, .row = *row };

  return g_hash_table_lookup (self->rows, &wanted);
}

static void
add_card (Change *self, const char *table, const BenkId *row, BenkCardReason reason)
{
  BenkCard *card = g_new0 (BenkCard, 1);

  card->table = g_strdup (table);
  card->row = *row;
  card->reason = reason;
  g_ptr_array_add (self->cards, card);
}

static GPtrArray *
list_columns (Change *self, const char *table, GError **error)
{
  GPtrArray *names = g_hash_table_lookup (self->columns, table);
  g_autoptr (BenkStmt) stmt = NULL;
  g_autoptr (GError) local = NULL;

  if (names != NULL)
    return names;
  stmt = benk_db_prepare (self->db, "SELECT name FROM pragma_table_info(?)", error);
  if (stmt == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  benk_stmt_bind_text (stmt, 1, table);
  while (benk_stmt_step (stmt, &local))
    g_ptr_array_add (names, benk_stmt_dup_text (stmt, 0));
  g_hash_table_insert (self->columns, g_strdup (table), names);
  if (local == NULL)
    return names;

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* --- what belongs together --- */

static gboolean
get_id (const BenkChangesetOp *op, int column, BenkId *id)
{
  sqlite3_value *value = NULL;

  if (op->op != SQLITE_DELETE)
    sqlite3changeset_new (op->iter, column, &value);
  if (value == NULL && op->op != SQLITE_INSERT)
    sqlite3changeset_old (op->iter, column, &value);
  if (value == NULL || sqlite3_value_type (value) != SQLITE_BLOB ||
      sqlite3_value_bytes (value) != sizeof id->b)
    return FALSE;
  memcpy (id->b, sqlite3_value_blob (value), sizeof id->b);

  return TRUE;
}

static gboolean
ask (BenkDb *db, const char *sql, const BenkId *id, BenkId *answer, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);

  *answer = BENK_ID_NIL;
  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_id (stmt, 1, id);
  if (benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, answer);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A row that is changed says only what changes; on what it hangs is here already. */
static gboolean
find_device (Change *self,
             const BenkChangesetOp *op,
             GPtrArray *columns,
             BenkId *device,
             GError **error)
{
  g_autofree char *sql = NULL;
  guint i;

  *device = BENK_ID_NIL;
  if (!g_ptr_array_find_with_equal_func (columns, "device_id", g_str_equal, &i) ||
      (int) i >= op->n_columns || get_id (op, (int) i, device) || op->op != SQLITE_UPDATE)
    return TRUE;
  sql = g_strdup_printf ("SELECT device_id FROM \"%s\" WHERE \"%s\" = ?", op->table,
                         (const char *) columns->pdata[0]);

  return ask (self->db, sql, &op->row, device, error);
}

/* What is done to a device, and what hangs on it, is one thing; each device of a list is
 * one by itself. */
static gboolean
note_part (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Change *self = data;
  GPtrArray *columns = list_columns (self, op->table, error);
  Part *part;

  if (columns == NULL)
    return FALSE;
  part = g_new0 (Part, 1);
  part->table = g_strdup (op->table);
  part->at = self->parts->len;
  part->op = op->op;
  part->row = op->row;
  g_ptr_array_add (self->parts, part);
  g_hash_table_add (self->rows, part);
  if (!find_device (self, op, columns, &part->device, error))
    return FALSE;
  part->group = benk_id_is_nil (&part->device) ? part->row : part->device;

  return TRUE;
}

/* A step goes with the case, the alarm or the work it is a step of. A line of a count
 * goes with its device: one that does not fit must not take the whole count along. */
static gboolean
follow_parent (const BenkChangesetOp *op, gpointer data, GError **error)
{
  static const struct
  {
    const char *column, *table;
  } parents[] = { { "alarm_id", "alarm" },
                  { "return_id", "return_case" },
                  { "work_id", "checklist_work" } };
  Change *self = data;
  GPtrArray *columns = list_columns (self, op->table, error);
  BenkId id;

  for (guint i = 0; columns != NULL && i < columns->len && (int) i < op->n_columns; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (parents); k++)
      if (g_str_equal (columns->pdata[i], parents[k].column) && get_id (op, (int) i, &id))
        {
          const Part *parent = find_part (self, parents[k].table, &id);

          if (parent != NULL)
            find_part (self, op->table, &op->row)->group = parent->group;
        }

  return columns != NULL;
}

static void
put_together (Change *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);
      GPtrArray *group = g_hash_table_lookup (self->groups, &part->group);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (self->groups, &part->group, group);
        }
      g_ptr_array_add (group, part);
    }
}

/* Returns: how much of the change was still kept and is not any more */
static guint
drop_group (Change *self, const char *table, const BenkId *row)
{
  const Part *part = find_part (self, table, row);
  GPtrArray *group =
    part != NULL ? g_hash_table_lookup (self->groups, &part->group) : NULL;
  guint n = group != NULL ? group->len : 0;

  for (guint i = 0; i < n; i++)
    self->keep[((Part *) group->pdata[i])->at] = FALSE;
  if (n > 0)
    g_hash_table_remove (self->groups, &part->group);

  return n;
}

/* --- what does not apply --- */

static gboolean
same (sqlite3_value *a, sqlite3_value *b)
{
  int type = a != NULL ? sqlite3_value_type (a) : SQLITE_NULL;

  if (type != (b != NULL ? sqlite3_value_type (b) : SQLITE_NULL))
    return FALSE;
  if (type == SQLITE_NULL)
    return TRUE;
  if (type == SQLITE_INTEGER)
    return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);

  return sqlite3_value_bytes (a) == sqlite3_value_bytes (b) &&
         memcmp (sqlite3_value_blob (a), sqlite3_value_blob (b),
                 (gsize) sqlite3_value_bytes (a)) == 0;
}

/* Two laptops that do the same do not stand in each other's way. */
static gboolean
is_same_row (sqlite3_changeset_iter *iter, int n_columns)
{
  for (int i = 0; i < n_columns; i++)
    {
      sqlite3_value *now = NULL, *wanted = NULL;

      sqlite3changeset_new (iter, i, &wanted);
      sqlite3changeset_conflict (iter, i, &now);
      if (!same (wanted, now))
        return FALSE;
    }

  return TRUE;
}

/* Since when a device has its state says nothing that the state does not say. */
static gboolean
differs_in_time_only (Change *self,
                      sqlite3_changeset_iter *iter,
                      const char *table,
                      int n_columns)
{
  GPtrArray *columns = list_columns (self, table, NULL);

  for (int i = 1; i < n_columns && columns != NULL; i++)
    {
      sqlite3_value *now = NULL, *before = NULL;

      sqlite3changeset_old (iter, i, &before);
      sqlite3changeset_conflict (iter, i, &now);
      if (before != NULL && !same (before, now) &&
          g_strcmp0 (columns->pdata[i], "state_since_ms") != 0)
        return FALSE;
    }

  return columns != NULL;
}

static int
on_conflict (void *data, int kind, sqlite3_changeset_iter *iter)
{
  Change *self = data;
  const char *table = NULL;
  int n_columns, op, indirect;
  BenkId row = BENK_ID_NIL;

  if (kind == SQLITE_CHANGESET_FOREIGN_KEY ||
      sqlite3changeset_op (iter, &table, &n_columns, &op, &indirect) != SQLITE_OK)
    return SQLITE_CHANGESET_ABORT;
  benk_changeset_get_row (iter, op, &row);
  if (kind == SQLITE_CHANGESET_CONFLICT && is_same_row (iter, n_columns))
    return SQLITE_CHANGESET_OMIT;
  if (kind == SQLITE_CHANGESET_DATA && op == SQLITE_UPDATE &&
      differs_in_time_only (self, iter, table, n_columns))
    return SQLITE_CHANGESET_REPLACE;

  add_card (self, table, &row,
            kind == SQLITE_CHANGESET_CONFLICT   ? BENK_CARD_THERE
            : kind == SQLITE_CHANGESET_NOTFOUND ? BENK_CARD_GONE
                                                : BENK_CARD_CHANGED);
  return SQLITE_CHANGESET_OMIT;
}

static gboolean
find_pointed_at (
  BenkDb *db, const char *table, const char *column, gpointer in_use, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT \"%s\" FROM \"%s\" WHERE "
                                          "\"%s\" IN (SELECT id FROM temp.leaving)",
                                          column, table, column);
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GError) local = NULL;
  BenkId id;

  if (stmt == NULL)
    return FALSE;
  while (benk_stmt_step (stmt, &local))
    if (benk_stmt_get_id (stmt, 0, &id))
      g_hash_table_add (in_use, g_memdup2 (&id, sizeof id));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_leaving (Change *self, const Part *part)
{
  return self->keep[part->at] && part->op == SQLITE_DELETE &&
         g_str_equal (part->table, "device");
}

/* A device that others' work hangs on must stay. */
static gboolean
check_leaving (Change *self, GError **error)
{
  g_autoptr (GHashTable) in_use =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, NULL);
  g_autoptr (BenkStmt) stmt = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < self->parts->len && !any; i++)
    any = is_leaving (self, self->parts->pdata[i]);
  if (!any)
    return TRUE;
  if (!benk_db_exec (self->db,
                     "CREATE TEMP TABLE IF NOT EXISTS leaving (id BLOB NOT NULL PRIMARY "
                     "KEY) WITHOUT ROWID; DELETE FROM temp.leaving",
                     error))
    return FALSE;
  stmt =
    benk_db_prepare (self->db, "INSERT OR IGNORE INTO temp.leaving VALUES (?)", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    if (is_leaving (self, self->parts->pdata[i]))
      {
        benk_stmt_bind_id (stmt, 1, &((Part *) self->parts->pdata[i])->row);
        if (!benk_stmt_run (stmt, error))
          return FALSE;
      }
  if (!benk_orphan_each_pointer (self->db, find_pointed_at, in_use, error))
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      if (is_leaving (self, part) && g_hash_table_contains (in_use, &part->row))
        add_card (self, part->table, &part->row, BENK_CARD_IN_USE);
    }

  return TRUE;
}

/* What hangs on a device needs the device. */
static gboolean
check_hanging (Change *self, GError **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      BenkId found;

      if (!self->keep[i] || part->op != SQLITE_INSERT || benk_id_is_nil (&part->device))
        continue;
      if (!ask (self->db, "SELECT id FROM device WHERE id = ?", &part->device, &found,
                error))
        return FALSE;
      if (benk_id_is_nil (&found))
        add_card (self, part->table, &part->row, BENK_CARD_GONE);
    }

  return TRUE;
}

/* --- one try after another, each with less --- */

static gboolean
try_once (Change *self, GBytes *changeset, GError **error)
{
  g_autoptr (GBytes) picked =
    benk_changeset_pick (changeset, self->keep, self->parts->len, error);
  gsize length;
  gconstpointer bytes;
  int code;

  if (picked == NULL)
    return FALSE;
  bytes = g_bytes_get_data (picked, &length);
  code = sqlite3changeset_apply (self->db->handle, (int) length, (void *) bytes, NULL,
                                 on_conflict, self);
  if (code != SQLITE_OK)
    {
      benk_db_set_error (self->db, code, "exchange", error);
      return FALSE;
    }

  return self->cards->len > 0 ||
         (check_leaving (self, error) && check_hanging (self, error));
}

static gboolean
try_until_it_fits (Change *self, GBytes *changeset, GPtrArray *cards, GError **error)
{
  while (TRUE)
    {
      guint n = 0;
      gboolean done;

      g_ptr_array_set_size (self->cards, 0);
      if (!benk_db_exec (self->db, "SAVEPOINT benk_exchange", error))
        return FALSE;
      done = try_once (self, changeset, error);
      if (done && self->cards->len == 0)
        return benk_db_exec (self->db, "RELEASE benk_exchange", error);
      /* Of two failures the first is told. */
      if (!benk_db_exec (self->db, "ROLLBACK TO benk_exchange; RELEASE benk_exchange",
                         done ? error : NULL) ||
          !done)
        return FALSE;
      for (guint i = 0; i < self->cards->len; i++)
        {
          BenkCard *card = g_ptr_array_index (self->cards, i);

          n += drop_group (self, card->table, &card->row);
        }
      while (self->cards->len > 0)
        g_ptr_array_add (cards, g_ptr_array_steal_index (self->cards, 0));
      if (n == 0)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                       "A change stands in its own way.");
          return FALSE;
        }
    }
}

/*< private >
 * benk_exchange_apply_parts:
 * @db: a connection in a transaction
 * @changeset: a change of a store that may have known less
 * @schema: the schema it was made in
 * @cards: (element-type BenkCard): gets what was passed over
 *
 * Applies what fits. What is about one device is one thing; if any row of it is not as
 * the change expects it, all of it is passed over.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_exchange_apply_parts (
  BenkDb *db, GBytes *changeset, gint64 schema, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GPtrArray) own =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_card_free);
  g_autoptr (GHashTable) columns =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                           (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) rows = g_hash_table_new (part_hash, part_equal);
  g_autoptr (GHashTable) groups =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL,
                           (GDestroyNotify) g_ptr_array_unref);
  g_autofree gboolean *keep = NULL;
  Change self = { .db = db,
                  .parts = parts,
                  .rows = rows,
                  .groups = groups,
                  .columns = columns,
                  .cards = own };

  if (!benk_apply_check (db, changeset, schema, error) ||
      !benk_changeset_walk (changeset, note_part, &self, error) ||
      !benk_changeset_walk (changeset, follow_parent, &self, error))
    return FALSE;
  put_together (&self);
  keep = g_new (gboolean, parts->len + 1);
  for (guint i = 0; i < parts->len; i++)
    keep[i] = TRUE;
  self.keep = keep;

  return try_until_it_fits (&self, changeset, cards, error);
}
