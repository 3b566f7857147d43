/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-manager.h"

#include "benk-phd-config.h"
#include "benk-pm.h"

#include <string.h>

/* Configuration ids from here on are reserved, below the second are the standard ones. */
#define CONFIG_RESERVED 0x8000
#define CONFIG_EXTENDED 0x4000
#define PRIVATE_CODES 0xf000

struct _BenkManager
{
  BenkManagerState state;
  guint8 system_id[8];
  BenkAssocInfo peer;
  GHashTable *configs;
  BenkConfig *examined;
  guint16 config_id;
  guint16 pm_handle;
  gboolean busy;
  guint16 last_invoke_id;
  guint16 awaited_choice;
  guint16 awaited_handle;
  guint16 awaited_type;
};

/* What an event brings along; the rows' actions pick what they need. */
typedef struct
{
  const BenkApdu *apdu;
  guint16 invoke_id;
  guint16 result;
  guint timeout_ms;
} Input;

static BenkManagerAction *
add_action (GPtrArray *actions, BenkManagerActionKind kind)
{
  BenkManagerAction *action = g_new0 (BenkManagerAction, 1);

  action->kind = kind;
  g_ptr_array_add (actions, action);
  return action;
}

static void
add_send (GPtrArray *actions, BenkApdu *apdu)
{
  g_autoptr (BenkApdu) owned = apdu;
  GBytes *bytes = benk_apdu_compose (owned);

  if (bytes != NULL)
    add_action (actions, BENK_ACTION_SEND)->bytes = bytes;
  else
    add_action (actions, BENK_ACTION_REFUSED);
}

static void
add_timer (GPtrArray *actions, BenkManagerTimer timer, guint delay_ms)
{
  BenkManagerAction *action = add_action (actions, BENK_ACTION_START_TIMER);

  action->timer = timer;
  action->delay_ms = delay_ms;
}

static void
add_stop (GPtrArray *actions, BenkManagerTimer timer)
{
  add_action (actions, BENK_ACTION_STOP_TIMER)->timer = timer;
}

static void
add_apdu (GPtrArray *actions, BenkManagerActionKind kind, const BenkApdu *apdu)
{
  g_autoptr (GBytes) bytes = benk_apdu_compose (apdu);

  if (bytes != NULL)
    add_action (actions, kind)->apdu = benk_apdu_parse (bytes, NULL);
}

static char *
config_key (const guint8 system_id[8], guint16 config_id)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < 8; i++)
    g_string_append_printf (key, "%02x", system_id[i]);
  g_string_append_printf (key, ":%04x", config_id);
  return g_string_free (key, FALSE);
}

/**
 * benk_manager_new:
 * @system_id: (array fixed-size=8): EUI-64 of this host
 */
BenkManager *
benk_manager_new (const guint8 system_id[8])
{
  BenkManager *self = g_new0 (BenkManager, 1);

  memcpy (self->system_id, system_id, sizeof self->system_id);
  self->configs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) benk_config_free);
  return self;
}

void
benk_manager_free (BenkManager *self)
{
  g_hash_table_unref (self->configs);
  g_clear_pointer (&self->examined, benk_config_free);
  g_free (self);
}

BenkManagerState
benk_manager_get_state (const BenkManager *self)
{
  return self->state;
}

/** benk_manager_get_pm_handle: Returns: handle of the dose log, 0 when there is none */
guint16
benk_manager_get_pm_handle (const BenkManager *self)
{
  return self->pm_handle;
}

/** benk_manager_get_config_id: Returns: the configuration agreed on */
guint16
benk_manager_get_config_id (const BenkManager *self)
{
  return self->config_id;
}

/** benk_manager_is_busy: Returns: whether a request is outstanding */
gboolean
benk_manager_is_busy (const BenkManager *self)
{
  return self->busy;
}

/**
 * benk_manager_forget_configs:
 *
 * The next association asks for the configuration again, as after a reset.
 */
void
benk_manager_forget_configs (BenkManager *self)
{
  g_hash_table_remove_all (self->configs);
}

