/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-demo-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-import.h"

/* Made up; the reference stands for the one in the patient record. */
#define USER_REFERENCE "4711"
#define NURSE "sykepleier Kari Nordmann"

typedef gboolean (*StepFunc) (BenkCtlDemo *demo, GError **error);

/**
 * benk_ctl_demo_say:
 * @demo: the demo
 * @id: the step's stable name
 * @done: what was done
 * @format: a printf format for what was read back afterwards
 * @...: what goes into it
 *
 * Prints a step of the demo.
 */
void
benk_ctl_demo_say (
  BenkCtlDemo *demo, const char *id, const char *done, const char *format, ...)
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

/**
 * benk_ctl_demo_read_device:
 * @demo: the demo
 * @error: why it could not be read
 *
 * Returns: (transfer full): the device as the store holds it, or %NULL
 */
BenkDevice *
benk_ctl_demo_read_device (BenkCtlDemo *demo, GError **error)
{
  g_autoptr (BenkDeviceCard) card =
    benk_ctl_load_device (demo->ctl, &demo->device, error);

  return card ? g_object_ref (benk_device_card_get_device (card)) : NULL;
}

static const char *
get_state_word (BenkDevice *device)
{
  return benk_device_describe_state (device);
}

static gboolean
import_list (BenkCtlDemo *demo, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (demo->ctl->session);
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GFile) list = NULL;
  g_autoptr (GAsyncResult) previewed = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (BenkDevice) device = NULL;
  gint64 seq = 0;

  benk_demo_write_list_async (demo->demo, NULL, benk_ctl_on_ready, demo->ctl);
  written = benk_ctl_await (demo->ctl);
  list = benk_demo_write_list_finish (demo->demo, written, error);
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
  benk_ctl_demo_say (demo, "import", _ ("A list was imported as one change."),
                     _ ("change %d: %u devices; %s is “%s”"), (int) seq,
                     benk_import_count (import, BENK_IMPORT_NEW), demo->serial,
                     get_state_word (device));
  return TRUE;
}

static gboolean
plug_in (BenkCtlDemo *demo, GError **error)
{
  BenkBench *bench = benk_session_get_bench (demo->ctl->session);
  g_autoptr (GAsyncResult) in = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkBenchDevice) plugged = NULL;

  benk_demo_plug_in_async (demo->demo, NULL, benk_ctl_on_ready, demo->ctl);
  in = benk_ctl_await (demo->ctl);
  if (!benk_demo_plug_in_finish (demo->demo, in, error))
    return FALSE;
  benk_bench_settle_async (bench, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_bench_settle_finish (bench, result, error))
    return FALSE;
  plugged = benk_ctl_find_plugged (demo->ctl, demo->serial, error);
  if (!plugged)
    return FALSE;
  benk_ctl_demo_say (demo, "plug-in", _ ("Four simulated dispensers were plugged in."),
                     _ ("%s: %s, battery %d %%, firmware %s"),
                     benk_bench_device_get_serial (plugged),
                     benk_bench_device_get_label (plugged),
                     benk_bench_device_get_battery (plugged),
                     benk_bench_device_get_firmware (plugged)
                       ? benk_bench_device_get_firmware (plugged)
                       : "–");
  return TRUE;
}

static gboolean
finish_job (
  BenkCtlDemo *demo, BenkBenchJob *job, const char *id, const char *done, GError **error)
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
  device = benk_ctl_demo_read_device (demo, error);
  if (!device)
    return FALSE;
  benk_ctl_demo_say (demo, id, done, _ ("%s The device is “%s”."),
                     benk_bench_job_get_sentence (job), get_state_word (device));
  return TRUE;
}

static gboolean
run_reset (BenkCtlDemo *demo, const char *id, const char *done, GError **error)
{
  BenkBench *bench = benk_session_get_bench (demo->ctl->session);
  g_autoptr (BenkBenchDevice) plugged =
    benk_ctl_find_plugged (demo->ctl, demo->serial, error);

  return plugged &&
         finish_job (demo, benk_bench_reset (bench, plugged, demo->serial, error), id,
                     done, error);
}

static gboolean
reset_first (BenkCtlDemo *demo, GError **error)
{
  return run_reset (demo, "reset", _ ("The imported device was reset."), error);
}

static gboolean
attest (BenkCtlDemo *demo, BenkFactKind kind, GError **error)
{
  const char *ref = benk_fact_kind_needs_ref (kind) ? "2026/0042" : NULL;
  const char *stated_by = benk_fact_kind_needs_stated_by (kind) ? NURSE : NULL;

  benk_inventory_attest_async (benk_session_get_inventory (demo->ctl->session),
                               &demo->device, kind, ref, stated_by, NULL,
                               benk_ctl_on_ready, demo->ctl);
  return benk_ctl_await_change (demo->ctl, NULL, error);
}

