/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-association-private.h"

#include "benk-error.h"
#include "benk-manager.h"

#include <glib/gi18n.h>
#include <string.h>

/* A device that is not associated asks at once; one that says nothing for so long may
 * still hold an association of which nobody is left. Milliseconds; ours. */
#define NUDGE_MS 2000

struct _BenkAssociation
{
  GObject parent_instance;

  BenkClock *clock;
  BenkAssociationFunc func;
  gpointer func_data;

  BenkManager *manager;
  BenkLink *link;
  gulong received_handler;
  gulong down_handler;
  GSource *timers[BENK_N_TIMERS];
  GSource *patience;
  GSource *nudge;
  GSource *later;
  GQueue events;
  gboolean pumping;
  gboolean stopped;
};

typedef struct
{
  BenkAssociation *self;
  BenkManagerTimer timer;
} TimerData;

G_DEFINE_FINAL_TYPE (BenkAssociation, benk_association, G_TYPE_OBJECT)

static void
event_free (BenkAssociationEvent *event)
{
  g_clear_pointer (&event->apdu, benk_apdu_free);
  g_clear_error (&event->error);
  g_free (event);
}

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
start_timer (BenkAssociation *self,
             guint delay_ms,
             GSourceFunc func,
             gpointer data,
             GDestroyNotify destroy)
{
  GSource *source = benk_clock_create_timer (self->clock, delay_ms);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
  return source;
}

static BenkAssociationEvent *
queue_event (BenkAssociation *self, BenkAssociationEventKind kind)
{
  BenkAssociationEvent *event = g_new0 (BenkAssociationEvent, 1);

  event->kind = kind;
  g_queue_push_tail (&self->events, event);
  return event;
}

/* What is to be told waits until the manager's actions are done: the answer to it may
 * start the very timer that a later action of the same row stops. */
static void
pump (BenkAssociation *self)
{
  BenkAssociationEvent *event;

  if (self->pumping)
    return;
  self->pumping = TRUE;
  while (!self->stopped && (event = g_queue_pop_head (&self->events)) != NULL)
    {
      self->func (self, event, self->func_data);
      event_free (event);
    }
  self->pumping = FALSE;
}

static gboolean
on_later (gpointer user_data)
{
  g_autoptr (BenkAssociation) self = g_object_ref (BENK_ASSOCIATION (user_data));

  stop_source (&self->later);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* For what a call of the owner causes: it is not told before the call has returned. */
static void
pump_later (BenkAssociation *self)
{
  g_autoptr (GMainContext) context = NULL;

  if (g_queue_is_empty (&self->events) || self->pumping || self->later != NULL)
    return;
  context = g_main_context_ref_thread_default ();
  self->later = g_idle_source_new ();
  g_source_set_priority (self->later, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->later, on_later, self, NULL);
  g_source_attach (self->later, context);
}

static void run_actions (BenkAssociation *self, GPtrArray *actions);

static void
drop_link (BenkAssociation *self)
{
  g_autoptr (BenkLink) link = g_steal_pointer (&self->link);
  g_autoptr (GPtrArray) actions = NULL;

  if (link == NULL)
    return;
  g_clear_signal_handler (&self->received_handler, link);
  g_clear_signal_handler (&self->down_handler, link);
  benk_link_close (link);
  stop_source (&self->patience);
  stop_source (&self->nudge);
  actions = benk_manager_actions_new ();
  benk_manager_transport_down (self->manager, actions);
  run_actions (self, actions);
}

static void
lose_link (BenkAssociation *self, const GError *error)
{
  if (self->link == NULL)
    return;
  drop_link (self);
  queue_event (self, BENK_ASSOCIATION_DOWN)->error =
    error != NULL ? g_error_copy (error) : NULL;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAssociation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_link_send_finish (BENK_LINK (source), result, &error) ||
      self->link != BENK_LINK (source))
    return;
  lose_link (self, error);
  pump (self);
}

