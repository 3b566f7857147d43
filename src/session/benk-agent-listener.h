/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/** The port that other implementations of 20601 use. */
#define BENK_AGENT_PORT 6024
/** Agents that are read at a time; the next ones wait. */
#define BENK_AGENT_MAX 16

#define BENK_TYPE_AGENT_LISTENER (benk_agent_listener_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAgentListener, benk_agent_listener, BENK, AGENT_LISTENER, GObject)

BenkAgentListener *
benk_agent_listener_new (BenkClock *clock, guint whole_ms, guint quiet_ms);
gboolean benk_agent_listener_listen (BenkAgentListener *self,
                                     GSocketAddress *address,
                                     GError **error);
guint16 benk_agent_listener_get_port (BenkAgentListener *self);
guint benk_agent_listener_get_n_open (BenkAgentListener *self);
void benk_agent_listener_release (BenkAgentListener *self);

G_END_DECLS
