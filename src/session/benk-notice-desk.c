/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notice-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#define SERVICE "org.freedesktop.Notifications"
/* What the service refused is said to it again after this. */
#define RETRY_MS (60 * 1000)

/**
 * BenkNoticeDesk:
 *
 * Shows bubbles on the desktop, one a key: said again, it takes the place of the first.
 * What changes while the service is slow is said once, as it is then. A service that
 * comes back is told what is still open.
 */
struct _BenkNoticeDesk
{
  GObject parent_instance;

  BenkClock *clock;
  GHashTable *slots; /* key → Slot */
  GQueue waiting;    /* of key */
  gboolean busy;
  guint watch;
  GStrv capabilities; /* of the service; NULL: not known */
  guint service;      /* counts those that came and went */
  gboolean known;     /* whether there is a service */
  gboolean gone;      /* the service was there, or should be, and is not */
  GCancellable *asking;
  GSource *retry;
  char *problem;
};

typedef struct
{
  BenkNoticeDesk *desk; /* unowned */
  char *key;
  NotifyNotification *notification; /* NULL: the service has none */
  BenkNotice *notice;
  gboolean waiting;
  gboolean refused;
  gboolean lost; /* the service that showed it is gone */
} Slot;

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_DISMISSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkNoticeDesk, benk_notice_desk, G_TYPE_OBJECT)

static void run_next (BenkNoticeDesk *self);

static void
drop_notification (Slot *slot)
{
  if (slot->notification)
    g_signal_handlers_disconnect_by_data (slot->notification, slot);
  g_clear_object (&slot->notification);
}

static void
slot_free (Slot *slot)
{
  drop_notification (slot);
  g_clear_pointer (&slot->notice, benk_notice_free);
  g_free (slot->key);
  g_free (slot);
}

static void
set_problem (BenkNoticeDesk *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
tell_gone (BenkNoticeDesk *self)
{
  set_problem (self, _ ("The desktop shows no notifications. Alarms are seen only in "
                        "this window."));
}

/* Closed by a person, or because its time was over. */
static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  Slot *slot = user_data;
  g_autoptr (BenkNoticeDesk) self = g_object_ref (slot->desk);
  g_autofree char *key = g_strdup (slot->key);

  g_hash_table_remove (self->slots, key);
  g_signal_emit (self, signals[SIGNAL_DISMISSED], 0, key);
}

static void
make_notification (Slot *slot)
{
  if (slot->notification)
    return;
  slot->notification = notify_notification_new ("Dosebenk", NULL, BENK_APP_ID);
  notify_notification_set_hint (slot->notification, "desktop-entry",
                                g_variant_new_string (BENK_APP_ID));
  /* The program sounds by itself, and says when it cannot. */
  notify_notification_set_hint (slot->notification, "suppress-sound",
                                g_variant_new_boolean (TRUE));
  g_signal_connect (slot->notification, "closed", G_CALLBACK (on_closed), slot);
}

static void
add_waiting (Slot *slot)
{
  if (!slot->waiting)
    g_queue_push_tail (&slot->desk->waiting, g_strdup (slot->key));
  slot->waiting = TRUE;
}

static void
show_again (BenkNoticeDesk *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Slot *) value)->refused || ((Slot *) value)->lost)
      add_waiting (value);
  run_next (self);
}

static void
disarm (BenkNoticeDesk *self)
{
  if (self->retry)
    g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
}

static gboolean
on_retry (gpointer user_data)
{
  BenkNoticeDesk *self = user_data;

  disarm (self);
  show_again (self);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkNoticeDesk *self)
{
  if (self->retry)
    return;
  self->retry = benk_clock_create_timer (self->clock, RETRY_MS);
  g_source_set_callback (self->retry, on_retry, self, NULL);
  g_source_set_static_name (self->retry, "[dosebenk] bubbles");
  g_source_attach (self->retry, g_main_context_get_thread_default ());
}

/* (transfer full) (nullable) @capabilities */
static void
keep_capabilities (BenkNoticeDesk *self, GStrv capabilities)
{
  g_strfreev (self->capabilities);
  self->capabilities = capabilities;
}

