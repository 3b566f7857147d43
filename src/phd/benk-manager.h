/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"

G_BEGIN_DECLS

/* TO_config, TO_release and the three request timers of 20601, in milliseconds. */
#define BENK_TO_CONFIG_MS 10000
#define BENK_TO_RELEASE_MS 3000
#define BENK_TO_REQUEST_MS 3000

typedef enum
{
  BENK_MANAGER_DISCONNECTED,
  BENK_MANAGER_UNASSOCIATED,
  BENK_MANAGER_WAITING,
  BENK_MANAGER_CHECKING,
  BENK_MANAGER_OPERATING,
  BENK_MANAGER_DISASSOCIATING,
  BENK_MANAGER_N_STATES,
} BenkManagerState;

/** BenkManagerEvent: everything that can happen to an association. */
typedef enum
{
  BENK_MANAGER_EV_TRANSPORT_UP,
  BENK_MANAGER_EV_TRANSPORT_DOWN,
  BENK_MANAGER_EV_AARQ_KNOWN,
  BENK_MANAGER_EV_AARQ_UNKNOWN,
  BENK_MANAGER_EV_AARQ_REFUSED,
  BENK_MANAGER_EV_AARE,
  BENK_MANAGER_EV_RLRQ,
  BENK_MANAGER_EV_RLRE,
  BENK_MANAGER_EV_ABRT,
  BENK_MANAGER_EV_CONFIG,
  BENK_MANAGER_EV_CONFIRMED_EVENT,
  BENK_MANAGER_EV_STRANGE_EVENT,
  BENK_MANAGER_EV_UNCONFIRMED_EVENT,
  BENK_MANAGER_EV_REQUEST,
  BENK_MANAGER_EV_RORS_KNOWN,
  BENK_MANAGER_EV_RORS_UNKNOWN,
  BENK_MANAGER_EV_ERROR_KNOWN,
  BENK_MANAGER_EV_ERROR_UNKNOWN,
  BENK_MANAGER_EV_BAD_SERVICE,
  BENK_MANAGER_EV_BAD_APDU,
  BENK_MANAGER_EV_USABLE,
  BENK_MANAGER_EV_UNUSABLE,
  BENK_MANAGER_EV_TO_CONFIG,
  BENK_MANAGER_EV_TO_RELEASE,
  BENK_MANAGER_EV_TO_REQUEST,
  BENK_MANAGER_EV_RELEASE,
  BENK_MANAGER_EV_SEND,
  BENK_MANAGER_N_EVENTS,
} BenkManagerEvent;

/** BenkManagerDo: what a row tells the manager to do. */
typedef enum
{
  BENK_DO_NOTHING,
  BENK_DO_UP,
  BENK_DO_DOWN,
  BENK_DO_ACCEPT,
  BENK_DO_ACCEPT_UNKNOWN,
  BENK_DO_REFUSE,
  BENK_DO_ABORT,
  BENK_DO_ABORT_CONFIG,
  BENK_DO_ABORT_RESPONSE,
  BENK_DO_END,
  BENK_DO_EXAMINE,
  BENK_DO_CONFIG_OK,
  BENK_DO_CONFIG_REFUSED,
  BENK_DO_NO_SUCH_OBJECT,
  BENK_DO_NO_SUCH_ACTION,
  BENK_DO_ANSWER_EVENT,
  BENK_DO_CONSUME_EVENT,
  BENK_DO_REJECT_OPERATION,
  BENK_DO_REJECT_STRUCTURE,
  BENK_DO_DELIVER,
  BENK_DO_SEND,
  BENK_DO_REFUSE_SEND,
  BENK_DO_RELEASE,
  BENK_DO_ANSWER_RELEASE,
  BENK_DO_ANSWER_CROSSING,
  BENK_DO_RELEASED,
} BenkManagerDo;

/**
 * BenkManagerRow:
 * @name: name of the cell, for tests and messages
 * @states: bit (1 << state) of every state the row is for
 *
 * One row of the manager's state table (IEEE 11073-20601).
 */
