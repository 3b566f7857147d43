/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkDeviceKeys:
 * @id: the device, the one that stands for it when two rows were joined
 * @model_id: its model
 * @serial: as it was given
 * @serial_key: in the form in which serials are compared
 * @imei: (nullable): as it was given
 * @asset: (nullable): as it was given
 *
 * What a device is known by. There is one for each row, and one more for each serial that
 * the device had before.
 */
typedef struct
{
  BenkId id;
  const char *model_id;
  const char *serial;
  const char *serial_key;
  const char *imei;
  const char *asset;
} BenkDeviceKeys;

/**
 * BenkDeviceIndex:
 *
 * What every device of a store is known by, in memory: for those who look up thousands.
 */
typedef struct _BenkDeviceIndex BenkDeviceIndex;

BenkDeviceIndex *benk_device_index_load (BenkDb *db, GError **error);
void benk_device_index_free (BenkDeviceIndex *self);
const GPtrArray *benk_device_index_find_serial (BenkDeviceIndex *self, const char *key);
const GPtrArray *benk_device_index_find_former (BenkDeviceIndex *self, const char *key);
const GPtrArray *benk_device_index_find_imei (BenkDeviceIndex *self, const char *imei);
const GPtrArray *benk_device_index_find_asset (BenkDeviceIndex *self, const char *asset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDeviceIndex, benk_device_index_free)

G_END_DECLS
