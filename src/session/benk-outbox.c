/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-outbox.h"
#include "benk-outbox-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-feeds-private.h"

#define RETRY_MS (15 * 1000)
#define MAX_RETRY_MS (2 * 60 * 1000)
/* A token that is refused is not offered every few seconds. */
#define AUTH_RETRY_MS (5 * 60 * 1000)

/* One emptying: claim, send, settle, claim the next. */
typedef struct
{
  BenkSession *session;
  GArray *alarms; /* (nullable): BenkId of the only ones it is about */
  guint at;
  guint n_accepted;
  GError *conflict;

  BenkParcel *parcel;
  BenkFhirClient *source;
  BenkFhirClient *target;
} Flush;

static void claim (GTask *task);

static void
flush_free (Flush *flush)
{
  g_clear_object (&flush->session);
  g_clear_pointer (&flush->alarms, g_array_unref);
  g_clear_error (&flush->conflict);
  g_clear_pointer (&flush->parcel, benk_parcel_free);
  g_clear_object (&flush->source);
  g_clear_object (&flush->target);
  g_free (flush);
}

/* -- Settling ------------------------------------------------------------------------ */

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    claim (g_steal_pointer (&task));
}

static gint64
get_retry_ms (Flush *flush, const GError *error)
{
  gint64 wish = flush->source ? benk_fhir_client_get_retry_ms (flush->source) : -1;
  gint64 wait = RETRY_MS << MIN (flush->parcel->row->attempts - 1, 4);

  if (g_error_matches (error, BENK_ERROR, BENK_ERROR_AUTH))
    return AUTH_RETRY_MS;
  return MAX (MIN (wait, MAX_RETRY_MS), wish);
}

/* What can never succeed is refused; the rest goes on waiting. */
static gboolean
is_final (const GError *error)
{
  return error->domain == BENK_ERROR &&
         (error->code == BENK_ERROR_CONFLICT || error->code == BENK_ERROR_INVALID ||
          error->code == BENK_ERROR_NOT_FOUND);
}

/* (transfer full) @task; @error (nullable): why it was not accepted. @maybe_arrived: a
 * document of which it is not known. */
static void
settle (GTask *task,
        const BenkFhirReceipt *receipt,
        const GError *error,
        gboolean maybe_arrived)
{
  Flush *flush = g_task_get_task_data (task);
  BenkOutboxRow *row = flush->parcel->row;
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (flush->session));
  BenkSettleJob *job = g_new0 (BenkSettleJob, 1);

  job->change = (BenkChange){ .verb = BENK_VERB_FOLLOWUP,
                              .subject = row->alarm,
                              .account = benk_session_get_account (flush->session) };
  job->row = row->id;
  job->alarm = row->alarm;
  job->kind = g_strdup (row->kind);
  if (receipt)
    {
      job->location = g_strdup (receipt->location);
      job->etag = g_strdup (receipt->etag);
    }
  if (error == NULL)
    {
      job->state = BENK_FOLLOWUP_ACCEPTED;
      flush->n_accepted++;
    }
  else
    {
      job->words = benk_fhir_words_to_keep (error);
      job->next_ms = now_ms + get_retry_ms (flush, error);
      job->state = is_final (error) ? BENK_FOLLOWUP_REFUSED
                   : maybe_arrived  ? BENK_FOLLOWUP_SENT
                                    : BENK_FOLLOWUP_QUEUED;
      if (flush->conflict == NULL && flush->at == 0 &&
          g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT))
        flush->conflict = g_error_copy (error);
    }
  benk_store_write_async (benk_session_get_store (flush->session), benk_settle_job_run,
                          job, (GDestroyNotify) benk_settle_job_free, NULL, on_settled,
                          task);
}

/* -- Who was first ------------------------------------------------------------------- */

static void
on_other_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) conflict = g_object_steal_data (G_OBJECT (task), "benk-conflict");
  guint n_new = 0;
  guint n_changed = 0;

  if (!benk_feeds_take_in_finish (BENK_FEEDS (source), result, &n_new, &n_changed,
                                  &error))
    g_warning ("Who took the alarm could not be kept: %s", error->message);
  settle (g_steal_pointer (&task), NULL, conflict, FALSE);
}

static void
on_other_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Flush *flush = g_task_get_task_data (task);
  BenkFeeds *feeds = benk_session_get_feeds (flush->session);
  g_autoptr (GError) error = NULL;
  BenkFhirIssue *issue =
    benk_fhir_client_read_finish (BENK_FHIR_CLIENT (source), result, &error);
  BenkFhirPage *page;
  BenkId feed = flush->parcel->row->feed;

  if (issue == NULL)
    {
      g_autoptr (GError) conflict =
        g_object_steal_data (G_OBJECT (task), "benk-conflict");

      settle (g_steal_pointer (&task), NULL, conflict, FALSE);
      return;
    }
  page = benk_fhir_page_new_of (issue);
  benk_feeds_take_in_async (feeds, &feed, flush->source, page, -1, NULL, on_other_kept,
                            g_object_ref (task));
}

/* The queue shows who has it, not only that it was not we. (transfer full) @task, @error
 */
static void
find_who (GTask *task, GError *error)
{
  Flush *flush = g_task_get_task_data (task);

  g_object_set_data_full (G_OBJECT (task), "benk-conflict", error,
                          (GDestroyNotify) g_error_free);
  benk_fhir_client_read_async (flush->source,
                               benk_alarm_get_remote_id (flush->parcel->alarm), NULL,
                               on_other_read, task);
}

