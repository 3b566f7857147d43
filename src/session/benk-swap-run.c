/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-returns-private.h"
#include "benk-session-change.h"

/* One run of the sheet: step after step, each on what the store says then, so that a run
 * that was broken off is gone on with by the same steps. */
typedef struct
{
  BenkSwap *swap;
  BenkSwapPart part;
  guint n_closed;
  GArray *alarms; /* BenkId, still to close */
} Run;

static void go_on (GTask *task);

static void
run_free (Run *run)
{
  g_clear_object (&run->swap);
  g_clear_pointer (&run->alarms, g_array_unref);
  g_free (run);
}

static Run *
get_run (GTask *task)
{
  return g_task_get_task_data (task);
}

static BenkSwapLine *
get_line (GTask *task, BenkSwapPart part)
{
  return benk_swap_get_line (get_run (task)->swap, part);
}

static gboolean
is_left (GTask *task, BenkSwapPart part)
{
  BenkSwapLine *line = get_line (task, part);
  BenkSwapState state = benk_swap_line_get_state (line);

  return benk_swap_line_is_ticked (line) && state != BENK_SWAP_DONE &&
         state != BENK_SWAP_NOTHING && state != BENK_SWAP_OWED;
}

/* @task: (transfer full) */
static void
advance (GTask *task, BenkSwapPart part)
{
  get_run (task)->part = part;
  go_on (task);
}

/* @task: (transfer full); @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;

  benk_swap_set_running (get_run (task)->swap, FALSE);
  g_task_return_error (owned, error);
}

static void
on_read_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = get_run (task);
  GError *error = NULL;
  BenkSwapView *view = benk_session_read_finish (source, result, &error);

  if (view == NULL)
    {
      fail (task, error);
      return;
    }
  benk_swap_take (run->swap, view);
  go_on (task);
}

/* @task: (transfer full): goes on with @part on what the store says now */
static void
read_again (GTask *task, BenkSwapPart part)
{
  Run *run = get_run (task);
  BenkSession *session = benk_swap_get_session (run->swap);
  BenkSwapChoice *chosen = benk_swap_get_chosen (run->swap);

  run->part = part;
  benk_session_read_async (
    session, session, benk_swap_load,
    benk_swap_question_new (session, benk_device_get_id (benk_swap_get_old (run->swap)),
                            chosen != NULL
                              ? benk_device_get_id (benk_swap_choice_get_device (chosen))
                              : NULL),
    (GDestroyNotify) benk_swap_question_free, (GDestroyNotify) benk_swap_view_free, NULL,
    on_read_again, task);
}

/* --- the settings --- */

static void
refuse_settings (GTask *task, const char *why)
{
  benk_swap_line_set (get_line (task, BENK_SWAP_SETTINGS), BENK_SWAP_NOT_DONE, why);
  read_again (task, BENK_SWAP_MEDICINE);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  BenkBenchJob *job = benk_swap_get_job (get_run (task)->swap);
  g_autoptr (GError) error = NULL;
  gboolean kept = benk_bench_wait_finish (BENK_BENCH (source), result, &error);

  refuse_settings (task, kept ? benk_bench_job_get_sentence (job) : error->message);
}

static void
write_settings (GTask *task)
{
  BenkSwap *swap = get_run (task)->swap;
  BenkBench *bench = benk_session_get_bench (benk_swap_get_session (swap));
  BenkBenchDevice *device = benk_swap_find_plugged (swap);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  BenkBenchJob *job = NULL;

  if (device == NULL)
    {
      g_autofree char *why =
        g_strdup_printf (_ ("%s is not plugged in. Plug it in, or use its checklist."),
                         benk_visit_name_device (
                           benk_swap_choice_get_device (benk_swap_get_chosen (swap))));

      refuse_settings (task, why);
      return;
    }
  plan = benk_swap_load_plan (swap, &error);
  if (plan != NULL)
    job =
      benk_bench_provision (bench, device, plan, benk_swap_get_reference (swap), &error);
  if (job == NULL)
    {
      refuse_settings (task, error->message);
      return;
    }
  benk_swap_set_job (swap, job);
  benk_swap_line_set (get_line (task, BENK_SWAP_SETTINGS), BENK_SWAP_UNDER_WAY, NULL);
  benk_bench_wait_async (bench, job, NULL, on_written, task);
}

static void
on_list_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (benk_checklist_change_finish (BENK_CHECKLIST (source), result, &sentence, &error))
    refuse_settings (task, sentence);
  else
    refuse_settings (task, error->message);
}

static void
on_list_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_swap_open_checklist_finish (BENK_SWAP (source), result, &error);

  if (list == NULL)
    refuse_settings (task, error->message);
  else if (!benk_checklist_is_complete (list, NULL))
    refuse_settings (task, _ ("Not every step of the checklist is ticked."));
  else
    benk_checklist_complete_async (list, NULL, on_list_kept, task);
}

static void
complete_list (GTask *task)
{
  benk_swap_open_checklist_async (get_run (task)->swap, NULL, on_list_opened, task);
}

/* --- handing over --- */

