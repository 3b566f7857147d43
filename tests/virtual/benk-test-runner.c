/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-runner.h"

#include "benk-virtual-link.h"

/* Simulated time that no job may need. */
#define PATIENCE_MS 600000
/* As long as a dispenser may take to ask for its first association. */
#define ASSOCIATION_MS 21000
#define OSLO_S 3600

static void do_manager (TestRunner *self, GPtrArray *actions);
static void open_link (TestRunner *self);

typedef struct
{
  TestRunner *self;
  int which;
} TimerData;

static void
stop (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
start (TestRunner *self, GSource **source, guint ms, GSourceFunc func, int which)
{
  TimerData *data = g_new (TimerData, 1);

  *data = (TimerData){ self, which };
  stop (source);
  *source = benk_clock_create_timer (BENK_CLOCK (self->host->clock), ms);
  g_source_set_callback (*source, func, data, g_free);
  g_source_attach (*source, NULL);
}

static void tell_job (TestRunner *self,
                      BenkJobEventKind kind,
                      const BenkApdu *apdu,
                      const char *text,
                      gboolean timed_out);

static gboolean
on_job_timer (gpointer data)
{
  TestRunner *self = ((TimerData *) data)->self;

  stop (&self->job_timer);
  tell_job (self, BENK_JOB_EV_TIMER, NULL, NULL, FALSE);

  return G_SOURCE_REMOVE;
}

static gboolean
on_manager_timer (gpointer data)
{
  TimerData *timer = data;
  TestRunner *self = timer->self;
  int which = timer->which;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  stop (&self->manager_timers[which]);
  benk_manager_timeout (self->manager, (BenkManagerTimer) which, actions);
  do_manager (self, actions);

  return G_SOURCE_REMOVE;
}

static void send_next (TestRunner *self);

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  TestRunner *self = data;

  benk_link_send_finish (BENK_LINK (source), result, NULL);
  if (BENK_LINK (source) != self->link)
    return;
  self->sending = FALSE;
  send_next (self);
}

static void
send_next (TestRunner *self)
{
  g_autoptr (GBytes) apdu = NULL;

  if (self->sending || self->link == NULL || g_queue_is_empty (&self->sends))
    return;

  apdu = g_queue_pop_head (&self->sends);
  self->sending = TRUE;
  benk_link_send_async (self->link, apdu, NULL, on_sent, self);
}

static void
do_job (TestRunner *self, const BenkJobAction *action)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  if (action->kind == BENK_JOB_ACT_REQUEST)
    benk_manager_request (self->manager, action->request, action->delay_ms, actions);
  else if (action->kind == BENK_JOB_ACT_RELEASE)
    benk_manager_release (self->manager, actions);
  else if (action->kind == BENK_JOB_ACT_START_TIMER)
    start (self, &self->job_timer, action->delay_ms, on_job_timer, 0);
  else if (action->kind == BENK_JOB_ACT_STOP_TIMER)
    stop (&self->job_timer);
  else if (action->kind == BENK_JOB_ACT_CONFIRM)
    tell_job (self, BENK_JOB_EV_CONFIRM, NULL, action->text, FALSE);
  do_manager (self, actions);
}

static void
tell_job (TestRunner *self,
          BenkJobEventKind kind,
          const BenkApdu *apdu,
          const char *text,
          gboolean timed_out)
{
  g_autoptr (GPtrArray) actions = benk_job_actions_new ();
  BenkJobEvent event = {
    .kind = kind,
    .local_s = benk_clock_get_wall_ms (BENK_CLOCK (self->host->clock)) / 1000 + OSLO_S,
    .apdu = apdu,
    .config_id = benk_manager_get_config_id (self->manager),
    .pm_handle = benk_manager_get_pm_handle (self->manager),
    .timed_out = timed_out,
    .text = text,
  };

  benk_job_handle (self->job, &event, actions);
  for (guint i = 0; i < actions->len; i++)
    do_job (self, g_ptr_array_index (actions, i));
}

static void
do_manager_action (TestRunner *self, const BenkManagerAction *action)
{
  switch (action->kind)
    {
    case BENK_ACTION_SEND:
      g_queue_push_tail (&self->sends, g_bytes_ref (action->bytes));
      send_next (self);
      break;
    case BENK_ACTION_START_TIMER:
      start (self, &self->manager_timers[action->timer], action->delay_ms,
             on_manager_timer, (int) action->timer);
      break;
    case BENK_ACTION_STOP_TIMER:
      stop (&self->manager_timers[action->timer]);
      break;
    case BENK_ACTION_ASSOCIATED:
      stop (&self->patience);
      self->associated = TRUE;
      tell_job (self, BENK_JOB_EV_ASSOCIATED, NULL, NULL, FALSE);
      break;
    case BENK_ACTION_ENDED:
      if (action->end != BENK_END_DOWN)
        tell_job (self, BENK_JOB_EV_ENDED, NULL, NULL, action->end == BENK_END_TIMEOUT);
      break;
    case BENK_ACTION_RESPONSE:
      tell_job (self, BENK_JOB_EV_RESPONSE, action->apdu, NULL, FALSE);
      break;
    case BENK_ACTION_EVENT:
      tell_job (self, BENK_JOB_EV_EVENT, action->apdu, NULL, FALSE);
      break;
    case BENK_ACTION_REFUSED:
    default:
      break;
    }
}

