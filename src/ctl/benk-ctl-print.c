/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-print.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-roll-batch.h"
#include "benk-wording.h"

static const char *
or_dash (const char *text)
{
  return text && *text ? text : "–";
}

/**
 * benk_ctl_print_device:
 * @ctl: the command
 * @key: (nullable): its key within an object
 * @device: a device whose properties are there
 *
 * Prints a device as one line, or as one object.
 */
void
benk_ctl_print_device (BenkCtl *ctl, const char *key, BenkDevice *device)
{
  BenkJson *out = ctl->out;
  BenkDeviceState state = benk_device_get_state (device);

  benk_json_begin_object (out, key);
  benk_json_add_id (out, "id", benk_device_get_id (device));
  benk_json_add_string (out, "model", benk_device_get_model_id (device));
  benk_json_add_string (out, "serial", benk_device_get_serial (device));
  benk_json_add_string (out, "imei", benk_device_get_imei (device));
  benk_json_add_string (out, "asset", benk_device_get_asset (device));
  benk_json_add_string (out, "state", benk_device_state_to_name (state));
  benk_json_add_instant (out, "state_since", benk_device_get_state_since_ms (device));
  benk_json_add_string (out, "origin",
                        benk_origin_to_name (benk_device_get_origin (device)));
  benk_json_add_bool (out, "reset_proven", benk_device_get_reset_proven (device));
  benk_json_add_string (out, "place", benk_device_get_place_name (device));
  benk_json_add_string (out, "vendor", benk_device_get_vendor (device));
  benk_json_add_string (out, "received", benk_device_get_received_date (device));
  benk_json_add_string (out, "warranty", benk_device_get_warranty_date (device));
  benk_json_add_string (out, "owner",
                        benk_owner_to_name (benk_device_get_owner (device)));
  benk_json_add_string (out, "lease_end", benk_device_get_lease_end_date (device));
  benk_json_add_instant (out, "labelled", benk_device_get_labelled_ms (device));
  benk_json_add_string (out, "user", benk_device_get_person_ref (device));
  benk_json_add_string (out, "team", benk_device_get_team (device));
  benk_json_add_string (out, "reserved", benk_device_get_reserved_date (device));
  benk_json_add_string (out, "reserved_for", benk_device_get_reserved_ref (device));
  benk_json_add_string (out, "note", benk_device_get_note (device));
  benk_json_end_object (out);
  benk_ctl_say (ctl, "%-14s %-14s %-7s %-42s %s",
                or_dash (benk_device_get_model_id (device)),
                or_dash (benk_device_get_serial (device)),
                or_dash (benk_device_get_asset (device)),
                benk_device_describe_state (device),
                or_dash (benk_device_get_place_name (device)));
}

static gint64
get_now_ms (BenkCtl *ctl)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (ctl->session));
}

static void
print_waiting (BenkCtl *ctl, BenkAlarm *alarm)
{
  BenkWait what = benk_alarm_get_waiting_for (alarm);
  gboolean set = what != BENK_WAIT_NONE;

  benk_json_add_string (ctl->out, "waiting_for", set ? benk_wait_to_name (what) : NULL);
  benk_json_add_instant (ctl->out, "waiting_until",
                         benk_alarm_get_waiting_until_ms (alarm));
  benk_json_add_bool (ctl->out, "waiting",
                      benk_alarm_is_waiting (alarm, get_now_ms (ctl)));
  benk_json_add_string (ctl->out, "case_number", benk_alarm_get_case_number (alarm));
  benk_json_add_string (ctl->out, "covered",
                        set ? benk_covered_to_name (benk_alarm_get_covered (alarm))
                            : NULL);
  benk_json_add_string (ctl->out, "covered_by", benk_alarm_get_covered_by (alarm));
}

static gboolean
is_group_face (BenkAlarm *alarm)
{
  return benk_id_equal (benk_alarm_get_group_face (alarm), benk_alarm_get_id (alarm));
}

static void
print_group (BenkCtl *ctl, BenkAlarm *alarm)
{
  BenkAlarmGroup kind = benk_alarm_get_group_kind (alarm);

  benk_json_add_string (ctl->out, "group",
                        kind == BENK_ALARM_GROUP_NONE ? NULL
                                                      : benk_alarm_group_to_name (kind));
  benk_json_add_id (ctl->out, "group_id", benk_alarm_get_group_face (alarm));
  benk_json_add_int (ctl->out, "group_size", MAX (benk_alarm_get_n_group (alarm), 1));
}

/* (transfer full): what the one that stands for a group says of it, and
 * of what batch its roll is. */
