/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record-texts.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-names.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-alarm-step.h"
#include "benk-table-note.h"
#include "benk-text-check.h"
#include "benk-visit-settings-private.h"

/* What an evaluation comes to (product.md E2). */
static const BenkName results[] = {
  { "keep", N_ ("The service goes on as it is") },
  { "settings", N_ ("The settings are changed") },
  { "make", N_ ("Another make is tried") },
  { "end", N_ ("The service ends") },
};

typedef struct
{
  BenkRecordVerb verb;
  char *device;
  char *other;
  char *until;
  char *result;
  char *reason;
  BenkId alarm;
  GPtrArray *models;
  gboolean demo;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->device);
  g_free (job->other);
  g_free (job->until);
  g_free (job->result);
  g_free (job->reason);
  g_ptr_array_unref (job->models);
  g_free (job);
}

static Job *
job_new (BenkSession *session, BenkRecordVerb verb)
{
  Job *job = g_new0 (Job, 1);

  job->verb = verb;
  job->models =
    g_ptr_array_ref (benk_inventory_get_models (benk_session_get_inventory (session)));
  job->demo = benk_session_is_demo (session);
  return job;
}

static char *
describe (Job *job, BenkDevice *device)
{
  BenkModel *model = benk_model_find (job->models, benk_device_get_model_id (device));

  return benk_visit_describe_device (model, device);
}

static gboolean
check (Job *job, GError **error)
{
  guint at;

  if (job->result == NULL ||
      benk_names_find (results, G_N_ELEMENTS (results), job->result, &at))
    return benk_text_check_date (job->until, error) &&
           benk_text_check_note (job->reason, error);
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ (
                 "“%s” is not what an evaluation comes to: keep, settings, make or end."),
               job->result);
  return FALSE;
}

static const char *
get_result (const Job *job)
{
  guint at;

  return job->result != NULL &&
             benk_names_find (results, G_N_ELEMENTS (results), job->result, &at)
           ? benk_names_get_label (results, G_N_ELEMENTS (results), at)
           : NULL;
}

static gpointer
compose_device (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_auto (BenkVisitSettings) settings = { 0 };
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkDevice) other = NULL;
  g_autofree char *label = NULL;
  g_autofree char *other_label = NULL;
  BenkRecordText text = { .kind = job->verb, .zone = zone };

  if (!check (job, error))
    return NULL;
  device = benk_inventory_find_text (db, job->device, error);
  if (device != NULL && job->other != NULL)
    other = benk_inventory_find_text (db, job->other, error);
  if (device == NULL || (job->other != NULL && other == NULL) ||
      !benk_visit_settings_load (db, job->demo,
                                 benk_device_get_id (other ? other : device), &settings,
                                 error))
    return NULL;
  label = describe (job, device);
  other_label = other ? describe (job, other) : NULL;
  text.at_ms = benk_db_get_wall_ms (db);
  text.device = label;
  text.other = other_label;
  text.times = settings.times;
  text.known = settings.known;
  text.until = job->until;
  text.result = get_result (job);
  text.reason = job->reason;
  return benk_record_text_compose (&text);
}

/* Whether a call was told of with the closing that stands. */
static gboolean
was_called (const GPtrArray *steps)
{
  const BenkAlarmStep *closing = NULL;
  gboolean called = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const BenkAlarmStep *step = g_ptr_array_index (steps, i);

      if (strcmp (step->kind, BENK_STEP_REOPENED) == 0)
        closing = NULL;
      else if (strcmp (step->kind, BENK_STEP_CLOSED) == 0)
        closing = step;
    }
  for (guint i = 0; closing != NULL && i < steps->len; i++)
    {
      const BenkAlarmStep *step = g_ptr_array_index (steps, i);

      called = called ||
               (strcmp (step->kind, BENK_STEP_CALLED) == 0 && step->seq == closing->seq);
    }
  return called;
}

static gpointer
compose_alarm (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (BenkAlarm) alarm = benk_alarm_load (db, &job->alarm, job->models, error);
  g_autoptr (GPtrArray) steps =
    alarm ? benk_table_alarm_step_list (db, &job->alarm, error) : NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *confirmed = NULL;
  const BenkAlarmCode *code;
  BenkRecordText text = { .kind = BENK_RECORD_CLOSE_ALARM, .zone = zone };

  if (steps == NULL)
    return NULL;
  if (benk_alarm_get_closed_ms (alarm) == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("The alarm is open."));
      return NULL;
    }
  confirmed = benk_table_note_get (db, benk_alarm_get_confirmed_by (alarm), NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  code = benk_alarm_code_resolve (benk_alarm_get_code (alarm));
  text.at_ms = benk_alarm_get_closed_ms (alarm);
  text.alarm = benk_alarm_code_get_label (code);
  text.device = benk_alarm_get_device_label (alarm);
  if (text.device == NULL)
    text.device = _ ("unknown device");
  text.raised_ms = benk_alarm_get_raised_ms (alarm);
  text.cause = benk_alarm_choice_get_label (benk_alarm_get_cause (alarm), FALSE);
  text.action = benk_alarm_choice_get_label (benk_alarm_get_action (alarm), TRUE);
  text.called = was_called (steps);
  text.confirmed_by = confirmed;
  text.confirmed_ms = benk_alarm_get_confirmed_ms (alarm);
  return benk_record_text_compose (&text);
}

/**
 * benk_record_texts_load_async:
 * @session: a session
 * @asked: what it is to tell; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Composes a text for the patient record about a device, as of now.
 */
void
benk_record_texts_load_async (BenkSession *session,
                              const BenkRecordAsked *asked,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Job *job = job_new (session, asked->verb);

  job->device = g_strdup (asked->device ? asked->device : "");
  job->other = g_strdup (asked->other);
  job->until = g_strdup (asked->until);
  job->result = g_strdup (asked->result);
  job->reason = g_strdup (asked->reason);
  benk_session_read_async (session, session, compose_device, job, job_free, g_free,
                           cancellable, callback, user_data);
}

/**
 * benk_record_texts_load_alarm_async:
 * @session: a session
 * @alarm: an alarm that has ended
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Composes a text for the patient record about how an alarm was followed up.
 */
void
benk_record_texts_load_alarm_async (BenkSession *session,
                                    const BenkId *alarm,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Job *job = job_new (session, BENK_RECORD_CLOSE_ALARM);

  job->alarm = *alarm;
  benk_session_read_async (session, session, compose_alarm, job, job_free, g_free,
                           cancellable, callback, user_data);
}

/**
 * benk_record_texts_load_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: %BENK_ERROR_NOT_FOUND, %BENK_ERROR_REFUSED (the alarm is open),
 *   %BENK_ERROR_INVALID or another
 *
 * Returns: (transfer full): the text, or %NULL
 */
char *
benk_record_texts_load_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (session, result, error);
}
