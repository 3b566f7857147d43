/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BENK_TYPE_SHEET (benk_sheet_get_type ())
G_DECLARE_FINAL_TYPE (BenkSheet, benk_sheet, BENK, SHEET, GObject)

BenkSheet *benk_sheet_new (void);

void benk_sheet_add_row (BenkSheet *self, guint line);
void benk_sheet_add_cell (BenkSheet *self, const char *text, gssize length);

guint benk_sheet_get_n_rows (BenkSheet *self);
guint benk_sheet_get_n_cells (BenkSheet *self, guint row);
guint benk_sheet_get_line (BenkSheet *self, guint row);
const char *benk_sheet_get_cell (BenkSheet *self, guint row, guint column);
gboolean benk_sheet_is_blank (BenkSheet *self, guint row);
void benk_sheet_set_sparse (BenkSheet *self, gboolean sparse);
gboolean benk_sheet_is_sparse (BenkSheet *self);

G_END_DECLS
