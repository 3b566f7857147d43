/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-client.h"
#include "benk-fhir-client-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-plan.h"
#include "benk-wording.h"

/* Two other changes in the time of one take are bad luck; three are a busy hub. */
#define MAX_TRIES 3

typedef enum
{
  STEP_TAKE,
  STEP_CLOSE,
  STEP_REOPEN,
} StepKind;

/*
 * A step in an alarm at its source: read, edit, PUT with If-Match; where the answer is
 * lost or another was quicker, read again and see whose step stands there.
 */
typedef struct
{
  BenkFhirClient *client;
  char *url;
  StepKind kind;
  char *id;
  char *author_id;
  char *author_name;
  char *text;
  gint64 at_ms;
  GCancellable *cancellable;
  guint tries;
  GError *failure; /* what the PUT ended with, while it is being looked into */
} Step;

static void
step_free (Step *step)
{
  g_clear_object (&step->client);
  g_clear_object (&step->cancellable);
  g_free (step->url);
  g_free (step->id);
  g_free (step->author_id);
  g_free (step->author_name);
  g_free (step->text);
  g_clear_error (&step->failure);
  g_free (step);
}

static void read_issue (GTask *task);

/* Who was first, and when, by the clock of the district. */
static void
refuse_closed (GTask *task, Step *step, const BenkFhirIssue *issue)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const char *who = issue->closed_by ? issue->closed_by : _ ("another system");
  g_autofree char *when = NULL;

  if (issue->status == BENK_FHIR_STATUS_CANCELLED)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CONFLICT,
                             _ ("The alarm was withdrawn at its source (%s)."), who);
  else if (issue->closed_ms <= 0)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CONFLICT,
                             _ ("The alarm was closed before you, by %s."), who);
  else
    {
      when = benk_wording_instant (issue->closed_ms, step->at_ms, zone);
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CONFLICT,
                               /* Translators: a name, then a time. */
                               _ ("The alarm was closed before you, by %s, %s."), who,
                               when);
    }
}

static gboolean
is_taken_by_other (Step *step, const BenkFhirIssue *issue)
{
  return step->kind == STEP_TAKE && issue->taken_by != NULL;
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);

  if (answer != NULL)
    benk_http_answer_check (answer, &error);
  if (error != NULL && (g_error_matches (error, BENK_ERROR, BENK_ERROR_AUTH) ||
                        g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_error (&step->failure);
  step->failure = g_steal_pointer (&error);
  read_issue (g_steal_pointer (&task));
}

static GBytes *
edit (Step *step, GBytes *read, const BenkFhirStep *words, GError **error)
{
  switch (step->kind)
    {
    case STEP_CLOSE:
      return benk_fhir_edit_close (read, words, error);
    case STEP_REOPEN:
      return benk_fhir_edit_reopen (read, words, error);
    case STEP_TAKE:
    default:
      return benk_fhir_edit_take (read, words, error);
    }
}

static void
put_issue (GTask *task, GBytes *read, const char *etag)
{
  Step *step = g_task_get_task_data (task);
  BenkFhirStep words = { .id = step->id,
                         .author_id = step->author_id,
                         .author_name = step->author_name,
                         .text = step->text,
                         .at_ms = step->at_ms };
  GError *error = NULL;
  g_autoptr (GBytes) edited = edit (step, read, &words, &error);

  if (edited == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  step->tries++;
  benk_http_send_async (benk_fhir_client_get_http (step->client), "PUT", step->url, etag,
                        edited, step->cancellable, on_put, g_object_ref (task));
}

/* What stands there decides: our step, another's, or nobody's yet. */
static void
decide (GTask *task, const BenkHttpAnswer *answer, BenkFhirIssue *issue)
{
  Step *step = g_task_get_task_data (task);
  g_autoptr (BenkFhirIssue) owned = issue;
  g_autofree char *etag = NULL;

  gboolean open = issue->status == BENK_FHIR_STATUS_OPEN;

  if (benk_fhir_issue_has_step (issue, step->id) || (step->kind == STEP_REOPEN && open))
    g_task_return_pointer (task, g_steal_pointer (&owned),
                           (GDestroyNotify) benk_fhir_issue_free);
  else if (!open && step->kind != STEP_REOPEN)
    refuse_closed (task, step, issue);
  else if (is_taken_by_other (step, issue))
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_CONFLICT,
                             _ ("%s has taken the alarm before you."), issue->taken_by);
  else if (step->failure &&
           (step->tries >= MAX_TRIES ||
            !g_error_matches (step->failure, BENK_ERROR, BENK_ERROR_CONFLICT)))
    g_task_return_error (task, g_steal_pointer (&step->failure));
  else if (step->tries > 0 && step->failure == NULL)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_PROTOCOL,
                             _ ("The source accepted the change, but does not show it."));
  else
    {
      etag = answer->etag ? g_strdup (answer->etag)
                          : g_strdup_printf ("W/\"%s\"", issue->version);
      put_issue (task, answer->body, etag);
    }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);
  BenkFhirIssue *issue = NULL;

  if (answer != NULL && benk_http_answer_check (answer, &error))
    issue = benk_fhir_issue_parse (answer->body, &error);
  if (issue != NULL)
    decide (task, answer, issue);
  else if (step->failure != NULL)
    {
      g_clear_error (&error);
      g_task_return_error (task, g_steal_pointer (&step->failure));
    }
  else
    g_task_return_error (task, error);
}

