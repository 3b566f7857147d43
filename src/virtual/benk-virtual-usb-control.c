/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-usb-private.h"

#include <string.h>

#define DESCRIPTOR_DEVICE 1
#define DESCRIPTOR_CONFIG 2
#define DESCRIPTOR_STRING 3

#define STRING_MANUFACTURER 1
#define STRING_PRODUCT 2
#define STRING_SERIAL 3

/* USB 2.0 at full speed; classes are the interface's. */
static const guint8 device_descriptor[] = { 18,
                                            1,
                                            0x00,
                                            0x02,
                                            0,
                                            0,
                                            0,
                                            64,
                                            BENK_VIRTUAL_USB_VENDOR & 0xff,
                                            BENK_VIRTUAL_USB_VENDOR >> 8,
                                            BENK_VIRTUAL_USB_PRODUCT & 0xff,
                                            BENK_VIRTUAL_USB_PRODUCT >> 8,
                                            0x00,
                                            0x01,
                                            STRING_MANUFACTURER,
                                            STRING_PRODUCT,
                                            STRING_SERIAL,
                                            1 };

/* One interface of a personal healthcare device: 11073-20601 without metadata preamble,
 * medication monitor (4168), bulk IN and OUT with QoS medium.best. */
static const guint8 config_descriptor[] = {
  9,    2,    50,
  0,    1,    1,
  0,    0xc0, 50, /* configuration, self-powered */
  9,    4,    0,
  0,    2,    0x0f,
  0,    0,    0, /* interface 0 */
  4,    0x20, 0x02,
  0x00, /* class function */
  6,    0x30, 0x00,
  0x01, 0x48, 0x10, /* function extension */
  7,    5,    BENK_VIRTUAL_USB_IN,
  2,    64,   0,
  0, /* bulk IN */
  4,    0x21, 0x01,
  0x08, /* QoS */
  7,    5,    BENK_VIRTUAL_USB_OUT,
  2,    64,   0,
  0, /* bulk OUT */
  4,    0x21, 0x01,
  0x08, /* QoS */
};

G_STATIC_ASSERT (sizeof device_descriptor == 18);
G_STATIC_ASSERT (sizeof config_descriptor == 50);

typedef struct
{
  guint8 type;
  guint8 request;
  guint16 value;
  guint16 index;
  guint16 length;
} Setup;

static GBytes *
make_status (guint16 status)
{
  guint8 octets[2] = { (guint8) status, (guint8) (status >> 8) };

  return g_bytes_new (octets, sizeof octets);
}

/**
 * benk_virtual_usb_get_device_descriptor:
 * @self: a dispenser on USB
 *
 * Returns: (transfer full): 18 octets
 */
GBytes *
benk_virtual_usb_get_device_descriptor (BenkVirtualUsb *self)
{
  return g_bytes_new_static (device_descriptor, sizeof device_descriptor);
}

/**
 * benk_virtual_usb_get_config_descriptor:
 * @self: a dispenser on USB
 *
 * Returns: (transfer full): the one configuration with all that belongs to it
 */
GBytes *
benk_virtual_usb_get_config_descriptor (BenkVirtualUsb *self)
{
  return g_bytes_new_static (config_descriptor, sizeof config_descriptor);
}

/**
 * benk_virtual_usb_get_string:
 * @self: a dispenser on USB
 * @index: string index; 0 = the languages
 *
 * Returns: (transfer full) (nullable): the string descriptor; %NULL when there is none
 */
GBytes *
benk_virtual_usb_get_string (BenkVirtualUsb *self, guint index)
{
  static const guint8 languages[] = { 4, DESCRIPTOR_STRING, 0x09, 0x04 };
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (self->dispenser);
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  const char *text;
  guint8 head[2];

  if (index == 0)
    return g_bytes_new_static (languages, sizeof languages);
  if (memory == NULL || index > STRING_SERIAL)
    return NULL;

  text = index == STRING_MANUFACTURER ? memory->manufacturer
         : index == STRING_PRODUCT    ? memory->model
                                      : memory->serial;
  head[0] = (guint8) (2 + 2 * MIN (strlen (text), 126));
  head[1] = DESCRIPTOR_STRING;
  g_byte_array_append (octets, head, sizeof head);
  for (guint i = 0; i < (head[0] - 2u) / 2; i++)
    {
      guint8 sign[2] = { (guint8) text[i], 0 };

      g_byte_array_append (octets, sign, sizeof sign);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&octets));
}

static GBytes *
get_descriptor (BenkVirtualUsb *self, const Setup *setup)
{
  switch (setup->value >> 8)
    {
    case DESCRIPTOR_DEVICE:
      return benk_virtual_usb_get_device_descriptor (self);
    case DESCRIPTOR_CONFIG:
      return (setup->value & 0xff) == 0 ? benk_virtual_usb_get_config_descriptor (self)
                                        : NULL;
    case DESCRIPTOR_STRING:
      return benk_virtual_usb_get_string (self, setup->value & 0xff);
    default:
      return NULL;
    }
}

