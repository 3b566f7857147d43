/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-card-private.h"

#include <glib/gi18n.h>

#include "benk-alarm.h"
#include "benk-call-facts-private.h"
#include "benk-device-view.h"
#include "benk-fact-record.h"
#include "benk-forecast.h"
#include "benk-history-item.h"
#include "benk-history.h"
#include "benk-inventory-private.h"
#include "benk-lifecycle.h"
#include "benk-plan.h"
#include "benk-proof.h"
#include "benk-return-case.h"
#include "benk-run.h"
#include "benk-session-change.h"
#include "benk-table-alarm.h"
#include "benk-table-alias.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-owed-task.h"
#include "benk-table-plan.h"
#include "benk-table-proof.h"
#include "benk-table-reservation.h"
#include "benk-table-return.h"
#include "benk-table-run.h"
#include "benk-table-transition.h"
#include "benk-wording.h"

/* As many rows of history as somebody reads. */
#define HISTORY_ROWS 500

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _BenkDeviceCard
{
  GObject parent_instance;

  BenkDevice *device;
  char *sentence;
  gint64 trial_ms;
  GListStore *next;
  GListStore *facts;
  GListStore *runs;
  GListStore *proofs;
  GListStore *alarms;
  GListStore *returns;
  GListStore *owed;
  BenkPlanVersion *plan;
  GListStore *history;
  GListStore *joined;
  GListStore *doubles;
  BenkReservation *reservation;
  GPtrArray *accessories;
  BenkCallFacts call_facts;
};

G_DEFINE_FINAL_TYPE (BenkDeviceCard, benk_device_card, G_TYPE_OBJECT)

static void
benk_device_card_finalize (GObject *object)
{
  BenkDeviceCard *self = BENK_DEVICE_CARD (object);

  g_clear_object (&self->device);
  g_clear_object (&self->next);
  g_clear_object (&self->facts);
  g_clear_object (&self->runs);
  g_clear_object (&self->proofs);
  g_clear_object (&self->alarms);
  g_clear_object (&self->returns);
  g_clear_object (&self->owed);
  g_clear_object (&self->plan);
  g_clear_object (&self->history);
  g_clear_object (&self->joined);
  g_clear_object (&self->doubles);
  g_clear_pointer (&self->reservation, benk_reservation_free);
  g_clear_pointer (&self->accessories, g_ptr_array_unref);
  g_free (self->sentence);
  G_OBJECT_CLASS (benk_device_card_parent_class)->finalize (object);
}

static void
benk_device_card_class_init (BenkDeviceCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_device_card_finalize;
}

static void
benk_device_card_init (BenkDeviceCard *self)
{
  self->next = g_list_store_new (BENK_TYPE_NEXT_STATE);
  self->facts = g_list_store_new (BENK_TYPE_FACT_RECORD);
  self->runs = g_list_store_new (BENK_TYPE_RUN);
  self->proofs = g_list_store_new (BENK_TYPE_PROOF);
  self->alarms = g_list_store_new (BENK_TYPE_ALARM);
  self->returns = g_list_store_new (BENK_TYPE_RETURN_CASE);
  self->owed = g_list_store_new (BENK_TYPE_NEXT_GUARD);
  self->history = g_list_store_new (BENK_TYPE_HISTORY_ITEM);
  self->joined = g_list_store_new (BENK_TYPE_DEVICE);
  self->doubles = g_list_store_new (BENK_TYPE_DEVICE);
}

/* @objects: (transfer full) (nullable): %NULL with the error set already */
static gboolean
take_all (GListStore *list, GPtrArray *objects)
{
  g_autoptr (GPtrArray) owned = objects;

  if (owned == NULL)
    return FALSE;
  g_list_store_splice (list, 0, 0, owned->pdata, owned->len);

  return TRUE;
}

/* What stands between a device that is back and its next use. */
static char *
describe_remainder (BenkDeviceCard *self, gboolean removed)
{
  gboolean proven = benk_device_get_reset_proven (self->device);

  switch (benk_device_get_state (self->device))
    {
    case BENK_DEVICE_STATE_QUARANTINE:
    case BENK_DEVICE_STATE_FAULTY:
      if (removed)
        return g_strdup (proven ? _ ("medicine removed, reset proven")
                                : _ ("medicine removed, not reset"));
      return g_strdup (proven ? _ ("reset proven") : _ ("not reset"));
    case BENK_DEVICE_STATE_TRIAL:
      /* Translators: follows "Trial since 12 Feb: " */
      return g_strdup_printf (_ ("day %d of the user's trial"),
                              (int) (self->trial_ms / MS_PER_DAY) + 1);
    case BENK_DEVICE_STATE_TO_COLLECT:
      return g_strdup (removed ? _ ("medicine removed") : _ ("medicine not removed"));
    default:
      return NULL;
    }
}

