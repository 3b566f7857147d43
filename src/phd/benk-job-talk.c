/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include "benk-serial.h"

#include <glib/gi18n.h>

/* What the steps of a job say to the device, and how its answers are taken. */

void
benk_job_get (BenkJob *self, guint16 handle, const guint16 *ids, guint n_ids)
{
  benk_job_request (self, benk_apdu_new_get (0, handle, ids, n_ids), 0);
}

void
benk_job_act (BenkJob *self, guint16 action, const BenkExtMessage *message)
{
  g_autoptr (GBytes) info = benk_ext_message_compose (message);

  benk_job_request (self, benk_apdu_new_action (0, BENK_HANDLE_MDS, action, info), 0);
}

/* A device without SET takes parameters by action F230 instead. */
void
benk_job_set (BenkJob *self, guint16 attr, const BenkExtMessage *message)
{
  g_autoptr (GBytes) value = benk_ext_message_compose (message);
  g_auto (BenkExtMessage) param = { 0 };

  if (!self->by_param)
    {
      benk_job_request (self, benk_apdu_new_set (0, BENK_HANDLE_MDS, attr, value), 0);
      return;
    }
  benk_ext_message_init (&param, BENK_EXT_PARAM);
  param.number = attr;
  param.data = g_bytes_ref (value);
  benk_job_act (self, BENK_EXT_ACT_PARAM, &param);
}

static const char *
get_return_text (guint16 code)
{
  switch (code)
    {
    case BENK_EXT_CODE_BUSY:
      return _ ("busy");
    case BENK_EXT_CODE_STORAGE:
      return _ ("no space");
    case BENK_EXT_CODE_REV_CONFLICT:
      return _ ("changed by somebody else meanwhile");
    case BENK_EXT_CODE_LOCKED:
      return _ ("locked");
    default:
      return NULL;
    }
}

/* Says in words what an answer that is no answer means. */
char *
benk_job_describe (const BenkApdu *apdu)
{
  const char *code = NULL;

  if (apdu->choice == BENK_CHOICE_REJECT)
    return g_strdup_printf (_ ("The dispenser rejected the request (%u)."), apdu->type);
  if (apdu->choice != BENK_CHOICE_ERROR)
    return g_strdup (_ ("The dispenser gave an answer that does not fit."));
  if (apdu->type == BENK_ROER_NO_SUCH_ACTION)
    return g_strdup (_ ("The dispenser does not know this request."));
  if (apdu->type == BENK_ROER_NOT_ALLOWED)
    code = get_return_text (benk_apdu_return_code (apdu));
  return code != NULL
           ? g_strdup_printf (_ ("The dispenser refused: %s."), code)
           : g_strdup_printf (_ ("The dispenser refused (error %u)."), apdu->type);
}

static gboolean
take (GBytes *octets, BenkExtKind kind, BenkExtMessage *message, char **why)
{
  g_autoptr (GError) error = NULL;

  if (benk_ext_message_parse (message, kind, octets, &error))
    return TRUE;
  *why = g_strdup_printf (_ ("The dispenser's answer is malformed: %s."), error->message);
  return FALSE;
}

/* Takes an action's answer; FALSE with @why in words for everything else. */
gboolean
benk_job_take (BenkJob *self,
               const BenkApdu *apdu,
               BenkExtKind kind,
               BenkExtMessage *message,
               char **why)
{
  benk_ext_message_init (message, kind);
  if (apdu->choice == BENK_CHOICE_ACTION_RESPONSE)
    return take (apdu->info, kind, message, why);
  *why = benk_job_describe (apdu);
  return FALSE;
}

/* Takes one attribute out of the answer to a GET or SET. */
gboolean
benk_job_take_attr (const BenkApdu *apdu,
                    guint16 attr,
                    BenkExtKind kind,
                    BenkExtMessage *message,
                    char **why)
{
  GBytes *value = benk_attrs_find (apdu->attrs, attr);

  benk_ext_message_init (message, kind);
  if (value != NULL)
    return take (value, kind, message, why);
  *why = benk_job_describe (apdu);
  return FALSE;
}

gboolean
benk_job_same_serial (const char *one, const char *other)
{
  g_autofree char *left = one != NULL ? benk_serial_normalise (one) : NULL;
  g_autofree char *right = other != NULL ? benk_serial_normalise (other) : NULL;

  return left != NULL && *left != '\0' && g_strcmp0 (left, right) == 0;
}

void
benk_step_ignore_answer (BenkJob *self, const BenkApdu *apdu)
{
  benk_job_next (self);
}
