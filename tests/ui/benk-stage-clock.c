/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stage-clock.h"

struct _BenkStageClock
{
  BenkClock parent_instance;

  BenkClock *system;
  gint64 start_wall_ms;
  gint64 start_boot_ms;
  /* The store's threads ask too. */
  gint64 turned_ms;
  GMutex lock;
};

G_DEFINE_FINAL_TYPE (BenkStageClock, benk_stage_clock, BENK_TYPE_CLOCK)

static gint64
get_wall_ms (BenkClock *clock)
{
  BenkStageClock *self = BENK_STAGE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->start_wall_ms + self->turned_ms + benk_clock_get_boot_ms (self->system) -
         self->start_boot_ms;
}

static gint64
get_boot_ms (BenkClock *clock)
{
  return benk_clock_get_boot_ms (BENK_STAGE_CLOCK (clock)->system);
}

static GSource *
create_timer (BenkClock *clock, gint64 delay_ms)
{
  return benk_clock_create_timer (BENK_STAGE_CLOCK (clock)->system, delay_ms);
}

static void
benk_stage_clock_finalize (GObject *object)
{
  BenkStageClock *self = BENK_STAGE_CLOCK (object);

  g_clear_object (&self->system);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (benk_stage_clock_parent_class)->finalize (object);
}

static void
benk_stage_clock_class_init (BenkStageClockClass *klass)
{
  BenkClockClass *clock_class = BENK_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = benk_stage_clock_finalize;
  clock_class->get_wall_ms = get_wall_ms;
  clock_class->get_boot_ms = get_boot_ms;
  clock_class->create_timer = create_timer;
}

static void
benk_stage_clock_init (BenkStageClock *self)
{
  g_mutex_init (&self->lock);
}

/**
 * benk_stage_clock_new:
 * @wall_ms: the present, milliseconds since 1970 in UTC
 *
 * Returns: (transfer full): a clock that shows @wall_ms now
 */
BenkClock *
benk_stage_clock_new (gint64 wall_ms)
{
  BenkStageClock *self = g_object_new (BENK_TYPE_STAGE_CLOCK, NULL);

  self->system = benk_system_clock_new ();
  self->start_wall_ms = wall_ms;
  self->start_boot_ms = benk_clock_get_boot_ms (self->system);
  return BENK_CLOCK (self);
}

/**
 * benk_stage_clock_turn:
 * @self: a clock
 * @ms: milliseconds, forwards
 *
 * Lets time have passed, for what happened in the past of a picture.
 */
void
benk_stage_clock_turn (BenkStageClock *self, gint64 ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->turned_ms += ms;
}
