/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-doorbell-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-client-private.h"

/* An exchange of one attempt: nothing of an earlier attempt counts. */
typedef struct
{
  BenkDoorbell *self;
  GCancellable *attempt;
} Step;

static Step *
step_new (BenkDoorbell *self)
{
  Step *step = g_new0 (Step, 1);

  step->self = g_object_ref (self);
  step->attempt = g_object_ref (self->attempt);
  return step;
}

/* (transfer full) (nullable): the line, if the step still belongs to its attempt. */
static BenkDoorbell *
step_end (Step *step)
{
  g_autoptr (BenkDoorbell) self = step->self;
  gboolean current = self->attempt == step->attempt;

  g_object_unref (step->attempt);
  g_free (step);
  return current ? g_steal_pointer (&self) : NULL;
}

/* The server has no such thing, or not for us: asking again soon is no use. */
static gboolean
is_refusal (guint status)
{
  switch (status)
    {
    case 400:
    case 403:
    case 404:
    case 405:
    case 410:
    case 422:
    case 501:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
ask (BenkDoorbell *self,
     const char *method,
     const char *path,
     GBytes *body,
     GAsyncReadyCallback callback)
{
  BenkHttp *http = benk_fhir_client_get_http (self->client);
  g_autofree char *url = g_strconcat (benk_http_get_base (http), path, NULL);

  benk_http_send_async (http, method, url, NULL, body, self->attempt, callback,
                        step_new (self));
}

/* (transfer full) (nullable): an answer that may be read; else the line is given up, or
 * @refused says that the server has no such thing. */
static BenkHttpAnswer *
get_answer (BenkDoorbell *self, GObject *source, GAsyncResult *result, gboolean *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkHttpAnswer) answer =
    benk_http_send_finish (BENK_HTTP (source), result, &error);

  *refused = FALSE;
  if (self == NULL)
    return NULL;
  if (answer != NULL && benk_http_answer_check (answer, &error))
    return g_steal_pointer (&answer);
  if (answer != NULL && is_refusal (answer->status))
    *refused = TRUE;
  else
    {
      g_autofree char *words = benk_fhir_words_to_keep (error);

      benk_doorbell_lose (self, words);
    }
  return NULL;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkDoorbell) self = step_end (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) socket =
    benk_http_connect_finish (BENK_HTTP (source), result, &error);

  if (self == NULL)
    {
      if (socket)
        soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      return;
    }
  if (socket == NULL)
    {
      benk_doorbell_lose (self, error->message);
      return;
    }
  benk_doorbell_hold (self, g_steal_pointer (&socket));
}

static void
connect_socket (BenkDoorbell *self)
{
  BenkHttp *http = benk_fhir_client_get_http (self->client);
  const char *url = self->pass && self->pass->url ? self->pass->url : self->offer->url;
  g_autoptr (GError) error = NULL;

  if (url == NULL)
    benk_doorbell_do_without (self, NULL);
  else if (!benk_http_check_socket (http, url, &error))
    benk_doorbell_do_without (self, error->message);
  else
    benk_http_connect_async (http, url, self->attempt, on_connected, step_new (self));
}

static void
on_pass (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkDoorbell) self = step_end (data);
  gboolean refused;
  g_autoptr (BenkHttpAnswer) answer = get_answer (self, source, result, &refused);
  g_autoptr (GError) error = NULL;

  if (answer == NULL && !refused)
    return;
  g_clear_pointer (&self->pass, benk_door_pass_free);
  if (answer != NULL)
    self->pass = benk_door_pass_read (answer->body, &error);
  if (error != NULL)
    benk_doorbell_lose (self, error->message);
  else if (self->socket == NULL)
    connect_socket (self);
  else if (self->pass != NULL)
    benk_doorbell_bind (self);
  else
    benk_doorbell_lose (self, _ ("The source refuses to tell of alarms by itself."));
}

void
benk_doorbell_ask_pass (BenkDoorbell *self)
{
  g_autofree char *path =
    g_strdup_printf ("/Subscription/%s/$get-ws-binding-token", self->subscription);

  ask (self, "GET", path, NULL, on_pass);
}

static void
use_subscription (BenkDoorbell *self)
{
  g_clear_pointer (&self->pass, benk_door_pass_free);
  if (self->offer->by_token)
    benk_doorbell_ask_pass (self);
  else
    connect_socket (self);
}

static void
on_subscribed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkDoorbell) self = step_end (data);
  gboolean refused;
  g_autoptr (BenkHttpAnswer) answer = get_answer (self, source, result, &refused);

  if (answer != NULL)
    self->subscription = benk_door_subscription_get_id (answer->body, answer->location);
  if (self == NULL || (answer == NULL && !refused))
    return;
  if (self->subscription != NULL)
    use_subscription (self);
  else
    benk_doorbell_do_without (self,
                              _ ("The source refuses to tell of alarms by itself."));
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkDoorbell) self = step_end (data);
  gboolean refused;
  g_autoptr (BenkHttpAnswer) answer = get_answer (self, source, result, &refused);
  g_autoptr (GBytes) body = NULL;

  if (answer == NULL && !refused)
    return;
  if (answer != NULL)
    self->subscription = benk_door_subscription_find (answer->body, self->distrusted);
  if (self->subscription != NULL)
    {
      use_subscription (self);
      return;
    }
  body = benk_door_subscription_compose ();
  ask (self, "POST", "/Subscription", body, on_subscribed);
}

static void
on_offer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BenkDoorbell) self = step_end (data);
  gboolean refused;
  g_autoptr (BenkHttpAnswer) answer = get_answer (self, source, result, &refused);
  g_autoptr (GError) error = NULL;

  if (answer == NULL && !refused)
    return;
  g_clear_pointer (&self->offer, benk_door_offer_free);
  if (answer != NULL)
    self->offer = benk_door_offer_read (answer->body, &error);
  if (error != NULL)
    benk_doorbell_lose (self, error->message);
  else if (self->offer == NULL || (self->offer->url == NULL && !self->offer->by_token))
    benk_doorbell_do_without (self, NULL);
  else if (self->subscription != NULL)
    use_subscription (self);
  else
    ask (self, "GET", "/Subscription?type=websocket", NULL, on_searched);
}

void
benk_doorbell_call (BenkDoorbell *self)
{
  self->attempt = g_cancellable_new ();
  ask (self, "GET", "/metadata", NULL, on_offer);
}
