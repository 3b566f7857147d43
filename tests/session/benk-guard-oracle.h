/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/* The rules of the life cycle written down a second time, over the tables alone: nothing
 * of the program's own rules is called, so that a fault in them does not hide itself. */

/**
 * BenkOracleAnswer:
 * @edge: whether there is such a change at all
 * @unsure: whether something stood in that this does not count up
 * @missing: (element-type utf8): hard rules that do not hold
 * @owing: (element-type utf8): owed ones that do not hold
 *
 * What the rules say of a change of state.
 */
typedef struct
{
  gboolean edge;
  gboolean unsure;
  GPtrArray *missing;
  GPtrArray *owing;
} BenkOracleAnswer;

void benk_oracle_answer_free (BenkOracleAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkOracleAnswer, benk_oracle_answer_free)

BenkOracleAnswer *
benk_oracle_ask (BenkDb *db, const BenkId *device, const char *from, const char *to);

/* Before a row of the change log. @past: other work was done since, so that some of it
 * can no longer be told. */
BenkOracleAnswer *benk_oracle_ask_at (BenkDb *db,
                                      const BenkId *device,
                                      const char *from,
                                      const char *to,
                                      gint64 before,
                                      gboolean past);

/* The states that may come after one, as names. */
GPtrArray *benk_oracle_list_next (const char *from);
gboolean benk_oracle_is_fact (const char *word);
gboolean benk_oracle_needs_ref (const char *fact);
gboolean benk_oracle_needs_stated (const char *fact);

/* Every change of state in the rows of the change log above one: what its edge asks held
 * then, and what was owed became a task. @past: other work was done since. Returns how
 * many were looked at. */
guint benk_oracle_audit (BenkDb *db, gint64 above, gboolean past);

/* What must be so in every state that can be reached. */
void benk_oracle_assert_invariants (BenkDb *db);

G_END_DECLS