static gboolean
attest_all (BenkCtlDemo *demo,
            const BenkFactKind *kinds,
            const char *id,
            const char *done,
            GError **error)
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
    benk_ctl_demo_say (demo, id, done, "%s", text);
  return kept;
}

static gboolean
set_state (BenkCtlDemo *demo,
           BenkDeviceState state,
           const char *id,
           const char *done,
           GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  benk_inventory_set_state_async (benk_session_get_inventory (demo->ctl->session),
                                  &demo->device, state, NULL, NULL, benk_ctl_on_ready,
                                  demo->ctl);
  if (!benk_ctl_await_change (demo->ctl, NULL, error))
    return FALSE;
  device = benk_ctl_demo_read_device (demo, error);
  if (!device)
    return FALSE;
  benk_ctl_demo_say (demo, id, done, _ ("%s is “%s”"), demo->serial,
                     get_state_word (device));
  return TRUE;
}

static gboolean
check_accessories (BenkCtlDemo *demo, GError **error)
{
  static const BenkFactKind kinds[] = { BENK_FACT_ACCESSORIES_COMPLETE, BENK_FACT_NONE };

  return attest_all (demo, kinds, "accessories", _ ("The accessories were checked."),
                     error);
}

static gboolean
make_ready (BenkCtlDemo *demo, GError **error)
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
attest_for_user (BenkCtlDemo *demo, GError **error)
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
deploy (BenkCtlDemo *demo, GError **error)
{
  return set_state (demo, BENK_DEVICE_STATE_TRIAL, "deploy",
                    _ ("The device was installed: its trial starts."), error);
}

static gboolean
collect (BenkCtlDemo *demo, GError **error)
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

static gboolean
reset_again (BenkCtlDemo *demo, GError **error)
{
  static const BenkFactKind kinds[] = { BENK_FACT_CLEANED, BENK_FACT_PORTAL_UNPAIRED,
                                        BENK_FACT_LABEL_REMOVED, BENK_FACT_NONE };
  g_autoptr (BenkDevice) device = NULL;

  if (!attest_all (demo, kinds, "cleaned",
                   _ ("The device was cleaned and taken off the portal."), error) ||
      !run_reset (demo, "reset-again", _ ("The device was reset."), error))
    return FALSE;
  device = benk_ctl_demo_read_device (demo, error);
  if (!device)
    return FALSE;
  return benk_device_get_state (device) == BENK_DEVICE_STATE_RESET ||
         set_state (demo, BENK_DEVICE_STATE_RESET, "reset-proven",
                    _ ("The reset is proven."), error);
}

static gboolean
verify_log (BenkCtlDemo *demo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *hash = NULL;
  gint64 seq = 0;

  benk_session_verify_async (demo->ctl->session, 0, NULL, NULL, benk_ctl_on_ready,
                             demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_session_verify_finish (demo->ctl->session, result, &seq, &hash, error))
    return FALSE;
  benk_ctl_demo_say (demo, "verify", _ ("The change log was checked."),
                     _ ("intact up to row %d, %s"), (int) seq, hash);
  return TRUE;
}

static const StepFunc steps[] = {
  import_list,
  plug_in,
  reset_first,
  check_accessories,
  make_ready,
  attest_for_user,
  deploy,
  benk_ctl_demo_connect_hub,
  benk_ctl_demo_receive_alarm,
  benk_ctl_demo_take_alarm,
  benk_ctl_demo_close_alarm,
  benk_ctl_demo_send_followup,
  collect,
  benk_ctl_demo_return_too_early,
  reset_again,
  benk_ctl_demo_register_return,
  benk_ctl_demo_send_back,
  verify_log,
};

static gboolean
open_demo (BenkCtlDemo *demo, const char *dir, GError **error)
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
run_steps (BenkCtlDemo *demo, const char *dir, GError **error)
{
  gboolean done = open_demo (demo, dir, error);

  benk_json_begin_array (demo->ctl->out, NULL);
  for (gsize i = 0; done && i < G_N_ELEMENTS (steps); i++)
    done = steps[i](demo, error);
  benk_json_end_array (demo->ctl->out);
  return done;
}

/* (transfer full) */
static char *
make_folder (BenkCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_demo_make_folder_async (NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_demo_make_folder_finish (result, error);
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
  BenkCtlDemo demo = { .ctl = ctl, .serial = benk_demo_get_devices ()[0].serial };
  gboolean done;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!keep)
    temporary = make_folder (ctl, error);
  if (!keep && !temporary)
    return FALSE;
  benk_ctl_say (ctl, _ ("A demo store with simulated devices: nothing here is valid as "
                        "proof."));
  done = run_steps (&demo, keep ? keep : temporary, error);
  g_clear_object (&demo.demo);
  g_clear_object (&ctl->session);
  if (temporary)
    benk_demo_remove_folder (temporary);
  return done;
}

const BenkCtlCommand benk_ctl_demo_commands[] = {
  { "demo", NULL, "[--keep DIR]", run_demo },
  { NULL, NULL, NULL, NULL },
};
