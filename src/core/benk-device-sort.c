/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-sort.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName sort_names[] = {
  [BENK_DEVICE_SORT_MODEL] = { "model", N_ ("Model") },
  [BENK_DEVICE_SORT_SERIAL] = { "serial", N_ ("Serial") },
  [BENK_DEVICE_SORT_ASSET] = { "asset", N_ ("Asset number") },
  [BENK_DEVICE_SORT_STATE] = { "state", N_ ("State") },
  [BENK_DEVICE_SORT_SINCE] = { "since", N_ ("Since") },
  [BENK_DEVICE_SORT_PLACE] = { "place", N_ ("Place") },
  [BENK_DEVICE_SORT_USER] = { "user", N_ ("User or team") },
  [BENK_DEVICE_SORT_VENDOR] = { "vendor", N_ ("Vendor") },
  [BENK_DEVICE_SORT_WARRANTY] = { "warranty", N_ ("Warranty until") },
  [BENK_DEVICE_SORT_LEASE] = { "lease", N_ ("Lease until") },
  [BENK_DEVICE_SORT_RESERVED] = { "reserved", N_ ("Reserved") },
};

BENK_DEFINE_NAMES (BenkDeviceSort, benk_device_sort, sort_names)
