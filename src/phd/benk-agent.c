/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#include "benk-mds.h"

#define EVENT_CONFIG 0x0d1c
#define EVENT_REPORT_FIXED 0x0d1d
#define EVENT_SEGMENT_DATA 0x0d21
#define RETURN_BUSY 1000

/* TO_assoc with its three tries (20601 timer table). */
#define ASSOCIATION_MS 10000
#define ASSOCIATION_TRIES 3

static void
send_aarq (BenkAgent *self)
{
  BenkAssocInfo info = {
    .protocol_version = 0x80000000u,
    .encoding_rules = BENK_ENCODING_MDER,
    .nomenclature_version = 0x80000000u,
    .system_type = BENK_SYSTEM_AGENT,
    .config_id = BENK_AGENT_CONFIG_ID,
    .data_req_flags = 0x0001,
    .init_agent_count = 1,
  };

  for (guint i = 0; i < sizeof info.system_id; i++)
    info.system_id[i] = self->memory->system_id[i];
  benk_agent_send (self, benk_apdu_new_aarq (&info));
  self->state = BENK_AGENT_STATE_ASSOCIATING;
  self->tries++;
  benk_agent_start_timer (self, BENK_AGENT_TIMER_ASSOCIATION, ASSOCIATION_MS);
}

/* Ends the association; what was staged for an interrupted set goes with it. */
static void
leave (BenkAgent *self)
{
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    if (i != BENK_AGENT_TIMER_WIPE)
      benk_agent_stop_timer (self, (BenkAgentTimer) i);
  benk_agent_leave_maintenance (self);
  benk_agent_xfer_clear (self);
  self->state = BENK_AGENT_STATE_UNASSOCIATED;
  self->event_pending = FALSE;
  self->sending_log = FALSE;
  self->token = 0;
  self->armed_until_ms = 0;
  self->tries = 0;
}

static void
leave_and_come_again (BenkAgent *self)
{
  leave (self);
  if (self->again_ms > 0)
    benk_agent_start_timer (self, BENK_AGENT_TIMER_AGAIN, self->again_ms);
}

static void
abort_association (BenkAgent *self, BenkAbortReason reason)
{
  benk_agent_send (self, benk_apdu_new_reason (BENK_APDU_ABRT, (guint16) reason));
  leave_and_come_again (self);
}

static void
handle_aare (BenkAgent *self, const BenkApdu *aare)
{
  if (self->state != BENK_AGENT_STATE_ASSOCIATING)
    {
      abort_association (self, BENK_ABORT_UNDEFINED);
      return;
    }

  benk_agent_stop_timer (self, BENK_AGENT_TIMER_ASSOCIATION);
  self->tries = 0;
  if (aare->result == BENK_ASSOC_ACCEPTED)
    {
      self->state = BENK_AGENT_STATE_OPERATING;
    }
  else if (aare->result == BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG)
    {
      g_autoptr (GBytes) report = benk_agent_config_report (self);

      self->state = BENK_AGENT_STATE_CONFIGURING;
      benk_agent_send_event (self, BENK_HANDLE_MDS, EVENT_CONFIG, report);
    }
  else
    {
      leave_and_come_again (self);
    }
}

static void
handle_config_answer (BenkAgent *self, const BenkApdu *response)
{
  BenkMderReader reader;
  guint16 id;
  guint16 result;

  benk_mder_reader_init_bytes (&reader, response->info);
  id = benk_mder_read_u16 (&reader);
  result = benk_mder_read_u16 (&reader);
  if (!benk_mder_reader_finish (&reader, "configuration response", NULL) ||
      id != BENK_AGENT_CONFIG_ID)
    {
      abort_association (self, BENK_ABORT_UNDEFINED);
    }
  else if (result == 0)
    {
      self->state = BENK_AGENT_STATE_OPERATING;
    }
  else
    {
      /* Reason 1: there is no other configuration to offer. */
      benk_agent_send (self, benk_apdu_new_reason (BENK_APDU_RLRQ, 1));
      leave_and_come_again (self);
    }
}

