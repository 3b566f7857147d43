/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent.h"
#include "benk-conform.h"
#include "benk-ext.h"

/* A conformance run against a dispenser that answers late, not at all, or with lies: what
 * it reports is what was seen, and there is an end. */

#define NOW_MS G_GINT64_CONSTANT (1795253400000)
#define MOST_ROUNDS 20000

typedef enum
{
  ANSWER_PASSES,
  ANSWER_IS_LOST,
  ANSWER_IS_LATE, /* comes when the next question has been put */
  LINK_IS_LOST,
} Fate;

typedef struct _Play Play;

struct _Play
{
  Fate (*judge) (Play *self, const BenkApdu *request);
  void (*spoil) (Play *self, BenkApdu *answer); /* nullable */
  guint n_judged;                               /* for the two */

  BenkConform *conform;
  BenkAgentMemory *memory;
  BenkAgent *agent;
  gint64 now_ms;
  gint64 conform_at;
  gint64 agent_at[BENK_AGENT_N_TIMERS];
  GQueue arriving;
  GQueue late;
  Fate fate;
  gboolean linked;
  gboolean reopen;
  gboolean finished;
  guint n_links;
};

static void act (Play *self, GPtrArray *actions);

static void
send_to_manager (Play *self, GBytes *octets)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (octets, NULL);

  if (self->fate == ANSWER_IS_LOST || self->fate == LINK_IS_LOST)
    return;
  g_assert_nonnull (apdu);
  if (self->spoil != NULL)
    self->spoil (self, apdu);
  g_queue_push_tail (self->fate == ANSWER_IS_LATE ? &self->late : &self->arriving,
                     benk_apdu_compose (apdu));
}

static void restart (Play *self);

static void
run_agent (Play *self, GPtrArray *actions)
{
  gboolean restarts = FALSE;

  for (guint i = 0; i < actions->len; i++)
    {
      const BenkAgentAction *action = g_ptr_array_index (actions, i);

      if (action->kind == BENK_AGENT_SEND && self->linked)
        send_to_manager (self, action->apdu);
      else if (action->kind == BENK_AGENT_START_TIMER)
        self->agent_at[action->timer] = self->now_ms + action->ms;
      else if (action->kind == BENK_AGENT_STOP_TIMER)
        self->agent_at[action->timer] = G_MAXINT64;
      restarts |= action->kind == BENK_AGENT_RESTART;
    }
  g_ptr_array_unref (actions);
  if (restarts)
    restart (self);
}

static void
lose_link (Play *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  if (!self->linked)
    return;
  self->linked = FALSE;
  g_queue_clear_full (&self->arriving, (GDestroyNotify) g_bytes_unref);
  run_agent (self, benk_agent_down (self->agent, self->now_ms));
  benk_conform_down (self->conform, actions);
  act (self, actions);
}

static void
restart (Play *self)
{
  lose_link (self);
  benk_agent_free (self->agent);
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    self->agent_at[i] = G_MAXINT64;
  self->agent = benk_agent_new (self->memory);
  run_agent (self, benk_agent_power_on (self->agent, self->now_ms));
}

static void
send_to_agent (Play *self, GBytes *octets)
{
  g_autoptr (BenkApdu) request = benk_apdu_parse (octets, NULL);

  if (!self->linked)
    return;
  self->fate = self->judge (self, request);
  run_agent (self, benk_agent_receive (self->agent, octets, self->now_ms));
  if (self->fate == LINK_IS_LOST)
    lose_link (self);
  self->fate = ANSWER_PASSES;
}

static void
act (Play *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkConformAction *action = g_ptr_array_index (actions, i);

      if (action->kind == BENK_CONFORM_SEND)
        {
          GBytes *late = g_queue_pop_head (&self->late);

          if (late != NULL)
            g_queue_push_tail (&self->arriving, late);
          send_to_agent (self, action->octets);
        }
      else if (action->kind == BENK_CONFORM_TIMER)
        self->conform_at = self->now_ms + action->delay_ms;
      else if (action->kind == BENK_CONFORM_REOPEN)
        self->reopen = TRUE;
      else
        self->finished = TRUE;
    }
}

static void
open_link (Play *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  self->reopen = FALSE;
  if (self->linked)
    run_agent (self, benk_agent_down (self->agent, self->now_ms));
  g_queue_clear_full (&self->arriving, (GDestroyNotify) g_bytes_unref);
  self->linked = TRUE;
  self->n_links++;
  benk_conform_up (self->conform, actions);
  act (self, actions);
  run_agent (self, benk_agent_up (self->agent, self->now_ms));
}

