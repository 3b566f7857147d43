/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"

G_BEGIN_DECLS

void benk_bench_cable (void);
void benk_bench_many (void);
void benk_bench_main_context (void);

G_END_DECLS
