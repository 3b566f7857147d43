/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-string.h"

#include <libusb.h>

/* A stranger's text: only so long, valid, on one line. */
static char *
clean (const char *text)
{
  g_autofree char *start = g_strndup (text, BENK_USB_STRING_MAX);
  g_autofree char *line = g_utf8_make_valid (start, -1);

  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (line);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

/**
 * benk_usb_string_decode:
 * @data: (array length=length): a string descriptor as it came
 * @length: octets that came
 *
 * Two octets a character, UTF-16 little-endian; what does not decode is left out.
 *
 * Returns: (transfer full) (nullable): the text on one line
 */
char *
benk_usb_string_decode (const guint8 *data, gsize length)
{
  g_autofree gunichar2 *units = NULL;
  g_autofree char *text = NULL;
  gsize n_units;

  if (length < 2 || data[1] != LIBUSB_DT_STRING || data[0] < 2)
    return NULL;
  n_units = (MIN (data[0], length) - 2) / 2;
  units = g_new0 (gunichar2, n_units + 1);
  for (gsize i = 0; i < n_units; i++)
    units[i] = (gunichar2) (data[2 + 2 * i] | data[3 + 2 * i] << 8);

  text = g_utf16_to_utf8 (units, (glong) n_units, NULL, NULL, NULL);
  return text != NULL ? clean (text) : NULL;
}

/**
 * benk_usb_string_read_known:
 * @bus_path: bus and ports, as in "3-1.2"
 * @name: "serial", "product" or "manufacturer"
 *
 * The kernel reads a device's strings when it is plugged in and lets everybody see them:
 * so one that may not be opened, or is none of our business, can still be named.
 *
 * Returns: (transfer full) (nullable): the text on one line
 */
char *
benk_usb_string_read_known (const char *bus_path, const char *name)
{
  g_autofree char *path = g_build_filename ("/sys/bus/usb/devices", bus_path, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? clean (text) : NULL;
}
