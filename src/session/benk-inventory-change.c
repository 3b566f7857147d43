/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-import-words.h"
#include "benk-lifecycle.h"
#include "benk-serial.h"
#include "benk-session-change.h"
#include "benk-table-alias.h"
#include "benk-table-device.h"
#include "benk-table-model.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-table-place.h"
#include "benk-table-placement.h"
#include "benk-text-check.h"

/* Everything a change of one device may need, owned. */
typedef struct
{
  BenkDevice *device;
  BenkId id;
  GArray *ids;
  GPtrArray *accessories;
  char *text;
  char *second;
  BenkFactKind kind;
  BenkDeviceState state;
  gboolean another;
} ChangeData;

static void
change_data_free (ChangeData *data)
{
  g_clear_object (&data->device);
  g_clear_pointer (&data->ids, g_array_unref);
  g_clear_pointer (&data->accessories, g_ptr_array_unref);
  g_free (data->text);
  g_free (data->second);
  g_free (data);
}

static char *
strip (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/* A refusal before anything is asked of the store; @error is taken. */
void
benk_inventory_refuse (BenkInventory *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data,
                       GError *error)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_session_change_async);
  g_task_return_error (task, error);
}

static void
start (BenkInventory *self,
       BenkVerb verb,
       const BenkId *subject,
       BenkChangeWork work,
       ChangeData *data,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  benk_session_change_async (benk_inventory_get_session (self), self, verb, subject, work,
                             data, (GDestroyNotify) change_data_free, cancellable,
                             callback, user_data);
}

static gboolean
check_names (BenkDevice *device, GError **error)
{
  return benk_text_check_name (benk_device_get_serial (device), error) &&
         benk_text_check_name (benk_device_get_imei (device), error) &&
         benk_text_check_name (benk_device_get_asset (device), error) &&
         benk_text_check_name (benk_device_get_vendor (device), error) &&
         benk_text_check_name (benk_device_get_place_name (device), error) &&
         benk_text_check_note (benk_device_get_note (device), error) &&
         benk_text_check_date (benk_device_get_received_date (device), error) &&
         benk_text_check_date (benk_device_get_warranty_date (device), error) &&
         benk_text_check_date (benk_device_get_lease_end_date (device), error);
}

static gboolean
do_add (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;
  gboolean twin;

  if (!check_names (data->device, error) ||
      !benk_table_device_check_said (db, data->device, data->another, &twin, error) ||
      !benk_table_device_insert (db, data->device, NULL, error) ||
      !benk_device_set_accessories (db, benk_device_get_id (data->device),
                                    data->accessories, error))
    return FALSE;
  benk_scope_set_subject (scope, benk_device_get_id (data->device));

  return !twin ||
         benk_table_device_mark_twin (db, benk_device_get_id (data->device), error);
}

static BenkDevice *
make_device (BenkInventory *self, const BenkNewDevice *device, GError **error)
{
  BenkModel *model =
    benk_model_match (benk_inventory_get_models (self), device->model_id);
  g_autofree char *serial = strip (device->serial);
  g_autofree char *imei = strip (device->imei);
  g_autofree char *asset = strip (device->asset);
  g_autofree char *vendor = strip (device->vendor);
  g_autofree char *place = strip (device->place);
  g_autoptr (BenkDevice) made = benk_device_new ();

  if (model == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("“%s” is not a model that this program knows."), device->model_id);
  else if (serial == NULL)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("The serial number is missing."));
  else if (imei != NULL && benk_text_is_spreadsheet_number (imei))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("A spreadsheet has rounded the IMEI (%s). Its digits are lost."),
                 imei);
  else if (benk_session_is_demo (benk_inventory_get_session (self)) ||
           benk_lifecycle_allow_start (BENK_ORIGIN_REGISTERED, device->state, error))
    {
      benk_device_set_model_id (made, benk_model_get_id (model));
      benk_device_set_serial (made, serial);
      benk_device_set_imei (made, imei);
      benk_device_set_asset (made, asset);
      benk_device_set_vendor (made,
                              vendor != NULL ? vendor : benk_model_get_vendor (model));
      benk_device_set_place_name (made, place);
      benk_device_set_state (made, device->state);
      benk_device_set_owner (made, device->owner);
      benk_device_set_received_date (made, device->received_date);
      benk_device_set_warranty_date (made, device->warranty_date);
      benk_device_set_lease_end_date (made, device->lease_end_date);
      benk_device_set_note (made, device->note);
      return g_steal_pointer (&made);
    }

  return NULL;
}