static void
on_handed_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_session_change_finish (source, result, NULL, &error) == NULL)
    for (guint i = BENK_SWAP_MEDICINE; i <= BENK_SWAP_QUARANTINE; i++)
      if (is_left (task, (BenkSwapPart) i))
        benk_swap_line_set (get_line (task, (BenkSwapPart) i), BENK_SWAP_NOT_DONE,
                            error->message);
  read_again (task, BENK_SWAP_ALARMS);
}

static void
hand_over (GTask *task)
{
  BenkSwap *swap = get_run (task)->swap;
  BenkSession *session = benk_swap_get_session (swap);

  if (is_left (task, BENK_SWAP_TAKE_OVER) &&
      !benk_swap_is_ready (swap, benk_swap_get_chosen (swap)))
    {
      for (guint i = BENK_SWAP_MEDICINE; i <= BENK_SWAP_QUARANTINE; i++)
        if (is_left (task, (BenkSwapPart) i))
          benk_swap_line_set (get_line (task, (BenkSwapPart) i), BENK_SWAP_NOT_DONE,
                              _ ("Waits until the new device holds its settings."));
      advance (task, BENK_SWAP_ALARMS);
      return;
    }
  benk_session_change_async (session, session, BENK_VERB_SWAP,
                             benk_device_get_id (benk_swap_get_old (swap)),
                             benk_swap_change_hand_over, benk_swap_change_new (swap),
                             (GDestroyNotify) benk_swap_change_free, NULL, on_handed_over,
                             task);
}

/* --- alarms and return --- */

static void close_next (GTask *task);

static void
on_alarm_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = get_run (task);
  g_autoptr (GError) error = NULL;

  if (benk_alarms_close_finish (BENK_ALARMS (source), result, &error))
    run->n_closed++;
  else
    benk_swap_line_set (get_line (task, BENK_SWAP_ALARMS), BENK_SWAP_NOT_DONE,
                        error->message);
  close_next (task);
}

static void
close_next (GTask *task)
{
  Run *run = get_run (task);
  BenkAlarmClosing closing = { .cause = "technical", .action = "swapped" };
  BenkId alarm;

  if (run->alarms->len == 0)
    {
      if (run->n_closed > 0 && benk_swap_line_get_state (
                                 get_line (task, BENK_SWAP_ALARMS)) != BENK_SWAP_NOT_DONE)
        benk_swap_line_set (get_line (task, BENK_SWAP_ALARMS), BENK_SWAP_DONE, NULL);
      read_again (task, BENK_SWAP_RETURN);
      return;
    }
  alarm = g_array_index (run->alarms, BenkId, 0);
  g_array_remove_index (run->alarms, 0);
  benk_alarms_close_async (benk_session_get_alarms (benk_swap_get_session (run->swap)),
                           &alarm, &closing, NULL, on_alarm_closed, task);
}

static void
close_alarms (GTask *task)
{
  Run *run = get_run (task);

  if (!benk_swap_has_taken_over (run->swap, benk_swap_get_chosen (run->swap)))
    {
      benk_swap_line_set (get_line (task, BENK_SWAP_ALARMS), BENK_SWAP_NOT_DONE,
                          _ ("They stay open until the new device has taken over."));
      advance (task, BENK_SWAP_RETURN);
      return;
    }
  run->alarms = g_array_copy (benk_swap_get_view (run->swap)->alarms);
  close_next (task);
}

static void
on_returned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkReturnCase) opened =
    benk_returns_open_finish (BENK_RETURNS (source), result, &error);

  if (opened == NULL)
    benk_swap_line_set (get_line (task, BENK_SWAP_RETURN), BENK_SWAP_NOT_DONE,
                        error->message);
  read_again (task, BENK_SWAP_RECORD);
}

static void
open_return (GTask *task)
{
  BenkSwap *swap = get_run (task)->swap;
  BenkSwapView *view = benk_swap_get_view (swap);
  BenkSwapChoice *chosen = benk_swap_get_chosen (swap);
  g_autofree char *reason = NULL;

  if (!benk_swap_is_out (swap))
    {
      benk_swap_line_set (get_line (task, BENK_SWAP_RETURN), BENK_SWAP_NOT_DONE,
                          _ ("Only when it is in quarantine."));
      advance (task, BENK_SWAP_RECORD);
      return;
    }
  reason =
    chosen != NULL && benk_swap_has_taken_over (swap, chosen)
      ? g_strdup_printf (_ ("Faulty in the home, swapped for %s"),
                         benk_visit_name_device (benk_swap_choice_get_device (chosen)))
      : g_strdup (_ ("Faulty in the home"));
  benk_returns_open_in_quarantine_async (benk_session_get_returns (
                                           benk_swap_get_session (swap)),
                                         benk_device_get_id (view->old), view->vendor,
                                         reason, NULL, on_returned, task);
}

