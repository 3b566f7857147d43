/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-verb.h"

G_BEGIN_DECLS

/**
 * BenkHistoryItem:
 *
 * One row of the history of something.
 *
 * Properties (each with a getter, a setter and notify):
 * - `seq`: number of the row in the change log
 * - `at-ms`: UTC ms
 * - `verb`: what was done
 * - `who`: name or initials of who did it, or NULL
 * - `reason`: why (personal), or NULL; "erased" is for the one who shows it
 * - `changes`: "field: old → new", one a change, or NULL
 * - `undoable`: can be undone now
 */
#define BENK_TYPE_HISTORY_ITEM (benk_history_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkHistoryItem, benk_history_item, BENK, HISTORY_ITEM, GObject)

BenkHistoryItem *benk_history_item_new (void);

gint64 benk_history_item_get_seq (BenkHistoryItem *self);
void benk_history_item_set_seq (BenkHistoryItem *self, gint64 value);
gint64 benk_history_item_get_at_ms (BenkHistoryItem *self);
void benk_history_item_set_at_ms (BenkHistoryItem *self, gint64 value);
BenkVerb benk_history_item_get_verb (BenkHistoryItem *self);
void benk_history_item_set_verb (BenkHistoryItem *self, BenkVerb value);
const char *benk_history_item_get_who (BenkHistoryItem *self);
void benk_history_item_set_who (BenkHistoryItem *self, const char *value);
const char *benk_history_item_get_reason (BenkHistoryItem *self);
void benk_history_item_set_reason (BenkHistoryItem *self, const char *value);
const char *const *benk_history_item_get_changes (BenkHistoryItem *self);
void benk_history_item_set_changes (BenkHistoryItem *self, const char *const *value);
gboolean benk_history_item_get_undoable (BenkHistoryItem *self);
void benk_history_item_set_undoable (BenkHistoryItem *self, gboolean value);

G_END_DECLS
