/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-link.h"
#include "benk-survey.h"

G_BEGIN_DECLS

#define BENK_TYPE_SURVEY_RUN (benk_survey_run_get_type ())
G_DECLARE_FINAL_TYPE (BenkSurveyRun, benk_survey_run, BENK, SURVEY_RUN, GObject)

/**
 * BenkSurveyLimits:
 * @whole_ms: most time for one agent; 0 = as much as it likes
 * @quiet_ms: how long to wait for reports after everything was asked, and after each
 */
typedef struct
{
  guint whole_ms;
  guint quiet_ms;
} BenkSurveyLimits;

BenkSurveyRun *benk_survey_run_new (BenkClock *clock, const BenkSurveyLimits *limits);
void benk_survey_run_start (BenkSurveyRun *self, BenkLink *link);
void benk_survey_run_release (BenkSurveyRun *self);
gboolean benk_survey_run_is_whole (BenkSurveyRun *self);
char *benk_survey_run_to_json (BenkSurveyRun *self);

char *benk_survey_to_json (const BenkSurvey *survey,
                           const char *peer,
                           const char *outcome,
                           const char *problem);

G_END_DECLS