static char *
compose_sentence (BenkDeviceCard *self, gint64 now_ms, gboolean removed)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 since_ms = benk_device_get_state_since_ms (self->device);
  g_autofree char *since = benk_wording_instant (since_ms, now_ms, zone);
  g_autofree char *remainder = describe_remainder (self, removed);
  const char *label = benk_device_describe_state (self->device);

  if (remainder != NULL)
    /* Translators: state, since when, what is still open: "Quarantine since 12 Feb: not
     * reset" */
    return g_strdup_printf (_ ("%s since %s: %s"), label, since, remainder);

  /* Translators: state, since when */
  return g_strdup_printf (_ ("%s since %s"), label, since);
}

static gboolean
read_next (BenkDeviceCard *self, BenkDb *db, GError **error)
{
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (db, benk_device_get_id (self->device), error);
  g_autoptr (GPtrArray) rows = NULL;

  if (view == NULL)
    return FALSE;

  self->trial_ms = benk_lifecycle_view_get_trial_ms (view);
  self->accessories =
    benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view));
  rows = benk_lifecycle_next (benk_lifecycle_view_get_kind (view),
                              benk_device_get_state (self->device));
  for (guint i = 0; i < rows->len; i++)
    {
      const BenkLifecycleRow *row = g_ptr_array_index (rows, i);
      g_autoptr (BenkNextState) next = benk_next_state_new (view, row->to);

      g_list_store_append (self->next, next);
    }

  return TRUE;
}

static gboolean
read_owed (BenkDeviceCard *self, BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) tasks =
    benk_table_owed_task_list (db, benk_device_get_id (self->device), error);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      BenkOwedTask *task = g_ptr_array_index (tasks, i);
      const BenkGuard *guard = benk_guard_find (task->guard);
      g_autoptr (BenkNextGuard) owed =
        guard != NULL ? benk_next_guard_new (guard, FALSE, task->due_ms, task->reason)
                      : NULL;

      if (owed != NULL)
        g_list_store_append (self->owed, owed);
    }

  return tasks != NULL;
}

/* Whether the medicine was taken out in this state or the one before. */
static gboolean
read_removed (BenkDb *db, const BenkId *device, gboolean *removed, GError **error)
{
  gint64 order;

  return benk_table_transition_get_stay_before (db, device, &order, error) &&
         benk_table_fact_is_attested (db, device, BENK_FACT_MEDICINE_REMOVED, order,
                                      removed, error);
}

static GPtrArray *
read_joined (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GArray) ids = benk_table_alias_list (db, device, error);

  return ids != NULL
           ? benk_table_device_get_many (db, (const BenkId *) (gpointer) ids->data,
                                         ids->len, error)
           : NULL;
}

static gboolean
read_reservation (BenkDeviceCard *self, BenkDb *db, GError **error)
{
  g_autofree char *today = benk_forecast_get_today (benk_db_get_wall_ms (db));
  g_autoptr (GError) local = NULL;

  self->reservation =
    benk_table_reservation_find (db, benk_device_get_id (self->device), today, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The settings that the device is known to hold; none if nothing says so any more. */
static gboolean
read_plan (BenkDeviceCard *self, BenkDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanRow) row =
    benk_table_plan_get_in_device (db, benk_device_get_id (self->device), &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row != NULL)
    self->plan = benk_table_plan_get_version (db, &row->id, error);

  return row == NULL || self->plan != NULL;
}

/* Reads everything the page of a device shows, as of one instant; of a row that was
 * joined to another, the other. */
BenkDeviceCard *
benk_device_card_read (BenkDb *db, const BenkId *asked, GError **error)
{
  g_autoptr (BenkDeviceCard) self = g_object_new (BENK_TYPE_DEVICE_CARD, NULL);
  gboolean removed;
  BenkId id;
  const BenkId *device = &id;

  if (!benk_table_alias_resolve (db, asked, &id, error))
    return NULL;
  self->device = benk_table_device_get (db, device, error);
  if (self->device == NULL || !read_next (self, db, error) ||
      !read_owed (self, db, error) ||
      !take_all (self->facts, benk_table_fact_list (db, device, error)) ||
      !take_all (self->runs, benk_table_run_list (db, device, error)) ||
      !take_all (self->proofs, benk_table_proof_list (db, device, error)) ||
      !take_all (self->alarms, benk_table_alarm_list_device (db, device, error)) ||
      !take_all (self->returns, benk_table_return_list_device (db, device, error)) ||
      !take_all (self->history,
                 benk_history_read_device (db, device, HISTORY_ROWS, error)) ||
      !take_all (self->joined, read_joined (db, device, error)) ||
      !take_all (self->doubles, benk_table_device_list_doubles (db, device, error)) ||
      !read_removed (db, device, &removed, error) || !read_plan (self, db, error) ||
      !read_reservation (self, db, error) ||
      !benk_call_facts_read (db, device, G_LIST_MODEL (self->runs),
                             G_LIST_MODEL (self->alarms), &self->call_facts, error))
    return NULL;

  self->sentence = compose_sentence (self, benk_db_get_wall_ms (db), removed);

  return g_steal_pointer (&self);
}

static gpointer
run_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_device_card_read (db, data, error);
}

