/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-client.h"
#include "benk-fhir-client-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-memo.h"
#include "benk-fhir-time.h"

#define PAGE_SIZE 100
/* A year of a large district is some 20 000 alarms. */
#define MAX_PAGES 500
/* vkp.md 7: "gt" loses what was stamped later in the same second; "ge" of the newest seen
 * minus a few seconds does not, at the price of seeing some twice. */
#define OVERLAP_MS (10 * 1000)

/**
 * BenkFhirClient:
 *
 * A FHIR R4 server with `DetectedIssue`, seen from outside: what is new since a moment of
 * its own time, take and close with If-Match, and the follow-up document. Every call is
 * one or a few HTTP exchanges on the thread-default main context; nothing is kept but the
 * server's clock and its wish to be left alone.
 */
struct _BenkFhirClient
{
  GObject parent_instance;

  BenkHttp *http;
  BenkFhirMemo *memo;
  guint page_size;
};

G_DEFINE_TYPE (BenkFhirClient, benk_fhir_client, G_TYPE_OBJECT)

/* A page on its way: where the walk has been, and what came. */
typedef struct
{
  char *url;
  gboolean lean; /* what is known need not come again */
  GHashTable *visited;
  guint number;
  GBytes *body;
  char *etag;
  gint64 date_ms;
} Walk;

static void
walk_free (Walk *walk)
{
  g_clear_pointer (&walk->visited, g_hash_table_unref);
  g_clear_pointer (&walk->body, g_bytes_unref);
  g_free (walk->url);
  g_free (walk->etag);
  g_free (walk);
}

static void
dress (Walk *walk, BenkFhirPage *page)
{
  page->server_ms = walk->date_ms;
  page->number = walk->number;
  g_clear_pointer (&page->visited, g_hash_table_unref);
  page->visited = g_hash_table_ref (walk->visited);
  if (!walk->lean)
    return;
  g_free (page->url);
  page->url = g_strdup (walk->url);
  g_free (page->etag);
  page->etag = g_strdup (walk->etag);
}

static void
parse_page (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Walk *walk = data;
  GError *error = NULL;
  BenkFhirPage *page = benk_fhir_page_parse (walk->body, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  dress (walk, page);
  g_task_return_pointer (task, page, (GDestroyNotify) benk_fhir_page_free);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkFhirClient *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);
  BenkFhirPage *known = NULL;

  if (answer && answer->status == 304 && walk->lean)
    known = benk_fhir_memo_recall (self->memo, walk->url);
  if (known == NULL && (answer == NULL || !benk_http_answer_check (answer, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  walk->date_ms = answer->date_ms;
  walk->etag = g_strdup (answer->etag);
  if (known)
    {
      dress (walk, known);
      g_task_return_pointer (task, known, (GDestroyNotify) benk_fhir_page_free);
      return;
    }
  walk->body = g_bytes_ref (answer->body);
  g_task_run_in_thread (task, parse_page);
}

static void
ask_page (BenkFhirClient *self,
          const char *url,
          gboolean lean,
          GHashTable *visited,
          guint number,
          GCancellable *cancellable,
          GTask *task)
{
  BenkClock *clock = benk_http_get_clock (self->http);
  Walk *walk = g_new0 (Walk, 1);
  const char *etag = NULL;

  walk->url = g_strdup (url);
  walk->lean = lean;
  walk->visited = visited ? g_hash_table_ref (visited)
                          : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->number = number;
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  if (number > MAX_PAGES || !g_hash_table_add (walk->visited, g_strdup (url)))
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_PROTOCOL,
                               _ ("The source's pages have no end (page %u)."), number);
      return;
    }
  if (lean)
    etag = benk_fhir_memo_get_etag (self->memo, url, benk_clock_get_boot_ms (clock));
  benk_http_fetch_async (self->http, url, etag, cancellable, on_page,
                         g_object_ref (task));
}

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

/**
 * benk_fhir_client_search_async:
 * @self: the client
 * @newest_ms: the latest `lastUpdated` seen, server time, UTC ms; -1 to begin at the
 *   beginning
 * @cancellable: (nullable): to give up
 * @callback: called with the first page
 * @user_data: for @callback
 *
 * Asks for what changed since, with 10 s of overlap: what was seen before comes again and
 * is known by (id, version). Where the server gives an ETag, a page that was kept and has
 * not changed comes again without what was on it; a walk from the beginning is always
 * given whole.
 */
void
benk_fhir_client_search_async (BenkFhirClient *self,
                               gint64 newest_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *since =
    newest_ms >= 0 ? benk_fhir_time_format (MAX (newest_ms - OVERLAP_MS, 0)) : NULL;
  g_autofree char *url =
    g_strdup_printf ("%s/DetectedIssue?%s%s%s_sort=_lastUpdated&_count=%u",
                     benk_http_get_base (self->http), since ? "_lastUpdated=ge" : "",
                     since ? since : "", since ? "&" : "", self->page_size);

  ask_page (self, url, newest_ms >= 0, NULL, 1, cancellable, task);
}

/**
 * benk_fhir_client_search_next_async:
 * @self: the client
 * @page: a page with a next address
 * @cancellable: (nullable): to give up
 * @callback: called with the next page
 * @user_data: for @callback
 *
 * Goes on to the next page. Refused with %BENK_ERROR_PROTOCOL if it lies at another
 * origin, was seen before in this walk, or is the 501st.
 */
void
benk_fhir_client_search_next_async (BenkFhirClient *self,
                                    BenkFhirPage *page,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *url = NULL;
  GError *error = NULL;

  g_return_if_fail (page->next != NULL);

  url = benk_http_resolve (self->http, page->next, &error);
  if (url == NULL)
    g_task_return_error (task, error);
  else
    ask_page (self, url, page->url != NULL, page->visited, page->number + 1, cancellable,
              task);
}

/**
 * benk_fhir_client_note_kept:
 * @self: the client
 * @page: a page of a search, or what leads on from it
 *
 * Says that what was on the page is on disk, so that it need not come again as it is.
 */
void
benk_fhir_client_note_kept (BenkFhirClient *self, const BenkFhirPage *page)
{
  benk_fhir_memo_note_kept (self->memo, page,
                            benk_clock_get_boot_ms (benk_http_get_clock (self->http)));
}

/**
 * benk_fhir_client_search_finish:
 * @self: the client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the page; %BENK_ERROR_AUTH, %BENK_ERROR_BUSY,
 *   %BENK_ERROR_DISCONNECTED, %BENK_ERROR_TIMEOUT, %BENK_ERROR_TLS or
 * %BENK_ERROR_PROTOCOL
 */
BenkFhirPage *
benk_fhir_client_search_finish (BenkFhirClient *self,
                                GAsyncResult *result,
                                GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
