/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-vendor-card.h"

G_BEGIN_DECLS

/**
 * BenkVendorCallRow:
 * @device: about which device; nil = one that is not registered
 * @alarm: for which alarm; nil = none
 * @vendor: (nullable): who was phoned
 * @case_number: (nullable): the number of the case
 * @spoke_with: (nullable): with whom, a role
 * @guidance: the version of what to do that was shown; nil = the program's own
 * @tried: (nullable): numbers of its steps that had been tried, "1,3"
 *
 * A call to a vendor, to be kept.
 */
typedef struct
{
  BenkId device;
  BenkId alarm;
  const char *vendor;
  const char *case_number;
  const char *spoke_with;
  BenkId guidance;
  const char *tried;
} BenkVendorCallRow;

gboolean
benk_table_vendor_put (BenkDb *db, const BenkVendorContact *contact, GError **error);
gboolean benk_table_vendor_find (BenkDb *db,
                                 const char *vendor,
                                 BenkVendorContact *contact,
                                 GError **error);
gboolean
benk_table_vendor_call_insert (BenkDb *db, const BenkVendorCallRow *call, GError **error);
gboolean benk_table_vendor_call_find_last (
  BenkDb *db, const BenkId *device, char **case_number, gint64 *at_ms, GError **error);

G_END_DECLS
