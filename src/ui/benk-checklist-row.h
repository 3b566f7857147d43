/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench-checklist.h"

G_BEGIN_DECLS

/* A step of a list that is being worked through. Signals: "tick" (gboolean done),
 * "member-tick" (char *member, gboolean done), "note", "add-photo", "show-photo". */
#define BENK_TYPE_CHECKLIST_ROW (benk_checklist_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkChecklistRow, benk_checklist_row, BENK, CHECKLIST_ROW, GtkListBoxRow)

GtkWidget *benk_checklist_row_new (const char *step, guint number, BenkStepKind kind);
const char *benk_checklist_row_get_step (BenkChecklistRow *self);
char *benk_checklist_row_get_typed (BenkChecklistRow *self);
gboolean benk_checklist_row_is_done (BenkChecklistRow *self);
void
benk_checklist_row_update (BenkChecklistRow *self, BenkChecklist *list, gint64 now_ms);
void benk_checklist_row_set_picture (BenkChecklistRow *self, GdkPaintable *picture);

G_END_DECLS
