/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-erase.h"

#include <glib/gstdio.h>

#include "benk-backup.h"
#include "benk-db-private.h"
#include "benk-photo.h"
#include "benk-table-note.h"
#include "benk-table-person.h"

typedef gboolean (*EraseRow) (BenkDb *db, const BenkId *id, GError **error);

static gboolean
erase (BenkDb *db,
       const BenkChange *actor,
       const BenkId *subject,
       EraseRow erase_row,
       GError **error)
{
  BenkChange change = *actor;
  g_autoptr (BenkScope) scope = NULL;

  change.verb = BENK_VERB_ERASE;
  change.subject = *subject;
  scope = benk_scope_begin (db, &change, error);
  if (scope == NULL || !erase_row (db, subject, error) ||
      !benk_scope_commit (scope, NULL, error))
    return FALSE;

  return benk_erase_sweep (db, error);
}

/**
 * benk_erase_person:
 * @actor: who erases; the verb and the subject are set here
 * @person: the row of person
 *
 * Erases what is written about a person: the reference, the notes, the words devices are
 * found by. The change log keeps that it was done, by whom and when; rows that point at
 * the person show "erased".
 *
 * Returns: %FALSE with @error set on failure. With %BENK_ERROR_BUSY the words are gone
 * from the tables but not from the log beside the store, as somebody is reading: call
 *   [func@benk_erase_sweep] again later.
 */
gboolean
benk_erase_person (BenkDb *db,
                   const BenkChange *actor,
                   const BenkId *person,
                   GError **error)
{
  return erase (db, actor, person, benk_table_person_erase, error);
}

/**
 * benk_erase_note:
 * @actor: who erases; the verb and the subject are set here
 * @note: the row of note
 *
 * Erases one free text. As [func@benk_erase_person].
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_erase_note (BenkDb *db, const BenkChange *actor, const BenkId *note, GError **error)
{
  return erase (db, actor, note, benk_table_note_erase, error);
}

/**
 * benk_erase_sweep:
 *
 * Leaves no erased word in a file: empties the write-ahead log and removes erased
 * pictures and the copies that were made before migrations, which hold the words as they
 * were.
 *
 * Returns: %FALSE with %BENK_ERROR_BUSY while somebody reads an older state, or another
 * error
 */
gboolean
benk_erase_sweep (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) copies = NULL;

  benk_db_assert_owner (db);

  copies = benk_backup_list (db->path);
  for (guint i = 0; i < copies->len; i++)
    {
      const char *path = g_ptr_array_index (copies, i);

      if (g_unlink (path) != 0)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "%s cannot be removed.", path);
          return FALSE;
        }
    }

  return benk_photo_sweep (db, error) && benk_db_truncate_wal (db, error);
}
