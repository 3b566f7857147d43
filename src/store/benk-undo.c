/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-undo.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-apply.h"
#include "benk-changeset.h"
#include "benk-held.h"
#include "benk-orphan.h"
#include "benk-schema.h"
#include "benk-scope-private.h"
#include "benk-undo-check.h"

static char *
undoable_verbs (void)
{
  GString *list = g_string_new (NULL);

  for (int verb = 0; verb < BENK_N_VERBS; verb++)
    if (benk_verb_get_undoable (verb) != BENK_UNDOABLE_NEVER)
      g_string_append_printf (list, "%s'%s'", list->len > 0 ? ", " : "",
                              benk_verb_to_name (verb));

  return g_string_free (list, FALSE);
}

/**
 * benk_undo_list:
 * @actor: whose changes; the account counts when no staff is given
 * @limit: at most so many
 *
 * Lists the changes of an actor on this laptop that undo may take back, the newest first.
 * Whether a later change stands in the way shows when it is tried.
 *
 * Returns: (transfer full) (element-type BenkJournalRow): the rows, or %NULL with @error
 * set
 */
GPtrArray *
benk_undo_list (BenkDb *db, const BenkChange *actor, guint limit, GError **error)
{
  g_autofree char *verbs = undoable_verbs ();
  g_autofree char *sql = g_strdup_printf (
    "SELECT %s FROM journal AS j WHERE site = (SELECT site FROM store) AND verb IN (%s) "
    "AND staff = ?1 AND (?2 IS NULL OR account = ?2) "
    "AND NOT EXISTS (SELECT 1 FROM journal AS u WHERE u.undoes > 0 AND u.undoes = j.seq "
    "AND u.site = j.site) ORDER BY seq DESC LIMIT ?3",
    benk_journal_columns (), verbs);
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_journal_row_free);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return NULL;

  benk_stmt_bind_blob (stmt, 1, actor->actor_staff.b, sizeof actor->actor_staff.b);
  benk_stmt_bind_text (stmt, 2,
                       benk_id_is_nil (&actor->actor_staff) ? actor->account : NULL);
  benk_stmt_bind_int64 (stmt, 3, limit);
  while (benk_stmt_step (stmt, &local))
    {
      BenkJournalRow *row = benk_journal_row_from_stmt (stmt, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }

  if (local == NULL)
    return g_steal_pointer (&rows);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static BenkJournalRow *
find_row (BenkDb *db, gint64 seq, const BenkChange *actor, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (seq != 0)
    return benk_journal_get_row (db, seq, error);

  rows = benk_undo_list (db, actor, 1, error);
  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return g_ptr_array_steal_index (rows, 0);

  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is nothing to undo."));
  return NULL;
}

static gboolean
find_fact (const BenkChangesetOp *op, gpointer data, GError **error)
{
  const BenkTableInfo *info = benk_schema_find_table (op->table);

  if (info != NULL && info->fact)
    *(gboolean *) data = TRUE;

  return TRUE;
}

static gboolean
check_not_undone (BenkDb *db, gint64 seq, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT seq FROM journal WHERE undoes > 0 AND undoes = %" G_GINT64_FORMAT
    " AND site = (SELECT site FROM store)",
    seq);
  gint64 by;

  if (!benk_db_get_int64 (db, sql, &by, error))
    return FALSE;
  if (by == 0)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("Change %d is already undone, by change %d."), (int) seq, (int) by);
  return FALSE;
}

/* A state change that came with a fact has touched more than the list. */
static gboolean
check_undoable (BenkDb *db, const BenkJournalRow *row, GError **error)
{
  BenkUndoable rule = BENK_UNDOABLE_NEVER;
  BenkVerb verb;
  gboolean has_fact = FALSE;

  if (benk_verb_from_name (row->verb, &verb))
    rule = benk_verb_get_undoable (verb);
  if (!benk_changeset_walk (row->changeset, find_fact, &has_fact, error))
    return FALSE;

  if (rule == BENK_UNDOABLE_ALWAYS || (rule == BENK_UNDOABLE_STATE && !has_fact))
    return check_not_undone (db, row->seq, error);

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("Change %d (%s) cannot be undone. It is corrected by a new change."),
               (int) row->seq,
               benk_verb_from_name (row->verb, &verb) ? benk_verb_get_label (verb)
                                                      : row->verb);
  return FALSE;
}

