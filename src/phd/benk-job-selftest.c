/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

#define ALL_TESTS 0xffff
#define TEST_RUNNING 1
#define TEST_DONE 2
#define POLLS 20
/* Maintenance ends by itself after 60 s without a request. */
#define POLL_MAX_MS 20000

static BenkJobSelfTest
judge (const BenkExtMessage *result)
{
  if (result->state == TEST_RUNNING)
    return BENK_JOB_SELF_TEST_RUNNING;
  if (result->state != TEST_DONE)
    return BENK_JOB_SELF_TEST_NONE;
  return result->failed == 0 ? BENK_JOB_SELF_TEST_PASSED : BENK_JOB_SELF_TEST_FAILED;
}

static void
keep (BenkJob *self, const BenkExtMessage *result)
{
  self->result.self_test = judge (result);
  self->result.tests_failed = result->state == TEST_DONE ? result->failed : 0;
}

/* Takes how the last self-test ended, where the answer tells. */
void
benk_job_take_self_test (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) result = { 0 };
  g_autofree char *ignored = NULL;

  if (benk_job_take_attr (apdu, BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT, &result,
                          &ignored))
    keep (self, &result);
}

/* 0 start it, 1 ask for its result until it is done. */
void
benk_step_self_test (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  if ((self->profile.caps & BENK_EXT_CAP_SELFTEST) == 0)
    {
      benk_job_skip (self, _ ("The dispenser has no self-test."));
      return;
    }
  benk_ext_message_init (&message, BENK_EXT_SELFTEST_REQUEST);
  message.tests = ALL_TESTS;
  benk_job_act (self, BENK_EXT_ACT_SELFTEST, &message);
}

void
benk_step_self_test_timer (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_SELFTEST };

  self->sub = 1;
  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static guint
count_bits (guint16 bits)
{
  guint count = 0;

  for (; bits != 0; bits &= (guint16) (bits - 1))
    count++;
  return count;
}

/* The meaning of a test is the device's own, so a failed one is told by its number. */
static char *
describe_failed (const BenkExtMessage *result)
{
  GString *text = g_string_new (NULL);

  for (guint bit = 0; bit < 16; bit++)
    {
      guint code = 0;

      if ((result->failed & 0x8000u >> bit) == 0)
        continue;
      for (guint i = 0; i < result->n_rows; i++)
        if (result->rows[i].test == bit + 1)
          code = result->rows[i].code;
      g_string_append_printf (text, "%s%u/%u", text->len > 0 ? ", " : "", bit + 1, code);
    }
  return g_string_free (text, FALSE);
}

static void
take_done (BenkJob *self, const BenkExtMessage *result)
{
  g_autofree char *text = NULL;

  if (result->failed != 0)
    {
      g_autofree char *failed = describe_failed (result);

      text = g_strdup_printf (_ ("The self-test failed (test/code %s)."), failed);
      benk_job_miss (self, text);
      return;
    }
  text = g_strdup_printf (ngettext ("%u test passed.", "%u tests passed.",
                                    count_bits (result->tests)),
                          count_bits (result->tests));
  benk_job_note (self, text);
  benk_job_next (self);
}

static void
take_result (BenkJob *self, const BenkApdu *apdu)
{
  guint eta = CLAMP (self->eta_secs, 1, BENK_JOB_LONGEST_S);
  g_auto (BenkExtMessage) result = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT,
                           &result, &why))
    benk_job_fail (self, "%s", why);
  else if (result.state == TEST_DONE && result.run_id == self->run_id)
    {
      keep (self, &result);
      take_done (self, &result);
    }
  else if (++self->polls >= MAX (POLLS, eta * 2000 / POLL_MAX_MS))
    benk_job_fail (self, "%s", _ ("The self-test did not end."));
  else
    benk_job_timer (self, MIN (eta * 2000 / POLLS, POLL_MAX_MS));
}

void
benk_step_self_test_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (self->sub == 1)
    {
      take_result (self, apdu);
      return;
    }
  if (!benk_job_take (self, apdu, BENK_EXT_SELFTEST_RESPONSE, &answer, &why))
    benk_job_fail (self, "%s", why);
  else if (answer.result != BENK_EXT_OK)
    benk_job_fail (self, _ ("The self-test did not start (%s)."),
                   benk_ext_result_get_text (answer.result));
  else
    {
      self->run_id = answer.run_id;
      self->eta_secs = answer.eta_secs;
      benk_job_timer (self, MIN (MAX (self->eta_secs, 1) * 500u, POLL_MAX_MS));
    }
}

/* Neither the standard nor the extension lets a manager raise an alarm, so a person has
   to; until it was seen to arrive it is owed. */
void
benk_step_test_alarm (BenkJob *self)
{
  self->result.test_alarm_owed = TRUE;
  benk_job_skip (self,
                 _ ("Owed: raise a test alarm and see that the recipient gets it."));
}
