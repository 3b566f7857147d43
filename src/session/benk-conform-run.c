/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-run.h"

#include <glib/gi18n.h>

#include "benk-bench-private.h"
#include "benk-conform-report-private.h"
#include "benk-conform.h"
#include "benk-error.h"
#include "benk-link.h"
#include "benk-network-link-private.h"
#include "benk-plan.h"
#include "benk-state.h"
#include "benk-tcp-address.h"
#include "benk-usb-link.h"
#include "benk-usb-watch.h"
#include "benk-virtual-link.h"

/* A device that is not there yet is looked for again after this. */
#define LOOK_MS 250

/* One device being tried, in the thread's default main context. */
typedef struct
{
  BenkClock *clock;
  BenkConform *conform;
  BenkVirtualDispenser *dispenser;
  BenkUsbWatch *watch;
  GPtrArray *named; /* plugged in with the serial that was named; the newest last */
  GSocketService *service;
  BenkLink *waiting; /* an agent that has connected */
  BenkConformSayFunc say;
  gpointer say_data;
  const char *serial;
  gboolean settled;
  gboolean late;

  BenkLink *link;
  BenkLinkKind kind; /* of the first link that was opened */
  gboolean opened;
  guint n_opening;
  GError *loss; /* why the last one could not be opened */
  gulong received_handler;
  gulong down_handler;
  GSource *timer;
  GSource *look;
  gboolean finished;
} Try;

static void try_open (Try *self);
static void act (Try *self, GPtrArray *actions);

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
start_timer (Try *self, guint delay_ms, GSourceFunc func)
{
  GSource *source = benk_clock_create_timer (self->clock, delay_ms);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, context);
  return source;
}

static gint64
get_local_s (Try *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now = benk_clock_get_wall_ms (self->clock) / 1000;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now);

  return now + g_time_zone_get_offset (zone, interval);
}

static void
drop_link (Try *self)
{
  g_autoptr (BenkLink) link = g_steal_pointer (&self->link);

  if (link == NULL)
    return;
  g_clear_signal_handler (&self->received_handler, link);
  g_clear_signal_handler (&self->down_handler, link);
  benk_link_close (link);
}

static void
on_received (BenkLink *link, GBytes *octets, Try *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  benk_conform_received (self->conform, octets, get_local_s (self), actions);
  act (self, actions);
}

static void
on_down (BenkLink *link, const GError *error, Try *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  drop_link (self);
  benk_conform_down (self->conform, actions);
  act (self, actions);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* What did not get out is not answered, or takes the link down. */
  benk_link_send_finish (BENK_LINK (source), result, &error);
}

static gboolean
on_look (gpointer user_data)
{
  Try *self = user_data;

  stop_source (&self->look);
  if (self->link == NULL && !self->finished)
    try_open (self);
  return G_SOURCE_REMOVE;
}

static void
look_again (Try *self)
{
  stop_source (&self->look);
  self->look = start_timer (self, LOOK_MS, on_look);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Try *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
  gboolean opened = benk_link_open_finish (BENK_LINK (source), result, &error);

  self->n_opening--;
  if (self->link != BENK_LINK (source))
    return;
  if (!opened)
    {
      g_clear_error (&self->loss);
      self->loss = g_steal_pointer (&error);
      drop_link (self);
      look_again (self);
      return;
    }
  if (!self->opened)
    self->kind = benk_link_get_kind (self->link);
  self->opened = TRUE;
  benk_conform_up (self->conform, actions);
  act (self, actions);
}

static BenkLink *
make_link (Try *self)
{
  if (self->dispenser != NULL)
    return benk_virtual_dispenser_get_attached (self->dispenser)
             ? benk_virtual_link_new (self->dispenser)
             : NULL;
  if (self->service != NULL)
    return g_steal_pointer (&self->waiting);
  return self->named->len > 0
           ? benk_usb_link_new (g_ptr_array_index (self->named, self->named->len - 1))
           : NULL;
}

static void
try_open (Try *self)
{
  self->link = make_link (self);
  if (self->link == NULL)
    {
      look_again (self);
      return;
    }
  self->received_handler =
    g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  self->down_handler = g_signal_connect (self->link, "down", G_CALLBACK (on_down), self);
  self->n_opening++;
  benk_link_open_async (self->link, NULL, on_opened, self);
}

static gboolean
on_timer (gpointer user_data)
{
  Try *self = user_data;
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  stop_source (&self->timer);
  benk_conform_timeout (self->conform, get_local_s (self), actions);
  act (self, actions);
  return G_SOURCE_REMOVE;
}

static void
act (Try *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkConformAction *action = g_ptr_array_index (actions, i);

      switch (action->kind)
        {
        case BENK_CONFORM_SEND:
          if (self->link != NULL && action->octets != NULL)
            benk_link_send_async (self->link, action->octets, NULL, on_sent, NULL);
          break;
        case BENK_CONFORM_TIMER:
          stop_source (&self->timer);
          self->timer = start_timer (self, action->delay_ms, on_timer);
          break;
        case BENK_CONFORM_REOPEN:
          drop_link (self);
          look_again (self);
          break;
        case BENK_CONFORM_FINISHED:
        default:
          self->finished = TRUE;
          break;
        }
    }
}