static gboolean
on_timer (gpointer user_data)
{
  TimerData *data = user_data;
  g_autoptr (BenkAssociation) self = g_object_ref (data->self);
  BenkManagerTimer timer = data->timer;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  stop_source (&self->timers[timer]);
  benk_manager_timeout (self->manager, timer, actions);
  run_actions (self, actions);
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
start_manager_timer (BenkAssociation *self, BenkManagerTimer timer, guint delay_ms)
{
  TimerData *data = g_new (TimerData, 1);

  *data = (TimerData){ self, timer };
  stop_source (&self->timers[timer]);
  self->timers[timer] = start_timer (self, delay_ms, on_timer, data, g_free);
}

/* By way of the octets: the APDU belongs to the action that brought it. */
static void
queue_apdu (BenkAssociation *self, BenkAssociationEventKind kind, const BenkApdu *apdu)
{
  g_autoptr (GBytes) bytes = benk_apdu_compose (apdu);
  BenkApdu *copy = bytes != NULL ? benk_apdu_parse (bytes, NULL) : NULL;

  if (copy != NULL)
    queue_event (self, kind)->apdu = copy;
  else
    queue_event (self, BENK_ASSOCIATION_ENDED);
}

static void
run_action (BenkAssociation *self, const BenkManagerAction *action)
{
  switch (action->kind)
    {
    case BENK_ACTION_SEND:
      if (self->link != NULL)
        benk_link_send_async (self->link, action->bytes, NULL, on_sent,
                              g_object_ref (self));
      break;
    case BENK_ACTION_START_TIMER:
      start_manager_timer (self, action->timer, action->delay_ms);
      break;
    case BENK_ACTION_STOP_TIMER:
      stop_source (&self->timers[action->timer]);
      break;
    case BENK_ACTION_ASSOCIATED:
      stop_source (&self->patience);
      queue_event (self, BENK_ASSOCIATION_UP);
      break;
    case BENK_ACTION_ENDED:
      if (action->end != BENK_END_DOWN) /* that is told with its error */
        queue_event (self, BENK_ASSOCIATION_ENDED)->timed_out =
          action->end == BENK_END_TIMEOUT;
      break;
    case BENK_ACTION_RESPONSE:
      queue_apdu (self, BENK_ASSOCIATION_RESPONSE, action->apdu);
      break;
    case BENK_ACTION_EVENT:
      queue_apdu (self, BENK_ASSOCIATION_REPORT, action->apdu);
      break;
    case BENK_ACTION_REFUSED:
    default:
      queue_event (self, BENK_ASSOCIATION_ENDED);
      break;
    }
}

static void
run_actions (BenkAssociation *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    run_action (self, g_ptr_array_index (actions, i));
}

static void
on_received (BenkLink *link, GBytes *apdu, BenkAssociation *association)
{
  g_autoptr (BenkAssociation) self = g_object_ref (association);
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  stop_source (&self->nudge);
  benk_manager_receive (self->manager, apdu, actions);
  run_actions (self, actions);
  pump (self);
}

static void
on_down (BenkLink *link, const GError *error, BenkAssociation *association)
{
  g_autoptr (BenkAssociation) self = g_object_ref (association);

  lose_link (self, error);
  pump (self);
}

static gboolean
on_impatient (gpointer user_data)
{
  g_autoptr (BenkAssociation) self = g_object_ref (BENK_ASSOCIATION (user_data));
  g_autoptr (GError) error =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_TIMEOUT,
                         _ ("The dispenser did not begin to talk."));

  stop_source (&self->patience);
  lose_link (self, error);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Whoever was left associated, by a program that was killed, ends that and asks again; to
 * any other device an abort is nothing (20601: ignored while unassociated). */
static gboolean
on_silent (gpointer user_data)
{
  g_autoptr (BenkAssociation) self = g_object_ref (BENK_ASSOCIATION (user_data));
  g_autoptr (BenkApdu) abort =
    benk_apdu_new_reason (BENK_APDU_ABRT, BENK_ABORT_UNDEFINED);
  g_autoptr (GBytes) bytes = benk_apdu_compose (abort);

  stop_source (&self->nudge);
  if (self->link != NULL && bytes != NULL)
    benk_link_send_async (self->link, bytes, NULL, on_sent, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAssociation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  gboolean opened = benk_link_open_finish (BENK_LINK (source), result, &error);

  if (self->link != BENK_LINK (source))
    return;
  if (opened)
    {
      actions = benk_manager_actions_new ();
      benk_manager_transport_up (self->manager, actions);
      run_actions (self, actions);
      if (self->patience != NULL)
        self->nudge = start_timer (self, NUDGE_MS, on_silent, self, NULL);
    }
  else
    lose_link (self, error);
  pump (self);
}

static void
benk_association_dispose (GObject *object)
{
  benk_association_stop (BENK_ASSOCIATION (object));
  G_OBJECT_CLASS (benk_association_parent_class)->dispose (object);
}

static void
benk_association_finalize (GObject *object)
{
  BenkAssociation *self = BENK_ASSOCIATION (object);

  g_queue_clear_full (&self->events, (GDestroyNotify) event_free);
  g_clear_pointer (&self->manager, benk_manager_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_association_parent_class)->finalize (object);
}

static void
benk_association_class_init (BenkAssociationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_association_dispose;
  object_class->finalize = benk_association_finalize;
}

/* An EUI-64 that is the same on this machine each time and says nothing about it. */
static void
build_system_id (guint8 id[8])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "dosebenk manager ", -1);
  g_checksum_update (checksum, (const guchar *) g_get_host_name (), -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (id, digest, 8);
  id[0] = (guint8) ((id[0] & 0xfc) | 0x02); /* locally administered, one station */
}

static void
benk_association_init (BenkAssociation *self)
{
  guint8 system_id[8];

  g_queue_init (&self->events);
  build_system_id (system_id);
  self->manager = benk_manager_new (system_id);
}

/**
 * benk_association_new:
 * @clock: a clock
 * @func: told of everything, never from within a call of @self
 * @user_data: given to @func
 *
 * The manager of 20601 with a link and timers. Lives in the thread that opens it.
 *
 * Returns: (transfer full): an association without a link
 */
BenkAssociation *
benk_association_new (BenkClock *clock, BenkAssociationFunc func, gpointer user_data)
{
  BenkAssociation *self = g_object_new (BENK_TYPE_ASSOCIATION, NULL);

  self->clock = g_object_ref (clock);
  self->func = func;
  self->func_data = user_data;
  return self;
}

/**
 * benk_association_open:
 * @self: an association without a link
 * @link: (transfer full): a link that is not open
 * @patience_ms: how long the device may take to begin; 0 = as long as it likes
 *
 * Opens @link and waits for the device to associate.
 */
void
benk_association_open (BenkAssociation *self, BenkLink *link, guint patience_ms)
{
  g_return_if_fail (BENK_IS_ASSOCIATION (self));
  g_return_if_fail (self->link == NULL && !self->stopped);

  self->link = link;
  if (patience_ms > 0)
    self->patience = start_timer (self, patience_ms, on_impatient, self, NULL);
  self->received_handler =
    g_signal_connect (link, "received", G_CALLBACK (on_received), self);
  self->down_handler = g_signal_connect (link, "down", G_CALLBACK (on_down), self);
  benk_link_open_async (link, NULL, on_opened, g_object_ref (self));
}

/**
 * benk_association_close:
 * @self: an association
 *
 * Closes the link without a word; nothing is told of it.
 */
void
benk_association_close (BenkAssociation *self)
{
  g_return_if_fail (BENK_IS_ASSOCIATION (self));

  drop_link (self);
}

/**
 * benk_association_stop:
 * @self: an association
 *
 * Closes the link and tells nothing more.
 */
void
benk_association_stop (BenkAssociation *self)
{
  g_return_if_fail (BENK_IS_ASSOCIATION (self));

  self->stopped = TRUE;
  drop_link (self);
  stop_source (&self->patience);
  stop_source (&self->nudge);
  stop_source (&self->later);
  for (guint i = 0; i < BENK_N_TIMERS; i++)
    stop_source (&self->timers[i]);
}

/** benk_association_has_link: Returns: whether a link is open or being opened */
gboolean
benk_association_has_link (BenkAssociation *self)
{
  g_return_val_if_fail (BENK_IS_ASSOCIATION (self), FALSE);

  return self->link != NULL;
}

/**
 * benk_association_request:
 * @self: an association
 * @request: a request
 * @timeout_ms: how long to wait for the answer; 0 = as long as 20601 says
 *
 * Where it cannot be made, the association has ended.
 */
void
benk_association_request (BenkAssociation *self,
                          const BenkApdu *request,
                          guint timeout_ms)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  g_return_if_fail (BENK_IS_ASSOCIATION (self));

  benk_manager_request (self->manager, request, timeout_ms, actions);
  run_actions (self, actions);
  pump_later (self);
}

/**
 * benk_association_release:
 * @self: an association
 *
 * Says goodbye; the end is told.
 */
void
benk_association_release (BenkAssociation *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  g_return_if_fail (BENK_IS_ASSOCIATION (self));

  benk_manager_release (self->manager, actions);
  run_actions (self, actions);
  pump_later (self);
}

/** benk_association_get_config_id: Returns: what the device offered */
guint16
benk_association_get_config_id (BenkAssociation *self)
{
  g_return_val_if_fail (BENK_IS_ASSOCIATION (self), 0);

  return benk_manager_get_config_id (self->manager);
}

/** benk_association_get_pm_handle: Returns: handle of the dose log, 0 if there is none */
guint16
benk_association_get_pm_handle (BenkAssociation *self)
{
  g_return_val_if_fail (BENK_IS_ASSOCIATION (self), 0);

  return benk_manager_get_pm_handle (self->manager);
}
