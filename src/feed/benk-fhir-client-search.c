/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-client.h"
#include "benk-fhir-client-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-fhir-time.h"

/* A year of a large district is some 20 000 alarms. */
#define MAX_PAGES 500
#define MAX_COUNT 5000
/* vkp.md 7: "gt" loses what was stamped later in the same second; "ge" of the newest seen
 * minus a few seconds does not, at the price of seeing some twice. */
#define OVERLAP_MS (10 * 1000)
/* No server is known that gives fewer at a time when it is not asked to. */
#define LEAST_PAGE 10
/* How often an empty answer is doubted. */
#define DOUBT_MS (10 * 60 * 1000)

#define ISSUES "DetectedIssue"

/* An empty answer is looked at more closely: does the server know what it was asked? */
typedef enum
{
  PROBE_NONE,
  PROBE_TIME,
  PROBE_PLAIN,
  PROBE_WHOLE,
  PROBE_DONE,
} Probe;

/* A page on its way: where the walk has been, and what came. */
typedef struct
{
  const char *type;
  char *url;
  gboolean lean;    /* what is known need not come again */
  gint64 since_ms;  /* -1: from the beginning */
  gint64 before_ms; /* the newest before this page */
  gint64 upto_ms;   /* the oldest before it, of a walk backwards */
  guint n_before;   /* entries of the page before, where we found this one; else 0 */
  Probe probe;
  GHashTable *visited;
  guint number;
  GBytes *body;
  char *etag;
  gint64 date_ms;
} Walk;

static void ask_page (GTask *task);

static void
walk_free (Walk *walk)
{
  g_clear_pointer (&walk->visited, g_hash_table_unref);
  g_clear_pointer (&walk->body, g_bytes_unref);
  g_free (walk->url);
  g_free (walk->etag);
  g_free (walk);
}

static char *
compose_url (
  BenkFhirClient *self, const char *type, BenkFhirAsk ask, gint64 since_ms, guint count)
{
  GString *url = g_string_new (benk_http_get_base (self->http));
  const char *mark = "?";

  g_string_append_printf (url, "/%s", type);
  if (since_ms >= 0 && ask != BENK_FHIR_ASK_PLAIN)
    {
      g_autofree char *since = benk_fhir_time_format (since_ms);

      g_string_append_printf (url, "?_lastUpdated=ge%s", since);
      mark = "&";
    }
  if (ask == BENK_FHIR_ASK_FULL)
    g_string_append_printf (url, "%s_sort=_lastUpdated&_count=%u", mark, count);
  return g_string_free (url, FALSE);
}

/* What is older than what was seen, where the newest comes first. */
static char *
compose_window (BenkFhirClient *self, const Walk *walk, gint64 until_ms)
{
  g_autofree char *until = benk_fhir_time_format (until_ms);
  g_autofree char *url = NULL;

  if (self->ask == BENK_FHIR_ASK_PLAIN)
    return NULL;
  url = compose_url (self, walk->type, self->ask, walk->since_ms, self->page_size);
  return g_strdup_printf ("%s%c_lastUpdated=le%s", url, strchr (url, '?') ? '&' : '?',
                          until);
}

