/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-followup-report.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkReportFormat:
 * @BENK_REPORT_CSV: a list for a spreadsheet.
 * @BENK_REPORT_PDF: a document.
 *
 * What a report is written as.
 */
typedef enum
{
  BENK_REPORT_CSV,
  BENK_REPORT_PDF,
} BenkReportFormat;

/**
 * BenkFollowupQuery:
 * @period: alarms raised in these days
 * @team: (nullable): name of a team; %NULL or "" for all
 * @only: (nullable) (array zero-terminated=1): references of users as the patient record
 *   has them, and serials, asset numbers or IMEIs of devices; %NULL or none for all
 * @with_reasons: with the reasons for lateness as they were written; they may name
 *   persons
 *
 * What a report on follow-up is asked for.
 */
typedef struct
{
  BenkReportPeriod period;
  const char *team;
  const char *const *only;
  gboolean with_reasons;
} BenkFollowupQuery;

/* Names of teams, as a GListModel of GtkStringObject would hold them: (element-type
 * utf8).
 */
void benk_reports_list_teams_async (BenkSession *session,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *benk_reports_list_teams_finish (BenkSession *session,
                                           GAsyncResult *result,
                                           GError **error);

void benk_reports_load_followup_async (BenkSession *session,
                                       const BenkFollowupQuery *query,
                                       GFileProgressCallback progress,
                                       gpointer progress_data,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
BenkFollowupReport *benk_reports_load_followup_finish (BenkSession *session,
                                                       GAsyncResult *result,
                                                       GError **error);

void benk_reports_write_followup_async (BenkSession *session,
                                        BenkFollowupReport *report,
                                        GFile *file,
                                        BenkReportFormat format,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean benk_reports_write_followup_finish (BenkSession *session,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
