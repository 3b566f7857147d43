/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-checklist.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"

static void
print_step (BenkCtl *ctl, const BenkChecklistWork *work, const BenkFormStep *step)
{
  const BenkChecklistTick *tick =
    benk_checklist_work_find_tick (work, step->id, &BENK_ID_NIL);
  gboolean done = benk_checklist_work_is_step_done (work, step, &BENK_ID_NIL);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "id", step->id);
  benk_json_add_string (ctl->out, "kind", benk_step_kind_to_name (step->kind));
  benk_json_add_string (ctl->out, "text", benk_form_step_get_text (step));
  benk_json_add_bool (ctl->out, "done", done);
  benk_json_add_string (ctl->out, "by", tick ? tick->initials : NULL);
  benk_json_add_instant (ctl->out, "at", tick ? tick->at_ms : 0);
  benk_json_add_string (ctl->out, "value", tick ? tick->value : NULL);
  benk_json_add_string (ctl->out, "stated_by", tick ? tick->stated_by : NULL);
  benk_json_add_string (ctl->out, "note", tick ? tick->note : NULL);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "  [%c] %-22s %-4s %s", done ? 'x' : ' ', step->id,
                tick && tick->initials ? tick->initials : "",
                benk_form_step_get_text (step));
}

static void
print_work (BenkCtl *ctl, const BenkChecklistWork *work, const char *sentence)
{
  g_autofree char *id = benk_id_to_string (&work->id);
  g_autofree char *title =
    benk_checklist_compose_title (ctl->session, work->model_id, work->form->task);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", &work->id);
  benk_json_add_string (ctl->out, "model", work->model_id);
  benk_json_add_string (ctl->out, "task", benk_task_to_name (work->form->task));
  benk_json_add_int (ctl->out, "version", work->number);
  benk_json_add_bool (ctl->out, "proposed", work->proposed);
  benk_json_add_string (ctl->out, "state", work->state);
  benk_json_add_instant (ctl->out, "started", work->started_ms);
  benk_json_add_string (ctl->out, "sentence", sentence);
  benk_ctl_say (ctl, "%s  %-8s %s", id, work->state, title);
  benk_json_begin_array (ctl->out, "devices");
  for (guint i = 0; i < work->members->len; i++)
    {
      const BenkChecklistMember *member = g_ptr_array_index (work->members, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "serial", member->serial);
      benk_json_add_bool (ctl->out, "left_out", member->left_out);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
  benk_json_begin_array (ctl->out, "steps");
  for (guint i = 0; i < work->form->steps->len; i++)
    print_step (ctl, work, g_ptr_array_index (work->form->steps, i));
  benk_json_end_array (ctl->out);
  benk_json_begin_array (ctl->out, "photos");
  for (guint i = 0; i < work->photos->len; i++)
    {
      const BenkChecklistPhoto *photo = g_ptr_array_index (work->photos, i);
      const BenkChecklistMember *of =
        benk_checklist_work_find_member (work, &photo->member);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "step", photo->step);
      benk_json_add_string (ctl->out, "device", of ? of->serial : NULL);
      benk_json_add_string (ctl->out, "file", photo->file);
      benk_json_add_int (ctl->out, "size", photo->size);
      benk_json_add_bool (ctl->out, "erased", photo->erased_ms != 0);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  if (sentence)
    benk_ctl_say (ctl, "%s", sentence);
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) lists = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_checklist_list_async (ctl->session, all, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  lists = benk_checklist_list_finish (ctl->session, result, error);
  if (!lists)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < lists->len; i++)
    print_work (ctl, g_ptr_array_index (lists, i), NULL);
  benk_json_end_array (ctl->out);
  return TRUE;
}

