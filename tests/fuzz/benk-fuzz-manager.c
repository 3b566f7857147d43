/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include "benk-ext-table.h"
#include "benk-job.h"
#include "benk-manager.h"

/* A stream of a device, through the manager to a job. Nothing may hang: when the device
 * has said all it says, the timers end the job. */

#define BUDGET 4000
#define NOW_S G_GINT64_CONSTANT (1795257000)
#define CLAIMED_SET 0x22220002

typedef struct
{
  BenkManager *manager;
  BenkJob *job;
  gint64 now_ms;
  gint64 timers[BENK_N_TIMERS];
  gint64 job_timer;
} Host;

static void do_manager (Host *self, GPtrArray *actions);

static void
tell (Host *self, BenkJobEventKind kind, const BenkApdu *apdu, const char *text)
{
  g_autoptr (GPtrArray) actions = benk_job_actions_new ();
  BenkJobEvent event = { .kind = kind,
                         .local_s = NOW_S + self->now_ms / 1000,
                         .apdu = apdu,
                         .config_id = benk_manager_get_config_id (self->manager),
                         .pm_handle = benk_manager_get_pm_handle (self->manager),
                         .text = text };

  benk_job_handle (self->job, &event, actions);
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkJobAction *action = g_ptr_array_index (actions, i);
      g_autoptr (GPtrArray) todo = benk_manager_actions_new ();

      if (action->kind == BENK_JOB_ACT_REQUEST)
        benk_manager_request (self->manager, action->request, action->delay_ms, todo);
      else if (action->kind == BENK_JOB_ACT_RELEASE)
        benk_manager_release (self->manager, todo);
      else if (action->kind == BENK_JOB_ACT_START_TIMER)
        self->job_timer = self->now_ms + action->delay_ms;
      else if (action->kind == BENK_JOB_ACT_STOP_TIMER)
        self->job_timer = G_MAXINT64;
      else if (action->kind == BENK_JOB_ACT_CONFIRM)
        tell (self, BENK_JOB_EV_CONFIRM, NULL, action->text);
      do_manager (self, todo);
    }
}

static void
do_manager (Host *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkManagerAction *action = g_ptr_array_index (actions, i);

      switch (action->kind)
        {
        case BENK_ACTION_START_TIMER:
          self->timers[action->timer] = self->now_ms + action->delay_ms;
          break;
        case BENK_ACTION_STOP_TIMER:
          self->timers[action->timer] = G_MAXINT64;
          break;
        case BENK_ACTION_ASSOCIATED:
          tell (self, BENK_JOB_EV_ASSOCIATED, NULL, NULL);
          break;
        case BENK_ACTION_ENDED:
        case BENK_ACTION_REFUSED:
          tell (self, BENK_JOB_EV_ENDED, NULL, NULL);
          break;
        case BENK_ACTION_RESPONSE:
          tell (self, BENK_JOB_EV_RESPONSE, action->apdu, NULL);
          break;
        case BENK_ACTION_EVENT:
          tell (self, BENK_JOB_EV_EVENT, action->apdu, NULL);
          break;
        case BENK_ACTION_SEND:
        default:
          break;
        }
    }
}

static void let_time_pass (Host *self);

static void
plug_again (Host *self)
{
  g_autoptr (GPtrArray) down = benk_manager_actions_new ();
  g_autoptr (GPtrArray) up = benk_manager_actions_new ();

  benk_manager_transport_down (self->manager, down);
  do_manager (self, down);
  tell (self, BENK_JOB_EV_DOWN, NULL, NULL);
  benk_manager_transport_up (self->manager, up);
  do_manager (self, up);
}

/* A request to associate out of turn comes from a device that was plugged in again. An
 * answer that nobody waits for yet is to what the job asks when its timer runs out. */