static char *
describe_group (BenkAlarm *alarm)
{
  g_autofree char *batch = benk_roll_batch_describe (benk_alarm_get_roll_packer (alarm),
                                                     benk_alarm_get_roll_batch (alarm));
  g_autofree char *noted = batch ? g_strdup_printf (_ ("  roll batch %s"), batch) : NULL;

  if (benk_alarm_get_n_group (alarm) == 0 || !is_group_face (alarm))
    return g_strdup (noted ? noted : "");
  return g_strdup_printf ("  ×%d (%s)%s", benk_alarm_get_n_group (alarm),
                          benk_alarm_group_get_label (benk_alarm_get_group_kind (alarm)),
                          noted ? noted : "");
}

/**
 * benk_ctl_print_alarm:
 * @ctl: the command
 * @alarm: an alarm
 *
 * Prints an alarm as one line, or as one object.
 */
void
benk_ctl_print_alarm (BenkCtl *ctl, BenkAlarm *alarm)
{
  BenkJson *out = ctl->out;
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));
  g_autofree char *raised = benk_ctl_format_instant (benk_alarm_get_raised_ms (alarm));
  g_autofree char *words = benk_wording_alarm (alarm);
  g_autofree char *waiting = benk_alarm_describe_waiting (alarm, get_now_ms (ctl));
  g_autofree char *group = describe_group (alarm);
  gboolean is_member = benk_alarm_get_n_group (alarm) > 0 && !is_group_face (alarm);

  benk_json_begin_object (out, NULL);
  benk_json_add_string (out, "id", id);
  benk_json_add_id (out, "device_id", benk_alarm_get_device_id (alarm));
  benk_json_add_string (out, "model", benk_alarm_get_model_id (alarm));
  benk_json_add_string (out, "serial", benk_alarm_get_serial (alarm));
  benk_json_add_string (out, "code", benk_alarm_get_code (alarm));
  benk_json_add_string (out, "code_text", benk_alarm_get_code_text (alarm));
  benk_json_add_int (out, "severity", benk_alarm_get_severity (alarm));
  benk_json_add_string (out, "via", benk_alarm_via_to_name (benk_alarm_get_via (alarm)));
  benk_json_add_string (out, "feed", benk_alarm_get_feed_name (alarm));
  benk_json_add_string (out, "status",
                        benk_alarm_status_to_name (benk_alarm_get_status (alarm)));
  benk_json_add_string (out, "responsibility",
                        benk_responsibility_to_name (
                          benk_alarm_get_responsibility (alarm)));
  benk_json_add_instant (out, "raised", benk_alarm_get_raised_ms (alarm));
  benk_json_add_instant (out, "received", benk_alarm_get_received_ms (alarm));
  benk_json_add_instant (out, "opened", benk_alarm_get_opened_ms (alarm));
  benk_json_add_instant (out, "taken", benk_alarm_get_taken_ms (alarm));
  benk_json_add_string (out, "taken_by", benk_alarm_get_taken_by (alarm));
  benk_json_add_instant (out, "closed", benk_alarm_get_closed_ms (alarm));
  benk_json_add_string (out, "cause", benk_alarm_get_cause (alarm));
  benk_json_add_string (out, "action", benk_alarm_get_action (alarm));
  benk_json_add_instant (out, "take_deadline", benk_alarm_get_take_deadline_ms (alarm));
  benk_json_add_instant (out, "resolve_deadline",
                         benk_alarm_get_resolve_deadline_ms (alarm));
  benk_json_add_bool (out, "deadlines_proposed",
                      benk_alarm_get_deadlines_proposed (alarm));
  benk_json_add_string (out, "followup",
                        benk_followup_to_name (benk_alarm_get_followup (alarm)));
  print_waiting (ctl, alarm);
  benk_json_add_string (out, "team", benk_alarm_get_team_name (alarm));
  benk_json_add_string (out, "call", benk_alarm_get_call (alarm));
  benk_json_add_instant (out, "handed_over", benk_alarm_get_handed_ms (alarm));
  benk_json_add_string (out, "handed_to", benk_alarm_get_handed_to (alarm));
  benk_json_add_instant (out, "accepted", benk_alarm_get_accepted_ms (alarm));
  benk_json_add_string (out, "roll_packer", benk_alarm_get_roll_packer (alarm));
  benk_json_add_string (out, "roll_batch", benk_alarm_get_roll_batch (alarm));
  print_group (ctl, alarm);
  benk_json_end_object (out);
  benk_ctl_say (ctl, "%s%s  %-8s %-4s %-20s %-14s %s%s%s%s", is_member ? "  " : "", id,
                benk_alarm_status_to_name (benk_alarm_get_status (alarm)),
                or_dash (benk_alarm_get_code (alarm)), words,
                or_dash (benk_alarm_get_serial (alarm)), raised, group,
                waiting ? "  " : "", waiting ? waiting : "");
}

/**
 * benk_ctl_print_return:
 * @ctl: the command
 * @return_case: a return case
 *
 * Prints a return case as one line, or as one object.
 */
