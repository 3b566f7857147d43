/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-device-view.h"
#include "benk-returns.h"

G_BEGIN_DECLS

/* Deadlines of a return. Proposed by the program, not decided by the district
 * (domain rules: none after 10 weekdays; none after 30 days). */
#define BENK_RETURN_ARRIVAL_WORKDAYS 10
#define BENK_RETURN_OUTCOME_DAYS 30

gboolean
benk_return_rules_check_step (BenkReturnState from, BenkReturnState to, GError **error);
BenkReturnState benk_return_rules_get_next (BenkReturnState from);
gboolean benk_return_rules_get_device_state (BenkReturnState step,
                                             gboolean reset_proven,
                                             BenkDeviceState *out_state);
gboolean benk_return_rules_get_start (BenkDeviceState state, BenkReturnState *out_step);
gboolean benk_return_rules_is_outcome (const char *outcome);

gboolean benk_return_rules_load_conditions (BenkDb *db,
                                            BenkReturnCase *return_case,
                                            guint *conditions,
                                            GError **error);
gboolean benk_return_rules_set_deadline (BenkDb *db,
                                         BenkReturnCase *return_case,
                                         BenkReturnState step,
                                         GError **error);
char *benk_return_rules_describe_block (BenkDb *db,
                                        BenkReturnCase *return_case,
                                        GError **error);
gboolean benk_return_rules_is_reset_missing (const BenkLifecycleView *view,
                                             BenkDeviceState to);

G_END_DECLS
