/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-note.h"

#include "benk-search.h"
#include "benk-table-private.h"

/**
 * benk_table_note_add:
 * @db: a connection with an open scope
 * @kind: one of the BENK_NOTE_ kinds
 * @text: (nullable): what was written or said
 * @person: (nullable): whom it is about; the note goes when that person is erased
 * @out_id: (out): a random id to point at it by; nil when @text is empty
 * @error: return location for an error
 *
 * Keeps free text where it can be erased.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_note_add (BenkDb *db,
                     const char *kind,
                     const char *text,
                     const BenkId *person,
                     BenkId *out_id,
                     GError **error)
{
  *out_id = BENK_ID_NIL;
  if (text == NULL || *text == '\0')
    return TRUE;

  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO note (id, kind, text, person_id, at_ms) VALUES (?, ?, ?, ?, ?)", "ittin",
    out_id, kind, text, person, benk_db_get_wall_ms (db));
}

/**
 * benk_table_note_add_of_device:
 * @db: a connection with an open scope
 * @kind: one of the BENK_NOTE_ kinds
 * @text: (nullable): what was written or said
 * @device: the device it was written about; the note goes when its user, or the last one
 *   it had, is erased
 * @out_id: (out): a random id to point at it by; nil when @text is empty
 * @error: return location for an error
 *
 * As benk_table_note_add().
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_note_add_of_device (BenkDb *db,
                               const char *kind,
                               const char *text,
                               const BenkId *device,
                               BenkId *out_id,
                               GError **error)
{
  BenkId person;

  return benk_table_get_person (db, device, &person, error) &&
         benk_table_note_add (db, kind, text, &person, out_id, error);
}

/**
 * benk_table_note_get:
 * @db: a connection
 * @id: (nullable): a note, or nil
 * @erased: (out) (optional): whether @id points at a note that is gone
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the text; %NULL without @error if there is none
 */
char *
benk_table_note_get (BenkDb *db, const BenkId *id, gboolean *erased, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  if (erased != NULL)
    *erased = FALSE;
  if (id == NULL || benk_id_is_nil (id))
    return NULL;

  stmt = benk_table_select (db, error, "SELECT text FROM note WHERE id = ?", "i", id);
  if (stmt == NULL)
    return NULL;
  if (benk_stmt_step (stmt, &local))
    return benk_stmt_dup_text (stmt, 0);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (erased != NULL)
    *erased = TRUE;
  return NULL;
}

/**
 * benk_table_note_erase:
 * @db: a connection with an open scope
 * @id: a note; one that is gone already is no error
 * @error: return location for an error
 *
 * Deletes a note. No byte of it is left once the scope is committed and the write-ahead
 * log truncated.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_note_erase (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error,
                            "DELETE FROM device_search WHERE device_id IN"
                            " (SELECT id FROM device WHERE note_id = ?)",
                            "i", id) &&
         benk_table_change (db, error, "DELETE FROM note WHERE id = ?", "i", id) &&
         benk_search_refresh_missing (db, error);
}
