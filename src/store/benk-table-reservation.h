/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-reservation.h"

G_BEGIN_DECLS

/* Whether device d is kept for somebody. */
#define BENK_TABLE_RESERVATION_IS_OPEN                                                   \
  "EXISTS (SELECT 1 FROM reservation v WHERE v.device_id = d.id AND v.ended IS NULL)"

gboolean benk_table_reservation_check (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_reservation_make (BenkDb *db,
                                      const BenkId *device,
                                      const BenkId *person,
                                      const char *wanted_date,
                                      GError **error);
gboolean benk_table_reservation_change (BenkDb *db,
                                        const BenkId *device,
                                        const BenkId *person,
                                        const char *wanted_date,
                                        GError **error);
gboolean
benk_table_reservation_give_up (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_reservation_follow (BenkDb *db,
                                        const BenkId *device,
                                        BenkDeviceState to,
                                        GError **error);
BenkReservation *benk_table_reservation_find (BenkDb *db,
                                              const BenkId *device,
                                              const char *today,
                                              GError **error);
gboolean benk_table_reservation_is_for_other (BenkDb *db,
                                              const BenkId *device,
                                              const BenkId *person,
                                              gboolean *out_other,
                                              GError **error);
gboolean benk_table_reservation_count (BenkDb *db, guint *out_n, GError **error);
GPtrArray *benk_table_reservation_list (BenkDb *db, const char *today, GError **error);

G_END_DECLS