static void
on_errand_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkNoticeDesk *self = BENK_NOTICE_DESK (source);
  BenkNoticeErrand *errand = g_task_get_task_data (G_TASK (result));
  Slot *slot = self->slots ? g_hash_table_lookup (self->slots, errand->key) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean shown = g_task_propagate_boolean (G_TASK (result), &error);

  /* Let go here: the task itself may end in its thread. */
  g_clear_object (&errand->notification);
  self->busy = FALSE;
  if (self->watch != 0 && errand->service == self->service)
    keep_capabilities (self, error ? NULL : g_steal_pointer (&errand->capabilities));
  if (!self->slots)
    return;
  if (error)
    {
      g_debug ("notification: %s", error->message);
      tell_gone (self);
      arm (self);
    }
  if (slot && errand->notice)
    {
      slot->refused = !shown;
      slot->lost = slot->lost && !shown;
    }
  if (shown && !self->gone && self->problem)
    {
      set_problem (self, NULL);
      show_again (self);
    }
  run_next (self);
}

/* (transfer full) (nullable): what is next to be said */
static BenkNoticeErrand *
next_errand (BenkNoticeDesk *self)
{
  char *key;

  while ((key = g_queue_pop_head (&self->waiting)) != NULL)
    {
      Slot *slot = g_hash_table_lookup (self->slots, key);
      BenkNoticeErrand *errand;

      if (!slot || (!slot->notice && !slot->notification))
        {
          g_hash_table_remove (self->slots, key);
          g_free (key);
          continue;
        }
      make_notification (slot);
      slot->waiting = FALSE;
      errand = g_new0 (BenkNoticeErrand, 1);
      errand->notification = g_object_ref (slot->notification);
      errand->key = key;
      errand->capabilities = g_strdupv (self->capabilities);
      errand->service = self->service;
      if (slot->notice)
        errand->notice = benk_notice_copy (slot->notice);
      else
        g_hash_table_remove (self->slots, key);
      return errand;
    }
  return NULL;
}

static void
run_next (BenkNoticeDesk *self)
{
  g_autoptr (GTask) task = NULL;
  BenkNoticeErrand *errand;

  if (self->busy || !self->slots)
    return;
  errand = next_errand (self);
  if (!errand)
    return;
  self->busy = TRUE;
  task = g_task_new (self, NULL, on_errand_done, NULL);
  g_task_set_task_data (task, errand, (GDestroyNotify) benk_notice_errand_free);
  g_task_run_in_thread (task, benk_notice_errand_run);
}

/* -- The service --------------------------------------------------------------------- */

/* Another one may be able to do other things. */
static void
note_other_service (BenkNoticeDesk *self)
{
  self->service++;
  keep_capabilities (self, NULL);
}

/* What one service showed is not the next one's. */
static void
lose_all (BenkNoticeDesk *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      slot->lost = slot->lost || (slot->notification && slot->notice);
      drop_notification (slot);
    }
}

static void
stop_asking (BenkNoticeDesk *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  BenkNoticeDesk *self = data;

  self->known = TRUE;
  note_other_service (self);
  stop_asking (self);
  if (!self->gone)
    return;
  self->gone = FALSE;
  set_problem (self, NULL);
  show_again (self);
}

/* One that is started by the first who speaks to it is not missing. */
static void
on_activatable (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkNoticeDesk *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree const char **names = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (reply)
    g_variant_get (reply, "(^a&s)", &names);
  if (names && g_strv_contains ((const char *const *) names, SERVICE))
    show_again (self);
  else
    tell_gone (self);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  BenkNoticeDesk *self = user_data;

  self->known = TRUE;
  self->gone = TRUE;
  note_other_service (self);
  lose_all (self);
  stop_asking (self);
  if (bus == NULL)
    {
      tell_gone (self);
      return;
    }
  self->asking = g_cancellable_new ();
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->asking, on_activatable, self);
}

/* In a sandbox bubbles go through the portal, whose service is another one. */
static void
watch (BenkNoticeDesk *self)
{
  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    self->watch =
      g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE,
                        on_appeared, on_vanished, self, NULL);
}

static void
benk_notice_desk_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  BenkNoticeDesk *self = BENK_NOTICE_DESK (object);

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
benk_notice_desk_dispose (GObject *object)
{
  benk_notice_desk_stop (BENK_NOTICE_DESK (object));
  G_OBJECT_CLASS (benk_notice_desk_parent_class)->dispose (object);
}

