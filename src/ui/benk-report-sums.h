/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-followup-slice.h"

G_BEGIN_DECLS

/* The numbers of a report. Its signal "slice-chosen" hands out the BenkFollowupSlice
 * whose number was pressed. */
#define BENK_TYPE_REPORT_SUMS (benk_report_sums_get_type ())
G_DECLARE_FINAL_TYPE (BenkReportSums, benk_report_sums, BENK, REPORT_SUMS, GtkWidget)

void benk_report_sums_show (BenkReportSums *self, BenkFollowupReport *report);

G_END_DECLS
