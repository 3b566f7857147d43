/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-ctl-alarm-away.h"

#include <glib/gi18n.h>

#include "benk-alarms-away.h"
#include "benk-ctl-alarm-close.h"
#include "benk-ctl-json.h"
#include "benk-ctl-print.h"
#include "benk-error.h"

static const struct
{
  BenkAwayKind kind;
  const char *key;
  const char *heading;
} parts[] = {
  { BENK_AWAY_OPEN, "open", N_ ("Still open, by next dose:") },
  { BENK_AWAY_ELSEWHERE, "closed_elsewhere", N_ ("Closed in another system:") },
  { BENK_AWAY_SETTLED, "settled", N_ ("Settled by the dispenser:") },
  { BENK_AWAY_HERE, "ended_here", N_ ("Ended here since:") },
};

static void
print_part (BenkCtl *ctl, BenkAbsence *absence, gsize part)
{
  GListModel *alarms = benk_absence_get_alarms (absence, parts[part].kind);

  if (g_list_model_get_n_items (alarms) > 0)
    benk_ctl_say (ctl, "%s", _ (parts[part].heading));
  benk_json_begin_array (ctl->out, parts[part].key);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (alarms, i);

      benk_ctl_print_alarm (ctl, alarm);
    }
  benk_json_end_array (ctl->out);
}

static void
print_gaps (BenkCtl *ctl, const GArray *gaps)
{
  benk_json_begin_array (ctl->out, "not_watched");
  for (guint i = 0; i < gaps->len; i++)
    {
      const BenkWatchGap *gap = &g_array_index (gaps, BenkWatchGap, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_instant (ctl->out, "from", gap->from_ms);
      benk_json_add_instant (ctl->out, "to", gap->to_ms);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
}

static void
print_absence (BenkCtl *ctl, BenkAbsence *absence)
{
  gint64 now_ms = benk_clock_get_wall_ms (ctl->clock);

  if (!benk_absence_is_told (absence))
    benk_ctl_say (ctl,
                  _ ("Nothing to tell: there was no such time, or it was put away."));
  else
    {
      g_autofree char *words = benk_absence_describe (absence);
      g_autofree char *gaps = benk_absence_describe_gaps (absence, now_ms);

      benk_ctl_say (ctl, "%s", words);
      benk_ctl_say (ctl, "%s", gaps);
    }
  benk_json_begin_object (ctl->out, NULL);
  print_gaps (ctl, benk_absence_get_gaps (absence));
  benk_json_add_int (ctl->out, "n_alarms", (gint64) benk_absence_count_all (absence));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    print_part (ctl, absence, i);
  benk_json_end_object (ctl->out);
}

static gboolean
put_away (BenkCtl *ctl, BenkAbsence *absence, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  if (!benk_absence_is_told (absence))
    return TRUE;
  benk_alarms_put_absence_away_async (alarms, absence, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_put_absence_away_finish (alarms, result, error);
}

gboolean
benk_ctl_alarm_away (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean done = FALSE;
  const GOptionEntry entries[] = {
    { "done", 0, 0, G_OPTION_ARG_NONE, &done, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAbsence) absence = NULL;
  BenkAlarms *alarms;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_load_absence_async (alarms, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  absence = benk_alarms_load_absence_finish (alarms, result, error);
  if (absence == NULL || (done && !put_away (ctl, absence, error)))
    return FALSE;
  print_absence (ctl, absence);
  return TRUE;
}

static gboolean
parse_ids (int argc, char **argv, GArray *ids, GError **error)
{
  for (int i = 1; i < argc; i++)
    {
      BenkId id;

      if (!benk_ctl_parse_id (argv[i], &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  return TRUE;
}

static gboolean
tell (BenkCtl *ctl, const BenkCareTelling *telling, GError **error)
{
  BenkAlarms *alarms;
  g_autoptr (GAsyncResult) result = NULL;

  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_handled_by_care_async (alarms, telling, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_alarms_handled_by_care_finish (alarms, result, error))
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < telling->n_alarms; i++)
    if (!benk_ctl_alarm_print_one (ctl, &telling->alarms[i], error))
      return FALSE;
  benk_json_end_array (ctl->out);
  return TRUE;
}

gboolean
benk_ctl_alarm_by_care (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *role = NULL;
  g_autofree char *name = NULL;
  g_autofree char *at = NULL;
  g_autofree char *cause = NULL;
  g_autofree char *action = NULL;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { "cause", 0, 0, G_OPTION_ARG_STRING, &cause, NULL, NULL },
    { "action", 0, 0, G_OPTION_ARG_STRING, &action, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  BenkCareTelling telling = { 0 };

  if (!benk_ctl_parse (&argc, &argv, entries, 1, G_MAXINT, error) ||
      !parse_ids (argc, argv, ids, error))
    return FALSE;
  if (!role || !name || !at)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--role, --name and --at are needed."));
      return FALSE;
    }
  telling.role = role;
  telling.name = name;
  telling.cause = cause;
  telling.action = action;
  telling.alarms = (const BenkId *) (gpointer) ids->data;
  telling.n_alarms = ids->len;
  return benk_ctl_parse_instant (at, &telling.told_ms, error) &&
         tell (ctl, &telling, error);
}