typedef struct
{
  const char *name;
  guint states;
  BenkManagerEvent event;
  BenkManagerDo action;
  BenkManagerState next;
} BenkManagerRow;

const BenkManagerRow *benk_manager_get_rows (guint *n_rows);
const BenkManagerRow *benk_manager_find_row (BenkManagerState state,
                                             BenkManagerEvent event);
guint16 benk_manager_judge (const BenkApdu *aarq);
const char *benk_manager_state_get_name (BenkManagerState state);

typedef enum
{
  BENK_TIMER_CONFIG,
  BENK_TIMER_RELEASE,
  BENK_TIMER_REQUEST,
  BENK_N_TIMERS,
} BenkManagerTimer;

/** BenkManagerEnd: why an association ended. */
typedef enum
{
  BENK_END_RELEASED,
  BENK_END_ABORTED_BY_DEVICE,
  BENK_END_ABORTED,
  BENK_END_TIMEOUT,
  BENK_END_DOWN,
} BenkManagerEnd;

/**
 * BenkManagerActionKind:
 * @BENK_ACTION_SEND: send @bytes over the link
 * @BENK_ACTION_START_TIMER: (re)start @timer; report it with benk_manager_timeout ()
 * @BENK_ACTION_STOP_TIMER: stop @timer
 * @BENK_ACTION_ASSOCIATED: requests can be made; @apdu is the AARQ
 * @BENK_ACTION_ENDED: the association is over, @end says why; no request is outstanding
 * @BENK_ACTION_RESPONSE: @apdu answers the outstanding request (RORS, ROER or RORJ)
 * @BENK_ACTION_EVENT: @apdu is an event report, already answered
 * @BENK_ACTION_REFUSED: the request cannot be made now
 */
typedef enum
{
  BENK_ACTION_SEND,
  BENK_ACTION_START_TIMER,
  BENK_ACTION_STOP_TIMER,
  BENK_ACTION_ASSOCIATED,
  BENK_ACTION_ENDED,
  BENK_ACTION_RESPONSE,
  BENK_ACTION_EVENT,
  BENK_ACTION_REFUSED,
} BenkManagerActionKind;

/**
 * BenkManagerAction:
 *
 * One thing to do, in order.
 */
typedef struct
{
  BenkManagerActionKind kind;
  GBytes *bytes;
  BenkApdu *apdu;
  BenkManagerTimer timer;
  guint delay_ms;
  BenkManagerEnd end;
} BenkManagerAction;

GPtrArray *benk_manager_actions_new (void);

/**
 * BenkManager:
 *
 * The manager's side of an association: events in, actions out. Without I/O, clock and
 * thread. Every function appends to the array made by benk_manager_actions_new ().
 */
typedef struct _BenkManager BenkManager;

BenkManager *benk_manager_new (const guint8 system_id[8]);
void benk_manager_free (BenkManager *self);
BenkManagerState benk_manager_get_state (const BenkManager *self);
guint16 benk_manager_get_pm_handle (const BenkManager *self);
guint16 benk_manager_get_config_id (const BenkManager *self);
gboolean benk_manager_is_busy (const BenkManager *self);
void benk_manager_forget_configs (BenkManager *self);

void benk_manager_transport_up (BenkManager *self, GPtrArray *actions);
void benk_manager_transport_down (BenkManager *self, GPtrArray *actions);
void benk_manager_receive (BenkManager *self, GBytes *apdu, GPtrArray *actions);
void benk_manager_garbage (BenkManager *self, GPtrArray *actions);
void benk_manager_timeout (BenkManager *self, BenkManagerTimer timer, GPtrArray *actions);
void benk_manager_request (BenkManager *self,
                           const BenkApdu *request,
                           guint timeout_ms,
                           GPtrArray *actions);
void benk_manager_release (BenkManager *self, GPtrArray *actions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkManager, benk_manager_free)

G_END_DECLS
