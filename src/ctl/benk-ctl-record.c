/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-ctl-record.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-incidents.h"
#include "benk-record-texts.h"

static gboolean
print_text (BenkCtl *ctl, const char *text)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "text", text);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", text);
  return TRUE;
}

static gboolean
run_text (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *other = NULL;
  g_autofree char *until = NULL;
  g_autofree char *result_name = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "other", 0, 0, G_OPTION_ARG_STRING, &other, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL },
    { "result", 0, 0, G_OPTION_ARG_STRING, &result_name, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  BenkRecordAsked asked = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  BenkId alarm;

  if (!benk_ctl_parse (&argc, &argv, entries, 2, 2, error))
    return FALSE;
  if (!benk_record_verb_from_name (argv[1], &asked.verb))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not install, settings, swap, collect, close-alarm, pause, "
                      "resume, evaluation or end."),
                   argv[1]);
      return FALSE;
    }
  if (asked.verb == BENK_RECORD_CLOSE_ALARM &&
      !benk_ctl_parse_id (argv[2], &alarm, error))
    return FALSE;
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  asked.device = argv[2];
  asked.other = other;
  asked.until = until;
  asked.result = result_name;
  asked.reason = reason;
  if (asked.verb == BENK_RECORD_CLOSE_ALARM)
    benk_record_texts_load_alarm_async (ctl->session, &alarm, NULL, benk_ctl_on_ready,
                                        ctl);
  else
    benk_record_texts_load_async (ctl->session, &asked, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  text = benk_record_texts_load_finish (ctl->session, result, error);
  return text != NULL && print_text (ctl, text);
}

static gboolean
save (BenkCtl *ctl, BenkIncident *incident, const char *path, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_save_incident_async (alarms, incident, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_save_incident_finish (alarms, result, error);
}

gboolean
benk_ctl_alarm_incident (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkIncident) incident = NULL;
  g_autofree char *text = NULL;
  BenkAlarms *alarms;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, G_MAXINT, error))
    return FALSE;
  for (int i = 1; i < argc; i++)
    {
      BenkId id;

      if (!benk_ctl_parse_id (argv[i], &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_draft_incident_async (alarms, (const BenkId *) (gpointer) ids->data,
                                    ids->len, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  incident = benk_alarms_draft_incident_finish (alarms, result, error);
  if (!incident || (path && !save (ctl, incident, path, error)))
    return FALSE;
  text = benk_incident_dup_text (incident);
  return print_text (ctl, text);
}

const BenkCtlCommand benk_ctl_record_commands[] = {
  { "record", "text",
    "close-alarm ID | install|settings|swap|collect|pause|resume|evaluation|end DEVICE "
    "[--other DEVICE] [--until DAY] [--result keep|settings|make|end] [--reason TEXT]",
    run_text },
  { NULL, NULL, NULL, NULL },
};
