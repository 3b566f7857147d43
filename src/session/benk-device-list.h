/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-session-private.h"

G_BEGIN_DECLS

/* How many rows are read at once. */
#define BENK_DEVICE_LIST_PAGE 64

#define BENK_TYPE_DEVICE_LIST (benk_device_list_get_type ())
G_DECLARE_FINAL_TYPE (BenkDeviceList, benk_device_list, BENK, DEVICE_LIST, GObject)

BenkDeviceList *
benk_device_list_new (BenkSession *session, GArray *ids, GPtrArray *first);
const BenkId *benk_device_list_get_id (BenkDeviceList *self, guint position);
guint benk_device_list_find (BenkDeviceList *self, const BenkId *device);

G_END_DECLS
