/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-returns-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-return-rules-private.h"
#include "benk-serial.h"
#include "benk-session-change.h"
#include "benk-table-alias.h"
#include "benk-table-consignment.h"
#include "benk-table-device.h"
#include "benk-table-return.h"
#include "benk-text-check.h"

/* One change of a return, owned. */
typedef struct
{
  BenkId id;
  BenkReturnCase *row; /* what was opened */
  BenkReturnState state;
  char *vendor;
  char *reason;
  char *rma_number;
  gboolean no_rma;
  char *scanned_serial;
  char *tracking;
  char *outcome;
  char *stated_by;
  gboolean accessories_counted;
  GPtrArray *accessories;
  gboolean no_names;
  char *replacement_serial;
  gboolean may_wait; /* for its reset, in quarantine */
} ReturnData;

static void
return_data_free (ReturnData *data)
{
  g_clear_object (&data->row);
  g_free (data->vendor);
  g_free (data->reason);
  g_free (data->rma_number);
  g_free (data->scanned_serial);
  g_free (data->tracking);
  g_free (data->outcome);
  g_free (data->stated_by);
  g_free (data->replacement_serial);
  g_clear_pointer (&data->accessories, g_ptr_array_unref);
  g_free (data);
}

static char *
strip (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, sentence);
  return FALSE;
}

static gboolean
check_no_open_return (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkReturnCase) open = benk_table_return_get_open (db, device, &local);

  if (open != NULL)
    g_set_error (&local, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A return of this device to %s is already open."),
                 benk_return_case_get_vendor (open));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_texts (const ReturnData *data, GError **error)
{
  return benk_text_check_name (data->vendor, error) &&
         benk_text_check_note (data->reason, error) &&
         benk_text_check_name (data->rma_number, error) &&
         benk_text_check_name (data->tracking, error) &&
         benk_text_check_note (data->stated_by, error) &&
         benk_text_check_name (data->replacement_serial, error);
}

static gboolean
do_open (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ReturnData *data = user_data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &data->id, error);
  g_autoptr (BenkReturnCase) row = benk_return_case_new ();
  BenkReturnState start = BENK_RETURN_STATE_REGISTERED;
  gboolean under_way;
  BenkId reason;

  if (device == NULL || !check_texts (data, error) ||
      !benk_table_alias_check_visible (db, &data->id, error) ||
      !check_no_open_return (db, &data->id, error))
    return FALSE;
  under_way =
    benk_return_rules_get_start (benk_device_get_state (device), &start) ||
    (data->may_wait && benk_device_get_state (device) == BENK_DEVICE_STATE_QUARANTINE);

  benk_return_case_set_device_id (row, &data->id);
  benk_return_case_set_vendor (row, data->vendor);
  benk_return_case_set_reason (row, data->reason);
  benk_return_case_set_state (row, start);
  if (!benk_return_rules_set_deadline (db, row, start, error) ||
      !benk_table_return_insert (db, row, &reason, error))
    return FALSE;
  benk_scope_set_subject (scope, benk_return_case_get_id (row));
  benk_scope_set_reason (scope, &reason);
  if (!under_way &&
      !benk_device_change_state (db, &data->id, BENK_DEVICE_STATE_RMA_REQUESTED, NULL,
                                 BENK_RETURN_BY_CASE | BENK_RETURN_REASON, &reason,
                                 error))
    return FALSE;

  data->row = benk_table_return_get (db, benk_return_case_get_id (row), error);

  return data->row != NULL;
}

static void
open (BenkReturns *self,
      const BenkId *device,
      const char *vendor,
      const char *reason,
      gboolean may_wait,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  ReturnData *data = g_new0 (ReturnData, 1);

  data->id = *device;
  data->may_wait = may_wait;
  data->vendor = strip (vendor);
  data->reason = strip (reason);
  if (data->vendor == NULL || data->reason == NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      return_data_free (data);
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_INVALID, "%s",
                               _ ("A return needs a vendor and a reason."));
      return;
    }

  benk_session_change_async (benk_returns_get_session (self), self, BENK_VERB_RETURN_OPEN,
                             NULL, do_open, data, (GDestroyNotify) return_data_free,
                             cancellable, callback, user_data);
}

