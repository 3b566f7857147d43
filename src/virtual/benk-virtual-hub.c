/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub.h"
#include "benk-virtual-hub-private.h"

#include "benk-error.h"
#include "benk-id.h"

#define HUB_PATH "/fhir"

/**
 * BenkVirtualHub:
 *
 * An alarm hub on this machine: FHIR R4 `DetectedIssue` and follow-up documents over real
 * HTTP on 127.0.0.1, for demo, training and tests. It does what a municipal hub is asked
 * to do in vkp.md 4 and 7, writes down every request, and does wrong when told to.
 *
 * It serves on the main context that was thread-default at [method@VirtualHub.start], or
 * on a thread of its own. The other functions may be called from any thread.
 */
G_DEFINE_TYPE (BenkVirtualHub, benk_virtual_hub, G_TYPE_OBJECT)

/* A request whose answer is held back. */
typedef struct
{
  BenkVirtualHub *hub;
  SoupServerMessage *message;
  char *path;
  GSource *source;
  gulong finished_id;
} HubWait;

static void
hub_wait_free (HubWait *wait)
{
  g_signal_handler_disconnect (wait->message, wait->finished_id);
  g_source_destroy (wait->source);
  g_source_unref (wait->source);
  g_object_unref (wait->message);
  g_free (wait->path);
  g_free (wait);
}

static BenkHubFaultRow *
take_fault (BenkVirtualHub *self, const char *method)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      BenkHubFaultRow *row = g_ptr_array_index (self->faults, i);
      BenkHubFaultRow *taken;

      if (row->fault >= BENK_HUB_FAULT_DOOR_REFUSED ||
          (row->method != NULL && !g_str_equal (row->method, method)))
        continue;
      if (row->skip > 0)
        {
          row->skip--;
          return NULL;
        }
      taken = g_memdup2 (row, sizeof *row);
      taken->method = NULL;
      if (--row->count == 0)
        g_ptr_array_remove_index (self->faults, i);
      return taken;
    }
  return NULL;
}

static gboolean
is_allowed (BenkVirtualHub *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *given = soup_message_headers_get_one (headers, "Authorization");
  g_autofree char *wanted = NULL;

  if (self->token == NULL)
    return TRUE;
  wanted = g_strconcat ("Bearer ", self->token, NULL);
  return g_strcmp0 (given, wanted) == 0;
}

static void
write_log (BenkVirtualHub *self, char *line)
{
  g_ptr_array_add (self->log, line);
  if (self->log_file)
    {
      g_autoptr (GFileOutputStream) stream =
        g_file_append_to (self->log_file, G_FILE_CREATE_PRIVATE, NULL, NULL);
      g_autofree char *row = g_strconcat (line, "\n", NULL);

      if (stream)
        g_output_stream_write_all (G_OUTPUT_STREAM (stream), row, strlen (row), NULL,
                                   NULL, NULL);
    }
}

static void
send_answer (BenkVirtualHub *self,
             SoupServerMessage *message,
             BenkHubAnswer *answer,
             gboolean with_date,
             gint64 now_ms)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *date = soup_date_time_to_string (time, SOUP_DATE_HTTP);
  gsize length = answer->length ? answer->length
                 : answer->body ? strlen (answer->body)
                                : 0;

  self->n_octets += length;
  if (with_date)
    soup_message_headers_replace (headers, "Date", date);
  else
    soup_message_headers_remove (headers, "Date");
  if (answer->etag)
    soup_message_headers_replace (headers, "ETag", answer->etag);
  if (answer->location)
    soup_message_headers_replace (headers, "Location", answer->location);
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->body)
    {
      if (soup_message_headers_get_one (headers, "Content-Type") == NULL)
        soup_message_headers_replace (headers, "Content-Type",
                                      "application/fhir+json; charset=utf-8");
      soup_message_body_append_take (soup_server_message_get_response_body (message),
                                     (guchar *) g_steal_pointer (&answer->body), length);
      soup_message_body_complete (soup_server_message_get_response_body (message));
    }
}

/* A parameter that comes twice holds both, parted by a blank. */
static GHashTable *
decode_query (const char *raw)
{
  GHashTable *query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (raw, "&", -1);

  for (guint i = 0; parts[i]; i++)
    {
      g_autoptr (GHashTable) one = soup_form_decode (parts[i]);
      GHashTableIter iter;
      gpointer name, value;

      g_hash_table_iter_init (&iter, one);
      while (g_hash_table_iter_next (&iter, &name, &value))
        {
          const char *there = g_hash_table_lookup (query, name);

          g_hash_table_replace (query, g_strdup (name),
                                there ? g_strconcat (there, " ", value, NULL)
                                      : g_strdup (value));
        }
    }
  return query;
}

