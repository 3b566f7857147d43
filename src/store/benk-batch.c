/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-batch.h"

#include "benk-db-private.h"

struct _BenkBatch
{
  BenkDb *db;
};

/**
 * benk_batch_begin:
 * @db: a connection without an open transaction
 * @error: return location for an error
 *
 * Locks the store for writing, until the batch is committed or freed.
 *
 * Returns: (transfer full): the batch, or %NULL with %BENK_ERROR_BUSY or another error
 */
BenkBatch *
benk_batch_begin (BenkDb *db, GError **error)
{
  BenkBatch *self;

  if (!benk_db_begin (db, "BEGIN IMMEDIATE", error))
    return NULL;
  self = g_new0 (BenkBatch, 1);
  self->db = db;
  db->in_batch = TRUE;
  db->batch_seq = 0;

  return self;
}

/**
 * benk_batch_commit:
 * @self: an open batch in which no scope is open
 * @error: return location for an error
 *
 * Keeps every change that was committed in it.
 *
 * Returns: %FALSE with @error set; then nothing is changed
 */
gboolean
benk_batch_commit (BenkBatch *self, GError **error)
{
  BenkDb *db = self->db;

  g_return_val_if_fail (db->in_batch && db->scope == NULL, FALSE);

  db->in_batch = FALSE;
  if (!benk_db_exec (db, "COMMIT", error))
    {
      benk_db_rollback (db);
      return FALSE;
    }
  if (db->batch_seq > 0)
    db->last_seq = db->batch_seq;

  return TRUE;
}

void
benk_batch_free (BenkBatch *self)
{
  if (self == NULL)
    return;

  if (self->db->in_batch)
    {
      self->db->in_batch = FALSE;
      benk_db_rollback (self->db);
    }
  g_free (self);
}
