/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkReportPeriod:
 * @from_date: the first day, "YYYY-MM-DD"
 * @to_date: the last day
 * @from_ms: UTC milliseconds at which the first day begins
 * @to_ms: UTC milliseconds at which the day after the last begins
 *
 * Whole days of the district that a report is about. A day may have 23 or 25 hours.
 */
typedef struct
{
  char from_date[11];
  char to_date[11];
  gint64 from_ms;
  gint64 to_ms;
} BenkReportPeriod;

gboolean benk_report_period_set (BenkReportPeriod *self,
                                 const char *from_date,
                                 const char *to_date,
                                 GError **error);
void
benk_report_period_set_month (BenkReportPeriod *self, gint64 now_ms, guint months_back);
char *benk_report_period_describe (const BenkReportPeriod *self);

G_END_DECLS
