/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-bench.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_BENCH_CARD (benk_bench_card_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchCard, benk_bench_card, BENK, BENCH_CARD, GtkWidget)

GtkWidget *benk_bench_card_new (BenkSession *session, BenkBenchDevice *device);

G_END_DECLS
