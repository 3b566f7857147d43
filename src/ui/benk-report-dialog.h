/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-reports.h"

G_BEGIN_DECLS

#define BENK_TYPE_REPORT_DIALOG (benk_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkReportDialog, benk_report_dialog, BENK, REPORT_DIALOG, AdwWindow)

void benk_report_dialog_run (GtkWidget *widget,
                             BenkSession *session,
                             BenkFollowupReport *report,
                             GFile *file,
                             BenkReportFormat format);
void benk_report_dialog_ask (GtkWidget *widget,
                             BenkSession *session,
                             BenkFollowupReport *report,
                             BenkReportFormat format);

G_END_DECLS
