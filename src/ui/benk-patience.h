/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/* Work that is over soon shows no window; what takes longer shows how far it is, and what
 * takes long can be stopped. All zero = nothing runs. */
typedef struct
{
  GtkWindow *window;
  GtkWidget *stop_button;
  GSource *show_timer;
  GSource *stop_timer;
} BenkPatience;

void benk_patience_begin (BenkPatience *self,
                          BenkClock *clock,
                          GtkWindow *window,
                          GtkWidget *stop_button);
void benk_patience_end (BenkPatience *self);

G_END_DECLS
