/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-window.h"

G_BEGIN_DECLS

typedef void (*BenkBenchWindowAdded) (GtkWindow *window);

/* The program as it is shipped, over @store; @added is called with its window. Nobody is
 * asked who is working. */
int benk_bench_program_run (char *name, const char *store, BenkBenchWindowAdded added);

G_END_DECLS
