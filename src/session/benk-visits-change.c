/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-note.h"
#include "benk-text-check.h"
#include "benk-visit-settings-private.h"

/* A tick on its way: what was scanned is looked up before it is signed. */
typedef struct
{
  BenkVisit *visit;
  BenkFactKind fact;
  char *text;
  char *stated_by;
} Tick;

static void
tick_free (Tick *tick)
{
  g_clear_object (&tick->visit);
  g_free (tick->text);
  g_free (tick->stated_by);
  g_free (tick);
}

static void
on_visit_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_visits_refresh_finish (BENK_VISITS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full): whose answer comes when @visit shows it */
static void
read_again (GTask *task, BenkVisit *visit)
{
  benk_visits_refresh_async (g_task_get_source_object (task), visit, NULL, on_visit_read,
                             task);
}

static void
on_attested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tick *tick = g_task_get_task_data (task);
  GError *error = NULL;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, NULL, &error))
    read_again (g_object_ref (task), tick->visit);
  else
    g_task_return_error (task, error);
}

static void
attest (GTask *task, BenkInventory *inventory)
{
  Tick *tick = g_task_get_task_data (task);

  benk_inventory_attest_async (inventory,
                               benk_device_get_id (benk_visit_get_device (tick->visit)),
                               tick->fact, tick->text, tick->stated_by,
                               g_task_get_cancellable (task), on_attested,
                               g_object_ref (task));
}

static char *
describe_device (gpointer inventory, BenkDevice *device)
{
  GPtrArray *models = benk_inventory_get_models (BENK_INVENTORY (inventory));

  return benk_visit_describe_device (benk_model_find (models,
                                                      benk_device_get_model_id (device)),
                                     device);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tick *tick = g_task_get_task_data (task);
  BenkDevice *wanted = benk_visit_get_device (tick->visit);
  GError *error = NULL;
  g_autoptr (BenkDevice) found =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else if (benk_id_equal (benk_device_get_id (found), benk_device_get_id (wanted)))
    attest (task, BENK_INVENTORY (source));
  else
    {
      g_autofree char *in_hand = describe_device (source, found);
      g_autofree char *on_card = describe_device (source, wanted);

      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CONFLICT,
                               _ ("The device in hand is %s, but this visit is about "
                                  "%s."),
                               in_hand, on_card);
    }
}

/**
 * benk_visits_tick_async:
 * @self: the visits
 * @visit: a visit
 * @item: what of it
 * @text: (nullable): what was scanned or found
 * @stated_by: (nullable): role and name of who states it, where that is asked for
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is signed or refused
 * @user_data: for @callback
 *
 * Signs one thing. The right device is compared with the card; another one is a
 * %BENK_ERROR_CONFLICT that names both.
 */
void
benk_visits_tick_async (BenkVisits *self,
                        BenkVisit *visit,
                        const char *item,
                        const char *text,
                        const char *stated_by,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const BenkVisitThing *thing = benk_visit_find_thing (benk_visit_get_kind (visit), item);
  BenkInventory *inventory = benk_session_get_inventory (benk_visits_get_session (self));
  Tick *tick = g_new0 (Tick, 1);

  tick->visit = g_object_ref (visit);
  tick->fact = thing != NULL ? thing->fact : BENK_FACT_NONE;
  tick->text = g_strdup (text);
  tick->stated_by = g_strdup (stated_by);
  g_task_set_task_data (task, tick, (GDestroyNotify) tick_free);
  if (thing == NULL || thing->fact == BENK_FACT_NONE)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_USAGE,
                             _ ("“%s” is not something to tick in this visit."), item);
  else if (thing->fact == BENK_FACT_RIGHT_DEVICE)
    benk_inventory_find_async (inventory, text != NULL ? text : "", cancellable, on_found,
                               g_object_ref (task));
  else
    attest (task, inventory);
}

/**
 * benk_visits_tick_finish:
 * @self: the visits
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is signed
 */