static void
dress (Walk *walk, BenkFhirPage *page)
{
  page->server_ms = walk->date_ms;
  page->since_ms = walk->since_ms;
  page->type = walk->type;
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

/* -- A server that knows less -------------------------------------------------------- */

static void
adopt (BenkFhirClient *self, BenkFhirAsk ask)
{
  self->ask = ask;
  self->doubted_ms = -1;
}

/* There is overlap, so at least the newest that was seen should have come again; and one
 * that never had an alarm is rare. Where it leads on, that is followed first. */
static gboolean
is_doubtful (BenkFhirClient *self, const BenkFhirPage *page)
{
  gint64 boot_ms = benk_clock_get_boot_ms (benk_http_get_clock (self->http));

  if (page->n_entries > 0 || page->next != NULL || self->ask == BENK_FHIR_ASK_PLAIN ||
      (self->doubted_ms >= 0 && boot_ms - self->doubted_ms < DOUBT_MS))
    return FALSE;
  self->doubted_ms = boot_ms;
  return TRUE;
}

/* What an answer to a plain question says of the fuller ones that found nothing. */
static Probe
judge_plain (BenkFhirClient *self, Walk *walk, const BenkFhirPage *page)
{
  if (page->n_entries == 0)
    return PROBE_DONE;
  if (walk->since_ms >= 0 && self->ask == BENK_FHIR_ASK_FULL &&
      page->newest_ms < walk->since_ms)
    return PROBE_WHOLE;
  adopt (self, walk->since_ms < 0 ? BENK_FHIR_ASK_TIME : BENK_FHIR_ASK_PLAIN);
  return PROBE_DONE;
}

static Probe
judge (BenkFhirClient *self, Walk *walk, const BenkFhirPage *page)
{
  switch (walk->probe)
    {
    case PROBE_NONE:
      if (!is_doubtful (self, page))
        return PROBE_DONE;
      return walk->since_ms >= 0 && self->ask == BENK_FHIR_ASK_FULL ? PROBE_TIME
                                                                    : PROBE_PLAIN;
    case PROBE_TIME:
      if (page->n_entries == 0)
        return PROBE_PLAIN;
      adopt (self, BENK_FHIR_ASK_TIME);
      return PROBE_DONE;
    case PROBE_PLAIN:
      return judge_plain (self, walk, page);
    case PROBE_WHOLE:
      if (page->n_entries > 0)
        return PROBE_DONE;
      adopt (self, BENK_FHIR_ASK_PLAIN);
      return PROBE_PLAIN;
    case PROBE_DONE:
      break;
    }
  return PROBE_DONE;
}

/* TRUE: it is asked again, in other words. */
static gboolean
look_closer (BenkFhirClient *self, GTask *task, BenkFhirPage *page)
{
  static const BenkFhirAsk asks[] = {
    [PROBE_TIME] = BENK_FHIR_ASK_TIME,
    [PROBE_PLAIN] = BENK_FHIR_ASK_PLAIN,
    [PROBE_WHOLE] = BENK_FHIR_ASK_FULL,
  };
  Walk *walk = g_task_get_task_data (task);
  Probe before = walk->probe;

  /* That nothing was handed out is no wonder. */
  if (walk->number > 1 || page->unchanged || !g_str_equal (walk->type, ISSUES))
    return FALSE;
  walk->probe = judge (self, walk, page);
  if (walk->probe == PROBE_DONE)
    {
      /* It knows what it is asked; there is nothing new, and the old is here. */
      if (before == PROBE_WHOLE)
        g_clear_pointer (&page->next, g_free);
      return FALSE;
    }
  g_free (walk->url);
  walk->url =
    compose_url (self, walk->type, asks[walk->probe],
                 walk->probe == PROBE_WHOLE ? -1 : walk->since_ms, self->page_size);
  g_clear_pointer (&walk->body, g_bytes_unref);
  g_clear_pointer (&walk->etag, g_free);
  g_hash_table_remove_all (walk->visited);
  ask_page (task);
  return TRUE;
}

/* As many as servers are known to give at a time. */
static gboolean
looks_cut (BenkFhirClient *self, guint n_entries)
{
  static const guint sizes[] = { 10,  15,  20,  25,  30,   40,   50,   60,
                                 100, 200, 250, 500, 1000, 2000, 2500, MAX_COUNT };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (n_entries == sizes[i])
      return TRUE;
  return n_entries == self->page_size;
}

/* A server without links leaves it to us to find the rest: from the newest stamp on, or
 * back from the oldest where the newest comes first. */
static char *
find_rest (BenkFhirClient *self, Walk *walk, const BenkFhirPage *page)
{
  if (page->newest_ms < 0)
    return NULL;
  if (page->ascending && page->newest_ms > walk->before_ms)
    return compose_url (self, walk->type, self->ask, page->newest_ms, self->page_size);
  if (page->ascending && page->n_entries >= self->page_size)
    return compose_url (self, walk->type, self->ask, page->newest_ms, MAX_COUNT);
  if (page->descending && !page->ascending && page->oldest_ms < walk->upto_ms)
    return compose_window (self, walk, page->oldest_ms);
  return NULL;
}

/* Where no way leads to what may be left, that is at least said. */
static void
lead_on (BenkFhirClient *self, Walk *walk, BenkFhirPage *page)
{
  g_autofree char *url = NULL;

  /* At least the one that it was asked from should have come again. */
  if (walk->n_before > 0 && page->n_entries == 0)
    {
      adopt (self, BENK_FHIR_ASK_PLAIN);
      page->cut = looks_cut (self, walk->n_before);
    }
  if (page->has_links || page->n_entries < LEAST_PAGE)
    return;
  url = find_rest (self, walk, page);
  if (url && !g_hash_table_contains (walk->visited, url))
    page->next = g_steal_pointer (&url);
  else
    page->cut = looks_cut (self, page->n_entries);
}

/* -- One page ------------------------------------------------------------------------ */

static void
parse_page (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  BenkFhirPage *page = benk_fhir_page_parse (data, &error);

  if (page)
    g_task_return_pointer (task, page, (GDestroyNotify) benk_fhir_page_free);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkFhirClient *self = BENK_FHIR_CLIENT (source);
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BenkFhirPage) page = g_task_propagate_pointer (G_TASK (result), &error);

  if (page == NULL)
    {
      benk_error_set_trouble (error, BENK_TROUBLE_GARBLED, 0);
      g_task_return_error (task, error);
      return;
    }
  if (look_closer (self, task, page))
    return;
  dress (walk, page);
  lead_on (self, walk, page);
  g_task_return_pointer (task, g_steal_pointer (&page),
                         (GDestroyNotify) benk_fhir_page_free);
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
  g_autoptr (GTask) parsing = NULL;
  BenkFhirPage *known = NULL;

  if (answer && answer->status == 304 && walk->lean)
    known = benk_fhir_memo_recall (self->memo, walk->url);
  if (known == NULL && (answer == NULL || !benk_http_answer_check (answer, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  walk->date_ms = answer->date_ms;
  if (known)
    {
      dress (walk, known);
      g_task_return_pointer (task, known, (GDestroyNotify) benk_fhir_page_free);
      return;
    }
  walk->etag = g_strdup (answer->etag);
  parsing = g_task_new (self, NULL, on_parsed, g_object_ref (task));
  g_task_set_task_data (parsing, g_bytes_ref (answer->body),
                        (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (parsing, parse_page);
}

static void
ask_page (GTask *task)
{
  BenkFhirClient *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  gint64 boot_ms = benk_clock_get_boot_ms (benk_http_get_clock (self->http));

  if (walk->number > MAX_PAGES || !g_hash_table_add (walk->visited, g_strdup (walk->url)))
    {
      GError *error =
        g_error_new (BENK_ERROR, BENK_ERROR_PROTOCOL,
                     _ ("The source's pages have no end (page %u)."), walk->number);

      benk_error_set_trouble (error, BENK_TROUBLE_PAGES, 0);
      g_task_return_error (task, error);
      return;
    }
  benk_http_fetch_async (self->http, walk->url,
                         walk->lean
                           ? benk_fhir_memo_get_etag (self->memo, walk->url, boot_ms)
                           : NULL,
                         g_task_get_cancellable (task), on_page, g_object_ref (task));
}

static void
begin (BenkFhirClient *self, const char *type, gint64 newest_ms, GTask *task)
{
  Walk *walk = g_new0 (Walk, 1);

  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  walk->type = type;
  walk->lean = newest_ms >= 0;
  walk->since_ms = newest_ms >= 0 ? MAX (newest_ms - OVERLAP_MS, 0) : -1;
  walk->before_ms = walk->since_ms;
  walk->upto_ms = G_MAXINT64;
  walk->url = compose_url (self, type, self->ask, walk->since_ms, self->page_size);
  walk->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->number = 1;
  ask_page (task);
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
 * given whole. An empty answer is doubted now and then: a server may find nothing with a
 * parameter that it does not know, and is then asked more simply from there on.
 */
void
benk_fhir_client_search_async (BenkFhirClient *self,
                               gint64 newest_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  begin (self, ISSUES, newest_ms, task);
}

/**
 * benk_fhir_client_search_dispenses_async:
 * @self: the client
 * @newest_ms: as for alarms
 * @cancellable: (nullable): to give up
 * @callback: called with the first page
 * @user_data: for @callback
 *
 * Asks in the same way for what was handed out since. %BENK_ERROR_NOT_FOUND,
 * %BENK_ERROR_INVALID or %BENK_ERROR_AUTH where the server does not tell of that.
 */
void
benk_fhir_client_search_dispenses_async (BenkFhirClient *self,
                                         gint64 newest_ms,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  begin (self, BENK_FHIR_DISPENSES, newest_ms, task);
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
  Walk *walk;

  g_return_if_fail (page->next != NULL);

  url = benk_http_resolve (self->http, page->next, &error);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  walk = g_new0 (Walk, 1);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  walk->type = page->type ? page->type : ISSUES;
  walk->lean = page->url != NULL;
  walk->since_ms = page->since_ms;
  walk->before_ms = page->newest_ms;
  walk->upto_ms = page->oldest_ms;
  walk->n_before = page->has_links ? 0 : page->n_entries;
  walk->url = g_steal_pointer (&url);
  walk->visited = page->visited
                    ? g_hash_table_ref (page->visited)
                    : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->number = page->number + 1;
  ask_page (task);
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
