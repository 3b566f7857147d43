/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-checklist-form.h"

G_BEGIN_DECLS

/* A step that is being edited. Signals: "move" (int by), "remove", "changed". */
#define BENK_TYPE_CHECKLIST_EDITOR_ROW (benk_checklist_editor_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkChecklistEditorRow,
                      benk_checklist_editor_row,
                      BENK,
                      CHECKLIST_EDITOR_ROW,
                      GtkListBoxRow)

GtkWidget *benk_checklist_editor_row_new (const BenkFormStep *step, gboolean required);
void benk_checklist_editor_row_set_number (BenkChecklistEditorRow *self, guint number);
void benk_checklist_editor_row_add_to (BenkChecklistEditorRow *self,
                                       BenkChecklistForm *form);

G_END_DECLS
