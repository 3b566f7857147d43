/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-private.h"

#include <glib/gi18n.h>
#include <stdarg.h>

#include "benk-apdu-text.h"

/* How answers are judged, and the questions that several steps put. */

/** benk_conform_verdict_get_name: Returns: the stable name, as "not-offered" */
const char *
benk_conform_verdict_get_name (BenkConformVerdict verdict)
{
  static const char *const names[] = { "not-tried", "passed", "failed", "not-offered" };

  return names[verdict];
}

/** benk_conform_verdict_get_label: Returns: words for a person */
const char *
benk_conform_verdict_get_label (BenkConformVerdict verdict)
{
  static const char *const labels[] = { N_ ("Not tried"), N_ ("Passed"), N_ ("Failed"),
                                        N_ ("Not offered") };

  return _ (labels[verdict]);
}

void
benk_conform_set_verdict (BenkConform *self, BenkConformVerdict verdict, char *seen)
{
  BenkConformResult *result = &self->results[self->at];

  /* The first failure is the one that is told. */
  if (self->at >= self->n_steps || result->verdict == BENK_CONFORM_FAILED)
    {
      g_free (seen);
      return;
    }
  result->verdict = verdict;
  g_free (result->seen);
  result->seen = seen;
}

void
benk_conform_pass (BenkConform *self)
{
  benk_conform_set_verdict (self, BENK_CONFORM_PASSED, NULL);
}

void
benk_conform_fail (BenkConform *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  benk_conform_set_verdict (self, BENK_CONFORM_FAILED, g_strdup_vprintf (format, args));
  va_end (args);
}

void
benk_conform_not_offered (BenkConform *self, const char *why)
{
  benk_conform_set_verdict (self, BENK_CONFORM_NOT_OFFERED, g_strdup (why));
}

void
benk_conform_not_tried (BenkConform *self, const char *why)
{
  benk_conform_set_verdict (self, BENK_CONFORM_NOT_TRIED, g_strdup (why));
}

/* The step's question is put once more, after a pause. */
void
benk_conform_ask_again (BenkConform *self, guint pause_ms)
{
  self->again = TRUE;
  self->pause_ms = pause_ms;
}

static char *
describe (const BenkApdu *apdu)
{
  g_autoptr (GBytes) octets = apdu != NULL ? benk_apdu_compose (apdu) : NULL;

  return octets != NULL ? benk_apdu_dup_text (octets) : g_strdup (_ ("no answer"));
}

/* Whether the answer is what it has to be; if not, that is what failed. */
gboolean
benk_conform_expect (BenkConform *self, const BenkApdu *answer, BenkApduChoice choice)
{
  g_autofree char *came = NULL;

  if (answer != NULL && answer->choice == choice)
    return TRUE;
  came = describe (answer);
  benk_conform_fail (self, _ ("It answered: %s"), came);
  return FALSE;
}

BenkApdu *
benk_conform_get (BenkConform *self, guint16 handle, guint16 id)
{
  return benk_apdu_new_get (0, handle, &id, 1);
}

gboolean
benk_conform_take_value (BenkConform *self,
                         const BenkApdu *answer,
                         guint16 id,
                         BenkExtKind kind,
                         BenkExtMessage *message)
{
  g_autoptr (GError) error = NULL;
  GBytes *value;

  if (!benk_conform_expect (self, answer, BENK_CHOICE_GET_RESPONSE))
    return FALSE;
  value = benk_attrs_find (answer->attrs, id);
  if (value == NULL)
    benk_conform_fail (self, _ ("The attribute %04x is missing."), id);
  else if (!benk_ext_message_parse (message, kind, value, &error))
    benk_conform_fail (self, "%s", error->message);
  else
    return TRUE;
  return FALSE;
}

BenkApdu *
benk_conform_act (BenkConform *self, guint16 action, const BenkExtMessage *message)
{
  g_autoptr (GBytes) info = benk_ext_message_compose (message);

  return benk_apdu_new_action (0, BENK_HANDLE_MDS, action, info);
}

gboolean
benk_conform_take_info (BenkConform *self,
                        const BenkApdu *answer,
                        BenkExtKind kind,
                        BenkExtMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!benk_conform_expect (self, answer, BENK_CHOICE_ACTION_RESPONSE))
    return FALSE;
  if (benk_ext_message_parse (message, kind, answer->info, &error))
    return TRUE;
  benk_conform_fail (self, "%s", error->message);
  return FALSE;
}

/* Takes an answer whose result must be @result. */
gboolean
benk_conform_take_result (BenkConform *self,
                          const BenkApdu *answer,
                          BenkExtKind kind,
                          guint16 result,
                          BenkExtMessage *message)
{
  if (!benk_conform_take_info (self, answer, kind, message))
    return FALSE;
  if (message->result == result)
    return TRUE;
  benk_conform_fail (self, _ ("The result is %u (%s), not %u."), message->result,
                     benk_ext_result_get_text (message->result), result);
  return FALSE;
}
