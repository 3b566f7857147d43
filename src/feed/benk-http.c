/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-http.h"
#include "benk-http-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-config.h"
#include "benk-error.h"

/* 200 alarms of 20 kB each fit many times; JFT takes about 1 MB at a time. */
#define MAX_OCTETS (8 * 1024 * 1024)
#define TIMEOUT_MS (30 * 1000)
#define CHUNK 65536
/* A server that asks for more than an hour is asked again after one. */
#define MAX_RETRY_MS (60 * 60 * 1000)

/*
 * BenkHttp: one base address, one token, one exchange after the other. https only, except
 * on this machine; no redirect is followed; a body over the limit is not read to its end.
 */
struct _BenkHttp
{
  GObject parent_instance;

  SoupSession *session;
  BenkAuth *auth;
  BenkClock *clock;
  GUri *base;
  char *base_text;
  gsize max_octets;
  gint64 timeout_ms;
  gint64 skew_ms;
  BenkClockSample sample; /* of the newest answer with a Date; 0: none */
  gint64 retry_ms;
};

G_DEFINE_TYPE (BenkHttp, benk_http, G_TYPE_OBJECT)

/* One exchange on its way. */
typedef struct
{
  SoupMessage *message;
  GCancellable *cancellable; /* ours: the caller's or the timer's doing */
  GCancellable *outer;
  gulong outer_id;
  GSource *timer;
  gboolean timed_out;
  gint64 begun_ms; /* boot clock */
  gint64 ended_ms; /* boot clock: its answer began */
  GInputStream *stream;
  GByteArray *octets;
} Exchange;

static void
exchange_free (Exchange *x)
{
  if (x->outer)
    g_cancellable_disconnect (x->outer, x->outer_id);
  g_clear_object (&x->outer);
  if (x->timer)
    g_source_destroy (x->timer);
  g_clear_pointer (&x->timer, g_source_unref);
  g_clear_object (&x->message);
  g_clear_object (&x->cancellable);
  g_clear_object (&x->stream);
  g_clear_pointer (&x->octets, g_byte_array_unref);
  g_free (x);
}

static void
fail (GTask *task, GError *error)
{
  Exchange *x = g_task_get_task_data (task);

  g_task_return_error (task,
                       benk_http_error_map (error, x->timed_out,
                                            soup_message_get_tls_peer_certificate_errors (
                                              x->message)));
  g_error_free (error);
}

static gint64
date_to_ms (const char *date)
{
  g_autoptr (GDateTime) time = date ? soup_date_time_new_from_http_string (date) : NULL;

  return time ? g_date_time_to_unix (time) * 1000 : -1;
}

/* RFC 9110 10.2.3: seconds, or a date that is measured by the server's own clock. */
static gint64
read_retry (const char *text, gint64 date_ms, gint64 now_ms)
{
  gint64 wait_ms;

  if (text == NULL)
    return -1;
  if (g_ascii_isdigit (text[0]))
    wait_ms = (gint64) MIN (g_ascii_strtoull (text, NULL, 10), 86400) * 1000;
  else
    {
      gint64 until_ms = date_to_ms (text);

      if (until_ms < 0)
        return -1;
      wait_ms = until_ms - (date_ms >= 0 ? date_ms : now_ms);
    }
  return CLAMP (wait_ms, 0, MAX_RETRY_MS);
}

/* RFC 9111 4: what was kept by somebody on the way says when it was written, not what the
 * time is. */
static void
keep_sample (BenkHttp *self, const Exchange *x, gint64 date_ms)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (x->message);

  if (date_ms >= 0 && soup_message_headers_get_one (headers, "Age") == NULL)
    self->sample = (BenkClockSample){ x->begun_ms, x->ended_ms, date_ms };
}

static void
finish (GTask *task)
{
  BenkHttp *self = g_task_get_source_object (task);
  Exchange *x = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (x->message);
  BenkHttpAnswer *answer = g_new0 (BenkHttpAnswer, 1);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);

  answer->status = soup_message_get_status (x->message);
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&x->octets));
  answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer->date_ms = date_to_ms (soup_message_headers_get_one (headers, "Date"));
  answer->retry_ms = read_retry (soup_message_headers_get_one (headers, "Retry-After"),
                                 answer->date_ms, now_ms);
  if (answer->date_ms >= 0)
    self->skew_ms = answer->date_ms - now_ms;
  keep_sample (self, x, answer->date_ms);
  self->retry_ms = answer->retry_ms;
  if (answer->status == 401)
    benk_auth_forget (self->auth);
  g_task_return_pointer (task, answer, (GDestroyNotify) benk_http_answer_free);
}

