/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm-step.h"

#include "benk-alarm-wait.h"
#include "benk-table-note.h"
#include "benk-table-private.h"

/**
 * benk_alarm_step_free:
 * @self: (nullable) (transfer full): a step
 */
void
benk_alarm_step_free (BenkAlarmStep *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->place);
  g_free (self->who);
  g_free (self->note);
  g_free (self->covered_by);
  g_free (self);
}

/**
 * benk_table_alarm_step_insert:
 * @db: a connection with an open scope
 * @alarm: an alarm
 * @kind: what was done
 * @place: where: "here", "other-system", "phone"
 * @at_ms: UTC milliseconds; 0 = now
 * @note: (nullable): what was written with it
 * @out_id: (out) (optional): the step, which also names its follow-up document
 * @error: return location for an error
 *
 * Adds a step by the actor of the scope. Insert only.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_step_insert (BenkDb *db,
                              const BenkId *alarm,
                              const char *kind,
                              const char *place,
                              gint64 at_ms,
                              const char *note,
                              BenkId *out_id,
                              GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT person_id FROM alarm WHERE id = ?", "i", alarm);
  BenkId id = benk_id_new (benk_db_get_clock (db));
  BenkId person = BENK_ID_NIL;
  BenkId note_id;
  const BenkChange *change;

  if (!benk_scope_require (db, error) || stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, &person);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  change = benk_scope_get_change (benk_scope_get_current (db));
  if (out_id != NULL)
    *out_id = id;

  return benk_table_note_add (db, BENK_NOTE_STEP, note, &person, &note_id, error) &&
         benk_table_change (
           db, error,
           "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms, staff_id, note_id)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)",
           "iittnii", &id, alarm, kind, place,
           at_ms != 0 ? at_ms : benk_db_get_wall_ms (db), &change->actor_staff, &note_id);
}

/* What names are made in of the steps that sources told. */
#define TOLD_NAMES "https://dosebenk.no/alarm-step"

/* The name of whoever did it is the newest's that told of it. */
static gboolean
keep_who (BenkDb *db,
          const BenkId *alarm,
          const BenkId *note,
          const char *who,
          gboolean newest,
          GError **error)
{
  return benk_table_change (
    db, error,
    "INSERT INTO note (id, kind, text, person_id, at_ms) VALUES (?1, ?2, ?3,"
    " (SELECT person_id FROM alarm WHERE id = ?4), ?5)"
    " ON CONFLICT (id) DO UPDATE SET text = excluded.text WHERE ?6",
    "ittinn", note, BENK_NOTE_STEP, who, alarm, benk_db_get_wall_ms (db),
    (gint64) newest);
}

/**
 * benk_table_alarm_step_tell:
 * @db: a connection with an open scope
 * @alarm: an alarm
 * @kind: what was done
 * @at_ms: when, UTC milliseconds
 * @who: (nullable): who did it, as the source shows it
 * @newest: whether it is the newest version of the alarm that tells of it
 * @error: return location for an error
 *
 * Adds a step that was done in another system. It is named by the alarm, what was done
 * and when: told again, it is there already.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_step_tell (BenkDb *db,
                            const BenkId *alarm,
                            const char *kind,
                            gint64 at_ms,
                            const char *who,
                            gboolean newest,
                            GError **error)
{
  g_autofree char *of = benk_id_to_string (alarm);
  g_autofree char *name =
    g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, of, kind, MAX (at_ms, 0));
  g_autofree char *note_name = g_strconcat (name, "|who", NULL);
  BenkId id = benk_id_new_named (TOLD_NAMES, name);
  BenkId note = BENK_ID_NIL;

  if (who != NULL && *who != '\0')
    note = benk_id_new_named (TOLD_NAMES, note_name);

  return (benk_id_is_nil (&note) || keep_who (db, alarm, &note, who, newest, error)) &&
         benk_table_change (
           db, error,
           "INSERT INTO alarm_step (id, alarm_id, kind, place, at_ms, note_id)"
           " VALUES (?, ?, ?, 'other-system', ?, ?) ON CONFLICT (id) DO NOTHING",
           "iitni", &id, alarm, kind, MAX (at_ms, 0), &note);
}

/**
 * benk_table_alarm_step_get_author:
 * @db: a connection
 * @step: a step
 * @staff: (out): who did it; nil = another system
 * @note: (out) (optional) (transfer full) (nullable): what was written with it; %NULL if
 *   nothing or erased
 * @error: return location for an error
 *
 * Returns: %TRUE if there is such a step; %FALSE without @error if not
 */
gboolean
benk_table_alarm_step_get_author (
  BenkDb *db, const BenkId *step, BenkId *staff, char **note, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT e.staff_id, n.text FROM alarm_step e"
                       " LEFT JOIN note n ON n.id = e.note_id WHERE e.id = ?",
                       "i", step);

  *staff = BENK_ID_NIL;
  if (note != NULL)
    *note = NULL;
  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, staff);
  if (note != NULL)
    *note = benk_stmt_dup_text (stmt, 1);

  return TRUE;
}

/**
 * benk_table_alarm_step_get_seq:
 * @db: a connection
 * @step: a step
 * @seq: (out): the place of its change in the change log; 0 if there is no such step
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_step_get_seq (BenkDb *db,
                               const BenkId *step,
                               gint64 *seq,
                               GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT " BENK_TABLE_ROW_SEQ ("alarm_step",
                                                     "e") " FROM alarm_step e"
                                                          " WHERE e.id = ?",
                       "i", step);

  *seq = 0;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    *seq = benk_stmt_get_int64 (stmt, 0);

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_alarm_step_list:
 * @db: a connection
 * @alarm: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkAlarmStep): its steps, oldest first
 */
GPtrArray *
benk_table_alarm_step_list (BenkDb *db, const BenkId *alarm, GError **error)
{
  g_autoptr (GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_alarm_step_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT e.at_ms, e.kind, e.place,"
                       " iif (e.staff_id IS NULL, NULL, ifnull (s.initials, '')),"
                       " iif (e.note_id IS NULL, NULL, ifnull (n.text, '')),"
                       " e.waiting_for, e.waiting_until_ms, e.covered,"
                       " iif (e.covered_by_id IS NULL, NULL, ifnull (c.text, '')),"
                       " " BENK_TABLE_ROW_SEQ (
                         "alarm_step",
                         "e") " AS seq"
                              " FROM alarm_step e LEFT JOIN staff s ON s.id = e.staff_id"
                              " LEFT JOIN note n ON n.id = e.note_id"
                              " LEFT JOIN note c ON c.id = e.covered_by_id"
                              " WHERE e.alarm_id = ?"
                              " ORDER BY e.at_ms, seq, e.id",
                       "i", alarm);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkAlarmStep *step = g_new0 (BenkAlarmStep, 1);

      step->at_ms = benk_stmt_get_int64 (stmt, 0);
      step->kind = benk_stmt_dup_text (stmt, 1);
      step->place = benk_stmt_dup_text (stmt, 2);
      step->who = benk_stmt_dup_text (stmt, 3);
      step->note = benk_stmt_dup_text (stmt, 4);
      benk_wait_from_name (benk_stmt_get_text (stmt, 5), &step->waiting_for);
      step->waiting_until_ms = benk_stmt_get_int64 (stmt, 6);
      benk_covered_from_name (benk_stmt_get_text (stmt, 7), &step->covered);
      step->covered_by = benk_stmt_dup_text (stmt, 8);
      step->seq = benk_stmt_get_int64 (stmt, 9);
      g_ptr_array_add (steps, step);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&steps) : NULL;
}