/**
 * benk_inventory_load_async:
 * @self: the inventory
 * @device: a device
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads one device with everything its page shows.
 */
void
benk_inventory_load_async (BenkInventory *self,
                           const BenkId *device,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  benk_session_read_async (benk_inventory_get_session (self), self, run_load,
                           benk_id_copy (device), (GDestroyNotify) benk_id_free,
                           g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_inventory_load_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the device as of one instant; %NULL with
 *   %BENK_ERROR_NOT_FOUND or another error
 */
BenkDeviceCard *
benk_inventory_load_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/**
 * benk_device_card_get_device:
 * @self: a card
 *
 * Returns: (transfer none): the device
 */
BenkDevice *
benk_device_card_get_device (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return self->device;
}

/**
 * benk_device_card_get_sentence:
 * @self: a card
 *
 * Returns: (transfer none): the state as a sentence
 */
const char *
benk_device_card_get_sentence (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return self->sentence;
}

/**
 * benk_device_card_get_next:
 * @self: a card
 *
 * Returns: (transfer none): what it may do next, as #BenkNextState
 */
GListModel *
benk_device_card_get_next (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->next);
}

/**
 * benk_device_card_get_accessories:
 * @self: a card
 *
 * Returns: (transfer none) (element-type BenkAccessory): how its accessories stand: what
 *   its model lists, then others of which something was said
 */
GPtrArray *
benk_device_card_get_accessories (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return self->accessories;
}

/**
 * benk_device_card_get_facts:
 * @self: a card
 *
 * Returns: (transfer none): what was attested, as #BenkFactRecord, newest first
 */
GListModel *
benk_device_card_get_facts (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->facts);
}

/**
 * benk_device_card_get_runs:
 * @self: a card
 *
 * Returns: (transfer none): jobs on it, as #BenkRun, newest first
 */
GListModel *
benk_device_card_get_runs (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->runs);
}

/**
 * benk_device_card_get_proofs:
 * @self: a card
 *
 * Returns: (transfer none): its proofs, as #BenkProof, newest first
 */
GListModel *
benk_device_card_get_proofs (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->proofs);
}

/**
 * benk_device_card_get_alarms:
 * @self: a card
 *
 * Returns: (transfer none): its alarms, as #BenkAlarm, newest first
 */
GListModel *
benk_device_card_get_alarms (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->alarms);
}

/**
 * benk_device_card_get_returns:
 * @self: a card
 *
 * Returns: (transfer none): its returns, as #BenkReturnCase, newest first
 */
GListModel *
benk_device_card_get_returns (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->returns);
}

/**
 * benk_device_card_get_owed:
 * @self: a card
 *
 * Returns: (transfer none): what was put off and is not done, as #BenkNextGuard with due
 *   time and reason, the soonest first
 */
GListModel *
benk_device_card_get_owed (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->owed);
}

/**
 * benk_device_card_get_history:
 * @self: a card
 *
 * Returns: (transfer none): what happened to it, as #BenkHistoryItem, newest first
 */
GListModel *
benk_device_card_get_history (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->history);
}

/**
 * benk_device_card_get_joined:
 * @self: a card
 *
 * Returns: (transfer none): rows that were found to be this device, as #BenkDevice
 */
GListModel *
benk_device_card_get_joined (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->joined);
}

/**
 * benk_device_card_get_doubles:
 * @self: a card
 *
 * Returns: (transfer none): other devices with the same serial, as #BenkDevice
 */
GListModel *
benk_device_card_get_doubles (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return G_LIST_MODEL (self->doubles);
}

/**
 * benk_device_card_get_reservation:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): for whom it is kept; %NULL if for nobody
 */
const BenkReservation *
benk_device_card_get_reservation (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return self->reservation;
}

/**
 * benk_device_card_get_call_facts:
 * @self: a card
 *
 * Returns: (transfer none): what the device itself has told
 */
const BenkCallFacts *
benk_device_card_get_call_facts (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);
  return &self->call_facts;
}

/**
 * benk_device_card_get_plan:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): the settings that the device was last verified to
 *   hold; %NULL where that is not known, or no longer
 */
BenkPlanVersion *
benk_device_card_get_plan (BenkDeviceCard *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_CARD (self), NULL);

  return self->plan;
}
