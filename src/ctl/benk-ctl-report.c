/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-ctl.h"
#include "benk-error.h"
#include "benk-plan.h"
#include "benk-reports.h"

static void
print_counts (BenkCtl *ctl, const char *key, const guint *counts, guint n)
{
  static const char *const keys[BENK_N_FOLLOWUP_VERDICTS] = {
    [BENK_FOLLOWUP_IN_TIME] = "in_time",
    [BENK_FOLLOWUP_LATE_WITH_REASON] = "late_with_reason",
    [BENK_FOLLOWUP_LATE_WITHOUT_REASON] = "late_without_reason",
    [BENK_FOLLOWUP_GAP] = "gap",
    [BENK_FOLLOWUP_OPEN] = "open",
    [BENK_FOLLOWUP_FREE] = "no_deadline",
  };

  benk_json_begin_object (ctl->out, key);
  benk_json_add_int (ctl->out, "alarms", n);
  for (guint i = 0; i < BENK_N_FOLLOWUP_VERDICTS; i++)
    {
      benk_json_add_int (ctl->out, keys[i], counts[i]);
      if (n > 0)
        benk_ctl_say (ctl, "  %5u %s", counts[i], benk_followup_verdict_get_label (i));
    }
  benk_json_end_object (ctl->out);
}

static void
print_sums (BenkCtl *ctl, const BenkFollowupSums *sums)
{
  benk_json_begin_object (ctl->out, "sums");
  benk_json_add_int (ctl->out, "alarms", sums->n_alarms);
  benk_json_add_int (ctl->out, "open", sums->n_open);
  benk_json_add_int (ctl->out, "reopened", sums->n_reopened);
  benk_json_add_int (ctl->out, "without_team", sums->n_without_team);
  benk_ctl_say (ctl,
                ngettext ("%u alarm, %u still open", "%u alarms, %u still open",
                          sums->n_alarms),
                sums->n_alarms, sums->n_open);
  if (sums->n_decided > 0)
    benk_ctl_say (ctl, "%s", _ ("Against the deadlines of the district"));
  print_counts (ctl, "decided", sums->decided, sums->n_decided);
  if (sums->n_proposed > 0)
    benk_ctl_say (ctl, "%s: %s", _ ("Against deadlines that the program proposes"),
                  _ ("Proposed by the program, not decided by the district"));
  print_counts (ctl, "proposed", sums->proposed, sums->n_proposed);
  benk_json_end_object (ctl->out);
}

static void
print_gaps (BenkCtl *ctl, const BenkFollowupReport *report, GTimeZone *zone)
{
  benk_json_begin_array (ctl->out, "gaps");
  if (report->gaps->len > 0)
    benk_ctl_say (ctl, "%s", _ ("Not watched by this program"));
  for (guint i = 0; i < report->gaps->len; i++)
    {
      const BenkFollowupGap *gap = g_ptr_array_index (report->gaps, i);
      g_autofree char *words = benk_followup_gap_describe (gap, zone);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "source", gap->source);
      benk_json_add_instant (ctl->out, "from", gap->gap.from_ms);
      benk_json_add_instant (ctl->out, "to", gap->gap.to_ms);
      benk_json_add_string (ctl->out, "cause", benk_gap_cause_to_name (gap->gap.cause));
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "  %s: %s", gap->source, words);
    }
  benk_json_end_array (ctl->out);
}

static void
print_steps (BenkCtl *ctl, const BenkFollowupRow *row)
{
  static const char *const keys[BENK_N_FOLLOWUP_STEPS] = { "received", "opened", "taken",
                                                           "closed" };

  for (guint i = 0; i < BENK_N_FOLLOWUP_STEPS; i++)
    {
      const BenkFollowupTime *time = benk_followup_row_get_time (row, i);

      benk_json_begin_object (ctl->out, keys[i]);
      benk_json_add_instant (ctl->out, "at", time->at_ms);
      benk_json_add_string (ctl->out, "where",
                            time->at_ms != 0 ? benk_followup_place_to_name (time->place)
                                             : NULL);
      benk_json_end_object (ctl->out);
    }
}

