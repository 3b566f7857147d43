/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-changeset.h"

#include <string.h>

/*< private >
 * benk_changeset_get_row:
 * @row: (out): the key of the operation the iterator stands on
 *
 * Returns: %FALSE when the key is not an id
 */
gboolean
benk_changeset_get_row (sqlite3_changeset_iter *iter, int op, BenkId *row)
{
  sqlite3_value *key = NULL;
  int code;

  code = op == SQLITE_INSERT ? sqlite3changeset_new (iter, 0, &key)
                             : sqlite3changeset_old (iter, 0, &key);

  *row = BENK_ID_NIL;
  if (code != SQLITE_OK || key == NULL || sqlite3_value_type (key) != SQLITE_BLOB ||
      sqlite3_value_bytes (key) != sizeof row->b)
    return FALSE;

  memcpy (row->b, sqlite3_value_blob (key), sizeof row->b);
  return TRUE;
}

static gboolean
visit (sqlite3_changeset_iter *iter,
       BenkChangesetFunc func,
       gpointer data,
       GError **error)
{
  BenkChangesetOp op = { .iter = iter };
  unsigned char *keys;
  int indirect, n_keys = 0;

  if (sqlite3changeset_op (iter, &op.table, &op.n_columns, &op.op, &indirect) !=
        SQLITE_OK ||
      sqlite3changeset_pk (iter, &keys, NULL) != SQLITE_OK)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT, "A changeset is damaged.");
      return FALSE;
    }

  for (int i = 0; i < op.n_columns; i++)
    n_keys += keys[i] != 0;
  op.key_first = op.n_columns > 0 && keys[0] != 0 && n_keys == 1;

  if (!op.key_first || !benk_changeset_get_row (iter, op.op, &op.row))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                   "A changeset names a row of table %s that has no id.", op.table);
      return FALSE;
    }

  return func (&op, data, error);
}

/*< private >
 * benk_changeset_walk:
 *
 * Calls @func for every operation of a changeset.
 *
 * Returns: %FALSE with %BENK_ERROR_CORRUPT or the error of @func
 */
gboolean
benk_changeset_walk (GBytes *changeset,
                     BenkChangesetFunc func,
                     gpointer data,
                     GError **error)
{
  sqlite3_changeset_iter *iter = NULL;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (changeset, &length);
  gboolean going = TRUE;
  int code;

  if (length > G_MAXINT || !benk_changeset_is_well_formed (changeset) ||
      sqlite3changeset_start (&iter, (int) length, (void *) bytes) != SQLITE_OK)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT, "A changeset is damaged.");
      return FALSE;
    }

  while (going && sqlite3changeset_next (iter) == SQLITE_ROW)
    going = visit (iter, func, data, error);

  code = sqlite3changeset_finalize (iter);
  if (going && code != SQLITE_OK)
    g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT, "A changeset is damaged: %s.",
                 sqlite3_errstr (code));

  return going && code == SQLITE_OK;
}

/*< private >
 * benk_changeset_invert:
 *
 * Returns: (transfer full): the changeset that takes @changeset back, or %NULL with
 *   %BENK_ERROR_CORRUPT
 */
GBytes *
benk_changeset_invert (GBytes *changeset, GError **error)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (changeset, &length);
  int n_inverse = 0;
  void *inverse = NULL;
  int code = SQLITE_CORRUPT;

  if (length <= G_MAXINT && benk_changeset_is_well_formed (changeset))
    code = sqlite3changeset_invert ((int) length, bytes, &n_inverse, &inverse);

  if (code == SQLITE_OK)
    return g_bytes_new_with_free_func (inverse, (gsize) n_inverse, sqlite3_free, inverse);

  g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT, "A changeset is damaged: %s.",
               sqlite3_errstr (code));
  return NULL;
}
