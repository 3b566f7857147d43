/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock.h"

#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define BENK_TYPE_SYSTEM_CLOCK (benk_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (BenkSystemClock, benk_system_clock, BENK, SYSTEM_CLOCK, BenkClock)

struct _BenkSystemClock
{
  BenkClock parent_instance;
};

G_DEFINE_FINAL_TYPE (BenkSystemClock, benk_system_clock, BENK_TYPE_CLOCK)

/* A monotonic source of GLib stands still while the laptop sleeps; a timer descriptor on
 * CLOCK_BOOTTIME does not. */
typedef struct
{
  GSource source;
  int fd;
  gint64 due_ms;
} TimerSource;

static gint64
read_clock_ms (clockid_t id)
{
  struct timespec now = { 0 };

  clock_gettime (id, &now);

  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gboolean
timer_prepare (GSource *source, int *timeout_ms)
{
  TimerSource *timer = (TimerSource *) source;
  gint64 left_ms = timer->due_ms - read_clock_ms (CLOCK_BOOTTIME);

  *timeout_ms = timer->fd >= 0 ? -1 : (int) CLAMP (left_ms, 0, 60000);

  return left_ms <= 0;
}

static gboolean
timer_check (GSource *source)
{
  TimerSource *timer = (TimerSource *) source;

  return read_clock_ms (CLOCK_BOOTTIME) >= timer->due_ms;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  if (callback != NULL)
    callback (user_data);

  return G_SOURCE_REMOVE;
}

static void
timer_finalize (GSource *source)
{
  TimerSource *timer = (TimerSource *) source;

  if (timer->fd >= 0)
    close (timer->fd);
}

static GSourceFuncs timer_funcs = {
  .prepare = timer_prepare,
  .check = timer_check,
  .dispatch = timer_dispatch,
  .finalize = timer_finalize,
};

static gint64
benk_system_clock_get_wall_ms (BenkClock *clock)
{
  return read_clock_ms (CLOCK_REALTIME);
}

static gint64
benk_system_clock_get_boot_ms (BenkClock *clock)
{
  return read_clock_ms (CLOCK_BOOTTIME);
}

static GSource *
benk_system_clock_create_timer (BenkClock *clock, gint64 delay_ms)
{
  GSource *source = g_source_new (&timer_funcs, sizeof (TimerSource));
  TimerSource *timer = (TimerSource *) source;
  struct itimerspec spec = { 0 };

  timer->due_ms = read_clock_ms (CLOCK_BOOTTIME) + delay_ms;
  spec.it_value.tv_sec = timer->due_ms / 1000;
  spec.it_value.tv_nsec = (timer->due_ms % 1000) * 1000000;

  /* Without a descriptor the source still works; it then looks at the clock once a
   * minute. */
  timer->fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (timer->fd >= 0 && timerfd_settime (timer->fd, TFD_TIMER_ABSTIME, &spec, NULL) == 0)
    g_source_add_unix_fd (source, timer->fd, G_IO_IN);
  else if (timer->fd >= 0)
    {
      close (timer->fd);
      timer->fd = -1;
    }

  g_source_set_static_name (source, "BenkSystemClock timer");

  return source;
}

static void
benk_system_clock_class_init (BenkSystemClockClass *klass)
{
  BenkClockClass *clock_class = BENK_CLOCK_CLASS (klass);

  clock_class->get_wall_ms = benk_system_clock_get_wall_ms;
  clock_class->get_boot_ms = benk_system_clock_get_boot_ms;
  clock_class->create_timer = benk_system_clock_create_timer;
}

static void
benk_system_clock_init (BenkSystemClock *self)
{
}

/**
 * benk_system_clock_new:
 *
 * The clock of the machine. Made once, in main(), and handed in everywhere.
 *
 * Returns: (transfer full): a new clock
 */
BenkClock *
benk_system_clock_new (void)
{
  return g_object_new (BENK_TYPE_SYSTEM_CLOCK, NULL);
}
