/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A USB bus for the unmodified libusb: umockdev's testbed, with an ioctl handler that
 * behaves as the kernel's usbfs does. Devices are given as packets. The bus must be made
 * before libusb is started; handlers run in umockdev's own thread. */

typedef struct _BenkMockBus BenkMockBus;
typedef struct _BenkMockDevice BenkMockDevice;

/* One whole OUT transfer; @zlp tells whether a zero-length packet followed. Runs in
 * umockdev's thread and may send. */
typedef void (*BenkMockOutFunc) (BenkMockDevice *device,
                                 const guint8 *data,
                                 gsize length,
                                 gboolean zlp,
                                 gpointer user_data);

/**
 * BenkMockSpec:
 * @interface_class: bInterfaceClass
 * @extra: class-specific descriptors behind the interface, as hex digits, %NULL for those
 * of a medication monitor
 * @packet: wMaxPacketSize of the bulk endpoints, 64 if 0
 * @serial: (nullable): string of iSerialNumber
 * @no_strings: endpoint 0 stalls every string
 * @port: the socket; one that was never used if 0
 * @out: (nullable): gets what the host sends
 * @user_data: given to @out
 */
typedef struct
{
  guint8 interface_class;
  const char *extra;
  guint16 packet;
  const char *serial;
  gboolean no_strings;
  guint port;
  BenkMockOutFunc out;
  gpointer user_data;
} BenkMockSpec;

typedef struct
{
  guint n_resets;
  guint n_clear_halts;
  guint n_claims;
  guint n_releases;
  guint n_zlp_out;
  guint n_pending;
} BenkMockCounts;

#define BENK_MOCK_ENDPOINT_IN 0x81
#define BENK_MOCK_ENDPOINT_OUT 0x02
#define BENK_MOCK_MANUFACTURER "Dosebenk simulator"
#define BENK_MOCK_PRODUCT "Simulated dispenser"

BenkMockBus *benk_mock_bus_new (void);
void benk_mock_bus_make_up (BenkMockBus *self);
void benk_mock_bus_free (BenkMockBus *self);
void benk_mock_bus_let_others_in (BenkMockBus *self);
BenkMockDevice *benk_mock_bus_plug (BenkMockBus *self, const BenkMockSpec *spec);
void benk_mock_bus_announce_again (BenkMockBus *self, BenkMockDevice *device);

void benk_mock_device_forbid (BenkMockDevice *self);
guint benk_mock_device_get_port (BenkMockDevice *self);
void benk_mock_device_permit (BenkMockDevice *self);
void benk_mock_device_unplug (BenkMockDevice *self);
void benk_mock_device_send (BenkMockDevice *self,
                            gconstpointer data,
                            gsize length,
                            gboolean zlp);
void benk_mock_device_stall_in (BenkMockDevice *self);
void benk_mock_device_stall_out (BenkMockDevice *self);
void benk_mock_device_babble (BenkMockDevice *self);
void benk_mock_device_hold_out (BenkMockDevice *self, gboolean hold);
BenkMockCounts benk_mock_device_count (BenkMockDevice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkMockBus, benk_mock_bus_free)

G_END_DECLS
