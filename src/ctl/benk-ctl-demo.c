/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-work.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "benk-alarms.h"
#include "benk-demo.h"
#include "benk-error.h"
#include "benk-feeds.h"
#include "benk-import.h"
#include "benk-returns.h"
#include "benk-wording.h"

/* Made up; the reference stands for the one in the patient record. */
#define USER_REFERENCE "4711"
#define NURSE "sykepleier Kari Nordmann"

typedef struct
{
  BenkCtl *ctl;
  BenkDemo *demo;
  const char *serial;
  BenkId device;
  BenkId alarm;
  BenkId return_case;
  guint n_steps;
} Demo;

typedef gboolean (*StepFunc) (Demo *demo, GError **error);

/* A line of the demo: what was done, and what was read back afterwards. */
static void say (Demo *demo, const char *id, const char *done, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

static void
say (Demo *demo, const char *id, const char *done, const char *format, ...)
{
  BenkJson *out = demo->ctl->out;
  g_autofree char *read_back = NULL;
  va_list args;

  va_start (args, format);
  read_back = g_strdup_vprintf (format, args);
  va_end (args);
  demo->n_steps++;
  benk_json_begin_object (out, NULL);
  benk_json_add_string (out, "step", id);
  benk_json_add_string (out, "done", done);
  benk_json_add_string (out, "read_back", read_back);
  benk_json_end_object (out);
  benk_ctl_say (demo->ctl, "%2u. %s\n      → %s", demo->n_steps, done, read_back);
}

static BenkDevice *
read_device (Demo *demo, GError **error)
{
  g_autoptr (BenkDeviceCard) card =
    benk_ctl_load_device (demo->ctl, &demo->device, error);

  return card ? g_object_ref (benk_device_card_get_device (card)) : NULL;
}

static const char *
get_state_word (BenkDevice *device)
{
  return benk_device_state_get_label (benk_device_get_state (device),
                                      benk_device_get_reset_proven (device));
}

static gboolean
import_list (Demo *demo, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (demo->ctl->session);
  g_autoptr (GFile) list = benk_demo_write_list (demo->demo, error);
  g_autoptr (GAsyncResult) previewed = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (BenkDevice) device = NULL;
  gint64 seq = 0;

  if (!list)
    return FALSE;
  benk_import_preview_async (inventory, list, NULL, benk_ctl_on_ready, demo->ctl);
  previewed = benk_ctl_await (demo->ctl);
  import = benk_import_preview_finish (previewed, error);
  if (!import)
    return FALSE;
  benk_import_apply_async (import, NULL, benk_ctl_on_ready, demo->ctl);
  applied = benk_ctl_await (demo->ctl);
  if (!benk_import_apply_finish (import, applied, &seq, error))
    return FALSE;
  device = benk_ctl_find_device (demo->ctl, demo->serial, error);
  if (!device)
    return FALSE;
  demo->device = *benk_device_get_id (device);
  say (demo, "import", _ ("A list was imported as one change."),
       _ ("change %d: %u devices; %s is “%s”"), (int) seq,
       benk_import_count (import, BENK_IMPORT_NEW), demo->serial,
       get_state_word (device));
  return TRUE;
}

static gboolean
plug_in (Demo *demo, GError **error)
{
  BenkBench *bench = benk_session_get_bench (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkBenchDevice) plugged = NULL;

  if (!benk_demo_plug_in (demo->demo, error))
    return FALSE;
  benk_bench_settle_async (bench, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_bench_settle_finish (bench, result, error))
    return FALSE;
  plugged = benk_ctl_find_plugged (demo->ctl, demo->serial, error);
  if (!plugged)
    return FALSE;
  say (demo, "plug-in", _ ("Four simulated dispensers were plugged in."),
       _ ("%s: %s, battery %d %%, firmware %s"), benk_bench_device_get_serial (plugged),
       benk_bench_device_get_label (plugged), benk_bench_device_get_battery (plugged),
       benk_bench_device_get_firmware (plugged) ? benk_bench_device_get_firmware (plugged)
                                                : "–");
  return TRUE;
}

static gboolean
finish_job (
  Demo *demo, BenkBenchJob *job, const char *id, const char *done, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  if (!job || !benk_ctl_await_job (demo->ctl, job, error))
    return FALSE;
  if (!benk_bench_job_is_proven (job))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                           benk_bench_job_get_sentence (job));
      return FALSE;
    }
  device = read_device (demo, error);
  if (!device)
    return FALSE;
  say (demo, id, done, _ ("%s The device is “%s”."), benk_bench_job_get_sentence (job),
       get_state_word (device));
  return TRUE;
}

