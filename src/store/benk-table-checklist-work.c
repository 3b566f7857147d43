/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-checklist-work.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

static const BenkId *
get_actor (BenkDb *db)
{
  return &benk_scope_get_change (benk_scope_get_current (db))->actor_staff;
}

/**
 * benk_table_checklist_work_insert:
 * @db: a connection with an open scope
 * @version: the version that is worked through
 * @person: (nullable): the user it is made ready for
 * @plan: (nullable): the plan it is compared with
 * @out_id: (out): the list, open
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_insert (BenkDb *db,
                                  const BenkId *version,
                                  const BenkId *person,
                                  const BenkId *plan,
                                  BenkId *out_id,
                                  GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  *out_id = benk_id_new (benk_db_get_clock (db));
  return benk_table_change (
    db, error,
    "INSERT INTO checklist_work (id, version_id, state, started_ms, staff_id, person_id,"
    " plan_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "iitniii", out_id, version, BENK_WORK_OPEN, benk_db_get_wall_ms (db), get_actor (db),
    person, plan);
}

/** benk_table_checklist_work_add_member: adds a device to a list */
gboolean
benk_table_checklist_work_add_member (BenkDb *db,
                                      const BenkId *work,
                                      const BenkId *device,
                                      GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error, "INSERT INTO checklist_member (id, work_id, device_id) VALUES (?, ?, ?)",
    "iii", &id, work, device);
}

/**
 * benk_table_checklist_work_leave_out:
 * @reason: (nullable): why, kept as a note about the user of the device
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_leave_out (
  BenkDb *db, const BenkId *member, gboolean left_out, const char *reason, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT device_id FROM checklist_member WHERE id = ?",
                       "i", member);
  BenkId device, note;

  if (stmt == NULL || !benk_table_find (stmt, _ ("The device"), NULL, error))
    return FALSE;
  benk_stmt_get_id (stmt, 0, &device);
  return benk_table_note_add_of_device (db, BENK_NOTE_REASON, reason, &device, &note,
                                        error) &&
         benk_table_change (
           db, error,
           "UPDATE checklist_member SET left_out = ?2, reason_id = ?3 WHERE id = ?1",
           "ini", member, (gint64) left_out, &note) &&
         benk_table_require_change (db, _ ("The device"), error);
}

/** benk_table_checklist_work_set_run: keeps what the list gave for a device */
gboolean
benk_table_checklist_work_set_run (BenkDb *db,
                                   const BenkId *member,
                                   const BenkId *run,
                                   GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE checklist_member SET run_id = ?2 WHERE id = ?1", "ii",
                            member, run) &&
         benk_table_require_change (db, _ ("The device"), error);
}

/** benk_table_checklist_work_set_plan: what the settings were compared with */
gboolean
benk_table_checklist_work_set_plan (BenkDb *db,
                                    const BenkId *work,
                                    const BenkId *plan,
                                    GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE checklist_work SET plan_id = ?2 WHERE id = ?1", "ii",
                            work, plan) &&
         benk_table_require_change (db, _ ("The checklist"), error);
}

/**
 * benk_table_checklist_work_end:
 * @state: "done" or "dropped"
 * @reason: (nullable): why it was dropped
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_end (
  BenkDb *db, const BenkId *work, const char *state, const char *reason, GError **error)
{
  BenkId note;

  return benk_table_note_add (db, BENK_NOTE_REASON, reason, NULL, &note, error) &&
         benk_table_change (db, error,
                            "UPDATE checklist_work SET state = ?2, ended_ms = ?3,"
                            " reason_id = ?4 WHERE id = ?1",
                            "itni", work, state, benk_db_get_wall_ms (db), &note) &&
         benk_table_require_change (db, _ ("The checklist"), error);
}

/**
 * benk_table_checklist_work_tick:
 * @db: a connection with an open scope
 * @work: the list
 * @about: (nullable): the device that what is typed is about, nil for several
 * @tick: what is ticked; instant and staff are set
 * @error: return location for an error
 *
 * Adds a tick of the actor of the scope. What was typed becomes notes.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_tick (BenkDb *db,
                                const BenkId *work,
                                const BenkId *about,
                                BenkChecklistTick *tick,
                                GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  BenkId value, stated_by, note;

  if (!benk_scope_require (db, error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_REF, tick->value, about, &value,
                                      error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_STATED_BY, tick->stated_by, about,
                                      &stated_by, error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_STEP, tick->note, about, &note,
                                      error))
    return FALSE;
  tick->at_ms = benk_db_get_wall_ms (db);
  tick->staff = *get_actor (db);
  return benk_table_change (
    db, error,
    "INSERT INTO checklist_tick (id, work_id, member_id, step, done, at_ms, staff_id,"
    " value_id, stated_by_id, note_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iiitnniiii", &id, work, &tick->member, tick->step, (gint64) tick->done, tick->at_ms,
    &tick->staff, &value, &stated_by, &note);
}

/**
 * benk_table_checklist_work_add_photo:
 * @photo: a picture whose file is there; the instant is set
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_add_photo (BenkDb *db,
                                     const BenkId *work,
                                     BenkChecklistPhoto *photo,
                                     GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  photo->at_ms = benk_db_get_wall_ms (db);
  return benk_table_change (
    db, error,
    "INSERT INTO checklist_photo (id, work_id, member_id, step, file, size, digest,"
    " at_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iiittnbni", &photo->id, work, &photo->member, photo->step, photo->file, photo->size,
    photo->digest, photo->at_ms, get_actor (db));
}

/** benk_table_checklist_work_erase_photo: the row stays and says that it was erased */
gboolean
benk_table_checklist_work_erase_photo (BenkDb *db, const BenkId *photo, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE checklist_photo SET erased_ms = ?2 WHERE id = ?1 AND"
                            " erased_ms IS NULL",
                            "in", photo, benk_db_get_wall_ms (db)) &&
         benk_table_require_change (db, _ ("The picture"), error);
}
