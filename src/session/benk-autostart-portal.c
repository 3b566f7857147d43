/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-autostart-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define TOKEN "dosebenk_autostart"

/* org.freedesktop.portal.Background, version 1: a call that is answered by a signal at an
 * object whose path is known before the call. */
typedef struct
{
  GDBusConnection *bus;
  guint subscription;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->subscription)
    g_dbus_connection_signal_unsubscribe (asking->bus, asking->subscription);
  g_clear_object (&asking->bus);
  g_free (asking);
}

static void
fail (GTask *task, const char *reason)
{
  if (!g_task_get_completed (task))
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                             _ ("The desktop cannot be asked to start programs: %s"),
                             reason);
}

/* 0: done; else the person or the desktop said no. */
static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean is_on = FALSE;
  guint32 response;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &is_on);
  g_dbus_connection_signal_unsubscribe (bus, asking->subscription);
  asking->subscription = 0;
  if (!g_task_get_completed (task))
    g_task_return_boolean (task, response == 0 && is_on);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply)
    return;
  if (asking->subscription)
    g_dbus_connection_signal_unsubscribe (asking->bus, asking->subscription);
  asking->subscription = 0;
  fail (task, error->message);
}

static char *
make_request_path (GDBusConnection *bus)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  g_strdelimit (sender, ".", '_');
  return g_strdup_printf (PATH "/request/%s/" TOKEN, sender);
}

static GVariant *
make_options (gboolean on)
{
  static const char *const command[] = { "dosebenk", "--background", NULL };
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "handle_token", "s", TOKEN);
  g_variant_dict_insert (&options, "reason", "s",
                         _ ("Dosebenk goes on watching for alarms in the background."));
  g_variant_dict_insert (&options, "autostart", "b", on);
  g_variant_dict_insert (&options, "commandline", "^as", command);
  return g_variant_dict_end (&options);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_new0 (Asking, 1);
  gboolean on = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_task_set_task_data (task, asking, asking_free);
  asking->bus = g_bus_get_finish (result, &error);
  if (!asking->bus)
    {
      fail (task, error->message);
      return;
    }
  path = make_request_path (asking->bus);
  asking->subscription =
    g_dbus_connection_signal_subscribe (asking->bus, PORTAL,
                                        "org.freedesktop.portal.Request", "Response",
                                        path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response,
                                        g_object_ref (task), g_object_unref);
  g_dbus_connection_call (asking->bus, PORTAL, PATH, "org.freedesktop.portal.Background",
                          "RequestBackground",
                          g_variant_new ("(s@a{sv})", "", make_options (on)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), on_called, g_object_ref (task));
}

/* (transfer full) @task */
void
benk_autostart_ask_portal (GTask *task, gboolean on)
{
  g_bus_get (G_BUS_TYPE_SESSION, g_task_get_cancellable (task), on_bus, task);
}
