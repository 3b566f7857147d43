/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bus-private.h"
#include "benk-job-runner-private.h"
#include "benk-usb-device.h"
#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

/**
 * BenkStation:
 *
 * One device at the bench as the bus thread sees it: comes, goes and comes back, and has
 * at most one job at a time. Lives in the bus thread only.
 */
typedef struct _BenkStation BenkStation;

typedef void (*BenkStationFunc) (BenkStation *station,
                                 BenkBusEvent *event,
                                 gpointer user_data);

BenkStation *benk_station_new_usb (guint id,
                                   BenkClock *clock,
                                   BenkUsbDevice *device,
                                   BenkStationFunc func,
                                   gpointer user_data);
BenkStation *benk_station_new_virtual (guint id,
                                       BenkClock *clock,
                                       BenkVirtualDispenser *dispenser,
                                       BenkStationFunc func,
                                       gpointer user_data);
void benk_station_free (BenkStation *self);

guint benk_station_get_id (const BenkStation *self);
gboolean benk_station_is_idle (const BenkStation *self);
gboolean benk_station_has_usb (const BenkStation *self, BenkUsbDevice *device);
gboolean benk_station_may_be (const BenkStation *self, BenkUsbDevice *device);
BenkVirtualDispenser *benk_station_get_dispenser (const BenkStation *self);

void benk_station_arrive (BenkStation *self, BenkUsbDevice *device);
void benk_station_leave (BenkStation *self);
void benk_station_set_fault (BenkStation *self, const char *fault);
void benk_station_run (BenkStation *self, BenkBusRequest *request);
void benk_station_cancel (BenkStation *self);

G_END_DECLS