static void
handle_event_answer (BenkAgent *self, const BenkApdu *response)
{
  if (!self->event_pending || response->invoke_id != self->event_invoke)
    {
      abort_association (self, BENK_ABORT_UNDEFINED);
      return;
    }

  self->event_pending = FALSE;
  benk_agent_stop_timer (self, BENK_AGENT_TIMER_EVENT);
  benk_agent_stop_timer (self, BENK_AGENT_TIMER_CONFIG);
  if (response->choice != BENK_CHOICE_EVENT_RESPONSE)
    {
      if (self->state == BENK_AGENT_STATE_CONFIGURING)
        abort_association (self, BENK_ABORT_UNDEFINED);
      self->sending_log = FALSE;
    }
  else if (self->state == BENK_AGENT_STATE_CONFIGURING)
    handle_config_answer (self, response);
  else if (response->type == EVENT_SEGMENT_DATA)
    benk_agent_log_confirmed (self, response);
}

static gboolean
take_time (const BenkApdu *request, BenkMderTime *time)
{
  gint64 local_s;
  gint16 offset_min;

  if (request->type == BENK_ACT_SET_TIME)
    return benk_set_time_parse (request->info, time);
  if (!benk_set_bo_time_parse (request->info, &local_s, &offset_min))
    return FALSE;

  *time = benk_mder_time_from_seconds (local_s);

  return TRUE;
}

static void
set_time (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkMderWriter) nothing = { 0 };
  BenkMderTime time;

  if (!take_time (request, &time))
    {
      benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, 0);
      return;
    }

  benk_agent_memory_set_time (self->memory, &time, self->now_ms);
  benk_agent_memory_add_audit (self->memory, BENK_AGENT_AUDIT_CLOCK_SET, 0, self->now_ms);
  self->dirty = TRUE;
  benk_mder_writer_init (&nothing);
  benk_agent_reply (self, request, &nothing);
}

static gboolean
has_bo_time (const BenkAgent *self)
{
  return (self->quirks & BENK_AGENT_QUIRK_BO_TIME) != 0;
}

static void
handle_action (BenkAgent *self, const BenkApdu *request)
{
  if (request->handle == BENK_AGENT_HANDLE_LOG)
    benk_agent_log_action (self, request);
  else if (request->handle != BENK_HANDLE_MDS)
    benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_OBJECT, 0);
  else if (self->memory->wipe_state == 2 && request->type != 0xf210)
    benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, RETURN_BUSY);
  else if (request->type ==
           (has_bo_time (self) ? BENK_ACT_SET_BO_TIME : BENK_ACT_SET_TIME))
    set_time (self, request);
  else if (!benk_agent_plan_action (self, request) &&
           !benk_agent_service_action (self, request))
    benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_ACTION, 0);
}

static void
handle_request (BenkAgent *self, const BenkApdu *request)
{
  gboolean operating = self->state == BENK_AGENT_STATE_OPERATING;

  if (self->memory->mode == 2)
    benk_agent_start_timer (self, BENK_AGENT_TIMER_MAINTENANCE,
                            BENK_AGENT_MAINTENANCE_MS);
  if (request->choice == BENK_CHOICE_GET)
    benk_agent_get (self, request);
  else if (!operating)
    benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_ACTION, 0);
  else if (request->choice == BENK_CHOICE_SET_CONFIRMED)
    benk_agent_set (self, request);
  else if (request->choice == BENK_CHOICE_ACTION_CONFIRMED)
    handle_action (self, request);
  else
    benk_agent_send (self, benk_apdu_new_rorj (request->invoke_id,
                                               BENK_RORJ_UNRECOGNIZED_OPERATION));
}

static void
handle_presentation (BenkAgent *self, const BenkApdu *apdu)
{
  if (self->state < BENK_AGENT_STATE_CONFIGURING)
    abort_association (self, BENK_ABORT_UNDEFINED);
  else if (benk_apdu_is_response (apdu))
    handle_event_answer (self, apdu);
  else
    handle_request (self, apdu);
}

