/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-item-private.h"

struct _BenkUsbItem
{
  GObject parent_instance;

  char *bus_path;
  guint vendor_id;
  guint product_id;
  char *serial;
  char *label;
  gboolean healthcare;
  BenkDevice *card;
};

enum
{
  PROP_0,
  PROP_CARD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkUsbItem, benk_usb_item, G_TYPE_OBJECT)

static void
benk_usb_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CARD)
    g_value_set_object (value, BENK_USB_ITEM (object)->card);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
benk_usb_item_finalize (GObject *object)
{
  BenkUsbItem *self = BENK_USB_ITEM (object);

  g_free (self->bus_path);
  g_free (self->serial);
  g_free (self->label);
  g_clear_object (&self->card);

  G_OBJECT_CLASS (benk_usb_item_parent_class)->finalize (object);
}

static void
benk_usb_item_class_init (BenkUsbItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_usb_item_get_property;
  object_class->finalize = benk_usb_item_finalize;

  /** BenkUsbItem:card: the card it is bound to, or %NULL */
  properties[PROP_CARD] = g_param_spec_object ("card", NULL, NULL, BENK_TYPE_DEVICE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_usb_item_init (BenkUsbItem *self)
{
}

/** benk_usb_item_new: Returns: (transfer full): what @event tells of */
BenkUsbItem *
benk_usb_item_new (const BenkBusEvent *event)
{
  BenkUsbItem *self = g_object_new (BENK_TYPE_USB_ITEM, NULL);

  self->bus_path = g_strdup (event->bus_path);
  self->vendor_id = event->vendor_id;
  self->product_id = event->product_id;
  self->serial = g_strdup (event->usb_serial);
  self->label = g_strdup (event->label);
  self->healthcare = event->healthcare;
  return self;
}

/** benk_usb_item_set_card: @card: (nullable): the card it is bound to */
void
benk_usb_item_set_card (BenkUsbItem *self, BenkDevice *card)
{
  if (g_set_object (&self->card, card))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CARD]);
}

/** benk_usb_item_get_bus_path: Returns: where it is plugged in, as "1-2" */
const char *
benk_usb_item_get_bus_path (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), NULL);

  return self->bus_path;
}

/** benk_usb_item_get_vendor_id: Returns: idVendor */
guint
benk_usb_item_get_vendor_id (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), 0);

  return self->vendor_id;
}

/** benk_usb_item_get_product_id: Returns: idProduct */
guint
benk_usb_item_get_product_id (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), 0);

  return self->product_id;
}

/** benk_usb_item_get_serial: Returns: (nullable): serial of its USB descriptors */
const char *
benk_usb_item_get_serial (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), NULL);

  return self->serial;
}

/** benk_usb_item_get_label: Returns: (nullable): what it calls itself */
const char *
benk_usb_item_get_label (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), NULL);

  return self->label;
}

/** benk_usb_item_is_healthcare: Returns: whether it is of the Personal Healthcare class
 */
gboolean
benk_usb_item_is_healthcare (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), FALSE);

  return self->healthcare;
}

/** benk_usb_item_get_card: Returns: (transfer none) (nullable): the card it opens */
BenkDevice *
benk_usb_item_get_card (BenkUsbItem *self)
{
  g_return_val_if_fail (BENK_IS_USB_ITEM (self), NULL);

  return self->card;
}
