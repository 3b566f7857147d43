/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-manager.h"

#define D (1u << BENK_MANAGER_DISCONNECTED)
#define U (1u << BENK_MANAGER_UNASSOCIATED)
#define W (1u << BENK_MANAGER_WAITING)
#define C (1u << BENK_MANAGER_CHECKING)
#define O (1u << BENK_MANAGER_OPERATING)
#define X (1u << BENK_MANAGER_DISASSOCIATING)
#define ANY (D | U | W | C | O | X)
/* The state stays as it is. */
#define SAME BENK_MANAGER_N_STATES

#define ROW(name, states, event, action, next)                                           \
  {                                                                                      \
    name, states, BENK_MANAGER_EV_##event, BENK_DO_##action, next                        \
  }

/* Every event in every state, once. A disconnected manager hears nothing but the link. */
static const BenkManagerRow rows[] = {
  /* clang-format off */
  ROW ("transport up", D, TRANSPORT_UP, UP, BENK_MANAGER_UNASSOCIATED),
  ROW ("transport up twice", ANY & ~D, TRANSPORT_UP, NOTHING, SAME),
  ROW ("transport down", ANY & ~D, TRANSPORT_DOWN, DOWN, BENK_MANAGER_DISCONNECTED),
  ROW ("transport down twice", D, TRANSPORT_DOWN, NOTHING, SAME),

  ROW ("association, configuration known", U, AARQ_KNOWN, ACCEPT, BENK_MANAGER_OPERATING),
  ROW ("association while associated, known", W | C | O, AARQ_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association while releasing, known", X, AARQ_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association without link, known", D, AARQ_KNOWN, NOTHING, SAME),
  ROW ("association, configuration unknown", U, AARQ_UNKNOWN, ACCEPT_UNKNOWN, BENK_MANAGER_WAITING),
  ROW ("association while associated, unknown", W | C | O, AARQ_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association while releasing, unknown", X, AARQ_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association without link, unknown", D, AARQ_UNKNOWN, NOTHING, SAME),
  ROW ("association not acceptable", U, AARQ_REFUSED, REFUSE, BENK_MANAGER_UNASSOCIATED),
  ROW ("association while associated, not acceptable", W | C | O, AARQ_REFUSED, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association while releasing, not acceptable", X, AARQ_REFUSED, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association without link, not acceptable", D, AARQ_REFUSED, NOTHING, SAME),

  ROW ("association response, unassociated", U, AARE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association response, associated", W | C | O, AARE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association response, releasing", X, AARE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("association response without link", D, AARE, NOTHING, SAME),
  ROW ("release request, unassociated", U, RLRQ, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("release request, associated", W | C | O, RLRQ, ANSWER_RELEASE, BENK_MANAGER_UNASSOCIATED),
  ROW ("release requests cross", X, RLRQ, ANSWER_CROSSING, SAME),
  ROW ("release request without link", D, RLRQ, NOTHING, SAME),
  ROW ("release response, unassociated", U, RLRE, NOTHING, SAME),
  ROW ("release response, associated", W | C | O, RLRE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("release response, releasing", X, RLRE, RELEASED, BENK_MANAGER_UNASSOCIATED),
  ROW ("release response without link", D, RLRE, NOTHING, SAME),
  ROW ("abort, unassociated", U, ABRT, NOTHING, SAME),
  ROW ("abort, associated", W | C | O, ABRT, END, BENK_MANAGER_UNASSOCIATED),
  ROW ("abort, releasing", X, ABRT, END, BENK_MANAGER_UNASSOCIATED),
  ROW ("abort without link", D, ABRT, NOTHING, SAME),

  ROW ("configuration, unassociated", U, CONFIG, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("configuration, waited for", W, CONFIG, EXAMINE, BENK_MANAGER_CHECKING),
  ROW ("configuration again", C, CONFIG, ANSWER_EVENT, SAME),
  ROW ("configuration while operating", O, CONFIG, ANSWER_EVENT, SAME),
  ROW ("configuration, releasing", X, CONFIG, NOTHING, SAME),
  ROW ("configuration without link", D, CONFIG, NOTHING, SAME),
  ROW ("confirmed event, unassociated", U, CONFIRMED_EVENT, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("confirmed event, waiting", W, CONFIRMED_EVENT, NO_SUCH_OBJECT, SAME),
  ROW ("confirmed event, checking", C, CONFIRMED_EVENT, ANSWER_EVENT, SAME),
  ROW ("confirmed event, operating", O, CONFIRMED_EVENT, ANSWER_EVENT, SAME),
  ROW ("confirmed event, releasing", X, CONFIRMED_EVENT, NOTHING, SAME),
  ROW ("confirmed event without link", D, CONFIRMED_EVENT, NOTHING, SAME),
  ROW ("private event, unassociated", U, STRANGE_EVENT, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("private event, waiting", W, STRANGE_EVENT, NO_SUCH_OBJECT, SAME),
  ROW ("private event, checking or operating", C | O, STRANGE_EVENT, NO_SUCH_ACTION, SAME),
  ROW ("private event, releasing", X, STRANGE_EVENT, NOTHING, SAME),
  ROW ("private event without link", D, STRANGE_EVENT, NOTHING, SAME),
  ROW ("unconfirmed event, unassociated", U, UNCONFIRMED_EVENT, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("unconfirmed event, waiting", W, UNCONFIRMED_EVENT, NO_SUCH_OBJECT, SAME),
  ROW ("unconfirmed event, checking", C, UNCONFIRMED_EVENT, CONSUME_EVENT, SAME),
  ROW ("unconfirmed event, operating", O, UNCONFIRMED_EVENT, CONSUME_EVENT, SAME),
  ROW ("unconfirmed event, releasing", X, UNCONFIRMED_EVENT, NOTHING, SAME),
  ROW ("unconfirmed event without link", D, UNCONFIRMED_EVENT, NOTHING, SAME),

  ROW ("agent's request, unassociated", U, REQUEST, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("agent's request, waiting", W, REQUEST, NOTHING, SAME),
  ROW ("agent's request, checking", C, REQUEST, NO_SUCH_ACTION, SAME),
  ROW ("agent's request, operating", O, REQUEST, REJECT_OPERATION, SAME),
  ROW ("agent's request, releasing", X, REQUEST, NOTHING, SAME),
  ROW ("agent's request without link", D, REQUEST, NOTHING, SAME),

  ROW ("response, unassociated", U, RORS_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response while configuring", W | C, RORS_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to own request", O, RORS_KNOWN, DELIVER, SAME),
  ROW ("response to own request, releasing", X, RORS_KNOWN, NOTHING, SAME),
  ROW ("response without link", D, RORS_KNOWN, NOTHING, SAME),
  ROW ("response to nothing, unassociated", U, RORS_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to nothing, waiting", W, RORS_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to nothing, checking", C, RORS_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to nothing, operating", O, RORS_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to nothing, releasing", X, RORS_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("response to nothing without link", D, RORS_UNKNOWN, NOTHING, SAME),
  ROW ("error, unassociated", U, ERROR_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("error while configuring", W | C, ERROR_KNOWN, NOTHING, SAME),
  ROW ("error to own request", O, ERROR_KNOWN, DELIVER, SAME),
  ROW ("error to own request, releasing", X, ERROR_KNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("error without link", D, ERROR_KNOWN, NOTHING, SAME),
  ROW ("error to nothing, unassociated", U, ERROR_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("error to nothing while configuring", W | C, ERROR_UNKNOWN, NOTHING, SAME),
  ROW ("error to nothing, operating", O, ERROR_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("error to nothing, releasing", X, ERROR_UNKNOWN, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("error to nothing without link", D, ERROR_UNKNOWN, NOTHING, SAME),

  ROW ("badly structured service", U | W | C | X, BAD_SERVICE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("badly structured service, operating", O, BAD_SERVICE, REJECT_STRUCTURE, SAME),
  ROW ("badly structured service without link", D, BAD_SERVICE, NOTHING, SAME),
  ROW ("no APDU", ANY & ~D, BAD_APDU, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("no APDU without link", D, BAD_APDU, NOTHING, SAME),

  ROW ("own verdict: usable", C, USABLE, CONFIG_OK, BENK_MANAGER_OPERATING),
  ROW ("own verdict usable, too late", ANY & ~C, USABLE, NOTHING, SAME),
  ROW ("own verdict: not usable", C, UNUSABLE, CONFIG_REFUSED, BENK_MANAGER_WAITING),
  ROW ("own verdict not usable, too late", ANY & ~C, UNUSABLE, NOTHING, SAME),

  ROW ("configuration not in time", W | C, TO_CONFIG, ABORT_CONFIG, BENK_MANAGER_UNASSOCIATED),
  ROW ("configuration timer, stale", D | U | O | X, TO_CONFIG, NOTHING, SAME),
  ROW ("release not answered", X, TO_RELEASE, ABORT, BENK_MANAGER_UNASSOCIATED),
  ROW ("release timer, stale", ANY & ~X, TO_RELEASE, NOTHING, SAME),
  ROW ("own request not answered", O, TO_REQUEST, ABORT_RESPONSE, BENK_MANAGER_UNASSOCIATED),
  ROW ("request timer, stale", ANY & ~O, TO_REQUEST, NOTHING, SAME),

  ROW ("release", W | C | O, RELEASE, RELEASE, BENK_MANAGER_DISASSOCIATING),
  ROW ("release, nothing to release", D | U | X, RELEASE, NOTHING, SAME),
  ROW ("own request", O, SEND, SEND, SAME),
  ROW ("own request, not operating", ANY & ~O, SEND, REFUSE_SEND, SAME),
  /* clang-format on */
};

/**
 * benk_manager_get_rows:
 * @n_rows: (out): how many
 *
 * Returns: (array length=n_rows): the whole state table
 */
const BenkManagerRow *
benk_manager_get_rows (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);
  return rows;
}

/**
 * benk_manager_find_row:
 *
 * The pure transition function; a row whose next state is %BENK_MANAGER_N_STATES stays.
 *
 * Returns: (nullable): the row of this cell
 */
const BenkManagerRow *
benk_manager_find_row (BenkManagerState state, BenkManagerEvent event)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].event == event && (rows[i].states & 1u << state) != 0)
      return &rows[i];
  return NULL;
}

const char *
benk_manager_state_get_name (BenkManagerState state)
{
  static const char *const names[] = {
    "disconnected",    "unassociated", "waiting-for-config",
    "checking-config", "operating",    "disassociating",
  };

  return state < BENK_MANAGER_N_STATES ? names[state] : NULL;
}

/**
 * benk_manager_judge:
 * @aarq: an association request
 *
 * Judges in the order of 20601: version, protocol, encoding and nomenclature, role.
 *
 * Returns: %BENK_ASSOC_ACCEPTED, or why it is rejected
 */
guint16
benk_manager_judge (const BenkApdu *aarq)
{
  const BenkAssocInfo *info = &aarq->assoc;

  if ((aarq->assoc_version & BENK_ASSOC_VERSION) == 0)
    return BENK_ASSOC_UNSUPPORTED_VERSION;
  if (aarq->protocol != BENK_PROTO_20601)
    return BENK_ASSOC_NO_COMMON_PROTOCOL;
  if ((info->encoding_rules & BENK_ENCODING_MDER) == 0 ||
      (info->nomenclature_version & 0x80000000u) == 0 ||
      (info->protocol_version & 0x80000000u) == 0)
    return BENK_ASSOC_NO_COMMON_PARAMETER;
  if (info->system_type != BENK_SYSTEM_AGENT)
    return BENK_ASSOC_REJECTED_PERMANENT;
  return BENK_ASSOC_ACCEPTED;
}

static void
action_free (gpointer data)
{
  BenkManagerAction *action = data;

  g_clear_pointer (&action->bytes, g_bytes_unref);
  g_clear_pointer (&action->apdu, benk_apdu_free);
  g_free (action);
}

/** benk_manager_actions_new: Returns: (transfer full): an array for actions */
GPtrArray *
benk_manager_actions_new (void)
{
  return g_ptr_array_new_with_free_func (action_free);
}
