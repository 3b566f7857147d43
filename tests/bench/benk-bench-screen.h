/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BenkBenchScreen:
 *
 * Watches a window from inside and tells on standard output, a line each, when something
 * has been painted; does what standard input says. Instants are microseconds of the
 * monotonic clock, which all processes share.
 */
typedef struct _BenkBenchScreen BenkBenchScreen;

typedef void (*BenkBenchShown) (gpointer user_data);

BenkBenchScreen *benk_bench_screen_new (GtkWindow *window);
void benk_bench_screen_set_shown (BenkBenchScreen *self,
                                  BenkBenchShown shown,
                                  gpointer user_data);
void benk_bench_screen_follow (BenkBenchScreen *self, GtkWidget *view);

G_END_DECLS
