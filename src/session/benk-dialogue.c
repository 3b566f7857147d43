/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-dialogue.h"

#include "benk-bench-private.h"
#include "benk-error.h"
#include "benk-job-runner-private.h"
#include "benk-replay-clock.h"
#include "benk-replay.h"

#include <glib/gi18n.h>
#include <string.h>

/* One dialogue being played back. */
typedef struct
{
  BenkRecording *recording;
  BenkReplay *replay;
  BenkJobRunner *runner;
  gboolean finished;
} Play;

static BenkLink *
make_link (gpointer user_data)
{
  return benk_replay_make_link (((Play *) user_data)->replay);
}

static void
on_attached (BenkReplay *replay, Play *play)
{
  benk_job_runner_attached (play->runner);
}

static void
on_cancel (BenkReplay *replay, Play *play)
{
  benk_job_runner_cancel (play->runner);
}

/* The text itself is not in the recording; a blank is no serial. */
static void
on_confirm (BenkJobRunner *runner, const char *serial, Play *play)
{
  if (play->recording->confirm == BENK_RECORDING_CONFIRM_NOTHING)
    benk_job_runner_cancel (runner);
  else
    benk_job_runner_confirm (
      runner, play->recording->confirm == BENK_RECORDING_CONFIRM_RIGHT ? serial : " ");
}

static void
on_finished (BenkJobRunner *runner, Play *play)
{
  play->finished = TRUE;
}

static void
run (Play *play)
{
  static const guint8 salt[] = "replay";
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (BenkClock) clock = benk_replay_clock_new (play->recording->started_ms);
  g_autoptr (GBytes) bytes = g_bytes_new_static (salt, sizeof salt);
  BenkJobSetup setup = play->recording->setup;

  setup.link_kind = BENK_LINK_KIND_REPLAY;
  setup.demo_store = FALSE;
  setup.salt = bytes;
  g_main_context_push_thread_default (context);
  play->replay = benk_replay_new (play->recording, clock);
  play->runner =
    benk_job_runner_new (clock, &setup, play->recording->zone, make_link, play);
  g_signal_connect (play->replay, "attached", G_CALLBACK (on_attached), play);
  g_signal_connect (play->replay, "cancel", G_CALLBACK (on_cancel), play);
  g_signal_connect (play->runner, "confirm", G_CALLBACK (on_confirm), play);
  g_signal_connect (play->runner, "finished", G_CALLBACK (on_finished), play);
  benk_job_runner_start (play->runner);
  while (!play->finished)
    g_main_context_iteration (context, TRUE);
  benk_replay_finish (play->replay);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

static GPtrArray *
copy_steps (const BenkJob *job)
{
  static const BenkBenchStepState states[] = {
    BENK_BENCH_STEP_WAITING, BENK_BENCH_STEP_RUNNING, BENK_BENCH_STEP_DONE,
    BENK_BENCH_STEP_SKIPPED, BENK_BENCH_STEP_FAILED,
  };
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < benk_job_get_n_steps (job); i++)
    {
      const BenkJobStep *step = benk_job_get_step (job, i);
      BenkStep *copy = benk_step_new (step->id, step->label);

      benk_step_set (copy, states[step->state], NULL, step->detail);
      g_ptr_array_add (steps, copy);
    }
  return steps;
}

static gboolean
ends_alike (const BenkRecording *recording, const BenkJobResult *result)
{
  return !recording->ended ||
         (recording->outcome == result->outcome &&
          g_strcmp0 (recording->failed_step, result->failed_step) == 0);
}

static void
take_difference (BenkDialogueReport *self,
                 const BenkReplayDifference *difference,
                 const BenkRecording *recording,
                 const BenkJobResult *result)
{
  self->octet = -1;
  if (difference != NULL)
    {
      self->differs = TRUE;
      self->line = difference->line;
      self->octet = difference->octet;
      self->expected = g_strdup (difference->expected);
      self->came = g_strdup (difference->came);
    }
  else if (!ends_alike (recording, result))
    {
      self->differs = TRUE;
      self->expected = g_strdup (benk_job_outcome_get_name (recording->outcome));
      self->came = g_strdup (benk_job_outcome_get_name (result->outcome));
    }
}

static BenkDialogueReport *
report (Play *play)
{
  BenkDialogueReport *self = g_new0 (BenkDialogueReport, 1);
  const BenkRecording *recording = play->recording;
  const BenkJob *job = benk_job_runner_get_job (play->runner);
  const BenkJobResult *result = benk_job_get_result (job);

  self->job = g_strdup (benk_recording_get_job_name (recording->setup.kind));
  self->serial = g_strdup (recording->serial);
  self->link_kind = recording->setup.link_kind;
  self->outcome = benk_bench_outcome (result->outcome);
  self->sentence = g_strdup (result->sentence);
  self->reason = g_strdup (result->reason);
  self->steps = copy_steps (job);
  self->ended = recording->ended;
  self->recorded_outcome = benk_bench_outcome (recording->outcome);
  self->n_entries = recording->entries->len;
  self->n_played = benk_replay_get_played (play->replay);
  take_difference (self, benk_replay_get_difference (play->replay), recording, result);
  return self;
}

/**
 * benk_dialogue_replay:
 * @file: a recorded dialogue, from anybody
 * @error: why it cannot be played
 *
 * Plays a dialogue to the same job that made it, without a device, and without waiting
 * for the time it took. No store is touched.
 *
 * Returns: (transfer full) (nullable): where the job went another way, if it did
 */
BenkDialogueReport *
benk_dialogue_replay (GFile *file, GError **error)
{
  g_autoptr (BenkRecording) recording = benk_recording_load (file, error);
  Play play = { .recording = recording };
  BenkDialogueReport *self;

  if (recording == NULL)
    return NULL;
  run (&play);
  self = report (&play);
  g_signal_handlers_disconnect_by_data (play.replay, &play);
  g_signal_handlers_disconnect_by_data (play.runner, &play);
  g_clear_object (&play.runner);
  g_clear_object (&play.replay);
  return self;
}

/** benk_dialogue_report_free: @self: (transfer full): what benk_dialogue_replay() gave */
void
benk_dialogue_report_free (BenkDialogueReport *self)
{
  g_free (self->job);
  g_free (self->serial);
  g_free (self->sentence);
  g_free (self->reason);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self->expected);
  g_free (self->came);
  g_free (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_IO,
                             _ ("The dialogue could not be saved: %s"), error->message);
}

/**
 * benk_dialogue_save_async:
 * @job: a job that has ended
 * @file: where to
 * @cancellable: (nullable): stops it
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Saves what was said to the device and by it, for whoever looks for the fault. Nothing
 * personal is in it.
 */
void
benk_dialogue_save_async (BenkBenchJob *job,
                          GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  const char *text;
  GTask *task;

  g_return_if_fail (BENK_IS_BENCH_JOB (job));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (job, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_dialogue_save_async);
  text = benk_bench_job_get_dialogue (job);
  if (text == NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_NOT_FOUND, "%s",
                               _ ("Nothing was said to the dispenser."));
      g_object_unref (task);
      return;
    }
  g_file_replace_contents_async (file, text, strlen (text), NULL, FALSE,
                                 G_FILE_CREATE_PRIVATE, cancellable, on_saved, task);
}

/** benk_dialogue_save_finish: Returns: %FALSE with @error set */
gboolean
benk_dialogue_save_finish (BenkBenchJob *job, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, job), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
