/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-bench.h"

G_BEGIN_DECLS

#define BENK_TYPE_BENCH_RESULT (benk_bench_result_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchResult, benk_bench_result, BENK, BENCH_RESULT, GtkWidget)

void benk_bench_result_show (BenkBenchResult *self,
                             BenkSession *session,
                             BenkBenchDevice *device,
                             BenkBenchJob *job);

G_END_DECLS