static void
print_row (BenkCtl *ctl, const BenkFollowupRow *row, GTimeZone *zone)
{
  gboolean gap =
    row->take == BENK_FOLLOWUP_IN_GAP || row->resolve == BENK_FOLLOWUP_IN_GAP;
  g_autofree char *raised = benk_followup_write_instant (row->raised_ms, zone);
  g_autofree char *alarm = benk_followup_row_describe_alarm (row);
  g_autofree char *device = benk_followup_row_describe_device (row);
  g_autofree char *verdict = benk_followup_row_describe_verdict (row);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", &row->id);
  benk_json_add_string (ctl->out, "code", row->code);
  benk_json_add_string (ctl->out, "model", row->model_id);
  benk_json_add_string (ctl->out, "serial", row->serial);
  benk_json_add_string (ctl->out, "asset", row->asset);
  benk_json_add_string (ctl->out, "team", row->team);
  benk_json_add_string (ctl->out, "responsibility",
                        benk_responsibility_to_name (row->responsibility));
  benk_json_add_string (ctl->out, "duty", benk_duty_to_name (row->duty));
  benk_json_add_string (ctl->out, "status", benk_alarm_status_to_name (row->status));
  benk_json_add_instant (ctl->out, "raised", row->raised_ms);
  print_steps (ctl, row);
  benk_json_add_instant (ctl->out, "take_within", row->take_deadline_ms);
  benk_json_add_string (ctl->out, "take", benk_followup_outcome_to_name (row->take));
  benk_json_add_instant (ctl->out, "resolve_within", row->resolve_deadline_ms);
  benk_json_add_string (ctl->out, "resolve",
                        benk_followup_outcome_to_name (row->resolve));
  benk_json_add_bool (ctl->out, "deadlines_proposed", row->proposed);
  benk_json_add_string (ctl->out, "deadlines_decided_by", row->decided_by);
  benk_json_add_string (ctl->out, "gap", gap ? benk_gap_cause_to_name (row->gap) : NULL);
  benk_json_add_int (ctl->out, "reopened", row->n_reopened);
  benk_json_add_bool (ctl->out, "has_reason", row->has_reason);
  benk_json_add_string (ctl->out, "reason", row->reason);
  benk_json_add_string (ctl->out, "result", benk_followup_verdict_to_name (row->verdict));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s · %s · %s · %s", raised, alarm, device, verdict);
}

static void
print_report (BenkCtl *ctl, const BenkFollowupReport *report)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *period = benk_report_period_describe (&report->period);
  g_autofree char *decided = benk_followup_report_describe_decided (report);
  g_autofree char *chosen = benk_followup_report_describe_chosen (report);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "from", report->period.from_date);
  benk_json_add_string (ctl->out, "to", report->period.to_date);
  benk_json_add_string (ctl->out, "team", report->team);
  benk_json_add_int (ctl->out, "users", report->n_users);
  benk_json_add_int (ctl->out, "devices", report->n_devices);
  benk_json_add_instant (ctl->out, "made", report->made_ms);
  benk_json_add_string (ctl->out, "decided_by", report->decided_by);
  benk_json_add_int (ctl->out, "row", report->seq);
  benk_json_add_string (ctl->out, "hash", report->hash);
  benk_ctl_say (ctl, "%s, %s", period, report->team ? report->team : _ ("All teams"));
  if (chosen != NULL)
    benk_ctl_say (ctl, "%s", chosen);
  benk_ctl_say (ctl, "%s: %s", _ ("Deadlines decided by"), decided);
  print_sums (ctl, &report->sums);
  print_gaps (ctl, report, zone);
  benk_json_begin_array (ctl->out, "alarms");
  for (guint i = 0; i < report->rows->len; i++)
    print_row (ctl, g_ptr_array_index (report->rows, i), zone);
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
}

static gboolean
write_file (BenkCtl *ctl,
            BenkFollowupReport *report,
            const char *path,
            BenkReportFormat format,
            GError **error)
{
  g_autoptr (GFile) file = path ? g_file_new_for_commandline_arg (path) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (file == NULL)
    return TRUE;
  benk_reports_write_followup_async (ctl->session, report, file, format, NULL,
                                     benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_reports_write_followup_finish (ctl->session, result, error);
}

static BenkFollowupReport *
load (BenkCtl *ctl, const BenkFollowupQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_reports_load_followup_async (ctl->session, query, NULL, NULL, NULL,
                                    benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_reports_load_followup_finish (ctl->session, result, error);
}

static gboolean
parse_period (BenkReportPeriod *period, const char *from, const char *to, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (benk_report_period_set (period, from, to, &local))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, "--from, --to: %s", local->message);
  return FALSE;
}

static gboolean
run_followup (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *team = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *pdf = NULL;
  g_auto (GStrv) only = NULL;
  gboolean with_reasons = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { "team", 0, 0, G_OPTION_ARG_STRING, &team, NULL, NULL },
    { "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, NULL, NULL },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf, NULL, NULL },
    { "with-reasons", 0, 0, G_OPTION_ARG_NONE, &with_reasons, NULL, NULL },
    { NULL },
  };
  BenkFollowupQuery query = { { { 0 } } };
  g_autoptr (BenkFollowupReport) report = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!parse_period (&query.period, from, to, error))
    return FALSE;
  query.team = team;
  query.only = (const char *const *) only;
  query.with_reasons = with_reasons;
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  report = load (ctl, &query, error);
  if (report == NULL || !write_file (ctl, report, csv, BENK_REPORT_CSV, error) ||
      !write_file (ctl, report, pdf, BENK_REPORT_PDF, error))
    return FALSE;
  print_report (ctl, report);
  return TRUE;
}

const BenkCtlCommand benk_ctl_report_commands[] = {
  { "report", "followup",
    "--from DAY --to DAY [--team TEAM] [--only USER|DEVICE]… [--csv FILE] [--pdf FILE] "
    "[--with-reasons]",
    run_followup },
  { NULL, NULL, NULL, NULL },
};
