/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-phd.h"

#include <glib/gi18n.h>

#include "benk-ctl-print.h"
#include "benk-dialogue.h"
#include "benk-error.h"

static void
print_difference (BenkCtl *ctl, const BenkDialogueReport *report)
{
  benk_json_begin_object (ctl->out, "difference");
  benk_json_add_int (ctl->out, "line", report->line);
  if (report->octet >= 0)
    benk_json_add_int (ctl->out, "octet", report->octet);
  else
    benk_json_add_string (ctl->out, "octet", NULL);
  benk_json_add_string (ctl->out, "expected", report->expected);
  benk_json_add_string (ctl->out, "came", report->came);
  benk_json_end_object (ctl->out);
}

static void
print_report (BenkCtl *ctl, const BenkDialogueReport *report)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "job", report->job);
  benk_json_add_string (ctl->out, "serial", report->serial);
  benk_json_add_string (ctl->out, "recorded_link",
                        benk_link_kind_to_name (report->link_kind));
  benk_json_add_string (ctl->out, "recorded_end",
                        report->ended
                          ? benk_run_outcome_to_name (report->recorded_outcome)
                          : NULL);
  benk_json_add_string (ctl->out, "end", benk_run_outcome_to_name (report->outcome));
  benk_json_add_string (ctl->out, "reason", report->reason);
  benk_json_add_int (ctl->out, "entries", report->n_entries);
  benk_json_add_int (ctl->out, "played", report->n_played);
  benk_json_begin_array (ctl->out, "steps");
  for (guint i = 0; i < report->steps->len; i++)
    benk_ctl_print_step (ctl, g_ptr_array_index (report->steps, i));
  benk_json_end_array (ctl->out);
  if (report->differs)
    print_difference (ctl, report);
  else
    benk_json_add_string (ctl->out, "difference", NULL);
  benk_json_end_object (ctl->out);
}

static void
tell_difference (const BenkDialogueReport *report, GError **error)
{
  g_autofree char *octet =
    report->octet >= 0 ? g_strdup_printf (_ (", octet %d"), report->octet) : NULL;
  g_autofree char *where =
    report->line > 0
      ? g_strdup_printf (_ ("in line %u%s"), report->line, octet != NULL ? octet : "")
      : g_strdup (_ ("at its end"));

  g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
               _ ("The program goes another way than the dialogue, %s: recorded was %s, "
                  "now it is %s."),
               where, report->expected, report->came);
}

/**
 * benk_ctl_phd_replay:
 *
 * Plays a recorded dialogue to the job that made it. No store is opened.
 *
 * Returns: %FALSE when the job went another way
 */
gboolean
benk_ctl_phd_replay (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDialogueReport) report = NULL;
  g_autoptr (GFile) file = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (argv[1]);
  report = benk_dialogue_replay (file, error);
  if (!report)
    return FALSE;
  print_report (ctl, report);
  benk_ctl_say (ctl, _ ("Played back: %u of %u entries. The job ends as: %s"),
                report->n_played, report->n_entries,
                benk_run_outcome_get_label (report->outcome));
  if (report->reason)
    benk_ctl_say (ctl, "%s", report->reason);
  benk_ctl_say (ctl, _ ("A replay says nothing about a dispenser."));
  if (!report->differs)
    return TRUE;
  tell_difference (report, error);
  return FALSE;
}
