/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-bubbles.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

/* Desktop Notifications Specification 1.2, as far as it is called. */
static const char interface_xml[] =
  "<node><interface name='" NAME "'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/></method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

static void
bubble_free (BenkBubble *bubble)
{
  g_free (bubble->summary);
  g_free (bubble->body);
  g_strfreev (bubble->actions);
  g_free (bubble);
}

static void
emit (BenkBubbles *self, const char *signal, GVariant *arguments)
{
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, NAME, signal, arguments,
                                 NULL);
}

static GVariant *
notify (BenkBubbles *self, GVariant *arguments)
{
  BenkBubble *bubble = g_new0 (BenkBubble, 1);
  g_autoptr (GVariant) hints = NULL;
  guint8 urgency = 1;

  g_variant_get (arguments, "(&su&sss^as@a{sv}i)", NULL, &bubble->replaces, NULL,
                 &bubble->summary, &bubble->body, &bubble->actions, &hints, NULL);
  g_variant_lookup (hints, "urgency", "y", &urgency);
  bubble->urgency = urgency;
  g_variant_lookup (hints, "suppress-sound", "b", &bubble->suppress_sound);
  bubble->id = bubble->replaces ? bubble->replaces : ++self->last_id;
  g_ptr_array_add (self->shown, bubble);

  return g_variant_new ("(u)", bubble->id);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  BenkBubbles *self = user_data;
  GVariant *answer = NULL;
  guint id;

  if (g_str_equal (method, "GetCapabilities"))
    {
      self->n_asked++;
      answer = g_variant_new ("(^as)", self->capabilities);
    }
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "bubbles", "dosebenk", "1", "1.2");
  else if (g_str_equal (method, "Notify") && self->refuses)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, NAME ".Error.Refused",
                                                  "not now");
      return;
    }
  else if (g_str_equal (method, "Notify"))
    answer = notify (self, arguments);
  else
    {
      g_variant_get (arguments, "(u)", &id);
      g_array_append_val (self->closed, id);
      emit (self, "NotificationClosed", g_variant_new ("(uu)", id, 3));
    }
  if (self->slow && g_str_equal (method, "Notify"))
    {
      g_object_set_data_full (G_OBJECT (invocation), "answer",
                              g_variant_ref_sink (answer),
                              (GDestroyNotify) g_variant_unref);
      g_ptr_array_add (self->held, invocation);
    }
  else
    g_dbus_method_invocation_return_value (invocation, answer);
}

/* Returns: (transfer full): the service, with its name on the bus */
BenkBubbles *
benk_bubbles_new (const char *address, const char *const *capabilities)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  BenkBubbles *self = g_new0 (BenkBubbles, 1);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  self->capabilities = capabilities;
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) bubble_free);
  self->held = g_ptr_array_new ();
  self->closed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->connection = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  self->object_id =
    g_dbus_connection_register_object (self->connection, PATH, node->interfaces[0],
                                       &vtable, self, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", NAME, 4),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
benk_bubbles_free (BenkBubbles *self)
{
  benk_bubbles_hurry (self);
  g_ptr_array_unref (self->held);
  g_dbus_connection_unregister_object (self->connection, self->object_id);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_ptr_array_unref (self->shown);
  g_array_unref (self->closed);
  g_free (self);
}

void
benk_bubbles_answer (BenkBubbles *self, guint id, const char *action)
{
  emit (self, "ActionInvoked", g_variant_new ("(us)", id, action));
}

void
benk_bubbles_dismiss (BenkBubbles *self, guint id)
{
  emit (self, "NotificationClosed", g_variant_new ("(uu)", id, 2));
}

/* Answers what waits, and from now on at once. */
void
benk_bubbles_hurry (BenkBubbles *self)
{
  self->slow = FALSE;
  for (guint i = 0; i < self->held->len; i++)
    {
      GDBusMethodInvocation *invocation = g_ptr_array_index (self->held, i);

      g_dbus_method_invocation_return_value (invocation,
                                             g_object_get_data (G_OBJECT (invocation),
                                                                "answer"));
    }
  g_ptr_array_set_size (self->held, 0);
}
