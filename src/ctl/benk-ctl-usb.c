/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-usb-private.h"

#include <glib/gi18n.h>

#include "benk-ctl-plan.h"
#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"

static gboolean
plug_virtual (BenkCtl *ctl, GError **error)
{
  BenkBench *bench = benk_session_get_bench (ctl->session);
  g_auto (GStrv) specs =
    ctl->virtual_devices ? g_strsplit (ctl->virtual_devices, ",", -1) : NULL;

  if (ctl->fault && !specs)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--fault needs --virtual."));
      return FALSE;
    }
  for (guint i = 0; specs && specs[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (specs[i], "=", 2);

      if (!parts[0] || !benk_bench_plug_virtual (bench, parts[0], parts[1],
                                                 ctl->virtual_state, ctl->fault, error))
        return FALSE;
    }
  return TRUE;
}

/* Opens the bench and waits until everything plugged in has been read once. */
/** benk_ctl_usb_open_bench: Returns: (transfer none): the bench, with what is plugged in
 * read */
BenkBench *
benk_ctl_usb_open_bench (BenkCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkBench *bench;

  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;
  bench = benk_session_get_bench (ctl->session);
  if (!plug_virtual (ctl, error) || !benk_bench_start (bench, error))
    return NULL;
  benk_bench_settle_async (bench, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_bench_settle_finish (bench, result, error) ? bench : NULL;
}

/** benk_ctl_usb_print: as JSON and for a person */
void
benk_ctl_usb_print (BenkCtl *ctl, const char *key, BenkBenchDevice *device)
{
  int battery = benk_bench_device_get_battery (device);
  gint64 drift_ms = benk_bench_device_get_clock_drift_ms (device);

  benk_json_begin_object (ctl->out, key);
  benk_json_add_string (ctl->out, "bus_path", benk_bench_device_get_bus_path (device));
  benk_json_add_string (ctl->out, "link",
                        benk_link_kind_to_name (
                          benk_bench_device_get_link_kind (device)));
  benk_json_add_string (ctl->out, "model", benk_bench_device_get_model_id (device));
  benk_json_add_string (ctl->out, "serial", benk_bench_device_get_serial (device));
  benk_json_add_string (ctl->out, "label", benk_bench_device_get_label (device));
  benk_json_add_string (ctl->out, "firmware", benk_bench_device_get_firmware (device));
  if (battery >= 0)
    benk_json_add_int (ctl->out, "battery_percent", battery);
  else
    benk_json_add_string (ctl->out, "battery_percent", NULL);
  benk_json_add_bool (ctl->out, "on_mains", benk_bench_device_get_on_mains (device));
  if (drift_ms != BENK_CLOCK_DRIFT_UNKNOWN)
    benk_json_add_int (ctl->out, "clock_drift_ms", drift_ms);
  else
    benk_json_add_string (ctl->out, "clock_drift_ms", NULL);
  benk_json_add_int (ctl->out, "dose_times", benk_bench_device_get_n_dose_times (device));
  if (benk_bench_device_get_log_entries (device) >= 0)
    benk_json_add_int (ctl->out, "log_entries",
                       benk_bench_device_get_log_entries (device));
  else
    benk_json_add_string (ctl->out, "log_entries", NULL);
  benk_json_add_string (ctl->out, "status", benk_bench_device_get_status (device));
  benk_json_add_bool (ctl->out, "extension", benk_bench_device_has_extension (device));
  benk_json_add_id (ctl->out, "device_id", benk_bench_device_get_card_id (device));
  benk_json_add_string (ctl->out, "state", benk_bench_device_get_state_label (device));
  benk_json_add_string (ctl->out, "problem", benk_bench_device_get_problem (device));
  benk_json_end_object (ctl->out);
  benk_ctl_say (
    ctl, "%-12s %-30s %-14s %s %s",
    benk_link_kind_get_label (benk_bench_device_get_link_kind (device)),
    benk_bench_device_get_label (device),
    benk_bench_device_get_serial (device) ? benk_bench_device_get_serial (device) : "–",
    benk_bench_device_get_state_label (device)
      ? benk_bench_device_get_state_label (device)
      : "",
    benk_bench_device_get_problem (device) ? benk_bench_device_get_problem (device) : "");
}

static gboolean
print_all (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkBench *bench;
  GListModel *devices;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  if (ctl->record)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("To record a reading, use “usb record”."));
      return FALSE;
    }
  bench = benk_ctl_usb_open_bench (ctl, error);
  if (!bench)
    return FALSE;
  devices = benk_bench_get_devices (bench);
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      benk_ctl_usb_print (ctl, NULL, device);
    }
  benk_json_end_array (ctl->out);
  if (g_list_model_get_n_items (devices) == 0)
    benk_ctl_say (ctl, _ ("Nothing is plugged in. Plug in a dispenser, or use its "
                          "checklist."));
  return TRUE;
}

