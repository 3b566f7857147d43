/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-accessory-list.h"

G_BEGIN_DECLS

/* One accessory: there, missing, or, with neither button down, not looked at. Signal
 * "said": a person has said how it stands. */
#define BENK_TYPE_ACCESSORY_ROW (benk_accessory_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAccessoryRow, benk_accessory_row, BENK, ACCESSORY_ROW, AdwActionRow)

GtkWidget *benk_accessory_row_new (const char *kind, BenkAccessoryStatus status);
const char *benk_accessory_row_get_kind (BenkAccessoryRow *self);
BenkAccessoryStatus benk_accessory_row_get_status (BenkAccessoryRow *self);
void benk_accessory_row_set_status (BenkAccessoryRow *self, BenkAccessoryStatus status);
void benk_accessory_row_set_silence (BenkAccessoryRow *self, const char *text);

/* What was said in rows of this kind; those nobody touched are left out unless @all. */
GPtrArray *benk_accessory_rows_get_words (GPtrArray *rows, gboolean all);

G_END_DECLS
