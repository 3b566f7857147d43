/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-followup.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-table-duty.h"
#include "benk-table-deadline.h"
#include "benk-table-feed.h"
#include "benk-table-local.h"
#include "benk-table-private.h"

#include <glib/gi18n.h>

/* How often, in alarms, it is told how far it is. */
#define COUNT_STEP 200

/* Whose the device was when the alarm was raised; today's team where that is not known.
 */
#define TEAM_SQL                                                                         \
  "ifnull ((SELECT p.team_id FROM placement p WHERE p.device_id = a.device_id"           \
  " AND p.from_ms <= a.raised_ms AND (p.to_ms IS NULL OR p.to_ms > a.raised_ms)"         \
  " ORDER BY p.from_ms DESC, p.id DESC LIMIT 1), d.team_id)"

/* Who had the device when the alarm was raised. */
#define PERSON_SQL                                                                       \
  "(SELECT p.person_id FROM placement p WHERE p.device_id = a.device_id"                 \
  " AND p.from_ms <= a.raised_ms AND (p.to_ms IS NULL OR p.to_ms > a.raised_ms)"         \
  " ORDER BY p.from_ms DESC, p.id DESC LIMIT 1)"

#define FROM_SQL                                                                         \
  " FROM (SELECT a.*, d.model_id AS device_model, d.serial AS device_serial, d.asset,"   \
  " " TEAM_SQL " AS team, " PERSON_SQL                                                   \
  " AS person FROM alarm a LEFT JOIN device d ON d.id = a.device_id"                     \
  " WHERE a.raised_ms >= ?1 AND a.raised_ms < ?2) r"

/* While a report is read. */
typedef struct
{
  BenkDb *db;
  BenkFollowupReport *report;
  const BenkId *team;
  const BenkFollowupChosen *chosen;
} Load;

/* The user is read to choose by, and is not kept. */
static gboolean
is_chosen (Load *self, BenkStmt *stmt, int device_column, int person_column)
{
  BenkId device = BENK_ID_NIL;
  BenkId person = BENK_ID_NIL;

  if (self->chosen == NULL)
    return TRUE;
  benk_stmt_get_id (stmt, device_column, &device);
  benk_stmt_get_id (stmt, person_column, &person);
  return (!benk_id_is_nil (&device) &&
          g_hash_table_contains (self->chosen->devices, &device)) ||
         (!benk_id_is_nil (&person) &&
          g_hash_table_contains (self->chosen->persons, &person));
}

static void
read_state (BenkFollowupRow *row, BenkStmt *stmt)
{
  benk_responsibility_from_name (benk_stmt_get_text (stmt, 8), &row->responsibility);
  benk_alarm_via_from_name (benk_stmt_get_text (stmt, 9), &row->via);
  benk_alarm_status_from_name (benk_stmt_get_text (stmt, 10), &row->status);
  row->raised_ms = benk_stmt_get_int64 (stmt, 11);
  row->received.at_ms = benk_stmt_get_int64 (stmt, 12);
  row->received.place = row->via == BENK_ALARM_VIA_PHONE ? BENK_FOLLOWUP_PLACE_PHONE
                                                         : BENK_FOLLOWUP_PLACE_HERE;
  row->opened.at_ms = benk_stmt_get_int64 (stmt, 13);
  row->taken.at_ms = benk_stmt_get_int64 (stmt, 14);
  row->taken.place = benk_stmt_is_null (stmt, 15) ? BENK_FOLLOWUP_PLACE_ELSEWHERE
                                                  : BENK_FOLLOWUP_PLACE_HERE;
  row->closed.at_ms = benk_stmt_get_int64 (stmt, 16);
  row->closed.place = BENK_FOLLOWUP_PLACE_ELSEWHERE;
  row->take_deadline_ms = benk_stmt_get_int64 (stmt, 17);
  row->resolve_deadline_ms = benk_stmt_get_int64 (stmt, 18);
  row->proposed = benk_stmt_get_int64 (stmt, 19) != 0;
  benk_stmt_get_id (stmt, 20, &row->decision);
  row->dispensed_ms = benk_stmt_get_int64 (stmt, 24);
}

