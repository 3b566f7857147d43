/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-dispenser-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "benk-error.h"
#include "benk-virtual-memory.h"

G_DEFINE_FINAL_TYPE (BenkVirtualDispenser, benk_virtual_dispenser, G_TYPE_OBJECT)

guint benk_virtual_dispenser_signals[BENK_VIRTUAL_N_SIGNALS];

gint64
benk_virtual_dispenser_now (BenkVirtualDispenser *self)
{
  return benk_clock_get_wall_ms (self->clock);
}

/* Ends a timer, if there is one. */
void
benk_virtual_stop_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Changes places between the memory and what a fault shows instead. */
static void
swap_overlay (BenkVirtualDispenser *self)
{
  BenkAgentMemory *memory = self->memory;
  BenkVirtualOverlay *other = &self->overlay;
  BenkVirtualOverlay was = { memory->battery, memory->mains, memory->lid_open,
                             memory->dispensing, memory->serial };

  memcpy (was.system_id, memory->system_id, sizeof was.system_id);
  memory->battery = other->battery;
  memory->mains = other->mains;
  memory->lid_open = other->lid_open;
  memory->dispensing = other->dispensing;
  memory->serial = other->serial;
  memcpy (memory->system_id, other->system_id, sizeof memory->system_id);
  *other = was;
}

/* Shows the memory as it is. */
void
benk_virtual_dispenser_show_memory (BenkVirtualDispenser *self)
{
  if (!self->overlaid)
    return;

  swap_overlay (self);
  g_clear_pointer (&self->overlay.serial, g_free);
  self->overlaid = FALSE;
}

static gboolean
is_on (const BenkVirtualDispenser *self, BenkVirtualFaultKind kind)
{
  return benk_virtual_fault_is_on (&self->fault, kind, self->transfers);
}

void
benk_virtual_dispenser_overlay (BenkVirtualDispenser *self)
{
  const BenkAgentMemory *memory = self->memory;
  gboolean other = self->fault.kind == BENK_VIRTUAL_FAULT_WRONG_SERIAL && self->returned;
  gboolean low = is_on (self, BENK_VIRTUAL_FAULT_LOW_BATTERY);

  benk_virtual_dispenser_show_memory (self);
  self->overlay.battery = low ? 9 : memory->battery;
  self->overlay.mains = low ? FALSE : memory->mains;
  self->overlay.lid_open = memory->lid_open || is_on (self, BENK_VIRTUAL_FAULT_LID_OPEN);
  self->overlay.dispensing =
    memory->dispensing || is_on (self, BENK_VIRTUAL_FAULT_DISPENSING);
  self->overlay.serial = g_strdup_printf ("%s%s", memory->serial, other ? "X" : "");
  memcpy (self->overlay.system_id, memory->system_id, 8);
  if (other)
    self->overlay.system_id[7] ^= 0x01;
  swap_overlay (self);
  self->overlaid = TRUE;
}

/* Lets the fault show in what the dispenser is and does from now on. */
void
benk_virtual_dispenser_show_fault (BenkVirtualDispenser *self)
{
  benk_virtual_dispenser_overlay (self);
  benk_agent_set_quirks (self->agent,
                         benk_virtual_fault_get_quirks (&self->fault, self->transfers),
                         benk_virtual_fault_get_place (&self->fault));
}

/* Puts the memory into flash: the text, and its file when there is one. */
static gboolean
save (BenkVirtualDispenser *self, GError **error)
{
  gboolean overlaid = self->overlaid;
  g_autofree char *text = NULL;
  gboolean saved;

  if (overlaid)
    swap_overlay (self);
  saved = self->state_path == NULL ||
          benk_virtual_memory_save (self->memory, self->state_path, error);
  if (saved)
    text = benk_virtual_memory_to_text (self->memory);
  if (overlaid)
    swap_overlay (self);
  if (!saved)
    return FALSE;

  g_free (self->flash);
  self->flash = g_steal_pointer (&text);

  return TRUE;
}

void
benk_virtual_dispenser_power_off (BenkVirtualDispenser *self)
{
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    benk_virtual_stop_source (&self->timers[i]);
  benk_virtual_dispenser_show_memory (self);
  g_clear_pointer (&self->agent, benk_agent_free);
  g_clear_pointer (&self->memory, benk_agent_memory_free);
}

void
benk_virtual_dispenser_detach (BenkVirtualDispenser *self, const char *why)
{
  g_autoptr (GError) reason =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_DISCONNECTED, why);

  if (!self->attached)
    return;

  self->attached = FALSE;
  self->returned = TRUE;
  benk_virtual_line_break (self, reason);
  g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_DETACHED], 0);
}

