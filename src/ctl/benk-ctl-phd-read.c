/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-phd.h"

#include "benk-agent-listener.h"
#include "benk-error.h"
#include "benk-tcp-address.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <math.h>
#include <signal.h>

#define TIMEOUT_S 60
#define QUIET_S 5
#define MAX_S 86400

typedef struct
{
  BenkCtl *ctl;
  BenkAgentListener *listener;
  GSource *timer;
  int count;
  double timeout_s;
  double quiet_s;
  char *address;
  guint n_learned;
  guint n_faulty;
  gboolean stopped;
  gboolean late;
} Reading;

static void
say (const char *text)
{
  g_printerr ("dosebenkctl: %s\n", text);
}

static void
stop_timer (Reading *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* Nobody came: those that are there are read to their end. */
static gboolean
on_late (gpointer data)
{
  Reading *self = data;

  stop_timer (self);
  self->late = benk_agent_listener_get_n_open (self->listener) == 0;

  return G_SOURCE_REMOVE;
}

static void
wait_for_next (Reading *self)
{
  stop_timer (self);
  if (!(self->timeout_s > 0))
    return;
  self->timer =
    benk_clock_create_timer (self->ctl->clock, (gint64) (self->timeout_s * 1000));
  g_source_set_callback (self->timer, on_late, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
on_progress (BenkAgentListener *listener, const char *text)
{
  say (text);
}

static void
on_learned (BenkAgentListener *listener, gboolean whole, const char *json, Reading *self)
{
  benk_json_add_json (self->ctl->out, NULL, json);
  self->n_learned++;
  self->n_faulty += !whole;
  say (whole ? _ ("read, and gone") : _ ("gone; not everything was read"));
  wait_for_next (self);
}

static gboolean
on_interrupt (gpointer data)
{
  ((Reading *) data)->stopped = TRUE;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_done (Reading *self)
{
  return self->stopped || self->late ||
         (self->count > 0 && self->n_learned >= (guint) self->count);
}

static void
listen (Reading *self)
{
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, self);

  wait_for_next (self);
  while (!is_done (self))
    g_main_context_iteration (NULL, TRUE);
  /* A goodbye is answered, or not, within seconds. */
  benk_agent_listener_release (self->listener);
  while (benk_agent_listener_get_n_open (self->listener) > 0)
    g_main_context_iteration (NULL, TRUE);
  stop_timer (self);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

static gboolean
start (Reading *self, GError **error)
{
  g_autoptr (GSocketAddress) address =
    benk_tcp_address_parse (self->address, BENK_AGENT_PORT, error);
  GInetAddress *host;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (address == NULL)
    return FALSE;
  self->listener =
    benk_agent_listener_new (self->ctl->clock, (guint) (MAX (self->timeout_s, 0) * 1000),
                             (guint) (self->quiet_s * 1000));
  g_signal_connect (self->listener, "progress", G_CALLBACK (on_progress), NULL);
  g_signal_connect (self->listener, "learned", G_CALLBACK (on_learned), self);
  host = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  if (!benk_agent_listener_listen (self->listener, address, error))
    {
      text = benk_tcp_address_to_text (host, g_inet_socket_address_get_port (
                                               G_INET_SOCKET_ADDRESS (address)));
      g_prefix_error (error, _ ("Nobody can be heard on %s: "), text);
      return FALSE;
    }
  text = benk_tcp_address_to_text (host, benk_agent_listener_get_port (self->listener));
  line = g_strdup_printf (_ ("listening on %s"), text);
  say (line);
  return TRUE;
}

static gboolean
check (Reading *self, GError **error)
{
  g_autofree char *text = NULL;

  if (self->count < 0 || isnan (self->timeout_s) || self->timeout_s > MAX_S ||
      !(self->quiet_s >= 0 && self->quiet_s <= MAX_S))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--count takes a number of agents, 0 = any; --timeout and "
                              "--quiet take seconds."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Reading *self, GError **error)
{
  if (self->n_learned == 0 && !self->stopped)
    g_set_error (error, BENK_ERROR, BENK_ERROR_TIMEOUT,
                 _ ("No agent came within %g seconds."), self->timeout_s);
  else if (self->n_faulty > 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
                 ngettext ("%u agent was not read to its end: see “problem”.",
                           "%u agents were not read to their end: see “problem”.",
                           self->n_faulty),
                 self->n_faulty);
  else if (self->late && self->count > 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_TIMEOUT, _ ("Only %u of %d agents came."),
                 self->n_learned, self->count);
  else
    return TRUE;
  return FALSE;
}

/**
 * benk_ctl_phd_read:
 * @ctl: the command
 *
 * Reads agents of 20601 that come over TCP, and prints what they are as JSON.
 */
gboolean
benk_ctl_phd_read (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  Reading self = { .ctl = ctl, .count = 1, .timeout_s = TIMEOUT_S, .quiet_s = QUIET_S };
  g_autofree char *address = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &address, NULL, NULL },
    { "count", 0, 0, G_OPTION_ARG_INT, &self.count, NULL, NULL },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &self.timeout_s, NULL, NULL },
    { "quiet", 0, 0, G_OPTION_ARG_DOUBLE, &self.quiet_s, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkAgentListener) listener = NULL;
  gboolean started;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) || !check (&self, error))
    return FALSE;
  if (address == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--listen is needed, for instance --listen "
                              "127.0.0.1:6024."));
      return FALSE;
    }
  self.address = address;
  started = start (&self, error);
  listener = self.listener;
  if (!started)
    return FALSE;
  /* What was learned is one JSON text, whether --json was given or not. */
  ctl->json = TRUE;
  benk_json_begin_array (ctl->out, NULL);
  listen (&self);
  benk_json_end_array (ctl->out);
  return finish (&self, error);
}