static void
wait_for_timer (Play *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
  guint first = 0;

  for (guint i = 1; i < BENK_AGENT_N_TIMERS; i++)
    if (self->agent_at[i] < self->agent_at[first])
      first = i;
  if (self->agent_at[first] <= self->conform_at)
    {
      self->now_ms = MAX (self->now_ms, self->agent_at[first]);
      self->agent_at[first] = G_MAXINT64;
      run_agent (self, benk_agent_timeout (self->agent, first, self->now_ms));
      return;
    }
  g_assert_cmpint (self->conform_at, <, G_MAXINT64);
  self->now_ms = self->conform_at;
  self->conform_at = G_MAXINT64;
  benk_conform_timeout (self->conform, self->now_ms / 1000, actions);
  act (self, actions);
}

static void
hear (Play *self)
{
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
  g_autoptr (GBytes) octets = g_queue_pop_head (&self->arriving);

  benk_conform_received (self->conform, octets, self->now_ms / 1000, actions);
  act (self, actions);
}

static BenkAgentMemory *
make_memory (void)
{
  BenkAgentMemory *memory = benk_agent_memory_new ();

  g_free (memory->manufacturer);
  g_free (memory->model);
  g_free (memory->serial);
  memory->manufacturer = g_strdup ("Dosebenk simulator");
  memory->model = g_strdup ("Liar");
  memory->serial = g_strdup ("SIM-4711");
  memory->system_id[0] = 0x02;
  memory->battery = 90;
  memory->clock_set = TRUE;
  return memory;
}

static void
play (Play *self)
{
  const BenkConformSetup setup = { .serial = "SIM-4711",
                                   .destructive = TRUE,
                                   .random = 0x5eed };
  g_autoptr (GPtrArray) actions = benk_conform_actions_new ();

  self->conform = benk_conform_new (&setup);
  self->memory = make_memory ();
  self->agent = benk_agent_new (self->memory);
  self->now_ms = NOW_MS;
  self->conform_at = G_MAXINT64;
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    self->agent_at[i] = G_MAXINT64;
  benk_conform_start (self->conform, actions);
  act (self, actions);
  for (guint round = 0; !self->finished; round++)
    {
      g_assert_cmpuint (round, <, MOST_ROUNDS);
      if (self->reopen)
        open_link (self);
      else if (!g_queue_is_empty (&self->arriving))
        hear (self);
      else
        wait_for_timer (self);
    }
}

static void
play_clear (Play *self)
{
  g_queue_clear_full (&self->arriving, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->late, (GDestroyNotify) g_bytes_unref);
  benk_agent_free (self->agent);
  benk_agent_memory_free (self->memory);
  benk_conform_free (self->conform);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Play, play_clear)

static BenkConformVerdict
get_verdict (const Play *self, const char *id)
{
  for (guint i = 0; i < benk_conform_get_n_results (self->conform); i++)
    {
      const BenkConformResult *result = benk_conform_get_result (self->conform, i);

      if (g_strcmp0 (result->id, id) != 0)
        continue;
      g_test_message ("%s: %s, %s", id, benk_conform_verdict_get_name (result->verdict),
                      result->seen != NULL ? result->seen : "–");
      if (result->verdict != BENK_CONFORM_PASSED)
        g_assert_nonnull (result->seen);
      return result->verdict;
    }
  g_assert_not_reached ();
}

static gboolean
asks_for (const BenkApdu *request, guint16 id)
{
  return request->tag == BENK_APDU_PRST && request->choice == BENK_CHOICE_GET &&
         request->ids->len == 1 && g_array_index (request->ids, guint16, 0) == id;
}

static gboolean
acts (const BenkApdu *request, guint16 action)
{
  return request->tag == BENK_APDU_PRST &&
         request->choice == BENK_CHOICE_ACTION_CONFIRMED && request->type == action;
}

static Fate
pass_all (Play *self, const BenkApdu *request)
{
  return ANSWER_PASSES;
}

static void
test_honest (void)
{
  g_auto (Play) self = { .judge = pass_all };

  play (&self);
  for (guint i = 0; i < benk_conform_get_n_results (self.conform); i++)
    {
      const BenkConformResult *result = benk_conform_get_result (self.conform, i);

      if (result->id != NULL)
        g_assert_cmpint (get_verdict (&self, result->id), ==, BENK_CONFORM_PASSED);
    }
}

/* From the confirmation on it leaves the bus whenever it is asked how far it is. */
static Fate
leave_when_asked (Play *self, const BenkApdu *request)
{
  self->n_judged += acts (request, BENK_EXT_ACT_RESET);
  return self->n_judged >= 5 && asks_for (request, BENK_EXT_ATTR_WIPE_STATE)
           ? LINK_IS_LOST
           : ANSWER_PASSES;
}

