/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-ctl-alarm-close.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms-outbox.h"
#include "benk-error.h"

typedef struct
{
  char *cause;
  char *action;
  char *confirmed_role;
  char *confirmed_by;
  char *confirmed_at;
  char *call_from;
  char *call_to;
  char *why_late;
  char *note;
  char **also;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->cause);
  g_free (options->action);
  g_free (options->confirmed_role);
  g_free (options->confirmed_by);
  g_free (options->confirmed_at);
  g_free (options->call_from);
  g_free (options->call_to);
  g_free (options->why_late);
  g_free (options->note);
  g_strfreev (options->also);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_optional_instant (const char *text, gint64 *ms, GError **error)
{
  return text == NULL || benk_ctl_parse_instant (text, ms, error);
}

gboolean
benk_ctl_alarm_parse_also (char **texts, GArray *ids, GError **error)
{
  for (guint i = 0; texts && texts[i]; i++)
    {
      BenkId id;

      if (!benk_ctl_parse_id (texts[i], &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  return TRUE;
}

static gboolean
run (BenkCtl *ctl, const BenkId *id, const BenkAlarmClosing *closing, GError **error)
{
  BenkAlarms *alarms;
  g_autoptr (GAsyncResult) result = NULL;

  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_close_async (alarms, id, closing, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_close_finish (alarms, result, error) &&
         benk_ctl_alarm_print_one (ctl, id, error);
}

gboolean
benk_ctl_alarm_close (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Options) o = { 0 };
  const GOptionEntry entries[] = {
    { "cause", 0, 0, G_OPTION_ARG_STRING, &o.cause, NULL, NULL },
    { "action", 0, 0, G_OPTION_ARG_STRING, &o.action, NULL, NULL },
    { "confirmed-role", 0, 0, G_OPTION_ARG_STRING, &o.confirmed_role, NULL, NULL },
    { "confirmed-by", 0, 0, G_OPTION_ARG_STRING, &o.confirmed_by, NULL, NULL },
    { "confirmed-at", 0, 0, G_OPTION_ARG_STRING, &o.confirmed_at, NULL, NULL },
    { "call-from", 0, 0, G_OPTION_ARG_STRING, &o.call_from, NULL, NULL },
    { "call-to", 0, 0, G_OPTION_ARG_STRING, &o.call_to, NULL, NULL },
    { "why-late", 0, 0, G_OPTION_ARG_STRING, &o.why_late, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &o.note, NULL, NULL },
    { "also", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.also, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) also = g_array_new (FALSE, FALSE, sizeof (BenkId));
  BenkAlarmClosing closing = { 0 };
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error) ||
      !benk_ctl_alarm_parse_also (o.also, also, error))
    return FALSE;
  if (!o.cause || !o.action || !o.call_from != !o.call_to)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ (
                             "--cause and --action are needed; --call-from and --call-to "
                             "go together."));
      return FALSE;
    }
  closing = (BenkAlarmClosing){ .cause = o.cause,
                                .action = o.action,
                                .confirmed_role = o.confirmed_role,
                                .confirmed_by = o.confirmed_by,
                                .why_late = o.why_late,
                                .note = o.note,
                                .also = (const BenkId *) (gpointer) also->data,
                                .n_also = also->len };
  return parse_optional_instant (o.confirmed_at, &closing.confirmed_ms, error) &&
         parse_optional_instant (o.call_from, &closing.call_start_ms, error) &&
         parse_optional_instant (o.call_to, &closing.call_end_ms, error) &&
         run (ctl, &id, &closing, error);
}

gboolean
benk_ctl_alarm_reopen (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  BenkAlarms *alarms;
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error))
    return FALSE;
  if (!reason)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--reason is needed."));
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_reopen_async (alarms, &id, reason, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_reopen_finish (alarms, result, error) &&
         benk_ctl_alarm_print_one (ctl, &id, error);
}

static void
print_item (BenkCtl *ctl, const BenkOutboxItem *item)
{
  g_autofree char *words =
    benk_outbox_item_describe (item, benk_clock_get_wall_ms (ctl->clock));

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "kind", item->kind);
  benk_json_add_string (ctl->out, "state", benk_followup_to_name (item->state));
  benk_json_add_string (ctl->out, "feed", item->feed);
  benk_json_add_instant (ctl->out, "made", item->made_ms);
  benk_json_add_instant (ctl->out, "sent", item->sent_ms);
  benk_json_add_int (ctl->out, "attempts", item->attempts);
  benk_json_add_string (ctl->out, "location", item->location);
  benk_json_add_string (ctl->out, "problem", item->words);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s: %s", benk_outbox_item_get_title (item), words);
}

static gboolean
try_again (BenkCtl *ctl, const BenkId *id, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_retry_async (alarms, id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_retry_finish (alarms, result, error);
}

gboolean
benk_ctl_alarm_sending (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean again = FALSE;
  const GOptionEntry entries[] = {
    { "try-again", 0, 0, G_OPTION_ARG_NONE, &again, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  BenkAlarms *alarms;
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      (again && !try_again (ctl, &id, error)))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_load_outbox_async (alarms, &id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  items = benk_alarms_load_outbox_finish (alarms, result, error);
  if (!items)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < items->len; i++)
    print_item (ctl, g_ptr_array_index (items, i));
  benk_json_end_array (ctl->out);
  if (items->len == 0)
    benk_ctl_say (ctl, _ ("Nothing is sent about this alarm."));
  return TRUE;
}
