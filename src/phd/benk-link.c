/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-link.h"

#include "benk-error.h"

typedef struct
{
  BenkLinkKind kind;
  char *description;
  char *bus_path;
  char *usb_serial;
  gboolean closed;
  BenkLinkTapFunc tap;
  gpointer tap_data;
  GDestroyNotify tap_destroy;
} BenkLinkPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BenkLink, benk_link, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_DESCRIPTION,
  PROP_BUS_PATH,
  PROP_USB_SERIAL,
  N_PROPS,
};

enum
{
  RECEIVED,
  DOWN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
benk_link_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (BENK_LINK (object));

  switch (id)
    {
    case PROP_KIND:
      g_value_set_int (value, (int) priv->kind);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, priv->description);
      break;
    case PROP_BUS_PATH:
      g_value_set_string (value, priv->bus_path);
      break;
    case PROP_USB_SERIAL:
      g_value_set_string (value, priv->usb_serial);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_link_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (BENK_LINK (object));

  switch (id)
    {
    case PROP_KIND:
      priv->kind = (BenkLinkKind) g_value_get_int (value);
      break;
    case PROP_DESCRIPTION:
      priv->description = g_value_dup_string (value);
      break;
    case PROP_BUS_PATH:
      priv->bus_path = g_value_dup_string (value);
      break;
    case PROP_USB_SERIAL:
      priv->usb_serial = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The one place where everything passes, whatever the kind of the link. */
static void
pass (BenkLink *self, BenkLinkMoment moment, GBytes *apdu, const GError *error)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  if (priv->tap != NULL)
    priv->tap (self, moment, apdu, error, priv->tap_data);
}

static void
benk_link_finalize (GObject *object)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (BENK_LINK (object));

  if (priv->tap_destroy != NULL)
    priv->tap_destroy (priv->tap_data);
  g_free (priv->description);
  g_free (priv->bus_path);
  g_free (priv->usb_serial);
  G_OBJECT_CLASS (benk_link_parent_class)->finalize (object);
}

static void
benk_link_class_init (BenkLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_link_get_property;
  object_class->set_property = benk_link_set_property;
  object_class->finalize = benk_link_finalize;

  /**
   * BenkLink:kind: (type int)
   *
   * A #BenkLinkKind: what a proof made over this link rests on.
   */
  properties[PROP_KIND] =
    g_param_spec_int ("kind", NULL, NULL, 0, G_MAXINT, BENK_LINK_KIND_USB, flags);
  /** BenkLink:description: words for the screen, such as "USB 1-2". */
  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL, NULL, flags);
  /** BenkLink:bus-path: where it is plugged in; the same after re-enumeration. */
  properties[PROP_BUS_PATH] = g_param_spec_string ("bus-path", NULL, NULL, NULL, flags);
  /** BenkLink:usb-serial: (nullable): the serial of the USB device descriptor. */
  properties[PROP_USB_SERIAL] =
    g_param_spec_string ("usb-serial", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /** BenkLink::received: @apdu: one whole APDU from the device */
  signals[RECEIVED] = g_signal_new ("received", BENK_TYPE_LINK, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  /** BenkLink::down: @error: why; emitted once, nothing follows */
  signals[DOWN] = g_signal_new ("down", BENK_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
benk_link_init (BenkLink *self)
{
}

/**
 * benk_link_set_tap:
 * @self: a link
 * @func: (nullable): sees everything; must not call the link
 * @user_data: given to @func
 * @destroy: (nullable): frees @user_data
 *
 * Lets @func see what goes over the link, before the owner of the link acts on it.
 */
void
benk_link_set_tap (BenkLink *self,
                   BenkLinkTapFunc func,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_if_fail (BENK_IS_LINK (self));

  if (priv->tap_destroy != NULL)
    priv->tap_destroy (priv->tap_data);
  priv->tap = func;
  priv->tap_data = user_data;
  priv->tap_destroy = destroy;
}

BenkLinkKind
benk_link_get_kind (BenkLink *self)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_val_if_fail (BENK_IS_LINK (self), BENK_LINK_KIND_SIMULATED);
  return priv->kind;
}

/** benk_link_get_description: Returns: (nullable): words for the screen */
const char *
benk_link_get_description (BenkLink *self)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_val_if_fail (BENK_IS_LINK (self), NULL);
  return priv->description;
}

/** benk_link_get_bus_path: Returns: (nullable): where it is plugged in */
const char *
benk_link_get_bus_path (BenkLink *self)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_val_if_fail (BENK_IS_LINK (self), NULL);
  return priv->bus_path;
}

