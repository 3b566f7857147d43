/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-alarm-told.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "benk-ctl-print.h"
#include "benk-error.h"

/* How many lines that were no alarms are named at the end; all of them at once. */
#define MAX_PROBLEMS 1000

typedef struct
{
  guint n_lines;
  guint counts[BENK_N_TOLD_OUTCOMES];
  guint n_malformed;
  GPtrArray *problems; /* Problem */
} Tally;

typedef struct
{
  guint line;
  char *reason;
} Problem;

static void
problem_free (Problem *problem)
{
  g_free (problem->reason);
  g_free (problem);
}

static BenkAlarm *
tell (BenkCtl *ctl, const BenkToldAlarm *told, BenkToldOutcome *outcome, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_tell_async (alarms, told, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_tell_finish (alarms, result, outcome, error);
}

/**
 * benk_ctl_alarm_tell:
 * @ctl: the command, with its session open
 * @told: an alarm with an external id
 * @error: return location for an error
 *
 * Takes one alarm in and prints it.
 *
 * Returns: whether it is kept
 */
gboolean
benk_ctl_alarm_tell (BenkCtl *ctl, const BenkToldAlarm *told, GError **error)
{
  BenkToldOutcome outcome;
  g_autoptr (BenkAlarm) alarm = tell (ctl, told, &outcome, error);

  if (!alarm)
    return FALSE;
  benk_ctl_print_alarm (ctl, alarm);
  return TRUE;
}

/* A line without its end; what is too long is cut, and one octet too long. FALSE: there
 * is none any more. */
static gboolean
read_line (GString *line)
{
  int octet = getc (stdin);

  g_string_truncate (line, 0);
  if (octet == EOF)
    return FALSE;
  for (; octet != EOF && octet != '\n'; octet = getc (stdin))
    if (line->len <= BENK_TOLD_MAX_LINE)
      g_string_append_c (line, (char) octet);
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  return TRUE;
}

static void
note_problem (Tally *tally, const char *reason)
{
  tally->n_malformed++;
  g_printerr (_ ("line %u: %s"), tally->n_lines, reason);
  g_printerr ("\n");
  if (tally->problems->len < MAX_PROBLEMS)
    {
      Problem *problem = g_new0 (Problem, 1);

      problem->line = tally->n_lines;
      problem->reason = g_strdup (reason);
      g_ptr_array_add (tally->problems, problem);
    }
}

/* Each line is kept before the next one is read. FALSE: nothing can be kept any more. */
static gboolean
take_line (BenkCtl *ctl, GString *line, Tally *tally, GError **error)
{
  g_auto (BenkToldAlarm) told = { 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  BenkToldOutcome outcome;

  if (benk_told_alarm_read (&told, line->str, line->len, &local))
    alarm = tell (ctl, &told, &outcome, &local);
  if (alarm)
    {
      tally->counts[outcome]++;
      if (benk_id_is_nil (benk_alarm_get_device_id (alarm)))
        benk_ctl_say (ctl, _ ("line %u: kept; its device is not registered here"),
                      tally->n_lines);
      return TRUE;
    }
  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_INVALID))
    {
      note_problem (tally, local->message);
      return TRUE;
    }
  g_propagate_prefixed_error (error, g_steal_pointer (&local),
                              _ ("line %u, and all after it, were not taken in: "),
                              tally->n_lines);
  return FALSE;
}

static void
print_tally (BenkCtl *ctl, const Tally *tally)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "lines", tally->n_lines);
  for (guint i = 0; i < BENK_N_TOLD_OUTCOMES; i++)
    benk_json_add_int (ctl->out, benk_told_outcome_to_name (i), tally->counts[i]);
  benk_json_add_int (ctl->out, "malformed", tally->n_malformed);
  benk_json_begin_array (ctl->out, "problems");
  for (guint i = 0; i < tally->problems->len; i++)
    {
      const Problem *problem = g_ptr_array_index (tally->problems, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_int (ctl->out, "line", problem->line);
      benk_json_add_string (ctl->out, "reason", problem->reason);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, _ ("%u new, %u joined an open alarm, %u known, %u not understood"),
                tally->counts[BENK_TOLD_NEW], tally->counts[BENK_TOLD_JOINED],
                tally->counts[BENK_TOLD_KNOWN], tally->n_malformed);
}

/**
 * benk_ctl_alarm_tell_lines:
 * @ctl: the command, with its session open
 * @error: %BENK_ERROR_INVALID if some lines were no alarms, which the others were not
 *   held up by; another error where nothing could be kept any more
 *
 * Takes in the alarms of standard input, one JSON object a line; blank lines are left
 * out.
 *
 * Returns: whether every line was an alarm and is kept
 */
gboolean
benk_ctl_alarm_tell_lines (BenkCtl *ctl, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  Tally tally = { .problems = problems };
  gboolean good = TRUE;

  while (good && read_line (line))
    {
      tally.n_lines++;
      if (strspn (line->str, " \t") < line->len)
        good = take_line (ctl, line, &tally, error);
    }
  print_tally (ctl, &tally);
  if (good && tally.n_malformed > 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 ngettext ("%u line was not understood; all others were taken in.",
                           "%u lines were not understood; all others were taken in.",
                           tally.n_malformed),
                 tally.n_malformed);
  return good && tally.n_malformed == 0;
}
