/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm-hand.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

/* The words go when the person goes whom the alarm is about. */
static gboolean
add_words (
  BenkDb *db, const BenkId *alarm, const char *words, BenkId *note, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT person_id FROM alarm WHERE id = ?", "i", alarm);
  BenkId person;

  if (!benk_scope_require (db, error) || stmt == NULL ||
      !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, &person);

  return benk_table_note_add (db, BENK_NOTE_STATED_BY, words, &person, note, error);
}

static gboolean
add_step (BenkDb *db,
          const BenkId *alarm,
          const char *kind,
          const char *place,
          gint64 at_ms,
          const BenkId *note,
          GError **error)
{
  const BenkChange *change = benk_scope_get_change (benk_scope_get_current (db));
  BenkId id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms, staff_id, note_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "iittnii", &id, alarm, kind, place, at_ms, &change->actor_staff, note);
}

/**
 * benk_table_alarm_hand_over:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @step_kind: kind of the step that is added
 * @place: where that was done
 * @role: (nullable): the role it goes to
 * @to: to whom, in words
 * @error: return location for an error
 *
 * Says that who has an alarm hands it over. They have it until somebody accepts: until
 * then it was handed over later than it was accepted last.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_hand_over (BenkDb *db,
                            const BenkId *id,
                            const char *step_kind,
                            const char *place,
                            const char *role,
                            const char *to,
                            GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (db);
  BenkId note;

  return add_words (db, id, to, &note, error) &&
         benk_table_change (db, error,
                            "UPDATE alarm SET handed_ms ="
                            " max (?2, ifnull (accepted_ms + 1, 0)), handed_role = ?3,"
                            " handed_to_id = ?4 WHERE id = ?1",
                            "inti", id, now_ms, role, &note) &&
         add_step (db, id, step_kind, place, now_ms, &note, error);
}

/**
 * benk_table_alarm_accept:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @step_kind: kind of the step that is added
 * @place: where that was done
 * @staff: (nullable): who has it from now on; nil = somebody who is not at this laptop
 * @by: (nullable): who accepted, in words; of somebody at this laptop nothing is needed
 * @at_ms: when, UTC milliseconds
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_accept (BenkDb *db,
                         const BenkId *id,
                         const char *step_kind,
                         const char *place,
                         const BenkId *staff,
                         const char *by,
                         gint64 at_ms,
                         GError **error)
{
  BenkId note;

  return add_words (db, id, by, &note, error) &&
         benk_table_change (db, error,
                            "UPDATE alarm SET taken_by = ?2,"
                            " accepted_ms = max (?3, handed_ms), accepted_by_id = ?4"
                            " WHERE id = ?1",
                            "iini", id, staff, at_ms, &note) &&
         add_step (db, id, step_kind, place, at_ms, &note, error);
}

/**
 * benk_table_alarm_keep:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @error: return location for an error
 *
 * Who has handed it over keeps it.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_keep (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE alarm SET handed_ms = accepted_ms,"
                            " handed_role = NULL, handed_to_id = NULL WHERE id = ?1",
                            "i", id) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_get_holder:
 * @db: a connection
 * @id: an alarm
 * @out_staff: (out): who has it; nil = nobody, or somebody who is not at this laptop
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_get_holder (BenkDb *db,
                             const BenkId *id,
                             BenkId *out_staff,
                             GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT taken_by FROM alarm WHERE id = ?", "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The alarm"), NULL, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, out_staff);

  return TRUE;
}
