/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-listener.h"

#include "benk-network-link-private.h"
#include "benk-survey-run-private.h"
#include "benk-tcp-address.h"

#include <glib/gi18n.h>

struct _BenkAgentListener
{
  GObject parent_instance;

  BenkClock *clock;
  BenkSurveyLimits limits;
  GSocketService *service;
  GPtrArray *runs;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (BenkAgentListener, benk_agent_listener, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  LEARNED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_progress (BenkSurveyRun *run, const char *text, BenkAgentListener *self)
{
  g_signal_emit (self, signals[PROGRESS], 0, text);
}

static void
on_over (BenkSurveyRun *run, BenkAgentListener *listener)
{
  g_autoptr (BenkAgentListener) self = g_object_ref (listener);
  g_autoptr (BenkSurveyRun) keep = g_object_ref (run);
  g_autofree char *json = benk_survey_run_to_json (run);

  g_ptr_array_remove (self->runs, run);
  if (self->service != NULL && self->runs->len < BENK_AGENT_MAX)
    g_socket_service_start (self->service);
  g_signal_emit (self, signals[LEARNED], 0, benk_survey_run_is_whole (run), json);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             BenkAgentListener *self)
{
  BenkLink *link = benk_network_link_new (connection, self->clock);
  BenkSurveyRun *run = benk_survey_run_new (self->clock, &self->limits);
  g_autofree char *text =
    g_strdup_printf (_ ("connected: %s"), benk_link_get_description (link));

  g_ptr_array_add (self->runs, run);
  g_signal_connect_object (run, "progress", G_CALLBACK (on_progress), self, 0);
  g_signal_connect_object (run, "over", G_CALLBACK (on_over), self, 0);
  if (self->runs->len >= BENK_AGENT_MAX)
    g_socket_service_stop (service);
  g_signal_emit (self, signals[PROGRESS], 0, text);
  benk_survey_run_start (run, link);

  return TRUE;
}

static void
benk_agent_listener_dispose (GObject *object)
{
  BenkAgentListener *self = BENK_AGENT_LISTENER (object);

  benk_tcp_stop (&self->service, self);
  g_ptr_array_set_size (self->runs, 0);

  G_OBJECT_CLASS (benk_agent_listener_parent_class)->dispose (object);
}

static void
benk_agent_listener_finalize (GObject *object)
{
  BenkAgentListener *self = BENK_AGENT_LISTENER (object);

  g_ptr_array_unref (self->runs);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_agent_listener_parent_class)->finalize (object);
}

static void
benk_agent_listener_class_init (BenkAgentListenerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_agent_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_agent_listener_finalize;

  /**
   * BenkAgentListener::progress:
   * @self: a listener
   * @text: what has happened, in a few words
   */
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * BenkAgentListener::learned:
   * @self: a listener
   * @whole: whether everything was read, and the agent went as it should
   * @json: what was learned of one agent: `agent` in ctl.schema.json
   */
  signals[LEARNED] = g_signal_new ("learned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
benk_agent_listener_init (BenkAgentListener *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * benk_agent_listener_new:
 * @clock: a clock
 * @whole_ms: most time for one agent; 0 = as much as it likes
 * @quiet_ms: how long to wait for reports after everything was asked, and after each
 *
 * Reads any agent of 20601 that comes over TCP: associates, asks what it is and what it
 * stores, answers its reports, and says goodbye. Nothing is written to it, and nothing of
 * it proves anything.
 *
 * Returns: (transfer full): a listener that is deaf
 */
BenkAgentListener *
benk_agent_listener_new (BenkClock *clock, guint whole_ms, guint quiet_ms)
{
  BenkAgentListener *self = g_object_new (BENK_TYPE_AGENT_LISTENER, NULL);

  self->clock = g_object_ref (clock);
  self->limits = (BenkSurveyLimits){ whole_ms, quiet_ms };

  return self;
}

/**
 * benk_agent_listener_listen:
 * @self: a listener
 * @address: where; port 0 takes a free one
 * @error: %BENK_ERROR_BUSY when somebody has the port, %BENK_ERROR_PERMISSION,
 *   %BENK_ERROR_IO
 *
 * Returns: whether it listens
 */
gboolean
benk_agent_listener_listen (BenkAgentListener *self,
                            GSocketAddress *address,
                            GError **error)
{
  g_return_val_if_fail (BENK_IS_AGENT_LISTENER (self), FALSE);
  g_return_val_if_fail (self->service == NULL, FALSE);

  self->service =
    benk_tcp_serve (address, G_CALLBACK (on_incoming), self, &self->port, error);

  return self->service != NULL;
}

/** benk_agent_listener_get_port: Returns: where it listens */
guint16
benk_agent_listener_get_port (BenkAgentListener *self)
{
  g_return_val_if_fail (BENK_IS_AGENT_LISTENER (self), 0);

  return self->port;
}

/** benk_agent_listener_get_n_open: Returns: how many agents are being read */
guint
benk_agent_listener_get_n_open (BenkAgentListener *self)
{
  g_return_val_if_fail (BENK_IS_AGENT_LISTENER (self), 0);

  return self->runs->len;
}

/**
 * benk_agent_listener_release:
 * @self: a listener
 *
 * Takes no more agents, and says goodbye to those that are there; what was learned of
 * them is told.
 */
void
benk_agent_listener_release (BenkAgentListener *self)
{
  g_autoptr (GPtrArray) runs = NULL;

  g_return_if_fail (BENK_IS_AGENT_LISTENER (self));

  benk_tcp_stop (&self->service, self);
  runs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->runs->len; i++)
    g_ptr_array_add (runs, g_object_ref (g_ptr_array_index (self->runs, i)));
  for (guint i = 0; i < runs->len; i++)
    benk_survey_run_release (g_ptr_array_index (runs, i));
}