static void
fail_too_large (GTask *task)
{
  BenkHttp *self = g_task_get_source_object (task);
  GError *error = g_error_new (BENK_ERROR, BENK_ERROR_PROTOCOL,
                               _ ("The answer is larger than %u kB and was not read."),
                               (guint) (self->max_octets / 1024));

  benk_error_set_trouble (error, BENK_TROUBLE_TOO_LARGE, 0);
  g_task_return_error (task, error);
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkHttp *self = g_task_get_source_object (task);
  Exchange *x = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  const guint8 *octets;

  if (chunk == NULL)
    {
      fail (task, error);
      return;
    }
  octets = g_bytes_get_data (chunk, &length);
  if (length == 0)
    {
      finish (task);
      return;
    }
  if (x->octets->len + length > self->max_octets)
    {
      g_cancellable_cancel (x->cancellable);
      fail_too_large (task);
      return;
    }
  g_byte_array_append (x->octets, octets, (guint) length);
  read_more (g_steal_pointer (&task));
}

/* (transfer full) @task */
static void
read_more (GTask *task)
{
  Exchange *x = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (x->stream, CHUNK, G_PRIORITY_DEFAULT, x->cancellable,
                                   on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkHttp *self = g_task_get_source_object (task);
  Exchange *x = g_task_get_task_data (task);
  GError *error = NULL;

  x->ended_ms = benk_clock_get_boot_ms (self->clock);
  x->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (x->stream == NULL)
    fail (task, error);
  else
    read_more (g_steal_pointer (&task));
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkHttp *self = g_task_get_source_object (task);
  Exchange *x = g_task_get_task_data (task);
  g_autofree char *token = NULL;
  GError *error = NULL;

  if (!benk_auth_get_token_finish (BENK_AUTH (source), result, &token, &error))
    {
      if (error->domain == BENK_ERROR && error->code != BENK_ERROR_CANCELLED)
        benk_error_set_trouble (error, BENK_TROUBLE_NO_TOKEN, 0);
      fail (task, error);
      return;
    }
  if (token)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (x->message),
                                    "Authorization", value);
    }
  x->begun_ms = benk_clock_get_boot_ms (self->clock);
  soup_session_send_async (self->session, x->message, G_PRIORITY_DEFAULT, x->cancellable,
                           on_sent, g_steal_pointer (&task));
}

static gboolean
on_timeout (gpointer data)
{
  Exchange *x = data;

  x->timed_out = TRUE;
  g_cancellable_cancel (x->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

gboolean
benk_http_is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* The one spelling of a base address, so that two laptops make one id of it. */
static char *
normalise (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  const char *scheme = g_uri_get_scheme (uri);
  int port = g_uri_get_port (uri);
  gboolean usual = port < 0 || port == (g_str_equal (scheme, "https") ? 443 : 80);
  const char *open = strchr (host, ':') ? "[" : "";
  const char *close = strchr (host, ':') ? "]" : "";

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (usual)
    return g_strdup_printf ("%s://%s%s%s%s", scheme, open, host, close, path);
  return g_strdup_printf ("%s://%s%s%s:%d%s", scheme, open, host, close, port, path);
}

static GUri *
parse_base (const char *text, GError **error)
{
  g_autoptr (GUri) uri =
    g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("“%s” is not the address of a source."), text);
      return NULL;
    }
  if (g_str_equal (scheme, "http") && !benk_http_is_this_machine (g_uri_get_host (uri)))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_TLS,
                   _ ("The address must begin with https: alarms and the token would be "
                      "open to the whole network."));
      return NULL;
    }
  return g_steal_pointer (&uri);
}

static void
benk_http_finalize (GObject *object)
{
  BenkHttp *self = BENK_HTTP (object);

  if (self->session)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->auth);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->base_text, g_free);
  G_OBJECT_CLASS (benk_http_parent_class)->finalize (object);
}

static void
benk_http_class_init (BenkHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_http_finalize;
}

static void
benk_http_init (BenkHttp *self)
{
  self->max_octets = MAX_OCTETS;
  self->timeout_ms = TIMEOUT_MS;
  self->retry_ms = -1;
}

