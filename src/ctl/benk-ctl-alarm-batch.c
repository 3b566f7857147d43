/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-alarm-batch.h"

#include <glib/gi18n.h>

#include "benk-alarms-batch.h"
#include "benk-ctl-alarm-close.h"
#include "benk-error.h"

static gboolean
check (const char *packer, const char *batch, gboolean clear, GError **error)
{
  if (clear ? packer == NULL && batch == NULL : batch != NULL)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                       _ ("--batch is needed, or --clear alone."));
  return FALSE;
}

/**
 * benk_ctl_alarm_batch:
 *
 * Notes of what batch the roll is that an alarm stopped at.
 */
gboolean
benk_ctl_alarm_batch (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *packer = NULL;
  g_autofree char *batch = NULL;
  gboolean clear = FALSE;
  const GOptionEntry entries[] = {
    { "packer", 0, 0, G_OPTION_ARG_STRING, &packer, NULL, NULL },
    { "batch", 0, 0, G_OPTION_ARG_STRING, &batch, NULL, NULL },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  BenkAlarms *alarms;
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error) || !check (packer, batch, clear, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarms = benk_session_get_alarms (ctl->session);
  benk_alarms_note_batch_async (alarms, &id, packer, batch, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_note_batch_finish (alarms, result, NULL, error) &&
         benk_ctl_alarm_print_one (ctl, &id, error);
}
