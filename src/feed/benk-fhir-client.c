/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-client.h"
#include "benk-fhir-client-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"

#define PAGE_SIZE 100

/**
 * BenkFhirClient:
 *
 * A FHIR R4 server with `DetectedIssue`, seen from outside: what is new since a moment of
 * its own time, take and close with If-Match, and the follow-up document. Every call is
 * one or a few HTTP exchanges on the thread-default main context; nothing is kept but the
 * server's clock, its wish to be left alone, and how it likes to be asked.
 */
G_DEFINE_TYPE (BenkFhirClient, benk_fhir_client, G_TYPE_OBJECT)

static void
benk_fhir_client_finalize (GObject *object)
{
  BenkFhirClient *self = BENK_FHIR_CLIENT (object);

  g_clear_object (&self->http);
  benk_fhir_memo_free (self->memo);
  G_OBJECT_CLASS (benk_fhir_client_parent_class)->finalize (object);
}

static void
benk_fhir_client_class_init (BenkFhirClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_fhir_client_finalize;
}

static void
benk_fhir_client_init (BenkFhirClient *self)
{
  self->page_size = PAGE_SIZE;
  self->memo = benk_fhir_memo_new ();
  self->doubted_ms = -1;
}

BenkHttp *
benk_fhir_client_get_http (BenkFhirClient *self)
{
  return self->http;
}

char *
benk_fhir_client_issue_url (BenkFhirClient *self, const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("%s/DetectedIssue/%s", benk_http_get_base (self->http),
                          escaped);
}

/**
 * benk_fhir_client_new:
 * @base_url: base address; https, or http to this machine
 * @auth: where the token comes from
 * @clock: the clock
 * @error: return location
 *
 * Returns: (transfer full): the client; %BENK_ERROR_INVALID if @base_url is no address,
 *   %BENK_ERROR_TLS if it would go unprotected over a network
 */
BenkFhirClient *
benk_fhir_client_new (const char *base_url,
                      BenkAuth *auth,
                      BenkClock *clock,
                      GError **error)
{
  g_autoptr (BenkHttp) http = benk_http_new (base_url, auth, clock, error);
  BenkFhirClient *self;

  if (http == NULL)
    return NULL;
  self = g_object_new (BENK_TYPE_FHIR_CLIENT, NULL);
  self->http = g_steal_pointer (&http);
  return self;
}

/**
 * benk_fhir_client_get_base:
 * @self: the client
 *
 * Returns: the base address in its one spelling: scheme and host in lower case, no usual
 *   port, no slash at the end
 */
const char *
benk_fhir_client_get_base (BenkFhirClient *self)
{
  return benk_http_get_base (self->http);
}

/**
 * benk_fhir_client_set_limits:
 * @self: the client
 * @max_octets: the longest answer that is read, octets
 * @timeout_ms: how long one exchange may take, ms
 *
 * 8 MiB and 30 s unless set.
 */
void
benk_fhir_client_set_limits (BenkFhirClient *self, gsize max_octets, gint64 timeout_ms)
{
  benk_http_set_limits (self->http, max_octets, timeout_ms);
}

/**
 * benk_fhir_client_set_page_size:
 * @self: the client
 * @count: how many alarms a page is asked to have; 100 unless set
 */
void
benk_fhir_client_set_page_size (BenkFhirClient *self, guint count)
{
  self->page_size = CLAMP (count, 1, 1000);
}

/**
 * benk_fhir_client_get_skew_ms:
 * @self: the client
 *
 * Returns: server time minus local time by the newest `Date`, ms; 0 until one came
 */
gint64
benk_fhir_client_get_skew_ms (BenkFhirClient *self)
{
  return benk_http_get_skew_ms (self->http);
}

/**
 * benk_fhir_client_get_sample:
 * @self: the client
 * @sample: (out): what the newest `Date` says of the time, measured by the boot clock
 *
 * Returns: whether one came
 */
gboolean
benk_fhir_client_get_sample (BenkFhirClient *self, BenkClockSample *sample)
{
  return benk_http_get_sample (self->http, sample);
}

/**
 * benk_fhir_client_get_retry_ms:
 * @self: the client
 *
 * Returns: how long the newest answer asked us to wait, ms (`Retry-After`, at most an
 *   hour); -1 if it did not
 */
gint64
benk_fhir_client_get_retry_ms (BenkFhirClient *self)
{
  return benk_http_get_retry_ms (self->http);
}

/**
 * benk_fhir_client_name_alarm:
 * @self: the client
 * @issue: an alarm of its
 *
 * The alarm's id: of its urn:uuid if it has one, else of base address and logical id, so
 * that two laptops make the same.
 *
 * Returns: the id
 */
BenkId
benk_fhir_client_name_alarm (BenkFhirClient *self, const BenkFhirIssue *issue)
{
  if (issue->uuid)
    return benk_id_new_named ("urn:uuid", issue->uuid);
  return benk_id_new_named (benk_http_get_base (self->http), issue->id);
}

static void
on_issue (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);
  BenkFhirIssue *issue = NULL;

  if (answer != NULL && benk_http_answer_check (answer, &error))
    issue = benk_fhir_issue_parse (answer->body, &error);
  if (issue)
    g_task_return_pointer (task, issue, (GDestroyNotify) benk_fhir_issue_free);
  else
    g_task_return_error (task, error);
}

/**
 * benk_fhir_client_read_async:
 * @self: the client
 * @id: logical id
 * @cancellable: (nullable): to give up
 * @callback: called with the alarm
 * @user_data: for @callback
 *
 * Reads one alarm as it is now.
 */
void
benk_fhir_client_read_async (BenkFhirClient *self,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *url = benk_fhir_client_issue_url (self, id);

  benk_http_send_async (self->http, "GET", url, NULL, NULL, cancellable, on_issue,
                        g_task_new (self, cancellable, callback, user_data));
}

/**
 * benk_fhir_client_read_finish:
 * @self: the client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the alarm; %BENK_ERROR_NOT_FOUND if there is none any more
 */
BenkFhirIssue *
benk_fhir_client_read_finish (BenkFhirClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