/**
 * benk_returns_open_async:
 * @self: the returns
 * @device: a device
 * @vendor: who gets it
 * @reason: why
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is registered or refused
 * @user_data: for @callback
 *
 * Registers a return, which sets the state of the device. A device that a list brought in
 * as sent or with the vendor gets its case where it is.
 */
void
benk_returns_open_async (BenkReturns *self,
                         const BenkId *device,
                         const char *vendor,
                         const char *reason,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  open (self, device, vendor, reason, FALSE, cancellable, callback, user_data);
}

void
benk_returns_open_in_quarantine_async (BenkReturns *self,
                                       const BenkId *device,
                                       const char *vendor,
                                       const char *reason,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  open (self, device, vendor, reason, TRUE, cancellable, callback, user_data);
}

/**
 * benk_returns_open_finish:
 * @self: the returns
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the return, or %NULL with %BENK_ERROR_REFUSED that names what
 *   is missing, %BENK_ERROR_CONFLICT (one is open already) or another error
 */
BenkReturnCase *
benk_returns_open_finish (BenkReturns *self, GAsyncResult *result, GError **error)
{
  ReturnData *data = benk_session_change_finish (self, result, NULL, error);

  return data != NULL ? g_object_ref (data->row) : NULL;
}

static gboolean
check_serial (ReturnData *data, BenkDevice *device, guint *conditions, GError **error)
{
  g_autofree char *scanned = benk_serial_normalise (data->scanned_serial);
  g_autofree char *serial = benk_serial_normalise (benk_device_get_serial (device));

  if (data->scanned_serial == NULL)
    return TRUE;
  if (!g_str_equal (scanned, serial))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("The device in hand is %s, but this return is of %s."),
                   data->scanned_serial, benk_device_get_serial (device));
      return FALSE;
    }
  *conditions |= BENK_RETURN_SERIAL_CHECKED;

  return TRUE;
}

/* Something may be missing in the box; nothing may be left unlooked at. */
static gboolean
count_accessories (
  BenkDb *db, ReturnData *data, BenkDevice *device, guint *conditions, GError **error)
{
  const BenkId *id = benk_device_get_id (device);
  g_autoptr (BenkLifecycleView) view = NULL;
  g_autoptr (GPtrArray) known = NULL;
  guint n_listed = 0, n_said = 0;

  if (!benk_device_set_accessories (db, id, data->accessories, error))
    return FALSE;
  view = benk_device_view_load (db, id, error);
  if (view == NULL)
    return FALSE;
  known = benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view));
  for (guint i = 0; i < known->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);
      const BenkAccessory *said = benk_accessory_find (data->accessories, one->kind);

      n_listed += one->listed;
      n_said +=
        one->listed && said != NULL && said->status != BENK_ACCESSORY_NOT_LOOKED_AT;
    }
  if (data->accessories_counted || (n_listed > 0 && n_said == n_listed))
    *conditions |= BENK_RETURN_ACCESSORIES_COUNTED;

  return TRUE;
}

