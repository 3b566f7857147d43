/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-journal.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define ROW_TAG "dosebenk journal 1"
#define GENESIS_TAG "dosebenk store 1"
/* Octets that are read at every opening without being felt. */
#define SMALL_CHANGESET (64 * 1024)
#define COLUMNS                                                                          \
  "site, seq, prev, wall_ms, staff, account, verb, subject, reason, undoes, schema, "    \
  "changeset, hash"

void
benk_journal_row_free (BenkJournalRow *self)
{
  if (self == NULL)
    return;

  g_free (self->account);
  g_free (self->verb);
  g_clear_pointer (&self->changeset, g_bytes_unref);
  g_free (self);
}

static void
digest_field (GChecksum *sum, gconstpointer data, gsize length)
{
  guint64 prefix = GUINT64_TO_BE ((guint64) length);

  g_checksum_update (sum, (const guchar *) &prefix, sizeof prefix);
  g_checksum_update (sum, data, (gssize) length);
}

static void
digest_text (GChecksum *sum, const char *text)
{
  digest_field (sum, text, strlen (text));
}

static void
digest_int64 (GChecksum *sum, gint64 value)
{
  guint64 octets = GUINT64_TO_BE ((guint64) value);

  digest_field (sum, &octets, sizeof octets);
}

static void
get_digest (GChecksum *sum, guint8 *hash)
{
  gsize length = BENK_HASH_LENGTH;

  g_checksum_get_digest (sum, hash, &length);
}

/**
 * benk_journal_hash_genesis:
 * @hash: (out) (array fixed-size=32): what the first row of the chain points at
 *
 * Ties the chain to its site and to being a demo or not.
 */
void
benk_journal_hash_genesis (const BenkId *site, gboolean demo, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  digest_text (sum, GENESIS_TAG);
  digest_field (sum, site->b, sizeof site->b);
  digest_int64 (sum, demo ? 1 : 0);
  get_digest (sum, hash);
}

/**
 * benk_journal_hash_row:
 * @hash: (out) (array fixed-size=32): SHA-256
 *
 * Computes the hash of a row from its other fields: each with its length in front (64
 * bits, big endian), SHA-256 of the changeset in place of the changeset.
 */
void
benk_journal_hash_row (const BenkJournalRow *row, guint8 *hash)
{
  g_autoptr (GChecksum) inner = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 changeset[BENK_HASH_LENGTH];
  gsize length;
  gconstpointer data = g_bytes_get_data (row->changeset, &length);

  if (length > 0)
    g_checksum_update (inner, data, (gssize) length);
  get_digest (inner, changeset);

  digest_text (sum, ROW_TAG);
  digest_field (sum, row->site.b, sizeof row->site.b);
  digest_int64 (sum, row->seq);
  digest_field (sum, row->prev, sizeof row->prev);
  digest_int64 (sum, row->wall_ms);
  digest_field (sum, row->staff.b, sizeof row->staff.b);
  digest_text (sum, row->account);
  digest_text (sum, row->verb);
  digest_field (sum, row->subject.b, sizeof row->subject.b);
  digest_field (sum, row->reason.b, sizeof row->reason.b);
  digest_int64 (sum, row->undoes);
  digest_int64 (sum, row->schema);
  digest_field (sum, changeset, sizeof changeset);
  get_digest (sum, hash);
}

/**
 * benk_journal_hash_to_string:
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
benk_journal_hash_to_string (const guint8 *hash)
{
  GString *text = g_string_sized_new (2 * BENK_HASH_LENGTH);

  for (gsize i = 0; i < BENK_HASH_LENGTH; i++)
    g_string_append_printf (text, "%02x", hash[i]);

  return g_string_free (text, FALSE);
}

static gboolean
read_hash (BenkStmt *stmt, int column, guint8 *hash)
{
  gsize length;
  gconstpointer data = benk_stmt_get_blob (stmt, column, &length);

  memset (hash, 0, BENK_HASH_LENGTH);
  if (data == NULL || length != BENK_HASH_LENGTH)
    return FALSE;

  memcpy (hash, data, length);
  return TRUE;
}

/* Text with an octet zero in it would be cut short unseen. */
static char *
read_text (BenkStmt *stmt, int column)
{
  gsize length;
  const char *text = benk_stmt_get_text (stmt, column);

  benk_stmt_get_blob (stmt, column, &length);
  if (text == NULL || strlen (text) != length)
    return NULL;

  return g_strdup (text);
}

const char *
benk_journal_columns (void)
{
  return COLUMNS;
}

