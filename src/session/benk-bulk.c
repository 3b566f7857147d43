/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-lifecycle.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-note.h"
#include "benk-table-place.h"
#include "benk-table-reservation.h"
#include "benk-text-check.h"

/* So often is told how far it is, in devices. */
#define PROGRESS_STEP 32

enum
{
  PROP_PROGRESS = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkBulk, benk_bulk, G_TYPE_OBJECT)

typedef struct
{
  BenkBulk *bulk;
  GArray *devices;
  char *reason;
  GCancellable *cancellable;
} ApplyJob;

static void
apply_job_free (ApplyJob *job)
{
  g_object_unref (job->bulk);
  g_array_unref (job->devices);
  g_free (job->reason);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static gboolean
tell_progress (gpointer user_data)
{
  BenkBulk *self = user_data;

  g_atomic_int_set (&self->telling, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
  return G_SOURCE_REMOVE;
}

static void
start_counting (BenkBulk *self, guint n_all)
{
  g_atomic_int_set (&self->n_done, 0);
  g_atomic_int_set (&self->n_all, (int) n_all);
}

void
benk_bulk_count_one (BenkBulk *self)
{
  int n_done = g_atomic_int_add (&self->n_done, 1) + 1;

  if (n_done % PROGRESS_STEP == 0 &&
      g_atomic_int_compare_and_exchange (&self->telling, 0, 1))
    g_idle_add_full (G_PRIORITY_DEFAULT, tell_progress, g_object_ref (self),
                     g_object_unref);
}

static gboolean
change_state (
  BenkDb *db, BenkScope *scope, ApplyJob *job, const BenkId *id, GError **error)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  BenkId note;

  if (!benk_table_note_add_of_device (db, BENK_NOTE_REASON, job->reason, id, &note,
                                      error))
    return FALSE;
  if (job->reason != NULL)
    g_hash_table_insert (reasons, (gpointer) "*", job->reason);
  benk_scope_set_reason (scope, &note);

  return benk_device_change_state (db, id, job->bulk->to, reasons, 0, &note, error);
}

/* One that can no longer come along stops all: nobody agreed to a part. */
static gboolean
name_who (BenkDb *db, const BenkId *id, gboolean done, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  if (done || error == NULL || *error == NULL)
    return done;
  device = benk_table_device_get (db, id, NULL);
  if (device != NULL)
    g_prefix_error (error, "%s: ", benk_device_get_serial (device));

  return FALSE;
}

static gboolean
do_apply (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ApplyJob *job = user_data;
  BenkBulk *self = job->bulk;
  BenkId place = BENK_ID_NIL;

  if (self->kind == BENK_BULK_MOVE &&
      !benk_table_place_ensure (db, self->place,
                                benk_table_place_guess_kind (self->place), &place, error))
    return FALSE;
  for (guint i = 0; i < job->devices->len; i++)
    {
      const BenkId *id = &g_array_index (job->devices, BenkId, i);
      gboolean done;

      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
      if (self->kind == BENK_BULK_RESERVE)
        done = benk_bulk_reserve_one (self, db, id, error);
      else if (self->kind == BENK_BULK_GIVE_UP)
        done = benk_table_reservation_give_up (db, id, error);
      else if (self->kind == BENK_BULK_ACCESSORIES)
        done = benk_device_set_accessories (db, id, self->words, error);
      else if (self->kind == BENK_BULK_MOVE)
        done = benk_table_device_set_place (db, id, &place, error);
      else if (self->kind == BENK_BULK_SET_STATE)
        done = change_state (db, scope, job, id, error);
      else
        done = benk_inventory_attest_in_scope (db, id, self->fact, self->ref,
                                               self->stated_by, error);
      if (!name_who (db, id, done, error))
        return FALSE;
      benk_bulk_count_one (self);
    }
  if (job->devices->len == 1)
    benk_scope_set_subject (scope, &g_array_index (job->devices, BenkId, 0));

  return TRUE;
}

static void
benk_bulk_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_double (value, benk_bulk_get_progress (BENK_BULK (object)));
}

static void
benk_bulk_finalize (GObject *object)
{
  BenkBulk *self = BENK_BULK (object);

  g_clear_object (&self->inventory);
  g_clear_object (&self->refused);
  g_array_unref (self->devices);
  g_clear_pointer (&self->ready, g_array_unref);
  g_free (self->place);
  g_free (self->ref);
  g_free (self->stated_by);
  g_clear_pointer (&self->wishes, g_hash_table_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_bulk_parent_class)->finalize (object);
}

