/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-model.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-table-private.h"

#define NEWEST                                                                           \
  "SELECT m.model_id, m.body FROM model_file m WHERE m.id ="                             \
  " (SELECT n.id FROM model_file n WHERE n.model_id = m.model_id"                        \
  " ORDER BY " BENK_TABLE_ROW_SEQ ("model_file", "n") " DESC, n.id DESC LIMIT 1)"        \
                                                      " AND m.body IS NOT NULL"

/**
 * benk_unread_model_free:
 * @self: (transfer full): a model that cannot be read
 */
void
benk_unread_model_free (BenkUnreadModel *self)
{
  g_free (self->id);
  g_free (self->reason);
  g_free (self);
}

/* The model of a row. A file that this version of the program cannot read leaves the one
 * that comes with the program, or none; it is not a reason to open no store. */
static BenkModel *
read_model (BenkStmt *stmt, GPtrArray *unread)
{
  const char *id = benk_stmt_get_text (stmt, 0);
  const char *body = benk_stmt_get_text (stmt, 1);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkModel) model = benk_model_new_own (bytes, &local);
  BenkUnreadModel *one;

  if (model != NULL && g_strcmp0 (benk_model_get_id (model), id) == 0)
    return g_steal_pointer (&model);
  if (unread == NULL)
    return NULL;
  one = g_new0 (BenkUnreadModel, 1);
  one->id = g_strdup (id);
  one->reason = model == NULL ? g_strdup (local->message)
                              : g_strdup_printf (_ ("It is the file of the model “%s”."),
                                                 benk_model_get_id (model));
  g_ptr_array_add (unread, one);
  return NULL;
}

/**
 * benk_table_model_find:
 * @db: a connection
 * @id: (nullable): the id of a model
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the district's own, or else the one that comes
 * with the program; %NULL without @error when there is none
 */
BenkModel *
benk_table_model_find (BenkDb *db, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  BenkModel *model = NULL;

  if (id == NULL)
    return NULL;
  stmt = benk_table_select (db, error, NEWEST " AND m.model_id = ?", "t", id);
  if (stmt == NULL)
    return NULL;
  if (benk_stmt_step (stmt, &local))
    model = read_model (stmt, NULL);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return model != NULL ? model : benk_model_load_builtin_one (id, error);
}

/**
 * benk_table_model_get_kind:
 * @db: a connection
 * @id: (nullable): the id of a model
 * @kind: (out): what it is; a dispenser where the model is not known, for of those the
 *   most is asked
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_model_get_kind (BenkDb *db,
                           const char *id,
                           BenkModelKind *kind,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkModel) model = benk_table_model_find (db, id, &local);

  *kind = model != NULL ? benk_model_get_kind (model) : BENK_MODEL_KIND_DISPENSER;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
replace (GPtrArray *models, BenkModel *model)
{
  guint place = 0;
  BenkModel *before = benk_model_find (models, benk_model_get_id (model));

  if (before != NULL && g_ptr_array_find (models, before, &place))
    g_ptr_array_remove_index (models, place);
  g_ptr_array_add (models, model);
}

/**
 * benk_table_model_load_all:
 * @db: a connection
 * @unread: (out) (optional) (transfer full) (element-type BenkUnreadModel): those whose
 *   file this version cannot read; the one that comes with the program, or none, stands
 *   in their place
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkModel): every model that comes with the
 *   program or is the district's own, in the order of benk_model_sort(); %NULL with
 *   @error set on failure
 */
GPtrArray *
benk_table_model_load_all (BenkDb *db, GPtrArray **unread, GError **error)
{
  g_autoptr (GPtrArray) flaws =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_unread_model_free);
  g_autoptr (GPtrArray) models = benk_model_load_builtin (error);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    models != NULL ? benk_table_select (db, error, NEWEST, "") : NULL;

  if (stmt == NULL)
    return NULL;
  while (benk_stmt_step (stmt, &local))
    {
      BenkModel *model = read_model (stmt, flaws);

      if (model != NULL)
        replace (models, model);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  benk_model_sort (models);
  if (unread != NULL)
    *unread = g_steal_pointer (&flaws);
  return g_steal_pointer (&models);
}

/**
 * benk_table_model_digest:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full): SHA-256 over what the district has written of its models, in
 *   hexadecimal digits; %NULL with @error set on failure
 */
char *
benk_table_model_digest (BenkDb *db, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, NEWEST, "");
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return NULL;
  while (benk_stmt_step (stmt, &local))
    for (int i = 0; i < 2; i++)
      {
        const char *text = benk_stmt_get_text (stmt, i);

        /* With its end, so that no two lists read alike; none is shorter than empty. */
        g_checksum_update (checksum, (const guchar *) (text ? text : ""),
                           text ? (gssize) strlen (text) + 1 : 0);
      }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * benk_table_model_put:
 * @db: a connection with an open scope
 * @id: the id of a model
 * @body: (nullable): its file from now on; %NULL takes the district's own away
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_model_put (BenkDb *db, const char *id, GBytes *body, GError **error)
{
  BenkId row = benk_id_new (benk_db_get_clock (db));
  g_autofree char *text = NULL;
  g_autoptr (GBytes) digest = NULL;
  const BenkChange *change;

  if (!benk_scope_require (db, error))
    return FALSE;
  if (body != NULL)
    {
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 octets[32];
      gsize length = sizeof octets;

      text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
      g_checksum_get_digest (checksum, octets, &length);
      digest = g_bytes_new (octets, length);
    }
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO model_file (id, model_id, body, digest, made_ms, staff_id)"
    " VALUES (?, ?, ?, ?, ?, ?)",
    "ittbni", &row, id, text, digest, benk_db_get_wall_ms (db), &change->actor_staff);
}

/**
 * benk_table_model_count_devices:
 * @db: a connection
 * @id: the id of a model
 * @n: (out): how many devices are of it, scrapped ones too
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_model_count_devices (BenkDb *db, const char *id, guint *n, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT count (*) FROM device WHERE model_id = ?", "t",
                       id);

  *n = 0;
  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    *n = (guint) benk_stmt_get_int64 (stmt, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_table_model_find_left:
 * @db: a connection
 * @models: (element-type BenkModel): the models that are known
 * @left: (out) (transfer full): the id of a model that devices are of and that is not
 *   among them; %NULL when there is none
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_model_find_left (BenkDb *db, GPtrArray *models, char **left, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT DISTINCT model_id FROM device", "");

  *left = NULL;
  if (stmt == NULL)
    return FALSE;
  while (*left == NULL && benk_stmt_step (stmt, &local))
    if (benk_model_find (models, benk_stmt_get_text (stmt, 0)) == NULL)
      *left = benk_stmt_dup_text (stmt, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
