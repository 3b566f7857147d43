/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notifier.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-feeds.h"
#include "benk-notifier-words.h"
#include "benk-stock.h"
#include "benk-visit.h"

#define CRITICAL 40
#define CAPS_TIMEOUT_MS 5000
/* From here on what is not critical shares one bubble: a flood hides nothing. */
#define MAX_BUBBLES 5
#define GROUP "more"
/* The one about low stock is about no alarm. */
#define STOCK "stock"

/**
 * BenkNotifier:
 *
 * Shows alarms that come from the sources as desktop notifications: one an alarm,
 * replaced when the alarm changes, withdrawn when somebody has it. It says which device
 * and what, never who: no name, no reference, no word of the source's.
 *
 * libnotify waits for the service, so everything is said to it from a thread, one thing
 * after the other.
 */
struct _BenkNotifier
{
  GObject parent_instance;

  BenkClock *clock;
  BenkVisits *visits;
  GListModel *queue;
  GHashTable *bubbles; /* alarm id as text → Bubble */
  GQueue *errands;     /* of GTask */
  gboolean busy;
  char *problem;
};

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

enum
{
  SIGNAL_TAKE,
  SIGNAL_SHOW,
  SIGNAL_SHOW_STOCK,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkNotifier, benk_notifier, G_TYPE_OBJECT)

typedef struct
{
  char *alarm_id;
  NotifyNotification *notification;
  BenkNotifier *notifier; /* unowned */
  gboolean queued;        /* its alarm has been in the queue */
  gboolean withdrawn;
  guint n_more; /* of the shared one: how many it stands for */
} Bubble;

/* Who is told what a person answered; it may be gone by then. */
typedef struct
{
  GWeakRef notifier;
  char *alarm_id;
} Answer;

/* What the thread is to do. Only it touches the notification between made and freed. */
typedef struct
{
  NotifyNotification *notification;
  BenkNotifier *notifier; /* held by the task */
  char *alarm_id;
  char *summary; /* NULL: withdraw */
  char *body;
  NotifyUrgency urgency;
  gboolean can_take;
} Errand;

static Answer *
answer_new (const Errand *errand)
{
  Answer *answer = g_new0 (Answer, 1);

  g_weak_ref_init (&answer->notifier, errand->notifier);
  answer->alarm_id = g_strdup (errand->alarm_id);
  return answer;
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->notifier);
  g_free (answer->alarm_id);
  g_free (answer);
}

static void
bubble_free (Bubble *bubble)
{
  g_signal_handlers_disconnect_by_data (bubble->notification, bubble);
  g_object_unref (bubble->notification);
  g_free (bubble->alarm_id);
  g_free (bubble);
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->notification);
  g_free (errand->alarm_id);
  g_free (errand->summary);
  g_free (errand->body);
  g_free (errand);
}

/* -- In the thread ------------------------------------------------------------------- */

/* Asked by ourselves: libnotify warns aloud where there is no service. */
static gboolean
shows_markup (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autofree const char **caps = NULL;

  if (bus)
    reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.Notifications",
                                   "/org/freedesktop/Notifications",
                                   "org.freedesktop.Notifications", "GetCapabilities",
                                   NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                                   CAPS_TIMEOUT_MS, NULL, NULL);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(^a&s)", &caps);
  return g_strv_contains ((const char *const *) caps, "body-markup");
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (BenkNotifier) self = g_weak_ref_get (&answer->notifier);
  guint signal = g_strcmp0 (action, "take") == 0 ? SIGNAL_TAKE : SIGNAL_SHOW;
  g_autofree char *id = g_strdup (answer->alarm_id);

  if (self && g_str_equal (id, STOCK))
    g_signal_emit (self, signals[SIGNAL_SHOW_STOCK], 0);
  else if (self)
    g_signal_emit (self, signals[signal], 0, id);
}

static void
set_contents (const Errand *errand)
{
  NotifyNotification *n = errand->notification;
  g_autofree char *escaped =
    shows_markup () ? g_markup_escape_text (errand->body, -1) : NULL;

  notify_notification_update (n, errand->summary, escaped ? escaped : errand->body,
                              BENK_APP_ID);
  notify_notification_set_urgency (n, errand->urgency);
  notify_notification_clear_actions (n);
  notify_notification_add_action (n, "default", _ ("Show"), on_action,
                                  answer_new (errand), answer_free);
  if (errand->can_take)
    notify_notification_add_action (n, "take", _ ("I’ll Take It"), on_action,
                                    answer_new (errand), answer_free);
  notify_notification_add_action (n, "show", _ ("Show"), on_action, answer_new (errand),
                                  answer_free);
}

static void
run_errand (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (!notify_is_initted () && !notify_init ("Dosebenk"))
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                               "libnotify cannot be started");
      return;
    }
  if (errand->summary == NULL)
    {
      notify_notification_close (errand->notification, NULL);
      g_task_return_boolean (task, FALSE);
      return;
    }
  set_contents (errand);
  if (notify_notification_show (errand->notification, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED, "%s",
                             error->message);
}

/* -- On the main context ------------------------------------------------------------- */