static void
do_manager (TestRunner *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    do_manager_action (self, g_ptr_array_index (actions, i));
}

static void
on_received (BenkLink *link, GBytes *apdu, TestRunner *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  benk_manager_receive (self->manager, apdu, actions);
  do_manager (self, actions);
}

static void
drop_link (TestRunner *self)
{
  if (self->link == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->link, self);
  benk_link_close (self->link);
  g_clear_object (&self->link);
  g_queue_clear_full (&self->sends, (GDestroyNotify) g_bytes_unref);
  self->sending = FALSE;
}

static void
on_down (BenkLink *link, const GError *error, TestRunner *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  drop_link (self);
  benk_manager_transport_down (self->manager, actions);
  do_manager (self, actions);
  tell_job (self, BENK_JOB_EV_DOWN, NULL, NULL, FALSE);
  if (self->plugs_back)
    benk_virtual_dispenser_plug (self->host->dispenser);
}

static gboolean
on_impatient (gpointer data)
{
  TestRunner *self = ((TimerData *) data)->self;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  stop (&self->patience);
  drop_link (self);
  benk_manager_transport_down (self->manager, actions);
  do_manager (self, actions);
  tell_job (self, BENK_JOB_EV_DOWN, NULL, NULL, FALSE);

  return G_SOURCE_REMOVE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  TestRunner *self = data;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  if (!benk_link_open_finish (BENK_LINK (source), result, NULL))
    return;
  if (!self->associated)
    start (self, &self->patience, ASSOCIATION_MS, on_impatient, 0);
  benk_manager_transport_up (self->manager, actions);
  do_manager (self, actions);
}

static void
open_link (TestRunner *self)
{
  self->link = self->host->make_link != NULL
                 ? self->host->make_link (self->host->link_data)
                 : benk_virtual_link_new (self->host->dispenser);
  g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->link, "down", G_CALLBACK (on_down), self);
  benk_link_open_async (self->link, NULL, on_opened, self);
}

/* Fills in a plan whose octets follow from the seed. */
void
test_runner_make_plan (BenkJobPlan *plan, guint seed)
{
  *plan = (BenkJobPlan){ .volume = 40, .zone_offset_min = 60, .zone_dst_rule = 1 };
  for (guint16 id = 1; id <= 3; id++)
    plan->tables[id - 1] = test_make_table (id, seed);
  plan->language = g_strdup ("nb");
  plan->zone = g_strdup ("Europe/Oslo");
}

BenkJobSetup
test_runner_setup (BenkJobKind kind, const BenkJobPlan *plan, guint32 set_id)
{
  return (BenkJobSetup){ .kind = kind,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = "MD9000001",
                         .plan = plan,
                         .set_id = set_id,
                         .nonce = 0x5eed1234,
                         .challenge = 0x0badf00d };
}

static gboolean
ring (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Octets of a link outside of the process come before any simulated time passes. */
static void
let_time_pass (TestRunner *self)
{
  gboolean rung = self->host->make_link == NULL;

  if (!rung)
    g_timeout_add (2, ring, &rung);
  while (!rung)
    g_main_context_iteration (NULL, TRUE);
  if (self->host->make_link == NULL || !g_main_context_pending (NULL))
    benk_fake_clock_advance (self->host->clock, 50);
}

/* Runs a job to its end; fails when it has none. */
TestRunner *
test_runner_run (TestHost *host, const BenkJobSetup *setup, gboolean plugs_back)
{
  static const guint8 manager_id[8] = { 2, 0xd0, 0x5e, 0, 0, 0, 0, 1 };
  TestRunner *self = g_new0 (TestRunner, 1);
  g_autoptr (GBytes) salt = g_bytes_new_static ("salt", 4);
  BenkJobSetup copy = *setup;

  copy.salt = salt;
  copy.reattach_ms = plugs_back ? 5000 : 0;
  self->host = host;
  self->plugs_back = plugs_back;
  g_queue_init (&self->sends);
  self->manager = benk_manager_new (manager_id);
  self->job = benk_job_new (&copy);
  open_link (self);
  for (guint ms = 0; !benk_job_is_finished (self->job); ms += 50)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (ms, <, PATIENCE_MS);
      if (self->link == NULL && benk_virtual_dispenser_get_attached (host->dispenser))
        open_link (self);
      else if (!benk_job_is_finished (self->job))
        let_time_pass (self);
    }
  drop_link (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return self;
}

void
test_runner_free (TestRunner *self)
{
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    stop (&self->manager_timers[i]);
  stop (&self->job_timer);
  stop (&self->patience);
  drop_link (self);
  benk_manager_free (self->manager);
  benk_job_free (self->job);
  g_free (self);
}

/* Whether a plan, and nothing else, is in force; %NULL = none. */
gboolean
test_runner_holds (const BenkAgentMemory *memory, const BenkJobPlan *plan, guint32 set_id)
{
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      GBytes *data = memory->in_force[i].data;
      GBytes *wanted = plan != NULL && i < 3 ? plan->tables[i] : NULL;

      if ((data != NULL) != (wanted != NULL) ||
          (data != NULL && !g_bytes_equal (data, wanted)))
        return FALSE;
    }

  return memory->set_id == set_id;
}
