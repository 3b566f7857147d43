/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-work.h"

#include <glib/gi18n.h>

#include "benk-error.h"

/**
 * benk_ctl_find_device:
 * @ctl: the command
 * @text: a serial, asset number or IMEI
 * @error: why there is not exactly one
 *
 * Returns: (transfer full): the device, or %NULL
 */
BenkDevice *
benk_ctl_find_device (BenkCtl *ctl, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);

  benk_inventory_find_async (inventory, text, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_inventory_find_finish (inventory, result, error);
}

/**
 * benk_ctl_open_device:
 * @ctl: the command
 * @text: a serial, asset number or IMEI
 * @error: why the store cannot be opened, or there is not exactly one
 *
 * Opens the store and finds a device in it.
 *
 * Returns: (transfer full): the device, or %NULL
 */
BenkDevice *
benk_ctl_open_device (BenkCtl *ctl, const char *text, GError **error)
{
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;

  return benk_ctl_find_device (ctl, text, error);
}

/**
 * benk_ctl_load_device:
 * @ctl: the command
 * @id: a device
 * @error: why it could not be read
 *
 * Returns: (transfer full): everything about the device, or %NULL
 */
BenkDeviceCard *
benk_ctl_load_device (BenkCtl *ctl, const BenkId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);

  benk_inventory_load_async (inventory, id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_inventory_load_finish (inventory, result, error);
}

/**
 * benk_ctl_await_change:
 * @ctl: the command, which has asked the inventory for a change
 * @seq: (out) (optional): the row of the change log
 * @error: why nothing was changed
 *
 * Returns: whether the change is kept
 */
gboolean
benk_ctl_await_change (BenkCtl *ctl, gint64 *seq, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_ctl_await (ctl);

  return benk_inventory_change_finish (benk_session_get_inventory (ctl->session), result,
                                       seq, error);
}

/**
 * benk_ctl_find_plugged:
 * @ctl: the command
 * @serial: a serial
 * @error: %BENK_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): what is plugged in under @serial, or %NULL
 */
BenkBenchDevice *
benk_ctl_find_plugged (BenkCtl *ctl, const char *serial, GError **error)
{
  GListModel *devices = benk_bench_get_devices (benk_session_get_bench (ctl->session));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (benk_bench_device_get_serial (device), serial) == 0)
        return g_steal_pointer (&device);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("No device with the serial %s is plugged in."), serial);
  return NULL;
}

/**
 * benk_ctl_await_job:
 * @ctl: the command
 * @job: a job that runs
 * @error: why its end could not be kept
 *
 * Waits until @job has ended, whatever its outcome.
 *
 * Returns: whether its run is kept
 */
gboolean
benk_ctl_await_job (BenkCtl *ctl, BenkBenchJob *job, GError **error)
{
  BenkBench *bench = benk_session_get_bench (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_bench_wait_async (bench, job, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_bench_wait_finish (bench, result, error);
}
