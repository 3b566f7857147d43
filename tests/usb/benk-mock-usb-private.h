/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-mock-usb.h"

#include <umockdev.h>

G_BEGIN_DECLS

#define BENK_TYPE_MOCK_USBFS (benk_mock_usbfs_get_type ())
G_DECLARE_FINAL_TYPE (BenkMockUsbfs, benk_mock_usbfs, BENK, MOCK_USBFS, UMockdevIoctlBase)

/* What usbfs does for one device node. */

BenkMockUsbfs *
benk_mock_usbfs_new (BenkMockDevice *device, const BenkMockSpec *spec, int slave_fd);
void benk_mock_usbfs_unplug (BenkMockUsbfs *self);
void benk_mock_usbfs_push_packet (BenkMockUsbfs *self, GBytes *packet);
void benk_mock_usbfs_push_status (BenkMockUsbfs *self, int status);
void benk_mock_usbfs_stall_out (BenkMockUsbfs *self);
void benk_mock_usbfs_hold_out (BenkMockUsbfs *self, gboolean hold);
BenkMockCounts benk_mock_usbfs_count (BenkMockUsbfs *self);

G_END_DECLS
