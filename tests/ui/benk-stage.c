/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stage.h"

#include <glib/gstdio.h>

#include "benk-bench-checklist.h"
#include "benk-import.h"
#include "benk-settings.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-shelf-page.h"

#define PATIENCE_S 20

static void
expect (const GError *error, const char *what)
{
  if (error)
    g_error ("%s: %s", what, error->message);
}

void
benk_stage_keep (GObject *source, GAsyncResult *result, gpointer slot)
{
  g_set_object ((GAsyncResult **) slot, result);
}

static gboolean
has_result (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

/* Returns: (transfer none): the result, kept in @slot */
GAsyncResult *
benk_stage_await (GAsyncResult **slot)
{
  if (!benk_shot_wait (has_result, slot, PATIENCE_S))
    g_error ("no answer came");
  return *slot;
}

/* Until nothing is left to do right now. */
void
benk_stage_wait_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_unused (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

/* What was begun for @object ends first; then nothing but the caller may hold it. */
void
benk_stage_wait_unused (gpointer object)
{
  if (!benk_shot_wait (is_unused, object, PATIENCE_S))
    g_error ("%s is still held", G_OBJECT_TYPE_NAME (object));
}

static void
create_store (BenkStage *self, gboolean demo)
{
  g_autoptr (GAsyncResult) made = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_create_store_async (self->path, demo, self->clock, NULL, benk_stage_keep,
                                   &made);
  benk_session_create_store_finish (benk_stage_await (&made), &error);
  expect (error, "store");
}

static void
open_session (BenkStage *self)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_open_async (self->path, BENK_SESSION_NONE, self->clock, NULL,
                           benk_stage_keep, &opened);
  self->session = benk_session_open_finish (benk_stage_await (&opened), &error);
  expect (error, "session");
}

/* A process has one application, however many stages come after each other. */
static BenkApplication *
get_application (void)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GError) error = NULL;

  if (application)
    return g_object_ref (BENK_APPLICATION (application));
  application = G_APPLICATION (benk_application_new ());
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_application_register (application, NULL, &error);
  expect (error, "application");
  g_application_set_default (application);
  /* One reference stays until the process ends. */
  return g_object_ref (BENK_APPLICATION (application));
}

void
benk_stage_set_up (BenkStage *self, gboolean demo)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->dir = g_dir_make_tmp ("benk-ui-XXXXXX", &error);
  expect (error, "folder");
  self->path = g_build_filename (self->dir, "test.db", NULL);
  self->clock = benk_stage_clock_new (BENK_STAGE_WALL_MS);
  self->application = get_application ();
  create_store (self, demo);
  open_session (self);
}

/* The same store the next morning: nobody is chosen, and the window is shown again. */
void
benk_stage_reopen (BenkStage *self)
{
  benk_stage_close_window (self);
  g_clear_object (&self->session);
  benk_stage_wait_idle ();
  open_session (self);
  benk_stage_show_window (self, 1366, 768);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

/* What was chosen in one test is not chosen in the next. */
static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = benk_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  if (!settings)
    return;
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    g_settings_reset (settings, keys[i]);
}

void
benk_stage_tear_down (BenkStage *self)
{
  benk_stage_close_window (self);
  g_clear_object (&self->session);
  benk_stage_wait_idle ();
  g_clear_object (&self->application);
  g_clear_object (&self->clock);
  reset_settings ();
  remove_folder (self->dir);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, g_free);
}

void
benk_stage_choose_staff (BenkStage *self, const char *initials, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_choose_staff_async (self->session, initials, name, NULL, benk_stage_keep,
                                   &result);
  benk_session_choose_staff_finish (self->session, benk_stage_await (&result), &error);
  expect (error, "staff");
}

/* A size request, because a screen smaller than the picture would make it smaller. */
void
benk_stage_show_window (BenkStage *self, int width, int height)
{
  self->window = benk_window_new (GTK_APPLICATION (self->application), self->session);
  gtk_widget_set_size_request (GTK_WIDGET (self->window), width, height);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  benk_shot_settle (GTK_WIDGET (self->window));
}

void
benk_stage_close_window (BenkStage *self)
{
  g_autoptr (BenkWindow) window = NULL;

  if (!self->window)
    return;
  window = g_object_ref (g_steal_pointer (&self->window));
  gtk_window_destroy (GTK_WINDOW (window));
  benk_stage_wait_unused (window);
}

gint64
benk_stage_import (BenkStage *self, const char *path)
{
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  benk_import_preview_async (benk_session_get_inventory (self->session), file, NULL,
                             benk_stage_keep, &read);
  import = benk_import_preview_finish (benk_stage_await (&read), &error);
  expect (error, "preview");
  benk_import_apply_async (import, NULL, benk_stage_keep, &written);
  benk_import_apply_finish (import, benk_stage_await (&written), &seq, &error);
  expect (error, "import");
  return seq;
}

BenkDevice *
benk_stage_find (BenkStage *self, const char *serial)
{
  BenkInventory *inventory = benk_session_get_inventory (self->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDevice *device;

  benk_inventory_find_async (inventory, serial, NULL, benk_stage_keep, &result);
  device = benk_inventory_find_finish (inventory, benk_stage_await (&result), &error);
  expect (error, serial);
  return device;
}

static void
await_change (BenkStage *self, GAsyncResult **result, const char *what)
{
  g_autoptr (GError) error = NULL;

  benk_inventory_change_finish (benk_session_get_inventory (self->session),
                                benk_stage_await (result), NULL, &error);
  expect (error, what);
}

void
benk_stage_add (BenkStage *self, const BenkNewDevice *device)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_add_async (benk_session_get_inventory (self->session), device, NULL,
                            benk_stage_keep, &result);
  await_change (self, &result, device->serial);
}