void
benk_ctl_print_return (BenkCtl *ctl, BenkReturnCase *return_case)
{
  BenkJson *out = ctl->out;
  BenkReturnState state = benk_return_case_get_state (return_case);
  g_autofree char *id = benk_id_to_string (benk_return_case_get_id (return_case));

  benk_json_begin_object (out, NULL);
  benk_json_add_string (out, "id", id);
  benk_json_add_id (out, "device_id", benk_return_case_get_device_id (return_case));
  benk_json_add_string (out, "device", benk_return_case_get_device_label (return_case));
  benk_json_add_string (out, "vendor", benk_return_case_get_vendor (return_case));
  benk_json_add_string (out, "state", benk_return_state_to_name (state));
  benk_json_add_string (out, "rma_number", benk_return_case_get_rma_number (return_case));
  benk_json_add_bool (out, "no_rma", benk_return_case_get_no_rma (return_case));
  benk_json_add_string (out, "reason", benk_return_case_get_reason (return_case));
  benk_json_add_instant (out, "opened", benk_return_case_get_opened_ms (return_case));
  benk_json_add_instant (out, "deadline", benk_return_case_get_deadline_ms (return_case));
  benk_json_add_string (out, "tracking", benk_return_case_get_tracking (return_case));
  benk_json_add_string (out, "outcome", benk_return_case_get_outcome (return_case));
  benk_json_end_object (out);
  benk_ctl_say (ctl, "%s  %-10s %-24s %s", id, benk_return_state_to_name (state),
                or_dash (benk_return_case_get_device_label (return_case)),
                or_dash (benk_return_case_get_vendor (return_case)));
}

/**
 * benk_ctl_print_history:
 * @ctl: the command
 * @item: a change
 *
 * Prints what was done, by whom and when, with old and new values.
 */
void
benk_ctl_print_history (BenkCtl *ctl, BenkHistoryItem *item)
{
  BenkJson *out = ctl->out;
  const char *const *changes = benk_history_item_get_changes (item);
  g_autofree char *at = benk_ctl_format_instant (benk_history_item_get_at_ms (item));

  benk_json_begin_object (out, NULL);
  benk_json_add_int (out, "seq", benk_history_item_get_seq (item));
  benk_json_add_string (out, "at", at);
  benk_json_add_string (out, "verb",
                        benk_verb_to_name (benk_history_item_get_verb (item)));
  benk_json_add_string (out, "who", benk_history_item_get_who (item));
  benk_json_add_string (out, "reason", benk_history_item_get_reason (item));
  benk_json_begin_array (out, "changes");
  for (guint i = 0; changes && changes[i]; i++)
    benk_json_add_string (out, NULL, changes[i]);
  benk_json_end_array (out);
  benk_json_end_object (out);
  benk_ctl_say (ctl, "%5d  %s  %-10s %s", (int) benk_history_item_get_seq (item), at,
                or_dash (benk_history_item_get_who (item)),
                benk_verb_get_label (benk_history_item_get_verb (item)));
  for (guint i = 0; changes && changes[i]; i++)
    benk_ctl_say (ctl, "         %s", changes[i]);
}

/** benk_ctl_print_step: one step of a job, with how far it is */
void
benk_ctl_print_step (BenkCtl *ctl, BenkStep *step)
{
  static const char *const states[] = { "waiting", "running", "done", "failed",
                                        "skipped" };
  const char *state = states[benk_step_get_state (step)];

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "id", benk_step_get_id (step));
  benk_json_add_string (ctl->out, "label", benk_step_get_label (step));
  benk_json_add_string (ctl->out, "state", state);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "  %-8s %s", state, benk_step_get_label (step));
}

/**
 * benk_ctl_print_list:
 * @ctl: the command
 * @key: (nullable): the name of the array, where it stands in an object
 * @list: what to print
 * @print: prints an item of it
 */
void
benk_ctl_print_list (BenkCtl *ctl, const char *key, GListModel *list, BenkCtlPrint print)
{
  benk_json_begin_array (ctl->out, key);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      print (ctl, item);
    }
  benk_json_end_array (ctl->out);
}

/**
 * benk_ctl_run_list:
 * @ctl: the command
 * @argc: how many words it has
 * @argv: its words: nothing, or `--all`
 * @load: reads the list
 * @print: prints an item of it
 * @error: wrong usage, or what @load says
 *
 * Returns: whether the list was printed
 */
gboolean
benk_ctl_run_list (BenkCtl *ctl,
                   int argc,
                   char **argv,
                   BenkCtlLoad load,
                   BenkCtlPrint print,
                   GError **error)
{
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL },
    { NULL },
  };
  g_autoptr (GListModel) list = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  list = load (ctl, all, error);
  if (!list)
    return FALSE;
  benk_ctl_print_list (ctl, NULL, list, print);
  return TRUE;
}