static void
route (BenkVirtualHub *self,
       SoupServerMessage *message,
       const char *path,
       gint64 now_ms,
       BenkHubFault fault,
       BenkHubAnswer *answer)
{
  const char *raw = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) query = raw ? decode_query (raw) : NULL;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean get = g_str_equal (soup_server_message_get_method (message), "GET");
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) flat = soup_message_body_flatten (body);
  gsize length;
  const char *data = g_bytes_get_data (flat, &length);
  g_autofree char *door = benk_hub_door_capability (self);

  if (benk_hub_door_route (self, soup_server_message_get_method (message),
                           path + strlen (HUB_PATH), answer))
    return;
  benk_hub_route (&self->shelf, self->url, soup_server_message_get_method (message),
                  path + strlen (HUB_PATH), query,
                  soup_message_headers_get_one (headers,
                                                get ? "If-None-Match" : "If-Match"),
                  data ? data : "", length, now_ms, fault, door, answer);
}

/* Does the work under the lock, then answers, or hangs up where the fault says so. */
static void
serve (BenkVirtualHub *self,
       SoupServerMessage *message,
       const char *path,
       BenkHubFaultRow *fault)
{
  g_auto (BenkHubAnswer) answer = { 0 };
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  BenkHubFault kind = fault ? fault->fault : BENK_HUB_FAULT_NONE;
  guint status;

  if (fault == NULL || !benk_hub_fault_answer (fault, &answer, message, now_ms))
    {
      if (is_allowed (self, message))
        route (self, message, path, now_ms, kind, &answer);
      else
        benk_hub_answer_outcome (&answer, 401, "login", "The token is not accepted");
    }
  status = answer.status;
  if (benk_hub_line_spoil (self, message, fault, answer.body))
    status = 0;
  else
    send_answer (self, message, &answer, kind != BENK_HUB_FAULT_NO_DATE, now_ms);
  write_log (self, benk_hub_log_line (message, path, fault, status, now_ms));
}