static void
catch_up (Host *self, GBytes *apdu)
{
  guint16 tag, invoke_id, choice;
  const guint8 *data = g_bytes_get_data (apdu, NULL);

  if ((data[0] << 8 | data[1]) == BENK_APDU_AARQ &&
      benk_manager_get_state (self->manager) != BENK_MANAGER_UNASSOCIATED)
    plug_again (self);
  if (benk_apdu_peek (apdu, &tag, &invoke_id, &choice) && tag == BENK_APDU_PRST &&
      choice > BENK_CHOICE_EVENT_RESPONSE && !benk_manager_is_busy (self->manager) &&
      self->job_timer != G_MAXINT64)
    let_time_pass (self);
}

static void
feed (Host *self, const guint8 *data, gsize length)
{
  g_autoptr (BenkApduStream) stream = benk_apdu_stream_new ();
  g_autoptr (GError) error = NULL;

  benk_apdu_stream_push (stream, data, length);
  while (!benk_job_is_finished (self->job))
    {
      g_autoptr (GPtrArray) actions = benk_manager_actions_new ();
      g_autoptr (GBytes) apdu = benk_apdu_stream_next (stream, &error);

      if (apdu != NULL)
        {
          catch_up (self, apdu);
          benk_manager_receive (self->manager, apdu, actions);
        }
      else if (error != NULL)
        benk_manager_garbage (self->manager, actions);
      do_manager (self, actions);
      if (apdu == NULL)
        return;
    }
}

/* The first timer that runs out; with none, the cable is pulled. */
static void
let_time_pass (Host *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();
  gint64 next = self->job_timer;
  guint which = BENK_N_TIMERS;

  for (guint i = 0; i < BENK_N_TIMERS; i++)
    if (self->timers[i] < next)
      {
        next = self->timers[i];
        which = i;
      }
  if (next == G_MAXINT64)
    {
      benk_manager_transport_down (self->manager, actions);
      do_manager (self, actions);
      tell (self, BENK_JOB_EV_DOWN, NULL, NULL);
      return;
    }
  self->now_ms = next;
  if (which == BENK_N_TIMERS)
    {
      self->job_timer = G_MAXINT64;
      tell (self, BENK_JOB_EV_TIMER, NULL, NULL);
      return;
    }
  self->timers[which] = G_MAXINT64;
  benk_manager_timeout (self->manager, (BenkManagerTimer) which, actions);
  do_manager (self, actions);
}

static void
make_plan (BenkJobPlan *plan)
{
  for (guint i = 0; i < G_N_ELEMENTS (plan->tables); i++)
    {
      g_autoptr (BenkExtTable) table = benk_ext_table_new ((guint16) (i + 1));

      plan->tables[i] = benk_ext_table_compose (table);
    }
  plan->volume = 40;
  plan->language = g_strdup ("nb-NO");
  plan->zone = g_strdup ("Europe/Oslo");
  plan->zone_offset_min = 60;
  plan->zone_dst_rule = 1;
}

/* The first octet chooses the job. */
void
benk_fuzz_manager (const guint8 *data, gsize length)
{
  static const guint8 host_id[8] = { 0x02, 0, 0, 0xff, 0xfe, 0, 0, 1 };
  g_autoptr (GPtrArray) up = benk_manager_actions_new ();
  g_auto (BenkJobPlan) plan = { 0 };
  BenkJobSetup setup = { .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .plan = &plan,
                         .set_id = CLAIMED_SET,
                         .nonce = 0x5eed1234,
                         .challenge = 0x0badf00d };
  Host self = { .job_timer = G_MAXINT64 };

  if (length < 1)
    return;
  make_plan (&plan);
  setup.kind = (BenkJobKind) (data[0] % (BENK_JOB_RESET + 1));
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    self.timers[i] = G_MAXINT64;
  self.manager = benk_manager_new (host_id);
  self.job = benk_job_new (&setup);
  benk_manager_transport_up (self.manager, up);
  do_manager (&self, up);
  feed (&self, data + 1, length - 1);
  for (guint i = 0; i < BUDGET && !benk_job_is_finished (self.job); i++)
    let_time_pass (&self);
  g_assert_true (benk_job_is_finished (self.job));
  g_assert_nonnull (benk_job_get_result (self.job)->sentence);
  g_debug ("%s", benk_job_get_result (self.job)->sentence);
  benk_job_free (self.job);
  benk_manager_free (self.manager);
}