static gboolean
run_reset (Demo *demo, const char *id, const char *done, GError **error)
{
  BenkBench *bench = benk_session_get_bench (demo->ctl->session);
  g_autoptr (BenkBenchDevice) plugged =
    benk_ctl_find_plugged (demo->ctl, demo->serial, error);

  return plugged &&
         finish_job (demo, benk_bench_reset (bench, plugged, demo->serial, error), id,
                     done, error);
}

static gboolean
reset_first (Demo *demo, GError **error)
{
  return run_reset (demo, "reset", _ ("The imported device was reset."), error);
}

static gboolean
attest (Demo *demo, BenkFactKind kind, GError **error)
{
  const char *ref = benk_fact_kind_needs_ref (kind) ? "2026/0042" : NULL;
  const char *stated_by = benk_fact_kind_needs_stated_by (kind) ? NURSE : NULL;

  benk_inventory_attest_async (benk_session_get_inventory (demo->ctl->session),
                               &demo->device, kind, ref, stated_by, NULL,
                               benk_ctl_on_ready, demo->ctl);
  return benk_ctl_await_change (demo->ctl, NULL, error);
}

static gboolean
attest_all (
  Demo *demo, const BenkFactKind *kinds, const char *id, const char *done, GError **error)
{
  GString *labels = g_string_new (NULL);
  g_autofree char *text = NULL;
  gboolean kept = TRUE;

  for (; kept && *kinds != BENK_FACT_NONE; kinds++)
    {
      kept = attest (demo, *kinds, error);
      g_string_append_printf (labels, "%s%s", labels->len ? ", " : "",
                              benk_fact_kind_get_label (*kinds));
    }
  text = g_string_free (labels, FALSE);
  if (kept)
    say (demo, id, done, "%s", text);
  return kept;
}

static gboolean
set_state (
  Demo *demo, BenkDeviceState state, const char *id, const char *done, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  benk_inventory_set_state_async (benk_session_get_inventory (demo->ctl->session),
                                  &demo->device, state, NULL, NULL, benk_ctl_on_ready,
                                  demo->ctl);
  if (!benk_ctl_await_change (demo->ctl, NULL, error))
    return FALSE;
  device = read_device (demo, error);
  if (!device)
    return FALSE;
  say (demo, id, done, _ ("%s is “%s”"), demo->serial, get_state_word (device));
  return TRUE;
}

static gboolean
check_accessories (Demo *demo, GError **error)
{
  static const BenkFactKind kinds[] = { BENK_FACT_ACCESSORIES_COMPLETE, BENK_FACT_NONE };

  return attest_all (demo, kinds, "accessories", _ ("The accessories were checked."),
                     error);
}

static gboolean
make_ready (Demo *demo, GError **error)
{
  BenkBench *bench = benk_session_get_bench (demo->ctl->session);
  g_autoptr (BenkPlan) plan = benk_demo_make_plan ();
  g_autoptr (BenkBenchDevice) plugged =
    benk_ctl_find_plugged (demo->ctl, demo->serial, error);

  return plugged &&
         finish_job (demo,
                     benk_bench_provision (bench, plugged, plan, USER_REFERENCE, error),
                     "make-ready",
                     _ ("Settings were written, put in force and read back."), error);
}

static gboolean
attest_for_user (Demo *demo, GError **error)
{
  static const BenkFactKind kinds[] = {
    BENK_FACT_DECISION_REFERENCE,
    BENK_FACT_NEEDS_ASSESSMENT,
    BENK_FACT_BASELINE,
    BENK_FACT_TRAINING_USER,
    BENK_FACT_RECOMMENDATION,
    BENK_FACT_MEDICINE_LOADED,
    BENK_FACT_NONE,
  };

  return attest_all (demo, kinds, "attest", _ ("What the service needs was attested."),
                     error);
}

static gboolean
deploy (Demo *demo, GError **error)
{
  return set_state (demo, BENK_DEVICE_STATE_TRIAL, "deploy",
                    _ ("The device was installed: its trial starts."), error);
}

static BenkAlarm *
find_alarm (Demo *demo, GError **error)
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

static gboolean
connect_hub (Demo *demo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_demo_connect_async (demo->demo, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_demo_connect_finish (demo->demo, result, error))
    return FALSE;
  say (demo, "hub", _ ("A virtual alarm hub was started and added as a source."), "%s",
       benk_demo_get_hub_url (demo->demo));
  return TRUE;
}

static gboolean
receive_alarm (Demo *demo, GError **error)
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
  say (demo, "alarm", _ ("The hub sent an alarm."), _ ("%u new: %s, %s, raised %s"),
       n_new, words, demo->serial, raised);
  return TRUE;
}

