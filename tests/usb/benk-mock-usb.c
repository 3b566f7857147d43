/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mock-usb-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define BUS_NUMBER 1

struct _BenkMockBus
{
  UMockdevTestbed *testbed;
  char *root;
  GPtrArray *devices;
  guint next_number;
};

struct _BenkMockDevice
{
  BenkMockBus *bus; /* not owned */
  BenkMockUsbfs *usbfs;
  char *node;
  char *sysfs;
  guint16 packet;
  guint port;
  int master_fd;
  int slave_fd;
};

static void
append_hex (GString *out, const char *hex)
{
  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      g_string_append_c (out, *hex);
}

/* Device descriptor, then the configuration, as the kernel's descriptors file has them.
 */
static char *
build_descriptors (const BenkMockSpec *spec)
{
  g_autoptr (GString) interface = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *pipes = NULL;
  guint total;

  g_string_printf (interface, "0904000002%02X000000", spec->interface_class);
  append_hex (interface, spec->extra != NULL ? spec->extra : "04200200 063000014810");
  pipes = g_strdup_printf ("07058102%02X%02X00 04210108 07050202%02X%02X00 04210108",
                           spec->packet & 0xffu, (guint) spec->packet >> 8,
                           spec->packet & 0xffu, (guint) spec->packet >> 8);
  append_hex (interface, pipes);

  total = 9 + (guint) interface->len / 2;
  append_hex (all, "12 01 0002 00 00 00 40 C91F 9600 0001 01 02");
  g_string_append (all, spec->serial != NULL ? "03" : "00");
  g_string_append (all, "01");
  g_string_append_printf (all, "0902%02X%02X010100C032", total & 0xffu, total >> 8);
  g_string_append (all, interface->str);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The node is a terminal, because its writability can be switched and closing its other
 * end hangs it up, as unplugging does with the real one. */
static void
make_node (BenkMockDevice *self)
{
  g_autofree char *path = g_strconcat (self->bus->root, self->node, NULL);
  g_autofree char *dir = g_path_get_dirname (path);
  struct termios raw;
  char slave[64];

  self->master_fd = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->master_fd, >=, 0);
  g_assert_cmpint (grantpt (self->master_fd), ==, 0);
  g_assert_cmpint (unlockpt (self->master_fd), ==, 0);
  g_assert_cmpint (ptsname_r (self->master_fd, slave, sizeof slave), ==, 0);
  self->slave_fd = open (slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->slave_fd, >=, 0);
  g_assert_cmpint (tcgetattr (self->slave_fd, &raw), ==, 0);
  cfmakeraw (&raw);
  g_assert_cmpint (tcsetattr (self->slave_fd, TCSANOW, &raw), ==, 0);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0755), ==, 0);
  g_assert_cmpint (symlink (slave, path), ==, 0);
}

static char *
build_record (BenkMockDevice *self, const BenkMockSpec *spec, guint number)
{
  g_autofree char *descriptors = build_descriptors (spec);
  g_autofree char *strings =
    spec->no_strings || spec->serial == NULL
      ? g_strdup ("")
      : g_strdup_printf ("A: serial=%s\\n\nA: product=" BENK_MOCK_PRODUCT "\\n\n",
                         spec->serial);

  return g_strdup_printf ("P: /devices/usb1/1-%u\n"
                          "E: SUBSYSTEM=usb\n"
                          "E: DRIVER=usb\n"
                          "E: BUSNUM=%03u\n"
                          "E: DEVNUM=%03u\n"
                          "E: DEVNAME=%s\n"
                          "E: DEVTYPE=usb_device\n"
                          "A: bConfigurationValue=1\\n\n"
                          "A: busnum=%u\\n\n"
                          "A: devnum=%u\\n\n"
                          "A: speed=12\\n\n"
                          "%s"
                          "H: descriptors=%s\n",
                          spec->port, BUS_NUMBER, number, self->node, BUS_NUMBER, number,
                          strings, descriptors);
}

static void
benk_mock_device_free (BenkMockDevice *self)
{
  if (self->sysfs != NULL)
    benk_mock_device_unplug (self);
  g_clear_object (&self->usbfs);
  close (self->slave_fd);
  g_free (self->node);
  g_free (self);
}

BenkMockBus *
benk_mock_bus_new (void)
{
  BenkMockBus *self = g_new0 (BenkMockBus, 1);

  /* A terminal that hangs up would end a test that runs in its own session. */
  signal (SIGHUP, SIG_IGN);
  self->testbed = umockdev_testbed_new ();
  g_assert_true (umockdev_in_mock_environment ());
  self->root = umockdev_testbed_get_root_dir (self->testbed);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_mock_device_free);
  self->next_number = 2;
  return self;
}

