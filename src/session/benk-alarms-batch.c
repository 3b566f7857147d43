/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-batch.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-national-number.h"
#include "benk-session-change.h"
#include "benk-table-alarm.h"

typedef struct
{
  BenkId alarm;
  BenkRollBatch roll; /* without a batch: none is noted any more */
} BatchJob;

static void
batch_job_free (gpointer data)
{
  BatchJob *job = data;

  benk_roll_batch_clear (&job->roll);
  g_free (job);
}

static gboolean
refused (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED, sentence);
  return FALSE;
}

/* The others that its row stands for are about the same roll. */
static gboolean
note_batch (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BatchJob *job = data;
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, &job->alarm, error);
  g_autoptr (GPtrArray) joined = NULL;

  if (alarm == NULL)
    return FALSE;
  if (!benk_roll_batch_concerns (benk_alarm_get_code (alarm)))
    return refused (_ ("A roll batch is noted for alarms about the roll or its pouches."),
                    error);
  joined = benk_alarm_list_joined (db, alarm, error);
  for (guint i = 0; joined != NULL && i < joined->len; i++)
    if (!benk_table_alarm_set_roll_batch (
          db, benk_alarm_get_id (g_ptr_array_index (joined, i)), job->roll.packer,
          job->roll.batch, error))
      return FALSE;
  return joined != NULL;
}

/**
 * benk_alarms_read_batch:
 * @roll: (out caller-allocates): what was read
 * @packer: (nullable): who packed the roll, as typed
 * @batch: (nullable): the batch as typed, or what a scanner read of the label
 * @error: %BENK_ERROR_INVALID, or %BENK_ERROR_REFUSED for a national identity number
 *
 * As benk_roll_batch_read(), and keeps out what is a person's.
 *
 * Returns: whether there is a batch that can be kept
 */
gboolean
benk_alarms_read_batch (BenkRollBatch *roll,
                        const char *packer,
                        const char *batch,
                        GError **error)
{
  if (!benk_roll_batch_read (roll, packer, batch, error))
    return FALSE;
  if (!benk_text_holds_national_number (roll->batch) &&
      !benk_text_holds_national_number (roll->packer))
    return TRUE;
  benk_roll_batch_clear (roll);
  return refused (_ ("This looks like a national identity number, which is never kept."),
                  error);
}

/**
 * benk_alarms_note_batch_async:
 * @self: the alarms
 * @alarm: an alarm about a roll, open or not
 * @packer: (nullable): who packed the roll
 * @batch: (nullable): its batch, or what a scanner read of the label; %NULL with no
 *   @packer = none is noted any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Notes of what batch the roll is that an alarm stopped at. One change, which can be
 * undone.
 */
void
benk_alarms_note_batch_async (BenkAlarms *self,
                              const BenkId *alarm,
                              const char *packer,
                              const char *batch,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  BatchJob *job = g_new0 (BatchJob, 1);
  GError *error = NULL;

  g_return_if_fail (session != NULL);
  job->alarm = *alarm;
  if ((packer != NULL || batch != NULL) &&
      !benk_alarms_read_batch (&job->roll, packer, batch, &error))
    {
      batch_job_free (job);
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  benk_session_change_async (session, self, BENK_VERB_NOTE_BATCH, alarm, note_batch, job,
                             batch_job_free, cancellable, callback, user_data);
}

/**
 * benk_alarms_note_batch_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @seq: (out) (optional): row of the change log; 0 if it was so noted already
 * @error: why it was not noted
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID (no batch), %BENK_ERROR_REFUSED (not about a
 *   roll, or a national identity number) or another error
 */
gboolean
benk_alarms_note_batch_finish (BenkAlarms *self,
                               GAsyncResult *result,
                               gint64 *seq,
                               GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
