/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-followup-slice.h"

G_BEGIN_DECLS

/* What a report tells of one alarm. */
#define BENK_TYPE_REPORT_ROW (benk_report_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkReportRow, benk_report_row, BENK, REPORT_ROW, GtkWidget)

BenkReportRow *benk_report_row_new (void);
void benk_report_row_show (BenkReportRow *self, const BenkFollowupRow *row);

G_END_DECLS