static void
agree (BenkManager *self, const BenkConfig *config, GPtrArray *actions)
{
  self->config_id = config->id;
  self->pm_handle = benk_config_find_class (config, BENK_CLASS_PM_STORE);
  add_action (actions, BENK_ACTION_ASSOCIATED)->apdu = benk_apdu_new_aarq (&self->peer);
}

static BenkConfig *
find_config (BenkManager *self, const BenkAssocInfo *peer)
{
  g_autofree char *key = config_key (peer->system_id, peer->config_id);

  return g_hash_table_lookup (self->configs, key);
}

static void
add_answer (BenkManager *self, BenkAssocResult result, GPtrArray *actions)
{
  BenkAssocInfo info = {
    .protocol_version = 0x80000000u,
    .encoding_rules = BENK_ENCODING_MDER,
    .nomenclature_version = 0x80000000u,
    .system_type = BENK_SYSTEM_MANAGER,
  };

  memcpy (info.system_id, self->system_id, sizeof info.system_id);
  add_send (actions, benk_apdu_new_aare (result, &info));
}

static void
end (BenkManager *self, BenkManagerState before, BenkManagerEnd why, GPtrArray *actions)
{
  self->busy = FALSE;
  g_clear_pointer (&self->examined, benk_config_free);
  if (before < BENK_MANAGER_WAITING)
    return;
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    add_stop (actions, (BenkManagerTimer) i);
  add_action (actions, BENK_ACTION_ENDED)->end = why;
}

static void
abort_association (BenkManager *self,
                   BenkManagerState before,
                   BenkAbortReason reason,
                   GPtrArray *actions)
{
  add_send (actions, benk_apdu_new_reason (BENK_APDU_ABRT, (guint16) reason));
  end (self, before, reason == BENK_ABORT_UNDEFINED ? BENK_END_ABORTED : BENK_END_TIMEOUT,
       actions);
}

static void
answer_event (const BenkApdu *event, GPtrArray *actions)
{
  g_autoptr (GBytes) info = NULL;

  if (event->type == BENK_EVT_SEGMENT_DATA)
    {
      g_auto (BenkPmData) data = { 0 };

      if (!benk_pm_data_parse (&data, event->info, NULL))
        {
          add_send (actions,
                    benk_apdu_new_rorj (event->invoke_id, BENK_RORJ_BADLY_STRUCTURED));
          return;
        }
      info = benk_pm_data_reply (&data, TRUE);
    }
  else if (event->type == BENK_EVT_CONFIG)
    {
      g_autoptr (BenkConfig) config = benk_config_parse (event->info, NULL);

      info = benk_config_reply (config != NULL ? config->id : 0,
                                config != NULL ? BENK_CONFIG_ACCEPTED
                                               : BENK_CONFIG_UNSUPPORTED);
    }
  add_send (actions, benk_apdu_new_event_response (event, info));
  add_apdu (actions, BENK_ACTION_EVENT, event);
}

static void
answer_config (BenkManager *self,
               const BenkApdu *event,
               BenkConfigResult result,
               GPtrArray *actions)
{
  guint16 id = self->examined != NULL ? self->examined->id : self->peer.config_id;
  g_autoptr (GBytes) info = benk_config_reply (id, result);

  add_send (actions, benk_apdu_new_event_response (event, info));
}

static void
config_ok (BenkManager *self, const BenkApdu *event, GPtrArray *actions)
{
  BenkConfig *config;

  answer_config (self, event, BENK_CONFIG_ACCEPTED, actions);
  config = g_steal_pointer (&self->examined);
  g_hash_table_replace (self->configs, config_key (self->peer.system_id, config->id),
                        config);
  agree (self, config, actions);
}

static void
config_refused (BenkManager *self, const BenkApdu *event, GPtrArray *actions)
{
  guint16 id = self->examined != NULL ? self->examined->id : self->peer.config_id;

  answer_config (self, event,
                 id < CONFIG_EXTENDED ? BENK_CONFIG_STANDARD_UNKNOWN
                                      : BENK_CONFIG_UNSUPPORTED,
                 actions);
  g_clear_pointer (&self->examined, benk_config_free);
  add_timer (actions, BENK_TIMER_CONFIG, BENK_TO_CONFIG_MS);
}

