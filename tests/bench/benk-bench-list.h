/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Five cells, and what the row is found by. */
#define BENK_BENCH_N_CELLS 6

#define BENK_TYPE_BENCH_ITEM (benk_bench_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchItem, benk_bench_item, BENK, BENCH_ITEM, GObject)

BenkBenchItem *benk_bench_item_new (const char *const *cells);
const char *benk_bench_item_get_cell (BenkBenchItem *self, guint cell);

/* A result in memory: rows that are there already, one after another. */
#define BENK_TYPE_BENCH_LIST (benk_bench_list_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchList, benk_bench_list, BENK, BENCH_LIST, GObject)

BenkBenchList *benk_bench_list_new (GPtrArray *items, const char *text);

G_END_DECLS
