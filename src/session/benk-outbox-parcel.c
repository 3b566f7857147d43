/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-outbox-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-model.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-staff.h"

/* Longer than every exchange of one parcel may take together. */
#define LEASE_MS (3 * 60 * 1000)

void
benk_parcel_free (BenkParcel *parcel)
{
  g_clear_pointer (&parcel->row, benk_outbox_row_free);
  g_clear_pointer (&parcel->feed, benk_feed_row_free);
  g_clear_object (&parcel->alarm);
  g_free (parcel->author_id);
  g_free (parcel->author_name);
  g_free (parcel->note);
  g_free (parcel->device_name);
  g_clear_pointer (&parcel->events, g_array_unref);
  g_free (parcel);
}

void
benk_claim_job_free (BenkClaimJob *job)
{
  g_clear_pointer (&job->models, g_ptr_array_unref);
  g_free (job);
}

void
benk_settle_job_free (BenkSettleJob *job)
{
  g_free (job->kind);
  g_free (job->location);
  g_free (job->etag);
  g_free (job->words);
  g_free (job);
}

static gboolean
load_author (BenkDb *db, BenkParcel *parcel, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStaff) staff = NULL;
  BenkId id = BENK_ID_NIL;
  const char *name = NULL;

  benk_table_alarm_step_get_author (db, &parcel->row->id, &id, &parcel->note, &local);
  if (local == NULL && !benk_id_is_nil (&id))
    staff = benk_table_staff_get (db, &id, &local);
  if (local != NULL && !g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (staff)
    name = benk_staff_get_name (staff);
  if (staff && (name == NULL || *name == '\0'))
    name = benk_staff_get_initials (staff);
  parcel->author_id = benk_id_to_string (&id);
  parcel->author_name = g_strdup (name ? name : "Dosebenk");
  return TRUE;
}

static gboolean
load (BenkDb *db, BenkParcel *parcel, GPtrArray *models, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *model_id;
  BenkModel *model;

  parcel->alarm = benk_table_alarm_get (db, &parcel->row->alarm, error);
  if (parcel->alarm == NULL)
    return FALSE;
  parcel->feed = benk_table_feed_get (db, &parcel->row->feed, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  model_id = benk_alarm_get_model_id (parcel->alarm);
  model = model_id ? benk_model_find (models, model_id) : NULL;
  parcel->device_name = model ? g_strdup (benk_model_get_name (model)) : NULL;
  return load_author (db, parcel, error) && benk_parcel_load_events (db, parcel, error);
}

/* NULL without @error: nothing waits. */
gpointer
benk_claim_job_run (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkClaimJob *job = data;
  g_autoptr (BenkParcel) parcel = g_new0 (BenkParcel, 1);

  parcel->row =
    benk_table_outbox_claim (db, benk_id_is_nil (&job->alarm) ? NULL : &job->alarm,
                             LEASE_MS, &parcel->sent_before, error);
  if (parcel->row == NULL || !load (db, parcel, job->models, error))
    return NULL;
  return g_steal_pointer (&parcel);
}

/* What needs no sending any more: the document of a closing that another was quicker
 * with, the taking of what is closed. */
static gboolean
refuse_waiting (BenkDb *db,
                const BenkSettleJob *job,
                const char *kind,
                const char *words,
                GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (db, &job->alarm, error);

  for (guint i = 0; rows && i < rows->len; i++)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i);

      if (!g_str_equal (row->kind, kind) ||
          (row->state != BENK_FOLLOWUP_QUEUED && row->state != BENK_FOLLOWUP_SENT))
        continue;
      row->state = BENK_FOLLOWUP_REFUSED;
      g_free (row->last_error);
      row->last_error = g_strdup (words);
      if (!benk_table_outbox_update (db, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
settle_others (BenkDb *db, const BenkSettleJob *job, GError **error)
{
  if (!g_str_equal (job->kind, BENK_OUTBOX_CLOSE))
    return TRUE;
  if (job->state == BENK_FOLLOWUP_REFUSED)
    return refuse_waiting (db, job, BENK_OUTBOX_FOLLOWUP, job->words, error);
  return job->state != BENK_FOLLOWUP_ACCEPTED ||
         refuse_waiting (db, job, BENK_OUTBOX_TAKE,
                         _ ("The alarm was closed before its taking was told."), error);
}

static BenkOutboxRow *
find_row (BenkDb *db, const BenkSettleJob *job, GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (db, &job->alarm, error);

  for (guint i = 0; rows && i < rows->len; i++)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i);

      if (benk_id_equal (&row->id, &job->row))
        return g_ptr_array_steal_index (rows, i);
    }
  return NULL;
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* That a document was accepted is a step of the alarm; the rest is this laptop's affair.
 */
gpointer
benk_settle_job_run (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkSettleJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_autoptr (BenkOutboxRow) row = scope ? find_row (db, job, error) : NULL;
  gboolean document = g_str_equal (job->kind, BENK_OUTBOX_FOLLOWUP);

  if (row == NULL)
    return NULL;
  row->state = job->state;
  row->next_ms = job->next_ms;
  replace (&row->location, job->location);
  replace (&row->etag, job->etag);
  replace (&row->last_error, job->words);
  if (!benk_table_outbox_update (db, row, error))
    return NULL;
  if (document && job->state == BENK_FOLLOWUP_ACCEPTED &&
      !benk_table_alarm_step_insert (db, &job->alarm, BENK_STEP_ACCEPTED,
                                     BENK_PLACE_ELSEWHERE, 0, NULL, NULL, error))
    return NULL;
  if (!settle_others (db, job, error))
    return NULL;
  benk_scope_commit (scope, NULL, error);
  return NULL;
}

/* What others see in the alarm at its source. The strings are the parcel's. */
BenkFhirStep
benk_parcel_get_step (BenkParcel *parcel, const char *row_id, const char *text)
{
  return (BenkFhirStep){
    .id = row_id,
    .author_id = parcel->author_id,
    .author_name = parcel->author_name,
    .text = text,
    .at_ms = parcel->row->made_ms,
  };
}

BenkFhirFollowup
benk_parcel_get_followup (BenkParcel *parcel)
{
  BenkAlarm *alarm = parcel->alarm;

  return (BenkFhirFollowup){
    .id = parcel->row->id,
    .at_ms = parcel->row->made_ms,
    .raised_ms = benk_alarm_get_raised_ms (alarm),
    .taken_ms = benk_alarm_get_taken_ms (alarm),
    .closed_ms = benk_alarm_get_closed_ms (alarm),
    .cause = benk_alarm_choice_get_record_text (benk_alarm_get_cause (alarm), FALSE),
    .action = benk_alarm_choice_get_record_text (benk_alarm_get_action (alarm), TRUE),
    .description = parcel->note,
    .author_id = parcel->author_id,
    .author_name = parcel->author_name,
    .device_name = parcel->device_name,
    .serial = benk_alarm_get_serial (alarm),
    .call_start_ms = parcel->call_start_ms,
    .call_end_ms = parcel->call_end_ms,
    .events = (const BenkFhirEvent *) (gpointer) parcel->events->data,
    .n_events = parcel->events->len,
  };
}