static void
send_request (BenkManager *self, const Input *input, GPtrArray *actions)
{
  BenkApdu numbered = *input->apdu;
  GBytes *bytes;

  if (self->busy)
    {
      add_action (actions, BENK_ACTION_REFUSED);
      return;
    }
  numbered.invoke_id = ++self->last_invoke_id;
  bytes = benk_apdu_compose (&numbered);
  if (bytes == NULL)
    {
      add_action (actions, BENK_ACTION_REFUSED);
      return;
    }
  self->busy = TRUE;
  self->awaited_choice = (guint16) (numbered.choice + 0x0100);
  self->awaited_handle = numbered.handle;
  self->awaited_type = numbered.type;
  add_action (actions, BENK_ACTION_SEND)->bytes = bytes;
  add_timer (actions, BENK_TIMER_REQUEST,
             input->timeout_ms > 0 ? input->timeout_ms : BENK_TO_REQUEST_MS);
}

static void
deliver (BenkManager *self, const Input *input, GPtrArray *actions)
{
  self->busy = FALSE;
  add_stop (actions, BENK_TIMER_REQUEST);
  add_apdu (actions, BENK_ACTION_RESPONSE, input->apdu);
}

static void
perform_association (BenkManager *self,
                     BenkManagerDo what,
                     BenkManagerState before,
                     const Input *input,
                     GPtrArray *actions)
{
  switch (what)
    {
    case BENK_DO_DOWN:
      end (self, before, BENK_END_DOWN, actions);
      break;
    case BENK_DO_ACCEPT:
      add_answer (self, BENK_ASSOC_ACCEPTED, actions);
      agree (self, find_config (self, &self->peer), actions);
      break;
    case BENK_DO_ACCEPT_UNKNOWN:
      add_answer (self, BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG, actions);
      add_timer (actions, BENK_TIMER_CONFIG, BENK_TO_CONFIG_MS);
      break;
    case BENK_DO_REFUSE:
      add_send (actions, benk_apdu_new_aare ((BenkAssocResult) input->result, NULL));
      break;
    case BENK_DO_ABORT:
      abort_association (self, before, BENK_ABORT_UNDEFINED, actions);
      break;
    case BENK_DO_ABORT_CONFIG:
      abort_association (self, before, BENK_ABORT_CONFIG_TIMEOUT, actions);
      break;
    case BENK_DO_ABORT_RESPONSE:
      abort_association (self, before, BENK_ABORT_RESPONSE_TIMEOUT, actions);
      break;
    case BENK_DO_END:
      end (self, before, BENK_END_ABORTED_BY_DEVICE, actions);
      break;
    case BENK_DO_RELEASE:
      add_stop (actions, BENK_TIMER_CONFIG);
      add_stop (actions, BENK_TIMER_REQUEST);
      add_send (actions, benk_apdu_new_reason (BENK_APDU_RLRQ, 0));
      add_timer (actions, BENK_TIMER_RELEASE, BENK_TO_RELEASE_MS);
      break;
    case BENK_DO_ANSWER_RELEASE:
      add_send (actions, benk_apdu_new_reason (BENK_APDU_RLRE, 0));
      end (self, before, BENK_END_RELEASED, actions);
      break;
    case BENK_DO_ANSWER_CROSSING:
      add_send (actions, benk_apdu_new_reason (BENK_APDU_RLRE, 0));
      break;
    case BENK_DO_RELEASED:
      end (self, before, BENK_END_RELEASED, actions);
      break;
    default:
      break;
    }
}

