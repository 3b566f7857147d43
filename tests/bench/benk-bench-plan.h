/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plan.h"

G_BEGIN_DECLS

/* 2026-11-21 09:30:00 UTC. */
#define BENK_BENCH_NOW_MS G_GINT64_CONSTANT (1795253400000)
#define BENK_BENCH_SET_ID 0x0e300001

BenkPlan *benk_bench_plan_new (void);
void benk_bench_plan_print_services (GArray *sent);

G_END_DECLS