/** benk_link_get_usb_serial: Returns: (nullable): serial of the USB descriptor */
const char *
benk_link_get_usb_serial (BenkLink *self)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_val_if_fail (BENK_IS_LINK (self), NULL);
  return priv->usb_serial;
}

/**
 * benk_link_open_async:
 *
 * Opens the link on the thread's default main context; signals are emitted there.
 */
void
benk_link_open_async (BenkLink *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (BENK_IS_LINK (self));
  pass (self, BENK_LINK_OPENING, NULL, NULL);
  BENK_LINK_GET_CLASS (self)->open_async (self, cancellable, callback, user_data);
}

gboolean
benk_link_open_finish (BenkLink *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (BENK_IS_LINK (self), FALSE);
  if (BENK_LINK_GET_CLASS (self)->open_finish (self, result, &local))
    {
      pass (self, BENK_LINK_OPENED, NULL, NULL);
      return TRUE;
    }
  pass (self, BENK_LINK_NOT_OPENED, NULL, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_link_send_async:
 * @apdu: one whole APDU
 *
 * That sending finished says only that the octets left this side.
 */
void
benk_link_send_async (BenkLink *self,
                      GBytes *apdu,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (BENK_IS_LINK (self));
  pass (self, BENK_LINK_SENDING, apdu, NULL);
  BENK_LINK_GET_CLASS (self)->send_async (self, apdu, cancellable, callback, user_data);
}

gboolean
benk_link_send_finish (BenkLink *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (BENK_IS_LINK (self), FALSE);
  if (BENK_LINK_GET_CLASS (self)->send_finish (self, result, &local))
    return TRUE;
  pass (self, BENK_LINK_NOT_SENT, NULL, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_link_close:
 *
 * Closes the link; it emits nothing afterwards. Closing twice does nothing.
 */
void
benk_link_close (BenkLink *self)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_if_fail (BENK_IS_LINK (self));
  if (priv->closed)
    return;
  pass (self, BENK_LINK_CLOSED, NULL, NULL);
  priv->closed = TRUE;
  BENK_LINK_GET_CLASS (self)->close (self);
}

/**
 * benk_link_emit_received:
 *
 * For subclasses: one whole APDU came in. Says nothing once the link is down or closed.
 */
void
benk_link_emit_received (BenkLink *self, GBytes *apdu)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_if_fail (BENK_IS_LINK (self));
  if (priv->closed)
    return;
  pass (self, BENK_LINK_RECEIVED, apdu, NULL);
  g_signal_emit (self, signals[RECEIVED], 0, apdu);
}

/**
 * benk_link_emit_down:
 * @error: why, in %BENK_ERROR
 *
 * For subclasses: the device is gone. Only the first call is heard; the subclass is
 * closed.
 */
void
benk_link_emit_down (BenkLink *self, const GError *error)
{
  BenkLinkPrivate *priv = benk_link_get_instance_private (self);

  g_return_if_fail (BENK_IS_LINK (self));
  if (priv->closed)
    return;
  g_object_ref (self);
  pass (self, BENK_LINK_LOST, NULL, error);
  priv->closed = TRUE;
  BENK_LINK_GET_CLASS (self)->close (self);
  g_signal_emit (self, signals[DOWN], 0, error);
  g_object_unref (self);
}
