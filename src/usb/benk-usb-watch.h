/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-usb-device.h"

G_BEGIN_DECLS

#define BENK_TYPE_USB_WATCH (benk_usb_watch_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbWatch, benk_usb_watch, BENK, USB_WATCH, GObject)

/**
 * BenkUsbWatchFlags:
 * @BENK_USB_WATCH_NONE: hotplug if the system has it
 * @BENK_USB_WATCH_POLL: look at the bus every second instead
 *
 * How devices are noticed.
 */
typedef enum
{
  BENK_USB_WATCH_NONE = 0,
  BENK_USB_WATCH_POLL = 1 << 0,
} BenkUsbWatchFlags;

BenkUsbWatch *
benk_usb_watch_new (BenkClock *clock, BenkUsbWatchFlags flags, GError **error);
gboolean benk_usb_watch_is_polling (BenkUsbWatch *self);
void benk_usb_watch_start (BenkUsbWatch *self);
void benk_usb_watch_stop (BenkUsbWatch *self);
gboolean benk_usb_watch_is_busy (BenkUsbWatch *self);

G_END_DECLS
