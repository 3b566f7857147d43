/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#include "benk-ext-table.h"

#include <string.h>

#define NEVER G_MAXINT64
#define BUDGET 20000

static void run_job (Rig *self, const BenkJobEvent *event);
static void do_manager (Rig *self, GPtrArray *actions);

Rig *
rig_new (void)
{
  static const guint8 host_id[8] = { 0x02, 0, 0, 0xff, 0xfe, 0, 0, 1 };
  static const guint8 device_id[8] = { 0x02, 0, 0xef, 0xff, 0xfe, 0, 0, 7 };
  Rig *self = g_new0 (Rig, 1);
  BenkMderTime now = benk_mder_time_from_seconds ((RIG_NOW_MS + RIG_OFFSET_MS) / 1000);

  self->now_ms = RIG_NOW_MS;
  self->memory = benk_agent_memory_new ();
  g_free (self->memory->manufacturer);
  g_free (self->memory->model);
  g_free (self->memory->serial);
  self->memory->manufacturer = g_strdup (BENK_SIMULATED_MAKER);
  self->memory->model = g_strdup ("Test");
  self->memory->serial = g_strdup ("SN-0007");
  memcpy (self->memory->system_id, device_id, 8);
  self->memory->battery = 90;
  self->memory->mains = TRUE;
  benk_agent_memory_set_time (self->memory, &now, self->now_ms);
  benk_agent_memory_add_dose (self->memory, 1, self->now_ms - 60000);
  self->agent = benk_agent_new (self->memory);
  benk_agent_set_again (self->agent, 500);
  self->manager = benk_manager_new (host_id);
  g_queue_init (&self->to_device);
  g_queue_init (&self->to_host);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
rig_free (Rig *self)
{
  g_queue_clear_full (&self->to_device, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->to_host, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->job, benk_job_free);
  benk_manager_free (self->manager);
  benk_agent_free (self->agent);
  benk_agent_memory_free (self->memory);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

static GBytes *
make_table (guint16 id, guint seed)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (id);

  for (guint i = 0; i < 4; i++)
    {
      BenkDoseEntry dose = { .entry_id = (guint16) (i + 1),
                             .amount = 1,
                             .unit = 512,
                             .minute = (guint16) (i * 240 + seed % 240),
                             .after_min = 60,
                             .recurrence = BENK_DOSE_EVERY_N_DAYS,
                             .recurrence_arg = 1,
                             .anchor = 0x20261122,
                             .flags = BENK_DOSE_FLAG_ALARM };
      BenkRuleEntry rule = { .rule_id = (guint16) (i + 1),
                             .condition = BENK_RULE_MISSED,
                             .delay_min = (guint16) seed,
                             .n_recipients = 1,
                             .recipients = { 1 } };
      BenkRecipientEntry recipient = { .recipient_id = (guint16) (i + 1),
                                       .channel = 4,
                                       .priority = (guint16) seed };

      if (id == BENK_TABLE_SCHEDULE)
        g_array_append_val (table->rows, dose);
      else if (id == BENK_TABLE_ALARM_RULES)
        g_array_append_val (table->rows, rule);
      else
        g_array_append_val (table->rows, recipient);
    }
  return benk_ext_table_compose (table);
}

/* A plan whose octets follow from the seed. */
void
rig_plan (BenkJobPlan *plan, guint seed)
{
  memset (plan, 0, sizeof *plan);
  for (guint i = 0; i < 3; i++)
    plan->tables[i] = make_table ((guint16) (i + 1), seed);
  plan->volume = 40;
  plan->language = g_strdup ("nb-NO");
  plan->zone = g_strdup ("Europe/Oslo");
  plan->zone_offset_min = 60;
  plan->zone_dst_rule = 1;
}

/* Puts a whole plan into the device's memory, as an earlier run would have. */
void
rig_preset (Rig *self, const BenkJobPlan *plan, guint32 set_id)
{
  self->memory->set_id = set_id;
  g_free (self->memory->zone);
  self->memory->zone = g_strdup (plan->zone);
  self->memory->zone_offset = plan->zone_offset_min;
  self->memory->dst_rule = plan->zone_dst_rule;
  for (guint i = 0; i < 3; i++)
    benk_agent_table_set (&self->memory->in_force[i], 7,
                          benk_crc32_bytes (plan->tables[i]), plan->tables[i]);
}

BenkJobSetup
rig_setup (BenkJobKind kind, const BenkJobPlan *plan, guint32 set_id)
{
  static GBytes *salt;

  if (salt == NULL)
    salt = g_bytes_new_static ("salt", 4);
  return (BenkJobSetup){ .kind = kind,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = "SN-0007",
                         .plan = plan,
                         .set_id = set_id,
                         .nonce = 0x5eed1234,
                         .challenge = 0x0badf00d,
                         .salt = salt };
}

gboolean
rig_holds (Rig *self, const BenkJobPlan *plan, guint32 set_id)
{
  for (guint i = 0; i < 3; i++)
    {
      GBytes *data = self->memory->in_force[i].data;

      if (plan == NULL ? data != NULL
                       : data == NULL || !g_bytes_equal (data, plan->tables[i]))
        return FALSE;
    }
  return self->memory->set_id == set_id;
}

gboolean
rig_is_empty (Rig *self)
{
  return benk_agent_memory_not_blank (self->memory, BENK_EXT_SCOPE_ALL) == 0;
}

static void
tell_job (Rig *self, BenkJobEventKind kind, const BenkApdu *apdu, gboolean timed_out)
{
  BenkJobEvent event = {
    .kind = kind,
    .local_s = (self->now_ms + RIG_OFFSET_MS) / 1000,
    .utc_offset_min = RIG_OFFSET_MS / 60000,
    .apdu = apdu,
    .config_id = benk_manager_get_config_id (self->manager),
    .pm_handle = benk_manager_get_pm_handle (self->manager),
    .timed_out = timed_out,
    .text = self->typed != NULL ? self->typed : self->memory->serial,
  };

  run_job (self, &event);
}

static void do_agent (Rig *self, GPtrArray *actions);

static void
pull_plug (Rig *self, gint64 back_at)
{
  g_autoptr (GPtrArray) lost = benk_manager_actions_new ();

  if (!self->up)
    return;
  self->up = FALSE;
  self->back_at = back_at;
  g_queue_clear_full (&self->to_device, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->to_host, (GDestroyNotify) g_bytes_unref);
  do_agent (self, benk_agent_down (self->agent, self->now_ms));
  benk_manager_transport_down (self->manager, lost);
  do_manager (self, lost);
  tell_job (self, BENK_JOB_EV_DOWN, NULL, FALSE);
}

static void
plug_in (Rig *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  self->up = TRUE;
  self->back_at = NEVER;
  benk_manager_transport_up (self->manager, actions);
  do_manager (self, actions);
  do_agent (self, benk_agent_up (self->agent, self->now_ms));
}

static void
do_agent (Rig *self, GPtrArray *actions)
{
  g_autoptr (GPtrArray) owned = actions;

  for (guint i = 0; i < owned->len; i++)
    {
      const BenkAgentAction *action = g_ptr_array_index (owned, i);

      if (action->kind == BENK_AGENT_SEND && self->up)
        g_queue_push_tail (&self->to_host, g_bytes_ref (action->apdu));
      else if (action->kind == BENK_AGENT_START_TIMER)
        self->agent_timers[action->timer] = self->now_ms + action->ms;
      else if (action->kind == BENK_AGENT_STOP_TIMER)
        self->agent_timers[action->timer] = NEVER;
      else if (action->kind == BENK_AGENT_RESTART)
        {
          gint64 back = self->now_ms + action->ms;

          pull_plug (self, back);
          do_agent (self, benk_agent_power_on (self->agent, self->now_ms));
        }
    }
}

static void
do_manager (Rig *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const BenkManagerAction *action = g_ptr_array_index (actions, i);

      switch (action->kind)
        {
        case BENK_ACTION_SEND:
          if (self->up)
            g_queue_push_tail (&self->to_device, g_bytes_ref (action->bytes));
          break;
        case BENK_ACTION_START_TIMER:
          self->manager_timers[action->timer] = self->now_ms + action->delay_ms;
          break;
        case BENK_ACTION_STOP_TIMER:
          self->manager_timers[action->timer] = NEVER;
          break;
        case BENK_ACTION_ASSOCIATED:
          tell_job (self, BENK_JOB_EV_ASSOCIATED, NULL, FALSE);
          break;
        case BENK_ACTION_ENDED:
          if (action->end != BENK_END_DOWN)
            tell_job (self, BENK_JOB_EV_ENDED, NULL, action->end == BENK_END_TIMEOUT);
          break;
        case BENK_ACTION_RESPONSE:
          tell_job (self, BENK_JOB_EV_RESPONSE, action->apdu, FALSE);
          break;
        case BENK_ACTION_EVENT:
          tell_job (self, BENK_JOB_EV_EVENT, action->apdu, FALSE);
          break;
        case BENK_ACTION_REFUSED:
        default:
          g_assert_not_reached ();
        }
    }
}

