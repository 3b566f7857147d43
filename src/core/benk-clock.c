/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock.h"

G_DEFINE_ABSTRACT_TYPE (BenkClock, benk_clock, G_TYPE_OBJECT)

static void
benk_clock_class_init (BenkClockClass *klass)
{
}

static void
benk_clock_init (BenkClock *self)
{
}

/**
 * benk_clock_get_wall_ms:
 * @self: a clock
 *
 * Returns: the wall clock, in milliseconds since 1970-01-01 UTC
 */
gint64
benk_clock_get_wall_ms (BenkClock *self)
{
  g_return_val_if_fail (BENK_IS_CLOCK (self), 0);

  return BENK_CLOCK_GET_CLASS (self)->get_wall_ms (self);
}

/**
 * benk_clock_get_boot_ms:
 * @self: a clock
 *
 * The clock for deadlines and time-outs: it counts while the laptop sleeps and is not
 * touched when somebody sets the time.
 *
 * Returns: milliseconds of CLOCK_BOOTTIME
 */
gint64
benk_clock_get_boot_ms (BenkClock *self)
{
  g_return_val_if_fail (BENK_IS_CLOCK (self), 0);

  return BENK_CLOCK_GET_CLASS (self)->get_boot_ms (self);
}

/**
 * benk_clock_create_timer:
 * @self: a clock
 * @delay_ms: milliseconds of boot time from now; 0 or less fires at once
 *
 * Makes a source that is dispatched once. Set a #GSourceFunc with
 * g_source_set_callback(), attach it to a context, and destroy it to cancel. What the
 * callback returns is ignored.
 *
 * Returns: (transfer full): a new source, not attached
 */
GSource *
benk_clock_create_timer (BenkClock *self, gint64 delay_ms)
{
  g_return_val_if_fail (BENK_IS_CLOCK (self), NULL);

  return BENK_CLOCK_GET_CLASS (self)->create_timer (self, MAX (delay_ms, 0));
}