void
benk_virtual_dispenser_attach (BenkVirtualDispenser *self)
{
  if (self->attached || self->memory == NULL)
    return;

  benk_virtual_dispenser_overlay (self);
  self->attached = TRUE;
  g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_ATTACHED], 0);
}

typedef struct
{
  BenkVirtualDispenser *self;
  BenkAgentTimer timer;
} TimerData;

static gboolean
timer_fired (gpointer data)
{
  TimerData *timer = data;
  BenkVirtualDispenser *self = timer->self;
  BenkAgentTimer which = timer->timer;

  benk_virtual_stop_source (&self->timers[which]);
  if (self->agent != NULL)
    benk_virtual_dispenser_run (self,
                                benk_agent_timeout (self->agent, which,
                                                    benk_virtual_dispenser_now (self)));

  return G_SOURCE_REMOVE;
}

static void
start_timer (BenkVirtualDispenser *self, BenkAgentTimer which, guint ms)
{
  TimerData *data = g_new (TimerData, 1);

  *data = (TimerData){ self, which };
  benk_virtual_stop_source (&self->timers[which]);
  self->timers[which] = benk_clock_create_timer (self->clock, ms);
  g_source_set_callback (self->timers[which], timer_fired, data, g_free);
  g_source_attach (self->timers[which], self->context);
}

gboolean
benk_virtual_dispenser_load_flash (BenkVirtualDispenser *self, GError **error)
{
  self->memory = benk_virtual_memory_from_text (self->flash, strlen (self->flash), error);
  if (self->memory == NULL)
    return FALSE;

  self->agent = benk_agent_new (self->memory);
  benk_agent_set_quirks (self->agent,
                         benk_virtual_fault_get_quirks (&self->fault, self->transfers),
                         benk_virtual_fault_get_place (&self->fault));
  benk_agent_set_again (self->agent, self->again_ms);
  benk_virtual_dispenser_run (self,
                              benk_agent_power_on (self->agent,
                                                   benk_virtual_dispenser_now (self)));

  return self->memory != NULL;
}

static gboolean
come_back (gpointer data)
{
  BenkVirtualDispenser *self = data;

  benk_virtual_stop_source (&self->restart);
  benk_virtual_dispenser_attach (self);

  return G_SOURCE_REMOVE;
}

/* Leaves the bus, starts from flash, and comes back. */
static void
restart (BenkVirtualDispenser *self, guint ms)
{
  gboolean was_attached = self->attached;

  benk_virtual_dispenser_detach (self, "The dispenser restarts");
  benk_virtual_dispenser_power_off (self);
  if (benk_virtual_dispenser_load_flash (self, NULL) && was_attached)
    {
      benk_virtual_stop_source (&self->restart);
      self->restart = benk_clock_create_timer (self->clock, ms);
      g_source_set_callback (self->restart, come_back, self, NULL);
      g_source_attach (self->restart, self->context);
    }
}

/* Flash that cannot be written is a dead dispenser. */
gboolean
benk_virtual_dispenser_save (BenkVirtualDispenser *self)
{
  g_autoptr (GError) error = NULL;

  if (save (self, &error))
    return TRUE;

  self->attached = FALSE;
  benk_virtual_dispenser_power_off (self);
  benk_virtual_line_break (self, error);
  g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_DETACHED], 0);

  return FALSE;
}

/* Does one action; FALSE when those that follow have lost their meaning. */
static gboolean
run_action (BenkVirtualDispenser *self, const BenkAgentAction *action)
{
  switch (action->kind)
    {
    case BENK_AGENT_SAVE:
      return benk_virtual_dispenser_save (self);
    case BENK_AGENT_SEND:
      return benk_virtual_line_send (self, action->apdu);
    case BENK_AGENT_START_TIMER:
      start_timer (self, action->timer, action->ms);
      return TRUE;
    case BENK_AGENT_STOP_TIMER:
      benk_virtual_stop_source (&self->timers[action->timer]);
      return TRUE;
    case BENK_AGENT_RESTART:
      restart (self, action->ms);
      return FALSE;
    default:
      return TRUE;
    }
}

void
benk_virtual_dispenser_run (BenkVirtualDispenser *self, GPtrArray *actions)
{
  g_autoptr (BenkVirtualDispenser) keep = g_object_ref (self);

  for (guint i = 0; i < actions->len; i++)
    if (!run_action (self, g_ptr_array_index (actions, i)))
      break;
  g_ptr_array_unref (actions);
}

