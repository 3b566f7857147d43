/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/* How often a thing is measured; the median counts. */
#define BENK_BENCH_ROUNDS 5

/**
 * BenkBenchTimes:
 *
 * What one thing took, in microseconds, once a round.
 */
typedef struct
{
  gint64 us[BENK_BENCH_ROUNDS];
} BenkBenchTimes;

gint64 benk_bench_get_us (void);

void benk_bench_print_head (const char *title, const char *bare);
void benk_bench_print_row (const char *what,
                           const BenkBenchTimes *app,
                           const BenkBenchTimes *bare,
                           double goal);
void benk_bench_print_mixed_head (const char *title, const char *bare);
void benk_bench_print_difference (const char *what,
                                  const BenkBenchTimes *app,
                                  const BenkBenchTimes *bare,
                                  double goal);
void benk_bench_print_alone (const char *what, const BenkBenchTimes *app, double goal);
void benk_bench_print_plain_head (const char *title, const char *about);
void benk_bench_print_value (const char *what, double value, double goal);
void benk_bench_print_foot (void);
double benk_bench_get_median_ms (const BenkBenchTimes *times);

/**
 * BenkBenchRows:
 *
 * Rows of one table as they were kept, to be written again.
 */
typedef struct _BenkBenchRows BenkBenchRows;

BenkBenchRows *benk_bench_rows_read (sqlite3 *db, const char *table, const char *sql);
guint benk_bench_rows_get_length (BenkBenchRows *self);
void benk_bench_rows_write (BenkBenchRows *self, sqlite3 *db, guint from, guint to);
void benk_bench_rows_free (BenkBenchRows *self);

sqlite3 *benk_bench_open_bare (const char *path);
sqlite3_session *benk_bench_begin_bare (sqlite3 *db, const char *const *journalled);
void benk_bench_commit_bare (sqlite3 *db, sqlite3_session *session);

char *benk_bench_make_folder (void);
void benk_bench_remove_folder (const char *dir);
char *benk_bench_make_store (const char *dir, const char *name, BenkClock *clock);

G_END_DECLS