static void
benk_notice_desk_class_init (BenkNoticeDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_notice_desk_get_property;
  object_class->dispose = benk_notice_desk_dispose;

  /**
   * BenkNoticeDesk:problem:
   *
   * Why nothing is shown on the desktop, in words, or %NULL.
   */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                           G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BenkNoticeDesk::answered:
   * @self: the desk
   * @key: which bubble
   * @action: "take", "show" or "default"
   * @token: (nullable): lets a window come to the front
   *
   * A person pressed a button of a bubble, or the bubble itself.
   */
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * BenkNoticeDesk::dismissed:
   * @self: the desk
   * @key: which bubble
   *
   * A bubble was closed by a person, or because its time was over.
   */
  signals[SIGNAL_DISMISSED] =
    g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
benk_notice_desk_init (BenkNoticeDesk *self)
{
  self->slots =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) slot_free);
  g_queue_init (&self->waiting);
}

/**
 * benk_notice_desk_new:
 * @clock: when to try again
 *
 * Returns: (transfer full): the desk, without a bubble
 */
BenkNoticeDesk *
benk_notice_desk_new (BenkClock *clock)
{
  BenkNoticeDesk *self = g_object_new (BENK_TYPE_NOTICE_DESK, NULL);

  self->clock = g_object_ref (clock);
  watch (self);
  return self;
}

/**
 * benk_notice_desk_show:
 * @self: a desk
 * @key: which bubble
 * @notice: what it says
 *
 * Shows a bubble, in the place of the one with the same key.
 */
void
benk_notice_desk_show (BenkNoticeDesk *self, const char *key, const BenkNotice *notice)
{
  Slot *slot = g_hash_table_lookup (self->slots, key);

  if (!slot)
    {
      slot = g_new0 (Slot, 1);
      slot->desk = self;
      slot->key = g_strdup (key);
      g_hash_table_insert (self->slots, slot->key, slot);
    }
  g_clear_pointer (&slot->notice, benk_notice_free);
  slot->notice = benk_notice_copy (notice);
  add_waiting (slot);
  run_next (self);
}

/* Takes a bubble away; does nothing if there is none. */
void
benk_notice_desk_withdraw (BenkNoticeDesk *self, const char *key)
{
  Slot *slot = g_hash_table_lookup (self->slots, key);

  if (!slot || !slot->notice)
    return;
  g_clear_pointer (&slot->notice, benk_notice_free);
  add_waiting (slot);
  run_next (self);
}

/* (transfer none) (nullable): what the bubble with that key says */
const BenkNotice *
benk_notice_desk_find (BenkNoticeDesk *self, const char *key)
{
  Slot *slot = g_hash_table_lookup (self->slots, key);

  return slot ? slot->notice : NULL;
}

/**
 * benk_notice_desk_clear:
 * @self: a desk
 *
 * Takes every bubble away, and waits for that: the last thing before the program ends. A
 * button that nobody hears any more would be a promise.
 */
void
benk_notice_desk_clear (BenkNoticeDesk *self)
{
  GHashTableIter iter;
  gpointer value;

  /* One that does not answer now is not waited for. */
  if (self->busy || self->gone || self->problem)
    return;
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      if (slot->notification && slot->notice)
        notify_notification_close (slot->notification, NULL);
    }
}

/* Says nothing more, whoever still holds it. What is shown stays. */
void
benk_notice_desk_stop (BenkNoticeDesk *self)
{
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  stop_asking (self);
  disarm (self);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->problem, g_free);
  keep_capabilities (self, NULL);
}

/* (transfer full) (element-type utf8): the keys of the bubbles */
GPtrArray *
benk_notice_desk_list (BenkNoticeDesk *self)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Slot *) value)->notice)
      g_ptr_array_add (keys, g_strdup (((Slot *) value)->key));
  return keys;
}

/**
 * benk_notice_desk_is_busy:
 * @self: a desk
 *
 * Returns: whether something is still to be said, or being said, or it is not known yet
 *   to whom
 */
gboolean
benk_notice_desk_is_busy (BenkNoticeDesk *self)
{
  return self->busy || !g_queue_is_empty (&self->waiting) || self->asking ||
         (self->watch && !self->known);
}

/* (transfer none) (nullable): why nothing is shown on the desktop, in words */
const char *
benk_notice_desk_get_problem (BenkNoticeDesk *self)
{
  return self->problem;
}

void
benk_notice_desk_answer (BenkNoticeDesk *self,
                         const char *key,
                         const char *action,
                         const char *token)
{
  if (self->slots)
    g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, key, action, token);
}
