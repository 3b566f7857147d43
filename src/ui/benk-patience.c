/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-patience.h"

#define SHOW_AFTER_MS 500
#define STOP_AFTER_MS 2000

static void
stop_timer (GSource **timer)
{
  if (*timer)
    g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static gboolean
on_show (gpointer user_data)
{
  BenkPatience *self = user_data;

  gtk_window_present (self->window);
  return G_SOURCE_REMOVE;
}

static gboolean
on_may_stop (gpointer user_data)
{
  BenkPatience *self = user_data;

  gtk_widget_set_visible (self->stop_button, TRUE);
  return G_SOURCE_REMOVE;
}

static GSource *
start_timer (BenkPatience *self, BenkClock *clock, gint64 after_ms, GSourceFunc func)
{
  GSource *timer = benk_clock_create_timer (clock, after_ms);

  g_source_set_callback (timer, func, self, NULL);
  g_source_attach (timer, NULL);
  return timer;
}

/**
 * benk_patience_begin:
 * @self: where it is kept; must stay there until benk_patience_end()
 * @clock: the clock of the session
 * @window: shown after half a second
 * @stop_button: offered after two seconds
 *
 * Begins to wait for work that has just been started.
 */
void
benk_patience_begin (BenkPatience *self,
                     BenkClock *clock,
                     GtkWindow *window,
                     GtkWidget *stop_button)
{
  benk_patience_end (self);
  self->window = window;
  self->stop_button = stop_button;
  gtk_widget_set_visible (stop_button, FALSE);
  self->show_timer = start_timer (self, clock, SHOW_AFTER_MS, on_show);
  self->stop_timer = start_timer (self, clock, STOP_AFTER_MS, on_may_stop);
}

/**
 * benk_patience_end:
 * @self: what is kept of it
 *
 * Waits no longer; a window that is shown stays.
 */
void
benk_patience_end (BenkPatience *self)
{
  stop_timer (&self->show_timer);
  stop_timer (&self->stop_timer);
}
