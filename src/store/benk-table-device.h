/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-device-sort.h"
#include "benk-device.h"

G_BEGIN_DECLS

/**
 * BenkDeviceFilter:
 * @states: a bit for each state that is wanted, see BENK_DEVICE_STATE_MASK(); 0 = all
 *   but scrapped
 * @reserved: only those that are kept for somebody, scrapped or not
 * @model_id: (nullable): only this model
 * @search: (nullable): words that must all be found
 * @limit: at most so many; 0 = all
 * @sort: what they are in the order of
 * @descending: the last ones first
 *
 * Which devices are wanted.
 */
typedef struct
{
  guint32 states;
  gboolean reserved;
  const char *model_id;
  const char *search;
  guint limit;
  BenkDeviceSort sort;
  gboolean descending;
} BenkDeviceFilter;

gboolean benk_table_device_insert (BenkDb *db,
                                   BenkDevice *device,
                                   const BenkId *reason_note,
                                   GError **error);
gboolean benk_table_device_update (BenkDb *db, BenkDevice *device, GError **error);
gboolean benk_table_device_set_state (BenkDb *db,
                                      const BenkId *id,
                                      BenkDeviceState to,
                                      const BenkId *reason_note,
                                      GError **error);
gboolean benk_table_device_set_place (BenkDb *db,
                                      const BenkId *id,
                                      const BenkId *place,
                                      GError **error);
gboolean benk_table_device_set_person (BenkDb *db,
                                       const BenkId *id,
                                       const BenkId *person,
                                       GError **error);

gboolean benk_table_device_next_asset (BenkDb *db, guint *out_number, GError **error);
gboolean benk_table_device_set_asset (BenkDb *db,
                                      const BenkId *id,
                                      const char *asset,
                                      GError **error);
gboolean benk_table_device_set_labelled (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_device_is_played (BenkDb *db,
                                      const BenkId *id,
                                      gboolean *out_played,
                                      GError **error);

BenkDevice *benk_table_device_get (BenkDb *db, const BenkId *id, GError **error);
BenkDevice *benk_table_device_find (BenkDb *db, const char *name, GError **error);
BenkDevice *benk_table_device_find_serial (BenkDb *db,
                                           const char *model_id,
                                           const char *serial,
                                           GError **error);
GPtrArray *benk_table_device_find_all (BenkDb *db, const char *name, GError **error);
GPtrArray *
benk_table_device_list_doubles (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_device_check_numbers (BenkDb *db, BenkDevice *device, GError **error);
gboolean benk_table_device_has_double (BenkDb *db,
                                       BenkDevice *device,
                                       gboolean *found,
                                       GError **error);
gboolean benk_table_device_check_said (
  BenkDb *db, BenkDevice *device, gboolean another, gboolean *twin, GError **error);
gboolean benk_table_device_mark_twin (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_device_check_unique (BenkDb *db, BenkDevice *device, GError **error);

GArray *
benk_table_device_query (BenkDb *db, const BenkDeviceFilter *filter, GError **error);
GArray *benk_table_device_glance (BenkDb *db, guint limit, GError **error);
GArray *benk_table_device_list_replacements (
  BenkDb *db, const BenkId *old, const BenkId *person, guint limit, GError **error);
GPtrArray *
benk_table_device_get_many (BenkDb *db, const BenkId *ids, guint n_ids, GError **error);
gboolean benk_table_device_count_states (BenkDb *db, guint *counts, GError **error);

G_END_DECLS
