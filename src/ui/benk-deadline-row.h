/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "benk-deadline.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEADLINE_ROW (benk_deadline_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkDeadlineRow, benk_deadline_row, BENK, DEADLINE_ROW, AdwExpanderRow)

GtkWidget *benk_deadline_row_new (const BenkDeadline *deadline);
gboolean benk_deadline_row_is_chosen (BenkDeadlineRow *self);
void benk_deadline_row_set_chosen (BenkDeadlineRow *self, gboolean chosen);
BenkDeadline *benk_deadline_row_dup_deadline (BenkDeadlineRow *self,
                                              const char *model_id);

G_END_DECLS