static gboolean
on_wait_over (gpointer data)
{
  HubWait *wait = data;
  BenkVirtualHub *self = wait->hub;
  g_autoptr (SoupServerMessage) message = g_object_ref (wait->message);
  g_autofree char *path = g_strdup (wait->path);

  g_ptr_array_remove (self->waiting, wait);
  serve (self, message, path, NULL);
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
on_wait_abandoned (SoupServerMessage *message, gpointer data)
{
  HubWait *wait = data;

  g_ptr_array_remove (wait->hub->waiting, wait);
}

static void
hold_back (BenkVirtualHub *self, SoupServerMessage *message, const char *path, gint64 ms)
{
  HubWait *wait = g_new0 (HubWait, 1);

  wait->hub = self;
  wait->message = g_object_ref (message);
  wait->path = g_strdup (path);
  wait->source = benk_clock_create_timer (self->clock, ms);
  g_source_set_callback (wait->source, on_wait_over, wait, NULL);
  g_source_attach (wait->source, self->context);
  wait->finished_id =
    g_signal_connect (message, "finished", G_CALLBACK (on_wait_abandoned), wait);
  g_ptr_array_add (self->waiting, wait);
  soup_server_message_pause (message);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  BenkVirtualHub *self = data;
  BenkHubFaultRow *fault;

  g_mutex_lock (&self->lock);
  fault = take_fault (self, soup_server_message_get_method (message));
  g_mutex_unlock (&self->lock);
  if (fault != NULL && fault->fault == BENK_HUB_FAULT_SLOW)
    hold_back (self, message, path, fault->argument);
  else
    serve (self, message, path, fault);
  g_clear_pointer (&fault, benk_hub_fault_row_free);
}

static gboolean
listen (BenkVirtualHub *self, GError **error)
{
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  GSList *uris;

  self->server = soup_server_new ("server-header", "Dosebenk simulator", NULL);
  soup_server_add_handler (self->server, HUB_PATH, on_request, self, NULL);
  if (self->certificate)
    {
      soup_server_set_tls_certificate (self->server, self->certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  if (!soup_server_listen_local (self->server, 0, options, error))
    {
      g_clear_object (&self->server);
      return FALSE;
    }
  benk_hub_door_open (self);
  uris = soup_server_get_uris (self->server);
  g_free (self->url);
  self->url = g_strdup_printf ("http%s://127.0.0.1:%d" HUB_PATH,
                               self->certificate ? "s" : "", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

static void
fall_silent (BenkVirtualHub *self)
{
  g_ptr_array_set_size (self->waiting, 0);
  g_ptr_array_set_size (self->held, 0);
  benk_hub_door_shut (self);
  if (self->server)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

typedef struct
{
  BenkVirtualHub *hub;
  GError *error;
  gboolean done;
  GMutex lock;
  GCond cond;
} HubStart;

static gpointer
run_thread (gpointer data)
{
  HubStart *start = data;
  BenkVirtualHub *self = start->hub;
  GMainLoop *loop = self->loop;
  gboolean listening;

  g_main_context_push_thread_default (self->context);
  listening = listen (self, &start->error);
  g_mutex_lock (&start->lock);
  start->done = TRUE;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->lock);
  if (listening)
    g_main_loop_run (loop);
  fall_silent (self);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_loop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
benk_virtual_hub_finalize (GObject *object)
{
  BenkVirtualHub *self = BENK_VIRTUAL_HUB (object);

  benk_virtual_hub_stop (self);
  benk_hub_shelf_clear (&self->shelf);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_object (&self->log_file);
  g_clear_object (&self->certificate);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->url, g_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (benk_virtual_hub_parent_class)->finalize (object);
}

static void
benk_virtual_hub_class_init (BenkVirtualHubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_virtual_hub_finalize;
}

static void
benk_virtual_hub_init (BenkVirtualHub *self)
{
  g_mutex_init (&self->lock);
  benk_hub_shelf_init (&self->shelf);
  self->faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_hub_fault_row_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->held = benk_hub_line_new_held ();
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_wait_free);
}

/**
 * benk_virtual_hub_new:
 * @clock: gives `Date`, `lastUpdated` and the length of a slow answer
 * @token: (nullable): the bearer token to ask for; %NULL asks for none
 *
 * Makes an empty hub that does not listen yet.
 *
 * Returns: (transfer full): the hub
 */
BenkVirtualHub *
benk_virtual_hub_new (BenkClock *clock, const char *token)
{
  BenkVirtualHub *self = g_object_new (BENK_TYPE_VIRTUAL_HUB, NULL);

  self->clock = g_object_ref (clock);
  self->token = g_strdup (token);
  return self;
}

/**
 * benk_virtual_hub_start:
 * @self: the hub
 * @error: return location
 *
 * Listens on a free port of 127.0.0.1, served by the thread-default main context.
 *
 * Returns: whether it listens; the error is that of the socket
 */
gboolean
benk_virtual_hub_start (BenkVirtualHub *self, GError **error)
{
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->context = g_main_context_ref_thread_default ();
  if (listen (self, error))
    return TRUE;
  g_clear_pointer (&self->context, g_main_context_unref);
  return FALSE;
}

/**
 * benk_virtual_hub_start_thread:
 * @self: the hub
 * @error: return location
 *
 * As [method@VirtualHub.start], on a thread of its own; returns when it listens.
 *
 * Returns: whether it listens
 */
gboolean
benk_virtual_hub_start_thread (BenkVirtualHub *self, GError **error)
{
  HubStart start = { .hub = self };

  g_return_val_if_fail (self->server == NULL, FALSE);

  g_mutex_init (&start.lock);
  g_cond_init (&start.cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("alarm-hub", run_thread, &start);
  g_mutex_lock (&start.lock);
  while (!start.done)
    g_cond_wait (&start.cond, &start.lock);
  g_mutex_unlock (&start.lock);
  g_mutex_clear (&start.lock);
  g_cond_clear (&start.cond);
  if (start.error == NULL)
    return TRUE;
  benk_virtual_hub_stop (self);
  g_propagate_error (error, start.error);
  return FALSE;
}

/**
 * benk_virtual_hub_stop:
 * @self: the hub
 *
 * Stops listening; what it holds stays. Does nothing if it does not listen.
 */
void
benk_virtual_hub_stop (BenkVirtualHub *self)
{
  if (self->thread)
    {
      g_main_context_invoke (self->context, quit_loop, self->loop);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  else
    fall_silent (self);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

/**
 * benk_virtual_hub_get_url:
 * @self: the hub
 *
 * Returns: (nullable): the base address, without a slash at the end; changes at each
 * start
 */
const char *
benk_virtual_hub_get_url (BenkVirtualHub *self)
{
  return self->url;
}

/**
 * benk_virtual_hub_set_log_file:
 * @self: the hub
 * @path: file that each request is appended to, as a line of JSON
 * @error: return location
 *
 * Empties the file and writes what was asked for so far.
 *
 * Returns: whether the file could be written
 */
gboolean
benk_virtual_hub_set_log_file (BenkVirtualHub *self, const char *path, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->log->len; i++)
    g_string_append_printf (lines, "%s\n", (char *) g_ptr_array_index (self->log, i));
  if (!g_file_set_contents (path, lines->str, lines->len, error))
    return FALSE;
  g_clear_object (&self->log_file);
  self->log_file = g_file_new_for_path (path);
  return TRUE;
}