/* What could never be reached was not tried, and has failed nothing. */
static gboolean
was_reached (Try *self, GError **error)
{
  g_autoptr (GError) loss = g_steal_pointer (&self->loss);

  if (self->opened)
    return TRUE;
  if (loss != NULL)
    g_propagate_error (error, g_steal_pointer (&loss));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                 _ ("No device with the serial %s is plugged in."), self->serial);
  return FALSE;
}

static BenkConformReport *
run (Try *self, gboolean destructive, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
  BenkConformSetup setup = { .serial = self->serial, .destructive = destructive };
  gint64 at_ms = benk_clock_get_wall_ms (self->clock);
  BenkConformReport *report = NULL;

  while (setup.random == 0)
    benk_bench_fill_random (self->clock, (guint8 *) &setup.random, sizeof setup.random);
  self->conform = benk_conform_new (&setup);
  benk_conform_start (self->conform, actions);
  act (self, actions);
  while (!self->finished)
    g_main_context_iteration (context, TRUE);
  drop_link (self);
  stop_source (&self->timer);
  stop_source (&self->look);
  while (self->n_opening > 0)
    g_main_context_iteration (context, TRUE);
  if (was_reached (self, error))
    report = benk_conform_report_new (self->conform, self->kind, at_ms, destructive);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_clear_pointer (&self->conform, benk_conform_free);
  return report;
}

/**
 * benk_conform_allow:
 * @card: (nullable): the card of the device, %NULL when it is not registered
 * @error: %BENK_ERROR_REFUSED
 *
 * Whether a device may be tried: never one that a user depends on, or is made ready for.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_conform_allow (BenkDevice *card, GError **error)
{
  static const BenkDeviceState refused[] = {
    BENK_DEVICE_STATE_PREPARING, BENK_DEVICE_STATE_READY,  BENK_DEVICE_STATE_TRIAL,
    BENK_DEVICE_STATE_OPERATION, BENK_DEVICE_STATE_PAUSED, BENK_DEVICE_STATE_TO_COLLECT,
  };

  for (guint i = 0; card != NULL && i < G_N_ELEMENTS (refused); i++)
    if (benk_device_get_state (card) == refused[i])
      {
        g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                     _ ("A dispenser that is “%s” is not tried: a user depends on it, or "
                        "is about to."),
                     benk_device_state_get_label (refused[i], TRUE));
        return FALSE;
      }
  return TRUE;
}

/**
 * benk_conform_try_virtual:
 * @clock: a clock
 * @model_id: a make that can be simulated
 * @serial: its serial
 * @state_dir: (nullable) (type filename): where its memory is kept
 * @fault: (nullable): what goes wrong
 * @destructive: whether it may be given another plan and be wiped
 * @error: return location for an error
 *
 * Tries every requirement with a simulated dispenser, in the thread's default context.
 *
 * Returns: (transfer full) (nullable): what came of it
 */
BenkConformReport *
benk_conform_try_virtual (BenkClock *clock,
                          const char *model_id,
                          const char *serial,
                          const char *state_dir,
                          const char *fault,
                          gboolean destructive,
                          GError **error)
{
  Try self = { .clock = clock, .serial = serial };
  BenkConformReport *report;

  self.dispenser = benk_virtual_dispenser_new (model_id, serial, clock, state_dir, error);
  if (self.dispenser == NULL)
    return NULL;
  if (!benk_virtual_dispenser_set_fault (self.dispenser, fault, error))
    {
      g_object_unref (self.dispenser);
      return NULL;
    }
  benk_virtual_dispenser_plug (self.dispenser);
  report = run (&self, destructive, error);
  benk_virtual_dispenser_unplug (self.dispenser);
  g_object_unref (self.dispenser);
  g_clear_error (&self.loss);
  return report;
}

static void
on_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, Try *self)
{
  if (g_strcmp0 (benk_usb_device_get_serial (device), self->serial) == 0)
    g_ptr_array_add (self->named, g_object_ref (device));
}

static void
on_left (BenkUsbWatch *watch, BenkUsbDevice *device, Try *self)
{
  g_ptr_array_remove (self->named, device);
}

static void
on_settled (BenkUsbWatch *watch, Try *self)
{
  self->settled = TRUE;
}

static BenkConformReport *
run_usb (Try *self, gboolean destructive, GError **error)
{
  const GError *unusable =
    self->named->len > 0 ? benk_usb_device_get_error (self->named->pdata[0]) : NULL;

  if (self->named->len == 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("No device with the serial %s is plugged in."), self->serial);
  else if (self->named->len > 1)
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("%u devices with the serial %s are plugged in. Leave only the one "
                    "that is to be tried."),
                 self->named->len, self->serial);
  else if (unusable != NULL)
    g_propagate_error (error, g_error_copy (unusable));
  else
    return run (self, destructive, error);
  return NULL;
}

