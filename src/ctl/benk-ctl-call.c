/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-call.h"

#include <glib/gi18n.h>

#include "benk-alarms.h"
#include "benk-ctl-json.h"
#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-inventory-call.h"

/* (transfer full) */
static BenkAlarm *
find_alarm (BenkCtl *ctl, const BenkId *id, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_alarms_list_async (alarms, TRUE, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  list = benk_alarms_list_finish (alarms, result, error);
  for (guint i = 0; list && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_alarm_get_id (alarm), id))
        return g_steal_pointer (&alarm);
    }
  if (list)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("There is no such alarm."));
  return NULL;
}

typedef struct
{
  BenkId device;
  char *serial;
  BenkCaller caller;
} Call;

static void
call_clear (Call *call)
{
  g_free (call->serial);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
find_by_alarm (BenkCtl *ctl, const char *text, Call *call, GError **error)
{
  g_autoptr (BenkAlarm) alarm = NULL;
  BenkId id;

  if (!benk_ctl_parse_id (text, &id, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  alarm = find_alarm (ctl, &id, error);
  if (!alarm)
    return FALSE;
  call->device = *benk_alarm_get_device_id (alarm);
  call->serial = g_strdup (benk_alarm_get_serial (alarm));
  if (!benk_id_is_nil (&call->device))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("The device of this alarm is not registered here."));
  return FALSE;
}

static gboolean
find_by_serial (BenkCtl *ctl, const char *serial, Call *call, GError **error)
{
  g_autoptr (BenkDevice) device = benk_ctl_open_device (ctl, serial, error);

  if (!device)
    return FALSE;
  call->device = *benk_device_get_id (device);
  call->serial = g_strdup (benk_device_get_serial (device));
  return TRUE;
}

static gboolean
note (BenkCtl *ctl, const Call *call, const char *about, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  benk_inventory_note_call_async (inventory, &call->device, call->caller, about, NULL,
                                  benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_inventory_change_finish (inventory, result, &seq, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "device", call->serial);
  benk_json_add_string (ctl->out, "caller", benk_caller_to_name (call->caller));
  benk_json_add_int (ctl->out, "seq", seq);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", _ ("The call is noted."));
  return TRUE;
}

static gboolean
run_call (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *alarm = NULL;
  g_autofree char *caller = NULL;
  g_autofree char *about = NULL;
  const GOptionEntry entries[] = {
    { "alarm", 0, 0, G_OPTION_ARG_STRING, &alarm, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &caller, NULL, NULL },
    { "about", 0, 0, G_OPTION_ARG_STRING, &about, NULL, NULL },
    { NULL },
  };
  g_auto (Call) call = { 0 };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error))
    return FALSE;
  if ((argc == 2) == (alarm != NULL) || !caller || !about ||
      !benk_caller_from_name (caller, &call.caller))
    {
      g_set_error_literal (
        error, BENK_ERROR, BENK_ERROR_USAGE,
        _ ("Say the serial number or --alarm, --about, and --from "
           "user|next-of-kin|home-care|coordinator|charge-nurse|vendor|other."));
      return FALSE;
    }
  return (alarm ? find_by_alarm (ctl, alarm, &call, error)
                : find_by_serial (ctl, argv[1], &call, error)) &&
         note (ctl, &call, about, error);
}

const BenkCtlCommand benk_ctl_call_commands[] = {
  { "call", "note",
    "SERIAL|--alarm ID --from "
    "user|next-of-kin|home-care|coordinator|charge-nurse|vendor|other --about TEXT",
    run_call },
  { NULL, NULL, NULL, NULL },
};
