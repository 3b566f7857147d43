/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-alarm-wait.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-wait.h"
#include "benk-ctl-alarm-close.h"
#include "benk-error.h"

/* Without a zone it is a time of the district, as everywhere that it is said. */
static gboolean
parse_until (const char *text, gint64 *until_ms, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "T ", 2);

  if (g_strv_length (parts) == 2 && strlen (parts[1]) <= strlen ("10:00"))
    return benk_alarms_parse_until (parts[0], parts[1], until_ms, error);
  return benk_ctl_parse_instant (text, until_ms, error);
}

static gboolean
parse_waiting (const char *what,
               const char *until,
               const char *covered,
               BenkAlarmWaiting *waiting,
               GError **error)
{
  if (!what || !until || !benk_wait_from_name (what, &waiting->what) ||
      waiting->what == BENK_WAIT_NONE ||
      (covered && !benk_covered_from_name (covered, &waiting->covered)))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--for vendor|visit|care|delivery and --until are needed; "
                              "--covered is yes, no or unknown."));
      return FALSE;
    }
  return parse_until (until, &waiting->until_ms, error);
}

static gboolean
wait_or_stop (BenkCtl *ctl, GArray *ids, const BenkAlarmWaiting *waiting, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  const BenkId *all = (const BenkId *) (gpointer) ids->data;
  g_autoptr (GAsyncResult) result = NULL;

  if (!waiting)
    {
      benk_alarms_stop_waiting_async (alarms, all, ids->len, NULL, benk_ctl_on_ready,
                                      ctl);
      result = benk_ctl_await (ctl);
      return benk_alarms_stop_waiting_finish (alarms, result, error);
    }
  benk_alarms_wait_async (alarms, all, ids->len, waiting, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_wait_finish (alarms, result, error);
}

/**
 * benk_ctl_alarm_wait:
 *
 * Lets an alarm, and others with it, wait, or ends that.
 */
gboolean
benk_ctl_alarm_wait (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *what = NULL;
  g_autofree char *until = NULL;
  g_autofree char *case_number = NULL;
  g_autofree char *covered = NULL;
  g_autofree char *said_by = NULL;
  g_auto (GStrv) also = NULL;
  gboolean stop = FALSE;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &what, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL },
    { "case", 0, 0, G_OPTION_ARG_STRING, &case_number, NULL, NULL },
    { "covered", 0, 0, G_OPTION_ARG_STRING, &covered, NULL, NULL },
    { "said-by", 0, 0, G_OPTION_ARG_STRING, &said_by, NULL, NULL },
    { "also", 0, 0, G_OPTION_ARG_STRING_ARRAY, &also, NULL, NULL },
    { "stop", 0, 0, G_OPTION_ARG_NONE, &stop, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  BenkAlarmWaiting waiting = { 0 };
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error))
    return FALSE;
  g_array_append_val (ids, id);
  if (!benk_ctl_alarm_parse_also (also, ids, error))
    return FALSE;
  if (stop && (what || until || case_number || covered || said_by))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--stop goes with nothing else."));
      return FALSE;
    }
  if (!stop && !parse_waiting (what, until, covered, &waiting, error))
    return FALSE;
  waiting.case_number = case_number;
  waiting.said_by = said_by;
  return benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         wait_or_stop (ctl, ids, stop ? NULL : &waiting, error) &&
         benk_ctl_alarm_print_one (ctl, &id, error);
}
