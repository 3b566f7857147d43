/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is seen at the bench, in words for the person who stands there. */

static void
add_word (GPtrArray *words, gboolean so, const char *word)
{
  if (so)
    g_ptr_array_add (words, (gpointer) word);
}

/** benk_bench_describe_status: Returns: (nullable): what is not as usual with a dispenser
 */
char *
benk_bench_describe_status (const BenkJobResult *result)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint16 status = result->status;

  add_word (words, (status & BENK_EXT_STATUS_LID_OPEN) != 0, _ ("lid open"));
  add_word (words, result->mode == BENK_EXT_MODE_DISPENSING, _ ("giving a dose"));
  add_word (words, result->mode == BENK_EXT_MODE_MAINTENANCE, _ ("in maintenance"));
  add_word (words, (status & BENK_EXT_STATUS_CLOCK_UNSET) != 0, _ ("clock not set"));
  add_word (words, (status & BENK_EXT_STATUS_DIRTY) != 0,
            _ ("holds unfinished settings"));
  add_word (words, result->self_test == BENK_JOB_SELF_TEST_FAILED,
            _ ("last self-test failed"));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

static const char *
advise_reset (BenkRunOutcome outcome)
{
  switch (outcome)
    {
    case BENK_RUN_OUTCOME_VERIFIED:
      return _ ("Next: save the confirmation, clean the dispenser, and put it on the "
                "shelf or send it on.");
    case BENK_RUN_OUTCOME_UNTOUCHED:
      return _ ("Nothing was wiped. Mend what stopped it, and reset again.");
    case BENK_RUN_OUTCOME_REDO:
      return _ ("Reset it again before it goes anywhere. If it does not answer, use the "
                "checklist.");
    case BENK_RUN_OUTCOME_UNKNOWN:
    default:
      return _ ("Plug the dispenser in again; it is read by itself. Let it go nowhere "
                "before that.");
    }
}

static const char *
advise_write (BenkRunOutcome outcome, gboolean touched)
{
  switch (outcome)
    {
    case BENK_RUN_OUTCOME_VERIFIED:
      return _ ("Next: let health personnel load the medicine, and see the test alarm "
                "arrive.");
    case BENK_RUN_OUTCOME_UNTOUCHED:
      return touched ? _ ("Mend what stopped it, and start again.")
                     : _ ("Nothing was changed. Mend what stopped it, and start again.");
    case BENK_RUN_OUTCOME_REDO:
      return _ ("Start again while it is plugged in. Do not hand it out before that.");
    case BENK_RUN_OUTCOME_UNKNOWN:
    default:
      return _ ("Plug the dispenser in again; it is read by itself. Do not hand it out "
                "before that.");
    }
}

/* A dispenser at its user's is not loaded anew, and not handed out. */
static const char *
advise_settings (BenkRunOutcome outcome, gboolean touched)
{
  switch (outcome)
    {
    case BENK_RUN_OUTCOME_VERIFIED:
      return _ ("Next: see the test alarm arrive, and tell home care of the new times.");
    case BENK_RUN_OUTCOME_UNTOUCHED:
      return advise_write (outcome, touched);
    case BENK_RUN_OUTCOME_REDO:
      return _ (
        "Start again while it is plugged in. Do not leave it with the user before "
        "that.");
    case BENK_RUN_OUTCOME_UNKNOWN:
    default:
      return _ ("Plug the dispenser in again; it is read by itself. Do not leave it with "
                "the user before that.");
    }
}

/**
 * benk_bench_job_get_outcome_label:
 * @self: a job that has ended
 *
 * A list of runs knows only that the plan is as it was; the job knows whether anything
 * else was changed.
 *
 * Returns: its outcome in words
 */
const char *
benk_bench_job_get_outcome_label (BenkBenchJob *self)
{
  BenkRunOutcome outcome;

  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  outcome = benk_bench_job_get_outcome (self);
  return outcome == BENK_RUN_OUTCOME_UNTOUCHED && !benk_bench_job_is_touched (self)
           ? _ ("Failed, device untouched")
           : benk_run_outcome_get_label (outcome);
}

/**
 * benk_bench_job_get_advice:
 * @self: a job
 *
 * Returns: (nullable): what to do next; %NULL while it runs, and after a reading
 */
