/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-run.h"

#include <glib/gi18n.h>

#include "benk-bench-private.h"
#include "benk-conform.h"
#include "benk-error.h"
#include "benk-link.h"
#include "benk-state.h"
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
  BenkUsbDevice *usb;
  const char *serial;
  gboolean settled;
  gboolean simulated;

  BenkLink *link;
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
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
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

  if (self->link != BENK_LINK (source))
    return;
  if (!opened)
    {
      drop_link (self);
      look_again (self);
      return;
    }
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
  return self->usb != NULL ? benk_usb_link_new (self->usb) : NULL;
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
  self->simulated |= benk_link_get_kind (self->link) != BENK_LINK_KIND_USB;
  self->received_handler =
    g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  self->down_handler = g_signal_connect (self->link, "down", G_CALLBACK (on_down), self);
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

static void
row_free (gpointer data)
{
  BenkConformRow *row = data;

  g_free (row->id);
  g_free (row->clause);
  g_free (row->text);
  g_free (row->label);
  g_free (row->seen);
  g_free (row);
}

static void
add_row (BenkConformReport *self, const BenkConformResult *result)
{
  BenkConformRow *row;

  if (result->id == NULL)
    return;
  row = g_new0 (BenkConformRow, 1);
  row->id = g_strdup (result->id);
  row->clause = g_strdup (result->clause);
  row->text = g_strdup (result->text);
  row->verdict = benk_conform_verdict_get_name (result->verdict);
  row->label = g_strdup (benk_conform_verdict_get_label (result->verdict));
  row->seen = g_strdup (result->seen);
  g_ptr_array_add (self->rows, row);
  self->n_passed += result->verdict == BENK_CONFORM_PASSED;
  self->n_failed += result->verdict == BENK_CONFORM_FAILED;
  self->n_not_offered += result->verdict == BENK_CONFORM_NOT_OFFERED;
  self->n_not_tried += result->verdict == BENK_CONFORM_NOT_TRIED;
}

static BenkConformReport *
make_report (Try *self, gint64 at_ms, gboolean destructive)
{
  BenkConformReport *report = g_new0 (BenkConformReport, 1);
  const BenkMds *mds = benk_conform_get_mds (self->conform);

  report->maker = g_strdup (mds->maker);
  report->model = g_strdup (mds->model);
  report->serial = g_strdup (mds->serial);
  report->firmware = g_strdup (mds->firmware);
  report->link_kind = self->simulated || benk_conform_is_simulated (self->conform)
                        ? BENK_LINK_KIND_SIMULATED
                        : BENK_LINK_KIND_USB;
  report->destructive = destructive;
  report->at_ms = at_ms;
  report->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < benk_conform_get_n_results (self->conform); i++)
    add_row (report, benk_conform_get_result (self->conform, i));
  return report;
}

static BenkConformReport *
run (Try *self, gboolean destructive)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
  BenkConformSetup setup = { .serial = self->serial, .destructive = destructive };
  gint64 at_ms = benk_clock_get_wall_ms (self->clock);
  BenkConformReport *report;

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
  report = make_report (self, at_ms, destructive);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_clear_pointer (&self->conform, benk_conform_free);
  return report;
}

/** benk_conform_report_free: @self: (transfer full): a report */
void
benk_conform_report_free (BenkConformReport *self)
{
  g_free (self->maker);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->firmware);
  g_ptr_array_unref (self->rows);
  g_free (self);
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
  report = run (&self, destructive);
  benk_virtual_dispenser_unplug (self.dispenser);
  g_object_unref (self.dispenser);
  return report;
}

static void
on_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, Try *self)
{
  if (g_strcmp0 (benk_usb_device_get_serial (device), self->serial) == 0)
    g_set_object (&self->usb, device);
}

static void
on_left (BenkUsbWatch *watch, BenkUsbDevice *device, Try *self)
{
  if (self->usb == device)
    g_clear_object (&self->usb);
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
    self->usb != NULL ? benk_usb_device_get_error (self->usb) : NULL;

  if (self->usb == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("No device with the serial %s is plugged in."), self->serial);
  else if (unusable != NULL)
    g_propagate_error (error, g_error_copy (unusable));
  else
    return run (self, destructive);
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
  g_signal_connect (self.watch, "arrived", G_CALLBACK (on_arrived), &self);
  g_signal_connect (self.watch, "left", G_CALLBACK (on_left), &self);
  g_signal_connect (self.watch, "settled", G_CALLBACK (on_settled), &self);
  benk_usb_watch_start (self.watch);
  while (!self.settled)
    g_main_context_iteration (context, TRUE);
  report = run_usb (&self, destructive, error);
  g_clear_object (&self.usb);
  g_signal_handlers_disconnect_by_data (self.watch, &self);
  benk_usb_watch_stop (self.watch);
  while (benk_usb_watch_is_busy (self.watch))
    g_main_context_iteration (context, TRUE);
  g_object_unref (self.watch);
  return report;
}
