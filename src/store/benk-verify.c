/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-verify.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-apply.h"
#include "benk-compare.h"
#include "benk-journal.h"
#include "benk-photo.h"
#include "benk-schema.h"

/* A shorter piece of a hash would be found by trying. */
#define MIN_HASH_DIGITS 16

typedef struct
{
  BenkDb *db;
  BenkDb *replay;
  GCancellable *cancellable;
  BenkVerifyResult *result;
  BenkJournalHead head;
  gint64 against_row;
  char *against_hash;
  gboolean against_seen;
  BenkId site; /* the chain being walked */
  gint64 seq;
  guint8 hash[BENK_HASH_LENGTH];
} Verify;

void
benk_verify_result_free (BenkVerifyResult *self)
{
  if (self == NULL)
    return;

  g_free (self->hash);
  g_free (self->table);
  g_free (self->text);
  g_free (self);
}

/* A finding is a result, not an error: returns TRUE. */
static gboolean G_GNUC_PRINTF (3, 4)
  found (Verify *self, gint64 seq, const char *format, ...)
{
  va_list args;

  self->result->intact = FALSE;
  self->result->seq = seq;
  va_start (args, format);
  self->result->text = g_strdup_vprintf (format, args);
  va_end (args);

  return TRUE;
}

static gboolean
check_against (Verify *self, gint64 seq, const guint8 *hash)
{
  g_autofree char *text = NULL;

  if (self->against_hash == NULL || seq != self->against_row ||
      !benk_id_equal (&self->site, &self->head.site))
    return TRUE;

  self->against_seen = TRUE;
  text = benk_journal_hash_to_string (hash);
  if (g_str_has_prefix (text, self->against_hash))
    return TRUE;

  found (self, seq, _ ("Row %d is not the row the copy names."), (int) seq);
  return FALSE;
}

static gboolean
check_row (Verify *self, const BenkJournalRow *row, GError **error)
{
  guint8 hash[BENK_HASH_LENGTH];
  g_autoptr (GError) local = NULL;

  if (!benk_id_equal (&row->site, &self->site))
    {
      self->site = row->site;
      self->seq = 0;
      benk_journal_hash_genesis (&row->site, self->head.demo, self->hash);
    }

  if (row->seq != self->seq + 1)
    return found (self, self->seq + 1, _ ("Row %d is missing."), (int) self->seq + 1);

  benk_journal_hash_row (row, hash);
  if (memcmp (hash, row->hash, sizeof hash) != 0)
    return found (self, row->seq, _ ("Row %d was changed."), (int) row->seq);
  if (memcmp (row->prev, self->hash, sizeof row->prev) != 0)
    return found (self, row->seq, _ ("Row %d does not follow the row before it."),
                  (int) row->seq);
  if (!check_against (self, row->seq, hash))
    return TRUE;

  if (!benk_apply (self->replay, row->changeset, row->schema, BENK_APPLY_ALL, NULL,
                   &local))
    {
      if (g_error_matches (local, BENK_ERROR, BENK_ERROR_CORRUPT) ||
          g_error_matches (local, BENK_ERROR, BENK_ERROR_CONFLICT))
        return found (self, row->seq, _ ("Row %d cannot be replayed: %s"), (int) row->seq,
                      local->message);

      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->seq = row->seq;
  memcpy (self->hash, hash, sizeof hash);
  return TRUE;
}

static gboolean
is_cancelled (Verify *self, GError **error)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_CANCELLED, _ ("Cancelled."));
  return TRUE;
}

