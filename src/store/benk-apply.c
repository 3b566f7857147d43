/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-apply.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-changeset.h"
#include "benk-schema.h"

typedef struct
{
  BenkDb *db;
  gint64 schema;
  BenkApplyFlags flags;
  GPtrArray *conflicts;
  gint64 n_expected;

  /* Of the table last looked at; operations come table by table. */
  char *table;
  const BenkTableInfo *info;
  gint64 n_columns;
} Apply;

BenkConflict *
benk_conflict_new (const char *table, const BenkId *row)
{
  BenkConflict *self = g_new0 (BenkConflict, 1);

  self->table = g_strdup (table);
  self->row = *row;

  return self;
}

void
benk_conflict_free (BenkConflict *self)
{
  g_free (self->table);
  g_free (self);
}

static gboolean
look_at_table (Apply *self, const BenkChangesetOp *op, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;

  if (g_strcmp0 (self->table, op->table) == 0)
    return TRUE;

  g_free (self->table);
  self->table = g_strdup (op->table);
  self->info = benk_schema_find_table (op->table);
  if (self->info == NULL || self->info->table_class != BENK_TABLE_JOURNALLED)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                   _ ("A changeset names table %s, which is not in the change log."),
                   op->table);
      return FALSE;
    }

  stmt = benk_db_prepare (self->db, "SELECT count(*) FROM pragma_table_xinfo(?)", error);
  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_text (stmt, 1, op->table);
  if (!benk_stmt_step (stmt, error))
    return FALSE;

  self->n_columns = benk_stmt_get_int64 (stmt, 0);
  return TRUE;
}

/* SQLite passes over a table that does not fit, without a word. */
static gboolean
check_op (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Apply *self = data;
  gboolean fits;

  if (!look_at_table (self, op, error))
    return FALSE;

  fits = self->schema == benk_schema_get_version () ? op->n_columns == self->n_columns
                                                    : op->n_columns <= self->n_columns;
  if (!fits)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                   "A changeset gives table %s %d columns, it has %" G_GINT64_FORMAT ".",
                   op->table, op->n_columns, self->n_columns);
      return FALSE;
    }

  if (!(self->flags == BENK_APPLY_LEAVE_FACTS && self->info->fact))
    self->n_expected++;
  return TRUE;
}

static int
wants_table (void *data, const char *table)
{
  Apply *self = data;
  const BenkTableInfo *info = benk_schema_find_table (table);

  return self->flags != BENK_APPLY_LEAVE_FACTS || info == NULL || !info->fact;
}

/* Every conflict is collected; the caller goes back to before the first operation. */
static int
on_conflict (void *data, int kind, sqlite3_changeset_iter *iter)
{
  Apply *self = data;
  const char *table = NULL;
  int n_columns, op, indirect;
  BenkId row = BENK_ID_NIL;

  if (kind != SQLITE_CHANGESET_FOREIGN_KEY &&
      sqlite3changeset_op (iter, &table, &n_columns, &op, &indirect) == SQLITE_OK)
    benk_changeset_get_row (iter, op, &row);

  g_ptr_array_add (self->conflicts, benk_conflict_new (table, &row));
  return SQLITE_CHANGESET_OMIT;
}

static gboolean
apply_checked (Apply *self, GBytes *changeset, GError **error)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (changeset, &length);
  gint64 before = sqlite3_total_changes64 (self->db->handle);
  gint64 applied;
  int code;

  code = sqlite3changeset_apply (self->db->handle, (int) length, (void *) bytes,
                                 wants_table, on_conflict, self);
  if (code != SQLITE_OK)
    {
      benk_db_set_error (self->db, code, "apply", error);
      return FALSE;
    }

  if (self->conflicts->len > 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("%u rows are not as the change expects them."),
                   self->conflicts->len);
      return FALSE;
    }

  applied = sqlite3_total_changes64 (self->db->handle) - before;
  if (applied == self->n_expected)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
               "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " changes were applied.",
               applied, self->n_expected);
  return FALSE;
}

static gboolean
apply_in_savepoint (Apply *self, GBytes *changeset, GError **error)
{
  if (!benk_db_exec (self->db, "SAVEPOINT benk_apply", error))
    return FALSE;

  if (apply_checked (self, changeset, error))
    return benk_db_exec (self->db, "RELEASE benk_apply", error);

  benk_db_exec (self->db, "ROLLBACK TO benk_apply; RELEASE benk_apply", NULL);
  return FALSE;
}

static gboolean
check (Apply *self, GBytes *changeset, GError **error)
{
  benk_db_assert_owner (self->db);

  if (self->schema > benk_schema_get_version ())
    {
      g_set_error (
        error, BENK_ERROR, BENK_ERROR_NEWER,
        _ ("A change was made by a newer version of the program (schema %d, this program "
           "knows %d)."),
        (int) self->schema, benk_schema_get_version ());
      return FALSE;
    }

  return benk_changeset_walk (changeset, check_op, self, error);
}

/*< private >
 * benk_apply_check:
 * @schema: the schema @changeset was made in
 *
 * Looks at every table of a changeset before it is applied: its name, its key, how many
 * columns it has.
 *
 * Returns: %FALSE with %BENK_ERROR_NEWER, %BENK_ERROR_CORRUPT or another error
 */
gboolean
benk_apply_check (BenkDb *db, GBytes *changeset, gint64 schema, GError **error)
{
  Apply self = { .db = db, .schema = schema };
  gboolean done = check (&self, changeset, error);

  g_free (self.table);

  return done;
}

/**
 * benk_apply:
 * @schema: the schema @changeset was made in
 * @conflicts: (nullable) (element-type BenkConflict): gets the rows in the way; its free
 * function is [func@benk_conflict_free]
 *
 * The one way to apply a changeset. Every table is looked at before: its name, its key,
 * how many columns it has. The changes are counted after.
 *
 * Returns: %FALSE with %BENK_ERROR_NEWER (from a newer schema), %BENK_ERROR_CORRUPT (does
 * not fit the schema), %BENK_ERROR_CONFLICT or another error; then nothing is changed
 */
gboolean
benk_apply (BenkDb *db,
            GBytes *changeset,
            gint64 schema,
            BenkApplyFlags flags,
            GPtrArray *conflicts,
            GError **error)
{
  g_autoptr (GPtrArray) own =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_conflict_free);
  Apply self = { .db = db, .schema = schema, .flags = flags };
  gboolean done;

  self.conflicts = conflicts != NULL ? conflicts : own;
  done = check (&self, changeset, error) && apply_in_savepoint (&self, changeset, error);
  g_free (self.table);

  return done;
}
