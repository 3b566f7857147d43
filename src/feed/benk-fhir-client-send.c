/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-client.h"
#include "benk-fhir-client-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-json-read.h"

/*
 * A document on its way: search for it if it may have gone before, read the alarm,
 * compose, POST. What names the subject lives from the read to the POST and nowhere else.
 */
typedef struct
{
  BenkFhirClient *source;
  BenkFhirClient *target;
  char *issue_url;
  BenkFhirFollowup followup; /* its strings are ours */
  GCancellable *cancellable;
  gboolean posted;
} Send;

static void
send_free (Send *send)
{
  BenkFhirFollowup *f = &send->followup;

  g_clear_object (&send->source);
  g_clear_object (&send->target);
  g_clear_object (&send->cancellable);
  g_free (send->issue_url);
  g_free ((char *) f->cause);
  g_free ((char *) f->action);
  g_free ((char *) f->description);
  g_free ((char *) f->author_id);
  g_free ((char *) f->author_name);
  g_free ((char *) f->device_name);
  g_free ((char *) f->serial);
  g_free ((char *) f->serial_system);
  for (guint i = 0; i < f->n_events; i++)
    g_free ((char *) f->events[i].text);
  g_free ((BenkFhirEvent *) f->events);
  g_free (send);
}

static BenkFhirFollowup
copy_followup (const BenkFhirFollowup *given)
{
  BenkFhirFollowup f = *given;

  f.cause = g_strdup (given->cause);
  f.action = g_strdup (given->action);
  f.description = g_strdup (given->description);
  f.author_id = g_strdup (given->author_id);
  f.events = g_memdup2 (given->events, given->n_events * sizeof (BenkFhirEvent));
  for (guint i = 0; i < f.n_events; i++)
    ((BenkFhirEvent *) f.events)[i].text = g_strdup (given->events[i].text);
  f.author_name = g_strdup (given->author_name);
  f.device_name = g_strdup (given->device_name);
  f.serial = g_strdup (given->serial);
  f.serial_system = g_strdup (given->serial_system);
  return f;
}

static void
return_receipt (
  GTask *task, guint status, const char *location, const char *etag, gboolean found)
{
  BenkFhirReceipt *receipt = g_new0 (BenkFhirReceipt, 1);

  receipt->status = status;
  receipt->location = g_strdup (location);
  receipt->etag = g_strdup (etag);
  receipt->found = found;
  g_task_return_pointer (task, receipt, (GDestroyNotify) benk_fhir_receipt_free);
}

/* "Sent" is 2xx with a Location or an ETag; anything less is not known. */
static void
on_posted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);

  if (answer == NULL || !benk_http_answer_check (answer, &error))
    g_task_return_error (task, error);
  else if (answer->location == NULL && answer->etag == NULL)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_PROTOCOL,
                             _ ("The document was answered with HTTP %u, but not told "
                                "where it lies."),
                             answer->status);
  else
    return_receipt (task, answer->status, answer->location, answer->etag, FALSE);
}

static void
on_fresh (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Send *send = g_task_get_task_data (task);
  BenkHttp *target = benk_fhir_client_get_http (send->target);
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);
  g_autofree char *url = g_strconcat (benk_http_get_base (target), "/Bundle", NULL);
  g_autoptr (GBytes) document = NULL;

  if (answer != NULL && benk_http_answer_check (answer, &error))
    document = benk_fhir_followup_compose (&send->followup, answer->body, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  send->posted = TRUE;
  benk_http_send_async (target, "POST", url, NULL, document, send->cancellable, on_posted,
                        g_steal_pointer (&task));
}

static void
read_fresh (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  benk_http_send_async (benk_fhir_client_get_http (send->source), "GET", send->issue_url,
                        NULL, NULL, send->cancellable, on_fresh, g_object_ref (task));
}

/* A hit counts only if it carries our identifier: some servers ignore what they cannot
 * do. */