/* -- Sending ------------------------------------------------------------------------- */

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) issue =
    benk_fhir_client_take_finish (BENK_FHIR_CLIENT (source), result, &error);

  if (issue != NULL)
    settle (g_steal_pointer (&task), NULL, NULL, FALSE);
  else if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT))
    find_who (g_steal_pointer (&task), g_steal_pointer (&error));
  else
    settle (g_steal_pointer (&task), NULL, error, FALSE);
}

static char *
describe_closing (BenkAlarm *alarm)
{
  const char *cause =
    benk_alarm_choice_get_record_text (benk_alarm_get_cause (alarm), FALSE);
  const char *action =
    benk_alarm_choice_get_record_text (benk_alarm_get_action (alarm), TRUE);

  return g_strdup_printf ("Årsak: %s. Tiltak: %s.", cause ? cause : "ukjent",
                          action ? action : "ingen");
}

/* (transfer full) @task */
static void
send_step (GTask *task)
{
  Flush *flush = g_task_get_task_data (task);
  BenkParcel *parcel = flush->parcel;
  g_autofree char *row_id = benk_id_to_string (&parcel->row->id);
  g_autofree char *text = NULL;
  gboolean closing = g_str_equal (parcel->row->kind, BENK_OUTBOX_CLOSE);
  const char *remote = benk_alarm_get_remote_id (parcel->alarm);
  BenkFhirStep step;

  if (closing)
    text = describe_closing (parcel->alarm);
  else if (g_str_equal (parcel->row->kind, BENK_OUTBOX_REOPEN))
    text = g_strdup ("Åpnet igjen.");
  step = benk_parcel_get_step (parcel, row_id, text);
  if (closing)
    benk_fhir_client_close_async (flush->source, remote, &step, NULL, on_stepped, task);
  else if (text != NULL)
    benk_fhir_client_reopen_async (flush->source, remote, &step, NULL, on_stepped, task);
  else
    benk_fhir_client_take_async (flush->source, remote, &step, NULL, on_stepped, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean maybe_arrived = FALSE;
  g_autoptr (BenkFhirReceipt) receipt =
    benk_fhir_client_send_followup_finish (BENK_FHIR_CLIENT (source), result,
                                           &maybe_arrived, &error);

  settle (g_steal_pointer (&task), receipt, error, maybe_arrived);
}

/* (transfer full) @task */
static void
send (GTask *task)
{
  Flush *flush = g_task_get_task_data (task);
  BenkParcel *parcel = flush->parcel;
  BenkFeeds *feeds = benk_session_get_feeds (flush->session);
  BenkFeedLink *link =
    parcel->feed ? benk_feeds_get_link (feeds, parcel->feed, NULL) : NULL;

  g_clear_object (&flush->source);
  g_clear_object (&flush->target);
  if (link == NULL || benk_alarm_get_remote_id (parcel->alarm) == NULL)
    {
      g_autoptr (GError) error =
        g_error_new_literal (BENK_ERROR, BENK_ERROR_INVALID,
                             _ ("The source of the alarm is no longer asked."));

      settle (task, NULL, error, FALSE);
      return;
    }
  flush->source = g_object_ref (link->source);
  flush->target = g_object_ref (link->target);
  if (g_str_equal (parcel->row->kind, BENK_OUTBOX_FOLLOWUP))
    {
      BenkFhirFollowup followup = benk_parcel_get_followup (parcel);

      benk_fhir_client_send_followup_async (flush->source, flush->target,
                                            benk_alarm_get_remote_id (parcel->alarm),
                                            &followup, parcel->sent_before, NULL, on_sent,
                                            task);
    }
  else
    send_step (task);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Flush *flush = g_task_get_task_data (task);
  GError *error = NULL;
  BenkParcel *parcel = benk_store_write_finish (BENK_STORE (source), result, &error);

  g_clear_pointer (&flush->parcel, benk_parcel_free);
  flush->parcel = parcel;
  if (error != NULL)
    g_task_return_error (task, error);
  else if (parcel != NULL)
    send (g_steal_pointer (&task));
  else if (flush->alarms && flush->at + 1 < flush->alarms->len)
    {
      flush->at++;
      claim (g_steal_pointer (&task));
    }
  else
    {
      benk_alarms_refresh (benk_session_get_alarms (flush->session));
      if (flush->conflict && flush->alarms)
        g_task_return_error (task, g_steal_pointer (&flush->conflict));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* (transfer full) @task */
static void
claim (GTask *task)
{
  Flush *flush = g_task_get_task_data (task);
  BenkClaimJob *job = g_new0 (BenkClaimJob, 1);

  if (flush->alarms)
    job->alarm = g_array_index (flush->alarms, BenkId, flush->at);
  job->models =
    g_ptr_array_ref (benk_alarms_get_models (benk_session_get_alarms (flush->session)));
  benk_store_write_async (benk_session_get_store (flush->session), benk_claim_job_run,
                          job, (GDestroyNotify) benk_claim_job_free,
                          g_task_get_cancellable (task), on_claimed, task);
}

/* @alarms: (nullable): only what is about these, a conflict over the first of which is
 * the answer */
void
benk_outbox_flush_async (BenkSession *session,
                         GArray *alarms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Flush *flush = g_new0 (Flush, 1);

  flush->session = g_object_ref (session);
  if (alarms)
    flush->alarms = g_array_ref (alarms);
  g_task_set_task_data (task, flush, (GDestroyNotify) flush_free);
  claim (task);
}

gboolean
benk_outbox_flush_finish (GAsyncResult *result, guint *n_accepted, GError **error)
{
  Flush *flush = g_task_get_task_data (G_TASK (result));

  if (n_accepted)
    *n_accepted = flush->n_accepted;
  return g_task_propagate_boolean (G_TASK (result), error);
}
