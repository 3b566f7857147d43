/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-journal.h"
#include "benk-scope.h"

G_BEGIN_DECLS

/**
 * BenkHeld:
 * @table: the table
 * @row: the row that stands in the way
 * @label: what a person calls it: a device's serial, else the table
 * @seq: the newest later change of it; 0 when the change log knows none
 * @wall_ms: when, UTC milliseconds
 * @verb: what was done
 * @staff: who, or nil
 * @who: initials, else the system account
 *
 * A row that was changed after the change that is to be undone.
 */
typedef struct
{
  char *table;
  BenkId row;
  char *label;
  gint64 seq;
  gint64 wall_ms;
  BenkVerb verb;
  BenkId staff;
  char *who;
} BenkHeld;

/**
 * BenkUndoGuard:
 * @db: the connection, inside the scope, with the change taken back
 * @undone: the row that is undone
 *
 * Says whether the state that would result is allowed.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED
 */
typedef gboolean (*BenkUndoGuard) (BenkDb *db,
                                   const BenkJournalRow *undone,
                                   gpointer data,
                                   GError **error);

void benk_held_free (BenkHeld *self);
char *benk_held_to_string (const BenkHeld *self);

gint64 benk_undo (BenkDb *db,
                  gint64 seq,
                  const BenkChange *actor,
                  BenkUndoGuard guard,
                  gpointer guard_data,
                  GPtrArray **held,
                  GError **error);
GPtrArray *
benk_undo_list (BenkDb *db, const BenkChange *actor, guint limit, GError **error);

G_END_DECLS
