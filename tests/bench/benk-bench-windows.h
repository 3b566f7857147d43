/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"

G_BEGIN_DECLS

/* What is typed: the first keys are in every device, the last ones in few. */
#define BENK_BENCH_WORD "bx0073"
#define BENK_BENCH_N_KEYS 7

/**
 * BenkBenchWindows:
 *
 * One side, the program's window or the bare one, once a round: how long until it was
 * painted and until its rows were, from the start of its process, the middle one of
 * several starts; the middle one of the keys; late frames, in thousandths of a per cent;
 * memory, in thousandths of a MiB; the longest that a preview held the window up.
 */
typedef struct
{
  BenkBenchTimes shown;
  BenkBenchTimes rows;
  BenkBenchTimes keys;
  BenkBenchTimes key[BENK_BENCH_N_KEYS];
  guint n_found[BENK_BENCH_N_KEYS];
  BenkBenchTimes late;
  BenkBenchTimes memory;
  BenkBenchTimes held_up;
} BenkBenchWindows;

/**
 * BenkBenchPrograms:
 * @window: the program, watched from inside
 * @bare: an empty Adwaita window, or a column view with results from memory
 * @store: what they show
 * @list: a list with as many rows, each of which changes a device
 */
typedef struct
{
  const char *window;
  const char *bare;
  const char *store;
  const char *list;
} BenkBenchPrograms;

void benk_bench_windows_round (const BenkBenchPrograms *programs,
                               guint round,
                               BenkBenchWindows *app,
                               BenkBenchWindows *bare);

G_END_DECLS
