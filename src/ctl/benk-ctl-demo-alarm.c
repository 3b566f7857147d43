/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-demo-private.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-feeds.h"
#include "benk-wording.h"

static BenkAlarm *
find_alarm (BenkCtlDemo *demo, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_alarms_list_async (alarms, TRUE, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  list = benk_alarms_list_finish (alarms, result, error);
  for (guint i = 0; list && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (g_strcmp0 (benk_alarm_get_serial (alarm), demo->serial) == 0)
        return g_steal_pointer (&alarm);
    }
  if (list)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("The alarm did not arrive."));
  return NULL;
}

/**
 * benk_ctl_demo_connect_hub:
 * @demo: the demo
 * @error: what did not work
 *
 * Starts the virtual alarm hub and adds it as a source.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_connect_hub (BenkCtlDemo *demo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_demo_connect_async (demo->demo, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_demo_connect_finish (demo->demo, result, error))
    return FALSE;
  benk_ctl_demo_say (demo, "hub",
                     _ ("A virtual alarm hub was started and added as a source."), "%s",
                     benk_demo_get_hub_url (demo->demo));
  return TRUE;
}

/**
 * benk_ctl_demo_receive_alarm:
 * @demo: the demo
 * @error: what did not work
 *
 * Lets the hub send an alarm and asks for it.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_receive_alarm (BenkCtlDemo *demo, GError **error)
{
  BenkFeeds *feeds = benk_session_get_feeds (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *words = NULL;
  g_autofree char *raised = NULL;
  guint n_new = 0;

  if (!benk_demo_raise (demo->demo, demo->serial, "1.8", "Rull sitter fast", error))
    return FALSE;
  benk_feeds_sync_async (feeds, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_feeds_sync_finish (feeds, result, &n_new, NULL, error))
    return FALSE;
  alarm = find_alarm (demo, error);
  if (!alarm)
    return FALSE;
  demo->alarm = *benk_alarm_get_id (alarm);
  words = benk_wording_alarm (alarm);
  raised = benk_ctl_format_instant (benk_alarm_get_raised_ms (alarm));
  benk_ctl_demo_say (demo, "alarm", _ ("The hub sent an alarm."),
                     _ ("%u new: %s, %s, raised %s"), n_new, words, demo->serial, raised);
  return TRUE;
}

/**
 * benk_ctl_demo_take_alarm:
 * @demo: the demo
 * @error: what did not work
 *
 * Takes the alarm, at the hub too.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_take_alarm (BenkCtlDemo *demo, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_take_async (alarms, &demo->alarm, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_alarms_take_finish (alarms, result, error))
    return FALSE;
  alarm = find_alarm (demo, error);
  if (!alarm)
    return FALSE;
  benk_ctl_demo_say (demo, "take", _ ("The alarm was taken, at the hub too."),
                     _ ("%s, by %s"),
                     benk_alarm_status_get_label (benk_alarm_get_status (alarm)),
                     benk_alarm_get_taken_by (alarm) ? benk_alarm_get_taken_by (alarm)
                                                     : "–");
  return TRUE;
}

/**
 * benk_ctl_demo_close_alarm:
 * @demo: the demo
 * @error: what did not work
 *
 * Closes the alarm with cause and action.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_close_alarm (BenkCtlDemo *demo, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (demo->ctl->session);
  BenkAlarmClosing closing = { .cause = "roll",
                               .action = "visited",
                               .note = "Rullen tatt ut og satt inn på nytt." };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_close_async (alarms, &demo->alarm, &closing, NULL, benk_ctl_on_ready,
                           demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_alarms_close_finish (alarms, result, error))
    return FALSE;
  alarm = find_alarm (demo, error);
  if (!alarm)
    return FALSE;
  benk_ctl_demo_say (demo, "close", _ ("The alarm was closed with cause and action."),
                     "%s: %s, %s",
                     benk_alarm_status_get_label (benk_alarm_get_status (alarm)),
                     benk_alarm_get_cause (alarm), benk_alarm_get_action (alarm));
  return TRUE;
}

/**
 * benk_ctl_demo_send_followup:
 * @demo: the demo
 * @error: what did not work
 *
 * Sends the follow-up document and asks whether it was accepted.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_send_followup (BenkCtlDemo *demo, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  guint n_accepted = 0;

  benk_alarms_flush_async (alarms, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_alarms_flush_finish (alarms, result, &n_accepted, error))
    return FALSE;
  alarm = find_alarm (demo, error);
  if (!alarm)
    return FALSE;
  if (benk_alarm_get_followup (alarm) != BENK_FOLLOWUP_ACCEPTED)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                           _ ("The hub has not accepted the follow-up document."));
      return FALSE;
    }
  benk_ctl_demo_say (demo, "follow-up", _ ("The follow-up document was sent."),
                     _ ("%s; the hub holds %u document"),
                     benk_followup_get_label (benk_alarm_get_followup (alarm)),
                     benk_demo_get_n_documents (demo->demo));
  return TRUE;
}
