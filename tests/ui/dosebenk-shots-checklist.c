/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checklists: chosen, worked through, changed and decided. */

#include "dosebenk-shots.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "benk-bench-checklist.h"
#include "benk-checklist-batch-dialog.h"
#include "benk-checklist-editor.h"
#include "benk-checklist-photo.h"
#include "benk-checklist-row.h"
#include "benk-checklist-runner.h"
#include "benk-checklist-versions.h"

#define WIDTH 1366
#define HEIGHT 768

static void
add (BenkStage *stage, const char *serial, const char *asset)
{
  BenkNewDevice device = { .model_id = "medido",
                           .serial = serial,
                           .asset = asset,
                           .vendor = "Dignio",
                           .place = "Shelf A",
                           .state = BENK_DEVICE_STATE_RECEIVED };

  benk_stage_add (stage, &device);
}

static BenkChecklist *
start (BenkStage *stage, BenkTask task, const char *const *serials)
{
  g_autofree BenkId *ids = g_new0 (BenkId, g_strv_length ((char **) serials));
  BenkChecklistStart what = { .model_id = "medido", .task = task, .devices = ids };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklist *list;

  for (; serials[what.n_devices]; what.n_devices++)
    {
      g_autoptr (BenkDevice) device = benk_stage_find (stage, serials[what.n_devices]);

      ids[what.n_devices] = *benk_device_get_id (device);
    }
  benk_checklist_start_async (stage->session, &what, NULL, benk_stage_keep, &result);
  list = benk_checklist_start_finish (stage->session, benk_stage_await (&result), &error);
  if (!list)
    g_error ("%s", error->message);
  return list;
}

static void
tick (BenkChecklist *list, const char *step, const char *typed, const char *note)
{
  BenkChecklistTick one = { .step = (char *) step,
                            .done = TRUE,
                            .value = (char *) typed,
                            .stated_by = (char *) typed,
                            .note = (char *) note };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_checklist_tick_async (list, NULL, &one, NULL, benk_stage_keep, &result);
  if (!benk_checklist_change_finish (list, benk_stage_await (&result), NULL, &error))
    g_error ("%s", error->message);
}

static void
untick_first (BenkChecklist *list, const char *step)
{
  const BenkChecklistWork *work = benk_checklist_get_work (list);
  BenkId member = ((BenkChecklistMember *) work->members->pdata[0])->id;
  BenkChecklistTick one = { .step = (char *) step };
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_tick_async (list, &member, &one, NULL, benk_stage_keep, &result);
  benk_checklist_change_finish (list, benk_stage_await (&result), NULL, NULL);
}

static void
add_picture (BenkStage *stage,
             BenkChecklist *list,
             const char *step,
             const BenkId *member)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 400);
  g_autofree char *path = g_build_filename (stage->dir, "picture.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x4a7fb5ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  benk_checklist_add_photo_async (list, step, member, file, NULL, benk_stage_keep,
                                  &result);
  if (!benk_checklist_change_finish (list, benk_stage_await (&result), NULL, &error))
    g_error ("%s", error->message);
  g_unlink (path);
}

/* The page of the bench while a list is worked through. */
static GtkWidget *
show_list (BenkStage *stage, const char *serial, guint task)
{
  GtkWidget *page = NULL;
  GtkWidget *view = NULL;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.bench-device", "s",
                              serial);
  page = benk_window_get_page (stage->window, "bench");
  view = benk_stage_get_child (page, "checklist");
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (view, "task_row")),
                              task);
  benk_stage_wait_idle ();
  benk_shots_draw (stage->window, "checklist-chosen");
  g_signal_emit_by_name (benk_stage_get_child (view, "start_button"), "clicked");
  for (guint i = 0; !BENK_IS_CHECKLIST_RUNNER (gtk_widget_get_last_child (page)); i++)
    if (i > 10000)
      g_error ("the list does not come");
    else
      g_main_context_iteration (NULL, TRUE);
  return gtk_widget_get_last_child (page);
}

