/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-checklist.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_BENCH_PAGE (benk_bench_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchPage, benk_bench_page, BENK, BENCH_PAGE, GtkWidget)

GtkWidget *benk_bench_page_new (BenkSession *session);
void benk_bench_page_start_checklist (BenkBenchPage *self, const char *device);
void benk_bench_page_start_task (BenkBenchPage *self, const char *device, BenkTask task);

G_END_DECLS
