/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdio.h>
#include <sys/types.h>

#include "benk-clock.h"

G_BEGIN_DECLS

#define BENK_BENCH_TOKEN "bench"
#define BENK_BENCH_DEVICES 200

/**
 * BenkBenchHub:
 *
 * A simulated hub in a process of its own: what it holds and does is not what is
 * measured.
 */
typedef struct
{
  pid_t pid;
  FILE *asks;
  FILE *answers;
  char *url;
} BenkBenchHub;

/* Before there is any thread. */
void benk_bench_hub_start (BenkBenchHub *self, BenkClock *clock);
/* @n alarms of %BENK_BENCH_DEVICES dispensers, @apart_ms apart, the last of them
 * @ago_ms ago. */
void benk_bench_hub_raise (BenkBenchHub *self, guint n, gint64 apart_ms, gint64 ago_ms);
void benk_bench_hub_close_all (BenkBenchHub *self);
void benk_bench_hub_stop (BenkBenchHub *self);

char *benk_bench_make_serial (guint number);
char *benk_bench_write_token (const char *dir);

G_END_DECLS
