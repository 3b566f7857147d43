/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-checklist.h"

#include <glib/gi18n.h>

#include "benk-error.h"

/** benk_ctl_parse_task: Returns: %FALSE with %BENK_ERROR_USAGE if @name is no task */
gboolean
benk_ctl_parse_task (const char *name, BenkTask *task, GError **error)
{
  if (benk_task_from_name (name, task))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
               _ ("“%s” is not the task of a checklist."), name);
  return FALSE;
}

static GPtrArray *
load_versions (BenkCtl *ctl, const char *model, BenkTask task, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_versions_async (ctl->session, model, task, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_checklist_versions_finish (ctl->session, result, error);
}

/** benk_ctl_print_version: a version with its steps */
void
benk_ctl_print_version (BenkCtl *ctl, const BenkChecklistVersion *version)
{
  g_autofree char *decided = benk_checklist_version_describe (version);
  gboolean proposed = benk_checklist_version_is_proposed (version);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "model", version->model_id);
  benk_json_add_string (ctl->out, "task", benk_task_to_name (version->form->task));
  benk_json_add_int (ctl->out, "number", version->number);
  benk_json_add_string (ctl->out, "origin", version->origin);
  benk_json_add_bool (ctl->out, "current", version->current);
  benk_json_add_bool (ctl->out, "proposed", proposed);
  benk_json_add_string (ctl->out, "decided_by", version->decided_by);
  benk_json_add_string (ctl->out, "sentence", decided);
  benk_json_begin_array (ctl->out, "steps");
  benk_ctl_say (ctl, _ ("Version %d%s. %s"), (int) version->number,
                version->current ? _ (" (counts now)") : "", decided);
  for (guint i = 0; i < version->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (version->form->steps, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "id", step->id);
      benk_json_add_string (ctl->out, "kind", benk_step_kind_to_name (step->kind));
      benk_json_add_string (ctl->out, "text", benk_form_step_get_text (step));
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "  %-22s %s", step->id, benk_form_step_get_text (step));
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
}

static gboolean
print_versions (BenkCtl *ctl, const char *model, BenkTask task, GError **error)
{
  g_autoptr (GPtrArray) versions = load_versions (ctl, model, task, error);

  if (!versions)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < versions->len; i++)
    benk_ctl_print_version (ctl, g_ptr_array_index (versions, i));
  benk_json_end_array (ctl->out);
  return TRUE;
}

/** benk_ctl_checklist_versions: `checklist versions MODEL TASK` */
gboolean
benk_ctl_checklist_versions (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkTask task;

  return benk_ctl_parse (&argc, &argv, NULL, 2, 2, error) &&
         benk_ctl_parse_task (argv[2], &task, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         print_versions (ctl, argv[1], task, error);
}

/** benk_ctl_checklist_adopt: `checklist adopt MODEL TASK NUMBER --decided-by NAME` */
gboolean
benk_ctl_checklist_adopt (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *decided_by = NULL;
  const GOptionEntry entries[] = {
    { "decided-by", 0, 0, G_OPTION_ARG_STRING, &decided_by, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  guint64 number;
  BenkTask task;

  if (!benk_ctl_parse (&argc, &argv, entries, 3, 3, error) ||
      !benk_ctl_parse_task (argv[2], &task, error))
    return FALSE;
  if (!g_ascii_string_to_unsigned (argv[3], 10, 0, G_MAXINT, &number, NULL))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ (
                     "“%s” is not the number of a version; 0 is the program's proposal."),
                   argv[3]);
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_checklist_decide_async (ctl->session, argv[1], task, (gint64) number, decided_by,
                               NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_checklist_versions_change_finish (ctl->session, result, error) &&
         print_versions (ctl, argv[1], task, error);
}

/** benk_ctl_checklist_export: `checklist export MODEL TASK FILE [--version N]` */
gboolean
benk_ctl_checklist_export (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  int number = 0;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_INT, &number, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) versions = NULL;
  BenkTask task;

  if (!benk_ctl_parse (&argc, &argv, entries, 3, 3, error) ||
      !benk_ctl_parse_task (argv[2], &task, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  versions = load_versions (ctl, argv[1], task, error);
  for (guint i = 0; versions && i < versions->len; i++)
    {
      const BenkChecklistVersion *one = g_ptr_array_index (versions, i);
      g_autofree char *text = NULL;
      g_autoptr (GError) local = NULL;

      if (number == 0 ? !one->current : one->number != number)
        continue;
      text = benk_checklist_version_compose (one);
      if (g_file_set_contents (argv[3], text, -1, &local))
        {
          benk_ctl_print_version (ctl, one);
          return TRUE;
        }
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, _ ("%s cannot be written: %s"),
                   argv[3], local->message);
      return FALSE;
    }
  if (versions)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("There is no version %d of this checklist."), number);
  return FALSE;
}

static gboolean
take_file (BenkCtl *ctl, int argc, char **argv, const char *origin, GError **error)
{
  g_autofree char *decided_by = NULL;
  const GOptionEntry entries[] = {
    { "decided-by", 0, 0, G_OPTION_ARG_STRING, &decided_by, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkChecklistVersion) version = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (!g_file_get_contents (argv[1], &text, &length, &local))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, _ ("%s cannot be read: %s"), argv[1],
                   local->message);
      return FALSE;
    }
  version = benk_checklist_version_parse (text, (gssize) length, error);
  if (!version || !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_checklist_save_async (ctl->session, version->model_id, version->form, origin, NULL,
                             decided_by, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_checklist_versions_change_finish (ctl->session, result, error) &&
         print_versions (ctl, version->model_id, version->form->task, error);
}

/** benk_ctl_checklist_import: `checklist import FILE [--decided-by NAME]`, from elsewhere
 */
gboolean
benk_ctl_checklist_import (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return take_file (ctl, argc, argv, BENK_VERSION_IMPORTED, error);
}

/** benk_ctl_checklist_edit: `checklist edit FILE [--decided-by NAME]`, an export that was
 * changed here */
gboolean
benk_ctl_checklist_edit (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return take_file (ctl, argc, argv, BENK_VERSION_DISTRICT, error);
}
