/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-person.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-search.h"
#include "benk-table-private.h"

/**
 * benk_table_person_find:
 * @db: a connection
 * @reference: the reference used in the patient record
 * @out_id: (out): the person, nil when there is none
 * @error: return location for an error
 *
 * Returns: %TRUE if @reference is known; %FALSE without @error if it is not
 */
gboolean
benk_table_person_find (BenkDb *db, const char *reference, BenkId *out_id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT id FROM person WHERE reference = ? ORDER BY id LIMIT 1",
                       "t", reference);

  *out_id = BENK_ID_NIL;

  return stmt != NULL && benk_stmt_step (stmt, error) &&
         benk_stmt_get_id (stmt, 0, out_id);
}

/**
 * benk_table_person_ensure:
 * @db: a connection with an open scope
 * @reference: the reference used in the patient record
 * @out_id: (out): a random id for the person
 * @error: return location for an error
 *
 * Finds a person by reference, or adds one. References are kept out of every journalled
 * table.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_person_ensure (BenkDb *db,
                          const char *reference,
                          BenkId *out_id,
                          GError **error)
{
  g_autoptr (GError) local = NULL;

  if (benk_table_person_find (db, reference, out_id, &local))
    return TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (db, error, "INSERT INTO person (id, reference) VALUES (?, ?)",
                            "it", out_id, reference);
}

/**
 * benk_table_person_get_reference:
 * @db: a connection
 * @id: (nullable): a person, or nil
 * @erased: (out) (optional): whether @id points at a person that is gone
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the reference; %NULL without @error if there is
 * none
 */
char *
benk_table_person_get_reference (BenkDb *db,
                                 const BenkId *id,
                                 gboolean *erased,
                                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  if (erased != NULL)
    *erased = FALSE;
  if (id == NULL || benk_id_is_nil (id))
    return NULL;

  stmt =
    benk_table_select (db, error, "SELECT reference FROM person WHERE id = ?", "i", id);
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
 * benk_table_person_erase:
 * @db: a connection with an open scope
 * @id: a person
 * @error: return location for an error
 *
 * Deletes a person, every note written about them and every picture taken of what they
 * had. What is reserved for them is given up. What the journal and the state say
 * of devices stays, under an id that leads nowhere.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if the person is not there, or another error
 */
gboolean
benk_table_person_erase (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error,
                            "DELETE FROM device_search WHERE device_id IN (SELECT id"
                            " FROM device WHERE person_id = ?1 OR note_id IN"
                            " (SELECT id FROM note WHERE person_id = ?1)"
                            " UNION SELECT device_id FROM reservation"
                            " WHERE person_id = ?1)",
                            "i", id) &&
         benk_table_change (db, error,
                            "UPDATE reservation SET ended = 'given-up', ended_ms = ?2"
                            " WHERE person_id = ?1 AND ended IS NULL",
                            "in", id, benk_db_get_wall_ms (db)) &&
         benk_table_change (db, error,
                            "DELETE FROM alarm_text WHERE alarm_id IN"
                            " (SELECT id FROM alarm WHERE person_id = ?)",
                            "i", id) &&
         benk_table_change (db, error,
                            "UPDATE checklist_photo SET erased_ms = ?2 WHERE erased_ms IS"
                            " NULL AND work_id IN (SELECT w.id FROM checklist_work w JOIN"
                            " checklist_member m ON m.work_id = w.id JOIN device d ON"
                            " d.id = m.device_id WHERE w.person_id = ?1 OR"
                            " d.person_id = ?1)",
                            "in", id, benk_db_get_wall_ms (db)) &&
         benk_table_change (db, error, "DELETE FROM note WHERE person_id = ?", "i", id) &&
         benk_table_change (db, error, "DELETE FROM person WHERE id = ?", "i", id) &&
         benk_table_require_change (db, _ ("The user"), error) &&
         benk_search_refresh_missing (db, error);
}