/* --- beginning and end --- */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkSwap *swap = get_run (task)->swap;
  GError *error = NULL;

  benk_swap_set_running (swap, FALSE);
  if (benk_session_change_finish (source, result, NULL, &error) != NULL)
    {
      BenkSwapLine *record = benk_swap_get_line (swap, BENK_SWAP_RECORD);

      if (benk_swap_line_get_state (record) == BENK_SWAP_DONE)
        benk_swap_get_view (swap)->row->done |= BENK_SWAP_BIT (BENK_SWAP_RECORD);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full): keeps how far it came */
static void
keep (GTask *task)
{
  BenkSwap *swap = get_run (task)->swap;
  BenkSession *session = benk_swap_get_session (swap);
  BenkSwapChange *change = benk_swap_change_new (swap);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));

  if (benk_swap_line_get_state (benk_swap_get_line (swap, BENK_SWAP_RECORD)) ==
      BENK_SWAP_DONE)
    change->row->done |= BENK_SWAP_BIT (BENK_SWAP_RECORD);
  if (benk_swap_is_finished (swap))
    change->row->ended_ms = now_ms;
  else
    change->row->left_ms = now_ms;
  benk_session_change_async (session, session, BENK_VERB_VISIT,
                             benk_device_get_id (benk_swap_get_old (swap)),
                             benk_swap_change_keep, change,
                             (GDestroyNotify) benk_swap_change_free, NULL, on_kept, task);
}

static void
go_on (GTask *task)
{
  switch (get_run (task)->part)
    {
    case BENK_SWAP_SETTINGS:
      if (!is_left (task, BENK_SWAP_SETTINGS))
        advance (task, BENK_SWAP_MEDICINE);
      else if (benk_swap_get_by_checklist (get_run (task)->swap))
        complete_list (task);
      else
        write_settings (task);
      break;
    case BENK_SWAP_MEDICINE:
    case BENK_SWAP_TAKE_OVER:
    case BENK_SWAP_QUARANTINE:
      if (is_left (task, BENK_SWAP_MEDICINE) || is_left (task, BENK_SWAP_TAKE_OVER) ||
          is_left (task, BENK_SWAP_QUARANTINE))
        hand_over (task);
      else
        advance (task, BENK_SWAP_ALARMS);
      break;
    case BENK_SWAP_ALARMS:
      if (is_left (task, BENK_SWAP_ALARMS))
        close_alarms (task);
      else
        advance (task, BENK_SWAP_RETURN);
      break;
    case BENK_SWAP_RETURN:
      if (is_left (task, BENK_SWAP_RETURN))
        open_return (task);
      else
        advance (task, BENK_SWAP_RECORD);
      break;
    case BENK_SWAP_RECORD:
    default:
      keep (task);
    }
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (benk_session_change_finish (source, result, NULL, &error) == NULL)
    fail (task, error);
  else
    read_again (task, BENK_SWAP_SETTINGS);
}

static gboolean
check (BenkSwap *self, GError **error)
{
  BenkSwapChoice *chosen = benk_swap_get_chosen (self);

  if (benk_swap_is_running (self))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_BUSY,
                         _ ("The swap is under way."));
  else if (chosen == NULL)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("No device is chosen that takes over."));
  else if (!benk_swap_choice_is_possible (chosen))
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s: %s",
                 benk_swap_choice_get_label (chosen),
                 benk_swap_choice_get_difference (chosen));
  else
    return TRUE;
  return FALSE;
}

/**
 * benk_swap_run_async:
 * @self: a swap
 * @cancellable: (nullable): unused; what was begun is finished or told
 * @callback: called when nothing more can be done now
 * @user_data: for @callback
 *
 * Does what is ticked and left, in its order. What cannot be done says why on its line;
 * running again goes on with it.
 */
void
benk_swap_run_async (BenkSwap *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  BenkSession *session = benk_swap_get_session (self);
  GError *error = NULL;
  Run *run = g_new0 (Run, 1);

  run->swap = g_object_ref (self);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (!check (self, &error))
    {
      g_autoptr (GTask) owned = task;

      g_task_return_error (owned, error);
      return;
    }
  benk_swap_set_running (self, TRUE);
  benk_session_change_async (session, session, BENK_VERB_VISIT,
                             benk_device_get_id (benk_swap_get_old (self)),
                             benk_swap_change_begin, benk_swap_change_new (self),
                             (GDestroyNotify) benk_swap_change_free, NULL, on_begun,
                             task);
}

/**
 * benk_swap_run_finish:
 * @self: a swap
 * @result: what the callback was given
 * @error: why it was not even begun, or how far it came is not kept
 *
 * Returns: whether it ran; what came of it is on the lines
 */
gboolean
benk_swap_run_finish (BenkSwap *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_swap_mark_copied_async:
 * @self: a swap
 * @cancellable: (nullable): unused
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * The text for the patient record was copied.
 */
void
benk_swap_mark_copied_async (BenkSwap *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->swap = g_object_ref (self);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (benk_swap_is_begun (self))
    {
      benk_swap_line_set (benk_swap_get_line (self, BENK_SWAP_RECORD), BENK_SWAP_DONE,
                          NULL);
      keep (task);
    }
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/**
 * benk_swap_mark_copied_finish:
 * @self: a swap
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is kept
 */
gboolean
benk_swap_mark_copied_finish (BenkSwap *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