BenkHttp *
benk_http_new (const char *base_url, BenkAuth *auth, BenkClock *clock, GError **error)
{
  g_autoptr (GUri) given = parse_base (base_url, error);
  BenkHttp *self;

  if (given == NULL)
    return NULL;
  self = g_object_new (BENK_TYPE_HTTP, NULL);
  self->base_text = normalise (given);
  self->base = g_uri_parse (self->base_text, G_URI_FLAGS_ENCODED, NULL);
  self->auth = g_object_ref (auth);
  self->clock = g_object_ref (clock);
  self->session =
    soup_session_new_with_options ("user-agent", "Dosebenk/" BENK_VERSION, "timeout", 0,
                                   "max-conns-per-host", 2, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  return self;
}

SoupSession *
benk_http_get_session (BenkHttp *self)
{
  return self->session;
}

BenkAuth *
benk_http_get_auth (BenkHttp *self)
{
  return self->auth;
}

const char *
benk_http_get_base (BenkHttp *self)
{
  return self->base_text;
}

BenkClock *
benk_http_get_clock (BenkHttp *self)
{
  return self->clock;
}

void
benk_http_set_limits (BenkHttp *self, gsize max_octets, gint64 timeout_ms)
{
  self->max_octets = max_octets;
  self->timeout_ms = timeout_ms;
}

/* Server minus local, ms, by the newest Date; 0 until one came. */
gint64
benk_http_get_skew_ms (BenkHttp *self)
{
  return self->skew_ms;
}

/* What the newest Date says of the time; FALSE until one came. */
gboolean
benk_http_get_sample (BenkHttp *self, BenkClockSample *sample)
{
  *sample = self->sample;
  return sample->date_ms > 0;
}

/* How long the newest answer asked us to wait, ms; -1: it did not. */
gint64
benk_http_get_retry_ms (BenkHttp *self)
{
  return self->retry_ms;
}

/* A link out of an answer as a full address; refused if it leads to another origin. */
char *
benk_http_resolve (BenkHttp *self, const char *address, GError **error)
{
  g_autofree char *directory = g_strconcat (self->base_text, "/", NULL);
  g_autofree char *full =
    g_uri_resolve_relative (directory, address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) uri =
    full ? g_uri_parse (full, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL)
         : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL)
    {
      g_autofree char *text = normalise (uri);
      g_autoptr (GUri) plain = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);

      if (g_str_equal (g_uri_get_scheme (plain), g_uri_get_scheme (self->base)) &&
          g_str_equal (g_uri_get_host (plain), g_uri_get_host (self->base)) &&
          g_uri_get_port (plain) == g_uri_get_port (self->base))
        return g_steal_pointer (&full);
    }
  benk_http_error_set (
    error, BENK_ERROR_PROTOCOL, BENK_TROUBLE_PAGES, 0,
    _ ("The source's next page lies at another address; it is not asked for."));
  return NULL;
}

/* (transfer full) @x */
static void
start (BenkHttp *self,
       Exchange *x,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, x, (GDestroyNotify) exchange_free);
  x->octets = g_byte_array_new ();
  x->cancellable = g_cancellable_new ();
  if (cancellable)
    {
      x->outer = g_object_ref (cancellable);
      x->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                           x->cancellable, NULL);
    }
  if (x->message == NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_INVALID,
                               _ ("“%s” is not the address of a source."),
                               self->base_text);
      return;
    }
  soup_message_add_flags (x->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (x->message), "Accept",
                                "application/fhir+json");
  x->timer = benk_clock_create_timer (self->clock, self->timeout_ms);
  g_source_set_callback (x->timer, on_timeout, x, NULL);
  g_source_attach (x->timer, g_main_context_get_thread_default ());
  benk_auth_get_token_async (self->auth, x->cancellable, on_token,
                             g_steal_pointer (&task));
}

static void
set_header (Exchange *x, const char *name, const char *value)
{
  if (value && x->message)
    soup_message_headers_replace (soup_message_get_request_headers (x->message), name,
                                  value);
}

/* With @if_none_match the answer may be a 304 without a body. */
void
benk_http_fetch_async (BenkHttp *self,
                       const char *url,
                       const char *if_none_match,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Exchange *x = g_new0 (Exchange, 1);

  x->message = soup_message_new ("GET", url);
  set_header (x, "If-None-Match", if_none_match);
  start (self, x, cancellable, callback, user_data);
}

void
benk_http_send_async (BenkHttp *self,
                      const char *method,
                      const char *url,
                      const char *if_match,
                      GBytes *body,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Exchange *x = g_new0 (Exchange, 1);

  x->message = soup_message_new (method, url);
  set_header (x, "If-Match", if_match);
  if (body && x->message)
    soup_message_set_request_body_from_bytes (x->message, "application/fhir+json", body);
  start (self, x, cancellable, callback, user_data);
}

BenkHttpAnswer *
benk_http_send_finish (BenkHttp *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
benk_http_answer_free (BenkHttpAnswer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_free (answer->content_type);
  g_free (answer->etag);
  g_free (answer->location);
  g_free (answer);
}