static GBytes *
nothing (void)
{
  return g_bytes_new (NULL, 0);
}

static GBytes *
device_request (BenkVirtualUsb *self, const Setup *setup)
{
  guint8 configuration = self->configured ? 1 : 0;

  switch (setup->type << 8 | setup->request)
    {
    case 0x8006: /* GET_DESCRIPTOR */
      return get_descriptor (self, setup);
    case 0x8000: /* GET_STATUS: self-powered */
      return make_status (1);
    case 0x8008: /* GET_CONFIGURATION */
      return g_bytes_new (&configuration, 1);
    case 0x0009: /* SET_CONFIGURATION */
      if (setup->value > 1)
        return NULL;
      benk_virtual_usb_configure (self, setup->value == 1);
      return nothing ();
    case 0x0005: /* SET_ADDRESS */
      return nothing ();
    default:
      return NULL;
    }
}

static GBytes *
interface_request (BenkVirtualUsb *self, const Setup *setup)
{
  const guint8 alternate = 0;

  if (!self->configured || setup->index != 0)
    return NULL;

  switch (setup->type << 8 | setup->request)
    {
    case 0x8100: /* GET_STATUS */
      return make_status (0);
    case 0x810a: /* GET_INTERFACE */
      return g_bytes_new (&alternate, 1);
    case 0x010b: /* SET_INTERFACE */
      if (setup->value != 0)
        return NULL;
      benk_virtual_usb_restart (self);
      return nothing ();
    case 0xa100: /* PHDC GET_STATUS: bit n = endpoint n has data */
      return make_status (
        g_queue_is_empty (&self->packets) ? 0 : 1 << (BENK_VIRTUAL_USB_IN & 0x0f));
    default: /* SET_FEATURE of the metadata preamble too: bmCapability says there is none
              */
      return NULL;
    }
}

static GBytes *
endpoint_request (BenkVirtualUsb *self, const Setup *setup)
{
  guint8 endpoint = (guint8) setup->index;
  gboolean in = endpoint == BENK_VIRTUAL_USB_IN;

  if (!self->configured || (!in && endpoint != BENK_VIRTUAL_USB_OUT))
    return NULL;

  switch (setup->type << 8 | setup->request)
    {
    case 0x8200: /* GET_STATUS */
      return make_status (in ? self->halted_in : self->halted_out);
    case 0x0201: /* CLEAR_FEATURE (ENDPOINT_HALT) */
      if (setup->value != 0)
        return NULL;
      benk_virtual_usb_clear_halt (self, endpoint);
      return nothing ();
    case 0x0203: /* SET_FEATURE (ENDPOINT_HALT) */
      if (setup->value != 0)
        return NULL;
      benk_virtual_usb_halt (self, endpoint);
      return nothing ();
    default:
      return NULL;
    }
}

/**
 * benk_virtual_usb_control:
 * @self: a dispenser on USB
 * @setup: (array fixed-size=8): the setup packet
 * @answer: (out) (transfer full) (nullable): octets of the data stage, at most wLength;
 *   empty for a request without one
 *
 * One transfer on endpoint 0. Requests with data to the device are not known to it.
 *
 * Returns: OK, STALL for what it does not know, or GONE
 */
BenkVirtualUsbStatus
benk_virtual_usb_control (BenkVirtualUsb *self, const guint8 setup[8], GBytes **answer)
{
  const Setup parsed = {
    .type = setup[0],
    .request = setup[1],
    .value = (guint16) (setup[2] | setup[3] << 8),
    .index = (guint16) (setup[4] | setup[5] << 8),
    .length = (guint16) (setup[6] | setup[7] << 8),
  };
  g_autoptr (GBytes) whole = NULL;

  g_return_val_if_fail (BENK_IS_VIRTUAL_USB (self), BENK_VIRTUAL_USB_GONE);

  *answer = NULL;
  if (!benk_virtual_dispenser_get_attached (self->dispenser))
    return BENK_VIRTUAL_USB_GONE;

  switch (parsed.type & 0x1f)
    {
    case 0:
      whole = device_request (self, &parsed);
      break;
    case 1:
      whole = interface_request (self, &parsed);
      break;
    case 2:
      whole = endpoint_request (self, &parsed);
      break;
    default:
      break;
    }
  if (whole == NULL)
    return BENK_VIRTUAL_USB_STALL;

  *answer =
    g_bytes_new_from_bytes (whole, 0, MIN (g_bytes_get_size (whole), parsed.length));

  return BENK_VIRTUAL_USB_OK;
}