const char *
benk_bench_job_get_advice (BenkBenchJob *self)
{
  BenkRunOutcome outcome;

  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  outcome = benk_bench_job_get_outcome (self);
  if (benk_bench_job_is_running (self))
    return NULL;
  if (outcome == BENK_RUN_OUTCOME_VERIFIED && !benk_bench_job_is_proven (self))
    return benk_bench_job_get_kind (self) == BENK_RUN_KIND_READ
             ? NULL
             : _ ("It counts in a demo store only. Here, use a real dispenser or its "
                  "checklist.");
  switch (benk_bench_job_get_kind (self))
    {
    case BENK_RUN_KIND_RESET:
      return advise_reset (outcome);
    case BENK_RUN_KIND_PROVISION:
      return advise_write (outcome, benk_bench_job_is_touched (self));
    case BENK_RUN_KIND_SETTINGS:
      return advise_settings (outcome, benk_bench_job_is_touched (self));
    case BENK_RUN_KIND_READ:
    case BENK_RUN_KIND_CHECKLIST:
    default:
      return NULL;
    }
}

/**
 * benk_bench_job_dup_stop:
 * @self: a job
 *
 * Returns: (transfer full) (nullable): what stopped it, where its sentence does not say
 * so; %NULL while it runs
 */
char *
benk_bench_job_dup_stop (BenkBenchJob *self)
{
  const char *reason;
  const char *sentence;

  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  reason = benk_bench_job_get_reason (self);
  sentence = benk_bench_job_get_sentence (self);
  if (benk_bench_job_is_running (self) || reason == NULL || *reason == '\0' ||
      benk_bench_job_get_outcome (self) == BENK_RUN_OUTCOME_VERIFIED ||
      (sentence != NULL && strstr (sentence, reason) != NULL))
    return NULL;
  return g_strdup_printf (_ ("Stopped: %s"), reason);
}

/**
 * benk_bench_job_describe:
 * @self: a job that has ended
 * @who: the dispenser, as it is shown
 * @kind: how it is known
 *
 * Returns: (transfer full): the outcome with all that belongs to it, for the clipboard
 */
char *
benk_bench_job_describe (BenkBenchJob *self, const char *who, BenkLinkKind kind)
{
  g_autofree char *stop = NULL;
  BenkRunOutcome outcome;
  gboolean claims;

  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  outcome = benk_bench_job_get_outcome (self);
  claims = outcome != BENK_RUN_OUTCOME_VERIFIED || benk_bench_job_is_proven (self);
  stop = benk_bench_job_dup_stop (self);
  return g_strdup_printf ("%s\n%s · %s\n%s%s%s%s%s", who,
                          benk_run_kind_get_label (benk_bench_job_get_kind (self)),
                          benk_link_kind_get_label (kind),
                          claims ? benk_bench_job_get_outcome_label (self) : "",
                          claims ? ". " : "",
                          benk_bench_job_get_sentence (self) != NULL
                            ? benk_bench_job_get_sentence (self)
                            : "",
                          stop != NULL ? "\n" : "", stop != NULL ? stop : "");
}

/**
 * benk_bench_device_dup_command:
 * @self: a device
 *
 * What IT has to run once stands last in the words of a missing permission.
 *
 * Returns: (transfer full) (nullable): the command, %NULL where no permission is missing
 */
char *
benk_bench_device_dup_command (BenkBenchDevice *self)
{
  const char *problem;
  const char *command;

  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  problem = benk_bench_device_get_problem (self);
  if (benk_bench_device_get_trouble (self) != BENK_BENCH_TROUBLE_PERMISSION)
    return NULL;
  command = g_strrstr (problem, ": ");
  return command != NULL ? g_strdup (command + strlen (": ")) : NULL;
}

/**
 * benk_bench_device_get_hint:
 * @self: a device
 *
 * Returns: (nullable): of one that is unplugged, what happens when it is plugged in again
 */
const char *
benk_bench_device_get_hint (BenkBenchDevice *self)
{
  BenkBenchJob *job;

  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (self), NULL);

  job = benk_bench_device_get_job (self);
  if (benk_bench_device_get_trouble (self) != BENK_BENCH_TROUBLE_GONE || job == NULL)
    return NULL;
  if (benk_bench_job_is_running (job))
    return _ ("Plug it in again now: the job goes on by itself.");
  if (benk_bench_job_get_outcome (job) == BENK_RUN_OUTCOME_UNKNOWN)
    return _ ("Plug it in again: it is read, and what is not known is settled.");
  return _ ("The result stays here until you have read it.");
}