/**
 * benk_inventory_add_async:
 * @self: the inventory
 * @device: what to register; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is registered or refused
 * @user_data: for @callback
 *
 * Registers a device. One that is there already, by serial, IMEI or asset number, is
 * refused with %BENK_ERROR_CONFLICT. Of two real devices with one serial the second needs
 * to be said to be another.
 */
void
benk_inventory_add_async (BenkInventory *self,
                          const BenkNewDevice *device,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ChangeData *data;
  GError *error = NULL;
  g_autoptr (BenkDevice) made = make_device (self, device, &error);

  if (made == NULL)
    {
      benk_inventory_refuse (self, cancellable, callback, user_data, error);
      return;
    }

  data = g_new0 (ChangeData, 1);
  data->device = g_steal_pointer (&made);
  data->accessories = benk_inventory_copy_words (device->accessories);
  data->another = device->another;
  start (self, BENK_VERB_REGISTER, NULL, do_add, data, cancellable, callback, user_data);
}

/**
 * benk_inventory_add_finish:
 * @self: the inventory
 * @result: what the callback of benk_inventory_add_async() was given
 * @out_id: (out): the device
 * @error: return location for an error
 *
 * Returns: %TRUE if it is registered
 */
gboolean
benk_inventory_add_finish (BenkInventory *self,
                           GAsyncResult *result,
                           BenkId *out_id,
                           GError **error)
{
  ChangeData *data = benk_session_change_finish (self, result, NULL, error);

  if (data != NULL)
    *out_id = *benk_device_get_id (data->device);

  return data != NULL;
}

static gboolean
do_move (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;
  BenkId place;

  if (!benk_text_check_name (data->text, error) ||
      !benk_table_place_ensure (db, data->text, benk_table_place_guess_kind (data->text),
                                &place, error))
    return FALSE;
  for (guint i = 0; i < data->ids->len; i++)
    if (!benk_table_device_set_place (db, &g_array_index (data->ids, BenkId, i), &place,
                                      error))
      return FALSE;

  return TRUE;
}

/**
 * benk_inventory_move_async:
 * @self: the inventory
 * @devices: (array length=n_devices): what to move
 * @n_devices: their number
 * @place: (nullable): where to, by name; made if it is new. Empty = unknown
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Moves devices in one change.
 */
void
benk_inventory_move_async (BenkInventory *self,
                           const BenkId *devices,
                           gsize n_devices,
                           const char *place,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  ChangeData *data = g_new0 (ChangeData, 1);

  data->text = strip (place);
  data->ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (data->ids, devices, (guint) n_devices);
  start (self, BENK_VERB_MOVE, n_devices == 1 ? devices : NULL, do_move, data,
         cancellable, callback, user_data);
}

static gboolean
do_attest (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;

  return benk_inventory_attest_in_scope (db, &data->id, data->kind, data->text,
                                         data->second, error);
}

/**
 * benk_inventory_attest_async:
 * @self: the inventory
 * @device: a device
 * @kind: what is attested
 * @ref: (nullable): a reference, where the fact asks for one
 * @stated_by: (nullable): who states it, where the fact asks for it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Attests one fact of a device. What was put off for want of it is done then.
 */
void
benk_inventory_attest_async (BenkInventory *self,
                             const BenkId *device,
                             BenkFactKind kind,
                             const char *ref,
                             const char *stated_by,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ChangeData *data;
  GError *error = NULL;

  if (!benk_fact_kind_check (kind, ref, stated_by, &error) ||
      !benk_text_check_note (ref, &error) || !benk_text_check_note (stated_by, &error))
    {
      benk_inventory_refuse (self, cancellable, callback, user_data, error);
      return;
    }

  data = g_new0 (ChangeData, 1);
  data->id = *device;
  data->kind = kind;
  data->text = strip (ref);
  data->second = strip (stated_by);
  start (self, BENK_VERB_ATTEST, device, do_attest, data, cancellable, callback,
         user_data);
}

static gboolean
do_set_state (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &data->id, error);
  BenkId note;

  if (device == NULL || !benk_text_check_note (data->text, error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_REASON, data->text, &data->id, &note,
                                      error))
    return FALSE;
  if (data->text != NULL)
    g_hash_table_insert (reasons, (gpointer) "*", data->text);
  benk_scope_set_reason (scope, &note);

  return benk_device_change_state (db, &data->id, data->state, reasons, 0, &note, error);
}

/**
 * benk_inventory_set_state_async:
 * @self: the inventory
 * @device: a device
 * @to: the state it is to have
 * @owed_reason: (nullable): why one goes on without what is owed
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Changes the state if every guard holds. %BENK_ERROR_REFUSED names all that is missing.
 */
