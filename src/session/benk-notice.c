/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notice-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#include "benk-error.h"

#define CAPS_TIMEOUT_MS 5000

BenkNotice *
benk_notice_copy (const BenkNotice *notice)
{
  BenkNotice *copy = g_new0 (BenkNotice, 1);

  copy->summary = g_strdup (notice->summary);
  copy->body = g_strdup (notice->body);
  copy->take = g_strdup (notice->take);
  copy->urgency = notice->urgency;
  return copy;
}

void
benk_notice_free (BenkNotice *notice)
{
  g_free (notice->summary);
  g_free (notice->body);
  g_free (notice->take);
  g_free (notice);
}

gboolean
benk_notice_equal (const BenkNotice *a, const BenkNotice *b)
{
  return g_strcmp0 (a->summary, b->summary) == 0 && g_strcmp0 (a->body, b->body) == 0 &&
         g_strcmp0 (a->take, b->take) == 0 && a->urgency == b->urgency;
}

void
benk_notice_errand_free (BenkNoticeErrand *errand)
{
  g_clear_object (&errand->notification);
  g_clear_pointer (&errand->notice, benk_notice_free);
  g_free (errand->key);
  g_strfreev (errand->capabilities);
  g_free (errand);
}

/* Who is told what a person answered; it may be gone by then. */
typedef struct
{
  GWeakRef desk;
  char *key;
} Answer;

static Answer *
answer_new (BenkNoticeDesk *desk, const char *key)
{
  Answer *answer = g_new0 (Answer, 1);

  g_weak_ref_init (&answer->desk, desk);
  answer->key = g_strdup (key);
  return answer;
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->desk);
  g_free (answer->key);
  g_free (answer);
}

/* On the main context, where libnotify listens. */
static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (BenkNoticeDesk) desk = g_weak_ref_get (&answer->desk);
  g_autofree char *key = g_strdup (answer->key);

  if (desk)
    benk_notice_desk_answer (desk, key, action,
                             notify_notification_get_activation_token (notification));
}

/* Asked by ourselves: libnotify warns aloud where there is no service. */
static GStrv
ask_capabilities (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  char **caps = NULL;

  if (bus)
    reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.Notifications",
                                   "/org/freedesktop/Notifications",
                                   "org.freedesktop.Notifications", "GetCapabilities",
                                   NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                                   CAPS_TIMEOUT_MS, NULL, NULL);
  if (reply)
    g_variant_get (reply, "(^as)", &caps);
  return caps;
}

static gboolean
can (GStrv caps, const char *what)
{
  return caps && g_strv_contains ((const char *const *) caps, what);
}

static void
set_actions (BenkNoticeDesk *desk, const BenkNoticeErrand *errand)
{
  NotifyNotification *n = errand->notification;

  notify_notification_add_action (n, "default", _ ("Show"), on_action,
                                  answer_new (desk, errand->key), answer_free);
  if (errand->notice->take)
    notify_notification_add_action (n, "take", errand->notice->take, on_action,
                                    answer_new (desk, errand->key), answer_free);
  notify_notification_add_action (n, "show", _ ("Show"), on_action,
                                  answer_new (desk, errand->key), answer_free);
}

/* A service that shows no buttons gets none; where to go then is said in words. */
static void
set_contents (BenkNoticeDesk *desk, BenkNoticeErrand *errand)
{
  NotifyNotification *n = errand->notification;
  const BenkNotice *notice = errand->notice;
  g_autofree char *body = NULL;
  g_autofree char *escaped = NULL;
  gboolean has_actions;

  if (errand->capabilities == NULL)
    errand->capabilities = ask_capabilities ();
  has_actions = can (errand->capabilities, "actions");
  body = has_actions ? g_strdup (notice->body)
                     : g_strdup_printf ("%s%s%s", notice->body, *notice->body ? "\n" : "",
                                        _ ("Open Dosebenk to see it."));
  if (can (errand->capabilities, "body-markup"))
    escaped = g_markup_escape_text (body, -1);
  notify_notification_update (n, notice->summary, escaped ? escaped : body, BENK_APP_ID);
  notify_notification_set_urgency (n, (NotifyUrgency) notice->urgency);
  notify_notification_clear_actions (n);
  if (has_actions)
    set_actions (desk, errand);
}

/* libnotify waits for the service: in a thread, one thing after the other. */
void
benk_notice_errand_run (GTask *task,
                        gpointer desk,
                        gpointer data,
                        GCancellable *cancellable)
{
  BenkNoticeErrand *errand = data;
  g_autoptr (GError) error = NULL;

  if (!notify_is_initted () && !notify_init ("Dosebenk"))
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                               "libnotify cannot be started");
      return;
    }
  if (errand->notice == NULL)
    {
      /* One that the service has lost is gone as well. */
      notify_notification_close (errand->notification, NULL);
      g_task_return_boolean (task, FALSE);
      return;
    }
  set_contents (desk, errand);
  if (notify_notification_show (errand->notification, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED, "%s",
                             error->message);
}