static gboolean
take_alarm (Demo *demo, GError **error)
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
  say (demo, "take", _ ("The alarm was taken, at the hub too."), _ ("%s, by %s"),
       benk_alarm_status_get_label (benk_alarm_get_status (alarm)),
       benk_alarm_get_taken_by (alarm) ? benk_alarm_get_taken_by (alarm) : "–");
  return TRUE;
}

static gboolean
close_alarm (Demo *demo, GError **error)
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
  say (demo, "close", _ ("The alarm was closed with cause and action."), "%s: %s, %s",
       benk_alarm_status_get_label (benk_alarm_get_status (alarm)),
       benk_alarm_get_cause (alarm), benk_alarm_get_action (alarm));
  return TRUE;
}

static gboolean
send_followup (Demo *demo, GError **error)
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
  say (demo, "follow-up", _ ("The follow-up document was sent."),
       _ ("%s; the hub holds %u document"),
       benk_followup_get_label (benk_alarm_get_followup (alarm)),
       benk_demo_get_n_documents (demo->demo));
  return TRUE;
}

static gboolean
collect (Demo *demo, GError **error)
{
  static const BenkFactKind before[] = { BENK_FACT_EVALUATION, BENK_FACT_NONE };
  static const BenkFactKind after[] = { BENK_FACT_MEDICINE_REMOVED, BENK_FACT_NONE };

  return attest_all (demo, before, "evaluation", _ ("The trial was evaluated."), error) &&
         set_state (demo, BENK_DEVICE_STATE_TO_COLLECT, "end",
                    _ ("The service ended: the device is to be collected."), error) &&
         attest_all (demo, after, "medicine-removed", _ ("The medicine was taken out."),
                     error) &&
         set_state (demo, BENK_DEVICE_STATE_QUARANTINE, "collect",
                    _ ("The device was collected."), error);
}

static BenkReturnCase *
open_return (Demo *demo, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_open_async (returns, &demo->device, "Dignio", "Rull setter seg fast", NULL,
                           benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  return benk_returns_open_finish (returns, result, error);
}

static gboolean
return_too_early (Demo *demo, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BenkReturnCase) return_case = open_return (demo, &refusal);

  if (return_case || !g_error_matches (refusal, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                           _ ("A return of a device that is not reset was not refused."));
      return FALSE;
    }
  say (demo, "return-refused", _ ("A return was refused: the device is not reset."), "%s",
       refusal->message);
  return TRUE;
}

static gboolean
reset_again (Demo *demo, GError **error)
{
  static const BenkFactKind kinds[] = { BENK_FACT_CLEANED, BENK_FACT_PORTAL_UNPAIRED,
                                        BENK_FACT_LABEL_REMOVED, BENK_FACT_NONE };
  g_autoptr (BenkDevice) device = NULL;

  if (!attest_all (demo, kinds, "cleaned",
                   _ ("The device was cleaned and taken off the portal."), error) ||
      !run_reset (demo, "reset-again", _ ("The device was reset."), error))
    return FALSE;
  device = read_device (demo, error);
  if (!device)
    return FALSE;
  return benk_device_get_state (device) == BENK_DEVICE_STATE_RESET ||
         set_state (demo, BENK_DEVICE_STATE_RESET, "reset-proven",
                    _ ("The reset is proven."), error);
}

static BenkReturnCase *
read_return (Demo *demo, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_returns_list_async (returns, TRUE, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  list = benk_returns_list_finish (returns, result, error);
  for (guint i = 0; list && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkReturnCase) one = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_return_case_get_id (one), &demo->return_case))
        return g_steal_pointer (&one);
    }
  if (list)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("The return case is not there."));
  return NULL;
}

static gboolean
register_return (Demo *demo, GError **error)
{
  g_autoptr (BenkReturnCase) opened = open_return (demo, error);
  g_autoptr (BenkReturnCase) kept = NULL;

  if (!opened)
    return FALSE;
  demo->return_case = *benk_return_case_get_id (opened);
  kept = read_return (demo, error);
  if (!kept)
    return FALSE;
  say (demo, "return", _ ("The return was registered."), "%s, %s",
       benk_return_case_get_vendor (kept),
       benk_return_state_get_label (benk_return_case_get_state (kept)));
  return TRUE;
}

static gboolean
step_return (Demo *demo,
             BenkReturnState state,
             const BenkReturnDetails *details,
             const char *done,
             GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkReturnCase) kept = NULL;
  g_autoptr (BenkDevice) device = NULL;

  benk_returns_step_async (returns, &demo->return_case, state, details, NULL,
                           benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_returns_step_finish (returns, result, NULL, error))
    return FALSE;
  kept = read_return (demo, error);
  device = kept ? read_device (demo, error) : NULL;
  if (!device)
    return FALSE;
  say (demo, benk_return_state_to_name (state), done, _ ("%s; the device is “%s”"),
       benk_return_state_get_label (benk_return_case_get_state (kept)),
       get_state_word (device));
  return TRUE;
}