static void
do_job_action (Rig *self, const BenkJobAction *action)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  switch (action->kind)
    {
    case BENK_JOB_ACT_REQUEST:
      g_ptr_array_add (self->requests, benk_apdu_compose (action->request));
      if (self->cancel_at != 0 && self->requests->len == self->cancel_at)
        tell_job (self, BENK_JOB_EV_CANCEL, NULL, FALSE);
      benk_manager_request (self->manager, action->request, action->delay_ms, actions);
      break;
    case BENK_JOB_ACT_RELEASE:
      benk_manager_release (self->manager, actions);
      break;
    case BENK_JOB_ACT_START_TIMER:
      self->job_timer = self->now_ms + action->delay_ms;
      break;
    case BENK_JOB_ACT_STOP_TIMER:
      self->job_timer = NEVER;
      break;
    case BENK_JOB_ACT_CONFIRM:
      g_assert_cmpstr (action->text, ==, self->memory->serial);
      if (!self->never_type)
        tell_job (self, BENK_JOB_EV_CONFIRM, NULL, FALSE);
      break;
    default:
      break;
    }
  do_manager (self, actions);
}

static void
run_job (Rig *self, const BenkJobEvent *event)
{
  g_autoptr (GPtrArray) actions = benk_job_actions_new ();

  if (self->job == NULL)
    return;
  benk_job_handle (self->job, event, actions);
  for (guint i = 0; i < actions->len; i++)
    do_job_action (self, g_ptr_array_index (actions, i));
}

