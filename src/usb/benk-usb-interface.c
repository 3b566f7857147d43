/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-device-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"

/* wMaxPacketSize carries the packet size in its low eleven bits (USB 2.0, 9.6.6). */
#define PACKET_MASK 0x07FF
#define PACKET_MAX 1024

static const struct libusb_interface_descriptor *
find_setting (const struct libusb_config_descriptor *config)
{
  for (guint i = 0; i < config->bNumInterfaces; i++)
    for (int k = 0; k < config->interface[i].num_altsetting; k++)
      {
        const struct libusb_interface_descriptor *setting =
          &config->interface[i].altsetting[k];

        if (setting->bInterfaceClass == BENK_PHDC_CLASS &&
            setting->bAlternateSetting == 0)
          return setting;
      }
  return NULL;
}

static gboolean
read_pipe (const struct libusb_endpoint_descriptor *endpoint, BenkUsbPipe *pipe)
{
  pipe->address = endpoint->bEndpointAddress;
  pipe->packet = endpoint->wMaxPacketSize & PACKET_MASK;
  benk_phdc_parse_qos (endpoint->extra, (gsize) MAX (endpoint->extra_length, 0),
                       &pipe->qos);
  return (endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) ==
           LIBUSB_TRANSFER_TYPE_BULK &&
         pipe->packet > 0 && pipe->packet <= PACKET_MAX;
}

static void
read_pipes (const struct libusb_interface_descriptor *setting,
            BenkUsbInterface *interface)
{
  for (guint i = 0; i < setting->bNumEndpoints; i++)
    {
      BenkUsbPipe pipe;

      if (!read_pipe (&setting->endpoint[i], &pipe))
        continue;
      if (pipe.address & LIBUSB_ENDPOINT_IN)
        {
          if (interface->n_in < BENK_USB_MAX_PIPES)
            interface->in[interface->n_in++] = pipe;
        }
      else if (interface->out.packet == 0 ||
               (!(interface->out.qos & BENK_PHDC_QOS_BEST) &&
                (pipe.qos & BENK_PHDC_QOS_BEST)))
        interface->out = pipe;
    }
}

/**
 * benk_usb_interface_find:
 * @config: a configuration of a device
 * @interface: (out caller-allocates): what was found
 * @error: return location for an error
 *
 * Looks for the first interface of class 0x0F and takes its endpoints from the
 * descriptors. The class of the device itself says nothing.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if there is none, %BENK_ERROR_UNSUPPORTED if
 *   it does not speak 11073-20601, %BENK_ERROR_PROTOCOL if its descriptors are broken
 */
gboolean
benk_usb_interface_find (const struct libusb_config_descriptor *config,
                         BenkUsbInterface *interface,
                         GError **error)
{
  const struct libusb_interface_descriptor *setting = find_setting (config);

  memset (interface, 0, sizeof *interface);
  if (setting == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("Not a personal healthcare device."));
      return FALSE;
    }

  interface->number = setting->bInterfaceNumber;
  if (!benk_phdc_parse_function (setting->extra, (gsize) MAX (setting->extra_length, 0),
                                 &interface->function, error))
    return FALSE;
  if (interface->function.data_code != BENK_PHDC_DATA_11073)
    {
      g_set_error_literal (
        error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
        _ ("The device uses the maker's own messages, not IEEE 11073."));
      return FALSE;
    }

  read_pipes (setting, interface);
  if (interface->n_in == 0 || interface->out.packet == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                           _ ("The device has no pipes to talk through."));
      return FALSE;
    }
  return TRUE;
}