static gboolean
find_ours (GBytes *body, const char *urn, char **location, char **etag)
{
  g_autoptr (JsonObject) bundle = benk_json_parse (body, NULL);
  guint n = benk_json_count (bundle, "entry");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = benk_json_nth (bundle, "entry", i);
      JsonObject *resource = benk_json_get_object (entry, "resource");
      JsonObject *identifier = benk_json_get_object (resource, "identifier");
      JsonObject *meta = benk_json_get_object (resource, "meta");
      const char *version = benk_json_get_string (meta, "versionId");

      if (g_strcmp0 (benk_json_get_string (identifier, "value"), urn) != 0)
        continue;
      *location = g_strdup (benk_json_get_string (entry, "fullUrl"));
      *etag = version ? g_strdup_printf ("W/\"%s\"", version) : NULL;
      return TRUE;
    }
  return FALSE;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);
  g_autofree char *id = benk_id_to_string (&send->followup.id);
  g_autofree char *urn = g_strconcat ("urn:uuid:", id, NULL);
  g_autofree char *location = NULL;
  g_autofree char *etag = NULL;

  if (answer == NULL || !benk_http_answer_check (answer, &error))
    g_task_return_error (task, error);
  else if (find_ours (answer->body, urn, &location, &etag))
    return_receipt (task, answer->status, location, etag, TRUE);
  else
    read_fresh (task);
}

/**
 * benk_fhir_client_send_followup_async:
 * @self: the client that has the alarm
 * @target: the client that takes documents; may be @self
 * @id: logical id of the alarm
 * @followup: what was done
 * @tried_before: whether an earlier try may have arrived
 * @cancellable: (nullable): to give up
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Sends a follow-up document. Where it may have gone before it is first searched for by
 * its Bundle.identifier. The subject is read from the alarm now, and forgotten with the
 * POST.
 */
void
benk_fhir_client_send_followup_async (BenkFhirClient *self,
                                      BenkFhirClient *target,
                                      const char *id,
                                      const BenkFhirFollowup *followup,
                                      gboolean tried_before,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkHttp *http = benk_fhir_client_get_http (target);
  g_autofree char *step = benk_id_to_string (&followup->id);
  g_autofree char *url = g_strdup_printf (
    "%s/Bundle?identifier=urn%%3Aietf%%3Arfc%%3A3986%%7Curn%%3Auuid%%3A%s",
    benk_http_get_base (http), step);
  Send *send = g_new0 (Send, 1);

  send->source = g_object_ref (self);
  send->target = g_object_ref (target);
  send->issue_url = benk_fhir_client_issue_url (self, id);
  send->followup = copy_followup (followup);
  send->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  if (tried_before)
    benk_http_send_async (http, "GET", url, NULL, NULL, cancellable, on_searched,
                          g_steal_pointer (&task));
  else
    read_fresh (task);
}

/**
 * benk_fhir_client_send_followup_finish:
 * @self: the client that has the alarm
 * @result: the result
 * @maybe_arrived: (out) (optional): whether the document may have arrived all the same
 * @error: return location
 *
 * @maybe_arrived is told with an error only: it is set once the document was on its way,
 * unless the answer was a plain refusal. Then try again with tried_before.
 *
 * Returns: (transfer full): what shows that it was accepted
 */
BenkFhirReceipt *
benk_fhir_client_send_followup_finish (BenkFhirClient *self,
                                       GAsyncResult *result,
                                       gboolean *maybe_arrived,
                                       GError **error)
{
  Send *send = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) local = NULL;
  BenkFhirReceipt *receipt = g_task_propagate_pointer (G_TASK (result), &local);

  if (maybe_arrived)
    *maybe_arrived = send->posted &&
                     !g_error_matches (local, BENK_ERROR, BENK_ERROR_AUTH) &&
                     !g_error_matches (local, BENK_ERROR, BENK_ERROR_INVALID);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return receipt;
}

void
benk_fhir_receipt_free (BenkFhirReceipt *receipt)
{
  g_free (receipt->location);
  g_free (receipt->etag);
  g_free (receipt);
}
