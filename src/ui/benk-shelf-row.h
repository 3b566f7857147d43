/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-shelf-reset.h"

G_BEGIN_DECLS

#define BENK_TYPE_SHELF_ROW (benk_shelf_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkShelfRow, benk_shelf_row, BENK, SHELF_ROW, GtkListBoxRow)

GtkWidget *benk_shelf_row_new (BenkShelfReset *shelf, BenkShelfItem *item);

G_END_DECLS