static void
benk_bulk_class_init (BenkBulkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_bulk_get_property;
  object_class->finalize = benk_bulk_finalize;
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
benk_bulk_init (BenkBulk *self)
{
  self->refused = g_list_store_new (BENK_TYPE_BULK_REFUSAL);
}

static char *
strip (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

BenkBulk *
benk_bulk_new (BenkInventory *inventory,
               BenkBulkKind kind,
               const BenkId *devices,
               gsize n_devices)
{
  BenkBulk *self = g_object_new (BENK_TYPE_BULK, NULL);

  self->inventory = g_object_ref (inventory);
  self->kind = kind;
  self->devices = g_array_sized_new (FALSE, FALSE, sizeof (BenkId), (guint) n_devices);
  g_array_append_vals (self->devices, devices, (guint) n_devices);

  return self;
}

/**
 * benk_bulk_new_move:
 * @inventory: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 * @place: (nullable): where to, by name; made if it is new. Empty = unknown
 *
 * Returns: (transfer full): a change that moves them
 */
BenkBulk *
benk_bulk_new_move (BenkInventory *inventory,
                    const BenkId *devices,
                    gsize n_devices,
                    const char *place)
{
  BenkBulk *self = benk_bulk_new (inventory, BENK_BULK_MOVE, devices, n_devices);

  self->place = strip (place);

  return self;
}

/**
 * benk_bulk_new_set_state:
 * @inventory: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 * @to: the state they are to have
 *
 * Returns: (transfer full): a change of their state, each by its own guards
 */
BenkBulk *
benk_bulk_new_set_state (BenkInventory *inventory,
                         const BenkId *devices,
                         gsize n_devices,
                         BenkDeviceState to)
{
  BenkBulk *self = benk_bulk_new (inventory, BENK_BULK_SET_STATE, devices, n_devices);

  self->to = to;

  return self;
}

/**
 * benk_bulk_new_attest:
 * @inventory: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 * @kind: what is attested of each
 * @ref: (nullable): a reference, where the fact asks for one
 * @stated_by: (nullable): who states it, where the fact asks for it
 *
 * Returns: (transfer full): a change that attests one fact of each; a fact is never taken
 *   back
 */
BenkBulk *
benk_bulk_new_attest (BenkInventory *inventory,
                      const BenkId *devices,
                      gsize n_devices,
                      BenkFactKind kind,
                      const char *ref,
                      const char *stated_by)
{
  BenkBulk *self = benk_bulk_new (inventory, BENK_BULK_ATTEST, devices, n_devices);

  self->fact = kind;
  self->ref = strip (ref);
  self->stated_by = strip (stated_by);

  return self;
}

/**
 * benk_bulk_get_progress:
 * @self: a change of many
 *
 * Returns: how far the look or the change that runs is, 0.0 to 1.0
 */
double
benk_bulk_get_progress (BenkBulk *self)
{
  int n_all = g_atomic_int_get (&self->n_all);

  return n_all > 0 ? (double) g_atomic_int_get (&self->n_done) / n_all : 0;
}

/**
 * benk_bulk_can_undo:
 * @self: a change of many
 *
 * Returns: whether such a change may be taken back
 */
gboolean
benk_bulk_can_undo (BenkBulk *self)
{
  g_return_val_if_fail (BENK_IS_BULK (self), FALSE);
  return self->kind == BENK_BULK_MOVE || self->kind == BENK_BULK_RESERVE ||
         self->kind == BENK_BULK_GIVE_UP || self->kind == BENK_BULK_ACCESSORIES ||
         (self->kind == BENK_BULK_SET_STATE &&
          benk_lifecycle_can_undo (BENK_DEVICE_STATE_RECEIVED, self->to));
}

static gboolean
check_words (BenkBulk *self, GError **error)
{
  if (self->kind == BENK_BULK_ATTEST &&
      !benk_fact_kind_check (self->fact, self->ref, self->stated_by, error))
    return FALSE;

  return benk_bulk_check_wishes (self, error) &&
         benk_text_check_name (self->place, error) &&
         benk_text_check_note (self->ref, error) &&
         benk_text_check_note (self->stated_by, error);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkBulk *self = BENK_BULK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkBulkPreview) preview = benk_session_read_finish (self, result, &error);

  if (preview == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->ready, g_array_unref);
  self->ready = g_array_ref (preview->ready);
  self->n_owing = preview->n_owing;
  self->n_same = preview->n_same;
  g_list_store_splice (self->refused, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->refused)),
                       preview->refused->pdata, preview->refused->len);
  g_task_return_boolean (task, TRUE);
}