static void
test_leaves_for_ever (void)
{
  g_auto (Play) self = { .judge = leave_when_asked };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-WIPED"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpuint (self.n_links, <, 20);
}

static Fate
lose_first_state (Play *self, const BenkApdu *request)
{
  return asks_for (request, BENK_EXT_ATTR_PROV_STATE) && self->n_judged++ == 0
           ? ANSWER_IS_LOST
           : ANSWER_PASSES;
}

/* What was there before is not known: nothing is said about a change. */
static void
test_state_unknown (void)
{
  g_auto (Play) self = { .judge = lose_first_state };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-STATE"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-STAGED"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-OLD-PLAN"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-IN-FORCE"), ==, BENK_CONFORM_PASSED);
}

static Fate
lose_first_counter (Play *self, const BenkApdu *request)
{
  return asks_for (request, BENK_EXT_ATTR_WIPE_STATE) && self->n_judged++ == 0
           ? ANSWER_IS_LOST
           : ANSWER_PASSES;
}

static void
test_counter_unknown (void)
{
  g_auto (Play) self = { .judge = lose_first_counter };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-WIPE-STATE"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-DISARMED"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-WIPED"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-BLANK"), ==, BENK_CONFORM_PASSED);
}

static Fate
lose_profile (Play *self, const BenkApdu *request)
{
  return asks_for (request, BENK_EXT_ATTR_PROFILE) ? ANSWER_IS_LOST : ANSWER_PASSES;
}

/* A profile that did not come is not one that is not there. */
static void
test_profile_lost (void)
{
  g_auto (Play) self = { .judge = lose_profile };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-PROFILE"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-STATE"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-WIPED"), ==, BENK_CONFORM_NOT_TRIED);
}

static Fate
delay_mode (Play *self, const BenkApdu *request)
{
  return asks_for (request, BENK_EXT_ATTR_MODE) && self->n_judged++ == 0 ? ANSWER_IS_LATE
                                                                         : ANSWER_PASSES;
}

/* The answer to the last question is none to the next. */
static void
test_late (void)
{
  g_auto (Play) self = { .judge = delay_mode };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-MODE"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-SETTINGS"), ==, BENK_CONFORM_PASSED);
}

/* It says that it has more octets than it was ever given. */
static void
lie_about_offset (Play *self, BenkApdu *answer)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (answer->tag != BENK_APDU_PRST || answer->choice != BENK_CHOICE_ACTION_RESPONSE ||
      answer->type != BENK_EXT_ACT_DATA)
    return;
  g_assert_true (
    benk_ext_message_parse (&message, BENK_EXT_DATA_RESPONSE, answer->info, NULL));
  if (message.result == BENK_EXT_OK)
    message.offset = 0x7ffffff0;
  g_clear_pointer (&answer->info, g_bytes_unref);
  answer->info = benk_ext_message_compose (&message);
}

static void
test_offset (void)
{
  g_auto (Play) self = { .judge = pass_all, .spoil = lie_about_offset };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-DATA"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-WHOLE"), ==, BENK_CONFORM_FAILED);
  g_assert_cmpint (get_verdict (&self, "E-STAGE-ALL"), ==, BENK_CONFORM_FAILED);
}

static Fate
lose_arm (Play *self, const BenkApdu *request)
{
  /* Arm and cancel came before. */
  return acts (request, BENK_EXT_ACT_RESET) && ++self->n_judged == 3 ? ANSWER_IS_LOST
                                                                     : ANSWER_PASSES;
}

/* Where no token was given, nobody knows whether another one would do. */
static void
test_token (void)
{
  g_auto (Play) self = { .judge = lose_arm };

  play (&self);
  g_assert_cmpint (get_verdict (&self, "E-TOKEN"), ==, BENK_CONFORM_NOT_TRIED);
  g_assert_cmpint (get_verdict (&self, "E-CONFIRM"), ==, BENK_CONFORM_PASSED);
}

#define ADD(path, function) g_test_add_func ("/phd/conform/" path, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("an-honest-dispenser-passes", test_honest);
  ADD ("one-that-leaves-for-ever-comes-to-an-end", test_leaves_for_ever);
  ADD ("nothing-is-said-of-a-plan-that-was-not-told", test_state_unknown);
  ADD ("nothing-is-said-of-a-counter-that-was-not-told", test_counter_unknown);
  ADD ("a-lost-profile-is-not-a-missing-one", test_profile_lost);
  ADD ("a-late-answer-fails-one-requirement", test_late);
  ADD ("an-offset-beyond-what-was-sent", test_offset);
  ADD ("a-token-needs-one-that-was-given", test_token);

  return g_test_run ();
}
