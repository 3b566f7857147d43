/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-visit.h"

G_BEGIN_DECLS

#define BENK_TYPE_VISIT_ITEM_ROW (benk_visit_item_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkVisitItemRow, benk_visit_item_row, BENK, VISIT_ITEM_ROW, AdwActionRow)

GtkWidget *benk_visit_item_row_new (BenkVisitItem *item);
BenkVisitItem *benk_visit_item_row_get_item (BenkVisitItemRow *self);
void benk_visit_item_row_set_item (BenkVisitItemRow *self, BenkVisitItem *item);
void benk_visit_item_row_add_button (BenkVisitItemRow *self, GtkWidget *button);
void benk_visit_item_row_focus (BenkVisitItemRow *self);

void benk_visit_item_row_send_scans (GtkWidget *entry);

G_END_DECLS
