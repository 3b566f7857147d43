/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-db.h"
#include "benk-verb.h"

G_BEGIN_DECLS

/**
 * BenkChange:
 * @verb: what is done
 * @subject: the row it is done to, or nil (an import)
 * @actor_staff: who does it (staff row), or nil (nobody at the keyboard: a feed, a
 * migration)
 * @account: (nullable): the system account; %NULL is stored as ""
 * @reason_note: the note that holds the reason, or nil
 *
 * Who does what to which row, and why. Goes into the journal row; holds no personal
 * words.
 */
typedef struct
{
  BenkVerb verb;
  BenkId subject;
  BenkId actor_staff;
  const char *account;
  BenkId reason_note;
} BenkChange;

/**
 * BenkScope:
 *
 * The one way to change a journalled table: a transaction that ends in exactly one
 * journal row, or in nothing. Rolls back when freed before [func@benk_scope_commit].
 */
typedef struct _BenkScope BenkScope;

BenkScope *benk_scope_begin (BenkDb *db, const BenkChange *change, GError **error);
gboolean benk_scope_commit (BenkScope *self, gint64 *seq, GError **error);
void benk_scope_free (BenkScope *self);

gboolean benk_scope_require (BenkDb *db, GError **error);
gint64 benk_scope_get_wall_ms (BenkScope *self);
const BenkChange *benk_scope_get_change (BenkScope *self);
void benk_scope_set_subject (BenkScope *self, const BenkId *subject);
void benk_scope_set_cancellable (BenkScope *self, GCancellable *cancellable);
void benk_scope_set_reason (BenkScope *self, const BenkId *reason_note);
BenkScope *benk_scope_get_current (BenkDb *db);
GBytes *benk_scope_dup_changes (BenkScope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkScope, benk_scope_free)

G_END_DECLS
