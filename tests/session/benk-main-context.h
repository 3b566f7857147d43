/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkMainContextRun:
 * @n_jobs: jobs that were verified
 * @longest_us: the longest time without a look for what is new
 * @busiest_us: the same as processor time of the thread, which other work on the machine
 *   does not lengthen
 * @n_rounds: how often it looked
 *
 * What the main context did while jobs ran.
 */
typedef struct
{
  guint n_jobs;
  gint64 longest_us;
  gint64 busiest_us;
  guint n_rounds;
} BenkMainContextRun;

BenkMainContextRun benk_main_context_run_jobs (guint n_devices);

G_END_DECLS