static void
read_row (Load *self, BenkStmt *stmt)
{
  BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);

  benk_stmt_get_id (stmt, 0, &row->id);
  benk_stmt_get_id (stmt, 1, &row->feed);
  benk_stmt_get_id (stmt, 21, &row->device);
  benk_stmt_get_id (stmt, 23, &row->team_id);
  row->code = benk_stmt_dup_text (stmt, 2);
  row->model_id = benk_stmt_dup_text (stmt, 3);
  row->serial = benk_stmt_dup_text (stmt, 4);
  row->asset = benk_stmt_dup_text (stmt, 5);
  row->team = benk_stmt_dup_text (stmt, 6);
  row->severity = (int) benk_stmt_get_int64 (stmt, 7);
  read_state (row, stmt);
  g_ptr_array_add (self->report->rows, row);
}

static gboolean
read_rows (Load *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    self->db, error,
    "SELECT r.id, r.feed_id, r.code, ifnull (r.device_model, r.model_id),"
    " ifnull (r.device_serial, r.serial), r.asset, t.name, r.severity,"
    " r.responsibility, r.via, r.status, r.raised_ms, l.received_ms, l.opened_ms,"
    " r.taken_ms, r.taken_by, r.closed_ms, r.take_deadline_ms,"
    " r.resolve_deadline_ms, r.deadlines_proposed, r.deadline_decision_id,"
    " r.device_id, r.person, r.team,"
    " iif (r.status = 'settled' AND r.closed_ms = r.dispensed_ms, r.dispensed_ms, "
    "NULL)" FROM_SQL
    " LEFT JOIN place t ON t.id = r.team LEFT JOIN alarm_local l ON l.alarm_id = r.id"
    " WHERE ?3 IS NULL OR r.team = ?3 ORDER BY r.raised_ms, r.id",
    "nni", self->report->period.from_ms, self->report->period.to_ms, self->team);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    if (is_chosen (self, stmt, 21, 22))
      read_row (self, stmt);
  return benk_table_ended (stmt, &local, error);
}

static gboolean
count_without_team (Load *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (self->db, error,
                       "SELECT r.device_id, r.person" FROM_SQL " WHERE r.team IS NULL",
                       "nn", self->report->period.from_ms, self->report->period.to_ms);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    if (is_chosen (self, stmt, 0, 1))
      self->report->sums.n_without_team++;
  return benk_table_ended (stmt, &local, error);
}

/* Of a reason nobody asked for, only that there is one. */
static gboolean
read_steps (Load *self, BenkFollowupRow *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    self->db, error,
    "SELECT e.kind, e.place, e.at_ms,"
    " iif (?2 AND e.kind = 'late' AND e.note_id IS NOT NULL, ifnull (n.text, ''), NULL),"
    " iif (?2 AND e.kind = 'closed' AND e.place = 'phone', ifnull (n.text, ''), NULL)"
    " FROM alarm_step e LEFT JOIN note n ON n.id = e.note_id WHERE e.alarm_id = ?1"
    " ORDER BY e.at_ms, " BENK_TABLE_ROW_SEQ ("alarm_step", "e") ", e.id",
    "in", &row->id, (gint64) self->report->with_reasons);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      benk_followup_row_add_step (row, benk_stmt_get_text (stmt, 0),
                                  benk_stmt_get_text (stmt, 1),
                                  benk_stmt_get_int64 (stmt, 2));
      if (!benk_stmt_is_null (stmt, 4))
        {
          g_free (row->told_by);
          row->told_by = benk_stmt_dup_text (stmt, 4);
        }
      if (benk_stmt_is_null (stmt, 3))
        continue;
      g_free (row->reason);
      row->reason = benk_stmt_dup_text (stmt, 3);
    }
  return benk_table_ended (stmt, &local, error);
}

static void
judge_rows (Load *self, const BenkId *feed, const GArray *gaps)
{
  for (guint i = 0; i < self->report->rows->len; i++)
    {
      BenkFollowupRow *row = g_ptr_array_index (self->report->rows, i);

      if (benk_id_equal (&row->feed, feed))
        benk_followup_row_judge (row, gaps, self->report->made_ms);
    }
}

static gboolean
judge_feed (
  Load *self, const BenkId *feed, const char *name, gint64 answered_ms, GError **error)
{
  g_autoptr (GArray) events = benk_table_watch_log_list (self->db, feed, error);
  g_autoptr (GArray) gaps = NULL;

  if (events == NULL)
    return FALSE;
  gaps = benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data,
                               events->len, answered_ms, self->report->made_ms);
  if (name != NULL)
    benk_followup_report_add_gaps (self->report, name, gaps);
  judge_rows (self, feed, gaps);
  return TRUE;
}

