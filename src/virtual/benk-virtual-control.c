/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-dispenser-private.h"

#include "benk-error.h"
#include "benk-virtual-used.h"

/**
 * benk_virtual_dispenser_get_model_id:
 * @self: a dispenser
 *
 * Returns: (transfer none): the make it resembles
 */
const char *
benk_virtual_dispenser_get_model_id (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), NULL);

  return self->model_id;
}

/**
 * benk_virtual_dispenser_get_name:
 * @self: a dispenser
 *
 * Returns: (transfer none): what it calls itself, such as "Simulated (Medido-like)"
 */
const char *
benk_virtual_dispenser_get_name (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), NULL);

  return self->name;
}

/**
 * benk_virtual_dispenser_get_serial:
 * @self: a dispenser
 *
 * Returns: (transfer none): the serial number it was made with
 */
const char *
benk_virtual_dispenser_get_serial (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), NULL);

  return self->serial;
}

/**
 * benk_virtual_dispenser_is_associated:
 * @self: a simulated dispenser
 *
 * Returns: whether it holds an association, be there somebody at the other end or not
 */
gboolean
benk_virtual_dispenser_is_associated (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);

  return self->agent != NULL &&
         benk_agent_get_state (self->agent) == BENK_AGENT_STATE_OPERATING;
}

/**
 * benk_virtual_dispenser_get_state_path:
 * @self: a dispenser
 *
 * Returns: (transfer none) (nullable) (type filename): its state file
 */
const char *
benk_virtual_dispenser_get_state_path (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), NULL);

  return self->state_path;
}

/**
 * benk_virtual_dispenser_get_attached:
 * @self: a dispenser
 *
 * Returns: whether it is on the bus
 */
gboolean
benk_virtual_dispenser_get_attached (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);

  return self->attached;
}

/**
 * benk_virtual_dispenser_get_memory:
 * @self: a dispenser
 *
 * Returns: (transfer none) (nullable): what it knows until anything happens to it; %NULL
 *   without power
 */
const BenkAgentMemory *
benk_virtual_dispenser_get_memory (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), NULL);

  return self->memory;
}

/**
 * benk_virtual_dispenser_get_transfers:
 * @self: a dispenser
 *
 * Returns: APDUs in both directions since it was made or its fault was set
 */
guint
benk_virtual_dispenser_get_transfers (BenkVirtualDispenser *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), 0);

  return self->transfers;
}

/**
 * benk_virtual_dispenser_set_fault:
 * @self: a dispenser
 * @fault: (nullable): "NAME[:N][@K]" of [func@virtual_fault_parse]; %NULL = none
 * @error: %BENK_ERROR_USAGE
 *
 * Replaces its fault and counts transfers from 1 again. No fault is ever written to the
 * state file.
 *
 * Returns: whether there is such a fault
 */
gboolean
benk_virtual_dispenser_set_fault (BenkVirtualDispenser *self,
                                  const char *fault,
                                  GError **error)
{
  BenkVirtualFault parsed;

  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);

  if (!benk_virtual_fault_parse (fault, &parsed, error))
    return FALSE;

  self->fault = parsed;
  self->transfers = 0;
  self->returned = FALSE;
  if (self->memory != NULL)
    benk_virtual_dispenser_show_fault (self);

  return TRUE;
}

/**
 * benk_virtual_dispenser_set_again:
 * @self: a dispenser
 * @ms: milliseconds from the end of an association to the next request; 0 = none follows
 */
void
benk_virtual_dispenser_set_again (BenkVirtualDispenser *self, guint ms)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));

  self->again_ms = ms;
  if (self->agent != NULL)
    benk_agent_set_again (self->agent, ms);
}

/**
 * benk_virtual_dispenser_plug:
 * @self: a dispenser
 *
 * Puts it onto the bus. Without power nothing happens.
 */
void
benk_virtual_dispenser_plug (BenkVirtualDispenser *self)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));

  benk_virtual_stop_source (&self->restart);
  benk_virtual_dispenser_attach (self);
}