/**
 * benk_journal_row_from_stmt:
 * @stmt: on a row of [func@benk_journal_columns]
 *
 * Returns: (transfer full): the row, or %NULL with %BENK_ERROR_CORRUPT when a field has
 * not the shape this program writes
 */
BenkJournalRow *
benk_journal_row_from_stmt (BenkStmt *stmt, GError **error)
{
  g_autoptr (BenkJournalRow) self = g_new0 (BenkJournalRow, 1);
  gboolean sound;

  sound = benk_stmt_get_id (stmt, 0, &self->site);
  self->seq = benk_stmt_get_int64 (stmt, 1);
  sound &= read_hash (stmt, 2, self->prev);
  self->wall_ms = benk_stmt_get_int64 (stmt, 3);
  sound &= benk_stmt_get_id (stmt, 4, &self->staff);
  self->account = read_text (stmt, 5);
  self->verb = read_text (stmt, 6);
  sound &= benk_stmt_get_id (stmt, 7, &self->subject);
  sound &= benk_stmt_get_id (stmt, 8, &self->reason);
  self->undoes = benk_stmt_get_int64 (stmt, 9);
  self->schema = benk_stmt_get_int64 (stmt, 10);
  self->changeset = benk_stmt_get_bytes (stmt, 11);
  sound &= read_hash (stmt, 12, self->hash);

  if (sound && self->account != NULL && self->verb != NULL)
    return g_steal_pointer (&self);

  g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
               _ ("Row %d of the change log is damaged."), (int) self->seq);
  return NULL;
}

static gboolean
no_row (GError *local, GError **error, int code, const char *text)
{
  if (local != NULL)
    g_propagate_error (error, local);
  else
    g_set_error_literal (error, BENK_ERROR, code, text);

  return FALSE;
}

static gboolean
read_store (BenkDb *db, BenkJournalHead *head, GError **error)
{
  g_autoptr (BenkStmt) store =
    benk_db_prepare (db, "SELECT site, demo FROM store", error);
  GError *local = NULL;

  if (store == NULL)
    return FALSE;
  if (!benk_stmt_step (store, &local) || !benk_stmt_get_id (store, 0, &head->site))
    return no_row (local, error, BENK_ERROR_CORRUPT, _ ("The store has no name."));

  head->demo = benk_stmt_get_int64 (store, 1) != 0;
  head->seq = 0;
  benk_journal_hash_genesis (&head->site, head->demo, head->hash);

  return TRUE;
}

/**
 * benk_journal_get_newest:
 * @head: (out caller-allocates): the end of this laptop's chain, but for its hash
 *
 * For those who do not write: the hash stands behind the changeset, and that of a big
 * import is read through to get there.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_journal_get_newest (BenkDb *db, BenkJournalHead *head, GError **error)
{
  g_autoptr (BenkStmt) last = NULL;
  g_autoptr (GError) local = NULL;

  if (!read_store (db, head, error))
    return FALSE;
  last = benk_db_prepare (db, "SELECT max (seq) FROM journal WHERE site = ?", error);
  if (last == NULL)
    return FALSE;

  benk_stmt_bind_blob (last, 1, head->site.b, sizeof head->site.b);
  if (benk_stmt_step (last, &local))
    head->seq = benk_stmt_get_int64 (last, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_journal_get_head:
 * @head: (out caller-allocates): the end of this laptop's chain
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_journal_get_head (BenkDb *db, BenkJournalHead *head, GError **error)
{
  g_autoptr (BenkStmt) last = NULL;
  GError *local = NULL;

  if (!read_store (db, head, error))
    return FALSE;
  last = benk_db_prepare (
    db, "SELECT seq, hash FROM journal WHERE site = ? ORDER BY seq DESC LIMIT 1", error);
  if (last == NULL)
    return FALSE;

  benk_stmt_bind_blob (last, 1, head->site.b, sizeof head->site.b);
  if (benk_stmt_step (last, &local))
    {
      head->seq = benk_stmt_get_int64 (last, 0);
      if (read_hash (last, 1, head->hash))
        return TRUE;
      return no_row (NULL, error, BENK_ERROR_CORRUPT,
                     _ ("The last row of the change log is damaged."));
    }

  return local == NULL || no_row (local, error, 0, NULL);
}

/* Whether the own hash of the first row was made when it pointed at @other. */
static gboolean
read_was_made (BenkDb *db,
               const BenkJournalHead *head,
               const guint8 *other,
               gboolean *was,
               GError **error)
{
  guint8 hash[BENK_HASH_LENGTH];
  g_autoptr (BenkStmt) stmt = benk_db_prepare (
    db, "SELECT " COLUMNS " FROM journal WHERE site = ? ORDER BY seq LIMIT 1", error);
  g_autoptr (BenkJournalRow) first = NULL;
  GError *local = NULL;

  *was = FALSE;
  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_blob (stmt, 1, head->site.b, sizeof head->site.b);
  if (!benk_stmt_step (stmt, &local))
    return local == NULL || no_row (local, error, 0, NULL);
  first = benk_journal_row_from_stmt (stmt, NULL);
  if (first == NULL)
    return TRUE;
  memcpy (first->prev, other, sizeof first->prev);
  benk_journal_hash_row (first, hash);
  *was = memcmp (first->hash, hash, sizeof hash) == 0;
  return TRUE;
}