static gboolean
pack (BenkDb *db,
      ReturnData *data,
      BenkReturnCase *row,
      BenkDevice *device,
      guint *conditions,
      GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkId consignment;

  if (!check_serial (data, device, conditions, error))
    return FALSE;
  if (!count_accessories (db, data, device, conditions, error))
    return FALSE;
  if (data->no_names)
    *conditions |= BENK_RETURN_NO_NAMES;

  if (!benk_table_consignment_find_open (db, benk_return_case_get_vendor (row),
                                         &consignment, &local) &&
      local == NULL)
    benk_table_consignment_insert (db, benk_return_case_get_vendor (row), &consignment,
                                   &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  benk_return_case_set_consignment_id (row, &consignment);

  return TRUE;
}

static gboolean
send_off (
  BenkDb *db, ReturnData *data, BenkReturnCase *row, guint *conditions, GError **error)
{
  /* What travels in one box has one number. */
  if (data->tracking != NULL)
    benk_return_case_set_tracking (row, data->tracking);
  if (benk_return_case_get_tracking (row) != NULL || data->stated_by != NULL)
    *conditions |= BENK_RETURN_HANDED_OVER;

  return benk_table_consignment_set_sent (db, benk_return_case_get_consignment_id (row),
                                          benk_return_case_get_tracking (row), error);
}

/* The device that came instead goes into the list, if it is not there already. */
static gboolean
link_replacement (
  BenkDb *db, ReturnData *data, BenkReturnCase *row, BenkDevice *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDevice) replacement =
    benk_table_device_find_serial (db, benk_device_get_model_id (device),
                                   data->replacement_serial, &local);

  if (local == NULL && replacement == NULL)
    {
      replacement = benk_device_new ();
      benk_device_set_model_id (replacement, benk_device_get_model_id (device));
      benk_device_set_serial (replacement, data->replacement_serial);
      benk_device_set_vendor (replacement, benk_return_case_get_vendor (row));
      benk_device_set_state (replacement, BENK_DEVICE_STATE_RECEIVED);
      benk_table_device_insert (db, replacement, NULL, &local);
    }
  if (local == NULL &&
      benk_id_equal (benk_device_get_id (replacement), benk_device_get_id (device)))
    refuse (&local, _ ("A device cannot replace itself."));
  if (local == NULL)
    benk_table_return_set_replacement (db, benk_return_case_get_id (row),
                                       benk_device_get_id (replacement), &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
take_outcome (
  BenkDb *db, ReturnData *data, BenkReturnCase *row, BenkDevice *device, GError **error)
{
  gboolean replaced = g_strcmp0 (data->outcome, "replaced") == 0;

  if (!benk_return_rules_is_outcome (data->outcome))
    return refuse (error, _ ("The outcome is one of: repaired, replaced, credited, "
                             "lease-ended, refused."));
  if (replaced && data->replacement_serial == NULL)
    return refuse (error, _ ("The serial number of the new device is missing."));
  benk_return_case_set_outcome (row, data->outcome);

  return !replaced || link_replacement (db, data, row, device, error);
}

/* What comes with the step: into the case, and into what the guards see. */
static gboolean
take_details (BenkDb *db,
              ReturnData *data,
              BenkReturnCase *row,
              BenkDevice *device,
              guint *conditions,
              GError **error)
{
  switch (data->state)
    {
    case BENK_RETURN_STATE_ANSWERED:
      if (data->rma_number == NULL && !data->no_rma)
        return refuse (error,
                       _ ("Give the vendor's return number, or say that none is used."));
      benk_return_case_set_rma_number (row, data->rma_number);
      benk_return_case_set_no_rma (row, data->rma_number == NULL);
      return TRUE;
    case BENK_RETURN_STATE_PACKED:
      return pack (db, data, row, device, conditions, error);
    case BENK_RETURN_STATE_SENT:
      return send_off (db, data, row, conditions, error);
    case BENK_RETURN_STATE_RECEIVED:
      *conditions |= BENK_RETURN_VENDOR_CONFIRMED;
      return benk_table_consignment_set_received (
        db, benk_return_case_get_consignment_id (row), error);
    case BENK_RETURN_STATE_OUTCOME:
      return take_outcome (db, data, row, device, error);
    case BENK_RETURN_STATE_CANCELLED:
      *conditions |= BENK_RETURN_ENDED;
      return TRUE;
    case BENK_RETURN_STATE_REGISTERED:
    case BENK_RETURN_STATE_CLOSED:
    default:
      return TRUE;
    }
}

/* A return that was registered while the device waited for its reset: it comes along as
 * soon as that is proven. */
static gboolean
follow_case (
  BenkDb *db, BenkDevice *device, BenkReturnState step, guint conditions, GError **error)
{
  BenkDeviceState state = benk_device_get_state (device);

  if (step != BENK_RETURN_STATE_PACKED ||
      (state != BENK_DEVICE_STATE_RESET && state != BENK_DEVICE_STATE_FAULTY))
    return TRUE;

  return benk_device_change_state (db, benk_device_get_id (device),
                                   BENK_DEVICE_STATE_RMA_REQUESTED, NULL, conditions,
                                   NULL, error);
}

static gboolean
change_device (
  BenkDb *db, ReturnData *data, BenkDevice *device, guint conditions, GError **error)
{
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (db, benk_device_get_id (device), error);
  BenkDeviceState to;

  if (view == NULL)
    return FALSE;
  if (!benk_return_rules_get_device_state (data->state,
                                           benk_lifecycle_view_is_reset_proven (view),
                                           &to))
    return TRUE;
  benk_lifecycle_view_set_return (view, conditions);
  if (to == BENK_DEVICE_STATE_RMA_PACKED && benk_return_rules_is_reset_missing (view, to))
    return refuse (error, _ ("Cannot be packed: the reset is not proven."));

  if (!follow_case (db, device, data->state, conditions, error))
    return FALSE;
  /* What waited in quarantine is there still when its return is called off. */
  if (data->state == BENK_RETURN_STATE_CANCELLED &&
      (benk_lifecycle_view_get_state (view) == BENK_DEVICE_STATE_QUARANTINE ||
       benk_lifecycle_find (benk_lifecycle_view_get_kind (view),
                            benk_lifecycle_view_get_state (view), to) == NULL))
    return TRUE;

  return benk_device_change_state (db, benk_device_get_id (device), to, NULL, conditions,
                                   NULL, error);
}

static gboolean
do_step (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ReturnData *data = user_data;
  g_autoptr (BenkReturnCase) row = benk_table_return_get (db, &data->id, error);
  g_autoptr (BenkDevice) device = NULL;
  guint conditions = 0;

  if (row == NULL || !check_texts (data, error) ||
      !benk_return_rules_check_step (benk_return_case_get_state (row), data->state,
                                     error))
    return FALSE;
  device = benk_table_device_get (db, benk_return_case_get_device_id (row), error);
  if (device == NULL || !benk_return_rules_load_conditions (db, row, &conditions, error))
    return FALSE;
  if (!take_details (db, data, row, device, &conditions, error) ||
      !change_device (db, data, device, conditions, error))
    return FALSE;

  benk_return_case_set_state (row, data->state);
  return benk_return_rules_set_deadline (db, row, data->state, error) &&
         benk_table_return_update (db, row, data->stated_by, error);
}

/**
 * benk_returns_step_async:
 * @self: the returns
 * @return_case: a return
 * @state: the step it comes to
 * @details: (nullable): what goes with it; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Takes a return one step on, and the device with it.
 */
void
benk_returns_step_async (BenkReturns *self,
                         const BenkId *return_case,
                         BenkReturnState state,
                         const BenkReturnDetails *details,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  ReturnData *data = g_new0 (ReturnData, 1);

  data->id = *return_case;
  data->state = state;
  data->accessories =
    benk_inventory_copy_words (details != NULL ? details->accessories : NULL);
  if (details != NULL)
    {
      data->rma_number = strip (details->rma_number);
      data->no_rma = details->no_rma;
      data->scanned_serial = strip (details->scanned_serial);
      data->tracking = strip (details->tracking);
      data->outcome = strip (details->outcome);
      data->stated_by = strip (details->stated_by);
      data->accessories_counted = details->accessories_counted;
      data->no_names = details->no_names;
      data->replacement_serial = strip (details->replacement_serial);
    }
  benk_session_change_async (benk_returns_get_session (self), self, BENK_VERB_RETURN_STEP,
                             return_case, do_step, data,
                             (GDestroyNotify) return_data_free, cancellable, callback,
                             user_data);
}

/**
 * benk_returns_step_finish:
 * @self: the returns
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED that says what is missing, or another error
 */
gboolean
benk_returns_step_finish (BenkReturns *self,
                          GAsyncResult *result,
                          gint64 *seq,
                          GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
