/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-network.h"

struct _BenkNetwork
{
  GObject parent_instance;

  gboolean available;
};

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static gboolean
nothing_to_do (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
implement_initable (GInitableIface *iface)
{
  iface->init = nothing_to_do;
}

static void
implement_monitor (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkNetwork,
                               benk_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, implement_initable)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                        implement_monitor))

static void
benk_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkNetwork *self = BENK_NETWORK (object);

  switch (id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_CONNECTIVITY:
      g_value_set_enum (value, self->available ? G_NETWORK_CONNECTIVITY_FULL
                                               : G_NETWORK_CONNECTIVITY_LOCAL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_network_class_init (BenkNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
benk_network_init (BenkNetwork *self)
{
  self->available = TRUE;
}

BenkNetwork *
benk_network_new (void)
{
  return g_object_new (BENK_TYPE_NETWORK, NULL);
}

void
benk_network_set_available (BenkNetwork *self, gboolean available)
{
  self->available = available;
  g_object_notify (G_OBJECT (self), "network-available");
  g_signal_emit_by_name (self, "network-changed", available);
}
