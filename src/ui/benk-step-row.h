/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-bench.h"

G_BEGIN_DECLS

#define BENK_TYPE_STEP_ROW (benk_step_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkStepRow, benk_step_row, BENK, STEP_ROW, GtkListBoxRow)

GtkWidget *benk_step_row_new (BenkStep *step);

G_END_DECLS