static gboolean
run_start (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autofree char *model = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  BenkChecklistStart start = { .reference = user };

  if (!benk_ctl_parse (&argc, &argv, entries, 2, -1, error) ||
      !benk_ctl_parse_task (argv[1], &start.task, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, argv[i], error);

      if (!device)
        return FALSE;
      if (!model)
        model = g_strdup (benk_device_get_model_id (device));
      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  start.model_id = model;
  start.reference = user;
  start.devices = (const BenkId *) ids->data;
  start.n_devices = ids->len;
  benk_checklist_start_async (ctl->session, &start, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  list = benk_checklist_start_finish (ctl->session, result, error);
  if (!list)
    return FALSE;
  print_work (ctl, benk_checklist_get_work (list), NULL);
  return TRUE;
}

/* Reads the words of a command, the first of which is a checklist, and opens that. */
static BenkChecklist *
resume (BenkCtl *ctl,
        int *argc,
        char ***argv,
        const GOptionEntry *entries,
        int n_words,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkId id;

  if (!benk_ctl_parse (argc, argv, entries, n_words, n_words, error) ||
      !benk_ctl_parse_id ((*argv)[1], &id, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;
  benk_checklist_resume_async (ctl->session, &id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_checklist_start_finish (ctl->session, result, error);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkChecklist) list = NULL;

  list = resume (ctl, &argc, &argv, NULL, 1, error);
  if (!list)
    return FALSE;
  print_work (ctl, benk_checklist_get_work (list), NULL);
  return TRUE;
}

static gboolean
finish (BenkCtl *ctl, BenkChecklist *list, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_ctl_await (ctl);
  g_autofree char *sentence = NULL;

  if (!benk_checklist_change_finish (list, result, &sentence, error))
    return FALSE;
  print_work (ctl, benk_checklist_get_work (list), sentence);
  return TRUE;
}

/* The member with a serial; nil for all. */
static gboolean
find_member (BenkChecklist *list, const char *serial, BenkId *member, GError **error)
{
  const BenkChecklistWork *work = benk_checklist_get_work (list);

  *member = BENK_ID_NIL;
  if (!serial)
    return TRUE;
  for (guint i = 0; i < work->members->len; i++)
    {
      const BenkChecklistMember *one = g_ptr_array_index (work->members, i);

      if (g_strcmp0 (one->serial, serial) == 0)
        *member = one->id;
    }
  if (!benk_id_is_nil (member))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                       _ ("The device is not in this checklist."));
  return FALSE;
}

static gboolean
run_tick (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *value = NULL;
  g_autofree char *stated_by = NULL;
  g_autofree char *note = NULL;
  g_autofree char *device = NULL;
  gboolean undo = FALSE;
  const GOptionEntry entries[] = {
    { "value", 0, 0, G_OPTION_ARG_STRING, &value, NULL, NULL },
    { "stated-by", 0, 0, G_OPTION_ARG_STRING, &stated_by, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, NULL, NULL },
    { "take-back", 0, 0, G_OPTION_ARG_NONE, &undo, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkChecklist) list = NULL;
  BenkChecklistTick tick = { 0 };
  BenkId member;

  list = resume (ctl, &argc, &argv, entries, 2, error);
  if (!list || !find_member (list, device, &member, error))
    return FALSE;
  tick = (BenkChecklistTick){
    .step = argv[2], .done = !undo, .value = value, .stated_by = stated_by, .note = note
  };
  benk_checklist_tick_async (list, &member, &tick, NULL, benk_ctl_on_ready, ctl);
  return finish (ctl, list, error);
}

static gboolean
run_leave_out (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkChecklist) list = NULL;
  BenkId member;

  list = resume (ctl, &argc, &argv, entries, 2, error);
  if (!list || !find_member (list, argv[2], &member, error))
    return FALSE;
  benk_checklist_leave_out_async (list, &member, TRUE, reason, NULL, benk_ctl_on_ready,
                                  ctl);
  return finish (ctl, list, error);
}

static gboolean
run_photo (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *device = NULL;
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GFile) file = NULL;
  BenkId member;

  list = resume (ctl, &argc, &argv, entries, 3, error);
  if (!list || !find_member (list, device, &member, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (argv[3]);
  benk_checklist_add_photo_async (list, argv[2], &member, file, NULL, benk_ctl_on_ready,
                                  ctl);
  return finish (ctl, list, error);
}

static gboolean
run_erase_photo (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkChecklist) list = NULL;
  const GPtrArray *photos;
  const BenkChecklistPhoto *found = NULL;

  list = resume (ctl, &argc, &argv, NULL, 2, error);
  if (!list)
    return FALSE;
  photos = benk_checklist_get_work (list)->photos;
  for (guint i = 0; i < photos->len; i++)
    {
      const BenkChecklistPhoto *one = g_ptr_array_index (photos, i);

      if (g_strcmp0 (one->file, argv[2]) == 0)
        found = one;
    }
  if (!found)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("This checklist has no such picture."));
      return FALSE;
    }
  benk_checklist_erase_photo_async (list, &found->id, NULL, benk_ctl_on_ready, ctl);
  return finish (ctl, list, error);
}

static gboolean
run_complete (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkChecklist) list = NULL;

  list = resume (ctl, &argc, &argv, NULL, 1, error);
  if (!list)
    return FALSE;
  benk_checklist_complete_async (list, NULL, benk_ctl_on_ready, ctl);
  return finish (ctl, list, error);
}

static gboolean
run_drop (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkChecklist) list = NULL;

  list = resume (ctl, &argc, &argv, entries, 1, error);
  if (!list)
    return FALSE;
  benk_checklist_drop_async (list, reason, NULL, benk_ctl_on_ready, ctl);
  return finish (ctl, list, error);
}

const BenkCtlCommand benk_ctl_checklist_commands[] = {
  { "checklist", "list", "[--all]", run_list },
  { "checklist", "show", "ID", run_show },
  { "checklist", "start", "TASK SERIAL… [--user REF]", run_start },
  { "checklist", "tick",
    "ID STEP [--take-back] [--device SERIAL] [--value TEXT] [--stated-by NAME] "
    "[--note TEXT]",
    run_tick },
  { "checklist", "leave-out", "ID SERIAL [--reason TEXT]", run_leave_out },
  { "checklist", "photo", "ID STEP FILE [--device SERIAL]", run_photo },
  { "checklist", "erase-photo", "ID FILE", run_erase_photo },
  { "checklist", "complete", "ID", run_complete },
  { "checklist", "drop", "ID [--reason TEXT]", run_drop },
  { "checklist", "versions", "MODEL TASK", benk_ctl_checklist_versions },
  { "checklist", "adopt", "MODEL TASK NUMBER --decided-by NAME",
    benk_ctl_checklist_adopt },
  { "checklist", "export", "MODEL TASK FILE [--version N]", benk_ctl_checklist_export },
  { "checklist", "edit", "FILE [--decided-by NAME]", benk_ctl_checklist_edit },
  { "checklist", "import", "FILE [--decided-by NAME]", benk_ctl_checklist_import },
  { NULL, NULL, NULL, NULL },
};