static void
perform_data (BenkManager *self,
              BenkManagerDo what,
              const Input *input,
              GPtrArray *actions)
{
  guint16 id = input->apdu != NULL ? input->apdu->invoke_id : input->invoke_id;

  switch (what)
    {
    case BENK_DO_CONFIG_OK:
      config_ok (self, input->apdu, actions);
      break;
    case BENK_DO_CONFIG_REFUSED:
      config_refused (self, input->apdu, actions);
      break;
    case BENK_DO_NO_SUCH_OBJECT:
      add_send (actions, benk_apdu_new_roer (id, BENK_ROER_NO_SUCH_OBJECT, NULL));
      break;
    case BENK_DO_NO_SUCH_ACTION:
      add_send (actions, benk_apdu_new_roer (id, BENK_ROER_NO_SUCH_ACTION, NULL));
      break;
    case BENK_DO_ANSWER_EVENT:
      answer_event (input->apdu, actions);
      break;
    case BENK_DO_CONSUME_EVENT:
      add_apdu (actions, BENK_ACTION_EVENT, input->apdu);
      break;
    case BENK_DO_REJECT_OPERATION:
      add_send (actions, benk_apdu_new_rorj (id, BENK_RORJ_UNRECOGNIZED_OPERATION));
      break;
    case BENK_DO_REJECT_STRUCTURE:
      add_send (actions, benk_apdu_new_rorj (id, BENK_RORJ_BADLY_STRUCTURED));
      break;
    case BENK_DO_DELIVER:
      deliver (self, input, actions);
      break;
    case BENK_DO_SEND:
      send_request (self, input, actions);
      break;
    case BENK_DO_REFUSE_SEND:
      add_action (actions, BENK_ACTION_REFUSED);
      break;
    default:
      break;
    }
}

static void
step (BenkManager *self, BenkManagerEvent event, const Input *input, GPtrArray *actions)
{
  const BenkManagerRow *row = benk_manager_find_row (self->state, event);
  BenkManagerState before = self->state;

  if (row->next != BENK_MANAGER_N_STATES)
    self->state = row->next;
  perform_association (self, row->action, before, input, actions);
  perform_data (self, row->action, input, actions);
  if (row->action == BENK_DO_EXAMINE)
    {
      add_stop (actions, BENK_TIMER_CONFIG);
      self->examined = benk_config_parse (input->apdu->info, NULL);
      step (self,
            self->examined != NULL && self->examined->id < CONFIG_RESERVED
              ? BENK_MANAGER_EV_USABLE
              : BENK_MANAGER_EV_UNUSABLE,
            input, actions);
    }
}

static BenkManagerEvent
classify_association (BenkManager *self, const BenkApdu *aarq, Input *input)
{
  input->result = benk_manager_judge (aarq);
  if (input->result != BENK_ASSOC_ACCEPTED)
    return BENK_MANAGER_EV_AARQ_REFUSED;
  if (self->state == BENK_MANAGER_UNASSOCIATED)
    self->peer = aarq->assoc;
  return find_config (self, &aarq->assoc) != NULL ? BENK_MANAGER_EV_AARQ_KNOWN
                                                  : BENK_MANAGER_EV_AARQ_UNKNOWN;
}

static gboolean
is_awaited (const BenkManager *self, const BenkApdu *apdu)
{
  if (!self->busy || apdu->invoke_id != self->last_invoke_id)
    return FALSE;
  if (apdu->choice == BENK_CHOICE_ERROR || apdu->choice == BENK_CHOICE_REJECT)
    return TRUE;
  if (apdu->choice != self->awaited_choice || apdu->handle != self->awaited_handle)
    return FALSE;
  return apdu->choice != BENK_CHOICE_ACTION_RESPONSE || apdu->type == self->awaited_type;
}

static BenkManagerEvent
classify_data (const BenkManager *self, const BenkApdu *apdu)
{
  switch (apdu->choice)
    {
    case BENK_CHOICE_EVENT_CONFIRMED:
      if (apdu->type == BENK_EVT_CONFIG && apdu->handle == BENK_HANDLE_MDS)
        return BENK_MANAGER_EV_CONFIG;
      return apdu->type >= PRIVATE_CODES ? BENK_MANAGER_EV_STRANGE_EVENT
                                         : BENK_MANAGER_EV_CONFIRMED_EVENT;
    case BENK_CHOICE_EVENT:
      return BENK_MANAGER_EV_UNCONFIRMED_EVENT;
    case BENK_CHOICE_EVENT_RESPONSE:
    case BENK_CHOICE_GET_RESPONSE:
    case BENK_CHOICE_SET_RESPONSE:
    case BENK_CHOICE_ACTION_RESPONSE:
      return is_awaited (self, apdu) ? BENK_MANAGER_EV_RORS_KNOWN
                                     : BENK_MANAGER_EV_RORS_UNKNOWN;
    case BENK_CHOICE_ERROR:
    case BENK_CHOICE_REJECT:
      return is_awaited (self, apdu) ? BENK_MANAGER_EV_ERROR_KNOWN
                                     : BENK_MANAGER_EV_ERROR_UNKNOWN;
    default:
      return BENK_MANAGER_EV_REQUEST;
    }
}

