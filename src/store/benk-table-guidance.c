/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-guidance.h"

#include "benk-table-note.h"
#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT v.id, v.model_id, v.code, v.part, v.number, v.origin, v.body, v.based_on_id,"  \
  " v.made_ms, s.initials, d.at_ms, ifnull (n.text, '')"                                 \
  " FROM guidance_version v LEFT JOIN staff s ON s.id = v.staff_id"                      \
  " LEFT JOIN guidance_decision d ON d.id = (SELECT e.id FROM guidance_decision e"       \
  " WHERE e.version_id = v.id ORDER BY " BENK_TABLE_ROW_SEQ (                            \
    "guidance_decision", "e") " DESC,"                                                   \
                              " e.id DESC LIMIT 1)"                                      \
                              " LEFT JOIN note n ON n.id = d.decided_by_id"

#define SAME_PLACE "n.code = v.code AND n.model_id IS v.model_id AND n.part IS v.part"

/* Any time is no part of the week. */
static const char *
get_part (BenkGuidancePart part)
{
  return part == BENK_GUIDANCE_ANY ? NULL : benk_guidance_part_to_name (part);
}

static gpointer
read_version (BenkStmt *stmt)
{
  BenkGuidancePart part = BENK_GUIDANCE_ANY;
  BenkGuidanceVersion *self;

  benk_guidance_part_from_name (benk_stmt_get_text (stmt, 3), &part);
  self = benk_guidance_version_new (benk_stmt_get_text (stmt, 1),
                                    benk_stmt_get_text (stmt, 2), part);
  benk_stmt_get_id (stmt, 0, &self->id);
  self->number = benk_stmt_get_int64 (stmt, 4);
  g_free (self->origin);
  self->origin = benk_stmt_dup_text (stmt, 5);
  if (benk_stmt_get_text (stmt, 6) != NULL)
    self->steps = benk_guidance_split (benk_stmt_get_text (stmt, 6));
  benk_stmt_get_id (stmt, 7, &self->based_on);
  self->made_ms = benk_stmt_get_int64 (stmt, 8);
  self->initials = benk_stmt_dup_text (stmt, 9);
  self->decided_ms = benk_stmt_get_int64 (stmt, 10);
  if (self->decided_ms > 0)
    self->decided_by = benk_stmt_dup_text (stmt, 11);
  return self;
}

static GPtrArray *
read_all (BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) versions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_guidance_version_free);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (versions, read_version (stmt));
  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&versions) : NULL;
}

static gboolean
get_number (BenkDb *db, BenkGuidanceVersion *version, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT ifnull (max (number), 0) + 1 FROM guidance_version"
                       " WHERE code = ?1 AND model_id IS ?2 AND part IS ?3",
                       "ttt", version->code, version->model_id, get_part (version->part));

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  version->number = benk_stmt_get_int64 (stmt, 0);
  return TRUE;
}

/**
 * benk_table_guidance_insert:
 * @db: a connection with an open scope
 * @version: a version; checked. Its id and number are set
 * @error: return location for an error
 *
 * Keeps a version by the actor of the scope. Older ones stay.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_guidance_insert (BenkDb *db, BenkGuidanceVersion *version, GError **error)
{
  g_autofree char *body = version->steps != NULL
                            ? benk_guidance_join ((const char *const *) version->steps)
                            : NULL;
  const BenkChange *change;

  if (!benk_scope_require (db, error) || !get_number (db, version, error))
    return FALSE;
  version->id = benk_id_new (benk_db_get_clock (db));
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO guidance_version (id, model_id, code, part, number, origin, body,"
    " based_on_id, made_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "itttnttini", &version->id, version->model_id, version->code,
    get_part (version->part), version->number, version->origin, body, &version->based_on,
    benk_db_get_wall_ms (db), &change->actor_staff);
}

/**
 * benk_table_guidance_decide:
 * @db: a connection with an open scope
 * @version: a version
 * @decided_by: the named person of the district who decided it
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_guidance_decide (BenkDb *db,
                            const BenkId *version,
                            const char *decided_by,
                            GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change;
  BenkId note;

  if (!benk_scope_require (db, error) ||
      !benk_table_note_add (db, BENK_NOTE_STATED_BY, decided_by, NULL, &note, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO guidance_decision (id, version_id, at_ms, staff_id, decided_by_id)"
    " VALUES (?, ?, ?, ?, ?)",
    "iinii", &id, version, benk_db_get_wall_ms (db), &change->actor_staff, &note);
}

/**
 * benk_table_guidance_list_current:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkGuidanceVersion): the newest version of each
 *   make, code and part of the week, in the order of their ids
 */
GPtrArray *
benk_table_guidance_list_current (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE NOT EXISTS (SELECT 1 FROM guidance_version n"
                       " WHERE " SAME_PLACE " AND (n.number > v.number"
                       " OR (n.number = v.number AND n.id > v.id))) ORDER BY v.id",
                       "");

  return read_all (stmt, error);
}

/**
 * benk_table_guidance_list_at_end:
 * @db: a connection
 * @alarm: an alarm that has ended
 * @error: return location for an error
 *
 * What was kept when an alarm ended, by the order of the change log and not by clocks.
 * Who decided a version is told as it is known now.
 *
 * Returns: (transfer full) (element-type BenkGuidanceVersion): what was the newest
 * version of each make, code and part of the week then
 */
GPtrArray *
benk_table_guidance_list_at_end (BenkDb *db, const BenkId *alarm, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "WITH ended (seq) AS (SELECT max (" BENK_TABLE_ROW_SEQ (
      "alarm_step",
      "e") ")"
           " FROM alarm_step e WHERE e.alarm_id = ? AND e.kind IN ('closed', "
           "'settled')) " SELECT_SQL " WHERE " BENK_TABLE_ROW_SEQ (
             "guidance_version",
             "v") " < (SELECT seq FROM ended)"
                  " AND NOT EXISTS (SELECT 1 FROM guidance_version n WHERE " SAME_PLACE
                  " AND n.number > v.number AND " BENK_TABLE_ROW_SEQ (
                    "guidance_version", "n") " < (SELECT seq FROM ended)) ORDER BY v.id",
    "i", alarm);

  return read_all (stmt, error);
}

/**
 * benk_table_guidance_list_versions:
 * @db: a connection
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkGuidanceVersion): what was ever kept for
 *   just that, newest first
 */
GPtrArray *
benk_table_guidance_list_versions (BenkDb *db,
                                   const char *model_id,
                                   const char *code,
                                   BenkGuidancePart part,
                                   GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE v.code = ?1 AND v.model_id IS ?2"
                                  " AND v.part IS ?3 ORDER BY v.number DESC, v.id DESC",
                       "ttt", code, model_id, get_part (part));

  return read_all (stmt, error);
}
