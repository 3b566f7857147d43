/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-fake-clock.h"

struct _BenkFakeClock
{
  BenkClock parent_instance;

  GMutex mutex;
  gint64 wall_ms;
  gint64 boot_ms;
  GPtrArray *timers; /* (element-type FakeTimer), each with a reference */
};

G_DEFINE_FINAL_TYPE (BenkFakeClock, benk_fake_clock, BENK_TYPE_CLOCK)

typedef struct
{
  GSource source;
  gint64 due_ms;
} FakeTimer;

static gboolean
fake_timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  if (callback != NULL)
    callback (user_data);

  return G_SOURCE_REMOVE;
}

static GSourceFuncs fake_timer_funcs = {
  .dispatch = fake_timer_dispatch,
};

static void
drop_destroyed (BenkFakeClock *self)
{
  for (guint i = self->timers->len; i > 0; i--)
    if (g_source_is_destroyed (g_ptr_array_index (self->timers, i - 1)))
      g_ptr_array_remove_index (self->timers, i - 1);
}

static GSource *
take_earliest (BenkFakeClock *self, gint64 until_ms)
{
  FakeTimer *earliest = NULL;
  guint at = 0;

  drop_destroyed (self);
  for (guint i = 0; i < self->timers->len; i++)
    {
      FakeTimer *timer = g_ptr_array_index (self->timers, i);

      if (timer->due_ms <= until_ms &&
          (earliest == NULL || timer->due_ms < earliest->due_ms))
        {
          earliest = timer;
          at = i;
        }
    }

  return earliest != NULL ? g_ptr_array_steal_index (self->timers, at) : NULL;
}

static gint64
benk_fake_clock_get_wall_ms (BenkClock *clock)
{
  BenkFakeClock *self = BENK_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->wall_ms;
}

static gint64
benk_fake_clock_get_boot_ms (BenkClock *clock)
{
  BenkFakeClock *self = BENK_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->boot_ms;
}

static GSource *
benk_fake_clock_create_timer (BenkClock *clock, gint64 delay_ms)
{
  BenkFakeClock *self = BENK_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GSource *source = g_source_new (&fake_timer_funcs, sizeof (FakeTimer));
  FakeTimer *timer = (FakeTimer *) source;

  timer->due_ms = self->boot_ms + delay_ms;
  if (delay_ms <= 0)
    g_source_set_ready_time (source, 0);
  else
    g_ptr_array_add (self->timers, g_source_ref (source));

  return source;
}

static void
benk_fake_clock_finalize (GObject *object)
{
  BenkFakeClock *self = BENK_FAKE_CLOCK (object);

  g_ptr_array_unref (self->timers);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (benk_fake_clock_parent_class)->finalize (object);
}

static void
benk_fake_clock_class_init (BenkFakeClockClass *klass)
{
  BenkClockClass *clock_class = BENK_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = benk_fake_clock_finalize;
  clock_class->get_wall_ms = benk_fake_clock_get_wall_ms;
  clock_class->get_boot_ms = benk_fake_clock_get_boot_ms;
  clock_class->create_timer = benk_fake_clock_create_timer;
}

static void
benk_fake_clock_init (BenkFakeClock *self)
{
  g_mutex_init (&self->mutex);
  self->timers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
}

/**
 * benk_fake_clock_new:
 * @wall_ms: UTC milliseconds since 1970
 *
 * A clock that stands still until it is advanced. May be used from any thread.
 *
 * Returns: (transfer full): a new clock
 */
BenkFakeClock *
benk_fake_clock_new (gint64 wall_ms)
{
  BenkFakeClock *self = g_object_new (BENK_TYPE_FAKE_CLOCK, NULL);

  self->wall_ms = wall_ms;
  self->boot_ms = 1000;

  return self;
}

/**
 * benk_fake_clock_advance:
 * @self: a fake clock
 * @ms: milliseconds
 *
 * Moves both clocks. Each timer that falls due is made ready with the clocks at its
 * moment, in order; if the calling thread may run the timer's context, it is iterated
 * until the timer was dispatched, so that a timer made by a callback also fires. Timers
 * of other threads' contexts are made ready and run there.
 */
void
benk_fake_clock_advance (BenkFakeClock *self, gint64 ms)
{
  gint64 until_ms;

  g_mutex_lock (&self->mutex);
  until_ms = self->boot_ms + ms;
  for (GSource *source; (source = take_earliest (self, until_ms)) != NULL;)
    {
      gint64 step_ms = MAX (((FakeTimer *) source)->due_ms - self->boot_ms, 0);
      GMainContext *context = g_source_get_context (source);

      self->boot_ms += step_ms;
      self->wall_ms += step_ms;
      g_mutex_unlock (&self->mutex);

      g_source_set_ready_time (source, 0);
      if (context != NULL && g_main_context_acquire (context))
        {
          while (!g_source_is_destroyed (source) &&
                 g_main_context_iteration (context, FALSE))
            ;
          g_main_context_release (context);
        }
      g_source_unref (source);

      g_mutex_lock (&self->mutex);
    }
  self->wall_ms += until_ms - self->boot_ms;
  self->boot_ms = until_ms;
  g_mutex_unlock (&self->mutex);
}

/**
 * benk_fake_clock_suspend:
 * @self: a fake clock
 * @ms: milliseconds
 *
 * Moves both clocks at once, as when the computer has slept: every timer that fell due
 * meanwhile comes at the end.
 */
void
benk_fake_clock_suspend (BenkFakeClock *self, gint64 ms)
{
  g_mutex_lock (&self->mutex);
  self->wall_ms += ms;
  self->boot_ms += ms;
  g_mutex_unlock (&self->mutex);
  benk_fake_clock_advance (self, 0);
}

/**
 * benk_fake_clock_set_wall:
 * @self: a fake clock
 * @wall_ms: UTC milliseconds since 1970
 *
 * Sets the wall clock only, as when somebody sets the time.
 */
void
benk_fake_clock_set_wall (BenkFakeClock *self, gint64 wall_ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->wall_ms = wall_ms;
}

/**
 * benk_fake_clock_get_n_timers:
 * @self: a fake clock
 *
 * Returns: how many timers wait, so that a test can see that none was left behind
 */
guint
benk_fake_clock_get_n_timers (BenkFakeClock *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drop_destroyed (self);

  return self->timers->len;
}
