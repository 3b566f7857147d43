/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-import-words.h"
#include "benk-serial.h"
#include "benk-session-change.h"
#include "benk-table-alias.h"
#include "benk-table-device.h"
#include "benk-text-check.h"

typedef void (*SetText) (BenkDevice *device, const char *value);

typedef struct
{
  BenkId id;
  BenkId other;
  char *serial;
  char *imei;
  char *asset;
  char *vendor;
  char *received_date;
  char *warranty_date;
  char *lease_end_date;
  char *note;
  int owner;
  gboolean another;
} EditData;

static void
edit_data_free (EditData *data)
{
  g_free (data->serial);
  g_free (data->imei);
  g_free (data->asset);
  g_free (data->vendor);
  g_free (data->received_date);
  g_free (data->warranty_date);
  g_free (data->lease_end_date);
  g_free (data->note);
  g_free (data);
}

static char *
strip (const char *text)
{
  return text != NULL ? g_strstrip (g_strdup (text)) : NULL;
}

static EditData *
edit_data_new (const BenkId *device, const BenkDeviceEdit *edit)
{
  EditData *data = g_new0 (EditData, 1);

  data->id = *device;
  data->serial = strip (edit->serial);
  data->imei = strip (edit->imei);
  data->asset = strip (edit->asset);
  data->vendor = strip (edit->vendor);
  data->received_date = strip (edit->received_date);
  data->warranty_date = strip (edit->warranty_date);
  data->lease_end_date = strip (edit->lease_end_date);
  data->note = strip (edit->note);
  data->owner = edit->owner;
  data->another = edit->another;

  return data;
}

static void
set_text (BenkDevice *device, SetText set, const char *value)
{
  if (value != NULL)
    set (device, *value != '\0' ? value : NULL);
}

static gboolean
is_same_serial (const char *one, const char *other)
{
  g_autofree char *a = benk_serial_normalise (one);
  g_autofree char *b = benk_serial_normalise (other);

  return g_strcmp0 (a, b) == 0;
}

/* The former one is kept: it stands on papers, and it is how the device was found. */
static void
correct_serial (BenkDevice *device, const char *serial)
{
  const char *before = benk_device_get_serial (device);
  const char *const *former = benk_device_get_former_serials (device);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (!is_same_serial (before, serial))
    g_ptr_array_add (list, g_strdup (before));
  for (guint i = 0; former != NULL && former[i] != NULL; i++)
    if (!is_same_serial (former[i], serial))
      g_ptr_array_add (list, g_strdup (former[i]));
  g_ptr_array_add (list, NULL);
  benk_device_set_former_serials (device, list->len > 1
                                            ? (const char *const *) list->pdata
                                            : NULL);
  benk_device_set_serial (device, serial);
}

static gboolean
do_edit (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  EditData *data = user_data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &data->id, error);
  gboolean twin;

  if (device == NULL)
    return FALSE;
  if (data->serial != NULL)
    correct_serial (device, data->serial);
  set_text (device, benk_device_set_imei, data->imei);
  set_text (device, benk_device_set_asset, data->asset);
  set_text (device, benk_device_set_vendor, data->vendor);
  set_text (device, benk_device_set_received_date, data->received_date);
  set_text (device, benk_device_set_warranty_date, data->warranty_date);
  set_text (device, benk_device_set_lease_end_date, data->lease_end_date);
  set_text (device, benk_device_set_note, data->note);
  if (data->owner >= 0)
    benk_device_set_owner (device, (BenkOwner) data->owner);

  return benk_table_device_check_said (db, device, data->another, &twin, error) &&
         benk_table_device_update (db, device, error) &&
         (!twin || benk_table_device_mark_twin (db, &data->id, error));
}

static gboolean
check_edit (const BenkDeviceEdit *edit, GError **error)
{
  if (edit->serial != NULL && edit->serial[strspn (edit->serial, " \t")] == '\0')
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The serial number is missing."));
      return FALSE;
    }
  if (edit->imei != NULL && benk_text_is_spreadsheet_number (edit->imei))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("A spreadsheet has rounded the IMEI (%s). Its digits are lost."),
                   edit->imei);
      return FALSE;
    }

  return benk_text_check_name (edit->serial, error) &&
         benk_text_check_name (edit->imei, error) &&
         benk_text_check_name (edit->asset, error) &&
         benk_text_check_name (edit->vendor, error) &&
         benk_text_check_note (edit->note, error) &&
         benk_text_check_date (edit->received_date, error) &&
         benk_text_check_date (edit->warranty_date, error) &&
         benk_text_check_date (edit->lease_end_date, error);
}

/**
 * benk_inventory_edit_async:
 * @self: the inventory
 * @device: a device
 * @edit: what is different; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Corrects what is written about a device. A corrected serial stays its former one.
 */
void
benk_inventory_edit_async (BenkInventory *self,
                           const BenkId *device,
                           const BenkDeviceEdit *edit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GError *error = NULL;

  if (!check_edit (edit, &error))
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, benk_session_change_async);
      g_task_return_error (task, error);
      return;
    }

  benk_session_change_async (benk_inventory_get_session (self), self, BENK_VERB_EDIT,
                             device, do_edit, edit_data_new (device, edit),
                             (GDestroyNotify) edit_data_free, cancellable, callback,
                             user_data);
}

static gboolean
do_join (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  EditData *data = user_data;

  return benk_table_alias_join (db, &data->id, &data->other, error);
}

static gboolean
do_part (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  EditData *data = user_data;

  return benk_table_alias_part (db, &data->id, error);
}

static void
change_alias (BenkInventory *self,
              BenkVerb verb,
              const BenkId *device,
              const BenkId *other,
              BenkChangeWork work,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  EditData *data = g_new0 (EditData, 1);

  data->id = *device;
  if (other != NULL)
    data->other = *other;
  benk_session_change_async (benk_inventory_get_session (self), self, verb, device, work,
                             data, (GDestroyNotify) edit_data_free, cancellable, callback,
                             user_data);
}

/**
 * benk_inventory_join_async:
 * @self: the inventory
 * @device: the row that goes out of sight
 * @target: the row that stays and stands for both
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Says that two rows are one device. Lookup, history and lists follow it; nothing is
 * moved or deleted. benk_inventory_part_async() takes it back at any time.
 */
void
benk_inventory_join_async (BenkInventory *self,
                           const BenkId *device,
                           const BenkId *target,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  change_alias (self, BENK_VERB_JOIN_DEVICES, device, target, do_join, cancellable,
                callback, user_data);
}

/**
 * benk_inventory_part_async:
 * @self: the inventory
 * @device: a row that was joined to another
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Takes two rows apart again.
 */
void
benk_inventory_part_async (BenkInventory *self,
                           const BenkId *device,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  change_alias (self, BENK_VERB_PART_DEVICES, device, NULL, do_part, cancellable,
                callback, user_data);
}
