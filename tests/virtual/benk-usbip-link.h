/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-link.h"

G_BEGIN_DECLS

#define TEST_TYPE_USBIP_LINK (test_usbip_link_get_type ())
G_DECLARE_FINAL_TYPE (TestUsbipLink, test_usbip_link, TEST, USBIP_LINK, BenkLink)

BenkLink *test_usbip_link_new (guint16 port, const char *busid, BenkClock *clock);

G_END_DECLS
