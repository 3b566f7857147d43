/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkDeviceSort:
 *
 * What a list of devices is in the order of. Numbers inside names count as numbers, so
 * that D-9 comes before D-10; a device that has none of it comes last either way. The
 * numbers are not stored; the names are.
 */
typedef enum
{
  BENK_DEVICE_SORT_MODEL,
  BENK_DEVICE_SORT_SERIAL,
  BENK_DEVICE_SORT_ASSET,
  BENK_DEVICE_SORT_STATE,
  BENK_DEVICE_SORT_SINCE,
  BENK_DEVICE_SORT_PLACE,
  BENK_DEVICE_SORT_USER,
  BENK_DEVICE_SORT_VENDOR,
  BENK_DEVICE_SORT_WARRANTY,
  BENK_DEVICE_SORT_LEASE,
  BENK_DEVICE_SORT_RESERVED,
} BenkDeviceSort;

#define BENK_N_DEVICE_SORTS (BENK_DEVICE_SORT_RESERVED + 1)

const char *benk_device_sort_to_name (BenkDeviceSort value);
gboolean benk_device_sort_from_name (const char *name, BenkDeviceSort *out_value);
const char *benk_device_sort_get_label (BenkDeviceSort value);

G_END_DECLS
