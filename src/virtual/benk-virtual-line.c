/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-dispenser-private.h"

#include "benk-error.h"

/* Forgets what was still to be sent. */
void
benk_virtual_line_clear (BenkVirtualDispenser *self)
{
  benk_virtual_stop_source (&self->late_timer);
  g_queue_clear_full (&self->late, (GDestroyNotify) g_bytes_unref);
}

/* The line is gone for both ends. */
void
benk_virtual_line_break (BenkVirtualDispenser *self, const GError *reason)
{
  if (!self->connected)
    return;

  self->connected = FALSE;
  benk_virtual_line_clear (self);
  if (self->agent != NULL)
    benk_virtual_dispenser_run (self,
                                benk_agent_down (self->agent,
                                                 benk_virtual_dispenser_now (self)));
  g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_DOWN], 0,
                 reason);
}

static void
stall (BenkVirtualDispenser *self)
{
  g_autoptr (GError) reason =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_PROTOCOL, "The endpoint stalled");

  benk_virtual_line_break (self, reason);
}

static gboolean send_late (gpointer data);

static void
start_late_timer (BenkVirtualDispenser *self)
{
  self->late_timer = benk_clock_create_timer (self->clock, self->fault.place);
  g_source_set_callback (self->late_timer, send_late, self, NULL);
  g_source_attach (self->late_timer, self->context);
}

static gboolean
send_late (gpointer data)
{
  BenkVirtualDispenser *self = data;
  g_autoptr (GBytes) apdu = g_queue_pop_head (&self->late);

  benk_virtual_stop_source (&self->late_timer);
  if (!g_queue_is_empty (&self->late))
    start_late_timer (self);
  g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_APDU], 0, apdu);

  return G_SOURCE_REMOVE;
}

static void
send_now (BenkVirtualDispenser *self, GBytes *apdu)
{
  if (!benk_virtual_fault_is_on (&self->fault, BENK_VIRTUAL_FAULT_SLOW, self->transfers))
    {
      g_signal_emit (self, benk_virtual_dispenser_signals[BENK_VIRTUAL_SIGNAL_APDU], 0,
                     apdu);
      return;
    }

  g_queue_push_tail (&self->late, g_bytes_ref (apdu));
  if (self->late_timer == NULL)
    start_late_timer (self);
}

/* Counts a transfer; a fault may begin with it. */
static guint
next_transfer (BenkVirtualDispenser *self)
{
  if (++self->transfers == self->fault.at)
    benk_virtual_dispenser_show_fault (self);

  return self->transfers;
}

/* Sends an APDU; FALSE when the line did not survive it. */
gboolean
benk_virtual_line_send (BenkVirtualDispenser *self, GBytes *sent)
{
  g_autoptr (GBytes) apdu = g_bytes_ref (sent);

  if (!self->connected || self->muted)
    return TRUE;

  switch (benk_virtual_fault_judge (&self->fault, next_transfer (self), TRUE, &apdu))
    {
    case BENK_VIRTUAL_LOSE:
      return TRUE;
    case BENK_VIRTUAL_STALL:
      stall (self);
      return FALSE;
    case BENK_VIRTUAL_DROP:
      benk_virtual_dispenser_detach (self, "The dispenser was unplugged");
      return FALSE;
    case BENK_VIRTUAL_DROP_AFTER:
      send_now (self, apdu);
      benk_virtual_dispenser_detach (self, "The dispenser was unplugged");
      return FALSE;
    case BENK_VIRTUAL_PASS:
    default:
      send_now (self, apdu);
      return TRUE;
    }
}

/**
 * benk_virtual_dispenser_connect_host:
 * @self: a dispenser
 * @error: %BENK_ERROR_DISCONNECTED when it is not on the bus, %BENK_ERROR_BUSY when a
 * host has it
 *
 * A host opens the line; the dispenser asks it for an association by
 * [signal@VirtualDispenser::apdu], before this returns.
 *
 * Returns: whether the line is open
 */
gboolean
benk_virtual_dispenser_connect_host (BenkVirtualDispenser *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);

  if (!self->attached)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED, "%s %s is not plugged in",
                   self->name, self->serial);
      return FALSE;
    }
  if (self->connected)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_BUSY, "%s %s is in use", self->name,
                   self->serial);
      return FALSE;
    }

  self->connected = TRUE;
  benk_virtual_dispenser_run (self, benk_agent_up (self->agent,
                                                   benk_virtual_dispenser_now (self)));

  return TRUE;
}

/**
 * benk_virtual_dispenser_disconnect_host:
 * @self: a dispenser
 *
 * The host closes the line; nothing more comes from the dispenser.
 */
void
benk_virtual_dispenser_disconnect_host (BenkVirtualDispenser *self)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));

  if (!self->connected)
    return;

  self->connected = FALSE;
  benk_virtual_line_clear (self);
  if (self->agent != NULL)
    benk_virtual_dispenser_run (self,
                                benk_agent_down (self->agent,
                                                 benk_virtual_dispenser_now (self)));
}

/**
 * benk_virtual_dispenser_deliver:
 * @self: a dispenser
 * @apdu: octets of one transfer, of whatever kind
 *
 * The host sends. What the dispenser answers at once comes before this returns.
 */
void
benk_virtual_dispenser_deliver (BenkVirtualDispenser *self, GBytes *apdu)
{
  g_autoptr (GBytes) arrived = NULL;
  BenkVirtualVerdict verdict;

  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));
  g_return_if_fail (apdu != NULL);

  if (!self->connected)
    return;

  arrived = g_bytes_ref (apdu);
  verdict =
    benk_virtual_fault_judge (&self->fault, next_transfer (self), FALSE, &arrived);
  if (verdict == BENK_VIRTUAL_STALL)
    stall (self);
  else if (verdict == BENK_VIRTUAL_DROP)
    benk_virtual_dispenser_detach (self, "The dispenser was unplugged");
  else if (verdict == BENK_VIRTUAL_PASS)
    benk_virtual_dispenser_run (self,
                                benk_agent_receive (self->agent, arrived,
                                                    benk_virtual_dispenser_now (self)));
  else if (verdict == BENK_VIRTUAL_DROP_AFTER)
    {
      self->muted = TRUE;
      benk_virtual_dispenser_run (self,
                                  benk_agent_receive (self->agent, arrived,
                                                      benk_virtual_dispenser_now (self)));
      self->muted = FALSE;
      benk_virtual_dispenser_detach (self, "The dispenser was unplugged");
    }
}
