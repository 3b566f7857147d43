/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-link.h"

#include "benk-error.h"

typedef enum
{
  EVENT_OPEN,
  EVENT_SEND,
  EVENT_RECEIVED,
  EVENT_DOWN,
} EventKind;

/* One thing to do in one turn of the main loop. */
typedef struct
{
  EventKind kind;
  GTask *task;
  GBytes *apdu;
  GError *error;
} Event;

struct _BenkVirtualLink
{
  BenkLink parent_instance;

  BenkVirtualDispenser *dispenser;
  GMainContext *context;
  GSource *source;
  GQueue events;
  gulong apdu_handler;
  gulong down_handler;
  gboolean open;
};

G_DEFINE_FINAL_TYPE (BenkVirtualLink, benk_virtual_link, BENK_TYPE_LINK)

static void
event_free (Event *event)
{
  g_clear_object (&event->task);
  g_clear_pointer (&event->apdu, g_bytes_unref);
  g_clear_error (&event->error);
  g_free (event);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Event, event_free)

static void
stop_source (BenkVirtualLink *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
forget_dispenser (BenkVirtualLink *self)
{
  g_clear_signal_handler (&self->apdu_handler, self->dispenser);
  g_clear_signal_handler (&self->down_handler, self->dispenser);
}

static void
do_open (BenkVirtualLink *self, Event *event)
{
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (event->task))
    return;

  self->open = benk_virtual_dispenser_connect_host (self->dispenser, &error);
  if (self->open)
    {
      g_task_return_boolean (event->task, TRUE);
      return;
    }
  forget_dispenser (self);
  g_task_return_error (event->task, g_steal_pointer (&error));
}

static void
do_send (BenkVirtualLink *self, Event *event)
{
  if (g_task_return_error_if_cancelled (event->task))
    return;
  if (!self->open)
    {
      g_task_return_new_error (event->task, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                               "The link to the simulated dispenser is not open");
      return;
    }

  benk_virtual_dispenser_deliver (self->dispenser, event->apdu);
  g_task_return_boolean (event->task, TRUE);
}

static gboolean
next_event (gpointer data)
{
  g_autoptr (BenkVirtualLink) self = g_object_ref (data);
  g_autoptr (Event) event = g_queue_pop_head (&self->events);

  if (g_queue_is_empty (&self->events))
    stop_source (self);
  if (event == NULL)
    return G_SOURCE_REMOVE;

  switch (event->kind)
    {
    case EVENT_OPEN:
      do_open (self, event);
      break;
    case EVENT_SEND:
      do_send (self, event);
      break;
    case EVENT_RECEIVED:
      benk_link_emit_received (BENK_LINK (self), event->apdu);
      break;
    case EVENT_DOWN:
      benk_link_emit_down (BENK_LINK (self), event->error);
      break;
    default:
      break;
    }

  return self->source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
push_event (
  BenkVirtualLink *self, EventKind kind, GTask *task, GBytes *apdu, const GError *error)
{
  Event *event = g_new0 (Event, 1);

  event->kind = kind;
  event->task = task;
  event->apdu = apdu != NULL ? g_bytes_ref (apdu) : NULL;
  event->error = error != NULL ? g_error_copy (error) : NULL;
  g_queue_push_tail (&self->events, event);
  if (self->source != NULL)
    return;

  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, next_event, self, NULL);
  g_source_attach (self->source, self->context);
}

static void
on_apdu (BenkVirtualDispenser *dispenser, GBytes *apdu, BenkVirtualLink *self)
{
  push_event (self, EVENT_RECEIVED, NULL, apdu, NULL);
}

static void
on_down (BenkVirtualDispenser *dispenser, const GError *error, BenkVirtualLink *self)
{
  self->open = FALSE;
  push_event (self, EVENT_DOWN, NULL, NULL, error);
}

static void
benk_virtual_link_open_async (BenkLink *link,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  BenkVirtualLink *self = BENK_VIRTUAL_LINK (link);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_virtual_link_open_async);
  if (self->context != NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_BUSY,
                               "The link was opened already");
      g_object_unref (task);
      return;
    }

  self->context = g_main_context_ref_thread_default ();
  self->apdu_handler =
    g_signal_connect (self->dispenser, "apdu", G_CALLBACK (on_apdu), self);
  self->down_handler =
    g_signal_connect (self->dispenser, "down", G_CALLBACK (on_down), self);
  push_event (self, EVENT_OPEN, task, NULL, NULL);
}