static void
draw_runner (BenkStage *stage, BenkChecklist *list, const char *name)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH - 200, HEIGHT);
  adw_window_set_content (ADW_WINDOW (window), benk_checklist_runner_new (list));
  benk_shots_draw_dialog (GTK_WINDOW (window), name);
}

/* What a step has for each device of a batch. */
static void
draw_members (BenkStage *stage, BenkChecklist *list, const char *step, const char *name)
{
  BenkSession *session = benk_checklist_get_session (list);
  GtkWidget *row = benk_checklist_row_new (step, 1, BENK_STEP_KIND_TICK);
  GtkWidget *window = adw_window_new ();
  GtkWidget *steps = gtk_list_box_new ();
  GtkWidget *button;

  gtk_list_box_append (GTK_LIST_BOX (steps), row);
  adw_window_set_content (ADW_WINDOW (window), steps);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH / 2, HEIGHT / 2);
  gtk_window_present (GTK_WINDOW (window));
  benk_checklist_row_update (BENK_CHECKLIST_ROW (row), list,
                             benk_clock_get_wall_ms (benk_session_get_clock (session)));
  button =
    gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  while (!GTK_IS_MENU_BUTTON (button))
    button = gtk_widget_get_next_sibling (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  benk_shots_draw (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
complete (BenkChecklist *list, GtkWidget *runner)
{
  const BenkChecklistWork *work = benk_checklist_get_work (list);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < work->form->steps->len; i++)
    g_ptr_array_add (ids, g_strdup (((BenkFormStep *) work->form->steps->pdata[i])->id));
  for (guint i = 0; i < ids->len; i++)
    tick (list, ids->pdata[i], "Kari Lie, nurse", NULL);
  benk_stage_wait_idle ();
  g_signal_emit_by_name (benk_stage_get_child (runner, "complete_button"), "clicked");
  while (benk_checklist_work_is_open (benk_checklist_get_work (list)))
    g_main_context_iteration (NULL, TRUE);
  benk_stage_wait_idle ();
}

static void
save_version (BenkStage *stage)
{
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (BenkChecklistForm) form = NULL;
  g_autoptr (GError) error = NULL;

  benk_checklist_versions_async (stage->session, "medido", BENK_TASK_RESET, NULL,
                                 benk_stage_keep, &listed);
  versions =
    benk_checklist_versions_finish (stage->session, benk_stage_await (&listed), &error);
  form = benk_checklist_form_copy (((BenkChecklistVersion *) versions->pdata[0])->form);
  benk_checklist_form_add_own (form, BENK_STEP_KIND_VALUE,
                               "Skriv nummeret på hylla den legges tilbake på");
  g_ptr_array_insert (form->steps, 0, g_ptr_array_steal_index (form->steps, 4));
  benk_checklist_save_async (stage->session, "medido", form, BENK_VERSION_DISTRICT, NULL,
                             NULL, NULL, benk_stage_keep, &saved);
  if (!benk_checklist_versions_change_finish (stage->session, benk_stage_await (&saved),
                                              &error))
    g_error ("%s", error->message);
}

static void
draw_windows (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0002");
  g_autoptr (BenkChecklistVersion) version = NULL;
  GtkWidget *versions =
    benk_checklist_versions_new (GTK_WINDOW (stage->window), stage->session, "medido",
                                 BENK_TASK_RESET);
  g_autofree char *text = NULL;

  benk_checklist_versions_choose (BENK_CHECKLIST_VERSIONS (versions), 2);
  benk_shots_draw_dialog (GTK_WINDOW (versions), "checklist-versions");
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_checklist_batch_dialog_new (GTK_WINDOW (stage->window),
                                                             stage->session, device,
                                                             BENK_TASK_RECEIVE)),
                          "checklist-batch");
  version = benk_checklist_version_new ("medido", BENK_TASK_RESET);
  benk_checklist_form_add (version->form, "medicine-out", BENK_STEP_KIND_TICK, NULL);
  benk_checklist_form_add (version->form, "vendor-reset", BENK_STEP_KIND_TICK, NULL);
  benk_checklist_form_add (version->form, "no-person-shown", BENK_STEP_KIND_PHOTO, NULL);
  benk_checklist_form_add_own (version->form, BENK_STEP_KIND_VALUE,
                               "Skriv nummeret på hylla");
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_checklist_editor_new (GTK_WINDOW (stage->window),
                                                       stage->session, version)),
                          "checklist-editor");
  benk_checklist_photo_choose (GTK_WINDOW (stage->window), NULL,
                               G_OBJECT (stage->window));
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "checklist-picture-warning");
}