void
benk_inventory_set_state_async (BenkInventory *self,
                                const BenkId *device,
                                BenkDeviceState to,
                                const char *owed_reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ChangeData *data = g_new0 (ChangeData, 1);

  data->id = *device;
  data->state = to;
  data->text = strip (owed_reason);
  start (self, BENK_VERB_SET_STATE, device, do_set_state, data, cancellable, callback,
         user_data);
}

/* A user may be with one active dispenser only; who takes over takes over by a swap. */
static gboolean
check_one_active (BenkDb *db, BenkDevice *device, const BenkId *person, GError **error)
{
  guint active = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
  BenkModelKind kind = BENK_MODEL_KIND_DISPENSER;
  g_autoptr (GError) local = NULL;

  if (!benk_table_model_get_kind (db, benk_device_get_model_id (device), &kind, error))
    return FALSE;
  if (!(active & BENK_DEVICE_STATE_MASK (benk_device_get_state (device))) ||
      !benk_model_kind_gives_doses (kind))
    return TRUE;
  if (benk_table_placement_is_active (db, person, benk_device_get_id (device), NULL,
                                      &local))
    g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("The user has another active device."));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
do_link_user (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &data->id, error);
  BenkDeviceState state;
  BenkId person = BENK_ID_NIL;
  BenkId team = BENK_ID_NIL;

  if (device == NULL || !benk_table_alias_check_visible (db, &data->id, error))
    return FALSE;
  state = benk_device_get_state (device);
  if (data->text != NULL && !benk_device_state_may_have_person (state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("A device that is “%s” cannot be with a user."),
                   benk_device_describe_state (device));
      return FALSE;
    }
  if (data->text != NULL && !benk_table_person_ensure (db, data->text, &person, error))
    return FALSE;
  if (!check_one_active (db, device, &person, error))
    return FALSE;

  benk_device_set_person_ref (device, NULL);
  benk_device_set_person_id (device, &person);
  if (data->second != NULL)
    benk_device_set_team (device, data->second);

  return benk_table_place_ensure (db, benk_device_get_team (device), BENK_PLACE_KIND_TEAM,
                                  &team, error) &&
         benk_table_device_update (db, device, error) &&
         benk_table_placement_follow (db, &data->id, state, &person, &team, error);
}

/**
 * benk_inventory_link_user_async:
 * @self: the inventory
 * @device: a device
 * @reference: (nullable): the reference used in the patient record; %NULL unlinks
 * @team: (nullable): who owns its alarms; %NULL leaves it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Says whom a device is with. A national number is refused.
 */
void
benk_inventory_link_user_async (BenkInventory *self,
                                const BenkId *device,
                                const char *reference,
                                const char *team,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ChangeData *data;
  GError *error = NULL;

  if (!benk_text_check_note (reference, &error) ||
      !benk_text_check_name (reference, &error) || !benk_text_check_name (team, &error))
    {
      benk_inventory_refuse (self, cancellable, callback, user_data, error);
      return;
    }

  data = g_new0 (ChangeData, 1);
  data->id = *device;
  data->text = strip (reference);
  data->second = strip (team);
  start (self, BENK_VERB_EDIT, device, do_link_user, data, cancellable, callback,
         user_data);
}

static gboolean
do_erase_user (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ChangeData *data = user_data;
  g_autoptr (GError) local = NULL;
  BenkId person;

  if (data->text == NULL || !benk_table_person_find (db, data->text, &person, &local))
    {
      if (local == NULL)
        g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                             _ ("No user with this reference is registered."));
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  benk_scope_set_subject (scope, &person);

  return benk_table_person_erase (db, &person, error);
}

/**
 * benk_inventory_erase_user_async:
 * @self: the inventory
 * @reference: the reference used in the patient record
 * @cancellable: (nullable): a cancellable
 * @callback: called when no byte is left
 * @user_data: for @callback
 *
 * Erases a user and everything that was written about them. Devices and what was done
 * with them stay.
 */
void
benk_inventory_erase_user_async (BenkInventory *self,
                                 const char *reference,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ChangeData *data = g_new0 (ChangeData, 1);

  data->text = strip (reference);
  start (self, BENK_VERB_ERASE, NULL, do_erase_user, data, cancellable, callback,
         user_data);
}

/**
 * benk_inventory_change_finish:
 * @self: the inventory
 * @result: what the callback of a change was given
 * @seq: (out) (optional): the row of the change log; 0 if nothing was different
 * @error: return location for an error
 *
 * Returns: %TRUE if it is kept
 */
gboolean
benk_inventory_change_finish (BenkInventory *self,
                              GAsyncResult *result,
                              gint64 *seq,
                              GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