/* An alarm may have come by a source that this laptop never had. */
static gboolean
judge_others (Load *self, GHashTable *known, GError **error)
{
  for (guint i = 0; i < self->report->rows->len; i++)
    {
      BenkFollowupRow *row = g_ptr_array_index (self->report->rows, i);

      if (g_hash_table_add (known, &row->feed) &&
          !judge_feed (self, &row->feed, NULL, 0, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
judge_all (Load *self, GError **error)
{
  static const BenkId no_feed = { { 0 } };
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (self->db, error);
  g_autoptr (GHashTable) known = g_hash_table_new (benk_id_hash, benk_id_equal);

  if (feeds == NULL)
    return FALSE;
  g_hash_table_add (known, (gpointer) &no_feed);
  judge_rows (self, &no_feed, NULL);
  for (guint i = 0; i < feeds->len; i++)
    {
      BenkFeedRow *feed = g_ptr_array_index (feeds, i);

      g_hash_table_add (known, &feed->id);
      if (!judge_feed (self, &feed->id, feed->name, feed->answered_ms, error))
        return FALSE;
    }
  return judge_others (self, known, error);
}

/* In words, once each; a deadline that was decided before decisions were kept has none.
 */
static gboolean
read_decisions (Load *self, GError **error)
{
  g_autoptr (GHashTable) known =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL, g_free);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->report->rows->len; i++)
    {
      BenkFollowupRow *row = g_ptr_array_index (self->report->rows, i);
      BenkDeadlineDecision decision = { 0 };

      if (benk_id_is_nil (&row->decision))
        continue;
      if (!g_hash_table_contains (known, &row->decision))
        {
          char *words;

          if (!benk_table_deadline_get_decision (self->db, &row->decision, &decision,
                                                 error))
            return FALSE;
          words = benk_deadline_decision_describe (&decision);
          benk_deadline_decision_clear (&decision);
          g_string_append_printf (all, "%s%s", all->len > 0 ? "; " : "", words);
          g_hash_table_insert (known, &row->decision, words);
        }
      row->decided_by = g_strdup (g_hash_table_lookup (known, &row->decision));
    }
  if (all->len > 0)
    self->report->decided_by = g_string_free (g_steal_pointer (&all), FALSE);
  return TRUE;
}

static gboolean
find_duties (Load *self, GError **error)
{
  g_autoptr (BenkDutyRoster) roster = benk_table_duty_load (self->db, error);

  for (guint i = 0; roster != NULL && i < self->report->rows->len; i++)
    benk_followup_row_set_duty (g_ptr_array_index (self->report->rows, i), roster);
  return roster != NULL;
}

/**
 * benk_table_followup_load:
 * @db: a connection
 * @report: a report with its period, when it is made, and whether reasons are asked for
 * @team: (nullable): the team it is about
 * @chosen: (nullable): whose alarms it is about
 * @count: (nullable): told how far it is
 * @data: for @count
 * @error: %BENK_ERROR_CANCELLED if @count stopped it
 *
 * Reads the alarms that were raised in the period and what was done about each, and
 * judges them. No person is read, and of users only who is chosen.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_followup_load (BenkDb *db,
                          BenkFollowupReport *report,
                          const BenkId *team,
                          const BenkFollowupChosen *chosen,
                          BenkFollowupCount count,
                          gpointer data,
                          GError **error)
{
  Load self = { db, report, team, chosen };

  if (!read_rows (&self, error) || !count_without_team (&self, error))
    return FALSE;
  for (guint i = 0; i < report->rows->len; i++)
    {
      if (count != NULL && i % COUNT_STEP == 0 && !count (i, report->rows->len, data))
        {
          g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED,
                               _ ("The report was stopped."));
          return FALSE;
        }
      if (!read_steps (&self, g_ptr_array_index (report->rows, i), error))
        return FALSE;
    }
  benk_followup_report_join (report);
  if (!judge_all (&self, error) || !find_duties (&self, error) ||
      !read_decisions (&self, error))
    return FALSE;
  benk_followup_report_sum_up (report);
  return TRUE;
}