static void
print_job (BenkCtl *ctl, BenkBenchJob *job)
{
  GListModel *steps = benk_bench_job_get_steps (job);
  BenkRunOutcome outcome = benk_bench_job_get_outcome (job);
  /* What a link that does not count has verified is no outcome here. */
  gboolean claims =
    outcome != BENK_RUN_OUTCOME_VERIFIED || benk_bench_job_is_proven (job);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "job",
                        benk_run_kind_to_name (benk_bench_job_get_kind (job)));
  benk_json_add_id (ctl->out, "run_id", benk_bench_job_get_run_id (job));
  benk_json_add_string (ctl->out, "outcome",
                        claims ? benk_run_outcome_to_name (outcome) : NULL);
  benk_json_add_bool (ctl->out, "proven", benk_bench_job_is_proven (job));
  benk_json_add_string (ctl->out, "sentence", benk_bench_job_get_sentence (job));
  benk_ctl_print_list (ctl, "steps", steps, (BenkCtlPrint) benk_ctl_print_step);
  benk_json_end_object (ctl->out);
}

/* How a job ended that cannot be used: what is claimed of the dispenser, and the sentence
 * that says what it does now. */
static char *
describe_end (BenkBenchJob *job)
{
  BenkRunOutcome outcome = benk_bench_job_get_outcome (job);
  const char *sentence = benk_bench_job_get_sentence (job);

  if (outcome == BENK_RUN_OUTCOME_VERIFIED)
    return g_strdup (sentence);
  return g_strdup_printf ("%s. %s", benk_bench_job_get_outcome_label (job), sentence);
}

/* A job that was refused said nothing; the file that was made for it holds nothing. */
static void
drop_record (BenkCtl *ctl)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (ctl->record);
  g_autoptr (GError) error = NULL;

  if (!g_file_delete (file, NULL, &error))
    g_printerr ("%s\n", error->message);
}

/* A reading claims nothing that a simulated dispenser could not say of itself. */
static gboolean
is_just_read (BenkBenchJob *job)
{
  return benk_bench_job_get_kind (job) == BENK_RUN_KIND_READ &&
         benk_bench_job_get_outcome (job) == BENK_RUN_OUTCOME_VERIFIED;
}

/* A job is done only when its outcome may be used; every other end is exit 1. */
static gboolean
finish_job (BenkCtl *ctl, BenkBenchJob *job, GError **error)
{
  gboolean ended = job && benk_ctl_await_job (ctl, job, error);

  if (ctl->record && (!job || !benk_bench_job_get_dialogue (job)))
    drop_record (ctl);
  if (!ended)
    return FALSE;
  print_job (ctl, job);
  if (benk_bench_job_get_dialogue_problem (job))
    g_printerr (_ ("The dialogue is not complete: %s\n"),
                benk_bench_job_get_dialogue_problem (job));
  if (!benk_bench_job_is_proven (job) && !is_just_read (job))
    {
      g_autofree char *end = describe_end (job);

      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED, end);
      return FALSE;
    }
  benk_ctl_say (ctl, "%s", benk_bench_job_get_sentence (job));
  return TRUE;
}

/* A dispenser that is not there, or left while it was read, was not written to. */
static BenkBenchDevice *
find_plugged (BenkCtl *ctl, const char *serial, GError **error)
{
  BenkBenchDevice *device = benk_ctl_find_plugged (ctl, serial, error);

  if (!device)
    g_prefix_error (error, "%s. ", _ ("Failed, device untouched"));
  return device;
}

