/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#define EVENT_CONFIG 0x0d1c
#define TIME_UNKNOWN 0xffffffffu

/* TO_config and TO_cer (20601 timer table). */
#define CONFIG_MS 10000
#define EVENT_MS 3000

static void
action_free (gpointer data)
{
  BenkAgentAction *action = data;

  g_clear_pointer (&action->apdu, g_bytes_unref);
  g_free (action);
}

static BenkAgentAction *
add_action (BenkAgent *self, BenkAgentActionKind kind)
{
  BenkAgentAction *action = g_new0 (BenkAgentAction, 1);

  action->kind = kind;
  g_ptr_array_add (self->actions, action);

  return action;
}

/* Begins to collect actions for an event. */
void
benk_agent_begin (BenkAgent *self, gint64 now_ms)
{
  self->now_ms = now_ms;
  self->dirty = FALSE;
  self->actions = g_ptr_array_new_with_free_func (action_free);
}

/* What is answered is already kept, so the memory is saved before anything is sent. */
GPtrArray *
benk_agent_end (BenkAgent *self)
{
  if (self->dirty)
    {
      BenkAgentAction *save = g_new0 (BenkAgentAction, 1);

      save->kind = BENK_AGENT_SAVE;
      g_ptr_array_insert (self->actions, 0, save);
    }

  return g_steal_pointer (&self->actions);
}

/* Sends an APDU, which it takes. */
void
benk_agent_send (BenkAgent *self, BenkApdu *apdu)
{
  add_action (self, BENK_AGENT_SEND)->apdu = benk_apdu_compose (apdu);
  benk_apdu_free (apdu);
}

/* Sends a confirmed event report; only one may be on its way. */
void
benk_agent_send_event (BenkAgent *self, guint16 handle, guint16 type, GBytes *info)
{
  gboolean config = type == EVENT_CONFIG;

  self->event_invoke = ++self->next_invoke;
  self->event_pending = TRUE;
  benk_agent_send (self, benk_apdu_new_event (self->event_invoke, handle, TIME_UNKNOWN,
                                              type, info));
  benk_agent_start_timer (self, config ? BENK_AGENT_TIMER_CONFIG : BENK_AGENT_TIMER_EVENT,
                          config ? CONFIG_MS : EVENT_MS);
}

/* Answers an action; takes the octets out of @info. */
void
benk_agent_reply (BenkAgent *self, const BenkApdu *request, BenkMderWriter *info)
{
  g_autoptr (GBytes) octets = benk_mder_writer_end (info);

  benk_agent_send (self,
                   benk_apdu_new_action_response (request->invoke_id, request->handle,
                                                  request->type, octets));
}

/* Answers with a ROER; return code 0 = none. */
void
benk_agent_refuse (BenkAgent *self,
                   const BenkApdu *request,
                   guint16 error,
                   guint16 return_code)
{
  guint8 code[2] = { (guint8) (return_code >> 8), (guint8) return_code };
  g_autoptr (GBytes) parameter = g_bytes_new (code, return_code != 0 ? sizeof code : 0);

  benk_agent_send (self, benk_apdu_new_roer (request->invoke_id, error, parameter));
}

/* Starts a timer, or starts it again. */
void
benk_agent_start_timer (BenkAgent *self, BenkAgentTimer timer, guint ms)
{
  BenkAgentAction *action = add_action (self, BENK_AGENT_START_TIMER);

  action->timer = timer;
  action->ms = ms;
}

void
benk_agent_stop_timer (BenkAgent *self, BenkAgentTimer timer)
{
  add_action (self, BENK_AGENT_STOP_TIMER)->timer = timer;
}

/* Leaves the bus for a while. */
void
benk_agent_restart (BenkAgent *self, guint ms)
{
  add_action (self, BENK_AGENT_RESTART)->ms = ms;
}