static gboolean
send_back (Demo *demo, GError **error)
{
  BenkReturnDetails answered = { .rma_number = "RMA-2026-118" };
  BenkReturnDetails packed = { .scanned_serial = demo->serial,
                               .accessories_counted = TRUE,
                               .no_names = TRUE };
  BenkReturnDetails sent = { .tracking = "70700123456789" };
  BenkReturnDetails received = { .stated_by = "Dignio kundesenter" };
  BenkReturnDetails outcome = { .outcome = "repaired" };
  BenkReturnDetails closed = { 0 };

  return step_return (demo, BENK_RETURN_STATE_ANSWERED, &answered,
                      _ ("The vendor gave a return number."), error) &&
         step_return (demo, BENK_RETURN_STATE_PACKED, &packed,
                      _ ("The device was scanned and packed."), error) &&
         step_return (demo, BENK_RETURN_STATE_SENT, &sent, _ ("The parcel was sent."),
                      error) &&
         step_return (demo, BENK_RETURN_STATE_RECEIVED, &received,
                      _ ("The vendor confirmed that it arrived."), error) &&
         step_return (demo, BENK_RETURN_STATE_OUTCOME, &outcome,
                      _ ("The vendor told the outcome."), error) &&
         step_return (demo, BENK_RETURN_STATE_CLOSED, &closed, _ ("The case was closed."),
                      error);
}

static gboolean
verify_log (Demo *demo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *hash = NULL;
  gint64 seq = 0;

  benk_session_verify_async (demo->ctl->session, 0, NULL, NULL, benk_ctl_on_ready,
                             demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_session_verify_finish (demo->ctl->session, result, &seq, &hash, error))
    return FALSE;
  say (demo, "verify", _ ("The change log was checked."), _ ("intact up to row %d, %s"),
       (int) seq, hash);
  return TRUE;
}

static const StepFunc steps[] = {
  import_list,     plug_in,       reset_first, check_accessories, make_ready,
  attest_for_user, deploy,        connect_hub, receive_alarm,     take_alarm,
  close_alarm,     send_followup, collect,     return_too_early,  reset_again,
  register_return, send_back,     verify_log,
};

static gboolean
open_demo (Demo *demo, const char *dir, GError **error)
{
  BenkCtl *ctl = demo->ctl;
  g_autoptr (GAsyncResult) result = NULL;

  g_free (ctl->store);
  ctl->store = g_build_filename (dir, "demo.db", NULL);
  benk_session_create_store_async (ctl->store, TRUE, ctl->clock, NULL, benk_ctl_on_ready,
                                   ctl);
  result = benk_ctl_await (ctl);
  if (!benk_session_create_store_finish (result, error))
    return FALSE;
  if (!ctl->as)
    ctl->as = g_strdup ("DEMO");
  if (!benk_ctl_open (ctl, BENK_SESSION_ENGINE, error))
    return FALSE;
  demo->demo = benk_demo_new (ctl->session, dir, error);
  return demo->demo != NULL;
}

static gboolean
run_steps (Demo *demo, const char *dir, GError **error)
{
  gboolean done = open_demo (demo, dir, error);

  benk_json_begin_array (demo->ctl->out, NULL);
  for (gsize i = 0; done && i < G_N_ELEMENTS (steps); i++)
    done = steps[i](demo, error);
  benk_json_end_array (demo->ctl->out);
  return done;
}

static void
remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_dir (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
run_demo (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *keep = NULL;
  g_autofree char *temporary = NULL;
  const GOptionEntry entries[] = {
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep, NULL, NULL },
    { NULL },
  };
  Demo demo = { .ctl = ctl, .serial = benk_demo_get_devices ()[0].serial };
  gboolean done;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!keep)
    temporary = g_dir_make_tmp ("dosebenk-demo-XXXXXX", error);
  if (!keep && !temporary)
    return FALSE;
  benk_ctl_say (ctl, _ ("A demo store with simulated devices: nothing here is valid as "
                        "proof."));
  done = run_steps (&demo, keep ? keep : temporary, error);
  g_clear_object (&demo.demo);
  g_clear_object (&ctl->session);
  if (temporary)
    remove_dir (temporary);
  return done;
}

const BenkCtlCommand benk_ctl_demo_commands[] = {
  { "demo", NULL, "[--keep DIR]", run_demo },
  { NULL, NULL, NULL, NULL },
};