static void
handle_apdu (BenkAgent *self, const BenkApdu *apdu)
{
  gboolean associated = self->state >= BENK_AGENT_STATE_CONFIGURING;

  switch (apdu->tag)
    {
    case BENK_APDU_AARE:
      handle_aare (self, apdu);
      break;
    case BENK_APDU_RLRQ:
      if (associated)
        {
          benk_agent_send (self, benk_apdu_new_reason (BENK_APDU_RLRE, 0));
          leave_and_come_again (self);
        }
      else
        abort_association (self, BENK_ABORT_UNDEFINED);
      break;
    case BENK_APDU_ABRT:
      leave_and_come_again (self);
      break;
    case BENK_APDU_PRST:
      handle_presentation (self, apdu);
      break;
    case BENK_APDU_RLRE:
    case BENK_APDU_AARQ:
      if (associated)
        abort_association (self, BENK_ABORT_UNDEFINED);
      break;
    default:
      abort_association (self, BENK_ABORT_UNDEFINED);
    }
}

/* An APDU that cannot be read is rejected when its envelope can, else it ends all. */
static void
handle_garbage (BenkAgent *self, GBytes *bytes)
{
  guint16 tag;
  guint16 invoke_id;
  guint16 choice;

  if (self->state == BENK_AGENT_STATE_OPERATING &&
      benk_apdu_peek (bytes, &tag, &invoke_id, &choice) && tag == BENK_APDU_PRST)
    benk_agent_send (self, benk_apdu_new_rorj (invoke_id, BENK_RORJ_BADLY_STRUCTURED));
  else
    abort_association (self, BENK_ABORT_UNDEFINED);
}

/**
 * benk_agent_new:
 * @memory: what the dispenser knows; must outlive the agent, which changes it
 *
 * Returns: (transfer full): an agent without a link
 */
BenkAgent *
benk_agent_new (BenkAgentMemory *memory)
{
  BenkAgent *self;

  g_return_val_if_fail (memory != NULL, NULL);

  self = g_new0 (BenkAgent, 1);
  self->memory = memory;
  self->next_xfer = 0xa0;

  return self;
}

/**
 * benk_agent_free:
 * @self: (transfer full): an agent
 *
 * Frees the agent, not its memory.
 */
void
benk_agent_free (BenkAgent *self)
{
  g_return_if_fail (self != NULL);

  benk_agent_xfer_clear (self);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_free (self);
}

/**
 * benk_agent_set_quirks:
 * @self: an agent
 * @quirks: faults to have
 * @place: the #BenkAgentRegion that a wipe leaves, or the table that has no room or is
 *   stored wrong; 0 = every one
 */
void
benk_agent_set_quirks (BenkAgent *self, BenkAgentQuirk quirks, guint16 place)
{
  self->quirks = quirks;
  self->quirk_place = place;
}

/**
 * benk_agent_set_again:
 * @self: an agent
 * @ms: milliseconds from the end of an association to the next request; 0 = none follows
 *
 * On USB an agent cannot see that a host program has come, so it has to offer again.
 */
void
benk_agent_set_again (BenkAgent *self, guint ms)
{
  self->again_ms = ms;
}

/**
 * benk_agent_get_state:
 * @self: an agent
 *
 * Returns: where its association stands
 */
BenkAgentState
benk_agent_get_state (const BenkAgent *self)
{
  return self->state;
}

