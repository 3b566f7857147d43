/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkSwap *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_checklist_start_finish (BENK_SESSION (source), result, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_swap_set_checklist (self, list);
  g_task_return_pointer (task, g_steal_pointer (&list), g_object_unref);
}

static gboolean
is_of (BenkChecklist *list, BenkDevice *device)
{
  const BenkChecklistWork *work = benk_checklist_get_work (list);

  return benk_checklist_work_find_member (work, benk_device_get_id (device)) != NULL;
}

/**
 * benk_swap_open_checklist_async:
 * @self: a swap
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Starts the list for making the new device ready for the user of the old one, or takes
 * up again the one that was begun.
 */
void
benk_swap_open_checklist_async (BenkSwap *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkChecklist *list = benk_swap_peek_checklist (self);
  BenkChecklistStart start = { .task = BENK_TASK_MAKE_READY,
                               .n_devices = 1,
                               .resume = TRUE,
                               .reference = benk_swap_get_reference (self) };
  BenkDevice *device;

  g_task_set_source_tag (task, benk_swap_open_checklist_async);
  if (benk_swap_get_chosen (self) == NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                               _ ("No device is chosen that takes over."));
      return;
    }
  device = benk_swap_choice_get_device (benk_swap_get_chosen (self));
  if (list != NULL && is_of (list, device))
    {
      g_task_return_pointer (task, g_object_ref (list), g_object_unref);
      return;
    }
  start.devices = benk_device_get_id (device);
  start.model_id = benk_device_get_model_id (device);
  benk_checklist_start_async (benk_swap_get_session (self), &start, cancellable,
                              on_started, g_object_ref (task));
}

/** benk_swap_open_checklist_finish: Returns: (transfer full): the list, or %NULL */
BenkChecklist *
benk_swap_open_checklist_finish (BenkSwap *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
