/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-import-profile.h"

#include "benk-table-private.h"

/**
 * benk_table_import_profile_set:
 * @db: a connection in a transaction
 * @headings: the digest of a list's headings
 * @columns: what each column was taken for
 * @words: which state a word stood for
 * @error: return location for an error
 *
 * Remembers how a list with these headings was read. What is remembered already is not
 * written again.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_import_profile_set (BenkDb *db,
                               const char *headings,
                               const char *columns,
                               const char *words,
                               GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO import_profile (headings, columns, words, used_ms) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (headings) DO UPDATE SET columns = excluded.columns,"
    " words = excluded.words, used_ms = excluded.used_ms"
    " WHERE columns IS NOT excluded.columns OR words IS NOT excluded.words",
    "tttn", headings, columns, words, benk_db_get_wall_ms (db));
}

/**
 * benk_table_import_profile_get:
 * @db: a connection
 * @headings: the digest of a list's headings
 * @columns: (out) (transfer full) (nullable): what each column was taken for last time;
 *   %NULL if a list with these headings was never imported
 * @words: (out) (transfer full) (nullable): which state a word stood for
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_import_profile_get (
  BenkDb *db, const char *headings, char **columns, char **words, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, &local,
                       "SELECT columns, words FROM import_profile WHERE headings = ?",
                       "t", headings);

  *columns = NULL;
  *words = NULL;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      *columns = benk_stmt_dup_text (stmt, 0);
      *words = benk_stmt_dup_text (stmt, 1);
    }

  return benk_table_ended (stmt, &local, error);
}
