/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist-fixture.h"

#include <glib/gstdio.h>

/* Past the guards, as a change of another process. */
BenkDevice *
benk_checklist_fixture_put (BenkSessionFixture *self,
                            const char *model,
                            const char *serial,
                            BenkDeviceState state)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_model_id (device, model);
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, state);
  benk_session_fixture_insert (self, device);
  return benk_session_fixture_find (self, serial);
}

BenkDeviceState
benk_checklist_fixture_get_state (BenkSessionFixture *self, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (self, serial);

  return benk_device_get_state (device);
}

/* Also where the clock of the test is not run by hand. */
static GAsyncResult *
await (GAsyncResult **slot)
{
  return benk_session_fixture_wait (slot);
}

BenkChecklist *
benk_checklist_fixture_try_start (BenkSession *session,
                                  BenkTask task,
                                  BenkDevice **devices,
                                  guint n_devices,
                                  const char *reference,
                                  GError **error)
{
  g_autofree BenkId *ids = g_new0 (BenkId, n_devices);
  g_autoptr (GAsyncResult) result = NULL;
  BenkChecklistStart start = { .model_id = benk_device_get_model_id (devices[0]),
                               .task = task,
                               .devices = ids,
                               .n_devices = n_devices,
                               .reference = reference };

  for (guint i = 0; i < n_devices; i++)
    ids[i] = *benk_device_get_id (devices[i]);
  benk_checklist_start_async (session, &start, NULL, benk_session_fixture_keep, &result);
  return benk_checklist_start_finish (session, await (&result), error);
}

BenkChecklist *
benk_checklist_fixture_start (BenkSession *session,
                              BenkTask task,
                              BenkDevice *device,
                              const char *reference)
{
  g_autoptr (GError) error = NULL;
  BenkChecklist *list =
    benk_checklist_fixture_try_start (session, task, &device, 1, reference, &error);

  g_assert_no_error (error);
  return list;
}

gboolean
benk_checklist_fixture_tick (BenkChecklist *list,
                             const BenkId *member,
                             const BenkChecklistTick *tick,
                             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_tick_async (list, member, tick, NULL, benk_session_fixture_keep,
                             &result);
  return benk_checklist_change_finish (list, await (&result), NULL, error);
}

/* Ticks a step with what it asks for, or takes the tick back, for all. */
void
benk_checklist_fixture_set (BenkChecklist *list, const char *step, gboolean done)
{
  BenkChecklistTick tick = { .step = (char *) step,
                             .done = done,
                             .value = (char *) "value typed",
                             .stated_by = (char *) "Nurse Named" };
  g_autoptr (GError) error = NULL;

  benk_checklist_fixture_tick (list, NULL, &tick, &error);
  g_assert_no_error (error);
}

void
benk_checklist_fixture_tick_all (BenkChecklist *list)
{
  guint n = benk_checklist_get_work (list)->form->steps->len;

  for (guint i = 0; i < n; i++)
    {
      const BenkChecklistWork *work = benk_checklist_get_work (list);
      const BenkFormStep *step = g_ptr_array_index (work->form->steps, i);
      g_autofree char *id = g_strdup (step->id);

      g_assert_false (benk_checklist_is_complete (list, NULL));
      benk_checklist_fixture_set (list, id, TRUE);
    }
  g_assert_true (benk_checklist_is_complete (list, NULL));
}

gboolean
benk_checklist_fixture_complete (BenkChecklist *list, char **sentence, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_complete_async (list, NULL, benk_session_fixture_keep, &result);
  return benk_checklist_change_finish (list, await (&result), sentence, error);
}

/* A whole list. Returns: (transfer full): what is kept, in words */
char *
benk_checklist_fixture_do (BenkSession *session,
                           BenkTask task,
                           BenkDevice *device,
                           const char *reference)
{
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (session, task, device, reference);
  g_autoptr (GError) error = NULL;
  char *sentence = NULL;

  benk_checklist_fixture_tick_all (list);
  benk_checklist_fixture_complete (list, &sentence, &error);
  g_assert_no_error (error);
  return sentence;
}

void
benk_checklist_fixture_remove_photos (BenkSessionFixture *self)
{
  g_autofree char *folder = g_strconcat (self->path, ".photos", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}