/**
 * benk_agent_power_on:
 * @self: an agent
 * @now_ms: UTC milliseconds
 *
 * The power came: what was only staged is dropped, a wipe that was cut off is finished.
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_power_on (BenkAgent *self, gint64 now_ms)
{
  benk_agent_begin (self, now_ms);
  self->memory->mode = 0;
  self->dirty = benk_agent_memory_drop_staged (self->memory);
  if (self->memory->wipe_state == 2)
    benk_agent_finish_wipe (self);

  return benk_agent_end (self);
}

/**
 * benk_agent_up:
 * @self: an agent
 * @now_ms: UTC milliseconds
 *
 * The transport is there: asks for an association.
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_up (BenkAgent *self, gint64 now_ms)
{
  benk_agent_begin (self, now_ms);
  leave (self);
  send_aarq (self);

  return benk_agent_end (self);
}

/**
 * benk_agent_down:
 * @self: an agent
 * @now_ms: UTC milliseconds
 *
 * The transport is gone.
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_down (BenkAgent *self, gint64 now_ms)
{
  benk_agent_begin (self, now_ms);
  leave (self);

  return benk_agent_end (self);
}

/**
 * benk_agent_receive:
 * @self: an agent
 * @apdu: octets of one transfer, of whatever kind
 * @now_ms: UTC milliseconds
 *
 * Takes what a manager sent. More than the memory's max_receive ends the association.
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_receive (BenkAgent *self, GBytes *apdu, gint64 now_ms)
{
  g_autoptr (BenkApdu) parsed = NULL;

  benk_agent_begin (self, now_ms);
  if (g_bytes_get_size (apdu) > self->memory->max_receive)
    abort_association (self, BENK_ABORT_BUFFER_OVERFLOW);
  else if ((parsed = benk_apdu_parse (apdu, NULL)) == NULL)
    handle_garbage (self, apdu);
  else
    handle_apdu (self, parsed);

  return benk_agent_end (self);
}

/**
 * benk_agent_timeout:
 * @self: an agent
 * @timer: which one ran out
 * @now_ms: UTC milliseconds
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_timeout (BenkAgent *self, BenkAgentTimer timer, gint64 now_ms)
{
  benk_agent_begin (self, now_ms);
  switch (timer)
    {
    case BENK_AGENT_TIMER_ASSOCIATION:
      if (self->state == BENK_AGENT_STATE_ASSOCIATING && self->tries < ASSOCIATION_TRIES)
        send_aarq (self);
      break;
    case BENK_AGENT_TIMER_CONFIG:
      abort_association (self, BENK_ABORT_CONFIG_TIMEOUT);
      break;
    case BENK_AGENT_TIMER_EVENT:
      abort_association (self, BENK_ABORT_RESPONSE_TIMEOUT);
      break;
    case BENK_AGENT_TIMER_MAINTENANCE:
      benk_agent_leave_maintenance (self);
      break;
    case BENK_AGENT_TIMER_WIPE:
      if (self->memory->wipe_state == 2)
        {
          benk_agent_finish_wipe (self);
          benk_agent_restart (self, BENK_AGENT_RESTART_MS);
        }
      break;
    case BENK_AGENT_TIMER_AGAIN:
      if (self->state == BENK_AGENT_STATE_UNASSOCIATED)
        send_aarq (self);
      break;
    default:
      break;
    }

  return benk_agent_end (self);
}

/**
 * benk_agent_dispense:
 * @self: an agent
 * @count: doses handed out
 * @now_ms: UTC milliseconds
 *
 * A dose was handed out: logs it, and reports it to a manager that is there.
 *
 * Returns: (transfer full) (element-type BenkAgentAction): what to do
 */
GPtrArray *
benk_agent_dispense (BenkAgent *self, guint16 count, gint64 now_ms)
{
  benk_agent_begin (self, now_ms);
  benk_agent_memory_add_dose (self->memory, count, now_ms);
  self->dirty = TRUE;
  if (self->state == BENK_AGENT_STATE_OPERATING && !self->event_pending)
    {
      const BenkAgentDose *dose =
        &g_array_index (self->memory->doses, BenkAgentDose, self->memory->doses->len - 1);
      g_autoptr (GBytes) report = benk_agent_dose_report (self, dose);

      benk_agent_send_event (self, BENK_HANDLE_MDS, EVENT_REPORT_FIXED, report);
    }

  return benk_agent_end (self);
}
