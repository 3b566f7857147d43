/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-attention.h"
#include "benk-ctl.h"
#include "benk-duties.h"
#include "benk-error.h"

static gboolean
print_quiet (BenkCtl *ctl)
{
  BenkAttention *attention = benk_session_get_attention (ctl->session);
  g_autofree char *until = benk_attention_describe_quiet (attention);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_instant (ctl->out, "quiet_until",
                         benk_attention_get_quiet_until_ms (attention));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", until ? until : _ ("Not quiet now"));
  if (until)
    benk_ctl_say (ctl, "%s",
                  _ ("All alarms are still listed and counted. The desktop shows only "
                     "critical ones, without sound."));
  return TRUE;
}

/* What is quiet is told by the duties: they are read first. */
static gboolean
read_duties (BenkCtl *ctl, GError **error)
{
  BenkDuties *duties = benk_session_get_duties (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDutyRoster) roster = NULL;

  benk_duties_load_async (duties, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  roster = benk_duties_load_finish (duties, result, error);
  return roster != NULL;
}

/* A choice by name, or a time of the clock. */
static gboolean
be_quiet (BenkCtl *ctl, const char *text, GError **error)
{
  BenkAttention *attention = benk_session_get_attention (ctl->session);
  BenkQuiet quiet;
  gint64 until_ms;

  if (benk_quiet_from_name (text, &quiet))
    until_ms = benk_attention_propose_quiet (attention, quiet);
  else
    until_ms = benk_attention_parse_quiet (attention, text, error);
  if (until_ms > 0)
    {
      benk_attention_be_quiet_until (attention, until_ms);
      return TRUE;
    }
  if (error && !*error)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("There is no day duty now that could end."));
  return FALSE;
}

static gboolean
run_quiet (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkAttention *attention;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) || !read_duties (ctl, error))
    return FALSE;
  if (argc < 2)
    return print_quiet (ctl);
  attention = benk_session_get_attention (ctl->session);
  if (g_str_equal (argv[1], "off"))
    benk_attention_end_quiet (attention);
  else if (!be_quiet (ctl, argv[1], error))
    return FALSE;
  return benk_attention_keep (attention, error) && print_quiet (ctl);
}

const BenkCtlCommand benk_ctl_notify_commands[] = {
  { "notify", "quiet", "[30m | 1h | duty-end | next-duty | TIME | off]", run_quiet },
  { NULL, NULL, NULL, NULL },
};