static void
set_problem (BenkNotifier *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
run_next (BenkNotifier *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->busy || self->errands == NULL)
    return;
  task = g_queue_pop_head (self->errands);
  self->busy = task != NULL;
  if (task)
    g_task_run_in_thread (task, run_errand);
}

static void
on_errand_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkNotifier *self = BENK_NOTIFIER (source);
  g_autoptr (GError) error = NULL;
  gboolean shown = g_task_propagate_boolean (G_TASK (result), &error);

  if (shown)
    set_problem (self, NULL);
  else if (error)
    {
      g_debug ("notification: %s", error->message);
      set_problem (self, _ ("The desktop shows no notifications. Alarms are seen only "
                            "in this window."));
    }
  self->busy = FALSE;
  run_next (self);
}

static Errand *
errand_new (BenkNotifier *self, Bubble *bubble)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->notification = g_object_ref (bubble->notification);
  errand->notifier = self;
  errand->alarm_id = g_strdup (bubble->alarm_id);
  return errand;
}

/* (transfer full) @errand */
static void
add_errand (BenkNotifier *self, Errand *errand)
{
  GTask *task = g_task_new (self, NULL, on_errand_done, NULL);

  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  g_queue_push_tail (self->errands, task);
  run_next (self);
}

static void
withdraw (BenkNotifier *self, Bubble *bubble)
{
  if (bubble->withdrawn)
    return;
  bubble->withdrawn = TRUE;
  add_errand (self, errand_new (self, bubble));
}

/* Closed by a person: a change of the alarm opens a new one. */
static void
on_bubble_closed (NotifyNotification *notification, gpointer user_data)
{
  Bubble *bubble = user_data;

  g_hash_table_remove (bubble->notifier->bubbles, bubble->alarm_id);
}

static Bubble *
get_bubble (BenkNotifier *self, const char *alarm_id)
{
  Bubble *bubble = g_hash_table_lookup (self->bubbles, alarm_id);

  if (bubble)
    return bubble;
  bubble = g_new0 (Bubble, 1);
  bubble->alarm_id = g_strdup (alarm_id);
  bubble->notifier = self;
  bubble->notification = notify_notification_new ("Dosebenk", NULL, BENK_APP_ID);
  notify_notification_set_hint (bubble->notification, "desktop-entry",
                                g_variant_new_string (BENK_APP_ID));
  g_signal_connect (bubble->notification, "closed", G_CALLBACK (on_bubble_closed),
                    bubble);
  g_hash_table_insert (self->bubbles, bubble->alarm_id, bubble);
  return bubble;
}

static void
show (BenkNotifier *self, BenkAlarm *alarm, const char *alarm_id)
{
  const char *device = benk_alarm_get_device_label (alarm);
  Bubble *bubble = get_bubble (self, alarm_id);
  Errand *errand = errand_new (self, bubble);

  bubble->withdrawn = FALSE;
  errand->summary = benk_bubble_dup_summary (alarm);
  errand->body = g_strdup (device ? device : _ ("Unknown device, not registered"));
  errand->urgency = benk_bubble_get_urgency (alarm);
  /* Care's and medicine's alarms are not ours to take from a bubble. */
  errand->can_take =
    benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW &&
    benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL;
  add_errand (self, errand);
}

static guint
count_shown (BenkNotifier *self)
{
  GHashTableIter iter;
  gpointer bubble;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->bubbles);
  while (g_hash_table_iter_next (&iter, NULL, &bubble))
    n += !((Bubble *) bubble)->withdrawn &&
         !g_str_equal (((Bubble *) bubble)->alarm_id, STOCK);
  return n;
}

/* The newest of the rest is what it leads to. */
static void
show_group (BenkNotifier *self, const char *alarm_id)
{
  Bubble *bubble = get_bubble (self, GROUP);
  Errand *errand = errand_new (self, bubble);

  bubble->n_more = bubble->withdrawn ? 1 : bubble->n_more + 1;
  bubble->withdrawn = FALSE;
  g_free (errand->alarm_id);
  errand->alarm_id = g_strdup (alarm_id);
  errand->summary =
    g_strdup_printf (ngettext ("%u more alarm", "%u more alarms", bubble->n_more),
                     bubble->n_more);
  errand->body = g_strdup ("");
  errand->urgency = NOTIFY_URGENCY_NORMAL;
  add_errand (self, errand);
}

static void
on_low_stock (BenkStock *stock, GPtrArray *limits, BenkNotifier *self)
{
  Errand *errand = errand_new (self, get_bubble (self, STOCK));

  errand->summary = g_strdup (_ ("Low stock"));
  errand->body = benk_stock_describe_low (stock, limits);
  errand->urgency = NOTIFY_URGENCY_NORMAL;
  add_errand (self, errand);
}

