/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-duty.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

/* Nobody phones by what is longer over than this. */
#define KEEP_MS (G_GINT64_CONSTANT (400) * 24 * 60 * 60 * 1000)

#define RULES_SQL                                                                        \
  " t.trial, t.day_start, t.day_end, t.evening_end, t.eve_end, t.late_end, t.owner_day," \
  " t.owner_evening, t.owner_night, t.owner_weekend, t.supporter_day,"                   \
  " t.supporter_evening, t.supporter_night, t.supporter_weekend, t.phone_coordinator,"   \
  " t.phone_charge_nurse, t.phone_technician, t.phone_vendor, t.decided_ms,"             \
  " iif (t.decided_by_id IS NULL, NULL, ifnull (n.text, ''))"

enum
{
  COLUMN_TRIAL = 2,
  COLUMN_OWNERS = 8,
  COLUMN_SUPPORTERS = COLUMN_OWNERS + BENK_N_DUTIES,
  COLUMN_PHONES = COLUMN_SUPPORTERS + BENK_N_DUTIES,
  COLUMN_DECIDED_MS = COLUMN_PHONES + BENK_N_DUTY_ROLES,
  COLUMN_DECIDED_BY,
};

/* Into a team that has the rules that hold without. */
static void
read_rules (BenkStmt *stmt, BenkDutyTeam *team)
{
  if (benk_stmt_is_null (stmt, COLUMN_TRIAL))
    return;
  team->own = TRUE;
  team->trial = benk_stmt_get_int64 (stmt, COLUMN_TRIAL) != 0;
  team->hours.day_start = (guint) benk_stmt_get_int64 (stmt, 3);
  team->hours.day_end = (guint) benk_stmt_get_int64 (stmt, 4);
  team->hours.evening_end = (guint) benk_stmt_get_int64 (stmt, 5);
  team->hours.eve_end = (guint) benk_stmt_get_int64 (stmt, 6);
  team->hours.late_end = (guint) benk_stmt_get_int64 (stmt, 7);
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    {
      benk_duty_role_from_name (benk_stmt_get_text (stmt, COLUMN_OWNERS + (int) i),
                                &team->owners[i]);
      benk_duty_role_from_name (benk_stmt_get_text (stmt, COLUMN_SUPPORTERS + (int) i),
                                &team->supporters[i]);
    }
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    {
      g_free (team->phones[i]);
      team->phones[i] = benk_stmt_dup_text (stmt, COLUMN_PHONES + (int) i);
    }
  team->decided_ms = benk_stmt_get_int64 (stmt, COLUMN_DECIDED_MS);
  g_free (team->decided_by);
  team->decided_by = benk_stmt_dup_text (stmt, COLUMN_DECIDED_BY);
  team->hours.proposed = team->decided_by == NULL;
}

static gboolean
load_common (BenkDb *db, BenkDutyRoster *roster, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT t.id, NULL," RULES_SQL " FROM duty_team t"
    " LEFT JOIN note n ON n.id = t.decided_by_id WHERE t.place_id IS NULL"
    " ORDER BY t.id",
    "");

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    read_rules (stmt, roster->common);

  return benk_table_ended (stmt, &local, error);
}

static gboolean
load_teams (BenkDb *db, BenkDutyRoster *roster, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT p.id, p.name," RULES_SQL " FROM place p"
                       " LEFT JOIN duty_team t ON t.place_id = p.id"
                       " LEFT JOIN note n ON n.id = t.decided_by_id WHERE p.kind = 'team'"
                       " ORDER BY p.name, p.id",
                       "");

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDutyTeam *team = benk_duty_team_copy (roster->common);

      benk_stmt_get_id (stmt, 0, &team->id);
      team->name = benk_stmt_dup_text (stmt, 1);
      team->own = FALSE;
      for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
        g_clear_pointer (&team->phones[i], g_free);
      read_rules (stmt, team);
      g_ptr_array_add (roster->teams, team);
    }

  return benk_table_ended (stmt, &local, error);
}

static int
read_role (BenkStmt *stmt, int column)
{
  BenkDutyRole role;

  return benk_duty_role_from_name (benk_stmt_get_text (stmt, column), &role)
           ? (int) role
           : BENK_DUTY_ROLE_NONE;
}

