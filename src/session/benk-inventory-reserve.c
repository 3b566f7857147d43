/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-reserve.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-forecast.h"
#include "benk-inventory-private.h"
#include "benk-reservation.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-reservation.h"
#include "benk-text-check.h"

typedef struct
{
  BenkId device;
  char *reference;
  char *wanted_date;
} Change;

static void
change_free (Change *change)
{
  g_free (change->reference);
  g_free (change->wanted_date);
  g_free (change);
}

/*< private >
 * benk_inventory_check_wanted:
 * @inventory: the inventory
 * @wanted_date: what somebody wrote
 * @error: return location for an error
 *
 * Returns: whether a device can be kept for that day; today is that of the district
 */
gboolean
benk_inventory_check_wanted (BenkInventory *inventory,
                             const char *wanted_date,
                             GError **error)
{
  BenkSession *session = benk_inventory_get_session (inventory);
  g_autofree char *today =
    benk_forecast_get_today (benk_clock_get_wall_ms (benk_session_get_clock (session)));

  return benk_reservation_check_date (wanted_date, today, error);
}

static gboolean
do_change (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  Change *change = user_data;
  BenkId person = BENK_ID_NIL;

  if (change->reference != NULL &&
      !benk_table_person_ensure (db, change->reference, &person, error))
    return FALSE;

  return benk_table_reservation_change (db, &change->device, &person, change->wanted_date,
                                        error);
}

/**
 * benk_inventory_change_reservation_async:
 * @self: the inventory
 * @device: a device that is reserved
 * @reference: (nullable): for whom instead, by the reference used in the patient record;
 *   %NULL leaves it
 * @wanted_date: (nullable): the day it is wanted instead, "YYYY-MM-DD"; %NULL leaves it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Changes for whom or for when a device is kept.
 */
void
benk_inventory_change_reservation_async (BenkInventory *self,
                                         const BenkId *device,
                                         const char *reference,
                                         const char *wanted_date,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  Change *change;
  GError *error = NULL;

  g_return_if_fail (BENK_IS_INVENTORY (self));

  change = g_new0 (Change, 1);
  change->device = *device;
  change->wanted_date = g_strdup (wanted_date);
  if (reference != NULL)
    change->reference = benk_text_take_reference (reference, &error);
  if (error == NULL &&
      (wanted_date == NULL || benk_inventory_check_wanted (self, wanted_date, &error)))
    {
      benk_session_change_async (benk_inventory_get_session (self), self,
                                 BENK_VERB_RESERVE, device, do_change, change,
                                 (GDestroyNotify) change_free, cancellable, callback,
                                 user_data);
      return;
    }
  benk_inventory_refuse (self, cancellable, callback, user_data, error);
  change_free (change);
}

static gpointer
run_get_many (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;

  return benk_table_device_get_many (db, (const BenkId *) (gpointer) ids->data, ids->len,
                                     error);
}

/**
 * benk_inventory_get_many_async:
 * @self: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads devices by id.
 */
void
benk_inventory_get_many_async (BenkInventory *self,
                               const BenkId *devices,
                               gsize n_devices,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  g_array_append_vals (ids, devices, (guint) n_devices);
  benk_session_read_async (benk_inventory_get_session (self), self, run_get_many, ids,
                           (GDestroyNotify) g_array_unref,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_inventory_get_many_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkDevice): the devices in the same order,
 * %NULL in place of one that is gone; %NULL with @error set on failure
 */
GPtrArray *
benk_inventory_get_many_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}
