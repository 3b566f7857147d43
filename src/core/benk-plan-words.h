/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-plan.h"

G_BEGIN_DECLS

gboolean benk_plan_parse_minute (const char *text, guint *out_minute);
char *benk_plan_describe_minute (guint minute);
const char *benk_plan_get_weekday_label (guint day);
const char *benk_plan_get_weekday_name (guint day);
char *benk_plan_describe_weekdays (guint weekdays);
char *benk_plan_describe_window (const BenkDoseTime *dose);
char *benk_plan_describe_dose (const BenkDoseTime *dose);
char *benk_plan_describe_times (const BenkPlan *self);
char *benk_plan_describe_rule (const BenkAlarmRule *rule);
char *benk_plan_describe_periods (BenkDutyPeriods periods);
char *benk_plan_describe_next_dose (const BenkPlan *self, gint64 now_ms, GTimeZone *zone);

guint benk_plan_get_n_roles (void);
const char *benk_plan_get_role (guint i);
char *benk_plan_describe_role (const char *role);

G_END_DECLS