void
benk_mock_bus_free (BenkMockBus *self)
{
  g_ptr_array_unref (self->devices);
  g_object_unref (self->testbed);
  g_free (self->root);
  g_free (self);
}

/* From here on its controller is one that the kernel makes up for USB over a network. */
void
benk_mock_bus_make_up (BenkMockBus *self)
{
  g_autofree char *folder = g_strconcat (self->root, "/sys/bus/usb/devices", NULL);
  g_autofree char *link = g_build_filename (folder, "usb1", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0755);
  g_file_make_symbolic_link (file, "../../../devices/platform/vhci_hcd.0/usb1", NULL,
                             &error);
  g_assert_no_error (error);
}

/* So that another user than the one who made the bus can look at it. */
void
benk_mock_bus_let_others_in (BenkMockBus *self)
{
  g_assert_cmpint (g_chmod (self->root, 0777), ==, 0);
}

BenkMockDevice *
benk_mock_bus_plug (BenkMockBus *self, const BenkMockSpec *spec)
{
  BenkMockDevice *device = g_new0 (BenkMockDevice, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *record = NULL;
  BenkMockSpec filled = *spec;
  guint number = self->next_number++;

  if (filled.packet == 0)
    filled.packet = 64;
  if (filled.port == 0)
    filled.port = number;
  device->bus = self;
  device->packet = filled.packet;
  device->port = filled.port;
  device->node = g_strdup_printf ("/dev/bus/usb/%03u/%03u", BUS_NUMBER, number);
  make_node (device);
  device->usbfs = benk_mock_usbfs_new (device, &filled, device->slave_fd);
  umockdev_testbed_attach_ioctl (self->testbed, device->node,
                                 UMOCKDEV_IOCTL_BASE (device->usbfs), &error);
  g_assert_no_error (error);

  record = build_record (device, &filled, number);
  umockdev_testbed_add_from_string (self->testbed, record, &error);
  g_assert_no_error (error);
  device->sysfs = g_strdup_printf ("/sys/devices/usb1/1-%u", filled.port);
  g_ptr_array_add (self->devices, device);
  return device;
}

void
benk_mock_bus_announce_again (BenkMockBus *self, BenkMockDevice *device)
{
  umockdev_testbed_uevent (self->testbed, device->sysfs, "add");
}

void
benk_mock_device_unplug (BenkMockDevice *self)
{
  g_autofree char *path = g_strconcat (self->bus->root, self->node, NULL);

  g_assert_nonnull (self->sysfs);
  benk_mock_usbfs_unplug (self->usbfs);
  close (self->master_fd);
  umockdev_testbed_uevent (self->bus->testbed, self->sysfs, "remove");
  umockdev_testbed_remove_device (self->bus->testbed, self->sysfs);
  g_unlink (path);
  g_clear_pointer (&self->sysfs, g_free);
}

/* Takes everybody's permission to open the node; only root is not bound by that. umockdev
 * wants to reach its handler even then. */
void
benk_mock_device_forbid (BenkMockDevice *self)
{
  g_autofree char *socket = g_strconcat (self->bus->root, "/ioctl", self->node, NULL);

  g_assert_cmpint (fchmod (self->slave_fd, 0), ==, 0);
  g_assert_cmpint (g_chmod (socket, 0777), ==, 0);
}

guint
benk_mock_device_get_port (BenkMockDevice *self)
{
  return self->port;
}

void
benk_mock_device_permit (BenkMockDevice *self)
{
  g_assert_cmpint (fchmod (self->slave_fd, 0666), ==, 0);
}

void
benk_mock_device_send (BenkMockDevice *self,
                       gconstpointer data,
                       gsize length,
                       gboolean zlp)
{
  const guint8 *octets = data;

  for (gsize at = 0; at < length; at += self->packet)
    {
      g_autoptr (GBytes) packet =
        g_bytes_new (octets + at, MIN (self->packet, length - at));

      benk_mock_usbfs_push_packet (self->usbfs, packet);
    }
  if (zlp)
    {
      g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

      benk_mock_usbfs_push_packet (self->usbfs, empty);
    }
}

void
benk_mock_device_stall_in (BenkMockDevice *self)
{
  benk_mock_usbfs_push_status (self->usbfs, -EPIPE);
}

void
benk_mock_device_stall_out (BenkMockDevice *self)
{
  benk_mock_usbfs_stall_out (self->usbfs);
}

void
benk_mock_device_babble (BenkMockDevice *self)
{
  benk_mock_usbfs_push_status (self->usbfs, -EOVERFLOW);
}

void
benk_mock_device_hold_out (BenkMockDevice *self, gboolean hold)
{
  benk_mock_usbfs_hold_out (self->usbfs, hold);
}

BenkMockCounts
benk_mock_device_count (BenkMockDevice *self)
{
  return benk_mock_usbfs_count (self->usbfs);
}