static gboolean
walk_chain (Verify *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM journal ORDER BY site, seq",
                                          benk_journal_columns ());
  g_autoptr (BenkStmt) stmt = benk_db_prepare (self->db, sql, error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  while (self->result->text == NULL && benk_stmt_step (stmt, &local))
    {
      g_autoptr (GError) damage = NULL;
      g_autoptr (BenkJournalRow) row = benk_journal_row_from_stmt (stmt, &damage);

      if (row == NULL)
        return found (self, self->seq + 1, "%s", damage->message);
      if (is_cancelled (self, error) || !check_row (self, row, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  /* A page that cannot be read is damage of the row it holds. */
  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_CORRUPT))
    return found (self, self->seq + 1, _ ("Row %d cannot be read: %s"),
                  (int) self->seq + 1, local->message);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
compare_tables (Verify *self, GError **error)
{
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);
  g_autofree char *text = NULL;

  if (!benk_compare_schema (self->db, self->replay, &text, error))
    return FALSE;
  if (text != NULL)
    return found (self, 0, "%s", text);

  for (gsize i = 0; i < n; i++)
    {
      if (tables[i].table_class != BENK_TABLE_JOURNALLED)
        continue;
      if (is_cancelled (self, error) ||
          !benk_compare_table (self->db, self->replay, tables[i].name, &self->result->row,
                               &text, error))
        return FALSE;
      if (text == NULL)
        continue;

      self->result->table = g_strdup (tables[i].name);
      return found (self, 0, "%s", text);
    }

  return TRUE;
}

static gboolean
check_pictures (Verify *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!benk_photo_check_all (self->db, &text, error))
    return FALSE;
  return text == NULL || found (self, 0, "%s", text);
}

static gboolean
do_verify (Verify *self, GError **error)
{
  if (!benk_journal_get_head (self->db, &self->head, error))
    return FALSE;

  self->site = self->head.site;
  memcpy (self->hash, self->head.hash, sizeof self->hash);
  benk_journal_hash_genesis (&self->site, self->head.demo, self->hash);
  if (!check_against (self, 0, self->hash))
    return TRUE;

  if (!walk_chain (self, error))
    return FALSE;
  if (self->result->text != NULL)
    return TRUE;

  if (self->against_hash != NULL && !self->against_seen)
    return found (self, self->against_row, _ ("Row %d is missing."),
                  (int) self->against_row);

  if (!compare_tables (self, error))
    return FALSE;

  if (self->result->text == NULL && !check_pictures (self, error))
    return FALSE;

  if (self->result->text == NULL)
    {
      self->result->intact = TRUE;
      self->result->seq = self->head.seq;
      self->result->hash = benk_journal_hash_to_string (self->head.hash);
      self->result->text = g_strdup_printf (_ ("The change log is intact up to row %d."),
                                            (int) self->head.seq);
    }

  return TRUE;
}

static gboolean
take_hash (Verify *self, const char *text, GError **error)
{
  GString *digits;

  if (text == NULL)
    return TRUE;

  digits = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (digits, g_ascii_tolower (*c));
  self->against_hash = g_string_free (digits, FALSE);

  if (strlen (self->against_hash) >= MIN_HASH_DIGITS &&
      strspn (self->against_hash, "0123456789abcdef") == strlen (self->against_hash))
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("A hash has at least %d digits of 0–9 and a–f."), MIN_HASH_DIGITS);
  return FALSE;
}

static gboolean
verify_opened (Verify *self, GError **error)
{
  g_autoptr (BenkTx) tx = NULL;

  if (!benk_schema_create_empty (self->replay, error))
    return FALSE;

  tx = benk_tx_begin_read (self->db, error);

  return tx != NULL && do_verify (self, error);
}

/**
 * benk_verify:
 * @against_row: the row a copy names; looked at when @against_hash is given
 * @against_hash: (nullable): the hash that stands on the copy, at least 16 digits of it;
 * blanks and case do not matter
 * @cancellable: (nullable): looked at between rows
 *
 * Checks that every row of every chain has its hash and follows the one before; that
 * replaying them gives exactly what the journalled tables hold, schema included; that
 * every picture of a checklist is there as it was taken; and that the row of a copy that
 * was handed over is in it. All of one state, in a read transaction.
 *
 * Returns: (transfer full): what was found, or %NULL with @error set when the check
 * itself failed
 */
BenkVerifyResult *
benk_verify (BenkDb *db,
             gint64 against_row,
             const char *against_hash,
             GCancellable *cancellable,
             GError **error)
{
  Verify self = { .db = db, .cancellable = cancellable, .against_row = against_row };
  g_autoptr (BenkVerifyResult) result = g_new0 (BenkVerifyResult, 1);
  gboolean done = FALSE;

  self.result = result;
  if (take_hash (&self, against_hash, error))
    {
      self.replay = benk_db_open_memory (benk_db_get_clock (db), error);
      done = self.replay != NULL && verify_opened (&self, error);
    }

  g_clear_pointer (&self.replay, benk_db_close);
  g_free (self.against_hash);

  return done ? g_steal_pointer (&result) : NULL;
}
