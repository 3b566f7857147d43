/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-alarm-hand.h"

#include <glib/gi18n.h>

#include "benk-alarms-hand.h"
#include "benk-ctl-print.h"
#include "benk-error.h"

#define MAX_ALARMS 100

typedef struct
{
  char *role;
  char *to;
  char *by;
  char *at;
  gboolean accepted;
  gboolean accept;
  gboolean keep;
  BenkHandOver hand_over;
  gint64 at_ms;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->role);
  g_free (options->to);
  g_free (options->by);
  g_free (options->at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
usage (GError **error)
{
  g_set_error_literal (
    error, BENK_ERROR, BENK_ERROR_USAGE,
    _ ("Say --role coordinator|charge-nurse|technician|vendor, --to NAME or both; or "
       "--accept, or --keep, of one alarm."));
  return FALSE;
}

static gboolean
check (Options *options, guint n_alarms, GError **error)
{
  gboolean gives = options->role || options->to || options->accepted;
  BenkDutyRole role;

  options->hand_over =
    (BenkHandOver){ BENK_DUTY_ROLE_NONE, options->to, options->accepted };
  if (gives + options->accept + options->keep != 1 || (!gives && n_alarms > 1) ||
      ((options->by || options->at) && !options->accept))
    return usage (error);
  if (options->role)
    {
      if (!benk_duty_role_from_name (options->role, &role))
        return usage (error);
      options->hand_over.role = (int) role;
    }
  return !options->at || benk_ctl_parse_instant (options->at, &options->at_ms, error);
}

static gboolean
do_it (BenkCtl *ctl, const Options *options, GArray *ids, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  const BenkId *first = &g_array_index (ids, BenkId, 0);
  g_autoptr (GAsyncResult) result = NULL;

  if (options->accept)
    benk_alarms_accept_async (alarms, first, options->by, options->at_ms, NULL,
                              benk_ctl_on_ready, ctl);
  else if (options->keep)
    benk_alarms_keep_async (alarms, first, NULL, benk_ctl_on_ready, ctl);
  else
    benk_alarms_hand_over_async (alarms, first, ids->len, &options->hand_over, NULL,
                                 benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_hand_over_finish (alarms, result, error);
}

static gboolean
contains (GArray *ids, const BenkId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (benk_id_equal (&g_array_index (ids, BenkId, i), id))
      return TRUE;
  return FALSE;
}

static gboolean
print (BenkCtl *ctl, GArray *ids, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_alarms_list_async (alarms, FALSE, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  list = benk_alarms_list_finish (alarms, result, error);
  if (!list)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (contains (ids, benk_alarm_get_id (alarm)))
        benk_ctl_print_alarm (ctl, alarm);
    }
  benk_json_end_array (ctl->out);
  return TRUE;
}

/**
 * benk_ctl_alarm_hand_over:
 *
 * Hands alarms over, says that one was accepted, or keeps one after all.
 */
gboolean
benk_ctl_alarm_hand_over (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL },
    { "accepted", 0, 0, G_OPTION_ARG_NONE, &options.accepted, NULL, NULL },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &options.accept, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, NULL, NULL },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (!benk_ctl_parse (&argc, &argv, entries, 1, MAX_ALARMS, error) ||
      !check (&options, (guint) argc - 1, error))
    return FALSE;
  for (int i = 1; i < argc; i++)
    {
      BenkId id;

      if (!benk_ctl_parse_id (argv[i], &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  return benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         do_it (ctl, &options, ids, error) && print (ctl, ids, error);
}