/* (transfer full) @task */
static void
read_issue (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  benk_http_send_async (benk_fhir_client_get_http (step->client), "GET", step->url, NULL,
                        NULL, step->cancellable, on_read, task);
}

static void
start (BenkFhirClient *self,
       const char *id,
       const BenkFhirStep *words,
       StepKind kind,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Step *step = g_new0 (Step, 1);

  step->client = g_object_ref (self);
  step->url = benk_fhir_client_issue_url (self, id);
  step->kind = kind;
  step->id = g_strdup (words->id);
  step->author_id = g_strdup (words->author_id);
  step->author_name = g_strdup (words->author_name);
  step->text = g_strdup (words->text);
  step->at_ms = words->at_ms;
  step->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, step, (GDestroyNotify) step_free);
  read_issue (task);
}

/**
 * benk_fhir_client_take_async:
 * @self: the client
 * @id: logical id of the alarm
 * @step: who takes it, and when
 * @cancellable: (nullable): to give up
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Writes into the alarm that somebody has it. A step that already stands there is a
 * success, so that it may be asked for again after a lost answer.
 */
void
benk_fhir_client_take_async (BenkFhirClient *self,
                             const char *id,
                             const BenkFhirStep *step,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  start (self, id, step, STEP_TAKE, cancellable, callback, user_data);
}

/**
 * benk_fhir_client_take_finish:
 * @self: the client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the alarm as it is now; %BENK_ERROR_CONFLICT naming who was
 *   first, else as [method@FhirClient.search_finish]
 */
BenkFhirIssue *
benk_fhir_client_take_finish (BenkFhirClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_fhir_client_close_async:
 * @self: the client
 * @id: logical id of the alarm
 * @step: who closes it, when, and what was done
 * @cancellable: (nullable): to give up
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Writes into the alarm that it is closed. May be asked for again, as
 * [method@FhirClient.take_async].
 */
void
benk_fhir_client_close_async (BenkFhirClient *self,
                              const char *id,
                              const BenkFhirStep *step,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  start (self, id, step, STEP_CLOSE, cancellable, callback, user_data);
}

/**
 * benk_fhir_client_close_finish:
 * @self: the client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the alarm as it is now; %BENK_ERROR_CONFLICT naming who
 * closed it before
 */
BenkFhirIssue *
benk_fhir_client_close_finish (BenkFhirClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_fhir_client_reopen_async:
 * @self: the client
 * @id: logical id of the alarm
 * @step: who opens it again, and when
 * @cancellable: (nullable): to give up
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Writes into an alarm that was closed that it is open again. One that is open already is
 * a success. Ends in [method@FhirClient.close_finish].
 */
void
benk_fhir_client_reopen_async (BenkFhirClient *self,
                               const char *id,
                               const BenkFhirStep *step,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  start (self, id, step, STEP_REOPEN, cancellable, callback, user_data);
}