/* What --record asks for; the file is there before the first octet goes out. */
static gboolean
start_record (BenkCtl *ctl, BenkBench *bench, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;

  if (!ctl->record)
    return TRUE;
  file = g_file_new_for_commandline_arg (ctl->record);
  benk_bench_record_async (bench, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_bench_record_finish (bench, result, error);
}

static gboolean
run_record (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *serial = NULL;
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &serial, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkBenchDevice) device = NULL;
  BenkBench *bench;
  BenkBenchJob *job;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (!serial)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--device is needed, with the serial."));
      return FALSE;
    }
  g_free (ctl->record);
  ctl->record = g_strdup (argv[1]);
  bench = benk_ctl_usb_open_bench (ctl, error);
  device = bench ? find_plugged (ctl, serial, error) : NULL;
  if (!device || !start_record (ctl, bench, error))
    return FALSE;
  job = benk_bench_read (bench, device, error);
  return finish_job (ctl, job, error);
}

static gboolean
run_provision (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *serial = NULL;
  g_autofree char *path = NULL;
  g_autofree char *user = NULL;
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &serial, NULL, NULL },
    { "plan", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkBenchDevice) device = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  BenkBench *bench;
  BenkBenchJob *job;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!serial || !path || !user)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--device, --plan and --user are needed."));
      return FALSE;
    }
  plan = benk_ctl_read_plan (ctl, path, error);
  if (!plan)
    return FALSE;
  bench = benk_ctl_usb_open_bench (ctl, error);
  device = bench ? find_plugged (ctl, serial, error) : NULL;
  if (!device || !start_record (ctl, bench, error))
    return FALSE;
  job = benk_bench_provision (bench, device, plan, user, error);
  return finish_job (ctl, job, error);
}

/* One device is confirmed by its serial, several by how many they are. */
static gboolean
check_reset (const char *serial,
             const char *confirm,
             const BenkCtlShelf *shelf,
             GError **error)
{
  gboolean many = shelf->all || shelf->serials;

  if (many ? shelf->count > 0 && !serial && !confirm : serial && confirm)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                       many ? _ ("--count is needed: how many devices are reset.")
                            : _ ("--device and --confirm are needed, both with the "
                                 "serial."));
  return FALSE;
}

static gboolean
reset_one (BenkCtl *ctl, const char *serial, const char *confirm, GError **error)
{
  BenkBench *bench = benk_ctl_usb_open_bench (ctl, error);
  g_autoptr (BenkBenchDevice) device = bench ? find_plugged (ctl, serial, error) : NULL;
  BenkBenchJob *job;

  if (!device || !start_record (ctl, bench, error))
    return FALSE;
  job = benk_bench_reset (bench, device, confirm, error);
  return finish_job (ctl, job, error);
}

static gboolean
run_reset (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *serial = NULL;
  g_autofree char *confirm = NULL;
  g_auto (GStrv) serials = NULL;
  g_autofree char *pdf = NULL;
  BenkCtlShelf shelf = { 0 };
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &serial, NULL, NULL },
    { "confirm", 0, 0, G_OPTION_ARG_STRING, &confirm, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &shelf.all, NULL, NULL },
    { "serial", 0, 0, G_OPTION_ARG_STRING_ARRAY, &serials, NULL, NULL },
    { "count", 0, 0, G_OPTION_ARG_INT, &shelf.count, NULL, NULL },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  shelf.serials = serials;
  shelf.pdf = pdf;
  if (!check_reset (serial, confirm, &shelf, error))
    return FALSE;
  if (serial)
    return reset_one (ctl, serial, confirm, error);
  return benk_ctl_usb_open_bench (ctl, error) &&
         benk_ctl_usb_reset_shelf (ctl, &shelf, error);
}

const BenkCtlCommand benk_ctl_usb_commands[] = {
  { "usb", "list", "", print_all },
  { "usb", "read", "", print_all },
  { "usb", "watch", "", benk_ctl_usb_run_watch },
  { "usb", "items", "", benk_ctl_usb_run_items },
  { "usb", "bind", "--bus-path PATH --device SERIAL", benk_ctl_usb_run_bind },
  { "usb", "unbind", "--bus-path PATH", benk_ctl_usb_run_unbind },
  { "usb", "rule", "", benk_ctl_usb_run_rule },
  { "usb", "record", "--device SERIAL FILE", run_record },
  { "usb", "provision", "--device SERIAL --plan FILE --user REF", run_provision },
  { "usb", "reset",
    "--device SERIAL --confirm SERIAL | --all --count N [--pdf FILE] | "
    "--serial SERIAL … --count N [--pdf FILE]",
    run_reset },
  { NULL, NULL, NULL, NULL },
};
