/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"
#include "benk-stage.h"

G_BEGIN_DECLS

#define BENK_HOME_OLD "MD0900101"
#define BENK_HOME_NEW "MD0900102"
#define BENK_HOME_USER "4711"
#define BENK_HOME_NURSE "Anne Lie, nurse"

/* Two simulated dispensers: the first made ready for the user, the second in stock. */
void benk_home_set_up (BenkStage *stage);
/* Goes on to a trial, or from there to regular use. */
void benk_home_start_trial (BenkStage *stage);
void benk_home_start_operation (BenkStage *stage);

void benk_home_plug (BenkStage *stage, const char *serial, const char *fault);
BenkBenchDevice *benk_home_get_plugged (BenkStage *stage, const char *serial);
void benk_home_await_job (BenkStage *stage, BenkBenchJob *job);
BenkPlan *benk_home_load_plan (BenkStage *stage, const char *last_dose);
BenkDeviceState benk_home_get_state (BenkStage *stage, const char *serial);

G_END_DECLS
