/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-followup-slice.h"

G_BEGIN_DECLS

/* An alarm of a report. */
#define BENK_TYPE_REPORT_ITEM (benk_report_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkReportItem, benk_report_item, BENK, REPORT_ITEM, GObject)
const BenkFollowupRow *benk_report_item_get_row (BenkReportItem *self);

/* The alarms of a report that one of its numbers counts; made once, never changed. */
#define BENK_TYPE_REPORT_LIST (benk_report_list_get_type ())
G_DECLARE_FINAL_TYPE (BenkReportList, benk_report_list, BENK, REPORT_LIST, GObject)
BenkReportList *benk_report_list_new (BenkFollowupReport *report,
                                      const BenkFollowupSlice *slice);

G_END_DECLS
