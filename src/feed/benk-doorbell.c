/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-doorbell-private.h"

#include <glib/gi18n.h>

#include "benk-fhir-client-private.h"

#define FIRST_WAIT_MS (2 * 1000)
#define MOST_WAIT_MS (5 * 60 * 1000)
/* A server may learn it. */
#define NONE_WAIT_MS (60 * 60 * 1000)
#define BOUND_WAIT_MS (10 * 1000)
/* RFC 6455 5.5.2: a ping is answered; two that are not, and the line is dead. */
#define KEEPALIVE_S 25
#define DEAD_MS (60 * 1000)
#define RENEW_BEFORE_MS (30 * 1000)
/* A Subscription that was just made may need a moment; one that is refused more often is
 * not there any more. */
#define MAX_REFUSED 3

enum
{
  SIGNAL_RING,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/**
 * BenkDoorbell:
 *
 * A line on which a server tells that something is new, never what: R4 `bind`, `bound`,
 * `ping`, or `bind-with-token` where the server has that. It only ever makes us ask; what
 * is asked for over HTTP stays the truth, and polling goes on beside it.
 */
G_DEFINE_FINAL_TYPE (BenkDoorbell, benk_doorbell, G_TYPE_OBJECT)

static void
clear_timer (GSource **timer)
{
  if (*timer)
    g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static void
set_timer (BenkDoorbell *self, GSource **timer, gint64 delay_ms, GSourceFunc func)
{
  BenkHttp *http = benk_fhir_client_get_http (self->client);

  clear_timer (timer);
  *timer = benk_clock_create_timer (benk_http_get_clock (http), delay_ms);
  g_source_set_callback (*timer, func, self, NULL);
  g_source_set_static_name (*timer, "[dosebenk] doorbell");
  g_source_attach (*timer, g_main_context_get_thread_default ());
}

static void
set_state (BenkDoorbell *self, BenkDoorbellState state, const char *problem)
{
  if (self->state == state && g_strcmp0 (self->problem, problem) == 0)
    return;
  self->state = state;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
hang_up (BenkDoorbell *self)
{
  g_autoptr (SoupWebsocketConnection) socket = g_steal_pointer (&self->socket);

  clear_timer (&self->timer);
  clear_timer (&self->renewal);
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  if (socket == NULL)
    return;
  g_signal_handlers_disconnect_by_data (socket, self);
  if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
call (BenkDoorbell *self)
{
  hang_up (self);
  if (self->state != BENK_DOORBELL_WAITING)
    set_state (self, BENK_DOORBELL_CALLING, NULL);
  benk_doorbell_call (self);
}

static gboolean
on_next_try (gpointer data)
{
  call (data);
  return G_SOURCE_REMOVE;
}

void
benk_doorbell_lose (BenkDoorbell *self, const char *problem)
{
  gint64 wait_ms = benk_backoff_get_ms (&self->backoff, self->random);

  hang_up (self);
  self->was_away = TRUE;
  self->backoff.n_failed++;
  set_timer (self, &self->timer, wait_ms, on_next_try);
  set_state (self, BENK_DOORBELL_WAITING, problem);
}

void
benk_doorbell_do_without (BenkDoorbell *self, const char *problem)
{
  hang_up (self);
  set_timer (self, &self->timer, NONE_WAIT_MS, on_next_try);
  set_state (self, BENK_DOORBELL_NONE, problem);
}

/* -- On the line --------------------------------------------------------------------- */

static gboolean
on_dead (gpointer data)
{
  BenkDoorbell *self = data;
  gboolean bound = self->state == BENK_DOORBELL_BOUND;

  benk_doorbell_lose (self, bound ? _ ("The line that tells of alarms has gone dead.")
                                  : _ ("The source did not answer in time."));
  return G_SOURCE_REMOVE;
}

static void
note_life (BenkDoorbell *self)
{
  if (self->state == BENK_DOORBELL_BOUND)
    set_timer (self, &self->timer, DEAD_MS, on_dead);
}

static void
ring (BenkDoorbell *self, gboolean gap)
{
  g_signal_emit (self, signals[SIGNAL_RING], 0, gap);
}

static void
note_bound (BenkDoorbell *self)
{
  gboolean first = self->state != BENK_DOORBELL_BOUND;
  gboolean gap = self->was_away;

  self->n_refused = 0;
  self->was_away = FALSE;
  set_state (self, BENK_DOORBELL_BOUND, NULL);
  note_life (self);
  if (first)
    ring (self, gap);
}

/* The server's own words are not passed on: they may hold anything. */
static void
note_refused (BenkDoorbell *self)
{
  self->n_refused++;
  if (self->n_refused >= MAX_REFUSED && self->distrusted == NULL)
    self->distrusted = g_steal_pointer (&self->subscription);
  benk_doorbell_lose (self, _ ("The source refuses to tell of alarms by itself."));
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  g_autoptr (BenkDoorbell) self = g_object_ref (data);

  note_life (self);
  switch (benk_door_word_read (message, self->subscription))
    {
    case BENK_DOOR_WORD_BOUND:
      note_bound (self);
      return;
    case BENK_DOOR_WORD_RING:
      if (self->state != BENK_DOORBELL_BOUND)
        note_bound (self);
      else
        ring (self, FALSE);
      return;
    case BENK_DOOR_WORD_ALIVE:
      return;
    case BENK_DOOR_WORD_NONE:
      if (self->state != BENK_DOORBELL_BOUND)
        note_refused (self);
      return;
    }
}

static void
on_pong (SoupWebsocketConnection *socket, GBytes *message, gpointer data)
{
  BenkDoorbell *self = data;

  self->n_pongs++;
  self->backoff.n_failed = 0;
  note_life (self);
}

static void
on_closed (SoupWebsocketConnection *socket, gpointer data)
{
  g_autoptr (BenkDoorbell) self = g_object_ref (data);
  gushort code = soup_websocket_connection_get_close_code (socket);

  if (self->state != BENK_DOORBELL_BOUND &&
      (code == SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR ||
       code == SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION))
    note_refused (self);
  else
    benk_doorbell_lose (self, _ ("The source has ended the line that tells of alarms."));
}

static gboolean
on_renewal (gpointer data)
{
  BenkDoorbell *self = data;

  clear_timer (&self->renewal);
  benk_doorbell_ask_pass (self);
  return G_SOURCE_REMOVE;
}

void
benk_doorbell_bind (BenkDoorbell *self)
{
  g_autofree char *words = benk_door_bind_compose (self->subscription, self->pass);
  BenkHttp *http = benk_fhir_client_get_http (self->client);
  gint64 server_ms =
    benk_clock_get_wall_ms (benk_http_get_clock (http)) + benk_http_get_skew_ms (http);

  soup_websocket_connection_send_text (self->socket, words);
  if (self->state != BENK_DOORBELL_BOUND)
    set_timer (self, &self->timer, BOUND_WAIT_MS, on_dead);
  if (self->pass && self->pass->until_ms >= 0)
    set_timer (self, &self->renewal,
               MAX (self->pass->until_ms - server_ms - RENEW_BEFORE_MS, BOUND_WAIT_MS),
               on_renewal);
}

/* (transfer full) @socket */
void
benk_doorbell_hold (BenkDoorbell *self, SoupWebsocketConnection *socket)
{
  self->socket = socket;
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->socket, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
  soup_websocket_connection_set_keepalive_interval (self->socket, self->keepalive_s);
  benk_doorbell_bind (self);
}

static void
benk_doorbell_finalize (GObject *object)
{
  BenkDoorbell *self = BENK_DOORBELL (object);

  hang_up (self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->offer, benk_door_offer_free);
  g_clear_pointer (&self->pass, benk_door_pass_free);
  g_free (self->problem);
  g_free (self->subscription);
  g_free (self->distrusted);
  G_OBJECT_CLASS (benk_doorbell_parent_class)->finalize (object);
}

static void
benk_doorbell_class_init (BenkDoorbellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_doorbell_finalize;

  /**
   * BenkDoorbell::ring:
   * @self: the line
   * @gap: whether the line was away, so that something may have been missed
   *
   * Something may be new: ask.
   */
  signals[SIGNAL_RING] =
    g_signal_new ("ring", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /**
   * BenkDoorbell::changed:
   * @self: the line
   *
   * It stands elsewhere now.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
benk_doorbell_init (BenkDoorbell *self)
{
  self->keepalive_s = KEEPALIVE_S;
  self->backoff = (BenkBackoff){ .first_ms = FIRST_WAIT_MS, .most_ms = MOST_WAIT_MS };
}

/**
 * benk_doorbell_new:
 * @client: the server
 * @random: where chance comes from
 *
 * Returns: (transfer full): a line that is not called yet
 */
BenkDoorbell *
benk_doorbell_new (BenkFhirClient *client, GRand *random)
{
  BenkDoorbell *self = g_object_new (BENK_TYPE_DOORBELL, NULL);

  self->client = g_object_ref (client);
  self->random = g_rand_new_with_seed (g_rand_int (random));
  return self;
}

/**
 * benk_doorbell_start:
 * @self: the line
 *
 * Looks for what the server has, binds, and keeps bound: after a failure again in 2 s,
 * 4 s … 5 min, a fifth early or late. Does nothing if it does so already.
 */
void
benk_doorbell_start (BenkDoorbell *self)
{
  if (self->state == BENK_DOORBELL_OFF)
    call (self);
}

/**
 * benk_doorbell_stop:
 * @self: the line
 *
 * Ends it; nothing rings any more.
 */
void
benk_doorbell_stop (BenkDoorbell *self)
{
  hang_up (self);
  set_state (self, BENK_DOORBELL_OFF, NULL);
}

/**
 * benk_doorbell_set_keepalive:
 * @self: the line
 * @seconds: how often the server is asked whether it is there; 25 unless set
 *
 * For lines that are made from now on.
 */
void
benk_doorbell_set_keepalive (BenkDoorbell *self, guint seconds)
{
  self->keepalive_s = seconds;
}

/**
 * benk_doorbell_get_state:
 * @self: the line
 *
 * Returns: where it stands
 */
BenkDoorbellState
benk_doorbell_get_state (BenkDoorbell *self)
{
  return self->state;
}

/**
 * benk_doorbell_get_problem:
 * @self: the line
 *
 * Returns: (nullable): why it is not bound, in words of ours
 */
const char *
benk_doorbell_get_problem (BenkDoorbell *self)
{
  return self->problem;
}

/**
 * benk_doorbell_get_n_pongs:
 * @self: the line
 *
 * Returns: how often the server has answered that it is there
 */
guint
benk_doorbell_get_n_pongs (BenkDoorbell *self)
{
  return self->n_pongs;
}
