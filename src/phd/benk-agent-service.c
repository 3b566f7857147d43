/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#include <string.h>

#define ARMED_SECONDS 60
#define SELFTEST_SECONDS 1

/* What a simulated self-test looks at; the extension leaves the bits to the device. */
#define TEST_POWER 0x8000
#define TEST_CLOCK 0x4000
#define TEST_MEMORY 0x2000
#define TEST_LID 0x1000
#define TEST_SOUND 0x0800
#define TESTS (TEST_POWER | TEST_CLOCK | TEST_MEMORY | TEST_LID | TEST_SOUND)

/* A token that a recorded confirm cannot guess; it only has to differ each time. */
static guint32
make_token (const BenkAgent *self, guint32 nonce)
{
  const BenkAgentMemory *memory = self->memory;
  g_autofree char *seed = g_strdup_printf ("%s/%u/%u/%" G_GINT64_FORMAT, memory->serial,
                                           nonce, memory->wipe_counter, self->now_ms);

  return benk_crc32 ((const guint8 *) seed, strlen (seed)) | 1;
}

/* Whether a reset is armed and its time has not run out. */
gboolean
benk_agent_is_armed (const BenkAgent *self)
{
  return self->token != 0 && self->now_ms < self->armed_until_ms &&
         self->memory->wipe_state != BENK_EXT_WIPE_RUNNING;
}

static void
reset_arm (BenkAgent *self, const BenkExtMessage *wanted, BenkExtMessage *answer)
{
  if ((wanted->scope & BENK_AGENT_REGION_ALL) == 0 ||
      (wanted->scope & ~BENK_AGENT_REGION_ALL) != 0)
    answer->result = BENK_EXT_VALUE_INVALID;
  else if (self->memory->wipe_state == BENK_EXT_WIPE_RUNNING)
    answer->result = BENK_EXT_BUSY;
  else if (self->memory->lid_open || self->memory->dispensing)
    answer->result = BENK_EXT_INTERLOCK;
  if (answer->result != BENK_EXT_OK)
    return;

  self->armed_scope = wanted->scope;
  self->armed_nonce = wanted->nonce;
  self->armed_until_ms = self->now_ms + ARMED_SECONDS * 1000;
  self->token = make_token (self, wanted->nonce);
  answer->token = self->token;
  answer->armed_secs = ARMED_SECONDS;
  answer->eta_secs = BENK_AGENT_WIPE_SECONDS;
}

static gboolean
confirm_fits (const BenkAgent *self, const BenkExtMessage *wanted)
{
  return wanted->token == self->token && wanted->nonce == self->armed_nonce &&
         wanted->scope == self->armed_scope;
}

static void
reset_confirm (BenkAgent *self, const BenkExtMessage *wanted, BenkExtMessage *answer)
{
  BenkAgentMemory *memory = self->memory;
  gboolean running = memory->wipe_state == BENK_EXT_WIPE_RUNNING;

  answer->token = wanted->token;
  answer->eta_secs = BENK_AGENT_WIPE_SECONDS;
  if (running && self->token != 0 && confirm_fits (self, wanted))
    return;
  if (running)
    answer->result = BENK_EXT_BUSY;
  else if (!benk_agent_is_armed (self))
    answer->result = BENK_EXT_BAD_STATE;
  else if (!confirm_fits (self, wanted))
    answer->result = BENK_EXT_VALUE_INVALID;
  else if (memory->lid_open || memory->dispensing)
    answer->result = BENK_EXT_INTERLOCK;
  if (answer->result != BENK_EXT_OK)
    {
      answer->eta_secs = 0;
      if (!running)
        self->token = 0;
      return;
    }

  memory->wipe_state = BENK_EXT_WIPE_RUNNING;
  memory->wipe_remaining = wanted->scope;
  memory->wipe_error = 0;
  memory->wipe_nonce = wanted->nonce;
  self->dirty = TRUE;
  benk_agent_start_timer (self, BENK_AGENT_TIMER_WIPE, BENK_AGENT_WIPE_SECONDS * 1000);
}

static void
factory_reset (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_RESET_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_RESET_RESPONSE);
  answer.op = wanted.op;
  if (wanted.op == BENK_EXT_RESET_ARM)
    reset_arm (self, &wanted, &answer);
  else if (wanted.op == BENK_EXT_RESET_CONFIRM)
    reset_confirm (self, &wanted, &answer);
  else if (wanted.op != BENK_EXT_RESET_CANCEL)
    answer.result = BENK_EXT_VALUE_INVALID;
  else if (self->memory->wipe_state == BENK_EXT_WIPE_RUNNING)
    answer.result = BENK_EXT_BUSY;
  else
    self->token = 0;
  benk_agent_reply_ext (self, request, &answer);
}

