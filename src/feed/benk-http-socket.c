/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-http-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"

#define TIMEOUT_MS (30 * 1000)

/* A socket on its way. */
typedef struct
{
  char *url;
  GCancellable *cancellable; /* ours: the caller's or the timer's doing */
  GCancellable *outer;
  gulong outer_id;
  GSource *timer;
  gboolean timed_out;
  SoupMessage *message;
} Call;

static void
call_free (Call *call)
{
  if (call->outer)
    g_cancellable_disconnect (call->outer, call->outer_id);
  g_clear_object (&call->outer);
  g_source_destroy (call->timer);
  g_source_unref (call->timer);
  g_object_unref (call->cancellable);
  g_clear_object (&call->message);
  g_free (call->url);
  g_free (call);
}

static void
fail (GTask *task, GError *error)
{
  Call *call = g_task_get_task_data (task);
  GTlsCertificateFlags certificate =
    call->message ? soup_message_get_tls_peer_certificate_errors (call->message) : 0;

  if (error->domain == SOUP_WEBSOCKET_ERROR)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_PROTOCOL,
                             _ ("The source refuses the line that tells of alarms (%s)."),
                             error->message);
  else
    g_task_return_error (task, benk_http_error_map (error, call->timed_out, certificate));
  g_error_free (error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  SoupWebsocketConnection *socket =
    soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (socket == NULL)
    fail (task, error);
  else
    g_task_return_pointer (task, socket, g_object_unref);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkHttp *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", call->url);
  g_autofree char *token = NULL;
  GError *error = NULL;

  if (!benk_auth_get_token_finish (BENK_AUTH (source), result, &token, &error))
    {
      fail (task, error);
      return;
    }
  if (token)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "Authorization", value);
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  call->message = g_object_ref (message);
  soup_session_websocket_connect_async (benk_http_get_session (self), message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, call->cancellable,
                                        on_connected, g_steal_pointer (&task));
}

static gboolean
on_timeout (gpointer data)
{
  Call *call = data;

  call->timed_out = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

/* The token goes along, so the socket lies where the alarms do, and as well protected. */
gboolean
benk_http_check_socket (BenkHttp *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri =
    g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autoptr (GUri) base = g_uri_parse (benk_http_get_base (self), G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (host == NULL || g_uri_get_userinfo (uri) != NULL ||
      g_ascii_strcasecmp (host, g_uri_get_host (base)) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The line that tells of alarms lies at another address; it is not "
                      "used."));
      return FALSE;
    }
  if (g_strcmp0 (scheme, "wss") == 0 ||
      (g_strcmp0 (scheme, "ws") == 0 && benk_http_is_this_machine (host)))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_TLS,
               _ ("The line that tells of alarms is not protected; it is not used."));
  return FALSE;
}

void
benk_http_connect_async (BenkHttp *self,
                         const char *url,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->url = g_strdup (url);
  call->cancellable = g_cancellable_new ();
  if (cancellable)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                               call->cancellable, NULL);
    }
  call->timer = benk_clock_create_timer (benk_http_get_clock (self), TIMEOUT_MS);
  g_source_set_callback (call->timer, on_timeout, call, NULL);
  g_source_attach (call->timer, g_main_context_get_thread_default ());
  benk_auth_get_token_async (benk_http_get_auth (self), call->cancellable, on_token,
                             g_steal_pointer (&task));
}

SoupWebsocketConnection *
benk_http_connect_finish (BenkHttp *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
