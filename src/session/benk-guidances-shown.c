/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances-private.h"

#include "benk-models.h"
#include "benk-table-alarm.h"
#include "benk-table-duty.h"
#include "benk-table-guidance.h"

typedef struct
{
  BenkId alarm;
  GPtrArray *models;
} ShownJob;

static void
shown_job_free (gpointer data)
{
  ShownJob *job = data;

  g_ptr_array_unref (job->models);
  g_free (job);
}

static gpointer
load_shown (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ShownJob *job = data;
  g_autoptr (BenkAlarm) alarm = benk_table_alarm_get (db, &job->alarm, error);
  g_autoptr (BenkDutyRoster) roster =
    alarm != NULL ? benk_table_duty_load (db, error) : NULL;
  g_autoptr (GPtrArray) kept = NULL;
  BenkDutyNow now = { 0 };
  gboolean open;

  if (roster == NULL)
    return NULL;
  open = benk_alarm_status_is_open (benk_alarm_get_status (alarm));
  kept = open ? benk_table_guidance_list_current (db, error)
              : benk_table_guidance_list_at_end (db, &job->alarm, error);
  if (kept == NULL)
    return NULL;
  benk_duty_roster_look (roster, benk_alarm_get_team_id (alarm),
                         open ? benk_db_get_wall_ms (db)
                              : benk_alarm_get_closed_ms (alarm),
                         &now);
  return benk_guidance_resolve (
    kept, benk_model_find (job->models, benk_alarm_get_model_id (alarm)),
    benk_alarm_get_code (alarm), benk_guidance_part_of (now.duty));
}

/**
 * benk_guidances_load_shown_async:
 * @self: what to do
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds which version was shown for an alarm when it ended, or is while it is open. The
 * duties and the file of the make are those of now.
 */
void
benk_guidances_load_shown_async (BenkGuidances *self,
                                 const BenkId *alarm,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  BenkSession *session = benk_guidances_get_session (self);
  ShownJob *job = g_new0 (ShownJob, 1);

  job->alarm = *alarm;
  job->models = g_ptr_array_ref (benk_models_get_all (benk_session_get_models (session)));
  benk_session_read_async (session, self, load_shown, job, shown_job_free,
                           (GDestroyNotify) benk_guidance_version_free, cancellable,
                           callback, user_data);
}

/**
 * benk_guidances_load_shown_finish:
 * @self: what to do
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the version, or %NULL
 */
BenkGuidanceVersion *
benk_guidances_load_shown_finish (BenkGuidances *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return benk_session_read_finish (self, result, error);
}
