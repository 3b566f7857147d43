/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stocktake-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-scan.h"
#include "benk-session-change.h"
#include "benk-stock-summary.h"
#include "benk-table-device.h"
#include "benk-table-note.h"
#include "benk-table-place.h"
#include "benk-table-stocktake.h"
#include "benk-text-check.h"

/* A scan, and a fix of what it told; owned. */
typedef struct
{
  char *code;
  char *at;
  BenkCountItem *item;
  gboolean already;
} ScanData;

typedef struct
{
  BenkId item;
  BenkCountFix fix;
  BenkDeviceState state;
  char *model_id;
  char *vendor;
  gboolean another;
  char *place;
  char *reason;
} FixData;

static void
scan_data_free (ScanData *data)
{
  g_clear_object (&data->item);
  g_free (data->code);
  g_free (data->at);
  g_free (data);
}

static void
fix_data_free (FixData *data)
{
  g_free (data->model_id);
  g_free (data->vendor);
  g_free (data->place);
  g_free (data->reason);
  g_free (data);
}

static char *
strip (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/* Where the scanner is: the place that is counted, or the one that was named. */
static gboolean
find_place (
  BenkDb *db, const BenkCount *count, const char *at, BenkId *out_place, GError **error)
{
  g_autoptr (GError) local = NULL;

  *out_place = count->place;
  if (at == NULL || !benk_id_is_nil (&count->place) ||
      benk_table_place_find (db, at, out_place, &local))
    return TRUE;
  if (local == NULL)
    g_set_error (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("There is no place called “%s”."), at);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* --- scanning --- */

/* Of several devices with one number the first that was not found yet. */
static BenkDevice *
choose_device (BenkDb *db, const BenkCount *count, GPtrArray *devices, GError **error)
{
  for (guint i = 0; i < devices->len && devices->len > 1; i++)
    {
      BenkDevice *device = g_ptr_array_index (devices, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (BenkCountItem) item =
        benk_table_stocktake_find_device (db, &count->id, benk_device_get_id (device),
                                          &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (item != NULL && benk_count_item_get_found_ms (item) == 0)
        return device;
    }

  return g_ptr_array_index (devices, 0);
}

static gboolean
take_device (BenkDb *db,
             const BenkCount *count,
             BenkDevice *device,
             const BenkId *place,
             ScanData *data,
             GError **error)
{
  const BenkId *id = benk_device_get_id (device);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkCountItem) item =
    benk_table_stocktake_find_device (db, &count->id, id, &local);
  BenkId added;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  data->already = item != NULL && benk_count_item_get_found_ms (item) > 0;
  if (data->already)
    {
      data->item = g_steal_pointer (&item);
      return TRUE;
    }
  if (item != NULL)
    {
      added = *benk_count_item_get_id (item);
      if (!benk_table_stocktake_set_found (db, &added, place, error))
        return FALSE;
    }
  else if (!benk_table_stocktake_add_item (db, &count->id, id, NULL, place, &added,
                                           error))
    return FALSE;
  data->item = benk_table_stocktake_get_item (db, &added, error);

  return data->item != NULL;
}

static gboolean
take_unknown (
  BenkDb *db, const BenkCount *count, const BenkId *place, ScanData *data, GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkId added;

  data->item = benk_table_stocktake_find_code (db, &count->id, data->code, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  data->already = data->item != NULL;
  if (data->already)
    return TRUE;
  if (!benk_table_stocktake_add_item (db, &count->id, &BENK_ID_NIL, data->code, place,
                                      &added, error))
    return FALSE;
  data->item = benk_table_stocktake_get_item (db, &added, error);

  return data->item != NULL;
}

/* As it was typed; else as a scanner may have meant it, or as one of our labels says. */
static GPtrArray *
find_devices (BenkDb *db, const char *code, GError **error)
{
  g_autoptr (GPtrArray) devices = benk_table_device_find_all (db, code, error);
  g_autoptr (BenkScan) scan = NULL;
  g_auto (GStrv) names = NULL;

  if (devices == NULL || devices->len > 0)
    return g_steal_pointer (&devices);
  scan = benk_scan_read (code, BENK_SCAN_CAPS_UNKNOWN);
  if (!benk_id_is_nil (&scan->id))
    {
      g_autoptr (GError) local = NULL;
      BenkDevice *device = benk_table_device_get (db, &scan->id, &local);

      if (device != NULL)
        g_ptr_array_add (devices, device);
      else if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  names = benk_scan_get_names (scan);
  for (guint i = 0; names[i] != NULL && devices->len == 0; i++)
    {
      g_ptr_array_unref (devices);
      devices = benk_table_device_find_all (db, names[i], error);
      if (devices == NULL)
        return NULL;
    }

  return g_steal_pointer (&devices);
}

static gboolean
do_scan (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ScanData *data = user_data;
  g_autoptr (BenkCount) count = benk_stocktake_require_open (db, error);
  g_autoptr (GPtrArray) devices = NULL;
  BenkDevice *device;
  BenkId place;

  if (count == NULL || !find_place (db, count, data->at, &place, error))
    return FALSE;
  benk_scope_set_subject (scope, &count->id);
  devices = find_devices (db, data->code, error);
  if (devices == NULL)
    return FALSE;
  if (devices->len == 0)
    return take_unknown (db, count, &place, data, error);
  device = choose_device (db, count, devices, error);

  return device != NULL && take_device (db, count, device, &place, data, error);
}

/* What our own papers and labels carry is a few lines; the serial is the second. */
static char *
take_code (const char *scanned)
{
  g_autofree char *code = strip (scanned);
  g_auto (GStrv) lines = code != NULL && g_str_has_prefix (code, "DOSEBENK ")
                           ? g_strsplit (code, "\n", 3)
                           : NULL;

  if (lines != NULL && lines[0] != NULL && lines[1] != NULL)
    return strip (lines[1]);

  return g_steal_pointer (&code);
}

/**
 * benk_stocktake_scan_async:
 * @self: the counts
 * @code: what was scanned or typed: a serial, asset number or IMEI, or our own code
 * @at: (nullable): where one is, by name; matters when every place is counted
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Counts one device. It is kept before @callback is called. What no device is called is
 * kept as well, unless it may not be written down.
 */
void
benk_stocktake_scan_async (BenkStocktake *self,
                           const char *code,
                           const char *at,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *taken = take_code (code);
  GError *error = NULL;
  ScanData *data;

  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  if (taken == NULL)
    g_set_error_literal (&error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("Nothing was scanned."));
  if (error != NULL || !benk_text_check_name (taken, &error) ||
      !benk_text_check_note (taken, &error))
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, benk_session_change_async);
      g_task_return_error (task, error);
      return;
    }
  data = g_new0 (ScanData, 1);
  data->code = g_steal_pointer (&taken);
  data->at = strip (at);
  benk_session_change_async (benk_stocktake_get_session (self), self, BENK_VERB_STOCKTAKE,
                             NULL, do_scan, data, (GDestroyNotify) scan_data_free,
                             cancellable, callback, user_data);
}

/**
 * benk_stocktake_scan_finish:
 * @self: the counts
 * @result: what the callback was given
 * @already: (out): whether it had been scanned before
 * @error: return location for an error
 *
 * Returns: (transfer full): what the count says of it, or %NULL with @error set
 */
BenkCountItem *
benk_stocktake_scan_finish (BenkStocktake *self,
                            GAsyncResult *result,
                            gboolean *already,
                            GError **error)
{
  ScanData *data = benk_session_change_finish (self, result, NULL, error);

  if (data == NULL)
    return NULL;
  *already = data->already;

  return g_object_ref (data->item);
}

/* --- fixing --- */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, sentence);
  return FALSE;
}

/* Where it was found; what the person says where the count does not know. */
static gboolean
get_found_place (
  BenkDb *db, BenkCountItem *item, const char *named, BenkId *out_place, GError **error)
{
  *out_place = *benk_count_item_get_found_place_id (item);
  if (!benk_id_is_nil (out_place) || named == NULL)
    return TRUE;

  return benk_text_check_name (named, error) &&
         benk_table_place_ensure (db, named, benk_table_place_guess_kind (named),
                                  out_place, error);
}

static gboolean
fix_move (BenkDb *db, BenkCountItem *item, const BenkId *place, GError **error)
{
  if (benk_id_is_nil (place))
    return refuse (error, _ ("Say where it is."));

  return benk_table_device_set_place (db, benk_count_item_get_device_id (item), place,
                                      error) &&
         benk_table_stocktake_settle (db, benk_count_item_get_id (item), "move",
                                      &BENK_ID_NIL, place, error);
}

static gboolean
fix_state (BenkDb *db,
           BenkScope *scope,
           BenkCountItem *item,
           const BenkId *place,
           FixData *data,
           GError **error)
{
  const BenkId *device = benk_count_item_get_device_id (item);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *settled =
    g_strdup_printf ("state:%s", benk_device_state_to_name (data->state));
  BenkId note;

  if (!benk_text_check_note (data->reason, error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_REASON, data->reason, device, &note,
                                      error))
    return FALSE;
  if (data->reason != NULL)
    g_hash_table_insert (reasons, (gpointer) "*", data->reason);
  benk_scope_set_reason (scope, &note);
  if (!benk_device_change_state (db, device, data->state, reasons, 0, &note, error))
    return FALSE;
  if (!benk_id_is_nil (place) && benk_stock_is_on_shelf (data->state) &&
      !benk_table_device_set_place (db, device, place, error))
    return FALSE;

  return benk_table_stocktake_settle (db, benk_count_item_get_id (item), settled,
                                      &BENK_ID_NIL, place, error);
}

static gboolean
fix_register (BenkDb *db,
              BenkScope *scope,
              BenkCountItem *item,
              const BenkId *place,
              FixData *data,
              GError **error)
{
  const char *code = benk_count_item_get_code (item);
  g_autoptr (BenkDevice) device = benk_device_new ();
  gboolean twin;

  if (code == NULL || !benk_id_is_nil (benk_count_item_get_device_id (item)))
    return refuse (error, _ ("It is registered already."));
  benk_device_set_model_id (device, data->model_id);
  benk_device_set_serial (device, code);
  benk_device_set_vendor (device, data->vendor);
  benk_device_set_state (device, BENK_DEVICE_STATE_RECEIVED);
  if (!benk_table_device_check_said (db, device, data->another, &twin, error) ||
      !benk_table_device_insert (db, device, NULL, error) ||
      (twin && !benk_table_device_mark_twin (db, benk_device_get_id (device), error)))
    return FALSE;
  if (!benk_id_is_nil (place) &&
      !benk_table_device_set_place (db, benk_device_get_id (device), place, error))
    return FALSE;
  benk_scope_set_subject (scope, benk_device_get_id (device));

  return benk_table_stocktake_settle (db, benk_count_item_get_id (item), "register",
                                      benk_device_get_id (device), place, error);
}

static gboolean
do_fix (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  FixData *data = user_data;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkCountItem) item =
    benk_table_stocktake_get_item (db, &data->item, &local);
  const BenkId *device;
  BenkId place;

  if (item == NULL)
    {
      if (local == NULL)
        refuse (&local, _ ("It is not in the count any more."));
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  device = benk_count_item_get_device_id (item);
  if (benk_id_is_nil (device) && data->fix != BENK_COUNT_FIX_REGISTER &&
      data->fix != BENK_COUNT_FIX_LEAVE)
    return refuse (error, _ ("It is not registered yet."));
  if (!get_found_place (db, item, data->place, &place, error))
    return FALSE;
  benk_scope_set_subject (scope, benk_id_is_nil (device) ? &data->item : device);
  switch (data->fix)
    {
    case BENK_COUNT_FIX_MOVE:
      return fix_move (db, item, &place, error);
    case BENK_COUNT_FIX_STATE:
      return fix_state (db, scope, item, &place, data, error);
    case BENK_COUNT_FIX_REGISTER:
      return fix_register (db, scope, item, &place, data, error);
    case BENK_COUNT_FIX_LEAVE:
    default:
      return benk_table_stocktake_settle (db, &data->item, "leave", &BENK_ID_NIL,
                                          &BENK_ID_NIL, error);
    }
}

static BenkVerb
get_verb (BenkCountFix fix)
{
  switch (fix)
    {
    case BENK_COUNT_FIX_MOVE:
      return BENK_VERB_MOVE;
    case BENK_COUNT_FIX_STATE:
      return BENK_VERB_SET_STATE;
    case BENK_COUNT_FIX_REGISTER:
      return BENK_VERB_REGISTER;
    case BENK_COUNT_FIX_LEAVE:
    default:
      return BENK_VERB_STOCKTAKE;
    }
}

/**
 * benk_stocktake_settle_async:
 * @self: the counts
 * @fix: what is to be done; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Does something about a difference, in one change that can be undone alone.
 */
void
benk_stocktake_settle_async (BenkStocktake *self,
                             const BenkStocktakeFix *fix,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  BenkSession *session = benk_stocktake_get_session (self);
  BenkModel *model = NULL;
  FixData *data;

  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  if (fix->fix == BENK_COUNT_FIX_REGISTER)
    {
      GPtrArray *models =
        benk_inventory_get_models (benk_session_get_inventory (session));

      model = fix->model_id != NULL ? benk_model_match (models, fix->model_id) : NULL;
      if (model == NULL)
        {
          g_task_report_new_error (self, callback, user_data, benk_session_change_async,
                                   BENK_ERROR, BENK_ERROR_INVALID,
                                   _ ("“%s” is not a model that this program knows."),
                                   fix->model_id != NULL ? fix->model_id : "");
          return;
        }
    }
  data = g_new0 (FixData, 1);
  data->item = fix->item;
  data->fix = fix->fix;
  data->state = fix->state;
  data->model_id = g_strdup (model != NULL ? benk_model_get_id (model) : NULL);
  data->vendor = g_strdup (model != NULL ? benk_model_get_vendor (model) : NULL);
  data->another = fix->another;
  data->place = strip (fix->place);
  data->reason = strip (fix->reason);
  benk_session_change_async (session, self, get_verb (fix->fix), NULL, do_fix, data,
                             (GDestroyNotify) fix_data_free, cancellable, callback,
                             user_data);
}