static void
benk_virtual_dispenser_finalize (GObject *object)
{
  BenkVirtualDispenser *self = BENK_VIRTUAL_DISPENSER (object);

  benk_virtual_line_clear (self);
  benk_virtual_stop_source (&self->restart);
  benk_virtual_dispenser_power_off (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->model_id);
  g_free (self->name);
  g_free (self->serial);
  g_free (self->state_path);
  g_free (self->flash);

  G_OBJECT_CLASS (benk_virtual_dispenser_parent_class)->finalize (object);
}

static void
benk_virtual_dispenser_class_init (BenkVirtualDispenserClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = benk_virtual_dispenser_finalize;

  /**
   * BenkVirtualDispenser::attached:
   *
   * It has come onto the bus.
   */
  benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_ATTACHED] =
    g_signal_new ("attached", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  0);
  /**
   * BenkVirtualDispenser::detached:
   *
   * It has left the bus.
   */
  benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_DETACHED] =
    g_signal_new ("detached", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  0);
  /**
   * BenkVirtualDispenser::apdu:
   * @self: a dispenser
   * @apdu: what it sends to the host; a fault may have made it something else
   */
  benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_APDU] =
    g_signal_new ("apdu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_BYTES);
  /**
   * BenkVirtualDispenser::down:
   * @self: a dispenser
   * @reason: why the line to the host is gone
   */
  benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_DOWN] =
    g_signal_new ("down", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_ERROR);
}

static void
benk_virtual_dispenser_init (BenkVirtualDispenser *self)
{
  g_queue_init (&self->late);
}

/* Memory from the state file, or a new one. */
static BenkAgentMemory *
open_memory (const char *path,
             const char *model_id,
             const char *serial,
             gint64 now_ms,
             GError **error)
{
  g_autoptr (BenkAgentMemory) made =
    benk_virtual_memory_new (model_id, serial, now_ms, error);
  g_autoptr (BenkAgentMemory) kept = NULL;
  g_autoptr (GError) cause = NULL;

  if (made == NULL || path == NULL)
    return g_steal_pointer (&made);

  kept = benk_virtual_memory_load (path, &cause);
  if (kept == NULL && g_error_matches (cause, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    return g_steal_pointer (&made);
  if (kept == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (memcmp (kept->system_id, made->system_id, sizeof kept->system_id) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   "“%s” is the memory of another simulated dispenser, %s %s", path,
                   kept->model, kept->serial);
      return NULL;
    }

  return g_steal_pointer (&kept);
}

/**
 * benk_virtual_dispenser_new:
 * @model_id: "medido", "evondos-e300", "mini-evondos" or "pilly-sms"
 * @serial: (nullable): serial number; %NULL = the model's own
 * @clock: its time
 * @state_dir: (nullable) (type filename): folder of its state file, made when missing;
 *   %NULL = the memory ends with the object
 * @error: %BENK_ERROR_NOT_FOUND for a model, %BENK_ERROR_INVALID for a serial,
 *   %BENK_ERROR_CORRUPT, %BENK_ERROR_CONFLICT, %BENK_ERROR_IO … for a state file
 *
 * Makes a simulated dispenser that is switched on and not plugged in. It lives in the
 * calling thread; its timers run on that thread's default context.
 *
 * Returns: (transfer full): the dispenser, or %NULL
 */
BenkVirtualDispenser *
benk_virtual_dispenser_new (const char *model_id,
                            const char *serial,
                            BenkClock *clock,
                            const char *state_dir,
                            GError **error)
{
  g_autoptr (BenkVirtualDispenser) self =
    g_object_new (BENK_TYPE_VIRTUAL_DISPENSER, NULL);
  g_autoptr (BenkAgentMemory) memory = NULL;

  g_return_val_if_fail (model_id != NULL, NULL);
  g_return_val_if_fail (BENK_IS_CLOCK (clock), NULL);

  self->clock = g_object_ref (clock);
  self->context = g_main_context_ref_thread_default ();
  self->model_id = g_strdup (model_id);
  if (state_dir != NULL && g_mkdir_with_parents (state_dir, 0700) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "“%s” could not be made: %s",
                   state_dir, g_strerror (errno));
      return NULL;
    }
  if (state_dir != NULL)
    self->state_path = benk_virtual_memory_path (state_dir, model_id, serial);
  memory = open_memory (self->state_path, model_id, serial,
                        benk_virtual_dispenser_now (self), error);
  if (memory == NULL)
    return NULL;

  self->name = g_strdup (memory->model);
  self->serial = g_strdup (memory->serial);
  self->flash = benk_virtual_memory_to_text (memory);
  if (self->state_path != NULL &&
      !benk_virtual_memory_save (memory, self->state_path, error))
    return NULL;
  if (!benk_virtual_dispenser_load_flash (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