/**
 * benk_bulk_preview_async:
 * @self: a change of many
 * @cancellable: (nullable): a cancellable
 * @callback: called when all were looked at
 * @user_data: for @callback
 *
 * Looks at each device: whether it can, and why not. Changes nothing.
 */
void
benk_bulk_preview_async (BenkBulk *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (BENK_IS_BULK (self));
  if (!check_words (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  start_counting (self, self->devices->len);
  benk_session_read_async (benk_inventory_get_session (self->inventory), self,
                           benk_bulk_look, g_object_ref (self), g_object_unref,
                           (GDestroyNotify) benk_bulk_preview_free, cancellable,
                           on_previewed, g_steal_pointer (&task));
}

/**
 * benk_bulk_preview_finish:
 * @self: a change of many
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all were looked at
 */
gboolean
benk_bulk_preview_finish (BenkBulk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_bulk_count_ready:
 * @self: a change of many that was looked at
 *
 * Returns: how many devices can come along
 */
guint
benk_bulk_count_ready (BenkBulk *self)
{
  g_return_val_if_fail (BENK_IS_BULK (self), 0);
  return self->ready != NULL ? self->ready->len : 0;
}

/**
 * benk_bulk_count_owing:
 * @self: a change of many that was looked at
 *
 * Returns: how many of those that can need a reason, because something is put off
 */
guint
benk_bulk_count_owing (BenkBulk *self)
{
  g_return_val_if_fail (BENK_IS_BULK (self), 0);
  return self->n_owing;
}

/**
 * benk_bulk_count_same:
 * @self: a change of many that was looked at
 *
 * Returns: how many are there already; nothing is done with them
 */
guint
benk_bulk_count_same (BenkBulk *self)
{
  g_return_val_if_fail (BENK_IS_BULK (self), 0);
  return self->n_same;
}

/**
 * benk_bulk_get_refused:
 * @self: a change of many that was looked at
 *
 * Returns: (transfer none): those that cannot, as #BenkBulkRefusal
 */
GListModel *
benk_bulk_get_refused (BenkBulk *self)
{
  g_return_val_if_fail (BENK_IS_BULK (self), NULL);
  return G_LIST_MODEL (self->refused);
}

/**
 * benk_bulk_apply_async:
 * @self: a change of many that was looked at
 * @owed_reason: (nullable): why what is owed is put off
 * @cancellable: (nullable): a cancellable; nothing is changed then
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Makes the change for all that can, in one scope. Every guard is asked again there: if
 * one of them cannot any more, nothing is changed.
 */
void
benk_bulk_apply_async (BenkBulk *self,
                       const char *owed_reason,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  static const BenkVerb verbs[] = { BENK_VERB_MOVE,    BENK_VERB_SET_STATE,
                                    BENK_VERB_ATTEST,  BENK_VERB_RESERVE,
                                    BENK_VERB_GIVE_UP, BENK_VERB_ACCESSORIES };
  GError *error = NULL;
  ApplyJob *job;

  g_return_if_fail (BENK_IS_BULK (self));
  if (!benk_text_check_note (owed_reason, &error) || benk_bulk_count_ready (self) == 0)
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      if (error == NULL)
        error = g_error_new_literal (BENK_ERROR, BENK_ERROR_REFUSED,
                                     _ ("None of these devices can."));
      g_task_set_source_tag (task, benk_session_change_async);
      g_task_return_error (task, error);
      return;
    }
  job = g_new0 (ApplyJob, 1);
  job->bulk = g_object_ref (self);
  job->devices = g_array_ref (self->ready);
  job->reason = strip (owed_reason);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  start_counting (self, job->devices->len);
  benk_session_change_async (benk_inventory_get_session (self->inventory), self,
                             verbs[self->kind], NULL, do_apply, job,
                             (GDestroyNotify) apply_job_free, cancellable, callback,
                             user_data);
}

/**
 * benk_bulk_apply_finish:
 * @self: a change of many
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log
 * @error: return location for an error
 *
 * Returns: %TRUE if it is kept for all that could; %FALSE if for none
 */
gboolean
benk_bulk_apply_finish (BenkBulk *self, GAsyncResult *result, gint64 *seq, GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