static gboolean
refuse_held (GPtrArray *held, gint64 seq, GError **error)
{
  if (held->len == 0)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               g_dngettext (GETTEXT_PACKAGE,
                            "Change %d cannot be undone: %u row was changed later.",
                            "Change %d cannot be undone: %u rows were changed later.",
                            held->len),
               (int) seq, held->len);
  return FALSE;
}

/* Takes the row back, or names what stands in the way. */
static gboolean
take_back (BenkDb *db, const BenkJournalRow *row, GPtrArray *held, GError **error)
{
  g_autoptr (GBytes) inverse = benk_changeset_invert (row->changeset, error);
  g_autoptr (GPtrArray) conflicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_conflict_free);
  g_autoptr (GError) local = NULL;

  if (inverse == NULL)
    return FALSE;

  if (benk_apply (db, inverse, row->schema, BENK_APPLY_LEAVE_FACTS, conflicts, &local))
    {
      if (!benk_held_find_dependents (db, inverse, row->seq, held, error))
        return FALSE;
    }
  else if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  for (guint i = 0; i < conflicts->len; i++)
    {
      const BenkConflict *conflict = g_ptr_array_index (conflicts, i);

      if (!benk_held_add (db, conflict->table, &conflict->row, row->seq, held, error))
        return FALSE;
    }

  return refuse_held (held, row->seq, error) && benk_orphan_forget (db, inverse, error);
}

static gint64
undo_in_scope (BenkDb *db,
               BenkScope *scope,
               const BenkJournalRow *row,
               BenkUndoGuard guard,
               gpointer guard_data,
               GPtrArray *held,
               GError **error)
{
  gint64 seq;

  if (!check_undoable (db, row, error) || !take_back (db, row, held, error) ||
      !benk_undo_check (db, row->changeset, error))
    return 0;
  if (guard != NULL && !guard (db, row, guard_data, error))
    return 0;

  benk_scope_set_undoes (scope, row->seq);
  benk_scope_set_subject (scope, &row->subject);
  if (!benk_scope_commit (scope, &seq, error))
    return 0;
  if (seq > 0)
    return seq;

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("Change %d changed nothing that can be undone."), (int) row->seq);
  return 0;
}

/**
 * benk_undo:
 * @seq: the row to undo, or 0 for the newest undoable change of @actor
 * @actor: who undoes; only staff, account and reason are looked at
 * @guard: (nullable): asked inside the scope
 * @held: (out) (optional) (element-type BenkHeld) (transfer full): the rows in the way,
 * empty when it is done or refused for another reason
 *
 * Takes a change back in a change of its own (verb undo). Facts stay. Any row that is not
 * as the change left it, or that points at a row that would go, refuses the whole.
 *
 * Returns: the new row of the change log, or 0 with %BENK_ERROR_REFUSED (not undoable,
 * already undone, held by later changes), %BENK_ERROR_NOT_FOUND (nothing to undo) or
 * another error; then nothing is changed
 */
gint64
benk_undo (BenkDb *db,
           gint64 seq,
           const BenkChange *actor,
           BenkUndoGuard guard,
           gpointer guard_data,
           GPtrArray **held,
           GError **error)
{
  BenkChange change = { .verb = BENK_VERB_UNDO,
                        .actor_staff = actor->actor_staff,
                        .account = actor->account,
                        .reason_note = actor->reason_note };
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_held_free);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, error);
  g_autoptr (BenkJournalRow) row = NULL;
  gint64 done = 0;

  if (scope != NULL)
    row = find_row (db, seq, actor, error);
  if (row != NULL)
    done = undo_in_scope (db, scope, row, guard, guard_data, found, error);

  if (held != NULL)
    *held = g_steal_pointer (&found);

  return done;
}
