/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-swap.h"

G_BEGIN_DECLS

#define BENK_TYPE_SWAP_LINE_ROW (benk_swap_line_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkSwapLineRow, benk_swap_line_row, BENK, SWAP_LINE_ROW, AdwActionRow)

GtkWidget *benk_swap_line_row_new (BenkSwapLine *line);

G_END_DECLS