void
benk_stage_attest (BenkStage *self,
                   const char *serial,
                   BenkFactKind kind,
                   const char *ref,
                   const char *stated_by)
{
  g_autoptr (BenkDevice) device = benk_stage_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_attest_async (benk_session_get_inventory (self->session),
                               benk_device_get_id (device), kind, ref, stated_by, NULL,
                               benk_stage_keep, &result);
  await_change (self, &result, serial);
}

/* Ticks the three attempts of a list that stays open. */
void
benk_stage_try_reset (BenkStage *self, const char *serial)
{
  static const char *const steps[] = { "attempt-1", "attempt-2", "attempt-3" };
  g_autoptr (BenkDevice) device = benk_stage_find (self, serial);
  const BenkChecklistStart what = { .model_id = benk_device_get_model_id (device),
                                    .task = BENK_TASK_NO_ANSWER,
                                    .devices = benk_device_get_id (device),
                                    .n_devices = 1 };
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;

  benk_checklist_start_async (self->session, &what, NULL, benk_stage_keep, &started);
  list = benk_checklist_start_finish (self->session, benk_stage_await (&started), &error);
  expect (error, serial);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const BenkChecklistTick tick = { .step = (char *) steps[i], .done = TRUE };
      g_autoptr (GAsyncResult) ticked = NULL;

      benk_checklist_tick_async (list, NULL, &tick, NULL, benk_stage_keep, &ticked);
      benk_checklist_change_finish (list, benk_stage_await (&ticked), NULL, &error);
      expect (error, steps[i]);
    }
}

void
benk_stage_set_state (BenkStage *self,
                      const char *serial,
                      BenkDeviceState state,
                      const char *owed_reason)
{
  g_autoptr (BenkDevice) device = benk_stage_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_set_state_async (benk_session_get_inventory (self->session),
                                  benk_device_get_id (device), state, owed_reason, NULL,
                                  benk_stage_keep, &result);
  await_change (self, &result, serial);
}

void
benk_stage_link_user (BenkStage *self,
                      const char *serial,
                      const char *reference,
                      const char *team)
{
  g_autoptr (BenkDevice) device = benk_stage_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_link_user_async (benk_session_get_inventory (self->session),
                                  benk_device_get_id (device), reference, team, NULL,
                                  benk_stage_keep, &result);
  await_change (self, &result, serial);
}

BenkAlarm *
benk_stage_alarm (BenkStage *self, const char *serial, const char *code, gint64 ago_ms)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->session);
  BenkNewAlarm alarm = { .device = serial, .code = code, .via = BENK_ALARM_VIA_PORTAL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkAlarm *added;

  if (ago_ms > 0)
    alarm.raised_ms = benk_clock_get_wall_ms (self->clock) - ago_ms;
  benk_alarms_add_async (alarms, &alarm, NULL, benk_stage_keep, &result);
  added = benk_alarms_add_finish (alarms, benk_stage_await (&result), &error);
  expect (error, serial);
  return added;
}

void
benk_stage_take (BenkStage *self, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_take_async (alarms, benk_alarm_get_id (alarm), NULL, benk_stage_keep,
                          &result);
  benk_alarms_take_finish (alarms, benk_stage_await (&result), &error);
  expect (error, "take");
}

BenkReturnCase *
benk_stage_return (BenkStage *self, const char *serial, const char *reason)
{
  BenkReturns *returns = benk_session_get_returns (self->session);
  g_autoptr (BenkDevice) device = benk_stage_find (self, serial);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkReturnCase *opened;

  benk_returns_open_async (returns, benk_device_get_id (device), "Evondos AS", reason,
                           NULL, benk_stage_keep, &result);
  opened = benk_returns_open_finish (returns, benk_stage_await (&result), &error);
  expect (error, serial);
  return opened;
}

void
benk_stage_return_step (BenkStage *self,
                        BenkReturnCase *return_case,
                        BenkReturnState state,
                        const BenkReturnDetails *details)
{
  BenkReturns *returns = benk_session_get_returns (self->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_returns_step_async (returns, benk_return_case_get_id (return_case), state, details,
                           NULL, benk_stage_keep, &result);
  benk_returns_step_finish (returns, benk_stage_await (&result), NULL, &error);
  expect (error, benk_return_state_to_name (state));
}

/* Returns: (transfer none): what the template of @widget calls @id */
GtkWidget *
benk_stage_get_child (gpointer widget, const char *id)
{
  GObject *child;

  /* What the page of devices holds is mostly asked of its list. */
  if (BENK_IS_SHELF_PAGE (widget))
    widget = benk_shelf_page_get_list (widget);
  child = gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget), id);

  if (!child)
    g_error ("%s has no %s", G_OBJECT_TYPE_NAME (widget), id);
  return GTK_WIDGET (child);
}

/* Returns: (transfer none) (nullable): the newest shown window of @type */
GtkWindow *
benk_stage_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) &&
          gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_window (gpointer type)
{
  return benk_stage_find_window (*(GType *) type) != NULL;
}

GtkWindow *
benk_stage_wait_window (GType type)
{
  if (!benk_shot_wait (has_window, &type, 5))
    g_error ("no %s was shown", g_type_name (type));
  return benk_stage_find_window (type);
}

/* As a person does who presses the button. */
void
benk_stage_respond (GtkWindow *dialog, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  benk_stage_wait_idle ();
}