static void
draw_lists (BenkStage *stage)
{
  static const char *const several[] = { "MD0002", "MD0003", "MD0004", "MD0005", NULL };
  static const char *const dead[] = { "MD0006", NULL };
  g_autoptr (BenkChecklist) batch = start (stage, BENK_TASK_RECEIVE, several);
  g_autoptr (BenkChecklist) silent = start (stage, BENK_TASK_NO_ANSWER, dead);
  BenkId first;

  tick (batch, "label-read", NULL, NULL);
  tick (batch, "ce-mark", NULL, "Two have a new label");
  untick_first (batch, "ce-mark");
  draw_runner (stage, batch, "checklist-batch-page");
  first =
    ((BenkChecklistMember *) benk_checklist_get_work (batch)->members->pdata[0])->id;
  add_picture (stage, batch, "ce-mark", &first);
  draw_members (stage, batch, "ce-mark", "checklist-batch-members");
  tick (silent, "attempt-1", NULL, NULL);
  tick (silent, "attempt-2", NULL, NULL);
  add_picture (stage, silent, "fault-evidence", NULL);
  tick (silent, "fault-evidence", NULL, NULL);
  draw_runner (stage, silent, "checklist-no-answer");
  benk_shots_draw_dialog (GTK_WINDOW (benk_checklist_photo_dialog_new (
                            GTK_WINDOW (stage->window), silent,
                            benk_checklist_get_work (silent)->photos->pdata[0])),
                          "checklist-picture");
}

/**
 * benk_shots_play_checklist:
 *
 * A list from its choice to its result, a batch, a dead device, and the windows about
 * versions.
 */
void
benk_shots_play_checklist (void)
{
  BenkStage stage;
  GtkWidget *runner;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) resumed = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  g_autofree char *photos = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD%04u", i);
      g_autofree char *asset = g_strdup_printf ("D-%03u", i);

      add (&stage, serial, asset);
    }
  save_version (&stage);
  benk_shots_show_window (&stage, 0);
  runner = show_list (&stage, "MD0001", BENK_TASK_RESET);
  benk_shots_draw (stage.window, "checklist-begun");
  benk_checklist_list_async (stage.session, FALSE, NULL, benk_stage_keep, &listed);
  open = benk_checklist_list_finish (stage.session, benk_stage_await (&listed), NULL);
  benk_checklist_resume_async (stage.session, &((BenkChecklistWork *) open->pdata[0])->id,
                               NULL, benk_stage_keep, &resumed);
  list = benk_checklist_start_finish (stage.session, benk_stage_await (&resumed), NULL);
  complete (list, runner);
  benk_shots_draw (stage.window, "checklist-done");
  draw_lists (&stage);
  g_signal_emit_by_name (benk_stage_get_child (runner, "back_button"), "clicked");
  benk_stage_wait_idle ();
  benk_shots_draw (stage.window, "checklist-not-finished");
  draw_windows (&stage);
  photos = g_strconcat (stage.path, ".photos", NULL);
  dir = g_dir_open (photos, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (photos, name, NULL);

      g_unlink (path);
    }
  g_rmdir (photos);
  benk_stage_tear_down (&stage);
}