static void
deliver_to_device (Rig *self)
{
  g_autoptr (GBytes) apdu = g_queue_pop_head (&self->to_device);
  gboolean cut = ++self->sent == self->cut_at;
  gint64 back = self->back_ms > 0 ? self->now_ms + self->back_ms : NEVER;

  if (!cut || self->cut_after)
    do_agent (self, benk_agent_receive (self->agent, apdu, self->now_ms));
  if (cut)
    pull_plug (self, back);
}

static void
deliver_to_host (Rig *self)
{
  g_autoptr (GBytes) apdu = g_queue_pop_head (&self->to_host);
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  if (self->spoil != NULL)
    {
      GBytes *spoiled = self->spoil (self, apdu);

      if (spoiled == NULL)
        return;
      g_bytes_unref (apdu);
      apdu = spoiled;
    }
  benk_manager_receive (self->manager, apdu, actions);
  do_manager (self, actions);
}

static gint64
find_next (const Rig *self)
{
  gint64 next = MIN (self->job_timer, self->back_at);

  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    next = MIN (next, self->agent_timers[i]);
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    next = MIN (next, self->manager_timers[i]);
  return next;
}

static void
fire (Rig *self)
{
  if (self->back_at <= self->now_ms)
    plug_in (self);
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    if (self->agent_timers[i] <= self->now_ms)
      {
        self->agent_timers[i] = NEVER;
        do_agent (self,
                  benk_agent_timeout (self->agent, (BenkAgentTimer) i, self->now_ms));
      }
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    if (self->manager_timers[i] <= self->now_ms)
      {
        g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

        self->manager_timers[i] = NEVER;
        benk_manager_timeout (self->manager, (BenkManagerTimer) i, actions);
        do_manager (self, actions);
      }
  if (self->job_timer <= self->now_ms)
    {
      self->job_timer = NEVER;
      tell_job (self, BENK_JOB_EV_TIMER, NULL, FALSE);
    }
}

/* Plugs the device in and runs one job to its end. */
const BenkJobResult *
rig_run (Rig *self, const BenkJobSetup *setup)
{
  g_clear_pointer (&self->job, benk_job_free);
  for (guint i = 0; i < BENK_AGENT_N_TIMERS; i++)
    self->agent_timers[i] = NEVER;
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    self->manager_timers[i] = NEVER;
  self->job_timer = NEVER;
  self->sent = 0;
  g_ptr_array_set_size (self->requests, 0);
  pull_plug (self, NEVER);
  self->job = benk_job_new (setup);
  do_agent (self, benk_agent_power_on (self->agent, self->now_ms));
  plug_in (self);

  for (guint i = 0; i < BUDGET && !benk_job_is_finished (self->job); i++)
    {
      if (!g_queue_is_empty (&self->to_device))
        deliver_to_device (self);
      else if (!g_queue_is_empty (&self->to_host))
        deliver_to_host (self);
      else
        {
          gint64 next = find_next (self);

          g_assert_cmpint (next, !=, NEVER);
          self->now_ms = MAX (self->now_ms, next);
          fire (self);
        }
    }
  g_assert_true (benk_job_is_finished (self->job));
  return benk_job_get_result (self->job);
}