/**
 * benk_virtual_dispenser_unplug:
 * @self: a dispenser
 *
 * Takes it off the bus; it runs on its battery.
 */
void
benk_virtual_dispenser_unplug (BenkVirtualDispenser *self)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));

  benk_virtual_stop_source (&self->restart);
  benk_virtual_dispenser_detach (self, "The dispenser was unplugged");
}

/**
 * benk_virtual_dispenser_cut_power:
 * @self: a dispenser
 *
 * Takes all power at this instant: the host sees it leave, and it knows nothing but what
 * its flash, the state file, holds.
 */
void
benk_virtual_dispenser_cut_power (BenkVirtualDispenser *self)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));

  benk_virtual_stop_source (&self->restart);
  benk_virtual_dispenser_power_off (self);
  benk_virtual_dispenser_detach (self, "The dispenser lost its power");
}

/**
 * benk_virtual_dispenser_power_on:
 * @self: a dispenser
 * @error: %BENK_ERROR_CORRUPT …
 *
 * Starts it from its flash, unplugged. A wipe that was cut off is finished.
 *
 * Returns: whether it runs
 */
gboolean
benk_virtual_dispenser_power_on (BenkVirtualDispenser *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);

  return self->memory != NULL || benk_virtual_dispenser_load_flash (self, error);
}

/**
 * benk_virtual_dispenser_set_power:
 * @self: a dispenser with power
 * @battery: percent, 0 to 100
 * @mains: whether its adapter is in
 */
void
benk_virtual_dispenser_set_power (BenkVirtualDispenser *self,
                                  guint battery,
                                  gboolean mains)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));
  g_return_if_fail (self->memory != NULL);
  g_return_if_fail (battery <= 100);

  benk_virtual_dispenser_show_memory (self);
  self->memory->battery = (guint16) battery;
  self->memory->mains = mains;
  benk_virtual_dispenser_overlay (self);
  benk_virtual_dispenser_save (self);
}

/**
 * benk_virtual_dispenser_set_condition:
 * @self: a dispenser with power
 * @lid_open: whether the lid is open
 * @dispensing: whether a dose is being handed out
 */
void
benk_virtual_dispenser_set_condition (BenkVirtualDispenser *self,
                                      gboolean lid_open,
                                      gboolean dispensing)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));
  g_return_if_fail (self->memory != NULL);

  benk_virtual_dispenser_show_memory (self);
  self->memory->lid_open = lid_open;
  self->memory->dispensing = dispensing;
  benk_virtual_dispenser_overlay (self);
  benk_virtual_dispenser_save (self);
}

/**
 * benk_virtual_dispenser_dispense:
 * @self: a dispenser with power
 * @count: doses
 *
 * It hands out a dose: logged, and reported to a host that is associated.
 */
void
benk_virtual_dispenser_dispense (BenkVirtualDispenser *self, guint count)
{
  g_return_if_fail (BENK_IS_VIRTUAL_DISPENSER (self));
  g_return_if_fail (self->agent != NULL);

  benk_virtual_dispenser_run (self,
                              benk_agent_dispense (self->agent,
                                                   (guint16) MIN (count, G_MAXUINT16),
                                                   benk_virtual_dispenser_now (self)));
}

/**
 * benk_virtual_dispenser_make_used:
 * @self: a dispenser with power
 * @error: %BENK_ERROR_REFUSED when it holds a plan; %BENK_ERROR_IO …
 *
 * Gives it the plan, dose log and settings of an earlier, invented user, so that there is
 * something to reset.
 *
 * Returns: whether it now holds them
 */
gboolean
benk_virtual_dispenser_make_used (BenkVirtualDispenser *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (self), FALSE);
  g_return_val_if_fail (self->memory != NULL, FALSE);

  if (self->memory->set_id != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s %s holds a plan already",
                   self->name, self->serial);
      return FALSE;
    }

  benk_virtual_memory_fill_used (self->memory, benk_virtual_dispenser_now (self));
  if (benk_virtual_dispenser_save (self))
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "“%s” could not be written",
               self->state_path);

  return FALSE;
}
