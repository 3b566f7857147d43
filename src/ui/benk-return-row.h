/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-return-case.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURN_ROW (benk_return_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturnRow, benk_return_row, BENK, RETURN_ROW, GtkWidget)

BenkReturnRow *benk_return_row_new (BenkTicker *ticker);
void benk_return_row_set_case (BenkReturnRow *self, BenkReturnCase *return_case);

/* "Answer due 3 Dec 12:00", or by how much it is overdue; NULL without a deadline. */
char *benk_return_row_describe_deadline (BenkReturnCase *return_case,
                                         gint64 now_ms,
                                         gboolean *overdue);

G_END_DECLS
