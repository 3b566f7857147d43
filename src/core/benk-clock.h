/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BENK_TYPE_CLOCK (benk_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (BenkClock, benk_clock, BENK, CLOCK, GObject)

/**
 * BenkClockClass:
 * @get_wall_ms: UTC milliseconds since 1970; may jump.
 * @get_boot_ms: milliseconds of CLOCK_BOOTTIME; counts while suspended, never goes back.
 * @create_timer: a source that is dispatched once, @delay_ms of boot time from now.
 *
 * The one way to know the time. It is handed in everywhere, so that tests own it.
 */
struct _BenkClockClass
{
  GObjectClass parent_class;

  gint64 (*get_wall_ms) (BenkClock *self);
  gint64 (*get_boot_ms) (BenkClock *self);
  GSource *(*create_timer) (BenkClock *self, gint64 delay_ms);
};

gint64 benk_clock_get_wall_ms (BenkClock *self);
gint64 benk_clock_get_boot_ms (BenkClock *self);
GSource *benk_clock_create_timer (BenkClock *self, gint64 delay_ms);

BenkClock *benk_system_clock_new (void);

G_END_DECLS