/**
 * benk_conform_try_usb:
 * @clock: a clock
 * @serial: the one device that may be tried, by its USB serial
 * @destructive: whether it may be given another plan and be wiped
 * @error: return location for an error
 *
 * Tries every requirement with a plugged-in device, in the thread's default context.
 *
 * Returns: (transfer full) (nullable): what came of it
 */
BenkConformReport *
benk_conform_try_usb (BenkClock *clock,
                      const char *serial,
                      gboolean destructive,
                      GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Try self = { .clock = clock, .serial = serial };
  BenkConformReport *report;

  self.watch = benk_usb_watch_new (clock, BENK_USB_WATCH_NONE, error);
  if (self.watch == NULL)
    return NULL;
  self.named = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self.watch, "arrived", G_CALLBACK (on_arrived), &self);
  g_signal_connect (self.watch, "left", G_CALLBACK (on_left), &self);
  g_signal_connect (self.watch, "settled", G_CALLBACK (on_settled), &self);
  benk_usb_watch_start (self.watch);
  while (!self.settled)
    g_main_context_iteration (context, TRUE);
  report = run_usb (&self, destructive, error);
  g_clear_error (&self.loss);
  g_ptr_array_set_size (self.named, 0);
  g_signal_handlers_disconnect_by_data (self.watch, &self);
  benk_usb_watch_stop (self.watch);
  while (benk_usb_watch_is_busy (self.watch))
    g_main_context_iteration (context, TRUE);
  g_object_unref (self.watch);
  g_ptr_array_unref (self.named);
  return report;
}

/* --- over TCP --- */

/* One at a time: whoever comes besides is sent away. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             Try *self)
{
  g_autoptr (BenkLink) link = benk_network_link_new (connection, self->clock);
  g_autofree char *text =
    g_strdup_printf (_ ("connected: %s"), benk_link_get_description (link));

  if (self->link != NULL || self->waiting != NULL)
    return TRUE;
  self->waiting = g_steal_pointer (&link);
  self->say (text, self->say_data);
  return TRUE;
}

static gboolean
on_late (gpointer user_data)
{
  Try *self = user_data;

  stop_source (&self->timer);
  self->late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
await_agent (Try *self, guint wait_ms, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (wait_ms > 0)
    self->timer = start_timer (self, wait_ms, on_late);
  while (self->waiting == NULL && !self->late)
    g_main_context_iteration (context, TRUE);
  stop_source (&self->timer);
  if (self->waiting != NULL)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_TIMEOUT,
               _ ("No agent came within %g seconds."), wait_ms / 1000.0);
  return FALSE;
}

static gboolean
serve (Try *self, GSocketAddress *address, GError **error)
{
  GInetSocketAddress *wanted = G_INET_SOCKET_ADDRESS (address);
  GInetAddress *host = g_inet_socket_address_get_address (wanted);
  guint16 port = g_inet_socket_address_get_port (wanted);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  self->service = benk_tcp_serve (address, G_CALLBACK (on_incoming), self, &port, error);
  text = benk_tcp_address_to_text (host, port);
  if (self->service == NULL)
    {
      g_prefix_error (error, _ ("Nobody can be heard on %s: "), text);
      return FALSE;
    }
  line = g_strdup_printf (_ ("listening on %s"), text);
  self->say (line, self->say_data);
  return TRUE;
}

/**
 * benk_conform_try_network:
 * @clock: a clock
 * @address: where to listen; port 0 takes a free one
 * @wait_ms: how long the agent may take to connect at first; 0 = for ever
 * @serial: the one agent that may be tried, by the serial it tells, or by its System-Id
 *   when it tells none
 * @destructive: whether it may be given another plan and be wiped
 * @say: hears where it listens and who connects
 * @say_data: for @say
 * @error: %BENK_ERROR_TIMEOUT when nobody came, %BENK_ERROR_BUSY …
 *
 * Tries every requirement with an agent that connects over TCP, as implementations of
 * 20601 do, in the thread's default context. To be tried for how it comes back, the agent
 * has to connect again when its connection was closed.
 *
 * Returns: (transfer full) (nullable): what came of it
 */
BenkConformReport *
benk_conform_try_network (BenkClock *clock,
                          GSocketAddress *address,
                          guint wait_ms,
                          const char *serial,
                          gboolean destructive,
                          BenkConformSayFunc say,
                          gpointer say_data,
                          GError **error)
{
  Try self = { .clock = clock, .serial = serial, .say = say, .say_data = say_data };
  BenkConformReport *report = NULL;

  if (serve (&self, address, error))
    {
      if (await_agent (&self, wait_ms, error))
        report = run (&self, destructive, error);
      benk_tcp_stop (&self.service, &self);
    }
  g_clear_object (&self.waiting);
  g_clear_error (&self.loss);
  return report;
}
