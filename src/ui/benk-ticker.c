/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ticker.h"

struct _BenkTicker
{
  GObject parent_instance;

  BenkClock *clock;
  gint64 interval_ms;
  GSource *source;
};

enum
{
  TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkTicker, benk_ticker, G_TYPE_OBJECT)

static void arm (BenkTicker *self);

static gboolean
on_timer (gpointer user_data)
{
  BenkTicker *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  arm (self);
  g_signal_emit (self, signals[TICK], 0);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkTicker *self)
{
  self->source = benk_clock_create_timer (self->clock, self->interval_ms);
  g_source_set_callback (self->source, on_timer, self, NULL);
  g_source_attach (self->source, NULL);
}

static void
benk_ticker_dispose (GObject *object)
{
  BenkTicker *self = BENK_TICKER (object);

  if (self->source)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (benk_ticker_parent_class)->dispose (object);
}

static void
benk_ticker_class_init (BenkTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_ticker_dispose;
  signals[TICK] = g_signal_new ("tick", BENK_TYPE_TICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_ticker_init (BenkTicker *self)
{
}

/**
 * benk_ticker_new:
 * @clock: the clock
 * @interval_ms: milliseconds between two ticks, at least 1000
 *
 * Returns: (transfer full): a ticker that runs
 */
BenkTicker *
benk_ticker_new (BenkClock *clock, gint64 interval_ms)
{
  BenkTicker *self = g_object_new (BENK_TYPE_TICKER, NULL);

  self->clock = g_object_ref (clock);
  self->interval_ms = MAX (interval_ms, 1000);
  arm (self);
  return self;
}

/**
 * benk_ticker_get_now_ms:
 * @self: a ticker
 *
 * Returns: the present, milliseconds since 1970 in UTC
 */
gint64
benk_ticker_get_now_ms (BenkTicker *self)
{
  return benk_clock_get_wall_ms (self->clock);
}
