/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-replay-clock.h"

struct _BenkReplayClock
{
  BenkClock parent_instance;

  gint64 wall_ms; /* when it began */
  gint64 boot_ms; /* since then */
  GPtrArray *timers;
  GSource *jump;
};

typedef struct
{
  GSource source;
  gint64 due_ms;
} Timer;

G_DEFINE_FINAL_TYPE (BenkReplayClock, benk_replay_clock, BENK_TYPE_CLOCK)

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback != NULL ? callback (user_data) : G_SOURCE_REMOVE;
}

static GSourceFuncs timer_funcs = {
  .dispatch = dispatch_timer,
};

static gint64
get_wall_ms (BenkClock *clock)
{
  BenkReplayClock *self = BENK_REPLAY_CLOCK (clock);

  return self->wall_ms + self->boot_ms;
}

static gint64
get_boot_ms (BenkClock *clock)
{
  return BENK_REPLAY_CLOCK (clock)->boot_ms;
}

static void
drop_destroyed (BenkReplayClock *self)
{
  for (guint i = self->timers->len; i > 0; i--)
    if (g_source_is_destroyed (g_ptr_array_index (self->timers, i - 1)))
      g_ptr_array_remove_index (self->timers, i - 1);
}

static void
stop_jumping (BenkReplayClock *self)
{
  if (self->jump != NULL)
    g_source_destroy (self->jump);
  g_clear_pointer (&self->jump, g_source_unref);
}

/* Nothing else is left to do: it becomes as late as the next timer. */
static gboolean
jump (gpointer user_data)
{
  BenkReplayClock *self = user_data;
  Timer *earliest = NULL;

  drop_destroyed (self);
  for (guint i = 0; i < self->timers->len; i++)
    {
      Timer *timer = g_ptr_array_index (self->timers, i);

      if (earliest == NULL || timer->due_ms < earliest->due_ms)
        earliest = timer;
    }
  if (earliest == NULL)
    {
      stop_jumping (self);
      return G_SOURCE_REMOVE;
    }
  self->boot_ms = MAX (self->boot_ms, earliest->due_ms);
  g_source_set_ready_time ((GSource *) earliest, 0);
  g_ptr_array_remove (self->timers, earliest);
  return G_SOURCE_CONTINUE;
}

static void
start_jumping (BenkReplayClock *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (self->jump != NULL)
    return;
  self->jump = g_idle_source_new ();
  g_source_set_priority (self->jump, G_PRIORITY_LOW);
  g_source_set_callback (self->jump, jump, self, NULL);
  g_source_attach (self->jump, context);
}

static GSource *
create_timer (BenkClock *clock, gint64 delay_ms)
{
  BenkReplayClock *self = BENK_REPLAY_CLOCK (clock);
  GSource *source = g_source_new (&timer_funcs, sizeof (Timer));

  ((Timer *) source)->due_ms = self->boot_ms + MAX (delay_ms, 0);
  g_ptr_array_add (self->timers, g_source_ref (source));
  start_jumping (self);
  return source;
}

static void
benk_replay_clock_finalize (GObject *object)
{
  BenkReplayClock *self = BENK_REPLAY_CLOCK (object);

  stop_jumping (self);
  g_ptr_array_unref (self->timers);

  G_OBJECT_CLASS (benk_replay_clock_parent_class)->finalize (object);
}

static void
benk_replay_clock_class_init (BenkReplayClockClass *klass)
{
  BenkClockClass *clock_class = BENK_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = benk_replay_clock_finalize;
  clock_class->get_wall_ms = get_wall_ms;
  clock_class->get_boot_ms = get_boot_ms;
  clock_class->create_timer = create_timer;
}

static void
benk_replay_clock_init (BenkReplayClock *self)
{
  self->timers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
}

/**
 * benk_replay_clock_new:
 * @wall_ms: when it begins, UTC ms
 *
 * A clock on which time passes only while nothing else is to be done in the thread's
 * default main context, and then as far as the next timer: what took seconds is played
 * back at once, in its own time. Of one thread.
 *
 * Returns: (transfer full): the clock
 */
BenkClock *
benk_replay_clock_new (gint64 wall_ms)
{
  BenkReplayClock *self = g_object_new (BENK_TYPE_REPLAY_CLOCK, NULL);

  self->wall_ms = wall_ms;
  return BENK_CLOCK (self);
}
