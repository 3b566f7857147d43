/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-table-device.h"

struct _BenkVisits
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  BenkVisit *current;
  BenkReading *behind; /* how it goes with keeping the current one new */
};

enum
{
  PROP_0,
  PROP_CURRENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkVisits, benk_visits, G_TYPE_OBJECT)

static void
benk_visits_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_object (value, BENK_VISITS (object)->current);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
benk_visits_finalize (GObject *object)
{
  BenkVisits *self = BENK_VISITS (object);

  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->current);
  g_clear_object (&self->behind);
  G_OBJECT_CLASS (benk_visits_parent_class)->finalize (object);
}

static void
benk_visits_class_init (BenkVisitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_visits_get_property;
  object_class->finalize = benk_visits_finalize;

  /** BenkVisits:current: the #BenkVisit that this program shows now, or %NULL */
  properties[PROP_CURRENT] =
    g_param_spec_object ("current", NULL, NULL, BENK_TYPE_VISIT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_visits_init (BenkVisits *self)
{
  self->behind = benk_reading_new ();
}

static void
on_current_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkVisits *self = BENK_VISITS (source);
  g_autoptr (GError) error = NULL;

  benk_visits_refresh_finish (self, result, &error);
  benk_reading_end (self->behind, error);
}

static void
on_store_changed (BenkVisits *self)
{
  if (self->current != NULL && self->session != NULL)
    benk_visits_refresh_async (self, self->current, NULL, on_current_read, NULL);
}

/** benk_visits_new: Returns: (transfer full): the room of @session for visits */
BenkVisits *
benk_visits_new (BenkSession *session)
{
  BenkVisits *self = g_object_new (BENK_TYPE_VISITS, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->behind, "again", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

BenkSession *
benk_visits_get_session (BenkVisits *self)
{
  return self->session;
}

/**
 * benk_visits_get_reading:
 * @self: the visits
 *
 * Returns: (transfer none): how it goes with keeping the current visit new
 */
BenkReading *
benk_visits_get_reading (BenkVisits *self)
{
  g_return_val_if_fail (BENK_IS_VISITS (self), NULL);

  return self->behind;
}

/**
 * benk_visits_get_current:
 * @self: the visits
 *
 * Returns: (transfer none) (nullable): the visit that this program shows now
 */
BenkVisit *
benk_visits_get_current (BenkVisits *self)
{
  g_return_val_if_fail (BENK_IS_VISITS (self), NULL);

  return self->current;
}

/**
 * benk_visits_set_current:
 * @self: the visits
 * @visit: (nullable): what is shown now
 *
 * While a visit is shown, alarms are held back here; a visit that was only begun holds
 * nothing back.
 */
void
benk_visits_set_current (BenkVisits *self, BenkVisit *visit)
{
  g_return_if_fail (BENK_IS_VISITS (self));

  if (g_set_object (&self->current, visit))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/**
 * benk_visits_guess_kind:
 * @state: the state of a device
 * @out_kind: (out): what one would visit its home for
 *
 * Returns: %FALSE when there is no home to visit
 */
gboolean
benk_visits_guess_kind (BenkDeviceState state, BenkVisitKind *out_kind)
{
  switch ((int) state)
    {
    case BENK_DEVICE_STATE_PREPARING:
    case BENK_DEVICE_STATE_READY:
      *out_kind = BENK_VISIT_INSTALL;
      return TRUE;
    case BENK_DEVICE_STATE_TRIAL:
    case BENK_DEVICE_STATE_OPERATION:
    case BENK_DEVICE_STATE_PAUSED:
      *out_kind = BENK_VISIT_SETTINGS;
      return TRUE;
    case BENK_DEVICE_STATE_TO_COLLECT:
      *out_kind = BENK_VISIT_COLLECT;
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- beginning --- */

static gboolean
do_start (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkVisitRow *row = data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &row->device, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkVisitRow) open = NULL;
  BenkVisitKind usual;

  if (device == NULL)
    return FALSE;
  open = benk_table_visit_get_open (db, &row->device, row->kind, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (open != NULL)
    {
      row->id = open->id;
      return TRUE;
    }
  if (!benk_visits_guess_kind (benk_device_get_state (device), &usual) ||
      usual != row->kind)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("“%s” is not what a device that is “%s” is visited for."),
                   benk_visit_kind_get_label (row->kind),
                   benk_device_describe_state (device));
      return FALSE;
    }
  row->person = *benk_device_get_person_id (device);
  if (benk_id_is_nil (&row->person))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("It is not said whose home this is. Link the device to its "
                              "user first."));
      return FALSE;
    }

  return benk_table_visit_insert (db, row, error);
}

static void
on_started_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BenkVisitView *view = benk_session_read_finish (source, result, &error);

  if (view != NULL)
    g_task_return_pointer (task, benk_visit_new (view), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkVisits *self = BENK_VISITS (source);
  GError *error = NULL;
  BenkVisitRow *row = benk_session_change_finish (self, result, NULL, &error);

  if (row == NULL || self->session == NULL)
    {
      if (row == NULL)
        g_task_return_error (task, error);
      else
        g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CANCELLED,
                                 _ ("The store is closed."));
      return;
    }
  benk_session_read_async (self->session, self, benk_visit_load,
                           benk_visit_question_new (self->session, &row->id), g_free,
                           (GDestroyNotify) benk_visit_view_free, NULL, on_started_read,
                           g_object_ref (task));
}

/**
 * benk_visits_start_async:
 * @self: the visits
 * @device: a device that is with a user, or ready for one
 * @kind: what is to be done
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is begun or refused
 * @user_data: for @callback
 *
 * Begins a visit. One of the same kind that was left unfinished is gone on with.
 */
void
benk_visits_start_async (BenkVisits *self,
                         const BenkId *device,
                         BenkVisitKind kind,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  BenkVisitRow *row = g_new0 (BenkVisitRow, 1);

  row->device = *device;
  row->kind = kind;
  benk_session_change_async (self->session, self, BENK_VERB_VISIT, device, do_start, row,
                             (GDestroyNotify) benk_visit_row_free, cancellable,
                             on_started, task);
}

/**
 * benk_visits_start_finish:
 * @self: the visits
 * @result: what the callback was given
 * @error: return location for a %BENK_ERROR_REFUSED or another error
 *
 * Returns: (transfer full): the visit as it is now, or %NULL
 */
BenkVisit *
benk_visits_start_finish (BenkVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_visits_list_async:
 * @self: the visits
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads what was begun and is not finished.
 */
void
benk_visits_list_async (BenkVisits *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  benk_session_read_async (self->session, self, benk_visit_load_open,
                           benk_visit_question_new (self->session, NULL), g_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_visits_list_finish:
 * @self: the visits
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): a list of #BenkVisit, or %NULL with @error set
 */
GListModel *
benk_visits_list_finish (BenkVisits *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) views = benk_session_read_finish (self, result, error);
  GListStore *list;

  if (views == NULL)
    return NULL;
  list = g_list_store_new (BENK_TYPE_VISIT);
  while (views->len > 0)
    {
      g_autoptr (BenkVisit) visit = benk_visit_new (g_ptr_array_steal_index (views, 0));

      g_list_store_append (list, visit);
    }

  return G_LIST_MODEL (list);
}

/* --- reading again --- */

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BenkVisitView *view = benk_session_read_finish (source, result, &error);

  if (view == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_visit_take (g_task_get_task_data (task), view);
  g_task_return_boolean (task, TRUE);
}

/**
 * benk_visits_refresh_async:
 * @self: the visits
 * @visit: a visit
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a visit as it is now.
 */
void
benk_visits_refresh_async (BenkVisits *self,
                           BenkVisit *visit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (visit), g_object_unref);
  benk_session_read_async (self->session, self, benk_visit_load,
                           benk_visit_question_new (self->session,
                                                    benk_visit_get_id (visit)),
                           g_free, (GDestroyNotify) benk_visit_view_free, cancellable,
                           on_refreshed, task);
}

/**
 * benk_visits_refresh_finish:
 * @self: the visits
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the visit is as it is now
 */
gboolean
benk_visits_refresh_finish (BenkVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