/* Puts something into a region after its wipe. */
static void
leave_region (BenkAgent *self, guint16 region)
{
  static const guint8 rest[] = { 0, 1, 0, 0, 0, 0 };
  BenkAgentMemory *memory = self->memory;
  g_autoptr (GBytes) data = g_bytes_new (rest, sizeof rest);

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    if (region == BENK_AGENT_REGION_SCHEDULE >> i)
      benk_agent_table_set (&memory->in_force[i], 1, benk_crc32_bytes (data), data);
  if (region == BENK_AGENT_REGION_DOSES)
    benk_agent_memory_add_dose (memory, 1, self->now_ms);
  else if (region == BENK_AGENT_REGION_SETTINGS)
    memory->volume = 70;
  else if (region == BENK_AGENT_REGION_AUDIT)
    benk_agent_memory_add_audit (memory, BENK_AGENT_AUDIT_SETTING, 0, self->now_ms);
  else if (region == BENK_AGENT_REGION_KEYS)
    memory->keys = g_steal_pointer (&data);
}

/* The wipe's work, in one step: what is saved holds all of it or none. */
void
benk_agent_finish_wipe (BenkAgent *self)
{
  BenkAgentMemory *memory = self->memory;
  BenkMderTime at = benk_agent_memory_get_time (memory, self->now_ms);

  benk_agent_memory_wipe (memory, memory->wipe_remaining, self->now_ms);
  if ((self->quirks & BENK_AGENT_QUIRK_WIPE_LEAVES) != 0)
    leave_region (self, self->quirk_place);
  memory->wipe_state = BENK_EXT_WIPE_WIPED;
  memory->wipe_remaining = 0;
  memory->wipe_counter++;
  memory->wiped_at = at;
  memory->test_run = 0;
  self->token = 0;
  self->dirty = TRUE;
}

static void
wipe_verify (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_VERIFY_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_VERIFY_RESPONSE);
  answer.challenge = wanted.challenge;
  answer.regions = benk_agent_memory_not_blank (self->memory, wanted.regions);
  answer.counter = self->memory->wipe_counter;
  benk_agent_reply_ext (self, request, &answer);
}

static guint16
run_tests (const BenkAgentMemory *memory)
{
  guint16 failed = 0;

  if (memory->battery < 20 && !memory->mains)
    failed |= TEST_POWER;
  if (!memory->clock_set)
    failed |= TEST_CLOCK;
  if (memory->lid_open)
    failed |= TEST_LID;

  return failed;
}

static void
self_test (BenkAgent *self, const BenkApdu *request)
{
  BenkAgentMemory *memory = self->memory;
  gint64 done_ms = self->now_ms + SELFTEST_SECONDS * 1000;
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) answer = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_SELFTEST_REQUEST, &wanted))
    return;

  benk_ext_message_init (&answer, BENK_EXT_SELFTEST_RESPONSE);
  if (memory->dispensing)
    {
      answer.result = BENK_EXT_BUSY;
    }
  else
    {
      memory->test_run = (guint16) MAX (1, (memory->test_run + 1) & G_MAXUINT16);
      memory->tests = wanted.tests & TESTS;
      memory->tests_failed = run_tests (memory) & memory->tests;
      memory->test_done_ms = done_ms;
      memory->tested_at = benk_agent_memory_get_time (memory, done_ms);
      benk_agent_memory_add_audit (memory, BENK_AGENT_AUDIT_SELF_TEST, memory->test_run,
                                   self->now_ms);
      self->dirty = TRUE;
      answer.eta_secs = SELFTEST_SECONDS;
      answer.run_id = memory->test_run;
    }
  benk_agent_reply_ext (self, request, &answer);
}

static void
param_write (BenkAgent *self, const BenkApdu *request)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (!benk_agent_take_ext (self, request, BENK_EXT_PARAM, &message))
    return;
  if (benk_agent_is_busy (self))
    {
      benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, BENK_EXT_CODE_BUSY);
      return;
    }
  if (!benk_agent_set_value (self, message.number, message.data))
    {
      benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, 0);
      return;
    }

  g_clear_pointer (&message.data, g_bytes_unref);
  message.data = benk_agent_ext_value (self, message.number);
  benk_agent_reply_ext (self, request, &message);
}

/* Actions of service; FALSE when the type is none of them. */
gboolean
benk_agent_service_action (BenkAgent *self, const BenkApdu *request)
{
  switch (request->type)
    {
    case BENK_EXT_ACT_RESET:
      factory_reset (self, request);
      return TRUE;
    case BENK_EXT_ACT_VERIFY:
      wipe_verify (self, request);
      return TRUE;
    case BENK_EXT_ACT_SELFTEST:
      self_test (self, request);
      return TRUE;
    case BENK_EXT_ACT_PARAM:
      param_write (self, request);
      return TRUE;
    default:
      return FALSE;
    }
}