static gboolean
load_overrides (BenkDb *db, BenkDutyRoster *roster, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT o.id, o.place_id, p.name, o.covering_id, c.name, o.owner, o.supporter,"
    " o.from_ms, o.to_ms, o.made_ms, o.ended_ms IS NOT NULL FROM duty_override o"
    " LEFT JOIN place p ON p.id = o.place_id LEFT JOIN place c ON c.id = o.covering_id"
    " WHERE o.to_ms >= ?1 ORDER BY " BENK_TABLE_ROW_SEQ ("duty_override", "o") ", o.id",
    "n", benk_db_get_wall_ms (db) - KEEP_MS);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDutyOverride *there = g_new0 (BenkDutyOverride, 1);

      benk_stmt_get_id (stmt, 0, &there->id);
      benk_stmt_get_id (stmt, 1, &there->team);
      there->team_name = benk_stmt_dup_text (stmt, 2);
      benk_stmt_get_id (stmt, 3, &there->covering);
      there->covering_name = benk_stmt_dup_text (stmt, 4);
      there->owner = read_role (stmt, 5);
      there->supporter = read_role (stmt, 6);
      there->from_ms = benk_stmt_get_int64 (stmt, 7);
      there->to_ms = benk_stmt_get_int64 (stmt, 8);
      there->made_ms = benk_stmt_get_int64 (stmt, 9);
      there->ended = benk_stmt_get_int64 (stmt, 10) != 0;
      g_ptr_array_add (roster->overrides, there);
    }

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_duty_load:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full): the duties of every team and what is another for a time, that
 *   was not over a year ago, or %NULL with @error set
 */
BenkDutyRoster *
benk_table_duty_load (BenkDb *db, GError **error)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();

  return load_common (db, roster, error) && load_teams (db, roster, error) &&
             load_overrides (db, roster, error)
           ? g_steal_pointer (&roster)
           : NULL;
}

static gboolean
ensure_row (BenkDb *db, const BenkId *place, GError **error)
{
  BenkDutyTeam *first = benk_duty_team_new ();
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const char *day = benk_duty_role_to_name (first->owners[BENK_DUTY_DAY]);

  benk_duty_team_free (first);

  return benk_table_change (
    db, error,
    "INSERT INTO duty_team (id, place_id, day_start, day_end, evening_end, eve_end,"
    " owner_day, owner_evening, owner_night, owner_weekend, supporter_day,"
    " supporter_evening, supporter_night, supporter_weekend, made_ms)"
    " SELECT ?1, ?2, 0, 0, 0, 0, ?3, ?3, ?3, ?3, ?3, ?3, ?3, ?3, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM duty_team WHERE place_id IS ?2)",
    "iit", &id, place, day);
}

static const char *
name_of (BenkDutyRole role)
{
  return benk_duty_role_to_name (role);
}

/* The same words of the same moment stay the same row of note. */
static gboolean
keep_decider (BenkDb *db, const BenkDutyTeam *team, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  gboolean same;
  BenkId note;

  if (team->decided_by == NULL)
    return benk_table_change (db, error,
                              "UPDATE duty_team SET decided_by_id = NULL,"
                              " decided_ms = NULL WHERE place_id IS ?1",
                              "i", &team->id);
  stmt = benk_table_select (db, error,
                            "SELECT 1 FROM duty_team t LEFT JOIN note n"
                            " ON n.id = t.decided_by_id WHERE t.place_id IS ?1"
                            " AND t.decided_by_id NOT NULL AND ifnull (n.text, '') = ?2"
                            " AND t.decided_ms IS ?3",
                            "itm", &team->id, team->decided_by, team->decided_ms);
  same = stmt != NULL && benk_stmt_step (stmt, &local);
  if (!benk_table_ended (stmt, &local, error))
    return FALSE;

  return same ||
         (benk_table_note_add (db, BENK_NOTE_STATED_BY, team->decided_by, NULL, &note,
                               error) &&
          benk_table_change (db, error,
                             "UPDATE duty_team SET decided_by_id = ?2, decided_ms = ?3"
                             " WHERE place_id IS ?1",
                             "iim", &team->id, &note, team->decided_ms));
}

