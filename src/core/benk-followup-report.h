/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-followup-row.h"
#include "benk-report-period.h"

G_BEGIN_DECLS

/**
 * BenkFollowupGap:
 * @source: (nullable): name of the source
 * @gap: when it was not watched, within the period
 */
typedef struct
{
  char *source;
  BenkWatchGap gap;
} BenkFollowupGap;

void benk_followup_gap_free (BenkFollowupGap *self);

/**
 * BenkFollowupSums:
 * @n_alarms: alarms in the report
 * @decided: of those with deadlines that the district decided, how many of each verdict
 * @proposed: of those with deadlines that the program proposed, how many of each verdict
 * @n_decided: alarms with deadlines that the district decided
 * @n_proposed: alarms with deadlines that the program proposed
 * @n_open: alarms still open, late ones too
 * @n_reopened: alarms that were opened again
 * @n_without_team: alarms of the period whose team is not known; they are in a report on
 *   all teams only
 *
 * What stands at the top. Every alarm counts once in @decided or @proposed.
 */
typedef struct
{
  guint n_alarms;
  guint decided[BENK_N_FOLLOWUP_VERDICTS];
  guint proposed[BENK_N_FOLLOWUP_VERDICTS];
  guint n_decided;
  guint n_proposed;
  guint n_open;
  guint n_reopened;
  guint n_without_team;
} BenkFollowupSums;

/**
 * BenkFollowupReport:
 * @period: what it covers: alarms raised in it
 * @team: (nullable): of which team; %NULL = all
 * @n_users: only alarms of so many users and @n_devices were asked for; 0 and 0 = all
 * @n_devices: see @n_users
 * @made_ms: UTC milliseconds it was made
 * @rows: (element-type BenkFollowupRow): the alarms, oldest first
 * @gaps: (element-type BenkFollowupGap): when this program did not watch
 * @sums: what stands at the top
 * @decided_by: (nullable): who of the district decided the deadlines of its alarms, and
 *   when; several where they were decided anew
 * @with_reasons: the reasons stand in it as they were written
 * @demo: it was made of a demo store
 * @seq: the newest row of the change log
 * @hash: hash of that row
 *
 * How alarms were followed up. Counted references.
 */
typedef struct
{
  BenkReportPeriod period;
  char *team;
  guint n_users;
  guint n_devices;
  gint64 made_ms;
  GPtrArray *rows;
  GPtrArray *gaps;
  BenkFollowupSums sums;
  char *decided_by;
  gboolean with_reasons;
  gboolean demo;
  gint64 seq;
  char *hash;
} BenkFollowupReport;

BenkFollowupReport *benk_followup_report_new (void);
BenkFollowupReport *benk_followup_report_ref (BenkFollowupReport *self);
void benk_followup_report_unref (BenkFollowupReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFollowupReport, benk_followup_report_unref)

void benk_followup_report_add_gaps (BenkFollowupReport *self,
                                    const char *source,
                                    const GArray *gaps);
void benk_followup_report_join (BenkFollowupReport *self);
void benk_followup_report_sum_up (BenkFollowupReport *self);

char *benk_followup_report_describe_decided (const BenkFollowupReport *self);
char *benk_followup_report_describe_chosen (const BenkFollowupReport *self);
char *benk_followup_gap_describe (const BenkFollowupGap *self, GTimeZone *zone);

G_END_DECLS