gboolean
benk_visits_tick_finish (BenkVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the end --- */

typedef struct
{
  BenkVisit *visit;
  BenkId id;
  char *reason;
  gboolean done;
  gboolean demo;
} Ending;

static void
ending_free (Ending *self)
{
  g_clear_object (&self->visit);
  g_free (self->reason);
  g_free (self);
}

static gboolean
check_settings (BenkDb *db, const BenkVisitRow *row, gboolean demo, GError **error)
{
  g_auto (BenkVisitSettings) settings = { 0 };

  if (!benk_visit_settings_load (db, demo, &row->device, &settings, error))
    return FALSE;
  if (settings.known != BENK_SETTINGS_UNCERTAIN)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("It is not known which settings the dispenser holds. Plug it "
                          "in so that it can be read."));
  return FALSE;
}

static gboolean
follow_state (BenkDb *db,
              BenkScope *scope,
              const BenkVisitRow *row,
              const char *reason,
              GError **error)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &row->device, error);
  BenkDeviceState goal;
  BenkId note;

  if (device == NULL || !benk_text_check_note (reason, error))
    return FALSE;
  /* Another window may have brought it there already. */
  if (!benk_visit_get_goal (row->kind, &goal) || benk_device_get_state (device) == goal)
    return TRUE;
  if (!benk_table_note_add_of_device (db, BENK_NOTE_REASON, reason, &row->device, &note,
                                      error))
    return FALSE;
  if (reason != NULL)
    g_hash_table_insert (reasons, (gpointer) "*", (gpointer) reason);
  benk_scope_set_reason (scope, &note);

  return benk_device_change_state (db, &row->device, goal, reasons, 0, &note, error);
}

static gboolean
do_end (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Ending *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkVisitRow) row = benk_table_visit_get (db, &self->id, &local);

  if (row == NULL)
    {
      if (local == NULL)
        g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                             _ ("There is no such visit."));
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row->ended_ms != 0)
    return TRUE;
  benk_scope_set_subject (scope, &row->device);
  if (!self->done)
    row->left_ms = benk_scope_get_wall_ms (scope);
  else if (!check_settings (db, row, self->demo, error) ||
           !follow_state (db, scope, row, self->reason, error))
    return FALSE;
  else
    row->ended_ms = benk_scope_get_wall_ms (scope);

  return benk_table_visit_update (db, row, error);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Ending *ending = benk_session_change_finish (source, result, NULL, &error);

  if (ending != NULL)
    read_again (g_object_ref (task), ending->visit);
  else
    g_task_return_error (task, error);
}

static void
end (BenkVisits *self, BenkVisit *visit, gboolean done, const char *reason, GTask *task)
{
  BenkSession *session = benk_visits_get_session (self);
  Ending *ending = g_new0 (Ending, 1);
  BenkDeviceState goal;
  BenkVerb verb = done && benk_visit_get_goal (benk_visit_get_kind (visit), &goal)
                    ? BENK_VERB_SET_STATE
                    : BENK_VERB_VISIT;

  ending->visit = g_object_ref (visit);
  ending->id = *benk_visit_get_id (visit);
  ending->done = done;
  ending->demo = benk_session_is_demo (session);
  ending->reason = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  if (ending->reason != NULL && *ending->reason == '\0')
    g_clear_pointer (&ending->reason, g_free);
  benk_session_change_async (session, self, verb,
                             benk_device_get_id (benk_visit_get_device (visit)), do_end,
                             ending, (GDestroyNotify) ending_free,
                             g_task_get_cancellable (task), on_ended, task);
}

/**
 * benk_visits_done_async:
 * @self: the visits
 * @visit: a visit
 * @owed_reason: (nullable): why one goes on without what is owed
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is finished or refused
 * @user_data: for @callback
 *
 * Finishes a visit: the trial starts, or the device has come back. Every guard of that
 * change must hold; what is missing is named.
 */
void
benk_visits_done_async (BenkVisits *self,
                        BenkVisit *visit,
                        const char *owed_reason,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  end (self, visit, TRUE, owed_reason,
       g_task_new (self, cancellable, callback, user_data));
}

/**
 * benk_visits_leave_async:
 * @self: the visits
 * @visit: a visit
 * @cancellable: (nullable): a cancellable
 * @callback: called when that is kept
 * @user_data: for @callback
 *
 * Leaves a visit as it is. It can be gone on with.
 */
void
benk_visits_leave_async (BenkVisits *self,
                         BenkVisit *visit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  end (self, visit, FALSE, NULL, g_task_new (self, cancellable, callback, user_data));
}

/**
 * benk_visits_end_finish:
 * @self: the visits
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is kept
 */
gboolean
benk_visits_end_finish (BenkVisits *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