/**
 * benk_table_duty_set_team:
 * @db: a connection with an open scope
 * @team: its rules; without @own it follows the common ones again
 * @error: return location for an error
 *
 * Writes how the duties of a team go. One team at most owns the alarms of the trial.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_duty_set_team (BenkDb *db, const BenkDutyTeam *team, GError **error)
{
  const BenkDutyHours *hours = &team->hours;

  if (!team->own)
    return benk_table_change (db, error, "DELETE FROM duty_team WHERE place_id IS ?", "i",
                              &team->id);
  if (team->trial &&
      !benk_table_change (db, error,
                          "UPDATE duty_team SET trial = 0 WHERE trial <> 0 AND place_id"
                          " IS NOT ?",
                          "i", &team->id))
    return FALSE;

  return ensure_row (db, &team->id, error) &&
         benk_table_change (
           db, error,
           "UPDATE duty_team SET trial = ?2, day_start = ?3, day_end = ?4,"
           " evening_end = ?5, eve_end = ?6, late_end = ?7 WHERE place_id IS ?1",
           "innnnnn", &team->id, (gint64) team->trial, (gint64) hours->day_start,
           (gint64) hours->day_end, (gint64) hours->evening_end, (gint64) hours->eve_end,
           (gint64) hours->late_end) &&
         benk_table_change (
           db, error,
           "UPDATE duty_team SET owner_day = ?2, owner_evening = ?3, owner_night = ?4,"
           " owner_weekend = ?5, supporter_day = ?6, supporter_evening = ?7,"
           " supporter_night = ?8, supporter_weekend = ?9 WHERE place_id IS ?1",
           "itttttttt", &team->id, name_of (team->owners[BENK_DUTY_DAY]),
           name_of (team->owners[BENK_DUTY_EVENING]),
           name_of (team->owners[BENK_DUTY_NIGHT]),
           name_of (team->owners[BENK_DUTY_WEEKEND]),
           name_of (team->supporters[BENK_DUTY_DAY]),
           name_of (team->supporters[BENK_DUTY_EVENING]),
           name_of (team->supporters[BENK_DUTY_NIGHT]),
           name_of (team->supporters[BENK_DUTY_WEEKEND])) &&
         benk_table_change (
           db, error,
           "UPDATE duty_team SET phone_coordinator = ?2, phone_charge_nurse = ?3,"
           " phone_technician = ?4, phone_vendor = ?5, made_ms = ?6, staff_id = ?7"
           " WHERE place_id IS ?1",
           "ittttni", &team->id, team->phones[BENK_DUTY_ROLE_COORDINATOR],
           team->phones[BENK_DUTY_ROLE_CHARGE_NURSE],
           team->phones[BENK_DUTY_ROLE_TECHNICIAN], team->phones[BENK_DUTY_ROLE_VENDOR],
           benk_db_get_wall_ms (db),
           &benk_scope_get_change (benk_scope_get_current (db))->actor_staff) &&
         keep_decider (db, team, error);
}

/**
 * benk_table_duty_add_override:
 * @db: a connection with an open scope
 * @override: what is another for a time; gets its id
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_duty_add_override (BenkDb *db, BenkDutyOverride *override, GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  override->id = benk_id_new (benk_db_get_clock (db));
  override->made_ms = benk_db_get_wall_ms (db);

  return benk_table_change (
    db, error,
    "INSERT INTO duty_override (id, place_id, covering_id, owner, supporter, from_ms,"
    " to_ms, made_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iiittnnni", &override->id, &override->team, &override->covering,
    override->owner < 0 ? NULL : name_of ((BenkDutyRole) override->owner),
    override->supporter < 0 ? NULL : name_of ((BenkDutyRole) override->supporter),
    override->from_ms, override->to_ms, override->made_ms,
    &benk_scope_get_change (benk_scope_get_current (db))->actor_staff);
}

/**
 * benk_table_duty_end_override:
 * @db: a connection with an open scope
 * @id: what was another for a time
 * @error: return location for an error
 *
 * Takes it back.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND or another error set on failure
 */
gboolean
benk_table_duty_end_override (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE duty_override SET ended_ms = ?2"
                            " WHERE id = ?1 AND ended_ms IS NULL",
                            "in", id, benk_db_get_wall_ms (db)) &&
         benk_table_require_change (db, _ ("The change of duty"), error);
}