/**
 * benk_journal_check_demo:
 * @head: the end of this laptop's chain
 *
 * Checks that the store is what it was made as, an ordinary one or a demo: the chain's
 * first row says which. Somebody may have turned what that row points at as well, but not
 * its own hash. For that the row is read through where the store says that it is a demo,
 * for only then do simulated devices count, and else where that costs little; the
 * changeset of a first import may be 22 MB. Any other damage is for [func@benk_verify]
 * to find.
 *
 * Returns: %FALSE with %BENK_ERROR_CORRUPT when it was made as the other, or another
 * error
 */
gboolean
benk_journal_check_demo (BenkDb *db, const BenkJournalHead *head, GError **error)
{
  guint8 other[BENK_HASH_LENGTH];
  guint8 prev[BENK_HASH_LENGTH];
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT prev, length (changeset) FROM journal WHERE site = ?"
                     " ORDER BY seq LIMIT 1",
                     error);
  gboolean is_other;
  GError *local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_blob (stmt, 1, head->site.b, sizeof head->site.b);
  if (!benk_stmt_step (stmt, &local))
    return local == NULL || no_row (local, error, 0, NULL);

  benk_journal_hash_genesis (&head->site, !head->demo, other);
  is_other = read_hash (stmt, 0, prev) && memcmp (prev, other, sizeof other) == 0;
  if (!is_other && (head->demo || benk_stmt_get_int64 (stmt, 1) <= SMALL_CHANGESET) &&
      !read_was_made (db, head, other, &is_other, error))
    return FALSE;
  if (!is_other)
    return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                       head->demo
                         ? _ ("This store says that it is a demo, but was not made so.")
                         : _ ("This store was made as a demo, but says that it is not."));
  return FALSE;
}

/**
 * benk_journal_get_row:
 * @seq: a row of this laptop's chain
 *
 * Returns: (transfer full): the row, or %NULL with %BENK_ERROR_NOT_FOUND or another error
 */
BenkJournalRow *
benk_journal_get_row (BenkDb *db, gint64 seq, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT " COLUMNS
                     " FROM journal WHERE site = (SELECT site FROM store) AND seq = ?",
                     error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return NULL;

  benk_stmt_bind_int64 (stmt, 1, seq);
  if (benk_stmt_step (stmt, &local))
    return benk_journal_row_from_stmt (stmt, error);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("There is no row %d in the change log."), (int) seq);
  return NULL;
}

static void
bind_id (BenkStmt *stmt, int param, const BenkId *id)
{
  benk_stmt_bind_blob (stmt, param, id->b, sizeof id->b);
}

/**
 * benk_journal_append:
 * @row: the row; its hash is computed here
 *
 * Writes a row in the open transaction.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_journal_append (BenkDb *db, BenkJournalRow *row, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "INSERT INTO journal (" COLUMNS
                     ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     error);

  if (stmt == NULL)
    return FALSE;

  benk_journal_hash_row (row, row->hash);
  bind_id (stmt, 1, &row->site);
  benk_stmt_bind_int64 (stmt, 2, row->seq);
  benk_stmt_bind_blob (stmt, 3, row->prev, sizeof row->prev);
  benk_stmt_bind_int64 (stmt, 4, row->wall_ms);
  bind_id (stmt, 5, &row->staff);
  benk_stmt_bind_text (stmt, 6, row->account);
  benk_stmt_bind_text (stmt, 7, row->verb);
  bind_id (stmt, 8, &row->subject);
  bind_id (stmt, 9, &row->reason);
  benk_stmt_bind_int64 (stmt, 10, row->undoes);
  benk_stmt_bind_int64 (stmt, 11, row->schema);
  benk_stmt_bind_bytes (stmt, 12, row->changeset);
  benk_stmt_bind_blob (stmt, 13, row->hash, sizeof row->hash);

  return benk_stmt_run (stmt, error);
}
