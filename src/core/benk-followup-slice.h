/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-followup-report.h"

G_BEGIN_DECLS

/**
 * BenkFollowupWhere:
 * @BENK_FOLLOWUP_WHERE_HERE: in this program.
 * @BENK_FOLLOWUP_WHERE_ELSEWHERE: in another system.
 * @BENK_FOLLOWUP_WHERE_PHONE: told by phone.
 * @BENK_FOLLOWUP_WHERE_DISPENSER: settled by the dispenser.
 * @BENK_FOLLOWUP_WHERE_NOWHERE: not done.
 *
 * Where a step of an alarm was done, or that it was not.
 */
typedef enum
{
  BENK_FOLLOWUP_WHERE_HERE,
  BENK_FOLLOWUP_WHERE_ELSEWHERE,
  BENK_FOLLOWUP_WHERE_PHONE,
  BENK_FOLLOWUP_WHERE_DISPENSER,
  BENK_FOLLOWUP_WHERE_NOWHERE,
} BenkFollowupWhere;

#define BENK_N_FOLLOWUP_WHERES (BENK_FOLLOWUP_WHERE_NOWHERE + 1)

const char *benk_followup_where_get_label (BenkFollowupWhere value);
const char *benk_followup_step_get_label (BenkFollowupStep value);

/**
 * BENK_FOLLOWUP_ANY:
 *
 * Where one of the kinds of a slice does not matter.
 */
#define BENK_FOLLOWUP_ANY (-1)

/**
 * BenkFollowupSlice:
 * @proposed: of alarms with deadlines that the program proposed (1), that the district
 *   decided (0), or any
 * @responsibility: a #BenkResponsibility, or any
 * @duty: a #BenkDuty, or any
 * @verdict: a #BenkFollowupVerdict, or any
 * @step: a #BenkFollowupStep that was done @where, or any
 * @where: a #BenkFollowupWhere
 * @open: only those still open
 * @reopened: only those opened again
 * @without_team: only those of no known team
 *
 * Some of the alarms of a report: those that a number of it counts.
 */
typedef struct
{
  int proposed;
  int responsibility;
  int duty;
  int verdict;
  int step;
  int where;
  gboolean open;
  gboolean reopened;
  gboolean without_team;
} BenkFollowupSlice;

#define BENK_FOLLOWUP_SLICE_ALL                                                          \
  ((BenkFollowupSlice){ .proposed = BENK_FOLLOWUP_ANY,                                   \
                        .responsibility = BENK_FOLLOWUP_ANY,                             \
                        .duty = BENK_FOLLOWUP_ANY,                                       \
                        .verdict = BENK_FOLLOWUP_ANY,                                    \
                        .step = BENK_FOLLOWUP_ANY })

gboolean benk_followup_slice_has (const BenkFollowupSlice *self,
                                  const BenkFollowupRow *row);
guint benk_followup_slice_count (const BenkFollowupSlice *self,
                                 const BenkFollowupReport *report);
char *benk_followup_slice_describe (const BenkFollowupSlice *self);

/**
 * BENK_N_FOLLOWUP_CUTS:
 *
 * How many lines a table of a report has at most: all, each responsibility, and each duty
 * of it.
 */
#define BENK_N_FOLLOWUP_CUTS (1 + 3 * (1 + 4))

guint benk_followup_report_cut (const BenkFollowupReport *self,
                                gboolean proposed,
                                BenkFollowupSlice *cuts);
char *benk_followup_slice_describe_line (const BenkFollowupSlice *self,
                                         const BenkFollowupReport *report);
const char *benk_followup_verdict_get_short_label (BenkFollowupVerdict value);
char *benk_followup_row_describe_step (const BenkFollowupRow *row,
                                       BenkFollowupStep step,
                                       gint64 deadline_ms,
                                       GTimeZone *zone);
const char *benk_followup_get_limits (void);
char *benk_followup_report_describe_duties (const BenkFollowupReport *self);
char *benk_followup_report_write_text (const BenkFollowupReport *self, GTimeZone *zone);

G_END_DECLS