static gboolean
benk_virtual_link_open_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
benk_virtual_link_send_async (BenkLink *link,
                              GBytes *apdu,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  BenkVirtualLink *self = BENK_VIRTUAL_LINK (link);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_virtual_link_send_async);
  if (self->context == NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                               "The link to the simulated dispenser is not open");
      g_object_unref (task);
      return;
    }

  push_event (self, EVENT_SEND, task, apdu, NULL);
}

static gboolean
benk_virtual_link_send_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What was still asked for is answered, so that nobody waits for ever. */
static void
benk_virtual_link_close (BenkLink *link)
{
  BenkVirtualLink *self = BENK_VIRTUAL_LINK (link);
  Event *event;

  forget_dispenser (self);
  stop_source (self);
  while ((event = g_queue_pop_head (&self->events)) != NULL)
    {
      if (event->task != NULL)
        g_task_return_new_error (event->task, BENK_ERROR, BENK_ERROR_CANCELLED,
                                 "The link was closed");
      event_free (event);
    }
  if (self->open)
    {
      self->open = FALSE;
      benk_virtual_dispenser_disconnect_host (self->dispenser);
    }
}

static void
benk_virtual_link_dispose (GObject *object)
{
  BenkVirtualLink *self = BENK_VIRTUAL_LINK (object);

  if (self->dispenser != NULL)
    benk_virtual_link_close (BENK_LINK (self));
  g_clear_object (&self->dispenser);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (benk_virtual_link_parent_class)->dispose (object);
}

static void
benk_virtual_link_class_init (BenkVirtualLinkClass *klass)
{
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_virtual_link_dispose;
  link_class->open_async = benk_virtual_link_open_async;
  link_class->open_finish = benk_virtual_link_open_finish;
  link_class->send_async = benk_virtual_link_send_async;
  link_class->send_finish = benk_virtual_link_send_finish;
  link_class->close = benk_virtual_link_close;
}

static void
benk_virtual_link_init (BenkVirtualLink *self)
{
  g_queue_init (&self->events);
}

/**
 * benk_virtual_link_new:
 * @dispenser: a simulated dispenser of the same thread
 *
 * Makes a link inside the process, of kind %BENK_LINK_KIND_SIMULATED. It opens while the
 * dispenser is on the bus, and only once: after a re-enumeration a new link is needed.
 *
 * Returns: (transfer full): the link
 */
BenkLink *
benk_virtual_link_new (BenkVirtualDispenser *dispenser)
{
  BenkVirtualLink *self;
  const BenkAgentMemory *memory;
  g_autofree char *description = NULL;
  g_autofree char *bus_path = NULL;

  g_return_val_if_fail (BENK_IS_VIRTUAL_DISPENSER (dispenser), NULL);

  memory = benk_virtual_dispenser_get_memory (dispenser);
  description = g_strdup_printf ("%s %s", benk_virtual_dispenser_get_name (dispenser),
                                 benk_virtual_dispenser_get_serial (dispenser));
  bus_path =
    g_strdup_printf ("virtual:%s:%s", benk_virtual_dispenser_get_model_id (dispenser),
                     benk_virtual_dispenser_get_serial (dispenser));
  self = g_object_new (BENK_TYPE_VIRTUAL_LINK, "kind", (int) BENK_LINK_KIND_SIMULATED,
                       "description", description, "bus-path", bus_path, "usb-serial",
                       memory != NULL ? memory->serial : NULL, NULL);
  self->dispenser = g_object_ref (dispenser);

  return BENK_LINK (self);
}

/**
 * benk_virtual_link_get_dispenser:
 * @self: a link
 *
 * Returns: (transfer none): the dispenser at its other end
 */
BenkVirtualDispenser *
benk_virtual_link_get_dispenser (BenkVirtualLink *self)
{
  g_return_val_if_fail (BENK_IS_VIRTUAL_LINK (self), NULL);

  return self->dispenser;
}