static void
on_alarm (BenkFeeds *feeds, BenkAlarm *alarm, gboolean is_new, BenkNotifier *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));
  Bubble *bubble = g_hash_table_lookup (self->bubbles, id);

  if (benk_alarm_get_status (alarm) != BENK_ALARM_STATUS_NEW)
    {
      if (bubble)
        withdraw (self, bubble);
    }
  else if (benk_visits_get_current (self->visits) != NULL)
    return; /* in a home nothing sounds; the page of the visit counts */
  else if (is_new && bubble == NULL && count_shown (self) >= MAX_BUBBLES &&
           benk_alarm_get_severity (alarm) < CRITICAL)
    show_group (self, id);
  else if (is_new || bubble)
    show (self, alarm, id);
}

static gboolean
on_wait_over (BenkAlarms *alarms, BenkAlarm *alarm, BenkNotifier *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

  if (benk_visits_get_current (self->visits) != NULL)
    return FALSE; /* told when the visit has ended */
  show (self, alarm, id);
  return TRUE;
}

/* (transfer full) (nullable); for the shared one any alarm that nobody has. */
static BenkAlarm *
find_alarm (BenkNotifier *self, const char *alarm_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (self->queue, i);
      g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

      if (g_str_equal (id, alarm_id) ||
          (g_str_equal (alarm_id, GROUP) &&
           benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW))
        return g_steal_pointer (&alarm);
    }
  return NULL;
}

/* An alarm is told before the queue has it; only one that was there can have left it. */
static void
withdraw_done (BenkNotifier *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->bubbles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Bubble *bubble = value;
      g_autoptr (BenkAlarm) alarm = find_alarm (self, bubble->alarm_id);

      if (alarm ? !benk_bubble_is_wanted (alarm, now_ms) : bubble->queued)
        withdraw (self, bubble);
      bubble->queued = bubble->queued || alarm;
    }
}

/* Taken or closed here, or in another process: the queue tells. */
static void
on_queue_changed (
  BenkNotifier *self, guint position, guint n_removed, guint n_added, GListModel *queue)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      g_signal_handlers_disconnect_by_func (alarm, withdraw_done, self);
      g_signal_connect_object (alarm, "notify::status", G_CALLBACK (withdraw_done), self,
                               G_CONNECT_SWAPPED);
    }
  withdraw_done (self);
}

static void
benk_notifier_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkNotifier *self = BENK_NOTIFIER (object);

  switch (id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_notifier_dispose (GObject *object)
{
  BenkNotifier *self = BENK_NOTIFIER (object);

  g_clear_pointer (&self->bubbles, g_hash_table_unref);
  if (self->errands)
    g_queue_free_full (g_steal_pointer (&self->errands), g_object_unref);
  g_clear_object (&self->queue);
  g_clear_object (&self->visits);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (benk_notifier_parent_class)->dispose (object);
}

static void
benk_notifier_class_init (BenkNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_notifier_get_property;
  object_class->dispose = benk_notifier_dispose;

  /**
   * BenkNotifier:problem:
   *
   * Why alarms are not shown on the desktop, in words, or %NULL.
   */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                           G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BenkNotifier::take:
   * @self: the notifier
   * @alarm_id: id of the alarm, as text
   *
   * A person answered that they take the alarm.
   */
  signals[SIGNAL_TAKE] =
    g_signal_new ("take", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * BenkNotifier::show:
   * @self: the notifier
   * @alarm_id: id of the alarm, as text
   *
   * A person wants to see the alarm.
   */
  signals[SIGNAL_SHOW] =
    g_signal_new ("show", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * BenkNotifier::show-stock:
   * @self: the notifier
   *
   * A person wants to see what is low.
   */
  signals[SIGNAL_SHOW_STOCK] =
    g_signal_new ("show-stock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_notifier_init (BenkNotifier *self)
{
  self->bubbles =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) bubble_free);
  self->errands = g_queue_new ();
}

/**
 * benk_notifier_new:
 * @session: an open session
 *
 * Shows what comes from the session's sources from now on.
 *
 * Returns: (transfer full): the notifier
 */
BenkNotifier *
benk_notifier_new (BenkSession *session)
{
  BenkNotifier *self = g_object_new (BENK_TYPE_NOTIFIER, NULL);

  self->clock = g_object_ref (benk_session_get_clock (session));
  self->visits = g_object_ref (benk_session_get_visits (session));
  self->queue = g_object_ref (benk_alarms_get_queue (benk_session_get_alarms (session)));
  g_signal_connect_object (benk_session_get_feeds (session), "alarm",
                           G_CALLBACK (on_alarm), self, 0);
  g_signal_connect_object (self->queue, "items-changed", G_CALLBACK (on_queue_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_alarms (session), "wait-over",
                           G_CALLBACK (on_wait_over), self, 0);
  g_signal_connect_object (benk_session_get_stock (session), "low",
                           G_CALLBACK (on_low_stock), self, 0);
  benk_stock_watch (benk_session_get_stock (session));
  return self;
}

/**
 * benk_notifier_get_problem:
 * @self: a notifier
 *
 * Returns: (transfer none) (nullable): why alarms are not shown on the desktop, in words
 */
const char *
benk_notifier_get_problem (BenkNotifier *self)
{
  g_return_val_if_fail (BENK_IS_NOTIFIER (self), NULL);
  return self->problem;
}