static BenkManagerEvent
classify (BenkManager *self, const BenkApdu *apdu, Input *input)
{
  switch (apdu->tag)
    {
    case BENK_APDU_AARQ:
      return classify_association (self, apdu, input);
    case BENK_APDU_AARE:
      return BENK_MANAGER_EV_AARE;
    case BENK_APDU_RLRQ:
      return BENK_MANAGER_EV_RLRQ;
    case BENK_APDU_RLRE:
      return BENK_MANAGER_EV_RLRE;
    case BENK_APDU_ABRT:
      return BENK_MANAGER_EV_ABRT;
    default:
      return classify_data (self, apdu);
    }
}

void
benk_manager_transport_up (BenkManager *self, GPtrArray *actions)
{
  step (self, BENK_MANAGER_EV_TRANSPORT_UP, &(Input){ 0 }, actions);
}

void
benk_manager_transport_down (BenkManager *self, GPtrArray *actions)
{
  step (self, BENK_MANAGER_EV_TRANSPORT_DOWN, &(Input){ 0 }, actions);
}

/**
 * benk_manager_receive:
 * @apdu: one whole APDU from the device, not checked
 */
void
benk_manager_receive (BenkManager *self, GBytes *apdu, GPtrArray *actions)
{
  g_autoptr (BenkApdu) parsed = benk_apdu_parse (apdu, NULL);
  Input input = { .apdu = parsed };
  guint16 tag;
  guint16 choice;

  if (parsed != NULL)
    step (self, classify (self, parsed, &input), &input, actions);
  else if (benk_apdu_peek (apdu, &tag, &input.invoke_id, &choice) &&
           tag == BENK_APDU_PRST)
    step (self, BENK_MANAGER_EV_BAD_SERVICE, &input, actions);
  else
    step (self, BENK_MANAGER_EV_BAD_APDU, &input, actions);
}

/**
 * benk_manager_garbage:
 *
 * The link delivered octets that are no APDU at all.
 */
void
benk_manager_garbage (BenkManager *self, GPtrArray *actions)
{
  step (self, BENK_MANAGER_EV_BAD_APDU, &(Input){ 0 }, actions);
}

void
benk_manager_timeout (BenkManager *self, BenkManagerTimer timer, GPtrArray *actions)
{
  static const BenkManagerEvent events[] = {
    [BENK_TIMER_CONFIG] = BENK_MANAGER_EV_TO_CONFIG,
    [BENK_TIMER_RELEASE] = BENK_MANAGER_EV_TO_RELEASE,
    [BENK_TIMER_REQUEST] = BENK_MANAGER_EV_TO_REQUEST,
  };

  if (timer == BENK_TIMER_REQUEST && !self->busy)
    return;
  step (self, events[timer], &(Input){ 0 }, actions);
}

/**
 * benk_manager_request:
 * @request: a GET, confirmed SET or confirmed ACTION; its invoke-id is replaced
 * @timeout_ms: how long to wait for the answer, 0 for 3 s
 *
 * One request at a time; a second one is refused.
 */
void
benk_manager_request (BenkManager *self,
                      const BenkApdu *request,
                      guint timeout_ms,
                      GPtrArray *actions)
{
  Input input = { .apdu = request, .timeout_ms = timeout_ms };

  step (self, BENK_MANAGER_EV_SEND, &input, actions);
}

/**
 * benk_manager_release:
 *
 * Ends the association in order; BENK_ACTION_ENDED follows when it is done.
 */
void
benk_manager_release (BenkManager *self, GPtrArray *actions)
{
  step (self, BENK_MANAGER_EV_RELEASE, &(Input){ 0 }, actions);
}
