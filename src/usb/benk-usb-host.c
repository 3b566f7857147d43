/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-host.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libusb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RULE_NAME "70-dosebenk.rules"

/* What a person can hand to IT as it stands. */
#define INSTALL_RULE                                                                     \
  "%s usb rule | sudo tee /etc/udev/rules.d/" RULE_NAME                                  \
  " && sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb"
#define JOIN_GROUP                                                                       \
  "sudo groupadd -f -r dosebenk && sudo usermod -aG dosebenk %s"                         \
  " && sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb"

/**
 * benk_usb_host_sends_events:
 *
 * libusb hears of devices from udev, over a socket that stays silent where no udev runs,
 * and whose senders it does not believe where root is somebody else, as in a sandbox.
 * BENK_USB_EVENTS=yes or =no in the environment knows better.
 *
 * Returns: whether comings and goings are told without looking
 */
gboolean
benk_usb_host_sends_events (void)
{
  guint inside, outside, length;
  gboolean whole = TRUE;
  const char *told = g_getenv ("BENK_USB_EVENTS");
  FILE *map;

  if (told != NULL)
    return g_str_equal (told, "yes");
  if (!libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG) ||
      access ("/run/udev/control", F_OK) != 0)
    return FALSE;
  map = fopen ("/proc/self/uid_map", "re");
  if (map != NULL)
    {
      whole = fscanf (map, "%u %u %u", &inside, &outside, &length) == 3 && inside == 0 &&
              outside == 0;
      fclose (map);
    }
  return whole;
}

/**
 * benk_usb_host_has_rule:
 *
 * Returns: whether our udev rule lies where udev looks for it
 */
gboolean
benk_usb_host_has_rule (void)
{
  static const char *const folders[] = { "/etc/udev/rules.d", "/run/udev/rules.d",
                                         "/usr/local/lib/udev/rules.d",
                                         "/usr/lib/udev/rules.d", "/lib/udev/rules.d" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folders[i], RULE_NAME, NULL);

      if (access (path, F_OK) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * benk_usb_host_is_made_up:
 * @bus: number of a bus
 *
 * USB over a network (vhci_hcd) and gadgets of this machine itself (dummy_hcd) come on a
 * bus that the kernel made up: no cable says that the device is here.
 *
 * Returns: whether the bus has no controller
 */
gboolean
benk_usb_host_is_made_up (guint bus)
{
  g_autofree char *path = g_strdup_printf ("/sys/bus/usb/devices/usb%u", bus);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET,
                       G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  const char *target = info != NULL ? g_file_info_get_symlink_target (info) : NULL;

  return target != NULL &&
         (strstr (target, "/vhci_hcd") != NULL || strstr (target, "/dummy_hcd") != NULL);
}

/**
 * benk_usb_host_describe_refusal:
 *
 * Why the system does not let this person open a dispenser, and the command for IT. With
 * the rule in place the one at the computer's own screen is let in; who comes from afar
 * has no seat and needs the group.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
benk_usb_host_describe_refusal (void)
{
  g_autofree char *install = NULL;
  g_autofree char *join = NULL;

  if (!benk_usb_host_has_rule ())
    {
      install = g_strdup_printf (INSTALL_RULE, access ("/.flatpak-info", F_OK) == 0
                                                 ? "flatpak run --command=dosebenkctl "
                                                   "no.dosebenk.Dosebenk"
                                                 : "dosebenkctl");
      return g_strdup_printf (
        _ ("No permission to use the USB device. Ask IT to run this once: %s"), install);
    }
  join = g_strdup_printf (JOIN_GROUP, g_get_user_name ());
  return g_strdup_printf (
    _ ("No permission to use the USB device: the rule is installed, but lets in only who "
       "sits at the computer's own screen. Sign in there, or ask IT to run this once and "
       "then sign in again: %s"),
    join);
}
